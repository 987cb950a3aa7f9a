import JSONRPC
import PostroomAPI

extension FakeServices {
  func delete(_ params: MailDeleteParams, _ context: CallContext) throws(RPCError) -> APIMail {
    throw unimplemented()
  }
  func restore(_ params: MailRestoreParams, _ context: CallContext) throws(RPCError) -> APIMail {
    throw unimplemented()
  }
}

extension FakeServices: RetentionService {
  func get(_ params: RetentionGetParams, _ context: CallContext) throws(RPCError) -> APIRetention {
    throw unimplemented()
  }
  func set(_ params: RetentionSetParams, _ context: CallContext) throws(RPCError) -> APIRetention {
    throw unimplemented()
  }
  func ofMail(_ params: RetentionOfMailParams, _ context: CallContext) throws(RPCError) -> APIMailRetention {
    throw unimplemented()
  }
  func acceptClock(_ params: RetentionAcceptClockParams, _ context: CallContext) throws(RPCError) -> APIEmpty
  {
    throw unimplemented()
  }
}

extension FakeServices: HoldService {
  func place(_ params: HoldPlaceParams, _ context: CallContext) throws(RPCError) -> APIHold {
    throw unimplemented()
  }
  func list(_ params: HoldListParams, _ context: CallContext) throws(RPCError) -> APIHoldList {
    throw unimplemented()
  }
  func release(_ params: HoldReleaseParams, _ context: CallContext) throws(RPCError) -> APIEmpty {
    throw unimplemented()
  }
}

extension FakeServices: WebhookService {
  func create(_ params: WebhookCreateParams, _ context: CallContext) throws(RPCError)
    -> APIWebhookWithSecret
  {
    throw unimplemented()
  }
  func get(_ params: WebhookGetParams, _ context: CallContext) throws(RPCError)
    -> APIWebhook
  {
    throw unimplemented()
  }
  func list(_ params: WebhookListParams, _ context: CallContext) throws(RPCError)
    -> APIWebhookList
  {
    throw unimplemented()
  }
  func update(_ params: WebhookUpdateParams, _ context: CallContext) throws(RPCError)
    -> APIWebhookWithSecret
  {
    throw unimplemented()
  }
  func replay(_ params: WebhookReplayParams, _ context: CallContext) throws(RPCError)
    -> APIWebhook
  {
    throw unimplemented()
  }
  func test(_ params: WebhookTestParams, _ context: CallContext) throws(RPCError)
    -> APIWebhookTest
  {
    throw unimplemented()
  }
  func delete(_ params: WebhookDeleteParams, _ context: CallContext) throws(RPCError)
    -> APIEmpty
  {
    throw unimplemented()
  }
}

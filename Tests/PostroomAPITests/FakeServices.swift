import JSONRPC
import PostroomAPI

/// Services that do next to nothing: enough to see calls arrive.
struct FakeServices {
  static let all = PostroomServices(
    mailbox: FakeServices(), oauth: FakeServices(), folder: FakeServices(), sync: FakeServices(),
    mail: FakeServices(),
    thread: FakeServices(), record: FakeServices(), attachment: FakeServices(), upload: FakeServices(),
    purge: FakeServices(), retention: FakeServices(), hold: FakeServices(),
    webhook: FakeServices(), events: FakeServices(),
    tenant: FakeServices(), token: FakeServices(), server: FakeServices(), health: FakeServices()
  )

  func unimplemented() -> RPCError {
    RPCError(.unimplemented, reason: "test", message: "not in this test")
  }
}

extension FakeServices: MailboxService {
  func connect(_ params: MailboxConnectParams, _ context: CallContext) throws(RPCError) -> APIMailbox {
    throw unimplemented()
  }
  func get(_ params: MailboxGetParams, _ context: CallContext) throws(RPCError) -> APIMailbox {
    throw unimplemented()
  }
  func list(_ params: MailboxListParams, _ context: CallContext) throws(RPCError) -> APIMailboxList {
    throw unimplemented()
  }
  func audit(_ params: MailboxAuditParams, _ context: CallContext) throws(RPCError) -> APIMailboxAudit {
    throw unimplemented()
  }
  func discover(_ params: MailboxDiscoverParams, _ context: CallContext) throws(RPCError)
    -> APIMailboxDiscovery
  {
    throw unimplemented()
  }
  func probe(_ params: MailboxProbeParams, _ context: CallContext) throws(RPCError) -> APIMailboxProbe {
    throw unimplemented()
  }
  func reconnect(_ params: MailboxReconnectParams, _ context: CallContext) throws(RPCError) -> APIMailbox {
    throw unimplemented()
  }
  func update(_ params: MailboxUpdateParams, _ context: CallContext) throws(RPCError) -> APIMailbox {
    throw unimplemented()
  }
  func disconnect(_ params: MailboxDisconnectParams, _ context: CallContext) throws(RPCError) -> APIMailbox {
    throw unimplemented()
  }
  func delete(_ params: MailboxDeleteParams, _ context: CallContext) throws(RPCError) -> APIPurge {
    throw unimplemented()
  }
}

extension FakeServices: OauthService {
  func providers(_ params: OauthProvidersParams, _ context: CallContext) throws(RPCError)
    -> APIOAuthProviderList
  {
    throw unimplemented()
  }
  func begin(_ params: OauthBeginParams, _ context: CallContext) throws(RPCError) -> APIOAuthAuthorization {
    throw unimplemented()
  }
  func complete(_ params: OauthCompleteParams, _ context: CallContext) throws(RPCError) -> APIOAuthGrant {
    throw unimplemented()
  }
  func device(_ params: OauthDeviceParams, _ context: CallContext) throws(RPCError) -> APIOAuthDevice {
    throw unimplemented()
  }
  func wait(_ params: OauthWaitParams, _ context: CallContext) throws(RPCError) -> APIOAuthGrant {
    throw unimplemented()
  }
}

extension FakeServices: FolderService {
  func list(_ params: FolderListParams, _ context: CallContext) throws(RPCError) -> APIFolderList {
    throw unimplemented()
  }
}

extension FakeServices: SyncService {
  func run(_ params: SyncRunParams, _ context: CallContext) throws(RPCError) -> APISyncStatus {
    throw unimplemented()
  }
  func cancel(_ params: SyncCancelParams, _ context: CallContext) throws(RPCError) -> APISyncStatus {
    throw unimplemented()
  }
  func status(_ params: SyncStatusParams, _ context: CallContext) throws(RPCError) -> APISyncStatus {
    throw unimplemented()
  }
  func watch(
    _ params: SyncWatchParams, _ context: CallContext, _ sink: TypedSink<APISyncStatus>
  ) throws(RPCError) {
    throw unimplemented()
  }
}

extension FakeServices: MailService {
  func send(_ params: MailSendParams, _ context: CallContext) throws(RPCError) -> APISendResult {
    throw unimplemented()
  }
  func reply(_ params: MailReplyParams, _ context: CallContext) throws(RPCError) -> APIDraft {
    throw unimplemented()
  }
  func forward(_ params: MailForwardParams, _ context: CallContext) throws(RPCError) -> APIDraft {
    throw unimplemented()
  }
  func status(_ params: MailStatusParams, _ context: CallContext) throws(RPCError) -> APISubmission {
    throw unimplemented()
  }
  func cancel(_ params: MailCancelParams, _ context: CallContext) throws(RPCError) -> APISubmission {
    throw unimplemented()
  }
  func get(_ params: MailGetParams, _ context: CallContext) throws(RPCError) -> APIMailDetail {
    throw unimplemented()
  }
  func list(_ params: MailListParams, _ context: CallContext) throws(RPCError) -> APIMailPage {
    throw unimplemented()
  }
  func search(_ params: MailSearchParams, _ context: CallContext) throws(RPCError) -> APIMailSearchPage {
    throw unimplemented()
  }
  func source(
    _ params: MailSourceParams, _ context: CallContext, _ sink: TypedSink<APIChunk>
  ) async throws(RPCError) {
    try await sink.send(APIChunk(data: [0, 1], offset: 0, size: 3))
    try await sink.send(APIChunk(data: [2], offset: 2, size: 3))
  }
}

extension FakeServices: RecordService {
  func link(_ params: RecordLinkParams, _ context: CallContext) throws(RPCError) -> APIEmpty {
    throw unimplemented()
  }
  func unlink(_ params: RecordUnlinkParams, _ context: CallContext) throws(RPCError) -> APIEmpty {
    throw unimplemented()
  }
  func list(_ params: RecordListParams, _ context: CallContext) throws(RPCError) -> APIRecordList {
    throw unimplemented()
  }
  func timeline(
    _ params: RecordTimelineParams, _ context: CallContext
  ) throws(RPCError) -> APIEngagementPage {
    throw unimplemented()
  }
}

extension FakeServices: ThreadService {
  func split(_ params: ThreadSplitParams, _ context: CallContext) throws(RPCError) -> APIThread {
    throw unimplemented()
  }
  func merge(_ params: ThreadMergeParams, _ context: CallContext) throws(RPCError) -> APIThread {
    throw unimplemented()
  }
  func lookup(_ params: ThreadLookupParams, _ context: CallContext) throws(RPCError) -> APIThreadPage {
    throw unimplemented()
  }
  func get(_ params: ThreadGetParams, _ context: CallContext) throws(RPCError) -> APIThreadDetail {
    throw unimplemented()
  }
  func list(_ params: ThreadListParams, _ context: CallContext) throws(RPCError) -> APIThreadPage {
    throw unimplemented()
  }
  func track(_ params: ThreadTrackParams, _ context: CallContext) throws(RPCError) -> APIThread {
    throw unimplemented()
  }
  func untrack(_ params: ThreadUntrackParams, _ context: CallContext) throws(RPCError) -> APIThread {
    throw unimplemented()
  }
}

extension FakeServices: AttachmentService {
  func get(
    _ params: AttachmentGetParams, _ context: CallContext, _ sink: TypedSink<APIChunk>
  ) throws(RPCError) {
    throw unimplemented()
  }
}

extension FakeServices: UploadService {
  func open(_ params: UploadOpenParams, _ context: CallContext) throws(RPCError) -> APIUpload {
    throw unimplemented()
  }
  func write(_ params: UploadWriteParams, _ context: CallContext) throws(RPCError) -> APIUpload {
    throw unimplemented()
  }
  /// Counts the octets that come.
  func fill(
    _ params: UploadFillParams, _ context: CallContext, _ source: TypedSource<APIUploadPiece>,
    _ sink: TypedSink<APIUpload>
  ) async throws(RPCError) {
    var received: Int64 = 0
    while let piece = try await source.next() {
      received += Int64(piece.data.count)
      try await sink.send(
        APIUpload(
          id: params.uploadId, name: "a", type: "b/c", received: received, state: .open, pieceOctetsMax: 9,
          createdAt: "2025-03-04T09:30:00.000Z", expiresAt: "2025-03-04T09:30:00.000Z"))
    }
  }
  func get(_ params: UploadGetParams, _ context: CallContext) throws(RPCError) -> APIUpload {
    throw unimplemented()
  }
  func list(_ params: UploadListParams, _ context: CallContext) throws(RPCError) -> APIUploadList {
    throw unimplemented()
  }
  func commit(_ params: UploadCommitParams, _ context: CallContext) throws(RPCError) -> APIUpload {
    throw unimplemented()
  }
  func cancel(_ params: UploadCancelParams, _ context: CallContext) throws(RPCError) -> APIEmpty {
    throw unimplemented()
  }
}

extension FakeServices: PurgeService {
  func publicKey(_ params: PurgePublicKeyParams, _ context: CallContext) throws(RPCError) -> APIReceiptKey {
    throw unimplemented()
  }
  func preview(_ params: PurgePreviewParams, _ context: CallContext) throws(RPCError) -> APIPurgeCounts {
    throw unimplemented()
  }
  func run(_ params: PurgeRunParams, _ context: CallContext) throws(RPCError) -> APIPurge {
    throw unimplemented()
  }
  func status(_ params: PurgeStatusParams, _ context: CallContext) throws(RPCError) -> APIPurge {
    throw unimplemented()
  }
  func receipts(_ params: PurgeReceiptsParams, _ context: CallContext) throws(RPCError) -> APIPurgePage {
    throw unimplemented()
  }
}

extension FakeServices: EventsService {
  func read(_ params: EventsReadParams, _ context: CallContext) throws(RPCError) -> APIEventPage {
    throw unimplemented()
  }
  func subscribe(
    _ params: EventsSubscribeParams, _ context: CallContext, _ sink: TypedSink<APIEvent>
  ) throws(RPCError) {
    throw unimplemented()
  }
}

extension FakeServices: TenantService {
  func create(_ params: TenantCreateParams, _ context: CallContext) throws(RPCError) -> APITenant {
    throw unimplemented()
  }
  func get(_ params: TenantGetParams, _ context: CallContext) throws(RPCError) -> APITenant {
    throw unimplemented()
  }
  func settings(_ params: TenantSettingsParams, _ context: CallContext) throws(RPCError) -> APITenantDetail {
    throw unimplemented()
  }
  func update(_ params: TenantUpdateParams, _ context: CallContext) throws(RPCError) -> APITenantDetail {
    throw unimplemented()
  }
  func list(_ params: TenantListParams, _ context: CallContext) throws(RPCError) -> APITenantList {
    throw unimplemented()
  }
}

extension FakeServices: TokenService {
  func create(_ params: TokenCreateParams, _ context: CallContext) throws(RPCError) -> APINewToken {
    throw unimplemented()
  }
  func addCertificate(_ params: TokenAddCertificateParams, _ context: CallContext) throws(RPCError)
    -> APIToken
  {
    throw unimplemented()
  }
  func get(_ params: TokenGetParams, _ context: CallContext) throws(RPCError) -> APIToken {
    throw unimplemented()
  }
  func list(_ params: TokenListParams, _ context: CallContext) throws(RPCError) -> APITokenList {
    throw unimplemented()
  }
  func revoke(_ params: TokenRevokeParams, _ context: CallContext) throws(RPCError) -> APIEmpty {
    throw unimplemented()
  }
}

extension FakeServices: ServerService {
  func info(_ params: ServerInfoParams, _ context: CallContext) throws(RPCError) -> APIServerInfo {
    throw unimplemented()
  }
  func stats(_ params: ServerStatsParams, _ context: CallContext) throws(RPCError) -> APIServerStats {
    throw unimplemented()
  }
  func log(
    _ params: ServerLogParams, _ context: CallContext, _ sink: TypedSink<APILogLine>
  ) throws(RPCError) { throw unimplemented() }
}

extension FakeServices: HealthService {
  func check(_ params: HealthCheckParams, _ context: CallContext) throws(RPCError) -> APIHealth {
    switch params.service {
    case nil, "store": return APIHealth(status: .serving)
    case .some(let name): throw RPCError(.healthUnknownService, message: "there is no part called \(name)")
    }
  }
  func watch(
    _ params: HealthWatchParams, _ context: CallContext, _ sink: TypedSink<APIHealth>
  ) throws(RPCError) { throw unimplemented() }
}

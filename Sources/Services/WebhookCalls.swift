internal import JSON
package import JSONRPC
internal import MailEngine
internal import MailStore
package import PostroomAPI

/// `webhook.*`
package struct WebhookCalls: WebhookService {
  private let runner: WebhookRunner
  private var house: House { runner.house }
  package init(_ runner: WebhookRunner) { self.runner = runner }

  package func create(
    _ params: WebhookCreateParams, _ context: CallContext
  ) async throws(RPCError) -> APIWebhookWithSecret {
    let tenant = try house.tenant(context)
    try check(params.url)
    let secret = WebhookSecret.make()
    var after: Int64?
    if let text = params.after { after = try await house.sequence(text, tenant) }
    let new = NewWebhook(
      tenantID: tenant, url: params.url, secret: secret, kinds: kinds(params.kinds) ?? [], after: after)
    let countMax = runner.options.countMax
    let made: Webhook
    do throws(MailStoreError) {
      made = try await house.store.createWebhook(new, countMax: countMax, at: house.now)
    } catch .conflict("webhooks") {
      throw RPCError(
        .limitWebhooks, "A tenant has at most \(countMax) webhooks.", ["limit": .int(countMax)])
    } catch { throw RPCError(error) }
    runner.kick()
    return APIWebhookWithSecret(webhook: APIWebhook(made), secret: secret)
  }

  package func get(_ params: WebhookGetParams, _ context: CallContext) async throws(RPCError) -> APIWebhook {
    APIWebhook(try await job(params.webhookId, context).webhook)
  }

  package func list(
    _ params: WebhookListParams, _ context: CallContext
  ) async throws(RPCError) -> APIWebhookList {
    let tenant = try house.tenant(context)
    let all = try await storing { () async throws(MailStoreError) in
      try await house.store.webhooks(tenant: tenant)
    }
    return APIWebhookList(webhooks: all.map { APIWebhook($0) })
  }

  package func update(
    _ params: WebhookUpdateParams, _ context: CallContext
  ) async throws(RPCError) -> APIWebhookWithSecret {
    if let url = params.url { try check(url) }
    var change = WebhookChange()
    (change.url, change.kinds, change.enabled) = (params.url, kinds(params.kinds), params.enabled)
    let secret = params.rotateSecret ? WebhookSecret.make() : nil
    change.secret = secret.map { ($0, house.now.adding(seconds: runner.options.oldSecretSeconds)) }
    let changed = try await self.change(params.webhookId, change, context)
    return APIWebhookWithSecret(webhook: APIWebhook(changed), secret: secret)
  }

  package func replay(
    _ params: WebhookReplayParams, _ context: CallContext
  ) async throws(RPCError) -> APIWebhook {
    var change = WebhookChange()
    change.enabled = true
    change.cursor = try await house.sequence(params.after, try house.tenant(context))
    return APIWebhook(try await self.change(params.webhookId, change, context))
  }

  package func test(
    _ params: WebhookTestParams, _ context: CallContext
  ) async throws(RPCError) -> APIWebhookTest {
    await runner.test(try await job(params.webhookId, context))
  }

  package func delete(
    _ params: WebhookDeleteParams, _ context: CallContext
  ) async throws(RPCError) -> APIEmpty {
    let (tenant, id): (TenantID, WebhookID) = (
      try house.tenant(context), try id(params.webhookId, .webhookUnknown)
    )
    try await storing { () async throws(MailStoreError) in
      try await house.store.deleteWebhook(id, tenant: tenant, at: house.now)
    }
    return APIEmpty()
  }

  private func job(_ text: String, _ context: CallContext) async throws(RPCError) -> WebhookJob {
    let (tenant, id): (TenantID, WebhookID) = (try house.tenant(context), try id(text, .webhookUnknown))
    return try await storing { () async throws(MailStoreError) in
      try await house.store.webhookJob(id, tenant: tenant)
    }
  }

  private func change(
    _ text: String, _ change: WebhookChange, _ context: CallContext
  ) async throws(RPCError) -> Webhook {
    let (tenant, id): (TenantID, WebhookID) = (try house.tenant(context), try id(text, .webhookUnknown))
    let changed = try await storing { () async throws(MailStoreError) in
      try await house.store.changeWebhook(id, tenant: tenant, change, at: house.now)
    }
    runner.kick()
    return changed
  }

  private func check(_ url: String) throws(RPCError) {
    guard WebhookPost.address(url, runner.options) != nil else {
      let plain = runner.options.allowsPlain ? "" : " http:// is not taken by this server."
      throw RPCError(
        .webhookUrlInvalid,
        "url is https://, a host, and a path; no user, no fragment.\(plain)", ["name": .string("url")])
    }
  }

  private func kinds(_ kinds: [APIEventType]?) -> [String]? { kinds.map { $0.map(\.rawValue) } }
}

extension APIWebhook {
  init(_ w: Webhook) {
    self.init(
      id: w.id.text, url: w.url, kinds: w.kinds.compactMap { APIEventType(rawValue: $0) },
      state: APIWebhookState(rawValue: w.state.rawValue) ?? .off,
      reason: w.reason.flatMap { APIWebhookReason(rawValue: $0.rawValue) }, advice: w.reason?.advice,
      cursor: String(w.cursor), failures: w.failures, failingSince: w.failingSince.map(wireTime),
      nextAttemptAt: w.nextAttemptAt.map(wireTime), lastStatus: w.lastStatus, lastProblem: w.lastProblem,
      deliveredAt: w.deliveredAt.map(wireTime), oldSecretUntil: w.oldSecretUntil.map(wireTime),
      createdAt: wireTime(w.createdAt))
  }
}

extension WebhookReason {
  /// What a person can do.
  var advice: String {
    switch self {
    case .turnedOff: "Turn it on again: webhook.update with enabled."
    case .gone:
      "Its endpoint wants no events (410). Change the URL, or delete it; webhook.replay goes on from any number."
    case .failing:
      "Mend the endpoint, try it with webhook.test, then webhook.replay from cursor: nothing was lost meanwhile."
    }
  }
}

/// One endpoint of a caller that is told of events.
package struct WebhookID: RowID {
  package static let prefix: StaticString = "wh"
  package let value: Int64
  package init(_ value: Int64) { self.value = value }
}

extension WebhookID: Bindable {}

package enum WebhookState: String, Sendable, Hashable, CaseIterable {
  /// It gets events.
  case active
  /// Its caller, or itself by 410 Gone, does not want any.
  case off
  /// It failed for so long that it is left alone.
  case parked
}

package enum WebhookReason: String, Sendable, Hashable, CaseIterable {
  case turnedOff, gone, failing
}

package struct Webhook: Sendable, Hashable {
  package var id: WebhookID
  package var tenantID: TenantID
  package var url: String
  /// Empty for all.
  package var kinds: [String]
  package var state: WebhookState
  package var reason: WebhookReason?
  /// Events up to this number were taken, or are not wanted.
  package var cursor: Int64
  package var version: Int64
  package var failures: Int64
  package var failingSince: Timestamp?
  package var nextAttemptAt: Timestamp?
  package var lastStatus: Int64?
  package var lastProblem: String?
  package var deliveredAt: Timestamp?
  package var oldSecretUntil: Timestamp?
  package var createdAt: Timestamp
}

/// A webhook with what signs its events.
package struct WebhookJob: Sendable {
  package var webhook: Webhook
  package var secret: String
  /// The one before, which signs until ``Webhook/oldSecretUntil``.
  package var oldSecret: String?

  /// Those that sign at that time, the newest first.
  package func secrets(at: Timestamp) -> [String] {
    guard let oldSecret, let until = webhook.oldSecretUntil, at < until else { return [secret] }
    return [secret, oldSecret]
  }
}

package struct NewWebhook: Sendable {
  package var tenantID: TenantID
  package var url: String
  package var secret: String
  package var kinds: [String]
  /// nil: events from now on.
  package var after: Int64?
  package init(tenantID: TenantID, url: String, secret: String, kinds: [String], after: Int64?) {
    (self.tenantID, self.url, self.secret, self.kinds, self.after) = (tenantID, url, secret, kinds, after)
  }
}

/// What is nil stays.
package struct WebhookChange: Sendable {
  package var url: String?
  package var kinds: [String]?
  package var enabled: Bool?
  package var cursor: Int64?
  /// A new one, and until when the present one signs too.
  package var secret: (new: String, oldUntil: Timestamp)?
  package init() {}
}

/// An attempt that did not succeed.
package struct WebhookFailure: Sendable, Hashable {
  /// nil when there was no answer.
  package var status: Int64?
  /// What went wrong, without the peer's words.
  package var problem: String
  package var nextAttemptAt: Timestamp
  package init(status: Int64?, problem: String, nextAttemptAt: Timestamp) {
    (self.status, self.problem, self.nextAttemptAt) = (status, problem, nextAttemptAt)
  }
}

/// Endpoints that are told of events.
package protocol WebhookStoring: Sendable {
  /// Errors: conflict "webhooks" when the tenant has `countMax` already.
  func createWebhook(_ new: NewWebhook, countMax: Int64, at: Timestamp) async throws(MailStoreError)
    -> Webhook
  func webhooks(tenant: TenantID) async throws(MailStoreError) -> [Webhook]
  func webhookJob(_ id: WebhookID, tenant: TenantID) async throws(MailStoreError) -> WebhookJob
  /// Appends `webhook.state` when its state becomes another.
  func changeWebhook(_ id: WebhookID, tenant: TenantID, _ change: WebhookChange, at: Timestamp)
    async throws(MailStoreError) -> Webhook
  func deleteWebhook(_ id: WebhookID, tenant: TenantID, at: Timestamp) async throws(MailStoreError)

  /// Active ones whose time has come, with events behind their cursors; ascending by id.
  /// - Returns: besides them those that cannot be opened, whose row or key is damaged: the others do not wait for them.
  func dueWebhooks(at: Timestamp) async throws(MailStoreError) -> (jobs: [WebhookJob], damaged: [WebhookID])
  /// When the next attempt of an active one is due that is later than `at`.
  func nextWebhookAttempt(after at: Timestamp) async throws(MailStoreError) -> Timestamp?
  /// Writes down that events up to `cursor` were taken. Ends its failures.
  /// - Parameter delivered: whether one was delivered, or none was wanted.
  /// - Returns: false when a caller changed it since `version`: nothing is written down then.
  func advanceWebhook(_ id: WebhookID, version: Int64, cursor: Int64, delivered: Bool, at: Timestamp)
    async throws(MailStoreError) -> Bool
  /// Writes a failure down. - Returns: as ``advanceWebhook(_:version:cursor:delivered:at:)``.
  func failWebhook(_ id: WebhookID, version: Int64, _ failure: WebhookFailure, at: Timestamp)
    async throws(MailStoreError) -> Bool
  /// Leaves it alone from now on, and appends `webhook.state`.
  func stopWebhook(
    _ id: WebhookID, version: Int64, _ state: WebhookState, reason: WebhookReason, _ failure: WebhookFailure,
    at: Timestamp
  ) async throws(MailStoreError)
  /// All tenants' by state.
  func webhookCounts() async throws(MailStoreError) -> [WebhookState: Int]
  /// Since when an event waits that an active webhook has not got; nil when none does.
  func oldestWebhookWait() async throws(MailStoreError) -> Timestamp?
}

/// How long a tenant keeps mail (S18). Days are of 86,400 seconds.
package struct RetentionPolicy: Sendable, Hashable {
  /// Logged mail of origin `sequence`, from its logging on; nil: until the tenant is deleted.
  package var sequenceDays: Int64?
  /// Logged mail of a conversation, sent or read, from its logging on; nil: until it or the tenant is deleted.
  package var timelineDays: Int64?
  /// A mail that was deleted is erased at the latest so long afterwards; 0 to 90.
  package var deletedDays: Int64 = 90
  /// Headers of mail that was read from a mailbox and not logged, from their reading on.
  package var metadataDays: Int64 = 60
  package init() {}

  package static let deletedDaysMax: Int64 = 90
  /// A hundred years: more is a mistake, and no time computed from it leaves what can be written.
  package static let daysMax: Int64 = 36_500

  /// What of it cannot be used, or nil.
  package var fault: String? {
    for (name, days) in [
      ("sequenceDays", sequenceDays), ("timelineDays", timelineDays), ("metadataDays", metadataDays),
    ] {
      if let days, !(1...Self.daysMax).contains(days) { return name }
    }
    return (0...Self.deletedDaysMax).contains(deletedDays) ? nil : "deletedDays"
  }
}

/// Why a mail goes, or stays.
package enum RetentionRule: String, Sendable, Hashable, CaseIterable {
  /// Deleted, and waiting for its erasure.
  case deleted
  case metadata, timeline, sequence
}

/// What a rule will take.
package struct RetentionForecast: Sendable, Hashable {
  package var rule: RetentionRule
  /// Mails that the rule is about.
  package var mails: Int64
  /// Those of them that are due at the time asked about, and not held.
  package var due: Int64
  /// When the first of them is due; nil when none ever is, or when that is not known yet.
  package var nextAt: Timestamp?
}

/// When a mail goes.
package struct MailRetention: Sendable, Hashable {
  package var rule: RetentionRule
  /// nil: when the tenant is deleted, and not before.
  package var erasesAt: Timestamp?
  package var isHeld: Bool
}

/// A legal hold: what its scope takes is erased by nobody while it stands.
package struct Hold: Sendable, Hashable {
  package var id: HoldID
  package var tenantID: TenantID
  /// As in ``Purge``.
  package var kind: String
  /// What it is about: the number of a mailbox, thread or mail, or an address; empty for a tenant.
  package var target: String
  package var reason: String
  package var placedBy: String
  package var placedAt: Timestamp
}

/// One legal hold.
package struct HoldID: RowID {
  package static let prefix: StaticString = "h"
  package let value: Int64
  package init(_ value: Int64) { self.value = value }
}

extension HoldID: Bindable {}

/// How long mail is kept, and what must not go.
package protocol RetentionStoring: Sendable {
  func retentionPolicy(tenant: TenantID) async throws(MailStoreError) -> RetentionPolicy
  func setRetentionPolicy(_ policy: RetentionPolicy, tenant: TenantID) async throws(MailStoreError)
  /// What each rule will have taken at `time`, in the order of the rules.
  /// - Complexity: O(mails of the tenant)
  func retentionForecast(tenant: TenantID, at time: Timestamp) async throws(MailStoreError)
    -> [RetentionForecast]
  func retention(of mail: MailID, tenant: TenantID) async throws(MailStoreError) -> MailRetention

  /// Takes an engagement off every list and gives its content out no more; from then on the time runs
  /// after which it is erased, in every mailbox of the tenant that has it (S11, S18). Again changes nothing.
  /// Errors: notFound "body" when it is not logged.
  func deleteMail(_ id: MailID, tenant: TenantID, at: Timestamp) async throws(MailStoreError) -> Mail
  /// Takes that back, as long as it is not erased.
  func restoreMail(_ id: MailID, tenant: TenantID, at: Timestamp) async throws(MailStoreError) -> Mail

  /// Errors: conflict when the scope cannot be held (a record, an age).
  func placeHold(_ scope: PurgeScope, reason: String, by: String, tenant: TenantID, at: Timestamp)
    async throws(MailStoreError) -> Hold
  func holds(tenant: TenantID) async throws(MailStoreError) -> [Hold]
  func releaseHold(_ id: HoldID, tenant: TenantID) async throws(MailStoreError)

  /// The time that ``markTime(_:)`` wrote down last.
  func newestMark() async throws(MailStoreError) -> Timestamp?
  /// Writes down that all mails known now were known at `time`: from such marks the age of a header is told.
  /// Errors: conflict when a later time is written down.
  func markTime(_ time: Timestamp) async throws(MailStoreError)
  /// The clock was wrong when marks of times after `time` were made. What they are about becomes younger by that.
  func forgetMarks(after time: Timestamp) async throws(MailStoreError)
  /// Writes an erasure down for every tenant that has mail due at `time`.
  func beginRetention(at time: Timestamp) async throws(MailStoreError) -> [Purge]
}

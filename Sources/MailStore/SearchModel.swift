/// How much of a tenant's logged mail can be searched.
package enum SearchLevel: String, Sendable, Hashable, CaseIterable {
  case off
  /// Subjects and addresses.
  case metadata
  /// Texts and the names of attachments too.
  case full
}

/// Criteria narrow each other down.
package struct SearchQuery: Sendable {
  /// Words that all must be there; side by side where they stand in quotation marks.
  package var text = ""
  package var mailbox: MailboxID?
  package var thread: ThreadID?
  package var record: RecordRef?
  /// In any role.
  package var contact: String?
  package var from: String?
  /// To, Cc or Bcc.
  package var to: String?
  /// Received at this time or later.
  package var after: Timestamp?
  /// Received earlier.
  package var before: Timestamp?
  package var hasAttachment: Bool?
  /// Newest first, ids below this one.
  package var below: MailID?
  package var limit = 50
  package init() {}
}

package struct SearchPage: Sendable, Hashable {
  package var mails: [Mail]
  /// Whether all of the tenant's logged mail was indexed when this was asked.
  package var isComplete: Bool
}

/// Mails whose place in the index is to be brought up to date.
package struct SearchWork: Sendable {
  package struct Job: Sendable, Hashable {
    package var mail: Mail
    package var level: SearchLevel
  }

  package var jobs: [Job]
  /// What is said about the tenant's older mail when these are done; nil when they are new ones.
  var fill: Fill?

  package var isNothing: Bool { jobs.isEmpty && fill == nil }

  struct Fill: Sendable, Hashable {
    var tenant: TenantID
    var level: SearchLevel
    var below: Int64
    var next: Int64
  }
}

/// The texts of one mail that can be searched beside what its row says.
package struct SearchEntry: Sendable, Hashable {
  package var job: SearchWork.Job
  /// Empty unless the level is ``SearchLevel/full``.
  package var texts: [String]
  package init(_ job: SearchWork.Job, texts: [String] = []) {
    self.job = job
    self.texts = texts
  }
}

/// Searching is a part of ``MailStoring``.
package protocol SearchStoring: Sendable {
  /// Errors: conflict "searchOff" when the tenant's mail is not indexed, "searchText" when the text has more than 32 words
  /// or no word at all; notFound "mailbox", "thread".
  /// - Complexity: O(*n*) in the mails that have the rarest word (or the thread, the contact), for each page.
  func search(_ query: SearchQuery, tenant: TenantID) async throws(MailStoreError) -> SearchPage
  /// What is to be indexed next, of all tenants; empty when nothing is.
  func searchWork(limit: Int) async throws(MailStoreError) -> SearchWork
  /// Writes what was found out about them. Mails that went, or whose tenant decided otherwise, are passed over.
  func index(_ entries: [SearchEntry], of work: SearchWork) async throws(MailStoreError)
}

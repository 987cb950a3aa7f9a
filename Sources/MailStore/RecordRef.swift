/// An object of the calling CRM (contact, company, deal, ticket), as the CRM names it.
package struct RecordRef: Sendable, Hashable {
  /// "contact", "deal", ...: the caller's word, compared octet by octet.
  package var type: String
  /// The caller's own id of it.
  package var key: String
  package init(type: String, key: String) {
    self.type = type
    self.key = key
  }
}

/// What can be linked to a record.
package enum RecordTarget: Sendable, Hashable {
  /// All mails of the thread, also those still to come.
  case thread(ThreadID)
  /// One mail, in whatever mailboxes of the tenant it is (S11).
  case mail(MailID)
}

package struct TimelineQuery: Sendable {
  package var record: RecordRef
  package var newestFirst = true
  /// Behind this place of an earlier page: ``Mail/timelineSeconds`` and id of its last mail.
  package var after: (seconds: Int64, id: MailID)?
  package var limit = 50
  package init(record: RecordRef) { self.record = record }
}

extension Mail {
  /// What a timeline is ordered by, before the id. Whole seconds, as IMAP tells no more: a quick answer
  /// would stand before the mail that it answers.
  package var timelineSeconds: Int64 { receivedAt.milliseconds / 1000 }
}

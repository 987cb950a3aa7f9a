/// What was found out about a mail when its body was read, and is stored with it (S12).
package struct MailFindings: Sendable, Hashable {
  package var hasAttachment = false
  /// The body could not be parsed: it is kept as it came, and nothing below is known.
  package var parseFailed = false
  package var isAutoReply = false
  package var isBounce = false
  /// nil for a letter.
  package var kind: MailKind?
  /// What a report about delivery says.
  package var report: DeliveryFindings?
  /// The mail passed another one on, which is what is logged (S6 c).
  package var original: LoggedOriginal?

  package init(hasAttachment: Bool = false) { self.hasAttachment = hasAttachment }
}

/// What a mail is besides a letter. The words are those of events' fact `kind`.
package enum MailKind: String, Sendable, Hashable, CaseIterable {
  case bounce, delay, delivery, readReceipt, autoReply, invitation, list
}

/// RFC 3464 §2.3.3.
package enum DeliveryAction: String, Sendable, Hashable, CaseIterable {
  case failed, delayed, delivered, relayed, expanded
}

package enum BounceSeverity: String, Sendable, Hashable, CaseIterable { case hard, soft }

/// What a report about delivery says of the mail that it is about.
package struct DeliveryFindings: Sendable, Hashable {
  /// The Message-ID of that mail.
  package var originalMessageID: String?
  /// The worst of all recipients, and of that the reason.
  package var action: DeliveryAction
  package var severity: BounceSeverity?
  /// One word, such as `unknownUser`.
  package var cause: String?
  package var recipients: [Recipient]

  package struct Recipient: Sendable, Hashable {
    package var email: String?
    package var action: DeliveryAction
    package var severity: BounceSeverity?
    package var cause: String?
    /// As RFC 3463 has it.
    package var status: String?
    /// The server's words.
    package var diagnostic: String?

    package init(
      email: String?, action: DeliveryAction, severity: BounceSeverity?, cause: String?, status: String?,
      diagnostic: String?
    ) {
      self.email = email
      self.action = action
      self.severity = severity
      self.cause = cause
      self.status = status
      self.diagnostic = diagnostic
    }
  }

  package init(
    originalMessageID: String?, action: DeliveryAction, severity: BounceSeverity?, cause: String?,
    recipients: [Recipient]
  ) {
    self.originalMessageID = originalMessageID
    self.action = action
    self.severity = severity
    self.cause = cause
    self.recipients = recipients
  }

  /// Recipients that are stored of one report.
  static let recipientsMax = 200
  /// Scalars of a server's words that are stored.
  static let diagnosticMax = 500
}

/// What was reported about one recipient of a mail.
package struct DeliveryNews: Sendable, Hashable {
  /// The mail that brought it.
  package var reportID: MailID
  /// The mail that it is about; nil when that is not known here.
  package var mailID: MailID?
  package var recipient: DeliveryFindings.Recipient
  package var at: Timestamp
}

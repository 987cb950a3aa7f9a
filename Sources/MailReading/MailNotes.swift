/// What a mail is besides a letter: a report, an answer by itself, an appointment, a list's mail; and what about its
/// sender may deceive (S12).
package struct MailNotes: Sendable, Hashable {
  package var isBounce = false
  package var isAutoReply = false
  package var isReadReceipt = false
  package var report: Report?
  package var receipt: Receipt?
  package var invitation: Invitation?
  package var list: List?
  package var sender = Sender()

  package init() {}

  /// The one word for it, the most telling first; nil for a letter.
  package var kind: Kind? {
    if let report {
      switch report.action {
      case .failed: return .bounce
      case .delayed: return .delay
      case .delivered, .relayed, .expanded: return .delivery
      }
    }
    if isBounce { return .bounce }
    if receipt != nil || isReadReceipt { return .readReceipt }
    if isAutoReply { return .autoReply }
    if invitation != nil { return .invitation }
    return list == nil ? nil : .list
  }

  /// The words are what events call `kind`; they stay.
  package enum Kind: String, Sendable, Hashable, CaseIterable {
    case bounce, delay, delivery, readReceipt, autoReply, invitation, list
  }

  package enum Action: String, Sendable, Hashable, CaseIterable {
    case failed, delayed, delivered, relayed, expanded
  }

  /// A report about delivery (RFC 3464), or a bounce in prose.
  package struct Report: Sendable, Hashable {
    /// The worst of all recipients.
    package var action: Action
    package var reason: Reason?
    package var recipients: [Recipient]
    /// Of the mail that is reported on.
    package var originalMessageID: String?
    package var originalSubject: String?
    package var reportingServer: String?
    /// It came in the form of RFC 3464.
    package var isStandard: Bool

    package struct Recipient: Sendable, Hashable {
      /// Where it was to go in the end; nil when the report does not say.
      package var email: String?
      /// The address that it was sent to, where the report tells.
      package var originalEmail: String?
      package var action: Action
      /// As RFC 3463 has it: `5.1.1`.
      package var status: String?
      package var reason: Reason?
      /// The server's words.
      package var diagnostic: String?
      package var remoteServer: String?
    }

    package struct Reason: Sendable, Hashable {
      /// The address takes no mail and will not; else another time or another mail may pass.
      package var isHard: Bool
      /// A raw value of MIME's `BounceReason.Cause`.
      package var cause: String
    }
  }

  /// A read receipt (RFC 8098).
  package struct Receipt: Sendable, Hashable {
    /// A raw value of MIME's `ReadReceipt.Disposition`.
    package var disposition: String
    /// A program did it, not the recipient.
    package var isAutomatic: Bool
    package var recipient: String?
    package var originalMessageID: String?
  }

  /// An appointment (RFC 5545, RFC 5546).
  package struct Invitation: Sendable, Hashable {
    package var method: String?
    package var uid: String?
    package var summary: String?
    package var location: String?
    package var start: Moment?
    package var end: Moment?
    package var organizer: Person?
    package var attendees: [Attendee]
    package var sequence: Int
    package var status: String?
    package var repeats: Bool

    package struct Moment: Sendable, Hashable {
      /// `2023-01-02` or `2023-01-02T15:04:05`, with `Z` behind it when it is UTC.
      package var text: String
      package var timeZone: String?
      package var isDate: Bool
    }

    package struct Person: Sendable, Hashable {
      package var name: String?
      package var email: String
    }

    package struct Attendee: Sendable, Hashable {
      package var person: Person
      package var answer: String?
    }
  }

  /// How a mail came by a list, and how to end that (RFC 2369, RFC 2919, RFC 8058).
  package struct List: Sendable, Hashable {
    package var id: String?
    package var name: String?
    package var unsubscribe: [String]
    package var oneClickURL: String?
    package var post: String?
    package var archive: String?
    package var help: String?
  }

  /// None of it is proof.
  package struct Sender: Sendable, Hashable {
    package var hasSeveralFromFields = false
    package var hasSeveralAuthors = false
    package var nameIsOtherAddress = false
    package var mixesScripts = false
    package var turnsDirection = false
    package var domainInASCII: String?

    package init() {}
  }
}

package import MailStore
package import SASL

/// An account to look at. Nothing of it is stored.
package struct ProbeRequest: Sendable {
  package var userName: String
  package var password: Secret
  package var imap: ServerRequest
  /// nil: SMTP is left out.
  package var smtp: ServerRequest?

  package init(userName: String, password: Secret, imap: ServerRequest, smtp: ServerRequest? = nil) {
    self.userName = userName
    self.password = password
    self.imap = imap
    self.smtp = smtp
  }
}

/// What a mailbox's servers offer, what of it is used, and why: for whoever looks into a mailbox before it is
/// connected, or into its trouble afterwards.
package struct MailboxProbe: Sendable {
  /// What the IMAP server says of itself (RFC 2971), in its words.
  package struct Software: Sendable, Hashable {
    package var name: String?
    package var version: String?
    package var vendor: String?
  }

  package struct ProbedFolder: Sendable, Hashable {
    package var name: String
    package var role: FolderRole?
    /// Its mail would be read.
    package var syncs: Bool
    /// nil: it was not asked, see ``MailboxProber/statusMax``, or would not say.
    package var messages: Int64?
  }

  /// An extension of IMAP and what was decided of it.
  package struct Feature: Sendable, Hashable {
    package enum Decision: String, Sendable, Hashable {
      case used, distrusted, passedOver, absent
    }

    /// As in the capability list.
    package var name: String
    package var decision: Decision
    /// For people.
    package var reason: String
    /// Where the fact that decided is from.
    package var source: String?
  }

  /// A fact about a kind of server.
  package struct Quirk: Sendable, Hashable {
    package enum Effect: String, Sendable, Hashable {
      case distrusts, identifiesFirst, note
    }

    package var id: String
    package var effect: Effect
    /// For people.
    package var fact: String
    package var source: String
  }

  /// How the copy of a sent mail comes into a folder (S15).
  package enum SentFiling: String, Sendable, Hashable {
    /// The provider does it.
    case provider
    /// It is looked for, and appended where it is not there.
    case append
    /// There is no such folder: the mail is sent all the same.
    case none
  }

  /// How changes of what is stored are found.
  package enum ChangesBy: String, Sendable, Hashable { case qresync, condstore, comparison }
  /// How new mail is noticed.
  package enum NewsBy: String, Sendable, Hashable { case notify, idle, polling }

  package var imap: ServerSettings
  package var smtp: ServerSettings?
  package var software: Software
  package var capabilities: [String]
  package var features: [Feature]
  package var quirks: [Quirk]
  package var changesBy: ChangesBy
  package var newsBy: NewsBy
  /// The largest message that may be appended; nil: the server does not say.
  package var appendOctetsMax: UInt64?
  /// The largest message that SMTP takes; nil: it does not say, or was not asked.
  package var submitOctetsMax: UInt64?
  package var folders: [ProbedFolder]
  package var sentFiling: SentFiling
  /// The folder of sent mail.
  package var sentFolder: String?
}

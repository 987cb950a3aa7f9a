/// What a simulated provider is like. Every value has a default that makes a working provider.
public struct MailSimOptions: Sendable {
  /// How the provider's servers behave and what its folders are called.
  public enum Profile: String, Sendable, CaseIterable {
    /// Every extension that is built in, folders "Sent", "Drafts", ...; the client files sent mail.
    case plain
    /// Like Gmail: "[Gmail]/..." folders with All Mail, X-GM-EXT-1, CONDSTORE without QRESYNC,
    /// LITERAL-; files sent mail itself.
    case gmail
    /// Like Exchange Online: no CONDSTORE, ESEARCH or SPECIAL-USE; files sent mail itself.
    case office365
  }

  /// The certificate that the servers show.
  public enum Certificate: Sendable, Hashable {
    /// For 127.0.0.1 and localhost, signed by the authority in ``MailSimEndpoints/caFile``.
    case valid
    /// Signed by the same authority, for another name only.
    case wrongName(String)
    /// Signed by an authority that is not in ``MailSimEndpoints/caFile``.
    case untrusted
    /// Its time is over.
    case expired
  }

  /// The part behind the "@" of the users' addresses.
  public var domain = "example.test"
  /// Users (local parts, lower case) with their passwords. A bearer token is accepted when it is
  /// equal to the password.
  public var users = ["alice": "secret", "bob": "secret", "carol": "secret"]
  /// When set, any further user exists and has this password.
  public var anyUser: String?
  /// From which all content is made: equal seeds make equal mailboxes.
  public var seed: UInt64 = 1
  /// Messages in each user's INBOX at the start; Sent, Archive, Junk and Trash get fractions of it.
  /// They are made when asked for: a million costs no memory.
  public var messages = 0
  /// The date of the newest message made at the start, in seconds since 1970; nil: the hour that is.
  public var newestSeconds: Int64?
  public var profile = Profile.plain
  /// Capabilities to hide and refuse, upper case: `["QRESYNC", "IDLE"]`, for SMTP `["SIZE"]`.
  public var withoutCapabilities: Set<String> = []
  public var certificate = Certificate.valid
  /// How far away the servers are: what is sent arrives after half of it.
  public var roundTripMilliseconds: Int64 = 0
  /// Those who answer what is sent to them.
  public var correspondents = [Correspondent()]
  /// The largest mail that the SMTP server takes, in octets.
  public var messageOctetsMax = 35_000_000
  /// Ports on 127.0.0.1; 0 lets the system choose.
  public var imapsPort: UInt16 = 0
  public var imapPort: UInt16 = 0
  public var smtpsPort: UInt16 = 0
  public var submissionPort: UInt16 = 0
  /// Where the certificate authority is kept, so that clients can go on trusting it; nil: a new one
  /// in a temporary folder that goes away with ``MailSim/stop()``.
  public var directory: String?

  public init() {}
}

/// An outside address that answers every mail it gets, except automatic ones.
public struct Correspondent: Sendable {
  /// The way of quoting the mail that is answered.
  public enum Style: String, Sendable, CaseIterable {
    /// Text and HTML; "On ..., ... wrote:" and the mail quoted below the answer.
    case gmail
    /// Text and HTML; a "From: Sent: To: Subject:" block and the mail below the answer, not marked.
    case outlook
    /// Text only, no quote.
    case bare
  }

  public struct Attachment: Sendable {
    public var name: String
    public var type: String
    public var content: [UInt8]

    public init(name: String, type: String, content: [UInt8]) {
      self.name = name
      self.type = type
      self.content = content
    }
  }

  /// Compared without regard to letter case.
  public var address: String
  public var name: String
  /// Between the mail's acceptance and the answer's delivery.
  public var delayMilliseconds: Int64
  public var style: Style
  /// The answer's own text; nil: one of several, chosen by the mail's Message-ID.
  public var text: String?
  public var attachment: Attachment?

  public init(
    address: String = "dana@customer.example", name: String = "Dana Whitfield",
    delayMilliseconds: Int64 = 300,
    style: Style = .gmail, text: String? = nil, attachment: Attachment? = nil
  ) {
    self.address = address
    self.name = name
    self.delayMilliseconds = delayMilliseconds
    self.style = style
    self.text = text
    self.attachment = attachment
  }
}

/// Where a started ``MailSim`` listens.
public struct MailSimEndpoints: Sendable, Hashable {
  /// Always 127.0.0.1.
  public let host: String
  /// IMAP inside TLS.
  public let imapsPort: UInt16
  /// IMAP with STARTTLS.
  public let imapPort: UInt16
  /// Submission inside TLS.
  public let smtpsPort: UInt16
  /// Submission with STARTTLS.
  public let submissionPort: UInt16
  /// PEM file with the root certificate that clients must trust.
  public let caFile: String
}

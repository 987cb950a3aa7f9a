/// One response of a server (RFC 9051 §7).
package enum Response: Sendable, Equatable {
  case untagged(Untagged)
  case tagged(tag: String, StatusResponse)
  /// `+`, with the text or base64 behind it.
  case continuation([UInt8])
}

/// Data that a server sends without a tag.
package enum Untagged: Sendable, Equatable {
  case status(StatusResponse)
  /// Upper case.
  case capability([String])
  /// Upper case.
  case enabled([String])
  case list(ListEntry)
  case mailboxStatus(MailboxName, StatusItems)
  case search(UIDSet, modSeq: ModSeq?)
  case extendedSearch(ExtendedSearch)
  case flags([String])
  case exists(UInt32)
  case recent(UInt32)
  /// A message sequence number.
  case expunge(UInt32)
  case vanished(UIDSet, earlier: Bool)
  case fetch(FetchData)
  case id([String: String])
  case namespaces(Namespaces)
  /// A response that we do not know; its word, upper case.
  case unknown(String)
}

/// OK, NO, BAD, BYE or PREAUTH.
package struct StatusResponse: Sendable, Equatable {
  package enum Kind: String, Sendable {
    case ok = "OK", no = "NO", bad = "BAD", bye = "BYE", preauth = "PREAUTH"
  }

  package var kind: Kind
  package var code: ResponseCode?
  /// The server's words for people: at most 1,000 octets, without control characters.
  package var text: String

  package init(_ kind: Kind, code: ResponseCode? = nil, text: String = "") {
    self.kind = kind
    self.code = code
    self.text = text
  }
}

/// What stands in brackets in a status response. Those that carry data have a case; all others are
/// ``other(_:)``.
package enum ResponseCode: Sendable, Equatable {
  /// Upper case.
  case capability([String])
  case permanentFlags([String])
  case uidValidity(UIDValidity)
  case uidNext(UInt32)
  case unseen(UInt32)
  case highestModSeq(ModSeq)
  case appendUID(UIDValidity, UIDSet)
  case copyUID(UIDValidity, from: UIDSet, to: UIDSet)
  /// An IMAP URL (RFC 2221, RFC 2193). Reported only, never followed.
  case referral(String)
  /// RFC 8474.
  case mailboxID(String)
  /// A long command goes on (RFC 9585); the tag and the numbers where the server tells them.
  case inProgress(tag: String?, done: UInt64?, goal: UInt64?)
  /// A word without data that we use, or one that we do not know or could not read; upper case:
  /// `ALERT`, `AUTHENTICATIONFAILED`, `CLOSED`, `LIMIT`, `NOMODSEQ`, `READ-ONLY`, `TRYCREATE`.
  case other(String)

  /// The code's word, upper case.
  package var name: String {
    switch self {
    case .capability: "CAPABILITY"
    case .permanentFlags: "PERMANENTFLAGS"
    case .uidValidity: "UIDVALIDITY"
    case .uidNext: "UIDNEXT"
    case .unseen: "UNSEEN"
    case .highestModSeq: "HIGHESTMODSEQ"
    case .appendUID: "APPENDUID"
    case .copyUID: "COPYUID"
    case .referral: "REFERRAL"
    case .mailboxID: "MAILBOXID"
    case .inProgress: "INPROGRESS"
    case .other(let name): name
    }
  }
}

/// ESEARCH (RFC 4731, RFC 9394). What the server left out is nil.
package struct ExtendedSearch: Sendable, Equatable {
  /// The tag of the command that is answered.
  package var tag: String?
  package var isUID = false
  package var all: UIDSet?
  /// The part of the result that was asked for; empty when the result does not reach so far.
  package var partial: UIDSet?
  package var min: UInt32?
  package var max: UInt32?
  package var count: UInt64?
  package var modSeq: ModSeq?

  package init() {}
}

/// What FETCH tells of one message. What the server left out, or sent as NIL, is nil.
package struct FetchData: Sendable, Equatable {
  /// The message sequence number; it never leaves the session. 0: told by UID only (RFC 9586).
  package var sequence: UInt32
  /// nil also for a UID that cannot be (0).
  package var uid: UID?
  package var flags: [String]?
  /// Seconds since 1970, UTC; nil also when it is no date.
  package var internalDate: Int64?
  package var size: UInt64?
  /// nil also for values that cannot be (Zoho sends -1).
  package var modSeq: ModSeq?
  /// BODY[HEADER], BODY[HEADER.FIELDS ...] or RFC822.HEADER.
  package var header: [UInt8]?
  /// BODY[], from the start when it was asked for in part, or RFC822.
  package var body: [UInt8]?
  /// Any other section, in the order told.
  package var sections: [FetchedSection] = []
  /// RFC 8474.
  package var emailID: String?
  package var threadID: String?
  /// RFC 8970: at most 200 characters for people; nil also while the server has none.
  package var preview: String?
  /// RFC 8514: when the message came into this folder; seconds since 1970, UTC.
  package var saveDate: Int64?
  /// Gmail's (X-GM-EXT-1).
  package var gmailMessageID: UInt64?
  package var gmailThreadID: UInt64?
  /// Decoded for people.
  package var gmailLabels: [String]?

  package init(sequence: UInt32) { self.sequence = sequence }
}

/// One section of a message: `BODY[1.2]`, `BODY[1.2.MIME]`, `BINARY[1.2]`.
package struct FetchedSection: Sendable, Equatable {
  /// Upper case: `1.2`, `1.2.MIME`, `TEXT`.
  package var name: String
  /// The server has undone the transfer encoding (RFC 3516).
  package var isDecoded: Bool
  /// nil: there is no such section.
  package var octets: [UInt8]?

  package init(name: String, isDecoded: Bool, octets: [UInt8]?) {
    self.name = name
    self.isDecoded = isDecoded
    self.octets = octets
  }
}

/// NAMESPACE (RFC 2342): what stands before the names of folders, by whose they are.
package struct Namespaces: Sendable, Hashable {
  package struct Namespace: Sendable, Hashable {
    /// As on the wire, with the delimiter at its end where there is one: `INBOX.`; may be empty.
    package var prefix: MailboxName
    /// nil: flat.
    package var delimiter: UInt8?

    package init(prefix: MailboxName, delimiter: UInt8?) {
      self.prefix = prefix
      self.delimiter = delimiter
    }
  }

  package var personal: [Namespace] = []
  package var otherUsers: [Namespace] = []
  package var shared: [Namespace] = []

  package init() {}
}

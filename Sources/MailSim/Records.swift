/// A mail that the SMTP server took: the server had its final dot and meant yes.
public struct Submission: Sendable {
  /// The user who was logged in.
  public let user: String
  public let from: String
  /// The recipients that were accepted.
  public let recipients: [String]
  /// With "<>", as written; nil when the mail has none.
  public let messageID: String?
  /// The mail as it came, dots restored.
  public let raw: [UInt8]
}

/// A message in a mailbox of the simulated provider.
public struct SimMessage: Sendable {
  public let uid: UInt32
  public let flags: [String]
  public let raw: [UInt8]
}

/// A command that a server was given.
public struct CommandRecord: Sendable, Hashable {
  public let service: Fault.Service
  /// Counts connections of both services from 1.
  public let connection: Int
  /// Upper case; "UID FETCH" and the like for IMAP; "." for the end of a mail.
  public let name: String
  /// The command was not understood or not allowed: a fault of the client.
  public var rejected = false
}

/// Octets that went over the wire, TLS included, as the servers see them.
public struct SimTraffic: Sendable, Hashable {
  public var received = 0
  public var sent = 0
  public var total: Int { received + sent }

  public static func - (a: SimTraffic, b: SimTraffic) -> SimTraffic {
    SimTraffic(received: a.received - b.received, sent: a.sent - b.sent)
  }
}

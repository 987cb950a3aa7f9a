internal import IMAPClient
internal import IMAPCodec
internal import MIME
internal import MailReading
internal import MailStore
internal import Sealing

/// Makes envelopes of header fields (S5). Nothing a header holds stops it: what cannot be read is
/// left out.
struct EnvelopeReader: Sendable {
  /// The addresses of the mailbox, in lower case: what comes from one is outgoing.
  private let ownAddresses: Set<String>

  /// Whether it is logged for its own sake.
  private let logging: LoggingHeaders?

  init(ownAddress: String, logging: LoggingHeaders? = nil) {
    ownAddresses = [ownAddress.lowercased()]
    self.logging = logging
  }

  init(_ mailbox: Mailbox, logging: LoggingHeaders? = nil) {
    ownAddresses = Set(mailbox.senders.map { $0.email.lowercased() })
    self.logging = logging
  }

  /// What is asked of the server for every message.
  static let headerFields = [
    "FROM", "SENDER", "REPLY-TO", "TO", "CC", "BCC", "SUBJECT", "DATE", "MESSAGE-ID", "IN-REPLY-TO",
    "REFERENCES",
    "AUTO-SUBMITTED", "PRECEDENCE", "LIST-ID", "CONTENT-TYPE", "RETURN-PATH", "X-AUTOREPLY", "THREAD-INDEX",
    "X-AUTO-RESPONSE-SUPPRESS", "X-AUTORESPOND", "X-FAILED-RECIPIENTS",
  ]

  static let request = {
    var request = FetchRequest(
      flags: true, internalDate: true, size: true, modSeq: true, headerFields: headerFields, gmail: true)
    request.objectIDs = true
    return request
  }()

  /// What this reader needs.
  var request: FetchRequest {
    var request = Self.request
    request.headerFields += logging?.fields ?? []
    return request
  }

  /// What ``HeaderSummary`` is made from.
  static func input(_ fetched: FetchedMessage) -> HeaderInput {
    HeaderInput(
      header: fetched.headerFields ?? [], size: Int64(clamping: fetched.size ?? 0),
      internalDate: fetched.internalDate)
  }

  /// Reads on the spot.
  func message(_ fetched: FetchedMessage, isSentFolder: Bool) -> SyncBatch.Message {
    message(fetched, HeaderSummary(Self.input(fetched)), isSentFolder: isSentFolder)
  }

  /// - Parameter isSentFolder: everything in that folder was sent by the owner.
  func message(_ fetched: FetchedMessage, _ summary: HeaderSummary, isSentFolder: Bool) -> SyncBatch.Message {
    let envelope = envelope(summary, size: Int64(clamping: fetched.size ?? 0))
    let received =
      fetched.internalDate.map { Timestamp(milliseconds: 0).adding(seconds: $0) } ?? envelope.sentAt
      ?? Timestamp(milliseconds: 0)
    let route = logging?.route(
      HeaderBlock(parsing: fetched.headerFields ?? []), envelope, isSentFolder: isSentFolder)
    let isOutgoing = isSentFolder || isFromOwner(envelope) || route == .bcc
    var message = SyncBatch.Message(
      uid: fetched.uid.value, envelope: envelope, receivedAt: received,
      keywords: Keywords.of(fetched.flags ?? []), direction: isOutgoing ? .outgoing : .incoming)
    message.route = route
    message.clues.threadIndex = summary.threadIndex
    message.clues.providerThread =
      fetched.gmailThreadID.map { "gm:\($0)" } ?? fetched.threadID.map { "id:\($0)" }
    message.clues.isReply = summary.isReply
    message.clues.isAutomatic = summary.isAutomatic
    return message
  }

  /// Reads on the spot: for mail that was built here.
  /// - Parameter header: octets of a header, from its first field on; what follows it is not read.
  func envelope(header: [UInt8], size: Int64, internalDate: Int64?) -> MailEnvelope {
    envelope(HeaderSummary(HeaderInput(header: header, size: size, internalDate: internalDate)), size: size)
  }

  func envelope(_ summary: HeaderSummary, size: Int64) -> MailEnvelope {
    MailEnvelope(
      identity: Digest.sha256(summary.identity), messageID: summary.messageID, inReplyTo: summary.inReplyTo,
      references: summary.references, subject: summary.subject, baseSubject: summary.baseSubject,
      addresses: summary.people.map { Address(role: $0.role.address, name: $0.name, email: $0.email) },
      sentAt: summary.sentAt.map { Timestamp(milliseconds: 0).adding(seconds: $0) }, size: size,
      isAutoReply: summary.isAutoReply, isBounce: summary.isBounce)
  }

  /// The envelope that stands in for a message whose header the server cannot be made to give, or nobody can parse.
  /// - Parameter fetched: what the server said of it besides.
  static func unreadable(
    folder: Folder, uidValidity: UInt32, uid: UInt32, of fetched: FetchedMessage? = nil
  ) -> SyncBatch.Message {
    var bytes = Array("unreadable".utf8) + [0] + folder.wireName + [0]
    for shift in stride(from: 24, through: 0, by: -8) {
      bytes.append(UInt8(truncatingIfNeeded: uidValidity >> UInt32(shift)))
      bytes.append(UInt8(truncatingIfNeeded: uid >> UInt32(shift)))
    }
    let envelope = MailEnvelope(
      identity: Digest.sha256(bytes), messageID: nil, inReplyTo: [], references: [], subject: "",
      baseSubject: "", addresses: [], sentAt: nil, size: Int64(clamping: fetched?.size ?? 0),
      isAutoReply: false, isBounce: false)
    let received = Timestamp(milliseconds: 0).adding(seconds: fetched?.internalDate ?? 0)
    return SyncBatch.Message(
      uid: uid, envelope: envelope, receivedAt: received, keywords: Keywords.of(fetched?.flags ?? []),
      direction: .incoming)
  }

  private func isFromOwner(_ envelope: MailEnvelope) -> Bool {
    envelope.addresses.contains { $0.role == .from && ownAddresses.contains($0.email.lowercased()) }
  }
}

extension HeaderSummary.Role {
  fileprivate var address: AddressRole {
    switch self {
    case .from: .from
    case .sender: .sender
    case .replyTo: .replyTo
    case .to: .to
    case .cc: .cc
    case .bcc: .bcc
    }
  }
}

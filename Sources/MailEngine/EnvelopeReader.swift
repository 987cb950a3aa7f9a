internal import Bytes
internal import IMAPClient
internal import IMAPCodec
internal import MIME
internal import MailStore
internal import Sealing

/// Makes envelopes of header fields (S5). Nothing a header holds stops it: what cannot be read is
/// left out.
struct EnvelopeReader: Sendable {
  /// The address of the mailbox: what comes from it is outgoing.
  private let ownAddress: String

  init(ownAddress: String) { self.ownAddress = ownAddress.lowercased() }

  /// What is asked of the server for every message.
  static let headerFields = [
    "FROM", "SENDER", "REPLY-TO", "TO", "CC", "BCC", "SUBJECT", "DATE", "MESSAGE-ID", "IN-REPLY-TO",
    "REFERENCES",
    "AUTO-SUBMITTED", "PRECEDENCE", "LIST-ID", "CONTENT-TYPE", "RETURN-PATH", "X-AUTOREPLY", "THREAD-INDEX",
    "X-AUTO-RESPONSE-SUPPRESS", "X-AUTORESPOND", "X-FAILED-RECIPIENTS",
  ]

  static let request = FetchRequest(
    flags: true, internalDate: true, size: true, modSeq: true, headerFields: headerFields)

  /// - Parameter isSentFolder: everything in that folder was sent by the owner.
  func message(_ fetched: FetchedMessage, isSentFolder: Bool) -> SyncBatch.Message {
    let size = Int64(clamping: fetched.size ?? 0)
    let envelope = envelope(
      header: fetched.headerFields ?? [], size: size, internalDate: fetched.internalDate)
    let received =
      fetched.internalDate.map { Timestamp(milliseconds: 0).adding(seconds: $0) } ?? envelope.sentAt
      ?? Timestamp(milliseconds: 0)
    return SyncBatch.Message(
      uid: fetched.uid.value, envelope: envelope, receivedAt: received,
      keywords: Keywords.of(fetched.flags ?? []),
      direction: isSentFolder || isFromOwner(envelope) ? .outgoing : .incoming)
  }

  /// - Parameter header: octets of a header, from its first field on; what follows it is not read.
  func envelope(header: [UInt8], size: Int64, internalDate: Int64?) -> MailEnvelope {
    let block = HeaderBlock(parsing: header)
    let headers = MailHeaders(block)
    var addresses: [Address] = []
    for (role, list) in [
      (AddressRole.from, headers.from), (.sender, headers.sender), (.replyTo, headers.replyTo),
      (.to, headers.to),
      (.cc, headers.cc), (.bcc, headers.bcc),
    ] {
      for one in list.prefix(Self.addressesMax - min(addresses.count, Self.addressesMax)) {
        addresses.append(Address(role: role, name: one.name, email: one.email))
      }
    }
    let subject = String(String.UnicodeScalarView(headers.subject.unicodeScalars.prefix(Self.subjectMax)))
    return MailEnvelope(
      identity: Self.identity(block, headers, size: size, internalDate: internalDate),
      messageID: headers.messageID?.text, inReplyTo: headers.inReplyTo.map(\.text),
      references: headers.references.map(\.text), subject: subject, baseSubject: baseSubject(subject),
      addresses: addresses,
      sentAt: headers.date.map { Timestamp(milliseconds: 0).adding(seconds: $0.secondsSince1970) },
      size: size,
      isAutoReply: headers.isAutoReply, isBounce: headers.isBounce)
  }

  /// The envelope that stands in for a message whose header the server cannot be made to give.
  static func unreadable(folder: Folder, uidValidity: UInt32, uid: UInt32) -> SyncBatch.Message {
    var bytes = Array("unreadable".utf8) + [0] + folder.wireName + [0]
    for shift in stride(from: 24, through: 0, by: -8) {
      bytes.append(UInt8(truncatingIfNeeded: uidValidity >> UInt32(shift)))
      bytes.append(UInt8(truncatingIfNeeded: uid >> UInt32(shift)))
    }
    let envelope = MailEnvelope(
      identity: Digest.sha256(bytes), messageID: nil, inReplyTo: [], references: [], subject: "",
      baseSubject: "",
      addresses: [], sentAt: nil, size: 0, isAutoReply: false, isBounce: false)
    return SyncBatch.Message(
      uid: uid, envelope: envelope, receivedAt: Timestamp(milliseconds: 0), keywords: [], direction: .incoming
    )
  }

  private func isFromOwner(_ envelope: MailEnvelope) -> Bool {
    envelope.addresses.contains { $0.role == .from && $0.email.lowercased() == ownAddress }
  }

  /// Tells one mail from another, whatever folder shows it: the digest of Message-ID, From and Date as
  /// they stand.
  ///
  /// Where there is no Message-ID, two mails of one sender could have the same Date, or none: then
  /// subject, recipients, size and the server's date count too. Reused Message-IDs differ by date.
  private static func identity(
    _ block: HeaderBlock, _ headers: MailHeaders, size: Int64, internalDate: Int64?
  ) -> [UInt8] {
    var bytes: [UInt8] = []
    func add(_ field: [UInt8]) {
      var left = UInt64(field.count)
      for _ in 0..<8 {
        bytes.append(UInt8(truncatingIfNeeded: left))
        left >>= 8
      }
      bytes += field
    }
    add(headers.messageID?.bytes ?? [])
    add(Array((headers.from.first?.normalizedEmail ?? "").utf8))
    add((block.first("Date") ?? []).filter { $0 > ASCII.space })
    if headers.messageID == nil {
      add(block.first("Subject") ?? [])
      add(block.first("To") ?? [])
      add(Array(String(size).utf8))
      add(Array(String(internalDate ?? 0).utf8))
    }
    return Digest.sha256(bytes)
  }

  /// Mails to more people than this exist (lists written into To); who reads a timeline needs the first.
  private static let addressesMax = 500
  /// Longer than any subject meant for reading.
  private static let subjectMax = 2000
}

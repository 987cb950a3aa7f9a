internal import Bytes
internal import MIME

/// A header as it came, and what the server said about its mail.
package struct HeaderInput: Sendable, Hashable {
  /// From the first field on; what follows the header is not read.
  package var header: [UInt8]
  package var size: Int64
  /// Seconds since 1970.
  package var internalDate: Int64?

  package init(header: [UInt8], size: Int64, internalDate: Int64?) {
    self.header = header
    self.size = size
    self.internalDate = internalDate
  }
}

/// What a header says, decoded: what an envelope is made of (S5). Nothing a header holds stops it: what cannot be
/// read is left out.
package struct HeaderSummary: Sendable, Hashable {
  package enum Role: UInt8, Sendable, Hashable, CaseIterable { case from, sender, replyTo, to, cc, bcc }

  package struct Person: Sendable, Hashable {
    package var role: Role
    package var name: String?
    package var email: String
  }

  package var messageID: String?
  package var inReplyTo: [String]
  package var references: [String]
  package var subject: String
  package var baseSubject: String
  package var people: [Person]
  /// Seconds since 1970.
  package var sentAt: Int64?
  package var isAutoReply: Bool
  package var isBounce: Bool
  /// The subject begins like an answer's.
  package var isReply: Bool
  /// Written by a machine, or to a list.
  package var isAutomatic: Bool
  /// Exchange's Thread-Index, decoded; empty when there is none that could be one.
  package var threadIndex: [UInt8]
  /// What tells one mail from another, whatever folder shows it: to be digested.
  ///
  /// Message-ID, From and Date as they stand. Where there is no Message-ID, two mails of one sender could have the
  /// same Date, or none: then subject, recipients, size and the server's date count too. Reused Message-IDs differ
  /// by date.
  package var identity: [UInt8]
}

extension HeaderSummary {
  /// 22 octets for the conversation and 5 for each answer; what is longer than any conversation is cut.
  private static func threadIndex(_ text: String?) -> [UInt8] {
    guard let text, text.utf8.count <= threadIndexTextMax, let bytes = Base64.decode(Array(text.utf8)),
      bytes.count >= 22
    else { return [] }
    return Array(bytes.prefix(22 + 5 * 100))
  }

  private static let threadIndexTextMax = 4096

  /// - Complexity: O(octets of the header)
  package init(_ input: HeaderInput) {
    let block = HeaderBlock(parsing: input.header)
    let headers = MailHeaders(block)
    people = []
    for (role, list) in [
      (Role.from, headers.from), (.sender, headers.sender), (.replyTo, headers.replyTo), (.to, headers.to),
      (.cc, headers.cc), (.bcc, headers.bcc),
    ] {
      for one in list.prefix(Self.peopleMax - min(people.count, Self.peopleMax)) {
        people.append(Person(role: role, name: one.name, email: one.email))
      }
    }
    let subject = String(String.UnicodeScalarView(headers.subject.unicodeScalars.prefix(Self.subjectMax)))
    self.subject = subject
    isReply = SubjectParts(subject).isReply
    isAutomatic = headers.isAutomatic
    threadIndex = Self.threadIndex(headers.threadIndex)
    baseSubject = MIME.baseSubject(subject)
    messageID = headers.messageID?.text
    inReplyTo = headers.inReplyTo.map(\.text)
    references = headers.references.map(\.text)
    sentAt = headers.date?.secondsSince1970
    isAutoReply = headers.isAutoReply
    isBounce = headers.isBounce
    identity = Self.identity(block, headers, input)
  }

  private static func identity(
    _ block: HeaderBlock, _ headers: MailHeaders, _ input: HeaderInput
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
      add(Array(String(input.size).utf8))
      add(Array(String(input.internalDate ?? 0).utf8))
    }
    return bytes
  }

  /// Mails to more people than this exist (lists written into To); who reads a timeline needs the first.
  private static let peopleMax = 500
  /// Longer than any subject meant for reading.
  private static let subjectMax = 2000
}

internal import Bytes

/// Finds in a bounce's prose for whom it is and what was said.
///
/// Known by example: qmail and Yahoo, Exim (and GMX, WEB.DE, T-Online with it), Postfix, sendmail, Exchange old and
/// new, Office 365, Gmail old and new, Domino, Amazon SES. All of them name the address at the beginning of a line,
/// alone in one, or in a sentence "to … could not be delivered", and what follows is the reason.
struct BounceProse {
  struct Finding {
    var address: String
    var diagnostic: String
  }

  private(set) var findings: [Finding] = []
  /// It is said that delivery goes on.
  private(set) var isDelay = false

  /// How much of a bounce's prose is looked at.
  private static let octetsMax = 16 * 1024
  private static let findingsMax = 100
  private static let diagnosticOctetsMax = 1000

  /// - Parameter others: addresses that are not the recipient's: those that the bounce itself goes to.
  init(_ text: String, others: Set<String>) {
    let head = ASCII.lowercased(Array(text.utf8.prefix(2048)))
    isDelay = Self.delays.isIn(head[...])
    for line in text.utf8.prefix(Self.octetsMax).split(separator: ASCII.lf, omittingEmptySubsequences: false)
    {
      let trimmed = Self.trimmed(Array(line))
      if trimmed.isEmpty { continue }
      let lower = ASCII.lowercased(trimmed)
      if Self.isBorder(lower) {
        if findings.isEmpty { continue }
        break
      }
      if let (address, rest) = Self.address(trimmed, lower), !others.contains(address.lowercased()) {
        if let known = findings.firstIndex(where: { $0.address.lowercased() == address.lowercased() }) {
          add(rest, to: known)
        } else if findings.count < Self.findingsMax {
          findings.append(Finding(address: address, diagnostic: String(decoding: rest, as: UTF8.self)))
        }
      } else if !findings.isEmpty {
        add(trimmed, to: findings.count - 1)
      }
    }
    // One reason below a list of addresses is that of each.
    let last = findings.last?.diagnostic ?? ""
    for i in findings.indices where findings[i].diagnostic.isEmpty { findings[i].diagnostic = last }
  }

  private mutating func add(_ line: some Collection<UInt8>, to i: Int) {
    guard !line.isEmpty, findings[i].diagnostic.utf8.count < Self.diagnosticOctetsMax else { return }
    if !findings[i].diagnostic.isEmpty { findings[i].diagnostic += " " }
    findings[i].diagnostic += String(decoding: line, as: UTF8.self)
  }

  private static func trimmed(_ line: [UInt8]) -> [UInt8] {
    var rest = line[...]
    while let b = rest.first, b <= ASCII.space || b == 0x2A { rest = rest.dropFirst() }
    while let b = rest.last, b <= ASCII.space { rest = rest.dropLast() }
    return Array(rest)
  }

  // MARK: Addresses

  /// The address that a line is about, and what it says behind it.
  private static func address(_ line: [UInt8], _ lower: [UInt8]) -> (String, [UInt8])? {
    guard line.contains(0x40), line.count <= 1000 else { return nil }
    // `<jane@example.com>: host mx said …` and `<jane@example.com>` alone
    if line.first == 0x3C, let close = line.firstIndex(of: 0x3E), let found = valid(line[1..<close]) {
      return (found, behind(line[(close + 1)...]))
    }
    // `'jane@example.com' on 1/2/2023 3:04 PM`
    if line.first == 0x27, let close = line.dropFirst().firstIndex(of: 0x27),
      let found = valid(line[1..<close])
    {
      return (found, [])
    }
    // The address alone, or before a colon; a `mailto:` link behind it is the HTML's.
    let word = line.prefix { $0 > ASCII.space && $0 != 0x3C && $0 != 0x28 && $0 != 0x3B }
    let bare = word.last == 0x3A || word.last == 0x2C ? word.dropLast() : word
    if let found = valid(bare) {
      let rest = Array(line.dropFirst(word.count))
      let isAlone = rest.allSatisfy { $0 <= ASCII.space } || rest.contains { $0 == 0x3C || $0 == 0x28 }
      if isAlone || word.last == 0x3A { return (found, isAlone ? [] : behind(rest[...])) }
    }
    // `Jane Doe (jane@example.com)`, `Jane Doe <jane@example.com>`
    for (open, close) in [(UInt8(0x28), UInt8(0x29)), (0x3C, 0x3E)] where line.last == close {
      if let at = line.lastIndex(of: open), let found = valid(line[(at + 1)..<(line.count - 1)]),
        line.count < 200,
        !lower.starts(with: "from".utf8), !lower.starts(with: "to:".utf8), !lower.starts(with: "cc:".utf8)
      {
        return (found, [])
      }
    }
    return inSentence(line, lower)
  }

  /// `Your message to jane@example.com couldn't be delivered.`
  private static func inSentence(_ line: [UInt8], _ lower: [UInt8]) -> (String, [UInt8])? {
    guard sentences.isIn(lower[...]) else { return nil }
    for word in line.split(whereSeparator: {
      $0 <= ASCII.space || $0 == 0x3C || $0 == 0x3E || $0 == 0x22 || $0 == 0x28
    }) {
      var word = word
      if word.starts(with: "TO:".utf8) || word.starts(with: "to:".utf8) { word = word.dropFirst(3) }
      while let b = word.last, b == 0x2E || b == 0x2C || b == 0x3A || b == 0x29 || b == 0x27 {
        word = word.dropLast()
      }
      if let found = valid(word) { return (found, line) }
    }
    return nil
  }

  private static func behind(_ rest: ArraySlice<UInt8>) -> [UInt8] {
    Array(rest.drop { $0 <= ASCII.space || $0 == 0x3A || $0 == 0x2C || $0 == 0x3B })
  }

  private static func valid(_ bytes: ArraySlice<UInt8>) -> String? {
    var bytes = bytes
    if bytes.count > 7, ASCII.equalsIgnoringCase(bytes.prefix(7), "mailto:") { bytes = bytes.dropFirst(7) }
    let address = MailAddress(email: String(decoding: bytes, as: UTF8.self))
    guard bytes.count <= 254, address.isComplete, address.isValid, address.domain.contains(".") else {
      return nil
    }
    let local = address.localPart.lowercased()
    return local == "postmaster" || local.hasPrefix("mailer-daemon") ? nil : address.email
  }

  // MARK: Words

  /// Where the returned mail begins.
  private static func isBorder(_ lower: [UInt8]) -> Bool {
    if borders.isIn(lower[...]) { return true }
    return lower.starts(with: "received: from".utf8) || lower.starts(with: "return-path:".utf8)
      || lower.starts(with: "message-id:".utf8)
  }

  private static let borders = PhraseSet([
    "below this line is a copy", "this is a copy of the message", "this is a copy of your message",
    "original message follows", "the header of the original message", "message headers follow",
    "original message headers", "-----original message-----", "----- original message -----",
    "undelivered message",
    "--- returned mail ---", "unsent message below", "--- original message", "original-recipient",
    "message header follows",
    "the first 50 lines of the original", "the full headers of the message", "header of your message",
    "------ forwarded message", "a copy of the original message", "kopie der nachricht",
    "header der nachricht",
  ])

  private static let sentences = PhraseSet([
    "wasn't delivered to", "was not delivered to", "couldn't be delivered", "could not be delivered",
    "not be delivered to",
    "unable to deliver", "undeliverable to", "delivery to", "delivery has failed to",
    "problem delivering your message to",
    "rcpt to", "failed to deliver to", "konnte nicht zugestellt", "nicht zugestellt werden", "nicht an",
    "n'a pas pu être remis", "n'a pas été remis", "no se ha podido entregar", "no se pudo entregar",
    "non è stato recapitato",
    "não foi entregue", "kon niet worden bezorgd", "nie została dostarczona", "nie można dostarczyć",
    "не доставлено",
    "не удалось доставить", "kunde inte levereras", "kunne ikke leveres",
  ])

  private static let delays = PhraseSet([
    "delayed", "will be retried", "still being retried", "not yet been delivered",
    "has not been delivered yet",
    "delivery attempts will continue", "will continue to try", "no action is required",
    "do not need to resend",
    "you do not need to do anything", "will retry", "warning message only", "delivery incomplete",
    "temporary problem delivering", "wird weiterhin versucht", "verzögert",
  ])
}

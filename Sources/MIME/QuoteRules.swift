internal import Bytes

/// What single lines say about where the answered mail begins.
enum QuoteRules {
  /// `：`
  private static let fullWidthColon: [UInt8] = [0xEF, 0xBC, 0x9A]

  // MARK: Separators

  enum Separator { case original, forwarded, replyAbove }

  /// `-----Original Message-----`, `Begin forwarded message:`, `---- On … wrote ----` and the like.
  static func separator(_ line: TextLine) -> Separator? {
    let bytes = line.content.utf8
    // No phrase of the table is longer; a separator's dashes may be.
    guard bytes.count <= 200, bytes.count >= 6, let first = bytes.first, let last = bytes.last else {
      return nil
    }
    let isIntroduction = last == 0x3A || bytes.suffix(3).elementsEqual(fullWidthColon)
    guard isRuleOctet(first) || isIntroduction || bytes.count <= 120 else { return nil }
    if QuotePhrases.replyAbove.prefix(of: bare(line.content)) != nil { return .replyAbove }
    guard isRuleOctet(first) || isIntroduction else { return nil }
    if bytes.starts(with: ">>> ".utf8), bytes.suffix(4).elementsEqual(" >>>".utf8) { return .original }
    let dashes = bytes.prefix { isRuleOctet($0) }.filter { $0 != ASCII.space }.count
    guard dashes >= 2 || isIntroduction else { return nil }
    let phrase = bare(line.content)
    if let n = QuotePhrases.forwarded.prefix(of: phrase),
      dashes >= 2 ? phrase.count <= n + 60 : phrase.count == n
    {
      return .forwarded
    }
    guard dashes >= 2 else { return nil }
    if let n = QuotePhrases.original.prefix(of: phrase), phrase.count <= n + 60 { return .original }
    let isClosed = dashes >= 3 && last == 0x2D && phrase.filter(ASCII.isDigit).count >= 4
    return isClosed && QuotePhrases.wrote.isIn(phrase) ? .original : nil
  }

  /// `-----Some words-----`: what stands so above a header block belongs to it, in any language.
  static func isCaption(_ line: TextLine) -> Bool {
    let bytes = line.content.utf8
    guard bytes.count <= 120, bytes.first == 0x2D, bytes.last == 0x2D else { return false }
    return bytes.prefix { $0 == 0x2D }.count >= 3 && bytes.reversed().prefix { $0 == 0x2D }.count >= 3
      && bytes.contains { $0 != 0x2D && $0 != ASCII.space }
  }

  private static func isRuleOctet(_ b: UInt8) -> Bool {
    b == 0x2D || b == 0x5F || b == 0x3D || b == 0x2A || b == 0x23 || b == ASCII.space || b == 0x3E
      || b == 0x7C
  }

  /// Without dashes, stars and colons around it; lower-case.
  private static func bare(_ text: String) -> ArraySlice<UInt8> {
    var rest = CaseFolding.folded(text)[...]
    // QQ writes no-break spaces into its plain text as `&nbsp;`.
    let space = Array("&nbsp;".utf8)
    while let b = rest.first {
      if isRuleOctet(b) {
        rest = rest.dropFirst()
      } else if rest.starts(with: space) {
        rest = rest.dropFirst(6)
      } else {
        break
      }
    }
    while let b = rest.last {
      if isRuleOctet(b) || b == 0x3A {
        rest = rest.dropLast()
      } else if rest.suffix(6) == space[...] {
        rest = rest.dropLast(6)
      } else if rest.suffix(3).elementsEqual(fullWidthColon) {
        rest = rest.dropLast(3)
      } else {
        break
      }
    }
    return rest
  }

  /// A line of nothing but `_`, `-`, `=` or `*`, at least `count` of one.
  static func isRule(_ line: TextLine, count: Int) -> Bool { ruleOctet(line, count: count) != nil }

  /// The octet such a line consists of.
  static func ruleOctet(_ line: TextLine, count: Int) -> UInt8? {
    var found = 0
    var octet: UInt8 = 0
    for b in line.content.utf8 where b != ASCII.space {
      if found == 0 {
        guard b == 0x5F || b == 0x2D || b == 0x3D || b == 0x2A else { return nil }
        octet = b
      }
      guard b == octet else { return nil }
      found += 1
    }
    return found >= count ? octet : nil
  }

  // MARK: Header blocks

  /// The label that a line of a header block begins with: `From:`, `*Gesendet:*`, `发件人：`.
  static func label(_ text: String) -> QuotePhrases.Label? {
    var word = [UInt8]()
    var sawColon = false
    let octetsMax = QuotePhrases.labelOctetsMax + 8
    // Most lines have no colon, also no full-width one.
    let mayHaveColon =
      text.utf8.withContiguousStorageIfAvailable { p in
        OctetRun.find(0x3A, p, 0, min(p.count, octetsMax)) != nil
          || OctetRun.find(0x9A, p, 0, min(p.count, octetsMax)) != nil
      } ?? true
    guard mayHaveColon else { return nil }
    for b in text.utf8.prefix(octetsMax) {
      if b == 0x3A {
        sawColon = true
        break
      }
      if b == 0x2A || b == 0x5F || b == 0x7C || b == ASCII.space && word.isEmpty { continue }
      word.append(b)
      // A full-width colon.
      if b == 0x9A, word.suffix(3).elementsEqual([0xEF, 0xBC, 0x9A]) {
        sawColon = true
        word.removeLast(3)
        break
      }
    }
    guard sawColon else { return nil }
    while let b = word.last, b == ASCII.space { word.removeLast() }
    if word.suffix(2).elementsEqual([0xC2, 0xA0]) { word.removeLast(2) }
    guard !word.isEmpty else { return nil }
    return QuotePhrases.labels[CaseFolding.folded(String(decoding: word, as: UTF8.self))]
  }

  // MARK: Attributions

  /// The lines an attribution may be wrapped over.
  private static let attributionLinesMax = 4
  private static let attributionOctetsMax = 400

  /// Where the attribution begins that ends at line `end`; nil when none ends there.
  ///
  /// - Parameter isFollowedByQuote: whether the next line with text has more quote marks.
  static func attributionStart(_ lines: [TextLine], end: Int, isFollowedByQuote: Bool) -> Int? {
    guard endsInColon(lines[end].content.utf8) else {
      return isDatedSender(lines[end].content.utf8) ? end : nil
    }
    let depth = lines[end].depth
    var text = CaseFolding.folded(lines[end].content)
    // The verb alone in the last line of a wrapped attribution says where it ends, not where it begins.
    let isComplete = text.contains { ASCII.isDigit($0) || $0 == 0x40 }
    var sender = Sender(text)
    var start: Int?
    var i = end
    while true {
      let begins = begins(text)
      if start == nil || begins, isAttribution(text, begins: begins, isFollowedByQuote: isFollowedByQuote) {
        start = i
      }
      if start != nil, begins { break }
      if i == 0 || end - i + 1 == attributionLinesMax { break }
      i -= 1
      let above = lines[i]
      if above.depth != depth || above.isBlank || above.role == .cut { break }
      let piece = CaseFolding.folded(above.content)
      text = piece + [ASCII.space] + text
      if text.count > attributionOctetsMax { break }
      // An address was wrapped: the line above belongs to it.
      if start != nil, (above.content.utf8.last { $0 == 0x3C || $0 == 0x3E }) == 0x3C {
        start = i
        continue
      }
      // A name and a date in one line are complete; above them is the author's text, unless it says "On".
      if start != nil, isComplete, !Self.begins(text) {
        guard sender.lacks(piece) else { break }
        sender.add(Sender(piece))
        if i == 0 || lines[i - 1].isBlank || lines[i - 1].depth != depth { start = i }
      }
    }
    return start
  }

  /// What an attribution has told so far: when, and by whose address.
  private struct Sender {
    var hasDate: Bool
    var hasAddress: Bool

    init(_ text: [UInt8]) {
      hasDate = text.filter(ASCII.isDigit).count >= 4
      hasAddress = text.contains(0x40)
    }

    /// Whether the line above has what is missing, and is no sentence.
    func lacks(_ piece: [UInt8]) -> Bool {
      let more = Sender(piece)
      guard let last = piece.last, last != 0x2E, last != 0x21, last != 0x3F else { return false }
      return !hasDate && more.hasDate || !hasAddress && more.hasAddress
    }

    mutating func add(_ other: Sender) {
      hasDate = hasDate || other.hasDate
      hasAddress = hasAddress || other.hasAddress
    }
  }

  private static func endsInColon(_ text: String.UTF8View) -> Bool {
    let tail = text.suffix(5).filter { $0 != ASCII.space && $0 != 0x2A && $0 != 0x5F }
    return tail.last == 0x3A || tail.suffix(3).elementsEqual([0xEF, 0xBC, 0x9A])
  }

  /// `2013/7/20 Jane Doe <jane@example.com>` or `2016-03-03 17:21 GMT+01:00 Jane Doe`, as Gmail once had
  /// it, without verb and colon.
  private static func isDatedSender(_ text: String.UTF8View) -> Bool {
    if text.count > 28, text.count <= 120, text.prefix(4).allSatisfy(ASCII.isDigit),
      text.dropFirst(16).starts(with: " GMT".utf8)
    {
      return text.prefix(26).filter(ASCII.isDigit).count == 16
    }
    guard text.last == 0x3E, text.count <= 200, text.prefix(4).allSatisfy(ASCII.isDigit),
      text.dropFirst(4).first == 0x2F || text.dropFirst(4).first == 0x2D, text.contains(0x3C),
      text.contains(0x40)
    else { return false }
    return text.prefix(16).filter(ASCII.isDigit).count >= 6
  }

  /// - Parameter text: lower-case.
  private static func isAttribution(_ text: [UInt8], begins: Bool, isFollowedByQuote: Bool) -> Bool {
    var digits = 0
    var hasAt = false
    var hasBracket = false
    for b in text {
      if ASCII.isDigit(b) { digits += 1 }
      if b == 0x40 { hasAt = true }
      if b == 0x3C { hasBracket = true }
    }
    // `2016-01-27 10:00 GMT+01:00 Jane <jane@example.com>:`
    if isFollowedByQuote, hasAt, digits >= 4 { return true }
    guard digits > 0 || hasAt || isFollowedByQuote, QuotePhrases.wrote.isIn(text[...]) else { return false }
    if isFollowedByQuote { return begins || digits > 0 || hasAt || text.count < 80 }
    return begins && (digits >= 3 || hasAt) || hasAt && (digits >= 3 || hasBracket) || digits >= 6
  }

  private static func begins(_ text: [UInt8]) -> Bool {
    QuotePhrases.begins.prefix(of: text.drop { $0 == 0x2A || $0 == 0x5F || $0 == ASCII.space }) != nil
      || text.count > 5 && text.prefix(4).allSatisfy(ASCII.isDigit) && (text[4] == 0x2D || text[4] == 0x2F)
  }

  // MARK: Signatures

  /// `-- ` (RFC 3676 §4.3) and what people type for it.
  static func isSignatureMark(_ line: TextLine) -> Bool {
    let text = line.content.utf8
    guard text.count <= 3 else { return false }
    return text.elementsEqual("--".utf8) || text.elementsEqual("-- ".utf8) || text.elementsEqual("__".utf8)
      || text.elementsEqual("—".utf8)
  }

  /// `Sent from my iPhone`, in whatever language: a line that begins so, or that names a device or program
  /// beside words that others use, too.
  static func isSentFrom(_ line: TextLine) -> Bool {
    let count = line.content.utf8.count
    guard count <= 160, count > 5 else { return false }
    let text = CaseFolding.folded(line.content).drop { b in
      b == 0x2A || b == 0x5F || b == ASCII.space || b == 0x3C || b == 0x5B || b == 0x2D || b == 0x28
    }
    if QuotePhrases.sentFrom.prefix(of: text) != nil { return true }
    if text.contains(0x2F) {
      let whole = Array(text)
      if Octets.contain(whole, "aka.ms/"), Octets.contain(whole, "outlook") { return true }
    }
    guard count <= 110, QuotePhrases.devices.isIn(text) else { return false }
    var end = text
    while let b = end.last, b <= ASCII.space || b == 0x2E || b == 0x29 || b == 0x3E { end = end.dropLast() }
    // An ideographic full stop.
    if end.suffix(3).elementsEqual([0xE3, 0x80, 0x82]) { end = end.dropLast(3) }
    if QuotePhrases.sentBy.prefix(of: text) != nil || QuotePhrases.sentEnds.suffix(of: end) != nil {
      return true
    }
    let around = QuotePhrases.sentAround
    return around.begins.prefix(of: text) != nil && around.ends.suffix(of: end) != nil
  }
}

internal import Bytes

/// The header block that stands above a quoted mail, read in any of the languages of ``QuotePhrases``.
struct QuotedHeader {
  var from: MailAddress
  var to: [MailAddress] = []
  var subject: String?
  var date: MailDate?
  /// What stands below the block.
  var text: String

  /// Lines of one field at the most; longer ones are lists of recipients.
  private static let wrapsMax = 20
  /// Blocks tried before it is given up: a mail about headers has many lines that look like one.
  private static let triesMax = 50

  /// The first block in `lines` that names a sender with an address, and at least two more things.
  ///
  /// - Parameter zone: minutes east of UTC in which a date without a zone was written: the forwarder's program
  ///   turned it into its own.
  static func find(in lines: [TextLine], zone: Int?) -> QuotedHeader? {
    var tries = 0
    for i in lines.indices where lines[i].depth <= 1 {
      guard let label = QuoteRules.label(lines[i].content), label != .other else { continue }
      tries += 1
      if tries > triesMax { return nil }
      if let block = read(lines, at: i, zone: zone) { return block }
    }
    return nil
  }

  private static func read(_ lines: [TextLine], at start: Int, zone: Int?) -> QuotedHeader? {
    var fields: [(label: QuotePhrases.Label, value: String)] = []
    var i = start
    var wraps = 0
    while i < lines.count {
      let line = lines[i]
      if line.isBlank {
        // Some programs put blank lines between the fields.
        guard fields.count < 4,
          let next = lines.indices[(i + 1)...].prefix(2).first(where: { !lines[$0].isBlank }),
          QuoteRules.label(lines[next].content) != nil, !fields.contains(where: { $0.label == .subject })
        else { break }
        i = next
        continue
      }
      if let label = QuoteRules.label(line.content) {
        fields.append((label, value(line.content)))
        wraps = 0
      } else {
        guard !fields.isEmpty, wraps < wrapsMax else { break }
        fields[fields.count - 1].value += " " + line.content
        wraps += 1
      }
      i += 1
    }
    func first(_ label: QuotePhrases.Label) -> String? { fields.first { $0.label == label }?.value }
    guard Set(fields.map(\.label)).subtracting([.other]).count >= 3, let from = first(.from),
      let sender = people(from).first(where: { $0.isComplete && $0.isValid })
    else { return nil }
    var block = QuotedHeader(from: sender, text: "")
    block.to = first(.to).map { people($0) } ?? []
    block.subject = first(.subject)
    block.date = first(.date).flatMap { WrittenDate.parse($0, zone: zone ?? 0) }
    var rest = lines[i...].drop { $0.isBlank }
    while let last = rest.last, last.isBlank { rest.removeLast() }
    // Below Apple's and Thunderbird's blocks the whole mail is one level deep.
    let isQuoted = lines[start].depth > 0
    block.text = TextLine.join(
      rest.map { line in
        guard isQuoted, line.depth > 0 else { return line }
        return TextLine(content: line.content, depth: line.depth - 1)
      })
    return block
  }

  /// What stands behind the label and its colon.
  private static func value(_ line: String) -> String {
    let bytes = Array(line.utf8)
    var from = bytes.firstIndex(of: 0x3A).map { $0 + 1 }
    // A full-width colon stands before any plain one, which then belongs to a time.
    for i in bytes.indices.dropLast(2) where bytes[i...(i + 2)].elementsEqual([0xEF, 0xBC, 0x9A]) {
      if i < from ?? .max { from = i + 3 }
      break
    }
    var rest = bytes[(from ?? 0)...]
    while let b = rest.first, b <= ASCII.space || b == 0x2A || b == 0x5F { rest = rest.dropFirst() }
    while let b = rest.last, b <= ASCII.space || b == 0x2A { rest = rest.dropLast() }
    return String(decoding: rest, as: UTF8.self)
  }

  /// `Dana <dana@x>`, `Dana [mailto:dana@x]`, `Dana <dana@x<mailto:dana@x>>`; semicolons between several.
  private static func people(_ text: String) -> [MailAddress] {
    var out: [UInt8] = []
    var bytes = Array(text.utf8)[...]
    // Behind its last one a bracket is not looked for: each look ends where the next begins.
    let (lastAngle, lastSquare) = (bytes.lastIndex(of: 0x3E) ?? -1, bytes.lastIndex(of: 0x5D) ?? -1)
    while let b = bytes.first {
      if bytes.startIndex < lastAngle, bytes.starts(with: "<mailto:".utf8),
        let end = bytes.firstIndex(of: 0x3E)
      {
        bytes = bytes[(end + 1)...]
      } else if bytes.startIndex < lastSquare, bytes.starts(with: "[mailto:".utf8),
        let end = bytes.firstIndex(of: 0x5D)
      {
        out.append(0x3C)
        out += bytes[(bytes.startIndex + 8)..<end]
        out.append(0x3E)
        bytes = bytes[(end + 1)...]
      } else {
        out.append(b == 0x3B ? 0x2C : b)
        bytes = bytes.dropFirst()
      }
    }
    return MailAddress.list(in: out, limit: 500)
  }

  // MARK: HTML

  /// The HTML below the header block; nil when no block is found in it.
  ///
  /// Cut where the line of the block's last field ends. End tags of what was opened above stay: whoever shows
  /// HTML makes it well-formed first.
  static func htmlBelow(_ html: String) -> String? {
    let document = HTMLDocument(html)
    let tokens = document.tokens
    var seen: Set<QuotePhrases.Label> = []
    var last: Int?
    for (i, token) in tokens.enumerated() where token.kind == .text {
      // The fields of one block stand close together.
      if let last, i - last > fieldTokensMax {
        if isBlock(seen) { break }
        seen = []
      }
      let text = RawText.decode(Array(document.bytes[token.range]))
      guard let label = QuoteRules.label(trimmed(text)) else { continue }
      if isBlock(seen), seen.contains(label) { break }
      seen.insert(label)
      last = i
    }
    guard isBlock(seen), let last else { return nil }
    let end = tokens[(last + 1)...].first { token in
      token.tag == .br
        || token.kind == .close && (token.tag.isBlock || token.tag == .td) && token.tag != .unknown
    }
    // The range of a tag begins behind its name; its end is the next `>`.
    guard let end, let close = document.bytes[end.range.lowerBound...].firstIndex(of: 0x3E) else {
      return nil
    }
    return String(decoding: document.bytes[(close + 1)...], as: UTF8.self)
  }

  private static let fieldTokensMax = 40

  private static func isBlock(_ labels: Set<QuotePhrases.Label>) -> Bool {
    labels.contains(.from) && labels.subtracting([.other]).count >= 3
  }

  private static func trimmed(_ text: String) -> String {
    var view = text[...].utf8
    while let b = view.first, b <= ASCII.space { view = view.dropFirst() }
    return String(Substring(view))
  }
}

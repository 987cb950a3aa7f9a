internal import Bytes

/// What becomes of the lines when their kinds are known.
extension ReplySplitter {
  /// Lines at a quotation's beginning that an attribution may take up.
  private static let innerAttributionLinesMax = 4

  /// Apple Mail and others quote the attribution, too: between answers it says nothing any more.
  mutating func markInnerAttributions(_ kept: Range<Int>) {
    var i = kept.lowerBound
    while i < kept.upperBound {
      guard kinds[i] == .quote, i == 0 || kinds[i - 1] != .quote else {
        i += 1
        continue
      }
      for end in i..<min(i + Self.innerAttributionLinesMax, kept.upperBound) {
        guard kinds[end] == .quote, lines[end].depth == lines[i].depth else { break }
        guard let start = QuoteRules.attributionStart(lines, end: end, isFollowedByQuote: true), start >= i
        else {
          continue
        }
        let next = lines[(end + 1)...].prefix(4).first { !$0.isBlank }
        // What introduces a deeper quotation belongs to what is answered.
        if let next, next.depth > lines[i].depth { break }
        for k in i...end { kinds[k] = .attribution }
        var k = end + 1
        while k < kept.upperBound, lines[k].depth > 0, lines[k].isBlank {
          kinds[k] = .attribution
          k += 1
        }
        break
      }
      i += 1
    }
  }

  func result(_ kept: Range<Int>) -> Result {
    var reply = [TextLine]()
    var quoted = [TextLine]()
    var signature = [TextLine]()
    for i in lines.indices {
      if lines[i].role == .cut || lines[i].role == .ruled { continue }
      if kept.contains(i), kinds[i] != .signature {
        // In an inline answer the introduction says nothing any more, the quotations do.
        if kinds[i] == .attribution {
          quoted.append(lines[i])
        } else if !(kinds[i] == .blank && i > 0 && kinds[i - 1] == .attribution
          && reply.last?.isBlank ?? true)
        {
          reply.append(lines[i])
        }
      } else if i < cut, kinds[i] == .signature {
        signature.append(lines[i])
      } else {
        quoted.append(lines[i])
      }
    }
    var reason = reason
    if reason == .none, reply.allSatisfy(\.isBlank), !signature.isEmpty {
      // A mark around the whole text is no signature.
      reply = lines
      signature = []
    } else if reason == .none, !signature.allSatisfy(\.isBlank) {
      reason = .signature
    }
    return Result(
      reply: TextLine.join(Self.undented(Self.trimmed(reply))),
      quoted: TextLine.join(Self.trimmed(quoted, rules: false)),
      signature: TextLine.join(Self.trimmed(signature, rules: false)), splitBy: reason)
  }

  /// Without blank lines (and rules below) at the ends, and never more than two blank lines in a row (one
  /// where a quotation ends).
  private static func trimmed(_ lines: [TextLine], rules: Bool = true) -> [TextLine] {
    var rest = lines[...]
    while let line = rest.first, line.isBlank { rest = rest.dropFirst() }
    while let line = rest.last, line.isBlank || rules && QuoteRules.isRule(line, count: 5) {
      rest = rest.dropLast()
    }
    var out = [TextLine]()
    var blanks = 0
    var isBehindQuotation = false
    for line in rest {
      if line.depth > 0 || !line.isBlank {
        blanks = 0
        isBehindQuotation = line.depth > 0
      } else {
        blanks += 1
      }
      if blanks <= (isBehindQuotation ? 1 : 2) { out.append(line) }
    }
    return out
  }

  /// Yahoo's plain text has a space before the first line of every paragraph.
  private static func undented(_ lines: [TextLine]) -> [TextLine] {
    func hasSpace(_ line: TextLine) -> Bool {
      let bytes = line.content.utf8
      return line.depth == 0 && bytes.first == ASCII.space
        && bytes.dropFirst().first.map { $0 > ASCII.space } ?? false
    }
    guard let first = lines.first, hasSpace(first) else { return lines }
    return lines.map { line in
      var line = line
      if hasSpace(line) { line.content.removeFirst() }
      return line
    }
  }
}

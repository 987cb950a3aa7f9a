internal import Bytes

/// Parts a mail's text into what its author wrote, the history quoted below or above it, and the signature.
///
/// Works on lines that know their quote depth, whether those come from `>` marks or from HTML.
/// First the *cut* is searched: a line from which on everything is the answered mail. Before it
/// lie the author's lines and quotations with marks; of these the trailing ones and an introduced one
/// that stands alone on top go, others stay, because the answers between them need them.
/// - Complexity: O(*n*)
struct ReplySplitter {
  struct Result {
    var reply = ""
    var quoted = ""
    var signature = ""
    /// The mark or rule that decided; `none` when all is the author's.
    var splitBy = SplitRule.none
  }

  enum Kind: UInt8 { case text, blank, quote, attribution, signature }

  var lines: [TextLine]
  var kinds: [Kind] = []
  private var labels: [QuotePhrases.Label?] = []
  /// The last line with text, and the last with quote marks; -1 for none.
  private var lastFilled = -1
  private var lastQuoted = -1
  /// Everything from here on is quoted.
  var cut: Int
  var reason = SplitRule.none

  static func split(_ lines: [TextLine]) -> Result {
    var splitter = ReplySplitter(lines)
    splitter.classify()
    splitter.findCut()
    splitter.markSignatures()
    let kept = splitter.keptRange()
    if splitter.reason == .inline { splitter.markInnerAttributions(kept) }
    return splitter.result(kept)
  }

  private init(_ lines: [TextLine]) {
    self.lines = lines
    cut = lines.count
  }

  // MARK: Kinds

  private mutating func classify() {
    kinds.reserveCapacity(lines.count)
    labels.reserveCapacity(lines.count)
    for (i, line) in lines.enumerated() {
      let isBlank = line.isBlank
      if !isBlank { lastFilled = i }
      if line.depth > 0 { lastQuoted = i }
      labels.append(isBlank || line.depth > 0 ? nil : QuoteRules.label(line.content))
      switch line.role {
      case .signature: kinds.append(.signature)
      case .attribution: kinds.append(.attribution)
      default: kinds.append(isBlank ? .blank : line.depth > 0 ? .quote : .text)
      }
    }
    settleSoftQuotes()
  }

  /// An indented paragraph is the author's own unless an attribution stands before it.
  private mutating func settleSoftQuotes() {
    var i = 0
    while i < lines.count {
      guard kinds[i] == .quote, lines[i].isSoft else {
        i += 1
        continue
      }
      var end = i
      while end < lines.count, lines[end].depth > 0 || kinds[end] == .blank { end += 1 }
      if !attributionBefore(i) {
        for k in i..<end where kinds[k] == .quote && lines[k].isSoft { kinds[k] = .text }
      }
      i = end
    }
  }

  private func attributionBefore(_ i: Int) -> Bool {
    var k = i - 1
    while k >= 0, k >= i - 8, kinds[k] == .blank { k -= 1 }
    guard k >= 0, lines[k].depth == 0, kinds[k] != .blank else { return false }
    return lines[k].role == .attribution
      || QuoteRules.attributionStart(lines, end: k, isFollowedByQuote: true) != nil
  }

  // MARK: The cut

  private mutating func findCut() {
    var i = 0
    while i < lines.count, cut == lines.count {
      if let found = cutReason(i) {
        cutAt(i, found)
      } else {
        i = attribution(endingAt: i) ?? i + 1
      }
    }
  }

  private mutating func cutReason(_ i: Int) -> SplitRule? {
    let line = lines[i]
    guard line.depth == 0 else { return nil }
    if line.role == .cut {
      guard lastFilled > i else { return nil }
      return line.mark ?? .quoteMarks
    }
    if kinds[i] == .text || kinds[i] == .attribution {
      switch QuoteRules.separator(line) {
      case .original: return .originalMessage
      case .forwarded: return .forward
      case .replyAbove: return .replyAboveLine
      case nil: break
      }
    }
    if line.role == .ruled, let next = nextFilled(i), isHeaderBlock(next, labels: 2) {
      return .outlookBorder
    }
    guard kinds[i] == .text else { return nil }
    if labels[i] == nil {
      guard QuoteRules.isRule(line, count: 5) || QuoteRules.isCaption(line), let next = nextFilled(i),
        next - i <= 3,
        isHeaderBlock(next, labels: 2)
      else { return nil }
      return .headerBlock
    }
    return isHeaderBlock(i, labels: 3) ? .headerBlock : nil
  }

  private func nextFilled(_ i: Int) -> Int? {
    lines.indices[(i + 1)...].prefix(8).first { !lines[$0].isBlank }
  }

  /// Whether a quoted mail's header block begins at `i`: From and others, `labels` different ones in all.
  private func isHeaderBlock(_ i: Int, labels wanted: Int) -> Bool {
    guard let first = labels[i], first != .other else { return false }
    var seen: Set<QuotePhrases.Label> = [first]
    var filled = 0
    // A block has five lines or so, some of them wrapped; some clients put blank lines between.
    for k in (i + 1)..<min(i + 15, max(lines.count, i + 1)) where kinds[k] != .blank {
      filled += 1
      if filled > 8 { break }
      if let label = labels[k] { seen.insert(label) }
    }
    seen.remove(.other)
    return seen.contains(.from) && seen.count >= wanted
  }

  /// Marks an attribution that ends at line `i`, or cuts at it when no quote marks follow.
  /// - Returns: where to go on, if not at the next line.
  private mutating func attribution(endingAt i: Int) -> Int? {
    guard lines[i].depth == 0, kinds[i] == .text || kinds[i] == .attribution else { return nil }
    let next = nextFilled(i)
    let followed = next.map { kinds[$0] == .quote } ?? false
    if kinds[i] == .attribution {
      // The client says so itself; if nothing below is marked as quoted, everything is.
      if !followed, next.map({ kinds[$0] == .text }) ?? false, lastQuoted < i {
        cutAt(i, lines[i].mark ?? .attribution)
      }
      return nil
    }
    guard next != nil, let start = QuoteRules.attributionStart(lines, end: i, isFollowedByQuote: followed)
    else {
      return nil
    }
    if followed || !(0..<start).contains(where: { kinds[$0] == .text }) {
      // If nothing was written above it, what stands below is no history, or nobody wrote anything.
      for k in start...i { kinds[k] = .attribution }
      return i + 1
    }
    cutAt(start, .attribution)
    return nil
  }

  private mutating func cutAt(_ i: Int, _ why: SplitRule) {
    cut = i
    reason = why
  }

  // MARK: Signatures

  /// How many lines with text may follow a `Sent from my …`.
  private static let linesBehindSentFromMax = 2
  /// How many lines with text a signature below a drawn line may have.
  private static let linesBelowRuleMax = 10

  private mutating func markSignatures() {
    var i = 0
    var sawText = false
    while i < cut {
      guard kinds[i] == .text else {
        i += 1
        continue
      }
      let end = signatureEnd(i)
      if QuoteRules.isSignatureMark(lines[i]) || sawText && isBelowRule(i, end) || isSentFromBlock(i, end) {
        for k in i..<end { kinds[k] = .signature }
        i = end
      } else {
        sawText = true
        i += 1
      }
    }
  }

  /// Up to the next quotation, attribution or the cut; remembered, so that all lines together look once.
  private var knownEnd = 0

  private mutating func signatureEnd(_ i: Int) -> Int {
    if knownEnd <= i {
      knownEnd = i + 1
      while knownEnd < cut, kinds[knownEnd] == .text || kinds[knownEnd] == .blank { knownEnd += 1 }
    }
    return knownEnd
  }

  /// `Sent from my …`, and little behind it.
  private func isSentFromBlock(_ i: Int, _ end: Int) -> Bool {
    guard end - i <= 64, QuoteRules.isSentFrom(lines[i]) else { return false }
    let others = lines[i..<end].filter { !$0.isBlank && !QuoteRules.isSentFrom($0) }
    return others.count <= Self.linesBehindSentFromMax
  }

  /// A line of `_`, or any rule with a mailing list's address below it.
  private func isBelowRule(_ i: Int, _ end: Int) -> Bool {
    guard end - i <= 40, let octet = QuoteRules.ruleOctet(lines[i], count: 5) else { return false }
    let rest = lines[(i + 1)..<end].filter { !$0.isBlank }
    guard rest.count <= Self.linesBelowRuleMax, !rest.isEmpty else { return false }
    if octet == 0x5F { return true }
    return rest.contains { line in
      let s = Array(line.content.lowercased().utf8)
      return Self.listWords.isIn(s[...])
    }
  }

  private static let listWords = PhraseSet(["mailing list", "unsubscribe", "listinfo", "mailinglist"])

  // MARK: What stays

  /// The lines of the reply, signatures still among them.
  private mutating func keptRange() -> Range<Int> {
    let texts = (0..<cut).filter { kinds[$0] == .text }
    guard let firstText = texts.first, let lastText = texts.last else {
      if let quote = (0..<cut).first(where: { kinds[$0] == .quote }), reason == .none { decide(by: quote) }
      return 0..<0
    }
    var start = 0
    var end = cut
    let behind = (lastText..<cut).first { kinds[$0] == .quote || kinds[$0] == .attribution }
    if let behind { end = behind }
    let above = (0..<firstText).first { kinds[$0] == .quote }
    let isIntroduced = (0..<firstText).contains {
      kinds[$0] == .attribution || lines[$0].depth > 0 && lines[$0].mark != nil
    }
    let isBetween = (firstText..<lastText).contains { kinds[$0] == .quote }
    if let above, isIntroduced, !isBetween {
      // The whole mail that is answered, and the answer below it.
      start = firstText
      if reason == .none { decide(by: above) }
    } else if above != nil || isBetween {
      reason = .inline
    } else if let behind, reason == .none {
      decide(by: (behind..<cut).first { kinds[$0] == .quote } ?? behind)
    }
    return start..<max(start, end)
  }

  private mutating func decide(by i: Int) {
    if let mark = lines[i].mark {
      reason = mark
    } else if (0..<cut).contains(where: { kinds[$0] == .attribution }) {
      reason = .attribution
    } else {
      reason = .quoteMarks
    }
  }
}

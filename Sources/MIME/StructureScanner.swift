internal import Bytes

/// Finds the parts of a mail in one walk over its lines, without recursion.
///
/// The stack holds the multiparts that are open, each with its boundary. A line that is a
/// boundary of one of them (innermost first) ends whatever is open inside of it.
///
/// The mail is given as a window that slides over it: whole, or as it comes. What is found is the same, since nothing
/// is decided before all of the octets are there that it depends on, and those are a bounded number.
struct StructureScanner {
  var parts: [Part] = []
  var defects: [MIMEDefect] = []
  let limits: MIMELimits
  /// All octets of the mail, for the headers to lie in; nil when it comes by pieces.
  let whole: [UInt8]?

  /// What came to light in a mail that comes by pieces, in order.
  enum Event {
    case began(Int, hasContent: Bool)
    /// Octets of this part's own ended there: a leaf's body, or a multipart's lines before its first part.
    case contentEnded(Int, at: Int)
    case ended(Int)
  }
  var events: [Event] = []

  /// A multipart (or inner mail, which has no boundary) whose body is being read.
  struct Open {
    let part: Int
    /// Its boundary's text; empty for none.
    let boundary: [UInt8]
    /// The header was folded within the boundary: white space does not count.
    let isLoose: Bool
    var sawDelimiter = false
    /// Its closing delimiter came: what follows is epilogue.
    var isClosed = false
  }

  enum State {
    /// A header comes: of a part of `parent`, or of the mail. Goes to `opening`.
    case header(parent: Int?)
    /// Its header is read; what begins its body decides what it is. Goes to `header` for an inner mail, else to `body`.
    case opening(Int)
    /// Lines that may be delimiters. Goes to `header` behind one that is, to `rest` when none can follow.
    case body
    /// Nothing more is looked for.
    case rest
  }
  private(set) var state = State.header(parent: nil)
  var stack: [Open] = []
  /// Whether any of them is loose, or was.
  var hasLoose = false
  /// The leaf whose body is being read.
  var leaf: Int?
  /// What its header says.
  private var encodingSaid = TransferEncoding.identity
  /// Whether its encoding is what ``parts`` say, whatever follows.
  private(set) var isJudged = true
  /// The octet that ends lines; nil until it is known.
  private var lineEnd: UInt8?
  /// Where the walk stands in the mail.
  private(set) var at = 0
  /// Whether a line begins there.
  private var isAtLineStart = true
  /// A header is not tried again before the window reaches this far: each time twice as far.
  private var retryAt = 0
  /// Fields that may still be indexed in all headers together, so that memory stays within bounds.
  var fieldsLeft = 100_000
  /// A part's header has at least this many, even then.
  static let fieldsMin = 64
  /// As ``fieldsLeft``, octets.
  var headerOctetsLeft: Int
  /// Above this many defects no more are noted.
  private static let defectsMax = 200

  init(whole: [UInt8]?, limits: MIMELimits) {
    self.whole = whole
    self.limits = limits
    headerOctetsLeft = limits.headerOctetsMax
  }

  /// All of a mail at once.
  mutating func run() {
    whole?.withUnsafeBufferPointer { p in
      advance(p, base: 0, isLast: true)
      finish(p, base: 0)
      findEmbedded(p)
    }
  }

  /// The octets that the next window must still have begin here.
  func keptFrom(_ p: UnsafeBufferPointer<UInt8>, base: Int) -> Int {
    let end = contentEnd(p, base)
    return leaf.map { isJudged ? end : min(end, parts[$0].bodyRange.lowerBound) } ?? end
  }

  /// What lies before is content, if not more: the line end before a delimiter belongs to it.
  private func contentEnd(_ p: UnsafeBufferPointer<UInt8>, _ base: Int) -> Int {
    guard case .body = state, isAtLineStart || at == base + p.count else { return at }
    var i = at - base
    if i > 0, p[i - 1] == ASCII.lf { i -= 1 }
    if i > 0, p[i - 1] == ASCII.cr { i -= 1 }
    return i + base
  }

  /// Goes on as far as can be decided.
  ///
  /// - Parameters:
  ///   - p: octets of the mail from `base` on, which is not behind ``at``.
  ///   - isLast: nothing follows them.
  mutating func advance(_ p: UnsafeBufferPointer<UInt8>, base: Int, isLast: Bool) {
    guard let lineEnd = lineEnd ?? findLineEnd(p, isLast) else { return }
    while true {
      switch state {
      case .header(let parent):
        guard let next = header(p, base, isLast, lineEnd, parent) else { return }
        state = .opening(next)
      case .opening(let index):
        guard isLast || base + p.count - at >= octetsToOpen(index) else { return }
        let holdsMail = opens(index, p, at - base)
        encodingSaid = parts[index].encoding
        isJudged = encodingSaid != .base64 || parts[index].contentType.type != "text"
        state = holdsMail ? .header(parent: index) : .body
        isAtLineStart = true
        if whole == nil { events.append(.began(index, hasContent: !holdsMail)) }
      case .body:
        guard let next = body(p, base, isLast, lineEnd) else {
          return judge(p, base, upTo: contentEnd(p, base), isOver: false)
        }
        state = next
      case .rest:
        at = base + p.count
        return judge(p, base, upTo: at, isOver: false)
      }
    }
  }

  /// Ends what is open, behind the last octet of the mail.
  mutating func finish(_ p: UnsafeBufferPointer<UInt8>, base: Int) {
    closeAll(p, base, upTo: 0, at: base + p.count)
    guessByText()
  }

  private mutating func findLineEnd(_ p: UnsafeBufferPointer<UInt8>, _ isLast: Bool) -> UInt8? {
    let found = HeaderScan.lineEnd(of: p)
    if found == ASCII.lf, !isLast, p.count < MIMELimits.lineEndWithin,
      OctetRun.find(ASCII.lf, p, 0, p.count) == nil
    {
      return nil
    }
    if found == ASCII.cr, !isLast, p.count < MIMELimits.lineEndWithin { return nil }
    lineEnd = found
    return found
  }

  mutating func note(_ kind: MIMEDefect.Kind, _ part: Int) {
    if defects.count < Self.defectsMax { defects.append(MIMEDefect(kind: kind, part: part)) }
  }

  /// Reads a part's header. Returns the part, or nil when the header may go on behind the window.
  private mutating func header(
    _ all: UnsafeBufferPointer<UInt8>, _ base: Int, _ isLast: Bool, _ lineEnd: UInt8, _ parent: Int?
  ) -> Int? {
    let from = at - base
    guard isLast || base + all.count >= retryAt else { return nil }
    let octetsMax = max(headerOctetsLeft, MIMELimits.headerOctetsMin)
    let isCut = all.count - from > octetsMax
    let p = isCut ? UnsafeBufferPointer(rebasing: all[..<(from + octetsMax)]) : all
    let isMailHead = parent.map { !parts[$0].contentType.isMultipart } ?? true
    var scan = HeaderScan.run(
      p, from: from, lineEnd: lineEnd, isFirst: isMailHead,
      fieldsMax: max(min(HeaderBlock.fieldsMax, fieldsLeft), Self.fieldsMin)
    ) { start, stop in
      var stop = stop
      while stop > start, p[stop - 1] <= ASCII.space { stop -= 1 }
      return stop - start > 2 && p[start + 1] == 0x2D && match(p, start + 2, stop) != nil
    }
    guard scan.isCertain || isLast || isCut else {
      retryAt = min(base + all.count + max(all.count - from, 64), at + octetsMax + 1)
      return nil
    }
    if isCut, !scan.isCertain {
      scan.end = p.count
      scan.isTruncated = true
    }
    retryAt = 0
    headerOctetsLeft -= scan.end - scan.start
    at = base + scan.end
    return append(scan, p, base, parent: parent)
  }

  /// Looks for the next delimiter. Returns what comes then, or nil when more octets are needed.
  private mutating func body(
    _ p: UnsafeBufferPointer<UInt8>, _ base: Int, _ isLast: Bool, _ lineEnd: UInt8
  ) -> State? {
    guard at < base + p.count else { return isLast ? .rest : nil }
    guard stack.contains(where: { !$0.boundary.isEmpty }) else { return .rest }
    if parts.count >= limits.partsMax {
      note(.partsLimit, parts.count - 1)
      return .rest
    }
    // Hyphens are rarer than line ends, and base64 has none at all.
    let start = at - base
    var i = start
    while let hyphen = OctetRun.find(0x2D, p, i, p.count) {
      let isFirst = hyphen == start ? isAtLineStart : p[hyphen - 1] == lineEnd
      if isFirst, hyphen + 1 == p.count, !isLast { return wait(at: base + hyphen, isAtLineStart: true) }
      guard isFirst, hyphen + 1 < p.count, p[hyphen + 1] == 0x2D else {
        // The next place that may begin a line is behind the octet that follows.
        i = hyphen + 2
        continue
      }
      let limit = min(p.count, hyphen + MIMELimits.delimiterOctetsMax)
      let end = OctetRun.find(lineEnd, p, hyphen, limit)
      if end == nil, limit == hyphen + MIMELimits.delimiterOctetsMax {
        i = hyphen + 2
        continue
      }
      if end == nil, !isLast { return wait(at: base + hyphen, isAtLineStart: true) }
      let next = end.map { $0 + 1 } ?? p.count
      var stop = end ?? next
      while stop > hyphen, p[stop - 1] <= ASCII.space { stop -= 1 }
      if let (level, isClose) = match(p, hyphen + 2, stop) {
        delimiter(p, base, hyphen, level, isClose, lineEnd)
        at = base + next
        isAtLineStart = true
        return isClose ? .body : .header(parent: stack[level].part)
      }
      i = next
    }
    return isLast ? .rest : wait(at: base + p.count, isAtLineStart: p.last == lineEnd)
  }

  private mutating func wait(at place: Int, isAtLineStart: Bool) -> State? {
    at = place
    self.isAtLineStart = isAtLineStart
    return nil
  }

  /// The open multipart whose boundary stands at `from..<stop` (white space at the end already off).
  private func match(_ p: UnsafeBufferPointer<UInt8>, _ from: Int, _ stop: Int) -> (
    level: Int, isClose: Bool
  )? {
    for level in stack.indices.reversed() {
      let boundary = stack[level].boundary
      let n = boundary.count
      guard n > 0, !stack[level].isClosed || level == 0 else { continue }
      let length = stop - from
      guard length == n || length == n + 2 && p[stop - 1] == 0x2D && p[stop - 2] == 0x2D else { continue }
      var same = true
      for i in 0..<n where p[from + i] != boundary[i] {
        same = false
        break
      }
      if same { return (level, length == n + 2) }
    }
    return looseMatch(p, from, stop)
  }

  /// As ``match(_:_:_:)``, for boundaries that a header's fold has put white space into.
  private func looseMatch(_ p: UnsafeBufferPointer<UInt8>, _ from: Int, _ stop: Int) -> (
    level: Int, isClose: Bool
  )? {
    guard hasLoose, stop - from <= Self.looseOctetsMax else { return nil }
    let line = p[from..<stop].filter { !ASCII.isWSP($0) }
    for level in stack.indices.reversed() where stack[level].isLoose && (!stack[level].isClosed || level == 0)
    {
      let boundary = stack[level].boundary.filter { !ASCII.isWSP($0) }
      if line == boundary { return (level, false) }
      if line.count == boundary.count + 2, line.starts(with: boundary), line.suffix(2) == [0x2D, 0x2D] {
        return (level, true)
      }
    }
    return nil
  }

  /// Longer lines are compared with boundaries as they stand only.
  private static let looseOctetsMax = 256

  private mutating func delimiter(
    _ p: UnsafeBufferPointer<UInt8>, _ base: Int, _ hyphen: Int, _ level: Int, _ isClose: Bool,
    _ lineEnd: UInt8
  ) {
    var end = hyphen
    if end > 0, p[end - 1] == lineEnd { end -= 1 }
    if end > 0, lineEnd == ASCII.lf, end < hyphen, p[end - 1] == ASCII.cr { end -= 1 }
    closeAll(p, base, upTo: level + 1, at: base + end)
    let part = stack[level].part
    if whole == nil, !isClose, parts[part].children.isEmpty {
      events.append(.contentEnded(part, at: max(parts[part].bodyRange.lowerBound, base + end)))
    }
    stack[level].sawDelimiter = true
    stack[level].isClosed = isClose
  }

  /// Ends the current leaf and all multiparts from `level` of the stack on; their bodies end at `end`.
  private mutating func closeAll(
    _ p: UnsafeBufferPointer<UInt8>, _ base: Int, upTo level: Int, at end: Int
  ) {
    if let leaf {
      judge(p, base, upTo: end, isOver: true)
      if parts[leaf].encoding != encodingSaid { note(.falseEncoding, leaf) }
      setEnd(leaf, end, isReceiver: true)
    }
    leaf = nil
    while stack.count > level {
      let open = stack.removeLast()
      setEnd(open.part, end, isReceiver: !open.boundary.isEmpty && parts[open.part].children.isEmpty)
      guard !open.boundary.isEmpty else { continue }
      if !open.sawDelimiter {
        note(.boundaryNeverSeen, open.part)
      } else if !open.isClosed {
        note(.noClosingBoundary, open.part)
      }
    }
  }

  /// A text that says it is base64 is looked at once its beginning is there, or all of it: some are none.
  private mutating func judge(_ p: UnsafeBufferPointer<UInt8>, _ base: Int, upTo end: Int, isOver: Bool) {
    guard !isJudged, let leaf else { return }
    let start = parts[leaf].bodyRange.lowerBound
    let count = min(max(end - start, 0), Self.sampleOctets)
    guard isOver || count == Self.sampleOctets else { return }
    isJudged = true
    if Self.isPlainlyText(p[(start - base)..<(start - base + count)]) { parts[leaf].encoding = .identity }
  }

  private mutating func setEnd(_ part: Int, _ end: Int, isReceiver: Bool) {
    let start = parts[part].bodyRange.lowerBound
    parts[part].bodyRange = start..<max(start, end)
    guard whole == nil else { return }
    if isReceiver { events.append(.contentEnded(part, at: max(start, end))) }
    events.append(.ended(part))
  }
}

internal import Bytes

/// Finds the parts of a mail in one walk over its lines, without recursion.
///
/// The stack holds the multiparts that are open, each with its boundary. A line that is a
/// boundary of one of them (innermost first) ends whatever is open inside of it.
struct StructureScanner {
  private(set) var parts: [Part] = []
  private(set) var defects: [MIMEDefect] = []
  private let bytes: [UInt8]
  private let limits: MIMELimits

  /// A multipart (or inner mail, which has no boundary) whose body is being read.
  private struct Open {
    let part: Int
    /// Where its boundary's text lies in `boundaries`; empty for none.
    let boundary: [UInt8]
    /// The header was folded within the boundary: white space does not count.
    let isLoose: Bool
    var sawDelimiter = false
    /// Its closing delimiter came: what follows is epilogue.
    var isClosed = false
  }

  private var stack: [Open] = []
  /// Whether any of them is loose, or was.
  private var hasLoose = false
  /// The leaf whose body is being read.
  private var leaf: Int?
  /// Fields that may still be indexed in all headers together, so that memory stays within bounds.
  private var fieldsLeft = 100_000
  /// A part's header has at least this many, even then.
  private static let fieldsMin = 64
  /// Above this many defects no more are noted.
  private static let defectsMax = 200

  init(_ bytes: [UInt8], limits: MIMELimits) {
    self.bytes = bytes
    self.limits = limits
  }

  mutating func run() {
    bytes.withUnsafeBufferPointer { p in
      let lineEnd = HeaderScan.lineEnd(of: p)
      var at = begin(p, at: 0, lineEnd: lineEnd, parent: nil)
      while at < p.count { at = line(p, at, lineEnd) }
      closeAll(upTo: 0, at: p.count, atEnd: true)
      guessByText()
      findEmbedded(p)
    }
  }

  /// A multipart names no character set itself: its raw header octets are read as its first text's.
  private mutating func guessByText() {
    guard parts[0].headers.guess == .windows1252, parts[0].contentType.isMultipart,
      !OctetRun.isASCII(bytes[parts[0].headers.range]),
      let text = parts.first(where: { $0.isLeaf && $0.contentType.type == "text" }),
      let charset = HeaderGuess.charset(of: text.contentType)
    else { return }
    parts[0].headers.guess = charset
  }

  /// Uuencoded files in texts. Only where the text stands as it is: a file in encoded text is text.
  private mutating func findEmbedded(_ p: UnsafeBufferPointer<UInt8>) {
    for index in parts.indices where parts.count < limits.partsMax {
      let text = parts[index]
      guard text.encoding == .identity, text.contentType.isText("plain"), text.isLeaf,
        OctetRun.findLine("begin ", p, text.bodyRange.lowerBound, text.bodyRange.upperBound) != nil
      else { continue }
      for (n, block) in UUEncode.blocks(p, in: text.bodyRange).enumerated()
      where parts.count < limits.partsMax {
        var headers = HeaderBlock(
          bytes: bytes, scan: HeaderScan(start: block.data.lowerBound, end: block.data.lowerBound))
        headers.guess = text.headers.guess
        parts.append(
          Part(
            index: parts.count, parent: index, number: n + 1, depth: text.depth + 1, embeddedName: block.name,
            embeddedRange: block.range, headers: headers,
            contentType: ContentType(type: "application", subtype: "octet-stream"), encoding: .uuencode,
            disposition: nil, bodyRange: block.data))
      }
    }
  }

  private mutating func note(_ kind: MIMEDefect.Kind, _ part: Int) {
    if defects.count < Self.defectsMax { defects.append(MIMEDefect(kind: kind, part: part)) }
  }

  /// Looks at the line that starts at `at`, or skips to the next that may be a boundary.
  private mutating func line(_ p: UnsafeBufferPointer<UInt8>, _ start: Int, _ lineEnd: UInt8) -> Int {
    guard stack.contains(where: { !$0.boundary.isEmpty }) else { return p.count }
    if parts.count >= limits.partsMax {
      note(.partsLimit, parts.count - 1)
      return p.count
    }
    // Hyphens are rarer than line ends, and base64 has none at all.
    var at = start
    while let hyphen = OctetRun.find(0x2D, p, at, p.count) {
      guard hyphen + 1 < p.count, p[hyphen + 1] == 0x2D, hyphen == start || p[hyphen - 1] == lineEnd else {
        // The next place that may begin a line is behind the octet that follows.
        at = hyphen + 2
        continue
      }
      let end = OctetRun.find(lineEnd, p, hyphen, p.count)
      let next = end.map { $0 + 1 } ?? p.count
      var stop = end ?? next
      while stop > hyphen, p[stop - 1] <= ASCII.space { stop -= 1 }
      if let (level, isClose) = match(p, hyphen + 2, stop) {
        return delimiter(p, hyphen, next, level, isClose, lineEnd)
      }
      at = next
    }
    return p.count
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
    _ p: UnsafeBufferPointer<UInt8>, _ at: Int, _ next: Int, _ level: Int, _ isClose: Bool, _ lineEnd: UInt8
  ) -> Int {
    var end = at
    if end > 0, p[end - 1] == lineEnd { end -= 1 }
    if end > 0, lineEnd == ASCII.lf, end < at, p[end - 1] == ASCII.cr { end -= 1 }
    closeAll(upTo: level + 1, at: end, atEnd: false)
    stack[level].sawDelimiter = true
    stack[level].isClosed = isClose
    if isClose { return next }
    return begin(p, at: next, lineEnd: lineEnd, parent: stack[level].part)
  }

  /// Ends the current leaf and all multiparts from `level` of the stack on; their bodies end at `end`.
  private mutating func closeAll(upTo level: Int, at end: Int, atEnd: Bool) {
    if let leaf {
      setEnd(leaf, end)
      if parts[leaf].encoding == .base64, parts[leaf].contentType.type == "text",
        isPlainlyText(parts[leaf].bodyRange)
      {
        note(.falseEncoding, leaf)
        parts[leaf].encoding = .identity
      }
    }
    leaf = nil
    while stack.count > level {
      let open = stack.removeLast()
      setEnd(open.part, end)
      guard !open.boundary.isEmpty else { continue }
      if !open.sawDelimiter {
        note(.boundaryNeverSeen, open.part)
      } else if !open.isClosed {
        note(.noClosingBoundary, open.part)
      }
    }
  }

  /// Whether a text that says it is base64 is none: most of its first lines hold words with spaces between, which
  /// base64 has nowhere, and decoding would make nonsense of it.
  private func isPlainlyText(_ body: Range<Int>) -> Bool {
    let lines = bytes[body].prefix(Self.sampleOctets).split(separator: ASCII.lf).prefix(8)
    let spaced = lines.filter { line in
      let words = line.split(whereSeparator: { $0 <= ASCII.space })
      return words.count > 1 && words.allSatisfy { $0.count < 60 }
    }
    let blank = lines.filter { $0.allSatisfy { $0 <= ASCII.space } }
    return spaced.count * 2 > lines.count - blank.count
  }

  private static let sampleOctets = 1024

  private mutating func setEnd(_ part: Int, _ end: Int) {
    let start = parts[part].bodyRange.lowerBound
    parts[part].bodyRange = start..<max(start, end)
  }

  /// Reads a part's header and opens it, and what is at once inside of it. Returns where its body goes on.
  private mutating func begin(
    _ p: UnsafeBufferPointer<UInt8>, at from: Int, lineEnd: UInt8, parent first: Int?
  ) -> Int {
    var at = from
    var parent = first
    while true {
      let isMailHead = parent.map { !parts[$0].contentType.isMultipart } ?? true
      let scan = HeaderScan.run(
        p, from: at, lineEnd: lineEnd, isFirst: isMailHead,
        fieldsMax: max(min(HeaderBlock.fieldsMax, fieldsLeft), Self.fieldsMin)
      ) { start, stop in
        var stop = stop
        while stop > start, p[stop - 1] <= ASCII.space { stop -= 1 }
        return stop - start > 2 && p[start + 1] == 0x2D && match(p, start + 2, stop) != nil
      }
      let index = append(scan, parent: parent)
      at = scan.end
      guard !opens(index, p, at) else {
        // An inner mail: its header is next.
        parent = index
        continue
      }
      return at
    }
  }

  private mutating func append(_ scan: HeaderScan, parent: Int?) -> Int {
    let inherited = parent.map { parts[$0].headers.guess }.flatMap { $0 == .windows1252 ? nil : $0 }
    let block = HeaderBlock(bytes: bytes, scan: scan, guess: inherited)
    let index = parts.count
    let inDigest =
      parent.map { parts[$0].contentType.isMultipart && parts[$0].contentType.subtype == "digest" } ?? false
    let number = parent.map { parts[$0].children.count } ?? 0
    let depth = parent.map { parts[$0].depth + 1 } ?? 0
    let type =
      block.first("Content-Type").flatMap { ContentType(parsing: $0, else: block.guess) }
      ?? (inDigest ? .rfc822 : .plainText)
    let part = Part(
      index: index, parent: parent, number: number + 1, depth: depth, embeddedName: nil, embeddedRange: 0..<0,
      headers: block, contentType: type,
      encoding: TransferEncoding(header: block.first("Content-Transfer-Encoding")),
      disposition: block.first("Content-Disposition").flatMap {
        ContentDisposition(parsing: $0, else: block.guess)
      },
      bodyRange: scan.end..<scan.end)
    fieldsLeft -= block.count
    parts.append(part)
    if let parent { parts[parent].children.append(index) }
    if block.count == 0, parent == nil, !bytes.isEmpty { note(.noHeader, index) }
    if scan.isTruncated { note(.headerTooLong, index) }
    if scan.endedByJunk { note(.headerEndedByJunk, index) }
    if scan.hasJunk { note(.junkInHeader, index) }
    if part.namesDisagree { note(.ambiguousName, index) }
    if type.parameters.isTruncated { note(.parametersLimit, index) }
    return index
  }

  /// Decides what the new part is. True for an inner mail that is looked into.
  private mutating func opens(_ index: Int, _ p: UnsafeBufferPointer<UInt8>, _ body: Int) -> Bool {
    let part = parts[index]
    let isContainer = part.contentType.isMultipart || part.contentType.isMessage
    if isContainer, part.depth >= limits.depthMax || parts.count >= limits.partsMax {
      note(part.depth >= limits.depthMax ? .depthLimit : .partsLimit, index)
      leaf = index
      return false
    }
    if part.contentType.isMultipart {
      var boundary = part.contentType.parameters.raw("boundary") ?? []
      while let last = boundary.last, last <= ASCII.space { boundary.removeLast() }
      if boundary.isEmpty {
        note(.missingBoundary, index)
        boundary = guessBoundary(p, body)
      }
      if part.encoding != .identity {
        // RFC 2045 §6.4 forbids it; where it is said nevertheless, it is not so.
        note(.encodedMultipart, index)
        parts[index].encoding = .identity
      }
      if boundary.isEmpty {
        leaf = index
      } else {
        let isLoose = boundary.contains(where: ASCII.isWSP) && part.headers.isFolded("Content-Type")
        if isLoose { hasLoose = true }
        stack.append(Open(part: index, boundary: boundary, isLoose: isLoose))
      }
      return false
    }
    if part.contentType.isMessage, part.encoding == .identity || looksLikeHeader(p, body) {
      parts[index].encoding = .identity
      stack.append(Open(part: index, boundary: [], isLoose: false))
      return true
    }
    leaf = index
    return false
  }

  /// Whether the line at `at` is a header field, although the part says it is encoded.
  private func looksLikeHeader(_ p: UnsafeBufferPointer<UInt8>, _ at: Int) -> Bool {
    var i = at
    while i < p.count, p[i] > ASCII.space, p[i] != 0x3A, i - at < 80 { i += 1 }
    return i < p.count && i > at && p[i] == 0x3A
  }

  /// The first line of the body that looks like a delimiter: `--` and something without white space.
  private func guessBoundary(_ p: UnsafeBufferPointer<UInt8>, _ body: Int) -> [UInt8] {
    var at = body
    // A preamble is a few lines; farther down a `--` means something else.
    for _ in 0..<16 where at < p.count {
      var next = at
      while next < p.count, p[next] != ASCII.lf { next += 1 }
      var stop = next
      while stop > at, p[stop - 1] <= ASCII.space { stop -= 1 }
      if stop - at > 2, stop - at <= 202, p[at] == 0x2D, p[at + 1] == 0x2D,
        p[at + 2...stop - 1].allSatisfy({ $0 > 0x20 })
      {
        return Array(p[at + 2..<stop])
      }
      at = next + 1
    }
    return []
  }
}

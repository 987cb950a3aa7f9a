internal import Bytes

/// What a part is, by its header and the first octets of its body.
extension StructureScanner {
  mutating func append(
    _ scan: HeaderScan, _ p: UnsafeBufferPointer<UInt8>, _ base: Int, parent: Int?
  ) -> Int {
    let inherited = parent.map { parts[$0].headers.guess }.flatMap { $0 == .windows1252 ? nil : $0 }
    let block: HeaderBlock
    if let whole {
      block = HeaderBlock(bytes: whole, scan: scan, guess: inherited)
    } else {
      block = HeaderBlock(
        bytes: Array(p[scan.start..<scan.end]), scan: scan.moved(by: -scan.start), offset: base + scan.start,
        guess: inherited)
    }
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
      bodyRange: block.range.upperBound..<block.range.upperBound)
    fieldsLeft -= block.count
    parts.append(part)
    if let parent { parts[parent].children.append(index) }
    if block.count == 0, parent == nil, base + p.count > 0 { note(.noHeader, index) }
    if scan.isTruncated { note(.headerTooLong, index) }
    if scan.endedByJunk { note(.headerEndedByJunk, index) }
    if scan.hasJunk { note(.junkInHeader, index) }
    if part.namesDisagree { note(.ambiguousName, index) }
    if type.parameters.isTruncated { note(.parametersLimit, index) }
    return index
  }

  /// How many octets of its body decide what the new part is.
  func octetsToOpen(_ index: Int) -> Int {
    let part = parts[index]
    if part.contentType.isMultipart { return boundary(of: part).isEmpty ? Self.guessOctetsMax : 0 }
    return part.contentType.isMessage && part.encoding != .identity ? Self.fieldNameOctetsMax + 1 : 0
  }

  private func boundary(of part: Part) -> [UInt8] {
    var boundary = part.contentType.parameters.raw("boundary") ?? []
    while let last = boundary.last, last <= ASCII.space { boundary.removeLast() }
    return boundary
  }

  /// Decides what the new part is. True for an inner mail that is looked into.
  mutating func opens(_ index: Int, _ p: UnsafeBufferPointer<UInt8>, _ body: Int) -> Bool {
    let part = parts[index]
    let isContainer = part.contentType.isMultipart || part.contentType.isMessage
    if isContainer, part.depth >= limits.depthMax || parts.count >= limits.partsMax {
      note(part.depth >= limits.depthMax ? .depthLimit : .partsLimit, index)
      leaf = index
      return false
    }
    if part.contentType.isMultipart {
      var boundary = boundary(of: part)
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

  private static let fieldNameOctetsMax = 80

  /// Whether the line at `at` is a header field, although the part says it is encoded.
  private func looksLikeHeader(_ p: UnsafeBufferPointer<UInt8>, _ at: Int) -> Bool {
    var i = at
    while i < p.count, p[i] > ASCII.space, p[i] != 0x3A, i - at < Self.fieldNameOctetsMax { i += 1 }
    return i < p.count && i > at && p[i] == 0x3A
  }

  /// Whether a text that says it is base64 is none: most of its first lines hold words with spaces between, which
  /// base64 has nowhere, and decoding would make nonsense of it.
  static func isPlainlyText(_ sample: Slice<UnsafeBufferPointer<UInt8>>) -> Bool {
    let lines = sample.split(separator: ASCII.lf).prefix(8)
    let spaced = lines.filter { line in
      let words = line.split(whereSeparator: { $0 <= ASCII.space })
      return words.count > 1 && words.allSatisfy { $0.count < 60 }
    }
    let blank = lines.filter { $0.allSatisfy { $0 <= ASCII.space } }
    return spaced.count * 2 > lines.count - blank.count
  }

  /// As much of such a text as is looked at.
  static let sampleOctets = 1024

  private static let guessOctetsMax = 16 * 1024

  /// The first line of the body that looks like a delimiter: `--` and something without white space.
  private func guessBoundary(_ p: UnsafeBufferPointer<UInt8>, _ body: Int) -> [UInt8] {
    var at = body
    let limit = min(p.count, body + Self.guessOctetsMax)
    // A preamble is a few lines; farther down a `--` means something else.
    for _ in 0..<16 where at < limit {
      var next = at
      while next < limit, p[next] != ASCII.lf { next += 1 }
      if next == body + Self.guessOctetsMax { break }
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

  /// A multipart names no character set itself: its raw header octets are read as its first text's.
  mutating func guessByText() {
    guard !parts.isEmpty, parts[0].headers.guess == .windows1252, parts[0].contentType.isMultipart,
      !parts[0].headers.isASCII,
      let text = parts.first(where: { $0.isLeaf && $0.contentType.type == "text" }),
      let charset = HeaderGuess.charset(of: text.contentType)
    else { return }
    parts[0].headers.guess = charset
  }

  /// Whether uuencoded files are looked for in a part. Only where the text stands as it is: a file in encoded text is
  /// text.
  static func mayEmbed(_ part: Part) -> Bool {
    part.encoding == .identity && part.contentType.isText("plain") && part.isLeaf
  }

  mutating func findEmbedded(_ p: UnsafeBufferPointer<UInt8>) {
    for index in parts.indices where parts.count < limits.partsMax {
      let range = parts[index].bodyRange
      guard Self.mayEmbed(parts[index]),
        OctetRun.findLine("begin ", p, range.lowerBound, range.upperBound) != nil
      else { continue }
      embed(UUEncode.blocks(p, in: range), in: index)
    }
  }

  /// Adds the files that were found in a text, as parts.
  mutating func embed(_ blocks: [UUEncode.Block], in index: Int) {
    for (n, block) in blocks.enumerated() where parts.count < limits.partsMax {
      let start = block.data.lowerBound
      var headers = HeaderBlock(bytes: [], scan: HeaderScan(start: 0, end: 0), offset: start)
      headers.guess = parts[index].headers.guess
      parts.append(
        Part(
          index: parts.count, parent: index, number: n + 1, depth: parts[index].depth + 1,
          embeddedName: block.name, embeddedRange: block.range, headers: headers,
          contentType: ContentType(type: "application", subtype: "octet-stream"), encoding: .uuencode,
          disposition: nil, bodyRange: block.data))
    }
  }
}

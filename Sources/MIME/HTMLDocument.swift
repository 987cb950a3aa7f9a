internal import Bytes
internal import Glibc

/// HTML of a mail as a flat list of tokens, each start tag knowing where its element ends.
///
/// Not a browser's parser: enough of HTML to read mail as text and to write it again safely.
/// - Complexity: O(*n*) to make, without recursion.
struct HTMLDocument {
  struct Token {
    enum Kind { case text, open, close }

    let kind: Kind
    let tag: HTMLTag
    /// In ``HTMLDocument/bytes``: the text, or what stands in a start tag behind its name.
    let range: Range<Int>
    /// Of a start tag: the index of the token at which its element ends (its end tag, or what ends it).
    var end: Int
  }

  let bytes: [UInt8]
  private(set) var tokens: [Token] = []

  /// The most tokens that are read; a mail's HTML has some thousands. What goes beyond is left out.
  static let tokensMax = 400_000
  /// How far up the open elements an end tag looks for its start tag.
  private static let searchMax = 256

  init(_ html: String) {
    bytes = [UInt8](html.utf8)
    bytes.withUnsafeBufferPointer { tokenize($0) }
    matchTags()
  }

  // MARK: Tokens

  private mutating func tokenize(_ p: UnsafeBufferPointer<UInt8>) {
    var i = 0
    var text = 0
    while i < p.count {
      if tokens.count >= Self.tokensMax { return }
      guard let open = Self.find(0x3C, p, i) else { break }
      guard open + 1 < p.count else { break }
      let c = p[open + 1]
      let isMarkup =
        ASCII.isAlpha(c) || c == 0x21 || c == 0x3F
        || c == 0x2F && open + 2 < p.count && ASCII.isAlpha(p[open + 2])
      guard isMarkup else {
        i = open + 1
        continue
      }
      addText(text..<open)
      if c == 0x21 || c == 0x3F {
        i = Self.skipDeclaration(p, open)
      } else {
        i = tag(p, open, isClose: c == 0x2F)
      }
      text = i
    }
    if text < p.count { addText(text..<p.count) }
  }

  private mutating func addText(_ range: Range<Int>) {
    if !range.isEmpty {
      tokens.append(Token(kind: .text, tag: .unknown, range: range, end: tokens.count + 1))
    }
  }

  private static func find(_ byte: UInt8, _ p: UnsafeBufferPointer<UInt8>, _ from: Int) -> Int? {
    guard let base = p.baseAddress, from < p.count else { return nil }
    // SAFETY: base is valid for p.count octets while the caller's closure runs; from < p.count.
    guard let hit = memchr(base + from, Int32(byte), p.count - from) else { return nil }
    return UnsafeRawPointer(hit) - UnsafeRawPointer(base)
  }

  /// Behind a comment, a doctype or a processing instruction.
  private static func skipDeclaration(_ p: UnsafeBufferPointer<UInt8>, _ at: Int) -> Int {
    if at + 3 < p.count, p[at + 1] == 0x21, p[at + 2] == 0x2D, p[at + 3] == 0x2D {
      var i = at + 4
      if i < p.count, p[i] == 0x3E { return i + 1 }
      if i + 1 < p.count, p[i] == 0x2D, p[i + 1] == 0x3E { return i + 2 }
      while let dash = find(0x2D, p, i) {
        if dash + 2 < p.count, p[dash + 1] == 0x2D, p[dash + 2] == 0x3E { return dash + 3 }
        if dash + 3 < p.count, p[dash + 1] == 0x2D, p[dash + 2] == 0x21, p[dash + 3] == 0x3E {
          return dash + 4
        }
        i = dash + 1
      }
      return p.count
    }
    return find(0x3E, p, at).map { $0 + 1 } ?? p.count
  }

  private mutating func tag(_ p: UnsafeBufferPointer<UInt8>, _ at: Int, isClose: Bool) -> Int {
    let start = at + (isClose ? 2 : 1)
    var i = start
    while i < p.count, p[i] > ASCII.space, p[i] != 0x3E, p[i] != 0x2F { i += 1 }
    let tag = HTMLTag(name: bytes[start..<i])
    let attributes = i
    guard let end = Self.tagEnd(p, i) else { return p.count }  // no `>`: browsers drop such a tag, too
    if isClose {
      tokens.append(Token(kind: .close, tag: tag, range: attributes..<attributes, end: tokens.count + 1))
      return end + 1
    }
    tokens.append(Token(kind: .open, tag: tag, range: attributes..<end, end: tokens.count + 1))
    guard tag.isRawText else { return end + 1 }
    return Self.rawTextEnd(p, end + 1, tag)
  }

  /// The `>` that ends a tag, outside of quoted values.
  private static func tagEnd(_ p: UnsafeBufferPointer<UInt8>, _ from: Int) -> Int? {
    var i = from
    var beforeValue = false
    while i < p.count {
      let b = p[i]
      if b == 0x3E { return i }
      if beforeValue, b == 0x22 || b == 0x27 {
        guard let close = find(b, p, i + 1) else { return nil }
        i = close
      }
      if b == 0x3D { beforeValue = true } else if b > ASCII.space { beforeValue = false }
      i += 1
    }
    return nil
  }

  /// Where the end tag of a raw text element begins, or the end of all.
  private static func rawTextEnd(_ p: UnsafeBufferPointer<UInt8>, _ from: Int, _ tag: HTMLTag) -> Int {
    let name = Array(tag.rawValue.utf8)
    var i = from
    while let open = find(0x3C, p, i) {
      let end = open + 2 + name.count
      if end <= p.count, p[open + 1] == 0x2F, ASCII.equalsIgnoringCase(p[(open + 2)..<end], name),
        end == p.count || !ASCII.isAlphanumeric(p[end])
      {
        return open
      }
      i = open + 1
    }
    return p.count
  }

  // MARK: Elements

  private mutating func matchTags() {
    var open = [Int]()
    for i in tokens.indices {
      let tag = tokens[i].tag
      switch tokens[i].kind {
      case .text: break
      case .open:
        if let ending = tag.ending { endImplied(&open, ending, at: i) }
        if tag.isVoid { tokens[i].end = i + 1 } else { open.append(i) }
      case .close:
        guard let level = open.suffix(Self.searchMax).lastIndex(where: { tokens[$0].tag == tag }) else {
          break
        }
        // Unknown elements may cross each other; they end nothing but themselves.
        if tag == .unknown, level != open.count - 1 { break }
        for inner in open[level...] { tokens[inner].end = i }
        open.removeSubrange(level...)
      }
    }
    for i in open { tokens[i].end = tokens.count }
  }

  private mutating func endImplied(_ open: inout [Int], _ ending: HTMLTag.Ending, at i: Int) {
    var level = open.count - 1
    let stop = max(0, open.count - 32)
    while level >= stop {
      let tag = tokens[open[level]].tag
      if ending.tags.contains(tag) {
        for inner in open[level...] { tokens[inner].end = i }
        open.removeSubrange(level...)
        return
      }
      if ending.within.contains(tag) { return }
      level -= 1
    }
  }

  // MARK: Attributes

  /// The most attributes of one tag that are looked at.
  private static let attributesMax = 64

  /// The attributes of a start tag, names in lower case, values with references resolved, each name once.
  func attributes(_ token: Token) -> [(name: String, value: String)] {
    var found = [(name: String, value: String)]()
    var i = token.range.lowerBound
    let end = token.range.upperBound
    var seen = 0
    while i < end, seen < Self.attributesMax {
      seen += 1
      while i < end, bytes[i] <= ASCII.space || bytes[i] == 0x2F { i += 1 }
      let start = i
      while i < end, bytes[i] > ASCII.space, bytes[i] != 0x3D || i == start, bytes[i] != 0x2F { i += 1 }
      guard i > start else { break }
      let name = String(decoding: ASCII.lowercased(bytes[start..<i]), as: UTF8.self)
      while i < end, bytes[i] <= ASCII.space { i += 1 }
      var value = ""
      if i < end, bytes[i] == 0x3D {
        i += 1
        while i < end, bytes[i] <= ASCII.space { i += 1 }
        value = attributeValue(&i, end)
      }
      if !found.contains(where: { $0.name == name }) { found.append((name, value)) }
    }
    return found
  }

  private func attributeValue(_ i: inout Int, _ end: Int) -> String {
    let start: Int
    let stop: Int
    if i < end, bytes[i] == 0x22 || bytes[i] == 0x27 {
      let quote = bytes[i]
      start = i + 1
      i = start
      while i < end, bytes[i] != quote { i += 1 }
      stop = i
      i += 1
    } else {
      start = i
      while i < end, bytes[i] > ASCII.space { i += 1 }
      stop = i
    }
    return String(decoding: HTMLEntities.decode(bytes[start..<stop]), as: UTF8.self)
  }
}

/// The character set an HTML text names itself.
enum HTMLCharset {
  /// How far browsers look for it.
  private static let octetsMax = 1024

  static func find(in bytes: [UInt8]) -> Charset? {
    let head = ASCII.lowercased(bytes.prefix(octetsMax))
    let wanted = Array("charset=".utf8)
    guard head.count > wanted.count else { return nil }
    for i in 0..<(head.count - wanted.count)
    where head[i] == wanted[0] && head[i..<i + wanted.count].elementsEqual(wanted) {
      let rest = head[(i + wanted.count)...].drop { $0 == 0x22 || $0 == 0x27 || $0 == 0x20 }
      let charset = Charset(
        label: rest.prefix { $0 > 0x20 && $0 != 0x22 && $0 != 0x27 && $0 != 0x3E && $0 != 0x2F && $0 != 0x3B }
      )
      return charset.isKnown ? charset : nil
    }
    return nil
  }
}

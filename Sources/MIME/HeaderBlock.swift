internal import Bytes

/// The header fields of a mail or a part, as places in the original octets.
///
/// Lenient: lines may end in CRLF or LF (or CR, where there is no LF at all); an mbox `From ` line and a
/// byte order mark before the first field are skipped; a line that is no field and no continuation
/// ends the header, and belongs to the body.
package struct HeaderBlock: Sendable {
  /// One field. Names keep their spelling; values keep their folding.
  struct Field: Sendable {
    let name: Range<Int>
    /// Behind the colon up to, not including, the last line end.
    var value: Range<Int>
    /// ``HeaderName/key`` of the name, so that most others can be told apart at once.
    let key: UInt64
  }

  /// The most fields that are indexed; the header goes on behind them, unread.
  package static let fieldsMax = 10_000

  /// The octets the fields lie in: the whole mail, shared; of a mail that is read by pieces, the header's own.
  let bytes: [UInt8]
  let fields: [Field]
  /// Where in the mail the header begins and where the empty line behind it ends (so, where the body begins).
  package let range: Range<Int>
  /// Whether there were more fields than ``fieldsMax``.
  package let isTruncated: Bool
  /// A bit for each name that is there, by ``HeaderName/bit``: most names that are looked for are not.
  private let names64: UInt64
  /// Whether all octets are below 0x80.
  let isASCII: Bool
  /// What raw octets are read as where they are not UTF-8.
  var guess: Charset = .windows1252

  /// The header that `bytes` begin with.
  /// - Complexity: O(octets of the header)
  package init(parsing bytes: [UInt8]) {
    let scan = bytes.withUnsafeBufferPointer { p in
      HeaderScan.run(p, from: 0, lineEnd: HeaderScan.lineEnd(of: p), isFirst: true) { _, _ in false }
    }
    self.init(bytes: bytes, scan: scan)
  }

  /// - Parameter offset: where in the mail `bytes` begin.
  init(bytes: [UInt8], scan: HeaderScan, offset: Int = 0, guess: Charset? = nil) {
    self.bytes = bytes
    fields = scan.fields
    range = scan.start + offset..<scan.end + offset
    isTruncated = scan.isTruncated
    names64 = scan.fields.reduce(0) { $0 | HeaderName.bit($1.key) }
    isASCII = OctetRun.isASCII(bytes[scan.start..<scan.end])
    if isASCII { return }
    if let known = guess ?? HeaderGuess.charset(of: self) { self.guess = known }
  }

  static let empty = HeaderBlock(parsing: [])

  package var count: Int { fields.count }

  /// Names of all fields, in order, as written.
  package var names: [String] { fields.map { RawText.decode(bytes[$0.name]) } }

  /// The first field's value: unfolded, without white space around it, not decoded; nil when there is none.
  /// - Complexity: O(fields)
  package func first(_ name: StaticString) -> [UInt8]? {
    let wanted = HeaderName(name)
    guard names64 & HeaderName.bit(wanted.key) != 0 else { return nil }
    for field in fields where field.key == wanted.key {
      if matches(field, wanted) { return unfolded(field) }
    }
    return nil
  }

  /// The values of all fields of that name, in order, each as ``first(_:)`` gives it.
  package func all(_ name: StaticString) -> [[UInt8]] {
    let wanted = HeaderName(name)
    var found = [[UInt8]]()
    guard names64 & HeaderName.bit(wanted.key) != 0 else { return found }
    for field in fields where field.key == wanted.key && matches(field, wanted) {
      found.append(unfolded(field))
    }
    return found
  }

  package func contains(_ name: StaticString) -> Bool {
    let wanted = HeaderName(name)
    guard names64 & HeaderName.bit(wanted.key) != 0 else { return false }
    for field in fields where field.key == wanted.key && matches(field, wanted) { return true }
    return false
  }

  /// Whether the first field of that name has a line end within its value.
  func isFolded(_ name: StaticString) -> Bool {
    let wanted = HeaderName(name)
    guard let field = fields.first(where: { $0.key == wanted.key && matches($0, wanted) }) else {
      return false
    }
    return bytes.withUnsafeBufferPointer {
      OctetRun.find(ASCII.lf, $0, field.value.lowerBound, field.value.upperBound) != nil
    }
  }

  /// How many fields have that name.
  package func count(of name: StaticString) -> Int {
    let wanted = HeaderName(name)
    return fields.reduce(0) { $0 + ($1.key == wanted.key && matches($1, wanted) ? 1 : 0) }
  }

  /// The first field's value as text: encoded words decoded, raw octets read as UTF-8 or else as
  /// the set that the mail names, or windows-1252; controls and line ends as spaces.
  package func text(_ name: StaticString) -> String? {
    guard let value = first(name) else { return nil }
    if let plain = RawText.plain(value) { return plain }
    return HeaderText.tidy(EncodedWord.decode(value, else: guess))
  }

  /// Every field: its name as written and its value as ``first(_:)`` gives it.
  package var unfoldedFields: [(name: String, value: [UInt8])] {
    fields.map { (RawText.decode(bytes[$0.name]), unfolded($0)) }
  }

  private func matches(_ field: Field, _ name: HeaderName) -> Bool {
    guard field.name.count == name.octets.count else { return false }
    return bytes.withUnsafeBufferPointer { p in
      var i = 0
      while i < name.octets.count {
        if ASCII.lower(p[field.name.lowerBound + i]) != ASCII.lower(name.octets[i]) { return false }
        i += 1
      }
      return true
    }
  }

  /// RFC 5322 §2.2.3: line ends go, the white space behind them stays. Lone CR and NUL become spaces.
  func unfolded(_ field: Field) -> [UInt8] {
    bytes.withUnsafeBufferPointer { p in
      var start = field.value.lowerBound
      var end = field.value.upperBound
      while start < end, ASCII.isWSP(p[start]) { start += 1 }
      while end > start, ASCII.isWSP(p[end - 1]) { end -= 1 }
      if OctetRun.hasNoLowControl(p, start, end) { return Array(p[start..<end]) }
      return [UInt8](unsafeUninitializedCapacity: end - start) { out, count in
        count = Self.unfold(p, start, end, out)
      }
    }
  }

  private static func unfold(
    _ p: UnsafeBufferPointer<UInt8>, _ start: Int, _ end: Int, _ out: UnsafeMutableBufferPointer<UInt8>
  ) -> Int {
    var o = 0
    var i = start
    // SAFETY: each octet written was read, and out has room for all that are read.
    while i < end {
      let b = p[i]
      if b > ASCII.cr || b == ASCII.tab {
        if o > 0 || !ASCII.isWSP(b) {
          out[o] = b
          o += 1
        }
      } else if b != ASCII.lf {
        let isFold = b == ASCII.cr && i + 1 < end && (p[i + 1] == ASCII.lf || ASCII.isWSP(p[i + 1]))
        if !isFold, o > 0 || b != ASCII.cr && b != 0 {
          out[o] = b == ASCII.cr || b == 0 ? ASCII.space : b
          o += 1
        }
      }
      i += 1
    }
    while o > 0, ASCII.isWSP(out[o - 1]) { o -= 1 }
    return o
  }
}

/// A field's name as it is looked for.
struct HeaderName {
  let octets: UnsafeBufferPointer<UInt8>
  /// The first eight octets with the bit set that makes letters small.
  let key: UInt64

  init(_ name: StaticString) {
    // SAFETY: a static string's octets live as long as the program.
    octets = UnsafeBufferPointer(start: name.utf8Start, count: name.utf8CodeUnitCount)
    key = Self.key(octets, 0, octets.count)
  }

  /// One of 64 bits for a key; any spread does.
  @inline(__always)
  static func bit(_ key: UInt64) -> UInt64 { 1 << ((key &* 0x9E37_79B9_7F4A_7C15) >> 58) }

  @inline(__always)
  static func key(_ p: UnsafeBufferPointer<UInt8>, _ from: Int, _ to: Int) -> UInt64 {
    var key: UInt64 = 0
    var i = from
    while i < to, i < from + 8 {
      key = key << 8 | UInt64(p[i] | 0x20)
      i += 1
    }
    return key
  }
}

/// What raw octets of a header are written in, by what the header itself says.
enum HeaderGuess {
  /// The character set that the header names; else that of its first encoded word: its sender's.
  static func charset(of block: HeaderBlock) -> Charset? {
    if let type = block.first("Content-Type").flatMap({ ContentType(parsing: $0) }),
      let known = charset(of: type)
    {
      return known
    }
    for name: StaticString in ["Subject", "From", "To", "Reply-To"] {
      guard let value = block.first(name), let label = EncodedWord.firstCharset(value) else { continue }
      let charset = Charset(label: label)
      if charset.isKnown, charset != .utf8 { return charset }
    }
    return nil
  }

  /// The set of a text part, unless it is UTF-8, which raw octets were tried as already.
  static func charset(of type: ContentType) -> Charset? {
    guard let label = type.parameters.raw("charset") else { return nil }
    let charset = Charset(label: label)
    return charset.isKnown && charset != .utf8 && charset.keepsLineEnds ? charset : nil
  }
}

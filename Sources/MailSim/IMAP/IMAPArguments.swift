internal import Bytes

/// A client's mistake, answered with BAD.
struct IMAPBad: Error, Sendable {
  let reason: String

  init(_ reason: String) { self.reason = reason }
}

/// Reads a command's arguments strictly: what RFC 3501's grammar does not allow is an error, for the
/// clients tested here must not get away with it.
///
/// A literal stands in the octets as `{n}` CRLF and n octets.
struct IMAPArguments: Sendable {
  let bytes: [UInt8]
  private(set) var position: Int

  init(_ bytes: [UInt8], from position: Int = 0) {
    self.bytes = bytes
    self.position = position
  }

  var peek: UInt8? { position < bytes.count ? bytes[position] : nil }
  var isAtEnd: Bool { position >= bytes.count }

  mutating func end() throws(IMAPBad) {
    if !isAtEnd { throw IMAPBad("Extra arguments at octet \(position)") }
  }

  mutating func expect(_ byte: UInt8) throws(IMAPBad) {
    guard peek == byte else {
      throw IMAPBad("Expected \"\(String(Unicode.Scalar(byte)))\" at octet \(position)")
    }
    position += 1
  }

  mutating func skip(_ byte: UInt8) -> Bool {
    guard peek == byte else { return false }
    position += 1
    return true
  }

  mutating func space() throws(IMAPBad) { try expect(ASCII.space) }

  /// ATOM-CHAR of RFC 3501.
  static func isAtomCharacter(_ b: UInt8) -> Bool {
    b > 0x20 && b < 0x7F && !atomSpecials.contains(b)
  }

  private static let atomSpecials = Set<UInt8>("(){%*\"\\]".utf8)

  /// `also`: octets taken too, such as "]" in an astring.
  mutating func atom(also: String = "") throws(IMAPBad) -> String {
    let extra = Set(also.utf8)
    let start = position
    while let b = peek, Self.isAtomCharacter(b) || extra.contains(b) { position += 1 }
    guard position > start else { throw IMAPBad("Expected an atom at octet \(start)") }
    return String(decoding: bytes[start..<position], as: UTF8.self)
  }

  /// An atom in upper case.
  mutating func keyword(also: String = "") throws(IMAPBad) -> String {
    String(decoding: try atom(also: also).utf8.map(ASCII.upper), as: UTF8.self)
  }

  mutating func astring() throws(IMAPBad) -> [UInt8] {
    if peek == ASCII.quote || peek == 0x7B { return try string() }
    return [UInt8](try atom(also: "]").utf8)
  }

  /// The name of a mailbox or a pattern of LIST.
  mutating func listMailbox() throws(IMAPBad) -> [UInt8] {
    if peek == ASCII.quote || peek == 0x7B { return try string() }
    return [UInt8](try atom(also: "]%*").utf8)
  }

  /// A quoted string or a literal.
  mutating func string() throws(IMAPBad) -> [UInt8] {
    if skip(0x7B) {
      let start = position
      while let b = peek, ASCII.isDigit(b) { position += 1 }
      guard let n = ASCII.decimal(bytes[start..<position]) else { throw IMAPBad("Literal without a length") }
      _ = skip(0x2B)
      try expect(0x7D)
      try expect(ASCII.cr)
      try expect(ASCII.lf)
      guard n <= UInt64(bytes.count - position) else { throw IMAPBad("Literal is cut short") }
      let literal = bytes[position..<position + Int(n)]
      if literal.contains(0) { throw IMAPBad("NUL in a literal") }
      position += Int(n)
      return [UInt8](literal)
    }
    try expect(ASCII.quote)
    var out: [UInt8] = []
    while let b = peek {
      position += 1
      if b == ASCII.quote { return out }
      if b == ASCII.backslash {
        guard let next = peek, next == ASCII.quote || next == ASCII.backslash else {
          throw IMAPBad("Backslash before what needs none")
        }
        out.append(next)
        position += 1
        continue
      }
      guard b >= 0x20 || b == ASCII.tab, b < 0x7F else {
        throw IMAPBad("Control or 8-bit octet in a quoted string")
      }
      out.append(b)
    }
    throw IMAPBad("Quoted string without an end")
  }

  mutating func nstring() throws(IMAPBad) -> [UInt8]? {
    if bytes[position...].prefix(3).elementsEqual("NIL".utf8) {
      position += 3
      return nil
    }
    return try string()
  }

  mutating func number(atMost limit: UInt64 = 0xFFFF_FFFF) throws(IMAPBad) -> UInt64 {
    let start = position
    while let b = peek, ASCII.isDigit(b) { position += 1 }
    guard let n = ASCII.decimal(bytes[start..<position], atMost: limit) else {
      throw IMAPBad("Expected a number at octet \(start)")
    }
    return n
  }

  /// `sequence-set`; numbers are not 0.
  mutating func sequenceSet() throws(IMAPBad) -> SequenceSet {
    var set = SequenceSet()
    repeat {
      let first = try sequenceNumber()
      var second = first
      if skip(0x3A) { second = try sequenceNumber() }
      set.ranges.append((first, second))
    } while skip(0x2C)
    return set
  }

  /// nil for "*".
  private mutating func sequenceNumber() throws(IMAPBad) -> UInt32? {
    if skip(0x2A) { return nil }
    if peek == 0x30 { throw IMAPBad("Number 0 in a sequence set") }
    return UInt32(try number())
  }

  /// "(" flags ")", or one or more flags without parentheses.
  mutating func flags(needParentheses: Bool) throws(IMAPBad) -> [String] {
    var list: [String] = []
    let parenthesised = needParentheses || peek == 0x28
    if parenthesised {
      try expect(0x28)
      if skip(0x29) { return [] }
    }
    repeat { list.append(try flag()) } while skip(ASCII.space)
    if parenthesised { try expect(0x29) }
    return list
  }

  private mutating func flag() throws(IMAPBad) -> String {
    guard skip(ASCII.backslash) else { return try atom() }
    let name = try keyword()
    guard let known = Self.systemFlags[name] else { throw IMAPBad("No flag \\\(name) can be set") }
    return known
  }

  private static let systemFlags = [
    "ANSWERED": "\\Answered", "FLAGGED": "\\Flagged", "DELETED": "\\Deleted", "SEEN": "\\Seen",
    "DRAFT": "\\Draft",
  ]

  /// `date-time`, quoted, in seconds since 1970.
  mutating func dateTime() throws(IMAPBad) -> Int64 {
    let text = [UInt8](try string())
    // "dd-Mon-yyyy hh:mm:ss +zzzz"
    guard text.count == 26, text[20] == 0x20, text[11] == 0x20, text[14] == 0x3A, text[17] == 0x3A,
      let day = Self.date(text[..<11]),
      let hour = ASCII.decimal(text[12..<14], atMost: 23),
      let minute = ASCII.decimal(text[15..<17], atMost: 59),
      let second = ASCII.decimal(text[18..<20], atMost: 60), text[21] == 0x2B || text[21] == 0x2D,
      let zoneHours = ASCII.decimal(text[22..<24], atMost: 23),
      let zoneMinutes = ASCII.decimal(text[24..<26], atMost: 59)
    else { throw IMAPBad("Bad date-time") }
    let zone = Int64(zoneHours * 60 + zoneMinutes) * (text[21] == 0x2D ? -60 : 60)
    return day + Int64(hour * 3600 + minute * 60 + second) - zone
  }

  /// `date` of SEARCH, quoted or not: midnight UTC in seconds since 1970.
  mutating func date() throws(IMAPBad) -> Int64 {
    let text = try astring()
    guard let seconds = Self.date(text[...]) else { throw IMAPBad("Bad date") }
    return seconds
  }

  private static func date(_ text: ArraySlice<UInt8>) -> Int64? {
    let parts = text.split(separator: 0x2D, omittingEmptySubsequences: false)
    guard parts.count == 3, let day = ASCII.decimal(parts[0].drop { $0 == ASCII.space }, atMost: 31), day > 0,
      let month = CivilTime.month(String(decoding: parts[1], as: UTF8.self)), parts[2].count == 4,
      let year = ASCII.decimal(parts[2])
    else { return nil }
    return CivilTime.seconds(year: Int(year), month: month, day: Int(day))
  }
}

/// A `sequence-set`; nil stands for "*".
struct SequenceSet: Sendable {
  var ranges: [(UInt32?, UInt32?)] = []

  /// With "*" as `last`.
  func resolved(last: UInt32) -> UIDRanges {
    var out = UIDRanges()
    for (a, b) in ranges {
      let (x, y) = (a ?? last, b ?? last)
      if max(x, y) == 0 { continue }
      out.insert(max(min(x, y), 1)...max(x, y))
    }
    return out
  }
}

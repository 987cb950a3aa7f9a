internal import Glibc

/// Reads one JSON value, member by member, as its caller asks for it.
///
/// The text is validated as a whole before anything is read, so a value that is malformed anywhere is
/// refused at the start and ``skip()`` is cheap. Objects and arrays are walked like this:
///
/// ```swift
/// try reader.beginObject()
/// while try reader.nextKey() {
///   if reader.keyIs("name") { name = try reader.string() } else { throw .unknown(reader.key) }
/// }
/// ```
/// Each member's value must be taken (or skipped) before the next key is asked for.
/// Errors about types name the member that was read last.
package struct JSONReader: Sendable {
  private let bytes: [UInt8]
  private var position: Int
  private let end: Int
  /// The current name, without its quotes, as it stands in ``bytes``.
  private var nameStart = 0
  private var nameEnd = 0

  /// A reader over `bytes`, which must hold exactly one value, with white space around it at most.
  ///
  /// - Throws: ``JSONError/syntax(offset:reason:)``, ``JSONError/depth(offset:limit:)`` or
  ///   ``JSONError/duplicateName(offset:)``.
  /// - Complexity: O(n)
  package init(_ bytes: [UInt8], depthMax: Int = 64) throws(JSONError) {
    var validator = JSONValidator(depthMax: depthMax)
    try validator.validate(bytes)
    self.init(bytes, range: 0..<bytes.count)
  }

  /// A reader over the part of `bytes` in `range`, which must have been validated: one value, with
  /// white space around it at most. The array is shared, not copied.
  package init(_ bytes: [UInt8], range: Range<Int>) {
    self.bytes = bytes
    position = max(0, min(range.lowerBound, bytes.count))
    end = max(position, min(range.upperBound, bytes.count))
  }

  // MARK: Objects and arrays

  package mutating func beginObject() throws(JSONError) {
    guard peek() == 0x7B else { throw wrongType("an object") }
    position += 1
  }

  /// Moves to the next member of the object; false at its end, which is then behind us.
  package mutating func nextKey() throws(JSONError) -> Bool {
    let found: Bool? = bytes.withUnsafeBufferPointer { all in
      // SAFETY: end is at most all.count; a nil base address means end is 0.
      guard let p = all.baseAddress else { return nil }
      var i = JSONText.skipSpace(p, position, end)
      if i < end, p[i] == 0x2C { i = JSONText.skipSpace(p, i + 1, end) }
      guard i < end else { return nil }
      if p[i] == 0x7D {
        position = i + 1
        return false
      }
      guard p[i] == 0x22 else { return nil }
      nameStart = i + 1
      nameEnd = JSONText.closingQuote(p, i + 1, end)
      i = JSONText.skipSpace(p, nameEnd + 1, end)
      guard i < end, p[i] == 0x3A else { return nil }
      position = i + 1
      return true
    }
    guard let found else { throw misplaced() }
    return found
  }

  /// Whether the current member's name is `name`, compared as octets.
  package func keyIs(_ name: StaticString) -> Bool {
    let count = nameEnd - nameStart
    return bytes.withUnsafeBufferPointer { all in
      // SAFETY: nameStart and nameEnd lie within the array.
      guard let p = all.baseAddress else { return false }
      if count == name.utf8CodeUnitCount, memcmp(p + nameStart, name.utf8Start, count) == 0 { return true }
      guard count > name.utf8CodeUnitCount, memchr(p + nameStart, 0x5C, count) != nil else { return false }
      let plain = JSONText.unescape(UnsafeBufferPointer(rebasing: all[nameStart..<nameEnd]))
      return plain.elementsEqual(UnsafeBufferPointer(start: name.utf8Start, count: name.utf8CodeUnitCount))
    }
  }

  /// The current member's name; empty before the first one.
  package var key: String { text(nameStart..<nameEnd) }

  package mutating func beginArray() throws(JSONError) {
    guard peek() == 0x5B else { throw wrongType("an array") }
    position += 1
  }

  /// Moves to the next element of the array; false at its end, which is then behind us.
  package mutating func nextElement() throws(JSONError) -> Bool {
    var next = peek()
    if next == 0x2C {
      position += 1
      next = peek()
    }
    guard let next else { throw misplaced() }
    if next == 0x5D {
      position += 1
      return false
    }
    return true
  }

  // MARK: Values

  package mutating func string() throws(JSONError) -> String {
    guard peek() == 0x22 else { throw wrongType("a string") }
    let inside = takeString()
    return text(inside)
  }

  package mutating func bool() throws(JSONError) -> Bool {
    switch peek() {
    case 0x74: position = min(position + 4, end)
    case 0x66:
      position = min(position + 5, end)
      return false
    default: throw wrongType("true or false")
    }
    return true
  }

  /// Whether the next value is null; takes it when it is.
  package mutating func isNull() -> Bool {
    guard peek() == 0x6E else { return false }
    position = min(position + 4, end)
    return true
  }

  /// The JSON type of the next value, left in place; nil at the end of the text.
  package mutating func kind() -> JSONKind? {
    switch peek() {
    case 0x7B: .object
    case 0x5B: .array
    case 0x22: .string
    case 0x74, 0x66: .bool
    case 0x6E: .null
    case .some: .number
    case nil: nil
    }
  }

  /// The octets of the next value as they stand, white space inside included.
  package mutating func raw() throws(JSONError) -> [UInt8] {
    [UInt8](bytes[try takeValue()])
  }

  /// Where the next value stands in the array that the reader was made with; takes the value.
  package mutating func rawRange() throws(JSONError) -> Range<Int> { try takeValue() }

  package mutating func skip() throws(JSONError) { _ = try takeValue() }

  /// Where the value of `name` stands when the validated text in `range` is an object with that one member,
  /// written without white space and escapes; nil for anything else.
  package static func onlyMember(_ name: StaticString, _ bytes: [UInt8], _ range: Range<Int>) -> Range<Int>? {
    let length = name.utf8CodeUnitCount
    return bytes.withUnsafeBufferPointer { all -> Range<Int>? in
      guard let p = all.baseAddress, range.upperBound <= all.count, range.count > length + 5 else {
        return nil
      }
      // SAFETY: length + 5 octets from the range's start are within it, which is within the array.
      let at = p + range.lowerBound
      guard at[0] == 0x7B, at[1] == 0x22, memcmp(at + 2, name.utf8Start, length) == 0, at[length + 2] == 0x22,
        at[length + 3] == 0x3A
      else { return nil }
      let start = range.lowerBound + length + 4
      let behind = JSONText.valueEnd(p, start, range.upperBound)
      return behind == range.upperBound - 1 && p[behind] == 0x7D ? start..<behind : nil
    }
  }

  // MARK: Inside

  /// The next octet that is not white space, left in place.
  @inline(__always)
  mutating func peek() -> UInt8? {
    while position < end {
      let c = bytes[position]
      if !JSONText.isSpace(c) { return c }
      position += 1
    }
    return nil
  }

  mutating func takeValue() throws(JSONError) -> Range<Int> {
    switch peek() {
    case nil, 0x2C, 0x7D, 0x5D, 0x3A: throw misplaced()
    case .some: break
    }
    let start = position
    position = bytes.withUnsafeBufferPointer { all in
      // SAFETY: position < end <= all.count, so there is a base address.
      guard let p = all.baseAddress else { return end }
      return JSONText.valueEnd(p, start, end)
    }
    return start..<position
  }

  /// Takes the string at ``position``; the range is its inside.
  mutating func takeString() -> Range<Int> {
    let start = position + 1
    let close = bytes.withUnsafeBufferPointer { all in
      // SAFETY: the caller saw a quote at position, so start <= end <= all.count.
      guard let p = all.baseAddress else { return end }
      return JSONText.closingQuote(p, start, end)
    }
    position = min(close + 1, end)
    return start..<max(start, close)
  }

  /// The text that a string's inside stands for.
  func text(_ inside: Range<Int>) -> String {
    bytes.withUnsafeBufferPointer { all in
      let part = UnsafeBufferPointer(rebasing: all[inside])
      guard let p = part.baseAddress, memchr(p, 0x5C, part.count) != nil else {
        return String(decoding: part, as: UTF8.self)
      }
      return String(decoding: JSONText.unescape(part), as: UTF8.self)
    }
  }

  func octets(_ range: Range<Int>) -> ArraySlice<UInt8> { bytes[range] }

  func wrongType(_ expected: String) -> JSONError { .wrongType(key, expected: expected) }

  func outOfRange(_ expected: String) -> JSONError { .range(key, expected: expected) }

  /// The caller asked for something that is not what comes next.
  private func misplaced() -> JSONError { .syntax(offset: position, reason: "no value here") }
}

/// The types of RFC 8259 §3.
package enum JSONKind: Sendable, Hashable { case null, bool, number, string, array, object }

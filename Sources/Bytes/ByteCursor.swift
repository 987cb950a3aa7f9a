/// A place in a run of octets that moves forward: what pure parsers read with.
///
/// Never traps on what it reads: beyond the end the answers are nil or empty.
package struct ByteCursor: Sendable {
  /// The whole run, shared, not copied.
  package let bytes: [UInt8]
  /// The index in ``bytes`` of the next octet.
  package private(set) var position: Int
  /// The index in ``bytes`` behind the last octet that belongs to this cursor.
  package let end: Int

  package init(_ bytes: [UInt8]) {
    self.bytes = bytes
    position = 0
    end = bytes.count
  }

  package init(_ slice: ArraySlice<UInt8>) {
    bytes = [UInt8](slice)
    position = 0
    end = bytes.count
  }

  package init(_ bytes: [UInt8], in range: Range<Int>) {
    self.bytes = bytes
    position = max(0, min(range.lowerBound, bytes.count))
    end = max(position, min(range.upperBound, bytes.count))
  }

  package var isAtEnd: Bool { position >= end }
  package var left: Int { end - position }

  /// The next octet, left in place.
  package var peek: UInt8? { position < end ? bytes[position] : nil }

  /// The octet `ahead` places behind the next one, left in place.
  package func peek(_ ahead: Int) -> UInt8? {
    ahead >= 0 && ahead < left ? bytes[position + ahead] : nil
  }

  package mutating func next() -> UInt8? {
    guard position < end else { return nil }
    defer { position += 1 }
    return bytes[position]
  }

  /// Takes `byte` if it is next.
  package mutating func skip(_ byte: UInt8) -> Bool {
    guard position < end, bytes[position] == byte else { return false }
    position += 1
    return true
  }

  /// Takes `text` if it is next, letters of either case alike.
  package mutating func skip(ignoringCase text: StaticString) -> Bool {
    let n = text.utf8CodeUnitCount
    guard n <= left, ASCII.equalsIgnoringCase(bytes[position..<position + n], text) else { return false }
    position += n
    return true
  }

  /// Takes octets while `belongs` says so.
  package mutating func take(while belongs: (UInt8) -> Bool) -> ArraySlice<UInt8> {
    let start = position
    while position < end, belongs(bytes[position]) { position += 1 }
    return bytes[start..<position]
  }

  /// Takes exactly `n` octets, or nil and nothing.
  package mutating func take(_ n: Int) -> ArraySlice<UInt8>? {
    guard n >= 0, n <= left else { return nil }
    defer { position += n }
    return bytes[position..<position + n]
  }

  /// Takes up to but not including `byte`, or to the end when it does not come.
  package mutating func take(upTo byte: UInt8) -> ArraySlice<UInt8> { take { $0 != byte } }

  package var rest: ArraySlice<UInt8> { bytes[position..<end] }

  /// Moves to an index of ``bytes`` between the start and ``end``.
  package mutating func move(to index: Int) { position = max(0, min(index, end)) }
}

internal import Glibc

/// Writes JSON text piece by piece; commas and escapes are its business, matching brackets the caller's.
///
/// The text is compact, UTF-8, and escapes only what RFC 8259 §7 demands.
package struct JSONWriter: Sendable {
  /// What has been written so far.
  package private(set) var bytes: [UInt8]
  /// A value came last in this object or array.
  private var comma = false

  package init() { bytes = [] }

  package init(capacity: Int) {
    bytes = []
    bytes.reserveCapacity(capacity)
  }

  package var count: Int { bytes.count }

  /// Takes out what has been written; the writer is then as new.
  package mutating func take() -> [UInt8] {
    var out = [UInt8]()
    swap(&out, &bytes)
    comma = false
    return out
  }

  /// Drops what was written; keeps the memory unless it is more than `limit` octets.
  package mutating func removeAll(keepingAtMost limit: Int = 64 * 1024) {
    bytes.removeAll(keepingCapacity: bytes.capacity <= limit)
    comma = false
  }

  /// Drops what was written behind the first `count` octets. The next value is written without a comma.
  package mutating func truncate(to count: Int) {
    if count < bytes.count { bytes.removeSubrange(max(count, 0)...) }
    comma = false
  }

  // MARK: Structure

  package mutating func beginObject() { open(0x7B) }
  package mutating func endObject() { close(0x7D) }
  package mutating func beginArray() { open(0x5B) }
  package mutating func endArray() { close(0x5D) }

  /// The name of the next member; `name` must need no escapes.
  package mutating func key(_ name: StaticString) {
    if comma { bytes.append(0x2C) }
    bytes.append(0x22)
    bytes.append(contentsOf: UnsafeBufferPointer(start: name.utf8Start, count: name.utf8CodeUnitCount))
    bytes.append(0x22)
    bytes.append(0x3A)
    comma = false
  }

  /// The name of the next member.
  package mutating func key(_ name: String) {
    string(name)
    bytes.append(0x3A)
    comma = false
  }

  // MARK: Values

  package mutating func string(_ text: String) {
    separate()
    var text = text
    bytes.append(0x22)
    text.withUTF8 { escape($0) }
    bytes.append(0x22)
  }

  package mutating func int(_ value: Int64) {
    separate()
    decimal(value)
  }

  package mutating func int(_ value: Int) { int(Int64(value)) }

  /// A number; JSON has no infinities and no NaN: those are written as null.
  package mutating func double(_ value: Double) {
    separate()
    if value.isFinite { append(value.description) } else { append("null") }
  }

  package mutating func bool(_ value: Bool) {
    separate()
    append(value ? "true" : "false")
  }

  package mutating func null() {
    separate()
    append("null")
  }

  /// A value that is JSON text already.
  package mutating func raw(_ json: [UInt8]) {
    separate()
    bytes.append(contentsOf: json)
  }

  /// A value that is JSON text already.
  package mutating func raw(_ json: ArraySlice<UInt8>) {
    separate()
    bytes.append(contentsOf: json)
  }

  package mutating func value(_ value: JSONValue) {
    switch value {
    case .null: null()
    case .bool(let v): bool(v)
    case .int(let v): int(v)
    case .double(let v): double(v)
    case .string(let v): string(v)
    case .array(let elements):
      beginArray()
      for element in elements { self.value(element) }
      endArray()
    case .object(let members):
      beginObject()
      for member in members {
        key(member.name)
        self.value(member.value)
      }
      endObject()
    }
  }

  // MARK: Around values

  /// Octets as they are, without a comma before or behind: for what stands around and between values.
  package mutating func fragment(_ text: StaticString) {
    bytes.append(contentsOf: UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
    comma = false
  }

  /// Octets as they are, without a comma before or behind.
  package mutating func fragment(_ octets: [UInt8]) {
    bytes.append(contentsOf: octets)
    comma = false
  }

  /// Octets as they are, without a comma before or behind.
  package mutating func fragment(_ octets: ArraySlice<UInt8>) {
    bytes.append(contentsOf: octets)
    comma = false
  }

  /// A text and then the octets of `source` in `range`, which must lie within it: as they are, without a
  /// comma before or behind.
  package mutating func fragment(_ text: StaticString, _ source: [UInt8], _ range: Range<Int>) {
    source.withUnsafeBufferPointer { all in
      bytes.append(contentsOf: UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
      bytes.append(contentsOf: UnsafeBufferPointer(rebasing: all[range]))
    }
    comma = false
  }

  /// A text, a part of `source`, a text, another part of `source`, and a text: as they are, without a comma
  /// before or behind. Both parts must lie within `source`.
  package mutating func fragments(
    _ head: StaticString, _ source: [UInt8], _ first: Range<Int>, _ middle: StaticString,
    _ second: Range<Int>,
    _ tail: StaticString
  ) {
    comma = false
    let count =
      head.utf8CodeUnitCount + first.count + middle.utf8CodeUnitCount + second.count + tail.utf8CodeUnitCount
    if count > Self.shortOctets {
      fragment(head, source, first)
      fragment(middle, source, second)
      fragment(tail)
      return
    }
    // One check of the array's memory instead of five.
    withUnsafeTemporaryAllocation(of: UInt8.self, capacity: count) { room in
      source.withUnsafeBufferPointer { all in
        guard let p = room.baseAddress, let from = all.baseAddress, first.upperBound <= all.count,
          second.upperBound <= all.count
        else { return }
        // SAFETY: the parts lie within source, and the five lengths add up to the room.
        var at = p
        memcpy(at, head.utf8Start, head.utf8CodeUnitCount)
        at += head.utf8CodeUnitCount
        memcpy(at, from + first.lowerBound, first.count)
        at += first.count
        memcpy(at, middle.utf8Start, middle.utf8CodeUnitCount)
        at += middle.utf8CodeUnitCount
        memcpy(at, from + second.lowerBound, second.count)
        at += second.count
        memcpy(at, tail.utf8Start, tail.utf8CodeUnitCount)
        bytes.append(contentsOf: UnsafeBufferPointer(start: p, count: count))
      }
    }
  }

  /// Longer texts are not put together before they are appended.
  private static let shortOctets = 512

  /// Puts a text, a number in digits and another text before what was written behind the first `offset` octets.
  /// - Complexity: O(octets behind `offset`)
  package mutating func insert(_ head: StaticString, _ number: Int, _ tail: StaticString, at offset: Int) {
    let place = max(0, min(offset, bytes.count))
    let moved = bytes.count - place
    fragment(head)
    decimal(Int64(number))
    fragment(tail)
    let length = bytes.count - place - moved
    guard length <= 64 else { return rotate(from: place, by: length) }
    withUnsafeTemporaryAllocation(byteCount: 64, alignment: 1) { kept in
      bytes.withUnsafeMutableBytes { all in
        guard let p = all.baseAddress, let kept = kept.baseAddress else { return }
        // SAFETY: place + moved + length is all.count, and length fits what is kept.
        memcpy(kept, p + place + moved, length)
        memmove(p + place + length, p + place, moved)
        memcpy(p + place, kept, length)
      }
    }
  }

  /// Puts the last `length` octets in front of the others behind `place`.
  private mutating func rotate(from place: Int, by length: Int) {
    let last = Array(bytes.suffix(length))
    bytes.removeLast(length)
    bytes.insert(contentsOf: last, at: place)
  }

  /// Puts `octets` before what was written behind the first `offset` octets.
  /// - Complexity: O(octets behind `offset`)
  package mutating func insert(_ octets: [UInt8], at offset: Int) {
    bytes.insert(contentsOf: octets, at: max(0, min(offset, bytes.count)))
  }

  /// Writes a number in four octets, most significant first, over what stands at `offset`.
  package mutating func overwrite(at offset: Int, bigEndian value: UInt32) {
    guard offset >= 0, bytes.count - offset >= 4 else { return }
    for k in 0..<4 { bytes[offset + k] = UInt8(truncatingIfNeeded: value >> UInt32(24 - 8 * k)) }
  }

  // MARK: Inside

  @inline(__always)
  private mutating func separate() {
    if comma { bytes.append(0x2C) }
    comma = true
  }

  private mutating func open(_ bracket: UInt8) {
    if comma { bytes.append(0x2C) }
    bytes.append(bracket)
    comma = false
  }

  private mutating func close(_ bracket: UInt8) {
    bytes.append(bracket)
    comma = true
  }

  private mutating func append(_ text: StaticString) {
    bytes.append(contentsOf: UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
  }

  private mutating func append(_ text: String) { bytes.append(contentsOf: text.utf8) }

  private mutating func decimal(_ value: Int64) {
    if value < 0 { bytes.append(0x2D) }
    var rest = value.magnitude
    let start = bytes.count
    repeat {
      bytes.append(UInt8(truncatingIfNeeded: rest % 10) &+ 0x30)
      rest /= 10
    } while rest > 0
    if bytes.count - start > 1 { bytes[start...].reverse() }
  }

  private mutating func escape(_ text: UnsafeBufferPointer<UInt8>) {
    guard let p = text.baseAddress else { return }
    var start = 0
    var i = 0
    while i < text.count {
      // SAFETY: i < count, and plainEnd stays within count.
      i = JSONText.plainEnd(p, i, text.count)
      if i >= text.count { break }
      let c = p[i]
      if c < 0x80 {
        bytes.append(contentsOf: UnsafeBufferPointer(rebasing: text[start..<i]))
        appendEscape(c)
        start = i + 1
      }
      i += 1
    }
    bytes.append(contentsOf: UnsafeBufferPointer(rebasing: text[start..<text.count]))
  }

  private mutating func appendEscape(_ c: UInt8) {
    bytes.append(0x5C)
    switch c {
    case 0x22, 0x5C: bytes.append(c)
    case 0x08: bytes.append(0x62)
    case 0x09: bytes.append(0x74)
    case 0x0A: bytes.append(0x6E)
    case 0x0C: bytes.append(0x66)
    case 0x0D: bytes.append(0x72)
    default:
      append("u00")
      for digit in [c >> 4, c & 15] { bytes.append(digit < 10 ? digit + 0x30 : digit - 10 + 0x61) }
    }
  }
}

internal import Bytes

/// Writes values one behind the other, for the other end of a pipe that runs the same program.
///
/// Numbers are 8 octets, least significant first; texts, octets and lists have their count before them; what may be
/// missing has one octet that says so.
package struct WireWriter {
  package private(set) var bytes: [UInt8] = []

  package init(capacity: Int = 0) { bytes.reserveCapacity(capacity) }

  mutating func octet(_ value: UInt8) { bytes.append(value) }

  mutating func number(_ value: Int64) {
    withUnsafeBytes(of: value.littleEndian) { bytes.append(contentsOf: $0) }
  }

  mutating func octets(_ value: [UInt8]) {
    number(Int64(value.count))
    bytes += value
  }
}

/// What came is not what ``WireWriter`` writes: whoever wrote it is not to be believed any more.
package struct WireNonsense: Error {}

/// Reads what ``WireWriter`` wrote. The other end may have been taken over by a mail: nothing it says is believed,
/// and no more room is taken than what came has.
package struct WireReader {
  private var cursor: ByteCursor

  package init(_ bytes: [UInt8]) { cursor = ByteCursor(bytes) }

  mutating func octet() throws(WireNonsense) -> UInt8 {
    guard let value = cursor.next() else { throw WireNonsense() }
    return value
  }

  mutating func number() throws(WireNonsense) -> Int64 {
    guard let taken = cursor.take(8) else { throw WireNonsense() }
    var value: UInt64 = 0
    for b in taken.reversed() { value = value << 8 | UInt64(b) }
    return Int64(bitPattern: value)
  }

  /// A count of values that have `octetsMin` octets each at the least.
  mutating func count(octetsMin: Int) throws(WireNonsense) -> Int {
    let value = try number()
    guard value >= 0, value <= Int64(cursor.left / octetsMin) else { throw WireNonsense() }
    return Int(value)
  }

  mutating func octets() throws(WireNonsense) -> [UInt8] {
    guard let taken = cursor.take(try count(octetsMin: 1)) else { throw WireNonsense() }
    return [UInt8](taken)
  }

  mutating func text() throws(WireNonsense) -> String {
    guard let taken = cursor.take(try count(octetsMin: 1)) else { throw WireNonsense() }
    return String(decoding: taken, as: UTF8.self)
  }

  /// All was read.
  package func end() throws(WireNonsense) { if !cursor.isAtEnd { throw WireNonsense() } }
}

package protocol WireValue {
  /// The fewest octets that a value has.
  static var wireOctetsMin: Int { get }
  func write(to writer: inout WireWriter)
  init(from reader: inout WireReader) throws(WireNonsense)
}

extension WireValue {
  package static var wireOctetsMin: Int { 1 }
}

extension Bool: WireValue {
  package func write(to writer: inout WireWriter) { writer.octet(self ? 1 : 0) }
  package init(from reader: inout WireReader) throws(WireNonsense) { self = try reader.octet() != 0 }
}

extension Int: WireValue {
  package func write(to writer: inout WireWriter) { writer.number(Int64(self)) }
  package init(from reader: inout WireReader) throws(WireNonsense) {
    guard let value = Int(exactly: try reader.number()) else { throw WireNonsense() }
    self = value
  }
}

extension Int64: WireValue {
  package func write(to writer: inout WireWriter) { writer.number(self) }
  package init(from reader: inout WireReader) throws(WireNonsense) { self = try reader.number() }
}

extension String: WireValue {
  package func write(to writer: inout WireWriter) { writer.octets(Array(utf8)) }
  package init(from reader: inout WireReader) throws(WireNonsense) { self = try reader.text() }
}

extension Optional: WireValue where Wrapped: WireValue {
  package func write(to writer: inout WireWriter) {
    writer.octet(self == nil ? 0 : 1)
    self?.write(to: &writer)
  }

  package init(from reader: inout WireReader) throws(WireNonsense) {
    self = try reader.octet() == 0 ? nil : try Wrapped(from: &reader)
  }
}

extension Array: WireValue where Element: WireValue {
  package func write(to writer: inout WireWriter) {
    writer.number(Int64(count))
    for one in self { one.write(to: &writer) }
  }

  package init(from reader: inout WireReader) throws(WireNonsense) {
    let count = try reader.count(octetsMin: Element.wireOctetsMin)
    self = []
    for _ in 0..<count { append(try Element(from: &reader)) }
  }
}

/// Octets, which go in one piece.
struct WireOctets: WireValue {
  var bytes: [UInt8]

  init(_ bytes: [UInt8]) { self.bytes = bytes }
  func write(to writer: inout WireWriter) { writer.octets(bytes) }
  init(from reader: inout WireReader) throws(WireNonsense) { bytes = try reader.octets() }
}

extension WireValue where Self: RawRepresentable, RawValue == String {
  package func write(to writer: inout WireWriter) { rawValue.write(to: &writer) }
  package init(from reader: inout WireReader) throws(WireNonsense) {
    guard let value = Self(rawValue: try reader.text()) else { throw WireNonsense() }
    self = value
  }
}

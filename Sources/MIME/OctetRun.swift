internal import Bytes
internal import Glibc

/// Runs of octets, looked at eight at a time.
enum OctetRun {
  private static let high: UInt64 = 0x8080_8080_8080_8080

  /// The index of the first octet above 0x7F, or the count.
  /// - Complexity: O(*n*), by words.
  static func asciiPrefix(_ p: UnsafeBufferPointer<UInt8>, from: Int = 0) -> Int {
    guard let base = p.baseAddress else { return 0 }
    let raw = UnsafeRawPointer(base)
    var i = from
    // SAFETY: every load ends at or before p.count.
    while i + 32 <= p.count {
      let a = raw.loadUnaligned(fromByteOffset: i, as: UInt64.self)
      let b = raw.loadUnaligned(fromByteOffset: i + 8, as: UInt64.self)
      let c = raw.loadUnaligned(fromByteOffset: i + 16, as: UInt64.self)
      let d = raw.loadUnaligned(fromByteOffset: i + 24, as: UInt64.self)
      if (a | b | c | d) & high != 0 { break }
      i += 32
    }
    while i + 8 <= p.count, raw.loadUnaligned(fromByteOffset: i, as: UInt64.self) & high == 0 { i += 8 }
    while i < p.count, p[i] < 0x80 { i += 1 }
    return i
  }

  /// Whether no octet is below 0x0E: so none is a line end or NUL. (A tab makes it false, too.)
  static func hasNoLowControl(_ p: UnsafeBufferPointer<UInt8>, _ from: Int, _ to: Int) -> Bool {
    !hasBelow(0x0E, p, from, to)
  }

  /// Whether all octets are 0x20 to 0x7E.
  static func isPrintable(_ p: UnsafeBufferPointer<UInt8>) -> Bool {
    guard let base = p.baseAddress else { return true }
    let raw = UnsafeRawPointer(base)
    var i = 0
    // SAFETY: every load ends at or before p.count.
    while i + 8 <= p.count {
      let word = raw.loadUnaligned(fromByteOffset: i, as: UInt64.self)
      // Below 0x20; 0x80 and above; 0x7F, which the last addition takes there.
      let odd = (word &- ones &* 0x20) | word | (word &+ ones)
      if odd & high != 0 { return false }
      i += 8
    }
    while i < p.count, 0x20...0x7E ~= p[i] { i += 1 }
    return i == p.count
  }

  /// The highest bit of each octet of `word` that is `byte`, up to the first such; behind that others may be marked.
  @inline(__always) static func marks(of byte: UInt8, in word: UInt64) -> UInt64 {
    let x = word ^ (ones &* UInt64(byte))
    return (x &- ones) & ~x & high
  }

  private static let ones: UInt64 = 0x0101_0101_0101_0101

  /// Whether an octet of `from..<to` is below `limit`, which is at most 0x80. The usual word trick: a borrow only ever
  /// comes from an octet that is.
  private static func hasBelow(
    _ limit: UInt64, _ p: UnsafeBufferPointer<UInt8>, _ from: Int, _ to: Int
  ) -> Bool {
    guard let base = p.baseAddress else { return false }
    let raw = UnsafeRawPointer(base)
    var i = from
    // SAFETY: every load ends at or before `to`, which callers keep within p.count.
    while i + 8 <= to {
      let word = raw.loadUnaligned(fromByteOffset: i, as: UInt64.self)
      if (word &- ones &* limit) & ~word & high != 0 { return true }
      i += 8
    }
    while i < to {
      if UInt64(p[i]) < limit { return true }
      i += 1
    }
    return false
  }

  static func isASCII(_ bytes: some Collection<UInt8>) -> Bool {
    bytes.withContiguousStorageIfAvailable { asciiPrefix($0) == $0.count } ?? bytes.allSatisfy { $0 < 0x80 }
  }

  /// The index of the first `byte` in `from..<to`, or nil.
  @inline(__always)
  static func find(_ byte: UInt8, _ p: UnsafeBufferPointer<UInt8>, _ from: Int, _ to: Int) -> Int? {
    guard from < to, let base = p.baseAddress else { return nil }
    // SAFETY: callers keep 0 <= from and to <= p.count; base is valid for p.count octets.
    guard let hit = memchr(base + from, Int32(byte), to - from) else { return nil }
    return UnsafeRawPointer(hit) - UnsafeRawPointer(base)
  }

  /// Where the first line in `from..<to` begins that begins with `wanted`, or nil; `from` begins a line.
  static func findLine(_ wanted: StaticString, _ p: UnsafeBufferPointer<UInt8>, _ from: Int, _ to: Int)
    -> Int?
  {
    let octets = UnsafeBufferPointer(start: wanted.utf8Start, count: wanted.utf8CodeUnitCount)
    var at = from
    while at + octets.count <= to {
      if p[at] == octets[0], p[at..<at + octets.count].elementsEqual(octets) { return at }
      guard let end = find(ASCII.lf, p, at, to) else { return nil }
      at = end + 1
    }
    return nil
  }

  static func find(_ byte: UInt8, in bytes: [UInt8]) -> Int? {
    bytes.withUnsafeBufferPointer { find(byte, $0, 0, $0.count) }
  }
}

/// Names and tests for octets of US-ASCII; letters are compared without the locale's help.
///
/// Public, as nothing else is below the client: parsers ask for each octet, and the compiler inlines into other
/// targets what is public only (Swift 6.3 calls `@inlinable package`).
public enum ASCII {
  @inlinable @inline(__always) public static var tab: UInt8 { 0x09 }
  @inlinable @inline(__always) public static var lf: UInt8 { 0x0A }
  @inlinable @inline(__always) public static var cr: UInt8 { 0x0D }
  @inlinable @inline(__always) public static var space: UInt8 { 0x20 }
  @inlinable @inline(__always) public static var quote: UInt8 { 0x22 }
  @inlinable @inline(__always) public static var backslash: UInt8 { 0x5C }

  @inlinable @inline(__always) public static func isDigit(_ b: UInt8) -> Bool { b &- 0x30 < 10 }
  @inlinable @inline(__always) public static func isUpper(_ b: UInt8) -> Bool { b &- 0x41 < 26 }
  @inlinable @inline(__always) public static func isLower(_ b: UInt8) -> Bool { b &- 0x61 < 26 }
  @inlinable @inline(__always) public static func isAlpha(_ b: UInt8) -> Bool { (b | 0x20) &- 0x61 < 26 }
  @inlinable @inline(__always) public static func isAlphanumeric(_ b: UInt8) -> Bool {
    isAlpha(b) || isDigit(b)
  }
  @inlinable @inline(__always) public static func lower(_ b: UInt8) -> UInt8 { isUpper(b) ? b | 0x20 : b }
  @inlinable @inline(__always) public static func upper(_ b: UInt8) -> UInt8 { isLower(b) ? b & 0xDF : b }
  /// Space or horizontal tab (RFC 5234, WSP).
  @inlinable @inline(__always) public static func isWSP(_ b: UInt8) -> Bool { b == space || b == tab }

  /// The value of a hexadecimal digit, or nil.
  @inlinable @inline(__always) public static func hexValue(_ b: UInt8) -> UInt8? {
    if isDigit(b) { return b &- 0x30 }
    let l = b | 0x20
    return l &- 0x61 < 6 ? l &- 0x61 &+ 10 : nil
  }

  /// Equal octets, letters of either case alike.
  @inlinable @inline(__always) public static func equalsIgnoringCase(
    _ a: some Sequence<UInt8>, _ b: StaticString
  ) -> Bool {
    let wanted = UnsafeBufferPointer(start: b.utf8Start, count: b.utf8CodeUnitCount)
    var i = 0
    for byte in a {
      guard i < wanted.count, lower(byte) == lower(wanted[i]) else { return false }
      i += 1
    }
    return i == wanted.count
  }

  /// Equal octets, letters of either case alike.
  @inlinable @inline(__always) public static func equalsIgnoringCase(
    _ a: some Sequence<UInt8>, _ b: some Sequence<UInt8>
  ) -> Bool {
    a.elementsEqual(b) { lower($0) == lower($1) }
  }

  @inlinable @inline(__always) public static func lowercased(_ a: some Collection<UInt8>) -> [UInt8] {
    a.map(lower)
  }

  /// The non-negative decimal number that all of `digits` spell; nil when empty, not digits, or
  /// above `limit`.
  @inlinable @inline(__always) public static func decimal(
    _ digits: some Collection<UInt8>, atMost limit: UInt64 = .max
  ) -> UInt64? {
    guard !digits.isEmpty else { return nil }
    var value: UInt64 = 0
    for d in digits {
      guard isDigit(d) else { return nil }
      let (m, o) = value.multipliedReportingOverflow(by: 10)
      let (s, o2) = m.addingReportingOverflow(UInt64(d &- 0x30))
      if o || o2 { return nil }
      value = s
    }
    return value <= limit ? value : nil
  }
}

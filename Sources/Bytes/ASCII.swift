/// Names and tests for octets of US-ASCII; letters are compared without the locale's help.
package enum ASCII {
  package static let tab: UInt8 = 0x09
  package static let lf: UInt8 = 0x0A
  package static let cr: UInt8 = 0x0D
  package static let space: UInt8 = 0x20
  package static let quote: UInt8 = 0x22
  package static let backslash: UInt8 = 0x5C

  @inline(__always) package static func isDigit(_ b: UInt8) -> Bool { b &- 0x30 < 10 }
  @inline(__always) package static func isUpper(_ b: UInt8) -> Bool { b &- 0x41 < 26 }
  @inline(__always) package static func isLower(_ b: UInt8) -> Bool { b &- 0x61 < 26 }
  @inline(__always) package static func isAlpha(_ b: UInt8) -> Bool { (b | 0x20) &- 0x61 < 26 }
  @inline(__always) package static func isAlphanumeric(_ b: UInt8) -> Bool { isAlpha(b) || isDigit(b) }
  @inline(__always) package static func lower(_ b: UInt8) -> UInt8 { isUpper(b) ? b | 0x20 : b }
  @inline(__always) package static func upper(_ b: UInt8) -> UInt8 { isLower(b) ? b & 0xDF : b }
  /// Space or horizontal tab (RFC 5234, WSP).
  @inline(__always) package static func isWSP(_ b: UInt8) -> Bool { b == space || b == tab }

  /// The value of a hexadecimal digit, or nil.
  @inline(__always) package static func hexValue(_ b: UInt8) -> UInt8? {
    if isDigit(b) { return b &- 0x30 }
    let l = b | 0x20
    return l &- 0x61 < 6 ? l &- 0x61 &+ 10 : nil
  }

  /// Equal octets, letters of either case alike.
  package static func equalsIgnoringCase(_ a: some Sequence<UInt8>, _ b: StaticString) -> Bool {
    let wanted = UnsafeBufferPointer(start: b.utf8Start, count: b.utf8CodeUnitCount)
    var i = 0
    for byte in a {
      guard i < wanted.count, lower(byte) == lower(wanted[i]) else { return false }
      i += 1
    }
    return i == wanted.count
  }

  /// Equal octets, letters of either case alike.
  package static func equalsIgnoringCase(_ a: some Sequence<UInt8>, _ b: some Sequence<UInt8>) -> Bool {
    a.elementsEqual(b) { lower($0) == lower($1) }
  }

  package static func lowercased(_ a: some Collection<UInt8>) -> [UInt8] { a.map(lower) }

  /// The non-negative decimal number that all of `digits` spell; nil when empty, not digits, or
  /// above `limit`.
  package static func decimal(_ digits: some Collection<UInt8>, atMost limit: UInt64 = .max) -> UInt64? {
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

internal import Glibc

/// Steps over JSON text that has been validated, shared by the reader and the validator.
///
/// All of them stay within `end` whatever the text holds; on text that was not validated the place
/// they return means nothing.
enum JSONText {
  @inline(__always)
  static func isSpace(_ b: UInt8) -> Bool { b == 0x20 || b == 0x0A || b == 0x0D || b == 0x09 }

  @inline(__always)
  static func skipSpace(_ p: UnsafePointer<UInt8>, _ from: Int, _ end: Int) -> Int {
    var i = from
    while i < end, p[i] <= 0x20, isSpace(p[i]) { i += 1 }
    return i
  }

  /// The first index at or behind `from` of an octet that a string's scan must look at: a quote, a
  /// backslash, a control character or an octet above 0x7F; `end` when there is none.
  @inline(__always)
  static func plainEnd(_ p: UnsafePointer<UInt8>, _ from: Int, _ end: Int) -> Int {
    var i = from
    let ones: UInt64 = 0x0101_0101_0101_0101
    let shortEnd = from + 32
    // SAFETY: eight octets are loaded only where i + 8 <= end; p is valid up to end.
    while end - i >= 8 {
      // Most strings end within the first steps; a longer one is worth wide ones.
      if i == shortEnd, end - i >= 32 {
        i = longPlainEnd(p, i, end)
        if end - i < 8 { break }
      }
      let w = UnsafeRawPointer(p + i).loadUnaligned(as: UInt64.self)
      let q = w ^ (ones &* 0x22)
      let b = w ^ (ones &* 0x5C)
      let zeros = ((q &- ones) & ~q) | ((b &- ones) & ~b)
      let hit = (zeros | ((w &- (ones &* 0x20)) & ~w) | w) & (ones &* 0x80)
      if hit != 0 { return i + UInt64(littleEndian: hit).trailingZeroBitCount >> 3 }
      i += 8
    }
    while i < end {
      let c = p[i]
      if c == 0x22 || c == 0x5C || c < 0x20 || c >= 0x80 { return i }
      i += 1
    }
    return i
  }

  /// Where ``plainEnd(_:_:_:)`` is to go on: the first run of 32 octets from `from` on that is not all plain, or the last
  /// that is not whole.
  private static func longPlainEnd(_ p: UnsafePointer<UInt8>, _ from: Int, _ end: Int) -> Int {
    var i = from
    // SAFETY: 32 octets are loaded only where i + 32 <= end; p is valid up to end.
    while end - i >= 32 {
      let a = UnsafeRawPointer(p + i).loadUnaligned(as: SIMD16<UInt8>.self)
      let b = UnsafeRawPointer(p + i + 16).loadUnaligned(as: SIMD16<UInt8>.self)
      let bits = odd(a) | odd(b)
      if bits[0] | bits[1] != 0 { return i }
      i += 32
    }
    return i
  }

  /// Not 0 where an octet is a quote, a backslash, or as a signed number below 0x20.
  @inline(__always)
  private static func odd(_ v: SIMD16<UInt8>) -> SIMD2<UInt64> {
    let signed = unsafeBitCast(v, to: SIMD16<Int8>.self)
    // Compared with vectors: with a number beside them Swift 6.3 takes each octet by itself.
    let quote = signed .== SIMD16<Int8>(repeating: 0x22)
    let backslash = signed .== SIMD16<Int8>(repeating: 0x5C)
    let low = signed .< SIMD16<Int8>(repeating: 0x20)
    return unsafeBitCast(quote, to: SIMD2<UInt64>.self) | unsafeBitCast(backslash, to: SIMD2<UInt64>.self)
      | unsafeBitCast(low, to: SIMD2<UInt64>.self)
  }

  /// The index of the quote that ends the string whose first octet behind its opening quote is at
  /// `from`; `end` when there is none.
  static func closingQuote(_ p: UnsafePointer<UInt8>, _ from: Int, _ end: Int) -> Int {
    var i = from
    while i < end {
      i = plainEnd(p, i, end)
      if i >= end { return end }
      switch p[i] {
      case 0x22: return i
      case 0x5C: i += 2
      default: i += 1
      }
    }
    return end
  }

  /// The index behind the value that begins at `from`.
  static func valueEnd(_ p: UnsafePointer<UInt8>, _ from: Int, _ end: Int) -> Int {
    guard from < end else { return end }
    var i = from
    switch p[i] {
    case 0x22: return min(closingQuote(p, i + 1, end) + 1, end)
    case 0x7B, 0x5B:
      var depth = 0
      while i < end {
        switch p[i] {
        case 0x22:
          i = closingQuote(p, i + 1, end)
        case 0x7B, 0x5B: depth += 1
        case 0x7D, 0x5D:
          depth -= 1
          if depth == 0 { return i + 1 }
        default: break
        }
        i += 1
      }
      return end
    default:
      while i < end {
        switch p[i] {
        case 0x2C, 0x7D, 0x5D, 0x20, 0x0A, 0x0D, 0x09: return i
        default: i += 1
        }
      }
      return end
    }
  }

  /// The octets that a string's inside stands for; `inside` must have been validated.
  static func unescape(_ inside: UnsafeBufferPointer<UInt8>) -> [UInt8] {
    var out = [UInt8]()
    out.reserveCapacity(inside.count)
    var i = 0
    while i < inside.count {
      let c = inside[i]
      guard c == 0x5C, i + 1 < inside.count else {
        out.append(c)
        i += 1
        continue
      }
      let kind = inside[i + 1]
      i += 2
      switch kind {
      case 0x62: out.append(0x08)
      case 0x66: out.append(0x0C)
      case 0x6E: out.append(0x0A)
      case 0x72: out.append(0x0D)
      case 0x74: out.append(0x09)
      case 0x75:
        var scalar = hex4(inside, i) ?? 0xFFFD
        i += 4
        if scalar & 0xFC00 == 0xD800, let low = hex4(inside, i + 2) {
          scalar = 0x10000 + (scalar & 0x3FF) << 10 + (low & 0x3FF)
          i += 6
        }
        let unicode = Unicode.Scalar(scalar) ?? "\u{FFFD}"
        for unit in UTF8.encode(unicode) ?? UTF8.encodedReplacementCharacter { out.append(unit) }
      default: out.append(kind)
      }
    }
    return out
  }

  /// Four hexadecimal digits at `at`, or nil.
  @inline(__always)
  static func hex4(_ p: UnsafeBufferPointer<UInt8>, _ at: Int) -> UInt32? {
    guard at >= 0, at + 4 <= p.count else { return nil }
    var value: UInt32 = 0
    for k in 0..<4 {
      let c = p[at + k]
      let l = c | 0x20
      let digit: UInt8
      if c &- 0x30 < 10 {
        digit = c &- 0x30
      } else if l &- 0x61 < 6 {
        digit = l &- 0x61 &+ 10
      } else {
        return nil
      }
      value = value << 4 | UInt32(digit)
    }
    return value
  }
}

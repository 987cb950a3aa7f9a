internal import Glibc

extension JSONValidator {
  /// `true`, `false`, `null` or a number at `from`; the index behind it, or -1.
  mutating func scalar(_ p: UnsafePointer<UInt8>, _ from: Int, _ n: Int, _ isFinal: Bool) -> Int {
    switch p[from] {
    case 0x74: return literal(p, from, n, "true", isFinal)
    case 0x66: return literal(p, from, n, "false", isFinal)
    case 0x6E: return literal(p, from, n, "null", isFinal)
    case 0x2D, 0x30...0x39: return number(p, from, n, isFinal)
    case 0xEF where from + 2 < n && p[from + 1] == 0xBB && p[from + 2] == 0xBF:
      return fail(from, "a byte order mark")
    default: return fail(from, "expected a value")
    }
  }

  private mutating func literal(
    _ p: UnsafePointer<UInt8>, _ from: Int, _ n: Int, _ word: StaticString, _ isFinal: Bool
  ) -> Int {
    let length = word.utf8CodeUnitCount
    let there = min(length, n - from)
    guard memcmp(p + from, word.utf8Start, there) == 0 else { return fail(from, "expected a value") }
    guard there == length else { return isFinal ? fail(n, "the value is cut short") : -1 }
    let end = from + length
    // At the outermost level something has to tell that the word is over.
    if end == n { return isFinal || !frames.isEmpty ? end : -1 }
    return isWordOctet(p[end]) ? fail(end, "expected a value") : end
  }

  /// number = [ minus ] int [ frac ] [ exp ]   (RFC 8259 §6)
  private mutating func number(_ p: UnsafePointer<UInt8>, _ from: Int, _ n: Int, _ isFinal: Bool) -> Int {
    var i = from
    if p[i] == 0x2D { i += 1 }
    guard i < n else { return cut(n, isFinal) }
    if p[i] == 0x30 {
      i += 1
    } else {
      let start = i
      i = digits(p, i, n)
      if i == start { return fail(i, "expected a digit") }
    }
    if i < n, p[i] == 0x2E {
      i += 1
      let start = i
      i = digits(p, i, n)
      if i == start { return i < n ? fail(i, "expected a digit") : cut(n, isFinal) }
    }
    if i < n, p[i] | 0x20 == 0x65 {
      i += 1
      if i < n, p[i] == 0x2B || p[i] == 0x2D { i += 1 }
      let start = i
      i = digits(p, i, n)
      if i == start { return i < n ? fail(i, "expected a digit") : cut(n, isFinal) }
    }
    if i == n { return isFinal || !frames.isEmpty ? i : -1 }
    return isWordOctet(p[i]) ? fail(i, "not a number") : i
  }

  @inline(__always)
  private func digits(_ p: UnsafePointer<UInt8>, _ from: Int, _ n: Int) -> Int {
    var i = from
    while i < n, p[i] &- 0x30 < 10 { i += 1 }
    return i
  }

  /// Octets that no value can be followed by directly.
  private func isWordOctet(_ c: UInt8) -> Bool {
    c &- 0x30 < 10 || (c | 0x20) &- 0x61 < 26 || c == 0x2E || c == 0x2B || c == 0x2D || c == 0x5F || c >= 0x80
  }

  private mutating func cut(_ n: Int, _ isFinal: Bool) -> Int {
    isFinal ? fail(n, "the value is cut short") : -1
  }

  /// Checks the string whose inside begins at `from`; the index of its closing quote, or -1.
  @inline(__always)
  mutating func string(_ p: UnsafePointer<UInt8>, _ from: Int, _ n: Int, _ escaped: inout Bool) -> Int {
    let i = JSONText.plainEnd(p, from, n)
    if i < n, p[i] == 0x22 { return i }
    return oddString(p, i, n, &escaped)
  }

  /// ``string(_:_:_:_:)`` from the first octet on that is not plain.
  private mutating func oddString(
    _ p: UnsafePointer<UInt8>, _ from: Int, _ n: Int, _ escaped: inout Bool
  ) -> Int {
    var i = from
    while i < n {
      let c = p[i]
      if c == 0x22 { return i }
      if c == 0x5C {
        escaped = true
        i = escape(p, i, n)
        if i < 0 { return -1 }
      } else if c >= 0x80 {
        i = utf8(p, i, n)
        if i < 0 { return -1 }
        continue
      } else if c < 0x20 {
        return fail(i, "a control character in a string")
      }
      i = JSONText.plainEnd(p, i, n)
    }
    return -1
  }

  /// Checks the escape at `from`; the index behind it, or -1.
  private mutating func escape(_ p: UnsafePointer<UInt8>, _ from: Int, _ n: Int) -> Int {
    guard from + 1 < n else { return -1 }
    switch p[from + 1] {
    case 0x22, 0x5C, 0x2F, 0x62, 0x66, 0x6E, 0x72, 0x74: return from + 2
    case 0x75: break
    default: return fail(from, "an unknown escape")
    }
    let all = UnsafeBufferPointer(start: p, count: n)
    guard from + 6 <= n else { return hexPrefix(p, from + 2, n) ? -1 : fail(from, "an unknown escape") }
    guard let unit = JSONText.hex4(all, from + 2) else { return fail(from, "an unknown escape") }
    if unit & 0xFC00 == 0xDC00 { return fail(from, "a lone surrogate") }
    guard unit & 0xFC00 == 0xD800 else { return from + 6 }
    let next = from + 6
    if next < n, p[next] != 0x5C { return fail(from, "a lone surrogate") }
    if next + 1 < n, p[next + 1] != 0x75 { return fail(from, "a lone surrogate") }
    guard next + 6 <= n else { return -1 }
    guard let low = JSONText.hex4(all, next + 2) else { return fail(next, "an unknown escape") }
    return low & 0xFC00 == 0xDC00 ? next + 6 : fail(from, "a lone surrogate")
  }

  private func hexPrefix(_ p: UnsafePointer<UInt8>, _ from: Int, _ n: Int) -> Bool {
    var i = from
    while i < n {
      if !(p[i] &- 0x30 < 10 || (p[i] | 0x20) &- 0x61 < 6) { return false }
      i += 1
    }
    return true
  }

  /// Checks the octets above 0x7F at `from` (RFC 3629 §4); the index behind them, or -1.
  private mutating func utf8(_ p: UnsafePointer<UInt8>, _ from: Int, _ n: Int) -> Int {
    var i = from
    while i < n, p[i] >= 0x80 {
      let c = p[i]
      let length: Int
      var low: UInt8 = 0x80
      var high: UInt8 = 0xBF
      switch c {
      case 0xC2...0xDF: length = 2
      case 0xE0...0xEF:
        length = 3
        if c == 0xE0 { low = 0xA0 } else if c == 0xED { high = 0x9F }
      case 0xF0...0xF4:
        length = 4
        if c == 0xF0 { low = 0x90 } else if c == 0xF4 { high = 0x8F }
      default: return fail(i, "not UTF-8")
      }
      var k = 1
      while k < length {
        guard i + k < n else { return -1 }
        guard p[i + k] >= low, p[i + k] <= high else { return fail(i, "not UTF-8") }
        low = 0x80
        high = 0xBF
        k += 1
      }
      i += length
    }
    return i
  }
}

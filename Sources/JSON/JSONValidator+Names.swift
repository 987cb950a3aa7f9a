internal import Glibc

/// Finding equal names. A small object's names are compared with each other as they come, by 32 bits of
/// each; a large object's are put into a hash table once, when it closes. The hash is keyed at random, so
/// that nobody can choose names that collide.
extension JSONValidator {
  /// Objects with more members than this are checked when they close.
  private static var smallObjectMax: Int { 16 }

  /// Notes a name of the innermost object; false when the same name was there before.
  @inline(__always)
  mutating func noteName(
    _ p: UnsafePointer<UInt8>, _ start: Int, _ end: Int, _ n: Int, _ base: Int, _ escaped: Bool
  ) -> Bool {
    let tag = escaped ? Self.escapedTag(p, start, end) : Self.tag(p, start, end, n)
    let entry = UInt64(tag) << 32 | UInt64(UInt32(truncatingIfNeeded: start))
    var k = base
    let known = nameCount
    if known - k <= Self.smallObjectMax {
      while k < known {
        if names[k] >> 32 == entry >> 32, sameName(p, Int(names[k] & 0xFFFF_FFFF), start, n) {
          failure = .duplicateName(offset: start)
          return false
        }
        k += 1
      }
    }
    if known < names.count { names[known] = entry } else { names.append(entry) }
    nameCount = known + 1
    return true
  }

  /// Forgets the names of the object that closes; false when two of them are the same.
  @inline(__always)
  mutating func closeObject(_ p: UnsafePointer<UInt8>, _ base: Int, _ n: Int) -> Bool {
    if nameCount - base > Self.smallObjectMax, !namesDiffer(p, base, n) { return false }
    nameCount = base
    return true
  }

  /// ``tag(_:_:_:_:)`` of a name that is written with escapes.
  private static func escapedTag(_ p: UnsafePointer<UInt8>, _ start: Int, _ end: Int) -> UInt32 {
    let plain = JSONText.unescape(UnsafeBufferPointer(start: p + start, count: end - start))
    return plain.withUnsafeBufferPointer { inside in
      inside.baseAddress.map { tag($0, 0, inside.count, inside.count) } ?? mix(0, 0)
    }
  }

  /// 32 bits that are the same for the same name: its length and its first eight octets.
  @inline(__always)
  private static func tag(_ p: UnsafePointer<UInt8>, _ start: Int, _ end: Int, _ n: Int) -> UInt32 {
    let length = end - start
    var word: UInt64 = 0
    if n - start >= 8 {
      // SAFETY: eight octets from start are within n.
      word = UnsafeRawPointer(p + start).loadUnaligned(as: UInt64.self).littleEndian
      if length < 8 { word &= (1 << UInt64(length * 8)) &- 1 }
    } else {
      for k in 0..<min(length, 8) { word |= UInt64(p[start + k]) << UInt64(k * 8) }
    }
    return mix(word, UInt64(length))
  }

  @inline(__always)
  private static func mix(_ word: UInt64, _ length: UInt64) -> UInt32 {
    UInt32(truncatingIfNeeded: ((word ^ length) &* 0x9E37_79B9_7F4A_7C15) >> 32)
  }

  /// Whether two names are equal once unescaped. Both begin where given and end at their quote.
  private func sameName(_ p: UnsafePointer<UInt8>, _ a: Int, _ b: Int, _ n: Int) -> Bool {
    let x = UnsafeBufferPointer(start: p + a, count: JSONText.closingQuote(p, a, n) - a)
    let y = UnsafeBufferPointer(start: p + b, count: JSONText.closingQuote(p, b, n) - b)
    let plain = memchr(p + a, 0x5C, x.count) == nil && memchr(p + b, 0x5C, y.count) == nil
    if plain { return x.count == y.count && memcmp(p + a, p + b, x.count) == 0 }
    return JSONText.unescape(x) == JSONText.unescape(y)
  }

  private mutating func namesDiffer(_ p: UnsafePointer<UInt8>, _ base: Int, _ n: Int) -> Bool {
    let count = nameCount - base
    var capacity = 64
    while capacity < count * 2 { capacity *= 2 }
    var table = [UInt32](repeating: 0, count: capacity)
    for k in base..<nameCount {
      let start = Int(names[k] & 0xFFFF_FFFF)
      var slot = Int(truncatingIfNeeded: hash(p, start, n)) & (capacity - 1)
      while table[slot] != 0 {
        let other = base + Int(table[slot]) - 1
        if names[other] >> 32 == names[k] >> 32, sameName(p, Int(names[other] & 0xFFFF_FFFF), start, n) {
          failure = .duplicateName(offset: start)
          return false
        }
        slot = (slot + 1) & (capacity - 1)
      }
      table[slot] = UInt32(truncatingIfNeeded: k - base + 1)
    }
    return true
  }

  private static let seeds: (UInt64, UInt64) = (.random(in: .min ... .max), .random(in: .min ... .max))

  private func hash(_ p: UnsafePointer<UInt8>, _ start: Int, _ n: Int) -> UInt64 {
    let count = JSONText.closingQuote(p, start, n) - start
    let inside = UnsafeBufferPointer(start: p + start, count: count)
    if memchr(p + start, 0x5C, count) == nil { return Self.hash(inside) }
    return JSONText.unescape(inside).withUnsafeBufferPointer { Self.hash($0) }
  }

  private static func hash(_ octets: UnsafeBufferPointer<UInt8>) -> UInt64 {
    var state = seeds.0 ^ UInt64(octets.count)
    var i = 0
    while i < octets.count {
      var word: UInt64 = 0
      let left = octets.count - i
      if left >= 8, let p = octets.baseAddress {
        // SAFETY: eight octets from i are within the buffer.
        word = UnsafeRawPointer(p + i).loadUnaligned(as: UInt64.self)
      } else {
        for k in 0..<min(left, 8) { word |= UInt64(octets[i + k]) << UInt64(k * 8) }
      }
      let (high, low) = (word ^ seeds.1).multipliedFullWidth(by: state | 1)
      state = (high ^ low) &+ seeds.0
      i += 8
    }
    let (high, low) = (state ^ seeds.1).multipliedFullWidth(by: 0x9E37_79B9_7F4A_7C15)
    return high ^ low
  }
}

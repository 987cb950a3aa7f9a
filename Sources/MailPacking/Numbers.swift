/// Numbers of seven bits an octet, lowest first; the high bit is set on all octets but the last.
func appendNumber(_ number: Int, to out: inout [UInt8]) {
  var rest = UInt(max(number, 0))
  while rest >= 0x80 {
    out.append(UInt8(truncatingIfNeeded: rest) | 0x80)
    rest >>= 7
  }
  out.append(UInt8(truncatingIfNeeded: rest))
}

/// Reads octets from the front of an array. Whatever they are, it throws instead of trapping.
struct OctetReader {
  private let octets: [UInt8]
  private(set) var position = 0

  init(_ octets: [UInt8]) { self.octets = octets }

  var left: Int { octets.count - position }

  mutating func octet() throws(MailPackingError) -> UInt8 {
    guard position < octets.count else { throw .corrupt("cut short") }
    defer { position += 1 }
    return octets[position]
  }

  /// At most 2⁵⁶ − 1.
  mutating func number() throws(MailPackingError) -> Int {
    var value = 0
    for shift in stride(from: 0, to: 56, by: 7) {
      let next = try octet()
      value |= Int(next & 0x7F) << shift
      if next & 0x80 == 0 { return value }
    }
    throw .corrupt("a number")
  }

  mutating func take(_ count: Int) throws(MailPackingError) -> ArraySlice<UInt8> {
    guard count >= 0, count <= left else { throw .corrupt("cut short") }
    defer { position += count }
    return octets[position..<position + count]
  }
}

/// Writes numbers of a few bits one behind the other, the highest bit first.
struct BitWriter {
  private(set) var octets: [UInt8] = []
  private var word: UInt32 = 0
  private var bits = 0

  /// - Parameter value: below 64.
  mutating func appendSix(_ value: UInt8) {
    word = word << 6 | UInt32(value)
    bits += 6
    if bits >= 8 {
      bits -= 8
      octets.append(UInt8(truncatingIfNeeded: word >> UInt32(bits)))
    }
  }

  /// What was written, the last octet filled up with zeros.
  func finished() -> [UInt8] {
    bits == 0 ? octets : octets + [UInt8(truncatingIfNeeded: word << UInt32(8 - bits))]
  }
}

/// Reads what ``BitWriter`` wrote.
struct BitReader {
  private let octets: ArraySlice<UInt8>
  private var next: Int
  private var word: UInt32 = 0
  private var bits = 0

  init(_ octets: ArraySlice<UInt8>) {
    self.octets = octets
    next = octets.startIndex
  }

  mutating func six() throws(MailPackingError) -> UInt8 {
    if bits < 6 {
      guard next < octets.endIndex else { throw .corrupt("cut short") }
      word = word << 8 | UInt32(octets[next])
      next += 1
      bits += 8
    }
    bits -= 6
    return UInt8(truncatingIfNeeded: word >> UInt32(bits)) & 0x3F
  }
}

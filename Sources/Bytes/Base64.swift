/// Base64 of RFC 4648 §4, strict both ways. (Mail's lenient reading is in `MIME`.)
package enum Base64 {
  private static let alphabet = [UInt8](
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)

  private static let values: [UInt8] = {
    var table = [UInt8](repeating: 0xFF, count: 256)
    for (value, letter) in alphabet.enumerated() { table[Int(letter)] = UInt8(value) }
    return table
  }()

  /// With padding, without line breaks.
  package static func encode(_ input: some Collection<UInt8>) -> [UInt8] {
    let bytes = [UInt8](input)
    var out = [UInt8]()
    out.reserveCapacity((bytes.count + 2) / 3 * 4)
    var i = 0
    while i < bytes.count {
      let left = bytes.count - i
      let a = bytes[i]
      let b = left > 1 ? bytes[i + 1] : 0
      let c = left > 2 ? bytes[i + 2] : 0
      out.append(alphabet[Int(a >> 2)])
      out.append(alphabet[Int((a & 3) << 4 | b >> 4)])
      out.append(left > 1 ? alphabet[Int((b & 15) << 2 | c >> 6)] : 0x3D)
      out.append(left > 2 ? alphabet[Int(c & 63)] : 0x3D)
      i += 3
    }
    return out
  }

  package static func encodeString(_ input: some Collection<UInt8>) -> String {
    String(decoding: encode(input), as: UTF8.self)
  }

  /// nil when `input` has a foreign octet, wrong padding, or bits left over that are not 0.
  package static func decode(_ input: some Collection<UInt8>) -> [UInt8]? {
    let bytes = [UInt8](input)
    guard bytes.count % 4 == 0 else { return nil }
    if bytes.isEmpty { return [] }
    let padding = bytes[bytes.count - 1] != 0x3D ? 0 : bytes[bytes.count - 2] != 0x3D ? 1 : 2
    let digits = bytes.count - padding
    var out = [UInt8]()
    out.reserveCapacity(digits * 3 / 4)
    var word: UInt32 = 0
    var bits = 0
    for i in 0..<digits {
      let value = values[Int(bytes[i])]
      guard value != 0xFF else { return nil }
      word = word << 6 | UInt32(value)
      bits += 6
      if bits >= 8 {
        bits -= 8
        out.append(UInt8(truncatingIfNeeded: word >> UInt32(bits)))
      }
    }
    guard word & ((1 << UInt32(bits)) - 1) == 0 else { return nil }
    return out
  }
}

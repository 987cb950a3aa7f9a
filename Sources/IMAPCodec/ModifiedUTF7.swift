internal import Bytes

/// Modified UTF-7, in which IMAP4rev1 writes mailbox names (RFC 3501 §5.1.3).
package enum ModifiedUTF7 {
  private static let alphabet = [UInt8](
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+,".utf8)

  /// Octets 0x20...0x7E only: every control character and all beyond ASCII is in base64.
  package static func encode(_ text: String) -> [UInt8] {
    var out: [UInt8] = []
    var pending: [UInt16] = []
    for unit in text.utf16 {
      guard (0x20...0x7E).contains(unit) else {
        pending.append(unit)
        continue
      }
      flush(&pending, into: &out)
      out.append(UInt8(unit))
      if unit == 0x26 { out.append(0x2D) }
    }
    flush(&pending, into: &out)
    return out
  }

  private static func flush(_ units: inout [UInt16], into out: inout [UInt8]) {
    if units.isEmpty { return }
    out.append(0x26)
    var word: UInt32 = 0
    var bits: UInt32 = 0
    for unit in units {
      word = word << 16 | UInt32(unit)
      bits += 16
      while bits >= 6 {
        bits -= 6
        out.append(alphabet[Int(word >> bits & 63)])
      }
      word &= (1 << bits) - 1
    }
    if bits > 0 { out.append(alphabet[Int(word << (6 - bits) & 63)]) }
    out.append(0x2D)
    units.removeAll(keepingCapacity: true)
  }

  /// nil when `wire` is not modified UTF-7: an octet outside 0x20...0x7E, an unended or empty shift,
  /// half a surrogate pair, bits left over that are not 0.
  ///
  /// Forms that an encoder would not choose (printable ASCII in base64, two shifts in a row) are
  /// read, since servers send them.
  package static func decode(_ wire: some Collection<UInt8>) -> String? {
    var units: [UInt16] = []
    var cursor = ByteCursor([UInt8](wire))
    while let byte = cursor.next() {
      guard (0x20...0x7E).contains(byte) else { return nil }
      guard byte == 0x26 else {
        units.append(UInt16(byte))
        continue
      }
      if cursor.skip(0x2D) {
        units.append(0x26)
        continue
      }
      guard shifted(&cursor, into: &units) else { return nil }
    }
    return text(units)
  }

  private static func shifted(_ cursor: inout ByteCursor, into units: inout [UInt16]) -> Bool {
    var word: UInt32 = 0
    var bits: UInt32 = 0
    while let byte = cursor.next() {
      if byte == 0x2D { return bits < 6 && word == 0 }
      guard let value = value(byte) else { return false }
      word = word << 6 | value
      bits += 6
      if bits >= 16 {
        bits -= 16
        units.append(UInt16(truncatingIfNeeded: word >> bits))
        word &= (1 << bits) - 1
      }
    }
    return false
  }

  private static func value(_ byte: UInt8) -> UInt32? {
    switch byte {
    case 0x41...0x5A: UInt32(byte - 0x41)
    case 0x61...0x7A: UInt32(byte - 0x61 + 26)
    case 0x30...0x39: UInt32(byte - 0x30 + 52)
    case 0x2B: 62
    case 0x2C: 63
    default: nil
    }
  }

  /// The text of `units`, or nil when a surrogate stands alone.
  private static func text(_ units: [UInt16]) -> String? {
    var decoder = UTF16()
    var iterator = units.makeIterator()
    var text = ""
    while true {
      switch decoder.decode(&iterator) {
      case .scalarValue(let scalar): text.unicodeScalars.append(scalar)
      case .emptyInput: return text
      case .error: return nil
      }
    }
  }
}

/// The charsets that the simulated senders write.
enum Charset: String, Sendable {
  case ascii = "us-ascii"
  case utf8 = "utf-8"
  case latin1 = "iso-8859-1"
  case windows1252 = "windows-1252"
  case koi8r = "koi8-r"

  /// nil when a character is not in the charset.
  func encode(_ text: String) -> [UInt8]? {
    switch self {
    case .utf8: return [UInt8](text.utf8)
    case .ascii: return text.utf8.allSatisfy { $0 < 0x80 } ? [UInt8](text.utf8) : nil
    default: break
    }
    var out: [UInt8] = []
    for scalar in text.unicodeScalars {
      guard let byte = byte(scalar) else { return nil }
      out.append(byte)
    }
    return out
  }

  private func byte(_ scalar: Unicode.Scalar) -> UInt8? {
    if scalar.value < 0x80 { return UInt8(scalar.value) }
    switch self {
    case .latin1: return (0xA0...0xFF).contains(scalar.value) ? UInt8(scalar.value) : nil
    case .windows1252:
      return (0xA0...0xFF).contains(scalar.value) ? UInt8(scalar.value) : Self.cp1252[scalar]
    case .koi8r: return Self.koi8[scalar]
    default: return nil
    }
  }

  private static let cp1252: [Unicode.Scalar: UInt8] = [
    "€": 0x80, "…": 0x85, "‘": 0x91, "’": 0x92, "“": 0x93, "”": 0x94, "•": 0x95, "–": 0x96, "—": 0x97,
    "™": 0x99,
  ]

  /// RFC 1489: the small letters from 0xC0, the capitals from 0xE0, in the order of the Latin alphabet.
  private static let koi8: [Unicode.Scalar: UInt8] = {
    var table: [Unicode.Scalar: UInt8] = ["ё": 0xA3, "Ё": 0xB3]
    for (i, letter) in "юабцдефгхийклмнопярстужвьызшэщчъ".unicodeScalars.enumerated() {
      table[letter] = 0xC0 + UInt8(i)
    }
    for (i, letter) in "ЮАБЦДЕФГХИЙКЛМНОПЯРСТУЖВЬЫЗШЭЩЧЪ".unicodeScalars.enumerated() {
      table[letter] = 0xE0 + UInt8(i)
    }
    return table
  }()
}

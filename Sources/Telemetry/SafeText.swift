/// Text from anywhere, made fit for a log: one line, nothing that steers a terminal, and of bounded length.
///
/// What is escaped is what changes how other text is shown: control characters (C0, DEL, C1, so ESC and the 8-bit
/// CSI), line and paragraph separators, marks and overrides of direction (Unicode TR 9, "Trojan source"), characters of
/// no width, and tags. All else stays as it is.
package enum SafeText {
  /// Octets of one field, after which it is cut.
  package static let octetsMax = 4096

  /// `text` up to `limit` octets, cut between characters; and how many octets were left out.
  package static func cut(_ text: String, to limit: Int = octetsMax) -> (Substring, left: Int) {
    let octets = text.utf8.count
    if octets <= limit { return (text[...], 0) }
    var end = text.utf8.index(text.startIndex, offsetBy: max(limit, 0))
    // Back to where a scalar begins: at most three octets.
    while end > text.startIndex, UTF8.isContinuation(text.utf8[end]) { end = text.utf8.index(before: end) }
    let kept = text[..<end]
    return (kept, octets - kept.utf8.count)
  }

  static func mustEscape(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x20...0x7E: false
    case 0...0x1F, 0x7F...0x9F: true
    case 0xAD, 0x034F, 0x061C, 0x115F...0x1160, 0x17B4...0x17B5, 0x180B...0x180F: true
    case 0x200B...0x200F, 0x2028...0x202E, 0x2060...0x206F, 0x3164, 0xFEFF, 0xFFA0, 0xFFF0...0xFFFC: true
    case 0xE0000...0xE0FFF: true
    default: false
    }
  }

  /// Appends `text` so that it stays on its line: `\n`, `\r`, `\t`, `\\` and else `\u{…}`; `"` as `\"` in quotes.
  static func append(_ text: some StringProtocol, quoted: Bool, to out: inout [UInt8]) {
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\\": out.append(contentsOf: [0x5C, 0x5C])
      case "\"" where quoted: out.append(contentsOf: [0x5C, 0x22])
      case "\n": out.append(contentsOf: [0x5C, 0x6E])
      case "\r": out.append(contentsOf: [0x5C, 0x72])
      case "\t": out.append(contentsOf: [0x5C, 0x74])
      default:
        if mustEscape(scalar) {
          out.append(contentsOf: "\\u{\(String(scalar.value, radix: 16))}".utf8)
        } else {
          out.append(contentsOf: UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter)
        }
      }
    }
  }

  /// Appends `text` as a JSON string (RFC 8259 §7), with the same characters escaped, as UTF-16 (`\uXXXX`).
  static func appendJSON(_ text: some StringProtocol, to out: inout [UInt8]) {
    out.append(0x22)
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\\": out.append(contentsOf: [0x5C, 0x5C])
      case "\"": out.append(contentsOf: [0x5C, 0x22])
      case "\n": out.append(contentsOf: [0x5C, 0x6E])
      case "\r": out.append(contentsOf: [0x5C, 0x72])
      case "\t": out.append(contentsOf: [0x5C, 0x74])
      default:
        if mustEscape(scalar) {
          for unit in String(scalar).utf16 {
            let hex = String(unit, radix: 16)
            out.append(contentsOf: "\\u".utf8)
            out.append(contentsOf: repeatElement(0x30, count: 4 - hex.utf8.count))
            out.append(contentsOf: hex.utf8)
          }
        } else {
          out.append(contentsOf: UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter)
        }
      }
    }
    out.append(0x22)
  }
}

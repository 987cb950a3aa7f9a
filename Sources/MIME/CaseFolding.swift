internal import Bytes

/// Text in small letters, for comparing with tables of phrases.
enum CaseFolding {
  /// In small letters as Unicode has them; but the Turkish `İ` as `i`, which Unicode would give a dot of its own.
  ///
  /// Latin, Cyrillic and scripts without case are folded octet by octet; Unicode's tables, which take ten times as
  /// long, are asked about other text.
  /// - Complexity: O(*n*)
  static func folded(_ text: String) -> [UInt8] {
    var text = text
    if let quick = text.withUTF8(quick) { return quick }
    var bytes = Array(text.lowercased().utf8)
    guard bytes.contains(0xCC) else { return bytes }
    var kept = 0
    var i = 0
    while i < bytes.count {
      bytes[kept] = bytes[i]
      kept += 1
      i += bytes[i] == 0x69 && i + 2 < bytes.count && bytes[i + 1] == 0xCC && bytes[i + 2] == 0x87 ? 3 : 1
    }
    bytes.removeSubrange(kept...)
    return bytes
  }

  /// Nil when a character stands in `p`, which is valid UTF-8, that this does not know.
  private static func quick(_ p: UnsafeBufferPointer<UInt8>) -> [UInt8]? {
    var isKnown = true
    let bytes = [UInt8](unsafeUninitializedCapacity: p.count) { out, count in
      var i = 0
      // SAFETY: nothing becomes longer than it was, and in valid UTF-8 a lead octet's others follow it.
      while i < p.count {
        let b = p[i]
        if b < 0x80 {
          out[count] = ASCII.lower(b)
          count += 1
          i += 1
          continue
        }
        guard let (length, folded) = character(p, i) else {
          isKnown = false
          return
        }
        if folded < 0x80 {
          out[count] = UInt8(folded)
          count += 1
        } else if folded < 0x800 {
          out[count] = UInt8(0xC0 | folded >> 6)
          out[count + 1] = UInt8(0x80 | folded & 0x3F)
          count += 2
        } else {
          for k in 0..<length { out[count + k] = p[i + k] }
          count += length
        }
        i += length
      }
    }
    return isKnown ? bytes : nil
  }

  /// The length of the character at `i` and, of two octets, what it is folded to; `UInt32.max` for itself.
  private static func character(_ p: UnsafeBufferPointer<UInt8>, _ i: Int) -> (Int, UInt32)? {
    switch p[i] {
    case 0xC2...0xC5, 0xD0, 0xD1:
      guard i + 1 < p.count else { return nil }
      return letter(UInt32(p[i] & 0x1F) << 6 | UInt32(p[i + 1] & 0x3F)).map { (2, $0) }
    case 0xE2:
      // General punctuation and currency signs; no letters.
      guard i + 2 < p.count, p[i + 1] == 0x80 || p[i + 1] == 0x82 else { return nil }
      return (3, .max)
    // Kana, Han, Hangul.
    case 0xE3...0xE9, 0xEB...0xEC: return i + 2 < p.count ? (3, .max) : nil
    default: return nil
    }
  }

  /// U+0080 to U+017F and U+0400 to U+045F.
  private static func letter(_ c: UInt32) -> UInt32? {
    switch c {
    case 0x80..<0xC0, 0xD7, 0xDF...0xFF: c
    case 0xC0..<0xDF: c + 0x20
    case 0x130: 0x69
    case 0x131, 0x138, 0x149, 0x17F: c
    case 0x178: 0xFF
    case 0x100...0x137, 0x14A...0x177: c | 1
    case 0x139...0x148, 0x179...0x17E: c + (c & 1)
    case 0x410...0x42F: c + 0x20
    case 0x400...0x40F: c + 0x50
    case 0x430...0x45F: c
    default: nil
    }
  }
}

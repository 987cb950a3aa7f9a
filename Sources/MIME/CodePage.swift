internal import Bytes
internal import Glibc

/// Character sets of one octet a character whose lower half is ASCII: the windows sets, ISO 8859-15.
///
/// Each row holds the 128 characters of 0x80 to 0xFF, U+FFFD for the octets that stand for none (unicode.org,
/// Public/MAPPINGS/VENDORS/MICSFT/WINDOWS and ISO8859).
struct CodePage: Sendable {
  /// UTF-8 of each upper octet, lowest octet first; the length in the highest octet.
  private let upper: [UInt32]

  private init(_ rows: String...) {
    upper = rows.joined().unicodeScalars.map { scalar in
      var packed: UInt32 = 0
      let utf8 = Array(UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter)
      for (i, b) in utf8.enumerated() { packed |= UInt32(b) << (8 * UInt32(i)) }
      return packed | UInt32(utf8.count) << 24
    }
    assert(upper.count == 128)
  }

  /// The text of `bytes`, and how many octets stand for nothing.
  /// - Complexity: O(*n*)
  func text(_ bytes: some Collection<UInt8>) -> (text: String, replaced: Int) {
    bytes.withContiguousStorageIfAvailable(text) ?? Array(bytes).withUnsafeBufferPointer(text)
  }

  private func text(_ p: UnsafeBufferPointer<UInt8>) -> (text: String, replaced: Int) {
    guard let from = p.baseAddress else { return ("", 0) }
    var high = 0
    for b in p { high += Int(b >> 7) }
    var replaced = 0
    // All sets here lie below U+FFFF: at most three octets.
    let text = withUnsafeTemporaryAllocation(of: UInt8.self, capacity: p.count + 2 * high + 1) { out in
      upper.withUnsafeBufferPointer { upper in
        var o = 0
        var i = 0
        // SAFETY: an octet below 0x80 is written as one, each of the `high` others as three at most; out has room for
        // that, and one octet more, as four are written ahead.
        while i < p.count {
          let run = OctetRun.asciiPrefix(p, from: i)
          if run > i, let to = out.baseAddress { memcpy(to + o, from + i, run - i) }
          o += run - i
          i = run
          while i < p.count, p[i] >= 0x80 {
            let packed = upper[Int(p[i] & 0x7F)]
            if packed == Self.none { replaced += 1 }
            out[o] = UInt8(truncatingIfNeeded: packed)
            out[o + 1] = UInt8(truncatingIfNeeded: packed >> 8)
            out[o + 2] = UInt8(truncatingIfNeeded: packed >> 16)
            o += Int(packed >> 24)
            i += 1
          }
        }
        // SAFETY: what was written is ASCII and whole rows of the table, which are UTF-8 of one character each.
        return String(copying: UTF8Span(unchecked: UnsafeBufferPointer(rebasing: out[..<o]).span))
      }
    }
    return (text, replaced)
  }

  /// U+FFFD.
  private static let none: UInt32 = 3 << 24 | 0xBD_BFEF

  static func windows(_ number: Int) -> CodePage? {
    switch number {
    case 1250: windows1250
    case 1251: windows1251
    case 1252: windows1252
    case 1253: windows1253
    case 1254: windows1254
    case 1255: windows1255
    case 1256: windows1256
    case 1257: windows1257
    case 1258: windows1258
    default: nil
    }
  }

  static let windows1250 = CodePage(
    "€\u{FFFD}‚\u{FFFD}„…†‡\u{FFFD}‰Š‹ŚŤŽŹ",
    "\u{FFFD}‘’“”•–—\u{FFFD}™š›śťžź",
    "\u{A0}ˇ˘Ł¤Ą¦§¨©Ş«¬\u{AD}®Ż",
    "°±˛ł´µ¶·¸ąş»Ľ˝ľż",
    "ŔÁÂĂÄĹĆÇČÉĘËĚÍÎĎ",
    "ĐŃŇÓÔŐÖ×ŘŮÚŰÜÝŢß",
    "ŕáâăäĺćçčéęëěíîď",
    "đńňóôőö÷řůúűüýţ˙")

  static let windows1251 = CodePage(
    "ЂЃ‚ѓ„…†‡€‰Љ‹ЊЌЋЏ",
    "ђ‘’“”•–—\u{FFFD}™љ›њќћџ",
    "\u{A0}ЎўЈ¤Ґ¦§Ё©Є«¬\u{AD}®Ї",
    "°±Ііґµ¶·ё№є»јЅѕї",
    "АБВГДЕЖЗИЙКЛМНОП",
    "РСТУФХЦЧШЩЪЫЬЭЮЯ",
    "абвгдежзийклмноп",
    "рстуфхцчшщъыьэюя")

  static let windows1252 = CodePage(
    "€\u{FFFD}‚ƒ„…†‡ˆ‰Š‹Œ\u{FFFD}Ž\u{FFFD}",
    "\u{FFFD}‘’“”•–—˜™š›œ\u{FFFD}žŸ",
    "\u{A0}¡¢£¤¥¦§¨©ª«¬\u{AD}®¯",
    "°±²³´µ¶·¸¹º»¼½¾¿",
    "ÀÁÂÃÄÅÆÇÈÉÊËÌÍÎÏ",
    "ÐÑÒÓÔÕÖ×ØÙÚÛÜÝÞß",
    "àáâãäåæçèéêëìíîï",
    "ðñòóôõö÷øùúûüýþÿ")

  static let windows1253 = CodePage(
    "€\u{FFFD}‚ƒ„…†‡\u{FFFD}‰\u{FFFD}‹\u{FFFD}\u{FFFD}\u{FFFD}\u{FFFD}",
    "\u{FFFD}‘’“”•–—\u{FFFD}™\u{FFFD}›\u{FFFD}\u{FFFD}\u{FFFD}\u{FFFD}",
    "\u{A0}΅Ά£¤¥¦§¨©\u{FFFD}«¬\u{AD}®―",
    "°±²³΄µ¶·ΈΉΊ»Ό½ΎΏ",
    "ΐΑΒΓΔΕΖΗΘΙΚΛΜΝΞΟ",
    "ΠΡ\u{FFFD}ΣΤΥΦΧΨΩΪΫάέήί",
    "ΰαβγδεζηθικλμνξο",
    "πρςστυφχψωϊϋόύώ\u{FFFD}")

  static let windows1254 = CodePage(
    "€\u{FFFD}‚ƒ„…†‡ˆ‰Š‹Œ\u{FFFD}\u{FFFD}\u{FFFD}",
    "\u{FFFD}‘’“”•–—˜™š›œ\u{FFFD}\u{FFFD}Ÿ",
    "\u{A0}¡¢£¤¥¦§¨©ª«¬\u{AD}®¯",
    "°±²³´µ¶·¸¹º»¼½¾¿",
    "ÀÁÂÃÄÅÆÇÈÉÊËÌÍÎÏ",
    "ĞÑÒÓÔÕÖ×ØÙÚÛÜİŞß",
    "àáâãäåæçèéêëìíîï",
    "ğñòóôõö÷øùúûüışÿ")

  static let windows1255 = CodePage(
    "€\u{FFFD}‚ƒ„…†‡ˆ‰\u{FFFD}‹\u{FFFD}\u{FFFD}\u{FFFD}\u{FFFD}",
    "\u{FFFD}‘’“”•–—˜™\u{FFFD}›\u{FFFD}\u{FFFD}\u{FFFD}\u{FFFD}",
    "\u{A0}¡¢£₪¥¦§¨©×«¬\u{AD}®¯",
    "°±²³´µ¶·¸¹÷»¼½¾¿",
    "\u{5B0}\u{5B1}\u{5B2}\u{5B3}\u{5B4}\u{5B5}\u{5B6}\u{5B7}\u{5B8}\u{5B9}\u{FFFD}\u{5BB}\u{5BC}\u{5BD}\u{5BE}\u{5BF}",
    "\u{5C0}\u{5C1}\u{5C2}\u{5C3}\u{5F0}\u{5F1}\u{5F2}\u{5F3}\u{5F4}\u{FFFD}\u{FFFD}\u{FFFD}\u{FFFD}\u{FFFD}\u{FFFD}\u{FFFD}",
    "\u{5D0}\u{5D1}\u{5D2}\u{5D3}\u{5D4}\u{5D5}\u{5D6}\u{5D7}\u{5D8}\u{5D9}\u{5DA}\u{5DB}\u{5DC}\u{5DD}\u{5DE}\u{5DF}",
    "\u{5E0}\u{5E1}\u{5E2}\u{5E3}\u{5E4}\u{5E5}\u{5E6}\u{5E7}\u{5E8}\u{5E9}\u{5EA}\u{FFFD}\u{FFFD}\u{200E}\u{200F}\u{FFFD}"
  )

  static let windows1256 = CodePage(
    "€\u{67E}‚ƒ„…†‡ˆ‰\u{679}‹Œ\u{686}\u{698}\u{688}",
    "\u{6AF}‘’“”•–—\u{6A9}™\u{691}›œ\u{200C}\u{200D}\u{6BA}",
    "\u{A0}\u{60C}¢£¤¥¦§¨©\u{6BE}«¬\u{AD}®¯",
    "°±²³´µ¶·¸¹\u{61B}»¼½¾\u{61F}",
    "\u{6C1}\u{621}\u{622}\u{623}\u{624}\u{625}\u{626}\u{627}\u{628}\u{629}\u{62A}\u{62B}\u{62C}\u{62D}\u{62E}\u{62F}",
    "\u{630}\u{631}\u{632}\u{633}\u{634}\u{635}\u{636}×\u{637}\u{638}\u{639}\u{63A}\u{640}\u{641}\u{642}\u{643}",
    "à\u{644}â\u{645}\u{646}\u{647}\u{648}çèéêë\u{649}\u{64A}îï",
    "\u{64B}\u{64C}\u{64D}\u{64E}ô\u{64F}\u{650}÷\u{651}ù\u{652}ûü\u{200E}\u{200F}\u{6D2}")

  static let windows1257 = CodePage(
    "€\u{FFFD}‚\u{FFFD}„…†‡\u{FFFD}‰\u{FFFD}‹\u{FFFD}¨ˇ¸",
    "\u{FFFD}‘’“”•–—\u{FFFD}™\u{FFFD}›\u{FFFD}¯˛\u{FFFD}",
    "\u{A0}\u{FFFD}¢£¤\u{FFFD}¦§Ø©Ŗ«¬\u{AD}®Æ",
    "°±²³´µ¶·ø¹ŗ»¼½¾æ",
    "ĄĮĀĆÄÅĘĒČÉŹĖĢĶĪĻ",
    "ŠŃŅÓŌÕÖ×ŲŁŚŪÜŻŽß",
    "ąįāćäåęēčéźėģķīļ",
    "šńņóōõö÷ųłśūüżž˙")

  static let windows1258 = CodePage(
    "€\u{FFFD}‚ƒ„…†‡ˆ‰\u{FFFD}‹Œ\u{FFFD}\u{FFFD}\u{FFFD}",
    "\u{FFFD}‘’“”•–—˜™\u{FFFD}›œ\u{FFFD}\u{FFFD}Ÿ",
    "\u{A0}¡¢£¤¥¦§¨©ª«¬\u{AD}®¯",
    "°±²³´µ¶·¸¹º»¼½¾¿",
    "ÀÁÂĂÄÅÆÇÈÉÊË\u{300}ÍÎÏ",
    "ĐÑ\u{309}ÓÔƠÖ×ØÙÚÛÜƯ\u{303}ß",
    "àáâăäåæçèéêë\u{301}íîï",
    "đñ\u{323}óôơö÷øùúûüư₫ÿ")

  static let latin9 = CodePage(
    "\u{80}\u{81}\u{82}\u{83}\u{84}\u{85}\u{86}\u{87}\u{88}\u{89}\u{8A}\u{8B}\u{8C}\u{8D}\u{8E}\u{8F}",
    "\u{90}\u{91}\u{92}\u{93}\u{94}\u{95}\u{96}\u{97}\u{98}\u{99}\u{9A}\u{9B}\u{9C}\u{9D}\u{9E}\u{9F}",
    "\u{A0}¡¢£€¥Š§š©ª«¬\u{AD}®¯",
    "°±²³Žµ¶·ž¹º»ŒœŸ¿",
    "ÀÁÂÃÄÅÆÇÈÉÊËÌÍÎÏ",
    "ÐÑÒÓÔÕÖ×ØÙÚÛÜÝÞß",
    "àáâãäåæçèéêëìíîï",
    "ðñòóôõö÷øùúûüýþÿ")
}

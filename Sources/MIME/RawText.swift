/// Octets that nothing labels: UTF-8 if they are valid as such, else windows-1252, which reads anything.
enum RawText {
  static func decode(_ bytes: some Collection<UInt8>) -> String {
    String(validating: bytes, as: UTF8.self) ?? Windows1252.decode(bytes)
  }
}

/// Text that came out of a header field.
enum HeaderText {
  /// Controls and line ends (a decoded word may hold them) as spaces; none at the ends.
  static func tidy(_ text: String) -> String {
    if text.utf8.allSatisfy({ $0 >= 0x20 && $0 != 0x7F && $0 < 0x80 }), text.utf8.first != 0x20,
      text.utf8.last != 0x20
    {
      return text
    }
    var out = String.UnicodeScalarView()
    for s in text.unicodeScalars {
      if s.value < 0x20 || 0x7F..<0xA0 ~= s.value || s.value == 0x2028 || s.value == 0x2029 {
        // CR LF is one line end, hence one space.
        if s != "\n" || out.last != " " { out.append(" ") }
      } else {
        out.append(s)
      }
    }
    while out.last == " " { out.removeLast() }
    while out.first == " " { out.removeFirst() }
    return String(out)
  }
}

/// The 8-bit character set of Western Windows; its five holes become the C1 controls of the same value.
enum Windows1252 {
  private static let high: [UInt16] = [
    0x20AC, 0x81, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160, 0x2039, 0x0152,
    0x8D,
    0x017D, 0x8F, 0x90, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014, 0x02DC, 0x2122, 0x0161,
    0x203A,
    0x0153, 0x9D, 0x017E, 0x0178,
  ]

  static func decode(_ bytes: some Collection<UInt8>) -> String {
    String(decoding: utf8(bytes), as: UTF8.self)
  }

  static func utf8(_ bytes: some Collection<UInt8>) -> [UInt8] {
    var out = [UInt8]()
    out.reserveCapacity(bytes.count + bytes.count / 8)
    for b in bytes {
      if b < 0x80 {
        out.append(b)
      } else {
        let u = b < 0xA0 ? high[Int(b) - 0x80] : UInt16(b)
        if u < 0x800 {
          out.append(UInt8(truncatingIfNeeded: 0xC0 | u >> 6))
        } else {
          out.append(UInt8(truncatingIfNeeded: 0xE0 | u >> 12))
          out.append(UInt8(truncatingIfNeeded: 0x80 | u >> 6 & 0x3F))
        }
        out.append(UInt8(truncatingIfNeeded: 0x80 | u & 0x3F))
      }
    }
    return out
  }
}

/// Octets that nothing labels: UTF-8 if they are valid as such, else what the rest of the mail is written in.
enum RawText {
  static func decode(_ bytes: some Collection<UInt8>, else guess: Charset = .windows1252) -> String {
    String(validating: bytes, as: UTF8.self) ?? guess.decode(bytes).text
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

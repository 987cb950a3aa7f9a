/// Octets that nothing labels: UTF-8 if they are valid as such, else what the rest of the mail is written in.
enum RawText {
  /// nil when the octets are not UTF-8.
  static func valid(_ bytes: some Collection<UInt8>) -> String? {
    bytes.withContiguousStorageIfAvailable(valid) ?? String(validating: bytes, as: UTF8.self)
  }

  private static func valid(_ p: UnsafeBufferPointer<UInt8>) -> String? {
    guard let span = try? UTF8Span(validating: p.span) else { return nil }
    return String(copying: span)
  }

  /// Printable ASCII without encoded words, as which most headers come, as it stands; nil for anything else.
  static func plain(_ bytes: [UInt8]) -> String? {
    bytes.withUnsafeBufferPointer { p in
      guard OctetRun.isPrintable(p), EncodedWord.mark(p) == nil else { return nil }
      return String(decoding: p, as: UTF8.self)
    }
  }

  static func decode(_ bytes: some Collection<UInt8>, else guess: Charset = .windows1252) -> String {
    valid(bytes) ?? guess.decode(bytes).text
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

internal import Bytes

/// Address lists as nearly all are: printable ASCII, each entry `a@b`, `Name <a@b>` or `"Name" <a@b>`.
///
/// Anything else (comments, groups, encoded words, routes, quoted local parts, escapes) is not read here at all: the
/// whole value goes to ``AddressParser``, which reads these forms to the same end, only slower.
enum PlainAddressList {
  /// - Returns: nil when the value is not of that form.
  static func parse(_ bytes: [UInt8], limit: Int) -> [MailAddress]? {
    bytes.withUnsafeBufferPointer { p in
      guard OctetRun.isPrintable(p) else { return nil }
      var found = [MailAddress]()
      var i = 0
      while found.count < limit {
        while i < p.count, p[i] == ASCII.space || p[i] == 0x2C { i += 1 }
        if i == p.count { break }
        guard let entry = entry(p, &i) else { return nil }
        found.append(entry)
      }
      return found
    }
  }

  /// The entry that begins at `i`, up to its comma or the end.
  private static func entry(_ p: UnsafeBufferPointer<UInt8>, _ i: inout Int) -> MailAddress? {
    let start = i
    if p[i] == ASCII.quote {
      i += 1
      while i < p.count, p[i] != ASCII.quote {
        if p[i] == ASCII.backslash { return nil }
        i += 1
      }
      let end = i
      i += 1
      return angle(p, &i, name: start + 1..<end)
    }
    var at: Int?
    while i < p.count {
      switch p[i] {
      case 0x3C: return angle(p, &i, name: start..<lastWord(p, start, i))
      case 0x2C: return bare(p, start, i, at)
      case ASCII.quote, 0x28, 0x29, 0x3A, 0x3B, 0x3E, 0x5B, 0x5C, 0x5D: return nil
      case 0x3F where i > start && p[i - 1] == 0x3D: return nil
      case 0x40: at = at ?? i
      default: break
      }
      i += 1
    }
    return bare(p, start, i, at)
  }

  private static func lastWord(_ p: UnsafeBufferPointer<UInt8>, _ start: Int, _ stop: Int) -> Int {
    var end = stop
    while end > start, p[end - 1] == ASCII.space { end -= 1 }
    return end
  }

  /// An address without angle brackets; `at` is its first `@`.
  private static func bare(_ p: UnsafeBufferPointer<UInt8>, _ start: Int, _ stop: Int, _ at: Int?)
    -> MailAddress?
  {
    let end = lastWord(p, start, stop)
    guard let at, at > start, p[end - 1] != 0x40 else { return nil }
    for k in start..<end where p[k] == ASCII.space { return nil }
    return MailAddress(name: nil, email: text(p, start..<end))
  }

  /// `<a@b>`, behind white space, with nothing behind it but white space.
  private static func angle(_ p: UnsafeBufferPointer<UInt8>, _ i: inout Int, name: Range<Int>) -> MailAddress?
  {
    while i < p.count, p[i] == ASCII.space { i += 1 }
    guard i < p.count, p[i] == 0x3C else { return nil }
    i += 1
    let start = i
    var hasAt = false
    loop: while i < p.count {
      switch p[i] {
      case 0x3E: break loop
      case ASCII.space, ASCII.quote, 0x28, 0x29, 0x2C, 0x3A, 0x3C: return nil
      case 0x40: hasAt = true
      default: break
      }
      i += 1
    }
    guard i < p.count, hasAt, p[start] != 0x40 else { return nil }
    let email = text(p, start..<i)
    i += 1
    while i < p.count, p[i] == ASCII.space { i += 1 }
    guard i == p.count || p[i] == 0x2C else { return nil }
    if name.isEmpty { return MailAddress(name: nil, email: email) }
    return AddressParser.isPlain(p, name) ? MailAddress(name: text(p, name), email: email) : nil
  }

  private static func text(_ p: UnsafeBufferPointer<UInt8>, _ range: Range<Int>) -> String {
    String(decoding: UnsafeBufferPointer(rebasing: p[range]), as: UTF8.self)
  }
}

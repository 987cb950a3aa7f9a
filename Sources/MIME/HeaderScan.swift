internal import Bytes
internal import Glibc

/// One walk over a header's lines.
struct HeaderScan {
  var start: Int
  /// Where the body begins.
  var end: Int
  var fields: [HeaderBlock.Field] = []
  var isTruncated = false
  /// The header ended at a line that is neither a field nor empty.
  var endedByJunk = false
  /// Lines within the header that are no fields were passed over.
  var hasJunk = false
  /// The header ends here whatever octets may follow.
  var isCertain = false

  /// The octet that ends lines: LF, or CR in a text that has no LF.
  /// (By its beginning: ``MIMELimits/lineEndWithin``.)
  static func lineEnd(of p: UnsafeBufferPointer<UInt8>) -> UInt8 {
    let count = min(p.count, MIMELimits.lineEndWithin)
    if OctetRun.find(ASCII.lf, p, 0, count) != nil { return ASCII.lf }
    return OctetRun.find(ASCII.cr, p, 0, count) != nil ? ASCII.cr : ASCII.lf
  }

  /// - Parameters:
  ///   - isFirst: whether a byte order mark or mbox line may come first.
  ///   - fieldsMax: how many fields are indexed.
  ///   - isBoundary: whether the line of these octets (line end excluded) ends the whole part.
  static func run(
    _ p: UnsafeBufferPointer<UInt8>, from: Int, lineEnd: UInt8, isFirst: Bool,
    fieldsMax: Int = HeaderBlock.fieldsMax, isBoundary: (Int, Int) -> Bool
  ) -> HeaderScan {
    var scan = HeaderScan(start: from, end: from)
    guard let base = p.baseAddress, from < p.count else { return scan }
    var at = from
    if isFirst, p.count - at >= 3, p[at] == 0xEF, p[at + 1] == 0xBB, p[at + 2] == 0xBF { at += 3 }
    var mayBeMbox = isFirst
    while at < p.count {
      // SAFETY: base is valid for p.count octets while the caller's closure runs; at < p.count.
      let hit = memchr(base + at, Int32(lineEnd), p.count - at)
      let next = hit.map { UnsafeRawPointer($0) - UnsafeRawPointer(base) + 1 } ?? p.count
      var stop = hit == nil ? next : next - 1
      // Some relays make CR CR LF of CR LF.
      if lineEnd == ASCII.lf { while stop > at, p[stop - 1] == ASCII.cr { stop -= 1 } }
      if stop == at {
        scan.end = next
        scan.isCertain = hit != nil
        return scan
      }
      let b = p[at]
      if ASCII.isWSP(b), !scan.fields.isEmpty {
        let last = scan.fields.count - 1
        if !scan.isTruncated { scan.fields[last].value = scan.fields[last].value.lowerBound..<stop }
      } else if b == 0x2D, isBoundary(at, stop) {
        scan.isCertain = hit != nil
        break
      } else if let colon = nameEnd(p, isFirst && scan.fields.isEmpty ? skipBlanks(p, at, stop) : at, stop) {
        if scan.fields.count < fieldsMax {
          scan.fields.append(
            .init(
              name: colon.start..<colon.name, value: colon.value..<stop,
              key: HeaderName.key(p, colon.start, colon.name)))
        } else {
          scan.isTruncated = true
        }
      } else if mayBeMbox, isMboxLine(p, at, stop) {
        // skipped
      } else if isFirst || !scan.fields.isEmpty, goesOn(p, next, lineEnd, scan.fields) {
        scan.hasJunk = true
      } else {
        scan.endedByJunk = true
        scan.isCertain = hit != nil && p.count - next >= nameOctetsMax
        break
      }
      mayBeMbox = false
      at = next
    }
    scan.end = at
    return scan
  }

  /// The same for octets that begin elsewhere.
  func moved(by offset: Int) -> HeaderScan {
    var moved = self
    moved.start += offset
    moved.end += offset
    moved.fields = fields.map { field in
      HeaderBlock.Field(
        name: field.name.lowerBound + offset..<field.name.upperBound + offset,
        value: field.value.lowerBound + offset..<field.value.upperBound + offset, key: field.key)
    }
    return moved
  }

  /// `field-name = 1*%d33-57 / %d59-126`; white space before the colon is let pass.
  private static func nameEnd(
    _ p: UnsafeBufferPointer<UInt8>, _ from: Int, _ stop: Int
  ) -> (start: Int, name: Int, value: Int)? {
    var i = from
    while i < stop, p[i] > ASCII.space, p[i] != 0x3A, p[i] != 0x7F { i += 1 }
    guard i > from else { return nil }
    let name = i
    while i < stop, ASCII.isWSP(p[i]) { i += 1 }
    return i < stop && p[i] == 0x3A ? (from, name, i + 1) : nil
  }

  /// Some mails begin with a space before their first field.
  private static func skipBlanks(_ p: UnsafeBufferPointer<UInt8>, _ from: Int, _ stop: Int) -> Int {
    var i = from
    while i < stop, ASCII.isWSP(p[i]) { i += 1 }
    return i
  }

  /// Whether the line at `at`, behind one that is no field, is certainly one: of a name that no text begins with.
  private static func goesOn(
    _ p: UnsafeBufferPointer<UInt8>, _ at: Int, _ lineEnd: UInt8, _ fields: [HeaderBlock.Field]
  ) -> Bool {
    guard at < p.count, let field = nameEnd(p, at, min(p.count, at + nameOctetsMax)) else { return false }
    let name = p[at..<field.name]
    if certainBeginnings.contains(where: { ASCII.equalsIgnoringCase(name.prefix($0.utf8CodeUnitCount), $0) })
    {
      return true
    }
    // A forwarded mail's lines in a text look like these; so each counts for the first of its name only.
    guard likelyNames.contains(where: { ASCII.equalsIgnoringCase(name, $0) }) else { return false }
    let key = HeaderName.key(p, at, field.name)
    return !fields.contains { $0.key == key }
  }

  private static let nameOctetsMax = 80
  private static let certainBeginnings: [StaticString] = [
    "Content-", "MIME-Version", "Received", "Return-Path", "Message-ID", "References", "In-Reply-To", "X-",
    "DKIM-",
    "ARC-", "Authentication-Results", "Delivered-To", "List-", "Envelope-To", "Thread-", "Precedence",
    "User-Agent",
  ]
  private static let likelyNames: [StaticString] = [
    "From", "To", "Cc", "Subject", "Date", "Sender", "Reply-To",
  ]

  private static func isMboxLine(_ p: UnsafeBufferPointer<UInt8>, _ from: Int, _ stop: Int) -> Bool {
    let line = p[from..<stop]
    return line.starts(with: "From ".utf8) || line.starts(with: ">From ".utf8)
  }
}

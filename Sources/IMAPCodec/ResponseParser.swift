internal import Bytes

/// Reads a ``Frame`` as a server's response.
///
/// Strict about what would be taken for something else, lenient where real servers are odd; each
/// oddity is named where it is let through. What is not known is ``Untagged/unknown(_:)``, not an
/// error. One value of the whole grammar is kept, so memory is that of the frame.
package enum ResponseParser {
  /// - Throws: ``IMAPSyntaxError`` when the frame is a known response with unreadable data. The
  ///   stream is still in step: the frame may be skipped.
  ///
  /// - Parameter utf8Names: names of mailboxes come in UTF-8 (RFC 6855, RFC 9051), not in modified UTF-7.
  package static func parse(
    _ frame: Frame, utf8Names: Bool = false
  ) throws(IMAPSyntaxError) -> Response {
    var c = FrameCursor(frame, utf8Names: utf8Names)
    if c.skip(0x2B) {  // "+" [SP text]; Exchange sends "+" alone
      _ = c.skip(ASCII.space)
      return .continuation(Array(c.rest))
    }
    if c.skip(0x2A) {
      c.spaces()
      return .untagged(try untagged(&c))
    }
    let tag = c.take { FrameCursor.isAtomChar($0) && $0 != 0x2B || $0 == 0x5D }
    guard !tag.isEmpty, tag.count <= 64 else { throw c.error("expected a tag") }
    c.spaces()
    guard let kind = statusKind(&c), kind != .preauth else { throw c.error("expected OK, NO or BAD") }
    return .tagged(tag: String(decoding: tag, as: UTF8.self), status(kind, &c))
  }

  // MARK: Untagged

  private static func untagged(_ c: inout FrameCursor) throws(IMAPSyntaxError) -> Untagged {
    if let first = c.peek, ASCII.isDigit(first) { return try numbered(&c) }
    let start = c.offset
    if let kind = statusKind(&c) { return .status(status(kind, &c)) }
    c.move(to: start)
    let word = String(decoding: c.take { $0 != ASCII.space }.prefix(64).map(ASCII.upper), as: UTF8.self)
    c.spaces()
    switch word {
    case "CAPABILITY": return .capability(words(&c))
    case "ENABLED": return .enabled(words(&c))
    case "LIST", "LSUB", "XLIST": return .list(try list(&c))
    case "STATUS": return try mailboxStatus(&c)
    case "SEARCH", "SORT": return try search(&c)
    case "ESEARCH": return .extendedSearch(try extendedSearch(&c))
    case "FLAGS": return .flags(try c.flagList())
    case "VANISHED": return try vanished(&c)
    case "ID": return .id(try id(&c))
    case "NAMESPACE": return .namespaces(try namespaces(&c))
    default: return .unknown(printable(Array(word.utf8)[...]))
    }
  }

  private static func numbered(_ c: inout FrameCursor) throws(IMAPSyntaxError) -> Untagged {
    let number = try c.number32()
    c.spaces()
    let word = c.take { $0 != ASCII.space && $0 != 0x28 }
    c.spaces()
    if ASCII.equalsIgnoringCase(word, "FETCH") {
      guard number > 0 else { throw c.error("sequence number 0") }
      return .fetch(try fetch(&c, sequence: number))
    }
    if ASCII.equalsIgnoringCase(word, "UIDFETCH") {  // RFC 9586 §3.3
      guard number > 0 else { throw c.error("UID 0") }
      var data = try fetch(&c, sequence: 0)
      data.uid = UID(number)
      return .fetch(data)
    }
    if ASCII.equalsIgnoringCase(word, "EXISTS") { return .exists(number) }
    if ASCII.equalsIgnoringCase(word, "RECENT") { return .recent(number) }
    if ASCII.equalsIgnoringCase(word, "EXPUNGE") {
      guard number > 0 else { throw c.error("sequence number 0") }
      return .expunge(number)
    }
    return .unknown(printable(word.prefix(64)))
  }

  /// Words up to the line's end, upper case.
  static func words(_ c: inout FrameCursor, until end: UInt8? = nil) -> [String] {
    var words: [String] = []
    while let byte = c.peek, byte != end {
      let word = c.take { $0 != ASCII.space && $0 != end }
      if !word.isEmpty { words.append(String(decoding: word.map(ASCII.upper), as: UTF8.self)) }
      c.spaces()
    }
    return words
  }

  /// `"VANISHED" [SP "(EARLIER)"] SP known-uids`
  private static func vanished(_ c: inout FrameCursor) throws(IMAPSyntaxError) -> Untagged {
    let earlier = c.skip(ignoringCase: "(EARLIER)")
    c.spaces()
    let set = try c.uidSet()
    c.spaces()
    guard c.isAtEnd else { throw c.error("expected the end") }
    return .vanished(set, earlier: earlier)
  }

  /// `"ID" SP ("(" string SP nstring ... ")" / nil)`
  private static func id(_ c: inout FrameCursor) throws(IMAPSyntaxError) -> [String: String] {
    guard c.peek == 0x28 else { return [:] }
    var fields: [String: String] = [:]
    try c.list(atMost: 100) { (c) throws(IMAPSyntaxError) in
      let key = printable(try c.string()[...])
      c.spaces()
      if let value = try c.nstring() { fields[key.lowercased()] = printable(value[...]) }
    }
    return fields
  }

  // MARK: Status responses

  private static func statusKind(_ c: inout FrameCursor) -> StatusResponse.Kind? {
    let word = c.take(while: ASCII.isAlpha)
    guard c.isAtEnd || c.peek == ASCII.space || c.peek == 0x5B else { return nil }
    switch word.count {
    case 2:
      if ASCII.equalsIgnoringCase(word, "OK") { return .ok }
      return ASCII.equalsIgnoringCase(word, "NO") ? .no : nil
    case 3:
      if ASCII.equalsIgnoringCase(word, "BAD") { return .bad }
      return ASCII.equalsIgnoringCase(word, "BYE") ? .bye : nil
    default: return ASCII.equalsIgnoringCase(word, "PREAUTH") ? .preauth : nil
    }
  }

  /// `[SP "[" resp-text-code "]"] [SP text]`. Never fails: what cannot be read is text.
  private static func status(_ kind: StatusResponse.Kind, _ c: inout FrameCursor) -> StatusResponse {
    c.spaces()
    var code: ResponseCode?
    if c.peek == 0x5B {
      let start = c.offset
      code = responseCode(&c)
      if code == nil { c.move(to: start) }
      c.spaces()
    }
    return StatusResponse(kind, code: code, text: printable(c.rest))
  }

  /// For people: at most 1,000 octets, control characters as `?`.
  static func printable(_ bytes: ArraySlice<UInt8>) -> String {
    String(decoding: bytes.prefix(1000).map { $0 < 0x20 || $0 == 0x7F ? 0x3F : $0 }, as: UTF8.self)
  }
}

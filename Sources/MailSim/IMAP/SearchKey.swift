internal import Bytes

/// A condition of SEARCH (RFC 3501 §6.4.4).
indirect enum SearchKey: Sendable {
  case all
  case flag(String, Bool)
  case uids(UIDRanges)
  /// INTERNALDATE within, seconds since 1970.
  case received(Range<Int64>)
  /// The Date field's day within.
  case sent(Range<Int64>)
  case size(Range<Int>)
  case header(String, [UInt8])
  case body([UInt8])
  case text([UInt8])
  case modSeq(UInt64)
  case gmailMessageID(UInt64)
  case gmailThreadID(UInt64)
  case not(SearchKey)
  case or(SearchKey, SearchKey)
  case and([SearchKey])

  /// What the parser must know of the folder.
  struct Context {
    let view: UIDRanges
    let condstore: Bool
    let gmail: Bool
  }

  static func list(_ arguments: inout IMAPArguments, _ context: Context) throws(IMAPBad) -> SearchKey {
    var keys = [try key(&arguments, context, depth: 0)]
    while arguments.skip(ASCII.space) { keys.append(try key(&arguments, context, depth: 0)) }
    return keys.count == 1 ? keys[0] : .and(keys)
  }

  private static func key(_ a: inout IMAPArguments, _ c: Context, depth: Int) throws(IMAPBad) -> SearchKey {
    guard depth < 50 else { throw IMAPBad("Nested too deep") }
    if a.skip(0x28) {
      var keys = [try key(&a, c, depth: depth + 1)]
      while a.skip(ASCII.space) { keys.append(try key(&a, c, depth: depth + 1)) }
      try a.expect(0x29)
      return .and(keys)
    }
    if let b = a.peek, ASCII.isDigit(b) || b == 0x2A {
      let numbers = try a.sequenceSet().resolved(last: UInt32(c.view.count))
      return .uids(c.view.uids(numbers: numbers))
    }
    let word = try a.keyword()
    if let simple = simpleKeys[word] { return simple }
    switch word {
    case "NEW", "RECENT": return .not(.all)
    case "NOT":
      try a.space()
      return .not(try key(&a, c, depth: depth + 1))
    case "OR":
      try a.space()
      let first = try key(&a, c, depth: depth + 1)
      try a.space()
      return .or(first, try key(&a, c, depth: depth + 1))
    case "UID":
      try a.space()
      return .uids(try a.sequenceSet().resolved(last: c.view.last ?? 0).intersection(c.view))
    case "KEYWORD", "UNKEYWORD":
      try a.space()
      return .flag(try a.atom(), word == "KEYWORD")
    default:
      try a.space()
      return try valued(word, &a, c)
    }
  }

  private static let simpleKeys: [String: SearchKey] = [
    "ALL": .all, "OLD": .all, "ANSWERED": .flag("\\Answered", true), "UNANSWERED": .flag("\\Answered", false),
    "DELETED": .flag("\\Deleted", true), "UNDELETED": .flag("\\Deleted", false),
    "SEEN": .flag("\\Seen", true),
    "UNSEEN": .flag("\\Seen", false), "FLAGGED": .flag("\\Flagged", true),
    "UNFLAGGED": .flag("\\Flagged", false),
    "DRAFT": .flag("\\Draft", true), "UNDRAFT": .flag("\\Draft", false),
  ]

  private static func valued(_ word: String, _ a: inout IMAPArguments, _ c: Context) throws(IMAPBad)
    -> SearchKey
  {
    switch word {
    case "SINCE": return .received(try a.date()..<Int64.max)
    case "BEFORE": return .received(Int64.min..<(try a.date()))
    case "ON":
      let day = try a.date()
      return .received(day..<day + 86400)
    case "SENTSINCE": return .sent(try a.date()..<Int64.max)
    case "SENTBEFORE": return .sent(Int64.min..<(try a.date()))
    case "SENTON":
      let day = try a.date()
      return .sent(day..<day + 86400)
    case "LARGER": return .size(Int(try a.number()) + 1..<Int.max)
    case "SMALLER": return .size(0..<Int(try a.number()))
    case "FROM", "TO", "CC", "BCC", "SUBJECT": return .header(word.lowercased(), try a.astring())
    case "HEADER":
      let name = String(decoding: ASCII.lowercased(try a.astring()), as: UTF8.self)
      try a.space()
      return .header(name, try a.astring())
    case "BODY": return .body(try a.astring())
    case "TEXT": return .text(try a.astring())
    case "MODSEQ" where c.condstore:
      if a.peek == ASCII.quote {
        _ = try a.string()
        try a.space()
        _ = try a.keyword()
        try a.space()
      }
      return .modSeq(try a.number(atMost: UInt64(Int64.max)))
    case "X-GM-MSGID" where c.gmail: return .gmailMessageID(try a.number(atMost: .max))
    case "X-GM-THRID" where c.gmail: return .gmailThreadID(try a.number(atMost: .max))
    case "X-GM-RAW" where c.gmail:
      // Of Gmail's language only the search for an id.
      let text = String(decoding: try a.astring(), as: UTF8.self)
      guard text.hasPrefix("rfc822msgid:") else { return .text([UInt8](text.utf8)) }
      return .header("message-id", [UInt8](text.dropFirst(12).utf8))
    default: throw IMAPBad("Unknown search key")
    }
  }

  /// A mod-sequence is asked for: the answer must tell the highest one.
  var hasModSeq: Bool {
    switch self {
    case .modSeq: true
    case .not(let key): key.hasModSeq
    case .or(let a, let b): a.hasModSeq || b.hasModSeq
    case .and(let keys): keys.contains(where: \.hasModSeq)
    default: false
    }
  }

  // MARK: Matching

  /// What can be said without looking at messages: no message outside can match.
  func bounds(_ mailbox: Mailbox) -> UIDRanges? {
    switch self {
    case .uids(let set): return set
    case .modSeq(let n) where n > 1: return mailbox.changed(since: n - 1)
    case .header("message-id", let value):
      // Those made on demand tell their number; the others have to be looked at.
      guard let maker = mailbox.maker, maker.count > 0 else { return nil }
      guard let number = maker.number(messageID: String(decoding: value, as: UTF8.self)) else {
        return value.contains(0x40) ? mailbox.present.subtracting(UIDRanges(1...maker.count)) : nil
      }
      var found = mailbox.present.subtracting(UIDRanges(1...maker.count))
      found.insert(number)
      return found
    case .and(let keys):
      return keys.compactMap { $0.bounds(mailbox) }.reduce(nil as UIDRanges?) { $0?.intersection($1) ?? $1 }
    default: return nil
    }
  }

  /// Every message within the bounds matches.
  var isDecidedByBounds: Bool {
    switch self {
    case .all, .uids: true
    case .and(let keys): keys.allSatisfy(\.isDecidedByBounds)
    default: false
    }
  }

  func matches(_ entry: Mailbox.Entry, _ raw: inout [UInt8]?) -> Bool {
    switch self {
    case .all: return true
    case .flag(let flag, let wanted):
      return entry.flags.contains { $0.lowercased() == flag.lowercased() } == wanted
    case .uids(let set): return set.contains(entry.uid)
    case .received(let range): return range.contains(entry.receivedSeconds)
    case .sent(let range):
      let date = SearchText.field("date", Self.text(entry, &raw)).flatMap(SearchText.daySeconds)
      return date.map(range.contains) ?? false
    case .size(let range): return range.contains(Self.text(entry, &raw).count)
    case .header(let name, let value): return SearchText.header(Self.text(entry, &raw), name, contains: value)
    case .body(let value): return SearchText.body(Self.text(entry, &raw), contains: value)
    case .text(let value): return SearchText.whole(Self.text(entry, &raw), contains: value)
    case .modSeq(let n): return entry.modSeq >= n
    case .gmailMessageID(let n): return GmailNumbers.message(Self.text(entry, &raw)) == n
    case .gmailThreadID(let n): return GmailNumbers.thread(Self.text(entry, &raw)) == n
    case .not(let key): return !key.matches(entry, &raw)
    case .or(let a, let b): return a.matches(entry, &raw) || b.matches(entry, &raw)
    case .and(let keys): return keys.allSatisfy { $0.matches(entry, &raw) }
    }
  }

  private static func text(_ entry: Mailbox.Entry, _ raw: inout [UInt8]?) -> [UInt8] {
    if let raw { return raw }
    let made = entry.content.raw
    raw = made
    return made
  }
}

internal import Bytes

extension ResponseParser {
  /// `mailbox-list = "(" [mbx-list-flags] ")" SP (DQUOTE QUOTED-CHAR DQUOTE / nil) SP mailbox
  ///   [SP mbox-list-extended]`
  static func list(_ c: inout FrameCursor) throws(IMAPSyntaxError) -> ListEntry {
    let attributes = try c.flagList().map { $0.lowercased() }
    c.spaces()
    let delimiter = try c.nstring()
    c.spaces()
    let name = try listedName(&c)
    var entry = ListEntry(
      name: c.mailboxName(name), delimiter: delimiter?.count == 1 ? delimiter?.first : nil,
      attributes: attributes)
    entry.oldName = oldName(&c)
    return entry
  }

  /// `OLDNAME` of `mbox-list-extended`: what the mailbox was called (RFC 9051 §6.3.9.7). Whatever else is
  /// there, or cannot be read, is of no interest.
  private static func oldName(_ c: inout FrameCursor) -> MailboxName? {
    c.spaces()
    var old: MailboxName?
    // A line that was read up to its name is good, whatever its rest is.
    try? c.list(atMost: 100) { (c) throws(IMAPSyntaxError) in
      let word = try c.astring()
      c.spaces()
      guard ASCII.equalsIgnoringCase(word, "OLDNAME"), c.skip(0x28) else { return try c.skipValue() }
      c.spaces()
      old = c.mailboxName(try c.astring())
      c.spaces()
      try c.expect(0x29)
    }
    return old
  }

  /// `"NAMESPACE" SP namespace SP namespace SP namespace`
  static func namespaces(_ c: inout FrameCursor) throws(IMAPSyntaxError) -> Namespaces {
    var all = Namespaces()
    all.personal = try namespace(&c)
    c.spaces()
    all.otherUsers = try namespace(&c)
    c.spaces()
    all.shared = try namespace(&c)
    return all
  }

  /// `nil / "(" 1*("(" string SP (DQUOTE QUOTED-CHAR DQUOTE / nil) [extensions] ")") ")"`
  private static func namespace(
    _ c: inout FrameCursor
  ) throws(IMAPSyntaxError) -> [Namespaces.Namespace] {
    if c.skip(ignoringCase: "NIL") { return [] }
    var found: [Namespaces.Namespace] = []
    try c.list(atMost: 1000) { (c) throws(IMAPSyntaxError) in
      try c.expect(0x28)
      c.spaces()
      let prefix = try c.string()
      c.spaces()
      let delimiter = try c.nstring()
      c.spaces()
      while !c.skip(0x29) {
        try c.skipValue()
        c.spaces()
      }
      found.append(
        .init(prefix: c.mailboxName(prefix), delimiter: delimiter?.count == 1 ? delimiter?.first : nil))
    }
    return found
  }

  /// A name as servers send it. Office 365 sends names with control characters, spaces and brackets
  /// unquoted: then the rest of the line is the name.
  private static func listedName(_ c: inout FrameCursor) throws(IMAPSyntaxError) -> [UInt8] {
    let start = c.offset
    if c.peek == ASCII.quote || c.peek == 0x7B { return try c.string() }
    let name = try c.take { FrameCursor.isAtomChar($0) || $0 == 0x5D || $0 == ASCII.backslash }
      .nonEmpty(orThrow: c.error("expected a name"))
    // mbox-list-extended, or nothing.
    if c.isAtEnd || (c.peek == ASCII.space && c.peek(1) == 0x28) { return Array(name) }
    c.move(to: start)
    return Array(c.rest)
  }

  /// `"STATUS" SP mailbox SP "(" [status-att-list] ")"`
  static func mailboxStatus(_ c: inout FrameCursor) throws(IMAPSyntaxError) -> Untagged {
    let name: [UInt8]
    if c.peek == ASCII.quote || c.peek == 0x7B {
      name = try c.string()
    } else {
      // The items are the last list of the line; unquoted names may hold spaces and parentheses.
      guard let open = lastList(c.rest) else { throw c.error("no items") }
      name = Array(c.rest[..<open].reversed().drop { $0 == ASCII.space }.reversed())
      c.move(to: open)
    }
    c.spaces()
    var items = StatusItems()
    try c.list(atMost: 100) { (c) throws(IMAPSyntaxError) in try statusItem(&c, &items) }
    return .mailboxStatus(c.mailboxName(name), items)
  }

  /// The index of the `(` that belongs to the last `)`.
  private static func lastList(_ text: ArraySlice<UInt8>) -> Int? {
    var depth = 0
    for i in text.indices.reversed() {
      if text[i] == 0x29 { depth += 1 }
      if text[i] == 0x28 {
        depth -= 1
        if depth <= 0 { return i }
      }
    }
    return nil
  }

  private static func statusItem(_ c: inout FrameCursor, _ items: inout StatusItems) throws(IMAPSyntaxError) {
    let word = String(decoding: try c.atom().map(ASCII.upper), as: UTF8.self)
    c.spaces()
    switch word {
    case "MESSAGES": items.messages = try c.number32()
    case "UIDNEXT": items.uidNext = try c.number32()
    case "UIDVALIDITY":
      let value = try c.number32()
      items.uidValidity = value > 0 ? UIDValidity(value) : nil
    case "UNSEEN": items.unseen = try c.number32()
    case "SIZE": items.size = try c.number()
    case "APPENDLIMIT":
      if c.skip(ignoringCase: "NIL") { break }
      items.appendLimit = try c.number()
    case "MAILBOXID":
      if c.peek == 0x28 { items.mailboxID = objectID(&c) } else { try c.skipValue() }
    case "HIGHESTMODSEQ":
      if c.peek == 0x2D {
        try c.skipValue()
      } else {
        items.highestModSeq = modSeq(try c.number())
      }
    default: try c.skipValue()
    }
  }

  /// `"SEARCH" *(SP nz-number) [SP "(MODSEQ" SP mod-sequence-value ")"]`, in any order.
  static func search(_ c: inout FrameCursor) throws(IMAPSyntaxError) -> Untagged {
    var found: [UInt32] = []
    var modSeq: ModSeq?
    while !c.isAtEnd {
      if c.skip(0x28) {
        guard c.skip(ignoringCase: "MODSEQ") else { throw c.error("expected MODSEQ") }
        c.spaces()
        modSeq = self.modSeq(try c.number())
        try c.expect(0x29)
      } else {
        let value = try c.number32()
        if value > 0 { found.append(value) }
      }
      c.spaces()
    }
    return .search(UIDSet(found), modSeq: modSeq)
  }

  /// `"ESEARCH" [SP "(" "TAG" SP string ")"] [SP "UID"] *(SP search-return-data)`
  static func extendedSearch(_ c: inout FrameCursor) throws(IMAPSyntaxError) -> ExtendedSearch {
    var result = ExtendedSearch()
    if c.peek == 0x28 {
      try c.list(atMost: 10) { (c) throws(IMAPSyntaxError) in
        let word = try c.atom()
        let isTag = ASCII.equalsIgnoringCase(word, "TAG")
        c.spaces()
        let value = try c.astring()
        if isTag { result.tag = printable(value[...]) }
      }
    }
    c.spaces()
    while !c.isAtEnd {
      let word = try c.atom()
      c.spaces()
      if ASCII.equalsIgnoringCase(word, "UID") {
        result.isUID = true
      } else if ASCII.equalsIgnoringCase(word, "ALL") {
        result.all = try c.uidSet()
      } else if ASCII.equalsIgnoringCase(word, "PARTIAL") {
        result.partial = try partial(&c)
      } else if ASCII.equalsIgnoringCase(word, "MIN") {
        result.min = try c.number32()
      } else if ASCII.equalsIgnoringCase(word, "MAX") {
        result.max = try c.number32()
      } else if ASCII.equalsIgnoringCase(word, "COUNT") {
        result.count = try c.number()
      } else if ASCII.equalsIgnoringCase(word, "MODSEQ") {
        result.modSeq = modSeq(try c.number())
      } else {
        try c.skipValue()
      }
      c.spaces()
    }
    return result
  }
}

extension ResponseParser {
  /// `"(" partial-range SP (sequence-set / nil) ")"` (RFC 9394 §4)
  private static func partial(_ c: inout FrameCursor) throws(IMAPSyntaxError) -> UIDSet {
    try c.expect(0x28)
    c.spaces()
    _ = c.take { ASCII.isDigit($0) || $0 == 0x3A || $0 == 0x2D }
    c.spaces()
    let set = c.skip(ignoringCase: "NIL") ? UIDSet() : try c.uidSet()
    c.spaces()
    try c.expect(0x29)
    return set
  }
}

extension ArraySlice<UInt8> {
  fileprivate func nonEmpty(orThrow error: IMAPSyntaxError) throws(IMAPSyntaxError) -> ArraySlice<UInt8> {
    if isEmpty { throw error }
    return self
  }
}

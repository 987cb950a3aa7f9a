import Bytes
import IMAPCodec
import Testing

/// Answers that only extensions know.
@Suite(.timeLimit(.minutes(1))) struct ExtensionParserTests {
  static func namespaces(
    _ personal: [(String, Character?)], _ others: [(String, Character?)] = [],
    _ shared: [(String, Character?)] = []
  ) -> Untagged {
    func all(_ list: [(String, Character?)]) -> [Namespaces.Namespace] {
      list.map { .init(prefix: MailboxName(wire: Array($0.0.utf8)), delimiter: $0.1?.asciiValue) }
    }
    var told = Namespaces()
    (told.personal, told.otherUsers, told.shared) = (all(personal), all(others), all(shared))
    return .namespaces(told)
  }

  static func search(_ set: (inout ExtendedSearch) -> Void) -> Untagged {
    var answer = ExtendedSearch()
    (answer.tag, answer.isUID) = ("P2", true)
    set(&answer)
    return .extendedSearch(answer)
  }

  static func status(_ set: (inout StatusItems) -> Void) -> Untagged {
    var items = StatusItems()
    set(&items)
    return .mailboxStatus(.inbox, items)
  }

  static func listed(_ name: String, delimiter: UInt8? = 0x2F, oldName: String?) -> Untagged {
    var entry = ListEntry(name: MailboxName(wire: Array(name.utf8)), delimiter: delimiter, attributes: [])
    entry.oldName = oldName.map { MailboxName(wire: Array($0.utf8)) }
    return .list(entry)
  }

  static func fetched(_ set: (inout FetchData) -> Void) -> Untagged {
    var data = FetchData(sequence: 0)
    set(&data)
    return .fetch(data)
  }

  static let data: [(String, Untagged)] = [
    // RFC 2342 §5, and a server with extensions of its own
    ("* NAMESPACE ((\"\" \"/\")) NIL NIL", namespaces([("", "/")])),
    (
      "* NAMESPACE ((\"INBOX.\" \".\")) ((\"~\" \"/\")) ((\"#shared/\" \"/\")(\"#public/\" NIL))",
      namespaces([("INBOX.", ".")], [("~", "/")], [("#shared/", "/"), ("#public/", nil)])
    ),
    (
      "* namespace ((\"\" \"/\" \"X-PARAM\" (\"FLAG1\" \"FLAG2\"))) nil (({1}\r\nx \"\"))",
      namespaces([("", "/")], [], [("x", nil)])
    ),
    // RFC 9394 §3.1
    (
      "* ESEARCH (TAG \"P2\") UID PARTIAL (-1:-100 200:250,252:300)",
      search { $0.partial = UIDSet(200...250).union(UIDSet(252...300)) }
    ),
    ("* ESEARCH (TAG \"P2\") UID PARTIAL (1:500 NIL)", search { $0.partial = UIDSet() }),
    (
      "* ESEARCH (TAG \"P2\") UID COUNT 5 PARTIAL ( 1:2 7 ) MODSEQ 9",
      search { ($0.count, $0.partial, $0.modSeq) = (5, UIDSet(UID(7)), ModSeq(9)) }
    ),
    (
      "* STATUS INBOX (SIZE 44421 APPENDLIMIT 257890)",
      status { ($0.size, $0.appendLimit) = (44421, 257_890) }
    ),
    ("* STATUS INBOX (APPENDLIMIT NIL MAILBOXID (F-1_x))", status { $0.mailboxID = "F-1_x" }),
    // Cyrus 3.6.1 gives freed memory
    ("* STATUS INBOX (MAILBOXID (b\u{6}\u{6}x) MESSAGES 3)", status { $0.messages = 3 }),
    ("* STATUS INBOX (MAILBOXID NIL MESSAGES 3)", status { $0.messages = 3 }),
    // RFC 9051 §6.3.9.7
    ("* LIST () \"/\" \"New\" (\"OLDNAME\" (\"Old\"))", listed("New", oldName: "Old")),
    ("* LIST () \"/\" New (CHILDINFO (\"SUBSCRIBED\") OLDNAME (Old))", listed("New", oldName: "Old")),
    ("* LIST () \"/\" \"New\" (\"CHILDINFO\" (\"SUBSCRIBED\"))", listed("New", oldName: nil)),
    ("* LIST () NIL New (OLDNAME", listed("New", delimiter: nil, oldName: nil)),
    // RFC 9586 §3.3
    ("* 25996 UIDFETCH (FLAGS (\\Seen))", fetched { ($0.uid, $0.flags) = (UID(25996), ["\\Seen"]) }),
    // The number in front is what counts.
    ("* 7 UIDFETCH (UID 8 MODSEQ (5))", fetched { ($0.uid, $0.modSeq) = (UID(7), ModSeq(5)) }),
  ]

  @Test(arguments: data)
  func `reads what extensions tell`(line: String, expected: Untagged) throws {
    #expect(try parse(line) == .untagged(expected))
  }

  @Test(arguments: [
    "* NAMESPACE", "* NAMESPACE NIL", "* NAMESPACE (())", "* NAMESPACE ((\"\" \"/\") NIL NIL",
    "* NAMESPACE ((\"\" x)) NIL NIL",
    "* ESEARCH UID PARTIAL", "* ESEARCH UID PARTIAL (1:2", "* ESEARCH UID PARTIAL 1:2 7",
    "* ESEARCH UID PARTIAL (1:2 x)",
    "* STATUS INBOX (SIZE x)", "* STATUS INBOX (APPENDLIMIT -1)", "* 0 UIDFETCH (FLAGS ())", "* 1 UIDFETCH",
    "* 1 FETCH (BINARY[", "* 1 FETCH (PREVIEW", "* 1 FETCH (EMAILID", "* 1 FETCH (BINARY.SIZE[1]",
  ])
  func `what cannot be read is an error`(line: String) {
    #expect(throws: IMAPSyntaxError.self) { try parse(line) }
  }

  @Test(
    arguments: [
      ("[INPROGRESS (\"A142\" 175 1000)]", .inProgress(tag: "A142", done: 175, goal: 1000)),
      ("[INPROGRESS (\"A142\" 175 NIL)]", .inProgress(tag: "A142", done: 175, goal: nil)),
      ("[INPROGRESS (NIL NIL NIL)]", .inProgress(tag: nil, done: nil, goal: nil)),
      ("[INPROGRESS]", .inProgress(tag: nil, done: nil, goal: nil)),
      ("[INPROGRESS (x)]", .other("INPROGRESS")),
      ("[NOTIFICATIONOVERFLOW]", .other("NOTIFICATIONOVERFLOW")), ("[NOTSAVED]", .other("NOTSAVED")),
      ("[UNKNOWN-CTE]", .other("UNKNOWN-CTE")), ("[UIDREQUIRED]", .other("UIDREQUIRED")),
      ("[BADEVENT (FlagChange)]", .other("BADEVENT")),
    ] as [(String, ResponseCode)])
  func `reads codes`(text: String, code: ResponseCode) throws {
    #expect(
      try parse("* OK \(text) still here")
        == .untagged(.status(StatusResponse(.ok, code: code, text: "still here"))))
  }

  @Test func `a preview is short and of one line`() throws {
    let long = String(repeating: "é", count: 3000)
    guard case .untagged(.fetch(let data)) = try parse("* 1 FETCH (UID 1 PREVIEW {\(6000)}\r\n\(long))")
    else {
      return #expect(Bool(false))
    }
    #expect(data.preview == String(repeating: "é", count: 256))
  }

  @Test func `names in UTF-8 and in modified UTF-7 are the same names`() throws {
    func name(_ line: String, utf8: Bool) throws -> MailboxName {
      let frame = try #require(try frames([Array((line + "\r\n").utf8)]).frames.first)
      guard case .untagged(.list(let entry)) = try ResponseParser.parse(frame, utf8Names: utf8) else {
        throw IMAPSyntaxError(offset: 0, reason: "no LIST")
      }
      return entry.name
    }
    let old = try name("* LIST () \"/\" \"Entw&APw-rfe & Co\"", utf8: false)
    #expect(try name("* LIST () \"/\" \"Entwürfe & Co\"", utf8: true) != old, "& alone is not modified UTF-7")
    #expect(
      try name("* LIST () \"/\" \"Entwürfe & Co\"", utf8: true)
        == name("* LIST () \"/\" \"Entw&APw-rfe &- Co\"", utf8: false))
    #expect(try name("* LIST () \"/\" Entw&APw-rfe", utf8: true).text == "Entw&APw-rfe")
    for text in ["INBOX", "é", "e\u{301}", "&", "日本語/台北", "a\"b\\", "\u{1F600}"] {
      let name = MailboxName(decoded: text)
      #expect(MailboxName(utf8: name.utf8) == name)
      #expect(String(decoding: name.utf8, as: UTF8.self) == text)
    }
    // Octets that are no UTF-8 go back as they came.
    #expect(MailboxName(utf8: [0x61, 0xFF]).utf8 == [0x61, 0xFF])
  }

  @Test func `whatever is cut out of them, nothing traps`() {
    for (line, _) in Self.data {
      let octets = Array(line.utf8)
      for from in octets.indices {
        for to in from...octets.count {
          guard let frame = try? frames([Array(octets[..<from] + octets[to...]) + [13, 10]]).frames.first
          else { continue }
          _ = try? ResponseParser.parse(frame, utf8Names: true)
        }
      }
    }
  }
}

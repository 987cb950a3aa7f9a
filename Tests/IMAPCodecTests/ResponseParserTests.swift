import Bytes
import IMAPCodec
import Testing

func parse(_ text: String) throws -> Response { try parse(Array(text.utf8)) }

func parse(_ octets: [UInt8]) throws -> Response {
  let result = try frames([octets + Array("\r\n".utf8)])
  #expect(result.left == 0 && result.framer.isBetweenFrames)
  return try ResponseParser.parse(try #require(result.frames.first))
}

@Suite(.timeLimit(.minutes(1))) struct ResponseParserTests {
  static func ok(_ code: ResponseCode?, _ text: String) -> Response {
    .untagged(.status(StatusResponse(.ok, code: code, text: text)))
  }

  static let statuses: [(String, Response)] = [
    ("* OK ready", ok(nil, "ready")), ("* ok", ok(nil, "")), ("* OK [ALERT] x", ok(.other("ALERT"), "x")),
    ("* OK [UIDVALIDITY 5] v", ok(.uidValidity(UIDValidity(5)), "v")),
    ("* OK [UIDVALIDITY 0] v", ok(.other("UIDVALIDITY"), "v")), ("* OK [UIDNEXT 7]", ok(.uidNext(7), "")),
    ("* OK [UIDNEXT 99999999999]", ok(.other("UIDNEXT"), "")),
    // Cyrus 3.6.1, in mid-session
    (
      "* OK [HIGHESTMODSEQ 28] CONDSTORE enabled by MODSEQ fetch",
      ok(.highestModSeq(ModSeq(28)), "CONDSTORE enabled by MODSEQ fetch")
    ),
    ("* OK [HIGHESTMODSEQ 9223372036854775807] x", ok(.highestModSeq(.largest), "x")),
    ("* OK [HIGHESTMODSEQ 9223372036854775808] x", ok(.other("HIGHESTMODSEQ"), "x")),
    ("* OK [HIGHESTMODSEQ 0] x", ok(.other("HIGHESTMODSEQ"), "x")),
    ("* OK [NOMODSEQ] x", ok(.other("NOMODSEQ"), "x")),
    ("* OK [CLOSED] Previous", ok(.other("CLOSED"), "Previous")),
    (
      "* OK [PERMANENTFLAGS (\\Answered \\Seen $Junk \\*)] ok",
      ok(.permanentFlags(["\\Answered", "\\Seen", "$Junk", "\\*"]), "ok")
    ),
    ("* OK [PERMANENTFLAGS ()] ok", ok(.permanentFlags([]), "ok")),
    ("* OK [PERMANENTFLAGS ([Gmail] \\*)] ok", ok(.permanentFlags(["[Gmail]", "\\*"]), "ok")),
    (
      "* OK [CAPABILITY IMAP4rev1 LITERAL+ AUTH=PLAIN] Hi",
      ok(.capability(["IMAP4REV1", "LITERAL+", "AUTH=PLAIN"]), "Hi")
    ),
    ("* OK [MAILBOXID (F2212ea87-6097-4256)] x", ok(.mailboxID("F2212ea87-6097-4256"), "x")),
    // Cyrus 3.6.1 gives freed memory
    ("* OK [MAILBOXID (b\u{6}\u{6}x)] x", ok(.other("MAILBOXID"), "x")),
    ("* OK [unknown with \"]\" data] x", ok(.other("UNKNOWN"), "x")), ("* OK [broken", ok(nil, "[broken")),
    ("* OK [a \"b] c", ok(.other("A"), "c")), ("* OK [] c", ok(.other(""), "c")),
    // Office 365
    (
      "* BYE Server Unavailable. 15", .untagged(.status(StatusResponse(.bye, text: "Server Unavailable. 15")))
    ),
    (
      "* PREAUTH [CAPABILITY IMAP4] in",
      .untagged(.status(StatusResponse(.preauth, code: .capability(["IMAP4"]), text: "in")))
    ),
    ("P1 OK done", .tagged(tag: "P1", StatusResponse(.ok, text: "done"))),
    ("P1 OK", .tagged(tag: "P1", StatusResponse(.ok))),
    (
      "P12 NO [AUTHENTICATIONFAILED] Invalid credentials (Failure)",
      .tagged(
        tag: "P12",
        StatusResponse(.no, code: .other("AUTHENTICATIONFAILED"), text: "Invalid credentials (Failure)"))
    ),
    (
      "P1 NO [LIMIT] CAPABILITY Rate limit hit.",
      .tagged(tag: "P1", StatusResponse(.no, code: .other("LIMIT"), text: "CAPABILITY Rate limit hit."))
    ),
    (
      "P1 BAD Request is throttled. Suggested Backoff Time: 92415 milliseconds",
      .tagged(
        tag: "P1",
        StatusResponse(.bad, text: "Request is throttled. Suggested Backoff Time: 92415 milliseconds"))
    ),
    (
      "P1 OK [APPENDUID 38505 3955] ok",
      .tagged(
        tag: "P1", StatusResponse(.ok, code: .appendUID(UIDValidity(38505), UIDSet(UID(3955))), text: "ok"))
    ),
    (
      "P1 OK [APPENDUID 38505 *] ok",
      .tagged(tag: "P1", StatusResponse(.ok, code: .other("APPENDUID"), text: "ok"))
    ),
    (
      "P1 OK [APPENDUID 1 1:4294967295] ok",
      .tagged(tag: "P1", StatusResponse(.ok, code: .other("APPENDUID"), text: "ok"))
    ),
    (
      "P1 OK [COPYUID 5 304,319:320 3956:3958] ok",
      .tagged(
        tag: "P1",
        StatusResponse(
          .ok,
          code: .copyUID(UIDValidity(5), from: UIDSet([304, 319, 320] as [UInt32]), to: UIDSet(3956...3958)),
          text: "ok"))
    ),
    // Office 365, two spaces and nothing behind them
    ("P1 OK [COPYUID 5  ] ok", .tagged(tag: "P1", StatusResponse(.ok, code: .other("COPYUID"), text: "ok"))),
    (
      "P1 OK [COPYUID 5 1:3 7] ok",
      .tagged(tag: "P1", StatusResponse(.ok, code: .other("COPYUID"), text: "ok"))
    ),
    (
      "P1 NO [REFERRAL imap://evil.example/] try there",
      .tagged(tag: "P1", StatusResponse(.no, code: .referral("imap://evil.example/"), text: "try there"))
    ),
    ("P1 NO [TRYCREATE] x", .tagged(tag: "P1", StatusResponse(.no, code: .other("TRYCREATE"), text: "x"))),
    ("P1 OK a\u{1B}[31mb\u{7}", .tagged(tag: "P1", StatusResponse(.ok, text: "a?[31mb?"))),
    ("+ ", .continuation([])), ("+", .continuation([])), ("+ AQ==", .continuation(Array("AQ==".utf8))),
    ("+ entering ENHANCED idle mode", .continuation(Array("entering ENHANCED idle mode".utf8))),
  ]

  @Test(arguments: statuses)
  func `reads status responses and continuations`(line: String, expected: Response) throws {
    #expect(try parse(line) == expected)
  }

  static func list(_ name: String, _ delimiter: Character? = "/", _ attributes: [String] = []) -> Untagged {
    .list(
      ListEntry(
        name: MailboxName(wire: Array(name.utf8)), delimiter: delimiter?.asciiValue, attributes: attributes))
  }

  static func status(_ name: String, _ set: (inout StatusItems) -> Void) -> Untagged {
    var items = StatusItems()
    set(&items)
    return .mailboxStatus(MailboxName(wire: Array(name.utf8)), items)
  }

  static func esearch(_ set: (inout ExtendedSearch) -> Void) -> Untagged {
    var result = ExtendedSearch()
    set(&result)
    return .extendedSearch(result)
  }

  static let data: [(String, Untagged)] = [
    ("* 23 EXISTS", .exists(23)), ("* 0 EXISTS", .exists(0)), ("* 5 RECENT", .recent(5)),
    ("* 44 EXPUNGE", .expunge(44)),
    ("*  23 exists ", .exists(23)), ("* 1 FOO bar", .unknown("FOO")), ("* FOO (\"x", .unknown("FOO")),
    ("* Server Unavailable.", .unknown("SERVER")), ("*", .unknown("")),
    ("* CAPABILITY IMAP4rev1 XPIG-LATIN ", .capability(["IMAP4REV1", "XPIG-LATIN"])),
    ("* ENABLED CONDSTORE QRESYNC", .enabled(["CONDSTORE", "QRESYNC"])), ("* ENABLED", .enabled([])),
    ("* FLAGS (\\Answered \\Recent NonJunk)", .flags(["\\Answered", "\\Recent", "NonJunk"])),
    ("* LIST (\\HasNoChildren \\Trash) \"/\" Trash", list("Trash", "/", ["\\hasnochildren", "\\trash"])),
    (
      "* LIST (\\HasNoChildren \\trash) \".\" INBOX.Trash",
      list("INBOX.Trash", ".", ["\\hasnochildren", "\\trash"])
    ),
    ("* LIST () NIL inbox", list("INBOX", nil)),
    ("* LSUB () \"\\\\\" \"a\\\"b\\\\c\"", list("a\"b\\c", "\\")),
    ("* XLIST (\\Inbox) \"/\" \"Inbox\"", list("INBOX", "/", ["\\inbox"])),
    ("* LIST (\\NoInferiors) \"/\" {5}\r\na\r\nb)", list("a\r\nb)", "/", ["\\noinferiors"])),
    ("* LIST () \"/\" [Gmail]/Sent", list("[Gmail]/Sent")),
    ("* LIST () \"/\" Folder (\"CHILDINFO\" (\"SUBSCRIBED\"))", list("Folder")),
    // Office 365: names unquoted though they need it
    ("* LIST () \"/\" Two Words", list("Two Words")), ("* LIST () \"/\" a(b)c", list("a(b)c")),
    ("* LIST () \"/\" a\u{1}b", list("a\u{1}b")), ("* LIST () \"/\" Entwürfe", list("Entwürfe")),
    ("* LIST () \"/\" \"\"", list("")), ("* LIST () \"\" x", list("x", nil)),
    (
      "* STATUS blurdybloop (MESSAGES 231 UIDNEXT 44292 UIDVALIDITY 7 HIGHESTMODSEQ 9 UNSEEN 1 SIZE 5000000000)",
      status("blurdybloop") {
        $0.messages = 231
        $0.uidNext = 44292
        $0.uidValidity = UIDValidity(7)
        $0.highestModSeq = ModSeq(9)
        $0.unseen = 1
        $0.size = 5_000_000_000
      }
    ),
    ("* STATUS \"a b\" (MESSAGES 2)", status("a b") { $0.messages = 2 }),
    ("* STATUS a (b) (MESSAGES 2)", status("a (b)") { $0.messages = 2 }),
    (
      "* STATUS a (MESSAGES 2 MAILBOXID (x) HIGHESTMODSEQ -1 FOO 3)",
      status("a") { ($0.messages, $0.mailboxID) = (2, "x") }
    ),
    ("* STATUS {1}\r\na (MESSAGES 2 )", status("a") { $0.messages = 2 }),
    ("* STATUS a ()", status("a") { _ in }),
    ("* SEARCH", .search(UIDSet(), modSeq: nil)), ("* SEARCH ", .search(UIDSet(), modSeq: nil)),
    ("* SEARCH 5 2 9 3", .search(UIDSet([2, 3, 5, 9] as [UInt32]), modSeq: nil)),
    ("* SEARCH 2 5 (MODSEQ 917162500)", .search(UIDSet([2, 5] as [UInt32]), modSeq: ModSeq(917_162_500))),
    ("* SEARCH 0 1", .search(UIDSet(UID(1)), modSeq: nil)),
    (
      "* ESEARCH (TAG \"A282\") UID ALL 2,10:11 COUNT 3 MIN 2 MAX 11 MODSEQ 5 X (y)",
      esearch {
        $0.tag = "A282"
        $0.isUID = true
        $0.all = UIDSet([2, 10, 11] as [UInt32])
        $0.count = 3
        $0.min = 2
        $0.max = 11
        $0.modSeq = ModSeq(5)
      }
    ),
    ("* ESEARCH (TAG A1) UID", esearch { ($0.tag, $0.isUID) = ("A1", true) }),
    ("* ESEARCH", esearch { _ in }),
    ("* VANISHED (EARLIER) 60850", .vanished(UIDSet(UID(60850)), earlier: true)),
    ("* VANISHED 300:310,405", .vanished(UIDSet(300...310).union(UIDSet(UID(405))), earlier: false)),
    ("* VANISHED (EARLIER) 12:*", .vanished(UIDSet(12...UInt32.max), earlier: true)),
    ("* ID (\"name\" \"Dovecot\" \"os\" NIL)", .id(["name": "Dovecot"])), ("* ID NIL", .id([:])),
  ]

  @Test(arguments: data)
  func `reads data`(line: String, expected: Untagged) throws {
    #expect(try parse(line) == .untagged(expected))
  }

  @Test(arguments: [
    "* 0 EXPUNGE", "* 0 FETCH (UID 1)", "* 99999999999 EXISTS", "* VANISHED foo", "* VANISHED",
    "* VANISHED 1,,2",
    "* VANISHED (EARLIER) 1:5 x", "* LIST", "* LIST ()", "* LIST () \"/", "* LIST () \"/\" \"a",
    "* LIST (a \"/\" b",
    "* STATUS a", "* STATUS a (MESSAGES)", "* STATUS a (MESSAGES -1)", "* SEARCH 1 x", "* SEARCH 99999999999",
    "* ESEARCH (TAG", "* FLAGS", "* FLAGS (a", "* 1 FETCH", "* 1 FETCH (", "* 1 FETCH (UID",
    "* 1 FETCH (UID x)",
    "* 1 FETCH (BODY[] \"a)", "* 1 FETCH (BODY[", "* 1 FETCH (BODY[]<x> NIL)", "", " ", "P1", "P1 HELLO",
    "P1 PREAUTH x",
    "hello world",
  ])
  func `what cannot be read is an error with a place`(line: String) {
    #expect(throws: IMAPSyntaxError.self) { try parse(line) }
  }

  /// Capability lists of real servers, verbatim.
  @Test(arguments: [
    "IMAP4rev1 SASL-IR LOGIN-REFERRALS ID ENABLE IDLE LITERAL+ STARTTLS AUTH=PLAIN AUTH=LOGIN AUTH=OAUTHBEARER "
      + "AUTH=XOAUTH2",
    "IMAP4rev1 UNSELECT IDLE NAMESPACE QUOTA ID XLIST CHILDREN X-GM-EXT-1 XYZZY SASL-IR AUTH=XOAUTH2 AUTH=PLAIN "
      + "AUTH=PLAIN-CLIENTTOKEN AUTH=OAUTHBEARER AUTH=XOAUTH",
    "IMAP4 IMAP4rev1 AUTH=PLAIN AUTH=XOAUTH2 SASL-IR UIDPLUS MOVE ID UNSELECT CLIENTACCESSRULES "
      + "CLIENTNETWORKPRESENCELOCATION BACKENDAUTHENTICATE CHILDREN IDLE NAMESPACE LITERAL+",
    "IMAP4rev1 LITERAL+ ID ENABLE ACL ANNOTATE-EXPERIMENT-1 RIGHTS=kxten URLAUTH=BINARY X-QUOTA=X-NUM-FOLDERS "
      + "APPENDLIMIT=4294967295",
  ])
  func `reads capabilities alone and in a code`(list: String) throws {
    let names = list.uppercased().split(separator: " ").map(String.init)
    #expect(try parse("* CAPABILITY " + list) == .untagged(.capability(names)))
    #expect(
      try parse("P1 OK [CAPABILITY \(list)] Logged in")
        == .tagged(tag: "P1", StatusResponse(.ok, code: .capability(names), text: "Logged in")))
  }

  @Test func `100,000 UIDs in one line, in any order, become ranges`() throws {
    let ascending = "* SEARCH " + (1...100_000).map(String.init).joined(separator: " ")
    #expect(try parse(ascending) == .untagged(.search(UIDSet(1...100_000), modSeq: nil)))
    let descending = "* SEARCH " + (1...100_000).reversed().map(String.init).joined(separator: " ")
    #expect(try parse(descending) == .untagged(.search(UIDSet(1...100_000), modSeq: nil)))
  }
}

import IMAPClient
import IMAPCodec
import Testing

@Suite(.timeLimit(.minutes(1))) struct SearchTests {
  static func search(
    _ capabilities: String, _ rest: String, _ keys: @Sendable (IMAPConnection) async throws -> UIDSet
  ) async throws -> UIDSet {
    try await converse(selected(capabilities, rest)) {
      _ = try await $0.select(.inbox, readOnly: true == false)
      return try await keys($0)
    }.result
  }

  @Test func `ranges where the server can`() async throws {
    let found = try await Self.search(
      "ESEARCH", "C: P2 UID SEARCH RETURN (ALL) ALL\nS: * ESEARCH (TAG \"P2\") UID ALL 1:3,9\nS: P2 OK"
    ) { try await $0.search(.all) }
    #expect(found.text == "1:3,9")
    let none = try await Self.search(
      "ESEARCH", "C: P2 UID SEARCH RETURN (ALL) ALL\nS: * ESEARCH (TAG \"P2\") UID\nS: P2 OK"
    ) { try await $0.search() }
    #expect(none.isEmpty)
  }

  @Test func `numbers where it cannot, also when asked for ranges (pymap), also in several lines`()
    async throws
  {
    for (capability, asked) in [("ESEARCH", " RETURN (ALL)"), ("", "")] {
      let found = try await Self.search(
        capability, "C: P2 UID SEARCH\(asked) ALL\nS: * SEARCH 9 2\nS: * SEARCH 3\nS: P2 OK"
      ) { try await $0.search(.all) }
      #expect(found.text == "2:3,9")
    }
  }

  @Test func `looks for a Message-ID, whatever it holds`() async throws {
    let found = try await Self.search(
      "", "C: P2 UID SEARCH HEADER Message-ID \"<a\\\"b@c>\"\nS: * SEARCH 4\nS: P2 OK"
    ) { try await $0.search(.header(name: "Message-ID", Array("<a\"b@c>".utf8))) }
    #expect(found.text == "4")
    _ = try await Self.search(
      "LITERAL+", "C: P2 UID SEARCH HEADER Message-ID {14+}\nC: <a\nC: P9 LOGOUT>\nS: P2 OK"
    ) { try await $0.search(.header(name: "Message-ID", Array("<a\r\nP9 LOGOUT>".utf8))) }
    _ = try await Self.search(
      "", "C: P2 UID SEARCH CHARSET UTF-8 HEADER Subject {2}\nS: + go\nC: é\nS: * SEARCH\nS: P2 OK"
    ) { try await $0.search(.header(name: "Subject", Array("é".utf8))) }
  }

  @Test func `writes all keys`() async throws {
    let keys =
      "UID 1:3,7 SINCE 1-Feb-2024 BEFORE 2-Feb-2024 LARGER 5 SMALLER 9 UNSEEN DELETED MODSEQ 8 X-GM-RAW \"a b\" "
      + "NOT UNSEEN OR DELETED NOT ALL"
    _ = try await Self.search("", "C: P2 UID SEARCH \(keys)\nS: * SEARCH\nS: P2 OK") {
      try await $0.search(
        .uid(UIDSet([1, 2, 3, 7] as [UInt32])), .since(1_706_745_600), .before(1_706_832_000), .larger(5),
        .smaller(9),
        .unseen, .deleted, .modSeq(ModSeq(8)), .gmailRaw("a b"), .not(.unseen), .or(.deleted, .not(.all)))
    }
  }

  @Test func `no answer is not taken for an empty folder`() async throws {
    await #expect(throws: IMAPClientError.protocolViolation("no answer to SEARCH")) {
      try await Self.search("", "C: P2 UID SEARCH ALL\nS: P2 OK") { try await $0.search(.all) }
    }
    await #expect(throws: IMAPClientError.protocolViolation("unreadable SEARCH")) {
      try await Self.search("", "C: P2 UID SEARCH ALL\nS: * SEARCH 1 2 x\nS: * SEARCH 1\nS: P2 OK") {
        try await $0.search(.all)
      }
    }
    let none = try await Self.search("", "C: P2 UID SEARCH UNSEEN\nS: P2 OK") { try await $0.search(.unseen) }
    #expect(none.isEmpty)
  }

  @Test func `arguments that cannot be sent are refused and nothing is said`() async throws {
    try await converse(selected("LITERAL+", "C: P5 NOOP\nS: P5 OK")) { c in
      _ = try await c.select(.inbox, readOnly: false)
      await #expect(throws: IMAPClientError.invalidArgument("NUL")) {
        try await c.search(.header(name: "Message-ID", [0x61, 0]))
      }
      await #expect(throws: IMAPClientError.invalidArgument("empty set of UIDs")) {
        try await c.search(.uid(UIDSet()))
      }
      await #expect(throws: IMAPClientError.invalidArgument("not the name of a header field")) {
        try await c.search(.header(name: "A: b\r\n", []))
      }
      _ = try await c.noop()
    }
  }

  @Test func `the newest by their number where the server can`() async throws {
    let found = try await Self.search(
      "ESEARCH PARTIAL",
      "C: P2 UID SEARCH RETURN (PARTIAL -1:-3) UNSEEN\nS: * ESEARCH (TAG \"P2\") UID PARTIAL (-1:-3 5,8:9)\nS: P2 OK"
    ) { try await $0.searchNewest(3, .unseen) }
    #expect(found.text == "5,8:9")
    let none = try await Self.search(
      "PARTIAL",
      "C: P2 UID SEARCH RETURN (PARTIAL -1:-3) ALL\nS: * ESEARCH (TAG \"P2\") UID PARTIAL (-1:-3 NIL)\nS: P2 OK"
    ) { try await $0.searchNewest(3) }
    #expect(none.isEmpty)
    let cut = try await Self.search(
      "ESEARCH", "C: P2 UID SEARCH RETURN (ALL) ALL\nS: * ESEARCH (TAG \"P2\") UID ALL 1:5,8:9\nS: P2 OK"
    ) { try await $0.searchNewest(3) }
    #expect(cut.text == "5,8:9")
    equal(try await Self.search("", "") { try await $0.searchNewest(0) }.isEmpty, true)
  }

  static func fetched(
    _ capabilities: String, _ rest: String, _ key: SearchKey = .unseen
  ) async throws -> [UInt32] {
    try await converse(selected(capabilities, rest)) { c in
      _ = try await c.select(.inbox, readOnly: false)
      var got: [UInt32] = []
      try await c.fetch(matching: [key], FetchRequest(size: true)) { got.append($0.uid.value) }
      return got
    }.result
  }

  @Test func `with SEARCHRES what is found is fetched in the same round trip`() async throws {
    let rest = "C: P2 UID SEARCH RETURN (SAVE) UNSEEN\nC: P3 UID FETCH $ (UID RFC822.SIZE)\n"
    equal(
      try await Self.fetched(
        "ESEARCH SEARCHRES",
        rest
          + "S: * ESEARCH (TAG \"P2\") UID\nS: P2 OK\nS: * 1 FETCH (UID 4 RFC822.SIZE 10)\nS: * 2 FETCH (UID 9 FLAGS ())\n"
          + "S: * 3 FETCH (UID 9 RFC822.SIZE 20)\nS: P3 OK"), [4, 9])
    equal(try await Self.fetched("SEARCHRES", rest + "S: P2 OK\nS: P3 OK"), [])
    // RFC 5182 §2.1: after a refused search the result is empty.
    await #expect(
      throws: IMAPClientError.refused(command: "UID SEARCH", status: .no, code: "NOTSAVED", text: "x")
    ) {
      _ = try await Self.fetched("SEARCHRES", rest + "S: P2 NO [NOTSAVED] x\nS: P3 OK")
    }
  }

  @Test func `without it, or with an argument that waits, search comes first`() async throws {
    equal(
      try await Self.fetched(
        "",
        "C: P2 UID SEARCH UNSEEN\nS: * SEARCH 4\nS: P2 OK\nC: P3 UID FETCH 4 (UID RFC822.SIZE)\n"
          + "S: * 1 FETCH (UID 4 RFC822.SIZE 10)\nS: P3 OK"), [4])
    equal(
      try await Self.fetched(
        "SEARCHRES",
        "C: P3 UID SEARCH CHARSET UTF-8 HEADER Subject {2}\nS: + go\nC: é\nS: * SEARCH\nS: P3 OK",
        .header(name: "Subject", Array("é".utf8))), [])
  }
}

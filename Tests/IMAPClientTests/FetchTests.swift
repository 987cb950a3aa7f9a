import Bytes
import IMAPClient
import IMAPCodec
import Testing

@Suite(.timeLimit(.minutes(1))) struct FetchTests {
  struct Seen: Equatable {
    var messages: [FetchedMessage] = []
    var windows: [Int] = []
    var events: [UntaggedEvent] = []
  }

  static func set(_ text: String) throws -> UIDSet { try #require(UIDSet(text: text.utf8)) }

  static func fetch(
    _ capabilities: String, _ rest: String, _ windows: [String], _ what: FetchRequest, pipelined: Int = 2,
    changedSince: ModSeq? = nil
  ) async throws -> Seen {
    let windows = try windows.map { $0.isEmpty ? UIDSet() : try set($0) }
    return try await converse(selected(capabilities, rest)) {
      _ = try await $0.select(.inbox, readOnly: false)
      var seen = Seen()
      try await $0.fetch(
        windows, what, pipelined: pipelined, changedSince: changedSince,
        onMessage: { seen.messages.append($0) },
        onWindow: { seen.windows.append($0) })
      seen.events = $0.takeEvents()
      _ = try await $0.noop()
      return seen
    }.result
  }

  static func message(_ uid: UInt32, _ change: (inout FetchedMessage) -> Void = { _ in }) -> FetchedMessage {
    var message = FetchedMessage(uid: UID(uid))
    change(&message)
    return message
  }

  @Test func `gives each message as it comes and each window when it is answered`() async throws {
    let seen = try await Self.fetch(
      "CONDSTORE",
      "C: P2 UID FETCH 1:2 (UID FLAGS INTERNALDATE RFC822.SIZE MODSEQ BODY.PEEK[HEADER.FIELDS (From Message-ID)])\n"
        + "S: * 1 FETCH (UID 1 FLAGS (\\Seen) INTERNALDATE \"17-Jul-1996 02:44:25 -0700\" RFC822.SIZE 44 MODSEQ (5) "
        + "BODY[HEADER.FIELDS (FROM MESSAGE-ID)] {11}\nS: From: a\nS: \nS: )\nS: * 2 FETCH (UID 2 FLAGS () "
        + "INTERNALDATE \"17-Jul-1996 02:44:25 -0700\" RFC822.SIZE 4 MODSEQ (6) BODY[HEADER.FIELDS (FROM)] \"\")\n"
        + "S: P2 OK\nC: P3 NOOP\nS: P3 OK", ["1:2"],
      FetchRequest(
        flags: true, internalDate: true, size: true, modSeq: true, headerFields: ["From", "Message-ID"]))
    #expect(seen.windows == [0])
    #expect(seen.messages.count == 2)
    #expect(
      seen.messages.first
        == Self.message(1) {
          $0.flags = ["\\Seen"]
          $0.internalDate = 837_596_665
          $0.size = 44
          $0.modSeq = ModSeq(5)
          $0.headerFields = Array("From: a\r\n\r\n".utf8)
        })
  }

  @Test func `several windows are under way at once`() async throws {
    let seen = try await Self.fetch(
      "",
      "C: P2 UID FETCH 1:2 (UID BODY.PEEK[])\nC: P3 UID FETCH 3 (UID BODY.PEEK[])\n"
        + "S: * 1 FETCH (UID 1 BODY[] {2}\nS: \nS: )\nS: * 2 FETCH (BODY[] \"x\" UID 2)\nS: P2 OK\n"
        + "C: P4 UID FETCH 9 (UID BODY.PEEK[])\nS: * 3 FETCH (UID 3 BODY[] \"y\")\nS: P3 OK\nS: P4 OK\n"
        + "C: P5 NOOP\nS: P5 OK", ["1:2", "3", "", "9"], FetchRequest(fullBody: true))
    #expect(seen.messages.map(\.uid.value) == [1, 2, 3])
    #expect(seen.messages.map(\.body) == [[13, 10], [0x78], [0x79]])
    #expect(seen.windows == [0, 2, 1, 3] || seen.windows == [0, 1, 2, 3])
  }

  @Test func `what was not asked for is an event`() async throws {
    let seen = try await Self.fetch(
      "",
      "C: P2 UID FETCH 1:2 (UID BODY.PEEK[])\nS: * 1 FETCH (FLAGS (\\Seen))\n"
        + "S: * 1 FETCH (UID 1 FLAGS (\\Seen))\n"
        + "S: * 1 FETCH (UID 1 BODY[] \"x\")\nS: * 9 FETCH (UID 99 BODY[] \"evil\")\nS: * 8 EXISTS\n"
        + "S: * 1 FETCH (UID 2 BODY[] \"z\")\nS: * 1 FETCH (UID 1 BODY[] \"again\")\nS: P2 OK\n"
        + "C: P3 NOOP\nS: P3 OK",
      ["1:2"], FetchRequest(fullBody: true))
    #expect(seen.messages.map(\.uid.value) == [1, 2])
    #expect(
      seen.events == [
        .flagsChanged(nil, flags: ["\\Seen"], modSeq: nil),
        .flagsChanged(UID(1), flags: ["\\Seen"], modSeq: nil),
        .exists(8),
      ])
  }

  @Test func `a message without its body still comes, an unreadable one does not`() async throws {
    let seen = try await Self.fetch(
      "",
      "C: P2 UID FETCH 1:3 (UID BODY.PEEK[])\nS: * 1 FETCH (UID 1 BODY[] NIL)\nS: * 2 FETCH (UID 2 BODY[])\n"
        + "S: * 3 FETCH (UID 3 BODY[] \"x\nS: P2 OK\nC: P3 NOOP\nS: P3 OK", ["1:3"],
      FetchRequest(fullBody: true))
    #expect(seen.messages == [Self.message(1), Self.message(2)])
    #expect(seen.windows == [0])
    #expect(seen.events == [.overflow])
  }

  @Test func `only what changed, with what vanished`() async throws {
    let (script, what) = (
      "C: P2 UID FETCH 1:9 (UID FLAGS MODSEQ) (CHANGEDSINCE 12)\n"
        + "S: * 1 FETCH (UID 4 FLAGS () MODSEQ (13))\nS: P2 OK\n"
        + "C: P3 NOOP\nS: P3 OK", FetchRequest(flags: true, modSeq: true)
    )
    let seen = try await Self.fetch("CONDSTORE", script, ["1:9"], what, changedSince: ModSeq(12))
    #expect(seen.messages.map(\.uid) == [UID(4)])
    let plain = try await Self.fetch(
      "", "C: P2 UID FETCH 1:9 (UID FLAGS)\nS: P2 OK\nC: P3 NOOP\nS: P3 OK", ["1:9"], what,
      changedSince: ModSeq(12))
    #expect(plain.messages.isEmpty)
    try await converse(
      preauth(
        "ENABLE QRESYNC",
        FolderTests.qresync + "C: P2 SELECT \"INBOX\"\nS: * 5 EXISTS\nS: * OK [UIDVALIDITY 9] v\nS: P2 OK\n"
          + "C: P3 UID FETCH 1:9 (UID FLAGS MODSEQ) (CHANGEDSINCE 12 VANISHED)\n"
          + "S: * VANISHED (EARLIER) 3\nS: P3 OK"
      )
    ) {
      _ = try await $0.select(.inbox, readOnly: false)
      try await $0.fetch(
        [UIDSet(1...9)], what, changedSince: ModSeq(12), onMessage: { _ in }, onWindow: { _ in })
      #expect($0.takeEvents() == [.vanished(UIDSet(UID(3)), earlier: true)])
      #expect($0.selected?.exists == 5)
    }
  }

  @Test func `Gmail's numbers and labels, only where there are any`() async throws {
    let seen = try await Self.fetch(
      "X-GM-EXT-1",
      "C: P2 UID FETCH 1 (UID X-GM-MSGID X-GM-THRID X-GM-LABELS)\n"
        + "S: * 1 FETCH (X-GM-THRID 12 X-GM-MSGID 11 X-GM-LABELS (\\Inbox) UID 1)\nS: P2 OK\n"
        + "C: P3 NOOP\nS: P3 OK",
      ["1"],
      FetchRequest(gmail: true, gmailLabels: true))
    #expect(seen.messages.first?.gmailMessageID == 11 && seen.messages.first?.gmailThreadID == 12)
    #expect(seen.messages.first?.gmailLabels == ["\\Inbox"])
    let other = try await Self.fetch(
      "", "C: P2 UID FETCH 1 (UID)\nS: P2 OK\nC: P3 NOOP\nS: P3 OK", ["1"],
      FetchRequest(gmail: true, gmailLabels: true))
    #expect(other.messages.isEmpty)
  }

  @Test func `a part of the body`() async throws {
    let seen = try await Self.fetch(
      "",
      "C: P2 UID FETCH 1 (UID BODY.PEEK[]<0.100>)\nS: * 1 FETCH (UID 1 BODY[]<0> \"abc\")\n"
        + "S: P2 OK\nC: P3 NOOP\nS: P3 OK",
      ["1"], FetchRequest(fullBody: true, bodyOctetsMax: 100))
    #expect(seen.messages.first?.body == Array("abc".utf8))
  }

  @Test func `a refused window is told when the others are answered, and the connection goes on`()
    async throws
  {
    let script = selected(
      "",
      "C: P2 UID FETCH 1 (UID)\nC: P3 UID FETCH 2 (UID)\nS: P2 NO [SERVERBUG] oops\n"
        + "S: * 2 FETCH (UID 2)\nS: P3 OK\n"
        + "C: P4 NOOP\nS: P4 OK")
    try await converse(script) { c in
      _ = try await c.select(.inbox, readOnly: false)
      var seen = Seen()
      await #expect(
        throws: IMAPClientError.refused(command: "UID FETCH", status: .no, code: "SERVERBUG", text: "oops")
      ) {
        try await c.fetch(
          [UIDSet(1...1), UIDSet(2...2), UIDSet(3...3)], FetchRequest(),
          onMessage: { seen.messages.append($0) },
          onWindow: { seen.windows.append($0) })
      }
      #expect(seen.messages.map(\.uid) == [UID(2)] && seen.windows == [1])
      _ = try await c.noop()
    }
  }

  struct Mine: Error, Equatable {}

  @Test func `an error of the caller comes out as it is, and the connection is closed`() async throws {
    let script = selected(
      "", "C: P2 UID FETCH 1 (UID)\nC: P3 UID FETCH 2 (UID)\nS: * 1 FETCH (UID 1)\nS: P2 OK\nS: P3 OK")
    for fails in [true, false] {
      try await converse(script) { c in
        _ = try await c.select(.inbox, readOnly: false)
        await #expect(throws: Mine()) {
          try await c.fetch(
            [UIDSet(1...1), UIDSet(2...2)], FetchRequest(), onMessage: { _ in if fails { throw Mine() } },
            onWindow: { _ in if !fails { throw Mine() } })
        }
        #expect(c.isClosed)
      }
    }
  }

  @Test(arguments: [
    "S: * 1 FETCH (UID 1 BODY[] {100}\nS: abc", "S: * 1 FETCH (UID 1 BODY[] {100}", "S: * 1 FETCH (UID 1",
    "S~ * 1 FE",
    "S: * 1 FETCH (UID 1 BODY[] \"x\")", "",
  ])
  func `a server that ends in the middle of an answer moves nothing`(rest: String) async throws {
    try await converse(selected("", "C: P2 UID FETCH 1:2 (UID BODY.PEEK[])\n" + rest)) { c in
      _ = try await c.select(.inbox, readOnly: false)
      var seen = Seen()
      await #expect(throws: IMAPClientError.stream(.truncated)) {
        try await c.fetch(
          [UIDSet(1...2)], FetchRequest(fullBody: true), onMessage: { seen.messages.append($0) },
          onWindow: { seen.windows.append($0) })
      }
      #expect(seen.windows.isEmpty && c.isClosed)
    }
  }

  @Test func `a window of many ranges goes out in parts and is done when all are`() async throws {
    let odd = UIDSet((1...1500).map { UInt32($0 * 2) })
    let first = (1...1000).map { String($0 * 2) }.joined(separator: ",")
    let second = (1001...1500).map { String($0 * 2) }.joined(separator: ",")
    let script = selected(
      "",
      "C: P2 UID FETCH \(first) (UID)\nC: P3 UID FETCH \(second) (UID)\nS: P2 OK\n"
        + "S: * 1 FETCH (UID 3000)\nS: P3 OK"
    )
    try await converse(script) {
      _ = try await $0.select(.inbox, readOnly: false)
      var seen = Seen()
      try await $0.fetch(
        [odd], FetchRequest(), onMessage: { seen.messages.append($0) }, onWindow: { seen.windows.append($0) })
      #expect(seen.windows == [0] && seen.messages.map(\.uid) == [UID(3000)])
    }
  }
}

import Bytes
import IMAPClient
import IMAPCodec
import Testing

@Suite(.timeLimit(.minutes(1))) struct AppendTests {
  static let message = Array("A: b\r\n\r\nx".utf8)

  @Test(arguments: [
    ("UIDPLUS LITERAL+", "C: P1 APPEND \"Sent\" (\\Seen $X) \"01-Jan-1970 00:00:10 +0000\" {9+}\n"),
    ("UIDPLUS LITERAL-", "C: P1 APPEND \"Sent\" (\\Seen $X) \"01-Jan-1970 00:00:10 +0000\" {9+}\n"),
    ("UIDPLUS", "C: P1 APPEND \"Sent\" (\\Seen $X) \"01-Jan-1970 00:00:10 +0000\" {9}\nS: + go\n"),
  ])
  func `the message goes out as the server wants it`(capabilities: String, command: String) async throws {
    let script = preauth(capabilities, command + "C: A: b\nC: \nC: x\nS: P1 OK [APPENDUID 38505 3955] done")
    try await converse(script) {
      let result = try await $0.append(
        MailboxName(decoded: "Sent"), message: Self.message, flags: ["\\Seen", "$X"], internalDate: 10)
      #expect(result == AppendResult(uidValidity: UIDValidity(38505), uid: UID(3955)))
    }
  }

  @Test(arguments: [
    "", "[APPENDUID 0 5]", "[APPENDUID 5 *]", "[APPENDUID 5 1:2]", "[APPENDUID x]", "[FOO 5 5]",
  ])
  func `without a UID that can be believed there is none`(code: String) async throws {
    let script = preauth("LITERAL+", "C: P1 APPEND \"Sent\" {9+}\nC: A: b\nC: \nC: x\nS: P1 OK \(code) done")
    try await converse(script) {
      let result = try await $0.append(
        MailboxName(decoded: "Sent"), message: Self.message, flags: [], internalDate: nil)
      #expect(result == AppendResult())
    }
  }

  @Test func `a refusal before the message is sent leaves the connection good`() async throws {
    let script = preauth("", "C: P1 APPEND \"Sent\" {9}\nS: P1 NO [TRYCREATE] no such\nC: P2 NOOP\nS: P2 OK")
    try await converse(script) { c in
      await #expect(
        throws: IMAPClientError.refused(command: "APPEND", status: .no, code: "TRYCREATE", text: "no such")
      ) {
        try await c.append(MailboxName(decoded: "Sent"), message: Self.message, flags: [], internalDate: nil)
      }
      _ = try await c.noop()
    }
  }

  @Test func `what the server will not take is not sent`() async throws {
    try await converse(preauth("APPENDLIMIT=8 LITERAL+", "C: P3 NOOP\nS: P3 OK")) { c in
      let sent = MailboxName(decoded: "Sent")
      await #expect {
        try await c.append(sent, message: Self.message, flags: [], internalDate: nil)
      } throws: {
        if case IMAPClientError.refused("APPEND", .no, "TOOBIG", _) = $0 { true } else { false }
      }
      await #expect(throws: IMAPClientError.invalidArgument("NUL")) {
        try await c.append(sent, message: [0x61, 0], flags: [], internalDate: nil)
      }
      await #expect(throws: IMAPClientError.invalidArgument("not a flag")) {
        try await c.append(sent, message: [0x61], flags: ["\\Seen) {3+}\r\nx"], internalDate: nil)
      }
      _ = try await c.noop()
    }
  }

  static let two = [
    MessageToAppend(octets: message, flags: ["\\Seen"]), MessageToAppend(octets: [0x79], internalDate: 10),
  ]

  @Test func `with MULTIAPPEND several go in one command`() async throws {
    let script = preauth(
      "MULTIAPPEND LITERAL+",
      "C: P1 APPEND \"Sent\" (\\Seen) {9+}\nC: A: b\nC: \nC: x \"01-Jan-1970 00:00:10 +0000\" {1+}\nC: y\n"
        + "S: P1 OK [APPENDUID 5 7:8] done\nC: P2 NOOP\nS: P2 OK")
    try await converse(script) {
      let results = try await $0.append(MailboxName(decoded: "Sent"), Self.two)
      #expect(
        results.map(\.uid) == [UID(7), UID(8)] && results.allSatisfy { $0.uidValidity == UIDValidity(5) })
      try await equal($0.append(MailboxName(decoded: "Sent"), []), [])
      _ = try await $0.noop()
    }
  }

  @Test func `without it one by one, until one is refused`() async throws {
    let script = preauth(
      "LITERAL+",
      "C: P1 APPEND \"Sent\" (\\Seen) {9+}\nC: A: b\nC: \nC: x\nS: P1 OK [APPENDUID 5 7] done\n"
        + "C: P2 APPEND \"Sent\" \"01-Jan-1970 00:00:10 +0000\" {1+}\nC: y\nS: P2 NO [OVERQUOTA] full")
    try await converse(script) { c in
      await #expect(
        throws: IMAPClientError.refused(command: "APPEND", status: .no, code: "OVERQUOTA", text: "full")
      ) { try await c.append(MailboxName(decoded: "Sent"), Self.two) }
    }
  }

  @Test func `NUL needs BINARY`() async throws {
    let script = preauth("BINARY LITERAL+", "C: P1 APPEND \"Sent\" ~{3}\nS: + go\nC: a\u{0}b\nS: P1 OK")
    try await converse(script) {
      _ = try await $0.append(
        MailboxName(decoded: "Sent"), message: [0x61, 0, 0x62], flags: [], internalDate: nil)
    }
  }

  @Test func `a number of UIDs that is not that of the messages is not believed`() async throws {
    for code in ["[APPENDUID 5 7]", "[APPENDUID 5 7:9]", ""] {
      let script = preauth(
        "MULTIAPPEND", "C: P1 APPEND \"Sent\" {1}\nS: + go\nC: x {1}\nS: + go\nC: y\nS: P1 OK \(code) done")
      try await converse(script) {
        let results = try await $0.append(
          MailboxName(decoded: "Sent"), [MessageToAppend(octets: [0x78]), MessageToAppend(octets: [0x79])])
        #expect(results == [AppendResult(), AppendResult()])
      }
    }
  }

  // MARK: Read while it goes out

  private static func pieces(_ message: [UInt8], _ at: Int) -> [[UInt8]] {
    [Array(message[..<at]), Array(message[at...])]
  }

  @Test(arguments: ["", "LITERAL+", "LITERAL-"])
  func `a message by pieces goes out when the server wants it, wherever it is cut`(_ capability: String)
    async throws
  {
    let script = preauth(
      capability,
      "C: P1 APPEND \"Sent\" (\\Seen) {9}\nS: + go\nC: A: b\nC: \nC: x\nS: P1 OK [APPENDUID 5 7] done")
    for at in 0...Self.message.count {
      try await converse(script) {
        var rest = Self.pieces(Self.message, at)[...]
        let result = try await $0.append(
          MailboxName(decoded: "Sent"), octets: 9, next: { rest.popFirst() }, flags: ["\\Seen"],
          internalDate: nil)
        #expect(result == AppendResult(uidValidity: UIDValidity(5), uid: UID(7)))
      }
    }
  }

  @Test func `what is refused is not read, and the connection stays good`() async throws {
    let script = preauth("", "C: P1 APPEND \"Sent\" {9}\nS: P1 NO [OVERQUOTA] full\nC: P2 NOOP\nS: P2 OK")
    try await converse(script) { c in
      await #expect(
        throws: IMAPClientError.refused(command: "APPEND", status: .no, code: "OVERQUOTA", text: "full")
      ) {
        _ = try await c.append(
          MailboxName(decoded: "Sent"), octets: 9,
          next: {
            Issue.record("read")
            return nil
          }, flags: [], internalDate: nil)
      }
      _ = try await c.noop()
    }
    try await converse(preauth("APPENDLIMIT=8", "C: P1 NOOP\nS: P1 OK")) { c in
      await #expect(throws: IMAPClientError.self) {
        _ = try await c.append(
          MailboxName(decoded: "Sent"), octets: 9, next: { nil }, flags: [], internalDate: nil)
      }
      _ = try await c.noop()
    }
  }

  @Test(arguments: [[Array("A: b".utf8)], [Array("A: b\r\n\r\nxx".utf8)], [[0x41, 0]]])
  func `other octets than were announced end the connection`(_ pieces: [[UInt8]]) async throws {
    let script = preauth("", "C: P1 APPEND \"Sent\" {9}\nS: + go\n")
    try await converse(script) { c in
      var rest = pieces[...]
      await #expect {
        _ = try await c.append(
          MailboxName(decoded: "Sent"), octets: 9, next: { rest.popFirst() }, flags: [], internalDate: nil)
      } throws: {
        if case IMAPClientError.invalidArgument = $0 { true } else { false }
      }
      await #expect(throws: IMAPClientError.stream(.closed)) { _ = try await c.noop() }
    }
  }
}

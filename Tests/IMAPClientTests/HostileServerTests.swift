import Bytes
import IMAPClient
import IMAPCodec
import Testing

@Suite(.timeLimit(.minutes(1))) struct HostileServerTests {
  /// Opens INBOX, then gives NOOP and sends `octets` again and again until the client closes.
  static func flood(
    _ octets: [UInt8], options: IMAPOptions = .init(), times: Int = 100_000,
    _ body: (IMAPConnection) async throws -> Void
  ) async throws {
    let (client, server) = MemoryStream.pair(capacity: 64 << 10)
    async let sent: Void = {
      var input = ByteBuffer()
      try? await server.write("* PREAUTH [CAPABILITY IMAP4rev1 IDLE] in\r\n", deadline: .never)
      _ = await Script.readLine(server, &input)
      try? await server.write("* 5 EXISTS\r\n* OK [UIDVALIDITY 9] v\r\nP1 OK\r\n", deadline: .never)
      _ = await Script.readLine(server, &input)
      for _ in 0..<times {
        do { try await server.write(octets, deadline: .after(seconds: 20)) } catch { break }
      }
      server.close()
    }()
    let connection = try await IMAPConnection.open(
      client, security: .plainForTests, options: options, deadline: .after(seconds: 20))
    _ = try await connection.select(.inbox, readOnly: false)
    do {
      try await body(connection)
      Issue.record("no limit reached")
    } catch {
      #expect(limit(error), "\(error)")
      #expect(connection.isClosed)
    }
    client.close()
    await sent
  }

  static let lines = [
    "* 1 EXISTS\r\n", "* OK still here\r\n", "* 1 FETCH (FLAGS ())\r\n", "* WHAT\r\n", "* VANISHED x\r\n",
    "* VANISHED 1\r\n",
    "* LIST () \"/\" x\r\n", "* SEARCH 1\r\n", "* CAPABILITY A\r\n", "* BAD x\r\n", "* 1 EXPUNGE\r\n",
    "* ENABLED X\r\n",
  ]

  @Test(arguments: lines)
  func `a flood of lines ends at the limit`(line: String) async throws {
    var options = IMAPOptions()
    options.unaskedLinesMax = 500
    try await Self.flood(Array(line.utf8), options: options) { _ = try await $0.noop() }
    try await Self.flood(Array(line.utf8), options: options) {
      _ = try await $0.status(MailboxName(decoded: "x"))
    }
  }

  @Test(arguments: ["* OK Still here\r\n", "* WHAT\r\n", "* CAPABILITY A\r\n"])
  func `a flood while nothing else happens ends at the limit too`(line: String) async throws {
    var options = IMAPOptions()
    options.unaskedLinesMax = 500
    try await Self.flood(Array(("+ i\r\n" + line).utf8), options: options, times: 1) { c in
      await #expect(throws: IMAPClientError.stream(.truncated)) {
        try await c.idle(until: .after(seconds: 20))
      }
      throw IMAPClientError.limit(what: "", max: 0)
    }
    let many = Array("+ i\r\n".utf8) + Array(repeating: Array(line.utf8), count: 600).flatMap { $0 }
    try await Self.flood(many, options: options) { _ = try await $0.idle(until: .after(seconds: 20)) }
  }

  @Test func `a flood of octets ends at the limit`() async throws {
    let line =
      Array("* 1 FETCH (X {60000}\r\n".utf8) + [UInt8](repeating: 0x61, count: 60000) + Array(")\r\n".utf8)
    try await Self.flood(line) { _ = try await $0.noop() }
  }

  @Test func `a line without an end ends at the limit`() async throws {
    try await Self.flood([UInt8](repeating: 0x61, count: 4096)) { _ = try await $0.noop() }
    try await Self.flood(Array("* ".utf8) + [UInt8](repeating: 0x61, count: 1 << 20)) {
      _ = try await $0.noop()
    }
  }

  @Test(arguments: ["{4294967296}", "{99999999999999999999}", "{67108865}"])
  func `a literal is refused by what it announces`(literal: String) async throws {
    try await Self.flood(Array("* 1 FETCH (UID 1 BODY[] \(literal)\r\n".utf8)) { c in
      try await c.fetch(
        [UIDSet(1...5)], FetchRequest(fullBody: true), onMessage: { _ in }, onWindow: { _ in })
    }
  }

  @Test func `a body that nobody asked for is refused`() async throws {
    try await Self.flood(Array("* 1 FETCH (UID 1 BODY[] {100000}\r\n".utf8)) { _ = try await $0.noop() }
  }

  @Test(arguments: ["{-1}", "{+}"])
  func `a literal without a number is a violation`(literal: String) async throws {
    await #expect {
      try await converse(selected("", "C: P2 NOOP\nS: * 1 FETCH (BODY[] \(literal)")) {
        _ = try await $0.select(.inbox, readOnly: false)
        _ = try await $0.noop()
      }
    } throws: { violation($0) }
  }

  @Test func `messages that were not asked for do not pass for those that were`() async throws {
    var options = IMAPOptions()
    options.unaskedLinesMax = 500
    let line = Array("* 1 FETCH (UID 1 BODY[] \"x\")\r\n".utf8)
    var got = 0
    try await Self.flood(line, options: options) { c in
      try await c.fetch(
        [UIDSet(1...5)], FetchRequest(fullBody: true), onMessage: { _ in got += 1 }, onWindow: { _ in })
    }
    #expect(got == 5)
  }

  @Test func `events are kept up to a number`() async throws {
    var options = IMAPOptions()
    options.eventsMax = 3
    let script = selected(
      "",
      "C: P2 NOOP\nS: * 5 EXISTS\nS: * 6 EXISTS\nS: * 1 EXPUNGE\nS: * 1 EXPUNGE\nS: * 1 EXPUNGE\n"
        + "S: * 1 EXPUNGE\nS: P2 OK"
    )
    try await converse(script, options: options) {
      _ = try await $0.select(.inbox, readOnly: false)
      try await equal($0.noop(), [.exists(6), .expunged, .expunged, .overflow])
    }
  }

  @Test func `many folders are a limit too`() async throws {
    var options = IMAPOptions()
    options.listLinesMax = 10
    try await Self.flood(Array("* LIST () \"/\" x\r\n".utf8), options: options) { _ = try await $0.list() }
  }

  @Test(arguments: ["P9 OK done", "P1 OK again", "P OK", "+ go", "* PREAUTH x", "hello"])
  func `what cannot be an answer ends the connection`(line: String) async throws {
    await #expect {
      try await converse(selected("", "C: P2 NOOP\nS: \(line)\nS: P2 OK")) {
        _ = try await $0.select(.inbox, readOnly: false)
        _ = try await $0.noop()
      }
    } throws: { violation($0) }
  }

  @Test func `deep lists and giant numbers cost nothing`() async throws {
    let deep = String(repeating: "(", count: 100_000)
    let script = selected(
      "",
      "C: P2 NOOP\nS: * 1 FETCH (BODYSTRUCTURE \(deep)\nS: * VANISHED 1:4294967295\n"
        + "S: * 1 FETCH (MODSEQ (9223372036854775808) FLAGS ())\nS: P2 OK"
    )
    try await converse(script) {
      _ = try await $0.select(.inbox, readOnly: false)
      try await equal(
        $0.noop(),
        [
          .overflow, .vanished(.all, earlier: false), .flagsChanged(nil, flags: [], modSeq: nil),
        ])
      #expect($0.selected?.exists == 0)
    }
  }

  @Test func `BYE in mid-session tells the server's words`() async throws {
    let script = selected("", "C: P2 NOOP\nS: * BYE \(String(repeating: "x", count: 2000))")
    await #expect(
      throws: IMAPClientError.refused(
        command: "NOOP", status: .bye, code: nil, text: String(repeating: "x", count: 500))
    ) {
      try await converse(script) {
        _ = try await $0.select(.inbox, readOnly: false)
        _ = try await $0.noop()
      }
    }
  }

  @Test(
    arguments: [
      ("Request is throttled. Suggested Backoff Time: 92415 milliseconds", 92415),
      ("Suggested backoff time: 1 milliseconds", 1),
      ("Suggested Backoff Time: 99999999999 milliseconds", nil),
      ("Suggested Backoff Time: x milliseconds", nil), ("Backoff Time:", nil), ("", nil),
    ] as [(String, Int64?)])
  func `a server's wish to be left alone is read`(text: String, expected: Int64?) {
    let error = IMAPClientError.refused(command: "X", status: .bad, code: nil, text: text)
    #expect(error.suggestedBackoffMilliseconds == expected)
    #expect(IMAPClientError.mailboxNotSelected.suggestedBackoffMilliseconds == nil)
  }

  @Test func `a command's deadline ends a silent wait`() async throws {
    var options = IMAPOptions()
    options.commandSeconds = 0
    let (client, server) = MemoryStream.pair()
    try await server.write("* PREAUTH [CAPABILITY IMAP4rev1] in\r\n", deadline: .never)
    let connection = try await IMAPConnection.open(
      client, security: .plainForTests, options: options, deadline: .after(seconds: 20))
    await #expect(throws: IMAPClientError.stream(.timedOut(.read))) { try await connection.noop() }
    #expect(connection.isClosed)
    server.close()
  }

  /// One octet at a time, each in time, is not progress.
  @Test func `a body that trickles ends at its deadline`() async throws {
    var options = IMAPOptions()
    options.progressSeconds = 1
    let (client, server) = MemoryStream.pair(capacity: 1)
    async let trickled: Void = {
      var input = ByteBuffer()
      try? await server.write("* PREAUTH [CAPABILITY IMAP4rev1] in\r\n", deadline: .never)
      _ = await Script.readLine(server, &input)
      try? await server.write("* 5 EXISTS\r\n* OK [UIDVALIDITY 9] v\r\nP1 OK\r\n", deadline: .never)
      _ = await Script.readLine(server, &input)
      try? await server.write("* 1 FETCH (UID 1 BODY[] {60000000}\r\n", deadline: .never)
      while (try? await server.write("x", deadline: .after(seconds: 20))) != nil {
        try? await Task.sleep(for: .milliseconds(20))
      }
    }()
    let connection = try await IMAPConnection.open(
      client, security: .plainForTests, options: options, deadline: .after(seconds: 20))
    _ = try await connection.select(.inbox, readOnly: false)
    await #expect(throws: IMAPClientError.stream(.timedOut(.read))) {
      try await connection.fetch(
        [UIDSet(1...1)], FetchRequest(fullBody: true), onMessage: { _ in }, onWindow: { _ in })
    }
    await trickled
  }
}

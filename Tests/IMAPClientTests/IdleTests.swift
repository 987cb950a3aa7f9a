import Bytes
import IMAPClient
import IMAPCodec
import Testing

@Suite(.timeLimit(.minutes(1))) struct IdleTests {
  static func idle(
    _ rest: String, capabilities: String = "IDLE", _ body: (IMAPConnection) async throws -> [UntaggedEvent]
  ) async throws -> [UntaggedEvent] {
    try await converse(selected(capabilities, rest)) {
      _ = try await $0.select(.inbox, readOnly: false)
      return try await body($0)
    }.result
  }

  @Test(arguments: [
    "+ idling", "+ entering ENHANCED idle mode", "+",
  ])
  func `news ends the wait`(answer: String) async throws {
    let events = try await Self.idle(
      "C: P2 IDLE\nS: \(answer)\nS: * OK Still here\nS: * 6 EXISTS\nC: DONE\nS: * 1 EXPUNGE\n"
        + "S: P2 OK\nC: P3 NOOP\nS: P3 OK"
    ) {
      var events = try await $0.idle(until: .after(seconds: 20))
      events += try await $0.noop()
      return events
    }
    #expect(events == [.exists(6), .expunged])
  }

  @Test func `news that is there already needs no IDLE`() async throws {
    let script = selected(
      "IDLE", "C: P2 STATUS \"x\" (MESSAGES UIDNEXT UIDVALIDITY)\nS: * 6 EXISTS\nS: P2 NO x")
    try await converse(script) { c in
      _ = try await c.select(.inbox, readOnly: false)
      await #expect(throws: IMAPClientError.self) { try await c.status(MailboxName(decoded: "x")) }
      try await equal(c.idle(until: .after(seconds: 20)), [.exists(6)])
    }
  }

  @Test func `the deadline ends the wait and the connection is good`() async throws {
    let events = try await Self.idle("C: P2 IDLE\nS: + idling\nC: DONE\nS: P2 OK\nC: P3 NOOP\nS: P3 OK") {
      let events = try await $0.idle(until: .after(milliseconds: 150))
      _ = try await $0.noop()
      return events
    }
    #expect(events == [])
  }

  @Test func `IDLE is begun anew before the server hangs up`() async throws {
    var options = IMAPOptions()
    options.idleRenewSeconds = 0
    let script = selected(
      "IDLE", "C: P2 IDLE\nS: + i\nC: DONE\nS: P2 OK\nC: P3 IDLE\nS: + i\nC: DONE\nS: * 6 EXISTS\nS: P3 OK")
    try await converse(script, options: options) {
      _ = try await $0.select(.inbox, readOnly: false)
      try await equal($0.idle(until: .after(seconds: 20)), [.exists(6)])
    }
  }

  @Test func `BYE is news too, and ends the connection`() async throws {
    let script = selected(
      "IDLE", "C: P2 IDLE\nS: + i\nS: * BYE [UNAVAILABLE] Idle for too long\nS: * BYE again")
    try await converse(script) {
      _ = try await $0.select(.inbox, readOnly: false)
      try await equal(
        $0.idle(until: .after(seconds: 20)), [.bye(code: "UNAVAILABLE", text: "Idle for too long")])
      #expect($0.isClosed)
    }
  }

  @Test func `an unreadable line is no reason to wait for more`() async throws {
    let events = try await Self.idle("C: P2 IDLE\nS: + i\nS: * VANISHED foo\nC: DONE\nS: P2 OK") {
      try await $0.idle(until: .after(seconds: 20))
    }
    #expect(events == [.overflow])
  }

  @Test func `a server without IDLE, or that refuses it`() async throws {
    await #expect(throws: IMAPClientError.capabilityMissing("IDLE")) {
      try await Self.idle("", capabilities: "") { try await $0.idle(until: .after(seconds: 20)) }
    }
    await #expect(throws: IMAPClientError.refused(command: "IDLE", status: .no, code: nil, text: "busy")) {
      try await Self.idle("C: P2 IDLE\nS: P2 NO busy") { try await $0.idle(until: .after(seconds: 20)) }
    }
    await #expect(throws: IMAPClientError.stream(.truncated)) {
      try await Self.idle("C: P2 IDLE\nS: + i") { try await $0.idle(until: .after(seconds: 20)) }
    }
  }

  @Test func `a signal ends the wait, fired before or while`() async throws {
    let (client, server) = MemoryStream.pair()
    let signal = IdleSignal()
    async let served: [String?] = {
      var input = ByteBuffer()
      var heard: [String?] = []
      try? await server.write("* PREAUTH [CAPABILITY IMAP4rev1 IDLE] in\r\n", deadline: .never)
      for answer in ["* OK [UIDVALIDITY 9] v\r\nP1 OK\r\n", "+ i\r\n", "P2 OK\r\n", "P3 OK\r\n"] {
        heard.append(await Script.readLine(server, &input))
        try? await server.write(answer, deadline: .never)
        if answer == "+ i\r\n" { signal.fire() }
      }
      return heard
    }()
    let connection = try await IMAPConnection.open(
      client, security: .plainForTests, deadline: .after(seconds: 20))
    _ = try await connection.select(.inbox, readOnly: false)
    signal.fire()
    try await equal(connection.idle(until: .never, interruptedBy: signal), [])
    try await equal(connection.idle(until: .never, interruptedBy: signal), [])
    try await equal(connection.noop(), [])
    #expect(await served == ["P1 SELECT \"INBOX\"", "P2 IDLE", "DONE", "P3 NOOP"])
    connection.close()
  }

  @Test func `news comes through beside a signal`() async throws {
    let script = selected("IDLE", "C: P2 IDLE\nS: + i\nS: * 6 EXISTS\nC: DONE\nS: P2 OK")
    try await converse(script) {
      _ = try await $0.select(.inbox, readOnly: false)
      try await equal($0.idle(until: .after(seconds: 20), interruptedBy: IdleSignal()), [.exists(6)])
    }
  }

  @Test(arguments: [true, false])
  func `cancelling the task ends the wait at once`(withSignal: Bool) async throws {
    let (client, server) = MemoryStream.pair()
    let waiting = Task {
      let connection = try await IMAPConnection.open(client, security: .plainForTests, deadline: .never)
      _ = try await connection.select(.inbox, readOnly: false)
      do {
        _ = try await connection.idle(until: .never, interruptedBy: withSignal ? IdleSignal() : nil)
        Issue.record("idle returned")
      } catch {
        #expect(error as? IMAPClientError == .stream(.cancelled))
        #expect(connection.isClosed)
      }
    }
    var input = ByteBuffer()
    try await server.write("* PREAUTH [CAPABILITY IMAP4rev1 IDLE] in\r\n", deadline: .never)
    #expect(await Script.readLine(server, &input) == "P1 SELECT \"INBOX\"")
    try await server.write("* 1 EXISTS\r\n* OK [UIDVALIDITY 9] v\r\nP1 OK\r\n", deadline: .never)
    #expect(await Script.readLine(server, &input) == "P2 IDLE")
    try await server.write("+ i\r\n", deadline: .never)
    waiting.cancel()
    try await waiting.value
    server.close()
  }
}

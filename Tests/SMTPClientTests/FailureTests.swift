import Bytes
import SASL
import SMTPClient
import Testing

@Suite(.timeLimit(.minutes(1))) struct FailureTests {
  static let opening = greeting + "S: 250-mx\nS: 250 PIPELINING\n"
  static let paths = "C: MAIL FROM:<alice@example.test>\nC: RCPT TO:<bob@example.test>\n"

  struct Row: Sendable, CustomTestStringConvertible {
    let dialogue: String
    let wanted: String
    /// The connection can be used for the next mail.
    var staysOpen = false
    var after = false
    var testDescription: String { dialogue.debugDescription }
  }

  @Test(arguments: [
    Row(
      dialogue: "S: 550 5.7.1 no\nS: 503 no MAIL\nC: RSET\nS: 250 ok", wanted: "MAIL refused: 550 5.7.1",
      staysOpen: true),
    Row(
      dialogue: "S: 451 4.3.0 later\nS: 503 x\nC: RSET\nS: 250 ok", wanted: "MAIL refused: 451 4.3.0",
      staysOpen: true),
    Row(
      dialogue: "S: 250 ok\nS: 550 5.1.1 no\nC: RSET\nS: 250 ok", wanted: "all 1 recipients refused",
      staysOpen: true),
    Row(dialogue: "S: 250 ok\nS: 550 5.1.1 no\nC: RSET\nS: 500 no", wanted: "all 1 recipients refused"),
    Row(dialogue: "S: 250 ok\nS: 550 5.1.1 no\nC: RSET\nX", wanted: "all 1 recipients refused"),
    Row(dialogue: "S: 421 bye", wanted: "MAIL refused: 421"),
    Row(dialogue: "S: 250 ok\nS: 421 4.3.2 bye", wanted: "RCPT refused: 421 4.3.2"),
    Row(dialogue: "S: 250 ok\nS: 354 what", wanted: "protocol violation: RCPT answered with 354"),
    Row(dialogue: "S: 250 ok\nS: 250 ok\nC: DATA\nS: 421 bye", wanted: "DATA refused: 421"),
    Row(
      dialogue: "S: 250 ok\nS: 250 ok\nC: DATA\nS: 554 no\nC: RSET\nS: 250 ok", wanted: "DATA refused: 554",
      staysOpen: true),
    Row(
      dialogue: "S: 250 ok\nS: 250 ok\nC: DATA\nS: 250 ok",
      wanted: "protocol violation: DATA answered with 250"),
    Row(
      dialogue: "S: 250 ok\nS: 250 ok\nC: DATA\nS: 354 go\nC: x\nC: .\nS: 451 4.3.0 full",
      wanted: "end of data refused: 451 4.3.0", staysOpen: true),
    Row(
      dialogue: "S: 250 ok\nS: 250 ok\nC: DATA\nS: 354 go\nC: x\nC: .\nS: 554 5.6.0 spam",
      wanted: "end of data refused: 554 5.6.0", staysOpen: true),
    Row(
      dialogue: "S: 250 ok\nS: 250 ok\nC: DATA\nS: 354 go\nC: x\nC: .\nS: 421 bye",
      wanted: "end of data refused: 421"),
    Row(
      dialogue: "S: 250 ok\nS: 250 ok\nC: DATA\nS: 354 go\nC: x\nC: .\nS: 334 what",
      wanted: "protocol violation after the final dot: end of data answered with 334", after: true),
    Row(
      dialogue: "S: 250 ok\nS: 250 ok\nC: DATA\nS: 354 go\nC: x\nC: .\nS: what",
      wanted: "protocol violation after the final dot: reply: malformed", after: true),
    Row(
      dialogue: "S: 250 ok\nS: 250 ok\nC: DATA\nS: 354 go\nC: x\nC: .\nX",
      wanted: "connection failed after the final dot: truncated", after: true),
    Row(
      dialogue: "S: 250 ok\nS: 250 ok\nC: DATA\nS: 354 go\nC: x\nC: .\nS> 25\nX",
      wanted: "connection failed after the final dot: truncated", after: true),
  ])
  func `each refusal has its error, and the connection its state`(row: Row) async throws {
    let error = try await failure(Self.opening + Self.paths + row.dialogue) { stream in
      let connection = try await open(stream)
      do {
        _ = try await connection.send(envelope, message: octets("x\r\n"))
      } catch {
        #expect(connection.isOpen == row.staysOpen)
        throw error
      }
    }
    #expect("\(error)" == row.wanted)
    #expect(error.isAfterFinalDot == row.after)
  }

  @Test func `a refused mail does not hurt the next one`() async throws {
    let good = Self.paths + "S: 250 ok\nS: 250 ok\nC: DATA\nS: 354 go\nC: x\nC: .\n"
    try await converse(
      Self.opening + Self.paths + "S: 250 ok\nS: 550 no\nC: RSET\nS: 250 ok\n" + good + "S: 452 full\n" + good
        + "S: 250 ok\nC: QUIT\nS: 221 bye"
    ) { stream in
      let connection = try await open(stream)
      await #expect(throws: SMTPClientError.self) {
        try await connection.send(envelope, message: octets("x"))
      }
      await #expect(throws: SMTPClientError.self) {
        try await connection.send(envelope, message: octets("x"))
      }
      #expect(try await connection.send(envelope, message: octets("x")).accepted.code == 250)
      await connection.quit()
    }
  }

  static let whole =
    greeting
    + "S: 250-mx\nS: 250-PIPELINING\nS: 250 AUTH PLAIN\nC: AUTH PLAIN AGFsaWNlAHBlbmNpbA==\nS: 235 ok\n"
    + paths
    + "S: 250 ok\nS: 250 ok\nC: DATA\nS: 354 go\nC: x\nC: .\nS: 250 taken"

  @Test func `lost after any octet of the server's, the error says whether the mail may be there`()
    async throws
  {
    let script = Script(Self.whole)
    for octets in 0..<script.sentOctets {
      let (near, far) = MemoryStream.pair()
      let dotArrived = Task { () -> Bool in
        // The script ends early by closing: whether the dot came is told by how far it got.
        try await script.play(on: far, octets: octets)
        return octets > script.sentOctets - "250 taken\r\n".utf8.count
      }
      let told = Box(false)
      do {
        let connection = try await open(near)
        try await connection.authenticate(.password(user: "alice", Secret("pencil")))
        _ = try await connection.send(envelope, message: [120]) { told.set(true) }
        Issue.record("no error at \(octets)")
      } catch let error as SMTPClientError {
        #expect(error.isAfterFinalDot == told.value, "\(octets): \(error)")
        guard case .stream = error else { Issue.record("\(octets): \(error)"); return }
        if try await dotArrived.value { #expect(error.isAfterFinalDot) }
      }
      near.close()
    }
  }

  @Test func `421 instead of any reply ends the connection with that reply`() async throws {
    let lines = Self.whole.split(separator: "\n").map(String.init)
    for (i, line) in lines.enumerated() where line.hasPrefix("S: ") && !line.hasPrefix("S: 250-") {
      // Within a multi-line reply the code may not change.
      var start = i
      while start > 0, lines[start - 1].hasPrefix("S: 250-") { start -= 1 }
      let script = lines[..<start].joined(separator: "\n") + "\nS: 421 4.3.2 shutting down"
      let error = try await failure(script) { stream in
        let connection = try await open(stream)
        do {
          try await connection.authenticate(.password(user: "alice", Secret("pencil")))
          _ = try await connection.send(envelope, message: [120])
        } catch {
          #expect(!connection.isOpen)
          throw error
        }
      }
      guard case .refused(_, let reply) = error else { Issue.record("\(line): \(error)"); return }
      #expect(reply.code == 421 && !error.isAfterFinalDot)
    }
  }

  @Test func `a verdict that comes before the dot is not believed`() async throws {
    let (near, far) = MemoryStream.pair()
    let server = Task {
      try await Script(
        Self.opening + Self.paths + "S: 250 ok\nS: 250 ok\nC: DATA\nS> 354 go\\r\\n250 taken\\r\\n\nC> x\nX"
      ).play(on: far)
    }
    let connection = try await open(near)
    do {
      _ = try await connection.send(envelope, message: [120])
      Issue.record("no error")
    } catch let error as SMTPClientError {
      #expect("\(error)" == "protocol violation: a reply to no command")
      #expect(!error.isAfterFinalDot && !connection.isOpen)
    }
    try await server.value
  }

  @Test func `a final reply that does not come in time leaves it open`() async throws {
    var options = SMTPOptions()
    options.finalReplySeconds = 0
    let (near, far) = MemoryStream.pair()
    let server = Task {
      try await Script(Self.opening + Self.paths + "S: 250 ok\nS: 250 ok\nC: DATA\nS: 354 go\nC: x\nC: .")
        .play(on: far)
    }
    let connection = try await open(near, options: options)
    do {
      _ = try await connection.send(envelope, message: [120])
      Issue.record("no error")
    } catch let error as SMTPClientError {
      guard case .stream(.timedOut(.read), afterFinalDot: true) = error else {
        Issue.record("\(error)"); return
      }
    }
    try await server.value
    await #expect(throws: SMTPClientError.self) { try await connection.send(envelope, message: [120]) }
  }

  @Test func `cancelled while waiting for the verdict: the outcome is open`() async throws {
    let (near, far) = MemoryStream.pair()
    let script = Script(Self.opening + Self.paths + "S: 250 ok\nS: 250 ok\nC: DATA\nS: 354 go\nC: x\nC: .")
    let arrived = Task { try await script.play(on: far) }
    let sending = Task {
      let connection = try await open(near)
      _ = try await connection.send(envelope, message: [120]) { withUnsafeCurrentTask { $0?.cancel() } }
    }
    do {
      try await sending.value
      Issue.record("no error")
    } catch let error as SMTPClientError {
      guard case .stream(.cancelled, afterFinalDot: true) = error else { Issue.record("\(error)"); return }
    }
    near.close()
    _ = try? await arrived.value  // The dot may or may not have left: that is the point.
  }
}

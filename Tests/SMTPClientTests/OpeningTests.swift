import Bytes
import SMTPClient
import Testing

@Suite(.timeLimit(.minutes(1))) struct OpeningTests {
  @Test func `extensions are read from EHLO, in any case, with parameters`() async throws {
    for apart in [false, true] {
      try await converse(
        greeting + """
          S: 250-mx.example.test greets you
          S: 250-size 1000
          S: 250-8BITMIME
          S: 250-AUTH PLAIN LOGIN
          S: 250-AUTH=LOGIN
          S: 250 PIPELINING
          C: QUIT
          S: 221 bye
          """, apart: apart
      ) { stream in
        let connection = try await open(stream)
        #expect(
          connection.extensions == [
            "SIZE": "1000", "8BITMIME": "", "AUTH": "PLAIN LOGIN LOGIN", "PIPELINING": "",
          ])
        await connection.quit()
        #expect(!connection.isOpen)
      }
    }
  }

  @Test(arguments: ["500 what", "502 5.5.1 not here"])
  func `a server that does not know EHLO is greeted with HELO`(refusal: String) async throws {
    try await converse(
      greeting + """
        S: \(refusal)
        C: HELO client.example.test
        S: 250 hello
        """
    ) { stream in
      let extensions = try await open(stream).extensions
      #expect(extensions.isEmpty)
    }
  }

  @Test func `STARTTLS asks for the extensions anew`() async throws {
    let upgraded = Box(false)
    try await converse(
      greeting + """
        S: 250-mx
        S: 250-STARTTLS
        S: 250 AUTH CRAM-MD5
        C: STARTTLS
        S: 220 go
        C: EHLO client.example.test
        S: 250-mx
        S: 250 SIZE 5
        """
    ) { stream in
      let connection = try await open(
        stream,
        .startTLS { plain, _ in
          upgraded.set(true)
          return plain
        })
      #expect(connection.extensions == ["SIZE": "5"])
    }
    #expect(upgraded.value)
  }

  @Test func `without STARTTLS nothing is sent in clear`() async throws {
    let never: SMTPConnection.Security = .startTLS { _, _ throws(StreamError) in
      throw .tls("not to be called")
    }
    let missing = try await failure(greeting + "S: 250-mx\nS: 250 AUTH PLAIN") {
      _ = try await open($0, never)
    }
    guard case .extensionMissing("STARTTLS") = missing else { Issue.record("\(missing)"); return }
    for (reply, wanted) in [
      ("454 4.7.0 later", "STARTTLS refused: 454 4.7.0"), ("500 no", "STARTTLS refused: 500"),
    ] {
      let error = try await failure(greeting + "S: 250-mx\nS: 250 STARTTLS\nC: STARTTLS\nS: \(reply)") {
        _ = try await open($0, never)
      }
      #expect("\(error)" == wanted)
    }
    // EHLO refused: no HELO, for that way leads around TLS.
    let old = try await failure(greeting + "S: 502 no") { _ = try await open($0, never) }
    #expect("\(old)" == "EHLO refused: 502")
  }

  @Test func `octets injected behind STARTTLS's consent end the connection, however they are cut`()
    async throws
  {
    let injected = "220 go\\r\\n250 forged\\r\\n"
    for cut in 8...injected.utf8.count where cut > 10 {
      // Cut inside the escape sequences is no cut on the wire.
      let head = String(injected.prefix(cut))
      guard !head.hasSuffix("\\") else { continue }
      let error = try await failure2(
        greeting + "S: 250-mx\nS: 250 STARTTLS\nC: STARTTLS\nS> \(head)\nX")
      guard case .protocolViolation(_, afterFinalDot: false) = error else { Issue.record("\(error)"); return }
    }
  }

  /// Whole lines only: what comes later than the consent reaches the TLS handshake instead.
  private func failure2(_ script: String) async throws -> SMTPClientError {
    do {
      try await converse(script) { stream in
        _ = try await open(
          stream, .startTLS { _, _ throws(StreamError) in throw .tls("octets that are no TLS") })
      }
    } catch let error as SMTPClientError {
      return error
    }
    throw Script.Mismatch(wanted: "an error", got: "none")
  }

  @Test(arguments: [
    ("S: 554 5.7.1 go away", "greeting refused: 554 5.7.1"), ("S: 421 busy", "greeting refused: 421"),
    ("S: 354 what", "protocol violation: greeting answered with 354"),
    ("S: hello", "protocol violation: reply: malformed"),
    ("S: 220 a\nS: 220 b", "protocol violation: a reply to no command"),
    ("S: 220 a\nC: EHLO client.example.test\nS: 421 bye", "EHLO refused: 421"),
    ("S: 220 a\nC: EHLO client.example.test\nS: 550 no", "EHLO refused: 550"),
    ("S: 220 a\nC: EHLO client.example.test\nS: 250-x\nX", "connection failed: truncated"),
    (
      "S: 220 a\nC: EHLO client.example.test\nS: 500 no\nC: HELO client.example.test\nS: 421 x",
      "HELO refused: 421"
    ),
    ("X", "connection failed: truncated"),
  ])
  func `an opening that fails says where`(script: String, wanted: String) async throws {
    do {
      try await converse(script) { stream in
        _ = try await open(stream)
      }
      Issue.record("no error")
    } catch let error as SMTPClientError {
      // Two greetings in one segment or in two are found at different places.
      #expect("\(error)" == wanted || script.contains("220 b"))
      #expect(!error.isAfterFinalDot)
    }
  }

  @Test func `a silent server is left at the deadline`() async throws {
    let (near, far) = MemoryStream.pair()
    do {
      _ = try await SMTPConnection.open(
        near, security: .implicitTLS, clientName: "client.example.test", deadline: .after(milliseconds: 20))
      Issue.record("no error")
    } catch {
      #expect("\(error)" == "connection failed: timedOut(Bytes.StreamError.Operation.read)")
    }
    far.close()
  }

  @Test(arguments: [
    "", "a b", "a\r\nMAIL FROM:<x>", "a\nb", "a\0", "<a>", "a>b", "münchen.example", ".a", "[127.0.0.1", "[]",
    "[a b]",
    "a\u{2028}b", String(repeating: "a", count: 256),
  ])
  func `a client name that could end the line is refused`(name: String) async throws {
    let (near, far) = MemoryStream.pair()
    do {
      _ = try await SMTPConnection.open(
        near, security: .implicitTLS, clientName: name, deadline: .after(seconds: 5))
      Issue.record("no error")
    } catch {
      guard case .invalidArgument = error else { Issue.record("\(error)"); return }
    }
    var sent = ByteBuffer()
    #expect(try await far.read(into: &sent, atMost: 100, deadline: .after(seconds: 5)) == 0)
  }
}

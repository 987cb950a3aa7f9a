import Bytes
import SMTPClient
import Testing

@Suite(.timeLimit(.minutes(1))) struct SendTests {
  static let message = octets("Subject: x\r\n\r\nhello\r\n.dot\r\n")

  private func send(
    _ dialogue: String, extensions: String = "S: 250 HELP", envelope: SMTPEnvelope = envelope,
    message: [UInt8] = message, apart: Bool = false
  ) async throws -> SMTPReceipt {
    try await converse(greeting + "S: 250-mx\n" + extensions + "\n" + dialogue, apart: apart) { stream in
      let connection = try await open(stream)
      return try await connection.send(envelope, message: message)
    }
  }

  @Test func `one by one without PIPELINING`() async throws {
    for apart in [false, true] {
      let receipt = try await send(
        """
        C: MAIL FROM:<alice@example.test>
        S: 250 2.1.0 ok
        C: RCPT TO:<bob@example.test>
        S: 250 2.1.5 ok
        C: DATA
        S: 354 go
        C: Subject: x
        C:\u{20}
        C: hello
        C: ..dot
        C: .
        S: 250 2.0.0 queued as 1
        """, apart: apart)
      #expect(receipt.accepted == SMTPReply(code: 250, enhanced: "2.0.0", text: "queued as 1"))
      #expect(receipt.recipients.map(\.address) == ["bob@example.test"])
    }
  }

  @Test func `together with PIPELINING, the refused ones reported, the others served`() async throws {
    let three = SMTPEnvelope(from: "", recipients: ["a@example.test", "b@example.test", "c@example.test"])
    for apart in [false, true] {
      let receipt = try await send(
        """
        C: MAIL FROM:<> SIZE=\(Self.message.count)
        C: RCPT TO:<a@example.test>
        C: RCPT TO:<b@example.test>
        C: RCPT TO:<c@example.test>
        S: 250 ok
        S: 550 5.1.1 a
        S: 251 b
        S: 450 4.2.1 c
        C: DATA
        S: 354 go
        C: Subject: x
        C:\u{20}
        C: hello
        C: ..dot
        C: .
        S: 250 ok
        """, extensions: "S: 250-SIZE 0\nS: 250 PIPELINING", envelope: three, apart: apart)
      #expect(receipt.recipients.map(\.reply.code) == [550, 251, 450])
      #expect(receipt.recipients.map(\.address) == three.recipients)
    }
  }

  @Test func `recipients go out in batches that fit any socket`() async throws {
    let many = (0..<120).map { "r\($0)@example.test" }
    var script = "C: MAIL FROM:<alice@example.test>\n"
    var pending = 1
    for (i, address) in many.enumerated() {
      script += "C: RCPT TO:<\(address)>\n"
      pending += 1
      if pending == 50 || i == many.count - 1 {
        script += String(repeating: "S: 250 ok\n", count: pending)
        pending = 0
      }
    }
    script += "C: DATA\nS: 354 go\nC: x\nC: .\nS: 250 ok"
    let receipt = try await send(
      script, extensions: "S: 250 PIPELINING",
      envelope: SMTPEnvelope(from: "alice@example.test", recipients: many),
      message: octets("x"))
    #expect(receipt.recipients.count == 120)
  }

  @Test func `8BITMIME and SMTPUTF8 are asked for when needed`() async throws {
    let japanese = SMTPEnvelope(from: "alice@example.test", recipients: ["花子@例え.example"])
    let receipt = try await send(
      """
      C: MAIL FROM:<alice@example.test> BODY=8BITMIME SMTPUTF8
      S: 250 ok
      C: RCPT TO:<花子@例え.example>
      S: 250 ok
      C: DATA
      S: 354 go
      C: A: b
      C:\u{20}
      C: é
      C: .
      S: 250 ok
      """, extensions: "S: 250-8BITMIME\nS: 250 SMTPUTF8", envelope: japanese,
      message: [UInt8]("A: b\n\né\n".utf8))
    #expect(receipt.accepted.code == 250)
  }

  @Test func `reports of delivery are asked for where the server can have them made`() async throws {
    var wanted = SMTPEnvelope(
      from: "alice@example.test", recipients: ["bob+x=y@example.test", "花子@例え.example"])
    wanted.reports = .init(id: "a+1=2@example.test")
    let rest = "S: 250 ok\nC: DATA\nS: 354 go\nC: x\nC: .\nS: 250 ok"
    _ = try await send(
      """
      C: MAIL FROM:<alice@example.test> SMTPUTF8 RET=HDRS ENVID=a+2B1+3D2@example.test
      S: 250 ok
      C: RCPT TO:<bob+x=y@example.test> NOTIFY=SUCCESS,FAILURE,DELAY ORCPT=rfc822;bob+2Bx+3Dy@example.test
      S: 250 ok
      C: RCPT TO:<花子@例え.example> NOTIFY=SUCCESS,FAILURE,DELAY

      """ + rest, extensions: "S: 250-DSN\nS: 250 SMTPUTF8", envelope: wanted, message: octets("x"))
    let plain = "C: MAIL FROM:<alice@example.test>\nS: 250 ok\nC: RCPT TO:<bob@example.test>\n"
    // Not offered, or not wanted: as ever. An id that no parameter can carry is left out.
    wanted.recipients = ["bob@example.test"]
    _ = try await send(plain + rest, envelope: wanted, message: octets("x"))
    wanted.reports = nil
    _ = try await send(plain + rest, extensions: "S: 250 DSN", envelope: wanted, message: octets("x"))
    for id in ["", "a b", String(repeating: "=", count: 34)] {
      wanted.reports = .init(id: id)
      _ = try await send(
        """
        C: MAIL FROM:<alice@example.test> RET=HDRS
        S: 250 ok
        C: RCPT TO:<bob@example.test> NOTIFY=SUCCESS,FAILURE,DELAY ORCPT=rfc822;bob@example.test

        """ + rest, extensions: "S: 250 DSN", envelope: wanted, message: octets("x"))
    }
  }

  struct Unsent: Sendable, CustomTestStringConvertible {
    let extensions: String
    let envelope: SMTPEnvelope
    let message: [UInt8]
    let wanted: String
    var testDescription: String { wanted }
  }

  @Test(arguments: [
    Unsent(
      extensions: "250 HELP", envelope: SMTPEnvelope(from: "é@example.test", recipients: ["b@example.test"]),
      message: message, wanted: "the server does not offer SMTPUTF8"),
    Unsent(
      extensions: "250 HELP", envelope: envelope, message: [UInt8]("a: b\n\né".utf8),
      wanted: "the server does not offer 8BITMIME"),
    Unsent(
      extensions: "250 SIZE 10", envelope: envelope, message: octets("123456789"),
      wanted: "mail of 11 octets, the server takes 10"),
    Unsent(
      extensions: "250 SIZE 10", envelope: envelope, message: octets("1\n2\n3\n4\n"),
      wanted: "mail of 12 octets, the server takes 10"),
    Unsent(
      extensions: "250 HELP", envelope: envelope, message: octets("a\0b"),
      wanted: "invalid argument: the mail has a NUL octet"),
    Unsent(
      extensions: "250 HELP", envelope: SMTPEnvelope(from: "a@example.test", recipients: []),
      message: message,
      wanted: "invalid argument: no recipient"),
  ])
  func `what cannot be sent is refused before a word is said`(row: Unsent) async throws {
    let error = try await failure(greeting + "S: 250-mx\nS: \(row.extensions)") { stream in
      let connection = try await open(stream)
      do {
        _ = try await connection.send(row.envelope, message: row.message)
      } catch {
        #expect(connection.isOpen)
        throw error
      }
    }
    #expect("\(error)" == row.wanted)
  }

  @Test func `a mail of exactly the size allowed goes out`() async throws {
    let receipt = try await send(
      """
      C: MAIL FROM:<alice@example.test> SIZE=10
      S: 250 ok
      C: RCPT TO:<bob@example.test>
      S: 250 ok
      C: DATA
      S: 354 go
      C: ..2345678
      C: .
      S: 250 ok
      """, extensions: "S: 250 SIZE 10", message: octets(".2345678"))
    #expect(receipt.accepted.code == 250)
  }

  @Test(arguments: [
    "a@example.test\r\nRCPT TO:<evil@example.test>", "a@example.test\r", "a@example.test\n",
    "a\0@example.test",
    "a b@example.test", "a@example.test SIZE=1", "<a@example.test>", "a@example.test>", "a@exam<ple.test",
    "a", "@",
    "a@", "@example.test", "a@b@c", "a(c)@example.test", "a@example.test(c)", "\"a@example.test",
    "\"a\"b\"@c", "\"a\\\"@c",
    "a,b@example.test", "a@[1.2.3.4", "a@b;c", "a\u{2028}@example.test", "a\u{A0}b@example.test",
    "a\u{202E}@b.example",
    "a\u{85}@b.example", "a\u{0D}\u{0301}@example.test", "a\t@example.test", "=?utf-8?q?a?=@b\u{7F}.example",
    String(repeating: "a", count: 255 - 13) + "@example.test", "",
  ])
  func `an address that could end the path or the line is refused`(address: String) async throws {
    for envelope in [
      SMTPEnvelope(from: "alice@example.test", recipients: ["bob@example.test", address]),
      SMTPEnvelope(from: address, recipients: ["bob@example.test"]),
    ] where !envelope.from.isEmpty {
      let error = try await failure(greeting + "S: 250-mx\nS: 250 SMTPUTF8") { stream in
        _ = try await open(stream).send(envelope, message: Self.message)
      }
      guard case .invalidArgument = error else { Issue.record("\(error)"); return }
      #expect(address.isEmpty || address.count < 2 || !"\(error)".contains(address))
    }
  }

  @Test(arguments: [
    "a.b+c=d@example.test", "\"a@b\"@example.test", "a@[127.0.0.1]", "a@[IPv6:::1]",
    "a'b{}|~`^#$%&*/?!@example.test",
    "A_b@under_score.example",
  ])
  func `addresses that are odd but right go out as they are`(address: String) async throws {
    let receipt = try await send(
      """
      C: MAIL FROM:<\(address)>
      S: 250 ok
      C: RCPT TO:<\(address)>
      S: 250 ok
      C: DATA
      S: 354 go
      C: x
      C: .
      S: 250 ok
      """, envelope: SMTPEnvelope(from: address, recipients: [address]), message: octets("x\r\n"))
    #expect(receipt.recipients.first?.address == address)
  }

  @Test func `the mail is complete but for its end when the caller is told`() async throws {
    let (near, far) = MemoryStream.pair()
    let server = Task { () -> [UInt8] in
      let script = Script(
        greeting + "S: 250 mx\nC: MAIL FROM:<alice@example.test>\nS: 250 ok\nC: RCPT TO:<bob@example.test>\n"
          + "S: 250 ok\nC: DATA\nS: 354 go")
      return try await Self.playThenRead(script, on: far, count: 6)
    }
    let client = try await open(near)
    let seen = Box<[UInt8]>([])
    await #expect(throws: CancellationError.self) {
      _ = try await client.send(envelope, message: octets("a\n.b\n")) {
        seen.set(try await server.value)
        throw CancellationError()
      }
    }
    #expect(seen.value == octets("a\r\n..b"))
    #expect(!client.isOpen)
    var rest = ByteBuffer()
    #expect(try await far.read(into: &rest, atMost: 100, deadline: .after(seconds: 20)) == 0)
  }

  private static func playThenRead(_ script: Script, on stream: MemoryStream, count: Int) async throws
    -> [UInt8]
  {
    for step in script.steps {
      switch step {
      case .send(let bytes): try await stream.write(bytes, deadline: .after(seconds: 20))
      case .expect(let bytes): #expect(try await read(bytes.count, from: stream) == bytes)
      case .close: break
      }
    }
    return try await read(count, from: stream)
  }

  private static func read(_ count: Int, from stream: MemoryStream) async throws -> [UInt8] {
    var got = ByteBuffer()
    while got.count < count {
      if try await stream.read(into: &got, atMost: count - got.count, deadline: .after(seconds: 20)) == 0 {
        break
      }
    }
    return got.bytes
  }

  @Test(arguments: smuggling)
  func `on the wire there is one mail and one end of it`(payload: String) async throws {
    let message = octets("A: b\r\n\r\nx" + payload + "MAIL FROM:<evil@example.test>\r\n")
    let (near, far) = MemoryStream.pair()
    let server = Task { () -> [UInt8] in
      let head = Script(
        greeting + "S: 250-mx\nS: 250 8BITMIME\nC: MAIL FROM:<alice@example.test>"
          + "\(message.contains { $0 > 127 } ? " BODY=8BITMIME" : "")\nS: 250 ok\n"
          + "C: RCPT TO:<bob@example.test>\nS: 250 ok\nC: DATA\nS: 354 go")
      _ = try await Self.playThenRead(head, on: far, count: 0)
      var wire = ByteBuffer()
      while !wire.bytes.suffix(5).elementsEqual([13, 10, 46, 13, 10]) {
        if try await far.read(into: &wire, atMost: 100, deadline: .after(seconds: 20)) == 0 { break }
      }
      try await far.write("250 ok\r\n", deadline: .after(seconds: 20))
      while try await far.read(into: &wire, atMost: 100, deadline: .after(seconds: 20)) > 0 {}
      return wire.bytes
    }
    let client = try await open(near)
    _ = try await client.send(envelope, message: message)
    client.close()
    WireCheck.expectOneMail(try await server.value, of: message)
  }
}

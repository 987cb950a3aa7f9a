import Bytes
import SMTPClient
import Testing

/// Mails that are read while they go out.
@Suite(.timeLimit(.minutes(1))) struct StreamedSendTests {
  struct Gone: Error {}

  private static let dialogue = """
    S: 250-mx
    S: 250 SIZE 1000
    C: MAIL FROM:<alice@example.test> SIZE=27
    S: 250 ok
    C: RCPT TO:<bob@example.test>
    S: 250 ok
    C: DATA
    S: 354 go

    """

  private static func facts(_ pieces: [[UInt8]]) -> MessageFacts {
    var facts = MessageFacts()
    for piece in pieces { facts.add(piece) }
    facts.finish()
    return facts
  }

  @Test func `wherever it is cut, the same octets go out`() async throws {
    let message = octets("Subject: x\r\n\r\nhello\r\n.dot\r\n")
    for at in 0...message.count {
      let pieces = [Array(message[..<at]), Array(message[at...])]
      let script =
        greeting + Self.dialogue + "C: Subject: x\nC:\u{20}\nC: hello\nC: ..dot\nC: .\nS: 250 ok"
      try await converse(script) { stream in
        let connection = try await open(stream)
        #expect(connection.messageOctetsMax == 1000)
        var rest = pieces[...]
        _ = try await connection.send(envelope, facts: Self.facts(pieces), next: { rest.popFirst() })
        #expect(rest.isEmpty)
      }
    }
  }

  @Test func `a mail whose octets fail is not ended, and nothing more is said`() async throws {
    try await converse(greeting + Self.dialogue + "C: Subject: x") { stream in
      let connection = try await open(stream)
      var isFirst = true
      await #expect(throws: Gone.self) {
        _ = try await connection.send(
          envelope, facts: MessageFacts(octets("Subject: x\r\n\r\nhello\r\n.dot\r\n")),
          next: {
            defer { isFirst = false }
            if !isFirst { throw Gone() }
            return octets("Subject: x\r\n\r\n")
          }, beforeFinalDot: { Issue.record("the mail is not whole") })
      }
      #expect(!connection.isOpen)
    }
  }

  @Test(arguments: [
    "", "a", "a\r\n", "a\n", "a\r", "\r\n", "a\n\rb", "Subject: ü\r\n\r\nx", "a\r\n\r\nü", "a\u{0}b",
    "\n\nü\n",
  ]) func `facts do not depend on the cuts`(_ text: String) {
    let message = octets(text)
    let whole = MessageFacts(message)
    for at in 0...message.count {
      let facts = Self.facts([Array(message[..<at]), Array(message[at...])])
      #expect(facts.size == whole.size && facts.hasNUL == whole.hasNUL)
      #expect(facts.has8Bit == whole.has8Bit && facts.has8BitHeader == whole.has8BitHeader)
    }
    #expect(whole.hasNUL == text.contains("\u{0}") && whole.has8Bit == text.contains("ü"))
    #expect(whole.has8BitHeader == text.hasPrefix("Subject: ü"))
  }

  @Test(arguments: [("SIZE", nil as Int?), ("SIZE 0", nil), ("SIZE x", nil), ("SIZE 7", 7), ("HELP", nil)])
  func `what the server takes at the most is known`(_ word: String, _ limit: Int?) async throws {
    try await converse(greeting + "S: 250-mx\nS: 250 \(word)") { stream in
      let connection = try await open(stream)
      #expect(connection.messageOctetsMax == limit)
    }
  }
}

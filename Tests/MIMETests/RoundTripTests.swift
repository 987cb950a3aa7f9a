import Testing

@testable import MIME

/// What is built is read back the same.
@Suite struct RoundTripTests {
  private static let alphabets: [[Unicode.Scalar]] = [
    Array("abcdefghijklmnopqrstuvwxyz ABC019".unicodeScalars), Array("äöüß éèñçøåłż ".unicodeScalars),
    Array("日本語のメール中文한국어 ".unicodeScalars), Array("😀👍🏽👩‍👩‍👧 ".unicodeScalars),
    Array("\"\\<>()@,;:.[]=?_*'% \t".unicodeScalars),
    Array("-=_ab\t \u{1}\u{7F}\u{2028}\u{200F}".unicodeScalars),
  ]

  private func text(_ random: inout Seeded, _ max: Int, controls: Bool = false) -> String {
    var out = String.UnicodeScalarView()
    for _ in 0..<Int(random.next() % UInt64(max + 1)) {
      let alphabet = Self.alphabets[Int(random.next() % UInt64(Self.alphabets.count - (controls ? 0 : 1)))]
      for _ in 0..<Int(random.next() % 9) {
        out.append(alphabet[Int(random.next() % UInt64(alphabet.count))])
      }
    }
    return String(out)
  }

  /// As header text comes back: no white space at the ends, tabs as spaces.
  private func header(_ random: inout Seeded, _ max: Int) -> String {
    HeaderText.tidy(text(&random, max).replacing("\t", with: " "))
  }

  private func name(_ random: inout Seeded) -> String? {
    let text = header(&random, 8).unicodeScalars.split(separator: " ").map { String(Substring($0)) }.joined(
      separator: " ")
    return text.isEmpty || text.hasPrefix("'") ? nil : text
  }

  private func address(_ random: inout Seeded) -> MailAddress {
    let locals = ["jane", "j.d", "a+b", "\"john doe\"", "o'neil", "x_y-z", "\"a@b\""]
    let hosts = ["example.com", "a.b-c.example", "[127.0.0.1]", "x"]
    return MailAddress(
      name: name(&random),
      email: locals[Int(random.next() % 7)] + "@" + hosts[Int(random.next() % 4)])
  }

  private func body(_ random: inout Seeded) -> String {
    let ends = ["\n", "\n", "\n\n", " \n", "\nFrom ", "\n.\n", "\n--", "\n> "]
    var out = ""
    for _ in 0..<Int(random.next() % 12) {
      out += text(&random, random.next() % 8 == 0 ? 300 : 12, controls: true).replacing("\r", with: "")
      out += ends[Int(random.next() % UInt64(ends.count))]
    }
    return out
  }

  private func random(_ random: inout Seeded) -> MessageBuilder {
    var b = MessageBuilder(
      from: address(&random),
      date: MailDate(
        secondsSince1970: Int64(random.next() % 4_000_000_000), zoneMinutes: Int(random.next() % 1440) - 720),
      messageID: .generate(domain: "example.com"))
    b.to = (0..<Int(random.next() % 4)).map { _ in address(&random) }
    b.cc = (0..<Int(random.next() % 3)).map { _ in address(&random) }
    b.replyTo = (0..<Int(random.next() % 2)).map { _ in address(&random) }
    b.subject = header(&random, 40)
    b.inReplyTo = (0..<Int(random.next() % 2)).map { _ in .generate(domain: "a.b") }
    b.references = (0..<Int(random.next() % 31)).map { _ in .generate(domain: "a.b") }
    if random.next() % 4 != 0 { b.text = body(&random) }
    if random.next() % 2 == 0 { b.html = "<p>" + body(&random) + "</p>" }
    for n in 0..<Int(random.next() % 4) {
      let content = (0..<Int(random.next() % 500)).map { _ in UInt8(truncatingIfNeeded: random.next()) }
      let name = AttachmentName.sanitized(header(&random, 30) + "é.bin") ?? "x"
      let cid = b.html != nil && random.next() % 2 == 0 ? "part\(n)@x" : nil
      b.attachments.append(
        OutgoingAttachment(name: name, type: "application/octet-stream", content: content, cid: cid))
    }
    b.extraHeaders = [("X-Test", header(&random, 30))]
    return b
  }

  @Test(.timeLimit(.minutes(1)))
  func `what is built is read back the same`() throws {
    var seed = Seeded(6)
    for _ in 0..<250 {
      let b = random(&seed)
      let bytes = try b.build()
      let message = ParsedMessage(bytes)
      let h = message.headers
      #expect(h.from == [b.from])
      #expect(h.to == b.to)
      #expect(h.cc == b.cc)
      #expect(h.replyTo == b.replyTo)
      #expect(h.bcc.isEmpty)
      #expect(h.subject == b.subject)
      #expect(h.messageID == b.messageID && h.inReplyTo == b.inReplyTo && h.date == b.date)
      #expect(h.references == (b.references.isEmpty ? b.inReplyTo : b.references))
      #expect(message.headerBlock.text("X-Test") == b.extraHeaders[0].value)
      let body = message.body()
      if let text = b.text { #expect(trimmed(body.text) == trimmed(text)) }
      #expect(body.html.map(trimmed) == b.html.map(trimmed))
      let sent = b.attachments.filter { $0.cid != nil } + b.attachments.filter { $0.cid == nil }
      #expect(message.attachments.map(\.name) == sent.map(\.name))
      #expect(message.attachments.map(\.cid) == sent.map(\.cid))
      #expect(message.attachments.map { message.decoded($0.partIndex) } == sent.map(\.content))
      #expect(message.defects.isEmpty)
      checkWire(bytes)
    }
  }

  /// The line end behind the last line is the mail's own.
  private func trimmed(_ text: String) -> String {
    var text = text[...]
    while text.last == "\n" { text = text.dropLast() }
    return String(text)
  }

  private func checkWire(_ bytes: [UInt8]) {
    var column = 0
    var last: UInt8 = 0
    var inHeader = true
    for b in bytes {
      if b == 0x0A {
        #expect(last == 0x0D)
        if column == 0 { inHeader = false }
        column = 0
      } else if b != 0x0D {
        #expect(b != 0 && b < 0x80 && last != 0x0D)
        column += 1
        #expect(column <= (inHeader ? 120 : 998))
      }
      last = b
    }
    #expect(last == 0x0A)
  }
}

import Testing

@testable import MIME

@Suite struct StreamedBuildTests {
  private func builder() -> MessageBuilder {
    var b = MessageBuilder(
      from: MailAddress(name: "Jane Doe", email: "jane@example.com"),
      date: MailDate(secondsSince1970: 1_136_239_445, zoneMinutes: -420),
      messageID: MessageID("id@example.com")!)
    b.to = [MailAddress(email: "j@example.org")]
    b.subject = "Hello"
    b.text = "Text\n"
    return b
  }

  /// Puts the pieces together as a sender would, reading the contents in chunks.
  private func joined(_ mail: MailPieces, _ contents: [[UInt8]], chunk: Int) -> [UInt8] {
    var out = [UInt8]()
    for piece in mail.pieces {
      switch piece {
      case .octets(let bytes): out += bytes
      case .content(let attachment):
        var lines = Base64Lines()
        var rest = contents[attachment][...]
        while !rest.isEmpty {
          out += lines.encode(rest.prefix(chunk))
          rest = rest.dropFirst(chunk)
        }
        out += lines.finish()
      }
    }
    return out
  }

  @Test(arguments: [0, 1, 2, 3, 56, 57, 58, 113, 114, 115, 1000])
  func `attachments may come in chunks of any size`(_ octets: Int) throws {
    let contents = [(0..<octets).map { UInt8(truncatingIfNeeded: $0 &* 7) }, Array("second".utf8)]
    var whole = builder()
    whole.html = "<img src=\"cid:a@b\">"
    whole.attachments = [
      OutgoingAttachment(name: "a.bin", type: "application/x", content: contents[0]),
      OutgoingAttachment(name: "b.png", type: "image/png", content: contents[1], cid: "a@b"),
    ]
    var later = whole
    later.attachments = [
      OutgoingAttachment(name: "a.bin", type: "application/x", octets: Int64(octets)),
      OutgoingAttachment(name: "b.png", type: "image/png", octets: 6, cid: "a@b"),
    ]
    let expected = try whole.build()
    let pieces = try later.pieces()
    #expect(pieces.octets == Int64(expected.count))
    #expect(try whole.pieces() == pieces)
    #expect(pieces.pieces.filter { if case .content = $0 { true } else { false } }.count == 2)
    for chunk in [1, 2, 56, 57, 58, 4096] { #expect(joined(pieces, contents, chunk: chunk) == expected) }
    let read = ParsedMessage(expected)
    #expect(read.attachments.map { read.decoded($0.partIndex) } == [contents[1], contents[0]])
    #expect(throws: MIMEBuildError.contentComesLater(field: "attachments[0].content")) { try later.build() }
  }

  @Test func `a mail of any size takes memory for its text only`() throws {
    var b = builder()
    b.attachments = [OutgoingAttachment(name: "huge", type: "application/x", octets: 1 << 40)]
    let pieces = try b.pieces()
    #expect(pieces.octets > 1 << 40)
    let held = pieces.pieces.reduce(0) { sum, piece in
      if case .octets(let o) = piece { sum + o.count } else { sum }
    }
    #expect(held < 2048)
  }

  @Test(arguments: [
    ("short", "short"), ("", ""), ("a  \nb", "a\nb"), ("-- \nJane", "-- \nJane"), (" indented", "  indented"),
    ("From x", " From x"), ("> quoted", "> quoted"), (">> deep", ">> deep"), (">", "> "),
    (
      String(repeating: "word ", count: 20) + "end",
      String(repeating: "word ", count: 14) + "\n" + String(repeating: "word ", count: 6) + "end"
    ),
    (
      "> " + String(repeating: "word ", count: 20) + "end",
      "> " + String(repeating: "word ", count: 14) + "\n> " + String(repeating: "word ", count: 6) + "end"
    ),
    (String(repeating: "x", count: 200), String(repeating: "x", count: 200)),
    (String(repeating: "字", count: 200), String(repeating: "字", count: 200)),
    ("a\r\nb\rc", "a\nb\nc"),
  ])
  func `text flows`(_ text: String, _ wanted: String) { #expect(FlowedText.flow(text) == wanted) }

  @Test func `what flowed is joined again, and no line is longer than 78`() throws {
    let words = [
      "a", "word", "From", ">", "-- ", "--", " ", "  ", "longer-word-with-hyphens", "\n", "\n\n", "ü", "日本",
      "> ", "\n> ",
    ]
    var random = Seeded(77)
    for _ in 0..<500 {
      var text = ""
      for _ in 0..<Int(random.next() % 60) {
        text += words[Int(random.next() % UInt64(words.count))] + (random.next() % 2 == 0 ? " " : "")
      }
      let flowed = FlowedText.flow(text)
      // As lines are read: marks, a space behind them, nothing at the end.
      let wanted = text.split(separator: "\n", omittingEmptySubsequences: false).map { line -> String in
        let marks = line.prefix { $0 == ">" }
        var rest = line.dropFirst(marks.count)
        if !marks.isEmpty, rest.first == " " { rest = rest.dropFirst() }
        if rest != "-- " { while rest.last == " " { rest = rest.dropLast() } }
        return marks + (marks.isEmpty ? "" : " ") + rest
      }.joined(separator: "\n")
      #expect(FlowedText.unflow(flowed, delSp: false) == wanted)
      #expect(flowed.split(separator: "\n").allSatisfy { $0.count <= 78 })
    }
    var b = builder()
    b.isFlowed = true
    b.text = String(repeating: "many words ", count: 30) + "end"
    let read = ParsedMessage(try b.build())
    #expect(read.root.contentType.parameters.text("format") == "flowed")
    #expect(read.body().text == b.text! + "\n")
  }

  @Test func `headers in UTF-8 are read back the same, and other servers get ASCII`() throws {
    var b = builder()
    b.from = MailAddress(name: "Jürgen Groß", email: "jürgen@bücher.example")
    b.to = [MailAddress(name: "山田, 太郎", email: "t@example.org")]
    b.subject = "Grüße " + String(repeating: "ä", count: 100) + " 日本語"
    b.text = "x\n"
    b.attachments = [OutgoingAttachment(name: "Übersicht (1).pdf", type: "application/pdf", content: [1])]
    for form in [HeaderForm.ascii, .utf8] {
      b.headerForm = form
      let bytes = try b.build()
      let read = ParsedMessage(bytes)
      #expect(read.headers.subject == b.subject)
      #expect(read.headers.to == b.to)
      #expect(read.headers.from.first?.name == b.from.name)
      #expect(read.attachments.map(\.name) == ["Übersicht (1).pdf"])
      for line in bytes.split(separator: 0x0A) { #expect(line.count <= 999) }
      let text = String(decoding: bytes, as: UTF8.self)
      #expect(text.contains("Grüße") == (form == .utf8))
      #expect(text.contains("@bücher.example") == (form == .utf8))
      #expect(text.contains("@xn--bcher-kva.example") == (form == .ascii))
    }
    #expect(b.needsSMTPUTF8)
    b.from.email = "j@bücher.example"
    b.headerForm = .ascii
    #expect(try b.build().allSatisfy { $0 < 0x80 })
    #expect(!b.needsSMTPUTF8)
  }

  @Test func `a new Message-ID lies under the sender's domain, in ASCII`() {
    #expect(
      MessageBuilder.newMessageID(for: MailAddress(email: "j@bücher.example")).text.hasSuffix(
        "@xn--bcher-kva.example"))
    #expect(
      MessageBuilder.newMessageID(for: MailAddress(email: "j@Example.com")).text.hasSuffix("@example.com"))
  }
}

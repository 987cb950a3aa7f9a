import Testing

@testable import MIME

@Suite struct BuilderTests {
  private func builder() -> MessageBuilder {
    var b = MessageBuilder(
      from: MailAddress(name: "Jane Doe", email: "jane@example.com"),
      date: MailDate(secondsSince1970: 1_136_239_445, zoneMinutes: -420), messageID: .generate(domain: "x"))
    b.messageID = MessageID("id@example.com") ?? b.messageID
    b.to = [MailAddress(name: "Jürgen", email: "j@example.org")]
    b.subject = "Hello"
    b.text = "Text\n"
    return b
  }

  @Test func `a plain mail`() throws {
    let text = String(decoding: try builder().build(), as: UTF8.self)
    #expect(
      text == """
        Date: Mon, 2 Jan 2006 15:04:05 -0700\r
        From: Jane Doe <jane@example.com>\r
        To: =?utf-8?Q?J=C3=BCrgen?= <j@example.org>\r
        Subject: Hello\r
        Message-ID: <id@example.com>\r
        MIME-Version: 1.0\r
        Content-Type: text/plain; charset=utf-8\r
        Content-Transfer-Encoding: 7bit\r
        \r
        Text\r

        """)
  }

  @Test func `all parts find their place`() throws {
    var b = builder()
    b.html = "<p>Text <img src=\"cid:pic@x\"></p>"
    b.attachments = [
      OutgoingAttachment(name: "Grüße.pdf", type: "application/pdf", content: [1, 2, 3]),
      OutgoingAttachment(name: "p.png", type: "image/png", content: [4], cid: "pic@x"),
      OutgoingAttachment(name: "m.eml", type: "message/rfc822", content: mail("Subject: in\n\nx\n")),
      OutgoingAttachment(name: "8.eml", type: "message/rfc822", content: Array("Subject: ü\n\nx".utf8)),
      OutgoingAttachment(name: "i.ics", type: "text/calendar; method=REQUEST; charset=utf-8", content: [5]),
    ]
    let message = ParsedMessage(try b.build())
    #expect(
      message.parts.map(\.contentType.mediaType) == [
        "multipart/mixed", "multipart/alternative", "text/plain", "multipart/related", "text/html",
        "image/png",
        "application/pdf", "message/rfc822", "text/plain", "application/octet-stream", "text/calendar",
      ])
    #expect(message.attachments.map(\.name) == ["p.png", "Grüße.pdf", "m.eml", "8.eml", "i.ics"])
    #expect(message.attachments.first?.cid == "pic@x" && message.attachments.first?.disposition == .inline)
    #expect(message.decoded(6) == [1, 2, 3])
    #expect(message.calendar?.method == "REQUEST")
    #expect(message.body().html == "<p>Text <img src=\"cid:pic@x\"></p>")
    #expect(message.defects.isEmpty)
  }

  @Test func `the same mail is built twice alike`() throws {
    var b = builder()
    b.html = "x"
    #expect(try b.build() == b.build())
  }

  @Test func `boundaries stand in no part`() throws {
    var b = builder()
    b.html = "x"
    let boundary = ParsedMessage(try b.build()).root.contentType.parameters.text("boundary") ?? ""
    b.text = "a\n--\(boundary)\nb\n--\(boundary)--\nc"
    let message = ParsedMessage(try b.build())
    #expect(message.parts.count == 3)
    #expect(message.body().text == b.text)
  }

  @Test func `Bcc is never written`() throws {
    var b = builder()
    b.bcc = [MailAddress(email: "secret@example.com")]
    #expect(!String(decoding: try b.build(), as: UTF8.self).contains("secret"))
    b.to = []
    #expect(String(decoding: try b.build(), as: UTF8.self).contains("\r\nTo: undisclosed-recipients:;\r\n"))
  }

  @Test func `references are bounded and keep the root`() throws {
    var b = builder()
    let ids = (0..<100).compactMap { MessageID("\($0)@x") }
    b.references = ids
    b.inReplyTo = [ids[99]]
    let headers = ParsedMessage(try b.build()).headers
    #expect(headers.references == [ids[0]] + ids.suffix(MessageBuilder.referencesMax - 1))
    #expect(headers.inReplyTo == [ids[99]])
    b.references = []
    #expect(ParsedMessage(try b.build()).headers.references == [ids[99]])
  }

  private static let bad = ["a\rb", "a\nb", "a\r\nX: y", "a\u{0}b", "a\r\n\u{301}", "\n"]

  @Test(arguments: bad)
  func `no field can hold a line end or NUL`(_ text: String) {
    func fails(_ field: String, _ change: (inout MessageBuilder) -> Void) {
      var b = builder()
      change(&b)
      let error = #expect(throws: MIMEBuildError.self) { _ = try b.build() }
      #expect(error?.field == field)
    }
    fails("subject") { $0.subject = text }
    fails("from.name") { $0.from.name = text }
    fails("from.email") { $0.from.email = "a\(text)@b.c" }
    fails("to[0].name") { $0.to[0].name = text }
    fails("to[0].email") { $0.to[0].email = text }
    fails("cc[1].email") { $0.cc = [MailAddress(email: "a@b.c"), MailAddress(email: "\(text)@b.c")] }
    fails("bcc[0].email") { $0.bcc = [MailAddress(email: "a@\(text)")] }
    fails("replyTo[0].name") { $0.replyTo = [MailAddress(name: text, email: "a@b.c")] }
    fails("attachments[0].name") {
      $0.attachments = [OutgoingAttachment(name: text, type: "a/b", content: [])]
    }
    fails("attachments[0].type") {
      $0.attachments = [OutgoingAttachment(name: "x", type: "a/b\(text)", content: [])]
    }
    fails("attachments[0].cid") {
      $0.attachments = [OutgoingAttachment(name: "x", type: "a/b", content: [], cid: text)]
    }
    fails("extraHeaders.X-A") { $0.extraHeaders = [("X-A", text)] }
    fails("extraHeaders") { $0.extraHeaders = [("X-A" + text, "x")] }
  }

  @Test(arguments: [
    "From", "bcc", "Content-Type", "content-transfer-encoding", "MIME-Version", "Message-ID", "Received",
  ])
  func `fields of ours cannot be given`(_ name: String) {
    var b = builder()
    b.extraHeaders = [(name, "x")]
    #expect(throws: MIMEBuildError.reservedHeader(name)) { try b.build() }
  }

  @Test func `other wrong input is named`() {
    var b = builder()
    b.extraHeaders = [("X A", "x")]
    #expect(throws: MIMEBuildError.invalidHeaderName("X A")) { try b.build() }
    b = builder()
    b.to = [MailAddress(email: "no address")]
    #expect(throws: MIMEBuildError.invalidAddress(field: "to[0].email")) { try b.build() }
    b = builder()
    b.from.email = ""
    #expect(throws: MIMEBuildError.noSender) { try b.build() }
    b = builder()
    b.subject = String(repeating: "x", count: 4097)
    #expect(throws: MIMEBuildError.tooLong(field: "subject", octets: 4097, limit: 4096)) { try b.build() }
    for type in ["", "text", "multipart/mixed", "a/b c/d@", "/x"] where type != "a/b c/d@" {
      b = builder()
      b.attachments = [OutgoingAttachment(name: "x", type: type, content: [])]
      #expect(throws: MIMEBuildError.invalidContentType(field: "attachments[0].type")) { try b.build() }
    }
  }

  @Test func `SMTPUTF8 is needed for local parts only`() throws {
    var b = builder()
    #expect(!b.needsSMTPUTF8)
    b.cc = [MailAddress(email: "jane@bücher.example")]
    #expect(!b.needsSMTPUTF8)
    #expect(String(decoding: try b.build(), as: UTF8.self).contains("Cc: jane@xn--bcher-kva.example\r\n"))
    b.bcc = [MailAddress(email: "jürgen@example.com")]
    #expect(b.needsSMTPUTF8)
  }

  @Test func `an announced link in a subject cannot hide a field`() throws {
    var b = builder()
    b.subject = "=?utf-8?Q?a=0D=0ABcc:_x@y?="
    let message = ParsedMessage(try b.build())
    #expect(message.headers.subject == b.subject)
    #expect(message.headerBlock.first("Bcc") == nil)
  }
}

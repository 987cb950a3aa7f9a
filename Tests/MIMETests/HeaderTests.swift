import Testing

@testable import MIME

@Suite struct HeaderTests {
  @Test(arguments: ["\r\n", "\n"])
  func `fields are found whatever ends the lines`(_ end: String) {
    let text = ["Subject: one", " two", "\tthree", "X-Empty:", "TO : a@b", "subject: again", "", "Body: no"]
    let block = HeaderBlock(parsing: Array(text.joined(separator: end).utf8))
    #expect(block.first("SUBJECT") == Array("one two\tthree".utf8))
    #expect(block.all("subject").count == 2)
    #expect(block.first("x-empty") == [])
    #expect(block.first("to") == Array("a@b".utf8))
    #expect(block.first("Body") == nil)
    #expect(block.first("From") == nil)
    #expect(block.names == ["Subject", "X-Empty", "TO", "subject"])
  }

  @Test func `lines may end in CR alone`() {
    let message = ParsedMessage(Array("Subject: a\rTo: b@c\r\rtext\rmore".utf8))
    #expect(message.headers.subject == "a")
    #expect(message.headers.to == [MailAddress(email: "b@c")])
    #expect(message.body().text == "text\nmore")
  }

  @Test(arguments: [
    ("", "", "", 0),
    ("\nbody", "", "body", 0),
    ("no header at all", "", "no header at all", 0),
    ("no header\n\nat all", "", "no header\n\nat all", 0),
    ("Subject: a\nno colon\nmore", "a", "no colon\nmore", 1),
    ("Subject: a", "a", "", 1),
    ("From jane Mon Jan 2\nSubject: a\n\nb", "a", "b", 1),
    ("\u{FEFF}Subject: a\n\nb", "a", "b", 1),
    (" Subject: a\n\nb", "a", "b", 1),
    (": x\n\nb", "", ": x\n\nb", 0),
  ])
  func `headers end where they end`(_ text: String, _ subject: String, _ body: String, _ fields: Int) {
    let message = ParsedMessage(Array(text.utf8))
    #expect(message.headers.subject == subject)
    #expect(message.body().text == body)
    #expect(message.headerBlock.count == fields)
  }

  @Test func `raw octets are UTF-8 or else windows-1252`() {
    #expect(HeaderBlock(parsing: Array("Subject: Grüße\n\n".utf8)).text("Subject") == "Grüße")
    let latin = Array("Subject: Gr".utf8) + [0xFC, 0xDF, 0x65, 0x80] + Array("\n\n".utf8)
    #expect(HeaderBlock(parsing: latin).text("Subject") == "Grüße€")
  }

  @Test func `no control character comes out of a header`() {
    let text = HeaderBlock(
      parsing: Array("Subject: a\rb\u{0}c =?utf-8?Q?d=0D=0AX:_e=00f=E2=80=A8g?=\n\n".utf8)
    ).text("Subject")
    #expect(text == "a b c d X: e f g")
  }

  @Test func `the number of fields is bounded`() {
    let max = HeaderBlock.fieldsMax
    for (n, wanted, cut) in [(max - 1, max - 1, false), (max, max, false), (max + 1, max, true)] {
      let block = HeaderBlock(parsing: Array((String(repeating: "A:\n", count: n) + "\nB: c").utf8))
      #expect(block.count == wanted)
      #expect(block.isTruncated == cut)
      #expect(block.range.upperBound == n * 3 + 1)
    }
  }

  @Test func `a mail's fields are decoded`() {
    let headers = MailHeaders(
      HeaderBlock(
        parsing: mail(
          """
          Return-Path: <>
          Received: from a by b; Mon, 2 Jan 2006 22:04:05 +0000
          Message-ID: <m@x>
          In-Reply-To: <r@x>
          References: <a@x>
           <r@x>
          From: Jane <j@x>
          Sender: s@x
          Reply-To: r@x
          To: a@x, b@x
          To: c@x
          Cc: d@x
          Bcc: e@x
          Thread-Index: AQHX abc
           def==
          List-Id: The List <List.Example.COM>
          Auto-Submitted: Auto-Generated (x)
          Content-Type: Text/HTML; charset=x

          """)))
    #expect(headers.messageID?.text == "m@x")
    #expect(headers.inReplyTo.map(\.text) == ["r@x"])
    #expect(headers.references.map(\.text) == ["a@x", "r@x"])
    #expect(headers.from == [MailAddress(name: "Jane", email: "j@x")])
    #expect(headers.to.map(\.email) == ["a@x", "b@x", "c@x"])
    #expect(
      headers.cc.count == 1 && headers.bcc.count == 1 && headers.sender.count == 1
        && headers.replyTo.count == 1)
    #expect(headers.date?.secondsSince1970 == 1_136_239_445)
    #expect(headers.threadIndex == "AQHXabcdef==")
    #expect(headers.listID == "list.example.com")
    #expect(headers.autoSubmitted == "auto-generated")
    #expect(headers.returnPath == "")
    #expect(headers.contentType?.mediaType == "text/html")
    #expect(headers.isAutomatic && !headers.isAutoReply && !headers.isBounce)
  }
}

import Testing

@testable import MIME

/// What is read where a mail does not say, or says it wrong.
@Suite struct GuessTests {
  /// `При` in windows-1251 and in KOI8-R.
  private static let windows1251: [UInt8] = [0xCF, 0xF0, 0xE8]
  private static let koi8: [UInt8] = [0xF0, 0xD2, 0xC9]

  @Test func `raw octets of a header are read as the set that the mail names`() {
    let message = ParsedMessage(
      mail("Content-Type: text/plain; charset=windows-1251\nSubject: ") + Self.windows1251 + mail("\n\nx"))
    #expect(message.headers.subject == "При")
  }

  @Test func `raw octets of a multipart's header are read as its first text`() {
    let rest = mail("\n\n--b\nContent-Type: text/plain; charset=koi8-r\n\nx\n--b--\n")
    let message = ParsedMessage(
      mail("Content-Type: multipart/mixed; boundary=b\nSubject: ") + Self.koi8 + rest)
    #expect(message.headers.subject == "При")
  }

  @Test func `raw octets of a header are read as its sender's encoded words`() {
    let head = mail("From: =?windows-1251?Q?=CF?= <a@b>\nSubject: ")
    #expect(ParsedMessage(head + Self.windows1251 + mail("\n\n")).headers.subject == "При")
  }

  @Test func `raw octets that are valid UTF-8 are that, whatever is named`() {
    let message = ParsedMessage(mail("Content-Type: text/plain; charset=windows-1251\nSubject: Grüße\n\n"))
    #expect(message.headers.subject == "Grüße")
  }

  @Test func `a Latin-1 label over UTF-8 is not believed`() {
    for label in ["iso-8859-1", "windows-1252", "us-ascii"] {
      let head = mail("Content-Type: text/plain; charset=\(label)\n\n")
      #expect(ParsedMessage(head + Array("Grüße".utf8)).text(0).text == "Grüße")
      let latin: [UInt8] = [0x47, 0x72, 0xFC, 0xDF, 0x65]
      #expect(ParsedMessage(head + latin).text(0).text == "Grüße")
    }
  }

  @Test(
    arguments: [
      ("windows-1252", [0x81, 0x80], "\u{FFFD}€", 1), ("windows-1251", [0x98], "\u{FFFD}", 1),
      ("windows-1253", [0xE1, 0xFF], "α\u{FFFD}", 1), ("iso-8859-15", [0xA4, 0xBD], "€œ", 0),
      ("windows-1257", [0xE0], "ą", 0), ("iso-8859-9", [0xFD], "ı", 0),
      ("utf-8", [0xEF, 0xBF, 0xBD, 0xFF], "\u{FFFD}\u{FFFD}", 1),
    ] as [(String, [UInt8], String, Int)])
  func `octets that stand for nothing are counted`(
    _ label: String, _ bytes: [UInt8], _ wanted: String, _ replaced: Int
  ) {
    let (text, count) = Charset(label: label.utf8).decode(bytes)
    #expect(text == wanted)
    #expect(count == replaced)
  }

  @Test func `lines may end in CR CR LF`() {
    let message = ParsedMessage(Array("Subject: a\r\r\nTo: b@c\r\r\n\r\r\ntext".utf8))
    #expect(message.headers.subject == "a")
    #expect(message.headers.to == [MailAddress(email: "b@c")])
    #expect(message.decoded(0) == Array("text".utf8))
  }

  @Test(arguments: [
    ("filename=\"a.pdf\"; filename*=utf-8''a.exe", true), ("filename=a.pdf; filename=a.exe", true),
    ("filename=\"Gru.pdf\"; filename*=utf-8''Gr%C3%BC.pdf", false), ("filename=a.pdf", false),
  ])
  func `names that would make different files are noted`(_ value: String, _ isNoted: Bool) {
    let message = parsed("Content-Disposition: attachment; \(value)\n\nx")
    #expect(message.defects.contains { $0.kind == .ambiguousName } == isNoted)
  }
}

import Testing

@testable import MIME

@Suite("Mail that is quoted", .timeLimit(.minutes(1))) struct QuotedMailTests {
  static let dana = MailAddress(name: "Dana Scully", email: "dana@customer.example")

  static func mail(
    _ text: String = "Hello Alice,\n\ncan you deliver on Monday?\n> your old words\n\n-- \nDana\n",
    html: String? = nil
  ) -> QuotedMail {
    QuotedMail(
      from: dana, to: [MailAddress(name: "Alice", email: "alice@example.test")],
      cc: [MailAddress(email: "bob@example.test")], subject: "Offer",
      date: MailDate(secondsSince1970: 1_741_080_600), text: text, safeHTML: html)
  }

  /// As it arrives: built as a mail, and parsed.
  static func arrived(text: String?, html: String? = nil, subject: String) throws -> ParsedMessage {
    var builder = MessageBuilder(
      from: MailAddress(email: "alice@example.test"), date: MailDate(secondsSince1970: 1_741_100_000),
      messageID: try #require(MessageID("new@example.test")))
    builder.to = [dana]
    builder.subject = subject
    builder.text = text
    builder.html = html
    return ParsedMessage(try builder.build())
  }

  @Test func `an answer quotes line by line`() {
    let text = Self.mail().replyText("Yes.\r\n\r\n", QuoteWords(language: nil))
    #expect(
      text == """
        Yes.

        On 2025-03-04 09:30 +00:00, Dana Scully <dana@customer.example> wrote:
        > Hello Alice,
        >
        > can you deliver on Monday?
        >> your old words
        >
        > --\u{20}
        > Dana

        """)
  }

  @Test(arguments: QuoteWords.languages)
  func `what was written is told from the quotation again, in every language`(language: String) throws {
    let words = QuoteWords(language: language)
    for quoted in [Self.mail(), Self.mail("One line.", html: "<p>One <b>line</b>.</p>")] {
      let answer = "Yes, we can.\nOn Tuesday, too."
      let text = try Self.arrived(text: quoted.replyText(answer, words), subject: "Re: Offer").body()
      #expect(text.replyText == answer, "\(language)")
      let html = quoted.replyHTML(QuotedMail.html(answer), words)
      #expect(
        try Self.arrived(text: nil, html: html, subject: "Re: Offer").body().replyText == answer,
        "\(language) as HTML")
    }
  }

  @Test(arguments: QuoteWords.languages)
  func `a forward is read as the mail that it passes on, in every language`(language: String) throws {
    let words = QuoteWords(language: language)
    for comment in ["", "Please have a look."] {
      let text = Self.mail().forwardText(comment, words)
      let found = try #require(
        ForwardedMail(in: try Self.arrived(text: text, subject: "Fwd: Offer")), "\(language)")
      let original = ParsedMessage(found.raw)
      #expect(original.headers.from == [Self.dana], "\(language)")
      #expect(original.headers.subject == "Offer", "\(language)")
      #expect(original.headers.date?.secondsSince1970 == 1_741_080_600, "\(language)")
      #expect(original.body().text.contains("can you deliver on Monday?"), "\(language)")
      #expect(!original.body().text.contains("Please have a look."), "\(language)")
    }
  }

  @Test func `a language is told by the first part of its tag`() {
    let german = QuoteWords(language: "de")
    #expect(QuoteWords(language: "DE-at") == german && QuoteWords(language: "de_CH") == german)
    #expect(QuoteWords(language: "en") == QuoteWords(language: nil))
    for tag in ["", "-", "tlh", "dede", String(repeating: "x", count: 1000)] {
      #expect(QuoteWords(language: tag) == QuoteWords(language: "en"))
    }
  }

  @Test func `nothing of what is quoted becomes markup or another line`() throws {
    var quoted = Self.mail("<script>alert(1)</script>\n\"&'")
    quoted.from = MailAddress(name: "A <b>\r\nB: c\u{2028}d", email: "a@x\r\ny.test")
    quoted.subject = "x\r\nTo: <img src=x>"
    let words = QuoteWords(language: "fr")
    for html in [quoted.replyHTML("ok", words), quoted.forwardHTML("ok", words)] {
      #expect(!html.contains("<script") && !html.contains("<img") && !html.contains("<b>"))
      #expect(html.contains("&lt;script&gt;alert(1)&lt;/script&gt;<br>\n&quot;&amp;&#39;"))
    }
    let text = quoted.forwardText("", words)
    #expect(!text.contains("\nB:") && !text.contains("\nTo: <img"))
    #expect(!quoted.replyText("", words).contains("\nB:"))
  }

  @Test(arguments: [Int64.min, -62_135_510_401, 0, 253_402_210_801, Int64.max])
  func `no date, zone or emptiness traps`(seconds: Int64) {
    for zone in [Int.min, -90, 0, 345, Int.max] {
      var quoted = Self.mail("")
      quoted.date = MailDate(secondsSince1970: seconds, zoneMinutes: zone)
      (quoted.from, quoted.to, quoted.cc, quoted.subject) = (nil, [], [], "")
      let words = QuoteWords(language: "en")
      #expect(quoted.replyText("", words).hasPrefix("\nOn "))
      #expect(!quoted.forwardText("", words).isEmpty && !quoted.replyHTML("", words).isEmpty)
    }
  }
}

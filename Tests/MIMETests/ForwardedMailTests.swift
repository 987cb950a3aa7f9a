import Testing

@testable import MIME

@Suite("Forwarded mail") struct ForwardedMailTests {
  private static func forward(_ body: String, subject: String = "Fwd: Offer", type: String = "text/plain")
    -> ParsedMessage
  {
    ParsedMessage(
      Array(
        """
        From: Ann <ann@acme.example>\r\nTo: forward@acme.example\r\nSubject: \(subject)\r\n\
        Date: Tue, 4 Mar 2025 10:00:00 +0100\r\nMessage-ID: <fwd@acme.example>\r\n\
        In-Reply-To: <orig@buyer.example>\r\nMIME-Version: 1.0\r\n\
        Content-Type: \(type); charset=utf-8\r\n\r\n
        """.utf8) + Array(body.replacing("\n", with: "\r\n").utf8))
  }

  /// Language, the quoted block, and the original's date in seconds.
  static let blocks: [(String, String, Int64)] = [
    (
      "Gmail",
      """
      ---------- Forwarded message ---------
      From: Dana Buyer <dana@buyer.example>
      Date: Mon, Mar 3, 2025 at 9:30 AM
      Subject: Offer
      To: Ann <ann@acme.example>
      """, 1_740_990_600
    ),
    (
      "Outlook, German",
      """
      Von: Dana Buyer <dana@buyer.example>
      Gesendet: Montag, 3. März 2025 09:30
      An: Ann <ann@acme.example>; Bert <bert@acme.example>
      Cc: cy@acme.example
      Betreff: Offer
      """, 1_740_990_600
    ),
    (
      "Outlook, French",
      """
      De : Dana Buyer <dana@buyer.example>
      Envoyé : lundi 3 mars 2025 09:30
      À : Ann <ann@acme.example>
      Objet : Offer
      """, 1_740_990_600
    ),
    (
      "Spanish",
      """
      ---------- Mensaje reenviado ---------
      De: Dana Buyer <dana@buyer.example>
      Fecha: 3 de marzo de 2025, 9:30
      Asunto: Offer
      Para: Ann <ann@acme.example>
      """, 1_740_990_600
    ),
    (
      "Polish",
      """
      Od: Dana Buyer <dana@buyer.example>
      Wysłano: poniedziałek, 3 marca 2025 09:30
      Do: Ann <ann@acme.example>
      Temat: Offer
      """, 1_740_990_600
    ),
    (
      "Russian",
      """
      От: Dana Buyer <dana@buyer.example>
      Отправлено: 3 марта 2025 г. 9:30
      Кому: Ann <ann@acme.example>
      Тема: Offer
      """, 1_740_990_600
    ),
    (
      "Chinese",
      """
      发件人: Dana Buyer <dana@buyer.example>
      发送时间: 2025年3月3日 9:30
      收件人: Ann <ann@acme.example>
      主题: Offer
      """, 1_740_990_600
    ),
    (
      "Apple, bold labels, an address with mailto",
      """
      Begin forwarded message:

      *From:* Dana Buyer [mailto:dana@buyer.example]
      *Subject:* Offer
      *Date:* 3 March 2025 at 09:30:00 GMT+1
      *To:* Ann <ann@acme.example>
      """, 1_740_990_600
    ),
    (
      "Apple, quoted",
      """
      > From: Dana Buyer <dana@buyer.example>
      > Subject: Offer
      > Date: 3 March 2025 at 09:30:00 GMT+1
      > To: Ann <ann@acme.example>
      >\u{20}
      """, 1_740_990_600
    ),
  ]

  @Test(arguments: blocks)
  func `a quoted mail is told by its header block`(_ name: String, _ block: String, _ seconds: Int64) throws {
    let mark = block.hasPrefix(">") ? "> " : ""
    let body = "FYI, please log this.\n\n\(block)\n\n\(mark)Yes, we take it.\n\(mark)Dana\n"
    let found = try #require(ForwardedMail(in: Self.forward(body)), "\(name)")
    #expect(!found.isAttached && found.messageID?.text == "orig@buyer.example")
    let mail = ParsedMessage(found.raw)
    #expect(mail.headers.from.first?.email == "dana@buyer.example", "\(name)")
    #expect(mail.headers.from.first?.name == "Dana Buyer", "\(name)")
    #expect(mail.headers.to.first?.email == "ann@acme.example", "\(name)")
    #expect(mail.headers.subject == "Offer", "\(name)")
    #expect(mail.headers.date?.secondsSince1970 == seconds, "\(name)")
    let text = mail.body().text
    #expect(text.contains("Yes, we take it.\nDana") && !text.contains("FYI"), "\(name): \(text)")
  }

  @Test func `an attached mail comes out as it is`() throws {
    let inner = "From: dana@buyer.example\r\nSubject: Offer\r\nMessage-ID: <o@x>\r\n\r\nYes.\r\n"
    let outer = """
      --b
      Content-Type: text/plain

      FYI
      --b
      Content-Type: message/rfc822

      \(inner.replacing("\r\n", with: "\n"))
      --b--
      """
    let found = try #require(ForwardedMail(in: Self.forward(outer, type: "multipart/mixed; boundary=b")))
    #expect(found.isAttached && found.messageID?.text == "o@x")
    #expect(String(decoding: found.raw, as: UTF8.self).hasPrefix("From: dana@buyer.example\r\n"))
    #expect(ParsedMessage(found.raw).body().text.contains("Yes."))
  }

  @Test func `attachments and the HTML below the block go with it`() throws {
    let outer = """
      --b
      Content-Type: text/html; charset=utf-8

      <div>FYI</div><div class="gmail_quote"><div dir="ltr">---------- Forwarded message ---------<br>
      From: <strong>Dana Buyer</strong> <span>&lt;<a href="mailto:dana@buyer.example">dana@buyer.example</a>&gt;</span><br>
      Date: Mon, Mar 3, 2025 at 9:30 AM<br>Subject: Offer<br>To:  &lt;<a href="mailto:a@x">ann@acme.example</a>&gt;<br></div>
      <p>We <b>take</b> it.</p></div>
      --b
      Content-Type: text/csv
      Content-Disposition: attachment; filename=a.csv

      1,2
      --b--
      """
    let found = try #require(ForwardedMail(in: Self.forward(outer, type: "multipart/mixed; boundary=b")))
    let mail = ParsedMessage(found.raw)
    #expect(mail.attachments.map(\.name) == ["a.csv"])
    let body = mail.body()
    #expect(body.safeHTML?.contains("<b>take</b>") == true && body.safeHTML?.contains("FYI") == false)
    #expect(body.text.contains("We take it.") && !body.text.contains("Forwarded"))
  }

  @Test(arguments: [
    "Nothing was passed on.", "", "From: somebody without an address\nDate: today\nSubject: x\n\nText",
    "From: dana@buyer.example\n\nOnly one field", "Subject: a\nTo: b\nDate: c\n",
    String(repeating: "From: x\nTo: y\n", count: 5000),
  ])
  func `what holds no mail is none`(_ body: String) {
    #expect(ForwardedMail(in: Self.forward(body)) == nil)
  }

  private static let hostile: [(name: String, size: Int, block: @Sendable (Int) -> String)] = [
    (
      "addresses that never end", 8000,
      { "From: a@b.c\nTo: " + String(repeating: "<mailto:[mailto:", count: $0) }
    ),
    ("blocks", 4000, { String(repeating: "From: x\nTo: y\n", count: $0) }),
    ("fields", 4000, { "From: a@b.c\nSubject: x\n" + String(repeating: "To: y\n", count: $0) }),
    ("wrapped lines", 20_000, { "From: a@b.c\nTo: " + String(repeating: "x ", count: $0) + "\nSubject: x" }),
  ]

  @Test(arguments: hostile.indices) func `twice as much takes twice as long`(_ index: Int) {
    let (_, size, block) = Self.hostile[index]
    let one = Self.forward(block(size / 2) + "\nDate: x\nSubject: y\n\nText")
    let two = Self.forward(block(size) + "\nDate: x\nSubject: y\n\nText")
    Doubling.check({ _ = ForwardedMail(in: one) }, { _ = ForwardedMail(in: two) })
  }

  @Test func `a forward cut anywhere traps nothing`() {
    let whole = Self.forward("FYI\n\n" + Self.blocks[0].1 + "\n\nYes.\n").raw
    for end in 0...whole.count { _ = ForwardedMail(in: ParsedMessage(Array(whole[..<end]))) }
  }

  @Test(arguments: [
    ("Montag, 3. März 2025 um 09:30 Uhr", 60, 1_740_990_600), ("2025年3月3日 下午9:30", 0, 1_741_037_400),
    ("3/3/2025 9:30 PM", 0, 1_741_037_400), ("03.03.2025 09:30", 60, 1_740_990_600),
    ("Mon, 3 Mar 2025 09:30:00 +0100", 0, 1_740_990_600), ("le 3 févr. 2025 à 09:30", 0, 1_738_575_000),
  ])
  func `dates as programs write them for people`(_ text: String, _ zone: Int, _ seconds: Int) {
    #expect(WrittenDate.parse(text, zone: zone)?.secondsSince1970 == Int64(seconds))
  }

  @Test(arguments: ["", "yesterday", "32. März 2025", String(repeating: "März ", count: 100)])
  func `what is no date is none`(_ text: String) { #expect(WrittenDate.parse(text, zone: 0) == nil) }
}

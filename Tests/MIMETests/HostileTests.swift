import Testing

@testable import MIME

/// Inputs that hung, crashed or filled the memory of other parsers. Sizes are for debug builds; each is
/// run with n and 2n (``Doubling``).
@Suite(.serialized, .timeLimit(.minutes(5))) struct HostileTests {
  struct Attack: Sendable, CustomTestStringConvertible {
    let name: String
    let size: Int
    let make: @Sendable (Int) -> String
    var testDescription: String { name }

    init(_ name: String, _ size: Int, _ make: @escaping @Sendable (Int) -> String) {
      self.name = name
      self.size = size
      self.make = make
    }
  }

  @Test(arguments: [
    Attack("nested multiparts", 2000) { n in
      (0..<n).map { "Content-Type: multipart/mixed; boundary=b\($0)\n\n--b\($0)\n" }.joined()
    },
    Attack("nested multiparts of one boundary", 2000) { n in
      "Content-Type: multipart/mixed; boundary=b\n\n"
        + rep("--b\nContent-Type: multipart/mixed; boundary=b\n\n", n)
    },
    Attack("nested mails", 5000) { rep("Content-Type: message/rfc822\n\n", $0) },
    Attack("parts", 4000) { "Content-Type: multipart/mixed; boundary=b\n\n" + rep("--b\n\nx\n", $0) },
    Attack("delimiter-like lines", 2000) { n in
      (0..<99).map { "Content-Type: multipart/mixed; boundary=bb\($0)\n\n--bb\($0)\n" }.joined()
        + rep("--bbx\n", n)
    },
    Attack("fields", 20_000) { rep("To: a@b.c\n", $0) },
    Attack("addresses", 10_000) { "To: " + rep("a@b.c, ", $0) },
    Attack("a long field", 50_000) { "Subject: " + rep("abc ", $0) },
    Attack("folded lines", 20_000) { "Subject: x\n" + rep(" y\n", $0) },
    Attack("encoded words", 4000) { "Subject: " + rep("=?utf-8?B?w6TDpA==?= ", $0) },
    Attack("encoded words never closed", 10_000) { "Subject: " + rep("=?utf-8?Q?abc ", $0) },
    Attack("encoded words that could begin", 10_000) { "Subject: " + rep("=?a?q?x", $0) + " =?" },
    Attack("encoded words in an address", 10_000) { "To: " + rep("=?a?q?x", $0) + " =?" },
    Attack("unknown sets", 4000) { n in
      "Subject: " + (0..<n).map { "=?x\($0)?Q?=FF?=" }.joined(separator: " ")
    },
    Attack("parameters", 5000) { n in "Content-Type: text/plain" + (0..<n).map { "; name*\($0)=x" }.joined()
    },
    Attack("parameters without names", 20_000) { "Content-Type: text/plain" + rep(" =x", $0) },
    Attack("nested comments", 50_000) { "To: " + rep("(", $0) },
    Attack("comments", 20_000) { "To: " + rep("(a)", $0) + "<x@y>" },
    Attack("quotes", 20_000) { "To: " + rep("\"a\" ", $0) + "<x@y>" },
    Attack("a quote that ends in a backslash", 20_000) { "To: \"" + rep("a\\", $0) },
    Attack("brackets", 50_000) { "To: " + rep("<", $0) },
    Attack("at signs", 20_000) { "To: " + rep("@ ", $0) },
    Attack("groups", 20_000) { "To: " + rep("a:", $0) },
    Attack("a domain literal", 50_000) { "To: a@[" + rep("1", $0) },
    Attack("references", 10_000) { n in "References: " + (0..<n).map { "<\($0)@x>" }.joined() },
    Attack("divisions", 8000) { html(rep("<div>", $0)) },
    Attack("quotations", 4000) { html(rep("<blockquote>a", $0)) },
    Attack("paragraphs", 8000) { html(rep("<p>a", $0)) },
    Attack("tags never closed", 20_000) { html(rep("<a ", $0)) },
    Attack("values never closed", 20_000) { html(rep("<a b=\"", $0)) },
    Attack("comments never closed", 20_000) { html(rep("<!--", $0)) },
    Attack("attributes", 20_000) { html("<a " + rep("b=c ", $0) + ">x") },
    Attack("end tags", 8000) { html(rep("<b><i>", $0) + rep("</b></i>", $0)) },
    Attack("lists", 5000) { html(rep("<ul><li>y", $0)) },
    Attack("tables", 4000) { html(rep("<table><tr><td>y", $0)) },
    Attack("marks", 3000) { html(rep("<div class=yahoo_quoted></div>", $0)) },
    Attack("quoted lines", 5000) { "\n" + rep("> a\nb\n", $0) },
    Attack("lines that end in a colon", 3000) { "\n" + rep("On a 1 2 3:\n", $0) },
    Attack("labels", 5000) { "\n" + rep("To: x\n", $0) },
    Attack("rules", 5000) { "\n" + rep("------\n", $0) },
    Attack("signatures", 5000) { "\n" + rep("--\n> a\n", $0) },
    Attack("a long line", 100_000) { "\n" + rep("a b ", $0) },
    Attack("quote marks", 50_000) { "\n" + rep(">", $0) },
  ])
  func `time grows with the size`(_ attack: Attack) {
    let one = Array(attack.make(attack.size).utf8)
    let two = Array(attack.make(attack.size * 2).utf8)
    Doubling.check({ Self.readAll(one) }, { Self.readAll(two) })
    Doubling.check({ Self.stream(one) }, { Self.stream(two) })
  }

  /// As it comes from a socket, in pieces of 1,400 octets.
  static func stream(_ bytes: [UInt8]) {
    var stream = MailStream()
    for at in stride(from: 0, to: bytes.count, by: 1400) {
      stream.feed(Array(bytes[at..<min(bytes.count, at + 1400)])) { _ in }
    }
    _ = stream.finish { _ in }
  }

  static func readAll(_ bytes: [UInt8]) { readAll(ParsedMessage(bytes)) }

  static func readAll(_ message: ParsedMessage) {
    _ = message.body()
    _ = message.attachments
    _ = message.deliveryReport()
    _ = message.calendar
    _ = message.containers
    for part in message.parts.prefix(8) {
      _ = message.path(of: part.index)
      _ = message.innerMail(part.index)
    }
  }

  @Test func `depth and parts stop at their limits`() {
    let deep = parsed(
      (0..<300).map { "Content-Type: multipart/mixed; boundary=b\($0)\n\n--b\($0)\n" }.joined())
    #expect(deep.parts.count == 101)
    #expect(deep.defects.contains { $0.kind == .depthLimit })
    #expect(deep.path(of: 100).split(separator: ".").count == 100)
    let wide = parsed("Content-Type: multipart/mixed; boundary=b\n\n" + rep("--b\n\nx\n", 10_050))
    #expect(wide.parts.count == 10_000)
  }

  private static let fixtures: [String] = [
    """
    From: =?utf-8?Q?J=C3=BCrgen?= "x\\"y" <j@e.c>, G: (c(d)\\)) a@[1:2];
    Subject: =?iso-2022-jp?B?GyRCJF4kXw==?= =?utf-8?B?w7w=?=
    Date: Mon, 2 Jan 2006 15:04:05 -0700 (MST)
    References: <a@b> <c@d>
    Content-Type: multipart/mixed; boundary="b b"; name*0*=utf-8''%C3; name*1=x

    --b b
    Content-Type: multipart/alternative; boundary=c

    --c
    Content-Type: text/plain; charset=gb2312; format=flowed
    Content-Transfer-Encoding: quoted-printable

    =C4=E3=BA=C3 =

    > quoted
    -- =20
    sig
    --c
    Content-Type: text/html; charset=utf-8
    Content-Transfer-Encoding: base64

    PGRpdiBjbGFzcz0iZ21haWxfcXVvdGUiPjxibG9ja3F1b3RlPng8L2Jsb2NrcXVvdGU+
    --c--
    --b b
    Content-Type: message/rfc822

    Content-Type: message/delivery-status

    Final-Recipient: rfc822; a@b
    --b b
    Content-Disposition: attachment; filename*=utf-8''%E2%82%AC.txt

    x
    --b b--
    """,
    """
    Return-Path: <>
    From: mailer-daemon@x
    Content-Type: multipart/report; report-type=delivery-status; boundary=r

    --r
    Content-Type: text/html

    <div style='border:none;border-top:solid #ccc 1pt'><b>From:</b> a<br><b>Sent:</b> &#x41;&nbsp<br><b>To:</b> x</div>
    <p class=x style="color: rgb(1,2,3)"><a href="http://x/y?z&amp;w">q</a><img alt="😀" src=cid:x><!-- c --><script>s</script>
    --r
    Content-Type: message/delivery-status

    Reporting-MTA: dns; x

    Final-Recipient: rfc822; a@b
    Action: failed
    Status: 5.1.1
    --r--
    """,
    "Subject: Re: x\n\nAnswer\n\nOn Mon, 2 Jan 2006 at 10:00 Joe <joe@e.c\n> wrote:\n\n> q\n\n-----Original Message-----\nFrom: a\nSent: b\nTo: c\n",
  ]

  @Test(arguments: 0..<3)
  func `a mail may end anywhere`(_ n: Int) {
    let bytes = mail(Self.fixtures[n])
    for end in 0...bytes.count { Self.readAll(Array(bytes[..<end])) }
  }

  @Test(arguments: 0..<3)
  func `any octet may be another`(_ n: Int) {
    let bytes = mail(Self.fixtures[n])
    var random = Seeded(UInt64(n) + 10)
    for _ in 0..<600 {
      var changed = bytes
      for _ in 0..<3 {
        let at = Int(random.next() % UInt64(bytes.count))
        switch random.next() % 3 {
        case 0: changed[at % changed.count] = UInt8(truncatingIfNeeded: random.next())
        case 1: changed.remove(at: at % changed.count)
        default:
          changed.insert(Array("\r\n<>\"'=?-:;/\u{0}&".utf8)[Int(random.next() % 13)], at: at % changed.count)
        }
      }
      Self.readAll(changed)
    }
  }
}

private func rep(_ text: String, _ n: Int) -> String { String(repeating: text, count: n) }
private func html(_ text: String) -> String { "Content-Type: text/html\n\n" + text }

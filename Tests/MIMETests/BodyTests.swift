import Testing

@testable import MIME

@Suite struct BodyTests {
  @Test(arguments: [
    ("a \nb\n", false, "a b\n"), ("a \nb \nc\nd", false, "a b c\nd"), ("a \nb", true, "ab"),
    ("> a \n> b\nc", false, "> a b\nc"),
    (" >a\n From x", false, ">a\nFrom x"), ("a\n-- \nb", false, "a\n-- \nb"), ("a \n> b", false, "a \n> b"),
    (">> a \n>> b\n> c", false, ">> a b\n> c"), ("", false, ""), (" ", false, ""), ("\n\na", false, "\n\na"),
  ])
  func `flowed text is joined`(_ text: String, _ delSp: Bool, _ wanted: String) {
    #expect(FlowedText.unflow(text, delSp: delSp) == wanted)
  }

  @Test func `of alternatives the last best of each kind is taken`() {
    let body = parsed(
      """
      Content-Type: multipart/alternative; boundary=b

      --b
      Content-Type: text/plain; charset=iso-8859-1
      Content-Transfer-Encoding: quoted-printable

      Gr=FC=DFe =
      dir
      --b
      Content-Type: text/enriched

      <bold>no</bold>
      --b
      Content-Type: multipart/related; boundary=r

      --r
      Content-Type: text/html; charset=utf-8

      <p>Grüße <b>dir</b><img src="cid:x"></p>
      --r
      Content-Type: image/png
      Content-ID: <x>

      --r--
      --b--
      """
    ).body()
    #expect(body.text == "Grüße dir")
    #expect(body.html == "<p>Grüße <b>dir</b><img src=\"cid:x\"></p>")
    #expect(body.safeHTML == "<p>Grüße <b>dir</b><img src=\"cid:x\"></p>")
    #expect(body.replyText == "Grüße dir")
    #expect(body.splitBy.rawValue == "none")
  }

  @Test func `texts of a mixed mail are joined`() {
    let message = parsed(
      """
      Content-Type: multipart/mixed; boundary=b

      --b

      first
      --b
      Content-Type: image/png

      --b
      Content-Type: text/html

      <p>second &lt;3</p>
      --b--
      """)
    let body = message.body()
    #expect(body.text == "first\nsecond <3")
    #expect(body.safeHTML == "<div style=\"white-space: pre-wrap\">first</div>\n<p>second &lt;3</p>")
    #expect(message.attachments.count == 1)
  }

  @Test func `a signed mail's text is its first part's, a report's too`() {
    for subtype in ["signed", "report"] {
      let message = parsed(
        "Content-Type: multipart/\(subtype); boundary=b\n\n--b\n\ntext\n--b\n\nmore\n--b--")
      #expect(message.body().text == "text")
      #expect(message.attachments.count == 1)
    }
  }

  @Test func `an encrypted mail has no text`() {
    let message = parsed(
      "Content-Type: multipart/encrypted; boundary=b\n\n--b\n\nVersion: 1\n--b\n\nx\n--b--")
    #expect(message.body().text == "" && message.attachments.count == 2)
  }

  @Test func `what cannot be decoded is counted`() {
    let message = ParsedMessage(
      Array("Content-Type: text/plain; charset=utf-8\n\na".utf8) + [0xFF, 0x62, 0xFE])
    let body = message.body()
    #expect(body.text == "a\u{FFFD}b\u{FFFD}")
    #expect(body.replacedCharacters == 2)
  }

  @Test func `HTML without a label is read as it says itself`() {
    let html = Array("Content-Type: text/html\n\n<meta charset=\"iso-8859-2\"><p>za".utf8) + [0xBF]
    #expect(ParsedMessage(html).body().text == "zaż")
  }

  @Test func `the preview is one line of at most 256 characters`() {
    let long = parsed("\n" + String(repeating: "äb \n", count: 300)).body().preview
    #expect(long.unicodeScalars.count == 256)
    #expect(long.hasPrefix("äb äb"))
    #expect(parsed("\n a\n\n\tb  c\n> old\n").body().preview == "a b c")
    #expect(parsed("\n> only old\n").body().preview == "> only old")
    #expect(parsed("\n").body().preview == "")
    #expect(
      parsed("Content-Type: text/html\n\n<a href='https://x.y/z'>here</a> is it").body().preview
        == "here is it")
  }

  @Test(arguments: [
    ("<p>a</p><p>b</p>", "a\n\nb"), ("a<br>b<br/>c", "a\nb\nc"),
    ("<div>a</div><div><br></div><div>b</div>", "a\n\nb"),
    ("<b>a</b> <i>b</i>", "a b"), ("a\n  b\t c", "a b c"),
    ("a&nbsp;&amp;&lt;&eacute;&#233;&#xe9;&bogus;", "a &<ééé&bogus;"),
    ("<ul><li>a<li>b<ul><li>c</ul></ul>x", "- a\n- b\n  - c\n\nx"),
    ("<ol><li>a</li><li>b</li></ol>", "1. a\n2. b"),
    ("<table><tr><td>a</td><td>b</td></tr><tr><td>c</td></tr></table>", "a b\nc"),
    ("<style>x{}</style><script>alert(1)</script><title>t</title>a<!-- b -->c", "ac"),
    ("<blockquote>a<br>b</blockquote>c", "> a\n> b\n\nc"), ("<pre>a\n  b</pre>", "a\n  b"),
    ("<a href=\"https://a.b/c\">here</a>", "here <https://a.b/c>"),
    ("<a href=\"https://a.b/\">a.b</a>", "a.b"),
    ("<a href=\"mailto:x@y\">x@y</a>", "x@y"), ("<div style=\"display: none\">hidden</div>a", "a"),
    ("<img alt=\"logo\">a<img alt=\"😀\">", "a😀"), ("a &lt;b&gt; <c", "a <b>"),
    ("1 < 2 and 3 > 2", "1 < 2 and 3 > 2"),
    ("<h1>a</h1>b", "a\n\nb"), ("a<hr>b", "a\n----------\nb"), ("", ""), ("<p>", ""),
    ("a\u{200B}b\u{AD}c", "abc"),
    ("&#0;&#x110000;&#xD800;", "\u{FFFD}\u{FFFD}\u{FFFD}"), ("&#128;", "€"),
  ])
  func `HTML is turned into text`(_ html: String, _ wanted: String) { #expect(HTMLText.text(html) == wanted) }
}

import MIME
import Testing

@Suite struct SanitizerTests {
  @Test(arguments: [
    ("a<b>c</b>", "a<b>c</b>"),
    ("<p>a<p>b", "<p>a</p><p>b</p>"),
    ("<b><i>x</b>y</i>", "<b><i>x</i></b>y"),
    ("</p>x</div>", "x"),
    ("<ul><li>a<li>b</ul>", "<ul><li>a</li><li>b</li></ul>"),
    (
      "<table><tr><td>a<td>b<tr><td>c</table>",
      "<table><tr><td>a</td><td>b</td></tr><tr><td>c</td></tr></table>"
    ),
    ("a < b & c > d \"e\"", "a &lt; b &amp; c &gt; d &quot;e&quot;"),
    (
      "<a href=\"https://x.y/?a=1&amp;b=2\" onclick=\"x()\">z</a>",
      "<a href=\"https://x.y/?a=1&amp;b=2\" rel=\"noopener noreferrer nofollow\" target=\"_blank\">z</a>"
    ),
    ("<a href=javascript:alert(1)>z</a>", "<a>z</a>"),
    ("<a href=\" &#x6A;ava&#x0A;script:alert(1)\">z</a>", "<a>z</a>"),
    ("<a href=\"java\tscript:alert(1)\">z</a>", "<a>z</a>"),
    (
      "<a href=\"vbscript:x\">z</a><a href=\"data:text/html,x\">z</a><a href=\"//x\">z</a><a href=\"x\">z</a>",
      "<a>z</a><a>z</a><a>z</a><a>z</a>"
    ),
    ("<script>alert(1)</script>a<script src=x>", "a"),
    ("<style>p{}</style><STYLE>x</style >a", "a"),
    ("<img src=http://t.r/p.gif>a", "a"),
    ("<img src=http://t.r/p.gif alt=pic>a", "<img alt=\"pic\">a"),
    ("<img src=\"cid:x@y\" width=5 onerror=x()>", "<img src=\"cid:x@y\" width=\"5\">"),
    ("<img src=\"data:image/png;base64,AAAA\">", "<img src=\"data:image/png;base64,AAAA\">"),
    ("<img src=\"data:image/svg+xml;base64,AAAA\">", ""),
    ("<img srcset=\"http://x 1x\" src=cid:a>", "<img src=\"cid:a\">"),
    ("<svg><animate attributeName=href values=javascript:1 /><a>x</a></svg>y", "y"),
    ("<svg/onload=alert(1)>y", ""),
    ("<math><mtext></mtext><mglyph></math>y", "y"),
    ("<iframe src=x>a</iframe><object data=x>b</object><embed src=x>c", "c"),
    ("<form action=x><input name=y><button>b</button>c</form>", "c"),
    ("<base href=http://x><link rel=stylesheet href=http://x><meta http-equiv=refresh content=0>a", "a"),
    ("<body background=http://x onload=y><p>a", "<p>a</p>"),
    (
      "<p style=\"color: red; background: url(http://x); position: fixed; width: expression(1)\">a",
      "<p style=\"color: red\">a</p>"
    ),
    ("<p style=\"color: re\\64; margin: 1px\">a", "<p>a</p>"),
    (
      "<p style=\"margin: -9999px; color: rgb(1, 2, 3) !important; font-family: 'A B', serif\">a",
      "<p style=\"color: rgb(1, 2, 3); font-family: &#39;A B&#39;, serif\">a</p>"
    ),
    ("<p style=\"color: var(--x); background-color: url (x); x: y\">a", "<p>a</p>"),
    ("<p class=x id=y data-z=1 title='q\"r'>a", "<p title=\"q&quot;r\">a</p>"),
    ("<noscript><p title=\"</noscript><img src=x onerror=alert(1)>\">", "&quot;&gt;"),
    ("<textarea><img title=\"</textarea><img src=x onerror=y>\">", "&quot;&gt;"),
    ("<!--><img src=x onerror=y>-->", "--&gt;"),
    ("<![CDATA[<script>]]>a", "]]&gt;a"),
    ("<x:y>a</x:y><font color=red>b</font>", "a<font color=\"red\">b</font>"),
    ("<p title=\"<script>\">a", "<p title=\"&lt;script&gt;\">a</p>"),
    ("<scr<script>ipt>a", "ipt&gt;a"),
    ("a<b", "a"),
    ("<b title='", ""),
    ("\u{0}<b>\u{1}a", "<b>a</b>"),
  ])
  func `only what is harmless is written`(_ html: String, _ wanted: String) {
    #expect(HTMLSanitizer.sanitize(html) == wanted)
  }

  @Test func `remote pictures are kept when asked for`() {
    #expect(
      HTMLSanitizer.sanitize("<img src=\"https://x/y\">", remoteImages: true) == "<img src=\"https://x/y\">")
    #expect(HTMLSanitizer.sanitize("<img src=\"ftp://x/y\">", remoteImages: true) == "")
  }

  @Test func `sanitising twice changes nothing, and every element is closed`() {
    let words = [
      "<p>", "</p>", "<b>", "</b>", "<i", ">", "<a href=\"http://x\">", "</a>", "<div style='color:red'>",
      "</div>", "<li>", "<ul>",
      "</ul>", "<table>", "<td>", "<tr>", "</table>", "<script>", "</script>", "<!--", "-->", "&lt;", "&",
      "\"", "'", "x", "<br>",
      "<img src=cid:x>", "<svg>", "</svg>", "<title>", "</title>", "<style>", "</style>", "=", "/",
      "<blockquote>", "</blockquote>",
    ]
    var random = Seeded(4)
    for _ in 0..<400 {
      let html = (0..<40).map { _ in words[Int(random.next() % UInt64(words.count))] }.joined()
      let once = HTMLSanitizer.sanitize(html)
      #expect(HTMLSanitizer.sanitize(once) == once, "\(html)")
      #expect(isWellFormed(once), "\(once)")
      #expect(!once.contains("<script") && !once.contains("<svg") && !once.contains("<style"))
    }
  }

  @Test func `nesting is bounded`() {
    for n in [HTMLSanitizer.depthMax - 1, HTMLSanitizer.depthMax, HTMLSanitizer.depthMax + 1] {
      let out = HTMLSanitizer.sanitize(String(repeating: "<div>", count: n) + "x")
      #expect(
        out.split(separator: "<div>", omittingEmptySubsequences: false).count - 1
          == min(n, HTMLSanitizer.depthMax))
      #expect(isWellFormed(out) && out.contains("x"))
    }
  }

  /// A strict reader of what the sanitiser may write.
  private func isWellFormed(_ html: String) -> Bool {
    var open = [Substring]()
    var rest = html[...]
    while let start = rest.firstIndex(of: "<") {
      guard let end = rest[start...].firstIndex(of: ">") else { return false }
      let tag = rest[rest.index(after: start)..<end]
      rest = rest[rest.index(after: end)...]
      if tag.first == "/" {
        guard open.popLast() == tag.dropFirst() else { return false }
      } else {
        let name = tag.prefix { $0 != " " }
        if !["br", "img", "hr", "col", "wbr"].contains(name) { open.append(name) }
      }
    }
    return open.isEmpty
  }
}

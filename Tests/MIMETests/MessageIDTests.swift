import MIME
import Testing

@Suite struct MessageIDTests {
  @Test(arguments: [
    ("<a@b>", ["a@b"]),
    (" <a@b>\t<c@d> ", ["a@b", "c@d"]),
    ("<a@b><c@d>", ["a@b", "c@d"]),
    ("<a@b> <a@b>", ["a@b"]),
    ("Message from Jane of \"Mon, 1 Jan\" <x@y>", ["x@y"]),
    ("<abc\r\n def@host>", ["abcdef@host"]),
    ("a@b, c@d", ["a@b", "c@d"]),
    ("null", []),
    ("", []),
    ("<>", []),
    ("< >", []),
    ("<<a@b>>", ["a@b"]),
    ("<12345>", ["12345"]),
    ("%3Ca@b%3E", ["a@b"]),
    ("&lt;a@b&gt;", ["a@b"]),
    ("<a@b> <cut@sho", ["a@b", "cut@sho"]),
    ("junk <a@b> junk > <c@d", ["a@b", "c@d"]),
  ])
  func `ids are found among junk`(_ header: String, _ wanted: [String]) {
    #expect(MessageID.list(in: Array(header.utf8)).map(\.text) == wanted)
  }

  @Test(arguments: ["", " ", "<>", "a b@c", "a\r\nb@c", "a\u{0}b", "<a", "a<b@c"])
  func `what cannot stand in a header is no id`(_ text: String) {
    #expect(MessageID(text) == nil)
  }

  @Test func `an id loses its brackets and keeps its octets`() {
    #expect(MessageID("<A.b@C>")?.text == "A.b@C")
    #expect(MessageID("<A.b@C>") != MessageID("<a.b@c>"))
    #expect(MessageID("x@y")?.headerBytes == Array("<x@y>".utf8))
  }

  @Test func `ids have at most 900 octets`() {
    #expect(MessageID(String(repeating: "a", count: 900)) != nil)
    #expect(MessageID(String(repeating: "a", count: 901)) == nil)
  }

  @Test func `new ids differ and are safe`() {
    let a = MessageID.generate(domain: "example.com")
    let b = MessageID.generate(domain: "exa\r\nmple.com>")
    #expect(a != b)
    #expect(a.text.hasSuffix("@example.com") && b.text.hasSuffix("@example.com"))
    #expect(MessageID.generate(domain: "").text.hasSuffix("@localhost"))
    #expect(MessageID(a.text) == a)
  }

  @Test func `a list is bounded and keeps its ends`() {
    let header = (0..<3000).map { "<\($0)@x>" }.joined(separator: " ")
    let ids = MessageID.list(in: Array(header.utf8))
    #expect(ids.count == MessageID.listMax)
    #expect(ids.first?.text == "0@x")
    #expect(ids.last?.text == "2999@x")
  }
}

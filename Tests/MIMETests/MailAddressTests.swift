import MIME
import Testing

@Suite struct MailAddressTests {
  struct Row: Sendable, CustomTestStringConvertible {
    let header: String
    let wanted: [MailAddress]
    var testDescription: String { header }

    init(_ header: String, _ wanted: (String?, String)...) {
      self.header = header
      self.wanted = wanted.map { MailAddress(name: $0.0, email: $0.1) }
    }
  }

  @Test(arguments: [
    Row("jane@example.com", (nil, "jane@example.com")),
    Row("<jane@example.com>", (nil, "jane@example.com")),
    Row("Jane Doe <jane@example.com>", ("Jane Doe", "jane@example.com")),
    Row("\"Doe, Jane\" <jane@example.com>", ("Doe, Jane", "jane@example.com")),
    Row("\"Jane \\\"JD\\\" Doe\" <j@e.c>", ("Jane \"JD\" Doe", "j@e.c")),
    Row("Doe, Jane <jane@example.com>", ("Doe, Jane", "jane@example.com")),
    Row("a@b.c, Jane <d@e.f>; g@h.i", (nil, "a@b.c"), ("Jane", "d@e.f"), (nil, "g@h.i")),
    Row("jane@example.com (Jane Doe)", ("Jane Doe", "jane@example.com")),
    Row("Jane (the (other) one) <j@e.c>", ("Jane", "j@e.c")),
    Row("(a \\) b) j@e.c", ("a ) b", "j@e.c")),
    Row("Team: Jane <j@e.c>, joe@e.c; x@y.z", ("Jane", "j@e.c"), (nil, "joe@e.c"), (nil, "x@y.z")),
    Row("undisclosed-recipients:;"),
    Row("Undisclosed recipients"),
    Row(""),
    Row(",,, ;"),
    Row("<>"),
    Row("root", (nil, "root")),
    Row("\"john doe\"@example.com", (nil, "\"john doe\"@example.com")),
    Row("\"a\\\"b\"@example.com", (nil, "\"a\\\"b\"@example.com")),
    Row("<@relay.example,@other:jane@example.com>", (nil, "jane@example.com")),
    Row("jane @ example.com", (nil, "jane@example.com")),
    Row("Jane jane@example.com", ("Jane", "jane@example.com")),
    Row("jane@[127.0.0.1]", (nil, "jane@[127.0.0.1]")),
    Row("jane@[IPv6:::1], a@b", (nil, "jane@[IPv6:::1]"), (nil, "a@b")),
    Row("<mailto:jane@example.com>", (nil, "jane@example.com")),
    Row("'Jane Doe' <j@e.c>", ("Jane Doe", "j@e.c")),
    Row("<<j@e.c>>", (nil, "j@e.c")),
    Row("Jane <j@e.c", ("Jane", "j@e.c")),
    Row("\"Jane <j@e.c>, b@c", ("Jane", "j@e.c"), (nil, "b@c")),
    Row("=?utf-8?Q?J=C3=BCrgen?= <j@e.c>", ("Jürgen", "j@e.c")),
    Row("=?utf-8?Q?Doe,_J?= <j@e.c>", ("Doe, J", "j@e.c")),
    Row("\"=?utf-8?B?SsO8cmdlbg==?=\" <j@e.c>", ("Jürgen", "j@e.c")),
    Row("=?utf-8?B?SsO8?= =?utf-8?B?cmdlbg==?= Meier <j@e.c>", ("Jürgen Meier", "j@e.c")),
    Row("j@e.c (=?iso-8859-1?Q?J=FCrgen?=)", ("Jürgen", "j@e.c")),
    Row("Jürgen <jürgen@exämple.com>", ("Jürgen", "jürgen@exämple.com")),
    Row("Jane\r\n Doe\r\n\t<j@e.c>", ("Jane Doe", "j@e.c")),
    Row("j.@e.c., .k@e.c", (nil, "j.@e.c."), (nil, ".k@e.c")),
    Row("a@x(comment)@y", ("comment", "a@x")),
    Row("\"\" <j@e.c>", (nil, "j@e.c")),
    Row("Jane\u{0} Doe <j@e.c>", ("Jane Doe", "j@e.c")),
  ])
  func `address lists are read`(_ row: Row) {
    #expect(MailAddress.list(in: Array(row.header.utf8)) == row.wanted)
  }

  @Test func `raw octets that are no UTF-8 are windows-1252`() {
    let header = Array("J\u{0}rgen <j@e.c>".utf8).map { $0 == 0 ? 0xFC : $0 }
    #expect(MailAddress.list(in: header) == [MailAddress(name: "Jürgen", email: "j@e.c")])
  }

  @Test func `every prefix of a list can be read`() {
    let header = Array(
      "A \"b\\\"c\" (d\\)(e)) =?utf-8?Q?f,g?= <\"h\\i\"@[1:2]>, G: x@y, <@a:b@c>; =?x?q?\\".utf8)
    for n in 0...header.count { _ = MailAddress.list(in: Array(header[..<n])) }
  }

  @Test func `the number of addresses is bounded`() {
    let header = String(repeating: "a@b,", count: 50)
    #expect(MailAddress.list(in: Array(header.utf8), limit: 49).count == 49)
    #expect(MailAddress.list(in: Array(header.utf8), limit: 50).count == 50)
    #expect(MailAddress.list(in: Array(header.utf8), limit: 51).count == 50)
  }

  @Test(arguments: [
    ("jane@example.com", true), ("jane", false), ("@example.com", false), ("jane@", false), ("a b@c", false),
    ("\"a b\"@c.d", true), ("\"a\"b\"@c.d", false), ("jane@exam ple.com", false), ("jane@-x.com", true),
    ("jane@example..com", false), ("j..d@example.com", false), ("jane@[1.2.3.4]", true),
    ("jürgen@example.com", true),
    ("jane@exämple.com", true), ("a\r\nb@c.d", false), ("a@b\u{0}.c", false), ("jane@example.com>", false),
  ])
  func `only addresses that can be written are valid`(_ email: String, _ valid: Bool) {
    #expect(MailAddress(email: email).isValid == valid)
  }

  @Test(arguments: [
    ("jane@example.com", "jane@example.com", false), ("jane@exämple.com", "jane@xn--exmple-cua.com", false),
    ("jane@BÜCHER.example", "jane@xn--bcher-kva.example", false),
    ("jane@例え.テスト", "jane@xn--r8jz45g.xn--zckzah", false),
    ("jürgen@example.com", "jürgen@example.com", true),
    ("jürgen@bücher.example", "jürgen@xn--bcher-kva.example", true),
  ])
  func `other domains than ASCII are written as A-labels`(_ email: String, _ wire: String, _ needsUTF8: Bool)
  {
    let address = MailAddress(email: email)
    #expect(address.wireEmail == wire)
    #expect(address.needsSMTPUTF8 == needsUTF8)
  }
}

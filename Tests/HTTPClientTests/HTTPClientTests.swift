import Bytes
import Testing

@testable import HTTPClient

@Suite struct HTTPAnswerTests {
  private static func parse(
    _ text: String, cut: [Int] = [], method: String = "GET", limits: HTTPLimits = HTTPLimits()
  ) throws -> HTTPAnswer {
    var parser = HTTPAnswerParser(limits: limits, method: method)
    let octets = Array(text.utf8)
    var from = 0
    for to in cut + [octets.count] {
      if let answer = try parser.take(Array(octets[from..<to])) { return answer }
      from = to
    }
    return try parser.end()
  }

  static let good: [(String, Int, String)] = [
    ("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello", 200, "hello"),
    ("HTTP/1.1 200\r\nContent-Length: 5\r\nContent-Length: 5\r\n\r\nhello", 200, "hello"),
    ("HTTP/1.0 200 OK\r\n\r\nuntil the end", 200, "until the end"),
    ("HTTP/1.1 204 No Content\r\n\r\n", 204, ""),
    ("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n", 200, ""),
    (
      "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n6;x=y\r\n world\r\n0\r\nX: y\r\n\r\n",
      200,
      "hello world"
    ),
    (
      "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early\r\nLink: x\r\n\r\nHTTP/1.1 400 Bad\r\nContent-Length: 2\r\n\r\nno",
      400,
      "no"
    ),
  ]

  @Test(arguments: good)
  func `an answer is read the same however it is cut`(text: String, status: Int, body: String) throws {
    let octets = Array(text.utf8)
    for cut in 0...octets.count {
      let answer = try Self.parse(text, cut: [cut])
      #expect(answer.status == status && answer.body == Array(body.utf8), "cut at \(cut)")
    }
    let answer = try Self.parse(text, cut: Array(1..<octets.count))
    #expect(answer.status == status && answer.body == Array(body.utf8))
  }

  static let bad: [(String, String)] = [
    ("HTTP/2 200 OK\r\n\r\n", "status line"), ("ICY 200 OK\r\n\r\n", "status line"),
    ("HTTP/1.1 20 OK\r\n\r\n", "status line"), ("HTTP/1.1 099 OK\r\n\r\n", "status 99"),
    ("HTTP/1.1 200 OK\n\n", "CRLF"), ("HTTP/1.1 101 Switching\r\n\r\n", "101"),
    ("HTTP/1.1 200 OK\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\nhello!", "length"),
    ("HTTP/1.1 200 OK\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n", "both"),
    ("HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip, chunked\r\n\r\n", "length"),
    ("HTTP/1.1 200 OK\r\nContent-Length: -5\r\n\r\n", "Content-Length"),
    ("HTTP/1.1 200 OK\r\nContent-Length: 99999999999999999999\r\n\r\n", "Content-Length"),
    ("HTTP/1.1 200 OK\r\nBad Name: x\r\n\r\n", "field"), ("HTTP/1.1 200 OK\r\n folded\r\n\r\n", "field"),
    ("HTTP/1.1 200 OK\r\nX: a\u{0}b\r\n\r\n", "value"),
    ("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n+5\r\nhello\r\n", "chunk"),
    ("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello!\r\n", "chunk"),
    ("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nfffffffff\r\n", "chunk"),
    ("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhell", "middle"), ("", "middle"),
    ("HTTP/1.1 200", "middle"),
  ]

  @Test(arguments: bad)
  func `what two readers could read differently is refused`(text: String, word: String) {
    do {
      let answer = try Self.parse(text)
      Issue.record("taken: \(answer.status)")
    } catch {
      #expect("\(error)".contains(word), "\(error)")
    }
  }

  @Test func `limits hold`() throws {
    var limits = HTTPLimits()
    (limits.bodyOctetsMax, limits.headOctetsMax, limits.fieldsMax) = (10, 100, 2)
    let long = String(repeating: "a", count: 200)
    for text in [
      "HTTP/1.1 200 OK\r\nContent-Length: 11\r\n\r\n", "HTTP/1.1 200 OK\r\n\r\n12345678901",
      "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n6\r\n123456\r\n6\r\n123456\r\n",
      "HTTP/1.1 200 OK\r\nX: \(long)\r\n\r\n", "HTTP/1.1 200 OK\r\nA: 1\r\nB: 2\r\nC: 3\r\n\r\n",
    ] {
      #expect(throws: HTTPError.self) { try Self.parse(text, limits: limits) }
    }
    // What comes behind an answer belongs to nobody.
    #expect(
      try Self.parse("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nokHTTP/1.1 500 x\r\n\r\n").body
        == Array("ok".utf8))
    #expect(try Self.parse("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n", method: "HEAD").status == 200)
  }

  @Test func `random octets end nothing but the answer`() {
    var random = SystemRandomNumberGenerator()
    for _ in 0..<20_000 {
      var octets = Array(
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nContent-Length: 3\r\n\r\n3\r\nabc\r\n0\r\n\r\n".utf8
      )
      for _ in 0..<Int.random(in: 1...6, using: &random) {
        octets[Int.random(in: 0..<octets.count, using: &random)] = UInt8.random(in: 0...255, using: &random)
      }
      var parser = HTTPAnswerParser(limits: HTTPLimits(), method: "GET")
      if (try? parser.take(octets)) == nil { _ = try? parser.end() }
    }
  }
}

@Suite struct WebAddressTests {
  static let good: [(String, String)] = [
    ("https://Login.Example.org/token", "https://login.example.org/token"), ("http://a", "http://a/"),
    ("https://a:443/x?y=1", "https://a/x?y=1"), ("https://a:8443?q", "https://a:8443/?q"),
    ("https://[2001:DB8::1]:9/", "https://[2001:db8::1]:9/"), ("HTTPS://a/", "https://a/"),
  ]

  @Test(arguments: good) func `an address is told`(text: String, meant: String) {
    #expect(WebAddress(text)?.description == meant)
  }

  @Test(arguments: [
    "", "ftp://a/", "https://", "https:///x", "https://user@a/", "https://a:0/", "https://a:x/",
    "https://a:99999/",
    "https://a/#f", "https://a b/", "https://[::1/", "https://[::1]x/", "https://a\r\nX: y/",
    "https://ä.example/",
    "javascript:alert(1)", "//a/b", "https://a\\b/", "https://a:+80/",
  ])
  func `what is none is refused`(text: String) { #expect(WebAddress(text) == nil) }

  @Test func `a request is one request`() throws {
    let address = try #require(WebAddress("https://a.example:8443/t?x=1"))
    let request = HTTPRequest(
      "POST", address, fields: [("Content-Type", "text/plain")], body: Array("hi".utf8))
    #expect(
      String(decoding: try request.encoded(), as: UTF8.self)
        == "POST /t?x=1 HTTP/1.1\r\nHost: a.example:8443\r\nContent-Type: text/plain\r\nContent-Length: 2\r\n"
        + "Accept-Encoding: identity\r\nConnection: close\r\n\r\nhi")
    for (name, value) in [("A", "x\r\nB: y"), ("A\r\n", "x"), ("", "x"), ("A B", "x"), ("A", "x\u{0}")] {
      #expect(throws: HTTPError.self) { try HTTPRequest("GET", address, fields: [(name, value)]).encoded() }
    }
  }
}

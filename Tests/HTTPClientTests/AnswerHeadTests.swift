import Bytes
import Testing

@testable import HTTPClient

/// An answer of which only the head is wanted.
@Suite struct AnswerHeadTests {
  static let heads: [(String, Int)] = [
    ("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n", 200),
    ("HTTP/1.1 429 Slow\r\nRetry-After: 7\r\nTransfer-Encoding: chunked\r\n\r\n", 429),
    ("HTTP/1.1 103 Early\r\nLink: x\r\n\r\nHTTP/1.1 410 Gone\r\n\r\n", 410),
    ("HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1/\r\nContent-Length: 99999999999\r\n\r\n", 302),
  ]

  @Test(arguments: heads)
  func `it is told at its last octet, however it is cut, and not before`(text: String, status: Int) throws {
    let octets = Array(text.utf8)
    for cut in 0...octets.count {
      var parser = HTTPAnswerParser(limits: HTTPLimits(), method: "HEAD")
      var answer = try parser.take(Array(octets[..<cut]))
      #expect((answer != nil) == (cut == octets.count), "cut at \(cut)")
      if cut < octets.count {
        var ended = parser
        #expect(throws: HTTPError.self) { try ended.end() }
        answer = try parser.take(Array(octets[cut...]))
      }
      #expect(answer?.status == status && answer?.body.isEmpty == true, "cut at \(cut)")
    }
  }
}

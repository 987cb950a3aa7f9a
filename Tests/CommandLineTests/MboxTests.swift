import Foundation
import Testing

@testable import postroom

@Suite struct MboxTests {
  static let cases: [(String, String)] = [
    ("Subject: x\r\n\r\nhello\r\n", "Subject: x\n\nhello\n\n"), ("no end", "no end\n\n"), ("", "\n"),
    (
      "From here\r\n>From there\r\n>>From\r\n From\r\nfrom\r\n",
      ">From here\n>>From there\n>>From\n From\nfrom\n\n"
    ),
    ("a\r\rb\r\n", "a\r\rb\n\n"), ("a\r", "a\r\n\n"),
    (
      String(repeating: "a", count: 1000) + "\r\nFrom x\r\n",
      String(repeating: "a", count: 1000) + "\n>From x\n\n"
    ),
  ]

  @Test(arguments: cases) func `a mail becomes the lines of an mbox, however it is cut`(
    mail: String, lines: String
  ) {
    let octets = Array(mail.utf8)
    for cut in 0...octets.count {
      var mbox = MboxLines()
      var out = mbox.take(Array(octets[..<cut]))
      out += mbox.take(Array(octets[cut...]))
      out += mbox.end()
      #expect(String(decoding: out, as: UTF8.self) == lines, "cut at \(cut)")
    }
  }
}

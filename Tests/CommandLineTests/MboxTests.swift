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
    ("From \r\nFro\r\nFrom\r\n> From x\n", ">From \nFro\nFrom\n> From x\n\n"),
    ("Fro", "Fro\n\n"), ("From ", ">From \n\n"), ("\r\n\r\n", "\n\n\n"), ("a\n\rb\n", "a\n\rb\n\n"),
    (
      String(repeating: ">", count: 1000) + "From x\r\n", String(repeating: ">", count: 1001) + "From x\n\n"
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

  /// What the provider sends a person back with, however it gets here.
  @Test func `state and code are read from an address, and a refusal is told`() throws {
    let read = try #require(
      try RedirectListener.read(" http://127.0.0.1:8765/?state=a%2Bb&code=4%2F0x&scope=m \n"))
    #expect(read.state == "a+b" && read.code == "4/0x")
    for text in [
      "", "no", "http://127.0.0.1/", "http://127.0.0.1/?code=x", "http://127.0.0.1/?state=x", "/favicon.ico",
    ] {
      #expect(try RedirectListener.read(text) == nil, "\(text)")
    }
    #expect {
      try RedirectListener.read(
        "http://127.0.0.1/?state=x&error=access_denied&error_description=The%20person%1B%5B2J")
    } throws: { "\($0)".contains("access_denied") && !"\($0)".contains("\u{1B}") }
  }
}

import Testing

@testable import MIME

/// Quick ways for what is common read it as the slow ones do.
@Suite struct QuickWayTests {
  private static let addressPieces = [
    "a@b.example", "Dana", "Dana Miller", "\"Miller, Dana\"", "\"", "<", ">", "<a@b>", "<a@b.example>", ",",
    ", ", ";",
    ":", " ", "  ", "@", "(c)", "(", ")", "'", "'Dana'", "=?utf-8?q?D=C3=A9?=", "=?", "\\", "[1.2.3.4]",
    "\u{E9}", "\t",
    "mailto:", "undisclosed-recipients:;", "<>", "\"\"", "\"a\"@b", "x=y@z", ".", "\u{7F}",
  ]

  @Test func `address lists are read alike by both`() {
    var random = Seeded(41)
    var plain = 0
    for _ in 0..<60_000 {
      let text = (0..<Int.random(in: 1...7, using: &random)).map { _ in
        Self.addressPieces.randomElement(using: &random) ?? ""
      }.joined()
      let bytes = Array(text.utf8)
      let limit = Int.random(in: 0...4, using: &random)
      guard let quick = PlainAddressList.parse(bytes, limit: limit) else { continue }
      plain += 1
      #expect(quick == AddressParser.parseAny(bytes, limit: limit, else: .windows1252), "\(text)")
    }
    #expect(plain > 1000)
  }

  @Test(arguments: [
    "Dana Miller <dana@b.example>, \"Miller, Dana\" <d@b.example>,e@b.example", "a@b", " a@b , ", "<a@b>",
    "\"O'Neill; (Dana)\" <a@b>",
  ])
  func `address lists as most are go the quick way`(text: String) {
    #expect(PlainAddressList.parse(Array(text.utf8), limit: 9) != nil)
  }

  @Test func `quoted-printable as text has the line ends that text has`() {
    var random = Seeded(42)
    let pieces = [
      "a", "=\r\n", "\r\n", "\n", "\r", "=0D", "=0A", "=0D=0A", " ", "\t", "=", "=3D", "word ", "=",
    ]
    for _ in 0..<40_000 {
      let text = (0..<Int.random(in: 1...9, using: &random)).map { _ in
        pieces.randomElement(using: &random) ?? ""
      }
      .joined()
      let bytes = Array(text.utf8)
      var slow = QuotedPrintable.decode(bytes)
      LineEnds.normalize(&slow)
      var quick = QuotedPrintable.decode(bytes, 0..<bytes.count, asText: true)
      LineEnds.normalize(&quick)
      #expect(quick == slow, "\(text.debugDescription)")
    }
  }

  @Test func `runs of octets are judged as octet by octet`() {
    for length in 0...40 {
      for place in 0..<max(length, 1) {
        for odd: UInt8 in [0, 0x09, 0x0A, 0x0D, 0x0E, 0x1F, 0x20, 0x41, 0x7E, 0x7F, 0x80, 0x8D, 0xFF] {
          var bytes = [UInt8](repeating: 0x61, count: length)
          if length > 0 { bytes[place] = odd }
          bytes.withUnsafeBufferPointer { p in
            #expect(OctetRun.isPrintable(p) == bytes.allSatisfy { 0x20...0x7E ~= $0 })
            #expect(OctetRun.hasNoLowControl(p, 0, length) == bytes.allSatisfy { $0 >= 0x0E })
            #expect(OctetRun.asciiPrefix(p) == bytes.firstIndex { $0 > 0x7F } ?? length)
          }
        }
      }
    }
  }

  @Test func `a delimiter is found wherever hyphens and line ends lie before it`() {
    for before in [
      "", "-", "--", "---", "\r\n", "-\r\n", "--\r\n", "a-", "a--", "\r\n-", "\r\n--", "--b--x\r\n", "\n-\n",
    ] {
      for end in ["\r\n", "\n"] {
        let text =
          "Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n\r\n" + before + end + "--b--\r\nend"
        let message = ParsedMessage(Array(text.utf8))
        #expect(message.parts.count == 2)
        #expect(message.decoded(1) == Array(before.utf8), "\(before.debugDescription)")
      }
    }
  }
}

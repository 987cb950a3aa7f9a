import Testing

@testable import MIME

@Suite struct TransferTests {
  @Test(arguments: [
    ("aGVsbG8=", "hello"), ("aGVs\r\nbG8=", "hello"), ("aGVsbG8", "hello"), ("a G*V!s\u{0}bG8=", "hello"),
    ("aGVsbG8=aGVsbG8=", "hellohello"), ("YQ==Yg==", "ab"), ("", ""), ("=", ""), ("====", ""), ("a", ""),
    ("YWI", "ab"),
    ("YWJj\r\n\r\n", "abc"), ("YQ==\r\n_______\r\nlist footer", "a"), ("YQ==\r\nYg==", "ab"), ("Y_W-J", "ab"),
    ("YQ==\r\nmailing list", "a"),
  ])
  func `base64 is decoded whatever lies in it`(_ text: String, _ wanted: String) {
    #expect(String(decoding: Base64Lenient.decode(Array(text.utf8)), as: UTF8.self) == wanted)
  }

  @Test(arguments: [
    ("a=20b", "a b"), ("a=\r\nb", "ab"), ("a= \t\r\nb", "ab"), ("a=\nb", "ab"), ("a  \r\nb", "a\r\nb"),
    ("=c3=bc", "ü"),
    ("=C3=BC", "ü"), ("a=", "a"), ("a=4", "a=4"), ("=ZZ", "=ZZ"), ("a=3D=3D", "a=="), ("", ""), ("=\r\n", ""),
    ("a==\r\nb", "a=b"),
    ("a=\u{20}", "a"), ("1+1=2", "1+1=2"), ("x=E", "x=E"),
  ])
  func `quoted-printable is decoded`(_ text: String, _ wanted: String) {
    #expect(String(decoding: QuotedPrintable.decode(Array(text.utf8)), as: UTF8.self) == wanted)
  }

  @Test func `what the builder encodes comes back`() {
    var random = Seeded(2)
    for n in 0..<200 {
      let bytes = (0..<n).map { _ in UInt8(truncatingIfNeeded: random.next()) }
      #expect(Base64Lenient.decode(BodyWriter.base64(bytes)) == bytes)
      let text = LineEnds.network(bytes)
      let quoted = BodyWriter.quotedPrintable(text)
      #expect(QuotedPrintable.decode(quoted) == text)
      #expect(quoted.split(separator: 0x0A).allSatisfy { $0.count <= 77 })
    }
  }

  /// Quoted-printable line by line, as RFC 2045 §6.7 tells it; slow, and easy to see through.
  private static func plainlyDecoded(_ bytes: [UInt8], asText: Bool) -> [UInt8] {
    var out: [UInt8] = []
    for line in bytes.split(separator: 0x0A, omittingEmptySubsequences: false).enumerated() {
      let isLast = line.offset == bytes.filter { $0 == 0x0A }.count
      var text = Array(line.element)
      var end: [UInt8] = isLast ? [] : [0x0A]
      if !isLast, text.last == 0x0D {
        text.removeLast()
        end = [0x0D, 0x0A]
      }
      while let last = text.last, last == 0x20 || last == 0x09 { text.removeLast() }
      let isSoft = text.last == 0x3D
      if isSoft { text.removeLast() }
      var i = 0
      while i < text.count {
        if text[i] == 0x3D, i + 2 < text.count, let a = hex(text[i + 1]), let b = hex(text[i + 2]) {
          out.append(a << 4 | b)
          i += 3
        } else {
          out.append(text[i])
          i += 1
        }
      }
      if isSoft { continue }
      out += asText && !isLast && out.last != 0x0D ? [0x0A] : end
    }
    return out
  }

  private static func hex(_ b: UInt8) -> UInt8? {
    UInt8(String(UnicodeScalar(b)), radix: 16)
  }

  @Test(arguments: [false, true])
  func `quoted-printable is decoded by words as it is octet by octet`(_ asText: Bool) {
    var random = Seeded(11)
    let octets = Array("==\n\n\r  \t4a1F0DxYz.=20=3D".utf8) + [0xC3, 0x8D, 0xBD, 0]
    for n in 0..<20_000 {
      let plain = n % 3 == 0 ? 0 : 12
      let bytes = (0..<n % 90).map { _ in
        Int(random.next() % 16) < plain
          ? UInt8(0x61 + random.next() % 8) : octets[Int(random.next() % UInt64(octets.count))]
      }
      let wanted = Self.plainlyDecoded(bytes, asText: asText)
      #expect(QuotedPrintable.decode(bytes, 0..<bytes.count, asText: asText) == wanted, "\(bytes)")
    }
  }

  @Test(arguments: [
    ("Base64", TransferEncoding.base64), (" quoted-printable ", .quotedPrintable), ("7bit", .identity),
    ("", .identity),
    ("base64;", .base64), ("\"base64\"", .base64), ("x-uuencode", .uuencode), ("x-gzip64", .identity),
  ])
  func `encodings are recognised`(_ value: String, _ wanted: TransferEncoding) {
    let block = HeaderBlock(parsing: Array("E: \(value)\n\n".utf8))
    #expect(TransferEncoding(header: block.first("E")) == wanted)
  }

  @Test(
    arguments: [
      ("utf-8", [0xC3, 0xBC], "ü", 0), ("UTF8", [0x61, 0xFF], "a\u{FFFD}", 1), ("us-ascii", [0xFC], "ü", 0),
      ("windows-1250", [0x9C], "ś", 0), ("cp850", [0x81], "ü", 0), ("latin2", [0xB1], "ą", 0),
      ("gb2312", [0xFF], "\u{FFFD}", 1),
      ("iso-2022-jp", [0x1B, 0x24, 0x42, 0x24], "\u{FFFD}", 1), ("utf-16le", [0x61, 0, 0x62, 0], "ab", 0),
      ("x-nothing", [0xC3, 0xBC], "ü", 0), ("../../etc/passwd", [0x61], "a", 0),
      ("utf-8//IGNORE", [0x61], "a", 0),
    ] as [(String, [UInt8], String, Int)])
  func `character sets are decoded and losses counted`(
    _ label: String, _ bytes: [UInt8], _ wanted: String, _ replaced: Int
  ) {
    let (text, count) = Charset(label: label.utf8).decode(bytes)
    #expect(text == wanted)
    #expect(count == replaced)
  }

  @Test func `no octets of any set trap or hang`() {
    var random = Seeded(3)
    for label in [
      "utf-7", "iso-2022-kr", "iso-2022-cn", "euc-jp", "shift_jis", "big5", "gb18030", "utf-16", "euc-tw",
      "johab",
    ] {
      let bytes = (0..<3000).map { _ in UInt8(truncatingIfNeeded: random.next()) }
      #expect(!Charset(label: label.utf8).decode(bytes).text.isEmpty)
    }
  }
}

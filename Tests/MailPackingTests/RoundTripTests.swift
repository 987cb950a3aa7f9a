import Bytes
import Testing

@testable import MailPacking

/// Whatever a mail holds, it comes back octet by octet.
@Suite(.timeLimit(.minutes(2))) struct RoundTripTests {
  private static func noise(_ count: Int, _ seed: UInt64 = 1) -> [UInt8] {
    var noise = Noise(seed)
    return noise.octets(count)
  }

  struct Odd: Sendable, CustomTestStringConvertible {
    let name: String
    let mail: [UInt8]
    init(_ name: String, _ mail: [UInt8]) { (self.name, self.mail) = (name, mail) }
    var testDescription: String { name }
  }

  static let odd: [Odd] = [
    Odd("nothing", []), Odd("one octet", [0]), Odd("a line end", [13, 10]), Odd("CR", [13]), Odd("LF", [10]),
    Odd("marks", Array(0...32) + Array(0...5) + [61, 61, 13, 10]), Odd("every octet", Array(0...255)),
    Odd("no header", Array("just text".utf8)), Odd("a letter", Array(letter.utf8)),
    Odd("a letter with LF", Array(letter.utf8).filter { $0 != 13 }),
    Odd("a letter with one bare LF", Array((letter + "x\ny\r\n").utf8)),
    Odd("a letter with one bare CR", Array((letter + "x\ry\r\n").utf8)),
    Odd("noise", noise(5000)),
    Odd("an attachment", multipart([(pdfHead, base64(noise(5000)))])),
    Odd("lines of 60", multipart([(pdfHead, base64(noise(5001), line: 60))])),
    Odd("lines of 61", multipart([(pdfHead, base64(noise(5002), line: 61))])),
    Odd("lines with LF", multipart([(pdfHead, base64(noise(5000), end: "\n"))], end: "\n")),
    Odd("LF in a mail of CR LF", multipart([(pdfHead, base64(noise(5000), end: "\n"))])),
    Odd("one line", multipart([(pdfHead, base64(noise(5000), line: .max))])),
    Odd(
      "lines of several lengths", multipart([(pdfHead, base64(noise(3000)) + base64(noise(3000), line: 72))])),
    Odd("octets behind the padding", multipart([(pdfHead, base64(noise(5000)) + "QUJD\r\n")])),
    Odd(
      "base64 broken by a blank", multipart([(pdfHead, base64(noise(2000)) + " \r\n" + base64(noise(2000)))])),
    Odd(
      "unused bits that are not 0", multipart([(pdfHead, String(base64(noise(1999)).dropLast(4)) + "B=\r\n")])
    ),
    Odd("three paddings", multipart([(pdfHead, base64(noise(2000)) + "A===\r\n")])),
    Odd("no closing boundary", Array(multipart([(pdfHead, base64(noise(5000)))]).dropLast(12))),
    Odd("base64 to the last octet", Array(("A: b\r\n\r\n" + base64(noise(99))).utf8).dropLast(2)),
    Odd(
      "a text in base64",
      multipart([(["Content-Transfer-Encoding: base64"], base64(Array(letter.utf8)))])
    ),
    Odd(
      "a text in base64 with LF",
      multipart([(["Content-Transfer-Encoding: base64"], base64(Array(letter.utf8).filter { $0 != 13 }))])
    ),
    Odd(
      "a long text in base64",
      multipart([
        (["Content-Transfer-Encoding: base64"], base64(Array(String(repeating: letter, count: 50).utf8)))
      ])
    ),
    Odd("quoted, lower case", multipart([(quotedHead, "=e2=80=93 =3d =3D =C3=BC=\r\n=\r\n=\r\n\r\n=")])),
    Odd(
      "quoted, broken", multipart([(quotedHead, "= \r\n=3\r\n==\r\n=ZZ=0D=0A=00=01=02=05\u{1}\u{2}\u{5}ü")])),
    Odd(
      "quoted, long lines", multipart([(quotedHead, String(repeating: "abc =C3=BC", count: 300) + "=\r\nx")])),
    Odd("quoted, soft break at the end", multipart([(quotedHead, "abc=")])),
    Odd("quoted, breaks early", multipart([(quotedHead, "a=\r\nbb=\r\nccc=\r\ndddd=\r\nx=\r\n" + letter)])),
    Odd(
      "an attachment in plain text",
      multipart([(["Content-Disposition: attachment"], String(repeating: "1;2;3\r\n", count: 3000))])
    ),
    Odd(
      "a mail in a mail",
      multipart([
        (
          ["Content-Type: message/rfc822"],
          String(decoding: multipart([(pdfHead, base64(noise(3000)))]), as: UTF8.self)
        )
      ])
    ),
    Odd(
      "many boundaries",
      Array((0..<100).flatMap { "Content-Type: a/b; boundary=x\($0)\r\n".utf8 }) + multipart([])),
    Odd("more texts than fit inside", Array(String(repeating: letter, count: 300).utf8)),
    Odd("a long line", Array("Subject: \(String(repeating: "x", count: 400_000))\r\n\r\n".utf8)),
    Odd("signatures that come again", Array((letter + letter).utf8)),
    Odd("letters that are long", Array("A: b\r\nX: \(base64(noise(3000), line: .max))".utf8)),
  ]

  @Test(arguments: odd) func `odd mails come back`(_ odd: Odd) throws {
    let mail = odd.mail
    for limits in [PackedMail.Limits.apart, .whole] {
      let packed = try PackedMail(mail, limits: limits)
      #expect(try again(mail, packed) == mail)
      if limits.takenMax == 0 { #expect(packed.taken.isEmpty) }
    }
  }

  @Test func `a mail cut at any octet comes back`() throws {
    let whole =
      Array(letter.utf8.dropLast(2))
      + multipart([(pdfHead, base64(Self.noise(300))), (quotedHead, "=C3=BC=\r\nx")])
    for end in 0...whole.count {
      let mail = Array(whole[..<end])
      if try again(mail, PackedMail(mail, limits: .apart)) != mail { Issue.record("cut at \(end)") }
    }
  }

  @Test func `generated mails come back, also with octets changed`() throws {
    for seed in 1...250 as ClosedRange<UInt64> {
      var noise = Noise(seed)
      let ends = ["\r\n", "\r\n", "\n"]
      let end = noise.pick(ends)
      var parts: [(head: [String], body: String)] = []
      for _ in 0..<noise.below(4) {
        switch noise.below(5) {
        case 0:
          parts.append(
            (pdfHead, base64(noise.octets(noise.below(4000)), line: 4 + noise.below(80), end: end)))
        case 1:
          let text = String(repeating: "Grüße und bis bald. ", count: noise.below(40))
          parts.append((quotedHead, Self.quoted(text, max: 60 + noise.below(20), end: end)))
        case 2: parts.append((["Content-Transfer-Encoding: base64"], base64(Array(letter.utf8), end: end)))
        case 3:
          parts.append(
            (["Content-Type: text/csv; name=a.csv"], String(repeating: "1;2\(end)", count: noise.below(2000)))
          )
        default: parts.append(([], String(letter.prefix(noise.below(1500)))))
        }
      }
      var mail = multipart(parts, end: end)
      for _ in 0..<noise.below(6) {
        mail[noise.below(mail.count)] = noise.pick([0, 1, 2, 3, 4, 10, 13, 32, 45, 61, 65, 200])
      }
      let packed = try PackedMail(mail, limits: noise.below(2) == 0 ? .apart : .whole)
      if try again(mail, packed) != mail { Issue.record("seed \(seed)") }
    }
  }

  /// Lines of at most `max` octets, filled.
  private static func quoted(_ text: String, max: Int, end: String) -> String {
    var out = ""
    var column = 0
    for octet in text.utf8 {
      let written =
        octet < 0x80 && octet != 0x3D
        ? String(UnicodeScalar(octet))
        : "=" + (octet < 16 ? "0" : "") + String(octet, radix: 16, uppercase: true)
      if column + written.utf8.count > max - 1 {
        out += "=" + end
        column = 0
      }
      out += written
      column += written.utf8.count
    }
    return out
  }

  @Test func `what fills its lines needs no marks`() throws {
    let text = String(repeating: "Grüße und bis bald, = sagt sie. ", count: 100)
    for max in [60, 73, 76] {
      let body = Array(Self.quoted(text, max: max, end: "\r\n").utf8)
      var out: [UInt8] = []
      let fold = QuotedFold.fold(body, 0..<body.count, foldsLines: true, to: &out)
      // The last character may end its line one octet further out than this writer puts it.
      #expect(out.filter { $0 < 6 }.count <= 1)
      #expect(out.filter { $0 >= 6 } == Array(text.utf8))
      var made: [UInt8] = []
      try fold.unfold(out[...], to: &made, octetsMax: body.count)
      #expect(made == body)
    }
  }
}

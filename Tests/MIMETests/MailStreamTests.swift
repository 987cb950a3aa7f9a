import Foundation
import Testing

@testable import MIME

/// A mail that comes by pieces says what it says as a whole, wherever it is cut.
@Suite(.timeLimit(.minutes(30))) struct MailStreamTests {
  private static let isHeavy = ProcessInfo.processInfo.environment["POSTROOM_HEAVY"] == "1"

  /// What a stream told: contents by part, and whether the events came in order.
  private struct Told {
    var contents: [Int: [UInt8]] = [:]
    var open: [Int] = []
    var begun = 0
    var isOrdered = true

    mutating func take(_ event: MailStream.Event) {
      switch event {
      case .began(let part):
        isOrdered = isOrdered && part.index == begun && part.parent.map(open.contains) != false
        begun += 1
        open.append(part.index)
      case .content(let part, let piece):
        isOrdered = isOrdered && open.last == part && !piece.isEmpty
        contents[part, default: []] += piece
      case .ended(let part): isOrdered = isOrdered && open.popLast() == part.index
      }
    }
  }

  private static func stream(_ mail: [UInt8], _ next: () -> Int) -> (MailStream.Outline, Told) {
    var stream = MailStream()
    var told = Told()
    var at = 0
    while at < mail.count {
      let end = min(mail.count, at + max(1, next()))
      stream.feed(Array(mail[at..<end])) { told.take($0) }
      at = end
    }
    let outline = stream.finish { told.take($0) }
    return (outline, told)
  }

  /// All that is told of a mail, in rows that are compared.
  private struct Facts {
    var rows: [String] = []
    var contents: [Int: [UInt8]] = [:]

    init(
      _ parts: [Part], _ defects: [MIMEDefect], _ attachments: [AttachmentInfo], _ headers: MailHeaders,
      content: (Int) -> [UInt8]
    ) {
      for part in parts {
        rows.append(
          "part \(part.index) \(part.parent ?? -1) \(part.number) \(part.depth) \(part.children) \(part.bodyRange) "
            + "\(part.contentType.mediaType) \(part.encoding) \(part.disposition?.kind.rawValue ?? "-") "
            + "file \(part.embeddedName ?? []) \(part.embeddedRange)")
        rows.append(
          "header \(part.index) \(part.headers.range) \(part.headers.guess) \(part.headers.isTruncated) "
            + "\(part.headers.unfoldedFields)")
        if part.isLeaf, !part.isEmbedded { contents[part.index] = content(part.index) }
      }
      rows.append("defects \(defects)")
      rows.append("attachments \(attachments)")
      rows.append(
        "\(headers.subject) \(headers.from) \(headers.to) \(headers.messageID?.text ?? "-") \(headers.references)"
      )
    }

    init(_ whole: ParsedMessage) {
      self.init(whole.parts, whole.defects, whole.attachments, whole.headers) { whole.decoded($0) }
    }
  }

  private static func expectSame(_ mail: [UInt8], _ wanted: Facts, _ how: String, _ next: () -> Int) {
    let (outline, told) = stream(mail, next)
    let found = Facts(outline.parts, outline.defects, outline.attachments, outline.headers) {
      told.contents[$0] ?? []
    }
    var differences: [String] = []
    if found.rows != wanted.rows {
      differences = zip(found.rows, wanted.rows).filter { $0 != $1 }.prefix(1).map {
        "\($0), as a whole: \($1)"
      }
      differences.append("\(found.rows.count) rows, as a whole \(wanted.rows.count)")
    }
    for (part, content) in wanted.contents where found.contents[part] != content {
      differences.append("content of part \(part)")
    }
    if outline.octets != mail.count { differences.append("octets") }
    if !told.isOrdered || !told.open.isEmpty { differences.append("order of events") }
    guard !differences.isEmpty else { return }
    Issue.record("\(how): \(differences) in \(String(decoding: mail.prefix(2000), as: UTF8.self))")
  }

  @Test(arguments: EMLFixture.all) func `a mail may come in pieces of any size`(_ fixture: EMLFixture) {
    let whole = Facts(ParsedMessage(fixture.mail))
    for size in [1, 2, 3, 7, 61, fixture.mail.count] {
      Self.expectSame(fixture.mail, whole, "pieces of \(size)") { size }
    }
    // Cut in two, everywhere.
    guard fixture.mail.count <= 1024 || Self.isHeavy && fixture.mail.count <= 8192 else { return }
    for cut in 1..<max(2, fixture.mail.count) {
      var sizes = [fixture.mail.count, cut]
      Self.expectSame(fixture.mail, whole, "cut at \(cut)") { sizes.popLast() ?? 1 }
    }
  }

  @Test func `mails of other projects may be cut anywhere`() {
    var random = Seeded(3)
    for mail in SharedCorpus.files() {
      let whole = Facts(ParsedMessage(mail))
      for most in [64, 5000, 100_000] where mail.count < 100_000 || most > 64 {
        Self.expectSame(mail, whole, "pieces up to \(most)") { Int(random.next() % UInt64(most)) + 1 }
      }
    }
  }

  @Test func `damaged mail may be cut anywhere`() {
    var random = Seeded(4)
    let odd = Array("\r\n<>\"'=?-:;/()@,.*%&\\ \t\u{0}\u{1B}begin".utf8)
    let mails = EMLFixture.all.map(\.mail).filter { !$0.isEmpty }
    for n in 0..<(Self.isHeavy ? 100_000 : 3000) {
      var mail = mails[n % mails.count]
      for _ in 0...(random.next() % 4) where !mail.isEmpty {
        let at = Int(random.next() % UInt64(mail.count))
        switch random.next() % 4 {
        case 0: mail[at] = UInt8(truncatingIfNeeded: random.next())
        case 1: mail[at] = odd[Int(random.next() % UInt64(odd.count))]
        case 2: mail.removeSubrange(at...)
        default: mail.insert(contentsOf: mail[at..<min(mail.count, at + 40)], at: at)
        }
      }
      Self.expectSame(mail, Facts(ParsedMessage(mail)), "damaged") { Int(random.next() % 90) + 1 }
    }
  }

  /// Mails whose lines or headers are longer than what is held back.
  private static let long: [(name: String, mail: [UInt8])] = {
    func part(_ encoding: String, _ body: [UInt8]) -> [UInt8] {
      Array(
        """
        Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\nContent-Transfer-Encoding: \(encoding)\r\n\r\n
        """.utf8) + body + Array("\r\n--b--\r\nend".utf8)
    }
    func run(_ text: String, _ count: Int) -> [UInt8] { Array(String(repeating: text, count: count).utf8) }
    let uu = Array("begin 644 a.txt\r\n#0V%T\r\n`\r\nend\r\n".utf8)
    return [
      ("a line of quoted-printable", part("quoted-printable", run("a=3D =", 40_000))),
      ("white space at its end", part("quoted-printable", run("x", 70_000) + run(" ", 70_000))),
      ("nothing but escapes", part("quoted-printable", run("=41", 70_000) + run("=", 70_000))),
      ("base64 in one line", part("base64", run("QUJD", 50_000))),
      (
        "base64 with a foreign line",
        part("base64", run("QUJD\r\n", 20_000) + Array("QQ==\r\n".utf8) + run("QUJD ", 3000))
      ),
      (
        "base64 behind its end",
        part("base64", Array("QQ==\r\n".utf8) + run("Q", 9000) + Array("!\r\nQUJD".utf8))
      ),
      ("text called base64", part("base64", run("Words with spaces.\r\n", 5000))),
      ("a file in a text called base64", part("base64", run("Words with spaces.\r\n", 50) + uu)),
      ("uuencode", part("x-uuencode", run("HELLO\r\n", 1000) + uu + run("JUNK\r\n", 9))),
      ("uuencode behind much", part("x-uuencode", run("HELLO\r\n", 9000) + uu + run("JUNK\r\n", 9))),
      ("files in a text", part("8bit", run("see\r\n", 20_000) + uu + uu + run("begin \r\n", 200) + uu)),
      (
        "a delimiter of 20,000 octets",
        Array("Content-Type: multipart/mixed; boundary=b\n\n--b".utf8) + run(" ", 20_000)
          + Array("\n\nx\n--b\n\ny".utf8)
      ),
      (
        "a boundary of 20,000 octets",
        Array("Content-Type: multipart/mixed; boundary=".utf8) + run("b", 20_000) + Array("\n\n--".utf8)
          + run("b", 20_000) + Array("\n\nx".utf8)
      ),
      ("hyphens only", part("8bit", run("--", 60_000) + run("\r\n--b-", 4000))),
      ("a header of a megabyte", run("X-A: b\r\n c\r\n", 90_000) + Array("Subject: s\r\n\r\nx".utf8)),
      (
        "no boundary, and a delimiter far down",
        Array("Content-Type: multipart/mixed\n\n".utf8) + run("x", 20_000) + Array("\n--b\n\nx\n--b--".utf8)
      ),
      ("no boundary", Array("Content-Type: multipart/mixed\n\n\n--b\n\nx\n--b--".utf8)),
      (
        "CR only",
        Array("Subject: s\rContent-Type: multipart/mixed; boundary=b\r\r--b\r\rx\r--b--\r".utf8)
          + run("x\r", 50_000)
      ),
      ("a first LF far down", Array("Subject: s\r\r".utf8) + run("x\r", 50_000) + [10, 10, 65]),
      (
        "an encoded mail",
        Array("Content-Type: message/rfc822\nContent-Transfer-Encoding: base64\n\n".utf8)
          + BodyWriter.base64(Array("Subject: Gr\u{FC}n\n\n".utf8) + run("x", 100_000))
      ),
      (
        "a mail said to be encoded",
        Array("Content-Type: message/rfc822\nContent-Transfer-Encoding: base64\n\nSubject: x\n\n".utf8)
          + run("y\n", 50_000)
      ),
      ("nothing", []), ("one octet", [0x2D]), ("a line end", [10]),
    ]
  }()

  @Test(arguments: long.indices) func `lines of any length may be cut anywhere`(_ index: Int) {
    let (name, mail) = Self.long[index]
    let whole = Facts(ParsedMessage(mail))
    var random = Seeded(UInt64(index))
    for most in [1000, 40_000, 300_000] {
      for _ in 0..<3 {
        Self.expectSame(mail, whole, "\(name), up to \(most)") { Int(random.next() % UInt64(most)) + 1 }
      }
    }
    if mail.count < 300_000 { Self.expectSame(mail, whole, "\(name), octets") { 1 } }
  }

  @Test func `headers and parts beyond the limits are body, in pieces as well`() {
    var limits = MIMELimits()
    limits.headerOctetsMax = 5000
    limits.partsMax = 4
    var text = "Content-Type: multipart/mixed; boundary=b\n"
    for n in 0..<500 { text += "X-\(n): \(n)\n" }
    text += "\n--b\n\n1\n--b\nContent-Type: text/html\n\n2\n--b\n\n3\n--b\n\n4\n--b--\n"
    let mail = Array(text.utf8)
    let whole = ParsedMessage(mail, limits: limits)
    #expect(whole.headerBlock.range.count == 5000 && whole.headerBlock.isTruncated)
    #expect(whole.parts.count == 4 && whole.defects.contains { $0.kind == .partsLimit })
    #expect(whole.defects.first?.kind == .headerTooLong)
    for size in [1, 100, 10_000] {
      var stream = MailStream(limits: limits)
      for at in stride(from: 0, to: mail.count, by: size) {
        stream.feed(Array(mail[at..<min(mail.count, at + size)])) { _ in }
      }
      let outline = stream.finish { _ in }
      #expect(outline.defects == whole.defects)
      #expect(outline.parts.map(\.bodyRange) == whole.parts.map(\.bodyRange))
    }
  }

  @Test func `what takes the pieces may stop them`() {
    struct Enough: Error {}
    var stream = MailStream()
    #expect(throws: Enough.self) {
      try stream.feed(mail("Subject: s\n\nx")) { _ throws(Enough) in throw Enough() }
    }
  }
}

import Foundation
import Testing

@testable import MIME

/// The attacks on readers of mail that made other programs crash or hang, by their numbers B1 to B12; each test names
/// its row. Rows that have a suite of their own: B8 and B9 ``HostileHTMLTests`` (and ``ChromiumTests``), B6
/// ``DamageTests``. What doubling costs is ``HostileTests``'.
@Suite(.serialized, .timeLimit(.minutes(5))) struct HardCaseTests {
  /// What a row's budget is multiplied with: without optimizing, code is slower by about that.
  #if DEBUG
    static let slowness = 15.0
    /// By what inputs are smaller then, and their budgets with them.
    static let smaller = 8
  #else
    static let slowness = 1.0
    static let smaller = 1
  #endif

  /// Reads all of a mail within `seconds` of processor time of an optimized build; the best of three.
  @discardableResult
  private func read(_ text: String, within seconds: Double) -> ParsedMessage {
    let bytes = Array(text.utf8)
    let seconds = seconds / Double(Self.smaller) * Self.slowness
    var best = Double.infinity
    for _ in 0..<3 {
      best = min(best, Doubling.seconds { HostileTests.readAll(bytes) })
      if best <= seconds { break }
    }
    #expect(best <= seconds)
    return ParsedMessage(bytes)
  }

  @Test func `B1: ten thousand multiparts within each other stop at depth 100, the rest stays raw`() {
    let message = read(
      (0..<10_000).map { "Content-Type: multipart/mixed; boundary=b\($0)\n\n--b\($0)\n" }.joined() + "\nend",
      within: 1)
    #expect(message.parts.map(\.depth).max() == 100)
    #expect(message.defects.contains { $0.kind == .depthLimit })
    #expect(message.decoded(message.parts.count - 1).suffix(3).elementsEqual("end".utf8))
  }

  @Test func `B1: of a hundred thousand parts ten thousand are told apart, the last holds the rest`() {
    let message = read(
      "Content-Type: multipart/mixed; boundary=b\n\n" + rep("--b\n\nx\n", 100_000), within: 1)
    #expect(message.parts.count == 10_000)
    #expect(message.defects.contains { $0.kind == .partsLimit })
    #expect(message.parts[9999].bodyRange.upperBound == message.raw.count)
  }

  @Test func `B1: mails in mails stop at depth 100, in base64 they are looked into when asked for`() {
    let message = read(rep("Content-Type: message/rfc822\n\n", 10_000) + "x", within: 1)
    #expect(message.parts.map(\.depth).max() == 100)
    var inner = Array("Subject: innermost\n\nx".utf8)
    for _ in 0..<5 {
      inner =
        Array("Content-Type: message/rfc822\nContent-Transfer-Encoding: base64\n\n".utf8)
        + BodyWriter.base64(inner)
    }
    var mail = ParsedMessage(inner)
    var levels = 0
    while let next = mail.innerMail(0) {
      mail = next
      levels += 1
    }
    #expect(levels == 5 && mail.headers.subject == "innermost")
    var limits = MIMELimits()
    limits.depthMax = 3
    mail = ParsedMessage(inner, limits: limits)
    levels = 0
    while let next = mail.innerMail(0) {
      mail = next
      levels += 1
    }
    #expect(levels == 3)
  }

  @Test func `B2: half a million address fields`() {
    let message = read(rep("To: a@b.c\n", 500_000 / Self.smaller) + "\nx", within: 2)
    #expect(message.headers.to.count == 10_000 && message.defects.contains { $0.kind == .headerTooLong })
  }

  @Test func `B2: a field of 20 MiB, and a million folded lines`() {
    let long = read("Subject: " + rep("abcdefg ", (20 << 17) / Self.smaller) + "\n\nx", within: 2)
    #expect(long.headers.subject.utf8.count == (20 << 20) / Self.smaller - 1)
    let folded = read("Subject: x\n" + rep(" y\n", 1_000_000 / Self.smaller) + "\nx", within: 2)
    #expect(folded.headers.subject.utf8.count == 2_000_000 / Self.smaller + 1)
  }

  @Test func `B3: forty thousand encoded words, and as many broken ones`() {
    let words = 40_000 / Self.smaller
    let message = read(
      "Subject: " + rep("=?utf-8?B?w6TDpA==?=\n ", words) + "\nFrom: x@y\n\nx", within: 0.2)
    #expect(message.headers.subject.unicodeScalars.count == words * 2)
    read("Subject: " + rep("=?utf-8?B?w6TDpA=\n ", words) + "\n\nx", within: 0.2)
    read("Subject: " + rep("=?utf-8?X?w6TDpA==?=\n ", words) + "\n\nx", within: 0.2)
    read("From: " + rep("=?utf-8?B?w6TDpA==?=\n ", words) + "<x@y>\n\nx", within: 0.2)
  }

  @Test func `B4: of a hundred thousand parameters 128 are read, gaps and repetitions do no harm`() {
    let many = read(
      "Content-Type: text/plain" + (0..<100_000).map { "; name*\($0)=x" }.joined() + "\n\nx", within: 0.5)
    #expect(many.root.contentType.parameters.text("name") == rep("x", 128))
    #expect(many.defects.contains { $0.kind == .parametersLimit })
    let gaps = read(
      "Content-Disposition: attachment; filename*9=c; filename*0=a; filename*5=b; filename*0=z;"
        + " filename*99999999999999999999=d\n\nx", within: 0.1)
    #expect(gaps.attachments.first?.name == "abc")
  }

  @Test(
    arguments: [
      ("comments in comments", "(", 100_000), ("addresses", "a@b.c,", 1_000_000), ("groups", "g:", 200_000),
      ("a domain literal", "a@[1111", 1), ("quotes", "\"", 200_000), ("routes", "<@a,@b:", 100_000),
    ])
  func `B5: addresses without end`(_ name: String, _ piece: String, _ count: Int) {
    let rest = name == "a domain literal" ? rep("1", 1 << 20) : ""
    let message = read("To: " + rep(piece, count) + rest + "\n\nx", within: 1)
    #expect(message.headers.to.count <= 10_000)
  }

  @Test(arguments: [
    "To: \"a\\", "To: (a\\", "To: <\"a\\", "Subject: =?utf-8?Q?=\\", "Content-Type: a/b; x=\"\\",
  ])
  func `B6: a backslash at the very end`(_ text: String) {
    for ending in ["", "\\", "\n", "\r\n\r\n"] { HostileTests.readAll(Array((text + ending).utf8)) }
  }

  @Test(
    arguments: [
      ("filename=\"../../etc/passwd\"", "passwd", false), ("filename=\"..\\..\\x.exe\"", "x.exe", false),
      ("filename=CON.txt", "_CON.txt", false), ("filename=\"a\u{0}b.txt\"", "a b.txt", false),
      ("filename*=utf-8''ann%E2%80%AEgpj.exe", "anngpj.exe", false),
      ("filename=a.txt; filename=b.exe", "a.txt", true),
      ("filename=a.txt; filename*=utf-8''b.exe", "b.exe", true),
    ])
  func `B7: names are made safe, and two of them are noted`(
    _ value: String, _ name: String, _ isAmbiguous: Bool
  ) {
    let message = parsed("Content-Disposition: attachment; \(value)\n\nx")
    #expect(message.attachments.map(\.name) == [name])
    #expect(message.defects.contains { $0.kind == .ambiguousName } == isAmbiguous)
  }

  @Test func `B7: a name of 10 KiB is cut`() {
    let message = parsed("Content-Disposition: attachment; filename=\(rep("a", 10_240)).pdf\n\nx")
    #expect(message.attachments.first?.name.utf8.count == 255)
    #expect(message.attachments.first?.name.hasSuffix(".pdf") == true)
  }

  @Test(
    arguments: [
      ("From: a@b.c\nFrom: d@e.f", "several"), ("From: \"ceo@bank.example\" <x@evil.example>", "name"),
      ("From: =?utf-8?Q?p=D0=B0ypal?= <x@y.example>", "mixed"),
      ("From: =?utf-8?Q?=E2=80=AEmoc.knab?= <x@y.example>", "turned"),
      ("From: x@xn--pypal-4ve.example", "xn--pypal-4ve.example"),
    ])
  func `B10: what may deceive about the sender is said`(_ header: String, _ sign: String) {
    let signs = parsed(header + "\n\nx").senderSigns
    switch sign {
    case "several": #expect(signs.hasSeveralFromFields)
    case "name": #expect(signs.nameIsOtherAddress)
    case "mixed": #expect(signs.mixesScripts)
    case "turned": #expect(signs.turnsDirection)
    default: #expect(signs.domainInASCII == sign)
    }
    #expect(signs != SenderSigns() && parsed("From: Jo <jo@b.c>\n\nx").senderSigns == SenderSigns())
  }

  @Test(arguments: [
    "utf-7", "iso-2022-jp", "iso-2022-kr", "iso-2022-cn", "utf-16", "x-unknown", "hz-gb-2312",
  ])
  func `B11: no set makes much of little, and the octets are kept`(_ label: String) {
    let body = rep("+AGE-\u{1B}$B!!\u{1B}(B~{\u{E}\u{F}", 20_000)
    let message = read("Content-Type: text/plain; charset=\(label)\n\n" + body, within: 1)
    #expect(message.decoded(0) == Array(body.utf8))
    #expect(message.text(0).text.utf8.count <= body.utf8.count * 4)
  }

  @Test func `B11: a TNEF part is named and left as it is`() {
    let message = parsed(
      "Content-Type: application/ms-tnef\nContent-Transfer-Encoding: base64\n\neJ8+IgAA//8=\n")
    #expect(message.attachments.map(\.name) == ["winmail.dat"])
    #expect(message.decoded(0) == [0x78, 0x9F, 0x3E, 0x22, 0, 0, 0xFF, 0xFF])
    #expect(message.containers == [.init(part: 0, kind: .tnef)])
  }

  @Test func `B12: the parser opens no file and starts no program`() throws {
    let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .appendingPathComponent("../../Sources/MIME").standardizedFileURL
    let files = try FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)
      .filter { $0.pathExtension == "swift" }
    #expect(files.count > 50)
    let calls =
      /\b(system|popen|posix_spawn\w*|execv\w*|fork|vfork|fopen|openat|open64|creat|socket|connect|dlopen|readlink)\(/
    for file in files {
      let text = try String(contentsOf: file, encoding: .utf8)
      #expect(!text.contains("import Foundation") && !text.contains("Process("), "\(file.lastPathComponent)")
      for match in text.matches(of: calls) where !text[..<match.range.lowerBound].hasSuffix("func ") {
        #expect(text[..<match.range.lowerBound].last == ".", "\(file.lastPathComponent): \(match.0)")
      }
    }
  }
}

private func rep(_ text: String, _ n: Int) -> String { String(repeating: text, count: n) }

import Bytes
import IMAPCodec
import Testing

@Suite(.timeLimit(.minutes(1))) struct FetchParserTests {
  static func data(_ set: (inout FetchData) -> Void) -> FetchData {
    var data = FetchData(sequence: 12)
    set(&data)
    return data
  }

  static let cases: [(String, FetchData)] = [
    ("(UID 7)", data { $0.uid = UID(7) }), ("()", data { _ in }), ("(UID 0)", data { _ in }),
    ("(FLAGS (\\Seen $Forwarded) UID 7)", data { ($0.flags, $0.uid) = (["\\Seen", "$Forwarded"], UID(7)) }),
    ("(FLAGS () UID 7)", data { ($0.flags, $0.uid) = ([], UID(7)) }),
    ("(flags (\\Seen) uid 7)", data { ($0.flags, $0.uid) = (["\\Seen"], UID(7)) }),
    ("(FLAGS (\\Seen  \\Recent ) UID 7 )", data { ($0.flags, $0.uid) = (["\\Seen", "\\Recent"], UID(7)) }),
    (
      "(UID 7 INTERNALDATE \"17-Jul-1996 02:44:25 -0700\" RFC822.SIZE 4286)",
      data { ($0.uid, $0.internalDate, $0.size) = (UID(7), 837_596_665, 4286) }
    ),
    ("(UID 7 INTERNALDATE \"nonsense\")", data { $0.uid = UID(7) }),
    ("(UID 7 INTERNALDATE NIL)", data { $0.uid = UID(7) }),
    ("(UID 7 MODSEQ (624140003))", data { ($0.uid, $0.modSeq) = (UID(7), ModSeq(624_140_003)) }),
    // Zoho
    ("(UID 7 MODSEQ (-1))", data { $0.uid = UID(7) }), ("(MODSEQ (0) UID 7)", data { $0.uid = UID(7) }),
    ("(MODSEQ 5 UID 7)", data { ($0.modSeq, $0.uid) = (ModSeq(5), UID(7)) }),
    ("(MODSEQ (9223372036854775808) UID 7)", data { $0.uid = UID(7) }),
    ("(MODSEQ (99999999999999999999) UID 7)", data { $0.uid = UID(7) }),
    ("(UID 7 BODY[] {3}\r\na\r\n)", data { ($0.uid, $0.body) = (UID(7), Array("a\r\n".utf8)) }),
    ("(BODY[] {3}\r\n)\r\n UID 7)", data { ($0.uid, $0.body) = (UID(7), Array(")\r\n".utf8)) }),
    ("(UID 7 BODY[]<0> \"abc\")", data { ($0.uid, $0.body) = (UID(7), Array("abc".utf8)) }),
    ("(UID 7 BODY[]<100> \"abc\")", data { $0.uid = UID(7) }),
    ("(UID 7 BODY[] NIL)", data { $0.uid = UID(7) }),
    ("(UID 7 BODY[] \"\")", data { ($0.uid, $0.body) = (UID(7), []) }),
    // Yandex drops the value
    ("(UID 7 BODY[])", data { $0.uid = UID(7) }), ("(UID 7 BODY[] )", data { $0.uid = UID(7) }),
    ("(UID 7 RFC822 {1}\r\nx)", data { ($0.uid, $0.body) = (UID(7), [0x78]) }),
    ("(UID 7 RFC822.HEADER {1}\r\nx RFC822.TEXT {1}\r\ny)", data { ($0.uid, $0.header) = (UID(7), [0x78]) }),
    (
      "(UID 7 BODY[HEADER.FIELDS (FROM \"to]\" {2}\r\ncc)] {4}\r\nA:b\n)",
      data { ($0.uid, $0.header) = (UID(7), Array("A:b\n".utf8)) }
    ),
    ("(UID 7 BODY[HEADER] \"x\")", data { ($0.uid, $0.header) = (UID(7), [0x78]) }),
    (
      "(UID 7 BODY[1.2] \"x\" BODY[text] NIL BODY[1.2.MIME] {1}\r\ny BINARY[1] ~{3}\r\na\u{0}b BODY[3]<9> \"z\")",
      data {
        $0.uid = UID(7)
        $0.sections = [
          FetchedSection(name: "1.2", isDecoded: false, octets: [0x78]),
          FetchedSection(name: "TEXT", isDecoded: false, octets: nil),
          FetchedSection(name: "1.2.MIME", isDecoded: false, octets: [0x79]),
          FetchedSection(name: "1", isDecoded: true, octets: [0x61, 0, 0x62]),
        ]
      }
    ),
    ("(BINARY.SIZE[1.2] 17 UID 7)", data { $0.uid = UID(7) }),
    // The whole message with its encodings undone is not the message.
    (
      "(UID 7 BINARY[] ~{1}\r\nx)",
      data {
        $0.uid = UID(7)
        $0.sections = [FetchedSection(name: "", isDecoded: true, octets: [0x78])]
      }
    ),
    (
      "(UID 7 PREVIEW \"so it\u{9}begins\" SAVEDATE \"17-Jul-1996 02:44:25 -0700\")",
      data { ($0.uid, $0.preview, $0.saveDate) = (UID(7), "so it begins", 837_596_665) }
    ),
    ("(PREVIEW NIL SAVEDATE NIL UID 7)", data { $0.uid = UID(7) }),
    ("(PREVIEW \"\" UID 7)", data { ($0.preview, $0.uid) = ("", UID(7)) }),
    // Dovecot's older form
    ("(PREVIEW (FUZZY \"text\") UID 7)", data { $0.uid = UID(7) }),
    (
      "(X-GM-THRID 1278455344230334865 X-GM-MSGID 1278455344230334866 X-GM-LABELS (\\Inbox \\Sent Important \"Muy "
        + "Importante\" \"&AOQ-\") UID 7)",
      data {
        $0.uid = UID(7)
        $0.gmailThreadID = 1_278_455_344_230_334_865
        $0.gmailMessageID = 1_278_455_344_230_334_866
        $0.gmailLabels = ["\\Inbox", "\\Sent", "Important", "Muy Importante", "ä"]
      }
    ),
    ("(X-GM-LABELS () UID 7)", data { ($0.gmailLabels, $0.uid) = ([], UID(7)) }),
    (
      "(EMAILID (M1) THREADID NIL X-FOO (a (b {1}\r\n) \"c)\")) UID 7)",
      data { ($0.emailID, $0.uid) = ("M1", UID(7)) }
    ),
    ("(THREADID (T_-9) UID 7)", data { ($0.threadID, $0.uid) = ("T_-9", UID(7)) }),
    ("(EMAILID () THREADID (a b) UID 7)", data { $0.uid = UID(7) }),
    ("(EMAILID (\u{6}x) UID 7)", data { $0.uid = UID(7) }),
    // Office 365: "inline" in place of ("inline" NIL)
    (
      "(BODYSTRUCTURE (\"text\" \"plain\" NIL NIL NIL \"7bit\" 1 1 NIL \"inline\" NIL) UID 7)",
      data { $0.uid = UID(7) }
    ),
    (
      "(ENVELOPE (NIL \"a\\\"b\" ((NIL NIL \"x\" \"y\")) NIL NIL NIL NIL NIL NIL \"<i>\") UID 7)",
      data { $0.uid = UID(7) }
    ),
    ("(BODY (\"text\" \"plain\" NIL NIL NIL \"7bit\" 1 1) UID 7)", data { $0.uid = UID(7) }),
    ("(UID 7 RFC822.SIZE NIL)", data { $0.uid = UID(7) }),
    // Courier
    ("(FLAGS (\\Recent \\Seen) UID 7)", data { ($0.flags, $0.uid) = (["\\Recent", "\\Seen"], UID(7)) }),
    ("(FLAGS ([Gmail]/x a]b) UID 7)", data { ($0.flags, $0.uid) = (["[Gmail]/x", "a]b"], UID(7)) }),
  ]

  @Test(arguments: cases)
  func `reads FETCH`(items: String, expected: FetchData) throws {
    #expect(try parse("* 12 FETCH " + items) == .untagged(.fetch(expected)))
  }

  @Test func `a body is the literal's own memory`() throws {
    let body = [UInt8](repeating: 0x41, count: 1 << 20)
    let octets = Array("* 12 FETCH (UID 7 BODY[] {\(body.count)}\r\n".utf8) + body + Array(")\r\n".utf8)
    let frame = try #require(try frames([octets]).frames.first)
    guard case .untagged(.fetch(let data)) = try ResponseParser.parse(frame) else {
      return #expect(Bool(false))
    }
    let one = data.body?.withUnsafeBytes { $0.baseAddress }
    let other = frame.literals[0].bytes.withUnsafeBytes { $0.baseAddress }
    #expect(one == other)
  }

  @Test(arguments: ["BODYSTRUCTURE", "ENVELOPE", "X-WHAT"])
  func `lists as deep as they may be, and deeper`(item: String) throws {
    func line(_ depth: Int, closed: Bool) -> String {
      "* 12 FETCH (\(item) " + String(repeating: "(", count: depth)
        + (closed ? String(repeating: ")", count: depth) : "") + " UID 7)"
    }
    #expect(try parse(line(99, closed: true)) == .untagged(.fetch(Self.data { $0.uid = UID(7) })))
    #expect(try parse(line(100, closed: true)) == .untagged(.fetch(Self.data { $0.uid = UID(7) })))
    #expect(throws: IMAPSyntaxError.self) { try parse(line(101, closed: true)) }
    #expect(throws: IMAPSyntaxError.self) { try parse(line(100_000, closed: true)) }
    #expect(throws: IMAPSyntaxError.self) { try parse(line(100_000, closed: false)) }
  }

  /// No input may trap: prefixes, and every octet replaced by odd ones.
  @Test func `survives every prefix and many wounds of every line`() {
    let lines =
      Self.cases.map { "* 12 FETCH " + $0.0 } + ResponseParserTests.statuses.map(\.0)
      + ResponseParserTests.data.map(\.0) + ExtensionParserTests.data.map(\.0)
    for line in lines {
      let octets = Array(line.utf8)
      for end in 0...octets.count { survives(Array(octets[..<end])) }
      for i in octets.indices {
        for byte: UInt8 in [0, 0x20, 0x22, 0x28, 0x29, 0x5B, 0x5C, 0x5D, 0x7B, 0x7D, 0x39, 0xFF] {
          var wounded = octets
          wounded[i] = byte
          survives(wounded)
        }
      }
    }
  }

  private func survives(_ octets: [UInt8]) {
    guard let frames = try? frames([octets + [13, 10]]).frames else { return }
    for frame in frames { _ = try? ResponseParser.parse(frame) }
  }
}

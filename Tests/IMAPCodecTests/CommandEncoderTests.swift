import Bytes
import IMAPCodec
import Testing

/// Payloads that have been used to smuggle a second command (A14).
let hostilePayloads: [String] = [
  "", "a", "a b", "a\"b", "a\\b", "\\", "\"", "\\\"", "a\r\nP9 DELETE INBOX", "a\nP9 LOGOUT", "a\rP9 LOGOUT",
  "\r\n", "\n",
  "\r", "a\" \"b", "a\"\r\nP9 NOOP\r\n\"", "{5}", "{5+}", "x {5}\r\nhello", "{5}\r\n", "{0+}\r\nP9 NOOP",
  "a) (b", "(", ")",
  "(((((", "NIL", "nil", "*", "%", "1:*", "[]", "]", "[x]", "&", "&-", "&AA0ACg-", "~{1}", "é", "日本語",
  "\u{2028}",
  "\u{85}", "\u{FEFF}", "\u{1F600}", "a\tb", "a\u{B}b", "a\u{7F}b", "a\u{1B}[2J", "<a@b>\r\nX: y",
  "<\"\\\"\"@b>",
  "P1 OK", "+ ", "a\u{0}b", "\u{0}", "a\r\n\u{0}", String(repeating: "x", count: 70_000),
  String(repeating: "\"", count: 5_000), String(repeating: "é\r\n", count: 3_000), "=?utf-8?q?=0D=0A?=",
  "%0d%0a",
]

/// A strict reader of commands, independent of the framer: what a careful server does.
enum StrictReader {
  /// The arguments of each command in `octets`, or nil when it is no run of whole commands. Strings are
  /// given as their octets, other octets as they stand.
  static func commands(_ octets: [UInt8]) -> [[String]]? {
    var result: [[String]] = []
    var i = 0
    while i < octets.count {
      var words: [String] = []
      var word: [UInt8] = []
      while true {
        guard i < octets.count else { return nil }
        let byte = octets[i]
        i += 1
        if byte == 13 {
          guard i < octets.count, octets[i] == 10 else { return nil }
          i += 1
          break
        }
        if byte == 0 || byte == 10 || byte >= 0x7F || (byte < 0x20) { return nil }
        if byte == 0x20 {
          words.append(String(decoding: word, as: UTF8.self))
          word = []
        } else if byte == 0x22 {
          guard let (text, next) = quoted(octets, i) else { return nil }
          word += text
          i = next
        } else if byte == 0x7B {
          guard let (text, next) = literal(octets, i) else { return nil }
          word += text
          i = next
        } else {
          word.append(byte)
        }
      }
      words.append(String(decoding: word, as: UTF8.self))
      result.append(words)
    }
    return result
  }

  private static func quoted(_ octets: [UInt8], _ start: Int) -> ([UInt8], Int)? {
    var i = start
    var text: [UInt8] = []
    while i < octets.count {
      let byte = octets[i]
      i += 1
      if byte == 0x22 { return (text, i) }
      if byte < 0x20 || byte >= 0x7F { return nil }
      if byte == 0x5C {
        guard i < octets.count, octets[i] == 0x22 || octets[i] == 0x5C else { return nil }
        text.append(octets[i])
        i += 1
      } else {
        text.append(byte)
      }
    }
    return nil
  }

  private static func literal(_ octets: [UInt8], _ start: Int) -> ([UInt8], Int)? {
    var i = start
    var n = 0
    while i < octets.count, (0x30...0x39).contains(octets[i]), n < 1 << 30 {
      n = n * 10 + Int(octets[i] - 0x30)
      i += 1
    }
    guard i > start else { return nil }
    if i < octets.count, octets[i] == 0x2B { i += 1 }
    guard i + 2 < octets.count + 1, octets[i...].starts(with: [0x7D, 13, 10]), i + 3 + n <= octets.count
    else { return nil }
    let text = Array(octets[(i + 3)..<(i + 3 + n)])
    return text.contains(0) ? nil : (text, i + 3 + n)
  }
}

@Suite(.timeLimit(.minutes(1))) struct CommandEncoderTests {
  static let modes: [LiteralMode] = [.synchronising, .minus, .plus]

  @Test(arguments: modes)
  func `whatever a string holds, one command results and the string is whole`(mode: LiteralMode) throws {
    for payload in hostilePayloads {
      var encoder = CommandEncoder(tag: "P1", mode: mode)
      encoder.word("X ")
      let octets = Array(payload.utf8)
      if octets.contains(0) {
        #expect(throws: UnencodableArgument.self) { try encoder.astring(octets) }
        continue
      }
      try encoder.astring(octets)
      encoder.raw(" END")
      let segments = encoder.finished().segments
      #expect(StrictReader.commands(segments.flatMap { $0 }) == [["P1", "X", payload, "END"]])
      for segment in segments.dropLast() { #expect(segment.suffix(3) == [0x7D, 13, 10]) }
      if mode == .plus { #expect(segments.count == 1) }
      if mode == .minus, octets.count <= 4096 { #expect(segments.count == 1) }
    }
  }

  @Test func `mailbox names too`() throws {
    for payload in hostilePayloads where !payload.isEmpty {
      for name in [MailboxName(decoded: payload), MailboxName(wire: Array(payload.utf8))] {
        var encoder = CommandEncoder(tag: "P1", mode: .plus)
        encoder.word("X ")
        if name.wire.contains(0) {
          #expect(throws: UnencodableArgument.self) { try encoder.mailbox(name) }
          continue
        }
        try encoder.mailbox(name)
        let sent = encoder.finished().segments.flatMap { $0 }
        #expect(StrictReader.commands(sent) == [["P1", "X", String(decoding: name.wire, as: UTF8.self)]])
      }
    }
  }

  @Test func `flags, field names and tokens are what they must be or refused`() {
    for payload in hostilePayloads {
      var encoder = CommandEncoder(tag: "P1", mode: .plus)
      encoder.word("X ")
      for prefix in ["", "\\"] {
        if (try? encoder.flag(prefix + payload)) != nil {
          #expect(payload.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F })
        }
      }
      _ = try? encoder.headerName(payload)
      _ = try? encoder.token(payload.utf8)
      #expect(StrictReader.commands(encoder.finished().segments.flatMap { $0 })?.count == 1)
    }
  }

  @Test func `sets must not be empty`() {
    var encoder = CommandEncoder(tag: "P1", mode: .plus)
    #expect(throws: UnencodableArgument.self) { try encoder.uidSet(UIDSet()) }
    #expect(throws: UnencodableArgument.self) { try encoder.uidSet(UIDSet(0...4)) }
    #expect(throws: UnencodableArgument.self) {
      try encoder.mailbox(MailboxName(wire: []))
    }
  }

  @Test(
    arguments: [
      (["LITERAL+"], LiteralMode.plus), (["LITERAL-"], .minus), (["LITERAL-", "LITERAL+"], .plus),
      (["IMAP4REV1"], .synchronising),
      (["IMAP4REV2"], .minus),
    ] as [([String], LiteralMode)])
  func `literals wait unless the server says that they need not`(capabilities: [String], mode: LiteralMode) {
    #expect(LiteralMode(capabilities: Set(capabilities)) == mode)
  }

  @Test func `a server's framer and cursor read what is written`() throws {
    for payload in hostilePayloads where !payload.utf8.contains(0) {
      var encoder = CommandEncoder(tag: "P1", mode: .synchronising)
      encoder.word("APPEND ")
      try encoder.astring(Array(payload.utf8))
      let octets = encoder.finished().segments.flatMap { $0 }
      let result = try frames(octets.map { [$0] }, side: .commands)
      #expect(result.frames.count == 1 && result.framer.isBetweenFrames)
      var cursor = FrameCursor(result.frames[0])
      #expect(try Array(cursor.atom()) == Array("P1".utf8))
      try cursor.space()
      #expect(try Array(cursor.atom()) == Array("APPEND".utf8))
      try cursor.space()
      #expect(try cursor.astring() == Array(payload.utf8))
      #expect(cursor.isAtEnd)
    }
  }

  @Test func `octets of any kind go out as a literal that waits`() throws {
    for mode in Self.modes {
      var encoder = CommandEncoder(tag: "P1", mode: mode)
      encoder.word("APPEND x ")
      encoder.literal8([0x61, 0, 13, 10])
      encoder.raw(")")
      #expect(
        encoder.finished().segments.map { String(decoding: $0, as: UTF8.self) }
          == ["P1 APPEND x ~{4}\r\n", "a\u{0}\r\n)\r\n"])
    }
  }

  @Test func `sections are numbers`() throws {
    var encoder = CommandEncoder(tag: "P1", mode: .plus)
    encoder.raw(" ")
    try encoder.section([1, 20, UInt32.max])
    #expect(encoder.finished().segments == [Array("P1 1.20.4294967295\r\n".utf8)])
    for path: [UInt32] in [[], [0], [1, 0], Array(repeating: 1, count: 101)] {
      var encoder = CommandEncoder(tag: "P1", mode: .plus)
      #expect(throws: UnencodableArgument.self) { try encoder.section(path) }
    }
  }

  @Test func `names in UTF-8, whatever they hold, are one argument`() throws {
    for payload in hostilePayloads where !payload.isEmpty && !payload.utf8.contains(0) {
      let name = MailboxName(decoded: payload)
      var encoder = CommandEncoder(tag: "P1", mode: .plus, utf8Names: true)
      encoder.word("X ")
      try encoder.mailbox(name)
      let sent = encoder.finished().segments.flatMap { $0 }
      #expect(StrictReader.commands(sent) == [["P1", "X", payload]])
    }
  }
}

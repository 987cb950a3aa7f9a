import Bytes
import IMAPCodec
import Testing

/// All that a framer makes of `octets` given in pieces.
func frames(
  _ pieces: [[UInt8]], side: Framer.Side = .responses, limits: FrameLimits = FrameLimits()
) throws(FramingError) -> (frames: [Frame], framer: Framer, left: Int) {
  var framer = Framer(side, limits: limits)
  var buffer = ByteBuffer()
  var frames: [Frame] = []
  for piece in pieces {
    buffer.append(contentsOf: piece)
    while let event = try framer.next(from: &buffer) {
      if case .frame(let frame) = event { frames.append(frame) }
    }
  }
  return (frames, framer, buffer.count)
}

@Suite(.timeLimit(.minutes(1))) struct FramerTests {
  static let stream =
    "* OK hi {3}\r\n* 1 FETCH (BODY[] {5}\r\na\r\n{9 UID 7)\r\n* LIST () {1}\r\n/ {4}\r\nabc\" (x)\r\n"
    + "+ go {7}\r\nP1 NO bad {2}\r\n* 2 FETCH (BODY[HEADER] {0}\r\n UID 8)\n* X ~{2}\r\nab\r\n"

  static let expected: [(text: String, literals: [String])] = [
    ("* OK hi {3}", []), ("* 1 FETCH (BODY[] {5} UID 7)", ["a\r\n{9"]),
    ("* LIST () {1} {4} (x)", ["/", "abc\""]),
    ("+ go {7}", []), ("P1 NO bad {2}", []), ("* 2 FETCH (BODY[HEADER] {0} UID 8)", [""]),
    ("* X ~{2}", ["ab"]),
  ]

  @Test func `cuts a stream into frames wherever it is cut itself`() throws {
    let octets = Array(Self.stream.utf8)
    let whole = try frames([octets])
    #expect(whole.frames.map { String(decoding: $0.text, as: UTF8.self) } == Self.expected.map(\.text))
    #expect(
      whole.frames.map { $0.literals.map { String(decoding: $0.bytes, as: UTF8.self) } }
        == Self.expected.map(\.literals))
    for frame in whole.frames { #expect(frame.literals.allSatisfy { frame.text[$0.at - 1] == 0x7D }) }
    #expect(whole.framer.octetsTaken == UInt64(octets.count))
    #expect(whole.framer.isBetweenFrames && whole.left == 0)
    for cut in 0...octets.count {
      #expect(try frames([Array(octets[..<cut]), Array(octets[cut...])]).frames == whole.frames)
    }
    #expect(try frames(octets.map { [$0] }).frames == whole.frames)
  }

  static let body = 64 << 20
  static let header = 4 << 20
  static let other = 64 << 10

  static let hostileLiterals: [(String, FramingError)] = [
    ("* 1 FETCH (BODY[] {4294967296}\r\n", .literalTooLarge(announced: 4_294_967_296, max: body)),
    ("* 1 FETCH (BODY[] {2147483648}\r\n", .literalTooLarge(announced: 2_147_483_648, max: body)),
    ("* 1 FETCH (BODY[] {99999999999999999999}\r\n", .literalTooLarge(announced: nil, max: body)),
    ("* 1 FETCH (BODY[] {67108865}\r\n", .literalTooLarge(announced: 67_108_865, max: body)),
    ("* 1 FETCH (BODY[1.2]<0> {67108865}\r\n", .literalTooLarge(announced: 67_108_865, max: body)),
    ("* 1 FETCH (RFC822 {67108865}\r\n", .literalTooLarge(announced: 67_108_865, max: body)),
    ("* 1 FETCH (RFC822.HEADER {4194305}\r\n", .literalTooLarge(announced: 4_194_305, max: header)),
    ("* 1 FETCH (BODY[HEADER.FIELDS (X)] {4194305}\r\n", .literalTooLarge(announced: 4_194_305, max: header)),
    ("* 1 FETCH (BODY[1.MIME] {4194305}\r\n", .literalTooLarge(announced: 4_194_305, max: header)),
    ("* 1 FETCH (ENVELOPE ({65537}\r\n", .literalTooLarge(announced: 65_537, max: other)),
    ("* LIST () {65537}\r\n", .literalTooLarge(announced: 65_537, max: other)),
    ("* X BODY[] {65537}\r\n", .literalTooLarge(announced: 65_537, max: other)),
    ("* 1 FETCH (BODY[] {-1}\r\n", .literalMalformed), ("* 1 FETCH (BODY[] {+}\r\n", .literalMalformed),
    ("* 1 FETCH (BODY[] {1-}\r\n", .literalMalformed),
  ]

  @Test(arguments: hostileLiterals)
  func `refuses literals by what they announce`(line: String, error: FramingError) {
    #expect(throws: error) { _ = try frames([Array(line.utf8)]) }
  }

  @Test(arguments: ["{}", "{abc}", "{ 5}", "x}", "}", "{5} ", "{123456789012345678901234567890}"])
  func `braces that are no literal are text`(end: String) throws {
    let result = try frames([Array("* LIST () \"/\" a\(end)\r\n".utf8)])
    #expect(result.frames.count == 1)
  }

  @Test func `takes {007} as 7`() throws {
    let result = try frames([Array("* 1 FETCH (BODY[] {007}\r\nabcdefg)\r\n".utf8)])
    #expect(result.frames.first?.literals.first?.bytes == Array("abcdefg".utf8))
  }

  @Test func `keeps each limit: under, at, over`() throws {
    var limits = FrameLimits()
    limits.lineOctetsMax = 20
    limits.setLineOctetsMax = 40
    limits.bodyOctetsMax = 10
    limits.literalsMax = 2
    limits.frameOctetsMax = 50
    func run(_ text: String) throws(FramingError) -> Int {
      try frames([Array(text.utf8)], limits: limits).frames.count
    }
    let pad = { (n: Int) in String(repeating: "x", count: n) }
    #expect(try run("* " + pad(16) + "\r\n") == 1)
    #expect(try run("* " + pad(17) + "\r\n") == 1)
    #expect(throws: FramingError.lineTooLong(max: 20)) { _ = try run("* " + pad(19) + "\r\n") }
    #expect(throws: FramingError.lineTooLong(max: 20)) { _ = try run("* " + pad(19)) }
    #expect(try run("* SEARCH " + pad(30) + "\r\n") == 1)
    #expect(throws: FramingError.lineTooLong(max: 40)) {
      _ = try run("* SEARCH " + pad(32) + "\r\n")
    }
    limits.lineOctetsMax = 40
    #expect(try run("* 1 FETCH (RFC822 {10}\r\n" + pad(10)) == 0)
    #expect(throws: FramingError.literalTooLarge(announced: 11, max: 10)) {
      _ = try run("* 1 FETCH (RFC822 {11}\r\n")
    }
    #expect(try run("* X {1}\r\na{1}\r\nb\r\n") == 1)
    #expect(throws: FramingError.tooManyLiterals(max: 2)) {
      _ = try run("* X {1}\r\na{1}\r\nb{1}\r\nc\r\n")
    }
    #expect(throws: FramingError.frameTooLarge(max: 50)) {
      _ = try run("* X {20}\r\n" + pad(20) + "{20}\r\n")
    }
  }

  @Test func `an endless line is refused before it is kept`() {
    let chunk = [UInt8](repeating: 0x61, count: 64 << 10)
    #expect(throws: FramingError.lineTooLong(max: 256 << 10)) {
      _ = try frames([UInt8](repeating: 0x2A, count: 2).map { [$0] } + Array(repeating: chunk, count: 6))
    }
    #expect(throws: FramingError.lineTooLong(max: 16 << 20)) {
      _ = try frames([Array("* SEARCH ".utf8)] + Array(repeating: chunk, count: 300))
    }
  }

  @Test func `an announced literal costs nothing until it comes`() throws {
    var framer = Framer(.responses)
    var buffer = ByteBuffer("* 1 FETCH (BODY[] {67108864}\r\nabc")
    #expect(try framer.next(from: &buffer) == nil)
    #expect(framer.pendingOctets < 100)
    #expect(buffer.isEmpty)
  }

  @Test func `a client's literal waits for the server, unless it says that it does not`() throws {
    var framer = Framer(.commands)
    var buffer = ByteBuffer("a LOGIN {5}\r\nalice {3+}\r\npwd\r\n")
    #expect(try framer.next(from: &buffer) == .continuationWanted(octets: 5))
    guard case .frame(let frame)? = try framer.next(from: &buffer) else { return #expect(Bool(false)) }
    #expect(frame.literals.map(\.bytes) == [Array("alice".utf8), Array("pwd".utf8)])
    #expect(frame.text == Array("a LOGIN {5} {3+}".utf8))
  }

  @Test(arguments: ["a NOOP\n", "a NO\u{0}OP\r\n", "a NO\rOP\r\n", "\n", "a {1}\r\nx\n"])
  func `a client's line must be clean`(line: String) {
    #expect(throws: FramingError.lineMalformed) {
      _ = try frames([Array(line.utf8)], side: .commands)
    }
  }

  @Test func `reset forgets what was begun`() throws {
    var framer = Framer(.commands)
    var buffer = ByteBuffer("a X {70000}\r\n")
    #expect(throws: FramingError.literalTooLarge(announced: 70000, max: 64 << 10)) {
      _ = try framer.next(from: &buffer)
    }
    framer.reset()
    buffer.append("b NOOP\r\n")
    #expect(try framer.next(from: &buffer) == .frame(Frame(text: Array("b NOOP".utf8))))
  }
}

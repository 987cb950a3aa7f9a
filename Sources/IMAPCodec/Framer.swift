package import Bytes

/// Cuts a stream of octets into ``Frame``s: a line, and for each `{n}` at its end n octets and the
/// line that goes on behind them (RFC 9051 §4.3).
///
/// Octets are taken from the buffer as they come, so it never holds more than was read at once. A
/// literal's memory grows with what arrives, never with what is announced.
package struct Framer: Sendable {
  package enum Side: Sendable {
    /// What servers send. Lenient: a line may end with LF alone.
    case responses
    /// What clients send. Strict: lines end with CRLF.
    case commands
  }

  package enum Event: Sendable, Equatable {
    case frame(Frame)
    /// (commands only) The client waits for `+` before it sends so many octets. May be refused by a
    /// tagged NO, and then ``reset()``.
    case continuationWanted(octets: Int)
  }

  package var limits: FrameLimits
  /// Octets taken since the framer was made.
  package private(set) var octetsTaken: UInt64 = 0

  private let side: Side
  private var text: [UInt8] = []
  private var literals: [Frame.Literal] = []
  private var literalOctets = 0
  /// Octets of the last literal still to come.
  private var left = 0
  private var inLiteral = false

  package init(_ side: Side, limits: FrameLimits = FrameLimits()) {
    self.side = side
    self.limits = limits
  }

  /// True when nothing of a next frame has been taken.
  package var isBetweenFrames: Bool { text.isEmpty && literals.isEmpty }

  /// Octets of the unfinished frame.
  package var pendingOctets: Int { text.count + literalOctets - left }

  /// Forgets the unfinished frame.
  package mutating func reset() {
    text = []
    literals = []
    literalOctets = 0
    left = 0
    inLiteral = false
  }

  /// The next event, or nil when more octets are needed; what was read is consumed.
  package mutating func next(from buffer: inout ByteBuffer) throws(FramingError) -> Event? {
    while true {
      if inLiteral {
        takeLiteral(&buffer)
        if left > 0 { return nil }
        inLiteral = false
      }
      guard try takeLine(&buffer) else { return nil }
      guard let mark = try literalMark() else { return .frame(finished()) }
      let wanted = try beginLiteral(mark)
      if wanted { return .continuationWanted(octets: left) }
    }
  }

  private mutating func finished() -> Frame {
    let frame = Frame(text: text, literals: literals)
    reset()
    return frame
  }

  // MARK: Lines

  /// Moves octets to `text` up to and without the line's end; false when the end has not come.
  private mutating func takeLine(_ buffer: inout ByteBuffer) throws(FramingError) -> Bool {
    if buffer.isEmpty { return false }
    let lf = buffer.firstIndex(of: ASCII.lf)
    let n = lf ?? buffer.count
    // What kind of line it is stands in its first octets: have them before the limit is chosen.
    let start = text.count
    let room = limits.setLineOctetsMax - start
    guard n <= max(room, 0) else { throw .lineTooLong(max: limits.setLineOctetsMax) }
    buffer.withUnsafeReadableBytes { text.append(contentsOf: $0[..<n]) }
    octetsTaken &+= UInt64(n)
    buffer.consume(n)
    if text.count > limits.lineOctetsMax, !listsNumbers() {
      throw .lineTooLong(max: limits.lineOctetsMax)
    }
    guard lf != nil else { return false }
    buffer.consume(1)
    octetsTaken &+= 1
    if text.last == ASCII.cr, text.count > (literals.last?.at ?? 0) {
      text.removeLast()
    } else if side == .commands {
      throw .lineMalformed
    }
    if side == .commands, text[min(start, text.count)...].contains(where: { $0 == 0 || $0 == ASCII.cr }) {
      throw .lineMalformed
    }
    return true
  }

  /// `* SEARCH`, `* SORT`, `* ESEARCH`, `* VANISHED`, and `[COPYUID`, whose lines hold sets of any size.
  private func listsNumbers() -> Bool {
    guard side == .responses else { return false }
    var cursor = ByteCursor(text, in: 0..<min(text.count, 64))
    _ = cursor.take(upTo: ASCII.space)
    _ = cursor.take { $0 == ASCII.space }
    let word = cursor.take(upTo: ASCII.space)
    let kinds: [StaticString] = ["SEARCH", "ESEARCH", "VANISHED", "SORT"]
    if kinds.contains(where: { ASCII.equalsIgnoringCase(word, $0) }) { return true }
    return ASCII.equalsIgnoringCase(word, "OK") && cursor.skip(ignoringCase: " [COPYUID ")
  }

  // MARK: Literals

  private struct Mark {
    var octets: UInt64?
    var isSynchronising: Bool
    /// The index of `{` in `text`.
    var at: Int
  }

  /// The `{n}` that ends the line, or nil.
  private func literalMark() throws(FramingError) -> Mark? {
    guard text.last == 0x7D, !isStatusText() else { return nil }
    let begin = literals.last?.at ?? 0
    var i = text.count - 2
    while i >= begin, text.count - i <= 24, Self.belongsToMark(text[i]) { i -= 1 }
    guard i >= begin, text[i] == 0x7B, i < text.count - 2 else { return nil }
    var digits = text[(i + 1)..<(text.count - 1)]
    var isSynchronising = true
    if digits.last == 0x2B {
      isSynchronising = false
      digits.removeLast()
    }
    guard !digits.isEmpty, digits.allSatisfy(ASCII.isDigit) else { throw .literalMalformed }
    return Mark(octets: ASCII.decimal(digits), isSynchronising: isSynchronising, at: i)
  }

  private static func belongsToMark(_ byte: UInt8) -> Bool {
    ASCII.isDigit(byte) || byte == 0x2B || byte == 0x2D
  }

  /// True for lines whose end is text for people, in which `{5}` means nothing: `+ ...`, and status
  /// responses tagged or not.
  private func isStatusText() -> Bool {
    guard side == .responses, literals.isEmpty else { return false }
    if text.first == 0x2B { return true }
    var cursor = ByteCursor(text, in: 0..<min(text.count, 64))
    let tag = cursor.take(upTo: ASCII.space)
    guard !tag.isEmpty, cursor.skip(ASCII.space) else { return false }
    if tag.first != 0x2A { return true }
    let word = cursor.take(upTo: ASCII.space)
    let status: [StaticString] = ["OK", "NO", "BAD", "BYE", "PREAUTH"]
    return status.contains { ASCII.equalsIgnoringCase(word, $0) }
  }

  /// - Returns: whether the peer waits for a continuation.
  private mutating func beginLiteral(_ mark: Mark) throws(FramingError) -> Bool {
    let max = literalLimit(before: mark.at)
    guard let octets = mark.octets, octets <= UInt64(max) else {
      throw .literalTooLarge(announced: mark.octets, max: max)
    }
    guard literals.count < limits.literalsMax else { throw .tooManyLiterals(max: limits.literalsMax) }
    let n = Int(octets)
    guard text.count + literalOctets <= limits.frameOctetsMax - n else {
      throw .frameTooLarge(max: limits.frameOctetsMax)
    }
    literals.append(Frame.Literal(at: text.count, bytes: []))
    literalOctets += n
    left = n
    inLiteral = true
    return side == .commands && mark.isSynchronising
  }

  /// By what stands before the `{`: `BODY[HEADER...] {`, `BODY[...]<0> {`, `RFC822 {`.
  private func literalLimit(before mark: Int) -> Int {
    if side == .commands {
      // APPEND's message is the only large thing that a client sends.
      var cursor = ByteCursor(text, in: 0..<min(text.count, 64))
      _ = cursor.take(upTo: ASCII.space)
      _ = cursor.skip(ASCII.space)
      return cursor.skip(ignoringCase: "APPEND ") ? limits.bodyOctetsMax : limits.literalOctetsMax
    }
    guard isFetch() else { return limits.literalOctetsMax }
    let tail = text[..<mark].suffix(12)
    guard var last = tail.last(where: { $0 != ASCII.space && $0 != 0x7E }) else {
      return limits.literalOctetsMax
    }
    if last == 0x3E { last = 0x5D }  // BODY[]<0>
    if last == 0x5D { return sectionIsHeader(before: mark) ? limits.headerOctetsMax : limits.bodyOctetsMax }
    let word = tail.split(separator: ASCII.space).last ?? []
    if ASCII.equalsIgnoringCase(word.suffix(6), "RFC822") { return limits.bodyOctetsMax }
    if ASCII.equalsIgnoringCase(word.suffix(7), ".HEADER") { return limits.headerOctetsMax }
    return ASCII.equalsIgnoringCase(word.suffix(5), ".TEXT") ? limits.bodyOctetsMax : limits.literalOctetsMax
  }

  private func sectionIsHeader(before mark: Int) -> Bool {
    guard let open = text[..<mark].lastIndex(of: 0x5B) else { return false }
    let section = text[(open + 1)..<mark].drop { ASCII.isDigit($0) || $0 == 0x2E }
    return ASCII.equalsIgnoringCase(section.prefix(6), "HEADER")
      || ASCII.equalsIgnoringCase(section.prefix(4), "MIME")
  }

  private func isFetch() -> Bool {
    var cursor = ByteCursor(text, in: 0..<min(text.count, 64))
    guard cursor.skip(0x2A), cursor.skip(ASCII.space) else { return false }
    guard !cursor.take(while: ASCII.isDigit).isEmpty else { return false }
    _ = cursor.take { $0 == ASCII.space }
    return cursor.skip(ignoringCase: "FETCH") || cursor.skip(ignoringCase: "UIDFETCH")
  }

  private mutating func takeLiteral(_ buffer: inout ByteBuffer) {
    let n = min(left, buffer.count)
    guard n > 0, !literals.isEmpty else { return }
    let last = literals.count - 1
    buffer.withUnsafeReadableBytes { bytes in
      literals[last].bytes.append(contentsOf: bytes[..<n])
    }
    buffer.consume(n)
    octetsTaken &+= UInt64(n)
    left -= n
  }
}

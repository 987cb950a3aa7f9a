package import Bytes

/// Reads replies from what has arrived, whatever the cuts between reads.
///
///     Greeting   = "220 " ...                      Reply-line = *( Reply-code "-" [ textstring ] CRLF )
///                                                               Reply-code [ SP textstring ] CRLF
package struct SMTPReplyParser: Sendable {
  /// What a reply may cost. RFC 5321 §4.5.3.1.5 allows 512 octets a line; servers write longer ones.
  package struct Limits: Sendable, Hashable {
    package var lineOctetsMax = 4096
    package var linesMax = 256

    package init(lineOctetsMax: Int = 4096, linesMax: Int = 256) {
      self.lineOctetsMax = lineOctetsMax
      self.linesMax = linesMax
    }
  }

  /// What is wrong with a reply.
  package enum Problem: Error, Sendable, Hashable {
    case lineTooLong(Int)
    case tooManyLines(Int)
    /// Not three digits of 2yz...5yz, a "-" or space behind them, and a line end.
    case malformed
    /// Two lines of one reply with different codes.
    case codesDiffer
  }

  private let limits: Limits
  private var lines: [[UInt8]] = []
  private var code: Int?

  package init(limits: Limits = Limits()) { self.limits = limits }

  /// No line of an unfinished reply has been taken.
  package var isAtStart: Bool { lines.isEmpty }

  /// Takes the first whole reply out of `buffer`; nil when more octets are needed.
  package mutating func next(in buffer: inout ByteBuffer) throws(Problem) -> SMTPReply? {
    while true {
      guard let end = buffer.firstIndex(of: ASCII.lf) else {
        if buffer.count > limits.lineOctetsMax { throw .lineTooLong(limits.lineOctetsMax) }
        return nil
      }
      if end >= limits.lineOctetsMax { throw .lineTooLong(limits.lineOctetsMax) }
      var line = buffer.read(end + 1)
      line.removeLast()
      // Some servers end lines with LF alone; a reply line gives nothing to an attacker that way.
      if line.last == ASCII.cr { line.removeLast() }
      if try take(line) { return finish() }
    }
  }

  /// True when `line` is the last one of its reply.
  private mutating func take(_ line: [UInt8]) throws(Problem) -> Bool {
    guard line.count >= 3, let value = ASCII.decimal(line[..<3]), (200...599).contains(value) else {
      throw .malformed
    }
    let separator = line.count > 3 ? line[3] : ASCII.space
    guard separator == ASCII.space || separator == 0x2D else { throw .malformed }
    if let code, code != Int(value) { throw .codesDiffer }
    code = Int(value)
    if lines.count >= limits.linesMax { throw .tooManyLines(limits.linesMax) }
    lines.append([UInt8](line.dropFirst(4)))
    return separator == ASCII.space
  }

  private mutating func finish() -> SMTPReply {
    let code = self.code ?? 0
    var enhanced: String?
    var texts: [String] = []
    for line in lines {
      let length = Self.enhancedLength(line, class: code / 100)
      if length > 0, enhanced == nil { enhanced = String(decoding: line[..<length], as: UTF8.self) }
      let text = length > 0 ? line.dropFirst(length).drop(while: ASCII.isWSP) : line[...]
      texts.append(
        String(decoding: text.map { $0 < 0x20 && $0 != ASCII.tab || $0 == 0x7F ? 0x3F : $0 }, as: UTF8.self))
    }
    lines = []
    self.code = nil
    return SMTPReply(code: code, enhanced: enhanced, text: texts.joined(separator: "\n"))
  }

  /// Octets of a status code at the front of `line`, 0 when there is none of that class.
  ///
  ///     status-code = class "." subject "." detail    ; class 2, 4, 5; the others 1*3DIGIT (RFC 3463 §2)
  private static func enhancedLength(_ line: [UInt8], class wanted: Int) -> Int {
    guard line.count >= 5, [2, 4, 5].contains(wanted), line[0] == 0x30 + UInt8(wanted) else { return 0 }
    var i = 1
    for _ in 0..<2 {
      guard i < line.count, line[i] == 0x2E else { return 0 }
      i += 1
      let start = i
      while i < line.count, ASCII.isDigit(line[i]) { i += 1 }
      guard (1...3).contains(i - start) else { return 0 }
    }
    guard i == line.count || ASCII.isWSP(line[i]) else { return 0 }
    return i
  }
}

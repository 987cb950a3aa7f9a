internal import Bytes

/// A body in quoted-printable (RFC 2045 §6.7) decoded so that it can be made again octet by octet.
///
/// Programs break lines where the next character would not fit; such breaks are left out, and only those
/// that stand elsewhere are marked. `=XX` becomes its octet where that is `=` or above 0x7F, which must
/// be written so. Then a text deflates as well as in any other encoding, and an HTML part finds its words
/// in the plain part before it.
///
/// Marks: 0x02 a soft line break that was not foreseen; 0x03 no soft line break from here to the next
/// break, though one was foreseen; 0x04 the next octet stands as it is; 0x05 the next octet is written
/// as `=XX`. A line end is LF, standing for CR LF where lines are folded.
struct QuotedFold {
  private static let breakMark: UInt8 = 2
  private static let noBreakMark: UInt8 = 3
  private static let asIsMark: UInt8 = 4
  private static let quotedMark: UInt8 = 5
  private static let equals: UInt8 = 0x3D

  /// Octets of the longest line that ends with a soft break, with its `=`; 0 when there is none.
  let lineMax: Int
  private let foldsLines: Bool

  init(lineMax: Int, foldsLines: Bool) {
    self.lineMax = lineMax
    self.foldsLines = foldsLines
  }

  /// One character as it is written.
  private struct Token {
    enum Kind { case octet, quoted, softBreak, lineEnd }
    let kind: Kind
    /// What it stands for.
    let octet: UInt8
    /// Octets of it in the body.
    let count: Int
  }

  // MARK: Folding

  /// - Parameter foldsLines: all line ends are CR LF; else all are LF.
  static func fold(
    _ mail: [UInt8], _ range: Range<Int>, foldsLines: Bool, to out: inout [UInt8]
  ) -> QuotedFold {
    let fold = QuotedFold(lineMax: softLineMax(mail, range), foldsLines: foldsLines)
    fold.fold(mail, range, &out)
    return fold
  }

  private static func softLineMax(_ mail: [UInt8], _ range: Range<Int>) -> Int {
    var longest = 0
    var start = range.lowerBound
    for i in range where mail[i] == ASCII.lf {
      let end = i > start && mail[i - 1] == ASCII.cr ? i - 1 : i
      if end > start, mail[end - 1] == equals { longest = max(longest, end - start) }
      start = i + 1
    }
    return longest
  }

  private func fold(_ mail: [UInt8], _ range: Range<Int>, _ out: inout [UInt8]) {
    var line = Line(lineMax: lineMax)
    var at = range.lowerBound
    var token = token(mail, at, range.upperBound)
    while let current = token {
      at += current.count
      let next = self.token(mail, at, range.upperBound)
      switch current.kind {
      case .softBreak:
        // One that stands before a character and was foreseen there is not written; others are.
        if next.map({ $0.kind == .lineEnd || $0.kind == .softBreak }) ?? true {
          out.append(Self.breakMark)
        } else if let next {
          let after = self.token(mail, at + next.count, range.upperBound)
          if !line.breaks(before: next.count, isLast: Self.endsLine(after)) { out.append(Self.breakMark) }
        }
        line.begin()
      case .lineEnd:
        out.append(ASCII.lf)
        line.begin()
      case .octet, .quoted:
        // Behind a break the line is empty, and none is foreseen.
        if line.breaks(before: current.count, isLast: Self.endsLine(next)) {
          out.append(Self.noBreakMark)
          line.isFree = true
        }
        line.column += current.count
        write(current, &out)
      }
      token = next
    }
  }

  private static func endsLine(_ token: Token?) -> Bool { token.map { $0.kind == .lineEnd } ?? true }

  private func token(_ mail: [UInt8], _ at: Int, _ end: Int) -> Token? {
    guard at < end else { return nil }
    let octet = mail[at]
    if let ending = lineEnd(mail, at, end) { return Token(kind: .lineEnd, octet: ASCII.lf, count: ending) }
    if octet == Self.equals {
      if let ending = lineEnd(mail, at + 1, end) {
        return Token(kind: .softBreak, octet: 0, count: 1 + ending)
      }
      if at + 2 < end, let high = Self.upperHex(mail[at + 1]), let low = Self.upperHex(mail[at + 2]) {
        return Token(kind: .quoted, octet: high << 4 | low, count: 3)
      }
    }
    return Token(kind: .octet, octet: octet, count: 1)
  }

  private func lineEnd(_ mail: [UInt8], _ at: Int, _ end: Int) -> Int? {
    guard at < end else { return nil }
    if !foldsLines { return mail[at] == ASCII.lf ? 1 : nil }
    return mail[at] == ASCII.cr && at + 1 < end && mail[at + 1] == ASCII.lf ? 2 : nil
  }

  private static func upperHex(_ octet: UInt8) -> UInt8? {
    ASCII.isLower(octet) ? nil : ASCII.hexValue(octet)
  }

  private func write(_ token: Token, _ out: inout [UInt8]) {
    let isBare = token.octet >= 0x80 || token.octet == Self.equals
    if token.kind == .quoted {
      out += isBare ? [token.octet] : [Self.quotedMark, token.octet]
    } else {
      let isMark = token.octet >= Self.breakMark && token.octet <= Self.quotedMark
      out += isBare || isMark ? [Self.asIsMark, token.octet] : [token.octet]
    }
  }

  // MARK: Unfolding

  /// Appends the body that `folded` stands for to `out`.
  ///
  /// - Parameter octetsMax: what `out` may have at the most.
  func unfold(_ folded: ArraySlice<UInt8>, to out: inout [UInt8], octetsMax: Int) throws(MailPackingError) {
    var line = Line(lineMax: lineMax)
    let lineEnd: [UInt8] = foldsLines ? [ASCII.cr, ASCII.lf] : [ASCII.lf]
    var i = folded.startIndex
    while i < folded.endIndex {
      var octet = folded[i]
      i += 1
      var isQuoted = octet >= 0x80 || octet == Self.equals
      switch octet {
      case Self.breakMark:
        out.append(Self.equals)
        out += lineEnd
        line.begin()
      case Self.noBreakMark:
        line.isFree = true
      case ASCII.lf:
        out += lineEnd
        line.begin()
      default:
        if octet == Self.asIsMark || octet == Self.quotedMark {
          guard i < folded.endIndex else { throw .corrupt("a mark") }
          isQuoted = octet == Self.quotedMark
          octet = folded[i]
          i += 1
        }
        let count = isQuoted ? 3 : 1
        let isLast = i == folded.endIndex || folded[i] == ASCII.lf
        if line.breaks(before: count, isLast: isLast) {
          out.append(Self.equals)
          out += lineEnd
          line.begin()
        }
        line.column += count
        out += isQuoted ? [Self.equals, Self.hex(octet >> 4), Self.hex(octet & 15)] : [octet]
      }
      if out.count > octetsMax { throw .corrupt("longer than it says") }
    }
  }

  private static func hex(_ digit: UInt8) -> UInt8 { digit < 10 ? 0x30 + digit : 0x41 + digit - 10 }

  /// Foresees where a program that fills its lines would break one.
  private struct Line {
    let lineMax: Int
    var column = 0
    /// Not foreseen until the next break.
    var isFree = false

    init(lineMax: Int) { self.lineMax = lineMax }

    mutating func begin() {
      column = 0
      isFree = false
    }

    /// - Parameter isLast: the character is the last of its line, and needs no room for a `=` behind it.
    func breaks(before count: Int, isLast: Bool) -> Bool {
      if lineMax == 0 || isFree || column == 0 { return false }
      return column + count > (isLast ? lineMax : lineMax - 1)
    }
  }
}

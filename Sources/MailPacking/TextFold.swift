internal import Bytes

/// Plain text in a form that deflates better, and back.
///
/// Line ends become LF (when all are CR LF), and letters that look like a signature or a digest, which
/// deflate cannot make shorter than seven or eight bits each beside words, leave the text and are kept
/// with six bits each. In their place stands 0x01 and their number less ``lettersMin``; 0x01 and 0xFF
/// is an octet 0x01.
enum TextFold {
  static let mark: UInt8 = 0x01
  private static let lettersMin = 32
  private static let lettersMax = lettersMin + 254
  /// Letters that come again are left to deflate, which finds them.
  private static let keyOctets = 12

  /// Appends the form of `mail[range]` to `out`, and letters taken out of it to `bits`.
  static func fold(
    _ mail: [UInt8], _ range: Range<Int>, foldsLines: Bool, to out: inout [UInt8], _ bits: inout BitWriter
  ) {
    let taken = tokens(mail, range)
    var at = range.lowerBound
    for token in taken {
      copy(mail, at..<token.lowerBound, foldsLines, &out)
      out += [mark, UInt8(truncatingIfNeeded: token.count - lettersMin)]
      for i in token { bits.appendSix(Base64Letters.values[Int(mail[i])]) }
      at = token.upperBound
    }
    copy(mail, at..<range.upperBound, foldsLines, &out)
  }

  private static func copy(_ mail: [UInt8], _ range: Range<Int>, _ foldsLines: Bool, _ out: inout [UInt8]) {
    for i in range {
      let octet = mail[i]
      if octet == mark {
        out += [mark, 0xFF]
      } else if !(foldsLines && octet == ASCII.cr) {
        out.append(octet)
      }
    }
  }

  /// Runs of letters without a pattern, each only once in the text.
  private static func tokens(_ mail: [UInt8], _ range: Range<Int>) -> [Range<Int>] {
    var found: [Range<Int>] = []
    var i = range.lowerBound
    while i < range.upperBound {
      let start = i
      while i < range.upperBound, Base64Letters.values[Int(mail[i])] != 0xFF { i += 1 }
      var from = start
      while i - from >= lettersMin {
        let token = from..<min(i, from + lettersMax)
        if isPatternless(mail[token]) { found.append(token) }
        from = token.upperBound
      }
      i += 1
    }
    if found.count < 2 { return found }
    var seen: [ArraySlice<UInt8>: Int] = [:]
    for token in found { seen[mail[token].prefix(keyOctets), default: 0] += 1 }
    return found.filter { seen[mail[$0].prefix(keyOctets)] == 1 }
  }

  /// Capitals, small letters and digits in quick change: no words, no hexadecimal.
  private static func isPatternless(_ letters: ArraySlice<UInt8>) -> Bool {
    var counts = [0, 0, 0]
    var changes = 0
    var last = -1
    for letter in letters {
      let kind = ASCII.isLower(letter) ? 0 : ASCII.isUpper(letter) ? 1 : 2
      counts[kind] += 1
      if kind != last { changes += 1 }
      last = kind
    }
    return !counts.contains(0) && changes * 3 >= letters.count
  }

  /// Appends the text that `folded` stands for to `out`.
  ///
  /// - Parameter octetsMax: what `out` may have at the most.
  static func unfold(
    _ folded: ArraySlice<UInt8>, foldsLines: Bool, _ bits: inout BitReader, to out: inout [UInt8],
    octetsMax: Int
  ) throws(MailPackingError) {
    var i = folded.startIndex
    while i < folded.endIndex {
      let octet = folded[i]
      i += 1
      if octet == mark {
        guard i < folded.endIndex else { throw .corrupt("a mark") }
        let count = Int(folded[i])
        i += 1
        if count == 0xFF {
          out.append(mark)
        } else {
          for _ in 0..<count + lettersMin { out.append(Base64Letters.alphabet[Int(try bits.six())]) }
        }
      } else if octet == ASCII.lf, foldsLines {
        out += [ASCII.cr, ASCII.lf]
      } else {
        out.append(octet)
      }
      if out.count > octetsMax { throw .corrupt("longer than it says") }
    }
  }
}

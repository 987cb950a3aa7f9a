internal import Bytes

/// Octets of a mail that are base64 in one of the forms that can be made again from what they stand
/// for: lines of one length, the last one possibly shorter, padded as RFC 4648 says, with the unused
/// bits 0, all line ends alike.
struct Base64Run: Hashable, Sendable {
  /// In the mail, without the end of the last line.
  let range: Range<Int>
  /// Letters, padding included.
  let letters: Int
  let padding: Int
  let lines: Base64Lines

  /// What they stand for.
  var octets: Int { letters / 4 * 3 - padding }

  /// Shorter runs may well be words, and are not worth the description of a run.
  static let lettersMin = 60

  /// Octets `from ..< from + count` of what the run stands for.
  ///
  /// - Parameter from: a multiple of 3.
  /// - Complexity: O(count)
  func decoded(_ mail: [UInt8], from: Int, count: Int) -> [UInt8] {
    let lineEnd = lines.endOctets
    var left = min(count, octets - from)
    var column = from / 3 * 4 % lines.length
    var at = range.lowerBound + from / 3 * 4 + from / 3 * 4 / lines.length * lineEnd
    return [UInt8](unsafeUninitializedCapacity: max(left, 0)) { room, written in
      var word: UInt32 = 0
      var bits: UInt32 = 0
      while left > 0, at < range.upperBound {
        if column == lines.length {
          at += lineEnd
          column = 0
          continue
        }
        word = word << 6 | UInt32(Base64Letters.values[Int(mail[at])])
        bits += 6
        if bits >= 8 {
          bits -= 8
          room[written] = UInt8(truncatingIfNeeded: word >> bits)
          written += 1
          left -= 1
        }
        at += 1
        column += 1
      }
    }
  }
}

/// How base64 is broken into lines.
package struct Base64Lines: Hashable, Sendable {
  /// Letters of each line but the last; 1 and up.
  package let length: Int
  /// CR LF, not LF alone.
  package let isCRLF: Bool

  var endOctets: Int { isCRLF ? 2 : 1 }

  /// Octets of `octets` in base64 with line ends, without one behind the last line.
  package func encodedOctets(_ octets: Int) -> Int {
    let letters = (octets + 2) / 3 * 4
    return letters + (max(letters, 1) - 1) / length * endOctets
  }
}

/// Writes base64 in lines, by pieces.
package struct Base64LineEncoder: Sendable {
  private let lines: Base64Lines
  private var column: Int

  /// - Parameter behind: octets of the content that were encoded before; a multiple of 3.
  package init(_ lines: Base64Lines, behind octets: Int = 0) {
    self.lines = lines
    let letters = octets / 3 * 4
    // At the end of a full line the line end is still to come.
    column = letters == 0 ? 0 : (letters - 1) % lines.length + 1
  }

  /// - Parameter piece: what is encoded next; a multiple of 3 octets, except the last piece.
  package mutating func encode(_ piece: [UInt8]) -> [UInt8] {
    var out: [UInt8] = []
    out.reserveCapacity(lines.encodedOctets(piece.count) + 2)
    var at = 0
    while at < piece.count {
      let left = piece.count - at
      let a = piece[at]
      let b = left > 1 ? piece[at + 1] : 0
      let c = left > 2 ? piece[at + 2] : 0
      put(Base64Letters.alphabet[Int(a >> 2)], &out)
      put(Base64Letters.alphabet[Int((a & 3) << 4 | b >> 4)], &out)
      put(left > 1 ? Base64Letters.alphabet[Int((b & 15) << 2 | c >> 6)] : 0x3D, &out)
      put(left > 2 ? Base64Letters.alphabet[Int(c & 63)] : 0x3D, &out)
      at += 3
    }
    return out
  }

  private mutating func put(_ letter: UInt8, _ out: inout [UInt8]) {
    if column == lines.length {
      if lines.isCRLF { out.append(ASCII.cr) }
      out.append(ASCII.lf)
      column = 0
    }
    out.append(letter)
    column += 1
  }
}

enum Base64Letters {
  static let alphabet = [UInt8](
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)

  /// 0xFF for what is no letter of it; the padding is none.
  static let values: [UInt8] = {
    var table = [UInt8](repeating: 0xFF, count: 256)
    for (value, letter) in alphabet.enumerated() { table[Int(letter)] = UInt8(value) }
    return table
  }()
}

extension Base64Run {
  /// Looks for a run that begins with the line at `start`.
  ///
  /// - Returns: the run, if there is one, and where the next one may begin: behind all that was read.
  /// - Complexity: O(octets read)
  static func find(in mail: [UInt8], at start: Int) -> (run: Base64Run?, next: Int) {
    var finder = Finder(mail, start)
    finder.read()
    return (finder.run, max(finder.end, start + 1))
  }

  private struct Finder {
    private let mail: [UInt8]
    private let start: Int
    private var length = 0
    private var isCRLF = true
    private var letters = 0
    private var padding = 0
    /// Where the last line ends, without its line end.
    private(set) var end: Int
    /// The same without the last line, which may be something else.
    private var before: (letters: Int, end: Int)?

    init(_ mail: [UInt8], _ start: Int) {
      self.mail = mail
      self.start = start
      end = start
    }

    mutating func read() {
      var at = start
      while let line = line(at) {
        let count = line.letters + line.padding
        if letters == 0 {
          length = count
        } else if count > length {
          return
        } else {
          before = (letters, end)
        }
        letters += count
        padding = line.padding
        end = at + count
        let isFirst = before == nil
        if isFirst { isCRLF = line.ending != 1 }
        if line.padding > 0 || count < length || line.ending == 0 || line.ending != (isCRLF ? 2 : 1) {
          return
        }
        at = end + line.ending
      }
    }

    /// A line of nothing but base64, and the octets of its end: 0 at the end of the mail.
    private func line(_ at: Int) -> (letters: Int, padding: Int, ending: Int)? {
      var i = at
      while i < mail.count, Base64Letters.values[Int(mail[i])] != 0xFF { i += 1 }
      let letters = i - at
      while i < mail.count, i - at - letters < 2, mail[i] == 0x3D { i += 1 }
      let padding = i - at - letters
      if letters == 0 { return nil }
      if i == mail.count { return (letters, padding, 0) }
      if mail[i] == ASCII.lf { return (letters, padding, 1) }
      if mail[i] == ASCII.cr, i + 1 < mail.count, mail[i + 1] == ASCII.lf { return (letters, padding, 2) }
      return nil
    }

    var run: Base64Run? {
      if let whole = made(letters, padding, end) { return whole }
      guard let before else { return nil }
      return made(before.letters, 0, before.end)
    }

    private func made(_ letters: Int, _ padding: Int, _ end: Int) -> Base64Run? {
      guard letters >= lettersMin, letters % 4 == 0, length >= 16 else { return nil }
      if padding > 0 {
        // The bits that stand for nothing must be 0, or encoding again would make another letter.
        let unused: UInt8 = padding == 2 ? 0x0F : 0x03
        guard Base64Letters.values[Int(mail[end - padding - 1])] & unused == 0 else { return nil }
      }
      return Base64Run(
        range: start..<end, letters: letters, padding: padding,
        lines: Base64Lines(length: length, isCRLF: isCRLF))
    }
  }
}

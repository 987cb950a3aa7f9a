internal import Bytes
internal import Glibc

/// Content-Transfer-Encoding (RFC 2045 §6).
package enum TransferEncoding: String, Sendable {
  /// 7bit, 8bit, binary, or anything unknown: the octets as they stand.
  case identity
  case quotedPrintable = "quoted-printable"
  case base64

  /// Takes the first word of the value; misspellings seen in mail are understood.
  init(header: [UInt8]?) {
    let word = (header ?? []).prefix { $0 > ASCII.space && $0 != 0x3B && $0 != 0x28 }.filter { $0 != 0x22 }
    if ASCII.equalsIgnoringCase(word, "base64") || ASCII.equalsIgnoringCase(word, "base-64") {
      self = .base64
    } else if ASCII.equalsIgnoringCase(word, "quoted-printable")
      || ASCII.equalsIgnoringCase(word, "quotedprintable")
      || ASCII.equalsIgnoringCase(word, "quoted/printable")
    {
      self = .quotedPrintable
    } else {
      self = .identity
    }
  }

  /// The octets that `range` of `bytes` stands for.
  /// - Complexity: O(range)
  func decode(_ bytes: [UInt8], _ range: Range<Int>) -> [UInt8] {
    let range = range.clamped(to: 0..<bytes.count)
    switch self {
    case .identity: return Array(bytes[range])
    case .quotedPrintable: return QuotedPrintable.decode(bytes, range)
    case .base64: return Base64Lenient.decode(bytes, range)
    }
  }
}

/// Base64 as mail has it (RFC 2045 §6.8): octets outside of the alphabet are skipped, several padded
/// streams may follow each other, the last group may lack its padding.
package enum Base64Lenient {
  /// 0-63 for digits, 64 for `=`, 65 for white space, 255 for the rest.
  static let values: [UInt8] = {
    var table = [UInt8](repeating: 255, count: 256)
    for (value, letter) in "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8
      .enumerated()
    {
      table[Int(letter)] = UInt8(value)
    }
    table[0x3D] = 64
    for b: UInt8 in [0x09, 0x0A, 0x0B, 0x0C, 0x0D, 0x20] { table[Int(b)] = 65 }
    return table
  }()

  package static func decode(_ bytes: [UInt8]) -> [UInt8] { decode(bytes, 0..<bytes.count) }

  static func decode(_ bytes: [UInt8], _ range: Range<Int>) -> [UInt8] {
    guard !range.isEmpty else { return [] }
    return bytes.withUnsafeBufferPointer { all in
      values.withUnsafeBufferPointer { table in
        [UInt8](unsafeUninitializedCapacity: range.count / 4 * 3 + 3) { out, count in
          // SAFETY: every three octets written use up at least four read ones (two for a last one,
          // three for two), so out cannot overrun; range lies inside of all.
          var state = State()
          count = state.run(UnsafeBufferPointer(rebasing: all[range]), table, out)
        }
      }
    }
  }

  private struct State {
    var word: UInt32 = 0
    var digits = 0
    var padded = false

    mutating func run(
      _ p: UnsafeBufferPointer<UInt8>, _ table: UnsafeBufferPointer<UInt8>,
      _ out: UnsafeMutableBufferPointer<UInt8>
    ) -> Int {
      var i = 0
      var o = 0
      while i < p.count {
        while digits == 0, i + 4 <= p.count {
          let a = table[Int(p[i])]
          let b = table[Int(p[i + 1])]
          let c = table[Int(p[i + 2])]
          let d = table[Int(p[i + 3])]
          if a | b | c | d > 63 { break }
          let w = UInt32(a) << 18 | UInt32(b) << 12 | UInt32(c) << 6 | UInt32(d)
          out[o] = UInt8(truncatingIfNeeded: w >> 16)
          out[o + 1] = UInt8(truncatingIfNeeded: w >> 8)
          out[o + 2] = UInt8(truncatingIfNeeded: w)
          o += 3
          i += 4
        }
        guard i < p.count else { break }
        let v = table[Int(p[i])]
        if v < 64 {
          word = word << 6 | UInt32(v)
          digits += 1
          if digits == 4 {
            out[o] = UInt8(truncatingIfNeeded: word >> 16)
            out[o + 1] = UInt8(truncatingIfNeeded: word >> 8)
            out[o + 2] = UInt8(truncatingIfNeeded: word)
            o += 3
            digits = 0
          }
        } else if v == 64 {
          o = finish(out, o)
          padded = true
        } else if v == 65, padded, p[i] == ASCII.lf, isForeignLine(p, i + 1, table) {
          break  // text that a mailing list put behind the padded end
        }
        i += 1
      }
      return finish(out, o)
    }

    private mutating func finish(_ out: UnsafeMutableBufferPointer<UInt8>, _ at: Int) -> Int {
      var o = at
      if digits == 2 {
        out[o] = UInt8(truncatingIfNeeded: word >> 4)
        o += 1
      } else if digits == 3 {
        out[o] = UInt8(truncatingIfNeeded: word >> 10)
        out[o + 1] = UInt8(truncatingIfNeeded: word >> 2)
        o += 2
      }
      digits = 0
      return o
    }

    /// Whether the line at `from` holds something that is not base64.
    private func isForeignLine(
      _ p: UnsafeBufferPointer<UInt8>, _ from: Int, _ table: UnsafeBufferPointer<UInt8>
    ) -> Bool {
      var i = from
      var sawSpaceBetween = false
      var sawDigit = false
      while i < p.count, p[i] != ASCII.lf {
        let v = table[Int(p[i])]
        if v == 255 { return true }
        if v < 65 {
          if sawSpaceBetween { return true }
          sawDigit = true
        } else if v == 65, sawDigit, p[i] != ASCII.cr {
          sawSpaceBetween = true
        }
        i += 1
      }
      return false
    }
  }
}

/// Quoted-printable as mail has it (RFC 2045 §6.7): an `=` that begins nothing stands for itself,
/// hexadecimal digits may be small, white space at line ends goes.
package enum QuotedPrintable {
  package static func decode(_ bytes: [UInt8]) -> [UInt8] { decode(bytes, 0..<bytes.count) }

  static func decode(_ bytes: [UInt8], _ range: Range<Int>) -> [UInt8] {
    guard !range.isEmpty else { return [] }
    return bytes.withUnsafeBufferPointer { all in
      [UInt8](unsafeUninitializedCapacity: range.count) { out, count in
        // SAFETY: no octet is written without one being read; range lies inside of all.
        count = run(UnsafeBufferPointer(rebasing: all[range]), out)
      }
    }
  }

  private static func run(_ p: UnsafeBufferPointer<UInt8>, _ out: UnsafeMutableBufferPointer<UInt8>) -> Int {
    guard let base = p.baseAddress else { return 0 }
    var o = 0
    var at = 0
    while at < p.count {
      let hit = memchr(base + at, Int32(ASCII.lf), p.count - at)
      let next = hit.map { UnsafeRawPointer($0) - UnsafeRawPointer(base) + 1 } ?? p.count
      let lineEnd = hit == nil ? next : next > at + 1 && p[next - 2] == ASCII.cr ? next - 2 : next - 1
      var stop = lineEnd
      while stop > at, ASCII.isWSP(p[stop - 1]) { stop -= 1 }
      let isSoft = stop > at && p[stop - 1] == 0x3D
      if isSoft { stop -= 1 }
      while at < stop {
        let equals =
          memchr(base + at, 0x3D, stop - at)
          .map { UnsafeRawPointer($0) - UnsafeRawPointer(base) } ?? stop
        while at < equals {
          out[o] = p[at]
          o += 1
          at += 1
        }
        guard at < stop else { break }
        if at + 2 < stop, let high = ASCII.hexValue(p[at + 1]),
          let low = ASCII.hexValue(p[at + 2])
        {
          out[o] = high << 4 | low
          at += 3
        } else {
          out[o] = 0x3D
          at += 1
        }
        o += 1
      }
      if !isSoft {
        for i in lineEnd..<next {
          out[o] = p[i]
          o += 1
        }
      }
      at = next
    }
    return o
  }
}

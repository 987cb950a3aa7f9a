internal import Bytes

/// Quoted-printable as mail has it (RFC 2045 §6.7): an `=` that begins nothing stands for itself,
/// hexadecimal digits may be small, white space at line ends goes.
package enum QuotedPrintable {
  package static func decode(_ bytes: [UInt8]) -> [UInt8] { decode(bytes, 0..<bytes.count) }

  /// - Parameter asText: whether line ends of CR LF become LF where that is what ``LineEnds`` makes of them.
  static func decode(_ bytes: [UInt8], _ range: Range<Int>, asText: Bool = false) -> [UInt8] {
    guard !range.isEmpty else { return [] }
    return bytes.withUnsafeBufferPointer { all in
      [UInt8](unsafeUninitializedCapacity: range.count) { out, count in
        // SAFETY: no octet is written without one being read; range lies inside of all.
        count = run(UnsafeBufferPointer(rebasing: all[range]), out, asText: asText)
      }
    }
  }

  /// Decodes whole lines.
  ///
  /// - Parameter out: room for as many octets as `p` has.
  /// - Returns: how many were written.
  static func run(
    _ p: UnsafeBufferPointer<UInt8>, _ out: UnsafeMutableBufferPointer<UInt8>, asText: Bool = false
  ) -> Int {
    guard let base = p.baseAddress, let start = out.baseAddress else { return 0 }
    return digits.withUnsafeBufferPointer { digits in
      run(UnsafeRawPointer(base), p.count, UnsafeMutableRawPointer(start), digits, asText: asText)
    }
  }

  /// One walk, eight octets at a time: what stands for itself is copied at once, and taken back at a line's end where
  /// it was white space.
  private static func run(
    _ source: UnsafeRawPointer, _ count: Int, _ target: UnsafeMutableRawPointer,
    _ digits: UnsafeBufferPointer<UInt8>, asText: Bool
  ) -> Int {
    // SAFETY: i < count for each octet that is read, and i + 8 <= count for eight; o <= i all along, and the caller
    // has room for count octets. Each index into digits is an octet, and it has 256 entries.
    let p = source.assumingMemoryBound(to: UInt8.self)
    let out = target.assumingMemoryBound(to: UInt8.self)
    var i = 0
    var o = 0
    var lineStart = 0
    /// What lies before this in `out` is no white space of the line that is being read.
    var kept = 0
    while i < count {
      while i + 8 <= count {
        let word = source.loadUnaligned(fromByteOffset: i, as: UInt64.self)
        target.storeBytes(of: word, toByteOffset: o, as: UInt64.self)
        let marks = OctetRun.marks(of: 0x3D, in: word) | OctetRun.marks(of: ASCII.lf, in: word)
        if marks == 0 {
          i += 8
          o += 8
          continue
        }
        let plain = UInt64(littleEndian: marks).trailingZeroBitCount / 8
        i += plain
        o += plain
        break
      }
      while i < count, p[i] != 0x3D, p[i] != ASCII.lf {
        out[o] = p[i]
        i += 1
        o += 1
        if i + 8 <= count { break }
      }
      guard i < count else { break }
      if p[i] == 0x3D {
        // Escapes mostly come in rows.
        let before = i
        while i + 2 < count, p[i] == 0x3D {
          let (high, low) = (digits[Int(p[i + 1])], digits[Int(p[i + 2])])
          if high | low > 15 { break }
          out[o] = high << 4 | low
          i += 3
          o += 1
        }
        if i > before {
          kept = o
        } else if let next = softEnd(p, i + 1, count) {
          i = next
          lineStart = next
          kept = o
        } else {
          out[o] = 0x3D
          i += 1
          o += 1
        }
      } else if p[i] == ASCII.lf {
        let hasCR = i > lineStart && p[i - 1] == ASCII.cr
        if hasCR { o -= 1 }
        while o > kept, ASCII.isWSP(out[o - 1]) { o -= 1 }
        // (Behind a CR that was decoded CR LF would be read as one line end with it.)
        if hasCR, !asText || o > 0 && out[o - 1] == ASCII.cr {
          out[o] = ASCII.cr
          o += 1
        }
        out[o] = ASCII.lf
        i += 1
        o += 1
        lineStart = i
        kept = o
      }
    }
    while o > kept, ASCII.isWSP(out[o - 1]) { o -= 1 }
    return o
  }

  /// Where the next line begins, when nothing but white space lies between `from` and the end of this one.
  private static func softEnd(_ p: UnsafePointer<UInt8>, _ from: Int, _ count: Int) -> Int? {
    var i = from
    while i < count, ASCII.isWSP(p[i]) { i += 1 }
    if i == count { return i }
    if p[i] == ASCII.lf { return i + 1 }
    return p[i] == ASCII.cr && i + 1 < count && p[i + 1] == ASCII.lf ? i + 2 : nil
  }

  /// The value of each hexadecimal digit, 255 for what is none.
  private static let digits: [UInt8] = (0...255).map { ASCII.hexValue($0) ?? 255 }
}

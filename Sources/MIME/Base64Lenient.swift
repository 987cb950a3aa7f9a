internal import Bytes

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

  /// For each of a group's four places, what a digit there adds to the group; ``notADigit`` for what is none.
  private static let groups: [UInt32] = {
    var table = [UInt32]()
    for shift: UInt32 in [18, 12, 6, 0] {
      table += values.map { $0 < 64 ? UInt32($0) << shift : notADigit }
    }
    return table
  }()
  private static let notADigit: UInt32 = 1 << 31

  package static func decode(_ bytes: [UInt8]) -> [UInt8] { decode(bytes, 0..<bytes.count) }

  static func decode(_ bytes: [UInt8], _ range: Range<Int>) -> [UInt8] {
    guard !range.isEmpty else { return [] }
    return bytes.withUnsafeBufferPointer { all in
      [UInt8](unsafeUninitializedCapacity: outputMax(range.count)) { out, count in
        var state = State()
        let used = state.run(UnsafeBufferPointer(rebasing: all[range]), out)
        count = used + state.finish(out, used)
      }
    }
  }

  /// The most octets that `n` may become, with room for those that are written ahead.
  static func outputMax(_ n: Int) -> Int { n / 4 * 3 + 3 + 8 }

  /// How much of a line behind the padded end is looked at.
  static let foreignLineOctetsMax = 4096

  /// What is kept from one piece of a part to the next.
  struct State {
    private var word: UInt32 = 0
    private var digits = 0
    private var padded = false
    private var isOver = false

    /// Decodes a piece; a cut may lie anywhere. (Whether a line behind the padded end is foreign is decided by
    /// what of it lies in the piece.)
    ///
    /// - Parameter out: room for ``Base64Lenient/outputMax(_:)`` octets.
    /// - Returns: how many were written.
    mutating func run(_ p: UnsafeBufferPointer<UInt8>, _ out: UnsafeMutableBufferPointer<UInt8>) -> Int {
      values.withUnsafeBufferPointer { table in
        groups.withUnsafeBufferPointer { groups in run(p, out, table, groups) }
      }
    }

    private mutating func run(
      _ p: UnsafeBufferPointer<UInt8>, _ out: UnsafeMutableBufferPointer<UInt8>,
      _ table: UnsafeBufferPointer<UInt8>, _ groups: UnsafeBufferPointer<UInt32>
    ) -> Int {
      var i = 0
      var o = 0
      while i < p.count, !isOver {
        if digits == 0, !padded { Base64Lenient.clean(p, &i, out, &o, groups) }
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
          o += finish(out, o)
          padded = true
        } else if v == 65, padded, p[i] == ASCII.lf, isForeignLine(p, i + 1, table) {
          isOver = true  // text that a mailing list put behind the padded end
          digits = 0
        }
        i += 1
      }
      return o
    }

    /// Writes what an unfinished group holds; how many octets that are.
    mutating func finish(_ out: UnsafeMutableBufferPointer<UInt8>, _ o: Int) -> Int {
      defer { digits = 0 }
      if digits == 2 {
        out[o] = UInt8(truncatingIfNeeded: word >> 4)
        return 1
      }
      if digits == 3 {
        out[o] = UInt8(truncatingIfNeeded: word >> 10)
        out[o + 1] = UInt8(truncatingIfNeeded: word >> 2)
        return 2
      }
      return 0
    }

    /// Whether the line at `from` holds something that is not base64.
    private func isForeignLine(
      _ p: UnsafeBufferPointer<UInt8>, _ from: Int, _ table: UnsafeBufferPointer<UInt8>
    ) -> Bool {
      var i = from
      var sawSpaceBetween = false
      var sawDigit = false
      let stop = min(p.count, from + Base64Lenient.foreignLineOctetsMax)
      while i < stop, p[i] != ASCII.lf {
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

  /// Decodes whole groups as long as nothing but digits comes, line ends of CR LF between groups included.
  private static func clean(
    _ p: UnsafeBufferPointer<UInt8>, _ at: inout Int, _ out: UnsafeMutableBufferPointer<UInt8>,
    _ written: inout Int,
    _ groups: UnsafeBufferPointer<UInt32>
  ) {
    guard let source = p.baseAddress, let start = out.baseAddress, let table = groups.baseAddress else {
      return
    }
    let target = UnsafeMutableRawPointer(start)
    var i = at
    var o = written
    // SAFETY: reads end at or before p.count. Eight digits make six octets, of which eight are stored: the two
    // too many lie within the eight that outputMax adds, and are overwritten or not counted. Each index into the
    // table is an octet plus at most 768, and it has 1,024 entries.
    while i + 8 <= p.count {
      let q = source + i
      let a = table[Int(q[0])] | table[256 + Int(q[1])] | table[512 + Int(q[2])] | table[768 + Int(q[3])]
      let b = table[Int(q[4])] | table[256 + Int(q[5])] | table[512 + Int(q[6])] | table[768 + Int(q[7])]
      if (a | b) & notADigit != 0 {
        if a & notADigit == 0 {
          target.storeBytes(of: (a << 8).byteSwapped, toByteOffset: o, as: UInt32.self)
          i += 4
          o += 3
        }
        if p[i] == ASCII.cr, p[i + 1] == ASCII.lf { i += 2 } else { break }
        continue
      }
      target.storeBytes(of: (UInt64(a) << 40 | UInt64(b) << 16).byteSwapped, toByteOffset: o, as: UInt64.self)
      i += 8
      o += 6
    }
    at = i
    written = o
  }
}

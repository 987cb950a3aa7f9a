internal import Bytes
internal import Glibc

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
    guard let base = p.baseAddress, let target = out.baseAddress else { return 0 }
    var o = 0
    var at = 0
    while at < p.count {
      let hit = OctetRun.find(ASCII.lf, p, at, p.count)
      let next = hit.map { $0 + 1 } ?? p.count
      let lineEnd = hit == nil ? next : next > at + 1 && p[next - 2] == ASCII.cr ? next - 2 : next - 1
      var stop = lineEnd
      while stop > at, ASCII.isWSP(p[stop - 1]) { stop -= 1 }
      let isSoft = stop > at && p[stop - 1] == 0x3D
      if isSoft { stop -= 1 }
      while at < stop {
        let equals = OctetRun.find(0x3D, p, at, stop) ?? stop
        // SAFETY: o <= at all along, and at <= equals <= stop <= p.count, which is what out has room for.
        memcpy(target + o, base + at, equals - at)
        o += equals - at
        at = equals
        // Escapes mostly come in rows.
        while at < stop, p[at] == 0x3D {
          if at + 2 < stop, let high = ASCII.hexValue(p[at + 1]), let low = ASCII.hexValue(p[at + 2]) {
            out[o] = high << 4 | low
            at += 3
          } else {
            out[o] = 0x3D
            at += 1
          }
          o += 1
        }
      }
      if !isSoft, asText, lineEnd < next, o == 0 || out[o - 1] != ASCII.cr {
        // (Behind a CR that was decoded CR LF would be read as one line end with it.)
        out[o] = ASCII.lf
        o += 1
      } else if !isSoft {
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

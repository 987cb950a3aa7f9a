internal import Bytes
internal import Glibc

/// Line ends of text.
enum LineEnds {
  /// CR LF and CR as LF.
  static func normalized(_ text: String) -> String {
    guard text.utf8.contains(ASCII.cr) else { return text }
    return String(decoding: normalized([UInt8](text.utf8)), as: UTF8.self)
  }

  static func normalized(_ bytes: [UInt8]) -> [UInt8] {
    var out = bytes
    normalize(&out)
    return out
  }

  /// CR LF and CR as LF, in place.
  /// - Complexity: O(*n*), moving runs between line ends.
  static func normalize(_ bytes: inout [UInt8]) {
    let kept = bytes.withUnsafeMutableBufferPointer { m -> Int in
      let p = UnsafeBufferPointer(m)
      guard let base = m.baseAddress, var at = OctetRun.find(ASCII.cr, p, 0, p.count) else { return p.count }
      var out = at
      // SAFETY: out <= at <= count all along, so every move lies inside of m.
      while at < p.count {
        m[out] = ASCII.lf
        out += 1
        at += 1
        if at < p.count, p[at] == ASCII.lf { at += 1 }
        let next = OctetRun.find(ASCII.cr, p, at, p.count) ?? p.count
        memmove(base + out, base + at, next - at)
        out += next - at
        at = next
      }
      return out
    }
    if kept < bytes.count { bytes.removeSubrange(kept...) }
  }

  /// Copies `p`, CR LF and CR as LF.
  /// - Parameter out: room for as many octets as `p` has.
  /// - Returns: how many were written.
  static func copy(_ p: UnsafeBufferPointer<UInt8>, _ out: UnsafeMutableBufferPointer<UInt8>) -> Int {
    guard let from = p.baseAddress, let to = out.baseAddress else { return 0 }
    var at = 0
    var o = 0
    // SAFETY: o <= at <= count all along, so every copy lies inside of both.
    while at < p.count {
      let cr = OctetRun.find(ASCII.cr, p, at, p.count) ?? p.count
      memcpy(to + o, from + at, cr - at)
      o += cr - at
      at = cr
      if at < p.count {
        out[o] = ASCII.lf
        o += 1
        at += 1
        if at < p.count, p[at] == ASCII.lf { at += 1 }
      }
    }
    return o
  }

  /// CR, LF and CR LF as CR LF, as mail is sent.
  static func network(_ bytes: [UInt8]) -> [UInt8] {
    var out = [UInt8]()
    out.reserveCapacity(bytes.count + bytes.count / 32)
    var i = 0
    while i < bytes.count {
      let b = bytes[i]
      if b == ASCII.cr || b == ASCII.lf {
        out.append(ASCII.cr)
        out.append(ASCII.lf)
        if b == ASCII.cr, i + 1 < bytes.count, bytes[i + 1] == ASCII.lf { i += 1 }
      } else {
        out.append(b)
      }
      i += 1
    }
    return out
  }
}

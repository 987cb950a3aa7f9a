internal import Bytes

/// Line ends of text.
enum LineEnds {
  /// CR LF and CR as LF.
  static func normalized(_ text: String) -> String {
    guard text.utf8.contains(ASCII.cr) else { return text }
    return String(decoding: normalized([UInt8](text.utf8)), as: UTF8.self)
  }

  static func normalized(_ bytes: [UInt8]) -> [UInt8] {
    var out = [UInt8]()
    out.reserveCapacity(bytes.count)
    var i = 0
    while i < bytes.count {
      if bytes[i] == ASCII.cr {
        out.append(ASCII.lf)
        if i + 1 < bytes.count, bytes[i + 1] == ASCII.lf { i += 1 }
      } else {
        out.append(bytes[i])
      }
      i += 1
    }
    return out
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

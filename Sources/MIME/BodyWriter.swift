internal import Bytes

/// Puts octets into a form that every mail server carries: ASCII, lines of at most 998 octets, CRLF.
enum BodyWriter {
  /// RFC 5322 §2.1.1.
  private static let lineOctetsMax = 998
  /// RFC 2045 §6.7 and §6.8.
  private static let columnsMax = 76

  /// Whether `bytes` may be sent as they are: ASCII without NUL and lone CR or LF, short lines.
  static func is7bit(_ bytes: [UInt8]) -> Bool {
    var column = 0
    var i = 0
    while i < bytes.count {
      let b = bytes[i]
      if b == ASCII.cr {
        guard i + 1 < bytes.count, bytes[i + 1] == ASCII.lf else { return false }
        i += 1
        column = 0
      } else if b == ASCII.lf || b == 0 || b >= 0x80 {
        return false
      } else {
        column += 1
        if column > lineOctetsMax { return false }
      }
      i += 1
    }
    return true
  }

  /// - Parameter text: line ends are CRLF.
  /// - Returns: the name of the encoding and the encoded octets.
  static func text(_ text: [UInt8]) -> (encoding: String, bytes: [UInt8]) {
    if is7bit(text), !hasFromLine(text), text.allSatisfy({ $0 >= ASCII.space && $0 != 0x7F || 9...13 ~= $0 })
    {
      return ("7bit", text)
    }
    let escaped = text.reduce(0) { $0 + ($1 >= 0x80 || $1 == 0x3D ? 1 : 0) }
    // Quoted-printable takes three octets for each of these, base64 four for any three.
    if escaped * 6 <= text.count { return ("quoted-printable", quotedPrintable(text)) }
    return ("base64", base64(text))
  }

  /// Mailbox files of old put a `>` before such a line, which breaks signatures.
  private static func hasFromLine(_ text: [UInt8]) -> Bool {
    let from = Array("From ".utf8)
    var start = 0
    for i in text.indices where text[i] == ASCII.lf || i == 0 {
      start = text[i] == ASCII.lf ? i + 1 : 0
      if text.count - start >= 5, text[start..<start + 5].elementsEqual(from) { return true }
    }
    return false
  }

  static func base64(_ bytes: [UInt8]) -> [UInt8] { Base64Lines.lines(bytes[...]) }

  /// - Parameter text: line ends are CRLF.
  static func quotedPrintable(_ text: [UInt8]) -> [UInt8] {
    var out = [UInt8]()
    out.reserveCapacity(text.count + text.count / 8)
    var column = 0
    var i = 0
    while i < text.count {
      let b = text[i]
      if b == ASCII.cr, i + 1 < text.count, text[i + 1] == ASCII.lf {
        out += [ASCII.cr, ASCII.lf]
        column = 0
        i += 2
        continue
      }
      let endsLine = i + 1 == text.count || text[i + 1] == ASCII.cr
      let isPlain = b > ASCII.space && b < 0x7F && b != 0x3D || ASCII.isWSP(b) && !endsLine
      // A dot or `From ` at a line's beginning is not safe on all ways.
      let isRisky = column == 0 && (b == 0x2E || b == 0x46 && text[i...].starts(with: "From ".utf8))
      let width = isPlain && !isRisky ? 1 : 3
      if column + width > columnsMax - (endsLine ? 0 : 1) {
        out += [0x3D, ASCII.cr, ASCII.lf]
        column = 0
        continue
      }
      if width == 1 {
        out.append(b)
      } else {
        out += [0x3D, HeaderWriter.hex[Int(b >> 4)], HeaderWriter.hex[Int(b & 15)]]
      }
      column += width
      i += 1
    }
    return out
  }
}

package import Bytes

/// Writes a mail as DATA wants it: every line ends with CRLF, no CR or LF stands alone, and a line
/// that begins with "." gets another one (RFC 5321 §4.5.2). Works on octets and across cuts.
///
/// A lone CR or LF counts as a line end. That way no server, however it reads line ends, can find
/// the end of the mail inside it ("SMTP smuggling": `LF . LF`, `CR . CR`, `LF . CR LF`).
package struct DataEncoder: Sendable {
  private var atLineStart = true
  private var afterCR = false
  /// A line end is written when it is known not to be the last octets of the mail.
  private var owesLineEnd = false

  package init() {}

  /// Appends what `bytes` become to `out`, but for a line end at the very end, which waits.
  package mutating func encode(_ bytes: ArraySlice<UInt8>, into out: inout ByteBuffer) {
    bytes.withUnsafeBufferPointer { p in
      var i = 0
      while i < p.count {
        let byte = p[i]
        if byte == ASCII.lf && afterCR {
          afterCR = false
          i += 1
          continue
        }
        afterCR = byte == ASCII.cr
        if afterCR || byte == ASCII.lf {
          payLineEnd(into: &out)
          owesLineEnd = true
          atLineStart = true
          i += 1
          continue
        }
        payLineEnd(into: &out)
        if atLineStart && byte == 0x2E { out.append(0x2E as UInt8) }
        atLineStart = false
        let start = i
        while i < p.count, p[i] != ASCII.cr, p[i] != ASCII.lf { i += 1 }
        out.append(contentsOf: UnsafeRawBufferPointer(rebasing: UnsafeRawBufferPointer(p)[start..<i]))
      }
    }
  }

  /// The octets that end the mail: the owed line end, the dot, and its line end.
  package mutating func finish() -> [UInt8] {
    let needsLineEnd = owesLineEnd || !atLineStart
    self = DataEncoder()
    return needsLineEnd ? [ASCII.cr, ASCII.lf, 0x2E, ASCII.cr, ASCII.lf] : [0x2E, ASCII.cr, ASCII.lf]
  }

  private mutating func payLineEnd(into out: inout ByteBuffer) {
    guard owesLineEnd else { return }
    owesLineEnd = false
    out.append(ASCII.cr)
    out.append(ASCII.lf)
  }
}

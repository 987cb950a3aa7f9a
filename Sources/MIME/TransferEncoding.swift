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

internal import Bytes
internal import Glibc

/// Content-Transfer-Encoding (RFC 2045 §6).
package enum TransferEncoding: String, Sendable {
  /// 7bit, 8bit, binary, or anything unknown: the octets as they stand.
  case identity
  case quotedPrintable = "quoted-printable"
  case base64
  case uuencode = "x-uuencode"

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
    } else if Self.uuencodeNames.contains(where: { ASCII.equalsIgnoringCase(word, $0) }) {
      self = .uuencode
    } else {
      self = .identity
    }
  }

  private static let uuencodeNames: [StaticString] = ["x-uuencode", "uuencode", "x-uue", "uue", "x-uu"]

  /// The octets that `range` of `bytes` stands for.
  /// - Complexity: O(range)
  func decode(_ bytes: [UInt8], _ range: Range<Int>) -> [UInt8] {
    let range = range.clamped(to: 0..<bytes.count)
    switch self {
    case .identity: return Array(bytes[range])
    case .quotedPrintable: return QuotedPrintable.decode(bytes, range)
    case .base64: return Base64Lenient.decode(bytes, range)
    case .uuencode: return UUEncode.decode(bytes, range)
    }
  }
}

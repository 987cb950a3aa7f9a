/// Octets that mails are likely to hold, with which deflate begins, so that a short mail already finds
/// its header fields, MIME lines, clients' HTML and common phrases.
///
/// A mail keeps the number of the one it was packed with. To make a better one, add it under the next
/// number and let ``current`` be it: mails packed with an older one open as before. One that is in use
/// anywhere is never changed, not by an octet; a test holds its digest.
package struct MailDictionary: Sendable {
  /// 1 and up.
  package let number: UInt8
  /// Below 32 KiB, as deflate looks no further back.
  package let octets: [UInt8]

  package static let current = first

  static func numbered(_ number: UInt8) -> MailDictionary? { number == first.number ? first : nil }

  private static let first = MailDictionary(
    number: 1, octets: Array((Dictionary1.phrases + Dictionary1.html + Dictionary1.fields).utf8))
}

internal import Bytes

/// One entity of a mail's MIME tree, as places in the raw octets.
package struct Part: Sendable {
  /// Its place in ``ParsedMessage/parts``; parents come before their children.
  package let index: Int
  package let parent: Int?
  /// Its place among its parent's children, from 1.
  package let number: Int
  package let depth: Int
  /// Of a uuencoded file within a text: its name, as it stands there.
  let embeddedName: [UInt8]?
  /// For such a file: all of its lines, which are no text for people.
  let embeddedRange: Range<Int>
  package internal(set) var headers: HeaderBlock
  /// What the part says it is; `text/plain` (in a digest `message/rfc822`) when it says nothing.
  package internal(set) var contentType: ContentType
  package internal(set) var encoding: TransferEncoding
  package let disposition: ContentDisposition?
  /// Indices of the parts inside; one for `message/rfc822` that was looked into.
  package internal(set) var children: [Int] = []
  /// The octets behind the header, without the line end that belongs to the boundary behind it.
  package internal(set) var bodyRange: Range<Int>

  package var isLeaf: Bool { children.isEmpty }

  /// A uuencoded file in the text that is its ``parent``, among whose ``children`` it is not; such parts come last
  /// in ``ParsedMessage/parts``.
  package var isEmbedded: Bool { embeddedName != nil }

  /// Whether the names that the part gives itself would make different files of it: what one reader takes for
  /// a picture is a program to another.
  var namesDisagree: Bool {
    guard let named = disposition?.parameters else { return false }
    let plain = named.plains("filename")
    let other = contentType.parameters.text("name")
    if plain.count < 2, other == nil, plain.isEmpty || named.text("filename") == plain[0] { return false }
    let all = [named.text("filename"), other].compactMap { $0 }
    if Set(all.map { AttachmentName.sanitized($0) }).count > 1 { return true }
    // `filename` beside `filename*` is its ASCII form (RFC 6266 §4.3): it may differ, but not in its ending.
    return Set((all + plain).map(Self.ending)).count > 1
  }

  /// What stands behind a name's last dot, in small letters.
  private static func ending(_ name: String) -> [UInt8] {
    let dot = name.utf8.lastIndex(of: 0x2E) ?? name.utf8.endIndex
    return name.utf8[dot...].map(ASCII.lower)
  }
}

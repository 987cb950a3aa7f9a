/// One entity of a mail's MIME tree, as places in the raw octets.
package struct Part: Sendable {
  /// Its place in ``ParsedMessage/parts``; parents come before their children.
  package let index: Int
  package let parent: Int?
  /// Its place among its parent's children, from 1.
  package let number: Int
  package let depth: Int
  package let headers: HeaderBlock
  /// What the part says it is; `text/plain` (in a digest `message/rfc822`) when it says nothing.
  package internal(set) var contentType: ContentType
  package internal(set) var encoding: TransferEncoding
  package let disposition: ContentDisposition?
  /// Indices of the parts inside; one for `message/rfc822` that was looked into.
  package internal(set) var children: [Int] = []
  /// The octets behind the header, without the line end that belongs to the boundary behind it.
  package internal(set) var bodyRange: Range<Int>

  package var isLeaf: Bool { children.isEmpty }
}

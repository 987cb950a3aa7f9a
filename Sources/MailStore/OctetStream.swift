/// Octets that are read from the store by pieces of less than half a megabyte, never all at once.
///
/// Each piece is read in a transaction of its own; when the mail is erased between two of them, the next
/// is ``MailStoreError/notFound(_:)``.
package struct OctetStream: Sendable {
  /// How many come in all.
  package let octets: Int64
  private let pieces: Int
  private let read: @Sendable (Int) async throws(MailStoreError) -> [UInt8]
  private var next = 0

  init(
    octets: Int64, pieces: Int, read: @escaping @Sendable (Int) async throws(MailStoreError) -> [UInt8]
  ) {
    (self.octets, self.pieces, self.read) = (octets, pieces, read)
  }

  /// The next octets, or nil at the end.
  package mutating func piece() async throws(MailStoreError) -> [UInt8]? {
    guard next < pieces else { return nil }
    defer { next += 1 }
    return try await read(next)
  }
}

/// A mail in which short stand-ins are in the place of large contents that are no text, to find out
/// what it is made of without reading those.
///
/// A stand-in is base64 in the place of base64 and decodes to a value that nobody could know before.
package struct MailOutline: Sendable {
  package let raw: [UInt8]
  /// What the stand-ins decode to, by the number of the content.
  private let standIns: [[UInt8]: Int]

  init(raw: [UInt8], standIns: [[UInt8]: Int]) { (self.raw, self.standIns) = (raw, standIns) }

  /// The mail as it is: nothing was left out.
  package var isWhole: Bool { standIns.isEmpty }

  /// The content for which `decoded` stands.
  package func content(_ decoded: [UInt8]) -> Int? { standIns[decoded] }
}

/// A part's content piece by piece: for what is large, and need not be in memory as a whole.
extension ParsedMessage {
  /// Hands over the octets that ``decoded(_:)`` has, in order, in pieces of some 64 KiB.
  /// - Complexity: O(octets of the part); memory for one piece.
  package func eachPiece<E: Error>(
    of partIndex: Int, _ take: (UnsafeBufferPointer<UInt8>) throws(E) -> Void
  ) throws(E) {
    guard parts.indices.contains(partIndex) else { return }
    let range = parts[partIndex].bodyRange.clamped(to: 0..<raw.count)
    var decoder = PieceDecoder(parts[partIndex].encoding)
    let result = raw.withUnsafeBufferPointer { p -> Result<Void, E> in
      do throws(E) {
        try decoder.feed(UnsafeBufferPointer(rebasing: p[range]), take)
        return .success(try decoder.finish(take))
      } catch { return .failure(error) }
    }
    try result.get()
  }

  /// How many octets ``decoded(_:)`` has.
  func decodedCount(_ partIndex: Int) -> Int {
    guard parts.indices.contains(partIndex) else { return 0 }
    if parts[partIndex].encoding == .identity { return parts[partIndex].bodyRange.count }
    var count = 0
    eachPiece(of: partIndex) { count += $0.count }
    return count
  }
}

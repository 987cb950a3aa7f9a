internal import Bytes

/// A part's content piece by piece: for what is large, and need not be in memory as a whole.
extension ParsedMessage {
  /// How many encoded octets are decoded at a time.
  private static let pieceOctets = 64 * 1024

  /// Hands over the octets that ``decoded(_:)`` has, in order, in pieces of at most some 64 KiB. (A uuencoded file
  /// comes whole, and so does a longer line of quoted-printable.)
  /// - Complexity: O(octets of the part); memory for one piece.
  package func eachPiece<E: Error>(
    of partIndex: Int, _ take: (UnsafeBufferPointer<UInt8>) throws(E) -> Void
  ) throws(E) {
    guard parts.indices.contains(partIndex) else { return }
    let part = parts[partIndex]
    let range = part.bodyRange.clamped(to: 0..<raw.count)
    var at = range.lowerBound
    var base64 = Base64Lenient.State()
    let room = max(Base64Lenient.outputMax(Self.pieceOctets), Self.pieceOctets)
    let out = UnsafeMutableBufferPointer<UInt8>.allocate(capacity: room)
    defer { out.deallocate() }
    while at < range.upperBound {
      let end = pieceEnd(at, range.upperBound, part.encoding)
      switch part.encoding {
      case .uuencode:
        let all = part.encoding.decode(raw, range)
        return try hand(all, take)
      case .identity: try hand(raw[at..<end], take)
      case .quotedPrintable where end - at > Self.pieceOctets:
        try hand(part.encoding.decode(raw, at..<end), take)
      case .base64, .quotedPrintable:
        let written = raw.withUnsafeBufferPointer { p in
          let piece = UnsafeBufferPointer(rebasing: p[at..<end])
          // SAFETY: out has room for what a piece of this length becomes in either encoding.
          return part.encoding == .base64 ? base64.run(piece, out) : QuotedPrintable.run(piece, out)
        }
        if written > 0 { try take(UnsafeBufferPointer(rebasing: out[..<written])) }
      }
      at = end
    }
    if part.encoding == .base64 {
      let written = base64.finish(out, 0)
      if written > 0 { try take(UnsafeBufferPointer(rebasing: out[..<written])) }
    }
  }

  private func hand<E: Error>(
    _ bytes: some Collection<UInt8>, _ take: (UnsafeBufferPointer<UInt8>) throws(E) -> Void
  ) throws(E) {
    let result = bytes.withContiguousStorageIfAvailable { p -> Result<Void, E> in
      do throws(E) { return .success(try take(p)) } catch { return .failure(error) }
    }
    try result?.get()
  }

  /// Where the piece ends that begins at `at`. Base64 is cut before a line end, since what follows it decides whether
  /// the text goes on; quoted-printable behind one. A longer line of base64 is cut where the piece is full.
  private func pieceEnd(_ at: Int, _ stop: Int, _ encoding: TransferEncoding) -> Int {
    guard stop - at > Self.pieceOctets else { return stop }
    let full = at + Self.pieceOctets
    guard encoding != .identity else { return full }
    var end = full
    while end > at + 1, raw[end - 1] != ASCII.lf { end -= 1 }
    if end > at + 1 { return encoding == .base64 ? end - 1 : end }
    guard encoding == .quotedPrintable else { return full }
    return raw.withUnsafeBufferPointer { OctetRun.find(ASCII.lf, $0, full, stop) }.map { $0 + 1 } ?? stop
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

internal import Bytes

/// Takes the transfer encoding off a part that comes by pieces. What comes out does not depend on where they are cut.
struct PieceDecoder {
  private let encoding: TransferEncoding
  /// Octets that wait for those behind them.
  private var carry: [UInt8] = []
  private var base64 = Base64Lenient.State()
  private var uuencode = UUEncode.Decoder()
  private var out: [UInt8] = []
  /// How many octets came out.
  private(set) var count = 0

  init(_ encoding: TransferEncoding) { self.encoding = encoding }

  /// Pieces of this size are decoded at a time.
  static let pieceOctets = 64 * 1024
  /// A line of nothing but white space and `=` is cut after so many octets, which may then be read as a line's end.
  private static let lineOctetsMax = 1024 * 1024

  /// - Parameter take: is given what can be said now; octets that are valid until it returns.
  mutating func feed<E: Error>(
    _ p: UnsafeBufferPointer<UInt8>, _ take: (UnsafeBufferPointer<UInt8>) throws(E) -> Void
  ) throws(E) {
    var at = 0
    while at < p.count {
      let end = min(p.count, at + Self.pieceOctets)
      let piece = UnsafeBufferPointer(rebasing: p[at..<end])
      at = end
      switch encoding {
      case .identity:
        count += piece.count
        try take(piece)
      case .uuencode:
        out.removeAll(keepingCapacity: true)
        uuencode.feed(piece, &out)
        try give(take)
      case .base64, .quotedPrintable:
        decode(piece)
        try give(take)
      }
    }
  }

  /// The rest.
  mutating func finish<E: Error>(_ take: (UnsafeBufferPointer<UInt8>) throws(E) -> Void) throws(E) {
    out.removeAll(keepingCapacity: true)
    switch encoding {
    case .identity: return
    case .uuencode: uuencode.finish(&out)
    case .base64, .quotedPrintable:
      let rest = carry
      carry = []
      rest.withUnsafeBufferPointer { run($0, isLast: true) }
    }
    try give(take)
  }

  private mutating func give<E: Error>(_ take: (UnsafeBufferPointer<UInt8>) throws(E) -> Void) throws(E) {
    guard !out.isEmpty else { return }
    count += out.count
    let result = out.withUnsafeBufferPointer { p -> Result<Void, E> in
      do throws(E) { return .success(try take(p)) } catch { return .failure(error) }
    }
    try result.get()
  }

  /// Decodes into ``out`` what no octet to come can change.
  private mutating func decode(_ piece: UnsafeBufferPointer<UInt8>) {
    out.removeAll(keepingCapacity: true)
    guard !carry.isEmpty else {
      let end = certainEnd(piece, from: 0)
      run(UnsafeBufferPointer(rebasing: piece[..<end]), isLast: false)
      carry += piece[end...]
      return
    }
    // Taken out first, so that nothing is copied.
    var all: [UInt8] = []
    swap(&all, &carry)
    let known = all.count
    all += piece
    let end = all.withUnsafeBufferPointer { p in
      let end = certainEnd(p, from: known)
      run(UnsafeBufferPointer(rebasing: p[..<end]), isLast: false)
      return end
    }
    all.removeSubrange(..<end)
    carry = all
  }

  /// Appends to ``out``.
  private mutating func run(_ p: UnsafeBufferPointer<UInt8>, isLast: Bool) {
    let room = encoding == .base64 ? Base64Lenient.outputMax(p.count) + 3 : p.count
    // Taken out first, as the closure changes what is kept of base64.
    var base64 = base64
    let encoding = encoding
    let more = [UInt8](unsafeUninitializedCapacity: room) { out, count in
      // SAFETY: out has room for what `p` becomes in either encoding, and for what an unfinished group holds.
      if encoding == .base64 {
        count = base64.run(p, out)
        if isLast { count += base64.finish(out, count) }
      } else {
        count = QuotedPrintable.run(p, out)
      }
    }
    self.base64 = base64
    if out.isEmpty { out = more } else { out += more }
  }

  /// How much of `p` can be decoded without what follows it.
  ///
  /// - Parameter from: up to here it was looked at before, in vain.
  private func certainEnd(_ p: UnsafeBufferPointer<UInt8>, from: Int) -> Int {
    if encoding == .base64 {
      // A line end behind the padding is read together with the line behind it.
      guard let last = lastLineEnd(p, 0) else { return p.count }
      return p.count - last > Base64Lenient.foreignLineOctetsMax ? p.count : last
    }
    if let last = lastLineEnd(p, from) { return last + 1 }
    guard p.count > Self.pieceOctets else { return 0 }
    // Of a long line as much as ends neither in an escape nor in what may belong to the line's end.
    var end = p.count
    while end > 1, isOpen(p[end - 1]) || p[end - 2] == 0x3D { end -= 1 }
    if end > 1 { return end }
    return p.count > Self.lineOctetsMax ? p.count : 0
  }

  private func isOpen(_ b: UInt8) -> Bool { ASCII.isWSP(b) || b == 0x3D || b == ASCII.cr }

  private func lastLineEnd(_ p: UnsafeBufferPointer<UInt8>, _ from: Int) -> Int? {
    var i = p.count
    while i > from {
      i -= 1
      if p[i] == ASCII.lf { return i }
    }
    return nil
  }
}

internal import Bytes

/// A mail that is read as it comes, in pieces of any size, without ever being held whole.
///
/// What it says of the mail, its parts' places, headers, contents and attachments is what ``ParsedMessage`` says; where
/// the pieces are cut makes no difference. Held are the octets of headers (at most ``MIMELimits/headerOctetsMax``), what
/// is known of the parts, and a window of the body that is as long as the longest piece and some 16 KiB.
package struct MailStream {
  package enum Event {
    /// A part, its header read; its body, whose end is not known yet, begins. Parents come before their children.
    /// (A text that says it is base64 and is none has another encoding when it ends.)
    case began(Part)
    /// Content of a leaf, without its transfer encoding; valid until the call returns. Of a multipart what stands before
    /// its first part, which is all of its content when there is none.
    case content(part: Int, UnsafeBufferPointer<UInt8>)
    /// The part is over, with all inside of it.
    case ended(Part)
  }

  /// What is known of a mail when all of it came.
  package struct Outline: Sendable {
    /// As ``ParsedMessage/headers``.
    package let headers: MailHeaders
    /// As ``ParsedMessage/parts``; a part's header holds its own octets only.
    package let parts: [Part]
    package let defects: [MIMEDefect]
    /// As ``ParsedMessage/attachments``.
    package let attachments: [AttachmentInfo]
    package let octets: Int
  }

  private var scanner: StructureScanner
  /// The mail from `base` on, as far as it came and is not done with.
  private var window: [UInt8] = []
  private var base = 0
  /// Up to here the current part's content was decoded.
  private var given = 0
  /// The part whose content comes.
  private var current: Content?
  /// Octets that leaves stand for.
  private var sizes: [Int: Int] = [:]
  private var innerHeaders: [Int: HeaderBlock] = [:]
  /// Uuencoded files, by the text they stand in.
  private var embedded: [Int: [UUEncode.Block]] = [:]
  private var embeddedCount = 0

  fileprivate struct Content {
    let part: Int
    /// Nil until the first octets come: they may tell that the encoding is another than the header says.
    var decoder: PieceDecoder?
    var files: UUEncode.Finder?
    /// The beginning of an encoded inner mail; nil for others.
    var inner: [UInt8]?
  }

  package init(limits: MIMELimits = .init()) { scanner = StructureScanner(whole: nil, limits: limits) }

  /// Takes the next octets of the mail. When `take` throws, the mail cannot be gone on with.
  /// - Complexity: O(*n*)
  package mutating func feed<E: Error>(
    _ piece: UnsafeBufferPointer<UInt8>, _ take: (Event) throws(E) -> Void
  ) throws(E) {
    var at = 0
    while at < piece.count {
      let end = min(piece.count, at + PieceDecoder.pieceOctets)
      window += piece[at..<end]
      at = end
      try advance(isLast: false, take)
    }
  }

  package mutating func feed<E: Error>(
    _ piece: [UInt8], _ take: (Event) throws(E) -> Void
  ) throws(E) {
    let result = piece.withUnsafeBufferPointer { p -> Result<Void, E> in
      do throws(E) { return .success(try feed(p, take)) } catch { return .failure(error) }
    }
    try result.get()
  }

  /// The mail is over.
  package mutating func finish<E: Error>(
    _ take: (Event) throws(E) -> Void
  ) throws(E) -> Outline {
    try advance(isLast: true, take)
    for (part, blocks) in embedded.sorted(by: { $0.key < $1.key }) {
      let first = scanner.parts.count
      scanner.embed(blocks, in: part)
      for (n, index) in (first..<scanner.parts.count).enumerated() { sizes[index] = blocks[n].octets }
    }
    let parts = scanner.parts
    let attachments = MailTree(parts: parts).attachments(size: { sizes[$0] ?? parts[$0].bodyRange.count }) {
      innerHeaders[$0] ?? .empty
    }
    return Outline(
      headers: MailHeaders(parts[0].headers), parts: parts, defects: scanner.defects,
      attachments: attachments,
      octets: base + window.count)
  }

  private mutating func advance<E: Error>(
    isLast: Bool, _ take: (Event) throws(E) -> Void
  ) throws(E) {
    // Taken out first, so that nothing is copied.
    var octets: [UInt8] = []
    swap(&octets, &window)
    let result = octets.withUnsafeBufferPointer { p -> Result<Int, E> in
      do throws(E) {
        scanner.advance(p, base: base, isLast: isLast)
        if isLast { scanner.finish(p, base: base) }
        for event in scanner.events { try handle(event, p, take) }
        scanner.events.removeAll(keepingCapacity: true)
        let kept = scanner.keptFrom(p, base: base)
        try give(p, upTo: kept, take)
        return .success(kept - base)
      } catch { return .failure(error) }
    }
    let done = try result.get()
    if done > 0 {
      octets.removeSubrange(..<done)
      base += done
    }
    swap(&octets, &window)
  }

  private mutating func handle<E: Error>(
    _ event: StructureScanner.Event, _ p: UnsafeBufferPointer<UInt8>,
    _ take: (Event) throws(E) -> Void
  ) throws(E) {
    switch event {
    case .began(let index, let hasContent):
      let part = scanner.parts[index]
      given = part.bodyRange.lowerBound
      current = nil
      if hasContent { current = Content(part: index) }
      try take(.began(part))
    case .contentEnded(let index, let end):
      guard current?.part == index else { return }
      try give(p, upTo: end, take)
      try close(take)
    case .ended(let index): try take(.ended(scanner.parts[index]))
    }
  }

  /// Hands on what of the current part lies before `end`.
  private mutating func give<E: Error>(
    _ p: UnsafeBufferPointer<UInt8>, upTo end: Int, _ take: (Event) throws(E) -> Void
  ) throws(E) {
    guard end > given, var (content, decoder) = taken() else { return }
    let octets = UnsafeBufferPointer(rebasing: p[(given - base)..<(end - base)])
    given = end
    content.files?.feed(octets)
    try decoder.feed(octets) { piece throws(E) in
      content.keep(piece)
      try take(.content(part: content.part, piece))
    }
    content.decoder = decoder
    current = content
  }

  /// The current part and its decoder, taken out so that nothing is copied.
  private mutating func taken() -> (Content, PieceDecoder)? {
    guard var content = current else { return nil }
    current = nil
    if let decoder = content.decoder {
      content.decoder = nil
      return (content, decoder)
    }
    let part = scanner.parts[content.part]
    if StructureScanner.mayEmbed(part), embeddedCount < scanner.limits.partsMax {
      content.files = UUEncode.Finder(at: part.bodyRange.lowerBound)
    }
    if part.contentType.isMessage, part.encoding != .identity { content.inner = [] }
    return (content, PieceDecoder(part.encoding))
  }

  private mutating func close<E: Error>(_ take: (Event) throws(E) -> Void) throws(E) {
    guard var (content, decoder) = taken() else { return }
    try decoder.finish { piece throws(E) in
      content.keep(piece)
      try take(.content(part: content.part, piece))
    }
    if scanner.parts[content.part].encoding != .identity { sizes[content.part] = decoder.count }
    if let inner = content.inner { innerHeaders[content.part] = Self.named(inner) }
    if let files = content.files?.finish(), !files.isEmpty {
      embedded[content.part] = Array(files.prefix(scanner.limits.partsMax - embeddedCount))
      embeddedCount += files.count
    }
  }

  /// Of an inner mail's header what it is named by.
  private static func named(_ octets: [UInt8]) -> HeaderBlock {
    let block = HeaderBlock(parsing: octets)
    guard let subject = block.first("Subject") else { return .empty }
    var kept = HeaderBlock(parsing: Array("Subject: ".utf8) + subject + [ASCII.lf, ASCII.lf])
    kept.guess = block.guess
    return kept
  }
}

extension MailStream.Content {
  fileprivate mutating func keep(_ piece: UnsafeBufferPointer<UInt8>) {
    guard let known = inner?.count, known < MailTree.innerOctetsMax else { return }
    inner?.append(contentsOf: piece.prefix(MailTree.innerOctetsMax - known))
  }
}

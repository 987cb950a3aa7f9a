internal import Bytes

/// A mail: its header, decoded, and its MIME tree, as places in the raw octets.
///
/// Never fails: whatever is broken is read as far as it makes sense, the rest stays raw, and
/// ``defects`` says what was found. Bodies are decoded when asked for.
/// - Complexity: O(*n*) to make; memory for the parts only.
package struct ParsedMessage: Sendable {
  package let raw: [UInt8]
  package let headers: MailHeaders
  /// The tree, flat; the first is the mail itself, parents come before children.
  package let parts: [Part]
  package let defects: [MIMEDefect]
  let limits: MIMELimits

  package init(_ raw: [UInt8], limits: MIMELimits = .init()) {
    var scanner = StructureScanner(whole: raw, limits: limits)
    scanner.run()
    self.raw = raw
    self.limits = limits
    parts = scanner.parts
    defects = scanner.defects
    headers = MailHeaders(scanner.parts[0].headers)
  }

  package var root: Part { parts[0] }

  /// The root's header fields.
  package var headerBlock: HeaderBlock { parts[0].headers }

  /// The octets that a part stands for: its body without transfer encoding; a multipart's or inner
  /// mail's as it stands. Empty for an index that is no part's.
  /// - Complexity: O(octets of the part)
  package func decoded(_ partIndex: Int) -> [UInt8] {
    guard parts.indices.contains(partIndex) else { return [] }
    let part = parts[partIndex]
    return part.encoding.decode(raw, part.bodyRange)
  }

  /// A text part as text: decoded by its character set, line ends as LF.
  ///
  /// A text that says it is Latin-1 or ASCII and is valid UTF-8 is read as that: no other text is by chance.
  /// - Returns: the text, and how many places in it could not be decoded.
  package func text(_ partIndex: Int) -> (text: String, replaced: Int) { text(partIndex, without: []) }

  /// The text without some places of the raw octets, which lie in it in order.
  func text(_ partIndex: Int, without gaps: [Range<Int>]) -> (text: String, replaced: Int) {
    guard parts.indices.contains(partIndex) else { return ("", 0) }
    let part = parts[partIndex]
    // At least a quarter of the encoded octets is text.
    let start = part.bodyRange.lowerBound
    let range = start..<min(part.bodyRange.upperBound, start + limits.bodyTextOctetsMax * 4)
    let label = part.contentType.parameters.raw("charset")
    var charset = label.map { Charset(label: $0) } ?? .unlabelled
    let mayNameItself = !charset.isKnown && part.contentType.isText("html")
    if gaps.isEmpty, part.encoding == .identity, charset.isASCIIBased, !mayNameItself,
      let text = asciiText(range)
    {
      return (text, 0)
    }
    var bytes: [UInt8]
    if gaps.isEmpty, part.encoding == .quotedPrintable, charset.keepsLineEnds, !mayNameItself {
      bytes = QuotedPrintable.decode(raw, range.clamped(to: 0..<raw.count), asText: true)
    } else {
      bytes = gaps.isEmpty ? part.encoding.decode(raw, range) : octets(range, without: gaps)
    }
    if bytes.count > limits.bodyTextOctetsMax { bytes.removeSubrange(limits.bodyTextOctetsMax...) }
    if mayNameItself, let meta = HTMLCharset.find(in: bytes) {
      charset = meta
    }
    if charset.isLatin1 { charset = .unlabelled }
    guard charset.keepsLineEnds else {
      let (text, replaced) = charset.decode(bytes)
      return (LineEnds.normalized(text), replaced)
    }
    LineEnds.normalize(&bytes)
    return charset.decode(bytes)
  }

  /// A text that is ASCII and stands as it is, which most are: copied once. Nil for others.
  private func asciiText(_ range: Range<Int>) -> String? {
    raw.withUnsafeBufferPointer { p in
      let text = UnsafeBufferPointer(rebasing: p[range].prefix(limits.bodyTextOctetsMax))
      guard OctetRun.asciiPrefix(text) == text.count else { return nil }
      return String(unsafeUninitializedCapacity: text.count) { LineEnds.copy(text, $0) }
    }
  }

  private func octets(_ range: Range<Int>, without gaps: [Range<Int>]) -> [UInt8] {
    var out = [UInt8]()
    var at = range.lowerBound
    for gap in gaps where gap.lowerBound >= at && gap.upperBound <= range.upperBound {
      out += raw[at..<gap.lowerBound]
      at = gap.upperBound
    }
    return out + raw[at..<range.upperBound]
  }

  /// The part's place as IMAP numbers it (RFC 9051 §6.4.5): `1`, `2.1`; empty for a root that is a
  /// multipart. The root of an inner mail that is a multipart has its container's path and `.TEXT`.
  package func path(of partIndex: Int) -> String { tree.path(of: partIndex) }

  /// A calendar part (iTIP over mail, RFC 6047), if there is one.
  package var calendar: (partIndex: Int, method: String?)? {
    for part in parts where part.contentType.isText("calendar") && !isInsideInnerMail(part) {
      return (part.index, part.contentType.parameters.text("method")?.uppercased())
    }
    return nil
  }

  /// Whether the part belongs to a mail inside of this one.
  func isInsideInnerMail(_ part: Part) -> Bool { tree.isInsideInnerMail(part) }

  var tree: MailTree { MailTree(parts: parts) }
}

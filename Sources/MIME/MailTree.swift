internal import Bytes

/// What the parts of a mail are to each other, and which of them are attachments: all that is told without their octets.
struct MailTree {
  let parts: [Part]

  /// How much of an encoded inner mail is read to name it.
  static let innerOctetsMax = 64 * 1024

  /// As ``ParsedMessage/attachments``.
  ///
  /// - Parameters:
  ///   - size: how many octets a part stands for.
  ///   - inner: the header of the mail that a part holds encoded.
  func attachments(size: (Int) -> Int, inner: (Int) -> HeaderBlock) -> [AttachmentInfo] {
    BodySelection(parts).attachments.map { index in
      let part = parts[index]
      return AttachmentInfo(
        partIndex: index, partPath: path(of: index), name: attachmentName(part, inner),
        type: part.contentType.mediaType, size: size(index), disposition: disposition(part),
        cid: contentID(part))
    }
  }

  func contentID(_ part: Part) -> String? {
    part.headers.first("Content-ID").flatMap { MessageID($0) ?? MessageID.list(in: $0).first }?.text
  }

  private func disposition(_ part: Part) -> AttachmentInfo.Disposition {
    if let given = part.disposition { return given.kind == .inline ? .inline : .attachment }
    let isRelated = part.parent.map { parts[$0].contentType.subtype == "related" } ?? false
    return isRelated && part.contentType.type == "image" ? .inline : .attachment
  }

  /// The name a part gives itself, not yet made safe.
  func givenName(_ part: Part) -> String? {
    if let name = part.embeddedName { return RawText.decode(name, else: part.headers.guess) }
    for name in [part.disposition?.parameters.text("filename"), part.contentType.parameters.text("name")] {
      if let name, !name.isEmpty { return name }
    }
    return nil
  }

  private func attachmentName(_ part: Part, _ inner: (Int) -> HeaderBlock) -> String {
    if let given = givenName(part), let safe = AttachmentName.sanitized(given) { return safe }
    if let usual = AttachmentName.usual(for: part.contentType.mediaType) { return usual }
    if part.contentType.isMessage {
      let inner = part.children.first.map { parts[$0].headers } ?? inner(part.index)
      let subject = inner.text("Subject") ?? ""
      return AttachmentName.sanitized(subject.isEmpty ? "message.eml" : subject + ".eml", isPath: false)
        ?? "message.eml"
    }
    let ending = AttachmentName.ending(for: part.contentType.mediaType)
    return "attachment-\(path(of: part.index))" + (ending.isEmpty ? "" : "." + ending)
  }

  /// The part's place as IMAP numbers it (RFC 9051 §6.4.5): `1`, `2.1`; empty for a root that is a
  /// multipart. The root of an inner mail that is a multipart has its container's path and `.TEXT`.
  func path(of partIndex: Int) -> String {
    guard parts.indices.contains(partIndex) else { return "" }
    var numbers = [String]()
    var part = parts[partIndex]
    if part.isEmbedded, let text = part.parent { part = parts[text] }
    if part.contentType.isMultipart, !part.isLeaf {
      if part.parent == nil { return "" }
      if isInnerRoot(part) { numbers.append("TEXT") } else { numbers.append(String(part.number)) }
    } else {
      numbers.append(part.parent == nil ? "1" : String(part.number))
    }
    while let up = part.parent {
      part = parts[up]
      if part.parent == nil {
        // A root that is a mail in a mail is part 1 of itself.
        if !part.contentType.isMultipart { numbers.append("1") }
      } else if !(isInnerRoot(part) && part.contentType.isMultipart) {
        numbers.append(String(part.number))
      }
    }
    return numbers.reversed().joined(separator: ".")
  }

  private func isInnerRoot(_ part: Part) -> Bool {
    part.parent.map { !parts[$0].contentType.isMultipart } ?? false
  }

  /// Whether the part belongs to a mail inside of this one.
  func isInsideInnerMail(_ part: Part) -> Bool {
    var at = part
    if at.isEmbedded, let text = at.parent { at = parts[text] }
    while let up = at.parent {
      at = parts[up]
      if !at.contentType.isMultipart { return true }
    }
    return false
  }
}

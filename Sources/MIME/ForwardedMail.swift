internal import Bytes

/// The mail that a person passed on, taken out of the mail it was passed on with.
///
/// Either it is attached as a mail of its own, or it is quoted below a header block (`From:`, `Date:`, ... in
/// whatever language) by the forwarder's program. What the forwarder wrote above it is left out.
package struct ForwardedMail: Sendable {
  /// The original as a mail of its own: as it was attached, or made anew from what is quoted, with the
  /// forward's attachments.
  package let raw: [UInt8]
  /// The original's Message-ID; nil when a quotation tells none.
  package let messageID: MessageID?
  /// It was attached, so nothing of it had to be guessed.
  package let isAttached: Bool

  /// nil when `message` holds no mail that was passed on, or one whose sender has no address.
  ///
  /// - Complexity: O(octets)
  package init?(in message: ParsedMessage) {
    if let attached = Self.attached(message) {
      self = attached
      return
    }
    guard let quoted = Self.quoted(message) else { return nil }
    self = quoted
  }

  private init(raw: [UInt8], messageID: MessageID?, isAttached: Bool) {
    self.raw = raw
    self.messageID = messageID
    self.isAttached = isAttached
  }

  private static func attached(_ message: ParsedMessage) -> ForwardedMail? {
    for part in message.parts where part.contentType.mediaType == "message/rfc822" {
      if part.index == 0 || message.isInsideInnerMail(part) { continue }
      let raw = message.decoded(part.index)
      let headers = MailHeaders(HeaderBlock(parsing: raw))
      guard let from = headers.from.first, from.isComplete else { continue }
      return ForwardedMail(raw: raw, messageID: headers.messageID, isAttached: true)
    }
    return nil
  }

  private static func quoted(_ message: ParsedMessage) -> ForwardedMail? {
    let body = message.body()
    guard
      let block = QuotedHeader.find(in: TextLine.plain(body.text), zone: message.headers.date?.zoneMinutes)
    else { return nil }
    let original = message.headers.originalOfForward(subject: block.subject)
    // The id only keeps the parts' boundaries apart from their content when there is no other.
    guard let id = original ?? message.headers.messageID ?? MessageID("forward@localhost"),
      let date = block.date ?? message.headers.date
    else { return nil }
    var builder = MessageBuilder(from: block.from, date: date, messageID: id)
    builder.to = block.to.filter { $0.isValid && $0.isComplete }
    builder.subject = block.subject ?? message.headers.subject
    builder.text = block.text
    builder.html = body.html.flatMap { QuotedHeader.htmlBelow($0) }
    builder.attachments = message.attachments.map {
      OutgoingAttachment(name: $0.name, type: $0.type, content: message.decoded($0.partIndex), cid: $0.cid)
    }
    // What cannot be written again (a broken Content-ID, say) is left as the forward that it is.
    guard let raw = try? builder.build() else { return nil }
    return ForwardedMail(raw: raw, messageID: original, isAttached: false)
  }
}

extension MailHeaders {
  /// The mail that a forward with this subject in its quoted header was made of: programs name it as they name
  /// the mail that is answered. Only when both have one subject, as people also write a new mail this way.
  fileprivate func originalOfForward(subject other: String?) -> MessageID? {
    guard let other, baseSubject(other).lowercased() == baseSubject(subject).lowercased() else { return nil }
    return inReplyTo.count == 1 ? inReplyTo[0] : references.last
  }
}

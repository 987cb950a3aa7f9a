internal import Bytes

/// What the header of a mail says, decoded.
///
/// Everything is optional in a received mail: what is missing or unreadable is nil or empty.
package struct MailHeaders: Sendable {
  package var messageID: MessageID?
  package var inReplyTo: [MessageID]
  /// Oldest first.
  package var references: [MessageID]
  /// Decoded; empty when there is none.
  package var subject: String
  package var from: [MailAddress]
  package var sender: [MailAddress]
  package var replyTo: [MailAddress]
  package var to: [MailAddress]
  package var cc: [MailAddress]
  package var bcc: [MailAddress]
  /// From the Date field, else from the topmost Received field.
  package var date: MailDate?
  /// Thread-Index of Exchange and Outlook: base64, without white space.
  package var threadIndex: String?
  package var threadTopic: String?
  /// The keyword of Auto-Submitted (RFC 3834), lower-case, without parameters.
  package var autoSubmitted: String?
  /// The identifier of List-Id (RFC 2919), without angle brackets, lower-case.
  package var listID: String?
  /// Return-Path; empty for the null path `<>`.
  package var returnPath: String?
  package var contentType: ContentType?

  /// An automatic answer: out of office, vacation, "we got your mail".
  package var isAutoReply: Bool
  /// A report that mail could not be delivered (or was delayed; ``ParsedMessage/deliveryReport()`` tells).
  package var isBounce: Bool
  /// A read receipt (RFC 8098).
  package var isReadReceipt: Bool
  /// Sent by a machine on its own: reports, newsletters, notifications, lists, and all of the above.
  package var isAutomatic: Bool

  /// - Complexity: O(octets of the header)
  package init(_ block: HeaderBlock) {
    func addresses(_ name: StaticString) -> [MailAddress] {
      let values = block.all(name)
      if values.count < 2 {
        return values.first.map { MailAddress.list(in: $0, limit: 10_000, else: block.guess) } ?? []
      }
      var found = [MailAddress]()
      for value in values where found.count < 10_000 {
        found += MailAddress.list(in: value, limit: 10_000 - found.count, else: block.guess)
      }
      return found
    }
    messageID = block.first("Message-ID").flatMap { MessageID.list(in: $0).first ?? MessageID($0) }
    inReplyTo = MessageID.list(in: block.first("In-Reply-To") ?? [])
    let chains = block.all("References")
    references = MessageID.list(
      in: chains.count < 2 ? chains.first ?? [] : Array(chains.prefix(16).joined(separator: [0x20])))
    subject = block.text("Subject") ?? ""
    from = addresses("From")
    sender = addresses("Sender")
    replyTo = addresses("Reply-To")
    to = addresses("To")
    cc = addresses("Cc")
    bcc = addresses("Bcc")
    date =
      block.first("Date").flatMap { MailDate(parsing: $0) }
      ?? block.first("Received").flatMap { MailDate(parsing: $0) }
    threadIndex = block.first("Thread-Index").flatMap(Self.compact)
    threadTopic = block.text("Thread-Topic")
    autoSubmitted = block.first("Auto-Submitted").flatMap { value in
      Self.compact(ASCII.lowercased(value.prefix { $0 != 0x3B && $0 != 0x28 }))
    }
    listID = block.first("List-Id").flatMap(Self.listID)
    returnPath = block.first("Return-Path").map { MailAddress.list(in: $0, limit: 1).first?.email ?? "" }
    contentType = block.first("Content-Type").flatMap { ContentType(parsing: $0) }
    isAutoReply = false
    isBounce = false
    isReadReceipt = false
    isAutomatic = false
    recognize(block)
  }

  /// Without white space; nil when nothing is left.
  private static func compact(_ value: [UInt8]) -> String? {
    let bytes = value.filter { $0 > ASCII.space }
    return bytes.isEmpty ? nil : RawText.decode(bytes)
  }

  private static func listID(_ value: [UInt8]) -> String? {
    var id = value[...]
    if let open = value.lastIndex(of: 0x3C) {
      id = value[(open + 1)...]
      if let close = id.firstIndex(of: 0x3E) { id = id[..<close] }
    }
    return compact([UInt8](id))?.lowercased()
  }
}

internal import Bytes

/// A message disposition notification (RFC 8098): what a reader, or a program, did with a mail.
package struct ReadReceipt: Sendable, Hashable {
  package enum Disposition: String, Sendable {
    case displayed, deleted, dispatched, processed, denied, failed
  }

  package var disposition: Disposition
  /// Not by the recipient: a rule did it (`automatic-action`).
  package var isAutomaticAction: Bool
  /// Sent without asking the recipient (`MDN-sent-automatically`).
  package var isSentAutomatically: Bool
  /// `error`, `warning` and others, lower-case.
  package var modifiers: [String]
  package var finalRecipient: String?
  package var originalRecipient: String?
  /// The mail that it speaks of.
  package var originalMessageID: MessageID?
  package var reportingUA: String?
}

extension ParsedMessage {
  /// The receipt that this mail is; nil when it is none.
  package func readReceipt() -> ReadReceipt? {
    guard
      let part = parts.first(where: { part in
        part.contentType.type == "message"
          && (part.contentType.subtype == "disposition-notification"
            || part.contentType.subtype == "global-disposition-notification")
          && !isInsideInnerMail(part)
      })
    else { return nil }
    let block = HeaderBlock(parsing: decoded(part.index))
    // disposition-mode ";" disposition-type ["/" modifier *("," modifier)]
    let value = Self.compacted(block.first("Disposition") ?? [])
    let halves = value.split(separator: 0x3B, maxSplits: 1, omittingEmptySubsequences: false)
    let kind = (halves.last ?? []).split(separator: 0x2F, maxSplits: 1)
    let name = kind.first.map { String(decoding: $0, as: UTF8.self) } ?? ""
    let mode = halves.count > 1 ? halves[0] : []
    let modifiers =
      kind.count > 1 ? kind[1].split(separator: 0x2C).map { String(decoding: $0, as: UTF8.self) } : []
    let id = block.first("Original-Message-ID").flatMap { MessageID.list(in: $0).first ?? MessageID($0) }
    return ReadReceipt(
      disposition: ReadReceipt.Disposition(rawValue: name) ?? (name.isEmpty ? .displayed : .processed),
      isAutomaticAction: mode.starts(with: "automatic-action".utf8),
      isSentAutomatically: Octets.contain(Array(mode), "mdn-sent-automatically"),
      modifiers: modifiers,
      finalRecipient: block.text("Final-Recipient").flatMap(Self.address),
      originalRecipient: block.text("Original-Recipient").flatMap(Self.address),
      originalMessageID: id ?? headers.inReplyTo.first ?? headers.references.last,
      reportingUA: block.text("Reporting-UA"))
  }

  /// Who wants to be told that the mail was read (RFC 8098 §2.1).
  package var receiptsWantedBy: [MailAddress] {
    headerBlock.first("Disposition-Notification-To").map { MailAddress.list(in: $0, limit: 10) } ?? []
  }

  /// Lower-case, without white space and comments.
  private static func compacted(_ value: [UInt8]) -> [UInt8] {
    var depth = 0
    var out = [UInt8]()
    for b in value {
      if b == 0x28 { depth += 1 }
      if depth == 0, b > ASCII.space { out.append(ASCII.lower(b)) }
      if b == 0x29 { depth = max(0, depth - 1) }
    }
    return out
  }
}

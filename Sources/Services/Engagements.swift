internal import JSONRPC
internal import MailStore
internal import PostroomAPI

/// Which addresses are the tenant's own, so that the other side of a mail can be told.
struct OwnSide {
  let rules: LoggingRules

  /// Those of its people, and those to which mail is sent to be logged.
  func has(_ email: String) -> Bool { rules.isOwn(email) || rules.isLoggingAddress(email) }

  /// A mail that anybody of the tenant wrote is outgoing, in whosever mailbox it was found.
  func direction(of mail: Mail) -> Direction {
    if mail.direction == .outgoing { return .outgoing }
    return mail.envelope.addresses.contains { $0.role == .from && has($0.email) } ? .outgoing : .incoming
  }

  /// The other side (S8): who wrote an incoming mail; the first recipient of an outgoing one who is not
  /// the tenant's own, or else simply the first.
  func contact(of mail: Mail) -> Address? {
    let addresses = mail.envelope.addresses
    if direction(of: mail) == .incoming {
      return addresses.first { $0.role == .from } ?? addresses.first { $0.role == .sender }
    }
    let recipients = [AddressRole.to, .cc, .bcc].flatMap { role in addresses.filter { $0.role == role } }
    return recipients.first { !has($0.email) } ?? recipients.first
  }
}

extension House {
  /// A logged mail as it stands on a timeline (S8).
  func engagement(_ mail: Mail, _ side: OwnSide) async throws(RPCError) -> APIEngagement {
    let detail = try await detail(mail)
    let direction = side.direction(of: mail)
    return APIEngagement(
      mailId: mail.id.text, mailboxId: mail.mailboxID.text, threadId: mail.threadID?.text,
      contact: side.contact(of: mail).map { APIAddress(name: $0.name, email: $0.email) },
      subject: mail.envelope.subject, text: detail.body?.text ?? "", replyText: detail.body?.replyText ?? "",
      html: detail.body?.html, date: wireTime(mail.envelope.sentAt ?? mail.receivedAt),
      direction: direction == .incoming ? .incoming : .outgoing, via: Self.via(mail, direction),
      matchedBy: detail.mail.matchedBy, confidence: detail.mail.confidence, attachments: detail.attachments,
      attachmentsLeftOut: mail.hasAttachment && detail.attachments.isEmpty)
  }

  private static func via(_ mail: Mail, _ direction: Direction) -> APIEngagementVia {
    if mail.origin != .inbox { return .sent }
    switch mail.route {
    case .bcc: return .bcc
    case .forward: return .forward
    case .header, nil: break
    }
    return direction == .outgoing ? .client : .received
  }
}

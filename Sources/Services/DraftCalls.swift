internal import Bytes
internal import JSON
package import JSONRPC
internal import MIME
internal import MailEngine
internal import MailStore
package import PostroomAPI

// Answers and forwards, made ready: what `mail.send` takes, to be looked at, changed and sent by the caller.

extension MailCalls {
  package func reply(_ params: MailReplyParams, _ context: CallContext) async throws(RPCError) -> APIDraft {
    let (mail, mailbox) = try await original(params.mailId, context)
    let detail = try await house.detail(mail)
    let post = detail.list?.post.flatMap(Self.address)
    let recipients =
      params.recipients.flatMap { .init(rawValue: $0.rawValue) } ?? DraftAddresses.Recipients.sender
    if recipients == .list, post == nil {
      throw RPCError(
        .paramsInvalid, "This mail came by no list that says where it takes mail.",
        ["name": .string("recipients")])
    }
    let people = DraftAddresses(replyingTo: mail, of: mailbox, recipients, list: post)
    var draft = Self.draft(mail, mailbox, people, prefix: "Re: ")
    if mail.envelope.messageID.flatMap({ MessageID($0) }) != nil { draft.inReplyToMailId = mail.id.text }
    draft.text = params.text
    draft.html = params.html
    guard params.quote, let quoted = Self.quoted(mail, detail, params.utcOffsetMinutes) else {
      if draft.text == nil, draft.html == nil { draft.text = "" }
      return draft
    }
    let words = QuoteWords(language: params.language)
    if params.html == nil || params.text != nil { draft.text = quoted.replyText(params.text ?? "", words) }
    if params.html != nil || quoted.safeHTML != nil {
      let html = quoted.replyHTML(params.html ?? QuotedMail.html(params.text ?? ""), words)
      draft.html = html
      // Pictures that stand in what is quoted; other files are the receiver's own.
      draft.attachments = detail.attachments.filter { $0.cid.map { html.contains("cid:\($0)") } ?? false }
        .map { Self.attachment($0) }
    }
    return draft
  }

  package func forward(_ params: MailForwardParams, _ context: CallContext) async throws(RPCError) -> APIDraft
  {
    let (mail, mailbox) = try await original(params.mailId, context)
    let detail = try await house.detail(mail)
    guard let quoted = Self.quoted(mail, detail, params.utcOffsetMinutes) else {
      throw RPCError(.mailNotLogged, "No body of this mail is stored.")
    }
    let people = DraftAddresses(forwarding: mail, of: mailbox)
    var draft = Self.draft(mail, mailbox, people, prefix: "Fwd: ")
    let words = QuoteWords(language: params.language)
    if params.html == nil || params.text != nil { draft.text = quoted.forwardText(params.text ?? "", words) }
    if params.html != nil || quoted.safeHTML != nil {
      draft.html = quoted.forwardHTML(params.html ?? QuotedMail.html(params.text ?? ""), words)
    }
    draft.attachments = detail.attachments.filter { file in
      params.attachments || file.cid.map { draft.html?.contains("cid:\($0)") ?? false } ?? false
    }.map { Self.attachment($0) }
    return draft
  }

  private func original(
    _ text: String, _ context: CallContext
  ) async throws(RPCError) -> (Mail, Mailbox) {
    let tenant = try house.tenant(context)
    let id: MailID = try id(text, .mailUnknown)
    return try await storing { () async throws(MailStoreError) in
      let mail = try await house.store.mail(id, tenant: tenant)
      return (mail, try await house.store.mailbox(mail.mailboxID, tenant: tenant))
    }
  }

  private static func draft(
    _ mail: Mail, _ mailbox: Mailbox, _ people: DraftAddresses, prefix: String
  ) -> APIDraft {
    let base = mail.envelope.baseSubject.isEmpty ? mail.envelope.subject : mail.envelope.baseSubject
    let addresses = { (list: [MailAddress]) in list.map { APIAddress(name: $0.name, email: $0.email) } }
    return APIDraft(
      mailboxId: mailbox.id.text, from: APIAddress(name: people.from.name, email: people.from.email),
      to: addresses(people.to), cc: addresses(people.cc), subject: String((prefix + base).prefix(subjectMax)),
      attachments: [])
  }

  /// nil when no body is stored.
  private static func quoted(_ mail: Mail, _ detail: APIMailDetail, _ minutes: Int64) -> QuotedMail? {
    guard let body = detail.body else { return nil }
    let people = { (role: AddressRole) in
      mail.envelope.addresses.filter { $0.role == role }.map { MailAddress(name: $0.name, email: $0.email) }
    }
    let sent = mail.envelope.sentAt ?? mail.receivedAt
    return QuotedMail(
      from: people(.from).first, to: people(.to), cc: people(.cc), subject: mail.envelope.subject,
      date: MailDate(
        secondsSince1970: sent.milliseconds / 1000, zoneMinutes: Int(clamping: minutes)),
      text: body.text, safeHTML: body.html)
  }

  private static func attachment(_ file: APIAttachment) -> APIOutgoingAttachment {
    let isType = (3...nameMax).contains(file.type.utf8.count) && file.type.utf8.contains(0x2F)
    return APIOutgoingAttachment(
      name: file.name.isEmpty ? "attachment" : String(file.name.prefix(nameMax)),
      type: isType ? file.type : "application/octet-stream", blobId: file.blobId,
      disposition: file.disposition,
      cid: file.cid.flatMap { (3...nameMax).contains($0.utf8.count) ? $0 : nil })
  }

  /// Of `mailto:list@example.org?subject=…` the address.
  private static func address(_ url: String) -> String? {
    guard url.lowercased().hasPrefix("mailto:") else { return nil }
    let rest = url.utf8.dropFirst(7).prefix { $0 != 0x3F }
    let text = String(decoding: rest, as: UTF8.self)
    return MailAddress(email: text).isComplete && !text.utf8.contains(0x25) ? text : nil
  }

  private static let subjectMax = 2000
  private static let nameMax = 255
}

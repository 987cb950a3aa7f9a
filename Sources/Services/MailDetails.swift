internal import JSONRPC
internal import MailEngine
internal import MailReading
internal import MailStore
internal import PostroomAPI

extension House {
  /// A mail with its text and attachments, and what it is, read now from the stored octets; without them when no body
  /// is stored, or when it cannot be parsed.
  func detail(_ mail: Mail) async throws(RPCError) -> APIMailDetail {
    var detail = APIMailDetail(mail: APIMail(mail), attachments: [])
    if mail.direction == .outgoing { detail.deliveries = try await deliveries(of: mail) }
    guard mail.loggedAt != nil, mail.state == .logged, mail.deletedAt == nil, !mail.parseFailed else {
      return detail
    }
    let raw: [UInt8]
    do {
      raw = try await store.raw(mail.id, tenant: mail.tenantID)
    } catch .notFound {
      return detail
    } catch {
      throw RPCError(error)
    }
    let read = try await reading { () async throws(MailReadingError) in try await reader.read(raw) }
    guard let read else {
      try await storing { () async throws(MailStoreError) in try await store.markUnparsed(mail.id) }
      detail.mail.parseFailed = true
      return detail
    }
    let body = read.body
    detail.mail.preview = body.preview
    detail.body = APIMailBody(
      text: body.text, html: body.safeHTML, replyText: body.replyText, quotedText: body.quotedText,
      signature: body.signature, splitBy: body.splitBy)
    detail.attachments = read.attachments.map {
      APIAttachment(
        blobId: BlobName(mail: mail.id, part: $0.number).text, name: $0.name, type: $0.type,
        size: Int64($0.size), disposition: $0.isInline ? .inline : .attachment, cid: $0.cid)
    }
    try await add(read.notes, to: &detail, of: mail)
    return detail
  }

  private func add(_ notes: MailNotes, to detail: inout APIMailDetail, of mail: Mail) async throws(RPCError) {
    detail.kind = notes.kind.map { APIMailKind($0) }
    if let report = notes.report {
      let said = try await storing { () async throws(MailStoreError) in
        try await store.deliveryNews(in: mail.id, tenant: mail.tenantID)
      }
      detail.report = APIDeliveryReport(report, original: said.lazy.compactMap(\.mailID).first)
    }
    detail.receipt = notes.receipt.map { APIReadReceipt($0) }
    detail.invitation = notes.invitation.map { APIInvitation($0) }
    detail.list = notes.list.map { APIMailingList($0) }
    detail.sender = APISenderSigns(notes.sender)
  }

  /// nil when nothing was reported.
  private func deliveries(of mail: Mail) async throws(RPCError) -> [APIDeliveryNews]? {
    let news = try await storing { () async throws(MailStoreError) in
      try await store.deliveryNews(of: mail.id, tenant: mail.tenantID)
    }
    return news.isEmpty ? nil : news.map { APIDeliveryNews($0) }
  }

  var reader: any MailReader { engine.reader }

  /// - Returns: nil when the mail cannot be parsed.
  func reading<R>(_ body: () async throws(MailReadingError) -> R) async throws(RPCError) -> R? {
    do { return try await body() } catch {
      if error.unreadable != nil { return nil }
      throw RPCError(error)
    }
  }
}

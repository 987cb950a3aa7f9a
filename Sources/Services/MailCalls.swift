internal import Bytes
internal import JSON
package import JSONRPC
internal import MIME
internal import MailEngine
internal import MailReading
internal import MailStore
package import PostroomAPI

/// `mail.*`
package struct MailCalls: MailService {
  let house: House
  package init(_ house: House) { self.house = house }

  package func send(_ params: MailSendParams, _ context: CallContext) async throws(RPCError) -> APISendResult
  {
    let mailbox = try await house.mailbox(params.mailboxId, context)
    if params.to.isEmpty, params.cc.isEmpty, params.bcc.isEmpty {
      throw RPCError(.sendNoRecipients, "A mail needs at least one address in to, cc or bcc.")
    }
    if params.text == nil, params.html == nil, params.attachments.isEmpty {
      throw RPCError(.sendNoContent, "A mail needs text, html or an attachment.")
    }
    if !params.records.isEmpty, !params.track {
      throw RPCError(
        .paramsInvalid, "records need track: a mail that is not logged stands on no timeline.",
        ["name": .string("records")])
    }
    var request = SendRequest(
      mailboxID: mailbox.id, tenantID: mailbox.tenantID, to: people(params.to), cc: people(params.cc),
      bcc: people(params.bcc), replyTo: people(params.replyTo), subject: params.subject, text: params.text,
      html: params.html, inReplyTo: try id(params.inReplyToMailId, .mailUnknown), track: params.track,
      origin: params.origin == .sequence ? .sequence : .timeline, sendAt: try time(params.sendAt, "sendAt"),
      idempotencyKey: context.idempotencyKey, records: params.records.map { RecordRef($0) })
    request.attachments = try attachments(params.attachments)
    request.from = params.from.map { MailAddress(name: $0.name, email: $0.email) }
    request.wantsReports = params.deliveryReports
    let asked = request
    let created = try await engaging { () async throws(EngineError) in try await house.engine.send(asked) }
    return APISendResult(
      mail: APIMail(created.mail), submission: APISubmission(created.submission), replayed: created.replayed)
  }

  package func status(_ params: MailStatusParams, _ context: CallContext) async throws(RPCError)
    -> APISubmission
  {
    let submission = try await submission(params.mailId, context)
    let news = try await storing { () async throws(MailStoreError) in
      try await house.store.deliveryNews(of: submission.mailID, tenant: submission.tenantID)
    }
    let wait = try await engaging { () async throws(EngineError) in
      try await house.engine.sendWait(of: submission)
    }
    return APISubmission(submission, news, wait: wait)
  }

  package func cancel(_ params: MailCancelParams, _ context: CallContext) async throws(RPCError)
    -> APISubmission
  {
    let submission = try await submission(params.mailId, context)
    do {
      return APISubmission(try await house.engine.cancelSend(submission.id, tenant: submission.tenantID))
    } catch .store(.conflict(let state)) {
      throw RPCError(
        .sendTooLate, "The mail is \(state): it cannot be called back.", ["state": .string(state)])
    } catch {
      throw RPCError(error)
    }
  }

  package func get(_ params: MailGetParams, _ context: CallContext) async throws(RPCError) -> APIMailDetail {
    let tenant = try house.tenant(context)
    let id: MailID = try id(params.mailId, .mailUnknown)
    let mail = try await storing { () async throws(MailStoreError) in
      try await house.store.mail(id, tenant: tenant)
    }
    return try await house.detail(mail)
  }

  package func list(_ params: MailListParams, _ context: CallContext) async throws(RPCError) -> APIMailPage {
    let tenant = try house.tenant(context)
    var query = MailQuery()
    query.mailbox = try id(params.mailboxId, .mailboxUnknown)
    query.contact = params.contact
    query.messageID = params.messageId.map(bareMessageID)
    query.loggedOnly = params.loggedOnly
    query.limit = limit(params.limit)
    query.before = try PageCursor.read(params.cursor, count: 1).map { MailID($0[0]) }
    let (asked, page) = (query.limit, query)
    let mails = try await storing { () async throws(MailStoreError) in
      try await house.store.mails(page, tenant: tenant)
    }
    let cursor = mails.count == asked ? mails.last.map { PageCursor.make($0.id.value) } : nil
    return APIMailPage(mails: mails.map { APIMail($0) }, cursor: cursor)
  }

  package func source(
    _ params: MailSourceParams, _ context: CallContext, _ sink: TypedSink<APIChunk>
  ) async throws(RPCError) {
    let tenant = try house.tenant(context)
    let id: MailID = try id(params.mailId, .mailUnknown)
    let raw = try await storing { () async throws(MailStoreError) in
      try await house.store.rawStream(id, tenant: tenant)
    }
    try await sendChunks(raw, sink)
  }

  private func submission(_ text: String, _ context: CallContext) async throws(RPCError) -> Submission {
    let tenant = try house.tenant(context)
    let id: MailID = try id(text, .mailUnknown)
    let found = try await storing { () async throws(MailStoreError) in
      _ = try await house.store.mail(id, tenant: tenant)
      return try await house.store.submission(ofMail: id, tenant: tenant)
    }
    guard let found else { throw RPCError(.submissionUnknown, "This mail was not sent by mail.send.") }
    return found
  }

  /// Each has its content with it, or names an upload.
  private func attachments(_ list: [APIOutgoingAttachment]) throws(RPCError) -> [SendAttachment] {
    var out: [SendAttachment] = []
    for (index, given) in list.enumerated() {
      let isInline = given.disposition.map { $0 == .inline }
      switch (given.data, given.uploadId, given.blobId, given.name, given.type) {
      case (let content?, nil, nil, let name?, let type?):
        var file = OutgoingAttachment(name: name, type: type, content: content, cid: given.cid)
        file.isInline = isInline
        out.append(.inline(file))
      case (nil, nil, let blob?, let name, let type):
        guard let blob = BlobName(blob) else {
          throw RPCError(.attachmentUnknown, "There is no attachment \(blob).")
        }
        out.append(
          .stored(blob.mail, part: blob.part, name: name, type: type, cid: given.cid, isInline: isInline))
      case (nil, let upload?, nil, let name, let type):
        out.append(
          .upload(
            try id(upload, .uploadUnknown), name: name, type: type, cid: given.cid, isInline: isInline))
      default:
        throw RPCError(
          .sendAttachmentInvalid,
          "attachments[\(index)] needs data, name and type, or an uploadId, or a blobId.",
          ["index": .int(Int64(index))])
      }
    }
    return out
  }

  private func people(_ list: [APIAddress]) -> [MailAddress] {
    list.map { MailAddress(name: $0.name, email: $0.email) }
  }
}

/// Callers write Message-IDs with or without angle brackets.
func bareMessageID(_ text: String) -> String {
  let bytes = text.utf8
  if bytes.first == 0x3C, bytes.last == 0x3E, bytes.count > 2 { return String(text.dropFirst().dropLast()) }
  return text
}

/// Octets of one message of a stream: a third below what a stream message may hold after base64.
private let chunkOctets = 256 * 1024

/// Sends what is at hand; one empty chunk when there is nothing.
private func sendChunks(_ octets: [UInt8], _ sink: TypedSink<APIChunk>) async throws(RPCError) {
  try await sendChunks(octets, from: 0, of: Int64(octets.count), sink)
  if octets.isEmpty { try await sink.send(APIChunk(data: [], offset: 0, size: 0)) }
}

/// Sends what comes from the store, a piece at a time: the next is read when the caller has taken this one.
private func sendChunks(_ stream: OctetStream, _ sink: TypedSink<APIChunk>) async throws(RPCError) {
  var stream = stream
  var offset: Int64 = 0
  while true {
    let piece: [UInt8]?
    do { piece = try await stream.piece() } catch { throw RPCError(error) }
    guard let piece else { break }
    try await sendChunks(piece, from: offset, of: stream.octets, sink)
    offset += Int64(piece.count)
  }
  if stream.octets == 0 { try await sink.send(APIChunk(data: [], offset: 0, size: 0)) }
}

private func sendChunks(
  _ octets: [UInt8], from offset: Int64, of size: Int64, _ sink: TypedSink<APIChunk>
) async throws(RPCError) {
  for start in stride(from: 0, to: octets.count, by: chunkOctets) {
    let chunk = Array(octets[start..<min(start + chunkOctets, octets.count)])
    try await sink.send(APIChunk(data: chunk, offset: offset + Int64(start), size: size))
  }
}

/// Names a part of a stored mail: `m12-3`.
struct BlobName {
  var mail: MailID
  var part: Int

  init(mail: MailID, part: Int) {
    self.mail = mail
    self.part = part
  }

  init?(_ text: String) {
    let halves = text.split(separator: "-", omittingEmptySubsequences: false)
    guard halves.count == 2, let mail = MailID(text: String(halves[0])),
      let part = ASCII.decimal(halves[1].utf8, atMost: 1_000_000)
    else { return nil }
    self.init(mail: mail, part: Int(part))
  }

  var text: String { "\(mail.text)-\(part)" }
}

/// `attachment.*`
package struct AttachmentCalls: AttachmentService {
  private let house: House
  package init(_ house: House) { self.house = house }

  package func get(
    _ params: AttachmentGetParams, _ context: CallContext, _ sink: TypedSink<APIChunk>
  ) async throws(RPCError) {
    let tenant = try house.tenant(context)
    guard let name = BlobName(params.blobId) else { throw unknown }
    do {
      if try await house.store.mail(name.mail, tenant: tenant).parseFailed { throw unknown }
      if let content = try await apart(name, tenant) { return try await sendChunks(content, sink) }
      let raw = try await house.store.raw(name.mail, tenant: tenant)
      try await sendChunks(try await attachment(name, of: raw), sink)
    } catch let error as RPCError {
      throw error
    } catch MailStoreError.notFound {
      throw unknown
    } catch let error as MailStoreError {
      throw RPCError(error)
    } catch {
      throw RPCError(MailStoreError.failed("\(type(of: error))"))
    }
  }

  private func attachment(
    _ name: BlobName, of raw: [UInt8]
  ) async throws(RPCError) -> [UInt8] {
    let octets = try await house.reading { () async throws(MailReadingError) in
      try await house.reader.attachment(name.part, of: raw)
    }
    guard let octets, let octets else { throw unknown }
    return octets
  }

  /// The attachment as the store has it apart from its mail, so that neither is read as a whole; nil when
  /// it is not stored so, or when that cannot be told from the rest of the mail.
  private func apart(_ name: BlobName, _ tenant: TenantID) async throws -> OctetStream? {
    let outline = try await house.store.outline(name.mail, tenant: tenant)
    if outline.isWhole { return nil }
    let placeholder = try await house.reading { () async throws(MailReadingError) in
      try await house.reader.placeholder(name.part, of: outline.raw)
    }
    guard let placeholder, let placeholder, let content = outline.content(placeholder) else { return nil }
    return try await house.store.contentStream(content, of: name.mail, tenant: tenant)
  }

  private var unknown: RPCError { RPCError(.attachmentUnknown, "There is no such attachment (any more).") }
}

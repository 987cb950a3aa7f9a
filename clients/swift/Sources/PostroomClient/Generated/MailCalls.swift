// Generated from protocol/openrpc.json by stubgen. Do not edit.
// swift-format-ignore-file
internal import JSON

extension PostroomClient {
  /// The methods `mail.*`.
  public var mail: MailCalls { MailCalls(client: self) }
}

/// The methods `mail.*`.
public struct MailCalls: Sendable {
  let client: PostroomClient

  /// Send a mail. Takes the mail on and answers at once; `mail.status` and the event `submission.state`
  /// tell what became of it. With an idempotency key (`_meta.idempotencyKey`) it is delivered once however
  /// often the call is repeated.
  /// - Parameters:
  ///   - bcc: Receive it without being named in it.
  ///   - text: The body as plain text; made from `html` where it is left out.
  ///   - html: The body as HTML.
  ///   - inReplyToMailId: The mail this one answers: sets In-Reply-To and References, and joins its thread.
  ///   - track: Replies to it are logged. Never when the tenant's settings forbid it (`tenant.get`).
  ///   - origin: `timeline` when left out.
  ///   - sendAt: Not before this moment.
  ///   - records: The mail's thread is linked to these. Not with `track: false`.
  ///   - from: Who stands in From: the mailbox's own address, or one of its `identities`; with a name of
  ///     its own if it has one. The mailbox's own name and address when left out.
  ///   - deliveryReports: Ask the servers on the way to tell of delivery and delay, not of failure only
  ///     (RFC 3461). Those that cannot do not.
  /// - Throws: with reason `mailbox.unknown`, `mailbox.disconnected`, `mail.unknown`, `send.noRecipients`,
  ///   `send.addressInvalid`, `send.fromRefused`, `send.noContent`, `send.headerInvalid`,
  ///   `send.attachmentInvalid`, `upload.unknown`, `upload.incomplete`, `attachment.unknown`,
  ///   `send.tooLarge`, `idempotency.keyReused`
  public func send(
    mailboxId: String, to: [Address] = [], cc: [Address] = [], bcc: [Address] = [], replyTo: [Address] = [],
    subject: String, text: String? = nil, html: String? = nil, attachments: [OutgoingAttachment] = [],
    inReplyToMailId: String? = nil, track: Bool = true, origin: SendOrigin? = nil, sendAt: String? = nil,
    records: [RecordRef] = [], from: Address? = nil, deliveryReports: Bool = false,
    options: CallOptions = CallOptions()
  ) async throws(PostroomError) -> SendResult {
    try await client.call("mail.send", repeatable: .withKey, options) { writer in
      writer.key("mailboxId")
      writer.string(mailboxId)
      if !to.isEmpty {
        writer.key("to")
        writer.list(to)
      }
      if !cc.isEmpty {
        writer.key("cc")
        writer.list(cc)
      }
      if !bcc.isEmpty {
        writer.key("bcc")
        writer.list(bcc)
      }
      if !replyTo.isEmpty {
        writer.key("replyTo")
        writer.list(replyTo)
      }
      writer.key("subject")
      writer.string(subject)
      if let text {
        writer.key("text")
        writer.string(text)
      }
      if let html {
        writer.key("html")
        writer.string(html)
      }
      if !attachments.isEmpty {
        writer.key("attachments")
        writer.list(attachments)
      }
      if let inReplyToMailId {
        writer.key("inReplyToMailId")
        writer.string(inReplyToMailId)
      }
      if track != true {
        writer.key("track")
        writer.bool(track)
      }
      if let origin {
        writer.key("origin")
        origin.write(to: &writer)
      }
      if let sendAt {
        writer.key("sendAt")
        writer.string(sendAt)
      }
      if !records.isEmpty {
        writer.key("records")
        writer.list(records)
      }
      if let from {
        writer.key("from")
        from.write(to: &writer)
      }
      if deliveryReports != false {
        writer.key("deliveryReports")
        writer.bool(deliveryReports)
      }
    }
  }

  /// What became of a sent mail. The submission of a mail that `mail.send` took on.
  /// - Throws: with reason `mail.unknown`, `submission.unknown`
  public func status(
    mailId: String, options: CallOptions = CallOptions()
  ) async throws(PostroomError) -> Submission {
    try await client.call("mail.status", repeatable: .always, options) { writer in
      writer.key("mailId")
      writer.string(mailId)
    }
  }

  /// Stop a mail. Stops a mail that waits or is deferred. Once it is being handed over it is too late.
  /// - Throws: with reason `mail.unknown`, `submission.unknown`, `send.tooLate`
  public func cancel(
    mailId: String, options: CallOptions = CallOptions()
  ) async throws(PostroomError) -> Submission {
    try await client.call("mail.cancel", repeatable: .always, options) { writer in
      writer.key("mailId")
      writer.string(mailId)
    }
  }

  /// Make an answer ready. What `mail.send` needs to answer a mail: from the address it was written to; to
  /// whom it asks for; with its text below the caller's, as text and as sanitised HTML. Nothing is sent or
  /// stored. The answer's members are params of `mail.send`. Of a mail whose body is not stored nothing is
  /// quoted.
  /// - Parameters:
  ///   - recipients: `sender` when left out. Own addresses are left out, unless there is no other.
  ///   - text: What the answer says, as plain text.
  ///   - html: What the answer says, as HTML; made from `text` where the mail has HTML and this is left
  ///     out.
  ///   - quote: The mail stands below the answer.
  ///   - language: Of the words around what is quoted, as a tag such as `de` or `pt-BR`; English for what
  ///     there are no words for.
  ///   - utcOffsetMinutes: Minutes east of UTC in which the quoted mail's time is written.
  /// - Throws: with reason `mail.unknown`
  public func reply(
    mailId: String, recipients: ReplyRecipients? = nil, text: String? = nil, html: String? = nil,
    quote: Bool = true, language: String? = nil, utcOffsetMinutes: Int64 = 0,
    options: CallOptions = CallOptions()
  ) async throws(PostroomError) -> Draft {
    try await client.call("mail.reply", repeatable: .always, options) { writer in
      writer.key("mailId")
      writer.string(mailId)
      if let recipients {
        writer.key("recipients")
        recipients.write(to: &writer)
      }
      if let text {
        writer.key("text")
        writer.string(text)
      }
      if let html {
        writer.key("html")
        writer.string(html)
      }
      if quote != true {
        writer.key("quote")
        writer.bool(quote)
      }
      if let language {
        writer.key("language")
        writer.string(language)
      }
      if utcOffsetMinutes != 0 {
        writer.key("utcOffsetMinutes")
        writer.int(utcOffsetMinutes)
      }
    }
  }

  /// Make a forward ready. What `mail.send` needs to pass a mail on: its header's main fields, its text and
  /// its attachments below what the caller says. Nothing is sent or stored. The answer's members are params
  /// of `mail.send`, `to` is for the caller to fill. A forward names no mail, so that it begins a
  /// conversation of its own.
  /// - Parameters:
  ///   - text: What is said about it, as plain text.
  ///   - html: What is said about it, as HTML; made from `text` where the mail has HTML and this is left
  ///     out.
  ///   - attachments: The mail's attachments go with it; else only the pictures that its HTML shows.
  ///   - language: Of the words around what is quoted, as a tag such as `de` or `pt-BR`; English for what
  ///     there are no words for.
  ///   - utcOffsetMinutes: Minutes east of UTC in which the quoted mail's time is written.
  /// - Throws: with reason `mail.unknown`, `mail.notLogged`
  public func forward(
    mailId: String, text: String? = nil, html: String? = nil, attachments: Bool = true,
    language: String? = nil, utcOffsetMinutes: Int64 = 0, options: CallOptions = CallOptions()
  ) async throws(PostroomError) -> Draft {
    try await client.call("mail.forward", repeatable: .always, options) { writer in
      writer.key("mailId")
      writer.string(mailId)
      if let text {
        writer.key("text")
        writer.string(text)
      }
      if let html {
        writer.key("html")
        writer.string(html)
      }
      if attachments != true {
        writer.key("attachments")
        writer.bool(attachments)
      }
      if let language {
        writer.key("language")
        writer.string(language)
      }
      if utcOffsetMinutes != 0 {
        writer.key("utcOffsetMinutes")
        writer.int(utcOffsetMinutes)
      }
    }
  }

  /// A mail. A mail with its content and its list of attachments, where they are stored.
  /// - Throws: with reason `mail.unknown`
  public func get(
    mailId: String, options: CallOptions = CallOptions()
  ) async throws(PostroomError) -> MailDetail {
    try await client.call("mail.get", repeatable: .always, options) { writer in
      writer.key("mailId")
      writer.string(mailId)
    }
  }

  /// Find mails. Mails, newest first. Criteria narrow each other down.
  /// - Parameters:
  ///   - contact: From or to this address.
  ///   - loggedOnly: Only mails whose body is stored.
  ///   - cursor: Where the page before ended.
  /// - Throws: with reason `mailbox.unknown`, `params.cursor`
  public func list(
    mailboxId: String? = nil, contact: String? = nil, messageId: String? = nil, loggedOnly: Bool = true,
    cursor: String? = nil, limit: Int64? = nil, options: CallOptions = CallOptions()
  ) async throws(PostroomError) -> MailPage {
    try await client.call("mail.list", repeatable: .always, options) { writer in
      if let mailboxId {
        writer.key("mailboxId")
        writer.string(mailboxId)
      }
      if let contact {
        writer.key("contact")
        writer.string(contact)
      }
      if let messageId {
        writer.key("messageId")
        writer.string(messageId)
      }
      if loggedOnly != true {
        writer.key("loggedOnly")
        writer.bool(loggedOnly)
      }
      if let cursor {
        writer.key("cursor")
        writer.string(cursor)
      }
      if let limit {
        writer.key("limit")
        writer.int(limit)
      }
    }
  }

  /// Find words in logged mail. Logged mails that have all words of the text and fit all other criteria,
  /// newest first. Letters of either case and with any accent are alike; words in quotation marks, or
  /// hanging together as in `follow-up`, must stand side by side; Chinese, Japanese, Thai and Korean are
  /// found by any part of a text. Whole words are found, not their beginnings. What is searched is the
  /// tenant's decision (`tenant.update`, `search`): nothing, which is an error here; `metadata`, which is
  /// subjects, names and addresses; or `full`, which is texts and the names of attachments too.
  /// - Parameters:
  ///   - text: At most 32 words.
  ///   - record: Mails of this record.
  ///   - contact: From or to this address.
  ///   - to: To this address, also as a copy.
  ///   - after: Received at this time or later.
  ///   - before: Received earlier than this.
  ///   - cursor: Where the page before ended.
  /// - Throws: with reason `search.off`, `search.text`, `mailbox.unknown`, `thread.unknown`,
  ///   `params.cursor`
  public func search(
    text: String = "", mailboxId: String? = nil, threadId: String? = nil, record: RecordRef? = nil,
    contact: String? = nil, from: String? = nil, to: String? = nil, after: String? = nil,
    before: String? = nil, hasAttachment: Bool? = nil, cursor: String? = nil, limit: Int64? = nil,
    options: CallOptions = CallOptions()
  ) async throws(PostroomError) -> MailSearchPage {
    try await client.call("mail.search", repeatable: .always, options) { writer in
      if text != "" {
        writer.key("text")
        writer.string(text)
      }
      if let mailboxId {
        writer.key("mailboxId")
        writer.string(mailboxId)
      }
      if let threadId {
        writer.key("threadId")
        writer.string(threadId)
      }
      if let record {
        writer.key("record")
        record.write(to: &writer)
      }
      if let contact {
        writer.key("contact")
        writer.string(contact)
      }
      if let from {
        writer.key("from")
        writer.string(from)
      }
      if let to {
        writer.key("to")
        writer.string(to)
      }
      if let after {
        writer.key("after")
        writer.string(after)
      }
      if let before {
        writer.key("before")
        writer.string(before)
      }
      if let hasAttachment {
        writer.key("hasAttachment")
        writer.bool(hasAttachment)
      }
      if let cursor {
        writer.key("cursor")
        writer.string(cursor)
      }
      if let limit {
        writer.key("limit")
        writer.int(limit)
      }
    }
  }

  /// The message itself. Streams the octets of a logged mail as they were on the server.
  /// - Throws: with reason `mail.unknown`, `mail.notLogged`
  public func source(mailId: String, options: StreamOptions = StreamOptions()) -> PostroomStream<Chunk> {
    client.stream("mail.source", options) { writer in
      writer.key("mailId")
      writer.string(mailId)
    }
  }

  /// Delete an engagement. Takes a logged mail off every timeline, thread and list of logged mail and gives
  /// its content out no more, in all mailboxes of the tenant that have it. It is erased within the policy's
  /// `deletedDays` (`retention.get`); until then `mail.restore` brings it back. Again changes nothing.
  /// `purge.run` erases at once.
  /// - Throws: with reason `mail.unknown`, `mail.notLogged`
  public func delete(
    mailId: String, options: CallOptions = CallOptions()
  ) async throws(PostroomError) -> Mail {
    try await client.call("mail.delete", repeatable: .always, options) { writer in
      writer.key("mailId")
      writer.string(mailId)
    }
  }

  /// Take a deletion back. Brings a deleted mail back, as long as it is not erased.
  /// - Throws: with reason `mail.unknown`
  public func restore(
    mailId: String, options: CallOptions = CallOptions()
  ) async throws(PostroomError) -> Mail {
    try await client.call("mail.restore", repeatable: .always, options) { writer in
      writer.key("mailId")
      writer.string(mailId)
    }
  }
}

/// `timeline`: one-to-one; `sequence`: an automated series, kept until the tenant goes.
public struct SendOrigin: RawRepresentable, Hashable, Sendable, CustomStringConvertible, JSONWord {
  public let rawValue: String
  public init(rawValue: String) { self.rawValue = rawValue }
  public var description: String { rawValue }

  public static let timeline = SendOrigin(rawValue: "timeline")
  public static let sequence = SendOrigin(rawValue: "sequence")
}

/// `queued`, `sending`, `dataOpen` (the message is being handed over), `accepted` (by the submission
/// server), `deferred` (tried again later), `failed`, `unknown` (cut off while handing over; being found
/// out, not sent again), `cancelled`.
public struct SubmissionState: RawRepresentable, Hashable, Sendable, CustomStringConvertible, JSONWord {
  public let rawValue: String
  public init(rawValue: String) { self.rawValue = rawValue }
  public var description: String { rawValue }

  public static let queued = SubmissionState(rawValue: "queued")
  public static let sending = SubmissionState(rawValue: "sending")
  public static let dataOpen = SubmissionState(rawValue: "dataOpen")
  public static let accepted = SubmissionState(rawValue: "accepted")
  public static let deferred = SubmissionState(rawValue: "deferred")
  public static let failed = SubmissionState(rawValue: "failed")
  public static let unknown = SubmissionState(rawValue: "unknown")
  public static let cancelled = SubmissionState(rawValue: "cancelled")
}

/// What became of the copy in the Sent folder: `pending`, `provider` (the provider files it itself),
/// `appended`, `skipped` (no folder for sent mail), `failed`.
public struct SentCopy: RawRepresentable, Hashable, Sendable, CustomStringConvertible, JSONWord {
  public let rawValue: String
  public init(rawValue: String) { self.rawValue = rawValue }
  public var description: String { rawValue }

  public static let pending = SentCopy(rawValue: "pending")
  public static let provider = SentCopy(rawValue: "provider")
  public static let appended = SentCopy(rawValue: "appended")
  public static let skipped = SentCopy(rawValue: "skipped")
  public static let failed = SentCopy(rawValue: "failed")
}

/// Which limit a mail waits for.
public struct SendLimit: RawRepresentable, Hashable, Sendable, CustomStringConvertible, JSONWord {
  public let rawValue: String
  public init(rawValue: String) { self.rawValue = rawValue }
  public var description: String { rawValue }

  public static let mailboxPerMinute = SendLimit(rawValue: "mailboxPerMinute")
  public static let mailboxPerDay = SendLimit(rawValue: "mailboxPerDay")
  public static let tenantPerMinute = SendLimit(rawValue: "tenantPerMinute")
  public static let tenantPerDay = SendLimit(rawValue: "tenantPerDay")
}

/// Mails, newest first.
public struct MailPage: Hashable, Sendable, JSONReadable, JSONWritable {
  public var mails: [Mail]
  public var cursor: String?

  public init(mails: [Mail], cursor: String? = nil) {
    self.mails = mails
    self.cursor = cursor
  }

  init(from reader: inout JSONReader) throws(JSONError) {
    var mails: [Mail]?
    var cursor: String?
    try reader.beginObject()
    while try reader.nextKey() {
      if reader.keyIs("mails") {
        mails = try reader.list("mails")
      } else if reader.keyIs("cursor") {
        if !reader.isNull() { cursor = try reader.string() }
      } else {
        try reader.skip()
      }
    }
    self.mails = try present(mails, "mails")
    self.cursor = cursor
  }

  func write(to writer: inout JSONWriter) {
    writer.beginObject()
    writer.key("mails")
    writer.list(mails)
    if let cursor {
      writer.key("cursor")
      writer.string(cursor)
    }
    writer.endObject()
  }

  /// This as one line of JSON, as the API writes it.
  public var json: String { jsonText(of: self) }
}

/// Mails that were found, newest first.
public struct MailSearchPage: Hashable, Sendable, JSONReadable, JSONWritable {
  public var mails: [Mail]
  public var cursor: String?
  /// Whether all logged mail could be searched; false while the index is catching up.
  public var complete: Bool

  public init(mails: [Mail], cursor: String? = nil, complete: Bool) {
    self.mails = mails
    self.cursor = cursor
    self.complete = complete
  }

  init(from reader: inout JSONReader) throws(JSONError) {
    var mails: [Mail]?
    var cursor: String?
    var complete: Bool?
    try reader.beginObject()
    while try reader.nextKey() {
      if reader.keyIs("mails") {
        mails = try reader.list("mails")
      } else if reader.keyIs("cursor") {
        if !reader.isNull() { cursor = try reader.string() }
      } else if reader.keyIs("complete") {
        complete = try reader.bool()
      } else {
        try reader.skip()
      }
    }
    self.mails = try present(mails, "mails")
    self.cursor = cursor
    self.complete = try present(complete, "complete")
  }

  func write(to writer: inout JSONWriter) {
    writer.beginObject()
    writer.key("mails")
    writer.list(mails)
    if let cursor {
      writer.key("cursor")
      writer.string(cursor)
    }
    writer.key("complete")
    writer.bool(complete)
    writer.endObject()
  }

  /// This as one line of JSON, as the API writes it.
  public var json: String { jsonText(of: self) }
}

/// A file to send: its content as `data`, an upload that has it, or an attachment of a stored mail. Exactly
/// one of the three.
public struct OutgoingAttachment: Hashable, Sendable, JSONReadable, JSONWritable {
  /// The file name the receiver sees; needed with `data`, else that of the upload or attachment when left
  /// out.
  public var name: String?
  /// The media type; needed with `data`, else that of the upload or attachment when left out.
  public var type: String?
  /// The content, base64.
  public var data: [UInt8]?
  public var uploadId: String?
  public var blobId: String?
  public var disposition: Disposition?
  /// The Content-ID that the HTML names it by (`cid:`), without angle brackets: shown in the HTML, where
  /// there is one.
  public var cid: String?

  public init(
    name: String? = nil, type: String? = nil, data: [UInt8]? = nil, uploadId: String? = nil,
    blobId: String? = nil, disposition: Disposition? = nil, cid: String? = nil
  ) {
    self.name = name
    self.type = type
    self.data = data
    self.uploadId = uploadId
    self.blobId = blobId
    self.disposition = disposition
    self.cid = cid
  }

  init(from reader: inout JSONReader) throws(JSONError) {
    var name: String?
    var type: String?
    var data: [UInt8]?
    var uploadId: String?
    var blobId: String?
    var disposition: Disposition?
    var cid: String?
    try reader.beginObject()
    while try reader.nextKey() {
      if reader.keyIs("name") {
        if !reader.isNull() { name = try reader.string() }
      } else if reader.keyIs("type") {
        if !reader.isNull() { type = try reader.string() }
      } else if reader.keyIs("data") {
        if !reader.isNull() { data = try reader.octets() }
      } else if reader.keyIs("uploadId") {
        if !reader.isNull() { uploadId = try reader.string() }
      } else if reader.keyIs("blobId") {
        if !reader.isNull() { blobId = try reader.string() }
      } else if reader.keyIs("disposition") {
        if !reader.isNull() { disposition = try Disposition(from: &reader) }
      } else if reader.keyIs("cid") {
        if !reader.isNull() { cid = try reader.string() }
      } else {
        try reader.skip()
      }
    }
    self.name = name
    self.type = type
    self.data = data
    self.uploadId = uploadId
    self.blobId = blobId
    self.disposition = disposition
    self.cid = cid
  }

  func write(to writer: inout JSONWriter) {
    writer.beginObject()
    if let name {
      writer.key("name")
      writer.string(name)
    }
    if let type {
      writer.key("type")
      writer.string(type)
    }
    if let data {
      writer.key("data")
      writer.octets(data)
    }
    if let uploadId {
      writer.key("uploadId")
      writer.string(uploadId)
    }
    if let blobId {
      writer.key("blobId")
      writer.string(blobId)
    }
    if let disposition {
      writer.key("disposition")
      disposition.write(to: &writer)
    }
    if let cid {
      writer.key("cid")
      writer.string(cid)
    }
    writer.endObject()
  }

  /// This as one line of JSON, as the API writes it.
  public var json: String { jsonText(of: self) }
}

/// What the submission server said about one recipient.
public struct Recipient: Hashable, Sendable, JSONReadable, JSONWritable {
  public var email: String
  /// The SMTP reply code; 0 while nothing is known.
  public var code: Int64
  /// The server's words.
  public var text: String
  /// Absent while nothing is known.
  public var accepted: Bool?
  public var news: DeliveryNews?

  public init(email: String, code: Int64, text: String, accepted: Bool? = nil, news: DeliveryNews? = nil) {
    self.email = email
    self.code = code
    self.text = text
    self.accepted = accepted
    self.news = news
  }

  init(from reader: inout JSONReader) throws(JSONError) {
    var email: String?
    var code: Int64?
    var text: String?
    var accepted: Bool?
    var news: DeliveryNews?
    try reader.beginObject()
    while try reader.nextKey() {
      if reader.keyIs("email") {
        email = try reader.string()
      } else if reader.keyIs("code") {
        code = try reader.int()
      } else if reader.keyIs("text") {
        text = try reader.string()
      } else if reader.keyIs("accepted") {
        if !reader.isNull() { accepted = try reader.bool() }
      } else if reader.keyIs("news") {
        if !reader.isNull() { news = try reader.object("news") }
      } else {
        try reader.skip()
      }
    }
    self.email = try present(email, "email")
    self.code = try present(code, "code")
    self.text = try present(text, "text")
    self.accepted = accepted
    self.news = news
  }

  func write(to writer: inout JSONWriter) {
    writer.beginObject()
    writer.key("email")
    writer.string(email)
    writer.key("code")
    writer.int(code)
    writer.key("text")
    writer.string(text)
    if let accepted {
      writer.key("accepted")
      writer.bool(accepted)
    }
    if let news {
      writer.key("news")
      news.write(to: &writer)
    }
    writer.endObject()
  }

  /// This as one line of JSON, as the API writes it.
  public var json: String { jsonText(of: self) }
}

/// `sender`: whom Reply-To, else From says; for one's own mail whom it went to. `all`: these and everybody
/// in To and Cc. `list`: the mailing list that the mail came by.
public struct ReplyRecipients: RawRepresentable, Hashable, Sendable, CustomStringConvertible, JSONWord {
  public let rawValue: String
  public init(rawValue: String) { self.rawValue = rawValue }
  public var description: String { rawValue }

  public static let sender = ReplyRecipients(rawValue: "sender")
  public static let all = ReplyRecipients(rawValue: "all")
  public static let list = ReplyRecipients(rawValue: "list")
}

/// A mail that is ready to be sent: each member is a param of `mail.send`.
public struct Draft: Hashable, Sendable, JSONReadable, JSONWritable {
  public var mailboxId: String
  public var from: Address?
  public var to: [Address]
  public var cc: [Address]
  public var subject: String
  public var text: String?
  public var html: String?
  public var attachments: [OutgoingAttachment]
  public var inReplyToMailId: String?

  public init(
    mailboxId: String, from: Address? = nil, to: [Address], cc: [Address], subject: String,
    text: String? = nil, html: String? = nil, attachments: [OutgoingAttachment],
    inReplyToMailId: String? = nil
  ) {
    self.mailboxId = mailboxId
    self.from = from
    self.to = to
    self.cc = cc
    self.subject = subject
    self.text = text
    self.html = html
    self.attachments = attachments
    self.inReplyToMailId = inReplyToMailId
  }

  init(from reader: inout JSONReader) throws(JSONError) {
    var mailboxId: String?
    var from: Address?
    var to: [Address]?
    var cc: [Address]?
    var subject: String?
    var text: String?
    var html: String?
    var attachments: [OutgoingAttachment]?
    var inReplyToMailId: String?
    try reader.beginObject()
    while try reader.nextKey() {
      if reader.keyIs("mailboxId") {
        mailboxId = try reader.string()
      } else if reader.keyIs("from") {
        if !reader.isNull() { from = try reader.object("from") }
      } else if reader.keyIs("to") {
        to = try reader.list("to")
      } else if reader.keyIs("cc") {
        cc = try reader.list("cc")
      } else if reader.keyIs("subject") {
        subject = try reader.string()
      } else if reader.keyIs("text") {
        if !reader.isNull() { text = try reader.string() }
      } else if reader.keyIs("html") {
        if !reader.isNull() { html = try reader.string() }
      } else if reader.keyIs("attachments") {
        attachments = try reader.list("attachments")
      } else if reader.keyIs("inReplyToMailId") {
        if !reader.isNull() { inReplyToMailId = try reader.string() }
      } else {
        try reader.skip()
      }
    }
    self.mailboxId = try present(mailboxId, "mailboxId")
    self.from = from
    self.to = try present(to, "to")
    self.cc = try present(cc, "cc")
    self.subject = try present(subject, "subject")
    self.text = text
    self.html = html
    self.attachments = try present(attachments, "attachments")
    self.inReplyToMailId = inReplyToMailId
  }

  func write(to writer: inout JSONWriter) {
    writer.beginObject()
    writer.key("mailboxId")
    writer.string(mailboxId)
    if let from {
      writer.key("from")
      from.write(to: &writer)
    }
    writer.key("to")
    writer.list(to)
    writer.key("cc")
    writer.list(cc)
    writer.key("subject")
    writer.string(subject)
    if let text {
      writer.key("text")
      writer.string(text)
    }
    if let html {
      writer.key("html")
      writer.string(html)
    }
    writer.key("attachments")
    writer.list(attachments)
    if let inReplyToMailId {
      writer.key("inReplyToMailId")
      writer.string(inReplyToMailId)
    }
    writer.endObject()
  }

  /// This as one line of JSON, as the API writes it.
  public var json: String { jsonText(of: self) }
}

/// A mail on its way out.
public struct Submission: Hashable, Sendable, JSONReadable, JSONWritable {
  public var id: String
  public var mailId: String
  public var mailboxId: String
  public var messageId: String
  public var envelopeFrom: String
  public var recipients: [Recipient]
  public var state: SubmissionState
  /// Connections made for it so far.
  public var attempts: Int64
  public var nextAttemptAt: String?
  /// It is due and a limit of sending holds it until `nextAttemptAt`. Only in answers of `mail.status`.
  public var waitsFor: SendLimit?
  /// What went wrong last, in words for a person.
  public var lastError: String?
  public var sentCopy: SentCopy
  public var createdAt: String
  public var updatedAt: String

  public init(
    id: String, mailId: String, mailboxId: String, messageId: String, envelopeFrom: String,
    recipients: [Recipient], state: SubmissionState, attempts: Int64, nextAttemptAt: String? = nil,
    waitsFor: SendLimit? = nil, lastError: String? = nil, sentCopy: SentCopy, createdAt: String,
    updatedAt: String
  ) {
    self.id = id
    self.mailId = mailId
    self.mailboxId = mailboxId
    self.messageId = messageId
    self.envelopeFrom = envelopeFrom
    self.recipients = recipients
    self.state = state
    self.attempts = attempts
    self.nextAttemptAt = nextAttemptAt
    self.waitsFor = waitsFor
    self.lastError = lastError
    self.sentCopy = sentCopy
    self.createdAt = createdAt
    self.updatedAt = updatedAt
  }

  init(from reader: inout JSONReader) throws(JSONError) {
    var id: String?
    var mailId: String?
    var mailboxId: String?
    var messageId: String?
    var envelopeFrom: String?
    var recipients: [Recipient]?
    var state: SubmissionState?
    var attempts: Int64?
    var nextAttemptAt: String?
    var waitsFor: SendLimit?
    var lastError: String?
    var sentCopy: SentCopy?
    var createdAt: String?
    var updatedAt: String?
    try reader.beginObject()
    while try reader.nextKey() {
      if reader.keyIs("id") {
        id = try reader.string()
      } else if reader.keyIs("mailId") {
        mailId = try reader.string()
      } else if reader.keyIs("mailboxId") {
        mailboxId = try reader.string()
      } else if reader.keyIs("messageId") {
        messageId = try reader.string()
      } else if reader.keyIs("envelopeFrom") {
        envelopeFrom = try reader.string()
      } else if reader.keyIs("recipients") {
        recipients = try reader.list("recipients")
      } else if reader.keyIs("state") {
        state = try SubmissionState(from: &reader)
      } else if reader.keyIs("attempts") {
        attempts = try reader.int()
      } else if reader.keyIs("nextAttemptAt") {
        if !reader.isNull() { nextAttemptAt = try reader.string() }
      } else if reader.keyIs("waitsFor") {
        if !reader.isNull() { waitsFor = try SendLimit(from: &reader) }
      } else if reader.keyIs("lastError") {
        if !reader.isNull() { lastError = try reader.string() }
      } else if reader.keyIs("sentCopy") {
        sentCopy = try SentCopy(from: &reader)
      } else if reader.keyIs("createdAt") {
        createdAt = try reader.string()
      } else if reader.keyIs("updatedAt") {
        updatedAt = try reader.string()
      } else {
        try reader.skip()
      }
    }
    self.id = try present(id, "id")
    self.mailId = try present(mailId, "mailId")
    self.mailboxId = try present(mailboxId, "mailboxId")
    self.messageId = try present(messageId, "messageId")
    self.envelopeFrom = try present(envelopeFrom, "envelopeFrom")
    self.recipients = try present(recipients, "recipients")
    self.state = try present(state, "state")
    self.attempts = try present(attempts, "attempts")
    self.nextAttemptAt = nextAttemptAt
    self.waitsFor = waitsFor
    self.lastError = lastError
    self.sentCopy = try present(sentCopy, "sentCopy")
    self.createdAt = try present(createdAt, "createdAt")
    self.updatedAt = try present(updatedAt, "updatedAt")
  }

  func write(to writer: inout JSONWriter) {
    writer.beginObject()
    writer.key("id")
    writer.string(id)
    writer.key("mailId")
    writer.string(mailId)
    writer.key("mailboxId")
    writer.string(mailboxId)
    writer.key("messageId")
    writer.string(messageId)
    writer.key("envelopeFrom")
    writer.string(envelopeFrom)
    writer.key("recipients")
    writer.list(recipients)
    writer.key("state")
    state.write(to: &writer)
    writer.key("attempts")
    writer.int(attempts)
    if let nextAttemptAt {
      writer.key("nextAttemptAt")
      writer.string(nextAttemptAt)
    }
    if let waitsFor {
      writer.key("waitsFor")
      waitsFor.write(to: &writer)
    }
    if let lastError {
      writer.key("lastError")
      writer.string(lastError)
    }
    writer.key("sentCopy")
    sentCopy.write(to: &writer)
    writer.key("createdAt")
    writer.string(createdAt)
    writer.key("updatedAt")
    writer.string(updatedAt)
    writer.endObject()
  }

  /// This as one line of JSON, as the API writes it.
  public var json: String { jsonText(of: self) }
}

/// A mail that was taken on.
public struct SendResult: Hashable, Sendable, JSONReadable, JSONWritable {
  public var mail: Mail
  public var submission: Submission
  /// The same idempotency key came before: this is that mail, as it stands now.
  public var replayed: Bool

  public init(mail: Mail, submission: Submission, replayed: Bool) {
    self.mail = mail
    self.submission = submission
    self.replayed = replayed
  }

  init(from reader: inout JSONReader) throws(JSONError) {
    var mail: Mail?
    var submission: Submission?
    var replayed: Bool?
    try reader.beginObject()
    while try reader.nextKey() {
      if reader.keyIs("mail") {
        mail = try reader.object("mail")
      } else if reader.keyIs("submission") {
        submission = try reader.object("submission")
      } else if reader.keyIs("replayed") {
        replayed = try reader.bool()
      } else {
        try reader.skip()
      }
    }
    self.mail = try present(mail, "mail")
    self.submission = try present(submission, "submission")
    self.replayed = try present(replayed, "replayed")
  }

  func write(to writer: inout JSONWriter) {
    writer.beginObject()
    writer.key("mail")
    mail.write(to: &writer)
    writer.key("submission")
    submission.write(to: &writer)
    writer.key("replayed")
    writer.bool(replayed)
    writer.endObject()
  }

  /// This as one line of JSON, as the API writes it.
  public var json: String { jsonText(of: self) }
}

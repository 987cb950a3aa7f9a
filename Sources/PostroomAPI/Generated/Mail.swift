// Generated from protocol/openrpc.json by stubgen. Do not edit.
// swift-format-ignore-file
package import JSON
package import JSONRPC

/// What answers the methods `mail.*`.
package protocol MailService: Sendable {
  /// Send a mail. Takes the mail on and answers at once; `mail.status` and the event `submission.state`
  /// tell what became of it. With an idempotency key (`_meta.idempotencyKey`) it is delivered once however
  /// often the call is repeated.
  /// - Throws: `mailbox.unknown`, `mailbox.disconnected`, `mail.unknown`, `send.noRecipients`,
  ///   `send.addressInvalid`, `send.fromRefused`, `send.noContent`, `send.headerInvalid`,
  ///   `send.attachmentInvalid`, `upload.unknown`, `upload.incomplete`, `attachment.unknown`,
  ///   `send.tooLarge`, `idempotency.keyReused`
  func send(_ params: MailSendParams, _ context: CallContext) async throws(RPCError) -> APISendResult

  /// What became of a sent mail. The submission of a mail that `mail.send` took on.
  /// - Throws: `mail.unknown`, `submission.unknown`
  func status(_ params: MailStatusParams, _ context: CallContext) async throws(RPCError) -> APISubmission

  /// Stop a mail. Stops a mail that waits or is deferred. Once it is being handed over it is too late.
  /// - Throws: `mail.unknown`, `submission.unknown`, `send.tooLate`
  func cancel(_ params: MailCancelParams, _ context: CallContext) async throws(RPCError) -> APISubmission

  /// Make an answer ready. What `mail.send` needs to answer a mail: from the address it was written to; to
  /// whom it asks for; with its text below the caller's, as text and as sanitised HTML. Nothing is sent or
  /// stored. The answer's members are params of `mail.send`. Of a mail whose body is not stored nothing is
  /// quoted.
  /// - Throws: `mail.unknown`
  func reply(_ params: MailReplyParams, _ context: CallContext) async throws(RPCError) -> APIDraft

  /// Make a forward ready. What `mail.send` needs to pass a mail on: its header's main fields, its text and
  /// its attachments below what the caller says. Nothing is sent or stored. The answer's members are params
  /// of `mail.send`, `to` is for the caller to fill. A forward names no mail, so that it begins a
  /// conversation of its own.
  /// - Throws: `mail.unknown`, `mail.notLogged`
  func forward(_ params: MailForwardParams, _ context: CallContext) async throws(RPCError) -> APIDraft

  /// A mail. A mail with its content and its list of attachments, where they are stored.
  /// - Throws: `mail.unknown`
  func get(_ params: MailGetParams, _ context: CallContext) async throws(RPCError) -> APIMailDetail

  /// Find mails. Mails, newest first. Criteria narrow each other down.
  /// - Throws: `mailbox.unknown`, `params.cursor`
  func list(_ params: MailListParams, _ context: CallContext) async throws(RPCError) -> APIMailPage

  /// Find words in logged mail. Logged mails that have all words of the text and fit all other criteria,
  /// newest first. Letters of either case and with any accent are alike; words in quotation marks, or
  /// hanging together as in `follow-up`, must stand side by side; Chinese, Japanese, Thai and Korean are
  /// found by any part of a text. Whole words are found, not their beginnings. What is searched is the
  /// tenant's decision (`tenant.update`, `search`): nothing, which is an error here; `metadata`, which is
  /// subjects, names and addresses; or `full`, which is texts and the names of attachments too.
  /// - Throws: `search.off`, `search.text`, `mailbox.unknown`, `thread.unknown`, `params.cursor`
  func search(
    _ params: MailSearchParams, _ context: CallContext
  ) async throws(RPCError) -> APIMailSearchPage

  /// The message itself. Streams the octets of a logged mail as they were on the server.
  /// - Throws: `mail.unknown`, `mail.notLogged`
  func source(
    _ params: MailSourceParams, _ context: CallContext, _ sink: TypedSink<APIChunk>
  ) async throws(RPCError)

  /// Delete an engagement. Takes a logged mail off every timeline, thread and list of logged mail and gives
  /// its content out no more, in all mailboxes of the tenant that have it. It is erased within the policy's
  /// `deletedDays` (`retention.get`); until then `mail.restore` brings it back. Again changes nothing.
  /// `purge.run` erases at once.
  /// - Throws: `mail.unknown`, `mail.notLogged`
  func delete(_ params: MailDeleteParams, _ context: CallContext) async throws(RPCError) -> APIMail

  /// Take a deletion back. Brings a deleted mail back, as long as it is not erased.
  /// - Throws: `mail.unknown`
  func restore(_ params: MailRestoreParams, _ context: CallContext) async throws(RPCError) -> APIMail
}

extension MailService {
  /// The methods `mail.*`, answered by this service.
  package var methods: [Method] {
    [
      .call("mail.send", scope: "send", idempotent: false) { params, context async throws(RPCError) in
        try await self.send(params, context)
      },
      .call("mail.status", scope: "read", idempotent: true) { params, context async throws(RPCError) in
        try await self.status(params, context)
      },
      .call("mail.cancel", scope: "send", idempotent: true) { params, context async throws(RPCError) in
        try await self.cancel(params, context)
      },
      .call("mail.reply", scope: "read", idempotent: true) { params, context async throws(RPCError) in
        try await self.reply(params, context)
      },
      .call("mail.forward", scope: "read", idempotent: true) { params, context async throws(RPCError) in
        try await self.forward(params, context)
      },
      .call("mail.get", scope: "read", idempotent: true) { params, context async throws(RPCError) in
        try await self.get(params, context)
      },
      .call("mail.list", scope: "read", idempotent: true) { params, context async throws(RPCError) in
        try await self.list(params, context)
      },
      .call("mail.search", scope: "read", idempotent: true) { params, context async throws(RPCError) in
        try await self.search(params, context)
      },
      .stream("mail.source", scope: "read", idempotent: true) { params, context, sink async throws(RPCError) in
        try await self.source(params, context, sink)
      },
      .call("mail.delete", scope: "manage", idempotent: true) { params, context async throws(RPCError) in
        try await self.delete(params, context)
      },
      .call("mail.restore", scope: "manage", idempotent: true) { params, context async throws(RPCError) in
        try await self.restore(params, context)
      },
    ]
  }
}

/// The parameters of `mail.send`.
package struct MailSendParams: APIParams, Hashable {
  package var mailboxId: String
  package var to: [APIAddress]
  package var cc: [APIAddress]
  /// Receive it without being named in it.
  package var bcc: [APIAddress]
  package var replyTo: [APIAddress]
  package var subject: String
  /// The body as plain text; made from `html` where it is left out.
  package var text: String?
  /// The body as HTML.
  package var html: String?
  package var attachments: [APIOutgoingAttachment]
  /// The mail this one answers: sets In-Reply-To and References, and joins its thread.
  package var inReplyToMailId: String?
  /// Replies to it are logged. Never when the tenant's settings forbid it (`tenant.get`).
  package var track: Bool
  /// `timeline` when left out.
  package var origin: APISendOrigin?
  /// Not before this moment.
  package var sendAt: String?
  /// The mail's thread is linked to these. Not with `track: false`.
  package var records: [APIRecordRef]
  /// Who stands in From: the mailbox's own address, or one of its `identities`; with a name of its own if
  /// it has one. The mailbox's own name and address when left out.
  package var from: APIAddress?
  /// Ask the servers on the way to tell of delivery and delay, not of failure only (RFC 3461). Those that
  /// cannot do not.
  package var deliveryReports: Bool

  package static let parameterNames: [String]? = nil

  package init(
    mailboxId: String, to: [APIAddress] = [], cc: [APIAddress] = [], bcc: [APIAddress] = [],
    replyTo: [APIAddress] = [], subject: String, text: String? = nil, html: String? = nil,
    attachments: [APIOutgoingAttachment] = [], inReplyToMailId: String? = nil, track: Bool = true,
    origin: APISendOrigin? = nil, sendAt: String? = nil, records: [APIRecordRef] = [],
    from: APIAddress? = nil, deliveryReports: Bool = false
  ) {
    self.mailboxId = mailboxId
    self.to = to
    self.cc = cc
    self.bcc = bcc
    self.replyTo = replyTo
    self.subject = subject
    self.text = text
    self.html = html
    self.attachments = attachments
    self.inReplyToMailId = inReplyToMailId
    self.track = track
    self.origin = origin
    self.sendAt = sendAt
    self.records = records
    self.from = from
    self.deliveryReports = deliveryReports
  }

  package init(from reader: inout JSONReader) throws(JSONError) {
    var mailboxId: String?
    var to: [APIAddress] = []
    var cc: [APIAddress] = []
    var bcc: [APIAddress] = []
    var replyTo: [APIAddress] = []
    var subject: String?
    var text: String?
    var html: String?
    var attachments: [APIOutgoingAttachment] = []
    var inReplyToMailId: String?
    var track: Bool = true
    var origin: APISendOrigin?
    var sendAt: String?
    var records: [APIRecordRef] = []
    var from: APIAddress?
    var deliveryReports: Bool = false
    try reader.beginObject()
    while try reader.nextKey() {
      if reader.keyIs("mailboxId") {
        mailboxId = try reader.rowID("mb")
      } else if reader.keyIs("to") {
        if !reader.isNull() { to = try reader.list("to", count: 0...500) }
      } else if reader.keyIs("cc") {
        if !reader.isNull() { cc = try reader.list("cc", count: 0...500) }
      } else if reader.keyIs("bcc") {
        if !reader.isNull() { bcc = try reader.list("bcc", count: 0...500) }
      } else if reader.keyIs("replyTo") {
        if !reader.isNull() { replyTo = try reader.list("replyTo", count: 0...500) }
      } else if reader.keyIs("subject") {
        subject = try reader.string(lengthMax: 2000)
      } else if reader.keyIs("text") {
        if !reader.isNull() { text = try reader.string() }
      } else if reader.keyIs("html") {
        if !reader.isNull() { html = try reader.string() }
      } else if reader.keyIs("attachments") {
        if !reader.isNull() { attachments = try reader.list("attachments", count: 0...100) }
      } else if reader.keyIs("inReplyToMailId") {
        if !reader.isNull() { inReplyToMailId = try reader.rowID("m") }
      } else if reader.keyIs("track") {
        if !reader.isNull() { track = try reader.bool() }
      } else if reader.keyIs("origin") {
        if !reader.isNull() { origin = try APISendOrigin(from: &reader) }
      } else if reader.keyIs("sendAt") {
        if !reader.isNull() { sendAt = try reader.timestamp() }
      } else if reader.keyIs("records") {
        if !reader.isNull() { records = try reader.list("records", count: 0...100) }
      } else if reader.keyIs("from") {
        if !reader.isNull() { from = try reader.object("from") }
      } else if reader.keyIs("deliveryReports") {
        if !reader.isNull() { deliveryReports = try reader.bool() }
      } else if reader.keyIs("_meta") {
        try reader.skip()
      } else {
        throw .unknown(reader.key)
      }
    }
    self.mailboxId = try present(mailboxId, "mailboxId")
    self.to = to
    self.cc = cc
    self.bcc = bcc
    self.replyTo = replyTo
    self.subject = try present(subject, "subject")
    self.text = text
    self.html = html
    self.attachments = attachments
    self.inReplyToMailId = inReplyToMailId
    self.track = track
    self.origin = origin
    self.sendAt = sendAt
    self.records = records
    self.from = from
    self.deliveryReports = deliveryReports
  }

  package func write(to writer: inout JSONWriter) {
    writer.beginObject()
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
    writer.endObject()
  }
}

/// The parameters of `mail.status`.
package struct MailStatusParams: APIParams, Hashable {
  package var mailId: String

  package static let parameterNames: [String]? = ["mailId"]

  package init(mailId: String) {
    self.mailId = mailId
  }

  package init(from reader: inout JSONReader) throws(JSONError) {
    var mailId: String?
    try reader.beginObject()
    while try reader.nextKey() {
      if reader.keyIs("mailId") {
        mailId = try reader.rowID("m")
      } else if reader.keyIs("_meta") {
        try reader.skip()
      } else {
        throw .unknown(reader.key)
      }
    }
    self.mailId = try present(mailId, "mailId")
  }

  package func write(to writer: inout JSONWriter) {
    writer.beginObject()
    writer.key("mailId")
    writer.string(mailId)
    writer.endObject()
  }
}

/// The parameters of `mail.cancel`.
package struct MailCancelParams: APIParams, Hashable {
  package var mailId: String

  package static let parameterNames: [String]? = ["mailId"]

  package init(mailId: String) {
    self.mailId = mailId
  }

  package init(from reader: inout JSONReader) throws(JSONError) {
    var mailId: String?
    try reader.beginObject()
    while try reader.nextKey() {
      if reader.keyIs("mailId") {
        mailId = try reader.rowID("m")
      } else if reader.keyIs("_meta") {
        try reader.skip()
      } else {
        throw .unknown(reader.key)
      }
    }
    self.mailId = try present(mailId, "mailId")
  }

  package func write(to writer: inout JSONWriter) {
    writer.beginObject()
    writer.key("mailId")
    writer.string(mailId)
    writer.endObject()
  }
}

/// The parameters of `mail.reply`.
package struct MailReplyParams: APIParams, Hashable {
  package var mailId: String
  /// `sender` when left out. Own addresses are left out, unless there is no other.
  package var recipients: APIReplyRecipients?
  /// What the answer says, as plain text.
  package var text: String?
  /// What the answer says, as HTML; made from `text` where the mail has HTML and this is left out.
  package var html: String?
  /// The mail stands below the answer.
  package var quote: Bool
  /// Of the words around what is quoted, as a tag such as `de` or `pt-BR`; English for what there are no
  /// words for.
  package var language: String?
  /// Minutes east of UTC in which the quoted mail's time is written.
  package var utcOffsetMinutes: Int64

  package static let parameterNames: [String]? = [
    "mailId", "recipients", "text", "html", "quote", "language", "utcOffsetMinutes"
  ]

  package init(
    mailId: String, recipients: APIReplyRecipients? = nil, text: String? = nil, html: String? = nil,
    quote: Bool = true, language: String? = nil, utcOffsetMinutes: Int64 = 0
  ) {
    self.mailId = mailId
    self.recipients = recipients
    self.text = text
    self.html = html
    self.quote = quote
    self.language = language
    self.utcOffsetMinutes = utcOffsetMinutes
  }

  package init(from reader: inout JSONReader) throws(JSONError) {
    var mailId: String?
    var recipients: APIReplyRecipients?
    var text: String?
    var html: String?
    var quote: Bool = true
    var language: String?
    var utcOffsetMinutes: Int64 = 0
    try reader.beginObject()
    while try reader.nextKey() {
      if reader.keyIs("mailId") {
        mailId = try reader.rowID("m")
      } else if reader.keyIs("recipients") {
        if !reader.isNull() { recipients = try APIReplyRecipients(from: &reader) }
      } else if reader.keyIs("text") {
        if !reader.isNull() { text = try reader.string() }
      } else if reader.keyIs("html") {
        if !reader.isNull() { html = try reader.string() }
      } else if reader.keyIs("quote") {
        if !reader.isNull() { quote = try reader.bool() }
      } else if reader.keyIs("language") {
        if !reader.isNull() { language = try reader.string(lengthMax: 64) }
      } else if reader.keyIs("utcOffsetMinutes") {
        if !reader.isNull() { utcOffsetMinutes = try reader.int(in: -1439...1439) }
      } else if reader.keyIs("_meta") {
        try reader.skip()
      } else {
        throw .unknown(reader.key)
      }
    }
    self.mailId = try present(mailId, "mailId")
    self.recipients = recipients
    self.text = text
    self.html = html
    self.quote = quote
    self.language = language
    self.utcOffsetMinutes = utcOffsetMinutes
  }

  package func write(to writer: inout JSONWriter) {
    writer.beginObject()
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
    writer.endObject()
  }
}

/// The parameters of `mail.forward`.
package struct MailForwardParams: APIParams, Hashable {
  package var mailId: String
  /// What is said about it, as plain text.
  package var text: String?
  /// What is said about it, as HTML; made from `text` where the mail has HTML and this is left out.
  package var html: String?
  /// The mail's attachments go with it; else only the pictures that its HTML shows.
  package var attachments: Bool
  /// Of the words around what is quoted, as a tag such as `de` or `pt-BR`; English for what there are no
  /// words for.
  package var language: String?
  /// Minutes east of UTC in which the quoted mail's time is written.
  package var utcOffsetMinutes: Int64

  package static let parameterNames: [String]? = [
    "mailId", "text", "html", "attachments", "language", "utcOffsetMinutes"
  ]

  package init(
    mailId: String, text: String? = nil, html: String? = nil, attachments: Bool = true,
    language: String? = nil, utcOffsetMinutes: Int64 = 0
  ) {
    self.mailId = mailId
    self.text = text
    self.html = html
    self.attachments = attachments
    self.language = language
    self.utcOffsetMinutes = utcOffsetMinutes
  }

  package init(from reader: inout JSONReader) throws(JSONError) {
    var mailId: String?
    var text: String?
    var html: String?
    var attachments: Bool = true
    var language: String?
    var utcOffsetMinutes: Int64 = 0
    try reader.beginObject()
    while try reader.nextKey() {
      if reader.keyIs("mailId") {
        mailId = try reader.rowID("m")
      } else if reader.keyIs("text") {
        if !reader.isNull() { text = try reader.string() }
      } else if reader.keyIs("html") {
        if !reader.isNull() { html = try reader.string() }
      } else if reader.keyIs("attachments") {
        if !reader.isNull() { attachments = try reader.bool() }
      } else if reader.keyIs("language") {
        if !reader.isNull() { language = try reader.string(lengthMax: 64) }
      } else if reader.keyIs("utcOffsetMinutes") {
        if !reader.isNull() { utcOffsetMinutes = try reader.int(in: -1439...1439) }
      } else if reader.keyIs("_meta") {
        try reader.skip()
      } else {
        throw .unknown(reader.key)
      }
    }
    self.mailId = try present(mailId, "mailId")
    self.text = text
    self.html = html
    self.attachments = attachments
    self.language = language
    self.utcOffsetMinutes = utcOffsetMinutes
  }

  package func write(to writer: inout JSONWriter) {
    writer.beginObject()
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
    writer.endObject()
  }
}

/// The parameters of `mail.get`.
package struct MailGetParams: APIParams, Hashable {
  package var mailId: String

  package static let parameterNames: [String]? = ["mailId"]

  package init(mailId: String) {
    self.mailId = mailId
  }

  package init(from reader: inout JSONReader) throws(JSONError) {
    var mailId: String?
    try reader.beginObject()
    while try reader.nextKey() {
      if reader.keyIs("mailId") {
        mailId = try reader.rowID("m")
      } else if reader.keyIs("_meta") {
        try reader.skip()
      } else {
        throw .unknown(reader.key)
      }
    }
    self.mailId = try present(mailId, "mailId")
  }

  package func write(to writer: inout JSONWriter) {
    writer.beginObject()
    writer.key("mailId")
    writer.string(mailId)
    writer.endObject()
  }
}

/// The parameters of `mail.list`.
package struct MailListParams: APIParams, Hashable {
  package var mailboxId: String?
  /// From or to this address.
  package var contact: String?
  package var messageId: String?
  /// Only mails whose body is stored.
  package var loggedOnly: Bool
  /// Where the page before ended.
  package var cursor: String?
  package var limit: Int64?

  package static let parameterNames: [String]? = [
    "mailboxId", "contact", "messageId", "loggedOnly", "cursor", "limit"
  ]

  package init(
    mailboxId: String? = nil, contact: String? = nil, messageId: String? = nil, loggedOnly: Bool = true,
    cursor: String? = nil, limit: Int64? = nil
  ) {
    self.mailboxId = mailboxId
    self.contact = contact
    self.messageId = messageId
    self.loggedOnly = loggedOnly
    self.cursor = cursor
    self.limit = limit
  }

  package init(from reader: inout JSONReader) throws(JSONError) {
    var mailboxId: String?
    var contact: String?
    var messageId: String?
    var loggedOnly: Bool = true
    var cursor: String?
    var limit: Int64?
    try reader.beginObject()
    while try reader.nextKey() {
      if reader.keyIs("mailboxId") {
        if !reader.isNull() { mailboxId = try reader.rowID("mb") }
      } else if reader.keyIs("contact") {
        if !reader.isNull() { contact = try reader.string(length: 3...320) }
      } else if reader.keyIs("messageId") {
        if !reader.isNull() { messageId = try reader.string(length: 1...998) }
      } else if reader.keyIs("loggedOnly") {
        if !reader.isNull() { loggedOnly = try reader.bool() }
      } else if reader.keyIs("cursor") {
        if !reader.isNull() { cursor = try reader.string(length: 1...512) }
      } else if reader.keyIs("limit") {
        if !reader.isNull() { limit = try reader.int(in: 1...500) }
      } else if reader.keyIs("_meta") {
        try reader.skip()
      } else {
        throw .unknown(reader.key)
      }
    }
    self.mailboxId = mailboxId
    self.contact = contact
    self.messageId = messageId
    self.loggedOnly = loggedOnly
    self.cursor = cursor
    self.limit = limit
  }

  package func write(to writer: inout JSONWriter) {
    writer.beginObject()
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
    writer.endObject()
  }
}

/// The parameters of `mail.search`.
package struct MailSearchParams: APIParams, Hashable {
  /// At most 32 words.
  package var text: String
  package var mailboxId: String?
  package var threadId: String?
  /// Mails of this record.
  package var record: APIRecordRef?
  /// From or to this address.
  package var contact: String?
  package var from: String?
  /// To this address, also as a copy.
  package var to: String?
  /// Received at this time or later.
  package var after: String?
  /// Received earlier than this.
  package var before: String?
  package var hasAttachment: Bool?
  /// Where the page before ended.
  package var cursor: String?
  package var limit: Int64?

  package static let parameterNames: [String]? = [
    "text", "mailboxId", "threadId", "record", "contact", "from", "to", "after", "before", "hasAttachment",
    "cursor", "limit"
  ]

  package init(
    text: String = "", mailboxId: String? = nil, threadId: String? = nil, record: APIRecordRef? = nil,
    contact: String? = nil, from: String? = nil, to: String? = nil, after: String? = nil,
    before: String? = nil, hasAttachment: Bool? = nil, cursor: String? = nil, limit: Int64? = nil
  ) {
    self.text = text
    self.mailboxId = mailboxId
    self.threadId = threadId
    self.record = record
    self.contact = contact
    self.from = from
    self.to = to
    self.after = after
    self.before = before
    self.hasAttachment = hasAttachment
    self.cursor = cursor
    self.limit = limit
  }

  package init(from reader: inout JSONReader) throws(JSONError) {
    var text: String = ""
    var mailboxId: String?
    var threadId: String?
    var record: APIRecordRef?
    var contact: String?
    var from: String?
    var to: String?
    var after: String?
    var before: String?
    var hasAttachment: Bool?
    var cursor: String?
    var limit: Int64?
    try reader.beginObject()
    while try reader.nextKey() {
      if reader.keyIs("text") {
        if !reader.isNull() { text = try reader.string(lengthMax: 1000) }
      } else if reader.keyIs("mailboxId") {
        if !reader.isNull() { mailboxId = try reader.rowID("mb") }
      } else if reader.keyIs("threadId") {
        if !reader.isNull() { threadId = try reader.rowID("th") }
      } else if reader.keyIs("record") {
        if !reader.isNull() { record = try reader.object("record") }
      } else if reader.keyIs("contact") {
        if !reader.isNull() { contact = try reader.string(length: 3...320) }
      } else if reader.keyIs("from") {
        if !reader.isNull() { from = try reader.string(length: 3...320) }
      } else if reader.keyIs("to") {
        if !reader.isNull() { to = try reader.string(length: 3...320) }
      } else if reader.keyIs("after") {
        if !reader.isNull() { after = try reader.timestamp() }
      } else if reader.keyIs("before") {
        if !reader.isNull() { before = try reader.timestamp() }
      } else if reader.keyIs("hasAttachment") {
        if !reader.isNull() { hasAttachment = try reader.bool() }
      } else if reader.keyIs("cursor") {
        if !reader.isNull() { cursor = try reader.string(length: 1...512) }
      } else if reader.keyIs("limit") {
        if !reader.isNull() { limit = try reader.int(in: 1...500) }
      } else if reader.keyIs("_meta") {
        try reader.skip()
      } else {
        throw .unknown(reader.key)
      }
    }
    self.text = text
    self.mailboxId = mailboxId
    self.threadId = threadId
    self.record = record
    self.contact = contact
    self.from = from
    self.to = to
    self.after = after
    self.before = before
    self.hasAttachment = hasAttachment
    self.cursor = cursor
    self.limit = limit
  }

  package func write(to writer: inout JSONWriter) {
    writer.beginObject()
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
    writer.endObject()
  }
}

/// The parameters of `mail.source`.
package struct MailSourceParams: APIParams, Hashable {
  package var mailId: String

  package static let parameterNames: [String]? = ["mailId"]

  package init(mailId: String) {
    self.mailId = mailId
  }

  package init(from reader: inout JSONReader) throws(JSONError) {
    var mailId: String?
    try reader.beginObject()
    while try reader.nextKey() {
      if reader.keyIs("mailId") {
        mailId = try reader.rowID("m")
      } else if reader.keyIs("_meta") {
        try reader.skip()
      } else {
        throw .unknown(reader.key)
      }
    }
    self.mailId = try present(mailId, "mailId")
  }

  package func write(to writer: inout JSONWriter) {
    writer.beginObject()
    writer.key("mailId")
    writer.string(mailId)
    writer.endObject()
  }
}

/// The parameters of `mail.delete`.
package struct MailDeleteParams: APIParams, Hashable {
  package var mailId: String

  package static let parameterNames: [String]? = ["mailId"]

  package init(mailId: String) {
    self.mailId = mailId
  }

  package init(from reader: inout JSONReader) throws(JSONError) {
    var mailId: String?
    try reader.beginObject()
    while try reader.nextKey() {
      if reader.keyIs("mailId") {
        mailId = try reader.rowID("m")
      } else if reader.keyIs("_meta") {
        try reader.skip()
      } else {
        throw .unknown(reader.key)
      }
    }
    self.mailId = try present(mailId, "mailId")
  }

  package func write(to writer: inout JSONWriter) {
    writer.beginObject()
    writer.key("mailId")
    writer.string(mailId)
    writer.endObject()
  }
}

/// The parameters of `mail.restore`.
package struct MailRestoreParams: APIParams, Hashable {
  package var mailId: String

  package static let parameterNames: [String]? = ["mailId"]

  package init(mailId: String) {
    self.mailId = mailId
  }

  package init(from reader: inout JSONReader) throws(JSONError) {
    var mailId: String?
    try reader.beginObject()
    while try reader.nextKey() {
      if reader.keyIs("mailId") {
        mailId = try reader.rowID("m")
      } else if reader.keyIs("_meta") {
        try reader.skip()
      } else {
        throw .unknown(reader.key)
      }
    }
    self.mailId = try present(mailId, "mailId")
  }

  package func write(to writer: inout JSONWriter) {
    writer.beginObject()
    writer.key("mailId")
    writer.string(mailId)
    writer.endObject()
  }
}

/// `timeline`: one-to-one; `sequence`: an automated series, kept until the tenant goes.
package enum APISendOrigin: String, APIWord {
  case timeline
  case sequence
}

/// `queued`, `sending`, `dataOpen` (the message is being handed over), `accepted` (by the submission
/// server), `deferred` (tried again later), `failed`, `unknown` (cut off while handing over; being found
/// out, not sent again), `cancelled`.
package enum APISubmissionState: String, APIWord {
  case queued
  case sending
  case dataOpen
  case accepted
  case deferred
  case failed
  case unknown
  case cancelled
}

/// What became of the copy in the Sent folder: `pending`, `provider` (the provider files it itself),
/// `appended`, `skipped` (no folder for sent mail), `failed`.
package enum APISentCopy: String, APIWord {
  case pending
  case provider
  case appended
  case skipped
  case failed
}

/// Which limit a mail waits for.
package enum APISendLimit: String, APIWord {
  case mailboxPerMinute
  case mailboxPerDay
  case tenantPerMinute
  case tenantPerDay
}

/// Mails, newest first.
package struct APIMailPage: APIValue, Hashable {
  package var mails: [APIMail]
  package var cursor: String?

  package init(mails: [APIMail], cursor: String? = nil) {
    self.mails = mails
    self.cursor = cursor
  }

  package init(from reader: inout JSONReader) throws(JSONError) {
    var mails: [APIMail]?
    var cursor: String?
    try reader.beginObject()
    while try reader.nextKey() {
      if reader.keyIs("mails") {
        mails = try reader.list("mails")
      } else if reader.keyIs("cursor") {
        if !reader.isNull() { cursor = try reader.string(length: 1...512) }
      } else {
        try reader.skip()
      }
    }
    self.mails = try present(mails, "mails")
    self.cursor = cursor
  }

  package func write(to writer: inout JSONWriter) {
    writer.beginObject()
    writer.key("mails")
    writer.list(mails)
    if let cursor {
      writer.key("cursor")
      writer.string(cursor)
    }
    writer.endObject()
  }
}

/// Mails that were found, newest first.
package struct APIMailSearchPage: APIValue, Hashable {
  package var mails: [APIMail]
  package var cursor: String?
  /// Whether all logged mail could be searched; false while the index is catching up.
  package var complete: Bool

  package init(mails: [APIMail], cursor: String? = nil, complete: Bool) {
    self.mails = mails
    self.cursor = cursor
    self.complete = complete
  }

  package init(from reader: inout JSONReader) throws(JSONError) {
    var mails: [APIMail]?
    var cursor: String?
    var complete: Bool?
    try reader.beginObject()
    while try reader.nextKey() {
      if reader.keyIs("mails") {
        mails = try reader.list("mails")
      } else if reader.keyIs("cursor") {
        if !reader.isNull() { cursor = try reader.string(length: 1...512) }
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

  package func write(to writer: inout JSONWriter) {
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
}

/// A file to send: its content as `data`, an upload that has it, or an attachment of a stored mail. Exactly
/// one of the three.
package struct APIOutgoingAttachment: APIValue, Hashable {
  /// The file name the receiver sees; needed with `data`, else that of the upload or attachment when left
  /// out.
  package var name: String?
  /// The media type; needed with `data`, else that of the upload or attachment when left out.
  package var type: String?
  /// The content, base64.
  package var data: [UInt8]?
  package var uploadId: String?
  package var blobId: String?
  package var disposition: APIDisposition?
  /// The Content-ID that the HTML names it by (`cid:`), without angle brackets: shown in the HTML, where
  /// there is one.
  package var cid: String?

  package init(
    name: String? = nil, type: String? = nil, data: [UInt8]? = nil, uploadId: String? = nil,
    blobId: String? = nil, disposition: APIDisposition? = nil, cid: String? = nil
  ) {
    self.name = name
    self.type = type
    self.data = data
    self.uploadId = uploadId
    self.blobId = blobId
    self.disposition = disposition
    self.cid = cid
  }

  package init(from reader: inout JSONReader) throws(JSONError) {
    var name: String?
    var type: String?
    var data: [UInt8]?
    var uploadId: String?
    var blobId: String?
    var disposition: APIDisposition?
    var cid: String?
    try reader.beginObject()
    while try reader.nextKey() {
      if reader.keyIs("name") {
        if !reader.isNull() { name = try reader.string(length: 1...255) }
      } else if reader.keyIs("type") {
        if !reader.isNull() { type = try reader.string(length: 3...255) }
      } else if reader.keyIs("data") {
        if !reader.isNull() { data = try reader.octets() }
      } else if reader.keyIs("uploadId") {
        if !reader.isNull() { uploadId = try reader.rowID("up") }
      } else if reader.keyIs("blobId") {
        if !reader.isNull() { blobId = try reader.string(length: 4...64) }
      } else if reader.keyIs("disposition") {
        if !reader.isNull() { disposition = try APIDisposition(from: &reader) }
      } else if reader.keyIs("cid") {
        if !reader.isNull() { cid = try reader.string(length: 3...255) }
      } else {
        throw .unknown(reader.key)
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

  package func write(to writer: inout JSONWriter) {
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
}

/// What the submission server said about one recipient.
package struct APIRecipient: APIValue, Hashable {
  package var email: String
  /// The SMTP reply code; 0 while nothing is known.
  package var code: Int64
  /// The server's words.
  package var text: String
  /// Absent while nothing is known.
  package var accepted: Bool?
  package var news: APIDeliveryNews?

  package init(
    email: String, code: Int64, text: String, accepted: Bool? = nil, news: APIDeliveryNews? = nil
  ) {
    self.email = email
    self.code = code
    self.text = text
    self.accepted = accepted
    self.news = news
  }

  package init(from reader: inout JSONReader) throws(JSONError) {
    var email: String?
    var code: Int64?
    var text: String?
    var accepted: Bool?
    var news: APIDeliveryNews?
    try reader.beginObject()
    while try reader.nextKey() {
      if reader.keyIs("email") {
        email = try reader.string(length: 3...320)
      } else if reader.keyIs("code") {
        code = try reader.int(in: 0...9007199254740991)
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

  package func write(to writer: inout JSONWriter) {
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
}

/// `sender`: whom Reply-To, else From says; for one's own mail whom it went to. `all`: these and everybody
/// in To and Cc. `list`: the mailing list that the mail came by.
package enum APIReplyRecipients: String, APIWord {
  case sender
  case all
  case list
}

/// A mail that is ready to be sent: each member is a param of `mail.send`.
package struct APIDraft: APIValue, Hashable {
  package var mailboxId: String
  package var from: APIAddress?
  package var to: [APIAddress]
  package var cc: [APIAddress]
  package var subject: String
  package var text: String?
  package var html: String?
  package var attachments: [APIOutgoingAttachment]
  package var inReplyToMailId: String?

  package init(
    mailboxId: String, from: APIAddress? = nil, to: [APIAddress], cc: [APIAddress], subject: String,
    text: String? = nil, html: String? = nil, attachments: [APIOutgoingAttachment],
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

  package init(from reader: inout JSONReader) throws(JSONError) {
    var mailboxId: String?
    var from: APIAddress?
    var to: [APIAddress]?
    var cc: [APIAddress]?
    var subject: String?
    var text: String?
    var html: String?
    var attachments: [APIOutgoingAttachment]?
    var inReplyToMailId: String?
    try reader.beginObject()
    while try reader.nextKey() {
      if reader.keyIs("mailboxId") {
        mailboxId = try reader.rowID("mb")
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
        if !reader.isNull() { inReplyToMailId = try reader.rowID("m") }
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

  package func write(to writer: inout JSONWriter) {
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
}

/// A mail on its way out.
package struct APISubmission: APIValue, Hashable {
  package var id: String
  package var mailId: String
  package var mailboxId: String
  package var messageId: String
  package var envelopeFrom: String
  package var recipients: [APIRecipient]
  package var state: APISubmissionState
  /// Connections made for it so far.
  package var attempts: Int64
  package var nextAttemptAt: String?
  /// It is due and a limit of sending holds it until `nextAttemptAt`. Only in answers of `mail.status`.
  package var waitsFor: APISendLimit?
  /// What went wrong last, in words for a person.
  package var lastError: String?
  package var sentCopy: APISentCopy
  package var createdAt: String
  package var updatedAt: String

  package init(
    id: String, mailId: String, mailboxId: String, messageId: String, envelopeFrom: String,
    recipients: [APIRecipient], state: APISubmissionState, attempts: Int64, nextAttemptAt: String? = nil,
    waitsFor: APISendLimit? = nil, lastError: String? = nil, sentCopy: APISentCopy, createdAt: String,
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

  package init(from reader: inout JSONReader) throws(JSONError) {
    var id: String?
    var mailId: String?
    var mailboxId: String?
    var messageId: String?
    var envelopeFrom: String?
    var recipients: [APIRecipient]?
    var state: APISubmissionState?
    var attempts: Int64?
    var nextAttemptAt: String?
    var waitsFor: APISendLimit?
    var lastError: String?
    var sentCopy: APISentCopy?
    var createdAt: String?
    var updatedAt: String?
    try reader.beginObject()
    while try reader.nextKey() {
      if reader.keyIs("id") {
        id = try reader.rowID("s")
      } else if reader.keyIs("mailId") {
        mailId = try reader.rowID("m")
      } else if reader.keyIs("mailboxId") {
        mailboxId = try reader.rowID("mb")
      } else if reader.keyIs("messageId") {
        messageId = try reader.string(length: 1...998)
      } else if reader.keyIs("envelopeFrom") {
        envelopeFrom = try reader.string(length: 3...320)
      } else if reader.keyIs("recipients") {
        recipients = try reader.list("recipients")
      } else if reader.keyIs("state") {
        state = try APISubmissionState(from: &reader)
      } else if reader.keyIs("attempts") {
        attempts = try reader.int(in: 0...9007199254740991)
      } else if reader.keyIs("nextAttemptAt") {
        if !reader.isNull() { nextAttemptAt = try reader.timestamp() }
      } else if reader.keyIs("waitsFor") {
        if !reader.isNull() { waitsFor = try APISendLimit(from: &reader) }
      } else if reader.keyIs("lastError") {
        if !reader.isNull() { lastError = try reader.string() }
      } else if reader.keyIs("sentCopy") {
        sentCopy = try APISentCopy(from: &reader)
      } else if reader.keyIs("createdAt") {
        createdAt = try reader.timestamp()
      } else if reader.keyIs("updatedAt") {
        updatedAt = try reader.timestamp()
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

  package func write(to writer: inout JSONWriter) {
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
}

/// A mail that was taken on.
package struct APISendResult: APIValue, Hashable {
  package var mail: APIMail
  package var submission: APISubmission
  /// The same idempotency key came before: this is that mail, as it stands now.
  package var replayed: Bool

  package init(mail: APIMail, submission: APISubmission, replayed: Bool) {
    self.mail = mail
    self.submission = submission
    self.replayed = replayed
  }

  package init(from reader: inout JSONReader) throws(JSONError) {
    var mail: APIMail?
    var submission: APISubmission?
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

  package func write(to writer: inout JSONWriter) {
    writer.beginObject()
    writer.key("mail")
    mail.write(to: &writer)
    writer.key("submission")
    submission.write(to: &writer)
    writer.key("replayed")
    writer.bool(replayed)
    writer.endObject()
  }
}

// Generated from protocol/openrpc.json by stubgen. Do not edit.
// swift-format-ignore-file
package import JSON
package import JSONRPC

/// What answers the methods `record.*`.
package protocol RecordService: Sendable {
  /// Link a conversation or a mail to a record. Puts a thread (its mails so far and those to come) or one
  /// mail (in whatever mailboxes it is) on the timeline of a record of the caller. Name either `threadId`
  /// or `mailId`. Again changes nothing. What is linked and not logged yet appears once it is.
  /// - Throws: `record.target`, `thread.unknown`, `mail.unknown`
  func link(_ params: RecordLinkParams, _ context: CallContext) async throws(RPCError) -> APIEmpty

  /// Take a link away. The thread or mail leaves the record's timeline. Nothing is erased; a thread stays
  /// tracked.
  /// - Throws: `record.target`, `record.unknown`, `record.notLinked`, `thread.unknown`, `mail.unknown`
  func unlink(_ params: RecordUnlinkParams, _ context: CallContext) async throws(RPCError) -> APIEmpty

  /// Records of a conversation or mail. The records that a thread, or a mail by itself, is linked to. Name
  /// either `threadId` or `mailId`.
  /// - Throws: `record.target`, `thread.unknown`, `mail.unknown`
  func list(_ params: RecordListParams, _ context: CallContext) async throws(RPCError) -> APIRecordList

  /// The e-mails of a record. What was logged for a record: one engagement for each mail, whatever way it
  /// came and in however many mailboxes it is. A record that nothing is linked to has none.
  /// - Throws: `params.cursor`
  func timeline(
    _ params: RecordTimelineParams, _ context: CallContext
  ) async throws(RPCError) -> APIEngagementPage
}

extension RecordService {
  /// The methods `record.*`, answered by this service.
  package var methods: [Method] {
    [
      .call("record.link", scope: "manage", idempotent: true) { params, context async throws(RPCError) in
        try await self.link(params, context)
      },
      .call("record.unlink", scope: "manage", idempotent: false) { params, context async throws(RPCError) in
        try await self.unlink(params, context)
      },
      .call("record.list", scope: "read", idempotent: true) { params, context async throws(RPCError) in
        try await self.list(params, context)
      },
      .call("record.timeline", scope: "read", idempotent: true) { params, context async throws(RPCError) in
        try await self.timeline(params, context)
      },
    ]
  }
}

/// The parameters of `record.link`.
package struct RecordLinkParams: APIParams, Hashable {
  package var record: APIRecordRef
  package var threadId: String?
  package var mailId: String?

  package static let parameterNames: [String]? = ["record", "threadId", "mailId"]

  package init(record: APIRecordRef, threadId: String? = nil, mailId: String? = nil) {
    self.record = record
    self.threadId = threadId
    self.mailId = mailId
  }

  package init(from reader: inout JSONReader) throws(JSONError) {
    var record: APIRecordRef?
    var threadId: String?
    var mailId: String?
    try reader.beginObject()
    while try reader.nextKey() {
      if reader.keyIs("record") {
        record = try reader.object("record")
      } else if reader.keyIs("threadId") {
        if !reader.isNull() { threadId = try reader.rowID("th") }
      } else if reader.keyIs("mailId") {
        if !reader.isNull() { mailId = try reader.rowID("m") }
      } else if reader.keyIs("_meta") {
        try reader.skip()
      } else {
        throw .unknown(reader.key)
      }
    }
    self.record = try present(record, "record")
    self.threadId = threadId
    self.mailId = mailId
  }

  package func write(to writer: inout JSONWriter) {
    writer.beginObject()
    writer.key("record")
    record.write(to: &writer)
    if let threadId {
      writer.key("threadId")
      writer.string(threadId)
    }
    if let mailId {
      writer.key("mailId")
      writer.string(mailId)
    }
    writer.endObject()
  }
}

/// The parameters of `record.unlink`.
package struct RecordUnlinkParams: APIParams, Hashable {
  package var record: APIRecordRef
  package var threadId: String?
  package var mailId: String?

  package static let parameterNames: [String]? = ["record", "threadId", "mailId"]

  package init(record: APIRecordRef, threadId: String? = nil, mailId: String? = nil) {
    self.record = record
    self.threadId = threadId
    self.mailId = mailId
  }

  package init(from reader: inout JSONReader) throws(JSONError) {
    var record: APIRecordRef?
    var threadId: String?
    var mailId: String?
    try reader.beginObject()
    while try reader.nextKey() {
      if reader.keyIs("record") {
        record = try reader.object("record")
      } else if reader.keyIs("threadId") {
        if !reader.isNull() { threadId = try reader.rowID("th") }
      } else if reader.keyIs("mailId") {
        if !reader.isNull() { mailId = try reader.rowID("m") }
      } else if reader.keyIs("_meta") {
        try reader.skip()
      } else {
        throw .unknown(reader.key)
      }
    }
    self.record = try present(record, "record")
    self.threadId = threadId
    self.mailId = mailId
  }

  package func write(to writer: inout JSONWriter) {
    writer.beginObject()
    writer.key("record")
    record.write(to: &writer)
    if let threadId {
      writer.key("threadId")
      writer.string(threadId)
    }
    if let mailId {
      writer.key("mailId")
      writer.string(mailId)
    }
    writer.endObject()
  }
}

/// The parameters of `record.list`.
package struct RecordListParams: APIParams, Hashable {
  package var threadId: String?
  package var mailId: String?

  package static let parameterNames: [String]? = ["threadId", "mailId"]

  package init(threadId: String? = nil, mailId: String? = nil) {
    self.threadId = threadId
    self.mailId = mailId
  }

  package init(from reader: inout JSONReader) throws(JSONError) {
    var threadId: String?
    var mailId: String?
    try reader.beginObject()
    while try reader.nextKey() {
      if reader.keyIs("threadId") {
        if !reader.isNull() { threadId = try reader.rowID("th") }
      } else if reader.keyIs("mailId") {
        if !reader.isNull() { mailId = try reader.rowID("m") }
      } else if reader.keyIs("_meta") {
        try reader.skip()
      } else {
        throw .unknown(reader.key)
      }
    }
    self.threadId = threadId
    self.mailId = mailId
  }

  package func write(to writer: inout JSONWriter) {
    writer.beginObject()
    if let threadId {
      writer.key("threadId")
      writer.string(threadId)
    }
    if let mailId {
      writer.key("mailId")
      writer.string(mailId)
    }
    writer.endObject()
  }
}

/// The parameters of `record.timeline`.
package struct RecordTimelineParams: APIParams, Hashable {
  package var record: APIRecordRef
  /// `newest` when left out.
  package var order: APITimelineOrder?
  /// Where the page before ended; for the same record and order.
  package var cursor: String?
  /// 20 when left out: a page carries the texts.
  package var limit: Int64?

  package static let parameterNames: [String]? = ["record", "order", "cursor", "limit"]

  package init(
    record: APIRecordRef, order: APITimelineOrder? = nil, cursor: String? = nil, limit: Int64? = nil
  ) {
    self.record = record
    self.order = order
    self.cursor = cursor
    self.limit = limit
  }

  package init(from reader: inout JSONReader) throws(JSONError) {
    var record: APIRecordRef?
    var order: APITimelineOrder?
    var cursor: String?
    var limit: Int64?
    try reader.beginObject()
    while try reader.nextKey() {
      if reader.keyIs("record") {
        record = try reader.object("record")
      } else if reader.keyIs("order") {
        if !reader.isNull() { order = try APITimelineOrder(from: &reader) }
      } else if reader.keyIs("cursor") {
        if !reader.isNull() { cursor = try reader.string(length: 1...512) }
      } else if reader.keyIs("limit") {
        if !reader.isNull() { limit = try reader.int(in: 1...100) }
      } else if reader.keyIs("_meta") {
        try reader.skip()
      } else {
        throw .unknown(reader.key)
      }
    }
    self.record = try present(record, "record")
    self.order = order
    self.cursor = cursor
    self.limit = limit
  }

  package func write(to writer: inout JSONWriter) {
    writer.beginObject()
    writer.key("record")
    record.write(to: &writer)
    if let order {
      writer.key("order")
      order.write(to: &writer)
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

/// Records, by type and id.
package struct APIRecordList: APIValue, Hashable {
  package var records: [APIRecordRef]

  package init(records: [APIRecordRef]) {
    self.records = records
  }

  package init(from reader: inout JSONReader) throws(JSONError) {
    var records: [APIRecordRef]?
    try reader.beginObject()
    while try reader.nextKey() {
      if reader.keyIs("records") {
        records = try reader.list("records")
      } else {
        try reader.skip()
      }
    }
    self.records = try present(records, "records")
  }

  package func write(to writer: inout JSONWriter) {
    writer.beginObject()
    writer.key("records")
    writer.list(records)
    writer.endObject()
  }
}

/// Which comes first.
package enum APITimelineOrder: String, APIWord {
  case newest
  case oldest
}

/// How it came: `sent` (by `mail.send`), `client` (from the person's own mail program), `received` (into a
/// mailbox), `bcc` (logged by blind copy), `forward` (passed on to be logged).
package enum APIEngagementVia: String, APIWord {
  case sent
  case client
  case received
  case bcc
  case forward
}

/// An e-mail as it stands on a record's timeline.
package struct APIEngagement: APIValue, Hashable {
  package var mailId: String
  package var mailboxId: String
  package var threadId: String?
  /// The other side: who wrote an incoming mail, the first recipient of an outgoing one who is not of this
  /// tenant's mailboxes. Missing when the mail names nobody.
  package var contact: APIAddress?
  package var subject: String
  /// All of it as plain text.
  package var text: String
  /// The text without quoted history and signature.
  package var replyText: String
  /// The HTML with everything that runs or fetches taken out.
  package var html: String?
  /// When it was sent, as far as is known.
  package var date: String
  /// `outgoing` when anybody of this tenant's mailboxes wrote it.
  package var direction: APIDirection
  package var via: APIEngagementVia
  package var matchedBy: APIMatchRule?
  /// How sure `matchedBy` is: 1 where a Message-ID or a person decided, 0.99 for `providerThread` and
  /// `threadIndex`, 0.9 for `subject` and `fork`.
  package var confidence: Double?
  package var attachments: [APIAttachment]
  /// The mail came with attachments that are not stored: they are not logged for this mailbox, or the mail
  /// is too large.
  package var attachmentsLeftOut: Bool

  package init(
    mailId: String, mailboxId: String, threadId: String? = nil, contact: APIAddress? = nil, subject: String,
    text: String, replyText: String, html: String? = nil, date: String, direction: APIDirection,
    via: APIEngagementVia, matchedBy: APIMatchRule? = nil, confidence: Double? = nil,
    attachments: [APIAttachment], attachmentsLeftOut: Bool
  ) {
    self.mailId = mailId
    self.mailboxId = mailboxId
    self.threadId = threadId
    self.contact = contact
    self.subject = subject
    self.text = text
    self.replyText = replyText
    self.html = html
    self.date = date
    self.direction = direction
    self.via = via
    self.matchedBy = matchedBy
    self.confidence = confidence
    self.attachments = attachments
    self.attachmentsLeftOut = attachmentsLeftOut
  }

  package init(from reader: inout JSONReader) throws(JSONError) {
    var mailId: String?
    var mailboxId: String?
    var threadId: String?
    var contact: APIAddress?
    var subject: String?
    var text: String?
    var replyText: String?
    var html: String?
    var date: String?
    var direction: APIDirection?
    var via: APIEngagementVia?
    var matchedBy: APIMatchRule?
    var confidence: Double?
    var attachments: [APIAttachment]?
    var attachmentsLeftOut: Bool?
    try reader.beginObject()
    while try reader.nextKey() {
      if reader.keyIs("mailId") {
        mailId = try reader.rowID("m")
      } else if reader.keyIs("mailboxId") {
        mailboxId = try reader.rowID("mb")
      } else if reader.keyIs("threadId") {
        if !reader.isNull() { threadId = try reader.rowID("th") }
      } else if reader.keyIs("contact") {
        if !reader.isNull() { contact = try reader.object("contact") }
      } else if reader.keyIs("subject") {
        subject = try reader.string()
      } else if reader.keyIs("text") {
        text = try reader.string()
      } else if reader.keyIs("replyText") {
        replyText = try reader.string()
      } else if reader.keyIs("html") {
        if !reader.isNull() { html = try reader.string() }
      } else if reader.keyIs("date") {
        date = try reader.timestamp()
      } else if reader.keyIs("direction") {
        direction = try APIDirection(from: &reader)
      } else if reader.keyIs("via") {
        via = try APIEngagementVia(from: &reader)
      } else if reader.keyIs("matchedBy") {
        if !reader.isNull() { matchedBy = try APIMatchRule(from: &reader) }
      } else if reader.keyIs("confidence") {
        if !reader.isNull() { confidence = try reader.double(atLeast: 0.0) }
      } else if reader.keyIs("attachments") {
        attachments = try reader.list("attachments")
      } else if reader.keyIs("attachmentsLeftOut") {
        attachmentsLeftOut = try reader.bool()
      } else {
        try reader.skip()
      }
    }
    self.mailId = try present(mailId, "mailId")
    self.mailboxId = try present(mailboxId, "mailboxId")
    self.threadId = threadId
    self.contact = contact
    self.subject = try present(subject, "subject")
    self.text = try present(text, "text")
    self.replyText = try present(replyText, "replyText")
    self.html = html
    self.date = try present(date, "date")
    self.direction = try present(direction, "direction")
    self.via = try present(via, "via")
    self.matchedBy = matchedBy
    self.confidence = confidence
    self.attachments = try present(attachments, "attachments")
    self.attachmentsLeftOut = try present(attachmentsLeftOut, "attachmentsLeftOut")
  }

  package func write(to writer: inout JSONWriter) {
    writer.beginObject()
    writer.key("mailId")
    writer.string(mailId)
    writer.key("mailboxId")
    writer.string(mailboxId)
    if let threadId {
      writer.key("threadId")
      writer.string(threadId)
    }
    if let contact {
      writer.key("contact")
      contact.write(to: &writer)
    }
    writer.key("subject")
    writer.string(subject)
    writer.key("text")
    writer.string(text)
    writer.key("replyText")
    writer.string(replyText)
    if let html {
      writer.key("html")
      writer.string(html)
    }
    writer.key("date")
    writer.string(date)
    writer.key("direction")
    direction.write(to: &writer)
    writer.key("via")
    via.write(to: &writer)
    if let matchedBy {
      writer.key("matchedBy")
      matchedBy.write(to: &writer)
    }
    if let confidence {
      writer.key("confidence")
      writer.double(confidence)
    }
    writer.key("attachments")
    writer.list(attachments)
    writer.key("attachmentsLeftOut")
    writer.bool(attachmentsLeftOut)
    writer.endObject()
  }
}

/// Engagements in the order asked for.
package struct APIEngagementPage: APIValue, Hashable {
  package var engagements: [APIEngagement]
  package var cursor: String?

  package init(engagements: [APIEngagement], cursor: String? = nil) {
    self.engagements = engagements
    self.cursor = cursor
  }

  package init(from reader: inout JSONReader) throws(JSONError) {
    var engagements: [APIEngagement]?
    var cursor: String?
    try reader.beginObject()
    while try reader.nextKey() {
      if reader.keyIs("engagements") {
        engagements = try reader.list("engagements")
      } else if reader.keyIs("cursor") {
        if !reader.isNull() { cursor = try reader.string(length: 1...512) }
      } else {
        try reader.skip()
      }
    }
    self.engagements = try present(engagements, "engagements")
    self.cursor = cursor
  }

  package func write(to writer: inout JSONWriter) {
    writer.beginObject()
    writer.key("engagements")
    writer.list(engagements)
    if let cursor {
      writer.key("cursor")
      writer.string(cursor)
    }
    writer.endObject()
  }
}

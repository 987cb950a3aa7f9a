// Generated from protocol/openrpc.json by stubgen. Do not edit.
// swift-format-ignore-file
internal import JSON

extension PostroomClient {
  /// The methods `record.*`.
  public var record: RecordCalls { RecordCalls(client: self) }
}

/// The methods `record.*`.
public struct RecordCalls: Sendable {
  let client: PostroomClient

  /// Link a conversation or a mail to a record. Puts a thread (its mails so far and those to come) or one
  /// mail (in whatever mailboxes it is) on the timeline of a record of the caller. Name either `threadId`
  /// or `mailId`. Again changes nothing. What is linked and not logged yet appears once it is.
  /// - Throws: with reason `record.target`, `thread.unknown`, `mail.unknown`
  public func link(
    record: RecordRef, threadId: String? = nil, mailId: String? = nil, options: CallOptions = CallOptions()
  ) async throws(PostroomError) {
    _ =
      try await client.call("record.link", repeatable: .always, options) { writer in
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
    } as Nothing
  }

  /// Take a link away. The thread or mail leaves the record's timeline. Nothing is erased; a thread stays
  /// tracked.
  /// - Throws: with reason `record.target`, `record.unknown`, `record.notLinked`, `thread.unknown`,
  ///   `mail.unknown`
  public func unlink(
    record: RecordRef, threadId: String? = nil, mailId: String? = nil, options: CallOptions = CallOptions()
  ) async throws(PostroomError) {
    _ =
      try await client.call("record.unlink", repeatable: .never, options) { writer in
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
    } as Nothing
  }

  /// Records of a conversation or mail. The records that a thread, or a mail by itself, is linked to. Name
  /// either `threadId` or `mailId`.
  /// - Throws: with reason `record.target`, `thread.unknown`, `mail.unknown`
  public func list(
    threadId: String? = nil, mailId: String? = nil, options: CallOptions = CallOptions()
  ) async throws(PostroomError) -> RecordList {
    try await client.call("record.list", repeatable: .always, options) { writer in
      if let threadId {
        writer.key("threadId")
        writer.string(threadId)
      }
      if let mailId {
        writer.key("mailId")
        writer.string(mailId)
      }
    }
  }

  /// The e-mails of a record. What was logged for a record: one engagement for each mail, whatever way it
  /// came and in however many mailboxes it is. A record that nothing is linked to has none.
  /// - Parameters:
  ///   - order: `newest` when left out.
  ///   - cursor: Where the page before ended; for the same record and order.
  ///   - limit: 20 when left out: a page carries the texts.
  /// - Throws: with reason `params.cursor`
  public func timeline(
    record: RecordRef, order: TimelineOrder? = nil, cursor: String? = nil, limit: Int64? = nil,
    options: CallOptions = CallOptions()
  ) async throws(PostroomError) -> EngagementPage {
    try await client.call("record.timeline", repeatable: .always, options) { writer in
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
    }
  }
}

/// Records, by type and id.
public struct RecordList: Hashable, Sendable, JSONReadable, JSONWritable {
  public var records: [RecordRef]

  public init(records: [RecordRef]) {
    self.records = records
  }

  init(from reader: inout JSONReader) throws(JSONError) {
    var records: [RecordRef]?
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

  func write(to writer: inout JSONWriter) {
    writer.beginObject()
    writer.key("records")
    writer.list(records)
    writer.endObject()
  }

  /// This as one line of JSON, as the API writes it.
  public var json: String { jsonText(of: self) }
}

/// Which comes first.
public struct TimelineOrder: RawRepresentable, Hashable, Sendable, CustomStringConvertible, JSONWord {
  public let rawValue: String
  public init(rawValue: String) { self.rawValue = rawValue }
  public var description: String { rawValue }

  public static let newest = TimelineOrder(rawValue: "newest")
  public static let oldest = TimelineOrder(rawValue: "oldest")
}

/// How it came: `sent` (by `mail.send`), `client` (from the person's own mail program), `received` (into a
/// mailbox), `bcc` (logged by blind copy), `forward` (passed on to be logged).
public struct EngagementVia: RawRepresentable, Hashable, Sendable, CustomStringConvertible, JSONWord {
  public let rawValue: String
  public init(rawValue: String) { self.rawValue = rawValue }
  public var description: String { rawValue }

  public static let sent = EngagementVia(rawValue: "sent")
  public static let client = EngagementVia(rawValue: "client")
  public static let received = EngagementVia(rawValue: "received")
  public static let bcc = EngagementVia(rawValue: "bcc")
  public static let forward = EngagementVia(rawValue: "forward")
}

/// An e-mail as it stands on a record's timeline.
public struct Engagement: Hashable, Sendable, JSONReadable, JSONWritable {
  public var mailId: String
  public var mailboxId: String
  public var threadId: String?
  /// The other side: who wrote an incoming mail, the first recipient of an outgoing one who is not of this
  /// tenant's mailboxes. Missing when the mail names nobody.
  public var contact: Address?
  public var subject: String
  /// All of it as plain text.
  public var text: String
  /// The text without quoted history and signature.
  public var replyText: String
  /// The HTML with everything that runs or fetches taken out.
  public var html: String?
  /// When it was sent, as far as is known.
  public var date: String
  /// `outgoing` when anybody of this tenant's mailboxes wrote it.
  public var direction: Direction
  public var via: EngagementVia
  public var matchedBy: MatchRule?
  /// How sure `matchedBy` is: 1 where a Message-ID or a person decided, 0.99 for `providerThread` and
  /// `threadIndex`, 0.9 for `subject` and `fork`.
  public var confidence: Double?
  public var attachments: [Attachment]
  /// The mail came with attachments that are not stored: they are not logged for this mailbox, or the mail
  /// is too large.
  public var attachmentsLeftOut: Bool

  public init(
    mailId: String, mailboxId: String, threadId: String? = nil, contact: Address? = nil, subject: String,
    text: String, replyText: String, html: String? = nil, date: String, direction: Direction,
    via: EngagementVia, matchedBy: MatchRule? = nil, confidence: Double? = nil, attachments: [Attachment],
    attachmentsLeftOut: Bool
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

  init(from reader: inout JSONReader) throws(JSONError) {
    var mailId: String?
    var mailboxId: String?
    var threadId: String?
    var contact: Address?
    var subject: String?
    var text: String?
    var replyText: String?
    var html: String?
    var date: String?
    var direction: Direction?
    var via: EngagementVia?
    var matchedBy: MatchRule?
    var confidence: Double?
    var attachments: [Attachment]?
    var attachmentsLeftOut: Bool?
    try reader.beginObject()
    while try reader.nextKey() {
      if reader.keyIs("mailId") {
        mailId = try reader.string()
      } else if reader.keyIs("mailboxId") {
        mailboxId = try reader.string()
      } else if reader.keyIs("threadId") {
        if !reader.isNull() { threadId = try reader.string() }
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
        date = try reader.string()
      } else if reader.keyIs("direction") {
        direction = try Direction(from: &reader)
      } else if reader.keyIs("via") {
        via = try EngagementVia(from: &reader)
      } else if reader.keyIs("matchedBy") {
        if !reader.isNull() { matchedBy = try MatchRule(from: &reader) }
      } else if reader.keyIs("confidence") {
        if !reader.isNull() { confidence = try reader.double() }
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

  func write(to writer: inout JSONWriter) {
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

  /// This as one line of JSON, as the API writes it.
  public var json: String { jsonText(of: self) }
}

/// Engagements in the order asked for.
public struct EngagementPage: Hashable, Sendable, JSONReadable, JSONWritable {
  public var engagements: [Engagement]
  public var cursor: String?

  public init(engagements: [Engagement], cursor: String? = nil) {
    self.engagements = engagements
    self.cursor = cursor
  }

  init(from reader: inout JSONReader) throws(JSONError) {
    var engagements: [Engagement]?
    var cursor: String?
    try reader.beginObject()
    while try reader.nextKey() {
      if reader.keyIs("engagements") {
        engagements = try reader.list("engagements")
      } else if reader.keyIs("cursor") {
        if !reader.isNull() { cursor = try reader.string() }
      } else {
        try reader.skip()
      }
    }
    self.engagements = try present(engagements, "engagements")
    self.cursor = cursor
  }

  func write(to writer: inout JSONWriter) {
    writer.beginObject()
    writer.key("engagements")
    writer.list(engagements)
    if let cursor {
      writer.key("cursor")
      writer.string(cursor)
    }
    writer.endObject()
  }

  /// This as one line of JSON, as the API writes it.
  public var json: String { jsonText(of: self) }
}

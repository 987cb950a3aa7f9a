// Generated from protocol/openrpc.json by stubgen. Do not edit.
// swift-format-ignore-file
internal import JSON

extension PostroomClient {
  /// The methods `thread.*`.
  public var thread: ThreadCalls { ThreadCalls(client: self) }
}

/// The methods `thread.*`.
public struct ThreadCalls: Sendable {
  let client: PostroomClient

  /// Find threads. Threads by what is known of them: the Message-ID or id of one of their mails, an address
  /// on one, a record they are linked to, words of the subject, or their own id. Criteria narrow each other
  /// down; at least one is needed.
  /// - Parameters:
  ///   - subject: Words that all stand in the subject.
  ///   - cursor: Where the page before ended.
  ///   - record: Threads linked to this record.
  /// - Throws: with reason `thread.noCriterion`, `mailbox.unknown`, `params.cursor`
  public func lookup(
    messageId: String? = nil, mailId: String? = nil, threadId: String? = nil, contact: String? = nil,
    subject: String? = nil, mailboxId: String? = nil, cursor: String? = nil, limit: Int64? = nil,
    record: RecordRef? = nil, options: CallOptions = CallOptions()
  ) async throws(PostroomError) -> ThreadPage {
    try await client.call("thread.lookup", repeatable: .always, options) { writer in
      if let messageId {
        writer.key("messageId")
        writer.string(messageId)
      }
      if let mailId {
        writer.key("mailId")
        writer.string(mailId)
      }
      if let threadId {
        writer.key("threadId")
        writer.string(threadId)
      }
      if let contact {
        writer.key("contact")
        writer.string(contact)
      }
      if let subject {
        writer.key("subject")
        writer.string(subject)
      }
      if let mailboxId {
        writer.key("mailboxId")
        writer.string(mailboxId)
      }
      if let cursor {
        writer.key("cursor")
        writer.string(cursor)
      }
      if let limit {
        writer.key("limit")
        writer.int(limit)
      }
      if let record {
        writer.key("record")
        record.write(to: &writer)
      }
    }
  }

  /// A thread. A thread with its mails, oldest first, each with its content where it is stored.
  /// - Throws: with reason `thread.unknown`
  public func get(
    threadId: String, options: CallOptions = CallOptions()
  ) async throws(PostroomError) -> ThreadDetail {
    try await client.call("thread.get", repeatable: .always, options) { writer in
      writer.key("threadId")
      writer.string(threadId)
    }
  }

  /// All threads. Threads, the one with the newest mail first.
  /// - Parameters:
  ///   - cursor: Where the page before ended.
  /// - Throws: with reason `mailbox.unknown`, `params.cursor`
  public func list(
    mailboxId: String? = nil, contact: String? = nil, trackedOnly: Bool = false, cursor: String? = nil,
    limit: Int64? = nil, options: CallOptions = CallOptions()
  ) async throws(PostroomError) -> ThreadPage {
    try await client.call("thread.list", repeatable: .always, options) { writer in
      if let mailboxId {
        writer.key("mailboxId")
        writer.string(mailboxId)
      }
      if let contact {
        writer.key("contact")
        writer.string(contact)
      }
      if trackedOnly != false {
        writer.key("trackedOnly")
        writer.bool(trackedOnly)
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

  /// Track a conversation. Has the conversation that a mail belongs to logged: what is there and what will
  /// come. The bodies are fetched from the server, also of mail read long ago.
  /// - Parameters:
  ///   - messageId: Instead of `mailId`: the mail by its Message-ID, in any mailbox of the tenant.
  /// - Throws: with reason `mail.unknown`, `thread.noCriterion`, `thread.neverLogged`
  public func track(
    mailId: String? = nil, messageId: String? = nil, options: CallOptions = CallOptions()
  ) async throws(PostroomError) -> MailThread {
    try await client.call("thread.track", repeatable: .always, options) { writer in
      if let mailId {
        writer.key("mailId")
        writer.string(mailId)
      }
      if let messageId {
        writer.key("messageId")
        writer.string(messageId)
      }
    }
  }

  /// Stop tracking. Later mail of the thread is not logged. What is logged stays until it is purged.
  /// - Throws: with reason `thread.unknown`
  public func untrack(
    threadId: String, options: CallOptions = CallOptions()
  ) async throws(PostroomError) -> MailThread {
    try await client.call("thread.untrack", repeatable: .always, options) { writer in
      writer.key("threadId")
      writer.string(threadId)
    }
  }

  /// Make a thread of its own of a mail. The mail, those that answer it and those that answer them leave
  /// their thread. Later syncs respect it. The old thread keeps its links to records; the new one has none.
  /// - Throws: with reason `mail.unknown`, `thread.notSplit`, `store.conflict`
  public func split(
    mailId: String, options: CallOptions = CallOptions()
  ) async throws(PostroomError) -> MailThread {
    try await client.call("thread.split", repeatable: .never, options) { writer in
      writer.key("mailId")
      writer.string(mailId)
    }
  }

  /// Make one thread of two. All mails and links of `threadId` go to `intoThreadId`. The id that went goes
  /// on naming what came of it.
  /// - Throws: with reason `thread.unknown`, `store.conflict`
  public func merge(
    threadId: String, intoThreadId: String, options: CallOptions = CallOptions()
  ) async throws(PostroomError) -> MailThread {
    try await client.call("thread.merge", repeatable: .always, options) { writer in
      writer.key("threadId")
      writer.string(threadId)
      writer.key("intoThreadId")
      writer.string(intoThreadId)
    }
  }
}

/// A conversation.
public struct MailThread: Hashable, Sendable, JSONReadable, JSONWritable {
  public var id: String
  public var subject: String
  /// Later mail of it is logged.
  public var tracked: Bool
  public var mailCount: Int64
  public var createdAt: String
  public var lastMailAt: String
  /// The thread that its first mail came from: it was forwarded and edited, or split off.
  public var forkedFrom: String?

  public init(
    id: String, subject: String, tracked: Bool, mailCount: Int64, createdAt: String, lastMailAt: String,
    forkedFrom: String? = nil
  ) {
    self.id = id
    self.subject = subject
    self.tracked = tracked
    self.mailCount = mailCount
    self.createdAt = createdAt
    self.lastMailAt = lastMailAt
    self.forkedFrom = forkedFrom
  }

  init(from reader: inout JSONReader) throws(JSONError) {
    var id: String?
    var subject: String?
    var tracked: Bool?
    var mailCount: Int64?
    var createdAt: String?
    var lastMailAt: String?
    var forkedFrom: String?
    try reader.beginObject()
    while try reader.nextKey() {
      if reader.keyIs("id") {
        id = try reader.string()
      } else if reader.keyIs("subject") {
        subject = try reader.string()
      } else if reader.keyIs("tracked") {
        tracked = try reader.bool()
      } else if reader.keyIs("mailCount") {
        mailCount = try reader.int()
      } else if reader.keyIs("createdAt") {
        createdAt = try reader.string()
      } else if reader.keyIs("lastMailAt") {
        lastMailAt = try reader.string()
      } else if reader.keyIs("forkedFrom") {
        if !reader.isNull() { forkedFrom = try reader.string() }
      } else {
        try reader.skip()
      }
    }
    self.id = try present(id, "id")
    self.subject = try present(subject, "subject")
    self.tracked = try present(tracked, "tracked")
    self.mailCount = try present(mailCount, "mailCount")
    self.createdAt = try present(createdAt, "createdAt")
    self.lastMailAt = try present(lastMailAt, "lastMailAt")
    self.forkedFrom = forkedFrom
  }

  func write(to writer: inout JSONWriter) {
    writer.beginObject()
    writer.key("id")
    writer.string(id)
    writer.key("subject")
    writer.string(subject)
    writer.key("tracked")
    writer.bool(tracked)
    writer.key("mailCount")
    writer.int(mailCount)
    writer.key("createdAt")
    writer.string(createdAt)
    writer.key("lastMailAt")
    writer.string(lastMailAt)
    if let forkedFrom {
      writer.key("forkedFrom")
      writer.string(forkedFrom)
    }
    writer.endObject()
  }

  /// This as one line of JSON, as the API writes it.
  public var json: String { jsonText(of: self) }
}

/// A conversation with its mails, oldest first.
public struct ThreadDetail: Hashable, Sendable, JSONReadable, JSONWritable {
  public var thread: MailThread
  public var mails: [MailDetail]
  /// The records that the thread is linked to.
  public var records: [RecordRef]?

  public init(thread: MailThread, mails: [MailDetail], records: [RecordRef]? = nil) {
    self.thread = thread
    self.mails = mails
    self.records = records
  }

  init(from reader: inout JSONReader) throws(JSONError) {
    var thread: MailThread?
    var mails: [MailDetail]?
    var records: [RecordRef]?
    try reader.beginObject()
    while try reader.nextKey() {
      if reader.keyIs("thread") {
        thread = try reader.object("thread")
      } else if reader.keyIs("mails") {
        mails = try reader.list("mails")
      } else if reader.keyIs("records") {
        if !reader.isNull() { records = try reader.list("records") }
      } else {
        try reader.skip()
      }
    }
    self.thread = try present(thread, "thread")
    self.mails = try present(mails, "mails")
    self.records = records
  }

  func write(to writer: inout JSONWriter) {
    writer.beginObject()
    writer.key("thread")
    thread.write(to: &writer)
    writer.key("mails")
    writer.list(mails)
    if let records {
      writer.key("records")
      writer.list(records)
    }
    writer.endObject()
  }

  /// This as one line of JSON, as the API writes it.
  public var json: String { jsonText(of: self) }
}

/// Threads, the one with the newest mail first.
public struct ThreadPage: Hashable, Sendable, JSONReadable, JSONWritable {
  public var threads: [MailThread]
  public var cursor: String?

  public init(threads: [MailThread], cursor: String? = nil) {
    self.threads = threads
    self.cursor = cursor
  }

  init(from reader: inout JSONReader) throws(JSONError) {
    var threads: [MailThread]?
    var cursor: String?
    try reader.beginObject()
    while try reader.nextKey() {
      if reader.keyIs("threads") {
        threads = try reader.list("threads")
      } else if reader.keyIs("cursor") {
        if !reader.isNull() { cursor = try reader.string() }
      } else {
        try reader.skip()
      }
    }
    self.threads = try present(threads, "threads")
    self.cursor = cursor
  }

  func write(to writer: inout JSONWriter) {
    writer.beginObject()
    writer.key("threads")
    writer.list(threads)
    if let cursor {
      writer.key("cursor")
      writer.string(cursor)
    }
    writer.endObject()
  }

  /// This as one line of JSON, as the API writes it.
  public var json: String { jsonText(of: self) }
}

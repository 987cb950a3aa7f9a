// Generated from protocol/openrpc.json by stubgen. Do not edit.
// swift-format-ignore-file
package import JSON
package import JSONRPC

/// What answers the methods `thread.*`.
package protocol ThreadService: Sendable {
  /// Find threads. Threads by what is known of them: the Message-ID or id of one of their mails, an address
  /// on one, a record they are linked to, words of the subject, or their own id. Criteria narrow each other
  /// down; at least one is needed.
  /// - Throws: `thread.noCriterion`, `mailbox.unknown`, `params.cursor`
  func lookup(_ params: ThreadLookupParams, _ context: CallContext) async throws(RPCError) -> APIThreadPage

  /// A thread. A thread with its mails, oldest first, each with its content where it is stored.
  /// - Throws: `thread.unknown`
  func get(_ params: ThreadGetParams, _ context: CallContext) async throws(RPCError) -> APIThreadDetail

  /// All threads. Threads, the one with the newest mail first.
  /// - Throws: `mailbox.unknown`, `params.cursor`
  func list(_ params: ThreadListParams, _ context: CallContext) async throws(RPCError) -> APIThreadPage

  /// Track a conversation. Has the conversation that a mail belongs to logged: what is there and what will
  /// come. The bodies are fetched from the server, also of mail read long ago.
  /// - Throws: `mail.unknown`, `thread.noCriterion`, `thread.neverLogged`
  func track(_ params: ThreadTrackParams, _ context: CallContext) async throws(RPCError) -> APIThread

  /// Stop tracking. Later mail of the thread is not logged. What is logged stays until it is purged.
  /// - Throws: `thread.unknown`
  func untrack(_ params: ThreadUntrackParams, _ context: CallContext) async throws(RPCError) -> APIThread

  /// Make a thread of its own of a mail. The mail, those that answer it and those that answer them leave
  /// their thread. Later syncs respect it. The old thread keeps its links to records; the new one has none.
  /// - Throws: `mail.unknown`, `thread.notSplit`, `store.conflict`
  func split(_ params: ThreadSplitParams, _ context: CallContext) async throws(RPCError) -> APIThread

  /// Make one thread of two. All mails and links of `threadId` go to `intoThreadId`. The id that went goes
  /// on naming what came of it.
  /// - Throws: `thread.unknown`, `store.conflict`
  func merge(_ params: ThreadMergeParams, _ context: CallContext) async throws(RPCError) -> APIThread
}

extension ThreadService {
  /// The methods `thread.*`, answered by this service.
  package var methods: [Method] {
    [
      .call("thread.lookup", scope: "read", idempotent: true) { params, context async throws(RPCError) in
        try await self.lookup(params, context)
      },
      .call("thread.get", scope: "read", idempotent: true) { params, context async throws(RPCError) in
        try await self.get(params, context)
      },
      .call("thread.list", scope: "read", idempotent: true) { params, context async throws(RPCError) in
        try await self.list(params, context)
      },
      .call("thread.track", scope: "manage", idempotent: true) { params, context async throws(RPCError) in
        try await self.track(params, context)
      },
      .call("thread.untrack", scope: "manage", idempotent: true) { params, context async throws(RPCError) in
        try await self.untrack(params, context)
      },
      .call("thread.split", scope: "manage", idempotent: false) { params, context async throws(RPCError) in
        try await self.split(params, context)
      },
      .call("thread.merge", scope: "manage", idempotent: true) { params, context async throws(RPCError) in
        try await self.merge(params, context)
      },
    ]
  }
}

/// The parameters of `thread.lookup`.
package struct ThreadLookupParams: APIParams, Hashable {
  package var messageId: String?
  package var mailId: String?
  package var threadId: String?
  package var contact: String?
  /// Words that all stand in the subject.
  package var subject: String?
  package var mailboxId: String?
  /// Where the page before ended.
  package var cursor: String?
  package var limit: Int64?
  /// Threads linked to this record.
  package var record: APIRecordRef?

  package static let parameterNames: [String]? = [
    "messageId", "mailId", "threadId", "contact", "subject", "mailboxId", "cursor", "limit", "record"
  ]

  package init(
    messageId: String? = nil, mailId: String? = nil, threadId: String? = nil, contact: String? = nil,
    subject: String? = nil, mailboxId: String? = nil, cursor: String? = nil, limit: Int64? = nil,
    record: APIRecordRef? = nil
  ) {
    self.messageId = messageId
    self.mailId = mailId
    self.threadId = threadId
    self.contact = contact
    self.subject = subject
    self.mailboxId = mailboxId
    self.cursor = cursor
    self.limit = limit
    self.record = record
  }

  package init(from reader: inout JSONReader) throws(JSONError) {
    var messageId: String?
    var mailId: String?
    var threadId: String?
    var contact: String?
    var subject: String?
    var mailboxId: String?
    var cursor: String?
    var limit: Int64?
    var record: APIRecordRef?
    try reader.beginObject()
    while try reader.nextKey() {
      if reader.keyIs("messageId") {
        if !reader.isNull() { messageId = try reader.string(length: 1...998) }
      } else if reader.keyIs("mailId") {
        if !reader.isNull() { mailId = try reader.rowID("m") }
      } else if reader.keyIs("threadId") {
        if !reader.isNull() { threadId = try reader.rowID("th") }
      } else if reader.keyIs("contact") {
        if !reader.isNull() { contact = try reader.string(length: 3...320) }
      } else if reader.keyIs("subject") {
        if !reader.isNull() { subject = try reader.string(length: 1...998) }
      } else if reader.keyIs("mailboxId") {
        if !reader.isNull() { mailboxId = try reader.rowID("mb") }
      } else if reader.keyIs("cursor") {
        if !reader.isNull() { cursor = try reader.string(length: 1...512) }
      } else if reader.keyIs("limit") {
        if !reader.isNull() { limit = try reader.int(in: 1...500) }
      } else if reader.keyIs("record") {
        if !reader.isNull() { record = try reader.object("record") }
      } else if reader.keyIs("_meta") {
        try reader.skip()
      } else {
        throw .unknown(reader.key)
      }
    }
    self.messageId = messageId
    self.mailId = mailId
    self.threadId = threadId
    self.contact = contact
    self.subject = subject
    self.mailboxId = mailboxId
    self.cursor = cursor
    self.limit = limit
    self.record = record
  }

  package func write(to writer: inout JSONWriter) {
    writer.beginObject()
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
    writer.endObject()
  }
}

/// The parameters of `thread.get`.
package struct ThreadGetParams: APIParams, Hashable {
  package var threadId: String

  package static let parameterNames: [String]? = ["threadId"]

  package init(threadId: String) {
    self.threadId = threadId
  }

  package init(from reader: inout JSONReader) throws(JSONError) {
    var threadId: String?
    try reader.beginObject()
    while try reader.nextKey() {
      if reader.keyIs("threadId") {
        threadId = try reader.rowID("th")
      } else if reader.keyIs("_meta") {
        try reader.skip()
      } else {
        throw .unknown(reader.key)
      }
    }
    self.threadId = try present(threadId, "threadId")
  }

  package func write(to writer: inout JSONWriter) {
    writer.beginObject()
    writer.key("threadId")
    writer.string(threadId)
    writer.endObject()
  }
}

/// The parameters of `thread.list`.
package struct ThreadListParams: APIParams, Hashable {
  package var mailboxId: String?
  package var contact: String?
  package var trackedOnly: Bool
  /// Where the page before ended.
  package var cursor: String?
  package var limit: Int64?

  package static let parameterNames: [String]? = ["mailboxId", "contact", "trackedOnly", "cursor", "limit"]

  package init(
    mailboxId: String? = nil, contact: String? = nil, trackedOnly: Bool = false, cursor: String? = nil,
    limit: Int64? = nil
  ) {
    self.mailboxId = mailboxId
    self.contact = contact
    self.trackedOnly = trackedOnly
    self.cursor = cursor
    self.limit = limit
  }

  package init(from reader: inout JSONReader) throws(JSONError) {
    var mailboxId: String?
    var contact: String?
    var trackedOnly: Bool = false
    var cursor: String?
    var limit: Int64?
    try reader.beginObject()
    while try reader.nextKey() {
      if reader.keyIs("mailboxId") {
        if !reader.isNull() { mailboxId = try reader.rowID("mb") }
      } else if reader.keyIs("contact") {
        if !reader.isNull() { contact = try reader.string(length: 3...320) }
      } else if reader.keyIs("trackedOnly") {
        if !reader.isNull() { trackedOnly = try reader.bool() }
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
    self.trackedOnly = trackedOnly
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
    writer.endObject()
  }
}

/// The parameters of `thread.track`.
package struct ThreadTrackParams: APIParams, Hashable {
  package var mailId: String?
  /// Instead of `mailId`: the mail by its Message-ID, in any mailbox of the tenant.
  package var messageId: String?

  package static let parameterNames: [String]? = ["mailId", "messageId"]

  package init(mailId: String? = nil, messageId: String? = nil) {
    self.mailId = mailId
    self.messageId = messageId
  }

  package init(from reader: inout JSONReader) throws(JSONError) {
    var mailId: String?
    var messageId: String?
    try reader.beginObject()
    while try reader.nextKey() {
      if reader.keyIs("mailId") {
        if !reader.isNull() { mailId = try reader.rowID("m") }
      } else if reader.keyIs("messageId") {
        if !reader.isNull() { messageId = try reader.string(length: 1...998) }
      } else if reader.keyIs("_meta") {
        try reader.skip()
      } else {
        throw .unknown(reader.key)
      }
    }
    self.mailId = mailId
    self.messageId = messageId
  }

  package func write(to writer: inout JSONWriter) {
    writer.beginObject()
    if let mailId {
      writer.key("mailId")
      writer.string(mailId)
    }
    if let messageId {
      writer.key("messageId")
      writer.string(messageId)
    }
    writer.endObject()
  }
}

/// The parameters of `thread.untrack`.
package struct ThreadUntrackParams: APIParams, Hashable {
  package var threadId: String

  package static let parameterNames: [String]? = ["threadId"]

  package init(threadId: String) {
    self.threadId = threadId
  }

  package init(from reader: inout JSONReader) throws(JSONError) {
    var threadId: String?
    try reader.beginObject()
    while try reader.nextKey() {
      if reader.keyIs("threadId") {
        threadId = try reader.rowID("th")
      } else if reader.keyIs("_meta") {
        try reader.skip()
      } else {
        throw .unknown(reader.key)
      }
    }
    self.threadId = try present(threadId, "threadId")
  }

  package func write(to writer: inout JSONWriter) {
    writer.beginObject()
    writer.key("threadId")
    writer.string(threadId)
    writer.endObject()
  }
}

/// The parameters of `thread.split`.
package struct ThreadSplitParams: APIParams, Hashable {
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

/// The parameters of `thread.merge`.
package struct ThreadMergeParams: APIParams, Hashable {
  package var threadId: String
  package var intoThreadId: String

  package static let parameterNames: [String]? = ["threadId", "intoThreadId"]

  package init(threadId: String, intoThreadId: String) {
    self.threadId = threadId
    self.intoThreadId = intoThreadId
  }

  package init(from reader: inout JSONReader) throws(JSONError) {
    var threadId: String?
    var intoThreadId: String?
    try reader.beginObject()
    while try reader.nextKey() {
      if reader.keyIs("threadId") {
        threadId = try reader.rowID("th")
      } else if reader.keyIs("intoThreadId") {
        intoThreadId = try reader.rowID("th")
      } else if reader.keyIs("_meta") {
        try reader.skip()
      } else {
        throw .unknown(reader.key)
      }
    }
    self.threadId = try present(threadId, "threadId")
    self.intoThreadId = try present(intoThreadId, "intoThreadId")
  }

  package func write(to writer: inout JSONWriter) {
    writer.beginObject()
    writer.key("threadId")
    writer.string(threadId)
    writer.key("intoThreadId")
    writer.string(intoThreadId)
    writer.endObject()
  }
}

/// A conversation.
package struct APIThread: APIValue, Hashable {
  package var id: String
  package var subject: String
  /// Later mail of it is logged.
  package var tracked: Bool
  package var mailCount: Int64
  package var createdAt: String
  package var lastMailAt: String
  /// The thread that its first mail came from: it was forwarded and edited, or split off.
  package var forkedFrom: String?

  package init(
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

  package init(from reader: inout JSONReader) throws(JSONError) {
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
        id = try reader.rowID("th")
      } else if reader.keyIs("subject") {
        subject = try reader.string()
      } else if reader.keyIs("tracked") {
        tracked = try reader.bool()
      } else if reader.keyIs("mailCount") {
        mailCount = try reader.int(in: 0...9007199254740991)
      } else if reader.keyIs("createdAt") {
        createdAt = try reader.timestamp()
      } else if reader.keyIs("lastMailAt") {
        lastMailAt = try reader.timestamp()
      } else if reader.keyIs("forkedFrom") {
        if !reader.isNull() { forkedFrom = try reader.rowID("th") }
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

  package func write(to writer: inout JSONWriter) {
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
}

/// A conversation with its mails, oldest first.
package struct APIThreadDetail: APIValue, Hashable {
  package var thread: APIThread
  package var mails: [APIMailDetail]
  /// The records that the thread is linked to.
  package var records: [APIRecordRef]?

  package init(thread: APIThread, mails: [APIMailDetail], records: [APIRecordRef]? = nil) {
    self.thread = thread
    self.mails = mails
    self.records = records
  }

  package init(from reader: inout JSONReader) throws(JSONError) {
    var thread: APIThread?
    var mails: [APIMailDetail]?
    var records: [APIRecordRef]?
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

  package func write(to writer: inout JSONWriter) {
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
}

/// Threads, the one with the newest mail first.
package struct APIThreadPage: APIValue, Hashable {
  package var threads: [APIThread]
  package var cursor: String?

  package init(threads: [APIThread], cursor: String? = nil) {
    self.threads = threads
    self.cursor = cursor
  }

  package init(from reader: inout JSONReader) throws(JSONError) {
    var threads: [APIThread]?
    var cursor: String?
    try reader.beginObject()
    while try reader.nextKey() {
      if reader.keyIs("threads") {
        threads = try reader.list("threads")
      } else if reader.keyIs("cursor") {
        if !reader.isNull() { cursor = try reader.string(length: 1...512) }
      } else {
        try reader.skip()
      }
    }
    self.threads = try present(threads, "threads")
    self.cursor = cursor
  }

  package func write(to writer: inout JSONWriter) {
    writer.beginObject()
    writer.key("threads")
    writer.list(threads)
    if let cursor {
      writer.key("cursor")
      writer.string(cursor)
    }
    writer.endObject()
  }
}

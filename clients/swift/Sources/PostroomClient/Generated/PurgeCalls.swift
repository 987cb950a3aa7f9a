// Generated from protocol/openrpc.json by stubgen. Do not edit.
// swift-format-ignore-file
internal import JSON

extension PostroomClient {
  /// The methods `purge.*`.
  public var purge: PurgeCalls { PurgeCalls(client: self) }
}

/// The methods `purge.*`.
public struct PurgeCalls: Sendable {
  let client: PostroomClient

  /// What an erasure would take. Counts exactly what `purge.run` with the same scope would take now. Erases
  /// nothing.
  /// - Throws: with reason `purge.scopeInvalid`, `mailbox.unknown`, `thread.unknown`, `mail.unknown`,
  ///   `record.unknown`
  public func preview(
    scope: PurgeScope, options: CallOptions = CallOptions()
  ) async throws(PostroomError) -> PurgeCounts {
    try await client.call("purge.preview", repeatable: .always, options) { writer in
      writer.key("scope")
      scope.write(to: &writer)
    }
  }

  /// Erase. Writes the erasure down and begins; from then on it goes on by itself, also after a crash.
  /// Afterwards no octet of the text is left in the database, its log or its indexes, and the next sync
  /// does not bring it back.
  /// - Throws: with reason `purge.scopeInvalid`, `mailbox.unknown`, `thread.unknown`, `mail.unknown`,
  ///   `record.unknown`
  public func run(
    scope: PurgeScope, options: CallOptions = CallOptions()
  ) async throws(PostroomError) -> Purge {
    try await client.call("purge.run", repeatable: .never, options) { writer in
      writer.key("scope")
      scope.write(to: &writer)
    }
  }

  /// How far an erasure is. The erasure; its receipt once it is done.
  /// - Throws: with reason `purge.unknown`
  public func status(
    purgeId: String, options: CallOptions = CallOptions()
  ) async throws(PostroomError) -> Purge {
    try await client.call("purge.status", repeatable: .always, options) { writer in
      writer.key("purgeId")
      writer.string(purgeId)
    }
  }

  /// All erasures. The erasures of the tenant, newest first.
  /// - Parameters:
  ///   - cursor: Where the page before ended.
  /// - Throws: with reason `params.cursor`
  public func receipts(
    cursor: String? = nil, limit: Int64? = nil, options: CallOptions = CallOptions()
  ) async throws(PostroomError) -> PurgePage {
    try await client.call("purge.receipts", repeatable: .always, options) { writer in
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

/// What to erase: `kind`, and the one member that goes with it (`mailbox`: mailboxId, `contact`: email,
/// `thread`: threadId, `mail`: mailId, `record`: record, `age`: before; `tenant` has none). `mail` is the
/// engagement: it goes in every mailbox of the tenant. `record` is everything on its timeline, and its
/// links.
public struct PurgeScope: Hashable, Sendable, JSONWritable {
  public var kind: PurgeKind
  public var mailboxId: String?
  public var email: String?
  public var threadId: String?
  public var mailId: String?
  public var before: String?
  public var record: RecordRef?

  public init(
    kind: PurgeKind, mailboxId: String? = nil, email: String? = nil, threadId: String? = nil,
    mailId: String? = nil, before: String? = nil, record: RecordRef? = nil
  ) {
    self.kind = kind
    self.mailboxId = mailboxId
    self.email = email
    self.threadId = threadId
    self.mailId = mailId
    self.before = before
    self.record = record
  }

  func write(to writer: inout JSONWriter) {
    writer.beginObject()
    writer.key("kind")
    kind.write(to: &writer)
    if let mailboxId {
      writer.key("mailboxId")
      writer.string(mailboxId)
    }
    if let email {
      writer.key("email")
      writer.string(email)
    }
    if let threadId {
      writer.key("threadId")
      writer.string(threadId)
    }
    if let mailId {
      writer.key("mailId")
      writer.string(mailId)
    }
    if let before {
      writer.key("before")
      writer.string(before)
    }
    if let record {
      writer.key("record")
      record.write(to: &writer)
    }
    writer.endObject()
  }
}

/// Erasures, newest first.
public struct PurgePage: Hashable, Sendable, JSONReadable, JSONWritable {
  public var receipts: [Purge]
  public var cursor: String?

  public init(receipts: [Purge], cursor: String? = nil) {
    self.receipts = receipts
    self.cursor = cursor
  }

  init(from reader: inout JSONReader) throws(JSONError) {
    var receipts: [Purge]?
    var cursor: String?
    try reader.beginObject()
    while try reader.nextKey() {
      if reader.keyIs("receipts") {
        receipts = try reader.list("receipts")
      } else if reader.keyIs("cursor") {
        if !reader.isNull() { cursor = try reader.string() }
      } else {
        try reader.skip()
      }
    }
    self.receipts = try present(receipts, "receipts")
    self.cursor = cursor
  }

  func write(to writer: inout JSONWriter) {
    writer.beginObject()
    writer.key("receipts")
    writer.list(receipts)
    if let cursor {
      writer.key("cursor")
      writer.string(cursor)
    }
    writer.endObject()
  }

  /// This as one line of JSON, as the API writes it.
  public var json: String { jsonText(of: self) }
}

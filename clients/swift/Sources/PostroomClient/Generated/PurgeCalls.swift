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
  /// - Throws: with reason `purge.held`, `purge.scopeInvalid`, `mailbox.unknown`, `thread.unknown`,
  ///   `mail.unknown`, `record.unknown`
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
  /// - Throws: with reason `purge.held`, `purge.scopeInvalid`, `mailbox.unknown`, `thread.unknown`,
  ///   `mail.unknown`, `record.unknown`
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

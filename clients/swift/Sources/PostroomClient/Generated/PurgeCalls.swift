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

  /// By what receipts are verified. The public half of the key that signs receipts. It is the server's, the
  /// same for all tenants. Kept beside the receipts it verifies them without the server.
  public func publicKey(options: CallOptions = CallOptions()) async throws(PostroomError) -> ReceiptKey {
    try await client.call("purge.publicKey", repeatable: .always, options) { _ in }
  }
}

/// The public half of the key under which receipts are signed.
public struct ReceiptKey: Hashable, Sendable, JSONReadable, JSONWritable {
  /// The first 8 octets of the SHA-256 of the key's 32, in hexadecimal digits.
  public var keyId: String
  /// `Ed25519`.
  public var algorithm: String
  /// SubjectPublicKeyInfo (RFC 8410) in PEM.
  public var publicKey: String

  public init(keyId: String, algorithm: String, publicKey: String) {
    self.keyId = keyId
    self.algorithm = algorithm
    self.publicKey = publicKey
  }

  init(from reader: inout JSONReader) throws(JSONError) {
    var keyId: String?
    var algorithm: String?
    var publicKey: String?
    try reader.beginObject()
    while try reader.nextKey() {
      if reader.keyIs("keyId") {
        keyId = try reader.string()
      } else if reader.keyIs("algorithm") {
        algorithm = try reader.string()
      } else if reader.keyIs("publicKey") {
        publicKey = try reader.string()
      } else {
        try reader.skip()
      }
    }
    self.keyId = try present(keyId, "keyId")
    self.algorithm = try present(algorithm, "algorithm")
    self.publicKey = try present(publicKey, "publicKey")
  }

  func write(to writer: inout JSONWriter) {
    writer.beginObject()
    writer.key("keyId")
    writer.string(keyId)
    writer.key("algorithm")
    writer.string(algorithm)
    writer.key("publicKey")
    writer.string(publicKey)
    writer.endObject()
  }

  /// This as one line of JSON, as the API writes it.
  public var json: String { jsonText(of: self) }
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

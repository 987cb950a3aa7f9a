// Generated from protocol/openrpc.json by stubgen. Do not edit.
// swift-format-ignore-file
package import JSON
package import JSONRPC

/// What answers the methods `purge.*`.
package protocol PurgeService: Sendable {
  /// What an erasure would take. Counts exactly what `purge.run` with the same scope would take now. Erases
  /// nothing.
  /// - Throws: `purge.held`, `purge.scopeInvalid`, `mailbox.unknown`, `thread.unknown`, `mail.unknown`,
  ///   `record.unknown`
  func preview(
    _ params: PurgePreviewParams, _ context: CallContext
  ) async throws(RPCError) -> APIPurgeCounts

  /// Erase. Writes the erasure down and begins; from then on it goes on by itself, also after a crash.
  /// Afterwards no octet of the text is left in the database, its log or its indexes, and the next sync
  /// does not bring it back.
  /// - Throws: `purge.held`, `purge.scopeInvalid`, `mailbox.unknown`, `thread.unknown`, `mail.unknown`,
  ///   `record.unknown`
  func run(_ params: PurgeRunParams, _ context: CallContext) async throws(RPCError) -> APIPurge

  /// How far an erasure is. The erasure; its receipt once it is done.
  /// - Throws: `purge.unknown`
  func status(_ params: PurgeStatusParams, _ context: CallContext) async throws(RPCError) -> APIPurge

  /// All erasures. The erasures of the tenant, newest first.
  /// - Throws: `params.cursor`
  func receipts(
    _ params: PurgeReceiptsParams, _ context: CallContext
  ) async throws(RPCError) -> APIPurgePage

  /// By what receipts are verified. The public half of the key that signs receipts. It is the server's, the
  /// same for all tenants. Kept beside the receipts it verifies them without the server.
  func publicKey(
    _ params: PurgePublicKeyParams, _ context: CallContext
  ) async throws(RPCError) -> APIReceiptKey
}

extension PurgeService {
  /// The methods `purge.*`, answered by this service.
  package var methods: [Method] {
    [
      .call("purge.preview", scope: "purge", idempotent: true) { params, context async throws(RPCError) in
        try await self.preview(params, context)
      },
      .call("purge.run", scope: "purge", idempotent: false) { params, context async throws(RPCError) in
        try await self.run(params, context)
      },
      .call("purge.status", scope: "purge", idempotent: true) { params, context async throws(RPCError) in
        try await self.status(params, context)
      },
      .call("purge.receipts", scope: "purge", idempotent: true) { params, context async throws(RPCError) in
        try await self.receipts(params, context)
      },
      .call("purge.publicKey", scope: "read", idempotent: true) { params, context async throws(RPCError) in
        try await self.publicKey(params, context)
      },
    ]
  }
}

/// The parameters of `purge.preview`.
package struct PurgePreviewParams: APIParams, Hashable {
  package var scope: APIPurgeScope

  package static let parameterNames: [String]? = ["scope"]

  package init(scope: APIPurgeScope) {
    self.scope = scope
  }

  package init(from reader: inout JSONReader) throws(JSONError) {
    var scope: APIPurgeScope?
    try reader.beginObject()
    while try reader.nextKey() {
      if reader.keyIs("scope") {
        scope = try reader.object("scope")
      } else if reader.keyIs("_meta") {
        try reader.skip()
      } else {
        throw .unknown(reader.key)
      }
    }
    self.scope = try present(scope, "scope")
  }

  package func write(to writer: inout JSONWriter) {
    writer.beginObject()
    writer.key("scope")
    scope.write(to: &writer)
    writer.endObject()
  }
}

/// The parameters of `purge.run`.
package struct PurgeRunParams: APIParams, Hashable {
  package var scope: APIPurgeScope

  package static let parameterNames: [String]? = ["scope"]

  package init(scope: APIPurgeScope) {
    self.scope = scope
  }

  package init(from reader: inout JSONReader) throws(JSONError) {
    var scope: APIPurgeScope?
    try reader.beginObject()
    while try reader.nextKey() {
      if reader.keyIs("scope") {
        scope = try reader.object("scope")
      } else if reader.keyIs("_meta") {
        try reader.skip()
      } else {
        throw .unknown(reader.key)
      }
    }
    self.scope = try present(scope, "scope")
  }

  package func write(to writer: inout JSONWriter) {
    writer.beginObject()
    writer.key("scope")
    scope.write(to: &writer)
    writer.endObject()
  }
}

/// The parameters of `purge.status`.
package struct PurgeStatusParams: APIParams, Hashable {
  package var purgeId: String

  package static let parameterNames: [String]? = ["purgeId"]

  package init(purgeId: String) {
    self.purgeId = purgeId
  }

  package init(from reader: inout JSONReader) throws(JSONError) {
    var purgeId: String?
    try reader.beginObject()
    while try reader.nextKey() {
      if reader.keyIs("purgeId") {
        purgeId = try reader.rowID("p")
      } else if reader.keyIs("_meta") {
        try reader.skip()
      } else {
        throw .unknown(reader.key)
      }
    }
    self.purgeId = try present(purgeId, "purgeId")
  }

  package func write(to writer: inout JSONWriter) {
    writer.beginObject()
    writer.key("purgeId")
    writer.string(purgeId)
    writer.endObject()
  }
}

/// The parameters of `purge.receipts`.
package struct PurgeReceiptsParams: APIParams, Hashable {
  /// Where the page before ended.
  package var cursor: String?
  package var limit: Int64?

  package static let parameterNames: [String]? = ["cursor", "limit"]

  package init(cursor: String? = nil, limit: Int64? = nil) {
    self.cursor = cursor
    self.limit = limit
  }

  package init(from reader: inout JSONReader) throws(JSONError) {
    var cursor: String?
    var limit: Int64?
    try reader.beginObject()
    while try reader.nextKey() {
      if reader.keyIs("cursor") {
        if !reader.isNull() { cursor = try reader.string(length: 1...512) }
      } else if reader.keyIs("limit") {
        if !reader.isNull() { limit = try reader.int(in: 1...500) }
      } else if reader.keyIs("_meta") {
        try reader.skip()
      } else {
        throw .unknown(reader.key)
      }
    }
    self.cursor = cursor
    self.limit = limit
  }

  package func write(to writer: inout JSONWriter) {
    writer.beginObject()
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

/// The parameters of `purge.publicKey`.
package struct PurgePublicKeyParams: APIParams, Hashable {
  package static let parameterNames: [String]? = []

  package init() {}

  package init(from reader: inout JSONReader) throws(JSONError) {
    try reader.beginObject()
    while try reader.nextKey() {
      if reader.keyIs("_meta") {
        try reader.skip()
      } else {
        throw .unknown(reader.key)
      }
    }
  }

  package func write(to writer: inout JSONWriter) {
    writer.beginObject()
    writer.endObject()
  }
}

/// The public half of the key under which receipts are signed.
package struct APIReceiptKey: APIValue, Hashable {
  /// The first 8 octets of the SHA-256 of the key's 32, in hexadecimal digits.
  package var keyId: String
  /// `Ed25519`.
  package var algorithm: String
  /// SubjectPublicKeyInfo (RFC 8410) in PEM.
  package var publicKey: String

  package init(keyId: String, algorithm: String, publicKey: String) {
    self.keyId = keyId
    self.algorithm = algorithm
    self.publicKey = publicKey
  }

  package init(from reader: inout JSONReader) throws(JSONError) {
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

  package func write(to writer: inout JSONWriter) {
    writer.beginObject()
    writer.key("keyId")
    writer.string(keyId)
    writer.key("algorithm")
    writer.string(algorithm)
    writer.key("publicKey")
    writer.string(publicKey)
    writer.endObject()
  }
}

/// Erasures, newest first.
package struct APIPurgePage: APIValue, Hashable {
  package var receipts: [APIPurge]
  package var cursor: String?

  package init(receipts: [APIPurge], cursor: String? = nil) {
    self.receipts = receipts
    self.cursor = cursor
  }

  package init(from reader: inout JSONReader) throws(JSONError) {
    var receipts: [APIPurge]?
    var cursor: String?
    try reader.beginObject()
    while try reader.nextKey() {
      if reader.keyIs("receipts") {
        receipts = try reader.list("receipts")
      } else if reader.keyIs("cursor") {
        if !reader.isNull() { cursor = try reader.string(length: 1...512) }
      } else {
        try reader.skip()
      }
    }
    self.receipts = try present(receipts, "receipts")
    self.cursor = cursor
  }

  package func write(to writer: inout JSONWriter) {
    writer.beginObject()
    writer.key("receipts")
    writer.list(receipts)
    if let cursor {
      writer.key("cursor")
      writer.string(cursor)
    }
    writer.endObject()
  }
}

// Generated from protocol/openrpc.json by stubgen. Do not edit.
// swift-format-ignore-file
package import JSON
package import JSONRPC

/// What answers the methods `hold.*`.
package protocol HoldService: Sendable {
  /// Keep what must not go. A legal hold. What its scope takes, now and later, is erased neither by age nor
  /// by `purge.run` while it stands: a purge that would take any of it is refused. Scopes: `tenant`,
  /// `mailbox`, `contact`, `thread`, `mail`.
  /// - Throws: `purge.scopeInvalid`, `mailbox.unknown`, `thread.unknown`, `mail.unknown`
  func place(_ params: HoldPlaceParams, _ context: CallContext) async throws(RPCError) -> APIHold

  /// All holds. The tenant's holds, oldest first.
  func list(_ params: HoldListParams, _ context: CallContext) async throws(RPCError) -> APIHoldList

  /// End a hold. What it kept goes when its time is over, which may be at once.
  /// - Throws: `hold.unknown`
  func release(_ params: HoldReleaseParams, _ context: CallContext) async throws(RPCError) -> APIEmpty
}

extension HoldService {
  /// The methods `hold.*`, answered by this service.
  package var methods: [Method] {
    [
      .call("hold.place", scope: "purge", idempotent: false) { params, context async throws(RPCError) in
        try await self.place(params, context)
      },
      .call("hold.list", scope: "purge", idempotent: true) { params, context async throws(RPCError) in
        try await self.list(params, context)
      },
      .call("hold.release", scope: "purge", idempotent: false) { params, context async throws(RPCError) in
        try await self.release(params, context)
      },
    ]
  }
}

/// The parameters of `hold.place`.
package struct HoldPlaceParams: APIParams, Hashable {
  package var scope: APIPurgeScope
  /// For people: a case number, a date.
  package var reason: String

  package static let parameterNames: [String]? = ["scope", "reason"]

  package init(scope: APIPurgeScope, reason: String) {
    self.scope = scope
    self.reason = reason
  }

  package init(from reader: inout JSONReader) throws(JSONError) {
    var scope: APIPurgeScope?
    var reason: String?
    try reader.beginObject()
    while try reader.nextKey() {
      if reader.keyIs("scope") {
        scope = try reader.object("scope")
      } else if reader.keyIs("reason") {
        reason = try reader.string(length: 1...500)
      } else if reader.keyIs("_meta") {
        try reader.skip()
      } else {
        throw .unknown(reader.key)
      }
    }
    self.scope = try present(scope, "scope")
    self.reason = try present(reason, "reason")
  }

  package func write(to writer: inout JSONWriter) {
    writer.beginObject()
    writer.key("scope")
    scope.write(to: &writer)
    writer.key("reason")
    writer.string(reason)
    writer.endObject()
  }
}

/// The parameters of `hold.list`.
package struct HoldListParams: APIParams, Hashable {
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

/// The parameters of `hold.release`.
package struct HoldReleaseParams: APIParams, Hashable {
  package var holdId: String

  package static let parameterNames: [String]? = ["holdId"]

  package init(holdId: String) {
    self.holdId = holdId
  }

  package init(from reader: inout JSONReader) throws(JSONError) {
    var holdId: String?
    try reader.beginObject()
    while try reader.nextKey() {
      if reader.keyIs("holdId") {
        holdId = try reader.rowID("h")
      } else if reader.keyIs("_meta") {
        try reader.skip()
      } else {
        throw .unknown(reader.key)
      }
    }
    self.holdId = try present(holdId, "holdId")
  }

  package func write(to writer: inout JSONWriter) {
    writer.beginObject()
    writer.key("holdId")
    writer.string(holdId)
    writer.endObject()
  }
}

/// What must not be erased.
package struct APIHold: APIValue, Hashable {
  package var id: String
  package var kind: APIPurgeKind
  /// The id or address that the scope names; empty for the tenant.
  package var target: String
  package var reason: String
  /// The name of the token that asked.
  package var placedBy: String
  package var placedAt: String

  package init(
    id: String, kind: APIPurgeKind, target: String, reason: String, placedBy: String, placedAt: String
  ) {
    self.id = id
    self.kind = kind
    self.target = target
    self.reason = reason
    self.placedBy = placedBy
    self.placedAt = placedAt
  }

  package init(from reader: inout JSONReader) throws(JSONError) {
    var id: String?
    var kind: APIPurgeKind?
    var target: String?
    var reason: String?
    var placedBy: String?
    var placedAt: String?
    try reader.beginObject()
    while try reader.nextKey() {
      if reader.keyIs("id") {
        id = try reader.rowID("h")
      } else if reader.keyIs("kind") {
        kind = try APIPurgeKind(from: &reader)
      } else if reader.keyIs("target") {
        target = try reader.string()
      } else if reader.keyIs("reason") {
        reason = try reader.string()
      } else if reader.keyIs("placedBy") {
        placedBy = try reader.string()
      } else if reader.keyIs("placedAt") {
        placedAt = try reader.timestamp()
      } else {
        try reader.skip()
      }
    }
    self.id = try present(id, "id")
    self.kind = try present(kind, "kind")
    self.target = try present(target, "target")
    self.reason = try present(reason, "reason")
    self.placedBy = try present(placedBy, "placedBy")
    self.placedAt = try present(placedAt, "placedAt")
  }

  package func write(to writer: inout JSONWriter) {
    writer.beginObject()
    writer.key("id")
    writer.string(id)
    writer.key("kind")
    kind.write(to: &writer)
    writer.key("target")
    writer.string(target)
    writer.key("reason")
    writer.string(reason)
    writer.key("placedBy")
    writer.string(placedBy)
    writer.key("placedAt")
    writer.string(placedAt)
    writer.endObject()
  }
}

/// Holds, oldest first.
package struct APIHoldList: APIValue, Hashable {
  package var holds: [APIHold]

  package init(holds: [APIHold]) {
    self.holds = holds
  }

  package init(from reader: inout JSONReader) throws(JSONError) {
    var holds: [APIHold]?
    try reader.beginObject()
    while try reader.nextKey() {
      if reader.keyIs("holds") {
        holds = try reader.list("holds")
      } else {
        try reader.skip()
      }
    }
    self.holds = try present(holds, "holds")
  }

  package func write(to writer: inout JSONWriter) {
    writer.beginObject()
    writer.key("holds")
    writer.list(holds)
    writer.endObject()
  }
}

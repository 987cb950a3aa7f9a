// Generated from protocol/openrpc.json by stubgen. Do not edit.
// swift-format-ignore-file
internal import JSON

extension PostroomClient {
  /// The methods `hold.*`.
  public var hold: HoldCalls { HoldCalls(client: self) }
}

/// The methods `hold.*`.
public struct HoldCalls: Sendable {
  let client: PostroomClient

  /// Keep what must not go. A legal hold. What its scope takes, now and later, is erased neither by age nor
  /// by `purge.run` while it stands: a purge that would take any of it is refused. Scopes: `tenant`,
  /// `mailbox`, `contact`, `thread`, `mail`.
  /// - Parameters:
  ///   - reason: For people: a case number, a date.
  /// - Throws: with reason `purge.scopeInvalid`, `mailbox.unknown`, `thread.unknown`, `mail.unknown`
  public func place(
    scope: PurgeScope, reason: String, options: CallOptions = CallOptions()
  ) async throws(PostroomError) -> Hold {
    try await client.call("hold.place", repeatable: .never, options) { writer in
      writer.key("scope")
      scope.write(to: &writer)
      writer.key("reason")
      writer.string(reason)
    }
  }

  /// All holds. The tenant's holds, oldest first.
  public func list(options: CallOptions = CallOptions()) async throws(PostroomError) -> HoldList {
    try await client.call("hold.list", repeatable: .always, options) { _ in }
  }

  /// End a hold. What it kept goes when its time is over, which may be at once.
  /// - Throws: with reason `hold.unknown`
  public func release(holdId: String, options: CallOptions = CallOptions()) async throws(PostroomError) {
    _ =
      try await client.call("hold.release", repeatable: .never, options) { writer in
      writer.key("holdId")
      writer.string(holdId)
    } as Nothing
  }
}

/// What must not be erased.
public struct Hold: Hashable, Sendable, JSONReadable, JSONWritable {
  public var id: String
  public var kind: PurgeKind
  /// The id or address that the scope names; empty for the tenant.
  public var target: String
  public var reason: String
  /// The name of the token that asked.
  public var placedBy: String
  public var placedAt: String

  public init(
    id: String, kind: PurgeKind, target: String, reason: String, placedBy: String, placedAt: String
  ) {
    self.id = id
    self.kind = kind
    self.target = target
    self.reason = reason
    self.placedBy = placedBy
    self.placedAt = placedAt
  }

  init(from reader: inout JSONReader) throws(JSONError) {
    var id: String?
    var kind: PurgeKind?
    var target: String?
    var reason: String?
    var placedBy: String?
    var placedAt: String?
    try reader.beginObject()
    while try reader.nextKey() {
      if reader.keyIs("id") {
        id = try reader.string()
      } else if reader.keyIs("kind") {
        kind = try PurgeKind(from: &reader)
      } else if reader.keyIs("target") {
        target = try reader.string()
      } else if reader.keyIs("reason") {
        reason = try reader.string()
      } else if reader.keyIs("placedBy") {
        placedBy = try reader.string()
      } else if reader.keyIs("placedAt") {
        placedAt = try reader.string()
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

  func write(to writer: inout JSONWriter) {
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

  /// This as one line of JSON, as the API writes it.
  public var json: String { jsonText(of: self) }
}

/// Holds, oldest first.
public struct HoldList: Hashable, Sendable, JSONReadable, JSONWritable {
  public var holds: [Hold]

  public init(holds: [Hold]) {
    self.holds = holds
  }

  init(from reader: inout JSONReader) throws(JSONError) {
    var holds: [Hold]?
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

  func write(to writer: inout JSONWriter) {
    writer.beginObject()
    writer.key("holds")
    writer.list(holds)
    writer.endObject()
  }

  /// This as one line of JSON, as the API writes it.
  public var json: String { jsonText(of: self) }
}

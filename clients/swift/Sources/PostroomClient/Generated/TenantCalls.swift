// Generated from protocol/openrpc.json by stubgen. Do not edit.
// swift-format-ignore-file
internal import JSON

extension PostroomClient {
  /// The methods `tenant.*`.
  public var tenant: TenantCalls { TenantCalls(client: self) }
}

/// The methods `tenant.*`.
public struct TenantCalls: Sendable {
  let client: PostroomClient

  /// Make a tenant. Makes a tenant. Its first token is made with `token.create`.
  /// - Throws: with reason `tenant.exists`
  public func create(
    name: String, options: CallOptions = CallOptions()
  ) async throws(PostroomError) -> Tenant {
    try await client.call("tenant.create", repeatable: .never, options) { writer in
      writer.key("name")
      writer.string(name)
    }
  }

  /// One tenant. The tenant with this id, or the caller's own.
  /// - Parameters:
  ///   - tenantId: The caller's own when left out.
  /// - Throws: with reason `tenant.unknown`
  public func get(
    tenantId: String? = nil, options: CallOptions = CallOptions()
  ) async throws(PostroomError) -> Tenant {
    try await client.call("tenant.get", repeatable: .always, options) { writer in
      if let tenantId {
        writer.key("tenantId")
        writer.string(tenantId)
      }
    }
  }

  /// All tenants. All tenants, oldest first.
  public func list(options: CallOptions = CallOptions()) async throws(PostroomError) -> TenantList {
    try await client.call("tenant.list", repeatable: .always, options) { _ in }
  }
}

/// A customer of the operator.
public struct Tenant: Hashable, Sendable, JSONReadable, JSONWritable {
  public var id: String
  public var name: String
  public var createdAt: String

  public init(id: String, name: String, createdAt: String) {
    self.id = id
    self.name = name
    self.createdAt = createdAt
  }

  init(from reader: inout JSONReader) throws(JSONError) {
    var id: String?
    var name: String?
    var createdAt: String?
    try reader.beginObject()
    while try reader.nextKey() {
      if reader.keyIs("id") {
        id = try reader.string()
      } else if reader.keyIs("name") {
        name = try reader.string()
      } else if reader.keyIs("createdAt") {
        createdAt = try reader.string()
      } else {
        try reader.skip()
      }
    }
    self.id = try present(id, "id")
    self.name = try present(name, "name")
    self.createdAt = try present(createdAt, "createdAt")
  }

  func write(to writer: inout JSONWriter) {
    writer.beginObject()
    writer.key("id")
    writer.string(id)
    writer.key("name")
    writer.string(name)
    writer.key("createdAt")
    writer.string(createdAt)
    writer.endObject()
  }

  /// This as one line of JSON, as the API writes it.
  public var json: String { jsonText(of: self) }
}

/// All tenants, oldest first.
public struct TenantList: Hashable, Sendable, JSONReadable, JSONWritable {
  public var tenants: [Tenant]

  public init(tenants: [Tenant]) {
    self.tenants = tenants
  }

  init(from reader: inout JSONReader) throws(JSONError) {
    var tenants: [Tenant]?
    try reader.beginObject()
    while try reader.nextKey() {
      if reader.keyIs("tenants") {
        tenants = try reader.list("tenants")
      } else {
        try reader.skip()
      }
    }
    self.tenants = try present(tenants, "tenants")
  }

  func write(to writer: inout JSONWriter) {
    writer.beginObject()
    writer.key("tenants")
    writer.list(tenants)
    writer.endObject()
  }

  /// This as one line of JSON, as the API writes it.
  public var json: String { jsonText(of: self) }
}

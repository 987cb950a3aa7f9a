// Generated from protocol/openrpc.json by stubgen. Do not edit.
// swift-format-ignore-file
package import JSON
package import JSONRPC

/// What answers the methods `tenant.*`.
package protocol TenantService: Sendable {
  /// Make a tenant. Makes a tenant. Its first token is made with `token.create`.
  /// - Throws: `tenant.exists`
  func create(_ params: TenantCreateParams, _ context: CallContext) async throws(RPCError) -> APITenant

  /// One tenant. The tenant with this id, or the caller's own.
  /// - Throws: `tenant.unknown`
  func get(_ params: TenantGetParams, _ context: CallContext) async throws(RPCError) -> APITenant

  /// All tenants. All tenants, oldest first.
  func list(_ params: TenantListParams, _ context: CallContext) async throws(RPCError) -> APITenantList
}

extension TenantService {
  /// The methods `tenant.*`, answered by this service.
  package var methods: [Method] {
    [
      .call("tenant.create", scope: "admin", idempotent: false) { params, context async throws(RPCError) in
        try await self.create(params, context)
      },
      .call("tenant.get", scope: "admin", idempotent: true) { params, context async throws(RPCError) in
        try await self.get(params, context)
      },
      .call("tenant.list", scope: "admin", idempotent: true) { params, context async throws(RPCError) in
        try await self.list(params, context)
      },
    ]
  }
}

/// The parameters of `tenant.create`.
package struct TenantCreateParams: APIParams, Hashable {
  package var name: String

  package static let parameterNames: [String]? = ["name"]

  package init(name: String) {
    self.name = name
  }

  package init(from reader: inout JSONReader) throws(JSONError) {
    var name: String?
    try reader.beginObject()
    while try reader.nextKey() {
      if reader.keyIs("name") {
        name = try reader.string(length: 1...200)
      } else if reader.keyIs("_meta") {
        try reader.skip()
      } else {
        throw .unknown(reader.key)
      }
    }
    self.name = try present(name, "name")
  }

  package func write(to writer: inout JSONWriter) {
    writer.beginObject()
    writer.key("name")
    writer.string(name)
    writer.endObject()
  }
}

/// The parameters of `tenant.get`.
package struct TenantGetParams: APIParams, Hashable {
  /// The caller's own when left out.
  package var tenantId: String?

  package static let parameterNames: [String]? = ["tenantId"]

  package init(tenantId: String? = nil) {
    self.tenantId = tenantId
  }

  package init(from reader: inout JSONReader) throws(JSONError) {
    var tenantId: String?
    try reader.beginObject()
    while try reader.nextKey() {
      if reader.keyIs("tenantId") {
        if !reader.isNull() { tenantId = try reader.rowID("tn") }
      } else if reader.keyIs("_meta") {
        try reader.skip()
      } else {
        throw .unknown(reader.key)
      }
    }
    self.tenantId = tenantId
  }

  package func write(to writer: inout JSONWriter) {
    writer.beginObject()
    if let tenantId {
      writer.key("tenantId")
      writer.string(tenantId)
    }
    writer.endObject()
  }
}

/// The parameters of `tenant.list`.
package struct TenantListParams: APIParams, Hashable {
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

/// A customer of the operator.
package struct APITenant: APIValue, Hashable {
  package var id: String
  package var name: String
  package var createdAt: String

  package init(id: String, name: String, createdAt: String) {
    self.id = id
    self.name = name
    self.createdAt = createdAt
  }

  package init(from reader: inout JSONReader) throws(JSONError) {
    var id: String?
    var name: String?
    var createdAt: String?
    try reader.beginObject()
    while try reader.nextKey() {
      if reader.keyIs("id") {
        id = try reader.rowID("tn")
      } else if reader.keyIs("name") {
        name = try reader.string()
      } else if reader.keyIs("createdAt") {
        createdAt = try reader.timestamp()
      } else {
        try reader.skip()
      }
    }
    self.id = try present(id, "id")
    self.name = try present(name, "name")
    self.createdAt = try present(createdAt, "createdAt")
  }

  package func write(to writer: inout JSONWriter) {
    writer.beginObject()
    writer.key("id")
    writer.string(id)
    writer.key("name")
    writer.string(name)
    writer.key("createdAt")
    writer.string(createdAt)
    writer.endObject()
  }
}

/// All tenants, oldest first.
package struct APITenantList: APIValue, Hashable {
  package var tenants: [APITenant]

  package init(tenants: [APITenant]) {
    self.tenants = tenants
  }

  package init(from reader: inout JSONReader) throws(JSONError) {
    var tenants: [APITenant]?
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

  package func write(to writer: inout JSONWriter) {
    writer.beginObject()
    writer.key("tenants")
    writer.list(tenants)
    writer.endObject()
  }
}

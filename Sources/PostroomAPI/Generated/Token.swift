// Generated from protocol/openrpc.json by stubgen. Do not edit.
// swift-format-ignore-file
package import JSON
package import JSONRPC

/// What answers the methods `token.*`.
package protocol TokenService: Sendable {
  /// Make a token. Makes an access token. The secret is in this answer and nowhere else.
  /// - Throws: `tenant.unknown`, `token.expired`
  func create(_ params: TokenCreateParams, _ context: CallContext) async throws(RPCError) -> APINewToken

  /// Register a client certificate. Lets a client certificate stand for a token: a connection whose TLS
  /// handshake shows it needs no `session.open`. The certificate must come from an authority that the
  /// server was told of (`--tls-client-ca`). `token.revoke` takes it back.
  /// - Throws: `tenant.unknown`, `token.expired`, `certificate.invalid`, `certificate.exists`
  func addCertificate(
    _ params: TokenAddCertificateParams, _ context: CallContext
  ) async throws(RPCError) -> APIToken

  /// One token. A token of a tenant, without its secret.
  /// - Throws: `token.unknown`, `tenant.unknown`
  func get(_ params: TokenGetParams, _ context: CallContext) async throws(RPCError) -> APIToken

  /// Tokens of a tenant. The tokens of a tenant, oldest first, without secrets.
  /// - Throws: `tenant.unknown`
  func list(_ params: TokenListParams, _ context: CallContext) async throws(RPCError) -> APITokenList

  /// Revoke a token. The token opens no connection from now on.
  /// - Throws: `token.unknown`, `tenant.unknown`
  func revoke(_ params: TokenRevokeParams, _ context: CallContext) async throws(RPCError) -> APIEmpty
}

extension TokenService {
  /// The methods `token.*`, answered by this service.
  package var methods: [Method] {
    [
      .call("token.create", scope: "admin", idempotent: false) { params, context async throws(RPCError) in
        try await self.create(params, context)
      },
      .call("token.addCertificate", scope: "admin", idempotent: false) { params, context async throws(RPCError) in
        try await self.addCertificate(params, context)
      },
      .call("token.get", scope: "admin", idempotent: true) { params, context async throws(RPCError) in
        try await self.get(params, context)
      },
      .call("token.list", scope: "admin", idempotent: true) { params, context async throws(RPCError) in
        try await self.list(params, context)
      },
      .call("token.revoke", scope: "admin", idempotent: true) { params, context async throws(RPCError) in
        try await self.revoke(params, context)
      },
    ]
  }
}

/// The parameters of `token.create`.
package struct TokenCreateParams: APIParams, Hashable {
  /// The caller's own when left out.
  package var tenantId: String?
  /// Who uses it; stands in receipts.
  package var name: String
  package var scopes: [APIScope]
  package var expiresAt: String?

  package static let parameterNames: [String]? = nil

  package init(tenantId: String? = nil, name: String, scopes: [APIScope], expiresAt: String? = nil) {
    self.tenantId = tenantId
    self.name = name
    self.scopes = scopes
    self.expiresAt = expiresAt
  }

  package init(from reader: inout JSONReader) throws(JSONError) {
    var tenantId: String?
    var name: String?
    var scopes: [APIScope]?
    var expiresAt: String?
    try reader.beginObject()
    while try reader.nextKey() {
      if reader.keyIs("tenantId") {
        if !reader.isNull() { tenantId = try reader.rowID("tn") }
      } else if reader.keyIs("name") {
        name = try reader.string(length: 1...200)
      } else if reader.keyIs("scopes") {
        scopes = try reader.list("scopes", count: 1...5)
      } else if reader.keyIs("expiresAt") {
        if !reader.isNull() { expiresAt = try reader.timestamp() }
      } else if reader.keyIs("_meta") {
        try reader.skip()
      } else {
        throw .unknown(reader.key)
      }
    }
    self.tenantId = tenantId
    self.name = try present(name, "name")
    self.scopes = try present(scopes, "scopes")
    self.expiresAt = expiresAt
  }

  package func write(to writer: inout JSONWriter) {
    writer.beginObject()
    if let tenantId {
      writer.key("tenantId")
      writer.string(tenantId)
    }
    writer.key("name")
    writer.string(name)
    writer.key("scopes")
    writer.list(scopes)
    if let expiresAt {
      writer.key("expiresAt")
      writer.string(expiresAt)
    }
    writer.endObject()
  }
}

/// The parameters of `token.addCertificate`.
package struct TokenAddCertificateParams: APIParams, Hashable {
  /// The caller's own when left out.
  package var tenantId: String?
  /// Who uses it; stands in receipts.
  package var name: String
  package var scopes: [APIScope]
  package var expiresAt: String?
  /// The certificate in PEM, without its key; of a chain the first counts. Its SHA-256 is kept.
  package var certificate: String

  package static let parameterNames: [String]? = nil

  package init(
    tenantId: String? = nil, name: String, scopes: [APIScope], expiresAt: String? = nil, certificate: String
  ) {
    self.tenantId = tenantId
    self.name = name
    self.scopes = scopes
    self.expiresAt = expiresAt
    self.certificate = certificate
  }

  package init(from reader: inout JSONReader) throws(JSONError) {
    var tenantId: String?
    var name: String?
    var scopes: [APIScope]?
    var expiresAt: String?
    var certificate: String?
    try reader.beginObject()
    while try reader.nextKey() {
      if reader.keyIs("tenantId") {
        if !reader.isNull() { tenantId = try reader.rowID("tn") }
      } else if reader.keyIs("name") {
        name = try reader.string(length: 1...200)
      } else if reader.keyIs("scopes") {
        scopes = try reader.list("scopes", count: 1...5)
      } else if reader.keyIs("expiresAt") {
        if !reader.isNull() { expiresAt = try reader.timestamp() }
      } else if reader.keyIs("certificate") {
        certificate = try reader.string(length: 1...65536)
      } else if reader.keyIs("_meta") {
        try reader.skip()
      } else {
        throw .unknown(reader.key)
      }
    }
    self.tenantId = tenantId
    self.name = try present(name, "name")
    self.scopes = try present(scopes, "scopes")
    self.expiresAt = expiresAt
    self.certificate = try present(certificate, "certificate")
  }

  package func write(to writer: inout JSONWriter) {
    writer.beginObject()
    if let tenantId {
      writer.key("tenantId")
      writer.string(tenantId)
    }
    writer.key("name")
    writer.string(name)
    writer.key("scopes")
    writer.list(scopes)
    if let expiresAt {
      writer.key("expiresAt")
      writer.string(expiresAt)
    }
    writer.key("certificate")
    writer.string(certificate)
    writer.endObject()
  }
}

/// The parameters of `token.get`.
package struct TokenGetParams: APIParams, Hashable {
  package var tokenId: String
  /// The caller's own when left out.
  package var tenantId: String?

  package static let parameterNames: [String]? = ["tokenId", "tenantId"]

  package init(tokenId: String, tenantId: String? = nil) {
    self.tokenId = tokenId
    self.tenantId = tenantId
  }

  package init(from reader: inout JSONReader) throws(JSONError) {
    var tokenId: String?
    var tenantId: String?
    try reader.beginObject()
    while try reader.nextKey() {
      if reader.keyIs("tokenId") {
        tokenId = try reader.rowID("tk")
      } else if reader.keyIs("tenantId") {
        if !reader.isNull() { tenantId = try reader.rowID("tn") }
      } else if reader.keyIs("_meta") {
        try reader.skip()
      } else {
        throw .unknown(reader.key)
      }
    }
    self.tokenId = try present(tokenId, "tokenId")
    self.tenantId = tenantId
  }

  package func write(to writer: inout JSONWriter) {
    writer.beginObject()
    writer.key("tokenId")
    writer.string(tokenId)
    if let tenantId {
      writer.key("tenantId")
      writer.string(tenantId)
    }
    writer.endObject()
  }
}

/// The parameters of `token.list`.
package struct TokenListParams: APIParams, Hashable {
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

/// The parameters of `token.revoke`.
package struct TokenRevokeParams: APIParams, Hashable {
  package var tokenId: String
  /// The caller's own when left out.
  package var tenantId: String?

  package static let parameterNames: [String]? = ["tokenId", "tenantId"]

  package init(tokenId: String, tenantId: String? = nil) {
    self.tokenId = tokenId
    self.tenantId = tenantId
  }

  package init(from reader: inout JSONReader) throws(JSONError) {
    var tokenId: String?
    var tenantId: String?
    try reader.beginObject()
    while try reader.nextKey() {
      if reader.keyIs("tokenId") {
        tokenId = try reader.rowID("tk")
      } else if reader.keyIs("tenantId") {
        if !reader.isNull() { tenantId = try reader.rowID("tn") }
      } else if reader.keyIs("_meta") {
        try reader.skip()
      } else {
        throw .unknown(reader.key)
      }
    }
    self.tokenId = try present(tokenId, "tokenId")
    self.tenantId = tenantId
  }

  package func write(to writer: inout JSONWriter) {
    writer.beginObject()
    writer.key("tokenId")
    writer.string(tokenId)
    if let tenantId {
      writer.key("tenantId")
      writer.string(tenantId)
    }
    writer.endObject()
  }
}

/// What a token allows: `read` looks, `send` sends mail, `manage` connects mailboxes and tracks threads,
/// `purge` erases, `admin` makes tenants and tokens.
package enum APIScope: String, APIWord {
  case read
  case send
  case manage
  case purge
  case admin
}

/// An access token, without its secret, or a client certificate that stands for one.
package struct APIToken: APIValue, Hashable {
  package var id: String
  package var tenantId: String
  package var name: String
  package var scopes: [APIScope]
  package var createdAt: String
  package var expiresAt: String?
  /// SHA-256 over the DER of a certificate (`token.addCertificate`), 64 hexadecimal digits in lower case.
  /// Left out of tokens with a secret.
  package var certificateSha256: String?

  package init(
    id: String, tenantId: String, name: String, scopes: [APIScope], createdAt: String,
    expiresAt: String? = nil, certificateSha256: String? = nil
  ) {
    self.id = id
    self.tenantId = tenantId
    self.name = name
    self.scopes = scopes
    self.createdAt = createdAt
    self.expiresAt = expiresAt
    self.certificateSha256 = certificateSha256
  }

  package init(from reader: inout JSONReader) throws(JSONError) {
    var id: String?
    var tenantId: String?
    var name: String?
    var scopes: [APIScope]?
    var createdAt: String?
    var expiresAt: String?
    var certificateSha256: String?
    try reader.beginObject()
    while try reader.nextKey() {
      if reader.keyIs("id") {
        id = try reader.rowID("tk")
      } else if reader.keyIs("tenantId") {
        tenantId = try reader.rowID("tn")
      } else if reader.keyIs("name") {
        name = try reader.string()
      } else if reader.keyIs("scopes") {
        scopes = try reader.list("scopes")
      } else if reader.keyIs("createdAt") {
        createdAt = try reader.timestamp()
      } else if reader.keyIs("expiresAt") {
        if !reader.isNull() { expiresAt = try reader.timestamp() }
      } else if reader.keyIs("certificateSha256") {
        if !reader.isNull() { certificateSha256 = try reader.string(length: 64...64) }
      } else {
        try reader.skip()
      }
    }
    self.id = try present(id, "id")
    self.tenantId = try present(tenantId, "tenantId")
    self.name = try present(name, "name")
    self.scopes = try present(scopes, "scopes")
    self.createdAt = try present(createdAt, "createdAt")
    self.expiresAt = expiresAt
    self.certificateSha256 = certificateSha256
  }

  package func write(to writer: inout JSONWriter) {
    writer.beginObject()
    writer.key("id")
    writer.string(id)
    writer.key("tenantId")
    writer.string(tenantId)
    writer.key("name")
    writer.string(name)
    writer.key("scopes")
    writer.list(scopes)
    writer.key("createdAt")
    writer.string(createdAt)
    if let expiresAt {
      writer.key("expiresAt")
      writer.string(expiresAt)
    }
    if let certificateSha256 {
      writer.key("certificateSha256")
      writer.string(certificateSha256)
    }
    writer.endObject()
  }
}

/// The tokens of a tenant, oldest first.
package struct APITokenList: APIValue, Hashable {
  package var tokens: [APIToken]

  package init(tokens: [APIToken]) {
    self.tokens = tokens
  }

  package init(from reader: inout JSONReader) throws(JSONError) {
    var tokens: [APIToken]?
    try reader.beginObject()
    while try reader.nextKey() {
      if reader.keyIs("tokens") {
        tokens = try reader.list("tokens")
      } else {
        try reader.skip()
      }
    }
    self.tokens = try present(tokens, "tokens")
  }

  package func write(to writer: inout JSONWriter) {
    writer.beginObject()
    writer.key("tokens")
    writer.list(tokens)
    writer.endObject()
  }
}

/// A token and its secret. The secret is shown this once; only its digest is kept.
package struct APINewToken: APIValue, Hashable, CustomStringConvertible, CustomReflectable {
  package var token: APIToken
  /// What `session.open` takes.
  package var secret: String

  package init(token: APIToken, secret: String) {
    self.token = token
    self.secret = secret
  }

  /// Without the members: one of them is a secret.
  package var description: String { "APINewToken" }
  package var customMirror: Mirror { Mirror(self, children: []) }

  package init(from reader: inout JSONReader) throws(JSONError) {
    var token: APIToken?
    var secret: String?
    try reader.beginObject()
    while try reader.nextKey() {
      if reader.keyIs("token") {
        token = try reader.object("token")
      } else if reader.keyIs("secret") {
        secret = try reader.string()
      } else {
        try reader.skip()
      }
    }
    self.token = try present(token, "token")
    self.secret = try present(secret, "secret")
  }

  package func write(to writer: inout JSONWriter) {
    writer.beginObject()
    writer.key("token")
    token.write(to: &writer)
    writer.key("secret")
    writer.string(secret)
    writer.endObject()
  }
}

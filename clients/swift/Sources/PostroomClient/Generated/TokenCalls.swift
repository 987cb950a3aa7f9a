// Generated from protocol/openrpc.json by stubgen. Do not edit.
// swift-format-ignore-file
internal import JSON

extension PostroomClient {
  /// The methods `token.*`.
  public var token: TokenCalls { TokenCalls(client: self) }
}

/// The methods `token.*`.
public struct TokenCalls: Sendable {
  let client: PostroomClient

  /// Make a token. Makes an access token. The secret is in this answer and nowhere else.
  /// - Parameters:
  ///   - tenantId: The caller's own when left out.
  ///   - name: Who uses it; stands in receipts.
  /// - Throws: with reason `tenant.unknown`, `token.expired`
  public func create(
    tenantId: String? = nil, name: String, scopes: [Scope], expiresAt: String? = nil,
    options: CallOptions = CallOptions()
  ) async throws(PostroomError) -> NewToken {
    try await client.call("token.create", repeatable: .never, options) { writer in
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
    }
  }

  /// Register a client certificate. Lets a client certificate stand for a token: a connection whose TLS
  /// handshake shows it needs no `session.open`. The certificate must come from an authority that the
  /// server was told of (`--tls-client-ca`). `token.revoke` takes it back.
  /// - Parameters:
  ///   - tenantId: The caller's own when left out.
  ///   - name: Who uses it; stands in receipts.
  ///   - certificate: The certificate in PEM, without its key; of a chain the first counts. Its SHA-256 is
  ///     kept.
  /// - Throws: with reason `tenant.unknown`, `token.expired`, `certificate.invalid`, `certificate.exists`
  public func addCertificate(
    tenantId: String? = nil, name: String, scopes: [Scope], expiresAt: String? = nil, certificate: String,
    options: CallOptions = CallOptions()
  ) async throws(PostroomError) -> Token {
    try await client.call("token.addCertificate", repeatable: .never, options) { writer in
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
    }
  }

  /// One token. A token of a tenant, without its secret.
  /// - Parameters:
  ///   - tenantId: The caller's own when left out.
  /// - Throws: with reason `token.unknown`, `tenant.unknown`
  public func get(
    tokenId: String, tenantId: String? = nil, options: CallOptions = CallOptions()
  ) async throws(PostroomError) -> Token {
    try await client.call("token.get", repeatable: .always, options) { writer in
      writer.key("tokenId")
      writer.string(tokenId)
      if let tenantId {
        writer.key("tenantId")
        writer.string(tenantId)
      }
    }
  }

  /// Tokens of a tenant. The tokens of a tenant, oldest first, without secrets.
  /// - Parameters:
  ///   - tenantId: The caller's own when left out.
  /// - Throws: with reason `tenant.unknown`
  public func list(
    tenantId: String? = nil, options: CallOptions = CallOptions()
  ) async throws(PostroomError) -> TokenList {
    try await client.call("token.list", repeatable: .always, options) { writer in
      if let tenantId {
        writer.key("tenantId")
        writer.string(tenantId)
      }
    }
  }

  /// Revoke a token. The token opens no connection from now on.
  /// - Parameters:
  ///   - tenantId: The caller's own when left out.
  /// - Throws: with reason `token.unknown`, `tenant.unknown`
  public func revoke(
    tokenId: String, tenantId: String? = nil, options: CallOptions = CallOptions()
  ) async throws(PostroomError) {
    _ =
      try await client.call("token.revoke", repeatable: .always, options) { writer in
      writer.key("tokenId")
      writer.string(tokenId)
      if let tenantId {
        writer.key("tenantId")
        writer.string(tenantId)
      }
    } as Nothing
  }
}

/// What a token allows: `read` looks, `send` sends mail, `manage` connects mailboxes and tracks threads,
/// `purge` erases, `admin` makes tenants and tokens.
public struct Scope: RawRepresentable, Hashable, Sendable, CustomStringConvertible, JSONWord {
  public let rawValue: String
  public init(rawValue: String) { self.rawValue = rawValue }
  public var description: String { rawValue }

  public static let read = Scope(rawValue: "read")
  public static let send = Scope(rawValue: "send")
  public static let manage = Scope(rawValue: "manage")
  public static let purge = Scope(rawValue: "purge")
  public static let admin = Scope(rawValue: "admin")
}

/// An access token, without its secret, or a client certificate that stands for one.
public struct Token: Hashable, Sendable, JSONReadable, JSONWritable {
  public var id: String
  public var tenantId: String
  public var name: String
  public var scopes: [Scope]
  public var createdAt: String
  public var expiresAt: String?
  /// SHA-256 over the DER of a certificate (`token.addCertificate`), 64 hexadecimal digits in lower case.
  /// Left out of tokens with a secret.
  public var certificateSha256: String?

  public init(
    id: String, tenantId: String, name: String, scopes: [Scope], createdAt: String,
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

  init(from reader: inout JSONReader) throws(JSONError) {
    var id: String?
    var tenantId: String?
    var name: String?
    var scopes: [Scope]?
    var createdAt: String?
    var expiresAt: String?
    var certificateSha256: String?
    try reader.beginObject()
    while try reader.nextKey() {
      if reader.keyIs("id") {
        id = try reader.string()
      } else if reader.keyIs("tenantId") {
        tenantId = try reader.string()
      } else if reader.keyIs("name") {
        name = try reader.string()
      } else if reader.keyIs("scopes") {
        scopes = try reader.list("scopes")
      } else if reader.keyIs("createdAt") {
        createdAt = try reader.string()
      } else if reader.keyIs("expiresAt") {
        if !reader.isNull() { expiresAt = try reader.string() }
      } else if reader.keyIs("certificateSha256") {
        if !reader.isNull() { certificateSha256 = try reader.string() }
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

  func write(to writer: inout JSONWriter) {
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

  /// This as one line of JSON, as the API writes it.
  public var json: String { jsonText(of: self) }
}

/// The tokens of a tenant, oldest first.
public struct TokenList: Hashable, Sendable, JSONReadable, JSONWritable {
  public var tokens: [Token]

  public init(tokens: [Token]) {
    self.tokens = tokens
  }

  init(from reader: inout JSONReader) throws(JSONError) {
    var tokens: [Token]?
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

  func write(to writer: inout JSONWriter) {
    writer.beginObject()
    writer.key("tokens")
    writer.list(tokens)
    writer.endObject()
  }

  /// This as one line of JSON, as the API writes it.
  public var json: String { jsonText(of: self) }
}

/// A token and its secret. The secret is shown this once; only its digest is kept.
public struct NewToken: Hashable, Sendable, JSONReadable, JSONWritable, CustomStringConvertible, CustomReflectable {
  public var token: Token
  /// What `session.open` takes.
  public var secret: String

  public init(token: Token, secret: String) {
    self.token = token
    self.secret = secret
  }

  /// Without the members: one of them is a secret.
  public var description: String { "NewToken" }
  public var customMirror: Mirror { Mirror(self, children: []) }

  init(from reader: inout JSONReader) throws(JSONError) {
    var token: Token?
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

  func write(to writer: inout JSONWriter) {
    writer.beginObject()
    writer.key("token")
    token.write(to: &writer)
    writer.key("secret")
    writer.string(secret)
    writer.endObject()
  }

  /// This as one line of JSON, as the API writes it.
  public var json: String { jsonText(of: self) }
}

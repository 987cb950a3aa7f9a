internal import Foundation
internal import GRDB
internal import Sealing

extension SQLiteMailStore {
  package func createTenant(name: String, at: Timestamp) async throws(MailStoreError) -> Tenant {
    try await write { [keyring] db, _ in
      if try Query(db, "SELECT 1 FROM tenant WHERE name = ?").exists(name) {
        throw MailStoreError.exists("tenant")
      }
      let key = try keyring.create(at: at)
      try Query(db, "INSERT INTO tenant (name, key_id, created_at) VALUES (?, ?, ?)").run(name, key.id, at)
      return Tenant(id: TenantID(db.lastInsertedRowID), name: name, createdAt: at)
    }
  }

  package func tenants() async throws(MailStoreError) -> [Tenant] {
    try await read { db in
      try Query(db, "SELECT \(Tenant.columns) FROM tenant ORDER BY id").all { Tenant($0) }
    }
  }

  package func tenant(_ id: TenantID) async throws(MailStoreError) -> Tenant {
    try await read { db in
      let found = try Query(db, "SELECT \(Tenant.columns) FROM tenant WHERE id = ?").first(id) { Tenant($0) }
      guard let found else { throw MailStoreError.notFound("tenant") }
      return found
    }
  }

  package func tenant(named name: String) async throws(MailStoreError) -> Tenant? {
    try await read { db in
      try Query(db, "SELECT \(Tenant.columns) FROM tenant WHERE name = ?").first(name) { Tenant($0) }
    }
  }

  package func createToken(
    tenant: TenantID, name: String, scopes: [String], credential: TokenCredential, expiresAt: Timestamp?,
    at: Timestamp
  ) async throws(MailStoreError) -> TokenRow {
    let hash = tokenHashes.hash(credential)
    var certificate: [UInt8]?
    if case .certificate(let digest) = credential { certificate = digest }
    return try await write { [certificate] db, _ in
      try db.require(tenant)
      if try Query(db, "SELECT 1 FROM token WHERE hash = ?").exists(hash) {
        throw MailStoreError.exists("token")
      }
      let sql = """
        INSERT INTO token (tenant_id, name, scopes, hash, certificate, created_at, expires_at)
        VALUES (?, ?, ?, ?, ?, ?, ?)
        """
      try Query(db, sql).run(tenant, name, Words.text(scopes), hash, certificate, at, expiresAt)
      return TokenRow(
        id: TokenID(db.lastInsertedRowID), tenantID: tenant, name: name, scopes: scopes, createdAt: at,
        expiresAt: expiresAt, certificate: certificate)
    }
  }

  /// The index finds the row; what decides is a comparison whose time does not depend on the octets. The index may
  /// take longer the more of the first octets are right, but who has no key cannot tell which hash a guess has.
  package func token(_ credential: TokenCredential) async throws(MailStoreError) -> TokenRow? {
    let wanted = tokenHashes.hash(credential)
    return try await read { db in
      let sql = "SELECT \(TokenRow.columns), hash FROM token WHERE hash = ?"
      let found = try Query(db, sql).first(wanted) {
        (row: TokenRow($0), hash: $0.blob(TokenRow.columnCount))
      }
      return found.flatMap { Digest.equalConstantTime($0.hash, wanted) ? $0.row : nil }
    }
  }

  package func token(_ id: TokenID) async throws(MailStoreError) -> TokenRow? {
    try await read { db in
      try Query(db, "SELECT \(TokenRow.columns) FROM token WHERE id = ?").first(id) { TokenRow($0) }
    }
  }

  package func tokens(tenant: TenantID) async throws(MailStoreError) -> [TokenRow] {
    try await read { db in
      try Query(db, "SELECT \(TokenRow.columns) FROM token WHERE tenant_id = ? ORDER BY id").all(tenant) {
        TokenRow($0)
      }
    }
  }

  package func deleteToken(_ id: TokenID, tenant: TenantID) async throws(MailStoreError) {
    try await write { db, effects in
      if try Query(db, "DELETE FROM token WHERE id = ? AND tenant_id = ?").run(id, tenant) == 0 {
        throw MailStoreError.notFound("token")
      }
      effects.tokensDeleted = true
      effects.noteErased([.token(id)], of: tenant)
    }
  }
}

/// What is kept of secrets and certificates: HMAC-SHA-256, under keys that are not in mail.sqlite, of their digest.
/// Who can write the database, or makes us restore a copy of it, cannot add a token that anybody knows.
struct TokenHashes: Sendable {
  private let secret: FingerprintKey
  private let certificate: FingerprintKey

  init(key: DataKey) throws(SealingError) {
    secret = try key.fingerprintKey(label: "token")
    certificate = try key.fingerprintKey(label: "certificate")
  }

  /// 32 octets.
  func hash(_ credential: TokenCredential) -> [UInt8] {
    switch credential {
    case .secret(let digest): secret.fingerprint(digest)
    case .certificate(let digest): certificate.fingerprint(digest)
    }
  }

  /// What version 3 of the schema kept of a secret was its digest: the function of this name makes the hash of it.
  static let functionName = "postroom_token_hash"

  var function: DatabaseFunction {
    DatabaseFunction(Self.functionName, argumentCount: 1, pure: true) { values in
      guard let digest = values.first.flatMap(Data.fromDatabaseValue) else { return nil }
      return Data(hash(.secret(digest: [UInt8](digest))))
    }
  }
}

extension Database {
  /// - Throws: ``MailStoreError/notFound(_:)`` unless the tenant exists.
  func require(_ tenant: TenantID) throws {
    guard try Query(self, "SELECT 1 FROM tenant WHERE id = ?").exists(tenant) else {
      throw MailStoreError.notFound("tenant")
    }
  }
}

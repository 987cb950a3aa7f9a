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
    tenant: TenantID, name: String, scopes: [String], hash: [UInt8], expiresAt: Timestamp?, at: Timestamp
  ) async throws(MailStoreError) -> TokenRow {
    try await write { db, _ in
      try db.require(tenant)
      if try Query(db, "SELECT 1 FROM token WHERE hash = ?").exists(hash) {
        throw MailStoreError.exists("token")
      }
      let sql = """
        INSERT INTO token (tenant_id, name, scopes, hash, created_at, expires_at) VALUES (?, ?, ?, ?, ?, ?)
        """
      try Query(db, sql).run(tenant, name, Words.text(scopes), hash, at, expiresAt)
      return TokenRow(
        id: TokenID(db.lastInsertedRowID), tenantID: tenant, name: name, scopes: scopes, createdAt: at,
        expiresAt: expiresAt)
    }
  }

  package func token(hash: [UInt8]) async throws(MailStoreError) -> TokenRow? {
    try await read { db in
      try Query(db, "SELECT \(TokenRow.columns) FROM token WHERE hash = ?").first(hash) { TokenRow($0) }
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
    try await write { db, _ in
      if try Query(db, "DELETE FROM token WHERE id = ? AND tenant_id = ?").run(id, tenant) == 0 {
        throw MailStoreError.notFound("token")
      }
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

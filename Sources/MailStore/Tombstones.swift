internal import GRDB
internal import Sealing

/// The marks by which purged mails are told from new ones (S21) without keeping anything of them.
///
/// A mark is the first 16 octets of an HMAC of the Message-ID (of the identity, when there is none)
/// under the tenant's key.
struct Tombstones {
  /// Marks that were made by ``bury(messageID:identity:)``.
  private(set) var made: [[UInt8]] = []

  private let tenant: TenantID
  private let key: FingerprintKey
  private let find: Query
  private let add: Query

  init(_ db: Database, _ tenant: TenantID, _ keyring: Keyring) throws {
    let keyID = try Query(db, "SELECT key_id FROM tenant WHERE id = ?").first(tenant) { $0.text(0) }
    guard let keyID else { throw MailStoreError.notFound("tenant") }
    self.tenant = tenant
    key = try keyring.key(keyID).fingerprintKey(label: "tombstone")
    find = try Query(db, "SELECT 1 FROM tombstone WHERE tenant_id = ? AND hash = ?")
    add = try Query(db, "INSERT OR IGNORE INTO tombstone (tenant_id, hash) VALUES (?, ?)")
  }

  /// nil when the tenant has no tombstones, so that nothing needs to be compared.
  static func ifAny(_ db: Database, _ tenant: TenantID, _ keyring: Keyring) throws -> Tombstones? {
    guard try Query(db, "SELECT 1 FROM tombstone WHERE tenant_id = ?").exists(tenant) else { return nil }
    return try Tombstones(db, tenant, keyring)
  }

  func hold(messageID: String?, identity: [UInt8]) throws -> Bool {
    try find.exists(tenant, mark(messageID, identity))
  }

  mutating func bury(messageID: String?, identity: [UInt8]) throws {
    let mark = mark(messageID, identity)
    try add.run(tenant, mark)
    made.append(mark)
  }

  private func mark(_ messageID: String?, _ identity: [UInt8]) -> [UInt8] {
    let name = messageID.map { Array("id:".utf8) + Array($0.utf8) } ?? Array("no:".utf8) + identity
    return Array(key.fingerprint(name).prefix(16))
  }
}

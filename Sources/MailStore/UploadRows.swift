internal import GRDB
internal import MailPacking
internal import Sealing

/// Under which key, and for whom, what belongs to an upload is sealed.
///
/// The tenant's key, not a mailbox's: which mailbox will send it is not known yet.
struct UploadSeal: Sendable {
  let tenant: TenantID
  let id: UploadID
  let key: DataKey

  func seal(_ piece: [UInt8], number: Int) throws -> [UInt8] {
    try key.seal(try ContentPiece.pack(piece), context: context("piece|\(number)|\(piece.count)"))
  }

  func open(_ sealed: [UInt8], number: Int, octets: Int) throws -> [UInt8] {
    let packed = try key.open(sealed, context: context("piece|\(number)|\(octets)"))
    return try ContentPiece.unpack(packed, octets: octets)
  }

  func context(_ place: String) -> String { "\(tenant)|\(id)|upload|1|\(place)" }
}

/// An upload's row with what is sealed in it.
struct UploadRow: Sendable {
  var upload: Upload
  let seal: UploadSeal
  /// SHA-256 of each piece; empty until it is committed.
  var digests: [UInt8] = []

  static let digestOctets = 32

  /// The piece with this number as it is now.
  func piece(_ number: Int, _ db: Database) throws -> [UInt8] {
    let octets = min(Int64(ContentPiece.octets), upload.received - Int64(number) * Int64(ContentPiece.octets))
    if octets <= 0 { return [] }
    let sql = "SELECT sealed FROM upload_piece WHERE upload_id = ? AND number = ?"
    guard let sealed = try Query(db, sql).first(upload.id, number, read: { $0.blob(0) }) else {
      throw MailStoreError.corrupt("a piece of an upload")
    }
    return try seal.open(sealed, number: number, octets: Int(octets))
  }

  /// Pieces it has; one of an empty upload is empty.
  var pieces: Int { ContentPiece.count(Int(clamping: upload.received)) }

  /// Of a committed one: its piece, and that it is the one that was committed.
  func committedPiece(_ number: Int, _ db: Database) throws -> [UInt8] {
    let piece = try piece(number, db)
    let from = number * Self.digestOctets
    guard from + Self.digestOctets <= digests.count,
      digests[from..<from + Self.digestOctets].elementsEqual(Digest.sha256(piece))
    else { throw MailStoreError.corrupt("a piece of an upload") }
    return piece
  }
}

extension Database {
  func key(of tenant: TenantID, _ keyring: Keyring) throws -> DataKey {
    let id = try Query(self, "SELECT key_id FROM tenant WHERE id = ?").first(tenant) { $0.text(0) }
    guard let id else { throw MailStoreError.notFound("tenant") }
    return try keyring.key(id)
  }

  /// - Throws: ``MailStoreError/notFound(_:)`` for one of another tenant or one whose time is over, too.
  func upload(_ id: UploadID, tenant: TenantID, at: Timestamp, _ keyring: Keyring) throws -> UploadRow {
    let sql = """
      SELECT description, size, received, state, digests, created_at, expires_at FROM upload
      WHERE id = ? AND tenant_id = ? AND expires_at > ?
      """
    let found = try Query(self, sql).first(id, tenant, at) {
      (
        $0.blob(0), $0.optionalInt(1), $0.int(2), try $0.word(3, UploadState.self),
        $0.isNull(4) ? nil : $0.blob(4),
        $0.time(5), $0.time(6)
      )
    }
    guard let (sealed, size, received, state, digests, created, expires) = found else {
      throw MailStoreError.notFound("upload")
    }
    let seal = UploadSeal(tenant: tenant, id: id, key: try key(of: tenant, keyring))
    let words = try Unpacker.strings(try seal.key.open(sealed, context: seal.context("description")))
    guard words.count == 2, received >= 0 else { throw MailStoreError.corrupt("an upload") }
    var row = UploadRow(
      upload: Upload(
        id: id, tenantID: tenant, name: words[0], type: words[1], size: size, received: received,
        state: state,
        createdAt: created, expiresAt: expires), seal: seal)
    if let digests {
      let all = try seal.key.open(digests, context: seal.context("digests|\(received)"))
      row.upload.sha256 = Array(all.prefix(UploadRow.digestOctets))
      row.digests = Array(all.dropFirst(UploadRow.digestOctets))
    }
    return row
  }

  /// What counts for the tenant's limits.
  func uploadTotals(_ tenant: TenantID, at: Timestamp) throws -> (count: Int64, octets: Int64) {
    let sql = """
      SELECT count(*), coalesce(sum(max(coalesce(size, 0), received)), 0) FROM upload
      WHERE tenant_id = ? AND expires_at > ?
      """
    return try Query(self, sql).first(tenant, at) { ($0.int(0), $0.int(1)) } ?? (0, 0)
  }

  /// Of the tenant, the oldest first.
  func uploads(of tenant: TenantID, limit: Int) throws -> [UploadID] {
    try Query(self, "SELECT id FROM upload WHERE tenant_id = ? ORDER BY id LIMIT ?").all(tenant, limit) {
      UploadID($0.int(0))
    }
  }

  /// - Returns: 1, or 0 when there is none.
  @discardableResult
  func deleteUpload(_ id: UploadID) throws -> Int {
    try Query(self, "DELETE FROM upload_piece WHERE upload_id = ?").run(id)
    try Query(self, "DELETE FROM upload_use WHERE upload_id = ?").run(id)
    return try Query(self, "DELETE FROM upload WHERE id = ?").run(id)
  }
}

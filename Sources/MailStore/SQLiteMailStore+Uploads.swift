internal import GRDB
internal import MailPacking
internal import Sealing

extension SQLiteMailStore {
  package func openUpload(
    _ new: NewUpload, policy: UploadPolicy, at: Timestamp
  ) async throws(MailStoreError) -> Upload {
    try await write { [keyring] db, _ in
      let key = try db.key(of: new.tenantID, keyring)
      if let size = new.size, size > policy.octetsMax {
        throw MailStoreError.upload(.tooLarge(limit: policy.octetsMax))
      }
      let (count, octets) = try db.uploadTotals(new.tenantID, at: at)
      guard count < policy.countMax else { throw MailStoreError.upload(.tooMany(limit: policy.countMax)) }
      let (sum, over) = octets.addingReportingOverflow(new.size ?? 0)
      guard !over, sum <= policy.tenantOctetsMax else {
        throw MailStoreError.upload(.tooManyOctets(limit: policy.tenantOctetsMax))
      }
      let sql = """
        INSERT INTO upload (tenant_id, description, size, state, created_at, expires_at)
        VALUES (?, x'', ?, 'open', ?, ?)
        """
      try Query(db, sql).run(new.tenantID, new.size, at, at.adding(seconds: policy.openSeconds))
      let seal = UploadSeal(tenant: new.tenantID, id: UploadID(db.lastInsertedRowID), key: key)
      let sealed = try key.seal(
        Packer.strings([new.name, new.type]), context: seal.context("description"))
      try Query(db, "UPDATE upload SET description = ? WHERE id = ?").run(sealed, seal.id)
      return try db.upload(seal.id, tenant: new.tenantID, at: at, keyring).upload
    }
  }

  package func upload(
    _ id: UploadID, tenant: TenantID, at: Timestamp
  ) async throws(MailStoreError) -> Upload {
    try await read { [keyring] db in try db.upload(id, tenant: tenant, at: at, keyring).upload }
  }

  package func uploads(tenant: TenantID, at: Timestamp) async throws(MailStoreError) -> [Upload] {
    try await read { [keyring] db in
      let sql = "SELECT id FROM upload WHERE tenant_id = ? AND expires_at > ? ORDER BY id"
      let ids = try Query(db, sql).all(tenant, at) { UploadID($0.int(0)) }
      return try ids.map { try db.upload($0, tenant: tenant, at: at, keyring).upload }
    }
  }

  /// What is new is sealed before the writer is asked for. When another writer was quicker, its octets are
  /// looked at as those that were there.
  package func writeUpload(
    _ id: UploadID, tenant: TenantID, offset: Int64, octets: [UInt8], policy: UploadPolicy, at: Timestamp
  ) async throws(MailStoreError) -> Upload {
    while true {
      let start = try await read { [keyring] db in
        try UploadWrite(
          try db.upload(id, tenant: tenant, at: at, keyring), offset: offset, octets: octets, policy, db)
      }
      if start.fresh.isEmpty { return start.row.upload }
      let pieces = try await BodyWriter.aside { try start.sealed() }
      let written = try await write { [keyring] db, _ -> Upload? in
        try start.write(pieces, policy, at: at, db, keyring)
      }
      if let written { return written }
    }
  }

  package func commitUpload(
    _ id: UploadID, tenant: TenantID, sha256: [UInt8]?, policy: UploadPolicy, at: Timestamp
  ) async throws(MailStoreError) -> Upload {
    let row = try await read { [keyring] db in try db.upload(id, tenant: tenant, at: at, keyring) }
    let upload = row.upload
    if let known = upload.sha256 {
      guard sha256 == nil || sha256 == known else { throw .upload(.digest) }
      return upload
    }
    if let size = upload.size, size != upload.received {
      throw .upload(.incomplete(received: upload.received, size: size))
    }
    var whole = SHA256Stream()
    var digests: [UInt8] = []
    for number in 0..<row.pieces {
      let piece = try await read { [keyring] db in
        // A piece that came meanwhile is sealed as part of another upload than was asked about.
        let now = try db.upload(id, tenant: tenant, at: at, keyring).upload
        guard now.received == upload.received else {
          throw MailStoreError.upload(.incomplete(received: now.received, size: now.size))
        }
        return try row.piece(number, db)
      }
      whole.add(piece)
      digests += Digest.sha256(piece)
    }
    let digest = whole.finish()
    guard sha256 == nil || sha256 == digest else { throw .upload(.digest) }
    let all = digest + digests
    return try await write { [keyring] db, _ in
      let now = try db.upload(id, tenant: tenant, at: at, keyring).upload
      if now.sha256 == digest { return now }
      guard now.state == .open, now.received == upload.received else {
        throw MailStoreError.upload(.incomplete(received: now.received, size: now.size))
      }
      let sealed = try row.seal.key.seal(all, context: row.seal.context("digests|\(now.received)"))
      try Query(
        db, "UPDATE upload SET state = 'committed', digests = ?, expires_at = ? WHERE id = ?"
      ).run(sealed, at.adding(seconds: policy.keptSeconds), id)
      return try db.upload(id, tenant: tenant, at: at, keyring).upload
    }
  }

  package func cancelUpload(
    _ id: UploadID, tenant: TenantID, at: Timestamp
  ) async throws(MailStoreError) {
    try await write { [keyring] db, _ in
      _ = try db.upload(id, tenant: tenant, at: at, keyring)
      try db.deleteUpload(id)
    }
  }

  package func expireUploads(at: Timestamp, limit: Int) async throws(MailStoreError) -> Int {
    try await write { db, _ in
      let sql = "SELECT id FROM upload WHERE expires_at <= ? ORDER BY expires_at LIMIT ?"
      let over = try Query(db, sql).all(at, max(limit, 0)) { UploadID($0.int(0)) }
      for id in over { try db.deleteUpload(id) }
      return over.count
    }
  }
}

/// A piece that came for an upload, held against what is there.
private struct UploadWrite: Sendable {
  let row: UploadRow
  /// What is not there yet; it begins where that ends.
  let fresh: [UInt8]
  /// Of the last piece, if it is not full: what is there.
  private let tail: [UInt8]

  /// - Throws: an ``UploadError`` for a gap, other octets than came before, or too many.
  init(
    _ row: UploadRow, offset: Int64, octets: [UInt8], _ policy: UploadPolicy, _ db: Database
  ) throws {
    let received = row.upload.received
    guard offset >= 0, offset <= received else { throw MailStoreError.upload(.gap(received: received)) }
    let (end, over) = offset.addingReportingOverflow(Int64(octets.count))
    let limit = min(row.upload.size ?? .max, policy.octetsMax)
    guard !over, end <= limit else { throw MailStoreError.upload(.tooLarge(limit: limit)) }
    let known = Int(min(received - offset, Int64(octets.count)))
    try Self.compare(octets[..<known], at: offset, row, db)
    self.row = row
    fresh = Array(octets[known...])
    if !fresh.isEmpty, row.upload.state == .committed { throw MailStoreError.upload(.committed) }
    let isPartial = received % Int64(ContentPiece.octets) != 0
    tail = fresh.isEmpty || !isPartial ? [] : try row.piece(Self.number(received), db)
  }

  private static func number(_ offset: Int64) -> Int { Int(offset / Int64(ContentPiece.octets)) }

  private static func compare(
    _ octets: ArraySlice<UInt8>, at offset: Int64, _ row: UploadRow, _ db: Database
  ) throws {
    var rest = octets
    var at = offset
    while !rest.isEmpty {
      let piece = try row.piece(number(at), db).dropFirst(Int(at % Int64(ContentPiece.octets)))
      let count = min(piece.count, rest.count)
      guard count > 0, piece.prefix(count).elementsEqual(rest.prefix(count)) else {
        throw MailStoreError.upload(.differs(received: row.upload.received))
      }
      rest = rest.dropFirst(count)
      at += Int64(count)
    }
  }

  /// The pieces that change, by their numbers.
  func sealed() throws -> [(number: Int, sealed: [UInt8])] {
    var out: [(Int, [UInt8])] = []
    var piece = tail
    var number = Self.number(row.upload.received)
    var at = 0
    while at < fresh.count {
      let next = min(at + ContentPiece.octets - piece.count, fresh.count)
      piece += fresh[at..<next]
      out.append((number, try row.seal.seal(piece, number: number)))
      (piece, number, at) = ([], number + 1, next)
    }
    return out
  }

  /// nil when another writer was quicker.
  func write(
    _ pieces: [(number: Int, sealed: [UInt8])], _ policy: UploadPolicy, at: Timestamp, _ db: Database,
    _ keyring: Keyring
  ) throws -> Upload? {
    let upload = row.upload
    let now = try db.upload(upload.id, tenant: upload.tenantID, at: at, keyring).upload
    guard now.received == upload.received, now.state == .open else { return nil }
    let received = upload.received + Int64(fresh.count)
    if upload.size == nil {
      let (_, octets) = try db.uploadTotals(upload.tenantID, at: at)
      guard octets + Int64(fresh.count) <= policy.tenantOctetsMax else {
        throw MailStoreError.upload(.tooManyOctets(limit: policy.tenantOctetsMax))
      }
    }
    let put = try Query(
      db, "INSERT OR REPLACE INTO upload_piece (upload_id, number, sealed) VALUES (?, ?, ?)")
    for piece in pieces { try put.run(upload.id, piece.number, piece.sealed) }
    try Query(db, "UPDATE upload SET received = ? WHERE id = ?").run(received, upload.id)
    return try db.upload(upload.id, tenant: upload.tenantID, at: at, keyring).upload
  }
}

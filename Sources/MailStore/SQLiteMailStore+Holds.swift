internal import GRDB

extension SQLiteMailStore {
  package func deleteMail(
    _ id: MailID, tenant: TenantID, at: Timestamp
  ) async throws(MailStoreError) -> Mail {
    try await write { db, effects in
      let mail = try db.mail(id, tenant: tenant)
      if mail.deletedAt != nil { return mail }
      let (copies, values) = mail.sameMail()
      let isLogged = "SELECT 1 FROM mail WHERE id IN (\(copies)) AND state = 'logged'"
      if try Query(db, isLogged).all(list: values, read: { $0.int(0) }).isEmpty {
        throw MailStoreError.notFound("body")
      }
      // Not earlier than what is known of the time, should the clock be wrong now.
      let since = max(at, try db.newestMark() ?? at)
      let sql = """
        INSERT OR IGNORE INTO deletion (mail_id, tenant_id, at) SELECT id, ?, ? FROM mail WHERE id IN (\(copies))
        RETURNING mail_id
        """
      let deleted = try Query(db, sql).all(list: [tenant, since] + values) { MailID($0.int(0)) }
      effects.noteErased([.deleted(deleted, since: since)], of: tenant)
      try NewEvent(
        tenant: tenant, type: .mailDeleted, mailbox: mail.mailboxID, thread: mail.threadID, mail: id
      ).append(at: at, db, &effects)
      return try db.mail(id, tenant: tenant)
    }
  }

  package func restoreMail(
    _ id: MailID, tenant: TenantID, at: Timestamp
  ) async throws(MailStoreError) -> Mail {
    try await write { db, effects in
      let mail = try db.mail(id, tenant: tenant)
      if mail.deletedAt == nil { return mail }
      let (copies, values) = mail.sameMail()
      let sql = "DELETE FROM deletion WHERE mail_id IN (\(copies)) RETURNING mail_id"
      let back = try Query(db, sql).all(list: values) { MailID($0.int(0)) }
      effects.noteErased([.undeleted(back)], of: tenant)
      try NewEvent(
        tenant: tenant, type: .mailRestored, mailbox: mail.mailboxID, thread: mail.threadID, mail: id
      ).append(at: at, db, &effects)
      return try db.mail(id, tenant: tenant)
    }
  }

  package func placeHold(
    _ scope: PurgeScope, reason: String, by: String, tenant: TenantID, at: Timestamp
  ) async throws(MailStoreError) -> Hold {
    try await write { db, _ in
      let stored = try StoredScope(scope, tenant: tenant, db)
      // What a record has, and what is old, changes without anybody wanting a hold to change.
      guard ["tenant", "mailbox", "contact", "thread", "mail"].contains(stored.kind) else {
        throw MailStoreError.conflict(stored.kind)
      }
      let sql = """
        INSERT INTO hold (tenant_id, kind, scope_id, scope_text, scope_identity, reason, placed_by, placed_at)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?)
        """
      try Query(db, sql).run(
        tenant, stored.kind, stored.id, stored.text, stored.identity, reason, by, at)
      let id = HoldID(db.lastInsertedRowID)
      guard
        let hold = try Query(db, "SELECT \(Hold.columns) FROM hold WHERE id = ?").first(
          id, read: { Hold($0) })
      else { throw MailStoreError.notFound("hold") }
      return hold
    }
  }

  package func holds(tenant: TenantID) async throws(MailStoreError) -> [Hold] {
    try await read { db in
      try Query(db, "SELECT \(Hold.columns) FROM hold WHERE tenant_id = ? ORDER BY id").all(tenant) {
        Hold($0)
      }
    }
  }

  package func releaseHold(_ id: HoldID, tenant: TenantID) async throws(MailStoreError) {
    try await write { db, _ in
      if try Query(db, "DELETE FROM hold WHERE id = ? AND tenant_id = ?").run(id, tenant) == 0 {
        throw MailStoreError.notFound("hold")
      }
    }
  }
}

extension Hold {
  static let columns = "id, tenant_id, kind, scope_id, scope_text, reason, placed_by, placed_at"

  init(_ row: Columns) {
    let (kind, number) = (row.text(2), row.int(3))
    let target =
      switch kind {
      case "mailbox": MailboxID(number).text
      case "thread": ThreadID(number).text
      case "mail": MailID(number).text
      case "contact": row.text(4)
      default: ""
      }
    self.init(
      id: HoldID(row.int(0)), tenantID: TenantID(row.int(1)), kind: kind, target: target,
      reason: row.text(5), placedBy: row.text(6), placedAt: row.time(7))
  }
}

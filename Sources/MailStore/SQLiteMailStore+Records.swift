internal import GRDB

extension SQLiteMailStore {
  package func link(
    _ record: RecordRef, to target: RecordTarget, tenant: TenantID, at: Timestamp
  ) async throws(MailStoreError) {
    try await write { db, _ in
      switch target {
      case .thread(let id): try db.link(record, try db.thread(id, tenant: tenant).id, tenant, at: at)
      case .mail(let id): try db.link(record, try db.mail(id, tenant: tenant), at: at)
      }
    }
  }

  package func unlink(
    _ record: RecordRef, from target: RecordTarget, tenant: TenantID
  ) async throws(MailStoreError) {
    try await write { db, _ in
      guard let id = try db.record(record, tenant) else { throw MailStoreError.notFound("record") }
      let removed =
        switch target {
        case .thread(let thread):
          try Query(db, "DELETE FROM record_thread WHERE record_id = ? AND thread_id = ?").run(id, thread)
        case .mail(let mail): try db.unlink(id, try db.mail(mail, tenant: tenant))
        }
      if removed == 0 { throw MailStoreError.notFound("link") }
      try db.forgetRecordIfBare(id)
    }
  }

  package func records(
    of target: RecordTarget, tenant: TenantID
  ) async throws(MailStoreError) -> [RecordRef] {
    try await read { db in
      let links: String
      var values: [any Bindable] = []
      switch target {
      case .thread(let id):
        values = [try db.thread(id, tenant: tenant).id]
        links = "SELECT record_id FROM record_thread WHERE thread_id = ?"
      case .mail(let id):
        let mail = try db.mail(id, tenant: tenant)
        let (copies, named) = mail.sameMail()
        values = named
        links = "SELECT record_id FROM record_mail WHERE mail_id IN (\(copies))"
      }
      let sql = "SELECT type, key FROM record WHERE id IN (\(links)) ORDER BY type, key"
      return try Query(db, sql).all(list: values) { RecordRef(type: $0.text(0), key: $0.text(1)) }
    }
  }

  package func timeline(_ query: TimelineQuery, tenant: TenantID) async throws(MailStoreError) -> [Mail] {
    try await read { db in
      guard let record = try db.record(query.record, tenant) else { return [] }
      let (hits, values) = RecordRow.mails(record, tenant)
      let sides = query.newestFirst ? ("<", "DESC") : (">", "ASC")
      let after = query.after.map { ($0.seconds, $0.id.value) }
      let place = after ?? (query.newestFirst ? (Int64.max, Int64.max) : (Int64.min, 0))
      let sql = """
        SELECT \(Mail.columns) FROM (\(hits)) AS hit CROSS JOIN mail ON mail.id = hit.id
        WHERE mail.state = 'logged' AND \(Mail.isNotDeleted)
          AND (mail.received_at / 1000, mail.id) \(sides.0) (?, ?)
        ORDER BY mail.received_at / 1000 \(sides.1), mail.id \(sides.1) LIMIT ?
        """
      return try Query(db, sql).all(list: values + [place.0, place.1, max(query.limit, 0)]) { try Mail($0) }
    }
  }
}

/// What belongs to a record, in SQL.
enum RecordRow {
  /// The ids of the mails on its timeline, logged or not, each once: those of its threads, and the mails
  /// linked one by one in every mailbox that has them.
  static func mails(_ record: Int64, _ tenant: TenantID) -> (sql: String, values: [any Bindable]) {
    (
      """
      SELECT mail.id AS id FROM record_thread CROSS JOIN mail ON mail.thread_id = record_thread.thread_id
        WHERE record_thread.record_id = ?
      UNION SELECT link.mail_id FROM record_mail
        CROSS JOIN link ON link.tenant_id = ? AND link.name = record_mail.name AND link.own = 1
        CROSS JOIN mail ON mail.id = link.mail_id AND mail.identity = record_mail.identity
        WHERE record_mail.record_id = ?
      UNION SELECT mail_id FROM record_mail WHERE record_id = ?
      """, [record, tenant, record, record]
    )
  }
}

extension Database {
  /// The row of a record; nil when nothing is linked to it.
  func record(_ record: RecordRef, _ tenant: TenantID) throws -> Int64? {
    try Query(self, "SELECT id FROM record WHERE tenant_id = ? AND type = ? AND key = ?").first(
      tenant, record.type, record.key
    ) { $0.int(0) }
  }

  private func makeRecord(_ record: RecordRef, _ tenant: TenantID, at: Timestamp) throws -> Int64 {
    if let known = try self.record(record, tenant) { return known }
    try Query(self, "INSERT INTO record (tenant_id, type, key, created_at) VALUES (?, ?, ?, ?)").run(
      tenant, record.type, record.key, at)
    return lastInsertedRowID
  }

  /// Doing it again changes nothing.
  func link(_ record: RecordRef, _ thread: ThreadID, _ tenant: TenantID, at: Timestamp) throws {
    let id = try makeRecord(record, tenant, at: at)
    try Query(
      self, "INSERT OR IGNORE INTO record_thread (record_id, thread_id, linked_at) VALUES (?, ?, ?)"
    ).run(id, thread, at)
  }

  fileprivate func link(_ record: RecordRef, _ mail: Mail, at: Timestamp) throws {
    let id = try makeRecord(record, mail.tenantID, at: at)
    let sql = """
      INSERT OR IGNORE INTO record_mail (record_id, mail_id, name, identity, linked_at) VALUES (?, ?, ?, ?, ?)
      """
    try Query(self, sql).run(
      id, mail.id, mail.envelope.messageID.map(SearchKeys.name), mail.envelope.identity, at)
  }

  /// A link holds for every copy of the mail, so it ends for all of them.
  fileprivate func unlink(_ record: Int64, _ mail: Mail) throws -> Int {
    let (copies, values) = mail.sameMail()
    let sql = "DELETE FROM record_mail WHERE record_id = ? AND mail_id IN (\(copies)) RETURNING mail_id"
    return try Query(self, sql).all(list: [record] + values) { $0.int(0) }.count
  }

  /// A record without links is forgotten: its name in the CRM may say something of a person.
  func forgetRecordIfBare(_ id: Int64) throws {
    try Query(
      self,
      """
      DELETE FROM record WHERE id = ? AND NOT EXISTS (SELECT 1 FROM record_thread WHERE record_id = record.id)
        AND NOT EXISTS (SELECT 1 FROM record_mail WHERE record_id = record.id)
      """
    ).run(id)
  }
}

extension Mail {
  /// Ids of this mail in all mailboxes of the tenant, this row's too.
  func sameMail() -> (sql: String, values: [any Bindable]) {
    guard let messageID = envelope.messageID else { return ("SELECT ?", [id]) }
    return (
      """
      SELECT mail.id FROM link CROSS JOIN mail ON mail.id = link.mail_id
        WHERE link.tenant_id = ? AND link.name = ? AND link.own = 1 AND mail.message_id = ? AND mail.identity = ?
      """, [tenantID, SearchKeys.name(messageID), messageID, envelope.identity]
    )
  }
}

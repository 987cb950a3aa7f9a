internal import GRDB

/// What an event is about; the rest is filled in when it is written.
struct NewEvent {
  var tenant: TenantID
  var type: EventType
  var mailbox: MailboxID?
  var thread: ThreadID?
  var mail: MailID?
  var submission: SubmissionID?
  var purge: PurgeID?
  var facts: [String: String] = [:]

  /// Writes it in the present transaction.
  func append(at: Timestamp, _ db: Database, _ effects: inout Effects) throws {
    let sql = """
      INSERT INTO event (tenant_id, type, mailbox_id, thread_id, mail_id, submission_id, purge_id, at, facts)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
      """
    try Query(db, sql).run(
      tenant, type.rawValue, mailbox, thread, mail, submission, purge, at, PackedFacts.text(facts))
    effects.latestEvent = db.lastInsertedRowID
  }
}

extension SQLiteMailStore {
  package func events(
    tenant: TenantID, after seq: Int64, limit: Int
  ) async throws(MailStoreError) -> [Event] {
    try await read { db in
      let sql = "SELECT \(Event.columns) FROM event WHERE tenant_id = ? AND seq > ? ORDER BY seq LIMIT ?"
      return try Query(db, sql).all(tenant, seq, max(limit, 0)) { try Event($0) }
    }
  }
}

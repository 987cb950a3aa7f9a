internal import GRDB

/// Which mails are due at a time, in SQL: frozen, so that a job goes on with what it began.
struct RetentionDue {
  /// Deleted before this time; likewise logged, for the two kinds of origin. `Int64.min` for never.
  var deleted: Int64
  var timeline: Int64
  var sequence: Int64
  /// Mails up to this id had been read by that time; 0 for none. Logged mail must be old by both, so that no clock that
  /// was wrong for a while when it was logged makes it old.
  var metadataMark: Int64
  var timelineMark: Int64
  var sequenceMark: Int64

  /// A mail that was deleted is gone *at the latest* so many days after, and the erasure takes time, more of it when
  /// the server did not run: it begins this much earlier.
  static let deletedMarginDays: Int64 = 2

  static let dayMilliseconds: Int64 = 86_400_000

  init(_ policy: RetentionPolicy, at time: Timestamp, _ db: Database) throws {
    func before(_ days: Int64?) -> Int64 {
      guard let days else { return .min }
      let (then, over) = time.milliseconds.subtractingReportingOverflow(
        min(days, RetentionPolicy.daysMax) * Self.dayMilliseconds)
      return over ? .min : then
    }
    deleted = before(max(policy.deletedDays - Self.deletedMarginDays, 0))
    timeline = before(policy.timelineDays)
    sequence = before(policy.sequenceDays)
    let mark = try Query(db, "SELECT mail_id FROM mail_mark WHERE at <= ? ORDER BY at DESC LIMIT 1")
    metadataMark = try mark.number(before(policy.metadataDays))
    timelineMark = try mark.number(timeline)
    sequenceMark = try mark.number(sequence)
  }

  /// As a purge keeps it.
  var text: String {
    [deleted, timeline, sequence, metadataMark, timelineMark, sequenceMark].map { String($0) }.joined(
      separator: " ")
  }

  init?(text: String) {
    let n = text.split(separator: " ").compactMap { Int64($0) }
    guard n.count == 6 else { return nil }
    (deleted, timeline, sequence) = (n[0], n[1], n[2])
    (metadataMark, timelineMark, sequenceMark) = (n[3], n[4], n[5])
  }

  /// The rule that a row of `mail` is under. A copy in another mailbox goes with the mail that was logged.
  static let rule = """
    CASE WHEN EXISTS (SELECT 1 FROM deletion WHERE mail_id = mail.id) THEN 'deleted'
      WHEN mail.origin = 'inbox' AND mail.state IN ('envelope', 'gone') THEN 'metadata'
      WHEN mail.origin = 'sequence' THEN 'sequence' ELSE 'timeline' END
    """

  /// The condition on `mail` for what is due, held or not. Every part looks at its row alone: it is asked about single
  /// mails too. A mail without a body and not of an inbox is the record of one that was sent, and stays with its kind.
  func mails(_ tenant: TenantID) -> (sql: String, values: [any Bindable]) {
    (
      """
      mail.tenant_id = ? AND (EXISTS (SELECT 1 FROM deletion WHERE mail_id = mail.id AND at <= ?)
        OR (mail.id <= ? AND mail.origin = 'inbox' AND mail.state IN ('envelope', 'gone')
          AND NOT EXISTS (SELECT 1 FROM deletion WHERE mail_id = mail.id))
        OR (mail.state = 'logged' AND CASE WHEN mail.origin = 'sequence' THEN mail.id <= ? AND mail.logged_at <= ?
          ELSE mail.id <= ? AND mail.logged_at <= ? END))
      """, [tenant, deleted, metadataMark, sequenceMark, sequence, timelineMark, timeline]
    )
  }
}

extension Database {
  /// The condition on `mail` that is true of what no hold of the tenant keeps; empty when there are no holds.
  ///
  /// - Complexity: each kind's holds are looked up once; a mail costs O(log holds), however many there are.
  func notHeld(_ tenant: TenantID) throws -> (sql: String, values: [any Bindable]) {
    guard try Query(self, "SELECT 1 FROM hold WHERE tenant_id = ?").exists(tenant) else { return ("", []) }
    func holds(_ columns: String, _ kind: String) -> String {
      "SELECT \(columns) FROM hold WHERE tenant_id = ? AND kind = '\(kind)'"
    }
    // NULL, as for a mail without a thread, is not held.
    let sql = """
       AND (EXISTS (\(holds("1", "tenant"))) OR mail.mailbox_id IN (\(holds("scope_id", "mailbox")))
        OR mail.thread_id IN (\(holds("scope_id", "thread"))) OR mail.id IN (\(holds("scope_id", "mail")))
        OR (mail.message_id, mail.identity) IN (\(holds("scope_text, scope_identity", "mail")) AND scope_text <> '')
        OR mail.id IN (SELECT contact.mail_id FROM hold CROSS JOIN contact ON contact.tenant_id = hold.tenant_id
          AND contact.email_key = hold.scope_text WHERE hold.tenant_id = ? AND hold.kind = 'contact')) IS NOT TRUE
      """
    return (sql, [any Bindable](repeating: tenant, count: 6))
  }

  /// - Throws: ``MailStoreError/held`` when a hold keeps anything of `scope`.
  func requireFree(_ scope: StoredScope, _ tenant: TenantID) throws {
    guard try Query(self, "SELECT 1 FROM hold WHERE tenant_id = ?").exists(tenant) else { return }
    // A mailbox or tenant under a hold stays, whether it has mail or not.
    let owner = scope.kind == "mailbox" ? scope.id : 0
    let names = "SELECT 1 FROM hold WHERE tenant_id = ? AND (? OR (kind = 'mailbox' AND scope_id = ?))"
    if try Query(self, names).exists(tenant, scope.kind == "tenant", owner) { throw MailStoreError.held }
    let (mails, values) = scope.mails(tenant)
    let (free, more) = try notHeld(tenant)
    let sql = "SELECT 1 FROM mail WHERE \(mails) AND NOT (TRUE\(free)) LIMIT 1"
    if try !Query(self, sql).all(list: values + more, read: { $0.int(0) }).isEmpty {
      throw MailStoreError.held
    }
  }

  func retentionPolicy(_ tenant: TenantID) throws -> RetentionPolicy {
    let sql = """
      SELECT sequence_days, timeline_days, deleted_days, metadata_days FROM retention WHERE tenant_id = ?
      """
    return try Query(self, sql).first(tenant) { row in
      var policy = RetentionPolicy()
      // What is reckoned with them must not overflow, whatever a damaged file says.
      func days(_ n: Int64) -> Int64 { min(max(n, 0), RetentionPolicy.daysMax) }
      policy.sequenceDays = row.optionalInt(0).map(days)
      policy.timelineDays = row.optionalInt(1).map(days)
      policy.deletedDays = days(row.int(2))
      policy.metadataDays = days(row.int(3))
      return policy
    } ?? RetentionPolicy()
  }
}

internal import GRDB
internal import Sealing

extension SQLiteMailStore {
  package func createWebhook(
    _ new: NewWebhook, countMax: Int64, at: Timestamp
  ) async throws(MailStoreError) -> Webhook {
    try await write { [keyring, latest = latestEvent] db, _ in
      let key = try db.key(of: new.tenantID, keyring)
      let count = try Query(db, "SELECT count(*) FROM webhook WHERE tenant_id = ?").number(new.tenantID)
      guard count < countMax else { throw MailStoreError.conflict("webhooks") }
      let sql = """
        INSERT INTO webhook (tenant_id, address, kinds, state, cursor, created_at)
        VALUES (?, x'', ?, 'active', ?, ?)
        """
      try Query(db, sql).run(new.tenantID, Words.text(new.kinds), new.after ?? latest, at)
      let id = WebhookID(db.lastInsertedRowID)
      try db.seal([new.url, new.secret, ""], of: id, new.tenantID, key)
      return try db.webhookJob(id, new.tenantID, keyring).webhook
    }
  }

  package func webhooks(tenant: TenantID) async throws(MailStoreError) -> [Webhook] {
    try await read { [keyring] db in
      let ids = try Query(db, "SELECT id FROM webhook WHERE tenant_id = ? ORDER BY id").all(tenant) {
        WebhookID($0.int(0))
      }
      return try ids.map { try db.webhookJob($0, tenant, keyring).webhook }
    }
  }

  package func webhookJob(
    _ id: WebhookID, tenant: TenantID
  ) async throws(MailStoreError) -> WebhookJob {
    try await read { [keyring] db in try db.webhookJob(id, tenant, keyring) }
  }

  package func changeWebhook(
    _ id: WebhookID, tenant: TenantID, _ change: WebhookChange, at: Timestamp
  ) async throws(MailStoreError) -> Webhook {
    try await write { [keyring] db, effects in
      let job = try db.webhookJob(id, tenant, keyring)
      if change.url != nil || change.secret != nil {
        let secrets =
          change.secret.map { [$0.new, job.secret] } ?? [job.secret, job.oldSecret ?? ""]
        try db.seal(
          [change.url ?? job.webhook.url] + secrets, of: id, tenant, try db.key(of: tenant, keyring))
      }
      var (state, reason) = (job.webhook.state, job.webhook.reason)
      if let enabled = change.enabled { (state, reason) = enabled ? (.active, nil) : (.off, .turnedOff) }
      // Whoever changes it wants it to be tried at once.
      let sql = """
        UPDATE webhook SET kinds = ?, state = ?, reason = ?, cursor = ?, old_secret_until = ?, version = version + 1,
          failures = 0, failing_since = NULL, next_attempt_at = NULL WHERE id = ?
        """
      try Query(db, sql).run(
        Words.text(change.kinds ?? job.webhook.kinds), state.rawValue, reason?.rawValue,
        change.cursor ?? job.webhook.cursor, change.secret?.oldUntil ?? job.webhook.oldSecretUntil, id)
      if state != job.webhook.state { try db.tellState(id, tenant, state, reason, at: at, &effects) }
      return try db.webhookJob(id, tenant, keyring).webhook
    }
  }

  package func deleteWebhook(
    _ id: WebhookID, tenant: TenantID, at: Timestamp
  ) async throws(MailStoreError) {
    try await write { db, effects in
      if try Query(db, "DELETE FROM webhook WHERE id = ? AND tenant_id = ?").run(id, tenant) == 0 {
        throw MailStoreError.notFound("webhook")
      }
      effects.noteErased([.webhook(id)], of: tenant)
    }
  }

  package func dueWebhooks(
    at: Timestamp
  ) async throws(MailStoreError) -> (jobs: [WebhookJob], damaged: [WebhookID]) {
    try await read { [keyring] db in
      let sql = """
        SELECT id, tenant_id FROM webhook WHERE state = 'active' AND coalesce(next_attempt_at, 0) <= ?
          AND EXISTS (SELECT 1 FROM event WHERE event.tenant_id = webhook.tenant_id AND event.seq > webhook.cursor)
        ORDER BY id
        """
      var due: (jobs: [WebhookJob], damaged: [WebhookID]) = ([], [])
      for (id, tenant) in try Query(db, sql).all(at, read: { (WebhookID($0.int(0)), TenantID($0.int(1))) }) {
        do { due.jobs.append(try db.webhookJob(id, tenant, keyring)) } catch {
          switch MailStoreError(error) {
          case .sealing, .corrupt, .notFound: due.damaged.append(id)
          case let other: throw other
          }
        }
      }
      return due
    }
  }

  package func nextWebhookAttempt(after at: Timestamp) async throws(MailStoreError) -> Timestamp? {
    try await read { db in
      let sql = "SELECT min(next_attempt_at) FROM webhook WHERE state = 'active' AND next_attempt_at > ?"
      return try Query(db, sql).first(at) { $0.optionalTime(0) } ?? nil
    }
  }

  package func advanceWebhook(
    _ id: WebhookID, version: Int64, cursor: Int64, delivered: Bool, at: Timestamp
  ) async throws(MailStoreError) -> Bool {
    try await write { db, _ in
      let sql = """
        UPDATE webhook SET cursor = ?, failures = 0, failing_since = NULL, next_attempt_at = NULL,
          delivered_at = CASE WHEN ? THEN ? ELSE delivered_at END
        WHERE id = ? AND version = ? AND state = 'active'
        """
      return try Query(db, sql).run(cursor, delivered, at, id, version) > 0
    }
  }

  package func failWebhook(
    _ id: WebhookID, version: Int64, _ failure: WebhookFailure, at: Timestamp
  ) async throws(MailStoreError) -> Bool {
    try await write { db, _ in try db.fail(id, version, failure, at: at) }
  }

  package func stopWebhook(
    _ id: WebhookID, version: Int64, _ state: WebhookState, reason: WebhookReason, _ failure: WebhookFailure,
    at: Timestamp
  ) async throws(MailStoreError) {
    try await write { db, effects in
      guard try db.fail(id, version, failure, at: at) else { return }
      try Query(db, "UPDATE webhook SET state = ?, reason = ?, next_attempt_at = NULL WHERE id = ?")
        .run(state.rawValue, reason.rawValue, id)
      let tenant = TenantID(try Query(db, "SELECT tenant_id FROM webhook WHERE id = ?").number(id))
      try db.tellState(id, tenant, state, reason, at: at, &effects)
    }
  }

  package func webhookCounts() async throws(MailStoreError) -> [WebhookState: Int] {
    try await read { db in
      let found = try Query(db, "SELECT state, count(*) FROM webhook GROUP BY state").all {
        (try $0.word(0, WebhookState.self), Int(clamping: $0.int(1)))
      }
      return Dictionary(uniqueKeysWithValues: found)
    }
  }

  package func oldestWebhookWait() async throws(MailStoreError) -> Timestamp? {
    try await read { db in
      let sql = """
        SELECT min((SELECT at FROM event WHERE event.tenant_id = webhook.tenant_id AND event.seq > webhook.cursor
          ORDER BY seq LIMIT 1)) FROM webhook WHERE state = 'active'
        """
      return try Query(db, sql).first { $0.optionalTime(0) } ?? nil
    }
  }
}

extension Database {
  fileprivate static func context(_ id: WebhookID, _ tenant: TenantID) -> String {
    "\(tenant)|\(id)|webhook|1|address"
  }

  fileprivate func seal(_ words: [String], of id: WebhookID, _ tenant: TenantID, _ key: DataKey) throws {
    let sealed = try key.seal(Packer.strings(words), context: Self.context(id, tenant))
    try Query(self, "UPDATE webhook SET address = ? WHERE id = ?").run(sealed, id)
  }

  fileprivate func webhookJob(
    _ id: WebhookID, _ tenant: TenantID, _ keyring: Keyring
  ) throws -> WebhookJob {
    let sql = """
      SELECT address, kinds, state, reason, cursor, version, failures, failing_since, next_attempt_at, last_status,
        last_problem, delivered_at, old_secret_until, created_at FROM webhook WHERE id = ? AND tenant_id = ?
      """
    let key = try key(of: tenant, keyring)
    let found = try Query(self, sql).first(id, tenant) { row in
      let words = try Unpacker.strings(try key.open(row.blob(0), context: Self.context(id, tenant)))
      guard words.count == 3 else { throw MailStoreError.corrupt("a webhook") }
      return WebhookJob(
        webhook: Webhook(
          id: id, tenantID: tenant, url: words[0], kinds: Words.list(row.text(1)), state: try row.word(2),
          reason: try row.optionalWord(3), cursor: row.int(4), version: row.int(5), failures: row.int(6),
          failingSince: row.optionalTime(7), nextAttemptAt: row.optionalTime(8),
          lastStatus: row.optionalInt(9),
          lastProblem: row.optionalText(10), deliveredAt: row.optionalTime(11),
          oldSecretUntil: row.optionalTime(12),
          createdAt: row.time(13)), secret: words[1], oldSecret: words[2].isEmpty ? nil : words[2])
    }
    guard let found else { throw MailStoreError.notFound("webhook") }
    return found
  }

  fileprivate func fail(
    _ id: WebhookID, _ version: Int64, _ failure: WebhookFailure, at: Timestamp
  ) throws -> Bool {
    let sql = """
      UPDATE webhook SET failures = failures + 1, failing_since = coalesce(failing_since, ?), next_attempt_at = ?,
        last_status = ?, last_problem = ? WHERE id = ? AND version = ? AND state = 'active'
      """
    return try Query(self, sql).run(
      at, failure.nextAttemptAt, failure.status, failure.problem, id, version) > 0
  }

  fileprivate func tellState(
    _ id: WebhookID, _ tenant: TenantID, _ state: WebhookState, _ reason: WebhookReason?, at: Timestamp,
    _ effects: inout Effects
  ) throws {
    var facts = ["webhook": id.text, "state": state.rawValue]
    facts["reason"] = reason?.rawValue
    try NewEvent(tenant: tenant, type: .webhookState, facts: facts).append(at: at, self, &effects)
  }
}

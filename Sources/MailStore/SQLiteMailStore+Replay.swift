internal import GRDB

/// What a ledger did to a restored copy.
package struct ReplayCounts: Sendable, Hashable {
  /// Lines of the ledger that came after the copy.
  package var entries = 0
  package var mails: Int64 = 0
  package var mailboxes: Int64 = 0
  package var tenants = 0
  package var tokens = 0
  package var receipts = 0
  /// Mails whose sending was begun or waited when the copy was made.
  package var inDoubt = 0
  package init() {}
}

extension SQLiteMailStore {
  /// Erases in this store, a restored copy that nobody has written to, what the ledger says was erased since the copy was
  /// made, and keeps mails from coming back that came and were erased in between.
  ///
  /// What was erased is gone from the files when this returns, as after a purge.
  /// - Throws: ``MailStoreError/conflict(_:)`` "ledger" when `start` is not a place in the ledger.
  package func replay(
    ledger path: String, after start: LedgerPosition, at: Timestamp,
    progress: @Sendable (ReplayCounts) -> Void
  ) async throws(MailStoreError) -> ReplayCounts {
    var counts = ReplayCounts()
    var entries: [LedgerEntry] = []
    do {
      // Ids and marks alone, a few octets for each mail that was erased.
      try ErasureLedger.read(path: path, after: start) { entries.append($0) }
    } catch {
      throw MailStoreError(error)
    }
    try await skipEvents()
    for entry in entries {
      counts = try await write { [keyring, counts] db, effects in
        var counts = counts
        try db.replay(entry, keyring, &counts, &effects)
        counts.entries += 1
        return counts
      }
      progress(counts)
    }
    counts.inDoubt = try await doubtSubmissions(at: at)
    try await rewrite()
    guard try await emptyLogs() else { throw .locked("the log is in use") }
    return counts
  }

  /// No number is given again that the lost database may have given: who has one is told that events are missing, instead
  /// of taking new events for old ones.
  private func skipEvents() async throws(MailStoreError) {
    try await write { db, _ in
      let latest = try Query(db, "SELECT seq FROM sqlite_sequence WHERE name = 'event'").number()
      let (next, over) = latest.addingReportingOverflow(Self.eventsSkipped)
      // After nine thousand million restores.
      if over { return }
      try Query(db, "INSERT INTO event_gap (first, last) VALUES (?, ?)").run(latest + 1, next)
      if try Query(db, "UPDATE sqlite_sequence SET seq = ? WHERE name = 'event'").run(next) == 0 {
        try Query(db, "INSERT INTO sqlite_sequence (name, seq) VALUES ('event', ?)").run(next)
      }
    }
  }

  /// More events than happen between a backup and its restore.
  private static let eventsSkipped: Int64 = 1_000_000_000

  /// After a restore nobody knows which of the mails that waited have left since the copy was made. None is sent by
  /// itself: each is looked for in Sent, and reported when it is not there (S14).
  private func doubtSubmissions(at: Timestamp) async throws(MailStoreError) -> Int {
    try await write { db, effects in
      let sql = """
        SELECT \(Submission.columns) FROM submission WHERE state IN ('queued', 'sending', 'dataOpen', 'deferred')
        ORDER BY id
        """
      let open = try Query(db, sql).all(read: { try Submission($0) })
      for submission in open {
        var update = SubmissionUpdate(state: .unknown)
        update.nextAttemptAt = at
        update.lastError = "The data were restored from a copy: whether it has left since is not known."
        _ = try db.change(submission, update, at: at, &effects)
      }
      return open.count
    }
  }
}

extension Database {
  fileprivate func replay(
    _ entry: LedgerEntry, _ keyring: Keyring, _ counts: inout ReplayCounts, _ effects: inout Effects
  ) throws {
    let tenant = entry.tenant
    // A tenant that came after the copy: nothing of it is here.
    guard try Query(self, "SELECT 1 FROM tenant WHERE id = ?").exists(tenant) else {
      if case .receipt(let id, let signed) = entry.fact { try replay(id, signed, tenant, &counts) }
      return
    }
    var eraser = Eraser(again: tenant, self)
    switch entry.fact {
    case .mails(let ids):
      for id in ids where try owns(tenant, "mail", id.value) { try eraser.erase(id) }
      try eraser.settleThreads()
    case .marks(let marks):
      let add = try Query(self, "INSERT OR IGNORE INTO tombstone (tenant_id, hash) VALUES (?, ?)")
      for mark in marks { try add.run(tenant, mark) }
    case .uploads(let ids):
      for id in ids where try owns(tenant, "upload", id.value) { try eraser.erase(id) }
    case .record(let id):
      if try owns(tenant, "record", id) { try eraser.eraseRecord(id) }
    case .mailbox(let id):
      // Its mails went before it, but for those that only the copy has: they came and went between two lines.
      guard try owns(tenant, "mailbox", id.value) else { break }
      for mail in try Query(self, "SELECT id FROM mail WHERE mailbox_id = ?").all(
        id, read: { MailID($0.int(0)) })
      {
        try eraser.erase(mail)
      }
      try eraser.settleThreads()
      try eraser.erase(id, keyring)
    case .tenant:
      for mail in try Query(self, "SELECT id FROM mail WHERE tenant_id = ?").all(
        tenant, read: { MailID($0.int(0)) })
      {
        try eraser.erase(mail)
      }
      try eraser.settleThreads()
      let mailboxes = try Query(self, "SELECT id FROM mailbox WHERE tenant_id = ?").all(
        tenant, read: { MailboxID($0.int(0)) })
      for mailbox in mailboxes { try eraser.erase(mailbox, keyring) }
      try eraser.eraseTenant(keyring)
      effects.tokensDeleted = true
      counts.tenants += 1
    case .token(let id):
      counts.tokens += try Query(self, "DELETE FROM token WHERE id = ? AND tenant_id = ?").run(id, tenant)
      effects.tokensDeleted = true
    case .webhook(let id):
      try Query(self, "DELETE FROM webhook WHERE id = ? AND tenant_id = ?").run(id, tenant)
    case .deleted(let ids, let since):
      let add = try Query(self, "INSERT OR IGNORE INTO deletion (mail_id, tenant_id, at) VALUES (?, ?, ?)")
      for id in ids where try owns(tenant, "mail", id.value) { try add.run(id, tenant, since) }
    case .undeleted(let ids):
      let remove = try Query(self, "DELETE FROM deletion WHERE mail_id = ? AND tenant_id = ?")
      for id in ids { try remove.run(id, tenant) }
    case .receipt(let id, let signed):
      try replay(id, signed, tenant, &counts)
    }
    counts.mails += eraser.counts.mails
    counts.mailboxes += eraser.counts.mailboxes
  }

  private func owns(_ tenant: TenantID, _ table: String, _ id: Int64) throws -> Bool {
    try Query(self, "SELECT 1 FROM \(table) WHERE id = ? AND tenant_id = ?").exists(id, tenant)
  }

  /// A receipt of a purge that the copy does not know, or knows as one that runs: it is done now.
  private func replay(
    _ id: PurgeID, _ signed: SignedReceipt, _ tenant: TenantID, _ counts: inout ReplayCounts
  ) throws {
    let sql = """
      INSERT INTO purge (id, tenant_id, kind, state, mails, bodies, octets, threads, mailboxes, submissions, uploads,
        remaining, log_truncated, requested_by, started_at, finished_at, statement, signed_by, signature)
      SELECT ?1, ?2, s ->> '$.kind', 'done', s ->> '$.counts.mails', s ->> '$.counts.bodies', s ->> '$.counts.octets',
        s ->> '$.counts.threads', s ->> '$.counts.mailboxes', s ->> '$.counts.submissions', s ->> '$.counts.uploads',
        s ->> '$.remaining', s ->> '$.logTruncated', s ->> '$.requestedBy',
        CAST(round((julianday(s ->> '$.startedAt') - 2440587.5) * 86400000) AS INTEGER),
        CAST(round((julianday(s ->> '$.finishedAt') - 2440587.5) * 86400000) AS INTEGER), s, ?4, ?5
      FROM (SELECT ?3 AS s)
      WHERE json_valid(?3)
      ON CONFLICT (id) DO UPDATE SET kind = excluded.kind, state = 'done', mails = excluded.mails,
        bodies = excluded.bodies, octets = excluded.octets, threads = excluded.threads, mailboxes = excluded.mailboxes,
        submissions = excluded.submissions, uploads = excluded.uploads, remaining = excluded.remaining,
        log_truncated = excluded.log_truncated, finished_at = excluded.finished_at, statement = excluded.statement,
        signed_by = excluded.signed_by, signature = excluded.signature,
        scope_id = 0, scope_text = '', scope_identity = x''
      WHERE purge.tenant_id = excluded.tenant_id AND purge.state <> 'done'
      """
    counts.receipts += try Query(self, sql).run(id, tenant, signed.statement, signed.keyID, signed.signature)
  }
}

internal import GRDB

extension SQLiteMailStore {
  /// How often, and how far apart, emptying the log is tried while readers use it: 10 seconds in all.
  static let truncateAttemptsMax = 200
  static let truncatePauseMilliseconds: Int64 = 50

  package func previewPurge(_ scope: PurgeScope, tenant: TenantID) async throws(MailStoreError) -> PurgeCounts
  {
    try await read { db in
      let stored = try StoredScope(scope, tenant: tenant, db)
      try db.requireFree(stored, tenant)
      return try stored.counts(tenant, db)
    }
  }

  package func beginPurge(
    _ scope: PurgeScope, tenant: TenantID, by: String, at: Timestamp
  ) async throws(MailStoreError) -> Purge {
    try await write { db, _ in
      let stored = try StoredScope(scope, tenant: tenant, db)
      try db.requireFree(stored, tenant)
      let sql = """
        INSERT INTO purge (tenant_id, kind, scope_id, scope_text, scope_identity, state, requested_by, started_at)
        VALUES (?, ?, ?, ?, ?, 'running', ?, ?)
        """
      try Query(db, sql).run(tenant, stored.kind, stored.id, stored.text, stored.identity, by, at)
      return try db.purge(PurgeID(db.lastInsertedRowID))
    }
  }

  package func purgeStep(_ id: PurgeID, rows: Int) async throws(MailStoreError) -> (Purge, more: Bool) {
    let found = try await read { db in try db.nextByReader(id, rows: max(rows, 1)) }
    return try await write { [keyring] db, effects in
      let purge = try db.purge(id)
      if purge.state != .running { return (purge, false) }
      return try db.step(purge, rows: max(rows, 1), found: found, keyring, &effects)
    }
  }

  /// Answers a job in state ``PurgeState/verifying`` when readers kept the log in use all the time;
  /// call again then.
  package func finishPurge(_ id: PurgeID, at: Timestamp) async throws(MailStoreError) -> Purge {
    guard let purge = try await finishPurges([id], at: at).first else {
      throw MailStoreError.notFound("purge")
    }
    return purge
  }

  package func finishPurges(_ ids: [PurgeID], at: Timestamp) async throws(MailStoreError) -> [Purge] {
    let all = try await read { db in try ids.map { try db.purge($0) } }
    if all.allSatisfy({ $0.state == .done }) { return all }
    for purge in all where purge.state == .running {
      while try await purgeStep(purge.id, rows: 1000).more {}
      try await verify(purge.id)
    }
    try await rewrite()
    var truncated = false
    for attempt in 1...Self.truncateAttemptsMax {
      truncated = try await emptyLogs()
      if truncated || attempt == Self.truncateAttemptsMax || Task.isCancelled { break }
      // Cancelled: the loop sees it above, and the job stays open for the next start.
      try? await Task.sleep(for: .milliseconds(Self.truncatePauseMilliseconds))
    }
    guard truncated else { return try await read { db in try ids.map { try db.purge($0) } } }
    return try await write { [receiptKey] db, effects in
      for purge in all where try db.purge(purge.id).state == .verifying {
        try Query(db, "UPDATE purge SET state = 'done', log_truncated = 1, finished_at = ? WHERE id = ?").run(
          at, purge.id)
        try db.sign(purge.id, tenant: purge.tenantID, receiptKey)
        if let signed = try db.purge(purge.id).signed {
          effects.noteErased([.receipt(purge.id, signed)], of: purge.tenantID)
        }
        try NewEvent(tenant: purge.tenantID, type: .purgeDone, purge: purge.id, facts: ["kind": purge.kind])
          .append(at: at, db, &effects)
      }
      return try ids.map { try db.purge($0) }
    }
  }

  /// Erases what came into the scope meanwhile, counts what is left, and forgets what was asked for:
  /// all before the log is emptied, so that it is gone from there too.
  private func verify(_ id: PurgeID) async throws(MailStoreError) {
    try await write { [keyring] db, effects in
      let purge = try db.purge(id)
      guard purge.state == .running else { return }
      let scope = try StoredScope(id, db)
      var left = try scope.counts(purge.tenantID, db).total
      if left > 0 {
        try Query(db, "UPDATE purge SET progress = 0 WHERE id = ?").run(id)
        _ = try db.step(try db.purge(id), rows: .max, found: nil, keyring, &effects)
        left = try scope.counts(purge.tenantID, db).total
      }
      let sql = """
        UPDATE purge SET state = 'verifying', remaining = ?, scope_id = 0, scope_text = '', scope_identity = x''
        WHERE id = ?
        """
      try Query(db, sql).run(left, id)
    }
  }

  package func unfinishedPurges() async throws(MailStoreError) -> [Purge] {
    try await read { db in
      try Query(db, "SELECT \(Purge.columns) FROM purge WHERE state <> 'done' ORDER BY id").all {
        try Purge($0)
      }
    }
  }

  package func purge(_ id: PurgeID, tenant: TenantID) async throws(MailStoreError) -> Purge {
    try await read { db in
      let purge = try db.purge(id)
      guard purge.tenantID == tenant else { throw MailStoreError.notFound("purge") }
      return purge
    }
  }

  package func purges(
    tenant: TenantID, before: PurgeID?, limit: Int
  ) async throws(MailStoreError) -> [Purge] {
    try await read { db in
      let sql = "SELECT \(Purge.columns) FROM purge WHERE tenant_id = ? AND id < ? ORDER BY id DESC LIMIT ?"
      return try Query(db, sql).all(tenant, before?.value ?? .max, max(limit, 0)) { try Purge($0) }
    }
  }

  /// Where the scope is open (a tenant, a contact, an age), all mailboxes of the tenant: any of them
  /// could bring another mail into it.
  package func mailboxes(touchedBy id: PurgeID) async throws(MailStoreError) -> [MailboxID] {
    try await read { db in
      let purge = try db.purge(id)
      if purge.state != .running { return [] }
      let scope = try StoredScope(id, db)
      switch scope.kind {
      case "mailbox": return [MailboxID(scope.id)]
      // What is due is fixed when it begins: nothing that is read meanwhile comes into it.
      case "retention": return []
      case "thread", "mail":
        let (mails, values) = scope.mails(purge.tenantID)
        let sql = "SELECT DISTINCT mailbox_id FROM mail WHERE \(mails) ORDER BY 1"
        return try Query(db, sql).all(list: values) { MailboxID($0.int(0)) }
      default:
        return try Query(db, "SELECT id FROM mailbox WHERE tenant_id = ? ORDER BY id").all(purge.tenantID) {
          MailboxID($0.int(0))
        }
      }
    }
  }
}

extension PurgeCounts {
  /// Rows of any kind.
  fileprivate var total: Int64 { mails + bodies + threads + mailboxes + submissions + uploads }
}

extension Database {
  func purge(_ id: PurgeID) throws -> Purge {
    let found = try Query(self, "SELECT \(Purge.columns) FROM purge WHERE id = ?").first(id) { try Purge($0) }
    guard let found else { throw MailStoreError.notFound("purge") }
    return found
  }

  private static let uploadsAStep = 2

  /// Erases the next mails of a running purge; when there are none left, what holds them.
  fileprivate func step(
    _ purge: Purge, rows: Int, found: [MailID]?, _ keyring: Keyring, _ effects: inout Effects
  ) throws -> (Purge, more: Bool) {
    // The last step of a tenant's purge takes the tenant.
    guard try Query(self, "SELECT 1 FROM tenant WHERE id = ?").exists(purge.tenantID) else {
      return (purge, false)
    }
    let scope = try StoredScope(purge.id, self)
    let (mails, values) = scope.mails(purge.tenantID)
    let progress = try Query(self, "SELECT progress FROM purge WHERE id = ?").number(purge.id)
    let next = try found ?? self.next(scope, purge.tenantID, after: progress, rows)
    var eraser = try Eraser(scope, purge.tenantID, keyring, self)
    // What a reader found may be tracked, or held, since.
    let isInScope = try Query(self, "SELECT 1 FROM mail WHERE mail.id = ? AND (\(mails))")
    for mail in next {
      if found != nil, try isInScope.all(list: [mail] + values, read: { $0.int(0) }).isEmpty { continue }
      try eraser.erase(mail)
    }
    try eraser.settleThreads()
    var more = next.count == rows
    if !more, scope.kind == "tenant" {
      // Few at a time: each may have as many octets as a thousand mails.
      let next = try uploads(of: purge.tenantID, limit: Self.uploadsAStep)
      for upload in next { try eraser.erase(upload) }
      more = next.count == Self.uploadsAStep
    }
    if !more { try takeOwners(scope, purge, keyring, &eraser, &effects) }
    effects.noteErased(eraser.facts, of: purge.tenantID)
    let counts = eraser.counts
    let add = """
      UPDATE purge SET progress = ?, mails = mails + ?, bodies = bodies + ?, octets = octets + ?,
        threads = threads + ?, mailboxes = mailboxes + ?, submissions = submissions + ?, uploads = uploads + ?
      WHERE id = ?
      """
    try Query(self, add).run(
      next.last?.value ?? progress, counts.mails, counts.bodies, counts.octets, counts.threads,
      counts.mailboxes, counts.submissions, counts.uploads, purge.id)
    return (try self.purge(purge.id), more)
  }

  private func next(
    _ scope: StoredScope, _ tenant: TenantID, after progress: Int64, _ rows: Int
  ) throws -> [MailID] {
    let (mails, values) = scope.mails(tenant)
    let sql = "SELECT mail.id FROM mail WHERE \(mails) AND mail.id > ? ORDER BY mail.id LIMIT ?"
    return try Query(self, sql).all(list: values + [progress, rows]) { MailID($0.int(0)) }
  }

  /// The next mails of a retention, which stand anywhere among all that a tenant has: writers need not wait while they
  /// are looked for. nil for other kinds, whose mails an index names.
  fileprivate func nextByReader(_ id: PurgeID, rows: Int) throws -> [MailID]? {
    let purge = try self.purge(id)
    guard purge.kind == "retention", purge.state == .running else { return nil }
    let progress = try Query(self, "SELECT progress FROM purge WHERE id = ?").number(id)
    return try next(try StoredScope(id, self), purge.tenantID, after: progress, rows)
  }

  /// The mailboxes, and the tenant, that the scope names, once their mails are gone.
  private func takeOwners(
    _ scope: StoredScope, _ purge: Purge, _ keyring: Keyring, _ eraser: inout Eraser, _ effects: inout Effects
  ) throws {
    if scope.kind == "record" { try eraser.eraseRecord(scope.id) }
    guard scope.takesMailboxes else { return }
    let all = try Query(self, "SELECT id FROM mailbox WHERE tenant_id = ? ORDER BY id").all(purge.tenantID) {
      MailboxID($0.int(0))
    }
    for mailbox in all where scope.kind == "tenant" || mailbox.value == scope.id {
      // With mails that came behind the last step it stays for the next round.
      if try Query(self, "SELECT 1 FROM mail WHERE mailbox_id = ?").exists(mailbox) { continue }
      try eraser.erase(mailbox, keyring)
      try NewEvent(tenant: purge.tenantID, type: .mailboxDeleted, mailbox: mailbox, purge: purge.id)
        .append(at: purge.startedAt, self, &effects)
    }
    if scope.kind == "tenant",
      try !Query(self, "SELECT 1 FROM mailbox WHERE tenant_id = ?").exists(purge.tenantID)
    {
      try eraser.eraseTenant(keyring)
      effects.tokensDeleted = true
    }
  }
}

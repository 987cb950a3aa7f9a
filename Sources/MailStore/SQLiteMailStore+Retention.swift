internal import GRDB

extension SQLiteMailStore {
  package func retentionPolicy(tenant: TenantID) async throws(MailStoreError) -> RetentionPolicy {
    try await read { db in
      try db.require(tenant)
      return try db.retentionPolicy(tenant)
    }
  }

  package func setRetentionPolicy(
    _ policy: RetentionPolicy, tenant: TenantID
  ) async throws(MailStoreError) {
    try await write { db, _ in
      try db.require(tenant)
      let sql = """
        INSERT INTO retention (tenant_id, sequence_days, timeline_days, deleted_days, metadata_days)
        VALUES (?, ?, ?, ?, ?)
        ON CONFLICT (tenant_id) DO UPDATE SET sequence_days = excluded.sequence_days,
          timeline_days = excluded.timeline_days, deleted_days = excluded.deleted_days,
          metadata_days = excluded.metadata_days
        """
      try Query(db, sql).run(
        tenant, policy.sequenceDays, policy.timelineDays, policy.deletedDays, policy.metadataDays)
    }
  }

  package func retentionForecast(
    tenant: TenantID, at time: Timestamp
  ) async throws(MailStoreError) -> [RetentionForecast] {
    try await read { db in
      let policy = try db.retentionPolicy(tenant)
      let due = try RetentionDue(policy, at: time, db)
      let (mails, values) = due.mails(tenant)
      let (free, more) = try db.notHeld(tenant)
      // What is above the last mark has no age yet, and what no mark is old enough for is not due.
      let sql = """
        SELECT \(RetentionDue.rule) AS rule, count(*), sum((\(mails)\(free)) IS TRUE), min(mail.id), min(mail.logged_at)
        FROM mail WHERE mail.tenant_id = ? AND mail.state NOT IN ('duplicate', 'wanted') GROUP BY rule
        """
      let found = try Query(db, sql).all(list: values + more + [tenant]) {
        (try $0.word(0, RetentionRule.self), $0.int(1), $0.int(2), MailID($0.int(3)), $0.optionalInt(4))
      }
      return try RetentionRule.allCases.map { rule in
        guard let (_, mails, due, first, logged) = found.first(where: { $0.0 == rule }) else {
          return RetentionForecast(rule: rule, mails: 0, due: 0)
        }
        let since: Int64? =
          switch rule {
          case .deleted: try Query(db, "SELECT min(at) FROM deletion WHERE tenant_id = ?").number(tenant)
          case .metadata: try db.knownSince(first)
          case .timeline, .sequence:
            try db.knownSince(first).flatMap { known in logged.map { max($0, known) } }
          }
        return RetentionForecast(
          rule: rule, mails: mails, due: due, nextAt: policy.end(of: rule, since: since))
      }
    }
  }

  package func retention(
    of mail: MailID, tenant: TenantID
  ) async throws(MailStoreError) -> MailRetention {
    try await read { db in
      _ = try db.mail(mail, tenant: tenant)
      let sql = "SELECT \(RetentionDue.rule), logged_at FROM mail WHERE id = ?"
      let found = try Query(db, sql).first(mail) { (try $0.word(0, RetentionRule.self), $0.optionalInt(1)) }
      guard let (rule, logged) = found else { throw MailStoreError.notFound("mail") }
      let since: Int64? =
        switch rule {
        case .deleted: try Query(db, "SELECT at FROM deletion WHERE mail_id = ?").number(mail)
        case .metadata: try db.knownSince(mail)
        case .timeline, .sequence: try db.knownSince(mail).flatMap { known in logged.map { max($0, known) } }
        }
      let (free, values) = try db.notHeld(tenant)
      let isFree = try !Query(db, "SELECT 1 FROM mail WHERE mail.id = ?\(free)").all(list: [mail] + values) {
        $0.int(0)
      }.isEmpty
      return MailRetention(
        rule: rule, erasesAt: try db.retentionPolicy(tenant).end(of: rule, since: since), isHeld: !isFree)
    }
  }

  package func newestMark() async throws(MailStoreError) -> Timestamp? {
    try await read { try $0.newestMark() }
  }

  package func markTime(_ time: Timestamp) async throws(MailStoreError) {
    try await write { db, _ in
      if let last = try db.newestMark(), time <= last {
        if time == last { return }
        throw MailStoreError.conflict("later")
      }
      let newest = try Query(db, "SELECT seq FROM sqlite_sequence WHERE name = 'mail'").number()
      // Of marks that say the same the first says it best; the last ones tell when the clock was looked at.
      let same = "SELECT at FROM mail_mark WHERE mail_id = ? ORDER BY at"
      for old in try Query(db, same).all(newest, read: { $0.int(0) }).dropFirst().dropLast() {
        try Query(db, "DELETE FROM mail_mark WHERE at = ?").run(old)
      }
      try Query(db, "INSERT INTO mail_mark (at, mail_id) VALUES (?, ?)").run(time, newest)
    }
  }

  package func forgetMarks(after time: Timestamp) async throws(MailStoreError) {
    try await write { db, _ in try Query(db, "DELETE FROM mail_mark WHERE at > ?").run(time) }
  }

  package func beginRetention(at time: Timestamp) async throws(MailStoreError) -> [Purge] {
    let tenants = try await read { db in
      try Query(db, "SELECT id FROM tenant ORDER BY id").all { TenantID($0.int(0)) }
    }
    var begun: [Purge] = []
    for tenant in tenants {
      // Looked for by a reader, as it goes through all of a tenant's mail: writers need not wait for that.
      let due = try await read { db in
        guard
          try !Query(db, "SELECT 1 FROM purge WHERE tenant_id = ? AND kind = 'retention' AND state <> 'done'")
            .exists(tenant)
        else { return nil as String? }
        let due = try RetentionDue(try db.retentionPolicy(tenant), at: time, db)
        let (mails, values) = try StoredScope(due, tenant, db).mails(tenant)
        let sql = "SELECT 1 FROM mail WHERE \(mails) LIMIT 1"
        return try Query(db, sql).all(list: values, read: { $0.int(0) }).isEmpty ? nil : due.text
      }
      guard let due else { continue }
      begun.append(
        try await write { db, _ in
          let sql = """
            INSERT INTO purge (tenant_id, kind, scope_text, state, requested_by, started_at)
            VALUES (?, 'retention', ?, 'running', 'retention', ?)
            """
          try Query(db, sql).run(tenant, due, time)
          return try db.purge(PurgeID(db.lastInsertedRowID))
        })
    }
    return begun
  }
}

extension RetentionPolicy {
  /// When what a rule is about ends, `since` being when its time began.
  fileprivate func end(of rule: RetentionRule, since: Int64?) -> Timestamp? {
    let days: Int64? =
      switch rule {
      case .deleted: deletedDays
      case .metadata: metadataDays
      case .timeline: timelineDays
      case .sequence: sequenceDays
      }
    guard let days, let since else { return nil }
    return Timestamp(milliseconds: since).adding(seconds: days * 86_400)
  }
}

extension Database {
  func newestMark() throws -> Timestamp? {
    try Query(self, "SELECT max(at) FROM mail_mark").first { $0.optionalTime(0) } ?? nil
  }

  /// When a mail is known to have been read at the latest; nil before the first mark behind it.
  fileprivate func knownSince(_ mail: MailID) throws -> Int64? {
    try Query(self, "SELECT min(at) FROM mail_mark WHERE mail_id >= ?").first(mail) { $0.optionalInt(0) }
      ?? nil
  }
}

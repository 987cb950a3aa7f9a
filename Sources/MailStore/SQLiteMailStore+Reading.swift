internal import GRDB

extension SQLiteMailStore {
  package func mail(_ id: MailID, tenant: TenantID) async throws(MailStoreError) -> Mail {
    try await read { try $0.mail(id, tenant: tenant) }
  }

  package func mails(_ query: MailQuery, tenant: TenantID) async throws(MailStoreError) -> [Mail] {
    let (sql, values) = query.statement(tenant)
    return try await read { db in
      try Query(db, sql).all(list: values.list) { try Mail($0) }
    }
  }

  package func thread(_ id: ThreadID, tenant: TenantID) async throws(MailStoreError) -> Thread {
    try await read { try $0.thread(id, tenant: tenant) }
  }

  /// Duplicates in other mailboxes are left out: one mail is one entry (S11).
  package func threadMails(_ id: ThreadID, tenant: TenantID) async throws(MailStoreError) -> [Mail] {
    try await read { db in
      let id = try db.thread(id, tenant: tenant).id
      // IMAP tells whole seconds: a quick answer would stand before the mail that it answers.
      let sql = """
        SELECT \(Mail.columns) FROM mail WHERE thread_id = ? AND state <> 'duplicate' AND \(Mail.isNotDeleted)
        ORDER BY received_at / 1000, id
        """
      return try Query(db, sql).all(id) { try Mail($0) }
    }
  }

  package func threads(_ query: ThreadQuery, tenant: TenantID) async throws(MailStoreError) -> [Thread] {
    let (sql, values) = query.statement(tenant)
    return try await read { db in
      try Query(db, sql).all(list: values.list) { Thread($0) }
    }
  }

  package func track(
    _ mail: MailID, tenant: TenantID, at: Timestamp
  ) async throws(MailStoreError) -> (Thread, [MailboxID]) {
    try await write { db, effects in
      let mail = try db.mail(mail, tenant: tenant)
      if try db.loggingRules(of: tenant).forbids(mail.envelope.addresses) {
        throw MailStoreError.conflict("neverLogged")
      }
      let threading = try Threading(db, tenant)
      let (id, isNews) = try threading.track(mail, at: at)
      if isNews {
        try NewEvent(tenant: tenant, type: .threadTracked, mailbox: mail.mailboxID, thread: id, mail: mail.id)
          .append(at: at, db, &effects)
      }
      return (try db.thread(id, tenant: tenant), threading.wanted.sorted())
    }
  }

  /// Mails that were wanted and not fetched yet go back to being envelopes.
  package func untrack(
    _ thread: ThreadID, tenant: TenantID, at: Timestamp
  ) async throws(MailStoreError) -> Thread {
    try await write { db, effects in
      let before = try db.thread(thread, tenant: tenant)
      try Query(db, "UPDATE thread SET tracked = 0 WHERE id = ?").run(thread)
      try Query(
        db,
        """
        UPDATE mail SET state = 'envelope', thread_id = NULL, matched_by = NULL
        WHERE thread_id = ? AND state IN ('wanted', 'gone')
        """
      ).run(thread)
      if before.tracked {
        try NewEvent(tenant: tenant, type: .threadUntracked, thread: thread).append(at: at, db, &effects)
      }
      return try db.thread(thread, tenant: tenant)
    }
  }
}

extension Database {
  /// - Parameter tenant: nil for any.
  func mail(_ id: MailID, tenant: TenantID?) throws -> Mail {
    let found = try Query(self, "SELECT \(Mail.columns) FROM mail WHERE id = ?").first(id) { try Mail($0) }
    guard let found, tenant == nil || tenant == found.tenantID else { throw MailStoreError.notFound("mail") }
    return found
  }

  func thread(_ id: ThreadID, tenant: TenantID) throws -> Thread {
    let sql = "SELECT \(Thread.columns) FROM thread WHERE id = ? AND tenant_id = ?"
    var found = try Query(self, sql).first(id, tenant) { Thread($0) }
    if found == nil {
      // Merged threads' ids go on naming them.
      let other = try Query(self, "SELECT into_id FROM merged_thread WHERE thread_id = ? AND tenant_id = ?")
        .first(id, tenant) { ThreadID($0.int(0)) }
      if let other { found = try Query(self, sql).first(other, tenant) { Thread($0) } }
    }
    guard let found else { throw MailStoreError.notFound("thread") }
    return found
  }
}

/// Values to bind, on their way to another thread.
///
/// SAFETY (`@unchecked Sendable`): made from numbers, strings and octets only, and never changed.
struct BoundValues: @unchecked Sendable {
  let list: [any Bindable]
}

extension MailQuery {
  /// The statement for this query, by the index that fits its narrowest condition.
  func statement(_ tenant: TenantID) -> (sql: String, BoundValues) {
    var conditions = Conditions()
    var from = "mail"
    var id = "mail.id"
    if let contact {
      from = "contact CROSS JOIN mail ON mail.id = contact.mail_id"
      id = "contact.mail_id"
      conditions.add("contact.tenant_id = ? AND contact.email_key = ?", tenant, contact.lowercased())
    } else if let messageID {
      from = "link CROSS JOIN mail ON mail.id = link.mail_id"
      id = "link.mail_id"
      conditions.add(
        "link.tenant_id = ? AND link.name = ? AND link.own = 1", tenant, SearchKeys.name(messageID))
    } else if mailbox != nil {
      from = "mail INDEXED BY \(loggedOnly ? "mail_logged_by_mailbox" : "mail_by_mailbox")"
    } else {
      from = "mail INDEXED BY \(loggedOnly ? "mail_logged" : "mail_by_tenant")"
      conditions.add("mail.tenant_id = ?", tenant)
    }
    if let mailbox { conditions.add("mail.mailbox_id = ? AND +mail.tenant_id = ?", mailbox, tenant) }
    if let messageID { conditions.add("mail.message_id = ?", messageID) }
    if loggedOnly { conditions.add("mail.state = 'logged' AND \(Mail.isNotDeleted)") }
    if let before { conditions.add("\(id) < ?", before) }
    let sql = "SELECT \(Mail.columns) FROM \(from) WHERE \(conditions.text) ORDER BY \(id) DESC LIMIT ?"
    return (sql, BoundValues(list: conditions.values + [max(limit, 0)]))
  }
}

extension ThreadQuery {
  static let wordsMax = 16

  func statement(_ tenant: TenantID) -> (sql: String, BoundValues) {
    var conditions = Conditions()
    // What a Message-ID, a contact or a record finds is little, and sorted when it is found. Left to itself SQLite would
    // go through all threads of the tenant, as they lie sorted in an index: measured 2026 with 1,000,000 mails in
    // 100,000 threads, 17 ms instead of 0.03.
    let isNarrow = contact != nil || messageID != nil || record != nil
    conditions.add(isNarrow ? "+thread.tenant_id = ?" : "thread.tenant_id = ?", tenant)
    if trackedOnly { conditions.add("thread.tracked = 1") }
    if let contact {
      conditions.add(
        """
        thread.id IN (SELECT mail.thread_id FROM contact CROSS JOIN mail ON mail.id = contact.mail_id
          WHERE contact.tenant_id = ? AND contact.email_key = ?)
        """, tenant, contact.lowercased())
    }
    if let messageID {
      conditions.add(
        """
        thread.id IN (SELECT mail.thread_id FROM link CROSS JOIN mail ON mail.id = link.mail_id
          WHERE link.tenant_id = ? AND link.name = ? AND link.own = 1 AND mail.message_id = ?)
        """, tenant, SearchKeys.name(messageID), messageID)
    }
    if let record {
      conditions.add(
        """
        thread.id IN (SELECT record_thread.thread_id FROM record
          CROSS JOIN record_thread ON record_thread.record_id = record.id
          WHERE record.tenant_id = ? AND record.type = ? AND record.key = ?)
        """, tenant, record.type, record.key)
    }
    if let mailbox {
      conditions.add(
        "EXISTS (SELECT 1 FROM mail WHERE mail.thread_id = thread.id AND mail.mailbox_id = ?)", mailbox)
    }
    for word in (subject ?? "").lowercased().split(whereSeparator: \.isWhitespace).prefix(Self.wordsMax) {
      conditions.add("instr(thread.subject_key, ?) > 0", String(word))
    }
    if let after {
      conditions.add("(thread.last_mail_at, thread.id) < (?, ?)", after.lastMailAt, after.id)
    }
    let sql = """
      SELECT \(Thread.columns) FROM thread WHERE \(conditions.text)
      ORDER BY thread.last_mail_at DESC, thread.id DESC LIMIT ?
      """
    return (sql, BoundValues(list: conditions.values + [max(limit, 0)]))
  }
}

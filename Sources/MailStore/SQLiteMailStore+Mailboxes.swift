internal import GRDB
internal import Sealing

extension SQLiteMailStore {
  package func createMailbox(_ new: NewMailbox, at: Timestamp) async throws(MailStoreError) -> Mailbox {
    try await write { [keyring] db, effects in
      try db.require(new.tenantID)
      let emailKey = new.email.lowercased()
      if try Query(db, "SELECT 1 FROM mailbox WHERE tenant_id = ? AND email_key = ?").exists(
        new.tenantID, emailKey)
      {
        throw MailStoreError.exists("mailbox")
      }
      // On disk before the row that needs it; a key whose row never came seals nothing.
      let key = try keyring.create(at: at)
      let sql = """
        INSERT INTO mailbox (tenant_id, key_id, email, email_key, display_name, user_name, password, imap_host,
          imap_port, imap_security, smtp_host, smtp_port, smtp_security, state, provider_files_sent_mail, created_at, oauth_provider)
        VALUES (?, ?, ?, ?, ?, ?, x'', ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        """
      try Query(db, sql).run(
        new.tenantID, key.id, new.email, emailKey, new.displayName, new.userName, new.imap.host,
        Int(new.imap.port), new.imap.security.rawValue, new.smtp.host, Int(new.smtp.port),
        new.smtp.security.rawValue, MailboxState.connecting.rawValue, new.providerFilesSentMail, at,
        new.oauthProvider ?? "")
      let mailbox = try db.mailbox(MailboxID(db.lastInsertedRowID), tenant: nil)
      let sealed = try key.seal(new.password, context: mailbox.passwordContext)
      try Query(db, "UPDATE mailbox SET password = ? WHERE id = ?").run(sealed, mailbox.id)
      try NewEvent(tenant: new.tenantID, type: .mailboxConnected, mailbox: mailbox.id).append(
        at: at, db, &effects)
      return mailbox
    }
  }

  package func setMailboxSMTPLimit(_ id: MailboxID, _ octets: Int64?) async throws(MailStoreError) {
    try await write { db, _ in
      try Query(db, "UPDATE mailbox SET smtp_octets_max = ? WHERE id = ?").run(octets, id)
    }
  }

  package func mailbox(_ id: MailboxID, tenant: TenantID?) async throws(MailStoreError) -> Mailbox {
    try await read { try $0.mailbox(id, tenant: tenant) }
  }

  package func mailboxes(tenant: TenantID?) async throws(MailStoreError) -> [Mailbox] {
    try await read { db in
      guard let tenant else {
        return try Query(db, "SELECT \(Mailbox.columns) FROM mailbox ORDER BY id").all { try Mailbox($0) }
      }
      return try Query(db, "SELECT \(Mailbox.columns) FROM mailbox WHERE tenant_id = ? ORDER BY id").all(
        tenant
      ) {
        try Mailbox($0)
      }
    }
  }

  package func password(of id: MailboxID) async throws(MailStoreError) -> [UInt8] {
    try await read { [keyring] db in
      let mailbox = try db.mailbox(id, tenant: nil)
      return try db.password(of: mailbox, keyring)
    }
  }

  /// A password is sealed for the two hosts it was given for. So that it is never sent to another one
  /// by mistake, a new host needs the password again: ``MailStoreError/conflict(_:)`` without it.
  package func updateMailbox(
    _ id: MailboxID, userName: String?, password: [UInt8]?, oauthProvider: String?, imap: ServerSettings?,
    smtp: ServerSettings?
  ) async throws(MailStoreError) -> Mailbox {
    try await write { [keyring] db, _ in
      let before = try db.mailbox(id, tenant: nil)
      var after = before
      after.userName = userName ?? before.userName
      after.imap = imap ?? before.imap
      after.smtp = smtp ?? before.smtp
      let sql = """
        UPDATE mailbox SET user_name = ?, imap_host = ?, imap_port = ?, imap_security = ?, smtp_host = ?,
          smtp_port = ?, smtp_security = ? WHERE id = ?
        """
      try Query(db, sql).run(
        after.userName, after.imap.host, Int(after.imap.port), after.imap.security.rawValue, after.smtp.host,
        Int(after.smtp.port), after.smtp.security.rawValue, id)
      if let password {
        let sealed = try db.key(of: id, keyring).seal(password, context: after.passwordContext)
        after.oauthProvider = oauthProvider
        let sql = "UPDATE mailbox SET password = ?, oauth_provider = ?, refresh_previous = x'' WHERE id = ?"
        try Query(db, sql).run(sealed, oauthProvider ?? "", id)
      } else if after.passwordContext != before.passwordContext {
        throw MailStoreError.conflict("the password is needed with a new host")
      }
      return after
    }
  }

  package func setMailboxState(
    _ id: MailboxID, _ state: MailboxState, reason: MailboxReason?, detail: String?,
    nextAttemptAt: Timestamp?, at: Timestamp
  ) async throws(MailStoreError) {
    try await write { db, effects in
      let before = try db.mailbox(id, tenant: nil)
      let sql = "UPDATE mailbox SET state = ?, reason = ?, detail = ?, next_attempt_at = ? WHERE id = ?"
      try Query(db, sql).run(state.rawValue, reason?.rawValue, detail, nextAttemptAt, id)
      if before.state == state && before.reason == reason { return }
      var facts = ["state": state.rawValue]
      facts["reason"] = reason?.rawValue
      try NewEvent(tenant: before.tenantID, type: .mailboxState, mailbox: id, facts: facts)
        .append(at: at, db, &effects)
    }
  }

  package func noteSyncCompleted(_ mailbox: MailboxID, at: Timestamp) async throws(MailStoreError) {
    try await write { db, effects in
      let tenant = try db.mailbox(mailbox, tenant: nil).tenantID
      try NewEvent(tenant: tenant, type: .syncCompleted, mailbox: mailbox).append(at: at, db, &effects)
    }
  }
}

extension Database {
  /// - Parameter tenant: nil for any.
  func mailbox(_ id: MailboxID, tenant: TenantID?) throws -> Mailbox {
    let found = try Query(self, "SELECT \(Mailbox.columns) FROM mailbox WHERE id = ?").first(id) {
      try Mailbox($0)
    }
    guard let found, tenant == nil || tenant == found.tenantID else {
      throw MailStoreError.notFound("mailbox")
    }
    return found
  }

  func key(of mailbox: MailboxID, _ keyring: Keyring) throws -> DataKey {
    let id = try Query(self, "SELECT key_id FROM mailbox WHERE id = ?").first(mailbox) { $0.text(0) }
    guard let id else { throw MailStoreError.notFound("mailbox") }
    return try keyring.key(id)
  }

  fileprivate func password(of mailbox: Mailbox, _ keyring: Keyring) throws -> [UInt8] {
    let sealed = try Query(self, "SELECT password FROM mailbox WHERE id = ?").first(mailbox.id) { $0.blob(0) }
    guard let sealed else { throw MailStoreError.notFound("mailbox") }
    return try key(of: mailbox.id, keyring).open(sealed, context: mailbox.passwordContext)
  }
}

extension Mailbox {
  var passwordContext: String {
    "\(tenantID)|\(id)|password|\(imap.host.lowercased())|\(smtp.host.lowercased())|1"
  }
}

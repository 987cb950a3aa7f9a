internal import GRDB

extension SQLiteMailStore {
  package func commitSync(_ batch: SyncBatch, at: Timestamp) async throws(MailStoreError) -> SyncOutcome {
    try await write { [keyring] db, effects in
      var commit = try SyncCommit(db, batch, keyring)
      return try commit.run(at: at, &effects)
    }
  }

  package func wantedMails(_ mailbox: MailboxID, limit: Int) async throws(MailStoreError) -> [WantedMail] {
    try await read { db in
      let sql = """
        SELECT mail.id, location.folder_id, folder.uid_validity, location.uid, mail.size, mail.route
        FROM mail CROSS JOIN location ON location.mail_id = mail.id
          CROSS JOIN folder ON folder.id = location.folder_id
        WHERE mail.mailbox_id = ? AND mail.state = 'wanted' AND (location.folder_id, location.uid) =
          (SELECT folder_id, uid FROM location WHERE mail_id = mail.id ORDER BY folder_id, uid LIMIT 1)
        ORDER BY mail.received_at DESC, mail.id DESC LIMIT ?
        """
      return try Query(db, sql).all(mailbox, max(limit, 0)) {
        WantedMail(
          id: MailID($0.int(0)), folderID: FolderID($0.int(1)),
          uidValidity: UInt32(truncatingIfNeeded: $0.int(2)),
          uid: UInt32(truncatingIfNeeded: $0.int(3)), size: $0.int(4), route: try $0.optionalWord(5))
      }
    }
  }

  package func logMail(
    _ id: MailID, raw: [UInt8], _ findings: MailFindings, at: Timestamp
  ) async throws(MailStoreError) -> LogOutcome {
    // Without a body to store there is nothing to deflate; the writer looks again.
    let owner = try await read { [keyring] db in
      try db.wantedMail(id) == nil ? nil : try db.owner(of: id, tenant: nil, keyring)
    }
    guard let owner else { return .notWanted }
    let writer = BodyWriter(store: self, owner: owner)
    let body = try await writer.prepare(raw)
    do {
      return try await logMail(id, body, owner, findings, at: at)
    } catch {
      await writer.discard(body)
      throw error
    }
  }

  private func logMail(
    _ id: MailID, _ body: PreparedBody, _ owner: SealingOwner, _ findings: MailFindings, at: Timestamp
  ) async throws(MailStoreError) -> LogOutcome {
    try await write { db, effects in
      guard var mail = try db.wantedMail(id) else {
        try body.discard(db)
        return .notWanted
      }
      let threading = try Threading(db, mail.tenantID)
      if let original = findings.original {
        guard let now = try threading.become(original, mail, at: at, &effects) else {
          try body.discard(db)
          return .duplicate
        }
        mail = now
      }
      let copies = try mail.copies(db)
      if copies.contains(where: { $0.state == .logged }) {
        try body.discard(db)
        try Query(db, "UPDATE mail SET state = 'duplicate' WHERE id = ?").run(id)
        return .duplicate
      }
      try body.insert(.body(id), owner, db)
      try Query(
        db,
        """
        UPDATE mail SET state = 'logged', logged_at = ?, has_attachment = ?, parse_failed = ?,
          is_auto_reply = max(is_auto_reply, ?), is_bounce = max(is_bounce, ?) WHERE id = ?
        """
      ).run(
        at, findings.hasAttachment, findings.parseFailed, findings.isAutoReply, findings.isBounce, id)
      let share = try Query(
        db,
        """
        UPDATE mail SET state = 'duplicate', thread_id = ?, matched_by = coalesce(matched_by, ?) WHERE id = ?
        """)
      for copy in copies { try share.run(mail.threadID, mail.matchedBy?.rawValue, copy.id) }
      if findings.original != nil { try db.adoptCopies(of: mail) }
      if let thread = mail.threadID {
        try threading.mailJoined(
          thread, mailbox: nil, messageID: mail.envelope.messageID, receivedAt: mail.receivedAt)
      }
      try threading.settle(at: at, &effects)
      var event = mail.loggedEvent
      event.facts["kind"] = findings.kind?.rawValue
      try event.append(at: at, db, &effects)
      try db.note(findings, of: mail, at: at, &effects)
      try db.noteForSearch(id, mail.tenantID)
      return .logged(wanted: threading.wanted.sorted())
    }
  }

  package func markUnparsed(_ id: MailID) async throws(MailStoreError) {
    try await write { db, _ in try Query(db, "UPDATE mail SET parse_failed = 1 WHERE id = ?").run(id) }
  }

  package func markGone(_ id: MailID, at: Timestamp) async throws(MailStoreError) {
    try await write { db, effects in
      let owner = try Query(db, "SELECT tenant_id, mailbox_id FROM mail WHERE id = ?").first(id) {
        (TenantID($0.int(0)), MailboxID($0.int(1)))
      }
      guard let (tenant, mailbox) = owner else { throw MailStoreError.notFound("mail") }
      let folders = try Query(db, "DELETE FROM location WHERE mail_id = ? RETURNING folder_id").all(id) {
        FolderID($0.int(0))
      }
      let count = try Query(db, "UPDATE folder SET stored = max(stored - 1, 0) WHERE id = ?")
      for folder in folders { try count.run(folder) }
      try db.noteUnlocated([id], tenant: tenant, mailbox: mailbox, at: at, &effects)
    }
  }
}

extension Database {
  /// The mail while it waits for its body; nil when it does not, or no longer exists.
  fileprivate func wantedMail(_ id: MailID) throws -> Mail? {
    try Query(self, "SELECT \(Mail.columns) FROM mail WHERE id = ? AND state = 'wanted'").first(id) {
      try Mail($0)
    }
  }
}

extension Mail {
  /// The same mail in other mailboxes of the tenant, except duplicates (S11).
  fileprivate func copies(_ db: Database) throws -> [(id: MailID, state: MailState)] {
    guard let messageID = carrierID ?? envelope.messageID else { return [] }
    // The identity tells the Message-ID too; of a forward taken apart it is the forward's.
    let sql = """
      SELECT mail.id, mail.state FROM link CROSS JOIN mail ON mail.id = link.mail_id
      WHERE link.tenant_id = ? AND link.name = ? AND link.own = 1 AND mail.identity = ? AND mail.id <> ?
        AND mail.state <> 'duplicate'
      """
    let name = SearchKeys.name(messageID)
    return try Query(db, sql).all(tenantID, name, envelope.identity, id) {
      (MailID($0.int(0)), try $0.word(1))
    }
  }

  var loggedEvent: NewEvent {
    var facts = ["direction": direction.rawValue, "origin": origin.rawValue]
    facts["matchedBy"] = matchedBy?.rawValue
    return NewEvent(
      tenant: tenantID, type: .mailLogged, mailbox: mailboxID, thread: threadID, mail: id, facts: facts)
  }
}

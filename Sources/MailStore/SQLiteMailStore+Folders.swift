internal import GRDB

extension SQLiteMailStore {
  package func folders(_ mailbox: MailboxID) async throws(MailStoreError) -> [Folder] {
    try await read { try $0.folders(mailbox) }
  }

  /// Folders are known by the name as the server spells it.
  package func reconcileFolders(
    _ mailbox: MailboxID, _ listed: [FolderListing]
  ) async throws(MailStoreError) -> [Folder] {
    try await write { db, effects in
      let owner = try db.mailbox(mailbox, tenant: nil)
      let update = try Query(
        db,
        """
        INSERT INTO folder (mailbox_id, name, wire_name, role, syncs) VALUES (?, ?, ?, ?, ?)
        ON CONFLICT (mailbox_id, wire_name) DO UPDATE
          SET name = excluded.name, role = excluded.role, syncs = excluded.syncs
        """)
      for folder in listed {
        try update.run(mailbox, folder.name, folder.wireName, folder.role?.rawValue, folder.syncs)
      }
      let wanted = Set(listed.map(\.wireName))
      for folder in try db.folders(mailbox) where !wanted.contains(folder.wireName) {
        let mails = try db.emptyFolder(folder.id)
        try db.noteUnlocated(mails, tenant: owner.tenantID, mailbox: mailbox, at: nil, &effects)
        try Query(db, "DELETE FROM folder WHERE id = ?").run(folder.id)
      }
      return try db.folders(mailbox)
    }
  }

  package func resetFolder(_ folder: FolderID, uidValidity: UInt32) async throws(MailStoreError) {
    try await write { db, _ in
      // Nobody wants to know which they were, and a folder may have a million.
      try Query(db, "DELETE FROM location WHERE folder_id = ?").run(folder)
      let sql = """
        UPDATE folder SET uid_validity = ?, cursor_low = 1, cursor_high = 0, mod_seq = NULL, stored = 0 WHERE id = ?
        """
      if try Query(db, sql).run(uidValidity, folder) == 0 { throw MailStoreError.notFound("folder") }
    }
  }

  package func storedUIDs(
    _ folder: FolderID, in range: ClosedRange<UInt32>
  ) async throws(MailStoreError) -> [UInt32] {
    try await read { db in
      let sql = "SELECT uid FROM location WHERE folder_id = ? AND uid BETWEEN ? AND ? ORDER BY uid"
      return try Query(db, sql).all(folder, range.lowerBound, range.upperBound) {
        UInt32(truncatingIfNeeded: $0.int(0))
      }
    }
  }

  package func storedPlaces(
    _ folder: FolderID, in range: ClosedRange<UInt32>
  ) async throws(MailStoreError) -> [StoredPlace] {
    try await read { db in
      let sql = """
        SELECT location.uid, mail.state FROM location LEFT JOIN mail ON mail.id = location.mail_id
        WHERE location.folder_id = ? AND location.uid BETWEEN ? AND ? ORDER BY location.uid
        """
      return try Query(db, sql).all(folder, range.lowerBound, range.upperBound) {
        StoredPlace(uid: UInt32(truncatingIfNeeded: $0.int(0)), state: try $0.optionalWord(1))
      }
    }
  }
}

extension Database {
  func folders(_ mailbox: MailboxID) throws -> [Folder] {
    try Query(self, "SELECT \(Folder.columns) FROM folder WHERE mailbox_id = ? ORDER BY id").all(mailbox) {
      try Folder($0)
    }
  }

  /// Takes all locations away. - Returns: the mails that had one.
  @discardableResult
  fileprivate func emptyFolder(_ folder: FolderID) throws -> [MailID] {
    try Query(self, "DELETE FROM location WHERE folder_id = ? RETURNING mail_id").all(folder) {
      $0.optionalInt(0)
    }.compactMap { $0.map(MailID.init) }
  }

  /// Mails that lost a location: a wanted one that has no other is gone, as nobody can fetch it.
  ///
  /// - Parameter at: nil to append no events.
  func noteUnlocated(
    _ mails: [MailID], tenant: TenantID, mailbox: MailboxID, at: Timestamp?, _ effects: inout Effects
  ) throws {
    let sql = """
      UPDATE mail SET state = 'gone' WHERE id = ? AND state = 'wanted'
        AND NOT EXISTS (SELECT 1 FROM location WHERE mail_id = mail.id) RETURNING thread_id
      """
    let mark = try Query(self, sql)
    for mail in mails {
      let thread = try mark.all(mail) { $0.optionalInt(0).map(ThreadID.init) }.first
      guard let thread, let at else { continue }
      try NewEvent(tenant: tenant, type: .mailGone, mailbox: mailbox, thread: thread, mail: mail)
        .append(at: at, self, &effects)
    }
  }
}

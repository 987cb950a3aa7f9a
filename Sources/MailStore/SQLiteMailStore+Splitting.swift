internal import GRDB

extension SQLiteMailStore {
  package func split(
    _ mail: MailID, tenant: TenantID, at: Timestamp
  ) async throws(MailStoreError) -> Thread {
    try await write { db, effects in
      let mail = try db.mail(mail, tenant: tenant)
      guard let thread = mail.threadID else { throw MailStoreError.conflict("untracked") }
      try db.requireNoErasureOfThreads(tenant)
      let moved = try db.answers(to: mail, in: thread)
      let threading = try Threading(db, tenant)
      let fresh = try threading.makeThread(
        mail.envelope, forkedFrom: thread, at: at, receivedAt: mail.receivedAt)
      let move = try Query(db, "UPDATE mail SET thread_id = ?, is_placed = 1 WHERE id = ?")
      for id in moved { try move.run(fresh, id) }
      guard try Query(db, "SELECT 1 FROM mail WHERE thread_id = ?").exists(thread) else {
        // All of it would move: there is nothing to split.
        throw MailStoreError.conflict("whole")
      }
      // What a hold keeps it keeps in the new thread too.
      try Query(
        db,
        """
        INSERT INTO hold (tenant_id, kind, scope_id, scope_text, scope_identity, reason, placed_by, placed_at)
        SELECT tenant_id, kind, ?, scope_text, scope_identity, reason, placed_by, placed_at FROM hold
        WHERE tenant_id = ? AND kind = 'thread' AND scope_id = ? ORDER BY id
        """
      ).run(fresh, tenant, thread)
      for thread in [thread, fresh] { try db.noteLastMail(of: thread) }
      try Query(db, "UPDATE thread SET tracked = (SELECT tracked FROM thread WHERE id = ?) WHERE id = ?").run(
        thread, fresh)
      try NewEvent(
        tenant: tenant, type: .threadSplit, mailbox: mail.mailboxID, thread: fresh, mail: mail.id,
        facts: ["from": thread.text]
      ).append(at: at, db, &effects)
      return try db.thread(fresh, tenant: tenant)
    }
  }

  package func merge(
    _ thread: ThreadID, into other: ThreadID, tenant: TenantID, at: Timestamp
  ) async throws(MailStoreError) -> Thread {
    try await write { db, effects in
      let (thread, other) = (try db.thread(thread, tenant: tenant), try db.thread(other, tenant: tenant))
      if thread.id != other.id {
        try db.requireNoErasureOfThreads(tenant)
        try db.merge(thread.id, into: other.id, tenant: tenant, isPlaced: true, at: at, &effects)
      }
      return try db.thread(other.id, tenant: tenant)
    }
  }
}

extension Database {
  /// A mail of a thread, those that answer it, and those that answer them: their ids in all mailboxes.
  fileprivate func answers(to mail: Mail, in thread: ThreadID) throws -> [MailID] {
    let sql = """
      SELECT id, message_id, reply_ids, reference_ids, identity FROM mail WHERE thread_id = ? ORDER BY received_at, id
      """
    let all = try Query(self, sql).all(thread) { row in
      (
        id: MailID(row.int(0)), messageID: row.optionalText(1),
        names: Set(try Unpacker.strings(row.blob(2)).map { Array($0.utf8) })
          .union(try Unpacker.strings(row.blob(3)).map { Array($0.utf8) }),
        identity: row.blob(4)
      )
    }
    // By what they name: a thread may be as long as strangers make it, and in any order.
    var answers: [[UInt8]: [Int]] = [:]
    for (index, one) in all.enumerated() {
      for name in one.names { answers[name, default: []].append(index) }
    }
    var taken: Set<MailID> = [mail.id]
    var open = mail.envelope.messageID.map { [Array($0.utf8)] } ?? []
    func take(_ index: Int) {
      if taken.insert(all[index].id).inserted, let id = all[index].messageID { open.append(Array(id.utf8)) }
    }
    for index in all.indices where all[index].identity == mail.envelope.identity { take(index) }
    while let name = open.popLast() {
      for index in answers.removeValue(forKey: name) ?? [] { take(index) }
    }
    return taken.sorted()
  }

  func noteLastMail(of thread: ThreadID) throws {
    let sql = """
      UPDATE thread SET last_mail_at = coalesce((SELECT max(received_at) FROM mail WHERE thread_id = thread.id),
        last_mail_at) WHERE id = ?
      """
    try Query(self, sql).run(thread)
  }

  /// `thread` becomes a part of `other`, and its id another name of that one.
  ///
  /// - Parameter isPlaced: a caller said so.
  func merge(
    _ thread: ThreadID, into other: ThreadID, tenant: TenantID, isPlaced: Bool, at: Timestamp,
    _ effects: inout Effects
  ) throws {
    try Query(
      self, "UPDATE mail SET thread_id = ?, is_placed = max(is_placed, ?) WHERE thread_id = ?"
    ).run(other, isPlaced, thread)
    try moveLinks(from: thread, to: other)
    try noteLastMail(of: other)
    try Query(
      self,
      """
      UPDATE thread SET tracked = max(tracked, (SELECT tracked FROM thread WHERE id = ?)),
        forked_from = nullif(forked_from, ?) WHERE id = ?
      """
    ).run(thread, thread.value, other)
    try Query(self, "UPDATE merged_thread SET into_id = ? WHERE into_id = ?").run(other, thread)
    try Query(self, "DELETE FROM thread WHERE id = ?").run(thread)
    try Query(self, "INSERT INTO merged_thread (thread_id, tenant_id, into_id) VALUES (?, ?, ?)").run(
      thread, tenant, other)
    try NewEvent(tenant: tenant, type: .threadMerged, thread: thread, facts: ["into": other.text])
      .append(at: at, self, &effects)
  }
}

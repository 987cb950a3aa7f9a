internal import GRDB

extension Database {
  /// The logged mail that the tenant has of an original already, by whatever way it came.
  func loggedMail(_ messageID: String, tenant: TenantID, besides id: MailID) throws -> Mail? {
    let sql = """
      SELECT \(Mail.columns) FROM link CROSS JOIN mail ON mail.id = link.mail_id
      WHERE link.tenant_id = ? AND link.name = ? AND link.own = 1 AND mail.message_id = ? AND mail.id <> ?
        AND mail.state = 'logged' LIMIT 1
      """
    return try Query(self, sql).first(tenant, SearchKeys.name(messageID), messageID, id) { try Mail($0) }
  }

  /// Writes what was passed on over the forward's row, with all by which it is found. The forward's own
  /// Message-ID is kept, to know it again.
  /// - Returns: the mail as it is now.
  func become(_ original: LoggedOriginal, _ mail: Mail) throws -> Mail {
    let old = mail.envelope
    let new = original.envelope
    let link = try Query(self, "DELETE FROM link WHERE tenant_id = ? AND name = ? AND mail_id = ?")
    for messageID in SearchKeys.messageIDs(inReplyTo: old.inReplyTo, references: old.references) {
      try link.run(mail.tenantID, SearchKeys.name(messageID), mail.id)
    }
    let contact = try Query(self, "DELETE FROM contact WHERE tenant_id = ? AND email_key = ? AND mail_id = ?")
    for key in SearchKeys.emails(old.addresses) { try contact.run(mail.tenantID, key, mail.id) }
    let sql = """
      UPDATE mail SET message_id = ?, carrier_id = ?, reply_ids = ?, reference_ids = ?, subject = ?, base_subject = ?,
        addresses = ?, sent_at = ?, received_at = ?, direction = ?, is_auto_reply = ?, is_bounce = ? WHERE id = ?
      """
    // On a timeline it stands where it happened; a date in the future would keep it on top.
    let received = new.sentAt.map { min($0, mail.receivedAt) } ?? mail.receivedAt
    try Query(self, sql).run(
      new.messageID ?? old.messageID, old.messageID, Packer.strings(new.inReplyTo),
      Packer.strings(new.references), new.subject, new.baseSubject, Packer.addresses(new.addresses),
      new.sentAt,
      received, original.direction.rawValue, new.isAutoReply, new.isBounce, mail.id)
    let inserter = try MailInserter(self)
    // The link by which copies of the forward itself are found goes by its own id.
    if let carrier = old.messageID { try inserter.link(carrier, of: mail.id, mail.tenantID, isOwn: true) }
    try inserter.find(mail.id, mail.tenantID, new)
    return try self.mail(mail.id, tenant: nil)
  }

  /// The same mail in other folders and mailboxes, not logged: from now on they are copies of this one.
  func adoptCopies(of mail: Mail) throws {
    guard let messageID = mail.envelope.messageID, let thread = mail.threadID else { return }
    let sql = """
      SELECT mail.id FROM link CROSS JOIN mail ON mail.id = link.mail_id
      WHERE link.tenant_id = ? AND link.name = ? AND link.own = 1 AND mail.message_id = ? AND mail.id <> ?
        AND mail.base_subject = ? AND mail.state IN ('envelope', 'wanted')
      """
    let copies = try Query(self, sql).all(
      mail.tenantID, SearchKeys.name(messageID), messageID, mail.id, mail.envelope.baseSubject
    ) { MailID($0.int(0)) }
    let adopt = try Query(
      self,
      "UPDATE mail SET state = 'duplicate', thread_id = ?, matched_by = coalesce(matched_by, ?) WHERE id = ?")
    for copy in copies { try adopt.run(thread, mail.matchedBy?.rawValue, copy) }
  }

  /// A thread that its only mail has left: its links go to `other`, and it is no more.
  func dissolve(
    _ thread: ThreadID, into other: ThreadID, tenant: TenantID, at: Timestamp, _ effects: inout Effects
  )
    throws
  {
    guard thread != other, try !Query(self, "SELECT 1 FROM mail WHERE thread_id = ?").exists(thread) else {
      return
    }
    try moveLinks(from: thread, to: other)
    try Query(self, "UPDATE merged_thread SET into_id = ? WHERE into_id = ?").run(other, thread)
    try Query(self, "DELETE FROM thread WHERE id = ?").run(thread)
    try NewEvent(tenant: tenant, type: .threadUntracked, thread: thread).append(at: at, self, &effects)
  }

  /// Records' links go to `other`, and so do holds: what one keeps it keeps there.
  func moveLinks(from thread: ThreadID, to other: ThreadID) throws {
    let sql = """
      INSERT OR IGNORE INTO record_thread (record_id, thread_id, linked_at)
      SELECT record_id, ?, linked_at FROM record_thread WHERE thread_id = ?
      """
    try Query(self, sql).run(other, thread)
    try Query(self, "DELETE FROM record_thread WHERE thread_id = ?").run(thread)
    try Query(self, "UPDATE hold SET scope_id = ? WHERE kind = 'thread' AND scope_id = ?").run(other, thread)
  }

  /// Whether an erasure goes by threads now: until it has ended no mail may come into another thread, or it would take
  /// more, or less, than it told before.
  func erasesThreads(_ tenant: TenantID) throws -> Bool {
    let sql = """
      SELECT 1 FROM purge WHERE tenant_id = ? AND state = 'running' AND kind IN ('thread', 'record')
      """
    return try Query(self, sql).exists(tenant)
  }

  func requireNoErasureOfThreads(_ tenant: TenantID) throws {
    if try erasesThreads(tenant) { throw MailStoreError.conflict("being erased") }
  }
}

internal import GRDB

/// A purge's scope as it is kept while the purge runs.
struct StoredScope {
  var kind: String
  var id: Int64 = 0
  var text = ""
  var identity: [UInt8] = []
  /// More that must be true of its mails.
  private var free: (sql: String, values: [any Bindable]) = ("", [])

  init(kind: String, id: Int64 = 0, text: String = "", identity: [UInt8] = []) {
    (self.kind, self.id, self.text, self.identity) = (kind, id, text, identity)
  }

  /// What is due and not held now.
  init(_ due: RetentionDue, _ tenant: TenantID, _ db: Database) throws {
    self.init(kind: "retention", text: due.text)
    free = try db.notHeld(tenant)
  }

  /// - Throws: ``MailStoreError/notFound(_:)`` when the tenant has no such mailbox, thread or mail.
  init(_ scope: PurgeScope, tenant: TenantID, _ db: Database) throws {
    try db.require(tenant)
    switch scope {
    case .tenant:
      kind = "tenant"
    case .mailbox(let mailbox):
      kind = "mailbox"
      id = try db.mailbox(mailbox, tenant: tenant).id.value
    case .contact(let email):
      kind = "contact"
      text = email.lowercased()
    case .thread(let thread):
      kind = "thread"
      id = try db.thread(thread, tenant: tenant).id.value
    case .mail(let mail):
      kind = "mail"
      let mail = try db.mail(mail, tenant: tenant)
      id = mail.id.value
      text = mail.envelope.messageID ?? ""
      identity = mail.envelope.identity
    case .record(let record):
      kind = "record"
      guard let row = try db.record(record, tenant) else { throw MailStoreError.notFound("record") }
      id = row
    case .olderThan(let time):
      kind = "age"
      id = time.milliseconds
    }
  }

  init(_ purge: PurgeID, _ db: Database) throws {
    let sql = "SELECT kind, scope_id, scope_text, scope_identity, tenant_id FROM purge WHERE id = ?"
    let found = try Query(db, sql).first(purge) {
      (
        StoredScope(kind: $0.text(0), id: $0.int(1), text: $0.text(2), identity: $0.blob(3)),
        TenantID($0.int(4))
      )
    }
    guard let found else { throw MailStoreError.notFound("purge") }
    self = found.0
    // A hold that was placed since is kept.
    if kind == "retention" { free = try db.notHeld(found.1) }
  }

  var takesMailboxes: Bool { kind == "tenant" || kind == "mailbox" }

  /// The condition on `mail` that tells what is in scope. By the tenant in every case, so that no
  /// scope can reach beyond it.
  func mails(_ tenant: TenantID) -> (sql: String, values: [any Bindable]) {
    switch kind {
    case "tenant": ("mail.tenant_id = ?", [tenant])
    case "mailbox": ("mail.mailbox_id = ? AND +mail.tenant_id = ?", [id, tenant])
    case "contact":
      (
        "mail.id IN (SELECT mail_id FROM contact WHERE tenant_id = ? AND email_key = ?) AND +mail.tenant_id = ?",
        [tenant, text, tenant]
      )
    case "thread": ("mail.thread_id = ? AND +mail.tenant_id = ?", [id, tenant])
    // The same mail in the tenant's other mailboxes goes too (S11).
    case "mail" where !text.isEmpty:
      (
        """
        mail.id IN (SELECT mail_id FROM link WHERE tenant_id = ? AND name = ? AND own = 1)
          AND mail.message_id = ? AND mail.identity = ?
        """, [tenant, SearchKeys.name(text), text, identity]
      )
    case "record": record(tenant)
    case "retention": retention(tenant)
    case "mail": ("mail.id = ? AND +mail.tenant_id = ?", [id, tenant])
    default: ("mail.tenant_id = ? AND mail.received_at < ?", [tenant, id])
    }
  }

  private func retention(_ tenant: TenantID) -> (sql: String, values: [any Bindable]) {
    // A text that cannot be read takes nothing.
    guard let due = RetentionDue(text: text) else { return ("FALSE", []) }
    let (mails, values) = due.mails(tenant)
    return (mails + free.sql, values + free.values)
  }

  private func record(_ tenant: TenantID) -> (sql: String, values: [any Bindable]) {
    let (mails, values) = RecordRow.mails(id, tenant)
    return ("mail.id IN (\(mails)) AND +mail.tenant_id = ?", values + [tenant])
  }

  /// What an erasure of this scope would take now.
  func counts(_ tenant: TenantID, _ db: Database) throws -> PurgeCounts {
    let (scope, values) = mails(tenant)
    var counts = PurgeCounts()
    let sums = try Query(
      db,
      """
      SELECT count(*), count(body.mail_id), coalesce(sum(body.octets), 0), count(submission.id)
      FROM mail LEFT JOIN body ON body.mail_id = mail.id LEFT JOIN submission ON submission.mail_id = mail.id
      WHERE \(scope)
      """
    ).all(list: values) { ($0.int(0), $0.int(1), $0.int(2), $0.int(3)) }
    if let (mails, bodies, octets, submissions) = sums.first {
      (counts.mails, counts.bodies, counts.octets, counts.submissions) = (mails, bodies, octets, submissions)
    }
    counts.threads = try threads(tenant, db)
    counts.uploads = try uploads(tenant, db)
    if kind == "mailbox" {
      counts.mailboxes = try Query(db, "SELECT count(*) FROM mailbox WHERE id = ?").number(id)
    }
    if kind == "tenant" {
      counts.mailboxes = try Query(db, "SELECT count(*) FROM mailbox WHERE tenant_id = ?").number(tenant)
    }
    return counts
  }

  /// The tenant's uploads, or those that mails in scope were made from.
  private func uploads(_ tenant: TenantID, _ db: Database) throws -> Int64 {
    if kind == "tenant" {
      return try Query(db, "SELECT count(*) FROM upload WHERE tenant_id = ?").number(tenant)
    }
    // Mostly there are none at all, and then no mail is looked at.
    guard try Query(db, "SELECT 1 FROM upload WHERE tenant_id = ?").exists(tenant) else { return 0 }
    let (scope, values) = mails(tenant)
    return try Query(
      db,
      """
      SELECT count(DISTINCT upload_use.upload_id) FROM mail CROSS JOIN upload_use ON upload_use.mail_id = mail.id
      WHERE \(scope)
      """
    ).all(list: values) { $0.int(0) }.first ?? 0
  }

  /// Threads that have no mail left but duplicates when the scope is gone.
  private func threads(_ tenant: TenantID, _ db: Database) throws -> Int64 {
    let (scope, values) = mails(tenant)
    let taken = try Query(
      db,
      """
      SELECT thread_id, sum(state <> 'duplicate') FROM mail WHERE \(scope) AND +thread_id IS NOT NULL GROUP BY thread_id
      """
    ).all(list: values) { (ThreadID($0.int(0)), $0.int(1)) }
    let all = try Query(db, "SELECT count(*) FROM mail WHERE thread_id = ? AND state <> 'duplicate'")
    var emptied: Int64 = 0
    for (thread, mails) in taken where try all.number(thread) == mails { emptied += 1 }
    return emptied
  }
}

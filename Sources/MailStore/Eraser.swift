internal import GRDB

/// Takes mails out of the database with everything that was written because of them.
struct Eraser {
  private(set) var counts = PurgeCounts()
  /// What the ledger must know of what was done.
  var facts: [LedgerFact] {
    var facts: [LedgerFact] = []
    if !mails.isEmpty { facts.append(.mails(mails)) }
    if let marks = tombstones?.made, !marks.isEmpty { facts.append(.marks(marks)) }
    if !uploads.isEmpty { facts.append(.uploads(uploads)) }
    return facts + owners
  }

  private var mails: [MailID] = []
  private var uploads: [UploadID] = []
  private var owners: [LedgerFact] = []

  private let db: Database
  private let tenant: TenantID
  private let scope: StoredScope
  /// nil when the tenant itself goes: nothing of it can come back.
  private var tombstones: Tombstones?
  private var threads: Set<ThreadID> = []
  /// Records that lost links.
  private var records: Set<Int64> = []

  init(_ scope: StoredScope, _ tenant: TenantID, _ keyring: Keyring, _ db: Database) throws {
    self.db = db
    self.tenant = tenant
    self.scope = scope
    tombstones = scope.kind == "tenant" ? nil : try Tombstones(db, tenant, keyring)
  }

  /// Does again what a ledger says, which has the marks, too.
  init(again tenant: TenantID, _ db: Database) {
    self.db = db
    self.tenant = tenant
    // No mail has the number 0.
    scope = StoredScope(kind: "mail")
    tombstones = nil
  }

  /// - Throws: SQLite's errors only; a mail that is not there is passed over.
  mutating func erase(_ id: MailID) throws {
    guard
      let mail = try Query(db, "SELECT \(Mail.columns) FROM mail WHERE id = ?").first(
        id, read: { try Mail($0) })
    else { return }
    // A header whose time is over may be read again, or its mail tracked, like any that was never read.
    if scope.kind != "retention" || mail.loggedAt != nil || mail.deletedAt != nil {
      try tombstones?.bury(messageID: mail.envelope.messageID, identity: mail.envelope.identity)
      // The forward that brought it must not bring it again.
      if let carrier = mail.carrierID {
        try tombstones?.bury(messageID: carrier, identity: mail.envelope.identity)
      }
    }
    try Query(db, "DELETE FROM deletion WHERE mail_id = ?").run(id)
    try db.forgetInSearch(id, mail.mailboxID)
    let link = try Query(db, "DELETE FROM link WHERE tenant_id = ? AND name = ? AND mail_id = ?")
    for messageID in [mail.envelope.messageID, mail.carrierID].compactMap({ $0 })
      + SearchKeys.messageIDs(inReplyTo: mail.envelope.inReplyTo, references: mail.envelope.references)
    {
      try link.run(tenant, SearchKeys.name(messageID), id)
    }
    var clues = MailClues()
    (clues.threadIndex, clues.providerThread) = (mail.threadIndex, mail.providerThread)
    if clues.hasIndex { try link.run(tenant, SearchKeys.threadIndex(clues.threadIndex), id) }
    if let thread = clues.providerThread {
      try link.run(tenant, SearchKeys.providerThread(thread, mail.mailboxID), id)
    }
    let contact = try Query(db, "DELETE FROM contact WHERE tenant_id = ? AND email_key = ? AND mail_id = ?")
    for key in SearchKeys.emails(mail.envelope.addresses) { try contact.run(tenant, key, id) }
    // An erased record's own links go last: by them its mails in other mailboxes are found.
    let links = try Query(
      db, "DELETE FROM record_mail WHERE mail_id = ? AND record_id <> ? RETURNING record_id")
    records.formUnion(try links.all(id, erasedRecord) { $0.int(0) })
    try db.dropNews(of: id, tenant)
    // The UID stays known as that of a purged mail, or the next comparison would read it again.
    try Query(db, "UPDATE location SET mail_id = NULL WHERE mail_id = ?").run(id)
    try db.releaseContents(of: .body(id))
    let octets = try Query(db, "DELETE FROM body WHERE mail_id = ? RETURNING octets").all(id) { $0.int(0) }
    counts.bodies += Int64(octets.count)
    counts.octets &+= octets.reduce(0, &+)
    for submission in try Query(db, "SELECT id FROM submission WHERE mail_id = ?").all(
      id, read: { SubmissionID($0.int(0)) })
    {
      try Query(db, "DELETE FROM idempotency WHERE submission_id = ?").run(submission)
      try db.deleteOutgoing(submission)
      counts.submissions += Int64(try Query(db, "DELETE FROM submission WHERE id = ?").run(submission))
    }
    // What it was made from: its content is the mail's.
    let uploads = try Query(db, "SELECT upload_id FROM upload_use WHERE mail_id = ?").all(
      id, read: { UploadID($0.int(0)) })
    for upload in uploads { try erase(upload) }
    counts.mails += Int64(try Query(db, "DELETE FROM mail WHERE id = ?").run(id))
    mails.append(id)
    if let thread = mail.threadID { threads.insert(thread) }
  }

  /// Threads that lost mails: an empty one goes, the others are described by what is left of them.
  mutating func settleThreads() throws {
    let oldest = try Query(
      db,
      """
      SELECT base_subject, subject FROM mail WHERE thread_id = ? AND state <> 'duplicate' ORDER BY received_at, id LIMIT 1
      """)
    let describe = try Query(
      db,
      """
      UPDATE thread SET subject = ?, subject_key = ?, last_mail_at =
        (SELECT max(received_at) FROM mail WHERE thread_id = thread.id) WHERE id = ?
      """)
    let (mails, values) = scope.mails(tenant)
    let inScope = try Query(
      db, "SELECT mail.id FROM mail INDEXED BY mail_by_thread WHERE mail.thread_id = ? AND \(mails) LIMIT 1")
    for thread in threads.sorted() {
      // The step that takes its last mail settles it; until then it must be known which mails it has.
      if try !inScope.all(list: [thread] + values, read: { $0.int(0) }).isEmpty { continue }
      let subject = try oldest.first(thread) { $0.text(0).isEmpty ? $0.text(1) : $0.text(0) }
      if let subject {
        try describe.run(subject, subject.lowercased(), thread)
        continue
      }
      // Duplicates are nothing without the mail that was logged.
      try Query(
        db, "UPDATE mail SET thread_id = NULL, state = 'envelope', matched_by = NULL WHERE thread_id = ?"
      )
      .run(thread)
      let links = try Query(db, "DELETE FROM record_thread WHERE thread_id = ? RETURNING record_id")
      records.formUnion(try links.all(thread) { $0.int(0) })
      try Query(db, "DELETE FROM merged_thread WHERE into_id = ?").run(thread)
      counts.threads += Int64(try Query(db, "DELETE FROM thread WHERE id = ?").run(thread))
    }
    threads = []
    for record in records where record != erasedRecord { try db.forgetRecordIfBare(record) }
    records = []
  }

  private var erasedRecord: Int64 { scope.kind == "record" ? scope.id : 0 }

  /// A record whose mails are gone.
  mutating func eraseRecord(_ id: Int64) throws {
    try Query(db, "DELETE FROM record_mail WHERE record_id = ?").run(id)
    try Query(db, "DELETE FROM record_thread WHERE record_id = ?").run(id)
    try Query(db, "DELETE FROM record WHERE id = ?").run(id)
    owners.append(.record(id))
  }

  mutating func erase(_ upload: UploadID) throws {
    counts.uploads += Int64(try db.deleteUpload(upload))
    uploads.append(upload)
  }

  /// A mailbox without mails: its folders, its key and itself.
  mutating func erase(_ mailbox: MailboxID, _ keyring: Keyring) throws {
    let key = try Query(db, "SELECT key_id FROM mailbox WHERE id = ?").first(mailbox) { $0.text(0) }
    guard let key else { return }
    // The key first: if what follows is cut short, nothing sealed is readable, and it is done again.
    try keyring.destroy([key])
    // Mails released theirs; this takes those that were begun and never completed.
    let left = try Query(db, "SELECT id FROM attachment WHERE mailbox_id = ?").all(mailbox) { $0.int(0) }
    for id in left { try db.deleteContent(id) }
    try Query(
      db, "DELETE FROM location WHERE folder_id IN (SELECT id FROM folder WHERE mailbox_id = ?)"
    ).run(mailbox)
    try Query(db, "DELETE FROM folder WHERE mailbox_id = ?").run(mailbox)
    counts.mailboxes += Int64(try Query(db, "DELETE FROM mailbox WHERE id = ?").run(mailbox))
    owners.append(.mailbox(mailbox))
  }

  /// A tenant without mailboxes: all that has its number, except receipts.
  mutating func eraseTenant(_ keyring: Keyring) throws {
    owners.append(.tenant)
    let key = try Query(db, "SELECT key_id FROM tenant WHERE id = ?").first(tenant) { $0.text(0) }
    if let key { try keyring.destroy([key]) }
    for upload in try db.uploads(of: tenant, limit: .max) { try db.deleteUpload(upload) }
    try Query(
      db, "DELETE FROM merged_thread WHERE into_id IN (SELECT id FROM thread WHERE tenant_id = ?)"
    ).run(tenant)
    for table in ["record_mail", "record_thread"] {
      try Query(
        db, "DELETE FROM \(table) WHERE record_id IN (SELECT id FROM record WHERE tenant_id = ?)"
      ).run(tenant)
    }
    for table in [
      "webhook", "retention", "hold", "deletion", "search", "search_todo", "tenant_settings", "record",
      "thread", "link",
      "contact", "tombstone",
      "idempotency", "event", "token",
    ] {
      try Query(db, "DELETE FROM \(table) WHERE tenant_id = ?").run(tenant)
    }
    try Query(db, "DELETE FROM tenant WHERE id = ?").run(tenant)
  }
}

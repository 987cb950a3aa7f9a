internal import GRDB

/// One answered window of a folder on its way into the database, inside one transaction.
///
/// Doing it again changes nothing: a stored UID only gets its flags anew.
struct SyncCommit {
  private let db: Database
  private let batch: SyncBatch
  private let tenant: TenantID
  private let threading: Threading
  private var matches: Bool
  private let tombstones: Tombstones?
  private let inserter: MailInserter
  private let located: Query
  private let locate: Query
  private let known: Query
  private let setKeywords: Query
  private var inserted = 0
  /// Locations made less locations removed.
  private var stored = 0

  init(_ db: Database, _ batch: SyncBatch, _ keyring: Keyring) throws {
    self.db = db
    self.batch = batch
    tenant = try db.mailbox(batch.mailboxID, tenant: nil).tenantID
    threading = try Threading(db, tenant)
    matches = try threading.hasTrackedThreads()
    tombstones = try Tombstones.ifAny(db, tenant, keyring)
    inserter = try MailInserter(db)
    located = try Query(db, "SELECT mail_id FROM location WHERE folder_id = ? AND uid = ?")
    locate = try Query(db, "INSERT INTO location (folder_id, uid, mail_id) VALUES (?, ?, ?)")
    known = try Query(
      db, "SELECT id, state FROM mail WHERE mailbox_id = ? AND substr(identity, 1, 16) = substr(?, 1, 16)")
    setKeywords = try Query(db, "UPDATE mail SET keywords = ? WHERE id = ?")
  }

  mutating func run(at: Timestamp, _ effects: inout Effects) throws -> SyncOutcome {
    try requireFolder()
    for message in batch.messages { try store(message, at: at, &effects) }
    for change in batch.keywordChanges {
      let mail = try located.first(batch.folderID, change.uid) { $0.optionalInt(0).map(MailID.init) }
      if let mail, let mail { try setKeywords.run(Words.text(change.keywords), mail) }
    }
    try threading.settle(at: at, &effects)
    try expunge(at: at, &effects)
    let sql = """
      UPDATE folder SET uid_validity = ?, cursor_low = ?, cursor_high = ?, mod_seq = ?, server_total = ?,
        stored = max(stored + ?, 0) WHERE id = ?
      """
    try Query(db, sql).run(
      batch.cursor.uidValidity, batch.cursor.low, batch.cursor.high,
      batch.cursor.modSeq.map { Int64(bitPattern: $0) }, batch.serverTotal, stored, batch.folderID)
    var outcome = SyncOutcome()
    outcome.inserted = inserted
    outcome.wanted = threading.wanted.sorted()
    return outcome
  }

  /// UIDs mean nothing under another UIDVALIDITY: the folder must have been reset first.
  private func requireFolder() throws {
    let validity = try Query(db, "SELECT uid_validity FROM folder WHERE id = ? AND mailbox_id = ?").first(
      batch.folderID, batch.mailboxID
    ) { $0.optionalInt(0) }
    guard let validity else { throw MailStoreError.notFound("folder") }
    if let validity, validity != Int64(batch.cursor.uidValidity) {
      throw MailStoreError.conflict("uidValidity")
    }
  }

  private mutating func store(
    _ message: SyncBatch.Message, at: Timestamp, _ effects: inout Effects
  ) throws {
    let envelope = message.envelope
    if let mail = try located.first(batch.folderID, message.uid, read: { $0.optionalInt(0).map(MailID.init) })
    {
      // A location without a mail is that of a purged one.
      if let mail { try setKeywords.run(Words.text(message.keywords), mail) }
      return
    }
    if let tombstones, try tombstones.hold(messageID: envelope.messageID, identity: envelope.identity) {
      let mail = try known.first(batch.mailboxID, envelope.identity) { MailID($0.int(0)) }
      return try place(message.uid, mail)
    }
    // A mail that is known already gets no thread twice.
    var place =
      matches
      ? try threading.place(
        of: envelope, message.clues, mailbox: batch.mailboxID, receivedAt: message.receivedAt, at: at) : nil
    var begins = false
    if place == nil, let rule = try ownWay(message),
      try known.first(batch.mailboxID, envelope.identity, read: { _ in true }) == nil
    {
      place = try threading.begin(envelope, by: rule, receivedAt: message.receivedAt, at: at)
      begins = place != nil
      if begins { matches = true }
    }
    let mail = try inserter.insert(
      NewMail(
        tenant: tenant, mailbox: batch.mailboxID, thread: place?.thread, envelope: envelope,
        receivedAt: message.receivedAt, direction: message.direction, state: place?.state ?? .envelope,
        matchedBy: place?.rule, origin: .inbox, keywords: message.keywords,
        parseFailed: message.parseFailed, route: message.route, clues: message.clues))
    guard let mail else { return try addLocation(message) }
    try self.place(message.uid, mail)
    inserted += 1
    if place == nil, envelope.isBounce { try noteReport(mail, message, at: at) }
    if let place {
      if begins {
        try NewEvent(
          tenant: tenant, type: .threadTracked, mailbox: batch.mailboxID, thread: place.thread, mail: mail
        ).append(at: at, db, &effects)
      }
      try threading.mailJoined(
        place.thread, mailbox: place.state == .wanted ? batch.mailboxID : nil, messageID: envelope.messageID,
        receivedAt: message.receivedAt)
    }
  }

  /// A report that names no mail of ours in its header may do so in its body: it is read, and kept only if it does.
  ///
  /// Older ones are about mail that was sent before anybody asked.
  private func noteReport(_ mail: MailID, _ message: SyncBatch.Message, at: Timestamp) throws {
    guard message.direction == .incoming, message.receivedAt >= at.adding(seconds: -Self.reportAgeSeconds),
      try matches || Query(db, "SELECT 1 FROM submission WHERE tenant_id = ?").exists(tenant)
    else { return }
    try Query(db, "INSERT OR IGNORE INTO report_to_read (mail_id, mailbox_id) VALUES (?, ?)")
      .run(mail, batch.mailboxID)
    threading.want(batch.mailboxID)
  }

  /// Servers try for 4 to 5 days (RFC 5321 §4.5.4.1); a mailbox may have been out of reach for longer.
  private static let reportAgeSeconds: Int64 = 30 * 86_400

  /// Why a mail is logged that belongs to no conversation.
  private func ownWay(_ message: SyncBatch.Message) throws -> MatchRule? {
    switch message.route {
    case .bcc: .bcc
    case .forward: .forward
    case .header: .header
    case nil: try matches && threading.isWithKnownContact(message.envelope, message.clues) ? .contact : nil
    }
  }

  private mutating func place(_ uid: UInt32, _ mail: MailID?) throws {
    try locate.run(batch.folderID, uid, mail)
    stored += 1
  }

  /// The mailbox has this mail already, in another folder or from before.
  private mutating func addLocation(_ message: SyncBatch.Message) throws {
    let found = try known.first(batch.mailboxID, message.envelope.identity) {
      (MailID($0.int(0)), try $0.word(1, MailState.self))
    }
    guard let (mail, state) = found else { throw MailStoreError.corrupt("an identity") }
    try place(message.uid, mail)
    try setKeywords.run(Words.text(message.keywords), mail)
    if state == .wanted { threading.want(batch.mailboxID) }
    try learn(message.clues, of: mail)
    // It had been moved, not removed.
    if state == .gone {
      let sql = """
        UPDATE mail SET state = 'wanted' WHERE id = ?
          AND EXISTS (SELECT 1 FROM thread WHERE thread.id = mail.thread_id AND thread.tracked = 1)
        """
      if try Query(db, sql).run(mail) > 0 { threading.want(batch.mailboxID) }
    }
  }

  /// A mail that was sent by call has no clues until the server shows its copy.
  private func learn(_ clues: MailClues, of mail: MailID) throws {
    guard clues.hasIndex || clues.providerThread != nil else { return }
    let sql = """
      UPDATE mail SET thread_index = ?, provider_thread = ? WHERE id = ? AND thread_index = x'' AND provider_thread IS NULL
      """
    if try Query(db, sql).run(clues.threadIndex, clues.providerThread, mail) > 0 {
      try inserter.find(mail, tenant, batch.mailboxID, clues)
    }
  }

  private mutating func expunge(at: Timestamp, _ effects: inout Effects) throws {
    let delete = try Query(
      db, "DELETE FROM location WHERE folder_id = ? AND uid BETWEEN ? AND ? RETURNING mail_id")
    for range in batch.expunged {
      let mails = try delete.all(batch.folderID, range.lowerBound, range.upperBound) { $0.optionalInt(0) }
      stored -= mails.count
      try db.noteUnlocated(
        mails.compactMap { $0.map(MailID.init) }, tenant: tenant, mailbox: batch.mailboxID, at: at, &effects)
    }
  }
}

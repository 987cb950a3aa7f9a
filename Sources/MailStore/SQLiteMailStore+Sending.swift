internal import GRDB
internal import MailPacking
internal import Sealing

extension SQLiteMailStore {
  /// How long a caller's key is remembered.
  package static let idempotencySeconds: Int64 = 30 * 24 * 3600

  package func createSubmission(
    _ asked: NewSubmission, at: Timestamp
  ) async throws(MailStoreError) -> CreatedSubmission {
    let (owner, isForbidden) = try await read { [keyring] db in
      let mailbox = try db.mailbox(asked.mailboxID, tenant: asked.tenantID)
      let owner = SealingOwner(
        tenant: asked.tenantID, mailbox: mailbox.id, key: try db.key(of: mailbox.id, keyring))
      return (owner, try db.loggingRules(of: asked.tenantID).forbids(asked.envelope.addresses))
    }
    var allowed = asked
    if isForbidden { allowed.tracked = false }
    let new = allowed
    if !new.tracked, new.uploads.isEmpty {
      let packed = try await BodyWriter.packedWhole(new.raw)
      return try await createSubmission(new, at: at) { db, submission in
        let place = Bodies.Place.outgoing(submission.id)
        try Bodies.insert(packed, octets: new.raw.count, place, owner, db)
      }
    }
    let writer = BodyWriter(store: self, owner: owner)
    // A content that the mailbox loses while the mail is written is rare; twice is no chance.
    for _ in 0..<3 {
      let body = try await writer.prepare(new.raw, uploads: try await uploads(of: new, at: at))
      do {
        let created = try await createSubmission(new, at: at) { db, submission in
          let place: Bodies.Place = new.tracked ? .body(submission.mailID) : .outgoing(submission.id)
          do { try body.insert(place, owner, db) } catch is UploadCopyGone {
            throw MailStoreError.conflict(Self.copyGone)
          }
          try db.useUploads(of: new, by: submission.mailID)
        }
        if created.replayed { await writer.discard(body) }
        return created
      } catch {
        await writer.discard(body)
        if error != .conflict(Self.copyGone) { throw error }
      }
    }
    throw .failed("contents come and go")
  }

  private static let copyGone = "an upload's copy is gone"

  /// - Throws: when one of them is not there, or not committed.
  private func uploads(of new: NewSubmission, at: Timestamp) async throws(MailStoreError) -> [UploadContent] {
    if new.uploads.isEmpty { return [] }
    return try await read { [keyring] db in
      try new.uploads.map { placed in
        let row = try db.upload(placed.id, tenant: new.tenantID, at: at, keyring)
        guard row.upload.state == .committed, row.upload.received > 0 else {
          throw MailStoreError.upload(.incomplete(received: row.upload.received, size: row.upload.size))
        }
        let absent = AbsentContent(
          place: placed.place, octets: Int(clamping: row.upload.received),
          beginning: try row.committedPiece(0, db))
        return UploadContent(row: row, absent: absent)
      }
    }
  }

  private func createSubmission(
    _ new: NewSubmission, at: Timestamp,
    storing store: @escaping @Sendable (Database, Submission) throws -> Void
  ) async throws(MailStoreError) -> CreatedSubmission {
    try await write { db, effects in
      _ = try db.mailbox(new.mailboxID, tenant: new.tenantID)
      let first = try db.remembered(
        new.idempotencyKey, fingerprint: new.fingerprint, tenant: new.tenantID, at: at)
      if let first { return first }
      let mail = try db.insertOutgoing(new, at: at, &effects)
      let submission = try db.insertSubmission(new, mail: mail.id, at: at)
      try store(db, submission)
      try db.remember(new, submission.id, at: at)
      try submission.stateEvent.append(at: at, db, &effects)
      return CreatedSubmission(submission: submission, mail: mail, replayed: false)
    }
  }

  package func rememberedSubmission(
    key: String, fingerprint: [UInt8], tenant: TenantID, at: Timestamp
  ) async throws(MailStoreError) -> CreatedSubmission? {
    try await read { try $0.remembered(key, fingerprint: fingerprint, tenant: tenant, at: at) }
  }

  package func submission(_ id: SubmissionID, tenant: TenantID?) async throws(MailStoreError) -> Submission {
    try await read { try $0.submission(id, tenant: tenant) }
  }

  package func submission(ofMail id: MailID, tenant: TenantID?) async throws(MailStoreError) -> Submission? {
    try await read { db in
      let sql = "SELECT \(Submission.columns) FROM submission WHERE mail_id = ?"
      let found = try Query(db, sql).first(id) { try Submission($0) }
      return tenant == nil || found?.tenantID == tenant ? found : nil
    }
  }

  package func dueSubmissions(
    mailbox: MailboxID, by: Timestamp, limit: Int
  ) async throws(MailStoreError) -> [Submission] {
    try await read { db in
      // Rows in the middle of an attempt come first: whoever asks makes none, so their maker was cut off.
      let cutOff = try Query(
        db,
        """
        SELECT \(Submission.columns) FROM submission
        WHERE state IN ('sending', 'dataOpen') AND +mailbox_id = ? ORDER BY id LIMIT ?
        """
      ).all(mailbox, max(limit, 0)) { try Submission($0) }
      let sql = """
        SELECT \(Submission.columns) FROM submission
        WHERE mailbox_id = ? AND state IN ('queued', 'deferred', 'unknown') AND next_attempt_at <= ?
        ORDER BY next_attempt_at, id LIMIT ?
        """
      return cutOff
        + (try Query(db, sql).all(mailbox, by, max(limit, 0) - cutOff.count) { try Submission($0) })
    }
  }

  package func pendingSentCopies(
    mailbox: MailboxID, limit: Int
  ) async throws(MailStoreError) -> [Submission] {
    try await read { db in
      let sql = """
        SELECT \(Submission.columns) FROM submission
        WHERE mailbox_id = ? AND sent_copy = 'pending' AND state = 'accepted' ORDER BY id LIMIT ?
        """
      return try Query(db, sql).all(mailbox, max(limit, 0)) { try Submission($0) }
    }
  }

  package func nextSubmissionDue(mailbox: MailboxID) async throws(MailStoreError) -> Timestamp? {
    try await read { db in
      let sql = """
        SELECT next_attempt_at FROM submission WHERE mailbox_id = ? AND state IN ('queued', 'deferred', 'unknown')
          AND next_attempt_at IS NOT NULL ORDER BY next_attempt_at LIMIT 1
        """
      return try Query(db, sql).first(mailbox) { $0.time(0) }
    }
  }

  /// The octets to send. Errors: notFound when the mail was purged or its fate is settled.
  package func submissionRaw(_ id: SubmissionID) async throws(MailStoreError) -> [UInt8] {
    try await read { [keyring] db in
      let owner = try db.owner(of: id, keyring)
      return try db.outgoing(id, owner).raw(owner, db)
    }
  }

  /// A submission that failed or was cancelled has no copy to file. When the fate of mail and copy is
  /// settled, the octets kept for sending go; those of a tracked mail stay as its body.
  package func updateSubmission(
    _ id: SubmissionID, expected: [SubmissionState], _ update: SubmissionUpdate, at: Timestamp
  ) async throws(MailStoreError) -> Submission {
    try await write { db, effects in
      let before = try db.submission(id, tenant: nil)
      guard expected.contains(before.state) else { throw MailStoreError.conflict(before.state.rawValue) }
      return try db.change(before, update, at: at, &effects)
    }
  }

  package func recoverSubmissions(at: Timestamp) async throws(MailStoreError) {
    try await write { db, effects in
      let sql =
        "SELECT \(Submission.columns) FROM submission WHERE state IN ('sending', 'dataOpen') ORDER BY id"
      for left in try Query(db, sql).all(read: { try Submission($0) }) {
        // Nothing was sent before the final dot was allowed; after it nobody knows.
        var update = SubmissionUpdate(state: left.state == .sending ? .queued : .unknown)
        update.nextAttemptAt = at
        _ = try db.change(left, update, at: at, &effects)
      }
    }
  }
}

extension Submission {
  fileprivate var stateEvent: NewEvent {
    NewEvent(
      tenant: tenantID, type: .submissionState, mailbox: mailboxID, mail: mailID, submission: id,
      facts: ["state": state.rawValue])
  }
}

extension Database {
  func submission(_ id: SubmissionID, tenant: TenantID?) throws -> Submission {
    let sql = "SELECT \(Submission.columns) FROM submission WHERE id = ?"
    let found = try Query(self, sql).first(id) { try Submission($0) }
    guard let found, tenant == nil || tenant == found.tenantID else {
      throw MailStoreError.notFound("submission")
    }
    return found
  }

  /// What the caller's key stands for, or nil when it is new.
  fileprivate func remembered(
    _ key: String?, fingerprint wanted: [UInt8], tenant: TenantID, at: Timestamp
  ) throws -> CreatedSubmission? {
    guard let key else { return nil }
    let sql = """
      SELECT fingerprint, submission_id FROM idempotency WHERE tenant_id = ? AND key = ? AND expires_at > ?
      """
    let found = try Query(self, sql).first(tenant, key, at) { ($0.blob(0), SubmissionID($0.int(1))) }
    guard let (fingerprint, id) = found else { return nil }
    guard fingerprint == wanted else { throw MailStoreError.keyReused }
    let submission = try submission(id, tenant: tenant)
    return CreatedSubmission(
      submission: submission, mail: try mail(submission.mailID, tenant: tenant), replayed: true)
  }

  /// Also forgets some keys that have expired; more than one for each new one, so they die out.
  fileprivate func remember(_ new: NewSubmission, _ id: SubmissionID, at: Timestamp) throws {
    try Query(
      self,
      """
      DELETE FROM idempotency WHERE (tenant_id, key) IN
        (SELECT tenant_id, key FROM idempotency WHERE expires_at <= ? LIMIT 10)
      """
    ).run(at)
    guard let key = new.idempotencyKey else { return }
    let sql = """
      INSERT OR REPLACE INTO idempotency (tenant_id, key, fingerprint, submission_id, expires_at)
      VALUES (?, ?, ?, ?, ?)
      """
    try Query(self, sql).run(
      new.tenantID, key, new.fingerprint, id, at.adding(seconds: SQLiteMailStore.idempotencySeconds))
  }

  /// Notes what the mail was made from, and keeps it for mails to come.
  fileprivate func useUploads(of new: NewSubmission, by mail: MailID) throws {
    let keep = try Query(self, "UPDATE upload SET expires_at = max(expires_at, ?) WHERE id = ?")
    let note = try Query(self, "INSERT OR IGNORE INTO upload_use (mail_id, upload_id) VALUES (?, ?)")
    for upload in new.uploads {
      guard try keep.run(new.uploadsKeptUntil, upload.id) == 1 else {
        throw MailStoreError.notFound("upload")
      }
      try note.run(mail, upload.id)
    }
  }

  /// The mail row of a submission; a tracked one is logged at once, in the thread it answers or in one
  /// that begins with it.
  fileprivate func insertOutgoing(_ new: NewSubmission, at: Timestamp, _ effects: inout Effects) throws
    -> Mail
  {
    let receivedAt = new.sendAt ?? at
    var row = NewMail(
      tenant: new.tenantID, mailbox: new.mailboxID, envelope: new.envelope, receivedAt: receivedAt,
      direction: .outgoing, state: .envelope, origin: new.origin, hasAttachment: new.hasAttachment,
      keywords: ["$seen"])
    let threading = try Threading(self, new.tenantID)
    var isNewThread = false
    if new.tracked {
      var answered = try threading.answered(
        inReplyTo: new.envelope.inReplyTo, references: new.envelope.references, trackedOnly: false)
      if let named = answered {
        answered = try threading.settled(named, new.envelope, receivedAt: receivedAt, at: at)
      }
      let subject = new.envelope.baseSubject.isEmpty ? new.envelope.subject : new.envelope.baseSubject
      row.thread =
        try answered?.thread ?? threading.makeThread(subject: subject, at: at, lastMailAt: receivedAt)
      row.state = .logged
      row.matchedBy = .sent
      row.loggedAt = at
      isNewThread = answered == nil
    }
    guard let id = try MailInserter(self).insert(row) else { throw MailStoreError.exists("mail") }
    let mail = try mail(id, tenant: new.tenantID)
    if let thread = row.thread {
      let began =
        try Query(self, "UPDATE thread SET tracked = 1 WHERE id = ? AND tracked = 0").run(thread) > 0
      if began || isNewThread {
        try NewEvent(
          tenant: new.tenantID, type: .threadTracked, mailbox: new.mailboxID, thread: thread, mail: id
        )
        .append(at: at, self, &effects)
      }
      for record in new.records { try link(record, thread, new.tenantID, at: at) }
      try threading.mailJoined(
        thread, mailbox: nil, messageID: new.envelope.messageID, receivedAt: receivedAt)
      try mail.loggedEvent.append(at: at, self, &effects)
      try noteForSearch(id, new.tenantID)
      try threading.settle(at: at, &effects)
    }
    return mail
  }

  fileprivate func insertSubmission(_ new: NewSubmission, mail: MailID, at: Timestamp) throws -> Submission {
    let recipients = new.recipients.map { RecipientResult(email: $0, code: 0, text: "", accepted: nil) }
    let sql = """
      INSERT INTO submission (tenant_id, mailbox_id, mail_id, message_id, envelope_from, recipients, state,
        next_attempt_at, sent_copy, created_at, updated_at, wants_reports)
      VALUES (?, ?, ?, ?, ?, ?, 'queued', ?, 'pending', ?, ?, ?)
      """
    try Query(self, sql).run(
      new.tenantID, new.mailboxID, mail, new.envelope.messageID ?? "", new.envelopeFrom,
      Packer.recipients(recipients), new.sendAt ?? at, at, at, new.wantsReports)
    return try submission(SubmissionID(lastInsertedRowID), tenant: nil)
  }

  /// A mail that came back with a bounce had been taken, whatever the connection's end said of it.
  func settleDoubt(_ id: SubmissionID, at: Timestamp, _ effects: inout Effects) throws {
    let before = try submission(id, tenant: nil)
    guard before.state == .unknown else { return }
    _ = try change(before, SubmissionUpdate(state: .accepted), at: at, &effects)
  }

  func change(
    _ before: Submission, _ update: SubmissionUpdate, at: Timestamp, _ effects: inout Effects
  ) throws -> Submission {
    var after = before
    after.state = update.state
    after.recipients = update.recipients ?? before.recipients
    after.attempts = before.attempts &+ (update.countsAttempt ? 1 : 0)
    after.nextAttemptAt = update.state.isFinal ? nil : update.nextAttemptAt ?? before.nextAttemptAt
    after.lastError = update.lastError ?? before.lastError
    after.sentCopy = update.sentCopy ?? before.sentCopy
    if after.sentCopy == .pending && (after.state == .failed || after.state == .cancelled) {
      after.sentCopy = .skipped
    }
    after.updatedAt = at
    let sql = """
      UPDATE submission SET state = ?, recipients = ?, attempts = ?, next_attempt_at = ?, last_error = ?,
        sent_copy = ?, updated_at = ? WHERE id = ?
      """
    try Query(self, sql).run(
      after.state.rawValue, Packer.recipients(after.recipients), after.attempts, after.nextAttemptAt,
      after.lastError, after.sentCopy.rawValue, at, after.id)
    if after.state.isFinal && after.sentCopy != .pending {
      try deleteOutgoing(after.id)
    }
    if after.state != before.state { try after.stateEvent.append(at: at, self, &effects) }
    return after
  }
}

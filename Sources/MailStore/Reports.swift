internal import GRDB

// Reports about delivery, and what they are tied to (S12).

extension SQLiteMailStore {
  package func reportsToRead(_ mailbox: MailboxID, limit: Int) async throws(MailStoreError) -> [WantedMail] {
    try await read { db in
      let sql = """
        SELECT mail.id, location.folder_id, folder.uid_validity, location.uid, mail.size
        FROM report_to_read CROSS JOIN mail ON mail.id = report_to_read.mail_id
          CROSS JOIN location ON location.mail_id = mail.id CROSS JOIN folder ON folder.id = location.folder_id
        WHERE report_to_read.mailbox_id = ? AND (location.folder_id, location.uid) =
          (SELECT folder_id, uid FROM location WHERE mail_id = mail.id ORDER BY folder_id, uid LIMIT 1)
        ORDER BY mail.id DESC LIMIT ?
        """
      return try Query(db, sql).all(mailbox, max(limit, 0)) {
        WantedMail(
          id: MailID($0.int(0)), folderID: FolderID($0.int(1)),
          uidValidity: UInt32(truncatingIfNeeded: $0.int(2)),
          uid: UInt32(truncatingIfNeeded: $0.int(3)), size: $0.int(4))
      }
    }
  }

  package func settleReport(
    _ id: MailID, _ findings: DeliveryFindings?, at: Timestamp
  ) async throws(MailStoreError) -> [MailboxID] {
    try await write { db, effects in
      let wasOpen = try Query(db, "DELETE FROM report_to_read WHERE mail_id = ?").run(id) > 0
      guard wasOpen, let findings else { return [] }
      let report = try db.mail(id, tenant: nil)
      guard report.state == .envelope, let original = try db.original(findings.originalMessageID, of: report)
      else { return [] }
      let tracked = try Query(db, "SELECT 1 FROM thread WHERE id = ? AND tracked = 1")
      if let thread = original.threadID, try tracked.exists(thread) {
        let threading = try Threading(db, report.tenantID)
        // A reference as good as one in the header, though it stands in what was returned.
        try Query(db, "UPDATE mail SET thread_id = ?, state = 'wanted', matched_by = ? WHERE id = ?")
          .run(thread, MatchRule.references.rawValue, id)
        try threading.mailJoined(
          thread, mailbox: report.mailboxID, messageID: report.envelope.messageID,
          receivedAt: report.receivedAt)
        return threading.wanted.sorted()
      }
      // Of a mail that was sent by call and is in no thread the caller learns what became of it, and no more is kept.
      if try db.submissionID(of: original.id) != nil {
        try db.tie(report, isLogged: false, findings, to: original, at: at, &effects)
      }
      return []
    }
  }

  package func deliveryNews(of id: MailID, tenant: TenantID) async throws(MailStoreError) -> [DeliveryNews] {
    try await read { try $0.news("mail_id", id, tenant) }
  }

  package func deliveryNews(in id: MailID, tenant: TenantID) async throws(MailStoreError) -> [DeliveryNews] {
    try await read { try $0.news("report_id", id, tenant) }
  }
}

extension Database {
  fileprivate func news(_ column: String, _ id: MailID, _ tenant: TenantID) throws -> [DeliveryNews] {
    let sql = """
      SELECT bounce.report_id, bounce.mail_id, bounce.email, bounce.action, bounce.severity, bounce.cause, bounce.status,
        bounce.diagnostic, bounce.at
      FROM bounce CROSS JOIN mail ON mail.id = bounce.report_id
      WHERE bounce.\(column) = ? AND mail.tenant_id = ? ORDER BY bounce.report_id, bounce.number
      """
    return try Query(self, sql).all(id, tenant) { row in
      DeliveryNews(
        reportID: MailID(row.int(0)), mailID: row.optionalInt(1).map(MailID.init),
        recipient: .init(
          email: row.optionalText(2), action: try row.word(3), severity: try row.optionalWord(4),
          cause: row.optionalText(5), status: row.optionalText(6), diagnostic: row.optionalText(7)),
        at: row.time(8))
    }
  }

  func submissionID(of mail: MailID) throws -> SubmissionID? {
    try Query(self, "SELECT id FROM submission WHERE mail_id = ?").first(mail) { SubmissionID($0.int(0)) }
  }

  /// The mail of the tenant that has this Message-ID: one that was sent rather than another, and of the same mailbox.
  fileprivate func original(_ messageID: String?, of mail: Mail) throws -> Mail? {
    guard let messageID else { return nil }
    let sql = """
      SELECT \(Mail.columns) FROM link CROSS JOIN mail ON mail.id = link.mail_id
      WHERE link.tenant_id = ? AND link.name = ? AND link.own = 1 AND mail.message_id = ? AND mail.id <> ? LIMIT 20
      """
    let all = try Query(self, sql).all(mail.tenantID, SearchKeys.name(messageID), messageID, mail.id) {
      try Mail($0)
    }
    func rank(_ m: Mail) -> Int {
      (m.direction == .outgoing ? 4 : 0) + (m.state == .duplicate ? 0 : 2)
        + (m.mailboxID == mail.mailboxID ? 1 : 0)
    }
    return all.max { rank($0) < rank($1) }
  }

  /// Writes down what was found in a mail that is logged now, and tells of it.
  func note(_ findings: MailFindings, of mail: Mail, at: Timestamp, _ effects: inout Effects) throws {
    if let report = findings.report {
      let named = report.originalMessageID ?? mail.envelope.inReplyTo.first
      try tie(mail, isLogged: true, report, to: try original(named, of: mail), at: at, &effects)
    } else if findings.isAutoReply, !findings.isBounce {
      let names = mail.envelope.inReplyTo.prefix(1) + mail.envelope.references.reversed().prefix(10)
      let answered = try names.lazy.compactMap { try self.original($0, of: mail) }.first
      try NewEvent(
        tenant: mail.tenantID, type: .mailAutoReplied, mailbox: mail.mailboxID, thread: mail.threadID,
        mail: answered?.id, submission: try answered.flatMap { try submissionID(of: $0.id) },
        facts: ["by": mail.id.text]
      ).append(at: at, self, &effects)
    }
  }

  /// - Parameter original: the mail that bounced; nil when it is not known here.
  fileprivate func tie(
    _ report: Mail, isLogged: Bool, _ findings: DeliveryFindings, to original: Mail?, at: Timestamp,
    _ effects: inout Effects
  ) throws {
    let insert = try Query(
      self,
      """
      INSERT OR IGNORE INTO bounce (report_id, number, mail_id, email, action, severity, cause, status, diagnostic, at)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
      """)
    let contact = try Query(
      self, "INSERT OR IGNORE INTO contact (tenant_id, email_key, mail_id) VALUES (?, ?, ?)")
    for (number, one) in findings.recipients.prefix(DeliveryFindings.recipientsMax).enumerated() {
      let diagnostic = one.diagnostic.map {
        String(String.UnicodeScalarView($0.unicodeScalars.prefix(DeliveryFindings.diagnosticMax)))
      }
      try insert.run(
        report.id, number, original?.id, one.email, one.action.rawValue, one.severity?.rawValue, one.cause,
        one.status, diagnostic, report.receivedAt)
      // Whoever asks for a person's mails, or erases them, means this one too.
      if let email = one.email, isLogged { try contact.run(report.tenantID, email.lowercased(), report.id) }
    }
    let submission = try original.flatMap { try submissionID(of: $0.id) }
    let type: EventType
    switch findings.action {
    case .failed: type = .mailBounced
    case .delayed: type = .mailDelayed
    case .delivered, .relayed, .expanded: return
    }
    var facts = ["by": report.id.text]
    facts["severity"] = findings.severity?.rawValue
    facts["cause"] = findings.cause
    facts["status"] = findings.recipients.first { $0.action == findings.action && $0.status != nil }?.status
    try NewEvent(
      tenant: report.tenantID, type: type, mailbox: original?.mailboxID ?? report.mailboxID,
      thread: original?.threadID ?? report.threadID, mail: original?.id, submission: submission, facts: facts
    ).append(at: at, self, &effects)
    // What bounces was sent: the doubt is over (S14).
    if let submission { try settleDoubt(submission, at: at, &effects) }
  }

  /// Takes out what a mail says as a report, and what reports say of it. A report that is logged has it all in its
  /// body too, and keeps it until it goes itself.
  func dropNews(of id: MailID, _ tenant: TenantID) throws {
    try Query(self, "DELETE FROM report_to_read WHERE mail_id = ?").run(id)
    let contact = try Query(
      self, "DELETE FROM contact WHERE tenant_id = ? AND email_key = ? AND mail_id = ?")
    for email in try Query(self, "DELETE FROM bounce WHERE report_id = ? RETURNING email").all(
      id, read: { $0.optionalText(0) })
    {
      if let email { try contact.run(tenant, email.lowercased(), id) }
    }
    let isLogged = "(SELECT state FROM mail WHERE mail.id = bounce.report_id) = 'logged'"
    try Query(self, "UPDATE bounce SET mail_id = NULL WHERE mail_id = ? AND \(isLogged)").run(id)
    try Query(self, "DELETE FROM bounce WHERE mail_id = ?").run(id)
  }
}

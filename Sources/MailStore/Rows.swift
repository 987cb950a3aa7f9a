internal import GRDB

// How rows become values: the columns in the order in which they are read.

extension Tenant {
  static let columns = "id, name, created_at"

  init(_ row: Columns) {
    self.init(id: TenantID(row.int(0)), name: row.text(1), createdAt: row.time(2))
  }
}

extension TokenRow {
  static let columns = "id, tenant_id, name, scopes, created_at, expires_at, certificate"
  static let columnCount: Int32 = 7

  init(_ row: Columns) {
    self.init(
      id: TokenID(row.int(0)), tenantID: TenantID(row.int(1)), name: row.text(2),
      scopes: Words.list(row.text(3)), createdAt: row.time(4), expiresAt: row.optionalTime(5),
      certificate: row.optionalBlob(6))
  }
}

extension Mailbox {
  static let columns = """
    id, tenant_id, email, display_name, user_name, imap_host, imap_port, imap_security, smtp_host, smtp_port, \
    smtp_security, state, reason, detail, next_attempt_at, provider_files_sent_mail, log_attachments, created_at, \
    smtp_octets_max, identities, sends_per_minute_max, sends_per_day_max, files_sent_seen, oauth_provider
    """

  init(_ row: Columns) throws {
    self.init(
      id: MailboxID(row.int(0)), tenantID: TenantID(row.int(1)), email: row.text(2),
      displayName: row.optionalText(3), userName: row.text(4), imap: try ServerSettings(row, at: 5),
      smtp: try ServerSettings(row, at: 8), state: try row.word(11), reason: try row.optionalWord(12),
      detail: row.optionalText(13), nextAttemptAt: row.optionalTime(14), providerFilesSentMail: row.bool(15),
      logAttachments: row.bool(16), createdAt: row.time(17), smtpOctetsMax: row.optionalInt(18),
      identities: try Unpacker.identities(row.blob(19)),
      sendLimits: SendLimits(perMinute: row.optionalInt(20), perDay: row.optionalInt(21)),
      filesSentSeen: row.bool(22), oauthProvider: row.text(23).isEmpty ? nil : row.text(23))
  }
}

extension ServerSettings {
  fileprivate init(_ row: Columns, at index: Int32) throws {
    guard let port = UInt16(exactly: row.int(index + 1)) else { throw MailStoreError.corrupt("a port") }
    self.init(host: row.text(index), port: port, security: try row.word(index + 2))
  }
}

extension Folder {
  static let columns = """
    id, mailbox_id, name, wire_name, role, syncs, uid_validity, cursor_low, cursor_high, mod_seq, server_total, stored
    """

  init(_ row: Columns) throws {
    var cursor: FolderCursor?
    if let validity = row.optionalInt(6) {
      guard let validity = UInt32(exactly: validity), let low = UInt32(exactly: row.int(7)),
        let high = UInt32(exactly: row.int(8))
      else { throw MailStoreError.corrupt("a folder's cursor") }
      cursor = FolderCursor(
        uidValidity: validity, low: low, high: high,
        modSeq: row.optionalInt(9).map { UInt64(bitPattern: $0) })
    }
    self.init(
      id: FolderID(row.int(0)), mailboxID: MailboxID(row.int(1)), name: row.text(2), wireName: row.blob(3),
      role: try row.optionalWord(4), syncs: row.bool(5), cursor: cursor, serverTotal: row.int(10),
      stored: row.int(11))
  }
}

extension Mail {
  static let columns = """
    mail.id, mail.tenant_id, mail.mailbox_id, mail.thread_id, mail.identity, mail.message_id, mail.reply_ids, \
    mail.reference_ids, mail.subject, mail.base_subject, mail.addresses, mail.sent_at, mail.size, \
    mail.is_auto_reply, mail.is_bounce, mail.received_at, mail.direction, mail.state, mail.matched_by, mail.origin, \
    mail.has_attachment, mail.keywords, mail.logged_at, mail.parse_failed, \
    (SELECT deletion.at FROM deletion WHERE deletion.mail_id = mail.id), \
    mail.route, mail.carrier_id, mail.thread_index, mail.provider_thread
    """
  static let columnCount: Int32 = 29

  /// A condition on `mail`.
  static let isNotDeleted = "NOT EXISTS (SELECT 1 FROM deletion WHERE deletion.mail_id = mail.id)"

  init(_ row: Columns) throws {
    let envelope = MailEnvelope(
      identity: row.blob(4), messageID: row.optionalText(5), inReplyTo: try Unpacker.strings(row.blob(6)),
      references: try Unpacker.strings(row.blob(7)), subject: row.text(8), baseSubject: row.text(9),
      addresses: try Unpacker.addresses(row.blob(10)), sentAt: row.optionalTime(11), size: row.int(12),
      isAutoReply: row.bool(13), isBounce: row.bool(14))
    self.init(
      id: MailID(row.int(0)), tenantID: TenantID(row.int(1)), mailboxID: MailboxID(row.int(2)),
      threadID: row.optionalInt(3).map(ThreadID.init), envelope: envelope, receivedAt: row.time(15),
      direction: try row.word(16), state: try row.word(17), matchedBy: try row.optionalWord(18),
      origin: try row.word(19), hasAttachment: row.bool(20), keywords: Words.list(row.text(21)),
      loggedAt: row.optionalTime(22), parseFailed: row.bool(23), deletedAt: row.optionalTime(24),
      route: try row.optionalWord(25), carrierID: row.optionalText(26), threadIndex: row.blob(27),
      providerThread: row.optionalText(28))
  }
}

extension Thread {
  /// A mail that several mailboxes have counts once (S11).
  static let columns = """
    thread.id, thread.tenant_id, thread.subject, thread.tracked, \
    (SELECT count(*) FROM mail WHERE mail.thread_id = thread.id AND mail.state <> 'duplicate'
      AND \(Mail.isNotDeleted)), \
    thread.created_at, thread.last_mail_at, thread.forked_from
    """

  init(_ row: Columns) {
    self.init(
      id: ThreadID(row.int(0)), tenantID: TenantID(row.int(1)), subject: row.text(2), tracked: row.bool(3),
      mailCount: row.int(4), createdAt: row.time(5), lastMailAt: row.time(6),
      forkedFrom: row.optionalInt(7).map(ThreadID.init))
  }
}

extension Submission {
  static let columns = """
    id, mail_id, mailbox_id, tenant_id, message_id, envelope_from, recipients, state, attempts, next_attempt_at, \
    last_error, sent_copy, created_at, updated_at, wants_reports
    """

  init(_ row: Columns) throws {
    self.init(
      id: SubmissionID(row.int(0)), mailID: MailID(row.int(1)), mailboxID: MailboxID(row.int(2)),
      tenantID: TenantID(row.int(3)), messageID: row.text(4), envelopeFrom: row.text(5),
      recipients: try Unpacker.recipients(row.blob(6)), state: try row.word(7), attempts: row.int(8),
      nextAttemptAt: row.optionalTime(9), lastError: row.optionalText(10), sentCopy: try row.word(11),
      createdAt: row.time(12), updatedAt: row.time(13), wantsReports: row.bool(14))
  }
}

extension Purge {
  static let columns = """
    id, tenant_id, kind, state, mails, bodies, octets, threads, mailboxes, submissions, remaining, log_truncated, \
    requested_by, started_at, finished_at, uploads, statement, signed_by, signature
    """

  init(_ row: Columns) throws {
    var counts = PurgeCounts()
    counts.mails = row.int(4)
    counts.bodies = row.int(5)
    counts.octets = row.int(6)
    counts.threads = row.int(7)
    counts.mailboxes = row.int(8)
    counts.submissions = row.int(9)
    counts.uploads = row.int(15)
    self.init(
      id: PurgeID(row.int(0)), tenantID: TenantID(row.int(1)), kind: row.text(2), state: try row.word(3),
      counts: counts, remaining: row.int(10), logTruncated: row.bool(11), requestedBy: row.text(12),
      startedAt: row.time(13), finishedAt: row.optionalTime(14), signed: nil)
    let statement = row.text(16)
    if !statement.isEmpty {
      signed = SignedReceipt(statement: statement, keyID: row.text(17), signature: row.blob(18))
    }
  }
}

extension Event {
  static let columns = """
    seq, tenant_id, type, mailbox_id, thread_id, mail_id, submission_id, purge_id, at, facts
    """

  init(_ row: Columns) throws {
    self.init(
      seq: row.int(0), tenantID: TenantID(row.int(1)), type: try row.word(2),
      mailboxID: row.optionalInt(3).map(MailboxID.init), threadID: row.optionalInt(4).map(ThreadID.init),
      mailID: row.optionalInt(5).map(MailID.init), submissionID: row.optionalInt(6).map(SubmissionID.init),
      purgeID: row.optionalInt(7).map(PurgeID.init), at: row.time(8), facts: PackedFacts.facts(row.text(9)))
  }
}

/// Words in one column with spaces between.
enum Words {
  static func text(_ words: [String]) -> String { words.joined(separator: " ") }

  static func list(_ text: String) -> [String] {
    text.utf8.split(separator: 0x20).map { String(decoding: $0, as: UTF8.self) }
  }
}

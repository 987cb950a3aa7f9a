internal import GRDB

/// A mail as it is about to be written.
struct NewMail {
  var tenant: TenantID
  var mailbox: MailboxID
  var thread: ThreadID?
  var envelope: MailEnvelope
  var receivedAt: Timestamp
  var direction: Direction
  var state: MailState
  var matchedBy: MatchRule?
  var origin: MailOrigin
  var hasAttachment = false
  var keywords: [String] = []
  var loggedAt: Timestamp?
  var parseFailed = false
  var route: LoggingRoute?
  var clues = MailClues()
}

/// Writes mails with what is needed to find them: one for each transaction.
struct MailInserter {
  private let db: Database
  private let mail: Query
  private let link: Query
  private let contact: Query

  init(_ db: Database) throws {
    self.db = db
    mail = try Query(
      db,
      """
      INSERT INTO mail (tenant_id, mailbox_id, thread_id, identity, message_id, reply_ids, reference_ids, subject,
        base_subject, addresses, sent_at, received_at, size, direction, state, matched_by, origin, is_auto_reply,
        is_bounce, has_attachment, keywords, logged_at, parse_failed, route, thread_index, provider_thread)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
      ON CONFLICT (mailbox_id, substr(identity, 1, 16)) DO NOTHING
      """)
    link = try Query(
      db, "INSERT OR IGNORE INTO link (tenant_id, name, mail_id, own) VALUES (?, ?, ?, ?)")
    contact = try Query(
      db, "INSERT OR IGNORE INTO contact (tenant_id, email_key, mail_id) VALUES (?, ?, ?)")
  }

  /// nil when the mailbox has a mail of this identity already.
  func insert(_ new: NewMail) throws -> MailID? {
    let e = new.envelope
    let inserted = try mail.run(
      new.tenant, new.mailbox, new.thread, e.identity, e.messageID, Packer.strings(e.inReplyTo),
      Packer.strings(e.references), e.subject, e.baseSubject, Packer.addresses(e.addresses), e.sentAt,
      new.receivedAt, e.size, new.direction.rawValue, new.state.rawValue, new.matchedBy?.rawValue,
      new.origin.rawValue, e.isAutoReply, e.isBounce, new.hasAttachment, Words.text(new.keywords),
      new.loggedAt, new.parseFailed, new.route?.rawValue, new.clues.threadIndex, new.clues.providerThread)
    if inserted == 0 { return nil }
    let id = MailID(db.lastInsertedRowID)
    try find(id, new.tenant, e)
    try find(id, new.tenant, new.mailbox, new.clues)
    return id
  }

  /// Rows by which a mail with this envelope is found.
  func find(_ id: MailID, _ tenant: TenantID, _ e: MailEnvelope) throws {
    // First its own: a mail that names itself does not answer itself.
    if let messageID = e.messageID { try link(messageID, of: id, tenant, isOwn: true) }
    for messageID in SearchKeys.messageIDs(inReplyTo: e.inReplyTo, references: e.references) {
      try link(messageID, of: id, tenant, isOwn: false)
    }
    for key in SearchKeys.emails(e.addresses) { try contact.run(tenant, key, id) }
  }

  /// Rows by which its conversation is found without Message-IDs.
  func find(_ id: MailID, _ tenant: TenantID, _ mailbox: MailboxID, _ clues: MailClues) throws {
    if clues.hasIndex { try link.run(tenant, SearchKeys.threadIndex(clues.threadIndex), id, 2) }
    if let thread = clues.providerThread {
      try link.run(tenant, SearchKeys.providerThread(thread, mailbox), id, 3)
    }
  }

  func link(_ messageID: String, of id: MailID, _ tenant: TenantID, isOwn: Bool) throws {
    try link.run(tenant, SearchKeys.name(messageID), id, isOwn)
  }
}

/// What of a mail's lists is written to `link` and `contact`, and taken from there with the mail.
///
/// Bounded, as a header may name thousands. Changing a bound would leave rows behind of mails that are
/// erased later: bounds only grow.
enum SearchKeys {
  static let messageIDsMax = 100
  static let emailsMax = 500

  /// In-Reply-To, then References from the nearest ancestor; the first of all, which began the thread,
  /// is kept when there are too many.
  static func messageIDs(inReplyTo: [String], references: [String]) -> [String] {
    var all = inReplyTo.prefix(messageIDsMax / 2) + references.reversed()
    if all.count > messageIDsMax {
      all = all.prefix(messageIDsMax - 1) + references.prefix(1)
    }
    return unique(Array(all))
  }

  /// FNV-1a of 64 bits. Somebody can make Message-IDs that collide, and gains no more by it than by
  /// sending as many mails with the same one: hits are compared.
  static func name(_ messageID: String) -> Int64 {
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325
    for octet in messageID.utf8 { hash = (hash ^ UInt64(octet)) &* 0x100_0000_01B3 }
    return Int64(bitPattern: hash)
  }

  /// Of the root; the index has that many octets.
  static func threadIndex(_ index: [UInt8]) -> Int64 {
    name(
      "thread-index:"
        + index.prefix(MailClues.indexRootOctets).map { String($0, radix: 16) }.joined(separator: "."))
  }

  static func providerThread(_ id: String, _ mailbox: MailboxID) -> Int64 {
    name("provider-thread:\(mailbox):\(id)")
  }

  static func emails(_ addresses: [Address]) -> [String] {
    unique(addresses.prefix(emailsMax).map { $0.email.lowercased() }.filter { !$0.isEmpty })
  }

  /// The first of each by octets: String's own comparison would take some different ones as equal.
  private static func unique(_ list: [String]) -> [String] {
    if list.count < 2 { return list }
    if list.count < 8 {
      var out: [String] = []
      for text in list where !out.contains(where: { $0.utf8.elementsEqual(text.utf8) }) { out.append(text) }
      return out
    }
    var seen: Set<[UInt8]> = []
    return list.filter { seen.insert(Array($0.utf8)).inserted }
  }
}

internal import GRDB

/// Which mails of a tenant belong to which thread (S7); one for each transaction.
///
/// Message-IDs are compared octet by octet, by SQLite. A mail joins a thread when it answers one of its
/// mails; that its Message-ID is named by one of them does not suffice, as somebody could then pull any
/// mail in by naming it. Only ``track(_:at:)`` takes both ways, because a person asked for it.
final class Threading {
  /// Mails that join at once at the most. Farther ones join when one nearer to them is logged.
  static let relativesMax = 10_000

  /// Mailboxes that have more to fetch now.
  private(set) var wanted: Set<MailboxID> = []

  /// Threads that a mail which came late holds together: it is in the first, its answer in the second.
  private(set) var bridged: [(ThreadID, ThreadID)] = []
  /// Threads that began in this transaction without anybody's asking for them: forks.
  var begun: [ThreadID] = []

  let db: Database
  let tenant: TenantID
  let rules: LoggingRules
  private let namedTracked: Query
  private let namedUntracked: Query
  private let otherCopy: Query
  private let near: Query
  private let join: Query
  private let touch: Query

  init(_ db: Database, _ tenant: TenantID) throws {
    self.db = db
    self.tenant = tenant
    rules = try db.loggingRules(of: tenant)
    // "tracked" is not a parameter: SQLite would look at its value to see whether the index on tracked
    // threads fits, and prepare the statement anew each time.
    func named(tracked: String) -> String {
      """
      SELECT thread.id FROM link CROSS JOIN mail ON mail.id = link.mail_id
        CROSS JOIN thread ON thread.id = mail.thread_id
      WHERE link.tenant_id = ? AND link.name = ? AND link.own = 1 AND mail.message_id = ?
        AND thread.tracked = \(tracked) LIMIT 1
      """
    }
    namedTracked = try Query(db, named(tracked: "1"))
    namedUntracked = try Query(db, named(tracked: "0"))
    otherCopy = try Query(
      db,
      """
      SELECT mail.thread_id, mail.state, mail.matched_by FROM link CROSS JOIN mail ON mail.id = link.mail_id
        CROSS JOIN thread ON thread.id = mail.thread_id
      WHERE link.tenant_id = ? AND link.name = ? AND link.own = 1 AND mail.identity = ? AND mail.mailbox_id <> ?
        AND thread.tracked = 1
      """)
    near = try Query(
      db,
      """
      SELECT \(Relative.columns) FROM link CROSS JOIN mail ON mail.id = link.mail_id
      WHERE link.tenant_id = ? AND link.name = ? LIMIT \(Self.relativesMax)
      """)
    join = try Query(db, "UPDATE mail SET thread_id = ?, state = ?, matched_by = ? WHERE id = ?")
    touch = try Query(db, "UPDATE thread SET last_mail_at = max(last_mail_at, ?) WHERE id = ?")
  }

  /// The mailbox has something to fetch now.
  func want(_ mailbox: MailboxID) { wanted.insert(mailbox) }

  /// Whether the tenant tracks any thread; when it does not, no new mail can join one.
  func hasTrackedThreads() throws -> Bool {
    try Query(db, "SELECT 1 FROM thread WHERE tenant_id = ? AND tracked = 1").exists(tenant)
  }

  /// The thread of the mail that a new one answers: In-Reply-To first, then References from the nearest.
  func answered(
    inReplyTo: [String], references: [String], trackedOnly: Bool
  ) throws -> (thread: ThreadID, rule: MatchRule)? {
    for id in inReplyTo.prefix(SearchKeys.messageIDsMax) {
      if let thread = try threadNaming(id, trackedOnly) { return (thread, .inReplyTo) }
    }
    for id in SearchKeys.messageIDs(inReplyTo: [], references: references) {
      if let thread = try threadNaming(id, trackedOnly) { return (thread, .references) }
    }
    return nil
  }

  private func threadNaming(_ messageID: String, _ trackedOnly: Bool) throws -> ThreadID? {
    let name = SearchKeys.name(messageID)
    let tracked = try namedTracked.first(tenant, name, messageID) { ThreadID($0.int(0)) }
    if tracked != nil || trackedOnly { return tracked }
    return try namedUntracked.first(tenant, name, messageID) { ThreadID($0.int(0)) }
  }

  private typealias Copy = (thread: ThreadID, state: MailState, rule: MatchRule?)

  /// The same mail in a tracked thread, by way of another mailbox; one whose body is stored rather than
  /// another. Chosen here, as sorting in SQLite would cost every new mail a sorter.
  private func copy(messageID: String?, identity: [UInt8], mailbox: MailboxID) throws -> Copy? {
    guard let messageID else { return nil }
    let all = try otherCopy.all(tenant, SearchKeys.name(messageID), identity, mailbox) {
      Copy(ThreadID($0.int(0)), try $0.word(1), try $0.optionalWord(2))
    }
    return all.first { $0.state == .logged } ?? all.first { $0.state == .duplicate } ?? all.first
  }

  /// Where a new mail of `mailbox` belongs, or nil when it is none of our business.
  func place(
    of envelope: MailEnvelope, _ clues: MailClues, mailbox: MailboxID, receivedAt: Timestamp, at: Timestamp
  ) throws -> (thread: ThreadID, state: MailState, rule: MatchRule)? {
    if rules.forbids(envelope.addresses) { return nil }
    let answered = try answered(
      inReplyTo: envelope.inReplyTo, references: envelope.references, trackedOnly: true)
    if let copy = try copy(messageID: envelope.messageID, identity: envelope.identity, mailbox: mailbox) {
      let isStored = copy.state == .logged || copy.state == .duplicate
      return (copy.thread, isStored ? .duplicate : .wanted, answered?.rule ?? copy.rule ?? .tracked)
    }
    let found = try answered ?? matched(envelope, clues, mailbox: mailbox, receivedAt: receivedAt)
    guard let found, let settled = try settled(found, envelope, receivedAt: receivedAt, at: at) else {
      return nil
    }
    return (settled.thread, .wanted, settled.rule)
  }

  /// Where a mail belongs that begins to be tracked by its own way: with the mail it answers, whose thread is
  /// tracked again, or in a thread of its own. What came before it in the conversation was not asked for.
  func begin(
    _ envelope: MailEnvelope, by rule: MatchRule, receivedAt: Timestamp, at: Timestamp
  ) throws -> (thread: ThreadID, state: MailState, rule: MatchRule)? {
    if rules.forbids(envelope.addresses) { return nil }
    let known = try answered(
      inReplyTo: envelope.inReplyTo, references: envelope.references, trackedOnly: false)
    if let known { try Query(db, "UPDATE thread SET tracked = 1 WHERE id = ?").run(known.thread) }
    let subject = envelope.baseSubject.isEmpty ? envelope.subject : envelope.baseSubject
    return (
      try known?.thread ?? makeThread(subject: subject, at: at, lastMailAt: receivedAt), .wanted, rule
    )
  }

  /// The mail that was passed on takes the row and the place of the forward that brought it.
  /// - Returns: nil when the tenant has logged it already; the forward is a copy of that one now.
  func become(
    _ original: LoggedOriginal, _ mail: Mail, at: Timestamp, _ effects: inout Effects
  ) throws -> Mail? {
    guard let first = mail.threadID else { return mail }
    if let messageID = original.envelope.messageID,
      let known = try db.loggedMail(messageID, tenant: tenant, besides: mail.id), let thread = known.threadID
    {
      try Query(db, "UPDATE mail SET state = 'duplicate', thread_id = ? WHERE id = ?").run(thread, mail.id)
      try Query(db, "UPDATE thread SET tracked = 1 WHERE id = ?").run(thread)
      try db.dissolve(first, into: thread, tenant: tenant, at: at, &effects)
      return nil
    }
    let now = try db.become(original, mail)
    let e = now.envelope
    if let known = try answered(inReplyTo: e.inReplyTo, references: e.references, trackedOnly: true),
      known.thread != first
    {
      try Query(db, "UPDATE mail SET thread_id = ?, matched_by = ? WHERE id = ?").run(
        known.thread, known.rule.rawValue, mail.id)
      try db.dissolve(first, into: known.thread, tenant: tenant, at: at, &effects)
    } else if try Query(db, "SELECT count(*) FROM mail WHERE thread_id = ?").number(first) == 1 {
      let subject = e.baseSubject.isEmpty ? e.subject : e.baseSubject
      try Query(db, "UPDATE thread SET subject = ?, subject_key = ?, last_mail_at = ? WHERE id = ?").run(
        subject, subject.lowercased(), now.receivedAt, first)
    }
    return try db.mail(mail.id, tenant: nil)
  }

  /// A mail with `messageID` is in `thread`: those that answer it, and those that answer them, join.
  func mailJoined(_ thread: ThreadID, mailbox: MailboxID?, messageID: String?, receivedAt: Timestamp) throws {
    if let mailbox { wanted.insert(mailbox) }
    try touch.run(receivedAt, thread)
    var open = [messageID].compactMap { $0 }
    var seen: Set<[UInt8]> = []
    var joined = 0
    while let id = open.popLast() {
      guard seen.insert(Array(id.utf8)).inserted else { continue }
      for child in try relatives(by: id) where child.answers(id) {
        if child.state == .envelope {
          if joined == Self.relativesMax { return }
          try add(child, to: thread, .child)
          joined += 1
          if let next = child.messageID { open.append(next) }
        } else if let other = child.thread, other != thread, !child.isPlaced,
          let first = child.inReplyTo.first, first.utf8.elementsEqual(id.utf8)
        {
          bridged.append((thread, other))
        }
      }
    }
  }

  /// Mails that have this Message-ID or name it.
  private func relatives(by messageID: String) throws -> [Relative] {
    try near.all(tenant, SearchKeys.name(messageID)) { try Relative($0) }
      .filter { $0.has(messageID) || $0.answers(messageID) }
  }

  /// Puts an envelope into a thread: wanted, or a duplicate when another mailbox has logged it.
  private func add(_ mail: Relative, to asked: ThreadID, _ asRule: MatchRule) throws {
    if rules.forbids(mail.addresses) { return }
    var (thread, rule) = (asked, asRule)
    if asRule == .child {
      guard
        let settled = try settled(
          (asked, asRule), mail.envelope, receivedAt: mail.receivedAt, at: mail.receivedAt)
      else { return }
      (thread, rule) = settled
    }
    let copy = try copy(messageID: mail.messageID, identity: mail.identity, mailbox: mail.mailbox)
    let state: MailState = copy?.state == .logged || copy?.state == .duplicate ? .duplicate : .wanted
    try join.run(thread, state.rawValue, rule.rawValue, mail.id)
    try touch.run(mail.receivedAt, thread)
    if state == .wanted { wanted.insert(mail.mailbox) }
  }

  func makeThread(subject: String, at: Timestamp, lastMailAt: Timestamp) throws -> ThreadID {
    let sql = """
      INSERT INTO thread (tenant_id, subject, subject_key, tracked, created_at, last_mail_at) VALUES (?, ?, ?, 1, ?, ?)
      """
    try Query(db, sql).run(tenant, subject, subject.lowercased(), at, lastMailAt)
    return ThreadID(db.lastInsertedRowID)
  }
}

extension Threading {
  /// Tells of forks, and makes one of the threads that a late mail holds together: the older one stays.
  func settle(at: Timestamp, _ effects: inout Effects) throws {
    for thread in begun {
      try NewEvent(tenant: tenant, type: .threadTracked, thread: thread).append(at: at, db, &effects)
    }
    begun = []
    let apart = try Query(
      db,
      """
      SELECT 1 FROM thread WHERE id = ? AND tracked = 1 AND forked_from IS NULL
        AND NOT EXISTS (SELECT 1 FROM mail WHERE mail.thread_id = thread.id AND mail.is_placed = 1)
      """)
    // While an erasure goes by threads they stay apart; a caller may merge them afterwards.
    let isErasing = try !bridged.isEmpty && db.erasesThreads(tenant)
    for (one, other) in bridged where !isErasing {
      let (kept, gone) = one < other ? (one, other) : (other, one)
      guard try apart.exists(kept), try apart.exists(gone) else { continue }
      try db.merge(gone, into: kept, tenant: tenant, isPlaced: false, at: at, &effects)
    }
    bridged = []
  }

  /// Tracks the thread of a mail, which is made if it has none, and takes the mail's relatives in:
  /// whatever names it or is named by it, and so on. - Returns: the thread, and whether it is newly tracked.
  func track(_ mail: Mail, at: Timestamp) throws -> (thread: ThreadID, isNews: Bool) {
    let relatives = try relatives(of: mail)
    let isTracked = try Query(db, "SELECT tracked FROM thread WHERE id = ?")
    var thread = mail.threadID
    // A relative's thread, a tracked one if there is any, is the same conversation.
    var best: Int64 = -1
    for id in relatives.compactMap(\.thread) where mail.threadID == nil {
      let tracked = try isTracked.number(id)
      if tracked > best { (thread, best) = (id, tracked) }
    }
    let subject = mail.envelope.baseSubject.isEmpty ? mail.envelope.subject : mail.envelope.baseSubject
    let isNews: Bool
    let target: ThreadID
    if let thread {
      target = thread
      isNews = try isTracked.number(thread) == 0
      try Query(db, "UPDATE thread SET tracked = 1 WHERE id = ?").run(thread)
    } else {
      target = try makeThread(subject: subject, at: at, lastMailAt: mail.receivedAt)
      isNews = true
    }
    for relative in relatives where relative.state == .envelope { try add(relative, to: target, .tracked) }
    return (target, isNews)
  }

  /// The mail itself and all that hang together with it by Message-IDs, stored mails or not between.
  private func relatives(of mail: Mail) throws -> [Relative] {
    let first = try Query(db, "SELECT \(Relative.columns) FROM mail WHERE id = ?").first(mail.id) {
      try Relative($0)
    }
    guard let first else { return [] }
    var found = [first]
    var known: Set<MailID> = [first.id]
    var seen: Set<[UInt8]> = []
    var open = first.names
    while let id = open.popLast(), found.count < Self.relativesMax {
      guard seen.insert(Array(id.utf8)).inserted else { continue }
      for relative in try relatives(by: id)
      where known.insert(relative.id).inserted && found.count < Self.relativesMax {
        found.append(relative)
        open += relative.names
      }
    }
    return found
  }
}

/// What the threading of a mail depends on.
private struct Relative {
  static let columns = """
    mail.id, mail.mailbox_id, mail.thread_id, mail.state, mail.message_id, mail.identity, mail.received_at, \
    mail.reply_ids, mail.reference_ids, mail.addresses, mail.subject, mail.base_subject, mail.is_placed
    """

  let id: MailID
  let mailbox: MailboxID
  let thread: ThreadID?
  let state: MailState
  let messageID: String?
  let identity: [UInt8]
  let receivedAt: Timestamp
  let inReplyTo: [String]
  let references: [String]
  let addresses: [Address]
  let subject: String
  let baseSubject: String
  let isPlaced: Bool

  init(_ row: Columns) throws {
    id = MailID(row.int(0))
    mailbox = MailboxID(row.int(1))
    thread = row.optionalInt(2).map(ThreadID.init)
    state = try row.word(3)
    messageID = row.optionalText(4)
    identity = row.blob(5)
    receivedAt = row.time(6)
    inReplyTo = try Unpacker.strings(row.blob(7))
    references = try Unpacker.strings(row.blob(8))
    addresses = try Unpacker.addresses(row.blob(9))
    subject = row.text(10)
    baseSubject = row.text(11)
    isPlaced = row.bool(12)
  }

  var envelope: MailEnvelope {
    MailEnvelope(
      identity: identity, messageID: messageID, inReplyTo: inReplyTo, references: references,
      subject: subject,
      baseSubject: baseSubject, addresses: addresses, sentAt: nil, size: 0, isAutoReply: false,
      isBounce: false)
  }

  func has(_ name: String) -> Bool { messageID.map { $0.utf8.elementsEqual(name.utf8) } ?? false }

  func answers(_ name: String) -> Bool {
    (inReplyTo + references).contains { $0.utf8.elementsEqual(name.utf8) }
  }

  /// Its own Message-ID and those it names.
  var names: [String] {
    [messageID].compactMap { $0 } + SearchKeys.messageIDs(inReplyTo: inReplyTo, references: references)
  }
}

internal import GRDB

/// What else than Message-IDs tells the conversation of a mail (S7), and what speaks against it.
package struct MailClues: Sendable, Hashable {
  /// Exchange's Thread-Index: 22 octets for the conversation, 5 more for each answer below; or empty.
  package var threadIndex: [UInt8] = []
  /// The provider's own id of the conversation, valid in one mailbox.
  package var providerThread: String?
  /// The subject begins like an answer's ("Re:", "AW:", "回复:", ...).
  package var isReply = false
  /// Written by a machine: lists, reports, notifications. Such mail is never guessed to belong anywhere.
  package var isAutomatic = false
  package init() {}

  var hasIndex: Bool { threadIndex.count >= Self.indexRootOctets }
  /// Octets of a Thread-Index that all mails of a conversation share.
  package static let indexRootOctets = 22
  /// Octets that each answer adds.
  static let indexStepOctets = 5
}

extension Threading {
  /// A thread that is tracked and has what a new mail is compared with.
  typealias Match = (thread: ThreadID, rule: MatchRule)

  /// By what follows after Message-IDs: the provider's conversation, Exchange's, and last the guess.
  func matched(
    _ envelope: MailEnvelope, _ clues: MailClues, mailbox: MailboxID, receivedAt: Timestamp
  ) throws -> Match? {
    if let id = clues.providerThread, let thread = try byProvider(id, mailbox) {
      return (thread, .providerThread)
    }
    if clues.hasIndex, let thread = try byIndex(clues.threadIndex) { return (thread, .threadIndex) }
    if let thread = try guess(envelope, clues, mailbox: mailbox, receivedAt: receivedAt) {
      return (thread, .subject)
    }
    return nil
  }

  private func byProvider(_ id: String, _ mailbox: MailboxID) throws -> ThreadID? {
    let sql = """
      SELECT thread.id FROM link CROSS JOIN mail ON mail.id = link.mail_id CROSS JOIN thread ON thread.id = mail.thread_id
      WHERE link.tenant_id = ? AND link.name = ? AND link.own = 3 AND mail.mailbox_id = ? AND mail.provider_thread = ?
        AND thread.tracked = 1 LIMIT 1
      """
    return try Query(db, sql).first(tenant, SearchKeys.providerThread(id, mailbox), mailbox, id) {
      ThreadID($0.int(0))
    }
  }

  /// Of several threads with one root (one was split) that of the nearest mail above: the one whose index the
  /// new one continues the longest.
  private func byIndex(_ index: [UInt8]) throws -> ThreadID? {
    let sql = """
      SELECT thread.id, mail.thread_index FROM link CROSS JOIN mail ON mail.id = link.mail_id
        CROSS JOIN thread ON thread.id = mail.thread_id
      WHERE link.tenant_id = ? AND link.name = ? AND link.own = 2 AND thread.tracked = 1 ORDER BY mail.id LIMIT 500
      """
    let all = try Query(db, sql).all(tenant, SearchKeys.threadIndex(index)) {
      (ThreadID($0.int(0)), $0.blob(1))
    }
    var best: (thread: ThreadID, shared: Int)?
    for (thread, other) in all {
      let shared = zip(index, other).prefix { $0 == $1 }.count
      guard shared >= MailClues.indexRootOctets, shared > best?.shared ?? 0 else { continue }
      best = (thread, shared)
    }
    return best?.thread
  }

  /// The marked guess: an answer by its subject, with the same subject, somebody of the other side in common, in the
  /// same mailbox, and not long after. Nothing that says otherwise is overruled: not a machine's mail, and not
  /// one that names a mail we know.
  private func guess(
    _ envelope: MailEnvelope, _ clues: MailClues, mailbox: MailboxID, receivedAt: Timestamp
  ) throws -> ThreadID? {
    let key = envelope.baseSubject.lowercased()
    guard rules.settings.matchBySubject, clues.isReply, !clues.isAutomatic, !envelope.isAutoReply,
      !envelope.isBounce, key.unicodeScalars.count >= Self.subjectScalarsMin,
      !Self.commonSubjects.contains(key),
      try !namesKnown(envelope)
    else { return nil }
    let others = outsiders(envelope.addresses)
    if others.isEmpty { return nil }
    let window = Int64(rules.settings.subjectDays) * 86_400
    let sql = """
      SELECT id FROM thread INDEXED BY thread_by_subject
      WHERE tenant_id = ? AND subject_key = ? AND tracked = 1 AND last_mail_at >= ? ORDER BY last_mail_at DESC LIMIT 20
      """
    let threads = try Query(db, sql).all(tenant, key, receivedAt.adding(seconds: -window)) {
      ThreadID($0.int(0))
    }
    for thread in threads {
      let mails = try people(of: thread)
      guard let first = mails.map(\.receivedAt).min(), receivedAt >= first,
        mails.contains(where: { $0.mailbox == mailbox })
      else { continue }
      if mails.contains(where: { !others.isDisjoint(with: outsiders($0.addresses)) }) { return thread }
    }
    return nil
  }

  /// Shorter ones are no subjects.
  private static let subjectScalarsMin = 4
  /// What strangers write over mails that have nothing to do with each other.
  private static let commonSubjects: Set<String> = [
    "hello", "hallo", "question", "frage", "invoice", "rechnung", "meeting", "termin", "update", "test",
    "news",
    "info", "information", "follow up", "follow-up", "quick question", "thank you", "thanks", "danke",
    "your order",
    "order", "request", "anfrage", "bonjour", "hola", "ciao", "(no subject)", "no subject", "kein betreff",
  ]

  private func namesKnown(_ envelope: MailEnvelope) throws -> Bool {
    let known = try Query(
      db,
      """
      SELECT 1 FROM link CROSS JOIN mail ON mail.id = link.mail_id
      WHERE link.tenant_id = ? AND link.name = ? AND link.own = 1 AND mail.message_id = ?
      """)
    let named = SearchKeys.messageIDs(inReplyTo: envelope.inReplyTo, references: envelope.references)
    return try named.contains { try known.exists(tenant, SearchKeys.name($0), $0) }
  }

  // MARK: People

  private typealias Sight = (mailbox: MailboxID, receivedAt: Timestamp, addresses: [Address])

  /// Mails of a thread that are looked at for its people.
  private static let sightsMax = 200

  private func people(of thread: ThreadID) throws -> [Sight] {
    let sql = """
      SELECT mailbox_id, received_at, addresses FROM mail WHERE thread_id = ? ORDER BY received_at LIMIT \(Self.sightsMax)
      """
    return try Query(db, sql).all(thread) {
      (MailboxID($0.int(0)), $0.time(1), try Unpacker.addresses($0.blob(2)))
    }
  }

  /// Those on a mail who are not the tenant's own.
  private func outsiders(_ addresses: [Address]) -> Set<String> {
    var all: Set<String> = []
    for address in addresses where !rules.isOwn(address.email) && !rules.isLoggingAddress(address.email) {
      all.insert(address.email.lowercased())
    }
    return all
  }

  /// Whether a mail with this person was logged before: among the latest ones, so that an address with
  /// a hundred thousand untracked mails costs no more.
  private func isKnown(_ email: String) throws -> Bool {
    let sql = """
      SELECT 1 FROM (SELECT mail_id FROM contact WHERE tenant_id = ? AND email_key = ? ORDER BY mail_id DESC LIMIT 500)
        AS latest CROSS JOIN mail ON mail.id = latest.mail_id WHERE mail.state = 'logged' LIMIT 1
      """
    return try Query(db, sql).exists(tenant, email)
  }

  /// Whether the tenant logs this mail because of who is on it.
  func isWithKnownContact(_ envelope: MailEnvelope, _ clues: MailClues) throws -> Bool {
    guard rules.settings.logKnownContacts, !clues.isAutomatic, !rules.forbids(envelope.addresses) else {
      return false
    }
    return try outsiders(envelope.addresses).prefix(20).contains { try isKnown($0) }
  }

  // MARK: Forks

  /// The thread that a mail belongs to which names one of `thread`: that thread, a fork of it (S13), or none where
  /// the tenant demands the same subject.
  func settled(
    _ match: Match, _ envelope: MailEnvelope, receivedAt: Timestamp, at: Timestamp
  ) throws -> Match? {
    let key = envelope.baseSubject.lowercased()
    let subject = try Query(db, "SELECT subject_key FROM thread WHERE id = ?").first(match.thread) {
      $0.text(0)
    }
    guard let subject, subject != key else { return match }
    if rules.settings.demandSameSubject { return nil }
    let others = outsiders(envelope.addresses)
    guard !key.isEmpty, !others.isEmpty,
      try people(of: match.thread).allSatisfy({ outsiders($0.addresses).isDisjoint(with: others) })
    else { return match }
    let sql = """
      SELECT id FROM thread INDEXED BY thread_by_subject
      WHERE tenant_id = ? AND subject_key = ? AND tracked = 1 AND forked_from = ? ORDER BY id LIMIT 20
      """
    let forks = try Query(db, sql).all(tenant, key, match.thread) { ThreadID($0.int(0)) }
    for fork in forks
    where try people(of: fork).contains(where: { !outsiders($0.addresses).isDisjoint(with: others) }) {
      return (fork, .fork)
    }
    return (try makeThread(envelope, forkedFrom: match.thread, at: at, receivedAt: receivedAt), .fork)
  }

  func makeThread(
    _ envelope: MailEnvelope, forkedFrom: ThreadID?, at: Timestamp, receivedAt: Timestamp
  ) throws -> ThreadID {
    let subject = envelope.baseSubject.isEmpty ? envelope.subject : envelope.baseSubject
    let thread = try makeThread(subject: subject, at: at, lastMailAt: receivedAt)
    if let forkedFrom {
      try Query(db, "UPDATE thread SET forked_from = ? WHERE id = ?").run(forkedFrom, thread)
      begun.append(thread)
    }
    return thread
  }
}

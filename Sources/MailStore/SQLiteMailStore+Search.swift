internal import GRDB
internal import Sealing

// The index has no words: of each it keeps 64 bits of an HMAC under a key of the mailbox (decision 0105).

extension SQLiteMailStore {
  package func search(_ query: SearchQuery, tenant: TenantID) async throws(MailStoreError) -> SearchPage {
    try await read { [keyring] db in
      let state = try db.searchState(of: tenant)
      guard state.level != .off else { throw MailStoreError.conflict("searchOff") }
      guard let terms = query.terms else { throw MailStoreError.conflict("searchText") }
      var query = query
      if let thread = query.thread { query.thread = try db.thread(thread, tenant: tenant).id }
      let mailboxes: [MailboxID]
      if let mailbox = query.mailbox {
        mailboxes = [try db.mailbox(mailbox, tenant: tenant).id]
      } else {
        mailboxes = try Query(db, "SELECT id FROM mailbox WHERE tenant_id = ? ORDER BY id DESC").all(tenant) {
          MailboxID($0.int(0))
        }
      }
      var found: [Mail] = []
      for mailbox in mailboxes {
        let key = try SearchKey(db.key(of: mailbox, keyring))
        found += try db.search(query, terms.map(key.token), mailbox, tenant)
        if found.count > query.limit {
          found.sort { $0.id > $1.id }
          found.removeLast(found.count - max(query.limit, 0))
        }
      }
      found.sort { $0.id > $1.id }
      let waits = try Query(db, "SELECT 1 FROM search_todo WHERE tenant_id = ?").exists(tenant)
      return SearchPage(mails: found, isComplete: state.below == 0 && !waits)
    }
  }

  package func searchWork(limit: Int) async throws(MailStoreError) -> SearchWork {
    try await read { db in
      let limit = max(limit, 1)
      let news = """
        SELECT \(Mail.columns), search.level FROM search_todo CROSS JOIN mail ON mail.id = search_todo.mail_id
          LEFT JOIN search ON search.tenant_id = mail.tenant_id ORDER BY search_todo.mail_id DESC LIMIT ?
        """
      let new = try Query(db, news).all(limit) {
        SearchWork.Job(mail: try Mail($0), level: try $0.optionalWord(Mail.columnCount) ?? .off)
      }
      if !new.isEmpty { return SearchWork(jobs: new) }
      let sql =
        "SELECT tenant_id, level, fill_below FROM search WHERE fill_below > 0 ORDER BY tenant_id LIMIT 1"
      let fill = try Query(db, sql).first {
        SearchWork.Fill(
          tenant: TenantID($0.int(0)), level: try $0.word(1), below: $0.int(2), next: 0)
      }
      guard var fill else { return SearchWork(jobs: []) }
      let old = """
        SELECT \(Mail.columns) FROM mail INDEXED BY mail_logged
        WHERE mail.tenant_id = ? AND mail.state = 'logged' AND mail.id < ? ORDER BY mail.id DESC LIMIT ?
        """
      let mails = try Query(db, old).all(fill.tenant, fill.below, limit) { try Mail($0) }
      if mails.count == limit, let last = mails.last { fill.next = last.id.value }
      return SearchWork(jobs: mails.map { .init(mail: $0, level: fill.level) }, fill: fill)
    }
  }

  package func index(_ entries: [SearchEntry], of work: SearchWork) async throws(MailStoreError) {
    // Thousands of digests: not while others wait for the writer.
    let tokens = try await read { [keyring] db in
      var keys: [MailboxID: SearchKey] = [:]
      return try entries.map { entry -> [Int64] in
        let mail = entry.job.mail
        if entry.job.level == .off { return [] }
        // The mailbox, with its key, may be gone: then the mail is too.
        guard try Query(db, "SELECT 1 FROM mail WHERE id = ?").exists(mail.id) else { return [] }
        let key = try keys[mail.mailboxID] ?? SearchKey(db.key(of: mail.mailboxID, keyring))
        keys[mail.mailboxID] = key
        return Set(entry.terms.map(key.token)).sorted()
      }
    }
    try await write { db, _ in
      for (entry, tokens) in zip(entries, tokens) { try db.index(entry.job, tokens) }
      guard let fill = work.fill else { return }
      let condition = "WHERE tenant_id = ? AND level = ? AND fill_below = ?"
      let isOver = fill.level == .off && fill.next == 0
      let sql =
        isOver
        ? "DELETE FROM search \(condition)" : "UPDATE search SET fill_below = \(fill.next) \(condition)"
      // Whoever changed the level meanwhile began anew.
      try db.execute(sql: sql, arguments: [fill.tenant.value, fill.level.rawValue, fill.below])
    }
  }
}

/// Makes the tokens of one mailbox.
private struct SearchKey {
  private let key: FingerprintKey

  init(_ key: DataKey) throws { self.key = try key.fingerprintKey(label: "search") }

  func token(_ term: SearchTerms.Term) -> Int64 {
    let digest = key.fingerprint(term.octets)
    return Int64(bitPattern: digest.prefix(8).reduce(0) { $0 << 8 | UInt64($1) })
  }
}

extension SearchQuery {
  /// nil when nothing can be asked for by this text.
  fileprivate var terms: [SearchTerms.Term]? {
    guard var terms = SearchTerms.query(text) else { return nil }
    if terms.isEmpty, text.contains(where: { !$0.isWhitespace }) { return nil }
    if let from { terms.insert(.init(kind: .from, text: from.lowercased())) }
    if let to { terms.insert(.init(kind: .to, text: to.lowercased())) }
    return terms.isEmpty ? [.all] : Array(terms)
  }
}

extension SearchEntry {
  fileprivate var terms: Set<SearchTerms.Term> {
    let envelope = job.mail.envelope
    var texts = [envelope.subject]
    for address in envelope.addresses.prefix(SearchKeys.emailsMax) {
      texts += [address.name ?? "", address.email]
    }
    return SearchTerms.terms(of: texts + self.texts).union(SearchTerms.terms(of: envelope.addresses))
      .union([.all])
  }
}

extension Database {
  func searchState(of tenant: TenantID) throws -> (level: SearchLevel, below: Int64) {
    try Query(self, "SELECT level, fill_below FROM search WHERE tenant_id = ?").first(tenant) {
      (try $0.word(0), $0.int(1))
    } ?? (.off, 0)
  }

  /// All that is logged is brought to another level, in the background.
  func setSearch(_ level: SearchLevel, _ tenant: TenantID) throws {
    if try searchState(of: tenant).level == level { return }
    let sql = """
      INSERT OR REPLACE INTO search (tenant_id, level, fill_below)
      VALUES (?, ?, (SELECT coalesce(max(id), 0) + 1 FROM mail))
      """
    try Query(self, sql).run(tenant, level.rawValue)
  }

  /// A mail was logged: it will be indexed if its tenant wants that.
  func noteForSearch(_ mail: MailID, _ tenant: TenantID) throws {
    let sql = """
      INSERT OR IGNORE INTO search_todo (mail_id, tenant_id)
      SELECT ?, tenant_id FROM search WHERE tenant_id = ? AND level <> 'off'
      """
    try Query(self, sql).run(mail, tenant)
  }

  /// Takes a mail out of the index.
  func forgetInSearch(_ mail: MailID, _ mailbox: MailboxID) throws {
    try Query(self, "DELETE FROM search_todo WHERE mail_id = ?").run(mail)
    let packed = try Query(self, "SELECT tokens FROM search_mail WHERE mail_id = ?").first(mail) {
      $0.blob(0)
    }
    guard let packed else { return }
    let delete = try Query(
      self, "DELETE FROM search_token WHERE mailbox_id = ? AND token = ? AND mail_id = ?")
    for token in SearchTokens.unpack(packed) { try delete.run(mailbox, token, mail) }
    try Query(self, "DELETE FROM search_mail WHERE mail_id = ?").run(mail)
  }

  fileprivate func index(_ job: SearchWork.Job, _ tokens: [Int64]) throws {
    let (id, mailbox, tenant) = (job.mail.id, job.mail.mailboxID, job.mail.tenantID)
    let isLogged = "SELECT 1 FROM mail WHERE id = ? AND state = 'logged'"
    try forgetInSearch(id, mailbox)
    guard try Query(self, isLogged).exists(id) else { return }
    guard job.level != .off, try searchState(of: tenant).level == job.level else { return }
    let insert = try Query(
      self, "INSERT OR IGNORE INTO search_token (mailbox_id, token, mail_id) VALUES (?, ?, ?)")
    for token in tokens { try insert.run(mailbox, token, id) }
    let sql = "INSERT INTO search_mail (mail_id, tokens) VALUES (?, ?)"
    try Query(self, sql).run(id, SearchTokens.pack(tokens))
  }

  /// The newest mails of one mailbox that have all tokens.
  fileprivate func search(
    _ query: SearchQuery, _ tokens: [Int64], _ mailbox: MailboxID, _ tenant: TenantID
  ) throws -> [Mail] {
    var tokens = try rarestFirst(tokens, mailbox)
    if tokens.isEmpty { return [] }
    var conditions = Conditions()
    var from = "search_token AS first CROSS JOIN mail ON mail.id = first.mail_id"
    var id = "first.mail_id"
    if let thread = query.thread {
      (from, id) = ("mail INDEXED BY mail_by_thread", "mail.id")
      conditions.add("mail.thread_id = ?", thread)
    } else if let contact = query.contact {
      (from, id) = ("contact CROSS JOIN mail ON mail.id = contact.mail_id", "contact.mail_id")
      conditions.add("contact.tenant_id = ? AND contact.email_key = ?", tenant, contact.lowercased())
    } else {
      conditions.add("first.mailbox_id = ? AND first.token = ?", mailbox, tokens.removeFirst())
    }
    for token in tokens {
      conditions.add(
        """
        EXISTS (SELECT 1 FROM search_token AS more WHERE more.mailbox_id = ? AND more.token = ?
          AND more.mail_id = mail.id)
        """, mailbox, token)
    }
    conditions.add("+mail.mailbox_id = ? AND +mail.tenant_id = ?", mailbox, tenant)
    conditions.add("mail.state = 'logged' AND \(Mail.isNotDeleted)")
    if query.thread != nil, let contact = query.contact {
      conditions.add(
        "EXISTS (SELECT 1 FROM contact WHERE tenant_id = ? AND email_key = ? AND mail_id = mail.id)", tenant,
        contact.lowercased())
    }
    if let record = query.record {
      guard let row = try self.record(record, tenant) else { return [] }
      let (sql, values) = RecordRow.mails(row, tenant)
      conditions.add("mail.id IN (\(sql))", list: values)
    }
    if let after = query.after { conditions.add("+mail.received_at >= ?", after) }
    if let before = query.before { conditions.add("+mail.received_at < ?", before) }
    if let has = query.hasAttachment { conditions.add("mail.has_attachment = ?", has) }
    if let below = query.below { conditions.add("\(id) < ?", below) }
    let sql = "SELECT \(Mail.columns) FROM \(from) WHERE \(conditions.text) ORDER BY \(id) DESC LIMIT ?"
    return try Query(self, sql).all(list: conditions.values + [max(query.limit, 0)]) { try Mail($0) }
  }

  private static let countMax = 2000

  /// Empty when one of them is in no mail.
  private func rarestFirst(_ tokens: [Int64], _ mailbox: MailboxID) throws -> [Int64] {
    let count = try Query(
      self,
      """
      SELECT count(*) FROM (SELECT 1 FROM search_token WHERE mailbox_id = ? AND token = ? LIMIT \(Self.countMax))
      """)
    let counted = try tokens.map { (token: $0, mails: try count.number(mailbox, $0)) }
    if counted.contains(where: { $0.mails == 0 }) { return [] }
    return counted.sorted { ($0.mails, $0.token) < ($1.mails, $1.token) }.map(\.token)
  }
}

/// Tokens of a mail in one value.
enum SearchTokens {
  static func pack(_ tokens: [Int64]) -> [UInt8] {
    tokens.flatMap { token in
      let bits = UInt64(bitPattern: token)
      return (0..<8).map { UInt8(truncatingIfNeeded: bits >> UInt64(56 - 8 * $0)) }
    }
  }

  static func unpack(_ octets: [UInt8]) -> [Int64] {
    stride(from: 0, to: octets.count - octets.count % 8, by: 8).map { start in
      Int64(bitPattern: octets[start..<start + 8].reduce(0) { $0 << 8 | UInt64($1) })
    }
  }
}

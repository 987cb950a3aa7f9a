import GRDBSQLite

/// What SQLite needs at the least to find a conversation by a Message-ID: two tables, two searches.
final class Bare {
  struct Failure: Error { let code: Int32 }

  private var db: OpaquePointer?
  private var lookup: OpaquePointer?

  init(path: String) throws {
    try check(sqlite3_open(path, &db))
    try run(
      """
      PRAGMA journal_mode = WAL; PRAGMA cache_size = -65536;
      CREATE TABLE thread (id INTEGER PRIMARY KEY, subject TEXT NOT NULL, last_mail_at INTEGER NOT NULL) STRICT;
      CREATE TABLE mail (message_id TEXT PRIMARY KEY, thread_id INTEGER NOT NULL) STRICT, WITHOUT ROWID;
      """)
  }

  deinit {
    sqlite3_finalize(lookup)
    sqlite3_close(db)
  }

  func fill(mails: Int, perThread: Int) throws {
    try run("BEGIN")
    let thread = try prepare("INSERT INTO thread VALUES (?, ?, ?)")
    let mail = try prepare("INSERT INTO mail VALUES (?, ?)")
    for n in 0..<mails {
      let id = Int64(n / perThread + 1)
      if n % perThread == 0 {
        sqlite3_bind_int64(thread, 1, id)
        bind(thread, 2, "Offer \(n / perThread)")
        sqlite3_bind_int64(thread, 3, Int64(n))
        try step(thread)
      }
      bind(mail, 1, World.messageID(n))
      sqlite3_bind_int64(mail, 2, id)
      try step(mail)
    }
    sqlite3_finalize(thread)
    sqlite3_finalize(mail)
    try run("COMMIT")
    lookup = try prepare(
      """
      SELECT thread.id, thread.subject, thread.last_mail_at FROM mail CROSS JOIN thread ON thread.id = mail.thread_id
      WHERE mail.message_id = ?
      """)
  }

  /// The id of the conversation.
  func thread(of messageID: String) throws -> Int {
    bind(lookup, 1, messageID)
    guard sqlite3_step(lookup) == SQLITE_ROW else { throw Failure(code: sqlite3_errcode(db)) }
    let id = Int(sqlite3_column_int64(lookup, 0))
    let subject = sqlite3_column_text(lookup, 1).map { String(cString: $0) } ?? ""
    sqlite3_reset(lookup)
    return subject.isEmpty ? 0 : id
  }

  private func prepare(_ sql: String) throws -> OpaquePointer? {
    var statement: OpaquePointer?
    try check(sqlite3_prepare_v2(db, sql, -1, &statement, nil))
    return statement
  }

  private func bind(_ statement: OpaquePointer?, _ index: Int32, _ text: String) {
    // SAFETY: SQLite's own SQLITE_TRANSIENT, which makes it copy the text before the call returns.
    let transient = unsafeBitCast(-1, to: sqlite3_destructor_type.self)
    sqlite3_bind_text(statement, index, text, -1, transient)
  }

  private func step(_ statement: OpaquePointer?) throws {
    guard sqlite3_step(statement) == SQLITE_DONE else { throw Failure(code: sqlite3_errcode(db)) }
    sqlite3_reset(statement)
  }

  private func run(_ sql: String) throws { try check(sqlite3_exec(db, sql, nil, nil, nil)) }

  private func check(_ code: Int32) throws { if code != SQLITE_OK { throw Failure(code: code) } }
}

import GRDB
import GRDBSQLite
import Testing

@testable import MailStore

@Suite(.timeLimit(.minutes(1))) struct QueryPlanTests {
  /// Tables that grow with the mails: none of them may be read from end to end.
  static let large = [
    "mail", "link", "contact", "location", "body", "submission", "outgoing", "idempotency", "tombstone",
    "event",
    "thread", "purge", "folder", "token", "attachment", "attachment_piece", "attachment_use",
    "record", "record_thread", "record_mail", "search_mail", "search_token",
  ]

  /// Every statement that the connection has prepared and kept.
  private static func statements(_ db: Database) -> [String] {
    var all: [String] = []
    var statement = sqlite3_next_stmt(db.sqliteConnection, nil)
    while let current = statement {
      if let sql = sqlite3_sql(current) { all.append(String(cString: sql)) }
      statement = sqlite3_next_stmt(db.sqliteConnection, current)
    }
    return all
  }

  private static func plan(_ sql: String, _ db: Database) throws -> [String] {
    try Query(db, "EXPLAIN QUERY PLAN \(sql)").all { $0.text(3) }
  }

  @Test func `no statement of the whole interface reads a large table from end to end`() async throws {
    let test = try await TestStore()
    try await exercise(test)
    let read = try await test.store.read { db in Self.statements(db) }
    let written = try await test.store.write { db, _ in Self.statements(db) }
    let all = Set(read + written).filter { sql in
      ["SELECT", "INSERT", "UPDATE", "DELETE"].contains { sql.hasPrefix($0) }
    }
    #expect(all.count > 90, "the interface was not exercised: \(all.count)")
    try await test.store.write { db, _ in
      for sql in all {
        for step in try Self.plan(sql, db) where step.hasPrefix("SCAN") {
          let table = step.split(separator: " ").dropFirst().first.map(String.init) ?? ""
          #expect(!Self.large.contains(table), "\(step): \(sql)")
        }
      }
    }
  }

  @Test func `lists come in the order of their index, without sorting`() async throws {
    let test = try await TestStore()
    var queries: [String] = []
    for (mailbox, logged) in [(nil, true), (nil, false), (MailboxID(1), true), (MailboxID(1), false)] {
      var query = MailQuery()
      (query.mailbox, query.loggedOnly, query.before) = (mailbox, logged, MailID(9))
      queries.append(query.statement(test.tenant.id).sql)
      query.contact = "a@b"
      queries.append(query.statement(test.tenant.id).sql)
    }
    for tracked in [true, false] {
      var query = ThreadQuery()
      query.trackedOnly = tracked
      query.after = (.zero, ThreadID(1))
      queries.append(query.statement(test.tenant.id).sql)
      query.mailbox = MailboxID(1)
      query.subject = "a b"
      queries.append(query.statement(test.tenant.id).sql)
    }
    let sql = queries
    try await test.store.read { db in
      for sql in sql {
        let plan = try Self.plan(sql, db)
        #expect(!plan.contains { $0.contains("TEMP B-TREE") }, "\(plan): \(sql)")
      }
    }
  }

  @Test func `threads of a Message-ID, an address or a record are found by id, not by reading all`()
    async throws
  {
    let test = try await TestStore()
    var queries: [String] = []
    for tracked in [true, false] {
      for (messageID, contact, record) in [
        ("a@x", nil, nil), (nil, "a@x", nil), (nil, nil, RecordRef(type: "deal", key: "1")),
        ("a@x", "a@x", nil),
      ] as [(String?, String?, RecordRef?)] {
        var query = ThreadQuery()
        (query.messageID, query.contact, query.record, query.trackedOnly) = (
          messageID, contact, record, tracked
        )
        queries.append(query.statement(test.tenant.id).sql)
        query.after = (.zero, ThreadID(1))
        queries.append(query.statement(test.tenant.id).sql)
      }
    }
    let sql = queries
    try await test.store.read { db in
      for sql in sql {
        let plan = try Self.plan(sql, db)
        #expect(plan.contains { $0.hasPrefix("SEARCH thread USING INTEGER PRIMARY KEY") }, "\(plan): \(sql)")
      }
    }
  }

  /// Calls everything there is.
  private func exercise(_ test: TestStore) async throws {
    let folder = try await test.account()
    let tenant = test.tenant.id
    let store = test.store
    let token = try await store.createToken(
      tenant: tenant, name: "", scopes: [], credential: .secret(digest: [1]), expiresAt: nil, at: .zero)
    _ = try await (
      store.token(.secret(digest: [1])), store.token(token.id), store.tokens(tenant: tenant),
      store.tenant(named: ""), store.tenant(tenant)
    )
    try await store.deleteToken(token.id, tenant: tenant)
    _ = try await store.updateMailbox(
      folder.mailboxID, userName: nil, password: [1], oauthProvider: nil, imap: nil, smtp: nil)
    _ = try await store.changeMailbox(
      folder.mailboxID, tenant: tenant, MailboxChange(identities: [], perMinute: 9, perDay: 9))
    var settings = try await store.settings(of: tenant)
    settings.sendLimits = SendLimits(perMinute: 9, perDay: 9)
    try await store.setSettings(settings, of: tenant)
    _ = try await store.sendWait(of: folder.mailboxID, perMinuteMax: nil, at: .zero)
    try await store.setMailboxState(
      folder.mailboxID, .live, reason: nil, detail: nil, nextAttemptAt: nil, at: .zero)
    _ = try await (store.mailboxes(tenant: tenant), store.password(of: folder.mailboxID))
    let hook = try await store.createWebhook(
      NewWebhook(tenantID: tenant, url: "https://a", secret: "s", kinds: [], after: 0), countMax: 9, at: .zero
    )
    _ = try await (
      store.webhooks(tenant: tenant), store.dueWebhooks(at: .zero), store.nextWebhookAttempt(after: .zero),
      store.webhookCounts(), store.oldestWebhookWait(),
      store.changeWebhook(hook.id, tenant: tenant, .init(), at: .zero),
      store.advanceWebhook(hook.id, version: 2, cursor: 1, delivered: true, at: .zero)
    )
    try await store.deleteWebhook(hook.id, tenant: tenant, at: .zero)
    let sent = try await test.submit(folder, "root@x", key: "k")
    _ = try await test.submit(folder, "out@x", tracked: false, replyTo: ["root@x"])
    try await test.sync(
      folder,
      [.sample(1, "a@x", replyTo: ["root@x"]), .sample(2, "b@x"), .sample(3, "a@x", replyTo: ["root@x"])])
    try await test.sync(folder, [.sample(1, "a@x")], expunged: [3...3])
    _ = try await (
      store.wantedMails(folder.mailboxID, limit: 9), store.storedUIDs(folder.id, in: 1...9),
      store.storedPlaces(folder.id, in: 1...9)
    )
    let mail = try await test.mail("a@x")
    let body = BodyTests.mail([BodyTests.noise(4_300_000, 3), BodyTests.noise(3000, 4)])
    _ = try await store.logMail(mail.id, raw: body, hasAttachment: false, at: .zero)
    _ = try await (
      store.outline(mail.id, tenant: tenant), store.contentStream(0, of: mail.id, tenant: tenant)
    )
    _ = try await (
      store.raw(mail.id, tenant: tenant), store.threadMails(try #require(mail.threadID), tenant: tenant)
    )
    try await SearchTests.level(.full, test)
    try await SearchTests.index(test)
    for thread in [mail.threadID, nil] {
      for contact in ["bob@buyer.example", nil] {
        _ = try await SearchTests.found(test, "offer \"re offer\"") {
          ($0.thread, $0.contact) = (thread, contact)
          ($0.record, $0.below) = (RecordRef(type: "deal", key: "1"), MailID(9))
        }
      }
    }
    try await store.markGone(mail.id, at: .zero)
    let (thread, _) = try await store.track(try await test.mail("b@x").id, tenant: tenant, at: .zero)
    _ = try await store.untrack(thread.id, tenant: tenant, at: .zero)
    _ = try await (
      store.submission(ofMail: sent.mail.id, tenant: tenant), store.submissionRaw(sent.submission.id)
    )
    _ = try await (
      store.dueSubmissions(mailbox: folder.mailboxID, by: .zero, limit: 9),
      store.pendingSentCopies(mailbox: folder.mailboxID, limit: 9),
      store.nextSubmissionDue(mailbox: folder.mailboxID), store.outboxCounts()
    )
    _ = try await store.updateSubmission(
      sent.submission.id, expected: [.queued], SubmissionUpdate(state: .sending), at: .zero)
    try await store.recoverSubmissions(at: .zero)
    try await records(test, thread.id, mail.id)
    try await queries(test, folder, thread.id)
    let scopes: [PurgeScope] = [
      .contact(email: "a@b"), .olderThan(.zero.adding(seconds: -5)), .mail(mail.id), .thread(thread.id),
      .record(RecordRef(type: "deal", key: "1")), .mailbox(folder.mailboxID), .tenant,
    ]
    for scope in scopes {
      _ = try await store.previewPurge(scope, tenant: tenant)
      let job = try await store.beginPurge(scope, tenant: tenant, by: "", at: .zero)
      _ = try await (store.mailboxes(touchedBy: job.id), store.unfinishedPurges())
      _ = try await store.finishPurge(job.id, at: .zero)
      if scope == .thread(thread.id) { try await store.resetFolder(folder.id, uidValidity: 8) }
    }
    _ = try await store.purges(tenant: tenant, before: nil, limit: 9)
  }

  private func records(_ test: TestStore, _ thread: ThreadID, _ mail: MailID) async throws {
    let record = RecordRef(type: "deal", key: "1")
    let tenant = test.tenant.id
    for target in [RecordTarget.thread(thread), .mail(mail)] {
      try await test.store.link(record, to: target, tenant: tenant, at: .zero)
      _ = try await test.store.records(of: target, tenant: tenant)
      try await test.store.unlink(record, from: target, tenant: tenant)
      try await test.store.link(record, to: target, tenant: tenant, at: .zero)
    }
    for newestFirst in [true, false] {
      var query = TimelineQuery(record: record)
      query.newestFirst = newestFirst
      _ = try await test.store.timeline(query, tenant: tenant)
    }
  }

  private func queries(_ test: TestStore, _ folder: Folder, _ thread: ThreadID) async throws {
    for mailbox in [nil, folder.mailboxID] {
      for text in [nil, "a@x"] {
        for flag in [true, false] {
          var mails = MailQuery()
          (mails.mailbox, mails.contact, mails.loggedOnly) = (mailbox, text, flag)
          _ = try await test.store.mails(mails, tenant: test.tenant.id)
          (mails.contact, mails.messageID, mails.before) = (nil, text, MailID(1))
          _ = try await test.store.mails(mails, tenant: test.tenant.id)
          var threads = ThreadQuery()
          (threads.mailbox, threads.contact, threads.trackedOnly) = (mailbox, text, flag)
          _ = try await test.store.threads(threads, tenant: test.tenant.id)
          (threads.contact, threads.messageID, threads.after) = (nil, text, (.zero, thread))
          threads.subject = text
          threads.record = text.map { RecordRef(type: $0, key: $0) }
          _ = try await test.store.threads(threads, tenant: test.tenant.id)
        }
      }
    }
    _ = try await test.events()
  }
}

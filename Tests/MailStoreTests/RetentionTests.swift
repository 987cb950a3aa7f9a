import Testing

@testable import MailStore

/// S18. The times of these tests are days after ``Timestamp/zero``.
@Suite(.timeLimit(.minutes(1))) struct RetentionTests {
  let test: TestStore
  let folder: Folder
  let second: Folder
  let thread: ThreadID
  let sent: MailID

  private static func day(_ n: Int64, seconds: Int64 = 0) -> Timestamp {
    .zero.adding(seconds: n * 86_400 + seconds)
  }

  /// A tracked thread with an answer that two mailboxes have, and two strangers' mails; all known at day 0.
  init() async throws {
    test = try await TestStore()
    folder = try await test.account()
    second = try await test.account("cy@acme.example")
    let root = try await test.submit(folder, "root@x", key: "key-1")
    sent = root.mail.id
    thread = try #require(root.mail.threadID)
    let answer = SyncBatch.Message.sample(1, "a@x", replyTo: ["root@x"], seconds: 10)
    try await test.sync(
      folder,
      [answer, .sample(2, "eve@x", from: "eve@else.example"), .sample(3, "mal@x", from: "mal@else.example")])
    _ = try await test.store.logMail(
      try await test.mail("a@x", in: folder).id, raw: Array("body of a".utf8), hasAttachment: false, at: .zero
    )
    try await test.sync(second, [answer])
    try await test.store.markTime(.zero)
  }

  private var tenant: TenantID { test.tenant.id }

  /// Message-IDs of all mails that are there.
  private func kept() async throws -> [String] {
    try await test.mails().compactMap(\.envelope.messageID).sorted()
  }

  private func set(_ change: (inout RetentionPolicy) -> Void) async throws {
    var policy = try await test.store.retentionPolicy(tenant: tenant)
    change(&policy)
    try await test.store.setRetentionPolicy(policy, tenant: tenant)
  }

  /// What a sweep at `time` erases, step by step.
  @discardableResult
  private func sweep(_ time: Timestamp, step: Int = 1) async throws -> PurgeCounts? {
    let jobs = try await test.store.beginRetention(at: time)
    guard let job = jobs.first else { return nil }
    #expect(jobs.count == 1 && job.kind == "retention" && job.state == .running)
    #expect(try await test.store.mailboxes(touchedBy: job.id) == [])
    while try await test.store.purgeStep(job.id, rows: step).more {}
    let done = try #require(try await test.store.finishPurges([job.id], at: time).first)
    #expect(done.state == .done && done.remaining == 0 && done.logTruncated)
    #expect(try await test.store.read { try Query($0, "PRAGMA foreign_key_check").exists() } == false)
    return done.counts
  }

  @Test func `the defaults are those that are promised`() async throws {
    let policy = try await test.store.retentionPolicy(tenant: tenant)
    #expect(policy.sequenceDays == nil && policy.timelineDays == nil)
    #expect(policy.deletedDays == 90 && policy.metadataDays == 60)
  }

  @Test func `each limit of a policy is kept`() {
    let table: [(Int64?, Int64?, Int64, Int64, String?)] = [
      (nil, nil, 0, 1, nil), (1, 36_500, 90, 36_500, nil), (0, nil, 0, 1, "sequenceDays"),
      (nil, 36_501, 0, 1, "timelineDays"), (nil, nil, 91, 1, "deletedDays"), (nil, nil, -1, 1, "deletedDays"),
      (nil, nil, 0, 0, "metadataDays"),
    ]
    for (sequence, timeline, deleted, metadata, fault) in table {
      var policy = RetentionPolicy()
      (policy.sequenceDays, policy.timelineDays) = (sequence, timeline)
      (policy.deletedDays, policy.metadataDays) = (deleted, metadata)
      #expect(policy.fault == fault)
    }
  }

  @Test func `headers go after 60 days and not a second before, what is logged stays`() async throws {
    #expect(try await sweep(Self.day(60, seconds: -1)) == nil)
    #expect(try await kept() == ["a@x", "a@x", "eve@x", "mal@x", "root@x"])
    let counts = try #require(try await sweep(Self.day(60)))
    #expect(counts.mails == 2 && counts.bodies == 0)
    #expect(try await kept() == ["a@x", "a@x", "root@x"])
    // Their UIDs stay known, so the next comparison does not read them again.
    #expect(try await test.store.storedUIDs(folder.id, in: 1...9) == [1, 2, 3])
    // And one that turns up in another folder is no mail that must not come back.
    #expect(try await test.sync(second, [.sample(9, "eve@x", from: "eve@else.example")]).inserted == 1)
    #expect(try await sweep(Self.day(60)) == nil)
  }

  @Test func `a header is as old as its reading, whatever its date says`() async throws {
    try await test.store.markTime(Self.day(50))
    try await test.sync(folder, [.sample(7, "late@x", from: "z@else.example", seconds: -86_400 * 900)])
    try await test.store.markTime(Self.day(50, seconds: 3600))
    try await sweep(Self.day(109))
    #expect(try await kept() == ["a@x", "a@x", "late@x", "root@x"])
    try await sweep(Self.day(110, seconds: 3599))
    #expect(try await kept().contains("late@x"))
    try await sweep(Self.day(110, seconds: 3600))
    #expect(try await kept() == ["a@x", "a@x", "root@x"])
  }

  @Test func `a deleted engagement is seen nowhere, comes back when asked, and goes within 90 days`()
    async throws
  {
    let mine = try await test.mail("a@x", in: folder).id
    let copy = try await test.mail("a@x", in: second).id
    try await test.store.link(
      RecordRef(type: "deal", key: "1"), to: .thread(thread), tenant: tenant, at: .zero)
    let shown = TimelineQuery(record: RecordRef(type: "deal", key: "1"))
    #expect(try await test.store.timeline(shown, tenant: tenant).count == 2)
    // By its copy: it is one engagement (S11).
    let now = try await test.store.deleteMail(copy, tenant: tenant, at: Self.day(1))
    #expect(now.deletedAt == Self.day(1))
    #expect(try await test.store.deleteMail(mine, tenant: tenant, at: Self.day(5)).deletedAt == Self.day(1))
    #expect(try await test.store.timeline(shown, tenant: tenant).map(\.id) == [sent])
    #expect(try await test.store.threadMails(thread, tenant: tenant).map(\.id) == [sent])
    #expect(try await test.store.thread(thread, tenant: tenant).mailCount == 1)
    var query = MailQuery()
    query.loggedOnly = true
    #expect(try await test.store.mails(query, tenant: tenant).map(\.id) == [sent])
    await expect(.notFound("body")) { _ = try await test.store.raw(mine, tenant: tenant) }
    await expect(.notFound("body")) { _ = try await test.store.outline(mine, tenant: tenant) }
    #expect(
      try await test.store.retention(of: mine, tenant: tenant)
        == MailRetention(rule: .deleted, erasesAt: Self.day(91), isHeld: false))
    // The same mail in a third mailbox does not bring it back.
    let third = try await test.account("di@acme.example")
    try await test.sync(third, [.sample(1, "a@x", replyTo: ["root@x"], seconds: 10)])
    #expect(try await test.mail("a@x", in: third).state == .duplicate)

    #expect(try await test.store.restoreMail(copy, tenant: tenant, at: Self.day(2)).deletedAt == nil)
    #expect(try await test.store.raw(mine, tenant: tenant) == Array("body of a".utf8))
    #expect(try await test.store.timeline(shown, tenant: tenant).count == 2)
    #expect(
      try await test.eventTypes().filter { $0.rawValue.hasPrefix("mail.") }.suffix(2) == [
        .mailDeleted, .mailRestored,
      ])

    _ = try await test.store.deleteMail(mine, tenant: tenant, at: Self.day(3))
    try await set { $0.metadataDays = 36_500 }
    #expect(try await sweep(Self.day(91, seconds: -1)) == nil)
    // Two days before the 90th: the erasure is done when that comes.
    let counts = try #require(try await sweep(Self.day(91)))
    #expect(counts.mails == 3 && counts.bodies == 1)
    #expect(try await kept() == ["eve@x", "mal@x", "root@x"])
    #expect(try await test.sync(folder, [.sample(8, "a@x", replyTo: ["root@x"])]).inserted == 0)
  }

  @Test func `logged mail goes by its origin's days, counted from its logging`() async throws {
    try await set { $0.sequenceDays = 10 }
    #expect(try await sweep(Self.day(59)) == nil)
    try await set { ($0.sequenceDays, $0.timelineDays) = (nil, 10) }
    #expect(try await sweep(Self.day(10, seconds: -1)) == nil)
    let counts = try #require(try await sweep(Self.day(10)))
    // Root and the answer; the answer's copy, whose original is gone, is a header like others.
    #expect(counts.bodies == 2 && counts.threads == 1 && counts.submissions == 1)
    #expect(try await kept() == ["a@x", "eve@x", "mal@x"])
    #expect(try await test.store.thread(named: nil) == [])
  }

  @Test func `what is told beforehand is what goes, for each rule`() async throws {
    _ = try await test.store.deleteMail(test.mail("a@x", in: folder).id, tenant: tenant, at: .zero)
    try await set { $0.timelineDays = 70 }
    for (days, due) in [(10, [0, 0, 0, 0]), (60, [0, 2, 0, 0]), (88, [1, 2, 1, 0])] as [(Int64, [Int64])] {
      let rules = try await test.store.retentionForecast(tenant: tenant, at: Self.day(days))
      #expect(rules.map(\.rule) == [.deleted, .metadata, .timeline, .sequence])
      #expect(rules.map(\.mails) == [1, 2, 1, 0])
      #expect(rules.map(\.due) == due)
      #expect(rules.map(\.nextAt) == [Self.day(90), Self.day(60), Self.day(70), nil])
    }
    // The copy of the deleted one goes as well, and is its mail.
    #expect(try await sweep(Self.day(88))?.mails == 5)
  }

  @Test func `a mail that is tracked while its header's erasure runs is kept`() async throws {
    let jobs = try await test.store.beginRetention(at: Self.day(60))
    _ = try await test.store.track(test.mail("mal@x", in: folder).id, tenant: tenant, at: Self.day(60))
    _ = try await test.store.finishPurges(jobs.map(\.id), at: Self.day(60))
    #expect(try await kept() == ["a@x", "a@x", "mal@x", "root@x"])
  }

  @Test func `it is killed between any two steps and ends the same`() async throws {
    let jobs = try await test.store.beginRetention(at: Self.day(60))
    for _ in 0..<3 {
      _ = try await test.store.purgeStep(try #require(jobs.first).id, rows: 1)
      try await test.reopen()
      #expect(try await test.store.unfinishedPurges().map(\.id) == jobs.map(\.id))
      // Nothing else begins for the tenant meanwhile.
      #expect(try await test.store.beginRetention(at: Self.day(61)) == [])
    }
    let done = try await test.store.finishPurges(jobs.map(\.id), at: Self.day(60))
    #expect(done.first?.counts.mails == 2)
    #expect(try await kept() == ["a@x", "a@x", "root@x"])
  }

  @Test func `a hold keeps mail against age and against purges, until it ends`() async throws {
    let scopes: [(PurgeScope, String, String)] = [
      (.contact(email: "EVE@else.example"), "contact", "eve@else.example"),
      (
        .mail(try await test.mail("eve@x", in: folder).id), "mail",
        try await test.mail("eve@x", in: folder).id.text
      ),
      (.mailbox(folder.mailboxID), "mailbox", folder.mailboxID.text), (.tenant, "tenant", ""),
    ]
    for (scope, kind, target) in scopes {
      let hold = try await test.store.placeHold(scope, reason: "case", by: "ops", tenant: tenant, at: .zero)
      #expect(hold.kind == kind && hold.target == target && hold.reason == "case" && hold.placedBy == "ops")
      #expect(try await test.store.holds(tenant: tenant) == [hold])
      let eve = try await test.mail("eve@x", in: folder).id
      #expect(try await test.store.retention(of: eve, tenant: tenant).isHeld)
      for purge in [
        PurgeScope.contact(email: "eve@else.example"), .mailbox(folder.mailboxID), .tenant, .mail(eve),
        .olderThan(Self.day(1)),
      ] {
        await expect(.held) { try await test.store.previewPurge(purge, tenant: tenant) }
        await expect(.held) { try await test.store.beginPurge(purge, tenant: tenant, by: "", at: .zero) }
      }
      let due = try await test.store.retentionForecast(tenant: tenant, at: Self.day(99))[1].due
      #expect(due == (kind == "contact" || kind == "mail" ? 1 : 0))
      await expect(.notFound("hold")) { try await test.store.releaseHold(hold.id, tenant: TenantID(9)) }
      try await test.store.releaseHold(hold.id, tenant: tenant)
      #expect(try await test.store.previewPurge(.mail(eve), tenant: tenant).mails == 1)
    }
    _ = try await test.store.placeHold(
      .contact(email: "eve@else.example"), reason: "case", by: "", tenant: tenant, at: .zero)
    try await sweep(Self.day(60))
    #expect(try await kept() == ["a@x", "a@x", "eve@x", "root@x"])
    await expect(.conflict("age")) {
      try await test.store.placeHold(.olderThan(.zero), reason: "x", by: "", tenant: tenant, at: .zero)
    }
  }

  @Test func `a hold on a thread goes with its mails when it is split or merged`() async throws {
    try await test.sync(folder, [.sample(4, "b@x", replyTo: ["root@x"], seconds: 20)])
    let held = [sent, try await test.mail("a@x", in: folder).id, try await test.mail("b@x", in: folder).id]
    _ = try await test.store.placeHold(.thread(thread), reason: "case", by: "", tenant: tenant, at: .zero)
    func expectHeld() async throws {
      for mail in held { #expect(try await test.store.retention(of: mail, tenant: tenant).isHeld, "\(mail)") }
    }
    let split = try await test.store.split(held[2], tenant: tenant, at: .zero)
    #expect(try await test.store.thread(split.id, tenant: tenant).mailCount == 1)
    try await expectHeld()
    #expect(try await test.store.holds(tenant: tenant).map(\.target) == [thread.text, split.id.text])
    let away = try await test.submit(folder, "else@x", key: "key-2")
    let other = try #require(away.mail.threadID)
    _ = try await test.store.merge(thread, into: other, tenant: tenant, at: .zero)
    try await expectHeld()
    await expect(.held) { try await test.store.previewPurge(.thread(other), tenant: tenant) }
    #expect(try await test.store.holds(tenant: tenant).map(\.target) == [other.text, split.id.text])
  }

  @Test func `no thread is split or merged while one is being erased`() async throws {
    try await test.sync(folder, [.sample(4, "b@x", replyTo: ["root@x"], seconds: 20)])
    let split = try await test.store.split(
      try await test.mail("b@x", in: folder).id, tenant: tenant, at: .zero)
    let purge = try await test.store.beginPurge(.thread(thread), tenant: tenant, by: "", at: .zero)
    let answer = try await test.mail("a@x", in: folder).id
    await expect(.conflict("being erased")) {
      try await test.store.merge(thread, into: split.id, tenant: tenant, at: .zero)
    }
    await expect(.conflict("being erased")) {
      try await test.store.split(answer, tenant: tenant, at: .zero)
    }
    _ = try await test.store.finishPurge(purge.id, at: .zero)
    #expect(try await kept() == ["b@x", "eve@x", "mal@x"])
    let again = try await test.store.merge(split.id, into: split.id, tenant: tenant, at: .zero)
    #expect(again.mailCount == 1)
  }

  @Test func `thousands of holds are held`() async throws {
    try await test.store.write { [tenant] db, _ in
      let hold = try Query(
        db,
        """
        INSERT INTO hold (tenant_id, kind, scope_id, scope_text, scope_identity, reason, placed_by, placed_at)
        VALUES (?, 'contact', 0, ?, x'', 'case', '', 0)
        """)
      for n in 0..<3000 { try hold.run(tenant, "p\(n)@held.example") }
    }
    _ = try await test.store.placeHold(
      .contact(email: "eve@else.example"), reason: "case", by: "", tenant: tenant, at: .zero)
    let eve = try await test.mail("eve@x", in: folder).id
    #expect(try await test.store.retention(of: eve, tenant: tenant).isHeld)
    await expect(.held) { try await test.store.previewPurge(.mail(eve), tenant: tenant) }
    try await sweep(Self.day(60))
    #expect(try await kept() == ["a@x", "a@x", "eve@x", "root@x"])
  }

  @Test func `a policy of a damaged file is kept within its limits`() async throws {
    for days in [Int64.min, -1, 0, .max] {
      try await test.store.write { [tenant] db, _ in
        try Query(db, "INSERT OR REPLACE INTO retention VALUES (?, ?, ?, ?, ?)").run(
          tenant, days, days, days, days)
      }
      let policy = try await test.store.retentionPolicy(tenant: tenant)
      for found in [
        policy.sequenceDays ?? 0, policy.timelineDays ?? 0, policy.deletedDays, policy.metadataDays,
      ] {
        #expect((0...RetentionPolicy.daysMax).contains(found))
      }
      _ = try await test.store.retentionForecast(tenant: tenant, at: Self.day(99))
      _ = try await test.store.retention(of: sent, tenant: tenant)
    }
  }

  @Test func `time goes forward only, and what a wrong clock wrote down makes nothing older`() async throws {
    try await test.store.markTime(Self.day(1))
    await expect(.conflict("later")) { try await test.store.markTime(Self.day(0)) }
    // Years ahead for an hour.
    try await test.store.markTime(Self.day(4000))
    try await test.store.forgetMarks(after: Self.day(2))
    #expect(try await test.store.newestMark() == Self.day(1))
    // A clock that is behind when a mail is deleted does not make the deletion older.
    let mail = try await test.mail("a@x", in: folder).id
    _ = try await test.store.deleteMail(mail, tenant: tenant, at: Self.day(-5000))
    #expect(try await test.store.mail(mail, tenant: tenant).deletedAt == Self.day(1))
    for hour in 1...48 { try await test.store.markTime(Self.day(1, seconds: Int64(hour) * 3600)) }
    let marks = try await test.store.read { try Query($0, "SELECT count(*) FROM mail_mark").number() }
    #expect(marks == 3)
  }

  @Test func `another tenant's policy, holds and mails are its own`() async throws {
    let other = try await test.store.createTenant(name: "other", at: .zero)
    var policy = RetentionPolicy()
    policy.metadataDays = 1
    try await test.store.setRetentionPolicy(policy, tenant: other.id)
    #expect(try await test.store.retentionPolicy(tenant: tenant).metadataDays == 60)
    let theirs = try await test.account("zoe@other.example", tenant: other.id)
    try await test.sync(theirs, [.sample(1, "z@x", from: "eve@else.example")])
    try await test.store.markTime(Self.day(1))
    _ = try await test.store.placeHold(.tenant, reason: "x", by: "", tenant: tenant, at: .zero)
    let jobs = try await test.store.beginRetention(at: Self.day(2))
    #expect(jobs.map(\.tenantID) == [other.id])
    #expect(try await test.store.finishPurges(jobs.map(\.id), at: Self.day(2)).map(\.counts.mails) == [1])
    let eve = try await test.mail("eve@x", in: folder).id
    await expect(.notFound("mail")) { try await test.store.deleteMail(eve, tenant: other.id, at: .zero) }
    await expect(.notFound("mail")) { try await test.store.retention(of: eve, tenant: other.id) }
    await expect(.notFound("body")) { try await test.store.deleteMail(eve, tenant: tenant, at: .zero) }
  }
}

extension SQLiteMailStore {
  fileprivate func thread(named: String?) async throws -> [ThreadID] {
    try await read { db in try Query(db, "SELECT id FROM thread").all { ThreadID($0.int(0)) } }
  }
}

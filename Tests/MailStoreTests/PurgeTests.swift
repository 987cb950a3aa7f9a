import Glibc
import Sealing
import Testing

@testable import MailStore

@Suite(.timeLimit(.minutes(1))) struct PurgeTests {
  let test: TestStore
  let folder: Folder
  let second: Folder
  let thread: ThreadID

  /// Two mailboxes, a tracked thread in both, strangers, an untracked mail on its way out.
  init() async throws {
    test = try await TestStore()
    folder = try await test.account()
    second = try await test.account("cy@acme.example")
    let root = try await test.submit(folder, "root@x", key: "key-1")
    thread = try #require(root.mail.threadID)
    try await test.sync(
      folder,
      [
        .sample(1, "a@x", replyTo: ["root@x"], seconds: 10), .sample(2, "b@x", replyTo: ["a@x"], seconds: 20),
        .sample(3, "eve@x", from: "eve@else.example", seconds: 30),
        .sample(4, nil, identity: "n", seconds: 40),
        .sample(5, "wait@x", replyTo: ["b@x"], from: "eve@else.example", seconds: 50),
      ])
    try await test.sync(
      second, [.sample(1, "a@x", replyTo: ["root@x"], seconds: 10), .sample(2, "other@x", seconds: 5)])
    for name in ["a@x", "b@x"] {
      _ = try await test.store.logMail(
        try await test.mail(name, in: folder).id, raw: Array("body of \(name)".utf8), hasAttachment: false,
        at: .zero)
    }
    _ = try await test.submit(second, "out@x", tracked: false, key: "key-2")
  }

  private var scopes: [PurgeScope] {
    get async throws {
      [
        .tenant, .mailbox(folder.mailboxID), .mailbox(second.mailboxID), .contact(email: "BOB@buyer.example"),
        .contact(email: "eve@else.example"), .contact(email: "ann@acme.example"), .contact(email: "no@where"),
        .thread(thread), .mail(try await test.mail("a@x", in: second).id),
        .mail(try await test.mail("eve@x").id),
        .mail(try #require(try await test.mails().first { $0.envelope.messageID == nil }).id),
        .olderThan(.zero.adding(seconds: 15)), .olderThan(.zero.adding(seconds: -1000)),
        .olderThan(.zero.adding(seconds: 1000)),
      ]
    }
  }

  private func rows() async throws -> [String: Int64] {
    try await test.store.read { db in
      var rows: [String: Int64] = [:]
      for table in [
        "tenant", "token", "mailbox", "folder", "thread", "mail", "link", "contact", "location", "body",
        "submission",
        "outgoing", "idempotency", "tombstone",
      ] { rows[table] = try Query(db, "SELECT count(*) FROM \(table)").number() }
      return rows
    }
  }

  @Test(arguments: 0..<14, [1, 2, 1000])
  func `what is announced is what goes, to the row, in any number of steps`(_ index: Int, _ step: Int)
    async throws
  {
    let scope = try await scopes[index]
    let preview = try await test.store.previewPurge(scope, tenant: test.tenant.id)
    let before = try await rows()
    let purge = try await test.store.beginPurge(scope, tenant: test.tenant.id, by: "ci", at: .zero)
    #expect(purge.state == .running && purge.requestedBy == "ci")
    #expect(try await rows() == before)
    #expect(try await test.store.unfinishedPurges() == [purge])
    while try await test.store.purgeStep(purge.id, rows: step).more {}
    let done = try await test.store.finishPurge(purge.id, at: .zero.adding(seconds: 9))
    #expect(done.counts == preview)
    #expect(done.state == .done && done.remaining == 0 && done.logTruncated)
    #expect(done.finishedAt == .zero.adding(seconds: 9))
    let after = try await rows()
    #expect(before["mail"]! - after["mail"]! == preview.mails)
    #expect(before["body"]! - after["body"]! == preview.bodies)
    #expect(before["thread"]! - after["thread"]! == preview.threads)
    #expect(before["mailbox"]! - after["mailbox"]! == preview.mailboxes)
    #expect(before["submission"]! - after["submission"]! == preview.submissions)
    #expect(try await test.store.unfinishedPurges() == [])
    #expect(try await test.store.purge(purge.id, tenant: test.tenant.id) == done)
    // What hangs on mails went with them, and only that.
    let stray = try await test.store.read { db in
      try ["link", "contact"].map {
        try Query(db, "SELECT count(*) FROM \($0) WHERE mail_id NOT IN (SELECT id FROM mail)").number()
      }
    }
    #expect(stray == [0, 0])
    #expect(try await test.store.read { try Query($0, "PRAGMA foreign_key_check").exists() } == false)
    try await test.store.checkIntegrity()
  }

  @Test func `the counts are those of the rows`() async throws {
    let counts = try await test.store.previewPurge(.thread(thread), tenant: test.tenant.id)
    // root, a (twice: one is the duplicate), b, wait.
    #expect(counts.mails == 5 && counts.bodies == 3 && counts.threads == 1 && counts.submissions == 1)
    #expect(counts.octets == Int64("Subject: x\r\n\r\nhello".utf8.count + 2 * "body of a@x".utf8.count))
    let tenant = try await test.store.previewPurge(.tenant, tenant: test.tenant.id)
    #expect(tenant.mails == 9 && tenant.mailboxes == 2 && tenant.submissions == 2)
  }

  @Test func `unknown targets are not found, in any other tenant too`() async throws {
    let other = try await test.store.createTenant(name: "other", at: .zero)
    let mail = try await test.mail("a@x", in: folder).id
    let table: [(PurgeScope, String)] = [
      (.mailbox(folder.mailboxID), "mailbox"), (.thread(thread), "thread"), (.mail(mail), "mail"),
    ]
    for (scope, what) in table {
      await expect(.notFound(what)) { try await test.store.previewPurge(scope, tenant: other.id) }
      await expect(.notFound(what)) {
        try await test.store.beginPurge(scope, tenant: other.id, by: "", at: .zero)
      }
    }
    for scope in [
      PurgeScope.contact(email: "bob@buyer.example"), .olderThan(.zero.adding(seconds: 9999)), .tenant,
    ] {
      #expect(try await test.store.previewPurge(scope, tenant: other.id).mails == 0)
    }
    await expect(.notFound("tenant")) { try await test.store.previewPurge(.tenant, tenant: TenantID(99)) }
    await expect(.notFound("purge")) { try await test.store.purge(PurgeID(99), tenant: other.id) }
    await expect(.notFound("purge")) { try await test.store.purgeStep(PurgeID(99), rows: 1) }
    await expect(.notFound("purge")) { try await test.store.finishPurge(PurgeID(99), at: .zero) }
    await expect(.notFound("purge")) { try await test.store.mailboxes(touchedBy: PurgeID(99)) }
    let job = try await test.store.beginPurge(.thread(thread), tenant: test.tenant.id, by: "", at: .zero)
    await expect(.notFound("purge")) { try await test.store.purge(job.id, tenant: other.id) }
  }

  @Test func `a purged mail does not come back by the next sync, nor is it asked for again`() async throws {
    for scope in [PurgeScope.contact(email: "bob@buyer.example"), .thread(thread)] {
      let job = try await test.store.beginPurge(scope, tenant: test.tenant.id, by: "", at: .zero)
      _ = try await test.store.finishPurge(job.id, at: .zero)
    }
    let before = try await test.mails()
    let replay: [SyncBatch.Message] = [
      .sample(1, "a@x", replyTo: ["root@x"]), .sample(11, "a@x", replyTo: ["root@x"]),
      .sample(12, nil, identity: "n"), .sample(13, "b@x", identity: "rewritten"),
    ]
    for place in [folder, second] { #expect(try await test.sync(place, replay).inserted == 0) }
    #expect(try await test.mails() == before)
    // The UIDs stay known, so that a comparison with the server finds no difference.
    #expect(try await test.store.storedUIDs(folder.id, in: 1...20) == [1, 2, 3, 4, 5, 11, 12, 13])
    #expect(try await test.store.wantedMails(folder.mailboxID, limit: 10) == [])
    #expect(try await test.sync(folder, [.sample(21, "news@x")]).inserted == 1)
    try await test.sync(folder, [], expunged: [1...13])
    #expect(try await test.store.folders(folder.mailboxID).first?.stored == 1)
  }

  @Test func `a mail that stays is found in a new folder though its copy was purged`() async throws {
    let kept = try await test.mail("other@x", in: second)
    try await test.sync(folder, [.sample(9, "other@x", identity: "forged")])
    let forged = try await test.mail("other@x", in: folder)
    let job = try await test.store.beginPurge(.mail(forged.id), tenant: test.tenant.id, by: "", at: .zero)
    #expect(try await test.store.finishPurge(job.id, at: .zero).counts.mails == 1)
    try await test.sync(second, [.sample(30, "other@x", seconds: 5)])
    #expect(try await test.mail("other@x", in: second).id == kept.id)
    try await test.store.markGone(kept.id, at: .zero)
    #expect(!(try await test.store.storedUIDs(second.id, in: 1...99)).contains(30))
  }

  @Test func `a purge cut short at any step goes on after a restart and ends the same`() async throws {
    let preview = try await test.store.previewPurge(.mailbox(folder.mailboxID), tenant: test.tenant.id)
    let job = try await test.store.beginPurge(
      .mailbox(folder.mailboxID), tenant: test.tenant.id, by: "", at: .zero)
    var more = true
    while more {
      try await test.reopen()
      #expect(try await test.store.unfinishedPurges().map(\.id) == [job.id])
      more = try await test.store.purgeStep(job.id, rows: 1).more
    }
    try await test.reopen()
    let done = try await test.store.finishPurge(job.id, at: .zero)
    #expect(done.counts == preview && done.remaining == 0 && done.state == .done)
    #expect(try await test.store.finishPurge(job.id, at: .zero.adding(seconds: 99)) == done)
    #expect(try await test.store.purgeStep(job.id, rows: 1).more == false)
    #expect(try await test.eventTypes().suffix(2) == [.mailboxDeleted, .purgeDone])
  }

  @Test func `keys that were destroyed before the crash do not stop it`() async throws {
    for scope in [PurgeScope.mailbox(folder.mailboxID), .tenant] {
      let job = try await test.store.beginPurge(scope, tenant: test.tenant.id, by: "", at: .zero)
      let ids = try await test.store.read { db in
        try Query(
          db,
          scope == .tenant ? "SELECT key_id FROM tenant" : "SELECT key_id FROM mailbox ORDER BY id LIMIT 1"
        )
        .all { $0.text(0) }
      }
      try test.store.keyring.destroy(ids)
      #expect(try await test.store.finishPurge(job.id, at: .zero).state == .done)
    }
  }

  @Test func `a mailbox goes with its folders and its key`() async throws {
    let job = try await test.store.beginPurge(
      .mailbox(folder.mailboxID), tenant: test.tenant.id, by: "", at: .zero)
    #expect(try await test.store.mailboxes(touchedBy: job.id) == [folder.mailboxID])
    let key = try await test.store.read {
      try Query($0, "SELECT key_id FROM mailbox ORDER BY id").first { $0.text(0) }
    }
    _ = try await test.store.finishPurge(job.id, at: .zero)
    #expect(try await test.store.mailboxes(tenant: nil).map(\.id) == [second.mailboxID])
    #expect(try await test.store.folders(folder.mailboxID) == [])
    #expect(throws: MailStoreError.notFound("key")) { try test.store.keyring.key(try #require(key)) }
    await expect(.notFound("mailbox")) { try await test.sync(folder, []) }
    await expect(.notFound("mailbox")) { try await test.submit(folder, "z@x") }
    #expect(try await test.store.mailboxes(touchedBy: job.id) == [])
    // The thread had a duplicate in the other mailbox: it is nothing without what was logged.
    #expect(try await test.mail("a@x", in: second).state == .envelope)
    await expect(.notFound("thread")) { try await test.store.thread(thread, tenant: test.tenant.id) }
    // The same address can be connected anew, under another number.
    #expect(try await test.mailbox().id != folder.mailboxID)
  }

  @Test func `a tenant goes with all it had, and the receipt stays`() async throws {
    let other = try await test.store.createTenant(name: "other", at: .zero)
    let theirs = try await test.account(tenant: other.id)
    try await test.sync(theirs, [.sample(1, "a@x")])
    _ = try await test.store.createToken(
      tenant: test.tenant.id, name: "t", scopes: [], credential: .secret(digest: [1]), expiresAt: nil,
      at: .zero)
    let job = try await test.store.beginPurge(.tenant, tenant: test.tenant.id, by: "ops", at: .zero)
    #expect(try await test.store.mailboxes(touchedBy: job.id) == [folder.mailboxID, second.mailboxID])
    let done = try await test.store.finishPurge(job.id, at: .zero)
    #expect(done.counts.mailboxes == 2 && done.remaining == 0)
    await expect(.notFound("tenant")) { try await test.store.tenant(test.tenant.id) }
    #expect(try await test.store.token(.secret(digest: [1])) == nil)
    #expect(try await test.eventTypes() == [.purgeDone])
    #expect(try await test.store.purges(tenant: test.tenant.id, before: nil, limit: 10) == [done])
    let left = try await rows()
    #expect(left["mail"] == 1 && left["tenant"] == 1 && left["mailbox"] == 1 && left["tombstone"] == 0)
  }

  @Test func `a thread that loses mails is described by what is left`() async throws {
    let job = try await test.store.beginPurge(
      .contact(email: "eve@else.example"), tenant: test.tenant.id, by: "", at: .zero)
    _ = try await test.store.finishPurge(job.id, at: .zero)
    let after = try await test.store.thread(thread, tenant: test.tenant.id)
    #expect(after.mailCount == 3 && after.lastMailAt == .zero.adding(seconds: 20))
  }

  @Test func `a replayed key does not bring a purged submission back`() async throws {
    let job = try await test.store.beginPurge(.thread(thread), tenant: test.tenant.id, by: "", at: .zero)
    _ = try await test.store.finishPurge(job.id, at: .zero)
    #expect(!(try await test.submit(folder, "again@x", key: "key-1")).replayed)
    #expect(try await test.submit(second, "out2@x", key: "key-2").replayed)
  }

  @Test func `mails that come while the purge runs are taken too`() async throws {
    let scope = PurgeScope.contact(email: "eve@else.example")
    let job = try await test.store.beginPurge(scope, tenant: test.tenant.id, by: "", at: .zero)
    #expect(try await test.store.mailboxes(touchedBy: job.id).count == 2)
    while try await test.store.purgeStep(job.id, rows: 10).more {}
    try await test.sync(folder, [.sample(40, "late@x", from: "eve@else.example")])
    let done = try await test.store.finishPurge(job.id, at: .zero)
    #expect(done.remaining == 0 && done.counts.mails == 3)
    #expect(try await test.mails(messageID: "late@x").isEmpty)
  }

  @Test func `while a reader holds the log the purge is not done`() async throws {
    let job = try await test.store.beginPurge(.thread(thread), tenant: test.tenant.id, by: "", at: .zero)
    let (held, release) = (AsyncStream<Void>.makeStream(), AsyncStream<Void>.makeStream())
    let gate = Gate()
    let reader = Task {
      try await test.store.read { db in
        _ = try Query(db, "SELECT count(*) FROM mail").number()
        held.continuation.yield()
        gate.wait()
      }
    }
    for await _ in held.stream { break }
    let waiting = Task { try await test.store.finishPurge(job.id, at: .zero) }
    // Cancelled, it does not wait out its ten seconds, and the job stays open.
    waiting.cancel()
    let open = try await waiting.value
    #expect(open.state == .verifying && !open.logTruncated && open.finishedAt == nil)
    #expect(try await test.store.unfinishedPurges().map(\.id) == [job.id])
    gate.open()
    _ = try await reader.value
    release.continuation.finish()
    #expect(try await test.store.finishPurge(job.id, at: .zero).state == .done)
  }

  @Test func `receipts are listed newest first`() async throws {
    var ids: [PurgeID] = []
    for _ in 0..<3 {
      ids.append(
        try await test.store.beginPurge(.contact(email: "x@y"), tenant: test.tenant.id, by: "", at: .zero).id)
    }
    #expect(
      try await test.store.purges(tenant: test.tenant.id, before: nil, limit: 2).map(\.id) == [
        ids[2], ids[1],
      ])
    #expect(
      try await test.store.purges(tenant: test.tenant.id, before: ids[1], limit: 9).map(\.id) == [ids[0]])
    #expect(try await test.store.purges(tenant: TenantID(99), before: nil, limit: 9) == [])
  }

  @Test func `the scope of one thread or mail touches the mailboxes that have it`() async throws {
    let eve = try await test.mail("eve@x").id
    for (scope, mailboxes) in [
      (PurgeScope.thread(thread), [folder.mailboxID, second.mailboxID]), (.mail(eve), [folder.mailboxID]),
    ] {
      let job = try await test.store.beginPurge(scope, tenant: test.tenant.id, by: "", at: .zero)
      #expect(try await test.store.mailboxes(touchedBy: job.id) == mailboxes)
    }
  }
}

/// Holds a thread of the store until it is opened.
private final class Gate: @unchecked Sendable {
  // SAFETY (`@unchecked Sendable`): a semaphore is made to be used from several threads.
  private let semaphore = UnsafeMutablePointer<sem_t>.allocate(capacity: 1)
  init() { sem_init(semaphore, 0, 0) }
  deinit { semaphore.deallocate() }
  func wait() { sem_wait(semaphore) }
  func open() { sem_post(semaphore) }
}

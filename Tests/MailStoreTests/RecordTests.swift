import Testing

@testable import MailStore

@Suite(.timeLimit(.minutes(1))) struct RecordTests {
  let test: TestStore
  let folder: Folder
  let second: Folder
  let thread: ThreadID
  let deal = RecordRef(type: "deal", key: "4711")
  let person = RecordRef(type: "contact", key: "c-9")

  /// A thread of three logged mails, one of them in two mailboxes; a logged mail elsewhere, in two mailboxes.
  init() async throws {
    test = try await TestStore()
    folder = try await test.account()
    second = try await test.account("cy@acme.example")
    thread = try #require(try await test.submit(folder, "root@x", at: .zero).mail.threadID)
    try await test.sync(
      folder,
      [
        .sample(1, "a@x", replyTo: ["root@x"], seconds: 10), .sample(2, "b@x", replyTo: ["a@x"], seconds: 20),
        .sample(3, "lone@x", seconds: 15),
      ])
    try await test.sync(
      second, [.sample(1, "a@x", replyTo: ["root@x"], seconds: 10), .sample(2, "lone@x", seconds: 16)])
    _ = try await test.store.track(
      try await test.mail("lone@x", in: folder).id, tenant: test.tenant.id, at: .zero)
    for name in ["a@x", "b@x", "lone@x"] { try await log(name) }
  }

  private func log(_ name: String) async throws {
    _ = try await test.store.logMail(
      try await test.mail(name, in: folder).id, raw: Array("body of \(name)".utf8), hasAttachment: false,
      at: .zero)
  }

  private func link(_ record: RecordRef, _ target: RecordTarget) async throws {
    try await test.store.link(record, to: target, tenant: test.tenant.id, at: .zero)
  }

  private func timeline(_ record: RecordRef, _ change: (inout TimelineQuery) -> Void = { _ in }) async throws
    -> [String]
  {
    var query = TimelineQuery(record: record)
    change(&query)
    return try await test.store.timeline(query, tenant: test.tenant.id).map { $0.envelope.messageID ?? "-" }
  }

  @Test func `a linked thread shows each logged mail once, also those that come later`() async throws {
    #expect(try await timeline(deal) == [])
    try await link(deal, .thread(thread))
    try await link(deal, .thread(thread))
    #expect(try await timeline(deal) == ["b@x", "a@x", "root@x"])
    #expect(try await timeline(deal) { $0.newestFirst = false } == ["root@x", "a@x", "b@x"])
    try await test.sync(folder, [.sample(4, "c@x", replyTo: ["b@x"], seconds: 30)])
    #expect(try await timeline(deal).count == 3)
    try await log("c@x")
    #expect(try await timeline(deal).first == "c@x")
    #expect(try await test.store.records(of: .thread(thread), tenant: test.tenant.id) == [deal])
  }

  @Test func `a linked mail stands beside threads, whichever mailbox's copy was named`() async throws {
    try await link(deal, .thread(thread))
    let copy = try await test.mail("lone@x", in: second)
    #expect(copy.state == .duplicate)
    try await link(deal, .mail(copy.id))
    try await link(deal, .mail(try await test.mail("a@x", in: second).id))
    #expect(try await timeline(deal) == ["b@x", "lone@x", "a@x", "root@x"])
    let logged = try await test.mail("lone@x", in: folder)
    #expect(try await test.store.records(of: .mail(logged.id), tenant: test.tenant.id) == [deal])
    // Taken away by the other copy.
    try await test.store.unlink(deal, from: .mail(logged.id), tenant: test.tenant.id)
    #expect(try await timeline(deal) == ["b@x", "a@x", "root@x"])
  }

  @Test(arguments: [true, false], 1...6)
  func `pages of any size give all of it once`(newestFirst: Bool, limit: Int) async throws {
    try await link(deal, .thread(thread))
    try await link(deal, .mail(try await test.mail("lone@x", in: folder).id))
    var seen: [String] = []
    var query = TimelineQuery(record: deal)
    query.newestFirst = newestFirst
    query.limit = limit
    while true {
      let page = try await test.store.timeline(query, tenant: test.tenant.id)
      #expect(page.count <= limit)
      seen += page.compactMap(\.envelope.messageID)
      guard let last = page.last else { break }
      query.after = (last.timelineSeconds, last.id)
    }
    let newest = ["b@x", "lone@x", "a@x", "root@x"]
    #expect(seen == (newestFirst ? newest : newest.reversed()))
  }

  @Test func `unlinking what is not linked says so, and a record without links is forgotten`() async throws {
    let tenant = test.tenant.id
    await expect(.notFound("record")) {
      try await test.store.unlink(deal, from: .thread(thread), tenant: tenant)
    }
    try await link(deal, .thread(thread))
    let mail = try await test.mail("a@x", in: folder).id
    await expect(.notFound("link")) { try await test.store.unlink(deal, from: .mail(mail), tenant: tenant) }
    try await test.store.unlink(deal, from: .thread(thread), tenant: tenant)
    #expect(try await test.store.read { try Query($0, "SELECT count(*) FROM record").number() } == 0)
    await expect(.notFound("record")) { try await test.store.previewPurge(.record(deal), tenant: tenant) }
  }

  @Test func `records, threads and mails of other tenants do not exist`() async throws {
    let other = try await test.store.createTenant(name: "other", at: .zero).id
    try await link(deal, .thread(thread))
    let mail = try await test.mail("a@x", in: folder).id
    await expect(.notFound("thread")) {
      try await test.store.link(deal, to: .thread(thread), tenant: other, at: .zero)
    }
    await expect(.notFound("mail")) {
      try await test.store.link(deal, to: .mail(mail), tenant: other, at: .zero)
    }
    await expect(.notFound("thread")) { try await test.store.records(of: .thread(thread), tenant: other) }
    await expect(.notFound("record")) {
      try await test.store.unlink(deal, from: .thread(thread), tenant: other)
    }
    #expect(try await test.store.timeline(TimelineQuery(record: deal), tenant: other) == [])
    await expect(.notFound("record")) { try await test.store.previewPurge(.record(deal), tenant: other) }
    var query = ThreadQuery()
    query.record = deal
    #expect(try await test.store.threads(query, tenant: other) == [])
    #expect(try await test.store.threads(query, tenant: test.tenant.id).map(\.id) == [thread])
  }

  @Test func `sending links the thread, and a repetition links nothing anew`() async throws {
    var new = NewSubmission(
      mailboxID: folder.mailboxID, tenantID: test.tenant.id, envelope: .sample("s@x"),
      envelopeFrom: "ann@acme.example", recipients: ["bob@buyer.example"], raw: Array("x".utf8),
      tracked: true,
      origin: .timeline, hasAttachment: false, sendAt: nil, idempotencyKey: "k", fingerprint: [9])
    new.records = [deal, person]
    let sent = new
    let made = try await test.store.createSubmission(sent, at: .zero)
    #expect(try await timeline(person) == ["s@x"])
    let thread = try #require(made.mail.threadID)
    try await test.store.unlink(person, from: .thread(thread), tenant: test.tenant.id)
    #expect(try await test.store.createSubmission(sent, at: .zero).replayed)
    #expect(try await test.store.records(of: .thread(thread), tenant: test.tenant.id) == [deal])
  }

  // MARK: Erasing

  private func rows() async throws -> [String: Int64] {
    try await test.store.read { db in
      var rows: [String: Int64] = [:]
      for table in ["mail", "thread", "body", "record", "record_thread", "record_mail"] {
        rows[table] = try Query(db, "SELECT count(*) FROM \(table)").number()
      }
      return rows
    }
  }

  private func erase(_ scope: PurgeScope, rows: Int) async throws -> Purge {
    let purge = try await test.store.beginPurge(scope, tenant: test.tenant.id, by: "ci", at: .zero)
    while try await test.store.purgeStep(purge.id, rows: rows).more {}
    return try await test.store.finishPurge(purge.id, at: .zero)
  }

  @Test(arguments: [1, 2, 1000])
  func `erasing a record takes what was announced, in every mailbox`(_ step: Int) async throws {
    try await link(deal, .thread(thread))
    try await link(deal, .mail(try await test.mail("lone@x", in: folder).id))
    try await link(person, .thread(thread))
    let preview = try await test.store.previewPurge(.record(deal), tenant: test.tenant.id)
    // root, a twice, b, lone twice.
    #expect(preview.mails == 6 && preview.bodies == 4 && preview.threads == 2)
    let before = try await rows()
    let done = try await erase(.record(deal), rows: step)
    #expect(done.counts == preview && done.state == .done && done.remaining == 0)
    let after = try await rows()
    #expect(before["mail"]! - after["mail"]! == 6 && before["thread"]! - after["thread"]! == 2)
    // The person's record had nothing but the thread.
    #expect(after["record"] == 0 && after["record_thread"] == 0 && after["record_mail"] == 0)
    #expect(try await test.store.read { try Query($0, "PRAGMA foreign_key_check").exists() } == false)
    // It does not come back.
    try await test.sync(folder, [.sample(9, "lone@x", seconds: 15)])
    #expect(try await test.mails(messageID: "lone@x").isEmpty)
  }

  @Test func `other erasures take the links of what goes, and leave the record's other links`() async throws {
    try await link(deal, .thread(thread))
    try await link(deal, .mail(try await test.mail("lone@x", in: folder).id))
    try await link(person, .mail(try await test.mail("b@x", in: folder).id))
    _ = try await erase(.thread(thread), rows: 1)
    #expect(try await timeline(deal) == ["lone@x"])
    #expect(try await timeline(person) == [])
    #expect(try await rows()["record"] == 1)
    _ = try await erase(.mail(try await test.mail("lone@x", in: second).id), rows: 1)
    #expect(try await rows().filter { $0.key.hasPrefix("record") }.values.allSatisfy { $0 == 0 })
  }

  @Test func `erasing the tenant takes records too`() async throws {
    try await link(deal, .thread(thread))
    try await link(person, .mail(try await test.mail("lone@x", in: folder).id))
    _ = try await erase(.tenant, rows: 2)
    #expect(try await rows().values.allSatisfy { $0 == 0 })
  }
}

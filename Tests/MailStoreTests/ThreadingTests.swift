import Testing

@testable import MailStore

@Suite(.timeLimit(.minutes(1))) struct ThreadingTests {
  let test: TestStore
  let folder: Folder

  init() async throws {
    test = try await TestStore()
    folder = try await test.account()
  }

  @Test func `nothing is wanted while nothing is tracked`() async throws {
    try await test.sync(folder, [.sample(1, "a@x"), .sample(2, "b@x", replyTo: ["a@x"])])
    #expect(try await test.states(folder) == ["a@x": .envelope, "b@x": .envelope])
    #expect(try await test.store.wantedMails(folder.mailboxID, limit: 10) == [])
  }

  @Test func `answers are wanted by In-Reply-To before References, strangers are not`() async throws {
    let root = try await test.submit(folder, "root@x")
    let outcome = try await test.sync(
      folder,
      [
        .sample(1, "a@x", replyTo: ["root@x"], references: ["root@x"]),
        .sample(2, "b@x", replyTo: ["a@x", "other@x"]),
        .sample(3, "c@x", replyTo: ["nobody@x"], references: ["root@x", "nobody@x"]),
        .sample(4, "d@x", replyTo: ["ROOT@x"]), .sample(5, "e@x"),
      ])
    #expect(outcome.wanted == [folder.mailboxID])
    let wanted = try await test.mails().filter { $0.state == .wanted }
    #expect(
      Dictionary(uniqueKeysWithValues: wanted.map { ($0.envelope.messageID, $0.matchedBy) })
        == ["a@x": .inReplyTo, "b@x": .inReplyTo, "c@x": .references])
    #expect(wanted.allSatisfy { $0.threadID == root.mail.threadID })
    #expect(try await test.sync(folder, []).wanted == [])
  }

  @Test func `newest first: an answer waits for what it answers, through many steps`() async throws {
    _ = try await test.submit(folder, "m0@x")
    for number in (2...9).reversed() {
      let outcome = try await test.sync(
        folder, [.sample(UInt32(number), "m\(number)@x", replyTo: ["m\(number - 1)@x"])])
      #expect(outcome.wanted == [])
    }
    #expect(try await test.sync(folder, [.sample(1, "m1@x", replyTo: ["m0@x"])]).wanted == [folder.mailboxID])
    let mails = try await test.mails().filter { $0.state == .wanted }
    #expect(mails.count == 9)
    #expect(mails.filter { $0.matchedBy == .child }.count == 8)
  }

  @Test func `to be named by a tracked mail does not pull a mail in`() async throws {
    try await test.sync(folder, [.sample(1, "private@x"), .sample(2, "below@x", replyTo: ["private@x"])])
    _ = try await test.submit(folder, "root@x", replyTo: ["private@x"], references: ["private@x"])
    try await test.sync(
      folder, [.sample(3, "a@x", replyTo: ["root@x"], references: ["private@x", "root@x"])])
    #expect(try await test.states(folder)["private@x"] == .envelope)
    #expect(try await test.states(folder)["below@x"] == .envelope)
    #expect(try await test.states(folder)["a@x"] == .wanted)
  }

  @Test func `Message-IDs that only look equal are different`() async throws {
    _ = try await test.submit(folder, "tenant-K@x")
    try await test.sync(
      folder, [.sample(1, "a@x", replyTo: ["tenant-\u{212A}@x"]), .sample(2, "b@x", replyTo: ["tenant-K@x"])])
    #expect(try await test.states(folder)["a@x"] == .envelope)
    #expect(try await test.states(folder)["b@x"] == .wanted)
  }

  @Test func `other tenants' threads do not matter`() async throws {
    _ = try await test.submit(folder, "root@x")
    let other = try await test.store.createTenant(name: "other", at: .zero)
    let foreign = try await test.account(tenant: other.id)
    #expect(try await test.sync(foreign, [.sample(1, "a@x", replyTo: ["root@x"])]).wanted == [])
  }

  @Test func `answers in the tenant's other mailboxes are wanted there`() async throws {
    let second = try await test.account("cy@acme.example")
    try await test.sync(second, [.sample(1, "b@x", replyTo: ["a@x"])])
    _ = try await test.submit(folder, "root@x")
    let outcome = try await test.sync(folder, [.sample(1, "a@x", replyTo: ["root@x"])])
    #expect(outcome.wanted == [folder.mailboxID, second.mailboxID])
    #expect(try await test.store.wantedMails(second.mailboxID, limit: 10).map(\.uid) == [1])
  }

  @Test func `one mail in two mailboxes is logged once`() async throws {
    let second = try await test.account("cy@acme.example")
    let third = try await test.account("di@acme.example")
    let root = try await test.submit(folder, "root@x")
    let reply = SyncBatch.Message.sample(1, "a@x", replyTo: ["root@x"])
    // In the first it is wanted and logged; in the second it is wanted at that time; the third comes later.
    try await test.sync(folder, [reply])
    try await test.sync(second, [reply])
    let mail = try await test.mail("a@x", in: folder)
    #expect(
      try await test.store.logMail(mail.id, raw: [1, 2], hasAttachment: true, at: .zero)
        == .logged(wanted: []))
    #expect(try await test.states(second) == ["a@x": .duplicate])
    #expect(try await test.sync(third, [reply]).wanted == [])
    #expect(try await test.states(third) == ["a@x": .duplicate])
    // The sent mail itself, received by a colleague.
    try await test.sync(third, [.sample(2, "root@x")])
    let received = try await test.mail("root@x", in: third)
    #expect(received.state == .duplicate && received.threadID == root.mail.threadID)
    let thread = try await test.store.thread(try #require(root.mail.threadID), tenant: test.tenant.id)
    #expect(thread.mailCount == 2)
    let mails = try await test.store.threadMails(thread.id, tenant: test.tenant.id)
    #expect(mails.map(\.envelope.messageID) == ["root@x", "a@x"])
    #expect(try await test.eventTypes().filter { $0 == .mailLogged }.count == 2)
    let copy = try await test.mail("a@x", in: second)
    #expect(try await test.store.logMail(copy.id, raw: [1], hasAttachment: false, at: .zero) == .notWanted)
    await expect(.notFound("body")) { try await test.store.raw(copy.id, tenant: nil) }
  }

  @Test func `a copy that was fetched at the same time becomes the duplicate`() async throws {
    let second = try await test.account("cy@acme.example")
    _ = try await test.submit(folder, "root@x")
    for place in [folder, second] { try await test.sync(place, [.sample(1, "a@x", replyTo: ["root@x"])]) }
    let ids = try await [test.mail("a@x", in: folder).id, test.mail("a@x", in: second).id]
    let outcomes = try await withThrowingTaskGroup(of: LogOutcome.self) { group in
      for id in ids {
        group.addTask { [store = test.store] in
          try await store.logMail(id, raw: [1], hasAttachment: false, at: .zero)
        }
      }
      return try await group.reduce(into: []) { $0.append($1) }
    }
    #expect(outcomes.filter { $0 == .logged(wanted: []) }.count == 1)
    #expect(try await test.mails(loggedOnly: true, messageID: "a@x").count == 1)
  }

  @Test func `tracking takes ancestors, descendants and siblings, known or not`() async throws {
    let second = try await test.account("cy@acme.example")
    try await test.sync(
      folder,
      [
        .sample(1, "top@x", seconds: 1), .sample(2, "mid@x", replyTo: ["top@x"], seconds: 2),
        .sample(3, "leaf@x", references: ["top@x", "mid@x"], seconds: 3),
        .sample(4, "aunt@x", references: ["absent@x"]), .sample(5, "stranger@x"),
      ])
    try await test.sync(second, [.sample(1, "uncle@x", references: ["absent@x", "mid@x"], seconds: 9)])
    let (thread, mailboxes) = try await test.store.track(
      try await test.mail("mid@x").id, tenant: test.tenant.id, at: .zero)
    #expect(mailboxes == [folder.mailboxID, second.mailboxID])
    #expect(thread.tracked && thread.mailCount == 5 && thread.subject == "Offer")
    #expect(thread.lastMailAt == Timestamp.zero.adding(seconds: 9))
    #expect(try await test.states(folder).filter { $0.value == .envelope }.keys.sorted() == ["stranger@x"])
    #expect(try await test.mail("top@x").matchedBy == .tracked)
    // Again: the same thread, nothing new.
    let events = test.store.latestEvent
    let again = try await test.store.track(
      try await test.mail("leaf@x").id, tenant: test.tenant.id, at: .zero)
    #expect(again.0 == thread && again.1 == [])
    #expect(test.store.latestEvent == events)
    #expect(try await test.eventTypes().filter { $0 == .threadTracked }.count == 1)
  }

  @Test func `tracking a mail of an old conversation takes that one up again`() async throws {
    let root = try await test.submit(folder, "root@x")
    let thread = try #require(root.mail.threadID)
    _ = try await test.store.untrack(thread, tenant: test.tenant.id, at: .zero)
    try await test.sync(folder, [.sample(1, "a@x", replyTo: ["root@x"])])
    #expect(try await test.mail("a@x").state == .envelope)
    let tracked = try await test.store.track(try await test.mail("a@x").id, tenant: test.tenant.id, at: .zero)
    #expect(tracked.0.id == thread && tracked.0.tracked && tracked.0.mailCount == 2)
    #expect(try await test.eventTypes().suffix(2) == [.threadUntracked, .threadTracked])
  }

  @Test func `an untracked thread wants nothing new, and keeps what is logged`() async throws {
    let root = try await test.submit(folder, "root@x")
    let thread = try #require(root.mail.threadID)
    try await test.sync(folder, [.sample(1, "a@x", replyTo: ["root@x"])])
    let waiting = try await test.mail("a@x")
    let after = try await test.store.untrack(thread, tenant: test.tenant.id, at: .zero)
    #expect(!after.tracked && after.mailCount == 1)
    #expect(try await test.store.logMail(waiting.id, raw: [1], hasAttachment: false, at: .zero) == .notWanted)
    #expect(try await test.sync(folder, [.sample(2, "b@x", replyTo: ["root@x"])]).wanted == [])
    #expect(try await test.states(folder) == ["root@x": .logged, "a@x": .envelope, "b@x": .envelope])
    let events = test.store.latestEvent
    _ = try await test.store.untrack(thread, tenant: test.tenant.id, at: .zero)
    #expect(test.store.latestEvent == events)
    await expect(.notFound("thread")) {
      try await test.store.untrack(thread, tenant: TenantID(99), at: .zero)
    }
    await expect(.notFound("mail")) {
      try await test.store.track(waiting.id, tenant: TenantID(99), at: .zero)
    }
  }

  @Test func `a mail that names itself or a circle of mails ends`() async throws {
    _ = try await test.submit(folder, "root@x")
    try await test.sync(
      folder,
      [
        .sample(1, "self@x", replyTo: ["self@x"]), .sample(2, "one@x", references: ["two@x", "root@x"]),
        .sample(3, "two@x", replyTo: ["one@x"]),
      ])
    #expect(try await test.states(folder)["self@x"] == .envelope)
    #expect(try await test.states(folder)["two@x"] == .wanted)
    let (thread, _) = try await test.store.track(
      try await test.mail("self@x").id, tenant: test.tenant.id, at: .zero)
    #expect(thread.mailCount == 1)
  }
}

@Suite(.timeLimit(.minutes(1))) struct FetchingTests {
  let test: TestStore
  let folder: Folder

  init() async throws {
    test = try await TestStore()
    folder = try await test.account()
    _ = try await test.submit(folder, "root@x")
  }

  @Test func `wanted mails come newest first, with one place each`() async throws {
    try await test.sync(
      folder,
      [
        .sample(1, "old@x", replyTo: ["root@x"], seconds: 1),
        .sample(2, "new@x", replyTo: ["root@x"], seconds: 9),
        .sample(3, "old@x", replyTo: ["root@x"], seconds: 1),
      ])
    let wanted = try await test.store.wantedMails(folder.mailboxID, limit: 10)
    #expect(wanted.map(\.uid) == [2, 1])
    #expect(
      wanted.first?.uidValidity == 7 && wanted.first?.folderID == folder.id && wanted.first?.size == 1000)
    #expect(try await test.store.wantedMails(folder.mailboxID, limit: 1).map(\.uid) == [2])
  }

  @Test(arguments: [0, 1, 100, 300_000]) func `a logged body comes back as it was`(octets: Int) async throws {
    try await test.sync(
      folder, [.sample(1, "a@x", replyTo: ["root@x"]), .sample(2, "b@x", replyTo: ["a@x"])])
    let id = try await test.mail("a@x").id
    let raw = (0..<octets).map { UInt8(truncatingIfNeeded: $0 &* 31 ^ $0 >> 8) }
    let at = Timestamp.zero.adding(seconds: 60)
    #expect(try await test.store.logMail(id, raw: raw, hasAttachment: true, at: at) == .logged(wanted: []))
    #expect(try await test.store.raw(id, tenant: test.tenant.id) == raw)
    #expect(try await test.store.raw(id, tenant: nil) == raw)
    let mail = try await test.mail("a@x")
    #expect(mail.state == .logged && mail.hasAttachment && mail.loggedAt == at)
    let event = try #require(try await test.events().last)
    #expect(event.type == .mailLogged && event.mailID == id && event.threadID == mail.threadID)
    #expect(event.facts == ["matchedBy": "inReplyTo", "direction": "incoming", "origin": "inbox"])
    #expect(try await test.store.logMail(id, raw: [9], hasAttachment: false, at: at) == .notWanted)
    #expect(try await test.store.raw(id, tenant: nil) == raw)
    try await test.reopen()
    #expect(try await test.store.raw(id, tenant: nil) == raw)
  }

  @Test func `the content on disk is sealed, and a moved or changed body does not open`() async throws {
    try await test.sync(
      folder, [.sample(1, "a@x", replyTo: ["root@x"]), .sample(2, "b@x", replyTo: ["root@x"])])
    let (a, b) = (try await test.mail("a@x").id, try await test.mail("b@x").id)
    for id in [a, b] {
      _ = try await test.store.logMail(id, raw: [1, 2, 3], hasAttachment: false, at: .zero)
    }
    try await test.store.write { db, _ in
      try Query(db, "UPDATE body SET sealed = (SELECT sealed FROM body WHERE mail_id = ?) WHERE mail_id = ?")
        .run(b, a)
    }
    await #expect(throws: MailStoreError.self) { _ = try await test.store.raw(a, tenant: nil) }
    #expect(try await test.store.raw(b, tenant: nil) == [1, 2, 3])
    try await test.store.write { db, _ in try Query(db, "UPDATE body SET octets = 2 WHERE mail_id = ?").run(b)
    }
    await expect(.corrupt("a packed body")) { try await test.store.raw(b, tenant: nil) }
    try await test.store.write { db, _ in try Query(db, "UPDATE body SET octets = 4 WHERE mail_id = ?").run(b)
    }
    await expect(.corrupt("a body's length")) { try await test.store.raw(b, tenant: nil) }
  }

  @Test func `what is not wanted, or not there, is not logged`() async throws {
    try await test.sync(folder, [.sample(1, "a@x")])
    let id = try await test.mail("a@x").id
    #expect(try await test.store.logMail(id, raw: [1], hasAttachment: false, at: .zero) == .notWanted)
    #expect(
      try await test.store.logMail(MailID(999), raw: [1], hasAttachment: false, at: .zero) == .notWanted)
    await expect(.notFound("body")) { try await test.store.raw(id, tenant: nil) }
    await expect(.notFound("mail")) { try await test.store.raw(id, tenant: TenantID(99)) }
    await expect(.notFound("mail")) { try await test.store.raw(MailID(999), tenant: nil) }
  }

  @Test func `a mail that left the server before it was fetched is gone, and comes back with it`()
    async throws
  {
    try await test.sync(
      folder, [.sample(1, "a@x", replyTo: ["root@x"]), .sample(2, "b@x", replyTo: ["root@x"])])
    try await test.sync(folder, [], expunged: [1...1])
    let (a, b) = (try await test.mail("a@x"), try await test.mail("b@x"))
    #expect(a.state == .gone)
    try await test.store.markGone(b.id, at: .zero)
    #expect(try await test.mail("b@x").state == .gone)
    #expect(try await test.eventTypes().suffix(2) == [.mailGone, .mailGone])
    #expect(try await test.store.folders(folder.mailboxID).first?.stored == 0)
    try await test.store.markGone(b.id, at: .zero)
    #expect(try await test.eventTypes().filter { $0 == .mailGone }.count == 2)
    #expect(
      try await test.sync(folder, [.sample(5, "a@x", replyTo: ["root@x"])]).wanted == [folder.mailboxID])
    #expect(try await test.mail("a@x").state == .wanted)
    await expect(.notFound("mail")) { try await test.store.markGone(MailID(999), at: .zero) }
  }

  @Test func `a logged mail stays when the server drops it`() async throws {
    try await test.sync(folder, [.sample(1, "a@x", replyTo: ["root@x"])])
    let id = try await test.mail("a@x").id
    _ = try await test.store.logMail(id, raw: [1], hasAttachment: false, at: .zero)
    try await test.sync(folder, [], expunged: [1...100])
    #expect(try await test.mail("a@x").state == .logged)
    #expect(try await test.store.raw(id, tenant: nil) == [1])
  }
}

import Testing

@testable import MailStore

@Suite(.timeLimit(.minutes(1))) struct MatchingTests {
  let test: TestStore
  let folder: Folder
  let thread: ThreadID

  /// A mail to Bob, sent and tracked, with subject "Offer"; its copy in Sent has a Thread-Index.
  init() async throws {
    test = try await TestStore()
    folder = try await test.account()
    thread = try #require(try await test.submit(folder, "root@x").mail.threadID)
  }

  private static let index = [UInt8](repeating: 7, count: 22)

  private func message(
    _ uid: UInt32, _ id: String?, subject: String = "Offer", from: String = "bob@buyer.example",
    replyTo: [String] = [], seconds: Int64 = 10, _ change: (inout MailClues) -> Void = { _ in }
  ) -> SyncBatch.Message {
    var message = SyncBatch.Message.sample(uid, id, replyTo: replyTo, from: from, seconds: seconds)
    message.envelope.subject = "Re: " + subject
    message.envelope.baseSubject = subject
    message.clues.isReply = true
    change(&message.clues)
    return message
  }

  private func set(_ change: (inout TenantSettings) -> Void) async throws {
    var settings = TenantSettings()
    change(&settings)
    try await test.store.setSettings(settings, of: test.tenant.id)
  }

  private func match(_ id: String) async throws -> MatchRule? { try await test.mail(id).matchedBy }

  @Test func `the provider's conversation and Exchange's tell where a mail without references belongs`()
    async throws
  {
    try await set { $0.matchBySubject = false }
    // The copy in Sent teaches both.
    try await test.sync(
      folder, [message(1, "root@x") { ($0.threadIndex, $0.providerThread) = (Self.index, "gm:1") }])
    try await test.sync(
      folder,
      [
        message(2, "a@x") { $0.threadIndex = Self.index + [1, 2, 3, 4, 5] },
        message(3, "b@x") { $0.providerThread = "gm:1" },
        message(4, "c@x") { $0.threadIndex = Array(Self.index.dropLast()) + [8, 1, 2, 3, 4, 5] },
        message(5, "d@x") { $0.providerThread = "gm:2" }, message(6, "e@x"),
      ])
    #expect(try await match("a@x") == .threadIndex)
    #expect(try await match("b@x") == .providerThread)
    for id in ["c@x", "d@x", "e@x"] { #expect(try await test.mail(id).state == .envelope, "\(id)") }
    // The provider's id means nothing in another mailbox.
    let second = try await test.account("cy@acme.example")
    try await test.sync(second, [message(1, "f@x") { $0.providerThread = "gm:1" }])
    #expect(try await test.mail("f@x").state == .envelope)
    #expect(MatchRule.threadIndex.confidence < 1 && MatchRule.inReplyTo.confidence == 1)
    // Erased with everything by which it was found.
    let purge = try await test.store.beginPurge(.thread(thread), tenant: test.tenant.id, by: "", at: .zero)
    _ = try await test.store.finishPurge(purge.id, at: .zero)
    let stray = try await test.store.read {
      try Query($0, "SELECT count(*) FROM link WHERE mail_id NOT IN (SELECT id FROM mail)").number()
    }
    #expect(stray == 0)
  }

  @Test func `the guess needs subject, participants, time, mailbox and nothing that says otherwise`()
    async throws
  {
    let day: Int64 = 86_400
    let second = try await test.account("cy@acme.example")
    try await test.sync(folder, [.sample(90, "known@x", subject: "Else", from: "eve@else.example")])
    try await test.sync(second, [message(1, "mailbox@x")])
    var named = message(7, "named@x", replyTo: ["known@x"])
    named.clues.isReply = true
    var first = message(8, "first@x")
    first.clues.isReply = false
    try await test.sync(
      folder,
      [
        message(1, "good@x"), message(2, "lost@x", replyTo: ["rewritten@x"], seconds: 20),
        message(3, "subject@x", subject: "Offers"), message(4, "stranger@x", from: "eve@else.example"),
        message(5, "late@x", seconds: 70 * day), message(6, "early@x", seconds: -day), named, first,
        message(9, "machine@x") { $0.isAutomatic = true },
      ])
    for id in ["good@x", "lost@x"] { #expect(try await match(id) == .subject, "\(id)") }
    for id in [
      "mailbox@x", "subject@x", "stranger@x", "late@x", "early@x", "named@x", "first@x", "machine@x",
    ] {
      #expect(try await test.mail(id).state == .envelope, "\(id)")
    }
    try await set { $0.matchBySubject = false }
    try await test.sync(folder, [message(10, "off@x")])
    #expect(try await test.mail("off@x").state == .envelope)
  }

  @Test func `a common subject is no evidence`() async throws {
    var new = MailEnvelope.sample("q@x", subject: "Question")
    new.baseSubject = "Question"
    _ = try await test.store.createSubmission(
      NewSubmission(
        mailboxID: folder.mailboxID, tenantID: test.tenant.id, envelope: new,
        envelopeFrom: "ann@acme.example",
        recipients: ["bob@buyer.example"], raw: [1], tracked: true, origin: .timeline, hasAttachment: false,
        sendAt: nil, idempotencyKey: nil, fingerprint: [2]), at: .zero)
    try await test.sync(folder, [message(1, "a@x", subject: "Question")])
    #expect(try await test.mail("a@x").state == .envelope)
  }

  @Test(arguments: [false, true])
  func `forward and edit begins a thread of its own, in whatever order it is read`(_ isAnswerFirst: Bool)
    async throws
  {
    let fork = message(1, "fork@x", subject: "Another thing", from: "zoe@new.example", replyTo: ["root@x"])
    var answer = message(
      2, "answer@x", subject: "Another thing", from: "zoe@new.example", replyTo: ["fork@x"], seconds: 20)
    answer.envelope.references = ["root@x", "fork@x"]
    for one in isAnswerFirst ? [answer, fork] : [fork, answer] { try await test.sync(folder, [one]) }
    let made = try await test.mail("fork@x")
    #expect(made.matchedBy == .fork && made.threadID != thread)
    #expect(try await test.mail("answer@x").threadID == made.threadID)
    let forked = try await test.store.thread(try #require(made.threadID), tenant: test.tenant.id)
    #expect(forked.forkedFrom == thread && forked.subject == "Another thing")
    // With somebody of the conversation, or the old subject, it is an answer.
    try await test.sync(
      folder,
      [
        message(3, "same@x", subject: "Another thing", replyTo: ["root@x"]),
        message(4, "joined@x", from: "zoe@new.example", replyTo: ["root@x"]),
      ])
    for id in ["same@x", "joined@x"] { #expect(try await test.mail(id).threadID == thread, "\(id)") }
  }

  @Test func `the same subject can be demanded`() async throws {
    try await set { $0.demandSameSubject = true }
    try await test.sync(
      folder,
      [message(1, "a@x", replyTo: ["root@x"]), message(2, "b@x", subject: "Else", replyTo: ["root@x"])])
    #expect(try await test.mail("a@x").threadID == thread)
    #expect(try await test.mail("b@x").state == .envelope)
  }

  @Test func `mail with known contacts is logged where the tenant wants it`() async throws {
    try await test.sync(folder, [message(1, "before@x", subject: "New")])
    try await set { $0.logKnownContacts = true }
    try await test.sync(
      folder,
      [
        message(2, "after@x", subject: "New"),
        message(3, "stranger@x", subject: "New", from: "eve@else.example"),
        message(4, "list@x", subject: "New") { $0.isAutomatic = true },
      ])
    #expect(try await match("after@x") == .contact)
    for id in ["before@x", "stranger@x", "list@x"] {
      #expect(try await test.mail(id).state == .envelope, "\(id)")
    }
  }

  @Test func `a mail that comes late holds two threads together, the older stays`() async throws {
    try await test.sync(folder, [message(1, "c@x", replyTo: ["b@x"], seconds: 30) { $0.isReply = false }])
    let other = try await test.store.track(try await test.mail("c@x").id, tenant: test.tenant.id, at: .zero).0
    #expect(other.id != thread)
    try await test.sync(folder, [message(2, "b@x", replyTo: ["root@x"], seconds: 20)])
    for id in ["b@x", "c@x"] { #expect(try await test.mail(id).threadID == thread, "\(id)") }
    // Its other name.
    #expect(try await test.store.thread(other.id, tenant: test.tenant.id).id == thread)
    #expect(try await test.eventTypes().contains(.threadMerged))
  }

  @Test func `what a caller split or merged stays so`() async throws {
    try await test.sync(
      folder,
      [
        message(1, "a@x", replyTo: ["root@x"]), message(2, "b@x", replyTo: ["a@x"], seconds: 20),
        message(3, "c@x", replyTo: ["root@x"], seconds: 30),
      ])
    let split = try await test.store.split(try await test.mail("a@x").id, tenant: test.tenant.id, at: .zero)
    #expect(split.forkedFrom == thread)
    try await test.sync(
      folder,
      [message(4, "d@x", replyTo: ["b@x"], seconds: 40), message(5, "e@x", replyTo: ["c@x"], seconds: 50)])
    for id in ["a@x", "b@x", "d@x"] { #expect(try await test.mail(id).threadID == split.id, "\(id)") }
    for id in ["c@x", "e@x"] { #expect(try await test.mail(id).threadID == thread, "\(id)") }
    await expect(.conflict("whole")) {
      try await test.store.split(try await test.mail("root@x").id, tenant: test.tenant.id, at: .zero)
    }
    let record = RecordRef(type: "deal", key: "1")
    try await test.store.link(record, to: .thread(split.id), tenant: test.tenant.id, at: .zero)
    let merged = try await test.store.merge(split.id, into: thread, tenant: test.tenant.id, at: .zero)
    #expect(merged.id == thread && merged.mailCount == 6)
    #expect(try await test.store.records(of: .thread(thread), tenant: test.tenant.id) == [record])
    #expect(try await test.store.threadMails(split.id, tenant: test.tenant.id).count == 6)
    try await test.sync(folder, [message(6, "f@x", replyTo: ["d@x"], seconds: 60)])
    #expect(try await test.mail("f@x").threadID == thread)
    let other = try await test.store.createTenant(name: "other", at: .zero).id
    await expect(.notFound("thread")) {
      try await test.store.merge(thread, into: thread, tenant: other, at: .zero)
    }
    await expect(.notFound("thread")) { try await test.store.thread(split.id, tenant: other) }
    #expect(try await test.store.read { try Query($0, "PRAGMA foreign_key_check").exists() } == false)
  }

  @Test func `a long thread in which each mail came before the one it answers is split whole`() async throws {
    let count: UInt32 = 4000
    let mails = (1...count).map { n in
      message(n, "n\(n)@x", replyTo: [n == count ? "root@x" : "n\(n + 1)@x"], seconds: Int64(n))
    }
    try await test.sync(folder, mails.reversed())
    let top = try await test.mail("n\(count)@x").id
    let split = try await test.store.split(top, tenant: test.tenant.id, at: .zero)
    #expect(try await test.store.thread(split.id, tenant: test.tenant.id).mailCount == Int(count))
  }
}

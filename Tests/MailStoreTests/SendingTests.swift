import Testing

@testable import MailStore

@Suite(.timeLimit(.minutes(1))) struct SendingTests {
  let test: TestStore
  let folder: Folder

  init() async throws {
    test = try await TestStore()
    folder = try await test.account()
  }

  private func update(
    _ id: SubmissionID, _ expected: [SubmissionState], _ state: SubmissionState,
    _ change: (inout SubmissionUpdate) -> Void = { _ in }
  ) async throws -> Submission {
    var update = SubmissionUpdate(state: state)
    change(&update)
    return try await test.store.updateSubmission(id, expected: expected, update, at: .zero.adding(seconds: 5))
  }

  private func outgoingRows() async throws -> Int64 {
    try await test.store.read { try Query($0, "SELECT count(*) FROM outgoing").number() }
  }

  @Test func `a tracked mail is logged at once in a thread of its own`() async throws {
    let made = try await test.submit(folder, "root@x", raw: "hello")
    #expect(!made.replayed)
    #expect(made.mail.state == .logged && made.mail.direction == .outgoing && made.mail.matchedBy == .sent)
    #expect(made.submission.state == .queued && made.submission.sentCopy == .pending)
    #expect(made.submission.recipients.map(\.email) == ["bob@buyer.example", "cy@buyer.example"])
    #expect(made.submission.messageID == "root@x" && made.submission.nextAttemptAt == .zero)
    #expect(try await test.store.raw(made.mail.id, tenant: nil) == Array("hello".utf8))
    #expect(try await test.store.submissionRaw(made.submission.id) == Array("hello".utf8))
    #expect(try await outgoingRows() == 0)
    #expect(try await test.store.submission(made.submission.id, tenant: test.tenant.id) == made.submission)
    #expect(try await test.store.submission(ofMail: made.mail.id, tenant: nil) == made.submission)
    let thread = try await test.store.thread(try #require(made.mail.threadID), tenant: test.tenant.id)
    #expect(thread.tracked && thread.mailCount == 1)
    #expect(
      try await test.eventTypes() == [.mailboxConnected, .threadTracked, .mailLogged, .submissionState])
  }

  @Test func `an answer joins the thread it answers, which is tracked again`() async throws {
    let root = try await test.submit(folder, "root@x")
    let thread = try #require(root.mail.threadID)
    let reply = try await test.submit(folder, "a@x", references: ["root@x"])
    #expect(reply.mail.threadID == thread)
    _ = try await test.store.untrack(thread, tenant: test.tenant.id, at: .zero)
    let later = try await test.submit(folder, "b@x", replyTo: ["a@x"], sendAt: .zero.adding(seconds: 50))
    #expect(later.mail.threadID == thread)
    let after = try await test.store.thread(thread, tenant: test.tenant.id)
    #expect(after.tracked && after.mailCount == 3 && after.lastMailAt == .zero.adding(seconds: 50))
    #expect(try await test.eventTypes().filter { $0 == .threadTracked }.count == 2)
  }

  @Test func `an untracked mail leaves its octets only until its fate is settled`() async throws {
    let made = try await test.submit(folder, "root@x", tracked: false, raw: "hello")
    #expect(made.mail.state == .envelope && made.mail.threadID == nil)
    await expect(.notFound("body")) { try await test.store.raw(made.mail.id, tenant: nil) }
    #expect(try await test.store.submissionRaw(made.submission.id) == Array("hello".utf8))
    _ = try await update(made.submission.id, [.queued], .accepted)
    #expect(try await outgoingRows() == 1)
    _ = try await update(made.submission.id, [.accepted], .accepted) { $0.sentCopy = .appended }
    #expect(try await outgoingRows() == 0)
    await expect(.notFound("body")) { try await test.store.submissionRaw(made.submission.id) }
    #expect(!(try await test.eventTypes().contains(.mailLogged)))
  }

  @Test func `a key's repetition gets the first answer, other content with it is refused`() async throws {
    let first = try await test.submit(folder, "a@x", key: "k")
    let events = test.store.latestEvent
    let second = try await test.submit(folder, "b@x", key: "k")
    #expect(second.replayed && second.submission == first.submission && second.mail == first.mail)
    #expect(test.store.latestEvent == events)
    await expect(.keyReused) { try await test.submit(folder, "c@x", key: "k", fingerprint: [2]) }
    #expect(try await test.mails().count == 1)
    #expect(!(try await test.submit(folder, "d@x", key: "K")).replayed)
    #expect(!(try await test.submit(folder, "e@x")).replayed)
    let last = Timestamp.zero.adding(seconds: SQLiteMailStore.idempotencySeconds - 1)
    #expect(try await test.submit(folder, "f@x", key: "k", at: last).replayed)
    #expect(!(try await test.submit(folder, "f@x", key: "k", at: last.adding(seconds: 1))).replayed)
  }

  @Test func `the same key at the same time makes one mail`() async throws {
    let all = try await withThrowingTaskGroup(of: CreatedSubmission.self) { group in
      for number in 0..<20 {
        group.addTask { [test, folder] in try await test.submit(folder, "m\(number)@x", key: "k") }
      }
      return try await group.reduce(into: []) { $0.append($1) }
    }
    #expect(all.filter { !$0.replayed }.count == 1)
    #expect(Set(all.map(\.submission.id)).count == 1)
    #expect(try await test.mails().count == 1)
  }

  @Test func `keys that have expired die out`() async throws {
    for number in 0..<5 { _ = try await test.submit(folder, "m\(number)@x", key: "k\(number)") }
    let late = Timestamp.zero.adding(seconds: 2 * SQLiteMailStore.idempotencySeconds)
    _ = try await test.submit(folder, "z@x", key: "z", at: late)
    #expect(try await test.store.read { try Query($0, "SELECT count(*) FROM idempotency").number() } == 1)
  }

  @Test func `what cannot be created changes nothing`() async throws {
    _ = try await test.submit(folder, "a@x")
    let events = test.store.latestEvent
    await expect(.exists("mail")) { try await test.submit(folder, "a@x", key: "k") }
    #expect(test.store.latestEvent == events)
    #expect(try await test.store.threads(ThreadQuery(), tenant: test.tenant.id).count == 1)
    let other = try await test.store.createTenant(name: "other", at: .zero)
    let foreign = try await test.account(tenant: other.id)
    await expect(.notFound("mailbox")) { try await test.submit(foreign, "b@x") }
  }

  @Test func `a row changes only from an expected state, and each change is an event`() async throws {
    let id = try await test.submit(folder, "a@x").submission.id
    await expect(.conflict("queued")) { try await update(id, [.sending, .deferred], .accepted) }
    let sending = try await update(id, [.queued, .deferred], .sending) { $0.countsAttempt = true }
    #expect(
      sending.state == .sending && sending.attempts == 1 && sending.updatedAt == .zero.adding(seconds: 5))
    let events = test.store.latestEvent
    let results = [
      RecipientResult(email: "bob@buyer.example", code: 451, text: "4.7.1 later", accepted: false)
    ]
    let same = try await update(id, [.sending], .sending) { $0.recipients = results }
    #expect(same.recipients == results && test.store.latestEvent == events)
    let deferred = try await update(id, [.sending], .deferred) {
      $0.nextAttemptAt = .zero.adding(seconds: 60)
      $0.lastError = "451"
    }
    #expect(deferred.lastError == "451" && deferred.nextAttemptAt == .zero.adding(seconds: 60))
    #expect(try await test.events().last?.facts == ["state": "deferred"])
    let accepted = try await update(id, [.deferred], .accepted)
    #expect(accepted.nextAttemptAt == nil && accepted.sentCopy == .pending)
    #expect(try await test.store.submission(id, tenant: nil) == accepted)
    await expect(.notFound("submission")) { try await update(SubmissionID(99), [.queued], .sending) }
    await expect(.notFound("submission")) { try await test.store.submission(id, tenant: TenantID(99)) }
    await expect(.notFound("submission")) { try await test.store.submissionRaw(SubmissionID(99)) }
  }

  @Test func `what is due is found, in order, with what is unknown`() async throws {
    var ids: [SubmissionID] = []
    for (number, delay) in [(0, 30), (1, 10), (2, 20), (3, 10)] as [(Int, Int64)] {
      ids.append(
        try await test.submit(folder, "m\(number)@x", sendAt: .zero.adding(seconds: delay)).submission.id)
    }
    func due(_ seconds: Int64, limit: Int = 10) async throws -> [SubmissionID] {
      try await test.store.dueSubmissions(
        mailbox: folder.mailboxID, by: .zero.adding(seconds: seconds), limit: limit
      ).map(\.id)
    }
    #expect(try await due(9) == [])
    #expect(try await due(20) == [ids[1], ids[3], ids[2]])
    #expect(try await due(99, limit: 1) == [ids[1]])
    #expect(try await test.store.nextSubmissionDue(mailbox: folder.mailboxID) == .zero.adding(seconds: 10))
    _ = try await update(ids[1], [.queued], .unknown) { $0.nextAttemptAt = .zero.adding(seconds: 15) }
    _ = try await update(ids[3], [.queued], .sending)
    _ = try await update(ids[0], [.queued], .cancelled)
    // One that an attempt left in the middle comes first: nobody makes it any more.
    #expect(try await due(99) == [ids[3], ids[1], ids[2]])
    #expect(try await due(99, limit: 1) == [ids[3]])
    #expect(try await test.store.nextSubmissionDue(mailbox: MailboxID(99)) == nil)
  }

  @Test func `copies for the Sent folder are pending only of what was accepted`() async throws {
    let (a, b) = (
      try await test.submit(folder, "a@x").submission.id, try await test.submit(folder, "b@x").submission.id
    )
    #expect(try await test.store.pendingSentCopies(mailbox: folder.mailboxID, limit: 10) == [])
    _ = try await update(a, [.queued], .accepted)
    #expect(try await update(b, [.queued], .failed).sentCopy == .skipped)
    #expect(try await test.store.pendingSentCopies(mailbox: folder.mailboxID, limit: 10).map(\.id) == [a])
    _ = try await update(a, [.accepted], .accepted) { $0.sentCopy = .provider }
    #expect(try await test.store.pendingSentCopies(mailbox: folder.mailboxID, limit: 10) == [])
  }

  @Test func `after a crash what may have been sent is unknown, the rest queued`() async throws {
    var ids: [SubmissionID] = []
    for number in 0..<3 { ids.append(try await test.submit(folder, "m\(number)@x").submission.id) }
    _ = try await update(ids[0], [.queued], .sending)
    _ = try await update(ids[1], [.queued], .dataOpen)
    try await test.reopen()
    let at = Timestamp.zero.adding(seconds: 100)
    try await test.store.recoverSubmissions(at: at)
    var states: [SubmissionState] = []
    for id in ids { states.append(try await test.store.submission(id, tenant: nil).state) }
    #expect(states == [.queued, .unknown, .queued])
    #expect(try await test.store.submission(ids[1], tenant: nil).nextAttemptAt == at)
    let events = try await test.events().suffix(2)
    #expect(events.map(\.facts) == [["state": "queued"], ["state": "unknown"]])
    let latest = test.store.latestEvent
    try await test.store.recoverSubmissions(at: at)
    #expect(test.store.latestEvent == latest)
  }

  @Test func `the copy in the Sent folder is the same mail`() async throws {
    let made = try await test.submit(folder, "root@x")
    #expect(try await test.sync(folder, [.sample(1, "root@x", keywords: ["$seen"])]).inserted == 0)
    #expect(try await test.mails().map(\.id) == [made.mail.id])
    #expect(try await test.store.wantedMails(folder.mailboxID, limit: 10) == [])
  }
}

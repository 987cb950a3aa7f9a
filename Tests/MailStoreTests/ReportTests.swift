import Testing

@testable import MailStore

extension TestStore {
  /// From the wish to the receipt.
  fileprivate func purge(_ scope: PurgeScope) async throws -> Purge {
    let job = try await store.beginPurge(scope, tenant: tenant.id, by: "ci", at: .zero)
    while try await store.purgeStep(job.id, rows: 1).more {}
    return try await store.finishPurge(job.id, at: .zero)
  }
}

@Suite("Reports about delivery", .timeLimit(.minutes(1)))
struct ReportTests {
  static func findings(_ id: String?, _ emails: [String] = ["bob@buyer.example"], hard: Bool = true)
    -> MailFindings
  {
    var findings = MailFindings()
    findings.isBounce = true
    findings.kind = .bounce
    findings.report = DeliveryFindings(
      originalMessageID: id, action: .failed, severity: hard ? .hard : .soft, cause: "unknownUser",
      recipients: emails.map {
        .init(
          email: $0, action: .failed, severity: hard ? .hard : .soft, cause: "unknownUser", status: "5.1.1",
          diagnostic: "550 \($0) is unknown")
      })
    return findings
  }

  static func report(_ uid: UInt32, _ id: String, replyTo: [String] = [], seconds: Int64 = 0)
    -> SyncBatch.Message
  {
    var message = SyncBatch.Message.sample(
      uid, id, replyTo: replyTo, subject: "Undelivered", from: "mailer-daemon@mx.example", seconds: seconds)
    message.envelope.isBounce = true
    return message
  }

  @Test func `a bounce is tied to the mail that bounced, for each recipient`() async throws {
    let test = try await TestStore()
    let inbox = try await test.account()
    let sent = try await test.submit(inbox, "offer@acme")
    try await test.sync(inbox, [Self.report(1, "b1@mx", replyTo: ["offer@acme"])])
    let wanted = try #require(try await test.store.wantedMails(inbox.mailboxID, limit: 9).first)
    let both = ["Bob@buyer.example", "cy@buyer.example"]
    _ = try await test.store.logMail(wanted.id, raw: [1], Self.findings("offer@acme", both), at: .zero)
    let news = try await test.store.deliveryNews(of: sent.mail.id, tenant: test.tenant.id)
    #expect(news.map(\.recipient.email) == both)
    #expect(news.allSatisfy { $0.reportID == wanted.id && $0.recipient.severity == .hard })
    #expect(news.first?.recipient.diagnostic == "550 Bob@buyer.example is unknown")
    #expect(try await test.store.deliveryNews(in: wanted.id, tenant: test.tenant.id) == news)
    let event = try #require(try await test.events().first { $0.type == .mailBounced })
    #expect(event.mailID == sent.mail.id && event.threadID == sent.mail.threadID)
    #expect(event.submissionID == sent.submission.id)
    #expect(
      event.facts == ["by": wanted.id.text, "severity": "hard", "cause": "unknownUser", "status": "5.1.1"])
    let logged = try #require(try await test.events().last { $0.type == .mailLogged })
    #expect(logged.facts["kind"] == "bounce")
    // Whoever looks for the person finds the bounce as well.
    var query = MailQuery()
    query.contact = "bob@buyer.example"
    #expect(try await test.store.mails(query, tenant: test.tenant.id).map(\.id).contains(wanted.id))
    // Nobody else's tenant sees any of it.
    let other = try await test.store.createTenant(name: "other", at: .zero)
    #expect(try await test.store.deliveryNews(of: sent.mail.id, tenant: other.id).isEmpty)
  }

  @Test func `what bounces was sent, whatever the connection's end said of it`() async throws {
    let test = try await TestStore()
    let inbox = try await test.account()
    let sent = try await test.submit(inbox, "offer@acme")
    _ = try await test.store.updateSubmission(
      sent.submission.id, expected: [.queued], SubmissionUpdate(state: .unknown), at: .zero)
    try await test.sync(inbox, [Self.report(1, "b1@mx", replyTo: ["offer@acme"])])
    let wanted = try #require(try await test.store.wantedMails(inbox.mailboxID, limit: 9).first)
    _ = try await test.store.logMail(wanted.id, raw: [1], Self.findings("offer@acme"), at: .zero)
    #expect(try await test.store.submission(sent.submission.id, tenant: nil).state == .accepted)
  }

  @Test func `a report that names our mail in its body only is looked at, then wanted`() async throws {
    let test = try await TestStore()
    let inbox = try await test.account()
    let sent = try await test.submit(inbox, "offer@acme")
    let outcome = try await test.sync(inbox, [Self.report(1, "b1@mx")])
    #expect(outcome.wanted == [inbox.mailboxID])
    #expect(try await test.store.wantedMails(inbox.mailboxID, limit: 9).isEmpty)
    let open = try #require(try await test.store.reportsToRead(inbox.mailboxID, limit: 9).first)
    let wanted = try await test.store.settleReport(open.id, Self.findings("offer@acme").report, at: .zero)
    #expect(wanted == [inbox.mailboxID])
    #expect(try await test.store.reportsToRead(inbox.mailboxID, limit: 9).isEmpty)
    let mail = try await test.mail("b1@mx")
    #expect(mail.state == .wanted && mail.threadID == sent.mail.threadID && mail.matchedBy == .references)
    // Settled once: a second time changes nothing.
    #expect(try await test.store.settleReport(open.id, Self.findings("offer@acme").report, at: .zero) == [])
    _ = try await test.store.logMail(open.id, raw: [1], Self.findings("offer@acme"), at: .zero)
    #expect(try await test.store.deliveryNews(of: sent.mail.id, tenant: test.tenant.id).count == 1)
  }

  @Test(arguments: ["stranger@nowhere", nil])
  func `nothing is kept of a report about other mail`(id: String?) async throws {
    let test = try await TestStore()
    let inbox = try await test.account()
    _ = try await test.submit(inbox, "offer@acme")
    let other = try await test.store.createTenant(name: "other", at: .zero)
    let foreign = try await test.account("zoe@other.example", tenant: other.id)
    try await test.sync(foreign, [.sample(1, "stranger@nowhere")])
    try await test.sync(inbox, [Self.report(1, "b1@mx")])
    let open = try #require(try await test.store.reportsToRead(inbox.mailboxID, limit: 9).first)
    #expect(try await test.store.settleReport(open.id, Self.findings(id).report, at: .zero).isEmpty)
    #expect(try await test.mail("b1@mx").state == .envelope)
    #expect(try await test.store.deliveryNews(in: open.id, tenant: test.tenant.id).isEmpty)
    #expect(try await !test.eventTypes().contains(.mailBounced))
  }

  @Test func `of a mail that was sent and is not tracked the news is kept, and no report`() async throws {
    let test = try await TestStore()
    let inbox = try await test.account()
    let sent = try await test.submit(inbox, "offer@acme", tracked: false)
    try await test.sync(inbox, [Self.report(1, "b1@mx")])
    let open = try #require(try await test.store.reportsToRead(inbox.mailboxID, limit: 9).first)
    #expect(
      try await test.store.settleReport(open.id, Self.findings("offer@acme").report, at: .zero).isEmpty)
    #expect(try await test.mail("b1@mx").state == .envelope)
    #expect(try await test.store.deliveryNews(of: sent.mail.id, tenant: test.tenant.id).count == 1)
    #expect(try await test.eventTypes().last == .mailBounced)
    _ = try await test.purge(.mail(sent.mail.id))
    #expect(try await test.store.deliveryNews(in: open.id, tenant: test.tenant.id).isEmpty)
  }

  @Test(arguments: [(30 * 86_400, 1), (30 * 86_400 + 1, 0)])
  func `a report is looked at for thirty days`(age: Int64, count: Int) async throws {
    let test = try await TestStore()
    let inbox = try await test.account()
    _ = try await test.submit(inbox, "offer@acme")
    try await test.sync(inbox, [Self.report(1, "b1@mx", seconds: -age)])
    #expect(try await test.store.reportsToRead(inbox.mailboxID, limit: 9).count == count)
  }

  @Test func `without tracked threads and sent mail no report is looked at`() async throws {
    let test = try await TestStore()
    let inbox = try await test.account()
    try await test.sync(inbox, [Self.report(1, "b1@mx")])
    #expect(try await test.store.reportsToRead(inbox.mailboxID, limit: 9).isEmpty)
  }

  @Test func `erasing a person takes the bounces about them, as many as the preview says`() async throws {
    let test = try await TestStore()
    let inbox = try await test.account()
    _ = try await test.submit(inbox, "offer@acme")
    try await test.sync(inbox, [Self.report(1, "b1@mx", replyTo: ["offer@acme"]), Self.report(2, "b2@mx")])
    let wanted = try #require(try await test.store.wantedMails(inbox.mailboxID, limit: 9).first)
    let gone = "dora@gone.example"
    _ = try await test.store.logMail(wanted.id, raw: [1], Self.findings("offer@acme", [gone]), at: .zero)
    let scope = PurgeScope.contact(email: gone)
    let preview = try await test.store.previewPurge(scope, tenant: test.tenant.id)
    #expect(preview.mails == 1)
    let receipt = try await test.purge(scope)
    #expect(receipt.counts == preview && receipt.remaining == 0)
    #expect(
      try await test.mails().map(\.envelope.messageID).sorted { ($0 ?? "") < ($1 ?? "") } == [
        "b2@mx", "offer@acme",
      ])
    // The mailbox goes with a report still to be looked at.
    #expect(try await test.store.reportsToRead(inbox.mailboxID, limit: 9).count == 1)
    _ = try await test.purge(.mailbox(inbox.mailboxID))
    #expect(try await test.mails().isEmpty)
  }

  @Test func `erasing the mail that bounced leaves the report as it is, tied to nothing`() async throws {
    let test = try await TestStore()
    let inbox = try await test.account()
    let sent = try await test.submit(inbox, "offer@acme")
    try await test.sync(inbox, [Self.report(1, "b1@mx", replyTo: ["offer@acme"])])
    let wanted = try #require(try await test.store.wantedMails(inbox.mailboxID, limit: 9).first)
    _ = try await test.store.logMail(wanted.id, raw: [1], Self.findings("offer@acme"), at: .zero)
    _ = try await test.purge(.mail(sent.mail.id))
    let left = try await test.store.deliveryNews(in: wanted.id, tenant: test.tenant.id)
    #expect(left.count == 1 && left.first?.mailID == nil)
    _ = try await test.purge(.mail(wanted.id))
    var query = MailQuery()
    query.contact = "bob@buyer.example"
    query.loggedOnly = false
    #expect(try await test.store.mails(query, tenant: test.tenant.id).isEmpty)
  }

  @Test func `an automatic answer is told of with the mail that it answers`() async throws {
    let test = try await TestStore()
    let inbox = try await test.account()
    let sent = try await test.submit(inbox, "offer@acme")
    try await test.sync(inbox, [.sample(1, "ooo@buyer", references: ["offer@acme"])])
    let wanted = try #require(try await test.store.wantedMails(inbox.mailboxID, limit: 9).first)
    var findings = MailFindings()
    findings.isAutoReply = true
    findings.kind = .autoReply
    _ = try await test.store.logMail(wanted.id, raw: [1], findings, at: .zero)
    let event = try #require(try await test.events().last)
    #expect(event.type == .mailAutoReplied && event.mailID == sent.mail.id)
    #expect(event.submissionID == sent.submission.id && event.facts == ["by": wanted.id.text])
    #expect(try await test.mail("ooo@buyer").envelope.isAutoReply)
  }
}

import MIME
import MailSim
import Testing

@testable import MailEngine
@testable import MailStore

@Suite("Sending", .timeLimit(.minutes(1)), .serialized)
struct SendingTests {
  @Test(arguments: [MailSimOptions.Profile.plain, .gmail, .office365])
  func `A tracked mail is delivered once, filed once, and its answer is logged`(
    profile: MailSimOptions.Profile
  ) async throws {
    try await Stage.run(sim: {
      $0.profile = profile
      $0.messages = 30
      $0.correspondents = [Correspondent(delayMilliseconds: 50)]
    }) { stage in
      let mailbox = try await stage.connect()
      try await stage.live(mailbox.id)
      let sent = try await stage.engine.send(stage.request(mailbox.id))
      #expect(sent.mail.state == .logged)
      let thread = try #require(sent.mail.threadID)
      let done = try await stage.reaches(sent.submission.id, .accepted)
      #expect(done.attempts == 1)
      #expect(done.recipients.map(\.accepted) == [true])
      try await stage.until("answered and logged") {
        try await stage.store.threadMails(thread, tenant: stage.tenant).filter { $0.state == .logged }.count
          == 2
      }
      let mails = try await stage.store.threadMails(thread, tenant: stage.tenant)
      let reply = try #require(mails.first { $0.direction == .incoming })
      #expect(reply.matchedBy == .inReplyTo)
      #expect(reply.envelope.inReplyTo == [done.messageID])
      let raw = try await stage.store.raw(reply.id, tenant: stage.tenant)
      #expect(ParsedMessage(raw).headers.from.first?.email == "dana@customer.example")
      try await stage.reaches(sent.submission.id, copy: profile == .plain ? .appended : .provider)
      #expect(stage.sim.submissionCount(messageID: done.messageID) == 1)
      let folder = try #require(try await stage.store.folders(mailbox.id).first { $0.role == .sent })
      let copies = try stage.sim.messages(of: "alice", folder: folder.name)
        .filter { ParsedMessage($0.raw).headers.messageID?.text == done.messageID }
      #expect(copies.count == 1)
      #expect(copies.first?.flags.contains("\\Seen") == true || profile != .plain)
      // The copy that sync finds is the mail we know, not another one.
      try await stage.until("the copy is found") { try await stage.mails(done.messageID).count == 1 }
      #expect(try await stage.events(.mailLogged).count == 2)
      #expect(stage.sim.commands.allSatisfy { !$0.rejected })
    }
  }

  @Test func `A reply carries the right headers`() async throws {
    try await Stage.run(sim: { $0.correspondents = [Correspondent(delayMilliseconds: 10)] }) { stage in
      let mailbox = try await stage.connect()
      let first = try await stage.engine.send(stage.request(mailbox.id))
      let thread = try #require(first.mail.threadID)
      try await stage.until("answered") {
        try await stage.store.threadMails(thread, tenant: stage.tenant).filter { $0.state == .logged }.count
          == 2
      }
      let mails = try await stage.store.threadMails(thread, tenant: stage.tenant)
      let reply = try #require(mails.first { $0.direction == .incoming })
      let second = try await stage.engine.send(
        stage.request(mailbox.id, subject: "") {
          $0.inReplyTo = reply.id
          $0.bcc = [MailAddress(email: "bob@example.test")]
        })
      #expect(second.mail.threadID == thread)
      _ = try await stage.reaches(second.submission.id, .accepted)
      let wire = try #require(stage.sim.submissions.last)
      #expect(wire.recipients == ["dana@customer.example", "bob@example.test"])
      let headers = ParsedMessage(wire.raw).headers
      #expect(headers.inReplyTo.map(\.text) == [reply.envelope.messageID])
      #expect(headers.references.map(\.text) == [first.submission.messageID, reply.envelope.messageID])
      #expect(headers.subject == "Re: Offer")
      #expect(headers.bcc.isEmpty)
      #expect(headers.messageID?.text == second.submission.messageID)
      #expect(second.submission.messageID.hasSuffix("@example.test"))
    }
  }

  @Test func `The same key gives the same answer, another mail under it is refused`() async throws {
    try await Stage.run { stage in
      let mailbox = try await stage.connect()
      let request = stage.request(mailbox.id) { $0.idempotencyKey = "k1" }
      let first = try await stage.engine.send(request)
      let again = try await stage.engine.send(request)
      #expect(again.replayed && !first.replayed)
      #expect(again.submission.id == first.submission.id)
      await #expect(throws: EngineError.store(.keyReused)) {
        var other = request
        other.subject = "Other"
        _ = try await stage.engine.send(other)
      }
      _ = try await stage.reaches(first.submission.id, .accepted)
      #expect(stage.sim.submissions.count == 1)
    }
  }

  @Test func `What cannot be sent is refused before it is accepted`() async throws {
    try await Stage.run(engine: { $0.messageOctetsMax = 20_000 }) { stage in
      let mailbox = try await stage.connect()
      let bad: [(inout SendRequest) -> Void] = [
        { $0.to = [] }, { $0.to = [MailAddress(email: "x")] }, { $0.subject = "a\r\nBcc: b@x.y" },
        { $0.to = (0...100).map { MailAddress(email: "p\($0)@x.test") } },
        { $0.text = String(repeating: "x", count: 30_000) },
        {
          $0.attachments = [
            .inline(OutgoingAttachment(name: "a", type: "a/b", content: [UInt8](repeating: 1, count: 19_000)))
          ]
        },
        { $0.inReplyTo = MailID(999) }, { $0.mailboxID = MailboxID(999) }, { $0.idempotencyKey = "" },
      ]
      for change in bad {
        await #expect(throws: EngineError.self) {
          _ = try await stage.engine.send(stage.request(mailbox.id, change))
        }
      }
      #expect(try await stage.events(.submissionState).isEmpty)
    }
  }

  @Test func `A mail for later waits, and can be taken back`() async throws {
    try await Stage.run { stage in
      let mailbox = try await stage.connect()
      let now = SystemClock().now
      let late = try await stage.engine.send(
        stage.request(mailbox.id) { $0.sendAt = now.adding(seconds: 3600) })
      let soon = try await stage.engine.send(
        stage.request(mailbox.id, subject: "Soon") {
          $0.sendAt = Timestamp(milliseconds: now.milliseconds + 300)
        })
      #expect(stage.sim.submissions.isEmpty)
      let done = try await stage.reaches(soon.submission.id, .accepted)
      #expect(done.updatedAt.milliseconds >= now.milliseconds + 300)
      #expect(stage.sim.submissions.count == 1)
      #expect(try await stage.engine.cancelSend(late.submission.id, tenant: stage.tenant).state == .cancelled)
      await #expect(throws: EngineError.store(.conflict("accepted"))) {
        _ = try await stage.engine.cancelSend(soon.submission.id, tenant: stage.tenant)
      }
    }
  }

  struct Trouble: Sendable, CustomTestStringConvertible {
    var testDescription: String
    var faults: [Fault]
    var state = SubmissionState.accepted
    var deliveries = 1
  }

  static let troubles: [Trouble] = [
    Trouble(
      testDescription: "refused for now at the end", faults: [Fault(.smtp, ".", .refuse("451 4.3.0 Later"))]),
    Trouble(
      testDescription: "refused for now at MAIL",
      faults: [Fault(.smtp, "MAIL", times: 3, .refuse("421 4.3.2 Closing"))]),
    Trouble(
      testDescription: "refused for now at RCPT",
      faults: [Fault(.smtp, "RCPT", times: 2, .refuse("450 4.2.1 Greylisted"))]),
    Trouble(
      testDescription: "greeted with 554",
      faults: [Fault(.smtp, "GREETING", times: 2, .refuse("554 5.3.2 Not now"))]),
    Trouble(testDescription: "cut off at DATA", faults: [Fault(.smtp, "DATA", times: 2, .drop)]),
    Trouble(testDescription: "cut off at MAIL", faults: [Fault(.smtp, "MAIL", times: 2, .drop)]),
    Trouble(
      testDescription: "not let in for now",
      faults: [Fault(.smtp, "AUTH", times: 2, .refuse("454 4.7.0 Busy"))]),
    Trouble(
      testDescription: "refused for good at the end", faults: [Fault(.smtp, ".", .refuse("554 5.7.1 Spam"))],
      state: .failed, deliveries: 0),
    Trouble(
      testDescription: "refused for good at RCPT",
      faults: [Fault(.smtp, "RCPT", .refuse("550 5.1.1 Unknown"))], state: .failed, deliveries: 0),
    Trouble(
      testDescription: "lost behind the final dot, not taken", faults: [Fault(.smtp, ".", .drop)],
      state: .unknown, deliveries: 0),
    Trouble(
      testDescription: "lost behind the final dot, taken", faults: [Fault(.smtp, ".", .dropAfterAccepting)],
      state: .unknown, deliveries: 1),
  ]

  @Test(arguments: troubles)
  func `Never lost, never twice`(trouble: Trouble) async throws {
    try await Stage.run(sim: { $0.correspondents = [] }) { stage in
      let mailbox = try await stage.connect()
      try await stage.live(mailbox.id)
      for fault in trouble.faults { stage.sim.add(fault) }
      let sent = try await stage.engine.send(stage.request(mailbox.id))
      let end = try await stage.reaches(sent.submission.id, trouble.state)
      #expect(stage.sim.submissionCount(messageID: end.messageID) == trouble.deliveries)
      if trouble.state == .unknown {
        // Some looks later it is still in doubt, and not sent again.
        try await stage.until("looked for") {
          (try await stage.store.submission(end.id, tenant: nil).updatedAt) > end.updatedAt
        }
        await SystemClock().sleep(milliseconds: 300)
        #expect(try await stage.store.submission(end.id, tenant: nil).state == .unknown)
        #expect(stage.sim.submissionCount(messageID: end.messageID) == trouble.deliveries)
        #expect(try await stage.store.submission(end.id, tenant: nil).attempts == 1)
      }
      if trouble.state == .failed { #expect(end.sentCopy == .skipped && end.lastError != nil) }
    }
  }

  @Test func `A doubt is settled by the provider's own copy`() async throws {
    try await Stage.run(sim: { $0.profile = .gmail }) { stage in
      let mailbox = try await stage.connect()
      stage.sim.add(Fault(.smtp, ".", .dropAfterAccepting))
      let sent = try await stage.engine.send(stage.request(mailbox.id))
      let end = try await stage.reaches(sent.submission.id, .accepted)
      #expect(end.attempts == 1)
      #expect(stage.sim.submissionCount(messageID: end.messageID) == 1)
      let states = try await stage.events(.submissionState).compactMap { $0.facts["state"] }
      #expect(states == ["queued", "sending", "dataOpen", "unknown", "accepted"])
    }
  }

  @Test func `A doubt is settled by the copy of a recipient who is connected too`() async throws {
    try await Stage.run { stage in
      let alice = try await stage.connect("alice")
      let bob = try await stage.connect("bob")
      try await stage.live(bob.id)
      stage.sim.add(Fault(.smtp, ".", .dropAfterAccepting))
      let sent = try await stage.engine.send(stage.request(alice.id, to: "bob@example.test"))
      let end = try await stage.reaches(sent.submission.id, .accepted)
      #expect(stage.sim.submissionCount(messageID: end.messageID) == 1)
      // And the copy in Sent is made all the same, once.
      try await stage.reaches(end.id, copy: .appended)
    }
  }

  @Test func `A doubt is settled by a copy to oneself`() async throws {
    try await Stage.run { stage in
      let mailbox = try await stage.connect()
      stage.sim.add(Fault(.smtp, ".", .dropAfterAccepting))
      let sent = try await stage.engine.send(stage.request(mailbox.id, to: "alice@example.test"))
      _ = try await stage.reaches(sent.submission.id, .accepted)
    }
  }

  @Test func `Recipients refused for now get it later, the others not again`() async throws {
    try await Stage.run(sim: { $0.correspondents = [] }) { stage in
      let mailbox = try await stage.connect()
      stage.sim.add(Fault(.smtp, "RCPT", after: 1, times: 1, .refuse("450 4.2.1 Later")))
      let sent = try await stage.engine.send(
        stage.request(mailbox.id) {
          $0.cc = [MailAddress(email: "b@x.test"), MailAddress(email: "c@x.test")]
        })
      let end = try await stage.reaches(sent.submission.id, .accepted)
      #expect(end.recipients.map(\.accepted) == [true, true, true])
      #expect(
        stage.sim.submissions.map(\.recipients) == [["dana@customer.example", "c@x.test"], ["b@x.test"]])
      #expect(Set(stage.sim.submissions.compactMap(\.messageID)).count == 1)
    }
  }

  @Test func `A server that refuses for ever is given up`() async throws {
    try await Stage.run(engine: {
      $0.outbox.retryMilliseconds = [10]
      $0.outbox.giveUpMilliseconds = 55
    }) { stage in
      let mailbox = try await stage.connect()
      stage.sim.add(Fault(.smtp, "MAIL", times: 10_000, .refuse("451 4.3.0 Never")))
      let sent = try await stage.engine.send(stage.request(mailbox.id))
      let end = try await stage.reaches(sent.submission.id, .failed)
      #expect(end.attempts == 6)
      #expect(end.lastError?.contains("Never") == true)
    }
  }

  @Test func `A copy that cannot be filed never makes the mail failed`() async throws {
    try await Stage.run { stage in
      let mailbox = try await stage.connect()
      try await stage.live(mailbox.id)
      stage.sim.add(Fault(.imap, "APPEND", times: 1000, .refuse("NO [OVERQUOTA] Full")))
      let sent = try await stage.engine.send(stage.request(mailbox.id))
      try await stage.reaches(sent.submission.id, copy: .failed)
      let end = try await stage.store.submission(sent.submission.id, tenant: nil)
      #expect(end.state == .accepted)
      #expect(end.lastError?.contains("OVERQUOTA") == true)
    }
  }

  @Test func `A copy whose filing was cut off is there once`() async throws {
    try await Stage.run { stage in
      let mailbox = try await stage.connect()
      try await stage.live(mailbox.id)
      stage.sim.add(Fault(.imap, "APPEND", .dropAfterOctets(1)))
      let sent = try await stage.engine.send(stage.request(mailbox.id))
      try await stage.until("filed") {
        let copy = try await stage.store.submission(sent.submission.id, tenant: nil).sentCopy
        return copy == .appended || copy == .provider
      }
      let copies = try stage.sim.messages(of: "alice", folder: "Sent")
        .filter { ParsedMessage($0.raw).headers.messageID?.text == sent.submission.messageID }
      #expect(copies.count == 1)
    }
  }

  @Test func `No more mails leave within a minute than may`() async throws {
    try await Stage.run(engine: { $0.outbox.perMinuteMax = 2 }) { stage in
      let mailbox = try await stage.connect()
      var ids: [SubmissionID] = []
      for i in 0..<4 {
        ids.append(try await stage.engine.send(stage.request(mailbox.id, subject: "n\(i)")).submission.id)
      }
      for id in ids.prefix(2) { _ = try await stage.reaches(id, .accepted) }
      await SystemClock().sleep(milliseconds: 300)
      #expect(stage.sim.submissions.count == 2)
      for id in ids.suffix(2) { #expect(try await stage.store.submission(id, tenant: nil).state == .queued) }
    }
  }

  enum Limit: Sendable, CaseIterable { case mailboxPerMinute, mailboxPerDay, tenantPerMinute, tenantPerDay }

  @Test(arguments: Limit.allCases)
  func `A limit holds mails, also over a restart, and lets them go when it is lifted`(
    limit: Limit
  ) async throws {
    try await Stage.run { stage in
      let mailbox = try await stage.connect()
      func set(_ n: Int64) async throws {
        switch limit {
        case .mailboxPerMinute:
          _ = try await stage.engine.change(mailbox.id, tenant: stage.tenant, MailboxChange(perMinute: n))
        case .mailboxPerDay:
          _ = try await stage.engine.change(mailbox.id, tenant: stage.tenant, MailboxChange(perDay: n))
        case .tenantPerMinute, .tenantPerDay:
          var settings = try await stage.store.settings(of: stage.tenant)
          let max = n == 0 ? nil : n
          settings.sendLimits =
            limit == .tenantPerDay ? SendLimits(perDay: max) : SendLimits(perMinute: max)
          try await stage.store.setSettings(settings, of: stage.tenant)
          try await stage.engine.reviewOutboxes(of: stage.tenant)
        }
      }
      try await set(1)
      let first = try await stage.engine.send(stage.request(mailbox.id, subject: "first")).submission
      let left = try await stage.reaches(first.id, .accepted)
      let second = try await stage.engine.send(stage.request(mailbox.id, subject: "second")).submission
      try await stage.until("the limit is told") {
        try await stage.engine.sendWait(of: stage.store.submission(second.id, tenant: nil)) != nil
      }
      let row = try await stage.store.submission(second.id, tenant: nil)
      let wait = try #require(try await stage.engine.sendWait(of: row))
      #expect(wait.limit.rawValue == "\(limit)")
      let seconds: Int64 = limit == .mailboxPerDay || limit == .tenantPerDay ? 86_400 : 60
      #expect(wait.until <= left.updatedAt.adding(seconds: seconds))
      #expect(wait.until > SystemClock().now.adding(seconds: seconds - 60))
      // Departures are in the store: an outbox that begins anew counts them.
      _ = try await stage.engine.disconnect(mailbox.id, tenant: stage.tenant)
      _ = try await stage.engine.reconnect(mailbox.id, tenant: stage.tenant, ReconnectRequest())
      #expect(try await stage.store.submission(second.id, tenant: nil).state == .queued)
      #expect(stage.sim.submissions.count == 1)
      try await set(0)
      _ = try await stage.reaches(second.id, .accepted)
      #expect(stage.sim.submissions.count == 2)
    }
  }

  @Test func `From is the mailbox's own address or one of its aliases, the envelope the mailbox's`()
    async throws
  {
    try await Stage.run { stage in
      let mailbox = try await stage.connect()
      let changed = try await stage.engine.change(
        mailbox.id, tenant: stage.tenant,
        MailboxChange(
          displayName: "Alice", identities: [SenderIdentity(name: "Sales", email: "Sales@Example.test")]))
      #expect(changed.senders.map(\.email) == [mailbox.email, "Sales@Example.test"])
      for email in ["boss@example.test", "sales@example.test.evil", "sales"] {
        await #expect(
          throws: EngineError.senderRefused(email: email, allowed: changed.senders.map(\.email))
        ) {
          _ = try await stage.engine.send(stage.request(mailbox.id) { $0.from = MailAddress(email: email) })
        }
      }
      await #expect(throws: EngineError.self) {
        _ = try await stage.engine.send(
          stage.request(mailbox.id) {
            $0.from = MailAddress(name: "A\r\nBcc: x@y.z", email: mailbox.email)
          })
      }
      #expect(stage.sim.submissions.isEmpty)
      let cases: [(MailAddress?, String, String)] = [
        (nil, "Alice", mailbox.email),
        (MailAddress(email: "SALES@example.test"), "Sales", "Sales@Example.test"),
        (MailAddress(name: "Offers", email: "sales@example.test"), "Offers", "Sales@Example.test"),
        (MailAddress(email: mailbox.email), "Alice", mailbox.email),
      ]
      for (from, name, email) in cases {
        let sent = try await stage.engine.send(stage.request(mailbox.id) { $0.from = from })
        #expect(sent.mail.direction == .outgoing)
        #expect(try await stage.reaches(sent.submission.id, .accepted).envelopeFrom == mailbox.email)
        let wire = try #require(stage.sim.submissions.last)
        #expect(wire.from == mailbox.email)
        let header = try #require(ParsedMessage(wire.raw).headers.from.first)
        #expect(header.name == name && header.email == email)
      }
      // What comes from an alias is the owner's own mail.
      let rules = try await stage.store.loggingRules(of: stage.tenant)
      #expect(rules.isOwn("sales@example.test") && !rules.isOwn("boss@example.test"))
    }
  }

  @Test func `Many mails leave over one connection, in order`() async throws {
    try await Stage.run { stage in
      let mailbox = try await stage.connect()
      try await stage.live(mailbox.id)
      let at = Timestamp(milliseconds: SystemClock().now.milliseconds + 500)
      var ids: [SubmissionID] = []
      for i in 0..<12 {
        let sent = try await stage.engine.send(stage.request(mailbox.id, subject: "n\(i)") { $0.sendAt = at })
        ids.append(sent.submission.id)
      }
      let before = Set(stage.sim.commands.filter { $0.service == .smtp }.map(\.connection))
      for id in ids { _ = try await stage.reaches(id, .accepted) }
      #expect(
        stage.sim.submissions.map { ParsedMessage($0.raw).headers.subject } == (0..<12).map { "n\($0)" })
      let after = Set(stage.sim.commands.filter { $0.service == .smtp }.map(\.connection))
      #expect(after.subtracting(before).count <= 2)
    }
  }

  @Test func `Cut off in the middle of sending it neither loses nor doubles`() async throws {
    try await Stage.run { stage in
      let mailbox = try await stage.connect()
      try await stage.live(mailbox.id)
      // Mails to a connected address: whoever took one can be asked.
      var ids: [SubmissionID] = []
      for round in 0..<8 {
        for i in 0..<4 {
          ids.append(
            try await stage.engine.send(
              stage.request(mailbox.id, to: "alice@example.test", subject: "\(round)-\(i)")
            ).submission.id)
        }
        let goal = round * 3
        try await stage.until("some left") { stage.sim.submissions.count >= goal }
        try await stage.restart()
      }
      for id in ids {
        try await stage.until("settled") {
          let state = try await stage.store.submission(id, tenant: nil).state
          return state == .accepted || state == .unknown
        }
        let end = try await stage.store.submission(id, tenant: nil)
        let count = stage.sim.submissionCount(messageID: end.messageID)
        #expect(end.state == .accepted ? count == 1 : count <= 1, "\(end.state) \(count)")
      }
    }
  }
}

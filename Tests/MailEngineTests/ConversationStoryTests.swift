import MIME
import MailSim
import Testing

@testable import MailEngine
@testable import MailStore

@Suite("Stories of conversations", .timeLimit(.minutes(2)), .serialized)
struct ConversationStoryTests {
  private func put(
    _ stage: Stage, _ id: String, to user: String, folder: String? = nil, from: String, rcpt: String,
    fields: String = "", subject: String = "Re: Offer"
  ) throws {
    let text = """
      From: \(from)\r\nTo: \(rcpt)\r\nSubject: \(subject)\r\nDate: Mon, 13 Nov 2023 10:00:00 +0000\r\n\
      Message-ID: <\(id)>\r\n\(fields)\r\nText of \(id)\r\n
      """
    try stage.sim.deliver(raw: Array(text.utf8), to: user, folder: folder)
  }

  private func logged(_ stage: Stage, _ id: String, _ location: SourceLocation = #_sourceLocation)
    async throws
    -> Mail
  {
    try await stage.until("\(id) is logged", location) {
      try await stage.mails(id).contains { $0.state == .logged }
    }
    return try #require(try await stage.mails(id).first { $0.state == .logged })
  }

  @Test func `An answer that lost its references is found by subject and person, and marked as a guess`()
    async throws
  {
    try await Stage.run { stage in
      let alice = try await stage.connect()
      let sent = try await stage.engine.send(stage.request(alice.id, to: "dana@customer.example"))
      _ = try await stage.reaches(sent.submission.id, .accepted)
      try await stage.live(alice.id)
      let now = SystemClock().now.milliseconds / 1000
      let text = """
        From: dana@customer.example\r\nTo: alice@example.test\r\nSubject: AW: Offer\r\n\
        Date: \(MailDate(secondsSince1970: now).rfc5322)\r\nMessage-ID: <lost@x>\r\n\r\nYes\r\n
        """
      try stage.sim.deliver(raw: Array(text.utf8), to: "alice")
      try await stage.until("it is read") { try await stage.mails("lost@x").count == 1 }
      let mail = try #require(try await stage.mails("lost@x").first)
      // The provider's clock decides whether it came behind the mail that it answers.
      if mail.receivedAt >= sent.mail.receivedAt {
        #expect(mail.matchedBy == .subject && mail.threadID == sent.mail.threadID)
      } else {
        // Its clock counts seconds: whether it came behind the copy in Sent is open then.
        #expect(mail.matchedBy == nil || mail.matchedBy == .subject)
      }
    }
  }

  @Test func `An old mail forwarded, emptied and sent to somebody new begins a thread of its own`()
    async throws
  {
    try await Stage.run { stage in
      let alice = try await stage.connect()
      let sent = try await stage.engine.send(stage.request(alice.id, to: "dana@customer.example"))
      let root = sent.submission.messageID
      _ = try await stage.reaches(sent.submission.id, .accepted)
      try put(
        stage, "fork@x", to: "alice", folder: "Sent", from: "alice@example.test", rcpt: "zoe@new.example",
        fields: "In-Reply-To: <\(root)>\r\nReferences: <\(root)>\r\n", subject: "A new idea")
      try put(
        stage, "zoe@x", to: "alice", from: "zoe@new.example", rcpt: "alice@example.test",
        fields: "In-Reply-To: <fork@x>\r\nReferences: <\(root)> <fork@x>\r\n", subject: "Re: A new idea")
      try put(
        stage, "dana@x", to: "alice", from: "dana@customer.example", rcpt: "alice@example.test",
        fields: "In-Reply-To: <\(root)>\r\n")
      let fork = try await logged(stage, "fork@x")
      #expect(fork.matchedBy == .fork && fork.threadID != sent.mail.threadID)
      #expect(try await logged(stage, "zoe@x").threadID == fork.threadID)
      #expect(try await logged(stage, "dana@x").threadID == sent.mail.threadID)
      let thread = try await stage.store.thread(#require(fork.threadID), tenant: stage.tenant)
      #expect(thread.forkedFrom == sent.mail.threadID)
    }
  }

  @Test func `One mail to two tenants is an engagement of each, and neither sees the other's`() async throws {
    try await Stage.run { stage in
      let other = try await stage.store.createTenant(name: "other", at: SystemClock().now).id
      let alice = try await stage.connect("alice")
      var request = stage.connectRequest("bob")
      request.tenantID = other
      let bob = try await stage.engine.connect(request)
      let ours = try await stage.engine.send(stage.request(alice.id, to: "dana@customer.example"))
      var theirs = stage.request(bob.id, to: "dana@customer.example")
      theirs.tenantID = other
      let second = try await stage.engine.send(theirs)
      let ids = [ours.submission.messageID, second.submission.messageID]
      for user in ["alice", "bob"] {
        try put(
          stage, "both@x", to: user, from: "dana@customer.example",
          rcpt: "alice@example.test, bob@example.test", fields: "References: <\(ids[0])> <\(ids[1])>\r\n")
      }
      func logged(_ tenant: TenantID) async throws -> [Mail] {
        var query = MailQuery()
        query.messageID = "both@x"
        return try await stage.store.mails(query, tenant: tenant)
      }
      try await stage.until("both have it") {
        let found = try await (logged(stage.tenant), logged(other))
        return found.0.count == 1 && found.1.count == 1
      }
      let (mine, his) = (try await logged(stage.tenant)[0], try await logged(other)[0])
      #expect(mine.mailboxID == alice.id && his.mailboxID == bob.id)
      #expect(mine.threadID == ours.mail.threadID && his.threadID == second.mail.threadID)
      let events = try await stage.store.events(tenant: other, after: 0, limit: 1000)
      #expect(events.allSatisfy { $0.mailboxID == nil || $0.mailboxID == bob.id })
    }
  }

  @Test
  func
    `A mail that was never tracked leaves its envelope only, and is kept once it is tracked by Message-ID`()
    async throws
  {
    try await Stage.run { stage in
      let alice = try await stage.connect()
      try put(
        stage, "own@x", to: "alice", folder: "Sent", from: "alice@example.test",
        rcpt: "dana@customer.example",
        subject: "Outside")
      try put(
        stage, "reply@x", to: "alice", from: "dana@customer.example", rcpt: "alice@example.test",
        fields: "In-Reply-To: <own@x>\r\n", subject: "Re: Outside")
      try await stage.live(alice.id)
      try await stage.until("both are known") {
        let known = try await (stage.mails("own@x"), stage.mails("reply@x"))
        return known.0.count == 1 && known.1.count == 1
      }
      #expect(try await stage.mails("reply@x").first?.state == .envelope)
      let own = try #require(try await stage.mails("own@x").first)
      let thread = try await stage.engine.track(own.id, tenant: stage.tenant)
      #expect(try await logged(stage, "reply@x").threadID == thread.id)
      #expect(try await logged(stage, "own@x").direction == .outgoing)
    }
  }
}

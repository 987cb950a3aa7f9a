import MIME
import MailSim
import Testing

@testable import MailEngine
@testable import MailStore

@Suite("Tracking and erasing", .timeLimit(.minutes(1)), .serialized)
struct TrackingTests {
  @Test func `Tracking a mail that was read long ago fetches its conversation`() async throws {
    try await Stage.run { stage in
      try stage.deliver("root@x", subject: "Offer")
      try stage.deliver("answer@x", inReplyTo: "root@x", subject: "Re: Offer")
      try stage.deliver("elsewhere@x", folder: "Archive", inReplyTo: "answer@x", subject: "Re: Offer")
      try stage.deliver("other@x")
      let mailbox = try await stage.connect()
      try await stage.live(mailbox.id)
      #expect(try await stage.events(.mailLogged).isEmpty)
      let root = try #require(try await stage.mails("root@x").first)
      let thread = try await stage.engine.track(root.id, tenant: stage.tenant)
      try await stage.until("all three are logged") {
        try await stage.store.threadMails(thread.id, tenant: stage.tenant).filter { $0.state == .logged }
          .count == 3
      }
      let raw = try await stage.store.raw(root.id, tenant: stage.tenant)
      #expect(ParsedMessage(raw).body().text.contains("Body of root@x"))
      #expect(try await stage.mails("other@x").first?.state == .envelope)
      // Seen by nobody: fetching a body does not mark it read.
      #expect(try stage.sim.messages(of: "alice").allSatisfy { !$0.flags.contains("\\Seen") })
    }
  }

  @Test func `Another mailbox of the tenant logs nothing twice`() async throws {
    try await Stage.run { stage in
      let alice = try await stage.connect("alice")
      let bob = try await stage.connect("bob")
      let sent = try await stage.engine.send(stage.request(alice.id, to: "bob@example.test"))
      _ = try await stage.reaches(sent.submission.id, .accepted)
      try await stage.until("bob has it") { try await stage.mails(sent.submission.messageID).count == 2 }
      try stage.deliver("r1@x", to: "bob", inReplyTo: sent.submission.messageID)
      try stage.deliver("r1@x", to: "alice", inReplyTo: sent.submission.messageID)
      try await stage.until("the answer is logged once") {
        let states = try await stage.mails("r1@x").map(\.state)
        return states.count == 2 && Set(states) == [.logged, .duplicate]
      }
      #expect(try await stage.events(.mailLogged).count == 2)
      try await stage.live(bob.id)
    }
  }

  @Test func `A mail too large for logging whole is logged without its attachments`() async throws {
    try await Stage.run(engine: {
      $0.attachmentsOctetsMax = 20_000
      $0.partialBodyOctets = 8_000
    }) { stage in
      let mailbox = try await stage.connect()
      let root = try await stage.engine.send(stage.request(mailbox.id, to: "erin@partner.example"))
      var builder = MessageBuilder(
        from: MailAddress(email: "erin@partner.example"), date: MailDate(secondsSince1970: 1_700_000_000),
        messageID: try #require(MessageID("big@x")))
      builder.to = [MailAddress(email: "alice@example.test")]
      builder.inReplyTo = [try #require(MessageID(root.submission.messageID))]
      builder.text = "The text of the large mail"
      builder.attachments = [
        OutgoingAttachment(
          name: "a.bin", type: "application/x-a", content: [UInt8](repeating: 9, count: 60_000))
      ]
      try stage.sim.deliver(raw: try builder.build(), to: "alice")
      try await stage.until("logged") { try await stage.mails("big@x").first?.state == .logged }
      let mail = try #require(try await stage.mails("big@x").first)
      #expect(mail.hasAttachment)
      let parsed = ParsedMessage(try await stage.store.raw(mail.id, tenant: stage.tenant))
      #expect(parsed.raw.count < 8_000)
      #expect(parsed.attachments.isEmpty)
      #expect(parsed.body().text.contains("The text of the large mail"))
      #expect(parsed.headerBlock.text("X-Postroom-Attachments")?.contains("octets") == true)
    }
  }

  @Test func `A body that is lost on its way is fetched again`() async throws {
    try await Stage.run { stage in
      let mailbox = try await stage.connect()
      let root = try await stage.engine.send(stage.request(mailbox.id, to: "erin@partner.example"))
      try await stage.live(mailbox.id)
      stage.sim.add(Fault(.imap, "UID FETCH", after: 1, times: 1, .dropInLiteral))
      stage.sim.add(Fault(.imap, "UID FETCH", after: 3, times: 1, .refuse("NO busy with it")))
      try stage.deliver("reply@x", inReplyTo: root.submission.messageID)
      try await stage.until("logged") { try await stage.mails("reply@x").first?.state == .logged }
      #expect(try await stage.events(.mailLogged).count == 2)
    }
  }

  @Test func `A mail moved before its body was fetched is found where it went`() async throws {
    try await Stage.run { stage in
      let mailbox = try await stage.connect()
      let root = try await stage.engine.send(stage.request(mailbox.id, to: "erin@partner.example"))
      try await stage.live(mailbox.id)
      await stage.stop(within: 1)
      let uid = try stage.deliver("moved@x", inReplyTo: root.submission.messageID)
      // The first connection after the start reads the envelope and is cut off before the body.
      stage.sim.add(Fault(.imap, "UID FETCH", after: 1, times: 1, .drop))
      stage.sim.add(Fault(.imap, "GREETING", after: 1, times: 3, .drop))
      try await stage.restart()
      try await stage.until("its envelope is known") { try await stage.mails("moved@x").count == 1 }
      try stage.sim.expunge(uid...uid, user: "alice")
      try stage.deliver("moved@x", folder: "Archive", inReplyTo: root.submission.messageID)
      try await stage.until("logged") { try await stage.mails("moved@x").first?.state == .logged }
    }
  }

  @Test func `A mail that is gone before its body was fetched is marked so`() async throws {
    try await Stage.run { stage in
      let uid = try stage.deliver("gone@x")
      let mailbox = try await stage.connect()
      try await stage.live(mailbox.id)
      await stage.stop(within: 1)
      try stage.sim.expunge(uid...uid, user: "alice")
      try await stage.restart()
      let mail = try #require(try await stage.mails("gone@x").first)
      _ = try await stage.engine.track(mail.id, tenant: stage.tenant)
      try await stage.until("gone") { try await stage.mails("gone@x").first?.state == .gone }
    }
  }

  @Test func `A purged mail does not come back`() async throws {
    try await Stage.run { stage in
      let mailbox = try await stage.connect()
      let root = try await stage.engine.send(stage.request(mailbox.id, to: "erin@partner.example"))
      try stage.deliver("reply@x", inReplyTo: root.submission.messageID)
      try stage.deliver("keep@x", from: "frank@other.example")
      try await stage.until("logged") { try await stage.mails("reply@x").first?.state == .logged }
      try await stage.live(mailbox.id)
      let purge = try await stage.engine.purge(
        .contact(email: "erin@partner.example"), tenant: stage.tenant, by: "test")
      try await stage.until("erased") {
        try await stage.store.purge(purge.id, tenant: stage.tenant).state == .done
      }
      let receipt = try await stage.store.purge(purge.id, tenant: stage.tenant)
      #expect(receipt.remaining == 0)
      #expect(receipt.counts.mails >= 2)
      #expect(receipt.logTruncated)
      #expect(try await stage.mails("reply@x").isEmpty)
      // The mailbox goes on: by polling, by a whole new start, and by UIDs that count anew.
      try stage.deliver("later@x", from: "frank@other.example")
      try await stage.until("it goes on") { try await stage.mails("later@x").count == 1 }
      try await stage.restart()
      try stage.sim.renumber(user: "alice")
      try stage.deliver("last@x", from: "frank@other.example")
      try await stage.until("read again") { try await stage.mails("last@x").count == 1 }
      try await stage.live(mailbox.id)
      #expect(try await stage.mails("reply@x").isEmpty)
      #expect(try await stage.mails(root.submission.messageID).isEmpty)
      #expect(try await stage.mails("keep@x").count == 1)
    }
  }

  @Test func `An erasure that was cut off goes on at the next start`() async throws {
    try await Stage.run(sim: { $0.messages = 300 }, engine: { $0.purgeRows = 3 }) { stage in
      let mailbox = try await stage.connect()
      try await stage.live(mailbox.id)
      let purge = try await stage.engine.purge(.mailbox(mailbox.id), tenant: stage.tenant, by: "test")
      try await stage.until("begun") {
        try await stage.store.purge(purge.id, tenant: stage.tenant).counts.mails > 0
      }
      try await stage.restart()
      try await stage.until("done") {
        try await stage.store.purge(purge.id, tenant: stage.tenant).state == .done
      }
      #expect(try await stage.store.mailboxes(tenant: stage.tenant).isEmpty)
      #expect(try await stage.events(.purgeDone).count == 1)
      let before = stage.connections
      await SystemClock().sleep(milliseconds: 200)
      #expect(stage.connections == before)
    }
  }

  @Test func `Subscribers wake for every change and miss nothing`() async throws {
    try await Stage.run { stage in
      let mailbox = try await stage.connect()
      let engine = try stage.engine
      let store = try stage.store
      let reader = Task {
        var seen: [Int64] = []
        while !seen.contains(-1) {
          let last = seen.last ?? 0
          let latest = await engine.changes.wait(after: last)
          if latest <= last { return seen }
          let events = try await store.events(tenant: stage.tenant, after: last, limit: 3)
          seen += events.map(\.seq)
          if events.contains(where: { $0.type == .submissionState && $0.facts["state"] == "accepted" }) {
            return seen
          }
        }
        return seen
      }
      let sent = try await engine.send(stage.request(mailbox.id, to: "erin@partner.example"))
      _ = try await stage.reaches(sent.submission.id, .accepted)
      let seen = try await reader.value
      #expect(seen == seen.sorted())
      let all = try await store.events(tenant: stage.tenant, after: 0, limit: 1000).map(\.seq)
      #expect(Array(all.prefix(seen.count)) == seen)
      let cancelled = Task { await engine.changes.wait(after: .max) }
      cancelled.cancel()
      #expect(await cancelled.value < .max)
    }
  }
}

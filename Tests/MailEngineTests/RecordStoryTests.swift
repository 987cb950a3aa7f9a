import MIME
import MailSim
import Testing

@testable import MailEngine
@testable import MailStore

@Suite("Stories of records", .timeLimit(.minutes(1)))
struct RecordStoryTests {
  private let deal = RecordRef(type: "deal", key: "4711")

  @Test
  func `A mail sent for a record, its answers and what the person wrote elsewhere stand on its timeline`()
    async throws
  {
    try await Stage.run { stage in
      let mailbox = try await stage.connect()
      let first = try await stage.engine.send(
        stage.request(mailbox.id, to: "erin@partner.example") {
          $0.records = [deal]
          $0.idempotencyKey = "offer"
        })
      _ = try await stage.reaches(first.submission.id, .accepted)
      let root = first.submission.messageID
      try stage.deliver("answer@x", inReplyTo: root, subject: "Re: Offer")
      let own = """
        From: alice@example.test\r\nTo: erin@partner.example\r\nSubject: Re: Offer\r\n\
        Date: Mon, 13 Nov 2023 11:00:00 +0000\r\nMessage-ID: <own@x>\r\nIn-Reply-To: <answer@x>\r\n\r\nBye\r\n
        """
      try stage.sim.deliver(raw: Array(own.utf8), to: "alice", folder: "Sent")
      try stage.deliver("private@x", subject: "Private")
      try await stage.until("all three are on the timeline") {
        try await stage.store.timeline(TimelineQuery(record: deal), tenant: stage.tenant).count == 3
      }
      let mails = try await stage.store.timeline(TimelineQuery(record: deal), tenant: stage.tenant)
      #expect(Set(mails.compactMap(\.envelope.messageID)) == [root, "answer@x", "own@x"])
      // The same key and the same records: the first answer. Other records: another mail.
      let again = stage.request(mailbox.id, to: "erin@partner.example") {
        $0.records = [deal]
        $0.idempotencyKey = "offer"
      }
      #expect(try await stage.engine.send(again).replayed)
      var other = again
      other.records = []
      await #expect(throws: EngineError.store(.keyReused)) { try await stage.engine.send(other) }

      let preview = try await stage.store.previewPurge(.record(deal), tenant: stage.tenant)
      let purge = try await stage.engine.purge(.record(deal), tenant: stage.tenant, by: "test")
      try await stage.until("erased") {
        try await stage.store.purge(purge.id, tenant: stage.tenant).state == .done
      }
      #expect(try await stage.store.purge(purge.id, tenant: stage.tenant).counts == preview)
      #expect(preview.mails == 3)
      try await stage.live(mailbox.id)
      #expect(try await stage.store.timeline(TimelineQuery(record: deal), tenant: stage.tenant).isEmpty)
      #expect(try await stage.mails("private@x").count == 1)
    }
  }
}

import MIME
import MailSim
import Sealing
import Testing

@testable import MailEngine
@testable import MailStore

@Suite("Sending uploads", .timeLimit(.minutes(1)), .serialized)
struct UploadSendingTests {
  private static func content(_ count: Int, _ seed: UInt8) -> [UInt8] {
    var state = UInt64(seed) &+ 1
    return (0..<count).map { _ in
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return UInt8(truncatingIfNeeded: state >> 33)
    }
  }

  private func upload(_ stage: Stage, _ content: [UInt8], name: String = "a.bin") async throws -> UploadID {
    let (now, policy, tenant) = (SystemClock().now, try stage.engine.uploadPolicy, stage.tenant)
    let new = NewUpload(tenantID: tenant, name: name, type: "image/png", size: Int64(content.count))
    let id = try await stage.store.openUpload(new, policy: policy, at: now).id
    _ = try await stage.store.writeUpload(
      id, tenant: tenant, offset: 0, octets: content, policy: policy, at: now)
    return try await stage.store.commitUpload(
      id, tenant: tenant, sha256: Digest.sha256(content), policy: policy, at: now
    ).id
  }

  private static func attached(_ id: UploadID, name: String? = nil, cid: String? = nil) -> SendAttachment {
    .upload(id, name: name, type: nil, cid: cid, isInline: nil)
  }

  @Test(arguments: [true, false])
  func `A mail from uploads is what a mail with the files in it is`(tracked: Bool) async throws {
    try await Stage.run { stage in
      let mailbox = try await stage.connect()
      let files = [Self.content(300_001, 1), Self.content(5, 2), Self.content(2000, 3), []]
      var ids: [UploadID] = []
      for file in files { ids.append(try await upload(stage, file)) }
      let sent = try await stage.engine.send(
        stage.request(mailbox.id) {
          $0.track = tracked
          $0.html = "<img src=\"cid:logo@x.test\">"
          $0.attachments = [
            Self.attached(ids[0], name: "Größe.png"), Self.attached(ids[1], cid: "logo@x.test"),
            .inline(OutgoingAttachment(name: "in.png", type: "image/png", content: files[2])),
            Self.attached(ids[3], name: "empty"),
          ]
        })
      #expect(sent.mail.hasAttachment)
      let done = try await stage.reaches(sent.submission.id, .accepted)
      let raw = try #require(stage.sim.submissions.first).raw
      #expect(Int64(raw.count) == sent.mail.envelope.size)
      let parts = ParsedMessage(raw).attachments
      #expect(parts.map(\.name) == ["a.bin", "Größe.png", "in.png", "empty"])
      #expect(parts.first?.disposition == .inline)
      // The same by the builder, which needs all in memory.
      var builder = MessageBuilder(
        from: MailAddress(name: "ALICE", email: "alice@example.test"),
        date: try #require(ParsedMessage(raw).headers.date),
        messageID: try #require(MessageID(done.messageID)))
      builder.to = [MailAddress(email: "dana@customer.example")]
      builder.subject = "Offer"
      (builder.text, builder.html) = ("Hello, this is it.", "<img src=\"cid:logo@x.test\">")
      builder.attachments = [
        OutgoingAttachment(name: "Größe.png", type: "image/png", content: files[0]),
        OutgoingAttachment(name: "a.bin", type: "image/png", content: files[1], cid: "logo@x.test"),
        OutgoingAttachment(name: "in.png", type: "image/png", content: files[2]),
        OutgoingAttachment(name: "empty", type: "image/png", content: []),
      ]
      #expect(try builder.build() == raw)
      try await stage.reaches(sent.submission.id, copy: .appended)
      let copy = try stage.sim.messages(of: "alice", folder: "Sent").map(\.raw)
      #expect(copy == [raw])
      if tracked { #expect(try await stage.store.raw(sent.mail.id, tenant: stage.tenant) == raw) }
    }
  }

  @Test func `A mail accepted before a restart goes out though its upload is gone`() async throws {
    try await Stage.run { stage in
      let mailbox = try await stage.connect()
      let file = Self.content(300_000, 4)
      let id = try await upload(stage, file)
      let now = SystemClock().now
      var request = stage.request(mailbox.id) {
        $0.attachments = [Self.attached(id)]
        $0.idempotencyKey = "k"
        $0.track = false
        $0.sendAt = Timestamp(milliseconds: now.milliseconds + 400)
      }
      let sent = try await stage.engine.send(request)
      try await stage.store.cancelUpload(id, tenant: stage.tenant, at: now)
      try await stage.restart()
      let again = try await stage.engine.send(request)
      #expect(again.replayed && again.submission.id == sent.submission.id)
      _ = try await stage.reaches(sent.submission.id, .accepted)
      let raw = try #require(stage.sim.submissions.first).raw
      #expect(ParsedMessage(raw).attachments.map(\.size) == [300_000])
      request.idempotencyKey = "other"
      await #expect(throws: EngineError.store(.notFound("upload"))) {
        _ = try await stage.engine.send(request)
      }
      try await stage.until("nothing is kept of it") {
        try await stage.store.expireUploads(at: now.adding(seconds: 1 << 30), limit: 9) == 0
      }
    }
  }

  @Test func `What the provider takes is learned when it is connected, and asked before a mail is taken on`()
    async throws
  {
    try await Stage.run(sim: { $0.messageOctetsMax = 50_000 }, engine: { $0.messageOctetsMax = 60_000 }) {
      stage in
      let mailbox = try await stage.connect()
      #expect(try await stage.mailbox(mailbox.id).smtpOctetsMax == 50_000)
      let id = try await upload(stage, Self.content(40_000, 5))
      let error = await #expect(throws: EngineError.self) {
        _ = try await stage.engine.send(stage.request(mailbox.id) { $0.attachments = [Self.attached(id)] })
      }
      guard case .tooLarge(let octets, 50_000, byProvider: true) = error else {
        Issue.record("\(String(describing: error))")
        return
      }
      #expect(octets > 54_000 && octets < 56_000)
      #expect(try await stage.events(.submissionState).isEmpty)
      // Until it says something else; each connection tells it.
      try await stage.store.setMailboxSMTPLimit(mailbox.id, nil)
      let sent = try await stage.engine.send(stage.request(mailbox.id))
      _ = try await stage.reaches(sent.submission.id, .accepted)
      #expect(try await stage.mailbox(mailbox.id).smtpOctetsMax == 50_000)
    }
  }

  @Test func `No upload is taken that no mail could carry`() async throws {
    try await Stage.run(engine: { $0.messageOctetsMax = 7800 }) { stage in
      #expect(try stage.engine.uploadPolicy.octetsMax == 5700)
      _ = try await upload(stage, Self.content(5700, 1))
      await #expect(throws: MailStoreError.upload(.tooLarge(limit: 5700))) {
        _ = try await upload(stage, Self.content(5701, 1))
      }
    }
  }

  @Test func `Uploads whose time is over are taken away`() async throws {
    try await Stage.run(engine: {
      $0.uploadSweepSeconds = 1
      $0.uploads.keptSeconds = 1
    }) { stage in
      for seed in 0..<5 { _ = try await upload(stage, Self.content(1000, UInt8(seed))) }
      try await stage.until("they are gone") {
        try await stage.store.read { try !Query($0, "SELECT 1 FROM upload").exists() }
      }
    }
  }
}

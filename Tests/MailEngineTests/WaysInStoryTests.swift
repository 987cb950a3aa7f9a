import MIME
import MailSim
import Testing

@testable import MailEngine
@testable import MailStore

@Suite("Stories of ways into tracking", .timeLimit(.minutes(2)), .serialized)
struct WaysInStoryTests {
  private func settings(_ stage: Stage) async throws {
    var settings = TenantSettings()
    settings.bccAddresses = ["crm@example.test"]
    settings.forwardAddresses = ["forward@example.test"]
    try await stage.store.setSettings(settings, of: stage.tenant)
  }

  private func put(
    _ stage: Stage, _ id: String, to user: String, folder: String? = nil, from: String, fields: String = "",
    rcpt: String = "dana@buyer.example", subject: String = "Offer", body: String = "Text"
  ) throws {
    let text = """
      From: \(from)\r\nTo: \(rcpt)\r\nSubject: \(subject)\r\nDate: Mon, 13 Nov 2023 10:00:00 +0000\r\n\
      Message-ID: <\(id)>\r\n\(fields)\r\n\(body)\r\n
      """
    try stage.sim.deliver(raw: Array(text.utf8), to: user, folder: folder)
  }

  private func logged(_ stage: Stage, _ id: String, _ location: SourceLocation = #_sourceLocation)
    async throws -> Mail
  {
    try await stage.until("\(id) is logged", location) {
      try await stage.mails(id).contains { $0.state == .logged }
    }
    return try #require(try await stage.mails(id).first { $0.state == .logged })
  }

  @Test func `A blind copy to the logging mailbox logs the mail, and its answers from then on`() async throws
  {
    try await Stage.run(sim: { $0.users["crm"] = "secret" }) { stage in
      try await settings(stage)
      let alice = try await stage.connect("alice")
      _ = try await stage.connect("crm")
      try await stage.live(alice.id)
      // The server put the blind recipient into Received only.
      try put(
        stage, "sent@x", to: "crm", from: "alice@example.test",
        fields: "Received: from a by b with ESMTP for <crm@example.test>; Mon, 13 Nov 2023 10:00:01 +0000\r\n"
      )
      let mail = try await logged(stage, "sent@x")
      #expect(mail.route == .bcc && mail.matchedBy == .bcc && mail.direction == .outgoing)
      // Her own copy is the same engagement.
      try put(stage, "sent@x", to: "alice", folder: "Sent", from: "alice@example.test")
      try stage.deliver("answer@x", inReplyTo: "sent@x", from: "dana@buyer.example")
      let answer = try await logged(stage, "answer@x")
      #expect(answer.threadID == mail.threadID && answer.matchedBy == .inReplyTo)
      try await stage.until("the copy is known") { try await stage.mails("sent@x").count == 2 }
      #expect(Set(try await stage.mails("sent@x").map(\.state)) == [.logged, .duplicate])
      // Whoever else learns the address logs nothing.
      try put(
        stage, "spam@x", to: "crm", from: "eve@else.example", fields: "Delivered-To: crm@example.test\r\n",
        rcpt: "crm@example.test")
      try await stage.until("spam is read") { try await stage.mails("spam@x").count == 1 }
      #expect(try await stage.mails("spam@x").first?.state == .envelope)
      #expect(try await stage.events(.threadTracked).count == 1)
    }
  }

  @Test func `A forwarded mail is logged as the mail that it was, once, and does not come back`() async throws
  {
    try await Stage.run(sim: { $0.users["forward"] = "secret" }) { stage in
      try await settings(stage)
      let alice = try await stage.connect("alice")
      _ = try await stage.connect("forward")
      try await stage.live(alice.id)
      let quoted = """
        Please log.\r\n\r\n---------- Forwarded message ---------\r\nFrom: Dana Buyer <dana@buyer.example>\r\n\
        Date: Mon, Nov 6, 2023 at 9:30 AM\r\nSubject: Your offer\r\nTo: <alice@example.test>\r\n\r\nWe take it.
        """
      try put(
        stage, "fwd@x", to: "forward", from: "alice@example.test", rcpt: "forward@example.test",
        subject: "Fwd: Your offer", body: quoted)
      let mail = try await logged(stage, "fwd@x")
      #expect(mail.route == .forward && mail.direction == .incoming && mail.envelope.subject == "Your offer")
      #expect(mail.envelope.addresses.first { $0.role == .from }?.email == "dana@buyer.example")
      #expect(mail.envelope.sentAt == Timestamp(milliseconds: 1_699_263_000_000))
      let raw = ParsedMessage(try await stage.store.raw(mail.id, tenant: stage.tenant))
      #expect(raw.body().text.contains("We take it.") && !raw.body().text.contains("Please log"))
      #expect(
        try await stage.store.thread(#require(mail.threadID), tenant: stage.tenant).subject == "Your offer")

      // An attached one that her mailbox has had all along, untracked; its answer follows it.
      try stage.deliver("orig@x", subject: "Contract", from: "dana@buyer.example")
      try await stage.until("read") { try await stage.mails("orig@x").first?.state == .envelope }
      let inner = """
        From: Erin <dana@buyer.example>\r\nTo: alice@example.test\r\nSubject: Contract\r\n\
        Date: Mon, 13 Nov 2023 10:00:00 +0000\r\nMessage-ID: <orig@x>\r\n\r\nSigned.\r\n
        """
      let attached = "--b\r\nContent-Type: message/rfc822\r\n\r\n\(inner)\r\n--b--"
      func forward(_ id: String) throws {
        try put(
          stage, id, to: "forward", from: "alice@example.test",
          fields: "Content-Type: multipart/mixed; boundary=b\r\n", rcpt: "forward@example.test",
          subject: "Fwd: Contract", body: attached)
      }
      try forward("fwd2@x")
      let original = try await logged(stage, "orig@x")
      #expect(original.carrierID == "fwd2@x" && original.direction == .incoming)
      #expect(Set(try await stage.mails("orig@x").map(\.state)) == [.logged, .duplicate])
      try stage.deliver("answer@x", inReplyTo: "orig@x", subject: "Re: Contract", from: "dana@buyer.example")
      #expect(try await logged(stage, "answer@x").threadID == original.threadID)
      // Forwarded again: nothing new.
      try forward("fwd3@x")
      try await stage.until("known") { try await stage.mails("fwd3@x").first?.state == .duplicate }
      #expect(try await stage.mails("fwd3@x").first?.threadID == original.threadID)
      #expect(try await stage.events(.mailLogged).count == 3)

      let purge = try await stage.engine.purge(
        .contact(email: "dana@buyer.example"), tenant: stage.tenant, by: "t")
      try await stage.until("erased") {
        try await stage.store.purge(purge.id, tenant: stage.tenant).state == .done
      }
      try forward("fwd2@x")
      try put(stage, "last@x", to: "forward", from: "eve@else.example")
      try await stage.until("read past it") { try await stage.mails("last@x").count == 1 }
      #expect(try await stage.mails("orig@x").isEmpty)
      #expect(try await stage.mails("fwd2@x").isEmpty)
    }
  }

  @Test
  func `Sent mail with the extension's header is logged, and a mail sent to who is never logged is not`()
    async throws
  {
    try await Stage.run { stage in
      var settings = TenantSettings()
      settings.neverLog = ["lawyers.example"]
      try await stage.store.setSettings(settings, of: stage.tenant)
      let alice = try await stage.connect()
      try await stage.live(alice.id)
      try put(
        stage, "own@x", to: "alice", folder: "Sent", from: "alice@example.test",
        fields: "X-Postroom-Track: yes\r\n")
      #expect(try await logged(stage, "own@x").matchedBy == .header)
      try put(
        stage, "secret@x", to: "alice", folder: "Sent", from: "alice@example.test",
        fields: "X-Postroom-Track: yes\r\n", rcpt: "l@lawyers.example")
      let sent = try await stage.engine.send(stage.request(alice.id, to: "l@lawyers.example"))
      #expect(sent.mail.state == .envelope && sent.mail.threadID == nil)
      _ = try await stage.reaches(sent.submission.id, .accepted)
      // An answer with a lawyer in copy to a mail that is tracked.
      try put(
        stage, "reply@x", to: "alice", from: "dana@buyer.example",
        fields: "Cc: l@lawyers.example\r\nIn-Reply-To: <own@x>\r\n", rcpt: "alice@example.test")
      try stage.deliver("plain@x", inReplyTo: "own@x", from: "dana@buyer.example")
      _ = try await logged(stage, "plain@x")
      try await stage.until("all are read") {
        let known = try await (stage.mails("reply@x"), stage.mails("secret@x"))
        return known.0.count == 1 && known.1.count == 1
      }
      #expect(try await stage.mails("reply@x").first?.state == .envelope)
      #expect(try await stage.mails("secret@x").first?.state == .envelope)
      let id = try #require(try await stage.mails("reply@x").first).id
      await #expect(throws: EngineError.store(.conflict("neverLogged"))) {
        try await stage.engine.track(id, tenant: stage.tenant)
      }
    }
  }
}

import Foundation
import PostroomClient
import Testing

extension RealServerTests {
  @Suite(.serialized, .timeLimit(.minutes(3))) struct StoryTests {
    @Test func `connect, sync, send, reply, show and erase, by the Swift client`() async throws {
      let servers = try MailServers.current
      try await servers.fill("alice", 300)
      try await withStage { stage in
        let server = try await stage.postroomd("data", trusting: servers.caFile)
        let client = try await server.client()
        var story = Story(servers: servers, server: server, client: client)
        try await story.connectAndSync()
        try await story.sendOnce()
        try await story.receiveReply()
        try await story.showThread()
        try await story.resumeEvents()
        try await story.erase()
        await client.close()
        let end = try await server.stop()
        #expect(end.status == 0)
        try story.expectNoTraces()
      }
    }

    @Test func `the same story by the Python client`() async throws {
      let servers = try MailServers.current
      try await servers.fill("paula", 300)
      try await withStage { stage in
        let server = try await stage.postroomd("data", trusting: servers.caFile)
        let script = try stage.start(
          Place.python, [Place.tests + "/Python/story.py"],
          environment: [
            "PYTHONPATH": Place.checkout + "/clients/python", "PYTHONDONTWRITEBYTECODE": "1",
            "POSTROOM_URL": "postroom://\(server.tcp)", "POSTROOM_TOKEN": server.token,
            "POSTROOM_DATA": server.data,
            "MAIL_CA": servers.caFile, "MAIL_IMAP": String(servers.imap), "MAIL_IMAPS": String(servers.imaps),
            "MAIL_SUBMISSION": String(servers.submission), "MAIL_SUBMISSIONS": String(servers.submissions),
          ])
        let out = try await script.wait(atMost: .seconds(120))
        #expect(out.status == 0, "\(out.output)\n\(out.errors)")
        #expect(out.output.hasSuffix("done\n"))
      }
    }
  }
}

/// One person's story, in steps that build on each other.
private struct Story {
  let servers: MailServers
  let server: Postroomd
  let client: PostroomClient

  /// Texts that stand in few places, so that they can be looked for.
  private let contact = "bob+zanzibar7@example.test"
  private let subject = "Quokka proposal 5521"
  private let question = "Shall we meet at the heptagonal lighthouse?"
  private let answer = "The peppermint answer is yes."
  private let untracked = "Nobody may keep this xylophone sentence."
  private let file = (0..<50_000).map { UInt8(truncatingIfNeeded: $0 &* 31 ^ ($0 >> 7)) }

  private var alice = ""
  private var sent: SendResult?
  private var reply: Mail?

  init(servers: MailServers, server: Postroomd, client: PostroomClient) {
    self.servers = servers
    self.server = server
    self.client = client
  }

  // MARK: Connecting

  mutating func connectAndSync() async throws {
    try await servers.submit(
      Array(
        """
        From: Newsletter <news@example.test>\r
        To: alice@example.test\r
        Subject: Untracked\r
        Message-ID: <untracked@example.test>\r
        \r
        \(untracked)\r\n
        """.utf8), as: "news", to: ["alice@example.test"])
    try await waitForDelivery("untracked@example.test", to: "alice")
    let ports = servers.implicit
    let box = try await client.mailbox.connect(
      email: "alice@example.test", password: "secret", displayName: "Alice Example", imap: ports.imap,
      smtp: ports.smtp)
    alice = box.id
    #expect(box.imap.security == .tls && box.smtp.security == .tls)
    try await watchSync(alice, total: 301)
    let bobs = servers.upgraded
    let bob = try await client.mailbox.connect(
      email: "bob@example.test", password: "secret", imap: bobs.imap, smtp: bobs.smtp)
    #expect(bob.imap.security == .starttls && bob.smtp.security == .starttls)
    try await watchSync(bob.id, total: 0)

    // Every envelope is known, no body is.
    let untrackedMail = try #require(
      try await client.mail.list(messageId: "untracked@example.test", loggedOnly: false).mails.first)
    #expect(untrackedMail.subject == "Untracked" && untrackedMail.state == .envelope)
    #expect(try await client.mail.list().mails.isEmpty)
    let kept = try await client.purge.preview(scope: PurgeScope(kind: .mailbox, mailboxId: alice))
    #expect(kept.mails == 301 && kept.bodies == 0 && kept.octets == 0)
    #expect(try Traces.count([untracked, "xylophone"], in: server.data).values.allSatisfy { $0 == 0 })
  }

  private func watchSync(_ mailbox: String, total: Int64) async throws {
    var seen: [SyncStatus] = []
    for try await status in client.sync.watch(
      mailboxId: mailbox, options: StreamOptions(timeout: .seconds(60)))
    {
      seen.append(status)
      if status.complete, status.phase == .live { break }
    }
    let last = try #require(seen.last)
    #expect(last.complete && last.stored == total && last.total == total)
    #expect(zip(seen, seen.dropFirst()).allSatisfy { $0.stored <= $1.stored })
    if total > 0 { #expect(seen.count > 1, "progress is told while it happens") }
    let inbox = try #require(
      try await client.folder.list(mailboxId: mailbox).folders.first { $0.role == .inbox })
    #expect(inbox.stored == total && inbox.complete)
  }

  /// By hand, until Postfix and Dovecot are through.
  private func waitForDelivery(_ messageID: String, to user: String) async throws {
    _ = try await eventually("\(messageID) is delivered to \(user)", every: .milliseconds(150)) {
      try await servers.messageIDs(of: user, folder: "INBOX")[messageID]
    }
  }

  // MARK: Sending

  mutating func sendOnce() async throws {
    func call(_ text: String) async throws -> SendResult {
      try await client.mail.send(
        mailboxId: alice, to: [Address(name: "Bob Quist", email: contact)], subject: subject, text: text,
        options: CallOptions(idempotencyKey: "offer-1"))
    }
    let first = try await call(question)
    #expect(!first.replayed && first.mail.subject == subject && first.mail.threadId != nil)
    let again = try await call(question)
    #expect(again.replayed && again.mail.id == first.mail.id)
    #expect(again.submission.messageId == first.submission.messageId)
    let error = await #expect(throws: PostroomError.self) { _ = try await call("Something else") }
    #expect(error?.reason == .idempotencyKeyReused)
    sent = first

    let id = first.submission.messageId
    let submission = try await eventually("the mail is accepted and filed") {
      let now = try await client.mail.status(mailId: first.mail.id)
      return now.state == .accepted && now.sentCopy != .pending ? now : nil
    }
    #expect(submission.sentCopy == .appended && submission.attempts == 1)
    #expect(submission.recipients.map(\.accepted) == [true])
    try await waitForDelivery(id, to: "bob")
    #expect(try await servers.messageIDs(of: "alice", folder: "Sent") == [id: 1])
    #expect(try await servers.messageIDs(of: "bob", folder: "INBOX") == [id: 1])
  }

  // MARK: The reply

  mutating func receiveReply() async throws {
    let sent = try #require(sent)
    let before = try await client.events.read(limit: 1).latest
    try await servers.submit(
      replyOctets(to: sent.submission.messageId), as: "bob", to: ["alice@example.test"])
    for try await event in client.events.subscribe(
      after: before, options: StreamOptions(timeout: .seconds(60)))
    {
      guard event.type == .mailLogged, event.mailboxId == alice, event.facts["direction"] == "incoming" else {
        continue
      }
      reply = event.mail
      break
    }
    let reply = try #require(reply)
    #expect(reply.inReplyTo == [sent.submission.messageId] && reply.threadId == sent.mail.threadId)
    #expect(reply.matchedBy == .inReplyTo && reply.hasAttachment && reply.direction == .incoming)
    #expect(reply.from == [Address(name: "Bob Quist", email: contact)])
  }

  private func replyOctets(to id: String) -> [UInt8] {
    let base64 = Data(file).base64EncodedString(options: [
      .lineLength76Characters, .endLineWithCarriageReturn, .endLineWithLineFeed,
    ])
    return Array(
      """
      From: Bob Quist <\(contact)>\r
      To: Alice Example <alice@example.test>\r
      Subject: Re: \(subject)\r
      Message-ID: <reply-7@example.test>\r
      In-Reply-To: <\(id)>\r
      References: <\(id)>\r
      Date: Mon, 02 Mar 2026 10:00:00 +0000\r
      MIME-Version: 1.0\r
      Content-Type: multipart/mixed; boundary="edge"\r
      \r
      --edge\r
      Content-Type: text/plain; charset=utf-8\r
      \r
      \(answer)\r
      \r
      On Mon, 2 Mar 2026 at 09:00, Alice Example <alice@example.test> wrote:\r
      > \(question)\r
      --edge\r
      Content-Type: application/octet-stream; name="plan.bin"\r
      Content-Disposition: attachment; filename="plan.bin"\r
      Content-Transfer-Encoding: base64\r
      \r
      \(base64)\r
      --edge--\r\n
      """.utf8)
  }

  func showThread() async throws {
    let (sent, reply) = (try #require(sent), try #require(reply))
    let found = try await client.thread.lookup(messageId: sent.submission.messageId).threads
    #expect(found.map(\.id) == [sent.mail.threadId])
    #expect(try await client.thread.lookup(messageId: "reply-7@example.test").threads == found)
    let thread = try await client.thread.get(threadId: try #require(found.first).id)
    #expect(thread.thread.tracked && thread.mails.map(\.mail.id) == [sent.mail.id, reply.id])

    let mine = try #require(thread.mails.first?.body)
    #expect(mine.text.contains(question))
    let theirs = try #require(thread.mails.last)
    let body = try #require(theirs.body)
    #expect(body.replyText.trimmingCharacters(in: .whitespacesAndNewlines) == answer)
    #expect(body.quotedText.contains(question) && body.text.contains(question))

    let attachment = try #require(theirs.attachments.first)
    #expect(theirs.attachments.count == 1)
    #expect(
      attachment.name == "plan.bin" && attachment.size == Int64(file.count)
        && attachment.disposition == .attachment)
    #expect(try await octets(client.attachment.get(blobId: attachment.blobId)) == file)
    let original = try await servers.raw(of: "reply-7@example.test", user: "alice", folder: "INBOX")
    #expect(try await octets(client.mail.source(mailId: reply.id)) == original)
    #expect(reply.size == Int64(original.count))
  }

  private func octets(_ stream: PostroomStream<Chunk>) async throws -> [UInt8] {
    var all: [UInt8] = []
    var size: Int64 = -1
    for try await chunk in stream {
      #expect(chunk.offset == Int64(all.count))
      all += chunk.data
      size = chunk.size
    }
    #expect(size == Int64(all.count))
    return all
  }

  // MARK: Events

  func resumeEvents() async throws {
    // By pages of three: all events, once each, in order.
    var paged: [Event] = []
    var place: String?
    while true {
      let page = try await client.events.read(after: place, limit: 3)
      paged += page.events
      place = page.cursor
      if page.events.isEmpty { break }
    }
    let numbers = paged.compactMap { Int64($0.seq) }
    #expect(numbers.count == paged.count && zip(numbers, numbers.dropFirst()).allSatisfy { $0 < $1 })
    let logged = paged.filter { $0.type == .mailLogged }.compactMap(\.mailId)
    #expect(Set(logged).count == logged.count && logged.contains(reply?.id ?? ""))

    // By streams that break off after each fourth event and go on with the last number, each on a new connection.
    var streamed: [Event] = []
    while streamed.count < paged.count {
      let other = try await server.client()
      var taken = 0
      for try await event in other.events.subscribe(
        after: streamed.last?.seq, options: StreamOptions(timeout: .seconds(20), window: 2))
      {
        streamed.append(event)
        taken += 1
        if taken == 4 || streamed.count == paged.count { break }
      }
      await other.close()
      if taken == 0 { break }
    }
    #expect(streamed.map(\.seq) == paged.map(\.seq) && streamed.map(\.type) == paged.map(\.type))
  }

  // MARK: Erasing

  mutating func erase() async throws {
    let (sent, reply) = (try #require(sent), try #require(reply))
    let before = try Traces.count([contact, subject], in: server.data)
    #expect(
      before.values.allSatisfy { $0 > 0 }, "what is looked for afterwards must be there before: \(before)")
    let scope = PurgeScope(kind: .contact, email: contact)
    let preview = try await client.purge.preview(scope: scope)
    // Sent, the reply, and bob's own copy of the first.
    #expect(preview.mails == 3 && preview.bodies == 2 && preview.threads == 1 && preview.submissions == 1)
    let begun = try await client.purge.run(scope: scope)
    let receipt = try await eventually("the erasure is done") {
      let now = try await client.purge.status(purgeId: begun.id)
      return now.state == .done ? now : nil
    }
    #expect(receipt.counts == preview && receipt.remaining == 0 && receipt.logTruncated)
    #expect(receipt.finishedAt != nil && receipt.requestedBy == "admin")
    try await expectGone(sent.mail.id, reply.id)

    // A sync that certainly happens, because it brings something else, does not bring them back.
    try await servers.submit(
      Array(
        "From: carl@example.test\r\nSubject: Other\r\nMessage-ID: <after@example.test>\r\n\r\nHi\r\n".utf8),
      as: "carl",
      to: ["alice@example.test", "bob@example.test"])
    try await waitForDelivery("after@example.test", to: "bob")
    for box in try await client.mailbox.list().mailboxes {
      _ = try await client.sync.run(mailboxId: box.id)
      _ = try await eventually("the next sync of \(box.email)") {
        try await client.mail.list(mailboxId: box.id, messageId: "after@example.test", loggedOnly: false)
          .mails.first
      }
    }
    try await expectGone(sent.mail.id, reply.id)
    try expectNoTraces()
  }

  private func expectGone(_ ids: String...) async throws {
    for id in ids {
      let error = await #expect(throws: PostroomError.self) { _ = try await client.mail.get(mailId: id) }
      #expect(error?.status == .notFound && error?.reason == .mailUnknown)
    }
    #expect(try await client.mail.list(contact: contact, loggedOnly: false).mails.isEmpty)
    #expect(try await client.thread.list(contact: contact).threads.isEmpty)
    for id in ["reply-7@example.test", try #require(sent).submission.messageId] {
      #expect(try await client.mail.list(messageId: id, loggedOnly: false).mails.isEmpty)
    }
  }

  /// No file holds anything of the contact, the subject, the texts or the ids.
  func expectNoTraces() throws {
    let texts = [
      contact, "zanzibar7", "Bob Quist", subject, "Quokka", question, answer, "reply-7@example.test",
      try #require(sent).submission.messageId,
    ]
    let found = try Traces.count(texts, in: server.data).filter { $0.value > 0 }
    #expect(found.isEmpty)
  }
}

import Foundation
import MailSim
import PostroomClient

/// The story, step by step, told so that a newcomer knows the product after it. Every step checks what it
/// says: one that is not so ends the story with an error.
struct DemoStory {
  let stage: Stage
  let json: Bool
  let begun: ContinuousClock.Instant

  private let contact = "dana@customer.example"
  private static let subject = "Our offer 2207 for the harbour office"

  func play() async throws {
    title("1. A provider and a server")
    let provider = try await stage.startProvider()
    say(
      "A simulated mail provider runs: IMAP \(provider.imapsPort), SMTP \(provider.smtpsPort), both with TLS."
    )
    try await stage.startServer(trusting: provider.caFile)
    say("postroomd runs in a folder of its own and listens on a Unix socket.")
    let client = try PostroomClient(stage.url)
    do {
      try await scenes(client, provider)
      await client.close()
    } catch {
      await client.close()
      throw error
    }
    title("Done in \(Self.seconds(since: begun)). Nothing is left running.")
  }

  private func scenes(_ client: PostroomClient, _ provider: MailSimEndpoints) async throws {
    let box = try await connect(client, provider)
    try await sync(client, box)
    let from = try await client.events.read(limit: 1).latest
    let sent = try await send(client, box)
    let reply = try await catchReply(client, sent, after: from)
    try await show(client, sent, reply)
    try await erase(client, box, sent)
  }

  private func connect(_ client: PostroomClient, _ p: MailSimEndpoints) async throws -> Mailbox {
    title("2. Connect alice@example.test")
    let imap = ServerChoice(host: p.host, port: Int64(p.imapsPort), security: .tls)
    let smtp = ServerChoice(host: p.host, port: Int64(p.smtpsPort), security: .tls)
    do {
      _ = try await client.mailbox.connect(
        email: "alice@example.test", password: "wrong", imap: imap, smtp: smtp)
      throw Failure(.refused, "A wrong password was accepted.")
    } catch let error as PostroomError where error.reason.rawValue == "connect.imap.authenticationFailed" {
      say("With a wrong password nothing is stored, and the error says what to do:")
      say("  \(Terminal.safeLine(error.message))")
    }
    let box = try await client.mailbox.connect(
      email: "alice@example.test", password: "secret", userName: "alice", displayName: "Alice Example",
      imap: imap,
      smtp: smtp)
    say("Connected as \(box.id): both servers were signed in to before the mailbox was stored.")
    return box
  }

  private func sync(_ client: PostroomClient, _ box: Mailbox) async throws {
    title("3. Sync \(stage.messages) messages, newest first")
    let start = ContinuousClock.now
    guard let status = try await Sync.follow(client, box.id, json: json) else {
      throw Failure(.refused, "The sync ended before it was complete.")
    }
    let kept = try await client.mail.list(mailboxId: box.id).mails.count
    guard kept == 0 else { throw Failure(.refused, "\(kept) untracked mails were kept.") }
    say(
      "\(status.stored) envelopes read in \(Self.seconds(since: start)); bodies kept: 0, because nothing is tracked yet."
    )
  }

  private func send(_ client: PostroomClient, _ box: Mailbox) async throws -> SendResult {
    title("4. Send a tracked mail to \(contact)")
    func once() async throws -> SendResult {
      try await client.mail.send(
        mailboxId: box.id, to: [Address(name: "Dana Whitfield", email: contact)], subject: Self.subject,
        text: "Hello Dana,\n\nhere is our offer, as discussed. Does it work for you?\n\nAlice",
        options: CallOptions(idempotencyKey: "demo-offer-1"))
    }
    let sent = try await once()
    let again = try await once()
    guard again.replayed, again.mail.id == sent.mail.id else {
      throw Failure(.refused, "The repeated call sent twice.")
    }
    say(
      "Accepted as \(sent.mail.id) in thread \(sent.mail.threadId ?? "?"), Message-ID <\(sent.submission.messageId)>."
    )
    say("The same call again, same idempotency key: the first answer comes back, nothing is sent twice.")
    return sent
  }

  private func catchReply(_ client: PostroomClient, _ sent: SendResult, after: String) async throws -> Mail {
    title("5. The reply, as an event")
    var accepted: ContinuousClock.Instant?
    for try await event in client.events.subscribe(
      after: after, options: StreamOptions(timeout: .seconds(30)))
    {
      say("  " + Watch.text(event))
      if event.type == .submissionState, event.facts["state"] == "accepted" { accepted = .now }
      if event.type == .mailLogged, let mail = event.mail, mail.direction == .incoming {
        let wait = accepted.map { Self.seconds(since: $0) } ?? "?"
        say(
          "The reply was logged \(wait) after the server took the mail; Dana thought about it for 0.3 s of that."
        )
        return mail
      }
    }
    throw Failure(.refused, "The reply did not arrive within 30 s.")
  }

  private func show(_ client: PostroomClient, _ sent: SendResult, _ reply: Mail) async throws {
    title("6. The thread, and what Dana really wrote")
    guard let found = try await client.thread.lookup(messageId: sent.submission.messageId).threads.first
    else {
      throw Failure(.refused, "The thread is not found by the Message-ID of the mail that began it.")
    }
    let detail = try await client.thread.get(threadId: found.id)
    if json { Terminal.line(detail.json) } else { ShowThread.show(detail, full: false, indent: "  ") }
    guard let answer = detail.mails.first(where: { $0.mail.id == reply.id }),
      let attachment = answer.attachments.first
    else {
      throw Failure(.refused, "The reply or its attachment is not in the thread.")
    }
    let path = try await ShowThread.save(client, attachment, into: stage.folder)
    let size = try FileManager.default.attributesOfItem(atPath: path)[.size] as? Int ?? -1
    guard Int64(size) == attachment.size else {
      throw Failure(.refused, "The attachment was not saved whole.")
    }
    say("Attachment \(attachment.name) saved: \(size) octets.")
  }

  private func erase(_ client: PostroomClient, _ box: Mailbox, _ sent: SendResult) async throws {
    title("7. Dana asks to be forgotten")
    let scope = PurgeScope(kind: .contact, email: contact)
    let preview = try await client.purge.preview(scope: scope)
    say("Preview: \(Erase.words(preview)).")
    let receipt = try await Erase.wait(client, try await client.purge.run(scope: scope))
    say(Erase.receipt(receipt))
    guard receipt.counts == preview, receipt.remaining == 0 else {
      throw Failure(.refused, "The receipt differs from the preview, or something is left.")
    }
    say("The receipt equals the preview, and holds nobody's name.")

    title("8. Proof that it is gone")
    do {
      _ = try await client.mail.get(mailId: sent.mail.id)
      throw Failure(.refused, "The mail is still there.")
    } catch let error as PostroomError where error.status == .notFound {
      say("mail.get \(sent.mail.id): \(error.message)")
    }
    _ = try await client.sync.run(mailboxId: box.id)
    try await Task.sleep(for: .milliseconds(1500))
    let back = try await client.mail.list(contact: contact, loggedOnly: false).mails.count
    guard back == 0 else { throw Failure(.refused, "\(back) mails came back with the next sync.") }
    say("The mails are still on the provider's server, but the next sync does not bring them back: 0 found.")
    for text in [contact, Self.subject, "Dana Whitfield"] {
      let hits = try Self.count(text, in: stage.dataFolder)
      guard hits == 0 else {
        throw Failure(.refused, "\"\(text)\" is still in the data folder, \(hits) times.")
      }
    }
    say("Searched every file of the data folder for the address, the name and the subject: 0 octets found.")
  }

  // MARK: Telling

  private func title(_ text: String) { if !json { Terminal.line("\n" + Terminal.bold(text)) } }

  private func say(_ text: String) {
    if !json { return Terminal.line("  " + text.replacingOccurrences(of: "\n", with: "\n  ")) }
    // Only strings go in: this cannot fail.
    let data = (try? JSONSerialization.data(withJSONObject: ["says": text])) ?? Data()
    Terminal.line(String(decoding: data, as: UTF8.self))
  }

  static func seconds(since start: ContinuousClock.Instant) -> String {
    let ms = (ContinuousClock.now - start) / .milliseconds(1)
    return String(format: "%.2f s", ms / 1000)
  }

  /// How often `text` stands in the files of `folder`.
  static func count(_ text: String, in folder: String) throws -> Int {
    var hits = 0
    for name in try FileManager.default.contentsOfDirectory(atPath: folder) {
      // Sockets are not read; a file that went away meanwhile holds nothing.
      guard let data = FileManager.default.contents(atPath: folder + "/" + name) else { continue }
      var from = data.startIndex
      while let hit = data.range(of: Data(text.utf8), in: from..<data.endIndex) {
        hits += 1
        from = hit.upperBound
      }
    }
    return hits
  }
}

internal import Bytes
internal import MIME
internal import Synchronization

/// Takes mails from the submission server and brings them where they belong.
final class Post: Sendable {
  private struct Job: Sendable {
    let delayMilliseconds: Int64
    let user: String
    let raw: [UInt8]
  }

  private static let bounceDelayMilliseconds: Int64 = 300

  private let world: World
  private let ledger: Ledger
  private let jobs: AsyncStream<Job>
  private let queue: AsyncStream<Job>.Continuation
  private let number = Mutex(0)

  init(world: World, ledger: Ledger) {
    self.world = world
    self.ledger = ledger
    (jobs, queue) = AsyncStream.makeStream()
  }

  /// Delivers what is to come later, until cancelled.
  func run() async {
    await withDiscardingTaskGroup { tasks in
      for await job in jobs {
        tasks.addTask { [self] in
          do {
            try await Task.sleep(for: .milliseconds(job.delayMilliseconds))
          } catch {
            return
          }
          deliver(job.raw, to: job.user)
        }
      }
    }
  }

  /// A mail that has its final dot: written down, filed, delivered and answered.
  ///
  /// - Returns: its number in the queue.
  func accept(_ mail: [UInt8], user: String, from: String, recipients: [String]) -> Int {
    let id = number.withLock { n in
      n += 1
      return n
    }
    var raw = mail
    let headers = MailHeaders(HeaderBlock(parsing: mail))
    let messageID = headers.messageID.map { "<\($0.text)>" }
    if messageID == nil {
      raw = [UInt8]("Message-ID: <\(id).\(Rand.hash(mail))@\(world.options.domain)>\r\n".utf8) + mail
    }
    ledger.note(Submission(user: user, from: from, recipients: recipients, messageID: messageID, raw: mail))
    let now = Clock.nowSeconds
    if let sent = world.layout.serverSent {
      world.add(raw, to: user, sent, flags: ["\\Seen"], seconds: now)
      if let all = world.layout.allMail { world.add(raw, to: user, all, flags: ["\\Seen"], seconds: now) }
    }
    let trace =
      "Return-Path: <\(from)>\r\nReceived: from client (127.0.0.1) by mx.\(world.options.domain) with ESMTPSA id \(id);\r\n"
      + "\t\(CivilTime(seconds: now).mail)\r\n"
    // Two addresses of one mailbox get one copy.
    var served = Set<String>()
    for address in recipients {
      if let local = world.isLocal(address) ? world.user(address) : nil {
        if served.insert(local).inserted { deliver([UInt8](trace.utf8) + raw, to: local) }
        continue
      }
      react(to: raw, headers, from: from, at: address)
    }
    return id
  }

  /// Puts a mail into a user's INBOX.
  @discardableResult
  func deliver(_ raw: [UInt8], to user: String) -> UInt32? {
    let now = Clock.nowSeconds
    if let all = world.layout.allMail { world.add(raw, to: user, all, seconds: now) }
    return world.add(raw, to: user, "INBOX", seconds: now)
  }

  private func react(to raw: [UInt8], _ headers: MailHeaders, from: String, at address: String) {
    guard world.isLocal(from), let sender = world.user(from) else { return }
    if Trouble(address: address) == .bounce {
      let report = Bounce(domain: world.options.domain, original: raw, sender: from, recipient: address)
      queue.yield(Job(delayMilliseconds: Self.bounceDelayMilliseconds, user: sender, raw: report.raw))
      return
    }
    // Answering an automatic mail is how loops begin (RFC 3834 §2).
    guard !headers.isAutoReply, headers.listID == nil,
      let correspondent = world.options.correspondents.first(where: {
        $0.address.lowercased() == address.lowercased()
      })
    else { return }
    let reply = Reply(by: correspondent, to: raw, headers, sender: from)
    queue.yield(Job(delayMilliseconds: correspondent.delayMilliseconds, user: sender, raw: reply.raw))
  }
}

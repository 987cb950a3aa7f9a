import Foundation
import Glibc
import MailSim
import PostroomClient
import Testing

/// Many mailboxes under steady traffic, while connections break and the server is killed.
///
/// Short by itself; `Tests/soak` runs it for as long, and with as many mailboxes, as its environment says.
@Suite(.serialized, .timeLimit(.minutes(45))) struct SoakTests {
  @Test
  func `steady traffic through broken connections and kills: nothing is lost or doubled, nothing grows`()
    async throws
  {
    try await withStage { stage in
      let soak = try await Soak(SoakPlan(), stage)
      try await soak.run()
      await soak.stop()
    }
  }
}

/// How much of it.
struct SoakPlan {
  let mailboxes: Int
  let seconds: Double
  /// Calls and arriving mails in a second.
  let perSecond: Double
  /// Mails that could not be handed over are tried again after a minute: a short run cannot wait for that.
  let breaksSubmission: Bool
  let settleSeconds: Double

  init() {
    func number(_ name: String) -> Double? {
      ProcessInfo.processInfo.environment[name].flatMap { Double($0) }
    }
    mailboxes = max(Int(number("POSTROOM_SOAK_MAILBOXES") ?? 8), 1)
    seconds = max(number("POSTROOM_SOAK_SECONDS") ?? 12, 5)
    perSecond = max(number("POSTROOM_SOAK_RATE") ?? Double(mailboxes) / 8, 10)
    breaksSubmission = seconds >= 120
    settleSeconds = breaksSubmission ? 600 : 120
  }

  var isLong: Bool { breaksSubmission }
}

private struct Soak {
  static let contact = "dana@customer.example"

  let plan: SoakPlan
  let stage: Stage
  let sim: MailSim
  let caFile: String
  let imap: Breaker
  let smtp: Breaker
  let log = SoakLog()

  init(_ plan: SoakPlan, _ stage: Stage) async throws {
    self.plan = plan
    self.stage = stage
    var options = MailSimOptions()
    options.users = Dictionary(uniqueKeysWithValues: (0..<plan.mailboxes).map { ("user\($0)", "secret") })
    options.messages = 20
    options.correspondents = [Correspondent(address: Self.contact, delayMilliseconds: 100)]
    options.directory = stage.folder + "/sim"
    sim = MailSim(options: options)
    let ports = try await sim.start()
    caFile = ports.caFile
    imap = try Breaker(to: ports.imapsPort, within: 4000, seed: 1)
    // A mail's whole way out is about a thousand.
    smtp = try Breaker(to: ports.smtpsPort, within: 1000, seed: 2)
  }

  func stop() async {
    await imap.stop()
    await smtp.stop()
    await sim.stop()
  }

  private func start() async throws -> Postroomd {
    let began = ContinuousClock.now
    let server = try await stage.postroomd("data", trusting: caFile, ["--log-level", "warning"])
    await log.add("start to ready", ContinuousClock.now - began)
    return server
  }

  /// Over the Unix socket, whose place outlives the server.
  private func client() throws -> PostroomClient {
    try PostroomClient("unix://\(stage.folder)/data/postroom.sock")
  }

  func run() async throws {
    let first = try await start()
    let client = try client()
    let boxes = try await connect(client)
    try await becomeLive(client, within: 180)
    imap.breakNew(share: 0.05)
    if plan.breaksSubmission { smtp.breakNew(share: 0.05) }
    let began = ContinuousClock.now
    let end = began + .seconds(plan.seconds)
    let last = try await withThrowingTaskGroup(of: Postroomd?.self) { group in
      group.addTask { try await kills(first, client, began) }
      for worker in 0..<8 { group.addTask { try await traffic(worker, client, boxes, until: end) } }
      group.addTask { try await breaks(until: end) }
      group.addTask { try await samples(client, began, until: end) }
      let following = Task { try await follow(try self.client()) }
      defer { following.cancel() }
      var server: Postroomd?
      for try await each in group { server = each ?? server }
      guard let server else { throw Failed("no server is left") }
      imap.breakNew(share: 0)
      smtp.breakNew(share: 0)
      try await settle(client)
      return server
    }
    try await verify(client, boxes)
    await client.close()
    #expect(try await last.stop().status == 0)
    await report()
  }

  // MARK: What happens

  private func connect(_ client: PostroomClient) async throws -> [String] {
    var boxes: [String] = []
    for first in stride(from: 0, to: plan.mailboxes, by: 4) {
      boxes += try await withThrowingTaskGroup(of: String.self) { group in
        for n in first..<min(first + 4, plan.mailboxes) {
          group.addTask {
            let began = ContinuousClock.now
            let box = try await client.mailbox.connect(
              email: "user\(n)@example.test", password: "secret",
              imap: ServerChoice(host: "127.0.0.1", port: imap.port, security: .tls),
              smtp: ServerChoice(host: "127.0.0.1", port: smtp.port, security: .tls))
            await log.add("mailbox.connect", ContinuousClock.now - began)
            return box.id
          }
        }
        return try await group.reduce(into: []) { $0.append($1) }
      }
    }
    return boxes
  }

  private func becomeLive(_ client: PostroomClient, within seconds: Int) async throws {
    _ = try await eventually("all mailboxes are live", within: .seconds(seconds)) {
      try await client.server.stats().sync?.live == Int64(plan.mailboxes) ? true : nil
    }
  }

  /// Four ends within the first half: three kills, and one stop as an operator does it.
  private func kills(
    _ first: Postroomd, _ client: PostroomClient, _ began: ContinuousClock.Instant
  ) async throws -> Postroomd {
    var server = first
    for (n, part) in [0.1, 0.2, 0.3, 0.4].enumerated() {
      try await Task.sleep(until: began + .seconds(plan.seconds * part), clock: .continuous)
      await log.serverEnds()
      if n == 2 {
        let outcome = try await server.stop()
        if outcome.status != 0 { throw Failed("the server ended with \(outcome.status)") }
      } else {
        try await server.kill()
      }
      server = try await start()
      await log.serverIsBack()
    }
    return server
  }

  private func breaks(until end: ContinuousClock.Instant) async throws -> Postroomd? {
    let pause = min(60, plan.seconds / 3)
    while ContinuousClock.now + .seconds(pause) < end {
      try await Task.sleep(for: .seconds(pause))
      imap.breakOpen(share: 0.05)
    }
    return nil
  }

  private func samples(
    _ client: PostroomClient, _ began: ContinuousClock.Instant, until end: ContinuousClock.Instant
  ) async throws -> Postroomd? {
    while ContinuousClock.now < end {
      // Between two servers there is nothing to sample.
      if let process = try? await client.server.stats().process {
        let part = (ContinuousClock.now - began) / .seconds(plan.seconds)
        await log.sample(part, process.residentOctets, process.descriptors)
      }
      try await Task.sleep(for: .seconds(max(plan.seconds / 300, 0.2)))
    }
    return nil
  }

  private func traffic(
    _ worker: Int, _ client: PostroomClient, _ boxes: [String], until end: ContinuousClock.Instant
  ) async throws -> Postroomd? {
    var numbers = SeededNumbers(seed: UInt64(100 + worker))
    var next = ContinuousClock.now
    var n = 0
    while next < end {
      try await Task.sleep(until: next, clock: .continuous)
      next += .seconds(8 / plan.perSecond)
      n += 1
      let box = boxes.randomElement(using: &numbers) ?? ""
      switch Int.random(in: 0..<10, using: &numbers) {
      case 0..<3: try await send(client, box, "soak-\(worker)-\(n)")
      case 3..<5:
        let id = "untracked-\(worker)-\(n)@news.example"
        let user = "user\(Int.random(in: 0..<plan.mailboxes, using: &numbers))"
        try sim.deliver(raw: Self.letter(id, to: user), to: user)
        await log.arrived(id)
      case 5..<7: try await timed("mail.list") { _ = try await client.mail.list(mailboxId: box, limit: 50) }
      case 7..<9:
        try await timed("thread.list") { _ = try await client.thread.list(mailboxId: box, limit: 20) }
      default:
        guard let id = await log.someMail(Int.random(in: 0..<1 << 30, using: &numbers)) else { continue }
        try await timed("mail.get") { _ = try await client.mail.get(mailId: id) }
      }
    }
    return nil
  }

  private static func letter(_ id: String, to user: String) -> [UInt8] {
    Array(
      "From: news@news.example\r\nTo: \(user)@example.test\r\nSubject: News\r\nMessage-ID: <\(id)>\r\nDate: Mon, 2 Mar 2026 10:00:00 +0000\r\n\r\nNothing for the record.\r\n"
        .utf8)
  }

  private func send(_ client: PostroomClient, _ box: String, _ key: String) async throws {
    let began = ContinuousClock.now
    let sent = try await timed("mail.send") {
      try await client.mail.send(
        mailboxId: box, to: [Address(email: Self.contact)], subject: "Offer \(key)", text: "Number \(key).",
        options: CallOptions(idempotencyKey: key))
    }
    await log.sent(sent.mail.id, sent.submission.messageId, at: began)
  }

  /// Makes a call until it is answered. What took as long as the server was away is told apart.
  private func timed<T: Sendable>(_ name: String, _ call: () async throws -> T) async throws -> T {
    let limit = ContinuousClock.now + .seconds(120)
    while true {
      let (before, began) = (await log.generation, ContinuousClock.now)
      do {
        let answer = try await call()
        let isSame = await log.generation == before
        await log.add(isSame ? name : "\(name), across a restart", ContinuousClock.now - began)
        return answer
      } catch let error as PostroomError {
        let reason = error.reason.rawValue
        guard reason.hasPrefix("connection.") || reason.hasPrefix("server."), ContinuousClock.now < limit
        else { throw Failed("\(name): \(reason): \(error.message)") }
        try await Task.sleep(for: .milliseconds(50))
      }
    }
  }

  private func follow(_ client: PostroomClient) async throws {
    var after = "0"
    while !Task.isCancelled {
      do {
        for try await event in client.events.subscribe(after: after) {
          after = event.seq
          await log.heard(event)
        }
      } catch {
        // The server is away: from the last number on.
        try await Task.sleep(for: .milliseconds(50))
      }
    }
  }

  // MARK: How it ends

  /// Waits until nothing is under way.
  private func settle(_ client: PostroomClient) async throws {
    let began = ContinuousClock.now
    _ = try await eventually("every mail is handed over", within: .seconds(plan.settleSeconds)) {
      () -> Bool? in
      guard let box = try await client.server.stats().outbox else { return nil }
      return box.queued + box.sending + box.dataOpen + box.deferred == 0 ? true : nil
    }
    let answers = try await answers()
    var missing: [String] = []
    do {
      _ = try await eventually(
        "every answer is logged", within: .seconds(plan.settleSeconds), every: .seconds(1)
      ) { () -> Bool? in
        let logged = try await Set(allLogged(client).compactMap(\.messageId))
        missing = try await self.answers().keys.filter { !logged.contains($0) }
        return missing.isEmpty ? true : nil
      }
    } catch { throw Failed("\(error): \(missing.count) of \(answers.count): \(missing.prefix(5))") }
    #expect(!answers.isEmpty)
    let latest = try await client.events.read(limit: 1).latest
    _ = try await eventually("the last event was heard", within: .seconds(60)) {
      await log.lastSeq == latest ? true : nil
    }
    await log.add("settling", ContinuousClock.now - began)
  }

  private func allLogged(_ client: PostroomClient) async throws -> [Mail] {
    var all: [Mail] = []
    var cursor: String?
    repeat {
      let page = try await client.mail.list(cursor: cursor, limit: 500)
      all += page.mails
      cursor = page.cursor
    } while cursor != nil
    return all
  }

  /// What the provider delivered as answers: Message-ID, and the one it answers.
  private func answers() async throws -> [String: String] {
    let sent = await Set(log.mails.values)
    var all: [String: String] = [:]
    for n in 0..<plan.mailboxes {
      for message in try sim.messages(of: "user\(n)") {
        let head = String(decoding: message.raw.prefix(4000), as: UTF8.self)
        guard let answered = Self.id("In-Reply-To", head), sent.contains(answered),
          let id = Self.id("Message-ID", head)
        else { continue }
        all[id] = answered
      }
    }
    return all
  }

  private static func id(_ field: String, _ head: String) -> String? {
    let line = head.split(whereSeparator: \.isNewline).first {
      $0.lowercased().hasPrefix(field.lowercased() + ":")
    }
    guard let open = line?.firstIndex(of: "<"), let close = line?.lastIndex(of: ">"), let line else {
      return nil
    }
    return String(line[line.index(after: open)..<close])
  }

  private func verify(_ client: PostroomClient, _ boxes: [String]) async throws {
    // Out: once, or nobody knows and it was not sent again.
    let taken = sim.submissions.reduce(into: [String: Int]()) {
      $0[$1.messageID?.trimmingCharacters(in: ["<", ">"]) ?? "", default: 0] += 1
    }
    let sent = await log.mails
    #expect(sent.count > 3)
    for (mail, messageID) in sent {
      let state = try await client.mail.status(mailId: mail).state
      await log.count("\(state)")
      switch state {
      case .accepted: #expect(taken[messageID] == 1, "\(messageID) was taken \(taken[messageID] ?? 0) times")
      case .unknown:
        #expect(taken[messageID] == nil, "\(messageID) was taken, and answered, and is not known to be")
      default: Issue.record("\(mail) ended as \(state)")
      }
    }
    #expect(taken.values.allSatisfy { $0 == 1 } && Set(taken.keys).isSubset(of: sent.values))
    // In: every answer once, with nothing else.
    let answers = try await answers()
    #expect(Set(answers.values) == Set(taken.keys), "each mail that was taken is answered")
    let incoming = try await allLogged(client).filter { $0.direction == .incoming }.compactMap(\.messageId)
    #expect(incoming.count == Set(incoming).count && Set(incoming) == Set(answers.keys))
    for id in await log.untracked {
      let mails = try await client.mail.list(messageId: id, loggedOnly: false).mails
      #expect(mails.count == 1 && mails.first?.state == .envelope, "\(id): \(mails.map(\.state))")
    }
    // Events: each heard once, in order, by one who was cut off at every end.
    var (all, after): ([Event], String) = ([], "0")
    while true {
      let page = try await client.events.read(after: after, limit: 500)
      if page.events.isEmpty { break }
      all += page.events
      after = page.cursor
    }
    #expect(await log.seqs == all.map(\.seq))
    let told = all.filter { $0.type == .mailLogged && $0.facts["direction"] == "incoming" }.compactMap(
      \.mailId)
    #expect(told.count == answers.count && Set(told).count == told.count)
    #expect(try await client.server.stats().sync?.live == Int64(boxes.count))
  }

  /// Prints what it was like, and holds that the server did not grow while it was left alone.
  private func report() async {
    print(
      "soak: \(plan.mailboxes) mailboxes, \(Int(plan.seconds)) s, about \(plan.perSecond) calls and mails a second"
    )
    print(
      "  connections: IMAP \(imap.connections), broken \(imap.broken); SMTP \(smtp.connections), broken \(smtp.broken)"
    )
    for line in await log.lines { print("  " + line) }
    let (memory, files) = await log.growth
    print(
      "  memory \(memory.0 >> 20) -> \(memory.1 >> 20) MiB, descriptors \(files.0) -> \(files.1), second half by thirds"
    )
    guard plan.isLong else { return }
    #expect(memory.1 <= memory.0 * 115 / 100 + 16 << 20)
    #expect(files.1 <= files.0 * 110 / 100 + 8)
  }
}

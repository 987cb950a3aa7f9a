import Glibc
import MailSim
import Testing

@testable import MailEngine
@testable import MailStore

/// Random histories of a mailbox, with broken connections and killed engines: after each quiet point the store
/// holds what the server has, and everything was told once.
@Suite("Random histories", .timeLimit(.minutes(30)), .serialized)
struct ModelTests {
  struct Case: Sendable, CustomTestStringConvertible {
    var seed: UInt64
    var steps: Int
    var without: Set<String> = []
    var testDescription: String { "seed \(seed), \(steps) steps, without \(without.sorted())" }
  }

  static let servers: [Set<String>] = [
    [], ["QRESYNC"], ["LIST-STATUS"], ["QRESYNC", "CONDSTORE", "ESEARCH", "IDLE", "LIST-STATUS"],
  ]

  static let cases: [Case] = {
    // Each that ever failed stays.
    let failed: [Case] = []
    let isHeavy = getenv("POSTROOM_HEAVY") != nil
    let (count, steps) = isHeavy ? (50, 2000) : (4, 600)
    return failed
      + (0..<count).map { Case(seed: UInt64($0 + 1), steps: steps, without: servers[$0 % servers.count]) }
  }()

  @Test(arguments: cases)
  func `The store is as the server, and each event comes once`(_ one: Case) async throws {
    try await Stage.run(
      sim: {
        $0.messages = 30
        $0.withoutCapabilities = one.without
      },
      engine: {
        $0.folderWindow = 7
        $0.pollSeconds = 1
      }
    ) { stage in
      var history = try await History(stage, one)
      try await history.run()
    }
  }
}

/// One random history.
private struct History {
  private let stage: Stage
  private let one: ModelTests.Case
  private let mailbox: MailboxID
  private let root: String
  private var random: Random
  private var made = 0
  private var names = 0
  /// Replies that were delivered, in a folder that is read.
  private var replies: Set<String> = []
  /// What was done, for who looks into a failure.
  private var log: [String] = []

  init(_ stage: Stage, _ one: ModelTests.Case) async throws {
    self.stage = stage
    self.one = one
    random = Random(seed: one.seed)
    let connected = try await stage.connect()
    mailbox = connected.id
    let sent = try await stage.engine.send(stage.request(connected.id, to: "erin@partner.example"))
    root = sent.submission.messageID
    try await stage.reaches(sent.submission.id, copy: .appended)
    try await stage.live(connected.id)
  }

  mutating func run() async throws {
    var untilQuiet = 20
    for step in 0..<one.steps {
      try await self.step(step)
      untilQuiet -= 1
      if untilQuiet > 0, step < one.steps - 1 { continue }
      try await settle()
      untilQuiet = 10 + random.below(40)
    }
  }

  // MARK: Steps

  private var folders: [String] {
    get throws { try stage.sim.folders(of: "alice").filter { !["Junk", "Trash", "Drafts"].contains($0) } }
  }

  private mutating func step(_ number: Int) async throws {
    let folder = random.of(try folders)
    switch random.below(100) {
    case 0..<34: try deliver(folder)
    case 34..<54:
      guard let uid = try anyUID(folder) else { return }
      let flags = ["\\Seen", "\\Flagged", "\\Answered", "$Forwarded"].filter { _ in random.below(2) == 0 }
      note("flags of \(folder) \(uid): \(flags)")
      try stage.sim.setFlags(flags, of: uid, user: "alice", folder: folder)
    case 54..<66:
      guard let uid = try anyUID(folder) else { return }
      let target = random.of(try folders)
      note("move \(folder) \(uid) to \(target)")
      if target != folder { try stage.sim.move(uid, from: folder, to: target, user: "alice") }
    case 66..<74:
      guard let uid = try anyUID(folder) else { return }
      note("expunge \(folder) \(uid)")
      try stage.sim.expunge(uid...uid, user: "alice", folder: folder)
    case 74..<76:
      note("new numbers in \(folder)")
      try stage.sim.renumber(user: "alice", folder: folder)
    case 76..<80: try changeFolders()
    case 80..<92: breakSomething()
    case 92..<95:
      note("kill")
      try await stage.restart()
    default:
      // Lets the engine come to any point.
      try await Task.sleep(for: .milliseconds(random.below(30)))
    }
  }

  private mutating func note(_ text: String) { log.append(text) }

  private mutating func anyUID(_ folder: String) throws -> UInt32? {
    let uids = try stage.sim.uids(of: "alice", folder: folder)
    return uids.isEmpty ? nil : random.of(uids)
  }

  private mutating func deliver(_ folder: String) throws {
    made += 1
    let id = "m\(made)@model"
    let isReply = random.below(3) == 0
    note("deliver \(id) to \(folder)\(isReply ? ", a reply" : "")")
    try stage.deliver(id, folder: folder, inReplyTo: isReply ? root : nil)
    if isReply { replies.insert(id) }
  }

  private mutating func changeFolders() throws {
    let own = try folders.filter { $0.hasPrefix("Case ") }
    names += 1
    switch random.below(3) {
    case 1 where !own.isEmpty:
      let old = random.of(own)
      note("rename \(old) to Case \(names)")
      try stage.sim.renameFolder(old, to: "Case \(names)", user: "alice")
    case 2 where own.count > 2:
      let old = random.of(own)
      note("delete \(old)")
      try stage.sim.deleteFolder(old, user: "alice")
    default:
      guard own.count < 6 else { return }
      note("create Case \(names)")
      try stage.sim.createFolder("Case \(names)", user: "alice")
    }
  }

  private mutating func breakSomething() {
    let effects: [Fault.Effect] = [
      .drop, .dropAfterOctets(random.below(400)), .dropAfterOctets(random.below(6000)), .dropInLiteral,
      .delay(milliseconds: random.below(20) == 0 ? 200 : 5), .bye("Going down"),
      .refuse("NO [UNAVAILABLE] Not now"),
    ]
    let effect = random.of(effects)
    let command = random.of([
      nil, nil, "UID FETCH", "UID SEARCH", "EXAMINE", "LIST", "STATUS", "IDLE", "NOOP",
    ])
    let after = random.below(8)
    note("fault \(command ?? "any") after \(after): \(effect)")
    stage.sim.add(Fault(.imap, command, after: after, effect))
  }

  // MARK: Quiet points

  private func settle() async throws {
    stage.sim.clearFaults()
    let deadline = ContinuousClock.now + .seconds(60)
    var difference = ""
    while ContinuousClock.now < deadline {
      try stage.engine.syncNow(mailbox)
      try await Task.sleep(for: .milliseconds(20))
      difference = try await self.difference()
      if difference.isEmpty { return try await checkEvents() }
    }
    Issue.record("\(one.testDescription): \(difference)\n\(log.suffix(60).joined(separator: "\n"))")
    throw Stage.NotInTime()
  }

  /// Empty when the store holds what the server has.
  private func difference() async throws -> String {
    let rows = try await stage.folders(mailbox).filter { $0.value.syncs }
    let names = try folders
    guard Set(rows.keys) == Set(names) else { return "folders \(rows.keys.sorted()), not \(names)" }
    var flags: [String: [String]] = [:]
    for (name, row) in rows {
      let there = try stage.sim.messages(of: "alice", folder: name)
      let here = try await stage.store.storedUIDs(row.id, in: 1...UInt32.max)
      guard here == there.map(\.uid) else { return "\(name): \(here), not \(there.map(\.uid))" }
      guard row.stored == Int64(here.count) else {
        return "\(name): counted \(row.stored), are \(here.count)"
      }
      for message in there { if let id = Self.id(message.raw) { flags[id] = Keywords.of(message.flags) } }
    }
    for (id, keywords) in flags {
      let mails = try await stage.mails(id)
      guard mails.count == 1 else { return "\(id) is \(mails.count) mails" }
      // Without counters only the newest messages' flags are looked at, and not in all folders.
      if !one.without.contains("CONDSTORE"), mails[0].keywords != keywords {
        return "\(id) has \(mails[0].keywords), not \(keywords)"
      }
      if replies.contains(id), mails[0].state != .logged { return "\(id) is \(mails[0].state)" }
    }
    return ""
  }

  private func checkEvents() async throws {
    let logged = try await stage.events(.mailLogged).compactMap(\.mailID)
    if Set(logged).count != logged.count {
      Issue.record("\(one.testDescription): told twice\n\(log.suffix(60).joined(separator: "\n"))")
    }
    let told = Set(logged)
    for id in replies {
      let mails = try await stage.mails(id)
      #expect(mails.count <= 1, "\(one.testDescription): \(id)")
      for mail in mails where mail.state == .logged {
        #expect(told.contains(mail.id), "\(one.testDescription): \(id) was not told")
      }
    }
    let audit = try await stage.engine.audit(mailbox, tenant: stage.tenant)
    #expect(audit.unexplained == 0, "\(one.testDescription): \(audit)")
  }

  /// The Message-ID of a mail of ours.
  private static func id(_ raw: [UInt8]) -> String? {
    let text = String(decoding: raw.prefix(400), as: UTF8.self)
    guard let start = text.firstRange(of: "Message-ID: <"),
      let end = text[start.upperBound...].firstIndex(of: ">")
    else { return nil }
    let id = text[start.upperBound..<end]
    return id.hasSuffix("@model") ? String(id) : nil
  }
}

/// SplitMix64.
private struct Random {
  private var state: UInt64

  init(seed: UInt64) { state = seed &* 0x9E37_79B9_7F4A_7C15 }

  mutating func below(_ n: Int) -> Int { Int(next() % UInt64(max(n, 1))) }
  mutating func of<T>(_ values: [T]) -> T { values[below(values.count)] }

  private mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }
}

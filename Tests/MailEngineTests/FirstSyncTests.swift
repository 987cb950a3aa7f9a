import MailSim
import Testing

@testable import MailEngine
@testable import MailStore

@Suite("The first reading", .timeLimit(.minutes(1)), .serialized)
struct FirstSyncTests {
  @Test(arguments: [MailSimOptions.Profile.plain, .gmail, .office365])
  func `Every message of every folder becomes a row`(profile: MailSimOptions.Profile) async throws {
    try await Stage.run(sim: {
      $0.profile = profile
      $0.messages = 600
    }) { stage in
      let mailbox = try await stage.connect()
      #expect(mailbox.state == .connecting)
      #expect(mailbox.providerFilesSentMail == (profile == .gmail))
      try await stage.live(mailbox.id)
      for folder in try await stage.store.folders(mailbox.id) {
        let count = try stage.sim.count(of: "alice", folder: folder.name)
        #expect(folder.stored == (folder.syncs ? Int64(count) : 0), "\(folder.name)")
      }
      let read = try await stage.store.folders(mailbox.id).filter(\.syncs).map(\.name).sorted()
      #expect(
        read
          == (profile == .gmail
            ? ["[Gmail]/All Mail"]
            : profile == .plain ? ["Archive", "INBOX", "Sent"] : ["Archive", "INBOX", "Sent Items"]))
      try await stage.until("it is told") { try await stage.events(.syncCompleted).count == 1 }
      #expect(try stage.engine.progress.progress(of: mailbox.id)?.complete == true)
      #expect(stage.sim.commands.allSatisfy { !$0.rejected })
      // No body of a mail that nobody tracks was ever asked for.
      #expect(try await stage.events(.mailLogged).isEmpty)
    }
  }

  @Test func `New mail is seen while older mail is still being read`() async throws {
    try await Stage.run(sim: { $0.messages = 4000 }) { stage in
      stage.sim.add(Fault(.imap, "UID FETCH", times: 1000, .delay(milliseconds: 20)))
      let mailbox = try await stage.connect()
      try await stage.until("reading has begun") {
        (try await stage.folders(mailbox.id)["INBOX"]?.stored ?? 0) > 0
      }
      try stage.deliver("while@reading")
      try await stage.until("the new mail is seen") { try await stage.mails("while@reading").count == 1 }
      #expect(try await stage.folders(mailbox.id)["INBOX"]?.cursor?.low ?? 0 > 1)
      #expect(try await stage.mailbox(mailbox.id).state == .syncing)
      let progress = try #require(try stage.engine.progress.progress(of: mailbox.id))
      #expect(progress.phase == .reading)
      #expect(progress.stored < progress.total)
    }
  }

  /// What a sync has made, without row numbers.
  struct Result: Equatable {
    var folders: [String: FolderCursor?] = [:]
    var stored: [String: [UInt32]] = [:]
    var identities: Set<[UInt8]> = []
    var count = 0
  }

  static func result(_ stage: Stage, _ id: MailboxID) async throws -> Result {
    var result = Result()
    for folder in try await stage.store.folders(id) where folder.syncs {
      result.folders[folder.name] = folder.cursor
      result.stored[folder.name] = try await stage.store.storedUIDs(folder.id, in: 1...UInt32.max)
    }
    var query = MailQuery()
    query.mailbox = id
    query.loggedOnly = false
    query.limit = 200
    while true {
      let page = try await stage.store.mails(query, tenant: stage.tenant)
      result.count += page.count
      result.identities.formUnion(page.map(\.envelope.identity))
      guard let last = page.last else { return result }
      query.before = last.id
    }
  }

  static func undisturbed() async throws -> Result {
    var end = Result()
    try await Stage.run(sim: { $0.messages = 700 }) { stage in
      let mailbox = try await stage.connect()
      try await stage.live(mailbox.id)
      end = try await result(stage, mailbox.id)
    }
    return end
  }

  @Test func `Cut off anywhere and started again it ends as if undisturbed`() async throws {
    let whole = try await Self.undisturbed()
    #expect(whole.count > 700)
    try await Stage.run(sim: { $0.messages = 700 }) { stage in
      let mailbox = try await stage.connect()
      for step in 1...8 {
        try await stage.until("some more is stored, or all") {
          let folders = try await stage.store.folders(mailbox.id)
          let stored = folders.reduce(0) { $0 + $1.stored }
          let isLive = try await stage.mailbox(mailbox.id).state == .live
          return isLive || stored >= Int64(step * 100)
        }
        try await stage.restart()
      }
      try await stage.live(mailbox.id)
      #expect(try await Self.result(stage, mailbox.id) == whole)
      try await stage.until("it is told once") { try await stage.events(.syncCompleted).count == 1 }
    }
  }

  static let faults: [Fault.Effect] = [
    .dropInLiteral, .dropAfterOctets(1), .dropAfterOctets(5000), .drop, .bye("restarting"),
    .refuse("NO [UNAVAILABLE] later"),
    .refuse("NO not this"), .refuse("BAD what"), .giantLiteral(1 << 40),
  ]

  @Test(arguments: faults.indices)
  func `Whatever goes wrong with a FETCH, nothing is lost and nothing comes twice`(fault: Int) async throws {
    try await Stage.run(sim: { $0.messages = 400 }) { stage in
      for after in [0, 2, 3, 7] {
        stage.sim.add(Fault(.imap, "UID FETCH", after: after, times: 1, Self.faults[fault]))
      }
      let mailbox = try await stage.connect()
      try await stage.live(mailbox.id)
      for (name, folder) in try await stage.folders(mailbox.id) where folder.syncs {
        let there = try stage.sim.messages(of: "alice", folder: name).map(\.uid)
        #expect(try await stage.store.storedUIDs(folder.id, in: 1...UInt32.max) == there, "\(name)")
      }
      #expect(
        try await Self.result(stage, mailbox.id).identities.count == Self.result(stage, mailbox.id).count)
    }
  }

  @Test(arguments: [
    "SELECT", "EXAMINE", "LIST", "UID SEARCH", "NOOP", "LOGIN", "AUTHENTICATE", "STATUS", "IDLE",
  ])
  func `A connection lost at any command is made again`(command: String) async throws {
    try await Stage.run(sim: { $0.messages = 120 }) { stage in
      let mailbox = try await stage.connect()
      for after in [0, 1, 3] { stage.sim.add(Fault(.imap, command, after: after, .drop)) }
      try await stage.live(mailbox.id)
      try stage.deliver("after@loss")
      try await stage.until("new mail is seen") { try await stage.mails("after@loss").count == 1 }
    }
  }

  @Test func `A message that ends the connection every time is passed`() async throws {
    try await Stage.run(sim: { $0.messages = 0 }) { stage in
      for i in 1...20 { try stage.deliver("m\(i)@x") }
      // The window of 20 once, then one by one: the fault hits every reading of one message.
      stage.sim.add(Fault(.imap, "UID FETCH", after: 0, times: 1, .giantLiteral(1 << 40)))
      stage.sim.add(Fault(.imap, "UID FETCH", after: 7, times: 1, .giantLiteral(1 << 40)))
      let mailbox = try await stage.connect()
      try await stage.live(mailbox.id)
      let inbox = try #require(try await stage.folders(mailbox.id)["INBOX"])
      #expect(inbox.stored == 20)
    }
  }
}

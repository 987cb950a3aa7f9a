import Foundation
import PostroomClient
import Testing

extension RealServerTests {
  @Suite(.serialized, .timeLimit(.minutes(5))) struct SyncKillTests {
    /// Mails whose conversations are tracked while the sync runs: each has an answer nine mails later.
    private static let tracked = (0..<12).map { "fill-\($0 * 230 + 101)@example.test" }
    private static let kills = Place.isHeavy ? 100 : 20
    private static let mails = 3000

    @Test func `after twenty kills during the first sync the store is as if nothing had happened`()
      async throws
    {
      let servers = try MailServers.current
      try await servers.fill("kathy", Self.mails)
      try await withStage { stage in
        let brake = try Brake(to: servers.imaps)
        let (calm, octets) = try await Self.undisturbed(stage, servers, brake)
        let killed = try await Self.disturbed(stage, servers, brake, syncOctets: octets)
        await brake.stop()
        #expect(killed.folders == calm.folders)
        #expect(killed.threads == calm.threads)
        #expect(killed.mails.count == Self.mails && calm.mails.count == Self.mails)
        let differences = zip(killed.mails, calm.mails).filter { $0 != $1 }
        #expect(differences.isEmpty, "\(differences.prefix(3))")
        #expect(killed.sources == calm.sources && killed.sources.count == 24)
        // Each mail was told of once, however often its reading began anew.
        for snapshot in [calm, killed] {
          #expect(snapshot.loggedEvents.count == 24 && Set(snapshot.loggedEvents).count == 24)
        }
      }
    }

    // MARK: Two ways to the same end

    private static func connect(_ server: Postroomd, _ servers: MailServers, _ brake: Brake) async throws
      -> String
    {
      let client = try await server.client()
      let box = try await client.mailbox.connect(
        email: "kathy@example.test", password: "secret",
        imap: ServerChoice(host: "127.0.0.1", port: brake.port, security: .tls), smtp: servers.implicit.smtp)
      await client.close()
      return box.id
    }

    /// - Returns: also what the mail server said until everything was read.
    private static func undisturbed(
      _ stage: Stage, _ servers: MailServers, _ brake: Brake
    ) async throws -> (snapshot: Snapshot, octets: Int) {
      let server = try await stage.postroomd("calm", trusting: servers.caFile)
      brake.allow(nil, sparingConnections: 1)
      let box = try await connect(server, servers, brake)
      try await waitUntilRead(server, box)
      let octets = brake.octets
      return (try await finish(server, box), octets)
    }

    /// Messages that are read, and stored, at once.
    private static let window = 500

    /// Kills at seeded places in what the mail server says. Where a place lies is chance; that all of the sync is
    /// hit is not: while more of it is done than of the kills, the next one comes before a window is whole, else
    /// behind one or two of them.
    private static func disturbed(
      _ stage: Stage, _ servers: MailServers, _ brake: Brake, syncOctets: Int
    ) async throws -> Snapshot {
      var numbers = SeededNumbers(seed: 20)
      let windowOctets = Double(syncOctets * window / mails)
      var server = try await stage.postroomd("killed", trusting: servers.caFile)
      brake.allow(0, sparingConnections: 1)
      let box = try await connect(server, servers, brake)
      var log: [String] = []
      for kill in 0..<kills {
        let (count, isOver) = try await progress(server, box)
        if isOver { throw Failed("the sync was over after \(kill) kills: \(log.joined(separator: " "))") }
        // Two windows are asked for at once, and Dovecot may mix their answers. The last two are left to the end.
        let isAhead = count * Int64(kills) > Int64(mails * kill) || count >= Int64(mails - 2 * window)
        let windows =
          isAhead ? Double.random(in: 0..<0.8, using: &numbers) : .random(in: 2.1..<2.7, using: &numbers)
        brake.allow(Int(windowOctets * windows))
        try await brake.usedUp()
        if !isAhead { try await waitForMore(server, box, than: count) }
        try await Task.sleep(for: .milliseconds(Int.random(in: 0..<100, using: &numbers)))
        try await server.kill()
        log.append("\(count)+\(Int(windows * Double(window)))")
        brake.allow(0)
        server = try await stage.postroomd("killed", trusting: servers.caFile)
      }
      print(
        "kills during the first sync, mails stored before + about so many sent since: "
          + log.joined(separator: " "))
      brake.allow(nil)
      try await waitUntilRead(server, box)
      return try await finish(server, box)
    }

    private static func waitForMore(_ server: Postroomd, _ box: String, than count: Int64) async throws {
      let client = try await server.client()
      _ = try await eventually("more is stored than \(count)", every: .milliseconds(5)) {
        try await client.folder.list(mailboxId: box).folders.contains { $0.stored > count } ? true : nil
      }
      await client.close()
    }

    /// Messages stored so far, and whether that is all. Tracks what is there of what is to be tracked.
    private static func progress(_ server: Postroomd, _ box: String) async throws -> (
      stored: Int64, isOver: Bool
    ) {
      let client = try await server.client()
      let folders = try await client.folder.list(mailboxId: box).folders
      try await track(client)
      await client.close()
      let stored = folders.reduce(0) { $0 + $1.stored }
      return (stored, stored >= Int64(mails) && folders.allSatisfy { $0.complete || !$0.syncs })
    }

    private static func isRead(_ status: SyncStatus) -> Bool {
      status.complete && status.stored >= Int64(mails)
    }

    private static func waitUntilRead(_ server: Postroomd, _ box: String) async throws {
      let client = try await server.client()
      for try await status in client.sync.watch(mailboxId: box, options: StreamOptions(timeout: .seconds(90)))
      {
        if isRead(status), status.phase == .live { break }
      }
      await client.close()
    }

    /// Tracks what is there of the conversations that are to be tracked.
    private static func track(_ client: PostroomClient) async throws {
      for id in tracked {
        guard let mail = try await client.mail.list(messageId: id, loggedOnly: false).mails.first else {
          continue
        }
        if mail.threadId == nil { _ = try await client.thread.track(mailId: mail.id) }
      }
    }

    private static func finish(_ server: Postroomd, _ box: String) async throws -> Snapshot {
      let client = try await server.client()
      try await track(client)
      _ = try await eventually("all tracked mails are logged", within: .seconds(60)) {
        try await client.mail.list(mailboxId: box, limit: 500).mails.count == 24 ? true : nil
      }
      let snapshot = try await Snapshot(client, box)
      await client.close()
      try await server.stop()
      return snapshot
    }
  }
}

/// What a store says about a mailbox, without its own numbers.
private struct Snapshot {
  var mails: [[String]] = []
  var folders: [String: [Int64]] = [:]
  var threads: Set<Set<String>> = []
  /// By Message-ID.
  var sources: [String: [UInt8]] = [:]
  /// The mails that events `mail.logged` name, one for each event.
  var loggedEvents: [String] = []

  init(_ client: PostroomClient, _ box: String) async throws {
    var cursor: String?
    repeat {
      let page = try await client.mail.list(mailboxId: box, loggedOnly: false, cursor: cursor, limit: 500)
      mails += page.mails.map(Self.row)
      cursor = page.cursor
    } while cursor != nil
    mails.sort { $0.lexicographicallyPrecedes($1) }
    for folder in try await client.folder.list(mailboxId: box).folders {
      folders[folder.name] = [folder.stored, folder.total, folder.complete ? 1 : 0]
    }
    for mail in try await client.mail.list(mailboxId: box, limit: 500).mails {
      var octets: [UInt8] = []
      for try await chunk in client.mail.source(mailId: mail.id) { octets += chunk.data }
      sources[mail.messageId ?? ""] = octets
    }
    for thread in try await client.thread.list(mailboxId: box, trackedOnly: true, limit: 500).threads {
      let mails = try await client.thread.get(threadId: thread.id).mails
      threads.insert(Set(mails.compactMap(\.mail.messageId)))
    }
    var after: String?
    while true {
      let page = try await client.events.read(after: after, limit: 500)
      loggedEvents += page.events.filter { $0.type == .mailLogged }.compactMap(\.mailId)
      after = page.cursor
      if page.events.isEmpty { break }
    }
  }

  private static func row(_ mail: Mail) -> [String] {
    func names(_ list: [Address]) -> String {
      list.map { "\($0.name ?? "")<\($0.email)>" }.joined(separator: ",")
    }
    return [
      mail.messageId ?? "", mail.subject, String(mail.size), mail.keywords.sorted().joined(separator: " "),
      mail.state.rawValue, mail.direction.rawValue, mail.matchedBy?.rawValue ?? "", mail.origin.rawValue,
      names(mail.from), names(mail.sender), names(mail.replyTo), names(mail.to), names(mail.cc),
      names(mail.bcc),
      mail.inReplyTo.joined(separator: " "), mail.references.joined(separator: " "), mail.sentAt ?? "",
      mail.receivedAt, String(mail.hasAttachment), String(mail.isAutoReply), String(mail.isBounce),
    ]
  }
}

import Foundation
import Glibc
import MailSim
import PostroomClient
import Testing

/// Backups of a server that works, and what is restored from them: by the programs, as an operator does it.
@Suite(.timeLimit(.minutes(3))) struct BackupStoryTests {
  private static let kills = Place.isHeavy ? 40 : 6

  private static func run(_ arguments: [String], _ stage: Stage) async throws -> Program.Outcome {
    try await stage.start(try Place.built("postroomd"), arguments).wait(atMost: .seconds(60))
  }

  private static func connect(_ client: PostroomClient, _ ports: MailSimEndpoints) async throws -> String {
    let box = try await client.mailbox.connect(
      email: "alice@example.test", password: "secret", userName: "alice",
      imap: ServerChoice(host: ports.host, port: Int64(ports.imapsPort), security: .tls),
      smtp: ServerChoice(host: ports.host, port: Int64(ports.smtpsPort), security: .tls)
    ).id
    for try await status in client.sync.watch(mailboxId: box, options: StreamOptions(timeout: .seconds(60))) {
      if status.complete, status.phase == .live { break }
    }
    return box
  }

  /// - Returns: the id of the mail, once it is sent and filed.
  private static func send(_ client: PostroomClient, _ box: String, to: String, _ text: String) async throws
    -> String
  {
    let sent = try await client.mail.send(mailboxId: box, to: [Address(email: to)], subject: text, text: text)
    _ = try await eventually("\(text) is sent and filed") {
      let now = try await client.mail.status(mailId: sent.mail.id)
      return now.state == .accepted && now.sentCopy != .pending ? true : nil
    }
    return sent.mail.id
  }

  private static func subjects(_ client: PostroomClient) async throws -> Set<String> {
    Set(try await client.mail.list(loggedOnly: true, limit: 500).mails.map(\.subject))
  }

  @Test func `a restored server has lost again what was erased since, and syncs it no more`() async throws {
    var options = MailSimOptions()
    options.messages = 40
    let sim = MailSim(options: options)
    let ports = try await sim.start()
    try await withStage { stage in
      var server = try await stage.postroomd("data", trusting: ports.caFile)
      var client = try await server.client()
      let box = try await Self.connect(client, ports)
      _ = try await Self.send(client, box, to: "eve@customer.example", "MARK-EVE-EARLY")
      _ = try await Self.send(client, box, to: "kay@customer.example", "MARK-KAY")
      let backup = "\(stage.folder)/backup"
      let made = try await Self.run(["backup", "--data", server.data, "--to", backup], stage)
      #expect(made.status == 0 && made.errors.isEmpty, "\(made.errors)")
      #expect(try await Self.run(["backup", "--check", backup], stage).status == 0)

      // After the backup: one more mail of hers, and all of hers erased.
      _ = try await Self.send(client, box, to: "eve@customer.example", "MARK-EVE-LATE")
      let last = client
      let begun = try await client.purge.run(scope: PurgeScope(kind: .contact, email: "eve@customer.example"))
      let receipt: Purge = try await eventually("the erasure is done") {
        let now = try await last.purge.status(purgeId: begun.id)
        return now.state == .done ? now : nil
      }
      await client.close()
      #expect(try await Self.run(["restore", "--from", backup, "--data", server.data], stage).status == 73)
      try await server.stop()
      #expect(try await Self.run(["restore", "--from", backup, "--data", server.data], stage).status == 73)
      let restored = try await Self.run(
        ["restore", "--from", backup, "--data", server.data, "--replace"], stage)
      #expect(restored.status == 0, "\(restored.errors)")
      #expect(restored.output.contains("erased again: 1 mails"), "\(restored.output)")
      #expect(
        try Traces.count(["eve@customer.example", "MARK-EVE"], in: server.data).values.allSatisfy { $0 == 0 })

      server = try await stage.postroomd("data", trusting: ports.caFile)
      client = try await server.client()
      for try await status in client.sync.watch(mailboxId: box, options: StreamOptions(timeout: .seconds(60)))
      {
        if status.complete, status.phase == .live { break }
      }
      #expect(try await Self.subjects(client) == ["MARK-KAY"])
      #expect(try await client.purge.status(purgeId: receipt.id) == receipt)
      // It goes on: what is sent now is sent.
      _ = try await Self.send(client, box, to: "kay@customer.example", "MARK-AFTER")
      #expect(try await Self.subjects(client) == ["MARK-KAY", "MARK-AFTER"])
      await client.close()
      try await server.stop()
      #expect(
        try Traces.count(["eve@customer.example", "MARK-EVE"], in: server.data).values.allSatisfy { $0 == 0 })
    }
    await sim.stop()
  }

  @Test
  func `a restore that is killed leaves the old data or says that it was cut short, and can be done again`()
    async throws
  {
    try await withStage { stage in
      let data = "\(stage.folder)/data", backup = "\(stage.folder)/backup"
      try await stage.leaveEmptyStore("data")
      #expect(try await Self.run(["backup", "--data", data, "--to", backup], stage).status == 0)
      var numbers = SeededNumbers(seed: 11)
      for _ in 0..<Self.kills {
        let program = try stage.start(
          try Place.built("postroomd"), ["restore", "--from", backup, "--data", data, "--replace"])
        try await Task.sleep(for: .microseconds(Int.random(in: 0..<120_000, using: &numbers)))
        program.signal(SIGKILL)
        _ = try await program.wait(atMost: .seconds(10))
        if FileManager.default.fileExists(atPath: "\(data)/restoring") {
          let refused = try await stage.refusedPostroomd("data")
          #expect(refused.status == 73 && refused.errors.contains("cut short"))
        } else {
          try await stage.leaveEmptyStore("data")
        }
      }
      let done = try await Self.run(["restore", "--from", backup, "--data", data, "--replace"], stage)
      #expect(done.status == 0, "\(done.errors)")
      try await stage.leaveEmptyStore("data")
      #expect(!FileManager.default.fileExists(atPath: "\(data)/restore"))
    }
  }

  @Test func `what cannot be restored is refused in words, and changes nothing`() async throws {
    try await withStage { stage in
      let data = "\(stage.folder)/data", backup = "\(stage.folder)/backup", other = "\(stage.folder)/other"
      try await stage.leaveEmptyStore("data")
      try await stage.leaveEmptyStore("other")
      #expect(try await Self.run(["backup", "--data", data, "--to", backup], stage).status == 0)
      let before = try await stage.dump("\(data)/mail.sqlite")
      func refused(_ arguments: [String], _ words: String) async throws {
        let run = try await Self.run(arguments, stage)
        #expect(run.status == 73 && run.errors.contains(words), "\(arguments): \(run.errors)")
      }
      try await refused(["restore", "--from", other, "--data", data, "--replace"], "is no backup")
      try await refused(
        ["restore", "--from", backup, "--data", data, "--replace", "--ledger", "\(other)/erasures.log"],
        "is not a ledger that goes on from this backup")
      try await refused(
        ["restore", "--from", backup, "--data", "\(stage.folder)/new"], "--without-ledger brings back")
      try await refused(
        [
          "restore", "--from", backup, "--data", data, "--replace", "--master-key", "\(other)/master.key",
        ], "the backup is for master key")
      try await refused(
        ["backup", "--data", "\(stage.folder)/nowhere", "--to", "\(stage.folder)/x"], "is not there")
      try await refused(["backup", "--data", data, "--to", backup], "is there already")
      let file = "\(backup)/mail.sqlite"
      var octets = try Data(contentsOf: URL(filePath: file))
      octets[octets.count / 2] ^= 1
      try octets.write(to: URL(filePath: file))
      try await refused(
        ["restore", "--from", backup, "--data", data, "--replace"], "is not as it was backed up")
      try await refused(["backup", "--check", backup], "is not as it was backed up")
      #expect(try await stage.dump("\(data)/mail.sqlite") == before)
      try await stage.leaveEmptyStore("data")
    }
  }

  @Test func `a master key that changes, killed at any moment, leaves a folder that opens`() async throws {
    try await withStage { stage in
      let data = "\(stage.folder)/data"
      try await stage.leaveEmptyStore("data")
      let first = try Data(contentsOf: URL(filePath: "\(data)/master.key"))
      var numbers = SeededNumbers(seed: 5)
      for _ in 0..<Self.kills {
        let program = try stage.start(try Place.built("postroomd"), ["key", "rotate", "--data", data])
        try await Task.sleep(for: .microseconds(Int.random(in: 0..<60_000, using: &numbers)))
        program.signal(SIGKILL)
        _ = try await program.wait(atMost: .seconds(10))
        try await stage.leaveEmptyStore("data")
        #expect(!FileManager.default.fileExists(atPath: "\(data)/master.key.previous"))
      }
      let done = try await Self.run(["key", "rotate", "--data", data], stage)
      #expect(done.status == 0 && done.output.contains("keys wrapped anew"), "\(done.errors)")
      #expect(try Data(contentsOf: URL(filePath: "\(data)/master.key")) != first)
      try await stage.leaveEmptyStore("data")
      // The old key opens nothing now.
      try first.write(to: URL(filePath: "\(stage.folder)/old.key"))
      chmod("\(stage.folder)/old.key", 0o600)
      let refused = try await Self.run(
        ["--data", data, "--listen", "none", "--master-key", "\(stage.folder)/old.key"], stage)
      #expect(refused.status == 73)
    }
  }

  @Test func `a key with a passphrase is opened by it and by nothing else`() async throws {
    try await withStage { stage in
      let data = "\(stage.folder)/data", key = "\(stage.folder)/protected.key"
      try await stage.leaveEmptyStore("data")
      func secret(_ name: String, _ words: String) throws -> String {
        let path = "\(stage.folder)/\(name)"
        try Data("\(words)\n".utf8).write(to: URL(filePath: path))
        chmod(path, 0o400)
        return path
      }
      let right = try secret("right", "correct horse"), wrong = try secret("wrong", "battery staple")
      let made = try await Self.run(
        ["key", "protect", "\(data)/master.key", "--to", key, "--passphrase-file", right], stage)
      #expect(made.status == 0, "\(made.errors)")
      try FileManager.default.removeItem(atPath: "\(data)/master.key")
      let options = ["--data", data, "--listen", "none", "--master-key", key]
      let without = try await Self.run(options, stage)
      #expect(without.status == 73 && without.errors.contains("none was given"))
      let refused = try await Self.run(options + ["--passphrase-file", wrong], stage)
      #expect(refused.status == 73 && refused.errors.contains("does not open the master key"))
      let server = try stage.start(try Place.built("postroomd"), options + ["--passphrase-file", right])
      _ = try await eventually("it is ready") { server.output.contains("ready") ? true : nil }
      server.signal(SIGTERM)
      #expect(try await server.wait(atMost: .seconds(30)).status == 0)
    }
  }
}

import Foundation
import Glibc
import MailSim
import PostroomClient
import Testing

/// Data folders that cannot be used: the server says why, and changes nothing.
@Suite(.timeLimit(.minutes(2))) struct DataFolderTests {
  @Test func `a second postroomd on the same folder is refused and told who has it`() async throws {
    try await withStage { stage in
      let server = try await stage.bare("data")
      let second = try await stage.refusedPostroomd("data")
      #expect(second.status == 73)
      #expect(second.errors.contains("another postroomd uses \(server.data)"))
      #expect(second.errors.contains("process \(server.program.pid)"))
      #expect(second.output.isEmpty)
      // The first one does not mind.
      let client = try await server.client()
      #expect(try await client.health.check().status.rawValue == "SERVING")
      await client.close()
      try await server.stop()
      try await stage.leaveEmptyStore("data")
    }
  }

  @Test(arguments: ["mail.sqlite", "keyring.sqlite"])
  func `a database of a newer schema is refused and left as it is`(_ file: String) async throws {
    try await withStage { stage in
      try await stage.leaveEmptyStore("data")
      let path = "\(stage.folder)/data/\(file)"
      // Its first line is the version, in parentheses.
      let version = try await stage.dump(path).prefix { $0 != "\n" }.filter(\.isNumber)
      try await stage.sql(path, "PRAGMA user_version = 99")
      let before = try await stage.dump(path)
      let refused = try await stage.refusedPostroomd("data")
      #expect(refused.status == 73)
      #expect(refused.errors.contains("newer postroomd (schema 99"))
      #expect(try await stage.dump(path) == before)
      try await stage.sql(path, "PRAGMA user_version = \(version)")
      try await stage.leaveEmptyStore("data")
    }
  }

  @Test func `a database without its master key is refused, and no new key is made`() async throws {
    try await withStage { stage in
      try await stage.leaveEmptyStore("data")
      let key = "\(stage.folder)/data/master.key"
      try FileManager.default.moveItem(atPath: key, toPath: key + ".away")
      let refused = try await stage.refusedPostroomd("data")
      #expect(refused.status == 73)
      #expect(refused.errors.contains("master.key is missing"))
      #expect(!FileManager.default.fileExists(atPath: key))
      try FileManager.default.moveItem(atPath: key + ".away", toPath: key)
      try await stage.leaveEmptyStore("data")
    }
  }

  @Test func `a damaged database is refused`() async throws {
    try await withStage { stage in
      try await stage.leaveEmptyStore("data")
      let path = "\(stage.folder)/data/mail.sqlite"
      var octets = [UInt8](try Data(contentsOf: URL(filePath: path)))
      for i in octets.indices.dropFirst(200) { octets[i] = UInt8(truncatingIfNeeded: i) }
      try Data(octets).write(to: URL(filePath: path))
      let refused = try await stage.refusedPostroomd("data")
      #expect(refused.status == 73)
      #expect(refused.errors.contains("is damaged"))
    }
  }

  // MARK: A full disk

  @Test(.enabled(if: geteuid() == 0, "a small file system can be mounted by root only"))
  func `on a full disk what writes is refused, reads go on, and with room everything works again`()
    async throws
  {
    let sim = MailSim()
    let ports = try await sim.start()
    try await withStage(clean: { await $0.unmount() }) { stage in
      let data = try await stage.mount(megabytes: 6)
      let server = try await stage.postroomd(data, trusting: ports.caFile)
      let client = try await server.client()
      let box = try await client.mailbox.connect(
        email: "alice@example.test", password: "secret", userName: "alice",
        imap: ServerChoice(host: ports.host, port: Int64(ports.imapsPort), security: .tls),
        smtp: ServerChoice(host: ports.host, port: Int64(ports.smtpsPort), security: .tls)
      ).id
      func send(_ key: String) async throws(PostroomError) -> SendResult {
        try await client.mail.send(
          mailboxId: box, to: [Address(email: "bob@example.test")], subject: "Mail \(key)",
          text: String(repeating: "0123456789abcdef", count: 1000), options: CallOptions(idempotencyKey: key))
      }
      let first = try await send("first")
      _ = try await eventually("the first mail is sent") {
        let now = try await client.mail.status(mailId: first.mail.id)
        return now.state == .accepted && now.sentCopy != .pending ? true : nil
      }
      try Self.fill(data)

      // What was begun on a full disk is either done or refused in whole.
      var done: [String: SendResult] = [:]
      var refused: [String] = []
      for n in 0..<400 where refused.count < 3 {
        do throws(PostroomError) { done["full-\(n)"] = try await send("full-\(n)") } catch {
          #expect(error.reason == .storeFull && error.status == .resourceExhausted, "\(error)")
          #expect(error.message.contains("disk") && error.retryAfter != nil)
          refused.append("full-\(n)")
        }
      }
      #expect(refused.count == 3)
      for _ in 0..<3 {
        #expect(
          try await client.mail.get(mailId: first.mail.id).body?.text.hasPrefix("0123456789abcdef") == true)
        #expect(try await client.mailbox.list().mailboxes.count == 1)
        #expect(
          try await client.mail.list(mailboxId: box, loggedOnly: false, limit: 500).mails.count >= 1
            + done.count)
      }
      #expect(server.program.isRunning)

      try FileManager.default.removeItem(atPath: data + "/ballast")
      for key in refused { done[key] = try await send(key) }
      for (key, result) in done {
        _ = try await eventually("\(key) is sent", within: .seconds(60)) {
          try await client.mail.status(mailId: result.mail.id).state == .accepted ? true : nil
        }
        #expect(sim.submissionCount(messageID: result.submission.messageId) == 1)
      }
      let late =
        "From: eve@customer.example\r\nMessage-ID: <late@customer.example>\r\nSubject: Late\r\n\r\nHi\r\n"
      try sim.deliver(raw: Array(late.utf8), to: "alice")
      _ = try await client.sync.run(mailboxId: box)
      _ = try await eventually("the sync goes on") {
        try await client.mail.list(messageId: "late@customer.example", loggedOnly: false).mails.first
      }
      await client.close()
      #expect(try await server.stop().status == 0)
    }
    await sim.stop()
  }

  /// Takes all the room that is left in `folder`.
  private static func fill(_ folder: String) throws {
    let fd = open(folder + "/ballast", O_WRONLY | O_CREAT, 0o600)
    guard fd >= 0 else { throw Failed("no ballast: errno \(errno)") }
    defer { Glibc.close(fd) }
    let block = [UInt8](repeating: 0, count: 4096)
    while write(fd, block, block.count) > 0 {}
    guard errno == ENOSPC else { throw Failed("the disk does not fill up: errno \(errno)") }
  }
}

extension Stage {
  /// A postroomd without any mail server.
  func bare(_ data: String, _ more: [String] = []) async throws -> Postroomd {
    let path = "\(folder)/\(data)"
    let program = try start(
      try Place.built("postroomd"), ["--data", path, "--listen", "127.0.0.1:0", "--log-level", "info"] + more)
    return try await Postroomd(program, data: path)
  }

  /// Starts and stops a postroomd, as it should: no log is left behind.
  func leaveEmptyStore(_ data: String) async throws {
    let end = try await bare(data).stop()
    #expect(end.status == 0)
  }

  fileprivate func sql(_ file: String, _ statement: String) async throws {
    _ = try await python("c.execute(sys.argv[2]); c.commit()", [file, statement])
  }

  /// All that a database holds, and its version.
  func dump(_ file: String) async throws -> String {
    try await python("print(*c.execute('PRAGMA user_version'), *c.iterdump(), sep='\\n')", [file])
  }

  private func python(_ code: String, _ arguments: [String]) async throws -> String {
    let whole = "import sqlite3, sys; c = sqlite3.connect(sys.argv[1]); \(code); c.close()"
    let out = try await Program.run(Place.python, ["-c", whole] + arguments, folder: folder)
    if out.status != 0 { throw Failed(out.errors) }
    return out.output
  }

  private var small: String { folder + "/small" }

  /// A file system of that size, in memory.
  fileprivate func mount(megabytes: Int) async throws -> String {
    try FileManager.default.createDirectory(atPath: small, withIntermediateDirectories: true)
    let out = try await Program.run(
      "/usr/bin/mount", ["-t", "tmpfs", "-o", "size=\(megabytes)m,mode=700", "postroom-test", small],
      folder: folder)
    if out.status != 0 { throw Failed("a small file system cannot be mounted here: \(out.errors)") }
    return small
  }

  fileprivate func unmount() async {
    // What runs on it is ended first. Not mounted: nothing to do.
    _ = try? await Program.run("/usr/bin/umount", ["-l", small], folder: folder)
  }
}

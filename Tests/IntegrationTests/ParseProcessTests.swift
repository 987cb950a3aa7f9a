import Foundation
import Glibc
import MailSim
import PostroomClient
import Testing

/// The processes that postroomd parses mail in, seen from outside.
@Suite(.serialized, .timeLimit(.minutes(2))) struct ParseProcessTests {
  @Test func `they can reach nothing, and losing them costs nothing`() async throws {
    try await Self.withServer([]) { stage, server, client, sim in
      try sim.deliver(raw: Self.mail("one@partner.example"), to: "alice")
      _ = try await Self.mail("one@partner.example", client)
      let child = try #require(Self.readers(of: server.program.pid).first)
      let status = try String(contentsOfFile: "/proc/\(child)/status", encoding: .utf8)
      #expect(status.contains("Seccomp:\t2") && status.contains("NoNewPrivs:\t1"))
      #expect(try FileManager.default.contentsOfDirectory(atPath: "/proc/\(child)/fd").count == 4)
      let environment = try Data(contentsOf: URL(filePath: "/proc/\(child)/environ"))
      #expect(environment.isEmpty || environment.starts(with: Data("LD_LIBRARY_PATH=".utf8)))
      let limits = try String(contentsOfFile: "/proc/\(child)/limits", encoding: .utf8)
      let memory = limits.split(separator: "\n").first { $0.hasPrefix("Max address space") }
      #expect(memory?.contains("unlimited") == false)

      kill(child, SIGKILL)
      // Until then it looks alive, and its death would be the next mail's.
      _ = try await eventually("it is gone") {
        Self.readers(of: server.program.pid).contains(child) ? nil : true
      }
      try sim.deliver(raw: Self.mail("two@partner.example"), to: "alice")
      let mail = try await Self.mail("two@partner.example", client)
      #expect(mail.parseFailed == nil && mail.subject == "Offer")
      let thread = try await client.thread.track(mailId: mail.id)
      let detail = try await eventually("the body is read") {
        try await client.thread.get(threadId: thread.id).mails.first { $0.body != nil }
      }
      #expect(detail.body?.replyText == "Hello.")
      let page = try await Self.metrics(stage, server)
      #expect(
        page.contains("postroom_parse_processes 1\n") && page.contains("postroom_parse_restarts_total 0\n"))
      #expect(page.contains("postroom_parse_failures_total 0\n"))
      let end = try await server.stop()
      #expect(end.status == 0)
    }
  }

  @Test(.enabled(if: getuid() == 0, "it looks into other processes' memory"))
  func `no key and no token is in their memory`() async throws {
    try await Self.withServer([]) { stage, server, client, sim in
      try sim.deliver(raw: Self.mail("one@partner.example"), to: "alice")
      _ = try await Self.mail("one@partner.example", client)
      let child = try #require(Self.readers(of: server.program.pid).first)
      let key = try Data(contentsOf: URL(filePath: "\(server.data)/master.key"))
      #expect(key.count == 32)
      // The mail itself is found, so it is looked at the right places.
      #expect(Self.memory(of: child, has: Data("one@partner.example".utf8)))
      #expect(Self.memory(of: server.program.pid, has: key))
      #expect(!Self.memory(of: child, has: key))
      #expect(!Self.memory(of: child, has: Data(server.token.utf8)))
    }
  }

  @Test func `there are none when mail is parsed in process`() async throws {
    try await Self.withServer(["--parse", "in-process"]) { stage, server, client, sim in
      try sim.deliver(raw: Self.mail("one@partner.example"), to: "alice")
      _ = try await Self.mail("one@partner.example", client)
      #expect(Self.readers(of: server.program.pid).isEmpty)
      #expect(try await !Self.metrics(stage, server).contains("postroom_parse_"))
    }
  }

  // MARK: What is looked at

  private static func mail(_ id: String) -> [UInt8] {
    Array(
      "From: Erin <erin@partner.example>\r\nTo: alice@example.test\r\nSubject: Offer\r\nMessage-ID: <\(id)>\r\n\r\nHello.\r\n"
        .utf8)
  }

  private static func mail(_ id: String, _ client: PostroomClient) async throws -> Mail {
    try await eventually("\(id) is known") {
      try await client.mail.list(messageId: id, loggedOnly: false).mails.first
    }
  }

  /// Whether `wanted` lies in what the process may write (proc(5): maps, mem).
  private static func memory(of pid: Int32, has wanted: Data) -> Bool {
    let maps = (try? String(contentsOfFile: "/proc/\(pid)/maps", encoding: .utf8)) ?? ""
    let file = open("/proc/\(pid)/mem", O_RDONLY)
    defer { close(file) }
    let step = 4 << 20
    for line in maps.split(separator: "\n") where line.split(separator: " ")[1].hasPrefix("rw") {
      let ends = line.prefix { $0 != " " }.split(separator: "-").compactMap { UInt64($0, radix: 16) }
      guard ends.count == 2, ends[1] < UInt64(Int64.max) else { continue }
      var at = ends[0]
      while at < ends[1] {
        let count = Int(min(ends[1] - at, UInt64(step)))
        var piece = Data(count: count)
        let got = piece.withUnsafeMutableBytes { pread(file, $0.baseAddress, count, off_t(at)) }
        if got > 0, piece.prefix(got).range(of: wanted) != nil { return true }
        // Pieces overlap, so that nothing lies across two.
        at += UInt64(count > wanted.count && at + UInt64(count) < ends[1] ? count - wanted.count : count)
      }
    }
    return false
  }

  private static func readers(of server: Int32) -> [Int32] {
    let all = (try? FileManager.default.contentsOfDirectory(atPath: "/proc")) ?? []
    return all.compactMap { Int32($0) }.filter { pid in
      // Processes end while they are looked at.
      let stat = (try? String(contentsOfFile: "/proc/\(pid)/stat", encoding: .utf8)) ?? ""
      let words = stat.split(separator: ")").last?.split(separator: " ") ?? []
      let line = FileManager.default.contents(atPath: "/proc/\(pid)/cmdline") ?? Data()
      return words.count > 1 && words[0] != "Z" && words[1] == "\(server)"
        && String(decoding: line, as: UTF8.self).contains("__read-mail")
    }
  }

  private static func metrics(_ stage: Stage, _ server: Postroomd) async throws -> String {
    let curl = try stage.start("/usr/bin/curl", ["-s", "http://\(server.tcp)/metrics"])
    return try await curl.wait(atMost: .seconds(10)).output
  }

  private static func withServer(
    _ options: [String], _ body: (Stage, Postroomd, PostroomClient, MailSim) async throws -> Void
  ) async throws {
    let sim = MailSim()
    let ports = try await sim.start()
    do {
      try await withStage { stage in
        let program = try stage.start(
          try Place.built("postroomd"),
          [
            "--data", "\(stage.folder)/data", "--listen", "127.0.0.1:0", "--mail-ca-file", ports.caFile,
            "--allow-private-hosts",
          ] + options)
        let server = try await Postroomd(program, data: "\(stage.folder)/data")
        let client = try await server.client()
        _ = try await client.mailbox.connect(
          email: "alice@example.test", password: "secret", userName: "alice",
          imap: ServerChoice(host: ports.host, port: Int64(ports.imapsPort), security: .tls),
          smtp: ServerChoice(host: ports.host, port: Int64(ports.smtpsPort), security: .tls))
        try await body(stage, server, client, sim)
        await client.close()
      }
    } catch {
      await sim.stop()
      throw error
    }
    await sim.stop()
  }
}

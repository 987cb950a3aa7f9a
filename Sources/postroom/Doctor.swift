import ArgumentParser
import Foundation
import Glibc
import PostroomClient

struct Doctor: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Look whether everything is well, and say what to do where it is not.",
    discussion: """
      Looks at the server (reachable, healthy, version, clock, open files, what waits), at every mailbox (state, DNS, \
      whether its servers can be reached from here), and, where they can be read, at the data folder (permissions, key, \
      room on the disk), the settings and the certificate. Changes nothing.

      EXIT STATUS: 0 nothing is wrong, perhaps with advice; 1 something is.

      EXAMPLES:
        postroom doctor
        sudo postroom doctor --config /etc/postroom/postroomd.yaml --data /var/lib/postroom
      """)

  @Option(help: ArgumentHelp("The server's data folder; ~/postroom if it is there.", valueName: "folder"))
  var data: String?
  @Option(help: ArgumentHelp("The server's settings.", valueName: "file")) var config: String?
  @Flag(help: "Do not connect to the mailboxes' servers.") var offline = false
  @OptionGroup var options: ServerOptions

  func run() async throws {
    var report = Report(json: options.json)
    checkFolder(&report)
    checkSettings(&report)
    await checkServer(&report)
    report.end()
    if report.failed > 0 { throw ExitCode(1) }
  }

  /// What was found, shown as it comes.
  struct Report {
    enum Verdict: String { case good, advice, wrong }
    let json: Bool
    private(set) var failed = 0
    private var advised = 0

    init(json: Bool) { self.json = json }

    /// - Parameter what: what to do; left out where nothing is.
    mutating func add(_ verdict: Verdict, _ subject: String, _ finding: String, do what: String? = nil) {
      if verdict == .wrong { failed += 1 }
      if verdict == .advice { advised += 1 }
      if json {
        let members = [
          ("verdict", verdict.rawValue), ("subject", subject), ("finding", finding), ("do", what ?? ""),
        ]
        let object = Dictionary(uniqueKeysWithValues: members)
        // Strings only: this cannot fail.
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.withoutEscapingSlashes, .sortedKeys]
        guard let line = try? encoder.encode(object) else { return }
        return Terminal.line(String(decoding: line, as: UTF8.self))
      }
      let sign =
        [Verdict.good: Terminal.green("ok  "), .advice: "note", .wrong: Terminal.bold("BAD ")][verdict] ?? ""
      Terminal.line("\(sign)  \(Terminal.safeLine(subject)): \(Terminal.safeLine(finding))")
      if let what { Terminal.line("        → \(Terminal.safeLine(what))") }
    }

    func end() {
      if json { return }
      Terminal.line(
        failed == 0
          ? "Nothing is wrong" + (advised == 0 ? "." : "; \(advised) to look at.")
          : "\(failed) wrong, \(advised) to look at.")
    }
  }

  // MARK: This machine

  private func checkFolder(_ report: inout Report) {
    let own = ServerOptions.home + "/postroom"
    guard let folder = data ?? (FileManager.default.fileExists(atPath: own) ? own : nil) else { return }
    var info = stat()
    guard stat(folder, &info) == 0 else {
      return report.add(
        .wrong, folder, String(cString: strerror(errno)),
        do: "Name the data folder with --data, and read it as its user.")
    }
    if info.st_mode & 0o077 == 0 {
      report.add(.good, folder, "only its user can look in")
    } else {
      report.add(.wrong, folder, "others can look in", do: "chmod 700 \(folder)")
    }
    checkKey(folder, &report)
    if access(folder + "/admin.token", F_OK) == 0 {
      report.add(
        .advice, "admin.token", "the first token, with every scope, is still in the folder",
        do:
          "Make tokens with the scopes that are needed (postroom token create), then delete the file and revoke its token."
      )
    }
    var disk = statvfs()
    if statvfs(folder, &disk) == 0 {
      let free = UInt64(disk.f_bavail) * UInt64(disk.f_frsize)
      let percent = disk.f_blocks > 0 ? UInt64(disk.f_bavail) * 100 / UInt64(disk.f_blocks) : 0
      let text = "\(free >> 30) GiB free (\(percent) %)"
      if free < 1 << 30 || percent < 5 {
        report.add(.wrong, "disk", text, do: "Make room: a full disk stops sync and sending.")
      } else {
        report.add(.good, "disk", text)
      }
    }
  }

  private func checkKey(_ folder: String, _ report: inout Report) {
    let path = folder + "/master.key"
    var info = stat()
    guard lstat(path, &info) == 0 else {
      return report.add(
        .advice, "master.key", "it is not in the data folder",
        do: "Good if it comes from --master-key or a systemd credential. Else put it back from your backup.")
    }
    let mode = info.st_mode & 0o7777
    if info.st_mode & S_IFMT == S_IFREG, mode == 0o600 || mode == 0o400 {
      report.add(.good, "master.key", "mode \(String(mode, radix: 8))")
    } else {
      report.add(.wrong, "master.key", "mode \(String(mode, radix: 8))", do: "chmod 400 \(path)")
    }
  }

  private func checkSettings(_ report: inout Report) {
    guard let config else { return }
    let (status, words) = Self.run("postroomd", ["--config", config, "--check-config"])
    if status == 0 {
      report.add(.good, config, "the settings can be used")
    } else {
      report.add(
        .wrong, config, words.isEmpty ? "postroomd cannot be run (\(status))" : words, do: "Mend the file.")
    }
    let lines = (try? String(contentsOfFile: config, encoding: .utf8))?.split(separator: "\n") ?? []
    for line in lines where line.hasPrefix("tls-certificate:") {
      let path = line.dropFirst(16).trimmingCharacters(in: CharacterSet(charactersIn: " '\""))
      let soon = Self.run("openssl", ["x509", "-noout", "-checkend", "1209600", "-in", path])
      if soon.status == 0 {
        report.add(.good, path, "the certificate holds for more than 14 days")
      } else if soon.status == 1 {
        report.add(
          .wrong, path, "the certificate ends within 14 days, or cannot be read",
          do: "Renew it, then: systemctl reload postroomd")
      }
    }
  }

  /// - Returns: exit status, -1 when it cannot be run; what it said on standard error.
  private static func run(_ program: String, _ arguments: [String]) -> (status: Int32, words: String) {
    let process = Process()
    let errors = Pipe()
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.arguments = [program] + arguments
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = FileHandle.nullDevice
    process.standardError = errors
    do { try process.run() } catch { return (-1, "") }
    let words = String(decoding: errors.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    let status = process.terminationStatus
    return (status == 127 ? -1 : status, words.trimmingCharacters(in: .whitespacesAndNewlines))
  }

  // MARK: The server

  private func checkServer(_ report: inout Report) async {
    let client: PostroomClient
    do {
      client = try PostroomClient(options.url, token: try options.token())
    } catch {
      return report.add(.wrong, options.url, "\(error)", do: "Mend --server or the token.")
    }
    do {
      let info = try await client.server.info()
      report.add(.good, "server", "\(info.name) \(info.version) answers on \(options.url)")
      if info.version != Postroom.configuration.version {
        report.add(
          .advice, "version", "this command is \(Postroom.configuration.version), the server \(info.version)",
          do: "Update the older one.")
      }
      try await checkHealth(client, &report)
      let stats = try await client.server.stats()
      checkClock(info, stats, &report)
      checkQueues(stats, &report)
      for mailbox in try await client.mailbox.list().mailboxes { await checkMailbox(mailbox, &report) }
    } catch let error as PostroomError {
      let isUnreachable = error.reason.rawValue.hasPrefix("connection.")
      report.add(
        .wrong, "server", error.message,
        do: isUnreachable
          ? "Is postroomd running (systemctl status postroomd), and does it listen on \(options.url)?"
          : "Use a token with the scopes read and admin.")
    } catch {
      report.add(.wrong, "server", "\(error)")
    }
    await client.close()
  }

  private func checkHealth(_ client: PostroomClient, _ report: inout Report) async throws {
    let health = try await client.health.check()
    if health.status.rawValue == "SERVING" {
      report.add(.good, "health", "serving")
    } else {
      report.add(
        .wrong, "health", health.status.rawValue,
        do: "The log says why: journalctl -u postroomd, or its standard error.")
    }
  }

  private func checkClock(_ info: ServerInfo, _ stats: ServerStats, _ report: inout Report) {
    let format = Date.ISO8601FormatStyle(includingFractionalSeconds: true)
    guard let started = info.startedAt.flatMap({ try? format.parse($0) }) else { return }
    let server = started.addingTimeInterval(Double(stats.uptimeSeconds))
    let apart = abs(server.timeIntervalSinceNow)
    if apart < 5 {
      report.add(.good, "clock", "the server's and this machine's agree")
    } else {
      report.add(
        .advice, "clock",
        "the server's clock and this machine's are \(Int(apart)) s apart, or one of them was set",
        do: "Let both follow NTP: retention and sign-in by token depend on the time.")
    }
  }

  private func checkQueues(_ stats: ServerStats, _ report: inout Report) {
    if let process = stats.process {
      let text = "\(process.descriptors) of \(process.descriptorsMax) open files"
      if process.descriptors * 10 > process.descriptorsMax * 8 {
        report.add(.wrong, "files", text, do: "Raise LimitNOFILE, or lower --max-connections.")
      } else {
        report.add(.good, "files", text)
      }
    }
    if let outbox = stats.outbox {
      if outbox.unknown > 0 {
        report.add(
          .advice, "outbox", "of \(outbox.unknown) mails it is not known whether the server took them",
          do: "They are looked for in Sent. What stays unknown is yours to decide: postroom mails.")
      } else if outbox.deferred > 0 {
        report.add(.advice, "outbox", "\(outbox.deferred) mails wait for another try")
      } else {
        report.add(.good, "outbox", "nothing is stuck")
      }
    }
    if let dropped = stats.logLinesDropped, dropped > 0 {
      report.add(.advice, "log", "\(dropped) lines were lost", do: "What reads the server's log is too slow.")
    }
  }

  private func checkMailbox(_ mailbox: Mailbox, _ report: inout Report) async {
    if mailbox.state == .disconnected || mailbox.state == .retrying {
      let why = [mailbox.reason?.rawValue, mailbox.detail].compactMap { $0 }.joined(separator: ": ")
      report.add(
        mailbox.state == .disconnected ? .wrong : .advice, mailbox.email, "\(mailbox.state) \(why)",
        do:
          "When that is mended: postroom reconnect \(mailbox.email) (with --new-password if it has changed).")
    } else {
      report.add(.good, mailbox.email, "\(mailbox.state)")
    }
    if offline { return }
    for (kind, server) in [("IMAP", mailbox.imap), ("SMTP", mailbox.smtp)] {
      switch Self.reach(server.host, server.port) {
      case nil:
        report.add(.good, mailbox.email, "\(kind) \(server.host):\(server.port) can be reached from here")
      case let words?:
        report.add(
          .advice, mailbox.email, "\(kind) \(server.host):\(server.port): \(words)",
          do: "Look at DNS and firewalls of this machine; the server may be elsewhere and see it differently."
        )
      }
    }
  }

  /// Why a server cannot be reached; nil when it can. Waits at most 5 s for each of its addresses.
  private static func reach(_ host: String, _ port: Int64) -> String? {
    var hints = addrinfo()
    hints.ai_socktype = Int32(SOCK_STREAM.rawValue)
    var first: UnsafeMutablePointer<addrinfo>?
    let code = getaddrinfo(host, "\(port)", &hints, &first)
    guard code == 0 else { return "the name has no address (\(String(cString: gai_strerror(code))))" }
    defer { freeaddrinfo(first) }
    var words = "no address"
    var next = first
    while let entry = next?.pointee {
      next = entry.ai_next
      let number = socket(entry.ai_family, entry.ai_socktype, entry.ai_protocol)
      guard number >= 0 else { continue }
      defer { close(number) }
      // On Linux this bounds connect(2) too (socket(7)).
      var limit = timeval(tv_sec: 5, tv_usec: 0)
      setsockopt(number, SOL_SOCKET, SO_SNDTIMEO, &limit, socklen_t(MemoryLayout<timeval>.size))
      if connect(number, entry.ai_addr, entry.ai_addrlen) == 0 { return nil }
      words = errno == EINPROGRESS ? "no answer within 5 s" : String(cString: strerror(errno))
    }
    return words
  }
}

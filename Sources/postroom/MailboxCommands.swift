import ArgumentParser
import Foundation
import PostroomClient
import Synchronization

/// `HOST`, `HOST:PORT`, with `tls:` or `starttls:` before it.
struct ServerArgument: ExpressibleByArgument {
  let choice: ServerChoice

  init?(argument: String) {
    var text = Substring(argument)
    var security: TransportSecurity?
    for (prefix, kind) in [("tls:", TransportSecurity.tls), ("starttls:", .starttls)]
    where text.hasPrefix(prefix) {
      text = text.dropFirst(prefix.count)
      security = kind
    }
    var port: Int64?
    if let colon = text.lastIndex(of: ":"), text.firstIndex(of: ":") == colon || text[..<colon].hasSuffix("]")
    {
      guard let number = UInt16(text[text.index(after: colon)...]), number > 0 else { return nil }
      port = Int64(number)
      text = text[..<colon]
    }
    if text.hasPrefix("["), text.hasSuffix("]") { text = text.dropFirst().dropLast() }
    guard !text.isEmpty else { return nil }
    choice = ServerChoice(host: String(text), port: port, security: security)
  }
}

struct PasswordOptions: ParsableArguments {
  @Option(
    name: .long,
    help: ArgumentHelp(
      "Read the password from the first line of this file; - is standard input.", valueName: "file"))
  var passwordFile: String?

  func password(for who: String) throws -> String {
    if let passwordFile {
      let text = passwordFile == "-" ? readLine() : try? String(contentsOfFile: passwordFile, encoding: .utf8)
      guard let line = text?.split(whereSeparator: \.isNewline).first else {
        throw Failure(.usage, "No password in \(passwordFile == "-" ? "standard input" : passwordFile).")
      }
      return String(line)
    }
    guard let typed = Terminal.askSecret("Password of \(who): ") else {
      throw Failure(.usage, "There is no terminal to ask for the password. Use --password-file.")
    }
    if typed.isEmpty { throw Failure(.usage, "The password is empty.") }
    return typed
  }
}

struct Connect: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Connect a mailbox.",
    discussion: """
      Signs in to both servers before anything is stored. The password is asked for without being shown. \
      Servers are HOST, HOST:PORT, or with the kind of encryption before it: tls:HOST:993, starttls:HOST:587. \
      Without port and kind the usual ones are tried: 993 for IMAP, 465 and then 587 for SMTP. \
      Without --imap and --smtp they are looked for (see postroom discover), shown, and used when you say so.

      With --oauth the mailbox's person allows access at their provider's page, and no password is asked for; access \
      is renewed by itself until they take it back.

      EXAMPLES:
        postroom connect name@example.org
        postroom connect name@example.org --imap imap.example.org --smtp smtp.example.org
        postroom connect name@gmail.com --oauth google --imap imap.gmail.com --smtp smtp.gmail.com
        postroom connect name@example.com --oauth microsoft --device --imap outlook.office365.com \
      --smtp starttls:smtp.office365.com
      """)

  @Argument(help: "The mailbox's address.") var email: String
  @Option(help: ArgumentHelp("The IMAP server.", valueName: "host[:port]")) var imap: ServerArgument?
  @Option(help: ArgumentHelp("The SMTP submission server.", valueName: "host[:port]")) var smtp:
    ServerArgument?
  @Option(help: "The user name, where it is not the address.") var user: String?
  @Option(help: "The person's name, for mail that is sent.") var name: String?
  @Flag(help: "Use the servers that are found without asking.") var yes = false
  @OptionGroup var secret: PasswordOptions
  @OptionGroup var access: OAuthOptions
  @OptionGroup var options: ServerOptions

  func run() async throws {
    try await options.run { client in
      let servers = try await servers(client)
      let tokens = try await access.access(client, email: email)
      let who = user ?? servers.userName
      let password = tokens == nil ? try secret.password(for: who ?? email) : nil
      let mailbox = try await client.mailbox.connect(
        email: email, password: password, userName: who, displayName: name, imap: servers.imap,
        smtp: servers.smtp, oauth: tokens,
        options: CallOptions(timeout: .seconds(150), onProgress: StepLine.watcher))
      StepLine.clear()
      if options.json { return Terminal.line(mailbox.json) }
      Terminal.line("Connected \(mailbox.email) as \(Terminal.bold(mailbox.id)).")
      Terminal.line("  IMAP  \(mailbox.imap.host):\(mailbox.imap.port) (\(mailbox.imap.security))")
      Terminal.line("  SMTP  \(mailbox.smtp.host):\(mailbox.smtp.port) (\(mailbox.smtp.security))")
      Terminal.line("Follow the first sync with: postroom sync \(mailbox.email)")
    }
  }
}

extension Connect {
  /// Those that were named, or those that were found and agreed to.
  private func servers(
    _ client: PostroomClient
  ) async throws -> (imap: ServerChoice, smtp: ServerChoice, userName: String?) {
    if let imap, let smtp { return (imap.choice, smtp.choice, nil) }
    let found = try await client.mailbox.discover(email: email)
    guard let first = found.candidates.first else {
      throw Failure(
        .usage,
        "The servers of \(email) were not found. Ask the provider, and name them by --imap and --smtp.")
    }
    for line in Discover.lines(first) { Terminal.note(line) }
    let chosen = (
      imap: imap?.choice ?? ServerChoice(first.imap), smtp: smtp?.choice ?? ServerChoice(first.smtp),
      userName: first.userName == email ? nil : first.userName
    )
    if yes { return chosen }
    guard Terminal.confirm("Sign in there?") else {
      throw Failure(
        .declined, "Nothing was changed. Name other servers by --imap and --smtp; --yes does not ask.")
    }
    return chosen
  }
}

extension ServerChoice {
  init(_ settings: ServerSettings) {
    self.init(host: settings.host, port: settings.port, security: settings.security)
  }
}

struct Discover: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Find the servers of an address.",
    discussion: """
      Looks in a table of large providers, then in what the address's domain says: its autoconfig document over verified \
      TLS, its SRV records, and who takes its mail. Nobody is signed in anywhere.

      EXAMPLE: postroom discover name@example.org
      """)

  @Argument(help: "The address.") var email: String
  @OptionGroup var options: ServerOptions

  func run() async throws {
    try await options.run { client in
      let found = try await client.mailbox.discover(email: email)
      if options.json { return Terminal.line(found.json) }
      for candidate in found.candidates {
        for line in Self.lines(candidate) { Terminal.line(line) }
        Terminal.line()
      }
      if found.candidates.isEmpty { Terminal.line("Nothing was found.") }
      let looks = found.looked.map { "\($0.source) \($0.outcome)" }.joined(separator: ", ")
      Terminal.line(Terminal.dim("looked: \(looks)"))
      if found.candidates.isEmpty { throw ExitCode(Failure.Status.refused.rawValue) }
    }
  }

  static func lines(_ found: DiscoveredServers) -> [String] {
    let tokens = found.oauthProvider.map { ", or by access tokens: --oauth \($0)" } ?? ""
    return [
      "\(Terminal.safeLine(found.provider ?? "servers")) (by \(found.source))",
      "  IMAP  \(Terminal.safeLine(found.imap.host)):\(found.imap.port) (\(found.imap.security))",
      "  SMTP  \(Terminal.safeLine(found.smtp.host)):\(found.smtp.port) (\(found.smtp.security))",
      "  as    \(Terminal.safeLine(found.userName))\(tokens)",
    ] + found.notes.map { "  note  \(Terminal.safeLine($0))" }
  }
}

struct Reconnect: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Sign in to a mailbox again; the sync goes on where it stopped.",
    discussion: """
      EXAMPLES:
        postroom reconnect name@example.org --new-password
        postroom reconnect name@gmail.com --oauth google
      """)

  @Argument(help: "The mailbox's address or id.") var mailbox: String
  @Flag(help: "Ask for a new password.") var newPassword = false
  @Option(help: "A new user name.") var user: String?
  @Option(help: ArgumentHelp("A new IMAP server.", valueName: "host[:port]")) var imap: ServerArgument?
  @Option(help: ArgumentHelp("A new SMTP server.", valueName: "host[:port]")) var smtp: ServerArgument?
  @OptionGroup var secret: PasswordOptions
  @OptionGroup var access: OAuthOptions
  @OptionGroup var options: ServerOptions

  func run() async throws {
    try await options.run { client in
      let known = try await options.mailbox(mailbox, client)
      let tokens = try await access.access(client, email: known.email)
      let password =
        newPassword || secret.passwordFile != nil ? try secret.password(for: user ?? known.userName) : nil
      let now = try await client.mailbox.reconnect(
        mailboxId: known.id, password: password, userName: user, imap: imap?.choice, smtp: smtp?.choice,
        oauth: tokens,
        options: CallOptions(timeout: .seconds(150), onProgress: StepLine.watcher))
      StepLine.clear()
      Terminal.line(options.json ? now.json : "Signed in to \(now.email); state \(now.state).")
    }
  }
}

struct Disconnect: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Stop syncing and sending; what is stored stays.",
    discussion: """
      To erase a mailbox: postroom purge --mailbox ADDRESS

      EXAMPLE: postroom disconnect name@example.org
      """)

  @Argument(help: "The mailbox's address or id.") var mailbox: String
  @OptionGroup var options: ServerOptions

  func run() async throws {
    try await options.run { client in
      let now = try await client.mailbox.disconnect(mailboxId: try await options.mailbox(mailbox, client).id)
      Terminal.line(options.json ? now.json : "\(now.email) is disconnected.")
    }
  }
}

struct DeleteMailbox: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "delete-mailbox",
    abstract: "Disconnect a mailbox and erase it with all its mail: shows what goes, and asks.",
    discussion: """
      What 'postroom purge --mailbox' does for a mailbox that is connected, in one step. The server of the mailbox is \
      left as it is.

      EXAMPLE: postroom delete-mailbox name@example.org
      """)

  @Argument(help: "The mailbox's address or id.") var mailbox: String
  @Flag(help: "Do not ask.") var yes = false
  @OptionGroup var options: ServerOptions

  func run() async throws {
    try await options.run { client in
      let known = try await options.mailbox(mailbox, client)
      let counts = try await client.purge.preview(scope: PurgeScope(kind: .mailbox, mailboxId: known.id))
      if !options.json { Terminal.line("This erases \(Erase.words(counts)).") }
      if !yes, !Terminal.confirm("Erase \(Terminal.safeLine(known.email)) for good?") {
        throw Failure(.declined, "Nothing was erased. (Use --yes to be asked nothing.)")
      }
      let done = try await Erase.wait(client, try await client.mailbox.delete(mailboxId: known.id))
      Terminal.line(options.json ? done.json : Erase.receipt(done))
    }
  }
}

struct Mailboxes: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "List the connected mailboxes with state and reason.",
    discussion: "EXAMPLE: postroom mailboxes --json")

  @OptionGroup var options: ServerOptions

  func run() async throws {
    try await options.run { client in
      let all = try await client.mailbox.list().mailboxes
      if options.json {
        for mailbox in all { Terminal.line(mailbox.json) }
      } else if all.isEmpty {
        Terminal.line("No mailbox is connected. Begin with: postroom connect ADDRESS --imap HOST --smtp HOST")
      } else {
        Terminal.table(
          ["ID", "ADDRESS", "STATE", "WHY"],
          all.map {
            [$0.id, $0.email, "\($0.state)", ($0.reason.map { "\($0): " } ?? "") + ($0.detail ?? "")]
          })
        for mailbox in all {
          if let advice = mailbox.advice { Terminal.line("\(mailbox.email): \(advice)") }
        }
      }
    }
  }
}

struct Sync: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Sync a mailbox now and show how far it is.",
    discussion: """
      On a terminal a bar moves; in a pipe there is a line a second. Ends when all folders have been looked at and \
      what was found has been read, or with status 1 when the mailbox is disconnected. The sync itself runs in \
      postroomd: ending this command does not end it.

      EXAMPLES:
        postroom sync name@example.org
        postroom sync name@example.org --status
      """)

  @Argument(help: "The mailbox's address or id.") var mailbox: String
  @Flag(help: "Ask for the sync and do not wait.") var noWait = false
  @Flag(help: "Ask for nothing: only show how far the sync is now.") var status = false
  @Flag(help: "Call off the sync that runs; the next one goes on where it stopped.") var cancel = false
  @OptionGroup var options: ServerOptions

  func validate() throws {
    if noWait, cancel { throw ValidationError("--cancel and --no-wait exclude each other.") }
  }

  func run() async throws {
    try await options.run { client in
      let known = try await options.mailbox(mailbox, client)
      if status {
        let now = try await client.sync.status(mailboxId: known.id)
        if options.json { return Terminal.line(now.json) }
        return Terminal.line(
          "\(now.phase), \(now.state): \(now.stored)/\(max(now.total, now.stored)) messages"
            + (now.complete ? ", complete" : ""))
      }
      if cancel {
        let status = try await client.sync.cancel(mailboxId: known.id)
        return Terminal.line(options.json ? status.json : Self.words(called: status))
      }
      if noWait {
        let first = try await client.sync.run(mailboxId: known.id)
        return Terminal.line(options.json ? first.json : "Asked for.")
      }
      let json = options.json
      let bar = Mutex(ProgressBar())
      let last = try await client.sync.run(
        mailboxId: known.id, wait: true,
        options: CallOptions(
          timeout: .seconds(7 * 86_400),
          onProgress: { text in
            guard let status = SyncStatus(progress: text) else { return }
            if json { Terminal.line(status.json) } else { bar.withLock { $0.show(status, final: false) } }
          }))
      if json { Terminal.line(last.json) } else { bar.withLock { $0.show(last, final: true) } }
    }
  }

  /// How things stand after a sync was called off.
  private static func words(called status: SyncStatus) -> String {
    if status.complete { return "Nothing was left to read: \(status.stored) mails." }
    return "Called off at \(status.stored) of \(status.total) mails; postroom sync goes on from there."
  }

  /// Shows the sync until it is complete.
  @discardableResult
  static func follow(_ client: PostroomClient, _ id: String, json: Bool) async throws -> SyncStatus? {
    var bar = ProgressBar()
    for try await status in client.sync.watch(mailboxId: id) {
      if json { Terminal.line(status.json) } else { bar.show(status, final: status.complete) }
      if status.complete { return status }
      if status.state == .disconnected || status.state == .retrying {
        let now = try await client.mailbox.get(mailboxId: id)
        if now.state == .disconnected {
          throw Failure(
            .refused,
            "\(now.email) is disconnected: \(now.detail ?? now.reason?.rawValue ?? "no reason given")")
        }
      }
    }
    return nil
  }
}

extension ProgressBar {
  mutating func show(_ status: SyncStatus, final: Bool) {
    show(
      done: status.stored, total: status.total, perSecond: status.messagesPerSecond,
      secondsLeft: status.secondsLeft, final: final)
  }
}

struct Status: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Show the server's version and counters.",
    discussion: "EXAMPLES:\n  postroom status\n  postroom status --watch")

  @Flag(help: "Go on, and print whether it serves at each change.") var watch = false
  @OptionGroup var options: ServerOptions

  func run() async throws {
    try await options.run { client in
      if watch {
        for try await health in client.health.watch() {
          Terminal.line(options.json ? health.json : health.status.rawValue)
        }
        return
      }
      let info = try await client.server.info()
      let stats = try await client.server.stats()
      if options.json {
        Terminal.line(info.json)
        return Terminal.line(stats.json)
      }
      Terminal.line(
        "\(info.name) \(info.version), protocol \(info.protocolVersion), up \(ProgressBar.duration(stats.uptimeSeconds))"
      )
      Terminal.line("mailboxes \(stats.mailboxes), live \(stats.mailboxesLive); events \(stats.latestEvent)")
      Terminal.line(
        "connections \(stats.connectionsOpen), calls \(stats.calls), failed \(stats.errors), running \(stats.callsInFlight)"
      )
    }
  }
}

import ArgumentParser
import PostroomClient

struct RetentionCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "retention", abstract: "How long mail is kept, and what goes when.",
    discussion: """
      EXAMPLES:
        postroom retention show --within 7
        postroom retention set --sequence-days 730 --deleted-days 30
        postroom retention mail m42
        postroom hold place --contact dana@customer.example --reason "case 12/2026"
      """,
    subcommands: [Show.self, Set.self, OfMail.self, AcceptClock.self], defaultSubcommand: Show.self)

  struct Show: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Show the policy, and what goes under each rule.",
      discussion: "EXAMPLE: postroom retention show --within 7")
    @Option(help: ArgumentHelp("Count what goes within so many days.", valueName: "days")) var within: Int64 =
      30
    @OptionGroup var options: ServerOptions

    func validate() throws {
      guard (0...36_500).contains(within) else { throw ValidationError("--within takes 0 to 36500 days.") }
    }

    func run() async throws {
      try await options.run { client in
        let now = try await client.retention.get(withinDays: within)
        options.json ? Terminal.line(now.json) : RetentionCommand.show(now, within)
      }
    }
  }

  struct Set: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Change the policy. What is not named stays as it is.",
      discussion: """
        Mail whose time is over by the new policy is erased within the hour, for good.

        EXAMPLE: postroom retention set --sequence-days 730 --timeline-days forever
        """)
    @Option(help: "Mail of automated series, from its logging on: days, or 'forever'.") var sequenceDays:
      String?
    @Option(help: "Mail of conversations, from its logging on: days, or 'forever'.") var timelineDays: String?
    @Option(help: "Deleted mail is erased at the latest after so many days (0 to 90).") var deletedDays:
      Int64?
    @Option(help: "Headers of mail that was not logged, from their reading on: days.") var metadataDays:
      Int64?
    @OptionGroup var options: ServerOptions

    func validate() throws {
      if sequenceDays == nil, timelineDays == nil, deletedDays == nil, metadataDays == nil {
        throw ValidationError(
          "Name one of --sequence-days, --timeline-days, --deleted-days, --metadata-days.")
      }
      _ = (try Self.days(sequenceDays, nil), try Self.days(timelineDays, nil))
    }

    func run() async throws {
      try await options.run { client in
        let old = try await client.retention.get(withinDays: 0).policy
        let policy = RetentionPolicy(
          sequenceDays: try Self.days(sequenceDays, old.sequenceDays),
          timelineDays: try Self.days(timelineDays, old.timelineDays),
          deletedDays: deletedDays ?? old.deletedDays, metadataDays: metadataDays ?? old.metadataDays)
        let now = try await client.retention.set(policy: policy)
        options.json ? Terminal.line(now.json) : RetentionCommand.show(now, 30)
      }
    }

    private static func days(_ text: String?, _ old: Int64?) throws -> Int64? {
      guard let text else { return old }
      if text == "forever" { return nil }
      guard let days = Int64(text), (1...36_500).contains(days) else {
        throw ValidationError("'\(text)' is neither a number of days (1 to 36500) nor 'forever'.")
      }
      return days
    }
  }

  struct OfMail: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "mail", abstract: "Show when a mail is erased.",
      discussion: "EXAMPLE: postroom retention mail m42")
    @Argument(help: "The mail's id.") var mail: String
    @OptionGroup var options: ServerOptions

    func run() async throws {
      try await options.run { client in
        let now = try await client.retention.ofMail(mailId: mail)
        if options.json { return Terminal.line(now.json) }
        let end = now.erasesAt.map { "goes at \($0)" } ?? "stays until the tenant is deleted"
        Terminal.line(
          "\(mail) is \(now.rule.rawValue): it \(end)\(now.held ? ", and a hold keeps it beyond" : "").")
      }
    }
  }

  struct AcceptClock: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Say that the server's clock is right, though it is behind what was written down.",
      discussion: "EXAMPLE: postroom retention accept-clock")
    @OptionGroup var options: ServerOptions

    func run() async throws {
      try await options.run { client in
        try await client.retention.acceptClock()
        if !options.json { Terminal.line("Times that are still to come are forgotten.") }
      }
    }
  }

  static func show(_ now: Retention, _ within: Int64) {
    func kept(_ rule: RetentionRule) -> String {
      switch rule {
      case .deleted: "at most \(now.policy.deletedDays) days"
      case .metadata: "\(now.policy.metadataDays) days"
      case .timeline: now.policy.timelineDays.map { "\($0) days" } ?? "until deleted"
      case .sequence: now.policy.sequenceDays.map { "\($0) days" } ?? "until deleted"
      default: ""
      }
    }
    Terminal.table(
      ["RULE", "KEPT", "MAILS", "GO IN \(within) DAYS", "NEXT"],
      now.rules.map { [$0.rule.rawValue, kept($0.rule), "\($0.mails)", "\($0.due)", $0.nextAt ?? ""] })
    if now.holds > 0 { Terminal.line("\(now.holds) holds stand: postroom hold list") }
    if !now.clockBelieved {
      Terminal.line("Nothing is erased by age now: the server's clock has not run evenly for long enough.")
    }
  }
}

struct HoldCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "hold", abstract: "Legal holds: what nobody may erase.",
    discussion: "EXAMPLE: postroom hold place --contact dana@customer.example --reason \"case 12/2026\"",
    subcommands: [Place.self, List.self, Release.self], defaultSubcommand: List.self)

  struct Place: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Keep mail, now and later, against age and purges.",
      discussion: "EXAMPLE: postroom hold place --thread th7 --reason \"case 12/2026\"")
    @Option(help: "Every mail from or to this address.") var contact: String?
    @Option(help: "One conversation.") var thread: String?
    @Option(help: "One mail.") var mail: String?
    @Option(help: "A mailbox with everything in it: address or id.") var mailbox: String?
    @Flag(help: "Everything of this tenant.") var everything = false
    @Option(help: "For people: a case number, a date.") var reason: String
    @OptionGroup var options: ServerOptions

    func validate() throws {
      guard [contact, thread, mail, mailbox].filter({ $0 != nil }).count + (everything ? 1 : 0) == 1 else {
        throw ValidationError("Name one of --contact, --thread, --mail, --mailbox, --everything.")
      }
    }

    func run() async throws {
      try await options.run { client in
        let scope =
          if let contact { PurgeScope(kind: .contact, email: contact) } else if let thread {
            PurgeScope(kind: .thread, threadId: thread)
          } else if let mail { PurgeScope(kind: .mail, mailId: mail) } else if let mailbox {
            PurgeScope(kind: .mailbox, mailboxId: try await options.mailbox(mailbox, client).id)
          } else { PurgeScope(kind: .tenant) }
        let made = try await client.hold.place(scope: scope, reason: reason)
        Terminal.line(options.json ? made.json : made.id)
      }
    }
  }

  struct List: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "List the holds.",
      discussion: "EXAMPLE: postroom hold list")
    @OptionGroup var options: ServerOptions

    func run() async throws {
      try await options.run { client in
        let all = try await client.hold.list().holds
        if options.json { return all.forEach { Terminal.line($0.json) } }
        Terminal.table(
          ["ID", "KEEPS", "BY", "SINCE", "REASON"],
          all.map {
            [
              $0.id, Terminal.safeLine("\($0.kind.rawValue) \($0.target)"), Terminal.safeLine($0.placedBy),
              $0.placedAt,
              Terminal.safeLine($0.reason),
            ]
          })
      }
    }
  }

  struct Release: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "End a hold.",
      discussion: "EXAMPLE: postroom hold release hd3")
    @Argument(help: "The hold's id.") var hold: String
    @OptionGroup var options: ServerOptions

    func run() async throws {
      try await options.run { client in
        try await client.hold.release(holdId: hold)
        if !options.json { Terminal.line("\(hold) has ended.") }
      }
    }
  }
}

struct DeleteMail: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "delete",
    abstract: "Take a logged mail off its timelines; it is erased when its time is over.",
    discussion: """
      'postroom delete --undo' brings it back until then; 'postroom purge --mail' erases at once.

      EXAMPLE: postroom delete m42
      """)
  @Argument(help: "The mail's id.") var mail: String
  @Flag(help: "Bring it back.") var undo = false
  @OptionGroup var options: ServerOptions

  func run() async throws {
    try await options.run { client in
      let now =
        undo ? try await client.mail.restore(mailId: mail) : try await client.mail.delete(mailId: mail)
      if options.json { return Terminal.line(now.json) }
      Terminal.line(undo ? "\(mail) is back." : "\(mail) is deleted: postroom retention mail \(mail)")
    }
  }
}

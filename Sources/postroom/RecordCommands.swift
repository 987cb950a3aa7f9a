import ArgumentParser
import PostroomClient

struct Record: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Conversations on the timelines of your records (contacts, deals, tickets).",
    discussion: """
      A record is named TYPE:ID, by your own words: contact:42, deal:A-7.

      EXAMPLES:
        postroom record link deal:4711 --thread th12
        postroom record timeline deal:4711
        postroom purge --record deal:4711
      """,
    subcommands: [Link.self, Unlink.self, List.self, Timeline.self])

  /// What stands before and behind the first colon.
  static func named(_ text: String) throws -> RecordRef {
    let halves = text.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
    guard halves.count == 2, !halves[0].isEmpty, !halves[1].isEmpty else {
      throw ValidationError("A record is named TYPE:ID, such as deal:4711.")
    }
    return RecordRef(type: String(halves[0]), id: String(halves[1]))
  }

  /// The one thing that is linked.
  struct Target: ParsableArguments {
    @Option(help: ArgumentHelp("A conversation, with its mails to come.", valueName: "thread-id")) var thread:
      String?
    @Option(help: ArgumentHelp("One mail.", valueName: "mail-id")) var mail: String?

    func validate() throws {
      if (thread == nil) == (mail == nil) { throw ValidationError("Name either --thread or --mail.") }
    }
  }

  struct Link: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Put a conversation or a mail on a timeline.",
      discussion: "EXAMPLE: postroom record link deal:4711 --thread th12")
    @Argument(help: "TYPE:ID") var record: String
    @OptionGroup var target: Target
    @OptionGroup var options: ServerOptions

    func run() async throws {
      let record = try Record.named(record)
      try await options.run { client in
        _ = try await client.record.link(record: record, threadId: target.thread, mailId: target.mail)
        if !options.json { Terminal.line("Linked.") }
      }
    }
  }

  struct Unlink: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Take a conversation or a mail off a timeline. Nothing is erased.",
      discussion: "EXAMPLE: postroom record unlink deal:4711 --thread th12")
    @Argument(help: "TYPE:ID") var record: String
    @OptionGroup var target: Target
    @OptionGroup var options: ServerOptions

    func run() async throws {
      let record = try Record.named(record)
      try await options.run { client in
        _ = try await client.record.unlink(record: record, threadId: target.thread, mailId: target.mail)
        if !options.json { Terminal.line("Unlinked.") }
      }
    }
  }

  struct List: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "List the records that a conversation or a mail is linked to.",
      discussion: "EXAMPLE: postroom record list --thread th12")
    @OptionGroup var target: Target
    @OptionGroup var options: ServerOptions

    func run() async throws {
      try await options.run { client in
        for record in try await client.record.list(threadId: target.thread, mailId: target.mail).records {
          Terminal.line(options.json ? record.json : Terminal.safeLine("\(record.type):\(record.id)"))
        }
      }
    }
  }

  struct Timeline: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Show what was written to and from a record's people, newest first.",
      discussion: "EXAMPLE: postroom record timeline deal:4711 --oldest")
    @Argument(help: "TYPE:ID") var record: String
    @Flag(help: "Oldest first.") var oldest = false
    @Option(help: "At most so many.") var limit = 20
    @OptionGroup var options: ServerOptions

    func run() async throws {
      let record = try Record.named(record)
      try await options.run { client in
        var left = limit
        var cursor: String?
        while left > 0 {
          let page = try await client.record.timeline(
            record: record, order: oldest ? .oldest : .newest, cursor: cursor, limit: Int64(min(left, 100)))
          for one in page.engagements { options.json ? Terminal.line(one.json) : Self.show(one) }
          left -= page.engagements.count
          cursor = page.cursor
          if cursor == nil || page.engagements.isEmpty { break }
        }
      }
    }

    static func show(_ one: Engagement) {
      let arrow = one.direction == .outgoing ? "→" : "←"
      let contact = one.contact.map { ($0.name.map { "\($0) " } ?? "") + "<\($0.email)>" } ?? "(nobody)"
      Terminal.line(
        "\(arrow) \(Terminal.bold(Terminal.safeLine(contact)))  \(one.date)  \(one.mailId)"
          + Terminal.dim("  \(one.via.rawValue)"))
      Terminal.line("    " + Terminal.bold(Terminal.safeLine(one.subject)))
      for line in Terminal.safe(one.replyText).split(separator: "\n", omittingEmptySubsequences: false) {
        Terminal.line("    \(line)")
      }
      for a in one.attachments {
        Terminal.line("    [\(Terminal.safeLine(a.name)), \(a.type), \(a.size) octets, \(a.blobId)]")
      }
      if one.attachmentsLeftOut { Terminal.line("    [attachments were not kept]") }
    }
  }
}

import ArgumentParser
import PostroomClient

struct SearchMail: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "search",
    abstract: "Find words in mails that are kept.",
    discussion: """
      Mails that have all words, newest first; words inside quotation marks stand side by side. Whole words, in either \
      case, with or without accents. What is searched is set by postroom settings --search.

      EXAMPLES:
        postroom search offer delivery
        postroom search '"second delivery"' --from dana@customer.example --after 2026-01-01T00:00:00.000Z
        postroom search --to dana@customer.example --attachment
      """)

  @Argument(help: "Words.") var words: [String] = []
  @Option(help: "Only of this mailbox: address or id.") var mailbox: String?
  @Option(help: ArgumentHelp("Only of this conversation.", valueName: "thread-id")) var thread: String?
  @Option(help: ArgumentHelp("Only of this record.", valueName: "type:id")) var record: String?
  @Option(help: "Only from or to this address.") var contact: String?
  @Option(help: "Only from this address.") var from: String?
  @Option(help: "Only to this address, also as a copy.") var to: String?
  @Option(help: ArgumentHelp("Received at this time or later, RFC 3339.", valueName: "time")) var after:
    String?
  @Option(help: ArgumentHelp("Received earlier, RFC 3339.", valueName: "time")) var before: String?
  @Flag(inversion: .prefixedNo, help: "Only with, or only without, attachments.") var attachment: Bool?
  @Option(help: "At most so many.") var limit: Int64 = 50
  @OptionGroup var options: ServerOptions

  func run() async throws {
    try await options.run { client in
      var id: String?
      if let mailbox { id = try await options.mailbox(mailbox, client).id }
      let record = try record.map { try Record.named($0) }
      var cursor: String?
      var rows: [[String]] = []
      var left = limit
      var isComplete = true
      repeat {
        let page = try await client.mail.search(
          text: words.joined(separator: " "), mailboxId: id, threadId: thread, record: record,
          contact: contact, from: from, to: to, after: after, before: before, hasAttachment: attachment,
          cursor: cursor, limit: min(max(left, 1), 500))
        for mail in page.mails {
          if options.json { Terminal.line(mail.json) }
          rows.append([mail.id, mail.receivedAt, mail.from.first?.email ?? "", mail.subject])
        }
        isComplete = page.complete
        left -= Int64(page.mails.count)
        cursor = page.cursor
      } while cursor != nil && left > 0
      if options.json { return }
      Terminal.table(["ID", "RECEIVED", "FROM", "SUBJECT"], rows)
      if !isComplete { Terminal.line("Not all mail is indexed yet: there may be more.") }
    }
  }
}

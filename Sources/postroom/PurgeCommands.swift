import ArgumentParser
import Foundation
import PostroomClient

struct Erase: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "purge", abstract: "Erase: shows what would go, asks, erases, and prints the receipt.",
    discussion: """
      EXAMPLES:
        postroom purge --contact dana@customer.example
        postroom purge --thread th12 --yes
        postroom purge --record deal:4711 --dry-run
        postroom purge --older-than 2026-01-01T00:00:00Z --dry-run
      """)

  @Option(help: "Every mail from or to this address.") var contact: String?
  @Option(help: "One conversation.") var thread: String?
  @Option(help: "One mail.") var mail: String?
  @Option(help: ArgumentHelp("Everything on a record's timeline, and its links.", valueName: "type:id"))
  var record: String?
  @Option(help: "A mailbox with everything in it: address or id.") var mailbox: String?
  @Option(help: ArgumentHelp("Every mail received before this time, RFC 3339 in UTC.", valueName: "time"))
  var olderThan: String?
  @Flag(help: "Everything of this tenant.") var everything = false
  @Flag(help: "Only show what would go.") var dryRun = false
  @Flag(help: "Do not ask.") var yes = false
  @OptionGroup var options: ServerOptions

  func validate() throws {
    let given =
      [contact, thread, mail, record, mailbox, olderThan].filter { $0 != nil }.count + (everything ? 1 : 0)
    guard given == 1 else {
      throw ValidationError(
        "Name one of --contact, --thread, --mail, --record, --mailbox, --older-than, --everything.")
    }
  }

  func run() async throws {
    try await options.run { client in
      let scope = try await scope(client)
      let counts = try await client.purge.preview(scope: scope)
      if !options.json { Terminal.line("This erases " + Self.words(counts) + ".") }
      if dryRun {
        if options.json { Terminal.line(counts.json) }
        return
      }
      if !yes, !Terminal.confirm("Erase it for good?") {
        throw Failure(.declined, "Nothing was erased. (Use --yes to be asked nothing.)")
      }
      let done = try await Self.wait(client, try await client.purge.run(scope: scope))
      Terminal.line(options.json ? done.json : Self.receipt(done))
    }
  }

  private func scope(_ client: PostroomClient) async throws -> PurgeScope {
    if let contact { return PurgeScope(kind: .contact, email: contact) }
    if let thread { return PurgeScope(kind: .thread, threadId: thread) }
    if let mail { return PurgeScope(kind: .mail, mailId: mail) }
    if let record { return PurgeScope(kind: .record, record: try Record.named(record)) }
    if let mailbox {
      return PurgeScope(kind: .mailbox, mailboxId: try await options.mailbox(mailbox, client).id)
    }
    if let olderThan { return PurgeScope(kind: .age, before: olderThan) }
    return PurgeScope(kind: .tenant)
  }

  static func wait(_ client: PostroomClient, _ begun: Purge) async throws -> Purge {
    var now = begun
    while now.state != .done {
      try await Task.sleep(for: .milliseconds(50))
      now = try await client.purge.status(purgeId: begun.id)
    }
    return now
  }

  static func words(_ c: PurgeCounts) -> String {
    "\(c.mails) mails, of which \(c.bodies) with their text (\(c.octets) octets), \(c.threads) threads, "
      + "\(c.submissions) sent mails' records, \(c.uploads) uploads, \(c.mailboxes) mailboxes"
  }

  static func receipt(_ p: Purge) -> String {
    """
    Receipt \(p.id): \(p.kind) erased by \(p.requestedBy), \(p.startedAt) to \(p.finishedAt ?? "?")
      gone       \(words(p.counts))
      remaining  \(p.remaining)
      log        \(p.logTruncated ? "emptied" : "not emptied yet: a reader was busy")
    """
  }
}

struct Receipts: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "List the receipts of all erasures, newest first.",
    discussion: "EXAMPLE: postroom receipts --json")
  @OptionGroup var options: ServerOptions

  func run() async throws {
    try await options.run { client in
      var cursor: String?
      repeat {
        let page = try await client.purge.receipts(cursor: cursor, limit: 100)
        for p in page.receipts { Terminal.line(options.json ? p.json : Erase.receipt(p)) }
        cursor = page.cursor
      } while cursor != nil
    }
  }
}

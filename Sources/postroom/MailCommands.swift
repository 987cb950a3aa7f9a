import ArgumentParser
import Foundation
import PostroomClient

struct Send: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Send a mail through the person's own server.",
    discussion: """
      The mail is tracked unless --no-track: replies to it will be kept. With --key a repeat of the same command \
      sends nothing twice. Waits until the server has taken the mail, unless --no-wait.

      Attached files go up by pieces, and go on after a break: give the command again, and what is there already is \
      used. Their types are told by their names and contents.

      EXAMPLE: postroom send --from name@example.org --to dana@customer.example --subject Offer --text "Here it is."
      """)

  @Option(name: .customLong("from"), help: "The mailbox's address or id.") var mailbox: String
  @Option(
    name: .customLong("as"),
    help: ArgumentHelp("Who stands in From: one of the mailbox's identities.", valueName: "address"))
  var identity: String?
  @Option(help: "A recipient; may be given again.") var to: [String] = []
  @Option(help: "A copy; may be given again.") var cc: [String] = []
  @Option(help: "A blind copy; may be given again.") var bcc: [String] = []
  @Option(help: "The subject.") var subject: String
  @Option(help: "The text; read from standard input when not given.") var text: String?
  @Option(help: ArgumentHelp("An HTML form of the text, from a file.", valueName: "file")) var htmlFile:
    String?
  @Option(help: ArgumentHelp("A file to attach, of any size; may be given again.", valueName: "file"))
  var attach: [String] = []
  @Option(help: ArgumentHelp("The mail this one answers.", valueName: "mail-id")) var replyTo: String?
  @Option(help: ArgumentHelp("Send at this time, RFC 3339 in UTC.", valueName: "time")) var at: String?
  @Option(help: "Idempotency key: the same key sends once.") var key: String?
  @Option(help: ArgumentHelp("Link its conversation to a record; may be given again.", valueName: "type:id"))
  var record: [String] = []
  @Flag(help: "Ask the servers on the way to tell of delivery, too.") var deliveryReports = false
  @Flag(help: "Do not keep replies.") var noTrack = false
  @Flag(help: "Do not wait for the server to take it.") var noWait = false
  @OptionGroup var options: ServerOptions

  func run() async throws {
    try await options.run { client in
      let box = try await options.mailbox(mailbox, client)
      let body = try text ?? String(decoding: FileHandle.standardInput.readToEnd() ?? Data(), as: UTF8.self)
      let html = try htmlFile.map { String(decoding: try read($0), as: UTF8.self) }
      var files: [OutgoingAttachment] = []
      for path in attach {
        files.append(try await AttachedFile(path).attachment(client, showsProgress: !options.json))
      }
      func people(_ list: [String]) -> [Address] { list.map { Address(email: $0) } }
      let sent = try await client.mail.send(
        mailboxId: box.id, to: people(to), cc: people(cc), bcc: people(bcc), subject: subject, text: body,
        html: html,
        attachments: files, inReplyToMailId: replyTo, track: !noTrack, sendAt: at,
        records: try record.map { try Record.named($0) }, from: identity.map { Address(email: $0) },
        deliveryReports: deliveryReports,
        options: CallOptions(idempotencyKey: key))
      var now = sent.submission
      if !noWait, at == nil { now = try await Self.wait(client, sent.mail.id) }
      try Self.report(sent, now, json: options.json)
    }
  }

  /// Says what became of a mail; throws when it was not taken.
  static func report(_ sent: SendResult, _ now: Submission, json: Bool) throws {
    if json { return Terminal.line(now.json) }
    Terminal.line(
      "\(Terminal.bold(sent.mail.id)) \(now.state)\(sent.replayed ? " (sent before under this key)" : "")"
        + (sent.mail.threadId.map { ", thread \($0)" } ?? "") + ", <\(now.messageId)>")
    for r in now.recipients where r.accepted == false {
      Terminal.line("  \(r.email): \(r.code) \(Terminal.safeLine(r.text))")
    }
    if now.state == .failed || now.state == .unknown {
      throw Failure(.refused, now.lastError ?? "The mail was not taken.")
    }
  }

  /// The state once it is decided, or as it is after a minute.
  static func wait(_ client: PostroomClient, _ mailID: String) async throws -> Submission {
    let end = ContinuousClock.now + .seconds(60)
    var wait = Duration.milliseconds(20)
    while true {
      let now = try await client.mail.status(mailId: mailID)
      if ![.queued, .sending, .dataOpen].contains(now.state) || ContinuousClock.now > end { return now }
      try await Task.sleep(for: wait)
      wait = min(wait * 2, .milliseconds(500))
    }
  }

  private func read(_ path: String) throws -> Data {
    guard let data = FileManager.default.contents(atPath: path) else {
      throw Failure(.usage, "\(path) cannot be read.")
    }
    return data
  }
}

struct Mails: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "List mails: those that are kept, or with --all every envelope that was seen.",
    discussion: "EXAMPLE: postroom mails --contact dana@customer.example --limit 20")

  @Option(help: "Only of this mailbox: address or id.") var mailbox: String?
  @Option(help: "Only from or to this address.") var contact: String?
  @Flag(help: "Also mails of which only the envelope is known.") var all = false
  @Option(help: "At most so many.") var limit: Int64 = 50
  @OptionGroup var options: ServerOptions

  func run() async throws {
    try await options.run { client in
      var id: String?
      if let mailbox { id = try await options.mailbox(mailbox, client).id }
      var cursor: String?
      var rows: [[String]] = []
      var left = limit
      repeat {
        let page = try await client.mail.list(
          mailboxId: id, contact: contact, loggedOnly: !all, cursor: cursor, limit: min(left, 500))
        for mail in page.mails {
          if options.json { Terminal.line(mail.json) }
          rows.append([mail.id, mail.receivedAt, mail.from.first?.email ?? "", "\(mail.state)", mail.subject])
        }
        left -= Int64(page.mails.count)
        cursor = page.cursor
      } while cursor != nil && left > 0
      if !options.json { Terminal.table(["ID", "RECEIVED", "FROM", "KEPT", "SUBJECT"], rows) }
    }
  }
}

struct Threads: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "List conversations, the one with the newest mail first.",
    discussion: "EXAMPLE: postroom threads --subject offer")

  @Option(help: "Only of this mailbox: address or id.") var mailbox: String?
  @Option(help: "Only with this address.") var contact: String?
  @Option(help: "Only with these words in the subject.") var subject: String?
  @Option(help: ArgumentHelp("Only the one of this mail.", valueName: "Message-ID")) var messageID: String?
  @Option(help: "At most so many.") var limit: Int64 = 50
  @OptionGroup var options: ServerOptions

  func run() async throws {
    try await options.run { client in
      var id: String?
      if let mailbox { id = try await options.mailbox(mailbox, client).id }
      let page =
        subject != nil || messageID != nil
        ? try await client.thread.lookup(
          messageId: messageID, contact: contact, subject: subject, mailboxId: id, limit: limit)
        : try await client.thread.list(mailboxId: id, contact: contact, limit: limit)
      if options.json {
        for thread in page.threads { Terminal.line(thread.json) }
      } else {
        Terminal.table(
          ["ID", "LAST MAIL", "MAILS", "TRACKED", "SUBJECT"],
          page.threads.map {
            [$0.id, $0.lastMailAt, "\($0.mailCount)", $0.tracked ? "yes" : "no", $0.subject]
          })
      }
    }
  }
}

struct ThreadCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "thread",
    abstract: "Show a conversation, or overrule which mails belong to it.",
    discussion: """
      EXAMPLES:
        postroom thread th7
        postroom thread split ml31
        postroom thread merge th8 th7
      """,
    subcommands: [ShowThread.self, SplitThread.self, MergeThreads.self], defaultSubcommand: ShowThread.self)
}

struct SplitThread: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "split", abstract: "Make a conversation of its own of a mail and of what answers it.",
    discussion: """
      Links to records stay with the old one. Later syncs respect it.

      EXAMPLE: postroom thread split m31
      """)
  @Argument(help: "The mail's id.") var mail: String
  @OptionGroup var options: ServerOptions

  func run() async throws {
    try await options.run { client in
      let thread = try await client.thread.split(mailId: mail)
      if options.json { return Terminal.line(thread.json) }
      let from = thread.forkedFrom.map { ", split off \($0)" } ?? ""
      Terminal.line("\(thread.id): \(thread.mailCount) mails\(from).")
    }
  }
}

struct MergeThreads: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "merge", abstract: "Make one conversation of two.",
    discussion: """
      Mails and links of the first go to the second; the first id goes on naming it.

      EXAMPLE: postroom thread merge th8 th7
      """)
  @Argument(help: "The id of the thread that goes.") var thread: String
  @Argument(help: "The id of the thread that stays.") var into: String
  @OptionGroup var options: ServerOptions

  func run() async throws {
    try await options.run { client in
      let now = try await client.thread.merge(threadId: thread, intoThreadId: into)
      Terminal.line(options.json ? now.json : "\(now.id): \(now.mailCount) mails.")
    }
  }
}

struct ShowThread: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "show", abstract: "Show a conversation: what each person wrote, without the quotes.",
    discussion: "EXAMPLE: postroom thread show th7 --save-to ./files")

  @Argument(help: "The thread's id.") var thread: String
  @Flag(help: "Show quoted text and signatures too.") var full = false
  @Option(help: ArgumentHelp("Save all attachments into this folder.", valueName: "folder")) var saveTo:
    String?
  @OptionGroup var options: ServerOptions

  func run() async throws {
    try await options.run { client in
      let detail = try await client.thread.get(threadId: thread)
      if options.json { Terminal.line(detail.json) } else { Self.show(detail, full: full) }
      guard let saveTo else { return }
      try FileManager.default.createDirectory(atPath: saveTo, withIntermediateDirectories: true)
      for mail in detail.mails {
        for attachment in mail.attachments {
          let path = try await Self.save(client, attachment, into: saveTo)
          if !options.json { Terminal.line("saved \(path) (\(attachment.size) octets)") }
        }
      }
    }
  }

  static func show(_ detail: ThreadDetail, full: Bool, indent: String = "") {
    Terminal.line(indent + Terminal.bold(Terminal.safeLine(detail.thread.subject)) + "  " + detail.thread.id)
    for entry in detail.mails { show(entry, full: full, indent: indent) }
  }

  static func show(_ entry: MailDetail, full: Bool, indent: String = "") {
    let who = entry.mail.from.first.map { $0.name.map { "\($0) " } ?? "" + "" } ?? ""
    let email = entry.mail.from.first?.email ?? "?"
    let arrow = entry.mail.direction == .outgoing ? "→" : "←"
    let why = entry.mail.matchedBy.map { "  (matched by \($0)\(sureness(entry.mail)))" } ?? ""
    Terminal.line(
      "\(indent)\(arrow) \(Terminal.safeLine(who))<\(Terminal.safeLine(email))>  \(entry.mail.receivedAt)  \(entry.mail.id)\(Terminal.dim(why))"
    )
    let text = entry.body.map { full ? $0.text : $0.replyText } ?? "(no body is stored)"
    for line in Terminal.safe(text).split(separator: "\n", omittingEmptySubsequences: false) {
      Terminal.line("\(indent)    \(line)")
    }
    for line in MailNotes.lines(entry) {
      Terminal.line(Terminal.dim("\(indent)    \(Terminal.safeLine(line))"))
    }
    for a in entry.attachments {
      Terminal.line("\(indent)    [\(Terminal.safeLine(a.name)), \(a.type), \(a.size) octets, \(a.blobId)]")
    }
  }

  /// Said only where a rule is less than sure.
  private static func sureness(_ mail: Mail) -> String {
    guard let confidence = mail.confidence, confidence < 1 else { return "" }
    return ", \(Int((confidence * 100).rounded())) %"
  }

  /// Writes an attachment under its own name into `folder`, never over another file.
  static func save(_ client: PostroomClient, _ attachment: Attachment, into folder: String) async throws
    -> String
  {
    let name =
      attachment.name.isEmpty ? attachment.blobId : attachment.name.replacingOccurrences(of: "/", with: "_")
    var path = folder + "/" + (name.hasPrefix(".") ? "_" + name : name)
    if FileManager.default.fileExists(atPath: path) { path = folder + "/" + attachment.blobId + "-" + name }
    guard FileManager.default.createFile(atPath: path, contents: nil),
      let file = FileHandle(forWritingAtPath: path)
    else {
      throw Failure(.refused, "\(path) cannot be written.")
    }
    // Everything was written by then: a close that fails changes nothing we could report.
    defer { try? file.close() }
    for try await chunk in client.attachment.get(blobId: attachment.blobId) {
      try file.write(contentsOf: Data(chunk.data))
    }
    return path
  }
}

struct ShowMail: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "mail",
    abstract: "Show a mail, and what it is: a bounce and why, a receipt, an appointment, a list's mail.",
    discussion: "EXAMPLES:\n  postroom mail m31 --full\n  postroom mail m31 --source > m31.eml")

  @Argument(help: "The mail's id.") var mail: String
  @Flag(help: "Show quoted text and signature too.") var full = false
  @Flag(help: "Print the mail as it came, octet for octet.") var source = false
  @OptionGroup var options: ServerOptions

  func run() async throws {
    try await options.run { client in
      if source {
        for try await piece in client.mail.source(mailId: mail) {
          try FileHandle.standardOutput.write(contentsOf: Data(piece.data))
        }
        return
      }
      let detail = try await client.mail.get(mailId: mail)
      if options.json { return Terminal.line(detail.json) }
      Terminal.line(Terminal.bold(Terminal.safeLine(detail.mail.subject)))
      ShowThread.show(detail, full: full)
      if let body = detail.body, body.splitBy != "none" {
        Terminal.line(Terminal.dim("    (quoted text told by \(Terminal.safeLine(body.splitBy)))"))
      }
    }
  }
}

struct Track: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Keep the conversation of a mail from now on, and what came before.",
    discussion: "EXAMPLE: postroom track m31")
  @Argument(help: "The mail's id, or its Message-ID.") var mail: String
  @OptionGroup var options: ServerOptions

  func run() async throws {
    try await options.run { client in
      let isMessageID = mail.contains("@")
      let thread = try await client.thread.track(
        mailId: isMessageID ? nil : mail, messageId: isMessageID ? mail : nil)
      Terminal.line(options.json ? thread.json : "Tracked as \(thread.id).")
    }
  }
}

struct Untrack: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Keep no further mail of a conversation; what is kept stays.",
    discussion: "EXAMPLE: postroom untrack th7")
  @Argument(help: "The thread's id.") var thread: String
  @OptionGroup var options: ServerOptions

  func run() async throws {
    try await options.run { client in
      let now = try await client.thread.untrack(threadId: thread)
      Terminal.line(options.json ? now.json : "\(now.id) is no longer tracked.")
    }
  }
}

struct Watch: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Print events as they happen.",
    discussion: """
      Begins with what happens from now on; --after 0 begins at the first event, --after N behind number N: \
      nothing is missed and nothing comes twice.

      EXAMPLE: postroom watch --after 0 --json
      """)

  @Option(help: ArgumentHelp("Begin behind this number.", valueName: "seq")) var after: String?
  @Option(help: "End after so many events.") var count: Int?
  @OptionGroup var options: ServerOptions

  func run() async throws {
    try await options.run { client in
      var from = after
      if from == nil { from = try await client.events.read(limit: 1).latest }
      var left = count ?? .max
      guard left > 0 else { return }
      for try await event in client.events.subscribe(after: from) {
        Terminal.line(options.json ? event.json : Self.text(event))
        left -= 1
        if left == 0 { return }
      }
    }
  }

  static func text(_ event: Event) -> String {
    var text = "\(event.seq)  \(event.at)  \(Terminal.bold(event.type.rawValue))"
    for id in [event.mailboxId, event.threadId, event.mailId, event.submissionId, event.purgeId] {
      if let id { text += "  \(id)" }
    }
    for (name, value) in event.facts.sorted(by: { $0.key < $1.key }) {
      text += "  \(name)=\(Terminal.safeLine(value))"
    }
    if let mail = event.mail {
      text += "  \(Terminal.safeLine(mail.from.first?.email ?? "?")): \(Terminal.safeLine(mail.subject))"
    }
    return text
  }
}

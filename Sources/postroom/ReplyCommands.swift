import ArgumentParser
import Foundation
import PostroomClient

/// What an answer and a forward have in common.
struct DraftOptions: ParsableArguments {
  @Option(help: "What you write; read from standard input when not given.") var text: String?
  @Option(help: "The language of the words around what is quoted, such as de or pt-BR.") var language: String?
  @Option(help: ArgumentHelp("A file to attach, of any size; may be given again.", valueName: "file"))
  var attach: [String] = []
  @Option(help: "Idempotency key: the same key sends once.") var key: String?
  @Flag(help: "Print what would be sent, and send nothing.") var show = false
  @Flag(help: "Do not keep replies.") var noTrack = false
  @Flag(help: "Do not wait for the server to take it.") var noWait = false

  func words() throws -> String {
    try text ?? String(decoding: FileHandle.standardInput.readToEnd() ?? Data(), as: UTF8.self)
  }

  /// Minutes east of UTC, here and now: the time of what is quoted is written so.
  var offset: Int64 { Int64(TimeZone.current.secondsFromGMT() / 60) }

  func send(_ draft: Draft, _ client: PostroomClient, json: Bool) async throws {
    if show {
      if json { return Terminal.line(draft.json) }
      for (label, list) in [("To", draft.to), ("Cc", draft.cc)] where !list.isEmpty {
        Terminal.line("\(label): " + list.map { Terminal.safeLine($0.email) }.joined(separator: ", "))
      }
      Terminal.line("Subject: \(Terminal.safeLine(draft.subject))\n")
      for line in Terminal.safe(draft.text ?? "").split(separator: "\n", omittingEmptySubsequences: false) {
        Terminal.line(String(line))
      }
      for file in draft.attachments { Terminal.line("[\(Terminal.safeLine(file.name ?? "file"))]") }
      return
    }
    var files = draft.attachments
    for path in attach {
      files.append(try await AttachedFile(path).attachment(client, showsProgress: !json))
    }
    let sent = try await client.mail.send(
      mailboxId: draft.mailboxId, to: draft.to, cc: draft.cc, subject: draft.subject, text: draft.text,
      html: draft.html, attachments: files, inReplyToMailId: draft.inReplyToMailId, track: !noTrack,
      from: draft.from, options: CallOptions(idempotencyKey: key))
    let now = noWait ? sent.submission : try await Send.wait(client, sent.mail.id)
    try Send.report(sent, now, json: json)
  }
}

struct Reply: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Answer a mail, quoting it.",
    discussion: """
      Goes to whom the mail asks for, or with --all to everybody but yourself, or with --list to the list it came by; \
      from the address it was written to. --show prints it first.

      EXAMPLES:
        postroom reply m31 --text "Thank you, that suits us."
        postroom reply m31 --all --language de --text "Danke, das passt."
      """)

  @Argument(help: "The mail's id.") var mail: String
  @Flag(help: "To everybody who has the mail.") var all = false
  @Flag(help: "To the mailing list.") var list = false
  @Flag(help: "Do not quote the mail.") var noQuote = false
  @OptionGroup var draft: DraftOptions
  @OptionGroup var options: ServerOptions

  func validate() throws {
    if all, list { throw ValidationError("--all or --list, not both.") }
  }

  func run() async throws {
    try await options.run { client in
      let made = try await client.mail.reply(
        mailId: mail, recipients: all ? .all : list ? .list : .sender, text: try draft.words(),
        quote: !noQuote, language: draft.language, utcOffsetMinutes: draft.offset)
      try await draft.send(made, client, json: options.json)
    }
  }
}

struct Forward: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Pass a mail on, with its files.",
    discussion: """
      Begins a conversation of its own. --show prints it first.

      EXAMPLE: postroom forward m31 --to expert@partner.example --text "What do you think?"
      """)

  @Argument(help: "The mail's id.") var mail: String
  @Option(help: "A recipient; may be given again.") var to: [String]
  @Option(help: "A copy; may be given again.") var cc: [String] = []
  @Flag(help: "Without its files.") var noFiles = false
  @OptionGroup var draft: DraftOptions
  @OptionGroup var options: ServerOptions

  func validate() throws {
    if to.isEmpty { throw ValidationError("--to says whom to pass it on to.") }
  }

  func run() async throws {
    try await options.run { client in
      var made = try await client.mail.forward(
        mailId: mail, text: try draft.words(), attachments: !noFiles, language: draft.language,
        utcOffsetMinutes: draft.offset)
      made.to = to.map { Address(email: $0) }
      made.cc = cc.map { Address(email: $0) }
      try await draft.send(made, client, json: options.json)
    }
  }
}

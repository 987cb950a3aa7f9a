import ArgumentParser
import PostroomClient

struct MailboxCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "mailbox",
    abstract: "Show or change whom a mailbox sends as, and how fast.",
    discussion: """
      Identities are aliases: addresses that may stand in From besides the mailbox's own (postroom send --as). Those \
      that are given replace the ones before. Mails over a limit wait for their turn.

      EXAMPLES:
        postroom mailbox name@example.org
        postroom mailbox name@example.org --identity "Sales <sales@example.org>" --per-minute 20 --per-day 500
        postroom mailbox name@example.org --no-identities --per-minute 0
      """)

  @Argument(help: "The mailbox's address or id.") var mailbox: String
  @Option(help: "The name that stands in From; empty for none.") var name: String?
  @Option(help: ArgumentHelp("An alias; may be given again.", valueName: "address")) var identity: [String] =
    []
  @Flag(help: "It has no aliases any more.") var noIdentities = false
  @Option(help: "Mails that may leave it within a minute; 0 for no limit.") var perMinute: Int64?
  @Option(help: "Mails that may leave it within 24 hours; 0 for no limit.") var perDay: Int64?
  @OptionGroup var options: ServerOptions

  func validate() throws {
    if noIdentities, !identity.isEmpty { throw ValidationError("--identity or --no-identities, not both.") }
    for text in identity where Self.address(text) == nil {
      throw ValidationError("\(text) is not an address: a@example.org, or Name <a@example.org>.")
    }
  }

  func run() async throws {
    try await options.run { client in
      var box = try await options.mailbox(mailbox, client)
      let list = noIdentities ? [] : identity.isEmpty ? nil : identity.compactMap(Self.address)
      if name != nil || list != nil || perMinute != nil || perDay != nil {
        box = try await client.mailbox.update(
          mailboxId: box.id, displayName: name, identities: list, sendsPerMinuteMax: perMinute,
          sendsPerDayMax: perDay)
      }
      // What it uses is told by this call alone.
      box = try await client.mailbox.get(mailboxId: box.id)
      if options.json { return Terminal.line(box.json) }
      Terminal.line("mailbox     \(Terminal.safeLine(Self.text(box.displayName, box.email))) (\(box.id))")
      for one in box.identities ?? [] {
        Terminal.line("identity    \(Terminal.safeLine(Self.text(one.name, one.email)))")
      }
      Terminal.line("sending     \(Self.words(box.sendLimits))")
      if let use = box.use {
        let measure = use.octetsPerDayMax.map { " of \($0 >> 20)" } ?? ""
        Terminal.line(
          "provider    \(use.connections) of \(use.connectionsMax) connections, \(use.octetsRead >> 20)\(measure) MiB read "
            + "today")
      }
      Terminal.line("copies      \(box.providerFilesSentMail ? "filed by the provider" : "put into Sent")")
    }
  }

  static func words(_ limits: SendLimits?) -> String {
    let parts = [
      limits?.perMinute.map { "\($0) a minute" }, limits?.perDay.map { "\($0) a day" },
    ].compactMap { $0 }
    return parts.isEmpty ? "no limit" : "at most " + parts.joined(separator: ", ")
  }

  private static func text(_ name: String?, _ email: String) -> String {
    name.map { "\($0) <\(email)>" } ?? email
  }

  /// `a@example.org` or `Name <a@example.org>`; the server says the rest.
  static func address(_ text: String) -> Address? {
    guard text.hasSuffix(">"), let open = text.lastIndex(of: "<") else {
      return text.contains("@") && !text.contains("<") ? Address(email: text) : nil
    }
    let email = String(text[text.index(after: open)...].dropLast())
    let name = text[..<open].drop { $0 == " " }.reversed().drop { $0 == " " }.reversed()
    guard email.contains("@") else { return nil }
    return Address(name: name.isEmpty ? nil : String(name), email: email)
  }
}

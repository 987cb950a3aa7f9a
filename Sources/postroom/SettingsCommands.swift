import ArgumentParser
import PostroomClient

struct Settings: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract:
      "Show or change what is logged: addresses to log by, own domains, whom never to log, how to match.",
    discussion: """
      A list that is given replaces the one before; give --clear NAME to empty one (bcc, forward, own-domain, \
      never-log). Changes hold for mail that is read from now on.

      EXAMPLES:
        postroom settings
        postroom settings --bcc log@acme.example --forward forward@acme.example
        postroom settings --own-domain acme.example --never-log lawyers.example
        postroom settings --known-contacts --subject-days 30
        postroom settings --search full
        postroom settings --no-match-subject --same-subject
        postroom settings --per-day 2000
      """)

  @Option(help: "Mail of your people with this blind copy is logged; may be given again.") var bcc: [String] =
    []
  @Option(help: "What your people forward here is logged; may be given again.") var forward: [String] = []
  @Option(help: "A domain of your people: mail among them is never logged; may be given again.")
  var ownDomain: [String] = []
  @Option(help: "An address or domain that is never logged; may be given again.") var neverLog: [String] = []
  @Option(help: "Sent mail with this header field is logged; an empty name turns it off.")
  var trackingHeader: String?
  @Flag(inversion: .prefixedNo, help: "Guess by subject, people and time where Message-IDs are lost.")
  var matchSubject: Bool?
  @Option(help: "How many days after the last mail such a guess may be.") var subjectDays: Int64?
  @Flag(inversion: .prefixedNo, help: "A mail joins only a conversation with the same subject.")
  var sameSubject: Bool?
  @Flag(inversion: .prefixedNo, help: "Log all mail with people of whom a mail was logged before.")
  var knownContacts: Bool?
  @Option(help: "What postroom search finds: off, metadata or full.") var search: String?
  @Option(help: "Mails that may leave all mailboxes together within a minute; 0 for no limit.")
  var perMinute: Int64?
  @Option(help: "The same within 24 hours.") var perDay: Int64?
  @Option(help: "Empty this list.") var clear: [String] = []
  @OptionGroup var options: ServerOptions

  func validate() throws {
    let names = ["bcc", "forward", "own-domain", "never-log"]
    if let search, !["off", "metadata", "full"].contains(search) {
      throw ValidationError("--search takes off, metadata or full.")
    }
    for name in clear where !names.contains(name) {
      throw ValidationError("--clear takes one of \(names.joined(separator: ", ")).")
    }
  }

  func run() async throws {
    try await options.run { client in
      func list(_ values: [String], _ name: String) -> [String]? {
        values.isEmpty ? (clear.contains(name) ? [] : nil) : values
      }
      let change = TenantSettingsChange(
        bccAddresses: list(bcc, "bcc"), forwardAddresses: list(forward, "forward"),
        trackingHeader: trackingHeader, ownDomains: list(ownDomain, "own-domain"),
        neverLog: list(neverLog, "never-log"), matchBySubject: matchSubject, matchBySubjectDays: subjectDays,
        demandSameSubject: sameSubject, logKnownContacts: knownContacts,
        search: search.map { SearchLevel(rawValue: $0) }, sendsPerMinuteMax: perMinute,
        sendsPerDayMax: perDay)
      let now =
        change != TenantSettingsChange()
        ? try await client.tenant.update(settings: change) : try await client.tenant.settings()
      if options.json { return Terminal.line(now.json) }
      let s = now.settings
      Terminal.line("tenant           \(Terminal.safeLine(now.tenant.name)) (\(now.tenant.id))")
      Terminal.line("log by copy to   \(Self.words(s.bccAddresses))")
      Terminal.line("log forwards to  \(Self.words(s.forwardAddresses))")
      Terminal.line("tracking header  \(s.trackingHeader.isEmpty ? "(none)" : s.trackingHeader)")
      Terminal.line("own domains      \(Self.words(s.ownDomains))")
      Terminal.line("never log        \(Self.words(s.neverLog))")
      Terminal.line("match by subject \(s.matchBySubject ? "within \(s.matchBySubjectDays) days" : "no")")
      Terminal.line("same subject     \(s.demandSameSubject ? "demanded" : "not demanded")")
      Terminal.line(
        "known contacts   \(s.logKnownContacts ? "all mail is logged" : "only answers are logged")")
      Terminal.line("search           \(s.search)")
      let limits = SendLimits(perMinute: s.sendsPerMinuteMax, perDay: s.sendsPerDayMax)
      Terminal.line("sending          \(MailboxCommand.words(limits))")
    }
  }

  private static func words(_ list: [String]) -> String {
    list.isEmpty ? "(none)" : list.map { Terminal.safeLine($0) }.joined(separator: ", ")
  }
}

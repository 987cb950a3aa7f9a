import ArgumentParser
import PostroomClient

struct Probe: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Show what a mailbox's servers offer, what of it is used, and why.",
    discussion: """
      Signs in and looks around; nothing is stored and nothing changed. Of a connected mailbox the address or id is \
      enough. Of another account name the servers as for connect; the password is asked for.

      EXAMPLES:
        postroom probe name@example.org
        postroom probe name@example.org --imap imap.example.org --smtp smtp.example.org
      """)

  @Argument(help: "The mailbox's address or id.") var mailbox: String
  @Option(
    help: ArgumentHelp("The IMAP server of an account that is not connected.", valueName: "host[:port]"))
  var imap: ServerArgument?
  @Option(help: ArgumentHelp("Its SMTP submission server.", valueName: "host[:port]")) var smtp:
    ServerArgument?
  @Option(help: "The user name, where it is not the address.") var user: String?
  @Flag(help: "Also what is not offered.") var all = false
  @OptionGroup var secret: PasswordOptions
  @OptionGroup var options: ServerOptions

  func validate() throws {
    if imap == nil, smtp != nil || user != nil || secret.passwordFile != nil {
      throw ValidationError("--smtp, --user and --password-file go with --imap.")
    }
  }

  func run() async throws {
    try await options.run { client in
      let call = CallOptions(timeout: .seconds(150))
      let probe: MailboxProbe
      if let imap {
        let password = try secret.password(for: user ?? mailbox)
        probe = try await client.mailbox.probe(
          userName: user ?? mailbox, password: password, imap: imap.choice, smtp: smtp?.choice, options: call)
      } else {
        probe = try await client.mailbox.probe(
          mailboxId: try await options.mailbox(mailbox, client).id, options: call)
      }
      if options.json { Terminal.line(probe.json) } else { show(probe) }
    }
  }

  private func show(_ probe: MailboxProbe) {
    Terminal.line(
      "IMAP  \(probe.imap.host):\(probe.imap.port) (\(probe.imap.security))\(probe.software.map { ", \($0)" } ?? "")"
    )
    if let smtp = probe.smtp { Terminal.line("SMTP  \(smtp.host):\(smtp.port) (\(smtp.security))") }
    Terminal.line("New mail by \(probe.newsBy), changes by \(probe.changesBy).")
    Terminal.line("Sent mail: \(sentMail(probe))")
    let limits = [
      probe.appendOctetsMax.map { "to a folder \($0) octets" },
      probe.submitOctetsMax.map { "to send \($0) octets" },
    ].compactMap(\.self)
    if !limits.isEmpty { Terminal.line("Largest mail: " + limits.joined(separator: ", ")) }
    Terminal.line("")
    Terminal.table(
      ["FEATURE", "DECISION", "WHY"],
      probe.features.filter { all || $0.decision != .absent }.map { [$0.name, "\($0.decision)", $0.reason] })
    if !probe.quirks.isEmpty {
      Terminal.line("")
      Terminal.table(["QUIRK", "EFFECT", "FACT"], probe.quirks.map { [$0.id, "\($0.effect)", $0.fact] })
    }
    Terminal.line("")
    Terminal.table(
      ["FOLDER", "ROLE", "READ", "MESSAGES"],
      probe.folders.map {
        [$0.name, $0.role.map { "\($0)" } ?? "", $0.syncs ? "yes" : "no", $0.messages.map { "\($0)" } ?? ""]
      })
  }

  private func sentMail(_ probe: MailboxProbe) -> String {
    switch probe.sentFiling {
    case .provider: "the provider files it\(probe.sentFolder.map { " in \($0)" } ?? "")"
    case .append: "a copy is put into \(probe.sentFolder ?? "a folder") unless one is there"
    default: "there is no folder for it"
    }
  }
}

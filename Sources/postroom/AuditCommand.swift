import ArgumentParser
import PostroomClient

struct Audit: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Compare a mailbox with its server, and say why mail is not here.",
    discussion: """
      Every folder is compared message by message; nothing is changed. Each mailbox is also audited once a day by \
      itself. Ends with status 1 when something differs without a reason.

      EXAMPLE:
        postroom audit name@example.org
      """)

  @Argument(help: "The mailbox's address or id.") var mailbox: String
  @OptionGroup var options: ServerOptions

  func run() async throws {
    try await options.run { client in
      let audit = try await client.mailbox.audit(
        mailboxId: try await options.mailbox(mailbox, client).id,
        options: CallOptions(timeout: .seconds(600)))
      if options.json { Terminal.line(audit.json) } else { show(audit) }
      if audit.unexplained > 0 { throw ExitCode(1) }
    }
  }

  private func show(_ audit: MailboxAudit) {
    Terminal.table(
      ["FOLDER", "ON SERVER", "LOGGED", "NOT HERE, AND WHY"],
      audit.folders.map { folder in
        var why = folder.absent.map { "\($0.mails) \($0.reason)" }
        if folder.onlyHere > 0 { why.append("\(folder.onlyHere) only here") }
        if let uids = folder.doubtfulUids { why.append("UIDs \(uids)") }
        return [folder.name, "\(folder.onServer)", "\(folder.logged)", why.joined(separator: ", ")]
      })
    Terminal.line("")
    Terminal.line(
      audit.unexplained == 0
        ? "Everything is explained: \(audit.onServer) mails on the server, \(audit.logged) logged."
        : "\(audit.unexplained) mails differ without a reason: that is a fault, please report it.")
  }
}

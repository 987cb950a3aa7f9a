import ArgumentParser

/// The command line. Everything it does, every client of the API can do.
@main
struct Postroom: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "postroom",
    abstract: "Connected mailboxes from the command line.",
    discussion: """
      Talks to a running postroomd. Where it is: --server, else $POSTROOM_SERVER, else \
      unix://$HOME/postroom/postroom.sock, else the package's unix:///run/postroom.sock. Over TCP a token is needed: $POSTROOM_TOKEN, or --token-file.

      EXAMPLE: postroom connect name@example.org --imap imap.example.org --smtp smtp.example.org

      With --json each result is one JSON object a line, as the API gives it.

      EXIT STATUS: 0 done; 1 the server said no (its words are on standard error); 2 the mail servers or the \
      address given cannot be used; 3 postroomd cannot be reached; 4 nothing was changed because you said no; \
      64 wrong usage.
      """,
    version: "0.1.0",
    groupedSubcommands: [
      CommandGroup(
        name: "Mailboxes",
        subcommands: [
          Connect.self, Discover.self, Providers.self, Probe.self, Audit.self, Reconnect.self,
          Disconnect.self,
          DeleteMailbox.self,
          Mailboxes.self,
          MailboxCommand.self,
          Folders.self, Sync.self,
        ]),
      CommandGroup(
        name: "Mail",
        subcommands: [
          Send.self, Reply.self, Forward.self, UploadCommand.self, CancelMail.self, Mails.self,
          SearchMail.self, ShowMail.self,
        ]),
      CommandGroup(
        name: "Conversations",
        subcommands: [
          Threads.self, ThreadCommand.self, Track.self, Untrack.self, Record.self, Settings.self,
          Watch.self,
        ]),
      CommandGroup(
        name: "Keeping and erasing",
        subcommands: [
          DeleteMail.self, RetentionCommand.self, HoldCommand.self, Erase.self, Receipts.self,
          ReceiptCommand.self, Export.self,
        ]),
      CommandGroup(
        name: "The server",
        subcommands: [
          Status.self, Top.self, Tail.self, WebhookCommand.self, Console.self, Doctor.self, Tokens.self,
          Tenants.self, API.self,
        ]),
      CommandGroup(name: "Trying out", subcommands: [Sim.self, Demo.self]),
    ])
}

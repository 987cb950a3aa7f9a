import ArgumentParser
import Foundation
import PostroomClient

struct Tokens: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "token", abstract: "Who may call: make, list and revoke access tokens.",
    discussion: """
      A token belongs to one tenant and has scopes: read, send, manage, purge, admin. What is shown when it is made is \
      its secret, and is shown once.

      EXAMPLES:
        postroom token create crm --scope read --scope send
        postroom token certificate crm-host --scope read --file client.pem
        postroom token list
        postroom token revoke tk4
      """,
    subcommands: [Create.self, Certificate.self, List.self, Show.self, Revoke.self])

  struct Rights: ParsableArguments {
    @Option(
      name: .customLong("scope"),
      help: ArgumentHelp("What it may do; may be given again.", valueName: "scope"))
    var scopes: [String]
    @Option(help: ArgumentHelp("It ends at this time, RFC 3339 in UTC.", valueName: "time")) var expires:
      String?
    @Option(help: ArgumentHelp("Whose it is; the caller's own when not given.", valueName: "tenant-id"))
    var tenant: String?

    static let all = ["read", "send", "manage", "purge", "admin"]

    func validate() throws {
      for scope in scopes where !Self.all.contains(scope) {
        throw ValidationError("--scope '\(scope)' is none of \(Self.all.joined(separator: ", ")).")
      }
    }

    var list: [Scope] { scopes.map { Scope(rawValue: $0) } }
  }

  struct Create: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Make a token and print its secret, once.",
      discussion: "EXAMPLE: postroom token create crm --scope read --scope send > crm.token")
    @Argument(help: "A name to know it by.") var name: String
    @OptionGroup var rights: Rights
    @OptionGroup var options: ServerOptions

    func run() async throws {
      try await options.run { client in
        let new = try await client.token.create(
          tenantId: rights.tenant, name: name, scopes: rights.list, expiresAt: rights.expires)
        if options.json { return Terminal.line(new.json) }
        // The secret alone on standard output: it can go straight into a file.
        Terminal.error(
          "\(new.token.id), scopes \(rights.scopes.joined(separator: ", ")). This is shown once:")
        Terminal.line(new.secret)
      }
    }
  }

  struct Certificate: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Let a client certificate call without a token.",
      discussion: """
        The server must take client certificates: postroomd --tls-client-ca.

        EXAMPLE: postroom token certificate crm-host --scope read --file client.pem
        """)
    @Argument(help: "A name to know it by.") var name: String
    @Option(help: ArgumentHelp("The certificate, in PEM.", valueName: "file")) var file: String
    @OptionGroup var rights: Rights
    @OptionGroup var options: ServerOptions

    func run() async throws {
      guard let text = try? String(contentsOfFile: file, encoding: .utf8) else {
        throw Failure.from(Failure(.usage, "\(file) cannot be read."), url: "")
      }
      try await options.run { client in
        let new = try await client.token.addCertificate(
          tenantId: rights.tenant, name: name, scopes: rights.list, expiresAt: rights.expires,
          certificate: text)
        Terminal.line(options.json ? new.json : "\(new.id): \(new.certificateSha256 ?? "")")
      }
    }
  }

  struct List: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "List the tokens of a tenant, without secrets.",
      discussion: "EXAMPLE: postroom token list --tenant tn2")
    @Option(help: ArgumentHelp("The caller's own when not given.", valueName: "tenant-id")) var tenant:
      String?
    @OptionGroup var options: ServerOptions

    func run() async throws {
      try await options.run { client in
        let all = try await client.token.list(tenantId: tenant).tokens
        if options.json { return all.forEach { Terminal.line($0.json) } }
        Terminal.table(
          ["ID", "NAME", "SCOPES", "MADE", "ENDS"],
          all.map {
            [
              $0.id, $0.name, $0.scopes.map(\.rawValue).joined(separator: " "), $0.createdAt,
              $0.expiresAt ?? "never",
            ]
          })
      }
    }
  }

  struct Show: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Show a token, without its secret.", discussion: "EXAMPLE: postroom token show tk4")
    @Argument(help: "The token's id.") var token: String
    @Option(help: ArgumentHelp("The caller's own when not given.", valueName: "tenant-id")) var tenant:
      String?
    @OptionGroup var options: ServerOptions

    func run() async throws {
      try await options.run { client in
        let token = try await client.token.get(tokenId: token, tenantId: tenant)
        if options.json { return Terminal.line(token.json) }
        let scopes = token.scopes.map(\.rawValue).joined(separator: " ")
        Terminal.line(
          "\(token.id)  \(Terminal.safeLine(token.name))  \(scopes)  made \(token.createdAt)  ends "
            + (token.expiresAt ?? "never"))
        if let digest = token.certificateSha256 { Terminal.line("  certificate \(digest)") }
      }
    }
  }

  struct Revoke: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "End a token at once, also on connections that use it.",
      discussion: "EXAMPLE: postroom token revoke tk4")
    @Argument(help: "The token's id.") var token: String
    @Option(help: ArgumentHelp("The caller's own when not given.", valueName: "tenant-id")) var tenant:
      String?
    @OptionGroup var options: ServerOptions

    func run() async throws {
      try await options.run { client in
        try await client.token.revoke(tokenId: token, tenantId: tenant)
        if !options.json { Terminal.line("\(token) is revoked.") }
      }
    }
  }
}

struct Tenants: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "tenant", abstract: "Whose mail it is: make and list tenants.",
    discussion: """
      No tenant sees anything of another. Make one for each customer, and a token for it.

      EXAMPLE: postroom tenant create "Acme Ltd" && postroom token create crm --tenant tn2 --scope read --scope send
      """,
    subcommands: [Create.self, List.self, Show.self])

  struct Create: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Make a tenant.",
      discussion: "EXAMPLE: postroom tenant create \"Acme Ltd\"")
    @Argument(help: "Its name.") var name: String
    @OptionGroup var options: ServerOptions

    func run() async throws {
      try await options.run { client in
        let new = try await client.tenant.create(name: name)
        Terminal.line(options.json ? new.json : "\(new.id)")
      }
    }
  }

  struct List: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "List the tenants.",
      discussion: "EXAMPLE: postroom tenant list")
    @OptionGroup var options: ServerOptions

    func run() async throws {
      try await options.run { client in
        let all = try await client.tenant.list().tenants
        if options.json { return all.forEach { Terminal.line($0.json) } }
        Terminal.table(["ID", "NAME", "MADE"], all.map { [$0.id, $0.name, $0.createdAt] })
      }
    }
  }
}

extension Tenants {
  struct Show: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Show a tenant.", discussion: "EXAMPLE: postroom tenant show tn2")
    @Argument(help: "The tenant's id.") var tenant: String
    @OptionGroup var options: ServerOptions

    func run() async throws {
      try await options.run { client in
        let tenant = try await client.tenant.get(tenantId: tenant)
        Terminal.line(
          options.json
            ? tenant.json : "\(tenant.id)  \(Terminal.safeLine(tenant.name))  made \(tenant.createdAt)")
      }
    }
  }
}

struct Folders: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "List a mailbox's folders: what they are for, and how far they are read.",
    discussion: "EXAMPLE: postroom folders name@example.org")
  @Argument(help: "The mailbox's address or id.") var mailbox: String
  @OptionGroup var options: ServerOptions

  func run() async throws {
    try await options.run { client in
      let known = try await options.mailbox(mailbox, client)
      let all = try await client.folder.list(mailboxId: known.id).folders
      if options.json { return all.forEach { Terminal.line($0.json) } }
      Terminal.table(
        ["ID", "ROLE", "READ", "OF", "NAME"],
        all.map {
          [$0.id, $0.role?.rawValue ?? "", $0.syncs ? "\($0.stored)" : "not read", "\($0.total)", $0.name]
        })
    }
  }
}

struct CancelMail: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "cancel", abstract: "Stop a mail that waits to be sent.",
    discussion: "EXAMPLE: postroom cancel m42")
  @Argument(help: "The mail's id.") var mail: String
  @OptionGroup var options: ServerOptions

  func run() async throws {
    try await options.run { client in
      let now = try await client.mail.cancel(mailId: mail)
      Terminal.line(options.json ? now.json : "\(mail) is \(now.state).")
    }
  }
}

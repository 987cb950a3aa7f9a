import ArgumentParser
import PostroomClient

struct WebhookCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "webhook", abstract: "Have events delivered to a URL.",
    discussion: """
      EXAMPLES:
        postroom webhook add https://crm.example/hooks/postroom --kind mail.logged --kind mail.bounced
        postroom webhook test wh1
        postroom webhook replay wh1 --after 120
      """,
    subcommands: [
      Add.self, List.self, Show.self, Change.self, Remove.self, Replay.self, Test.self,
    ], defaultSubcommand: List.self)

  struct Add: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Add a webhook. Its secret is shown this once.",
      discussion: "EXAMPLE: postroom webhook add https://crm.example/hooks/postroom --kind mail.logged")
    @Argument(help: "Where events are POSTed.") var url: String
    @Option(name: .customLong("kind"), help: "Only events of this type; may be given again.") var kinds:
      [String] = []
    @Option(help: "Events above this number; those from now on when left out.") var after: String?
    @OptionGroup var options: ServerOptions

    func run() async throws {
      try await options.run { client in
        let made = try await client.webhook.create(
          url: url, kinds: kinds.map { EventType(rawValue: $0) }, after: after)
        if options.json { return Terminal.line(made.json) }
        Terminal.line("\(made.webhook.id) gets the events above \(made.webhook.cursor).")
        Terminal.line("Its secret, shown this once: \(made.secret ?? "")")
      }
    }
  }

  struct List: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "List the webhooks.", discussion: "EXAMPLE: postroom webhook list")
    @OptionGroup var options: ServerOptions

    func run() async throws {
      try await options.run { client in
        let all = try await client.webhook.list().webhooks
        if options.json { return all.forEach { Terminal.line($0.json) } }
        Terminal.table(
          ["ID", "STATE", "CURSOR", "FAILURES", "URL"],
          all.map {
            [$0.id, $0.state.rawValue, $0.cursor, "\($0.failures)", Terminal.safeLine($0.url)]
          })
      }
    }
  }

  struct Show: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Show a webhook: how far it is, and what went wrong last.",
      discussion: "EXAMPLE: postroom webhook show wh1")
    @Argument(help: "The webhook's id.") var webhook: String
    @OptionGroup var options: ServerOptions

    func run() async throws {
      try await options.run { client in
        WebhookCommand.show(try await client.webhook.get(webhookId: webhook), options)
      }
    }
  }

  struct Change: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Change a webhook. What is not named stays as it is.",
      discussion: """
        After --rotate-secret both secrets sign for 24 hours.

        EXAMPLE: postroom webhook change wh1 --rotate-secret
        """)
    @Argument(help: "The webhook's id.") var webhook: String
    @Option(help: "Where events are POSTed from now on.") var url: String?
    @Option(name: .customLong("kind"), help: "Only events of this type; may be given again.") var kinds:
      [String] = []
    @Flag(help: "All types of events.") var allKinds = false
    @Flag(help: "Turn it on again, where it was left.") var on = false
    @Flag(help: "Turn it off.") var off = false
    @Flag(help: "Make a new secret.") var rotateSecret = false
    @OptionGroup var options: ServerOptions

    func validate() throws {
      if on && off { throw ValidationError("Name one of --on, --off.") }
      if allKinds && !kinds.isEmpty { throw ValidationError("Name one of --kind, --all-kinds.") }
    }

    func run() async throws {
      try await options.run { client in
        let changed = try await client.webhook.update(
          webhookId: webhook, url: url,
          kinds: allKinds ? [] : kinds.isEmpty ? nil : kinds.map { EventType(rawValue: $0) },
          enabled: on ? true : off ? false : nil, rotateSecret: rotateSecret)
        if options.json { return Terminal.line(changed.json) }
        WebhookCommand.show(changed.webhook, options)
        if let secret = changed.secret { Terminal.line("Its new secret, shown this once: \(secret)") }
      }
    }
  }

  struct Remove: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Remove a webhook.", discussion: "EXAMPLE: postroom webhook remove wh1")
    @Argument(help: "The webhook's id.") var webhook: String
    @OptionGroup var options: ServerOptions

    func run() async throws {
      try await options.run { client in
        try await client.webhook.delete(webhookId: webhook)
        if !options.json { Terminal.line("\(webhook) is gone.") }
      }
    }
  }

  struct Replay: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Deliver events from a number on, again or at last.",
      discussion: "EXAMPLE: postroom webhook replay wh1 --after 120")
    @Argument(help: "The webhook's id.") var webhook: String
    @Option(help: "Events above this number.") var after: String
    @OptionGroup var options: ServerOptions

    func run() async throws {
      try await options.run { client in
        WebhookCommand.show(try await client.webhook.replay(webhookId: webhook, after: after), options)
      }
    }
  }

  struct Test: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Send one test event now, and say what came of it.",
      discussion: "EXAMPLE: postroom webhook test wh1")
    @Argument(help: "The webhook's id.") var webhook: String
    @OptionGroup var options: ServerOptions

    func run() async throws {
      try await options.run { client in
        let test = try await client.webhook.test(webhookId: webhook)
        if options.json { return Terminal.line(test.json) }
        let status = test.status.map { " (\($0))" } ?? ""
        Terminal.line(
          test.delivered
            ? "Delivered in \(test.milliseconds) ms\(status)."
            : "Not delivered: \(Terminal.safeLine(test.problem ?? "unknown"))\(status).")
        if !test.delivered { throw ExitCode.failure }
      }
    }
  }

  static func show(_ hook: Webhook, _ options: ServerOptions) {
    if options.json { return Terminal.line(hook.json) }
    Terminal.line("\(hook.id) \(Terminal.safeLine(hook.url))")
    let reason = hook.reason.map { " (\($0.rawValue))" } ?? ""
    Terminal.line("  \(hook.state.rawValue)\(reason), got the events up to \(hook.cursor)")
    Terminal.line(
      "  wants \(hook.kinds.isEmpty ? "all events" : hook.kinds.map(\.rawValue).joined(separator: ", "))")
    if let at = hook.deliveredAt { Terminal.line("  the last one at \(at)") }
    if let problem = hook.lastProblem {
      let next = hook.nextAttemptAt.map { ", the next attempt is at \($0)" } ?? ""
      Terminal.line(
        "  last problem: \(Terminal.safeLine(problem)); \(hook.failures) failures in a row\(next)")
    }
    if let until = hook.oldSecretUntil { Terminal.line("  the secret before signs too until \(until)") }
    if let advice = hook.advice { Terminal.line("  \(advice)") }
  }
}

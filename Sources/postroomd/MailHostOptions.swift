import ArgumentParser
import MailEngine
import Services
import Sockets

/// Which addresses mail servers may have: their names come from callers, who must not reach this machine's own
/// network through it.
struct MailHostOptions: ParsableArguments {
  @Flag(
    name: .long,
    help: ArgumentHelp(
      "Also mail servers on this machine and in private networks (10.0.0.0/8 and the like), at any port."))
  var allowPrivateHosts = false

  @Option(
    name: .long,
    help: ArgumentHelp(
      "Also mail servers in this network, at any port; may be given again.", valueName: "address/bits"))
  var allowHosts: [String] = []

  @Option(
    name: .long,
    help: ArgumentHelp(
      "Also this port, besides 25, 143, 465, 587 and 993; may be given again.", valueName: "port"))
  var mailPort: [UInt16] = []

  @Option(
    name: .long,
    help: ArgumentHelp(
      "Sign-ins that one mail server is asked for within a minute, evenly.", valueName: "count"))
  var signInsPerMinute = 3000

  @Option(
    name: .long,
    help: ArgumentHelp(
      "Connections to one mail server at once, of all mailboxes; 0 is no limit. Each mailbox keeps one.",
      valueName: "count"))
  var connectionsPerHost = 0

  @Option(
    name: .long,
    help: ArgumentHelp(
      "Connections of one mailbox at once, where its provider is not known to allow fewer.",
      valueName: "count"))
  var connectionsPerMailbox = 8

  @Option(
    name: .long,
    help: ArgumentHelp(
      "MiB read from one mailbox within a day before older mail waits, where its provider is not known to give fewer; "
        + "0 is no limit.", valueName: "mib"))
  var mailboxMibPerDay: Int64 = 0

  @Option(
    name: .long,
    help: ArgumentHelp(
      "Mailboxes that read older mail at the same time; the others wait, and read new mail.",
      valueName: "count"))
  var backfills = 32

  func validate() throws {
    guard (1...1_000_000).contains(signInsPerMinute) else {
      throw ValidationError("--sign-ins-per-minute is from 1 to 1000000.")
    }
    guard (0...1_000_000).contains(connectionsPerHost) else {
      throw ValidationError("--connections-per-host is from 0 to 1000000.")
    }
    guard (2...1000).contains(connectionsPerMailbox) else {
      throw ValidationError("--connections-per-mailbox is from 2 to 1000: one reads, one looks into Sent.")
    }
    guard (0...1_000_000).contains(mailboxMibPerDay) else {
      throw ValidationError("--mailbox-mib-per-day is from 0 to 1000000.")
    }
    guard (1...100_000).contains(backfills) else { throw ValidationError("--backfills is from 1 to 100000.") }
    for text in allowHosts where AddressBlock(text) == nil {
      throw ValidationError("--allow-hosts '\(text)' is no network, such as 10.1.0.0/16 or fd12:3456::/32.")
    }
  }

  var budgets: BudgetOptions {
    var budgets = BudgetOptions()
    budgets.hostSignInsPerMinute = signInsPerMinute
    budgets.hostConnectionsMax = connectionsPerHost == 0 ? nil : connectionsPerHost
    budgets.accountConnectionsMax = connectionsPerMailbox
    budgets.accountOctetsPerDay = mailboxMibPerDay == 0 ? nil : mailboxMibPerDay << 20
    budgets.backfillsMax = backfills
    return budgets
  }

  /// Web servers that give access tokens.
  var webPolicy: AddressPolicy {
    .servers(
      ports: [443], blocks: allowHosts.compactMap { AddressBlock($0) }, allowsPrivate: allowPrivateHosts)
  }

  var policy: AddressPolicy {
    .servers(
      ports: EngineOptions.mailPorts.union(mailPort), blocks: allowHosts.compactMap { AddressBlock($0) },
      allowsPrivate: allowPrivateHosts)
  }

  /// Endpoints of webhooks are named by callers too.
  var webhookPolicy: AddressPolicy {
    .servers(
      ports: WebhookOptions.ports, blocks: allowHosts.compactMap { AddressBlock($0) },
      allowsPrivate: allowPrivateHosts)
  }
}

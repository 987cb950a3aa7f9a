import ArgumentParser
import Dispatch
import Foundation
import Glibc
import MailSim

struct Sim: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Run a simulated mail provider: IMAP, SMTP, TLS, and people who answer.",
    discussion: """
      For trying Postroom, and for testing an integration without a mailbox. Prints where it listens and what to \
      type, and runs until it is ended (Ctrl-C). Mailboxes are made from the seed when they are read: a million \
      messages cost nothing at the start, and equal seeds make equal mailboxes.

      Everybody at the domain whose name is given with --user has the password "secret". Whoever is a \
      correspondent answers what is sent to them. Mail to tempfail@, reject@ is refused by the SMTP server \
      for now, for good.

      EXAMPLE:
        postroom sim --messages 20000 --folder ./sim &
        postroomd --data ./data --mail-ca-file ./sim/ca.pem --allow-private-hosts &
      """)

  @Option(help: "Messages in each INBOX at the start.") var messages: Int = 1000
  @Option(help: "From which all content is made.") var seed: UInt64 = 1
  @Option(help: "The provider's domain.") var domain: String = "example.test"
  @Option(help: "A user (the part before the @); may be given again.") var user: [String] = [
    "alice", "bob", "carol",
  ]
  @Option(help: "plain, gmail or office365: how the servers behave.") var profile: String = "plain"
  @Option(help: "An outside address that answers; may be given again.") var correspondent: [String] = [
    "dana@customer.example"
  ]
  @Option(help: ArgumentHelp("Correspondents answer after so long.", valueName: "milliseconds"))
  var answerAfter: Int64 = 300
  @Option(
    help: ArgumentHelp(
      "Where the certificate authority is kept; a temporary folder when not given.", valueName: "folder"))
  var folder: String?
  @Option(help: "Port of IMAP inside TLS; 0 is any free one.") var imapsPort: UInt16 = 0
  @Option(help: "Port of IMAP with STARTTLS.") var imapPort: UInt16 = 0
  @Option(help: "Port of submission inside TLS.") var smtpsPort: UInt16 = 0
  @Option(help: "Port of submission with STARTTLS.") var submissionPort: UInt16 = 0
  @Option(
    help: ArgumentHelp("How far away the servers are: a round trip takes so long.", valueName: "milliseconds")
  )
  var roundTrip: Int64 = 0
  @Flag(name: .long, help: "Print the ports as one JSON object.") var json = false

  func validate() throws {
    guard MailSimOptions.Profile(rawValue: profile) != nil else {
      throw ValidationError("--profile '\(profile)' is none of plain, gmail, office365.")
    }
    guard messages >= 0, messages <= 10_000_000 else {
      throw ValidationError("--messages is from 0 to 10000000.")
    }
    guard (0...60_000).contains(roundTrip) else {
      throw ValidationError("--round-trip is from 0 to 60000 milliseconds.")
    }
    for name in user where name.isEmpty || name.contains("@") {
      throw ValidationError("--user '\(name)' is the part before the @.")
    }
  }

  func run() async throws {
    var options = MailSimOptions()
    options.domain = domain
    options.users = Dictionary(uniqueKeysWithValues: Set(user.map { $0.lowercased() }).map { ($0, "secret") })
    options.seed = seed
    options.messages = messages
    options.profile = MailSimOptions.Profile(rawValue: profile) ?? .plain
    options.correspondents = correspondent.map {
      Correspondent(
        address: $0, name: $0.split(separator: "@").first.map { $0.capitalized } ?? $0,
        delayMilliseconds: answerAfter)
    }
    options.directory = folder
    options.roundTripMilliseconds = roundTrip
    (options.imapsPort, options.imapPort) = (imapsPort, imapPort)
    (options.smtpsPort, options.submissionPort) = (smtpsPort, submissionPort)
    let sim = MailSim(options: options)
    let ports = try await sim.start()
    try announce(ports)
    await Signals.wait()
    await sim.stop()
  }

  private func announce(_ p: MailSimEndpoints) throws {
    if json {
      let facts: [String: Any] = [
        "host": p.host, "imapsPort": Int(p.imapsPort), "imapPort": Int(p.imapPort),
        "smtpsPort": Int(p.smtpsPort),
        "submissionPort": Int(p.submissionPort), "caFile": p.caFile,
      ]
      let data = try JSONSerialization.data(
        withJSONObject: facts, options: [.sortedKeys, .withoutEscapingSlashes])
      return Terminal.line(String(decoding: data, as: UTF8.self))
    }
    Terminal.line(
      """
      A provider for \(domain) runs on \(p.host), each INBOX with \(messages) messages, password "secret".
        IMAP        \(p.imapsPort) (TLS), \(p.imapPort) (STARTTLS)
        submission  \(p.smtpsPort) (TLS), \(p.submissionPort) (STARTTLS)
        authority   \(p.caFile)
        answers     \(correspondent.joined(separator: ", "))
      Start the server with --mail-ca-file \(p.caFile) --allow-private-hosts, then:
        postroom connect \(user.first ?? "alice")@\(domain) --imap tls:\(p.host):\(p.imapsPort) --smtp tls:\(p.host):\(p.smtpsPort)
      Ctrl-C ends it.
      """)
  }
}

/// Waits for SIGINT or SIGTERM without blocking a thread.
enum Signals {
  static func wait() async {
    let (signals, arrived) = AsyncStream.makeStream(of: Void.self)
    let sources = [SIGINT, SIGTERM].map { number in
      signal(number, SIG_IGN)
      let source = DispatchSource.makeSignalSource(signal: number, queue: .global())
      source.setEventHandler { arrived.yield() }
      source.resume()
      return source
    }
    for await _ in signals { break }
    for source in sources { source.cancel() }
  }
}

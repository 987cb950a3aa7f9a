import Foundation
import PostroomClient

/// `example-sequencer ADDRESS...`: sends each of them the steps below, and stops at a reply or a hard bounce.
///
/// Everything it must remember is on the server: a step's idempotency key makes sending it again harmless, and the
/// events are read from the beginning. SEQUENCER_WAIT is the time between steps in seconds; three days when not set.
@main
struct Sequencer {
  static let name = "spring-offer"
  static let steps = [
    ("An offer", "Hello, we have an offer for you."),
    ("Re: An offer", "Did you have time to look at it?"),
    ("Re: An offer", "I will not write again. All the best."),
  ]
  static let wait = ProcessInfo.processInfo.environment["SEQUENCER_WAIT"].flatMap(Double.init) ?? 3 * 86400

  struct Contact {
    let address: String
    var step = 0
    var due = Date.distantPast
    var first: Mail?
    var end: String?

    mutating func send(_ client: PostroomClient, from mailbox: String) async throws {
      guard step < steps.count else {
        end = "no answer"
        return
      }
      let sent = try await client.mail.send(
        mailboxId: mailbox, to: [Address(email: address)], subject: steps[step].0, text: steps[step].1,
        inReplyToMailId: first?.id, origin: .sequence,
        options: CallOptions(idempotencyKey: "\(name)/\(address)/\(step)"))
      first = first ?? sent.mail
      step += 1
      let began = try Date.ISO8601FormatStyle(includingFractionalSeconds: true).parse(
        sent.submission.createdAt)
      due = began.addingTimeInterval(wait)
      print("\(address): step \(step)")
    }

    mutating func hear(_ event: Event) {
      guard end == nil, let thread = first?.threadId, event.threadId == thread else { return }
      let isLetter = event.facts["direction"] == "incoming" && event.facts["kind"] == nil
      if event.type == .mailLogged, isLetter { end = "replied" }
      if event.type == .mailBounced, event.facts["severity"] == "hard" { end = "bounced" }
    }
  }

  static func main() async throws {
    let environment = ProcessInfo.processInfo.environment
    let client = try await PostroomClient.connect(
      to: environment["POSTROOM_URL"] ?? "", token: environment["POSTROOM_TOKEN"])
    guard let mailbox = try await client.mailbox.list().mailboxes.first?.id else {
      print("no mailbox is connected")
      exit(1)
    }
    var contacts = CommandLine.arguments.dropFirst().map { Contact(address: $0) }
    for i in contacts.indices { try await contacts[i].send(client, from: mailbox) }
    var after = "0"
    while contacts.contains(where: { $0.end == nil }) {
      let page = try await client.events.read(after: after)
      for event in page.events { for i in contacts.indices { contacts[i].hear(event) } }
      after = page.cursor
      // First everything that has happened, then the next step.
      if !page.events.isEmpty { continue }
      for i in contacts.indices where contacts[i].end == nil && contacts[i].due <= Date() {
        try await contacts[i].send(client, from: mailbox)
      }
      try await Task.sleep(for: .milliseconds(200))
    }
    for contact in contacts { print("\(contact.address): \(contact.end ?? "")") }
    await client.close()
  }
}

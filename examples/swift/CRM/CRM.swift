import Foundation
import PostroomClient

/// `example-crm show ADDRESS`: the person's timeline. `example-crm erase ADDRESS [--yes]`: erases the person.
@main
struct CRM {
  static func main() async throws {
    let words = CommandLine.arguments.dropFirst()
    guard let command = words.first, let address = words.dropFirst().first else {
      print("example-crm show ADDRESS, or example-crm erase ADDRESS [--yes]")
      exit(64)
    }
    let environment = ProcessInfo.processInfo.environment
    let client = try await PostroomClient.connect(
      to: environment["POSTROOM_URL"] ?? "", token: environment["POSTROOM_TOKEN"])
    if command == "erase" {
      try await erase(client, address, isSure: words.contains("--yes"))
    } else {
      try await show(client, address)
    }
    await client.close()
  }

  static func show(_ client: PostroomClient, _ address: String) async throws {
    var mails: [Mail] = []
    var cursor: String?
    repeat {
      let page = try await client.mail.list(contact: address, cursor: cursor)
      mails += page.mails
      cursor = page.cursor
    } while cursor != nil
    mails.sort { $0.receivedAt < $1.receivedAt }
    for mail in mails {
      print("\(mail.receivedAt.prefix(16)) \(mail.direction == .incoming ? "<-" : "->") \(mail.subject)")
      let text = try await client.mail.get(mailId: mail.id).body?.replyText ?? ""
      for line in text.split(separator: "\n", omittingEmptySubsequences: true) { print("    \(line)") }
    }
    print("\(mails.count) mails")
  }

  static func erase(_ client: PostroomClient, _ address: String, isSure: Bool) async throws {
    let scope = PurgeScope(kind: .contact, email: address)
    let counts = try await client.purge.preview(scope: scope)
    print("\(counts.mails) mails in \(counts.threads) conversations would go")
    guard isSure else { return }
    var purge = try await client.purge.run(scope: scope)
    while purge.state != .done {
      try await Task.sleep(for: .milliseconds(100))
      purge = try await client.purge.status(purgeId: purge.id)
    }
    print("\(purge.counts.mails) mails are gone, \(purge.remaining) are left")
  }
}

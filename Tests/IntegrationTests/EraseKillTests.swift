import Foundation
import MailSim
import PostroomClient
import Testing

@Suite(.timeLimit(.minutes(2))) struct EraseKillTests {
  private static let kills = Place.isHeavy ? 50 : 10
  private static let mails = 3000

  @Test func `an erasure that is killed again and again ends by itself, and its receipt is exact`()
    async throws
  {
    var options = MailSimOptions()
    options.messages = Self.mails
    let sim = MailSim(options: options)
    let ports = try await sim.start()
    try await withStage { stage in
      var server = try await stage.postroomd("data", trusting: ports.caFile)
      let (box, address) = try await Self.prepare(server, sim, ports)
      var client = try await server.client()
      #expect(try Traces.count([address], in: server.data).values.allSatisfy { $0 > 0 })
      let scope = PurgeScope(kind: .mailbox, mailboxId: box)
      let preview = try await client.purge.preview(scope: scope)
      #expect(preview.mails >= Self.mails && preview.bodies == 3 && preview.mailboxes == 1)
      let begun = try await client.purge.run(scope: scope)

      var numbers = SeededNumbers(seed: 7)
      await client.close()
      for _ in 0..<Self.kills {
        try await Task.sleep(for: .milliseconds(Int.random(in: 0..<60, using: &numbers)))
        try await server.kill()
        server = try await stage.postroomd("data", trusting: ports.caFile)
      }
      client = try await server.client()
      let found = try await client.purge.status(purgeId: begun.id)
      print(
        "kills during an erasure: then it was \(found.state) with \(found.counts.mails) of \(preview.mails) mails"
      )
      let last = client
      let receipt: Purge = try await eventually("the erasure is done") {
        let now = try await last.purge.status(purgeId: begun.id)
        return now.state == .done ? now : nil
      }
      #expect(receipt.counts == preview && receipt.remaining == 0 && receipt.logTruncated)
      #expect(try await client.mailbox.list().mailboxes.isEmpty)
      #expect(try await client.mail.list(loggedOnly: false).mails.isEmpty)
      #expect(try await client.events.read(limit: 500).events.filter { $0.type == .purgeDone }.count == 1)
      #expect(try Traces.count([address], in: server.data) == [address: 0])
      await client.close()
      #expect(try await server.stop().status == 0)
    }
    await sim.stop()
  }

  /// A mailbox that is read, with three logged mails, and an address that stands in its mails.
  private static func prepare(
    _ server: Postroomd, _ sim: MailSim, _ ports: MailSimEndpoints
  ) async throws -> (box: String, address: String) {
    let client = try await server.client()
    let box = try await client.mailbox.connect(
      email: "alice@example.test", password: "secret", userName: "alice",
      imap: ServerChoice(host: ports.host, port: Int64(ports.imapsPort), security: .tls),
      smtp: ServerChoice(host: ports.host, port: Int64(ports.smtpsPort), security: .tls)
    ).id
    for try await status in client.sync.watch(mailboxId: box, options: StreamOptions(timeout: .seconds(60))) {
      if status.complete, status.phase == .live { break }
    }
    var address = ""
    for n in 0..<3 {
      let sent = try await client.mail.send(
        mailboxId: box, to: [Address(email: "eve\(n)@customer.example")], subject: "Mail \(n)",
        text: "Text \(n)")
      address = sent.mail.to.first?.email ?? ""
      _ = try await eventually("mail \(n) is sent and filed") {
        let now = try await client.mail.status(mailId: sent.mail.id)
        return now.state == .accepted && now.sentCopy != .pending ? true : nil
      }
    }
    await client.close()
    return (box, address)
  }
}

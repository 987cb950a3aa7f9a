import Foundation
import PostroomClient
import Testing

extension RealServerTests {
  @Suite(.serialized, .timeLimit(.minutes(5))) struct SendKillTests {
    private static let kills = Place.isHeavy ? 100 : 20
    private static let mailsEachRound = 3

    @Test func `after twenty kills while sending every accepted mail was delivered exactly once`()
      async throws
    {
      let servers = try MailServers.current
      try await withStage { stage in
        let brake = try Brake(to: servers.submissions)
        var server = try await stage.postroomd("data", trusting: servers.caFile)
        var desk = Desk(box: try await Self.connect("sonja", server, servers, submissionPort: brake.port))
        // A recipient whose mailbox is connected too: what arrives there proves that it was sent.
        _ = try await Self.connect("tobias", server, servers, submissionPort: servers.submissions)

        var numbers = SeededNumbers(seed: 4)
        for round in 0..<Self.kills {
          for n in 0..<Self.mailsEachRound {
            let user = n % 2 == 0 ? "ulrike" : "tobias"
            desk.calls.append(Call(key: "key-\(round)-\(n)", to: "\(user)@example.test"))
          }
          let client = try await server.client()
          let repeating = Task { [desk] in await desk.repeatAll(over: client) }
          try await Self.wait(for: round, brake, &numbers)
          try await server.kill()
          desk.note(await repeating.value)
          await client.close()
          brake.allow(nil)
          server = try await stage.postroomd("data", trusting: servers.caFile)
        }
        let client = try await server.client()
        desk.note(await desk.repeatAll(over: client))
        try await Self.check(desk, client, servers)
        await client.close()
        try await server.stop()
        await brake.stop()
      }
    }

    /// By turns for a moment after the calls have begun, and for a place in what the submission server says:
    /// often that is behind the end of a mail, before the server's word on it has come.
    private static func wait(for round: Int, _ brake: Brake, _ numbers: inout SeededNumbers) async throws {
      let milliseconds = Int.random(in: 0..<400, using: &numbers)
      let octets = Int.random(in: 0..<sessionOctets, using: &numbers)
      if round % 2 == 0 { return try await Task.sleep(for: .milliseconds(milliseconds)) }
      brake.allow(octets)
      try await brake.usedUp()
      try await Task.sleep(for: .milliseconds(milliseconds / 8))
    }

    /// About what a submission server says from its handshake to its word on the last of some mails.
    private static let sessionOctets = 3500

    private static func connect(
      _ user: String, _ server: Postroomd, _ servers: MailServers, submissionPort: Int64
    ) async throws -> String {
      let client = try await server.client()
      let box = try await client.mailbox.connect(
        email: "\(user)@example.test", password: "secret", imap: servers.implicit.imap,
        smtp: ServerChoice(host: "127.0.0.1", port: submissionPort, security: .tls))
      await client.close()
      return box.id
    }

    private static func check(_ desk: Desk, _ client: PostroomClient, _ servers: MailServers) async throws {
      // Each key has one answer, whoever asked and however often.
      #expect(desk.answers.count == desk.calls.count && desk.calls.count == kills * mailsEachRound)
      #expect(
        desk.answers.values.allSatisfy { $0.count == 1 }, "\(desk.answers.filter { $0.value.count != 1 })")
      let taken = desk.answers.values.compactMap(\.first)
      #expect(Set(taken.map(\.messageID)).count == taken.count)

      // Nothing that was taken on is lost: it comes to an end by itself.
      var ends: [String: Submission] = [:]
      for answer in taken {
        let end: Submission = try await eventually("an end for \(answer.messageID)", within: .seconds(40)) {
          let now = try await client.mail.status(mailId: answer.mailID)
          if now.state == .unknown { return now }
          return now.state == .accepted && now.sentCopy != .pending ? now : nil
        }
        ends[answer.messageID] = end
      }
      // Doubts about mail to a connected mailbox are settled by the first look, 10 s later.
      let provable = ends.values.filter { $0.state == .unknown && $0.recipients[0].email.hasPrefix("tobias") }
      var delivered = try await counts(servers)
      for doubtful in provable where delivered.inboxes[doubtful.messageId] != nil {
        let end: Submission = try await eventually("a proof for \(doubtful.messageId)", within: .seconds(20))
        {
          let now = try await client.mail.status(mailId: doubtful.mailId)
          return now.state == .accepted && now.sentCopy != .pending ? now : nil
        }
        ends[doubtful.messageId] = end
      }
      let accepted = Set(ends.filter { $0.value.state == .accepted }.keys)
      let unknown = Set(ends.keys).subtracting(accepted)
      delivered = try await eventually("what was accepted is delivered", every: .milliseconds(300)) {
        let now = try await counts(servers)
        return accepted.isSubset(of: now.inboxes.keys) && accepted.isSubset(of: now.sent.keys) ? now : nil
      }
      #expect(accepted.count + unknown.count == ends.count)
      #expect(accepted.allSatisfy { delivered.inboxes[$0] == 1 && delivered.sent[$0] == 1 })
      #expect(unknown.allSatisfy { delivered.inboxes[$0, default: 0] <= 1 && delivered.sent[$0] == nil })
      #expect(Set(delivered.inboxes.keys).isSubset(of: ends.keys), "nothing else was sent")
      let arrived = unknown.filter { delivered.inboxes[$0] != nil }.count
      let repeated = ends.values.filter { $0.attempts > 1 }.count
      print(
        "kills while sending: \(accepted.count) mails accepted, \(provable.count) of them after a doubt; "
          + "\(unknown.count) in doubt for good, \(arrived) of them delivered; \(repeated) tried more than once"
      )
    }

    private static func counts(_ servers: MailServers) async throws -> (
      inboxes: [String: Int], sent: [String: Int]
    ) {
      let ulrike = try await servers.messageIDs(of: "ulrike", folder: "INBOX")
      let tobias = try await servers.messageIDs(of: "tobias", folder: "INBOX")
      return (
        ulrike.merging(tobias, uniquingKeysWith: +), try await servers.messageIDs(of: "sonja", folder: "Sent")
      )
    }
  }
}

/// A mail that somebody wants sent once.
private struct Call: Sendable {
  let key: String
  let to: String
}

/// A caller who repeats what has no answer yet, with the same keys.
private struct Desk: Sendable {
  struct Answer: Hashable, Sendable {
    let mailID: String
    let messageID: String
  }

  let box: String
  var calls: [Call] = []
  /// All different answers that a key ever had.
  var answers: [String: Set<Answer>] = [:]

  mutating func note(_ new: [(String, Answer)]) {
    for (key, answer) in new { answers[key, default: []].insert(answer) }
  }

  /// Until the server is gone: the calls without an answer first, then all others again.
  func repeatAll(over client: PostroomClient) async -> [(String, Answer)] {
    var got: [(String, Answer)] = []
    for call in calls.filter({ answers[$0.key] == nil }) + calls.filter({ answers[$0.key] != nil }) {
      do {
        let result = try await client.mail.send(
          mailboxId: box, to: [Address(email: call.to)], subject: "Mail \(call.key)",
          text: "This is \(call.key).",
          options: CallOptions(idempotencyKey: call.key))
        got.append((call.key, Answer(mailID: result.mail.id, messageID: result.submission.messageId)))
      } catch {
        // The server was killed; whether it took the mail is not known. It is asked again after its start.
        return got
      }
    }
    return got
  }
}

import MailSim
import PostroomClient
import Testing

/// Connecting with what is wrong: each failure has its own word, and nothing is stored.
@Suite(.timeLimit(.minutes(2))) struct ConnectFailureTests {
  /// Where servers with all kinds of certificates listen; one authority is trusted.
  struct Ports {
    let valid, expired, wrongName, untrusted: MailSimEndpoints
  }

  struct Case: CustomTestStringConvertible {
    let name: String
    let reason: String
    /// What the message must contain, for a person to act on.
    let words: [String]
    var password = "secret"
    let servers: @Sendable (Ports) -> (imap: ServerChoice, smtp: ServerChoice)

    init(
      _ name: String, _ reason: String, words: [String], password: String = "secret",
      servers: @escaping @Sendable (Ports) -> (imap: ServerChoice, smtp: ServerChoice)
    ) {
      (self.name, self.reason, self.words, self.password, self.servers) = (
        name, reason, words, password, servers
      )
    }

    var testDescription: String { name }
  }

  private static func imap(_ ports: MailSimEndpoints) -> ServerChoice {
    ServerChoice(host: ports.host, port: Int64(ports.imapsPort), security: .tls)
  }

  private static func smtp(_ ports: MailSimEndpoints) -> ServerChoice {
    ServerChoice(host: ports.host, port: Int64(ports.smtpsPort), security: .tls)
  }

  /// A port where nobody listens: the kernel answers at once.
  private static let closed = ServerChoice(host: "127.0.0.1", port: 1, security: .tls)
  private static let nowhere = ServerChoice(host: "mail.does-not-exist.invalid", port: 993, security: .tls)

  static let cases: [Case] = [
    Case(
      "a wrong password", "connect.imap.authenticationFailed", words: ["login", "password"], password: "wrong"
    ) {
      (imap($0.valid), smtp($0.valid))
    },
    Case("an IMAP host without an address", "connect.imap.hostUnknown", words: ["resolve", "spelling"]) {
      (nowhere, smtp($0.valid))
    },
    Case("an SMTP host without an address", "connect.smtp.hostUnknown", words: ["resolve", "spelling"]) {
      (imap($0.valid), nowhere)
    },
    Case("a closed IMAP port", "connect.imap.unreachable", words: ["connect", "port"]) {
      (closed, smtp($0.valid))
    },
    Case("a closed SMTP port", "connect.smtp.unreachable", words: ["connect", "port"]) {
      (imap($0.valid), closed)
    },
    Case("an expired IMAP certificate", "connect.imap.certificate.expired", words: ["certificate", "renew"]) {
      (imap($0.expired), smtp($0.valid))
    },
    Case("an expired SMTP certificate", "connect.smtp.certificate.expired", words: ["certificate", "renew"]) {
      (imap($0.valid), smtp($0.expired))
    },
    Case(
      "an IMAP certificate for another name", "connect.imap.certificate.wrongHost", words: ["another name"]
    ) {
      (imap($0.wrongName), smtp($0.valid))
    },
    Case(
      "an SMTP certificate for another name", "connect.smtp.certificate.wrongHost", words: ["another name"]
    ) {
      (imap($0.valid), smtp($0.wrongName))
    },
    Case("an untrusted IMAP certificate", "connect.imap.certificate.untrusted", words: ["nobody we trust"]) {
      (imap($0.untrusted), smtp($0.valid))
    },
    Case("an untrusted SMTP certificate", "connect.smtp.certificate.untrusted", words: ["nobody we trust"]) {
      (imap($0.valid), smtp($0.untrusted))
    },
    Case("the port of POP3", "connect.imap.unsupported", words: ["POP3", "IMAP"]) {
      (ServerChoice(host: $0.valid.host, port: 110, security: .starttls), smtp($0.valid))
    },
    Case("the port of POP3 with TLS", "connect.imap.unsupported", words: ["POP3", "IMAP"]) {
      (ServerChoice(host: $0.valid.host, port: 995, security: .tls), smtp($0.valid))
    },
    Case("TLS where STARTTLS is spoken", "connect.imap.tls", words: ["encrypt"]) {
      (ServerChoice(host: $0.valid.host, port: Int64($0.valid.imapPort), security: .tls), smtp($0.valid))
    },
    Case("SMTP where IMAP is wanted", "connect.imap.protocol", words: ["does not speak IMAP"]) {
      (smtp($0.valid), smtp($0.valid))
    },
  ]

  @Test func `each wrong setting is named, nothing is stored, and the right ones work afterwards`()
    async throws
  {
    try await withStage { stage in
      var sims: [MailSim] = []
      func start(_ certificate: MailSimOptions.Certificate) async throws -> MailSimEndpoints {
        var options = MailSimOptions()
        options.certificate = certificate
        options.directory = stage.folder + "/authority"
        let sim = MailSim(options: options)
        sims.append(sim)
        return try await sim.start()
      }
      let ports = Ports(
        valid: try await start(.valid), expired: try await start(.expired),
        wrongName: try await start(.wrongName("mail.other.test")), untrusted: try await start(.untrusted))
      let server = try await stage.postroomd("data", trusting: ports.valid.caFile)
      let client = try await server.client()
      for each in Self.cases { try await Self.expectRefusal(of: each, ports, client) }
      #expect(try await client.mailbox.list().mailboxes.isEmpty)
      #expect(try await client.events.read().events.isEmpty)

      let right = (Self.imap(ports.valid), Self.smtp(ports.valid))
      _ = try await client.mailbox.connect(
        email: "alice@example.test", password: "secret", userName: "alice", imap: right.0, smtp: right.1)
      let error = await #expect(throws: PostroomError.self) {
        _ = try await client.mailbox.connect(
          email: "Alice@Example.Test", password: "secret", userName: "alice", imap: right.0, smtp: right.1)
      }
      #expect(error?.reason == .mailboxExists)
      await client.close()
      for sim in sims { await sim.stop() }
    }
  }

  private static func expectRefusal(of each: Case, _ ports: Ports, _ client: PostroomClient) async throws {
    let choice = each.servers(ports)
    let begun = ContinuousClock.now
    do {
      _ = try await client.mailbox.connect(
        email: "alice@example.test", password: each.password, userName: "alice", imap: choice.imap,
        smtp: choice.smtp)
      Issue.record("\(each.name) was accepted")
    } catch {
      #expect(error.reason.rawValue == each.reason, "\(each.name): \(error.message)")
      for word in each.words { #expect(error.message.contains(word), "\(each.name): \(error.message)") }
      #expect(error.details?.contains("\"step\"") == true)
    }
    #expect(ContinuousClock.now - begun < .seconds(20), "\(each.name) takes too long")
  }
}

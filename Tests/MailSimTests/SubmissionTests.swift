import Bytes
import MailSim
import SASL
import SMTPClient
import Sockets
import Testing

/// The client of this package against the servers here, over real sockets and TLS.
@Suite(.timeLimit(.minutes(1))) struct SubmissionTests {
  private func connect(_ ports: MailSimEndpoints, startTLS: Bool) async throws -> SMTPConnection {
    let context = try TLSClientContext(caFile: ports.caFile)
    let deadline = Deadline.after(seconds: 20)
    let port = startTLS ? ports.submissionPort : ports.smtpsPort
    let socket = try await Dialer.connect(.tcp(host: "127.0.0.1", port: port), deadline: deadline)
    if startTLS {
      return try await SMTPConnection.open(
        socket, security: .startTLS(context.upgrade(hostName: "127.0.0.1")), clientName: "[127.0.0.1]",
        deadline: deadline)
    }
    let stream = try await context.wrap(socket, hostName: "127.0.0.1", deadline: deadline)
    return try await SMTPConnection.open(
      stream, security: .implicitTLS, clientName: "[127.0.0.1]", deadline: deadline)
  }

  static let credentials: [Credential] = [
    .password(user: "alice", Secret("secret")), .bearer(user: "alice", Secret("secret")),
  ]

  @Test(arguments: [false, true])
  func `mails go through, several on one connection, some recipients refused`(startTLS: Bool) async throws {
    try await withSim { sim, ports in
      for (i, credential) in Self.credentials.enumerated() {
        let connection = try await connect(ports, startTLS: startTLS)
        try await connection.authenticate(credential)
        for j in 0..<2 {
          let receipt = try await connection.send(
            SMTPEnvelope(
              from: "alice@example.test",
              recipients: ["bob@example.test", "nobody@example.test", "tempfail@x.example"]),
            message: [UInt8](mail(id: "m\(i).\(j)@x").utf8))
          #expect(receipt.recipients.map(\.reply.code) == [250, 550, 451])
          #expect(receipt.recipients.map(\.reply.enhanced) == ["2.1.5", "5.1.1", "4.7.1"])
          #expect(sim.submissionCount(messageID: "m\(i).\(j)@x") == 1)
        }
        await connection.quit()
      }
      #expect(try sim.count(of: "bob") == 4)
      #expect(sim.commands.filter(\.rejected) == [])
    }
  }

  @Test func `a wrong password is told apart`() async throws {
    try await withSim { _, ports in
      for credential in [
        Credential.password(user: "alice", Secret("wrong")), .bearer(user: "alice", Secret("old")),
      ] {
        let connection = try await connect(ports, startTLS: true)
        do throws(SMTPClientError) {
          try await connection.authenticate(credential)
          Issue.record("let in")
        } catch {
          guard case .authenticationFailed(let reply) = error else {
            Issue.record("\(error)")
            return
          }
          #expect(reply.code == 535 && reply.enhanced == "5.7.8")
        }
        connection.close()
      }
    }
  }

  @Test(arguments: [
    ("lost@x.example", true, 1), ("lostbefore@x.example", true, 0), ("drop@x.example", false, 0),
    ("datatemp@x.example", false, 0),
  ])
  func `the error never says "not taken" of a mail that was`(
    address: String, after: Bool, taken: Int
  ) async throws {
    try await withSim { sim, ports in
      let connection = try await connect(ports, startTLS: false)
      try await connection.authenticate(Self.credentials[0])
      do {
        _ = try await connection.send(
          SMTPEnvelope(from: "alice@example.test", recipients: [address]),
          message: [UInt8](mail(id: "q@x").utf8))
        Issue.record("sent")
      } catch let error as SMTPClientError {
        #expect(error.isAfterFinalDot == after)
      }
      #expect(sim.submissionCount(messageID: "q@x") == taken)
    }
  }

  @Test func `octets behind the server's consent to STARTTLS are not believed`() async throws {
    try await withSim { sim, ports in
      sim.add(Fault(.smtp, "STARTTLS", .inject("250 forged\r\n")))
      await #expect(throws: SMTPClientError.self) { _ = try await connect(ports, startTLS: true) }
      #expect(!sim.commands.contains { $0.name == "AUTH" })
    }
  }
}

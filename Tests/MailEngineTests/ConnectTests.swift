import MailSim
import SASL
import Testing

@testable import MailEngine
@testable import MailStore

@Suite("Connecting a mailbox", .timeLimit(.minutes(1)), .serialized)
struct ConnectTests {
  static func failure(
    _ stage: Stage, _ change: (inout ConnectRequest) -> Void = { _ in }
  ) async throws -> ConnectFailure {
    var request = stage.connectRequest()
    change(&request)
    do {
      _ = try await stage.engine.connect(request)
    } catch EngineError.connectFailed(let failure) {
      #expect(try await stage.store.mailboxes(tenant: stage.tenant).isEmpty, "stored in spite of the failure")
      #expect(!failure.advice.isEmpty)
      return failure
    }
    Issue.record("connected")
    throw Stage.NotInTime()
  }

  @Test func `A wrong password names the step and the server's words`() async throws {
    try await Stage.run { stage in
      let failure = try await Self.failure(stage) { $0.password = Secret("wrong") }
      #expect(failure.server == .imap)
      #expect(failure.step == .login)
      #expect(failure.problem == .authenticationFailed)
      #expect(!failure.serverWords.isEmpty)
      #expect(!failure.serverWords.contains("wrong"))
    }
  }

  @Test func `A submission server that does not let us in is told apart`() async throws {
    try await Stage.run { stage in
      stage.sim.add(Fault(.smtp, "AUTH", times: 10, .refuse("535 5.7.8 No such luck")))
      let failure = try await Self.failure(stage)
      #expect(failure.server == .smtp)
      #expect(failure.step == .login)
      #expect(failure.problem == .authenticationFailed)
      #expect(failure.serverWords.contains("No such luck"))
    }
  }

  static let certificates: [(MailSimOptions.Certificate, ConnectFailure.Problem)] = [
    (.expired, .certificateExpired), (.wrongName("mail.example.test"), .certificateWrongHost),
    (.untrusted, .certificateUntrusted),
  ]

  @Test(arguments: certificates.indices)
  func `A certificate that cannot be trusted ends it before a password is said`(i: Int) async throws {
    try await Stage.run(sim: { $0.certificate = Self.certificates[i].0 }) { stage in
      let failure = try await Self.failure(stage)
      #expect(failure.step == .tls)
      #expect(failure.problem == Self.certificates[i].1)
      #expect(stage.sim.commands.isEmpty)
    }
  }

  @Test func `Nobody listens there`() async throws {
    try await Stage.run { stage in
      let failure = try await Self.failure(stage) { $0.imap.port = 1 }
      #expect(failure.problem == .unreachable)
      #expect(failure.step == .connect)
      #expect(failure.serverWords == "Connection refused")
    }
  }

  @Test func `An unknown host`() async throws {
    try await Stage.run { stage in
      let failure = try await Self.failure(stage) { $0.imap.host = "no-such-host.invalid" }
      #expect(failure.step == .resolve)
      #expect(failure.problem == .hostUnknown || failure.problem == .timeout)
    }
  }

  @Test func `POP3 is refused before anything is asked`() async throws {
    try await Stage.run { stage in
      let failure = try await Self.failure(stage) { $0.imap = ServerRequest(host: "127.0.0.1", port: 995) }
      #expect(failure.problem == .unsupported)
      #expect(stage.sim.commands.isEmpty)
    }
  }

  @Test func `Encryption is found by trying, and never left out`() async throws {
    try await Stage.run { stage in
      // TLS fails at the STARTTLS ports, STARTTLS works.
      var request = stage.connectRequest()
      request.imap = ServerRequest(host: "127.0.0.1", port: stage.endpoints.imapPort)
      request.smtp = ServerRequest(host: "127.0.0.1", port: stage.endpoints.submissionPort)
      let mailbox = try await stage.engine.connect(request)
      #expect(mailbox.imap.security == .startTLS)
      #expect(mailbox.smtp.security == .startTLS)
      try await stage.live(mailbox.id)
    }
    try await Stage.run(sim: { $0.withoutCapabilities = ["STARTTLS"] }) { stage in
      let failure = try await Self.failure(stage) {
        $0.imap = ServerRequest(host: "127.0.0.1", port: stage.endpoints.imapPort, security: .startTLS)
      }
      #expect(failure.problem == .noEncryption)
      #expect(!stage.sim.commands.contains { $0.name == "LOGIN" || $0.name == "AUTHENTICATE" })
    }
  }

  @Test func `The same address connects once`() async throws {
    try await Stage.run { stage in
      try await stage.connect()
      await #expect(throws: EngineError.store(.exists("mailbox"))) {
        var request = stage.connectRequest()
        request.email = "ALICE@example.test"
        _ = try await stage.engine.connect(request)
      }
    }
  }

  @Test func `A password that changed stops the mailbox until it signs in again`() async throws {
    try await Stage.run(sim: { $0.messages = 60 }) { stage in
      let mailbox = try await stage.connect()
      try await stage.live(mailbox.id)
      stage.sim.add(
        Fault(.imap, "AUTHENTICATE", times: 1000, .refuse("NO [AUTHENTICATIONFAILED] Password expired")))
      stage.sim.add(Fault(.imap, "LOGIN", times: 1000, .refuse("NO [AUTHENTICATIONFAILED] Password expired")))
      stage.sim.add(Fault(.imap, "NOOP", .drop))
      stage.sim.add(Fault(.imap, "STATUS", .drop))
      try await stage.until("disconnected") {
        let now = try await stage.mailbox(mailbox.id)
        return now.state == .disconnected && now.reason == .passwordChanged
      }
      #expect(try await stage.mailbox(mailbox.id).detail?.contains("Password expired") == true)
      // A failed attempt to sign in again changes nothing.
      await #expect(throws: EngineError.self) {
        _ = try await stage.engine.reconnect(
          mailbox.id, tenant: stage.tenant, ReconnectRequest(password: Secret("x")))
      }
      #expect(try await stage.mailbox(mailbox.id).state == .disconnected)
      stage.sim.clearFaults()
      try stage.deliver("missed@meanwhile")
      let again = try await stage.engine.reconnect(
        mailbox.id, tenant: stage.tenant, ReconnectRequest(password: Secret("secret")))
      #expect(again.state == .connecting)
      try await stage.until("caught up") { try await stage.mails("missed@meanwhile").count == 1 }
      try await stage.live(mailbox.id)
    }
  }

  @Test func `A new host asks for the password again`() async throws {
    try await Stage.run { stage in
      let mailbox = try await stage.connect()
      do {
        _ = try await stage.engine.reconnect(
          mailbox.id, tenant: stage.tenant,
          ReconnectRequest(imap: ServerRequest(host: "evil.example.test", port: 993, security: .tls)))
        Issue.record("taken")
      } catch EngineError.invalid(let field, _) { #expect(field == "password") }
    }
  }

  @Test func `Turned off it stays off, also after a restart`() async throws {
    try await Stage.run { stage in
      let mailbox = try await stage.connect()
      try await stage.live(mailbox.id)
      let off = try await stage.engine.disconnect(mailbox.id, tenant: stage.tenant)
      #expect(off.state == .disconnected && off.reason == .turnedOff)
      let before = stage.connections
      try await stage.restart()
      try stage.engine.syncNow(mailbox.id)
      await SystemClock().sleep(milliseconds: 100)
      #expect(stage.connections == before)
      await #expect(throws: EngineError.self) { _ = try await stage.engine.send(stage.request(mailbox.id)) }
      _ = try await stage.engine.reconnect(mailbox.id, tenant: stage.tenant, ReconnectRequest())
      try await stage.live(mailbox.id)
    }
  }

  @Test func `A server that is away long enough counts as unreachable, and is found when it comes back`()
    async throws
  {
    try await Stage.run(engine: { $0.unreachableSeconds = 0 }) { stage in
      let mailbox = try await stage.connect()
      try await stage.live(mailbox.id)
      stage.sim.add(Fault(.imap, "GREETING", times: 20, .drop))
      stage.sim.add(Fault(.imap, "STATUS", .drop))
      stage.sim.add(Fault(.imap, "NOOP", .drop))
      try await stage.until("unreachable") {
        let now = try await stage.mailbox(mailbox.id)
        return now.state == .disconnected && now.reason == .serverUnreachable && now.nextAttemptAt != nil
      }
      try await stage.live(mailbox.id)
    }
  }

  @Test func `A mailbox that fails leaves the others alone`() async throws {
    try await Stage.run { stage in
      let alice = try await stage.connect("alice")
      let bob = try await stage.connect("bob")
      try await stage.live(alice.id)
      try await stage.live(bob.id)
      stage.sim.add(Fault(.imap, times: 100_000, user: "alice", .drop))
      for i in 0..<5 {
        try stage.deliver("to-bob-\(i)@x", to: "bob")
        try await stage.until("bob's mail") { try await stage.mails("to-bob-\(i)@x").count == 1 }
      }
      #expect(try await stage.mailbox(bob.id).state == .live)
    }
  }
}

import MailSim
import Testing

@testable import MailEngine
@testable import MailStore

/// Each state and reason that a mailbox can have (S22), reached over a connection.
@Suite("States and reasons of a mailbox", .timeLimit(.minutes(2)), .serialized)
struct MailboxStateTests {
  struct Case: Sendable, CustomTestStringConvertible {
    var testDescription: String
    var fault: Fault
    var state: MailboxState
    var reason: MailboxReason?
    /// What `detail` must tell.
    var evidence: String
    /// The next attempt comes so much later, at the least; nil: there is none.
    var next: Int64?

    init(
      _ name: String, _ fault: Fault, _ state: MailboxState, _ reason: MailboxReason?, _ evidence: String,
      next: Int64? = nil
    ) {
      (testDescription, self.fault, self.state, self.reason) = (name, fault, state, reason)
      (self.evidence, self.next) = (evidence, next)
    }
  }

  private static func refusal(_ text: String, of command: String = "AUTHENTICATE") -> Fault {
    Fault(.imap, command, times: .max, .refuse(text))
  }

  static let cases: [Case] = [
    Case(
      "another password", refusal("NO [AUTHENTICATIONFAILED] Invalid credentials"), .disconnected,
      .passwordChanged, "Invalid credentials"),
    Case(
      "access taken back", refusal("NO [WEBALERT https://accounts.example/1] Web login required."),
      .disconnected, .accessRevoked, "Web login required"),
    Case(
      "another server", refusal("NO [REFERRAL imap://alice@new.example.org/] Moved"), .disconnected,
      .mailboxMigrated, "new.example.org"),
    Case(
      "an account without IMAP", refusal("NO [CONTACTADMIN] IMAP is off for you"), .disconnected,
      .serverRevoked, "IMAP is off for you"),
    Case(
      "a full mailbox", refusal("NO [OVERQUOTA] Full"), .retrying, .quotaExceeded, "Full", next: 0),
    Case(
      "a full mailbox, told later", refusal("NO [OVERQUOTA] Over it", of: "LIST"), .retrying, .quotaExceeded,
      "Over it", next: 0),
    Case(
      "too many connections", refusal("NO [ALERT] Too many simultaneous connections. (Failure)"), .retrying,
      .throttled, "simultaneous", next: 0),
    Case("a limit", refusal("NO [LIMIT] Enough"), .retrying, .throttled, "Enough", next: 0),
    Case(
      "a server that says for how long",
      refusal("BAD Request is throttled. Suggested Backoff Time: 92415 milliseconds", of: "LIST"), .retrying,
      .throttled, "92415", next: 92_000),
    Case(
      "a server that is busy otherwise", refusal("NO [UNAVAILABLE] Maintenance"), .retrying, nil,
      "Maintenance", next: 0),
    Case(
      "a server that hangs up", Fault(.imap, "GREETING", times: .max, .bye("Going down")), .retrying, nil,
      "Going down", next: 0),
  ]

  @Test(arguments: cases)
  func `It is told with evidence and the next attempt, and signing in again goes on`(_ one: Case) async throws
  {
    try await Stage.run(sim: { $0.messages = 20 }) { stage in
      let mailbox = try await stage.connect()
      let root = try await stage.engine.send(stage.request(mailbox.id, to: "erin@partner.example"))
      try await stage.reaches(root.submission.id, copy: .appended)
      try await stage.live(mailbox.id)
      stage.sim.add(one.fault)
      try await stage.restart()
      let began = SystemClock().now
      try await stage.until("it is \(one.state)") {
        let now = try await stage.mailbox(mailbox.id)
        return now.state == one.state && now.reason == one.reason
      }
      let now = try await stage.mailbox(mailbox.id)
      #expect(now.detail?.contains(one.evidence) == true, "\(now.detail ?? "nothing")")
      if let next = one.next {
        let at = try #require(now.nextAttemptAt)
        #expect(at.milliseconds >= began.milliseconds + next - 5000)
      } else {
        #expect(now.nextAttemptAt == nil)
      }
      if let reason = one.reason {
        #expect(!reason.advice.isEmpty)
        let told = try await stage.events(.mailboxState).last { $0.facts["state"] == one.state.rawValue }
        #expect(told?.facts["reason"] == reason.rawValue)
      }
      // The gap is filled, and a reply that came meanwhile is found.
      try stage.deliver("meanwhile@x", inReplyTo: root.submission.messageID)
      try stage.sim.expunge(3...5, user: "alice")
      stage.sim.clearFaults()
      _ = try await stage.engine.reconnect(mailbox.id, tenant: stage.tenant, ReconnectRequest())
      try await stage.until("the reply is logged") {
        try await stage.mails("meanwhile@x").first?.state == .logged
      }
      try await stage.live(mailbox.id)
      let after = try await stage.mailbox(mailbox.id)
      #expect(after.reason == nil && after.detail == nil && after.nextAttemptAt == nil)
      let audit = try await stage.engine.audit(mailbox.id, tenant: stage.tenant)
      #expect(audit.unexplained == 0)
    }
  }

  @Test func `A server that does not answer for long is unreachable, and still tried`() async throws {
    try await Stage.run(sim: { $0.messages = 5 }, engine: { $0.unreachableSeconds = 0 }) { stage in
      let mailbox = try await stage.connect()
      try await stage.live(mailbox.id)
      stage.sim.add(Fault(.imap, "GREETING", times: .max, .drop))
      try await stage.restart()
      try await stage.until("it is unreachable") {
        let now = try await stage.mailbox(mailbox.id)
        return now.state == .disconnected && now.reason == .serverUnreachable && now.nextAttemptAt != nil
      }
      stage.sim.clearFaults()
      try await stage.live(mailbox.id)
      #expect(try await stage.mailbox(mailbox.id).reason == nil)
    }
  }

  @Test func `A certificate that is not valid any more is told, and looked at again`() async throws {
    var options = MailSimOptions()
    options.certificate = .expired
    let other = MailSim(options: options)
    let ports = try await other.start()
    try await Stage.run(sim: { $0.messages = 5 }) { stage in
      let mailbox = try await stage.connect()
      try await stage.live(mailbox.id)
      let good = try await stage.mailbox(mailbox.id).imap
      var bad = good
      bad.port = ports.imapsPort
      _ = try await stage.store.updateMailbox(
        mailbox.id, userName: nil, password: nil, oauthProvider: nil, imap: bad, smtp: nil)
      try await stage.restart()
      try await stage.until("it is told") {
        let now = try await stage.mailbox(mailbox.id)
        return now.state == .retrying && now.reason == .certificateInvalid && now.nextAttemptAt != nil
      }
      #expect(try await stage.mailbox(mailbox.id).detail?.contains("certificate") == true)
      _ = try await stage.store.updateMailbox(
        mailbox.id, userName: nil, password: nil, oauthProvider: nil, imap: good, smtp: nil)
      try await stage.live(mailbox.id)
    }
    await other.stop()
  }

  @Test func `One that is turned off says so`() async throws {
    try await Stage.run(sim: { $0.messages = 5 }) { stage in
      let mailbox = try await stage.connect()
      try await stage.live(mailbox.id)
      let off = try await stage.engine.disconnect(mailbox.id, tenant: stage.tenant)
      #expect(off.state == .disconnected && off.reason == .turnedOff && off.nextAttemptAt == nil)
      try stage.deliver("meanwhile@x")
      _ = try await stage.engine.reconnect(mailbox.id, tenant: stage.tenant, ReconnectRequest())
      try await stage.until("it is found") { try await stage.mails("meanwhile@x").count == 1 }
    }
  }

  @Test func `Each reason has its advice`() {
    #expect(Set(MailboxReason.allCases.map(\.advice)).count == MailboxReason.allCases.count)
  }
}

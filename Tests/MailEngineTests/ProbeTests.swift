import MailSim
import SASL
import Testing

@testable import MailEngine
@testable import MailStore

@Suite(.timeLimit(.minutes(2))) struct ProbeTests {
  static func request(_ stage: Stage, password: String = "secret", smtp: Bool = true) -> ProbeRequest {
    let known = stage.connectRequest("alice", password: password)
    return ProbeRequest(
      userName: known.email, password: known.password, imap: known.imap, smtp: smtp ? known.smtp : nil)
  }

  static func decisions(_ probe: MailboxProbe) -> [String: MailboxProbe.Feature.Decision] {
    Dictionary(uniqueKeysWithValues: probe.features.map { ($0.name, $0.decision) })
  }

  @Test func `shows what a server offers and stores nothing`() async throws {
    try await Stage.run(sim: { $0.messages = 30 }) { stage in
      let probe = try await stage.engine.probe(Self.request(stage))
      #expect(probe.changesBy == .qresync && probe.newsBy == .idle && probe.sentFiling == .append)
      #expect(probe.sentFolder == "Sent" && probe.submitOctetsMax == 35_000_000)
      #expect(probe.capabilities.contains("QRESYNC") && probe.capabilities == probe.capabilities.sorted())
      #expect(Self.decisions(probe)["CONDSTORE"] == .passedOver)
      let inbox = try #require(probe.folders.first { $0.role == .inbox })
      #expect(inbox.syncs && inbox.messages == 30)
      #expect(probe.folders.first { $0.role == .trash }?.syncs == false)
      #expect(probe.imap.port == stage.endpoints.imapsPort && probe.smtp?.port == stage.endpoints.smtpsPort)
      #expect(try await stage.store.mailboxes(tenant: stage.tenant).isEmpty)
      #expect(try await stage.store.events(tenant: stage.tenant, after: 0, limit: 10).isEmpty)
      // It looks, and opens nothing.
      let said = Set(stage.sim.commands.filter { $0.service == .imap }.map(\.name))
      #expect(said.isDisjoint(with: ["SELECT", "EXAMINE", "APPEND", "CREATE"]))
    }
  }

  @Test func `without SMTP it is left out`() async throws {
    try await Stage.run { stage in
      let probe = try await stage.engine.probe(Self.request(stage, smtp: false))
      #expect(probe.smtp == nil && probe.submitOctetsMax == nil)
    }
  }

  @Test func `Gmail's ways are recognised`() async throws {
    try await Stage.run(sim: { $0.profile = .gmail }) { stage in
      let probe = try await stage.engine.probe(Self.request(stage))
      #expect(probe.changesBy == .condstore && probe.sentFiling == .provider)
      #expect(probe.quirks.map(\.id).contains("gmail-labels"))
      #expect(Self.decisions(probe)["X-GM-EXT-1"] == .used && Self.decisions(probe)["QRESYNC"] == .absent)
      #expect(probe.folders.filter(\.syncs).map(\.role) == [.all])
    }
  }

  @Test func `a poor server is told as such`() async throws {
    try await Stage.run(sim: {
      $0.withoutCapabilities = ["QRESYNC", "CONDSTORE", "IDLE", "SPECIAL-USE", "LIST-STATUS", "SIZE"]
    }) {
      stage in
      let probe = try await stage.engine.probe(Self.request(stage))
      #expect(probe.changesBy == .comparison && probe.newsBy == .polling && probe.submitOctetsMax == nil)
      // Asked one by one.
      #expect(probe.folders.first { $0.role == .inbox }?.messages == 0)
    }
  }

  @Test func `a failure is that of connecting, and a connected mailbox needs no password`() async throws {
    try await Stage.run { stage in
      await #expect {
        _ = try await stage.engine.probe(Self.request(stage, password: "wrong"))
      } throws: {
        if case EngineError.connectFailed(let failure) = $0 {
          failure.problem == .authenticationFailed
        } else {
          false
        }
      }
      let mailbox = try await stage.connect()
      try await stage.live(mailbox.id)
      let probe = try await stage.engine.probe(mailbox.id, tenant: stage.tenant)
      #expect(probe.imap == mailbox.imap && probe.smtp == mailbox.smtp)
      await #expect(throws: EngineError.self) {
        _ = try await stage.engine.probe(mailbox.id, tenant: TenantID(99))
      }
    }
  }
}

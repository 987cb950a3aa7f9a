import Foundation
import Testing

@testable import MailStore

@Suite(.timeLimit(.minutes(1))) struct WebhookStoreTests {
  private static func hook(_ test: TestStore, _ url: String = "https://crm.example/zanzibar") async throws
    -> Webhook
  {
    try await test.store.createWebhook(
      NewWebhook(tenantID: test.tenant.id, url: url, secret: "whsec_quokka", kinds: [], after: 0),
      countMax: 2, at: .zero)
  }

  private static func later(_ milliseconds: Int64) -> Timestamp {
    Timestamp(milliseconds: Timestamp.zero.milliseconds + milliseconds)
  }

  @Test func `URL and secret are in no file in the clear, and a restart has them`() async throws {
    let test = try await TestStore()
    let made = try await Self.hook(test)
    try await test.reopen()
    let job = try await test.store.webhookJob(made.id, tenant: test.tenant.id)
    #expect(job.webhook == made && job.secret == "whsec_quokka" && job.oldSecret == nil)
    await test.store.close()
    for name in ["mail.sqlite", "mail.sqlite-wal", "keyring.sqlite", "erasures.log"] {
      let data = FileManager.default.contents(atPath: "\(test.directory)/\(name)") ?? Data()
      for word in ["zanzibar", "quokka"] {
        #expect(data.range(of: Data(word.utf8)) == nil, "\(word) in \(name)")
      }
    }
  }

  @Test func `one that cannot be opened does not keep the others from their events`() async throws {
    let test = try await TestStore()
    let (first, second) = (try await Self.hook(test), try await Self.hook(test))
    _ = try await test.account()
    #expect(try await test.store.dueWebhooks(at: .zero).jobs.map(\.webhook.id) == [first.id, second.id])
    try await test.store.write { db, _ in
      _ = try Query(db, "UPDATE webhook SET address = zeroblob(60) WHERE id = ?").run(first.id)
    }
    let due = try await test.store.dueWebhooks(at: .zero)
    #expect(due.jobs.map(\.webhook.id) == [second.id] && due.damaged == [first.id])
  }

  @Test func `an erased tenant has no webhooks, and a deleted one is in the ledger`() async throws {
    let test = try await TestStore()
    let (first, second) = (try await Self.hook(test), try await Self.hook(test))
    await #expect(throws: MailStoreError.conflict("webhooks")) { try await Self.hook(test) }
    try await test.store.deleteWebhook(first.id, tenant: test.tenant.id, at: .zero)
    let begin = test.store.ledger.position.ledger
    var facts: [LedgerFact] = []
    try ErasureLedger.read(
      path: "\(test.directory)/\(ErasureLedger.fileName)",
      after: LedgerPosition(ledger: begin, number: 0, chain: String(begin.prefix(16)))
    ) { facts.append($0.fact) }
    #expect(facts == [.webhook(first.id)])
    let purge = try await test.store.beginPurge(.tenant, tenant: test.tenant.id, by: "test", at: .zero)
    while try await test.store.purgeStep(purge.id, rows: 100).more {}
    _ = try await test.store.finishPurge(purge.id, at: .zero)
    #expect(try await test.store.webhookCounts().isEmpty)
    #expect(try await test.store.read { try Query($0, "SELECT count(*) FROM webhook").number() } == 0)
    await #expect(throws: MailStoreError.self) {
      try await test.store.webhookJob(second.id, tenant: test.tenant.id)
    }
  }

  @Test func `what was begun before a change is not written down after it`() async throws {
    let test = try await TestStore()
    let box = try await test.mailbox()
    let made = try await Self.hook(test)
    for i in 0..<3 { try await test.store.noteSyncCompleted(box.id, at: Timestamp(milliseconds: Int64(i))) }
    let job = try #require(try await test.store.dueWebhooks(at: .zero).jobs.first)
    #expect(try await test.store.oldestWebhookWait() != nil)
    #expect(
      try await test.store.advanceWebhook(
        made.id, version: job.webhook.version, cursor: 1, delivered: true, at: .zero))
    var change = WebhookChange()
    change.cursor = 0
    change.secret = ("whsec_new", Self.later(1000))
    let changed = try await test.store.changeWebhook(made.id, tenant: test.tenant.id, change, at: .zero)
    #expect(changed.cursor == 0)
    #expect(
      try await !test.store.advanceWebhook(
        made.id, version: job.webhook.version, cursor: 2, delivered: true, at: .zero))
    let failure = WebhookFailure(status: 500, problem: "x", nextAttemptAt: Self.later(500))
    #expect(try await !test.store.failWebhook(made.id, version: job.webhook.version, failure, at: .zero))
    #expect(try await test.store.failWebhook(made.id, version: changed.version, failure, at: .zero))
    #expect(try await test.store.dueWebhooks(at: .zero).jobs.isEmpty)
    #expect(try await test.store.nextWebhookAttempt(after: .zero) == Self.later(500))
    let again = try #require(try await test.store.dueWebhooks(at: Self.later(500)).jobs.first)
    #expect(again.webhook.failures == 1 && again.webhook.failingSince == .zero)
    #expect(again.secrets(at: Self.later(999)) == ["whsec_new", "whsec_quokka"])
    #expect(again.secrets(at: Self.later(1000)) == ["whsec_new"])
    try await test.store.stopWebhook(
      made.id, version: changed.version, .parked, reason: .failing, failure, at: .zero)
    #expect(try await test.store.webhookCounts() == [.parked: 1])
    #expect(try await test.store.nextWebhookAttempt(after: .zero) == nil)
  }
}

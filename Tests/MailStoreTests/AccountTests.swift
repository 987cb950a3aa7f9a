import Sealing
import Synchronization
import Testing

@testable import MailStore

@Suite(.timeLimit(.minutes(1))) struct AccountTests {
  let test: TestStore

  init() async throws { test = try await TestStore() }

  @Test func `tenants are found by id and name, octet by octet`() async throws {
    let kelvin = try await test.store.createTenant(name: "tenant-\u{212A}", at: .zero)
    let letter = try await test.store.createTenant(name: "tenant-K", at: .zero)
    #expect(kelvin.id != letter.id)
    #expect(try await test.store.tenant(named: "tenant-K")?.id == letter.id)
    #expect(try await test.store.tenant(kelvin.id) == kelvin)
    #expect(try await test.store.tenants().map(\.id) == [test.tenant.id, kelvin.id, letter.id])
    #expect(try await test.store.tenant(named: "nobody") == nil)
    await expect(.exists("tenant")) { try await test.store.createTenant(name: "acme", at: .zero) }
    await expect(.notFound("tenant")) { try await test.store.tenant(TenantID(99)) }
  }

  @Test func `tokens belong to their tenant`() async throws {
    let secret = TokenCredential.secret(digest: [UInt8](repeating: 3, count: 32))
    let other = try await test.store.createTenant(name: "other", at: .zero)
    let token = try await test.store.createToken(
      tenant: test.tenant.id, name: "ci", scopes: ["read", "send"], credential: secret, expiresAt: .zero,
      at: .zero)
    #expect(try await test.store.token(secret) == token)
    #expect(try await test.store.token(token.id) == token)
    #expect(token.scopes == ["read", "send"] && token.certificate == nil)
    #expect(try await test.store.token(.secret(digest: [1])) == nil)
    #expect(try await test.store.tokens(tenant: test.tenant.id) == [token])
    #expect(try await test.store.tokens(tenant: other.id) == [])
    await expect(.exists("token")) {
      try await test.store.createToken(
        tenant: other.id, name: "x", scopes: [], credential: secret, expiresAt: nil, at: .zero)
    }
    await expect(.notFound("tenant")) {
      try await test.store.createToken(
        tenant: TenantID(99), name: "x", scopes: [], credential: .secret(digest: [9]), expiresAt: nil,
        at: .zero)
    }
    await expect(.notFound("token")) { try await test.store.deleteToken(token.id, tenant: other.id) }
    try await test.store.deleteToken(token.id, tenant: test.tenant.id)
    await expect(.notFound("token")) { try await test.store.deleteToken(token.id, tenant: test.tenant.id) }
    #expect(try await test.store.token(secret) == nil)
    #expect(try await test.store.token(token.id) == nil)
  }

  @Test func `of a secret only a hash under a key outside of the database is kept`() async throws {
    let secret = Digest.sha256(Array("pr_secret".utf8))
    let shown = [UInt8](repeating: 7, count: 32)
    for credential in [TokenCredential.secret(digest: secret), .certificate(digest: shown)] {
      _ = try await test.store.createToken(
        tenant: test.tenant.id, name: "x", scopes: [], credential: credential, expiresAt: nil, at: .zero)
    }
    let kept = try await test.store.read { db in
      try Query(db, "SELECT hash, certificate FROM token ORDER BY id").all {
        ($0.blob(0), $0.optionalBlob(1))
      }
    }
    #expect(kept.map(\.0.count) == [32, 32])
    #expect(kept.map(\.1) == [nil, shown])
    #expect(![secret, shown, Digest.sha256(secret)].contains(kept[0].0) && kept[1].0 != shown)
    // One octet string is two credentials: what is shown to everybody is never a secret.
    #expect(try await test.store.token(.secret(digest: shown)) == nil)
    #expect(try await test.store.token(.certificate(digest: secret)) == nil)
    // What somebody writes into the database who has no key counts for nothing.
    let planted = Digest.sha256(Array("pr_planted".utf8))
    try await test.store.write { [tenant = test.tenant.id] db, _ in
      try Query(db, "INSERT INTO token (tenant_id, name, hash, created_at) VALUES (?, '', ?, 0)").run(
        tenant, planted)
    }
    #expect(try await test.store.token(.secret(digest: planted)) == nil)
    // The key is the same after a restart, and another one in another folder.
    try await test.reopen()
    #expect(try await test.store.token(.secret(digest: secret)) != nil)
    let other = try await TestStore()
    _ = try await other.store.createToken(
      tenant: other.tenant.id, name: "x", scopes: [], credential: .secret(digest: secret), expiresAt: nil,
      at: .zero)
    let theirs = try await other.store.read { db in
      try Query(db, "SELECT hash FROM token").first { $0.blob(0) }
    }
    #expect(theirs != kept[0].0)
  }

  @Test func `who remembers tokens is told when some are deleted, before the deletion is answered`()
    async throws
  {
    let counter = Counter()
    test.store.onTokensDeleted { counter.add() }
    let token = try await test.store.createToken(
      tenant: test.tenant.id, name: "x", scopes: [], credential: .secret(digest: [1]), expiresAt: nil,
      at: .zero)
    #expect(counter.count == 0)
    await expect(.notFound("token")) { try await test.store.deleteToken(TokenID(99), tenant: test.tenant.id) }
    #expect(counter.count == 0)
    try await test.store.deleteToken(token.id, tenant: test.tenant.id)
    #expect(counter.count == 1)
    let purge = try await test.store.beginPurge(.tenant, tenant: test.tenant.id, by: "ops", at: .zero)
    _ = try await test.store.finishPurge(purge.id, at: .zero)
    #expect(counter.count == 2)
  }

  @Test func `an address is connected once a tenant, in whatever case`() async throws {
    let mailbox = try await test.mailbox("Ann@acme.example")
    #expect(mailbox.state == .connecting)
    #expect(mailbox.logAttachments)
    #expect(try await test.store.mailbox(mailbox.id, tenant: test.tenant.id) == mailbox)
    await expect(.exists("mailbox")) { try await test.mailbox("ann@ACME.example") }
    let other = try await test.store.createTenant(name: "other", at: .zero)
    let second = try await test.mailbox("ann@acme.example", tenant: other.id)
    #expect(try await test.store.mailboxes(tenant: nil).map(\.id) == [mailbox.id, second.id])
    #expect(try await test.store.mailboxes(tenant: other.id).map(\.id) == [second.id])
    await expect(.notFound("mailbox")) { try await test.store.mailbox(mailbox.id, tenant: other.id) }
    await expect(.notFound("mailbox")) { try await test.store.mailbox(MailboxID(99), tenant: nil) }
    await expect(.notFound("tenant")) { try await test.mailbox(tenant: TenantID(99)) }
    #expect(try await test.eventTypes() == [.mailboxConnected])
  }

  @Test func `the password is sealed, and bound to the hosts it was given for`() async throws {
    let mailbox = try await test.mailbox()
    #expect(try await test.store.password(of: mailbox.id) == Array("secret".utf8))
    await expect(.notFound("mailbox")) { try await test.store.password(of: MailboxID(99)) }
    let stored = try await test.store.read { db in
      try Query(db, "SELECT password FROM mailbox").first { $0.blob(0) }
    }
    #expect(stored?.count == 6 + 29)
    // Whoever can change the database cannot have the password sent elsewhere.
    try await test.store.write { db, _ in
      try Query(db, "UPDATE mailbox SET imap_host = 'evil.example'").run()
    }
    await expect(.sealing(SealingError.notAuthentic.message)) {
      try await test.store.password(of: mailbox.id)
    }
  }

  @Test func `settings change, a new host only with a password`() async throws {
    let id = try await test.mailbox().id
    let moved = ServerSettings(host: "new.example", port: 143, security: .startTLS)
    await expect(.conflict("the password is needed with a new host")) {
      try await test.store.updateMailbox(
        id, userName: "u", password: nil, oauthProvider: nil, imap: moved, smtp: nil)
    }
    #expect(try await test.store.mailbox(id, tenant: nil).userName == "ann@acme.example")
    let port = ServerSettings(host: "Mail.ACME.example", port: 143, security: .startTLS)
    #expect(
      try await test.store.updateMailbox(
        id, userName: nil, password: nil, oauthProvider: nil, imap: port, smtp: nil
      ).imap == port
    )
    #expect(try await test.store.password(of: id) == Array("secret".utf8))
    let after = try await test.store.updateMailbox(
      id, userName: "u", password: [1, 2], oauthProvider: nil, imap: moved, smtp: moved)
    #expect(after.imap == moved && after.smtp == moved && after.userName == "u")
    #expect(try await test.store.mailbox(id, tenant: nil) == after)
    #expect(try await test.store.password(of: id) == [1, 2])
    await expect(.notFound("mailbox")) {
      try await test.store.updateMailbox(
        MailboxID(99), userName: nil, password: nil, oauthProvider: nil, imap: nil, smtp: nil)
    }
  }

  @Test func `a change of state or reason is an event, another detail is not`() async throws {
    let id = try await test.mailbox().id
    let steps: [(MailboxState, MailboxReason?, String?, Bool)] = [
      (.connecting, nil, "same", false), (.live, nil, nil, true), (.live, nil, "d", false),
      (.retrying, .serverUnreachable, nil, true), (.retrying, .certificateInvalid, nil, true),
    ]
    for (state, reason, detail, isNews) in steps {
      let before = test.store.latestEvent
      try await test.store.setMailboxState(
        id, state, reason: reason, detail: detail, nextAttemptAt: .zero, at: .zero)
      #expect((test.store.latestEvent > before) == isNews)
      let mailbox = try await test.store.mailbox(id, tenant: nil)
      #expect(mailbox.state == state && mailbox.reason == reason && mailbox.detail == detail)
      #expect(mailbox.nextAttemptAt == .zero)
    }
    #expect(try await test.events().last?.facts == ["state": "retrying", "reason": "certificateInvalid"])
    try await test.store.noteSyncCompleted(id, at: .zero)
    #expect(try await test.eventTypes().last == .syncCompleted)
    await expect(.notFound("mailbox")) { try await test.store.noteSyncCompleted(MailboxID(99), at: .zero) }
    await expect(.notFound("mailbox")) {
      try await test.store.setMailboxState(
        MailboxID(99), .live, reason: nil, detail: nil, nextAttemptAt: nil, at: .zero)
    }
  }

  @Test func `folders are added, renamed and dropped by their wire names`() async throws {
    let mailbox = try await test.mailbox()
    func listing(_ name: String, _ wire: String, _ role: FolderRole?, syncs: Bool = true) -> FolderListing {
      FolderListing(name: name, wireName: Array(wire.utf8), role: role, syncs: syncs)
    }
    let first = try await test.store.reconcileFolders(
      mailbox.id, [listing("INBOX", "INBOX", .inbox), listing("Old", "Old", nil), listing("", "", nil)])
    #expect(first.map(\.name) == ["INBOX", "Old", ""])
    #expect(first.allSatisfy { $0.cursor == nil && $0.stored == 0 })
    try await test.sync(first[1], [.sample(1, "a@x"), .sample(2, "b@x")])
    let second = try await test.store.reconcileFolders(
      mailbox.id, [listing("Inbox", "INBOX", .archive, syncs: false), listing("Gesendet", "S&APw-", .sent)])
    #expect(second.count == 2 && second[0].id == first[0].id && second[1].id > first[2].id)
    #expect(second[0].role == .archive && !second[0].syncs && second[0].name == "Inbox")
    #expect(try await test.store.folders(mailbox.id) == second)
    #expect(try await test.mails().count == 2)
    #expect(try await test.store.storedUIDs(first[1].id, in: 1...10) == [])
    await expect(.notFound("mailbox")) { try await test.store.reconcileFolders(MailboxID(99), []) }
    #expect(try await test.store.folders(MailboxID(99)) == [])
  }
}

@Suite(.timeLimit(.minutes(1))) struct EventTests {
  @Test func `events are numbered, tenant by tenant, and wake whoever listens after the commit`() async throws
  {
    let test = try await TestStore()
    let other = try await test.store.createTenant(name: "other", at: .zero)
    let (seen, continuation) = AsyncStream<Int64>.makeStream()
    test.store.onEvents { continuation.yield($0) }
    var wakes = seen.makeAsyncIterator()
    let mine = try await test.mailbox()
    #expect(await wakes.next() == test.store.latestEvent)
    let theirs = try await test.mailbox(tenant: other.id)
    #expect(await wakes.next() == test.store.latestEvent)
    let events = try await test.events()
    #expect(events.map(\.mailboxID) == [mine.id])
    #expect(events.first?.at == .zero)
    let foreign = try await test.store.events(tenant: other.id, after: 0, limit: 10)
    #expect(foreign.map(\.mailboxID) == [theirs.id])
    #expect(try #require(foreign.first).seq > (try #require(events.first)).seq)
    #expect(try await test.store.events(tenant: other.id, after: foreign[0].seq, limit: 10) == [])
    try await test.store.noteSyncCompleted(mine.id, at: .zero)
    try await test.store.noteSyncCompleted(mine.id, at: .zero)
    #expect(try await test.store.events(tenant: test.tenant.id, after: 0, limit: 2).count == 2)
    #expect(try await test.store.events(tenant: test.tenant.id, after: 0, limit: 0) == [])
    #expect(try await test.store.events(tenant: test.tenant.id, after: 0, limit: -1) == [])
  }
}

private final class Counter: Sendable {
  private let number = Mutex(0)
  var count: Int { number.withLock { $0 } }
  func add() { number.withLock { $0 += 1 } }
}

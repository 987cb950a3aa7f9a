import Foundation
import Sealing
import Testing

@testable import MailStore

/// Copies of a store that works, and what a restore makes of them.
@Suite(.timeLimit(.minutes(2))) struct CopyTests {
  /// A copy of `test`, opened after what its ledger has done to it.
  private static func withRestored(
    _ test: TestStore, since facts: StoreCopyFacts, from folder: String, master: MasterKey? = nil,
    _ body: (SQLiteMailStore, ReplayCounts) async throws -> Void
  ) async throws {
    // The ledger as it is now, in the place of the one of then.
    try? FileManager.default.removeItem(atPath: "\(folder)/erasures.log")
    try FileManager.default.copyItem(
      atPath: "\(test.directory)/erasures.log", toPath: "\(folder)/erasures.log")
    let store = try SQLiteMailStore.open(directory: folder, masterKey: master ?? test.master)
    let counts = try await store.replay(
      ledger: "\(folder)/erasures.log", after: facts.ledger, at: Timestamp.zero.adding(seconds: 60)
    ) { _ in }
    try await body(store, counts)
    await store.close()
  }

  private static func withCopy(
    of test: TestStore, _ body: (String, StoreCopyFacts) async throws -> Void
  ) async throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: "copy-\(UUID().uuidString)").path
    try FileManager.default.createDirectory(
      atPath: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
    defer { try? FileManager.default.removeItem(atPath: folder) }
    var told: Int64 = 0
    let facts = try StoreCopy.write(from: test.directory, to: folder) { told = $0 }
    #expect(told > 0 && facts.masterKeyID == test.master.id)
    try StoreCopy.check(folder)
    try await body(folder, facts)
  }

  private static func purge(_ test: TestStore, _ scope: PurgeScope, tenant: TenantID? = nil) async throws {
    let begun = try await test.store.beginPurge(
      scope, tenant: tenant ?? test.tenant.id, by: "test", at: .zero)
    #expect(try await test.store.finishPurge(begun.id, at: .zero).state == .done)
  }

  @Test func `a copy made while the store works has what was answered before`() async throws {
    let test = try await TestStore()
    let folder = try await test.account()
    try await test.sync(folder, (1...50).map { .sample($0, "m\($0)@buyer.example") })
    try await Self.withCopy(of: test) { copy, facts async throws in
      // What comes later is not in it.
      try await test.sync(folder, [.sample(51, "later@buyer.example")])
      let store = try SQLiteMailStore.open(directory: copy, masterKey: test.master)
      var query = MailQuery()
      query.loggedOnly = false
      query.limit = 1000
      #expect(try await store.mails(query, tenant: test.tenant.id).count == 50)
      let box = try await store.mailbox(folder.mailboxID, tenant: test.tenant.id)
      #expect(box.email == "ann@acme.example")
      await store.close()
      let modes = try StoreCopy.files.map {
        try FileManager.default.attributesOfItem(atPath: "\(copy)/\($0)")[.posixPermissions] as? Int
      }
      #expect(modes == [0o600, 0o600])
      #expect(facts.mailVersion == Schema.mailVersion && facts.keyringVersion == Schema.keyringVersion)
    }
  }

  @Test func `what was erased since is erased again, with its receipt, and does not come back`() async throws
  {
    let test = try await TestStore()
    let folder = try await test.account()
    let other = try await test.account("cy@acme.example")
    _ = try await test.submit(folder, "root@acme.example", raw: "Subject: x\r\n\r\nMARKED-TEXT")
    try await test.sync(
      folder,
      [
        .sample(1, "old@buyer.example", replyTo: ["root@acme.example"]),
        .sample(2, "kept@other.example", from: "kay@other.example"),
      ])
    try await test.sync(other, [.sample(1, "box@buyer.example")])
    try await Self.withCopy(of: test) { copy, facts async throws in
      // It comes and goes after the copy.
      try await test.sync(folder, [.sample(3, "young@buyer.example")])
      try await Self.purge(test, .contact(email: "bob@buyer.example"))
      try await Self.purge(test, .mailbox(other.mailboxID))
      let receipts = try await test.store.purges(tenant: test.tenant.id, before: nil, limit: 10)
      try await Self.withRestored(test, since: facts, from: copy) { store, counts async throws in
        #expect(counts.mails == 3 && counts.mailboxes == 1 && counts.receipts == 2)
        var query = MailQuery()
        query.loggedOnly = false
        query.limit = 100
        let left = try await store.mails(query, tenant: test.tenant.id)
        #expect(left.map(\.envelope.messageID) == ["kept@other.example"])
        #expect(try await store.purges(tenant: test.tenant.id, before: nil, limit: 10) == receipts)
        await #expect(throws: MailStoreError.notFound("mailbox")) {
          try await store.mailbox(other.mailboxID, tenant: test.tenant.id)
        }
        // The next sync has them all again.
        var batch = SyncBatch(
          mailboxID: folder.mailboxID, folderID: folder.id,
          cursor: FolderCursor(uidValidity: 7, low: 1, high: 3, modSeq: 1), serverTotal: 3)
        batch.messages = [
          .sample(1, "old@buyer.example", replyTo: ["root@acme.example"]), .sample(3, "young@buyer.example"),
        ]
        _ = try await store.commitSync(batch, at: .zero)
        #expect(try await store.mails(query, tenant: test.tenant.id).count == 1)
      }
      for file in ["mail.sqlite", "mail.sqlite-wal"] {
        guard let octets = FileManager.default.contents(atPath: "\(copy)/\(file)") else { continue }
        #expect(octets.range(of: Data("bob@buyer.example".utf8)) == nil, "\(file)")
      }
    }
  }

  @Test
  func
    `an erased tenant, revoked tokens and deletions are known to the copy, holds and others are not touched`()
    async throws
  {
    let test = try await TestStore()
    let folder = try await test.account()
    let mail = try await test.submit(folder, "root@acme.example").mail
    let second = try await test.store.createTenant(name: "other", at: .zero)
    let box = try await test.account("ann@other.example", tenant: second.id)
    try await test.sync(box, [.sample(1, "x@other.example")])
    let token = try await test.store.createToken(
      tenant: test.tenant.id, name: "crm", scopes: ["read"], credential: .secret(digest: [1, 2, 3]),
      expiresAt: nil,
      at: .zero)
    try await Self.withCopy(of: test) { copy, facts async throws in
      try await test.store.deleteToken(token.id, tenant: test.tenant.id)
      _ = try await test.store.deleteMail(mail.id, tenant: test.tenant.id, at: .zero)
      try await Self.purge(test, .tenant, tenant: second.id)
      // Of a tenant that the copy does not know.
      let third = try await test.store.createTenant(name: "third", at: .zero)
      try await Self.purge(test, .tenant, tenant: third.id)
      try await Self.withRestored(test, since: facts, from: copy) { store, counts async throws in
        #expect(counts.tenants == 1 && counts.tokens == 1 && counts.receipts == 2)
        #expect(try await store.tenants().map(\.name) == ["acme"])
        #expect(try await store.token(token.id) == nil)
        #expect(try await store.mail(mail.id, tenant: test.tenant.id).deletedAt == .zero)
      }
    }
  }

  @Test func `a deletion that was undone since is undone in the copy`() async throws {
    let test = try await TestStore()
    let folder = try await test.account()
    let mail = try await test.submit(folder, "root@acme.example").mail
    _ = try await test.store.deleteMail(mail.id, tenant: test.tenant.id, at: .zero)
    try await Self.withCopy(of: test) { copy, facts async throws in
      _ = try await test.store.restoreMail(mail.id, tenant: test.tenant.id, at: .zero)
      try await Self.withRestored(test, since: facts, from: copy) { store, _ async throws in
        #expect(try await store.mail(mail.id, tenant: test.tenant.id).deletedAt == nil)
      }
    }
  }

  /// None of them may be sent twice because a copy does not know that it has left.
  @Test func `mails that waited are in doubt after a restore`() async throws {
    let test = try await TestStore()
    let folder = try await test.account()
    let waiting = try await test.submit(folder, "a@acme.example").submission
    let later = try await test.submit(folder, "b@acme.example", sendAt: Timestamp.zero.adding(seconds: 9999))
      .submission
    let gone = try await test.submit(folder, "c@acme.example").submission
    _ = try await test.store.updateSubmission(
      gone.id, expected: [.queued], SubmissionUpdate(state: .cancelled), at: .zero)
    try await Self.withCopy(of: test) { copy, facts async throws in
      try await Self.withRestored(test, since: facts, from: copy) { store, counts async throws in
        #expect(counts.inDoubt == 2)
        for id in [waiting.id, later.id] {
          let now = try await store.submission(id, tenant: test.tenant.id)
          #expect(now.state == .unknown && now.lastError?.contains("restored") == true)
          #expect(now.nextAttemptAt == Timestamp.zero.adding(seconds: 60))
        }
        #expect(try await store.submission(gone.id, tenant: test.tenant.id).state == .cancelled)
      }
    }
  }

  /// Numbers that were given twice, once before a restore and once after, mean other mails.
  @Test func `a copy made after a restore is not touched by what was erased before it`() async throws {
    let test = try await TestStore()
    let folder = try await test.account()
    try await Self.withCopy(of: test) { first, facts async throws in
      try await test.sync(folder, [.sample(1, "one@buyer.example")])
      let erased = try await test.mail("one@buyer.example").id
      try await Self.purge(test, .mail(erased))
      try await Self.withRestored(test, since: facts, from: first) { _, _ async throws in }
      // The restored store works on, gives the same number, and is copied.
      let store = try SQLiteMailStore.open(directory: first, masterKey: test.master)
      var batch = SyncBatch(
        mailboxID: folder.mailboxID, folderID: folder.id,
        cursor: FolderCursor(uidValidity: 7, low: 1, high: 1, modSeq: 1), serverTotal: 1)
      batch.messages = [.sample(2, "two@buyer.example")]
      _ = try await store.commitSync(batch, at: .zero)
      let second = first + "-2"
      try FileManager.default.createDirectory(atPath: second, withIntermediateDirectories: true)
      defer { try? FileManager.default.removeItem(atPath: second) }
      let later = try StoreCopy.write(from: first, to: second) { _ in }
      await store.close()
      try FileManager.default.copyItem(atPath: "\(first)/erasures.log", toPath: "\(second)/erasures.log")
      let last = try SQLiteMailStore.open(directory: second, masterKey: test.master)
      let counts = try await last.replay(ledger: "\(second)/erasures.log", after: later.ledger, at: .zero) {
        _ in
      }
      #expect(counts.entries == 0)
      var query = MailQuery()
      query.loggedOnly = false
      query.limit = 10
      let mails = try await last.mails(query, tenant: test.tenant.id)
      #expect(mails.map(\.envelope.messageID) == ["two@buyer.example"] && mails.first?.id == erased)
      await last.close()
    }
  }

  @Test func `a folder into which a restore was begun is opened by nobody`() async throws {
    let test = try await TestStore()
    await test.store.close()
    try RestoreMark.set(test.directory)
    #expect(throws: MailStoreError.conflict("restoring")) {
      try SQLiteMailStore.open(directory: test.directory, masterKey: test.master)
    }
    #expect(throws: MailStoreError.conflict("restoring")) {
      try StoreCopy.write(from: test.directory, to: test.directory) { _ in }
    }
    try RestoreMark.clear(test.directory)
    await (try SQLiteMailStore.open(directory: test.directory, masterKey: test.master)).close()
  }

  @Test func `a new master key wraps every key, and the old one opens nothing more`() async throws {
    let test = try await TestStore()
    let folder = try await test.account()
    _ = try await test.submit(folder, "root@acme.example")
    let mail = try await test.mail("root@acme.example")
    let raw = try await test.store.raw(mail.id, tenant: test.tenant.id)
    await test.store.close()
    let new = MasterKey.generate()
    #expect(throws: MailStoreError.self) {
      try SQLiteMailStore.open(directory: test.directory, masterKey: new)
    }
    let store = try SQLiteMailStore.open(
      directory: test.directory, masterKey: new, previousKeys: [test.master])
    // A tenant, a mailbox, and the keys for tokens and receipts.
    #expect(store.keysRewrapped == 4)
    #expect(try await store.raw(mail.id, tenant: test.tenant.id) == raw)
    await store.close()
    #expect(throws: MailStoreError.self) {
      try SQLiteMailStore.open(directory: test.directory, masterKey: test.master)
    }
    let again = try SQLiteMailStore.open(
      directory: test.directory, masterKey: new, previousKeys: [test.master])
    #expect(again.keysRewrapped == 0)
    await again.close()
  }
}

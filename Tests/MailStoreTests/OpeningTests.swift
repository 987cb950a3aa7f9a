import Foundation
import GRDB
import Glibc
import Sealing
import Testing

@testable import MailStore

@Suite(.timeLimit(.minutes(1))) struct OpeningTests {
  @Test func `commits are synced in full and deleted content is overwritten, on every connection`()
    async throws
  {
    let test = try await TestStore()
    #expect(try await test.store.write { db, _ in try Query(db, "PRAGMA synchronous").number() } == 2)
    #expect(try test.store.keyring.synchronous() == 2)
    for pragma in ["secure_delete", "cell_size_check", "foreign_keys"] {
      #expect(try await test.store.write { db, _ in try Query(db, "PRAGMA \(pragma)").number() } == 1)
      #expect(try await test.store.read { db in try Query(db, "PRAGMA \(pragma)").number() } == 1)
    }
    #expect(try await test.store.write { db, _ in try Query(db, "PRAGMA trusted_schema").number() } == 0)
    #expect(try await test.store.read { db in try Query(db, "PRAGMA trusted_schema").number() } == 0)
    #expect(try await test.store.read { db in try Query(db, "PRAGMA page_size").number() } == 4096)
    #expect(
      try await test.store.read { db in try Query(db, "PRAGMA journal_mode").first { $0.text(0) } } == "wal")
  }

  @Test func `folder and files are closed to others`() async throws {
    let directory = "/tmp/postroom-store-\(getpid())-modes"
    defer { TestStore.remove(directory) }
    let store = try SQLiteMailStore.open(directory: directory, masterKey: .generate())
    func mode(_ path: String) -> mode_t {
      var info = stat()
      return stat(path, &info) == 0 ? info.st_mode & 0o777 : 0
    }
    #expect(mode(directory) == 0o700)
    for file in ["mail.sqlite", "mail.sqlite-wal", "keyring.sqlite", "keyring.sqlite-wal", "lock"] {
      #expect(mode("\(directory)/\(file)") == 0o600)
    }
    await store.close()
  }

  @Test func `a second opening is told who has the folder, and waits until it is closed`() async throws {
    let test = try await TestStore()
    let want = MailStoreError.locked("\(test.directory) is in use by process \(getpid())")
    #expect(throws: want) { try SQLiteMailStore.open(directory: test.directory, masterKey: test.master) }
    try await test.reopen()
    #expect(try await test.store.tenants() == [test.tenant])
  }

  @Test func `what was written is there after a restart, and numbers go on`() async throws {
    let test = try await TestStore()
    let folder = try await test.account()
    try await test.sync(folder, [.sample(1, "a@x")])
    let latest = test.store.latestEvent
    #expect(latest > 0)
    try await test.reopen()
    #expect(test.store.latestEvent == latest)
    #expect(try await test.mails().map(\.envelope.messageID) == ["a@x"])
    #expect(try await test.store.password(of: folder.mailboxID) == Array("secret".utf8))
  }

  @Test func `another master key is refused`() async throws {
    let test = try await TestStore()
    await test.store.close()
    let other = MasterKey.generate()
    let error = #expect(throws: MailStoreError.self) {
      try SQLiteMailStore.open(directory: test.directory, masterKey: other)
    }
    let words = SealingError.masterKeyDiffers(wrappedBy: test.master.id, have: other.id).message
    #expect(error == .sealing(words))
    try await test.reopen()
  }

  @Test(arguments: ["mail", "keyring"]) func `a newer schema is refused`(_ name: String) async throws {
    let test = try await TestStore()
    await test.store.close()
    let file = "\(test.directory)/\(name).sqlite"
    let queue = try DatabaseQueue(path: file)
    try await queue.write { try $0.execute(sql: "PRAGMA user_version = 99") }
    try queue.close()
    let known = name == "mail" ? Schema.mailVersion : Schema.keyringVersion
    #expect(throws: MailStoreError.newerSchema(found: 99, known: known)) {
      try SQLiteMailStore.open(directory: test.directory, masterKey: test.master)
    }
  }

  @Test func `another program's database is refused`() async throws {
    let test = try await TestStore()
    await test.store.close()
    for change in ["PRAGMA application_id = 1", "PRAGMA application_id = 0"] {
      let queue = try DatabaseQueue(path: "\(test.directory)/mail.sqlite")
      try await queue.write { try $0.execute(sql: change) }
      try queue.close()
      #expect(throws: MailStoreError.corrupt("a database of another program")) {
        try SQLiteMailStore.open(directory: test.directory, masterKey: test.master)
      }
    }
  }

  @Test func `a file that is no database, or a damaged one, is corrupt`() async throws {
    let test = try await TestStore()
    let folder = try await test.account()
    try await test.sync(folder, (1...500).map { .sample($0, "m\($0)@x") })
    await test.store.close()
    let file = "\(test.directory)/mail.sqlite"
    for (offset, octets) in [(4096 * 3, 4096 * 20), (0, 4096)] {
      let fd = Glibc.open(file, O_WRONLY)
      let junk = [UInt8](repeating: 0xA5, count: octets)
      #expect(pwrite(fd, junk, junk.count, off_t(offset)) == octets)
      Glibc.close(fd)
      let error = #expect(throws: MailStoreError.self) {
        try SQLiteMailStore.open(directory: test.directory, masterKey: test.master)
      }
      guard case .corrupt = error else {
        Issue.record("\(String(describing: error))")
        continue
      }
    }
  }

  @Test func `a folder that cannot be made or is not ours is an error`() {
    for path in ["/proc/postroom", "/tmp/postroom-no-such-\(getpid())/deeper"] {
      let error = #expect(throws: MailStoreError.self) {
        try SQLiteMailStore.open(directory: path, masterKey: .generate())
      }
      guard case .failed = error else {
        Issue.record("\(String(describing: error))")
        continue
      }
    }
  }

  @Test func `after close every call fails`() async throws {
    let test = try await TestStore()
    await test.store.close()
    await #expect(throws: MailStoreError.self) { _ = try await test.store.tenants() }
    await #expect(throws: MailStoreError.self) { _ = try await test.store.createTenant(name: "x", at: .zero) }
    await test.store.close()
  }

  @Test func `a sound database passes the check`() async throws {
    let test = try await TestStore()
    try await test.store.checkIntegrity()
  }

  @Test func `the migrated schema is the documented one`() async throws {
    /// Without comments, and blanks only between words.
    func schema(_ db: Database) throws -> [String] {
      let sql = "SELECT coalesce(sql, name) FROM sqlite_schema WHERE name NOT LIKE 'sqlite_%' ORDER BY name"
      return try Query(db, sql).all { row in
        let lines = row.text(0).split(separator: "\n").filter { !$0.drop { $0 == " " }.hasPrefix("--") }
        var words = lines.joined(separator: " ").split(separator: " ").joined(separator: " ")
        for mark in ["(", ")", ","] {
          words = words.replacing(" \(mark)", with: mark).replacing("\(mark) ", with: mark)
        }
        return words
      }
    }
    let fresh = try DatabaseQueue()
    let documented = try fresh.inDatabase { db in
      try Migrations.mail.run(on: db)
      return try schema(db)
    }
    let migrated = try DatabaseQueue().inDatabase { db in
      db.add(function: try TokenHashes(key: MasterKey.generate().newDataKey().0).function)
      try db.execute(sql: schemaVersion1)
      try db.execute(sql: "PRAGMA application_id = \(Schema.applicationID); PRAGMA user_version = 1")
      try Migrations.mail.run(on: db)
      #expect(try Query(db, "PRAGMA user_version").number() == Int64(Schema.mailVersion))
      return try schema(db)
    }
    #expect(migrated == documented)
    #expect(documented.count > 30)
    #expect(Migrations.mail.latest == Schema.mailVersion)
    #expect(Migrations.keyring.latest == Schema.keyringVersion)
    for table in documented where table.hasPrefix("CREATE TABLE") { #expect(table.contains(")STRICT")) }
  }

  @Test func `tokens of an earlier version go on counting, under a hash of the new kind`() async throws {
    let test = try await TestStore()
    await test.store.close()
    let digest = Digest.sha256(Array("pr_old".utf8))
    let mail = "\(test.directory)/mail.sqlite"
    let keys = "\(test.directory)/keyring.sqlite"
    // Back to what version 3 kept.
    try Self.change(
      mail,
      """
      DROP TABLE bounce;
      DROP TABLE report_to_read;
      ALTER TABLE mail DROP COLUMN parse_failed;
      DROP TABLE tenant_settings;
      DROP TABLE merged_thread;
      DROP INDEX thread_by_subject;
      ALTER TABLE thread DROP COLUMN forked_from;
      ALTER TABLE mail DROP COLUMN is_placed;
      ALTER TABLE mail DROP COLUMN provider_thread;
      ALTER TABLE mail DROP COLUMN thread_index;
      ALTER TABLE mail DROP COLUMN route;
      ALTER TABLE mail DROP COLUMN carrier_id;
      ALTER TABLE token DROP COLUMN certificate;
      INSERT INTO token (tenant_id, name, scopes, hash, created_at)
        VALUES (\(test.tenant.id.value), 'old', 'read', x'\(Digest.text(digest))', 0);
      DROP TABLE upload_use;
      DROP TABLE upload_piece;
      DROP TABLE upload;
      DROP TABLE outgoing_use;
      ALTER TABLE purge DROP COLUMN uploads;
      ALTER TABLE mailbox DROP COLUMN oauth_provider;
      ALTER TABLE mailbox DROP COLUMN refresh_previous;
      ALTER TABLE purge DROP COLUMN statement;
      ALTER TABLE purge DROP COLUMN signed_by;
      ALTER TABLE purge DROP COLUMN signature;
      ALTER TABLE mailbox DROP COLUMN smtp_octets_max;
      DROP INDEX submission_by_departure;
      DROP INDEX submission_by_tenant_departure;
      ALTER TABLE submission DROP COLUMN departed_at;
      ALTER TABLE submission DROP COLUMN wants_reports;
      ALTER TABLE mailbox DROP COLUMN identities;
      ALTER TABLE mailbox DROP COLUMN sends_per_minute_max;
      ALTER TABLE mailbox DROP COLUMN sends_per_day_max;
      ALTER TABLE mailbox DROP COLUMN files_sent_seen;
      DROP TABLE webhook;
      DROP TABLE event_gap;
      DROP TABLE retention;
      DROP TABLE deletion;
      DROP TABLE hold;
      DROP TABLE mail_mark;
      DROP TABLE search;
      DROP TABLE search_todo;
      DROP TABLE search_mail;
      DROP TABLE search_token;
      PRAGMA user_version = 3;
      """)
    try Self.change(
      keys,
      """
      DELETE FROM key WHERE purpose <> '';
      DROP INDEX key_by_purpose;
      ALTER TABLE key DROP COLUMN purpose;
      PRAGMA user_version = 1;
      """)
    for _ in 0..<2 {
      try await test.reopen()
      let row = try await test.store.token(.secret(digest: digest))
      #expect(row?.name == "old" && row?.scopes == ["read"] && row?.certificate == nil)
      #expect(try await test.store.token(.certificate(digest: digest)) == nil)
      let kept = try await test.store.read { db in
        try Query(db, "SELECT hash FROM token").first { $0.blob(0) }
      }
      #expect(kept?.count == 32 && kept != digest)
    }
    // Deleted content is overwritten: the old hash is in no file.
    await test.store.close()
    for name in ["mail.sqlite", "mail.sqlite-wal"] {
      let octets = [UInt8](FileManager.default.contents(atPath: "\(test.directory)/\(name)") ?? Data())
      #expect(octets.firstRange(of: digest) == nil)
    }
  }

  private static func change(_ file: String, _ sql: String) throws {
    let queue = try DatabaseQueue(path: file)
    try queue.inDatabase { try $0.execute(sql: sql) }
    try queue.close()
  }

  @Test func `each migration runs once, in order, and all or nothing`() async throws {
    let queue = try DatabaseQueue()
    try queue.inDatabase { db in
      let first = "CREATE TABLE a (x INTEGER) STRICT"
      try Migrations(schema: first, steps: []).run(on: db)
      let two = Migrations(schema: "not for an old database", steps: ["INSERT INTO a VALUES (1)"])
      try two.run(on: db)
      try two.run(on: db)
      #expect(try Query(db, "SELECT count(*) FROM a").number() == 1)
      let broken = Migrations(
        schema: "", steps: two.steps + ["INSERT INTO a VALUES (2); INSERT INTO b VALUES (1)"])
      #expect(throws: DatabaseError.self) { try broken.run(on: db) }
      #expect(try Query(db, "SELECT count(*) FROM a").number() == 1)
      #expect(try Query(db, "PRAGMA user_version").number() == 2)
      #expect(throws: MailStoreError.newerSchema(found: 2, known: 1)) {
        try Migrations(schema: first, steps: []).run(on: db)
      }
    }
  }
}

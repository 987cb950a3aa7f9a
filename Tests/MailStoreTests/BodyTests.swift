import Bytes
import Compression
import Foundation
import GRDB
import Glibc
import MailPacking
import Sealing
import Testing

@testable import MailStore

/// How bodies and their attachments lie in the database, and that nothing of them is left behind.
@Suite(.timeLimit(.minutes(1))) struct BodyTests {
  let test: TestStore
  let folder: Folder

  init() async throws {
    test = try await TestStore()
    folder = try await test.account()
    _ = try await test.submit(folder, "root@x")
  }

  // MARK: Makers

  /// Octets without a pattern, the same for the same seed.
  static func noise(_ count: Int, _ seed: UInt64) -> [UInt8] {
    var state = seed
    return [UInt8](unsafeUninitializedCapacity: count) { room, written in
      for i in 0..<count {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        room[i] = UInt8(truncatingIfNeeded: state >> 33)
      }
      written = count
    }
  }

  /// A mail with these attachments.
  static func mail(_ contents: [[UInt8]], text: String = "hello", line: Int = 76) -> [UInt8] {
    var out = Array(
      "Subject: x\r\nContent-Type: multipart/mixed; boundary=b1\r\n\r\n--b1\r\n\r\n\(text)\r\n".utf8)
    for content in contents {
      out += "--b1\r\nContent-Type: image/png; name=a.png\r\nContent-Transfer-Encoding: base64\r\n\r\n".utf8
      let letters = Base64.encode(content)
      for start in stride(from: 0, to: letters.count, by: line) {
        out += letters[start..<min(start + line, letters.count)] + [13, 10]
      }
    }
    return out + Array("--b1--\r\n".utf8)
  }

  /// Logs a mail and answers its id.
  @discardableResult
  private func log(_ raw: [UInt8], _ messageID: String, in folder: Folder? = nil, replyTo: String = "root@x")
    async throws -> MailID
  {
    let folder = folder ?? self.folder
    let uid = UInt32(truncatingIfNeeded: SearchKeys.name(messageID))
    try await test.sync(folder, [.sample(uid, messageID, replyTo: [replyTo])])
    let id = try await test.mail(messageID, in: folder).id
    let outcome = try await test.store.logMail(id, raw: raw, hasAttachment: true, at: .zero)
    guard case .logged = outcome else { throw MailStoreError.conflict("\(outcome)") }
    return id
  }

  private func rows(_ table: String) async throws -> Int64 {
    try await test.store.read { try Query($0, "SELECT count(*) FROM \(table)").number() }
  }

  private func purge(_ scope: PurgeScope) async throws {
    let job = try await test.store.beginPurge(scope, tenant: test.tenant.id, by: "ci", at: .zero)
    #expect(try await test.store.finishPurge(job.id, at: .zero).state == .done)
  }

  private func collect(_ stream: OctetStream) async throws -> [UInt8] {
    var stream = stream
    var out: [UInt8] = []
    while let piece = try await stream.piece() {
      #expect(piece.count < 500_000)
      out += piece
    }
    #expect(out.count == stream.octets)
    return out
  }

  /// Whether these octets are in any file, looked for by another process.
  private func isOnDisk(_ octets: [UInt8]) throws -> Bool {
    let files = try FileManager.default.contentsOfDirectory(atPath: test.directory).filter {
      $0.contains(".sqlite")
    }
    #expect(!files.isEmpty)
    return try files.contains { name in
      // The octets are any, line ends among them: they are looked for as they are.
      try Data(contentsOf: URL(filePath: test.directory + "/" + name)).range(of: Data(octets)) != nil
    }
  }

  // MARK: Reading

  @Test(arguments: [[], [1000], [1024], [262_143], [262_144, 5], [300_000, 600_000, 3000]], [76, 61])
  func `a mail comes back whole and by pieces, its attachments by themselves`(_ sizes: [Int], line: Int)
    async throws
  {
    let contents = sizes.enumerated().map { Self.noise($1, UInt64($0)) }
    let raw = Self.mail(contents, line: line)
    let id = try await log(raw, "a@x")
    let tenant = test.tenant.id
    #expect(try await test.store.raw(id, tenant: tenant) == raw)
    #expect(try await collect(test.store.rawStream(id, tenant: tenant)) == raw)
    let large = contents.filter { $0.count >= 1024 }
    #expect(try await rows("attachment") == large.count)
    for (number, content) in large.enumerated() {
      #expect(try await collect(test.store.contentStream(number, of: id, tenant: tenant)) == content)
    }
    let outline = try await test.store.outline(id, tenant: tenant)
    #expect(outline.isWhole == large.isEmpty)
    #expect(outline.isWhole ? outline.raw == raw : outline.raw.count < 3000 * contents.count)
    try await test.reopen()
    #expect(try await test.store.raw(id, tenant: tenant) == raw)
  }

  @Test func `streams of what is not there fail, also when it goes meanwhile`() async throws {
    let id = try await log(Self.mail([Self.noise(600_000, 1)]), "a@x")
    let store = test.store
    await expect(.notFound("mail")) { try await store.rawStream(id, tenant: TenantID(99)) }
    await expect(.notFound("mail")) { try await store.outline(MailID(999), tenant: nil) }
    await expect(.corrupt("an attachment")) { try await store.contentStream(1, of: id, tenant: nil) }
    let other = try await test.mail("root@x").id
    #expect(try await store.outline(other, tenant: nil).isWhole)
    var stream = try await store.rawStream(id, tenant: nil)
    _ = try await stream.piece()
    _ = try await stream.piece()
    try await purge(.mail(id))
    await #expect(throws: MailStoreError.notFound("mail")) { try await stream.piece() }
  }

  @Test func `pieces that are changed, moved or missing do not open`() async throws {
    let id = try await log(Self.mail([Self.noise(600_000, 1), Self.noise(600_000, 2)]), "a@x")
    let good = try await test.store.raw(id, tenant: nil)
    let damages = [
      "UPDATE attachment_piece SET sealed = (SELECT sealed FROM attachment_piece WHERE attachment_id = 2 AND number = 0) WHERE attachment_id = 1 AND number = 0",
      "UPDATE attachment_piece SET sealed = (SELECT sealed FROM attachment_piece WHERE attachment_id = 1 AND number = 1) WHERE attachment_id = 1 AND number = 0",
      "DELETE FROM attachment_piece WHERE attachment_id = 1 AND number = 2",
      "UPDATE attachment SET octets = 524286 WHERE id = 1",
      "UPDATE attachment_use SET attachment_id = 3 - attachment_id",
      "UPDATE attachment SET hash = x'00' WHERE id = 1",
    ]
    for damage in damages {
      let pool = test.store.pool
      try await pool.write { db in
        try db.execute(sql: "SAVEPOINT damage; \(damage)")
        let owner = try db.owner(of: id, tenant: nil, test.store.keyring)
        let outcome = Result { try Bodies.stored(.body(id), owner, db)?.raw(owner, db) }
        // Two contents of one length that changed places open, each under its own name, as another mail.
        if case .success(let raw) = outcome { #expect(raw != good && damage.contains("3 -"), "\(damage)") }
        try db.execute(sql: "ROLLBACK TO damage; RELEASE damage")
      }
    }
    #expect(try await test.store.raw(id, tenant: nil) == good)
  }

  // MARK: Once for each mailbox

  @Test func `an attachment is kept once for a mailbox, whatever its lines, and for each mailbox apart`()
    async throws
  {
    let content = Self.noise(300_000, 1)
    let first = Self.mail([content, content])
    let second = Self.mail([content], text: "again", line: 64)
    let a = try await log(first, "a@x")
    let b = try await log(second, "b@x")
    let sent = try await test.submit(folder, "c@x", raw: String(decoding: second, as: UTF8.self))
    #expect(try await rows("attachment") == 1)
    #expect(try await rows("attachment_use") == 4)
    #expect(try await test.store.raw(a, tenant: nil) == first)
    #expect(try await test.store.raw(b, tenant: nil) == second)
    #expect(try await test.store.submissionRaw(sent.submission.id) == second)

    let other = try await test.account("cy@acme.example")
    let c = try await log(second, "d@x", in: other)
    #expect(try await test.store.raw(c, tenant: nil) == second)
    let hashes = try await test.store.read { db in
      try Query(db, "SELECT mailbox_id, hash FROM attachment ORDER BY id").all { ($0.int(0), $0.blob(1)) }
    }
    #expect(hashes.map(\.0) == [folder.mailboxID.value, other.mailboxID.value])
    #expect(hashes[0].1 != hashes[1].1 && !hashes.map(\.1).contains(Digest.sha256(content)))
  }

  @Test func `an untracked mail on its way out keeps all inside`() async throws {
    let raw = String(decoding: Self.mail([Self.noise(300_000, 1)]), as: UTF8.self)
    let out = try await test.submit(folder, "out@x", tracked: false, raw: raw)
    #expect(try await rows("attachment") == 0)
    #expect(try await test.store.submissionRaw(out.submission.id) == Array(raw.utf8))
  }

  @Test func `a replayed submission leaves nothing behind`() async throws {
    let raw = String(decoding: Self.mail([Self.noise(4_300_000, 1)]), as: UTF8.self)
    _ = try await test.submit(folder, "one@x", key: "k", raw: "Subject: x\r\n\r\n")
    #expect(try await test.submit(folder, "two@x", key: "k", raw: raw).replayed)
    #expect(try await rows("attachment") == 0)
    await expect(.keyReused) { try await test.submit(folder, "two@x", key: "k", fingerprint: [2], raw: raw) }
    #expect(try await rows("attachment") == 0)
    #expect(try await rows("attachment_piece") == 0)
  }

  // MARK: Erasing

  @Test func `a shared attachment goes with the last of its mails, and no octet of it stays`() async throws {
    let content = Self.noise(300_000, 1)
    let a = try await log(Self.mail([content]), "a@x")
    let b = try await log(Self.mail([content, Self.noise(2000, 2)], text: "again"), "b@x")
    let sealed = try await test.store.read { db in
      try Query(db, "SELECT substr(sealed, 20, 12) FROM attachment_piece ORDER BY attachment_id, number").all
      {
        $0.blob(0)
      }
    }
    let hash = try #require(
      try await test.store.read {
        try Query($0, "SELECT substr(hash, 1, 12) FROM attachment").first { $0.blob(0) }
      })
    #expect(sealed.count == 3)
    for octets in sealed + [hash] { #expect(try isOnDisk(octets)) }

    try await purge(.mail(b))
    #expect(try await rows("attachment") == 1)
    #expect(try isOnDisk(sealed[0]) && isOnDisk(sealed[1]) && isOnDisk(hash))
    #expect(try !isOnDisk(sealed[2]))
    #expect(try await test.store.raw(a, tenant: nil) == Self.mail([content]))

    try await purge(.mail(a))
    for table in ["attachment", "attachment_piece", "attachment_use"] {
      #expect(try await rows(table) == 0, "\(table)")
    }
    for octets in sealed + [hash] { #expect(try !isOnDisk(octets)) }
  }

  @Test(arguments: [PurgeScope.tenant, .mailbox(MailboxID(1)), .contact(email: "bob@buyer.example")])
  func `a purge takes the attachments of its mails and no others`(_ scope: PurgeScope) async throws {
    let content = Self.noise(300_000, 1)
    try await log(Self.mail([content]), "a@x")
    try await log(Self.mail([content]), "b@x")
    let other = try await test.account("cy@acme.example")
    let kept = try await log(Self.mail([content]), "c@x", in: other, replyTo: "root@x")
    // Written ahead by somebody who never finished.
    let key = try await test.store.read { [keyring = test.store.keyring] in
      try $0.key(of: folder.mailboxID, keyring)
    }
    let owner = SealingOwner(tenant: test.tenant.id, mailbox: folder.mailboxID, key: key)
    try await test.store.write { db, _ in
      let rows = ContentRows(db, owner)
      try rows.add(try rows.begin([1], octets: 5), piece: 0, [1, 2, 3])
    }
    try await purge(scope)
    switch scope {
    case .mailbox:
      #expect(try await rows("attachment") == 1)
      #expect(try await test.store.raw(kept, tenant: nil) == Self.mail([content]))
    case .contact: #expect(try await rows("attachment") == 1)  // the unfinished one
    default: #expect(try await rows("attachment") == 0)
    }
    try await test.reopen()
    if case .contact = scope { #expect(try await rows("attachment_piece") == 0) }
  }

  // MARK: Writing ahead

  @Test func `what was written ahead and never finished goes at the next start`() async throws {
    let writer = BodyWriter(store: test.store, owner: try await owner(), heldOctetsMax: 300_000)
    let body = try await writer.prepare(Self.mail([Self.noise(600_000, 1)]))
    #expect(try await rows("attachment_piece") == 3)
    #expect(body.contents.count == 1)
    try await test.reopen()
    #expect(try await rows("attachment_piece") == 0)
    #expect(try await rows("attachment") == 0)
  }

  @Test func `a content that comes or goes while a mail is prepared is stored all the same`() async throws {
    for octets in [3000, 600_000] {
      let raw = Self.mail([Self.noise(octets, 1)])
      let writer = BodyWriter(store: test.store, owner: try await owner(), heldOctetsMax: 300_000)
      // It comes.
      let early = try await writer.prepare(raw)
      let first = try await log(raw, "first.\(octets)@x")
      let second = try await insert(early, "second.\(octets)@x")
      #expect(try await rows("attachment") == 1)
      // It goes.
      let late = try await writer.prepare(raw)
      try await purge(.mail(first))
      try await purge(.mail(second))
      #expect(try await rows("attachment") == 0)
      let third = try await insert(late, "third.\(octets)@x")
      #expect(try await test.store.raw(third, tenant: nil) == raw)
      try await purge(.mail(third))
    }
  }

  private func owner() async throws -> SealingOwner {
    let key = try await test.store.read { [keyring = test.store.keyring] in
      try $0.key(of: folder.mailboxID, keyring)
    }
    return SealingOwner(tenant: test.tenant.id, mailbox: folder.mailboxID, key: key)
  }

  private func insert(_ body: PreparedBody, _ messageID: String) async throws -> MailID {
    let uid = UInt32(truncatingIfNeeded: SearchKeys.name(messageID))
    try await test.sync(folder, [.sample(uid, messageID, replyTo: ["root@x"])])
    let id = try await test.mail(messageID).id
    let owner = try await owner()
    try await test.store.write { db, _ in
      try body.insert(.body(id), owner, db)
      try Query(db, "UPDATE mail SET state = 'logged' WHERE id = ?").run(id)
    }
    return id
  }

  // MARK: Version 1

  @Test func `a database of version 1 opens, and its bodies come back beside new ones`() async throws {
    let raw = Self.mail([Self.noise(3000, 1)])
    let id = try await log(raw, "a@x")
    let out = try await test.submit(folder, "out@x", tracked: false)
    let owner = try await owner()
    try await test.store.write { db, _ in
      // As version 1 wrote them.
      let body = try owner.key.seal(try Zlib.deflate(raw), context: owner.context("\(id)|body|1"))
      let outgoing = try owner.key.seal(
        try Zlib.deflate(raw), context: owner.context("\(out.submission.id)|outgoing|1"))
      try db.releaseContents(of: .body(id))
      try Query(db, "UPDATE body SET sealed = ?, format = 1 WHERE mail_id = ?").run(body, id)
      try Query(db, "UPDATE outgoing SET sealed = ?, format = 1, octets = ?").run(outgoing, raw.count)
      // Every other body goes, as its form is of version 2.
      try Query(db, "DELETE FROM body WHERE format <> 1").run()
    }
    await test.store.close()
    try asVersion1("\(test.directory)/mail.sqlite")
    try await test.reopen()
    #expect(
      try await test.store.read { try Query($0, "PRAGMA user_version").number() } == Int64(Schema.mailVersion)
    )
    #expect(try await test.store.raw(id, tenant: nil) == raw)
    #expect(try await collect(test.store.rawStream(id, tenant: nil)) == raw)
    #expect(try await test.store.outline(id, tenant: nil).isWhole)
    #expect(try await test.store.submissionRaw(out.submission.id) == raw)
    let next = try await log(raw, "b@x")
    #expect(try await test.store.raw(next, tenant: nil) == raw)
    #expect(try await rows("attachment") == 1)
    try await purge(.mailbox(folder.mailboxID))
    #expect(try await rows("body") == 0)
    try await test.store.checkIntegrity()
  }

  /// Makes the file what version 1 would have made: its schema with the same rows.
  private func asVersion1(_ file: String) throws {
    let queue = try DatabaseQueue(path: file)
    defer { try? queue.close() }
    try queue.writeWithoutTransaction { db in
      try db.execute(sql: "PRAGMA foreign_keys = OFF; VACUUM")
      let tables = try Query(
        db, "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
      ).all { $0.text(0) }
      let copy = file + ".1"
      try db.execute(sql: "ATTACH '\(copy)' AS old")
      try db.execute(
        sql: schemaVersion1.replacing("CREATE TABLE ", with: "CREATE TABLE old.")
          .replacing("INDEX ", with: "INDEX old."))
      for table in tables {
        let columns = try Query(db, "SELECT name FROM pragma_table_info('\(table)', 'old')").all {
          $0.text(0)
        }
        // Later versions brought it.
        if columns.isEmpty { continue }
        let list = columns.joined(separator: ", ")
        try db.execute(sql: "INSERT INTO old.\(table) (\(list)) SELECT \(list) FROM main.\(table)")
      }
      try db.execute(
        sql:
          "DELETE FROM old.sqlite_sequence; INSERT INTO old.sqlite_sequence SELECT * FROM main.sqlite_sequence WHERE name IN (SELECT name FROM old.sqlite_schema)"
      )
      try db.execute(
        sql: "PRAGMA old.application_id = \(Schema.applicationID); PRAGMA old.user_version = 1; DETACH old")
    }
    try queue.close()
    for suffix in ["-wal", "-shm"] { unlink(file + suffix) }
    #expect(rename(file + ".1", file) == 0)
  }

  @Test func `a body of a later version is told, not taken for damage`() async throws {
    let id = try await log([1, 2, 3], "a@x")
    let owner = try await owner()
    try await test.store.write { db, _ in
      let sealed = try owner.key.seal([9, 0, 0], context: owner.context("\(id)|body|2"))
      try Query(db, "UPDATE body SET sealed = ? WHERE mail_id = ?").run(sealed, id)
    }
    await expect(.corrupt("a body of format 9, which a newer version wrote")) {
      try await test.store.raw(id, tenant: nil)
    }
    try await test.store.write { db, _ in
      try Query(db, "UPDATE body SET format = 7 WHERE mail_id = ?").run(id)
    }
    await expect(.corrupt("a body's format")) { try await test.store.raw(id, tenant: nil) }
  }
}

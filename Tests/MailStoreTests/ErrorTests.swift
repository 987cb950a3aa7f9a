import Compression
import GRDB
import Sealing
import Testing

@testable import MailStore

@Suite(.timeLimit(.minutes(1))) struct ErrorTests {
  @Test func `every library's errors have one meaning`() {
    let table: [(any Error, MailStoreError)] = [
      (MailStoreError.keyReused, .keyReused),
      (SealingError.notAuthentic, .sealing(SealingError.notAuthentic.message)),
      (CompressionError.truncated, .corrupt("a packed body")),
      (CompressionError.memory, .failed("zlib: no memory")),
      (DatabaseError(resultCode: .SQLITE_FULL), .diskFull),
      (DatabaseError(resultCode: .SQLITE_IOERR_SHMSIZE), .diskFull),
      (DatabaseError(resultCode: .SQLITE_CORRUPT, message: "m"), .corrupt("m")),
      (DatabaseError(resultCode: .SQLITE_CORRUPT_INDEX, message: "m"), .corrupt("m")),
      (DatabaseError(resultCode: .SQLITE_NOTADB, message: "m"), .corrupt("m")),
      (DatabaseError(resultCode: .SQLITE_BUSY, message: "m"), .locked("m")),
      (DatabaseError(resultCode: .SQLITE_LOCKED, message: "m"), .locked("m")),
      (DatabaseError(resultCode: .SQLITE_IOERR_WRITE, message: "m"), .failed("SQLite 778: m")),
      (CancellationError(), .failed("CancellationError")),
    ]
    for (error, wanted) in table { #expect(MailStoreError(error) == wanted) }
  }

  @Test func `a full disk is told as such, changes nothing, and ends with it`() async throws {
    let test = try await TestStore()
    let folder = try await test.account()
    try await test.store.write { db, _ in
      let pages = try Query(db, "PRAGMA page_count").number()
      try db.execute(sql: "PRAGMA max_page_count = \(pages + 4)")
    }
    await expect(.diskFull) { try await test.sync(folder, (1...2000).map { .sample($0, "m\($0)@x") }) }
    #expect(try await test.mails().isEmpty)
    #expect(try await test.store.folders(folder.mailboxID).first?.cursor == nil)
    try await test.store.write { db, _ in try db.execute(sql: "PRAGMA max_page_count = 1000000") }
    #expect(try await test.sync(folder, (1...2000).map { .sample($0, "m\($0)@x") }).inserted == 2000)
  }

  @Test func `a write that fails leaves no trace, and those beside it go on`() async throws {
    let test = try await TestStore()
    let before = test.store.latestEvent
    let results = await withTaskGroup(of: (Int, Result<Int64, MailStoreError>).self) { group in
      for number in 0..<200 {
        group.addTask {
          do throws(MailStoreError) {
            let id = try await test.store.write { db, effects in
              try Query(db, "INSERT INTO tenant (name, key_id, created_at) VALUES (?, '', 0)").run(
                "t\(number)")
              let id = db.lastInsertedRowID
              try NewEvent(tenant: TenantID(id), type: .syncCompleted).append(at: .zero, db, &effects)
              if number % 3 == 0 { throw MailStoreError.conflict("\(number)") }
              return id
            }
            return (number, .success(id))
          } catch {
            return (number, .failure(error))
          }
        }
      }
      return await group.reduce(into: [:]) { $0[$1.0] = $1.1 }
    }
    let names = try await test.store.tenants().map(\.name)
    for number in 0..<200 {
      if number % 3 == 0 {
        #expect(results[number] == .failure(.conflict("\(number)")))
        #expect(!names.contains("t\(number)"))
      } else {
        #expect(names.contains("t\(number)"))
      }
    }
    #expect(try await test.store.read { try Query($0, "SELECT count(*) FROM event").number() } == 133)
    #expect(test.store.latestEvent > before)
    #expect(
      try await test.store.read { try Query($0, "SELECT max(seq) FROM event").number() }
        == test.store.latestEvent)
  }

  @Test func `an error that ends the transaction fails all of it, and the writer goes on`() async throws {
    let test = try await TestStore()
    await expect(.conflict("lost")) {
      try await test.store.write { db, _ in
        try Query(db, "INSERT INTO tenant (name, key_id, created_at) VALUES ('lost', '', 0)").run()
        try db.rollback()
        throw MailStoreError.conflict("lost")
      }
    }
    #expect(try await test.store.tenant(named: "lost") == nil)
    _ = try await test.store.createTenant(name: "found", at: .zero)
  }

  @Test func `a cancelled task still gets the answer of its write`() async throws {
    let test = try await TestStore()
    let task = Task {
      withUnsafeCurrentTask { $0?.cancel() }
      let made = try await test.store.createTenant(name: "late", at: .zero)
      return (made, try await test.store.tenants().count)
    }
    let (made, count) = try await task.value
    #expect(made.name == "late")
    #expect(count == 2)
  }
}

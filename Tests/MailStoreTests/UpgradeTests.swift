import Foundation
import GRDB
import Sealing
import Testing

@testable import MailStore

/// A data folder that each earlier version wrote, opened by this one.
@Suite(.timeLimit(.minutes(2))) struct UpgradeTests {
  @Test(arguments: 1..<Schema.mailVersion)
  func `what an earlier version kept is there, and work goes on`(version: Int) async throws {
    let test = try await TestStore()
    let folder = try await test.account()
    try await test.sync(folder, [.sample(1, "a@x"), .sample(2, "b@x")])
    let mails = try await test.mails().map(\.envelope)
    let latest = test.store.latestEvent
    await test.store.close()
    try Self.putBack("\(test.directory)/mail.sqlite", to: version)
    try await test.reopen()
    #expect(
      try await test.store.read { try Query($0, "PRAGMA user_version").number() } == Int64(Schema.mailVersion)
    )
    #expect(try await test.store.tenants() == [test.tenant])
    #expect(try await test.store.password(of: folder.mailboxID) == Array("secret".utf8))
    #expect(try await test.mails().map(\.envelope) == mails && mails.count == 2)
    #expect(test.store.latestEvent == latest && latest > 0)
    try await test.sync(folder, [.sample(3, "c@x")])
    #expect(Set(try await test.mails().map(\.envelope.messageID)) == ["a@x", "b@x", "c@x"])
    try await test.store.checkIntegrity()
    // The second opening has nothing left to do.
    try await test.reopen()
    #expect(try await test.mails().count == 3)
  }

  /// Writes `file` anew as `version` would have: the first version's tables with what is in them now, and the steps from
  /// there.
  private static func putBack(_ file: String, to version: Int) throws {
    let old = file + ".old"
    let queue = try DatabaseQueue(path: old)
    try queue.writeWithoutTransaction { db in
      db.add(function: try TokenHashes(key: MasterKey.generate().newDataKey().0).function)
      try db.execute(sql: "PRAGMA foreign_keys = OFF")
      try db.execute(sql: schemaVersion1)
      try db.execute(sql: "ATTACH DATABASE '\(file)' AS now")
      let tables = try Query(
        db, "SELECT name FROM main.sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
      )
      .all { $0.text(0) }
      #expect(tables.count > 5)
      for table in tables {
        let columns = try Query(db, "SELECT name FROM pragma_table_info('\(table)', 'main')").all {
          $0.text(0)
        }
        .joined(separator: ", ")
        try db.execute(sql: "INSERT INTO main.\(table) (\(columns)) SELECT \(columns) FROM now.\(table)")
      }
      try db.execute(sql: "DETACH DATABASE now")
      for step in Migrations.mail.steps.prefix(version - 1) { try db.execute(sql: step) }
      try db.execute(sql: "PRAGMA application_id = \(Schema.applicationID); PRAGMA user_version = \(version)")
    }
    try queue.close()
    for ending in ["", "-wal", "-shm"] where FileManager.default.fileExists(atPath: file + ending) {
      try FileManager.default.removeItem(atPath: file + ending)
    }
    try FileManager.default.moveItem(atPath: old, toPath: file)
  }
}

internal import GRDB

/// Brings a database from any earlier version to ours, one version and one transaction at a time.
struct Migrations {
  /// The SQL that leads from version n to n + 1, n counting from 0. Never edited once released.
  let steps: [String]

  static let mail = Migrations(steps: [Schema.mail])
  static let keyring = Migrations(steps: [Schema.keyring])

  /// - Throws: ``MailStoreError/newerSchema(found:known:)``, ``MailStoreError/corrupt(_:)`` when the
  ///   file is another program's database.
  func run(on db: Database) throws {
    let found = Int(try Query(db, "PRAGMA user_version").number())
    guard found >= 0, found <= steps.count else {
      throw MailStoreError.newerSchema(found: found, known: steps.count)
    }
    let program = try Query(db, "PRAGMA application_id").number()
    let isEmpty = try !Query(db, "SELECT 1 FROM sqlite_schema").exists()
    guard program == Schema.applicationID || (program == 0 && isEmpty && found == 0) else {
      throw MailStoreError.corrupt("a database of another program")
    }
    for version in found..<steps.count {
      try db.inTransaction(.immediate) {
        try db.execute(sql: steps[version])
        try db.execute(sql: "PRAGMA application_id = \(Schema.applicationID)")
        try db.execute(sql: "PRAGMA user_version = \(version + 1)")
        return .commit
      }
    }
  }
}

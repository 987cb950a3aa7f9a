internal import GRDB

/// Brings a database from any earlier version to ours, one version and one transaction at a time.
struct Migrations {
  /// The schema of the last version, which a new database gets at once.
  let schema: String
  /// The SQL that leads from version n to n + 1, n counting from 1. Never edited once released.
  let steps: [String]

  /// The version of ``schema``.
  var latest: Int { steps.count + 1 }

  static let mail = Migrations(
    schema: Schema.mail + Schema.retention + Schema.search + Schema.sending + Schema.receipts + Schema.oauth
      + Schema.webhooks + Schema.eventGaps,
    steps: [
      Schema.mailFrom1, Schema.mailFrom2, Schema.mailFrom3, Schema.mailFrom4, Schema.mailFrom5,
      Schema.retention, Schema.mailFrom7, Schema.mailFrom8, Schema.search,
      Schema.sending, Schema.receipts, Schema.oauth, Schema.webhooks, Schema.eventGaps,
    ])
  static let keyring = Migrations(schema: Schema.keyring, steps: [Schema.keyringFrom1])

  /// - Throws: ``MailStoreError/newerSchema(found:known:)``, ``MailStoreError/corrupt(_:)`` when the
  ///   file is another program's database.
  func run(on db: Database) throws {
    let found = Int(try Query(db, "PRAGMA user_version").number())
    guard found >= 0, found <= latest else {
      throw MailStoreError.newerSchema(found: found, known: latest)
    }
    let program = try Query(db, "PRAGMA application_id").number()
    let isEmpty = try !Query(db, "SELECT 1 FROM sqlite_schema").exists()
    guard program == Schema.applicationID || (program == 0 && isEmpty && found == 0) else {
      throw MailStoreError.corrupt("a database of another program")
    }
    if found == 0 { return try apply(schema, version: latest, db) }
    for version in found..<latest { try apply(steps[version - 1], version: version + 1, db) }
  }

  private func apply(_ sql: String, version: Int, _ db: Database) throws {
    try db.inTransaction(.immediate) {
      try db.execute(sql: sql)
      try db.execute(sql: "PRAGMA application_id = \(Schema.applicationID)")
      try db.execute(sql: "PRAGMA user_version = \(version)")
      return .commit
    }
  }
}

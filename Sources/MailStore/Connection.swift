internal import GRDB

/// How every connection to our databases is set.
enum Connection {
  /// A sync changes many index pages a little, and each goes to the log whole. Measured 2026, 150,000
  /// envelopes in batches of 1000: 1.35 GB written with pages of 4096 octets, 1.67 GB with 8192,
  /// 1.90 GB with 16384.
  static let pageOctets = 4096

  /// The log is written back when it has this many octets. SQLite's own 4 MB writes the pages of a sync
  /// that change again and again half as often again (measured: 3.5 GB against 2.4 GB).
  static let logOctets = 64 << 20

  /// At most this much of the database is looked through when it is opened (about 0.1 s).
  static let checkOctetsMax: Int64 = 64 << 20

  /// - Parameter cacheKiB: memory for pages of the writing connection; a reading one gets an eighth.
  static func configuration(label: String, readers: Int, cacheKiB: Int) -> Configuration {
    var configuration = Configuration()
    configuration.label = label
    configuration.maximumReaderCount = readers
    configuration.busyMode = .timeout(5)
    configuration.persistentReadOnlyConnections = true
    configuration.journalMode = .wal
    configuration.prepareDatabase { db in
      try db.execute(
        sql: """
          PRAGMA page_size = \(pageOctets);
          PRAGMA secure_delete = ON;
          PRAGMA trusted_schema = OFF;
          PRAGMA cell_size_check = ON;
          PRAGMA temp_store = MEMORY;
          PRAGMA cache_size = -\(db.configuration.readonly ? cacheKiB / 8 : cacheKiB);
          PRAGMA wal_autocheckpoint = \(logOctets / pageOctets);
          PRAGMA journal_size_limit = \(logOctets);
          """)
    }
    return configuration
  }

  /// What can only be set when GRDB has done its own settings: it lowers `synchronous` to NORMAL on a
  /// database with a write-ahead log, after `prepareDatabase`. At NORMAL a power cut loses commits.
  static func harden(_ db: Database) throws {
    try db.execute(sql: "PRAGMA synchronous = FULL")
    guard try Query(db, "PRAGMA synchronous").number() == 2,
      try Query(db, "PRAGMA secure_delete").number() == 1
    else { throw MailStoreError.failed("SQLite does not take synchronous = FULL and secure_delete = ON") }
  }

  /// Looks for damage. - Throws: ``MailStoreError/corrupt(_:)``.
  static func check(_ db: Database) throws {
    let words = try Query(db, "PRAGMA quick_check(1)").first { $0.text(0) } ?? ""
    if words != "ok" { throw MailStoreError.corrupt(words) }
  }

  /// Writes the log back into the database and empties it.
  /// - Returns: false while a reader still needs it.
  static func truncateLog(_ db: Database) throws -> Bool {
    // The row is: busy, frames in the log, frames written back. Busy does not throw.
    try Query(db, "PRAGMA wal_checkpoint(TRUNCATE)").first { $0.int(0) == 0 && $0.int(1) == $0.int(2) }
      ?? false
  }
}

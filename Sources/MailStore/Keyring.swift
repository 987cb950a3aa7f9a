internal import GRDB
internal import Sealing
internal import Synchronization

/// The data keys of tenants and mailboxes, wrapped by the master key, in a database of their own.
///
/// Keys in use are kept in memory; ``destroy(_:)`` takes a key from both.
final class Keyring: Sendable {
  private let queue: DatabaseQueue
  private let master: MasterKey
  private let open = Mutex<[String: DataKey]>([:])

  /// Keys that were wrapped by another master key, and are wrapped by this one since.
  let rewrapped: Int

  /// - Parameter previous: master keys that wrapped what is in it; what they wrapped is wrapped anew by `master` before
  ///   this returns, all or nothing.
  /// - Throws: ``MailStoreError/sealing(_:)`` when the keys in it are none of these keys'.
  init(file: String, master: MasterKey, previous: [MasterKey] = []) throws {
    self.master = master
    let configuration = Connection.configuration(label: "keyring", readers: 1, cacheKiB: 512)
    queue = try DatabaseQueue(path: file, configuration: configuration)
    rewrapped = try queue.inDatabase { db in
      try Connection.harden(db)
      try Migrations.keyring.run(on: db)
      if DataFolder.size(of: file) <= Connection.checkOctetsMax { try Connection.check(db) }
      var rewrapped = 0
      if !previous.isEmpty {
        try db.inTransaction(.immediate) {
          rewrapped = try Self.rewrap(db, master, previous)
          return .commit
        }
        // What the keys before had wrapped is in no file any more.
        if rewrapped > 0 { _ = try Connection.truncateLog(db) }
      }
      if let wrapped = try Query(db, "SELECT wrapped FROM key LIMIT 1").first(read: { $0.blob(0) }) {
        _ = try master.unwrap(wrapped)
      }
      return rewrapped
    }
  }

  private static func rewrap(_ db: Database, _ master: MasterKey, _ previous: [MasterKey]) throws -> Int {
    var count = 0
    let update = try Query(db, "UPDATE key SET wrapped = ? WHERE id = ?")
    for (id, wrapped) in try Query(db, "SELECT id, wrapped FROM key").all(read: { ($0.text(0), $0.blob(1)) })
    {
      let by = MasterKey.id(ofWrapped: wrapped)
      // What none of them wrapped fails when it is unwrapped below, with the ids of both.
      guard by != master.id, let old = previous.first(where: { $0.id == by }) else { continue }
      try update.run(try master.wrap(try old.unwrap(wrapped)), id)
      count += 1
    }
    return count
  }

  /// What a key is for that belongs to no tenant and no mailbox. There is one for each.
  enum Purpose: String {
    /// Hashes of tokens.
    case tokens
    /// Signatures under receipts.
    case receipts
  }

  /// A new key, on disk when this returns.
  func create(at: Timestamp) throws -> DataKey {
    try queue.write { db in try create(purpose: "", at: at, db) }
  }

  /// The one key for a purpose, made when there is none yet.
  func key(for purpose: Purpose) throws -> DataKey {
    try queue.write { db in
      let sql = "SELECT wrapped FROM key WHERE purpose = ?"
      if let wrapped = try Query(db, sql).first(purpose.rawValue, read: { $0.blob(0) }) {
        return try master.unwrap(wrapped)
      }
      let now = Timestamp(milliseconds: try Query(db, "SELECT unixepoch() * 1000").number())
      return try create(purpose: purpose.rawValue, at: now, db)
    }
  }

  private func create(purpose: String, at: Timestamp, _ db: Database) throws -> DataKey {
    let (key, wrapped) = try master.newDataKey()
    let sql = "INSERT INTO key (id, wrapped, created_at, purpose) VALUES (?, ?, ?, ?)"
    try Query(db, sql).run(key.id, wrapped, at, purpose)
    open.withLock { $0[key.id] = key }
    return key
  }

  /// - Throws: ``MailStoreError/notFound(_:)`` when the key was destroyed.
  func key(_ id: String) throws -> DataKey {
    if let key = open.withLock({ $0[id] }) { return key }
    let wrapped = try queue.read { db in
      try Query(db, "SELECT wrapped FROM key WHERE id = ?").first(id) { $0.blob(0) }
    }
    guard let wrapped else { throw MailStoreError.notFound("key") }
    let key = try master.unwrap(wrapped)
    open.withLock { $0[id] = key }
    return key
  }

  /// What was sealed under these keys cannot be read again. Keys that are gone already do not matter.
  func destroy(_ ids: [String]) throws {
    try queue.write { db in
      let delete = try Query(db, "DELETE FROM key WHERE id = ?")
      for id in ids { try delete.run(id) }
    }
    open.withLock { for id in ids { $0[id] = nil } }
  }

  func truncateLog() throws -> Bool { try queue.inDatabase { try Connection.truncateLog($0) } }

  /// What `PRAGMA synchronous` says, for tests.
  func synchronous() throws -> Int64 { try queue.inDatabase { try Query($0, "PRAGMA synchronous").number() } }

  func close() throws { try queue.close() }
}

internal import GRDB
package import Sealing
internal import Synchronization

/// The store on one machine: two SQLite databases in a folder of their own.
///
/// `mail.sqlite` has everything but keys; `keyring.sqlite` has the keys of tenants and mailboxes,
/// wrapped by the master key; `erasures.log` is the ledger of erasures; `lock` keeps other processes out. Writes go through one connection and
/// are on disk (`synchronous=FULL`) when a method returns; reads have connections of their own and see
/// every write that was answered before they began. Content is in the log only until the next
/// checkpoint, and deleted content is overwritten (`secure_delete`).
package final class SQLiteMailStore: MailStoring {
  let pool: DatabasePool
  let keyring: Keyring
  private let writes: WriteQueue
  private let folder: DataFolder
  private let news: News
  let tokenHashes: TokenHashes
  /// Signs receipts.
  let receiptKey: SigningKey
  private let forgetting = Listeners()
  let ledger: ErasureLedger
  /// Only a restore makes them, before the store is opened to serve.
  private let eventGaps: [ClosedRange<Int64>]

  /// Opens the store in `directory`, which is made when it is missing.
  ///
  /// A database of at most 64 MiB is looked through for damage; for a larger one that would make every
  /// start slow, and SQLite's log is safe against being cut off at any moment, so it is left to
  /// ``checkIntegrity()``.
  /// - Parameter previousKeys: master keys that were used before: what they wrapped is wrapped by `masterKey` from then on.
  /// - Throws: ``MailStoreError/locked(_:)``, ``MailStoreError/newerSchema(found:known:)``,
  ///   ``MailStoreError/corrupt(_:)``, ``MailStoreError/sealing(_:)`` when the data belong to another
  ///   master key, ``MailStoreError/diskFull``, ``MailStoreError/conflict(_:)`` "restoring" while a restore into it was
  ///   not ended.
  package static func open(
    directory: String, masterKey: MasterKey, previousKeys: [MasterKey] = []
  ) throws(MailStoreError) -> SQLiteMailStore {
    do {
      return try SQLiteMailStore(directory: directory, masterKey: masterKey, previousKeys: previousKeys)
    } catch {
      throw MailStoreError(error)
    }
  }

  private init(directory: String, masterKey: MasterKey, previousKeys: [MasterKey]) throws {
    folder = try DataFolder(path: directory)
    guard !RestoreMark.isSet(directory) else { throw MailStoreError.conflict("restoring") }
    keyring = try Keyring(
      file: folder.file("keyring.sqlite"), master: masterKey, previous: previousKeys)
    let tokenHashes = try TokenHashes(key: keyring.key(for: .tokens))
    self.tokenHashes = tokenHashes
    receiptKey = try keyring.key(for: .receipts).signingKey(label: "receipt")
    let file = try folder.file("mail.sqlite")
    let configuration = Connection.configuration(label: "mail", readers: 4, cacheKiB: 64 * 1024)
    pool = try DatabasePool(path: file, configuration: configuration)
    let (latest, gaps): (Int64, [ClosedRange<Int64>]) = try pool.writeWithoutTransaction { db in
      try Connection.harden(db)
      db.add(function: tokenHashes.function)
      try Migrations.mail.run(on: db)
      try db.inTransaction(.immediate) {
        try db.deleteUnfinishedContents()
        return .commit
      }
      if DataFolder.size(of: file) <= Connection.checkOctetsMax { try Connection.check(db) }
      let gaps = try Query(db, "SELECT first, last FROM event_gap WHERE last >= first").all {
        $0.int(0)...$0.int(1)
      }
      return (try Query(db, "SELECT seq FROM sqlite_sequence WHERE name = 'event'").number(), gaps)
    }
    eventGaps = gaps
    let news = News(latest: latest)
    self.news = news
    let forgetting = forgetting
    ledger = try ErasureLedger(path: "\(directory)/\(ErasureLedger.fileName)")
    writes = WriteQueue(pool: pool, ledger: ledger) { effects in
      if effects.tokensDeleted { for forget in forgetting.all.withLock({ $0 }) { forget() } }
      if effects.latestEvent > 0 { news.arrived(effects.latestEvent) }
    }
  }

  /// Runs `body` in a transaction that sees one state of the database. Not ended by cancelling.
  func read<T: Sendable>(_ body: @escaping @Sendable (Database) throws -> T) async throws(MailStoreError) -> T
  {
    let result: Result<T, MailStoreError> = await withCheckedContinuation { continuation in
      pool.asyncRead { db in
        do {
          continuation.resume(returning: .success(try body(db.get())))
        } catch {
          continuation.resume(returning: .failure(MailStoreError(error)))
        }
      }
    }
    return try result.get()
  }

  /// Runs `body` alone; all of it is on disk when this returns, or none of it happened.
  @discardableResult
  func write<T: Sendable>(
    _ body: @escaping @Sendable (Database, inout Effects) throws -> T
  ) async throws(MailStoreError) -> T {
    try await writes.run(body)
  }

  /// Looks through the whole database for damage; takes about a second and a half for each GB.
  /// - Throws: ``MailStoreError/corrupt(_:)``.
  package func checkIntegrity() async throws(MailStoreError) {
    try await read { try Connection.check($0) }
  }

  package var writesWaiting: Int { writes.count }

  /// How many data keys were wrapped anew when it was opened, as the master key had changed.
  package var keysRewrapped: Int { keyring.rewrapped }

  package var schemaVersion: Int { Migrations.mail.latest }

  package var latestEvent: Int64 { news.latest.load(ordering: .acquiring) }

  package func isLostEvent(_ seq: Int64) -> Bool {
    // Behind the last number of a gap everything is here that ever comes.
    eventGaps.contains { $0.contains(seq) && seq != $0.upperBound }
  }

  package func onEvents(_ wake: @escaping @Sendable (_ latest: Int64) -> Void) {
    news.listeners.withLock { $0.append(wake) }
  }

  package func onTokensDeleted(_ forget: @escaping @Sendable () -> Void) {
    forgetting.all.withLock { $0.append(forget) }
  }

  /// Waits for the writes that were begun, empties the log and gives the folder free. Every later call
  /// fails.
  package func close() async {
    // Whatever fails here, nothing is lost: a log that is not empty is read again at the next start,
    // and connections that cannot be closed yet end with their last use.
    _ = try? await write { _, _ in }
    _ = try? await emptyLogs()
    try? pool.close()
    try? keyring.close()
    folder.release()
  }

  /// Writes the database anew, so that no page of it holds octets that belong to no row.
  ///
  /// `secure_delete` overwrites what a DELETE frees, but not what SQLite leaves in the gap of a page when
  /// it moves cells between pages to balance a tree: an erased address was found there.
  /// - Complexity: O(size of the database); writers wait, readers do not.
  func rewrite() async throws(MailStoreError) {
    let result: Result<Void, MailStoreError> = await withCheckedContinuation { continuation in
      pool.asyncWriteWithoutTransaction { db in
        do {
          let pages = try Query(db, "PRAGMA page_count").number()
          // The copy that VACUUM makes belongs in memory only while it is small.
          if pages > Self.rewriteInMemoryPagesMax { try db.execute(sql: "PRAGMA temp_store = FILE") }
          let outcome = Result { try db.execute(sql: "VACUUM") }
          // Also after a failure, such as a full disk: no later write may put rows into other files.
          try db.execute(sql: "PRAGMA temp_store = MEMORY")
          try outcome.get()
          continuation.resume(returning: .success(()))
        } catch {
          continuation.resume(returning: .failure(MailStoreError(error)))
        }
      }
    }
    try result.get()
  }

  private static let rewriteInMemoryPagesMax: Int64 = 16_384

  /// One attempt to empty both logs. - Returns: whether both are empty.
  func emptyLogs() async throws(MailStoreError) -> Bool {
    let result: Result<Bool, MailStoreError> = await withCheckedContinuation { continuation in
      pool.asyncWriteWithoutTransaction { [keyring] db in
        do {
          let mail = try Connection.truncateLog(db)
          continuation.resume(returning: .success(try keyring.truncateLog() && mail))
        } catch {
          continuation.resume(returning: .failure(MailStoreError(error)))
        }
      }
    }
    return try result.get()
  }
}

/// Who is told that tokens were deleted.
private final class Listeners: Sendable {
  let all = Mutex<[@Sendable () -> Void]>([])
}

/// Who is woken when events were appended, and the last number.
private final class News: Sendable {
  let latest: Atomic<Int64>
  let listeners = Mutex<[@Sendable (Int64) -> Void]>([])

  init(latest: Int64) { self.latest = Atomic(latest) }

  func arrived(_ seq: Int64) {
    latest.store(seq, ordering: .releasing)
    for wake in listeners.withLock({ $0 }) { wake(seq) }
  }
}

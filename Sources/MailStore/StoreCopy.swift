internal import GRDB
internal import Glibc
internal import Sealing

/// What a copy of a store is a copy of.
package struct StoreCopyFacts: Sendable, Hashable {
  /// The versions of the schemas, as `PRAGMA user_version` has them.
  package var mailVersion: Int
  package var keyringVersion: Int
  /// The id of the master key that opens the copy.
  package var masterKeyID: String
  /// What the ledger said when it was begun: what is erased later must be erased again in the copy.
  package var ledger: LedgerPosition
}

/// Copies a store's databases, also while a server works with them.
package enum StoreCopy {
  package static let files = ["mail.sqlite", "keyring.sqlite"]

  /// Writes `mail.sqlite` and `keyring.sqlite` to the folder `target`, each as one transaction sees it and without free
  /// pages, so that nothing erased is in them. They are on disk when this returns.
  ///
  /// Writers do not wait meanwhile; the log cannot be emptied, so an erasure that ends meanwhile waits for its receipt.
  /// - Parameter pages: told how many octets there are to copy, before it begins.
  /// - Throws: ``MailStoreError/notFound(_:)`` when there is no store, ``MailStoreError/newerSchema(found:known:)``,
  ///   ``MailStoreError/corrupt(_:)``, ``MailStoreError/diskFull``.
  /// - Complexity: O(size of the databases).
  package static func write(
    from directory: String, to target: String, begins: (_ octets: Int64) -> Void
  ) throws(MailStoreError) -> StoreCopyFacts {
    for file in files where access("\(directory)/\(file)", R_OK) != 0 {
      throw errno == ENOENT ? .notFound(file) : .failed("\(directory)/\(file): errno \(errno)")
    }
    guard !RestoreMark.isSet(directory) else { throw .conflict("restoring") }
    do {
      // A store of a version without ledger has erased nothing that one could know of.
      let path = "\(directory)/\(ErasureLedger.fileName)"
      guard let position = try ErasureLedger.position(path: path) else {
        throw MailStoreError.notFound("ledger")
      }
      // The mail first: a key that is made or destroyed in between belongs to rows that the ledger tells about, or to
      // none. A row without its key could not be read.
      let mail = try copy(
        "\(directory)/mail.sqlite", to: "\(target)/mail.sqlite", Migrations.mail.latest, begins
      ) { _ in }
      var keyID = ""
      let keys = try copy(
        "\(directory)/keyring.sqlite", to: "\(target)/keyring.sqlite", Migrations.keyring.latest, { _ in }
      ) { db in
        let wrapped = try Query(db, "SELECT wrapped FROM key LIMIT 1").first { $0.blob(0) }
        keyID = wrapped.flatMap { MasterKey.id(ofWrapped: $0) } ?? ""
      }
      return StoreCopyFacts(mailVersion: mail, keyringVersion: keys, masterKeyID: keyID, ledger: position)
    } catch {
      throw MailStoreError(error)
    }
  }

  /// - Returns: the version of the schema.
  private static func copy(
    _ file: String, to target: String, _ known: Int, _ begins: (Int64) -> Void,
    _ look: (Database) throws -> Void
  ) throws -> Int {
    var configuration = Configuration()
    configuration.readonly = true
    configuration.busyMode = .timeout(30)
    let queue = try DatabaseQueue(path: file, configuration: configuration)
    defer { try? queue.close() }
    let version = try queue.inDatabase { db in
      let version = Int(try Query(db, "PRAGMA user_version").number())
      guard version <= known else { throw MailStoreError.newerSchema(found: version, known: known) }
      begins(try Query(db, "PRAGMA page_count").number() &* Query(db, "PRAGMA page_size").number())
      try db.execute(sql: "PRAGMA query_only = OFF")
      try Query(db, "VACUUM INTO ?").run(target)
      try look(db)
      return version
    }
    let fd = open(target, O_RDONLY | O_CLOEXEC)
    guard fd >= 0, fchmod(fd, 0o600) == 0, fsync(fd) == 0 else {
      throw MailStoreError.failed("\(target): errno \(errno)")
    }
    close(fd)
    return version
  }

  /// Looks through a copy for damage: slow, once for each page.
  /// - Throws: ``MailStoreError/corrupt(_:)``.
  package static func check(_ folder: String) throws(MailStoreError) {
    do {
      for file in files {
        var configuration = Configuration()
        configuration.readonly = true
        let queue = try DatabaseQueue(path: "\(folder)/\(file)", configuration: configuration)
        defer { try? queue.close() }
        try queue.inDatabase { db in
          let words = try Query(db, "PRAGMA integrity_check(1)").first { $0.text(0) } ?? ""
          if words != "ok" { throw MailStoreError.corrupt("\(file): \(words)") }
        }
      }
    } catch {
      throw MailStoreError(error)
    }
  }
}

/// Keeps every other process out of a data folder.
package struct StoreLock: Sendable {
  private let folder: DataFolder

  /// - Throws: ``MailStoreError/locked(_:)`` naming the process that has it.
  package init(directory: String) throws(MailStoreError) { folder = try DataFolder(path: directory) }

  package func release() { folder.release() }
}

/// A file that says that a restore into this folder has begun and not ended: until it is done again, nothing there is
/// to be opened.
package enum RestoreMark {
  private static func path(_ directory: String) -> String { "\(directory)/restoring" }

  package static func isSet(_ directory: String) -> Bool { access(path(directory), F_OK) == 0 }

  package static func set(_ directory: String) throws(MailStoreError) {
    let fd = open(path(directory), O_WRONLY | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0o600)
    guard fd >= 0 else { throw errno == ENOSPC ? .diskFull : .failed("\(path(directory)): errno \(errno)") }
    close(fd)
    try sync(directory)
  }

  package static func clear(_ directory: String) throws(MailStoreError) {
    guard unlink(path(directory)) == 0 || errno == ENOENT else {
      throw .failed("\(path(directory)): errno \(errno)")
    }
    try sync(directory)
  }

  /// What was renamed and removed in a folder is on disk when this returns.
  package static func sync(_ directory: String) throws(MailStoreError) {
    let fd = open(directory, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard fd >= 0, fsync(fd) == 0 else { throw .failed("\(directory): errno \(errno)") }
    close(fd)
  }
}

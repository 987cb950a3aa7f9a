import Foundation
import Glibc
import MailEngine
import MailStore
import Sealing
import Services

/// The folder that holds everything: made at the first start, opened at each.
struct DataFolder {
  let path: String
  let store: SQLiteMailStore
  /// The tenant of the user who runs the server.
  let ownerTenant: TenantID

  /// - Parameter previousKey: the file of a master key that was used before.
  static func open(
    _ given: String, keys: KeyOptions, previousKey: String?, clock: any EngineClock
  ) async throws -> DataFolder {
    umask(0o077)
    let path = URL(filePath: (given as NSString).expandingTildeInPath).standardizedFileURL.path
    do {
      try FileManager.default.createDirectory(
        atPath: path, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
    } catch {
      throw StartFailure(
        status: StartFailure.cannotUseFolder, message: "\(path) cannot be made: \(error.localizedDescription)"
      )
    }
    // What SQLite puts into temporary files belongs into the same folder, behind the same permissions.
    setenv("SQLITE_TMPDIR", path, 1)
    let keyPath = keys.path(folder: path)
    let rotation = KeyRotation(path)
    // A change of the folder's own key that was cut short is ended by this start.
    let endsRotation = previousKey == nil && keyPath == rotation.key && rotation.isBegun
    let store: SQLiteMailStore
    do {
      let key = try self.masterKey(
        keyPath, keys, mayCreate: keyPath == path + "/master.key",
        databaseExists: FileManager.default.fileExists(atPath: path + "/mail.sqlite"))
      let before = try (previousKey ?? (endsRotation ? rotation.previous : nil)).map { try keys.load($0) }
      store = try SQLiteMailStore.open(
        directory: path, masterKey: key, previousKeys: before.map { [$0] } ?? [])
      if endsRotation { try rotation.end() }
    } catch let error as SealingError {
      throw StartFailure(status: StartFailure.cannotUseFolder, message: "\(keyPath): \(error.message)")
    } catch let error as MailStoreError {
      throw failure(error, path)
    }
    do {
      let tenant = try await firstTenant(store, clock)
      try await firstToken(store, tenant, clock, path + "/admin.token")
      return DataFolder(path: path, store: store, ownerTenant: tenant)
    } catch let error as MailStoreError {
      await store.close()
      throw failure(error, path)
    }
  }

  private static func masterKey(
    _ path: String, _ keys: KeyOptions, mayCreate: Bool, databaseExists: Bool
  ) throws -> MasterKey {
    if FileManager.default.fileExists(atPath: path) { return try keys.load(path) }
    guard mayCreate else {
      throw StartFailure(
        status: StartFailure.cannotUseFolder,
        message:
          "\(path) is not there. A key is made only in the data folder: put yours there, or leave out --master-key."
      )
    }
    if databaseExists {
      throw StartFailure(
        status: StartFailure.cannotUseFolder,
        message:
          "\(path) is missing, but there is a database. Put the key back from your backup: a new one could "
          + "not open what is stored.")
    }
    return try MasterKey.create(path: path)
  }

  private static func firstTenant(_ store: SQLiteMailStore, _ clock: any EngineClock) async throws -> TenantID
  {
    if let tenant = try await store.tenant(named: "default") { return tenant.id }
    return try await store.createTenant(name: "default", at: clock.now).id
  }

  /// The file is written before anybody could need it; an operator who has made other tokens may delete it.
  private static func firstToken(
    _ store: SQLiteMailStore, _ tenant: TenantID, _ clock: any EngineClock, _ path: String
  ) async throws {
    if try await !store.tokens(tenant: tenant).isEmpty { return }
    try await newToken(store, tenant, clock, "admin", path)
  }

  /// The console's own token, so that it can be revoked alone: made when the console is switched on, and again when
  /// its file was removed.
  func consoleToken(_ clock: any EngineClock) async throws {
    let path = path + "/console.token"
    // A token that was revoked stays revoked while its file is there: somebody meant it.
    if FileManager.default.fileExists(atPath: path) { return }
    do {
      for token in try await store.tokens(tenant: ownerTenant) where token.name == "console" {
        try await store.deleteToken(token.id, tenant: ownerTenant)
      }
      try await Self.newToken(store, ownerTenant, clock, "console", path)
    } catch let error as MailStoreError { throw Self.failure(error, self.path) }
  }

  private static func newToken(
    _ store: SQLiteMailStore, _ tenant: TenantID, _ clock: any EngineClock, _ name: String, _ path: String
  ) async throws {
    let (_, secret) = try await NewToken.create(
      store: store, tenant: tenant, name: name, scopes: StoreAuthenticator.allScopes.sorted(),
      expiresAt: nil, at: clock.now)
    guard
      FileManager.default.createFile(
        atPath: path, contents: Data((secret + "\n").utf8), attributes: [.posixPermissions: 0o600])
    else { throw StartFailure(status: StartFailure.inputOutput, message: "\(path) cannot be written.") }
  }

  private static func failure(_ error: MailStoreError, _ path: String) -> StartFailure {
    let cannot = StartFailure.cannotUseFolder
    return switch error {
    case .locked(let words):
      StartFailure(
        status: cannot, message: "another postroomd uses \(path) (\(words)). Stop it, or use another folder.")
    case .newerSchema(let found, let known):
      StartFailure(
        status: cannot,
        message:
          "the database in \(path) was written by a newer postroomd (schema \(found); this one knows \(known)). "
          + "Nothing was changed. Use that version or a newer one.")
    case .corrupt(let words):
      StartFailure(
        status: cannot,
        message:
          "the database in \(path) is damaged (\(words)). Nothing was changed. Restore it from your backup.")
    case .sealing(let words):
      StartFailure(
        status: cannot,
        message: "the keys in \(path) cannot be opened with master.key (\(words)). Is it the right one?")
    case .conflict("restoring"):
      StartFailure(
        status: cannot,
        message:
          "a restore into \(path) was cut short, so what is there is not whole. Do `postroomd restore` again."
      )
    case .diskFull:
      StartFailure(
        status: StartFailure.inputOutput, message: "the disk that holds \(path) is full. Make room.")
    default:
      StartFailure(
        status: StartFailure.inputOutput, message: "the database in \(path) cannot be opened: \(error)")
    }
  }
}

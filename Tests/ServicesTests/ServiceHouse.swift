import Bytes
import Glibc
import JSONRPC
import Logging
import MailStore
import PostroomAPI
import Sealing
import Services
import Testing

@testable import MailEngine

/// Two tenants in a store of their own, and an engine that is not started.
final class ServiceHouse: Sendable {
  let house: House
  let store: SQLiteMailStore
  let ours: TenantID
  let theirs: TenantID
  private let folder: String

  private init(
    _ house: House, _ store: SQLiteMailStore, _ ours: TenantID, _ theirs: TenantID, _ folder: String
  ) {
    (self.house, self.store, self.ours, self.theirs, self.folder) = (house, store, ours, theirs, folder)
  }

  static func run(_ body: (ServiceHouse) async throws -> Void) async throws {
    var name = Array("/tmp/postroom-services-XXXXXX".utf8CString)
    let folder = try #require(mkdtemp(&name).map { String(cString: $0) })
    let store = try SQLiteMailStore.open(directory: folder, masterKey: MasterKey.generate())
    var log = Logger(label: "test")
    log.logLevel = .critical
    let clock = SystemClock()
    let engine = try MailEngine(store: store, logger: log)
    let tenants = (
      try await store.createTenant(name: "ours", at: clock.now).id,
      try await store.createTenant(name: "theirs", at: clock.now).id
    )
    let all = ServiceHouse(
      House(store: store, engine: engine, clock: clock), store, tenants.0, tenants.1, folder)
    do {
      try await body(all)
    } catch {
      await all.close()
      throw error
    }
    await all.close()
  }

  private func close() async {
    await house.engine.shutdown(within: 1)
    await store.close()
    for file in ["mail.sqlite", "keyring.sqlite"] {
      for ending in ["", "-wal", "-shm"] { unlink("\(folder)/\(file)\(ending)") }
    }
    for file in ["lock", "erasures.log"] { unlink("\(folder)/\(file)") }
    rmdir(folder)
  }

  func context(_ tenant: TenantID) -> CallContext {
    CallContext(principal: Principal(tenantID: tenant.text, name: "test", scopes: ["read", "send", "purge"]))
  }

  /// What a worker tells while it reads.
  func publish(_ id: MailboxID, stored: ClosedRange<Int64>) async {
    for n in stored {
      var progress = SyncProgress(mailboxID: id, phase: .reading)
      progress.folders = [
        .init(id: FolderID(1), name: "INBOX", role: .inbox, stored: n, total: 300, complete: false)
      ]
      house.engine.progress.publish(progress)
      if n % 10 == 0 { await Task.yield() }
    }
  }

  func mailbox(_ tenant: TenantID, _ email: String = "ann@acme.example") async throws -> Mailbox {
    let server = ServerSettings(host: "127.0.0.1", port: 9, security: .tls)
    return try await store.createMailbox(
      NewMailbox(
        tenantID: tenant, email: email, displayName: nil, userName: email, password: Array("secret".utf8),
        imap: server, smtp: server, providerFilesSentMail: false), at: house.now)
  }
}

/// The reason of the error that `body` throws.
func reason<T>(_ body: () async throws(RPCError) -> T) async -> String? {
  do {
    _ = try await body()
    return nil
  } catch {
    return error.reason
  }
}

import Bytes
import Glibc
import Logging
import MIME
import MailReading
import MailSim
import SASL
import Sealing
import Sockets
import Synchronization
import Testing
import Tracing

@testable import MailEngine
@testable import MailStore

/// A simulated provider, a store in a folder of its own, and an engine over both.
final class Stage: Sendable {
  struct House: Sendable {
    let store: SQLiteMailStore
    let engine: MailEngine
  }

  let sim: MailSim
  let endpoints: MailSimEndpoints
  let tenant: TenantID
  private let folder: String
  /// Where the engine's data lie.
  var dataFolder: String { folder }
  private let key: MasterKey
  private let options: EngineOptions
  private let house: Mutex<House?>
  private let reader: any MailReader

  var store: SQLiteMailStore { get throws { try #require(house.withLock { $0 }).store } }
  var engine: MailEngine { get throws { try #require(house.withLock { $0 }).engine } }

  /// Waits as short as tests need them.
  static func quickOptions() -> EngineOptions {
    var options = EngineOptions()
    options.addressPolicy = .servers(ports: [], allowsPrivate: true)
    options.folderWindow = 50
    options.pollSeconds = 1
    options.inboxPollSeconds = 1
    options.connectSeconds = 10
    options.backoff = BackoffPolicy(firstMilliseconds: 10, maxMilliseconds: 100)
    options.throttledSeconds = 0
    options.outbox.retryMilliseconds = [50]
    options.outbox.lookMilliseconds = [50, 100, 200, 400]
    options.outbox.sentCopyWaitMilliseconds = 0
    options.outbox.sentCopyRetryMilliseconds = [50, 100]
    options.purgeRows = 20
    return options
  }

  private init(
    _ sim: MailSim, _ endpoints: MailSimEndpoints, _ tenant: TenantID, _ folder: String, _ key: MasterKey,
    _ options: EngineOptions, _ reader: any MailReader, _ house: House
  ) {
    self.reader = reader
    self.sim = sim
    self.endpoints = endpoints
    self.tenant = tenant
    self.folder = folder
    self.key = key
    self.options = options
    self.house = Mutex(house)
  }

  /// Runs `body` on a stage that is cleared away afterwards.
  static func run(
    sim simulate: (inout MailSimOptions) -> Void = { _ in },
    engine adjust: (inout EngineOptions) -> Void = { _ in }, reader: any MailReader = InProcessReader(),
    tracer: (any Tracer)? = nil,
    _ body: (Stage) async throws -> Void
  ) async throws {
    var simOptions = MailSimOptions()
    simOptions.newestSeconds = 1_700_000_000
    simulate(&simOptions)
    let sim = MailSim(options: simOptions)
    let endpoints = try await sim.start()
    var name = Array("/tmp/postroom-engine-XXXXXX".utf8CString)
    let folder = try #require(mkdtemp(&name).map { String(cString: $0) })
    var options = quickOptions()
    options.tlsCAFile = endpoints.caFile
    adjust(&options)
    let key = MasterKey.generate()
    let house = try open(folder, key, options, reader, tracer)
    let tenant = try await house.store.createTenant(name: "test", at: SystemClock().now).id
    let stage = Stage(sim, endpoints, tenant, folder, key, options, reader, house)
    await house.engine.start()
    do {
      try await body(stage)
    } catch {
      await stage.close()
      throw error
    }
    await stage.close()
  }

  private static func open(
    _ folder: String, _ key: MasterKey, _ options: EngineOptions, _ reader: any MailReader,
    _ tracer: (any Tracer)? = nil
  ) throws -> House {
    let store = try SQLiteMailStore.open(directory: folder, masterKey: key)
    var log = Logger(label: "test")
    log.logLevel = getenv("ENGINE_LOG") == nil ? .critical : .debug
    return House(
      store: store,
      engine: try MailEngine(store: store, reader: reader, options: options, logger: log, tracer: tracer))
  }

  private func close() async {
    await stop(within: 5)
    await sim.stop()
    for file in ["mail.sqlite", "keyring.sqlite"] {
      for ending in ["", "-wal", "-shm"] { unlink("\(folder)/\(file)\(ending)") }
    }
    for file in ["lock", "erasures.log"] { unlink("\(folder)/\(file)") }
    rmdir(folder)
  }

  func stop(within seconds: Int64) async {
    guard let house = house.withLock({ $0.take() }) else { return }
    await house.engine.shutdown(within: seconds)
    await house.store.close()
  }

  /// Ends the engine at once, wherever it is, and starts another over the same data.
  func restart(within seconds: Int64 = 0) async throws {
    await stop(within: seconds)
    let fresh = try Self.open(folder, key, options, reader)
    house.withLock { $0 = fresh }
    await fresh.engine.start()
  }

  // MARK: Mailboxes

  func connectRequest(_ user: String = "alice", password: String = "secret") -> ConnectRequest {
    ConnectRequest(
      tenantID: tenant, email: "\(user)@example.test", displayName: user.uppercased(),
      password: Secret(password),
      imap: ServerRequest(host: "127.0.0.1", port: endpoints.imapsPort, security: .tls),
      smtp: ServerRequest(host: "127.0.0.1", port: endpoints.smtpsPort, security: .tls))
  }

  @discardableResult
  func connect(_ user: String = "alice") async throws -> Mailbox {
    try await engine.connect(connectRequest(user))
  }

  func mailbox(_ id: MailboxID) async throws -> Mailbox { try await store.mailbox(id, tenant: tenant) }

  func folders(_ id: MailboxID) async throws -> [String: Folder] {
    Dictionary(try await store.folders(id).map { ($0.name, $0) }) { a, _ in a }
  }

  /// Waits until the mailbox is live and everything was read.
  func live(_ id: MailboxID, _ location: SourceLocation = #_sourceLocation) async throws {
    try await until("the mailbox is live", location) {
      let folders = try await self.store.folders(id).filter(\.syncs)
      return try await self.mailbox(id).state == .live && !folders.isEmpty
        && folders.allSatisfy { ($0.cursor?.low ?? 9) <= 1 }
    }
  }

  /// The connections that the provider has seen a command on.
  var connections: Set<Int> { Set(sim.commands.map(\.connection)) }

  // MARK: Mail

  func request(
    _ mailbox: MailboxID, to: String = "dana@customer.example", subject: String = "Offer",
    _ change: (inout SendRequest) -> Void = { _ in }
  ) -> SendRequest {
    var request = SendRequest(
      mailboxID: mailbox, tenantID: tenant, to: [MailAddress(email: to)], subject: subject,
      text: "Hello, this is it.")
    change(&request)
    return request
  }

  /// Waits until a submission is in a state.
  func reaches(
    _ id: SubmissionID, _ state: SubmissionState, _ location: SourceLocation = #_sourceLocation
  ) async throws -> MailStore.Submission {
    try await until("submission is \(state)", location) {
      try await self.store.submission(id, tenant: nil).state == state
    }
    return try await store.submission(id, tenant: nil)
  }

  func reaches(
    _ id: SubmissionID, copy: SentCopy, _ location: SourceLocation = #_sourceLocation
  ) async throws {
    try await until("copy is \(copy)", location) {
      try await self.store.submission(id, tenant: nil).sentCopy == copy
    }
  }

  /// Puts a plain mail into a folder of the provider.
  @discardableResult
  func deliver(
    _ id: String, to user: String = "alice", folder: String? = nil, inReplyTo: String? = nil,
    subject: String = "Note",
    from: String = "erin@partner.example"
  ) throws -> UInt32 {
    var text = "From: Erin <\(from)>\r\nTo: \(user)@example.test\r\nSubject: \(subject)\r\n"
    text += "Date: Mon, 13 Nov 2023 10:00:00 +0000\r\nMessage-ID: <\(id)>\r\n"
    if let inReplyTo { text += "In-Reply-To: <\(inReplyTo)>\r\nReferences: <\(inReplyTo)>\r\n" }
    text += "\r\nBody of \(id)\r\n"
    return try sim.deliver(raw: Array(text.utf8), to: user, folder: folder)
  }

  /// The mails with a Message-ID, in any state.
  func mails(_ messageID: String) async throws -> [Mail] {
    var query = MailQuery()
    query.messageID = messageID
    query.loggedOnly = false
    return try await store.mails(query, tenant: tenant)
  }

  func events(_ type: EventType) async throws -> [Event] {
    try await store.events(tenant: tenant, after: 0, limit: 100_000).filter { $0.type == type }
  }

  // MARK: Waiting

  /// Waits until `holds`, at the most 30 seconds.
  func until(
    _ what: String, _ location: SourceLocation = #_sourceLocation, _ holds: () async throws -> Bool
  ) async throws {
    let deadline = Deadline.after(seconds: 30)
    while !deadline.hasPassed {
      if try await holds() { return }
      await SystemClock().sleep(milliseconds: 10)
    }
    Issue.record("not in time: \(what)", sourceLocation: location)
    throw NotInTime()
  }

  struct NotInTime: Error {}
}

extension ConnectRequest {
  /// Of one that signs in by a password.
  var password: Secret {
    get {
      if case .password(let password) = access { return password }
      return Secret("")
    }
    set { access = .password(newValue) }
  }
}

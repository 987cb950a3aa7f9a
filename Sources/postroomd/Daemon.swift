import Bytes
import CLinux
import Foundation
import Glibc
import Isolation
import JSONRPC
import Logging
import MailEngine
import MailReading
import MailStore
import PostroomAPI
import ServiceLifecycle
import Services
import Sockets
import Telemetry
import UnixSignals

/// Builds the server from its options, runs it, and takes it down in order.
struct Daemon {
  private let options: Postroomd
  private let logger = Logger(label: "postroomd")
  private let manager = ServiceManager()
  /// What running calls and sends get to end after SIGTERM.
  private static let stopSeconds: Int64 = 20

  private let logWriter: BackgroundWriter

  init(_ options: Postroomd, log: BackgroundWriter) {
    self.options = options
    logWriter = log
  }

  func run() async throws {
    signal(SIGPIPE, SIG_IGN)
    let hangups = await UnixSignalsSequence(trapping: .sighup)
    manager.forget()
    // Buffers above 128 KiB would be given back to the kernel after each batch of calls, and the page faults of the
    // next batch cost more than the calls.
    _ = postroom_mallopt(Int32(postroom_mmap_threshold), 1 << 20)
    _ = postroom_mallopt(Int32(postroom_trim_threshold), 8 << 20)
    let descriptors = options.limits.raiseDescriptorLimit()
    if descriptors < options.limits.descriptorsWanted {
      logger.warning(
        "not every connection can be taken: raise the limit of open files (ulimit -n, LimitNOFILE)",
        metadata: ["files": "\(descriptors)", "wanted": "\(options.limits.descriptorsWanted)"])
    }
    let trace = try options.log.startTracer()
    let clock = SystemClock()
    let folder = try await DataFolder.open(
      options.data, keys: options.keys, previousKey: options.previousMasterKey, clock: clock)
    if folder.store.keysRewrapped > 0 {
      logger.notice(
        "the master key has changed", metadata: ["keysWrappedAnew": "\(folder.store.keysRewrapped)"])
    }
    var engineOptions = EngineOptions()
    engineOptions.tlsCAFile = options.mailCaFile
    engineOptions.messageOctetsMax = options.limits.maxMailMib << 20
    engineOptions.addressPolicy = options.mailHosts.policy
    engineOptions.budgets = options.mailHosts.budgets
    engineOptions.webPolicy = options.mailHosts.webPolicy
    engineOptions.oauthProviders = try options.oauth.providers()
    let pool = options.parse == .isolated ? ReaderPool(logger: Logger(label: "parse")) : nil
    let engine: MailEngine
    do {
      engine = try MailEngine(
        store: folder.store, reader: pool ?? InProcessReader(), options: engineOptions, clock: clock,
        logger: Logger(label: "engine"), tracer: trace?.tracer)
    } catch {
      throw StartFailure(
        status: StartFailure.cannotUseFolder,
        message: "the authorities in \(options.mailCaFile ?? "the system's folder") cannot be read: \(error)")
    }
    if options.console { try await folder.consoleToken(clock) }
    let box = ServerBox()
    let house = House(store: folder.store, engine: engine, clock: clock) {
      await box.server?.checkCredentials()
    }
    let health = HealthMonitor(store: folder.store)
    var webhookOptions = WebhookOptions()
    webhookOptions.addressPolicy = options.mailHosts.webhookPolicy
    webhookOptions.allowsPlain = options.mailHosts.allowPrivateHosts
    webhookOptions.tlsCAFile = options.mailCaFile
    let webhooks = try WebhookRunner(house, options: webhookOptions, logger: Logger(label: "webhooks"))
    let server = rpcServer(house, folder, box, health, webhooks, trace?.tracer)
    let doors = try openDoors(folder)
    var services: [any Service] = [
      HealthService(health: health),
      MemoryService(),
      EngineService(engine: engine, stopSeconds: Self.stopSeconds / 2),
      WebhookDelivery(webhooks: webhooks),
      FrontService(
        doors: doors, server: server, health: health, stopSeconds: Self.stopSeconds / 2, logger: logger,
        announce: { Self.announce(doors, manager) },
        stopping: { manager.stopping(within: Self.stopSeconds) }),
    ]
    if let notifier = manager.notifier, let every = manager.watchdogMicroseconds {
      services.append(
        WatchdogService(notifier: notifier, microseconds: every, store: folder.store, logger: logger))
    }
    // At debug level it prints its services with all that they hold.
    var lifecycleLogger = Logger(label: "lifecycle")
    lifecycleLogger.logLevel = max(lifecycleLogger.logLevel, .info)
    services.append(
      ReloadService(
        began: options, server: server, tls: doors.compactMap(\.tls).first, manager: manager,
        hangups: hangups, logger: logger))
    let group = ServiceGroup(
      configuration: .init(
        services: services.map { .init(service: $0, successTerminationBehavior: .gracefullyShutdownGroup) },
        gracefulShutdownSignals: [.sigterm, .sigint], logger: lifecycleLogger))
    var configurationError: (any Error)?
    do { try await group.run() } catch { configurationError = error }
    pool?.close()
    await folder.store.close()
    logger.info("stopped")
    trace?.writer.flush(milliseconds: 2000)
    if let configurationError { throw configurationError }
  }

  private func rpcServer(
    _ house: House, _ folder: DataFolder, _ box: ServerBox, _ health: HealthMonitor,
    _ webhooks: WebhookRunner, _ tracer: OTLPTracer?
  ) -> RPCServer {
    var sources = FigureSources()
    sources.rpc = { box.statistics }
    sources.reactorJobs = { ReactorGroup.shared.jobsWaiting }
    sources.logLinesDropped = { [logWriter] in logWriter.dropped }
    sources.webhooks = { webhooks.figures }
    sources.spansDropped = { tracer?.dropped ?? 0 }
    let slowest = SlowestCalls { house.now.milliseconds }
    sources.slowest = { slowest.calls }
    let calls = ServerCalls(
      house,
      ServerIdentity(
        version: Version.text, commit: Version.commit, limits: options.limits.rpcLimits,
        speaksTLS: options.tlsCertificate != nil, recordsSpans: tracer != nil,
        startedAt: house.now.milliseconds), health: health, sources: sources,
      log: LogOptions.tap)
    let services = allServices(house, server: calls, health: health, webhooks: webhooks)
    let server = RPCServer(
      methods: MethodTable(services.methods),
      authenticator: StoreAuthenticator(
        store: folder.store, clock: house.clock, ownerUID: geteuid(), ownerTenant: folder.ownerTenant),
      limits: options.limits.rpcLimits, discover: APIDocument.json,
      http: options.httpPolicy(console: options.console),
      observer: CallLog(
        logger: Logger(label: "rpc"), slowMilliseconds: options.log.slowCall, slowest: slowest),
      tracer: tracer.map { CallTracer($0) },
      isReady: { health.isServing }, moreMetrics: { await calls.metrics() })
    box.server = server
    return server
  }

  private func openDoors(_ folder: DataFolder) throws -> [Door] {
    let tls = try options.tlsContext().map { SharedTLS($0) }
    if !manager.descriptors.isEmpty { return try manager.descriptors.map { try adopt($0, tls) } }
    let path = options.socket ?? folder.path + "/postroom.sock"
    var doors = [Door(listener: try bindUnix(path), tls: nil, name: "unix=\(path)")]
    for text in options.listen {
      guard text != "none", let address = ListenAddress(text) else { continue }
      let listener = try bind(.tcp(host: address.host, port: address.port))
      let shown = Endpoint.tcp(host: address.host, port: listener.port)
      doors.append(Door(listener: listener, tls: tls, name: "tcp=\(shown)"))
      if tls == nil, !["127.0.0.1", "::1", "localhost"].contains(address.host) {
        logger.warning(
          "listening beyond loopback without TLS: tokens and mail cross the network in the clear",
          metadata: ["address": "\(shown)"])
      }
    }
    return doors
  }

  /// A socket that the service manager passed: it decides where the server listens, not --listen and --socket.
  private func adopt(_ descriptor: Int32, _ tls: SharedTLS?) throws -> Door {
    do {
      let listener = try Listener.adopt(
        descriptor: descriptor, deadPeerSeconds: options.limits.deadPeerSeconds)
      if let path = listener.path { return Door(listener: listener, tls: nil, name: "unix=\(path)") }
      return Door(listener: listener, tls: tls, name: "tcp=\(listener.endpoint)")
    } catch {
      throw StartFailure(
        status: StartFailure.unavailable,
        message:
          "descriptor \(descriptor), passed by the service manager, is not a stream socket that listens: check the "
          + "socket unit (ListenStream=, Accept=no)")
    }
  }

  private func bindUnix(_ path: String) throws -> Listener {
    var group: UInt32?
    if let name = options.socketGroup {
      group = try Self.group(name)
    }
    return try bind(.unix(path: path), unixMode: options.unixMode, unixGroup: group)
  }

  /// The number of a group by its name or number.
  private static func group(_ name: String) throws -> UInt32 {
    if let number = UInt32(name) { return number }
    guard let entry = getgrnam(name) else {
      throw StartFailure(status: StartFailure.unavailable, message: "there is no group '\(name)'.")
    }
    return entry.pointee.gr_gid
  }

  private func bind(
    _ endpoint: Endpoint, unixMode: UInt16 = 0o600, unixGroup: UInt32? = nil
  ) throws -> Listener {
    do {
      return try Listener.bind(
        endpoint, unixMode: unixMode, unixGroup: unixGroup,
        deadPeerSeconds: options.limits.deadPeerSeconds)
    } catch .system(_, let code) {
      let words = code == EADDRINUSE ? "another process listens there" : String(cString: strerror(code))
      throw StartFailure(status: StartFailure.unavailable, message: "cannot listen on \(endpoint): \(words)")
    } catch {
      throw StartFailure(status: StartFailure.unavailable, message: "cannot listen on \(endpoint): \(error)")
    }
  }

  /// The one line on standard output: scripts wait for it and take the ports from it.
  private static func announce(_ doors: [Door], _ manager: ServiceManager) {
    let names = doors.map(\.name).sorted { $0.hasPrefix("tcp") && !$1.hasPrefix("tcp") }
    FileHandle.standardOutput.write(Data("postroomd ready \(names.joined(separator: " "))\n".utf8))
    manager.ready("Ready: \(names.joined(separator: " "))")
  }
}

/// Watches over the store as long as the group lives.
struct HealthService: Service {
  let health: HealthMonitor

  func run() async throws { await cancelWhenGracefulShutdown { await health.run() } }
}

/// Delivers events as long as the group lives. What is on its way when it ends is delivered again at the next start.
struct WebhookDelivery: Service {
  let webhooks: WebhookRunner

  func run() async throws { await cancelWhenGracefulShutdown { await webhooks.run() } }
}

/// The engine's life inside the group: started first, stopped last.
struct EngineService: Service {
  let engine: MailEngine
  let stopSeconds: Int64

  func run() async throws {
    await engine.start()
    try? await gracefulShutdown()  // Cancelled: the group stops at once, and so does the engine.
    await engine.shutdown(within: stopSeconds)
  }
}

/// One listener: what it speaks, and how it is announced.
struct Door: Sendable {
  let listener: Listener
  let tls: SharedTLS?
  let name: String
}

/// All listeners and the connections behind them. Stops first: takes nothing new, tells every client,
/// lets running calls end.
struct FrontService: Service {
  let doors: [Door]
  let server: RPCServer
  let health: HealthMonitor
  let stopSeconds: Int64
  let logger: Logger
  /// Called when signals are heard: who is told that the server is ready may end it at once.
  let announce: @Sendable () -> Void
  let stopping: @Sendable () -> Void
  private static let handshakeSeconds: Int64 = 10

  func run() async throws {
    announce()
    await withTaskGroup(of: Void.self) { watch in
      watch.addTask { await server.watchCredentials() }
      await runDoors()
      watch.cancelAll()
    }
  }

  private func runDoors() async {
    await withTaskGroup(of: Void.self) { group in
      for door in doors {
        group.addTask { await door.listener.host(on: .shared) { await host($0, door.tls?.current) } }
      }
      group.addTask {
        try? await gracefulShutdown()  // Cancelled: the group stops at once, and so do the connections.
        stopping()
        // Whoever watches is told before the streams end.
        health.stop()
        for door in doors { door.listener.close() }
        await server.goAway(by: .after(seconds: stopSeconds))
      }
    }
  }

  /// A certificate that was refused is somebody's mistake to be found; what else fails, mostly scanners.
  private func handshakeFailed(_ error: StreamError, _ peer: PeerInfo) {
    if case .certificate(let problem, let detail) = error {
      logger.notice(
        "client certificate refused",
        metadata: ["peer": "\(peer.text)", "problem": "\(problem)", "detail": "\(detail)"])
    } else if case .tls(let words) = error, words.contains("did not return a certificate") {
      logger.notice("client certificate missing", metadata: ["peer": "\(peer.text)"])
    } else {
      logger.debug("TLS handshake failed", metadata: ["peer": "\(peer.text)", "error": "\(error)"])
    }
  }

  /// With a certificate TLS is spoken to everybody, and the plain framings to this machine, unless callers must have
  /// certificates too.
  private func host(_ stream: SocketStream, _ tls: TLSServerContext?) async -> (any RestingConnection)? {
    let address = stream.peer
    let peer = PeerInfo(
      text: address.description, uid: stream.unixPeerUID, isLoopback: address.isLocal,
      addressBlock: address.addressBlock)
    guard let place = server.enter(peer) else { return nil }
    guard let tls else { return await server.host(stream, peer: peer, place: place) }
    do {
      // One octet tells TLS from everything else; no more of what may be a token in the clear is read.
      var first = ByteBuffer()
      let octets = try await stream.read(
        into: &first, atMost: 1, deadline: .after(seconds: Self.handshakeSeconds))
      guard octets > 0 else { return nil }
      if first[0] != PrefixedStream.tlsFirstOctet {
        if peer.isLoopback, !tls.requiresCertificate {
          return await server.host(stream, peer: peer, received: first, place: place)
        }
        logger.notice("refused: not TLS", metadata: ["peer": "\(peer.text)"])
        return nil
      }
      let secured = try await tls.wrap(
        PrefixedStream(first, before: stream), deadline: .after(seconds: Self.handshakeSeconds))
      let known = PeerInfo(
        text: peer.text, isLoopback: peer.isLoopback, isEncrypted: true, addressBlock: peer.addressBlock,
        certificateDigest: secured.peerCertificateDigest)
      await server.serve(secured, peer: known, place: place)
    } catch {
      stream.close()
      handshakeFailed(error, peer)
    }
    return nil
  }
}

package import JSONRPC
internal import Logging
internal import MailEngine
internal import MailStore
package import PostroomAPI
package import Telemetry

/// `server.*`
package struct ServerCalls: ServerService {
  private let house: House
  private let identity: ServerIdentity
  private let health: HealthMonitor
  private let sources: FigureSources
  private let lines: LogTap

  package init(
    _ house: House, _ identity: ServerIdentity, health: HealthMonitor, sources: FigureSources,
    log: LogTap = LogTap()
  ) {
    self.house = house
    self.identity = identity
    self.health = health
    self.sources = sources
    lines = log
  }

  package func info(_ params: ServerInfoParams, _ context: CallContext) async throws(RPCError)
    -> APIServerInfo
  {
    let l = identity.limits
    let features: [APIServerFeature] = [
      .batch, .cancel, .progress, .streams, .idempotency, .positional, .version1, .compression,
    ]
    return APIServerInfo(
      name: "postroomd", version: identity.version, protocolVersion: APIDocument.version,
      schemaVersion: Int64(house.store.schemaVersion), commit: identity.commit,
      startedAt: APITime.text(milliseconds: identity.startedAt),
      framings: RPCServer.framings.compactMap { APIFraming(rawValue: $0) },
      features: features + (identity.recordsSpans ? [.tracing] : []), tls: identity.speaksTLS,
      limits: APIServerLimits(
        connections: Int64(l.connectionsMax), connectionsPerPeer: Int64(l.connectionsPerPeerMax),
        messageOctets: Int64(l.messageOctetsMax), streamValueOctets: Int64(l.streamMessageOctetsMax),
        depth: Int64(l.depthMax), batchCalls: Int64(l.batchMax), callsInFlight: Int64(l.callsInFlightMax),
        writeBufferOctets: Int64(l.writeBufferOctetsMax), firstOctetSeconds: l.firstByteSeconds,
        messageSeconds: l.messageSeconds, idleSeconds: l.idleSeconds))
  }

  package func stats(_ params: ServerStatsParams, _ context: CallContext) async throws(RPCError)
    -> APIServerStats
  {
    let s = sources.rpc()
    let figures = await ServerFigures.read(house, sources)
    guard let mailboxes = figures.mailboxes, let outbox = figures.outbox else {
      // Once more, for the error.
      _ = try await storing { () async throws(MailStoreError) in try await house.store.outboxCounts() }
      throw RPCError(.internal, "The store failed. Call again.")
    }
    return APIServerStats(
      uptimeSeconds: max(house.now.milliseconds - identity.startedAt, 0) / 1000,
      connectionsOpen: Int64(s.connectionsOpen), connectionsTotal: Int64(clamping: s.connectionsTotal),
      callsInFlight: Int64(s.callsInFlight), calls: Int64(clamping: s.calls),
      errors: Int64(clamping: s.errors),
      octetsIn: Int64(clamping: s.octetsIn), octetsOut: Int64(clamping: s.octetsOut),
      protocolErrors: Int64(clamping: s.protocolErrors),
      authenticationFailures: Int64(clamping: s.authenticationFailures),
      mailboxes: Int64(mailboxes.values.reduce(0, +)), mailboxesLive: Int64(mailboxes[.live] ?? 0),
      latestEvent: String(figures.latestEvent),
      connectionsByFraming: s.framings.compactMap { name, count in
        APIFraming(rawValue: name).map { APIFramingCount(framing: $0, connections: Int64(count)) }
      },
      streamsOpen: Int64(s.streamsOpen), octetsWaiting: Int64(s.octetsWaiting),
      outbox: Self.counts(outbox), sync: Self.counts(figures.phases),
      storeWritesWaiting: Int64(figures.storeWritesWaiting),
      reactorJobs: Int64(figures.reactorJobs.reduce(0, +)),
      process: APIProcessStats(
        residentOctets: figures.process.residentOctets, virtualOctets: figures.process.virtualOctets,
        cpuSeconds: figures.process.cpuSeconds, descriptors: figures.process.descriptors,
        descriptorsMax: figures.process.descriptorsMax, threads: figures.process.threads),
      logLinesDropped: Int64(clamping: figures.logLinesDropped),
      spansDropped: Int64(clamping: figures.spansDropped), slowest: sources.slowest().map { APISlowCall($0) },
      mailHosts: ServerFigures.busiest(figures.hosts).map { APIMailHostUse($0) },
      backfills: APIBackfillCounts(
        reading: Int64(figures.backfills.reading), waiting: Int64(figures.backfills.waiting)))
  }

  /// The last lines of the log and then each new one, until the caller goes.
  package func log(
    _ params: ServerLogParams, _ context: CallContext, _ sink: TypedSink<APILogLine>
  ) async throws(RPCError) {
    let level = params.level.flatMap { Logger.Level(rawValue: $0.rawValue) } ?? .info
    for await heard in lines.lines(from: level, past: Int(clamping: params.past)) {
      try await sink.send(APILogLine(heard))
    }
  }

  /// What `GET /metrics` tells besides the RPC layer's own numbers.
  package func metrics() async -> [MetricFamily] {
    await ServerFigures.read(house, sources).families(
      identity, protocolVersion: APIDocument.version, isServing: health.isServing)
  }

  private static func counts(_ outbox: [SubmissionState: Int]) -> APIOutboxCounts {
    func count(_ state: SubmissionState) -> Int64 { Int64(outbox[state] ?? 0) }
    return APIOutboxCounts(
      queued: count(.queued), sending: count(.sending), dataOpen: count(.dataOpen),
      deferred: count(.deferred), unknown: count(.unknown))
  }

  private static func counts(_ phases: [SyncProgress.Phase: Int]) -> APISyncCounts {
    func count(_ phase: SyncProgress.Phase) -> Int64 { Int64(phases[phase] ?? 0) }
    return APISyncCounts(
      stopped: count(.stopped), connecting: count(.connecting), reading: count(.reading), live: count(.live),
      waiting: count(.waiting), paused: count(.paused))
  }
}

extension APISlowCall {
  fileprivate init(_ call: SlowCall) {
    self.init(
      method: call.method, at: APITime.text(milliseconds: call.at),
      microseconds: Int64(clamping: call.microseconds), tenantId: call.tenantID, caller: call.caller,
      error: call.error)
  }
}

extension APILogLine {
  fileprivate init(_ heard: LogTap.Heard) {
    let line = heard.line
    self.init(
      at: APITime.text(milliseconds: line.at), level: APILogLevel(rawValue: line.level.rawValue) ?? .info,
      logger: line.logger, message: line.message,
      fields: Dictionary(line.fields.map { ($0.name, $0.value) }, uniquingKeysWith: { first, _ in first }),
      lost: heard.lost > 0 ? Int64(heard.lost) : nil)
  }
}

/// `health.*`
package struct HealthCalls: HealthService {
  private let monitor: HealthMonitor
  package init(_ monitor: HealthMonitor) { self.monitor = monitor }

  /// Serving while the store answers a read, which is made now.
  package func check(_ params: HealthCheckParams, _ context: CallContext) async throws(RPCError) -> APIHealth
  {
    try Self.require(params.service)
    return Self.health(await monitor.look())
  }

  /// The status at once, then each change (gRPC's `Watch`).
  package func watch(
    _ params: HealthWatchParams, _ context: CallContext, _ sink: TypedSink<APIHealth>
  ) async throws(RPCError) {
    try Self.require(params.service)
    for await isServing in monitor.changes() { try await sink.send(Self.health(isServing)) }
  }

  private static func require(_ service: String?) throws(RPCError) {
    if let service, !service.isEmpty, service != "postroom" {
      throw RPCError(.healthUnknownService, "There is one service here: postroom.")
    }
  }

  private static func health(_ isServing: Bool) -> APIHealth {
    APIHealth(status: isServing ? .serving : .notServing)
  }
}

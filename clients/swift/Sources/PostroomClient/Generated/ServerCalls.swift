// Generated from protocol/openrpc.json by stubgen. Do not edit.
// swift-format-ignore-file
internal import JSON

extension PostroomClient {
  /// The methods `server.*`.
  public var server: ServerCalls { ServerCalls(client: self) }
}

/// The methods `server.*`.
public struct ServerCalls: Sendable {
  let client: PostroomClient

  /// What answers. Name and versions, when it started, what it speaks and can do, and the limits it holds
  /// callers to.
  public func info(options: CallOptions = CallOptions()) async throws(PostroomError) -> ServerInfo {
    try await client.call("server.info", repeatable: .always, options) { _ in }
  }

  /// Counters. Counters of the whole server since its start, what waits in its queues now, and what its
  /// process uses.
  public func stats(options: CallOptions = CallOptions()) async throws(PostroomError) -> ServerStats {
    try await client.call("server.stats", repeatable: .always, options) { _ in }
  }

  /// Follow the log. Streams the lines of the server's own log as they are written, of all tenants: the
  /// last `past` of them first. The server writes what `--log-level` says, and a lower `level` here adds
  /// nothing. A caller who takes them too slowly loses lines, and the next one it gets says how many. No
  /// line has params, results, bodies, passwords or tokens.
  /// - Parameters:
  ///   - level: Lines of this level and above; `info` when left out.
  ///   - past: How many lines that were written before come first; the server keeps the last 200 of all
  ///     levels.
  public func log(
    level: LogLevel? = nil, past: Int64 = 0, options: StreamOptions = StreamOptions()
  ) -> PostroomStream<LogLine> {
    client.stream("server.log", options) { writer in
      if let level {
        writer.key("level")
        level.write(to: &writer)
      }
      if past != 0 {
        writer.key("past")
        writer.int(past)
      }
    }
  }
}

/// How messages are told apart: JSON values one after another; LSP's header; gRPC's message prefix;
/// HTTP/1.1; WebSocket; `undecided`: no octet has come yet.
public struct Framing: RawRepresentable, Hashable, Sendable, CustomStringConvertible, JSONWord {
  public let rawValue: String
  public init(rawValue: String) { self.rawValue = rawValue }
  public var description: String { rawValue }

  public static let lines = Framing(rawValue: "lines")
  public static let contentLength = Framing(rawValue: "contentLength")
  public static let lengthPrefix = Framing(rawValue: "lengthPrefix")
  public static let http = Framing(rawValue: "http")
  public static let webSocket = Framing(rawValue: "webSocket")
  public static let undecided = Framing(rawValue: "undecided")
}

/// `batch`; `cancel`: `rpc.cancel` and `$/cancelRequest`; `progress`: `$/progress`; `streams`: with credit,
/// both ways; `idempotency`: `_meta.idempotencyKey`; `positional`: params in an array; `version1`: JSON-RPC
/// 1.0; `compression`: packed messages, permessage-deflate; `tracing`: spans are recorded.
public struct ServerFeature: RawRepresentable, Hashable, Sendable, CustomStringConvertible, JSONWord {
  public let rawValue: String
  public init(rawValue: String) { self.rawValue = rawValue }
  public var description: String { rawValue }

  public static let batch = ServerFeature(rawValue: "batch")
  public static let cancel = ServerFeature(rawValue: "cancel")
  public static let progress = ServerFeature(rawValue: "progress")
  public static let streams = ServerFeature(rawValue: "streams")
  public static let idempotency = ServerFeature(rawValue: "idempotency")
  public static let positional = ServerFeature(rawValue: "positional")
  public static let version1 = ServerFeature(rawValue: "version1")
  public static let compression = ServerFeature(rawValue: "compression")
  public static let tracing = ServerFeature(rawValue: "tracing")
}

/// How much a line of the log matters, ascending.
public struct LogLevel: RawRepresentable, Hashable, Sendable, CustomStringConvertible, JSONWord {
  public let rawValue: String
  public init(rawValue: String) { self.rawValue = rawValue }
  public var description: String { rawValue }

  public static let trace = LogLevel(rawValue: "trace")
  public static let debug = LogLevel(rawValue: "debug")
  public static let info = LogLevel(rawValue: "info")
  public static let notice = LogLevel(rawValue: "notice")
  public static let warning = LogLevel(rawValue: "warning")
  public static let error = LogLevel(rawValue: "error")
  public static let critical = LogLevel(rawValue: "critical")
}

/// What answers. What is not required is absent from servers before 0.2.0.
public struct ServerInfo: Hashable, Sendable, JSONReadable, JSONWritable {
  public var name: String
  public var version: String
  /// The version of this document.
  public var protocolVersion: String
  /// The version of the database's schema.
  public var schemaVersion: Int64?
  /// What the server was built from, as whoever packed it says (`POSTROOM_COMMIT` in its environment).
  public var commit: String?
  public var startedAt: String?
  /// What it speaks on each of its ports.
  public var framings: [Framing]?
  public var features: [ServerFeature]?
  /// TLS is taken on TCP.
  public var tls: Bool?
  public var limits: ServerLimits?

  public init(
    name: String, version: String, protocolVersion: String, schemaVersion: Int64? = nil,
    commit: String? = nil, startedAt: String? = nil, framings: [Framing]? = nil,
    features: [ServerFeature]? = nil, tls: Bool? = nil, limits: ServerLimits? = nil
  ) {
    self.name = name
    self.version = version
    self.protocolVersion = protocolVersion
    self.schemaVersion = schemaVersion
    self.commit = commit
    self.startedAt = startedAt
    self.framings = framings
    self.features = features
    self.tls = tls
    self.limits = limits
  }

  init(from reader: inout JSONReader) throws(JSONError) {
    var name: String?
    var version: String?
    var protocolVersion: String?
    var schemaVersion: Int64?
    var commit: String?
    var startedAt: String?
    var framings: [Framing]?
    var features: [ServerFeature]?
    var tls: Bool?
    var limits: ServerLimits?
    try reader.beginObject()
    while try reader.nextKey() {
      if reader.keyIs("name") {
        name = try reader.string()
      } else if reader.keyIs("version") {
        version = try reader.string()
      } else if reader.keyIs("protocolVersion") {
        protocolVersion = try reader.string()
      } else if reader.keyIs("schemaVersion") {
        if !reader.isNull() { schemaVersion = try reader.int() }
      } else if reader.keyIs("commit") {
        if !reader.isNull() { commit = try reader.string() }
      } else if reader.keyIs("startedAt") {
        if !reader.isNull() { startedAt = try reader.string() }
      } else if reader.keyIs("framings") {
        if !reader.isNull() { framings = try reader.list("framings") }
      } else if reader.keyIs("features") {
        if !reader.isNull() { features = try reader.list("features") }
      } else if reader.keyIs("tls") {
        if !reader.isNull() { tls = try reader.bool() }
      } else if reader.keyIs("limits") {
        if !reader.isNull() { limits = try reader.object("limits") }
      } else {
        try reader.skip()
      }
    }
    self.name = try present(name, "name")
    self.version = try present(version, "version")
    self.protocolVersion = try present(protocolVersion, "protocolVersion")
    self.schemaVersion = schemaVersion
    self.commit = commit
    self.startedAt = startedAt
    self.framings = framings
    self.features = features
    self.tls = tls
    self.limits = limits
  }

  func write(to writer: inout JSONWriter) {
    writer.beginObject()
    writer.key("name")
    writer.string(name)
    writer.key("version")
    writer.string(version)
    writer.key("protocolVersion")
    writer.string(protocolVersion)
    if let schemaVersion {
      writer.key("schemaVersion")
      writer.int(schemaVersion)
    }
    if let commit {
      writer.key("commit")
      writer.string(commit)
    }
    if let startedAt {
      writer.key("startedAt")
      writer.string(startedAt)
    }
    if let framings {
      writer.key("framings")
      writer.list(framings)
    }
    if let features {
      writer.key("features")
      writer.list(features)
    }
    if let tls {
      writer.key("tls")
      writer.bool(tls)
    }
    if let limits {
      writer.key("limits")
      limits.write(to: &writer)
    }
    writer.endObject()
  }

  /// This as one line of JSON, as the API writes it.
  public var json: String { jsonText(of: self) }
}

/// What callers are held to; README.md has the error of each.
public struct ServerLimits: Hashable, Sendable, JSONReadable, JSONWritable {
  /// At one time.
  public var connections: Int64
  /// From one address.
  public var connectionsPerPeer: Int64
  /// Of one message, also when inflated.
  public var messageOctets: Int64
  /// Of one value of a stream.
  public var streamValueOctets: Int64
  /// Arrays and objects inside each other.
  public var depth: Int64
  public var batchCalls: Int64
  /// On one connection, with streams.
  public var callsInFlight: Int64
  /// That wait for one connection before nothing more is read from it.
  public var writeBufferOctets: Int64
  public var firstOctetSeconds: Int64
  public var messageSeconds: Int64
  public var idleSeconds: Int64

  public init(
    connections: Int64, connectionsPerPeer: Int64, messageOctets: Int64, streamValueOctets: Int64,
    depth: Int64, batchCalls: Int64, callsInFlight: Int64, writeBufferOctets: Int64,
    firstOctetSeconds: Int64, messageSeconds: Int64, idleSeconds: Int64
  ) {
    self.connections = connections
    self.connectionsPerPeer = connectionsPerPeer
    self.messageOctets = messageOctets
    self.streamValueOctets = streamValueOctets
    self.depth = depth
    self.batchCalls = batchCalls
    self.callsInFlight = callsInFlight
    self.writeBufferOctets = writeBufferOctets
    self.firstOctetSeconds = firstOctetSeconds
    self.messageSeconds = messageSeconds
    self.idleSeconds = idleSeconds
  }

  init(from reader: inout JSONReader) throws(JSONError) {
    var connections: Int64?
    var connectionsPerPeer: Int64?
    var messageOctets: Int64?
    var streamValueOctets: Int64?
    var depth: Int64?
    var batchCalls: Int64?
    var callsInFlight: Int64?
    var writeBufferOctets: Int64?
    var firstOctetSeconds: Int64?
    var messageSeconds: Int64?
    var idleSeconds: Int64?
    try reader.beginObject()
    while try reader.nextKey() {
      if reader.keyIs("connections") {
        connections = try reader.int()
      } else if reader.keyIs("connectionsPerPeer") {
        connectionsPerPeer = try reader.int()
      } else if reader.keyIs("messageOctets") {
        messageOctets = try reader.int()
      } else if reader.keyIs("streamValueOctets") {
        streamValueOctets = try reader.int()
      } else if reader.keyIs("depth") {
        depth = try reader.int()
      } else if reader.keyIs("batchCalls") {
        batchCalls = try reader.int()
      } else if reader.keyIs("callsInFlight") {
        callsInFlight = try reader.int()
      } else if reader.keyIs("writeBufferOctets") {
        writeBufferOctets = try reader.int()
      } else if reader.keyIs("firstOctetSeconds") {
        firstOctetSeconds = try reader.int()
      } else if reader.keyIs("messageSeconds") {
        messageSeconds = try reader.int()
      } else if reader.keyIs("idleSeconds") {
        idleSeconds = try reader.int()
      } else {
        try reader.skip()
      }
    }
    self.connections = try present(connections, "connections")
    self.connectionsPerPeer = try present(connectionsPerPeer, "connectionsPerPeer")
    self.messageOctets = try present(messageOctets, "messageOctets")
    self.streamValueOctets = try present(streamValueOctets, "streamValueOctets")
    self.depth = try present(depth, "depth")
    self.batchCalls = try present(batchCalls, "batchCalls")
    self.callsInFlight = try present(callsInFlight, "callsInFlight")
    self.writeBufferOctets = try present(writeBufferOctets, "writeBufferOctets")
    self.firstOctetSeconds = try present(firstOctetSeconds, "firstOctetSeconds")
    self.messageSeconds = try present(messageSeconds, "messageSeconds")
    self.idleSeconds = try present(idleSeconds, "idleSeconds")
  }

  func write(to writer: inout JSONWriter) {
    writer.beginObject()
    writer.key("connections")
    writer.int(connections)
    writer.key("connectionsPerPeer")
    writer.int(connectionsPerPeer)
    writer.key("messageOctets")
    writer.int(messageOctets)
    writer.key("streamValueOctets")
    writer.int(streamValueOctets)
    writer.key("depth")
    writer.int(depth)
    writer.key("batchCalls")
    writer.int(batchCalls)
    writer.key("callsInFlight")
    writer.int(callsInFlight)
    writer.key("writeBufferOctets")
    writer.int(writeBufferOctets)
    writer.key("firstOctetSeconds")
    writer.int(firstOctetSeconds)
    writer.key("messageSeconds")
    writer.int(messageSeconds)
    writer.key("idleSeconds")
    writer.int(idleSeconds)
    writer.endObject()
  }

  /// This as one line of JSON, as the API writes it.
  public var json: String { jsonText(of: self) }
}

/// How many connections speak something.
public struct FramingCount: Hashable, Sendable, JSONReadable, JSONWritable {
  public var framing: Framing
  public var connections: Int64

  public init(framing: Framing, connections: Int64) {
    self.framing = framing
    self.connections = connections
  }

  init(from reader: inout JSONReader) throws(JSONError) {
    var framing: Framing?
    var connections: Int64?
    try reader.beginObject()
    while try reader.nextKey() {
      if reader.keyIs("framing") {
        framing = try Framing(from: &reader)
      } else if reader.keyIs("connections") {
        connections = try reader.int()
      } else {
        try reader.skip()
      }
    }
    self.framing = try present(framing, "framing")
    self.connections = try present(connections, "connections")
  }

  func write(to writer: inout JSONWriter) {
    writer.beginObject()
    writer.key("framing")
    framing.write(to: &writer)
    writer.key("connections")
    writer.int(connections)
    writer.endObject()
  }

  /// This as one line of JSON, as the API writes it.
  public var json: String { jsonText(of: self) }
}

/// Mails on their way out, by state (`SubmissionState`).
public struct OutboxCounts: Hashable, Sendable, JSONReadable, JSONWritable {
  public var queued: Int64
  public var sending: Int64
  public var dataOpen: Int64
  public var deferred: Int64
  public var unknown: Int64

  public init(queued: Int64, sending: Int64, dataOpen: Int64, deferred: Int64, unknown: Int64) {
    self.queued = queued
    self.sending = sending
    self.dataOpen = dataOpen
    self.deferred = deferred
    self.unknown = unknown
  }

  init(from reader: inout JSONReader) throws(JSONError) {
    var queued: Int64?
    var sending: Int64?
    var dataOpen: Int64?
    var deferred: Int64?
    var unknown: Int64?
    try reader.beginObject()
    while try reader.nextKey() {
      if reader.keyIs("queued") {
        queued = try reader.int()
      } else if reader.keyIs("sending") {
        sending = try reader.int()
      } else if reader.keyIs("dataOpen") {
        dataOpen = try reader.int()
      } else if reader.keyIs("deferred") {
        deferred = try reader.int()
      } else if reader.keyIs("unknown") {
        unknown = try reader.int()
      } else {
        try reader.skip()
      }
    }
    self.queued = try present(queued, "queued")
    self.sending = try present(sending, "sending")
    self.dataOpen = try present(dataOpen, "dataOpen")
    self.deferred = try present(deferred, "deferred")
    self.unknown = try present(unknown, "unknown")
  }

  func write(to writer: inout JSONWriter) {
    writer.beginObject()
    writer.key("queued")
    writer.int(queued)
    writer.key("sending")
    writer.int(sending)
    writer.key("dataOpen")
    writer.int(dataOpen)
    writer.key("deferred")
    writer.int(deferred)
    writer.key("unknown")
    writer.int(unknown)
    writer.endObject()
  }

  /// This as one line of JSON, as the API writes it.
  public var json: String { jsonText(of: self) }
}

/// Mailboxes by what their workers do (`SyncPhase`).
public struct SyncCounts: Hashable, Sendable, JSONReadable, JSONWritable {
  public var stopped: Int64
  public var connecting: Int64
  public var reading: Int64
  public var live: Int64
  public var waiting: Int64
  public var paused: Int64?

  public init(
    stopped: Int64, connecting: Int64, reading: Int64, live: Int64, waiting: Int64, paused: Int64? = nil
  ) {
    self.stopped = stopped
    self.connecting = connecting
    self.reading = reading
    self.live = live
    self.waiting = waiting
    self.paused = paused
  }

  init(from reader: inout JSONReader) throws(JSONError) {
    var stopped: Int64?
    var connecting: Int64?
    var reading: Int64?
    var live: Int64?
    var waiting: Int64?
    var paused: Int64?
    try reader.beginObject()
    while try reader.nextKey() {
      if reader.keyIs("stopped") {
        stopped = try reader.int()
      } else if reader.keyIs("connecting") {
        connecting = try reader.int()
      } else if reader.keyIs("reading") {
        reading = try reader.int()
      } else if reader.keyIs("live") {
        live = try reader.int()
      } else if reader.keyIs("waiting") {
        waiting = try reader.int()
      } else if reader.keyIs("paused") {
        if !reader.isNull() { paused = try reader.int() }
      } else {
        try reader.skip()
      }
    }
    self.stopped = try present(stopped, "stopped")
    self.connecting = try present(connecting, "connecting")
    self.reading = try present(reading, "reading")
    self.live = try present(live, "live")
    self.waiting = try present(waiting, "waiting")
    self.paused = paused
  }

  func write(to writer: inout JSONWriter) {
    writer.beginObject()
    writer.key("stopped")
    writer.int(stopped)
    writer.key("connecting")
    writer.int(connecting)
    writer.key("reading")
    writer.int(reading)
    writer.key("live")
    writer.int(live)
    writer.key("waiting")
    writer.int(waiting)
    if let paused {
      writer.key("paused")
      writer.int(paused)
    }
    writer.endObject()
  }

  /// This as one line of JSON, as the API writes it.
  public var json: String { jsonText(of: self) }
}

/// What the server's process uses.
public struct ProcessStats: Hashable, Sendable, JSONReadable, JSONWritable {
  public var residentOctets: Int64
  public var virtualOctets: Int64
  /// User and system time since its start.
  public var cpuSeconds: Double
  /// Open ones.
  public var descriptors: Int64
  public var descriptorsMax: Int64
  public var threads: Int64

  public init(
    residentOctets: Int64, virtualOctets: Int64, cpuSeconds: Double, descriptors: Int64,
    descriptorsMax: Int64, threads: Int64
  ) {
    self.residentOctets = residentOctets
    self.virtualOctets = virtualOctets
    self.cpuSeconds = cpuSeconds
    self.descriptors = descriptors
    self.descriptorsMax = descriptorsMax
    self.threads = threads
  }

  init(from reader: inout JSONReader) throws(JSONError) {
    var residentOctets: Int64?
    var virtualOctets: Int64?
    var cpuSeconds: Double?
    var descriptors: Int64?
    var descriptorsMax: Int64?
    var threads: Int64?
    try reader.beginObject()
    while try reader.nextKey() {
      if reader.keyIs("residentOctets") {
        residentOctets = try reader.int()
      } else if reader.keyIs("virtualOctets") {
        virtualOctets = try reader.int()
      } else if reader.keyIs("cpuSeconds") {
        cpuSeconds = try reader.double()
      } else if reader.keyIs("descriptors") {
        descriptors = try reader.int()
      } else if reader.keyIs("descriptorsMax") {
        descriptorsMax = try reader.int()
      } else if reader.keyIs("threads") {
        threads = try reader.int()
      } else {
        try reader.skip()
      }
    }
    self.residentOctets = try present(residentOctets, "residentOctets")
    self.virtualOctets = try present(virtualOctets, "virtualOctets")
    self.cpuSeconds = try present(cpuSeconds, "cpuSeconds")
    self.descriptors = try present(descriptors, "descriptors")
    self.descriptorsMax = try present(descriptorsMax, "descriptorsMax")
    self.threads = try present(threads, "threads")
  }

  func write(to writer: inout JSONWriter) {
    writer.beginObject()
    writer.key("residentOctets")
    writer.int(residentOctets)
    writer.key("virtualOctets")
    writer.int(virtualOctets)
    writer.key("cpuSeconds")
    writer.double(cpuSeconds)
    writer.key("descriptors")
    writer.int(descriptors)
    writer.key("descriptorsMax")
    writer.int(descriptorsMax)
    writer.key("threads")
    writer.int(threads)
    writer.endObject()
  }

  /// This as one line of JSON, as the API writes it.
  public var json: String { jsonText(of: self) }
}

/// Counters since the server's start. What is not required is absent from servers before 0.2.0.
public struct ServerStats: Hashable, Sendable, JSONReadable, JSONWritable {
  public var uptimeSeconds: Int64
  public var connectionsOpen: Int64
  public var connectionsTotal: Int64
  /// Calls and streams at work now.
  public var callsInFlight: Int64
  public var calls: Int64
  /// Calls that ended with an error.
  public var errors: Int64
  public var octetsIn: Int64
  public var octetsOut: Int64
  /// Messages that could not be read.
  public var protocolErrors: Int64
  /// Tokens that were not accepted.
  public var authenticationFailures: Int64
  /// Connected mailboxes of all tenants.
  public var mailboxes: Int64
  /// Of these, in state `live`.
  public var mailboxesLive: Int64
  public var latestEvent: String
  public var connectionsByFraming: [FramingCount]?
  /// Part of `callsInFlight`.
  public var streamsOpen: Int64?
  /// Octets that wait for callers to take them.
  public var octetsWaiting: Int64?
  public var outbox: OutboxCounts?
  public var sync: SyncCounts?
  /// Changes that wait for their transaction.
  public var storeWritesWaiting: Int64?
  /// Work that waits for the threads that connections live on.
  public var reactorJobs: Int64?
  public var process: ProcessStats?
  /// Lines of the log that were lost: what reads it is too slow.
  public var logLinesDropped: Int64?
  /// Spans that were lost: the disk is too slow, or full.
  public var spansDropped: Int64?
  /// The slowest calls of the last five to ten minutes, slowest first, without streams and what took less
  /// than a millisecond.
  public var slowest: [SlowCall]?
  /// Mail servers that were asked for something lately, those with most to do first.
  public var mailHosts: [MailHostUse]?
  public var backfills: BackfillCounts?

  public init(
    uptimeSeconds: Int64, connectionsOpen: Int64, connectionsTotal: Int64, callsInFlight: Int64,
    calls: Int64, errors: Int64, octetsIn: Int64, octetsOut: Int64, protocolErrors: Int64,
    authenticationFailures: Int64, mailboxes: Int64, mailboxesLive: Int64, latestEvent: String,
    connectionsByFraming: [FramingCount]? = nil, streamsOpen: Int64? = nil, octetsWaiting: Int64? = nil,
    outbox: OutboxCounts? = nil, sync: SyncCounts? = nil, storeWritesWaiting: Int64? = nil,
    reactorJobs: Int64? = nil, process: ProcessStats? = nil, logLinesDropped: Int64? = nil,
    spansDropped: Int64? = nil, slowest: [SlowCall]? = nil, mailHosts: [MailHostUse]? = nil,
    backfills: BackfillCounts? = nil
  ) {
    self.uptimeSeconds = uptimeSeconds
    self.connectionsOpen = connectionsOpen
    self.connectionsTotal = connectionsTotal
    self.callsInFlight = callsInFlight
    self.calls = calls
    self.errors = errors
    self.octetsIn = octetsIn
    self.octetsOut = octetsOut
    self.protocolErrors = protocolErrors
    self.authenticationFailures = authenticationFailures
    self.mailboxes = mailboxes
    self.mailboxesLive = mailboxesLive
    self.latestEvent = latestEvent
    self.connectionsByFraming = connectionsByFraming
    self.streamsOpen = streamsOpen
    self.octetsWaiting = octetsWaiting
    self.outbox = outbox
    self.sync = sync
    self.storeWritesWaiting = storeWritesWaiting
    self.reactorJobs = reactorJobs
    self.process = process
    self.logLinesDropped = logLinesDropped
    self.spansDropped = spansDropped
    self.slowest = slowest
    self.mailHosts = mailHosts
    self.backfills = backfills
  }

  init(from reader: inout JSONReader) throws(JSONError) {
    var uptimeSeconds: Int64?
    var connectionsOpen: Int64?
    var connectionsTotal: Int64?
    var callsInFlight: Int64?
    var calls: Int64?
    var errors: Int64?
    var octetsIn: Int64?
    var octetsOut: Int64?
    var protocolErrors: Int64?
    var authenticationFailures: Int64?
    var mailboxes: Int64?
    var mailboxesLive: Int64?
    var latestEvent: String?
    var connectionsByFraming: [FramingCount]?
    var streamsOpen: Int64?
    var octetsWaiting: Int64?
    var outbox: OutboxCounts?
    var sync: SyncCounts?
    var storeWritesWaiting: Int64?
    var reactorJobs: Int64?
    var process: ProcessStats?
    var logLinesDropped: Int64?
    var spansDropped: Int64?
    var slowest: [SlowCall]?
    var mailHosts: [MailHostUse]?
    var backfills: BackfillCounts?
    try reader.beginObject()
    while try reader.nextKey() {
      if reader.keyIs("uptimeSeconds") {
        uptimeSeconds = try reader.int()
      } else if reader.keyIs("connectionsOpen") {
        connectionsOpen = try reader.int()
      } else if reader.keyIs("connectionsTotal") {
        connectionsTotal = try reader.int()
      } else if reader.keyIs("callsInFlight") {
        callsInFlight = try reader.int()
      } else if reader.keyIs("calls") {
        calls = try reader.int()
      } else if reader.keyIs("errors") {
        errors = try reader.int()
      } else if reader.keyIs("octetsIn") {
        octetsIn = try reader.int()
      } else if reader.keyIs("octetsOut") {
        octetsOut = try reader.int()
      } else if reader.keyIs("protocolErrors") {
        protocolErrors = try reader.int()
      } else if reader.keyIs("authenticationFailures") {
        authenticationFailures = try reader.int()
      } else if reader.keyIs("mailboxes") {
        mailboxes = try reader.int()
      } else if reader.keyIs("mailboxesLive") {
        mailboxesLive = try reader.int()
      } else if reader.keyIs("latestEvent") {
        latestEvent = try reader.string()
      } else if reader.keyIs("connectionsByFraming") {
        if !reader.isNull() { connectionsByFraming = try reader.list("connectionsByFraming") }
      } else if reader.keyIs("streamsOpen") {
        if !reader.isNull() { streamsOpen = try reader.int() }
      } else if reader.keyIs("octetsWaiting") {
        if !reader.isNull() { octetsWaiting = try reader.int() }
      } else if reader.keyIs("outbox") {
        if !reader.isNull() { outbox = try reader.object("outbox") }
      } else if reader.keyIs("sync") {
        if !reader.isNull() { sync = try reader.object("sync") }
      } else if reader.keyIs("storeWritesWaiting") {
        if !reader.isNull() { storeWritesWaiting = try reader.int() }
      } else if reader.keyIs("reactorJobs") {
        if !reader.isNull() { reactorJobs = try reader.int() }
      } else if reader.keyIs("process") {
        if !reader.isNull() { process = try reader.object("process") }
      } else if reader.keyIs("logLinesDropped") {
        if !reader.isNull() { logLinesDropped = try reader.int() }
      } else if reader.keyIs("spansDropped") {
        if !reader.isNull() { spansDropped = try reader.int() }
      } else if reader.keyIs("slowest") {
        if !reader.isNull() { slowest = try reader.list("slowest") }
      } else if reader.keyIs("mailHosts") {
        if !reader.isNull() { mailHosts = try reader.list("mailHosts") }
      } else if reader.keyIs("backfills") {
        if !reader.isNull() { backfills = try reader.object("backfills") }
      } else {
        try reader.skip()
      }
    }
    self.uptimeSeconds = try present(uptimeSeconds, "uptimeSeconds")
    self.connectionsOpen = try present(connectionsOpen, "connectionsOpen")
    self.connectionsTotal = try present(connectionsTotal, "connectionsTotal")
    self.callsInFlight = try present(callsInFlight, "callsInFlight")
    self.calls = try present(calls, "calls")
    self.errors = try present(errors, "errors")
    self.octetsIn = try present(octetsIn, "octetsIn")
    self.octetsOut = try present(octetsOut, "octetsOut")
    self.protocolErrors = try present(protocolErrors, "protocolErrors")
    self.authenticationFailures = try present(authenticationFailures, "authenticationFailures")
    self.mailboxes = try present(mailboxes, "mailboxes")
    self.mailboxesLive = try present(mailboxesLive, "mailboxesLive")
    self.latestEvent = try present(latestEvent, "latestEvent")
    self.connectionsByFraming = connectionsByFraming
    self.streamsOpen = streamsOpen
    self.octetsWaiting = octetsWaiting
    self.outbox = outbox
    self.sync = sync
    self.storeWritesWaiting = storeWritesWaiting
    self.reactorJobs = reactorJobs
    self.process = process
    self.logLinesDropped = logLinesDropped
    self.spansDropped = spansDropped
    self.slowest = slowest
    self.mailHosts = mailHosts
    self.backfills = backfills
  }

  func write(to writer: inout JSONWriter) {
    writer.beginObject()
    writer.key("uptimeSeconds")
    writer.int(uptimeSeconds)
    writer.key("connectionsOpen")
    writer.int(connectionsOpen)
    writer.key("connectionsTotal")
    writer.int(connectionsTotal)
    writer.key("callsInFlight")
    writer.int(callsInFlight)
    writer.key("calls")
    writer.int(calls)
    writer.key("errors")
    writer.int(errors)
    writer.key("octetsIn")
    writer.int(octetsIn)
    writer.key("octetsOut")
    writer.int(octetsOut)
    writer.key("protocolErrors")
    writer.int(protocolErrors)
    writer.key("authenticationFailures")
    writer.int(authenticationFailures)
    writer.key("mailboxes")
    writer.int(mailboxes)
    writer.key("mailboxesLive")
    writer.int(mailboxesLive)
    writer.key("latestEvent")
    writer.string(latestEvent)
    if let connectionsByFraming {
      writer.key("connectionsByFraming")
      writer.list(connectionsByFraming)
    }
    if let streamsOpen {
      writer.key("streamsOpen")
      writer.int(streamsOpen)
    }
    if let octetsWaiting {
      writer.key("octetsWaiting")
      writer.int(octetsWaiting)
    }
    if let outbox {
      writer.key("outbox")
      outbox.write(to: &writer)
    }
    if let sync {
      writer.key("sync")
      sync.write(to: &writer)
    }
    if let storeWritesWaiting {
      writer.key("storeWritesWaiting")
      writer.int(storeWritesWaiting)
    }
    if let reactorJobs {
      writer.key("reactorJobs")
      writer.int(reactorJobs)
    }
    if let process {
      writer.key("process")
      process.write(to: &writer)
    }
    if let logLinesDropped {
      writer.key("logLinesDropped")
      writer.int(logLinesDropped)
    }
    if let spansDropped {
      writer.key("spansDropped")
      writer.int(spansDropped)
    }
    if let slowest {
      writer.key("slowest")
      writer.list(slowest)
    }
    if let mailHosts {
      writer.key("mailHosts")
      writer.list(mailHosts)
    }
    if let backfills {
      writer.key("backfills")
      backfills.write(to: &writer)
    }
    writer.endObject()
  }

  /// This as one line of JSON, as the API writes it.
  public var json: String { jsonText(of: self) }
}

/// What one mail server is asked for by all mailboxes together.
public struct MailHostUse: Hashable, Sendable, JSONReadable, JSONWritable {
  public var host: String
  public var connections: Int64
  /// Without it there is no limit.
  public var connectionsMax: Int64?
  /// Connections that wait for their turn.
  public var waiting: Int64
  /// In the last minute.
  public var signIns: Int64
  public var signInsPerMinuteMax: Int64

  public init(
    host: String, connections: Int64, connectionsMax: Int64? = nil, waiting: Int64, signIns: Int64,
    signInsPerMinuteMax: Int64
  ) {
    self.host = host
    self.connections = connections
    self.connectionsMax = connectionsMax
    self.waiting = waiting
    self.signIns = signIns
    self.signInsPerMinuteMax = signInsPerMinuteMax
  }

  init(from reader: inout JSONReader) throws(JSONError) {
    var host: String?
    var connections: Int64?
    var connectionsMax: Int64?
    var waiting: Int64?
    var signIns: Int64?
    var signInsPerMinuteMax: Int64?
    try reader.beginObject()
    while try reader.nextKey() {
      if reader.keyIs("host") {
        host = try reader.string()
      } else if reader.keyIs("connections") {
        connections = try reader.int()
      } else if reader.keyIs("connectionsMax") {
        if !reader.isNull() { connectionsMax = try reader.int() }
      } else if reader.keyIs("waiting") {
        waiting = try reader.int()
      } else if reader.keyIs("signIns") {
        signIns = try reader.int()
      } else if reader.keyIs("signInsPerMinuteMax") {
        signInsPerMinuteMax = try reader.int()
      } else {
        try reader.skip()
      }
    }
    self.host = try present(host, "host")
    self.connections = try present(connections, "connections")
    self.connectionsMax = connectionsMax
    self.waiting = try present(waiting, "waiting")
    self.signIns = try present(signIns, "signIns")
    self.signInsPerMinuteMax = try present(signInsPerMinuteMax, "signInsPerMinuteMax")
  }

  func write(to writer: inout JSONWriter) {
    writer.beginObject()
    writer.key("host")
    writer.string(host)
    writer.key("connections")
    writer.int(connections)
    if let connectionsMax {
      writer.key("connectionsMax")
      writer.int(connectionsMax)
    }
    writer.key("waiting")
    writer.int(waiting)
    writer.key("signIns")
    writer.int(signIns)
    writer.key("signInsPerMinuteMax")
    writer.int(signInsPerMinuteMax)
    writer.endObject()
  }

  /// This as one line of JSON, as the API writes it.
  public var json: String { jsonText(of: self) }
}

/// Mailboxes with older mail to read.
public struct BackfillCounts: Hashable, Sendable, JSONReadable, JSONWritable {
  /// They read it now.
  public var reading: Int64
  /// They wait for their turn, and read new mail meanwhile.
  public var waiting: Int64

  public init(reading: Int64, waiting: Int64) {
    self.reading = reading
    self.waiting = waiting
  }

  init(from reader: inout JSONReader) throws(JSONError) {
    var reading: Int64?
    var waiting: Int64?
    try reader.beginObject()
    while try reader.nextKey() {
      if reader.keyIs("reading") {
        reading = try reader.int()
      } else if reader.keyIs("waiting") {
        waiting = try reader.int()
      } else {
        try reader.skip()
      }
    }
    self.reading = try present(reading, "reading")
    self.waiting = try present(waiting, "waiting")
  }

  func write(to writer: inout JSONWriter) {
    writer.beginObject()
    writer.key("reading")
    writer.int(reading)
    writer.key("waiting")
    writer.int(waiting)
    writer.endObject()
  }

  /// This as one line of JSON, as the API writes it.
  public var json: String { jsonText(of: self) }
}

/// A call that took long.
public struct SlowCall: Hashable, Sendable, JSONReadable, JSONWritable {
  public var method: String
  /// When it ended.
  public var at: String
  public var microseconds: Int64
  public var tenantId: String?
  /// The name of its token.
  public var caller: String?
  /// The reason of the error that it ended with.
  public var error: String?

  public init(
    method: String, at: String, microseconds: Int64, tenantId: String? = nil, caller: String? = nil,
    error: String? = nil
  ) {
    self.method = method
    self.at = at
    self.microseconds = microseconds
    self.tenantId = tenantId
    self.caller = caller
    self.error = error
  }

  init(from reader: inout JSONReader) throws(JSONError) {
    var method: String?
    var at: String?
    var microseconds: Int64?
    var tenantId: String?
    var caller: String?
    var error: String?
    try reader.beginObject()
    while try reader.nextKey() {
      if reader.keyIs("method") {
        method = try reader.string()
      } else if reader.keyIs("at") {
        at = try reader.string()
      } else if reader.keyIs("microseconds") {
        microseconds = try reader.int()
      } else if reader.keyIs("tenantId") {
        if !reader.isNull() { tenantId = try reader.string() }
      } else if reader.keyIs("caller") {
        if !reader.isNull() { caller = try reader.string() }
      } else if reader.keyIs("error") {
        if !reader.isNull() { error = try reader.string() }
      } else {
        try reader.skip()
      }
    }
    self.method = try present(method, "method")
    self.at = try present(at, "at")
    self.microseconds = try present(microseconds, "microseconds")
    self.tenantId = tenantId
    self.caller = caller
    self.error = error
  }

  func write(to writer: inout JSONWriter) {
    writer.beginObject()
    writer.key("method")
    writer.string(method)
    writer.key("at")
    writer.string(at)
    writer.key("microseconds")
    writer.int(microseconds)
    if let tenantId {
      writer.key("tenantId")
      writer.string(tenantId)
    }
    if let caller {
      writer.key("caller")
      writer.string(caller)
    }
    if let error {
      writer.key("error")
      writer.string(error)
    }
    writer.endObject()
  }

  /// This as one line of JSON, as the API writes it.
  public var json: String { jsonText(of: self) }
}

/// A line of the server's log.
public struct LogLine: Hashable, Sendable, JSONReadable, JSONWritable {
  public var at: String
  public var level: LogLevel
  /// Which part of the server says it.
  public var logger: String
  public var message: String
  public var fields: [String: String]
  /// So many lines before this one were lost: the caller took them too slowly.
  public var lost: Int64?

  public init(
    at: String, level: LogLevel, logger: String, message: String, fields: [String: String],
    lost: Int64? = nil
  ) {
    self.at = at
    self.level = level
    self.logger = logger
    self.message = message
    self.fields = fields
    self.lost = lost
  }

  init(from reader: inout JSONReader) throws(JSONError) {
    var at: String?
    var level: LogLevel?
    var logger: String?
    var message: String?
    var fields: [String: String]?
    var lost: Int64?
    try reader.beginObject()
    while try reader.nextKey() {
      if reader.keyIs("at") {
        at = try reader.string()
      } else if reader.keyIs("level") {
        level = try LogLevel(from: &reader)
      } else if reader.keyIs("logger") {
        logger = try reader.string()
      } else if reader.keyIs("message") {
        message = try reader.string()
      } else if reader.keyIs("fields") {
        fields = try reader.map("fields")
      } else if reader.keyIs("lost") {
        if !reader.isNull() { lost = try reader.int() }
      } else {
        try reader.skip()
      }
    }
    self.at = try present(at, "at")
    self.level = try present(level, "level")
    self.logger = try present(logger, "logger")
    self.message = try present(message, "message")
    self.fields = try present(fields, "fields")
    self.lost = lost
  }

  func write(to writer: inout JSONWriter) {
    writer.beginObject()
    writer.key("at")
    writer.string(at)
    writer.key("level")
    level.write(to: &writer)
    writer.key("logger")
    writer.string(logger)
    writer.key("message")
    writer.string(message)
    writer.key("fields")
    writer.map(fields)
    if let lost {
      writer.key("lost")
      writer.int(lost)
    }
    writer.endObject()
  }

  /// This as one line of JSON, as the API writes it.
  public var json: String { jsonText(of: self) }
}

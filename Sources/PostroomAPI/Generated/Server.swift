// Generated from protocol/openrpc.json by stubgen. Do not edit.
// swift-format-ignore-file
package import JSON
package import JSONRPC

/// What answers the methods `server.*`.
package protocol ServerService: Sendable {
  /// What answers. Name and versions.
  func info(_ params: ServerInfoParams, _ context: CallContext) async throws(RPCError) -> APIServerInfo

  /// Counters. Counters of the whole server, since its start.
  func stats(_ params: ServerStatsParams, _ context: CallContext) async throws(RPCError) -> APIServerStats
}

extension ServerService {
  /// The methods `server.*`, answered by this service.
  package var methods: [Method] {
    [
      .call("server.info", scope: "read", idempotent: true) { params, context async throws(RPCError) in
        try await self.info(params, context)
      },
      .call("server.stats", scope: "admin", idempotent: true) { params, context async throws(RPCError) in
        try await self.stats(params, context)
      },
    ]
  }
}

/// The parameters of `server.info`.
package struct ServerInfoParams: APIParams, Hashable {
  package static let parameterNames: [String]? = []

  package init() {}

  package init(from reader: inout JSONReader) throws(JSONError) {
    try reader.beginObject()
    while try reader.nextKey() {
      if reader.keyIs("_meta") {
        try reader.skip()
      } else {
        throw .unknown(reader.key)
      }
    }
  }

  package func write(to writer: inout JSONWriter) {
    writer.beginObject()
    writer.endObject()
  }
}

/// The parameters of `server.stats`.
package struct ServerStatsParams: APIParams, Hashable {
  package static let parameterNames: [String]? = []

  package init() {}

  package init(from reader: inout JSONReader) throws(JSONError) {
    try reader.beginObject()
    while try reader.nextKey() {
      if reader.keyIs("_meta") {
        try reader.skip()
      } else {
        throw .unknown(reader.key)
      }
    }
  }

  package func write(to writer: inout JSONWriter) {
    writer.beginObject()
    writer.endObject()
  }
}

/// What answers.
package struct APIServerInfo: APIValue, Hashable {
  package var name: String
  package var version: String
  /// The version of this document.
  package var protocolVersion: String
  /// The version of the database's schema.
  package var schemaVersion: Int64?

  package init(name: String, version: String, protocolVersion: String, schemaVersion: Int64? = nil) {
    self.name = name
    self.version = version
    self.protocolVersion = protocolVersion
    self.schemaVersion = schemaVersion
  }

  package init(from reader: inout JSONReader) throws(JSONError) {
    var name: String?
    var version: String?
    var protocolVersion: String?
    var schemaVersion: Int64?
    try reader.beginObject()
    while try reader.nextKey() {
      if reader.keyIs("name") {
        name = try reader.string()
      } else if reader.keyIs("version") {
        version = try reader.string()
      } else if reader.keyIs("protocolVersion") {
        protocolVersion = try reader.string()
      } else if reader.keyIs("schemaVersion") {
        if !reader.isNull() { schemaVersion = try reader.int(in: 0...9007199254740991) }
      } else {
        try reader.skip()
      }
    }
    self.name = try present(name, "name")
    self.version = try present(version, "version")
    self.protocolVersion = try present(protocolVersion, "protocolVersion")
    self.schemaVersion = schemaVersion
  }

  package func write(to writer: inout JSONWriter) {
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
    writer.endObject()
  }
}

/// Counters since the server's start.
package struct APIServerStats: APIValue, Hashable {
  package var uptimeSeconds: Int64
  package var connectionsOpen: Int64
  package var connectionsTotal: Int64
  /// Calls and streams at work now.
  package var callsInFlight: Int64
  package var calls: Int64
  /// Calls that ended with an error.
  package var errors: Int64
  package var octetsIn: Int64
  package var octetsOut: Int64
  /// Messages that could not be read.
  package var protocolErrors: Int64
  /// Tokens that were not accepted.
  package var authenticationFailures: Int64
  /// Connected mailboxes of all tenants.
  package var mailboxes: Int64
  /// Of these, in state `live`.
  package var mailboxesLive: Int64
  package var latestEvent: String

  package init(
    uptimeSeconds: Int64, connectionsOpen: Int64, connectionsTotal: Int64, callsInFlight: Int64,
    calls: Int64, errors: Int64, octetsIn: Int64, octetsOut: Int64, protocolErrors: Int64,
    authenticationFailures: Int64, mailboxes: Int64, mailboxesLive: Int64, latestEvent: String
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
  }

  package init(from reader: inout JSONReader) throws(JSONError) {
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
    try reader.beginObject()
    while try reader.nextKey() {
      if reader.keyIs("uptimeSeconds") {
        uptimeSeconds = try reader.int(in: 0...9007199254740991)
      } else if reader.keyIs("connectionsOpen") {
        connectionsOpen = try reader.int(in: 0...9007199254740991)
      } else if reader.keyIs("connectionsTotal") {
        connectionsTotal = try reader.int(in: 0...9007199254740991)
      } else if reader.keyIs("callsInFlight") {
        callsInFlight = try reader.int(in: 0...9007199254740991)
      } else if reader.keyIs("calls") {
        calls = try reader.int(in: 0...9007199254740991)
      } else if reader.keyIs("errors") {
        errors = try reader.int(in: 0...9007199254740991)
      } else if reader.keyIs("octetsIn") {
        octetsIn = try reader.int(in: 0...9007199254740991)
      } else if reader.keyIs("octetsOut") {
        octetsOut = try reader.int(in: 0...9007199254740991)
      } else if reader.keyIs("protocolErrors") {
        protocolErrors = try reader.int(in: 0...9007199254740991)
      } else if reader.keyIs("authenticationFailures") {
        authenticationFailures = try reader.int(in: 0...9007199254740991)
      } else if reader.keyIs("mailboxes") {
        mailboxes = try reader.int(in: 0...9007199254740991)
      } else if reader.keyIs("mailboxesLive") {
        mailboxesLive = try reader.int(in: 0...9007199254740991)
      } else if reader.keyIs("latestEvent") {
        latestEvent = try reader.decimalText()
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
  }

  package func write(to writer: inout JSONWriter) {
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
    writer.endObject()
  }
}

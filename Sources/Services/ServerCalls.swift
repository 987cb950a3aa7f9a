internal import Bytes
package import JSONRPC
internal import MailStore
package import PostroomAPI

/// `server.*`
package struct ServerCalls: ServerService {
  private let house: House
  private let version: String
  private let started = Deadline.now
  private let statistics: @Sendable () -> RPCStatistics

  /// - Parameter statistics: what the RPC server has counted.
  package init(_ house: House, version: String, statistics: @escaping @Sendable () -> RPCStatistics) {
    self.house = house
    self.version = version
    self.statistics = statistics
  }

  package func info(_ params: ServerInfoParams, _ context: CallContext) async throws(RPCError)
    -> APIServerInfo
  {
    APIServerInfo(name: "postroomd", version: version, protocolVersion: APIDocument.version)
  }

  package func stats(_ params: ServerStatsParams, _ context: CallContext) async throws(RPCError)
    -> APIServerStats
  {
    let s = statistics()
    let all = try await storing { () async throws(MailStoreError) in
      try await house.store.mailboxes(tenant: nil)
    }
    return APIServerStats(
      uptimeSeconds: Int64((Deadline.now.nanoseconds - started.nanoseconds) / 1_000_000_000),
      connectionsOpen: Int64(s.connectionsOpen), connectionsTotal: Int64(clamping: s.connectionsTotal),
      callsInFlight: Int64(s.callsInFlight), calls: Int64(clamping: s.calls),
      errors: Int64(clamping: s.errors),
      octetsIn: Int64(clamping: s.octetsIn), octetsOut: Int64(clamping: s.octetsOut),
      protocolErrors: Int64(clamping: s.protocolErrors),
      authenticationFailures: Int64(clamping: s.authenticationFailures), mailboxes: Int64(all.count),
      mailboxesLive: Int64(all.count { $0.state == .live }), latestEvent: String(house.store.latestEvent))
  }
}

/// `health.*`
package struct HealthCalls: HealthService {
  private let house: House
  package init(_ house: House) { self.house = house }

  /// Serving while the store answers a read.
  package func check(_ params: HealthCheckParams, _ context: CallContext) async throws(RPCError) -> APIHealth
  {
    if let service = params.service, !service.isEmpty, service != "postroom" {
      throw RPCError(.healthUnknownService, "There is one service here: postroom.")
    }
    do {
      _ = try await house.store.tenants()
      return APIHealth(status: .serving)
    } catch {
      return APIHealth(status: .notServing)
    }
  }
}

// Generated from protocol/openrpc.json by stubgen. Do not edit.
// swift-format-ignore-file
package import JSON
package import JSONRPC

/// What answers the methods `health.*`.
package protocol HealthService: Sendable {
  /// Is it well? `SERVING` while the store answers, else `NOT_SERVING`. There is one service, `postroom`;
  /// it may be left out. Needs no token.
  /// - Throws: `health.unknownService`
  func check(_ params: HealthCheckParams, _ context: CallContext) async throws(RPCError) -> APIHealth
}

extension HealthService {
  /// The methods `health.*`, answered by this service.
  package var methods: [Method] {
    [
      .call("health.check", scope: nil, idempotent: true) { params, context async throws(RPCError) in
        try await self.check(params, context)
      },
    ]
  }
}

/// The parameters of `health.check`.
package struct HealthCheckParams: APIParams, Hashable {
  package var service: String?

  package static let parameterNames: [String]? = ["service"]

  package init(service: String? = nil) {
    self.service = service
  }

  package init(from reader: inout JSONReader) throws(JSONError) {
    var service: String?
    try reader.beginObject()
    while try reader.nextKey() {
      if reader.keyIs("service") {
        if !reader.isNull() { service = try reader.string(lengthMax: 100) }
      } else if reader.keyIs("_meta") {
        try reader.skip()
      } else {
        throw .unknown(reader.key)
      }
    }
    self.service = service
  }

  package func write(to writer: inout JSONWriter) {
    writer.beginObject()
    if let service {
      writer.key("service")
      writer.string(service)
    }
    writer.endObject()
  }
}

/// As in gRPC's health protocol.
package enum APIServingStatus: String, APIWord {
  case serving = "SERVING"
  case notServing = "NOT_SERVING"
}

/// Whether the server, or one part of it, does its work.
package struct APIHealth: APIValue, Hashable {
  package var status: APIServingStatus

  package init(status: APIServingStatus) {
    self.status = status
  }

  package init(from reader: inout JSONReader) throws(JSONError) {
    var status: APIServingStatus?
    try reader.beginObject()
    while try reader.nextKey() {
      if reader.keyIs("status") {
        status = try APIServingStatus(from: &reader)
      } else {
        try reader.skip()
      }
    }
    self.status = try present(status, "status")
  }

  package func write(to writer: inout JSONWriter) {
    writer.beginObject()
    writer.key("status")
    status.write(to: &writer)
    writer.endObject()
  }
}

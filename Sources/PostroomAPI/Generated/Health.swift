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

  /// Watch whether it is well. Streams the status at once and then each change of it, as gRPC's health
  /// protocol does: `NOT_SERVING` when the store fails, and when the server stops, just before its streams
  /// end with `server.goingAway`. What changes twice before it is read is told once. Needs no token.
  /// - Throws: `health.unknownService`
  func watch(
    _ params: HealthWatchParams, _ context: CallContext, _ sink: TypedSink<APIHealth>
  ) async throws(RPCError)
}

extension HealthService {
  /// The methods `health.*`, answered by this service.
  package var methods: [Method] {
    [
      .call("health.check", scope: nil, idempotent: true) { params, context async throws(RPCError) in
        try await self.check(params, context)
      },
      .stream("health.watch", scope: nil, idempotent: true) { params, context, sink async throws(RPCError) in
        try await self.watch(params, context, sink)
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

/// The parameters of `health.watch`.
package struct HealthWatchParams: APIParams, Hashable {
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

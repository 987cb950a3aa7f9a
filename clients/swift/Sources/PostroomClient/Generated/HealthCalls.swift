// Generated from protocol/openrpc.json by stubgen. Do not edit.
// swift-format-ignore-file
internal import JSON

extension PostroomClient {
  /// The methods `health.*`.
  public var health: HealthCalls { HealthCalls(client: self) }
}

/// The methods `health.*`.
public struct HealthCalls: Sendable {
  let client: PostroomClient

  /// Is it well? `SERVING` while the store answers, else `NOT_SERVING`. There is one service, `postroom`;
  /// it may be left out. Needs no token.
  /// - Throws: with reason `health.unknownService`
  public func check(
    service: String? = nil, options: CallOptions = CallOptions()
  ) async throws(PostroomError) -> Health {
    try await client.call("health.check", repeatable: .always, options) { writer in
      if let service {
        writer.key("service")
        writer.string(service)
      }
    }
  }

  /// Watch whether it is well. Streams the status at once and then each change of it, as gRPC's health
  /// protocol does: `NOT_SERVING` when the store fails, and when the server stops, just before its streams
  /// end with `server.goingAway`. What changes twice before it is read is told once. Needs no token.
  /// - Throws: with reason `health.unknownService`
  public func watch(
    service: String? = nil, options: StreamOptions = StreamOptions()
  ) -> PostroomStream<Health> {
    client.stream("health.watch", options) { writer in
      if let service {
        writer.key("service")
        writer.string(service)
      }
    }
  }
}

/// As in gRPC's health protocol.
public struct ServingStatus: RawRepresentable, Hashable, Sendable, CustomStringConvertible, JSONWord {
  public let rawValue: String
  public init(rawValue: String) { self.rawValue = rawValue }
  public var description: String { rawValue }

  public static let serving = ServingStatus(rawValue: "SERVING")
  public static let notServing = ServingStatus(rawValue: "NOT_SERVING")
}

/// Whether the server, or one part of it, does its work.
public struct Health: Hashable, Sendable, JSONReadable, JSONWritable {
  public var status: ServingStatus

  public init(status: ServingStatus) {
    self.status = status
  }

  init(from reader: inout JSONReader) throws(JSONError) {
    var status: ServingStatus?
    try reader.beginObject()
    while try reader.nextKey() {
      if reader.keyIs("status") {
        status = try ServingStatus(from: &reader)
      } else {
        try reader.skip()
      }
    }
    self.status = try present(status, "status")
  }

  func write(to writer: inout JSONWriter) {
    writer.beginObject()
    writer.key("status")
    status.write(to: &writer)
    writer.endObject()
  }

  /// This as one line of JSON, as the API writes it.
  public var json: String { jsonText(of: self) }
}

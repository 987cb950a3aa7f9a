/// Told when a call begins, for distributed tracing. Called on the connections' tasks: it must return at once.
///
/// This layer knows no tracing library: whoever has one stands behind this protocol. Without a tracer nothing of it
/// costs anything. The server's own methods (`rpc.ping` and its like) have no spans.
package protocol RPCTracer: Sendable {
  /// nil when the call gets no span at all; one that is not recorded still hands its context on.
  func callBegan(_ call: CallStart) -> (any CallSpan)?
}

/// What is known of a call when it begins.
package struct CallStart: Sendable {
  package let connectionID: UInt64
  /// Of the server's table: never the caller's text.
  package let method: String
  package let isStream: Bool
  package let isVersion1: Bool
  /// See ``CallReport/requestID``.
  package let requestID: String?
  package let tenantID: String?
  /// W3C Trace Context, as the caller wrote it.
  package let traceparent: String?
}

/// The span of one call.
package protocol CallSpan: Sendable {
  /// 32 hexadecimal digits.
  var traceID: String { get }
  /// Runs a call's work with the span as the parent of what is begun in it.
  func carry(_ work: @Sendable () async throws(RPCError) -> [UInt8]) async throws(RPCError) -> [UInt8]
  /// The call is over; called once.
  func ended(_ report: CallReport)
}

internal import JSONRPC
internal import Tracing

/// Which span of which trace: what W3C Trace Context carries from process to process.
package struct TraceIdentity: Sendable, Hashable {
  /// Sixteen octets, not all zero, as 32 lower-case hexadecimal digits.
  package let traceID: String
  /// Eight octets, not all zero, as 16 digits.
  package let spanID: String
  /// Somebody upstream records this trace, so we do too.
  package let isSampled: Bool
  /// It came from another process.
  package let isRemote: Bool

  init(traceID: String, spanID: String, isSampled: Bool, isRemote: Bool = false) {
    self.traceID = traceID
    self.spanID = spanID
    self.isSampled = isSampled
    self.isRemote = isRemote
  }

  /// What a caller's `traceparent` says; nil when it is none.
  package init?(traceparent: String) {
    guard let context = TraceContext(traceparent) else { return nil }
    self.init(
      traceID: context.traceID, spanID: context.parentID, isSampled: context.isSampled, isRemote: true)
  }

  /// For the next process.
  package var traceparent: String { "00-\(traceID)-\(spanID)-\(isSampled ? "01" : "00")" }

  static func newTraceID() -> (text: String, low: UInt64) {
    let high = UInt64.random(in: 0 ... .max)
    let low = UInt64.random(in: 1 ... .max)
    return (hex(high) + hex(low), low)
  }

  static func newSpanID() -> String { hex(UInt64.random(in: 1 ... .max)) }

  private static func hex(_ value: UInt64) -> String {
    let digits = String(value, radix: 16)
    return String(repeating: "0", count: 16 - digits.utf8.count) + digits
  }
}

enum TraceIdentityKey: InstrumentationContextKey {
  typealias Value = TraceIdentity
  static let nameOverride: String? = "postroom-trace"
}

extension InstrumentationContext {
  /// The span that is at work.
  var traceIdentity: TraceIdentity? {
    get { self[TraceIdentityKey.self] }
    set { self[TraceIdentityKey.self] = newValue }
  }
}

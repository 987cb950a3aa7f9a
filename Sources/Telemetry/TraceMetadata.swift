package import Logging
internal import Tracing

extension Logger.MetadataProvider {
  /// `trace`: the trace that the logging task works for, if any.
  package static let trace = Logger.MetadataProvider {
    guard let identity = InstrumentationContext.current?.traceIdentity else { return [:] }
    return ["trace": "\(identity.traceID)"]
  }
}

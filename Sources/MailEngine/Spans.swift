internal import Tracing

/// Spans of what the engine does for a call, or for a mail that is sent. Without a tracer nothing is done for them.
struct Spans: Sendable {
  let tracer: (any Tracer)?

  /// Runs `body` in a span of its own.
  ///
  /// - Parameters:
  ///   - parent: nil for the span that the calling task works in, or none.
  ///   - attributes: numbers and names; never addresses of people or what they write.
  nonisolated(nonsending) func run<R, E: Error>(
    _ name: String, _ kind: SpanKind = .internal, parent: InstrumentationContext? = nil,
    _ attributes: SpanAttributes = [:], _ body: () async throws(E) -> R
  ) async throws(E) -> R {
    guard let tracer else { return try await body() }
    let span = tracer.startSpan(name, context: parent ?? .current ?? .topLevel, ofKind: kind)
    defer { span.end() }
    span.attributes = attributes
    let result: Result<R, E> = await InstrumentationContext.withValue(span.context) {
      do throws(E) { return .success(try await body()) } catch { return .failure(error) }
    }
    if case .failure(let error) = result { Self.note(error, in: span) }
    return try result.get()
  }

  /// The same, but only as part of a trace that began elsewhere: what the engine does all day by itself is none.
  nonisolated(nonsending) func runPart<R, E: Error>(
    _ name: String, of parent: InstrumentationContext?, _ attributes: SpanAttributes = [:],
    _ body: () async throws(E) -> R
  ) async throws(E) -> R {
    guard let parent else { return try await body() }
    return try await run(name, parent: parent, attributes, body)
  }

  /// What kind of error it was, not its words.
  private static func note(_ error: any Error, in span: any Span) {
    span.setStatus(SpanStatus(code: .error))
    if let failure = error as? ConnectFailure {
      span.attributes["error.type"] = failure.problem.rawValue
      span.attributes["postroom.step"] = failure.step.rawValue
    } else {
      span.attributes["error.type"] = String(describing: type(of: error))
    }
  }
}

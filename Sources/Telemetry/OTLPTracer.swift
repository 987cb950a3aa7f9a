package import Instrumentation
package import Tracing

/// A tracer that hands every span that ended, as OTLP/JSON, to a ``BackgroundWriter``: one line is one
/// `ExportTraceServiceRequest`, as the OpenTelemetry collector's file exporter writes them and its `otlpjsonfile`
/// receiver reads them.
///
/// A span with a parent is recorded when the parent is (its sampled flag); one without by chance.
package final class OTLPTracer: Tracer {
  package typealias Span = OTLPSpan

  private let writer: BackgroundWriter
  private let ratio: Double

  /// - Parameter ratio: of the traces that begin here, how many are recorded; from 0 to 1.
  package init(writer: BackgroundWriter, ratio: Double) {
    self.writer = writer
    self.ratio = ratio
  }

  /// The writer of a trace file.
  ///
  /// - Parameters:
  ///   - descriptor: opened to append; stays open as long as the process.
  ///   - octetsMax: of spans that wait for the disk; beyond it they are dropped and counted.
  package static func writer(
    descriptor: Int32, service: OTLPText.Service, octetsMax: Int = 8 << 20
  ) -> BackgroundWriter {
    BackgroundWriter(descriptor: descriptor, label: "postroom.trace", octetsMax: octetsMax) { spans, _ in
      OTLPText.request(service, spans)
    }
  }

  /// Spans that were lost: the disk was too slow, or refused.
  package var dropped: UInt64 { writer.dropped }

  package func startSpan<Instant: TracerInstant>(
    _ operationName: String, context: @autoclosure () -> InstrumentationContext, ofKind kind: SpanKind,
    at instant: @autoclosure () -> Instant, function: String, file fileID: String, line: UInt
  ) -> OTLPSpan {
    var context = context()
    let parent = context.traceIdentity
    let identity: TraceIdentity
    if let parent {
      identity = TraceIdentity(
        traceID: parent.traceID, spanID: TraceIdentity.newSpanID(), isSampled: parent.isSampled)
    } else {
      let fresh = TraceIdentity.newTraceID()
      identity = TraceIdentity(
        traceID: fresh.text, spanID: TraceIdentity.newSpanID(), isSampled: isChosen(fresh.low))
    }
    context.traceIdentity = identity
    return OTLPSpan(
      operationName, kind: kind, context: context, identity: identity, parent: parent,
      start: instant().nanosecondsSinceEpoch, writer: identity.isSampled ? writer : nil)
  }

  /// By the trace's own number, so that who else samples by it comes to the same end.
  private func isChosen(_ low: UInt64) -> Bool {
    if ratio >= 1 { return true }
    if !(ratio > 0) { return false }
    return low < UInt64(ratio * Double(UInt64.max))
  }

  @available(*, deprecated)
  package func startAnySpan<Instant: TracerInstant>(
    _ operationName: String, context: @autoclosure () -> InstrumentationContext, ofKind kind: SpanKind,
    at instant: @autoclosure () -> Instant, function: String, file fileID: String, line: UInt
  ) -> any Tracing.Span {
    startSpan(
      operationName, context: context(), ofKind: kind, at: instant(), function: function, file: fileID,
      line: line)
  }

  @available(*, deprecated)
  package func forceFlush() { writer.flush(milliseconds: 1000) }

  // MARK: Between processes

  package func extract<Carrier, Extract: Extractor>(
    _ carrier: Carrier, into context: inout InstrumentationContext, using extractor: Extract
  ) where Extract.Carrier == Carrier {
    if let text = extractor.extract(key: "traceparent", from: carrier),
      let identity = TraceIdentity(traceparent: text)
    {
      context.traceIdentity = identity
    }
  }

  package func inject<Carrier, Inject: Injector>(
    _ context: InstrumentationContext, into carrier: inout Carrier, using injector: Inject
  ) where Inject.Carrier == Carrier {
    if let identity = context.traceIdentity {
      injector.inject(identity.traceparent, forKey: "traceparent", into: &carrier)
    }
  }
}

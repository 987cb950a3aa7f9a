internal import Synchronization
package import Tracing

/// A span of ``OTLPTracer``. One that is not recorded keeps nothing but its place in the trace.
package final class OTLPSpan: Tracing.Span {
  struct State: Sendable {
    var name: String
    var attributes: SpanAttributes = [:]
    var status: SpanStatus?
    var events: [SpanEvent] = []
    var links: [SpanLink] = []
    /// What was one too many.
    var droppedEvents = 0
    var droppedLinks = 0
    var hasEnded = false
  }

  static let eventsMax = 64
  static let linksMax = 16

  package let context: InstrumentationContext
  let identity: TraceIdentity
  let parent: TraceIdentity?
  let kind: SpanKind
  let start: UInt64
  /// nil: not recorded.
  private let writer: BackgroundWriter?
  private let state: Mutex<State>

  init(
    _ name: String, kind: SpanKind, context: InstrumentationContext, identity: TraceIdentity,
    parent: TraceIdentity?, start: UInt64, writer: BackgroundWriter?
  ) {
    self.kind = kind
    self.context = context
    self.identity = identity
    self.parent = parent
    self.start = start
    self.writer = writer
    state = Mutex(State(name: name))
  }

  package var isRecording: Bool { writer != nil && !state.withLock { $0.hasEnded } }

  package var operationName: String {
    get { state.withLock { $0.name } }
    set { change { $0.name = newValue } }
  }

  package var attributes: SpanAttributes {
    get { state.withLock { $0.attributes } }
    set { change { $0.attributes = newValue } }
  }

  package func setStatus(_ status: SpanStatus) { change { $0.status = status } }

  package func addEvent(_ event: SpanEvent) {
    change { s in
      if s.events.count < Self.eventsMax { s.events.append(event) } else { s.droppedEvents += 1 }
    }
  }

  package func addLink(_ link: SpanLink) {
    change { s in
      if s.links.count < Self.linksMax { s.links.append(link) } else { s.droppedLinks += 1 }
    }
  }

  /// The error's type only: its words may be a mail server's, or hold an address.
  package func recordError<Instant: TracerInstant>(
    _ error: any Error, attributes: SpanAttributes, at instant: @autoclosure () -> Instant
  ) {
    var all = attributes
    all["exception.type"] = String(reflecting: type(of: error))
    addEvent(SpanEvent(name: "exception", at: instant(), attributes: all))
  }

  package func end<Instant: TracerInstant>(at instant: @autoclosure () -> Instant) {
    guard let writer else { return }
    let last: State? = state.withLock { s in
      if s.hasEnded { return nil }
      s.hasEnded = true
      return s
    }
    guard let last else { return }
    writer.write(OTLPText.span(self, last, end: instant().nanosecondsSinceEpoch))
  }

  private func change(_ body: (inout State) -> Void) {
    if writer == nil { return }
    state.withLock { s in
      if !s.hasEnded { body(&s) }
    }
  }
}

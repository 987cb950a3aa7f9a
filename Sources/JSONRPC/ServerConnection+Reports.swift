/// Telling the observer and the tracer of calls.
extension ServerConnection {
  /// The call's span; nil, and at no cost, without a tracer.
  @inline(__always)
  func span(_ method: Method, _ request: Envelope, _ bytes: [UInt8], _ traceparent: String?)
    -> (any CallSpan)?
  {
    guard let tracer = server.tracer else { return nil }
    return tracer.callBegan(
      CallStart(
        connectionID: session.id, method: method.name, isStream: method.handler.isStream,
        isVersion1: request.isVersion1, requestID: request.id.map { CallReport.shownID(bytes[$0]) },
        tenantID: principal?.tenantID, traceparent: traceparent))
  }

  /// Answers a call that its method never sees, and counts and tells it like any other. What is no method of ours has
  /// no series among the numbers, no span, and its name is not told: it is the caller's word.
  mutating func refuse(
    _ request: Envelope, _ bytes: [UInt8], _ error: RPCError, _ target: ReplyTarget,
    _ traceparent: String? = nil
  ) {
    fail(request, bytes, error, target)
    if let index = methodIndex(bytes, request.method) {
      let method = server.methods.methods[index]
      tally.inline.append((index, true, 0))
      report(method, request, bytes, context, error, 0, span(method, request, bytes, traceparent))
    } else if let observer = server.observer, observer.wantsCall(microseconds: 0) {
      observer.callEnded(
        CallReport(
          connectionID: session.id, method: "(unknown)", isStream: false,
          requestID: request.id.map { CallReport.shownID(bytes[$0]) }, tenantID: principal?.tenantID,
          caller: principal?.name, error: error, microseconds: 0,
          traceID: (traceparent ?? carriedTrace).flatMap(TraceContext.traceID)))
    }
  }

  /// A call that was answered on the connection's own task is over.
  @inline(__always)
  func report(
    _ method: Method, _ request: Envelope, _ bytes: [UInt8], _ context: CallContext, _ error: RPCError?,
    _ microseconds: UInt64, _ span: (any CallSpan)?
  ) {
    let observer = server.observer.flatMap { $0.wantsCall(microseconds: microseconds) ? $0 : nil }
    if observer == nil, span == nil { return }
    let report = CallReport(
      connectionID: session.id, method: method.name, isStream: method.handler.isStream,
      requestID: request.id.map { CallReport.shownID(bytes[$0]) }, tenantID: context.principal?.tenantID,
      caller: context.principal?.name, error: error, microseconds: microseconds,
      traceID: span?.traceID ?? context.traceparent.flatMap(TraceContext.traceID))
    span?.ended(report)
    observer?.callEnded(report)
  }
}

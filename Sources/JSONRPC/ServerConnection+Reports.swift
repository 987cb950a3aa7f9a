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

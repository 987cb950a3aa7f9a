package import JSONRPC
internal import Tracing

/// A server span for each call, named like its method, with the attributes of OpenTelemetry's conventions for RPC and
/// for JSON-RPC. The parent is what the call's `traceparent` says.
///
/// Error messages are left out: they may repeat what the caller sent. `error.type` has the reason, which is one of the
/// document's words.
package struct CallTracer: RPCTracer {
  private let tracer: OTLPTracer

  package init(_ tracer: OTLPTracer) { self.tracer = tracer }

  package func callBegan(_ call: CallStart) -> (any CallSpan)? {
    var context = InstrumentationContext.topLevel
    context.traceIdentity = call.traceparent.flatMap { TraceIdentity(traceparent: $0) }
    let span = tracer.startSpan(call.method, context: context, ofKind: .server)
    if span.isRecording {
      span.updateAttributes { attributes in
        attributes["rpc.system"] = "jsonrpc"
        attributes["rpc.method"] = call.method
        attributes["rpc.jsonrpc.version"] = call.isVersion1 ? "1.0" : "2.0"
        if let id = call.requestID { attributes["rpc.jsonrpc.request_id"] = id }
        attributes["postroom.connection"] = String(call.connectionID)
        if let tenant = call.tenantID { attributes["postroom.tenant"] = tenant }
        if call.isStream { attributes["postroom.stream"] = true }
      }
    }
    return TracedCall(span: span)
  }
}

private struct TracedCall: CallSpan {
  let span: OTLPSpan

  var traceID: String { span.identity.traceID }

  func carry(_ work: @Sendable () async throws(RPCError) -> [UInt8]) async throws(RPCError) -> [UInt8] {
    let result: Result<[UInt8], RPCError> = await InstrumentationContext.withValue(span.context) {
      do throws(RPCError) { return .success(try await work()) } catch { return .failure(error) }
    }
    return try result.get()
  }

  func ended(_ report: CallReport) {
    if let error = report.error, span.isRecording {
      span.updateAttributes { attributes in
        attributes["rpc.jsonrpc.error_code"] = Int64(error.code)
        attributes["error.type"] = error.reason ?? String(error.code)
      }
      span.setStatus(SpanStatus(code: .error))
    }
    span.end()
  }
}

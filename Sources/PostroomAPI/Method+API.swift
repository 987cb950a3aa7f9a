package import JSONRPC
package import JSON

extension Method {
  /// A method that answers once. Params that the type refuses are answered with -32602.
  static func call<Params: APIParams, Result: APIValue>(
    _ name: String, scope: String?, idempotent: Bool,
    _ answer: @escaping @Sendable (Params, CallContext) async throws(RPCError) -> Result
  ) -> Method {
    Method(
      name: name, scope: scope, idempotent: idempotent, parameters: Params.parameterNames,
      handler: .call { bytes, context async throws(RPCError) in
        try await answer(try params(bytes), context).json
      })
  }

  /// A method that answers with a stream of values.
  static func stream<Params: APIParams, Value: APIValue>(
    _ name: String, scope: String?, idempotent: Bool,
    _ answer: @escaping @Sendable (Params, CallContext, TypedSink<Value>) async throws(RPCError) -> Void
  ) -> Method {
    Method(
      name: name, scope: scope, idempotent: idempotent, parameters: Params.parameterNames,
      handler: .stream { bytes, context, sink async throws(RPCError) in
        try await answer(try params(bytes), context, TypedSink(sink))
      })
  }

  /// A method that takes a stream of values and answers with one.
  static func exchange<Params: APIParams, Taken: APIValue, Value: APIValue>(
    _ name: String, scope: String?, idempotent: Bool,
    _ answer:
      @escaping @Sendable (Params, CallContext, TypedSource<Taken>, TypedSink<Value>) async throws(RPCError)
      -> Void
  ) -> Method {
    Method(
      name: name, scope: scope, idempotent: idempotent, parameters: Params.parameterNames,
      handler: .exchange { bytes, context, source, sink async throws(RPCError) in
        try await answer(try params(bytes), context, TypedSource(source), TypedSink(sink))
      })
  }

  private static func params<Params: APIParams>(_ bytes: [UInt8]) throws(RPCError) -> Params {
    // The server has validated them.
    var reader = JSONReader(bytes, range: 0..<bytes.count)
    guard reader.kind() == .object else {
      throw RPCError(JSONError.wrongType("params", expected: "an object"))
    }
    do { return try Params(from: &reader) } catch { throw RPCError(error) }
  }
}

extension RPCError {
  /// An error with one of the document's reasons.
  ///
  /// - Parameter message: for people; names what to do.
  package init(
    _ reason: APIReason, message: String, details: JSONValue? = nil, retryAfterMs: Int64? = nil
  ) {
    self.init(
      reason.status, reason: reason.rawValue, message: message, details: details, retryAfterMs: retryAfterMs)
  }
}

package import JSONRPC

/// Where a streaming service sends its values.
package struct TypedSink<Value: APIValue>: Sendable {
  private let sink: StreamSink

  package init(_ sink: StreamSink) { self.sink = sink }

  /// Waits until the caller has room for one more. One task sends: the values go out in the order of calls.
  /// - Throws: when the call was cancelled, its deadline passed, or its connection ended.
  package func send(_ value: Value) async throws(RPCError) { try await sink.send(value.json) }
}

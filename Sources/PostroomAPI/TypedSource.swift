internal import JSON
package import JSONRPC

/// The values that a caller sends into its call.
package struct TypedSource<Value: APIValue>: Sendable {
  private let source: StreamSource

  package init(_ source: StreamSource) { self.source = source }

  /// The next value; nil when the caller has sent its last. One task reads, and reading grants more.
  /// - Throws: -32602 for a value that its type refuses; what else ended the call.
  package func next() async throws(RPCError) -> Value? {
    guard let bytes = try await source.next() else { return nil }
    var reader = JSONReader(bytes, range: 0..<bytes.count)
    guard reader.kind() == .object else {
      throw RPCError(JSONError.wrongType("value", expected: "an object"))
    }
    do throws(JSONError) { return try Value(from: &reader) } catch { throw RPCError(error) }
  }
}

internal import Bytes
internal import JSON
internal import JSONRPC

extension PostroomClient {
  /// Makes any call, with JSON as text: for methods newer than this client, and for tools.
  ///
  /// Made again after a lost connection only with an idempotency key.
  /// - Parameter params: a JSON object.
  /// - Returns: the result as the server wrote it.
  /// - Throws: with reason `json.syntax` when `params` is no JSON object; else as the server answered.
  public func call(
    _ method: String, params: String = "{}", options: CallOptions = CallOptions()
  ) async throws(PostroomError) -> String {
    let result = try await call(
      method, octets: try Self.jsonObject(params), repeatable: .withKey, options)
    return String(decoding: result, as: UTF8.self)
  }

  /// Opens any stream, with JSON as text.
  ///
  /// - Parameter params: as for ``call(_:params:options:)``; what is wrong with them is thrown by the first value.
  /// - Returns: each value as the server wrote it. A lost connection ends the stream.
  public func stream(
    _ method: String, params: String = "{}", options: StreamOptions = StreamOptions()
  ) -> PostroomStream<String> {
    let deadline = Deadline(options.timeout)
    return PostroomStream(raw: { _ async throws(PostroomError) in
      try await self.open(method, octets: try Self.jsonObject(params), options, deadline)
    })
  }

  private static func jsonObject(_ text: String) throws(PostroomError) -> [UInt8] {
    let octets = Array(text.utf8)
    do throws(JSONError) {
      var reader = try JSONReader(octets)
      if reader.kind() == .object { return octets }
    } catch {
      throw PostroomError(.invalidArgument, .jsonSyntax, "the parameters are no JSON: \(error.message)")
    }
    throw PostroomError(.invalidArgument, .jsonSyntax, "the parameters are to be a JSON object, {…}")
  }
}

package import Bytes

/// One request and its answer over a connection of their own (HTTP/1.1, RFC 9112).
package enum HTTPExchange {
  package enum Failure: Error, Sendable, Hashable {
    case stream(StreamError)
    case http(HTTPError)
  }

  /// Sends `request` over `stream`, which is closed when this returns.
  ///
  /// Redirections are answers like any other: nobody is sent a secret who was not meant.
  /// - Parameter wantsBody: false: the body, however long it is, or whether it comes at all, does not matter, and
  ///   ``HTTPAnswer/body`` is empty.
  /// - Throws: ``Failure``.
  package static func run(
    _ request: HTTPRequest, over stream: any ByteStream, limits: HTTPLimits = HTTPLimits(),
    wantsBody: Bool = true, deadline: Deadline
  ) async throws(Failure) -> HTTPAnswer {
    defer { stream.close() }
    let octets: [UInt8]
    // The answer to HEAD ends with its fields.
    var parser = HTTPAnswerParser(limits: limits, method: wantsBody ? request.method : "HEAD")
    do throws(HTTPError) { octets = try request.encoded() } catch { throw .http(error) }
    do throws(StreamError) { try await stream.write(octets, deadline: deadline) } catch {
      // A server may answer and close before it has read everything; that answer counts.
      guard error == .closed || error == .truncated else { throw .stream(error) }
    }
    while true {
      var buffer = ByteBuffer()
      let count: Int
      do throws(StreamError) {
        count = try await stream.read(into: &buffer, atMost: 16 * 1024, deadline: deadline)
      } catch { throw .stream(error) }
      do throws(HTTPError) {
        if count == 0 { return try parser.end() }
        if let answer = try parser.take(buffer.bytes) { return answer }
      } catch { throw .http(error) }
    }
  }
}

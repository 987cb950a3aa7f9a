package import Bytes

extension HTTPExchange {
  /// As ``run(_:over:limits:deadline:)``, for a caller that wants the status and the fields only: the body of the answer,
  /// however long it is, or whether it comes at all, does not matter. ``HTTPAnswer/body`` is empty.
  package static func head(
    of request: HTTPRequest, over stream: any ByteStream, limits: HTTPLimits = HTTPLimits(),
    deadline: Deadline
  ) async throws(Failure) -> HTTPAnswer {
    defer { stream.close() }
    let octets: [UInt8]
    // The answer to HEAD ends with its fields, and so does this one.
    var parser = HTTPAnswerParser(limits: limits, method: "HEAD")
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

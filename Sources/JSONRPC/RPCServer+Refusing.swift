internal import Bytes
internal import JSON

extension RPCServer {
  /// After the answer the peer's octets are read away for this long and this many, so that the answer reaches
  /// it: closing with octets unread resets the connection.
  private static let lingerMilliseconds: Int64 = 250
  private static let lingerOctetsMax = 64 << 10

  /// Says why a connection is not served, in the framing that its first octet chooses, and closes it.
  func refuse(_ stream: any ByteStream, _ error: RPCError, received: ByteBuffer) async {
    defer { stream.close() }
    let deadline = Deadline.after(milliseconds: limits.refusalMilliseconds)
    var input = received
    do {
      while input.isEmpty {
        if try await stream.read(into: &input, atMost: 1024, deadline: deadline) == 0 { return }
      }
      guard let framing = Framing(firstOctet: input[0]) else { return }
      var answer: ByteBuffer
      if framing == .http {
        answer = ByteBuffer(HTTPResponse.error(error, status: 503).bytes(keepAlive: false))
      } else {
        answer = ByteBuffer(framing.frame(ServerSession.response(Array("null".utf8), .failure(error))))
      }
      let octets = answer.count
      try await stream.write(&answer, deadline: deadline)
      counters.wrote(octets)
      let end = min(deadline, .after(milliseconds: Self.lingerMilliseconds))
      var dropped = 0
      while dropped < Self.lingerOctetsMax {
        input.removeAll()
        let n = try await stream.read(into: &input, atMost: 16 << 10, deadline: end)
        if n == 0 { return }
        dropped += n
      }
    } catch {
      // The peer did not wait for its answer, or sends for longer than it is listened to.
    }
  }
}

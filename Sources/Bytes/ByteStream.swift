/// A two-way stream of octets: a socket, a TLS session, or memory.
///
/// One task may read while another writes; two reads (or two writes) at once are a caller's bug.
/// The owner calls ``close()``; whoever waits then gets ``StreamError/closed``.
/// Cancelling the task that waits in ``read(into:atMost:deadline:)`` or ``write(_:deadline:)``
/// ends the wait with ``StreamError/cancelled``.
package protocol ByteStream: AnyObject, Sendable {
  /// Appends what has arrived to `buffer`, waiting for at least one octet.
  ///
  /// - Parameter atMost: octets appended at the most, at least 1.
  /// - Returns: how many octets were appended; 0 when the peer has ended its side.
  nonisolated(nonsending) func read(
    into buffer: inout ByteBuffer, atMost: Int, deadline: Deadline
  ) async throws(StreamError) -> Int

  /// Sends everything in `buffer` and empties it.
  ///
  /// Returns when the system has taken the octets, which does not mean the peer has them. After an
  /// error what was sent is not known and the stream is good for ``close()`` only.
  nonisolated(nonsending) func write(_ buffer: inout ByteBuffer, deadline: Deadline) async throws(StreamError)

  /// Ends both sides at once. May be called from anywhere, and again.
  func close()
}

extension ByteStream {
  package func write(_ bytes: [UInt8], deadline: Deadline) async throws(StreamError) {
    var buffer = ByteBuffer(bytes)
    try await write(&buffer, deadline: deadline)
  }

  package func write(_ text: String, deadline: Deadline) async throws(StreamError) {
    var buffer = ByteBuffer(text)
    try await write(&buffer, deadline: deadline)
  }
}

/// Turns a plain stream into a TLS one in place (STARTTLS). The plain stream belongs to the result.
package typealias TLSUpgrade =
  @Sendable (_ plain: any ByteStream, _ deadline: Deadline) async throws(StreamError) -> any ByteStream

/// Why a stream cannot go on.
package enum StreamError: Error, Sendable, Hashable {
  /// Closed on this side, by ``ByteStream/close()``.
  case closed
  /// The waiting task was cancelled.
  case cancelled
  /// The deadline passed while doing `operation`.
  case timedOut(Operation)
  /// The host name has no address. `reason` is the resolver's word.
  case hostNotFound(host: String, reason: String)
  /// A system call failed while doing `operation`.
  case system(Operation, errno: Int32)
  /// The peer ended the connection without ending TLS first: what came may be cut short.
  case truncated
  /// The certificate is not acceptable: expired, for another name, or not signed by a trusted root.
  case certificate(CertificateProblem, detail: String)
  /// Any other failure of TLS, in the library's words.
  case tls(String)

  package enum Operation: String, Sendable, Hashable {
    case resolve, connect, handshake, read, write, accept, bind
  }

  package enum CertificateProblem: String, Sendable, Hashable {
    case expired, notYetValid, wrongHost, untrusted, revoked, other
  }
}

package import Bytes
internal import Synchronization

/// A stream of which some octets have been read already: they are read again first.
///
/// For who looks at the first octets of a connection to tell what it speaks. Belongs to one reader and one
/// writer at a time, like any stream, and owns the stream behind it.
package final class PrefixedStream: ByteStream {
  /// Every TLS connection begins with this octet, a handshake record (RFC 8446 §5.1), and none of the framings
  /// does.
  package static let tlsFirstOctet: UInt8 = 0x16

  private let prefix: Mutex<ByteBuffer>
  private let stream: any ByteStream

  package init(_ prefix: ByteBuffer, before stream: any ByteStream) {
    self.prefix = Mutex(prefix)
    self.stream = stream
  }

  package nonisolated(nonsending) func read(
    into buffer: inout ByteBuffer, atMost: Int, deadline: Deadline
  ) async throws(StreamError) -> Int {
    if Task.isCancelled { throw .cancelled }
    let again = prefix.withLock { $0.read(min($0.count, max(atMost, 1))) }
    guard again.isEmpty else {
      buffer.append(contentsOf: again)
      return again.count
    }
    return try await stream.read(into: &buffer, atMost: atMost, deadline: deadline)
  }

  package nonisolated(nonsending) func write(_ buffer: inout ByteBuffer, deadline: Deadline)
    async throws(StreamError)
  {
    try await stream.write(&buffer, deadline: deadline)
  }

  package func close() {
    prefix.withLock { $0.removeAll(keepingAtMost: 0) }
    stream.close()
  }
}

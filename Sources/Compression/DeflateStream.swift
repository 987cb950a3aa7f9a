package import Bytes
internal import Glibc
internal import Synchronization

/// A stream whose octets travel compressed over another one, both ways (RFC 4978).
///
/// Each write is flushed, so the peer can read all of it. A read never expands further than it was
/// asked for, whatever the ratio: what is not asked for stays compressed. When the peer ends its
/// compressed stream or the connection, reads answer 0. Damaged input ends a read with
/// ``StreamError/system(_:errno:)``, EBADMSG.
///
/// It owns the stream below and closes it.
package final class DeflateStream: ByteStream {
  private struct Reading: ~Copyable {
    var inflater: Inflater
    var compressed: ByteBuffer
  }

  private let base: any ByteStream
  private let reading: Mutex<Reading>
  private let writing: Mutex<Deflater>

  /// - Parameters:
  ///   - base: the stream below; from now on only this one may use it.
  ///   - leftover: compressed octets that were read from `base` already.
  package init(
    over base: any ByteStream, leftover: ByteBuffer = ByteBuffer(), level: Int = 6
  ) throws(CompressionError) {
    self.base = base
    reading = Mutex(Reading(inflater: try Inflater(format: .raw), compressed: leftover))
    writing = Mutex(try Deflater(format: .raw, level: level))
  }

  private static let readOctets = 16 * 1024

  package nonisolated(nonsending) func read(
    into buffer: inout ByteBuffer, atMost: Int, deadline: Deadline
  ) async throws(StreamError) -> Int {
    while true {
      if let count = try expand(into: &buffer, atMost: max(atMost, 1)) { return count }
      var arrived = ByteBuffer()
      if try await base.read(into: &arrived, atMost: Self.readOctets, deadline: deadline) == 0 { return 0 }
      reading.withLock { $0.compressed.append(arrived) }
    }
  }

  /// Octets appended to `buffer`, 0 at the end, nil when more must be read first.
  private func expand(into buffer: inout ByteBuffer, atMost: Int) throws(StreamError) -> Int? {
    let outcome: Result<Int?, CompressionError> = reading.withLock { side in
      do throws(CompressionError) {
        let count = try side.inflater.inflate(&side.compressed, into: &buffer, atMost: atMost)
        return .success(count > 0 || side.inflater.isFinished ? count : nil)
      } catch {
        return .failure(error)
      }
    }
    switch outcome {
    case .success(let count): return count
    case .failure(.memory): throw .system(.read, errno: ENOMEM)
    case .failure: throw .system(.read, errno: EBADMSG)
    }
  }

  package nonisolated(nonsending) func write(_ buffer: inout ByteBuffer, deadline: Deadline)
    async throws(StreamError)
  {
    if buffer.isEmpty { return }
    var compressed = ByteBuffer()
    let failed = writing.withLock { deflater in
      do throws(CompressionError) {
        try deflater.deflate(&buffer, into: &compressed, flush: .sync)
        return false
      } catch {
        return true
      }
    }
    if failed { throw .system(.write, errno: ENOMEM) }
    try await base.write(&compressed, deadline: deadline)
  }

  package func close() { base.close() }
}

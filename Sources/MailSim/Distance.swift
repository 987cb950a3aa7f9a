internal import Bytes
internal import Sockets
internal import Synchronization

/// The way between a client and the servers: its octets are counted, and each takes its time.
struct Distance: Sendable {
  let roundTripMilliseconds: Int64
  let ledger: Ledger

  /// Runs a conversation over `socket` as it is from afar: what either side sends arrives half a round trip
  /// later, however much of it is on its way. Being connected takes a whole one.
  func run(_ socket: SocketStream, _ conversation: @Sendable @escaping (any ByteStream) async -> Void) async {
    let metered = MeteredStream(socket, ledger: ledger)
    guard roundTripMilliseconds > 0 else { return await conversation(metered) }
    let (near, far) = MemoryStream.pair()
    await withDiscardingTaskGroup { tasks in
      tasks.addTask { await Self.carry(from: metered, to: far, after: half, connecting: half * 2) }
      tasks.addTask {
        await Self.carry(from: far, to: metered, after: half, connecting: .zero)
        metered.close()
      }
      await conversation(near)
      near.close()
    }
  }

  private var half: Duration { .microseconds(roundTripMilliseconds * 500) }

  /// - Parameter connecting: the first octets come so much later.
  private static func carry(
    from source: any ByteStream, to target: any ByteStream, after delay: Duration, connecting: Duration
  ) async {
    // Holds what is sent within the delay.
    let (road, ends) = AsyncStream.makeStream(of: (due: ContinuousClock.Instant, octets: [UInt8]).self)
    let opened = ContinuousClock.now + connecting
    await withDiscardingTaskGroup { tasks in
      tasks.addTask {
        for await (due, octets) in road {
          // Cancelled: what is on its way is of no interest any more.
          try? await Task.sleep(until: due, clock: .continuous)
          guard (try? await target.write(octets, deadline: .after(seconds: 60))) != nil else {
            source.close()
            break
          }
        }
        (target as? MemoryStream)?.finishWriting()
      }
      while true {
        var buffer = ByteBuffer()
        let n = try? await source.read(into: &buffer, atMost: 65_536, deadline: .after(seconds: 3600))
        guard let n, n > 0 else { break }
        ends.yield((max(.now, opened) + delay, buffer.read(n)))
      }
      ends.finish()
    }
  }
}

/// Counts what goes through.
private final class MeteredStream: ByteStream {
  private let stream: SocketStream
  private let ledger: Ledger

  init(_ stream: SocketStream, ledger: Ledger) {
    self.stream = stream
    self.ledger = ledger
  }

  nonisolated(nonsending) func read(
    into buffer: inout ByteBuffer, atMost: Int, deadline: Deadline
  ) async throws(StreamError) -> Int {
    let n = try await stream.read(into: &buffer, atMost: atMost, deadline: deadline)
    ledger.count(received: n, sent: 0)
    return n
  }

  nonisolated(nonsending) func write(_ buffer: inout ByteBuffer, deadline: Deadline) async throws(StreamError)
  {
    ledger.count(received: 0, sent: buffer.count)
    try await stream.write(&buffer, deadline: deadline)
  }

  func close() { stream.close() }
}

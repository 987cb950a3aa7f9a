import Bytes
import Sockets
import Synchronization

/// A relay in front of a mail server that breaks some of the connections through it, without a word.
final class Breaker: Sendable {
  private let listener: Listener
  private let task: Task<Void, Never>
  private let state: State

  private struct Facts {
    var share = 0.0
    var numbers: SeededNumbers
    var connections = 0
    var broken = 0
    var open: [Int: [SocketStream]] = [:]
  }

  private final class State: Sendable {
    let facts: Mutex<Facts>
    private let octets: Int

    init(octets: Int, seed: UInt64) {
      self.octets = octets
      facts = Mutex(Facts(numbers: SeededNumbers(seed: seed)))
    }

    /// - Returns: the connection's number, and after how many of the server's octets it breaks.
    func enter(_ streams: [SocketStream]) -> (number: Int, octets: Int?) {
      facts.withLock { f in
        f.connections += 1
        f.open[f.connections] = streams
        let isChosen = Double.random(in: 0..<1, using: &f.numbers) < f.share
        return (f.connections, isChosen ? Int.random(in: 0..<octets, using: &f.numbers) : nil)
      }
    }

    func leave(_ number: Int) { _ = facts.withLock { $0.open.removeValue(forKey: number) } }
  }

  /// Relays to `port` on 127.0.0.1; breaks nothing at first.
  ///
  /// - Parameter octets: of the server's; a connection that is to break does so within them, if it has as many.
  init(to port: UInt16, within octets: Int, seed: UInt64) throws {
    let listener = try Listener.bind(.tcp(host: "127.0.0.1", port: 0))
    let state = State(octets: octets, seed: seed)
    (self.listener, self.state) = (listener, state)
    task = Task {
      await listener.run(on: .shared) { client in
        guard
          let server = try? await Dialer.connect(
            .tcp(host: "127.0.0.1", port: port), deadline: .after(seconds: 10))
        else { return client.close() }
        let (number, octets) = state.enter([client, server])
        await withTaskGroup(of: Void.self) { group in
          group.addTask { await Self.pump(client, server, nil, state) }
          group.addTask { await Self.pump(server, client, octets, state) }
        }
        state.leave(number)
      }
    }
  }

  var port: Int64 { Int64(listener.port) }
  var connections: Int { state.facts.withLock { $0.connections } }
  var broken: Int { state.facts.withLock { $0.broken } }

  /// From now on this share of new connections breaks on its way.
  func breakNew(share: Double) { state.facts.withLock { $0.share = share } }

  /// Breaks this share of the connections that are open, at least one.
  func breakOpen(share: Double) {
    let streams = state.facts.withLock { f -> [SocketStream] in
      let open = f.open.values.map { $0 }
      guard !open.isEmpty else { return [] }
      let count = max(Int(Double(open.count) * share), 1)
      f.broken += count
      return open.shuffled(using: &f.numbers).prefix(count).flatMap { $0 }
    }
    for stream in streams { stream.close() }
  }

  func stop() async {
    listener.close()
    task.cancel()
    await task.value
  }

  /// Until either side ends, or as many octets have passed; then both are closed.
  private static func pump(_ from: SocketStream, _ to: SocketStream, _ octets: Int?, _ state: State) async {
    var buffer = ByteBuffer()
    var left = octets ?? .max
    do {
      while try await from.read(into: &buffer, atMost: 1 << 16, deadline: .never) > 0 {
        let count = min(buffer.count, left)
        left -= count
        try await to.write(buffer.read(count), deadline: .never)
        if left == 0 {
          state.facts.withLock { $0.broken += 1 }
          break
        }
      }
    } catch {
      // One side is gone: so is the other, below.
    }
    from.close()
    to.close()
  }
}

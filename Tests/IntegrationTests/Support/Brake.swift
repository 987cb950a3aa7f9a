import Bytes
import Sockets
import Synchronization

/// A relay in front of a mail server, which lets only so many of the server's octets through.
///
/// What a client has read is then a matter of numbers, not of a machine's speed.
final class Brake: Sendable {
  private let listener: Listener
  private let task: Task<Void, Never>
  private let state: State

  private struct Budget {
    /// nil: no limit.
    var left: Int?
    /// So many new connections are let through whole.
    var spared = 0
    var passed = 0
  }

  private final class State: Sendable {
    let budget = Mutex(Budget())

    func beginsSpared() -> Bool {
      budget.withLock { budget in
        guard budget.spared > 0 else { return false }
        budget.spared -= 1
        return true
      }
    }

    /// How much of `count` octets may pass now.
    func take(_ count: Int) -> Int {
      budget.withLock { budget in
        let taken = min(count, budget.left ?? count)
        if let left = budget.left { budget.left = left - taken }
        budget.passed += taken
        return taken
      }
    }
  }

  /// Relays to `port` on 127.0.0.1.
  init(to port: Int64) throws {
    let target = Endpoint.tcp(host: "127.0.0.1", port: UInt16(port))
    let listener = try Listener.bind(.tcp(host: "127.0.0.1", port: 0))
    let state = State()
    (self.listener, self.state) = (listener, state)
    task = Task {
      await listener.run(on: .shared) { client in
        guard let server = try? await Dialer.connect(target, deadline: .after(seconds: 10)) else {
          return client.close()
        }
        let spared = state.beginsSpared()
        await withTaskGroup(of: Void.self) { group in
          group.addTask { await Self.pump(client, server, nil) }
          group.addTask { await Self.pump(server, client, spared ? nil : state) }
        }
      }
    }
  }

  var port: Int64 { Int64(listener.port) }
  /// What has come from the server so far, without spared connections.
  var octets: Int { state.budget.withLock { $0.passed } }

  /// From now on so many octets pass; nil: all.
  func allow(_ octets: Int?, sparingConnections spared: Int = 0) {
    state.budget.withLock { ($0.left, $0.spared) = (octets, spared) }
  }

  /// Waits until what is allowed has passed, or nothing has for a while.
  func usedUp() async throws {
    var (last, quiet) = (octets, 0)
    while quiet < 400, state.budget.withLock({ $0.left.map { $0 > 0 } ?? false }) {
      try await Task.sleep(for: .milliseconds(5))
      quiet = octets == last ? quiet + 1 : 0
      last = octets
    }
  }

  func stop() async {
    listener.close()
    task.cancel()
    await task.value
  }

  /// Until either side ends; then both are closed.
  private static func pump(_ from: SocketStream, _ to: SocketStream, _ state: State?) async {
    var buffer = ByteBuffer()
    do {
      while try await from.read(into: &buffer, atMost: 1 << 16, deadline: .never) > 0 {
        while !buffer.isEmpty {
          let count = state?.take(buffer.count) ?? buffer.count
          if count == 0 { try await Task.sleep(for: .milliseconds(2)) }
          try await to.write(buffer.read(count), deadline: .never)
        }
      }
    } catch {
      // One side is gone: so is the other, below.
    }
    from.close()
    to.close()
  }
}

import JSONRPC
import MailStore
import PostroomAPI
import Services
import Synchronization
import Testing

@Suite("health.*", .timeLimit(.minutes(1)))
struct HealthTests {
  /// The statuses that a stream was sent.
  final class Seen: Sendable {
    private let all = Mutex<[String]>([])

    var sink: TypedSink<APIHealth> {
      TypedSink(
        StreamSink(subscription: "s") { [self] bytes in
          let text = String(decoding: bytes, as: UTF8.self)
          all.withLock { $0.append(text) }
        })
    }

    var statuses: [Bool] { all.withLock { $0.map { $0.contains("\"SERVING\"") } } }

    func wait(_ count: Int) async throws {
      while statuses.count < count { try await Task.sleep(for: .milliseconds(2)) }
    }
  }

  @Test func `A watcher gets the status at once, each change, and nothing between`() async throws {
    try await ServiceHouse.run { all in
      let monitor = HealthMonitor(store: all.store)
      let (calls, seen, context) = (HealthCalls(monitor), Seen(), all.context(all.ours))
      let watch = Task {
        await reason { () throws(RPCError) in try await calls.watch(HealthWatchParams(), context, seen.sink) }
      }
      try await seen.wait(1)
      for _ in 0..<5 { #expect(await monitor.look()) }
      await all.store.close()
      #expect(await !monitor.look())
      try await seen.wait(2)
      #expect(!monitor.isServing)
      #expect(try await calls.check(HealthCheckParams(), context).status == .notServing)
      monitor.stop()
      #expect(seen.statuses == [true, false])
      watch.cancel()
      _ = await watch.value
    }
  }

  @Test func `A server that stops does not serve, whatever its store says`() async throws {
    try await ServiceHouse.run { all in
      let monitor = HealthMonitor(store: all.store)
      let (calls, seen, context) = (HealthCalls(monitor), Seen(), all.context(all.ours))
      let watch = Task {
        await reason { () throws(RPCError) in
          try await calls.watch(HealthWatchParams(service: "postroom"), context, seen.sink)
        }
      }
      try await seen.wait(1)
      monitor.stop()
      try await seen.wait(2)
      #expect(await !monitor.look())
      // Who comes now hears so at once.
      let late = Seen()
      let second = Task {
        await reason { () throws(RPCError) in try await calls.watch(HealthWatchParams(), context, late.sink) }
      }
      try await late.wait(1)
      #expect(seen.statuses == [true, false] && late.statuses == [false])
      for task in [watch, second] {
        task.cancel()
        _ = await task.value
      }
    }
  }

  @Test func `The monitor finds out by itself`() async throws {
    try await ServiceHouse.run { all in
      let monitor = HealthMonitor(store: all.store, everyMilliseconds: 5)
      let run = Task { await monitor.run() }
      await all.store.close()
      while monitor.isServing { try await Task.sleep(for: .milliseconds(2)) }
      run.cancel()
      await run.value
    }
  }

  @Test func `There is no other service`() async throws {
    try await ServiceHouse.run { all in
      let (calls, context) = (HealthCalls(HealthMonitor(store: all.store)), all.context(all.ours))
      let checked = await reason { () throws(RPCError) in
        _ = try await calls.check(HealthCheckParams(service: "mail"), context)
      }
      let watched = await reason { () throws(RPCError) in
        try await calls.watch(HealthWatchParams(service: "mail"), context, Seen().sink)
      }
      #expect(checked == "health.unknownService" && watched == "health.unknownService")
    }
  }
}

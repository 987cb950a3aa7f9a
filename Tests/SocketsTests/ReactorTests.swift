import Bytes
import Testing

@testable import Sockets

@Suite(.timeLimit(.minutes(1))) struct ReactorTests {
  @Test func `a task that prefers a reactor runs on its thread, before and after a wait`() async throws {
    let reactor = ReactorGroup.shared.next()
    try await Task(executorPreference: reactor) {
      #expect(Reactor.current === reactor)
      try await reactor.sleep(until: .after(milliseconds: 2))
      #expect(Reactor.current === reactor)
      await Reactor.giveWay()
      #expect(Reactor.current === reactor)
      async let child = Reactor.current === reactor
      #expect(await child)
    }.value
  }

  private actor Pinned {
    nonisolated let reactor: Reactor
    nonisolated var unownedExecutor: UnownedSerialExecutor { reactor.asUnownedSerialExecutor() }
    private var count = 0

    init(_ reactor: Reactor) { self.reactor = reactor }

    func add() -> Int {
      reactor.preconditionIsolated()
      count += 1
      return count
    }

    nonisolated func addSynchronously() -> Int {
      assumeIsolated { actor in
        actor.count += 1
        return actor.count
      }
    }

    func addTwice() -> Int {
      _ = add()
      return addSynchronously()
    }
  }

  @Test func `an actor can have a reactor as its executor`() async {
    let actor = Pinned(ReactorGroup.shared.next())
    await withTaskGroup(of: Void.self) { tasks in
      for _ in 0..<100 { tasks.addTask { for _ in 0..<100 { _ = await actor.add() } } }
    }
    #expect(await actor.add() == 10_001)
    #expect(await actor.addTwice() == 10_003)
  }

  @Test func `many tasks on few reactors all finish`() async {
    let group = ReactorGroup(threads: 2)
    let total = await withTaskGroup(of: Int.self) { tasks in
      for i in 0..<500 {
        tasks.addTask(executorPreference: group.next()) {
          for _ in 0..<20 { await Task.yield() }
          return i
        }
      }
      return await tasks.reduce(0, +)
    }
    #expect(total == 499 * 500 / 2)
  }

  @Test func `sleepers do not wake before their deadlines`() async throws {
    let reactor = ReactorGroup.shared.next()
    try await withThrowingTaskGroup(of: Void.self) { tasks in
      for milliseconds: Int64 in [30, 1, 40, 10, 20, 2, 35, 0] {
        tasks.addTask(executorPreference: milliseconds % 2 == 0 ? reactor : nil) {
          let deadline = Deadline.after(milliseconds: milliseconds)
          try await reactor.sleep(until: deadline)
          #expect(deadline.hasPassed)
        }
      }
      try await tasks.waitForAll()
    }
  }

  @Test func `a sleep ends when its task is cancelled, at any moment`() async {
    for i in 0..<300 {
      let task = Task { try await Reactor.sleep(until: i % 2 == 0 ? .never : .after(seconds: 30)) }
      if i % 3 == 0 { await Task.yield() }
      task.cancel()
      await #expect(throws: StreamError.cancelled) { try await task.value }
    }
  }

  @Test func `a sleep until a moment that has passed does not wait`() async throws {
    try await Reactor.sleep(until: .now)
    try await Reactor.sleep(until: Deadline(nanoseconds: 0))
  }

  private final class Node: TimerNode, @unchecked Sendable {
    override func fire(now: UInt64) {}
  }

  @Test func `the timer heap agrees with a sorted list under random changes`() {
    var noise = Noise(state: 1)
    let nodes = (0..<40).map { _ in Node() }
    var heap = TimerHeap()
    var model: [Int: UInt64] = [:]
    for _ in 0..<5_000 {
      let i = Int.random(in: 0..<nodes.count, using: &noise)
      switch Int.random(in: 0..<4, using: &noise) {
      case 0, 1:
        let time = UInt64.random(in: 0..<1_000, using: &noise)
        _ = heap.schedule(nodes[i], at: time)
        model[i] = min(model[i] ?? .max, time)
      case 2:
        heap.remove(nodes[i])
        model[i] = nil
      default:
        let now = UInt64.random(in: 0..<1_000, using: &noise)
        let due = model.values.filter { $0 <= now }.min()
        let popped = heap.popExpired(now: now)
        #expect(popped?.time == due)
        if let popped { model[nodes.firstIndex { $0 === popped } ?? -1] = nil }
      }
      #expect(heap.earliest == model.values.min() ?? .max)
      #expect(heap.count == model.count)
    }
  }
}

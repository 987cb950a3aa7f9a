internal import Synchronization

/// A value that tasks can wait on: each waiter is woken when its condition holds.
///
/// The one place in the engine where a task waits for another. Conditions run under the lock, so
/// they must be short and must not touch the same value.
package final class Watched<Value: Sendable>: Sendable {
  private struct Waiter {
    let holds: @Sendable (Value) -> Bool
    let continuation: CheckedContinuation<Void, Never>
  }

  private struct State {
    var value: Value
    var waiters: [UInt64: Waiter] = [:]
    var last: UInt64 = 0
  }

  private let state: Mutex<State>

  package init(_ value: Value) { state = Mutex(State(value: value)) }

  package var value: Value { state.withLock { $0.value } }

  /// Changes the value and wakes those whose condition now holds.
  /// - Complexity: O(waiters)
  @discardableResult
  package func update<R: Sendable>(_ change: (inout Value) -> R) -> R {
    var ready: [CheckedContinuation<Void, Never>] = []
    let result = state.withLock { s in
      let result = change(&s.value)
      for (number, waiter) in s.waiters where waiter.holds(s.value) {
        ready.append(waiter.continuation)
        s.waiters[number] = nil
      }
      return result
    }
    for continuation in ready { continuation.resume() }
    return result
  }

  /// Waits until `holds` is true of the value, or the task is cancelled.
  ///
  /// - Returns: whether it was true when the wait ended; another task may have changed it since.
  @discardableResult
  package func wait(until holds: @escaping @Sendable (Value) -> Bool) async -> Bool {
    let number = state.withLock { s in
      s.last += 1
      return s.last
    }
    await withTaskCancellationHandler {
      await withCheckedContinuation { (continuation: CheckedContinuation<Void, Never>) in
        let ready = state.withLock { s in
          if Task.isCancelled || holds(s.value) { return true }
          s.waiters[number] = Waiter(holds: holds, continuation: continuation)
          return false
        }
        if ready { continuation.resume() }
      }
    } onCancel: {
      let waiter = state.withLock { $0.waiters.removeValue(forKey: number) }
      waiter?.continuation.resume()
    }
    return state.withLock { holds($0.value) }
  }

  /// As ``wait(until:)``, for `milliseconds` at the most.
  @discardableResult
  package func wait(
    until holds: @escaping @Sendable (Value) -> Bool, atMost milliseconds: Int64, clock: any EngineClock
  ) async -> Bool {
    await withTaskGroup(of: Void.self) { group in
      group.addTask { await self.wait(until: holds) }
      group.addTask { await clock.sleep(milliseconds: milliseconds) }
      await group.next()
      group.cancelAll()
    }
    return state.withLock { holds($0.value) }
  }
}

extension Watched where Value == Bool {
  /// Opens a gate that stays open.
  package func open() { update { $0 = true } }
  /// Waits until the gate is open or the task is cancelled.
  package func wait() async { await wait { $0 } }
}

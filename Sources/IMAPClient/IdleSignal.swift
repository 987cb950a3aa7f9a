internal import Synchronization

/// Ends another task's IDLE, so that it can do something else. May be fired from anywhere, and again;
/// fired while nobody idles it ends the next IDLE at its beginning.
package final class IdleSignal: Sendable {
  private struct State {
    var isFired = false
    var waiter: CheckedContinuation<Void, Never>?

    mutating func takeWaiter() -> CheckedContinuation<Void, Never>? {
      defer { waiter = nil }
      return waiter
    }
  }

  private let state = Mutex(State())

  package init() {}

  // Continuations are resumed outside of the lock: resuming takes the waiting task's own lock, under
  // which the runtime calls a cancellation handler, which takes ours.

  package func fire() {
    let waiter = state.withLock { s in
      s.isFired = true
      return s.takeWaiter()
    }
    waiter?.resume()
  }

  /// Whether it was fired since this was last asked.
  func take() -> Bool {
    state.withLock { s in
      defer { s.isFired = false }
      return s.isFired
    }
  }

  /// Returns when it is fired, or the task cancelled.
  func wait() async {
    await withTaskCancellationHandler {
      await withCheckedContinuation { (continuation: CheckedContinuation<Void, Never>) in
        let isOver = state.withLock { s in
          if s.isFired || Task.isCancelled || s.waiter != nil { return true }
          s.waiter = continuation
          return false
        }
        if isOver { continuation.resume() }
      }
    } onCancel: {
      state.withLock { $0.takeWaiter() }?.resume()
    }
  }
}

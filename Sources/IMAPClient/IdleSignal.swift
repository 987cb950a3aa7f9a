internal import Synchronization

/// Ends another task's IDLE, so that it can do something else. May be fired from anywhere, and again;
/// fired while nobody idles it ends the next IDLE at its beginning.
package final class IdleSignal: Sendable {
  private struct State {
    var isFired = false
    var number: UInt64 = 0
    var waiter: CheckedContinuation<Void, Never>?
  }

  private let state = Mutex(State())

  package init() {}

  package func fire() {
    state.withLock { s in
      s.isFired = true
      s.waiter?.resume()
      s.waiter = nil
    }
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
      await withCheckedContinuation { continuation in
        state.withLock { s in
          if s.isFired || Task.isCancelled || s.waiter != nil {
            continuation.resume()
          } else {
            s.waiter = continuation
          }
        }
      }
    } onCancel: {
      state.withLock { s in
        s.waiter?.resume()
        s.waiter = nil
      }
    }
  }
}

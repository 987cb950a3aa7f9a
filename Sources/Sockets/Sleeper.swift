internal import Bytes
internal import Synchronization

/// One task that waits for a moment, or for something that comes before it, on a reactor's timers.
///
/// Used once. `@unchecked Sendable`: its own state is in a `Mutex`; the rest is ``TimerNode``'s.
final class Sleeper: TimerNode, @unchecked Sendable {
  enum Wake: Sendable { case moment, signal, cancelled }

  private struct State {
    var wake: Wake?
    var continuation: UnsafeContinuation<Wake, Never>?
  }

  private let reactor: Reactor
  private let state = Mutex(State())

  init(reactor: Reactor) { self.reactor = reactor }

  /// Waits until `deadline`, ``signal()`` or the task's cancellation, whatever comes first.
  func sleep(until deadline: Deadline) async -> Wake {
    let wake = await withTaskCancellationHandler {
      // SAFETY: resumed exactly once: here when something came before, else by who takes it out of
      // the state under its lock.
      await withUnsafeContinuation { (continuation: UnsafeContinuation<Wake, Never>) in
        let early = state.withLock { s -> Wake? in
          if s.wake == nil { s.continuation = continuation }
          return s.wake
        }
        if let early {
          continuation.resume(returning: early)
        } else if deadline != .never {
          reactor.schedule(self, at: deadline.nanoseconds)
        }
      }
    } onCancel: {
      end(.cancelled)
    }
    if wake != .moment, deadline != .never { reactor.unschedule(self) }
    return wake
  }

  /// Ends the wait, also one that has not begun. Any thread may call it.
  func signal() { end(.signal) }

  override func fire(now: UInt64) { end(.moment) }

  private func end(_ wake: Wake) {
    let continuation = state.withLock { s in
      if s.wake == nil { s.wake = wake }
      return s.continuation.take()
    }
    continuation?.resume(returning: wake)
  }
}

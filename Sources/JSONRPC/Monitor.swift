internal import Synchronization

/// A state behind a lock, and tasks that wait until it is as they want it.
///
/// ``change(waking:_:)`` wakes those who wait; each looks at the state again. For few waiters.
final class Monitor<State: Sendable>: Sendable {
  /// Who waits for what; a change that matters to one kind need not wake the others.
  struct Kinds: OptionSet, Sendable {
    let rawValue: UInt8
    static var first: Kinds { Kinds(rawValue: 1) }
    static var second: Kinds { Kinds(rawValue: 2) }
    static var all: Kinds { Kinds(rawValue: 3) }
  }

  private struct Waiter {
    let number: UInt64
    let kind: Kinds
    let continuation: CheckedContinuation<Void, Never>
  }

  private struct Guarded {
    var state: State
    var waiters: [Waiter] = []
    var number: UInt64 = 0
  }

  private let guarded: Mutex<Guarded>

  init(_ state: State) { guarded = Mutex(Guarded(state: state)) }

  /// Gives memory back that nobody needs now: `body` that of the state.
  func compact(_ body: (inout State) -> Void) {
    guarded.withLock { g in
      if g.waiters.isEmpty { g.waiters = [] }
      body(&g.state)
    }
  }

  /// Reads or writes the state without waking anybody.
  func withLock<R: Sendable>(_ body: (inout State) -> R) -> R { guarded.withLock { body(&$0.state) } }

  /// Writes the state and wakes those who wait.
  @discardableResult
  func change<R: Sendable>(waking kinds: Kinds = .all, _ body: (inout State) -> R) -> R {
    let (result, woken): (R, [Waiter]) = guarded.withLock { g in
      let result = body(&g.state)
      if g.waiters.isEmpty { return (result, []) }
      let woken = g.waiters.filter { !$0.kind.isDisjoint(with: kinds) }
      if !woken.isEmpty { g.waiters.removeAll { !$0.kind.isDisjoint(with: kinds) } }
      return (result, woken)
    }
    for waiter in woken { waiter.continuation.resume() }
    return result
  }

  /// Waits until `ready` answers something, which may change the state; nobody is woken by that.
  ///
  /// - Returns: what `ready` answered; nil when the waiting task was cancelled first.
  func wait<R: Sendable>(as kind: Kinds = .first, _ ready: (inout State) -> R?) async -> R? {
    while true {
      if let result = withLock(ready) { return result }
      if Task.isCancelled { return nil }
      let number = guarded.withLock { g in
        g.number += 1
        return g.number
      }
      var result: R?
      await withTaskCancellationHandler {
        await withCheckedContinuation { (continuation: CheckedContinuation<Void, Never>) in
          let waits = guarded.withLock { g in
            result = ready(&g.state)
            if result != nil || Task.isCancelled { return false }
            g.waiters.append(Waiter(number: number, kind: kind, continuation: continuation))
            return true
          }
          if !waits { continuation.resume() }
        }
      } onCancel: {
        wake(number)
      }
      if let result { return result }
    }
  }

  private func wake(_ number: UInt64) {
    let waiter: Waiter? = guarded.withLock { g in
      guard let place = g.waiters.firstIndex(where: { $0.number == number }) else { return nil }
      return g.waiters.remove(at: place)
    }
    waiter?.continuation.resume()
  }
}

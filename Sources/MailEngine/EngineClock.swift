internal import Glibc
package import MailStore

/// What time it is, and waiting. Injected, so that tests decide both.
package protocol EngineClock: Sendable {
  /// The wall clock: for what is shown and stored, never for measuring.
  var now: Timestamp { get }
  /// Milliseconds of a clock that only runs forward, from any start.
  var uptimeMilliseconds: Int64 { get }
  /// Returns after that time, or at once when the task is cancelled.
  func sleep(milliseconds: Int64) async
}

/// The machine's clocks.
package struct SystemClock: EngineClock {
  package init() {}

  package var now: Timestamp { Timestamp(milliseconds: Self.read(CLOCK_REALTIME)) }
  package var uptimeMilliseconds: Int64 { Self.read(CLOCK_MONOTONIC) }

  package func sleep(milliseconds: Int64) async {
    // A cancelled sleep is a sleep that ended: the caller looks at Task.isCancelled itself.
    try? await Task.sleep(for: .milliseconds(max(milliseconds, 0)))
  }

  private static func read(_ clock: clockid_t) -> Int64 {
    var t = timespec()
    clock_gettime(clock, &t)
    return Int64(t.tv_sec) * 1000 + Int64(t.tv_nsec) / 1_000_000
  }
}

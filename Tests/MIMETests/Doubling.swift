import Glibc
import Testing

/// Whether work takes time in proportion to its input.
enum Doubling {
  /// What twice the input may take; four times is what a square costs.
  static let factorMax = 2.3
  /// Runs before a failure is believed: other programs share the caches and the clock's frequency.
  private static let roundsMax = 40
  /// Below this the clock and the first touch of memory decide.
  private static let secondsMin = 0.004

  /// Runs both, in turns, until the best of each are in proportion; records an issue if they never are.
  ///
  /// Counts the processor seconds of this thread alone: what runs beside, and how often we are kept waiting, does
  /// not.
  static func check(_ one: () -> Void, _ two: () -> Void) {
    one()
    var t1 = Double.infinity
    var t2 = Double.infinity
    for round in 0..<roundsMax {
      // A quiet moment in which only the smaller one ran must not decide for ever.
      if round.isMultiple(of: 8) { (t1, t2) = (.infinity, .infinity) }
      t1 = min(t1, seconds(one))
      t2 = min(t2, seconds(two))
      if t2 <= max(t1, secondsMin) * factorMax { return }
    }
    Issue.record("\(t1) s, \(t2) s for twice the size: \(t2 / t1) times as long")
  }

  /// Processor seconds of this thread.
  static func seconds(_ work: () -> Void) -> Double {
    let start = now()
    work()
    return now() - start
  }

  private static func now() -> Double {
    var t = timespec()
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &t)
    return Double(t.tv_sec) + Double(t.tv_nsec) * 1e-9
  }
}

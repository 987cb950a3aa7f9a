/// How long to wait before trying again: doubling from `firstMilliseconds` up to `maxMilliseconds`.
///
/// Each wait is drawn from the upper half of its step, so that mailboxes which failed together do
/// not come back together.
package struct BackoffPolicy: Sendable, Hashable {
  package var firstMilliseconds: Int64
  package var maxMilliseconds: Int64

  /// 1 s to 15 min.
  package init(firstMilliseconds: Int64 = 1000, maxMilliseconds: Int64 = 15 * 60 * 1000) {
    self.firstMilliseconds = max(firstMilliseconds, 1)
    self.maxMilliseconds = max(maxMilliseconds, firstMilliseconds, 1)
  }

  /// - Parameter failures: how often it failed in a row, 1 and up.
  /// - Parameter draw: a random number in 0 ..< 1.
  package func milliseconds(afterFailures failures: Int, draw: Double) -> Int64 {
    var step = firstMilliseconds
    var left = max(failures, 1) - 1
    while left > 0, step < maxMilliseconds {
      step = step > maxMilliseconds / 2 ? maxMilliseconds : step * 2
      left -= 1
    }
    let half = step / 2
    return step - half + Int64(Double(half) * min(max(draw, 0), 1))
  }
}

internal import Bytes

/// When a call that failed, or a connection that was lost, is tried again.
enum Repeating {
  /// A call that may be repeated is made this often at most.
  private static let attemptsMax = 4
  private static let pauseMillisecondsMax = 10_000

  /// How long to wait before the attempt behind number `attempt`, counted from 1: longer each time, and not the
  /// same for all clients that lost their connections together.
  static func pause(before attempt: Int) -> Duration {
    let milliseconds = min(pauseMillisecondsMax, 100 << min(attempt - 1, 7))
    return .milliseconds(Int.random(in: milliseconds / 2...milliseconds))
  }

  /// After how long a call that failed may be made again; nil when it must not be.
  ///
  /// - Parameter isSafe: doing it twice is like doing it once. Without that only what was not begun is repeated.
  static func pause(
    after error: PostroomError, attempt: Int, isSafe: Bool, deadline: Deadline
  ) -> Duration? {
    let wasNotBegun = error.reason == .serverGoingAway
    let isPassing =
      error.status == .unavailable
      && (error.reason == .connectionLost || error.reason == .connectionFailed || error.retryAfter != nil)
    guard attempt < attemptsMax, wasNotBegun || (isSafe && isPassing) else { return nil }
    let pause = max(pause(before: attempt), error.retryAfter ?? .zero)
    guard pause <= .milliseconds(pauseMillisecondsMax) else { return nil }
    if let left = deadline.millisecondsLeft, .milliseconds(left) <= pause { return nil }
    return pause
  }
}

internal import MailStore

/// Whether the wall clock may be believed where a wrong one would erase too early. Knows no clock itself.
///
/// Believed is a clock that goes on from where it was left when it was looked at last: at most ``gapMilliseconds`` of
/// time went by unseen, and while it is watched it runs like the clock that only runs forward. Else it must run that
/// way for ``settleMilliseconds``: long enough for a time service, or a person, to set it right. A clock that is behind
/// what was written down is not believed at all: one of the two is wrong, and which one only a person can say.
struct ClockWatch: Sendable {
  enum Doubt: Sendable, Hashable {
    /// It stood differently from what passed, or nobody watched: believed after so many milliseconds.
    case settling(milliseconds: Int64)
    /// Behind the time written down.
    case behind(Timestamp)
  }

  /// It is looked at every hour, and a restart or an upgrade takes less than another.
  static let gapMilliseconds: Int64 = 7_200_000
  /// A time service moves a clock by at most 500 ppm, 2 seconds an hour; more is a jump.
  static let jumpMilliseconds: Int64 = 60_000

  private let settleMilliseconds: Int64
  private var wall: Int64
  private var uptime: Int64
  /// Uptime from which on it is believed.
  private var believedFrom: Int64

  init(wall: Timestamp, uptime: Int64, marked: Timestamp?, settleMilliseconds: Int64) {
    self.settleMilliseconds = settleMilliseconds
    self.wall = wall.milliseconds
    self.uptime = uptime
    believedFrom = uptime
    // A new store has nothing that could be erased too early, but the time of its first rows is to be right too.
    let gap = marked.map { Self.distance(wall.milliseconds, $0.milliseconds) }
    if gap.map({ $0 > Self.gapMilliseconds }) ?? true { believedFrom = Self.sum(uptime, settleMilliseconds) }
  }

  /// - Returns: nil when the time may be believed.
  mutating func look(wall now: Timestamp, uptime: Int64, marked: Timestamp?) -> Doubt? {
    let passed = Self.distance(uptime, self.uptime)
    let shown = Self.distance(now.milliseconds, wall)
    let isBack = now.milliseconds < wall
    if isBack || Self.distance(passed, shown) > Self.jumpMilliseconds {
      believedFrom = Self.sum(uptime, settleMilliseconds)
    }
    (wall, self.uptime) = (now.milliseconds, uptime)
    if let marked, now < marked { return .behind(marked) }
    return uptime < believedFrom ? .settling(milliseconds: believedFrom - uptime) : nil
  }

  private static func distance(_ a: Int64, _ b: Int64) -> Int64 {
    let (difference, over) = a.subtractingReportingOverflow(b)
    return over || difference == .min ? .max : abs(difference)
  }

  private static func sum(_ a: Int64, _ b: Int64) -> Int64 {
    let (sum, over) = a.addingReportingOverflow(b)
    return over ? .max : sum
  }
}

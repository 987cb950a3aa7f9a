internal import Glibc

/// A moment on the machine's monotonic clock by which something must be done, or never.
///
/// Wall-clock changes do not move it.
package struct Deadline: Sendable, Hashable, Comparable {
  /// Nanoseconds of CLOCK_MONOTONIC; `UInt64.max` means never.
  package let nanoseconds: UInt64

  package init(nanoseconds: UInt64) { self.nanoseconds = nanoseconds }

  package static let never = Deadline(nanoseconds: .max)

  package static var now: Deadline {
    var t = timespec()
    clock_gettime(CLOCK_MONOTONIC, &t)
    return Deadline(nanoseconds: UInt64(t.tv_sec) &* 1_000_000_000 &+ UInt64(t.tv_nsec))
  }

  /// ``now`` as of the last tick of the kernel's clock: behind it by at most ``tickNanosecondsMax``, never ahead, and
  /// read without asking the processor's counter.
  package static var lastTick: Deadline {
    var t = timespec()
    clock_gettime(CLOCK_MONOTONIC_COARSE, &t)
    return Deadline(nanoseconds: UInt64(t.tv_sec) &* 1_000_000_000 &+ UInt64(t.tv_nsec))
  }

  /// The longest tick that Linux is built with is 10 ms.
  package static let tickNanosecondsMax: UInt64 = 20_000_000

  /// `seconds` from the last tick: for spans against which a tick is nothing.
  package static func roughlyAfter(seconds: Int64) -> Deadline { lastTick.advanced(seconds: seconds) }

  /// So much later; too far counts as never.
  package func advanced(seconds: Int64) -> Deadline {
    let (milliseconds, over) = max(seconds, 0).multipliedReportingOverflow(by: 1000)
    return over ? .never : advanced(milliseconds: milliseconds)
  }

  /// The same; negative counts as none.
  package func advanced(milliseconds: Int64) -> Deadline {
    let (span, over) = UInt64(max(milliseconds, 0)).multipliedReportingOverflow(by: 1_000_000)
    let (at, over2) = nanoseconds.addingReportingOverflow(span)
    return over || over2 ? .never : Deadline(nanoseconds: at)
  }

  /// `milliseconds` from now; negative counts as none, too far counts as never.
  package static func after(milliseconds: Int64) -> Deadline { now.advanced(milliseconds: milliseconds) }

  package static func after(seconds: Int64) -> Deadline {
    let (ms, over) = seconds.multipliedReportingOverflow(by: 1000)
    return over ? .never : after(milliseconds: ms)
  }

  package var hasPassed: Bool { self <= .now }

  /// Whole milliseconds left, rounded up; 0 when passed; nil when never.
  package var millisecondsLeft: Int64? {
    if self == .never { return nil }
    let n = Deadline.now.nanoseconds
    if nanoseconds <= n { return 0 }
    return Int64(min((nanoseconds - n + 999_999) / 1_000_000, UInt64(Int64.max)))
  }

  package static func < (a: Deadline, b: Deadline) -> Bool { a.nanoseconds < b.nanoseconds }
}

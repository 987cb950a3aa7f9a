internal import CLinux

/// What a listener does when accept fails: pure, the listener performs the answers.
///
/// Without free descriptors accept fails while its event stays: a loop would spin. So it pauses; the
/// clients wait in the kernel's queue. If there is still none after a pause, one client is let in by
/// a descriptor kept in reserve and closed at once: it learns that the server is full rather than
/// hang, and the queue moves, slowly.
struct AcceptPressure {
  enum Action: Equatable {
    /// That one connection failed; the next may be good.
    case again
    case pause(milliseconds: Int64)
    /// Turn one client away, then pause.
    case shed(milliseconds: Int64)
    case stop
  }

  static let pauseMilliseconds: Int64 = 100

  private var failures = 0

  mutating func accepted() { failures = 0 }

  mutating func failed(_ code: Int32) -> Action {
    switch code {
    case EMFILE, ENFILE, ENOBUFS, ENOMEM:
      failures += 1
      let hasReserve = code == EMFILE || code == ENFILE
      return failures == 1 || !hasReserve
        ? .pause(milliseconds: Self.pauseMilliseconds) : .shed(milliseconds: Self.pauseMilliseconds)
    case EBADF, EINVAL, ENOTSOCK, EOPNOTSUPP, EFAULT:
      return .stop
    default:
      // accept(2): errors of the new connection's network are passed on and mean "try again".
      return .again
    }
  }
}

internal import Logging
internal import MailStore

/// Erases what was kept long enough (S18): now and then, by the same jobs as a purge, all tenants' together.
final class RetentionSweeper: Sendable {
  private let context: EngineContext
  private let begin: @Sendable ([Purge]) -> Void
  /// Whether the clock is believed: nil before the first look.
  private let believed = Watched<Bool?>(nil)
  private let looks = Watched(0)

  /// - Parameter begin: takes the jobs over.
  init(context: EngineContext, begin: @escaping @Sendable ([Purge]) -> Void) {
    self.context = context
    self.begin = begin
  }

  /// false while nothing is erased because the clock jumped, or nobody watched it.
  var isClockBelieved: Bool { believed.value ?? false }

  /// Looks now instead of at the next turn.
  func kick() { looks.update { $0 += 1 } }

  /// Until `isClosed` is open and it is kicked.
  func run(_ isClosed: Watched<Bool>) async {
    var watch: ClockWatch?
    while !isClosed.value, !Task.isCancelled {
      let seen = looks.value
      do throws(MailStoreError) {
        try await sweep(&watch)
      } catch {
        context.log.error("old mail cannot be erased", metadata: ["error": "\(error)"])
      }
      if isClosed.value { break }
      let wait = max(context.options.retentionSweepSeconds, 1) * 1000
      await looks.wait(until: { $0 != seen }, atMost: wait, clock: context.clock)
    }
  }

  private func sweep(_ watch: inout ClockWatch?) async throws(MailStoreError) {
    let marked = try await context.store.newestMark()
    let (now, uptime) = (context.clock.now, context.clock.uptimeMilliseconds)
    var current =
      watch
      ?? ClockWatch(
        wall: now, uptime: uptime, marked: marked,
        settleMilliseconds: max(context.options.clockSettleSeconds, 0) * 1000)
    let doubt = current.look(wall: now, uptime: uptime, marked: marked)
    watch = current
    tell(doubt)
    if doubt != nil { return }
    try await context.store.markTime(now)
    let jobs = try await context.store.beginRetention(at: now)
    if !jobs.isEmpty { begin(jobs) }
  }

  private func tell(_ doubt: ClockWatch.Doubt?) {
    let before = believed.update { value in
      defer { value = doubt == nil }
      return value
    }
    switch doubt {
    case nil: if before == false { context.log.notice("the clock is believed again: old mail is erased") }
    case .settling(let milliseconds):
      context.log.notice(
        "the clock was not watched, or jumped: no old mail is erased until it has run evenly",
        metadata: ["seconds": "\(milliseconds / 1000)"])
    case .behind(let marked):
      context.log.warning(
        """
        the clock is behind a time that was written down: no old mail is erased until it has passed it, or somebody \
        says that it is right (postroom retention accept-clock)
        """,
        metadata: ["marked": "\(marked.milliseconds)"])
    }
  }
}

extension MailEngine {
  /// Whether old mail is erased now: not while the clock is in doubt.
  package var isClockBelieved: Bool { retention.isClockBelieved }

  /// The clock is right, and what was written down by a wrong one is forgotten.
  package func acceptClock() async throws(EngineError) {
    try await storing { () async throws(MailStoreError) in try await store.forgetMarks(after: clock.now) }
    retention.kick()
  }

  /// Has what is due looked for now.
  package func sweepNow() { retention.kick() }
}

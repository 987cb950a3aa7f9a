package import MailStore
internal import Synchronization

/// The latest progress of each mailbox, to read at any time and to watch.
package final class ProgressBoard: Sendable {
  private struct State {
    var latest: [MailboxID: SyncProgress] = [:]
    var watchers: [MailboxID: [UInt64: AsyncStream<SyncProgress>.Continuation]] = [:]
    var last: UInt64 = 0
  }

  private let state = Mutex(State())

  package init() {}

  /// nil when no worker has run for it since the start.
  package func progress(of id: MailboxID) -> SyncProgress? { state.withLock { $0.latest[id] } }

  /// How many mailboxes are in each phase; those that no worker ran for since the start are in none.
  package var phases: [SyncProgress.Phase: Int] {
    state.withLock { s in s.latest.values.reduce(into: [:]) { $0[$1.phase, default: 0] += 1 } }
  }

  /// Every change from now on, the present state first; a slow reader gets the latest only.
  package func watch(_ id: MailboxID) -> AsyncStream<SyncProgress> {
    let (stream, continuation) = AsyncStream.makeStream(
      of: SyncProgress.self, bufferingPolicy: .bufferingNewest(1))
    let number = state.withLock { s in
      s.last += 1
      s.watchers[id, default: [:]][s.last] = continuation
      // Under the lock, so that a newer one comes behind it; nobody reads the stream yet.
      if let now = s.latest[id] { continuation.yield(now) }
      return s.last
    }
    continuation.onTermination = { [weak self] _ in
      self?.state.withLock { s in
        s.watchers[id]?[number] = nil
        if s.watchers[id]?.isEmpty == true { s.watchers[id] = nil }
      }
    }
    return stream
  }

  func publish(_ progress: SyncProgress) {
    let watchers = state.withLock { s -> [AsyncStream<SyncProgress>.Continuation] in
      guard s.latest[progress.mailboxID] != progress else { return [] }
      s.latest[progress.mailboxID] = progress
      return Array((s.watchers[progress.mailboxID] ?? [:]).values)
    }
    for watcher in watchers { watcher.yield(progress) }
  }

  func setPhase(_ id: MailboxID, _ phase: SyncProgress.Phase) {
    var progress = self.progress(of: id) ?? SyncProgress(mailboxID: id, phase: phase)
    progress.phase = phase
    if phase != .reading {
      progress.messagesPerSecond = 0
      progress.secondsLeft = nil
    }
    publish(progress)
  }

  /// The mailbox is gone: its watchers end.
  func remove(_ id: MailboxID) {
    let watchers = state.withLock { s -> [AsyncStream<SyncProgress>.Continuation] in
      s.latest[id] = nil
      return Array((s.watchers.removeValue(forKey: id) ?? [:]).values)
    }
    for watcher in watchers { watcher.finish() }
  }
}

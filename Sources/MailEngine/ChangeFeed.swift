package import MailStore

/// Wakes whoever waits for new events (S26).
///
/// Holds no events: a waiter that is woken reads them from the store by its own last number.
package final class ChangeFeed: Sendable {
  private let latest: Watched<Int64>

  package init(store: any MailStoring) {
    let latest = Watched(store.latestEvent)
    self.latest = latest
    store.onEvents { seq in latest.update { $0 = max($0, seq) } }
    // What was committed between reading and registering.
    let seq = store.latestEvent
    latest.update { $0 = max($0, seq) }
  }

  /// The highest sequence number committed.
  package var last: Int64 { latest.value }

  /// Waits until an event above `seq` is committed, or the task is cancelled.
  ///
  /// - Returns: the highest sequence number; not above `seq` only when cancelled.
  package func wait(after seq: Int64) async -> Int64 {
    await latest.wait { $0 > seq }
    return latest.value
  }
}

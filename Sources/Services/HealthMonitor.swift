package import MailStore
internal import Synchronization

/// Whether the server does its work: it does while the store answers and nobody has said that it stops.
///
/// ``run()`` looks once a second, so that a watcher, a load balancer and a call hear the same.
package final class HealthMonitor: Sendable {
  private struct State {
    var storeAnswers = true
    var isStopping = false
    var watchers: [UInt64: AsyncStream<Bool>.Continuation] = [:]
    var last: UInt64 = 0

    var isServing: Bool { storeAnswers && !isStopping }
  }

  private let store: any MailStoring
  private let milliseconds: Int64
  private let state = Mutex(State())

  /// - Parameter milliseconds: between two looks at the store.
  package init(store: any MailStoring, everyMilliseconds milliseconds: Int64 = 1000) {
    self.store = store
    self.milliseconds = milliseconds
  }

  /// As of the last look.
  package var isServing: Bool { state.withLock { $0.isServing } }

  /// Looks at the store until the task is cancelled.
  package func run() async {
    while !Task.isCancelled {
      await look()
      // Cancelled: the loop ends.
      try? await Task.sleep(for: .milliseconds(milliseconds))
    }
  }

  /// Asks the store for a row.
  /// - Returns: whether the server serves.
  @discardableResult
  package func look() async -> Bool {
    var answers = true
    // What is wrong with it is told by whoever works with it.
    do { _ = try await store.tenants() } catch { answers = false }
    return change { $0.storeAnswers = answers }
  }

  /// The server takes no new calls from now on.
  package func stop() { _ = change { $0.isStopping = true } }

  /// The present status and then each change of it; a slow reader gets the latest only.
  package func changes() -> AsyncStream<Bool> {
    let (stream, continuation) = AsyncStream.makeStream(of: Bool.self, bufferingPolicy: .bufferingNewest(1))
    let number = state.withLock { s in
      s.last += 1
      s.watchers[s.last] = continuation
      // Under the lock, so that a newer one comes behind it; nobody reads the stream yet.
      continuation.yield(s.isServing)
      return s.last
    }
    continuation.onTermination = { [weak self] _ in self?.state.withLock { $0.watchers[number] = nil } }
    return stream
  }

  private func change(_ body: (inout State) -> Void) -> Bool {
    state.withLock { s in
      let before = s.isServing
      body(&s)
      // Under the lock, so that watchers hear changes in their order; they read elsewhere.
      if s.isServing != before { for watcher in s.watchers.values { watcher.yield(s.isServing) } }
      return s.isServing
    }
  }
}

internal import JSONRPC
package import Logging
internal import MailEngine
internal import MailStore
internal import PostroomAPI
internal import Sockets
internal import Synchronization

/// What deliveries came to since the start.
package struct WebhookFigures: Sendable {
  package var delivered = 0
  package var failed = 0
}

/// Delivers events to webhooks: of each one in order, the next one when the one before was taken.
///
/// How far each webhook is stands in the store, so that a crash repeats one event at the most and loses none. A webhook
/// that has nothing to do has no task.
package final class WebhookRunner: Sendable {
  let house: House
  let options: WebhookOptions
  private let post: WebhookPost
  private let log: Logger
  private let wakes: AsyncStream<Void>
  private let wake: AsyncStream<Void>.Continuation
  private let state = Mutex(State())

  private struct State {
    var running: Set<WebhookID> = []
    /// Told of already.
    var damaged: Set<WebhookID> = []
    var figures = WebhookFigures()
    /// When the next wake is due that somebody sleeps for.
    var nextWake: Timestamp?
  }

  /// - Throws: ``StreamError/tls(_:)`` when the file of authorities cannot be read.
  package init(_ house: House, options: WebhookOptions = WebhookOptions(), logger: Logger) throws {
    (self.house, self.options, log) = (house, options, logger)
    post = WebhookPost(options: options, tls: try TLSClientContext(caFile: options.tlsCAFile))
    // One that waits stands for all: whoever is woken looks at everything.
    (wakes, wake) = AsyncStream.makeStream(of: Void.self, bufferingPolicy: .bufferingNewest(1))
    house.store.onEvents { [wake] _ in wake.yield() }
    wake.yield()
  }

  package var figures: WebhookFigures { state.withLock { $0.figures } }

  /// Looks for work at once.
  func kick() { wake.yield() }

  /// Delivers until the task is cancelled. Once.
  package func run() async {
    await withDiscardingTaskGroup { group in
      for await _ in wakes {
        do throws(MailStoreError) { try await begin(&group) } catch {
          log.error("webhooks cannot be read", metadata: ["error": "\(error)"])
          sleep(until: house.now.adding(seconds: Self.storeRetrySeconds), &group)
        }
      }
      group.cancelAll()
    }
  }

  private static let storeRetrySeconds: Int64 = 5

  private func begin(_ group: inout DiscardingTaskGroup) async throws(MailStoreError) {
    let now = house.now
    let due = try await house.store.dueWebhooks(at: now)
    for id in due.damaged where state.withLock({ $0.damaged.insert(id).inserted }) {
      log.error(
        "a webhook cannot be opened and gets nothing: delete it and make it anew",
        metadata: ["webhook": "\(id)"])
    }
    for job in due.jobs {
      let id = job.webhook.id
      let begins = state.withLock { state in
        guard state.running.count < options.atOnceMax else { return false }
        return state.running.insert(id).inserted
      }
      guard begins else { continue }
      group.addTask { [self] in
        await deliver(job)
        state.withLock { _ = $0.running.remove(id) }
        // What came meanwhile, and who waits for a place.
        wake.yield()
      }
    }
    if let next = try await house.store.nextWebhookAttempt(after: now) { sleep(until: next, &group) }
  }

  private func sleep(until time: Timestamp, _ group: inout DiscardingTaskGroup) {
    let isFirst = state.withLock { state in
      if let next = state.nextWake, next <= time { return false }
      state.nextWake = time
      return true
    }
    guard isFirst else { return }
    group.addTask { [self] in
      await house.clock.sleep(milliseconds: max(0, time.milliseconds - house.now.milliseconds) + 1)
      state.withLock { if $0.nextWake == time { $0.nextWake = nil } }
      wake.yield()
    }
  }

  /// Delivers what there is, until something fails, or others want their turn.
  private func deliver(_ job: WebhookJob) async {
    do throws(RPCError) {
      let hook = job.webhook
      let events = try await house.events(hook.tenantID, after: hook.cursor, limit: options.eventsAtOnceMax)
      /// The last one, while it is one that is not wanted.
      var passed: Int64?
      for (seq, event) in events {
        guard hook.kinds.isEmpty || hook.kinds.contains(event.type.rawValue) else {
          passed = seq
          continue
        }
        guard try await deliver(CloudEvent(event, tenant: hook.tenantID), job, cursor: seq) else { return }
        passed = nil
      }
      if let passed { _ = try await advance(job, passed, delivered: false) }
    } catch {
      log.warning("a webhook's events cannot be read", metadata: ["webhook": "\(job.webhook.id)"])
      await house.clock.sleep(milliseconds: Self.storeRetrySeconds * 1000)
    }
  }

  /// - Returns: whether to go on with the next event.
  private func deliver(_ event: CloudEvent, _ job: WebhookJob, cursor: Int64) async throws(RPCError) -> Bool {
    let hook = job.webhook
    let at = house.now
    switch await post.send(event, url: hook.url, secrets: job.secrets(at: at), at: at) {
    case .delivered:
      state.withLock { $0.figures.delivered += 1 }
      return try await advance(job, cursor, delivered: true)
    case .cancelled: return false
    case .gone:
      state.withLock { $0.figures.failed += 1 }
      let failure = WebhookFailure(status: 410, problem: "it answered 410", nextAttemptAt: house.now)
      try await stop(job, .off, .gone, failure)
    case .failed(let status, let problem, let retryAfter):
      state.withLock { $0.figures.failed += 1 }
      let now = house.now
      let wait = options.backoff.milliseconds(
        afterFailures: Int(clamping: try await failures(job) + 1), draw: Double.random(in: 0..<1))
      let asked = min(retryAfter ?? 0, options.retryAfterSecondsMax) * 1000
      let failure = WebhookFailure(
        status: status.map { Int64($0) }, problem: problem,
        nextAttemptAt: Timestamp(milliseconds: now.milliseconds + max(wait, asked)))
      if let since = try await failingSince(job), since.adding(seconds: options.giveUpSeconds) <= now {
        try await stop(job, .parked, .failing, failure)
      } else {
        _ = try await storing { () async throws(MailStoreError) in
          try await house.store.failWebhook(hook.id, version: hook.version, failure, at: now)
        }
      }
    }
    return false
  }

  /// As they are now: successes since the job was read have ended those that it knows.
  private func failures(_ job: WebhookJob) async throws(RPCError) -> Int64 {
    try await present(job)?.failures ?? 0
  }

  private func failingSince(_ job: WebhookJob) async throws(RPCError) -> Timestamp? {
    try await present(job)?.failingSince
  }

  private func present(_ job: WebhookJob) async throws(RPCError) -> Webhook? {
    do throws(MailStoreError) {
      return try await house.store.webhookJob(job.webhook.id, tenant: job.webhook.tenantID).webhook
    } catch .notFound { return nil } catch { throw RPCError(error) }
  }

  private func advance(_ job: WebhookJob, _ cursor: Int64, delivered: Bool) async throws(RPCError) -> Bool {
    try await storing { () async throws(MailStoreError) in
      try await house.store.advanceWebhook(
        job.webhook.id, version: job.webhook.version, cursor: cursor, delivered: delivered, at: house.now)
    }
  }

  private func stop(
    _ job: WebhookJob, _ state: WebhookState, _ reason: WebhookReason, _ failure: WebhookFailure
  ) async throws(RPCError) {
    let hook = job.webhook
    log.notice(
      "a webhook is left alone", metadata: ["webhook": "\(hook.id)", "reason": "\(reason.rawValue)"])
    try await storing { () async throws(MailStoreError) in
      try await house.store.stopWebhook(
        hook.id, version: hook.version, state, reason: reason, failure, at: house.now)
    }
  }

  /// Sends a test event now.
  func test(_ job: WebhookJob) async -> APIWebhookTest {
    let at = house.now
    let began = house.clock.uptimeMilliseconds
    let outcome = await post.send(
      CloudEvent(testOf: job.webhook.id, tenant: job.webhook.tenantID, at: at), url: job.webhook.url,
      secrets: job.secrets(at: at), at: at)
    let milliseconds = max(0, house.clock.uptimeMilliseconds - began)
    return switch outcome {
    case .delivered(let status):
      APIWebhookTest(delivered: true, status: Int64(status), milliseconds: milliseconds)
    case .gone:
      APIWebhookTest(
        delivered: false, status: 410, problem: "it answered 410: an event would turn it off",
        milliseconds: milliseconds)
    case .failed(let status, let problem, _):
      APIWebhookTest(
        delivered: false, status: status.map { Int64($0) }, problem: problem, milliseconds: milliseconds)
    case .cancelled:
      APIWebhookTest(delivered: false, problem: "the call was cancelled", milliseconds: milliseconds)
    }
  }
}

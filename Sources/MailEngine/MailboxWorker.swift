internal import IMAPClient
internal import Logging
internal import MailStore

/// Keeps one mailbox read: connects, lets a ``MailboxSession`` do the work, and when that fails waits
/// and connects again. Ends when its task is cancelled or the mailbox is gone.
final class MailboxWorker {
  private let control: MailboxControl
  private let context: EngineContext
  private let log: Logger
  private let trouble = SyncTrouble()
  private var failures = 0
  private var failingSince: Int64?
  /// The first reading had not been finished when this began.
  private var owesCompletion = false

  init(_ control: MailboxControl, _ context: EngineContext) {
    self.control = control
    self.context = context
    log = context.logger(for: control.id)
  }

  nonisolated(nonsending) func run() async {
    var isFirst = true
    if control.delayMilliseconds > 0 {
      await control.wait(for: .sync, atMost: control.delayMilliseconds, clock: context.clock)
    }
    while !Task.isCancelled {
      var settings: ServerSettings?
      do {
        let mailbox = try await context.store.mailbox(control.id, tenant: nil)
        settings = mailbox.imap
        if isFirst {
          isFirst = false
          owesCompletion = mailbox.state == .connecting || mailbox.state == .syncing
          try await setState(.connecting)
        }
        context.board.setPhase(control.id, .connecting)
        try await connectAndServe(mailbox)
      } catch {
        if Task.isCancelled { return }
        let server = settings ?? ServerSettings(host: "", port: 0, security: .tls)
        if await !recover(from: SyncFailure(error, settings: server)) { return }
      }
    }
  }

  private nonisolated(nonsending) func connectAndServe(_ mailbox: Mailbox) async throws {
    let connection = try await context.imap(
      of: mailbox, mailbox.state == .connecting || mailbox.state == .syncing ? .backfill : .watch,
      onWait: { [context, control] in context.board.setPhase(control.id, .waiting) },
      setsUp: !trouble.mayAskAtOnce)
    defer {
      connection.close()
      context.turns.forget(control)
    }
    let session = MailboxSession(
      mailbox, connection, control, context, trouble: trouble, owesCompletion: owesCompletion)
    let start = context.clock.uptimeMilliseconds
    do {
      defer { session.countOctets() }
      try await session.run()
    } catch {
      if session.hasBegun { failingSince = nil }
      let lasted = context.clock.uptimeMilliseconds - start
      // A server that greets us and hangs up, time and again, is not asked every second.
      if session.hasProgressed || lasted >= Self.steadyMilliseconds { failures = 0 }
      owesCompletion = session.owesCompletion
      throw error
    }
  }

  /// A connection that lasted so long, even without mail, ends the count of failures.
  private static let steadyMilliseconds: Int64 = 30_000

  /// Writes down what happened and waits for the next attempt.
  /// - Returns: false when there will be none.
  private nonisolated(nonsending) func recover(from failure: SyncFailure) async -> Bool {
    failures += 1
    let now = context.clock.uptimeMilliseconds
    let since = failingSince ?? now
    failingSince = since
    switch failure.verdict {
    case .end:
      context.board.remove(control.id)
      await control.stop.wait()
      return false
    case .disconnect(let reason):
      log.warning("mailbox disconnected", metadata: ["reason": "\(reason.rawValue)"])
      context.board.setPhase(control.id, .stopped)
      await noteState(.disconnected, reason, failure.detail, nextAttempt: nil)
      // Signing in again, or an explicit wish to sync, begins anew.
      _ = control.take(.sync)
      await control.wait(for: .sync, atMost: nil, clock: context.clock)
      failingSince = nil
      return !Task.isCancelled
    case .retry(let reason):
      let backoff = context.options.backoff.milliseconds(
        afterFailures: failures, draw: Double.random(in: 0..<1))
      let pause = reason == .throttled ? context.options.throttledSeconds * 1000 : 0
      let wait = max(backoff, pause, failure.pauseMilliseconds)
      let isLong = now - since >= context.options.unreachableSeconds * 1000
      log.info("mailbox connection failed", metadata: ["failures": "\(failures)", "waitMs": "\(wait)"])
      context.board.setPhase(control.id, .waiting)
      let next = Timestamp(milliseconds: context.clock.now.milliseconds + wait)
      // After the limit the mailbox counts as disconnected, but a server that comes back is found.
      let state: MailboxState = isLong && reason == nil ? .disconnected : .retrying
      await noteState(
        state, isLong ? reason ?? .serverUnreachable : reason, failure.detail, nextAttempt: next)
      _ = control.take(.sync)
      await control.wait(for: .sync, atMost: wait, clock: context.clock)
      return !Task.isCancelled
    }
  }

  private nonisolated(nonsending) func setState(_ state: MailboxState) async throws(MailStoreError) {
    try await context.store.setMailboxState(
      control.id, state, reason: nil, detail: nil, nextAttemptAt: nil, at: context.clock.now)
  }

  private nonisolated(nonsending) func noteState(
    _ state: MailboxState, _ reason: MailboxReason?, _ detail: String?, nextAttempt: Timestamp?
  ) async {
    do {
      try await context.store.setMailboxState(
        control.id, state, reason: reason, detail: detail, nextAttemptAt: nextAttempt, at: context.clock.now)
    } catch {
      log.error("mailbox state not stored", metadata: ["error": "\(error)"])
    }
  }
}

package import Logging
package import MailReading
package import MailStore
internal import Bytes
internal import HTTPClient
internal import MIME
internal import SASL
internal import Synchronization
package import Tracing

/// Keeps mailboxes read, sends mail, erases what is to be erased, and tells of changes.
///
/// One engine for one store. ``start()`` once, ``shutdown(within:)`` at the end; everything else may
/// be called from anywhere in between.
package final class MailEngine: Sendable {
  /// Wakes subscribers when events are committed.
  package let changes: ChangeFeed
  /// Parses what strangers wrote.
  package let reader: any MailReader
  /// How far every mailbox has been read. Knows no tenants: the caller asks for its own mailboxes.
  package let progress: ProgressBoard

  let context: EngineContext
  /// People on their way through their provider's pages.
  package let grants: OAuthGrants
  let supervisor: Supervisor
  let purges: PurgeRunner
  let retention: RetentionSweeper
  let search: SearchIndexer
  let audits: AuditSweeper
  private let outbox: Outbox
  private let root = Mutex<Task<Void, Never>?>(nil)
  private let isClosed = Watched(false)
  private let hasBegun = Watched(false)
  private let hasEnded = Watched(false)

  /// Errors: ``EngineError/invalid(field:reason:)`` when the file of authorities cannot be read.
  package init(
    store: any MailStoring, reader: any MailReader = InProcessReader(), options: EngineOptions = .init(),
    clock: any EngineClock = SystemClock(), logger: Logger, tracer: (any Tracer)? = nil
  ) throws(EngineError) {
    let supervisor = Supervisor()
    let progress = ProgressBoard()
    self.reader = reader
    self.supervisor = supervisor
    self.progress = progress
    let budgets = ConnectionBudgets(options: options.budgets, clock: clock)
    let connector = try Connector(options: options, spans: Spans(tracer: tracer), budgets: budgets)
    let client = OAuthClient(dial: { [web = connector.web] address, seconds throws(OAuthFailure) in
      do throws(StreamError) { return try await web.connect(address, seconds: seconds) } catch {
        throw .unavailable("\(address.host): \(error)")
      }
    })
    grants = OAuthGrants(providers: options.oauthProviders, client: client, clock: clock)
    context = EngineContext(
      store: store, options: options, clock: clock, connector: connector,
      budgets: budgets, turns: BackfillTurns(max: options.budgets.backfillsMax),
      tokens: AccessTokens(
        providers: options.oauthProviders, client: client, store: store, clock: clock, log: logger),
      reader: reader,
      board: progress, log: logger, spans: Spans(tracer: tracer),
      kick: { ids, kicks in supervisor.kick(ids, kicks) })
    changes = ChangeFeed(store: store)
    let purges = PurgeRunner(supervisor: supervisor)
    self.purges = purges
    retention = RetentionSweeper(context: context) { purges.add($0) }
    let search = SearchIndexer(context: context)
    self.search = search
    store.onEvents { _ in search.kick() }
    audits = AuditSweeper(context: context) { [context] mailbox in
      try await MailboxAuditor(context: context, supervisor: supervisor).audit(mailbox)
    }
    outbox = Outbox(store: store, options: options, clock: clock, reader: reader)
  }

  /// What each host is asked for now, and how many mailboxes read older mail or wait for it.
  package var hostUse: [HostUse] { context.budgets.hosts }
  package var backfills: (reading: Int, waiting: Int) { context.turns.figures }

  /// What a mailbox's account has used of its provider's budgets.
  package func accountUse(of mailbox: Mailbox) -> AccountUse {
    context.budgets.use(of: ConnectionBudgets.Account(mailbox.imap, user: mailbox.userName))
  }

  var store: any MailStoring { context.store }
  var clock: any EngineClock { context.clock }

  // MARK: Life

  /// Takes up everything where it was left: mails on their way out, erasures, and the tasks of all
  /// mailboxes that are not turned off.
  ///
  /// Returns when they have been started. A store that cannot be read is tried again by itself.
  package func start() async {
    let isFirst = root.withLock { root in
      guard root == nil else { return false }
      root = Task { [supervisor, purges, context, hasEnded, hasBegun, isClosed] in
        await withTaskGroup(of: Void.self) { group in
          group.addTask { await supervisor.run(context) }
          group.addTask { await purges.run(context) }
          group.addTask { await self.takeUp(hasBegun) }
          group.addTask { await UploadSweeper(context: context).run(isClosed) }
          group.addTask { await self.retention.run(isClosed) }
          group.addTask { await self.search.run(isClosed) }
          group.addTask { await self.audits.run(isClosed) }
        }
        hasEnded.open()
      }
      return true
    }
    if isFirst { await hasBegun.wait() }
  }

  /// - Parameter hasTried: opened after the first try, whatever came of it.
  private func takeUp(_ hasTried: Watched<Bool>) async {
    var failures = 0
    while !isClosed.value, !Task.isCancelled {
      do throws(MailStoreError) {
        try await takeUpOnce()
        hasTried.open()
        return
      } catch {
        hasTried.open()
        failures += 1
        context.log.error("the store cannot be used at the start", metadata: ["error": "\(error)"])
      }
      let wait = context.options.backoff.milliseconds(afterFailures: failures, draw: Double.random(in: 0..<1))
      await isClosed.wait(until: { $0 }, atMost: wait, clock: clock)
    }
  }

  private func takeUpOnce() async throws(MailStoreError) {
    try await store.recoverSubmissions(at: clock.now)
    purges.add(try await store.unfinishedPurges())
    let mailboxes = try await store.mailboxes(tenant: nil)
      .filter { $0.state != .disconnected || $0.reason != .turnedOff }
    for (i, mailbox) in mailboxes.enumerated() {
      let delay = Int64(i) * 1000 / max(context.options.startsPerSecond, 1)
      supervisor.start(mailbox.id, delayMilliseconds: delay)
    }
  }

  /// Ends all tasks and waits for it. Mails on their way out, and an erasure's batch, are given
  /// `seconds`; afterwards they are cut off, and go on at the next start.
  package func shutdown(within seconds: Int64) async {
    isClosed.open()
    retention.kick()
    search.kick()
    purges.close()
    supervisor.close()
    guard let task = root.withLock({ $0 }) else { return }
    let milliseconds = max(min(seconds, 86_400), 0) * 1000
    if await !hasEnded.wait(until: { $0 }, atMost: milliseconds, clock: clock) {
      supervisor.closeHard()
      task.cancel()
    }
    await task.value
  }

  func requireOpen() throws(EngineError) { if isClosed.value { throw .shuttingDown } }

  /// What callers may give of uploads.
  package var uploadPolicy: UploadPolicy { context.options.uploadPolicy }

  // MARK: Sending

  /// Accepts a mail for sending (S14, S16): when this returns it is written down and will be sent.
  package func send(_ request: SendRequest) async throws(EngineError) -> CreatedSubmission {
    try requireOpen()
    let created = try await outbox.accept(request)
    if !created.replayed {
      let control = supervisor.control(of: request.mailboxID)
      control?.noteSender(of: created.submission.id)
      control?.kick(.outbox)
    }
    return created
  }

  /// What a mail waits for besides its time; nil for one that is not due or is on its way.
  package func sendWait(of submission: Submission) async throws(EngineError) -> SendWait? {
    guard submission.state == .queued || submission.state == .deferred,
      let due = submission.nextAttemptAt, due <= clock.now
    else { return nil }
    let limit = context.options.outbox.perMinuteMax.map { Int64($0) }
    return try await storing { () async throws(MailStoreError) in
      try await store.sendWait(of: submission.mailboxID, perMinuteMax: limit, at: clock.now)
    }
  }

  /// Takes a mail back that has not begun to leave. Errors: `store(conflict)` with the state it is in.
  package func cancelSend(_ id: SubmissionID, tenant: TenantID) async throws(EngineError) -> Submission {
    try await storing { () async throws(MailStoreError) in
      _ = try await store.submission(id, tenant: tenant)
      var update = SubmissionUpdate(state: .cancelled)
      update.sentCopy = .skipped
      return try await store.updateSubmission(id, expected: [.queued, .deferred], update, at: clock.now)
    }
  }

  // MARK: Tracking

  /// Starts tracking the conversation of a mail (S6 d) and has its bodies fetched.
  package func track(_ mail: MailID, tenant: TenantID) async throws(EngineError) -> MailStore.Thread {
    let (thread, wanted) = try await storing { () async throws(MailStoreError) in
      try await store.track(mail, tenant: tenant, at: clock.now)
    }
    supervisor.kick(wanted, .wanted)
    return thread
  }

  // MARK: Erasing

  /// Begins an erasure (S19). It goes on by itself; its receipt is `store.purge(_:tenant:)`, and event
  /// `purge.done` tells when.
  package func purge(_ scope: PurgeScope, tenant: TenantID, by: String) async throws(EngineError) -> Purge {
    try requireOpen()
    let purge = try await storing { () async throws(MailStoreError) in
      try await store.beginPurge(scope, tenant: tenant, by: by, at: clock.now)
    }
    purges.add([purge])
    return purge
  }
}

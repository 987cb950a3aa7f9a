internal import Logging
internal import MailStore
internal import SMTPClient
internal import Tracing

/// Sends the mails of one mailbox, one after the other, and sees to their copies in Sent.
///
/// The only writer of the mailbox's submissions while it runs. Ends after ``MailboxControl/stop``
/// opens, when the mail that is on its way has its answer; cancelling its task cuts that off, and the
/// row then says what is known.
final class OutboxRunner {
  private let control: MailboxControl
  private let context: EngineContext
  private let machine: OutboxMachine
  private let log: Logger
  private var connection: SMTPConnection?
  /// Looks made for mails whose fate is unknown, since this runner began.
  private var looks: [SubmissionID: Int] = [:]
  private var sentCopies: SentCopies
  /// After a server that could not be used at all, nothing is tried before this moment.
  private var pausedUntil: Int64 = 0
  /// The limits of mailbox and tenant let nothing go before this moment. Asked anew in each round: they may change.
  private var heldUntil: Int64 = 0

  init(_ control: MailboxControl, _ context: EngineContext) {
    self.control = control
    self.context = context
    machine = OutboxMachine(policy: context.options.outbox)
    log = context.logger(for: control.id)
    sentCopies = SentCopies(context)
  }

  private var policy: OutboxPolicy { context.options.outbox }
  private var now: Timestamp { context.clock.now }
  private var uptime: Int64 { context.clock.uptimeMilliseconds }
  private var isStopping: Bool { control.stop.value || Task.isCancelled }

  nonisolated(nonsending) func run() async {
    while !isStopping {
      var wait: Int64?
      do throws(MailStoreError) {
        try await round()
        wait = try await millisecondsToNext()
      } catch {
        if case .notFound("mailbox") = error { break }
        log.error("outbox cannot use the store", metadata: ["error": "\(error)"])
        wait = Self.storePause
      }
      if isStopping { break }
      await control.wait(for: .outbox, atMost: wait, clock: context.clock)
      _ = control.take(.outbox)
    }
    connection?.close()
  }

  private static let storePause: Int64 = 5000

  /// Everything that is due.
  private nonisolated(nonsending) func round() async throws(MailStoreError) {
    let mailbox = try await context.store.mailbox(control.id, tenant: nil)
    var doubtful: [Submission] = []
    heldUntil = 0
    if uptime >= pausedUntil {
      var handled: Set<SubmissionID> = []
      while !isStopping, mayLeave {
        let due = try await context.store.dueSubmissions(mailbox: control.id, by: now, limit: policy.batch)
          .filter { handled.insert($0.id).inserted }
        if due.isEmpty { break }
        for submission in due where !isStopping {
          switch submission.state {
          case .queued, .deferred: try await attempt(submission, mailbox)
          case .sending, .dataOpen: try await adopt(submission)
          case .unknown: doubtful.append(submission)
          case .accepted, .failed, .cancelled: break
          }
          if !mayLeave { break }
        }
      }
    }
    await connection?.quit()
    connection = nil
    if isStopping { return }
    if !doubtful.isEmpty { try await look(for: doubtful, mailbox) }
    try await sentCopies.make(mailbox, isStopping: { [control] in control.stop.value || Task.isCancelled })
  }

  private nonisolated(nonsending) func millisecondsToNext() async throws(MailStoreError) -> Int64? {
    var next: [Int64] = []
    if let due = try await context.store.nextSubmissionDue(mailbox: control.id) {
      // A row that is due and was not handled waits for its turn, not in a tight loop.
      next.append(
        max(due.milliseconds - now.milliseconds, Self.leastPause, max(pausedUntil, heldUntil) - uptime))
    }
    if let retry = sentCopies.nextRetry { next.append(max(retry - uptime, Self.leastPause)) }
    return next.min().map { min($0, Self.longestPause) }
  }

  private var mayLeave: Bool { uptime >= max(pausedUntil, heldUntil) }

  private static let leastPause: Int64 = 100
  /// Due times are of the wall clock, which may be set while we wait.
  private static let longestPause: Int64 = 60_000

  // MARK: One attempt

  private nonisolated(nonsending) func attempt(_ submission: Submission, _ mailbox: Mailbox)
    async throws(MailStoreError)
  {
    guard let row = try await begin(submission) else { return }
    let end = try await context.spans.run(
      "mail send", .client, parent: control.sender(of: row.id),
      [
        "postroom.submission": "\(row.id)", "postroom.mailbox": "\(control.id)",
        "postroom.attempt": .int64(row.attempts),
      ]
    ) { () async throws(MailStoreError) -> Submission? in try await handOver(row, mailbox) }
    if end?.state == .unknown { looks[row.id] = 0 }
    if end?.state.isFinal == true { control.forgetSender(of: row.id) }
    log.info("mail sent on", metadata: ["submission": "\(row.id)", "state": "\(end?.state.rawValue ?? "-")"])
  }

  /// Gives the mail to the server and writes down what that said.
  private nonisolated(nonsending) func handOver(
    _ submission: Submission, _ mailbox: Mailbox
  ) async throws(MailStoreError) -> Submission? {
    var row = submission
    let event: OutboxEvent
    do {
      let facts = try await facts(of: row.id)
      var envelope = SMTPEnvelope(
        from: row.envelopeFrom, recipients: row.recipients.filter { $0.accepted == nil }.map(\.email))
      if row.wantsReports { envelope.reports = SMTPEnvelope.Reports(id: row.messageID) }
      let receipt = try await transmit(envelope, row.id, facts, mailbox) {
        // From here on the server may have the mail although we never hear of it.
        guard let open = try await self.move(row, .finalDot) else { throw MailStoreError.conflict("sending") }
        row = open
      }
      event = SubmissionOutcome.event(receipt)
    } catch {
      event = SubmissionOutcome.event(error, isOpen: row.state == .dataOpen)
      noteTrouble(error)
    }
    let end = try await settle(row, event, mailbox)
    return end
  }

  /// Over the open connection, or a new one. A connection that was kept from the mail before may have
  /// been ended meanwhile: then, while nothing is in doubt, a new one is used.
  private nonisolated(nonsending) func transmit(
    _ envelope: SMTPEnvelope, _ id: SubmissionID, _ facts: MessageFacts, _ mailbox: Mailbox,
    beforeFinalDot: () async throws -> Void
  ) async throws -> SMTPReceipt {
    var mail = try await context.store.submissionStream(id)
    if let kept = connection, kept.isOpen {
      var isOpen = false
      do {
        return try await kept.send(envelope, facts: facts, next: { try await mail.piece() }) {
          try await beforeFinalDot()
          isOpen = true
        }
      } catch let error as SMTPClientError {
        guard !isOpen, Self.isStale(error) else { throw error }
        kept.close()
      }
    }
    let fresh = try await context.smtp(of: mailbox)
    connection = fresh
    await note(fresh.messageOctetsMax, of: mailbox)
    mail = try await context.store.submissionStream(id)
    return try await fresh.send(
      envelope, facts: facts, next: { try await mail.piece() }, beforeFinalDot: beforeFinalDot)
  }

  /// What must be announced of a mail. It is read for that and again to be sent: holding it would cost its
  /// size in memory, reading it costs some milliseconds for each megabyte.
  private nonisolated(nonsending) func facts(of id: SubmissionID) async throws(MailStoreError) -> MessageFacts
  {
    var mail = try await context.store.submissionStream(id)
    var facts = MessageFacts()
    while let piece = try await mail.piece() { facts.add(piece) }
    facts.finish()
    return facts
  }

  /// What the provider takes at the most is asked when the next mail is accepted.
  private nonisolated(nonsending) func note(_ limit: Int?, of mailbox: Mailbox) async {
    let limit = limit.map { Int64($0) }
    if limit == mailbox.smtpOctetsMax { return }
    do throws(MailStoreError) {
      try await context.store.setMailboxSMTPLimit(mailbox.id, limit)
    } catch {
      // It is noted with the next connection.
      log.warning("a provider's limit was not noted", metadata: ["error": "\(error)"])
    }
  }

  private static func isStale(_ error: SMTPClientError) -> Bool {
    switch error {
    case .stream: true
    case .refused(let command, let reply): command == "MAIL" && reply.code == 421
    default: false
    }
  }

  /// A server that could not be reached, or would not let us in, is not asked again for each mail.
  private func noteTrouble(_ error: any Error) {
    guard let failure = error as? ConnectFailure else { return }
    let pause = policy.retryMilliseconds.first ?? 60_000
    pausedUntil = uptime + pause
    log.warning("submission server not usable", metadata: ["problem": "\(failure.problem.rawValue)"])
  }

  /// nil when it does not leave now: a limit holds it, or it is in another state by now.
  private nonisolated(nonsending) func begin(_ row: Submission) async throws(MailStoreError) -> Submission? {
    guard let update = machine.change(row, .begins, now: now, draw: 0) else { return nil }
    let (store, id, state, at) = (context.store, row.id, row.state, now)
    let limit = policy.perMinuteMax.map { Int64($0) }
    do throws(MailStoreError) {
      let start = try await shielded { () async throws(MailStoreError) in
        try await store.beginAttempt(id, expected: state, update, perMinuteMax: limit, at: at)
      }
      switch start {
      case .began(let row): return row
      case .waits(let wait):
        heldUntil = uptime + max(wait.until.milliseconds - at.milliseconds, Self.leastPause)
        return nil
      }
    } catch .conflict {
      return nil
    }
  }

  // MARK: Rows

  /// A row in the middle of an attempt, which nobody makes: attempts end before the next round begins.
  /// Its maker was cut off.
  private nonisolated(nonsending) func adopt(_ submission: Submission) async throws(MailStoreError) {
    _ = try await move(submission, .orphaned)
  }

  /// The end of an attempt is written even when the task is cancelled, and tried again for a while:
  /// the server's word must not be lost.
  private nonisolated(nonsending) func settle(
    _ row: Submission, _ event: OutboxEvent, _ mailbox: Mailbox
  ) async throws(MailStoreError) -> Submission? {
    var tries = 0
    while true {
      do throws(MailStoreError) {
        return try await move(row, event, providerFiles: mailbox.providerFilesSentMail)
      } catch {
        tries += 1
        switch error {
        case .conflict, .notFound: throw error
        default: if tries >= Self.settleTries || Task.isCancelled { throw error }
        }
        await context.clock.sleep(milliseconds: 1000)
      }
    }
  }

  private static let settleTries = 30

  /// Writes the change that `event` makes. nil when the row is in another state by now.
  private nonisolated(nonsending) func move(
    _ row: Submission, _ event: OutboxEvent, providerFiles: Bool = false
  ) async throws(MailStoreError) -> Submission? {
    guard var update = machine.change(row, event, now: now, draw: Double.random(in: 0..<1)) else {
      return nil
    }
    if update.state == .accepted, providerFiles { update.sentCopy = .provider }
    let (store, id, expected, change, at) = (context.store, row.id, row.state, update, now)
    do throws(MailStoreError) {
      return try await shielded { () async throws(MailStoreError) in
        try await store.updateSubmission(id, expected: [expected], change, at: at)
      }
    } catch .conflict {
      return nil
    }
  }

  // MARK: Unknown fates

  private nonisolated(nonsending) func look(for doubtful: [Submission], _ mailbox: Mailbox)
    async throws(MailStoreError)
  {
    let found = await SubmissionSearch(context).found(doubtful, mailbox)
    for submission in doubtful {
      if found.contains(submission.id) {
        looks[submission.id] = nil
        _ = try await settle(submission, .found, mailbox)
      } else {
        // The look right after a start, which came without waiting, is none of the scheduled ones.
        let n = looks[submission.id].map { $0 + 1 } ?? 0
        looks[submission.id] = n
        _ = try await move(submission, .notFound(looks: n))
      }
    }
  }
}

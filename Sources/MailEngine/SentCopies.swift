internal import IMAPClient
internal import IMAPCodec
internal import Logging
internal import MailStore

/// Puts a copy of each mail that was sent into the Sent folder, once (S15).
///
/// The folder is searched for the Message-ID before anything is appended: the server may have filed
/// the mail itself, or an earlier try, ours, may have succeeded unseen.
struct SentCopies {
  private let context: EngineContext
  /// Failed tries and the moment of the next one.
  private var trouble: [SubmissionID: (tries: Int, next: Int64)] = [:]

  init(_ context: EngineContext) { self.context = context }

  /// The clock's uptime at which a copy is to be tried again.
  var nextRetry: Int64? { trouble.values.map(\.next).min() }

  private var uptime: Int64 { context.clock.uptimeMilliseconds }
  private var policy: OutboxPolicy { context.options.outbox }

  /// Makes the copies that are due. What fails is tried later, and never changes the mail's own state.
  nonisolated(nonsending) mutating func make(
    _ mailbox: Mailbox, isStopping: () -> Bool
  ) async throws(MailStoreError) {
    let pending = try await context.store.pendingSentCopies(mailbox: mailbox.id, limit: policy.batch)
    trouble = trouble.filter { id, _ in pending.contains { $0.id == id } }
    let moment = uptime
    let due = pending.filter { moment >= trouble[$0.id]?.next ?? 0 }
    if due.isEmpty || isStopping() { return }
    if mailbox.providerFilesSentMail {
      for submission in due { try await note(submission, .provider) }
      return
    }
    let known = try await context.store.folders(mailbox.id).first { $0.role == .sent }?.wireName
    do {
      try await file(due, in: known, mailbox, isStopping: isStopping)
    } catch {
      if let error = error as? MailStoreError { throw error }
      if Task.isCancelled { return }
      let words = SyncFailure(error, settings: mailbox.imap).detail
      for submission in due where try await isPending(submission) { try await noteTrouble(submission, words) }
    }
    // Accepted rows beyond the batch come at once.
    if pending.count >= policy.batch, trouble.isEmpty, !isStopping() {
      try await make(mailbox, isStopping: isStopping)
    }
  }

  private nonisolated(nonsending) mutating func file(
    _ due: [Submission], in known: [UInt8]?, _ mailbox: Mailbox, isStopping: () -> Bool
  ) async throws {
    let connection = try await context.imap(of: mailbox)
    defer { connection.close() }
    guard let name = try await Self.sentFolder(known, connection) else {
      for submission in due { try await note(submission, .skipped, "there is no folder for sent mail") }
      return
    }
    var missing: [Submission] = []
    _ = try await connection.select(name, readOnly: true)
    for submission in due {
      if try await isThere(submission, connection) {
        try await note(submission, .provider)
      } else {
        missing.append(submission)
      }
    }
    if !missing.isEmpty, policy.sentCopyWaitMilliseconds > 0 {
      // Some servers file the mail themselves a moment later.
      await context.clock.sleep(milliseconds: policy.sentCopyWaitMilliseconds)
      _ = try await connection.noop()
    }
    for submission in missing where !isStopping() {
      if try await isThere(submission, connection) {
        try await note(submission, .provider)
        continue
      }
      var mail = try await context.store.submissionStream(submission.id)
      do {
        _ = try await connection.append(
          name, octets: Int(clamping: mail.octets), next: { try await mail.piece() }, flags: ["\\Seen"],
          internalDate: submission.updatedAt.milliseconds / 1000)
      } catch let error as IMAPClientError {
        guard error.isRefusal, case .refused(_, _, let code, let text) = error else { throw error }
        let words = [code ?? "", text].filter { !$0.isEmpty }.joined(separator: " ")
        try await noteTrouble(submission, "the copy was refused: \(words)")
        continue
      }
      try await note(submission, .appended)
    }
    await connection.logout()
  }

  /// - Parameter known: its name, when the folders were read before.
  private static nonisolated(nonsending) func sentFolder(
    _ known: [UInt8]?, _ connection: IMAPConnection
  ) async throws(IMAPClientError) -> MailboxName? {
    if let known { return MailboxName(wire: known) }
    let listed = FolderRoles.listings(
      from: try await connection.list(),
      hasLabels: ProviderFacts.hasLabels(capabilities: connection.capabilities))
    return listed.first { $0.role == .sent }.map { MailboxName(wire: $0.wireName) }
  }

  private nonisolated(nonsending) func isThere(
    _ submission: Submission, _ connection: IMAPConnection
  ) async throws(IMAPClientError) -> Bool {
    try await !connection.search(.header(name: "Message-ID", Array(submission.messageID.utf8))).isEmpty
  }

  private nonisolated(nonsending) func isPending(_ submission: Submission) async throws(MailStoreError)
    -> Bool
  {
    try await context.store.submission(submission.id, tenant: nil).sentCopy == .pending
  }

  private nonisolated(nonsending) mutating func noteTrouble(
    _ submission: Submission, _ words: String
  ) async throws(MailStoreError) {
    let tries = trouble[submission.id]?.tries ?? 0
    guard tries < policy.sentCopyRetryMilliseconds.count else {
      trouble[submission.id] = nil
      try await note(submission, .failed, words)
      return
    }
    trouble[submission.id] = (tries + 1, uptime + policy.sentCopyRetryMilliseconds[tries])
  }

  /// The mail stays in its state, whatever becomes of its copy.
  private nonisolated(nonsending) mutating func note(
    _ submission: Submission, _ copy: SentCopy, _ words: String? = nil
  ) async throws(MailStoreError) {
    trouble[submission.id] = nil
    var update = SubmissionUpdate(state: submission.state)
    update.sentCopy = copy
    update.lastError = words
    let (store, id, expected, change, at) = (
      context.store, submission.id, submission.state, update, context.clock.now
    )
    do throws(MailStoreError) {
      _ = try await shielded { () async throws(MailStoreError) in
        try await store.updateSubmission(id, expected: [expected], change, at: at)
      }
    } catch .conflict {
      // Erased meanwhile, or moved by its owner: there is nothing to note any more.
    }
  }
}

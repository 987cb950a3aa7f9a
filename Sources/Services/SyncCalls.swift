internal import JSON
package import JSONRPC
internal import MailEngine
internal import MailStore
package import PostroomAPI

/// `sync.*`
package struct SyncCalls: SyncService {
  private let house: House
  package init(_ house: House) { self.house = house }

  package func run(_ params: SyncRunParams, _ context: CallContext) async throws(RPCError) -> APISyncStatus {
    let mailbox = try await house.mailbox(params.mailboxId, context)
    if mailbox.state == .disconnected {
      throw Self.disconnected(mailbox.id)
    }
    if params.wait { return try await round(of: mailbox.id, context) }
    house.engine.syncNow(mailbox.id)
    return try await status(of: mailbox)
  }

  /// Asks for a sync and waits for its end; tells how far it is meanwhile.
  private func round(of id: MailboxID, _ context: CallContext) async throws(RPCError) -> APISyncStatus {
    let ended: RPCError? = await withTaskGroup(of: RPCError?.self) { group in
      group.addTask {
        switch await house.engine.syncRound(id) {
        case .done: nil
        case .calledOff: Self.calledOff(id)
        case .unread: Self.disconnected(id)
        }
      }
      group.addTask { await follow(id, context) }
      let first = await group.next() ?? nil
      group.cancelAll()
      return first
    }
    let mailbox = try await house.mailbox(id.text, context)
    if let ended { throw ended }
    let last = try await status(of: mailbox)
    await context.progress(last.json)
    return last
  }

  /// Tells each change of the status, until nobody will finish the sync: then says why.
  private func follow(_ id: MailboxID, _ context: CallContext) async -> RPCError? {
    var told: APISyncStatus?
    while !Task.isCancelled {
      do throws(RPCError) {
        let mailbox = try await house.mailbox(id.text, context)
        if mailbox.state == .disconnected { return Self.disconnected(id) }
        let now = try await status(of: mailbox)
        if context.wantsProgress, now != told { await context.progress(now.json) }
        told = now
      } catch {
        return error
      }
      // Cancelled: the next turn ends.
      try? await Task.sleep(for: .milliseconds(Self.watchPauseMilliseconds))
    }
    return .cancelled
  }

  private static func disconnected(_ id: MailboxID) -> RPCError {
    RPCError(
      .mailboxDisconnected, "The mailbox is disconnected. Sign in again with mailbox.reconnect.",
      ["mailboxId": .string(id.text)])
  }

  private static func calledOff(_ id: MailboxID) -> RPCError {
    RPCError(
      .syncCancelled, "The sync was called off with sync.cancel. The next sync.run goes on where it stopped.",
      ["mailboxId": .string(id.text)])
  }

  package func cancel(_ params: SyncCancelParams, _ context: CallContext) async throws(RPCError)
    -> APISyncStatus
  {
    let id = try await house.mailbox(params.mailboxId, context).id
    await house.engine.callOffSync(id)
    return try await status(of: try await house.mailbox(params.mailboxId, context))
  }

  package func status(_ params: SyncStatusParams, _ context: CallContext) async throws(RPCError)
    -> APISyncStatus
  {
    try await status(of: try await house.mailbox(params.mailboxId, context))
  }

  package func watch(
    _ params: SyncWatchParams, _ context: CallContext, _ sink: TypedSink<APISyncStatus>
  ) async throws(RPCError) {
    let id = try await house.mailbox(params.mailboxId, context).id
    // Watched first and looked up again then: deleted in between it would be watched for ever.
    let changes = house.engine.progress.watch(id)
    try await sink.send(try await status(of: try await house.mailbox(params.mailboxId, context)))
    for await progress in changes {
      let mailbox: Mailbox
      do { mailbox = try await house.mailbox(params.mailboxId, context) } catch {
        // Deleted meanwhile: the end of this stream, not a failure of it.
        if error.reason == APIReason.mailboxUnknown.rawValue { return }
        throw error
      }
      try await sink.send(try await status(of: mailbox, progress))
      // A reading mailbox changes with every window; what comes meanwhile is told by the newest alone.
      // Cancelled: the next turn ends.
      try? await Task.sleep(for: .milliseconds(Self.watchPauseMilliseconds))
    }
  }

  private static let watchPauseMilliseconds: Int64 = 200

  private func status(of mailbox: Mailbox, _ progress: SyncProgress? = nil) async throws(RPCError)
    -> APISyncStatus
  {
    if let progress = progress ?? house.engine.progress.progress(of: mailbox.id) {
      return APISyncStatus(progress, state: mailbox.state)
    }
    // No worker has run since the start: what is stored is what there is to tell.
    let folders = try await storing { () async throws(MailStoreError) in
      try await house.store.folders(mailbox.id)
    }
    return APISyncStatus(SyncProgress(stopped: mailbox.id, folders), state: mailbox.state)
  }
}

extension SyncProgress {
  init(stopped id: MailboxID, _ folders: [Folder]) {
    self.init(mailboxID: id, phase: .stopped)
    self.folders = folders.filter(\.syncs).map { SyncProgress.FolderProgress($0) }
  }
}

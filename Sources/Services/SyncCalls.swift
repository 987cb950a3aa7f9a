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
      throw RPCError(
        .mailboxDisconnected, "The mailbox is disconnected. Sign in again with mailbox.reconnect.",
        ["mailboxId": .string(mailbox.id.text)])
    }
    house.engine.syncNow(mailbox.id)
    return try await status(of: mailbox)
  }

  package func status(_ params: SyncStatusParams, _ context: CallContext) async throws(RPCError)
    -> APISyncStatus
  {
    try await status(of: try await house.mailbox(params.mailboxId, context))
  }

  package func watch(
    _ params: SyncWatchParams, _ context: CallContext, _ sink: TypedSink<APISyncStatus>
  ) async throws(RPCError) {
    let mailbox = try await house.mailbox(params.mailboxId, context)
    try await sink.send(try await status(of: mailbox))
    for await progress in house.engine.progress.watch(mailbox.id) {
      try await sink.send(try await status(of: try await house.mailbox(params.mailboxId, context), progress))
    }
  }

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

internal import Logging
internal import MailReading
internal import MailStore

/// What all tasks of the engine share.
struct EngineContext: Sendable {
  let store: any MailStoring
  let options: EngineOptions
  let clock: any EngineClock
  let connector: Connector
  let budgets: ConnectionBudgets
  let turns: BackfillTurns
  let tokens: AccessTokens
  /// Parses what strangers wrote.
  let reader: any MailReader
  let board: ProgressBoard
  let log: Logger
  let spans: Spans
  /// Tells other mailboxes' tasks that there is something for them.
  let kick: @Sendable ([MailboxID], MailboxControl.Kicks) -> Void

  /// A logger that names the mailbox, by its number only.
  func logger(for id: MailboxID) -> Logger {
    var log = log
    log[metadataKey: "mailbox"] = "\(id)"
    return log
  }
}

/// Runs a store's change to its end even when the calling task is cancelled: what a server has
/// answered must be written down.
func shielded<R: Sendable>(
  _ body: @escaping @Sendable () async throws(MailStoreError) -> R
) async throws(MailStoreError) -> R {
  let result: Result<R, MailStoreError> = await Task {
    do throws(MailStoreError) { return .success(try await body()) } catch { return .failure(error) }
  }.value
  return try result.get()
}

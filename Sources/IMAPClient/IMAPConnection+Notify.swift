internal import Bytes
internal import IMAPCodec

extension IMAPConnection {
  /// Has the server tell of all the account's own folders, not only of the open one (RFC 5465).
  ///
  /// From here on ``UntaggedEvent/folderChanged(_:)`` and ``UntaggedEvent/folderListChanged`` come with the
  /// other events, also while ``idle(until:interruptedBy:)`` waits. Which messages it was is not told: ask by
  /// ``status(_:sizes:)``. It ends by ``UntaggedEvent/notificationsEnded``.
  /// - Returns: false when the server does not offer it or says no: ask the folders at intervals, then.
  @discardableResult
  package nonisolated(nonsending) func notifyOfFolders() async throws(IMAPClientError) -> Bool {
    try requireAuthenticated()
    if session.notifies { return true }
    guard session.has("NOTIFY") else { return false }
    // Servers need not tell of flags in other folders: `NO [BADEVENT ...]` then (RFC 5465 §5).
    for request in Self.requests {
      let status = try await perform(.plain("NOTIFY"), encode: { $0.word(request) })
      guard status.kind == .ok else { continue }
      session.setNotifies(true)
      return true
    }
    return false
  }

  /// SELECTED-DELAYED: expunges come only where a command permits them, as without NOTIFY.
  static let requests: [StaticString] = [
    """
    NOTIFY SET (SELECTED-DELAYED (MessageNew MessageExpunge FlagChange)) \
    (PERSONAL (MessageNew MessageExpunge FlagChange MailboxName))
    """,
    """
    NOTIFY SET (SELECTED-DELAYED (MessageNew MessageExpunge FlagChange)) \
    (PERSONAL (MessageNew MessageExpunge MailboxName))
    """,
  ]
}

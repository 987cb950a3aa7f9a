internal import Bytes
internal import IMAPClient
internal import IMAPCodec
internal import Logging
internal import MailStore

extension MailboxSession {
  /// Waits in the watched folder until something happens, somebody kicks, or folders are to be polled.
  nonisolated(nonsending) func waitForNews() async throws {
    guard let i = watched else {
      await control.wait(
        for: [.sync, .wanted, .turn], atMost: max(nextPoll - uptime, 0), clock: context.clock)
      return
    }
    let mayVisitAt = lastVisit + Self.visitPauseMilliseconds
    if folders[i].row.id != selected || uptime >= nextReopen || (folders[i].isDirty && uptime >= mayVisitAt) {
      try await visit(i)
      return
    }
    var until = nextPoll
    if folders[i].isDirty { until = min(until, mayVisitAt) }
    if connection.uses("IDLE") {
      let events = try await connection.idle(
        until: .after(milliseconds: max(until - uptime, 0)), interruptedBy: control.idle)
      try await react(i, events)
    } else {
      until = min(until, uptime + options.inboxPollSeconds * 1000)
      await control.wait(for: [.sync, .wanted, .turn], atMost: max(until - uptime, 0), clock: context.clock)
      if !Task.isCancelled { try await lookForNews(i) }
    }
  }

  /// A folder in which flags change all the time is not opened more often.
  private static let visitPauseMilliseconds: Int64 = 2000

  /// Asks for news of the open folder and stores them.
  nonisolated(nonsending) func lookForNews(_ i: Int) async throws {
    guard folders.indices.contains(i), folders[i].row.id == selected else { return }
    try await react(i, try await connection.noop())
  }

  /// New mail first; then expunges and flags that were told exactly. What was not makes the folder dirty,
  /// and opening it again tells.
  nonisolated(nonsending) func react(_ i: Int, _ events: [UntaggedEvent]) async throws {
    reactToFolders(events)
    guard let cursor = folders[i].row.cursor else { return }
    var hasNews = false
    var gone = UIDSet()
    var flags: [(uid: UInt32, keywords: [String])] = []
    for event in events {
      switch event {
      case .exists(let n):
        folders[i].exists = Int64(n)
        hasNews = true
      case .vanished(let set, earlier: false): gone.formUnion(set)
      case .vanished(_, earlier: true), .expunged, .overflow: folders[i].isDirty = true
      case .flagsChanged(let uid?, let changed, _): flags.append((uid.value, Keywords.of(changed)))
      case .flagsChanged(nil, _, _): folders[i].isDirty = true
      case .folderChanged, .folderListChanged, .notificationsEnded: break
      case .alert: log.notice("the server shows an alert")
      case .bye(let code, let text):
        throw IMAPClientError.refused(command: "IDLE", status: .bye, code: code, text: text)
      }
    }
    if hasNews, cursor.high < .max { try await readNew(i, in: cursor.high + 1...UInt32.max, isOpen: true) }
    if !gone.isEmpty, cursor.low <= cursor.high {
      try await storeExpunged(i, gone, in: max(cursor.low, 1)...cursor.high)
      try await refreshRows()
    }
    let known = flags.filter { $0.uid >= cursor.low && $0.uid <= cursor.high }
    if !known.isEmpty {
      flags = known
      try await storeFlags(i, &flags)
    }
  }

  /// News of folders that are not open: they are asked, though not more often than every two seconds.
  private func reactToFolders(_ events: [UntaggedEvent]) {
    for event in events {
      switch event {
      case .folderChanged: nextPoll = min(nextPoll, max(uptime, lastPoll + Self.visitPauseMilliseconds))
      case .folderListChanged:
        nextList = uptime
        nextPoll = min(nextPoll, max(uptime, lastPoll + Self.visitPauseMilliseconds))
      case .notificationsEnded:
        log.notice("the server tells no more of other folders")
        nextPoll = min(nextPoll, uptime)
      default: break
      }
    }
  }
}

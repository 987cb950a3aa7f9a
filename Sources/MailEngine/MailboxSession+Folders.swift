internal import IMAPClient
internal import IMAPCodec
internal import Logging
internal import MailStore

extension MailboxSession {
  /// Reads the list of folders and writes it down.
  ///
  /// - Parameter first: what was answered already.
  nonisolated(nonsending) func readFolderList(_ first: FirstFlightAnswer? = nil) async throws {
    let entries: [ListEntry]
    if let told = first?.entries { entries = told } else { entries = try await connection.list() }
    // A list without INBOX is a fault of the server's: taken at its word, all folders would be gone.
    guard entries.contains(where: { $0.name == .inbox }) else {
      throw IMAPClientError.protocolViolation("LIST without INBOX")
    }
    let listed = FolderRoles.listings(
      from: entries, hasLabels: ProviderFacts.hasLabels(capabilities: connection.capabilities))
    let rows = try await store.reconcileFolders(mailbox.id, listed)
    let known = Dictionary(folders.map { ($0.row.id, $0) }) { first, _ in first }
    folders = rows.filter(\.syncs).sorted(by: Self.isReadBefore).map { row in
      var state = known[row.id] ?? FolderState(row: row, exists: row.serverTotal)
      state.row = row
      // The server may have refused it for a while only.
      state.isClosed = false
      return state
    }
    if let selected, index(of: selected) == nil { self.selected = nil }
    nextList = uptime + options.listSeconds * 1000
    // What there is to read is known before the reading begins, so that progress only goes forward.
    let fresh = folders.filter { $0.row.cursor == nil && !$0.isClosed }.map(\.row.id)
    for (id, status) in try await statuses(of: Array(fresh.prefix(options.polledFoldersMax)), first) {
      if let i = index(of: id) { folders[i].exists = Int64(status.messages) }
    }
    publish()
  }

  /// Asks for all that the beginning of a session needs, in one round trip: a restart that finds nothing new
  /// costs no other.
  nonisolated(nonsending) func askAtOnce() async throws -> FirstFlightAnswer {
    let known = try await store.folders(mailbox.id).filter(\.syncs).sorted(by: Self.isReadBefore)
    folders = known.map { FolderState(row: $0, exists: $0.serverTotal) }
    var flight = FirstFlight()
    flight.identity = connection.options.identity
    flight.notifies = known.count != 1
    let others = foldersToPoll().compactMap { id in
      index(of: id).map { MailboxName(wire: folders[$0].row.wireName) }
    }
    // As few as the server's own answer for all of them would be long.
    flight.wantsAllStates = others.count > 3 || known.isEmpty
    flight.folders = others
    if let i = watched, folders[i].row.cursor != nil {
      flight.open = MailboxName(wire: folders[i].row.wireName)
      flight.resync = resync(folders[i].row)
    }
    pollTurn = 0
    do {
      let answer = try await connection.begin(flight)
      trouble.noteFlightSuccess()
      return answer
    } catch {
      if error.endsConnection { trouble.noteFlightDeath(error) }
      throw error
    }
  }

  static func isReadBefore(_ a: Folder, _ b: Folder) -> Bool {
    func rank(_ folder: Folder) -> Int {
      switch folder.role {
      case .inbox, .all: 0
      case .sent: 1
      case .archive: 2
      default: 3
      }
    }
    return (rank(a), a.id) < (rank(b), b.id)
  }

  /// The folder that IDLE watches: the inbox, or the folder of everything.
  var watched: Int? { folders.firstIndex { ($0.row.role == .inbox || $0.row.role == .all) && !$0.isClosed } }

  /// Asks the server which folders changed, and reads those that did.
  ///
  /// - Parameter isForced: now, and the inbox in any case; else when it is time.
  /// - Parameter first: what was answered already.
  nonisolated(nonsending) func poll(isForced: Bool, _ first: FirstFlightAnswer? = nil) async throws {
    guard isForced || uptime >= nextPoll else {
      if uptime >= nextInboxPoll { try await pollInbox() }
      return
    }
    if uptime >= nextList { try await readFolderList() }
    lastPoll = uptime
    nextPoll = lastPoll + (connection.notifies ? options.notifiedPollSeconds : options.pollSeconds) * 1000
    if isForced, let inbox = watched {
      try await visit(inbox, first?.opened)
    } else {
      try await pollInbox()
    }
    let statuses = try await statuses(of: foldersToPoll(), first)
    for (id, status) in statuses {
      guard let i = index(of: id) else { continue }
      if folders[i].row.id == selected {
        try await lookForNews(i)
      } else if differs(folders[i], status) {
        try await visit(i)
      }
    }
  }

  /// The folders whose turn it is: those that were begun, in rounds of a bounded number. A folder that
  /// was not begun is not asked: its turn comes when it is read for the first time.
  private func foldersToPoll() -> [FolderID] {
    let begun = folders.filter {
      $0.row.cursor != nil && !$0.isClosed && $0.row.id != watched.map { folders[$0].row.id }
    }
    guard begun.count > options.polledFoldersMax else { return begun.map(\.row.id) }
    let start = pollTurn % begun.count
    pollTurn = start + options.polledFoldersMax
    return (0..<options.polledFoldersMax).map { begun[(start + $0) % begun.count].row.id }
  }

  private nonisolated(nonsending) func statuses(
    of ids: [FolderID], _ first: FirstFlightAnswer? = nil
  ) async throws -> [(FolderID, FolderStatus)] {
    guard let known = first?.states, !known.isEmpty else { return try await statuses(of: ids) }
    var told: [(FolderID, FolderStatus)] = []
    var rest: [FolderID] = []
    for id in ids {
      guard let i = index(of: id) else { continue }
      if let status = known[MailboxName(wire: folders[i].row.wireName)] {
        told.append((id, status))
      } else {
        rest.append(id)
      }
    }
    return told + (try await statuses(of: rest))
  }

  private nonisolated(nonsending) func statuses(of ids: [FolderID]) async throws -> [(FolderID, FolderStatus)]
  {
    if ids.isEmpty { return [] }
    if ids.count > 3, connection.uses("LIST-STATUS") {
      let all = try await connection.listWithStatus()
      let byName = Dictionary(all.map { ($0.entry.name.wire, $0.status) }) { first, _ in first }
      let told = ids.compactMap { id -> (FolderID, FolderStatus)? in
        guard let i = index(of: id), let status = byName[folders[i].row.wireName] ?? nil else { return nil }
        return (id, status)
      }
      if !told.isEmpty { return told }
    }
    var told: [(FolderID, FolderStatus)] = []
    for id in ids {
      guard let i = index(of: id) else { continue }
      // Servers may answer old counts for the folder that is open.
      if id == selected {
        try await lookForNews(i)
        continue
      }
      let status: FolderStatus
      do {
        status = try await connection.status(MailboxName(wire: folders[i].row.wireName))
      } catch {
        guard error.isRefusal else { throw error }
        log.notice("folder not readable", metadata: ["folder": "\(id)"])
        folders[i].isClosed = true
        continue
      }
      told.append((id, status))
    }
    return told
  }

  /// New mail in the inbox while another folder is open.
  private nonisolated(nonsending) func pollInbox() async throws {
    nextInboxPoll = uptime + options.inboxPollSeconds * 1000
    guard let inbox = watched, folders[inbox].row.cursor != nil else { return }
    if folders[inbox].row.id == selected {
      // While older mail of it is read, or it is watched, news are looked for there.
      return
    }
    let status = try await connection.status(MailboxName(wire: folders[inbox].row.wireName))
    if differs(folders[inbox], status) { try await visit(inbox) }
  }

  /// Whether the server's counters say that something happened since the folder was read.
  func differs(_ folder: FolderState, _ status: FolderStatus) -> Bool {
    guard let cursor = folder.row.cursor else { return true }
    if folder.isDirty || cursor.uidValidity != status.uidValidity.value { return true }
    if cursor.high < .max, status.uidNext > cursor.high + 1 { return true }
    if let now = status.highestModSeq, cursor.modSeq != now.value { return true }
    let counts = FolderState.Counts(stored: folder.row.stored, exists: Int64(status.messages))
    return cursor.low <= 1 && counts.stored != counts.exists && folder.settled != counts
  }
}

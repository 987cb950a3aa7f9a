internal import IMAPClient
internal import IMAPCodec
internal import Logging
internal import MailStore

extension MailboxSession {
  /// Opens a folder and stores what is new and what changed in it. Afterwards it is the open folder,
  /// unless the server would not open it.
  ///
  /// - Parameter opened: the answer, if it was opened already and nothing was asked since.
  nonisolated(nonsending) func visit(_ i: Int, _ opened: SelectedFolder? = nil) async throws {
    // What the server told of the folder that is left is stored first: opening the next one forgets it.
    if let left = selected.flatMap(index(of:)) { try await react(left, connection.takeEvents()) }
    guard folders.indices.contains(i) else { return }
    let folder = folders[i].row
    guard let (answer, uidNext) = try await open(i, opened) else { return }
    let plan = SyncPlanner(
      .init(
        cursor: folder.cursor, uidValidity: answer.uidValidity.value, uidNext: uidNext, exists: answer.exists,
        highestModSeq: answer.highestModSeq?.value, resynced: answer.resynced),
      window: options.folderWindow)
    folders[i].exists = Int64(answer.exists)
    if plan.resets {
      log.notice("folder has new UIDs", metadata: ["folder": "\(folder.id)"])
      try await store.resetFolder(folder.id, uidValidity: answer.uidValidity.value)
    }
    if plan.begins {
      folders[i].slices = nil
      folders[i].settled = nil
      try await commit(batch(i, cursor: plan.cursor), folder: i)
    }
    if let range = plan.newMail { try await readNew(i, in: range, isOpen: uidNext == nil) }
    try await storeChanges(i, plan, answer)
    try await refreshRows()
    try await compareIfCountsDiffer(i)
    folders[i].isDirty = false
    lastVisit = uptime
    if i == watched { nextReopen = uptime + options.reopenSeconds * 1000 }
    if folders.indices.contains(i), folders[i].row.role == .inbox {
      nextInboxPoll = uptime + options.inboxPollSeconds * 1000
    }
  }

  /// SELECT, read-only: nothing we do can change a folder. nil when the server refuses.
  private nonisolated(nonsending) func open(
    _ i: Int, _ opened: SelectedFolder?
  ) async throws -> (SelectedFolder, uidNext: UInt32?)? {
    let folder = folders[i].row
    let name = MailboxName(wire: folder.wireName)
    if let opened, opened.name == name, opened.uidNext != nil, connection.selected?.name == name {
      selected = folder.id
      return (opened, opened.uidNext)
    }
    let resync = resync(folder)
    selected = nil
    let answer: SelectedFolder
    do {
      answer = try await connection.select(name, readOnly: true, resync: resync)
    } catch {
      guard error.isNo, folder.role != .inbox else { throw error }
      log.notice("folder cannot be opened", metadata: ["folder": "\(folder.id)"])
      folders[i].isClosed = true
      return nil
    }
    selected = folder.id
    if answer.uidNext != nil || folder.cursor != nil || trouble.statusHasNoUIDNext {
      return (answer, answer.uidNext)
    }
    // Courier tells UIDNEXT by STATUS only; without it the oldest mail would be read first.
    do {
      return (answer, try await connection.status(name).uidNext)
    } catch {
      if error.isRefusal { return (answer, nil) }
      if case .protocolViolation = error { trouble.statusHasNoUIDNext = true }
      throw error
    }
  }

  /// What is known of a folder, for the server to tell what changed.
  func resync(_ folder: Folder) -> QResync? {
    guard let cursor = folder.cursor, let modSeq = cursor.modSeq, cursor.low <= cursor.high else {
      return nil
    }
    return QResync(
      uidValidity: UIDValidity(cursor.uidValidity), modSeq: ModSeq(modSeq),
      knownUIDs: UIDSet(max(cursor.low, 1)...cursor.high))
  }

  // MARK: Changes

  /// Flags of messages that are stored, and expunges. `modSeq` is written with the last of them.
  private nonisolated(nonsending) func storeChanges(
    _ i: Int, _ plan: SyncPlanner, _ answer: SelectedFolder
  ) async throws {
    guard var cursor = folders[i].row.cursor, plan.cursor.low <= plan.cursor.high, plan.cursor.low > 0 else {
      return
    }
    let range = plan.cursor.low...plan.cursor.high
    switch plan.changes {
    case .none: break
    case .answered:
      try await storeExpunged(i, answer.vanishedEarlier, in: range)
      var flags: [(uid: UInt32, keywords: [String])] = []
      for message in answer.changed where range.contains(message.uid.value) {
        guard let changed = message.flags else { continue }
        flags.append((message.uid.value, Keywords.of(changed)))
        if flags.count >= Self.changesAtOnce { try await storeFlags(i, &flags) }
      }
      try await storeFlags(i, &flags)
    case .since(let modSeq): try await fetchFlags(i, UIDSet(range), since: ModSeq(modSeq))
    case .allFlags: try await fetchFlags(i, UIDSet(range), since: nil)
    case .recentFlags:
      let span = UInt32(clamping: options.folderWindow * 4)
      let from = range.upperBound > span ? max(range.lowerBound, range.upperBound - span) : range.lowerBound
      try await fetchFlags(i, UIDSet(from...range.upperBound), since: nil)
    }
    guard cursor.modSeq != plan.modSeqAfter else { return }
    cursor = folders[i].row.cursor ?? cursor
    cursor.modSeq = plan.modSeqAfter
    try await commit(batch(i, cursor: cursor), folder: i)
  }

  /// Changes written in one transaction.
  static let changesAtOnce = 5000

  private nonisolated(nonsending) func fetchFlags(_ i: Int, _ uids: UIDSet, since: ModSeq?) async throws {
    var flags: [(uid: UInt32, keywords: [String])] = []
    try await connection.fetch(
      [uids], FetchRequest(flags: true, modSeq: since != nil), pipelined: 1, changedSince: since,
      onMessage: { message in
        guard let changed = message.flags else { return }
        flags.append((message.uid.value, Keywords.of(changed)))
        if flags.count >= Self.changesAtOnce { try await self.storeFlags(i, &flags) }
      },
      onWindow: { _ in try await self.storeFlags(i, &flags) })
  }

  nonisolated(nonsending) func storeFlags(_ i: Int, _ flags: inout [(uid: UInt32, keywords: [String])])
    async throws
  {
    guard !flags.isEmpty, let cursor = folders[i].row.cursor else { return }
    var batch = batch(i, cursor: cursor)
    batch.keywordChanges = flags
    flags = []
    try await commit(batch, folder: i)
  }

  nonisolated(nonsending) func storeExpunged(_ i: Int, _ gone: UIDSet, in range: ClosedRange<UInt32>)
    async throws
  {
    var rest = gone.intersection(UIDSet(range))
    while !rest.isEmpty, let cursor = folders[i].row.cursor {
      var batch = batch(i, cursor: cursor)
      batch.expunged = rest.popFirst(.max, rangesMax: 1000).ranges
      try await commit(batch, folder: i)
    }
  }

  // MARK: Comparing

  /// Compares the server's UIDs with the stored ones where their numbers differ: what the server no
  /// longer has goes, what we lack is read.
  private nonisolated(nonsending) func compareIfCountsDiffer(_ i: Int) async throws {
    let exists = connection.selected?.exists ?? UInt32(clamping: folders[i].exists)
    folders[i].exists = Int64(exists)
    let stored = folders[i].row.stored
    guard let cursor = folders[i].row.cursor, cursor.high > 0,
      SyncPlanner.mustCompare(cursor: cursor, stored: stored, exists: exists),
      folders[i].settled != .init(stored: stored, exists: Int64(exists))
    else { return }
    var slices = SliceWidth(window: options.folderWindow, exists: exists, answersRanges: answersRanges)
    var below = cursor.high == .max ? cursor.high : cursor.high + 1
    var missing = UIDSet()
    while let range = slices.slice(below: below) {
      let there = try await connection.search(.uid(UIDSet(range))).intersection(UIDSet(range))
      let here = UIDSet(try await store.storedUIDs(folders[i].row.id, in: range))
      slices.note(found: max(there.count, here.count))
      try await storeExpunged(i, here.subtracting(there), in: range)
      missing.formUnion(there.subtracting(here))
      below = range.lowerBound
    }
    if !missing.isEmpty {
      log.notice(
        "messages missing here", metadata: ["folder": "\(folders[i].row.id)", "count": "\(missing.count)"])
      try await readMissing(i, missing)
    }
    try await refreshRows()
    folders[i].settled = .init(stored: folders[i].row.stored, exists: folders[i].exists)
  }

  var answersRanges: Bool {
    connection.uses("ESEARCH")
  }
}

internal import IMAPClient
internal import IMAPCodec
internal import Logging
internal import MailReading
internal import MailStore

extension MailboxSession {
  /// Reads the new mail of the open folder, oldest first, so that the cursor never passes what was not read.
  ///
  /// - Parameter isOpen: mail may still arrive in `range`; only what is found is done.
  nonisolated(nonsending) func readNew(_ i: Int, in range: ClosedRange<UInt32>, isOpen: Bool) async throws {
    // `n:*` always names the last message, also when it is below n: the planner cuts it off.
    let found = try await connection.search(.uid(UIDSet(range)))
    let windows = SyncPlanner.ascending(found, in: range, isOpen: isOpen, size: options.folderWindow)
    if windows.isEmpty {
      guard !isOpen, var cursor = folders[i].row.cursor else { return }
      cursor.high = max(cursor.high, range.upperBound)
      try await commit(batch(i, cursor: cursor), folder: i)
      return
    }
    var rest = windows[...]
    while !rest.isEmpty {
      try await read(i, Array(rest.prefix(Self.windowsAtOnce)), isAscending: true)
      rest = rest.dropFirst(Self.windowsAtOnce)
      // What is left is found again: the cursor has not passed it.
      if control.isCalledOff { break }
    }
  }

  /// Reads some windows of older mail, newest first, and looks for new mail in between.
  nonisolated(nonsending) func readOlder(_ i: Int) async throws {
    if folders[i].row.id != selected || folders[i].row.cursor == nil { try await visit(i) }
    guard folders[i].row.id == selected, let cursor = folders[i].row.cursor else { return }
    var slices =
      folders[i].slices
      ?? SliceWidth(
        window: options.folderWindow, exists: UInt32(clamping: folders[i].exists),
        answersRanges: answersRanges)
    guard let range = slices.slice(below: cursor.low) else { return }
    let found = try await connection.search(.uid(UIDSet(range)))
    slices.note(found: found.count)
    folders[i].slices = slices
    var windows = SyncPlanner.descending(found, in: range, size: options.folderWindow)[...]
    if windows.isEmpty {
      var done = cursor
      done.low = range.lowerBound
      try await commit(batch(i, cursor: done), folder: i)
    }
    while !windows.isEmpty {
      try await read(i, Array(windows.prefix(Self.windowsAtOnce)), isAscending: false)
      windows = windows.dropFirst(Self.windowsAtOnce)
      try await lookForNews(i)
      // Whatever else is due comes first; the rest of the slice is found again.
      if bodiesMayBeWanted || control.isKicked([.sync, .wanted]) || control.isCalledOff { break }
      if uptime >= nextPoll { break }
      if uptime >= nextInboxPoll, watched != i { break }
    }
    if folders[i].isComplete {
      try await refreshRows()
      if folders[i].row.stored != folders[i].exists { folders[i].isDirty = true }
    }
  }

  /// Windows read before new mail is looked for: with 500 messages each a few seconds at the most.
  private static let windowsAtOnce = 4

  // MARK: Windows

  /// Fetches and commits windows, which must come in order and touch the cursor's range.
  private nonisolated(nonsending) func read(
    _ i: Int, _ windows: [SyncPlanner.Window], isAscending: Bool
  ) async throws {
    let folder = folders[i].row.id
    // What is read from now on is judged by the settings of now.
    let rules = try await store.loggingRules(of: mailbox.tenantID)
    let owner = try await store.mailbox(mailbox.id, tenant: nil)
    reader = EnvelopeReader(owner, logging: LoggingHeaders(rules: rules))
    var rest = trouble.divided(windows, in: folder, isAscending: isAscending)[...]
    while !rest.isEmpty {
      let list = Array(rest)
      var collector = WindowCollector()
      var answered: Set<Int> = []
      var done = 0
      do {
        try await connection.fetch(
          list.map { trouble.readable($0.uids, in: folder) }, reader.request,
          pipelined: options.pipelined,
          onMessage: { collector.add($0) },
          onWindow: { n in
            answered.insert(n)
            while answered.contains(done) {
              try await self.store(i, list[done], collector.take(list[done].uids))
              done += 1
            }
          })
        return
      } catch let error as IMAPClientError {
        guard done < list.count, Self.concernsMessages(error) else {
          if done < list.count, error.endsConnection { trouble.noteDeath(folder, list[done].uids, error) }
          throw error
        }
        // The server will not give this window as a whole.
        try await store(i, list[done], try await fetchDivided(i, list[done].uids))
        rest = rest.dropFirst(done + 1)
      }
    }
  }

  /// A refusal that smaller windows may avoid: not one that asks for patience.
  private static func concernsMessages(_ error: IMAPClientError) -> Bool {
    guard case .refused(_, let status, let code, let text) = error, status != .bye else { return false }
    return ConnectFailure.verdict(code, text) == .authenticationFailed && code?.uppercased() != "OVERQUOTA"
  }

  /// One answered window: its rows and the cursor past it.
  private nonisolated(nonsending) func store(
    _ i: Int, _ window: SyncPlanner.Window, _ messages: [FetchedMessage]
  ) async throws {
    guard let cursor = folders[i].row.cursor else { return }
    var batch = batch(i, cursor: SyncPlanner.cursor(cursor, after: window))
    batch.messages = try await envelopes(i, messages)
    for uid in window.uids.subtracting(trouble.readable(window.uids, in: folders[i].row.id)).uids(
      atMost: 1000)
    {
      batch.messages.append(
        EnvelopeReader.unreadable(folder: folders[i].row, uidValidity: cursor.uidValidity, uid: uid.value))
    }
    try await commit(batch, folder: i)
  }

  /// A UID that the server left out is gone; a message without any of what was asked for was not meant
  /// by this answer.
  private nonisolated(nonsending) func envelopes(
    _ i: Int, _ messages: [FetchedMessage]
  ) async throws -> [SyncBatch.Message] {
    let isSent = folders[i].row.role == .sent
    let meant = messages.filter { $0.headerFields != nil || $0.size != nil || $0.internalDate != nil }
    let validity = folders[i].row.cursor?.uidValidity ?? 0
    return zip(meant, try await summaries(meant.map(EnvelopeReader.input))).map { message, summary in
      guard let summary else {
        log.warning("header cannot be parsed", metadata: ["folder": "\(folders[i].row.id)"])
        var unreadable = EnvelopeReader.unreadable(
          folder: folders[i].row, uidValidity: validity, uid: message.uid.value, of: message)
        unreadable.parseFailed = true
        return unreadable
      }
      return reader.message(message, summary, isSentFolder: isSent)
    }
  }

  /// nil for a header that nobody can parse: it is looked for one by one when a window has such.
  private nonisolated(nonsending) func summaries(_ inputs: [HeaderInput]) async throws -> [HeaderSummary?] {
    if inputs.isEmpty { return [] }
    do {
      return try await context.reader.headers(inputs)
    } catch {
      guard error.unreadable != nil else { throw error }
      if inputs.count == 1 { return [nil] }
    }
    var found: [HeaderSummary?] = []
    for input in inputs { found += try await summaries([input]) }
    return found
  }

  /// Fetches halves of what is refused, down to the messages that cannot be had.
  private nonisolated(nonsending) func fetchDivided(_ i: Int, _ uids: UIDSet) async throws -> [FetchedMessage]
  {
    var open = [uids]
    var collector = WindowCollector()
    var refused = 0
    while let set = open.popLast() {
      do {
        try await connection.fetch(
          [set], reader.request, pipelined: 1, onMessage: { collector.add($0) }, onWindow: { _ in })
      } catch let error as IMAPClientError where Self.concernsMessages(error) {
        if set.count > 1 {
          var upper = set
          open.append(upper.popFirst((set.count + 1) / 2))
          open.append(upper)
          continue
        }
        refused += 1
        // A server that refuses so many has another trouble.
        if refused > Self.refusedMax { throw error }
        log.warning("message cannot be read", metadata: ["folder": "\(folders[i].row.id)"])
        set.forEach { trouble.noteUnreadable($0.value, in: folders[i].row.id) }
      }
    }
    return collector.take(uids)
  }

  private static let refusedMax = 20

  /// Messages inside the cursor's range that have no row: the cursor stays.
  nonisolated(nonsending) func readMissing(_ i: Int, _ missing: UIDSet) async throws {
    var rest = missing
    while !rest.isEmpty {
      let uids = rest.popFirst(UInt64(max(options.folderWindow, 1)))
      let messages = try await fetchDivided(i, trouble.readable(uids, in: folders[i].row.id))
      guard let cursor = folders[i].row.cursor else { return }
      var batch = batch(i, cursor: cursor)
      batch.messages = try await envelopes(i, messages)
      let came = Set(batch.messages.map(\.uid))
      // The server counts it and does not give it: a row of its own, so that the numbers agree.
      uids.forEach { uid in
        if !came.contains(uid.value) {
          batch.messages.append(
            EnvelopeReader.unreadable(folder: folders[i].row, uidValidity: cursor.uidValidity, uid: uid.value)
          )
        }
      }
      try await commit(batch, folder: i)
    }
  }
}

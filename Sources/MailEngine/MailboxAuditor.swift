internal import IMAPClient
internal import IMAPCodec
internal import MailStore

/// Compares a mailbox's server with the store, over a connection of its own. Changes nothing on either side.
struct MailboxAuditor: Sendable {
  let context: EngineContext
  let supervisor: Supervisor

  /// Folders that are not read, whose messages are counted one folder at a time.
  private static let statusMax = 100
  /// UIDs of one folder that are looked at again and named.
  private static let doubtfulMax = 10_000
  /// The worker is given so long to catch up.
  private static let syncMilliseconds: Int64 = 60_000

  /// Errors: ``ConnectFailure``, ``MailStoreError``.
  func audit(_ mailbox: Mailbox) async throws -> MailboxAudit {
    let connection = try await context.imap(of: mailbox)
    defer { connection.close() }
    do {
      var audit = MailboxAudit(mailboxID: mailbox.id, at: context.clock.now)
      var doubts: [(folder: Int, id: FolderID, name: MailboxName, uids: UIDSet)] = []
      let rows = try await context.store.folders(mailbox.id)
      let known = Dictionary(rows.map { ($0.wireName, $0) }) { first, _ in first }
      for (entry, status) in try await connection.listWithStatus() where entry.isSelectable {
        let row = known[entry.name.wire]
        var folder = MailboxAudit.FolderAudit(
          name: entry.name.text, role: row?.role, syncs: row?.syncs ?? true)
        if let row, row.syncs {
          let doubtful = try await compare(connection, row, &folder)
          if !doubtful.isEmpty { doubts.append((audit.folders.count, row.id, entry.name, doubtful)) }
        } else {
          let isCounted = status != nil || audit.folders.count < Self.statusMax
          folder.onServer = isCounted ? try await messages(connection, entry.name, status) : 0
          folder.add(folder.onServer, row == nil ? .notReadYet : .folderNotRead)
        }
        audit.folders.append(folder)
      }
      if !doubts.isEmpty {
        // Mail comes and goes while we look: what differs is looked at again when the worker has caught up.
        if let control = supervisor.control(of: mailbox.id) {
          await control.waitForSync(
            control.requestSync(), atMost: Self.syncMilliseconds, clock: context.clock)
        }
        for doubt in doubts {
          try await settle(connection, doubt.name, doubt.id, doubt.uids, &audit.folders[doubt.folder])
        }
      }
      await connection.logout()
      return audit
    } catch let error as IMAPClientError {
      throw ConnectFailure(error, settings: mailbox.imap, step: .list)
    }
  }

  private nonisolated(nonsending) func messages(
    _ connection: IMAPConnection, _ name: MailboxName, _ status: FolderStatus?
  ) async throws(IMAPClientError) -> Int64 {
    if let status { return Int64(status.messages) }
    do throws(IMAPClientError) {
      return Int64(try await connection.status(name).messages)
    } catch {
      guard error.isRefusal else { throw error }
      return 0
    }
  }

  /// - Returns: UIDs that one side has, the other not, and for which there is no reason yet.
  private nonisolated(nonsending) func compare(
    _ connection: IMAPConnection, _ row: Folder, _ folder: inout MailboxAudit.FolderAudit
  ) async throws -> UIDSet {
    let opened: SelectedFolder
    do throws(IMAPClientError) {
      opened = try await connection.select(MailboxName(wire: row.wireName), readOnly: true)
    } catch {
      guard error.isNo else { throw error }
      folder.add(row.serverTotal, .folderClosed)
      folder.onServer = row.serverTotal
      return UIDSet()
    }
    guard let cursor = row.cursor, cursor.uidValidity == opened.uidValidity.value else {
      folder.onServer = Int64(opened.exists)
      folder.add(folder.onServer, row.cursor == nil ? .notReadYet : .renumbered)
      return UIDSet()
    }
    let done = cursor.low <= cursor.high ? UIDSet(max(cursor.low, 1)...max(cursor.high, 1)) : UIDSet()
    var doubtful = UIDSet()
    var slices = SliceWidth(
      window: context.options.folderWindow, exists: opened.exists, answersRanges: connection.uses("ESEARCH"))
    var range: ClosedRange<UInt32>? = 1...UInt32.max
    if opened.exists > 20_000 {
      // The highest UID may be far above the lowest: the search goes down from it.
      range = opened.uidNext.flatMap { $0 < .max ? slices.slice(below: $0) : nil } ?? range
      if let first = range, first.upperBound < .max {
        try await compare(
          connection, row.id, first.upperBound + 1...UInt32.max, done, &folder, &doubtful, &slices)
      }
    }
    while let slice = range {
      try await compare(connection, row.id, slice, done, &folder, &doubtful, &slices)
      range = slices.slice(below: slice.lowerBound)
    }
    return doubtful
  }

  private nonisolated(nonsending) func compare(
    _ connection: IMAPConnection, _ id: FolderID, _ range: ClosedRange<UInt32>, _ done: UIDSet,
    _ folder: inout MailboxAudit.FolderAudit, _ doubtful: inout UIDSet, _ slices: inout SliceWidth
  ) async throws {
    // `n:*` names the last message, also when it is below n.
    let there = try await connection.search(.uid(UIDSet(range))).intersection(UIDSet(range))
    let places = try await context.store.storedPlaces(id, in: range)
    slices.note(found: max(there.count, UInt64(places.count)))
    folder.onServer += Int64(clamping: there.count)
    var here = UIDSet()
    for place in places {
      guard there.contains(UID(place.uid)) else {
        doubtful.insert(UID(place.uid))
        continue
      }
      here.insert(UID(place.uid))
      if let reason = Self.reason(place.state) { folder.add(1, reason) } else { folder.logged += 1 }
    }
    let lacking = there.subtracting(here)
    let unread = lacking.subtracting(done)
    folder.add(Int64(clamping: unread.count), .notReadYet)
    doubtful.formUnion(lacking.subtracting(unread))
  }

  /// nil for one that is logged.
  private static func reason(_ state: MailState?) -> MailboxAudit.Reason? {
    switch state {
    case .logged: nil
    case nil: .purged
    case .envelope: .notTracked
    case .wanted: .wanted
    case .duplicate: .duplicate
    case .gone: .gone
    }
  }

  /// Looks again at what differed.
  private nonisolated(nonsending) func settle(
    _ connection: IMAPConnection, _ name: MailboxName, _ id: FolderID, _ uids: UIDSet,
    _ folder: inout MailboxAudit.FolderAudit
  ) async throws {
    do throws(IMAPClientError) {
      _ = try await connection.select(name, readOnly: true)
    } catch {
      guard error.isNo else { throw error }
      return folder.add(Int64(clamping: uids.count), .folderClosed)
    }
    var rest = uids
    var doubtful = UIDSet()
    while !rest.isEmpty {
      let part = rest.popFirst(UInt64(Self.doubtfulMax))
      guard let first = part.first, let last = part.last else { break }
      let there = try await connection.search(.uid(part)).intersection(part)
      let places = try await context.store.storedPlaces(id, in: first.value...last.value)
        .filter { part.contains(UID($0.uid)) }
      let here = UIDSet(places.map(\.uid))
      for place in places where there.contains(UID(place.uid)) {
        if let reason = Self.reason(place.state) { folder.add(1, reason) } else { folder.logged += 1 }
      }
      let missing = there.subtracting(here)
      folder.add(Int64(clamping: missing.count), .unexplained)
      let surplus = here.subtracting(there)
      folder.onlyHere += Int64(clamping: surplus.count)
      doubtful.formUnion(missing.union(surplus))
    }
    folder.doubtfulUIDs = doubtful.popFirst(100, rangesMax: 20).text
    folder.onServer = folder.logged + folder.absent.values.reduce(0, +)
  }
}

// Generated from protocol/openrpc.json by stubgen. Do not edit.
// swift-format-ignore-file
internal import JSON

extension PostroomClient {
  /// The methods `sync.*`.
  public var sync: SyncCalls { SyncCalls(client: self) }
}

/// The methods `sync.*`.
public struct SyncCalls: Sendable {
  let client: PostroomClient

  /// Sync now. Asks the mailbox's worker to look for news at once instead of at its next turn. Answers how
  /// things stand; with `wait` only when all folders have been looked at and what was found has been read,
  /// the first reading of a mailbox included. Then progress tells the status at once and after each change,
  /// at most a few times a second.
  /// - Parameters:
  ///   - wait: Answer when the sync is done.
  /// - Throws: with reason `mailbox.unknown`, `mailbox.disconnected`, `sync.cancelled`
  public func run(
    mailboxId: String, wait: Bool = false, options: CallOptions = CallOptions()
  ) async throws(PostroomError) -> SyncStatus {
    try await client.call("sync.run", repeatable: .always, options) { writer in
      writer.key("mailboxId")
      writer.string(mailboxId)
      if wait != false {
        writer.key("wait")
        writer.bool(wait)
      }
    }
  }

  /// Call a sync off. Calls off the sync that runs, the first reading of a mailbox included: who waits for
  /// it in `sync.run` is answered `sync.cancelled`, and the worker stops behind what it is just reading.
  /// New mail is seen all the same; older mail is read on, from where it stopped, after the next
  /// `sync.run`, `mailbox.reconnect` or start of the server. Answers how things stand then: the phase is
  /// `paused` when something is left. Without a sync that runs nothing changes.
  /// - Throws: with reason `mailbox.unknown`
  public func cancel(
    mailboxId: String, options: CallOptions = CallOptions()
  ) async throws(PostroomError) -> SyncStatus {
    try await client.call("sync.cancel", repeatable: .always, options) { writer in
      writer.key("mailboxId")
      writer.string(mailboxId)
    }
  }

  /// How far the sync is. How much of the mailbox has been read.
  /// - Throws: with reason `mailbox.unknown`
  public func status(
    mailboxId: String, options: CallOptions = CallOptions()
  ) async throws(PostroomError) -> SyncStatus {
    try await client.call("sync.status", repeatable: .always, options) { writer in
      writer.key("mailboxId")
      writer.string(mailboxId)
    }
  }

  /// Watch the sync. Streams the status at once and after each change, at most a few times a second. Ends
  /// only when it is cancelled or the mailbox is deleted.
  /// - Throws: with reason `mailbox.unknown`
  public func watch(
    mailboxId: String, options: StreamOptions = StreamOptions()
  ) -> PostroomStream<SyncStatus> {
    client.stream("sync.watch", options) { writer in
      writer.key("mailboxId")
      writer.string(mailboxId)
    }
  }
}

/// What the mailbox's worker does: `stopped` (turned off, disconnected, or an erasure runs), `connecting`,
/// `reading` (older mail for the first time, newest first; new mail is seen meanwhile), `live` (all is
/// read, new mail is waited for), `waiting` (for the next attempt after a failure), `paused` (older mail is
/// left for later, after `sync.cancel`; new mail is seen).
public struct SyncPhase: RawRepresentable, Hashable, Sendable, CustomStringConvertible, JSONWord {
  public let rawValue: String
  public init(rawValue: String) { self.rawValue = rawValue }
  public var description: String { rawValue }

  public static let stopped = SyncPhase(rawValue: "stopped")
  public static let connecting = SyncPhase(rawValue: "connecting")
  public static let reading = SyncPhase(rawValue: "reading")
  public static let live = SyncPhase(rawValue: "live")
  public static let waiting = SyncPhase(rawValue: "waiting")
  public static let paused = SyncPhase(rawValue: "paused")
}

/// How far a folder has been read.
public struct FolderProgress: Hashable, Sendable, JSONReadable, JSONWritable {
  public var folderId: String
  public var name: String
  public var role: FolderRole?
  public var stored: Int64
  public var total: Int64
  public var complete: Bool

  public init(
    folderId: String, name: String, role: FolderRole? = nil, stored: Int64, total: Int64, complete: Bool
  ) {
    self.folderId = folderId
    self.name = name
    self.role = role
    self.stored = stored
    self.total = total
    self.complete = complete
  }

  init(from reader: inout JSONReader) throws(JSONError) {
    var folderId: String?
    var name: String?
    var role: FolderRole?
    var stored: Int64?
    var total: Int64?
    var complete: Bool?
    try reader.beginObject()
    while try reader.nextKey() {
      if reader.keyIs("folderId") {
        folderId = try reader.string()
      } else if reader.keyIs("name") {
        name = try reader.string()
      } else if reader.keyIs("role") {
        if !reader.isNull() { role = try FolderRole(from: &reader) }
      } else if reader.keyIs("stored") {
        stored = try reader.int()
      } else if reader.keyIs("total") {
        total = try reader.int()
      } else if reader.keyIs("complete") {
        complete = try reader.bool()
      } else {
        try reader.skip()
      }
    }
    self.folderId = try present(folderId, "folderId")
    self.name = try present(name, "name")
    self.role = role
    self.stored = try present(stored, "stored")
    self.total = try present(total, "total")
    self.complete = try present(complete, "complete")
  }

  func write(to writer: inout JSONWriter) {
    writer.beginObject()
    writer.key("folderId")
    writer.string(folderId)
    writer.key("name")
    writer.string(name)
    if let role {
      writer.key("role")
      role.write(to: &writer)
    }
    writer.key("stored")
    writer.int(stored)
    writer.key("total")
    writer.int(total)
    writer.key("complete")
    writer.bool(complete)
    writer.endObject()
  }

  /// This as one line of JSON, as the API writes it.
  public var json: String { jsonText(of: self) }
}

/// How far a mailbox has been read.
public struct SyncStatus: Hashable, Sendable, JSONReadable, JSONWritable {
  public var mailboxId: String
  public var state: MailboxState
  public var phase: SyncPhase
  /// Folders that are synced.
  public var folders: [FolderProgress]
  /// Sum over the folders.
  public var stored: Int64
  /// Sum over the folders.
  public var total: Int64
  /// Over the last seconds; 0 when nothing runs.
  public var messagesPerSecond: Double
  /// An estimate; absent when there is none.
  public var secondsLeft: Int64?
  /// The history of all folders has been read.
  public var complete: Bool

  public init(
    mailboxId: String, state: MailboxState, phase: SyncPhase, folders: [FolderProgress], stored: Int64,
    total: Int64, messagesPerSecond: Double, secondsLeft: Int64? = nil, complete: Bool
  ) {
    self.mailboxId = mailboxId
    self.state = state
    self.phase = phase
    self.folders = folders
    self.stored = stored
    self.total = total
    self.messagesPerSecond = messagesPerSecond
    self.secondsLeft = secondsLeft
    self.complete = complete
  }

  init(from reader: inout JSONReader) throws(JSONError) {
    var mailboxId: String?
    var state: MailboxState?
    var phase: SyncPhase?
    var folders: [FolderProgress]?
    var stored: Int64?
    var total: Int64?
    var messagesPerSecond: Double?
    var secondsLeft: Int64?
    var complete: Bool?
    try reader.beginObject()
    while try reader.nextKey() {
      if reader.keyIs("mailboxId") {
        mailboxId = try reader.string()
      } else if reader.keyIs("state") {
        state = try MailboxState(from: &reader)
      } else if reader.keyIs("phase") {
        phase = try SyncPhase(from: &reader)
      } else if reader.keyIs("folders") {
        folders = try reader.list("folders")
      } else if reader.keyIs("stored") {
        stored = try reader.int()
      } else if reader.keyIs("total") {
        total = try reader.int()
      } else if reader.keyIs("messagesPerSecond") {
        messagesPerSecond = try reader.double()
      } else if reader.keyIs("secondsLeft") {
        if !reader.isNull() { secondsLeft = try reader.int() }
      } else if reader.keyIs("complete") {
        complete = try reader.bool()
      } else {
        try reader.skip()
      }
    }
    self.mailboxId = try present(mailboxId, "mailboxId")
    self.state = try present(state, "state")
    self.phase = try present(phase, "phase")
    self.folders = try present(folders, "folders")
    self.stored = try present(stored, "stored")
    self.total = try present(total, "total")
    self.messagesPerSecond = try present(messagesPerSecond, "messagesPerSecond")
    self.secondsLeft = secondsLeft
    self.complete = try present(complete, "complete")
  }

  func write(to writer: inout JSONWriter) {
    writer.beginObject()
    writer.key("mailboxId")
    writer.string(mailboxId)
    writer.key("state")
    state.write(to: &writer)
    writer.key("phase")
    phase.write(to: &writer)
    writer.key("folders")
    writer.list(folders)
    writer.key("stored")
    writer.int(stored)
    writer.key("total")
    writer.int(total)
    writer.key("messagesPerSecond")
    writer.double(messagesPerSecond)
    if let secondsLeft {
      writer.key("secondsLeft")
      writer.int(secondsLeft)
    }
    writer.key("complete")
    writer.bool(complete)
    writer.endObject()
  }

  /// This as one line of JSON, as the API writes it.
  public var json: String { jsonText(of: self) }
}

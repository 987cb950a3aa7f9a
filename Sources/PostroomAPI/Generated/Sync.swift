// Generated from protocol/openrpc.json by stubgen. Do not edit.
// swift-format-ignore-file
package import JSON
package import JSONRPC

/// What answers the methods `sync.*`.
package protocol SyncService: Sendable {
  /// Sync now. Asks the mailbox's worker to look for news at once instead of at its next turn. Answers how
  /// things stand; with `wait` only when all folders have been looked at and what was found has been read,
  /// the first reading of a mailbox included. Then progress tells the status at once and after each change,
  /// at most a few times a second.
  /// - Throws: `mailbox.unknown`, `mailbox.disconnected`, `sync.cancelled`
  func run(_ params: SyncRunParams, _ context: CallContext) async throws(RPCError) -> APISyncStatus

  /// Call a sync off. Calls off the sync that runs, the first reading of a mailbox included: who waits for
  /// it in `sync.run` is answered `sync.cancelled`, and the worker stops behind what it is just reading.
  /// New mail is seen all the same; older mail is read on, from where it stopped, after the next
  /// `sync.run`, `mailbox.reconnect` or start of the server. Answers how things stand then: the phase is
  /// `paused` when something is left. Without a sync that runs nothing changes.
  /// - Throws: `mailbox.unknown`
  func cancel(_ params: SyncCancelParams, _ context: CallContext) async throws(RPCError) -> APISyncStatus

  /// How far the sync is. How much of the mailbox has been read.
  /// - Throws: `mailbox.unknown`
  func status(_ params: SyncStatusParams, _ context: CallContext) async throws(RPCError) -> APISyncStatus

  /// Watch the sync. Streams the status at once and after each change, at most a few times a second. Ends
  /// only when it is cancelled or the mailbox is deleted.
  /// - Throws: `mailbox.unknown`
  func watch(
    _ params: SyncWatchParams, _ context: CallContext, _ sink: TypedSink<APISyncStatus>
  ) async throws(RPCError)
}

extension SyncService {
  /// The methods `sync.*`, answered by this service.
  package var methods: [Method] {
    [
      .call("sync.run", scope: "manage", idempotent: true) { params, context async throws(RPCError) in
        try await self.run(params, context)
      },
      .call("sync.cancel", scope: "manage", idempotent: true) { params, context async throws(RPCError) in
        try await self.cancel(params, context)
      },
      .call("sync.status", scope: "read", idempotent: true) { params, context async throws(RPCError) in
        try await self.status(params, context)
      },
      .stream("sync.watch", scope: "read", idempotent: true) { params, context, sink async throws(RPCError) in
        try await self.watch(params, context, sink)
      },
    ]
  }
}

/// The parameters of `sync.run`.
package struct SyncRunParams: APIParams, Hashable {
  package var mailboxId: String
  /// Answer when the sync is done.
  package var wait: Bool

  package static let parameterNames: [String]? = ["mailboxId", "wait"]

  package init(mailboxId: String, wait: Bool = false) {
    self.mailboxId = mailboxId
    self.wait = wait
  }

  package init(from reader: inout JSONReader) throws(JSONError) {
    var mailboxId: String?
    var wait: Bool = false
    try reader.beginObject()
    while try reader.nextKey() {
      if reader.keyIs("mailboxId") {
        mailboxId = try reader.rowID("mb")
      } else if reader.keyIs("wait") {
        if !reader.isNull() { wait = try reader.bool() }
      } else if reader.keyIs("_meta") {
        try reader.skip()
      } else {
        throw .unknown(reader.key)
      }
    }
    self.mailboxId = try present(mailboxId, "mailboxId")
    self.wait = wait
  }

  package func write(to writer: inout JSONWriter) {
    writer.beginObject()
    writer.key("mailboxId")
    writer.string(mailboxId)
    if wait != false {
      writer.key("wait")
      writer.bool(wait)
    }
    writer.endObject()
  }
}

/// The parameters of `sync.cancel`.
package struct SyncCancelParams: APIParams, Hashable {
  package var mailboxId: String

  package static let parameterNames: [String]? = ["mailboxId"]

  package init(mailboxId: String) {
    self.mailboxId = mailboxId
  }

  package init(from reader: inout JSONReader) throws(JSONError) {
    var mailboxId: String?
    try reader.beginObject()
    while try reader.nextKey() {
      if reader.keyIs("mailboxId") {
        mailboxId = try reader.rowID("mb")
      } else if reader.keyIs("_meta") {
        try reader.skip()
      } else {
        throw .unknown(reader.key)
      }
    }
    self.mailboxId = try present(mailboxId, "mailboxId")
  }

  package func write(to writer: inout JSONWriter) {
    writer.beginObject()
    writer.key("mailboxId")
    writer.string(mailboxId)
    writer.endObject()
  }
}

/// The parameters of `sync.status`.
package struct SyncStatusParams: APIParams, Hashable {
  package var mailboxId: String

  package static let parameterNames: [String]? = ["mailboxId"]

  package init(mailboxId: String) {
    self.mailboxId = mailboxId
  }

  package init(from reader: inout JSONReader) throws(JSONError) {
    var mailboxId: String?
    try reader.beginObject()
    while try reader.nextKey() {
      if reader.keyIs("mailboxId") {
        mailboxId = try reader.rowID("mb")
      } else if reader.keyIs("_meta") {
        try reader.skip()
      } else {
        throw .unknown(reader.key)
      }
    }
    self.mailboxId = try present(mailboxId, "mailboxId")
  }

  package func write(to writer: inout JSONWriter) {
    writer.beginObject()
    writer.key("mailboxId")
    writer.string(mailboxId)
    writer.endObject()
  }
}

/// The parameters of `sync.watch`.
package struct SyncWatchParams: APIParams, Hashable {
  package var mailboxId: String

  package static let parameterNames: [String]? = ["mailboxId"]

  package init(mailboxId: String) {
    self.mailboxId = mailboxId
  }

  package init(from reader: inout JSONReader) throws(JSONError) {
    var mailboxId: String?
    try reader.beginObject()
    while try reader.nextKey() {
      if reader.keyIs("mailboxId") {
        mailboxId = try reader.rowID("mb")
      } else if reader.keyIs("_meta") {
        try reader.skip()
      } else {
        throw .unknown(reader.key)
      }
    }
    self.mailboxId = try present(mailboxId, "mailboxId")
  }

  package func write(to writer: inout JSONWriter) {
    writer.beginObject()
    writer.key("mailboxId")
    writer.string(mailboxId)
    writer.endObject()
  }
}

/// What the mailbox's worker does: `stopped` (turned off, disconnected, or an erasure runs), `connecting`,
/// `reading` (older mail for the first time, newest first; new mail is seen meanwhile), `live` (all is
/// read, new mail is waited for), `waiting` (for the next attempt after a failure), `paused` (older mail is
/// left for later, after `sync.cancel`; new mail is seen).
package enum APISyncPhase: String, APIWord {
  case stopped
  case connecting
  case reading
  case live
  case waiting
  case paused
}

/// How far a folder has been read.
package struct APIFolderProgress: APIValue, Hashable {
  package var folderId: String
  package var name: String
  package var role: APIFolderRole?
  package var stored: Int64
  package var total: Int64
  package var complete: Bool

  package init(
    folderId: String, name: String, role: APIFolderRole? = nil, stored: Int64, total: Int64, complete: Bool
  ) {
    self.folderId = folderId
    self.name = name
    self.role = role
    self.stored = stored
    self.total = total
    self.complete = complete
  }

  package init(from reader: inout JSONReader) throws(JSONError) {
    var folderId: String?
    var name: String?
    var role: APIFolderRole?
    var stored: Int64?
    var total: Int64?
    var complete: Bool?
    try reader.beginObject()
    while try reader.nextKey() {
      if reader.keyIs("folderId") {
        folderId = try reader.rowID("f")
      } else if reader.keyIs("name") {
        name = try reader.string()
      } else if reader.keyIs("role") {
        if !reader.isNull() { role = try APIFolderRole(from: &reader) }
      } else if reader.keyIs("stored") {
        stored = try reader.int(in: 0...9007199254740991)
      } else if reader.keyIs("total") {
        total = try reader.int(in: 0...9007199254740991)
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

  package func write(to writer: inout JSONWriter) {
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
}

/// How far a mailbox has been read.
package struct APISyncStatus: APIValue, Hashable {
  package var mailboxId: String
  package var state: APIMailboxState
  package var phase: APISyncPhase
  /// Folders that are synced.
  package var folders: [APIFolderProgress]
  /// Sum over the folders.
  package var stored: Int64
  /// Sum over the folders.
  package var total: Int64
  /// Over the last seconds; 0 when nothing runs.
  package var messagesPerSecond: Double
  /// An estimate; absent when there is none.
  package var secondsLeft: Int64?
  /// The history of all folders has been read.
  package var complete: Bool

  package init(
    mailboxId: String, state: APIMailboxState, phase: APISyncPhase, folders: [APIFolderProgress],
    stored: Int64, total: Int64, messagesPerSecond: Double, secondsLeft: Int64? = nil, complete: Bool
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

  package init(from reader: inout JSONReader) throws(JSONError) {
    var mailboxId: String?
    var state: APIMailboxState?
    var phase: APISyncPhase?
    var folders: [APIFolderProgress]?
    var stored: Int64?
    var total: Int64?
    var messagesPerSecond: Double?
    var secondsLeft: Int64?
    var complete: Bool?
    try reader.beginObject()
    while try reader.nextKey() {
      if reader.keyIs("mailboxId") {
        mailboxId = try reader.rowID("mb")
      } else if reader.keyIs("state") {
        state = try APIMailboxState(from: &reader)
      } else if reader.keyIs("phase") {
        phase = try APISyncPhase(from: &reader)
      } else if reader.keyIs("folders") {
        folders = try reader.list("folders")
      } else if reader.keyIs("stored") {
        stored = try reader.int(in: 0...9007199254740991)
      } else if reader.keyIs("total") {
        total = try reader.int(in: 0...9007199254740991)
      } else if reader.keyIs("messagesPerSecond") {
        messagesPerSecond = try reader.double(atLeast: 0.0)
      } else if reader.keyIs("secondsLeft") {
        if !reader.isNull() { secondsLeft = try reader.int(in: 0...9007199254740991) }
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

  package func write(to writer: inout JSONWriter) {
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
}

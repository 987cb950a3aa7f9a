internal import Bytes
internal import IMAPClient
internal import IMAPCodec
internal import Logging
internal import MailStore
internal import Tracing

/// Reads one mailbox over one connection: folders, new mail, changes, bodies that are wanted, older
/// mail; then waits for news. Everything that it learns is committed before it goes on, so it may
/// end at any point.
///
/// One task owns it. ``run()`` returns only by an error: the connection's, the store's, or cancellation.
final class MailboxSession {
  /// A folder that is read, and what is known of it in this session.
  struct FolderState {
    var row: Folder
    /// Messages the server said are in it.
    var exists: Int64
    var slices: SliceWidth?
    /// Something changed in it that was not told exactly.
    var isDirty = false
    /// The server would not open it; it is left alone in this session.
    var isClosed = false
    /// Counts that differ although the folders were compared: not to be compared again.
    var settled: Counts?

    struct Counts: Hashable {
      var stored: Int64
      var exists: Int64
    }

    var isComplete: Bool { isClosed || (row.cursor.map { $0.low <= 1 } ?? false) }
  }

  let mailbox: Mailbox
  let connection: IMAPConnection
  let control: MailboxControl
  let context: EngineContext
  let trouble: SyncTrouble
  var reader: EnvelopeReader
  let log: Logger

  var folders: [FolderState] = []
  /// The open folder.
  var selected: FolderID?
  var throughput = Throughput()
  var bodiesMayBeWanted = true
  var announced: MailboxState?
  /// The end of the first reading is still to be told.
  private(set) var owesCompletion: Bool
  /// The folders were listed: the server works.
  private(set) var hasBegun = false
  /// Messages were read: the next connection will find less to do.
  var hasProgressed = false

  /// Moments of the clock's uptime.
  var nextPoll: Int64 = 0
  var lastPoll: Int64 = 0
  var nextInboxPoll: Int64 = 0
  var nextList: Int64 = 0
  var nextReopen: Int64 = 0
  var lastVisit: Int64 = 0
  /// Where the next round of STATUS begins.
  var pollTurn = 0

  private let account: ConnectionBudgets.Account
  private var counted = 0
  private var isOverBudget = false

  init(
    _ mailbox: Mailbox, _ connection: IMAPConnection, _ control: MailboxControl, _ context: EngineContext,
    trouble: SyncTrouble, owesCompletion: Bool
  ) {
    self.mailbox = mailbox
    self.connection = connection
    self.control = control
    self.context = context
    self.trouble = trouble
    self.owesCompletion = owesCompletion
    reader = EnvelopeReader(mailbox)
    account = ConnectionBudgets.Account(mailbox.imap, user: mailbox.userName)
    log = context.logger(for: mailbox.id)
  }

  var store: any MailStoring { context.store }
  var options: EngineOptions { context.options }
  var uptime: Int64 { context.clock.uptimeMilliseconds }

  nonisolated(nonsending) func run() async throws {
    var request = control.takeSync()
    try await traced(request.parent) {
      let first = trouble.mayAskAtOnce ? try await askAtOnce() : nil
      try await readFolderList(first)
      hasBegun = true
      // Other folders are still asked, seldom: what the server would not tell is found all the same.
      if folders.count > 1 { try await connection.notifyOfFolders() }
      try await poll(isForced: true, first)
    }
    while true {
      try Task.checkCancellation()
      let kicks = control.take([.sync, .wanted, .turn])
      countOctets()
      if kicks.contains(.wanted) { bodiesMayBeWanted = true }
      if kicks.contains(.sync) {
        request = control.takeSync()
        // Who asks means the folders that came since, too.
        nextList = uptime
        try await traced(request.parent) { try await poll(isForced: true) }
      } else {
        try await poll(isForced: false)
      }
      if bodiesMayBeWanted {
        try await fetchWantedBodies()
        try await readReports()
        // A report that was found to be ours is wanted now.
        if bodiesMayBeWanted { continue }
      }
      if control.isCalledOff, nextToRead() != nil {
        context.turns.forget(control)
        try await rest()
      } else if let next = nextToRead() {
        owesCompletion = true
        if try await !mayReadOlder() {
          try await waitForNews()
          continue
        }
        try await announce(.syncing)
        defer { context.turns.giveBack(control) }
        try await readOlder(next)
      } else {
        context.turns.forget(control)
        control.forgetCallingOff()
        try await announceLive()
        control.finishSync(request.number)
        try await waitForNews()
      }
    }
  }

  /// Whether older mail may be read now. Where not, new mail is watched meanwhile.
  private nonisolated(nonsending) func mayReadOlder() async throws -> Bool {
    if let pause = context.budgets.pause(of: account) {
      context.turns.forget(control)
      nextPoll = min(nextPoll, uptime + pause)
      guard !isOverBudget else { return false }
      isOverBudget = true
      let until = Timestamp(milliseconds: context.clock.now.milliseconds + pause)
      log.notice("older mail is read on later: what the provider gives in a day is used")
      try await store.setMailboxState(
        mailbox.id, .syncing, reason: .throttled,
        detail:
          "The provider's \(context.budgets.use(of: account).octetsPerDayMax ?? 0) octets a day are read.",
        nextAttemptAt: until, at: context.clock.now)
      announced = nil
      publish()
      return false
    }
    isOverBudget = false
    return context.turns.take(control)
  }

  /// What came over the connection since this was last called belongs to the account's day.
  func countOctets() {
    context.budgets.note(connection.octetsReceived - counted, of: account)
    counted = connection.octetsReceived
  }

  /// Leaves older mail for later, and waits for news.
  private nonisolated(nonsending) func rest() async throws {
    owesCompletion = true
    throughput.reset()
    try await announce(.live)
    publish()
    try await waitForNews()
  }

  /// Looks at the folders, for who asked for it.
  private nonisolated(nonsending) func traced(
    _ parent: InstrumentationContext?, _ body: () async throws -> Void
  ) async throws {
    try await context.spans.runPart("sync folders", of: parent, ["postroom.mailbox": "\(mailbox.id)"], body)
  }

  /// The first folder that was not read to its end; inbox, then sent, then the others.
  private func nextToRead() -> Int? { folders.firstIndex { !$0.isComplete } }

  func index(of id: FolderID) -> Int? { folders.firstIndex { $0.row.id == id } }

  // MARK: State

  nonisolated(nonsending) func announce(_ state: MailboxState) async throws {
    guard announced != state else { return }
    try await store.setMailboxState(
      mailbox.id, state, reason: nil, detail: nil, nextAttemptAt: nil, at: context.clock.now)
    announced = state
    publish()
  }

  private nonisolated(nonsending) func announceLive() async throws {
    throughput.reset()
    try await announce(.live)
    if owesCompletion {
      try await store.noteSyncCompleted(mailbox.id, at: context.clock.now)
      owesCompletion = false
    }
  }

  func publish() {
    var progress = SyncProgress(mailboxID: mailbox.id, phase: .reading)
    progress.folders = folders.map { state in
      var folder = SyncProgress.FolderProgress(state.row)
      folder.total = state.exists
      folder.complete = state.isComplete
      return folder
    }
    progress.phase = .reading
    if announced == .live { progress.phase = progress.complete ? .live : .paused }
    progress.messagesPerSecond = throughput.perSecond
    let left = folders.reduce(Int64(0)) { $1.isComplete ? $0 : $0 + max($1.exists - $1.row.stored, 0) }
    if progress.phase == .reading, progress.messagesPerSecond > 0 {
      progress.secondsLeft = Int64((Double(left) / progress.messagesPerSecond).rounded(.up))
    }
    context.board.publish(progress)
  }

  // MARK: Commits

  /// Writes a batch, and tells those for whom it made something to do.
  nonisolated(nonsending) func commit(_ batch: SyncBatch, folder i: Int) async throws {
    let outcome = try await store.commitSync(batch, at: context.clock.now)
    if !batch.messages.isEmpty { hasProgressed = true }
    folders[i].row.cursor = batch.cursor
    folders[i].row.stored += Int64(batch.messages.count)
    throughput.add(batch.messages.count, at: uptime)
    tell(outcome.wanted)
    publish()
  }

  func batch(_ i: Int, cursor: FolderCursor) -> SyncBatch {
    SyncBatch(
      mailboxID: mailbox.id, folderID: folders[i].row.id, cursor: cursor, serverTotal: folders[i].exists)
  }

  func tell(_ wanted: [MailboxID]) {
    if wanted.contains(mailbox.id) { bodiesMayBeWanted = true }
    let others = wanted.filter { $0 != mailbox.id }
    if !others.isEmpty { context.kick(others, .wanted) }
  }

  /// Takes the counts as the store has them.
  nonisolated(nonsending) func refreshRows() async throws {
    for row in try await store.folders(mailbox.id) {
      if let i = index(of: row.id) { folders[i].row = row }
    }
    publish()
  }
}

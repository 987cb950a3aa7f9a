internal import IMAPClient
internal import MailStore
internal import Sockets
internal import Synchronization
internal import Tracing

/// What others may tell the tasks of one mailbox.
final class MailboxControl: Sendable {
  struct Kicks: OptionSet, Sendable {
    let rawValue: Int
    /// Look at every folder now; also ends the wait before the next connection.
    static let sync = Kicks(rawValue: 1)
    /// Bodies are wanted.
    static let wanted = Kicks(rawValue: 2)
    /// Mail is waiting in the outbox.
    static let outbox = Kicks(rawValue: 4)
    /// It is this mailbox's turn to read older mail.
    static let turn = Kicks(rawValue: 8)
  }

  let id: MailboxID
  /// Where the mailbox's connections live.
  let reactor: Reactor
  /// Ends the worker's IDLE.
  let idle = IdleSignal()
  /// Opened once: both tasks end; a mail that is on its way out is finished first.
  let stop = Watched(false)
  /// Opened once: what is on its way out is cut off.
  let hardStop = Watched(false)
  /// Opened when both tasks have ended.
  let finished = Watched(false)
  /// The first connection to the mailbox waits so long.
  let delayMilliseconds: Int64
  private let kicks = Watched<Kicks>([])
  private let syncs = Watched(Syncs())
  private let senders = Mutex<[SubmissionID: InstrumentationContext]>([:])

  /// Who asked for a sync, and how far that is.
  private struct Syncs: Sendable {
    /// Numbers of the last one asked for, and of the last one that is done.
    var asked = 0
    var done = 0
    /// All up to this one were called off.
    var calledOff = 0
    /// Nothing is read that can be read later, until the next request.
    var isCalledOff = false
    var hasEnded = false
    /// The span of who asked last.
    var parent: InstrumentationContext?
  }

  init(id: MailboxID, reactor: Reactor, delayMilliseconds: Int64 = 0) {
    self.id = id
    self.reactor = reactor
    self.delayMilliseconds = delayMilliseconds
  }

  func kick(_ more: Kicks) {
    kicks.update { $0.formUnion(more) }
    if !more.isDisjoint(with: [.sync, .wanted, .turn]) { idle.fire() }
  }

  // MARK: Syncs

  /// Asks for all folders to be looked at.
  /// - Returns: the request's number, for ``waitForSync(_:)``.
  func requestSync() -> Int {
    let number = syncs.update { s in
      s.asked += 1
      s.isCalledOff = false
      s.parent = .current ?? s.parent
      return s.asked
    }
    kick(.sync)
    return number
  }

  /// The number of the last request, and the span that it belongs to, which is told once.
  func takeSync() -> (number: Int, parent: InstrumentationContext?) {
    syncs.update { s in (s.asked, s.parent.take()) }
  }

  /// All requests up to `number` are done.
  func finishSync(_ number: Int) {
    if syncs.value.done < number { syncs.update { $0.done = max($0.done, number) } }
  }

  /// Calls off what was asked for and is not done: nobody waits for it any more, and the worker reads no further than
  /// to the next commit.
  ///
  /// - Parameter reads: older mail is being read, or to be read.
  func callOffSyncs(reads: Bool) {
    syncs.update { s in
      if reads || s.done < s.asked { s.isCalledOff = true }
      s.calledOff = s.asked
    }
  }

  /// Whether the worker is to read no further.
  var isCalledOff: Bool { syncs.value.isCalledOff }

  /// Nothing was left to read.
  func forgetCallingOff() { if isCalledOff { syncs.update { $0.isCalledOff = false } } }

  /// Nobody reads any more.
  func endSyncs() { syncs.update { $0.hasEnded = true } }

  /// Waits until the request is done, is called off, or nobody reads any more.
  func waitForSync(_ number: Int) async -> SyncOutcome {
    await syncs.wait { $0.done >= number || $0.calledOff >= number || $0.hasEnded }
    let now = syncs.value
    if now.done >= number { return .done }
    return now.calledOff >= number ? .calledOff : .unread
  }

  /// The same, for `milliseconds` at the most.
  func waitForSync(_ number: Int, atMost milliseconds: Int64, clock: any EngineClock) async {
    await syncs.wait(until: { $0.done >= number || $0.hasEnded }, atMost: milliseconds, clock: clock)
  }

  // MARK: Sends

  /// Notes the span that a mail was sent in, for the attempts that come. In memory only: after a restart attempts
  /// begin traces of their own.
  func noteSender(of id: SubmissionID) {
    guard let context = InstrumentationContext.current else { return }
    senders.withLock { s in
      if s.count < Self.sendersMax { s[id] = context }
    }
  }

  func sender(of id: SubmissionID) -> InstrumentationContext? { senders.withLock { $0[id] } }

  func forgetSender(of id: SubmissionID) { senders.withLock { $0[id] = nil } }

  private static let sendersMax = 1000

  // MARK: Kicks

  /// Whether one of `mask` waits, left in place.
  func isKicked(_ mask: Kicks) -> Bool { !kicks.value.isDisjoint(with: mask) }

  /// Takes those of `mask` that wait.
  func take(_ mask: Kicks) -> Kicks {
    kicks.update { waiting in
      let taken = waiting.intersection(mask)
      waiting.subtract(mask)
      return taken
    }
  }

  /// Waits for one of `mask`, which is left in place.
  func wait(for mask: Kicks, atMost milliseconds: Int64?, clock: any EngineClock) async {
    if let milliseconds {
      await kicks.wait(until: { !$0.isDisjoint(with: mask) }, atMost: milliseconds, clock: clock)
    } else {
      await kicks.wait { !$0.isDisjoint(with: mask) }
    }
  }
}

/// Runs `body` until it ends or `gate` opens; then its task is cancelled and awaited.
func running(until gate: Watched<Bool>, _ body: @escaping @Sendable () async -> Void) async {
  await withTaskGroup(of: Void.self) { group in
    group.addTask { await body() }
    group.addTask { await gate.wait() }
    await group.next()
    group.cancelAll()
  }
}

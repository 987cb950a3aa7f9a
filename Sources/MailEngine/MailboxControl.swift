internal import IMAPClient
internal import MailStore
internal import Sockets

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

  init(id: MailboxID, reactor: Reactor, delayMilliseconds: Int64 = 0) {
    self.id = id
    self.reactor = reactor
    self.delayMilliseconds = delayMilliseconds
  }

  func kick(_ more: Kicks) {
    kicks.update { $0.formUnion(more) }
    if !more.isDisjoint(with: [.sync, .wanted]) { idle.fire() }
  }

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

internal import Logging
internal import MailStore
internal import Sockets

/// Owns the tasks of every mailbox: one reads (``MailboxWorker``), one sends (``OutboxRunner``).
///
/// All are children of ``run()``. What goes wrong in one mailbox stays there.
final class Supervisor: Sendable {
  private struct State {
    var controls: [MailboxID: MailboxControl] = [:]
    var starting: [MailboxControl] = []
    /// Mailboxes that must stand still, and by how many they are held.
    var held: [MailboxID: Int] = [:]
    /// Held ones that are to run afterwards.
    var waiting: Set<MailboxID> = []
    var isClosing = false
  }

  private let state = Watched(State())
  private let reactors: ReactorGroup

  init(reactors: ReactorGroup = .shared) { self.reactors = reactors }

  /// Runs until ``close()``, and then until every task has ended.
  func run(_ context: EngineContext) async {
    await withDiscardingTaskGroup { group in
      while true {
        await state.wait { !$0.starting.isEmpty || $0.isClosing }
        let (fresh, isClosing) = state.update { s in
          defer { s.starting = [] }
          return (s.starting, s.isClosing)
        }
        for control in fresh {
          group.addTask(executorPreference: control.reactor) { await self.serve(control, context) }
        }
        if isClosing { break }
        if Task.isCancelled { close() }
      }
    }
  }

  private func serve(_ control: MailboxControl, _ context: EngineContext) async {
    await withTaskGroup(of: Void.self) { group in
      group.addTask {
        await running(until: control.stop) { await MailboxWorker(control, context).run() }
      }
      group.addTask {
        await running(until: control.hardStop) { await OutboxRunner(control, context).run() }
      }
    }
    context.board.setPhase(control.id, .stopped)
    control.endSyncs()
    state.update { s in
      if s.controls[control.id] === control { s.controls[control.id] = nil }
    }
    control.finished.open()
  }

  /// Starts the tasks of a mailbox unless they run. A held mailbox starts when it is released.
  ///
  /// - Parameter delayMilliseconds: its first connection for reading waits so long.
  func start(_ id: MailboxID, delayMilliseconds: Int64 = 0) {
    let reactor = reactors.next()
    state.update { s in
      if s.isClosing || s.controls[id] != nil { return }
      if s.held[id] != nil {
        s.waiting.insert(id)
        return
      }
      let control = MailboxControl(id: id, reactor: reactor, delayMilliseconds: delayMilliseconds)
      s.controls[id] = control
      s.starting.append(control)
    }
  }

  func kick(_ ids: [MailboxID], _ kicks: MailboxControl.Kicks) {
    for control in ids.compactMap({ state.value.controls[$0] }) { control.kick(kicks) }
  }

  /// nil when the mailbox's tasks do not run.
  func control(of id: MailboxID) -> MailboxControl? { state.value.controls[id] }

  func isRunning(_ id: MailboxID) -> Bool { state.value.controls[id] != nil }

  /// Ends the tasks of a mailbox and waits for it.
  ///
  /// - Parameter grace: a mail that is on its way out is given so many milliseconds.
  func stop(_ id: MailboxID, grace: Int64, clock: any EngineClock) async {
    let control = state.update { s in
      s.waiting.remove(id)
      return s.controls[id]
    }
    if let control { await Self.end(control, grace: grace, clock: clock) }
  }

  private static func end(_ control: MailboxControl, grace: Int64, clock: any EngineClock) async {
    control.stop.open()
    control.kick([.sync, .wanted, .outbox])
    if await control.finished.wait(until: { $0 }, atMost: grace, clock: clock) { return }
    control.hardStop.open()
    await control.finished.wait()
  }

  /// Makes mailboxes stand still until ``release(_:)``; those that ran will run again then.
  func hold(_ ids: [MailboxID], grace: Int64, clock: any EngineClock) async {
    let running = state.update { s in
      for id in ids { s.held[id, default: 0] += 1 }
      let running = ids.compactMap { s.controls[$0] }
      s.waiting.formUnion(running.map(\.id))
      return running
    }
    for control in running { await Self.end(control, grace: grace, clock: clock) }
  }

  /// - Parameter gone: mailboxes that exist no more.
  func release(_ ids: [MailboxID], gone: Set<MailboxID>) {
    let ready = state.update { s in
      var ready: [MailboxID] = []
      for id in ids {
        guard let n = s.held[id] else { continue }
        s.held[id] = n > 1 ? n - 1 : nil
        if n <= 1, s.waiting.remove(id) != nil, !gone.contains(id) { ready.append(id) }
      }
      return ready
    }
    for id in ready { start(id) }
  }

  /// Ends everything. ``run(_:)`` returns when all tasks have ended.
  func close() {
    let running = state.update { s in
      s.isClosing = true
      return Array(s.controls.values)
    }
    for control in running {
      control.stop.open()
      control.kick([.sync, .wanted, .outbox])
    }
  }

  /// Cuts off what is still on its way out.
  func closeHard() {
    for control in state.value.controls.values { control.hardStop.open() }
  }
}

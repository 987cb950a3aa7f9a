internal import Logging
internal import MailStore

/// Carries out erasures, one after the other: the mailboxes concerned stand still meanwhile (S19, S20).
final class PurgeRunner: Sendable {
  private struct State {
    var queue: [Purge] = []
    var isClosing = false
  }

  private let state = Watched(State())
  private let supervisor: Supervisor

  init(supervisor: Supervisor) { self.supervisor = supervisor }

  func add(_ purges: [Purge]) {
    state.update { s in
      for purge in purges where !s.queue.contains(where: { $0.id == purge.id }) { s.queue.append(purge) }
    }
  }

  /// Runs until ``close()`` or its task is cancelled. What is left goes on at the next start.
  func run(_ context: EngineContext) async {
    while true {
      await state.wait { !$0.queue.isEmpty || $0.isClosing }
      let next = state.update { $0.isClosing ? [] : Self.together($0.queue) }
      if next.isEmpty || Task.isCancelled { return }
      if let only = next.first, next.count == 1 {
        await carryOut(only, context)
      } else {
        await carryOut(next, context)
      }
      state.update { s in s.queue.removeAll { purge in next.contains { $0.id == purge.id } } }
    }
  }

  func close() { state.update { $0.isClosing = true } }

  private var isClosing: Bool { state.value.isClosing || Task.isCancelled }

  /// A mail that is on its way out is given so long before the erasure begins.
  private static let graceMilliseconds: Int64 = 30_000

  /// Retentions of several tenants share the rewriting of the database, which is most of the work.
  private static func together(_ queue: [Purge]) -> [Purge] {
    let retentions = queue.prefix { $0.kind == "retention" }
    return retentions.isEmpty ? Array(queue.prefix(1)) : Array(retentions)
  }

  /// Several that need no mailbox to stand still.
  private func carryOut(_ purges: [Purge], _ context: EngineContext) async {
    var failures = 0
    while !isClosing {
      do throws(MailStoreError) {
        for purge in purges {
          while !isClosing, try await context.store.purgeStep(purge.id, rows: context.options.purgeRows).more
          {}
        }
        if isClosing { return }
        let done = try await context.store.finishPurges(purges.map(\.id), at: context.clock.now)
        if done.allSatisfy({ $0.state == .done }) { return }
        failures += 1
      } catch {
        if case .notFound = error { return }
        failures += 1
        context.log.error("retention interrupted", metadata: ["error": "\(error)"])
      }
      let wait = context.options.backoff.milliseconds(afterFailures: failures, draw: Double.random(in: 0..<1))
      await state.wait(until: { $0.isClosing }, atMost: wait, clock: context.clock)
    }
  }

  private func carryOut(_ purge: Purge, _ context: EngineContext) async {
    var held: [MailboxID] = []
    var failures = 0
    while !isClosing {
      do throws(MailStoreError) {
        // Asked anew after a failure: a mailbox may have been connected meanwhile.
        let touched = try await context.store.mailboxes(touchedBy: purge.id).filter { !held.contains($0) }
        await supervisor.hold(touched, grace: Self.graceMilliseconds, clock: context.clock)
        held += touched
        while !isClosing {
          let (_, more) = try await context.store.purgeStep(purge.id, rows: context.options.purgeRows)
          if !more { break }
          failures = 0
        }
        if isClosing { break }
        let done = try await context.store.finishPurge(purge.id, at: context.clock.now)
        if done.state == .done { break }
        failures += 1
      } catch {
        if case .notFound = error { break }
        failures += 1
        context.log.error("erasure interrupted", metadata: ["purge": "\(purge.id)", "error": "\(error)"])
      }
      // A reader may hold the log open; the disk may be full.
      let wait = context.options.backoff.milliseconds(afterFailures: failures, draw: Double.random(in: 0..<1))
      await state.wait(until: { $0.isClosing }, atMost: wait, clock: context.clock)
    }
    var gone: Set<MailboxID> = []
    for id in held {
      do throws(MailStoreError) {
        _ = try await context.store.mailbox(id, tenant: nil)
      } catch {
        gone.insert(id)
        if case .notFound = error { context.board.remove(id) }
      }
    }
    supervisor.release(held, gone: gone)
  }
}

internal import Logging
package import MailStore
internal import Synchronization

/// Audits every mailbox once a day, one after the other, each at a time of the day of its own.
final class AuditSweeper: Sendable {
  /// What the audits found, for the figures.
  struct Figures: Sendable, Hashable {
    /// Audits that came to their end, and those that did not.
    var done = 0
    var failed = 0
    /// Differences without a reason that the last audit of each mailbox found.
    var unexplained: Int64 = 0
  }

  private struct State {
    var unexplained: [MailboxID: Int64] = [:]
    var done = 0
    var failed = 0
  }

  private let context: EngineContext
  private let audit: @Sendable (Mailbox) async throws -> MailboxAudit
  private let state = Mutex(State())

  /// - Parameter audit: does one.
  init(context: EngineContext, audit: @escaping @Sendable (Mailbox) async throws -> MailboxAudit) {
    self.context = context
    self.audit = audit
  }

  var figures: Figures {
    state.withLock { s in
      Figures(done: s.done, failed: s.failed, unexplained: s.unexplained.values.reduce(0, +))
    }
  }

  /// Counts and tells what an audit found.
  func note(_ audit: MailboxAudit) {
    state.withLock { s in
      s.done += 1
      s.unexplained[audit.mailboxID] = audit.unexplained > 0 ? audit.unexplained : nil
    }
    guard audit.unexplained > 0 else { return }
    context.logger(for: audit.mailboxID).error(
      "server and store differ without a reason", metadata: ["mails": "\(audit.unexplained)"])
  }

  func noteFailure() { state.withLock { $0.failed += 1 } }

  /// Until `isClosed` opens.
  func run(_ isClosed: Watched<Bool>) async {
    // Days already seen: what ran, or would have run, before the start is left to tomorrow.
    var days: [MailboxID: Int64] = [:]
    while !isClosed.value, !Task.isCancelled {
      do throws(MailStoreError) {
        let mailboxes = try await context.store.mailboxes(tenant: nil)
        let known = Set(mailboxes.map(\.id))
        days = days.filter { known.contains($0.key) }
        state.withLock { s in s.unexplained = s.unexplained.filter { known.contains($0.key) } }
        for mailbox in mailboxes where !isClosed.value {
          let day = self.day(of: mailbox.id)
          if days.updateValue(day, forKey: mailbox.id) ?? day != day, mailbox.state == .live {
            await look(mailbox, isClosed)
          }
        }
      } catch {
        context.log.error("mailboxes cannot be audited", metadata: ["error": "\(error)"])
      }
      let wait = max(min(context.options.auditSeconds, Self.turnSeconds), 1) * 1000
      await isClosed.wait(until: { $0 }, atMost: wait, clock: context.clock)
    }
  }

  private static let turnSeconds: Int64 = 60

  /// Counts the mailbox's days, each of which begins at a time of its own.
  private func day(of id: MailboxID) -> Int64 {
    let length = max(context.options.auditSeconds, 1)
    let offset = Int64(truncatingIfNeeded: UInt64(bitPattern: id.value) &* 0x9E37_79B9 % UInt64(length))
    return (context.clock.now.milliseconds / 1000 + offset) / length
  }

  private func look(_ mailbox: Mailbox, _ isClosed: Watched<Bool>) async {
    await withTaskGroup(of: Void.self) { group in
      group.addTask {
        do {
          self.note(try await self.audit(mailbox))
        } catch {
          self.noteFailure()
          self.context.logger(for: mailbox.id).info(
            "mailbox not audited", metadata: ["error": "\(type(of: error))"])
        }
      }
      group.addTask { await isClosed.wait() }
      await group.next()
      group.cancelAll()
    }
  }
}

extension MailEngine {
  /// Compares a mailbox's server with what is stored, and gives a reason for each mail that is not here.
  ///
  /// Errors: ``EngineError/connectFailed(_:)``.
  package func audit(_ id: MailboxID, tenant: TenantID) async throws(EngineError) -> MailboxAudit {
    try requireOpen()
    let mailbox = try await storing { () async throws(MailStoreError) in
      try await store.mailbox(id, tenant: tenant)
    }
    do {
      let audit = try await MailboxAuditor(context: context, supervisor: supervisor).audit(mailbox)
      audits.note(audit)
      return audit
    } catch let error as ConnectFailure {
      audits.noteFailure()
      throw .connectFailed(error)
    } catch let error as MailStoreError {
      throw .store(error)
    } catch {
      audits.noteFailure()
      throw .connectFailed(
        ConnectFailure(
          server: .imap, host: mailbox.imap.host, port: mailbox.imap.port, step: .list, problem: .unreachable)
      )
    }
  }

  /// What audits found: how many came to their end, how many did not, and the differences without a reason that
  /// the last one of each mailbox found.
  package var auditFigures: (done: Int, failed: Int, unexplained: Int64) {
    let figures = audits.figures
    return (figures.done, figures.failed, figures.unexplained)
  }
}

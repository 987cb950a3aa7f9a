internal import Dispatch
internal import GRDB
internal import Glibc
internal import Synchronization

/// What a write does besides changing rows; done only when its transaction is on disk.
struct Effects {
  /// The highest event appended, 0 for none.
  var latestEvent: Int64 = 0
  /// Tokens are gone: whoever remembers them must forget.
  var tokensDeleted = false
  var afterCommit: [@Sendable () -> Void] = []
  /// What the ledger of erasures gets before the commit.
  private(set) var erased: [LedgerEntry] = []

  mutating func noteErased(_ facts: [LedgerFact], of tenant: TenantID) {
    // When it happened is for people who read the ledger: nothing is decided by it.
    var now = timespec()
    clock_gettime(CLOCK_REALTIME, &now)
    let at = Timestamp(milliseconds: Int64(now.tv_sec) * 1000 + Int64(now.tv_nsec) / 1_000_000)
    erased += facts.map { LedgerEntry(at: at, tenant: tenant, $0) }
  }
}

/// The one writer. Writes that wait at the same time share a transaction, so they share its sync to
/// disk, which costs more than most writes.
///
/// Each write is still all or nothing: it runs in a savepoint of its own, and one that throws leaves no
/// trace while the others go on. Nobody gets an answer before the commit is on disk; when the commit
/// fails, all of its writes fail. Writes are not ended by cancelling the task that asked for them.
final class WriteQueue: Sendable {
  /// Writes that share a transaction at the most.
  static let jobsMax = 64
  /// No further write joins a transaction that is this old.
  static let gatherNanosecondsMax: UInt64 = 30_000_000

  private struct Job: Sendable {
    /// Answers what is to be called when the commit is on disk.
    let run: @Sendable (Database, inout Effects) throws -> @Sendable () -> Void
    let fail: @Sendable (MailStoreError) -> Void
  }

  private struct State {
    private var jobs: [Job] = []
    /// Where the waiting ones begin; what is before is dropped now and then, not one by one.
    private var head = 0
    var isDraining = false

    var isEmpty: Bool { head == jobs.count }
    var count: Int { jobs.count - head }

    mutating func append(_ job: Job) { jobs.append(job) }

    mutating func next() -> Job? {
      guard head < jobs.count else { return nil }
      let job = jobs[head]
      head += 1
      if head == jobs.count || head == 256 {
        jobs.removeFirst(head)
        head = 0
      }
      return job
    }
  }

  private let pool: DatabasePool
  private let state = Mutex(State())
  /// Called on the writer's thread after a commit, before its writes are answered.
  private let onCommit: @Sendable (Effects) -> Void
  private let ledger: ErasureLedger

  init(pool: DatabasePool, ledger: ErasureLedger, onCommit: @escaping @Sendable (Effects) -> Void) {
    self.pool = pool
    self.ledger = ledger
    self.onCommit = onCommit
  }

  func run<T: Sendable>(
    _ body: @escaping @Sendable (Database, inout Effects) throws -> T
  ) async throws(MailStoreError) -> T {
    let result: Result<T, MailStoreError> = await withCheckedContinuation { continuation in
      let job = Job(
        run: { db, effects in
          let value = try body(db, &effects)
          return { continuation.resume(returning: .success(value)) }
        },
        fail: { continuation.resume(returning: .failure($0)) })
      let starts = state.withLock { state in
        state.append(job)
        defer { state.isDraining = true }
        return !state.isDraining
      }
      if starts { drainLater() }
    }
    return try result.get()
  }

  /// Writes that wait for their transaction.
  var count: Int { state.withLock { $0.count } }

  private func drainLater() {
    pool.asyncWriteWithoutTransaction { [self] db in
      drain(db)
      let more = state.withLock { state in
        state.isDraining = !state.isEmpty
        return state.isDraining
      }
      // Not a loop: others who wait for the writer get their turn between.
      if more { drainLater() }
    }
  }

  private func next() -> Job? {
    state.withLock { $0.next() }
  }

  /// One transaction with as many of the waiting writes as it may have.
  private func drain(_ db: Database) {
    var effects = Effects()
    var done: [(job: Job, answer: @Sendable () -> Void)] = []
    let start = DispatchTime.now().uptimeNanoseconds
    do {
      try db.beginTransaction(.immediate)
    } catch {
      let error = MailStoreError(error)
      next()?.fail(error)
      return
    }
    while done.count < Self.jobsMax, DispatchTime.now().uptimeNanoseconds - start < Self.gatherNanosecondsMax,
      let job = next()
    {
      let before = effects
      do {
        try db.execute(sql: "SAVEPOINT job")
        let answer = try job.run(db, &effects)
        try db.execute(sql: "RELEASE job")
        done.append((job, answer))
      } catch {
        effects = before
        if undo(db) {
          job.fail(MailStoreError(error))
        } else {
          fail([job] + done.map(\.job), MailStoreError(error), db)
          return
        }
      }
    }
    do {
      // Before the commit: an erasure that only the database knows of, a restored copy would not know. One that only
      // the ledger knows of, after a crash here, is done again, as its purge goes on at the next start.
      try ledger.append(effects.erased)
      try db.commit()
    } catch {
      fail(done.map(\.job), MailStoreError(error), db)
      return
    }
    effects.afterCommit.forEach { $0() }
    onCommit(effects)
    done.forEach { $0.answer() }
  }

  /// Takes back the present savepoint. - Returns: false when the whole transaction is lost.
  private func undo(_ db: Database) -> Bool {
    // After a full disk or an I/O error SQLite may have rolled back everything by itself.
    guard db.isInsideTransaction else { return false }
    do {
      try db.execute(sql: "ROLLBACK TO job")
      try db.execute(sql: "RELEASE job")
      return true
    } catch {
      return false
    }
  }

  private func fail(_ jobs: [Job], _ error: MailStoreError, _ db: Database) {
    if db.isInsideTransaction {
      // The first error is the one to tell; SQLite rolls back for certain when it next can.
      try? db.rollback()
    }
    jobs.forEach { $0.fail(error) }
  }
}

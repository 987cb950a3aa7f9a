internal import Bytes
package import Logging
package import MailReading
internal import Synchronization

/// Reads mail in processes of their own, so that a mail that ends its reader ends nothing else.
///
/// A few children, started when they are needed and kept. A mail over which a child dies, stalls or talks nonsense is
/// tried once more in another; when that goes the same way the mail is ``MailReadingError/unreadable(_:)``.
package final class ReaderPool: MailReader {
  package struct Options: Sendable {
    /// What is started: this very program, also after the file was replaced by a newer one.
    package var program = "/proc/self/exe"
    package var arguments = ["postroomd", ReaderChild.argument]
    /// Children at one time; a mail waits for a free one.
    package var processesMax = 2
    /// What a child gets for a mail, and on top of it for each MiB.
    package var stallMilliseconds: Int64 = 10_000
    package var millisecondsPerMiB: Int64 = 500
    /// From a child's start to its first word.
    package var startSeconds: Int64 = 30

    package init() {}
  }

  /// A child dies over a mail so often before the mail is given up.
  private static let attempts = 2

  private struct State {
    var idle: [ReaderProcess] = []
    var running = 0
    var waiters: [CheckedContinuation<Grant, Never>] = []
    var isClosed = false
    var missingWalls: Walls = []
    var statistics = ReaderStatistics()
  }

  private enum Grant: Sendable {
    case process(ReaderProcess)
    /// There may be one more.
    case place
    case closed
  }

  private let options: Options
  private let log: Logger
  private let state = Mutex(State())

  package init(_ options: Options = .init(), logger: Logger) {
    self.options = options
    log = logger
  }

  package var statistics: ReaderStatistics? {
    state.withLock { state in
      var now = state.statistics
      now.processes = state.running
      return now
    }
  }

  /// Children that nobody uses now.
  var idlePIDs: [Int32] { state.withLock { $0.idle.map(\.pid) } }

  /// What the children begun so far could not raise.
  var missingWalls: Walls { state.withLock(\.missingWalls) }

  /// Ends all children; what is being read is read to its end.
  package func close() {
    let (idle, waiters) = state.withLock { state in
      state.isClosed = true
      state.running -= state.idle.count
      defer { (state.idle, state.waiters) = ([], []) }
      return (state.idle, state.waiters)
    }
    for process in idle { process.end() }
    for waiter in waiters { waiter.resume(returning: .closed) }
  }

  package func answer(_ request: ReadRequest) async throws(MailReadingError) -> ReadAnswer {
    guard request.octets <= PipeFrame.requestOctetsMax else { throw .unreadable(.tooLarge) }
    var writer = WireWriter(capacity: request.octets + 1024)
    request.write(to: &writer)
    let frame = writer.bytes
    // A caller that goes must not leave a child in the middle of a mail.
    let result: Result<ReadAnswer, MailReadingError> = await Task {
      do throws(MailReadingError) { return .success(try await self.ask(frame)) } catch {
        return .failure(error)
      }
    }.value
    return try result.get()
  }

  private func ask(_ frame: [UInt8]) async throws(MailReadingError) -> ReadAnswer {
    var cause = MailReadingError.Cause.crashed
    for _ in 0..<Self.attempts {
      let process = try await take()
      let allowed = options.stallMilliseconds + Int64(frame.count >> 20) * options.millisecondsPerMiB
      do throws(ReaderPipe.Failure) {
        let octets = try await process.exchange(frame, by: .after(milliseconds: allowed))
        let answer = try Self.answer(octets)
        give(back: process)
        return answer
      } catch {
        cause =
          switch error {
          case .ended: .crashed
          case .timedOut: .stalled
          case .nonsense: .nonsense
          }
        process.end()
        log.warning(
          "a process that reads mail was lost",
          metadata: ["cause": "\(cause.rawValue)", "pid": "\(process.pid)"])
        noteDeath()
      }
    }
    state.withLock { $0.statistics.unreadable &+= 1 }
    throw .unreadable(cause)
  }

  private static func answer(_ octets: [UInt8]) throws(ReaderPipe.Failure) -> ReadAnswer {
    do throws(WireNonsense) {
      var reader = WireReader(octets)
      let answer = try ReadAnswer(from: &reader)
      try reader.end()
      return answer
    } catch {
      throw .nonsense
    }
  }

  // MARK: Children

  private func take() async throws(MailReadingError) -> ReaderProcess {
    while true {
      let grant = await withCheckedContinuation { (waiter: CheckedContinuation<Grant, Never>) in
        let now = state.withLock { state -> Grant? in
          if state.isClosed { return .closed }
          if let process = state.idle.popLast() { return .process(process) }
          if state.running < max(options.processesMax, 1) {
            state.running += 1
            return .place
          }
          state.waiters.append(waiter)
          return nil
        }
        if let now { waiter.resume(returning: now) }
      }
      switch grant {
      case .closed: throw .unavailable("the server is stopping")
      case .place: return try await start()
      case .process(let process):
        // It may have been ended from outside while nobody used it: that is no mail's doing.
        if !process.isGone { return process }
        vacate()
      }
    }
  }

  private func start() async throws(MailReadingError) -> ReaderProcess {
    do throws(ReaderProcess.StartFailure) {
      let process = try await ReaderProcess.start(options)
      noteMissing(process.missingWalls)
      return process
    } catch {
      vacate()
      log.error("no process that reads mail", metadata: ["cause": "\(error.words)"])
      throw .unavailable(error.words)
    }
  }

  /// Tells once what this system does not let the children give up. Without the filter of system calls they could still
  /// reach something; anything else missing is covered by it.
  private func noteMissing(_ walls: Walls) {
    let isKnown = state.withLock { state in
      defer { state.missingWalls.formUnion(walls) }
      return state.missingWalls.isSuperset(of: walls)
    }
    if isKnown { return }
    log.log(
      level: walls.contains(.systemCalls) ? .warning : .info,
      "processes that read mail lack walls that this system does not give; a crash of theirs ends nothing else",
      metadata: ["missing": "\(walls.words)"])
  }

  private func give(back process: ReaderProcess) {
    let (waiter, mustEnd) = state.withLock { state -> (CheckedContinuation<Grant, Never>?, Bool) in
      state.statistics.answers &+= 1
      if state.isClosed {
        state.running -= 1
        return (nil, true)
      }
      if !state.waiters.isEmpty { return (state.waiters.removeFirst(), false) }
      state.idle.append(process)
      return (nil, false)
    }
    waiter?.resume(returning: .process(process))
    if mustEnd { process.end() }
  }

  private func noteDeath() {
    state.withLock { $0.statistics.deaths &+= 1 }
    vacate()
  }

  /// A child is gone: somebody who waits may start another.
  private func vacate() {
    let waiter = state.withLock { state -> CheckedContinuation<Grant, Never>? in
      if state.waiters.isEmpty {
        state.running -= 1
        return nil
      }
      return state.waiters.removeFirst()
    }
    waiter?.resume(returning: .place)
  }
}

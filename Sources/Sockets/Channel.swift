internal import Bytes
internal import CLinux
internal import Glibc
internal import Synchronization

/// A non-blocking descriptor registered with a reactor, and the tasks that wait for it.
///
/// There are two sides, for reading and for writing, each with a lock of its own that is held over
/// the (non-blocking) system call: so ``close()`` can come from any thread at any time, and no call
/// ever meets a descriptor that was closed, or worse, reused.
///
/// The descriptor is registered once, edge-triggered, for reading, and when a write first has to wait for writing too:
/// a Unix socket would tell of every answer that its peer takes. Each side remembers
/// whether the kernel may have something (`ready`): a call that would block, or a read that did not
/// fill its room, clears it, an event sets it. So a request that is answered costs one recv and one
/// send, as in a plain epoll program, and no epoll_ctl.
///
/// A wait's deadline is a number in its side. The channel has one timer, which is moved only when a
/// deadline comes before it: reads that each push their deadline forward never touch the timers.
///
/// `@unchecked Sendable`: state is in `Mutex`es and atomics; the rest is ``TimerNode``'s.
final class Channel: TimerNode, @unchecked Sendable {
  enum Side { case read, write }

  /// How a wait ended.
  enum Wake: Sendable {
    case ready, timedOut, closed, cancelled

    /// What is thrown, where `operation` is what a passed deadline is called.
    func error(_ operation: StreamError.Operation) -> StreamError? {
      switch self {
      case .ready: nil
      case .timedOut: .timedOut(operation)
      case .closed: .closed
      case .cancelled: .cancelled
      }
    }
  }

  /// Who waits for a side: a task, or a guest that has none meanwhile.
  private enum Waiter: Sendable {
    case task(UnsafeContinuation<Wake, Never>)
    case guest(Guest)

    func resume(_ wake: Wake) {
      switch self {
      case .task(let continuation): continuation.resume(returning: wake)
      case .guest(let guest): guest.restEnded(wake)
      }
    }
  }

  private struct Half: Sendable {
    /// The kernel may have octets, or room; false only when it said that it has not.
    var ready: Bool
    /// The peer has ended its side or the connection failed: from now on reads never block.
    var ended = false
    var closed = false
    /// Room for writing comes as an event.
    var isWatched = false
    /// `reader` is a guest that waits.
    var rests = false
    /// The next wait of a task ends at once.
    var isNudged = false
    /// Whose task waits for `ready`.
    var task: UnsafeContinuation<Wake, Never>?
    /// When the waiter gives up; `UInt64.max` is never.
    var deadline: UInt64 = .max
    /// Looks at what arrives while somebody waits.
    var reader: (any DirectReader)?

    init(ready: Bool, isWatched: Bool = false) {
      self.ready = ready
      self.isWatched = isWatched
    }

    var isWaitedFor: Bool { task != nil || rests }

    /// Ends the wait, whose waiter is then to be resumed.
    mutating func takeWaiter() -> Waiter? {
      if let task = task.take() { return .task(task) }
      guard rests else { return nil }
      rests = false
      return (reader.take() as? Guest).map { .guest($0) }
    }
  }

  let reactor: Reactor
  /// Whoever cancels a task that waits here closes the channel too: the wait itself need not notice, which saves
  /// two steps under the task's lock in each.
  private let endsByClosing: Bool
  private let descriptor: Int32
  private let reading: Mutex<Half>
  private let writing: Mutex<Half>
  /// When the timer fires; `UInt64.max` when it is not set. Written with a side's lock held or by
  /// ``fire(now:)`` before it looks at the sides, so that no deadline is missed between the two.
  private let armed = Atomic<UInt64>(.max)

  /// Registers `descriptor`, which then belongs to the channel; on an error it is closed.
  ///
  /// - Parameters:
  ///   - connecting: it is not connected yet, and not writable before it is.
  ///   - ready: there may be something to read; else the first event tells.
  ///   - endsByClosing: cancelling a task that waits does not end its wait; closing does.
  init(
    _ descriptor: consuming Descriptor, on reactor: Reactor, connecting: Bool = false,
    ready: Bool = true, endsByClosing: Bool = false
  ) throws(Syscalls.Failure) {
    self.reactor = reactor
    self.endsByClosing = endsByClosing
    self.descriptor = descriptor.number
    reading = Mutex(Half(ready: ready))
    writing = Mutex(Half(ready: !connecting, isWatched: connecting))
    super.init()
    try reactor.watch(descriptor.number, self, writing: connecting)
    _ = descriptor.take()
  }

  /// The number of the descriptor, for questions that do no harm; it must not be used after close.
  func withDescriptor<R>(_ body: (Int32) -> R) -> R? {
    reading.withLock { half in half.closed ? nil : body(descriptor) }
  }

  /// Tries `call` on the descriptor; its answer tells whether this side is still `ready`.
  ///
  /// - Returns: nil when the side is known not to be ready, or `call` says so: then wait.
  @inline(__always)
  func attempt<R: Sendable>(
    _ side: Side, _ call: (Int32) throws(StreamError) -> Attempt<R>
  ) throws(StreamError) -> R? {
    try withHalf(side) { (half) throws(StreamError) -> R? in
      if half.closed { throw .closed }
      if !half.ready { return nil }
      switch try call(descriptor) {
      case .done(let result):
        return result
      case .drained(let result):
        half.ready = half.ended
        return result
      case .blocked:
        half.ready = false
        return nil
      }
    }
  }

  enum Attempt<R: Sendable> {
    case done(R)
    /// It worked, and there is nothing left until the next event.
    case drained(R)
    case blocked
  }

  /// Suspends the calling task until `side` may be ready.
  ///
  /// - Parameters:
  ///   - operation: what a passed deadline is called.
  ///   - reader: handed what arrives meanwhile, where closing ends the wait and the task resumes on this thread.
  nonisolated(nonsending) func wait(
    _ side: Side, until deadline: Deadline, doing operation: StreamError.Operation,
    handing reader: (any DirectReader)? = nil
  ) async throws(StreamError) {
    let wake =
      endsByClosing
      ? await suspend(side, until: deadline, handing: reactor.isCurrent ? reader : nil)
      : await withTaskCancellationHandler {
        await suspend(side, until: deadline, handing: nil)
      } onCancel: {
        end(side, .cancelled)
      }
    if let error = wake.error(operation) { throw error }
  }

  private nonisolated(nonsending) func suspend(
    _ side: Side, until deadline: Deadline, handing reader: (any DirectReader)?
  ) async -> Wake {
    // SAFETY: resumed exactly once: here when there is nothing to wait for, else by whoever takes
    // the waiter out of its side under the lock.
    await withUnsafeContinuation { (continuation: UnsafeContinuation<Wake, Never>) in
      var mustArm = false
      let early = withHalf(side) { half -> Wake? in
        if half.closed { return .closed }
        if half.ready || half.isNudged {
          half.isNudged = false
          return .ready
        }
        if Task.isCancelled { return .cancelled }
        if side == .write, !half.isWatched {
          half.isWatched = true
          // Refused only when the kernel has no memory: then the wait ends by its deadline.
          try? reactor.watchWriting(descriptor, self)
        }
        half.task = continuation
        half.reader = reader
        half.deadline = deadline.nanoseconds
        mustArm = deadline.nanoseconds < armed.load(ordering: .relaxed)
        return nil
      }
      if let early {
        continuation.resume(returning: early)
      } else if mustArm {
        arm(at: deadline.nanoseconds)
      }
    }
  }

  /// Leaves the reading side to `guest`, which has no task, until something arrives that it does not handle by itself,
  /// `deadline`, or the end; on the reactor's thread.
  ///
  /// - Returns: how the wait ended already, if it did.
  func rest(_ guest: Guest, until deadline: Deadline) -> Wake? {
    precondition(reactor.isCurrent, "what rests is handed octets on the thread of its tasks")
    var mustArm = false
    let early = withHalf(.read) { half -> Wake? in
      if half.closed { return .closed }
      if half.ready { return .ready }
      half.isNudged = false
      half.rests = true
      half.reader = guest
      half.deadline = deadline.nanoseconds
      mustArm = deadline.nanoseconds < armed.load(ordering: .relaxed)
      return nil
    }
    if early == nil, mustArm { arm(at: deadline.nanoseconds) }
    return early
  }

  /// Ends the wait of a task that reads, or else its next one.
  func nudge() {
    let task = withHalf(.read) { half in
      if half.task == nil { half.isNudged = true }
      return half.task.take()
    }
    task?.resume(returning: .ready)
  }

  /// Ends both sides, wakes who waits, and gives the descriptor back. Any thread, any number of times.
  func close() {
    guard let reader = shut(.read) else { return }
    let writer = shut(.write)
    reader.waiter?.resume(.closed)
    writer?.waiter?.resume(.closed)
    // Both sides are marked: no call is under way on the descriptor, and none will begin.
    if armed.load(ordering: .relaxed) != .max { reactor.unschedule(self) }
    reactor.unwatch(descriptor, self)
    Syscalls.close(descriptor)
  }

  private struct Shut { let waiter: Waiter? }

  /// nil when the side was closed before.
  private func shut(_ side: Side) -> Shut? {
    withHalf(side) { half in
      if half.closed { return nil }
      half.closed = true
      let waiter = half.takeWaiter()
      half.reader = nil
      return Shut(waiter: waiter)
    }
  }

  // MARK: From the reactor

  func deliver(_ events: UInt32) {
    let broken = EPOLLERR.rawValue | EPOLLHUP.rawValue
    if events & (EPOLLIN.rawValue | EPOLLRDHUP.rawValue | broken) != 0 {
      let arrival = reading.withLock { half -> Arrival in
        half.ready = true
        if events & (EPOLLRDHUP.rawValue | broken) != 0 { half.ended = true }
        guard half.isWaitedFor else { return .nobody }
        if let reader = half.reader, !half.ended { return .reader(reader) }
        return .waiter(half.takeWaiter())
      }
      switch arrival {
      case .nobody: break
      case .waiter(let waiter): waiter?.resume(.ready)
      case .reader(let reader): handOver(to: reader)
      }
    }
    if events & (EPOLLOUT.rawValue | broken) != 0 {
      let waiter = writing.withLock { half in
        half.ready = true
        return half.takeWaiter()
      }
      waiter?.resume(.ready)
    }
  }

  /// Who is there when something arrives.
  private enum Arrival: Sendable {
    case nobody
    case waiter(Waiter?)
    case reader(any DirectReader)
  }

  /// Reads in place of who waits. The end, an error and more than fits in one read are the task's business.
  private func handOver(to reader: any DirectReader) {
    var count = 0
    do throws(StreamError) {
      let read = try attempt(.read) { (descriptor) throws(StreamError) -> Attempt<Int> in
        switch reactor.receive(descriptor) {
        case .blocked: return .blocked
        case .failed(let code): throw .system(.read, errno: code)
        case .moved(let n): return n > 0 && n < Reactor.roomOctets ? .drained(n) : .done(n)
        }
      }
      guard let read else { return }
      count = read
    } catch {
      // The task's own read meets it.
    }
    let deadline = count > 0 ? reactor.hand(count, to: reader) : nil
    guard let deadline, count < Reactor.roomOctets else { return end(.read, .ready) }
    let mustArm = reading.withLock { half in
      if !half.isWaitedFor { return false }
      half.deadline = deadline.nanoseconds
      return deadline.nanoseconds < armed.load(ordering: .relaxed)
    }
    if mustArm { arm(at: deadline.nanoseconds) }
  }

  override func fire(now: UInt64) {
    armed.store(.max, ordering: .relaxed)
    let next = min(expire(.read, now: now), expire(.write, now: now))
    if next != .max { arm(at: next) }
  }

  /// Wakes the side's waiter if its deadline has passed; else the answer is that deadline.
  private func expire(_ side: Side, now: UInt64) -> UInt64 {
    var next = UInt64.max
    let waiter = withHalf(side) { half -> Waiter? in
      guard half.isWaitedFor else { return nil }
      if half.deadline <= now { return half.takeWaiter() }
      next = half.deadline
      return nil
    }
    waiter?.resume(.timedOut)
    return next
  }

  private func arm(at time: UInt64) {
    // A timer that is set earlier stays; one that fires meanwhile finds the deadline in its side.
    let closed = withHalf(.read) { half in
      if !half.closed, time < armed.load(ordering: .relaxed) { armed.store(time, ordering: .relaxed) }
      return half.closed
    }
    if !closed { reactor.schedule(self, at: time) }
  }

  private func end(_ side: Side, _ wake: Wake) {
    let waiter = withHalf(side) { half in half.takeWaiter() }
    waiter?.resume(wake)
  }

  @inline(__always)
  private func withHalf<R, E: Error>(
    _ side: Side, _ body: (inout sending Half) throws(E) -> sending R
  ) throws(E) -> sending R {
    switch side {
    case .read: try reading.withLock(body)
    case .write: try writing.withLock(body)
    }
  }
}

package import Bytes
internal import CLinux
internal import Glibc
internal import Synchronization

/// One thread that waits with epoll and runs Swift jobs: an executor for tasks and for actors.
///
/// A connection is a task that prefers its reactor: `await stream.read()` suspends it, the event of
/// the same thread puts it back in this thread's own queue, and no lock, no wake-up and no other
/// thread is involved. The loop: wait for events, mark what they make ready, fire timers, take in the
/// jobs that other threads sent, run jobs; and again, without waiting while jobs are left.
///
/// What runs here must not block: everything on this thread waits for it.
///
/// A reactor lives as long as the process: tasks refer to their executor without holding it.
///
/// `@unchecked Sendable`: what is not atomic or in a `Mutex` is touched by the reactor's thread only.
package final class Reactor: SerialExecutor, TaskExecutor, @unchecked Sendable {
  /// Jobs run between two looks at epoll, unless more were ready at once: bounds how long a
  /// connection's event waits behind tasks that keep each other going.
  private static let jobsPerRound = 64
  /// Events taken by one epoll_wait.
  private static let eventsPerWait = 256
  /// The longest sleep, so that a far deadline fits epoll_wait's argument.
  private static let sleepMillisecondsMax: UInt64 = 3_600_000

  private struct Inbox {
    var jobs: [UnownedJob] = []
    /// The thread waits in epoll_wait, or is about to: who adds something must signal the event.
    var sleeping = false
  }

  private let epoll: Int32
  private let event: Int32
  private let thread = Atomic<UInt>(0)
  private let inbox = Mutex(Inbox())
  private let timers = Mutex(TimerHeap())
  /// The heap's earliest moment, readable without its lock.
  private let earliestTimer = Atomic<UInt64>(.max)
  /// Jobs that were ready when the last round began.
  private let ready = Atomic<Int>(0)

  // The reactor's thread only:
  private var jobs: [UnownedJob] = []
  private var nextJob = 0
  private var spareJobs: [UnownedJob] = []
  private var paused: [UnsafeContinuation<Void, Never>] = []
  private var expired: [TimerNode] = []
  /// Where octets arrive that are handled at once; made when it is first needed.
  private var room: [UInt8] = []
  /// What ``DirectReader``s keep on this thread.
  private var workspace: AnyObject?

  /// Starts the thread. Traps when the system refuses a thread or a descriptor: it happens at the
  /// start of the process or not at all.
  init(name: String) {
    do {
      epoll = try Syscalls.makeEpoll()
      event = try Syscalls.makeEvent()
      try Syscalls.watch(event, with: epoll, token: 0, writing: false)
    } catch {
      preconditionFailure("no descriptor for a reactor: errno \(error.errno)")
    }
    let started = Thread.start(name: name) { [self] in
      thread.store(UInt(pthread_self()), ordering: .relaxed)
      Self.ofThisThread = self
      run()
    }
    precondition(started, "no thread for a reactor")
  }

  // MARK: Executor

  package func enqueue(_ job: consuming ExecutorJob) {
    let job = UnownedJob(job)
    if isCurrent { jobs.append(job) } else { send(job) }
  }

  package func checkIsolated() {
    precondition(isCurrent, "not on the reactor's thread")
  }

  package func isIsolatingCurrentContext() -> Bool? { isCurrent }

  /// Whether the calling thread is this reactor's.
  @inline(__always)
  var isCurrent: Bool { thread.load(ordering: .relaxed) == UInt(pthread_self()) }

  /// The reactor whose thread is calling, if any.
  package static var current: Reactor? { ofThisThread }

  /// Jobs that wait for the thread: those that were ready when its last round began, and those sent since.
  package var jobsWaiting: Int { ready.load(ordering: .relaxed) + inbox.withLock { $0.jobs.count } }

  private func send(_ job: UnownedJob) {
    let mustWake = inbox.withLock { box in
      box.jobs.append(job)
      defer { box.sleeping = false }
      return box.sleeping
    }
    if mustWake { Syscalls.signal(event: event) }
  }

  private func wake() {
    let mustWake = inbox.withLock { box in
      defer { box.sleeping = false }
      return box.sleeping
    }
    if mustWake { Syscalls.signal(event: event) }
  }

  // MARK: Waiting

  /// Suspends the calling task until `deadline`; at once when it has passed.
  /// - Throws: ``StreamError/cancelled`` when the task is cancelled before.
  package func sleep(until deadline: Deadline) async throws(StreamError) {
    if Task.isCancelled { throw .cancelled }
    if deadline.hasPassed { return }
    let sleeper = Sleeper(reactor: self)
    if await sleeper.sleep(until: deadline) == .cancelled { throw .cancelled }
  }

  /// ``sleep(until:)`` on the calling thread's reactor, or else on any of the shared ones.
  package static func sleep(until deadline: Deadline) async throws(StreamError) {
    try await (current ?? ReactorGroup.shared.next()).sleep(until: deadline)
  }

  /// Lets everything else that is ready on the calling thread run first, events included.
  static func giveWay() async {
    guard let reactor = current else { return await Task.yield() }
    // SAFETY: resumed exactly once, by the next round of the loop on this same thread.
    await withUnsafeContinuation { reactor.paused.append($0) }
  }

  /// Makes `node` fire at `time`, or earlier if it is due earlier already.
  func schedule(_ node: TimerNode, at time: UInt64) {
    let sooner = timers.withLock { heap in
      let changed = heap.schedule(node, at: time)
      if changed { earliestTimer.store(heap.earliest, ordering: .relaxed) }
      return changed
    }
    if sooner, !isCurrent { wake() }
  }

  func unschedule(_ node: TimerNode) {
    timers.withLock { heap in
      heap.remove(node)
      earliestTimer.store(heap.earliest, ordering: .relaxed)
    }
  }

  // MARK: Descriptors

  /// Has events of `descriptor` delivered to `channel`, which is kept alive until ``unwatch(_:_:)``.
  ///
  /// - Parameter writing: room for writing is an event too.
  func watch(_ descriptor: Int32, _ channel: Channel, writing: Bool) throws(Syscalls.Failure) {
    // SAFETY: retained here; released by unwatch, after which no event carries the pointer.
    let token = Unmanaged.passRetained(channel)
    do {
      try Syscalls.watch(descriptor, with: epoll, token: Self.token(channel), writing: writing)
    } catch {
      token.release()
      throw error
    }
  }

  /// From now on room for writing is an event too, and if there is some now, it comes as one. `descriptor` must be
  /// watched for `channel`.
  func watchWriting(_ descriptor: Int32, _ channel: Channel) throws(Syscalls.Failure) {
    try Syscalls.watch(descriptor, with: epoll, token: Self.token(channel), writing: true, again: true)
  }

  private static func token(_ channel: Channel) -> UInt64 {
    UInt64(UInt(bitPattern: Unmanaged.passUnretained(channel).toOpaque()))
  }

  /// Ends what ``watch(_:_:)`` began. `descriptor` must still be open.
  func unwatch(_ descriptor: Int32, _ channel: Channel) {
    Syscalls.unwatch(descriptor, with: epoll)
    if isCurrent {
      // SAFETY: jobs run when all events of a wait have been delivered, so none holds the pointer.
      Unmanaged.passUnretained(channel).release()
    } else {
      // The thread may have the event in hand already: let it release the channel afterwards.
      schedule(Retirement(channel), at: 0)
    }
  }

  /// Room for octets that are handled at once: one read takes this much.
  static let roomOctets = 128 << 10

  /// Receives into the reactor's own room; on its thread.
  func receive(_ descriptor: Int32) -> Syscalls.Transfer {
    if room.isEmpty { room = [UInt8](repeating: 0, count: Self.roomOctets) }
    return room.withUnsafeMutableBytes { Syscalls.receive(descriptor, into: $0) }
  }

  /// Hands `reader` what ``receive(_:)`` moved.
  func hand(_ count: Int, to reader: any DirectReader) -> Deadline? {
    reader.arrived(room, count: count, workspace: &workspace)
  }

  /// Releases a channel on the reactor's thread, when no event with its pointer is left.
  private final class Retirement: TimerNode, @unchecked Sendable {
    private let channel: Channel

    init(_ channel: Channel) { self.channel = channel }

    override func fire(now: UInt64) {
      // SAFETY: balances the retain of watch; `channel` itself holds the object through the call.
      Unmanaged.passUnretained(channel).release()
    }
  }

  // MARK: Loop

  private func run() -> Never {
    let events = UnsafeMutableBufferPointer<epoll_event>.allocate(capacity: Self.eventsPerWait)
    while true {
      runJobs()
      let mayRest = nextJob == jobs.count && paused.isEmpty
      let milliseconds = mayRest ? fallAsleep() : 0
      let count = Syscalls.wait(epoll, into: events, milliseconds: milliseconds)
      for i in 0..<count { deliver(events[i]) }
      fireTimers()
      takeInbox()
      for continuation in paused { continuation.resume() }
      paused.removeAll(keepingCapacity: true)
    }
  }

  private func runJobs() {
    let executor = asUnownedTaskExecutor()
    ready.store(jobs.count - nextJob, ordering: .relaxed)
    var left = max(Self.jobsPerRound, jobs.count - nextJob)
    while nextJob < jobs.count, left > 0 {
      let job = jobs[nextJob]
      nextJob += 1
      left -= 1
      job.runSynchronously(on: executor)
    }
    if nextJob == jobs.count {
      jobs.removeAll(keepingCapacity: jobs.capacity <= 4096)
      nextJob = 0
    } else if nextJob > 4096 {
      jobs.removeFirst(nextJob)
      nextJob = 0
    }
  }

  /// Declares that the thread is going to wait, and answers for how long it may.
  private func fallAsleep() -> Int32 {
    ready.store(0, ordering: .relaxed)
    let empty = inbox.withLock { box in
      box.sleeping = box.jobs.isEmpty
      return box.jobs.isEmpty
    }
    // Read after `sleeping` is set: who makes a timer earlier from now on sends a signal.
    let earliest = earliestTimer.load(ordering: .relaxed)
    if !empty { return 0 }
    if earliest == .max { return -1 }
    // What is far away is looked at again a little before, by the exact clock.
    let tick = Deadline.lastTick.nanoseconds
    if earliest > tick, earliest - tick > 4 * Deadline.tickNanosecondsMax {
      let span = earliest - tick - Deadline.tickNanosecondsMax
      return Int32(min(span / 1_000_000, Self.sleepMillisecondsMax))
    }
    let now = Deadline.now.nanoseconds
    if earliest <= now { return 0 }
    return Int32(min((earliest - now - 1) / 1_000_000 + 1, Self.sleepMillisecondsMax))
  }

  private func deliver(_ event: epoll_event) {
    // Token 0 is the wake-up event: edge-triggered, so it need not be read; its work is in the inbox.
    guard let pointer = UnsafeRawPointer(bitPattern: UInt(event.data.u64)) else { return }
    // SAFETY: retained by watch, and released on this thread only, never between wait and delivery.
    Unmanaged<Channel>.fromOpaque(pointer)._withUnsafeGuaranteedRef { $0.deliver(event.events) }
  }

  private func fireTimers() {
    let earliest = earliestTimer.load(ordering: .relaxed)
    if earliest == .max { return }
    let tick = Deadline.lastTick.nanoseconds
    if earliest > tick, earliest - tick > Deadline.tickNanosecondsMax { return }
    let now = Deadline.now.nanoseconds
    if earliest > now { return }
    timers.withLock { heap in
      while let node = heap.popExpired(now: now) { expired.append(node) }
      earliestTimer.store(heap.earliest, ordering: .relaxed)
    }
    for node in expired { node.fire(now: now) }
    expired.removeAll(keepingCapacity: expired.capacity <= 4096)
  }

  private func takeInbox() {
    let taken = inbox.withLock { box in
      box.sleeping = false
      if box.jobs.isEmpty { return false }
      swap(&box.jobs, &spareJobs)
      return true
    }
    if taken {
      jobs.append(contentsOf: spareJobs)
      spareJobs.removeAll(keepingCapacity: spareJobs.capacity <= 4096)
    }
  }

  /// The calling thread's reactor.
  private static var ofThisThread: Reactor? {
    get {
      // SAFETY: set below to a reactor, which lives as long as the process.
      pthread_getspecific(key).map { Unmanaged<Reactor>.fromOpaque($0).takeUnretainedValue() }
    }
    set { pthread_setspecific(key, newValue.map { Unmanaged.passUnretained($0).toOpaque() }) }
  }

  private static let key: pthread_key_t = {
    var key = pthread_key_t()
    precondition(pthread_key_create(&key, nil) == 0, "no thread-specific key")
    return key
  }()
}

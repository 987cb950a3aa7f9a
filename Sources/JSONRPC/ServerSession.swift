internal import Bytes
internal import JSON
internal import Synchronization

/// A call that runs in a task of its own, or has been answered while its task is slow to stop.
struct ActiveCall: Sendable {
  /// As the caller wrote it; nil for a notification.
  var id: [UInt8]?
  var target: ReplyTarget
  /// The place of the method in the server's table.
  var method: Int
  /// Who called.
  var principal: Principal?
  var traceID: String?
  var span: (any CallSpan)?
  var subscription: Subscription?
  /// Where the values of the caller go.
  var source: StreamSource?
  var startNanoseconds = Deadline.now.nanoseconds
  /// The answer is on its way (for a stream: its end): nobody may answer again.
  var answered = false
  /// What it was answered with before its task ended.
  var earlyError: RPCError?
  var task: TaskHandle?
  var timer: TaskHandle?
}

/// A running task, to cancel it.
///
/// SAFETY (`@unchecked Sendable`): it stands in ``ServerSession``'s table of calls only while its task is
/// inside the body of `withUnsafeCurrentTask`, and is used only under the lock of that table.
struct TaskHandle: @unchecked Sendable {
  let task: UnsafeCurrentTask
}

/// What the tasks of one connection share: its outbox and its calls.
final class ServerSession: Sendable {
  private struct Calls: Sendable {
    var active: [UInt64: ActiveCall] = [:]
    var number: UInt64 = 0
    var subscriptions: UInt64 = 0
    var framing: Framing?
    /// A WebSocket's Close frame has been written.
    var saidGoodbye = false
    var draining = false
    /// The id of the last call that was taken, as it was written.
    var lastID: String?
    /// Who the connection speaks for by a token or certificate that may end.
    var credential: String?
  }

  let id: UInt64
  let peer: PeerInfo
  let stream: any ByteStream
  let outbox: Outbox
  let terms: ConnectionTerms

  var limits: RPCLimits { terms.limits }
  private var counters: RPCCounters { terms.counters }
  private var table: MethodTable { terms.table }
  private var observer: (any RPCObserver)? { terms.observer }

  private let calls = Monitor(Calls())
  private let active = Atomic<Int>(0)
  private let draining = Atomic<Bool>(false)
  private let busy = Atomic<Bool>(false)
  private let credentialEnded = Atomic<Bool>(false)
  private let wantsNudge = Atomic<Bool>(false)

  init(id: UInt64, peer: PeerInfo, stream: any ByteStream, terms: ConnectionTerms) {
    self.id = id
    self.peer = peer
    self.stream = stream
    self.terms = terms
    outbox = Outbox(writeSeconds: terms.limits.writeSeconds, counters: terms.counters)
  }

  // MARK: State

  /// Calls whose tasks have not ended.
  var callsInFlight: Int { active.load(ordering: .sequentiallyConsistent) }

  /// Nothing runs, and every answer has left: a call that has just ended may still have its own in the outbox.
  var isIdle: Bool { callsInFlight == 0 && outbox.octets == 0 }

  var isDraining: Bool { draining.load(ordering: .sequentiallyConsistent) }

  /// Gives back the memory that only calls need.
  func compact() {
    calls.compact { if $0.active.isEmpty { $0.active = [:] } }
    outbox.compact()
  }

  /// Set while the connection's task handles what it has read: ``drain()`` does not close under its hands.
  func setBusy(_ value: Bool) { busy.store(value, ordering: .sequentiallyConsistent) }

  /// Whether the connection's task waits for octets with nothing else to wake it when ``isIdle`` becomes true.
  func setWantsNudge(_ value: Bool) { wantsNudge.store(value, ordering: .sequentiallyConsistent) }

  /// Something has ended: if it was the last, the connection's task is told.
  func nudgeIfIdle() {
    guard wantsNudge.load(ordering: .sequentiallyConsistent), isIdle else { return }
    (stream as? any DirectStream)?.nudge()
  }

  func setFraming(_ framing: Framing) { calls.withLock { $0.framing = framing } }

  /// Frames are spoken, and nobody has said good-bye.
  var isWebSocket: Bool { calls.withLock { $0.framing?.isWebSocket == true && !$0.saidGoodbye } }

  /// A Close frame is on its way: nothing may follow it.
  func noteGoodbye() { calls.withLock { $0.saidGoodbye = true } }

  /// What the connection holds at this moment: its framing's name, its streams, the octets that wait for its peer.
  var load: (framing: String?, streams: Int, octets: Int) {
    let (framing, streams) = calls.withLock { s in
      (s.framing?.name, s.active.isEmpty ? 0 : s.active.values.count { $0.subscription != nil })
    }
    return (framing, streams, outbox.octets)
  }

  /// Notes the last call that was taken, for `rpc.goaway`.
  func setLastID(_ text: [UInt8], _ range: Range<Int>) {
    // Ids are short: as a string most need no memory of their own.
    let id = String(decoding: text[range], as: UTF8.self)
    calls.withLock { $0.lastID = id }
  }

  // MARK: Credentials

  /// The connection speaks for `principal` from now on.
  func setCredential(_ principal: Principal?) {
    calls.withLock { s in
      s.credential = principal?.credential
      credentialEnded.store(false, ordering: .sequentiallyConsistent)
    }
  }

  /// What the connection signed in with counts no longer.
  var credentialHasEnded: Bool { credentialEnded.load(ordering: .relaxed) }

  /// Which tokens and certificates are in use here.
  var credentialsAtWork: Set<String> {
    calls.withLock { s in
      var all = Set(s.active.values.compactMap { $0.answered ? nil : $0.principal?.credential })
      if let credential = s.credential { all.insert(credential) }
      return all
    }
  }

  /// Ends the calls that were made under a credential, except the one that runs in the task `spared`, and its say
  /// over the connection.
  func end(credential: String, sparing spared: TaskHandle?) {
    let numbers = calls.withLock { s in
      if s.credential == credential {
        s.credential = nil
        // Under the lock: a new token that is being set comes before or after.
        credentialEnded.store(true, ordering: .sequentiallyConsistent)
      }
      let ended = s.active.filter { _, call in
        call.principal?.credential == credential && (spared == nil || call.task?.task != spared?.task)
      }
      return Set(ended.keys)
    }
    answerEarly(.badToken) { numbers.contains($0) }
    observer?.credentialEnded(id, peer: peer)
  }

  // MARK: Calls

  /// Enters a call that is about to get a task.
  func begin(_ call: ActiveCall) -> Result<UInt64, RPCError> {
    let began: Result<UInt64, RPCError> = calls.withLock { s in
      if s.draining { return .failure(.goingAway) }
      guard s.active.count < limits.callsInFlightMax else {
        return .failure(.limit("callsInFlight", limit: limits.callsInFlightMax, actual: s.active.count + 1))
      }
      s.number += 1
      s.active[s.number] = call
      if let id = call.id { s.lastID = String(decoding: id, as: UTF8.self) }
      active.add(1, ordering: .sequentiallyConsistent)
      return .success(s.number)
    }
    if case .success = began { counters.callBegan() }
    return began
  }

  func newSubscription(credit: Int, framing: Framing) -> Subscription {
    let number = calls.withLock { s in
      s.subscriptions += 1
      return s.subscriptions
    }
    return Subscription(id: "s\(number)", credit: credit, framing: framing, outbox: outbox, limits: limits)
  }

  /// What a caller sends into the call with this subscription.
  func newSource(_ subscription: Subscription) -> StreamSource {
    StreamSource(credit: limits.streamCreditReceived) { [outbox] credit in
      outbox.append(subscription.granting(credit))
    }
  }

  /// Takes a value of the caller; false when no such call takes any.
  func receive(_ value: [UInt8], sequence: Int64?, for subscription: String) -> Bool {
    guard let source = source(subscription) else { return false }
    var problem: RPCError?
    if value.count > limits.streamMessageOctetsMax {
      problem = .limit("streamMessage", limit: limits.streamMessageOctetsMax, actual: value.count)
    } else {
      problem = source.inbox.receive(value, sequence: sequence)
      if problem?.reason == "stream.overrun" {
        let credit = limits.streamCreditReceived
        problem = .limit("streamCredit", limit: credit, actual: credit + 1)
      }
    }
    if let problem { cancel(id: nil, subscription: subscription, problem) }
    return true
  }

  /// The caller has sent its last value; false when no such call takes any.
  func endInput(of subscription: String, _ error: RPCError?) -> Bool {
    source(subscription).map { $0.inbox.end(error) } != nil
  }

  private func source(_ subscription: String) -> StreamSource? {
    calls.withLock { s in
      s.active.values.first { !$0.answered && $0.subscription?.id == subscription }?.source
    }
  }

  /// The body of a call's task.
  func run(
    _ number: UInt64, _ span: (any CallSpan)? = nil,
    _ work: @Sendable () async throws(RPCError) -> [UInt8]
  ) async {
    var outcome = Result<[UInt8], RPCError>.failure(.cancelled)
    await withUnsafeCurrentTask { task in
      guard let task, attach(number, TaskHandle(task: task), \.task) else { return }
      do throws(RPCError) {
        if let span {
          outcome = .success(try await span.carry(work))
        } else {
          outcome = .success(try await work())
        }
      } catch {
        outcome = .failure(error)
      }
      detach(number, \.task)
    }
    finish(number, outcome)
  }

  /// The body of the task that ends a call at its deadline.
  func watch(_ number: UInt64, until deadline: Deadline) async {
    await withUnsafeCurrentTask { task in
      guard let task, attach(number, TaskHandle(task: task), \.timer) else { return }
      while !Task.isCancelled, let left = deadline.millisecondsLeft, left > 0 {
        // A cancelled sleep means that the call is over.
        try? await Task.sleep(for: .milliseconds(left))
      }
      detach(number, \.timer)
      if !Task.isCancelled { answerEarly(.deadlineExceeded) { $0 == number } }
    }
  }

  /// Answers the call with this id, and the stream with this subscription, as cancelled.
  /// - Returns: whether there was one.
  @discardableResult
  func cancel(id: [UInt8]?, subscription: String?, _ error: RPCError) -> Bool {
    let numbers: [UInt64] = calls.withLock { s in
      s.active.filter { _, call in
        !call.answered
          && ((id != nil && call.id == id) || (subscription != nil && call.subscription?.id == subscription))
      }.map(\.key)
    }
    answerEarly(error) { numbers.contains($0) }
    return !numbers.isEmpty
  }

  func cancelAll(_ error: RPCError) { answerEarly(error) { _ in true } }

  /// Ends every stream, and leaves the other calls.
  func endStreams(_ error: RPCError) {
    let numbers = calls.withLock { s in s.active.filter { $0.value.subscription != nil }.map(\.key) }
    answerEarly(error) { numbers.contains($0) }
  }

  /// Grants a stream more credit; false when there is no such stream.
  func grant(_ credit: Int64, to subscription: String) -> Bool {
    let found = calls.withLock { s in
      s.active.values.first { !$0.answered && $0.subscription?.id == subscription }?.subscription
    }
    found?.grant(credit)
    return found != nil
  }

  /// Waits until every call has been answered.
  func waitUntilAnswered() async {
    _ = await calls.wait { s in s.active.values.allSatisfy(\.answered) ? true : nil }
  }

  private func attach(
    _ number: UInt64, _ handle: TaskHandle, _ place: WritableKeyPath<ActiveCall, TaskHandle?>
  )
    -> Bool
  {
    calls.withLock { s in
      guard var call = s.active[number], !call.answered else { return false }
      call[keyPath: place] = handle
      s.active[number] = call
      return true
    }
  }

  private func detach(_ number: UInt64, _ place: WritableKeyPath<ActiveCall, TaskHandle?>) {
    calls.withLock { $0.active[number]?[keyPath: place] = nil }
  }

  /// Claims the answers of the calls that `chosen` picks, cancels their tasks, and answers `error`.
  /// The calls stay in the table until their tasks end.
  private func answerEarly(_ error: RPCError, _ chosen: @Sendable (UInt64) -> Bool) {
    let claimed: [(number: UInt64, call: ActiveCall)] = calls.change { s in
      var claimed: [(number: UInt64, call: ActiveCall)] = []
      for (number, var call) in s.active where !call.answered && chosen(number) {
        call.answered = true
        call.earlyError = error
        s.active[number] = call
        claimed.append((number, call))
      }
      return claimed
    }
    // The answers go into the outbox before the tasks are told: who waits for the calls to end, to close
    // the connection, finds them there.
    for (_, call) in claimed { answer(call, .failure(error)) }
    calls.withLock { s in
      for (number, _) in claimed {
        // Under the lock: the task cannot end before it has taken its handle out of the table.
        s.active[number]?.task?.task.cancel()
        s.active[number]?.timer?.task.cancel()
        s.active[number]?.task = nil
        s.active[number]?.timer = nil
      }
    }
  }

  private func finish(_ number: UInt64, _ outcome: Result<[UInt8], RPCError>) {
    let ended: ActiveCall? = calls.withLock { s in
      guard let call = s.active[number] else { return nil }
      call.timer?.task.cancel()
      if call.answered { s.active[number] = nil } else { s.active[number]?.answered = true }
      return call
    }
    guard let ended else { return }
    var error = ended.earlyError
    if !ended.answered {
      answer(ended, outcome)
      if case .failure(let failure) = outcome { error = failure }
    }
    // Only now: who waits for the calls to end finds the answer in the outbox.
    calls.change { s in
      s.active[number] = nil
      active.subtract(1, ordering: .sequentiallyConsistent)
    }
    nudgeIfIdle()
    report(ended, error)
  }

  private func report(_ call: ActiveCall, _ error: RPCError?) {
    let microseconds = (Deadline.now.nanoseconds &- call.startNanoseconds) / 1000
    // Most streams end no other way than by their caller's word, or with its connection.
    let hasFailed = error.map { call.subscription == nil || $0.canonical != .cancelled } ?? false
    counters.callEnded(method: call.method, failed: hasFailed, microseconds: microseconds)
    let observer = observer.flatMap { $0.wantsCall(microseconds: microseconds) ? $0 : nil }
    if observer == nil, call.span == nil { return }
    let method = table.methods[call.method]
    let report = CallReport(
      connectionID: id, method: method.name, isStream: method.handler.isStream,
      requestID: call.id.map { CallReport.shownID($0) }, tenantID: call.principal?.tenantID,
      caller: call.principal?.name,
      error: error, microseconds: microseconds, traceID: call.traceID)
    call.span?.ended(report)
    observer?.callEnded(report)
  }

  // MARK: Answers

  private func answer(_ call: ActiveCall, _ outcome: Result<[UInt8], RPCError>) {
    if let subscription = call.subscription {
      endStream(call, subscription, outcome)
      return
    }
    guard let id = call.id else {
      deliver(nil, to: call.target)
      return
    }
    deliver(Self.response(id, outcome), to: call.target)
  }

  private func endStream(
    _ call: ActiveCall, _ subscription: Subscription, _ outcome: Result<[UInt8], RPCError>
  ) {
    var writer = JSONWriter()
    writer.fragment("{\"jsonrpc\":\"2.0\",\"method\":\"rpc.end\",\"params\":{\"subscription\":")
    writer.string(subscription.id)
    if case .failure(let error) = outcome {
      writer.key("error")
      error.write(to: &writer)
      subscription.end(error)
      call.source?.inbox.end(error)
    } else {
      subscription.end(.cancelled)
    }
    writer.fragment("}}")
    deliver(writer.take(), to: call.target)
  }

  static func response(_ id: [UInt8], _ outcome: Result<[UInt8], RPCError>) -> [UInt8] {
    var writer = JSONWriter(capacity: 96)
    writer.fragment("{\"jsonrpc\":\"2.0\",\"id\":")
    writer.fragment(id)
    switch outcome {
    case .success(let result):
      writer.fragment(",\"result\":")
      writer.raw(result.isEmpty ? Array("null".utf8) : result)
    case .failure(let error):
      writer.fragment(",\"error\":")
      error.write(to: &writer)
    }
    writer.fragment("}")
    return writer.take()
  }

  /// Brings an answer where it belongs; nil says that the call has none.
  func deliver(_ json: [UInt8]?, to target: ReplyTarget) {
    switch target {
    case .stream(let framing):
      if let json, !json.isEmpty { outbox.append(framing.frame(json)) }
    case .batch(let batch, let index):
      if let whole = batch.put(json, at: index) { deliver(whole, to: batch.target) }
    case .http(let replies, let number): replies.answer(json ?? [], at: number)
    case .version1(let target): deliver(json.map(Version1.answer), to: target)
    }
  }

  // MARK: The end

  /// Says that no more calls are taken, lets those that run finish, then closes.
  func drain() async {
    let announcement: [UInt8]? = calls.change { s in
      s.draining = true
      guard let framing = s.framing, framing != .http else { return nil }
      let id = Array((s.lastID ?? "null").utf8)
      let head = Array("{\"jsonrpc\":\"2.0\",\"method\":\"rpc.goaway\",\"params\":{\"lastId\":".utf8)
      return framing.frame(head + id + Array("}}".utf8))
    }
    draining.store(true, ordering: .sequentiallyConsistent)
    if let announcement { outbox.append(announcement) }
    // A stream that cannot be written is closed below like any other.
    try? await outbox.flush(to: stream)
    await waitUntilEmpty()
    if isWebSocket {
      noteGoodbye()
      outbox.append(WebSocket.close(.goingAway))
      try? await outbox.flush(to: stream)
    }
    await outbox.waitUntilEmpty()
    // When the connection's task is at work, it sees that we drain, and ends by itself.
    if !busy.load(ordering: .sequentiallyConsistent) { stream.close() }
  }

  private func waitUntilEmpty() async {
    _ = await calls.wait { $0.active.isEmpty ? true : nil }
  }
}

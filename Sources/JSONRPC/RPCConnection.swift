package import Bytes
internal import JSON
internal import Synchronization

/// The calling side of JSON-RPC 2.0 over one stream.
///
/// ``run()`` must be running for anything to be sent or answered; when it returns, every waiting call has
/// failed with UNAVAILABLE. Any number of tasks may call at the same time.
package final class RPCConnection: Sendable {
  /// How messages are told apart; both are understood by the same port.
  package enum Framing: Sendable, Hashable {
    case lines
    case lengthPrefix
  }

  /// Told of notifications that are not about a call: their method and their params as JSON text.
  package typealias NotificationHandler = @Sendable (_ method: String, _ params: [UInt8]) -> Void

  struct State: Sendable {
    var number: Int64 = 0
    var calls: [Int64: PendingCall] = [:]
    var streams: [String: StreamInbox] = [:]
    /// What may be sent into calls that take values.
    var outgoing: [String: OutgoingValues] = [:]
    var goingAway = false
    var ended: RPCError?
  }

  let framing: JSONRPC.Framing
  let stream: any ByteStream
  let outbox: Outbox
  let messageOctetsMax: Int
  let onNotification: NotificationHandler?
  let state = Mutex(State())

  /// - Parameter stream: belongs to the connection, which closes it.
  package init(
    stream: any ByteStream, framing: Framing = .lengthPrefix, messageOctetsMax: Int = 64 << 20,
    onNotification: NotificationHandler? = nil
  ) {
    self.stream = stream
    self.framing = framing == .lines ? .lines : .lengthPrefix
    self.messageOctetsMax = messageOctetsMax
    self.onNotification = onNotification
    outbox = Outbox(writeSeconds: 30)
  }

  /// The server has said that it takes no more calls on this connection.
  package var isGoingAway: Bool { state.withLock { $0.goingAway } }

  /// Calls `method` and waits for its answer; the result and `params` are JSON text.
  ///
  /// The timeout is sent as the call's deadline and kept here too. When the waiting task is cancelled, so is
  /// the call. The metadata travels in the params' member `_meta`, which `params` must not have itself; params
  /// by position carry none.
  /// - Throws: what the server answered; or DEADLINE_EXCEEDED, CANCELLED, UNAVAILABLE from here.
  package func call(
    _ method: String, params: [UInt8] = [0x7B, 0x7D], timeoutMilliseconds: Int64? = nil,
    idempotencyKey: String? = nil, traceparent: String? = nil,
    onProgress: (@Sendable ([UInt8]) -> Void)? = nil
  ) async throws(RPCError) -> [UInt8] {
    let meta = RequestMeta(
      timeoutMilliseconds: timeoutMilliseconds, idempotencyKey: idempotencyKey, traceparent: traceparent)
    let pending = PendingCall(onProgress: onProgress)
    let (_, result) = try await send(method, params, meta, pending)
    return result
  }

  /// Opens a stream: the values that `method` sends, in order.
  ///
  /// - Parameter credit: how many values may be on their way or waiting here at one time, at least 1.
  package func stream(
    _ method: String, params: [UInt8] = [0x7B, 0x7D], credit: Int = 16, timeoutMilliseconds: Int64? = nil,
    idempotencyKey: String? = nil, traceparent: String? = nil
  ) async throws(RPCError) -> RPCStream {
    let credit = max(1, min(credit, 65_536))
    let meta = RequestMeta(
      timeoutMilliseconds: timeoutMilliseconds, idempotencyKey: idempotencyKey, traceparent: traceparent,
      credit: credit)
    let inbox = StreamInbox(credit: credit)
    let pending = PendingCall(inbox: inbox)
    let (id, _) = try await send(method, params, meta, pending)
    return RPCStream(connection: self, inbox: inbox, callID: id)
  }

  /// Opens a call into which values can be sent while its own come.
  ///
  /// - Parameter credit: how many of the server's values may be on their way or waiting here, at least 1.
  package func exchange(
    _ method: String, params: [UInt8] = [0x7B, 0x7D], credit: Int = 16, timeoutMilliseconds: Int64? = nil,
    idempotencyKey: String? = nil, traceparent: String? = nil
  ) async throws(RPCError) -> RPCExchange {
    let credit = max(1, min(credit, 65_536))
    let meta = RequestMeta(
      timeoutMilliseconds: timeoutMilliseconds, idempotencyKey: idempotencyKey, traceparent: traceparent,
      credit: credit)
    let inbox = StreamInbox(credit: credit)
    let outgoing = OutgoingValues()
    let (id, _) = try await send(method, params, meta, PendingCall(inbox: inbox, outgoing: outgoing))
    return RPCExchange(
      values: RPCStream(connection: self, inbox: inbox, callID: id), connection: self, outgoing: outgoing)
  }

  /// Makes this connection speak for whoever `token` belongs to.
  package func openSession(token: [UInt8]) async throws(RPCError) {
    var writer = JSONWriter()
    writer.beginObject()
    writer.key("token")
    writer.string(String(decoding: token, as: UTF8.self))
    writer.endObject()
    _ = try await call("session.open", params: writer.take(), timeoutMilliseconds: 30_000)
  }

  /// Sends a notification; `params` is JSON text.
  package func notify(_ method: String, params: [UInt8] = [0x7B, 0x7D]) {
    outbox.append(framing.frame(Self.request(nil, method, params, RequestMeta())))
  }

  /// Ends the connection; what waits fails with UNAVAILABLE. May be called again.
  package func close() {
    end(.connectionLost)
    stream.close()
  }

  // MARK: Inside

  private func send(
    _ method: String, _ params: [UInt8], _ meta: RequestMeta, _ pending: PendingCall
  ) async throws(RPCError) -> (Int64, [UInt8]) {
    if let timeout = meta.timeoutMilliseconds, timeout <= 0 { throw .deadlineExceeded }
    let entered: Result<Int64, RPCError> = state.withLock { s in
      if let ended = s.ended { return .failure(ended) }
      if s.goingAway { return .failure(.goingAway) }
      s.number += 1
      s.calls[s.number] = pending
      return .success(s.number)
    }
    let id = try entered.get()
    var meta = meta
    if pending.onProgress != nil { meta.progressToken = id }
    outbox.append(framing.frame(Self.request(id, method, params, meta)))
    let outcome: Result<[UInt8], RPCError>?
    if let timeout = meta.timeoutMilliseconds {
      let deadline = Deadline.after(milliseconds: timeout)
      // Leaving this scope cancels the timer and waits for it.
      async let _: Void = expire(pending, at: deadline)
      outcome = await pending.outcome()
    } else {
      outcome = await pending.outcome()
    }
    let known = state.withLock { $0.calls.removeValue(forKey: id) != nil }
    switch outcome {
    case .success(let result): return (id, result)
    case .failure(let error):
      // Still in the table: the answer did not come from the server.
      if known { cancel(id) }
      throw error
    case nil:
      cancel(id)
      throw .cancelled
    }
  }

  private func expire(_ pending: PendingCall, at deadline: Deadline) async {
    while !Task.isCancelled, let left = deadline.millisecondsLeft, left > 0 {
      // A cancelled sleep means that the answer is there.
      try? await Task.sleep(for: .milliseconds(left))
    }
    if !Task.isCancelled { pending.complete(.failure(.deadlineExceeded)) }
  }

  /// Tells the server that nobody waits for this call any more.
  func cancel(_ id: Int64) {
    notify("rpc.cancel", params: Array("{\"id\":\(id)}".utf8))
  }

  /// Forgets everything that waits, with `error` as its answer.
  func end(_ error: RPCError) {
    let (calls, streams, outgoing) = state.withLock { s in
      if s.ended == nil { s.ended = error }
      defer {
        s.calls = [:]
        s.streams = [:]
        s.outgoing = [:]
      }
      return (Array(s.calls.values), Array(s.streams.values), Array(s.outgoing.values))
    }
    for call in calls { call.complete(.failure(error)) }
    for stream in streams { stream.end(error) }
    for values in outgoing { values.end(error) }
    outbox.end()
  }

  private static func request(_ id: Int64?, _ method: String, _ params: [UInt8], _ meta: RequestMeta)
    -> [UInt8]
  {
    var writer = JSONWriter(capacity: params.count + 160)
    writer.fragment("{\"jsonrpc\":\"2.0\"")
    if let id {
      writer.fragment(",\"id\":")
      writer.int(id)
    }
    writer.fragment(",\"method\":")
    writer.string(method)
    writer.fragment(",\"params\":")
    meta.write(params, to: &writer)
    writer.fragment("}")
    return writer.take()
  }
}

/// What a request's `_meta` is made of.
struct RequestMeta {
  var timeoutMilliseconds: Int64?
  var idempotencyKey: String?
  var traceparent: String?
  var credit: Int?
  var progressToken: Int64?

  private var isEmpty: Bool {
    timeoutMilliseconds == nil && idempotencyKey == nil && traceparent == nil && credit == nil
      && progressToken == nil
  }

  /// `params` with `_meta` as their first member. Arrays are left as they are.
  func write(_ params: [UInt8], to writer: inout JSONWriter) {
    let open = params.firstIndex { $0 > 0x20 }
    guard !isEmpty, let open, params[open] == 0x7B else {
      writer.fragment(params.isEmpty ? Array("{}".utf8) : params)
      return
    }
    writer.beginObject()
    writer.key("_meta")
    writer.beginObject()
    if let timeoutMilliseconds {
      writer.key("timeoutMs")
      writer.int(timeoutMilliseconds)
    }
    if let idempotencyKey {
      writer.key("idempotencyKey")
      writer.string(idempotencyKey)
    }
    if let progressToken {
      writer.key("progressToken")
      writer.int(progressToken)
    }
    if let traceparent {
      writer.key("traceparent")
      writer.string(traceparent)
    }
    if let credit {
      writer.key("credit")
      writer.int(credit)
    }
    writer.endObject()
    let rest = params[(open + 1)...]
    let isEmptyObject = rest.first { $0 > 0x20 } == 0x7D
    if !isEmptyObject { writer.fragment(",") }
    writer.fragment(rest)
  }
}

/// A call whose answer has not come.
final class PendingCall: Sendable {
  private let monitor = Monitor<Result<[UInt8], RPCError>?>(nil)
  let inbox: StreamInbox?
  let outgoing: OutgoingValues?
  let onProgress: (@Sendable ([UInt8]) -> Void)?

  init(
    inbox: StreamInbox? = nil, outgoing: OutgoingValues? = nil,
    onProgress: (@Sendable ([UInt8]) -> Void)? = nil
  ) {
    self.inbox = inbox
    self.outgoing = outgoing
    self.onProgress = onProgress
  }

  /// The first outcome counts.
  func complete(_ outcome: Result<[UInt8], RPCError>) {
    monitor.change { if $0 == nil { $0 = outcome } }
  }

  /// nil when the waiting task was cancelled first.
  func outcome() async -> Result<[UInt8], RPCError>? { await monitor.wait { $0 } }
}

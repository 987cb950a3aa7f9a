internal import JSON

/// Where a streaming method's handler sends its values.
///
/// The caller grants how many values it can take; ``send(_:)`` waits while it has granted none, and while
/// the connection has too much to write already. A caller that stops reading stops only its own streams.
package final class StreamSink: Sendable {
  private enum Backing: Sendable {
    case subscription(Subscription)
    case closure(@Sendable ([UInt8]) async throws(RPCError) -> Void)
  }

  /// What the caller knows the stream by; unique on its connection.
  package let subscription: String
  private let backing: Backing

  init(_ subscription: Subscription) {
    self.subscription = subscription.id
    backing = .subscription(subscription)
  }

  /// A sink without a connection, for tests and calls in the process.
  package init(subscription: String, _ receive: @escaping @Sendable ([UInt8]) async throws(RPCError) -> Void)
  {
    self.subscription = subscription
    backing = .closure(receive)
  }

  /// Sends one value, which is JSON text. Values arrive in the order of the calls: one task sends.
  ///
  /// - Throws: CANCELLED when the call was cancelled or the connection ended, DEADLINE_EXCEEDED, or
  ///   RESOURCE_EXHAUSTED with reason `limit.streamMessage` when the value is too long (the stream goes on).
  package func send(_ value: [UInt8]) async throws(RPCError) {
    switch backing {
    case .subscription(let subscription): try await subscription.send(value)
    case .closure(let receive): try await receive(value)
    }
  }
}

/// A stream that a connection's caller has open.
final class Subscription: Sendable {
  private struct State: Sendable {
    var credit: Int
    var sequence: Int64 = 0
    var failure: RPCError?
  }

  let id: String
  private let state: Monitor<State>
  private let framing: Framing
  private let outbox: Outbox
  private let limits: RPCLimits

  init(id: String, credit: Int, framing: Framing, outbox: Outbox, limits: RPCLimits) {
    self.id = id
    self.framing = framing
    self.outbox = outbox
    self.limits = limits
    state = Monitor(State(credit: max(0, min(credit, limits.streamCreditMax))))
  }

  /// The caller can take `more` values besides those granted before.
  func grant(_ more: Int64) {
    state.change { s in
      let room = Int64(limits.streamCreditMax - s.credit)
      s.credit += Int(max(0, min(more, room)))
    }
  }

  /// The message that tells the caller to send so many values more, framed.
  func granting(_ credit: Int) -> [UInt8] {
    var writer = JSONWriter(capacity: 112)
    writer.fragment("{\"jsonrpc\":\"2.0\",\"method\":\"rpc.credit\",\"params\":{\"subscription\":")
    writer.string(id)
    writer.key("credit")
    writer.int(credit)
    writer.fragment("}}")
    return framing.frame(writer.take())
  }

  /// Nothing more is sent; a waiting ``send(_:)`` throws `error`.
  func end(_ error: RPCError) {
    state.change { s in
      if s.failure == nil { s.failure = error }
    }
  }

  func send(_ value: [UInt8]) async throws(RPCError) {
    guard value.count <= limits.streamMessageOctetsMax else {
      throw .limit("streamMessage", limit: limits.streamMessageOctetsMax, actual: value.count)
    }
    let sequence: Int64? = await state.wait { s in
      if s.failure != nil { return 0 }
      if s.credit == 0 { return nil }
      s.credit -= 1
      s.sequence += 1
      return s.sequence
    }
    guard let sequence, sequence > 0 else { throw state.withLock { $0.failure } ?? .cancelled }
    let message = framing.frame(next(sequence, value))
    while true {
      guard await outbox.waitForRoom(limits.streamBufferOctetsMax) else {
        throw state.withLock { $0.failure } ?? .cancelled
      }
      // Under the lock: nothing of a stream is sent behind its end.
      let sent: Result<Bool, RPCError> = state.withLock { s in
        if let failure = s.failure { return .failure(failure) }
        return .success(outbox.append(message, under: limits.streamBufferOctetsMax))
      }
      if try sent.get() { return }
    }
  }

  private func next(_ sequence: Int64, _ value: [UInt8]) -> [UInt8] {
    var writer = JSONWriter(capacity: value.count + 128)
    writer.fragment("{\"jsonrpc\":\"2.0\",\"method\":\"rpc.next\",\"params\":{\"subscription\":")
    writer.string(id)
    writer.key("seq")
    writer.int(sequence)
    writer.key("value")
    writer.raw(value)
    writer.fragment("}}")
    return writer.take()
  }
}

/// Sends `$/progress` for one call.
final class ProgressReporter: Sendable {
  private let token: [UInt8]
  private let framing: Framing
  private let outbox: Outbox
  private let limits: RPCLimits

  /// - Parameter token: JSON text, as the caller wrote it.
  init(token: [UInt8], framing: Framing, outbox: Outbox, limits: RPCLimits) {
    self.token = token
    self.framing = framing
    self.outbox = outbox
    self.limits = limits
  }

  func report(_ value: [UInt8]) async {
    guard await outbox.waitForRoom(limits.streamBufferOctetsMax) else { return }
    var writer = JSONWriter(capacity: value.count + 96)
    writer.fragment("{\"jsonrpc\":\"2.0\",\"method\":\"$/progress\",\"params\":{\"token\":")
    writer.raw(token)
    writer.key("value")
    writer.raw(value)
    writer.fragment("}}")
    outbox.append(framing.frame(writer.take()))
  }
}

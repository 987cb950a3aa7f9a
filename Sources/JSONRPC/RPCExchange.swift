internal import JSON

/// A call into which values are sent while its own come: ``values`` is one direction, ``send(_:)`` the other.
///
/// Letting go of it, or of ``values``' reading task, cancels the call.
package final class RPCExchange: Sendable {
  /// What the server sends. One task reads.
  package let values: RPCStream
  private let connection: RPCConnection
  private let outgoing: OutgoingValues

  init(values: RPCStream, connection: RPCConnection, outgoing: OutgoingValues) {
    self.values = values
    self.connection = connection
    self.outgoing = outgoing
  }

  /// Sends one value, which is JSON text, when the server has room for it. Values arrive in the order of the calls:
  /// one task sends.
  ///
  /// - Throws: what the server ended the call with; FAILED_PRECONDITION with reason `stream.ended` when it ended well
  ///   or ``finish()`` came before; UNAVAILABLE when the connection was lost; CANCELLED.
  package func send(_ value: [UInt8]) async throws(RPCError) {
    let (subscription, sequence) = try await outgoing.next()
    var writer = JSONWriter(capacity: value.count + 96)
    writer.beginObject()
    writer.key("subscription")
    writer.string(subscription)
    writer.key("seq")
    writer.int(sequence)
    writer.key("value")
    writer.raw(value)
    writer.endObject()
    connection.notify("rpc.next", params: writer.take())
  }

  /// Says that there are no more values; the server's go on. May be called again.
  package func finish() {
    guard let subscription = outgoing.end(.streamEnded) else { return }
    var writer = JSONWriter()
    writer.beginObject()
    writer.key("subscription")
    writer.string(subscription)
    writer.endObject()
    connection.notify("rpc.end", params: writer.take())
  }
}

extension RPCError {
  static let streamEnded = RPCError(
    .failedPrecondition, reason: "stream.ended", message: "the stream has ended; open another one")
}

/// How many values may still be sent into a call.
final class OutgoingValues: Sendable {
  private struct State: Sendable {
    var subscription: String?
    var credit = 0
    var sequence: Int64 = 0
    var ended: RPCError?
  }

  private let state = Monitor(State())

  /// The server has answered: the first `credit` values may go.
  func begin(_ subscription: String, credit: Int64) {
    state.change { s in
      s.subscription = subscription
      s.credit = Int(clamping: max(0, credit))
    }
  }

  func grant(_ more: Int64) {
    state.change { s in
      let (sum, overflow) = s.credit.addingReportingOverflow(Int(clamping: max(0, more)))
      s.credit = overflow ? .max : sum
    }
  }

  /// Nothing more is sent; the subscription when this is news.
  @discardableResult
  func end(_ error: RPCError) -> String? {
    state.change { s in
      if s.ended != nil { return nil }
      s.ended = error
      return s.subscription
    }
  }

  /// Waits for the turn of the next value.
  func next() async throws(RPCError) -> (subscription: String, sequence: Int64) {
    let turn: Result<(subscription: String, sequence: Int64), RPCError>? = await state.wait { s in
      if let ended = s.ended { return .failure(ended) }
      guard let subscription = s.subscription, s.credit > 0 else { return nil }
      s.credit -= 1
      s.sequence += 1
      return .success((subscription, s.sequence))
    }
    guard let turn else { throw .cancelled }
    return try turn.get()
  }
}

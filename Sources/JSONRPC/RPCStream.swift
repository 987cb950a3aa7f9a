internal import JSON
internal import Synchronization

/// The values of a stream, as they come. One task reads.
///
/// Reading grants the server more credit by itself; when nobody reads, the server waits. Letting go of the
/// stream, or cancelling the reading task, cancels it.
package final class RPCStream: AsyncSequence, Sendable {
  package typealias Element = [UInt8]
  package typealias Failure = RPCError

  private let connection: RPCConnection
  private let inbox: StreamInbox
  private let callID: Int64

  init(connection: RPCConnection, inbox: StreamInbox, callID: Int64) {
    self.connection = connection
    self.inbox = inbox
    self.callID = callID
  }

  deinit { cancel() }

  /// The next value as JSON text; nil when the server has ended the stream.
  ///
  /// - Throws: what the server ended it with; UNAVAILABLE when the connection was lost; CANCELLED.
  package func next() async throws(RPCError) -> [UInt8]? {
    switch await inbox.next() {
    case .value(let value, let credit):
      if credit > 0, let subscription = inbox.subscription {
        connection.grant(credit, to: subscription)
      }
      return value
    case .end(nil): return nil
    case .end(let error?): throw error
    case nil:
      cancel()
      throw .cancelled
    }
  }

  /// Ends the stream from this side. May be called again.
  package func cancel() {
    if inbox.end(.cancelled), let subscription = inbox.subscription {
      connection.forget(subscription)
      connection.cancel(callID)
    }
  }

  package func makeAsyncIterator() -> Iterator { Iterator(stream: self) }

  package struct Iterator: AsyncIteratorProtocol {
    let stream: RPCStream

    package mutating func next() async throws(RPCError) -> [UInt8]? { try await stream.next() }

    package mutating func next(isolation actor: isolated (any Actor)?) async throws(RPCError) -> [UInt8]? {
      try await stream.next()
    }
  }
}

extension RPCConnection {
  func grant(_ credit: Int, to subscription: String) {
    var writer = JSONWriter()
    writer.beginObject()
    writer.key("subscription")
    writer.string(subscription)
    writer.key("credit")
    writer.int(credit)
    writer.endObject()
    notify("rpc.credit", params: writer.take())
  }

  func forget(_ subscription: String) {
    let outgoing = state.withLock { s in
      s.streams[subscription] = nil
      return s.outgoing.removeValue(forKey: subscription)
    }
    outgoing?.end(.cancelled)
  }
}

/// What a stream has received and nobody has read.
final class StreamInbox: Sendable {
  enum Item: Sendable {
    /// `credit`: so much is to be granted now.
    case value([UInt8], credit: Int)
    case end(RPCError?)
  }

  private struct State: Sendable {
    var values: [[UInt8]] = []
    /// The first of ``values`` that has not been read.
    var first = 0
    var sequence: Int64 = 0
    /// Values that the server may still send.
    var credit: Int
    /// Values read that the server has not been granted again.
    var read = 0
    var ended = false
    var error: RPCError?
    var subscription: String?
  }

  private let window: Int
  private let state: Monitor<State>

  init(credit: Int) {
    window = credit
    state = Monitor(State(credit: credit))
  }

  var subscription: String? { state.withLock { $0.subscription } }

  /// The server has opened the stream.
  func begin(_ subscription: String) { state.withLock { $0.subscription = subscription } }

  /// Takes a value in; the error with which the stream must end when the server broke its rules.
  func receive(_ value: [UInt8], sequence: Int64?) -> RPCError? {
    state.change { s in
      if s.ended { return nil }
      guard s.credit > 0 else {
        return RPCError(
          .internal, reason: "stream.overrun", message: "more values came than were granted")
      }
      guard sequence == s.sequence + 1 else {
        return RPCError(.dataLoss, reason: "stream.gap", message: "values of the stream are missing")
      }
      s.sequence += 1
      s.credit -= 1
      s.values.append(value)
      return nil
    }
  }

  /// No more values come; those received are still read. False when it had ended before.
  @discardableResult
  func end(_ error: RPCError?) -> Bool {
    state.change { s in
      if s.ended { return false }
      s.ended = true
      s.error = error
      return true
    }
  }

  /// The next value or the end; nil when the waiting task was cancelled.
  func next() async -> Item? {
    await state.wait { s in
      guard s.first < s.values.count else { return s.ended ? .end(s.error) : nil }
      var value: [UInt8] = []
      swap(&value, &s.values[s.first])
      s.first += 1
      if s.first == s.values.count {
        s.values.removeAll(keepingCapacity: true)
        s.first = 0
      }
      s.read += 1
      guard !s.ended, s.read * 2 >= self.window else { return .value(value, credit: 0) }
      let granted = s.read
      s.read = 0
      s.credit += granted
      return .value(value, credit: granted)
    }
  }
}

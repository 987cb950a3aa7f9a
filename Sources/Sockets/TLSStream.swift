package import Bytes
internal import Synchronization

/// TLS over another stream. Made by ``TLSClientContext`` and ``TLSServerContext``.
///
/// The engine is behind a lock that is never held over an `await`. The reader takes the buffer of
/// incoming octets out while it waits for the peer, the writer alone sends: so one reads while
/// another writes.
package final class TLSStream: ByteStream {
  /// Encrypted octets taken from the plain stream at once: four records and a little more.
  private static let receiveOctetsMax = 68 * 1024
  /// Memory for received octets that an idle connection keeps.
  private static let idleOctetsMax = 4 * 1024
  /// How long the reason for a failure may take to be sent.
  private static let alertMilliseconds: Int64 = 1000

  private struct State: ~Copyable {
    var engine: TLSEngine
    /// A writer is sending records; nobody else may put any between them.
    var isSending = false
    /// What the last receive brought.
    var lastReceived = 0
  }

  private let plain: any ByteStream
  private let state: Mutex<State>

  private init(_ engine: consuming sending TLSEngine, over plain: any ByteStream) {
    self.plain = plain
    state = Mutex(State(engine: engine))
  }

  /// Shakes hands.
  static func open(
    _ engine: consuming sending TLSEngine, over plain: any ByteStream, deadline: Deadline
  ) async throws(StreamError) -> TLSStream {
    let stream = TLSStream(engine, over: plain)
    do throws(StreamError) {
      try await stream.handshake(deadline: deadline)
      return stream
    } catch {
      if case .timedOut = error { throw .timedOut(.handshake) }
      throw error
    }
  }

  /// "TLSv1.3"
  package var version: String { state.withLock { $0.engine.version } }
  /// OpenSSL's name of the cipher suite.
  package var cipher: String { state.withLock { $0.engine.cipher } }
  /// SHA-256 over the DER of the peer's verified certificate; nil without one.
  package var peerCertificateDigest: [UInt8]? { state.withLock { $0.engine.peerCertificateDigest } }
  /// Whether an earlier session was continued.
  package var isResumed: Bool { state.withLock { $0.engine.isResumed } }

  package nonisolated(nonsending) func read(
    into buffer: inout ByteBuffer, atMost: Int, deadline: Deadline
  ) async throws(StreamError) -> Int {
    while true {
      if Task.isCancelled { throw .cancelled }
      let step = state.withLock { $0.engine.read(into: &buffer, atMost: max(atMost, 1)) }
      switch step {
      case .moved(let n): return n
      case .ended: return 0
      case .needsInput: try await receive(deadline: deadline)
      case .failed(let error):
        await sendAlert(deadline: deadline)
        throw error
      }
    }
  }

  package nonisolated(nonsending) func write(_ buffer: inout ByteBuffer, deadline: Deadline)
    async throws(StreamError)
  {
    var sent: ByteBuffer?
    while !buffer.isEmpty {
      if Task.isCancelled { throw .cancelled }
      var records = try state.withLock { (s) throws(StreamError) -> ByteBuffer in
        if let sent { s.engine.giveOutgoing(sent) }
        if case .failed(let error) = s.engine.write(&buffer) { throw error }
        s.isSending = true
        return s.engine.takeOutgoing()
      }
      try await send(&records, deadline: deadline)
      sent = records
    }
    if let sent { state.withLock { $0.engine.giveOutgoing(sent) } }
    buffer.removeAll()
  }

  /// Ends both sides. The peer is told that nothing was cut off (close_notify), if the socket takes
  /// it at once and nothing is being sent.
  package func close() {
    let farewell = state.withLock { s -> ByteBuffer? in
      s.engine.shutDown()
      return s.isSending ? nil : s.engine.takeOutgoing()
    }
    if let farewell, !farewell.isEmpty, let socket = plain as? SocketStream { socket.sendLastWord(farewell) }
    plain.close()
  }

  /// Tells the peer that nothing was cut off, waiting until that is sent, then closes.
  ///
  /// For streams other than sockets, or when the peer must get it. A task that is writing must have
  /// ended before.
  package func closeInOrder(deadline: Deadline) async {
    let farewell = state.withLock { s -> ByteBuffer? in
      s.engine.shutDown()
      return s.isSending ? nil : s.engine.takeOutgoing()
    }
    // The stream is given up whether or not the peer hears of it.
    if var farewell { try? await plain.write(&farewell, deadline: deadline) }
    plain.close()
  }

  // MARK: Octets

  private nonisolated(nonsending) func handshake(deadline: Deadline) async throws(StreamError) {
    while true {
      let step = state.withLock { $0.engine.handshake() }
      switch step {
      case .done:
        if !state.withLock({ $0.engine.mayDeferOutgoing }) { try await flush(deadline: deadline) }
        return
      case .needsInput:
        try await flush(deadline: deadline)
        try await receive(deadline: deadline)
      case .failed(let error):
        await sendAlert(deadline: deadline)
        throw error
      }
    }
  }

  private nonisolated(nonsending) func flush(deadline: Deadline) async throws(StreamError) {
    let waiting = state.withLock { s -> ByteBuffer? in
      guard s.engine.hasOutgoing else { return nil }
      s.isSending = true
      return s.engine.takeOutgoing()
    }
    if var waiting { try await send(&waiting, deadline: deadline) }
  }

  /// Sends records that were taken with `isSending` set, which it clears.
  private nonisolated(nonsending) func send(_ records: inout ByteBuffer, deadline: Deadline)
    async throws(StreamError)
  {
    do throws(StreamError) {
      try await plain.write(&records, deadline: deadline)
      state.withLock { $0.isSending = false }
    } catch {
      // isSending stays: part of a record may be on its way, and nothing may follow it.
      state.withLock { $0.engine.breakOff(error) }
      throw error
    }
  }

  private nonisolated(nonsending) func receive(deadline: Deadline) async throws(StreamError) {
    var incoming = state.withLock { s in
      var buffer = s.engine.lendIncoming()
      // While much comes the memory is kept; a connection that says little does not need it.
      if buffer.isEmpty, s.lastReceived < Self.idleOctetsMax {
        buffer.removeAll(keepingAtMost: Self.idleOctetsMax)
      }
      return buffer
    }
    let n: Int
    do throws(StreamError) {
      n = try await plain.read(into: &incoming, atMost: Self.receiveOctetsMax, deadline: deadline)
    } catch {
      state.withLock { $0.engine.giveIncoming(incoming, ended: false) }
      throw error
    }
    state.withLock { s in
      s.engine.giveIncoming(incoming, ended: n == 0)
      s.lastReceived = n
    }
  }

  /// Tells the peer why the connection fails, if that can be sent soon.
  private func sendAlert(deadline: Deadline) async {
    let waiting = state.withLock { s in s.isSending ? nil : s.engine.takeOutgoing() }
    guard var waiting, !waiting.isEmpty else { return }
    // The failure itself is what the caller gets.
    try? await plain.write(&waiting, deadline: min(deadline, .after(milliseconds: Self.alertMilliseconds)))
  }
}

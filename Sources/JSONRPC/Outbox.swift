internal import Bytes

/// What waits to be written to a connection, and the turn of who writes it.
///
/// Any task may append; octets appended in one go stay together. One task at a time writes: the
/// connection's own while nothing else runs on it, else the writer task (``run(stream:)``). Calls never
/// write themselves, so that cancelling one cannot cut a message in half.
final class Outbox: Sendable {
  private struct State: Sendable {
    var pending = ByteBuffer()
    /// Octets handed to the stream that it has not taken yet.
    var underway = 0
    /// Somebody is inside the stream's `write`.
    var writing = false
    /// Nothing more is taken in or written.
    var ended = false
    /// The writer is to stop; others may still write.
    var isDismissed = false

    var octets: Int { pending.count + underway }
  }

  private enum Waits {
    static let writer = Monitor<State>.Kinds.first
    static let room = Monitor<State>.Kinds.second
  }

  private enum Turn: Sendable {
    case write(ByteBuffer)
    case end
  }

  /// The stream takes this much at a time, each within its own deadline.
  static let pieceOctets = 256 << 10

  private let monitor = Monitor(State())
  private let writeSeconds: Int64
  private let counters: RPCCounters?

  /// - Parameter counters: told how many octets the stream has taken.
  init(writeSeconds: Int64, counters: RPCCounters? = nil) {
    self.writeSeconds = writeSeconds
    self.counters = counters
  }

  private func wrote(_ octets: Int) { counters?.wrote(octets) }

  /// Octets that the peer has not taken.
  var octets: Int { monitor.withLock { $0.octets } }

  /// Nothing waits to be written, and nobody writes.
  var isEmpty: Bool { monitor.withLock { $0.octets == 0 && !$0.writing } }

  /// Whether nothing is written any more.
  var isEnded: Bool { monitor.withLock { $0.ended } }

  /// Adds `bytes` and wakes the writer. What is added after the end is dropped.
  func append(_ bytes: [UInt8]) {
    monitor.change(waking: Waits.writer) { s in
      if !s.ended { s.pending.append(contentsOf: bytes) }
    }
  }

  /// Adds `bytes` if fewer than `limit` octets are pending; false when there are more, or the outbox ended.
  func append(_ bytes: [UInt8], under limit: Int) -> Bool {
    monitor.change(waking: Waits.writer) { s in
      guard !s.ended, s.octets < limit else { return false }
      s.pending.append(contentsOf: bytes)
      return true
    }
  }

  /// Ends all writing: what is pending is dropped.
  func end() {
    monitor.change { s in
      s.ended = true
      s.pending.removeAll(keepingAtMost: 0)
    }
  }

  /// Waits until fewer than `limit` octets are pending; false when the outbox ended or the task was cancelled.
  nonisolated(nonsending) func waitForRoom(_ limit: Int) async -> Bool {
    await monitor.wait(as: Waits.room) { s in s.ended ? false : s.octets < limit ? true : nil } ?? false
  }

  /// Waits until everything is written or nothing will be.
  nonisolated(nonsending) func waitUntilEmpty() async {
    _ = await monitor.wait(as: Waits.room) { s in s.ended || s.octets == 0 ? true : nil }
  }

  /// Whether fewer than `limit` octets are pending and writing goes on.
  func hasRoom(_ limit: Int) -> Bool { monitor.withLock { !$0.ended && $0.octets < limit } }

  /// Takes the turn to write: what is pending and then `bytes`. nil when there is nothing to write, or when
  /// another task writes, to which `bytes` are left.
  func takeTurn(_ bytes: [UInt8]) -> ByteBuffer? {
    monitor.withLock { s in
      if s.ended { return nil }
      if s.writing {
        s.pending.append(contentsOf: bytes)
        return nil
      }
      if s.pending.isEmpty {
        if bytes.isEmpty { return nil }
        s.writing = true
        s.underway = bytes.count
        return ByteBuffer(bytes)
      }
      s.pending.append(contentsOf: bytes)
      return Self.take(&s)
    }
  }

  /// Takes the turn to write `octets` when nothing else is pending and nobody writes.
  func takeEmptyTurn(_ octets: Int) -> Bool {
    monitor.withLock { s in
      if s.ended || s.writing || !s.pending.isEmpty { return false }
      s.writing = true
      s.underway = octets
      return true
    }
  }

  /// The end of a turn from ``takeEmptyTurn(_:)`` of which `rest` could not be written: it stays in front of what came
  /// meanwhile, for whoever takes the next turn.
  func endTurn(wrote octets: Int, leaving rest: UnsafeRawBufferPointer) {
    wrote(octets)
    monitor.change { s in
      s.underway = 0
      s.writing = false
      if s.ended { return }
      var all = ByteBuffer(rest)
      all.append(s.pending)
      s.pending = all
    }
  }

  /// Takes the turn to write `bytes` when nothing else is pending and nobody writes; they are added to `turn`,
  /// which keeps its memory. False when there is more to it: then ``takeTurn(_:)``.
  func takeEmptyTurn(_ bytes: [UInt8], into turn: inout ByteBuffer) -> Bool {
    let taken = monitor.withLock { s in
      if s.ended || s.writing || !s.pending.isEmpty { return false }
      s.writing = true
      s.underway = bytes.count
      return true
    }
    if taken { bytes.withUnsafeBytes { turn.append(contentsOf: $0) } }
    return taken
  }

  /// Gives the turn back though something is pending, which the caller will see to.
  func leaveTurn() { monitor.change(waking: Waits.writer) { $0.writing = false } }

  /// The turn's end; what came meanwhile is to be written in the same turn.
  func endTurn() -> ByteBuffer? {
    monitor.withLock { s in
      if s.pending.isEmpty || s.ended {
        s.writing = false
        return nil
      }
      return Self.take(&s)
    }
  }

  /// The turn's end, all of its `octets` written by its owner; false when more came meanwhile, and the turn goes
  /// on with ``endTurn()``.
  func endTurn(wrote octets: Int) -> Bool {
    wrote(octets)
    return monitor.change(waking: Waits.room) { s in
      s.underway -= octets
      if s.pending.isEmpty { s.writing = false }
      return !s.writing
    }
  }

  /// `octets` of a turn have been written by its owner.
  func wroteOwn(_ octets: Int) {
    monitor.change(waking: Waits.room) { $0.underway -= octets }
    wrote(octets)
  }

  /// Writes a turn, and what comes meanwhile. After an error the outbox has ended.
  nonisolated(nonsending) func write(_ turn: ByteBuffer, to stream: any ByteStream) async throws(StreamError)
  {
    var turn = turn
    while true {
      try await send(&turn, to: stream)
      guard let more = endTurn() else { return }
      turn = more
    }
  }

  /// Writes what is pending, on the calling task, unless another does.
  nonisolated(nonsending) func flush(to stream: any ByteStream) async throws(StreamError) {
    if let turn = takeTurn([]) { try await write(turn, to: stream) }
  }

  /// A write failed: nothing is written any more.
  func fail() {
    monitor.change { s in
      s.ended = true
      s.writing = false
      s.underway = 0
      s.pending.removeAll(keepingAtMost: 0)
    }
  }

  /// Gives back the memory that only writing needs.
  func compact() { monitor.compact { if $0.pending.isEmpty { $0.pending.removeAll(keepingAtMost: 0) } } }

  /// Ends the writer's task.
  func dismissWriter() { monitor.change(waking: Waits.writer) { $0.isDismissed = true } }

  /// A writer's task is about to begin.
  func callWriter() { monitor.withLock { $0.isDismissed = false } }

  /// The writer's task: writes whatever comes until it is dismissed, the outbox ends or the stream fails.
  ///
  /// - Parameter wroteAll: called when nothing is left to write.
  nonisolated(nonsending) func run(stream: any ByteStream, wroteAll: @Sendable () -> Void = {}) async {
    while true {
      let turn: Turn? = await monitor.wait(as: Waits.writer) { s in
        if s.ended || s.isDismissed { return .end }
        return s.writing || s.pending.isEmpty ? nil : .write(Self.take(&s))
      }
      guard case .write(var buffer) = turn else { return }
      do {
        try await send(&buffer, to: stream)
      } catch {
        return
      }
      // More may have come, but others may write it first: look again.
      let isEmpty = monitor.withLock { s in
        s.writing = false
        return s.octets == 0
      }
      if isEmpty { wroteAll() }
    }
  }

  private static func take(_ s: inout State) -> ByteBuffer {
    var taken = ByteBuffer()
    swap(&taken, &s.pending)
    s.writing = true
    s.underway = taken.count
    return taken
  }

  /// Writes `buffer` piece by piece. After an error the outbox has ended.
  nonisolated(nonsending) func send(_ buffer: inout ByteBuffer, to stream: any ByteStream)
    async throws(StreamError)
  {
    do {
      if buffer.count <= Self.pieceOctets {
        try await sendPiece(&buffer, to: stream)
        return
      }
      while !buffer.isEmpty {
        var piece = ByteBuffer(buffer.read(min(buffer.count, Self.pieceOctets)))
        try await sendPiece(&piece, to: stream)
      }
    } catch {
      fail()
      throw error
    }
  }

  private nonisolated(nonsending) func sendPiece(_ piece: inout ByteBuffer, to stream: any ByteStream)
    async throws(StreamError)
  {
    let octets = piece.count
    if octets == 0 { return }
    try await stream.write(&piece, deadline: .after(seconds: writeSeconds))
    wroteOwn(octets)
  }
}

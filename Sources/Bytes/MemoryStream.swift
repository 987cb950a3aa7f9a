internal import Synchronization

/// Two joined ends: what is written to one is read from the other. For tests and in-process calls.
///
/// Each direction holds at most `capacity` octets; a writer waits until the reader has made room.
package final class MemoryStream: ByteStream {
  private let incoming: Pipe
  private let outgoing: Pipe

  private init(incoming: Pipe, outgoing: Pipe) {
    self.incoming = incoming
    self.outgoing = outgoing
  }

  package static func pair(capacity: Int = 256 * 1024) -> (MemoryStream, MemoryStream) {
    let a = Pipe(capacity: max(capacity, 1))
    let b = Pipe(capacity: max(capacity, 1))
    return (MemoryStream(incoming: a, outgoing: b), MemoryStream(incoming: b, outgoing: a))
  }

  package nonisolated(nonsending) func read(
    into buffer: inout ByteBuffer, atMost: Int, deadline: Deadline
  ) async throws(StreamError) -> Int {
    while true {
      if Task.isCancelled { throw .cancelled }
      switch incoming.take(into: &buffer, atMost: max(atMost, 1)) {
      case .moved(let n): return n
      case .ended: return 0
      case .closed: throw .closed
      case .blocked: break
      }
      try await incoming.wait(.reader, deadline: deadline)
    }
  }

  package nonisolated(nonsending) func write(_ buffer: inout ByteBuffer, deadline: Deadline)
    async throws(StreamError)
  {
    while !buffer.isEmpty {
      if Task.isCancelled { throw .cancelled }
      switch outgoing.put(&buffer) {
      case .moved: continue
      case .ended, .closed: throw outgoing.isClosedHere(self) ? .closed : .system(.write, errno: 32)
      case .blocked: try await outgoing.wait(.writer, deadline: deadline)
      }
    }
  }

  /// Ends this side's writing; the other end reads what is left, then 0.
  package func finishWriting() { outgoing.end() }

  package func close() {
    incoming.close()
    outgoing.end()
  }

  private enum Side { case reader, writer }
  private enum Moved { case moved(Int), blocked, ended, closed }

  private final class Pipe: Sendable {
    private struct Waiter {
      let number: UInt64
      let continuation: CheckedContinuation<StreamError?, Never>
    }

    private struct State {
      var buffer = ByteBuffer()
      var ended = false
      var closed = false
      var reader: Waiter?
      var writer: Waiter?
      var number: UInt64 = 0

      subscript(side: Side) -> Waiter? {
        get { side == .reader ? reader : writer }
        set { if side == .reader { reader = newValue } else { writer = newValue } }
      }

      /// Waiters to resume once the lock is free.
      var woken: [(continuation: CheckedContinuation<StreamError?, Never>, error: StreamError?)] = []

      mutating func wake(_ side: Side, _ error: StreamError? = nil) {
        if let waiter = self[side] { woken.append((waiter.continuation, error)) }
        self[side] = nil
      }
    }

    private let capacity: Int
    private let state = Mutex(State())

    init(capacity: Int) { self.capacity = capacity }

    /// Changes the state, and resumes whom that woke outside of the lock: resuming takes the waiting
    /// task's own lock, under which the runtime calls the cancellation handler, which takes ours.
    private func locked<R: Sendable>(_ change: (inout State) -> R) -> R {
      let (result, woken) = state.withLock { s in
        let result = change(&s)
        defer { s.woken = [] }
        return (result, s.woken)
      }
      for waiter in woken { waiter.continuation.resume(returning: waiter.error) }
      return result
    }

    func isClosedHere(_ stream: MemoryStream) -> Bool { stream.incoming.state.withLock { $0.closed } }

    func take(into out: inout ByteBuffer, atMost: Int) -> Moved {
      let taken: (Moved, [UInt8]) = locked { s in
        if s.closed { return (.closed, []) }
        if s.buffer.isEmpty { return (s.ended ? .ended : .blocked, []) }
        let bytes = s.buffer.read(min(atMost, s.buffer.count))
        s.wake(.writer)
        return (.moved(bytes.count), bytes)
      }
      out.append(contentsOf: taken.1)
      return taken.0
    }

    func put(_ input: inout ByteBuffer) -> Moved {
      let offered = input.bytes(at: 0, length: min(input.count, capacity))
      let moved: Moved = locked { s in
        if s.closed || s.ended { return .closed }
        let room = capacity - s.buffer.count
        if room <= 0 { return .blocked }
        let n = min(room, offered.count)
        s.buffer.append(contentsOf: offered[..<n])
        s.wake(.reader)
        return .moved(n)
      }
      if case .moved(let n) = moved { input.consume(n) }
      return moved
    }

    func end() {
      locked { s in
        s.ended = true
        s.wake(.reader)
        s.wake(.writer)
      }
    }

    func close() {
      locked { s in
        s.closed = true
        s.buffer.removeAll(keepingAtMost: 0)
        s.wake(.reader)
        s.wake(.writer)
      }
    }

    func wait(_ side: Side, deadline: Deadline) async throws(StreamError) {
      let number = state.withLock { s in
        s.number += 1
        return s.number
      }
      var timer: Task<Void, Never>?
      if deadline != .never {
        timer = Task { [weak self] in
          // A cancelled sleep means that the wait is over: nothing to report.
          try? await Task.sleep(for: .milliseconds(deadline.millisecondsLeft ?? 0))
          if !Task.isCancelled {
            self?.fail(side, number, .timedOut(side == .reader ? .read : .write))
          }
        }
      }
      let error = await withTaskCancellationHandler {
        await withCheckedContinuation { (c: CheckedContinuation<StreamError?, Never>) in
          let isOver = state.withLock { s in
            let ready =
              side == .reader
              ? !s.buffer.isEmpty || s.ended || s.closed
              : s.buffer.count < capacity || s.ended || s.closed
            if ready || Task.isCancelled { return true }
            s[side] = Waiter(number: number, continuation: c)
            return false
          }
          if isOver { c.resume(returning: nil) }
        }
      } onCancel: {
        fail(side, number, .cancelled)
      }
      timer?.cancel()
      if let error { throw error }
    }

    private func fail(_ side: Side, _ number: UInt64, _ error: StreamError) {
      locked { s in
        if s[side]?.number == number { s.wake(side, error) }
      }
    }
  }
}

internal import Bytes
internal import Synchronization

/// A connection that was accepted, and that has a task only while something is under way.
final class Guest: DirectReader {
  private let stream: SocketStream
  private let connection: any RestingConnection
  private let porter: Porter
  private let visitors: Visitors

  init(_ stream: SocketStream, _ connection: any RestingConnection, _ porter: Porter, _ visitors: Visitors) {
    self.stream = stream
    self.connection = connection
    self.porter = porter
    self.visitors = visitors
  }

  /// Serves on the calling task, which prefers the stream's reactor, until the connection rests or is over.
  func serve(after wake: Channel.Wake = .ready) async {
    var end = wake.error(.read)
    while let deadline = await connection.serve(after: end) {
      guard let early = stream.rest(self, until: deadline) else { return }
      end = early.error(.read)
    }
    visitors.left(stream)
  }

  func arrived(_ bytes: [UInt8], count: Int, workspace: inout AnyObject?) -> Deadline? {
    connection.arrived(bytes, count: count, workspace: &workspace)
  }

  /// A task is needed again. Any thread.
  func restEnded(_ wake: Channel.Wake) { porter.fetch(self, wake) }
}

/// Begins the tasks of one reactor's guests whose rest has ended.
final class Porter: Sendable {
  private struct State {
    var waking: [(guest: Guest, wake: Channel.Wake)] = []
    var waiter: UnsafeContinuation<Void, Never>?
    var isOver = false
  }

  private let state = Mutex(State())
  let reactor: Reactor

  init(_ reactor: Reactor) { self.reactor = reactor }

  /// Has a task begun for `guest`. Any thread.
  func fetch(_ guest: Guest, _ wake: Channel.Wake) {
    let waiter = state.withLock { s in
      s.waking.append((guest, wake))
      return s.waiter.take()
    }
    waiter?.resume()
  }

  /// No guest is left, and none will come.
  func end() {
    let waiter = state.withLock { s in
      s.isOver = true
      return s.waiter.take()
    }
    waiter?.resume()
  }

  /// Returns after ``end()``, when all tasks have ended.
  func run() async {
    await withDiscardingTaskGroup { tasks in
      while true {
        await waitForWork()
        let (waking, isOver) = state.withLock { s in
          defer { s.waking.removeAll(keepingCapacity: s.waking.capacity <= 256) }
          return (s.waking, s.isOver)
        }
        if waking.isEmpty, isOver { return }
        for (guest, wake) in waking {
          tasks.addTask(executorPreference: reactor) { await guest.serve(after: wake) }
        }
      }
    }
  }

  private func waitForWork() async {
    // SAFETY: resumed exactly once: here when there is work, else by who takes it out of the state under its lock.
    await withUnsafeContinuation { (continuation: UnsafeContinuation<Void, Never>) in
      let isNeeded = state.withLock { s in
        if !s.waking.isEmpty || s.isOver { return true }
        s.waiter = continuation
        return false
      }
      if isNeeded { continuation.resume() }
    }
  }
}

/// The connections that a listener has accepted and that are not over, and the porters that wake them.
final class Visitors: Sendable {
  private struct State {
    var streams: [ObjectIdentifier: SocketStream] = [:]
    var isLast = false
  }

  private let state = Mutex(State())
  private let porters: [Porter]

  init(porters: [Porter]) { self.porters = porters }

  func porter(of stream: SocketStream) -> Porter? { porters.first { $0.reactor === stream.reactor } }

  func came(_ stream: SocketStream) { state.withLock { $0.streams[ObjectIdentifier(stream)] = stream } }

  func left(_ stream: SocketStream) {
    let isOver = state.withLock { s in
      s.streams[ObjectIdentifier(stream)] = nil
      return s.isLast && s.streams.isEmpty
    }
    stream.close()
    if isOver { end() }
  }

  /// Nobody comes any more: when all have left, the porters are done.
  func noMore() {
    let isOver = state.withLock { s in
      s.isLast = true
      return s.streams.isEmpty
    }
    if isOver { end() }
  }

  func closeAll() {
    for stream in state.withLock({ Array($0.streams.values) }) { stream.close() }
  }

  private func end() { for porter in porters { porter.end() } }
}

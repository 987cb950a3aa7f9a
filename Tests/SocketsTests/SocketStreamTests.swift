import Bytes
import Sockets
import Testing

@Suite(.timeLimit(.minutes(1))) struct SocketStreamTests {
  /// Each test runs once on a reactor and once away from it.
  static let places: [Reactor?] = [nil, ReactorGroup.shared.next()]

  private func on(_ place: Reactor?, _ body: @Sendable @escaping () async throws -> Void) async throws {
    try await Task(executorPreference: place, operation: body).value
  }

  @Test(arguments: places)
  func `a read that nothing answers ends at its deadline, and the stream goes on`(_ place: Reactor?)
    async throws
  {
    try await on(place) {
      let (a, b) = try SocketStream.pair()
      var buffer = ByteBuffer()
      for milliseconds: Int64 in [30, 5, 0, 15] {
        await #expect(throws: StreamError.timedOut(.read)) {
          _ = try await a.read(into: &buffer, atMost: 1, deadline: .after(milliseconds: milliseconds))
        }
      }
      try await b.write("still here", deadline: soon)
      #expect(try await a.read(into: &buffer, atMost: 100, deadline: soon) == 10)
    }
  }

  @Test(arguments: places)
  func `a later deadline holds though an earlier one was set before`(_ place: Reactor?) async throws {
    try await on(place) {
      let (a, b) = try SocketStream.pair()
      // Sets the timer for a moment that passes while the next read, with a later one, waits.
      let first = Task {
        var buffer = ByteBuffer()
        return try await a.read(into: &buffer, atMost: 10, deadline: .after(milliseconds: 200))
      }
      await Task.yield()
      try await b.write("y", deadline: soon)
      // On a machine that stalls the first read may time out, and its octet is left.
      let left = await first.result
      var buffer = ByteBuffer()
      if case .failure = left { _ = try await a.read(into: &buffer, atMost: 10, deadline: soon) }
      let end = Deadline.after(milliseconds: 300)
      await #expect(throws: StreamError.timedOut(.read)) {
        _ = try await a.read(into: &buffer, atMost: 1, deadline: end)
      }
      #expect(end.hasPassed)
    }
  }

  @Test(arguments: places)
  func `a peer that does not read makes the write end at its deadline`(_ place: Reactor?) async throws {
    try await on(place) {
      let (a, b) = try SocketStream.pair()
      await #expect(throws: StreamError.timedOut(.write)) {
        try await a.write([UInt8](repeating: 1, count: 8 << 20), deadline: .after(milliseconds: 50))
      }
      _ = b
    }
  }

  @Test(arguments: places)
  func `a slow reader gets everything, though the writer must wait`(_ place: Reactor?) async throws {
    try await on(place) {
      let (a, b) = try SocketStream.pair()
      var noise = Noise(state: 7)
      let sent = noise.bytes(3 << 20)
      async let writing: Void = {
        try await a.write(sent, deadline: soon)
        a.close()
      }()
      let got = try await readAll(b)
      try await writing
      #expect(got == sent)
    }
  }

  @Test(arguments: places)
  func `closing from elsewhere wakes the reader and the writer`(_ place: Reactor?) async throws {
    try await on(place) {
      for _ in 0..<200 {
        let (a, b) = try SocketStream.pair()
        let reader = Task {
          var buffer = ByteBuffer()
          return try await a.read(into: &buffer, atMost: 1, deadline: .never)
        }
        let writer = Task { try await a.write([UInt8](repeating: 0, count: 4 << 20), deadline: .never) }
        await Task.yield()
        a.close()
        a.close()
        await #expect(throws: StreamError.closed) { try await reader.value }
        await #expect(throws: StreamError.closed) { try await writer.value }
        _ = b
      }
    }
  }

  @Test(arguments: places)
  func `cancelling the task that waits ends its wait, and only that`(_ place: Reactor?) async throws {
    try await on(place) {
      for _ in 0..<200 {
        let (a, b) = try SocketStream.pair()
        let reader = Task {
          var buffer = ByteBuffer()
          return try await a.read(into: &buffer, atMost: 1, deadline: soon)
        }
        let writer = Task { try await a.write([UInt8](repeating: 0, count: 4 << 20), deadline: soon) }
        await Task.yield()
        reader.cancel()
        writer.cancel()
        await #expect(throws: StreamError.cancelled) { try await reader.value }
        await #expect(throws: StreamError.cancelled) { try await writer.value }
        try await b.write("x", deadline: soon)
        var buffer = ByteBuffer()
        #expect(try await a.read(into: &buffer, atMost: 1, deadline: soon) == 1)
      }
    }
  }

  @Test func `the peer's end is read as 0, again and again, after all it sent`() async throws {
    let (a, b) = try SocketStream.pair()
    try await a.write("last words", deadline: soon)
    a.close()
    #expect(try await readAll(b) == Array("last words".utf8))
    var buffer = ByteBuffer()
    #expect(try await b.read(into: &buffer, atMost: 1, deadline: soon) == 0)
    #expect(try await b.read(into: &buffer, atMost: 1, deadline: soon) == 0)
  }

  @Test func `writing to a peer that is gone is an error, not a signal`() async throws {
    let (a, b) = try SocketStream.pair()
    b.close()
    await #expect(throws: StreamError.system(.write, errno: 32)) { try await a.write("x", deadline: soon) }
  }

  @Test func `a dropped stream is closed`() async throws {
    func oneEnd() throws -> SocketStream { try SocketStream.pair().1 }
    #expect(try await readAll(try oneEnd()) == [])
  }

  @Test func `closing after the peer lets it read what it was told`() async throws {
    let listener = try Listener.bind(.tcp(host: "127.0.0.1", port: 0))
    try await withThrowingTaskGroup(of: Void.self) { tasks in
      tasks.addTask {
        await listener.run(on: .shared) { stream in
          do {
            _ = try await read(1, from: stream)
            try await stream.write("go away", deadline: soon)
          } catch {
            Issue.record(error)
          }
          await stream.closeAfterPeer(deadline: soon)
        }
      }
      let stream = try await Dialer.connect(.tcp(host: "127.0.0.1", port: listener.port), deadline: soon)
      try await stream.write([UInt8](repeating: 0, count: 300_000), deadline: soon)
      stream.finishWriting()
      #expect(try await readAll(stream) == Array("go away".utf8))
      listener.close()
      try await tasks.waitForAll()
    }
  }

  @Test func `a busy stream does not keep others on its reactor from their turn`() async throws {
    let reactor = ReactorGroup(threads: 1).next()
    let (a, b) = try SocketStream.pair(on: reactor)
    let (c, d) = try SocketStream.pair(on: reactor)
    // One task writes and reads without end, always ready; the other must still get its answer.
    let busy = Task(executorPreference: reactor) {
      var out = ByteBuffer()
      var back = ByteBuffer()
      while !Task.isCancelled {
        out.append("x")
        try await a.write(&out, deadline: soon)
        _ = try await b.read(into: &back, atMost: 10, deadline: soon)
        back.removeAll()
      }
    }
    let answering = Task(executorPreference: reactor) { await echo(d) }
    try await c.write("turn", deadline: soon)
    #expect(try await read(4, from: c) == Array("turn".utf8))
    busy.cancel()
    c.close()
    await answering.value
    _ = await busy.result
  }
}

import Bytes
import Synchronization
import Testing

@testable import Sockets

/// Sends back what arrives, and keeps what begins with `!` for the task.
private final class Echo: DirectReader {
  let stream: SocketStream
  let left = Mutex<[UInt8]>([])
  let arrivals = Mutex(0)
  let patience: Int64

  init(_ stream: SocketStream, patienceMilliseconds: Int64 = 30_000) {
    self.stream = stream
    patience = patienceMilliseconds
  }

  func arrived(_ bytes: [UInt8], count: Int, workspace: inout AnyObject?) -> Deadline? {
    arrivals.withLock { $0 += 1 }
    if bytes[0] == 0x21 {
      left.withLock { $0 = Array(bytes[..<count]) }
      return nil
    }
    let sent = bytes[..<count].withUnsafeBytes { stream.sendNow($0) }
    return sent == count ? .after(milliseconds: patience) : nil
  }
}

@Suite(.timeLimit(.minutes(1))) struct DirectReaderTests {
  /// Runs `handle` on an accepted connection and `client` on the other end.
  private func join(
    _ handle: @escaping @Sendable (SocketStream) async -> Void,
    _ client: (SocketStream) async throws -> Void
  ) async throws {
    let listener = try Listener.bind(.tcp(host: "127.0.0.1", port: 0))
    let running = Task { await listener.run(on: .shared, handle) }
    let stream = try await Dialer.connect(.tcp(host: "127.0.0.1", port: listener.port), deadline: soon)
    try await client(stream)
    stream.close()
    listener.close()
    await running.value
  }

  private final class Outcome: Sendable {
    let left = Mutex<[UInt8]>([])
    let arrivals = Mutex(0)
    let end = Mutex<Int?>(nil)
    let error = Mutex<StreamError?>(nil)
  }

  private func wait(_ stream: SocketStream, _ outcome: Outcome, patience: Int64 = 30_000) async {
    let echo = Echo(stream, patienceMilliseconds: patience)
    do throws(StreamError) {
      var first = ByteBuffer()
      _ = try await stream.read(into: &first, atMost: 10, deadline: soon)
      // Whoever gets this knows that the task waits again: it does not leave its thread before.
      try await stream.write("k", deadline: soon)
      try await stream.wait(handing: echo, deadline: soon)
      let left = echo.left.withLock { $0 }
      outcome.left.withLock { $0 = left }
      try await stream.write("w", deadline: soon)
      var rest = ByteBuffer()
      let n = try await stream.read(into: &rest, atMost: 10, deadline: soon)
      outcome.end.withLock { $0 = n }
    } catch {
      outcome.error.withLock { $0 = error }
    }
    let arrivals = echo.arrivals.withLock { $0 }
    outcome.arrivals.withLock { $0 = arrivals }
  }

  @Test func `what arrives is handled while the task waits, and the rest wakes it`() async throws {
    let outcome = Outcome()
    try await join({ await wait($0, outcome) }) { client in
      try await client.write("go", deadline: soon)
      #expect(try await read(1, from: client) == [0x6B])
      for word in ["one", "two", "three"] {
        try await client.write(word, deadline: soon)
        #expect(try await read(word.utf8.count, from: client) == Array(word.utf8))
      }
      try await client.write("!task", deadline: soon)
      #expect(try await read(1, from: client) == [0x77])
      client.finishWriting()
      _ = try await readAll(client)
    }
    #expect(outcome.left.withLock { $0 } == Array("!task".utf8))
    #expect(outcome.end.withLock { $0 } == 0)
    #expect(outcome.arrivals.withLock { $0 } >= 4)
  }

  @Test func `the end of the peer wakes the task`() async throws {
    let outcome = Outcome()
    try await join({ await wait($0, outcome) }) { client in
      try await client.write("go", deadline: soon)
      #expect(try await read(1, from: client) == [0x6B])
      try await client.write("x", deadline: soon)
      #expect(try await read(1, from: client) == [0x78])
      client.finishWriting()
      _ = try await readAll(client)
    }
    #expect(outcome.end.withLock { $0 } == 0)
  }

  @Test func `the deadline that the reader names ends the wait`() async throws {
    let outcome = Outcome()
    try await join({ await wait($0, outcome, patience: 20) }) { client in
      try await client.write("go", deadline: soon)
      #expect(try await read(1, from: client) == [0x6B])
      try await client.write("word", deadline: soon)
      _ = try await readAll(client)
    }
    #expect(outcome.error.withLock { $0 } == .timedOut(.read))
  }

  @Test func `closing from elsewhere ends the wait`() async throws {
    let outcome = Outcome()
    try await join({ stream in
      async let waiting: Void = wait(stream, outcome)
      await Task.yield()
      stream.close()
      await waiting
    }) { client in
      _ = try? await readAll(client)
    }
    #expect(outcome.error.withLock { $0 } == .closed)
  }
}

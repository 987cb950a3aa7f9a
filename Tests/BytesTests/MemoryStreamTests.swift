import Bytes
import Testing

@Suite(.timeLimit(.minutes(1))) struct MemoryStreamTests {
  @Test func `what is written on one end is read on the other, through any capacity`() async throws {
    for capacity in [1, 2, 3, 7, 1000] {
      let (a, b) = MemoryStream.pair(capacity: capacity)
      async let sent: Void = {
        try await a.write("hello, other end", deadline: .never)
        a.finishWriting()
      }()
      var got = ByteBuffer()
      while try await b.read(into: &got, atMost: 5, deadline: .after(seconds: 20)) > 0 {}
      try await sent
      #expect(got == ByteBuffer("hello, other end"))
    }
  }

  @Test func `a read that nothing answers ends at its deadline`() async throws {
    let (a, b) = MemoryStream.pair()
    var buffer = ByteBuffer()
    await #expect(throws: StreamError.timedOut(.read)) {
      _ = try await a.read(into: &buffer, atMost: 1, deadline: .after(milliseconds: 20))
    }
    _ = b
  }

  @Test func `closing wakes who waits`() async throws {
    let (a, b) = MemoryStream.pair()
    let waiting = Task {
      var buffer = ByteBuffer()
      return try await a.read(into: &buffer, atMost: 1, deadline: .never)
    }
    await Task.yield()
    a.close()
    await #expect(throws: StreamError.closed) { try await waiting.value }
    var rest = ByteBuffer()
    #expect(try await b.read(into: &rest, atMost: 1, deadline: .never) == 0)
  }

  @Test func `cancelling the task ends the wait`() async throws {
    let (a, b) = MemoryStream.pair()
    let waiting = Task {
      var buffer = ByteBuffer()
      return try await a.read(into: &buffer, atMost: 1, deadline: .never)
    }
    await Task.yield()
    waiting.cancel()
    await #expect(throws: StreamError.cancelled) { try await waiting.value }
    _ = b
  }
}

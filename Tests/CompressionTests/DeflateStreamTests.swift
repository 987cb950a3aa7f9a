import Bytes
import Compression
import Testing

@Suite(.timeLimit(.minutes(1))) struct DeflateStreamTests {
  static func readAll(_ stream: any ByteStream, count: Int, atMost: Int = 1000) async throws -> [UInt8] {
    var got = ByteBuffer()
    while got.count < count {
      let n = try await stream.read(into: &got, atMost: atMost, deadline: .after(seconds: 20))
      #expect(n <= atMost)
      if n == 0 { break }
    }
    return got.bytes
  }

  // At least 5, as the mark of a flush stays in the pipe when the reader has all it wants.
  @Test(arguments: [5, 7, 1 << 18]) func `both ways at once, through any capacity`(capacity: Int) async throws
  {
    let (a, b) = MemoryStream.pair(capacity: capacity)
    let (left, right) = (try DeflateStream(over: a), try DeflateStream(over: b))
    let there = noise(2000) + [UInt8](repeating: 66, count: 3000)
    let back = noise(2500, seed: 3)
    async let one: Void = left.write(there, deadline: .after(seconds: 20))
    async let two: Void = right.write(back, deadline: .after(seconds: 20))
    async let got = Self.readAll(right, count: there.count)
    #expect(try await Self.readAll(left, count: back.count) == back)
    #expect(try await got == there)
    _ = try await (one, two)
  }

  @Test func `each write can be read before the next`() async throws {
    let (a, b) = MemoryStream.pair()
    let (left, right) = (try DeflateStream(over: a), try DeflateStream(over: b))
    for line in ["A1 NOOP\r\n", "", "A2 LOGOUT\r\n"] {
      try await left.write(line, deadline: .never)
      #expect(try await Self.readAll(right, count: line.utf8.count) == Array(line.utf8))
    }
  }

  @Test func `octets that arrived before the switch are the first`() async throws {
    let (a, b) = MemoryStream.pair()
    var deflater = try Deflater(format: .raw)
    var early = ByteBuffer()
    try deflater.deflate(Array("early ".utf8), into: &early, flush: .sync)
    var late = ByteBuffer()
    try deflater.deflate(Array("late".utf8), into: &late, flush: .sync)
    let stream = try DeflateStream(over: a, leftover: early)
    try await b.write(&late, deadline: .never)
    #expect(try await Self.readAll(stream, count: 10) == Array("early late".utf8))
  }

  @Test func `a read takes no more than asked, whatever the ratio`() async throws {
    let (a, b) = MemoryStream.pair()
    var deflater = try Deflater(format: .raw, level: 9)
    var bomb = ByteBuffer()
    try deflater.deflate([UInt8](repeating: 0, count: 10_000_000), into: &bomb, flush: .finish)
    try await b.write(&bomb, deadline: .never)
    let stream = try DeflateStream(over: a)
    var got = ByteBuffer()
    #expect(try await stream.read(into: &got, atMost: 4096, deadline: .never) == 4096)
    #expect(got.count == 4096)
    #expect(try await Self.readAll(stream, count: 10_000_000, atMost: 1 << 16).count == 10_000_000 - 4096)
    #expect(try await stream.read(into: &got, atMost: 4096, deadline: .never) == 0)
  }

  @Test func `the end of the connection is the end`() async throws {
    let (a, b) = MemoryStream.pair()
    let stream = try DeflateStream(over: a)
    b.finishWriting()
    var got = ByteBuffer()
    #expect(try await stream.read(into: &got, atMost: 10, deadline: .never) == 0)
  }

  @Test func `damage ends the read with an error, and time-outs pass through`() async throws {
    let (a, b) = MemoryStream.pair()
    let stream = try DeflateStream(over: a)
    var got = ByteBuffer()
    await #expect(throws: StreamError.timedOut(.read)) {
      _ = try await stream.read(into: &got, atMost: 10, deadline: .after(milliseconds: 10))
    }
    try await b.write([0xFF, 0xFF, 0xFF, 0xFF], deadline: .never)
    await #expect(throws: StreamError.system(.read, errno: 74)) {
      _ = try await stream.read(into: &got, atMost: 10, deadline: .never)
    }
    stream.close()
    await #expect(throws: StreamError.closed) { try await stream.write("x", deadline: .never) }
  }
}

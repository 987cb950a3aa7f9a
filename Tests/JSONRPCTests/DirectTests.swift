import Bytes
import JSONRPC
import Synchronization
import Testing

/// A stream that hands what arrives to a reader, and takes only so much of what is sent directly.
private final class ScriptedStream: DirectStream {
  private struct Seen: Sendable {
    var output: [UInt8] = []
    var handled = 0
    var waits = 0
    var closed = false
    /// Read by a wait without a reader.
    var ahead = ByteBuffer()
    var ended = false
  }

  private let inner: MemoryStream
  private let takes: Int
  private let seen = Mutex(Seen())

  init(_ inner: MemoryStream, takes: Int) {
    self.inner = inner
    self.takes = takes
  }

  var output: [UInt8] { seen.withLock { $0.output } }
  /// Arrivals after which the task went on waiting.
  var handled: Int { seen.withLock { $0.handled } }
  var waits: Int { seen.withLock { $0.waits } }

  nonisolated(nonsending) func read(into buffer: inout ByteBuffer, atMost: Int, deadline: Deadline)
    async throws(StreamError) -> Int
  {
    if let n = try await readIfThere(into: &buffer, atMost: atMost) { return n }
    return try await inner.read(into: &buffer, atMost: atMost, deadline: deadline)
  }

  nonisolated(nonsending) func readIfThere(into buffer: inout ByteBuffer, atMost: Int)
    async throws(StreamError) -> Int?
  {
    let taken: [UInt8]? = seen.withLock { s in
      if s.ahead.isEmpty { return s.ended ? [] : nil }
      return s.ahead.read(min(s.ahead.count, atMost))
    }
    if let taken { buffer.append(contentsOf: taken) }
    return taken?.count
  }

  func nudge() {}

  nonisolated(nonsending) func write(_ buffer: inout ByteBuffer, deadline: Deadline)
    async throws(StreamError)
  {
    seen.withLock { [bytes = buffer.bytes] s in s.output += bytes }
    buffer.removeAll()
  }

  nonisolated(nonsending) func wait(handing reader: (any DirectReader)?, deadline: Deadline)
    async throws(StreamError)
  {
    var workspace: AnyObject?
    var deadline = deadline
    seen.withLock { $0.waits += 1 }
    while true {
      var arrived = ByteBuffer()
      let count = try await inner.read(into: &arrived, atMost: 1 << 16, deadline: deadline)
      guard count > 0, let reader else {
        seen.withLock { s in
          s.ahead.append(arrived)
          s.ended = count == 0
        }
        return
      }
      // What lies behind the arrived octets must not be looked at.
      let room = arrived.bytes + Array("{\"jsonrpc\":\"2.0\",\"id\":666,\"method\":\"rpc.ping\"}\n".utf8)
      guard let next = reader.arrived(room, count: count, workspace: &workspace) else { return }
      seen.withLock { $0.handled += 1 }
      deadline = next
    }
  }

  func sendNow(_ bytes: UnsafeRawBufferPointer) -> Int {
    let taken = Array(bytes.prefix(takes))
    seen.withLock { $0.output += taken }
    return taken.count
  }

  func close() {
    inner.close()
    seen.withLock { $0.closed = true }
  }
}

/// Plain calls that are answered where their octets arrive, by the same rules as everywhere.
@Suite(.timeLimit(.minutes(1))) struct DirectTests {
  private static let signIn =
    #"{"jsonrpc":"2.0","id":"s","method":"session.open","params":{"token":"read"}}"# + "\n"

  /// Sends `pieces` one after the other once the connection is quiet; the stream, when all has been answered.
  private func play(_ pieces: [[UInt8]], takes: Int = .max, signsIn: Bool = true, limits: RPCLimits = .init())
    async throws -> (lines: [String], stream: ScriptedStream)
  {
    let (ours, theirs) = MemoryStream.pair()
    let stream = ScriptedStream(theirs, takes: takes)
    let server = RPCServer(
      methods: MethodTable(testMethods(Tally())), authenticator: TestAuthenticator(), limits: limits,
      discover: Array("{}".utf8))
    async let served: Void = server.serve(stream, peer: PeerInfo(text: "test"))
    if signsIn {
      try await ours.write(Self.signIn, deadline: .after(seconds: 30))
      while stream.waits == 0 { await Task.yield() }
    }
    for piece in pieces {
      let (handled, waits) = (stream.handled, stream.waits)
      try await ours.write(piece, deadline: .after(seconds: 30))
      // It has been looked at, unless the task keeps it for more to come.
      for _ in 0..<50 where stream.handled == handled && stream.waits == waits { await Task.yield() }
    }
    ours.finishWriting()
    await served
    let lines = String(decoding: stream.output, as: UTF8.self).split(separator: "\n").map(String.init)
    return (signsIn ? Array(lines.dropFirst()) : lines, stream)
  }

  private static let calls: [(request: String, answer: String)] = [
    (
      #"{"jsonrpc":"2.0","id":1,"method":"rpc.ping","params":{"data":"one, \"two\" \\ é"}}"#,
      #"{"jsonrpc":"2.0","id":1,"result":{"data":"one, \"two\" \\ é"}}"#
    ),
    (
      #"{"jsonrpc":"2.0","method":"whoami","params":{},"id":"w"}"#,
      #"{"jsonrpc":"2.0","id":"w","result":"t2"}"#
    ),
    (
      #"{"jsonrpc":"2.0","id":2,"method":"subtract","params":{"minuend":42,"subtrahend":23}}"#,
      #"{"jsonrpc":"2.0","id":2,"result":19}"#
    ),
    (
      #"{"jsonrpc":"2.0","id":3,"method":"rpc.ping","params":{"data":1,"_meta":{"timeoutMs":1000}}}"#,
      #"{"jsonrpc":"2.0","id":3,"result":{"data":1}}"#
    ),
    (
      #"{"jsonrpc":"2.0","id":4,"method":"rpc.ping","params":{"data":{"_meta":[]}}}"#,
      #"{"jsonrpc":"2.0","id":4,"result":{"data":{"_meta":[]}}}"#
    ),
    (
      #" {"id":5, "jsonrpc":"2.0","method":"rpc.ping"}"#, #"{"jsonrpc":"2.0","id":5,"result":{}}"#
    ),
    (
      #"{"jsonrpc":"2.0","id":6,"method":"rpc.ping","params":{"data":2}}"#,
      #"{"jsonrpc":"2.0","id":6,"result":{"data":2}}"#
    ),
  ]

  @Test(arguments: [Int.max, 0, 1, 40]) func `answers are the same wherever the text is cut`(takes: Int)
    async throws
  {
    let text = Self.calls.map { $0.request + "\n" }.joined().utf8.map { $0 }
    let answers = Self.calls.map(\.answer)
    // Every cut where all is taken; the others meet each part of the text.
    for cut in stride(from: 0, through: text.count, by: takes == .max ? 1 : 13) {
      let (lines, _) = try await play([Array(text[..<cut]), Array(text[cut...])], takes: takes)
      #expect(lines == answers, "cut at \(cut)")
    }
  }

  @Test func `plain calls leave the task asleep, and others wake it`() async throws {
    let plain = Array((Self.calls[0].request + "\n" + Self.calls[1].request + "\n").utf8)
    let (lines, stream) = try await play([plain, plain, plain])
    #expect(lines.count == 6)
    #expect(stream.handled == 3)
    let (more, woken) = try await play([plain, Array((Self.calls[5].request + "\n").utf8)])
    #expect(more.count == 3)
    #expect(woken.handled == 1)
  }

  @Test func `who has not signed in is refused, and so is a scope that is missing`() async throws {
    let hello = Array("{\"jsonrpc\":\"2.0\",\"id\":0,\"method\":\"get_data\",\"params\":{}}\n".utf8)
    let ping = Array((Self.calls[6].request + "\n").utf8)
    let (lines, _) = try await play([hello, ping], signsIn: false)
    #expect(lines.count == 2)
    #expect(lines.last?.contains("UNAUTHENTICATED") == true)
    let admin = Array("{\"jsonrpc\":\"2.0\",\"id\":0,\"method\":\"admin.only\",\"params\":{}}\n".utf8)
    let (refused, _) = try await play([admin, ping])
    #expect(refused.count == 2)
    #expect(refused.first?.contains("PERMISSION_DENIED") == true)
    #expect(refused.last == Self.calls[6].answer)
  }

  @Test func `limits hold where octets arrive`() async throws {
    var limits = RPCLimits()
    limits.messageOctetsMax = 100
    let room = 100 - #"{"jsonrpc":"2.0","id":1,"method":"rpc.ping","params":{"data":""}}"#.utf8.count
    for (extra, isAnswered) in [(-1, true), (0, true), (1, false)] {
      let data = String(repeating: "x", count: room + extra)
      let ping = "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"rpc.ping\",\"params\":{\"data\":\"\(data)\"}}\n"
      let (lines, _) = try await play([Array(ping.utf8)], limits: limits)
      #expect((lines.first?.contains("result") == true) == isAnswered)
    }
  }
}

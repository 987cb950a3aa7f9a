import Bytes
import Compression
import JSON
import JSONRPC
import Sockets
import Synchronization
import Testing

/// Knows one token for each set of scopes: `all`, `read`, `none`; and the user 1000 of the machine.
struct TestAuthenticator: Authenticator {
  static let everything = Principal(tenantID: "t1", name: "all", scopes: ["read", "send", "admin"])

  func principal(token: [UInt8]) async -> Principal? {
    switch String(decoding: token, as: UTF8.self) {
    case "all": Self.everything
    case "read": Principal(tenantID: "t2", name: "read", scopes: ["read"])
    case "none": Principal(tenantID: "t3", name: "none", scopes: [])
    default: nil
    }
  }

  func principal(peerUID: UInt32) async -> Principal? { peerUID == 1000 ? Self.everything : nil }
}

/// Counts, and lets tests wait until a number is reached.
final class Tally: Sendable {
  private let state = Mutex<[String: Int]>([:])

  func add(_ name: String) { state.withLock { $0[name, default: 0] += 1 } }
  subscript(name: String) -> Int { state.withLock { $0[name] ?? 0 } }

  /// Waits until `name` has been counted `count` times; the test's time limit bounds it.
  func wait(_ name: String, _ count: Int = 1) async {
    while self[name] < count {
      if Task.isCancelled { return }
      await Task.yield()
    }
  }
}

/// The methods of the JSON-RPC specification's examples, and some that wait.
func testMethods(_ tally: Tally) -> [Method] {
  [
    Method(
      name: "subtract", scope: nil, idempotent: true,
      handler: .inline { reader, writer, _ throws(RPCError) in
        do throws(JSONError) {
          var numbers: [Int64] = [0, 0]
          if reader.kind() == .array {
            var index = 0
            try reader.beginArray()
            while try reader.nextElement() {
              guard index < 2 else { throw .range("params", expected: "two numbers") }
              numbers[index] = try reader.int()
              index += 1
            }
          } else {
            try reader.beginObject()
            while try reader.nextKey() {
              if reader.keyIs("minuend") {
                numbers[0] = try reader.int()
              } else if reader.keyIs("subtrahend") {
                numbers[1] = try reader.int()
              } else if reader.keyIs("_meta") {
                try reader.skip()
              } else {
                throw .unknown(reader.key)
              }
            }
          }
          writer.int(numbers[0] - numbers[1])
        } catch { throw RPCError(error) }
      }),
    Method(
      name: "sum", scope: nil, idempotent: true,
      handler: .call { params, _ throws(RPCError) in
        do throws(JSONError) {
          var reader = JSONReader(params, range: 0..<params.count)
          var sum: Int64 = 0
          try reader.beginArray()
          while try reader.nextElement() { sum += try reader.int() }
          return Array("\(sum)".utf8)
        } catch { throw RPCError(error) }
      }),
    Method(
      name: "get_data", scope: nil, idempotent: true,
      handler: .inline { _, writer, _ in writer.raw(Array("[\"hello\",5]".utf8)) }),
    Method(
      name: "update", scope: nil, idempotent: false, handler: .inline { _, _, _ in tally.add("update") }),
    Method(
      name: "notify_sum", scope: nil, idempotent: false,
      handler: .call { _, _ in
        tally.add("notify_sum")
        return Array("1".utf8)
      }),
    Method(
      name: "whoami", scope: "read", idempotent: true,
      handler: .inline { _, writer, context in writer.string(context.principal?.tenantID ?? "") }),
    Method(
      name: "admin.only", scope: "admin", idempotent: true,
      handler: .inline { _, writer, _ in writer.bool(true) }),
    Method(
      name: "context", scope: nil, idempotent: true,
      handler: .call { _, context in
        await context.progress(Array("50".utf8))
        var writer = JSONWriter()
        writer.beginArray()
        writer.string(context.idempotencyKey ?? "-")
        writer.string(context.traceparent ?? "-")
        writer.bool(context.deadline != .never)
        writer.bool(context.wantsProgress)
        writer.endArray()
        return writer.take()
      }),
    Method(
      name: "wait", scope: nil, idempotent: true,
      handler: .call { _, _ throws(RPCError) in
        tally.add("wait began")
        do {
          try await Task.sleep(for: .seconds(3600))
        } catch {
          tally.add("wait cancelled")
          throw .cancelled
        }
        return Array("null".utf8)
      }),
    Method(
      name: "stubborn", scope: nil, idempotent: true,
      handler: .call { _, _ in
        tally.add("stubborn began")
        // Does not look at its cancellation until it is let go.
        await tally.wait("let go")
        while tally["let go"] == 0 { await Task.yield() }
        tally.add("stubborn ended")
        return Array("\"late\"".utf8)
      }),
    Method(name: "count", scope: nil, idempotent: true, handler: .stream(countHandler(tally))),
    Method(
      name: "endless", scope: nil, idempotent: true,
      handler: .stream { _, _, sink throws(RPCError) in
        var n = 0
        do throws(RPCError) {
          while true {
            n += 1
            try await sink.send(Array("\(n)".utf8))
            tally.add("endless sent")
          }
        } catch {
          tally.add("endless ended \(error.status ?? "")")
          throw error
        }
      }),
    Method(
      name: "sums", scope: nil, idempotent: false,
      handler: .exchange { params, _, source, sink throws(RPCError) in
        // The sum so far after each value; holds still while the test says so.
        if (try? JSONValue(parsing: params))?["hold"] != nil { await tally.wait("read on") }
        var sum: Int64 = 0
        do throws(RPCError) {
          while let value = try await source.next() {
            guard let n = Int64(String(decoding: value, as: UTF8.self)) else {
              throw RPCError(.invalidArgument, reason: "test.number", message: "not a number")
            }
            sum += n
            try await sink.send(Array("\(sum)".utf8))
          }
        } catch {
          tally.add("sums ended \(error.reason ?? "")")
          throw error
        }
        tally.add("sums ended")
      }),
    Method(
      name: "large", scope: nil, idempotent: true,
      handler: .inline { _, writer, _ in writer.string(String(repeating: "x", count: 100_000)) }),
  ]
}

/// Streams 1 to `n`, then fails when `fail` is there.
private func countHandler(_ tally: Tally)
  -> @Sendable ([UInt8], CallContext, StreamSink) async throws(RPCError) -> Void
{
  { params, _, sink throws(RPCError) in
    guard let value = try? JSONValue(parsing: params) else { throw .internalError() }
    for n in 1...max(1, value["n"]?.int ?? 1) { try await sink.send(Array("\(n)".utf8)) }
    if value["big"] != nil { try await sink.send([UInt8](repeating: 0x31, count: 5 << 20)) }
    if value["fail"] != nil {
      throw RPCError(
        .dataLoss, reason: "test.failed", message: "as asked", details: ["a": 1], retryAfterMs: 5)
    }
  }
}

/// The other end of a connection, speaking octets.
final class TestClient: Sendable {
  let stream: any ByteStream
  private let input = Mutex(ByteBuffer())

  init(_ stream: any ByteStream) { self.stream = stream }

  func close() { stream.close() }

  func finishWriting() {
    (stream as? MemoryStream)?.finishWriting()
    (stream as? SocketStream)?.finishWriting()
  }

  func send(_ text: String) async throws { try await stream.write(text, deadline: .after(seconds: 30)) }
  func send(_ bytes: [UInt8]) async throws { try await stream.write(bytes, deadline: .after(seconds: 30)) }

  private func fill() async throws -> Bool {
    var more = ByteBuffer()
    let n = try await stream.read(into: &more, atMost: 1 << 20, deadline: .after(seconds: 30))
    input.withLock { $0.append(more) }
    return n > 0
  }

  /// The next line without its end; nil at the end of the stream.
  func line() async throws -> String? {
    while true {
      let line: [UInt8]? = input.withLock { b in b.firstIndex(of: 0x0A).map { b.read($0 + 1).dropLast() } }
      if let line { return String(decoding: line, as: UTF8.self) }
      guard try await fill() else { return nil }
    }
  }

  func octets(_ count: Int) async throws -> [UInt8]? {
    while true {
      let bytes: [UInt8]? = input.withLock { $0.count >= count ? $0.read(count) : nil }
      if let bytes { return bytes }
      guard try await fill() else { return nil }
    }
  }

  /// Everything up to the end of the stream.
  func rest() async throws -> String {
    while try await fill() {}
    return input.withLock { String(decoding: $0.read($0.count), as: UTF8.self) }
  }

  func value() async throws -> JSONValue? { try await line().map { try JSONValue(parsing: $0) } }

  /// Sends a line and reads one.
  func ask(_ text: String) async throws -> JSONValue? {
    try await send(text + "\n")
    return try await value()
  }

  /// What must be said before the first message.
  func begin(_ framing: TestFraming) async throws {
    guard framing == .webSocket else { return }
    try await send(WebSocketTests.upgrade())
    #expect(try await response()?.status == 101)
  }

  /// One message of a framing.
  func message(_ framing: TestFraming) async throws -> String? {
    switch framing {
    case .lines: return try await line()
    case .webSocket: return try await WebSocketTests.receive(self)?.text
    case .prefix, .packed:
      guard let head = try await octets(5) else { return nil }
      let length = head[1...].reduce(0) { $0 << 8 | Int($1) }
      return try await octets(length).map { String(decoding: $0, as: UTF8.self) }
    case .header:
      guard let length = try await fields()?.first(where: { $0.0 == "content-length" })?.1 else { return nil }
      return try await octets(Int(length) ?? 0).map { String(decoding: $0, as: UTF8.self) }
    case .http:
      guard let response = try await response() else { return nil }
      return response.body
    }
  }

  /// Header fields up to an empty line.
  private func fields() async throws -> [(String, String)]? {
    var fields: [(String, String)] = []
    while let line = try await line() {
      #expect(line.utf8.last == 0x0D)
      let text = String(decoding: line.utf8.dropLast(), as: UTF8.self)
      if text.isEmpty { return fields }
      let parts = text.split(separator: ":", maxSplits: 1)
      fields.append((parts[0].lowercased(), parts.count > 1 ? String(parts[1].dropFirst()) : ""))
    }
    return nil
  }

  func response() async throws -> (status: Int, fields: [(String, String)], body: String)? {
    guard let line = try await line(), let fields = try await fields() else { return nil }
    let status = Int(line.split(separator: " ")[1]) ?? 0
    let length = fields.first { $0.0 == "content-length" }.flatMap { Int($0.1) } ?? 0
    let body = try await octets(length) ?? []
    return (status, fields, String(decoding: body, as: UTF8.self))
  }
}

enum TestFraming: CaseIterable, Sendable {
  case lines, prefix, header, http
  /// The prefix again, with its messages compressed.
  case packed
  case webSocket

  /// The framings that a connection's first octet chooses.
  static let allCases: [TestFraming] = [.lines, .prefix, .header, .http]
  /// All ways by which a message may come in; the last needs ``TestClient/begin(_:)``.
  static let everyWay = allCases + [.packed, .webSocket]

  func frame(_ json: String) -> [UInt8] {
    let bytes = [UInt8](json.utf8)
    switch self {
    case .lines: return bytes + [0x0A]
    case .prefix:
      return [0] + (0..<4).map { UInt8(truncatingIfNeeded: bytes.count >> (24 - 8 * $0)) } + bytes
    case .header: return Array("Content-Length: \(bytes.count)\r\n\r\n".utf8) + bytes
    case .packed:
      // Without zlib's memory the message would be empty, and the test fail.
      let packed = (try? Zlib.deflate(bytes)) ?? []
      return [1] + (0..<4).map { UInt8(truncatingIfNeeded: packed.count >> (24 - 8 * $0)) } + packed
    case .webSocket: return WebSocketTests.frame(json)
    case .http:
      let head =
        "POST /rpc HTTP/1.1\r\nHost: localhost:7\r\nContent-Type: application/json\r\nContent-Length: \(bytes.count)\r\n\r\n"
      return Array(head.utf8) + bytes
    }
  }
}

let discoverDocument = "{\"openrpc\":\"1.3.2\"}"

/// Runs `body` against a server on one memory connection; the server's end is awaited.
func withServer(
  limits: RPCLimits = RPCLimits(), uid: UInt32? = nil, http: HTTPPolicy = HTTPPolicy(),
  capacity: Int = 256 << 10, isLoopback: Bool = false,
  observer: (any RPCObserver)? = nil, methods: [Method] = [],
  authenticator: any Authenticator = TestAuthenticator(), certificateDigest: [UInt8]? = nil,
  _ body: @escaping @Sendable (TestClient, RPCServer, Tally) async throws -> Void
) async throws {
  let tally = Tally()
  let server = RPCServer(
    methods: MethodTable(testMethods(tally) + methods), authenticator: authenticator, limits: limits,
    discover: Array(discoverDocument.utf8), http: http, observer: observer)
  let (mine, theirs) = MemoryStream.pair(capacity: capacity)
  try await withThrowingTaskGroup { group in
    group.addTask {
      await server.serve(
        theirs,
        peer: PeerInfo(
          text: "test", uid: uid, isLoopback: isLoopback, certificateDigest: certificateDigest))
    }
    group.addTask {
      defer {
        mine.close()
        tally.add("let go")
      }
      try await body(TestClient(mine), server, tally)
    }
    try await group.waitForAll()
  }
  #expect(server.statistics.connectionsOpen == 0)
  #expect(server.statistics.callsInFlight == 0)
}

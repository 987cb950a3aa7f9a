import Bytes
import JSON
import JSONRPC
import Logging
import Synchronization
import Telemetry
import Testing
import Tracing

/// One token, one tenant.
private struct OneToken: Authenticator {
  func principal(token: [UInt8]) async -> Principal? {
    String(decoding: token, as: UTF8.self) == "canary-token"
      ? Principal(tenantID: "t1", name: "crm", scopes: ["read"]) : nil
  }
  func principal(peerUID: UInt32) async -> Principal? { nil }
}

/// Asks a server with this observer and tracer some lines, and answers what it said.
private func ask(
  _ lines: [String], observer: (any RPCObserver)? = nil, tracer: OTLPTracer? = nil
) async throws -> String {
  let methods = [
    Method(
      name: "here", scope: "read", idempotent: true, handler: .inline { _, writer, _ in writer.bool(true) }),
    Method(
      name: "work", scope: "read", idempotent: true,
      handler: .call { _, _ in
        tracer?.withSpan("inside") { _ in }
        return Array("true".utf8)
      }),
    Method(
      name: "fail", scope: "read", idempotent: true,
      handler: .call { _, _ throws(RPCError) in
        throw RPCError(.notFound, reason: "mail.unknown", message: "canary-message is not here")
      }),
    Method(
      name: "slow", scope: "read", idempotent: true,
      handler: .call { _, _ in
        try? await Task.sleep(for: .milliseconds(60))
        return Array("true".utf8)
      }),
    Method(
      name: "stream", scope: "read", idempotent: true,
      handler: .stream { _, _, _ in try? await Task.sleep(for: .milliseconds(60)) }),
    Method(name: "admin", scope: "admin", idempotent: true, handler: .inline { _, _, _ in }),
  ]
  let server = RPCServer(
    methods: MethodTable(methods), authenticator: OneToken(), discover: Array("{}".utf8), observer: observer,
    tracer: tracer.map { CallTracer($0) })
  let (mine, theirs) = MemoryStream.pair()
  async let served: Void = server.serve(theirs, peer: PeerInfo(text: "198.51.100.7:1"))
  var out = ByteBuffer(Array((lines.map { $0 + "\n" }.joined()).utf8))
  try await mine.write(&out, deadline: .after(seconds: 10))
  mine.finishWriting()
  var answer = ByteBuffer()
  while try await mine.read(into: &answer, atMost: 1 << 16, deadline: .after(seconds: 30)) > 0 {}
  mine.close()
  await served
  return String(decoding: answer.bytes, as: UTF8.self)
}

private let signIn = #"{"jsonrpc":"2.0","id":0,"method":"session.open","params":{"token":"canary-token"}}"#

private func request(_ id: String, _ method: String, _ meta: String = "") -> String {
  #"{"jsonrpc":"2.0","id":\#(id),"method":"\#(method)","params":{"password":"canary-param"\#(meta)}}"#
}

@Suite(.timeLimit(.minutes(1))) struct CallTests {
  private static let traceID = "4bf92f3577b34da6a3ce929d0e0e4736"
  private static let meta = #","_meta":{"traceparent":"00-\#(traceID)-00f067aa0ba902b7-01"}"#

  private func logged(
    _ level: Logger.Level, slow: Int64, _ lines: [String], format: LogFormat = .text
  ) async throws -> String {
    let pipe = try TestPipe()
    let writer = ServerLogHandler.writer(descriptor: pipe.writing, format: format)
    let logger = Logger(label: "rpc") { _ in
      ServerLogHandler(label: "rpc", format: format, level: level, writer: writer)
    }
    _ = try await ask(lines, observer: CallLog(logger: logger, slowMilliseconds: slow))
    writer.flush(milliseconds: 10_000)
    pipe.closeWriting()
    return pipe.rest()
  }

  @Test func `one line a call at debug level`() async throws {
    let log = try await logged(
      .debug, slow: 1000,
      [
        signIn, request("1", "here"), request("\"two\"", "work", Self.meta), request("3", "fail"),
        request("4", "admin"),
      ])
    let calls = log.split(separator: "\n").filter { $0.contains("rpc: call ") }
    #expect(calls.count == 4)
    for (id, words) in [
      ("1", ["method=here"]), ("two", ["method=work", "trace=\(Self.traceID)"]),
      ("3", ["method=fail", "error=mail.unknown"]), ("4", ["method=admin", "error="]),
    ] {
      let line = try #require(calls.first { $0.contains(" id=\(id) ") })
      for word in words + ["caller=crm", "tenant=t1", "connection=1", "microseconds="] {
        #expect(line.contains(word), "\(word) in \(line)")
      }
    }
  }

  @Test func `a slow call is told at warning, a stream is not`() async throws {
    let lines = [signIn, request("1", "slow", Self.meta), request("2", "stream"), request("3", "work")]
    let log = try await logged(.info, slow: 50, lines)
    #expect(log.split(separator: "\n").count == 1)
    for word in ["WARNING rpc: slow call", "method=slow", "id=1", "caller=crm", "trace=\(Self.traceID)"] {
      #expect(log.contains(word), "\(word)")
    }
    #expect(try await logged(.info, slow: 0, lines).isEmpty)
    #expect(try await logged(.info, slow: 3_600_000, lines).isEmpty)
  }

  @Test func `the slowest calls are kept for minutes, without streams and what is fast`() async throws {
    let clock = Mutex<Int64>(1_000_000)
    let slowest = SlowestCalls { clock.withLock { $0 } }
    var logger = Logger(label: "rpc")
    logger.logLevel = .critical
    let log = CallLog(logger: logger, slowMilliseconds: 0, slowest: slowest)
    #expect(!log.wantsCall(microseconds: 999) && log.wantsCall(microseconds: 1000))
    _ = try await ask(
      [signIn, request("1", "slow", Self.meta), request("2", "stream"), request("3", "here")], observer: log)
    let call = try #require(slowest.calls.first)
    #expect(
      slowest.calls.filter { $0.method == "slow" }.count == 1
        && !slowest.calls.contains { $0.method == "stream" })
    #expect(call.method == "slow" && call.microseconds >= 60_000 && call.at == 1_000_000)
    #expect(call.tenantID == "t1" && call.caller == "crm" && call.error == nil)
    for _ in 0..<15 { _ = try await ask([signIn, request("1", "slow")], observer: log) }
    let times = slowest.calls.map(\.microseconds)
    #expect(times.count == SlowestCalls.callsMax && times == times.sorted(by: >))
    // In the next span the last one is still told, in the one behind it no more.
    clock.withLock { $0 += 300_000 }
    #expect(slowest.calls.count == SlowestCalls.callsMax)
    clock.withLock { $0 += 300_000 }
    #expect(slowest.calls.isEmpty)
  }

  @Test(arguments: LogFormat.allCases) func `no secret, param or message gets into a log`(_ format: LogFormat)
    async throws
  {
    let log = try await logged(
      .trace, slow: 1,
      [
        #"{"jsonrpc":"2.0","id":9,"method":"session.open","params":{"token":"canary-wrong"}}"#,
        #"{"jsonrpc":"2.0","id":9,"method":"here","params":{"canary":canary}}"#,
        request("5", "canary.method"), signIn, request("1", "here"), request("2", "work"),
        request("3", "fail"),
        request("4", "slow"),
        request("6", "here", #","_meta":{"authorization":"Bearer canary-bearer"}"#),
        #"{"jsonrpc":"2.0","canary""#,
      ], format: format)
    #expect(log.contains("opened") && log.contains("slow call") && log.contains("token refused"))
    #expect(log.contains("protocol error"))
    #expect(!log.contains("canary"))
  }

  @Test func `a call's id cannot forge a line`() async throws {
    let log = try await logged(
      .debug, slow: 0,
      [
        signIn, request(#""x\nCRITICAL rpc: forged \u202e""#, "here"),
        request("\"" + String(repeating: "i", count: 900) + "\"", "here"),
      ])
    #expect(log.split(separator: "\n").filter { $0.contains("rpc: call") }.count == 2)
    #expect(!log.contains("\u{202E}") && !log.contains(String(repeating: "i", count: 67)))
  }

  @Test func `a server span for each call, the caller's child and the parent of the work`() async throws {
    let spans = try await traced(ratio: 0) { tracer in
      _ = try await ask(
        [
          signIn, request("1", "here", Self.meta), request("2", "work", Self.meta),
          request("3", "fail", Self.meta), request("4", "stream", Self.meta),
          request("5", "admin", Self.meta),
          request("6", "here"),
        ], tracer: tracer)
    }
    #expect(spans.map(\.name).sorted() == ["admin", "fail", "here", "inside", "stream", "work"])
    for span in spans where span.name != "inside" {
      #expect(span.traceID == Self.traceID && span.parentID == "00f067aa0ba902b7" && span.kind == 2)
      #expect(span.attributes["rpc.system"] == "jsonrpc" && span.attributes["rpc.method"] == span.name)
      #expect(span.attributes["rpc.jsonrpc.version"] == "2.0" && span.flags == 0x301)
      #expect(!"\(span.attributes)".contains("canary"))
    }
    let named = Dictionary(uniqueKeysWithValues: spans.map { ($0.name, $0) })
    #expect(named["inside"]?.parentID == named["work"]?.spanID && named["inside"]?.flags == 0x101)
    #expect(named["fail"]?.attributes["rpc.jsonrpc.error_code"] == "-32005")
    #expect(named["fail"]?.attributes["error.type"] == "mail.unknown" && named["fail"]?.statusCode == 2)
    #expect(named["here"]?.attributes["rpc.jsonrpc.request_id"] == "1" && named["here"]?.statusCode == nil)
    #expect(named["admin"]?.statusCode == 2)
    #expect(named["stream"].map { $0.nanoseconds > 50_000_000 } == true)
  }

  @Test func `without a caller's trace the ratio decides`() async throws {
    let spans = try await traced(ratio: 1) { tracer in
      _ = try await ask([signIn, request("1", "here"), request("2", "work")], tracer: tracer)
    }
    #expect(spans.map(\.name).sorted() == ["here", "inside", "work"])
    #expect(spans.filter { $0.name != "inside" }.allSatisfy { $0.parentID == nil })
  }
}

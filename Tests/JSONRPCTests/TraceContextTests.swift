import JSON
import Synchronization
import Testing

@testable import JSONRPC

@Suite(.timeLimit(.minutes(1))) struct TraceContextTests {
  static let id = "0af7651916cd43dd8448eb211c80319c"

  static let rows: [(text: String, isGood: Bool)] = [
    ("00-\(id)-b7ad6b7169203331-01", true), ("00-\(id)-b7ad6b7169203331-00", true),
    ("cc-\(id)-b7ad6b7169203331-01", true), ("cc-\(id)-b7ad6b7169203331-01-what-else", true),
    ("00-\(id)-b7ad6b7169203331-01-more", false), ("cc-\(id)-b7ad6b7169203331-01.more", false),
    ("ff-\(id)-b7ad6b7169203331-01", false), ("00-\(id)-b7ad6b7169203331-0", false),
    ("00-00000000000000000000000000000000-b7ad6b7169203331-01", false),
    ("00-\(id)-0000000000000000-01", false),
    ("00-0AF7651916CD43DD8448EB211C80319C-b7ad6b7169203331-01", false),
    ("00_\(id)-b7ad6b7169203331-01", false), ("", false), ("00-\(id)-b7ad6b716920333g-01", false),
  ]

  @Test(arguments: rows.indices)
  func `a traceparent is read as the standard says, or not at all`(row: Int) {
    let (text, isGood) = Self.rows[row]
    #expect(TraceContext.traceID(text) == (isGood ? Self.id : nil))
  }

  /// Keeps the trace ids of the calls that ended.
  final class Ends: RPCObserver {
    let traces = Mutex<[String?]>([])
    let reports = Mutex<[CallReport]>([])
    let refused = Mutex<[RPCError]>([])
    func connectionOpened(_ connectionID: UInt64, peer: PeerInfo) {}
    func connectionClosed(_ connectionID: UInt64, reason: String) {}
    func callEnded(_ report: CallReport) {
      traces.withLock { $0.append(report.traceID) }
      reports.withLock { $0.append(report) }
    }
    func messageRefused(_ connectionID: UInt64, error: RPCError) { refused.withLock { $0.append(error) } }
    func protocolError(_ connectionID: UInt64, error: RPCError) {}
    func authenticationFailed(_ connectionID: UInt64, peer: PeerInfo) {}
  }

  @Test func `calls of every kind are reported with their trace`() async throws {
    let ends = Ends()
    try await withServer(observer: ends) { client, server, _ async throws in
      let meta = "{\"_meta\":{\"traceparent\":\"00-\(Self.id)-b7ad6b7169203331-01\"}}"
      for method in ["get_data", "context"] {
        _ = try await client.ask("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"\(method)\",\"params\":\(meta)}")
      }
      _ = try await client.ask("{\"jsonrpc\":\"2.0\",\"id\":2,\"method\":\"get_data\"}")
      while server.statistics.callsInFlight > 0 { await Task.yield() }
    }
    let traces = ends.traces.withLock { $0 }
    #expect(traces.filter { $0 == Self.id }.count == 2 && traces.filter { $0 == nil }.count == 1)
  }

  private static func post(_ body: String, _ fields: [String] = []) -> String {
    ([
      "POST /rpc HTTP/1.1", "Host: localhost", "Content-Type: application/json",
      "Content-Length: \(body.utf8.count)",
    ]
      + fields + ["", body]).joined(separator: "\r\n")
  }

  private static func trace(_ digit: Character) -> String {
    "traceparent: 00-\(String(repeating: digit, count: 32))-b7ad6b7169203331-01"
  }

  @Test func `over HTTP a trace may come as a header field, for that request's calls`() async throws {
    let ends = Ends()
    let call = "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"get_data\"}"
    let own = "00-\(Self.id)-b7ad6b7169203331-01"
    let named =
      "{\"jsonrpc\":\"2.0\",\"id\":2,\"method\":\"context\",\"params\":{\"_meta\":{\"traceparent\":\"\(own)\"}}}"
    let requests = [
      Self.post(call, [Self.trace("a")]), Self.post(call, [Self.trace("a")]), Self.post(call),
      // A batch's calls have it, save the one that names its own.
      Self.post("[\(call),\(named)]", [Self.trace("b")]),
      // Two are none, and so is what cannot be read.
      Self.post(call, [Self.trace("c"), Self.trace("c")]), Self.post(call, ["traceparent: nonsense"]),
      Self.post(
        call.replacing("get_data", with: "context"),
        [Self.trace("d").replacing("traceparent:", with: "TraceParent:")]),
    ]
    try await withServer(observer: ends) { client, server, _ async throws in
      try await client.send(requests.joined())
      for _ in requests { #expect(try await client.response()?.status == 200) }
      while server.statistics.callsInFlight > 0 { await Task.yield() }
    }
    let traces = ends.traces.withLock { $0 }.map {
      $0.map { $0 == Self.id ? "own" : String($0.prefix(1)) } ?? "-"
    }
    #expect(traces.sorted() == ["-", "-", "-", "a", "a", "b", "d", "own"])
  }

  /// Calls that their method never sees, and what is told of each.
  @Test func `calls that are refused are told and counted like others`() async throws {
    let ends = Ends()
    try await withServer(observer: ends) { client, server, _ async throws in
      let trace = "\"_meta\":{\"traceparent\":\"00-\(Self.id)-b7ad6b7169203331-01\"}"
      // What the caller took for a method may be anything, a secret too: it is not told.
      let long = String(repeating: "x", count: 300)
      for (n, call) in [
        "\"method\":\"no.such\",\"params\":{\(trace)}", "\"method\":\"\(long)\"",
        "\"method\":\"get_data\",\"params\":{\"_meta\":{\"timeoutMs\":0}}",
        "\"method\":\"get_data\",\"params\":{\"_meta\":{\"timeoutMs\":\"x\"}}", "\"method\":7",
      ].enumerated() {
        #expect(try await client.ask("{\"jsonrpc\":\"2.0\",\"id\":\(n),\(call)}")?["error"] != nil)
      }
      let counted = server.statistics.methods["get_data"]
      #expect(counted?.calls == 2 && counted?.errors == 2)
      // The caller's words make no series.
      #expect(server.statistics.methods.keys.sorted() == ["get_data"] && server.statistics.errors == 5)
    }
    let reports = ends.reports.withLock { $0 }
    #expect(reports.map(\.method) == ["(unknown)", "(unknown)", "get_data", "get_data"])
    #expect(
      reports.map { $0.error?.reason } == [
        "method.unknown", "method.unknown", "call.deadline", "params.type",
      ])
    #expect(reports.map(\.requestID) == ["0", "1", "2", "3"])
    #expect(reports.first?.traceID == Self.id)
    #expect(ends.refused.withLock { $0.map(\.code) } == [-32600])
  }
}

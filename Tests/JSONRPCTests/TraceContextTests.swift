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
    func connectionOpened(_ connectionID: UInt64, peer: PeerInfo) {}
    func connectionClosed(_ connectionID: UInt64, reason: String) {}
    func callEnded(_ report: CallReport) { traces.withLock { $0.append(report.traceID) } }
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
}

import Bytes
import JSON
import JSONRPC
import Testing

@Suite(.timeLimit(.minutes(1))) struct MetricsTests {
  private static let page = "GET /metrics HTTP/1.1\r\nHost: localhost\r\n"

  static let askers: [(isLoopback: Bool, uid: UInt32?, fields: String, status: Int)] = [
    (true, nil, "", 200), (false, nil, "", 401), (false, 1000, "", 200), (false, 7, "", 401),
    (false, nil, "Authorization: Bearer all\r\n", 200), (true, nil, "Authorization: Bearer all\r\n", 200),
    (false, nil, "Authorization: Bearer read\r\n", 403), (true, nil, "Authorization: Bearer read\r\n", 403),
    (false, nil, "Authorization: Bearer guess\r\n", 401), (true, nil, "Authorization: Bearer guess\r\n", 401),
    (true, nil, "Authorization: Basic all\r\n", 401),
    (true, nil, "X-Forwarded-For: 192.0.2.1\r\n", 401), (true, nil, "Forwarded: for=192.0.2.1\r\n", 401),
    (true, nil, "Via: 1.1 proxy\r\n", 401),
    (true, nil, "X-Forwarded-For: 192.0.2.1\r\nAuthorization: Bearer all\r\n", 200),
    (true, nil, "Origin: https://evil.example\r\n", 403),
  ]

  @Test(arguments: askers) func `only this machine and admins read the numbers`(
    _ row: (isLoopback: Bool, uid: UInt32?, fields: String, status: Int)
  ) async throws {
    try await withServer(uid: row.uid, isLoopback: row.isLoopback) { client, _, _ async throws in
      try await client.send(Self.page + row.fields + "\r\n")
      let response = try #require(try await client.response())
      #expect(response.status == row.status)
      #expect(response.body.contains("postroom_rpc") == (row.status == 200))
      if row.status == 401 { #expect(response.fields.contains { $0 == ("www-authenticate", "Bearer") }) }
    }
  }

  @Test func `a foreign Host and other methods are refused`() async throws {
    for (text, status) in [
      ("GET /metrics HTTP/1.1\r\nHost: evil.example\r\n\r\n", 421),
      ("PUT /metrics HTTP/1.1\r\nHost: localhost\r\n\r\n", 405),
      ("HEAD /metrics HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n", 200),
    ] {
      try await withServer(isLoopback: true) { client, _, _ async throws in
        try await client.send(text)
        client.finishWriting()
        let answer = try await client.rest()
        #expect(answer.hasPrefix("HTTP/1.1 \(status) "))
        #expect(!answer.contains("postroom_rpc_"))
      }
    }
  }

  @Test func `a stream that its caller ends has not failed, whatever it ends by`() async throws {
    try await withServer { client, server, tally async throws in
      // By a word.
      let opened = try await client.ask("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"endless\",\"params\":{}}")
      let subscription = try #require(opened?["result"]?["subscription"]?.string)
      await tally.wait("endless sent")
      try await client.send(
        "{\"jsonrpc\":\"2.0\",\"method\":\"rpc.cancel\",\"params\":{\"subscription\":\"\(subscription)\"}}\n")
      await tally.wait("endless ended CANCELLED", 1)
      // By its own failure.
      try await client.send(
        "{\"jsonrpc\":\"2.0\",\"id\":2,\"method\":\"count\",\"params\":{\"n\":2,\"fail\":true}}\n")
      while server.statistics.methods["count"] == nil { await Task.yield() }
      #expect(server.statistics.methods["count"]?.errors == 1)
      // A call that is cancelled has failed.
      try await client.send("{\"jsonrpc\":\"2.0\",\"id\":3,\"method\":\"wait\"}\n")
      await tally.wait("wait began")
      try await client.send("{\"jsonrpc\":\"2.0\",\"method\":\"rpc.cancel\",\"params\":{\"id\":3}}\n")
      while server.statistics.methods["wait"] == nil { await Task.yield() }
      #expect(server.statistics.methods["wait"]?.errors == 1)
      // By the connection's end.
      try await client.send("{\"jsonrpc\":\"2.0\",\"id\":4,\"method\":\"endless\",\"params\":{}}\n")
      while server.statistics.streamsOpen == 0 { await Task.yield() }
      client.close()
      while server.statistics.methods["endless"]?.calls != 2 { await Task.yield() }
      let endless = try #require(server.statistics.methods["endless"])
      #expect(endless.errors == 0)
      #expect(server.statistics.errors == 2)
    }
  }

  @Test func `calls, errors and durations are counted by method`() async throws {
    try await withServer(isLoopback: true) { client, _, _ async throws in
      let calls: [(String, String)] = [
        ("get_data", "[]"), ("get_data", "[]"), ("sum", "[1,2]"), ("sum", "[true]"), ("missing", "[]"),
      ]
      for (method, params) in calls {
        let body = "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"\(method)\",\"params\":\(params)}"
        try await client.send(TestFraming.http.frame(body))
        _ = try #require(try await client.response())
      }
      // A call is counted when its task ends, a moment after its answer.
      var page = ""
      while !page.contains("call_duration_seconds_count{method=\"sum\"} 2\n") {
        try await client.send(Self.page + "\r\n")
        let response = try #require(try await client.response())
        #expect(
          response.fields.contains { $0 == ("content-type", "text/plain; version=0.0.4; charset=utf-8") })
        page = response.body
      }
      for line in [
        "# TYPE postroom_rpc_call_duration_seconds histogram", "postroom_rpc_connections 1",
        "postroom_rpc_connections_total 1", "postroom_rpc_calls_in_flight 0", "postroom_rpc_requests_total 5",
        "postroom_rpc_protocol_errors_total 0", "postroom_rpc_pings_total 0",
        "postroom_rpc_call_errors_total{method=\"get_data\"} 0",
        "postroom_rpc_call_errors_total{method=\"sum\"} 1",
        "postroom_rpc_call_duration_seconds_count{method=\"get_data\"} 2",
        "postroom_rpc_call_duration_seconds_bucket{method=\"get_data\",le=\"+Inf\"} 2",
      ] { #expect(page.contains(line + "\n"), "\(line)") }
      #expect(!page.contains("missing"))
      try Self.check(page)
    }
  }

  /// Every line is a comment or a sample of a family that was announced, and buckets never fall.
  private static func check(_ page: String) throws {
    #expect(page.hasSuffix("\n"))
    var families: Set<String> = []
    var last: (series: String, value: Double) = ("", 0)
    for line in page.split(separator: "\n") {
      let words = line.split(separator: " ")
      if line.hasPrefix("# TYPE ") {
        #expect(families.insert(String(words[2])).inserted)
        continue
      }
      if line.hasPrefix("#") { continue }
      let name = String(words[0].prefix { $0 != "{" })
      let family = ["_bucket", "_sum", "_count"].reduce(name) {
        $0.hasSuffix($1) ? String($0.dropLast($1.count)) : $0
      }
      #expect(families.contains(name) || families.contains(family))
      let value = try #require(Double(words[words.count - 1]))
      if name.hasSuffix("_bucket") {
        let series = String(words[0].prefix { $0 != "," })
        if series == last.series { #expect(value >= last.value) }
        last = (series, value)
      }
    }
  }

  @Test func `no token, tenant or param is in the numbers`() async throws {
    try await withServer(isLoopback: true) { client, _, _ async throws in
      let body =
        "{\"jsonrpc\":\"2.0\",\"id\":\"idtext\",\"method\":\"whoami\",\"params\":{\"secret\":\"paramtext\"}}"
      try await client.send(
        "POST /rpc HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer read\r\nContent-Type: application/json\r\nContent-Length: \(body.utf8.count)\r\n\r\n\(body)\(Self.page)\r\n"
      )
      #expect(try await client.response()?.status == 200)
      let page = try #require(try await client.response()).body
      for word in ["read\"", "t2", "paramtext", "idtext", "secret"] { #expect(!page.contains(word)) }
      #expect(page.contains("method=\"whoami\""))
    }
  }
}

import Bytes
import JSON
import JSONRPC
import Testing

@Suite(.timeLimit(.minutes(1))) struct HTTPTests {
  private static let body = "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"get_data\"}"

  private func post(_ body: String, _ fields: String = "", path: String = "/rpc") -> String {
    "POST \(path) HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n\(fields)Content-Length: \(body.utf8.count)\r\n\r\n\(body)"
  }

  /// Sends `text` on a connection of its own and reads one response; `closed`: the connection ended behind it.
  private func ask(
    _ text: String, http: HTTPPolicy = HTTPPolicy(), limits: RPCLimits = RPCLimits()
  ) async throws -> (status: Int, fields: [(String, String)], body: String) {
    let answers = Answers()
    try await withServer(limits: limits, http: http) { client, _, _ async throws in
      try await client.send(text)
      client.finishWriting()
      let response = try #require(try await client.response())
      answers.add("\(response.status)")
      answers.add(response.body)
      for (name, value) in response.fields { answers.add("\(name): \(value)") }
    }
    let all = answers.all
    let fields = all.dropFirst(2).map { line -> (String, String) in
      let parts = line.split(separator: ":", maxSplits: 1)
      return (String(parts[0]), String(parts[1].dropFirst()))
    }
    return (Int(all[0]) ?? 0, fields, all[1])
  }

  @Test func `a call is answered, and the connection is kept`() async throws {
    try await withServer { client, _, _ async throws in
      for _ in 0..<3 {
        try await client.send(post(Self.body))
        let response = try #require(try await client.response())
        #expect(response.status == 200)
        #expect(response.fields.contains { $0 == ("content-type", "application/json") })
        #expect(try JSONValue(parsing: response.body)["result"] == ["hello", 5])
      }
    }
  }

  @Test func `pipelined requests are answered in their order, even when the first takes longer`() async throws
  {
    try await withServer { client, _, tally async throws in
      let slow = "{\"jsonrpc\":\"2.0\",\"id\":\"slow\",\"method\":\"stubborn\"}"
      try await client.send(post(slow) + post(Self.body) + "GET /healthz HTTP/1.1\r\nHost: a\r\n\r\n")
      await tally.wait("stubborn began")
      tally.add("let go")
      #expect(try await client.response()?.body.contains("late") == true)
      #expect(try await client.response()?.body.contains("hello") == true)
      #expect(try await client.response()?.body == "ok\n")
    }
  }

  @Test func `chunked bodies are put together, wherever they are cut`() async throws {
    let head =
      "POST /rpc HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json; charset=UTF-8\r\nTransfer-Encoding: chunked\r\n\r\n"
    let parts = Self.body.split(separator: "\"method\"")
    let chunks =
      "\(String(parts[0].utf8.count, radix: 16))\r\n\(parts[0])\r\n8;x=y\r\n\"method\"\r\n\(String(parts[1].utf8.count, radix: 16).uppercased())\r\n\(parts[1])\r\n0\r\nTrailer: x\r\n\r\n"
    let bytes = [UInt8]((head + chunks).utf8)
    for cut in 0..<bytes.count {
      try await withServer { client, _, _ async throws in
        try await client.send(Array(bytes[..<cut]))
        try await client.send(Array(bytes[cut...]) + Array(post(Self.body).utf8))
        for _ in 0..<2 { #expect(try await client.response()?.body.contains("hello") == true) }
      }
    }
  }

  static let refused: [(String, Int)] = [
    (
      "POST /rpc HTTP/1.1\r\nHost: localhost\r\nContent-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n{}",
      400
    ),
    ("POST /rpc HTTP/1.1\r\nHost: localhost\r\nContent-Length: 2\r\nContent-Length: 2\r\n\r\n{}", 400),
    ("POST /rpc HTTP/1.1\r\nHost: localhost\r\nContent-Length: +2\r\n\r\n{}", 400),
    ("POST /rpc HTTP/1.1\r\nHost: localhost\r\nContent-Length: 2, 2\r\n\r\n{}", 400),
    ("POST /rpc HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: gzip, chunked\r\n\r\n", 501),
    (
      "POST /rpc HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n",
      400
    ),
    ("POST /rpc HTTP/1.0\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n", 400),
    ("POST /rpc HTTP/1.1\r\nHost: localhost\r\nX: a\r\n b\r\n\r\n", 400),
    ("POST /rpc HTTP/1.1\r\nHost : localhost\r\n\r\n", 400),
    ("POST /rpc HTTP/1.1\nHost: localhost\n\n", 400),
    ("POST /rpc HTTP/1.1\r\nHost: localhost\nX: y\r\n\r\n", 400),
    ("POST /rpc HTTP/1.1\r\nHost: localhost\r\nX: a\rb\r\n\r\n", 400),
    ("POST /rpc HTTP/1.1\r\nHost: localhost\r\nX: a\u{0}b\r\n\r\n", 400),
    ("POST /rpc HTTP/1.1\r\n\r\n", 400),
    ("POST /rpc HTTP/1.1\r\nHost: a\r\nHost: localhost\r\n\r\n", 400),
    ("POST  /rpc HTTP/1.1\r\nHost: localhost\r\n\r\n", 400),
    ("POST /rpc\r\nHost: localhost\r\n\r\n", 400),
    ("POST /rpc HTTP/2.0\r\nHost: localhost\r\n\r\n", 505),
    ("POST /rpc HTTP/1.1\r\nHost: localhost\r\nExpect: more\r\n\r\n", 417),
    ("POST /rpc HTTP/1.1\r\nHost: localhost\r\nX: \(String(repeating: "x", count: 20_000))\r\n\r\n", 431),
    ("POST /\(String(repeating: "x", count: 20_000)) HTTP/1.1\r\nHost: localhost\r\n\r\n", 414),
    ("POST /rpc HTTP/1.1\r\nHost: localhost\r\n\(String(repeating: "X: y\r\n", count: 101))\r\n", 431),
    (
      "POST /rpc HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
      400
    ),
    (
      "POST /rpc HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n{}x\r\n",
      400
    ),
    (
      "POST /rpc HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n2\n{}\r\n",
      400
    ),
    (
      "POST /rpc HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\nFFFFFFFFF\r\n",
      400
    ),
    (
      "POST /rpc HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 99999999\r\n\r\n",
      413
    ),
    (
      "POST /rpc HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n7FFFFFF\r\n",
      413
    ),
    ("GET gopher://x HTTP/1.1\r\nHost: localhost\r\n\r\n", 400),
  ]

  @Test(arguments: refused) func `requests that could be read in two ways are refused`(
    _ text: String, _ status: Int
  ) async throws {
    try await withServer { client, server, _ async throws in
      try await client.send(text)
      let answer = try await client.rest()
      #expect(answer.hasPrefix("HTTP/1.1 \(status) "))
      #expect(answer.contains("Connection: close\r\n"))
      #expect(answer.components(separatedBy: "HTTP/1.1 ") == 2)
      #expect(server.statistics.protocolErrors == 1)
    }
  }

  static let policies: [(fields: String, path: String, status: Int)] = [
    ("Host: localhost\r\n", "/rpc", 200), ("Host: LOCALHOST:8080\r\n", "/rpc", 200),
    ("Host: 127.0.0.1:1\r\n", "/rpc", 200), ("Host: [::1]\r\n", "/rpc", 200),
    ("Host: [::1]:99\r\n", "/rpc", 200),
    ("Host: mail.example\r\n", "/rpc", 200), ("Host: evil.example\r\n", "/rpc", 421),
    ("Host: localhost.evil.example\r\n", "/rpc", 421),
    ("Host: localhost:\(String(repeating: "9", count: 9))\r\n", "/rpc", 421),
    ("Host: \r\n", "/rpc", 421), ("Host: localhost\r\nOrigin: https://evil.example\r\n", "/rpc", 403),
    ("Host: localhost\r\nOrigin: null\r\n", "/rpc", 403),
    ("Host: localhost\r\nOrigin: https://desk.example\r\n", "/rpc", 200),
    ("Host: localhost\r\nOrigin: https://desk.example\r\nOrigin: https://desk.example\r\n", "/rpc", 403),
    ("Host: localhost\r\n", "/other", 404), ("Host: localhost\r\n", "/rpc?x=1", 200),
    ("Host: evil.example\r\n", "http://localhost/rpc", 200),
    ("Host: localhost\r\n", "http://evil.example/rpc", 421),
  ]

  @Test(arguments: policies) func `Host and Origin are checked`(
    _ row: (fields: String, path: String, status: Int)
  ) async throws {
    let text =
      "POST \(row.path) HTTP/1.1\r\n\(row.fields)Content-Type: application/json\r\nContent-Length: \(Self.body.utf8.count)\r\n\r\n\(Self.body)"
    let response = try await ask(
      text, http: HTTPPolicy(hosts: ["Mail.example"], origins: ["https://desk.example"]))
    #expect(response.status == row.status)
    let allowed = response.fields.contains { $0 == ("access-control-allow-origin", "https://desk.example") }
    #expect(allowed == (row.fields.contains("desk") && row.status == 200))
  }

  private static let ownPages = [
    "/console/": StaticPage(
      type: "text/html", fields: [("Content-Security-Policy", "default-src 'none'")], body: Array("<p>".utf8))
  ]

  static let ownOrigins: [(host: String, origin: String, encrypted: Bool, status: Int)] = [
    ("localhost:7625", "http://localhost:7625", false, 200),
    ("mail.example", "http://mail.example", false, 200), ("Mail.Example", "http://mail.example", false, 200),
    // Brought by a proxy that speaks TLS.
    ("mail.example", "https://mail.example", false, 200), ("mail.example", "https://mail.example", true, 200),
    // Whoever sits on the network could have written this page.
    ("mail.example", "http://mail.example", true, 403),
    ("localhost:7625", "http://localhost:7626", false, 403),
    ("localhost:7625", "http://localhost", false, 403),
    ("localhost:7625", "http://127.0.0.1:7625", false, 403), ("localhost:7625", "null", false, 403),
    ("localhost:7625", "http://localhost:7625/", false, 403),
    ("localhost:7625", "https://evil.example", false, 403),
    // A name that somebody lets point here.
    ("evil.example", "http://evil.example", false, 403),
  ]

  @Test(arguments: ownOrigins) func `pages that came from here may call, when there are any`(
    _ row: (host: String, origin: String, encrypted: Bool, status: Int)
  ) {
    for (pages, status) in [(Self.ownPages, row.status), ([:], 403)] {
      let policy = HTTPPolicy(hosts: ["mail.example"], pages: pages)
      let allowed = policy.allows(origin: row.origin, host: row.host, isEncrypted: row.encrypted)
      #expect(allowed == (status == 200))
    }
  }

  @Test func `own pages are given with their fields, and to nobody under a foreign name`() async throws {
    let policy = HTTPPolicy(pages: Self.ownPages)
    for (line, host, status) in [
      ("GET /console/", "localhost", 200), ("GET /console/?x", "localhost", 200),
      ("GET /console/", "evil.example", 421), ("GET /console", "localhost", 404),
      ("GET /console/../x", "localhost", 404), ("POST /console/", "localhost", 405),
    ] {
      let response = try await ask("\(line) HTTP/1.1\r\nHost: \(host)\r\n\r\n", http: policy)
      #expect(response.status == status, "\(line) \(host)")
      let isGuarded = response.fields.contains { $0 == ("content-security-policy", "default-src 'none'") }
      #expect(isGuarded == (status == 200) && (response.body == "<p>") == (status == 200))
    }
    #expect(try await ask("GET /console/ HTTP/1.1\r\nHost: localhost\r\n\r\n").status == 404)
    let text =
      "POST /rpc HTTP/1.1\r\nHost: localhost:1\r\nOrigin: http://localhost:1\r\nContent-Type: application/json\r\nContent-Length: \(Self.body.utf8.count)\r\n\r\n\(Self.body)"
    #expect(try await ask(text, http: policy).status == 200)
    #expect(try await ask(text).status == 403)
  }

  @Test func `only JSON is posted`() async throws {
    for (type, status) in [
      ("application/json", 200), ("Application/JSON;charset=utf-8", 200),
      ("application/json; charset=latin1", 415),
      ("text/plain", 415), ("application/x-www-form-urlencoded", 415), ("application/jsonx", 415),
    ] {
      let text =
        "POST /rpc HTTP/1.1\r\nHost: localhost\r\nContent-Type: \(type)\r\nContent-Length: \(Self.body.utf8.count)\r\n\r\n\(Self.body)"
      #expect(try await ask(text).status == status)
    }
    let none = "POST /rpc HTTP/1.1\r\nHost: localhost\r\nContent-Length: 2\r\n\r\n{}"
    #expect(try await ask(none).status == 415)
    #expect(try await ask(post(Self.body, "Content-Encoding: gzip\r\n")).status == 415)
  }

  @Test func `each request says who it is`() async throws {
    try await withServer { client, _, _ async throws in
      let who = "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"whoami\"}"
      for (field, status, result) in [
        ("Authorization: Bearer read\r\n", 200, "t2"), ("Authorization: bearer all\r\n", 200, "t1"),
        ("", 401, nil),
        ("Authorization: Basic read\r\n", 401, nil),
      ] as [(String, Int, String?)] {
        try await client.send(post(who, field))
        let response = try #require(try await client.response())
        #expect(response.status == status)
        if let result { #expect(try JSONValue(parsing: response.body)["result"]?.string == result) }
        if status == 401 {
          #expect(try JSONValue(parsing: response.body)["error"]?["code"]?.int == -32016)
          if !field.isEmpty { break }
        }
      }
    }
  }

  @Test func `pages for probes and readers`() async throws {
    let rows: [(String, Int, String)] = [
      ("GET /healthz", 200, "ok\n"), ("GET /readyz?verbose", 200, "ready\n"),
      ("GET /openrpc.json", 200, discoverDocument),
      ("GET /", 404, "not found\n"), ("GET /rpc", 405, "POST /rpc, or GET /rpc to become a WebSocket\n"),
      ("PUT /rpc", 405, "POST /rpc, or GET /rpc to become a WebSocket\n"),
      ("POST /healthz", 405, "GET /healthz\n"), ("OPTIONS /rpc", 405, "POST /rpc\n"),
    ]
    for (line, status, body) in rows {
      let response = try await ask("\(line) HTTP/1.1\r\nHost: localhost\r\n\r\n")
      #expect(response.status == status && response.body == body)
    }
    try await withServer { client, _, _ async throws in
      try await client.send("HEAD /healthz HTTP/1.1\r\nHost: 10.0.0.1\r\nConnection: close\r\n\r\n")
      #expect(try await client.rest().hasSuffix("\r\n\r\n"))
    }
  }

  @Test func `an allowed page may ask before it posts`() async throws {
    let text =
      "OPTIONS /rpc HTTP/1.1\r\nHost: localhost\r\nOrigin: https://a.example\r\nAccess-Control-Request-Method: POST\r\n\r\n"
    let response = try await ask(text, http: HTTPPolicy(origins: ["https://a.example"]))
    #expect(response.status == 204)
    #expect(response.fields.contains { $0 == ("access-control-allow-origin", "https://a.example") })
    #expect(try await ask(text).status == 403)
  }

  @Test func `what needs a stream says so over HTTP`() async throws {
    for (method, params) in [
      ("count", "{}"), ("session.open", "{\"token\":\"all\"}"), ("rpc.cancel", "{\"id\":1}"),
      ("rpc.credit", "{\"subscription\":\"s1\",\"credit\":1}"),
    ] {
      let response = try await ask(
        post("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"\(method)\",\"params\":\(params)}"))
      #expect(response.status == 200)
      #expect(
        try JSONValue(parsing: response.body)["error"]?["data"]?["reason"]?.string == "http.unsupported")
    }
  }

  @Test func `a client may wait to be told to go on`() async throws {
    try await withServer { client, _, _ async throws in
      let whole = post(Self.body, "Expect: 100-continue\r\n")
      try await client.send(Array(whole.utf8.dropLast(Self.body.utf8.count)))
      #expect(try await client.line() == "HTTP/1.1 100 Continue\r")
      #expect(try await client.line() == "\r")
      try await client.send(Self.body)
      #expect(try await client.response()?.status == 200)
    }
  }

  @Test func `closing is agreed on`() async throws {
    try await withServer { client, _, _ async throws in
      try await client.send(post(Self.body, "Connection: close\r\n"))
      let answer = try await client.rest()
      #expect(answer.contains("Connection: close\r\n") && answer.contains("hello"))
    }
    try await withServer { client, _, _ async throws in
      try await client.send("GET /healthz HTTP/1.0\r\n\r\n")
      #expect(try await client.rest().contains("Connection: close\r\n"))
    }
    try await withServer { client, server, _ async throws in
      try await client.send(post(Self.body))
      _ = try await client.response()
      await server.goAway(by: .never)
      #expect(try await client.rest() == "")
    }
  }

  @Test func `a request that takes too long is ended`() async throws {
    var limits = RPCLimits()
    limits.messageSeconds = 0
    for part in ["POST /rpc HTT", post(Self.body).replacing(Self.body, with: "{")] {
      try await withServer(limits: limits) { client, _, _ async throws in
        try await client.send(part)
        #expect(try await client.rest().hasPrefix("HTTP/1.1 408 "))
      }
    }
  }

  @Test func `a closed connection cancels its calls`() async throws {
    try await withServer { client, _, tally async throws in
      try await client.send(post("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"wait\"}"))
      await tally.wait("wait began")
      client.stream.close()
      await tally.wait("wait cancelled")
    }
  }
}

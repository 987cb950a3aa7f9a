import Bytes
import JSON
import JSONRPC
import Testing

@Suite(.timeLimit(.minutes(1))) struct ConnectionLimitTests {
  private static let call = "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"get_data\"}"

  private static func server(_ set: (inout RPCLimits) -> Void) -> RPCServer {
    var limits = RPCLimits()
    set(&limits)
    return RPCServer(
      methods: MethodTable(testMethods(Tally())), authenticator: TestAuthenticator(), limits: limits,
      discover: Array(discoverDocument.utf8))
  }

  /// The answer to one call in `framing`.
  private static func ask(
    _ client: TestClient, _ framing: TestFraming = .lines
  ) async throws -> JSONValue {
    try await client.send(framing.frame(call))
    return try JSONValue(parsing: try await client.message(framing) ?? "")
  }

  /// A connection from `block`.
  private static func connect(
    _ server: RPCServer, _ group: inout ThrowingTaskGroup<Void, any Error>, block: [UInt8]? = nil
  ) -> TestClient {
    let (mine, theirs) = MemoryStream.pair()
    group.addTask { await server.serve(theirs, peer: PeerInfo(text: "test", addressBlock: block)) }
    return TestClient(mine)
  }

  @Test(arguments: TestFraming.allCases)
  func `one connection too many is told so in its own framing, and closed`(_ framing: TestFraming)
    async throws
  {
    let server = Self.server { $0.connectionsMax = 2 }
    try await withThrowingTaskGroup { group in
      let first = Self.connect(server, &group)
      let second = Self.connect(server, &group)
      #expect(try await Self.ask(first, framing)["result"] != nil)
      #expect(try await Self.ask(second, framing)["result"] != nil)
      let third = Self.connect(server, &group)
      let error = try await Self.ask(third, framing)["error"]
      #expect(error?["code"]?.int == -32008)
      #expect(error?["data"]?["reason"]?.string == "limit.connections")
      #expect(error?["data"]?["details"] == ["limit": 2, "actual": 3])
      #expect(error?["data"]?["retryAfterMs"]?.int == 1000)
      #expect(try await third.rest() == "")
      #expect(server.statistics.connectionsRefused == 1)
      #expect(server.statistics.connectionsTotal == 2)
      // A place that was given back can be taken.
      first.stream.close()
      while server.statistics.connectionsOpen > 1 { await Task.yield() }
      var fourth = Self.connect(server, &group)
      while try await Self.ask(fourth, framing)["error"] != nil { fourth = Self.connect(server, &group) }
      second.stream.close()
      fourth.stream.close()
      try await group.waitForAll()
    }
    #expect(server.statistics.connectionsOpen == 0)
  }

  @Test func `HTTP answers 503 and says that the connection ends`() async throws {
    let server = Self.server { $0.connectionsMax = 0 }
    try await withThrowingTaskGroup { group in
      let client = Self.connect(server, &group)
      try await client.send("GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n")
      let response = try #require(try await client.response())
      #expect(response.status == 503)
      #expect(response.fields.contains { $0 == ("connection", "close") })
      #expect(response.body.contains("limit.connections"))
      client.stream.close()
      try await group.waitForAll()
    }
  }

  @Test func `each peer address has its own limit, and who has none is not counted`() async throws {
    let server = Self.server { $0.connectionsPerPeerMax = 2 }
    try await withThrowingTaskGroup { group in
      var clients: [TestClient] = []
      for block: [UInt8]? in [[192, 0, 2, 1], [192, 0, 2, 1], [192, 0, 2, 2], nil, nil, nil] {
        let client = Self.connect(server, &group, block: block)
        #expect(try await Self.ask(client)["result"] != nil)
        clients.append(client)
      }
      let extra = Self.connect(server, &group, block: [192, 0, 2, 1])
      let error = try await Self.ask(extra)["error"]?["data"]
      #expect(error?["reason"]?.string == "limit.connectionsPerPeer")
      #expect(error?["details"] == ["limit": 2, "actual": 3])
      #expect(server.statistics.connectionsRefusedPerPeer == 1)
      #expect(server.statistics.connectionsRefused == 0)
      for client in clients + [extra] { client.stream.close() }
      try await group.waitForAll()
    }
  }

  @Test func `only so many are told why at one time, the others are closed at once`() async throws {
    let server = Self.server {
      $0.connectionsMax = 0
      $0.refusalsMax = 2
      $0.refusalMilliseconds = 60_000
    }
    try await withThrowingTaskGroup { group in
      let places = (0..<3).map { _ in server.enter(PeerInfo(text: "test")) }
      #expect(places.map { $0 != nil } == [true, true, false])
      let late = Self.connect(server, &group)
      #expect(try await late.rest() == "")
      #expect(server.statistics.connectionsRefusedUntold == 2)
      places[0]?.leave()
      places[0]?.leave()
      let told = Self.connect(server, &group)
      #expect(try await Self.ask(told)["error"] != nil)
      told.stream.close()
      try await group.waitForAll()
      #expect(server.statistics.connectionsRefused == 5)
      #expect(places.count == 3)
    }
  }

  @Test func `who is refused and says nothing is closed after its time`() async throws {
    let server = Self.server {
      $0.connectionsMax = 0
      $0.refusalMilliseconds = 1
    }
    try await withThrowingTaskGroup { group in
      let silent = Self.connect(server, &group)
      #expect(try await silent.rest() == "")
      try await group.waitForAll()
    }
  }

  @Test func `depth, batch and values of a stream are limited at their edges`() async throws {
    var limits = RPCLimits()
    limits.depthMax = 8
    limits.batchMax = 3
    limits.streamMessageOctetsMax = 3
    try await withServer(limits: limits, uid: 1000) { client, _, _ async throws in
      for depth in 7...9 {
        // The request and its params are two levels.
        let data = String(repeating: "[", count: depth - 2) + String(repeating: "]", count: depth - 2)
        let ask = "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"rpc.ping\",\"params\":{\"data\":\(data)}}"
        let answer = try await client.ask(ask)
        #expect((answer?["result"] != nil) == (depth <= 8))
        if depth > 8 { #expect(answer?["error"]?["data"]?["reason"]?.string == "json.depth") }
      }
      for count in 2...4 {
        let answer = try await client.ask(
          "[\(repeatElement(Self.call, count: count).joined(separator: ","))]")
        #expect((answer?.array?.count == count) == (count <= 3))
        if count > 3 { #expect(answer?["error"]?["data"]?["reason"]?.string == "limit.batch") }
      }
      let stream =
        "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"count\",\"params\":{\"n\":1000,\"_meta\":{\"credit\":2000}}}"
      var last = try await client.ask(stream)
      var values = 0
      while last?["method"]?.string != "rpc.end" {
        last = try await client.value()
        if last?["method"]?.string == "rpc.next" { values += 1 }
      }
      #expect(values == 999)
      #expect(last?["params"]?["error"]?["data"]?["reason"]?.string == "limit.streamMessage")
      #expect(last?["params"]?["error"]?["data"]?["details"] == ["limit": 3, "actual": 4])
    }
  }

  @Test func `cancelled calls that still run keep their places`() async throws {
    var limits = RPCLimits()
    limits.callsInFlightMax = 2
    try await withServer(limits: limits) { client, server, tally async throws in
      let ask = { (id: Int) in "{\"jsonrpc\":\"2.0\",\"id\":\(id),\"method\":\"stubborn\"}\n" }
      for id in 1...2 { try await client.send(ask(id)) }
      await tally.wait("stubborn began", 2)
      for id in 1...2 {
        try await client.send("{\"jsonrpc\":\"2.0\",\"method\":\"rpc.cancel\",\"params\":{\"id\":\(id)}}\n")
        #expect(try await client.value()?["error"]?["data"]?["status"]?.string == "CANCELLED")
      }
      let full = try await client.ask(String(ask(3).dropLast()))
      #expect(full?["error"]?["data"]?["reason"]?.string == "limit.callsInFlight")
      #expect(full?["error"]?["data"]?["details"] == ["limit": 2, "actual": 3])
      tally.add("let go")
      await tally.wait("stubborn ended", 2)
      while server.statistics.callsInFlight > 0 { await Task.yield() }
      #expect(try await client.ask(String(ask(4).dropLast()))?["result"]?.string == "late")
    }
  }
}

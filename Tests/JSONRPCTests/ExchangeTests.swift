import Bytes
import JSON
import JSONRPC
import Testing

/// Calls into which the caller sends values.
@Suite(.timeLimit(.minutes(1))) struct ExchangeTests {
  private static func call(_ params: String = "{}", id: Int = 1) -> String {
    "{\"jsonrpc\":\"2.0\",\"id\":\(id),\"method\":\"sums\",\"params\":\(params)}"
  }

  private static func next(_ sequence: Int, _ value: String, _ subscription: String = "s1") -> String {
    "{\"jsonrpc\":\"2.0\",\"method\":\"rpc.next\",\"params\":{\"subscription\":\"\(subscription)\",\"seq\":\(sequence),\"value\":\(value)}}\n"
  }

  private static let end =
    "{\"jsonrpc\":\"2.0\",\"method\":\"rpc.end\",\"params\":{\"subscription\":\"s1\"}}\n"

  /// What the server says besides `rpc.credit`.
  private static func said(_ client: TestClient) async throws -> JSONValue? {
    while let value = try await client.value() { if value["method"] != "rpc.credit" { return value } }
    return nil
  }

  @Test func `values go both ways, and the last of the caller ends it`() async throws {
    try await withServer { client, _, _ async throws in
      #expect(try await client.ask(Self.call())?["result"] == ["subscription": "s1", "credit": 8])
      for (sequence, sum) in [(1, 5), (2, 10), (3, 15)] as [(Int, Int64)] {
        try await client.send(Self.next(sequence, "5"))
        let value = try await Self.said(client)
        #expect(value?["method"] == "rpc.next" && value?["params"]?["value"]?.int == sum)
      }
      try await client.send(Self.end)
      let end = try await Self.said(client)
      #expect(end?["method"] == "rpc.end" && end?["params"] == ["subscription": "s1"])
      // Nobody listens any more: as notifications they are dropped, as calls answered.
      try await client.send(Self.next(4, "5") + Self.end)
      let late = Self.end.replacing("\"method\"", with: "\"id\":9,\"method\"")
      try await client.send(late)
      let answer = try await client.value()
      #expect(answer?["id"]?.int == 9 && answer?["error"]?["data"]?["reason"] == "call.unknown")
    }
  }

  @Test func `credit is granted as values are read, and not before`() async throws {
    try await withServer { client, _, tally async throws in
      _ = try await client.ask(Self.call("{\"hold\":true}"))
      for n in 1...8 { try await client.send(Self.next(n, "1")) }
      // Were there a grant, it would stand before this answer.
      #expect(try await client.ask("{\"jsonrpc\":\"2.0\",\"id\":2,\"method\":\"get_data\"}")?["id"]?.int == 2)
      tally.add("read on")
      var granted: Int64 = 0
      var sums = 0
      while granted < 8 || sums < 8 {
        let value = try #require(try await client.value())
        if value["method"] == "rpc.credit" {
          granted += value["params"]?["credit"]?.int ?? 0
        } else {
          sums += 1
        }
      }
      #expect(granted == 8 && sums == 8)
    }
  }

  static let broken: [(what: [String], reason: String, status: String)] = [
    ((1...9).map { next($0, "1") }, "limit.streamCredit", "RESOURCE_EXHAUSTED"),
    ([next(2, "1")], "stream.gap", "DATA_LOSS"),
    ([next(1, "1"), next(1, "1")], "stream.gap", "DATA_LOSS"),
    ([next(1, "\"x\"")], "test.number", "INVALID_ARGUMENT"),
    (
      [next(1, "\"" + String(repeating: "x", count: 200) + "\"")], "limit.streamMessage", "RESOURCE_EXHAUSTED"
    ),
    (
      [
        end.replacing(
          "\"s1\"",
          with:
            "\"s1\",\"error\":{\"code\":-32010,\"message\":\"no\",\"data\":{\"reason\":\"mine\",\"status\":\"ABORTED\"}}"
        )
      ],
      "mine", "ABORTED"
    ),
    (
      ["{\"jsonrpc\":\"2.0\",\"method\":\"rpc.cancel\",\"params\":{\"subscription\":\"s1\"}}\n"],
      "call.cancelled",
      "CANCELLED"
    ),
  ]

  @Test(arguments: broken.indices)
  func `what breaks the rules ends this stream, and the handler is told`(row: Int) async throws {
    let (what, reason, status) = Self.broken[row]
    var limits = RPCLimits()
    limits.streamMessageOctetsMax = 100
    try await withServer(limits: limits) { client, _, tally async throws in
      _ = try await client.ask(Self.call(reason == "limit.streamCredit" ? "{\"hold\":true}" : "{}"))
      for text in what { try await client.send(text) }
      var end = try await Self.said(client)
      while end?["method"] == "rpc.next" { end = try await Self.said(client) }
      #expect(end?["method"] == "rpc.end")
      #expect(end?["params"]?["error"]?["data"]?["reason"]?.string == reason)
      #expect(end?["params"]?["error"]?["data"]?["status"]?.string == status)
      tally.add("read on")
      await tally.wait("sums ended \(reason)")
      #expect(try await client.ask("{\"jsonrpc\":\"2.0\",\"id\":2,\"method\":\"get_data\"}")?["id"]?.int == 2)
    }
  }

  @Test func `notifications that cannot be read are dropped, calls of them answered`() async throws {
    try await withServer { client, _, _ async throws in
      for params in [
        "{}", "{\"subscription\":\"s1\"}", "{\"subscription\":\"s1\",\"seq\":1}",
        "{\"subscription\":\"s1\",\"seq\":1,\"value\":1,\"odd\":1}",
      ] {
        try await client.send("{\"jsonrpc\":\"2.0\",\"method\":\"rpc.next\",\"params\":\(params)}\n")
        let answer = try await client.ask(
          "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"rpc.next\",\"params\":\(params)}")
        #expect(answer?["error"]?["code"]?.int == -32602, "\(params)")
      }
    }
  }

  // MARK: Our client

  /// Runs `body` with our client against our server.
  private func withPair(
    _ body: @escaping @Sendable (RPCConnection, RPCServer, Tally) async throws -> Void
  ) async throws {
    let tally = Tally()
    let server = RPCServer(
      methods: MethodTable(testMethods(tally)), authenticator: TestAuthenticator(),
      discover: Array(discoverDocument.utf8))
    let (mine, theirs) = MemoryStream.pair()
    let client = RPCConnection(stream: mine)
    try await withThrowingTaskGroup { group in
      group.addTask { await server.serve(theirs, peer: PeerInfo(text: "test")) }
      group.addTask { await client.run() }
      group.addTask {
        defer {
          client.close()
          tally.add("read on")
        }
        try await body(client, server, tally)
      }
      try await group.waitForAll()
    }
    #expect(server.statistics.callsInFlight == 0)
  }

  @Test func `our client sends a thousand values and reads as many`() async throws {
    try await withPair { client, _, _ async throws in
      let exchange = try await client.exchange("sums")
      try await withThrowingTaskGroup { group in
        group.addTask {
          for _ in 0..<1000 { try await exchange.send(Array("2".utf8)) }
          exchange.finish()
        }
        group.addTask {
          var sums = 0
          for try await value in exchange.values {
            sums += 1
            #expect(value == Array("\(sums * 2)".utf8))
          }
          #expect(sums == 1000)
        }
        try await group.waitForAll()
      }
      await #expect(throws: RPCError.self) { try await exchange.send(Array("2".utf8)) }
    }
  }

  @Test func `our client waits for credit, and is told when the call ends`() async throws {
    try await withPair { client, _, tally async throws in
      let exchange = try await client.exchange("sums", params: Array("{\"hold\":true}".utf8))
      for _ in 0..<8 { try await exchange.send(Array("1".utf8)) }
      async let ninth: Void = exchange.send(Array("\"x\"".utf8))
      tally.add("read on")
      try await ninth
      var sums = 0
      do {
        for try await _ in exchange.values { sums += 1 }
        Issue.record("ended well")
      } catch {
        #expect((error as? RPCError)?.reason == "test.number" && sums == 8)
      }
      do {
        try await exchange.send(Array("1".utf8))
        Issue.record("was sent")
      } catch {
        #expect((error as? RPCError)?.reason == "test.number")
      }
    }
  }

  @Test func `a lost connection ends a waiting send`() async throws {
    try await withPair { client, _, tally async throws in
      let exchange = try await client.exchange("sums", params: Array("{\"hold\":true}".utf8))
      for _ in 0..<8 { try await exchange.send(Array("1".utf8)) }
      async let ninth: Void = exchange.send(Array("1".utf8))
      client.close()
      do {
        try await ninth
        Issue.record("was sent")
      } catch {
        #expect((error as? RPCError)?.canonical == .unavailable)
      }
      tally.add("read on")
    }
  }
}

import JSON
import JSONRPC
import Testing

@Suite(.timeLimit(.minutes(1))) struct StreamTests {
  private func call(_ method: String, _ params: String = "{}", id: Int = 1) -> String {
    "{\"jsonrpc\":\"2.0\",\"id\":\(id),\"method\":\"\(method)\",\"params\":\(params)}"
  }

  private func credit(_ subscription: String, _ credit: Int) -> String {
    "{\"jsonrpc\":\"2.0\",\"method\":\"rpc.credit\",\"params\":{\"subscription\":\"\(subscription)\",\"credit\":\(credit)}}\n"
  }

  @Test func `a stream is answered, then sends its values, then ends`() async throws {
    try await withServer { client, _, _ async throws in
      #expect(try await client.ask(call("count", "{\"n\":3}"))?["result"] == ["subscription": "s1"])
      for n in 1...3 {
        #expect(
          try await client.line()
            == "{\"jsonrpc\":\"2.0\",\"method\":\"rpc.next\",\"params\":{\"subscription\":\"s1\",\"seq\":\(n),\"value\":\(n)}}"
        )
      }
      #expect(
        try await client.line()
          == "{\"jsonrpc\":\"2.0\",\"method\":\"rpc.end\",\"params\":{\"subscription\":\"s1\"}}")
      #expect(try await client.ask(call("count", "{\"n\":1}", id: 2))?["result"] == ["subscription": "s2"])
    }
  }

  @Test func `its error stands in the end`() async throws {
    try await withServer { client, _, _ async throws in
      _ = try await client.ask(call("count", "{\"n\":1,\"fail\":true}"))
      _ = try await client.line()
      let end = try await client.value()
      #expect(end?["params"]?["error"]?["code"]?.int == -32015)
      #expect(end?["params"]?["error"]?["data"]?["details"] == ["a": 1])
      #expect(end?["params"]?["error"]?["data"]?["retryAfterMs"]?.int == 5)
    }
  }

  @Test(arguments: [(nil, 16), (1, 1), (3, 3), (0, 0)] as [(Int?, Int)])
  func `nothing is sent beyond the credit`(_ asked: Int?, _ window: Int) async throws {
    try await withServer { client, _, tally async throws in
      let meta = asked.map { "{\"_meta\":{\"credit\":\($0)}}" } ?? "{}"
      _ = try await client.ask(call("endless", meta))
      for n in 0..<window { #expect(try await client.value()?["params"]?["seq"]?.int == Int64(n + 1)) }
      // Were there more, it would stand before this answer.
      #expect(try await client.ask(call("get_data", id: 2))?["id"]?.int == 2)
      #expect(tally["endless sent"] == window)
      try await client.send(credit("s1", 2))
      for n in 0..<2 { #expect(try await client.value()?["params"]?["seq"]?.int == Int64(window + n + 1)) }
      #expect(try await client.ask(call("get_data", id: 3))?["id"]?.int == 3)
      #expect(tally["endless sent"] == window + 2)
    }
  }

  @Test func `a reader that grants nothing stops only its own stream`() async throws {
    try await withServer { client, _, _ async throws in
      _ = try await client.ask(call("endless", "{\"_meta\":{\"credit\":1}}"))
      #expect(try await client.value()?["params"]?["subscription"]?.string == "s1")
      _ = try await client.ask(call("count", "{\"n\":40,\"_meta\":{\"credit\":40}}", id: 2))
      for n in 1...40 { #expect(try await client.value()?["params"]?["value"]?.int == Int64(n)) }
      #expect(try await client.value()?["method"]?.string == "rpc.end")
      #expect(try await client.ask(call("sum", "[1,2]", id: 3))?["result"]?.int == 3)
    }
  }

  @Test func `a stream is cancelled by its id, its subscription or its deadline`() async throws {
    for how in ["\"id\":1", "\"subscription\":\"s1\""] {
      try await withServer { client, _, tally async throws in
        _ = try await client.ask(call("endless", "{\"_meta\":{\"credit\":1}}"))
        _ = try await client.value()
        try await client.send("{\"jsonrpc\":\"2.0\",\"method\":\"rpc.cancel\",\"params\":{\(how)}}\n")
        let end = try await client.value()
        #expect(end?["method"]?.string == "rpc.end")
        #expect(end?["params"]?["error"]?["code"]?.int == -32001)
        await tally.wait("endless ended CANCELLED")
      }
    }
    try await withServer { client, _, tally async throws in
      _ = try await client.ask(call("endless", "{\"_meta\":{\"credit\":0,\"timeoutMs\":20}}"))
      #expect(try await client.value()?["params"]?["error"]?["code"]?.int == -32004)
      await tally.wait("endless ended DEADLINE_EXCEEDED")
    }
  }

  @Test func `a value that is too long is refused, and the stream can go on`() async throws {
    try await withServer { client, _, _ async throws in
      _ = try await client.ask(call("count", "{\"n\":1,\"big\":true}"))
      _ = try await client.value()
      let error = try await client.value()?["params"]?["error"]
      #expect(error?["data"]?["reason"]?.string == "limit.streamMessage")
      #expect(error?["data"]?["details"] == ["limit": 4_194_304, "actual": 5_242_880])
    }
  }

  @Test func `credit for a stream that is not open is an error`() async throws {
    try await withServer { client, _, _ async throws in
      for (params, code) in [
        ("{\"subscription\":\"s9\",\"credit\":1}", -32005), ("{\"subscription\":\"s9\"}", -32602),
        ("{\"subscription\":\"s9\",\"credit\":0}", -32602), ("{\"credit\":1}", -32602),
      ] {
        #expect(try await client.ask(call("rpc.credit", params))?["error"]?["code"]?.int == Int64(code))
      }
    }
  }

  @Test func `a stream cannot be opened in a batch`() async throws {
    try await withServer { client, _, _ async throws in
      let answer = try await client.ask("[\(call("count"))]")
      #expect(answer?[0]?["error"]?["data"]?["reason"]?.string == "stream.inBatch")
    }
  }

  @Test func `a peer that reads nothing is not read from for ever`() async throws {
    var limits = RPCLimits()
    limits.writeBufferOctetsMax = 300_000
    limits.writeSeconds = 1
    try await withServer(limits: limits, capacity: 64 << 10) { client, server, _ async throws in
      let one = call("large") + "\n"
      do {
        // Each of these asks for 100,000 octets; the server must stop taking them in.
        for _ in 0..<20_000 { try await client.send(one) }
        Issue.record("the server has read everything")
      } catch {}
      #expect(server.statistics.calls < 5000)
    }
  }
}

import JSON
import JSONRPC
import Testing

@Suite(.timeLimit(.minutes(1))) struct SessionTests {
  private func call(_ method: String, _ params: String = "{}", id: Int = 1) -> String {
    "{\"jsonrpc\":\"2.0\",\"id\":\(id),\"method\":\"\(method)\",\"params\":\(params)}"
  }

  @Test func `only methods without a scope answer before a session is open`() async throws {
    try await withServer { client, server, _ async throws in
      for method in ["whoami", "admin.only", "rpc.ping"] {
        let answer = try await client.ask(call(method))
        #expect(answer?["error"]?["code"]?.int == -32016)
        #expect(answer?["error"]?["data"]?["status"]?.string == "UNAUTHENTICATED")
      }
      #expect(try await client.ask(call("rpc.discover"))?["result"]?["openrpc"]?.string == "1.3.2")
      let opened = try await client.ask(call("session.open", "{\"token\":\"read\"}"))
      #expect(opened?["result"] == ["tenantId": "t2", "name": "read", "scopes": ["read"]])
      #expect(try await client.ask(call("whoami"))?["result"]?.string == "t2")
      let denied = try await client.ask(call("admin.only"))
      #expect(denied?["error"]?["code"]?.int == -32007)
      #expect(denied?["error"]?["data"]?["details"]?["scope"]?.string == "admin")
      // Again, with another token.
      _ = try await client.ask(call("session.open", "{\"token\":\"all\"}"))
      #expect(try await client.ask(call("whoami"))?["result"]?.string == "t1")
      #expect(try await client.ask(call("admin.only"))?["result"]?.bool == true)
      #expect(server.statistics.authenticationFailures == 0)
    }
  }

  @Test func `the fifth bad token ends the connection`() async throws {
    try await withServer { client, server, _ async throws in
      for number in 1...5 {
        let answer = try await client.ask(call("session.open", "{\"token\":\"wrong\"}", id: number))
        #expect(answer?["error"]?["data"]?["reason"]?.string == "token.invalid")
      }
      #expect(try await client.line() == nil)
      #expect(server.statistics.authenticationFailures == 5)
    }
  }

  @Test func `a bad token does not end an open session`() async throws {
    try await withServer { client, _, _ async throws in
      _ = try await client.ask(call("session.open", "{\"token\":\"read\"}"))
      #expect(try await client.ask(call("session.open", "{\"token\":\"wrong\"}"))?["error"] != nil)
      #expect(try await client.ask(call("whoami"))?["result"]?.string == "t2")
    }
  }

  @Test func `session_open says what is wrong with its params`() async throws {
    try await withServer { client, _, _ async throws in
      for (params, reason) in [
        ("{}", "params.missing"), ("{\"token\":1}", "params.type"),
        ("{\"token\":\"x\",\"y\":1}", "params.unknown"),
        ("[1]", "params.type"),
      ] {
        let answer = try await client.ask(call("session.open", params))
        #expect(answer?["error"]?["code"]?.int == -32602)
        #expect(answer?["error"]?["data"]?["reason"]?.string == reason)
        #expect(answer?["error"]?["data"]?["status"]?.string == "INVALID_ARGUMENT")
      }
    }
  }

  @Test func `the user behind a Unix socket needs no token`() async throws {
    try await withServer(uid: 1000) { client, _, _ async throws in
      #expect(try await client.ask(call("whoami"))?["result"]?.string == "t1")
    }
    try await withServer(uid: 1001) { client, _, _ async throws in
      #expect(try await client.ask(call("whoami"))?["error"]?["code"]?.int == -32016)
    }
  }

  @Test func `a call may bring its own token`() async throws {
    try await withServer { client, _, _ async throws in
      let own = "{\"_meta\":{\"authorization\":\"Bearer read\"}}"
      #expect(try await client.ask(call("whoami", own))?["result"]?.string == "t2")
      #expect(try await client.ask(call("whoami"))?["error"]?["code"]?.int == -32016)
      let wrong = "{\"_meta\":{\"authorization\":\"Bearer wrong\"}}"
      #expect(
        try await client.ask(call("whoami", wrong))?["error"]?["data"]?["reason"]?.string == "token.invalid")
      let batch = "[\(call("whoami", own)),\(call("whoami", id: 2))]"
      let answer = try await client.ask(batch)
      #expect(answer?[0]?["result"]?.string == "t2")
      #expect(answer?[1]?["error"]?["code"]?.int == -32016)
    }
  }

  @Test func `ping echoes its data octet by octet`() async throws {
    try await withServer(uid: 1000) { client, server, _ async throws in
      try await client.send(call("rpc.ping", "{\"data\":{\"a\" : [1.50, \"\\u0041\"]}}") + "\n")
      #expect(
        try await client.line()
          == "{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{\"data\":{\"a\" : [1.50, \"\\u0041\"]}}}")
      #expect(try await client.ask(call("rpc.ping"))?["result"]?.object?.isEmpty == true)
      #expect(
        try await client.ask("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"rpc.ping\"}")?["result"]?.object?
          .isEmpty
          == true)
      let odd = try await client.ask(call("rpc.ping", "{\"dat\":1}"))
      #expect(odd?["error"]?["data"]?["details"]?["name"]?.string == "dat")
      _ = try await client.ask(call("rpc.ping"))
      #expect(server.statistics.methods["rpc.ping"]?.calls == 5)
    }
  }

  @Test func `handlers learn what _meta says, and unknown members of it are ignored`() async throws {
    try await withServer { client, _, _ async throws in
      let meta =
        "{\"_meta\":{\"timeoutMs\":60000,\"idempotencyKey\":\"k\",\"progressToken\":\"p\\u0031\",\"traceparent\":\"00-ab\",\"new\":{}}}"
      try await client.send(call("context", meta) + "\n")
      #expect(
        try await client.line()
          == "{\"jsonrpc\":\"2.0\",\"method\":\"$/progress\",\"params\":{\"token\":\"p\\u0031\",\"value\":50}}"
      )
      #expect(try await client.value()?["result"] == ["k", "00-ab", true, true])
      #expect(try await client.ask(call("context"))?["result"] == ["-", "-", false, false])
      let escaped = "{\"\\u005fmeta\":{\"idempotencyKey\":\"e\"}}"
      #expect(try await client.ask(call("context", escaped))?["result"]?[0]?.string == "e")
      for bad in [
        "{\"_meta\":1}", "{\"_meta\":{\"timeoutMs\":\"1\"}}", "{\"_meta\":{\"idempotencyKey\":\"\"}}",
      ] {
        #expect(try await client.ask(call("context", bad))?["error"]?["code"]?.int == -32602)
      }
    }
  }

  @Test func `what a server does is counted`() async throws {
    try await withServer { client, server, _ async throws in
      _ = try await client.ask(call("subtract", "[3,2]"))
      _ = try await client.ask(call("subtract", "[3,\"x\"]"))
      _ = try await client.ask(call("sum", "[3,2]"))
      _ = try await client.ask(call("nope"))
      _ = try await client.ask(call("rpc.discover"))
      let statistics = server.statistics
      #expect(statistics.connectionsOpen == 1 && statistics.connectionsTotal == 1)
      #expect(statistics.calls == 4 || statistics.calls == 5)
      #expect(statistics.errors == 2)
      #expect(statistics.methods["subtract"]?.calls == 2)
      #expect(statistics.methods["subtract"]?.errors == 1)
      #expect(statistics.methods["sum"]?.calls == 1)
      #expect(statistics.octetsIn > 100 && statistics.octetsOut > 100)
    }
  }
}

import Bytes
import JSON
import JSONRPC
import Synchronization
import Testing

@Suite(.timeLimit(.minutes(1))) struct ClientTests {
  /// Runs `body` with our client against our server.
  private func withPair(
    _ framing: RPCConnection.Framing, notified: RPCConnection.NotificationHandler? = nil,
    _ body: @escaping @Sendable (RPCConnection, RPCServer, Tally) async throws -> Void
  ) async throws {
    let tally = Tally()
    let server = RPCServer(
      methods: MethodTable(testMethods(tally)), authenticator: TestAuthenticator(),
      discover: Array(discoverDocument.utf8))
    let (mine, theirs) = MemoryStream.pair()
    let client = RPCConnection(stream: mine, framing: framing, onNotification: notified)
    try await withThrowingTaskGroup { group in
      group.addTask { await server.serve(theirs, peer: PeerInfo(text: "test")) }
      group.addTask { await client.run() }
      group.addTask {
        defer {
          client.close()
          tally.add("let go")
        }
        try await body(client, server, tally)
      }
      try await group.waitForAll()
    }
  }

  private func text(_ bytes: [UInt8]) -> String { String(decoding: bytes, as: UTF8.self) }

  @Test(arguments: [RPCConnection.Framing.lines, .lengthPrefix])
  func `calls are answered, many at a time`(_ framing: RPCConnection.Framing) async throws {
    try await withPair(framing) { client, _, _ async throws in
      try await client.openSession(token: Array("all".utf8))
      #expect(text(try await client.call("whoami")) == "\"t1\"")
      try await withThrowingTaskGroup { group in
        for n in 0..<100 {
          group.addTask {
            let method = n % 2 == 0 ? "sum" : "subtract"
            let result = try await client.call(method, params: Array("[\(n),0]".utf8))
            #expect(text(result) == "\(n)")
          }
        }
        try await group.waitForAll()
      }
    }
  }

  @Test func `errors keep everything they carry`() async throws {
    try await withPair(.lengthPrefix) { client, _, _ async throws in
      await #expect(throws: RPCError.unauthenticated) { try await client.call("whoami") }
      do throws(RPCError) {
        _ = try await client.call("subtract", params: Array("{\"minuend\":1,\"odd\":2}".utf8))
        Issue.record("was answered")
      } catch {
        #expect(error.code == -32602 && error.canonical == .invalidArgument)
        #expect(error.reason == "params.unknown" && error.details?["name"]?.string == "odd")
      }
      await #expect(throws: RPCError.badToken) { try await client.openSession(token: [0x78]) }
    }
  }

  @Test func `metadata joins the params`() async throws {
    try await withPair(.lines) { client, _, _ async throws in
      let progress = Mutex<[String]>([])
      let result = try await client.call(
        "context", params: Array(" { } ".utf8), timeoutMilliseconds: 60_000, idempotencyKey: "a\"b",
        traceparent: "00-x",
        onProgress: { value in progress.withLock { $0.append(String(decoding: value, as: UTF8.self)) } })
      #expect(text(result) == "[\"a\\\"b\",\"00-x\",true,true]")
      #expect(progress.withLock { $0 } == ["50"])
      let more = try await client.call(
        "subtract", params: Array("{\"minuend\":5,\"subtrahend\":3}".utf8), timeoutMilliseconds: 60_000)
      #expect(text(more) == "2")
    }
  }

  @Test func `a timeout is kept on both sides`() async throws {
    try await withPair(.lengthPrefix) { client, _, tally async throws in
      do throws(RPCError) {
        _ = try await client.call("wait", timeoutMilliseconds: 20)
        Issue.record("was answered")
      } catch {
        #expect(error.canonical == .deadlineExceeded)
      }
      await tally.wait("wait cancelled")
      await #expect(throws: RPCError.deadlineExceeded) {
        try await client.call("wait", timeoutMilliseconds: 0)
      }
      #expect(tally["wait began"] == 1)
    }
  }

  @Test func `a server that never answers does not hold a call beyond its timeout`() async throws {
    let (mine, theirs) = MemoryStream.pair()
    let client = RPCConnection(stream: mine)
    await withTaskGroup { group in
      group.addTask { await client.run() }
      await #expect(throws: RPCError.deadlineExceeded) { try await client.call("x", timeoutMilliseconds: 10) }
      client.close()
    }
    theirs.close()
  }

  @Test func `cancelling the task cancels the call`() async throws {
    try await withPair(.lengthPrefix) { client, server, tally async throws in
      let task = Task { () async throws(RPCError) -> [UInt8] in try await client.call("wait") }
      await tally.wait("wait began")
      task.cancel()
      await #expect(throws: RPCError.cancelled) { try await task.value }
      await tally.wait("wait cancelled")
      let sum = try await client.call("sum", params: Array("[1]".utf8))
      #expect(text(sum) == "1")
      _ = server
    }
  }

  @Test(arguments: [1, 2, 3, 16, 1000])
  func `streams of any length come whole and in order, whatever the window`(_ credit: Int) async throws {
    try await withPair(.lengthPrefix) { client, _, _ async throws in
      let stream = try await client.stream("count", params: Array("{\"n\":500}".utf8), credit: credit)
      var next = 1
      for try await value in stream {
        #expect(text(value) == "\(next)")
        next += 1
      }
      #expect(next == 501)
      #expect(try await stream.next() == nil)
    }
  }

  @Test func `a stream that fails says how, behind its values`() async throws {
    try await withPair(.lines) { client, _, _ async throws in
      let stream = try await client.stream("count", params: Array("{\"n\":2,\"fail\":1}".utf8))
      #expect(try await stream.next() != nil)
      #expect(try await stream.next() != nil)
      do throws(RPCError) {
        _ = try await stream.next()
        Issue.record("went on")
      } catch {
        #expect(error.canonical == .dataLoss && error.retryAfterMs == 5 && error.details == ["a": 1])
      }
      await #expect(throws: RPCError.self) { try await client.stream("nope") }
    }
  }

  @Test func `letting go of a stream cancels it`() async throws {
    try await withPair(.lengthPrefix) { client, _, tally async throws in
      do {
        let stream = try await client.stream("endless", credit: 2)
        #expect(try await stream.next() != nil)
      }
      await tally.wait("endless ended CANCELLED")
      let stream = try await client.stream("endless", credit: 2)
      stream.cancel()
      stream.cancel()
      await tally.wait("endless ended CANCELLED", 2)
    }
  }

  @Test func `a stream nobody reads holds up nothing else`() async throws {
    try await withPair(.lengthPrefix) { client, _, tally async throws in
      let idle = try await client.stream("endless", credit: 4)
      await tally.wait("endless sent", 4)
      #expect(text(try await client.call("sum", params: Array("[1,2]".utf8))) == "3")
      #expect(tally["endless sent"] == 4)
      idle.cancel()
    }
  }

  @Test func `a lost connection fails whatever waits`() async throws {
    let (mine, theirs) = MemoryStream.pair()
    let client = RPCConnection(stream: mine, framing: .lines)
    await withTaskGroup { group in
      group.addTask { await client.run() }
      group.addTask {
        await #expect(throws: RPCError.connectionLost) { try await client.call("a") }
      }
      var request = ByteBuffer()
      _ = try? await theirs.read(into: &request, atMost: 1000, deadline: .never)
      theirs.close()
      await group.waitForAll()
      await #expect(throws: RPCError.connectionLost) { try await client.call("b") }
    }
  }

  @Test func `goaway ends new calls and lets old ones finish`() async throws {
    let methods = Mutex<[String]>([])
    try await withPair(.lengthPrefix, notified: { method, _ in methods.withLock { $0.append(method) } }) {
      client, server, tally async throws in
      async let old = client.call("stubborn")
      await tally.wait("stubborn began")
      async let gone: Void = server.goAway(by: .never)
      while !client.isGoingAway { await Task.yield() }
      await #expect(throws: RPCError.goingAway) { try await client.call("get_data") }
      tally.add("let go")
      #expect(text(try await old) == "\"late\"")
      await gone
    }
    #expect(methods.withLock { $0 } == ["rpc.goaway"])
  }

  @Test(arguments: [
    "garbage\n",
    "{\"jsonrpc\":\"2.0\",\"id\":null,\"error\":{\"code\":-32700,\"message\":\"Parse error\"}}\n",
    "{\"a\":1,\"a\":2}\n",
  ])
  func `a server that cannot be understood ends the connection`(_ text: String) async throws {
    let (mine, theirs) = MemoryStream.pair()
    let client = RPCConnection(stream: mine, framing: .lines)
    await withTaskGroup { group in
      group.addTask { await client.run() }
      group.addTask {
        await #expect(throws: RPCError.self) { try await client.call("a") }
      }
      try? await theirs.write(text, deadline: .never)
      await group.waitForAll()
    }
    theirs.close()
  }

  @Test func `a server that breaks the rules of streams ends that stream`() async throws {
    let notices = [
      "{\"jsonrpc\":\"2.0\",\"method\":\"rpc.next\",\"params\":{\"subscription\":\"x\",\"seq\":2,\"value\":1}}\n",
      "{\"jsonrpc\":\"2.0\",\"method\":\"rpc.next\",\"params\":{\"subscription\":\"x\",\"seq\":1,\"value\":1}}\n{\"jsonrpc\":\"2.0\",\"method\":\"rpc.next\",\"params\":{\"subscription\":\"x\",\"seq\":2,\"value\":1}}\n",
    ]
    for (notice, reason) in zip(notices, ["stream.gap", "stream.overrun"]) {
      let (mine, theirs) = MemoryStream.pair()
      let client = RPCConnection(stream: mine, framing: .lines)
      try await withThrowingTaskGroup { group in
        group.addTask { await client.run() }
        group.addTask {
          let stream = try await client.stream("s", credit: 1)
          do {
            while try await stream.next() != nil {}
            Issue.record("went on")
          } catch let error as RPCError {
            #expect(error.reason == reason)
          }
          client.close()
        }
        var request = ByteBuffer()
        _ = try await theirs.read(into: &request, atMost: 1000, deadline: .never)
        try await theirs.write(
          "{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{\"subscription\":\"x\"}}\n" + notice, deadline: .never)
        try await group.waitForAll()
      }
      theirs.close()
    }
  }
}

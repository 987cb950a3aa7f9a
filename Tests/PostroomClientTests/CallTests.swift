import Bytes
import JSON
import JSONRPC
import PostroomClient
import Synchronization
import Testing

@Suite(.timeLimit(.minutes(1))) struct CallTests {
  @Test func `an error has everything that the server said`() async throws {
    let method = JSONRPC.Method.answering("mailbox.get") { _, _, _ throws(RPCError) in
      throw RPCError(
        .unavailable, reason: "mailbox.unknown", message: "later", details: ["id": "mb9"], retryAfterMs: 1500)
    }
    try await TestServer.run([method]) { server, _ in
      let client = try PostroomClient(server.url)
      let error = await #expect(throws: PostroomError.self) { try await client.mailbox.get(mailboxId: "mb9") }
      #expect(
        error
          == PostroomError(
            code: -32014, status: .unavailable, reason: .mailboxUnknown, message: "later",
            details: #"{"id":"mb9"}"#, retryAfter: .milliseconds(1500)))
      await client.close()
    }
  }

  @Test func `an answer without a required member is refused`() async throws {
    try await TestServer.run([.answering("server.info") { _, _, _ in #"{"name":"Postroom"}"# }]) {
      server, _ in
      let client = try PostroomClient(server.url)
      let error = await #expect(throws: PostroomError.self) { try await client.server.info() }
      #expect(error?.reason == .clientBadAnswer)
      #expect(error?.message.contains("version") == true)
      await client.close()
    }
  }

  @Test func `a deadline ends the call here and on the server`() async throws {
    let ended = Mutex(false)
    let method = JSONRPC.Method.answering("server.info") { _, _, context in
      #expect((context.deadline.millisecondsLeft ?? .max) <= 500)
      try? await Task.sleep(for: .seconds(60))
      ended.withLock { $0 = Task.isCancelled }
      return serverInfo
    }
    try await TestServer.run([method]) { server, _ in
      // Connected before: on a busy machine that alone may take as long, and the call would not go out at all.
      let client = try await PostroomClient.connect(to: server.url)
      let error = await #expect(throws: PostroomError.self) {
        try await client.server.info(options: CallOptions(timeout: .milliseconds(500)))
      }
      #expect(error?.status == .deadlineExceeded)
      await client.close()
    }
    #expect(ended.withLock { $0 })
  }

  @Test func `a call without a time of its own has the client's`() async throws {
    let left = Mutex<Int64?>(nil)
    let method = JSONRPC.Method.answering("server.info") { _, _, context in
      left.withLock { $0 = context.deadline.millisecondsLeft }
      return serverInfo
    }
    try await TestServer.run([method]) { server, _ in
      var options = PostroomClient.Options()
      options.timeout = nil
      let patient = try PostroomClient(server.url, options: options)
      _ = try await patient.server.info()
      #expect(left.withLock { $0 } == nil)
      let client = try PostroomClient(server.url)
      _ = try await client.server.info()
      #expect((25_000...30_000).contains(left.withLock { $0 } ?? 0))
      await patient.close()
      await client.close()
    }
  }

  @Test func `cancelling the task cancels the call on the server`() async throws {
    let (began, begin) = AsyncStream<Void>.makeStream()
    let cancelled = Mutex(false)
    let method = JSONRPC.Method.answering("server.info") { _, _, _ in
      begin.finish()
      try? await Task.sleep(for: .seconds(60))
      cancelled.withLock { $0 = Task.isCancelled }
      return serverInfo
    }
    try await TestServer.run([method]) { server, _ in
      let client = try PostroomClient(server.url)
      let call = Task { () async -> PostroomError? in
        do throws(PostroomError) {
          _ = try await client.server.info()
          return nil
        } catch {
          return error
        }
      }
      for await _ in began {}
      call.cancel()
      #expect(await call.value?.status == .cancelled)
      await client.close()
    }
    #expect(cancelled.withLock { $0 })
  }

  @Test func `an idempotency key reaches the server`() async throws {
    let key = Mutex<String?>(nil)
    let method = JSONRPC.Method.answering("token.revoke") { _, _, context in
      key.withLock { $0 = context.idempotencyKey }
      return "{}"
    }
    try await TestServer.run([method]) { server, _ in
      let client = try PostroomClient(server.url)
      try await client.token.revoke(tokenId: "tk1", options: CallOptions(idempotencyKey: "once"))
      #expect(key.withLock { $0 } == "once")
      await client.close()
    }
  }

  @Test func `progress is told in order, to those who ask for it`() async throws {
    let method = JSONRPC.Method.answering("server.info") { _, _, context in
      await context.progress(Array("1".utf8))
      await context.progress(Array(#"{"done":2}"#.utf8))
      return serverInfo
    }
    try await TestServer.run([method]) { server, _ in
      let client = try PostroomClient(server.url)
      let told = Mutex<[String]>([])
      let options = CallOptions(onProgress: { value in told.withLock { $0.append(value) } })
      _ = try await client.server.info(options: options)
      _ = try await client.server.info()
      #expect(told.withLock { $0 } == ["1", #"{"done":2}"#])
      await client.close()
    }
  }

  @Test func `a token signs in, and a wrong one is refused`() async throws {
    try await TestServer.run([.answering("server.info") { _, _, _ in serverInfo }], needsToken: true) {
      server, _ in
      let client = try await PostroomClient.connect(to: server.url, token: "secret")
      let info = try await client.server.info()
      #expect(info.name == "Postroom")
      await client.close()
      var error = await #expect(throws: PostroomError.self) {
        try await PostroomClient.connect(to: server.url, token: "wrong")
      }
      #expect(error?.reason == .tokenInvalid)
      let nobody = try PostroomClient(server.url)
      error = await #expect(throws: PostroomError.self) { try await nobody.server.info() }
      #expect(error?.reason == .sessionRequired)
      await nobody.close()
    }
  }

  @Test func `many calls at once share a connection`() async throws {
    let method = JSONRPC.Method.answering("thread.untrack") { params, _, _ in
      let id = params["threadId"]?.string ?? ""
      return #"{"id":"\#(id)","subject":"","tracked":false,"mailCount":0,"createdAt":"","lastMailAt":""}"#
    }
    try await TestServer.run([method]) { server, _ in
      let client = try PostroomClient(server.url)
      let right = try await withThrowingTaskGroup { group in
        for i in 1...100 {
          group.addTask { try await client.thread.untrack(threadId: "th\(i)").id == "th\(i)" }
        }
        return try await group.reduce(0) { $0 + ($1 ? 1 : 0) }
      }
      #expect(right == 100)
      #expect(server.connections == 1)
      await client.close()
    }
  }

  @Test(arguments: [
    "", "localhost:1", "http://localhost:1", "unix://relative/path", "postroom://localhost",
    "postroom://:7625",
    "postroom://localhost:0", "postroom://localhost:65536", "postroom://localhost:x",
    "postroom://user@host:1",
    "postroom://host:1/path",
  ])
  func `an address must say where to`(url: String) {
    let error = #expect(throws: PostroomError.self) { try PostroomClient(url) }
    #expect(error?.reason == .clientBadURL)
  }

  @Test(arguments: [
    "unix:///tmp/s", "postroom://localhost:7625", "postrooms://mail.example.com:7625/", "tcp://[::1]:9",
    "tls://a:1",
  ])
  func `these do`(url: String) throws { _ = try PostroomClient(url) }
}

import JSONRPC
import PostroomClient
import Synchronization
import Testing

@Suite(.timeLimit(.minutes(1))) struct ConnectionTests {
  static let accepted = #"""
    {"mail":{"id":"m1","mailboxId":"mb1","inReplyTo":[],"references":[],"from":[],"sender":[],"replyTo":[],
    "to":[],"cc":[],"bcc":[],"subject":"","receivedAt":"","direction":"outgoing","state":"logged","origin":"timeline",
    "keywords":[],"size":1,"hasAttachment":false,"isAutoReply":false,"isBounce":false},"submission":{"id":"s1",
    "mailId":"m1","mailboxId":"mb1","messageId":"x@y","envelopeFrom":"a@b.c","recipients":[],"state":"queued",
    "attempts":0,"sentCopy":"pending","createdAt":"","updatedAt":""},"replayed":false}
    """#

  /// Methods that cut the connection the first `times` times that they are called.
  private func hangingUp(_ times: Int, _ server: @escaping @Sendable () -> TestServer?) -> [JSONRPC.Method] {
    let calls = Counter()
    @Sendable func cut() async {
      if calls.next() > times { return }
      server()?.hangUp()
      // Cancelled as soon as the connection has ended.
      try? await Task.sleep(for: .seconds(60))
    }
    return [
      .answering("server.info") { _, _, _ in
        await cut()
        return serverInfo
      },
      .answering("mail.send") { _, _, context in
        await cut()
        return Self.accepted
      },
    ]
  }

  private func run(hangingUp times: Int, _ body: @Sendable (TestServer, PostroomClient) async throws -> Void)
    async throws
  {
    let box = Mutex<TestServer?>(nil)
    try await TestServer.run(hangingUp(times) { box.withLock { $0 } }) { server, _ in
      box.withLock { $0 = server }
      let client = try PostroomClient(server.url)
      try await body(server, client)
      await client.close()
    }
    box.withLock { $0 = nil }
  }

  @Test func `deadline, cancellation and close count while it connects`() async throws {
    try await TestServer.run([.answering("server.info") { _, _, _ in serverInfo }], needsToken: true) {
      server, _ in
      let client = try PostroomClient(server.url, token: "slow")
      let began = ContinuousClock.now
      @Sendable func status(_ timeout: Duration?) async -> PostroomError.Reason? {
        do throws(PostroomError) {
          _ = try await client.server.info(options: CallOptions(timeout: timeout))
          return nil
        } catch {
          return error.reason
        }
      }
      // All wait for the same connection.
      async let first = status(.milliseconds(300))
      async let second = status(.milliseconds(200))
      let cancelled = Task { await status(nil) }
      let closed = Task { await status(nil) }
      cancelled.cancel()
      #expect(await [first, second, cancelled.value] == [.callDeadline, .callDeadline, .callCancelled])
      await client.close()
      #expect(await closed.value == .clientClosed)
      #expect(ContinuousClock.now - began < .seconds(5))
    }
  }

  @Test func `a safe call is repeated over a new connection`() async throws {
    try await run(hangingUp: 1) { server, client in
      let info = try await client.server.info()
      #expect(info.name == "Postroom")
      #expect(server.connections == 2)
    }
  }

  @Test func `it is repeated a few times only, with pauses`() async throws {
    try await run(hangingUp: 4) { server, client in
      let began = ContinuousClock.now
      let error = await #expect(throws: PostroomError.self) { try await client.server.info() }
      #expect(error?.reason == .connectionLost)
      #expect(server.connections == 4)
      // Half of 0.1, 0.2 and 0.4 s at least.
      #expect(ContinuousClock.now - began >= .milliseconds(350))
      let info = try await client.server.info()
      #expect(info.name == "Postroom")
      #expect(server.connections == 5)
    }
  }

  @Test func `what was not begun is repeated when the server says, and nothing that comes too late`()
    async throws
  {
    let creates = Counter()
    let infos = Counter()
    let methods = [
      JSONRPC.Method.answering("tenant.create") { _, _, _ throws(RPCError) in
        if creates.next() > 1 { return #"{"id":"tn1","name":"x","createdAt":""}"# }
        throw RPCError(.unavailable, reason: "server.goingAway", message: "going", retryAfterMs: 200)
      },
      .answering("server.info") { _, _, _ throws(RPCError) in
        _ = infos.next()
        throw RPCError(.unavailable, reason: "connect.imap.busy", message: "later", retryAfterMs: 30_000)
      },
    ]
    try await TestServer.run(methods) { server, _ in
      let client = try PostroomClient(server.url)
      let began = ContinuousClock.now
      _ = try await client.tenant.create(name: "x")
      #expect(ContinuousClock.now - began >= .milliseconds(200))
      let error = await #expect(throws: PostroomError.self) { try await client.server.info() }
      #expect(error?.retryAfter == .seconds(30))
      #expect(infos.value == 1)
      await client.close()
    }
  }

  @Test func `a mail is not sent again unless it has a key`() async throws {
    let to = [Address(email: "a@b.c")]
    try await run(hangingUp: 1) { server, client in
      let error = await #expect(throws: PostroomError.self) {
        try await client.mail.send(mailboxId: "mb1", to: to, subject: "", text: "x")
      }
      #expect(error?.reason == .connectionLost)
      #expect(server.connections == 1)
    }
    try await run(hangingUp: 1) { server, client in
      let sent = try await client.mail.send(
        mailboxId: "mb1", to: to, subject: "", text: "x", options: CallOptions(idempotencyKey: "k"))
      #expect(sent.submission.state == .queued)
      #expect(server.connections == 2)
    }
  }

  @Test func `a server that goes away is left for its successor`() async throws {
    let methods = [JSONRPC.Method.answering("server.info") { _, _, _ in serverInfo }]
    try await TestServer.run(methods) { server, _ in
      let client = try await PostroomClient.connect(to: server.url)
      _ = try await client.server.info()
      await server.replace(with: TestServer.make(methods))
      let info = try await client.server.info()
      #expect(info.name == "Postroom")
      #expect(server.connections == 2)
      await client.close()
    }
  }

  @Test func `a server that is not there cannot be connected to`() async throws {
    let error = await #expect(throws: PostroomError.self) {
      try await PostroomClient.connect(to: "unix:///nonexistent/postroom.sock")
    }
    #expect(error?.reason == .connectionFailed)
    #expect(error?.status == .unavailable)
  }

  @Test func `closing ends calls under way, and later ones`() async throws {
    let (began, begin) = AsyncStream<Void>.makeStream()
    let method = JSONRPC.Method.answering("server.info") { _, _, _ in
      begin.finish()
      try? await Task.sleep(for: .seconds(60))
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
      await client.close()
      #expect(await call.value?.reason == .clientClosed)
      let error = await #expect(throws: PostroomError.self) { try await client.server.info() }
      #expect(error?.reason == .clientClosed)
      await client.close()
    }
  }

  @Test func `a client that is let go ends its connection`() async throws {
    try await TestServer.run([.answering("server.info") { _, _, _ in serverInfo }]) { server, _ in
      func use() async throws {
        let client = try await PostroomClient.connect(to: server.url)
        _ = try await client.server.info()
      }
      try await use()
      for await _ in server.ends { break }
      #expect(server.connections == 1)
    }
  }

  @Test func `TLS is spoken with a certificate that is trusted, and refused with another`() async throws {
    let methods = [JSONRPC.Method.answering("server.info") { _, _, _ in serverInfo }]
    try await TestServer.run(methods, needsToken: true, tls: true) { server, options in
      let client = try await PostroomClient.connect(to: server.url, token: "secret", options: options)
      let info = try await client.server.info()
      #expect(info.name == "Postroom")
      await client.close()
      var error = await #expect(throws: PostroomError.self) {
        try await PostroomClient.connect(to: server.url, token: "secret")
      }
      #expect(error?.reason == .connectionCertificate)
      let other = server.url.replacing("localhost", with: "127.0.0.1")
      error = await #expect(throws: PostroomError.self) {
        try await PostroomClient.connect(to: other, token: "secret", options: options)
      }
      #expect(error?.reason == .connectionCertificate)
    }
  }
}

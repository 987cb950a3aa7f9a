import JSON
import JSONRPC
import PostroomClient
import Synchronization
import Testing

@Suite(.timeLimit(.minutes(1))) struct StreamTests {
  private static func event(_ seq: Int) -> [UInt8] {
    Array(#"{"seq":"\#(seq)","type":"sync.completed","at":"2025-03-05T07:12:45.031Z","facts":{}}"#.utf8)
  }

  private func events(
    _ body: @escaping @Sendable (_ after: Int, StreamSink) async throws(RPCError) -> Void
  ) -> JSONRPC.Method {
    JSONRPC.Method(
      name: "events.subscribe", scope: "read", idempotent: true,
      handler: .stream { params, _, sink async throws(RPCError) in
        let after = (try? JSONValue(parsing: params))?["after"]?.string ?? "0"
        try await body(Int(after) ?? 0, sink)
      })
  }

  @Test func `the server sends no more ahead than was granted`() async throws {
    let sent = Mutex(0)
    let method = events { after, sink throws(RPCError) in
      for seq in after + 1...300 {
        try await sink.send(Self.event(seq))
        sent.withLock { $0 = seq }
      }
    }
    try await TestServer.run([method]) { server, _ in
      let client = try PostroomClient(server.url)
      var seen = 0
      for try await event in client.events.subscribe(options: StreamOptions(window: 8)) {
        seen += 1
        #expect(event.seq == "\(seen)")
        #expect(sent.withLock { $0 } <= seen + 8)
      }
      #expect(seen == 300)
      await client.close()
    }
  }

  @Test func `leaving the loop ends the stream on the server`() async throws {
    let (ended, end) = AsyncStream<Void>.makeStream()
    let method = events { _, sink throws(RPCError) in
      defer { end.finish() }
      for seq in 1... { try await sink.send(Self.event(seq)) }
    }
    try await TestServer.run([method]) { server, _ in
      let client = try PostroomClient(server.url)
      for try await event in client.events.subscribe() where event.seq == "3" { break }
      for await _ in ended {}
      await client.close()
    }
  }

  @Test func `an error ends it behind the values before`() async throws {
    let method = JSONRPC.Method(
      name: "mail.source", scope: "read", idempotent: true,
      handler: .stream { _, _, sink async throws(RPCError) in
        try await sink.send(Array(#"{"data":"AP8=","offset":0,"size":4}"#.utf8))
        throw RPCError(.dataLoss, reason: "store.corrupt", message: "damaged")
      })
    try await TestServer.run([method]) { server, _ in
      let client = try PostroomClient(server.url)
      var stream = client.mail.source(mailId: "m1").makeAsyncIterator()
      #expect(try await stream.next()?.data == [0, 255])
      var error: PostroomError?
      do throws(PostroomError) { _ = try await stream.next() } catch let thrown { error = thrown }
      #expect(error?.reason == .storeCorrupt)
      #expect(try await stream.next() == nil)
      await client.close()
    }
  }

  @Test func `events go on behind the last one over a new connection`() async throws {
    let box = Mutex<TestServer?>(nil)
    let starts = Mutex<[Int]>([])
    // Each connection is cut when its third value has been read.
    let reads = (0..<4).map { _ in AsyncStream<Void>.makeStream() }
    let method = events { after, sink throws(RPCError) in
      starts.withLock { $0.append(after) }
      for seq in after + 1...min(after + 3, 10) { try await sink.send(Self.event(seq)) }
      if after + 3 >= 10 { return }
      for await _ in reads[after / 3].stream {}
      box.withLock { $0 }?.hangUp()
    }
    try await TestServer.run([method]) { server, _ in
      box.withLock { $0 = server }
      let client = try PostroomClient(server.url)
      var seen: [Int] = []
      for try await event in client.events.subscribe(after: "0") {
        seen.append(Int(event.seq) ?? -1)
        if seen.count % 3 == 0 { reads[seen.count / 3 - 1].continuation.finish() }
      }
      #expect(seen == Array(1...10))
      #expect(starts.withLock { $0 } == [0, 3, 6, 9])
      #expect(server.connections == 4)
      await client.close()
    }
    box.withLock { $0 = nil }
  }

  @Test func `a stream of a closed client is not tried again`() async throws {
    let method = events { _, sink throws(RPCError) in try await sink.send(Self.event(1)) }
    let seen = Mutex(0)
    var error: PostroomError?
    let box = Mutex<PostroomStream<Event>?>(nil)
    try await TestServer.run([method]) { server, _ in
      let client = try PostroomClient(server.url)
      let stream = client.events.subscribe()
      for try await _ in stream { seen.withLock { $0 += 1 } }
      box.withLock { $0 = stream }
      await client.close()
    }
    // The client is closed: that is not a connection that may come back.
    do throws(PostroomError) {
      var iterator = box.withLock { $0 }?.makeAsyncIterator()
      _ = try await iterator?.next()
    } catch let thrown { error = thrown }
    #expect(seen.withLock { $0 } == 1)
    #expect(error?.reason == .clientClosed)
  }

  @Test func `other streams end with their connection`() async throws {
    let box = Mutex<TestServer?>(nil)
    let method = JSONRPC.Method(
      name: "sync.watch", scope: "read", idempotent: true,
      handler: .stream { _, _, _ async throws(RPCError) in
        box.withLock { $0 }?.hangUp()
        try? await Task.sleep(for: .seconds(60))
      })
    try await TestServer.run([method]) { server, _ in
      box.withLock { $0 = server }
      let client = try PostroomClient(server.url)
      let error = await #expect(throws: PostroomError.self) {
        for try await _ in client.sync.watch(mailboxId: "mb1") {}
      }
      #expect(error?.status == .unavailable)
      #expect(server.connections == 1 || server.connections == 2)
      await client.close()
    }
    box.withLock { $0 = nil }
  }

  @Test(arguments: [
    (RPCStatus.invalidArgument, PostroomError.Reason.eventsCursorInvalid),
    (.failedPrecondition, .eventsCursorTooOld),
  ])
  func `a refusal is not tried again`(status: RPCStatus, reason: PostroomError.Reason) async throws {
    let calls = Counter()
    let method = events { _, _ throws(RPCError) in
      _ = calls.next()
      throw RPCError(status, reason: reason.rawValue, message: "no")
    }
    try await TestServer.run([method]) { server, _ in
      let client = try PostroomClient(server.url)
      let error = await #expect(throws: PostroomError.self) {
        for try await _ in client.events.subscribe(after: "99") {}
      }
      #expect(error?.reason == reason)
      #expect(calls.value == 1)
      await client.close()
    }
  }

  @Test func `a stream has a deadline`() async throws {
    let method = events { _, _ throws(RPCError) in try? await Task.sleep(for: .seconds(60)) }
    try await TestServer.run([method]) { server, _ in
      let client = try PostroomClient(server.url)
      let error = await #expect(throws: PostroomError.self) {
        for try await _ in client.events.subscribe(options: StreamOptions(timeout: .milliseconds(200))) {}
      }
      #expect(error?.status == .deadlineExceeded)
      await client.close()
    }
  }
}

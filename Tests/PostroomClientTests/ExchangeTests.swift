import JSON
import JSONRPC
import PostroomClient
import Synchronization
import Testing

/// Streams into which the client sends values.
@Suite(.timeLimit(.minutes(1))) struct ExchangeTests {
  private static func upload(_ received: Int) -> [UInt8] {
    Array(
      (#"{"id":"up1","name":"a","type":"b/c","received":\#(received),"state":"open","pieceOctetsMax":9,"#
        + #""createdAt":"2025-03-04T09:30:00.000Z","expiresAt":"2025-03-04T09:30:00.000Z"}"#).utf8)
  }

  private func fill(
    _ body: @escaping @Sendable (StreamSource, StreamSink) async throws(RPCError) -> Void
  ) -> JSONRPC.Method {
    JSONRPC.Method(
      name: "upload.fill", scope: "send", idempotent: true,
      handler: .exchange { _, _, source, sink async throws(RPCError) in try await body(source, sink) })
  }

  private static func piece(_ offset: Int64) -> UploadPiece { UploadPiece(offset: offset, data: [1]) }

  @Test func `many values go both ways, and the caller's end ends it`() async throws {
    let method = fill { source, sink throws(RPCError) in
      var count = 0
      while try await source.next() != nil {
        count += 1
        try await sink.send(Self.upload(count))
      }
    }
    try await TestServer.run([method]) { server, _ in
      let client = try PostroomClient(server.url)
      let exchange = try await client.upload.fill(uploadId: "up1", options: StreamOptions(window: 4))
      async let sent: Void = {
        for offset in 0..<200 { try await exchange.send(Self.piece(Int64(offset))) }
        exchange.finish()
      }()
      var received: [Int64] = []
      for try await upload in exchange { received.append(upload.received) }
      try await sent
      #expect(received == Array(1...200))
      // Both directions are over.
      let error = await #expect(throws: PostroomError.self) { try await exchange.send(Self.piece(0)) }
      #expect(error?.reason == .streamEnded)
      #expect(try await exchange.next() == nil)
      await client.close()
    }
  }

  @Test func `no more is sent than the server has room for`() async throws {
    let (opened, open) = AsyncStream<Void>.makeStream()
    let method = fill { source, sink throws(RPCError) in
      // Nothing is read until the test says so.
      for await _ in opened {}
      var count = 0
      while try await source.next() != nil { count += 1 }
      try await sink.send(Self.upload(count))
    }
    try await TestServer.run([method]) { server, _ in
      let client = try PostroomClient(server.url)
      let exchange = try await client.upload.fill(uploadId: "up1")
      let sent = Mutex(0)
      async let all: Void = {
        for offset in 0..<50 {
          try await exchange.send(Self.piece(Int64(offset)))
          sent.withLock { $0 += 1 }
        }
        exchange.finish()
      }()
      // The server's window is 8: those go at once, and no other however long one waits.
      while sent.withLock({ $0 }) < 8 { await Task.yield() }
      try await Task.sleep(for: .milliseconds(100))
      #expect(sent.withLock { $0 } == 8)
      open.finish()
      #expect(try await exchange.next()?.received == 50)
      try await all
      await client.close()
    }
  }

  @Test func `what the server ends it with reaches who sends and who reads`() async throws {
    let method = fill { source, _ throws(RPCError) in
      _ = try await source.next()
      throw RPCError(.outOfRange, reason: "upload.gap", message: "octets are missing")
    }
    try await TestServer.run([method]) { server, _ in
      let client = try PostroomClient(server.url)
      let exchange = try await client.upload.fill(uploadId: "up1")
      try await exchange.send(Self.piece(7))
      let read = await #expect(throws: PostroomError.self) { try await exchange.next() }
      #expect(read?.reason == .uploadGap)
      let sent = await #expect(throws: PostroomError.self) { try await exchange.send(Self.piece(8)) }
      #expect(sent?.reason == .uploadGap)
      await client.close()
    }
  }

  @Test func `leaving it, or losing the connection, ends both directions`() async throws {
    let (ended, end) = AsyncStream<Void>.makeStream()
    let method = fill { source, sink throws(RPCError) in
      defer { end.yield() }
      while try await source.next() != nil { try await sink.send(Self.upload(1)) }
    }
    try await TestServer.run([method]) { server, _ in
      let client = try PostroomClient(server.url)
      var endings = ended.makeAsyncIterator()
      let left = try await client.upload.fill(uploadId: "up1")
      try await left.send(Self.piece(0))
      #expect(try await left.next() != nil)
      left.cancel()
      await endings.next()
      let afterwards = await #expect(throws: PostroomError.self) { try await left.send(Self.piece(1)) }
      #expect(afterwards?.status == .cancelled)
      let lost = try await client.upload.fill(uploadId: "up1")
      server.hangUp()
      await endings.next()
      let error = await #expect(throws: PostroomError.self) { try await lost.next() }
      #expect(error?.reason == .connectionLost)
      let sent = await #expect(throws: PostroomError.self) { try await lost.send(Self.piece(0)) }
      #expect(sent?.reason == .connectionLost)
      await client.close()
    }
  }
}

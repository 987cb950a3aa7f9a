import Bytes
import JSON
import JSONRPC
import Testing

@Suite(.timeLimit(.minutes(1))) struct PrefixedStreamTests {
  private static let call = "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"get_data\"}\n"

  @Test func `what was read is read again first, never more than asked for`() async throws {
    let (mine, theirs) = MemoryStream.pair()
    try await mine.write("defg", deadline: .after(seconds: 30))
    mine.finishWriting()
    let stream = PrefixedStream(ByteBuffer("abc"), before: theirs)
    var got: [String] = []
    while true {
      var buffer = ByteBuffer()
      if try await stream.read(into: &buffer, atMost: 2, deadline: .after(seconds: 30)) == 0 { break }
      got.append(String(decoding: buffer.bytes, as: UTF8.self))
    }
    #expect(got == ["ab", "c", "de", "fg"])
  }

  @Test func `writing and closing reach the stream behind`() async throws {
    let (mine, theirs) = MemoryStream.pair()
    let stream = PrefixedStream(ByteBuffer("abc"), before: theirs)
    try await stream.write("out", deadline: .after(seconds: 30))
    stream.close()
    var buffer = ByteBuffer()
    while try await mine.read(into: &buffer, atMost: 10, deadline: .after(seconds: 30)) > 0 {}
    #expect(buffer.bytes == Array("out".utf8))
    await #expect(throws: StreamError.closed) {
      var rest = ByteBuffer()
      _ = try await stream.read(into: &rest, atMost: 10, deadline: .after(seconds: 30))
    }
  }

  @Test func `a connection is served alike wherever its beginning was cut off`() async throws {
    let octets = Array(Self.call.utf8)
    for cut in 1...octets.count {
      for givesStream in [true, false] {
        let tally = Tally()
        let server = RPCServer(
          methods: MethodTable(testMethods(tally)), authenticator: TestAuthenticator(),
          discover: Array(discoverDocument.utf8))
        let (mine, theirs) = MemoryStream.pair()
        let client = TestClient(mine)
        let first = ByteBuffer(octets[..<cut])
        async let served: Void =
          givesStream
          ? server.serve(PrefixedStream(first, before: theirs), peer: PeerInfo(text: "test"))
          : server.serve(theirs, peer: PeerInfo(text: "test"), received: first)
        if cut < octets.count { try await client.send(Array(octets[cut...])) }
        #expect(try await client.value()?["result"] == ["hello", 5])
        mine.close()
        await served
      }
    }
  }

  @Test func `TLS on a connection without a certificate is told so and ended`() async throws {
    try await withServer { client, server, _ async throws in
      try await client.send([PrefixedStream.tlsFirstOctet, 0x03, 0x01, 0x00, 0x05])
      client.finishWriting()
      let error = try #require(try await client.value())["error"]
      #expect(error?["code"]?.int == -32700)
      #expect(try await client.line() == nil)
      #expect(server.statistics.protocolErrors == 1)
    }
  }
}

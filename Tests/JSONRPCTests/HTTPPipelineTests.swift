import Bytes
import JSON
import JSONRPC
import Synchronization
import Testing

/// Counts what it writes.
private final class CountingStream: ByteStream {
  private let inner: MemoryStream
  let writes = Mutex<[Int]>([])

  init(_ inner: MemoryStream) { self.inner = inner }

  nonisolated(nonsending) func read(into buffer: inout ByteBuffer, atMost count: Int, deadline: Deadline)
    async throws(StreamError)
    -> Int
  {
    try await inner.read(into: &buffer, atMost: count, deadline: deadline)
  }

  nonisolated(nonsending) func write(_ bytes: inout ByteBuffer, deadline: Deadline) async throws(StreamError)
  {
    let octets = bytes.count
    writes.withLock { $0.append(octets) }
    try await inner.write(&bytes, deadline: deadline)
  }

  func close() { inner.close() }
}

/// Many requests in one piece, and the same head again and again.
@Suite(.timeLimit(.minutes(1))) struct HTTPPipelineTests {
  private func request(_ json: String, _ fields: String = "") -> String {
    "POST /rpc HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n\(fields)"
      + "Content-Length: \(json.utf8.count)\r\n\r\n\(json)"
  }

  private func call(_ method: String, _ params: String = "{}", id: Int = 1) -> String {
    "{\"jsonrpc\":\"2.0\",\"id\":\(id),\"method\":\"\(method)\",\"params\":\(params)}"
  }

  @Test func `responses to requests that came in one piece leave in one write`() async throws {
    let server = RPCServer(
      methods: MethodTable(testMethods(Tally())), authenticator: TestAuthenticator(), discover: [])
    let (mine, theirs) = MemoryStream.pair(capacity: 1 << 20)
    let stream = CountingStream(theirs)
    try await withThrowingTaskGroup { group in
      group.addTask { await server.serve(stream, peer: PeerInfo(text: "test", uid: 1000)) }
      let client = TestClient(mine)
      // Of different lengths: not all heads are the same.
      let requests = (0..<100).map { request(call("subtract", "[\($0 * $0),1]", id: $0)) }
      try await client.send(requests.joined())
      for n in 0..<100 {
        let body = try #require(try await client.response()).body
        #expect(body == "{\"jsonrpc\":\"2.0\",\"id\":\(n),\"result\":\(n * n - 1)}\n")
      }
      mine.close()
      try await group.waitForAll()
    }
    // What was sent in one piece may be read in two.
    #expect(stream.writes.withLock { $0.count } <= 2)
  }

  @Test func `large responses are not gathered without bound`() async throws {
    let server = RPCServer(
      methods: MethodTable(testMethods(Tally())), authenticator: TestAuthenticator(), discover: [])
    let (mine, theirs) = MemoryStream.pair(capacity: 1 << 20)
    let stream = CountingStream(theirs)
    try await withThrowingTaskGroup { group in
      group.addTask { await server.serve(stream, peer: PeerInfo(text: "test", uid: 1000)) }
      let client = TestClient(mine)
      try await client.send(String(repeating: request(call("large")), count: 50))
      for _ in 0..<50 { #expect(try await client.response()?.body.utf8.count ?? 0 > 100_000) }
      mine.close()
      try await group.waitForAll()
    }
    let largest = stream.writes.withLock { $0.max() } ?? 0
    #expect(largest < 512 << 10)
  }

  @Test(arguments: [
    // The same but for one octet, at each place that matters.
    ("Authorization: Bearer all\r\n", "Authorization: Bearer rea\r\n", 401),
    ("Authorization: Bearer all\r\n", "Authorization: Bearer alX\r\n", 401),
    ("Origin-X: https://a\r\n", "Origin: https://a.tt\r\n", 403),
    ("X: 1\r\n", "X : 1\r\n", 400), ("Expect-X: 100-continue\r\n", "Expect: 200-continue\r\nY:\r\n", 417),
  ])
  func `a head that differs from the one before is looked at anew`(
    _ first: String, _ second: String, _ status: Int
  ) async throws {
    try await withServer(uid: 1000) { client, _, _ async throws in
      let json = call("whoami")
      for _ in 0..<3 {
        try await client.send(request(json, first))
        #expect(try await client.response()?.status == 200)
      }
      try await client.send(request(json, second))
      #expect(try await client.response()?.status == status)
    }
  }

  @Test func `the same head again brings another message, cut at every octet`() async throws {
    try await withServer { client, _, _ async throws in
      let authorization = "Authorization: Bearer read\r\n"
      let first = request(call("whoami", id: 1), authorization)
      try await client.send(first)
      #expect(try await client.response()?.body.contains("\"t2\"") == true)
      let second = Array(request(call("whoami", id: 2), authorization).utf8)
      for cut in stride(from: 1, to: second.count, by: 7) {
        try await client.send(Array(second[..<cut]))
        try await client.send(Array(second[cut...]))
        #expect(try await client.response()?.body == "{\"jsonrpc\":\"2.0\",\"id\":2,\"result\":\"t2\"}\n")
      }
      // A shorter one in between, whose end is not there yet.
      try await client.send("POST /rpc HTTP/1.1\r\n")
      try await client.send(
        "Host: localhost\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n[]")
      #expect(try await client.response()?.status == 200)
      try await client.send(first)
      #expect(try await client.response()?.body.contains("\"t2\"") == true)
    }
  }

  @Test func `responses keep their order when a slow call stands between quick ones`() async throws {
    try await withServer(uid: 1000) { client, _, tally async throws in
      let requests = [call("subtract", "[5,1]"), call("stubborn", id: 2), call("subtract", "[7,1]", id: 3)]
      try await client.send(requests.map { request($0) }.joined())
      // The first does not wait for the second.
      #expect(try await client.response()?.body.contains("\"result\":4") == true)
      await tally.wait("stubborn began")
      tally.add("let go")
      #expect(try await client.response()?.body.contains("\"late\"") == true)
      #expect(try await client.response()?.body.contains("\"result\":6") == true)
    }
  }
}

import Bytes
import JSON
import JSONRPC
import Testing

@Suite(.timeLimit(.minutes(1))) struct RobustnessTests {
  private func call(_ method: String, _ params: String = "{}", id: Int = 1) -> String {
    "{\"jsonrpc\":\"2.0\",\"id\":\(id),\"method\":\"\(method)\",\"params\":\(params)}"
  }

  /// What is not optimised is slower, and builds may run beside it.
  #if DEBUG
    private static let depthBombMax = Duration.milliseconds(60)
  #else
    private static let depthBombMax = Duration.milliseconds(10)
  #endif

  @Test(arguments: TestFraming.everyWay)
  func `a depth bomb is refused at once on every way in`(_ framing: TestFraming) async throws {
    let bombs = [
      String(repeating: "[", count: 1_000_000), String(repeating: "{\"a\":", count: 200_000),
      "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"sum\",\"params\":"
        + String(repeating: "[", count: 1_000_000),
      "[{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"sum\",\"params\":"
        + String(repeating: "[", count: 1_000_000),
    ]
    for bomb in bombs {
      try await withServer(capacity: 4 << 20) { client, _, _ async throws in
        try await client.begin(framing)
        let bytes = framing.frame(bomb)
        // Other tests run at the same time: the best of some attempts counts.
        var best = Duration.seconds(60)
        for _ in 0..<20 where best >= Self.depthBombMax {
          let start = ContinuousClock.now
          try await client.send(bytes)
          let answer = try await client.message(framing)
          best = min(best, ContinuousClock.now - start)
          let error = try JSONValue(parsing: answer ?? "")["error"]
          #expect(error?["code"]?.int == -32700)
          #expect(error?["data"]?["reason"]?.string == "json.depth")
          #expect(error?["data"]?["details"]?["limit"]?.int == 64)
          // The connection goes on.
          try await client.send(framing.frame(call("get_data")))
          #expect(try await client.message(framing)?.contains("hello") == true)
        }
        #expect(best < Self.depthBombMax)
      }
    }
  }

  @Test func `a line that is not JSON is answered once, and the next one is read`() async throws {
    try await withServer { client, server, _ async throws in
      #expect(server.statistics.protocolErrors == 0)
      #expect(try await client.ask("{\"a\" nonsense {{{ ]]]")?["error"]?["code"]?.int == -32700)
      #expect(try await client.ask(call("get_data"))?["result"] != nil)
      #expect(server.statistics.protocolErrors == 1)
    }
  }

  @Test func `a refused line that is still coming is dropped up to its end`() async throws {
    try await withServer { client, _, _ async throws in
      try await client.send("{\"a\":!")
      #expect(try await client.value()?["error"]?["code"]?.int == -32700)
      try await client.send(" more {\"jsonrpc\":\"2.0\",\"id\":9,\"method\":\"get_data\"} ")
      try await client.send("and more\n" + call("get_data", id: 2) + "\n")
      #expect(try await client.value()?["id"]?.int == 2)
    }
  }

  @Test func `too many malformed lines end the connection`() async throws {
    try await withServer { client, _, _ async throws in
      for _ in 0..<16 { #expect(try await client.ask("{]")?["error"]?["code"]?.int == -32700) }
      #expect(try await client.line() == nil)
    }
  }

  @Test(arguments: [
    "DELETE / HTTP/1.1\r\nHost: x\r\n\r\n", "TRACE / HTTP/1.1\r\n\r\n", "\r\nPOST /x HTTP/1.1\r\n\r\n{}\n",
    " Host: localhost\r\n", "\n\nQUIT now\n", "EHLO there\r\n", "\u{16}\u{3}\u{1}", "SSH-2.0-x\r\n",
    "\u{2}abc",
    "\u{0}\u{ff}\u{ff}\u{ff}\u{ff}", "Content-Length: x\r\n\r\n", "Content-Length: 2\n\n{}",
    "Content-Type: text/plain; charset=latin1\r\nContent-Length: 2\r\n\r\n{}", "CONNECT a:1 HTTP/1.1\r\n\r\n",
    "Content-Length: 1\r\nContent-Length: 1\r\n\r\n1", "Content-Type: x\r\n\r\n",
  ])
  func `what cannot be resynchronised is answered once and closed`(_ text: String) async throws {
    try await withServer { client, server, _ async throws in
      try await client.send(text)
      let answer = try await client.rest()
      #expect(answer.contains("\"error\"") && answer.contains("\"id\":null"))
      #expect(answer.components(separatedBy: "\"jsonrpc\"") == 2)
      #expect(server.statistics.protocolErrors == 1)
    }
  }

  @Test func `messages are limited at their edge, with the numbers in the error`() async throws {
    var limits = RPCLimits()
    limits.messageOctetsMax = 200
    for framing in [TestFraming.lines, .prefix, .header] {
      for (length, good) in [(199, true), (200, true), (201, false), (5000, false)] {
        try await withServer(limits: limits, uid: 1000) { client, _, _ async throws in
          let bare = call("rpc.ping", "{\"data\":\"\"}").utf8.count
          let text = call("rpc.ping", "{\"data\":\"\(String(repeating: "x", count: length - bare))\"}")
          try await client.send(framing.frame(text))
          let answer = try JSONValue(parsing: try await client.message(framing) ?? "")
          if good {
            #expect(answer["result"] != nil)
          } else {
            #expect(answer["error"]?["code"]?.int == -32008)
            #expect(answer["error"]?["data"]?["reason"]?.string == "limit.message")
            #expect(answer["error"]?["data"]?["details"]?["limit"]?.int == 200)
          }
        }
      }
    }
  }

  @Test func `a message without end is refused at the limit, before it is whole`() async throws {
    var limits = RPCLimits()
    limits.messageOctetsMax = 50_000
    try await withServer(limits: limits, uid: 1000) { client, _, _ async throws in
      try await client.send("{\"jsonrpc\":\"")
      // The server closes while we still write.
      for _ in 0..<60 { try? await client.send(String(repeating: "x", count: 1000)) }
      let answer = try await client.rest()
      #expect(answer.contains("limit.message"))
    }
  }

  @Test func `who is not authenticated may send less`() async throws {
    var limits = RPCLimits()
    limits.messageOctetsUnauthenticatedMax = 1000
    try await withServer(limits: limits) { client, _, _ async throws in
      let long = call("rpc.discover", "{\"_meta\":{\"x\":\"\(String(repeating: "x", count: 2000))\"}}")
      #expect(try await client.ask(long)?["error"]?["data"]?["reason"]?.string == "limit.message")
      #expect(try await client.ask(call("session.open", "{\"token\":\"all\"}"))?["result"] != nil)
      #expect(try await client.ask(long)?["result"] != nil)
    }
  }

  @Test func `silence has limits`() async throws {
    var limits = RPCLimits()
    limits.firstByteSeconds = 0
    try await withServer(limits: limits) { client, _, _ async throws in #expect(try await client.rest() == "")
    }
    limits = RPCLimits()
    limits.idleSeconds = 0
    try await withServer(limits: limits) { client, _, _ async throws in
      try await client.send(call("get_data") + "\n")
      #expect(try await client.value()?["result"] != nil)
      #expect(try await client.line() == nil)
    }
    limits = RPCLimits()
    limits.messageSeconds = 0
    for framing in [TestFraming.lines, .prefix, .header] {
      try await withServer(limits: limits) { client, _, _ async throws in
        try await client.send(Array(framing.frame(call("get_data")).dropLast(5)))
        let answer = try await client.rest()
        #expect(answer.contains("limit.messageSeconds"))
      }
    }
  }

  @Test func `an idle connection with a call at work stays`() async throws {
    var limits = RPCLimits()
    limits.idleSeconds = 0
    try await withServer(limits: limits) { client, _, tally async throws in
      try await client.send(call("stubborn") + "\n")
      await tally.wait("stubborn began")
      for _ in 0..<100 { await Task.yield() }
      tally.add("let go")
      #expect(try await client.value()?["result"]?.string == "late")
      #expect(try await client.line() == nil)
    }
  }

  @Test func `ids, method names and members have limits`() async throws {
    try await withServer { client, _, _ async throws in
      for (length, good) in [(1022, true), (1023, false)] {
        let id = "\"\(String(repeating: "i", count: length))\""
        let answer = try await client.ask("{\"jsonrpc\":\"2.0\",\"id\":\(id),\"method\":\"get_data\"}")
        #expect((answer?["result"] != nil) == good)
      }
      let name = String(repeating: "m", count: 100_000)
      let unknown = try await client.ask("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"\(name)\"}")
      #expect(unknown?["error"]?["code"]?.int == -32601)
      #expect((unknown?.text.utf8.count ?? 0) < 500)
      let members = (0..<17).map { "\"x\($0)\":1" }.joined(separator: ",")
      let many = try await client.ask("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"get_data\",\(members)}")
      #expect(many?["error"]?["code"]?.int == -32600)
    }
  }

  @Test func `compressed messages are inflated within the limit`() async throws {
    var limits = RPCLimits()
    limits.messageOctetsUnauthenticatedMax = 10_000
    try await withServer(limits: limits) { client, _, _ async throws in
      // zlib's stored form (RFC 1951 §3.2.4) of the call.
      let text = [UInt8](call("get_data").utf8)
      let n = UInt16(text.count)
      var sums: (UInt32, UInt32) = (1, 0)
      for c in text {
        sums.0 = (sums.0 + UInt32(c)) % 65521
        sums.1 = (sums.1 + sums.0) % 65521
      }
      let lengths = [UInt8(n & 0xFF), UInt8(n >> 8), UInt8(~n & 0xFF), UInt8(~n >> 8)]
      let check = sums.1 << 16 | sums.0
      let zlib =
        [0x78, 0x01, 0x01] + lengths + text
        + (0..<4).map { UInt8(truncatingIfNeeded: check >> (24 - 8 * $0)) }
      var frame = TestFraming.prefix.frame("")
      frame[0] = 1
      frame[4] = UInt8(zlib.count)
      try await client.send(frame + zlib)
      #expect(try await client.message(.prefix)?.contains("hello") == true)
      // Not zlib at all: answered, and the connection goes on.
      try await client.send([1, 0, 0, 0, 3, 1, 2, 3] + TestFraming.prefix.frame(call("get_data")))
      #expect(try await client.message(.prefix)?.contains("-32700") == true)
      #expect(try await client.message(.prefix)?.contains("hello") == true)
    }
  }

  @Test func `any octets at all end in answers or a closed connection`() async throws {
    var generator = SystemRandomNumberGenerator()
    let pieces = [
      "{", "}", "[", "]", "\"", ":", ",", "\\", "\n", "\r\n", "jsonrpc", "\"2.0\"", "id", "method", "params",
      "1", "null",
      "\u{0}", "\u{1}", "POST /rpc HTTP/1.1\r\n", "Content-Length: 5\r\n", "Host: localhost\r\n", "get_data",
      " ",
    ]
    for _ in 0..<150 {
      let text = (0..<Int.random(in: 1..<40, using: &generator)).map { _ in
        pieces.randomElement(using: &generator) ?? ""
      }.joined()
      try await withServer { client, _, _ async throws in
        try await client.send(text)
        client.finishWriting()
        _ = try await client.rest()
      }
    }
  }
}

extension String {
  /// How many pieces `separator` cuts this into.
  func components(separatedBy separator: String) -> Int {
    let text = Array(utf8)
    let part = Array(separator.utf8)
    guard text.count >= part.count else { return 1 }
    return 1 + (0...(text.count - part.count)).count { Array(text[$0..<$0 + part.count]) == part }
  }
}

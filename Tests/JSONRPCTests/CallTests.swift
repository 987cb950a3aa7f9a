import Bytes
import JSON
import JSONRPC
import Testing

@Suite(.timeLimit(.minutes(1))) struct CallTests {
  private func call(_ method: String, _ params: String = "{}", id: String = "1") -> String {
    "{\"jsonrpc\":\"2.0\",\"id\":\(id),\"method\":\"\(method)\",\"params\":\(params)}"
  }

  @Test(arguments: ["rpc.cancel", "$/cancelRequest"])
  func `a cancelled call is answered, and its task stops`(_ name: String) async throws {
    try await withServer { client, server, tally async throws in
      try await client.send(call("wait", id: "\"a\"") + "\n" + call("wait", id: "2") + "\n")
      await tally.wait("wait began", 2)
      // An id that is not open, and the number where a string is open, cancel nothing.
      try await client.send(
        "{\"jsonrpc\":\"2.0\",\"method\":\"\(name)\",\"params\":{\"id\":99}}\n{\"jsonrpc\":\"2.0\",\"method\":\"\(name)\",\"params\":{\"id\":\"a\"}}\n"
      )
      let answer = try await client.value()
      #expect(answer?["id"]?.string == "a")
      #expect(answer?["error"]?["code"]?.int == -32001)
      await tally.wait("wait cancelled")
      #expect(try await client.ask(call("get_data", id: "3"))?["id"]?.int == 3)
      #expect(tally["wait cancelled"] == 1)
      #expect(try await client.ask(call(name, "{\"id\":77}", id: "4"))?["error"]?["code"]?.int == -32005)
      try await client.send(call(name, "{\"id\":2}", id: "5") + "\n")
      let both = [try await client.value(), try await client.value()].compactMap { $0?["id"]?.int }
      #expect(both.sorted() == [2, 5])
      await tally.wait("wait cancelled", 2)
      _ = server
    }
  }

  @Test func `a deadline answers even when the handler is slow to stop, which keeps its place`() async throws
  {
    var limits = RPCLimits()
    limits.callsInFlightMax = 1
    try await withServer(limits: limits) { client, server, tally async throws in
      let answer = try await client.ask(call("stubborn", "{\"_meta\":{\"timeoutMs\":20}}"))
      #expect(answer?["error"]?["code"]?.int == -32004)
      #expect(answer?["error"]?["data"]?["status"]?.string == "DEADLINE_EXCEEDED")
      let full = try await client.ask(call("sum", "[1]", id: "2"))
      #expect(full?["error"]?["data"]?["status"]?.string == "RESOURCE_EXHAUSTED")
      #expect(full?["error"]?["data"]?["reason"]?.string == "limit.callsInFlight")
      #expect(full?["error"]?["data"]?["details"] == ["limit": 1, "actual": 2])
      #expect(server.statistics.callsInFlight == 1)
      tally.add("let go")
      await tally.wait("stubborn ended")
      while server.statistics.callsInFlight > 0 { await Task.yield() }
      // The late answer was dropped; the next call has room.
      #expect(try await client.ask(call("sum", "[1]", id: "3"))?["result"]?.int == 1)
    }
  }

  /// Some clients write `"params": []` whenever they have none.
  @Test func `an empty array of params is no params`() async throws {
    try await withServer(uid: 1000) { client, _, _ async throws in
      for params in ["[]", "[ \n]"] {
        #expect(try await client.ask(call("rpc.ping", params))?["result"] == [:])
        #expect(try await client.ask(call("subtract", params))?["result"]?.int == 0)
      }
      // What is in one stands by position.
      #expect(try await client.ask(call("rpc.ping", "[[]]"))?["result"] == ["data": []])
      #expect(try await client.ask(call("rpc.ping", "[[],1]"))?["error"]?["code"]?.int == -32602)
    }
  }

  @Test func `a deadline that has passed is not begun`() async throws {
    try await withServer { client, _, tally async throws in
      for timeout in [0, -5] {
        for method in ["wait", "get_data"] {
          let answer = try await client.ask(call(method, "{\"_meta\":{\"timeoutMs\":\(timeout)}}"))
          #expect(answer?["error"]?["code"]?.int == -32004)
        }
      }
      #expect(tally["wait began"] == 0)
      // A short one may pass on a busy machine before its call begins.
      var timeout = 10
      while tally["wait began"] == 0 {
        let answer = try await client.ask(call("wait", "{\"_meta\":{\"timeoutMs\":\(timeout)}}"))
        #expect(answer?["error"]?["code"]?.int == -32004)
        timeout *= 2
      }
      await tally.wait("wait cancelled")
    }
  }

  @Test func `calls in flight are limited at their edge`() async throws {
    var limits = RPCLimits()
    limits.callsInFlightMax = 3
    try await withServer(limits: limits) { client, server, tally async throws in
      for id in 1...3 { try await client.send(call("wait", id: "\(id)") + "\n") }
      await tally.wait("wait began", 3)
      let full = try await client.ask(call("wait", id: "4"))
      #expect(full?["id"]?.int == 4)
      #expect(full?["error"]?["code"]?.int == -32008)
      // What is answered inline needs no place.
      #expect(try await client.ask(call("get_data", id: "5"))?["result"] != nil)
      #expect(server.statistics.callsInFlight == 3)
    }
  }

  @Test func `closing the connection cancels everything`() async throws {
    try await withServer { client, _, tally async throws in
      try await client.send(call("wait") + "\n" + call("endless", id: "2") + "\n")
      await tally.wait("wait began")
      await tally.wait("endless sent", 16)
      client.stream.close()
      await tally.wait("wait cancelled")
      await tally.wait("endless ended CANCELLED")
    }
  }

  @Test func `who ends only his side is still answered`() async throws {
    try await withServer { client, _, _ async throws in
      try await client.send(call("sum", "[1,2]") + "\n" + call("get_data", id: "2"))
      client.finishWriting()
      let ids = [try await client.value(), try await client.value()].compactMap { $0?["id"]?.int }
      #expect(ids.sorted() == [1, 2])
      #expect(try await client.line() == nil)
    }
  }

  @Test func `a batch may have a hundred calls, answered in their order`() async throws {
    try await withServer(uid: 1000) { client, _, _ async throws in
      for (count, good) in [(99, true), (100, true), (101, false), (100_000, false)] {
        let calls = (0..<count).map { call($0 % 2 == 0 ? "sum" : "subtract", "[\($0),0]", id: "\($0)") }
        let answer = try await client.ask("[\(calls.joined(separator: ","))]")
        if good {
          #expect(answer?.array?.compactMap { $0["result"]?.int } == (0..<count).map(Int64.init))
          #expect(answer?.array?.compactMap { $0["id"]?.int } == (0..<count).map(Int64.init))
        } else {
          #expect(answer?["error"]?["data"]?["reason"]?.string == "limit.batch")
          #expect(answer?["error"]?["data"]?["details"] == ["limit": 100, "actual": .int(Int64(count))])
        }
      }
    }
  }

  @Test func `calls of a batch run at the same time and can be cancelled`() async throws {
    try await withServer { client, _, tally async throws in
      let calls = [call("wait", id: "1"), call("wait", id: "2"), call("sum", "[1]", id: "3")]
      try await client.send("[\(calls.joined(separator: ","))]\n")
      await tally.wait("wait began", 2)
      for id in 1...2 {
        try await client.send("{\"jsonrpc\":\"2.0\",\"method\":\"rpc.cancel\",\"params\":{\"id\":\(id)}}\n")
      }
      let answer = try await client.value()
      #expect(answer?[0]?["error"]?["code"]?.int == -32001)
      #expect(answer?[1]?["error"]?["code"]?.int == -32001)
      #expect(answer?[2]?["result"]?.int == 1)
    }
  }

  @Test func `going away lets calls finish, takes no new ones, and closes`() async throws {
    try await withServer { client, server, tally async throws in
      try await client.send(call("stubborn", id: "\"last\"") + "\n")
      await tally.wait("stubborn began")
      async let gone: Void = server.goAway(by: .never)
      let notice = try await client.value()
      #expect(notice?["method"]?.string == "rpc.goaway")
      #expect(notice?["params"] == ["lastId": "last"])
      let refused = try await client.ask(call("get_data", id: "2"))
      #expect(refused?["error"]?["data"]?["reason"]?.string == "server.goingAway")
      #expect(refused?["error"]?["code"]?.int == -32014)
      tally.add("let go")
      #expect(try await client.value()?["result"]?.string == "late")
      #expect(try await client.line() == nil)
      await gone
    }
  }

  @Test func `going away has a deadline`() async throws {
    try await withServer { client, server, tally async throws in
      try await client.send(call("wait") + "\n")
      await tally.wait("wait began")
      await server.goAway(by: .after(milliseconds: 20))
      await tally.wait("wait cancelled")
      _ = try await client.rest()
    }
  }

  @Test func `going away ends streams that would never end, and tells why`() async throws {
    try await withServer { client, server, tally async throws in
      try await client.send(call("endless") + "\n")
      await tally.wait("endless sent")
      await server.goAway(by: .after(seconds: 30))
      await tally.wait("endless ended UNAVAILABLE")
      let rest = try await client.rest()
      #expect(rest.contains("\"rpc.end\""))
      #expect(rest.contains("server.goingAway"))
    }
  }

  @Test func `an idle connection is told and closed at once when the server goes`() async throws {
    try await withServer { client, server, _ async throws in
      let answer = try await client.ask(call("get_data", id: "7"))
      #expect(answer?["id"]?.int == 7)
      await server.goAway(by: .never)
      #expect(try await client.value()?["params"] == ["lastId": 7])
      #expect(try await client.line() == nil)
      let (mine, theirs) = MemoryStream.pair()
      await server.serve(theirs, peer: PeerInfo(text: "late"))
      var none = ByteBuffer()
      let count = try await mine.read(into: &none, atMost: 1, deadline: .never)
      #expect(count == 0)
    }
  }
}

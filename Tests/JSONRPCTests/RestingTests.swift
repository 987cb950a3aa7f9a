import Bytes
import JSON
import JSONRPC
import Sockets
import Synchronization
import Testing

/// Connections over TCP that have a task only while something is under way.
@Suite(.timeLimit(.minutes(2))) struct RestingTests {
  /// Knows `read` and `all` until they are taken back.
  private final class Tokens: Authenticator {
    private let ended = Mutex<Set<String>>([])
    let isUser: Bool

    init(isUser: Bool = false) { self.isUser = isUser }

    func takeBack(_ token: String) { _ = ended.withLock { $0.insert(token) } }

    private func known(_ token: String) -> Principal? {
      guard ["read", "all"].contains(token), !ended.withLock({ $0.contains(token) }) else { return nil }
      return Principal(tenantID: "tenant-of-\(token)", name: token, scopes: ["read"], credential: token)
    }

    func principal(token: [UInt8]) async -> Principal? { known(String(decoding: token, as: UTF8.self)) }
    func principal(peerUID: UInt32) async -> Principal? { isUser ? known("all") : nil }
    func stands(credential: String) async -> Bool { known(credential) != nil }
  }

  private final class Ends: RPCObserver {
    private let seen = Mutex<[String]>([])
    var reasons: [String] { seen.withLock { $0 } }

    func connectionOpened(_ connectionID: UInt64, peer: PeerInfo) {}
    func connectionClosed(_ connectionID: UInt64, reason: String) { seen.withLock { $0.append(reason) } }
    func callEnded(_ report: CallReport) {}
    func protocolError(_ connectionID: UInt64, error: RPCError) {}
    func authenticationFailed(_ connectionID: UInt64, peer: PeerInfo) {}
  }

  private struct House: Sendable {
    let server: RPCServer
    let tokens: Tokens
    let tally: Tally
    let ends: Ends
    let listener: Listener

    func dial() async throws -> TestClient {
      TestClient(try await Dialer.connect(listener.endpoint, deadline: .after(seconds: 30)))
    }

    /// Waits until so many connections have no task, and as many are open.
    func atRest(_ count: Int, of all: Int? = nil) async throws {
      while server.statistics.connectionsAtRest != count || server.statistics.connectionsOpen != all ?? count
      {
        try Task.checkCancellation()
        await Task.yield()
      }
    }

    func ended(_ count: Int) async throws {
      while ends.reasons.count < count {
        try Task.checkCancellation()
        await Task.yield()
      }
    }
  }

  /// Runs `body` against a server whose connections rest at once, unless `limits` say otherwise.
  private func house(
    _ change: (inout RPCLimits) -> Void = { _ in }, user: Bool = false, unix: Bool = false,
    block: [UInt8]? = nil, _ body: (House) async throws -> Void
  ) async throws {
    var limits = RPCLimits()
    limits.warmConnectionsMax = 0
    change(&limits)
    let tokens = Tokens(isUser: user)
    let tally = Tally()
    let ends = Ends()
    let server = RPCServer(
      methods: MethodTable(testMethods(tally)), authenticator: tokens, limits: limits,
      discover: Array("{}".utf8), observer: ends)
    let path = "/tmp/postroom-rest-\(UInt64.random(in: 0 ... .max)).sock"
    let listener = try Listener.bind(unix ? .unix(path: path) : .tcp(host: "127.0.0.1", port: 0))
    let running = Task {
      await listener.host(on: .shared) { stream in
        let peer = PeerInfo(
          text: stream.peer.description, uid: stream.unixPeerUID, isLoopback: true, addressBlock: block)
        guard let place = server.enter(peer) else { return nil }
        return await server.host(stream, peer: peer, place: place)
      }
    }
    let house = House(server: server, tokens: tokens, tally: tally, ends: ends, listener: listener)
    do {
      try await body(house)
    } catch {
      running.cancel()
      listener.close()
      await running.value
      throw error
    }
    // Ends although connections are open, at rest and not.
    running.cancel()
    listener.close()
    await running.value
    #expect(server.statistics.connectionsOpen == 0)
    #expect(server.statistics.connectionsAtRest == 0)
    #expect(server.statistics.callsInFlight == 0)
  }

  private func call(_ method: String, _ params: String = "{}", id: Int = 1) -> String {
    "{\"jsonrpc\":\"2.0\",\"id\":\(id),\"method\":\"\(method)\",\"params\":\(params)}"
  }

  private static func reason(_ answer: JSONValue?) -> String? { answer?["error"]?["data"]?["reason"]?.string }

  @Test(arguments: TestFraming.everyWay)
  func `a connection is taken up again from its rest as often as something comes`(_ framing: TestFraming)
    async throws
  {
    try await house { house in
      let client = try await house.dial()
      // Before its first octet it needs no task either.
      try await house.atRest(1)
      try await client.begin(framing)
      for (method, params, result) in [
        ("subtract", "{\"minuend\":5,\"subtrahend\":3}", "2"), ("sum", "[1,2,3]", "6"),
        ("sum", "[1,2,4]", "7"), ("subtract", "{\"minuend\":5,\"subtrahend\":4}", "1"),
      ] {
        try await house.atRest(1)
        try await client.send(framing.frame(call(method, params)))
        let answer = try await client.message(framing).map { try JSONValue(parsing: $0) }
        #expect(answer?["result"]?.text == result)
      }
      try await house.atRest(1)
      client.close()
      try await house.atRest(0)
      #expect(house.ends.reasons == ["the peer ended it"])
    }
  }

  @Test func `whoever comes with a message in pieces has a task until it is whole`() async throws {
    try await house { house in
      let client = try await house.dial()
      try await house.atRest(1)
      let text = call("sum", "[1,2]") + "\n"
      try await client.send(String(text.prefix(20)))
      try await house.atRest(0, of: 1)
      try await client.send(String(text.dropFirst(20)))
      #expect(try await client.value()?["result"]?.int == 3)
      try await house.atRest(1)
    }
  }

  @Test func `a stream and a call at work keep the task, and their end lets it go`() async throws {
    try await house { house in
      let client = try await house.dial()
      let opened = try await client.ask(call("endless"))
      let subscription = try #require(opened?["result"]?["subscription"]?.string)
      try await house.atRest(0, of: 1)
      try await client.send(
        "{\"jsonrpc\":\"2.0\",\"method\":\"rpc.cancel\",\"params\":{\"subscription\":\"\(subscription)\"}}\n")
      try await house.atRest(1)
      let other = try await house.dial()
      try await other.send(call("stubborn") + "\n")
      await house.tally.wait("stubborn began")
      try await house.atRest(1, of: 2)
      house.tally.add("let go")
      #expect(try await other.value()?["result"]?.string == "late")
      try await house.atRest(2)
    }
  }

  @Test func `who signed in is known after the rest, and so is the user of a Unix socket`() async throws {
    try await house { house in
      let (a, b) = (try await house.dial(), try await house.dial())
      _ = try await a.ask(call("session.open", "{\"token\":\"read\"}"))
      _ = try await b.ask(call("session.open", "{\"token\":\"all\"}"))
      try await house.atRest(2)
      #expect(try await a.ask(call("whoami"))?["result"]?.string == "tenant-of-read")
      #expect(try await b.ask(call("whoami"))?["result"]?.string == "tenant-of-all")
      try await house.atRest(2)
      #expect(try await a.ask(call("whoami"))?["result"]?.string == "tenant-of-read")
    }
    try await house(user: true, unix: true) { house in
      let client = try await house.dial()
      try await house.atRest(1)
      for _ in 0..<2 {
        #expect(try await client.ask(call("whoami"))?["result"]?.string == "tenant-of-all")
        try await house.atRest(1)
      }
    }
  }

  @Test func `a token that ends during the rest counts no longer`() async throws {
    try await house { house in
      let client = try await house.dial()
      _ = try await client.ask(call("session.open", "{\"token\":\"read\"}"))
      try await house.atRest(1)
      house.tokens.takeBack("read")
      await house.server.checkCredentials()
      #expect(Self.reason(try await client.ask(call("whoami"))) == "token.invalid")
      try await house.atRest(1)
      _ = try await client.ask(call("session.open", "{\"token\":\"all\"}"))
      try await house.atRest(1)
      #expect(try await client.ask(call("whoami"))?["result"]?.string == "tenant-of-all")
    }
  }

  @Test func `tokens that are not accepted are counted over rests`() async throws {
    try await house { house in
      let client = try await house.dial()
      for n in 1...5 {
        let answer = try await client.ask(call("session.open", "{\"token\":\"wrong\"}", id: n))
        #expect(Self.reason(answer) == "token.invalid")
        if n < 5 { try await house.atRest(1) }
      }
      #expect(try await client.line() == nil)
    }
  }

  @Test func `silence has its limits during the rest`() async throws {
    try await house { limits in
      limits.firstByteSeconds = 1
    } _: { house in
      let client = try await house.dial()
      try await house.atRest(1)
      #expect(try await client.line() == nil)
      try await house.ended(1)
      #expect(house.ends.reasons == ["the peer was too slow"])
    }
    for framing in TestFraming.everyWay {
      try await house { limits in
        limits.idleSeconds = 1
      } _: { house in
        let client = try await house.dial()
        try await client.begin(framing)
        try await client.send(framing.frame(call("sum", "[1]")))
        #expect(try await client.message(framing)?.contains("\"result\":1") == true)
        _ = try await client.rest()
        try await house.ended(1)
        #expect(house.ends.reasons == ["idle"])
      }
    }
  }

  @Test(arguments: TestFraming.everyWay) func `a server that goes away tells who rests`(
    _ framing: TestFraming
  )
    async throws
  {
    try await house { house in
      let client = try await house.dial()
      try await client.begin(framing)
      try await client.send(framing.frame(call("sum", "[1]", id: 77)))
      #expect(try await client.message(framing) != nil)
      try await house.atRest(1)
      let silent = try await house.dial()
      try await house.atRest(2)
      await house.server.goAway(by: .after(seconds: 20))
      if framing != .http {
        let last = try await client.message(framing).map { try JSONValue(parsing: $0) }
        #expect(last?["method"]?.string == "rpc.goaway")
        #expect(last?["params"]?["lastId"]?.int == 77)
      }
      _ = try await client.rest()
      #expect(try await silent.rest() == "")
      try await house.atRest(0)
    }
  }

  @Test func `who rests has its place among the connections of its address`() async throws {
    try await house({ $0.connectionsPerPeerMax = 1 }, block: [192, 0, 2, 1]) { house in
      let client = try await house.dial()
      _ = try await client.ask(call("sum", "[1]"))
      try await house.atRest(1)
      let second = try await house.dial()
      #expect(Self.reason(try await second.ask(call("sum", "[1]"))) == "limit.connectionsPerPeer")
      client.close()
      try await house.atRest(0)
      let third = try await house.dial()
      #expect(try await third.ask(call("sum", "[1]"))?["result"]?.int == 1)
    }
  }

  @Test func `some stay warm for a moment, and answer plain calls without a task`() async throws {
    try await house {
      $0.warmConnectionsMax = 1
      $0.warmMilliseconds = 300
    } _: { house in
      let (warm, cold) = (try await house.dial(), try await house.dial())
      _ = try await warm.ask(call("session.open", "{\"token\":\"read\"}"))
      try await house.atRest(1, of: 2)
      _ = try await cold.ask(call("session.open", "{\"token\":\"read\"}"))
      // The other's moment may be over already.
      for client in [warm, cold, warm, cold] {
        #expect(try await client.ask(call("whoami"))?["result"]?.string == "tenant-of-read")
        #expect(try await client.ask(call("sum", "[4,5]"))?["result"]?.int == 9)
      }
      try await house.atRest(2)
    }
  }

  @Test func `many come and go, at rest and not`() async throws {
    try await house({ $0.warmConnectionsMax = 3 }) { house in
      let kept = try await withThrowingTaskGroup(of: TestClient.self) { group in
        for n in 0..<60 {
          group.addTask {
            let client = try await house.dial()
            for round in 0..<4 {
              let sum = n + round
              #expect(try await client.ask(call("sum", "[\(n),\(round)]"))?["result"]?.int == Int64(sum))
              let one = try await client.ask(call("subtract", "{\"minuend\":\(n),\"subtrahend\":1}"))
              #expect(one?["result"]?.int == Int64(n - 1))
            }
            if n % 3 == 0 { client.close() }
            if n % 3 == 1 {
              // Its end comes together with its last call.
              try await client.send(call("sum", "[1]") + "\n")
              client.close()
            }
            return client
          }
        }
        return try await group.reduce(into: []) { $0.append($1) }
      }
      try await house.atRest(20)
      for client in kept { client.close() }
      try await house.atRest(0)
    }
  }
}

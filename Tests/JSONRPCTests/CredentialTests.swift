import Bytes
import JSON
import JSONRPC
import Synchronization
import Testing

/// Knows the token `kept`, and `lent-1` to `lent-9` and the certificate of nines until they are taken back.
private final class TakingBack: Authenticator {
  private let ended = Mutex<Set<String>>([])
  private let lookUps = Mutex(0)
  private let remembered = Mutex<[[UInt8]: Principal]>([:])

  func takeBack(_ credential: String) {
    _ = ended.withLock { $0.insert(credential) }
    remembered.withLock { $0 = $0.filter { $0.value.credential != credential } }
  }

  var lookUpsSoFar: Int { lookUps.withLock { $0 } }

  private func known(_ credential: String) -> Principal? {
    guard credential == "kept" || credential == "certificate" || credential.hasPrefix("lent-"),
      !ended.withLock({ $0.contains(credential) })
    else { return nil }
    return Principal(tenantID: credential, name: credential, scopes: ["read"], credential: credential)
  }

  func principal(token: [UInt8]) async -> Principal? {
    lookUps.withLock { $0 += 1 }
    let found = known(String(decoding: token, as: UTF8.self))
    if let found { remembered.withLock { $0[token] = found } }
    return found
  }

  func remembered(token: [UInt8]) -> Principal? { remembered.withLock { $0[token] } }

  func principal(peerUID: UInt32) async -> Principal? { nil }

  func principal(certificateDigest: [UInt8]) async -> Principal? {
    certificateDigest == certificate ? known("certificate") : nil
  }

  func stands(credential: String) async -> Bool { known(credential) != nil }
}

private let certificate = [UInt8](repeating: 9, count: 32)

private final class Events: RPCObserver {
  private let seen = Mutex<[String]>([])
  var all: [String] { seen.withLock { $0 } }
  private func note(_ text: String) { seen.withLock { $0.append(text) } }

  func connectionOpened(_ connectionID: UInt64, peer: PeerInfo) {}
  func connectionClosed(_ connectionID: UInt64, reason: String) {}
  func callEnded(_ report: CallReport) {}
  func protocolError(_ connectionID: UInt64, error: RPCError) {}
  func authenticationFailed(_ connectionID: UInt64, peer: PeerInfo) { note("refused") }
  func certificateUnknown(_ connectionID: UInt64, peer: PeerInfo) { note("unknown") }
  func credentialEnded(_ connectionID: UInt64, peer: PeerInfo) { note("ended") }
}

/// Tokens and certificates that are taken back while connections and calls work under them.
@Suite(.timeLimit(.minutes(1))) struct CredentialTests {
  private let authenticator = TakingBack()
  private let events = Events()

  private func call(_ method: String, _ params: String = "{}", id: Int = 1) -> String {
    "{\"jsonrpc\":\"2.0\",\"id\":\(id),\"method\":\"\(method)\",\"params\":\(params)}"
  }

  private func open(_ token: String) -> String { call("session.open", "{\"token\":\"\(token)\"}") }

  private func serve(
    certificate: [UInt8]? = nil,
    _ body: @escaping @Sendable (TestClient, RPCServer, Tally) async throws -> Void
  ) async throws {
    let box = Mutex<RPCServer?>(nil)
    let revoke = Method(
      name: "revoke", scope: "read", idempotent: true,
      handler: .call { [authenticator] _, context in
        authenticator.takeBack(context.principal?.name ?? "")
        let server = box.withLock { $0 }
        await server?.checkCredentials()
        return Array("\"revoked\"".utf8)
      })
    try await withServer(
      observer: events, methods: [revoke], authenticator: authenticator, certificateDigest: certificate
    ) { client, server, tally in
      box.withLock { $0 = server }
      defer { box.withLock { $0 = nil } }
      try await body(client, server, tally)
    }
  }

  private static func reason(_ answer: JSONValue?) -> String? { answer?["error"]?["data"]?["reason"]?.string }

  @Test func `a registered certificate needs no token, another one does`() async throws {
    try await serve(certificate: certificate) { client, _, _ async throws in
      #expect(try await client.ask(call("whoami"))?["result"]?.string == "certificate")
      _ = try await client.ask(open("kept"))
      #expect(try await client.ask(call("whoami"))?["result"]?.string == "kept")
    }
    #expect(events.all == [])
    try await serve(certificate: [UInt8](repeating: 8, count: 32)) { client, _, _ async throws in
      #expect(Self.reason(try await client.ask(call("whoami"))) == "session.required")
      _ = try await client.ask(open("kept"))
      #expect(try await client.ask(call("whoami"))?["result"]?.string == "kept")
    }
    #expect(events.all == ["unknown"])
  }

  @Test(arguments: [TestFraming.lines, .prefix, .header, .webSocket])
  func `what runs under a token that ends is answered so, and so is what comes behind`(_ framing: TestFraming)
    async throws
  {
    try await serve { client, server, tally async throws in
      try await client.begin(framing)
      func ask(_ json: String) async throws -> JSONValue? {
        try await client.send(framing.frame(json))
        return try await client.message(framing).map { try JSONValue(parsing: $0) }
      }
      _ = try await ask(open("lent-1"))
      _ = try await ask(call("endless", "{\"_meta\":{\"credit\":0}}", id: 2))
      try await client.send(framing.frame(call("wait", id: 3)))
      await tally.wait("wait began")
      await server.checkCredentials()
      #expect(try await ask(call("whoami", id: 4))?["result"]?.string == "lent-1")
      authenticator.takeBack("lent-1")
      await server.checkCredentials()
      var ends: [String] = []
      for _ in 0..<2 {
        let message = try await client.message(framing).map { try JSONValue(parsing: $0) }
        let error = message?["error"] ?? message?["params"]?["error"]
        #expect(error?["data"]?["reason"]?.string == "token.invalid")
        #expect(error?["data"]?["status"]?.string == "UNAUTHENTICATED")
        ends.append(message?["method"]?.string ?? "answer")
      }
      #expect(ends.sorted() == ["answer", "rpc.end"])
      await tally.wait("wait cancelled")
      // Said of each call, and as often as it is asked.
      for id in 5...6 { #expect(Self.reason(try await ask(call("whoami", id: id))) == "token.invalid") }
      #expect(Self.reason(try await ask(open("lent-1"))) == "token.invalid")
      _ = try await ask(open("lent-2"))
      #expect(try await ask(call("whoami"))?["result"]?.string == "lent-2")
      authenticator.takeBack("lent-2")
      await server.checkCredentials()
      #expect(Self.reason(try await ask(call("whoami"))) == "token.invalid")
    }
    #expect(events.all == ["ended", "refused", "ended"])
  }

  @Test func `only what runs under the token that ends is ended`() async throws {
    try await serve(certificate: certificate) { client, server, tally async throws in
      func wait(_ id: Int, _ token: String?) async throws {
        let meta = token.map { "{\"_meta\":{\"authorization\":\"Bearer \($0)\"}}" } ?? "{}"
        try await client.send(call("wait", meta, id: id) + "\n")
      }
      try await wait(1, "lent-1")
      try await wait(2, "lent-2")
      try await wait(3, nil)
      await tally.wait("wait began", 3)
      authenticator.takeBack("lent-1")
      await server.checkCredentials()
      let answer = try await client.value()
      #expect(answer?["id"]?.int == 1 && Self.reason(answer) == "token.invalid")
      #expect(try await client.ask(call("whoami", id: 4))?["result"]?.string == "certificate")
      authenticator.takeBack("certificate")
      await server.checkCredentials()
      let second = try await client.value()
      #expect(second?["id"]?.int == 3 && Self.reason(second) == "token.invalid")
      #expect(Self.reason(try await client.ask(call("whoami", id: 5))) == "token.invalid")
      #expect(server.statistics.callsInFlight == 1)
    }
  }

  @Test func `who takes back its own token has its answer`() async throws {
    try await serve { client, _, tally async throws in
      _ = try await client.ask(open("lent-1"))
      try await client.send(call("wait", id: 2) + "\n")
      await tally.wait("wait began")
      try await client.send(call("revoke", id: 3) + "\n")
      var answers: [Int64: JSONValue] = [:]
      for _ in 0..<2 {
        if let answer = try await client.value(), let id = answer["id"]?.int { answers[id] = answer }
      }
      #expect(Self.reason(answers[2]) == "token.invalid")
      #expect(answers[3]?["result"]?.string == "revoked")
      #expect(Self.reason(try await client.ask(call("whoami"))) == "token.invalid")
    }
  }

  @Test func `a token that ends while it is asked for again does not come back by itself`() async throws {
    try await serve { client, server, _ async throws in
      _ = try await client.ask(open("lent-1"))
      authenticator.takeBack("lent-1")
      await server.checkCredentials()
      // The two calls come in one piece, and the session is opened between them.
      try await client.send(
        call("whoami", id: 1) + "\n" + open("lent-3") + "\n" + call("whoami", id: 2) + "\n")
      #expect(Self.reason(try await client.value()) == "token.invalid")
      #expect(try await client.value()?["result"]?["name"]?.string == "lent-3")
      #expect(try await client.value()?["result"]?.string == "lent-3")
    }
  }

  @Test func `over HTTP a token is looked up once, and refused at once when it has ended`() async throws {
    @Sendable func request(_ token: String?, _ json: String) -> String {
      let own = token.map { "Authorization: Bearer \($0)\r\n" } ?? ""
      return "POST /rpc HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n\(own)"
        + "Content-Length: \(json.utf8.count)\r\n\r\n\(json)"
    }
    try await serve(certificate: certificate) { client, server, _ async throws in
      for _ in 0..<5 {
        try await client.send(request("lent-1", call("whoami")))
        #expect(try await client.response()?.body.contains("\"lent-1\"") == true)
      }
      #expect(authenticator.lookUpsSoFar == 1)
      try await client.send(request(nil, call("whoami")))
      #expect(try await client.response()?.body.contains("\"certificate\"") == true)
      authenticator.takeBack("lent-1")
      try await client.send(request("lent-1", call("whoami")))
      let refused = try await client.response()
      #expect(refused?.status == 401 && refused?.body.contains("token.invalid") == true)
    }
    try await serve(certificate: certificate) { client, server, _ async throws in
      try await client.send(request(nil, call("whoami")))
      #expect(try await client.response()?.body.contains("\"certificate\"") == true)
      authenticator.takeBack("certificate")
      await server.checkCredentials()
      try await client.send(request(nil, call("whoami")))
      #expect(try await client.response()?.body.contains("token.invalid") == true)
      try await client.send(request("kept", call("whoami")))
      #expect(try await client.response()?.body.contains("\"kept\"") == true)
    }
  }

  @Test func `the watch asks again and again, and ends when it is cancelled`() async throws {
    var limits = RPCLimits()
    limits.credentialCheckSeconds = 0
    let server = RPCServer(
      methods: MethodTable(testMethods(Tally())), authenticator: authenticator, limits: limits, discover: [])
    let (mine, theirs) = MemoryStream.pair(capacity: 1 << 16)
    try await withThrowingTaskGroup { group in
      group.addTask { await server.serve(theirs, peer: PeerInfo(text: "test")) }
      let watch = Task { await server.watchCredentials() }
      let client = TestClient(mine)
      _ = try await client.ask(open("lent-1"))
      _ = try await client.ask(call("endless", "{\"_meta\":{\"credit\":0}}"))
      authenticator.takeBack("lent-1")
      #expect(try await client.value()?["method"]?.string == "rpc.end")
      watch.cancel()
      await watch.value
      mine.close()
      try await group.waitForAll()
    }
  }
}

import Foundation
import Testing

/// Tokens that end while they are in use, over plain TCP.
@Suite(.timeLimit(.minutes(1))) struct TokenEndTests {
  private static let list = #"{"jsonrpc":"2.0","id":1,"method":"mailbox.list"}"#

  private static func ask(_ wire: Wire, _ method: String, _ params: [String: Any]) async throws -> [String:
    Any]
  {
    let call: [String: Any] = ["jsonrpc": "2.0", "id": 1, "method": method, "params": params]
    try await wire.send(String(decoding: try JSONSerialization.data(withJSONObject: call), as: UTF8.self))
    return try await wire.answer()
  }

  private static func reason(_ error: Any?) -> String? {
    ((error as? [String: Any])?["data"] as? [String: Any])?["reason"] as? String
  }

  /// A new token, and a connection that it has opened.
  private static func guest(_ server: Postroomd, _ owner: Wire, expiresAt: String? = nil) async throws
    -> (id: String, secret: String, wire: Wire)
  {
    var params: [String: Any] = ["name": "guest", "scopes": ["read"]]
    params["expiresAt"] = expiresAt
    let made = try await ask(owner, "token.create", params)
    guard let result = made["result"] as? [String: Any], let secret = result["secret"] as? String,
      let id = (result["token"] as? [String: Any])?["id"] as? String
    else { throw Failed("no token: \(made)") }
    let wire = try await Wire(tcp: server.tcp)
    guard try await ask(wire, "session.open", ["token": secret])["result"] != nil else {
      throw Failed("the token does not open a session")
    }
    return (id, secret, wire)
  }

  @Test func `a token ends on every connection, at once when revoked and within ten seconds when expired`()
    async throws
  {
    try await withStage { stage in
      let server = try await stage.bare("data")
      let owner = try await Wire(unix: server.unixPath)
      let quiet = try await Self.guest(server, owner)
      #expect(try await Self.ask(quiet.wire, "mailbox.list", [:])["result"] != nil)
      func curl(_ token: String) async throws -> String {
        try await Program.run(
          "/usr/bin/curl",
          [
            "-s", "--max-time", "10", "-o", "/dev/null", "-w", "%{http_code}", "-H",
            "Authorization: Bearer \(token)",
            "-H", "Content-Type: application/json", "-d", Self.list, "http://\(server.tcp)/rpc",
          ], folder: stage.folder
        ).output
      }
      #expect(try await curl(quiet.secret) == "200")
      #expect(try await Self.ask(owner, "token.revoke", ["tokenId": quiet.id])["result"] != nil)
      #expect(try await curl(quiet.secret) == "401")
      #expect(Self.reason(try await Self.ask(quiet.wire, "mailbox.list", [:])["error"]) == "token.invalid")
      #expect(Self.reason(try await Self.ask(quiet.wire, "rpc.ping", [:])["error"]) == "token.invalid")
      quiet.wire.close()

      // On a busy machine a second may be over before the token is in use: then it gets more.
      var (end, seconds) = (Date.now, 0.25)
      let brief = try await eventually("a token in use that ends soon", within: .seconds(30)) {
        () async throws -> (id: String, secret: String, wire: Wire)? in
        seconds *= 4
        end = Date(timeIntervalSinceNow: seconds)
        let text = end.formatted(Date.ISO8601FormatStyle(includingFractionalSeconds: true))
        guard let guest = try? await Self.guest(server, owner, expiresAt: text) else { return nil }
        if try await Self.ask(guest.wire, "events.subscribe", [:])["result"] != nil { return guest }
        guest.wire.close()
        return nil
      }
      let last = try await brief.wire.answer()
      #expect(last["method"] as? String == "rpc.end")
      #expect(Self.reason((last["params"] as? [String: Any])?["error"]) == "token.invalid")
      #expect(Date.now > end && Date.now.timeIntervalSince(end) < 10)
      #expect(Self.reason(try await Self.ask(brief.wire, "mailbox.list", [:])["error"]) == "token.invalid")
      brief.wire.close()
      owner.close()
      try await server.stop()
    }
  }
}

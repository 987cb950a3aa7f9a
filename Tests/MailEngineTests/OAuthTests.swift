import Foundation
import MailSim
import SASL
import Sealing
import Sockets
import Synchronization
import Testing

@testable import HTTPClient
@testable import MailEngine
@testable import MailStore

/// Mailboxes that sign in by access tokens (S2): against a token server and a mail server that takes no other.
@Suite(.timeLimit(.minutes(2)), .serialized) struct OAuthTests {
  /// The tokens that the provider has given, and which refresh token it takes.
  private final class Provider: Sendable {
    struct State {
      var refresh = "refresh-0"
      var count = 0
      var rotates = false
      var seconds = 3600
    }
    let state = Mutex(State())
    let server: TokenServer

    init() throws { server = try TokenServer() }

    /// Each access token is the user's only one from then on.
    func serve(_ stage: Stage) {
      server.answer { [self] path, form in
        guard path == "/token" else { return .error("invalid_request") }
        return state.withLock { s in
          if form["grant_type"] == "refresh_token" {
            guard form["refresh_token"] == s.refresh else { return .error("invalid_grant") }
          }
          s.count += 1
          if s.rotates { s.refresh = "refresh-\(s.count)" }
          let access = "access-\(s.count)"
          try? stage.sim.setPassword(access, of: "alice")
          return .tokens(
            access, refresh: s.rotates || form["code"] != nil ? s.refresh : nil, seconds: s.seconds)
        }
      }
    }

    var count: Int { state.withLock { $0.count } }
  }

  private static func run(_ body: (Stage, Provider) async throws -> Void) async throws {
    let provider = try Provider()
    let acme = try provider.server.provider()
    do {
      try await Stage.run(
        sim: { $0.messages = 20 },
        engine: {
          $0.webPolicy = .any
          $0.oauthProviders = ["acme": acme]
        }
      ) { stage in
        provider.serve(stage)
        try await body(stage, provider)
      }
    } catch {
      await provider.server.stop()
      throw error
    }
    await provider.server.stop()
  }

  private static func request(_ stage: Stage, _ access: MailboxAccess) -> ConnectRequest {
    var request = stage.connectRequest()
    request.access = access
    return request
  }

  private static let refreshToken = MailboxAccess.refreshToken(provider: "acme", Secret("refresh-0"))

  @Test func `a mailbox is connected by a refresh token, read, and sends`() async throws {
    try await Self.run { stage, provider in
      let mailbox = try await stage.engine.connect(Self.request(stage, Self.refreshToken))
      #expect(mailbox.oauthProvider == "acme")
      try await stage.live(mailbox.id)
      #expect(provider.count == 1)
      let asked = try #require(provider.server.requests.first)
      #expect(
        asked.form == [
          "grant_type": "refresh_token", "refresh_token": "refresh-0", "client_id": "postroom & co",
          "client_secret": "s3cret",
        ])
      #expect(stage.sim.commands.contains { $0.name.hasPrefix("AUTHENTICATE") })
      // Neither token is anywhere on disk as it is.
      for name in try FileManager.default.contentsOfDirectory(atPath: stage.dataFolder) {
        let octets = FileManager.default.contents(atPath: "\(stage.dataFolder)/\(name)") ?? Data()
        for secret in ["refresh-0", "access-1"] {
          #expect(octets.range(of: Data(secret.utf8)) == nil, "\(name)")
        }
      }
    }
  }

  @Test func `a token that the mail server takes no more is renewed at once, once for all who need it`()
    async throws
  {
    try await Self.run { stage, provider in
      let mailbox = try await stage.engine.connect(Self.request(stage, Self.refreshToken))
      try await stage.live(mailbox.id)
      // The provider has ended it before its time, and the connection with it.
      try stage.sim.setPassword("other", of: "alice")
      stage.sim.add(Fault(.imap, "LIST", .drop))
      try stage.engine.syncNow(mailbox.id)
      try await stage.until("it is renewed") { provider.count == 2 }
      try stage.deliver("after@renewal")
      try await stage.until("mail is read") { try await stage.mails("after@renewal").count == 1 }
      stage.sim.clearFaults()
      async let first = stage.engine.audit(mailbox.id, tenant: stage.tenant)
      async let second = stage.engine.audit(mailbox.id, tenant: stage.tenant)
      _ = try await (first, second)
      #expect(provider.count == 2)
    }
  }

  @Test func `a token is renewed before it ends`() async throws {
    try await Self.run { stage, provider in
      provider.state.withLock { $0.seconds = 2 }
      let mailbox = try await stage.engine.connect(Self.request(stage, Self.refreshToken))
      try await stage.live(mailbox.id)
      let before = provider.count
      try await Task.sleep(for: .milliseconds(1100))
      _ = try await stage.engine.audit(mailbox.id, tenant: stage.tenant)
      #expect(provider.count == before + 1)
      // Nobody was refused for it.
      #expect(stage.sim.commands.allSatisfy { !$0.rejected })
    }
  }

  @Test func `a rotated refresh token is kept, and the one before it until the new one is proven`()
    async throws
  {
    try await Self.run { stage, provider in
      provider.state.withLock { $0.rotates = true }
      let mailbox = try await stage.engine.connect(Self.request(stage, Self.refreshToken))
      #expect(try await stage.store.password(of: mailbox.id) == Array("refresh-1".utf8))
      #expect(try await stage.store.previousRefreshToken(of: mailbox.id) == nil)
      try await stage.live(mailbox.id)
      try await stage.restart(within: 5)
      try await stage.until("it is rotated") {
        try await stage.store.password(of: mailbox.id) == Array("refresh-2".utf8)
      }
      #expect(try await stage.store.previousRefreshToken(of: mailbox.id) == Array("refresh-1".utf8))
      try await stage.live(mailbox.id)
      // The answer with the next one was lost, and the provider goes on with the old one, as some do for a while.
      try await stage.store.rotateRefreshToken(
        of: mailbox.id, present: Array("refresh-2".utf8), keeping: Array("refresh-2".utf8),
        new: Array("never-given".utf8))
      // An answer to a question with another one changes nothing: somebody signed in anew meanwhile.
      try await stage.store.rotateRefreshToken(
        of: mailbox.id, present: Array("refresh-1".utf8), keeping: Array("refresh-1".utf8),
        new: Array("late".utf8))
      #expect(try await stage.store.password(of: mailbox.id) == Array("never-given".utf8))
      provider.state.withLock { $0.rotates = false }
      try await stage.restart(within: 5)
      try await stage.until("the old one is back") {
        try await stage.store.password(of: mailbox.id) == Array("refresh-2".utf8)
      }
      try await stage.restart(within: 5)
      try await stage.until("it is proven") {
        try await stage.store.previousRefreshToken(of: mailbox.id) == nil
      }
      try await stage.live(mailbox.id)
    }
  }

  @Test func `connections that need a token at the same time share one renewal`() async throws {
    try await Self.run { stage, provider in
      let mailbox = try await stage.engine.connect(Self.request(stage, Self.refreshToken))
      try await stage.live(mailbox.id)
      let tokens = try stage.engine.context.tokens
      tokens.forget(mailbox.id)
      // Slow enough that all ask before the first is answered.
      let asked = Watched(false)
      provider.server.answer { _, _ in
        asked.open()
        return .init(
          body: TokenServer.Answer.tokens("shared", refresh: nil).body, delayMilliseconds: 300)
      }
      let before = provider.server.requests.count
      let first = Task { try await tokens.credential(of: mailbox) }
      await asked.wait()
      let others = (0..<20).map { _ in Task { try await tokens.credential(of: mailbox) } }
      for task in [first] + others {
        #expect(try await task.value.secret.withBytes { $0 } == Array("shared".utf8))
      }
      #expect(provider.server.requests.count == before + 1)
    }
  }

  @Test(arguments: [
    "1e300", "-1", "0", "99999999999999999999", "\"3600\"", "\"x\"", "true", "null", "[]", "1.5", "-1e300",
  ])
  func `a provider may say anything of a token's life`(seconds: String) async throws {
    try await Self.run { stage, provider in
      provider.server.answer { _, _ in
        try? stage.sim.setPassword("any", of: "alice")
        return .init(body: "{\"access_token\":\"any\",\"expires_in\":\(seconds)}")
      }
      let mailbox = try await stage.engine.connect(Self.request(stage, Self.refreshToken))
      try await stage.live(mailbox.id)
    }
  }

  @Test func `access that was taken back stops the mailbox, says so, and signing in again goes on`()
    async throws
  {
    try await Self.run { stage, provider in
      let mailbox = try await stage.engine.connect(Self.request(stage, Self.refreshToken))
      try await stage.live(mailbox.id)
      provider.state.withLock { $0.refresh = "another" }
      try await stage.restart(within: 5)
      try await stage.until("it is told") { try await stage.mailbox(mailbox.id).reason == .accessRevoked }
      let stopped = try await stage.mailbox(mailbox.id)
      #expect(stopped.state == .disconnected && stopped.detail?.contains("invalid_grant") == true)
      try stage.deliver("meanwhile@gone")
      var again = ReconnectRequest()
      again.access = .refreshToken(provider: "acme", Secret("another"))
      _ = try await stage.engine.reconnect(mailbox.id, tenant: stage.tenant, again)
      try await stage.live(mailbox.id)
      try await stage.until("the gap is read") { try await stage.mails("meanwhile@gone").count == 1 }
      // And by a password from now on.
      try stage.sim.setPassword("plain", of: "alice")
      again.access = .password(Secret("plain"))
      let changed = try await stage.engine.reconnect(mailbox.id, tenant: stage.tenant, again)
      #expect(changed.oauthProvider == nil)
      try await stage.live(mailbox.id)
    }
  }

  static let troubles: [(String, TokenServer.Answer)] = [
    ("a server error", .init(status: 500, body: "oops")), ("too many requests", .error("slow", status: 429)),
    ("no answer", .init(hangsUp: true)), ("no JSON", .init(body: "<html>")),
    ("no token in it", .init(body: "{\"token_type\":\"Bearer\"}")),
    ("a client that is not known", .error("invalid_client", status: 401)),
  ]

  @Test(arguments: troubles)
  func `a provider in trouble is asked again, and the mailbox waits`(name: String, answer: TokenServer.Answer)
    async throws
  {
    try await Self.run { stage, provider in
      let mailbox = try await stage.engine.connect(Self.request(stage, Self.refreshToken))
      try await stage.live(mailbox.id)
      provider.server.answer { _, _ in answer }
      try await stage.restart(within: 5)
      try await stage.until("it waits") { try await stage.mailbox(mailbox.id).state == .retrying }
      #expect(try await stage.mailbox(mailbox.id).nextAttemptAt != nil)
      provider.serve(stage)
      try await stage.live(mailbox.id)
    }
  }

  // MARK: People on their way

  @Test func `a person comes back from the provider with a code, and the grant connects a mailbox once`()
    async throws
  {
    try await Self.run { stage, provider in
      let grants = try stage.engine.grants
      let begun = try grants.begin(
        stage.tenant, "acme", redirect: "https://crm.example/back?x=1", email: "alice@example.test")
      let query = try #require(URLComponents(string: begun.url)?.queryItems)
      func value(_ name: String) -> String? { query.first { $0.name == name }?.value }
      #expect(value("client_id") == "postroom & co" && value("response_type") == "code")
      #expect(value("redirect_uri") == "https://crm.example/back?x=1" && value("state") == begun.state)
      #expect(value("scope") == "mail offline_access" && value("login_hint") == "alice@example.test")
      #expect(value("code_challenge_method") == "S256")
      let other = try await stage.store.createTenant(name: "other", at: Timestamp(milliseconds: 0))
      await #expect(throws: OAuthGrants.Problem.unknown) {
        try await grants.complete(other.id, state: begun.state, code: "c0de")
      }
      let (id, _) = try await grants.complete(stage.tenant, state: begun.state, code: "c0de")
      let asked = try #require(provider.server.requests.last)
      #expect(asked.form["code"] == "c0de" && asked.form["redirect_uri"] == "https://crm.example/back?x=1")
      let verifier = try #require(asked.form["code_verifier"])
      #expect(verifier.utf8.count == 43)
      let digest = Data(Digest.sha256(Array(verifier.utf8))).base64EncodedString()
        .replacingOccurrences(of: "+", with: "-").replacingOccurrences(of: "/", with: "_")
        .replacingOccurrences(of: "=", with: "")
      #expect(value("code_challenge") == digest)
      // A state is good for one try.
      await #expect(throws: OAuthGrants.Problem.unknown) {
        try await grants.complete(stage.tenant, state: begun.state, code: "c0de")
      }
      let mailbox = try await stage.engine.connect(Self.request(stage, .grant(id)))
      try await stage.live(mailbox.id)
      await #expect(throws: EngineError.oauth(.unknown)) {
        var again = ReconnectRequest()
        again.access = .grant(id)
        _ = try await stage.engine.reconnect(mailbox.id, tenant: stage.tenant, again)
      }
    }
  }

  @Test func `a person types a code on another device`() async throws {
    try await Self.run { stage, provider in
      let polls = Mutex(0)
      provider.server.answer { path, form in
        if path == "/device" {
          return .init(
            body: """
              {"device_code":"dev","user_code":"WDJB-MJHT","verification_uri":"https://acme.example/go","expires_in":60,\
              "interval":1}
              """)
        }
        guard form["grant_type"] == "urn:ietf:params:oauth:grant-type:device_code",
          form["device_code"] == "dev"
        else {
          return .error("invalid_grant")
        }
        let count = polls.withLock { count in
          count += 1
          return count
        }
        if count == 1 { return .error("authorization_pending") }
        if count == 2 { return .init(status: 503, body: "") }
        try? stage.sim.setPassword("typed", of: "alice")
        return .tokens("typed", refresh: "refresh-0")
      }
      let grants = try stage.engine.grants
      let begun = try await grants.device(stage.tenant, "acme")
      #expect(begun.userCode == "WDJB-MJHT" && begun.verificationURL == "https://acme.example/go")
      #expect(throws: OAuthGrants.Problem.unknown) { try grants.tokens(stage.tenant, begun.grantID) }
      _ = try await grants.wait(stage.tenant, begun.grantID)
      #expect(polls.withLock { $0 } == 3)
      let mailbox = try await stage.engine.connect(Self.request(stage, .grant(begun.grantID)))
      try await stage.live(mailbox.id)
    }
  }

  @Test(arguments: [("access_denied", OAuthGrants.Problem.denied), ("expired_token", .unknown)])
  func `a person who says no, or nothing, is told`(code: String, problem: OAuthGrants.Problem) async throws {
    try await Self.run { stage, provider in
      provider.server.answer { path, _ in
        path == "/device"
          ? .init(
            body: """
              {"device_code":"dev","user_code":"A","verification_url":"https://acme.example/go","expires_in":"60",\
              "interval":"1"}
              """)
          : .error(code)
      }
      let grants = try stage.engine.grants
      let begun = try await grants.device(stage.tenant, "acme")
      await #expect(throws: problem) { try await grants.wait(stage.tenant, begun.grantID) }
      await #expect(throws: OAuthGrants.Problem.unknown) {
        try await grants.wait(stage.tenant, begun.grantID)
      }
    }
  }

  @Test func `what cannot be begun is refused in words`() async throws {
    try await Self.run { stage, _ in
      let grants = try stage.engine.grants
      #expect(throws: OAuthGrants.Problem.providerUnknown) {
        try grants.begin(stage.tenant, "nobody", redirect: "https://a/", email: nil)
      }
      #expect(throws: OAuthGrants.Problem.redirectInvalid) {
        try grants.begin(stage.tenant, "acme", redirect: "javascript:x", email: nil)
      }
      await #expect(throws: EngineError.oauth(.providerUnknown)) {
        _ = try await stage.engine.connect(
          Self.request(stage, .refreshToken(provider: "nobody", Secret("x"))))
      }
      await #expect(
        throws: EngineError.oauth(.failed(.refused(code: "invalid_grant", words: "It says so.")))
      ) {
        _ = try await stage.engine.connect(Self.request(stage, .refreshToken(provider: "acme", Secret("x"))))
      }
      #expect(try await stage.store.mailboxes(tenant: stage.tenant).isEmpty)
    }
  }
}

internal import HTTPClient
package import MailStore
internal import SASL
internal import Sealing
internal import Synchronization

/// What a provider has granted and no mailbox has yet: people on their way through its pages, and tokens that wait to be
/// used. In memory only, for some minutes, and only their tenant's.
package final class OAuthGrants: Sendable {
  package struct Authorization: Sendable, Hashable {
    /// Where to send the person.
    package var url: String
    /// Comes back with the code.
    package var state: String
    package var expiresAt: Timestamp
  }

  package struct Device: Sendable, Hashable {
    package var grantID: String
    /// What the person types at ``verificationURL``.
    package var userCode: String
    package var verificationURL: String
    /// The same with the code in it.
    package var completeURL: String?
    package var expiresAt: Timestamp
  }

  package enum Problem: Error, Sendable, Hashable {
    case providerUnknown
    /// The provider has no such page, or none is configured.
    case notOffered
    case redirectInvalid
    /// No such state or grant of this tenant, or its time is over.
    case unknown
    /// The person said no.
    case denied
    /// The provider gave no refresh token.
    case noRefreshToken
    case tooMany(Int)
    case failed(OAuthFailure)
  }

  private struct Flow {
    var tenant: TenantID
    var provider: String
    var redirect: String
    var verifier: String
    var endsAt: Int64
  }

  private struct Grant {
    var tenant: TenantID
    var provider: String
    var endsAt: Int64
    var device: OAuthClient.DeviceCode?
    var tokens: OAuthClient.Tokens?
    var mayPollAt: Int64 = 0
  }

  private struct State {
    var flows: [String: Flow] = [:]
    var grants: [String: Grant] = [:]
  }

  private let providers: [String: OAuthProvider]
  private let client: OAuthClient
  private let clock: any EngineClock
  private let state = Mutex(State())

  init(providers: [String: OAuthProvider], client: OAuthClient, clock: any EngineClock) {
    self.providers = providers
    self.client = client
    self.clock = clock
  }

  private static let flowSeconds: Int64 = 900
  private static let grantSeconds: Int64 = 900
  /// Of one tenant at a time.
  private static let openMax = 1000

  /// By name, with which ways each has.
  package var all: [(name: String, authorization: Bool, device: Bool)] {
    providers.values.map { ($0.name, $0.authorizationEndpoint != nil, $0.deviceEndpoint != nil) }
      .sorted { $0.name < $1.name }
  }

  func provider(named name: String) throws(Problem) -> OAuthProvider {
    guard let provider = providers[name] else { throw .providerUnknown }
    return provider
  }

  func refresh(_ provider: OAuthProvider, _ token: Secret) async throws(OAuthFailure) -> OAuthClient.Tokens {
    try await client.refresh(provider, token)
  }

  /// Begins the authorization code flow with PKCE (RFC 6749 §4.1, RFC 7636).
  ///
  /// - Parameters:
  ///   - redirect: where the provider sends the person back to, with `code` and `state`; registered there.
  ///   - email: told to the provider, so that the person need not choose an account.
  package func begin(
    _ tenant: TenantID, _ name: String, redirect: String, email: String?
  ) throws(Problem) -> Authorization {
    let provider = try provider(named: name)
    guard let endpoint = provider.authorizationEndpoint else { throw .notOffered }
    guard WebAddress(redirect) != nil else { throw .redirectInvalid }
    let verifier = Self.secret(), stateText = Self.secret()
    let challenge = Self.base64URL(Digest.sha256(Array(verifier.utf8)))
    var parameters = [
      ("response_type", "code"), ("client_id", provider.clientID), ("redirect_uri", redirect),
      ("scope", provider.scopes.joined(separator: " ")), ("state", stateText), ("code_challenge", challenge),
      ("code_challenge_method", "S256"),
    ]
    if let email { parameters.append(("login_hint", email)) }
    parameters += provider.parameters.map { ($0.name, $0.value) }
    let now = clock.uptimeMilliseconds
    let flow = Flow(
      tenant: tenant, provider: name, redirect: redirect, verifier: verifier,
      endsAt: now + Self.flowSeconds * 1000)
    try keep(tenant) { $0.flows[stateText] = flow }
    let query = FormEncoding.text(parameters)
    return Authorization(
      url: endpoint.description + (endpoint.target.contains("?") ? "&" : "?") + query, state: stateText,
      expiresAt: clock.now.adding(seconds: Self.flowSeconds))
  }

  /// Ends it with what came back. A state is good for one try.
  /// - Returns: the grant's id, for ``MailEngine/connect(_:watcher:)``.
  package func complete(
    _ tenant: TenantID, state stateText: String, code: String
  ) async throws(Problem) -> (id: String, expiresAt: Timestamp) {
    let now = clock.uptimeMilliseconds
    let flow = state.withLock { s -> Flow? in
      guard let flow = s.flows[stateText], flow.tenant == tenant else { return nil }
      s.flows[stateText] = nil
      return flow.endsAt > now ? flow : nil
    }
    guard let flow else { throw .unknown }
    let provider = try provider(named: flow.provider)
    let tokens: OAuthClient.Tokens
    do throws(OAuthFailure) {
      tokens = try await client.exchange(
        provider, code: code, redirect: flow.redirect, verifier: flow.verifier)
    } catch { throw .failed(error) }
    guard tokens.refresh != nil else { throw .noRefreshToken }
    let id = "og_" + Self.secret()
    let grant = Grant(
      tenant: tenant, provider: flow.provider, endsAt: now + Self.grantSeconds * 1000, tokens: tokens)
    try keep(tenant) { $0.grants[id] = grant }
    return (id, clock.now.adding(seconds: Self.grantSeconds))
  }

  /// Begins the device flow (RFC 8628): the person types a code at the provider's page, on any device.
  package func device(_ tenant: TenantID, _ name: String) async throws(Problem) -> Device {
    let provider = try provider(named: name)
    guard let endpoint = provider.deviceEndpoint else { throw .notOffered }
    let code: OAuthClient.DeviceCode
    do throws(OAuthFailure) { code = try await client.device(provider, endpoint) } catch {
      throw .failed(error)
    }
    let now = clock.uptimeMilliseconds
    let id = "og_" + Self.secret()
    let grant = Grant(
      tenant: tenant, provider: name, endsAt: now + code.seconds * 1000, device: code,
      mayPollAt: now + code.interval * 1000)
    try keep(tenant) { $0.grants[id] = grant }
    return Device(
      grantID: id, userCode: code.userCode, verificationURL: code.verificationURL,
      completeURL: code.completeURL,
      expiresAt: clock.now.adding(seconds: code.seconds))
  }

  /// Waits until the person has said yes or no, the code's time is over, or the task is cancelled.
  package func wait(_ tenant: TenantID, _ id: String) async throws(Problem) -> Timestamp {
    while true {
      let now = clock.uptimeMilliseconds
      let found = state.withLock { s -> Grant? in
        guard let grant = s.grants[id], grant.tenant == tenant, grant.endsAt > now else { return nil }
        return grant
      }
      guard let grant = found else { throw .unknown }
      if grant.tokens != nil {
        return Timestamp(milliseconds: clock.now.milliseconds + grant.endsAt - now)
      }
      guard let device = grant.device, !Task.isCancelled else { throw .unknown }
      // Whoever polls first keeps others from it for an interval.
      let wait = state.withLock { s -> Int64 in
        let wait = (s.grants[id]?.mayPollAt ?? now) - now
        if wait <= 0 { s.grants[id]?.mayPollAt = now + device.interval * 1000 }
        return wait
      }
      if wait > 0 {
        await clock.sleep(milliseconds: wait)
        continue
      }
      let provider = try provider(named: grant.provider)
      let answer: Result<OAuthClient.Tokens, OAuthFailure>
      do throws(OAuthFailure) { answer = .success(try await client.poll(provider, device)) } catch {
        answer = .failure(error)
      }
      switch answer {
      case .success(let tokens):
        guard tokens.refresh != nil else {
          forget(id)
          throw .noRefreshToken
        }
        let ends = clock.uptimeMilliseconds + Self.grantSeconds * 1000
        update(id) { ($0.tokens, $0.endsAt) = (tokens, ends) }
      case .failure(let failure): try settle(failure, id)
      }
    }
  }

  private func settle(_ failure: OAuthFailure, _ id: String) throws(Problem) {
    switch failure {
    case .refused(code: "authorization_pending", _): return
    case .refused(code: "slow_down", _):
      update(id) { grant in
        grant.device?.interval += 5
        grant.mayPollAt += 5000
      }
    case .refused(code: "access_denied", _):
      forget(id)
      throw .denied
    case .refused(code: "expired_token", _):
      forget(id)
      throw .unknown
    // Later.
    case .unavailable: return
    case .refused, .malformed:
      forget(id)
      throw .failed(failure)
    }
  }

  private func update(_ id: String, _ change: (inout Grant) -> Void) {
    state.withLock { s in
      guard var grant = s.grants[id] else { return }
      change(&grant)
      s.grants[id] = grant
    }
  }

  private func forget(_ id: String) { state.withLock { $0.grants[id] = nil } }

  /// The tokens of a grant; it stays, in case that connecting fails.
  func tokens(_ tenant: TenantID, _ id: String) throws(Problem) -> (
    provider: String, tokens: OAuthClient.Tokens
  ) {
    let now = clock.uptimeMilliseconds
    let grant = state.withLock { $0.grants[id] }
    guard let grant, grant.tenant == tenant, grant.endsAt > now, let tokens = grant.tokens else {
      throw .unknown
    }
    return (grant.provider, tokens)
  }

  /// It belongs to a mailbox now.
  func use(_ id: String) { forget(id) }

  private func keep(_ tenant: TenantID, _ add: (inout State) -> Void) throws(Problem) {
    let now = clock.uptimeMilliseconds
    let isFull = state.withLock { s in
      s.flows = s.flows.filter { $1.endsAt > now }
      s.grants = s.grants.filter { $1.endsAt > now }
      let open = s.flows.values.count { $0.tenant == tenant } + s.grants.values.count { $0.tenant == tenant }
      guard open < Self.openMax else { return true }
      add(&s)
      return false
    }
    if isFull { throw .tooMany(Self.openMax) }
  }

  /// 256 random bits, 43 characters (RFC 7636 §4.1).
  private static func secret() -> String { base64URL(Digest.randomBytes(32)) }

  private static func base64URL(_ octets: [UInt8]) -> String {
    let digits = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_".utf8)
    var out: [UInt8] = []
    var index = 0
    while index < octets.count {
      let rest = min(octets.count - index, 3)
      var bits = 0
      for offset in 0..<3 { bits = bits << 8 | (offset < rest ? Int(octets[index + offset]) : 0) }
      for offset in 0...rest { out.append(digits[bits >> (18 - 6 * offset) & 63]) }
      index += 3
    }
    return String(decoding: out, as: UTF8.self)
  }
}

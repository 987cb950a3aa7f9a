internal import Foundation
package import HTTPClient
package import SASL

/// Who gives access tokens (RFC 6749), and what an operator has registered there.
package struct OAuthProvider: Sendable {
  /// A word of letters, digits and hyphens.
  package var name: String
  package var tokenEndpoint: WebAddress
  /// nil where people cannot be sent to.
  package var authorizationEndpoint: WebAddress?
  /// RFC 8628; nil where there is none.
  package var deviceEndpoint: WebAddress?
  package var clientID: String
  /// nil for a public client.
  package var clientSecret: Secret?
  package var scopes: [String]
  /// More parameters of the authorization request.
  package var parameters: [(name: String, value: String)] = []

  package init(
    name: String, tokenEndpoint: WebAddress, authorizationEndpoint: WebAddress?, deviceEndpoint: WebAddress?,
    clientID: String, clientSecret: Secret?, scopes: [String],
    parameters: [(name: String, value: String)] = []
  ) {
    self.name = name
    self.tokenEndpoint = tokenEndpoint
    self.authorizationEndpoint = authorizationEndpoint
    self.deviceEndpoint = deviceEndpoint
    self.clientID = clientID
    self.clientSecret = clientSecret
    self.scopes = scopes
    self.parameters = parameters
  }

  /// What is known of a provider besides what its operator has registered.
  package struct Facts: Sendable {
    package var token: String
    package var authorization: String
    package var device: String?
    package var scopes: [String]
    package var parameters: [(name: String, value: String)] = []
  }

  /// By name. Google gives a refresh token only when offline access is asked for, and again only with consent.
  package static let known: [String: Facts] = [
    "google": Facts(
      token: "https://oauth2.googleapis.com/token",
      authorization: "https://accounts.google.com/o/oauth2/v2/auth",
      // Its device flow does not give mail's scope.
      device: nil, scopes: ["https://mail.google.com/"],
      parameters: [("access_type", "offline"), ("prompt", "consent")]),
    "microsoft": Facts(
      token: "https://login.microsoftonline.com/common/oauth2/v2.0/token",
      authorization: "https://login.microsoftonline.com/common/oauth2/v2.0/authorize",
      device: "https://login.microsoftonline.com/common/oauth2/v2.0/devicecode",
      scopes: [
        "https://outlook.office.com/IMAP.AccessAsUser.All", "https://outlook.office.com/SMTP.Send",
        "offline_access",
      ]),
    "yahoo": Facts(
      token: "https://api.login.yahoo.com/oauth2/get_token",
      authorization: "https://api.login.yahoo.com/oauth2/request_auth", device: nil, scopes: ["mail-w"]),
  ]
}

/// Why a provider gave no token.
package enum OAuthFailure: Error, Sendable, Hashable {
  /// Its word (RFC 6749 §5.2, RFC 8628 §3.5), such as `invalid_grant`, and what it says to it.
  case refused(code: String, words: String)
  /// It could not be asked, or has trouble of its own: later.
  case unavailable(String)
  /// What it answered is no answer of a token endpoint.
  case malformed(String)

  /// The refresh token, or the code, is good no more.
  var isInvalidGrant: Bool {
    if case .refused(let code, _) = self { return code == "invalid_grant" }
    return false
  }
}

/// Asks a provider's endpoints.
struct OAuthClient: Sendable {
  struct Tokens: Sendable {
    var access: Secret
    /// Of the access token; nil when it does not say.
    var seconds: Int64?
    /// nil: the one that was used goes on.
    var refresh: Secret?
  }

  struct DeviceCode: Sendable {
    var code: Secret
    var userCode: String
    var verificationURL: String
    /// With the code in it.
    var completeURL: String?
    var seconds: Int64
    var interval: Int64
  }

  /// Opens a connection to a host, guarded and verified.
  let dial: @Sendable (WebAddress, _ seconds: Int64) async throws(OAuthFailure) -> HTTPConnection
  private static let secondsMax: Int64 = 30

  func refresh(_ provider: OAuthProvider, _ token: Secret) async throws(OAuthFailure) -> Tokens {
    try await tokens(provider, [("grant_type", "refresh_token"), ("refresh_token", Self.text(token))])
  }

  func exchange(
    _ provider: OAuthProvider, code: String, redirect: String, verifier: String
  ) async throws(OAuthFailure) -> Tokens {
    try await tokens(
      provider,
      [
        ("grant_type", "authorization_code"), ("code", code), ("redirect_uri", redirect),
        ("code_verifier", verifier),
      ])
  }

  func poll(_ provider: OAuthProvider, _ code: DeviceCode) async throws(OAuthFailure) -> Tokens {
    try await tokens(
      provider,
      [("grant_type", "urn:ietf:params:oauth:grant-type:device_code"), ("device_code", Self.text(code.code))])
  }

  func device(_ provider: OAuthProvider, _ endpoint: WebAddress) async throws(OAuthFailure) -> DeviceCode {
    let answer = try await ask(
      endpoint, [("client_id", provider.clientID), ("scope", provider.scopes.joined(separator: " "))])
    guard let code = answer["device_code"] as? String, let user = answer["user_code"] as? String,
      let url = (answer["verification_uri"] ?? answer["verification_url"]) as? String, Self.isShown(user),
      WebAddress(url) != nil
    else { throw .malformed("no device_code, user_code and verification_uri") }
    let complete = (answer["verification_uri_complete"] as? String).flatMap {
      WebAddress($0) == nil ? nil : $0
    }
    return DeviceCode(
      code: Secret(code), userCode: user, verificationURL: url, completeURL: complete,
      seconds: min(max(Self.number(answer["expires_in"]) ?? 600, 30), 3600),
      interval: min(max(Self.number(answer["interval"]) ?? 5, 1), 60))
  }

  private func tokens(
    _ provider: OAuthProvider, _ parameters: [(String, String)]
  ) async throws(OAuthFailure) -> Tokens {
    var all = parameters + [("client_id", provider.clientID)]
    if let secret = provider.clientSecret { all.append(("client_secret", Self.text(secret))) }
    let answer = try await ask(provider.tokenEndpoint, all)
    guard let access = answer["access_token"] as? String, !access.isEmpty, access.utf8.count <= 16_384,
      access.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F })
    else { throw .malformed("no access_token") }
    let type = (answer["token_type"] as? String)?.lowercased()
    guard type == nil || type == "bearer" else { throw .malformed("token_type is not Bearer") }
    let refresh = (answer["refresh_token"] as? String).flatMap {
      $0.isEmpty || $0.utf8.count > 16_384 ? nil : $0
    }
    return Tokens(
      access: Secret(access), seconds: Self.number(answer["expires_in"]), refresh: refresh.map { Secret($0) })
  }

  private func ask(
    _ address: WebAddress, _ parameters: [(String, String)]
  ) async throws(OAuthFailure) -> [String: Any] {
    let connection = try await dial(address, Self.secondsMax)
    let request = HTTPRequest(
      "POST", address,
      fields: [("Content-Type", "application/x-www-form-urlencoded"), ("Accept", "application/json")],
      body: Array(FormEncoding.text(parameters).utf8))
    var limits = HTTPLimits()
    limits.bodyOctetsMax = 256 << 10
    let answer: HTTPAnswer
    do throws(HTTPExchange.Failure) {
      answer = try await HTTPExchange.run(
        request, over: connection.stream, limits: limits, deadline: connection.deadline)
    } catch {
      switch error {
      case .stream(let inner): throw .unavailable("\(address.host): \(inner)")
      case .http(let inner): throw .malformed("\(address.host): \(inner)")
      }
    }
    let object = (try? JSONSerialization.jsonObject(with: Data(answer.body))) as? [String: Any]
    if answer.status == 200 {
      guard let object else { throw .malformed("\(address.host): no JSON object") }
      return object
    }
    // 429 and 5xx say nothing of the token.
    guard (400..<500).contains(answer.status), answer.status != 429, answer.status != 408,
      let code = object?["error"] as? String
    else { throw .unavailable("\(address.host): HTTP status \(answer.status)") }
    let words = (object?["error_description"] as? String) ?? ""
    throw .refused(code: Self.shown(code, 100), words: Self.shown(words, 300))
  }

  private static func text(_ secret: Secret) -> String {
    secret.withBytes { String(decoding: $0, as: UTF8.self) }
  }

  private static func number(_ value: Any?) -> Int64? {
    if let number = value as? NSNumber { return number.int64Value }
    return (value as? String).flatMap { Int64($0) }
  }

  private static func isShown(_ text: String) -> Bool {
    !text.isEmpty && text.utf8.count <= 100
      && text.unicodeScalars.allSatisfy { $0.value >= 0x20 && $0.value != 0x7F }
  }

  private static func shown(_ text: String, _ max: Int) -> String {
    String(
      String.UnicodeScalarView(
        text.unicodeScalars.prefix(max).filter { $0.value >= 0x20 && $0.value != 0x7F }))
  }
}

/// application/x-www-form-urlencoded (RFC 6749, appendix B), and queries.
enum FormEncoding {
  static func text(_ parameters: [(String, String)]) -> String {
    parameters.map { "\(escaped($0.0))=\(escaped($0.1))" }.joined(separator: "&")
  }

  static func escaped(_ text: String) -> String {
    let digits = Array("0123456789ABCDEF".utf8)
    var out: [UInt8] = []
    for byte in text.utf8 {
      switch byte {
      case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x2D, 0x2E, 0x5F, 0x7E: out.append(byte)
      default: out += [0x25, digits[Int(byte >> 4)], digits[Int(byte & 15)]]
      }
    }
    return String(decoding: out, as: UTF8.self)
  }
}

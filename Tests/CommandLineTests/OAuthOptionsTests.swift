import HTTPClient
import SASL
import Testing

@testable import MailEngine
@testable import postroomd

/// The file of providers of access tokens.
@Suite struct OAuthOptionsTests {
  private static func read(_ yaml: String) throws -> [String: OAuthProvider] {
    try OAuthOptions.providers(yaml) { path in
      guard path == "a.secret" else { throw SettingsError(description: "\(path) is not there") }
      return Secret("s")
    }
  }

  @Test func `a known provider needs what was registered there, and another one its endpoints`() throws {
    let all = try Self.read(
      """
      google:
        client-id: g
        client-secret-file: a.secret
      acme:
        client-id: p
        token-endpoint: https://login.acme.example/token
        scopes: [mail, offline]
      local:
        client-id: p
        token-endpoint: http://127.0.0.1:8080/token
        device-endpoint: http://localhost:8080/device
        scopes: mail
      """)
    #expect(Set(all.keys) == ["google", "acme", "local"])
    #expect(all["google"]?.tokenEndpoint.description == "https://oauth2.googleapis.com/token")
    #expect(all["google"]?.clientSecret != nil && all["google"]?.scopes == ["https://mail.google.com/"])
    #expect(all["google"]?.parameters.contains { $0.name == "access_type" } == true)
    #expect(all["acme"]?.authorizationEndpoint == nil && all["acme"]?.scopes == ["mail", "offline"])
    #expect(all["local"]?.deviceEndpoint?.description == "http://localhost:8080/device")
    for (name, facts) in OAuthProvider.known {
      for text in [facts.token, facts.authorization, facts.device].compactMap({ $0 }) {
        #expect(WebAddress(text)?.isSecure == true, "\(name)")
      }
    }
  }

  static let wrong: [(String, String)] = [
    ("[]", "names of providers"), ("a: [", "no YAML"), ("Acme: {client-id: x}", "no name of a provider"),
    ("acme: x", "expected keys"), ("acme: {client-idd: x}", "'client-idd' is no key"),
    ("google: {}", "client-id is missing"), ("acme: {client-id: x}", "token-endpoint is missing"),
    ("acme: {client-id: x, token-endpoint: 'https://a/t'}", "scopes is missing"),
    ("acme: {client-id: x, token-endpoint: 'http://a.example/t', scopes: m}", "no https URL"),
    ("google: {client-id: 5}", "client-id is a text"),
    ("google: {client-id: x, client-secret-file: gone}", "gone is not there"),
  ]

  @Test(arguments: wrong) func `what cannot be used is named`(yaml: String, words: String) {
    do {
      _ = try Self.read(yaml)
      Issue.record("taken: \(yaml)")
    } catch {
      #expect("\(error)".contains(words), "\(error)")
    }
  }
}

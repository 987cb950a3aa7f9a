import ArgumentParser
import Foundation
import HTTPClient
import MailEngine
import SASL
import Sealing
import Yams

/// Who gives access tokens, as a file has it: names of providers, and below each what was registered there.
struct OAuthOptions: ParsableArguments {
  @Option(
    name: .customLong("oauth"),
    help: ArgumentHelp(
      "Providers of access tokens in YAML: below the name of each client-id, client-secret-file and, for others than "
        + "google, microsoft and yahoo, token-endpoint, authorization-endpoint, device-endpoint and scopes.",
      valueName: "file"))
  var file: String?

  func providers() throws -> [String: OAuthProvider] {
    guard let file else { return [:] }
    guard let data = FileManager.default.contents(atPath: file), data.count <= 1 << 20,
      let text = String(data: data, encoding: .utf8)
    else { throw StartFailure(status: 78, message: "\(file), named by --oauth, cannot be read.") }
    do {
      return try Self.providers(text) { path in
        let path =
          path.hasPrefix("/") ? path : URL(filePath: file).deletingLastPathComponent().path + "/" + path
        do throws(SealingError) { return Secret(bytes: try MasterKey.passphrase(path: path)) } catch {
          throw SettingsError(
            description: error.message.replacingOccurrences(of: "the master key file", with: "the file"))
        }
      }
    } catch let error as SettingsError {
      throw StartFailure(status: 78, message: "\(file): \(error.description)")
    }
  }

  private static let keys: Set<String> = [
    "client-id", "client-secret-file", "token-endpoint", "authorization-endpoint", "device-endpoint",
    "scopes",
  ]

  static func providers(
    _ yaml: String, secret: (String) throws -> Secret
  ) throws -> [String: OAuthProvider] {
    let root: Any?
    do { root = try Yams.load(yaml: yaml) } catch {
      throw SettingsError(description: "this is no YAML: \(error)")
    }
    guard let root = root as? [String: Any] else {
      throw SettingsError(description: "expected the names of providers, with a mapping below each.")
    }
    var all: [String: OAuthProvider] = [:]
    for (name, value) in root.sorted(by: { $0.key < $1.key }) {
      guard name.utf8.count <= 64, name.range(of: "^[a-z0-9][a-z0-9-]*$", options: .regularExpression) != nil
      else {
        throw SettingsError(
          description: "'\(name)' is no name of a provider: small letters, digits and hyphens.")
      }
      guard let members = value as? [String: Any] else {
        throw SettingsError(description: "\(name): expected keys such as client-id below it.")
      }
      if let unknown = members.keys.sorted().first(where: { !keys.contains($0) }) {
        throw SettingsError(
          description:
            "\(name): '\(unknown)' is no key here. There are \(keys.sorted().joined(separator: ", ")).")
      }
      all[name] = try provider(name, members, secret)
    }
    return all
  }

  private static func provider(
    _ name: String, _ members: [String: Any], _ secret: (String) throws -> Secret
  ) throws -> OAuthProvider {
    let facts = OAuthProvider.known[name]
    func text(_ key: String) throws -> String? {
      guard let value = members[key] else { return nil }
      guard let text = value as? String, !text.isEmpty else {
        throw SettingsError(description: "\(name): \(key) is a text.")
      }
      return text
    }
    func endpoint(_ key: String, _ known: String?) throws -> WebAddress? {
      guard let text = try text(key) ?? known else { return nil }
      guard let address = WebAddress(text),
        address.isSecure || ["127.0.0.1", "::1", "localhost"].contains(address.host)
      else {
        throw SettingsError(description: "\(name): \(key) '\(text)' is no https URL.")
      }
      return address
    }
    guard let client = try text("client-id") else {
      throw SettingsError(description: "\(name): client-id is missing: register this server there first.")
    }
    guard let token = try endpoint("token-endpoint", facts?.token) else {
      throw SettingsError(
        description: "\(name): token-endpoint is missing; only google, microsoft and yahoo are known.")
    }
    let one = try (members["scopes"] is String ? text("scopes") : nil).map { [$0] }
    let scopes = members["scopes"] as? [String] ?? one ?? facts?.scopes ?? []
    guard !scopes.isEmpty else { throw SettingsError(description: "\(name): scopes is missing.") }
    return OAuthProvider(
      name: name, tokenEndpoint: token,
      authorizationEndpoint: try endpoint("authorization-endpoint", facts?.authorization),
      deviceEndpoint: try endpoint("device-endpoint", facts?.device), clientID: client,
      clientSecret: try text("client-secret-file").map { try secret($0) }, scopes: scopes,
      parameters: facts?.parameters ?? [])
  }
}

internal import Bytes
package import JSONRPC
package import MailEngine
package import MailStore
internal import Sealing

/// Who stands behind a token or a client certificate, and behind the user who runs the server.
package struct StoreAuthenticator: Authenticator {
  private let store: any MailStoring
  private let clock: any EngineClock
  private let ownerUID: UInt32
  private let ownerTenant: TenantID
  private let cache = CallerCache()

  /// - Parameters:
  ///   - ownerUID: the user of the machine who needs no token on the Unix socket.
  ///   - ownerTenant: the tenant that user works for.
  package init(store: any MailStoring, clock: any EngineClock, ownerUID: UInt32, ownerTenant: TenantID) {
    self.store = store
    self.clock = clock
    self.ownerUID = ownerUID
    self.ownerTenant = ownerTenant
    store.onTokensDeleted { [cache] in cache.forgetAll() }
  }

  package static let allScopes: Set<String> = ["read", "send", "manage", "purge", "admin"]

  package func principal(token: [UInt8]) async -> Principal? {
    let generation = cache.generation
    guard let row = await row(.secret(digest: Digest.sha256(token))) else { return nil }
    let principal = Self.principal(row)
    cache.remember(
      principal, token: token, end: row.expiresAt, uptime: clock.uptimeMilliseconds, since: generation)
    return principal
  }

  package func remembered(token: [UInt8]) -> Principal? {
    cache.principal(token: token, now: clock.now, uptime: clock.uptimeMilliseconds)
  }

  package func principal(certificateDigest: [UInt8]) async -> Principal? {
    await row(.certificate(digest: certificateDigest)).map(Self.principal)
  }

  package func principal(peerUID: UInt32) async -> Principal? {
    guard peerUID == ownerUID || peerUID == 0 else { return nil }
    return Principal(tenantID: ownerTenant.text, name: "uid \(peerUID)", scopes: Self.allScopes)
  }

  package func stands(credential: String) async -> Bool {
    guard let id = TokenID(text: credential) else { return false }
    do {
      return try await store.token(id).map { !hasEnded($0) } ?? false
    } catch {
      // A store that cannot be read answers no call either; who was let in is asked about again soon.
      return true
    }
  }

  private func row(_ credential: TokenCredential) async -> TokenRow? {
    // An error here must not let anybody in; the store reports itself elsewhere.
    guard let row = try? await store.token(credential), !hasEnded(row) else { return nil }
    return row
  }

  private func hasEnded(_ row: TokenRow) -> Bool { row.expiresAt.map { $0 <= clock.now } ?? false }

  private static func principal(_ row: TokenRow) -> Principal {
    Principal(
      tenantID: row.tenantID.text, name: row.name, scopes: Set(row.scopes), credential: row.id.text)
  }
}

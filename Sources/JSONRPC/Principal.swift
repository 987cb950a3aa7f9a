/// Who makes a call: a token (or a certificate, or a Unix user) of one tenant.
package struct Principal: Sendable, Hashable {
  package let tenantID: String
  /// The token's name, for logs.
  package let name: String
  /// Of: read, send, manage, purge, admin.
  package let scopes: Set<String>
  /// What ``Authenticator/stands(credential:)`` knows the token or certificate by, not secret; nil for what does not
  /// end, such as a Unix user.
  package let credential: String?

  package init(tenantID: String, name: String, scopes: Set<String>, credential: String? = nil) {
    self.tenantID = tenantID
    self.name = name
    self.scopes = scopes
    self.credential = credential
  }
}

/// Says who stands behind a token, a certificate or a Unix user. Called once for each session, HTTP request or
/// connection, on the connection's task: the work it does there must not block.
package protocol Authenticator: Sendable {
  /// nil when the token is unknown or expired. The comparison takes the same time for every wrong token.
  func principal(token: [UInt8]) async -> Principal?
  /// The same without waiting, for a token that was looked up a moment ago and still counts; nil says nothing.
  func remembered(token: [UInt8]) -> Principal?
  /// nil when a connection from this user of the machine needs a token like any other.
  func principal(peerUID: UInt32) async -> Principal?
  /// nil when nobody has registered the certificate with this digest (SHA-256 over its DER).
  func principal(certificateDigest: [UInt8]) async -> Principal?
  /// Whether a ``Principal/credential`` still counts: asked every ``RPCLimits/credentialCheckSeconds`` about those
  /// in use.
  func stands(credential: String) async -> Bool
}

extension Authenticator {
  /// Remembers none.
  package func remembered(token: [UInt8]) -> Principal? { nil }
  /// Knows no certificates.
  package func principal(certificateDigest: [UInt8]) async -> Principal? { nil }
  /// Takes nothing back.
  package func stands(credential: String) async -> Bool { true }
}

/// The other end of a connection.
package struct PeerInfo: Sendable, Hashable {
  /// For logs: an address with port, or a path.
  package let text: String
  /// The user behind a Unix socket (SO_PEERCRED).
  package let uid: UInt32?
  package let isLoopback: Bool
  /// What is said goes through TLS.
  package let isEncrypted: Bool
  /// What counts as one peer in ``RPCLimits/connectionsPerPeerMax``; nil for who is not counted.
  package let addressBlock: [UInt8]?
  /// SHA-256 over the DER of the client certificate that TLS has verified.
  package let certificateDigest: [UInt8]?

  /// ``certificateDigest`` in hexadecimal digits, lower case.
  package var certificateText: String? {
    certificateDigest.map { digest in
      digest.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    }
  }

  package init(
    text: String, uid: UInt32? = nil, isLoopback: Bool = false, isEncrypted: Bool = false,
    addressBlock: [UInt8]? = nil, certificateDigest: [UInt8]? = nil
  ) {
    self.text = text
    self.uid = uid
    self.isLoopback = isLoopback
    self.isEncrypted = isEncrypted
    self.addressBlock = addressBlock
    self.certificateDigest = certificateDigest
  }
}

/// Who makes a call: a token (or a certificate, or a Unix user) of one tenant.
package struct Principal: Sendable, Hashable {
  package let tenantID: String
  /// The token's name, for logs.
  package let name: String
  /// Of: read, send, manage, purge, admin.
  package let scopes: Set<String>

  package init(tenantID: String, name: String, scopes: Set<String>) {
    self.tenantID = tenantID
    self.name = name
    self.scopes = scopes
  }
}

/// Says who stands behind a token or a Unix user. Called once for each session, HTTP request or
/// connection, on the connection's task: the work it does there must not block.
package protocol Authenticator: Sendable {
  /// nil when the token is unknown or expired. The comparison takes the same time for every wrong token.
  func principal(token: [UInt8]) async -> Principal?
  /// nil when a connection from this user of the machine needs a token like any other.
  func principal(peerUID: UInt32) async -> Principal?
}

/// The other end of a connection.
package struct PeerInfo: Sendable, Hashable {
  /// For logs: an address with port, or a path.
  package let text: String
  /// The user behind a Unix socket (SO_PEERCRED).
  package let uid: UInt32?
  package let isLoopback: Bool
  /// What counts as one peer in ``RPCLimits/connectionsPerPeerMax``; nil for who is not counted.
  package let addressBlock: [UInt8]?

  package init(
    text: String, uid: UInt32? = nil, isLoopback: Bool = false, addressBlock: [UInt8]? = nil
  ) {
    self.text = text
    self.uid = uid
    self.isLoopback = isLoopback
    self.addressBlock = addressBlock
  }
}

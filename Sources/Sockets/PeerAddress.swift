/// Who is at the other end of a connection.
package struct PeerAddress: Sendable, Hashable, CustomStringConvertible {
  /// nil for a Unix socket.
  package let ip: IPAddress?
  /// 0 for a Unix socket.
  package let port: UInt16
  /// The path of a Unix socket that the peer is bound to: empty for most clients, nil for TCP.
  package let unixPath: String?

  init(_ address: SocketAddress?) {
    ip = address?.ip
    port = address?.port ?? 0
    unixPath = address?.unixPath
  }

  package var isUnix: Bool { unixPath != nil }

  /// On this machine: a Unix socket or a loopback address.
  package var isLocal: Bool { isUnix || (ip?.isLoopback ?? false) }

  /// "192.0.2.1:993", "[2001:db8::1]:993" or "unix:/path".
  package var description: String {
    if let unixPath { return "unix:\(unixPath)" }
    guard let ip else { return "unknown" }
    return ip.octets.count == 4 ? "\(ip):\(port)" : "[\(ip)]:\(port)"
  }
}

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

  /// What a limit per peer counts as one: an IPv4 address, or the /64 that a network of IPv6 gives to one site
  /// at the least (RFC 6177). nil on this machine: a proxy there brings everybody.
  package var addressBlock: [UInt8]? {
    guard let ip = ip?.unmapped, !ip.isLoopback else { return nil }
    return Array(ip.octets.prefix(8))
  }

  /// "192.0.2.1:993", "[2001:db8::1]:993" or "unix:/path".
  package var description: String {
    if let unixPath { return "unix:\(unixPath)" }
    guard let ip else { return "unknown" }
    return ip.octets.count == 4 ? "\(ip):\(port)" : "[\(ip)]:\(port)"
  }
}

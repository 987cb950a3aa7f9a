/// Where to connect to, or to listen on.
package enum Endpoint: Sendable, Hashable, CustomStringConvertible {
  /// A host name or an address without brackets. Port 0, for listening, is any free one.
  case tcp(host: String, port: UInt16)
  /// A path of at most 107 octets.
  case unix(path: String)

  package var description: String {
    switch self {
    case .tcp(let host, let port): host.utf8.contains(0x3A) ? "[\(host)]:\(port)" : "\(host):\(port)"
    case .unix(let path): "unix:\(path)"
    }
  }
}

internal import JSONRPC
internal import Sockets

/// Where a server is.
struct ServerAddress: Sendable, Hashable, CustomStringConvertible {
  var endpoint: Endpoint
  /// The name that the certificate must be for; nil without TLS.
  var tlsName: String?

  init(endpoint: Endpoint, tlsName: String? = nil) {
    self.endpoint = endpoint
    self.tlsName = tlsName
  }

  init(parsing url: String) throws(PostroomError) {
    func bad(_ what: String) -> PostroomError {
      PostroomError(.invalidArgument, .clientBadURL, "the address \(what)")
    }
    guard let colon = url.range(of: "://") else {
      throw bad("must begin with unix://, postroom:// or postrooms://")
    }
    let scheme = url[..<colon.lowerBound]
    let rest = url[colon.upperBound...]
    switch scheme {
    case "unix":
      guard rest.hasPrefix("/") else { throw bad("needs an absolute path behind unix://") }
      self.init(endpoint: .unix(path: String(rest)))
    case "postroom", "tcp", "postrooms", "tls":
      let authority = rest.hasSuffix("/") ? rest.dropLast() : rest
      guard let split = authority.lastIndex(of: ":"),
        let port = UInt16(authority[authority.index(after: split)...]), port > 0
      else { throw bad("needs a port, like postroom://host:7625") }
      var host = authority[..<split]
      if host.hasPrefix("["), host.hasSuffix("]") { host = host.dropFirst().dropLast() }
      guard !host.isEmpty, !host.contains(where: { "/@?#[] ".contains($0) }) else {
        throw bad("needs a host")
      }
      let isTLS = scheme == "postrooms" || scheme == "tls"
      self.init(endpoint: .tcp(host: String(host), port: port), tlsName: isTLS ? String(host) : nil)
    default: throw bad("must begin with unix://, postroom:// or postrooms://")
    }
  }

  var description: String { endpoint.description }
}

extension String {
  /// The first place of `text`.
  fileprivate func range(of text: String) -> Range<Index>? {
    var start = startIndex
    while start < endIndex {
      if self[start...].hasPrefix(text) { return start..<index(start, offsetBy: text.count) }
      start = index(after: start)
    }
    return nil
  }
}

/// Which HTTP requests are listened to at all. The defaults keep browsers out: a page that resolves its own
/// name to our address (DNS rebinding) sends a foreign `Host`, and any page sends an `Origin`.
package struct HTTPPolicy: Sendable {
  /// Host names that may stand in `Host`, besides `localhost`, `127.0.0.1` and `[::1]`; without port.
  package var hosts: Set<String>
  /// Origins of pages that may call, like `https://desk.example.com`; `*` is not understood.
  package var origins: Set<String>
  /// What `GET` answers besides the protocol's own paths, by path. When there are any, pages from the address that a
  /// request was made to may call, too: they can only have come from here, since `Host` is checked.
  package var pages: [String: StaticPage]

  package init(
    hosts: Set<String> = [], origins: Set<String> = [], pages: [String: StaticPage] = [:]
  ) {
    self.hosts = Set(hosts.map { $0.lowercased() })
    self.origins = origins
    self.pages = pages
  }

  /// Whether a page of `origin` may make a request that names `host`.
  ///
  /// - Parameter isEncrypted: the request came inside TLS: then a page must have, too, or whoever sits on the network
  ///   could write one. Without TLS here a page of https was brought by a proxy.
  package func allows(origin: String, host: String, isEncrypted: Bool) -> Bool {
    if origins.contains(origin) { return true }
    guard !pages.isEmpty, allows(host: host) else { return false }
    let own = host.lowercased()
    return origin == "https://" + own || (!isEncrypted && origin == "http://" + own)
  }

  /// `host` is a `Host` field's value, with or without port.
  func allows(host: String) -> Bool {
    var name = Substring(host.lowercased())
    if let bracket = name.lastIndex(of: "]") {
      let rest = name[name.index(after: bracket)...]
      guard name.first == "[", rest.isEmpty || Self.isPort(rest) else { return false }
      name = name[...bracket]
    } else if let colon = name.firstIndex(of: ":") {
      guard Self.isPort(name[colon...]) else { return false }
      name = name[..<colon]
    }
    return name == "localhost" || name == "127.0.0.1" || name == "[::1]" || hosts.contains(String(name))
  }

  private static func isPort(_ text: Substring) -> Bool {
    let digits = text.utf8.dropFirst()
    return text.utf8.first == 0x3A && digits.count <= 5 && digits.allSatisfy { $0 &- 0x30 < 10 }
  }
}

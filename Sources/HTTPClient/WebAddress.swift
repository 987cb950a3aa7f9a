/// An absolute URL of http or https (RFC 9110 §4.2), as far as a request needs it.
package struct WebAddress: Sendable, Hashable, CustomStringConvertible {
  package let isSecure: Bool
  /// Lower case; of an IPv6 address without its brackets.
  package let host: String
  package let port: UInt16
  /// Path and query, at least "/".
  package let target: String

  /// nil for what is no such URL: another scheme, a user in it, a fragment, octets that a URL has not.
  package init?(_ text: String) {
    guard text.utf8.count <= Self.octetsMax, text.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F }) else {
      return nil
    }
    let lower = text.lowercased()
    let rest: Substring
    if lower.hasPrefix("https://") {
      (isSecure, rest) = (true, text.dropFirst(8))
    } else if lower.hasPrefix("http://") {
      (isSecure, rest) = (false, text.dropFirst(7))
    } else {
      return nil
    }
    guard !rest.contains("#"), !rest.contains("\\"), !rest.contains("\"") else { return nil }
    let end = rest.firstIndex { $0 == "/" || $0 == "?" } ?? rest.endIndex
    let authority = rest[..<end]
    let path = String(rest[end...])
    target = path.isEmpty ? "/" : path.hasPrefix("?") ? "/" + path : path
    guard !authority.contains("@") else { return nil }
    var name = authority
    var portText: Substring?
    if authority.hasPrefix("[") {
      guard let close = authority.firstIndex(of: "]") else { return nil }
      name = authority[authority.index(after: authority.startIndex)..<close]
      let behind = authority[authority.index(after: close)...]
      guard behind.isEmpty || behind.hasPrefix(":") else { return nil }
      if !behind.isEmpty { portText = behind.dropFirst() }
      guard name.contains(":"), name.allSatisfy({ $0.isHexDigit || $0 == ":" || $0 == "." }) else {
        return nil
      }
    } else {
      if let colon = authority.firstIndex(of: ":") {
        (name, portText) = (authority[..<colon], authority[authority.index(after: colon)...])
      }
      guard !name.isEmpty, name.utf8.count <= 253,
        name.allSatisfy({ $0.isLetter || $0.isNumber || $0 == "-" || $0 == "." || $0 == "_" })
      else { return nil }
    }
    host = name.lowercased()
    guard let portText else {
      port = isSecure ? 443 : 80
      return
    }
    guard let number = UInt16(portText), number > 0, portText.allSatisfy(\.isNumber) else { return nil }
    port = number
  }

  private static let octetsMax = 8192

  /// What stands in Host: the port only when it is not the scheme's.
  package var authority: String {
    let name = host.contains(":") ? "[\(host)]" : host
    return port == (isSecure ? 443 : 80) ? name : "\(name):\(port)"
  }

  package var description: String { "\(isSecure ? "https" : "http")://\(authority)\(target)" }
}

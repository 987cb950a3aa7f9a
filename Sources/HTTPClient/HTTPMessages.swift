/// A request that is sent whole.
package struct HTTPRequest: Sendable {
  package var method: String
  package var address: WebAddress
  /// Besides Host, Content-Length, Connection and Accept-Encoding, which are written for it.
  package var fields: [(name: String, value: String)]
  package var body: [UInt8]

  package init(
    _ method: String, _ address: WebAddress, fields: [(name: String, value: String)] = [], body: [UInt8] = []
  ) {
    self.method = method
    self.address = address
    self.fields = fields
    self.body = body
  }

  /// - Throws: ``HTTPError/invalid(_:)`` for a name or a value that would end its line.
  func encoded() throws(HTTPError) -> [UInt8] {
    var text = "\(method) \(address.target) HTTP/1.1\r\nHost: \(address.authority)\r\n"
    for (name, value) in fields {
      guard !name.isEmpty, name.utf8.allSatisfy(HTTPAnswerParser.isToken),
        value.utf8.allSatisfy({ $0 >= 0x20 && $0 != 0x7F })
      else { throw .invalid("a header field") }
      text += "\(name): \(value)\r\n"
    }
    guard method.utf8.allSatisfy(HTTPAnswerParser.isToken), !method.isEmpty else {
      throw .invalid("the method")
    }
    if !body.isEmpty || method == "POST" { text += "Content-Length: \(body.count)\r\n" }
    text += "Accept-Encoding: identity\r\nConnection: close\r\n\r\n"
    return Array(text.utf8) + body
  }
}

package struct HTTPAnswer: Sendable {
  package var status: Int
  /// Names in lower case, in the order they came.
  package var fields: [(name: String, value: String)] = []
  package var body: [UInt8] = []

  /// The first field of that name, which is in lower case.
  package subscript(name: String) -> String? { fields.first { $0.name == name }?.value }
}

package enum HTTPError: Error, Sendable, Hashable {
  /// The request cannot be sent.
  case invalid(String)
  /// The server did not keep to RFC 9112.
  case protocolViolation(String)
  /// More than was asked for.
  case tooLarge(String, max: Int)
}

/// How much of an answer is taken.
package struct HTTPLimits: Sendable {
  package var headOctetsMax = 32 * 1024
  package var fieldsMax = 100
  package var bodyOctetsMax = 1 << 20
  package init() {}
}

/// A page that a server has in memory and gives to anybody who may send it a request.
package struct StaticPage: Sendable {
  /// The value of `Content-Type`.
  package let type: String
  /// Further fields of the response, such as its Content-Security-Policy.
  package let fields: [(name: String, value: String)]
  package let body: [UInt8]

  package init(type: String, fields: [(name: String, value: String)], body: [UInt8]) {
    self.type = type
    self.fields = fields
    self.body = body
  }
}

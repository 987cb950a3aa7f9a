/// Why a mail cannot be built as asked. Fields are named as the builder's properties are.
package enum MIMEBuildError: Error, Sendable, Hashable {
  /// CR, LF or NUL in a field: it would end the header line.
  case forbiddenCharacter(field: String)
  /// An address that cannot stand in a header or an SMTP command.
  case invalidAddress(field: String)
  case tooLong(field: String, octets: Int, limit: Int)
  /// A name that is no field name of RFC 5322 §2.2.
  case invalidHeaderName(String)
  /// A field that the builder writes itself, or never.
  case reservedHeader(String)
  case invalidContentType(field: String)
  /// There must be an author.
  case noSender

  /// The field at fault.
  package var field: String {
    switch self {
    case .forbiddenCharacter(let field), .invalidAddress(let field), .tooLong(let field, _, _),
      .invalidContentType(let field):
      field
    case .invalidHeaderName: "extraHeaders"
    case .reservedHeader(let name): "extraHeaders." + name
    case .noSender: "from"
    }
  }
}

/// Why a mail cannot be built as asked. Fields are named as the builder's properties are.
package enum MIMEBuildError: Error, Sendable, Hashable {
  /// A control or line separator (CR, LF, NUL, U+2028, …) in a field: for some reader it would end the line.
  case forbiddenCharacter(field: String)
  /// The content comes later (``OutgoingAttachment/laterOctets``): such a mail goes out in pieces.
  case contentComesLater(field: String)
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
    case .contentComesLater(let field), .forbiddenCharacter(let field), .invalidAddress(let field),
      .tooLong(let field, _, _),
      .invalidContentType(let field):
      field
    case .invalidHeaderName: "extraHeaders"
    case .reservedHeader(let name): "extraHeaders." + name
    case .noSender: "from"
    }
  }
}

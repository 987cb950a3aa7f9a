/// Why octets are not the JSON that was asked for.
///
/// Offsets count octets from the start of what was given. Names come from the peer and may be long
/// and odd: ``message`` shortens and cleans them.
package enum JSONError: Error, Sendable, Hashable {
  /// Not JSON (RFC 8259) or not I-JSON (RFC 7493). `reason` is fixed text, never the peer's.
  case syntax(offset: Int, reason: String)
  /// Arrays and objects inside each other more than `limit` deep.
  case depth(offset: Int, limit: Int)
  /// Two members of one object have the same name, compared as octets after unescaping.
  case duplicateName(offset: Int)
  /// The value is longer than `limit` octets.
  case tooLong(octets: Int, limit: Int)
  /// A member that must be there is not.
  case missing(String)
  /// A member that the type does not have.
  case unknown(String)
  /// The member's value is of another JSON type.
  case wrongType(String, expected: String)
  /// The member's value is of the right JSON type but not acceptable.
  case range(String, expected: String)

  /// What is wrong, for people, in one short line without control characters.
  package var message: String {
    switch self {
    case .syntax(let offset, let reason): "not valid JSON at octet \(offset): \(reason)"
    case .depth(let offset, let limit): "nested deeper than \(limit) levels at octet \(offset)"
    case .duplicateName(let offset): "the same member name twice in one object, at octet \(offset)"
    case .tooLong(let octets, let limit): "\(octets) octets, more than \(limit)"
    case .missing(let name): "the member \"\(Self.shown(name))\" is missing"
    case .unknown(let name): "there is no member \"\(Self.shown(name))\""
    case .wrongType(let name, let expected): "\"\(Self.shown(name))\" must be \(expected)"
    case .range(let name, let expected): "\"\(Self.shown(name))\" must be \(expected)"
    }
  }

  /// The member that the error is about; nil when it is about the text itself.
  package var name: String? {
    switch self {
    case .missing(let name), .unknown(let name), .wrongType(let name, _), .range(let name, _):
      Self.shown(name)
    case .syntax, .depth, .duplicateName, .tooLong: nil
    }
  }

  /// At most 64 scalars of `name`; control and format characters become `?`.
  private static func shown(_ name: String) -> String {
    var out = String.UnicodeScalarView()
    for scalar in name.unicodeScalars.prefix(64) {
      let plain: Bool
      switch scalar.properties.generalCategory {
      case .control, .format, .lineSeparator, .paragraphSeparator, .privateUse, .unassigned: plain = false
      default: plain = true
      }
      out.append(plain ? scalar : "?")
    }
    return String(out)
  }
}

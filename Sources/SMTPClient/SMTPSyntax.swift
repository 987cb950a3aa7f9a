internal import Bytes

/// What may stand in a command. Nothing that ends a line, an argument or a path gets through.
enum SMTPSyntax {
  /// RFC 5321 §4.5.3.1.3: 256 octets for a path, its "<>" counted.
  static let pathOctetsMax = 254

  /// Checks an address for `MAIL FROM:<...>` or `RCPT TO:<...>`; `what` names it in the error.
  ///
  ///     Mailbox = Local-part "@" ( Domain / address-literal )      ; RFC 5321 §4.1.2, RFC 6531 §3.3
  static func checkAddress(_ address: String, what: String) throws(SMTPClientError) {
    let bytes = [UInt8](address.utf8)
    guard bytes.count <= pathOctetsMax else {
      throw .invalidArgument("\(what) is longer than \(pathOctetsMax) octets")
    }
    guard isVisible(address) else { throw .invalidArgument("\(what) has a space, a control character or <>") }
    guard let at = bytes.lastIndex(of: 0x40), isLocalPart(bytes[..<at]), isDomain(bytes[(at + 1)...]) else {
      throw .invalidArgument("\(what) is not of the form local@domain")
    }
  }

  /// Checks the name given with EHLO: a domain or an address literal, ASCII only.
  static func checkClientName(_ name: String) throws(SMTPClientError) {
    let bytes = [UInt8](name.utf8)
    guard bytes.count <= 255, bytes.allSatisfy({ $0 < 0x80 }), isDomain(bytes[...]) else {
      throw .invalidArgument("client name is not a host name or an address literal")
    }
  }

  /// `text` as a parameter's value, nil when it is empty, not all printable ASCII, or too long then.
  ///
  ///     xtext = *( xchar / hexchar )   ; xchar: "!" to "~" without "+" and "=" (RFC 3461 §4)
  static func xtext(_ text: String, atMost octetsMax: Int) -> String? {
    var out: [UInt8] = []
    for byte in text.utf8 {
      guard (0x21...0x7E).contains(byte) else { return nil }
      if byte == 0x2B || byte == 0x3D {
        out += byte == 0x2B ? Array("+2B".utf8) : Array("+3D".utf8)
      } else {
        out.append(byte)
      }
    }
    return out.isEmpty || out.count > octetsMax ? nil : String(decoding: out, as: UTF8.self)
  }

  static func isASCII(_ text: String) -> Bool { text.utf8.allSatisfy { $0 < 0x80 } }

  private static func isVisible(_ text: String) -> Bool {
    text.unicodeScalars.allSatisfy { s in
      switch s.properties.generalCategory {
      case .control, .lineSeparator, .paragraphSeparator, .spaceSeparator, .format, .surrogate, .unassigned:
        false
      default: s != "<" && s != ">"
      }
    }
  }

  private static func isLocalPart(_ part: ArraySlice<UInt8>) -> Bool {
    guard let first = part.first else { return false }
    if first != ASCII.quote {
      return part.allSatisfy { !specials.contains($0) }
    }
    guard part.count >= 2, part.last == ASCII.quote else { return false }
    var escaped = false
    for byte in part.dropFirst().dropLast() {
      if escaped {
        escaped = false
      } else if byte == ASCII.backslash {
        escaped = true
      } else if byte == ASCII.quote {
        return false
      }
    }
    return !escaped
  }

  /// RFC 5322 §3.2.3 `specials` but the dot.
  private static let specials: Set<UInt8> = Set("()<>[]:;@\\,\"".utf8)

  private static func isDomain(_ domain: ArraySlice<UInt8>) -> Bool {
    guard let first = domain.first, let last = domain.last else { return false }
    if first == 0x5B {
      return last == 0x5D && domain.count > 2
        && domain.dropFirst().dropLast().allSatisfy {
          ASCII.isAlphanumeric($0) || [0x2D, 0x2E, 0x3A].contains($0)
        }
    }
    return first != 0x2E
      && domain.allSatisfy {
        ASCII.isAlphanumeric($0) || $0 == 0x2D || $0 == 0x2E || $0 == 0x5F || $0 >= 0x80
      }
  }
}

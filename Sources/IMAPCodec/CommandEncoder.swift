internal import Bytes

/// What a server lets a client send without asking (RFC 7888).
package enum LiteralMode: Sendable, Hashable {
  /// Every literal waits for `+`.
  case synchronising
  /// LITERAL-: up to 4096 octets need not wait.
  case minus
  /// LITERAL+: none waits.
  case plus

  package static let minusOctetsMax = 4096

  /// - Parameter capabilities: upper case.
  package init(capabilities: Set<String>) {
    self =
      capabilities.contains("LITERAL+")
      ? .plus
      : capabilities.contains("LITERAL-") || capabilities.contains("IMAP4REV2") ? .minus : .synchronising
  }
}

/// An argument that has no form on the wire.
package struct UnencodableArgument: Error, Sendable, Hashable {
  /// What is wrong, without the argument itself.
  package var reason: String

  package init(reason: String) { self.reason = reason }
}

/// A command as octets, cut where the client must wait for `+` before it goes on.
package struct EncodedCommand: Sendable, Equatable {
  /// At least one; all but the last end with a synchronising literal's `{n}` CRLF.
  package var segments: [[UInt8]]
}

/// Writes one command, so that whatever the arguments hold exactly one command results.
///
/// CR, LF, quotes, backslashes and 8-bit octets go into literals, whose count is that of the octets
/// written; NUL has no form in IMAP4rev1 and is refused. Everything else that is written is checked
/// against its own grammar: the only octets that end a line are written here.
package struct CommandEncoder: Sendable {
  private let mode: LiteralMode
  private let utf8Names: Bool
  private var segments: [[UInt8]] = []
  private var bytes: [UInt8] = []

  /// - Parameter tag: made by us: letters and digits.
  /// - Parameter utf8Names: names of mailboxes go out in UTF-8 (RFC 6855), not in modified UTF-7.
  package init(tag: String, mode: LiteralMode, utf8Names: Bool = false) {
    self.mode = mode
    self.utf8Names = utf8Names
    bytes = Array(tag.utf8)
  }

  /// A space, then a part of the command that is written in our source.
  package mutating func word(_ text: StaticString) {
    bytes.append(ASCII.space)
    raw(text)
  }

  /// A part of the command that is written in our source.
  package mutating func raw(_ text: StaticString) {
    text.withUTF8Buffer { bytes.append(contentsOf: $0) }
  }

  package mutating func number(_ value: UInt64) { bytes.append(contentsOf: String(value).utf8) }

  package mutating func uidSet(_ set: UIDSet) throws(UnencodableArgument) {
    if set.isEmpty { throw UnencodableArgument(reason: "empty set of UIDs") }
    if set.first?.value == 0 { throw UnencodableArgument(reason: "UID 0") }
    bytes.append(contentsOf: set.text.utf8)
  }

  package mutating func mailbox(_ name: MailboxName) throws(UnencodableArgument) {
    if name.wire.isEmpty { throw UnencodableArgument(reason: "empty mailbox name") }
    try astring(utf8Names ? name.utf8 : name.wire)
  }

  /// Quoted where that is possible, else a literal. Never an atom, so that `NIL` and `*` mean nothing.
  package mutating func astring(_ text: [UInt8]) throws(UnencodableArgument) {
    let plain = text.count <= 1000 && text.allSatisfy { (0x20...0x7E).contains($0) }
    guard plain else { return try literal(text) }
    bytes.append(ASCII.quote)
    for byte in text {
      if byte == ASCII.quote || byte == ASCII.backslash { bytes.append(ASCII.backslash) }
      bytes.append(byte)
    }
    bytes.append(ASCII.quote)
  }

  package mutating func literal(_ octets: [UInt8]) throws(UnencodableArgument) {
    if octets.contains(0) { throw UnencodableArgument(reason: "NUL") }
    let waits: Bool =
      switch mode {
      case .synchronising: true
      case .minus: octets.count > LiteralMode.minusOctetsMax
      case .plus: false
      }
    bytes.append(0x7B)
    bytes.append(contentsOf: String(octets.count).utf8)
    if !waits { bytes.append(0x2B) }
    bytes.append(contentsOf: [0x7D, ASCII.cr, ASCII.lf])
    if waits {
      segments.append(bytes)
      bytes = octets
    } else {
      bytes.append(contentsOf: octets)
    }
  }

  /// `"~{" number "}" CRLF *OCTET`: any octets, NUL too (RFC 3516 §4.1). Always waits: LITERAL- says nothing
  /// of this form.
  package mutating func literal8(_ octets: [UInt8]) {
    bytes.append(contentsOf: [0x7E, 0x7B])
    bytes.append(contentsOf: String(octets.count).utf8)
    bytes.append(contentsOf: [0x7D, ASCII.cr, ASCII.lf])
    segments.append(bytes)
    bytes = octets
  }

  /// `section-part`: `1.2` (RFC 9051 §9).
  package mutating func section(_ path: [UInt32]) throws(UnencodableArgument) {
    guard !path.isEmpty, path.count <= 100, !path.contains(0) else {
      throw UnencodableArgument(reason: "not a section")
    }
    for (i, number) in path.enumerated() {
      if i > 0 { bytes.append(0x2E) }
      self.number(UInt64(number))
    }
  }

  /// `\Seen`, `$Forwarded`: an atom, with or without a backslash.
  package mutating func flag(_ flag: String) throws(UnencodableArgument) {
    let name = flag.utf8.first == ASCII.backslash ? flag.utf8.dropFirst() : flag.utf8[...]
    guard !name.isEmpty, name.allSatisfy({ FrameCursor.isAtomChar($0) && $0 < 0x80 }) else {
      throw UnencodableArgument(reason: "not a flag")
    }
    bytes.append(contentsOf: flag.utf8)
  }

  /// `"(" [flag *(SP flag)] ")"`
  package mutating func flags(_ flags: [String]) throws(UnencodableArgument) {
    bytes.append(0x28)
    for (i, flag) in flags.enumerated() {
      if i > 0 { bytes.append(ASCII.space) }
      try self.flag(flag)
    }
    bytes.append(0x29)
  }

  /// A header field's name (RFC 5322 §2.2), bare.
  package mutating func headerName(_ name: String) throws(UnencodableArgument) {
    // A name may hold octets that an atom may not: quoted then.
    guard !name.isEmpty, name.utf8.count <= 200,
      name.utf8.allSatisfy({ (0x21...0x7E).contains($0) && $0 != 0x3A })
    else { throw UnencodableArgument(reason: "not the name of a header field") }
    if name.utf8.allSatisfy(FrameCursor.isAtomChar), !ASCII.equalsIgnoringCase(name.utf8, "NIL") {
      bytes.append(contentsOf: name.utf8)
    } else {
      try astring(Array(name.utf8))
    }
  }

  /// `date-time`, in UTC.
  package mutating func dateTime(_ seconds: Int64) throws(UnencodableArgument) {
    guard let text = IMAPDate.dateTime(seconds) else {
      throw UnencodableArgument(reason: "date out of range")
    }
    bytes.append(contentsOf: text)
  }

  /// `date` of SEARCH.
  package mutating func date(_ seconds: Int64) throws(UnencodableArgument) {
    guard let text = IMAPDate.date(seconds) else { throw UnencodableArgument(reason: "date out of range") }
    bytes.append(contentsOf: text)
  }

  /// Base64 or a mechanism's name: letters, digits, `+/=-_`.
  package mutating func token(_ text: some Collection<UInt8>) throws(UnencodableArgument) {
    let ok = text.allSatisfy {
      ASCII.isAlphanumeric($0) || $0 == 0x2B || $0 == 0x2F || $0 == 0x3D || $0 == 0x2D || $0 == 0x5F
    }
    guard ok, !text.isEmpty else { throw UnencodableArgument(reason: "not a token") }
    bytes.append(contentsOf: text)
  }

  /// The whole command with its CRLF.
  package consuming func finished() -> EncodedCommand {
    EncodedCommand(segments: segments + [bytes + [ASCII.cr, ASCII.lf]])
  }
}

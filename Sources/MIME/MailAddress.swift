/// A mailbox of RFC 5322 §3.4: an address and the name that stands before it.
package struct MailAddress: Hashable, Sendable {
  /// The display name, decoded; nil when there is none. Never empty, never with control characters
  /// when it came from a parser.
  package var name: String?
  /// The address as written, `local@domain`. A parser also returns what has no `@` (local mail);
  /// ``isComplete`` tells.
  package var email: String

  package init(name: String? = nil, email: String) {
    self.name = name
    self.email = email
  }

  /// For comparing: letters lower-cased.
  package var normalizedEmail: String { email.lowercased() }

  /// What stands before the last `@`; all of it when there is none.
  package var localPart: String {
    guard let at = email.utf8.lastIndex(of: 0x40) else { return email }
    return String(email[..<at])
  }

  /// What stands behind the last `@`, lower-cased; empty when there is none.
  package var domain: String {
    guard let at = email.utf8.lastIndex(of: 0x40) else { return "" }
    return email[email.utf8.index(after: at)...].lowercased()
  }

  /// Whether there is something on both sides of an `@`.
  package var isComplete: Bool {
    guard let at = email.utf8.lastIndex(of: 0x40) else { return false }
    return at != email.utf8.startIndex && email.utf8.index(after: at) != email.utf8.endIndex
  }

  /// The mailboxes of an address header's raw value, groups opened, at most `limit` of them.
  ///
  /// Lenient: broken entries are skipped, comments are dropped (or become the name where there is
  /// no other), encoded words decoded, raw octets read as UTF-8 or else as `guess`.
  /// - Complexity: O(*n*), without recursion.
  package static func list(in header: [UInt8], limit: Int = 10_000, else guess: Charset = .windows1252)
    -> [MailAddress]
  {
    AddressParser.parse(header, limit: limit, else: guess)
  }
}

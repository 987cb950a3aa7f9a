package import Bytes
package import SASL

/// Why a command, or the whole connection, did not do what it was asked.
///
/// After ``refused(command:status:code:text:)`` with `no` or `bad`, ``authenticationFailed(code:text:)``,
/// ``capabilityMissing(_:)``, ``mailboxNotSelected``, ``noMechanism(offered:)`` and ``invalidArgument(_:)``
/// the connection is still good; after all others it has been closed. Texts are the server's own words,
/// shortened, without control characters, and never hold a secret.
package enum IMAPClientError: Error, Sendable, Equatable {
  case stream(StreamError)
  /// The server said no. `command` is the command's name, or "greeting".
  case refused(command: String, status: Refusal, code: String?, text: String)
  /// The server does not take the credential. `code` as in RFC 9051 §7.1, upper case.
  case authenticationFailed(code: String?, text: String)
  /// The exchange of credentials itself went wrong, before the server judged them.
  case sasl(SASLError)
  /// The server said what it must not; the connection cannot be trusted further.
  case protocolViolation(String)
  /// More came, or came announced, than we take. `max` is in octets, lines or seconds as `what` says.
  case limit(what: String, max: UInt64)
  case capabilityMissing(String)
  case mailboxNotSelected
  /// No mechanism that suits the credential may be used on this connection.
  case noMechanism(offered: [String])
  /// An argument that IMAP cannot carry (NUL in a name, an empty set).
  case invalidArgument(String)

  package enum Refusal: String, Sendable, Hashable { case no = "NO", bad = "BAD", bye = "BYE" }

  /// How long the server asks to be left alone, if it does so (Office 365: `Request is throttled.
  /// Suggested Backoff Time: 92415 milliseconds`). At most a day.
  package var suggestedBackoffMilliseconds: Int64? {
    let words: String
    switch self {
    case .refused(_, _, _, let text), .authenticationFailed(_, let text): words = text.lowercased()
    case .stream, .sasl, .protocolViolation, .limit, .capabilityMissing, .mailboxNotSelected, .noMechanism,
      .invalidArgument:
      return nil
    }
    let parts = words.split(separator: " ")
    guard let i = parts.firstIndex(of: "backoff"), parts.count > i + 3, parts[i + 1] == "time:",
      parts[i + 3].hasPrefix("millisecond")
    else { return nil }
    return ASCII.decimal(Array(parts[i + 2].utf8), atMost: 86_400_000).map { Int64($0) }
  }

  /// Whether the connection has been closed by this error.
  package var endsConnection: Bool {
    switch self {
    case .stream, .protocolViolation, .limit, .sasl: true
    case .refused(_, let status, _, _): status == .bye
    case .authenticationFailed, .capabilityMissing, .mailboxNotSelected, .noMechanism, .invalidArgument: false
    }
  }
}

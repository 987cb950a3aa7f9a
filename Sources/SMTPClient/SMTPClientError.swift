package import Bytes

/// Why a mail was not submitted, or why it is not known whether it was.
///
/// Only errors with `afterFinalDot: true` leave it open: the server may have taken the mail. With
/// every other error it has not, and sending again is safe. Printing an error shows neither
/// addresses nor the server's text; the cases hold them for those who ask.
package enum SMTPClientError: Error, Sendable {
  /// The connection failed. ``StreamError/truncated`` when the server ended it.
  case stream(StreamError, afterFinalDot: Bool)
  /// The server answered `command` ("greeting", "EHLO", "MAIL", ..., "end of data") with a refusal.
  /// With reply 421 the connection is closed.
  case refused(command: String, SMTPReply)
  /// No recipient was accepted; one row for each, in the order of the envelope.
  case allRecipientsRefused([(address: String, reply: SMTPReply)])
  /// The server refused the credential. 4yz: it could not check it now.
  case authenticationFailed(SMTPReply)
  /// An argument that must not go on the wire: CR, LF, NUL, a space or "<>" in an address or name.
  case invalidArgument(String)
  /// The mail has `size` octets, more than the `limit` that the server announced.
  case messageTooLarge(size: Int, limit: Int)
  /// The server broke the protocol; the connection is closed.
  case protocolViolation(String, afterFinalDot: Bool)
  /// No mechanism that the server offers fits the credential and the connection.
  case noMechanism(offered: [String])
  /// The mail or the policy needs an extension (STARTTLS, SMTPUTF8, 8BITMIME) that is not offered.
  case extensionMissing(String)

  /// The server may have taken the mail.
  package var isAfterFinalDot: Bool {
    switch self {
    case .stream(_, let after), .protocolViolation(_, let after): after
    default: false
    }
  }
}

extension SMTPClientError: CustomStringConvertible {
  package var description: String {
    switch self {
    case .stream(let error, let after): "connection failed\(after ? " after the final dot" : ""): \(error)"
    case .refused(let command, let reply): "\(command) refused: \(reply)"
    case .allRecipientsRefused(let rows): "all \(rows.count) recipients refused"
    case .authenticationFailed(let reply): "authentication failed: \(reply)"
    case .invalidArgument(let what): "invalid argument: \(what)"
    case .messageTooLarge(let size, let limit): "mail of \(size) octets, the server takes \(limit)"
    case .protocolViolation(let what, let after):
      "protocol violation\(after ? " after the final dot" : ""): \(what)"
    case .noMechanism(let offered): "no usable mechanism among \(offered.count) offered"
    case .extensionMissing(let name): "the server does not offer \(name)"
    }
  }
}

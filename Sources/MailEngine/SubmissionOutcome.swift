internal import Bytes
internal import MailStore
internal import SMTPClient

/// What an attempt's end means for the mail.
enum SubmissionOutcome {
  /// The reply of RFC 5321 §4.2.1 as a result: 2yz took it, 5yz will never, others may later.
  static func result(_ email: String, _ reply: SMTPReply) -> RecipientResult {
    RecipientResult(
      email: email, code: reply.code,
      text: [reply.enhanced ?? "", reply.text].filter { !$0.isEmpty }.joined(separator: " "),
      accepted: reply.code / 100 == 2 ? true : reply.code / 100 == 5 ? false : nil)
  }

  static func event(_ receipt: SMTPReceipt) -> OutboxEvent {
    .accepted(receipt.recipients.map { result($0.address, $0.reply) })
  }

  /// - Parameter isOpen: the final dot may have gone out.
  static func event(_ error: any Error, isOpen: Bool) -> OutboxEvent {
    switch error {
    case let error as SMTPClientError: event(error, isOpen: isOpen)
    case let failure as ConnectFailure: .lost(words: failure.summary)
    case MailStoreError.notFound: .refused([], words: "its content was erased", isFinal: true)
    case let error as MailStoreError: .lost(words: "our database: \(error)")
    default: .lost(words: "interrupted")
    }
  }

  private static func event(_ error: SMTPClientError, isOpen: Bool) -> OutboxEvent {
    switch error {
    case .stream(let inner, _): return .lost(words: words(inner))
    case .protocolViolation(let what, _): return .lost(words: "the server broke the protocol: \(what)")
    case .refused(let command, let reply):
      let isVerdict = reply.code / 100 == 5 && !isAboutConnection(command)
      return .refused([], words: ConnectFailure.words(reply), isFinal: isVerdict)
    case .allRecipientsRefused(let rows):
      return .refused(
        rows.map { result($0.address, $0.reply) },
        words: rows.first.map { ConnectFailure.words($0.reply) } ?? "refused",
        isFinal: false)
    case .authenticationFailed(let reply):
      // The account's trouble, not the mail's.
      return .refused([], words: "sign-in: " + ConnectFailure.words(reply), isFinal: false)
    case .invalidArgument(let what): return .refused([], words: what, isFinal: true)
    case .messageTooLarge(let size, let limit):
      return .refused([], words: "the mail has \(size) octets, the server takes \(limit)", isFinal: true)
    case .noMechanism:
      return .refused([], words: "the server offers no way to sign in that we speak", isFinal: false)
    case .extensionMissing(let name):
      return .refused([], words: "the server does not offer \(name)", isFinal: name != "STARTTLS")
    }
  }

  /// Refusals that judge us or the hour rather than the mail.
  private static func isAboutConnection(_ command: String) -> Bool {
    ["greeting", "EHLO", "HELO", "STARTTLS", "AUTH", "RSET"].contains(command)
  }

  private static func words(_ error: StreamError) -> String {
    switch error {
    case .closed, .cancelled: "the connection was closed"
    case .truncated: "the server ended the connection"
    case .timedOut: "no answer in time"
    case .hostNotFound(_, let reason): "the server's name is not known: \(reason)"
    case .system(_, let errno): SystemWords.text(errno)
    case .certificate(_, let detail): "certificate: \(detail)"
    case .tls(let text): text
    }
  }
}

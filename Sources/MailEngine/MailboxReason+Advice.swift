package import MailStore

extension MailboxReason {
  /// What the person whose mailbox it is can do (S22).
  package var advice: String {
    switch self {
    case .accessRevoked:
      "The provider has taken back the access. Look for its message, allow the access again, and sign in again."
    case .passwordChanged: "The password is not right any more. Sign in again with the new one."
    case .mailboxMigrated:
      "The mailbox has moved to another server. Sign in again with the new server's name; the password is not sent there by itself."
    case .serverUnreachable:
      "The server has not answered for long. Check its name and that it runs; it is still tried from time to time."
    case .serverRevoked:
      "The server refuses this account. Ask who runs it to allow IMAP for it, then sign in again."
    case .certificateInvalid:
      "The server's certificate is not valid. Whoever runs it must renew it; it is tried again by itself."
    case .quotaExceeded: "The mailbox is full. Make room in it; it is tried again by itself."
    case .throttled:
      "The provider limits this account for now. Nothing needs to be done; fewer programs at the same mailbox help."
    case .turnedOff: "Somebody has turned it off here. Sign in again to go on."
    }
  }
}

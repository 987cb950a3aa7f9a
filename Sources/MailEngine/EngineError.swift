package import MailStore

/// Why the engine did not do what it was asked.
package enum EngineError: Error, Sendable, Hashable {
  /// A mail server could not be used with the settings given (S4).
  case connectFailed(ConnectFailure)
  case store(MailStoreError)
  /// A parameter cannot be used; `reason` is for a person and repeats no secret.
  case invalid(field: String, reason: String)
  /// The mail is larger than this engine sends, or than the mailbox's provider said it takes.
  case tooLarge(octets: Int64, limit: Int64, byProvider: Bool)
  /// The mailbox does not send as this address; it does as these.
  case senderRefused(email: String, allowed: [String])
  /// The mailbox cannot send now.
  case notSendable(reason: String)
  case shuttingDown
  /// Access tokens could not be had.
  case oauth(OAuthGrants.Problem)
}

/// Runs `body` and hands its store error on as the engine's.
func storing<R>(
  _ body: () async throws(MailStoreError) -> R
) async throws(EngineError) -> R {
  do { return try await body() } catch { throw .store(error) }
}

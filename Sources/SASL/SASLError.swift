/// Why an authentication exchange cannot go on. Never holds a secret.
package enum SASLError: Error, Sendable, Hashable {
  /// The mechanism has no use for this kind of credential.
  case credentialUnsuitable(SASLMechanism)
  /// The user name or secret holds octets that the mechanism cannot carry. `field` is "user" or "secret".
  case credentialInvalid(field: String)
  /// The server's challenge is not what the mechanism prescribes.
  case challengeMalformed(SASLMechanism, reason: String)
  /// The server sent a challenge after the exchange was over.
  case challengeUnexpected(SASLMechanism)
  /// The server did not prove that it knows the password (RFC 5802 §3): it is not the right server.
  case serverNotVerified(SASLMechanism)
  /// SCRAM: the server asks for more or fewer rounds than we are ready to do.
  case iterationCount(UInt64, allowed: ClosedRange<UInt64>)
  /// SCRAM: the server's own error word (RFC 5802 §7, `server-error-value`).
  case refused(SASLMechanism, reason: String)
}

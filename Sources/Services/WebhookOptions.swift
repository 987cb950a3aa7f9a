package import MailEngine
package import Sockets

/// How webhooks are delivered.
package struct WebhookOptions: Sendable {
  /// Which addresses endpoints may have; those that a name resolves to are judged, at every connect (decision 44).
  package var addressPolicy = AddressPolicy.servers(ports: Self.ports)
  /// Those of the open internet that may be asked.
  package static let ports: Set<UInt16> = [443, 8443]
  /// Whether `http://` is taken at all; it goes to loopback only.
  package var allowsPlain = false
  /// PEM file of certificate authorities trusted besides the system's.
  package var tlsCAFile: String?
  /// To resolve, connect and agree on TLS.
  package var connectSeconds: Int64 = 10
  /// To send the event and get the head of the answer.
  package var answerSeconds: Int64 = 30
  package var backoff = BackoffPolicy(firstMilliseconds: 1000, maxMilliseconds: 3_600_000)
  /// An endpoint may ask for so long at the most (Retry-After).
  package var retryAfterSecondsMax: Int64 = 86_400
  /// Failing for so long, it is parked.
  package var giveUpSeconds: Int64 = 3 * 86_400
  /// Endpoints that are told at the same time.
  package var atOnceMax = 32
  /// Events of one endpoint before others get their turn.
  package var eventsAtOnceMax = 200
  /// Of a tenant.
  package var countMax: Int64 = 20
  /// For so long the secret before the present one signs too.
  package var oldSecretSeconds: Int64 = 86_400
  package init() {}
}

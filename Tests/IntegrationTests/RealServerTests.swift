import Testing

/// What is shown on a real Dovecot and a real Postfix. One pair of them serves all tests; each test has users
/// of its own.
@Suite(
  .serialized, .mailServers,
  .disabled(if: Place.hasNoServers, "POSTROOM_NO_SERVERS=1: the tests with Dovecot and Postfix are left out"))
struct RealServerTests {}

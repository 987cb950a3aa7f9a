/// The bounds that a server keeps; each is named in the error of what exceeds it.
package struct RPCLimits: Sendable {
  /// Connections at one time.
  package var connectionsMax = 20_000
  /// Connections at one time from one ``PeerInfo/addressBlock``; who has none is not counted.
  package var connectionsPerPeerMax = 1000
  /// Refused connections that are told why at one time; those beyond are closed at once.
  package var refusalsMax = 64
  /// A refused connection has this long for its first octet and for taking the answer.
  package var refusalMilliseconds: Int64 = 2000
  /// One message that comes in, after inflating.
  package var messageOctetsMax = 64 << 20
  /// The same while nobody is authenticated: enough for `session.open`.
  package var messageOctetsUnauthenticatedMax = 1 << 20
  /// Arrays and objects inside each other.
  package var depthMax = 64
  /// Calls in one batch.
  package var batchMax = 100
  /// Calls and streams at work at one time.
  package var callsInFlightMax = 128
  /// A call's id; it is kept and sent back as it was written.
  package var idOctetsMax = 1024
  /// One value of a stream that goes out.
  package var streamMessageOctetsMax = 4 << 20
  /// What a stream may send before the first `rpc.credit`, when the caller names no number.
  package var streamCreditDefault = 16
  /// Values that a caller may have on their way into a call that takes them.
  package var streamCreditReceived = 8
  /// More credit than this is cut down to it.
  package var streamCreditMax = 65_536
  /// Octets that wait for the peer to take them; above it nothing more is read.
  package var writeBufferOctetsMax = 8 << 20
  /// Above this many octets that wait for the peer, streams and progress wait too: answers, and the reading
  /// of what the peer sends, go on.
  package var streamBufferOctetsMax = 2 << 20
  /// From the connection's start to its first octet.
  package var firstByteSeconds: Int64 = 10
  /// From a message's first octet to its last.
  package var messageSeconds: Int64 = 30
  /// Without a message and without a call at work.
  package var idleSeconds: Int64 = 600
  /// A connection that has become idle keeps what it works with for this long, while it is one of
  /// ``warmConnectionsMax``; then only what it must know.
  package var warmMilliseconds: Int64 = 500
  package var warmConnectionsMax = 64
  /// For the peer to take the next 256 KiB.
  package var writeSeconds: Int64 = 30
  /// What still runs when the peer has ended its side may answer for this long: `nc -N` and scripts.
  package var endedPeerMilliseconds: Int64 = 2000
  /// Tokens that were not accepted.
  package var authenticationFailuresMax = 5
  /// How often it is asked whether the tokens and certificates that connections and calls run under still count.
  package var credentialCheckSeconds: Int64 = 5
  /// When the server goes away, streams may go on for so long.
  package var goAwayStreamMilliseconds: Int64 = 1000
  /// Lines in a row that are not JSON.
  package var malformedLinesMax = 16
  /// An HTTP request's line and header fields, or the header of the LSP framing.
  package var headerOctetsMax = 16 << 10
  package var headerFieldsMax = 100

  package init() {}
}

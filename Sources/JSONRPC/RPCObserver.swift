/// Told what a server does, for logs. Called on the connections' tasks: it must return at once.
///
/// `rpc.ping` is not reported.
package protocol RPCObserver: Sendable {
  func connectionOpened(_ connectionID: UInt64, peer: PeerInfo)
  /// `reason` is fixed text.
  func connectionClosed(_ connectionID: UInt64, reason: String)
  func callEnded(_ report: CallReport)
  /// The peer broke a rule of the framing or a limit of the connection.
  func protocolError(_ connectionID: UInt64, error: RPCError)
  /// A token was refused.
  func authenticationFailed(_ connectionID: UInt64, peer: PeerInfo)
}

package struct CallReport: Sendable {
  package let connectionID: UInt64
  package let method: String
  package let tenantID: String?
  /// nil when the call succeeded.
  package let error: RPCError?
  package let microseconds: UInt64
  /// Of the call's `traceparent` (W3C Trace Context): 32 hexadecimal digits.
  package let traceID: String?
}

/// Told what a server does, for logs. Called on the connections' tasks: it must return at once.
///
/// `rpc.ping` is not reported.
package protocol RPCObserver: Sendable {
  func connectionOpened(_ connectionID: UInt64, peer: PeerInfo)
  /// `reason` is fixed text.
  func connectionClosed(_ connectionID: UInt64, reason: String)
  /// Whether a call that took so long is to be reported: no report is put together for nothing.
  func wantsCall(microseconds: UInt64) -> Bool
  func callEnded(_ report: CallReport)
  /// The peer broke a rule of the framing or a limit of the connection.
  func protocolError(_ connectionID: UInt64, error: RPCError)
  /// A message that is no call, or not JSON, was answered with an error, and the connection goes on.
  func messageRefused(_ connectionID: UInt64, error: RPCError)
  /// A token was refused.
  func authenticationFailed(_ connectionID: UInt64, peer: PeerInfo)
  /// A certificate that TLS has verified is registered for nobody: the connection needs a token.
  func certificateUnknown(_ connectionID: UInt64, peer: PeerInfo)
  /// A token or certificate was revoked or has expired while the connection worked under it.
  func credentialEnded(_ connectionID: UInt64, peer: PeerInfo)
}

extension RPCObserver {
  package func messageRefused(_ connectionID: UInt64, error: RPCError) {}
  package func certificateUnknown(_ connectionID: UInt64, peer: PeerInfo) {}
  package func credentialEnded(_ connectionID: UInt64, peer: PeerInfo) {}
}

extension RPCObserver {
  package func wantsCall(microseconds: UInt64) -> Bool { true }
}

package struct CallReport: Sendable {
  package let connectionID: UInt64
  /// `(unknown)` where there is no such method: what the caller wrote instead may be a secret.
  package let method: String
  package let isStream: Bool
  /// As the caller wrote it, without the quotes of a string, and cut; nil for a notification. Anybody's text.
  package let requestID: String?
  package let tenantID: String?
  /// The name of the principal.
  package let caller: String?
  /// nil when the call succeeded.
  package let error: RPCError?
  package let microseconds: UInt64
  /// Of the call's span, or else of its `traceparent` (W3C Trace Context): 32 hexadecimal digits.
  package let traceID: String?

  /// What is shown of a request's id, which is JSON text.
  static func shownID(_ id: some Collection<UInt8>) -> String {
    var text = String(decoding: id.prefix(idOctetsMax + 2), as: UTF8.self)
    if text.hasPrefix("\"") { text.removeFirst() }
    if id.count <= idOctetsMax + 2, text.hasSuffix("\"") { text.removeLast() }
    return text
  }

  private static let idOctetsMax = 64
}

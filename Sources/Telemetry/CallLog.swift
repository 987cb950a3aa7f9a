package import JSONRPC
package import Logging

/// One line a call at debug level, and at warning one for each that took long; failures of the framing and of tokens
/// at notice. Never params or results.
package struct CallLog: RPCObserver {
  private let logger: Logger
  private let slowMicroseconds: UInt64
  private let slowest: SlowestCalls?

  /// - Parameters:
  ///   - slowMilliseconds: a call (not a stream) that takes this long is told; 0: none is.
  ///   - slowest: told of each call that may be among them.
  package init(logger: Logger, slowMilliseconds: Int64, slowest: SlowestCalls? = nil) {
    self.logger = logger
    self.slowest = slowest
    slowMicroseconds = slowMilliseconds > 0 ? UInt64(slowMilliseconds) * 1000 : .max
  }

  package func connectionOpened(_ connectionID: UInt64, peer: PeerInfo) {
    logger.trace("opened", metadata: ["connection": "\(connectionID)", "peer": "\(peer.text)"])
  }

  package func connectionClosed(_ connectionID: UInt64, reason: String) {
    logger.trace("closed", metadata: ["connection": "\(connectionID)", "reason": "\(reason)"])
  }

  package func wantsCall(microseconds: UInt64) -> Bool {
    microseconds >= slowMicroseconds || (slowest != nil && microseconds >= SlowestCalls.microsecondsMin)
      || logger.logLevel <= .debug
  }

  package func callEnded(_ report: CallReport) {
    slowest?.add(report)
    let isSlow = report.microseconds >= slowMicroseconds && !report.isStream
    guard isSlow || logger.logLevel <= .debug else { return }
    var metadata: Logger.Metadata = [
      "connection": "\(report.connectionID)", "method": "\(report.method)",
      "microseconds": "\(report.microseconds)",
    ]
    if let id = report.requestID { metadata["id"] = "\(id)" }
    if let tenant = report.tenantID { metadata["tenant"] = "\(tenant)" }
    if let caller = report.caller { metadata["caller"] = "\(caller)" }
    if let trace = report.traceID { metadata["trace"] = "\(trace)" }
    if let error = report.error { metadata["error"] = "\(error.reason ?? String(error.code))" }
    if isSlow {
      logger.warning("slow call", metadata: metadata)
    } else {
      logger.debug("call", metadata: metadata)
    }
  }

  package func protocolError(_ connectionID: UInt64, error: RPCError) {
    logger.notice(
      "protocol error",
      metadata: ["connection": "\(connectionID)", "error": "\(error.reason ?? String(error.code))"])
  }

  package func messageRefused(_ connectionID: UInt64, error: RPCError) {
    guard logger.logLevel <= .debug else { return }
    logger.debug(
      "message refused",
      metadata: ["connection": "\(connectionID)", "error": "\(error.reason ?? String(error.code))"])
  }

  package func authenticationFailed(_ connectionID: UInt64, peer: PeerInfo) {
    logger.notice("token refused", metadata: ["connection": "\(connectionID)", "peer": "\(peer.text)"])
  }

  package func certificateUnknown(_ connectionID: UInt64, peer: PeerInfo) {
    logger.notice(
      "client certificate not registered: token.addCertificate registers it",
      metadata: [
        "connection": "\(connectionID)", "peer": "\(peer.text)", "sha256": "\(peer.certificateText ?? "")",
      ])
  }

  package func credentialEnded(_ connectionID: UInt64, peer: PeerInfo) {
    logger.notice(
      "signed out: the token or certificate was revoked or has expired",
      metadata: ["connection": "\(connectionID)", "peer": "\(peer.text)"])
  }
}

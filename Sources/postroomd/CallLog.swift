import JSONRPC
import Logging
import Synchronization

/// One line a call at debug level; failures of the framing and of tokens at notice. Never params or results.
struct CallLog: RPCObserver {
  let logger: Logger

  func connectionOpened(_ connectionID: UInt64, peer: PeerInfo) {
    logger.trace("opened", metadata: ["connection": "\(connectionID)", "peer": "\(peer.text)"])
  }

  func connectionClosed(_ connectionID: UInt64, reason: String) {
    logger.trace("closed", metadata: ["connection": "\(connectionID)", "reason": "\(reason)"])
  }

  func callEnded(_ report: CallReport) {
    // Most servers run without these lines: nothing is put together for them.
    guard logger.logLevel <= .debug else { return }
    var metadata: Logger.Metadata = [
      "connection": "\(report.connectionID)", "method": "\(report.method)",
      "microseconds": "\(report.microseconds)",
    ]
    if let tenant = report.tenantID { metadata["tenant"] = "\(tenant)" }
    if let trace = report.traceID { metadata["trace"] = "\(trace)" }
    if let error = report.error { metadata["error"] = "\(error.reason ?? String(error.code))" }
    logger.debug("call", metadata: metadata)
  }

  func protocolError(_ connectionID: UInt64, error: RPCError) {
    logger.notice(
      "protocol error",
      metadata: ["connection": "\(connectionID)", "error": "\(error.reason ?? String(error.code))"])
  }

  func authenticationFailed(_ connectionID: UInt64, peer: PeerInfo) {
    logger.notice("token refused", metadata: ["connection": "\(connectionID)", "peer": "\(peer.text)"])
  }
}

/// The server's statistics, for a service that the server itself holds.
final class StatisticsBox: Sendable {
  private let server = Mutex<RPCServer?>(nil)

  var source: RPCServer? {
    get { server.withLock { $0 } }
    set { server.withLock { $0 = newValue } }
  }

  func read() -> RPCStatistics { source?.statistics ?? RPCStatistics() }
}

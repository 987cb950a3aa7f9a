import JSONRPC
import Synchronization

/// The server's statistics, for a service that the server itself holds.
final class StatisticsBox: Sendable {
  private let server = Mutex<RPCServer?>(nil)

  var source: RPCServer? {
    get { server.withLock { $0 } }
    set { server.withLock { $0 = newValue } }
  }

  func read() -> RPCStatistics { source?.statistics ?? RPCStatistics() }
}

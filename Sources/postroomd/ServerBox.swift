import JSONRPC
import Synchronization

/// The server, for services that the server itself holds.
final class ServerBox: Sendable {
  private let box = Mutex<RPCServer?>(nil)

  var server: RPCServer? {
    get { box.withLock { $0 } }
    set { box.withLock { $0 = newValue } }
  }

  var statistics: RPCStatistics { server?.statistics ?? RPCStatistics() }
}

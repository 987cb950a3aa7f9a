internal import Synchronization

/// What the connections that begin under the same limits share.
final class ConnectionTerms: Sendable {
  let limits: RPCLimits
  let counters: RPCCounters
  let table: MethodTable
  let observer: (any RPCObserver)?

  init(limits: RPCLimits, counters: RPCCounters, table: MethodTable, observer: (any RPCObserver)?) {
    self.limits = limits
    self.counters = counters
    self.table = table
    self.observer = observer
  }
}

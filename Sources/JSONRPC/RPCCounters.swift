internal import Synchronization

/// What a server has counted since it started.
package struct RPCStatistics: Sendable {
  package struct MethodStatistics: Sendable, Equatable {
    package var calls: UInt64 = 0
    package var errors: UInt64 = 0
    /// The sum over all calls that ended; for a stream, how long it lasted.
    package var microseconds: UInt64 = 0
    /// How many calls took how long.
    package var durations = DurationHistogram()
  }

  package var connectionsOpen = 0
  /// Of these, connections that have nothing under way and no task.
  package var connectionsAtRest = 0
  /// The open connections by what they speak, in a fixed order; those that have not said a word yet are `undecided`.
  package var framings: [(name: String, connections: Int)] = []
  /// Connections that were served.
  package var connectionsTotal: UInt64 = 0
  /// Connections that were one too many in all, or of their peer address.
  package var connectionsRefused: UInt64 = 0
  package var connectionsRefusedPerPeer: UInt64 = 0
  /// Of both, those that were closed without an answer.
  package var connectionsRefusedUntold: UInt64 = 0
  package var callsInFlight = 0
  /// Of these, streams.
  package var streamsOpen = 0
  /// Octets that wait for peers to take them.
  package var octetsWaiting = 0
  package var calls: UInt64 = 0
  package var errors: UInt64 = 0
  package var octetsIn: UInt64 = 0
  package var octetsOut: UInt64 = 0
  package var protocolErrors: UInt64 = 0
  package var authenticationFailures: UInt64 = 0
  /// By method name; only methods that were called.
  package var methods: [String: MethodStatistics] = [:]

  package init() {}
}

/// Sums that connections add to, once for each batch of what they read.
final class RPCCounters: Sendable {
  /// What one connection counted since it last added.
  struct Tally {
    var octetsIn: UInt64 = 0
    var calls: UInt64 = 0
    var errors: UInt64 = 0
    var pings: UInt64 = 0
    var inline: [(method: Int, failed: Bool, nanoseconds: UInt64)] = []

    var isEmpty: Bool { octetsIn == 0 && calls == 0 && errors == 0 }
  }

  private struct State {
    var sums = RPCStatistics()
    var methods: [RPCStatistics.MethodStatistics]
    var pings: UInt64 = 0
  }

  private let names: [String]
  private let state: Mutex<State>
  private let octetsOut = Atomic<UInt64>(0)

  init(methods: MethodTable) {
    names = methods.methods.map(\.name)
    state = Mutex(State(methods: .init(repeating: .init(), count: names.count)))
  }

  func add(_ tally: inout Tally) {
    if tally.isEmpty { return }
    state.withLock { s in
      s.sums.octetsIn &+= tally.octetsIn
      s.sums.calls &+= tally.calls
      s.sums.errors &+= tally.errors
      s.pings &+= tally.pings
      for call in tally.inline {
        s.methods[call.method].calls &+= 1
        if call.failed { s.methods[call.method].errors &+= 1 }
        s.methods[call.method].microseconds &+= call.nanoseconds / 1000
        s.methods[call.method].durations.add(microseconds: call.nanoseconds / 1000)
      }
    }
    tally.octetsIn = 0
    tally.calls = 0
    tally.errors = 0
    tally.pings = 0
    tally.inline.removeAll(keepingCapacity: true)
  }

  func wrote(_ octets: Int) {
    octetsOut.wrappingAdd(UInt64(octets), ordering: .relaxed)
  }

  func connectionOpened() {
    state.withLock {
      $0.sums.connectionsOpen += 1
      $0.sums.connectionsTotal &+= 1
    }
  }

  func connectionClosed() { state.withLock { $0.sums.connectionsOpen -= 1 } }

  func callBegan() { state.withLock { $0.sums.callsInFlight += 1 } }

  func callEnded(method: Int, failed: Bool, microseconds: UInt64) {
    state.withLock { s in
      s.sums.callsInFlight -= 1
      s.methods[method].calls &+= 1
      s.methods[method].microseconds &+= microseconds
      s.methods[method].durations.add(microseconds: microseconds)
      if failed {
        s.sums.errors &+= 1
        s.methods[method].errors &+= 1
      }
    }
  }

  func protocolError() { state.withLock { $0.sums.protocolErrors &+= 1 } }

  func authenticationFailed() { state.withLock { $0.sums.authenticationFailures &+= 1 } }

  var statistics: RPCStatistics {
    var (sums, methods, pings) = state.withLock { ($0.sums, $0.methods, $0.pings) }
    sums.octetsOut = octetsOut.load(ordering: .relaxed)
    for (name, method) in zip(names, methods) where method.calls > 0 { sums.methods[name] = method }
    if pings > 0 { sums.methods["rpc.ping"] = .init(calls: pings) }
    return sums
  }
}

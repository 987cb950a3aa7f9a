internal import Synchronization

/// A place among a server's connections. It is taken before anything is read, so that a handshake already
/// counts, and is free again after ``leave()`` or with the last reference.
package final class ConnectionPlace: Sendable {
  /// Why the connection will not be served; this is a place among the few that are told so.
  var refusal: RPCError? { refused?.error }
  private let refused: Refused?
  private let ledger: ConnectionLedger
  private let block: [UInt8]?
  private let left = Atomic<Bool>(false)

  /// An error is large, and most places have none.
  private final class Refused: Sendable {
    let error: RPCError

    init(_ error: RPCError) { self.error = error }
  }

  fileprivate init(_ ledger: ConnectionLedger, block: [UInt8]?, refusal: RPCError?) {
    self.ledger = ledger
    self.block = block
    refused = refusal.map { Refused($0) }
  }

  deinit { leave() }

  /// Gives the place back; a second time does nothing.
  package func leave() {
    if left.exchange(true, ordering: .relaxed) { return }
    ledger.leave(block: block, refused: refused != nil)
  }
}

/// Counts connections, in all and for each peer address.
final class ConnectionLedger: Sendable {
  /// What was not served, since the start.
  struct Refusals: Sendable {
    var total: UInt64 = 0
    var perPeer: UInt64 = 0
    /// Closed without a word, since enough others were being told why.
    var untold: UInt64 = 0
  }

  private struct State {
    var connections = 0
    var peers: [[UInt8]: Int] = [:]
    var refusing = 0
    var refusals = Refusals()
    var limits: RPCLimits
  }

  private let state: Mutex<State>

  init(limits: RPCLimits) { state = Mutex(State(limits: limits)) }

  /// Connections that are open stay open, also when there are now too many.
  func update(limits: RPCLimits) { state.withLock { $0.limits = limits } }

  /// nil when the connection is to be closed at once: it is refused, and enough others are being told why.
  func enter(_ peer: PeerInfo) -> ConnectionPlace? {
    let entered: (told: Bool, refusal: RPCError?) = state.withLock { s in
      let fromPeer = peer.addressBlock.map { s.peers[$0] ?? 0 } ?? 0
      var refusal: RPCError?
      if fromPeer >= s.limits.connectionsPerPeerMax {
        s.refusals.perPeer &+= 1
        refusal = .limit(
          "connectionsPerPeer", limit: s.limits.connectionsPerPeerMax, actual: fromPeer + 1,
          retryAfterMs: 1000)
      } else if s.connections >= s.limits.connectionsMax {
        s.refusals.total &+= 1
        refusal = .limit(
          "connections", limit: s.limits.connectionsMax, actual: s.connections + 1, retryAfterMs: 1000)
      }
      guard refusal != nil else {
        s.connections += 1
        if let block = peer.addressBlock { s.peers[block] = fromPeer + 1 }
        return (true, nil)
      }
      guard s.refusing < s.limits.refusalsMax else {
        s.refusals.untold &+= 1
        return (false, refusal)
      }
      s.refusing += 1
      return (true, refusal)
    }
    guard entered.told else { return nil }
    return ConnectionPlace(self, block: peer.addressBlock, refusal: entered.refusal)
  }

  fileprivate func leave(block: [UInt8]?, refused: Bool) {
    state.withLock { s in
      if refused {
        s.refusing -= 1
        return
      }
      s.connections -= 1
      guard let block, let count = s.peers[block] else { return }
      // A peer that has gone leaves nothing behind.
      s.peers[block] = count > 1 ? count - 1 : nil
    }
  }

  var refusals: Refusals { state.withLock { $0.refusals } }
}

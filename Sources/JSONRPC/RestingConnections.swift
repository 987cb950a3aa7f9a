internal import Synchronization

/// What a server knows of its idle connections: how many keep what they work with, how many do not, and whom these
/// speak for.
final class RestingConnections: Sendable {
  /// So many different speakers are remembered, to be shared by their connections.
  private static let principalsMax = 64

  private let warm = Atomic<Int>(0)
  private let atRest = Atomic<Int>(0)
  private let principals = Mutex<[Principal: SharedPrincipal]>([:])

  /// Takes a place among the connections that keep what they work with; false when `limit` have one.
  func stayWarm(_ limit: Int) -> Bool {
    if warm.wrappingAdd(1, ordering: .relaxed).oldValue < limit { return true }
    leaveWarm()
    return false
  }

  func leaveWarm() { warm.wrappingSubtract(1, ordering: .relaxed) }

  /// Connections without a task.
  var count: Int { atRest.load(ordering: .relaxed) }

  func began() { atRest.wrappingAdd(1, ordering: .relaxed) }

  func ended() { atRest.wrappingSubtract(1, ordering: .relaxed) }

  /// `principal`, in the memory of others like it.
  func shared(_ principal: Principal) -> SharedPrincipal {
    principals.withLock { s in
      if let known = s[principal] { return known }
      if s.count >= Self.principalsMax { s.removeAll() }
      let new = SharedPrincipal(principal)
      s[principal] = new
      return new
    }
  }
}

/// A principal that many connections have.
final class SharedPrincipal: Sendable {
  let value: Principal

  init(_ value: Principal) { self.value = value }
}

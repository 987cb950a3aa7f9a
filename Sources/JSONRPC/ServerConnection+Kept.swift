internal import Bytes

extension ServerConnection {
  /// What a connection must know while nothing is under way: little, since there may be very many.
  struct Kept {
    var framing: Framing?
    var failures: Int32 = 0
    var malformedInARow: Int32 = 0
    var principal: SharedPrincipal?
    var idleDeadline: Deadline

    /// Of a connection of which nothing is known.
    init(until deadline: Deadline) { idleDeadline = deadline }
  }

  /// What is left of it while nothing is under way.
  func keep(until deadline: Deadline) -> Kept {
    var kept = Kept(until: deadline)
    kept.framing = framing
    kept.principal = principal.map { server.resting.shared($0) }
    kept.failures = Int32(clamping: failures)
    kept.malformedInARow = Int32(clamping: malformedInARow)
    return kept
  }
}

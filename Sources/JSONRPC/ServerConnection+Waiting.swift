internal import Bytes

/// Waiting for what comes next, or until nothing is under way.
extension ServerConnection {
  /// How waiting for octets ended.
  enum Arrival {
    /// So many came; 0 is the peer's end.
    case octets(Int)
    /// Nothing is under way.
    case rest(until: Deadline)
  }

  /// Until when the connection keeps what it works with, when nothing comes.
  var warmDeadline: Deadline { Deadline.lastTick.advanced(milliseconds: limits.warmMilliseconds) }

  /// Whether nothing is under way.
  func isQuiet(midMessage: Bool) -> Bool {
    direct != nil && input.isEmpty && !midMessage && session.callsInFlight == 0 && session.outbox.isEmpty
  }

  /// By when more input must come.
  mutating func readDeadline(midMessage: Bool) -> Deadline {
    if input.isEmpty && !midMessage {
      messageDeadline = nil
      return .roughlyAfter(seconds: limits.idleSeconds)
    }
    let deadline = messageDeadline ?? .after(seconds: limits.messageSeconds)
    messageDeadline = deadline
    return deadline
  }

  /// Waits for more input, or until nothing is under way.
  ///
  /// - Parameter replies: what must be at rest besides.
  nonisolated(nonsending) mutating func nextOctets(midMessage: Bool, _ replies: HTTPReplies? = nil)
    async throws(ConnectionEnd) -> Arrival
  {
    guard let direct else {
      while true {
        do throws(ConnectionEnd) {
          let before = input.count
          _ = try await read(deadline: readDeadline(midMessage: midMessage))
          return .octets(input.count - before)
        } catch .stream(.timedOut) {
          if messageDeadline != nil { throw .tooSlow }
          if session.isIdle { throw .ended("idle") }
        }
      }
    }
    var mayStayWarm = true
    var deadline = readDeadline(midMessage: midMessage)
    do throws(StreamError) {
      while true {
        if let n = try await direct.readIfThere(into: &input, atMost: Self.readOctets) {
          tally.octetsIn &+= UInt64(n)
          return .octets(n)
        }
        let isWarm =
          mayStayWarm && messageDeadline == nil && server.resting.stayWarm(limits.warmConnectionsMax)
        defer { if isWarm { server.resting.leaveWarm() } }
        // Before the look: what ends later wakes the wait.
        session.setWantsNudge(!isWarm)
        let isQuiet = isQuiet(midMessage: midMessage) && replies?.isIdle ?? true
        if isQuiet, !isWarm { return .rest(until: deadline) }
        do throws(StreamError) {
          try await direct.wait(handing: nil, deadline: isWarm ? min(deadline, warmDeadline) : deadline)
        } catch .timedOut {
          if messageDeadline != nil { throw .timedOut(.read) }
          mayStayWarm = false
          guard deadline.hasPassed else { continue }
          if session.isIdle { throw .timedOut(.read) }
          deadline = readDeadline(midMessage: midMessage)
        }
      }
    } catch {
      guard case .timedOut = error else { throw .stream(error) }
      throw messageDeadline != nil ? .tooSlow : .ended("idle")
    }
  }

  mutating func messageIsComplete() { messageDeadline = nil }
}

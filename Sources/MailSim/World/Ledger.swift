internal import Synchronization

/// The faults to come and what has happened, shared by all connections.
final class Ledger: Sendable {
  /// Older commands are forgotten beyond this many.
  private static let commandsMax = 100_000

  private struct State {
    var faults: [Fault] = []
    var commands: [CommandRecord] = []
    var submissions: [Submission] = []
    var connections = 0
    var octets = SimTraffic()
  }

  private let state = Mutex(State())

  func nextConnection() -> Int {
    state.withLock { s in
      s.connections += 1
      return s.connections
    }
  }

  func add(_ fault: Fault) { state.withLock { $0.faults.append(fault) } }
  func clearFaults() { state.withLock { $0.faults = [] } }

  /// The effect that hits this command, counted off.
  func effect(_ service: Fault.Service, _ command: String, user: String?) -> Fault.Effect? {
    state.withLock { s in
      for i in s.faults.indices {
        let fault = s.faults[i]
        guard fault.service == service, fault.command ?? command == command else { continue }
        guard fault.command != nil || command != "GREETING" else { continue }
        if let wanted = fault.user, wanted != user { continue }
        if fault.after > 0 {
          s.faults[i].after -= 1
          continue
        }
        if fault.times != .max { s.faults[i].times -= 1 }
        if s.faults[i].times <= 0 { s.faults.remove(at: i) }
        return fault.effect
      }
      return nil
    }
  }

  func note(_ service: Fault.Service, connection: Int, _ name: String) {
    state.withLock { s in
      if s.commands.count >= Self.commandsMax { s.commands.removeFirst(Self.commandsMax / 2) }
      s.commands.append(CommandRecord(service: service, connection: connection, name: name))
    }
  }

  /// Marks the connection's last command as the client's mistake.
  func reject(connection: Int) {
    state.withLock { s in
      if let i = s.commands.lastIndex(where: { $0.connection == connection }) {
        s.commands[i].rejected = true
      }
    }
  }

  func note(_ submission: Submission) { state.withLock { $0.submissions.append(submission) } }

  func count(received: Int, sent: Int) {
    state.withLock { s in
      s.octets.received += received
      s.octets.sent += sent
    }
  }

  var traffic: SimTraffic { state.withLock { $0.octets } }

  var commands: [CommandRecord] { state.withLock { $0.commands } }
  var submissions: [Submission] { state.withLock { $0.submissions } }
}

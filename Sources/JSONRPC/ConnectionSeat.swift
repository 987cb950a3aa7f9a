internal import Bytes

/// Where a connection's state lies: its task works on it, and while that waits with nothing under way, the reactor.
/// When nothing has come for a while, there is no task, and of the state only what cannot be made anew.
///
/// SAFETY (`@unchecked Sendable`): the state is touched by the task between waits, and by ``arrived(_:count:workspace:)``
/// during one or while there is no task. A wait and a rest end on the thread that calls ``arrived(_:count:workspace:)``,
/// and never within such a call.
final class ConnectionSeat: RestingConnection, @unchecked Sendable {
  private let server: RPCServer
  private let session: ServerSession
  private let place: ConnectionPlace
  /// nil while the connection rests.
  private var connection: UnsafeMutablePointer<ServerConnection>?
  private var isResting = false
  /// What is left of it then.
  private var kept: ServerConnection.Kept
  /// What came last while it rested.
  private var received: [UInt8]

  init(server: RPCServer, session: ServerSession, place: ConnectionPlace, received: ByteBuffer) {
    self.server = server
    self.session = session
    self.place = place
    self.received = received.bytes
    kept = ServerConnection.Kept(until: .after(seconds: session.limits.firstByteSeconds))
  }

  deinit {
    noteRest(false)
    giveUpState()
  }

  func serve(after end: StreamError?) async -> Deadline? {
    if let end {
      // What is still on its way out is another's business.
      guard let reason = reason(of: end) else { return .roughlyAfter(seconds: session.limits.idleSeconds) }
      noteRest(false)
      leave(reason)
      return nil
    }
    noteRest(false)
    let connection = makeState()
    let rest = await withDiscardingTaskGroup(returning: ServerConnection.Rest.self) { group in
      let rest = await run(connection, &group)
      if case .ended = rest {
        session.outbox.end()
        session.stream.close()
        session.cancelAll(.cancelled)
      } else {
        // What is appended from now on is written by who appends it.
        session.outbox.dismissWriter()
      }
      group.cancelAll()
      return rest
    }
    switch rest {
    case .quiet(let deadline), .cold(let deadline):
      kept = connection.pointee.keep(until: deadline)
      giveUpState()
      session.compact()
      noteRest(true)
      return deadline
    case .ended(let reason):
      giveUpState()
      leave(reason)
      return nil
    }
  }

  func arrived(_ bytes: [UInt8], count: Int, workspace: inout AnyObject?) -> Deadline? {
    guard let connection else {
      received.append(contentsOf: bytes[..<count])
      return nil
    }
    let space = DirectWorkspace.of(&workspace, depthMax: connection.pointee.limits.depthMax)
    return connection.pointee.handleDirectly(bytes, count, space)
  }

  /// Serves until the connection is to be closed or needs no task.
  private nonisolated(nonsending) func run(
    _ connection: UnsafeMutablePointer<ServerConnection>, _ group: inout DiscardingTaskGroup
  ) async -> ServerConnection.Rest {
    while true {
      let rest = await connection.pointee.run(&group)
      guard case .quiet(let deadline) = rest, let direct = connection.pointee.direct,
        server.resting.stayWarm(session.limits.warmConnectionsMax)
      else { return rest }
      defer { server.resting.leaveWarm() }
      do throws(StreamError) {
        try await direct.wait(handing: self, deadline: min(deadline, connection.pointee.warmDeadline))
      } catch {
        guard case .timedOut = error else { return .ended(await connection.pointee.end(.stream(error))) }
        let deadline = connection.pointee.idleDeadline
        if !deadline.hasPassed { return .cold(until: deadline) }
        if session.isIdle { return .ended(await connection.pointee.end(.ended("idle"))) }
      }
    }
  }

  /// Why the rest's end is the connection's; nil when it goes on.
  private func reason(of end: StreamError) -> String? {
    guard case .timedOut = end else { return ConnectionEnd.stream(end).reason }
    if kept.framing == nil { return ConnectionEnd.tooSlow.reason }
    return session.isIdle ? ConnectionEnd.ended("idle").reason : nil
  }

  private func noteRest(_ begins: Bool) {
    if isResting == begins { return }
    isResting = begins
    if begins { server.resting.began() } else { server.resting.ended() }
  }

  private func leave(_ reason: String) {
    session.outbox.end()
    session.stream.close()
    session.cancelAll(.cancelled)
    place.leave()
    server.ended(session, reason: reason)
  }

  private func makeState() -> UnsafeMutablePointer<ServerConnection> {
    let made = UnsafeMutablePointer<ServerConnection>.allocate(capacity: 1)
    made.initialize(
      to: ServerConnection(server: server, session: session, kept: kept, received: ByteBuffer(received)))
    received = []
    connection = made
    return made
  }

  private func giveUpState() {
    connection?.deinitialize(count: 1)
    connection?.deallocate()
    connection = nil
  }
}

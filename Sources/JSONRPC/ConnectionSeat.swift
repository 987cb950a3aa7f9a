internal import Bytes

/// Where a connection's state lies: its task works on it, and while that waits with nothing under way, the reactor.
///
/// SAFETY (`@unchecked Sendable`): the connection is touched by the task between waits, and by ``arrived(_:count:workspace:)``
/// during one. A wait ends on the thread that calls ``arrived(_:count:workspace:)``, and never within such a call.
final class ConnectionSeat: DirectReader, @unchecked Sendable {
  private let connection: UnsafeMutablePointer<ServerConnection>

  init(_ state: consuming ServerConnection) {
    connection = .allocate(capacity: 1)
    connection.initialize(to: state)
  }

  deinit {
    connection.deinitialize(count: 1)
    connection.deallocate()
  }

  /// Serves until the connection is to be closed; says why.
  nonisolated(nonsending) func run(_ group: inout DiscardingTaskGroup) async -> String {
    while true {
      switch await connection.pointee.run(&group) {
      case .ended(let reason): return reason
      case .quiet(let deadline):
        do throws(ConnectionEnd) {
          try await wait(until: deadline)
        } catch {
          return await connection.pointee.end(error)
        }
      }
    }
  }

  private nonisolated(nonsending) func wait(until deadline: Deadline) async throws(ConnectionEnd) {
    guard let direct = connection.pointee.direct else { return }
    do throws(StreamError) {
      try await direct.wait(handing: self, deadline: deadline)
    } catch {
      guard case .timedOut = error else { throw .stream(error) }
      if connection.pointee.session.isIdle { throw .ended("idle") }
    }
  }

  func arrived(_ bytes: [UInt8], count: Int, workspace: inout AnyObject?) -> Deadline? {
    let space = DirectWorkspace.of(&workspace, depthMax: connection.pointee.limits.depthMax)
    return connection.pointee.handleDirectly(bytes, count, space)
  }
}

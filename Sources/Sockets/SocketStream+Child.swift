package import Bytes
internal import Glibc

extension SocketStream {
  /// Two Unix sockets joined to each other: one stays, the other is for a process that is started now.
  ///
  /// - Parameter start: starts it with the descriptor it is given, which is closed here when `start` returns. It does
  ///   not block, and is closed in every other process that is started meanwhile.
  package static func toChild<R>(
    on reactor: Reactor? = nil, start: (Int32) -> R
  ) throws(StreamError) -> (stream: SocketStream, started: R) {
    let reactor = reactor ?? Reactor.current ?? ReactorGroup.shared.next()
    do throws(Syscalls.Failure) {
      let ends = try Syscalls.makeSocketPair()
      let started = start(ends.b.number)
      return (SocketStream(try Channel(ends.a, on: reactor)), started)
    } catch {
      throw .system(.connect, errno: error.errno)
    }
  }
}

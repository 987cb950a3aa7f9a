package import Bytes
internal import CLinux
internal import Glibc
internal import Synchronization

/// A socket that takes connections.
package final class Listener: Sendable {
  /// Connections accepted in a row, after which others on the reactor get their turn.
  private static let streakMax = 32

  private let channel: Channel
  private let address: SocketAddress?
  private let unixFile: UnixSocketFile?
  private let deadPeerSeconds: Int
  private let reserve = Mutex<Int32?>(Syscalls.openReserve())

  /// The port it listens on; 0 for a Unix socket.
  package var port: UInt16 { address?.port ?? 0 }
  /// The Unix socket's path; nil for TCP.
  package var path: String? { unixFile?.path ?? address?.unixPath }
  /// Where it listens, as ``Endpoint`` writes it.
  package var endpoint: Endpoint {
    if let path { return .unix(path: path) }
    return .tcp(host: address?.ip.map { "\($0)" } ?? "", port: port)
  }

  private let isTCP: Bool

  private init(
    _ channel: Channel, unixFile: UnixSocketFile?, deadPeerSeconds: Int = SocketOptions.deadPeerSeconds
  ) {
    self.channel = channel
    self.deadPeerSeconds = deadPeerSeconds
    self.unixFile = unixFile
    address = channel.withDescriptor { Syscalls.localAddress($0) } ?? nil
    isTCP = address?.ip != nil
  }

  /// Takes over a socket that a service manager has bound and that listens already (sd_listen_fds(3)).
  /// A Unix socket's file is the service manager's: it stays after ``close()``.
  ///
  /// - Parameter number: an open descriptor that nothing else in this process uses; the listener closes it.
  /// - Throws: ``StreamError/system(_:errno:)`` for `.bind`: EBADF when it is not open, EINVAL when it is not a
  ///   stream socket that listens.
  package static func adopt(
    descriptor number: Int32, deadPeerSeconds: Int = SocketOptions.deadPeerSeconds
  ) throws(StreamError) -> Listener {
    do throws(Syscalls.Failure) {
      try Syscalls.adopt(number)
      guard Syscalls.isListening(number) else { throw Syscalls.Failure(errno: EINVAL) }
      let reactor = Reactor.current ?? ReactorGroup.shared.next()
      return Listener(
        try Channel(Descriptor(number), on: reactor), unixFile: nil, deadPeerSeconds: deadPeerSeconds)
    } catch {
      throw .system(.bind, errno: error.errno)
    }
  }

  deinit { close() }

  /// Listens on `endpoint`: from now on clients can connect, and wait for ``run(on:_:)``.
  ///
  /// A TCP host must be an address or "localhost". A Unix path may hold the socket of a server that
  /// died: it is replaced; a living server's socket, or any other file, is an error.
  ///
  /// - Parameters:
  ///   - backlog: connections that the kernel keeps until they are accepted.
  ///   - reusePort: other processes may listen on the same TCP port (SO_REUSEPORT).
  ///   - unixMode: permissions of the Unix socket's file, in force before anyone can connect.
  ///   - unixGroup: the group that the Unix socket's file belongs to; the process's own when nil.
  ///   - deadPeerSeconds: TCP connections of peers that are not heard of for so long are ended, 4 to 3600.
  /// - Throws: ``StreamError/system(_:errno:)`` for `.bind`; EADDRINUSE when another server is there.
  package static func bind(
    _ endpoint: Endpoint, backlog: Int = 1024, reusePort: Bool = false, unixMode: UInt16 = 0o600,
    unixGroup: UInt32? = nil, deadPeerSeconds: Int = 120
  ) throws(StreamError) -> Listener {
    let queue = Int32(clamping: max(backlog, 1))
    do throws(Syscalls.Failure) {
      let reactor = Reactor.current ?? ReactorGroup.shared.next()
      switch endpoint {
      case .unix(let path):
        let new = try UnixSocketFile.listen(path: path, mode: unixMode, group: unixGroup, backlog: queue)
        let file = new.file
        return Listener(try Channel(new.socket, on: reactor), unixFile: file)
      case .tcp(let host, let port):
        guard let address = listenAddress(host: host, port: port) else {
          throw Syscalls.Failure(errno: EADDRNOTAVAIL)
        }
        let socket = try Syscalls.makeSocket(family: address.family)
        try Syscalls.set(socket.number, level: SOL_SOCKET, option: SO_REUSEADDR, to: 1)
        if reusePort { try Syscalls.set(socket.number, level: SOL_SOCKET, option: SO_REUSEPORT, to: 1) }
        try Syscalls.bind(socket, to: address)
        try Syscalls.listen(socket, backlog: queue)
        return Listener(
          try Channel(socket, on: reactor), unixFile: nil, deadPeerSeconds: deadPeerSeconds)
      }
    } catch {
      throw .system(.bind, errno: error.errno)
    }
  }

  /// Accepts connections until ``close()`` or the calling task's cancellation, and handles each in a
  /// child task that prefers the reactor its stream belongs to, the group's reactors by turns.
  ///
  /// Returns when all children have ended: after ``close()`` they end by themselves; the calling
  /// task's cancellation closes their streams and cancels them too. A task of a handler's own that is cancelled
  /// while it waits for such a stream goes on waiting until the stream is closed. A stream is closed when its handler returns.
  /// Survives running out of descriptors: see ``AcceptPressure``. One call at a time.
  package func run(on group: ReactorGroup, _ handle: @escaping @Sendable (SocketStream) async -> Void) async {
    await host(on: group) { stream in
      await handle(stream)
      return nil
    }
  }

  /// ``run(on:_:)`` with connections that have a task only while something is under way on them.
  ///
  /// - Parameter host: what serves the stream from now on, with a child task as often as it needs one; nil when the
  ///   connection is over already.
  package func host(
    on group: ReactorGroup, _ host: @escaping @Sendable (SocketStream) async -> (any RestingConnection)?
  ) async {
    let porters = group.all.map(Porter.init)
    let visitors = Visitors(porters: porters)
    await withTaskCancellationHandler {
      await withTaskExecutorPreference(channel.reactor) {
        await withDiscardingTaskGroup { tasks in
          for porter in porters {
            tasks.addTask(executorPreference: porter.reactor) { await porter.run() }
          }
          await accept(on: group, visitors, &tasks, host)
          visitors.noMore()
        }
      }
    } onCancel: {
      visitors.closeAll()
    }
  }

  private func accept(
    on group: ReactorGroup, _ visitors: Visitors, _ tasks: inout DiscardingTaskGroup,
    _ host: @escaping @Sendable (SocketStream) async -> (any RestingConnection)?
  ) async {
    var pressure = AcceptPressure()
    var streak = 0
    while let stream = await next(on: group, &pressure) {
      visitors.came(stream)
      // The cancellation may have closed the others just before this one was entered.
      if Task.isCancelled { stream.close() }
      tasks.addTask(executorPreference: stream.reactor) {
        if let connection = await host(stream), let porter = visitors.porter(of: stream) {
          await Guest(stream, connection, porter, visitors).serve()
        } else {
          visitors.left(stream)
        }
      }
      streak += 1
      if streak % Self.streakMax == 0 { await Reactor.giveWay() }
    }
  }

  /// Stops listening at once; what waits in the kernel's queue is refused. Any thread may call it.
  package func close() {
    unixFile?.remove()
    channel.close()
    if let number = reserve.withLock({ $0.take() }) { Syscalls.close(number) }
  }

  /// nil when the listener is closed or the task cancelled.
  private func next(on group: ReactorGroup, _ pressure: inout AcceptPressure) async -> SocketStream? {
    while true {
      if Task.isCancelled { return nil }
      do throws(StreamError) {
        guard let number = try accept() else {
          try await channel.wait(.read, until: .never, doing: .accept)
          continue
        }
        pressure.accepted()
        if let stream = adopt(Descriptor(number), on: group.next()) { return stream }
      } catch {
        guard case .system(_, let code) = error else { return nil }
        switch pressure.failed(code) {
        case .again: break
        case .stop: return nil
        case .pause(let milliseconds): await pause(milliseconds)
        case .shed(let milliseconds):
          shedOne()
          await pause(milliseconds)
        }
      }
    }
  }

  private func accept() throws(StreamError) -> Int32? {
    try channel.attempt(.read) { (descriptor) throws(StreamError) -> Channel.Attempt<Int32> in
      do throws(Syscalls.Failure) {
        guard let accepted = try Syscalls.accept(descriptor) else { return .blocked }
        return .done(accepted.take())
      } catch {
        throw .system(.accept, errno: error.errno)
      }
    }
  }

  /// nil when the connection is gone already.
  private func adopt(_ socket: consuming Descriptor, on reactor: Reactor) -> SocketStream? {
    do throws(Syscalls.Failure) {
      if isTCP {
        try SocketOptions.applyToConnection(socket.number, deadPeerSeconds: deadPeerSeconds)
      }
      return SocketStream(try Channel(socket, on: reactor, ready: false, endsByClosing: true))
    } catch {
      return nil
    }
  }

  private func pause(_ milliseconds: Int64) async {
    // Cancellation is seen by the loop that comes back from here.
    try? await channel.reactor.sleep(until: .after(milliseconds: milliseconds))
  }

  /// Closes the reserve to accept one connection, which is closed at once.
  private func shedOne() {
    guard let number = reserve.withLock({ $0.take() }) else { return }
    Syscalls.close(number)
    // If another thread was quicker to take the descriptor, the next pause tries again.
    if let shed = try? accept() { Syscalls.close(shed) }
    let fresh = Syscalls.openReserve()
    reserve.withLock { $0 = fresh }
  }

  private static func listenAddress(host: String, port: UInt16) -> SocketAddress? {
    guard let ip = IPAddress(host == "localhost" ? "127.0.0.1" : host) else { return nil }
    return SocketAddress(ip: ip, port: port)
  }
}

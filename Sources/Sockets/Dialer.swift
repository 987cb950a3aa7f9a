package import Bytes
internal import CLinux
internal import Glibc

/// Opens connections.
package enum Dialer {
  /// One address may take this long while others are left to try.
  private static let attemptMillisecondsMax: Int64 = 10_000
  /// What each address gets at least, however many share what is left of the deadline.
  private static let attemptMillisecondsMin: Int64 = 250
  /// Between two tries at a Unix socket whose queue is full.
  private static let unixRetryMilliseconds: Int64 = 10

  /// Connects to `endpoint`; a host's addresses are tried one after the other, the two families by
  /// turns (after RFC 8305), each for a share of the time.
  ///
  /// - Parameters:
  ///   - reactor: where the stream's events arrive; nil is the caller's own, or any shared one.
  ///   - policy: which addresses may be connected to.
  ///   - resolved: called when a host's addresses are known, before the first is tried.
  /// - Throws: ``StreamError/hostNotFound(host:reason:)``, also when `policy` refuses an address;
  ///   ``StreamError/timedOut(_:)`` for `.resolve` or `.connect`; ``StreamError/system(_:errno:)``
  ///   of the last address tried; ``StreamError/cancelled``.
  package static func connect(
    _ endpoint: Endpoint, on reactor: Reactor? = nil, policy: AddressPolicy = .any, deadline: Deadline,
    resolved: (@Sendable () async -> Void)? = nil
  ) async throws(StreamError) -> SocketStream {
    let reactor = reactor ?? Reactor.current ?? ReactorGroup.shared.next()
    switch endpoint {
    case .unix(let path):
      guard let address = SocketAddress(unixPath: path) else { throw .system(.connect, errno: ENAMETOOLONG) }
      return try await connect(to: address, on: reactor, deadline: deadline)
    case .tcp(let host, let port):
      let found = try await Resolver.shared.resolve(host: host, port: port, on: reactor, deadline: deadline)
      // Which address it is, is not told: whoever named the host may not know our names.
      if isRefused(found, by: policy) {
        throw .hostNotFound(host: host, reason: "its address, or this port, is not allowed")
      }
      await resolved?()
      return try await connect(toOneOf: interleaved(found), on: reactor, deadline: deadline)
    }
  }

  /// One forbidden address among them is enough.
  static func isRefused(_ addresses: [SocketAddress], by policy: AddressPolicy) -> Bool {
    addresses.contains { address in address.ip.map { !policy.permits($0, address.port) } ?? true }
  }

  private static func connect(
    toOneOf addresses: [SocketAddress], on reactor: Reactor, deadline: Deadline
  ) async throws(StreamError) -> SocketStream {
    var last = StreamError.timedOut(.connect)
    for (i, address) in addresses.enumerated() {
      do throws(StreamError) {
        let limit = share(of: deadline, left: addresses.count - i)
        return try await connect(to: address, on: reactor, deadline: limit)
      } catch {
        if error == .cancelled || deadline.hasPassed { throw error }
        last = error
      }
    }
    throw last
  }

  /// When to give up on the first of `left` addresses.
  static func share(of deadline: Deadline, left: Int) -> Deadline {
    if left <= 1 { return deadline }
    let total = deadline.millisecondsLeft ?? .max
    let share = min(max(total / Int64(left), attemptMillisecondsMin), attemptMillisecondsMax)
    return min(deadline, .after(milliseconds: share))
  }

  /// The families by turns, the first address's family first; the order within a family is kept.
  static func interleaved(_ addresses: [SocketAddress]) -> [SocketAddress] {
    guard let family = addresses.first?.family else { return [] }
    let own = addresses.filter { $0.family == family }
    let other = addresses.filter { $0.family != family }
    return (0..<max(own.count, other.count)).flatMap { i in
      [own.dropFirst(i).first, other.dropFirst(i).first].compactMap { $0 }
    }
  }

  private static func connect(
    to address: SocketAddress, on reactor: Reactor, deadline: Deadline
  ) async throws(StreamError) -> SocketStream {
    while true {
      if Task.isCancelled { throw .cancelled }
      if let stream = try await attempt(address, on: reactor, deadline: deadline) { return stream }
      if deadline.hasPassed { throw .timedOut(.connect) }
      try await reactor.sleep(until: min(deadline, .after(milliseconds: unixRetryMilliseconds)))
    }
  }

  /// nil when a Unix socket's queue is full, which no event announces the end of.
  private static func attempt(
    _ address: SocketAddress, on reactor: Reactor, deadline: Deadline
  ) async throws(StreamError) -> SocketStream? {
    let channel: Channel
    var connecting = false
    do throws(Syscalls.Failure) {
      let socket = try Syscalls.makeSocket(family: address.family)
      if address.family != AF_UNIX { try SocketOptions.applyToConnection(socket.number) }
      switch Syscalls.connect(socket.number, to: address) {
      case .moved: break
      case .blocked:
        if address.family == AF_UNIX { return nil }
        connecting = true
      case .failed(let code): throw Syscalls.Failure(errno: code)
      }
      channel = try Channel(socket, on: reactor, connecting: connecting)
    } catch {
      throw .system(.connect, errno: error.errno)
    }
    if connecting {
      do throws(StreamError) {
        try await finish(channel, deadline: deadline)
      } catch {
        channel.close()
        throw error
      }
    }
    return SocketStream(channel)
  }

  private static func finish(_ channel: Channel, deadline: Deadline) async throws(StreamError) {
    while true {
      try await channel.wait(.write, until: deadline, doing: .connect)
      let connected = try channel.attempt(.write) { (number) throws(StreamError) -> Channel.Attempt<Bool> in
        let code = Syscalls.pendingError(number)
        if code != 0 { throw .system(.connect, errno: code) }
        return Syscalls.peerAddress(number) == nil ? .blocked : .done(true)
      }
      if connected == true { return }
    }
  }
}

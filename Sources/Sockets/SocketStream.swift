package import Bytes
internal import CLinux
internal import Glibc
internal import Synchronization

/// A connected TCP or Unix socket.
///
/// May be used from any task; cheapest from one that prefers the stream's ``reactor``.
/// Dropping the last reference closes it.
package final class SocketStream: DirectStream {
  /// Room offered to the kernel by one read: between these, as much as the last reads filled.
  private static let readOctetsMin = 2 * 1024
  private static let readOctetsMax = 256 * 1024
  /// Reads and writes done without waiting, after which others on the thread get their turn.
  private static let streakMax = 16

  private let channel: Channel
  private let readOctets = Atomic<Int>(SocketStream.readOctetsMin)
  private let streak = Atomic<Int>(0)

  /// Who is at the other end; asked of the kernel each time, unknown once the stream is closed.
  package var peer: PeerAddress {
    PeerAddress(channel.withDescriptor { Syscalls.peerAddress($0) } ?? nil)
  }
  /// The effective user id of the process that opened the other end; nil for TCP, and once the stream is closed.
  package var unixPeerUID: UInt32? {
    channel.withDescriptor { number in
      Syscalls.peerAddress(number)?.family == AF_UNIX ? Syscalls.peerUserID(number) : nil
    } ?? nil
  }

  /// Where this stream's events arrive.
  package var reactor: Reactor { channel.reactor }

  /// - Parameter channel: connected; it belongs to the stream.
  init(_ channel: Channel) { self.channel = channel }

  deinit { channel.close() }

  /// Two Unix sockets joined to each other.
  package static func pair(on reactor: Reactor? = nil) throws(StreamError) -> (SocketStream, SocketStream) {
    let reactor = reactor ?? Reactor.current ?? ReactorGroup.shared.next()
    do throws(Syscalls.Failure) {
      let ends = try Syscalls.makeSocketPair()
      return (SocketStream(try Channel(ends.a, on: reactor)), SocketStream(try Channel(ends.b, on: reactor)))
    } catch {
      throw .system(.connect, errno: error.errno)
    }
  }

  package nonisolated(nonsending) func read(
    into buffer: inout ByteBuffer, atMost: Int, deadline: Deadline
  ) async throws(StreamError) -> Int {
    let limit = max(atMost, 1)
    while true {
      if Task.isCancelled { throw .cancelled }
      if let n = try receive(into: &buffer, atMost: limit) {
        if takesTooLong() { await Reactor.giveWay() }
        return n
      }
      streak.store(0, ordering: .relaxed)
      try await channel.wait(.read, until: deadline, doing: .read)
    }
  }

  package nonisolated(nonsending) func readIfThere(into buffer: inout ByteBuffer, atMost: Int)
    async throws(StreamError) -> Int?
  {
    if Task.isCancelled { throw .cancelled }
    guard let n = try receive(into: &buffer, atMost: max(atMost, 1)) else { return nil }
    if takesTooLong() { await Reactor.giveWay() }
    return n
  }

  package func nudge() { channel.nudge() }

  /// Leaves what arrives to `guest`: see ``Channel/rest(_:until:)``.
  func rest(_ guest: Guest, until deadline: Deadline) -> Channel.Wake? {
    channel.rest(guest, until: deadline)
  }

  package nonisolated(nonsending) func wait(handing reader: (any DirectReader)?, deadline: Deadline)
    async throws(StreamError)
  {
    if Task.isCancelled { throw .cancelled }
    streak.store(0, ordering: .relaxed)
    try await channel.wait(.read, until: deadline, doing: .read, handing: reader)
  }

  package func sendNow(_ bytes: UnsafeRawBufferPointer) -> Int {
    let sent = try? channel.attempt(.write) { (descriptor) throws(StreamError) -> Channel.Attempt<Int> in
      switch Syscalls.send(descriptor, bytes) {
      case .blocked: return .blocked
      case .failed(let code): throw .system(.write, errno: code)
      case .moved(let n): return .done(n)
      }
    }
    // An error shows itself again in the write that follows.
    return sent ?? 0
  }

  package nonisolated(nonsending) func write(_ buffer: inout ByteBuffer, deadline: Deadline)
    async throws(StreamError)
  {
    while !buffer.isEmpty {
      if Task.isCancelled { throw .cancelled }
      if let n = try sendAtOnce(buffer) {
        buffer.consume(n)
        if takesTooLong() { await Reactor.giveWay() }
      } else {
        streak.store(0, ordering: .relaxed)
        try await channel.wait(.write, until: deadline, doing: .write)
      }
    }
    buffer.removeAll()
  }

  /// Ends this side's writing; the other end reads what is on its way, then 0.
  package func finishWriting() {
    // nil when it is closed, which ended writing already.
    _ = channel.withDescriptor { Syscalls.shutdownWriting($0) }
  }

  package func close() { channel.close() }

  /// Ends this side's writing, waits for the peer to end its own, then closes.
  ///
  /// Closing while octets of the peer are unread makes the kernel reset the connection, and the peer
  /// may lose an answer that it has not read yet: call this after refusing what a peer is sending.
  /// - Parameter atMost: unread octets that are thrown away at the most.
  package func closeAfterPeer(atMost: Int = 1 << 20, deadline: Deadline) async {
    finishWriting()
    var waste = ByteBuffer()
    var left = atMost
    while left > 0 {
      // An error ends the connection as well as the peer's end does.
      guard let n = try? await read(into: &waste, atMost: 64 * 1024, deadline: deadline), n > 0 else { break }
      waste.removeAll()
      left -= n
    }
    close()
  }

  /// Sends what the kernel takes without waiting, and drops the rest: for a last word before closing.
  func sendLastWord(_ buffer: ByteBuffer) {
    // The connection is being given up: that it does not take the word changes nothing.
    _ = try? sendAtOnce(buffer)
  }

  /// nil when there is nothing to read yet; 0 when the peer has ended its side.
  private func receive(into buffer: inout ByteBuffer, atMost: Int) throws(StreamError) -> Int? {
    let usual = readOctets.load(ordering: .relaxed)
    return try channel.attempt(.read) { (descriptor) throws(StreamError) -> Channel.Attempt<Int> in
      var answer = Syscalls.Transfer.blocked
      var offered = 0
      buffer.withUnsafeWritableBytes(minimumCapacity: min(atMost, usual)) { room in
        offered = min(room.count, atMost)
        answer = Syscalls.receive(descriptor, into: UnsafeMutableRawBufferPointer(rebasing: room[..<offered]))
        if case .moved(let n) = answer { return n }
        return 0
      }
      switch answer {
      case .blocked: return .blocked
      case .failed(let code): throw .system(.read, errno: code)
      case .moved(let n):
        adapt(usual, filled: n, of: offered)
        // A stream socket gives all it has: less than was asked for means that it is empty now
        // (epoll(7), "Do I need to continuously read/write"). The end shows itself again and again.
        return n == offered || n == 0 ? .done(n) : .drained(n)
      }
    }
  }

  private func sendAtOnce(_ buffer: ByteBuffer) throws(StreamError) -> Int? {
    try channel.attempt(.write) { (descriptor) throws(StreamError) -> Channel.Attempt<Int> in
      switch buffer.withUnsafeReadableBytes({ Syscalls.send(descriptor, $0) }) {
      case .blocked: return .blocked
      case .failed(let code): throw .system(.write, errno: code)
      case .moved(let n): return .done(n)
      }
    }
  }

  /// Doubles the room of the next read when this one filled it; halves it when it stayed nearly empty.
  @inline(__always)
  private func adapt(_ usual: Int, filled n: Int, of offered: Int) {
    if n == offered, offered >= usual {
      if usual < Self.readOctetsMax { readOctets.store(usual * 2, ordering: .relaxed) }
    } else if n < usual / 8, usual > Self.readOctetsMin {
      readOctets.store(usual / 2, ordering: .relaxed)
    }
  }

  @inline(__always)
  private func takesTooLong() -> Bool {
    let n = streak.load(ordering: .relaxed)
    streak.store(n >= Self.streakMax ? 0 : n + 1, ordering: .relaxed)
    return n >= Self.streakMax
  }
}

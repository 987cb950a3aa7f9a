internal import CLinux
internal import Glibc

/// Every system call of this target, so that the rules are kept in one place:
/// errno is taken at once, EINTR is retried, EWOULDBLOCK is a value, EBADF is our bug and traps,
/// and `close` is never retried (Linux frees the descriptor even when it answers EINTR).
/// SIGPIPE cannot come: every send carries MSG_NOSIGNAL.
enum Syscalls {
  /// What moving octets came to.
  enum Transfer {
    case moved(Int)
    case blocked
    case failed(Int32)
  }

  struct Failure: Error {
    let errno: Int32
  }

  /// Repeats `call` while it is interrupted; -1 becomes errno.
  @inline(__always)
  private static func retry<T: SignedInteger>(_ call: () -> T) throws(Failure) -> T {
    while true {
      let result = call()
      if result != -1 { return result }
      let code = errno
      if code == EINTR { continue }
      precondition(code != EBADF, "a descriptor was used after it was closed")
      throw Failure(errno: code)
    }
  }

  @inline(__always)
  private static func transfer(_ call: () -> Int) -> Transfer {
    while true {
      let n = call()
      if n >= 0 { return .moved(n) }
      let code = errno
      if code == EINTR { continue }
      if code == EAGAIN || code == EWOULDBLOCK { return .blocked }
      precondition(code != EBADF, "a descriptor was used after it was closed")
      return .failed(code)
    }
  }

  // MARK: Octets

  static func receive(_ descriptor: Int32, into room: UnsafeMutableRawBufferPointer) -> Transfer {
    transfer { postroom_recv(descriptor, room.baseAddress, UInt(room.count)) }
  }

  static func send(_ descriptor: Int32, _ bytes: UnsafeRawBufferPointer) -> Transfer {
    transfer { postroom_send(descriptor, bytes.baseAddress, UInt(bytes.count)) }
  }

  static func close(_ descriptor: Int32) {
    if Glibc.close(descriptor) == -1 {
      precondition(errno != EBADF, "a descriptor was closed twice")
    }
  }

  // MARK: Sockets

  static func makeSocket(family: Int32) throws(Failure) -> Descriptor {
    Descriptor(try retry { socket(family, Int32(postroom_stream_socket), 0) })
  }

  static func makeDatagramSocket() throws(Failure) -> Descriptor {
    Descriptor(try retry { socket(AF_UNIX, Int32(postroom_datagram_socket), 0) })
  }

  static func send(_ descriptor: Int32, _ bytes: UnsafeRawBufferPointer, to address: SocketAddress)
    -> Transfer
  {
    address.withSockAddr { a, n in
      transfer { sendto(descriptor, bytes.baseAddress, bytes.count, Int32(MSG_NOSIGNAL), a, n) }
    }
  }

  /// Makes a descriptor that another process gave us ours: not inherited, not blocking.
  static func adopt(_ number: Int32) throws(Failure) {
    guard fcntl(number, F_GETFD) >= 0 else { throw Failure(errno: errno) }
    _ = try retry { fcntl(number, F_SETFD, FD_CLOEXEC) }
    let flags = try retry { fcntl(number, F_GETFL) }
    _ = try retry { fcntl(number, F_SETFL, flags | O_NONBLOCK) }
  }

  /// Whether it is a stream socket that listens.
  static func isListening(_ descriptor: Int32) -> Bool {
    func option(_ name: Int32) -> Int32? {
      var value: Int32 = 0
      var length = socklen_t(MemoryLayout<Int32>.size)
      return getsockopt(descriptor, SOL_SOCKET, name, &value, &length) == 0 ? value : nil
    }
    return option(SO_ACCEPTCONN) == 1 && option(SO_TYPE) == Int32(SOCK_STREAM.rawValue)
  }

  static func makeSocketPair() throws(Failure) -> DescriptorPair {
    var ends: [Int32] = [-1, -1]
    _ = try retry { socketpair(AF_UNIX, Int32(postroom_stream_socket), 0, &ends) }
    return DescriptorPair(a: Descriptor(ends[0]), b: Descriptor(ends[1]))
  }

  static func bind(_ descriptor: borrowing Descriptor, to address: SocketAddress) throws(Failure) {
    let number = descriptor.number
    _ = try address.withSockAddr { (a, n) throws(Failure) in try retry { Glibc.bind(number, a, n) } }
  }

  static func listen(_ descriptor: borrowing Descriptor, backlog: Int32) throws(Failure) {
    let number = descriptor.number
    _ = try retry { Glibc.listen(number, backlog) }
  }

  /// Begins to connect. `.moved` when connected at once, `.blocked` when it goes on in the background
  /// (TCP) or the peer's queue is full (Unix).
  static func connect(_ descriptor: Int32, to address: SocketAddress) -> Transfer {
    address.withSockAddr { a, n in
      let result = Glibc.connect(descriptor, a, n)
      if result == 0 { return .moved(0) }
      let code = errno
      // An interrupted connect goes on by itself, as one that is in progress does.
      if code == EINPROGRESS || code == EINTR || code == EAGAIN { return .blocked }
      precondition(code != EBADF, "a descriptor was used after it was closed")
      return .failed(code)
    }
  }

  /// nil when no connection waits.
  static func accept(_ descriptor: Int32) throws(Failure) -> Descriptor? {
    let flags = Int32(postroom_accept_flags)
    do throws(Failure) {
      return Descriptor(try retry { postroom_accept4(descriptor, nil, nil, flags) })
    } catch {
      if error.errno == EAGAIN || error.errno == EWOULDBLOCK { return nil }
      throw error
    }
  }

  static func shutdownWriting(_ descriptor: Int32) {
    // Fails only when the peer is gone, which the next read says better.
    _ = Glibc.shutdown(descriptor, Int32(SHUT_WR))
  }

  static func set(_ descriptor: Int32, level: Int32, option: Int32, to value: Int32) throws(Failure) {
    var value = value
    _ = try retry { setsockopt(descriptor, level, option, &value, socklen_t(MemoryLayout<Int32>.size)) }
  }

  /// The error of a connect that went on in the background; 0 when there is none.
  static func pendingError(_ descriptor: Int32) -> Int32 {
    var value: Int32 = 0
    var length = socklen_t(MemoryLayout<Int32>.size)
    if getsockopt(descriptor, SOL_SOCKET, SO_ERROR, &value, &length) == -1 { return errno }
    return value
  }

  static func localAddress(_ descriptor: Int32) -> SocketAddress? {
    SocketAddress { getsockname(descriptor, $0, $1) == 0 }
  }

  static func peerAddress(_ descriptor: Int32) -> SocketAddress? {
    SocketAddress { getpeername(descriptor, $0, $1) == 0 }
  }

  /// The effective user who opened the other end of a Unix socket (SO_PEERCRED).
  static func peerUserID(_ descriptor: Int32) -> UInt32? {
    var credentials = postroom_ucred()
    return postroom_peer_credentials(descriptor, &credentials) == 0 ? credentials.uid : nil
  }

  // MARK: epoll

  static func makeEpoll() throws(Failure) -> Int32 {
    try retry { epoll_create1(Int32(EPOLL_CLOEXEC)) }
  }

  static func makeEvent() throws(Failure) -> Int32 {
    try retry { eventfd(0, Int32(EFD_CLOEXEC | EFD_NONBLOCK)) }
  }

  /// Edge-triggered, for reading, and for writing when `writing`; `token` comes back with each event.
  ///
  /// - Parameter again: it is watched already, for less. What it is ready for now comes as an event.
  static func watch(
    _ descriptor: Int32, with epoll: Int32, token: UInt64, writing: Bool, again: Bool = false
  ) throws(Failure) {
    let room = writing ? EPOLLOUT.rawValue : 0
    let events = EPOLLIN.rawValue | room | EPOLLRDHUP.rawValue | postroom_epoll_edge
    var event = epoll_event(events: events, data: epoll_data_t(u64: token))
    _ = try retry { epoll_ctl(epoll, again ? EPOLL_CTL_MOD : EPOLL_CTL_ADD, descriptor, &event) }
  }

  static func unwatch(_ descriptor: Int32, with epoll: Int32) {
    var event = epoll_event()
    // Nothing is left to be done when the kernel says that it does not watch it.
    _ = epoll_ctl(epoll, EPOLL_CTL_DEL, descriptor, &event)
  }

  /// The number of events; 0 when none came within `milliseconds` (-1: no limit) or it was interrupted.
  static func wait(
    _ epoll: Int32, into events: UnsafeMutableBufferPointer<epoll_event>, milliseconds: Int32
  ) -> Int {
    let n = postroom_epoll_wait(epoll, events.baseAddress, Int32(events.count), milliseconds)
    if n >= 0 { return Int(n) }
    precondition(errno == EINTR, "epoll_wait failed")
    return 0
  }

  static func signal(event descriptor: Int32) {
    // EAGAIN means that the counter is full: the reader is about to be woken anyway.
    _ = eventfd_write(descriptor, 1)
  }

  // MARK: Files

  /// A new file, which must not exist, readable and writable by its owner only.
  static func createFile(_ path: String, _ bytes: [UInt8]) throws(Failure) {
    let number = try retry { open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0o600) }
    let file = Descriptor(number)
    var done = 0
    while done < bytes.count {
      let step = bytes.withUnsafeBytes { all in
        let rest = UnsafeRawBufferPointer(rebasing: all[done...])
        return transfer { Glibc.write(number, rest.baseAddress, rest.count) }
      }
      switch step {
      case .moved(let n): done += n
      case .blocked: throw Failure(errno: EAGAIN)
      case .failed(let code): throw Failure(errno: code)
      }
    }
    _ = file
  }

  static func createDirectory(_ path: String) throws(Failure) {
    do throws(Failure) { _ = try retry { mkdir(path, 0o700) } } catch {
      if error.errno != EEXIST { throw error }
    }
  }

  /// A descriptor to be closed when none is left; nil when none is left now.
  static func openReserve() -> Int32? {
    let number = open("/dev/null", O_RDONLY | O_CLOEXEC)
    return number >= 0 ? number : nil
  }

  static func openDirectory(_ path: String) throws(Failure) -> Descriptor {
    Descriptor(try retry { open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC) })
  }

  /// Takes the exclusive lock of an open file; false when another process has it.
  static func lock(_ descriptor: borrowing Descriptor) throws(Failure) -> Bool {
    let number = descriptor.number
    do throws(Failure) {
      _ = try retry { flock(number, LOCK_EX | LOCK_NB) }
      return true
    } catch {
      if error.errno == EWOULDBLOCK { return false }
      throw error
    }
  }

  /// What lies at `path`, without following a symbolic link; nil when nothing does.
  static func status(ofPath path: String) throws(Failure) -> FileStatus? {
    var s = stat()
    do throws(Failure) { _ = try retry { lstat(path, &s) } } catch {
      if error.errno == ENOENT { return nil }
      throw error
    }
    return FileStatus(
      isSocket: s.st_mode & S_IFMT == S_IFSOCK,
      identity: .init(device: UInt64(s.st_dev), node: UInt64(s.st_ino)))
  }

  static func changeGroup(ofPath path: String, to group: UInt32) throws(Failure) {
    // An owner of all ones stays as it is (chown(2)).
    if chown(path, uid_t.max, group) != 0 { throw Failure(errno: errno) }
  }

  static func changeMode(ofPath path: String, to mode: UInt16) throws(Failure) {
    _ = try retry { chmod(path, mode_t(mode)) }
  }

  static func unlink(_ path: String) throws(Failure) {
    _ = try retry { Glibc.unlink(path) }
  }

  static func sleepBlocking(milliseconds: UInt32) {
    usleep(milliseconds * 1000)
  }
}

struct FileStatus {
  /// Tells a file from another that took its path.
  struct Identity: Hashable, Sendable {
    let device: UInt64
    let node: UInt64
  }

  let isSocket: Bool
  let identity: Identity
}

internal import Glibc

/// The file of a listening Unix socket, and who may replace or remove it.
struct UnixSocketFile: Sendable {
  /// Another server's start holds the folder's lock for about a millisecond.
  private static let lockTriesMax = 100
  private static let lockRetryMilliseconds: UInt32 = 10

  struct Listening: ~Copyable {
    let socket: Descriptor
    let file: UnixSocketFile
  }

  let path: String
  private let identity: FileStatus.Identity

  /// Makes a socket that listens at `path`.
  ///
  /// Servers that start at the same time would each take the other's socket, bound but not yet
  /// listening, for a dead one: so the folder is locked (flock) from the first look to the end.
  /// The mode is set between bind and listen, before which nobody can connect.
  static func listen(
    path: String, mode: UInt16, group: UInt32?, backlog: Int32
  ) throws(Syscalls.Failure) -> Listening {
    guard let address = SocketAddress(unixPath: path) else { throw Syscalls.Failure(errno: ENAMETOOLONG) }
    let folder = try lockFolder(of: path)
    try removeDead(path, address)
    let socket = try Syscalls.makeSocket(family: AF_UNIX)
    try Syscalls.bind(socket, to: address)
    do throws(Syscalls.Failure) {
      if let group { try Syscalls.changeGroup(ofPath: path, to: group) }
      try Syscalls.changeMode(ofPath: path, to: mode)
      try Syscalls.listen(socket, backlog: backlog)
      guard let status = try Syscalls.status(ofPath: path) else { throw Syscalls.Failure(errno: ENOENT) }
      _ = folder
      return Listening(socket: socket, file: UnixSocketFile(path: path, identity: status.identity))
    } catch {
      // The first error is the one to tell.
      try? Syscalls.unlink(path)
      throw error
    }
  }

  /// Removes the file unless another has taken its path.
  func remove() {
    // Nobody is left to tell; a file that stays is found dead by the next server.
    guard let status = try? Syscalls.status(ofPath: path), status.identity == identity else { return }
    try? Syscalls.unlink(path)
  }

  private static func lockFolder(of path: String) throws(Syscalls.Failure) -> Descriptor {
    let slash = path.utf8.lastIndex(of: 0x2F)
    let name = slash.map { $0 == path.startIndex ? "/" : String(path[..<$0]) } ?? "."
    let folder = try Syscalls.openDirectory(name)
    for _ in 0..<lockTriesMax {
      if try Syscalls.lock(folder) { return folder }
      Syscalls.sleepBlocking(milliseconds: lockRetryMilliseconds)
    }
    throw Syscalls.Failure(errno: EWOULDBLOCK)
  }

  /// Removes a socket that nobody listens on. Anything else at `path` is an error.
  private static func removeDead(_ path: String, _ address: SocketAddress) throws(Syscalls.Failure) {
    guard let status = try Syscalls.status(ofPath: path) else { return }
    guard status.isSocket else { throw Syscalls.Failure(errno: ENOTSOCK) }
    let probe = try Syscalls.makeSocket(family: AF_UNIX)
    switch Syscalls.connect(probe.number, to: address) {
    case .failed(ECONNREFUSED): try Syscalls.unlink(path)
    case .failed(ENOENT): return
    case .failed(let code) where code == EACCES || code == EPERM: throw Syscalls.Failure(errno: code)
    case .moved, .blocked, .failed: throw Syscalls.Failure(errno: EADDRINUSE)
    }
  }
}

internal import Glibc
internal import Synchronization

/// The folder that holds the databases, locked for this process.
///
/// Made with mode 700 when it is missing. The lock is on an open file and ends with the process,
/// whatever ends it; the file holds the process id for the reader's information only.
final class DataFolder: Sendable {
  let path: String
  /// nil when it was given free.
  private let lock: Mutex<Int32?>

  /// - Throws: ``MailStoreError/locked(_:)`` naming the process that has it.
  init(path: String) throws(MailStoreError) {
    if mkdir(path, 0o700) != 0 && errno != EEXIST { throw .failed("\(path): errno \(errno)") }
    let file = "\(path)/lock"
    let fd = open(file, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0o600)
    guard fd >= 0 else { throw errno == ENOSPC ? .diskFull : .failed("\(file): errno \(errno)") }
    guard flock(fd, LOCK_EX | LOCK_NB) == 0 else {
      let code = errno
      defer { Glibc.close(fd) }
      if code == EWOULDBLOCK { throw .locked("\(path) is in use by process \(Self.owner(fd) ?? "?")") }
      throw .failed("\(file): errno \(code)")
    }
    let owner = Array("\(getpid())\n".utf8)
    // Only for people who look into the file: the lock holds without it.
    _ = ftruncate(fd, 0)
    _ = pwrite(fd, owner, owner.count, 0)
    self.path = path
    lock = Mutex(fd)
  }

  deinit { release() }

  /// Lets the next process have the folder.
  func release() {
    lock.withLock { fd in
      guard let open = fd else { return }
      // Closing alone would leave the lock to a child that was forked and has not begun its program.
      flock(open, LOCK_UN)
      Glibc.close(open)
      fd = nil
    }
  }

  private static func owner(_ fd: Int32) -> String? {
    var digits = [UInt8](repeating: 0, count: 20)
    let count = pread(fd, &digits, digits.count, 0)
    guard count > 0 else { return nil }
    return String(decoding: digits[..<count].prefix { $0 >= 0x30 && $0 <= 0x39 }, as: UTF8.self)
  }

  /// The path of `name`, whose file exists and is nobody else's to read: SQLite gives its log and
  /// shared memory the mode of the database.
  func file(_ name: String) throws(MailStoreError) -> String {
    let file = "\(path)/\(name)"
    let fd = open(file, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0o600)
    guard fd >= 0 else { throw errno == ENOSPC ? .diskFull : .failed("\(file): errno \(errno)") }
    Glibc.close(fd)
    return file
  }

  /// Octets of a file; 0 when it is not there.
  static func size(of file: String) -> Int64 {
    var info = stat()
    return stat(file, &info) == 0 ? Int64(info.st_size) : 0
  }
}

internal import CLinux
import Glibc

/// What a mail that took its reader over might try to reach.
enum Reach: String, CaseIterable {
  case file, newFile, fileContent, descriptors, network, localSocket, process, signal, executableMemory,
    memory,
    coreDump, inspection

  /// Whether it is within reach from here.
  var isReached: Bool {
    switch self {
    case .file: opened("/etc/passwd", O_RDONLY) != -1
    case .newFile: newFile() != -1
    case .fileContent: canWriteFile()
    case .descriptors: (0..<8).contains { _ in dup(3) > 3 }
    case .network: canConnect()
    case .localSocket: socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0) != -1
    case .process: canStartProcess()
    case .signal: kill(getppid(), 0) == 0
    case .executableMemory: maps(4096, PROT_READ | PROT_WRITE | PROT_EXEC)
    case .memory: maps(1 << 30, PROT_READ | PROT_WRITE)
    case .coreDump: coreOctetsMax > 0
    case .inspection: postroom_is_dumpable() == 1
    }
  }

  /// One descriptor is made free first, so that it is not the limit on them that refuses.
  private func opened(_ path: String, _ flags: Int32) -> Int32 {
    close(0)
    return open(path, flags, 0o600)
  }

  private func newFile() -> Int32 {
    let path = "/tmp/hostile-reader-\(getpid())-wrote-this"
    defer { unlink(path) }
    return opened(path, O_CREAT | O_WRONLY)
  }

  private func canWriteFile() -> Bool {
    // A file that is too large would end the process otherwise, which is what a test takes for reaching it.
    _ = Glibc.signal(SIGXFSZ, SIG_IGN)
    let file = newFile()
    return file != -1 && write(file, "x", 1) == 1
  }

  /// Refused by the port is reached, too.
  private func canConnect() -> Bool {
    close(0)
    let end = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    guard end != -1 else { return false }
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = UInt16(9).bigEndian
    address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
    let result = withUnsafePointer(to: &address) { pointer in
      // SAFETY: connect(2) reads a sockaddr_in where the family says AF_INET, and no more than the length given.
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        connect(end, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
      }
    }
    return result == 0 || errno == ECONNREFUSED
  }

  private func canStartProcess() -> Bool {
    var pid: pid_t = 0
    let none: [UnsafeMutablePointer<CChar>?] = [nil]
    return posix_spawn(&pid, "/bin/true", nil, nil, none, none) == 0
  }

  private func maps(_ octets: Int, _ protection: Int32) -> Bool {
    mmap(nil, octets, protection, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0) != MAP_FAILED
  }

  private var coreOctetsMax: UInt {
    var limit = rlimit()
    return getrlimit(__rlimit_resource_t(4), &limit) == 0 ? limit.rlim_max : 0
  }
}

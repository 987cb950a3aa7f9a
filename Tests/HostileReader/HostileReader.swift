import Glibc
import Isolation
import MailReading

/// A reader of mail that does what a mail tells it to: for tests of what happens then. No program of ours has this.
@main enum HostileReader {
  static func main() {
    guard ReaderChild.isAsked(CommandLine.arguments) else { exit(64) }
    // Before the walls: what came along from the process that started this one.
    let isClean = hasOnlyItsSocket && hasNoEnvironment
    let without: Walls = CommandLine.arguments.first == withoutFilter ? .systemCalls : []
    ReaderChild.run(memoryOctetsMax: 192 << 20, without: without) { request in
      for octets in octets(of: request) {
        if has(octets, "X-Hostile: trap") { fatalError() }
        if has(octets, "X-Hostile: hang") { while true { _ = getpid() } }
        if has(octets, "X-Hostile: eat") { eat() }
        if has(octets, "X-Hostile: chatter") { chatter() }
        if has(octets, "X-Hostile: probe"), !isClean || canReachOut() { fatalError() }
        if has(octets, "X-Hostile: files"), canOpenFile() { fatalError() }
      }
    }
  }

  /// The name that starts it as on a system without seccomp.
  private static let withoutFilter = "hostile-reader-without-filter"

  private static func octets(of request: ReadRequest) -> [[UInt8]] {
    switch request {
    case .headers(let inputs): inputs.map(\.header)
    case .mail(let raw), .logged(let raw, _), .attachment(_, let raw), .placeholder(_, let raw),
      .forwarded(let raw):
      [raw]
    }
  }

  /// Looked for where a mail begins, so that large ones are not slow.
  private static func has(_ octets: [UInt8], _ mark: String) -> Bool {
    let mark = Array(mark.utf8)
    return octets.prefix(4096).indices.contains { octets[$0] == mark[0] && octets[$0...].starts(with: mark) }
  }

  private static func eat() -> Never {
    var eaten: [[UInt8]] = []
    while true { eaten.append([UInt8](repeating: 1, count: 16 << 20)) }
  }

  /// A frame that is no answer.
  private static func chatter() {
    let frame: [UInt8] = [3, 0, 0, 0, 9, 9, 9]
    _ = write(3, frame, frame.count)
  }

  private static var hasOnlyItsSocket: Bool { (4..<256).allSatisfy { fcntl($0, F_GETFD) == -1 } }

  private static var hasNoEnvironment: Bool {
    guard let file = fopen("/proc/self/environ", "r") else { return false }
    defer { fclose(file) }
    var octets = [UInt8](repeating: 0, count: 4096)
    let count = fread(&octets, 1, octets.count, file)
    let all = octets.prefix(count).split(separator: 0).map { String(decoding: $0, as: UTF8.self) }
    return all.allSatisfy { $0.hasPrefix("LD_LIBRARY_PATH=") }
  }

  private static func canReachOut() -> Bool {
    let stream = Int32(SOCK_STREAM.rawValue)
    return canOpenFile() || socket(AF_INET, stream, 0) != -1 || socket(AF_UNIX, stream, 0) != -1
      || kill(getppid(), 0) != -1
      || kill(getpid(), 0) != -1 || canStartProcess() || canExecuteMemory()
  }

  private static func canOpenFile() -> Bool {
    // One is free then: it is not the limit on descriptors that refuses.
    close(0)
    return open("/etc/passwd", O_RDONLY) != -1
      || open("/tmp/hostile-reader-wrote-this", O_CREAT | O_WRONLY, 0o600) != -1
  }

  private static func canStartProcess() -> Bool {
    var pid: pid_t = 0
    let none: [UnsafeMutablePointer<CChar>?] = [nil]
    return posix_spawn(&pid, "/bin/true", nil, nil, none, none) == 0
  }

  private static func canExecuteMemory() -> Bool {
    mmap(nil, 4096, PROT_READ | PROT_WRITE | PROT_EXEC, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0) != MAP_FAILED
  }
}

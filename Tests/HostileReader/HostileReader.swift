import Glibc
import Isolation
import MailReading

/// A reader of mail that does what a mail tells it to: for tests of what happens then. No program of ours has this.
@main enum HostileReader {
  static func main() {
    guard ReaderChild.isAsked(CommandLine.arguments) else { exit(64) }
    // Before the walls: what came along from the process that started this one.
    let isClean = hasOnlyItsSocket && hasNoEnvironment
    let without = Walls(rawValue: without)
    ReaderChild.run(memoryOctetsMax: 192 << 20, without: without) { request in
      for octets in octets(of: request) {
        if has(octets, "X-Hostile: trap") { fatalError() }
        if has(octets, "X-Hostile: hang") { while true { _ = getpid() } }
        if has(octets, "X-Hostile: eat") { eat() }
        if has(octets, "X-Hostile: chatter") { chatter() }
        if has(octets, "X-Hostile: luggage"), !isClean { fatalError() }
        for reach in Reach.allCases
        where has(octets, "X-Hostile: reach \(reach.rawValue).") && reach.isReached {
          fatalError()
        }
      }
    }
  }

  /// The walls that its name says it does without, as on a system that does not give them.
  private static var without: UInt8 {
    let prefix = "hostile-reader-without-"
    let name = CommandLine.arguments.first ?? ""
    return name.hasPrefix(prefix) ? UInt8(name.dropFirst(prefix.count)) ?? 0 : 0
  }

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
}

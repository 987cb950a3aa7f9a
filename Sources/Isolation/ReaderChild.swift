internal import CLinux
internal import Glibc
internal import MIME
package import MailReading

/// The process that reads mail: it gets octets and answers what they say, and can do nothing else.
///
/// Started by ``ReaderPool`` with nothing open but one socket, an empty environment, and no key, token or database
/// anywhere in it. Before it takes a mail it gives up opening files and sockets, starting processes, and memory beyond
/// a bound. It keeps nothing from one mail to the next on purpose; what a mail that took it over could reach are the
/// mails read after it, until it ends: tenants share it.
package enum ReaderChild {
  /// The only argument of such a process.
  package static let argument = "__read-mail"

  package static func isAsked(_ arguments: [String]) -> Bool { arguments.dropFirst() == [argument] }

  /// Reads mail until the other end goes.
  ///
  /// - Parameters:
  ///   - memoryOctetsMax: what it may take besides what it has at the start.
  ///   - without: walls that are not raised, as on a system that does not give them; for tests.
  ///   - before: called with each request; for tests.
  package static func run(
    memoryOctetsMax: Int = 768 << 20, without: Walls = [], before: (ReadRequest) -> Void = { _ in }
  ) -> Never {
    Charset.prepareAll()
    // A first mail of every kind, so that tables made at their first use are there.
    for text in ["Subject: x\r\n\r\nx", "Content-Type: text/html\r\n\r\n<p>&eacute;</p>"] {
      _ = InProcessReader.answerNow(.mail(Array(text.utf8)))
    }
    // The other end has it non-blocking, this one waits.
    _ = fcntl(PipeFrame.descriptor, F_SETFL, 0)
    let missing = raiseWalls(memoryOctetsMax, without: without)
    guard PipeFrame.send([PipeFrame.version, missing.rawValue]) else { _exit(1) }
    while let frame = PipeFrame.receive() {
      var reader = WireReader(frame)
      do throws(WireNonsense) {
        let request = try ReadRequest(from: &reader)
        try reader.end()
        before(request)
        var writer = WireWriter()
        InProcessReader.answerNow(request).write(to: &writer)
        guard PipeFrame.send(writer.bytes) else { _exit(1) }
      } catch {
        _exit(65)
      }
    }
    _exit(0)
  }

  /// - Returns: those that could not be raised.
  private static func raiseWalls(_ memoryOctetsMax: Int, without: Walls) -> Walls {
    // Swift's own handlers print where a fault was; behind the walls they could not end the process any more, and the
    // faulty instruction would be tried for ever.
    for fault in [SIGQUIT, SIGABRT, SIGBUS, SIGFPE, SIGILL, SIGSEGV, SIGTRAP, SIGSYS] {
      signal(fault, SIG_DFL)
    }
    let memory = UInt(clamping: ownOctets() + memoryOctetsMax)
    var missing: Walls = []
    func raise(_ wall: Walls, _ failure: @autoclosure () -> Int32) {
      if without.contains(wall) || failure() != 0 { missing.insert(wall) }
    }
    raise(.memoryUnreadable, postroom_not_dumpable())
    raise(.privileges, postroom_no_new_privileges())
    // It opens a descriptor: before the limit.
    raise(.landlock, postroom_landlock())
    raise(.limits, postroom_set_limit(Int32(postroom_limit_core), 0))
    raise(.limits, postroom_set_limit(Int32(postroom_limit_file_size), 0))
    raise(.limits, postroom_set_limit(Int32(postroom_limit_files), 4))
    raise(.limits, postroom_set_limit(Int32(postroom_limit_memory), memory))
    raise(.systemCalls, postroom_filter_system_calls())
    return missing
  }

  /// The address space that the program itself has: code, libraries, stacks.
  private static func ownOctets() -> Int {
    guard let file = fopen("/proc/self/statm", "r") else { return 1 << 30 }
    defer { fclose(file) }
    var line = [CChar](repeating: 0, count: 256)
    guard fgets(&line, Int32(line.count), file) != nil else { return 1 << 30 }
    let pages = line.prefix { 0x30...0x39 ~= $0 }.reduce(0) { ($0 &* 10) &+ Int($1 - 0x30) }
    return pages * Int(getpagesize())
  }
}

/// Frames on the child's socket: 4 octets of length, least significant first, then the octets.
enum PipeFrame {
  /// Where the child finds its socket.
  static let descriptor: Int32 = 3
  /// Of what stands in frames; both ends are one program, so it only tells a stranger.
  static let version: UInt8 = 2
  /// A mail of 50 MiB, and room: what is fetched whole has no more (S9).
  static let requestOctetsMax = 96 << 20
  static let answerOctetsMax = 192 << 20

  static func header(_ count: Int) -> [UInt8] {
    (0..<4).map { UInt8(truncatingIfNeeded: count >> ($0 * 8)) }
  }

  static func length(_ header: some Sequence<UInt8>) -> Int {
    header.reversed().reduce(0) { $0 << 8 | Int($1) }
  }

  /// nil when the other end is gone, or sends what it may not.
  fileprivate static func receive() -> [UInt8]? {
    guard let header = readExactly(4) else { return nil }
    let count = length(header)
    return count <= requestOctetsMax ? readExactly(count) : nil
  }

  private static func readExactly(_ count: Int) -> [UInt8]? {
    var failed = false
    let bytes = [UInt8](unsafeUninitializedCapacity: count) { room, done in
      while done < count {
        // SAFETY: room has `count` octets and outlives the call; the kernel writes behind `done` only.
        let n = read(descriptor, room.baseAddress.map { $0 + done }, count - done)
        if n < 0, errno == EINTR { continue }
        if n <= 0 {
          failed = true
          return
        }
        done += n
      }
    }
    return failed ? nil : bytes
  }

  /// - Returns: false when the other end is gone.
  fileprivate static func send(_ bytes: [UInt8]) -> Bool {
    guard bytes.count <= answerOctetsMax else { return false }
    return write(header(bytes.count)) && write(bytes)
  }

  private static func write(_ bytes: [UInt8]) -> Bool {
    bytes.withUnsafeBytes { raw in
      var done = 0
      while done < raw.count {
        // SAFETY: the kernel reads inside of raw, which outlives the call.
        let n = Glibc.write(descriptor, raw.baseAddress.map { $0 + done }, raw.count - done)
        if n < 0, errno == EINTR { continue }
        if n <= 0 { return false }
        done += n
      }
      return true
    }
  }
}

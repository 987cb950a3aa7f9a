import Foundation
import Glibc
import Synchronization

/// A program that a test runs. What it prints goes to two files.
///
/// Not Foundation's `Process`: that counts a program as running until all of its children have ended, and
/// mail servers leave theirs behind.
final class Program: Sendable {
  let name: String
  let pid: pid_t
  private let outFile: String
  private let errorFile: String
  /// Exit status, negative for a signal; nil while it runs. The lock keeps signals from a number that is free again.
  private let ended = Mutex<Int32?>(nil)

  /// How a program ended.
  struct Outcome: Sendable {
    /// Its exit status; negative: the signal that ended it.
    var status: Int32
    var output: String
    var errors: String
  }

  /// - Parameters:
  ///   - folder: where its output is kept.
  ///   - environment: besides the test's own.
  init(_ path: String, _ arguments: [String], folder: String, environment: [String: String] = [:]) throws {
    name = URL(filePath: path).lastPathComponent
    let stem = "\(folder)/\(name)-\(UUID().uuidString.prefix(8))"
    (outFile, errorFile) = (stem + ".out", stem + ".err")
    let whole = ProcessInfo.processInfo.environment
      .merging(["SWIFT_BACKTRACE": "enable=no"]) { $1 }.merging(environment) { $1 }
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
    posix_spawn_file_actions_addopen(&actions, 1, outFile, O_WRONLY | O_CREAT | O_TRUNC, 0o600)
    posix_spawn_file_actions_addopen(&actions, 2, errorFile, O_WRONLY | O_CREAT | O_TRUNC, 0o600)
    // What this process forgot to mark; numbers that are not open are passed over.
    for number in Int32(3)..<256 { posix_spawn_file_actions_addclose(&actions, number) }
    // A thread of a test may hold signals back, and its children would never hear them.
    var attributes = posix_spawnattr_t()
    posix_spawnattr_init(&attributes)
    defer { posix_spawnattr_destroy(&attributes) }
    var (none, all) = (sigset_t(), sigset_t())
    sigemptyset(&none)
    sigfillset(&all)
    posix_spawnattr_setsigmask(&attributes, &none)
    posix_spawnattr_setsigdefault(&attributes, &all)
    posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF))
    var child: pid_t = 0
    let code = Self.withCStrings([path] + arguments) { argv in
      Self.withCStrings(whole.map { "\($0)=\($1)" }) { envp in
        posix_spawn(&child, path, &actions, &attributes, argv, envp)
      }
    }
    guard code == 0 else { throw Failed("\(path) cannot be started: \(String(cString: strerror(code)))") }
    pid = child
  }

  private static func withCStrings<R>(_ texts: [String], _ body: ([UnsafeMutablePointer<CChar>?]) -> R) -> R {
    // SAFETY: the copies live until they are freed below, behind body.
    let copies = texts.map { strdup($0) }
    defer { for copy in copies { free(copy) } }
    return body(copies + [nil])
  }

  /// nil while it runs.
  private var status: Int32? {
    ended.withLock { ended in
      var word: Int32 = 0
      if ended == nil, waitpid(pid, &word, WNOHANG) == pid {
        let signal = word & 0x7F
        ended = signal == 0 ? (word >> 8) & 0xFF : -signal
      }
      return ended
    }
  }

  var isRunning: Bool { status == nil }
  var output: String { Self.text(outFile) }
  var errors: String { Self.text(errorFile) }

  private static func text(_ path: String) -> String {
    String(decoding: FileManager.default.contents(atPath: path) ?? Data(), as: UTF8.self)
  }

  func signal(_ number: Int32) { ended.withLock { if $0 == nil { _ = kill(pid, number) } } }

  /// Waits until it has ended; after `limit` it is ended.
  @discardableResult
  func wait(atMost limit: Duration) async throws -> Outcome {
    let end = ContinuousClock.now + limit
    while true {
      if let status { return Outcome(status: status, output: output, errors: errors) }
      if ContinuousClock.now >= end {
        signal(SIGKILL)
        throw Failed("\(name) did not end within \(limit):\n\(output)\n\(errors)")
      }
      // Cancelling does not cut this short: whoever cleans up is cancelled too.
      await Self.pause()
    }
  }

  private static func pause() async {
    await withCheckedContinuation { continuation in
      DispatchQueue.global().asyncAfter(deadline: .now() + .milliseconds(5)) { continuation.resume() }
    }
  }

  /// Runs a program to its end.
  static func run(
    _ path: String, _ arguments: [String], folder: String, environment: [String: String] = [:],
    atMost limit: Duration = .seconds(60)
  ) async throws -> Outcome {
    try await Program(path, arguments, folder: folder, environment: environment).wait(atMost: limit)
  }
}

/// Why a test cannot go on.
struct Failed: Error, CustomStringConvertible {
  let description: String
  init(_ description: String) { self.description = description }
}

/// Looks again and again until `look` finds something.
func eventually<T>(
  _ what: String, within limit: Duration = .seconds(30), every pause: Duration = .milliseconds(50),
  _ look: () async throws -> T?
) async throws -> T {
  let end = ContinuousClock.now + limit
  while true {
    if let found = try await look() { return found }
    if ContinuousClock.now >= end { throw Failed("did not happen within \(limit): \(what)") }
    try await Task.sleep(for: pause)
  }
}

/// The same numbers for the same seed (SplitMix64).
struct SeededNumbers: RandomNumberGenerator {
  private var state: UInt64
  init(seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }
}

/// Where the parts of the test are.
enum Place {
  static let tests = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent().path
  static let checkout = URL(filePath: tests).deletingLastPathComponent().deletingLastPathComponent().path
  static let python = "/usr/bin/python3"

  /// A program that was built beside the tests.
  static func built(_ name: String) throws -> String {
    let own = try FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")
    var folder = URL(filePath: own).deletingLastPathComponent()
    while folder.path != "/" {
      let path = folder.appending(path: name).path
      if FileManager.default.isExecutableFile(atPath: path) { return path }
      folder = folder.deletingLastPathComponent()
    }
    throw Failed("\(name) is not beside \(own); swift build --build-tests makes it")
  }

  /// Heavier variants run only when they are asked for.
  static let isHeavy = ProcessInfo.processInfo.environment["POSTROOM_HEAVY"] == "1"
  static let hasNoServers = ProcessInfo.processInfo.environment["POSTROOM_NO_SERVERS"] == "1"
}

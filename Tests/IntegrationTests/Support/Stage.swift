import Foundation
import Glibc
import PostroomClient
import Synchronization

/// A folder for one test and the programs that it started. All of it goes at the end.
final class Stage: Sendable {
  let folder: String
  private let programs = Mutex<[Program]>([])

  init() throws {
    // Short: the path of a Unix socket in it has at most 107 octets, and TMPDIR may be long already.
    let name = "pt-" + UUID().uuidString.filter { $0 != "-" }.prefix(12)
    folder = FileManager.default.temporaryDirectory.appending(path: name).path
    // Mail servers of other users must get through, not look in.
    try FileManager.default.createDirectory(
      atPath: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o711])
  }

  func start(_ path: String, _ arguments: [String], environment: [String: String] = [:]) throws -> Program {
    let program = try Program(path, arguments, folder: folder, environment: environment)
    programs.withLock { $0.append(program) }
    return program
  }

  /// A postroomd that is ready.
  ///
  /// - Parameter data: its data folder: a name in the test's folder, or a path.
  func postroomd(_ data: String, trusting caFile: String, _ more: [String] = []) async throws -> Postroomd {
    let path = data.hasPrefix("/") ? data : "\(folder)/\(data)"
    let program = try start(
      try Place.built("postroomd"),
      [
        "--data", path, "--listen", "127.0.0.1:0", "--mail-ca-file", caFile, "--allow-private-hosts",
        "--log-level", "info",
      ] + more)
    return try await Postroomd(program, data: path)
  }

  /// Tries to start a postroomd that must not start.
  func refusedPostroomd(_ data: String) async throws -> Program.Outcome {
    let path = data.hasPrefix("/") ? data : "\(folder)/\(data)"
    return try await start(try Place.built("postroomd"), ["--data", path, "--listen", "none"]).wait(
      atMost: .seconds(20))
  }

  /// What the programs said at last, for a test that failed.
  var lastWords: String {
    programs.withLock { $0 }.suffix(2).map { program in
      "\(program.name) \(program.pid):\n"
        + program.errors.split(separator: "\n").suffix(15).joined(separator: "\n")
    }.joined(separator: "\n")
  }

  func strike() async {
    for program in programs.withLock({ $0 }) {
      program.signal(SIGKILL)
      // It was killed: all that can be late is the news of it.
      _ = try? await program.wait(atMost: .seconds(10))
    }
    // A folder that cannot be removed is a leftover in the temporary folder, not a failure of the product.
    try? FileManager.default.removeItem(atPath: folder)
  }
}

/// Runs `body` on a stage of its own. `clean` runs before the folder goes, whatever happens.
func withStage(
  clean: @Sendable (Stage) async -> Void = { _ in }, _ body: (Stage) async throws -> Void
) async throws {
  let stage = try Stage()
  do {
    try await body(stage)
  } catch {
    let words = stage.lastWords
    await clean(stage)
    await stage.strike()
    throw Failed("\(error)\n\(words)")
  }
  await clean(stage)
  await stage.strike()
}

/// A running server.
struct Postroomd {
  let program: Program
  let data: String
  let tcp: String
  let token: String

  /// Waits until `program` is ready.
  init(_ program: Program, data: String) async throws {
    self.program = program
    self.data = data
    let line = try await eventually("postroomd ready", within: .seconds(30), every: .milliseconds(5)) {
      let output = program.output
      if output.hasSuffix("\n") { return output as String? }
      if !program.isRunning { throw Failed("postroomd ended at its start:\n\(program.errors)") }
      return nil
    }
    let words = line.split(whereSeparator: \.isWhitespace)
    guard words.starts(with: ["postroomd", "ready"]), let tcp = words.first(where: { $0.hasPrefix("tcp=") })
    else {
      throw Failed("postroomd said: \(line)")
    }
    self.tcp = String(tcp.dropFirst(4))
    token = try String(contentsOfFile: data + "/admin.token", encoding: .utf8)
      .trimmingCharacters(in: .whitespacesAndNewlines)
  }

  var unixPath: String { data + "/postroom.sock" }

  /// Over TCP, with the token.
  func client() async throws -> PostroomClient {
    try await PostroomClient.connect(to: "postroom://\(tcp)", token: token)
  }

  /// As a power cut would.
  func kill() async throws {
    program.signal(SIGKILL)
    try await program.wait(atMost: .seconds(10))
  }

  /// As an operator does.
  @discardableResult
  func stop() async throws -> Program.Outcome {
    program.signal(SIGTERM)
    return try await program.wait(atMost: .seconds(30))
  }

  /// The most memory that it had at once, in KiB.
  var peakKiB: Int {
    get throws {
      let status = try String(contentsOfFile: "/proc/\(program.pid)/status", encoding: .utf8)
      let line = status.split(separator: "\n").first { $0.hasPrefix("VmHWM:") }
      guard let number = line?.split(whereSeparator: \.isWhitespace).dropFirst().first, let kib = Int(number)
      else {
        throw Failed("no VmHWM in /proc")
      }
      return kib
    }
  }
}

/// Looks for texts in the raw octets of files.
enum Traces {
  /// How often each text stands in all files under `folder`.
  static func count(_ texts: [String], in folder: String) throws -> [String: Int] {
    var hits = Dictionary(uniqueKeysWithValues: texts.map { ($0, 0) })
    for name in try FileManager.default.subpathsOfDirectory(atPath: folder) {
      // Sockets and folders have no content; a file that went away meanwhile holds nothing.
      guard let data = FileManager.default.contents(atPath: "\(folder)/\(name)") else { continue }
      for text in texts {
        var from = data.startIndex
        while let hit = data.range(of: Data(text.utf8), in: from..<data.endIndex) {
          hits[text, default: 0] += 1
          from = hit.upperBound
        }
      }
    }
    return hits
  }
}

import Foundation
import Glibc
import Logging
import MailReading
import Testing

@testable import Isolation

/// Each wall by itself: what it holds when it is the only one, and what is reached when there is none.
@Suite("The walls around a reader", .timeLimit(.minutes(5)), .serialized) struct WallsTests {
  static let every: Walls = [.systemCalls, .landlock, .limits, .privileges, .memoryUnreadable]

  /// What a mail may try, and the walls each of which is enough against it.
  struct Row: Sendable, CustomTestStringConvertible {
    let reach: String
    let held: [Walls]
    /// Versions of Linux since which Landlock holds it.
    var landlockSince = (major: 5, minor: 13)
    var testDescription: String { reach }

    init(_ reach: String, _ held: Walls..., landlockSince: (Int, Int) = (5, 13)) {
      self.reach = reach
      self.held = held
      self.landlockSince = landlockSince
    }
  }

  static let rows = [
    Row("file", .systemCalls, .landlock),
    Row("newFile", .systemCalls, .landlock),
    Row("fileContent", .systemCalls, .landlock, .limits),
    Row("descriptors", .systemCalls, .limits),
    Row("network", .systemCalls, .landlock, landlockSince: (6, 7)),
    Row("localSocket", .systemCalls),
    Row("process", .systemCalls, .landlock),
    Row("signal", .systemCalls, .landlock, landlockSince: (6, 12)),
    Row("executableMemory", .systemCalls),
    Row("memory", .limits),
    Row("coreDump", .limits),
    Row("inspection", .systemCalls, .memoryUnreadable),
  ]

  @Test(arguments: rows) func `all of them hold, and each that should holds alone`(_ row: Row) async throws {
    #expect(try await Self.isReached(row.reach, without: []) == false)
    for wall in row.held where try await Self.isThere(wall, row) {
      #expect(
        try await Self.isReached(row.reach, without: Self.every.subtracting(wall)) == false,
        "\(wall.rawValue) alone")
    }
  }

  @Test(arguments: rows) func `without any it is reached, so that the check can fail`(_ row: Row) async throws
  {
    // Where no process may dump its memory there is nothing to reach.
    if row.reach == "coreDump", Self.coreOctetsMax == 0 { return }
    #expect(try await Self.isReached(row.reach, without: Self.every))
  }

  @Test func `the kernel says of a reader what was given up`() async throws {
    try await ReaderPoolTests.withPool { pool in
      _ = try await pool.read(ReaderPoolTests.mail())
      let child = try #require(pool.idlePIDs.first)
      let status = ReaderPoolTests.file("/proc/\(child)/status").split(separator: "\n")
      #expect(status.contains("NoNewPrivs:\t1") && status.contains("Seccomp:\t2"))
      let limits = ReaderPoolTests.file("/proc/\(child)/limits").split(separator: "\n")
      func limit(_ name: String) -> [Substring] {
        limits.first { $0.hasPrefix(name) }.map { $0.dropFirst(name.count).split(separator: " ") } ?? []
      }
      #expect(limit("Max core file size").prefix(2) == ["0", "0"])
      #expect(limit("Max file size").prefix(2) == ["0", "0"])
      #expect(limit("Max open files").prefix(2) == ["4", "4"])
      let memory = limit("Max address space").prefix(2).compactMap { Int($0) }
      #expect(memory.count == 2 && memory.allSatisfy { $0 < 2 << 30 })
    }
  }

  // MARK: The unit

  private static let repository = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .appendingPathComponent("../..").standardizedFileURL
  private static let unit = repository.appendingPathComponent("packaging/systemd/postroomd.service").path
  private static let canActAsUnit = ["/usr/bin/python3", "/usr/bin/systemd-analyze"].allSatisfy {
    FileManager.default.isExecutableFile(atPath: $0)
  }

  private static func withPool(under unit: String, _ body: (ReaderPool) async throws -> Void) async throws {
    try await ReaderPoolTests.withPool(
      {
        $0.program = "/usr/bin/python3"
        $0.arguments =
          ["python3", repository.appendingPathComponent("Tests/as-unit").path, unit, ReaderPoolTests.program]
          + $0.arguments
      }, body)
  }

  @Test(.enabled(if: canActAsUnit)) func `under the systemd unit all of them are raised, and hold`()
    async throws
  {
    var missing: Walls = []
    try await ReaderPoolTests.withPool { pool in
      _ = try await pool.read(ReaderPoolTests.mail())
      missing = pool.missingWalls
    }
    try await Self.withPool(under: Self.unit) { pool in
      for row in Self.rows {
        let read = try await pool.read(ReaderPoolTests.mail("reach \(row.reach)."))
        #expect(read.body.replyText == "Yes, please.", "\(row.reach)")
      }
      _ = try await pool.read(ReaderPoolTests.mail("luggage"))
      #expect(pool.missingWalls == missing)
      #expect(pool.statistics?.deaths == 0)
    }
  }

  @Test(.enabled(if: canActAsUnit)) func `a unit that allows too little is noticed`() async throws {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("unit-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }  // A leftover of the test, not its subject.
    let closed = folder.appendingPathComponent("closed.service")
    try
      (String(contentsOfFile: Self.unit, encoding: .utf8)
      + "\nSystemCallFilter=~seccomp prctl landlock_create_ruleset\n")
      .write(to: closed, atomically: true, encoding: .utf8)
    try await Self.withPool(under: closed.path) { pool in
      _ = try await pool.read(ReaderPoolTests.mail())
      #expect(pool.missingWalls == [.systemCalls, .landlock, .privileges, .memoryUnreadable])
    }
  }

  // MARK: Trying

  private static func isReached(_ reach: String, without: Walls) async throws -> Bool {
    var reached = false
    try await ReaderPoolTests.withPool({
      $0.arguments[0] = "hostile-reader-without-\(without.rawValue)"
    }) { pool in
      do throws(MailReadingError) {
        _ = try await pool.read(ReaderPoolTests.mail("reach \(reach)."))
      } catch {
        guard error == .unreadable(.crashed) else { throw error }
        reached = true
      }
    }
    return reached
  }

  private static func isThere(_ wall: Walls, _ row: Row) async throws -> Bool {
    guard wall == .landlock else { return true }
    var missing: Walls = []
    try await ReaderPoolTests.withPool { pool in
      _ = try await pool.read(ReaderPoolTests.mail())
      missing = pool.missingWalls
    }
    return !missing.contains(.landlock) && kernel >= row.landlockSince
  }

  private static let kernel: (Int, Int) = {
    let numbers = ReaderPoolTests.file("/proc/sys/kernel/osrelease").split { !$0.isNumber }.compactMap {
      Int($0)
    }
    return numbers.count >= 2 ? (numbers[0], numbers[1]) : (0, 0)
  }()

  private static var coreOctetsMax: UInt {
    var limit = rlimit()
    return getrlimit(__rlimit_resource_t(4), &limit) == 0 ? limit.rlim_max : 0
  }
}

import Foundation
import Testing

/// The most memory that a process has which reads a large mail, by its own account (proc(5): VmHWM).
@Suite(.serialized, .timeLimit(.minutes(10))) struct MemoryTests {
  /// The measuring program, beside the tests.
  private static let program = URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath()
    .deletingLastPathComponent().appendingPathComponent("mimebench")

  /// KiB that reading took, and KiB of the mail.
  private static func measure(_ way: String, _ kind: String, octets: Int) throws -> (used: Int, mail: Int) {
    let process = Process()
    process.executableURL = program
    process.arguments = ["memory", way, kind, String(octets)]
    let pipe = Pipe()
    process.standardOutput = pipe
    try process.run()
    let output = String(decoding: pipe.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    #expect(process.terminationStatus == 0)
    let numbers = output.split(separator: " ").compactMap { Int($0) }
    try #require(numbers.count >= 2, "\(output)")
    return (numbers[0], numbers[1])
  }

  @Test(arguments: ["attachment", "quoted", "text", "html"])
  func `a mail that is read as it comes takes the same memory whatever its size`(_ kind: String) throws {
    let small = try Self.measure("streamed", kind, octets: 8_000_000)
    let large = try Self.measure("streamed", kind, octets: 40_000_000)
    #expect(large.used < 4096, "\(large.used) KiB")
    #expect(large.used - small.used < 1024, "\(small.used) and \(large.used) KiB")
  }

  @Test(arguments: ["attachment", "quoted"])
  func `a mail as a whole, its parts decoded in pieces, takes at most one and a half times its size`(
    _ kind: String
  ) throws {
    let (used, mail) = try Self.measure("pieces", kind, octets: 40_000_000)
    #expect(used * 2 < mail * 3, "\(used) KiB for \(mail) KiB")
  }
}

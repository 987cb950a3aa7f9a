import Foundation
import Testing

/// What the server holds for connections on which nothing happens.
@Suite(.timeLimit(.minutes(3))) struct IdleConnectionTests {
  private struct Report: Decodable {
    var kib: Double
    var answered: Int
  }

  @Test func `an idle connection holds about 1 KiB, and is answered afterwards`() async throws {
    try await withStage { stage in
      let data = stage.folder + "/data"
      let server = try await Postroomd(
        try stage.start(
          try Place.built("postroomd"),
          ["--data", data, "--listen", "127.0.0.1:0", "--log-level", "critical"]),
        data: data)
      let count = 4000
      let out = try await Program.run(
        Place.python,
        [Place.tests + "/Python/idle.py", String(server.program.pid), server.tcp, server.token, "\(count)"],
        folder: stage.folder, atMost: .seconds(120))
      let report = try JSONDecoder().decode(Report.self, from: Data(out.output.utf8))
      // With a task it would be ten. The allocator's pages are not all full: `Benchmarks/run rpc` measures with more.
      #expect(report.kib < 1.5, "\(out)")
      #expect(report.answered == count)
      try await server.stop()
    }
  }
}

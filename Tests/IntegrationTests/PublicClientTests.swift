import Foundation
import Testing

/// Clients that others wrote, unmodified; `Tests/PublicClients/run` installs and runs them.
@Suite(.timeLimit(.minutes(4))) struct PublicClientTests {
  @Test func `public clients work unmodified`() async throws {
    try await withStage { stage in
      let run = try stage.start(
        Place.python, [Place.checkout + "/Tests/PublicClients/run", try Place.built("postroomd")],
        environment: ["TMPDIR": stage.folder])
      let out = try await run.wait(atMost: .seconds(230))
      #expect(out.status == 0, "\(out.output)\n\(out.errors)")
    }
  }
}

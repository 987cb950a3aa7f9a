import Foundation
import PostroomClient
import Testing

/// Any call, by hand: `postroom api` and the client's own text calls.
@Suite(.timeLimit(.minutes(1))) struct APICommandTests {
  @Test func `every method can be listed, described and called`() async throws {
    try await withStage { stage in
      let server = try await stage.bare("data")
      func api(_ arguments: [String]) async throws -> Program.Outcome {
        try await Program.run(
          try Place.built("postroom"),
          ["api"] + arguments + ["--server", "unix://\(server.data)/postroom.sock"],
          folder: stage.folder)
      }
      let list = try await api(["--list"])
      #expect(list.output.contains("mail.send") && list.output.contains("rpc.discover"))
      let described = try await api(["mail.list", "--describe"])
      #expect(described.output.contains("contact") && described.output.contains("scope: read"))
      #expect(try await api(["mailbox.list"]).output == "{\"mailboxes\":[]}\n")
      #expect(try await api(["mail.list", #"{"limit": 5}"#]).output.hasPrefix("{\"mails\":[]"))
      let refused = try await api(["mail.list", #"{"limmit": 5}"#])
      #expect(refused.status == 1)
      #expect(refused.errors.contains("limmit"))
      let broken = try await api(["mail.list", "{"])
      #expect(broken.status == 1)
      #expect(broken.errors.contains("no JSON"))
      let unknown = try await api(["mail.lost"])
      #expect(unknown.status == 64)
      #expect(unknown.errors.contains("--list"))
      try await server.stop()
    }
  }

  @Test func `a stream comes as text too`() async throws {
    try await withStage { stage in
      let server = try await stage.bare("data")
      let client = try await server.client()
      let token = try await client.call("server.info")
      #expect(token.hasPrefix("{") && token.contains("\"name\""))
      var error: PostroomError?
      do throws(PostroomError) {
        for try await _ in client.stream("sync.watch", params: #"{"mailboxId":"mb999"}"#) {}
      } catch let failure { error = failure }
      #expect(error?.status == .notFound)
      await client.close()
      try await server.stop()
    }
  }
}

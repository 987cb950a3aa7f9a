import Foundation
import Glibc
import PostroomClient
import Testing

/// What an operator types: doctor, top, tokens and tenants.
@Suite(.timeLimit(.minutes(2))) struct OperatorCommandTests {
  private func postroom(_ stage: Stage, _ server: Postroomd, _ arguments: [String]) async throws
    -> Program.Outcome
  {
    try await Program.run(
      try Place.built("postroom"), arguments + ["--server", "unix://\(server.data)/postroom.sock"],
      folder: stage.folder)
  }

  @Test func `doctor finds nothing wrong, and what is wrong it names with what to do`() async throws {
    try await withStage { stage in
      let server = try await stage.bare("data")
      let well = try await postroom(stage, server, ["doctor", "--data", server.data])
      #expect(well.status == 0, "\(well.output)")
      #expect(well.output.contains("health: serving") && well.output.contains("Nothing is wrong"))
      #expect(well.output.contains("admin.token"))
      chmod(server.data, 0o755)
      chmod(server.data + "/master.key", 0o644)
      let open = try await postroom(stage, server, ["doctor", "--data", server.data])
      #expect(open.status == 1)
      #expect(open.output.contains("chmod 700 \(server.data)"))
      #expect(open.output.contains("chmod 400 \(server.data)/master.key"))
      chmod(server.data, 0o700)
      chmod(server.data + "/master.key", 0o600)
      try await server.stop()
      let gone = try await postroom(stage, server, ["doctor", "--json"])
      #expect(gone.status == 1)
      #expect(gone.output.contains("Is postroomd running"))
    }
  }

  @Test func `a token of the command line works until it is revoked there`() async throws {
    try await withStage { stage in
      let server = try await stage.bare("data")
      let made = try await postroom(stage, server, ["token", "create", "crm", "--scope", "read"])
      let secret = made.output.trimmingCharacters(in: .whitespacesAndNewlines)
      #expect(!secret.contains("\n") && secret.hasPrefix("pr_"))
      let id = try #require(made.errors.split(separator: ",").first.map(String.init))
      let client = try PostroomClient("postroom://\(server.tcp)", token: secret)
      #expect(try await client.mailbox.list().mailboxes.isEmpty)
      await client.close()
      let list = try await postroom(stage, server, ["token", "list"])
      #expect(list.output.contains("crm") && !list.output.contains(secret))
      #expect(try await postroom(stage, server, ["token", "revoke", id]).status == 0)
      let late = try PostroomClient("postroom://\(server.tcp)", token: secret)
      await #expect(throws: PostroomError.self) { _ = try await late.mailbox.list() }
      await late.close()
      let tenant = try await postroom(stage, server, ["tenant", "create", "Acme"])
      #expect(try await postroom(stage, server, ["tenant", "list"]).output.contains("Acme"))
      #expect(tenant.output.hasPrefix("tn"))
      try await server.stop()
    }
  }

  @Test func `tail prints the log and the events as they happen`() async throws {
    try await withStage { stage in
      let server = try await stage.bare("data")
      let line = try await postroom(
        stage, server,
        ["tail", "--only", "log", "--level", "trace", "--past", "200", "--count", "1", "--json"])
      #expect(line.status == 0 && line.output.hasPrefix(#"{"at":"20"#), "\(line.output) \(line.errors)")
      // A token that is no token is told at notice, to who listens already.
      let listening = try stage.start(
        try Place.built("postroom"),
        ["tail", "--level", "notice", "--past", "0", "--count", "1", "--server", "unix://\(server.unixPath)"])
      try await eventually("the refusal is told") {
        let stranger = try PostroomClient("postroom://\(server.tcp)", token: "pr_no_such_token")
        _ = try? await stranger.mailbox.list()
        await stranger.close()
        return listening.isRunning ? nil : ()
      }
      #expect(listening.output.contains("NOTICE  rpc: token refused connection="))
      #expect(listening.output.split(separator: "\n").count == 1 && !listening.output.contains("no_such"))
      // Who may not read the log gets the events: the first says so.
      let token = try await postroom(stage, server, ["token", "create", "crm", "--scope", "read"])
      try token.output.write(toFile: stage.folder + "/token", atomically: true, encoding: .utf8)
      let reader = [
        "tail", "--count", "1", "--server", "postroom://\(server.tcp)", "--token-file",
        stage.folder + "/token",
      ]
      let refused = try await Program.run(
        try Place.built("postroom"), reader + ["--only", "log"], folder: stage.folder)
      #expect(refused.status == 1 && refused.errors.contains("scope.missing"))
      let events = try stage.start(try Place.built("postroom"), reader)
      try await eventually("it says what it does without") {
        events.errors.contains("wants a token of scope admin") ? () : nil
      }
      #expect(events.isRunning)
      try await server.stop()
    }
  }

  @Test func `top prints a line a look in a pipe`() async throws {
    try await withStage { stage in
      let server = try await stage.bare("data")
      let top = try await postroom(stage, server, ["top", "--count", "2"])
      #expect(top.status == 0)
      let lines = top.output.split(separator: "\n")
      #expect(lines.count == 2)
      #expect(lines.allSatisfy { $0.hasPrefix("calls ") && $0.contains("mailboxes 0/0") })
      #expect(!top.output.contains("\u{1B}"))
      try await server.stop()
    }
  }
}

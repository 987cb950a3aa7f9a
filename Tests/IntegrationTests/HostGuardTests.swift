import MailSim
import PostroomClient
import Testing

/// Hosts are named by callers: without the operator's word none of them leads into this machine's own networks.
@Suite(.serialized, .timeLimit(.minutes(2))) struct HostGuardTests {
  static func refusal(_ client: PostroomClient, _ host: String, _ port: Int64) async throws -> String? {
    do {
      _ = try await client.mailbox.probe(
        userName: "alice@example.test", password: "secret",
        imap: ServerChoice(host: host, port: port, security: .tls))
      return nil
    } catch {
      return error.reason.rawValue
    }
  }

  @Test func `a private host is refused until the operator allows it`() async throws {
    let sim = MailSim()
    let ports = try await sim.start()
    try await withStage { stage in
      func server(_ name: String, _ more: [String]) async throws -> PostroomClient {
        let data = stage.folder + "/" + name
        let program = try stage.start(
          try Place.built("postroomd"),
          ["--data", data, "--listen", "127.0.0.1:0", "--mail-ca-file", ports.caFile] + more)
        return try await Postroomd(program, data: data).client()
      }
      let port = Int64(ports.imapsPort)
      let guarded = try await server("guarded", [])
      for host in ["127.0.0.1", "localhost", "127.1", "2130706433", "0x7f000001", "::ffff:127.0.0.1"] {
        #expect(try await Self.refusal(guarded, host, port) == "connect.imap.hostUnknown", "\(host)")
      }
      let other = try await server("other", ["--allow-hosts", "10.0.0.0/8", "--mail-port", String(port)])
      #expect(try await Self.refusal(other, "127.0.0.1", port) == "connect.imap.hostUnknown")
      #expect(sim.commands.isEmpty)
      for more in [["--allow-private-hosts"], ["--allow-hosts", "127.0.0.0/8"]] {
        let open = try await server("open\(more.count)", more)
        #expect(try await Self.refusal(open, "127.0.0.1", port) == nil)
      }
      #expect(!sim.commands.isEmpty)
    }
    await sim.stop()
  }
}

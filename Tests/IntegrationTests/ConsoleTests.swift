import Foundation
import MailSim
import PostroomClient
import Testing

/// The web console, as a person uses it in Debian's Chromium.
@Suite(.serialized, .timeLimit(.minutes(2))) struct ConsoleTests {
  @Test func `the console does what a person wants, and a mail in it can do nothing`() async throws {
    var options = MailSimOptions()
    options.messages = 40
    options.correspondents = [
      Correspondent(address: "dana@customer.example", name: "Dana", delayMilliseconds: 50)
    ]
    let sim = MailSim(options: options)
    let ports = try await sim.start()
    do {
      try await withStage { stage in
        let server = try await stage.postroomd("data", trusting: ports.caFile, ["--console"])
        let client = try await server.client()
        try await Self.fill(client, ports)
        let reader = try await client.token.create(name: "reader", scopes: [.read])
        var environment = [
          "CONSOLE_URL": "http://\(server.tcp)/console/",
          "CONSOLE_TOKEN": try String(contentsOfFile: server.data + "/console.token", encoding: .utf8)
            .trimmingCharacters(in: .newlines), "READER_TOKEN": reader.secret,
        ]
        if let shots = ProcessInfo.processInfo.environment["POSTROOM_SHOTS"] { environment["SHOTS"] = shots }
        let script = try stage.start(
          "/usr/bin/env", ["node", Place.tests + "/Console/flow.mjs"], environment: environment)
        let out = try await script.wait(atMost: .seconds(90))
        #expect(out.status == 0 && out.output == "done\n", "\(out.output)\n\(out.errors)")
        await client.close()
        try await server.stop()
      }
    } catch {
      await sim.stop()
      throw error
    }
    await sim.stop()
  }

  private static func fill(_ client: PostroomClient, _ ports: MailSimEndpoints) async throws {
    let box = try await client.mailbox.connect(
      email: "alice@example.test", password: "secret",
      imap: ServerChoice(host: ports.host, port: Int64(ports.imapsPort), security: .tls),
      smtp: ServerChoice(host: ports.host, port: Int64(ports.smtpsPort), security: .tls))
    _ = try await client.mail.send(
      mailboxId: box.id, to: [Address(email: "dana@customer.example")], subject: "Offer",
      text: "Dear Dana,\n\nhere is the offer.\n",
      html: "<h2 style=\"color:#20639b\">The offer</h2><p>Dear Dana, <b>here</b> it is.</p>")
    _ = try await eventually("the answer is logged") {
      try await client.thread.list().threads.first { $0.mailCount == 2 }
    }
  }

  @Test func `it is off by default, and has a token of its own`() async throws {
    try await withStage { stage in
      let off = try await stage.bare("data")
      #expect(try await Self.status(off.tcp) == 404)
      #expect(!FileManager.default.fileExists(atPath: off.data + "/console.token"))
      try await off.stop()
      let on = try await stage.bare("data", ["--console"])
      #expect(try await Self.status(on.tcp) == 200)
      let file = on.data + "/console.token"
      let token = try String(contentsOfFile: file, encoding: .utf8)
      let mode = try FileManager.default.attributesOfItem(atPath: file)[.posixPermissions] as? Int
      #expect(mode == 0o600 && token != on.token + "\n")
      let link = try await Program.run(
        try Place.built("postroom"), ["console", "--data", on.data, "--address", "http://\(on.tcp)"],
        folder: stage.folder)
      #expect(link.output == "http://\(on.tcp)/console/#token=\(token)")
      let client = try await on.client()
      #expect(try await client.token.list().tokens.map(\.name).sorted() == ["admin", "console"])
      await client.close()
      try await on.stop()
      // The same token at the next start; a new one, and the old one gone, when the file was removed.
      let again = try await stage.bare("data", ["--console"])
      #expect(try String(contentsOfFile: file, encoding: .utf8) == token)
      try await again.stop()
      try FileManager.default.removeItem(atPath: file)
      let third = try await stage.bare("data", ["--console"])
      #expect(try String(contentsOfFile: file, encoding: .utf8) != token)
      let old = try PostroomClient(
        "postroom://\(third.tcp)", token: token.trimmingCharacters(in: .newlines))
      await #expect(throws: PostroomError.self) { _ = try await old.server.info() }
      await old.close()
      try await third.stop()
    }
  }

  private static func status(_ tcp: String) async throws -> Int? {
    let out = try await Program.run(
      "/usr/bin/curl", ["-s", "-o", "/dev/null", "-w", "%{http_code}", "http://\(tcp)/console/"],
      folder: FileManager.default.temporaryDirectory.path)
    return Int(out.output)
  }
}

import Foundation
import MailSim
import PostroomClient
import Testing

/// What `postroom export` writes, read by another program.
@Suite(.timeLimit(.minutes(2))) struct ExportStoryTests {
  private static let check = """
    import hashlib, json, mailbox, os, re, sys
    folder = sys.argv[1]
    manifest = json.load(open(os.path.join(folder, "manifest.json")))
    for file in manifest["files"]:
        path = os.path.join(folder, file["name"])
        data = open(path, "rb").read()
        assert hashlib.sha256(data).hexdigest() == file["sha256"] and len(data) == file["octets"], path
        assert os.stat(path).st_mode & 0o777 == 0o600, path
        if path.endswith(".jsonl"):
            assert len([json.loads(line) for line in data.splitlines()]) == file["lines"], path
    box = mailbox.mbox(os.path.join(folder, "mail.mbox"))
    for message in box:
        text = message.get_payload(decode=True).decode()
        text = re.sub(r"(?m)^>(>*From )", r"\\1", text)
        print(json.dumps([message["Subject"], message["To"], text]))
    """

  private struct Exported {
    var mails: [[String]]
    var lines: [String: Int]
    var folder: String
  }

  private static func export(_ arguments: [String], _ name: String, _ stage: Stage, _ server: Postroomd)
    async throws
    -> Exported
  {
    let folder = "\(stage.folder)/\(name)"
    let run = try await stage.start(
      try Place.built("postroom"),
      ["export", "--to", folder, "--server", "unix://\(server.unixPath)"] + arguments
    ).wait(atMost: .seconds(60))
    #expect(run.status == 0, "\(run.errors)")
    let read = try await Program.run(Place.python, ["-c", check, folder], folder: stage.folder)
    if read.status != 0 { throw Failed(read.errors) }
    var exported = Exported(mails: [], lines: [:], folder: folder)
    exported.mails = try read.output.split(separator: "\n").map {
      try JSONDecoder().decode([String].self, from: Data($0.utf8))
    }
    for name in try FileManager.default.contentsOfDirectory(atPath: folder) where name.hasSuffix(".jsonl") {
      exported.lines[name] = try String(contentsOfFile: "\(folder)/\(name)", encoding: .utf8).count {
        $0 == "\n"
      }
    }
    #expect(!FileManager.default.fileExists(atPath: folder + ".partial"))
    return exported
  }

  @Test func `a tenant's data are written whole, and a person's are theirs alone`() async throws {
    var options = MailSimOptions()
    options.messages = 30
    options.correspondents = []
    let sim = MailSim(options: options)
    let ports = try await sim.start()
    try await withStage { stage in
      let server = try await stage.postroomd("data", trusting: ports.caFile)
      let client = try await server.client()
      let box = try await client.mailbox.connect(
        email: "alice@example.test", password: "secret", userName: "alice",
        imap: ServerChoice(host: ports.host, port: Int64(ports.imapsPort), security: .tls),
        smtp: ServerChoice(host: ports.host, port: Int64(ports.smtpsPort), security: .tls)
      ).id
      let texts = ["eve": "From the start\nFrom here on\n>From there", "kay": "Another mail"]
      for (who, text) in texts.sorted(by: { $0.key < $1.key }) {
        let sent = try await client.mail.send(
          mailboxId: box, to: [Address(email: "\(who)@customer.example")], subject: "To \(who)", text: text)
        _ = try await eventually("it is sent") {
          try await client.mail.status(mailId: sent.mail.id).state == .accepted ? true : nil
        }
      }
      for try await status in client.sync.watch(mailboxId: box, options: StreamOptions(timeout: .seconds(60)))
      {
        if status.complete, status.phase == .live { break }
      }
      let all = try await Self.export([], "all", stage, server)
      #expect(Set(all.mails.map { $0[0] }) == ["To eve", "To kay"])
      #expect((all.lines["mails.jsonl"] ?? 0) >= 32 && all.lines["threads.jsonl"] == 2)
      #expect(all.lines["mailboxes.jsonl"] == 1 && (all.lines["events.jsonl"] ?? 0) >= 5)
      for name in ["settings.json", "retention.json", "holds.jsonl", "receipts.jsonl"] {
        #expect(FileManager.default.fileExists(atPath: "\(all.folder)/\(name)"))
      }
      #expect(try Traces.count(["secret", server.token], in: all.folder).values.allSatisfy { $0 == 0 })
      let eve = try await Self.export(["--contact", "Eve@customer.example"], "eve", stage, server)
      #expect(
        eve.mails.map { $0[0] } == ["To eve"] && eve.lines["mails.jsonl"] == 1
      )
      // What is told of whole conversations may come from mails that she never got.
      #expect(eve.lines["threads.jsonl"] == nil)
      // Octet for octet, "From " at the begin of lines included.
      #expect(eve.mails[0][2].trimmingCharacters(in: .newlines) == texts["eve"])
      #expect(try Traces.count(["kay@customer.example"], in: eve.folder) == ["kay@customer.example": 0])
      // Another tenant has nothing of it.
      let tenant = try await client.tenant.create(name: "other")
      let secret = try await client.token.create(
        tenantId: tenant.id, name: "t", scopes: [.read, .manage, .purge]
      ).secret
      let tokenFile = "\(stage.folder)/token"
      try Data((secret + "\n").utf8).write(to: URL(filePath: tokenFile))
      let other = try await stage.start(
        try Place.built("postroom"),
        [
          "export", "--to", "\(stage.folder)/other", "--server", "postroom://\(server.tcp)", "--token-file",
          tokenFile,
          "--json",
        ]
      ).wait(atMost: .seconds(60))
      #expect(other.status == 0, "\(other.errors)")
      let mails = try String(contentsOfFile: "\(stage.folder)/other/mails.jsonl", encoding: .utf8)
      #expect(mails.isEmpty)
      // Never written over.
      let again = try await stage.start(
        try Place.built("postroom"), ["export", "--to", eve.folder, "--server", "unix://\(server.unixPath)"]
      ).wait(atMost: .seconds(60))
      #expect(again.status == 64 && again.errors.contains("is there already"))
      // What stands in its way is somebody's, and is left alone.
      let theirs = "\(stage.folder)/new.partial"
      try FileManager.default.createDirectory(atPath: theirs, withIntermediateDirectories: true)
      try Data("kept".utf8).write(to: URL(filePath: theirs + "/file"))
      let blocked = try await stage.start(
        try Place.built("postroom"),
        ["export", "--to", "\(stage.folder)/new", "--server", "unix://\(server.unixPath)"]
      ).wait(atMost: .seconds(60))
      #expect(blocked.status == 64 && blocked.errors.contains("new.partial is there already"))
      let backup = try await stage.start(
        try Place.built("postroomd"), ["backup", "--data", server.data, "--to", "\(stage.folder)/new"]
      ).wait(atMost: .seconds(60))
      #expect(backup.status == 73 && backup.errors.contains("new.partial is there already"))
      #expect(FileManager.default.fileExists(atPath: theirs + "/file"))
      await client.close()
      try await server.stop()
    }
    await sim.stop()
  }
}

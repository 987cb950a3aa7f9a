import Foundation
import Glibc
import MailSim
import PostroomClient
import Testing

/// Large files, from a caller's disk to the recipient's mailbox.
@Suite(.serialized, .timeLimit(.minutes(3))) struct UploadStoryTests {
  /// Nothing of it repeats, so nothing that mixes pieces up goes unseen.
  private static func file(_ octets: Int, seed: UInt64) -> [UInt8] {
    var numbers = SeededNumbers(seed: seed)
    var out: [UInt8] = []
    out.reserveCapacity(octets + 8)
    while out.count < octets { withUnsafeBytes(of: numbers.next()) { out.append(contentsOf: $0) } }
    return Array(out.prefix(octets))
  }

  private func run(
    _ change: (inout MailSimOptions) -> Void = { _ in },
    _ body: (Stage, MailSim, MailSimEndpoints) async throws -> Void
  ) async throws {
    var options = MailSimOptions()
    options.correspondents = []
    change(&options)
    let sim = MailSim(options: options)
    let endpoints = try await sim.start()
    do {
      try await withStage { stage in try await body(stage, sim, endpoints) }
    } catch {
      await sim.stop()
      throw error
    }
    await sim.stop()
  }

  private func connect(_ server: Postroomd, _ endpoints: MailSimEndpoints) async throws -> String {
    let client = try await server.client()
    let box = try await client.mailbox.connect(
      email: "alice@example.test", password: "secret",
      imap: ServerChoice(host: "127.0.0.1", port: Int64(endpoints.imapsPort), security: .tls),
      smtp: ServerChoice(host: "127.0.0.1", port: Int64(endpoints.smtpsPort), security: .tls))
    await client.close()
    return box.id
  }

  /// What a mail's attachment with this name is, decoded by another program's parser.
  private func attachment(_ name: String, of raw: [UInt8], _ stage: Stage) async throws -> [UInt8] {
    let (mail, out) = ("\(stage.folder)/\(UUID()).eml", "\(stage.folder)/\(UUID()).out")
    try Data(raw).write(to: URL(filePath: mail))
    let script = """
      import email, email.policy, sys
      with open(sys.argv[1], "rb") as f: mail = email.message_from_binary_file(f, policy=email.policy.default)
      [part] = mail.iter_attachments()
      # Python takes the form for readers that know no RFC 2231, which has ASCII only.
      assert part.get_filename()[1:] == sys.argv[3][1:], part.get_filename()
      open(sys.argv[2], "wb").write(part.get_payload(decode=True))
      """
    let run = try await stage.start(Place.python, ["-c", script, mail, out, name]).wait(atMost: .seconds(60))
    guard run.status == 0 else { throw Failed(run.errors) }
    return Array(try Data(contentsOf: URL(filePath: out)))
  }

  @Test
  func
    `ten megabytes sent by the command line arrive octet by octet, though the server is killed between pieces`()
    async throws
  {
    try await run { stage, sim, endpoints in
      let content = Self.file(10_000_000, seed: 1)
      let path = "\(stage.folder)/Überblick 2026.pdf"
      try Data(content).write(to: URL(filePath: path))
      var server = try await stage.postroomd("data", trusting: endpoints.caFile)
      let box = try await connect(server, endpoints)
      let command = try stage.start(
        try Place.built("postroom"),
        [
          "send", "--server", "unix://\(server.unixPath)", "--from", box, "--to", "bob@example.test",
          "--subject",
          "Large", "--text", "Here it is.", "--attach", path, "--json",
        ])
      // Twice, in different places.
      for least in [Int64(2_000_000), 6_000_000] {
        let client = try await server.client()
        _ = try await eventually("a part of the file is there", every: .milliseconds(2)) {
          let all = try await client.upload.list().uploads
          #expect(all.count <= 1)
          return all.first { $0.received >= least }
        }
        try await server.kill()
        await client.close()
        server = try await stage.postroomd("data", trusting: endpoints.caFile)
      }
      let out = try await command.wait(atMost: .seconds(90))
      #expect(out.status == 0, "\(out.output)\n\(out.errors)")
      let mails = try sim.messages(of: "bob", folder: "INBOX")
      #expect(mails.count == 1)
      let raw = try #require(mails.first).raw
      #expect(try await attachment("Überblick 2026.pdf", of: raw, stage) == content)
      // What is kept of it, and what lies in Sent, is the same mail.
      let client = try await server.client()
      let mail = try #require(try await client.mail.list().mails.first)
      let detail = try await client.mail.get(mailId: mail.id)
      #expect(detail.attachments.map(\.name) == ["Überblick 2026.pdf"])
      #expect(
        detail.attachments.first?.size == 10_000_000 && detail.attachments.first?.type == "application/pdf")
      _ = try await eventually("the copy is filed") {
        try await client.mail.status(mailId: mail.id).sentCopy == .appended ? true : nil
      }
      let copy = try #require(try sim.messages(of: "alice", folder: "Sent").first).raw
      #expect(try await attachment("Überblick 2026.pdf", of: copy, stage) == content)
      // The same command again finds the file there.
      let again = try await stage.start(
        try Place.built("postroom"),
        ["upload", path, "--server", "unix://\(server.unixPath)", "--json"]
      ).wait(atMost: .seconds(60))
      #expect(again.status == 0, "\(again.errors)")
      let uploads = try await client.upload.list().uploads
      #expect(uploads.count == 1 && uploads.first?.state == .committed)
      #expect(again.output.contains("\"\(uploads.first?.id ?? "-")\""))
      await client.close()
      try await server.stop()
    }
  }

  /// With a debug build of both sides it takes a minute and a half.
  @Test(.enabled(if: Place.isHeavy))
  func `a file of twenty megabytes passes through in far less memory`() async throws {
    try await run { stage, sim, endpoints in
      let program = try stage.start(
        try Place.built("postroomd"),
        [
          "--data", "\(stage.folder)/data", "--listen", "127.0.0.1:0", "--mail-ca-file", endpoints.caFile,
          "--allow-private-hosts",
          "--max-mail-mib", "40",
        ])
      let server = try await Postroomd(program, data: "\(stage.folder)/data")
      let box = try await connect(server, endpoints)
      let client = try await server.client()
      func send(_ seed: UInt64) async throws {
        let upload = try await client.uploadFile(
          UploadSource(Self.file(20_000_000, seed: seed)), name: "film.bin")
        let sent = try await client.mail.send(
          mailboxId: box, to: [Address(email: "bob@example.test")], subject: "Film", text: "x",
          attachments: [OutgoingAttachment(uploadId: upload.id)])
        _ = try await eventually("sent and filed", within: .seconds(60)) {
          let now = try await client.mail.status(mailId: sent.mail.id)
          return now.state == .accepted && now.sentCopy == .appended ? true : nil
        }
      }
      // The database keeps pages in memory, up to a bound; the first file fills that.
      try await send(1)
      try await send(2)
      try Data("5\n".utf8).write(to: URL(filePath: "/proc/\(program.pid)/clear_refs"))
      let before = try server.peakKiB
      try await send(3)
      let more = try server.peakKiB - before
      print("20 MB sent: \(before) KiB before, at most \(more) KiB more")
      #expect(more < 8 * 1024, "\(more) KiB more than \(before)")
      #expect(try sim.messages(of: "bob", folder: "INBOX").count == 3)
      await client.close()
      try await server.stop()
    }
  }

  @Test func `what the provider does not take is refused before anything is sent`() async throws {
    try await run({ $0.messageOctetsMax = 200_000 }) { stage, sim, endpoints in
      let server = try await stage.postroomd("data", trusting: endpoints.caFile)
      let box = try await connect(server, endpoints)
      let client = try await server.client()
      let upload = try await client.uploadFile(UploadSource(Self.file(150_000, seed: 1)), name: "a.bin")
      let error = await #expect(throws: PostroomError.self) {
        _ = try await client.mail.send(
          mailboxId: box, to: [Address(email: "bob@example.test")], subject: "x", text: "x",
          attachments: [OutgoingAttachment(uploadId: upload.id)])
      }
      #expect(error?.reason == .sendTooLarge)
      #expect(error?.details?.contains("\"provider\"") == true && error?.details?.contains("200000") == true)
      let small = try await client.uploadFile(UploadSource(Self.file(100_000, seed: 1)), name: "a.bin")
      _ = try await client.mail.send(
        mailboxId: box, to: [Address(email: "bob@example.test")], subject: "x", text: "x",
        attachments: [OutgoingAttachment(uploadId: small.id)])
      _ = try await eventually("the small one is sent") { sim.submissions.isEmpty ? nil : true }
      #expect(sim.submissions.count == 1)
      let large = await #expect(throws: PostroomError.self) {
        _ = try await client.upload.open(name: "a.bin", size: 19_156_675)
      }
      #expect(large?.reason == .uploadTooLarge)
      await client.close()
      try await server.stop()
    }
  }
}

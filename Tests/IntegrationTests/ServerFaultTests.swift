import Foundation
import MailSim
import PostroomClient
import Testing

/// Mail servers that misbehave while a mailbox is read, and mails that are not as they should be.
@Suite(.serialized, .timeLimit(.minutes(2))) struct ServerFaultTests {
  struct Case: CustomTestStringConvertible {
    let name: String
    let faults: [Fault]
    var testDescription: String { name }
  }

  static let cases: [Case] = [
    Case(
      name: "ends the connection inside a literal",
      faults: [Fault(.imap, "UID FETCH", after: 1, times: 2, .dropInLiteral)]),
    Case(
      name: "announces a literal of 100 MB",
      faults: [Fault(.imap, "UID FETCH", after: 1, .giantLiteral(100 << 20))]),
    Case(
      name: "announces a literal of 2^63 octets",
      faults: [Fault(.imap, "UID FETCH", after: 1, .giantLiteral(1 << 63))]),
    Case(
      name: "ends connections in the middle of answers",
      faults: [
        Fault(.imap, "UID FETCH", .dropAfterOctets(1000)),
        Fault(.imap, "UID SEARCH", after: 2, .dropAfterOctets(7)),
      ]),
    Case(name: "says goodbye", faults: [Fault(.imap, "UID FETCH", after: 2, .bye("Maintenance"))]),
    Case(
      name: "refuses a command once",
      faults: [Fault(.imap, "UID FETCH", after: 1, .refuse("NO [UNAVAILABLE] Not now"))]),
  ]

  /// What reading 1,500 envelopes may take besides; the announced literal alone would be more than twice as much.
  private static let growthKiB = 40 << 10

  @Test(arguments: cases) func `a first sync is completed although the server`(_ each: Case) async throws {
    try await withSim({ $0.messages = 1500 }) { stage, sim, ports in
      let server = try await stage.postroomd("data", trusting: ports.caFile)
      let client = try await server.client()
      let before = try server.peakKiB
      for fault in each.faults { sim.add(fault) }
      let box = try await Self.connect(client, ports)
      let nudge = Task {
        // Does not wait for the next attempt: that is another test's matter.
        while !Task.isCancelled {
          try await Task.sleep(for: .milliseconds(200))
          _ = try await client.sync.run(mailboxId: box)
        }
      }
      try await Self.waitUntilRead(client, box, 1500)
      nudge.cancel()
      // Every message is there, once.
      var ids: [String] = []
      var cursor: String?
      repeat {
        let page = try await client.mail.list(mailboxId: box, loggedOnly: false, cursor: cursor, limit: 500)
        ids += page.mails.compactMap(\.messageId)
        cursor = page.cursor
      } while cursor != nil
      let inbox = try sim.messages(of: "alice").map { Self.messageID(of: $0.raw) }
      #expect(Set(inbox).isSubset(of: Set(ids)) && Set(ids).count == ids.count)
      let growth = try server.peakKiB - before
      #expect(growth < Self.growthKiB, "\(growth) KiB more than at the start")
      #expect(server.program.isRunning)
      await client.close()
    }
  }

  // MARK: Broken mails

  struct BrokenMail: CustomTestStringConvertible {
    let name: String
    let raw: String
    /// What a person must still see of it.
    let shows: String
    var testDescription: String { name }
  }

  static let brokenMails: [BrokenMail] = [
    BrokenMail(
      name: "multipart without a boundary",
      raw:
        "Content-Type: multipart/mixed\r\n\r\n--x\r\nContent-Type: text/plain\r\n\r\nstill here\r\n--x--\r\n",
      shows: "still here"),
    BrokenMail(
      name: "multipart whose end is missing",
      raw:
        "Content-Type: multipart/mixed; boundary=\"x\"\r\n\r\n--x\r\nContent-Type: text/plain\r\n\r\nstill here",
      shows: "still here"),
    BrokenMail(
      name: "multipart with no part at all",
      raw: "Content-Type: multipart/mixed; boundary=\"x\"\r\n\r\nstill here\r\n", shows: ""),
    BrokenMail(
      name: "base64 that is none",
      raw: "Content-Type: text/plain\r\nContent-Transfer-Encoding: base64\r\n\r\n!!!c3RpbGwg*aGVyZQ\r\n",
      shows: "still here"),
    BrokenMail(
      name: "quoted-printable cut short",
      raw: "Content-Type: text/plain\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\nstill here =E",
      shows: "still here"),
    BrokenMail(
      name: "an unknown character set and raw octets",
      raw: "Content-Type: text/plain; charset=klingon-9\r\n\r\nstill here \u{FC}\r\n", shows: "still here"),
    BrokenMail(
      name: "a header without an end", raw: "Content-Type: text/plain; charset=\"utf-8\r\nX-Unfinished",
      shows: ""),
    BrokenMail(
      name: "a header line without a name",
      raw: ": nothing\r\nnot a field\r\nContent-Type: text/plain\r\n\r\nstill here\r\n",
      shows: ""),
    BrokenMail(
      name: "parts nested 200 deep", raw: Self.nested(200), shows: ""),
  ]

  private static func nested(_ depth: Int) -> String {
    let heads = (0..<depth).map { "Content-Type: multipart/mixed; boundary=\"b\($0)\"\r\n\r\n--b\($0)\r\n" }
    return heads.joined() + "Content-Type: text/plain\r\n\r\ndeep\r\n"
  }

  @Test func `mails with a broken structure are logged and shown`() async throws {
    try await withSim({ _ in }) { stage, sim, ports in
      var raws: [String: [UInt8]] = [:]
      for (n, mail) in Self.brokenMails.enumerated() {
        let head =
          "From: Eve <eve@customer.example>\r\nTo: alice@example.test\r\nMessage-ID: <broken-\(n)@customer.example>\r\n"
          + "Subject: \(mail.name)\r\nDate: Mon, 02 Mar 2026 10:00:00 +0000\r\n"
        let raw = Array((head + mail.raw).utf8)
        raws["broken-\(n)@customer.example"] = raw
        try sim.deliver(raw: raw, to: "alice")
      }
      let server = try await stage.postroomd("data", trusting: ports.caFile)
      let client = try await server.client()
      let box = try await Self.connect(client, ports)
      try await Self.waitUntilRead(client, box, Int64(Self.brokenMails.count))
      for (n, mail) in Self.brokenMails.enumerated() {
        let id = "broken-\(n)@customer.example"
        let found = try #require(
          try await client.mail.list(messageId: id, loggedOnly: false).mails.first, "\(mail.name)")
        #expect(found.subject == mail.name && found.from.first?.email == "eve@customer.example")
        _ = try await client.thread.track(mailId: found.id)
        let detail = try await eventually("\(mail.name) is logged") {
          let detail = try await client.mail.get(mailId: found.id)
          return detail.mail.state == .logged ? detail : nil
        }
        let body = try #require(detail.body, "\(mail.name)")
        #expect(mail.shows.isEmpty || body.text.contains(mail.shows), "\(mail.name): \(body.text)")
        var source: [UInt8] = []
        for try await chunk in client.mail.source(mailId: found.id) { source += chunk.data }
        #expect(source == raws[id], "\(mail.name)")
      }
      #expect(server.program.isRunning)
      await client.close()
    }
  }

  // MARK: Common

  private func withSim(
    _ change: (inout MailSimOptions) -> Void,
    _ body: (Stage, MailSim, MailSimEndpoints) async throws -> Void
  ) async throws {
    var options = MailSimOptions()
    change(&options)
    let sim = MailSim(options: options)
    let ports = try await sim.start()
    do {
      try await withStage { try await body($0, sim, ports) }
    } catch {
      await sim.stop()
      throw error
    }
    await sim.stop()
  }

  private static func connect(_ client: PostroomClient, _ ports: MailSimEndpoints) async throws -> String {
    try await client.mailbox.connect(
      email: "alice@example.test", password: "secret", userName: "alice",
      imap: ServerChoice(host: ports.host, port: Int64(ports.imapsPort), security: .tls),
      smtp: ServerChoice(host: ports.host, port: Int64(ports.smtpsPort), security: .tls)
    ).id
  }

  private static func waitUntilRead(_ client: PostroomClient, _ box: String, _ inbox: Int64) async throws {
    for try await status in client.sync.watch(mailboxId: box, options: StreamOptions(timeout: .seconds(60))) {
      let folder = status.folders.first { $0.role == .inbox }
      if status.complete, status.phase == .live, folder?.stored == inbox { return }
    }
  }

  private static func messageID(of raw: [UInt8]) -> String {
    let head = String(decoding: raw, as: UTF8.self).split(separator: "\r\n").prefix { !$0.isEmpty }
    let line = head.first { $0.lowercased().hasPrefix("message-id:") } ?? ""
    return line.dropFirst(11).trimmingCharacters(in: .whitespaces).trimmingCharacters(
      in: CharacterSet(charactersIn: "<>"))
  }
}

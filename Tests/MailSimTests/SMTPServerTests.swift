import Bytes
import MailSim
import Testing

@Suite(.timeLimit(.minutes(1))) struct SMTPServerTests {
  @Test func `in clear there is STARTTLS and no AUTH`() async throws {
    try await withSim { _, ports in
      let wire = try await Wire.plain(ports.submissionPort, caFile: ports.caFile)
      #expect(try await wire.line().hasPrefix("220 "))
      let hello = try await wire.smtp("EHLO test")
      #expect(hello.contains("STARTTLS") && !hello.contains("AUTH"))
      #expect(try await wire.smtp("AUTH PLAIN AGFsaWNlAHNlY3JldA==").hasPrefix("538"))
      #expect(try await wire.smtp("MAIL FROM:<alice@example.test>").hasPrefix("530"))
      #expect(try await wire.smtp("STARTTLS").hasPrefix("220"))
      try await wire.upgrade()
      #expect(try await wire.smtp("EHLO test").contains("AUTH PLAIN LOGIN"))
      #expect(try await wire.smtp("AUTH PLAIN AGFsaWNlAHdyb25n").hasPrefix("535"))
      #expect(try await wire.smtp("AUTH LOGIN") == "334 VXNlcm5hbWU6")
      #expect(try await wire.smtp("YWxpY2U=") == "334 UGFzc3dvcmQ6")
      #expect(try await wire.smtp("c2VjcmV0").hasPrefix("235"))
      #expect(try await wire.smtp("QUIT").hasPrefix("221"))
    }
  }

  @Test func `a mail goes to its local readers with a trace, and is counted by its Message-ID`() async throws
  {
    try await withSim { sim, ports in
      let wire = try await Wire.smtp(ports)
      let text = mail(id: "m1@example.test").replacing("How are you?", with: ".hidden\r\n..dots")
      let stuffed = text.replacing("\r\n.", with: "\r\n..")
      try await wire.send(
        "MAIL FROM:<alice@example.test> SIZE=\(text.utf8.count) BODY=8BITMIME\r\nRCPT TO:<bob@example.test>\r\n"
          + "RCPT TO:<nobody@example.test>\r\nRCPT TO:<far@elsewhere.example>\r\nDATA\r\n")
      #expect(try await wire.reply().hasPrefix("250"))
      #expect(try await wire.reply().hasPrefix("250"))
      #expect(try await wire.reply().hasPrefix("550 5.1.1"))
      #expect(try await wire.reply().hasPrefix("250"))
      #expect(try await wire.reply().hasPrefix("354"))
      #expect(try await wire.smtp("\(stuffed).") == "250 2.0.0 Ok: queued as 1")
      let got = String(decoding: try sim.messages(of: "bob")[0].raw, as: UTF8.self)
      #expect(got.hasPrefix("Return-Path: <alice@example.test>\r\nReceived: from "))
      #expect(got.hasSuffix(text))
      #expect(sim.submissionCount(messageID: "m1@example.test") == 1)
      #expect(sim.submissions[0].recipients == ["bob@example.test", "far@elsewhere.example"])
      #expect(sim.submissions[0].raw == [UInt8](text.utf8))
      #expect(try sim.count(of: "alice", folder: "Sent") == 0)
    }
  }

  @Test(arguments: [MailSimOptions.Profile.gmail, .office365])
  func `providers that file sent mail do so`(profile: MailSimOptions.Profile) async throws {
    try await withSim({ $0.profile = profile }) { sim, ports in
      let wire = try await Wire.smtp(ports)
      try await submit(wire, mail(id: "filed@x"), to: ["bob@example.test"])
      let folder = profile == .gmail ? "[Gmail]/Sent Mail" : "Sent Items"
      let sent = try sim.messages(of: "alice", folder: folder)
      #expect(sent.map(\.flags) == [["\\Seen"]] && sent[0].raw == [UInt8](mail(id: "filed@x").utf8))
      if profile == .gmail { #expect(try sim.count(of: "alice", folder: "[Gmail]/All Mail") == 1) }
      #expect(try sim.count(of: "bob") == 1)
    }
  }

  private func submit(_ wire: Wire, _ text: String, to: [String]) async throws {
    #expect(try await wire.smtp("MAIL FROM:<alice@example.test>").hasPrefix("250"))
    for address in to { #expect(try await wire.smtp("RCPT TO:<\(address)>").hasPrefix("250")) }
    #expect(try await wire.smtp("DATA").hasPrefix("354"))
    #expect(try await wire.smtp("\(text).").hasPrefix("250"))
  }

  @Test(arguments: ["\n.\n", "\r.\r", "\n.\r\n", "\r\n.\n", "\r\n.\r", "a\nb", "a\rb"])
  func `only CRLF.CRLF ends a mail, and a lone CR or LF spoils it`(payload: String) async throws {
    try await withSim { sim, ports in
      let wire = try await Wire.smtp(ports)
      _ = try await wire.smtp("MAIL FROM:<alice@example.test>")
      _ = try await wire.smtp("RCPT TO:<bob@example.test>")
      _ = try await wire.smtp("DATA")
      try await wire.send("Subject: x\r\n\r\n\(payload)MAIL FROM:<evil@example.test>\r\n.\r\n")
      #expect(try await wire.reply().hasPrefix("550 5.6.11"))
      #expect(sim.submissions.isEmpty)
      #expect(try await wire.smtp("NOOP").hasPrefix("250"))
    }
  }

  @Test func `mistakes are refused and remembered`() async throws {
    try await withSim { sim, ports in
      let wire = try await Wire.smtp(ports)
      for line in [
        "MAIL FROM: <a@example.test>", "MAIL FROM:<a b@example.test>", "MAIL FROM:a@example.test",
        "MAIL FROM:<a@x> FOO=1",
        "MAIL FROM:<é@x>", "RCPT TO:<a@x>", "DATA", "FOO", "EHLO", "EHLO a b", "MAIL FROM:<a@x>  SIZE=1",
        "QUIT now",
      ] {
        let answer = try await wire.smtp(line)
        #expect(answer.hasPrefix("5"), "\(line): \(answer)")
      }
      #expect(sim.commands.filter(\.rejected).count == 12)
      #expect(try await wire.smtp("MAIL FROM:<a@x> SIZE=35000001").hasPrefix("552"))
      #expect(try await wire.smtp("MAIL FROM:<é@x> SMTPUTF8").hasPrefix("250"))
      #expect(try await wire.smtp("MAIL FROM:<a@x>").hasPrefix("503"))
      for bytes in ["NOOP\n", "NO\rOP\r\n", "NOOP\0\r\n", String(repeating: "x", count: 13_000)] {
        let other = try await Wire.smtp(ports)
        try await other.send(bytes)
        #expect(try await other.reply().hasPrefix("500"))
      }
    }
  }

  @Test func `a correspondent answers within a second, in the thread, with the mail quoted`() async throws {
    let pdf = [UInt8]("%PDF-1.4 test".utf8)
    try await withSim({
      $0.correspondents[0].attachment = .init(name: "signed.pdf", type: "application/pdf", content: pdf)
    }) { sim, ports in
      let wire = try await Wire.smtp(ports)
      let text = mail(
        id: "ask@example.test", to: "dana@customer.example", extra: "References: <older@example.test>\r\n")
      let best = try await bestOf(10, under: .seconds(1)) {
        let reader = try await Wire.imap(ports)
        _ = try await reader.ok("SELECT INBOX")
        try await reader.send("i IDLE\r\n")
        #expect(try await reader.line() == "+ idling")
        let began = ContinuousClock.now
        try await submit(wire, text, to: ["Dana@Customer.example"])
        #expect(try await reader.line().hasSuffix(" EXISTS"))
        return ContinuousClock.now - began
      }
      #expect(best >= .milliseconds(300) && best < .seconds(1))
      let answer = String(decoding: try sim.messages(of: "alice")[0].raw, as: UTF8.self)
      #expect(answer.contains("\r\nIn-Reply-To: <ask@example.test>\r\n"))
      #expect(answer.contains("\r\nReferences: <older@example.test> <ask@example.test>\r\n"))
      #expect(
        answer.contains("\r\nSubject: Re: Hello\r\n")
          && answer.contains("From: Dana Whitfield <dana@customer.example>"))
      #expect(
        answer.contains("On Mon, Jun 1, 2026 at 10:00 Alice <alice@example.test> wrote:\r\n> How are you?"))
      #expect(answer.contains("gmail_quote") && answer.contains(Base64.encodeString(pdf)))
    }
  }

  @Test func `answers depend on the mail alone, and automatic mail gets none`() async throws {
    var seen: [[UInt8]] = []
    for _ in 0..<2 {
      try await withSim({ $0.correspondents[0].delayMilliseconds = 1 }) { sim, ports in
        let wire = try await Wire.smtp(ports)
        try await submit(
          wire, mail(id: "auto@x", extra: "Auto-Submitted: auto-replied\r\n"), to: ["dana@customer.example"])
        try await submit(wire, mail(id: "same@x"), to: ["dana@customer.example"])
        while try sim.count(of: "alice") == 0 { await Task.yield() }
        let messages = try sim.messages(of: "alice")
        #expect(messages.count == 1)
        seen.append(messages[0].raw)
      }
    }
    #expect(seen[0] == seen[1])
  }

  @Test func `a mail to bounce@ comes back as a report`() async throws {
    try await withSim { sim, ports in
      let wire = try await Wire.smtp(ports)
      try await submit(wire, mail(id: "gone@x"), to: ["bounce@elsewhere.example"])
      while try sim.count(of: "alice") == 0 { try await Task.sleep(for: .milliseconds(10)) }
      let report = String(decoding: try sim.messages(of: "alice")[0].raw, as: UTF8.self)
      #expect(
        report.contains("multipart/report")
          && report.contains("Final-Recipient: rfc822; bounce@elsewhere.example"))
      #expect(report.contains("\r\nIn-Reply-To: <gone@x>\r\n"))
    }
  }
}

import Bytes
import MailSim
import Sockets
import Testing

@Suite(.timeLimit(.minutes(1))) struct FaultTests {
  @Test func `an IMAP connection breaks where it is told to`() async throws {
    try await withSim({ $0.messages = 20 }) { sim, ports in
      sim.add(Fault(.imap, "UID FETCH", after: 1, .drop))
      var wire = try await Wire.imap(ports)
      _ = try await wire.ok("SELECT INBOX")
      #expect(try await wire.ok("UID FETCH 1 FLAGS").count == 1)
      try await wire.send("a UID FETCH 1 FLAGS\r\n")
      #expect(try await wire.rest() == "")

      sim.add(Fault(.imap, "UID FETCH", .dropInLiteral))
      wire = try await Wire.imap(ports)
      _ = try await wire.ok("SELECT INBOX")
      let size = try sim.messages(of: "alice")[0].raw.count
      try await wire.send("a UID FETCH 1 BODY.PEEK[]\r\n")
      let cut = try await wire.rest()
      #expect(cut.hasPrefix("* 1 FETCH (UID 1 BODY[] {\(size)}\r\n") && cut.utf8.count < size)

      sim.add(Fault(.imap, nil, after: 2, .dropAfterOctets(5)))
      wire = try await Wire.imap(ports)
      _ = try await wire.ok("NOOP")
      try await wire.send("a CAPABILITY\r\n")
      #expect(try await wire.rest() == "* CAP")
    }
  }

  @Test func `an IMAP server refuses, waits, says goodbye, injects`() async throws {
    try await withSim({ $0.messages = 3 }) { sim, ports in
      sim.add(Fault(.imap, "SELECT", times: 2, .refuse("NO [LIMIT] Enough")))
      sim.add(Fault(.imap, "NOOP", .delay(milliseconds: 50)))
      sim.add(Fault(.imap, "CHECK", .bye("Maintenance")))
      sim.add(Fault(.imap, "CAPABILITY", .inject("* 99 EXISTS\r\n")))
      sim.add(Fault(.imap, "LOGIN", user: "bob", .drop))
      let wire = try await Wire.imap(ports)
      #expect(try await wire.run("SELECT INBOX").answer == "NO [LIMIT] Enough")
      #expect(try await wire.run("SELECT INBOX").answer == "NO [LIMIT] Enough")
      _ = try await wire.ok("SELECT INBOX")
      let began = ContinuousClock.now
      _ = try await wire.ok("NOOP")
      #expect(ContinuousClock.now - began >= .milliseconds(50))
      _ = try await wire.ok("CAPABILITY")
      #expect(try await wire.line() == "* 99 EXISTS")
      try await wire.send("a CHECK\r\n")
      #expect(try await wire.rest() == "* BYE Maintenance\r\n")
      sim.add(Fault(.imap, "GREETING", .refuse("* BYE Go away")))
      let other = try await Wire.tls(ports.imapsPort, caFile: ports.caFile)
      #expect(try await other.rest() == "* BYE Go away\r\n")
      sim.add(Fault(.imap, "STARTTLS", times: .max, .refuse("NO Not today")))
      let plain = try await Wire.plain(ports.imapPort, caFile: ports.caFile)
      _ = try await plain.line()
      #expect(try await plain.run("STARTTLS").answer == "NO Not today")
      sim.clearFaults()
      #expect(try await plain.run("STARTTLS").answer.hasPrefix("OK"))
    }
  }

  @Test func `a giant literal is announced and does not come`() async throws {
    try await withSim({ $0.messages = 3 }) { sim, ports in
      sim.add(Fault(.imap, "UID FETCH", .giantLiteral(99_999_999_999)))
      let wire = try await Wire.imap(ports)
      _ = try await wire.ok("SELECT INBOX")
      try await wire.send("a UID FETCH 1 BODY.PEEK[]\r\n")
      #expect(try await wire.line() == "* 1 FETCH (UID 3 BODY[] {99999999999}")
      await wire.close()
    }
  }

  @Test func `octets behind STARTTLS end the connection`() async throws {
    try await withSim { sim, ports in
      let wire = try await Wire.plain(ports.imapPort, caFile: ports.caFile)
      _ = try await wire.line()
      try await wire.send("a STARTTLS\r\nb LOGIN alice secret\r\n")
      #expect(try await wire.rest() == "a OK Begin TLS\r\n")
      #expect(!sim.commands.contains { $0.name == "LOGIN" })
    }
  }

  @Test(arguments: [
    ("tempfail@x.example", "451", false), ("reject@example.test", "550", false),
    ("datatemp@x.example", "451", true),
    ("datareject@x.example", "554", true),
  ])
  func `recipients whose names are faults`(address: String, code: String, atDot: Bool) async throws {
    try await withSim { sim, ports in
      let wire = try await Wire.smtp(ports)
      _ = try await wire.smtp("MAIL FROM:<alice@example.test>")
      let verdict = try await wire.smtp("RCPT TO:<\(address)>")
      if atDot {
        #expect(verdict.hasPrefix("250"))
        _ = try await wire.smtp("DATA")
        #expect(try await wire.smtp("\(mail(id: "f@x")).").hasPrefix(code))
      } else {
        #expect(verdict.hasPrefix(code))
      }
      #expect(sim.submissions.isEmpty)
    }
  }

  @Test(arguments: [
    ("lost@x.example", nil, 1), ("lostbefore@x.example", nil, 0),
    ("bob@example.test", Fault.Effect.dropAfterAccepting, 1),
    ("bob@example.test", .drop, 0), ("bob@example.test", .refuse("452 4.3.1 Full"), 0),
    ("bob@example.test", .dropAfterOctets(3), 1),
  ])
  func `a connection lost at the final dot, with and without the mail taken`(
    address: String, effect: Fault.Effect?, taken: Int
  ) async throws {
    try await withSim { sim, ports in
      if let effect { sim.add(Fault(.smtp, ".", effect)) }
      let wire = try await Wire.smtp(ports)
      _ = try await wire.smtp("MAIL FROM:<alice@example.test>")
      _ = try await wire.smtp("RCPT TO:<\(address)>")
      _ = try await wire.smtp("DATA")
      try await wire.send("\(mail(id: "dot@x")).\r\n")
      if case .refuse(let text) = effect {
        #expect(try await wire.reply() == text)
      } else {
        #expect(["", "250"].contains(try await wire.rest()))
      }
      #expect(sim.submissionCount(messageID: "<dot@x>") == taken)
    }
  }

  @Test func `an SMTP server breaks and refuses where it is told to`() async throws {
    try await withSim { sim, ports in
      sim.add(Fault(.smtp, "GREETING", .refuse("554 5.7.1 No")))
      let refused = try await Wire.tls(ports.smtpsPort, caFile: ports.caFile)
      #expect(try await refused.reply() == "554 5.7.1 No")
      sim.add(Fault(.smtp, "DATA", .bye("Closing")))
      let wire = try await Wire.smtp(ports)
      _ = try await wire.smtp("MAIL FROM:<alice@example.test>")
      _ = try await wire.smtp("RCPT TO:<bob@example.test>")
      try await wire.send("DATA\r\n")
      #expect(try await wire.rest() == "421 4.3.2 Closing\r\n")
      sim.add(Fault(.smtp, "MAIL", .drop))
      let other = try await Wire.smtp(ports)
      try await other.send("MAIL FROM:<alice@example.test>\r\n")
      #expect(try await other.rest() == "")
      #expect(sim.commands.contains { $0.service == .smtp && $0.name == "DATA" })
    }
  }

  @Test(arguments: [
    (MailSimOptions.Certificate.expired, StreamError.CertificateProblem.expired),
    (.wrongName("mail.example"), .wrongHost), (.untrusted, .untrusted),
  ])
  func `certificates that must not be trusted`(
    certificate: MailSimOptions.Certificate, problem: StreamError.CertificateProblem
  ) async throws {
    try await withSim({ $0.certificate = certificate }) { _, ports in
      do {
        _ = try await Wire.tls(ports.imapsPort, caFile: ports.caFile)
        Issue.record("trusted")
      } catch StreamError.certificate(let found, _) {
        #expect(found == problem)
      }
    }
  }

  @Test func `started again in the same folder, the same authority vouches`() async throws {
    let folder = "/tmp/postroom-sim-test-\(UInt64.random(in: 0...UInt64.max))"
    defer { removeFolder(folder) }
    var caFile: [UInt8] = []
    for _ in 0..<2 {
      try await withSim({ $0.directory = folder }) { sim, ports in
        #expect(ports.caFile == "\(folder)/ca.pem")
        #expect(try await sim.start() == ports)
        let bytes = try readFile(ports.caFile)
        #expect(caFile.isEmpty || bytes == caFile)
        caFile = bytes
        _ = try await Wire.imap(ports)
      }
    }
  }

  @Test func `stopping ends the connections and frees the ports`() async throws {
    let sim = MailSim()
    let ports = try await sim.start()
    let wire = try await Wire.imap(ports)
    await sim.stop()
    #expect(try await wire.rest() == "")
    await #expect(throws: StreamError.self) { try await Wire.plain(ports.imapPort, caFile: "/dev/null") }
    let again = try await sim.start()
    _ = try await Wire.imap(again)
    await sim.stop()
  }
}

import Bytes
import MailSim
import Testing

@Suite(.timeLimit(.minutes(1))) struct IMAPServerTests {
  @Test func `in clear there is STARTTLS and no login, inside TLS the other way round`() async throws {
    try await withSim { sim, ports in
      let wire = try await Wire.plain(ports.imapPort, caFile: ports.caFile)
      let greeting = try await wire.line()
      #expect(greeting.contains("STARTTLS LOGINDISABLED") && !greeting.contains("AUTH="))
      #expect(try await wire.run("LOGIN alice secret").answer.hasPrefix("NO [PRIVACYREQUIRED]"))
      #expect(try await wire.run("SELECT INBOX").answer.hasPrefix("BAD"))
      _ = try await wire.ok("STARTTLS")
      try await wire.upgrade()
      let offered = try await wire.ok("CAPABILITY")
      #expect(offered[0].contains("AUTH=PLAIN") && !offered[0].contains("STARTTLS"))
      #expect(try await wire.run("LOGIN alice wrong").answer.hasPrefix("NO [AUTHENTICATIONFAILED]"))
      #expect(try await wire.run("LOGIN mallory secret").answer.hasPrefix("NO [AUTHENTICATIONFAILED]"))
      let (answer, _) = try await wire.run("LOGIN \"alice@example.test\" {6+}\r\nsecret")
      #expect(answer.contains("QRESYNC"))
      #expect(try await wire.ok("LOGOUT")[0].hasPrefix("* BYE"))
      #expect(try await wire.rest() == "")
      #expect(sim.commands.filter(\.rejected).map(\.name) == ["SELECT"])
    }
  }

  @Test func `AUTHENTICATE takes PLAIN, LOGIN and a bearer token, with and without an initial response`()
    async throws
  {
    try await withSim { _, ports in
      let plain = Base64.encodeString([UInt8]("\0alice\0secret".utf8))
      let token = Base64.encodeString([UInt8]("user=alice\u{1}auth=Bearer secret\u{1}\u{1}".utf8))
      let wrong = Base64.encodeString([UInt8]("user=alice\u{1}auth=Bearer old\u{1}\u{1}".utf8))
      let dialogues: [([String], String)] = [
        (["AUTHENTICATE PLAIN \(plain)"], "OK"), (["AUTHENTICATE PLAIN", plain], "OK"),
        (["AUTHENTICATE LOGIN", "YWxpY2U=", "c2VjcmV0"], "OK"), (["AUTHENTICATE XOAUTH2 \(token)"], "OK"),
        (["AUTHENTICATE XOAUTH2 \(wrong)", ""], "NO"), (["AUTHENTICATE PLAIN", "*"], "BAD"),
        (["AUTHENTICATE GSSAPI"], "NO"), (["AUTHENTICATE PLAIN !"], "BAD"),
      ]
      for (lines, wanted) in dialogues {
        let wire = try await Wire.tls(ports.imapsPort, caFile: ports.caFile)
        _ = try await wire.line()
        try await wire.send("a \(lines[0])\r\n")
        for line in lines.dropFirst() {
          #expect(try await wire.line().hasPrefix("+ "))
          try await wire.send("\(line)\r\n")
        }
        #expect(try await wire.line().hasPrefix("a \(wanted)"), "\(lines)")
        await wire.close()
      }
    }
  }

  @Test func `folders by profile, with their uses and counts`() async throws {
    try await withSim({ $0.messages = 100 }) { _, ports in
      let wire = try await Wire.imap(ports)
      let list = try await wire.ok("LIST \"\" *")
      #expect(list.contains("* LIST (\\HasNoChildren) \"/\" \"INBOX\""))
      #expect(list.contains("* LIST (\\HasNoChildren \\Sent) \"/\" \"Sent\""))
      #expect(list.count == 6)
      let full = try await wire.ok("LIST \"\" \"*\" RETURN (SPECIAL-USE STATUS (MESSAGES UIDNEXT UNSEEN))")
      #expect(full.contains("* STATUS \"INBOX\" (MESSAGES 100 UIDNEXT 101 UNSEEN 4)"))
      #expect(try await wire.ok("LIST \"\" \"\"") == ["* LIST (\\Noselect) \"/\" \"\""])
      _ = try await wire.ok("CREATE \"R&AOk-ponses/2026\"")
      #expect(
        try await wire.ok("LIST \"\" R*") == [
          "* LIST (\\Noselect \\HasChildren) \"/\" \"R&AOk-ponses\"",
          "* LIST (\\HasNoChildren) \"/\" \"R&AOk-ponses/2026\"",
        ])
      #expect(try await wire.ok("LIST \"\" R%").count == 1)
      _ = try await wire.ok("RENAME R&AOk-ponses/2026 Old")
      #expect(try await wire.run("CREATE Old").answer.hasPrefix("NO [ALREADYEXISTS]"))
      _ = try await wire.ok("DELETE Old")
      #expect(try await wire.run("SELECT Old").answer.hasPrefix("NO [NONEXISTENT]"))
      #expect(try await wire.ok("STATUS Sent (MESSAGES)") == ["* STATUS \"Sent\" (MESSAGES 20)"])
      #expect(try await wire.ok("NAMESPACE") == ["* NAMESPACE ((\"\" \"/\")) NIL NIL"])
      #expect(try await wire.ok("LSUB \"\" %").count == 6)
    }
    try await withSim({ $0.profile = .gmail }) { _, ports in
      let wire = try await Wire.imap(ports)
      let list = try await wire.ok("LIST \"\" *")
      #expect(list.contains("* LIST (\\HasNoChildren \\All) \"/\" \"[Gmail]/All Mail\""))
      #expect(list.contains("* LIST (\\Noselect \\HasChildren) \"/\" \"[Gmail]\""))
    }
    try await withSim({ $0.profile = .office365 }) { _, ports in
      let wire = try await Wire.imap(ports)
      #expect(try await wire.ok("LIST \"\" *").contains("* LIST (\\HasNoChildren) \"/\" \"Sent Items\""))
      #expect(try await wire.run("ENABLE CONDSTORE").answer.hasPrefix("BAD"))
      #expect(!(try await wire.ok("SELECT INBOX").contains { $0.contains("MODSEQ") }))
    }
  }

  @Test func `a fetched message is whole, and its pieces are its pieces`() async throws {
    let text =
      "From: a@b.example\r\nSubject: two\r\n parts\r\nTo: \"Doe, J\" <j@d.example>, k@d.example\r\n"
      + "Content-Type: multipart/mixed; boundary=\"x y\"\r\n\r\npre\r\n--x y\r\n\r\none\r\n--x y\r\n"
      + "Content-Type: application/pdf; name=\"a.pdf\"\r\nContent-Transfer-Encoding: base64\r\n\r\nQUJD\r\n--x y--\r\n"
    try await withSim { sim, ports in
      try sim.deliver(raw: [UInt8](text.utf8), to: "alice")
      let wire = try await Wire.imap(ports)
      _ = try await wire.ok("EXAMINE INBOX")
      let rows: [(String, String)] = [
        ("BODY.PEEK[]", "BODY[] \(text)"), ("RFC822.SIZE", "RFC822.SIZE \(text.utf8.count)"),
        (
          "BODY.PEEK[HEADER.FIELDS (SUBJECT X-NONE)]",
          "BODY[HEADER.FIELDS (SUBJECT X-NONE)] Subject: two\r\n parts\r\n\r\n"
        ),
        ("BODY.PEEK[1]", "BODY[1] one"), ("BODY.PEEK[2]", "BODY[2] QUJD"), ("BODY.PEEK[3]", "BODY[3] NIL"),
        (
          "BODY.PEEK[2.MIME]",
          "BODY[2.MIME] Content-Type: application/pdf; name=\"a.pdf\"\r\nContent-Transfer-Encoding: base64\r\n\r\n"
        ),
        ("BODY.PEEK[]<5.3>", "BODY[]<5> \(text.dropFirst(5).prefix(3))"),
        ("BODY.PEEK[]<100000.3>", "BODY[]<100000> "),
        ("RFC822.HEADER", "RFC822.HEADER \(text.split(separator: "pre").first ?? "")"),
        (
          "ENVELOPE",
          "ENVELOPE (NIL \"two parts\" ((NIL NIL \"a\" \"b.example\")) ((NIL NIL \"a\" \"b.example\")) "
            + "((NIL NIL \"a\" \"b.example\")) ((\"Doe, J\" NIL \"j\" \"d.example\")(NIL NIL \"k\" \"d.example\")) NIL NIL NIL NIL)"
        ),
        (
          "BODYSTRUCTURE",
          "BODYSTRUCTURE ((\"text\" \"plain\" NIL NIL NIL \"7bit\" 3 0 NIL NIL NIL NIL)"
            + "(\"application\" \"pdf\" (\"name\" \"a.pdf\") NIL NIL \"base64\" 4 NIL NIL NIL NIL) \"mixed\" "
            + "(\"boundary\" \"x y\") NIL NIL NIL)"
        ),
      ]
      for (item, wanted) in rows {
        #expect(try await wire.ok("FETCH 1 \(item)") == ["* 1 FETCH (\(wanted))"], "\(item)")
      }
      let several = try await wire.ok("UID FETCH 1:* (FLAGS INTERNALDATE)")
      #expect(several.count == 1 && several[0].hasPrefix("* 1 FETCH (UID 1 FLAGS () INTERNALDATE \""))
      #expect(try await wire.ok("UID FETCH 5 FLAGS") == [])
      #expect(try await wire.run("FETCH 2 FLAGS").answer.hasPrefix("BAD"))
      // Opened with EXAMINE: reading leaves no mark.
      #expect(try await wire.ok("FETCH 1 (BODY[TEXT])")[0].hasPrefix("* 1 FETCH (BODY[TEXT] pre"))
      #expect(try sim.messages(of: "alice")[0].flags == [])
      _ = try await wire.ok("SELECT INBOX")
      #expect(try await wire.ok("FETCH 1 BODY[1]") == ["* 1 FETCH (BODY[1] one FLAGS (\\Seen))"])
    }
  }

  @Test func `flags are stored, told to others with their mod-sequences, and guarded by UNCHANGEDSINCE`()
    async throws
  {
    try await withSim({ $0.messages = 10 }) { sim, ports in
      let one = try await Wire.imap(ports)
      let two = try await Wire.imap(ports)
      #expect(try await one.ok("SELECT INBOX (CONDSTORE)").contains("* OK [HIGHESTMODSEQ 1] Highest"))
      _ = try await two.ok("SELECT INBOX")
      #expect(
        try await one.ok("UID STORE 3 FLAGS (\\Flagged work)") == [
          "* 3 FETCH (UID 3 FLAGS (\\Flagged work) MODSEQ (2))"
        ])
      #expect(try await two.ok("NOOP") == ["* 3 FETCH (UID 3 FLAGS (\\Flagged work))"])
      #expect(try await one.ok("NOOP") == [])
      #expect(try await two.ok("STORE 4 +FLAGS.SILENT \\Deleted") == [])
      #expect(try await one.ok("UID FETCH 1:* (FLAGS) (CHANGEDSINCE 2)").count == 1)
      let (answer, _) = try await one.run("UID STORE 3,4 (UNCHANGEDSINCE 2) +FLAGS (x)")
      #expect(answer.hasPrefix("OK [MODIFIED 4]"))
      #expect(try await two.ok("UID EXPUNGE 1:3") == ["* 3 FETCH (UID 3 FLAGS (\\Flagged work x))"])
      #expect(try await two.ok("EXPUNGE") == ["* 4 EXPUNGE"])
      #expect(try await one.ok("NOOP") == ["* 4 EXPUNGE"])
      #expect(try sim.count(of: "alice") == 9)
      #expect(try await one.run("STORE 1 +FLAGS (\\Recent)").answer.hasPrefix("BAD"))
    }
  }

  @Test func `QRESYNC tells what is gone and what has changed`() async throws {
    try await withSim({ $0.messages = 20 }) { sim, ports in
      try sim.expunge(5...7, user: "alice")
      try sim.setFlags(["\\Flagged"], of: 9, user: "alice")
      let wire = try await Wire.imap(ports)
      #expect(try await wire.run("SELECT INBOX (QRESYNC (1700000000 1))").answer.hasPrefix("BAD"))
      #expect(try await wire.ok("ENABLE QRESYNC") == ["* ENABLED QRESYNC"])
      let told = try await wire.ok("SELECT INBOX (QRESYNC (1700000000 1 1:20))")
      #expect(told.contains("* VANISHED (EARLIER) 5:7"))
      #expect(told.contains("* 6 FETCH (UID 9 FLAGS (\\Flagged) MODSEQ (3))"))
      #expect(told.contains("* 17 EXISTS") && told.contains("* OK [HIGHESTMODSEQ 3] Highest"))
      #expect(
        try await wire.ok("UID FETCH 1:* (FLAGS) (CHANGEDSINCE 1 VANISHED)") == [
          "* VANISHED (EARLIER) 5:7", "* 6 FETCH (UID 9 FLAGS (\\Flagged) MODSEQ (3))",
        ])
      try sim.expunge(20...20, user: "alice")
      #expect(try await wire.ok("NOOP") == ["* VANISHED 20"])
      // Another generation: nothing of the old one is told.
      let other = try await wire.ok("SELECT INBOX (QRESYNC (1 1))")
      #expect(!other.contains { $0.contains("VANISHED") })
    }
  }

  @Test func `COPY, MOVE and APPEND tell the new UIDs`() async throws {
    try await withSim({ $0.messages = 10 }) { sim, ports in
      let wire = try await Wire.imap(ports)
      _ = try await wire.ok("SELECT INBOX")
      #expect(try await wire.run("UID COPY 2:3 Archive").answer == "OK [COPYUID 1700000001 2:3 2:3] Done")
      let (answer, told) = try await wire.run("MOVE 1 Trash")
      #expect(answer == "OK Done" && told == ["* OK [COPYUID 1700000005 1 1] Moved", "* 1 EXPUNGE"])
      #expect(try await wire.run("COPY 1 Nowhere").answer.hasPrefix("NO [TRYCREATE]"))
      let text = mail(id: "appended@x")
      try await wire.send("a APPEND Sent (\\Seen) \"01-Jun-2026 10:00:00 +0200\" {\(text.utf8.count)}\r\n")
      #expect(try await wire.line().hasPrefix("+ "))
      try await wire.send("\(text)\r\n")
      #expect(try await wire.answer("a").answer == "OK [APPENDUID 1700000004 3] Done")
      _ = try await wire.ok("SELECT Sent")
      #expect(try await wire.ok("UID SEARCH HEADER Message-ID appended@x") == ["* SEARCH 3"])
      #expect(
        try await wire.ok("UID FETCH 3 INTERNALDATE") == [
          "* 3 FETCH (UID 3 INTERNALDATE \" 1-Jun-2026 08:00:00 +0000\")"
        ])
      _ = try await wire.ok("UNSELECT")
      #expect(try await wire.run("FETCH 1 FLAGS").answer.hasPrefix("BAD"))
      #expect(try sim.count(of: "alice", folder: "Archive") == 3)
    }
  }

  @Test func `searches`() async throws {
    try await withSim({ $0.messages = 50 }) { sim, ports in
      try sim.deliver(
        raw: [UInt8](mail(id: "s1@x", extra: "X-Tag: =?utf-8?Q?Gr=C3=BC=C3=9Fe?=\r\n").utf8), to: "alice")
      let wire = try await Wire.imap(ports)
      _ = try await wire.ok("SELECT INBOX")
      let seventh = try sim.messages(of: "alice")[6]
      let id = String(decoding: seventh.raw, as: UTF8.self).split(separator: "\r\n").first {
        $0.hasPrefix("Message-ID:")
      }
      let sought = try #require(id).dropFirst(12)
      let rows: [(String, String)] = [
        ("ALL", "* SEARCH \((1...51).map(String.init).joined(separator: " "))"),
        ("UID 50:*", "* SEARCH 50 51"),
        ("UNSEEN", "* SEARCH 48 49 50 51"), ("UNSEEN NOT UID 49", "* SEARCH 48 50 51"),
        ("DELETED", "* SEARCH"),
        ("HEADER Message-ID s1@x", "* SEARCH 51"), ("HEADER Message-ID \"<s1@x>\"", "* SEARCH 51"),
        ("HEADER Message-ID \"\(sought)\"", "* SEARCH 7"), ("HEADER MESSAGE-ID none@x", "* SEARCH"),
        ("SUBJECT hello FROM alice", "* SEARCH 51"),
        ("CHARSET UTF-8 HEADER X-Tag {7+}\r\nGrüße", "* SEARCH 51"),
        ("OR UID 3 (UID 4 UID 1:9)", "* SEARCH 3 4"), ("SENTON 1-Jun-2026", "* SEARCH 51"),
        ("BODY \"are you?\"", "* SEARCH 51"),
        ("SENTBEFORE 1-Jan-1999", "* SEARCH"), ("SINCE 1-Jan-1999 UID 1", "* SEARCH 1"),
        ("SMALLER 10", "* SEARCH"),
        ("RETURN (ALL) ALL", "* ESEARCH (TAG \"*\") UID ALL 1:51"),
        ("RETURN (MIN MAX COUNT) SEEN", "* ESEARCH (TAG \"*\") UID MIN 1 MAX 47 COUNT 47"),
        ("RETURN () DELETED", "* ESEARCH (TAG \"*\") UID"), ("MODSEQ 2", "* SEARCH 51 (MODSEQ 2)"),
      ]
      for (key, wanted) in rows {
        let got = try await wire.ok("UID SEARCH \(key)").map { line in
          line.replacing(#/TAG "t\d+"/#, with: "TAG \"*\"")
        }
        #expect(got == [wanted], "\(key)")
      }
      #expect(try await wire.run("SEARCH CHARSET KOI8-R ALL").answer.hasPrefix("NO [BADCHARSET"))
      #expect(try await wire.run("SEARCH FOO").answer.hasPrefix("BAD"))
    }
  }

  @Test func `IDLE tells at once, again and again`() async throws {
    try await withSim({ $0.messages = 3 }) { sim, ports in
      let wire = try await Wire.imap(ports)
      _ = try await wire.ok("SELECT INBOX")
      for round in 1...3 {
        try await wire.send("i\(round) IDLE\r\n")
        #expect(try await wire.line() == "+ idling")
        let began = ContinuousClock.now
        try sim.deliver(raw: [UInt8](mail(id: "\(round)@x").utf8), to: "alice")
        #expect(try await wire.line() == "* \(3 + round) EXISTS")
        #expect(ContinuousClock.now - began < .seconds(1))
        #expect(try await wire.line() == "* 0 RECENT")
        try await wire.send("DONE\r\n")
        #expect(try await wire.line() == "i\(round) OK Done")
      }
      try await wire.send("j IDLE\r\n")
      _ = try await wire.line()
      try sim.expunge(1...2, user: "alice")
      #expect(try await wire.line() == "* 2 EXPUNGE")
      #expect(try await wire.line() == "* 1 EXPUNGE")
      try await wire.send("STOP\r\n")
      #expect(try await wire.line().hasPrefix("j BAD"))
    }
  }

  @Test func `what the grammar does not allow is refused`() async throws {
    let lines = [
      "FETCH 0 FLAGS", "FETCH 1:  FLAGS", "FETCH 1 (FLAGS", "FETCH 1 FLAGS ", "FETCH 1  FLAGS",
      "FETCH 1 NONSENSE",
      "FETCH 4294967296 FLAGS", "FETCH 1 BODY[", "FETCH 1 BODY[0]", "FETCH 1 BODY[]<0.0>",
      "FETCH 1 (BODY[1TEXT])",
      "STORE 1 FLAGS (\\Bogus)", "SEARCH", "SEARCH ALL ", "SELECT \"a", "SELECT \"a\\b\"", "SELECT caf\u{e9}",
      "SELECT &-&",
      "LIST \"\"", "UID", "UID NOOP", "NOOP x", "LOGIN alice secret", "APPEND Sent \"text\"", "IDLE now",
      "XFOO",
      "COPY 1", "STATUS INBOX ()", "STATUS INBOX (FOO)", "ENABLE", "ID (\"a\")",
    ]
    try await withSim({ $0.messages = 3 }) { sim, ports in
      let wire = try await Wire.imap(ports)
      _ = try await wire.ok("SELECT INBOX")
      for line in lines where line != "STATUS INBOX ()" {
        #expect(try await wire.run(line).answer.hasPrefix("BAD"), "\(line)")
      }
      #expect(sim.commands.filter(\.rejected).count == lines.count - 1)
      // Ends of lines that are none, and lines without an end, end the connection.
      for bytes in ["a NOOP\n", "a NO\rOP\r\n", "a NOOP\0\r\n", "a " + String(repeating: "x", count: 70_000)]
      {
        let other = try await Wire.imap(ports)
        try await other.send(bytes)
        #expect(try await other.line().hasPrefix("* BYE"))
      }
    }
  }

  @Test func `a literal that is too long or must wait is refused`() async throws {
    try await withSim { _, ports in
      let early = try await Wire.tls(ports.imapsPort, caFile: ports.caFile)
      _ = try await early.line()
      try await early.send("a LOGIN {4294967296}\r\n")
      #expect(try await early.line().hasPrefix("* BYE"))
    }
    try await withSim({ $0.profile = .gmail }) { _, ports in
      let wire = try await Wire.imap(ports)
      try await wire.send("a APPEND INBOX {4097+}\r\n")
      #expect(try await wire.line().hasPrefix("* BYE"))
    }
  }

  @Test func `capabilities can be taken away`() async throws {
    try await withSim({ $0.withoutCapabilities = ["IDLE", "QRESYNC", "UIDPLUS", "MOVE"] }) { _, ports in
      let wire = try await Wire.imap(ports)
      #expect(!(try await wire.ok("CAPABILITY")[0].contains("IDLE")))
      for line in ["IDLE", "UID EXPUNGE 1", "UID MOVE 1 Trash"] {
        #expect(try await wire.run(line).answer.hasPrefix("BAD"))
      }
      #expect(try await wire.ok("ENABLE QRESYNC") == ["* ENABLED"])
    }
  }

  @Test func `a new UIDVALIDITY ends the connections that have the folder selected`() async throws {
    try await withSim({ $0.messages = 3 }) { sim, ports in
      let wire = try await Wire.imap(ports)
      _ = try await wire.ok("SELECT INBOX")
      try sim.renumber(user: "alice")
      #expect(try await wire.run("NOOP").untagged.first?.hasPrefix("* BYE") == true)
      let again = try await Wire.imap(ports)
      let told = try await again.ok("SELECT INBOX")
      #expect(told.contains { $0.hasPrefix("* OK [UIDVALIDITY 1700001001]") } && told.contains("* 3 EXISTS"))
    }
  }

  @Test func `Gmail's numbers are the same in INBOX and All Mail`() async throws {
    try await withSim({
      $0.profile = .gmail
      $0.messages = 10
    }) { _, ports in
      let wire = try await Wire.imap(ports)
      _ = try await wire.ok("SELECT INBOX")
      let inbox = try await wire.ok("UID FETCH 4 (X-GM-MSGID X-GM-THRID X-GM-LABELS)")
      #expect(inbox[0].hasSuffix("X-GM-LABELS (\"\\\\Inbox\"))"))
      let number = try #require(inbox[0].split(separator: " ").dropFirst(6).first)
      #expect(try await wire.ok("UID SEARCH X-GM-MSGID \(number)") == ["* SEARCH 4"])
      _ = try await wire.ok("SELECT \"[Gmail]/All Mail\"")
      #expect(try await wire.ok("UID SEARCH X-GM-MSGID \(number)") == ["* SEARCH 4"])
    }
  }
}

import Bytes
import IMAPClient
import IMAPCodec
import Testing

@Suite(.timeLimit(.minutes(1))) struct FolderTests {
  @Test func `lists folders with their special use`() async throws {
    let script = preauth(
      "LIST-EXTENDED SPECIAL-USE",
      "C: P1 LIST \"\" \"*\" RETURN (SPECIAL-USE)\nS: * LIST (\\Sent) \"/\" Sent\n"
        + "S: * LIST () \"/\" {3}\nS: a\"b\n"
        + "S: * LIST (\\HasNoChildren) \"/\" Sent\nS: * 3 EXISTS\nS: P1 OK")
    try await converse(script) {
      let entries = try await $0.list()
      #expect(entries.map(\.name.text) == ["Sent", "a\"b"])
      #expect(entries.map(\.specialUse) == ["\\sent", nil])
      #expect(entries[0].attributes == ["\\sent", "\\hasnochildren"])
    }
    try await converse(preauth("SPECIAL-USE", "C: P1 LIST \"\" \"*\"\nS: P1 OK")) {
      try await equal($0.list(), [])
    }
  }

  @Test func `a server that cannot do what it offers is asked plainly`() async throws {
    // ProtonMail
    let script = preauth(
      "LIST-EXTENDED SPECIAL-USE",
      "C: P1 LIST \"\" \"*\" RETURN (SPECIAL-USE)\nS: P1 BAD what\nC: P2 LIST \"\" \"*\"\n"
        + "S: * LIST () \"/\" INBOX\nS: P2 OK"
    )
    try await converse(script) { try await equal($0.list().map(\.name), [.inbox]) }
  }

  @Test func `an unreadable folder is not left out silently`() async throws {
    await #expect(throws: IMAPClientError.protocolViolation("unreadable LIST")) {
      try await converse(preauth("", "C: P1 LIST \"\" \"*\"\nS: * LIST () \"/\nS: P1 OK")) {
        _ = try await $0.list()
      }
    }
  }

  @Test func `lists and status come together where the server can`() async throws {
    let script = preauth(
      "LIST-EXTENDED SPECIAL-USE LIST-STATUS CONDSTORE",
      "C: P1 LIST \"\" \"*\" RETURN (SPECIAL-USE STATUS (MESSAGES UIDNEXT UIDVALIDITY HIGHESTMODSEQ))\n"
        + "S: * LIST () \"/\" inbox\nS: * STATUS INBOX (MESSAGES 3 UIDNEXT 9 UIDVALIDITY 7 HIGHESTMODSEQ 5)\n"
        + "S: * LIST (\\Noselect) \"/\" x\nS: P1 OK")
    try await converse(script) {
      let entries = try await $0.listWithStatus()
      #expect(entries.map(\.entry.name.text) == ["INBOX", "x"])
      #expect(
        entries[0].status
          == FolderStatus(messages: 3, uidNext: 9, uidValidity: UIDValidity(7), highestModSeq: ModSeq(5)))
      #expect(entries[1].status == nil)
    }
  }

  @Test func `STATUS of one folder`() async throws {
    let script = preauth(
      "",
      "C: P1 STATUS \"Entw&APw-rfe\" (MESSAGES UIDNEXT UIDVALIDITY)\n"
        + "S: * STATUS \"Entw&APw-rfe\" (MESSAGES 3 UIDNEXT 9 UIDVALIDITY 7)\nS: P1 OK")
    try await converse(script) {
      let status = try await $0.status(MailboxName(decoded: "Entwürfe"))
      #expect(
        status == FolderStatus(messages: 3, uidNext: 9, uidValidity: UIDValidity(7), highestModSeq: nil))
    }
    await #expect(throws: IMAPClientError.protocolViolation("STATUS without its items")) {
      try await converse(
        preauth(
          "",
          "C: P1 STATUS \"INBOX\" (MESSAGES UIDNEXT UIDVALIDITY)\nS: * STATUS INBOX (MESSAGES 3)\nS: P1 OK")
      ) { _ = try await $0.status(.inbox) }
    }
    try await converse(
      preauth("", "C: P1 STATUS \"x\" (MESSAGES UIDNEXT UIDVALIDITY)\nS: P1 NO [NONEXISTENT] no")
    ) { c in
      await #expect(
        throws: IMAPClientError.refused(command: "STATUS", status: .no, code: "NONEXISTENT", text: "no")
      ) {
        try await c.status(MailboxName(decoded: "x"))
      }
      #expect(!c.isClosed)
    }
  }

  @Test func `opens a folder`() async throws {
    let script = preauth(
      "CONDSTORE",
      "C: P1 SELECT \"INBOX\" (CONDSTORE)\nS: * FLAGS (\\Seen)\nS: * 172 EXISTS\nS: * 1 RECENT\n"
        + "S: * OK [UNSEEN 12] x\nS: * OK [UIDVALIDITY 3857529045] x\nS: * OK [UIDNEXT 4392] x\n"
        + "S: * OK [HIGHESTMODSEQ 715194045007] x\nS: P1 OK [READ-WRITE] done")
    try await converse(script) {
      let folder = try await $0.select(.inbox, readOnly: false)
      #expect(
        folder.uidValidity == UIDValidity(3_857_529_045) && folder.uidNext == 4392 && folder.exists == 172)
      #expect(
        folder.highestModSeq == ModSeq(715_194_045_007) && folder.flags == ["\\Seen"] && !folder.readOnly)
      #expect(!folder.resynced)
      #expect($0.selected == folder)
      #expect($0.takeEvents().isEmpty)
    }
  }

  @Test func `a server without UIDNEXT and HIGHESTMODSEQ, read-only`() async throws {
    let script = preauth(
      "",
      "C: P1 EXAMINE \"INBOX\"\nS: * 0 EXISTS\nS: * OK [UIDVALIDITY 1] x\nS: * OK [NOMODSEQ] x\n"
        + "S: P1 OK [READ-ONLY] x"
    )
    try await converse(script) {
      let folder = try await $0.select(.inbox, readOnly: true)
      #expect(folder.uidNext == nil && folder.highestModSeq == nil && folder.readOnly && folder.exists == 0)
    }
  }

  @Test func `what happens while a folder is opened is news, and no part of the answer`() async throws {
    let script = preauth(
      "",
      "C: P1 SELECT \"INBOX\"\nS: * 5 EXISTS\nS: * OK [UIDVALIDITY 9] v\nS: * OK [UIDNEXT 12] x\n"
        + "S: * 6 EXISTS\nS: * 3 FETCH (UID 7 FLAGS (\\Flagged))\nS: P1 OK")
    try await converse(script) {
      let folder = try await $0.select(.inbox, readOnly: false)
      #expect(folder.uidNext == 12 && folder.exists == 6 && folder.changed.isEmpty)
      #expect(
        $0.takeEvents() == [.exists(6), .flagsChanged(UID(7), flags: ["\\Flagged"], modSeq: nil)])
    }
  }

  @Test func `news of the folder that is left are not taken for news of the next`() async throws {
    let script = preauth(
      "",
      "C: P1 SELECT \"INBOX\"\nS: * 5 EXISTS\nS: * OK [UIDVALIDITY 9] v\nS: P1 OK\n"
        + "C: P2 STATUS \"x\" (MESSAGES UIDNEXT UIDVALIDITY)\nS: * 3 FETCH (UID 7 FLAGS (\\Flagged))\n"
        + "S: * OK [ALERT] buy more\nS: * STATUS x (MESSAGES 3 UIDNEXT 9 UIDVALIDITY 7)\nS: P2 OK\n"
        + "C: P3 SELECT \"x\"\nS: * 3 EXISTS\nS: * OK [UIDVALIDITY 7] v\nS: P3 OK")
    try await converse(script) {
      _ = try await $0.select(.inbox, readOnly: false)
      _ = try await $0.status(MailboxName(wire: Array("x".utf8)))
      _ = try await $0.select(MailboxName(wire: Array("x".utf8)), readOnly: false)
      #expect($0.takeEvents() == [.alert("buy more")])
    }
  }

  @Test func `a folder without UIDVALIDITY cannot be synchronised`() async throws {
    await #expect(throws: IMAPClientError.protocolViolation("a folder without UIDVALIDITY")) {
      try await converse(preauth("", "C: P1 SELECT \"INBOX\"\nS: * 1 EXISTS\nS: P1 OK")) {
        _ = try await $0.select(.inbox, readOnly: false)
      }
    }
  }

  static let qresync = "C: P1 ENABLE QRESYNC\nS: * ENABLED QRESYNC\nS: P1 OK\n"

  @Test func `QRESYNC tells what changed, and what was about the folder before is not mixed in`() async throws
  {
    let script = preauth(
      "ENABLE QRESYNC",
      Self.qresync
        + "C: P2 SELECT \"INBOX\" (QRESYNC (7 100 1:9))\nS: * VANISHED 99\nS: * 77 EXISTS\n"
        + "S: * OK [CLOSED] x\n"
        + "S: * 5 EXISTS\nS: * OK [UIDVALIDITY 7] x\nS: * OK [UIDNEXT 12] x\nS: * OK [HIGHESTMODSEQ 120] x\n"
        + "S: * VANISHED (EARLIER) 1:2,60850\nS: * 3 FETCH (UID 5 FLAGS (\\Seen) MODSEQ (110))\n"
        + "S: * 4 FETCH (FLAGS () UID 11 MODSEQ (120))\nS: P2 OK")
    try await converse(script) {
      let resync = QResync(uidValidity: UIDValidity(7), modSeq: ModSeq(100), knownUIDs: UIDSet(1...9))
      let folder = try await $0.select(.inbox, readOnly: false, resync: resync)
      #expect(folder.resynced && folder.exists == 5)
      #expect(folder.vanishedEarlier.text == "1:2,60850")
      #expect(folder.changed.map(\.uid) == [UID(5), UID(11)])
      #expect(folder.changed.map(\.modSeq) == [ModSeq(110), ModSeq(120)])
      #expect(folder.changed.map(\.flags) == [["\\Seen"], []])
      #expect($0.selected?.changed == [] && $0.selected?.vanishedEarlier.isEmpty == true)
    }
  }

  @Test(arguments: [
    // another UIDVALIDITY, no HIGHESTMODSEQ, one that went back, something unreadable, a change without UID
    "S: * OK [UIDVALIDITY 8] x\nS: * OK [HIGHESTMODSEQ 120] x\n",
    "S: * OK [UIDVALIDITY 7] x\nS: * OK [NOMODSEQ] x\n",
    "S: * OK [UIDVALIDITY 7] x\nS: * OK [HIGHESTMODSEQ 99] x\n",
    "S: * OK [UIDVALIDITY 7] x\nS: * OK [HIGHESTMODSEQ 120] x\nS: * VANISHED (EARLIER) x\n",
    "S: * OK [UIDVALIDITY 7] x\nS: * OK [HIGHESTMODSEQ 120] x\nS: * 3 FETCH (FLAGS ())\n",
  ])
  func `QRESYNC that does not tell everything is not trusted`(lines: String) async throws {
    let script = preauth(
      "ENABLE QRESYNC",
      Self.qresync + "C: P2 SELECT \"INBOX\" (QRESYNC (7 100))\nS: * VANISHED (EARLIER) 1\n" + lines
        + "S: P2 OK")
    try await converse(script) {
      let folder = try await $0.select(
        .inbox, readOnly: false, resync: QResync(uidValidity: UIDValidity(7), modSeq: ModSeq(100)))
      #expect(!folder.resynced && folder.vanishedEarlier.isEmpty && folder.changed.isEmpty)
    }
  }

  @Test func `a failed SELECT closes the folder that was open`() async throws {
    try await converse(selected("", "C: P2 SELECT \"x\"\nS: P2 NO [TRYCREATE] no")) { c in
      _ = try await c.select(.inbox, readOnly: false)
      #expect(c.selected != nil)
      await #expect(
        throws: IMAPClientError.refused(command: "SELECT", status: .no, code: "TRYCREATE", text: "no")
      ) {
        try await c.select(MailboxName(decoded: "x"), readOnly: false)
      }
      #expect(c.selected == nil && c.isAuthenticated)
      await #expect(throws: IMAPClientError.mailboxNotSelected) { try await c.search(.all) }
    }
  }

  @Test func `a folder is closed without expunging`() async throws {
    try await converse(selected("UNSELECT", "C: P2 UNSELECT\nS: P2 OK")) {
      _ = try await $0.select(.inbox, readOnly: false)
      try await $0.unselect()
      #expect($0.selected == nil)
      try await $0.unselect()
    }
    try await converse(
      selected("", "C: P2 EXAMINE \"INBOX\"\nS: * OK [UIDVALIDITY 9] x\nS: P2 OK\nC: P3 CLOSE\nS: P3 OK")
    ) {
      _ = try await $0.select(.inbox, readOnly: false)
      try await $0.unselect()
      #expect($0.selected == nil)
    }
  }

  @Test func `what the server tells later keeps the folder's state`() async throws {
    let script = selected(
      "",
      "C: P2 NOOP\nS: * 7 EXISTS\nS: * 2 EXPUNGE\nS: * VANISHED 1:2\n"
        + "S: * OK [HIGHESTMODSEQ 28] CONDSTORE enabled\n"
        + "S: * 3 FETCH (FLAGS (\\Seen) UID 8 MODSEQ (27))\nS: * 3 FETCH (FLAGS ())\n"
        + "S: * VANISHED x\nS: P2 OK"
    )
    try await converse(script) {
      _ = try await $0.select(.inbox, readOnly: false)
      let events = try await $0.noop()
      #expect(
        events == [
          .exists(7), .expunged, .vanished(UIDSet(1...2), earlier: false),
          .flagsChanged(UID(8), flags: ["\\Seen"], modSeq: ModSeq(27)),
          .flagsChanged(nil, flags: [], modSeq: nil),
          .overflow,
        ])
      #expect($0.selected?.exists == 4 && $0.selected?.highestModSeq == ModSeq(28))
      #expect($0.unreadableResponses == 1)
    }
  }

  @Test func `commands that need a login, or a folder, say so`() async throws {
    try await converse("S: * OK [CAPABILITY IMAP4rev1] hi") { c in
      await #expect(throws: IMAPClientError.invalidArgument("not logged in")) { try await c.list() }
      await #expect(throws: IMAPClientError.invalidArgument("not logged in")) { try await c.search(.all) }
      c.close()
      await #expect(throws: IMAPClientError.stream(.closed)) { try await c.list() }
      await #expect(throws: IMAPClientError.stream(.closed)) { try await c.noop() }
    }
  }
}

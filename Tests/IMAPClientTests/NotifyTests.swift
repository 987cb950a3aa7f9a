import Bytes
import IMAPClient
import IMAPCodec
import Testing

@Suite(.timeLimit(.minutes(1))) struct NotifyTests {
  static let full =
    "NOTIFY SET (SELECTED-DELAYED (MessageNew MessageExpunge FlagChange)) "
    + "(PERSONAL (MessageNew MessageExpunge FlagChange MailboxName))"
  static let less =
    "NOTIFY SET (SELECTED-DELAYED (MessageNew MessageExpunge FlagChange)) "
    + "(PERSONAL (MessageNew MessageExpunge MailboxName))"

  @Test func `tells of other folders while it waits in one`() async throws {
    let script = selected(
      "NOTIFY IDLE",
      "C: P2 \(Self.full)\nS: * STATUS Sent (MESSAGES 1 UIDNEXT 2 UIDVALIDITY 3)\nS: P2 OK\nC: P3 NOOP\nS: P3 OK\n"
        + "C: P4 IDLE\nS: + i\nS: * STATUS Sent (MESSAGES 2 UIDNEXT 3)\nC: DONE\n"
        + "S: * STATUS \"Sent\" (MESSAGES 3 UIDNEXT 4)\nS: * LIST () \"/\" \"New\" (\"OLDNAME\" (\"Old\"))\n"
        + "S: * LIST (\\NonExistent) \"/\" x\nS: P4 OK\nC: P5 NOOP\nS: P5 OK")
    try await converse(script) { c in
      _ = try await c.select(.inbox, readOnly: false)
      try await equal(c.notifyOfFolders(), true)
      // What was told at once is the state that the folder has.
      _ = c.takeEvents()
      _ = try await c.noop()
      let sent = UntaggedEvent.folderChanged(MailboxName(decoded: "Sent"))
      try await equal(c.idle(until: .after(seconds: 20)), [sent, .folderListChanged])
      _ = try await c.noop()
      try await equal(c.notifyOfFolders(), true)
    }
  }

  @Test func `a server that will not tell of flags is asked for less`() async throws {
    try await converse(
      preauth(
        "NOTIFY", "C: P1 \(Self.full)\nS: P1 NO [BADEVENT (MessageNew)] no\nC: P2 \(Self.less)\nS: P2 OK")
    ) {
      try await equal($0.notifyOfFolders(), true)
      #expect($0.notifies)
    }
    try await converse(
      preauth(
        "NOTIFY", "C: P1 \(Self.full)\nS: P1 BAD no\nC: P2 \(Self.less)\nS: P2 NO no\nC: P3 NOOP\nS: P3 OK")
    ) {
      try await equal($0.notifyOfFolders(), false)
      #expect(!$0.notifies)
      _ = try await $0.noop()
    }
    try await converse(preauth("", "C: P1 NOOP\nS: P1 OK")) {
      try await equal($0.notifyOfFolders(), false)
      _ = try await $0.noop()
    }
  }

  @Test func `it ends by the server's word`() async throws {
    let script = preauth(
      "NOTIFY",
      "C: P1 \(Self.full)\nS: P1 OK\nC: P2 NOOP\nS: * OK [NOTIFICATIONOVERFLOW] too much\nS: * STATUS x (MESSAGES 1)\nS: P2 OK"
    )
    try await converse(script) { c in
      _ = try await c.notifyOfFolders()
      try await equal(c.noop(), [.notificationsEnded])
      #expect(!c.notifies)
    }
  }

  @Test func `the state of another folder is no answer to STATUS`() async throws {
    let script = preauth(
      "NOTIFY",
      "C: P1 \(Self.full)\nS: P1 OK\nC: P2 STATUS \"a\" (MESSAGES UIDNEXT UIDVALIDITY)\n"
        + "S: * STATUS b (MESSAGES 9 UIDNEXT 9 UIDVALIDITY 9)\nS: * STATUS a (MESSAGES 1 UIDNEXT 2 UIDVALIDITY 3)\n"
        + "S: * STATUS b (MESSAGES 8 UIDNEXT 9 UIDVALIDITY 9)\nS: P2 OK")
    try await converse(script) { c in
      _ = try await c.notifyOfFolders()
      try await equal(c.status(MailboxName(decoded: "a")).messages, 1)
      #expect(c.takeEvents() == [.folderChanged(MailboxName(decoded: "b"))])
    }
  }

  @Test func `news of folders outlive the folder that is left`() async throws {
    let script = selected(
      "NOTIFY",
      "C: P2 \(Self.full)\nS: P2 OK\nC: P3 STATUS \"a\" (MESSAGES UIDNEXT UIDVALIDITY)\nS: * STATUS b (MESSAGES 8)\nS: * 6 EXISTS\n"
        + "S: * STATUS a (MESSAGES 1 UIDNEXT 2 UIDVALIDITY 3)\nS: P3 OK\n"
        + "C: P4 SELECT \"a\"\nS: * 1 EXISTS\nS: * OK [UIDVALIDITY 3] v\nS: P4 OK")
    try await converse(script) { c in
      _ = try await c.select(.inbox, readOnly: false)
      _ = try await c.notifyOfFolders()
      _ = try await c.status(MailboxName(decoded: "a"))
      _ = try await c.select(MailboxName(decoded: "a"), readOnly: false)
      #expect(c.takeEvents() == [.folderChanged(MailboxName(decoded: "b"))])
    }
  }
}

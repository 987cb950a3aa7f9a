import Bytes
import IMAPClient
import IMAPCodec
import SASL
import Testing

/// The first commands of a connection, given at once.
@Suite(.timeLimit(.minutes(1))) struct FirstFlightTests {
  static let can = "ID ENABLE LIST-EXTENDED SPECIAL-USE LIST-STATUS CONDSTORE QRESYNC NOTIFY LITERAL+"
  static let states = "(MESSAGES UIDNEXT UIDVALIDITY HIGHESTMODSEQ)"

  static func flight(_ change: (inout FirstFlight) -> Void = { _ in }) -> FirstFlight {
    var flight = FirstFlight()
    flight.identity = [.init("name", "Postroom")]
    flight.wantsAllStates = true
    flight.folders = [MailboxName(decoded: "Sent")]
    flight.open = .inbox
    flight.notifies = true
    flight.resync = QResync(
      uidValidity: UIDValidity(9), modSeq: ModSeq(40), knownUIDs: UIDSet(UID(1)...UID(7)))
    change(&flight)
    return flight
  }

  /// PREAUTH switches extensions on at once: this is how a client is that has signed in without.
  static func signedIn(_ capabilities: String, _ rest: String) -> Script {
    Script(
      "S: * OK [CAPABILITY IMAP4rev1 AUTH=PLAIN SASL-IR] hi\nC: P1 AUTHENTICATE PLAIN AGEAYg==\n"
        + "S: P1 OK [CAPABILITY IMAP4rev1 \(capabilities)] in\n" + rest)
  }

  static func begin(_ c: IMAPConnection, _ flight: FirstFlight = flight()) async throws -> FirstFlightAnswer {
    try await c.authenticate(.password(user: "a", .init("b")), enabling: false)
    return try await c.begin(flight)
  }

  @Test func `all commands go out before the first is answered`() async throws {
    let script = Self.signedIn(
      Self.can,
      """
      C: P2 ID ("name" "Postroom")
      C: P3 ENABLE QRESYNC
      C: P4 LIST "" "*" RETURN (SPECIAL-USE STATUS \(Self.states))
      C: P5 EXAMINE "INBOX" (QRESYNC (9 40 1:7))
      C: P6 \(NotifyTests.full)
      S: * ID ("name" "x")
      S: P2 OK
      S: * ENABLED QRESYNC
      S: P3 OK
      S: * LIST () "/" INBOX
      S: * STATUS INBOX (MESSAGES 5 UIDNEXT 10 UIDVALIDITY 9 HIGHESTMODSEQ 44)
      S: * LIST (\\Sent) "/" Sent
      S: * STATUS Sent (MESSAGES 2 UIDNEXT 3 UIDVALIDITY 8 HIGHESTMODSEQ 12)
      S: P4 OK
      S: * 5 EXISTS
      S: * OK [UIDVALIDITY 9] v
      S: * OK [UIDNEXT 10] n
      S: * OK [HIGHESTMODSEQ 44] m
      S: * VANISHED (EARLIER) 3
      S: * 2 FETCH (UID 2 FLAGS (\\Seen) MODSEQ (44))
      S: P5 OK [READ-ONLY] open
      S: * 6 EXISTS
      S: P6 OK
      """)
    try await converse(script) { c in
      let answer = try await Self.begin(c)
      #expect(answer.entries?.map(\.name) == [.inbox, MailboxName(decoded: "Sent")])
      #expect(answer.states[MailboxName(decoded: "Sent")]?.messages == 2)
      let opened = try #require(answer.opened)
      #expect(opened.resynced && opened.exists == 5 && opened.uidNext == 10 && opened.readOnly)
      #expect(opened.vanishedEarlier == UIDSet(UID(3)) && opened.changed.map(\.uid) == [UID(2)])
      #expect(c.notifies && c.enabled == ["QRESYNC"] && c.selected?.name == .inbox)
      // What came behind the answer is news.
      #expect(c.takeEvents() == [.exists(6)])
    }
  }

  @Test func `a server without extensions is asked for each folder, at once, too`() async throws {
    let script = Self.signedIn(
      "",
      """
      C: P2 LIST "" "*"
      C: P3 STATUS "Sent" (MESSAGES UIDNEXT UIDVALIDITY)
      C: P4 EXAMINE "INBOX"
      S: * LIST () "/" INBOX
      S: P2 OK
      S: * STATUS Sent (MESSAGES 2 UIDNEXT 3 UIDVALIDITY 8)
      S: P3 OK
      S: * 5 EXISTS
      S: * OK [UIDVALIDITY 9] v
      S: * OK [UIDNEXT 10] n
      S: P4 OK
      """)
    try await converse(script) { c in
      let answer = try await Self.begin(c, Self.flight { $0.notifies = true })
      #expect(answer.states[MailboxName(decoded: "Sent")]?.uidNext == 3)
      #expect(answer.opened?.resynced == false && answer.opened?.exists == 5)
      #expect(!c.notifies)
    }
  }

  @Test func `what is refused is left out, and the connection stays good`() async throws {
    let script = Self.signedIn(
      Self.can,
      """
      C: P2 ID ("name" "Postroom")
      C: P3 ENABLE QRESYNC
      C: P4 LIST "" "*" RETURN (SPECIAL-USE STATUS \(Self.states))
      C: P5 EXAMINE "INBOX" (QRESYNC (9 40 1:7))
      C: P6 \(NotifyTests.full)
      S: P2 NO what
      S: P3 NO no
      S: P4 BAD no RETURN
      S: P5 BAD QRESYNC is not on
      S: P6 NO [BADEVENT (FlagChange)] no
      C: P7 NOOP
      S: P7 OK
      """)
    try await converse(script) { c in
      let answer = try await Self.begin(c)
      #expect(answer.entries == nil && answer.states.isEmpty && answer.opened == nil)
      #expect(!c.notifies && c.selected == nil)
      _ = try await c.noop()
    }
  }

  @Test func `a state that is over is no resync`() async throws {
    for (validity, enabled) in [("10", "QRESYNC"), ("9", "CONDSTORE")] {
      let script = Self.signedIn(
        "ENABLE CONDSTORE QRESYNC",
        """
        C: P2 ENABLE QRESYNC
        C: P3 LIST "" "*"
        C: P4 STATUS "Sent" \(Self.states)
        C: P5 EXAMINE "INBOX" (QRESYNC (9 40 1:7))
        S: * ENABLED \(enabled)
        S: P2 OK
        S: * LIST () "/" INBOX
        S: P3 OK
        S: P4 NO gone
        S: * 5 EXISTS
        S: * OK [UIDVALIDITY \(validity)] v
        S: * OK [UIDNEXT 10] n
        S: * OK [HIGHESTMODSEQ 44] m
        S: P5 OK
        """)
      try await converse(script) { c in
        let answer = try await Self.begin(c)
        #expect(answer.opened?.resynced == false && answer.opened?.vanishedEarlier.isEmpty == true)
        #expect(answer.states.isEmpty && answer.entries?.count == 1)
      }
    }
  }

  @Test func `names that ENABLE may change wait`() async throws {
    let script = Self.signedIn(
      "ENABLE UTF8=ACCEPT",
      "C: P2 ENABLE UTF8=ACCEPT\nC: P3 LIST \"\" \"*\"\nS: * ENABLED UTF8=ACCEPT\nS: P2 OK\n"
        + "S: * LIST () \"/\" INBOX\nS: P3 OK\nC: P4 NOOP\nS: P4 OK")
    try await converse(script) { c in
      let name = MailboxName(decoded: "Entwürfe")
      let answer = try await Self.begin(
        c,
        Self.flight {
          $0.folders = [name]
          $0.open = name
        })
      #expect(answer.entries?.count == 1 && answer.opened == nil)
      _ = try await c.noop()
    }
  }

  @Test func `an unreadable answer ends the connection`() async throws {
    let script = Self.signedIn(
      "", "C: P2 LIST \"\" \"*\"\nS: * LIST ((( \nS: P2 OK")
    await #expect(throws: IMAPClientError.self) {
      try await converse(script) { c in
        try await Self.begin(
          c,
          Self.flight {
            $0.folders = []
            $0.open = nil
          })
      }
    }
  }
}

import Bytes
import IMAPClient
import IMAPCodec
import Testing

@Suite(.timeLimit(.minutes(1))) struct EnableTests {
  static func greets(_ capabilities: String, _ rest: String) -> Script {
    Script("S: * PREAUTH [CAPABILITY \(capabilities)] in\n" + rest)
  }

  static let rev2Whole =
    "IMAP4rev1 IMAP4rev2 ENABLE ESEARCH IDLE LIST-EXTENDED LIST-STATUS LITERAL- MOVE NAMESPACE SASL-IR "
    + "SEARCHRES STATUS=SIZE UIDPLUS UNSELECT"

  @Test(
    arguments: [
      ("IMAP4rev1 ENABLE QRESYNC CONDSTORE", "QRESYNC"), ("IMAP4rev1 ENABLE CONDSTORE", "CONDSTORE"),
      ("IMAP4rev1 ENABLE CONDSTORE UTF8=ACCEPT", "CONDSTORE UTF8=ACCEPT"),
      ("IMAP4rev1 ENABLE UTF8=ONLY UTF8=ACCEPT QRESYNC", "QRESYNC UTF8=ACCEPT"),
      ("IMAP4rev1 ENABLE CONDSTORE UIDONLY", "CONDSTORE UIDONLY"),
      ("IMAP4rev1 ENABLE QRESYNC UIDONLY", "QRESYNC"),
      ("IMAP4rev1 ENABLE IMAP4rev2", "IMAP4rev2"), (rev2Whole + " CONDSTORE", "CONDSTORE"),
      // iCloud
      ("IMAP4rev1 ENABLE XAPPLEPUSHSERVICE QRESYNC CONDSTORE", "CONDSTORE"),
    ])
  func `one ENABLE switches on what helps`(capabilities: String, names: String) async throws {
    let script = Self.greets(
      capabilities, "C: P1 ENABLE \(names)\nS: * ENABLED \(names)\nS: P1 OK\nC: P2 NOOP\nS: P2 OK")
    try await converse(script) {
      #expect($0.enabled == Set(names.uppercased().split(separator: " ").map(String.init)))
      _ = try await $0.noop()
    }
  }

  @Test(arguments: ["IMAP4rev1 QRESYNC", "IMAP4rev1 ENABLE", "IMAP4rev2 ENABLE", rev2Whole])
  func `where there is nothing to switch on nothing is said`(capabilities: String) async throws {
    try await converse(Self.greets(capabilities, "C: P1 NOOP\nS: P1 OK")) { _ = try await $0.noop() }
  }

  @Test func `a server that refuses one name is asked for the most important`() async throws {
    let script = Self.greets(
      "IMAP4rev1 ENABLE CONDSTORE UTF8=ACCEPT",
      "C: P1 ENABLE CONDSTORE UTF8=ACCEPT\nS: P1 BAD what\nC: P2 ENABLE CONDSTORE\nS: * ENABLED CONDSTORE\nS: P2 OK"
    )
    try await converse(script) { #expect($0.enabled == ["CONDSTORE"]) }
  }

  @Test func `options switch them off`() async throws {
    var options = IMAPOptions()
    options.usesQResync = false
    options.usesUTF8 = false
    let script = Self.greets(
      "IMAP4rev1 ENABLE QRESYNC UTF8=ACCEPT CONDSTORE", "C: P1 ENABLE CONDSTORE\nS: P1 OK")
    try await converse(script, options: options) { #expect($0.enabled.isEmpty) }
  }

  static let utf8 = "C: P1 ENABLE UTF8=ACCEPT\nS: * ENABLED UTF8=ACCEPT\nS: P1 OK\n"

  @Test func `with UTF-8 names travel as they are, and are the same names`() async throws {
    let script = Self.greets(
      "IMAP4rev1 ENABLE UTF8=ACCEPT LITERAL-",
      Self.utf8
        + "C: P2 LIST \"\" \"*\"\nS: * LIST () \"/\" INBOX\nS: * LIST () \"/\" \"Entwürfe & Co\"\nS: P2 OK\n"
        + "C: P3 EXAMINE {14+}\nC: Entwürfe & Co\nS: * 0 EXISTS\nS: * OK [UIDVALIDITY 1] v\nS: P3 OK\n"
        + "C: P4 UID SEARCH HEADER Subject {2+}\nC: é\nS: * SEARCH\nS: P4 OK")
    try await converse(script) {
      let names = try await $0.list().map(\.name)
      #expect(names == [.inbox, MailboxName(wire: Array("Entw&APw-rfe &- Co".utf8))])
      _ = try await $0.select(names[1], readOnly: true)
      // No charset may be named.
      _ = try await $0.search(.header(name: "Subject", Array("é".utf8)))
    }
  }

  @Test func `with UTF-8 a header beyond ASCII is announced`() async throws {
    let script = Self.greets(
      "IMAP4rev1 ENABLE UTF8=ACCEPT LITERAL+",
      Self.utf8
        + "C: P2 APPEND \"INBOX\" (\\Seen) UTF8 (~{16}\nS: + go\nC: Subject: é\nC: \nC: x)\nS: P2 OK\n"
        + "C: P3 APPEND \"INBOX\" {10+}\nC: A: b\nC: \nC: é\nS: P3 OK")
    try await converse(script) {
      _ = try await $0.append(
        .inbox, message: Array("Subject: é\r\n\r\nx".utf8), flags: ["\\Seen"], internalDate: nil)
      _ = try await $0.append(.inbox, message: Array("A: b\r\n\r\né".utf8), flags: [], internalDate: nil)
    }
  }

  @Test func `IMAP4rev2 alone is spoken from the first word`() async throws {
    let script = Self.greets(
      "IMAP4rev2",
      "C: P1 LIST \"\" \"*\" RETURN (STATUS (MESSAGES UIDNEXT UIDVALIDITY))\nS: * LIST () \"/\" INBOX\nS: * LIST () \"/\" \"é\"\n"
        + "S: * STATUS \"é\" (MESSAGES 1 UIDNEXT 2 UIDVALIDITY 3)\nS: P1 OK\n"
        + "C: P2 EXAMINE \"INBOX\"\nS: * LIST () \"/\" INBOX\nS: * 2 EXISTS\nS: * OK [UIDVALIDITY 1] v\nS: P2 OK\n"
        + "C: P3 UID SEARCH RETURN (ALL) UNSEEN\nS: * ESEARCH (TAG \"P3\") UID ALL 1:2\nS: P3 OK\nC: P4 UNSELECT\nS: P4 OK"
    )
    try await converse(script) {
      let listed = try await $0.listWithStatus()
      #expect(listed.map(\.entry.name.text) == ["INBOX", "é"] && listed[1].status?.messages == 1)
      _ = try await $0.select(.inbox, readOnly: true)
      try await equal($0.search(.unseen).text, "1:2")
      try await $0.unselect()
    }
  }

  @Test func `with UIDONLY what went is told by UID`() async throws {
    let script = Self.greets(
      "IMAP4rev1 ENABLE UIDONLY",
      "C: P1 ENABLE UIDONLY\nS: * ENABLED UIDONLY\nS: P1 OK\nC: P2 EXAMINE \"INBOX\"\nS: * 9 EXISTS\nS: * OK [UIDVALIDITY 1] v\n"
        + "S: P2 OK\nC: P3 UID FETCH 5:6 (UID FLAGS)\nS: * 5 UIDFETCH (FLAGS (\\Seen))\nS: * 6 UIDFETCH (FLAGS ())\n"
        + "S: P3 OK\nC: P4 NOOP\nS: * VANISHED 5,7\nS: * 8 UIDFETCH (FLAGS (\\Deleted))\nS: P4 OK")
    try await converse(script) { c in
      _ = try await c.select(.inbox, readOnly: true)
      var got: [UInt32: [String]] = [:]
      try await c.fetch(
        [UIDSet(5...6)], FetchRequest(flags: true), onMessage: { got[$0.uid.value] = $0.flags },
        onWindow: { _ in })
      #expect(got == [5: ["\\Seen"], 6: []])
      try await equal(
        c.noop(),
        [
          .vanished(UIDSet([5, 7] as [UInt32]), earlier: false),
          .flagsChanged(UID(8), flags: ["\\Deleted"], modSeq: nil),
        ])
      #expect(c.selected?.exists == 7)
    }
  }

  /// RFC 2971; NetEase opens no folder otherwise.
  @Test func `a server that wants to know first is told`() async throws {
    var options = IMAPOptions()
    options.host = "imap.163.com"
    let script: Script = """
      S: * OK [CAPABILITY IMAP4rev1 ID AUTH=PLAIN SASL-IR] hi
      C: P1 ID ("name" "Postroom")
      S: * ID ("name" "Coremail")
      S: P1 OK
      """
    try await converse(script, options: options) { #expect($0.profile.evidence.id["name"] == "Coremail") }
  }
}

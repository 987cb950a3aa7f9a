import Bytes
import IMAPClient
import IMAPCodec
import Testing

@Suite(.timeLimit(.minutes(1))) struct ChangeTests {
  static func change(_ capabilities: String, _ rest: String, _ body: (IMAPConnection) async throws -> Void)
    async throws
  {
    try await converse(selected(capabilities, rest)) {
      _ = try await $0.select(.inbox, readOnly: false)
      try await body($0)
    }
  }

  static let archive = MailboxName(decoded: "Archive")

  @Test func `flags are added, taken and replaced`() async throws {
    try await Self.change(
      "",
      "C: P2 UID STORE 1:3,7 +FLAGS.SILENT (\\Seen $X)\nS: P2 OK\nC: P3 UID STORE 4 -FLAGS.SILENT (\\Seen)\nS: P3 OK\n"
        + "C: P4 UID STORE 4 FLAGS.SILENT ()\nS: P4 NO [READ-ONLY] no"
    ) { c in
      try await c.store(UIDSet([1, 2, 3, 7] as [UInt32]), .add, flags: ["\\Seen", "$X"])
      try await c.store(UIDSet(UID(4)), .remove, flags: ["\\Seen"])
      await #expect(
        throws: IMAPClientError.refused(command: "UID STORE", status: .no, code: "READ-ONLY", text: "no")
      ) { try await c.store(UIDSet(UID(4)), .replace, flags: []) }
      await #expect(throws: IMAPClientError.invalidArgument("not a flag")) {
        try await c.store(UIDSet(UID(4)), .add, flags: ["a)\r\nx"])
      }
    }
  }

  @Test func `MOVE moves in one step, wherever COPYUID is told`() async throws {
    try await Self.change(
      "MOVE UIDPLUS",
      "C: P2 UID MOVE 1:2 \"Archive\"\nS: * OK [COPYUID 5 1:2 11:12] Moved\nS: * 1 EXPUNGE\nS: * 1 EXPUNGE\nS: P2 OK\n"
        + "C: P3 UID MOVE 3 \"Archive\"\nS: * VANISHED 3\nS: P3 OK [COPYUID 5 3 13] done\n"
        + "C: P4 UID MOVE 4 \"Archive\"\nS: P4 NO [TRYCREATE] none"
    ) { c in
      let moved = try await c.move(UIDSet(1...2), to: Self.archive)
      #expect(moved.uids.text == "11:12" && moved.old == .gone)
      #expect(c.selected?.exists == 3)
      #expect(c.takeEvents() == [.expunged, .expunged])
      try await equal(c.move(UIDSet(UID(3)), to: Self.archive).uids.text, "13")
      #expect(c.takeEvents() == [.vanished(UIDSet(UID(3)), earlier: false)])
      await #expect(
        throws: IMAPClientError.refused(command: "UID MOVE", status: .no, code: "TRYCREATE", text: "none")
      ) { try await c.move(UIDSet(UID(4)), to: Self.archive) }
    }
  }

  @Test func `without MOVE a copy is whole before anything goes`() async throws {
    try await Self.change(
      "UIDPLUS",
      "C: P2 UID COPY 1:2 \"Archive\"\nS: P2 OK [COPYUID 5 1:2 11:12] done\nC: P3 UID STORE 1:2 +FLAGS.SILENT (\\Deleted)\n"
        + "S: P3 OK\nC: P4 UID EXPUNGE 1:2\nS: * 1 EXPUNGE\nS: * 1 EXPUNGE\nS: P4 OK\nC: P5 UID COPY 3 \"Archive\"\nS: P5 NO no"
    ) { c in
      let moved = try await c.move(UIDSet(1...2), to: Self.archive)
      #expect(moved.uids.text == "11:12" && moved.old == .gone)
      await #expect(throws: IMAPClientError.self) { try await c.move(UIDSet(UID(3)), to: Self.archive) }
    }
  }

  @Test func `without UIDPLUS nothing is expunged that others may have marked`() async throws {
    try await Self.change(
      "",
      "C: P2 UID COPY 1 \"Archive\"\nS: P2 OK\nC: P3 UID STORE 1 +FLAGS.SILENT (\\Deleted)\nS: P3 OK\nC: P4 NOOP\nS: P4 OK"
    ) { c in
      let moved = try await c.move(UIDSet(UID(1)), to: Self.archive)
      #expect(moved.uids.isEmpty && moved.old == .marked)
      _ = try await c.noop()
    }
  }

  @Test func `a long set goes in parts that servers take`() async throws {
    let uids = (0..<1500).map { UInt32($0 * 2 + 1) }
    let first = uids.prefix(1000).map(String.init).joined(separator: ",")
    let rest = uids.dropFirst(1000).map(String.init).joined(separator: ",")
    try await Self.change(
      "UIDPLUS",
      "C: P2 UID COPY \(first) \"Archive\"\nS: P2 OK [COPYUID 5 \(first) 1:1000]\nC: P3 UID COPY \(rest) \"Archive\"\n"
        + "S: P3 OK [COPYUID 5 \(rest) 1001:1500]"
    ) { c in
      try await equal(c.copy(UIDSet(uids), to: Self.archive).text, "1:1500")
      await #expect(throws: IMAPClientError.invalidArgument("empty set of UIDs")) {
        try await c.copy(UIDSet(), to: Self.archive)
      }
    }
  }

  @Test func `folders are made, renamed and deleted`() async throws {
    try await converse(
      preauth(
        "CREATE-SPECIAL-USE",
        "C: P1 CREATE \"Archive\" (USE (\\archive))\nS: P1 OK\nC: P2 RENAME \"Archive\" \"a b\"\nS: P2 OK\n"
          + "C: P3 DELETE \"a b\"\nS: P3 NO [NONEXISTENT] gone")
    ) { c in
      try await c.create(Self.archive, specialUse: "\\archive")
      try await c.rename(Self.archive, to: MailboxName(decoded: "a b"))
      await #expect(
        throws: IMAPClientError.refused(command: "DELETE", status: .no, code: "NONEXISTENT", text: "gone")
      ) { try await c.delete(MailboxName(decoded: "a b")) }
    }
    try await converse(preauth("", "C: P1 CREATE \"Archive\"\nS: P1 OK [MAILBOXID (F1)] made")) {
      try await $0.create(Self.archive, specialUse: "\\archive")
    }
  }

  @Test func `namespaces, and what stands for them`() async throws {
    try await converse(
      preauth(
        "NAMESPACE", "C: P1 NAMESPACE\nS: * NAMESPACE ((\"INBOX.\" \".\")) NIL ((\"#s/\" \"/\"))\nS: P1 OK")
    ) {
      let told = try await $0.namespaces()
      #expect(told.personal.map(\.prefix.text) == ["INBOX."] && told.shared.map(\.delimiter) == [0x2F])
    }
    for capability in ["", "NAMESPACE"] {
      let asked = capability.isEmpty ? "" : "C: P1 NAMESPACE\nS: P1 OK\n"
      let tag = capability.isEmpty ? "P1" : "P2"
      try await converse(
        preauth(
          capability, asked + "C: \(tag) LIST \"\" \"\"\nS: * LIST (\\Noselect) \".\" \"\"\nS: \(tag) OK")
      ) {
        let told = try await $0.namespaces()
        #expect(told.personal == [.init(prefix: MailboxName(wire: []), delimiter: 0x2E)])
      }
    }
  }
}

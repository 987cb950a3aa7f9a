import Bytes
import IMAPClient
import IMAPCodec
import SASL
import Testing

/// The IMAP client against servers that others wrote: what they offer is used, and does what we think.
@Suite(
  .serialized, .imapServers, .timeLimit(.minutes(2)),
  .disabled(if: Place.hasNoServers, "POSTROOM_NO_SERVERS=1: the tests with Dovecot and Cyrus are left out"))
struct IMAPServerTests {
  typealias Kind = IMAPServers.Kind

  static func message(_ n: Int, octets: Int = 100) -> [UInt8] {
    Array("From: a@b.example\r\nSubject: no. \(n)\r\nMessage-ID: <\(n)@postroom.example>\r\n\r\n".utf8)
      + [UInt8](repeating: 0x78, count: octets) + [13, 10]
  }

  /// An empty folder of this test's own.
  static func folder(_ c: IMAPConnection, _ name: String) async throws -> MailboxName {
    let name = MailboxName(decoded: name)
    try await c.create(name)
    return name
  }

  // MARK: Signing in

  static let ways: [(Set<SASLMechanism>, Bool)] = [
    ([.plain], true), ([.login], true), ([.cramMD5], true), ([.scramSHA1], true), ([.scramSHA256], true),
    ([], true),
    ([.plain], false), ([.scramSHA256], false), ([], false),
  ]

  @Test(arguments: Kind.allCases, ways)
  func `signs in every way that it offers`(kind: Kind, way: (Set<SASLMechanism>, Bool)) async throws {
    let servers = try IMAPServers.current
    let right = try await servers.open(kind, implicitTLS: way.1)
    if let mechanism = way.0.first { #expect(right.capabilities.contains("AUTH=\(mechanism.rawValue)")) }
    try await right.authenticate(.password(user: "bob", Secret("secret")), by: way.0)
    #expect(right.isAuthenticated && right.uses("UIDPLUS"))
    await right.logout()
    let wrong = try await servers.open(kind, implicitTLS: way.1)
    await #expect {
      try await wrong.authenticate(.password(user: "bob", Secret("not it")), by: way.0)
    } throws: {
      if case IMAPClientError.authenticationFailed = $0 { true } else { false }
    }
    #expect(!wrong.isAuthenticated)
    wrong.close()
  }

  @Test(arguments: [SASLMechanism.xoauth2, .oauthBearer])
  func `signs in with a token`(mechanism: SASLMechanism) async throws {
    let servers = try IMAPServers.current
    let right = try await servers.open(.dovecot)
    try await right.authenticate(.bearer(user: "alice", Secret(servers.token)), by: [mechanism])
    #expect(right.isAuthenticated)
    await right.logout()
    for token in [servers.expiredToken, "nonsense"] {
      let wrong = try await servers.open(.dovecot)
      await #expect {
        try await wrong.authenticate(.bearer(user: "alice", Secret(token)), by: [mechanism])
      } throws: {
        if case IMAPClientError.authenticationFailed = $0 { true } else { false }
      }
      wrong.close()
    }
  }

  @Test func `says of each server what it offers and what of it is used`() async throws {
    for (kind, quirk, absent) in [
      (Kind.dovecot, "dovecot-modseq", "OBJECTID"), (.cyrus, "cyrus-mailboxid", "NOTIFY"),
    ] {
      let c = try await IMAPServers.current.signedIn(kind)
      try await c.identify([("name", "Postroom")])
      #expect(c.profile.quirks.map(\.id).contains(quirk))
      let decisions = Dictionary(uniqueKeysWithValues: c.profile.findings.map { ($0.feature, $0.decision) })
      #expect(
        decisions["QRESYNC"] == .used && decisions["CONDSTORE"] == .passedOver && decisions[absent] == .absent
      )
      #expect(c.enabled.contains("QRESYNC"))
      await c.logout()
    }
  }

  // MARK: Folders

  /// False when the server takes no such name: Cyrus takes no quotes and no backslashes.
  static func creates(_ name: MailboxName, _ c: IMAPConnection) async throws -> Bool {
    do {
      try await c.create(name)
      return true
    } catch let error {
      if case .refused(_, .no, _, _) = error { return false }
      throw error
    }
  }

  @Test(arguments: Kind.allCases) func `lists folders with their use and state at once`(kind: Kind)
    async throws
  {
    let c = try await IMAPServers.current.signedIn(kind)
    _ = try await c.select(.inbox, readOnly: true)  // Cyrus makes the folders when the inbox is first used.
    _ = try await c.append(
      MailboxName(decoded: "Sent"), message: Self.message(1), flags: ["\\Seen"], internalDate: 10)
    let listed = try await c.listWithStatus()
    let sent = try #require(listed.first { $0.entry.name.text == "Sent" })
    #expect(sent.entry.specialUse == "\\sent")
    #expect(sent.status?.messages == 1 && sent.status?.uidNext == 2 && sent.status?.highestModSeq != nil)
    #expect(listed.first { $0.entry.name.text == "Archive" }?.entry.specialUse == "\\archive")
    #expect(
      try await c.status(MailboxName(decoded: "Sent"), sizes: true).size == UInt64(Self.message(1).count))
    try await equal(c.namespaces().personal.map(\.delimiter), [0x2F])
    await c.logout()
  }

  @Test(arguments: Kind.allCases) func `makes, renames and deletes folders of any name`(kind: Kind)
    async throws
  {
    let c = try await IMAPServers.current.signedIn(kind, "bob")
    for text in ["a b", "Entwürfe & Co", "日本語", "q\"uote", "(x)", "{5}", "nil"] {
      let name = MailboxName(decoded: text)
      guard try await Self.creates(name, c) else { continue }
      #expect(try await c.list().map(\.name).contains(name), "\(text)")
      let new = MailboxName(decoded: text + "2")
      try await c.rename(name, to: new)
      #expect(try await c.status(new).messages == 0)
      _ = try await c.select(new, readOnly: true)
      try await c.unselect()
      #expect(c.selected == nil)
      try await c.delete(new)
      #expect(try await !c.list().map(\.name).contains(new), "\(text)")
    }
    await c.logout()
  }

  // MARK: Mail

  @Test(arguments: Kind.allCases) func `stores, finds, moves and takes away mail`(kind: Kind) async throws {
    let c = try await IMAPServers.current.signedIn(kind)
    let here = try await Self.folder(c, "moves")
    let there = try await Self.folder(c, "moved to")
    let stored = try await c.append(
      here,
      (1...4).map {
        MessageToAppend(
          octets: Self.message($0), flags: $0 == 1 ? ["\\Seen", "$Own"] : [], internalDate: 86_400)
      })
    #expect(stored.map(\.uid) == (1...4).map { UID($0) })
    let large = try await c.append(
      here, message: Self.message(5, octets: 300_000), flags: [], internalDate: nil)
    #expect(large.uid == UID(5) && large.uidValidity == stored[0].uidValidity)
    let folder = try await c.select(here, readOnly: false)
    #expect(folder.exists == 5 && folder.uidNext == 6 && folder.uidValidity == large.uidValidity)
    if kind == .cyrus { #expect(folder.mailboxID != nil) }
    let id = SearchKey.header(name: "Message-ID", Array("<3@postroom.example>".utf8))
    try await equal(c.search(id).text, "3")
    try await equal(c.searchNewest(2).text, "4:5")
    try await equal(c.search(.uid(UIDSet(1...3)), .not(id), .larger(10)).text, "1:2")
    var found: [UInt32] = []
    try await c.fetch(matching: [.not(.unseen)], FetchRequest(flags: true, size: true)) {
      found.append($0.uid.value)
    }
    #expect(found == [1])
    let moved = try await c.move(UIDSet([1, 3] as [UInt32]), to: there)
    #expect(moved.uids.text == "1:2" && moved.old == .gone)
    try await equal(c.copy(UIDSet(UID(2)), to: there).text, "3")
    try await equal(c.remove(UIDSet(UID(2))), .gone)
    try await equal(c.search().text, "4:5")
    #expect(c.selected?.exists == 2)
    _ = try await c.select(there, readOnly: true)
    var subjects: [String] = []
    try await c.fetch(
      [UIDSet(1...3)], FetchRequest(flags: true, headerFields: ["Subject"]),
      onMessage: { subjects.append(String(decoding: $0.headerFields ?? [], as: UTF8.self)) },
      onWindow: { _ in })
    #expect(
      subjects.map { $0.filter { !$0.isWhitespace } } == ["Subject:no.1", "Subject:no.3", "Subject:no.2"])
    await #expect {
      try await c.copy(UIDSet(UID(1)), to: MailboxName(decoded: "nowhere"))
    } throws: {
      if case IMAPClientError.refused("UID COPY", .no, "TRYCREATE", _) = $0 { true } else { false }
    }
    await c.logout()
  }

  @Test(arguments: Kind.allCases) func `reads items of extensions and parts`(kind: Kind) async throws {
    let c = try await IMAPServers.current.signedIn(kind)
    let here = try await Self.folder(c, "items")
    let mail = """
      From: a@b.example\r\nSubject: parts\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=x\r\n\r\n\
      --x\r\nContent-Type: text/plain\r\n\r\nThe first words.\r\n--x\r\nContent-Type: application/octet-stream\r\n\
      Content-Transfer-Encoding: base64\r\n\r\nYQBi\r\n--x--\r\n
      """
    _ = try await c.append(here, message: Array(mail.utf8), flags: [], internalDate: nil)
    _ = try await c.select(here, readOnly: true)
    var request = FetchRequest(flags: true, internalDate: true, size: true, modSeq: true)
    (request.preview, request.saveDate, request.objectIDs) = (true, true, true)
    var got: FetchedMessage?
    try await c.fetch([UIDSet(UID(1))], request, onMessage: { got = $0 }, onWindow: { _ in })
    let message = try #require(got)
    #expect(message.size == UInt64(mail.utf8.count) && message.internalDate != nil && message.modSeq != nil)
    #expect(message.saveDate != nil)
    // Cyrus has a preview only where another of its programs has made it.
    #expect(kind == .cyrus || message.preview?.contains("The first words.") == true)
    #expect((message.emailID != nil) == (kind == .cyrus))
    let part = try await c.fetchPart(UID(1), [2])
    #expect(part == FetchedPart(form: .decoded, octets: [0x61, 0, 0x62]))
    try await equal(c.fetchPart(UID(9), [1]), nil)
    await c.logout()
  }

  // MARK: Changes

  @Test(arguments: Kind.allCases) func `QRESYNC tells all that changed, and CONDSTORE what it can`(kind: Kind)
    async throws
  {
    let servers = try IMAPServers.current
    let c = try await servers.signedIn(kind)
    let here = try await Self.folder(c, "changes")
    _ = try await c.append(here, (1...6).map { MessageToAppend(octets: Self.message($0)) })
    let before = try await c.select(here, readOnly: false)
    try await c.unselect()
    let known = QResync(
      uidValidity: before.uidValidity, modSeq: try #require(before.highestModSeq), knownUIDs: UIDSet(1...6))
    let unchanged = try await c.select(here, readOnly: true, resync: known)
    #expect(unchanged.resynced && unchanged.changed.isEmpty && unchanged.vanishedEarlier.isEmpty)
    let other = try await servers.signedIn(kind)
    _ = try await other.select(here, readOnly: false)
    try await other.store(UIDSet(UID(2)), .add, flags: ["\\Flagged"])
    _ = try await other.remove(UIDSet([4, 5] as [UInt32]))
    _ = try await other.append(here, message: Self.message(7), flags: [], internalDate: nil)
    await other.logout()
    try await c.unselect()
    let after = try await c.select(here, readOnly: true, resync: known)
    #expect(after.resynced && after.exists == 5 && after.uidNext == 8)
    #expect(after.vanishedEarlier.intersection(UIDSet(1...6)).text == "4:5")
    // 7 is none of those that we said to have: UIDNEXT tells of it.
    #expect(after.changed.map(\.uid.value) == [2])
    #expect(after.changed.first?.flags?.contains("\\Flagged") == true)
    await c.logout()
    // The same without QRESYNC.
    var options = IMAPOptions()
    options.usesQResync = false
    let plain = try await servers.signedIn(kind, options: options)
    #expect(plain.enabled == ["CONDSTORE"])
    let opened = try await plain.select(here, readOnly: true, resync: known)
    #expect(!opened.resynced && opened.highestModSeq == after.highestModSeq)
    var changed: [UInt32] = []
    try await plain.fetch(
      [UIDSet(1...6)], FetchRequest(flags: true, modSeq: true), changedSince: known.modSeq,
      onMessage: { changed.append($0.uid.value) }, onWindow: { _ in })
    #expect(changed == [2])
    try await equal(plain.search().text, "1:3,6:7")
    await plain.logout()
  }

  @Test(arguments: Kind.allCases) func `IDLE tells what others do`(kind: Kind) async throws {
    let servers = try IMAPServers.current
    let c = try await servers.signedIn(kind)
    let here = try await Self.folder(c, "idle")
    _ = try await c.append(here, message: Self.message(1), flags: [], internalDate: nil)
    _ = try await c.select(here, readOnly: true)
    let other = try await servers.signedIn(kind)
    _ = try await other.append(here, message: Self.message(2), flags: [], internalDate: nil)
    var events: [UntaggedEvent] = []
    while !events.contains(.exists(2)) { events += try await c.idle(until: .after(seconds: 20)) }
    _ = try await other.select(here, readOnly: false)
    _ = try await other.remove(UIDSet(UID(1)))
    while !events.contains(.vanished(UIDSet(UID(1)), earlier: false)) {
      events += try await c.idle(until: .after(seconds: 20))
    }
    #expect(c.selected?.exists == 1)
    await other.logout()
    await c.logout()
  }

  @Test func `NOTIFY tells of folders that are not open`() async throws {
    let servers = try IMAPServers.current
    let c = try await servers.signedIn(.dovecot, "carol")
    let other = try await servers.signedIn(.dovecot, "carol")
    let here = try await Self.folder(c, "watched")
    _ = try await c.select(.inbox, readOnly: true)
    #expect(try await c.notifyOfFolders())
    _ = c.takeEvents()
    _ = try await other.append(here, message: Self.message(1), flags: [], internalDate: nil)
    var events: [UntaggedEvent] = []
    while !events.contains(.folderChanged(here)) { events += try await c.idle(until: .after(seconds: 20)) }
    try await other.create(MailboxName(decoded: "made meanwhile"))
    while !events.contains(.folderListChanged) { events += try await c.idle(until: .after(seconds: 20)) }
    try await equal(c.status(here).messages, 1)
    await other.logout()
    await c.logout()
  }

  @Test(arguments: Kind.allCases) func `everything is the same compressed`(kind: Kind) async throws {
    let c = try await IMAPServers.current.signedIn(kind)
    #expect(try await c.compress())
    let here = try await Self.folder(c, "compressed")
    // Numbers, of which deflate makes a third: one octet again and again would be taken for an attack.
    let bodies = (1...20).map { n in
      Self.message(n)
        + Array((0..<1000 * n).map { "\($0 &* 2_654_435_761 % 99_991)" }.joined(separator: "\r\n").utf8)
    }
    _ = try await c.append(here, bodies.map { MessageToAppend(octets: $0) })
    _ = try await c.select(here, readOnly: true)
    var got: [UInt32: [UInt8]] = [:]
    try await c.fetch(
      (1...20).map { UIDSet(UID($0)) }, FetchRequest(fullBody: true), pipelined: 4,
      onMessage: { got[$0.uid.value] = $0.body }, onWindow: { _ in })
    for n in 1...20 { #expect(got[UInt32(n)] == bodies[n - 1], "\(n)") }
    await c.logout()
  }
}

/// `#expect(a == b)` for values that are waited for.
private func equal<T: Equatable>(_ value: T, _ expected: T, sourceLocation: SourceLocation = #_sourceLocation)
{
  #expect(value == expected, sourceLocation: sourceLocation)
}

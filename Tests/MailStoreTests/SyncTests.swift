import Testing

@testable import MailStore

@Suite(.timeLimit(.minutes(1))) struct SyncTests {
  let test: TestStore
  let folder: Folder

  init() async throws {
    test = try await TestStore()
    folder = try await test.account()
  }

  @Test func `everything of an envelope comes back`() async throws {
    let envelope = MailEnvelope(
      identity: [UInt8](repeating: 200, count: 32), messageID: "id@x", inReplyTo: ["b@x", "a@x", "a@x"],
      references: ["a@x", "b@x", "\u{212A}@x"], subject: "Größe \u{0} \n", baseSubject: "Größe",
      addresses: [
        Address(role: .from, name: "Ann", email: "Ann@X"), Address(role: .replyTo, name: nil, email: "r@x"),
        Address(role: .bcc, name: "", email: "ann@x"),
      ], sentAt: Timestamp(milliseconds: -5), size: .max, isAutoReply: true, isBounce: true)
    var batch = SyncBatch(
      mailboxID: folder.mailboxID, folderID: folder.id,
      cursor: FolderCursor(uidValidity: .max, low: 2, high: .max, modSeq: .max), serverTotal: 12)
    batch.messages = [
      SyncBatch.Message(
        uid: .max, envelope: envelope, receivedAt: .zero, keywords: ["$seen", "x"], direction: .outgoing)
    ]
    #expect(try await test.store.commitSync(batch, at: .zero).inserted == 1)
    let mail = try await test.mail("id@x")
    #expect(mail.envelope == envelope)
    #expect(mail.keywords == ["$seen", "x"] && mail.direction == .outgoing && mail.origin == .inbox)
    #expect(
      mail.state == .envelope && mail.threadID == nil && mail.loggedAt == nil && mail.receivedAt == .zero)
    #expect(try await test.store.mail(mail.id, tenant: test.tenant.id) == mail)
    let after = try #require(try await test.store.folders(folder.mailboxID).first)
    #expect(after.cursor == batch.cursor)
    #expect(after.serverTotal == 12 && after.stored == 1)
    #expect(try await test.store.storedUIDs(folder.id, in: 0...(.max)) == [.max])
  }

  @Test func `a mail without a date, a Message-ID or anything else is kept too`() async throws {
    var message = SyncBatch.Message.sample(1, nil)
    message.envelope = MailEnvelope(
      identity: [], messageID: nil, inReplyTo: [], references: [], subject: "", baseSubject: "",
      addresses: [],
      sentAt: nil, size: 0, isAutoReply: false, isBounce: false)
    try await test.sync(folder, [message])
    #expect(try await test.mails().first?.envelope == message.envelope)
  }

  @Test func `the same batch again changes nothing but flags`() async throws {
    let messages: [SyncBatch.Message] = (1...20).map { .sample($0, "m\($0)@x", references: ["m\($0 - 1)@x"]) }
    #expect(try await test.sync(folder, messages).inserted == 20)
    let before = try await test.mails()
    let events = test.store.latestEvent
    var again = messages
    again[3].keywords = ["$flagged"]
    #expect(try await test.sync(folder, again).inserted == 0)
    var after = try await test.mails()
    let index = try #require(after.firstIndex { $0.envelope.messageID == "m4@x" })
    #expect(after[index].keywords == ["$flagged"])
    after[index].keywords = []
    #expect(after == before)
    #expect(test.store.latestEvent == events)
    #expect(try await test.store.folders(folder.mailboxID).first?.stored == 20)
    let rows = try await test.store.read { try Query($0, "SELECT count(*) FROM link").number() }
    #expect(rows == 40)
  }

  @Test func `one mail in several folders or places is one row`() async throws {
    let listed = try await test.store.reconcileFolders(
      folder.mailboxID,
      ["INBOX", "Archive"].map { FolderListing(name: $0, wireName: Array($0.utf8), role: nil, syncs: true) })
    try await test.sync(folder, [.sample(1, "a@x"), .sample(2, "a@x", keywords: ["$seen"])])
    let outcome = try await test.sync(listed[1], [.sample(9, "a@x", keywords: ["$answered"])])
    #expect(outcome.inserted == 0)
    #expect(try await test.mails().map(\.keywords) == [["$answered"]])
    #expect(try await test.store.folders(folder.mailboxID).map(\.stored) == [2, 1])
  }

  @Test func `another identity is another mail, whatever its Message-ID`() async throws {
    try await test.sync(folder, [.sample(1, "a@x"), .sample(2, "a@x", identity: "other")])
    #expect(try await test.mails(messageID: "a@x").count == 2)
  }

  @Test func `flags change and expunged UIDs go`() async throws {
    try await test.sync(folder, (1...5).map { .sample($0, "m\($0)@x") })
    var batch = SyncBatch(
      mailboxID: folder.mailboxID, folderID: folder.id,
      cursor: FolderCursor(uidValidity: 7, low: 1, high: 5, modSeq: 100), serverTotal: 2)
    batch.keywordChanges = [(2, ["$seen"]), (99, ["$seen"]), (5, [])]
    batch.expunged = [1...1, 3...4, 50...60]
    #expect(try await test.store.commitSync(batch, at: .zero) == SyncOutcome())
    #expect(try await test.store.storedUIDs(folder.id, in: 1...10) == [2, 5])
    #expect(try await test.store.storedUIDs(folder.id, in: 3...4) == [])
    #expect(try await test.mail("m2@x").keywords == ["$seen"])
    #expect(try await test.store.folders(folder.mailboxID).first?.stored == 2)
    #expect(try await test.mails().count == 5)
  }

  @Test func `a foreign or missing folder, mailbox or UIDVALIDITY stores nothing`() async throws {
    let other = try await test.account("other@acme.example")
    var batch = SyncBatch(
      mailboxID: folder.mailboxID, folderID: other.id,
      cursor: FolderCursor(uidValidity: 7, low: 1, high: 1, modSeq: nil), serverTotal: 1)
    batch.messages = [.sample(1, "a@x")]
    await expect(.notFound("folder")) { try await test.store.commitSync(batch, at: .zero) }
    batch.mailboxID = MailboxID(99)
    await expect(.notFound("mailbox")) { try await test.store.commitSync(batch, at: .zero) }
    try await test.sync(folder, [])
    batch.mailboxID = folder.mailboxID
    batch.folderID = folder.id
    batch.cursor.uidValidity = 8
    await expect(.conflict("uidValidity")) { try await test.store.commitSync(batch, at: .zero) }
    #expect(try await test.mails().isEmpty)
  }

  @Test func `after a new UIDVALIDITY mails are matched again and nothing is logged twice`() async throws {
    _ = try await test.submit(folder, "root@x")
    try await test.sync(folder, [.sample(1, "a@x", replyTo: ["root@x"]), .sample(2, "b@x")])
    let wanted = try await test.mail("a@x")
    _ = try await test.store.logMail(wanted.id, raw: [1], hasAttachment: false, at: .zero)
    try await test.store.resetFolder(folder.id, uidValidity: 8)
    let reset = try #require(try await test.store.folders(folder.mailboxID).first)
    #expect(reset.cursor == FolderCursor(uidValidity: 8, low: 1, high: 0, modSeq: nil))
    #expect(reset.stored == 0)
    var batch = SyncBatch(
      mailboxID: folder.mailboxID, folderID: folder.id,
      cursor: FolderCursor(uidValidity: 8, low: 1, high: 2, modSeq: nil), serverTotal: 2)
    batch.messages = [.sample(1, "b@x"), .sample(2, "a@x", replyTo: ["root@x"])]
    #expect(try await test.store.commitSync(batch, at: .zero) == SyncOutcome())
    #expect(try await test.mail("a@x").state == .logged)
    #expect(try await test.mails().count == 3)
    await expect(.notFound("folder")) { try await test.store.resetFolder(FolderID(99), uidValidity: 1) }
  }

  @Test func `a sync ended by a crash is done again and ends the same`() async throws {
    // What a kill leaves behind is what the last commit left: open a copy of it and go on from there.
    let all: [SyncBatch.Message] = (1...60).map { .sample($0, "m\($0)@x", references: ["m\($0 / 2)@x"]) }
    try await test.sync(folder, Array(all[..<30]))
    try await test.reopen()
    try await test.sync(folder, Array(all[20...]))
    let rows = try await test.mails().map(\.envelope.messageID)
    #expect(rows.count == 60 && Set(rows).count == 60)
    #expect(try await test.store.folders(folder.mailboxID).first?.stored == 60)
    try await test.store.checkIntegrity()
  }
}

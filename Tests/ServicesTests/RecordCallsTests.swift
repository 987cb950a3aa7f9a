import JSONRPC
import MailStore
import PostroomAPI
import Services
import Testing

@Suite("Records", .timeLimit(.minutes(1)))
struct RecordCallsTests {
  private let deal = APIRecordRef(type: "deal", id: "4711")

  /// A sent mail, Dana's answer to it, and a mail of the colleague's own program in the colleague's mailbox.
  private func conversation(_ all: ServiceHouse) async throws -> (thread: String, answer: String) {
    let ann = try await all.mailbox(all.ours)
    let cy = try await all.mailbox(all.ours, "cy@acme.example")
    var new = NewSubmission(
      mailboxID: ann.id, tenantID: all.ours,
      envelope: envelope(
        "root@acme.example", from: "ann@acme.example", to: ["cy@acme.example", "dana@buyer.example"]),
      envelopeFrom: "ann@acme.example", recipients: ["dana@buyer.example"],
      raw: Array("Subject: Offer\r\n\r\nHere it is.\r\n".utf8), tracked: true, origin: .timeline,
      hasAttachment: false, sendAt: nil, idempotencyKey: nil, fingerprint: [1])
    new.records = [RecordRef(type: "deal", key: "4711")]
    let made = try await all.store.createSubmission(new, at: Timestamp(milliseconds: 1_750_000_000_000))
    let answer = """
      From: Dana <dana@buyer.example>\r\nSubject: Re: Offer\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n\
      --b\r\nContent-Type: text/plain\r\n\r\nYes, please.\r\n\r\nOn Monday Ann wrote:\r\n> Here it is.\r\n\
      --b\r\nContent-Type: text/csv\r\nContent-Disposition: attachment; filename=a.csv\r\n\r\n1,2\r\n--b--\r\n
      """
    let mail = try await receive(
      all, ann, 1, envelope("yes@buyer.example", from: "dana@buyer.example", to: ["ann@acme.example"]),
      answer,
      hasAttachment: true)
    _ = try await receive(
      all, cy, 2, envelope("cy1@acme.example", from: "cy@acme.example", to: ["dana@buyer.example"]),
      "Subject: Re: Offer\r\n\r\nI send it.\r\n", hasAttachment: true)
    return (try #require(made.mail.threadID).text, mail.text)
  }

  private func envelope(_ id: String, from: String, to: [String]) -> MailEnvelope {
    MailEnvelope(
      identity: Array((id + String(repeating: "-", count: 32)).utf8.prefix(32)), messageID: id,
      inReplyTo: id.hasPrefix("root") ? [] : ["root@acme.example"], references: [], subject: "Re: Offer",
      baseSubject: "Offer",
      addresses: [Address(role: .from, name: "Name", email: from)]
        + to.map { Address(role: .to, name: nil, email: $0) },
      sentAt: nil, size: 9, isAutoReply: false, isBounce: false)
  }

  private func receive(
    _ all: ServiceHouse, _ box: Mailbox, _ seconds: Int64, _ envelope: MailEnvelope, _ raw: String,
    hasAttachment: Bool
  ) async throws -> MailID {
    let listing = FolderListing(name: "INBOX", wireName: Array("INBOX".utf8), role: .inbox, syncs: true)
    let folder = try #require(try await all.store.reconcileFolders(box.id, [listing]).first)
    var batch = SyncBatch(
      mailboxID: box.id, folderID: folder.id,
      cursor: FolderCursor(uidValidity: 7, low: 1, high: 9, modSeq: nil), serverTotal: 1)
    batch.messages = [
      SyncBatch.Message(
        uid: UInt32(seconds), envelope: envelope,
        receivedAt: Timestamp(milliseconds: 1_750_000_000_000 + seconds * 1000), keywords: [],
        direction: .incoming)
    ]
    _ = try await all.store.commitSync(batch, at: all.house.now)
    let wanted = try #require(try await all.store.wantedMails(box.id, limit: 9).first)
    _ = try await all.store.logMail(
      wanted.id, raw: Array(raw.utf8), hasAttachment: hasAttachment, at: all.house.now)
    return wanted.id
  }

  @Test func `A timeline shows each mail with the other side's name, however it came`() async throws {
    try await ServiceHouse.run { all in
      let (thread, answer) = try await conversation(all)
      let c = all.context(all.ours)
      let records = RecordCalls(all.house)
      let page = try await records.timeline(.init(record: deal, order: .oldest), c)
      #expect(page.cursor == nil)
      #expect(page.engagements.map(\.via) == [.sent, .received, .client])
      #expect(page.engagements.map(\.direction) == [.outgoing, .incoming, .outgoing])
      #expect(
        page.engagements.allSatisfy { $0.contact?.email == "dana@buyer.example" && $0.threadId == thread })
      #expect(page.engagements.map(\.contact?.name) == [nil, "Name", nil])
      #expect(page.engagements.map(\.replyText) == ["Here it is.", "Yes, please.", "I send it."])
      #expect(page.engagements[1].text.contains("> Here it is."))
      #expect(page.engagements[1].matchedBy == .inReplyTo && page.engagements[1].mailId == answer)
      #expect(page.engagements.map { $0.attachments.map(\.name) } == [[], ["a.csv"], []])
      #expect(page.engagements.map(\.attachmentsLeftOut) == [false, false, true])
      #expect(page.engagements.map(\.date).sorted() == page.engagements.map(\.date))
      // Page by page, newest first.
      var (seen, cursor): ([String], String?) = ([], nil)
      repeat {
        let one = try await records.timeline(.init(record: deal, cursor: cursor, limit: 1), c)
        seen += one.engagements.map(\.mailId)
        cursor = one.cursor
      } while cursor != nil
      #expect(seen == page.engagements.map(\.mailId).reversed())
      #expect(try await ThreadCalls(all.house).get(.init(threadId: thread), c).records == [deal])
      #expect(try await ThreadCalls(all.house).lookup(.init(record: deal), c).threads.map(\.id) == [thread])
    }
  }

  @Test func `Links are made and taken away, and only by who has the record`() async throws {
    try await ServiceHouse.run { all in
      let (thread, answer) = try await conversation(all)
      let (ours, theirs) = (all.context(all.ours), all.context(all.theirs))
      let records = RecordCalls(all.house)
      let person = APIRecordRef(type: "contact", id: "c:9 ä")
      _ = try await records.link(.init(record: person, mailId: answer), ours)
      #expect(try await records.list(.init(mailId: answer), ours).records == [person])
      #expect(try await records.timeline(.init(record: person), ours).engagements.map(\.mailId) == [answer])
      #expect(try await records.timeline(.init(record: person), theirs).engagements.isEmpty)
      let table: [(String?, String?, String)] = [
        (nil, nil, "record.target"), (thread, answer, "record.target"), (thread, nil, "thread.unknown"),
        (nil, answer, "mail.unknown"),
      ]
      for (thread, mail, expected) in table {
        let found = await reason { () throws(RPCError) in
          try await records.link(.init(record: person, threadId: thread, mailId: mail), theirs)
        }
        #expect(found == expected)
      }
      let scope = APIPurgeScope(kind: .record, record: person)
      #expect(try await PurgeCalls(all.house).preview(.init(scope: scope), ours).mails == 1)
      #expect(
        await reason { () throws(RPCError) in
          try await PurgeCalls(all.house).preview(.init(scope: scope), theirs)
        } == "record.unknown")
      #expect(
        await reason { () throws(RPCError) in
          try await PurgeCalls(all.house).run(.init(scope: APIPurgeScope(kind: .record)), ours)
        } == "purge.scopeInvalid")
      _ = try await records.unlink(.init(record: person, mailId: answer), ours)
      #expect(
        await reason { () throws(RPCError) in
          try await records.unlink(.init(record: person, mailId: answer), ours)
        } == "record.unknown")
      #expect(
        await reason { () throws(RPCError) in
          try await records.unlink(.init(record: self.deal, mailId: answer), ours)
        } == "record.notLinked")
    }
  }

  @Test func `Records of a mail that is not tracked are refused`() async throws {
    try await ServiceHouse.run { all in
      let box = try await all.mailbox(all.ours).id.text
      #expect(
        await reason { () throws(RPCError) in
          try await MailCalls(all.house).send(
            .init(
              mailboxId: box, to: [APIAddress(email: "dana@buyer.example")], subject: "x", text: "x",
              track: false, records: [self.deal]), all.context(all.ours))
        } == "params.invalid")
    }
  }
}

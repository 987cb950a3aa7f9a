import JSONRPC
import MailStore
import PostroomAPI
import Services
import Testing

@Suite("The wall between tenants", .timeLimit(.minutes(1)))
struct TenantWallTests {
  @Test func `What another tenant has does not exist, whatever names it`() async throws {
    try await ServiceHouse.run { all in
      let box = try await all.mailbox(all.ours).id.text
      let mailbox = try await all.store.mailboxes(tenant: all.ours)[0]
      let made = try await all.store.createSubmission(
        NewSubmission(
          mailboxID: mailbox.id, tenantID: all.ours,
          envelope: MailEnvelope(
            identity: [UInt8](repeating: 7, count: 32), messageID: "root@acme.example", inReplyTo: [],
            references: [], subject: "Offer", baseSubject: "Offer",
            addresses: [Address(role: .to, name: nil, email: "dana@buyer.example")], sentAt: nil, size: 9,
            isAutoReply: false, isBounce: false),
          envelopeFrom: "ann@acme.example", recipients: ["dana@buyer.example"],
          raw: Array("Subject: Offer\r\n\r\nhello\r\n".utf8), tracked: true, origin: .timeline,
          hasAttachment: false, sendAt: nil, idempotencyKey: "key", fingerprint: [1]), at: all.house.now)
      let (mail, thread) = (made.mail.id.text, try #require(made.mail.threadID).text)
      let purge = try await all.store.beginPurge(
        .contact(email: "nobody@x.example"), tenant: all.ours, by: "t", at: all.house.now
      ).id.text
      let c = all.context(all.theirs)
      let (mails, threads, boxes, purges) = (
        MailCalls(all.house), ThreadCalls(all.house), MailboxCalls(all.house), PurgeCalls(all.house)
      )
      let sync = SyncCalls(all.house)
      func chunks() -> TypedSink<APIChunk> { TypedSink(StreamSink(subscription: "s") { _ in }) }

      #expect(
        await reason { () throws(RPCError) in try await mails.get(.init(mailId: mail), c) } == "mail.unknown")
      #expect(
        await reason { () throws(RPCError) in try await mails.status(.init(mailId: mail), c) }
          == "mail.unknown")
      #expect(
        await reason { () throws(RPCError) in try await mails.cancel(.init(mailId: mail), c) }
          == "mail.unknown")
      #expect(
        await reason { () throws(RPCError) in try await mails.source(.init(mailId: mail), c, chunks()) }
          == "mail.unknown")
      #expect(
        await reason { () throws(RPCError) in
          try await AttachmentCalls(all.house).get(.init(blobId: mail + "-1"), c, chunks())
        } == "attachment.unknown")
      #expect(
        await reason { () throws(RPCError) in
          try await mails.send(
            .init(mailboxId: box, to: [APIAddress(email: "a@x.example")], subject: "x", text: "x"), c)
        } == "mailbox.unknown")
      #expect(
        await reason { () throws(RPCError) in try await threads.get(.init(threadId: thread), c) }
          == "thread.unknown")
      #expect(
        await reason { () throws(RPCError) in try await threads.untrack(.init(threadId: thread), c) }
          == "thread.unknown")
      #expect(
        await reason { () throws(RPCError) in try await threads.track(.init(mailId: mail), c) }
          == "mail.unknown")
      #expect(
        await reason { () throws(RPCError) in
          try await threads.track(.init(messageId: "root@acme.example"), c)
        }
          == "mail.unknown")
      #expect(
        await reason { () throws(RPCError) in try await threads.split(.init(mailId: mail), c) }
          == "mail.unknown")
      #expect(
        await reason { () throws(RPCError) in
          try await threads.merge(.init(threadId: thread, intoThreadId: thread), c)
        } == "thread.unknown")
      #expect(
        await reason { () throws(RPCError) in try await threads.lookup(.init(threadId: thread), c) }
          == "thread.unknown")
      #expect(
        await reason { () throws(RPCError) in try await threads.lookup(.init(mailId: mail), c) }
          == "mail.unknown")
      #expect(
        await reason { () throws(RPCError) in try await boxes.probe(.init(mailboxId: box), c) }
          == "mailbox.unknown")
      #expect(
        await reason { () throws(RPCError) in try await boxes.audit(.init(mailboxId: box), c) }
          == "mailbox.unknown")
      #expect(
        await reason { () throws(RPCError) in try await boxes.get(.init(mailboxId: box), c) }
          == "mailbox.unknown")
      #expect(
        await reason { () throws(RPCError) in try await boxes.disconnect(.init(mailboxId: box), c) }
          == "mailbox.unknown")
      #expect(
        await reason { () throws(RPCError) in try await boxes.delete(.init(mailboxId: box), c) }
          == "mailbox.unknown")
      #expect(
        await reason { () throws(RPCError) in try await boxes.reconnect(.init(mailboxId: box), c) }
          == "mailbox.unknown")
      #expect(
        await reason { () throws(RPCError) in try await FolderCalls(all.house).list(.init(mailboxId: box), c)
        }
          == "mailbox.unknown")
      #expect(
        await reason { () throws(RPCError) in try await sync.run(.init(mailboxId: box), c) }
          == "mailbox.unknown")
      #expect(
        await reason { () throws(RPCError) in try await sync.status(.init(mailboxId: box), c) }
          == "mailbox.unknown")
      #expect(
        await reason { () throws(RPCError) in
          try await sync.watch(
            .init(mailboxId: box), c, TypedSink(StreamSink(subscription: "s") { _ in }))
        } == "mailbox.unknown")
      #expect(
        await reason { () throws(RPCError) in try await purges.status(.init(purgeId: purge), c) }
          == "purge.unknown")
      for (scope, unknown) in [
        (APIPurgeScope(kind: .mailbox, mailboxId: box), "mailbox.unknown"),
        (APIPurgeScope(kind: .thread, threadId: thread), "thread.unknown"),
        (APIPurgeScope(kind: .mail, mailId: mail), "mail.unknown"),
      ] {
        #expect(
          await reason { () throws(RPCError) in try await purges.preview(.init(scope: scope), c) } == unknown)
        #expect(
          await reason { () throws(RPCError) in try await purges.run(.init(scope: scope), c) } == unknown)
      }
      #expect(
        await reason { () throws(RPCError) in try await mails.search(.init(text: "offer"), c) }
          == "search.off")
      var settings = try await all.store.settings(of: all.theirs)
      settings.search = .full
      try await all.store.setSettings(settings, of: all.theirs)
      #expect(
        await reason { () throws(RPCError) in try await mails.search(.init(mailboxId: box), c) }
          == "mailbox.unknown")
      #expect(
        await reason { () throws(RPCError) in try await mails.search(.init(threadId: thread), c) }
          == "thread.unknown")
      #expect(
        await reason { () throws(RPCError) in try await mails.search(.init(text: "?"), c) } == "search.text")
      #expect(
        await reason { () throws(RPCError) in try await mails.search(.init(cursor: "x"), c) }
          == "params.cursor")
      #expect(try await mails.search(.init(text: "offer"), c).mails.isEmpty)
      // Searches by values that both tenants may know.
      let found = try await mails.list(
        .init(mailboxId: box, contact: "dana@buyer.example", loggedOnly: false), c)
      let byID = try await mails.list(.init(messageId: "<root@acme.example>", loggedOnly: false), c)
      let listed = try await threads.list(.init(mailboxId: box), c)
      let looked = try await threads.lookup(.init(messageId: "root@acme.example", contact: nil), c)
      #expect(found.mails.isEmpty && byID.mails.isEmpty && listed.threads.isEmpty && looked.threads.isEmpty)
      let counts = try await purges.preview(
        .init(scope: APIPurgeScope(kind: .contact, email: "dana@buyer.example")), c)
      #expect(counts.mails == 0 && counts.submissions == 0)
      #expect(try await purges.receipts(.init(), c).receipts.isEmpty)
      // The owner still has all of it.
      #expect(
        try await mails.get(.init(mailId: mail), all.context(all.ours)).body?.text.contains("hello") == true)
    }
  }

  @Test(arguments: ["", "!", "MQ", "MTox", "LTE6LTE=", "OTk5OTk5OTk5OTk5OTk5OTk5OTk5", "AAAA"])
  func `A forged cursor gives nothing of others and traps nothing`(cursor: String) async throws {
    try await ServiceHouse.run { all in
      _ = try await all.mailbox(all.ours)
      let c = all.context(all.theirs)
      for answer in [
        await reason { () throws(RPCError) in try await MailCalls(all.house).list(.init(cursor: cursor), c) },
        await reason { () throws(RPCError) in try await ThreadCalls(all.house).list(.init(cursor: cursor), c)
        },
        await reason { () throws(RPCError) in
          try await PurgeCalls(all.house).receipts(.init(cursor: cursor), c)
        },
      ] { #expect(answer == nil || answer == "params.cursor") }
    }
  }
}

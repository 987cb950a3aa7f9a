import JSONRPC
import MailStore
import PostroomAPI
import Services
import Testing

@Suite("Retention", .timeLimit(.minutes(1)))
struct RetentionCallsTests {
  /// A sent mail that is logged.
  private func sent(_ all: ServiceHouse) async throws -> String {
    let box = try await all.mailbox(all.ours)
    let made = try await all.store.createSubmission(
      NewSubmission(
        mailboxID: box.id, tenantID: all.ours,
        envelope: MailEnvelope(
          identity: [UInt8](repeating: 1, count: 32), messageID: "root@acme.example", inReplyTo: [],
          references: [], subject: "Offer", baseSubject: "Offer",
          addresses: [Address(role: .to, name: nil, email: "dana@buyer.example")], sentAt: nil, size: 9,
          isAutoReply: false, isBounce: false), envelopeFrom: "ann@acme.example",
        recipients: ["dana@buyer.example"], raw: Array("Subject: Offer\r\n\r\nHere it is.\r\n".utf8),
        tracked: true, origin: .timeline, hasAttachment: false, sendAt: nil, idempotencyKey: nil,
        fingerprint: [1]), at: all.house.now)
    return made.mail.id.text
  }

  @Test func `a deleted mail has no content, in no answer, until it is restored`() async throws {
    try await ServiceHouse.run { all in
      let mail = try await sent(all)
      let c = all.context(all.ours)
      let calls = MailCalls(all.house)
      #expect(try await calls.get(.init(mailId: mail), c).body?.replyText == "Here it is.")
      let deleted = try await calls.delete(.init(mailId: mail), c)
      #expect(deleted.deletedAt != nil)
      let detail = try await calls.get(.init(mailId: mail), c)
      #expect(detail.body == nil && detail.mail.deletedAt == deleted.deletedAt && detail.attachments.isEmpty)
      #expect(try await calls.list(.init(loggedOnly: true), c).mails.isEmpty)
      let told = try await RetentionCalls(all.house).ofMail(.init(mailId: mail), c)
      #expect(told.rule == .deleted && told.erasesAt != nil && !told.held)
      #expect(try await RetentionCalls(all.house).get(.init(), c).rules.first?.mails == 1)
      _ = try await calls.restore(.init(mailId: mail), c)
      #expect(try await calls.get(.init(mailId: mail), c).body?.replyText == "Here it is.")
    }
  }

  @Test func `foreign mails and holds are unknown, and what is held is not erased`() async throws {
    try await ServiceHouse.run { all in
      let mail = try await sent(all)
      let (ours, theirs) = (all.context(all.ours), all.context(all.theirs))
      let scope = APIPurgeScope(kind: .mail, mailId: mail)
      let hold = try await HoldCalls(all.house).place(.init(scope: scope, reason: "case"), ours)
      #expect(hold.target == mail && hold.placedBy == "test")
      #expect(try await RetentionCalls(all.house).ofMail(.init(mailId: mail), ours).held)
      #expect(try await HoldCalls(all.house).list(.init(), theirs).holds.isEmpty)
      let reasons = [
        await reason { () throws(RPCError) in
          try await MailCalls(all.house).delete(.init(mailId: mail), theirs)
        },
        await reason { () throws(RPCError) in
          try await MailCalls(all.house).restore(.init(mailId: mail), theirs)
        },
        await reason { () throws(RPCError) in
          try await RetentionCalls(all.house).ofMail(.init(mailId: mail), theirs)
        },
        await reason { () throws(RPCError) in
          try await HoldCalls(all.house).place(.init(scope: scope, reason: "x"), theirs)
        },
        await reason { () throws(RPCError) in
          try await HoldCalls(all.house).release(.init(holdId: hold.id), theirs)
        },
        await reason { () throws(RPCError) in
          try await PurgeCalls(all.house).preview(.init(scope: scope), ours)
        },
        await reason { () throws(RPCError) in try await PurgeCalls(all.house).run(.init(scope: scope), ours)
        },
        await reason { () throws(RPCError) in
          try await PurgeCalls(all.house).run(.init(scope: APIPurgeScope(kind: .retention)), ours)
        },
      ]
      #expect(
        reasons == [
          "mail.unknown", "mail.unknown", "mail.unknown", "mail.unknown", "hold.unknown", "purge.held",
          "purge.held", "purge.scopeInvalid",
        ])
      _ = try await HoldCalls(all.house).release(.init(holdId: hold.id), ours)
      #expect(try await PurgeCalls(all.house).preview(.init(scope: scope), ours).mails == 1)
    }
  }
}

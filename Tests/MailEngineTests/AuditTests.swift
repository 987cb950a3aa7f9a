import MailSim
import Testing

@testable import MailEngine
@testable import MailStore

@Suite("Server and store compared", .timeLimit(.minutes(2)), .serialized)
struct AuditTests {
  private func folder(_ audit: MailboxAudit, _ name: String) throws -> MailboxAudit.FolderAudit {
    try #require(audit.folders.first { $0.name == name })
  }

  @Test(arguments: ChangesTests.servers)
  func `Every mail that is not here has its reason`(without: Set<String>) async throws {
    try await Stage.run(sim: {
      $0.messages = 120
      $0.withoutCapabilities = without
    }) { stage in
      let mailbox = try await stage.connect()
      let root = try await stage.engine.send(stage.request(mailbox.id, to: "erin@partner.example"))
      try await stage.reaches(root.submission.id, copy: .appended)
      try stage.deliver("kept@x", inReplyTo: root.submission.messageID)
      try stage.deliver("erased@x", inReplyTo: root.submission.messageID, from: "other@partner.example")
      try await stage.until("both are logged") {
        let kept = try await stage.mails("kept@x").first?.state
        let erased = try await stage.mails("erased@x").first?.state
        return kept == .logged && erased == .logged
      }
      try await stage.live(mailbox.id)
      _ = try await stage.engine.purge(
        .contact(email: "other@partner.example"), tenant: stage.tenant, by: "test")
      try await stage.until("it is erased") { try await stage.events(.purgeDone).count == 1 }
      try await stage.until("the mailbox is live again") {
        try stage.engine.progress.progress(of: mailbox.id)?.phase == .live
      }
      let audit = try await stage.engine.audit(mailbox.id, tenant: stage.tenant)
      #expect(audit.unexplained == 0)
      let inbox = try folder(audit, "INBOX")
      #expect(inbox.onServer == 122 && inbox.logged == 1 && inbox.absent == [.notTracked: 120, .purged: 1])
      let trash = try folder(audit, "Trash")
      #expect(trash.onServer == trash.absent[.folderNotRead] && trash.onServer > 0 && !trash.syncs)
      for folder in audit.folders {
        #expect(folder.onServer == folder.logged + folder.absent.values.reduce(0, +), "\(folder)")
        #expect(folder.onServer == Int64(try stage.sim.count(of: "alice", folder: folder.name)))
      }
    }
  }

  @Test func `What happens meanwhile is no fault`() async throws {
    try await Stage.run(
      sim: {
        $0.messages = 60
        $0.withoutCapabilities = ["QRESYNC", "CONDSTORE", "IDLE"]
      },
      engine: {
        $0.pollSeconds = 600
        $0.inboxPollSeconds = 600
      }
    ) { stage in
      let mailbox = try await stage.connect()
      try await stage.live(mailbox.id)
      try stage.deliver("new@x", folder: "Archive")
      try stage.sim.expunge(5...9, user: "alice")
      try stage.sim.renumber(user: "alice", folder: "Sent")
      let audit = try await stage.engine.audit(mailbox.id, tenant: stage.tenant)
      #expect(audit.unexplained == 0)
      #expect(try folder(audit, "INBOX").absent == [.notTracked: 55])
      #expect(try folder(audit, "Archive").absent[.notReadYet] == 1)
      #expect(try folder(audit, "Sent").absent[.renumbered] == (try folder(audit, "Sent").onServer))
    }
  }

  @Test func `What was lost is found, named and counted`() async throws {
    try await Stage.run(sim: { $0.messages = 80 }) { stage in
      let mailbox = try await stage.connect()
      try await stage.live(mailbox.id)
      let inbox = try #require(try await stage.folders(mailbox.id)["INBOX"])
      // A fault of ours, such as none that is known: one row too few, and one too many.
      try await stage.store.write { db, _ in
        try Query(db, "UPDATE location SET uid = 900 WHERE folder_id = ? AND uid = 30").run(inbox.id)
        try Query(db, "UPDATE folder SET cursor_high = 1000 WHERE id = ?").run(inbox.id)
      }
      let audit = try await stage.engine.audit(mailbox.id, tenant: stage.tenant)
      let found = try folder(audit, "INBOX")
      #expect(found.absent == [.notTracked: 79, .unexplained: 1] && found.onlyHere == 1)
      #expect(found.onServer == 80 && found.doubtfulUIDs == "30,900" && audit.unexplained == 2)
      #expect(try stage.engine.auditFigures == (1, 0, 2))
      // Neither side was changed, and the next one says the same.
      #expect(try await stage.engine.audit(mailbox.id, tenant: stage.tenant).folders == audit.folders)
      #expect(try stage.engine.auditFigures == (2, 0, 2))
    }
  }

  @Test func `It runs by itself`() async throws {
    try await Stage.run(sim: { $0.messages = 10 }, engine: { $0.auditSeconds = 1 }) { stage in
      let mailbox = try await stage.connect()
      try await stage.live(mailbox.id)
      try await stage.until("two audits") { try stage.engine.auditFigures.done >= 2 }
      #expect(try stage.engine.auditFigures.unexplained == 0)
      stage.sim.add(Fault(.imap, "UID SEARCH", times: 50, .drop))
      try await stage.until("one that failed") { try stage.engine.auditFigures.failed >= 1 }
    }
  }

  @Test func `A server that cannot be asked is said`() async throws {
    try await Stage.run(sim: { $0.messages = 10 }) { stage in
      let mailbox = try await stage.connect()
      try await stage.live(mailbox.id)
      stage.sim.add(Fault(.imap, "AUTHENTICATE", .refuse("NO [LIMIT] Too many connections")))
      await #expect {
        try await stage.engine.audit(mailbox.id, tenant: stage.tenant)
      } throws: { error in
        guard case EngineError.connectFailed(let failure) = error else { return false }
        return failure.problem == .busy
      }
      await #expect(throws: EngineError.store(.notFound("mailbox"))) {
        try await stage.engine.audit(MailboxID(999), tenant: stage.tenant)
      }
    }
  }
}

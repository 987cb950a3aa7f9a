import MailSim
import Testing

@testable import MailEngine
@testable import MailStore

@Suite("Syncs that are called off", .timeLimit(.minutes(2)), .serialized)
struct CallingOffTests {
  private func reading(_ stage: Stage) async throws -> Mailbox {
    stage.sim.add(Fault(.imap, "UID FETCH", times: 10_000, .delay(milliseconds: 20)))
    let mailbox = try await stage.connect()
    try await stage.until("reading has begun") {
      (try await stage.folders(mailbox.id)["INBOX"]?.stored ?? 0) > 0
    }
    return mailbox
  }

  @Test func `The first reading stops where it is, new mail comes, and the next sync goes on`() async throws {
    try await Stage.run(sim: { $0.messages = 4000 }) { stage in
      let mailbox = try await reading(stage)
      let waiter = Task { try await stage.engine.syncRound(mailbox.id) }
      try await stage.until("the wait has begun") {
        try stage.engine.supervisor.control(of: mailbox.id)?.takeSync().number == 1
      }
      try await stage.engine.callOffSync(mailbox.id)
      #expect(try await waiter.value == .calledOff)
      let progress = try #require(try stage.engine.progress.progress(of: mailbox.id))
      #expect(progress.phase == .paused && !progress.complete)
      let stored = progress.stored
      #expect(stored > 0 && stored < 4000)
      #expect(try await stage.mailbox(mailbox.id).state == .live)
      #expect(try await stage.events(.syncCompleted).isEmpty)

      // Looked at again and again, it reads what is new and nothing else.
      for name in ["one@new", "two@new"] {
        try stage.deliver(name)
        try await stage.until("new mail is seen") { try await stage.mails(name).count == 1 }
      }
      // It is told a moment after it is written.
      try await stage.until("and counted") {
        try stage.engine.progress.progress(of: mailbox.id)?.stored ?? 0 >= stored + 2
      }
      #expect(try stage.engine.progress.progress(of: mailbox.id)?.stored == stored + 2)

      #expect(try await stage.engine.syncRound(mailbox.id) == .done)
      for folder in try await stage.store.folders(mailbox.id) where folder.syncs {
        #expect(
          folder.stored == Int64(try stage.sim.count(of: "alice", folder: folder.name)), "\(folder.name)")
      }
      #expect(try stage.engine.progress.progress(of: mailbox.id)?.phase == .live)
      try await stage.until("it is told once") { try await stage.events(.syncCompleted).count == 1 }
    }
  }

  @Test func `A start of the server reads on`() async throws {
    try await Stage.run(sim: { $0.messages = 1500 }) { stage in
      let mailbox = try await reading(stage)
      try await stage.engine.callOffSync(mailbox.id)
      #expect(try stage.engine.progress.progress(of: mailbox.id)?.phase == .paused)
      try await stage.restart()
      try await stage.live(mailbox.id)
      try await stage.until("it is told once") { try await stage.events(.syncCompleted).count == 1 }
    }
  }

  @Test func `Who waits is let go also when nothing is answered, and nothing changes when nothing runs`()
    async throws
  {
    try await Stage.run(sim: { $0.messages = 60 }) { stage in
      let mailbox = try await stage.connect()
      try await stage.live(mailbox.id)
      #expect(try await stage.engine.syncRound(mailbox.id) == .done)
      try await stage.until("nothing runs") {
        try stage.engine.progress.progress(of: mailbox.id)?.phase == .live
      }
      try await stage.engine.callOffSync(mailbox.id)
      #expect(try stage.engine.progress.progress(of: mailbox.id)?.phase == .live)
      for command in ["EXAMINE", "SELECT", "NOOP", "STATUS"] {
        stage.sim.add(Fault(.imap, command, times: 1000, .delay(milliseconds: 60_000)))
      }
      let waiter = Task { try await stage.engine.syncRound(mailbox.id) }
      try await stage.until("the wait has begun") {
        try stage.engine.supervisor.control(of: mailbox.id)?.takeSync().number == 2
      }
      try await stage.engine.callOffSync(mailbox.id)
      #expect(try await waiter.value == .calledOff)
      // Nobody has such a mailbox.
      try await stage.engine.callOffSync(MailboxID(999_999))
    }
  }
}

import MailSim
import Testing

@testable import MailEngine
@testable import MailStore

@Suite("Changes after the first reading", .timeLimit(.minutes(1)), .serialized)
struct ChangesTests {
  static let servers: [Set<String>] = [
    [], ["QRESYNC"], ["QRESYNC", "CONDSTORE"], ["QRESYNC", "CONDSTORE", "ESEARCH", "IDLE"],
  ]

  @Test(arguments: servers)
  func `New mail, flags and expunges arrive while we watch`(without: Set<String>) async throws {
    try await Stage.run(sim: {
      $0.messages = 100
      $0.withoutCapabilities = without
    }) { stage in
      let mailbox = try await stage.connect()
      try await stage.live(mailbox.id)
      let uid = try stage.deliver("new@mail")
      try await stage.until("new mail") { try await stage.mails("new@mail").count == 1 }
      try stage.sim.setFlags(["\\Seen", "\\Flagged"], of: uid, user: "alice")
      try await stage.until("flags") {
        try await stage.mails("new@mail").first?.keywords.contains("$flagged") == true
      }
      let inbox = try #require(try await stage.folders(mailbox.id)["INBOX"])
      try stage.sim.expunge(uid...uid, user: "alice")
      try await stage.until("expunge") {
        try await stage.store.storedUIDs(inbox.id, in: uid...uid).isEmpty
      }
      #expect(try await stage.folders(mailbox.id)["INBOX"]?.stored == Int64(try stage.sim.count(of: "alice")))
    }
  }

  @Test(arguments: servers)
  func `What happened while we were away is found`(without: Set<String>) async throws {
    try await Stage.run(sim: {
      $0.messages = 200
      $0.withoutCapabilities = without
    }) { stage in
      let mailbox = try await stage.connect()
      let first = try stage.deliver("first@mail")
      try await stage.live(mailbox.id)
      try await stage.until("first") { try await stage.mails("first@mail").count == 1 }
      await stage.stop(within: 1)
      try stage.deliver("second@mail")
      try stage.deliver("third@mail", folder: "Archive")
      try stage.sim.setFlags(["\\Answered"], of: first, user: "alice")
      try stage.sim.expunge(1...60, user: "alice")
      try stage.sim.expunge(3...4, user: "alice", folder: "Archive")
      try await stage.restart()
      try await stage.until("new mail") {
        let second = try await stage.mails("second@mail").count
        let third = try await stage.mails("third@mail").count
        return second == 1 && third == 1
      }
      try await stage.until("flags") { try await stage.mails("first@mail").first?.keywords == ["$answered"] }
      for name in ["INBOX", "Archive"] {
        try await stage.until("expunges in \(name)") {
          let folder = try #require(try await stage.folders(mailbox.id)[name])
          let here = try await stage.store.storedUIDs(folder.id, in: 1...UInt32.max)
          return here == (try stage.sim.messages(of: "alice", folder: name).map(\.uid))
        }
      }
    }
  }

  @Test func `New UIDs of a folder log nothing twice`() async throws {
    try await Stage.run(sim: { $0.messages = 150 }) { stage in
      let mailbox = try await stage.connect()
      let root = try await stage.engine.send(stage.request(mailbox.id, to: "erin@partner.example"))
      try stage.deliver("reply@x", inReplyTo: root.submission.messageID)
      try await stage.until("reply logged") { try await stage.mails("reply@x").first?.state == .logged }
      try await stage.live(mailbox.id)
      let before = try await FirstSyncTests.result(stage, mailbox.id)
      let logged = try await stage.events(.mailLogged).count
      try stage.sim.renumber(user: "alice")
      try await stage.until("the folder has its new UIDs") {
        let inbox = try #require(try await stage.folders(mailbox.id)["INBOX"])
        let count = Int64(try stage.sim.count(of: "alice"))
        return inbox.cursor?.uidValidity != before.folders["INBOX"]??.uidValidity && inbox.cursor?.low == 1
          && inbox.stored == count
      }
      let after = try await FirstSyncTests.result(stage, mailbox.id)
      #expect(after.identities == before.identities)
      #expect(after.count == before.count)
      #expect(try await stage.events(.mailLogged).count == logged)
    }
  }

  @Test func `Who asks for a sync has new folders read, and those that were refused for a while`()
    async throws
  {
    try await Stage.run(sim: { $0.messages = 20 }) { stage in
      let mailbox = try await stage.connect()
      try await stage.live(mailbox.id)
      func examined() -> Int { stage.sim.commands.filter { $0.name == "EXAMINE" }.count }
      let before = examined()
      stage.sim.add(Fault(.imap, "EXAMINE", .refuse("NO [UNAVAILABLE] Not now")))
      try stage.deliver("refused@mail", folder: "Archive")
      // The archive, refused, and back to the inbox.
      try await stage.until("it was refused") { examined() >= before + 2 }
      // (On a busy machine the while for which it is left alone may be over by now, so what is read of it is not asked.)
      try stage.sim.createFolder("Case", user: "alice")
      try stage.deliver("new@mail", folder: "Case")
      #expect(try await stage.engine.syncRound(mailbox.id) == .done)
      #expect(try await stage.mails("new@mail").count == 1)
      #expect(try await stage.mails("refused@mail").count == 1)
    }
  }

  @Test func `A sync that finds nothing asks for no message`() async throws {
    try await Stage.run(sim: { $0.messages = 500 }) { stage in
      let mailbox = try await stage.connect()
      try await stage.live(mailbox.id)
      await stage.stop(within: 1)
      let before = stage.sim.commands.count
      try await stage.restart()
      try await stage.until("live again") {
        try stage.engine.progress.progress(of: mailbox.id)?.phase == .live
      }
      let anew = stage.sim.commands[before...].drop { $0.name != "AUTHENTICATE" }
      let asked = anew.filter { $0.service == .imap }.map(\.name)
      #expect(!asked.contains("UID FETCH"), "\(asked)")
      #expect(!asked.contains("UID SEARCH"), "\(asked)")
      #expect(asked.count < 25, "\(asked)")
    }
  }
}

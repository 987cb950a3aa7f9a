import MailSim
import Testing

@testable import MailEngine
@testable import MailStore

/// Many mailboxes with older mail to read, and accounts that may read only so much.
@Suite(.timeLimit(.minutes(2)), .serialized) struct BackfillTests {
  @Test func `mailboxes read older mail in turns, all to the end, and see new mail meanwhile`() async throws {
    let users = ["alice", "bob", "carol"]
    try await Stage.run(
      sim: {
        $0.messages = 500
      }, engine: { $0.budgets.backfillsMax = 1 }
    ) { stage in
      stage.sim.add(Fault(.imap, "UID FETCH", times: 10_000, .delay(milliseconds: 20)))
      var boxes: [Mailbox] = []
      for user in users { boxes.append(try await stage.connect(user)) }
      try await stage.until("one reads, others wait") { try stage.engine.backfills.waiting == 2 }
      // Between two pieces it is nobody's turn for a moment.
      #expect(try stage.engine.backfills.reading <= 1)
      // Of one that waits.
      let waiting = try await boxes.asyncLast { box in
        try await stage.folders(box.id).values.allSatisfy { $0.stored < 500 }
      }
      try stage.deliver("while@waiting", to: waiting.email.prefix { $0 != "@" }.description)
      try await stage.until("the new mail is seen") { try await stage.mails("while@waiting").count == 1 }
      for box in boxes { try await stage.live(box.id) }
      #expect(try stage.engine.backfills.reading == 0 && stage.engine.backfills.waiting == 0)
      for box in boxes {
        for folder in try await stage.store.folders(box.id) where folder.syncs {
          let user = box.email.prefix { $0 != "@" }.description
          #expect(folder.stored == Int64(try stage.sim.count(of: user, folder: folder.name)))
        }
      }
    }
  }

  @Test func `an account whose day is used reads older mail later, says so, and reads new mail now`()
    async throws
  {
    try await Stage.run(sim: { $0.messages = 2000 }, engine: { $0.budgets.accountOctetsPerDay = 60_000 }) {
      stage in
      let mailbox = try await stage.connect()
      try await stage.until("the day is used") { try await stage.mailbox(mailbox.id).reason == .throttled }
      let now = try await stage.mailbox(mailbox.id)
      #expect(now.state == .syncing && now.nextAttemptAt != nil)
      #expect(now.detail?.contains("60000 octets a day") == true)
      let stored = try await stage.folders(mailbox.id)["INBOX"]?.stored ?? 0
      #expect(stored > 0 && stored < 2000)
      try stage.deliver("still@new")
      try await stage.until("new mail is read") { try await stage.mails("still@new").count == 1 }
      let use = try stage.engine.accountUse(of: now)
      #expect(use.octetsRead >= 60_000 && use.octetsPerDayMax == 60_000 && use.connections == 1)
    }
  }
}

extension [Mailbox] {
  /// The last that `holds` is true of.
  fileprivate func asyncLast(_ holds: (Mailbox) async throws -> Bool) async throws -> Mailbox {
    for box in reversed() where try await holds(box) { return box }
    return try #require(last)
  }
}

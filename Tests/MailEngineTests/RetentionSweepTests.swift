import MailStore
import Testing

@testable import MailEngine

/// S18: a clock that jumps erases nothing too early.
@Suite(.timeLimit(.minutes(1))) struct RetentionSweepTests {
  private static let hour: Int64 = 3_600_000
  private static let settle: Int64 = 24 * hour
  private static let start: Int64 = 1_750_000_000_000

  /// One look: milliseconds since the start by the wall and by the clock that only runs forward; what comes of it.
  private typealias Look = (wall: Int64, uptime: Int64, marked: Int64?, doubt: ClockWatch.Doubt?)

  @Test func `a clock is believed only while it runs evenly`() {
    let h = Self.hour
    let table: [(String, marked: Int64?, [Look])] = [
      ("watched all the time", 0, [(h, h, 0, nil), (2 * h, 2 * h, h, nil)]),
      ("a restart", -h, [(10, 10, -h, nil)]),
      ("off for a limit's length", -ClockWatch.gapMilliseconds, [(10, 10, -h, nil)]),
      (
        "off for longer", -ClockWatch.gapMilliseconds - 1,
        [
          (h, h, -h, .settling(milliseconds: 23 * h)),
          (24 * h - 1, 24 * h - 1, -h, .settling(milliseconds: 1)), (24 * h, 24 * h, -h, nil),
        ]
      ),
      ("new", nil, [(0, 0, nil, .settling(milliseconds: 24 * h)), (24 * h, 24 * h, nil, nil)]),
      (
        "a jump ahead", 0,
        [
          (h, h, 0, nil), (2 * h + 60_001, 2 * h, h, .settling(milliseconds: 24 * h)),
          (26 * h + 60_001, 26 * h, h, nil),
        ]
      ),
      ("a second's correction", 0, [(h + 60_000, h, 0, nil), (2 * h, 2 * h, h, nil)]),
      (
        "a jump ahead and back", 0,
        [
          (9000 * h, h, 0, .settling(milliseconds: 24 * h)),
          (2 * h, 2 * h, 0, .settling(milliseconds: 24 * h)),
          (26 * h, 26 * h, 0, nil),
        ]
      ),
      ("behind what was written", h, [(10, 10, h, .behind(Timestamp(milliseconds: Self.start + h)))]),
      ("suspended", 0, [(h, h, 0, nil), (50 * h, 2 * h, h, .settling(milliseconds: 24 * h))]),
    ]
    for (name, marked, looks) in table {
      func time(_ n: Int64) -> Timestamp { Timestamp(milliseconds: Self.start + n) }
      var watch = ClockWatch(
        wall: time(0), uptime: 0, marked: marked.map(time), settleMilliseconds: Self.settle)
      for look in looks {
        #expect(
          watch.look(wall: time(look.wall), uptime: look.uptime, marked: look.marked.map(time)) == look.doubt,
          "\(name) at \(look.wall)")
      }
    }
  }

  @Test func `the ends of the range do not trap`() {
    for wall in [Int64.min, 0, .max] {
      for uptime in [Int64.min, 0, .max] {
        var watch = ClockWatch(
          wall: Timestamp(milliseconds: wall), uptime: uptime, marked: Timestamp(milliseconds: 0),
          settleMilliseconds: .max)
        _ = watch.look(wall: Timestamp(milliseconds: 0), uptime: 0, marked: nil)
        _ = watch.look(wall: Timestamp(milliseconds: wall), uptime: .max, marked: nil)
      }
    }
  }

  @Test func `what is due is erased by the engine, with a receipt, and not in doubt`() async throws {
    for settle in [Int64(0), 3600] {
      try await Stage.run(engine: { $0.clockSettleSeconds = settle }) { stage in
        let store = try stage.store
        let tenant = stage.tenant
        let server = ServerSettings(host: "127.0.0.1", port: 9, security: .tls)
        let box = try await store.createMailbox(
          NewMailbox(
            tenantID: tenant, email: "ann@acme.example", displayName: nil, userName: "ann", password: [1],
            imap: server, smtp: server, providerFilesSentMail: false), at: SystemClock().now)
        let listing = FolderListing(name: "INBOX", wireName: Array("INBOX".utf8), role: .inbox, syncs: true)
        let folder = try #require(try await store.reconcileFolders(box.id, [listing]).first)
        var batch = SyncBatch(
          mailboxID: box.id, folderID: folder.id,
          cursor: FolderCursor(uidValidity: 7, low: 1, high: 1, modSeq: nil), serverTotal: 1)
        batch.messages = [
          SyncBatch.Message(
            uid: 1,
            envelope: MailEnvelope(
              identity: [UInt8](repeating: 7, count: 32), messageID: "old@x", inReplyTo: [], references: [],
              subject: "", baseSubject: "", addresses: [], sentAt: nil, size: 1, isAutoReply: false,
              isBounce: false), receivedAt: SystemClock().now, keywords: [], direction: .incoming)
        ]
        _ = try await store.commitSync(batch, at: SystemClock().now)
        // Known 61 days ago, says the mark.
        let now = SystemClock().now
        try await store.forgetMarks(after: Timestamp(milliseconds: 0))
        try await store.markTime(now.adding(seconds: -61 * 86_400))
        let before = store.latestEvent
        try stage.engine.sweepNow()
        if settle > 0 {
          #expect(try !stage.engine.isClockBelieved)
          #expect(try await store.beginRetention(at: now.adding(seconds: -2 * 86_400)) == [])
          return
        }
        let changes = try stage.engine.changes
        _ = await changes.wait(after: before)
        let receipts = try await store.purges(tenant: tenant, before: nil, limit: 9)
        #expect(receipts.map(\.kind) == ["retention"] && receipts.map(\.counts.mails) == [1])
        #expect(receipts.first?.state == .done)
      }
    }
  }
}

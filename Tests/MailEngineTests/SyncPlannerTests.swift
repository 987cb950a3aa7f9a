import IMAPCodec
import MailStore
import Testing

@testable import MailEngine

@Suite("What a folder needs after SELECT")
struct SyncPlannerTests {
  struct Row: Sendable, CustomTestStringConvertible {
    var name: String
    var cursor: FolderCursor?
    var uidNext: UInt32?
    var exists: UInt32 = 10
    var modSeq: UInt64?
    var resynced = false
    var uidValidity: UInt32 = 7
    // Expected
    var resets = false
    var begins = false
    var after: FolderCursor
    var newMail: ClosedRange<UInt32>?
    var changes = SyncPlanner.Changes.none
    var testDescription: String { name }
  }

  static func cursor(_ low: UInt32, _ high: UInt32, _ modSeq: UInt64? = nil, _ validity: UInt32 = 7)
    -> FolderCursor
  {
    FolderCursor(uidValidity: validity, low: low, high: high, modSeq: modSeq)
  }

  static let rows: [Row] = [
    Row(
      name: "a folder never read begins at the top", cursor: nil, uidNext: 101, modSeq: 5, begins: true,
      after: cursor(101, 100, 5)),
    Row(
      name: "an empty folder is complete at once", cursor: nil, uidNext: 101, exists: 0, modSeq: 5,
      begins: true,
      after: cursor(1, 100, 5)),
    Row(
      name: "a new empty folder too", cursor: nil, uidNext: 1, exists: 0, begins: true, after: cursor(1, 0)),
    Row(
      name: "without UIDNEXT it is read upwards", cursor: nil, uidNext: nil, begins: true,
      after: cursor(1, 0),
      newMail: 1...UInt32.max),
    Row(
      name: "another UIDVALIDITY voids everything", cursor: cursor(1, 50, 3, 6), uidNext: 11, modSeq: 9,
      resets: true,
      begins: true, after: cursor(11, 10, 9)),
    Row(
      name: "the highest UIDNEXT there can be", cursor: nil, uidNext: .max, begins: true,
      after: cursor(.max, .max - 1)),
    Row(
      name: "nothing new, counters equal", cursor: cursor(1, 100, 5), uidNext: 101, modSeq: 5,
      after: cursor(1, 100, 5)),
    Row(
      name: "new mail above the cursor", cursor: cursor(1, 100, 5), uidNext: 104, modSeq: 5,
      after: cursor(1, 100, 5),
      newMail: 101...103),
    Row(
      name: "UIDNEXT that went back is not believed", cursor: cursor(1, 100, 5), uidNext: 50, modSeq: 5,
      after: cursor(1, 100, 5)),
    Row(
      name: "QRESYNC told the changes", cursor: cursor(1, 100, 5), uidNext: 101, modSeq: 9, resynced: true,
      after: cursor(1, 100, 5), changes: .answered),
    Row(
      name: "CONDSTORE: flags since", cursor: cursor(1, 100, 5), uidNext: 101, modSeq: 9,
      after: cursor(1, 100, 5),
      changes: .since(5)),
    Row(
      name: "HIGHESTMODSEQ that went back: all flags", cursor: cursor(1, 100, 5), uidNext: 101, modSeq: 4,
      after: cursor(1, 100, 5), changes: .allFlags),
    Row(
      name: "HIGHESTMODSEQ for the first time: all flags", cursor: cursor(1, 100), uidNext: 101, modSeq: 4,
      after: cursor(1, 100), changes: .allFlags),
    Row(
      name: "no counters: the newest flags", cursor: cursor(1, 100), uidNext: 101, after: cursor(1, 100),
      changes: .recentFlags),
    Row(
      name: "counters that went away: the newest flags", cursor: cursor(1, 100, 5), uidNext: 101,
      after: cursor(1, 100, 5), changes: .recentFlags),
    Row(
      name: "nothing stored: no changes to look for", cursor: cursor(101, 100, 5), uidNext: 101, modSeq: 9,
      after: cursor(101, 100, 5)),
    Row(
      name: "a reset cut short begins at the top again", cursor: cursor(1, 0, nil), uidNext: 5001, modSeq: 9,
      begins: true,
      after: cursor(5001, 5000, 9)),
    Row(
      name: "the first few mails of a new folder are new mail", cursor: cursor(1, 0, nil), uidNext: 4,
      modSeq: 9,
      after: cursor(1, 0, nil), newMail: 1...3),
    Row(
      name: "existing cursor without UIDNEXT looks above", cursor: cursor(1, 100), uidNext: nil,
      after: cursor(1, 100),
      newMail: 101...UInt32.max, changes: .recentFlags),
    Row(
      name: "nothing can be above the highest UID", cursor: cursor(1, .max), uidNext: nil,
      after: cursor(1, .max),
      changes: .recentFlags),
  ]

  @Test("the plan", arguments: rows)
  func plan(_ row: Row) {
    let plan = SyncPlanner(
      .init(
        cursor: row.cursor, uidValidity: row.uidValidity, uidNext: row.uidNext, exists: row.exists,
        highestModSeq: row.modSeq, resynced: row.resynced),
      window: 500)
    #expect(plan.resets == row.resets)
    #expect(plan.begins == row.begins)
    #expect(plan.cursor == row.after)
    #expect(plan.newMail == row.newMail)
    #expect(plan.changes == row.changes)
    #expect(plan.modSeqAfter == row.modSeq)
  }

  @Test func `Numbers are compared only when the folder has been read to its end`() {
    #expect(!SyncPlanner.mustCompare(cursor: Self.cursor(2, 100), stored: 5, exists: 10))
    #expect(!SyncPlanner.mustCompare(cursor: Self.cursor(1, 100), stored: 10, exists: 10))
    #expect(SyncPlanner.mustCompare(cursor: Self.cursor(1, 100), stored: 9, exists: 10))
    #expect(SyncPlanner.mustCompare(cursor: Self.cursor(1, 100), stored: 11, exists: 10))
  }

  @Test func `Windows of new mail are ascending and leave no gap`() {
    let found = UIDSet([101, 103, 104, 110, 200] as [UInt32])
    let closed = SyncPlanner.ascending(found, in: 101...250, isOpen: false, size: 2)
    #expect(closed.map(\.covers) == [101...103, 104...110, 111...250])
    let open = SyncPlanner.ascending(found, in: 101...UInt32.max, isOpen: true, size: 2)
    #expect(open.map(\.covers) == [101...103, 104...110, 111...200])
    #expect(SyncPlanner.ascending(UIDSet(), in: 1...9, isOpen: false, size: 2).isEmpty)
    #expect(
      SyncPlanner.ascending(UIDSet(UID(.max)), in: 9...UInt32.max, isOpen: true, size: 2).map(\.covers) == [
        9...UInt32.max
      ])
    // `n:*` names the last message even when it lies below n.
    #expect(SyncPlanner.ascending(UIDSet(UID(50)), in: 101...UInt32.max, isOpen: true, size: 2).isEmpty)
  }

  @Test func `Windows of older mail are descending and leave no gap`() {
    let found = UIDSet([1, 5, 6, 7, 90] as [UInt32])
    let windows = SyncPlanner.descending(found, in: 1...100, size: 2)
    #expect(windows.map(\.covers) == [7...100, 5...6, 1...4])
    #expect(windows.map(\.uids.count) == [2, 2, 1])
    #expect(SyncPlanner.descending(found, in: 4...100, size: 10).map(\.covers) == [4...100])
    #expect(SyncPlanner.descending(UIDSet(), in: 1...100, size: 10).isEmpty)
  }

  @Test func `The cursor moves by whole windows and only to touch them`() {
    let begin = Self.cursor(101, 100, 5)
    let down = SyncPlanner.cursor(begin, after: .init(uids: UIDSet(90...100), covers: 90...100))
    #expect(down == Self.cursor(90, 100, 5))
    let up = SyncPlanner.cursor(down, after: .init(uids: UIDSet(101...105), covers: 101...105))
    #expect(up == Self.cursor(90, 105, 5))
    let first = SyncPlanner.cursor(begin, after: .init(uids: UIDSet(101...105), covers: 101...105))
    #expect(first == Self.cursor(101, 105, 5))
  }

  @Test(arguments: [(20, UInt32.max), (100_000, UInt32.max), (3_000_000, UInt32.max), (3_000_000, 3_000_001)])
  func `Slices reach the bottom in few steps however sparse the folder`(exists: Int, top: UInt32) {
    var width = SliceWidth(window: 500, exists: UInt32(exists), answersRanges: true)
    var low = top
    var steps = 0
    while let slice = width.slice(below: low) {
      #expect(slice.upperBound == low - 1)
      low = slice.lowerBound
      // Nothing at all is found above the last stretch.
      width.note(found: low > 10_000 ? 0 : 10_000)
      steps += 1
      if steps > 100 { break }
    }
    #expect(low == 1)
    #expect(steps <= 16)
  }

  @Test func `A slice is never wider than a server without ranges can answer`() {
    var width = SliceWidth(window: 500, exists: 3_000_000, answersRanges: false)
    for _ in 0..<20 { width.note(found: 0) }
    #expect(width.slice(below: .max)?.count == 500_000)
    for _ in 0..<20 { width.note(found: 400_000) }
    #expect((width.slice(below: .max)?.count ?? 0) <= 20_000)
  }
}

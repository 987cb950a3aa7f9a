internal import IMAPCodec
internal import MailStore

/// What a folder needs once the server has told its state: a value without clock or I/O.
///
/// The cursor says that every message with a UID in `low ... high` that the server had is a row, and
/// that each of these rows is at least as new as `modSeq`. The order of the steps keeps that true
/// after each commit: new mail first (`high` grows window by window), then changes of what was
/// there (`modSeq` is written with the last of them), then older mail (`low` shrinks window by window).
struct SyncPlanner: Sendable, Hashable {
  /// What the store knows and what SELECT answered.
  struct Situation: Sendable, Hashable {
    var cursor: FolderCursor?
    var uidValidity: UInt32
    /// nil where the server does not say.
    var uidNext: UInt32?
    var exists: UInt32
    var highestModSeq: UInt64?
    /// The answer told everything that changed since the cursor's modSeq (QRESYNC).
    var resynced: Bool
  }

  /// How flags and expunges of the messages in the cursor's range are found.
  enum Changes: Sendable, Hashable {
    /// The server's counters say that there are none.
    case none
    /// They came with SELECT.
    case answered
    /// Flags by CHANGEDSINCE.
    case since(UInt64)
    /// All flags: the server's counters began anew, or exist for the first time.
    case allFlags
    /// The server has no counters: flags of the newest window only.
    case recentFlags
  }

  /// The folder's UIDs are void: its locations go before anything else.
  var resets: Bool
  /// ``cursor`` is a new one, which is written before anything is read.
  var begins: Bool
  /// Where to go on; the stored one, or a new one at the top.
  var cursor: FolderCursor
  /// UIDs above the cursor, which may hold new mail.
  var newMail: ClosedRange<UInt32>?
  var changes: Changes
  /// What the cursor's modSeq becomes when all changes are stored.
  var modSeqAfter: UInt64?

  /// - Parameter window: a folder of which nothing is stored, and which has more than this, is read from
  ///   its newest message down.
  init(_ s: Situation, window: Int) {
    modSeqAfter = s.highestModSeq
    guard let cursor = s.cursor, cursor.uidValidity == s.uidValidity,
      !Self.isLeftBehind(cursor, uidNext: s.uidNext, window: window)
    else {
      resets = s.cursor.map { $0.uidValidity != s.uidValidity } ?? false
      begins = true
      let high = s.uidNext.map { max($0, 1) - 1 } ?? 0
      // An empty folder is complete at once; nothing below its first UID will ever come.
      let low = s.exists == 0 ? 1 : high == .max ? .max : high + 1
      self.cursor = FolderCursor(uidValidity: s.uidValidity, low: low, high: high, modSeq: s.highestModSeq)
      // Without UIDNEXT everything is new mail: read upwards from 1.
      newMail = s.uidNext == nil && s.exists > 0 ? 1...UInt32.max : nil
      changes = .none
      return
    }
    resets = false
    begins = false
    self.cursor = cursor
    newMail = Self.newMail(above: cursor.high, uidNext: s.uidNext)
    let isEmpty = cursor.low > cursor.high
    changes = isEmpty ? .none : Self.changes(cursor.modSeq, s.highestModSeq, resynced: s.resynced)
  }

  /// Nothing is stored below the cursor, and much is above it: as after a reset that was cut short.
  private static func isLeftBehind(_ cursor: FolderCursor, uidNext: UInt32?, window: Int) -> Bool {
    guard cursor.low > cursor.high, let uidNext, uidNext > cursor.high else { return false }
    return Int64(uidNext) - 1 - Int64(cursor.high) > Int64(window)
  }

  private static func newMail(above high: UInt32, uidNext: UInt32?) -> ClosedRange<UInt32>? {
    guard high < .max else { return nil }
    guard let uidNext else { return high + 1...UInt32.max }
    return uidNext > high + 1 ? high + 1...uidNext - 1 : nil
  }

  private static func changes(_ known: UInt64?, _ now: UInt64?, resynced: Bool) -> Changes {
    switch (known, now) {
    case (_, nil): return .recentFlags
    case (nil, .some): return .allFlags
    case (let known?, let now?):
      if resynced { return .answered }
      return now == known ? .none : now > known ? .since(known) : .allFlags
    }
  }

  /// Whether the server's UIDs must be compared with the stored ones.
  ///
  /// QRESYNC names expunges. Elsewhere they are found by counting: once a folder has been read to its
  /// end, it and the store hold the same messages exactly when they hold as many, since nothing can
  /// appear below the cursor's end. It also finds what was lost by a fault, ours or the server's.
  static func mustCompare(cursor: FolderCursor, stored: Int64, exists: UInt32) -> Bool {
    cursor.low <= 1 && stored != Int64(exists)
  }
}

extension SyncPlanner {
  /// Some UIDs that are fetched together, and the range of UIDs that is done once they are stored.
  struct Window: Sendable, Hashable {
    var uids: UIDSet
    var covers: ClosedRange<UInt32>
  }

  /// Windows for new mail, ascending.
  ///
  /// - Parameter range: what was searched; the last window covers it to its end unless `isOpen`:
  ///   then mail may still arrive in it, and only what was found is done.
  static func ascending(
    _ found: UIDSet, in range: ClosedRange<UInt32>, isOpen: Bool, size: Int
  ) -> [Window] {
    var rest = found.intersection(UIDSet(range))
    var windows: [Window] = []
    var from = range.lowerBound
    while !rest.isEmpty {
      let uids = rest.popFirst(UInt64(max(size, 1)))
      guard let last = uids.last?.value else { break }
      let to = rest.isEmpty && !isOpen ? range.upperBound : last
      windows.append(Window(uids: uids, covers: from...to))
      if to == .max { break }
      from = to + 1
    }
    return windows
  }

  /// Windows for older mail, descending; together they cover all of `range`, unless nothing was found.
  static func descending(_ found: UIDSet, in range: ClosedRange<UInt32>, size: Int) -> [Window] {
    var rest = found.intersection(UIDSet(range))
    var windows: [Window] = []
    var to = range.upperBound
    while !rest.isEmpty {
      let uids = rest.popLast(UInt64(max(size, 1)))
      guard let first = uids.first?.value else { break }
      let from = rest.isEmpty ? range.lowerBound : first
      windows.append(Window(uids: uids, covers: from...to))
      if from == 0 || from <= range.lowerBound { break }
      to = from - 1
    }
    return windows
  }

  /// The cursor after the window is stored. Windows come in order and touch the cursor's range.
  static func cursor(_ cursor: FolderCursor, after window: Window) -> FolderCursor {
    var next = cursor
    if window.covers.lowerBound > cursor.high {
      // The first new mail of a folder of which nothing was done begins the range.
      next.high = window.covers.upperBound
    } else {
      next.low = min(cursor.low, window.covers.lowerBound)
    }
    return next
  }
}

/// How far down the next SEARCH for older mail reaches.
///
/// Messages can lie next to each other or be spread over 4,294,967,295 UIDs. A slice grows fourfold
/// while little is found in it, so that an empty stretch of any length takes 11 searches, and it
/// shrinks when much is found, so that no answer is large.
struct SliceWidth: Sendable, Hashable {
  private var width: UInt64
  private let largest: UInt64
  private let window: UInt64

  /// - Parameter exists: messages in the folder: if few, one answer can hold them all.
  /// - Parameter answersRanges: the server answers in ranges (ESEARCH).
  init(window: Int, exists: UInt32, answersRanges: Bool) {
    self.window = UInt64(max(window, 1))
    // 500,000 UIDs one by one are a line of 5 MB.
    largest = answersRanges || exists <= 500_000 ? UInt64(UInt32.max) : 500_000
    width = exists <= 20_000 ? UInt64(UInt32.max) : self.window * 20
  }

  /// The next slice below `low`; nil when there is nothing below.
  func slice(below low: UInt32) -> ClosedRange<UInt32>? {
    guard low > 1 else { return nil }
    let top = low - 1
    return (UInt64(top) > width ? UInt32(UInt64(top) - width + 1) : 1)...top
  }

  mutating func note(found: UInt64) {
    if found < window * 2 {
      width = min(width * 4, largest)
    } else if found > window * 40 {
      width = max(width / 2, window)
    }
  }
}

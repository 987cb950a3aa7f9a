/// One folder of one user: messages made on demand below those that have really come.
struct Mailbox: Sendable {
  /// A message that is kept as octets.
  struct Stored: Sendable {
    let raw: [UInt8]
    let receivedSeconds: Int64
  }

  struct Mark: Sendable {
    var flags: [String]
    var modSeq: UInt64
  }

  /// What is known about a message without making its text.
  struct Entry: Sendable {
    let uid: UInt32
    let flags: [String]
    let modSeq: UInt64
    let receivedSeconds: Int64
    let content: Content
  }

  enum Content: Sendable {
    case stored([UInt8])
    case made(MessageMaker, UInt32)

    var raw: [UInt8] {
      switch self {
      case .stored(let raw): raw
      case .made(let maker, let number): maker.message(number)
      }
    }
  }

  let uidValidity: UInt32
  /// "\Sent" and the like.
  let specialUse: String?
  /// UIDs 1...maker.count are made by it.
  let maker: MessageMaker?
  private(set) var uidNext: UInt32
  private(set) var present: UIDRanges
  private(set) var modSeq: UInt64 = 1
  private var stored: [UInt32: Stored] = [:]
  /// Every stored message, and those made on demand whose flags were changed.
  private var marks: [UInt32: Mark] = [:]
  /// Additions and changes in the order of their mod-sequences.
  private var changes: [(modSeq: UInt64, uid: UInt32)] = []
  private var removals: [(modSeq: UInt64, uids: UIDRanges)] = []

  init(uidValidity: UInt32, specialUse: String?, maker: MessageMaker?) {
    self.uidValidity = uidValidity
    self.specialUse = specialUse
    self.maker = maker
    let count = maker?.count ?? 0
    uidNext = count + 1
    present = count > 0 ? UIDRanges(1...count) : UIDRanges()
  }

  func entry(_ uid: UInt32) -> Entry? {
    guard present.contains(uid) else { return nil }
    let mark = marks[uid]
    if let message = stored[uid] {
      return Entry(
        uid: uid, flags: mark?.flags ?? [], modSeq: mark?.modSeq ?? 1,
        receivedSeconds: message.receivedSeconds,
        content: .stored(message.raw))
    }
    guard let maker else { return nil }
    return Entry(
      uid: uid, flags: mark?.flags ?? maker.flags(uid), modSeq: mark?.modSeq ?? 1,
      receivedSeconds: maker.dateSeconds(uid), content: .made(maker, uid))
  }

  func entries(_ uids: some Sequence<UInt32>) -> [Entry] { uids.compactMap(entry) }

  mutating func add(_ raw: [UInt8], flags: [String], receivedSeconds: Int64) -> UInt32 {
    let uid = uidNext
    uidNext += 1
    modSeq += 1
    stored[uid] = Stored(raw: raw, receivedSeconds: receivedSeconds)
    marks[uid] = Mark(flags: flags, modSeq: modSeq)
    changes.append((modSeq, uid))
    present.insert(uid)
    return uid
  }

  /// Gives the message these flags; nothing happens when it has them.
  mutating func setFlags(_ uid: UInt32, _ flags: [String]) {
    guard let entry = entry(uid), Set(entry.flags) != Set(flags) else { return }
    modSeq += 1
    marks[uid] = Mark(flags: flags, modSeq: modSeq)
    changes.append((modSeq, uid))
  }

  mutating func remove(_ uids: UIDRanges) {
    let gone = uids.intersection(present)
    guard !gone.isEmpty else { return }
    modSeq += 1
    removals.append((modSeq, gone))
    present = present.subtracting(gone)
    for uid in gone where marks[uid] != nil {
      stored[uid] = nil
      marks[uid] = nil
    }
  }

  /// Messages added or changed later than `modSeq`.
  func changed(since old: UInt64) -> UIDRanges {
    if old < 1 { return present }
    var found = Set<UInt32>()
    for change in changes.reversed() {
      if change.modSeq <= old { break }
      found.insert(change.uid)
    }
    return UIDRanges(ascending: found.sorted()).intersection(present)
  }

  /// Messages removed later than `modSeq`.
  func removed(since old: UInt64) -> UIDRanges {
    var found = UIDRanges()
    for removal in removals.reversed() {
      if removal.modSeq <= old { break }
      found.formUnion(removal.uids)
    }
    return found
  }

  /// - Complexity: O(messages whose flags were changed), for those made on demand have \Seen by rule.
  var unseen: Int {
    var count = 0
    if let maker, maker.count > 0 {
      count = UIDRanges(1...maker.count).intersection(present).subtracting(maker.seen).count
    }
    for (uid, mark) in marks {
      let seenNow = mark.flags.contains("\\Seen")
      let countedBefore = stored[uid] == nil && maker.map { !$0.seen.contains(uid) } ?? false
      count += (seenNow ? 0 : 1) - (countedBefore ? 1 : 0)
    }
    return count
  }

  func unseenNumber() -> Int? {
    guard unseen > 0 else { return nil }
    for uid in present.subtracting(maker?.seen ?? UIDRanges())
    where entry(uid)?.flags.contains("\\Seen") == false {
      return present.number(of: uid)
    }
    return nil
  }
}

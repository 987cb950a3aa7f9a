package import MailStore

/// How far one mailbox has been read.
package struct SyncProgress: Sendable, Hashable {
  package enum Phase: String, Sendable, Hashable, CaseIterable {
    /// No worker runs: turned off, disconnected, or being purged.
    case stopped
    case connecting
    /// Older mail is being read for the first time; new mail is seen meanwhile.
    case reading
    /// Older mail is left for later, as somebody wished; new mail is waited for.
    case paused
    /// Everything is read; new mail is waited for.
    case live
    /// The connection failed; the next attempt is waited for.
    case waiting
  }

  package struct FolderProgress: Sendable, Hashable {
    package var id: FolderID
    package var name: String
    package var role: FolderRole?
    package var stored: Int64
    /// As the server said last; may be below ``stored`` when messages went meanwhile.
    package var total: Int64
    /// Every message of it was read once.
    package var complete: Bool
  }

  package var mailboxID: MailboxID
  package var phase: Phase
  /// Folders that are read, in the order they are read in.
  package var folders: [FolderProgress] = []
  /// Over the last seconds; 0 when nothing is read.
  package var messagesPerSecond: Double = 0
  /// nil when it cannot be said.
  package var secondsLeft: Int64?

  package init(mailboxID: MailboxID, phase: Phase) {
    self.mailboxID = mailboxID
    self.phase = phase
  }

  package var stored: Int64 { folders.reduce(0) { $0 + $1.stored } }
  package var total: Int64 { folders.reduce(0) { $0 + max($1.total, $1.stored) } }
  package var complete: Bool { folders.allSatisfy(\.complete) }
}

extension SyncProgress.FolderProgress {
  /// As it is stored.
  package init(_ folder: Folder) {
    self.init(
      id: folder.id, name: folder.name, role: folder.role, stored: folder.stored, total: folder.serverTotal,
      complete: folder.cursor.map { $0.low <= 1 } ?? false)
  }
}

/// How waiting for a sync ended.
package enum SyncOutcome: Sendable, Hashable {
  case done
  /// By ``MailEngine/callOffSync(_:)``.
  case calledOff
  /// Nobody reads the mailbox (any more), or the waiting task was cancelled.
  case unread
}

/// Messages per second over the last stretch of time, from counts at moments.
struct Throughput: Sendable {
  private var marks: [(milliseconds: Int64, count: Int64)] = []
  private var count: Int64 = 0

  private static let spanMilliseconds: Int64 = 10_000
  private static let marksMax = 64

  mutating func add(_ n: Int, at milliseconds: Int64) {
    if marks.isEmpty { marks.append((milliseconds, 0)) }
    count += Int64(n)
    marks.append((milliseconds, count))
    while marks.count > 2,
      marks.count > Self.marksMax || milliseconds - marks[1].milliseconds > Self.spanMilliseconds
    {
      marks.removeFirst()
    }
  }

  mutating func reset() {
    marks = []
    count = 0
  }

  /// 0 before two moments differ.
  var perSecond: Double {
    guard let first = marks.first, let last = marks.last, last.milliseconds > first.milliseconds else {
      return 0
    }
    return Double(last.count - first.count) * 1000 / Double(last.milliseconds - first.milliseconds)
  }
}

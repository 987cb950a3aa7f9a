internal import IMAPCodec

/// Which windows are asked for, under way and answered. A window of many ranges goes out in parts.
struct FetchPlan: Sendable {
  struct Part: Sendable, Equatable {
    var window: Int
    var set: UIDSet
  }

  struct Flight: Sendable {
    var tag: String
    var part: Part
    /// Answers that may still come; more are not what was asked for.
    var left: UInt64
  }

  private struct Progress {
    var partsUnderWay = 0
    var isWhollySent = false
    var isRefused = false
  }

  private(set) var flights: [Flight] = []
  private let windows: [UIDSet]
  private let rangesMax: Int
  private var window = 0
  private var rest: UIDSet?
  /// Of the windows begun and not done.
  private var progress: [Int: Progress] = [:]

  /// - Parameter rangesMax: 1000 ranges are at most 21 KB of command; Dovecot takes 64 KB.
  init(_ windows: [UIDSet], rangesMax: Int = 1000) {
    self.windows = windows
    self.rangesMax = rangesMax
  }

  /// What to ask for next; its set is empty when the window is.
  mutating func nextPart() -> Part? {
    guard window < windows.count else { return nil }
    var left = rest ?? windows[window]
    let part = Part(window: window, set: left.popFirst(.max, rangesMax: rangesMax))
    if !part.set.isEmpty { progress[window, default: Progress()].isWhollySent = left.isEmpty }
    rest = left.isEmpty ? nil : left
    if left.isEmpty { window += 1 }
    return part
  }

  mutating func begin(_ part: Part, tag: String) {
    flights.append(Flight(tag: tag, part: part, left: part.set.count))
    progress[part.window, default: Progress()].partsUnderWay += 1
  }

  /// Whether an answer for `uid` was asked for; counts it.
  mutating func claim(_ uid: UID) -> Bool {
    guard let i = flights.firstIndex(where: { $0.left > 0 && $0.part.set.contains(uid) }) else {
      return false
    }
    flights[i].left -= 1
    return true
  }

  /// - Returns: the window that has now been answered as a whole.
  mutating func finish(_ tag: String, refused: Bool = false) -> Int? {
    guard let i = flights.firstIndex(where: { $0.tag == tag }) else { return nil }
    let window = flights.remove(at: i).part.window
    guard var state = progress[window] else { return nil }
    state.partsUnderWay -= 1
    state.isRefused = state.isRefused || refused
    let isOver = state.partsUnderWay == 0 && state.isWhollySent
    progress[window] = isOver ? nil : state
    return isOver && !state.isRefused ? window : nil
  }
}

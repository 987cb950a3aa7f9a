internal import Synchronization
package import Logging

/// One line of the log as values, cut to what a caller far away needs.
package struct LogLine: Sendable {
  /// Milliseconds since 1970.
  package let at: Int64
  package let level: Logger.Level
  package let logger: String
  package let message: String
  /// Ascending by name; values of names that tell a secret are `<redacted>`.
  package let fields: [(name: String, value: String)]

  package init(
    at: Int64, level: Logger.Level, logger: String, message: String, fields: [(name: String, value: String)]
  ) {
    self.at = at
    self.level = level
    self.logger = Self.cut(logger)
    self.message = Self.cut(message)
    self.fields = fields.prefix(LogFormat.fieldsMax).map {
      (Self.cut($0.name), LogFormat.isSecret($0.name) ? "<redacted>" : Self.cut($0.value))
    }
  }

  /// What is kept in memory of each line is bounded by this and ``LogFormat/fieldsMax``.
  private static let octetsMax = 512

  private static func cut(_ text: String) -> String {
    let (kept, left) = SafeText.cut(text, to: octetsMax)
    return left > 0 ? kept + "…" : text
  }
}

/// Where the log can be listened in to while it is written: the last lines, and each new one.
///
/// Nobody who listens can hold up the server: what a listener does not take is lost for it, and it is told how much.
package final class LogTap: Sendable {
  /// A line, and how many before it the listener has lost.
  package struct Heard: Sendable {
    package let line: LogLine
    package let lost: Int
  }

  private struct Listener {
    let level: Logger.Level
    let continuation: AsyncStream<Heard>.Continuation
    var lost = 0
  }

  private struct State {
    /// A ring: `next` is the oldest once it is full.
    var kept: [LogLine] = []
    var next = 0
    var listeners: [UInt64: Listener] = [:]
    var last: UInt64 = 0

    /// Oldest first.
    var past: [LogLine] { Array(kept[next...] + kept[..<next]) }
  }

  /// Lines that are kept for those who come later.
  package static let linesMax = 200
  /// Lines that wait for one listener.
  private let waitingMax: Int
  private let state = Mutex(State())

  package init(waitingMax: Int = 1000) { self.waitingMax = waitingMax }

  func hear(_ line: LogLine) {
    state.withLock { s in
      if s.kept.count < Self.linesMax {
        s.kept.append(line)
      } else {
        s.kept[s.next] = line
        s.next = (s.next + 1) % Self.linesMax
      }
      for (number, listener) in s.listeners where line.level >= listener.level {
        // Under the lock, so that lines come in their order; the listener reads elsewhere.
        switch listener.continuation.yield(Heard(line: line, lost: listener.lost)) {
        case .dropped: s.listeners[number]?.lost += 1
        case .enqueued where listener.lost > 0: s.listeners[number]?.lost = 0
        default: break
        }
      }
    }
  }

  /// The newest `past` lines of this level or above, oldest first, and then each new one until the task is cancelled.
  ///
  /// Nothing is missed or doubled between the two.
  package func lines(from level: Logger.Level, past: Int) -> AsyncStream<Heard> {
    let (stream, continuation) = AsyncStream.makeStream(
      of: Heard.self, bufferingPolicy: .bufferingOldest(waitingMax))
    let number = state.withLock { s in
      for line in s.past.filter({ $0.level >= level }).suffix(max(past, 0)) {
        continuation.yield(Heard(line: line, lost: 0))
      }
      s.last += 1
      s.listeners[s.last] = Listener(level: level, continuation: continuation)
      return s.last
    }
    continuation.onTermination = { [weak self] _ in self?.state.withLock { $0.listeners[number] = nil } }
    return stream
  }

  /// Those who listen now.
  package var listeners: Int { state.withLock { $0.listeners.count } }
}

internal import JSONRPC
internal import Synchronization

/// A call that took long.
package struct SlowCall: Sendable {
  package let method: String
  /// When it ended, in milliseconds since 1970.
  package let at: Int64
  package let microseconds: UInt64
  package let tenantID: String?
  package let caller: String?
  /// The reason of the error that it ended with.
  package let error: String?
}

/// The slowest calls of the last five to ten minutes.
///
/// Kept by spans of five minutes, this one and the one before: what was slow yesterday is forgotten, and what was slow
/// a moment ago is there however often somebody looks.
package final class SlowestCalls: Sendable {
  private struct State {
    var began: Int64 = 0
    /// Slowest first.
    var now: [SlowCall] = []
    var before: [SlowCall] = []
  }

  package static let callsMax = 10
  /// What is faster than this is not slow, and costs nothing here.
  static let microsecondsMin: UInt64 = 1000
  private static let spanMilliseconds: Int64 = 300_000
  private let state = Mutex(State())
  private let now: @Sendable () -> Int64

  /// - Parameter now: milliseconds since 1970.
  package init(now: @escaping @Sendable () -> Int64) { self.now = now }

  func add(_ report: CallReport) {
    guard report.microseconds >= Self.microsecondsMin, !report.isStream else { return }
    let at = now()
    state.withLock { s in
      Self.turn(&s, at)
      let place = s.now.firstIndex { $0.microseconds < report.microseconds } ?? s.now.count
      guard place < Self.callsMax else { return }
      s.now.insert(
        SlowCall(
          method: report.method, at: at, microseconds: report.microseconds, tenantID: report.tenantID,
          caller: report.caller, error: report.error.map { $0.reason ?? String($0.code) }), at: place)
      if s.now.count > Self.callsMax { s.now.removeLast() }
    }
  }

  /// At most ``callsMax``, slowest first.
  package var calls: [SlowCall] {
    let at = now()
    return state.withLock { s in
      Self.turn(&s, at)
      return Array((s.now + s.before).sorted { $0.microseconds > $1.microseconds }.prefix(Self.callsMax))
    }
  }

  private static func turn(_ s: inout State, _ at: Int64) {
    let age = at - s.began
    // A clock that was put back begins anew.
    guard age >= spanMilliseconds || age < 0 else { return }
    s.before = age < 2 * spanMilliseconds && age >= 0 ? s.now : []
    s.now = []
    s.began = at
  }
}

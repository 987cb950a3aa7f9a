internal import JSONRPC
internal import MailStore
internal import Sealing
internal import Synchronization

/// Who stands behind the tokens that were looked up a moment ago: over HTTP each request carries its token, and a
/// look-up in the database costs more than the call.
///
/// A token is known by a digest that nobody else can compute, and found by a comparison whose time does not depend on
/// its octets. Nothing is remembered of tokens that do not count.
final class CallerCache: Sendable {
  private struct Entry {
    let digest: [UInt8]
    let principal: Principal
    /// When the token expires.
    let end: Timestamp?
    let rememberedAt: Int64
  }

  private struct State {
    var entries: [UInt64: Entry] = [:]
    var generation: UInt64 = 0
  }

  /// One entry is about 300 octets.
  static let entriesMax = 1024
  /// Nothing is known to change without ``forgetAll()``: this bounds what an error in that could do.
  static let milliseconds: Int64 = 10_000

  private let salt = Digest.randomBytes(32)
  private let state = Mutex(State())

  /// What ``remember(_:token:end:at:since:)`` must be told: read it before the token is looked up.
  var generation: UInt64 { state.withLock { $0.generation } }

  /// - Parameters:
  ///   - now: the wall clock, which decides whether the token has expired.
  ///   - uptime: milliseconds of a clock that only runs forward.
  func principal(token: [UInt8], now: Timestamp, uptime: Int64) -> Principal? {
    let digest = Digest.sha256(salt + token)
    let found = state.withLock { $0.entries[Self.key(digest)] }
    guard let found, Digest.equalConstantTime(found.digest, digest) else { return nil }
    if let end = found.end, end <= now { return nil }
    return uptime - found.rememberedAt < Self.milliseconds ? found.principal : nil
  }

  /// Remembers a token that counts, unless tokens were deleted since it was looked up.
  func remember(
    _ principal: Principal, token: [UInt8], end: Timestamp?, uptime: Int64, since generation: UInt64
  ) {
    let digest = Digest.sha256(salt + token)
    state.withLock { s in
      guard s.generation == generation else { return }
      if s.entries.count >= Self.entriesMax {
        s.entries = s.entries.filter { uptime - $0.value.rememberedAt < Self.milliseconds }
        if s.entries.count >= Self.entriesMax { s.entries = [:] }
      }
      s.entries[Self.key(digest)] = Entry(
        digest: digest, principal: principal, end: end, rememberedAt: uptime)
    }
  }

  /// Tokens were deleted.
  func forgetAll() {
    state.withLock { s in
      s.entries = [:]
      s.generation &+= 1
    }
  }

  /// How many tokens are remembered.
  var count: Int { state.withLock { $0.entries.count } }

  private static func key(_ digest: [UInt8]) -> UInt64 {
    digest.prefix(8).reduce(0) { $0 << 8 | UInt64($1) }
  }
}

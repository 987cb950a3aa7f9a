internal import COpenSSL
internal import Synchronization

/// Sessions that servers gave us, so that the next connection to the same host is cheaper
/// (RFC 8446 §2.2, RFC 5077).
///
/// Bounded: the host that was least recently given a session goes first.
final class TLSSessionCache: Sendable {
  static let hostsMax = 256
  static let sessionsPerHostMax = 4

  /// Owns one reference to a session. `@unchecked Sendable`: OpenSSL counts references atomically,
  /// and a session is not changed after it was announced.
  private final class Session: @unchecked Sendable {
    let pointer: OpaquePointer
    init(_ pointer: OpaquePointer) { self.pointer = pointer }
    deinit { SSL_SESSION_free(pointer) }
  }

  private struct Host {
    var sessions: [Session] = []
    var lastUse: UInt64 = 0
  }

  private struct State {
    var hosts: [String: Host] = [:]
    var uses: UInt64 = 0
  }

  private let state = Mutex(State())

  /// Has `ssl` try the newest session of `hostName`. One of TLS 1.3 is then used up: a ticket that is
  /// used again would let observers link the connections (RFC 8446 §C.4).
  func offer(to ssl: OpaquePointer, hostName: String) {
    let session = state.withLock { s -> Session? in
      guard let newest = s.hosts[hostName]?.sessions.last else { return nil }
      if SSL_SESSION_get_protocol_version(newest.pointer) >= TLS1_3_VERSION {
        s.hosts[hostName]?.sessions.removeLast()
      }
      return newest
    }
    guard let session, SSL_SESSION_is_resumable(session.pointer) == 1 else { return }
    // Refused means a full handshake, nothing worse.
    _ = SSL_set_session(ssl, session.pointer)
  }

  /// What OpenSSL calls with a new session; 1 means that the reference is now ours.
  static let onNewSession: @convention(c) (OpaquePointer?, OpaquePointer?) -> Int32 = { ssl, session in
    guard let session, let target = TLSWire.of(ssl)?.pointee.sessions else { return 0 }
    target.cache.add(Session(session), hostName: target.hostName)
    return 1
  }

  /// How many hosts have sessions.
  var hostCount: Int { state.withLock { $0.hosts.count } }

  private func add(_ session: Session, hostName: String) {
    state.withLock { s in
      s.uses += 1
      var host = s.hosts[hostName] ?? Host()
      host.lastUse = s.uses
      host.sessions.append(session)
      if host.sessions.count > Self.sessionsPerHostMax { host.sessions.removeFirst() }
      s.hosts[hostName] = host
      if s.hosts.count > Self.hostsMax, let oldest = s.hosts.min(by: { $0.value.lastUse < $1.value.lastUse })
      {
        s.hosts[oldest.key] = nil
      }
    }
  }
}

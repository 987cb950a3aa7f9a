internal import Bytes
internal import Glibc
internal import Synchronization

/// Turns host names into addresses by getaddrinfo, which blocks, on threads of its own.
final class Resolver: Sendable {
  /// A dead name server holds a thread for many seconds: several, so that it does not hold all names.
  private static let threadsMax = 8
  /// Names that may wait for a thread.
  private static let waitingMax = 1024
  /// Addresses of one host that are looked at.
  private static let addressesMax = 32
  /// RFC 1035 §2.3.4, in text with the final dot.
  private static let hostOctetsMax = 254

  static let shared = Resolver()

  private enum Answer: Sendable {
    case addresses([SocketAddress])
    case failed(String)
  }

  private final class Lookup: Sendable {
    let host: String
    let port: UInt16
    let answer = Mutex<Answer?>(nil)
    let sleeper: Sleeper

    init(host: String, port: UInt16, reactor: Reactor) {
      self.host = host
      self.port = port
      sleeper = Sleeper(reactor: reactor)
    }
  }

  private struct State {
    var waiting: [Lookup] = []
    var threads = 0
  }

  private let state = Mutex(State())

  /// The addresses of `host`, as the system orders them (RFC 6724), at least one.
  func resolve(
    host: String, port: UInt16, on reactor: Reactor, deadline: Deadline
  ) async throws(StreamError) -> [SocketAddress] {
    guard !host.isEmpty, host.utf8.count <= Self.hostOctetsMax, !host.utf8.contains(0) else {
      throw .hostNotFound(host: host, reason: "not a host name")
    }
    if case .addresses(let found) = Self.look(up: host, port: port, flags: AI_NUMERICHOST) { return found }
    if Task.isCancelled { throw .cancelled }
    let lookup = Lookup(host: host, port: port, reactor: reactor)
    try begin(lookup)
    switch await lookup.sleeper.sleep(until: deadline) {
    case .moment: throw .timedOut(.resolve)
    case .cancelled: throw .cancelled
    case .signal: break
    }
    switch lookup.answer.withLock({ $0 }) {
    case .addresses(let found): return found
    case .failed(let reason): throw .hostNotFound(host: host, reason: reason)
    case nil: throw .cancelled
    }
  }

  private func begin(_ lookup: Lookup) throws(StreamError) {
    let (accepted, needsThread) = state.withLock { s -> (Bool, Bool) in
      guard s.waiting.count < Self.waitingMax else { return (false, false) }
      s.waiting.append(lookup)
      guard s.threads < Self.threadsMax else { return (true, false) }
      s.threads += 1
      return (true, true)
    }
    guard accepted else {
      throw .hostNotFound(host: lookup.host, reason: "too many names are being looked up")
    }
    if !needsThread || Thread.start(name: "resolver", { [self] in work() }) { return }
    let stranded = state.withLock { s in
      s.threads -= 1
      defer { if s.threads == 0 { s.waiting = [] } }
      return s.threads == 0 ? s.waiting : []
    }
    for lookup in stranded { finish(lookup, .failed("no thread left to look it up")) }
  }

  /// A thread's life: names until none waits.
  private func work() {
    while true {
      let next = state.withLock { s -> Lookup? in
        if s.waiting.isEmpty {
          s.threads -= 1
          return nil
        }
        return s.waiting.removeFirst()
      }
      guard let next else { return }
      finish(next, Self.look(up: next.host, port: next.port, flags: AI_ADDRCONFIG))
    }
  }

  private func finish(_ lookup: Lookup, _ answer: Answer) {
    lookup.answer.withLock { $0 = answer }
    lookup.sleeper.signal()
  }

  private static func look(up host: String, port: UInt16, flags: Int32) -> Answer {
    var hints = addrinfo()
    hints.ai_family = AF_UNSPEC
    hints.ai_socktype = Int32(SOCK_STREAM.rawValue)
    hints.ai_flags = flags | AI_NUMERICSERV
    var list: UnsafeMutablePointer<addrinfo>?
    let code = getaddrinfo(host, String(port), &hints, &list)
    guard code == 0 else { return .failed(gai_strerror(code).map { String(cString: $0) } ?? "error \(code)") }
    defer { freeaddrinfo(list) }
    var found: [SocketAddress] = []
    var entry = list
    while let info = entry?.pointee, found.count < addressesMax {
      if let pointer = info.ai_addr, let address = SocketAddress(copying: pointer, length: info.ai_addrlen) {
        found.append(address)
      }
      entry = info.ai_next
    }
    return found.isEmpty ? .failed("no address") : .addresses(found)
  }
}

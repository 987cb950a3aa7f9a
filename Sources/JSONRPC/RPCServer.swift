package import Bytes
internal import JSON

/// Answers JSON-RPC 2.0 on any number of connections.
///
/// The first octet of a connection chooses its framing (``Framing``). A connection is one task, and each
/// call that is not answered inline is a child of it; closing the connection cancels them.
/// `session.open`, `rpc.ping`, `rpc.discover`, `rpc.cancel`, `$/cancelRequest` and `rpc.credit` are answered
/// by the server itself.
package final class RPCServer: Sendable {
  private struct Sessions: Sendable {
    var open: [UInt64: ServerSession] = [:]
    var number: UInt64 = 0
    var draining = false
  }

  /// What may change while the server runs.
  private struct Settings: Sendable {
    var terms: ConnectionTerms
    var http: HTTPPolicy
  }

  /// The limits of connections that begin now; those that are open keep the ones they began with.
  package var limits: RPCLimits { settings.withLock { $0.terms.limits } }
  var http: HTTPPolicy { settings.withLock { $0.http } }
  let methods: MethodTable
  let authenticator: any Authenticator
  let discover: [UInt8]
  let observer: (any RPCObserver)?
  let tracer: (any RPCTracer)?
  let isReady: @Sendable () -> Bool
  let moreMetrics: @Sendable () async -> [MetricFamily]
  let counters: RPCCounters
  private let ledger: ConnectionLedger
  private let sessions = Monitor(Sessions())
  private let settings: Monitor<Settings>
  let resting = RestingConnections()

  /// - Parameters:
  ///   - discover: The OpenRPC document, as JSON text.
  ///   - isReady: What `GET /readyz` answers; called on the connections' tasks.
  ///   - moreMetrics: What `GET /metrics` tells besides the server's own numbers.
  package init(
    methods: MethodTable, authenticator: any Authenticator, limits: RPCLimits = RPCLimits(),
    discover: [UInt8],
    http: HTTPPolicy = HTTPPolicy(), observer: (any RPCObserver)? = nil,
    tracer: (any RPCTracer)? = nil,
    isReady: @escaping @Sendable () -> Bool = { true },
    moreMetrics: @escaping @Sendable () async -> [MetricFamily] = { [] }
  ) {
    self.methods = methods
    self.authenticator = authenticator
    self.discover = discover
    self.observer = observer
    self.tracer = tracer
    self.isReady = isReady
    self.moreMetrics = moreMetrics
    counters = RPCCounters(methods: methods)
    let terms = ConnectionTerms(limits: limits, counters: counters, table: methods, observer: observer)
    settings = Monitor(Settings(terms: terms, http: http))
    ledger = ConnectionLedger(limits: limits)
  }

  /// Changes what holds for connections that begin from now on, and for HTTP requests at once.
  package func update(limits: RPCLimits, http: HTTPPolicy) {
    let terms = ConnectionTerms(limits: limits, counters: counters, table: methods, observer: observer)
    settings.withLock { $0 = Settings(terms: terms, http: http) }
    ledger.update(limits: limits)
  }

  /// Takes a place for a connection that has just been accepted, before anything is read from it.
  ///
  /// - Returns: what ``serve(_:peer:received:place:)`` takes, also for a connection that is refused and is to be
  ///   told so; nil when it is to be closed at once.
  package func enter(_ peer: PeerInfo) -> ConnectionPlace? { ledger.enter(peer) }

  /// Serves one connection until it ends, and closes it. Returns when all its calls have ended.
  ///
  /// A read of `stream` that timed out may be tried again: idle connections with calls at work do so.
  /// - Parameters:
  ///   - received: What was read from the stream already.
  ///   - place: From ``enter(_:)``, given back at the end; taken here when left out.
  package func serve(
    _ stream: any ByteStream, peer: PeerInfo, received: ByteBuffer = ByteBuffer(),
    place: ConnectionPlace? = nil
  ) async {
    guard let seat = await seat(stream, peer: peer, received: received, place: place) else { return }
    var end: StreamError?
    while let deadline = await seat.serve(after: end) {
      end = nil
      do throws(StreamError) {
        // Others do not rest.
        try await (stream as? any DirectStream)?.wait(handing: seat, deadline: deadline)
      } catch {
        end = error
      }
    }
  }

  /// ``serve(_:peer:received:place:)`` for who has a task for the connection only when it needs one.
  ///
  /// - Returns: what serves the connection; nil when it is over already.
  package func host(
    _ stream: any DirectStream, peer: PeerInfo, received: ByteBuffer = ByteBuffer(),
    place: ConnectionPlace? = nil
  ) async -> (any RestingConnection)? {
    await seat(stream, peer: peer, received: received, place: place)
  }

  private func seat(
    _ stream: any ByteStream, peer: PeerInfo, received: ByteBuffer, place: ConnectionPlace?
  ) async -> ConnectionSeat? {
    guard let place = place ?? enter(peer) else {
      stream.close()
      return nil
    }
    if let refusal = place.refusal {
      await refuse(stream, refusal, received: received)
      place.leave()
      return nil
    }
    guard let session = open(stream, peer) else {
      stream.close()
      place.leave()
      return nil
    }
    counters.connectionOpened()
    observer?.connectionOpened(session.id, peer: peer)
    return ConnectionSeat(server: self, session: session, place: place, received: received)
  }

  /// The connection is over.
  func ended(_ session: ServerSession, reason: String) {
    sessions.change { $0.open[session.id] = nil }
    counters.connectionClosed()
    observer?.connectionClosed(session.id, reason: reason)
  }

  /// Takes no new calls and connections, tells every client so (`rpc.goaway`), and ends each connection
  /// when its calls have ended. Streams, many of which never end by themselves, get
  /// ``RPCLimits/goAwayStreamMilliseconds``; their callers go on elsewhere behind the last value. At
  /// `deadline` what still runs is cancelled.
  ///
  /// Returns when every connection has been closed; their tasks may take a moment longer.
  package func goAway(by deadline: Deadline) async {
    let open = sessions.change { s in
      s.draining = true
      return Array(s.open.values)
    }
    await withTaskGroup { group in
      group.addTask { [limits] in
        // A cancelled sleep means that all connections are closed.
        try? await Task.sleep(for: .milliseconds(limits.goAwayStreamMilliseconds))
        if Task.isCancelled { return }
        for session in open { session.endStreams(.goingAway) }
      }
      group.addTask {
        while !Task.isCancelled, let left = deadline.millisecondsLeft, left > 0 {
          // A cancelled sleep means that all connections are closed.
          try? await Task.sleep(for: .milliseconds(left))
        }
        if Task.isCancelled || deadline == .never { return }
        for session in open {
          session.cancelAll(.goingAway)
          session.stream.close()
          session.outbox.end()
        }
      }
      await withTaskGroup { drains in
        for session in open { drains.addTask { await session.drain() } }
      }
      group.cancelAll()
    }
  }

  /// Who stands behind a token.
  nonisolated(nonsending) func principal(token: [UInt8]) async -> Principal? {
    if let known = authenticator.remembered(token: token) { return known }
    return await authenticator.principal(token: token)
  }

  /// Asks again and again whether tokens and certificates still count, until the task is cancelled.
  package func watchCredentials() async {
    while !Task.isCancelled {
      // A cancelled sleep is seen by the loop.
      try? await Task.sleep(for: .seconds(limits.credentialCheckSeconds))
      if !Task.isCancelled { await checkCredentials() }
    }
  }

  /// Asks once about each token and certificate that connections and calls run under. Calls and streams under one
  /// that has ended are answered ``RPCError/badToken``, and so is what its connections ask for from now on, until
  /// they open a session again.
  ///
  /// The call that asks for it, if one does, is spared: it has its own answer.
  package func checkCredentials() async {
    // SAFETY: the task runs this function until it returns.
    let caller = withUnsafeCurrentTask { $0.map { TaskHandle(task: $0) } }
    let open = sessions.withLock { Array($0.open.values) }
    var verdicts: [String: Bool] = [:]
    for session in open {
      for credential in session.credentialsAtWork {
        let stands: Bool
        if let known = verdicts[credential] {
          stands = known
        } else {
          stands = await authenticator.stands(credential: credential)
          verdicts[credential] = stands
        }
        if !stands { session.end(credential: credential, sparing: caller) }
      }
    }
  }

  /// What statistics call the framings, in the order of the specification.
  package static let framings = Framing.names

  private static let undecided = "undecided"

  /// Everything counted so far.
  /// - Complexity: O(connections): for whoever asks now and then.
  package var statistics: RPCStatistics {
    var all = counters.statistics
    let refusals = ledger.refusals
    all.connectionsRefused = refusals.total
    all.connectionsRefusedPerPeer = refusals.perPeer
    all.connectionsRefusedUntold = refusals.untold
    all.connectionsAtRest = resting.count
    var framings: [String: Int] = [:]
    for session in sessions.withLock({ Array($0.open.values) }) {
      let load = session.load
      framings[load.framing ?? Self.undecided, default: 0] += 1
      all.streamsOpen += load.streams
      all.octetsWaiting += load.octets
    }
    all.framings = (Framing.names + [Self.undecided]).map { ($0, framings[$0] ?? 0) }
    return all
  }

  /// After ``goAway(by:)``.
  var isDraining: Bool { sessions.withLock { $0.draining } }

  private func open(_ stream: any ByteStream, _ peer: PeerInfo) -> ServerSession? {
    let number: UInt64? = sessions.withLock { s in
      if s.draining { return nil }
      s.number += 1
      return s.number
    }
    guard let number else { return nil }
    let terms = settings.withLock { $0.terms }
    let session = ServerSession(id: number, peer: peer, stream: stream, terms: terms)
    let entered = sessions.withLock { s in
      if !s.draining { s.open[number] = session }
      return !s.draining
    }
    return entered ? session : nil
  }
}

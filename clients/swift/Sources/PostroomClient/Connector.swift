internal import Bytes
internal import JSONRPC
internal import Sockets
internal import Synchronization

/// Keeps one connection to the server, and makes another when it is lost.
actor Connector {
  /// A connection and the task that runs it. Nobody waits for that task but ``Connector/close()``: it must
  /// outlive the call that made the connection.
  private final class Link: Sendable {
    let connection: RPCConnection
    let ended = Atomic<Bool>(false)
    /// A call has found it useless, perhaps before its task has ended.
    let isLeft = Atomic<Bool>(false)
    private let task = Mutex<Task<Void, Never>?>(nil)

    init(_ stream: any ByteStream, on reactor: Reactor?) {
      connection = RPCConnection(stream: stream)
      let connection = connection
      let task = Task(executorPreference: reactor) { [weak self] in
        await connection.run()
        self?.ended.store(true, ordering: .sequentiallyConsistent)
      }
      self.task.withLock { $0 = task }
    }

    var isUsable: Bool {
      !ended.load(ordering: .sequentiallyConsistent) && !isLeft.load(ordering: .sequentiallyConsistent)
        && !connection.isGoingAway
    }

    func waitUntilEnded() async { await task.withLock { $0 }?.value }

    deinit { connection.close() }
  }

  /// Opens a stream to the server, and the reactor that it belongs to.
  typealias Dial = @Sendable (Deadline) async throws(PostroomError) -> (any ByteStream, Reactor?)

  private let dial: Dial
  private let token: String?
  private let timeout: Duration
  /// The current one last; before it those that still finish what runs on them.
  private var links: [Link] = []
  /// Makes the connection that all who wait have asked for; nobody waits for the task itself.
  private var dialing: Task<Void, Never>?
  private var waiting: [UInt64: CheckedContinuation<Result<RPCConnection, PostroomError>, Never>] = [:]
  private var lastWaiting: UInt64 = 0
  private(set) var isClosed = false

  init(token: String?, timeout: Duration, dial: @escaping Dial) {
    self.dial = dial
    self.token = token
    self.timeout = timeout
  }

  init(
    _ address: ServerAddress, token: String?, timeout: Duration, caFile: String?,
    certificate: (chainFile: String, keyFile: String)?
  ) {
    // Made at the first connection and kept, for the sessions that it remembers.
    let tls = Mutex<TLSClientContext?>(nil)
    self.init(token: token, timeout: timeout) { deadline async throws(PostroomError) in
      do throws(StreamError) {
        let plain = try await Dialer.connect(address.endpoint, deadline: deadline)
        guard let name = address.tlsName else { return (plain, plain.reactor) }
        let made: Result<TLSClientContext, StreamError> = tls.withLock { kept in
          if let kept { return .success(kept) }
          do throws(StreamError) {
            let new = try TLSClientContext(
              caFile: caFile,
              identity: certificate.map { (certificateChainFile: $0.chainFile, privateKeyFile: $0.keyFile) })
            kept = new
            return .success(new)
          } catch {
            return .failure(error)
          }
        }
        let context: TLSClientContext
        do throws(StreamError) {
          context = try made.get()
        } catch {
          plain.close()
          throw error
        }
        return (try await context.wrap(plain, hostName: name, deadline: deadline), plain.reactor)
      } catch {
        throw PostroomError(error, connectingTo: address)
      }
    }
  }

  /// A connection that is signed in. One is made for all who wait; who gives up leaves the others waiting.
  ///
  /// - Throws: DEADLINE_EXCEEDED when `deadline` passes first, CANCELLED with the calling task.
  func connected(by deadline: Deadline) async throws(PostroomError) -> RPCConnection {
    if isClosed { throw .closed }
    if let link = links.last, link.isUsable { return link.connection }
    if dialing == nil {
      let (dial, token, timeout) = (dial, token, timeout)
      dialing = Task { await self.dialed(Self.open(dial, token, timeout)) }
    }
    lastWaiting += 1
    let number = lastWaiting
    // Ends with this scope.
    async let _: Void = giveUp(number, at: deadline)
    let outcome = await withTaskCancellationHandler {
      await withCheckedContinuation { waiting[number] = $0 }
    } onCancel: {
      // The handler cannot wait for the actor; what it begins ends at once.
      Task { await self.answer(number, .failure(Self.cancelled)) }
    }
    return try outcome.get()
  }

  private static let cancelled = PostroomError(.cancelled, .callCancelled, "the call was cancelled")

  private func giveUp(_ number: UInt64, at deadline: Deadline) async {
    while !Task.isCancelled, let left = deadline.millisecondsLeft, left > 0 {
      // A cancelled sleep means that there is an answer.
      try? await Task.sleep(for: .milliseconds(left))
    }
    if Task.isCancelled || deadline == .never { return }
    answer(
      number,
      .failure(PostroomError(.deadlineExceeded, .callDeadline, "the deadline passed before the answer came")))
  }

  private func dialed(_ outcome: Result<Link, PostroomError>) {
    dialing = nil
    if case .success(let link) = outcome {
      if isClosed {
        link.connection.close()
      } else {
        links.removeAll { $0.ended.load(ordering: .sequentiallyConsistent) }
        links.append(link)
      }
    }
    for number in waiting.keys { answer(number, isClosed ? .failure(.closed) : outcome.map(\.connection)) }
  }

  /// The first answer counts.
  private func answer(_ number: UInt64, _ outcome: Result<RPCConnection, PostroomError>) {
    waiting.removeValue(forKey: number)?.resume(returning: outcome)
  }

  /// Makes no further call over `connection`; what runs on it may finish.
  func leave(_ connection: RPCConnection) {
    for link in links where link.connection === connection {
      link.isLeft.store(true, ordering: .sequentiallyConsistent)
    }
  }

  func close() async {
    isClosed = true
    for number in waiting.keys { answer(number, .failure(.closed)) }
    let open = links
    links = []
    for link in open { link.connection.close() }
    for link in open { await link.waitUntilEnded() }
  }

  private static func open(
    _ dial: Dial, _ token: String?, _ timeout: Duration
  ) async -> Result<Link, PostroomError> {
    let deadline = Deadline(timeout)
    do throws(PostroomError) {
      let (stream, reactor) = try await dial(deadline)
      let link = Link(stream, on: reactor)
      if let token {
        do throws(RPCError) {
          try await link.connection.openSession(token: Array(token.utf8))
        } catch {
          link.connection.close()
          throw PostroomError(error)
        }
      }
      return .success(link)
    } catch {
      return .failure(error)
    }
  }
}

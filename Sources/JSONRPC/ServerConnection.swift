internal import Bytes
internal import Glibc
internal import JSON

/// Why a connection's task ends.
enum ConnectionEnd: Error {
  case peerEnded
  /// We end it; the answer that says why has been written.
  case ended(String)
  /// A message took longer to come than it may; nothing has been answered yet.
  case tooSlow
  case stream(StreamError)

  var reason: String {
    switch self {
    case .peerEnded: "the peer ended it"
    case .ended(let reason): reason
    case .stream(.closed): "closed"
    case .stream(.cancelled): "cancelled"
    case .tooSlow, .stream(.timedOut): "the peer was too slow"
    case .stream: "the connection failed"
    }
  }
}

/// One connection: reads what there is, handles all whole messages, writes the answers in one go.
///
/// Belongs to the connection's task, and while that waits to ``ConnectionSeat``; what other tasks need of the connection
/// is in ``ServerSession``.
struct ServerConnection {
  let server: RPCServer
  let session: ServerSession
  let limits: RPCLimits
  var input: ByteBuffer
  var validator: JSONValidator
  /// Memory for what is being handled.
  private var text: [UInt8] = []
  /// Answers that are not in the outbox yet.
  var replies = JSONWriter()
  var tally = RPCCounters.Tally()
  /// Who speaks; over HTTP set for each request.
  var principal: Principal? { didSet { context = makeContext(nil, .stream(.lines)) } }
  /// The context of calls without `_meta`.
  var context: CallContext
  /// The connection ends after the current message, because of this.
  var endReason: String?
  /// The head of the last HTTP request that brought a message.
  var accepted: AcceptedHead?
  /// The `traceparent` of the HTTP request whose message is handled: what its calls have that name none.
  var carriedTrace: String?
  /// What the connection speaks from now on instead of HTTP.
  var upgraded: Framing?
  /// Where the id of the last request stands in what is being handled.
  var lastIDRange: Range<Int>?

  var malformedInARow = 0
  /// The stream, when what arrives can be handled without the task.
  let direct: (any DirectStream)?
  /// What is spoken; nil before the first octet.
  var framing: Framing?
  /// The last messages were all such as need no task: those that come next are likely to be.
  private var isPlainTalk = false
  var failures = 0
  private var hasWriter = false
  /// By when the message that is coming must be whole.
  var messageDeadline: Deadline?
  /// By when more must come, as of the last time that nothing was under way.
  var idleDeadline: Deadline

  static let readOctets = 128 << 10
  /// Answers are handed over when they are this long.
  static let flushOctets = 256 << 10
  /// Buffers keep this much memory between batches.
  static let keptOctets = 16 << 10
  /// After an error the peer's octets are read away for this long, so that the error reaches it: closing
  /// with octets unread resets the connection.
  private static let lingerMilliseconds: Int64 = 250
  private static let lingerOctetsMax = 4 << 20

  init(server: RPCServer, session: ServerSession, kept: Kept, received: ByteBuffer) {
    self.server = server
    self.session = session
    limits = session.limits
    direct = session.stream as? any DirectStream
    input = received
    validator = JSONValidator(depthMax: limits.depthMax)
    context = CallContext(principal: kept.principal?.value, connectionID: session.id, peer: session.peer.text)
    principal = kept.principal?.value
    framing = kept.framing
    failures = Int(kept.failures)
    malformedInARow = Int(kept.malformedInARow)
    idleDeadline = kept.idleDeadline
  }

  /// What ``run(_:)`` leaves.
  enum Rest: Sendable {
    /// Nothing is under way, and what comes can be handled where it arrives.
    case quiet(until: Deadline)
    /// Nothing is under way: until something arrives, and until then at the latest, no task is needed.
    case cold(until: Deadline)
    /// The connection is to be closed; why.
    case ended(String)
  }

  /// Serves until nothing is left to do, or for ever.
  nonisolated(nonsending) mutating func run(_ group: inout DiscardingTaskGroup) async -> Rest {
    do throws(ConnectionEnd) {
      let spoken: Framing
      if let framing {
        spoken = framing
      } else {
        guard let first = try await firstFraming() else { return .cold(until: idleDeadline) }
        spoken = first
      }
      if spoken == .http {
        if let deadline = try await serveHTTP(&group) { return .cold(until: deadline) }
        // From now on there are frames.
        framing = upgraded
      }
      return try await serveFrames(framing ?? spoken, &group)
    } catch {
      return .ended(await end(error))
    }
  }

  /// What the first octet chooses; nil when it has not come, and no task is needed until it does.
  private nonisolated(nonsending) mutating func firstFraming() async throws(ConnectionEnd) -> Framing? {
    if input.isEmpty, let direct {
      let n: Int?
      do throws(StreamError) {
        n = try await direct.readIfThere(into: &input, atMost: Self.readOctets)
      } catch {
        throw .stream(error)
      }
      guard let n else { return nil }
      tally.octetsIn &+= UInt64(n)
      if n == 0 { throw .peerEnded }
    }
    await recognise()
    if input.isEmpty, try await !read(deadline: .after(seconds: limits.firstByteSeconds)) {
      throw .peerEnded
    }
    guard let first = Framing(firstOctet: input[0]) else { throw await refuseFraming() }
    framing = first
    session.setFraming(first)
    return first
  }

  /// Takes leave; why the connection ends.
  nonisolated(nonsending) mutating func end(_ error: ConnectionEnd) async -> String {
    server.counters.add(&tally)
    if case .ended = error, session.isWebSocket { await leaveWebSocket() }
    return error.reason
  }

  /// Says why we go, unless it has been said.
  private nonisolated(nonsending) func leaveWebSocket() async {
    session.noteGoodbye()
    session.outbox.append(WebSocket.close(.goingAway))
    // Whoever cannot be written to learns it by the connection's end.
    try? await session.outbox.flush(to: session.stream)
  }

  /// Who connects may be known without a word: by the user of a Unix socket, or a certificate.
  private nonisolated(nonsending) mutating func recognise() async {
    if let uid = session.peer.uid {
      principal = await server.authenticator.principal(peerUID: uid)
    } else if let digest = session.peer.certificateDigest {
      principal = await server.authenticator.principal(certificateDigest: digest)
      session.setCredential(principal)
      if principal == nil { server.observer?.certificateUnknown(session.id, peer: session.peer) }
    }
  }

  /// The largest message that may come now.
  var octetsMax: Int {
    principal == nil
      ? min(limits.messageOctetsUnauthenticatedMax, limits.messageOctetsMax) : limits.messageOctetsMax
  }

  private nonisolated(nonsending) mutating func refuseFraming() async -> ConnectionEnd {
    let error = RPCError.parse(.syntax(offset: 0, reason: "no framing begins with this octet"))
    return await fail(error, .stream(.lines))
  }

  // MARK: Frames

  /// The loop of a connection. What it does for each batch of messages it does itself: an `await` of a function
  /// that does not wait costs about as much as three calls.
  ///
  /// Returns when nothing is under way and the stream is a ``DirectStream``.
  nonisolated(nonsending) mutating func serveFrames(_ framing: Framing, _ group: inout DiscardingTaskGroup)
    async throws(ConnectionEnd)
    -> Rest
  {
    if !session.outbox.isEmpty { try await flush() }
    // Whoever was woken without octets has to read first: the peer may have ended.
    var mayRest = !input.isEmpty
    var decoder = FrameDecoder(framing, limits: limits)
    let target = ReplyTarget.stream(framing)
    var turn = ByteBuffer()
    while true {
      session.setBusy(true)
      if decoder.isReady(input, octetsMax: octetsMax) {
        if session.credentialHasEnded, principal != nil { principal = nil }
        let text = takeText()
        var offset = 0
        while let halt = handleFrames(&decoder, text, &offset, target, isFinal: false, &group) {
          try await resolve(halt, target, &group)
        }
        release(offset, of: text)
        if beginOwnTurn(&turn) {
          let octets = turn.count
          do throws(StreamError) {
            try await session.stream.write(&turn, deadline: .roughlyAfter(seconds: limits.writeSeconds))
          } catch {
            session.outbox.fail()
            throw .stream(error)
          }
          if octets > Self.keptOctets { turn = ByteBuffer() }
          if !endOwnTurn(octets) { try await flush() }
        } else {
          try await flush()
        }
      }
      try pause()
      if mayRest, isPlainTalk, framing == .lines, isQuiet(midMessage: decoder.isMidMessage) {
        return .quiet(until: rest())
      }
      do throws(ConnectionEnd) {
        switch try await nextOctets(midMessage: decoder.isMidMessage) {
        case .rest(let deadline): return .cold(until: deadline)
        case .octets(let octets):
          mayRest = true
          if octets != 0 { continue }
        }
      } catch .tooSlow {
        let seconds = Int(limits.messageSeconds)
        throw await fail(.limit("messageSeconds", limit: seconds, actual: seconds), target)
      }
      if framing == .lines, !input.isEmpty {
        let text = takeText()
        var offset = 0
        while let halt = handleFrames(&decoder, text, &offset, target, isFinal: true, &group) {
          try await resolve(halt, target, &group)
        }
        release(offset, of: text)
      }
      try await settle(&group)
      throw .peerEnded
    }
  }

  /// Gives back what only work needs; by when more must come.
  private mutating func rest() -> Deadline {
    input.removeAll(keepingAtMost: 0)
    replies.removeAll(keepingAtMost: 0)
    text = []
    validator = JSONValidator(depthMax: limits.depthMax)
    idleDeadline = readDeadline(midMessage: false)
    return idleDeadline
  }

  /// What has been read, as an array whose memory is used again for the next batch.
  private mutating func takeText() -> [UInt8] {
    var taken: [UInt8] = []
    swap(&taken, &text)
    input.withUnsafeReadableBytes { taken.append(contentsOf: $0) }
    return taken
  }

  /// `offset` octets of `used` have been handled; the rest stays in the input.
  private mutating func release(_ offset: Int, of used: consuming [UInt8]) {
    input.consume(offset)
    if input.isEmpty { input.removeAll(keepingAtMost: Self.keptOctets) }
    noteProgress(used)
    if used.count > Self.keptOctets { return }
    used.removeAll(keepingCapacity: true)
    text = used
  }

  /// What stops ``handleFrames(_:_:_:_:isFinal:_:)`` until something has been awaited.
  private enum Halt {
    case perform(Deferred, [UInt8], Range<Int>)
    /// Enough answers have been written to be handed over.
    case flush
    case fail(RPCError)
    /// The same, with these octets at the very end.
    case broken(RPCError, [UInt8])
    case closing([UInt8])
    case end(String)
  }

  /// Handles every whole message in `bytes` from `offset` on, until one needs an `await`: few do.
  private mutating func handleFrames(
    _ decoder: inout FrameDecoder, _ bytes: [UInt8], _ offset: inout Int, _ target: ReplyTarget,
    isFinal: Bool, _ group: inout DiscardingTaskGroup
  ) -> Halt? {
    isPlainTalk = true
    var isLines = false
    if case .stream(.lines) = target { isLines = !decoder.isMidMessage }
    while true {
      if let endReason { return .end(endReason) }
      if replies.count >= Self.flushOctets { return .flush }
      guard offset < bytes.count else { return nil }
      if isLines, let request = plainRequest(bytes, bytes.count, &offset) {
        malformedInARow = 0
        messageDeadline = nil
        if request.mayHaveMeta { isPlainTalk = false }
        if let work = call(request, bytes, request.start, target, authorized: false, &group) {
          return .perform(work, bytes, request.start..<offset)
        }
        continue
      }
      let step = decoder.next(
        bytes, from: offset, isFinal: isFinal, validator: &validator, octetsMax: octetsMax)
      switch step {
      case .message(let range, let end, let checked):
        isPlainTalk = false
        offset = end
        messageDeadline = nil
        if checked || check(bytes, range, target) {
          malformedInARow = 0
          if let work = handle(bytes, range, target, &group) { return .perform(work, bytes, range) }
        }
      case .unpacked(let message, let end):
        offset = end
        messageDeadline = nil
        let whole = 0..<message.count
        if check(message, whole, target), let work = handle(message, whole, target, &group) {
          return .perform(work, message, whole)
        }
        noteProgress(message)
      // White space, or the rest of a refused line: the time for a message goes on.
      case .skip(let to): offset = to
      case .needMore: return nil
      case .control(let octets, let end):
        offset = end
        replies.fragment(octets)
      case .closing(let octets): return .closing(octets)
      case .broken(let error, let octets): return .broken(error, octets)
      case .malformed(let error, let resume):
        malformedInARow += 1
        guard let resume, malformedInARow < limits.malformedLinesMax,
          !Self.looksLikeHTTP(bytes, from: offset)
        else { return .fail(error) }
        refuse(error, target)
        offset = resume
        messageDeadline = nil
      }
    }
  }

  /// The request at `offset`, which moves behind it, when it is in its plainest form and within the first `count`.
  @inline(__always)
  mutating func plainRequest(_ bytes: [UInt8], _ count: Int, _ offset: inout Int) -> Envelope? {
    let start = offset
    return bytes.withUnsafeBufferPointer { all -> Envelope? in
      guard let p = all.baseAddress, start < count, count <= all.count else { return nil }
      let from = p[start] == ASCII.lf && start + 1 < count ? start + 1 : start
      guard let plain = PlainRequest.read(p, from, count, validator: &validator),
        plain.end - start <= octetsMax, plain.id.count <= limits.idOctetsMax
      else { return nil }
      offset = plain.end
      // The validator has just noted the members of the params.
      let isOpen = validator.hasEscapedNames || validator.membersLeftOut
      let mayHaveMeta = isOpen || validator.members.contains { p[$0.nameStart] == 0x5F }
      var request = Envelope(
        id: plain.id, method: plain.method, params: plain.params, mayHaveMeta: mayHaveMeta, isVersion1: false,
        start: from)
      if !isOpen, validator.members.count == 1 { request.onlyMember = validator.members[0] }
      return request
    }
  }

  private nonisolated(nonsending) mutating func resolve(
    _ halt: Halt, _ target: ReplyTarget, _ group: inout DiscardingTaskGroup
  ) async throws(ConnectionEnd) {
    switch halt {
    case .perform(let work, let bytes, let range):
      await perform(work, bytes, range, target, &group)
      // The message may have been unpacked: its id does not stand in what comes next.
      noteProgress(bytes)
    case .flush: try await flush()
    case .fail(let error): throw await fail(error, target)
    case .broken(let error, let octets): throw await fail(error, target, closing: octets)
    case .closing(let octets):
      // Their answers belong in front of our leave: nothing may follow it (RFC 6455 §5.5.1).
      session.cancelAll(.cancelled)
      session.noteGoodbye()
      replies.fragment(octets)
      try await flush()
      await linger()
      throw .ended("the peer closed the WebSocket")
    case .end(let reason):
      try await flush()
      await linger()
      throw .ended(reason)
    }
  }

  /// Adds to the server's counters, and tells the session how far we are in `bytes`.
  mutating func noteProgress(_ bytes: [UInt8]) {
    server.counters.add(&tally)
    if let range = lastIDRange {
      session.setLastID(bytes, range)
      lastIDRange = nil
    }
  }

  /// Checks a message whose bounds are known; a malformed one is answered.
  mutating func check(_ bytes: [UInt8], _ range: Range<Int>, _ target: ReplyTarget) -> Bool {
    let error: JSONError? = bytes.withUnsafeBytes { all in
      let text = UnsafeRawBufferPointer(rebasing: all[..<range.upperBound])
      switch validator.run(text, from: range.lowerBound, isFinal: true) {
      case .failed(let error): return error
      case .incomplete: return .syntax(offset: range.upperBound, reason: "the value is cut short")
      case .complete(let end):
        var i = end
        while i < text.count, text[i] == 0x20 || text[i] == 0x0A || text[i] == 0x0D || text[i] == 0x09 {
          i += 1
        }
        return i == text.count ? nil : .syntax(offset: i, reason: "more text behind the value")
      }
    }
    guard let error else { return true }
    refuse(.parse(error.counted(from: range.lowerBound)), target)
    return false
  }

  /// A line like `POST /x` or `Host: y`: a browser made to talk to us, not a client.
  private static func looksLikeHTTP(_ bytes: [UInt8], from: Int) -> Bool {
    let line = bytes[from...].drop { $0 <= 0x20 }
    let word = line.prefix { ASCII.isAlpha($0) || $0 == 0x2D }
    guard !word.isEmpty, let next = line.dropFirst(word.count).first else { return false }
    if next == 0x3A { return true }
    let behind = line.dropFirst(word.count + 1).first
    return next == 0x20 && (behind == 0x2F || behind == 0x2A || behind.map(ASCII.isAlpha) == true)
  }

  // MARK: Reading and writing

  /// Between handling and waiting. Ends a connection that drains and has nothing left to do.
  func pause() throws(ConnectionEnd) {
    session.setBusy(false)
    if session.isDraining, session.callsInFlight == 0 { throw .ended("the server goes away") }
  }

  nonisolated(nonsending) mutating func read(deadline: Deadline) async throws(ConnectionEnd) -> Bool {
    do {
      let n = try await session.stream.read(into: &input, atMost: Self.readOctets, deadline: deadline)
      tally.octetsIn &+= UInt64(n)
      return n > 0
    } catch {
      throw .stream(error)
    }
  }

  /// Takes the turn to write the answers when nothing else runs here and they are not many.
  private mutating func beginOwnTurn(_ turn: inout ByteBuffer) -> Bool {
    guard replies.count > 0, replies.count < Outbox.pieceOctets, !hasWriter || session.callsInFlight == 0,
      session.outbox.takeEmptyTurn(replies.bytes, into: &turn)
    else { return false }
    replies.removeAll(keepingAtMost: Self.keptOctets)
    return true
  }

  /// The answers have been written; false when others have appended meanwhile, which ``flush()`` is to write.
  private func endOwnTurn(_ octets: Int) -> Bool {
    if session.outbox.endTurn(wrote: octets) { return true }
    session.outbox.leaveTurn()
    return false
  }

  /// Hands the answers over: to the peer when nothing else runs here, else to the writer. Then waits while
  /// the peer takes too little of what waits for it.
  nonisolated(nonsending) mutating func flush() async throws(ConnectionEnd) {
    let outbox = session.outbox
    let room = limits.writeBufferOctetsMax
    if hasWriter, session.callsInFlight > 0 {
      if replies.count > 0 { outbox.append(replies.bytes) }
    } else if let turn = outbox.takeTurn(replies.bytes) {
      do throws(StreamError) {
        try await outbox.write(turn, to: session.stream)
      } catch {
        outbox.fail()
        throw .stream(error)
      }
    }
    replies.removeAll(keepingAtMost: Self.keptOctets)
    if outbox.hasRoom(room) { return }
    guard await outbox.waitForRoom(room) else { throw .stream(.closed) }
  }

  /// Moves the answers so far into the outbox, in front of what other tasks append from now on.
  mutating func settleOrder() {
    if replies.count > 0 { session.outbox.append(replies.bytes) }
    replies.removeAll()
  }

  /// From now on others than this task have something to write.
  mutating func startWriter(_ group: inout DiscardingTaskGroup) {
    isPlainTalk = false
    if hasWriter { return }
    hasWriter = true
    let session = session
    session.outbox.callWriter()
    group.addTask {
      await session.outbox.run(stream: session.stream) { session.nudgeIfIdle() }
      // Nobody can be answered any more.
      if session.outbox.isEnded { session.cancelAll(.cancelled) }
    }
  }

  /// The peer has ended its side: what runs may still answer for a moment.
  nonisolated(nonsending) mutating func settle(_ group: inout DiscardingTaskGroup) async throws(ConnectionEnd)
  {
    try await flush()
    guard session.callsInFlight > 0 else { return }
    let session = session
    let moment = limits.endedPeerMilliseconds
    group.addTask {
      // A cancelled sleep means that the connection is over anyway.
      try? await Task.sleep(for: .milliseconds(moment))
      session.cancelAll(.cancelled)
    }
    await session.waitUntilAnswered()
    await session.outbox.waitUntilEmpty()
  }

  // MARK: Errors of the connection

  /// Answers an error that belongs to no request.
  mutating func refuse(_ error: RPCError, _ target: ReplyTarget) {
    server.counters.protocolError()
    server.observer?.protocolError(session.id, error: error)
    reply(error, nil, target)
  }

  /// Answers an error that nothing can follow, and lets it reach the peer.
  nonisolated(nonsending) mutating func fail(
    _ error: RPCError, _ target: ReplyTarget, closing: [UInt8] = []
  ) async -> ConnectionEnd {
    refuse(error, target)
    if !closing.isEmpty {
      replies.fragment(closing)
      session.noteGoodbye()
    }
    do {
      try await flush()
    } catch {
      return error
    }
    await linger()
    return .ended("the peer broke the protocol")
  }

  nonisolated(nonsending) func linger() async {
    await session.outbox.waitUntilEmpty()
    let deadline = Deadline.after(milliseconds: Self.lingerMilliseconds)
    var octets = 0
    var dropped = ByteBuffer()
    // An error ends the wait as well as the deadline does.
    while octets < Self.lingerOctetsMax,
      let n = try? await session.stream.read(into: &dropped, atMost: 64 << 10, deadline: deadline), n > 0
    {
      octets += n
      dropped.removeAll()
    }
  }

  /// A token was refused: counts it, and ends the connection when there were too many.
  mutating func authenticationFailed() {
    failures += 1
    server.counters.authenticationFailed()
    server.observer?.authenticationFailed(session.id, peer: session.peer)
    if failures >= limits.authenticationFailuresMax { endReason = "too many tokens that are not known" }
  }
}

internal import Bytes
internal import JSON

/// HTTP/1.1 on a connection: `POST /rpc` carries one JSON-RPC message, `GET /rpc` becomes a WebSocket, `GET` answers
/// `/healthz`, `/readyz`, `/openrpc.json` and `/metrics`. Requests that are pipelined run at the same time, like the calls of a batch; their
/// responses keep their order.
extension ServerConnection {
  /// A request whose body is still coming.
  private struct Pending {
    let number: Int
    let action: Action
    let keepAlive: Bool
    let traceparent: String?

    /// It is not done with the answer to its message.
    var needsMore: Bool { if case .message = action { !keepAlive } else { true } }
  }

  private enum Action {
    case message(Principal?)
    case respond(HTTPResponse)
    /// The connection becomes a WebSocket.
    case upgrade(Principal?, WebSocketHandshake)
  }

  /// - Returns: by when more must come, when nothing is under way; nil when the connection has become a WebSocket.
  nonisolated(nonsending) mutating func serveHTTP(_ group: inout DiscardingTaskGroup)
    async throws(ConnectionEnd) -> Deadline?
  {
    var decoder = HTTPDecoder(limits: limits)
    let responses = HTTPReplies(outbox: session.outbox)
    var pending: Pending?
    // Over HTTP each request says who it is; without a word it is the connection's own user.
    let usual = principal
    while true {
      session.setBusy(true)
      if input.count >= decoder.octetsNeeded {
        try await processHTTP(&decoder, responses, &pending, usual, &group)
        try await flush()
        if let framing = upgraded {
          session.setFraming(framing)
          return nil
        }
        await responses.waitForRoom(requests: limits.callsInFlightMax, octets: limits.writeBufferOctetsMax)
      }
      try pause()
      do throws(ConnectionEnd) {
        switch try await nextOctets(midMessage: !decoder.isBetweenRequests, responses) {
        case .octets(let octets): if octets > 0 { continue }
        case .rest(let deadline):
          principal = usual
          return deadline
        }
      } catch .tooSlow {
        let number = pending?.number ?? responses.open(keepAlive: false)
        responses.close(.text(408, "the request took too long"), at: number)
        throw await leave("the peer was too slow")
      }
      try await settle(&group)
      throw .peerEnded
    }
  }

  private nonisolated(nonsending) mutating func processHTTP(
    _ decoder: inout HTTPDecoder, _ responses: HTTPReplies, _ pending: inout Pending?, _ usual: Principal?,
    _ group: inout DiscardingTaskGroup
  ) async throws(ConnectionEnd) {
    let bytes = input.bytes
    var offset = 0
    steps: while offset < bytes.count || !decoder.isBetweenRequests {
      switch decoder.next(bytes, from: offset, octetsMax: octetsMax) {
      case .needMore: break steps
      case .skip(let to): offset = to
      case .head(let head, let end):
        offset = end
        if let speaker = repeated(head, usual) {
          if principal != speaker { principal = speaker }
          let keepAlive = head.keepAlive && !session.isDraining
          pending = Pending(
            number: responses.open(keepAlive: keepAlive), action: .message(speaker), keepAlive: keepAlive,
            traceparent: accepted?.traceparent)
          continue
        }
        pending = await begin(head, responses, usual)
        if head.expectsContinue, case .message = pending?.action {
          // 100 belongs in front of this response: those before it must have left.
          await responses.waitForRoom(requests: 2, octets: .max)
          session.outbox.append(Array("HTTP/1.1 100 Continue\r\n\r\n".utf8))
        } else if head.hasBody, case .respond(let response) = pending?.action, let number = pending?.number {
          // What is refused is not read.
          responses.close(response, at: number)
          throw await leave("a request was refused")
        }
      case .body(let body, let end):
        offset = end
        messageIsComplete()
        guard let request = pending else { break }
        pending = nil
        if case .message(let speaker) = request.action {
          carriedTrace = request.traceparent
          defer { carriedTrace = nil }
          if let work = answer(body, speaker, responses, request.number, &group) {
            await perform(work, body, 0..<body.count, .http(responses, request.number), &group)
          }
          noteProgress(body)
        }
        if request.needsMore || endReason != nil { try await finish(request, responses) }
        if upgraded != nil { break steps }
        // Else all responses leave in one go.
        if session.outbox.octets >= Self.flushOctets { try await flush() }
      case .failed(let refusal):
        let number = pending?.number ?? responses.open(keepAlive: false)
        responses.close(Self.response(refusal), at: number)
        server.counters.protocolError()
        server.observer?.protocolError(
          session.id, error: refusal.limit ?? .invalidRequest(refusal.explanation))
        throw await leave("the peer broke the protocol")
      }
    }
    input.consume(offset)
    if input.isEmpty { input.removeAll(keepingAtMost: 16 << 10) }
    server.counters.add(&tally)
  }

  /// Handles a message; what is returned must be performed.
  private mutating func answer(
    _ body: [UInt8], _ speaker: Principal?, _ responses: HTTPReplies, _ number: Int,
    _ group: inout DiscardingTaskGroup
  ) -> Deferred? {
    if principal != speaker { principal = speaker }
    let target = ReplyTarget.http(responses, number)
    return check(body, 0..<body.count, target) ? handle(body, 0..<body.count, target, &group) : nil
  }

  /// What a request wants besides the answer to its message.
  private nonisolated(nonsending) mutating func finish(
    _ request: Pending, _ responses: HTTPReplies
  ) async throws(ConnectionEnd) {
    switch request.action {
    case .respond(let response): responses.respond(response, at: request.number)
    case .upgrade(let speaker, let handshake):
      principal = speaker
      session.setCredential(speaker)
      responses.respond(HTTPResponse(status: 101, fields: handshake.fields, body: []), at: request.number)
      // From here on there are frames: every response must have left.
      await responses.waitForRoom(requests: 1, octets: .max)
      upgraded = .webSocket(deflates: handshake.deflates)
      return
    case .message: break
    }
    guard !request.keepAlive || endReason != nil else { return }
    try await flush()
    await responses.waitForRoom(requests: 1, octets: .max)
    throw await leave(endReason ?? "the request asked for it")
  }

  /// Lets what is written reach the peer.
  private nonisolated(nonsending) mutating func leave(_ reason: String) async -> ConnectionEnd {
    do {
      try await flush()
    } catch {
      return error
    }
    await linger()
    return .ended(reason)
  }

  // MARK: What a request may do

  private nonisolated(nonsending) mutating func begin(
    _ head: HTTPHead, _ responses: HTTPReplies, _ usual: Principal?
  ) async
    -> Pending
  {
    let keepAlive = head.keepAlive && !session.isDraining
    var fields: [(String, String)] = []
    let origins = head.fields.values("origin")
    if origins.count == 1, let origin = origins.first, server.http.origins.contains(origin) {
      fields = [("Access-Control-Allow-Origin", origin), ("Vary", "Origin")]
    }
    let action = await action(head, usual)
    switch action {
    case .message(let speaker), .upgrade(let speaker, _): principal = speaker
    case .respond: principal = nil
    }
    accepted = nil
    // W3C Trace Context §3.2: more than one is none.
    let traces = head.fields.values("traceparent")
    let trace = traces.count == 1 && traces[0].utf8.count <= CallMeta.traceparentOctetsMax ? traces[0] : nil
    if case .message = action, origins.isEmpty, !head.expectsContinue {
      accepted = AcceptedHead(
        number: head.number, authorization: head.fields.values("authorization").first, traceparent: trace)
    }
    return Pending(
      number: responses.open(keepAlive: keepAlive, fields: fields), action: action, keepAlive: keepAlive,
      traceparent: trace)
  }

  /// Who makes a request whose head is the last accepted one again: all that was checked about it but the token is as
  /// it was. nil: it must be looked at anew.
  private func repeated(_ head: HTTPHead, _ usual: Principal?) -> Principal?? {
    guard let accepted, accepted.number == head.number else { return nil }
    guard let token = accepted.token else { return .some(session.credentialHasEnded ? nil : usual) }
    return server.authenticator.remembered(token: token).map { .some($0) }
  }

  private nonisolated(nonsending) mutating func action(_ head: HTTPHead, _ usual: Principal?) async -> Action
  {
    if let refusal = refusal(head) { return .respond(refusal) }
    let path = head.path
    if path == "/metrics" { return .respond(await metrics(head, usual)) }
    guard path == "/rpc" else { return .respond(page(head)) }
    if head.method == "OPTIONS" { return .respond(Self.preflight(head)) }
    if WebSocketHandshake.isAsked(head) { return await upgrade(head, usual) }
    guard head.method == "POST" else {
      return .respond(
        .text(405, "POST /rpc, or GET /rpc to become a WebSocket", fields: [("Allow", "POST, GET")]))
    }
    guard Self.isJSON(head.fields.values("content-type")), head.fields.values("content-encoding").isEmpty
    else {
      return .respond(.text(415, "Content-Type must be application/json"))
    }
    switch await speaker(head, usual) {
    case .known(let principal): return .message(principal)
    case .refused: return .respond(.error(.badToken, status: 401))
    }
  }

  private nonisolated(nonsending) mutating func upgrade(_ head: HTTPHead, _ usual: Principal?) async -> Action
  {
    switch WebSocketHandshake.answer(head) {
    case .failure(let refusal):
      let fields = refusal.wantsVersion ? [("Sec-WebSocket-Version", "13")] : []
      return .respond(.text(refusal.status, refusal.explanation, fields: fields))
    case .success(let handshake):
      if session.isDraining { return .respond(.text(503, "the server goes away")) }
      switch await speaker(head, usual) {
      case .known(let principal): return .upgrade(principal, handshake)
      case .refused: return .respond(.error(.badToken, status: 401))
      }
    }
  }

  private enum Speaker {
    case known(Principal?)
    case refused
  }

  /// Who makes the request; without a word it is the connection's own user.
  private nonisolated(nonsending) mutating func speaker(_ head: HTTPHead, _ usual: Principal?) async
    -> Speaker
  {
    let authorizations = head.fields.values("authorization")
    if authorizations.isEmpty { return .known(session.credentialHasEnded ? nil : usual) }
    if authorizations.count == 1,
      let principal = await server.principal(token: CallMeta.token(authorization: authorizations[0]))
    {
      return .known(principal)
    }
    authenticationFailed()
    return .refused
  }

  /// `/metrics` is for tokens with scope `admin`, and without a token for who comes from this machine. What a
  /// proxy brings does not: it says so in a field.
  private nonisolated(nonsending) mutating func metrics(_ head: HTTPHead, _ usual: Principal?) async
    -> HTTPResponse
  {
    guard head.method == "GET" || head.method == "HEAD" else {
      return .text(405, "GET /metrics", fields: [("Allow", "GET, HEAD")])
    }
    guard case .known(let principal) = await speaker(head, usual) else {
      return .error(.badToken, status: 401)
    }
    let forwarded = ["forwarded", "via", "x-forwarded-for", "x-real-ip"].contains {
      !head.fields.values($0).isEmpty
    }
    let isLocal = session.peer.isLoopback && !forwarded && head.fields.values("authorization").isEmpty
    guard isLocal || principal?.scopes.contains("admin") == true else {
      return .error(
        principal == nil ? unauthenticated : .scopeMissing("admin"), status: principal == nil ? 401 : 403)
    }
    server.counters.add(&tally)
    var response = HTTPResponse(
      status: 200, type: MetricsPage.type,
      body: Array(MetricsPage(server.statistics, await server.moreMetrics()).text.utf8))
    response.omitsBody = head.method == "HEAD"
    return response
  }

  /// The checks against pages that resolve their own name to our address, and against other pages.
  private func refusal(_ head: HTTPHead) -> HTTPResponse? {
    let origins = head.fields.values("origin")
    let http = server.http
    let areAllowed = origins.allSatisfy {
      http.allows(origin: $0, host: head.host, isEncrypted: session.peer.isEncrypted)
    }
    guard areAllowed, origins.count <= 1 else { return .text(403, "this Origin is not allowed") }
    // Load balancers ask for health by address.
    if head.path == "/healthz" || head.path == "/readyz" { return nil }
    guard http.allows(host: head.host) else { return .text(421, "this Host is not served here") }
    return nil
  }

  private func page(_ head: HTTPHead) -> HTTPResponse {
    let own = server.http.pages[head.path]
    guard own != nil || ["/healthz", "/readyz", "/openrpc.json"].contains(head.path) else {
      return .text(404, "not found")
    }
    guard head.method == "GET" || head.method == "HEAD" else {
      return .text(405, "GET \(head.path)", fields: [("Allow", "GET, HEAD")])
    }
    var response: HTTPResponse
    if let own {
      response = HTTPResponse(
        status: 200, type: own.type, fields: own.fields.map { ($0.name, $0.value) }, body: own.body)
      response.omitsBody = head.method == "HEAD"
      return response
    }
    switch head.path {
    case "/healthz": response = .text(200, "ok")
    case "/readyz":
      let ready = server.isReady() && !server.isDraining
      response = ready ? .text(200, "ready") : .text(503, "not ready")
    default: response = HTTPResponse(status: 200, type: "application/json", body: server.discover)
    }
    response.omitsBody = head.method == "HEAD"
    return response
  }

  /// The question of a browser before it posts JSON (Fetch §4.8).
  private static func preflight(_ head: HTTPHead) -> HTTPResponse {
    guard !head.fields.values("origin").isEmpty else {
      return .text(405, "POST /rpc", fields: [("Allow", "POST")])
    }
    return HTTPResponse(
      status: 204,
      fields: [
        ("Access-Control-Allow-Methods", "POST"),
        ("Access-Control-Allow-Headers", "authorization, content-type, traceparent"),
        ("Access-Control-Max-Age", "600"),
      ], body: [])
  }

  private static func isJSON(_ types: [String]) -> Bool {
    guard types.count == 1, let type = types.first else { return false }
    let name = type.prefix { $0 != ";" }.trimmed.lowercased()
    return name == "application/json" && HeaderDecoder.isUTF8(type)
  }

  private static func response(_ refusal: HTTPRefusal) -> HTTPResponse {
    if let limit = refusal.limit { return .error(limit, status: refusal.status) }
    return .text(refusal.status, refusal.explanation)
  }
}

/// The head of a request that may be made again without all the checks.
struct AcceptedHead {
  /// ``HTTPHead/number``.
  let number: UInt64
  /// What stands in `Authorization`; nil when there is none.
  let token: [UInt8]?

  let traceparent: String?

  init(number: UInt64, authorization: String?, traceparent: String?) {
    self.number = number
    self.traceparent = traceparent
    token = authorization.map { CallMeta.token(authorization: $0) }
  }
}

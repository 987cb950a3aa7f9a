internal import Bytes
internal import Glibc
internal import JSON

/// From a message to its calls.
extension ServerConnection {
  /// What a message needs that takes an `await`.
  enum Deferred {
    case batch
    case openSession(id: [UInt8]?, token: [UInt8], ReplyTarget)
    /// The call came with a token of its own.
    case authorize(token: [UInt8])
  }

  private static let emptyParams = Array("{}".utf8)
  private static let null = Array("null".utf8)

  /// Handles one message, which the validator has just checked; what is returned must be performed.
  mutating func handle(
    _ bytes: [UInt8], _ range: Range<Int>, _ target: ReplyTarget, _ group: inout DiscardingTaskGroup
  ) -> Deferred? {
    let start = Self.start(bytes, range)
    if start < range.upperBound, bytes[start] == 0x5B { return .batch }
    return dispatch(bytes, start, target, authorized: false, &group)
  }

  /// Where the message's value begins.
  private static func start(_ bytes: [UInt8], _ range: Range<Int>) -> Int {
    var start = range.lowerBound
    while start < range.upperBound, bytes[start] <= 0x20 { start += 1 }
    return start
  }

  private nonisolated(nonsending) mutating func batch(
    _ bytes: [UInt8], _ range: Range<Int>, _ target: ReplyTarget, _ group: inout DiscardingTaskGroup
  ) async {
    var elements: [Range<Int>] = []
    var count = 0
    do {
      var reader = JSONReader(bytes, range: range)
      try reader.beginArray()
      while try reader.nextElement() {
        let element = try reader.rawRange()
        count += 1
        if count <= limits.batchMax { elements.append(element) }
      }
    } catch {
      refuse(.parse(error), target)
      return
    }
    if count == 0 {
      reply(.invalidRequest("a batch needs at least one call"), nil, target)
      return
    }
    if count > limits.batchMax {
      reply(.limit("batch", limit: limits.batchMax, actual: count), nil, target)
      return
    }
    let answer = BatchReply(count: count, target: target)
    for (index, element) in elements.enumerated() {
      let place = ReplyTarget.batch(answer, index)
      guard check(bytes, element, place) else { continue }
      if let deferred = dispatch(bytes, element.lowerBound, place, authorized: false, &group) {
        await perform(deferred, bytes, element, place, &group)
      }
    }
  }

  /// Does what a request was deferred for.
  nonisolated(nonsending) mutating func perform(
    _ deferred: Deferred, _ bytes: [UInt8], _ range: Range<Int>, _ target: ReplyTarget,
    _ group: inout DiscardingTaskGroup
  ) async {
    let start = Self.start(bytes, range)
    switch deferred {
    case .batch: await batch(bytes, start..<range.upperBound, target, &group)
    case .openSession(let id, let token, let target):
      if target.isHTTP {
        reply(Self.notOverHTTP("session.open", "send the token as Authorization: Bearer"), id, target)
      } else if let found = await server.principal(token: token) {
        principal = found
        session.setCredential(found)
        openedSession(found, id, target)
      } else {
        authenticationFailed()
        reply(.badToken, id, target)
      }
    case .authorize(let token):
      guard let found = await server.principal(token: token) else {
        authenticationFailed()
        refuseToken(bytes, start, target)
        return
      }
      let usual = principal
      principal = found
      // The validator may have seen other texts meanwhile.
      if check(bytes, start..<JSONValidator.valueEnd(bytes, from: start), target) {
        _ = dispatch(bytes, start, target, authorized: true, &group)
      }
      principal = usual
    }
  }

  private mutating func refuseToken(_ bytes: [UInt8], _ start: Int, _ target: ReplyTarget) {
    guard case .request(let request) = envelope(bytes, start) else { return reply(.badToken, nil, target) }
    refuse(request, bytes, .badToken, request.isVersion1 ? .version1(target) : target)
  }

  private mutating func envelope(_ bytes: [UInt8], _ start: Int) -> Envelope.Outcome {
    bytes.withUnsafeBytes {
      Envelope.read($0, at: start, validator: &validator, idOctetsMax: limits.idOctetsMax)
    }
  }

  /// Answers the request at `start`, or begins to; what needs an `await` first is returned.
  ///
  /// - Parameter authorized: the token in `_meta` has been looked at.
  private mutating func dispatch(
    _ bytes: [UInt8], _ start: Int, _ target: ReplyTarget, authorized: Bool,
    _ group: inout DiscardingTaskGroup
  ) -> Deferred? {
    switch envelope(bytes, start) {
    case .request(let request): return call(request, bytes, start, target, authorized: authorized, &group)
    case .response:
      finishWithoutAnswer(target)
      return nil
    case .invalid(let explanation, let id):
      tally.errors += 1
      server.observer?.messageRefused(session.id, error: .invalidRequest(explanation))
      reply(.invalidRequest(explanation), id.map { Array(bytes[$0]) }, target)
      return nil
    }
  }

  /// ``dispatch(_:_:_:authorized:_:)`` from the envelope on.
  mutating func call(
    _ request: Envelope, _ bytes: [UInt8], _ start: Int, _ target: ReplyTarget, authorized: Bool,
    _ group: inout DiscardingTaskGroup
  ) -> Deferred? {
    var request = request
    var target = target
    tally.calls += 1
    if request.isVersion1 {
      guard !target.isBatch else {
        tally.errors += 1
        reply(
          .invalidRequest("the member jsonrpc must be \"2.0\""), request.id.map { Array(bytes[$0]) }, target)
        return nil
      }
      target = .version1(target)
      do {
        request.params = try request.params.flatMap { (range) throws(JSONError) in
          try Version1.params(bytes, range)
        }
      } catch {
        refuse(request, bytes, RPCError(error), target)
        return nil
      }
    }
    var meta: CallMeta?
    if request.mayHaveMeta, let params = request.params {
      do {
        meta = try CallMeta.read(bytes, params)
      } catch {
        refuse(request, bytes, RPCError(error), target)
        return nil
      }
      if !authorized, let token = meta?.authorization { return .authorize(token: token) }
    }
    if let carriedTrace, meta?.traceparent == nil {
      meta = meta ?? CallMeta()
      meta?.traceparent = carriedTrace
    }
    let own: Own? = bytes.withUnsafeBufferPointer { all in
      Own(UnsafeBufferPointer(rebasing: all[request.method]))
    }
    if let params = request.params, bytes[params.lowerBound] == 0x5B {
      return byPosition(own, request, bytes, meta, target, &group)
    }
    return serve(own, request, bytes, meta, target, &group)
  }

  /// Does what the request asks; the params are as the method takes them.
  private mutating func serve(
    _ own: Own?, _ request: Envelope, _ bytes: [UInt8], _ meta: CallMeta?, _ target: ReplyTarget,
    _ group: inout DiscardingTaskGroup
  ) -> Deferred? {
    if let own { return answer(own, request, bytes, target) }
    guard let index = methodIndex(bytes, request.method) else {
      methodUnknown(request, bytes, target, meta?.traceparent)
      return nil
    }
    let method = server.methods.methods[index]
    if let error = refusal(method) {
      refuse(request, bytes, error, target, meta?.traceparent)
      return nil
    }
    begin(method, index, request, bytes, meta, target, &group)
    return nil
  }

  /// Serves a request whose params are an array: where the method's params have an order, as a request of its
  /// own text in which they have their names.
  private mutating func byPosition(
    _ own: Own?, _ request: Envelope, _ bytes: [UInt8], _ meta: CallMeta?, _ target: ReplyTarget,
    _ group: inout DiscardingTaskGroup
  ) -> Deferred? {
    let method = own == nil ? methodIndex(bytes, request.method).map { server.methods.methods[$0] } : nil
    guard let params = request.params, let names = own?.parameters ?? method?.parameters else {
      return serve(own, request, bytes, meta, target, &group)
    }
    let named: PositionalRequest
    do throws(RPCError) {
      if let method, let error = refusal(method) { throw error }
      named = try PositionalRequest(request, params, of: bytes, names)
    } catch {
      refuse(request, bytes, error, target, meta?.traceparent)
      return nil
    }
    // What is noted about the last id is a place in the text that came.
    let lastID = lastIDRange
    lastIDRange = nil
    let deferred = serve(own, named.request, named.text, meta, target, &group)
    lastIDRange = lastIDRange == nil ? lastID : request.id
    return deferred
  }

  func methodIndex(_ bytes: [UInt8], _ name: Range<Int>) -> Int? {
    bytes.withUnsafeBufferPointer { all in
      let name = UnsafeBufferPointer(rebasing: all[name])
      if let index = server.methods.index(of: name) { return index }
      guard name.contains(0x5C) else { return nil }
      var reader = JSONReader([0x22] + Array(name) + [0x22], range: 0..<name.count + 2)
      // The text has been validated; a name that cannot be read is no method's.
      return (try? reader.string()).flatMap { server.methods.index(of: Array($0.utf8)) }
    }
  }

  private mutating func methodUnknown(
    _ request: Envelope, _ bytes: [UInt8], _ target: ReplyTarget, _ traceparent: String?
  ) {
    let name = bytes[request.method].prefix(256)
    refuse(request, bytes, .methodNotFound(String(decoding: name, as: UTF8.self)), target, traceparent)
  }

  /// What is answered when nobody is known.
  var unauthenticated: RPCError { session.credentialHasEnded ? .badToken : .unauthenticated }

  /// Why the speaker may not call `method`; nil when it may.
  func refusal(_ method: Method) -> RPCError? {
    if session.isDraining { return .goingAway }
    guard let scope = method.scope else { return nil }
    guard let principal else { return unauthenticated }
    return principal.scopes.contains(scope) ? nil : .scopeMissing(scope)
  }

  private mutating func begin(
    _ method: Method, _ index: Int, _ request: Envelope, _ bytes: [UInt8], _ meta: CallMeta?,
    _ target: ReplyTarget, _ group: inout DiscardingTaskGroup
  ) {
    let context = meta.map { makeContext($0, target) } ?? context
    if let timeout = meta?.timeoutMilliseconds, timeout <= 0 {
      refuse(request, bytes, .deadlineExceeded, target, meta?.traceparent)
      return
    }
    switch method.handler {
    case .inline(let handler): answer(method, index, handler, request, bytes, context, target)
    case .call(let handler):
      let span = span(method, request, bytes, meta?.traceparent)
      guard let number = enter(index, request, bytes, nil, nil, meta?.traceparent, span, target) else {
        return
      }
      let session = session
      let params = request.params.map { Array(bytes[$0]) } ?? Self.emptyParams
      startWriter(&group)
      group.addTask {
        await session.run(number, span) { () async throws(RPCError) -> [UInt8] in
          try await handler(params, context)
        }
      }
      watch(number, context, &group)
    case .stream(let handler):
      stream(index, request, bytes, meta, target, context, &group) {
        (params, sink, _) async throws(RPCError) in try await handler(params, context, sink)
      }
    case .exchange(let handler):
      stream(index, request, bytes, meta, target, context, takesValues: true, &group) {
        (params, sink, source) async throws(RPCError) in
        guard let source else { throw .internalError() }
        try await handler(params, context, source, sink)
      }
    }
  }

  /// Answers by a handler that only looks something up.
  mutating func answer(
    _ method: Method, _ index: Int, _ handler: InlineHandler, _ request: Envelope, _ bytes: [UInt8],
    _ context: CallContext, _ target: ReplyTarget
  ) {
    tally.inline.append((index, false, 0))
    let span = span(method, request, bytes, context.traceparent)
    let start = Deadline.now.nanoseconds
    let error = answerInline(request, bytes, context, target, handler)
    let nanoseconds = Deadline.now.nanoseconds &- start
    tally.inline[tally.inline.count - 1] = (index, error != nil, nanoseconds)
    report(method, request, bytes, context, error, nanoseconds / 1000, span)
  }

  private mutating func stream(
    _ index: Int, _ request: Envelope, _ bytes: [UInt8], _ meta: CallMeta?, _ target: ReplyTarget,
    _ context: CallContext, takesValues: Bool = false, _ group: inout DiscardingTaskGroup,
    _ handler: @escaping @Sendable ([UInt8], StreamSink, StreamSource?) async throws(RPCError) -> Void
  ) {
    guard let subscription = openStream(request, meta, bytes, target) else { return }
    let source = takesValues ? session.newSource(subscription) : nil
    let span = span(server.methods.methods[index], request, bytes, meta?.traceparent)
    guard let number = enter(index, request, bytes, subscription, source, meta?.traceparent, span, target)
    else { return }
    answerSubscription(request, bytes, subscription, takesValues, target)
    let session = session
    let params = request.params.map { Array(bytes[$0]) } ?? Self.emptyParams
    let sink = StreamSink(subscription)
    startWriter(&group)
    group.addTask {
      await session.run(number, span) { () async throws(RPCError) -> [UInt8] in
        try await handler(params, sink, source)
        return []
      }
    }
    watch(number, context, &group)
  }

  /// The call's deadline gets a task that ends the call.
  private func watch(_ number: UInt64, _ context: CallContext, _ group: inout DiscardingTaskGroup) {
    guard context.deadline != .never else { return }
    let session = session
    group.addTask { await session.watch(number, until: context.deadline) }
  }

  private mutating func enter(
    _ index: Int, _ request: Envelope, _ bytes: [UInt8], _ subscription: Subscription?,
    _ source: StreamSource?,
    _ traceparent: String?, _ span: (any CallSpan)?, _ target: ReplyTarget
  ) -> UInt64? {
    var call = ActiveCall(
      id: request.id.map { Array(bytes[$0]) }, target: target, method: index, principal: principal,
      subscription: subscription, source: source)
    call.span = span
    call.traceID = span?.traceID ?? traceparent.flatMap(TraceContext.traceID)
    switch session.begin(call) {
    case .success(let number):
      // The last that was taken, whether answered here or not.
      lastIDRange = request.id ?? lastIDRange
      return number
    case .failure(let error):
      fail(request, bytes, error, target)
      tally.inline.append((index, true, 0))
      report(server.methods.methods[index], request, bytes, context, error, 0, span)
      return nil
    }
  }

  private mutating func openStream(
    _ request: Envelope, _ meta: CallMeta?, _ bytes: [UInt8], _ target: ReplyTarget
  ) -> Subscription? {
    if target.isHTTP {
      let error = Self.notOverHTTP("a stream", "call it over a TCP or Unix connection")
      refuse(request, bytes, error, target, meta?.traceparent)
      return nil
    }
    if case .version1 = target {
      let error = RPCError(
        .failedPrecondition, reason: "stream.version1",
        message: "a stream needs JSON-RPC 2.0; add \"jsonrpc\":\"2.0\" to the call")
      refuse(request, bytes, error, target, meta?.traceparent)
      return nil
    }
    guard case .stream(let framing) = target else {
      let error = RPCError(
        .failedPrecondition, reason: "stream.inBatch",
        message: "a stream cannot be opened in a batch; call it by itself")
      refuse(request, bytes, error, target, meta?.traceparent)
      return nil
    }
    // Without an id there is nobody to tell the subscription.
    if request.id == nil { return nil }
    let credit = meta?.credit.map { Int(clamping: $0) } ?? limits.streamCreditDefault
    return session.newSubscription(credit: credit, framing: framing)
  }

  private mutating func answerSubscription(
    _ request: Envelope, _ bytes: [UInt8], _ subscription: Subscription, _ takesValues: Bool,
    _ target: ReplyTarget
  ) {
    let credit = takesValues ? limits.streamCreditReceived : nil
    _ = answerInline(request, bytes, context, target) { _, writer, _ in
      writer.beginObject()
      writer.key("subscription")
      writer.string(subscription.id)
      if let credit {
        writer.key("credit")
        writer.int(credit)
      }
      writer.endObject()
    }
    settleOrder()
  }

  static func notOverHTTP(_ what: String, _ remedy: String) -> RPCError {
    RPCError(
      .unimplemented, reason: "http.unsupported", message: "\(what) is not possible over HTTP; \(remedy)")
  }

  func makeContext(_ meta: CallMeta?, _ target: ReplyTarget) -> CallContext {
    var reporter: ProgressReporter?
    if let token = meta?.progressToken, let framing = target.framing {
      reporter = ProgressReporter(token: token, framing: framing, outbox: session.outbox, limits: limits)
    }
    return CallContext(
      principal: principal, deadline: meta?.timeoutMilliseconds.map { .after(milliseconds: $0) } ?? .never,
      connectionID: session.id, peer: session.peer.text, idempotencyKey: meta?.idempotencyKey,
      traceparent: meta?.traceparent, reporter: reporter)
  }
}

extension ReplyTarget {
  /// How notifications about the call are framed; nil over HTTP, where there are none.
  var framing: Framing? {
    switch self {
    case .stream(let framing): framing
    case .batch(let batch, _): batch.target.framing
    case .http, .version1: nil
    }
  }
}

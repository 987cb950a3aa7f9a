internal import Bytes
internal import Glibc
internal import JSON

/// Writing answers.
extension ServerConnection {
  typealias InlineHandler =
    @Sendable (inout JSONReader, inout JSONWriter, CallContext) throws(RPCError) -> Void

  private static let emptyParams = Array("{}".utf8)

  /// Runs `handler` and writes its answer; the error that it threw, if any.
  @discardableResult
  mutating func answerInline(
    _ request: Envelope, _ bytes: [UInt8], _ context: CallContext, _ target: ReplyTarget,
    _ handler: (inout JSONReader, inout JSONWriter, CallContext) throws(RPCError) -> Void
  ) -> RPCError? {
    let mark = openReply(target)
    if let id = request.id {
      replies.fragment("{\"jsonrpc\":\"2.0\",\"id\":", bytes, id)
      replies.fragment(",\"result\":")
    }
    let valueStart = replies.count
    var reader =
      if let params = request.params { JSONReader(bytes, range: params) } else {
        JSONReader(Self.emptyParams, range: 0..<2)
      }
    do {
      try handler(&reader, &replies, context)
    } catch {
      replies.truncate(to: mark)
      fail(request, bytes, error, target)
      return error
    }
    guard let id = request.id else {
      replies.truncate(to: mark)
      finishWithoutAnswer(target)
      return nil
    }
    if replies.count == valueStart { replies.null() }
    replies.fragment("}")
    closeReply(mark, target)
    lastIDRange = id
    return nil
  }

  /// Answers a request with an error; a notification is answered with nothing.
  mutating func fail(_ request: Envelope, _ bytes: [UInt8], _ error: RPCError, _ target: ReplyTarget) {
    tally.errors += 1
    guard let id = request.id else {
      finishWithoutAnswer(target)
      return
    }
    reply(error, Array(bytes[id]), target)
  }

  /// Answers with an error. Without `id` the request's id is not known, which the answer says with null.
  mutating func reply(_ error: RPCError, _ id: [UInt8]?, _ target: ReplyTarget) {
    let id = id ?? Array("null".utf8)
    if case .http(let replies, let number) = target, error.canonical == .unauthenticated {
      replies.respond(.error(error, id: id, status: 401), at: number)
      return
    }
    let mark = openReply(target)
    replies.fragment("{\"jsonrpc\":\"2.0\",\"id\":")
    replies.fragment(id)
    replies.fragment(",\"error\":")
    error.write(to: &replies)
    replies.fragment("}")
    closeReply(mark, target)
  }

  /// A batch and an HTTP request want to know that there will be no answer.
  mutating func finishWithoutAnswer(_ target: ReplyTarget) {
    switch target {
    case .stream: break
    case .batch, .http, .version1: session.deliver(nil, to: target)
    }
  }

  /// Begins an answer in ``replies``; what it gives goes to ``closeReply(_:_:)``.
  mutating func openReply(_ target: ReplyTarget) -> Int {
    let mark = replies.count
    if case .stream(.lengthPrefix) = target { replies.fragment("\0\0\0\0\0") }
    return mark
  }

  /// The answer behind `mark` is whole: it gets its frame, or goes where it belongs.
  mutating func closeReply(_ mark: Int, _ target: ReplyTarget) {
    guard case .stream(let framing) = target else {
      let answer = Array(replies.bytes[mark...])
      replies.truncate(to: mark)
      session.deliver(answer, to: target)
      return
    }
    switch framing {
    case .lines, .http: replies.fragment("\n")
    case .lengthPrefix:
      replies.overwrite(at: mark + 1, bigEndian: UInt32(clamping: replies.count - mark - 5))
    case .header:
      replies.insert("Content-Length: ", replies.count - mark, "\r\n\r\n", at: mark)
    case .webSocket(let deflates):
      let octets = replies.count - mark
      if deflates, octets >= WebSocket.compressedOctetsMin {
        let answer = Array(replies.bytes[mark...])
        replies.truncate(to: mark)
        replies.fragment(framing.frame(answer))
      } else {
        replies.insert(WebSocket.header(WebSocket.textOpcode, octets), at: mark)
      }
    }
  }
}

/// The methods that the server answers itself.
extension ServerConnection {
  enum Own {
    case ping, open, discover, cancel, credit, next, end

    init?(_ name: UnsafeBufferPointer<UInt8>) {
      if Self.same(name, "rpc.ping") {
        self = .ping
      } else if Self.same(name, "session.open") {
        self = .open
      } else if Self.same(name, "rpc.cancel") || Self.same(name, "$/cancelRequest") {
        self = .cancel
      } else if Self.same(name, "rpc.credit") {
        self = .credit
      } else if Self.same(name, "rpc.next") {
        self = .next
      } else if Self.same(name, "rpc.end") {
        self = .end
      } else if Self.same(name, "rpc.discover") {
        self = .discover
      } else {
        return nil
      }
    }

    /// The names of the params, in the document's order.
    var parameters: [String] {
      switch self {
      case .ping: ["data"]
      case .open: ["token"]
      case .discover: []
      case .cancel: ["id", "subscription"]
      case .credit: ["subscription", "credit"]
      case .next: ["subscription", "seq", "value"]
      case .end: ["subscription", "error"]
      }
    }

    @inline(__always)
    private static func same(_ name: UnsafeBufferPointer<UInt8>, _ own: StaticString) -> Bool {
      guard name.count == own.utf8CodeUnitCount, let p = name.baseAddress else { return false }
      return memcmp(p, own.utf8Start, name.count) == 0
    }
  }

  mutating func answer(_ own: Own, _ request: Envelope, _ bytes: [UInt8], _ target: ReplyTarget) -> Deferred?
  {
    switch own {
    case .ping: ping(request, bytes, target)
    case .open:
      do {
        let token = try Self.token(request, bytes)
        return .openSession(id: request.id.map { Array(bytes[$0]) }, token: token, target)
      } catch {
        fail(request, bytes, RPCError(error), target)
      }
    case .discover:
      let document = server.discover
      answerInline(request, bytes, context, target) { _, writer, _ in writer.raw(document) }
    case .cancel:
      let session = session
      control(request, bytes, target) { reader throws(JSONError) in try Self.cancel(&reader, session) }
    case .credit:
      let session = session
      control(request, bytes, target) { reader throws(JSONError) in try Self.grant(&reader, session) }
    case .next:
      let session = session
      control(request, bytes, target) { reader throws(JSONError) in try Self.receive(&reader, session) }
    case .end:
      let session = session
      control(request, bytes, target) { reader throws(JSONError) in try Self.endInput(&reader, session) }
    }
    return nil
  }

  /// `rpc.ping {data?}` answers `{data?}`.
  private mutating func ping(_ request: Envelope, _ bytes: [UInt8], _ target: ReplyTarget) {
    guard principal != nil else {
      fail(request, bytes, unauthenticated, target)
      return
    }
    tally.pings += 1
    let echo: Range<Int>?
    do throws(JSONError) {
      echo = try Self.data(request, bytes)
    } catch {
      fail(request, bytes, RPCError(error), target)
      return
    }
    guard let id = request.id else {
      finishWithoutAnswer(target)
      return
    }
    lastIDRange = id
    if let echo, case .stream(.lines) = target {
      replies.fragments(
        "{\"jsonrpc\":\"2.0\",\"id\":", bytes, id, ",\"result\":{\"data\":", echo, "}}\n")
      return
    }
    let mark = openReply(target)
    replies.fragment("{\"jsonrpc\":\"2.0\",\"id\":", bytes, id)
    if let echo {
      replies.fragment(",\"result\":{\"data\":", bytes, echo)
    } else {
      replies.fragment(",\"result\":{")
    }
    replies.fragment("}}")
    closeReply(mark, target)
  }

  private static let dataName = Array("data".utf8)

  /// Where `data` of a ping stands.
  private static func data(_ request: Envelope, _ bytes: [UInt8]) throws(JSONError) -> Range<Int>? {
    guard let params = request.params else { return nil }
    // By far the most pings have `data` and nothing else.
    if let only = request.onlyMember {
      let isData =
        only.nameEnd - only.nameStart == 4 && bytes[only.nameStart..<only.nameEnd].elementsEqual(dataName)
      if isData { return only.valueStart..<only.valueEnd }
    } else if let only = JSONReader.onlyMember("data", bytes, params) {
      return only
    }
    var reader = JSONReader(bytes, range: params)
    var data: Range<Int>?
    try reader.beginObject()
    while try reader.nextKey() {
      if reader.keyIs("data") {
        data = try reader.rawRange()
      } else if reader.keyIs("_meta") {
        try reader.skip()
      } else {
        throw .unknown(reader.key)
      }
    }
    return data
  }

  private static func token(_ request: Envelope, _ bytes: [UInt8]) throws(JSONError) -> [UInt8] {
    guard let params = request.params else { throw .missing("token") }
    var reader = JSONReader(bytes, range: params)
    var token: [UInt8]?
    try reader.beginObject()
    while try reader.nextKey() {
      if reader.keyIs("token") {
        token = Array(try reader.string().utf8)
      } else if reader.keyIs("_meta") {
        try reader.skip()
      } else {
        throw .unknown(reader.key)
      }
    }
    guard let token else { throw .missing("token") }
    return token
  }

  /// `session.open` answers whom the token stands for.
  mutating func openedSession(_ principal: Principal, _ id: [UInt8]?, _ target: ReplyTarget) {
    guard let id else {
      finishWithoutAnswer(target)
      return
    }
    let mark = openReply(target)
    replies.fragment("{\"jsonrpc\":\"2.0\",\"id\":")
    replies.fragment(id)
    replies.fragment(",\"result\":")
    replies.beginObject()
    replies.key("tenantId")
    replies.string(principal.tenantID)
    replies.key("name")
    replies.string(principal.name)
    replies.key("scopes")
    replies.beginArray()
    for scope in principal.scopes.sorted() { replies.string(scope) }
    replies.endArray()
    replies.endObject()
    replies.fragment("}")
    closeReply(mark, target)
  }

  /// `rpc.cancel`, `rpc.credit`, `rpc.next` and `rpc.end` are notifications; sent as calls, they are answered `{}` or NOT_FOUND.
  private mutating func control(
    _ request: Envelope, _ bytes: [UInt8], _ target: ReplyTarget,
    _ act: (inout JSONReader) throws(JSONError) -> Bool
  ) {
    if target.isHTTP {
      // One HTTP connection may carry the requests of many clients.
      fail(request, bytes, Self.notOverHTTP("this", "end the connection to cancel its calls"), target)
      return
    }
    answerInline(request, bytes, context, target) { reader, writer, _ throws(RPCError) in
      let found: Bool
      do throws(JSONError) {
        found = try act(&reader)
      } catch {
        throw RPCError(error)
      }
      guard found else {
        throw RPCError(.notFound, reason: "call.unknown", message: "no such call or stream is open")
      }
      writer.fragment("{}")
    }
  }

  /// `{id}`, or `{subscription}` for a stream.
  private static func cancel(_ reader: inout JSONReader, _ session: ServerSession) throws(JSONError) -> Bool {
    var id: [UInt8]?
    var subscription: String?
    try reader.beginObject()
    while try reader.nextKey() {
      if reader.keyIs("id") {
        id = try reader.raw()
      } else if reader.keyIs("subscription") {
        subscription = try reader.string()
      } else if reader.keyIs("_meta") {
        try reader.skip()
      } else {
        throw .unknown(reader.key)
      }
    }
    guard id != nil || subscription != nil else { throw .missing("id") }
    return session.cancel(id: id, subscription: subscription, .cancelled)
  }

  /// `{subscription, credit}`
  private static func grant(_ reader: inout JSONReader, _ session: ServerSession) throws(JSONError) -> Bool {
    var subscription: String?
    var credit: Int64?
    try reader.beginObject()
    while try reader.nextKey() {
      if reader.keyIs("subscription") {
        subscription = try reader.string()
      } else if reader.keyIs("credit") {
        credit = try reader.int(in: 1...Int64(Int32.max))
      } else if reader.keyIs("_meta") {
        try reader.skip()
      } else {
        throw .unknown(reader.key)
      }
    }
    guard let subscription else { throw .missing("subscription") }
    guard let credit else { throw .missing("credit") }
    return session.grant(credit, to: subscription)
  }

  /// `{subscription, seq, value}`: a value into a call that takes them.
  private static func receive(_ reader: inout JSONReader, _ session: ServerSession) throws(JSONError) -> Bool
  {
    var subscription: String?
    var sequence: Int64?
    var value: [UInt8]?
    try reader.beginObject()
    while try reader.nextKey() {
      if reader.keyIs("subscription") {
        subscription = try reader.string()
      } else if reader.keyIs("seq") {
        sequence = try reader.int()
      } else if reader.keyIs("value") {
        value = try reader.raw()
      } else if reader.keyIs("_meta") {
        try reader.skip()
      } else {
        throw .unknown(reader.key)
      }
    }
    guard let subscription else { throw .missing("subscription") }
    guard let sequence else { throw .missing("seq") }
    guard let value else { throw .missing("value") }
    return session.receive(value, sequence: sequence, for: subscription)
  }

  /// `{subscription, error?}`: the last value has been sent.
  private static func endInput(_ reader: inout JSONReader, _ session: ServerSession) throws(JSONError) -> Bool
  {
    var subscription: String?
    var error: RPCError?
    try reader.beginObject()
    while try reader.nextKey() {
      if reader.keyIs("subscription") {
        subscription = try reader.string()
      } else if reader.keyIs("error") {
        error = try RPCError(from: &reader)
      } else if reader.keyIs("_meta") {
        try reader.skip()
      } else {
        throw .unknown(reader.key)
      }
    }
    guard let subscription else { throw .missing("subscription") }
    return session.endInput(of: subscription, error)
  }
}

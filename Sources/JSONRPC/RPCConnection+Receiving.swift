internal import Bytes
internal import JSON
internal import Synchronization

extension RPCConnection {
  /// Sends and receives until the connection ends; then everything that waits fails.
  package func run() async {
    await withDiscardingTaskGroup { group in
      group.addTask {
        await self.outbox.run(stream: self.stream)
        // Nothing can be asked any more: the reader need not wait.
        self.stream.close()
      }
      await receive()
      close()
      group.cancelAll()
    }
  }

  private func receive() async {
    var limits = RPCLimits()
    limits.messageOctetsMax = messageOctetsMax
    var decoder = FrameDecoder(framing, limits: limits)
    var validator = JSONValidator()
    var input = ByteBuffer()
    while true {
      if decoder.isReady(input, octetsMax: messageOctetsMax),
        !take(&input, &decoder, &validator)
      {
        return
      }
      // An error of the stream ends the connection like its end does; who waits is told in either case.
      guard let n = try? await stream.read(into: &input, atMost: 64 << 10, deadline: .never), n > 0 else {
        return
      }
    }
  }

  /// Handles every whole message; false when the server does not speak our language.
  private func take(
    _ input: inout ByteBuffer, _ decoder: inout FrameDecoder, _ validator: inout JSONValidator
  ) -> Bool {
    let bytes = input.bytes
    var offset = 0
    while offset < bytes.count {
      switch decoder.next(
        bytes, from: offset, isFinal: false, validator: &validator, octetsMax: messageOctetsMax)
      {
      case .message(let range, let end, let checked):
        if checked {
          handle(bytes, range)
        } else {
          guard handleUnchecked(Array(bytes[range]), &validator) else { return false }
        }
        offset = end
      case .unpacked(let message, let end):
        guard handleUnchecked(message, &validator) else { return false }
        offset = end
      case .skip(let to): offset = to
      case .needMore:
        input.consume(offset)
        return true
      case .malformed(let error, _), .broken(let error, _):
        self.end(error)
        return false
      case .control, .closing:
        // Of WebSocket, which this side does not speak.
        return false
      }
    }
    input.consume(offset)
    return true
  }

  private func handleUnchecked(_ message: [UInt8], _ validator: inout JSONValidator) -> Bool {
    do {
      try validator.validate(message)
    } catch {
      end(.parse(error))
      return false
    }
    handle(message, 0..<message.count)
    return true
  }

  /// Handles one message. What is not understood is dropped: later servers may say more than we know.
  private func handle(_ bytes: [UInt8], _ range: Range<Int>) {
    var reader = JSONReader(bytes, range: range)
    var id: Int64?
    var method: String?
    var params: Range<Int>?
    var result: Range<Int>?
    var error: RPCError?
    do {
      try reader.beginObject()
      while try reader.nextKey() {
        if reader.keyIs("id") {
          // null: an error that belongs to no call; it is handled as such below.
          if !reader.isNull() { id = try reader.int() }
        } else if reader.keyIs("method") {
          method = try reader.string()
        } else if reader.keyIs("params") {
          params = try reader.rawRange()
        } else if reader.keyIs("result") {
          result = try reader.rawRange()
        } else if reader.keyIs("error") {
          if !reader.isNull() { error = try RPCError(from: &reader) }
        } else {
          try reader.skip()
        }
      }
    } catch {
      return
    }
    if let method {
      notified(method, bytes, params)
    } else if let id {
      if let error {
        answered(id, .failure(error))
      } else if let result {
        answered(id, .success(Array(bytes[result])))
      }
    } else if let error {
      // The server could not read something of ours, and does not know what: nothing can be matched any more.
      end(error)
    }
  }

  private func answered(_ id: Int64, _ outcome: Result<[UInt8], RPCError>) {
    guard let call = state.withLock({ $0.calls.removeValue(forKey: id) }) else { return }
    guard let inbox = call.inbox, case .success(let result) = outcome else {
      call.complete(outcome)
      return
    }
    // The stream must be known before its first value is read.
    let answer = try? JSONValue(parsing: result)  // not JSON: no subscription either
    guard let subscription = answer?["subscription"]?.string else {
      call.complete(
        .failure(RPCError(.internal, reason: "stream.malformed", message: "the server named no subscription"))
      )
      return
    }
    inbox.begin(subscription)
    call.outgoing?.begin(subscription, credit: answer?["credit"]?.int ?? 0)
    state.withLock { s in
      s.streams[subscription] = inbox
      if let outgoing = call.outgoing { s.outgoing[subscription] = outgoing }
    }
    call.complete(outcome)
  }

  private func notified(_ method: String, _ bytes: [UInt8], _ params: Range<Int>?) {
    guard let params else {
      onNotification?(method, Array("{}".utf8))
      return
    }
    switch method {
    case "rpc.next", "rpc.end", "rpc.credit", "$/progress":
      // Malformed: as if it had not come; a stream notices the gap in its sequence.
      guard let notice = try? Notice(bytes, params) else { return }
      handle(notice, method, bytes)
    case "rpc.goaway":
      state.withLock { $0.goingAway = true }
      onNotification?(method, Array(bytes[params]))
    default: onNotification?(method, Array(bytes[params]))
    }
  }

  private func handle(_ notice: Notice, _ method: String, _ bytes: [UInt8]) {
    if method == "$/progress" {
      guard let token = notice.token, let value = notice.value else { return }
      state.withLock { $0.calls[token] }?.onProgress?(Array(bytes[value]))
      return
    }
    guard let subscription = notice.subscription else { return }
    if method == "rpc.credit" {
      state.withLock { $0.outgoing[subscription] }?.grant(notice.credit ?? 0)
      return
    }
    if method == "rpc.end" {
      state.withLock { $0.outgoing.removeValue(forKey: subscription) }?.end(notice.error ?? .streamEnded)
      state.withLock { $0.streams.removeValue(forKey: subscription) }?.end(notice.error)
      return
    }
    guard let value = notice.value, let inbox = state.withLock({ $0.streams[subscription] }) else { return }
    if let error = inbox.receive(Array(bytes[value]), sequence: notice.sequence) {
      state.withLock { $0.streams[subscription] = nil }
      inbox.end(error)
    }
  }
}

/// The params of `rpc.next`, `rpc.end` and `$/progress`.
private struct Notice {
  var subscription: String?
  var token: Int64?
  var credit: Int64?
  var sequence: Int64?
  var value: Range<Int>?
  var error: RPCError?

  init(_ bytes: [UInt8], _ params: Range<Int>) throws(JSONError) {
    var reader = JSONReader(bytes, range: params)
    try reader.beginObject()
    while try reader.nextKey() {
      if reader.keyIs("subscription") {
        subscription = try reader.string()
      } else if reader.keyIs("seq") {
        sequence = try reader.int()
      } else if reader.keyIs("value") {
        value = try reader.rawRange()
      } else if reader.keyIs("error") {
        if !reader.isNull() { error = try RPCError(from: &reader) }
      } else if reader.keyIs("credit") {
        credit = try reader.int()
      } else if reader.keyIs("token"), reader.kind() == .number {
        token = try reader.int()
      } else {
        try reader.skip()
      }
    }
  }
}

internal import Bytes
internal import JSON

/// What a decoder found at the front of what has come.
enum FrameStep {
  /// One message in `range`; the next begins at `end`. `checked`: the validator has seen it already.
  case message(Range<Int>, end: Int, checked: Bool)
  /// One message that had to be unpacked.
  case unpacked([UInt8], end: Int)
  /// Nothing but what can be dropped, up to `to`.
  case skip(to: Int)
  case needMore
  /// Answered with the error; then reading goes on at `resume`, or the connection ends when it is nil.
  case malformed(RPCError, resume: Int?)
  /// No message, but something that is to be sent as it is.
  case control([UInt8], end: Int)
  /// The peer takes its leave; the octets are ours.
  case closing([UInt8])
  /// Answered with the error and then with these octets; the connection ends.
  case broken(RPCError, [UInt8])
}

/// Cuts messages out of what a connection reads, in one of the framings without HTTP.
///
/// ``isReady(_:)`` looks at new octets once, so that a message that comes in many pieces is not looked at
/// again with each; ``next(_:from:isFinal:validator:)`` takes messages off the front.
///
/// Holds a decoder for each framing, of which one is used: an enum of them makes Swift 6.3.1's optimiser fail
/// ("Found ownership error").
struct FrameDecoder {
  private let framing: Framing
  private var lines: LineDecoder
  private var prefix = PrefixDecoder()
  private var header: HeaderDecoder
  private var webSocket: WebSocketDecoder

  init(_ framing: Framing, limits: RPCLimits) {
    self.framing = framing
    lines = LineDecoder(depthMax: limits.depthMax)
    header = HeaderDecoder(limits: limits)
    webSocket = WebSocketDecoder(deflates: framing == .webSocket(deflates: true))
  }

  /// More must come though nothing is kept: the rest of a refused line, or of a fragmented message.
  var isMidMessage: Bool {
    switch framing {
    case .lines: lines.discarding
    case .webSocket: webSocket.isMidMessage
    case .lengthPrefix, .header, .http: false
    }
  }

  /// Whether calling ``next(_:from:isFinal:validator:octetsMax:)`` can find anything.
  mutating func isReady(_ input: ByteBuffer, octetsMax: Int) -> Bool {
    switch framing {
    case .lines, .http: lines.isReady(input, octetsMax: octetsMax)
    case .lengthPrefix: input.count >= prefix.octetsNeeded
    case .header: input.count >= header.octetsNeeded
    case .webSocket: input.count >= webSocket.octetsNeeded
    }
  }

  /// The next step at `from`.
  ///
  /// - Parameter isFinal: nothing will follow `bytes`.
  mutating func next(
    _ bytes: [UInt8], from: Int, isFinal: Bool, validator: inout JSONValidator, octetsMax: Int
  ) -> FrameStep {
    switch framing {
    case .lines, .http:
      bytes.withUnsafeBytes {
        lines.next($0, from: from, isFinal: isFinal, validator: &validator, octetsMax: octetsMax)
      }
    case .lengthPrefix: prefix.next(bytes, from: from, octetsMax: octetsMax)
    case .header: header.next(bytes, from: from, octetsMax: octetsMax)
    case .webSocket: webSocket.next(bytes, from: from, octetsMax: octetsMax)
    }
  }
}

extension JSONError {
  /// The same error with offsets counted from `start` on.
  func counted(from start: Int) -> JSONError {
    switch self {
    case .syntax(let offset, let reason): .syntax(offset: max(0, offset - start), reason: reason)
    case .depth(let offset, let limit): .depth(offset: max(0, offset - start), limit: limit)
    case .duplicateName(let offset): .duplicateName(offset: max(0, offset - start))
    case .tooLong, .missing, .unknown, .wrongType, .range: self
    }
  }
}

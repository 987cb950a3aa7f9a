// modules: Bytes CZlib Compression JSON JSONRPC
// seeds: Tests/Fixtures/frames
// options: -max_len=2048
// words: "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"m\"}" "Content-Length:\x202\x0d\x0a\x0d\x0a{}" "\x00\x00\x00\x00\x02{}" "\x01" "\x0a"
import Bytes
import JSON

@testable import JSONRPC

/// The three framings without HTTP, and WebSocket: each step goes on or waits, and how the octets are cut does not
/// change what messages there are.
///
/// The first octet chooses the framing, the second how the rest is cut, the third the limit.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzFrames(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  let bytes = [UInt8](UnsafeBufferPointer(start: start, count: count))
  guard count > 3 else { return 0 }
  let framings: [Framing] = [
    .lines, .lengthPrefix, .header, .webSocket(deflates: false), .webSocket(deflates: true),
  ]
  let framing = framings[Int(bytes[0]) % framings.count]
  let text = Array(bytes[3...])
  let isLimited = bytes[2] & 1 == 1
  let whole = messages(text, framing, piece: text.count, octetsMax: isLimited ? 64 : 1 << 20)
  let cut = messages(text, framing, piece: 1 + Int(bytes[1]), octetsMax: isLimited ? 64 : 1 << 20)
  // A line above the limit is passed over when it is whole, and ends the connection while it still comes.
  if !isLimited { precondition(whole == cut, "cut differently, read differently") }
  return 0
}

/// All messages, and "-" for each refusal.
private func messages(_ text: [UInt8], _ framing: Framing, piece: Int, octetsMax: Int) -> [[UInt8]] {
  var decoder = FrameDecoder(framing, limits: RPCLimits())
  var validator = JSONValidator()
  var input = ByteBuffer()
  var out: [[UInt8]] = []
  var sent = 0
  while sent < text.count {
    let end = min(sent + piece, text.count)
    input.append(contentsOf: text[sent..<end])
    sent = end
    guard decoder.isReady(input, octetsMax: octetsMax) else { continue }
    guard drain(&decoder, &validator, &input, &out, octetsMax, isFinal: false) else { return out }
  }
  if framing == .lines, !input.isEmpty {
    _ = drain(&decoder, &validator, &input, &out, octetsMax, isFinal: true)
  }
  return out
}

/// False when the connection ends.
private func drain(
  _ decoder: inout FrameDecoder, _ validator: inout JSONValidator, _ input: inout ByteBuffer,
  _ out: inout [[UInt8]],
  _ octetsMax: Int, isFinal: Bool
) -> Bool {
  let bytes = input.bytes
  var offset = 0
  defer { input.consume(offset) }
  while offset < bytes.count {
    let before = offset
    switch decoder.next(
      bytes, from: offset, isFinal: isFinal, validator: &validator, octetsMax: octetsMax)
    {
    case .message(let range, let end, _):
      precondition(range.upperBound <= end && range.count <= octetsMax, "a message within its limit")
      out.append(Array(bytes[range]))
      offset = end
    case .unpacked(let message, let end):
      precondition(message.count <= octetsMax, "a message within its limit")
      out.append(message)
      offset = end
    case .control(let octets, let end):
      precondition(octets.count <= 127, "a control frame is short")
      offset = end
    case .skip(let to): offset = to
    case .needMore: return true
    case .malformed(_, let resume):
      out.append([0x2D])
      guard let resume else { return false }
      offset = resume
    case .broken, .closing:
      out.append([0x2D])
      return false
    }
    precondition(offset > before && offset <= bytes.count, "a step goes on")
  }
  return true
}

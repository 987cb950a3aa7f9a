internal import Compression
internal import JSON

/// gRPC's message prefix: Compressed-Flag Message-Length Message.
struct PrefixDecoder {
  /// Fewer octets in the input are no use.
  private(set) var octetsNeeded = 5

  mutating func next(_ bytes: [UInt8], from: Int, octetsMax: Int) -> FrameStep {
    octetsNeeded = 5
    guard bytes.count - from >= 5 else { return .needMore }
    let flag = bytes[from]
    guard flag <= 1 else {
      return .malformed(Self.broken("the compressed-flag must be 0 or 1"), resume: nil)
    }
    let length = bytes[from + 1..<from + 5].reduce(0) { $0 << 8 | Int($1) }
    guard length <= octetsMax else {
      return .malformed(.limit("message", limit: octetsMax, actual: length), resume: nil)
    }
    let start = from + 5
    guard bytes.count - start >= length else {
      octetsNeeded = 5 + length
      return .needMore
    }
    let end = start + length
    if flag == 0 { return .message(start..<end, end: end, checked: false) }
    do {
      return .unpacked(try Zlib.inflate(Array(bytes[start..<end]), outputOctetsMax: octetsMax), end: end)
    } catch .outputLimit {
      return .malformed(.limit("message", limit: octetsMax, actual: octetsMax + 1), resume: end)
    } catch {
      return .malformed(Self.broken("the message is not zlib's"), resume: end)
    }
  }

  private static func broken(_ explanation: String) -> RPCError {
    .parse(.syntax(offset: 0, reason: explanation))
  }
}

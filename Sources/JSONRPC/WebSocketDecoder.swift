internal import Compression
internal import Glibc
internal import JSON

/// Frames of RFC 6455 as a server sends them.
enum WebSocket {
  /// Why a connection is closed (RFC 6455 §7.4.1).
  enum CloseCode: UInt16 {
    case goingAway = 1001
    case protocolError = 1002
    case unsupportedData = 1003
    case invalidPayload = 1007
    case messageTooBig = 1009
  }

  static let textOpcode: UInt8 = 1
  static let closeOpcode: UInt8 = 8
  static let pongOpcode: UInt8 = 10
  /// RSV1: the message is compressed (RFC 7692 §6).
  static let compressedBit: UInt8 = 0x40
  /// Shorter messages do not gain by being compressed.
  static let compressedOctetsMin = 1024

  /// The header of a whole message (FIN set, not masked) with a payload of so many octets.
  static func header(_ opcode: UInt8, _ length: Int, compressed: Bool = false) -> [UInt8] {
    var out: [UInt8] = [0x80 | opcode | (compressed ? compressedBit : 0)]
    switch length {
    case ..<126: out.append(UInt8(truncatingIfNeeded: length))
    case ..<65_536: out += [126, UInt8(truncatingIfNeeded: length >> 8), UInt8(truncatingIfNeeded: length)]
    default:
      out.append(127)
      for shift in stride(from: 56, through: 0, by: -8) {
        out.append(UInt8(truncatingIfNeeded: length >> shift))
      }
    }
    return out
  }

  static func close(_ code: CloseCode) -> [UInt8] {
    close([UInt8(code.rawValue >> 8), UInt8(code.rawValue & 0xFF)])
  }

  /// A Close frame; `status` is empty or a code in two octets.
  static func close(_ status: [UInt8]) -> [UInt8] { header(closeOpcode, status.count) + status }

  /// `json` as one text message, compressed when the peer agreed to it and it is worth it.
  static func message(_ json: [UInt8], deflates: Bool) -> [UInt8] {
    if deflates, json.count >= compressedOctetsMin, let packed = deflate(json), packed.count < json.count {
      return header(textOpcode, packed.count, compressed: true) + packed
    }
    return header(textOpcode, json.count) + json
  }

  /// Without context takeover: each message stands alone, and no memory is kept between them.
  private static func deflate(_ json: [UInt8]) -> [UInt8]? {
    // Out of memory: the message goes as it is.
    guard let packed = try? RawDeflate.message(json), packed.suffix(4).elementsEqual(syncTail) else {
      return nil
    }
    return Array(packed.dropLast(4))
  }

  /// What ends a flushed stream, and is left out on the wire (RFC 7692 §7.2.1).
  static let syncTail: [UInt8] = [0x00, 0x00, 0xFF, 0xFF]
}

/// Cuts messages out of the frames of a WebSocket client (RFC 6455 §5): joins fragments, takes the mask off,
/// answers pings, and undoes permessage-deflate without context takeover (RFC 7692).
struct WebSocketDecoder {
  private static let controlOctetsMax = 125

  private struct Header {
    var isFinal: Bool
    var compressed: Bool
    /// RSV2 and RSV3, which nobody has given a meaning.
    var reserved: UInt8
    var opcode: UInt8
    var length: Int
    var mask: (UInt8, UInt8, UInt8, UInt8)
    /// Where the payload begins.
    var payload: Int
  }

  /// permessage-deflate was agreed on.
  private let deflates: Bool
  /// Fewer octets in the input are no use.
  private(set) var octetsNeeded = 2
  /// A fragmented message so far.
  private var parts: [UInt8] = []
  /// The opcode of the message that ``parts`` belongs to; nil between messages.
  private var opcode: UInt8?
  private var isCompressed = false

  init(deflates: Bool) { self.deflates = deflates }

  /// In the middle of a fragmented message.
  var isMidMessage: Bool { opcode != nil }

  mutating func next(_ bytes: [UInt8], from: Int, octetsMax: Int) -> FrameStep {
    octetsNeeded = 2
    let header: Header
    switch readHeader(bytes, from) {
    case .needMore(let octets):
      octetsNeeded = octets
      return .needMore
    case .failed(let explanation): return broken(explanation)
    case .header(let read): header = read
    }
    if let problem = check(header) { return broken(problem) }
    // Checked before the payload is waited for. Both are at most Int.max / 2.
    guard header.opcode >= 8 || header.length <= octetsMax - parts.count else {
      return .broken(
        .limit("message", limit: octetsMax, actual: Self.sum(parts.count, header.length)),
        WebSocket.close(.messageTooBig))
    }
    guard bytes.count - header.payload >= header.length else {
      octetsNeeded = header.payload - from + header.length
      return .needMore
    }
    let end = header.payload + header.length
    let payload = Self.unmasked(bytes, header.payload..<end, header.mask)
    if header.opcode >= 8 { return control(header.opcode, payload, end) }
    if header.opcode != 0 {
      opcode = header.opcode
      isCompressed = header.compressed
    }
    if header.isFinal, parts.isEmpty { return message(payload, end, octetsMax) }
    parts += payload
    guard header.isFinal else { return .skip(to: end) }
    var whole: [UInt8] = []
    swap(&whole, &parts)
    return message(whole, end, octetsMax)
  }

  private static func sum(_ a: Int, _ b: Int) -> Int {
    let (sum, overflow) = a.addingReportingOverflow(b)
    return overflow ? .max : sum
  }

  // MARK: Frames

  private enum HeaderStep {
    case header(Header)
    case needMore(Int)
    case failed(String)
  }

  private func readHeader(_ bytes: [UInt8], _ from: Int) -> HeaderStep {
    let there = bytes.count - from
    guard there >= 2 else { return .needMore(2) }
    let (first, second) = (bytes[from], bytes[from + 1])
    guard second & 0x80 != 0 else { return .failed("a client's frames are masked") }
    let short = Int(second & 0x7F)
    let extra = short == 127 ? 8 : short == 126 ? 2 : 0
    guard there >= 6 + extra else { return .needMore(6 + extra) }
    var length = short
    if extra > 0 {
      var long: UInt64 = 0
      for i in 0..<extra { long = long << 8 | UInt64(bytes[from + 2 + i]) }
      guard long <= UInt64(Int.max / 2) else { return .failed("the length of a frame is out of range") }
      guard long >= (extra == 2 ? 126 : 65_536) else {
        return .failed("the length is not in its shortest form")
      }
      length = Int(long)
    }
    let mask = from + 2 + extra
    return .header(
      Header(
        isFinal: first & 0x80 != 0, compressed: first & WebSocket.compressedBit != 0,
        reserved: first & 0x30, opcode: first & 0x0F, length: length,
        mask: (bytes[mask], bytes[mask + 1], bytes[mask + 2], bytes[mask + 3]),
        payload: mask + 4))
  }

  /// What RFC 6455 §5 and RFC 7692 §6 forbid; nil when the frame may stand here.
  private func check(_ header: Header) -> String? {
    if header.reserved != 0 { return "RSV2 and RSV3 must be 0" }
    if header.opcode >= 8 {
      guard (8...10).contains(header.opcode) else { return "the opcode is reserved" }
      guard header.isFinal, header.length <= Self.controlOctetsMax, !header.compressed else {
        return "a control frame is short, whole and not compressed"
      }
      return nil
    }
    switch header.opcode {
    case 0:
      if opcode == nil { return "a continuation without a beginning" }
      if header.compressed { return "RSV1 is for a message's first frame" }
    case 1, 2:
      if opcode != nil { return "a new message inside another" }
      if header.compressed, !deflates { return "RSV1 without permessage-deflate" }
    default: return "the opcode is reserved"
    }
    return nil
  }

  private mutating func control(_ opcode: UInt8, _ payload: [UInt8], _ end: Int) -> FrameStep {
    switch opcode {
    case 9: return .control(WebSocket.header(WebSocket.pongOpcode, payload.count) + payload, end: end)
    case 10: return .skip(to: end)
    default:
      if payload.count == 1 { return broken("a close code has two octets") }
      guard let code = payload.count >= 2 ? UInt16(payload[0]) << 8 | UInt16(payload[1]) : nil else {
        return .closing(WebSocket.close([]))
      }
      guard Self.mayBeSent(code) else { return broken("the close code is reserved") }
      guard Self.isUTF8(payload[2...]) else { return notUTF8 }
      return .closing(WebSocket.close(Array(payload.prefix(2))))
    }
  }

  /// RFC 6455 §7.4 and the registry of close codes.
  private static func mayBeSent(_ code: UInt16) -> Bool {
    switch code {
    case 1000...1003, 1007...1014, 3000...4999: true
    default: false
    }
  }

  // MARK: Messages

  private mutating func message(_ payload: [UInt8], _ end: Int, _ octetsMax: Int) -> FrameStep {
    let isText = opcode == WebSocket.textOpcode
    let compressed = isCompressed
    opcode = nil
    isCompressed = false
    var message = payload
    if compressed {
      do {
        message = try RawDeflate.inflate(payload + WebSocket.syncTail, outputOctetsMax: octetsMax)
      } catch .outputLimit {
        return .broken(
          .limit("message", limit: octetsMax, actual: Self.sum(octetsMax, 1)), WebSocket.close(.messageTooBig)
        )
      } catch {
        return .broken(
          .parse(.syntax(offset: 0, reason: "the message cannot be inflated")),
          WebSocket.close(.invalidPayload))
      }
    }
    if isText, !Self.isUTF8(message[...]) { return notUTF8 }
    return .unpacked(message, end: end)
  }

  private static func unmasked(
    _ bytes: [UInt8], _ range: Range<Int>, _ mask: (UInt8, UInt8, UInt8, UInt8)
  ) -> [UInt8] {
    let word =
      UInt64(mask.0) | UInt64(mask.1) << 8 | UInt64(mask.2) << 16 | UInt64(mask.3) << 24
    let both = (word | word << 32).littleEndian
    return [UInt8](unsafeUninitializedCapacity: range.count) { out, count in
      bytes.withUnsafeBytes { source in
        var i = 0
        // SAFETY: i + 8 <= range.count, the capacity of `out`, and range lies within `bytes`.
        while i + 8 <= range.count {
          let x = source.loadUnaligned(fromByteOffset: range.lowerBound + i, as: UInt64.self) ^ both
          UnsafeMutableRawBufferPointer(out).storeBytes(of: x, toByteOffset: i, as: UInt64.self)
          i += 8
        }
        while i < range.count {
          out[i] = source[range.lowerBound + i] ^ UInt8(truncatingIfNeeded: word >> UInt64(8 * (i & 3)))
          i += 1
        }
      }
      count = range.count
    }
  }

  /// ASCII by words; what is not goes to the standard library's check.
  private static func isUTF8(_ text: ArraySlice<UInt8>) -> Bool {
    let isASCII = text.withUnsafeBytes { all -> Bool in
      var i = 0
      while i + 8 <= all.count {
        if all.loadUnaligned(fromByteOffset: i, as: UInt64.self) & 0x8080_8080_8080_8080 != 0 { return false }
        i += 8
      }
      while i < all.count {
        if all[i] & 0x80 != 0 { return false }
        i += 1
      }
      return true
    }
    return isASCII || String(validating: text, as: UTF8.self) != nil
  }

  private var notUTF8: FrameStep {
    .broken(
      .parse(.syntax(offset: 0, reason: "a text message must be UTF-8")), WebSocket.close(.invalidPayload))
  }

  private func broken(_ explanation: String) -> FrameStep {
    .broken(.parse(.syntax(offset: 0, reason: explanation)), WebSocket.close(.protocolError))
  }
}

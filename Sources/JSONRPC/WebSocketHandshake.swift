internal import Bytes

/// The opening handshake of RFC 6455 §4.2, as a server answers it.
struct WebSocketHandshake {
  /// The response's fields; behind it both sides speak frames.
  let fields: [(String, String)]
  /// permessage-deflate was agreed on, without context takeover on either side.
  let deflates: Bool

  /// Whether a request wants to become something else than HTTP.
  static func isAsked(_ head: HTTPHead) -> Bool {
    head.method == "GET" && tokens(head, "connection").contains("upgrade") && !tokens(head, "upgrade").isEmpty
  }

  /// The answer, or the response that refuses it.
  static func answer(_ head: HTTPHead) -> Result<WebSocketHandshake, WebSocketRefusal> {
    guard tokens(head, "upgrade").contains("websocket") else {
      return .failure(.init(status: 400, explanation: "the only upgrade is websocket"))
    }
    guard head.fields.values("sec-websocket-version") == ["13"] else {
      return .failure(.init(status: 426, explanation: "speak version 13 of WebSocket", wantsVersion: true))
    }
    let keys = head.fields.values("sec-websocket-key")
    guard keys.count == 1, Base64.decode(keys[0].utf8)?.count == 16, !head.hasBody else {
      return .failure(
        .init(status: 400, explanation: "Sec-WebSocket-Key must be there, once, of 16 octets in base64"))
    }
    var fields = [
      ("Upgrade", "websocket"), ("Connection", "Upgrade"), ("Sec-WebSocket-Accept", accept(keys[0])),
    ]
    if offered(head, "sec-websocket-protocol").contains("jsonrpc") {
      fields.append(("Sec-WebSocket-Protocol", "jsonrpc"))
    }
    let deflates = offersDeflate(head)
    if deflates {
      fields.append(
        (
          "Sec-WebSocket-Extensions",
          "permessage-deflate; server_no_context_takeover; client_no_context_takeover"
        ))
    }
    return .success(WebSocketHandshake(fields: fields, deflates: deflates))
  }

  /// base64(SHA-1(key + GUID))   (RFC 6455 §4.2.2)
  static func accept(_ key: String) -> String {
    Base64.encodeString(SHA1.digest(Array((key + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11").utf8)))
  }

  /// An offer of permessage-deflate with parameters that we can keep: a smaller window of ours than zlib's usual
  /// one is an offer we pass over (RFC 7692 §7.1).
  private static func offersDeflate(_ head: HTTPHead) -> Bool {
    offered(head, "sec-websocket-extensions").contains { offer in
      let parts = offer.split(separator: ";").map(\.trimmed)
      guard parts.first == "permessage-deflate" else { return false }
      return parts.dropFirst().allSatisfy { parameter in
        ["server_no_context_takeover", "client_no_context_takeover", "client_max_window_bits"].contains(
          parameter)
          || parameter.hasPrefix("client_max_window_bits=") || parameter == "server_max_window_bits=15"
      }
    }
  }

  /// The elements of a list field, as they are written.
  private static func offered(_ head: HTTPHead, _ name: String) -> [String] {
    head.fields.values(name).joined(separator: ",").split(separator: ",").map(\.trimmed)
  }

  private static func tokens(_ head: HTTPHead, _ name: String) -> [String] {
    offered(head, name).map { $0.lowercased() }
  }
}

struct WebSocketRefusal: Error {
  var status: Int
  var explanation: String
  var wantsVersion = false
}

/// SHA-1 (RFC 3174), for the handshake alone, which only proves that the server has read the key.
enum SHA1 {
  static func digest(_ message: [UInt8]) -> [UInt8] {
    var text = message
    let bits = UInt64(message.count) &* 8
    text.append(0x80)
    while text.count % 64 != 56 { text.append(0) }
    for shift in stride(from: UInt64(56), through: 0, by: -8) {
      text.append(UInt8(truncatingIfNeeded: bits >> shift))
    }
    var h: [UInt32] = [0x6745_2301, 0xEFCD_AB89, 0x98BA_DCFE, 0x1032_5476, 0xC3D2_E1F0]
    for block in stride(from: 0, to: text.count, by: 64) { add(text[block..<block + 64], to: &h) }
    return h.flatMap { word in (0..<4).map { UInt8(truncatingIfNeeded: word >> UInt32(24 - 8 * $0)) } }
  }

  private static func add(_ block: ArraySlice<UInt8>, to h: inout [UInt32]) {
    var w = [UInt32](repeating: 0, count: 80)
    for (i, octet) in block.enumerated() { w[i / 4] = w[i / 4] << 8 | UInt32(octet) }
    for t in 16..<80 { w[t] = rotate(w[t - 3] ^ w[t - 8] ^ w[t - 14] ^ w[t - 16], 1) }
    var (a, b, c, d, e) = (h[0], h[1], h[2], h[3], h[4])
    for t in 0..<80 {
      let (f, k): (UInt32, UInt32) =
        switch t {
        case ..<20: (b & c | ~b & d, 0x5A82_7999)
        case ..<40: (b ^ c ^ d, 0x6ED9_EBA1)
        case ..<60: (b & c | b & d | c & d, 0x8F1B_BCDC)
        default: (b ^ c ^ d, 0xCA62_C1D6)
        }
      let next = rotate(a, 5) &+ f &+ e &+ w[t] &+ k
      (a, b, c, d, e) = (next, a, rotate(b, 30), c, d)
    }
    h[0] &+= a
    h[1] &+= b
    h[2] &+= c
    h[3] &+= d
    h[4] &+= e
  }

  private static func rotate(_ x: UInt32, _ n: UInt32) -> UInt32 { x << n | x >> (32 - n) }
}

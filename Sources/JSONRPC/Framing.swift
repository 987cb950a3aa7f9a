/// How messages are told apart on a connection; the first octet that comes says which.
enum Framing: Sendable, Hashable {
  /// JSON values one after another, a newline behind each of ours.
  case lines
  /// A flag (0, or 1 for zlib), four octets of length (big-endian), then one value: gRPC's prefix.
  case lengthPrefix
  /// `Content-Length: n`, an empty line, then one value: the base protocol of LSP.
  case header
  /// HTTP/1.1
  case http
  /// Messages of RFC 6455, behind an upgrade from HTTP. `deflates`: long ones may be compressed.
  case webSocket(deflates: Bool)

  var isWebSocket: Bool { if case .webSocket = self { true } else { false } }

  /// What statistics call it.
  var name: String {
    switch self {
    case .lines: "lines"
    case .lengthPrefix: "lengthPrefix"
    case .header: "contentLength"
    case .http: "http"
    case .webSocket: "webSocket"
    }
  }

  /// ``name`` of every framing, in the order of the specification.
  static let names = ["lines", "contentLength", "lengthPrefix", "http", "webSocket"]

  /// The framing that a connection beginning with `octet` speaks; nil when it is none of ours.
  init?(firstOctet octet: UInt8) {
    switch octet {
    case 0x7B, 0x5B, 0x20, 0x09, 0x0A, 0x0D: self = .lines
    case 0x00, 0x01: self = .lengthPrefix
    case 0x43, 0x63: self = .header
    case 0x50, 0x47, 0x4F, 0x48: self = .http
    default: return nil
    }
  }

  /// `json` as one message. HTTP has responses instead; there it is a line.
  func frame(_ json: [UInt8]) -> [UInt8] {
    if case .webSocket(let deflates) = self { return WebSocket.message(json, deflates: deflates) }
    var out = [UInt8]()
    out.reserveCapacity(json.count + 32)
    switch self {
    case .lengthPrefix: out.append(contentsOf: Self.prefix(json.count))
    case .header: out.append(contentsOf: Self.header(json.count))
    case .lines, .http, .webSocket: break
    }
    out.append(contentsOf: json)
    if self == .lines || self == .http { out.append(0x0A) }
    return out
  }

  static func prefix(_ length: Int) -> [UInt8] {
    let n = UInt32(clamping: length)
    return [
      0, UInt8(truncatingIfNeeded: n >> 24), UInt8(truncatingIfNeeded: n >> 16),
      UInt8(truncatingIfNeeded: n >> 8), UInt8(truncatingIfNeeded: n),
    ]
  }

  static func header(_ length: Int) -> [UInt8] { Array("Content-Length: \(length)\r\n\r\n".utf8) }
}

internal import Bytes
internal import JSON

/// The request line and the header fields of an HTTP/1.1 request, after the checks that need nothing else.
struct HTTPHead {
  var method: String
  /// Without the query.
  var path: String
  /// The value of `Host`, or the authority of an absolute target.
  var host: String
  var fields: HeaderFields
  var keepAlive: Bool
  var contentLength: Int?
  var chunked: Bool
  var expectsContinue: Bool
  /// Heads of one connection with the same number consist of the same octets.
  var number: UInt64 = 0

  var hasBody: Bool { chunked || (contentLength ?? 0) > 0 }
}

/// A request that cannot be understood; the connection ends after the answer.
struct HTTPRefusal: Error, Equatable {
  var status: Int
  var explanation: String
  /// A limit was exceeded.
  var limit: RPCError?
}

/// Cuts HTTP/1.1 requests (RFC 9112) out of what a connection reads. Whatever a proxy could read otherwise
/// than we do is refused: both Content-Length and Transfer-Encoding, either of them twice, obs-fold, lines
/// ended by a bare LF or CR, white space before a colon.
struct HTTPDecoder {
  enum Step {
    case head(HTTPHead, end: Int)
    /// The body of the last head.
    case body([UInt8], end: Int)
    case skip(to: Int)
    case needMore
    case failed(HTTPRefusal)
  }

  private enum State {
    /// Between requests. Leads to `body`, `chunkSize`, or itself.
    case head
    /// Content-Length octets. Leads to `head`.
    case body(Int)
    /// The line with a chunk's size. Leads to `chunk`, `trailers`.
    case chunkSize
    /// Octets of a chunk, then CR LF. Leads to `chunkSize`.
    case chunk(Int)
    /// Behind the last chunk. Leads to `head`.
    case trailers
  }

  private let limits: RPCLimits
  private var state = State.head
  private var chunks: [UInt8] = []
  /// The last head and its octets: most clients send the same one again.
  private var last: (octets: [UInt8], head: HTTPHead)?
  /// Longer heads are not kept.
  private static let keptOctetsMax = 1024
  private var headNumber: UInt64 = 0
  /// Fewer octets in the input are no use.
  private(set) var octetsNeeded = 1

  init(limits: RPCLimits) { self.limits = limits }

  /// Only between requests nothing is missing.
  var isBetweenRequests: Bool { if case .head = state { true } else { false } }

  mutating func next(_ bytes: [UInt8], from: Int, octetsMax: Int) -> Step {
    octetsNeeded = 1
    switch state {
    case .head: return head(bytes, from)
    case .body(let length):
      guard length <= octetsMax else { return tooLarge(length, octetsMax) }
      guard bytes.count - from >= length else {
        octetsNeeded = length
        return .needMore
      }
      state = .head
      return .body(Array(bytes[from..<from + length]), end: from + length)
    case .chunkSize: return chunkSize(bytes, from, octetsMax)
    case .chunk(let left): return chunk(bytes, from, left)
    case .trailers: return trailers(bytes, from)
    }
  }

  // MARK: Head

  private mutating func head(_ bytes: [UInt8], _ from: Int) -> Step {
    if let last, Self.has(last.octets, at: from, bytes) {
      return begin(last.head, end: from + last.octets.count)
    }
    // RFC 9112 §2.2: an empty line before a request may be ignored.
    if bytes.count - from >= 2, bytes[from] == ASCII.cr, bytes[from + 1] == ASCII.lf {
      return .skip(to: from + 2)
    }
    let requestLine: Range<Int>
    switch HeaderFields.line(bytes, from: from, limit: from + limits.headerOctetsMax) {
    case .needMore: return wait(bytes.count - from)
    case .bare: return refuse(400, "a line must end with CR LF")
    case .tooLong: return refuse(414, "the request line is longer than \(limits.headerOctetsMax) octets")
    case .line(let range): requestLine = range
    }
    let fieldsStart = requestLine.upperBound + 2
    let room = max(0, limits.headerOctetsMax - (fieldsStart - from))
    switch HeaderFields.parse(bytes, from: fieldsStart, octetsMax: room, fieldsMax: limits.headerFieldsMax) {
    case .needMore: return wait(bytes.count - from)
    case .failed(let reason, let tooLarge): return refuse(tooLarge ? 431 : 400, reason)
    case .fields(let fields):
      do {
        var head = try Self.head(bytes[requestLine], fields)
        headNumber += 1
        head.number = headNumber
        last = fields.end - from <= Self.keptOctetsMax ? (Array(bytes[from..<fields.end]), head) : nil
        return begin(head, end: fields.end)
      } catch {
        return .failed(error)
      }
    }
  }

  /// Whether `bytes` go on with `octets`. Takes the same time wherever they differ: behind a proxy the last head may
  /// have another caller's token.
  private static func has(_ octets: [UInt8], at from: Int, _ bytes: [UInt8]) -> Bool {
    guard bytes.count - from >= octets.count else { return false }
    // SAFETY: both buffers live until the closures end, and the indices are inside of them by the line above.
    return bytes.withUnsafeBufferPointer { all in
      octets.withUnsafeBufferPointer { octets in
        var difference: UInt8 = 0
        for i in 0..<octets.count { difference |= octets[i] ^ all[from + i] }
        return difference == 0
      }
    }
  }

  private mutating func begin(_ head: HTTPHead, end: Int) -> Step {
    if head.chunked {
      chunks = []
      state = .chunkSize
    } else {
      state = .body(head.contentLength ?? 0)
    }
    return .head(head, end: end)
  }

  /// request-line = method SP request-target SP HTTP-version   (RFC 9112 §3)
  private static func head(_ line: ArraySlice<UInt8>, _ fields: HeaderFields) throws(HTTPRefusal) -> HTTPHead
  {
    let parts = line.split(separator: ASCII.space, omittingEmptySubsequences: false)
    guard parts.count == 3, !parts[0].isEmpty, parts[0].allSatisfy(HeaderFields.isToken),
      !parts[1].isEmpty, parts[1].allSatisfy({ $0 > 0x20 && $0 < 0x7F })
    else { throw HTTPRefusal(status: 400, explanation: "the request line is malformed") }
    let version = String(decoding: parts[2], as: UTF8.self)
    guard version == "HTTP/1.1" || version == "HTTP/1.0" else {
      throw HTTPRefusal(status: 505, explanation: "speak HTTP/1.1")
    }
    let hosts = fields.values("host")
    guard hosts.count == 1 || (hosts.isEmpty && version == "HTTP/1.0") else {
      throw HTTPRefusal(status: 400, explanation: "Host must be there, once")
    }
    var host = hosts.first ?? ""
    var target = String(decoding: parts[1], as: UTF8.self)
    if !target.hasPrefix("/"), target != "*" {
      guard target.lowercased().hasPrefix("http://") else {
        throw HTTPRefusal(status: 400, explanation: "the request target is malformed")
      }
      let rest = target.dropFirst(7)
      let slash = rest.firstIndex(of: "/") ?? rest.endIndex
      host = String(rest[..<slash])
      target = slash == rest.endIndex ? "/" : String(rest[slash...])
    }
    let connection = fields.values("connection").joined(separator: ",").lowercased()
    let options = connection.split(separator: ",").map { $0.trimmed }
    var head = HTTPHead(
      method: String(decoding: parts[0], as: UTF8.self),
      path: String(target.prefix { $0 != "?" }), host: host, fields: fields,
      keepAlive: version == "HTTP/1.1" ? !options.contains("close") : options.contains("keep-alive"),
      contentLength: nil, chunked: false, expectsContinue: false)
    try readLength(&head, version)
    return head
  }

  private static func readLength(_ head: inout HTTPHead, _ version: String) throws(HTTPRefusal) {
    let lengths = head.fields.values("content-length")
    let codings = head.fields.values("transfer-encoding")
    if !codings.isEmpty {
      guard lengths.isEmpty, codings.count == 1, version == "HTTP/1.1" else {
        throw HTTPRefusal(status: 400, explanation: "Transfer-Encoding and Content-Length exclude each other")
      }
      guard codings[0].lowercased() == "chunked" else {
        throw HTTPRefusal(status: 501, explanation: "the only Transfer-Encoding is chunked")
      }
      head.chunked = true
    } else if !lengths.isEmpty {
      guard lengths.count == 1, let length = ASCII.decimal(lengths[0].utf8, atMost: UInt64(Int.max)) else {
        throw HTTPRefusal(status: 400, explanation: "Content-Length must be there once, in digits")
      }
      head.contentLength = Int(length)
    }
    let expectations = head.fields.values("expect")
    if !expectations.isEmpty {
      guard expectations.count == 1, expectations[0].lowercased() == "100-continue" else {
        throw HTTPRefusal(status: 417, explanation: "the only expectation is 100-continue")
      }
      head.expectsContinue = head.hasBody
    }
  }

  // MARK: Chunks

  /// chunk-size [ chunk-ext ] CRLF   (RFC 9112 §7.1)
  private mutating func chunkSize(_ bytes: [UInt8], _ from: Int, _ octetsMax: Int) -> Step {
    switch HeaderFields.line(bytes, from: from, limit: from + 256) {
    case .needMore: return wait(bytes.count - from)
    case .bare, .tooLong: return refuse(400, "a chunk's size is malformed")
    case .line(let range):
      var size = 0
      var digits = 0
      for c in bytes[range] {
        guard let value = ASCII.hexValue(c) else { break }
        size = size << 4 | Int(value)
        digits += 1
        if digits > 8 { break }
      }
      let rest = bytes[(range.lowerBound + digits)..<range.upperBound]
      guard (1...8).contains(digits), rest.isEmpty || rest.first == 0x3B else {
        return refuse(400, "a chunk's size is malformed")
      }
      guard chunks.count + size <= octetsMax else { return tooLarge(chunks.count + size, octetsMax) }
      state = size == 0 ? .trailers : .chunk(size)
      return .skip(to: range.upperBound + 2)
    }
  }

  private mutating func chunk(_ bytes: [UInt8], _ from: Int, _ left: Int) -> Step {
    let there = min(left, bytes.count - from)
    if there > 0 {
      chunks.append(contentsOf: bytes[from..<from + there])
      state = .chunk(left - there)
      return .skip(to: from + there)
    }
    if left > 0 { return .needMore }
    guard bytes.count - from >= 2 else { return wait(bytes.count - from) }
    guard bytes[from] == ASCII.cr, bytes[from + 1] == ASCII.lf else {
      return refuse(400, "a chunk must end with CR LF")
    }
    state = .chunkSize
    return .skip(to: from + 2)
  }

  private mutating func trailers(_ bytes: [UInt8], _ from: Int) -> Step {
    switch HeaderFields.parse(
      bytes, from: from, octetsMax: limits.headerOctetsMax, fieldsMax: limits.headerFieldsMax)
    {
    case .needMore: return wait(bytes.count - from)
    case .failed(let reason, let tooLarge): return refuse(tooLarge ? 431 : 400, reason)
    case .fields(let fields):
      state = .head
      let body = chunks
      chunks = []
      return .body(body, end: fields.end)
    }
  }

  private mutating func wait(_ there: Int) -> Step {
    octetsNeeded = there + 1
    return .needMore
  }

  private func refuse(_ status: Int, _ explanation: String) -> Step {
    .failed(HTTPRefusal(status: status, explanation: explanation))
  }

  private func tooLarge(_ octets: Int, _ limit: Int) -> Step {
    .failed(
      HTTPRefusal(
        status: 413, explanation: "the body is too large",
        limit: .limit("message", limit: limit, actual: octets)))
  }
}

extension Substring {
  /// Without spaces and tabs at both ends.
  var trimmed: String {
    var text = self
    while let c = text.utf8.first, c == 0x20 || c == 0x09 { text = text.dropFirst() }
    while let c = text.utf8.last, c == 0x20 || c == 0x09 { text = text.dropLast() }
    return String(text)
  }
}

/// Reads one answer from octets that come in any pieces (RFC 9112). Strict: what two readers could read differently is
/// refused.
///
///     status line → fields → body by length | chunks | until the end → done
struct HTTPAnswerParser {
  private enum State {
    case statusLine
    case fields
    case sized(left: Int)
    case chunkSize
    case chunk(left: Int)
    case chunkEnd
    case trailers
    case untilEnd
    case done
  }

  private let limits: HTTPLimits
  /// The answer to HEAD has no body, whatever it announces.
  private let hasBody: Bool
  private var state = State.statusLine
  private var line: [UInt8] = []
  private var headOctets = 0
  private var answer = HTTPAnswer(status: 0)

  init(limits: HTTPLimits, method: String) {
    self.limits = limits
    hasBody = method != "HEAD"
  }

  /// - Returns: the answer, once it is whole.
  mutating func take(_ octets: [UInt8]) throws(HTTPError) -> HTTPAnswer? {
    var index = 0
    while index < octets.count {
      switch state {
      case .statusLine, .fields, .chunkSize, .chunkEnd, .trailers:
        let byte = octets[index]
        index += 1
        headOctets += 1
        guard headOctets <= limits.headOctetsMax else { throw .tooLarge("header", max: limits.headOctetsMax) }
        line.append(byte)
        guard byte == 0x0A else { continue }
        guard line.count >= 2, line[line.count - 2] == 0x0D else {
          throw .protocolViolation("a line that does not end by CRLF")
        }
        line.removeLast(2)
        let whole = line
        line.removeAll(keepingCapacity: true)
        try take(line: whole)
      case .sized(let left):
        let count = min(left, octets.count - index)
        try append(octets[index..<(index + count)])
        index += count
        state = left == count ? .done : .sized(left: left - count)
      case .chunk(let left):
        let count = min(left, octets.count - index)
        try append(octets[index..<(index + count)])
        index += count
        state = left == count ? .chunkEnd : .chunk(left: left - count)
      case .untilEnd:
        try append(octets[index...])
        index = octets.count
      case .done:
        // The connection is closed behind it; nobody asked for more.
        return answer
      }
    }
    if case .done = state { return answer }
    return nil
  }

  /// The server has ended its side.
  mutating func end() throws(HTTPError) -> HTTPAnswer {
    switch state {
    case .done, .untilEnd: return answer
    default: throw .protocolViolation("the answer ended in its middle")
    }
  }

  private mutating func append(_ octets: ArraySlice<UInt8>) throws(HTTPError) {
    guard answer.body.count + octets.count <= limits.bodyOctetsMax else {
      throw .tooLarge("body", max: limits.bodyOctetsMax)
    }
    answer.body.append(contentsOf: octets)
  }

  private mutating func take(line: [UInt8]) throws(HTTPError) {
    switch state {
    case .statusLine:
      // HTTP/1.1 200 OK
      guard line.count >= 12, line.starts(with: "HTTP/1.".utf8), line[7] == 0x30 || line[7] == 0x31,
        line[8] == 0x20,
        line.count == 12 || line[12] == 0x20, line[9..<12].allSatisfy({ (0x30...0x39).contains($0) })
      else { throw .protocolViolation("no status line of HTTP/1.1") }
      let status = line[9..<12].reduce(0) { $0 * 10 + Int($1 - 0x30) }
      guard status >= 100 else { throw .protocolViolation("status \(status)") }
      answer = HTTPAnswer(status: status)
      state = .fields
    case .fields:
      if line.isEmpty { return try beginBody() }
      answer.fields.append(try Self.field(line))
      guard answer.fields.count <= limits.fieldsMax else {
        throw .tooLarge("header fields", max: limits.fieldsMax)
      }
    case .chunkSize:
      // Extensions say nothing that we need.
      let digits = line.prefix { $0 != 0x3B }
      guard (1...8).contains(digits.count),
        let size = Int(String(decoding: digits, as: UTF8.self), radix: 16),
        digits.allSatisfy({ $0 != 0x2B && $0 != 0x2D })
      else { throw .protocolViolation("the size of a chunk") }
      guard size <= limits.bodyOctetsMax else { throw .tooLarge("body", max: limits.bodyOctetsMax) }
      state = size == 0 ? .trailers : .chunk(left: size)
    case .chunkEnd:
      guard line.isEmpty else { throw .protocolViolation("a chunk that is longer than it says") }
      // Sizes are not counted against the head: the body's limit holds for them.
      headOctets = 0
      state = .chunkSize
    case .trailers:
      if line.isEmpty { state = .done } else { _ = try Self.field(line) }
    default: break
    }
  }

  private static func field(_ line: [UInt8]) throws(HTTPError) -> (name: String, value: String) {
    guard let colon = line.firstIndex(of: 0x3A), colon > 0, line[..<colon].allSatisfy(isToken) else {
      throw .protocolViolation("a header field")
    }
    let value = line[(colon + 1)...].drop { $0 == 0x20 || $0 == 0x09 }
    let end = value.lastIndex { $0 != 0x20 && $0 != 0x09 }.map { $0 + 1 } ?? value.startIndex
    guard value.allSatisfy({ ($0 >= 0x20 && $0 != 0x7F) || $0 == 0x09 }) else {
      throw .protocolViolation("a header field's value")
    }
    return (
      String(decoding: line[..<colon], as: UTF8.self).lowercased(),
      String(decoding: value[value.startIndex..<end], as: UTF8.self)
    )
  }

  static func isToken(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x30...0x39, 0x41...0x5A, 0x61...0x7A: true
    default: "!#$%&'*+-.^_`|~".utf8.contains(byte)
    }
  }

  /// RFC 9112 §6.3.
  private mutating func beginBody() throws(HTTPError) {
    let lengths = answer.fields.filter { $0.name == "content-length" }.map(\.value)
    let encodings = answer.fields.filter { $0.name == "transfer-encoding" }.map { $0.value.lowercased() }
    guard lengths.isEmpty || encodings.isEmpty else {
      throw .protocolViolation("both Content-Length and Transfer-Encoding")
    }
    guard Set(lengths).count <= 1, encodings.isEmpty || encodings == ["chunked"] else {
      throw .protocolViolation("the length of the body")
    }
    // Interim: the real one follows. Nobody asked for another protocol.
    if (100..<200).contains(answer.status) {
      guard answer.status != 101 else { throw .protocolViolation("status 101") }
      state = .statusLine
      return
    }
    if !hasBody || answer.status == 204 || answer.status == 304 {
      state = .done
    } else if encodings == ["chunked"] {
      state = .chunkSize
    } else if let text = lengths.first {
      guard !text.isEmpty, text.utf8.count <= 18, text.utf8.allSatisfy({ (0x30...0x39).contains($0) }),
        let length = Int(text)
      else { throw .protocolViolation("Content-Length") }
      guard length <= limits.bodyOctetsMax else { throw .tooLarge("body", max: limits.bodyOctetsMax) }
      state = length == 0 ? .done : .sized(left: length)
    } else {
      state = .untilEnd
    }
  }
}

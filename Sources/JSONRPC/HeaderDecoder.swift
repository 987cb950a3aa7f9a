internal import Bytes
internal import JSON

/// The base protocol of LSP: header fields, each ended by CR LF, an empty line, then the content.
struct HeaderDecoder {
  private let headerOctetsMax: Int
  private let headerFieldsMax: Int
  /// Fewer octets in the input are no use.
  private(set) var octetsNeeded = 1

  init(limits: RPCLimits) {
    headerOctetsMax = limits.headerOctetsMax
    headerFieldsMax = limits.headerFieldsMax
  }

  mutating func next(_ bytes: [UInt8], from: Int, octetsMax: Int) -> FrameStep {
    octetsNeeded = 1
    if let plain = Self.plain(bytes, from), plain.content - from <= headerOctetsMax, plain.length <= octetsMax
    {
      guard bytes.count - plain.content >= plain.length else {
        octetsNeeded = plain.content - from + plain.length
        return .needMore
      }
      let end = plain.content + plain.length
      return .message(plain.content..<end, end: end, checked: false)
    }
    let block: HeaderFields
    switch HeaderFields.parse(bytes, from: from, octetsMax: headerOctetsMax, fieldsMax: headerFieldsMax) {
    case .needMore:
      octetsNeeded = bytes.count - from + 1
      return .needMore
    case .failed(let reason, _): return broken(reason)
    case .fields(let fields): block = fields
    }
    let lengths = block.values("content-length")
    guard lengths.count == 1, let length = ASCII.decimal(lengths[0].utf8, atMost: UInt64(Int.max)) else {
      return broken("Content-Length must be there, once, in digits")
    }
    for type in block.values("content-type") where !Self.isUTF8(type) {
      return broken("the charset must be utf-8")
    }
    guard length <= octetsMax else {
      return .malformed(.limit("message", limit: octetsMax, actual: Int(length)), resume: nil)
    }
    guard bytes.count - block.end >= Int(length) else {
      octetsNeeded = block.end - from + Int(length)
      return .needMore
    }
    let end = block.end + Int(length)
    return .message(block.end..<end, end: end, checked: false)
  }

  private static let plainStart = Array("Content-Length: ".utf8)

  /// A header as most programs write it: `Content-Length: `, 1 to 9 digits, and an empty line. The length, and where the
  /// content begins; nil for every other header, which the strict reading of fields decides.
  private static func plain(_ bytes: [UInt8], _ from: Int) -> (length: Int, content: Int)? {
    var i = from + plainStart.count
    guard i < bytes.count, bytes[from..<i].elementsEqual(plainStart) else { return nil }
    let limit = min(bytes.count, i + 10)
    var length = 0
    let start = i
    while i < limit, bytes[i] &- 0x30 < 10 {
      length = length * 10 + Int(bytes[i] &- 0x30)
      i += 1
    }
    guard i > start, i - start < 10, bytes.count - i >= 4, bytes[i] == ASCII.cr, bytes[i + 1] == ASCII.lf,
      bytes[i + 2] == ASCII.cr, bytes[i + 3] == ASCII.lf
    else { return nil }
    return (length, i + 4)
  }

  /// LSP knows one charset, and for old clients its misspelling.
  static func isUTF8(_ contentType: String) -> Bool {
    for parameter in contentType.lowercased().split(separator: ";").dropFirst() {
      let text = parameter.filter { $0 != " " && $0 != "\"" && $0 != "\t" }
      if text.hasPrefix("charset=") && text != "charset=utf-8" && text != "charset=utf8" { return false }
    }
    return true
  }

  private func broken(_ explanation: String) -> FrameStep {
    .malformed(.parse(.syntax(offset: 0, reason: explanation)), resume: nil)
  }
}

/// Header fields of LSP and HTTP, read strictly: each line ends with CR LF, no line begins with white space
/// (obs-fold), no white space stands before the colon, and there are no control characters. What proxies
/// and servers read differently is refused (request smuggling).
struct HeaderFields {
  enum Outcome {
    case fields(HeaderFields)
    case needMore
    case failed(String, tooLarge: Bool)
  }

  /// Names in lower case, values without the white space around them, in order.
  private(set) var fields: [(name: String, value: String)] = []
  /// The index behind the empty line.
  private(set) var end = 0

  func values(_ name: String) -> [String] { fields.filter { $0.name == name }.map(\.value) }

  /// Reads fields from `from` up to and with an empty line.
  static func parse(_ bytes: [UInt8], from: Int, octetsMax: Int, fieldsMax: Int) -> Outcome {
    var block = HeaderFields()
    var i = from
    while true {
      switch line(bytes, from: i, limit: from + octetsMax) {
      case .needMore: return .needMore
      case .bare: return .failed("a line must end with CR LF", tooLarge: false)
      case .tooLong: return .failed("the header is longer than \(octetsMax) octets", tooLarge: true)
      case .line(let range):
        i = range.upperBound + 2
        if range.isEmpty {
          block.end = i
          return .fields(block)
        }
        guard let field = field(bytes[range]) else {
          return .failed("a header field is malformed", tooLarge: false)
        }
        guard block.fields.count < fieldsMax else {
          return .failed("more than \(fieldsMax) header fields", tooLarge: true)
        }
        block.fields.append(field)
      }
    }
  }

  enum Line {
    /// Without its CR LF.
    case line(Range<Int>)
    case needMore
    /// A CR or LF that stands alone.
    case bare
    case tooLong
  }

  /// The line at `from`; it must end in front of `limit`.
  static func line(_ bytes: [UInt8], from: Int, limit: Int) -> Line {
    var i = from
    let n = min(bytes.count, limit)
    while i < n {
      if bytes[i] == ASCII.lf { return .bare }
      if bytes[i] == ASCII.cr {
        guard i + 1 < bytes.count else { return .needMore }
        return bytes[i + 1] == ASCII.lf ? .line(from..<i) : .bare
      }
      i += 1
    }
    return bytes.count >= limit ? .tooLong : .needMore
  }

  /// field-name ":" OWS field-value OWS   (RFC 9112 §5)
  private static func field(_ line: ArraySlice<UInt8>) -> (name: String, value: String)? {
    guard let colon = line.firstIndex(of: 0x3A), colon > line.startIndex else { return nil }
    let name = line[..<colon]
    guard name.allSatisfy(isToken) else { return nil }
    var value = line[(colon + 1)...]
    while let c = value.first, ASCII.isWSP(c) { value = value.dropFirst() }
    while let c = value.last, ASCII.isWSP(c) { value = value.dropLast() }
    guard value.allSatisfy({ $0 >= 0x20 && $0 != 0x7F || $0 == ASCII.tab }) else { return nil }
    return (
      String(decoding: ASCII.lowercased(name), as: UTF8.self), String(decoding: value, as: UTF8.self)
    )
  }

  /// tchar of RFC 9110 §5.6.2.
  static func isToken(_ c: UInt8) -> Bool {
    if ASCII.isAlphanumeric(c) { return true }
    switch c {
    case 0x21, 0x23...0x27, 0x2A, 0x2B, 0x2D, 0x2E, 0x5E...0x60, 0x7C, 0x7E: return true
    default: return false
    }
  }
}

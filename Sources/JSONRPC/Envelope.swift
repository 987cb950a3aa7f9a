internal import Glibc
internal import JSON

/// A request object of JSON-RPC 2.0 or 1.0, as places in the text it stands in.
struct Envelope {
  enum Outcome {
    case request(Envelope)
    /// An answer; servers ask nothing, so nothing is done with it. Answering it could go on for ever.
    case response
    /// `id` is the place of an id that could be read.
    case invalid(String, id: Range<Int>?)
  }

  /// nil in a notification.
  var id: Range<Int>?
  /// Without its quotes.
  var method: Range<Int>
  /// Object or array; nil also for an empty array.
  var params: Range<Int>?
  /// `params` may have a member `_meta`.
  var mayHaveMeta: Bool
  /// Of JSON-RPC 1.0: see ``Version1``.
  var isVersion1: Bool
  /// Where the request begins.
  var start: Int
  /// The one member of `params`, where that is known to be an object with one member and no escapes in names.
  var onlyMember: JSONValidator.Member?

  /// Reads the object that `validator` checked last; `bytes` is the text that it checked. The validator is
  /// not changed: `inout` keeps it from being copied.
  static func read(
    _ bytes: UnsafeRawBufferPointer, at start: Int, validator: inout JSONValidator, idOctetsMax: Int
  ) -> Outcome {
    guard let base = bytes.baseAddress, start < bytes.count, bytes[start] == 0x7B else {
      return .invalid("a request is an object", id: nil)
    }
    // SAFETY: the validator's offsets lie within the text it checked, which is `bytes`.
    let p = base.assumingMemoryBound(to: UInt8.self)
    var version = false
    var hasVersion = false
    var id: Range<Int>?
    var badID: String?
    var method: Range<Int>?
    var params: Range<Int>?
    var problem: String?
    var isResponse = false
    for index in 0..<validator.members.count {
      let member = validator.members[index]
      let value = member.valueStart..<member.valueEnd
      switch name(p, member, bytes, &validator) {
      case .jsonrpc:
        hasVersion = true
        version = value.count == 5 && memcmp(p + value.lowerBound, "\"2.0\"", 5) == 0
      case .id:
        switch p[value.lowerBound] {
        case 0x22, 0x2D, 0x30...0x39, 0x6E: id = value
        default: badID = "the id must be a string, a number or null"
        }
        if value.count > idOctetsMax { badID = "the id is longer than \(idOctetsMax) octets" }
      case .method:
        if p[value.lowerBound] == 0x22 {
          method = value.lowerBound + 1..<value.upperBound - 1
        } else {
          problem = "the method must be a string"
        }
      case .params:
        if p[value.lowerBound] == 0x7B || p[value.lowerBound] == 0x5B {
          params = value
        } else {
          problem = "the params must be an object or an array"
        }
      case .answer: isResponse = true
      case .other: break
      }
    }
    if let badID { return .invalid(badID, id: nil) }
    if validator.membersLeftOut { return .invalid("the request has too many members", id: id) }
    let isVersion1 =
      !hasVersion && method != nil && id != nil && params.map { p[$0.lowerBound] == 0x5B } == true
    if !version, !isVersion1 { return .invalid("the member jsonrpc must be \"2.0\"", id: id) }
    if isVersion1, let written = id, p[written.lowerBound] == 0x6E { id = nil }
    if let problem { return .invalid(problem, id: id) }
    guard let method else {
      return isResponse ? .response : .invalid("the member method is missing", id: id)
    }
    if !isVersion1, let written = params, isEmptyArray(p, written) { params = nil }
    // `_meta` holds an underscore, unless it is written with escapes.
    let mayHaveMeta =
      params.map {
        validator.hasEscapedNames || memchr(p + $0.lowerBound, 0x5F, $0.count) != nil
      } ?? false
    return .request(
      Envelope(
        id: id, method: method, params: params, mayHaveMeta: mayHaveMeta, isVersion1: isVersion1,
        start: start))
  }

  /// No params at all: so some clients write it, whatever the method takes.
  @inline(__always)
  private static func isEmptyArray(_ p: UnsafePointer<UInt8>, _ value: Range<Int>) -> Bool {
    p[value.lowerBound] == 0x5B && (value.lowerBound + 1..<value.upperBound - 1).allSatisfy { p[$0] <= 0x20 }
  }

  private enum Name { case jsonrpc, id, method, params, answer, other }

  @inline(__always)
  private static func name(
    _ p: UnsafePointer<UInt8>, _ member: JSONValidator.Member, _ bytes: UnsafeRawBufferPointer,
    _ validator: inout JSONValidator
  ) -> Name {
    if validator.hasEscapedNames {
      return validator.plainName(member, in: bytes).withUnsafeBufferPointer { plain in
        plain.baseAddress.map { name($0, plain.count) } ?? .other
      }
    }
    return name(p + member.nameStart, member.nameEnd - member.nameStart)
  }

  @inline(__always)
  private static func name(_ at: UnsafePointer<UInt8>, _ count: Int) -> Name {
    switch count {
    case 2: return memcmp(at, "id", 2) == 0 ? .id : .other
    case 5: return memcmp(at, "error", 5) == 0 ? .answer : .other
    case 6:
      if memcmp(at, "method", 6) == 0 { return .method }
      if memcmp(at, "params", 6) == 0 { return .params }
      return memcmp(at, "result", 6) == 0 ? .answer : .other
    case 7: return memcmp(at, "jsonrpc", 7) == 0 ? .jsonrpc : .other
    default: return .other
    }
  }
}

/// What the member `_meta` of the params says.
struct CallMeta {
  var timeoutMilliseconds: Int64?
  var idempotencyKey: String?
  /// JSON text, a string or a number.
  var progressToken: [UInt8]?
  var traceparent: String?
  var credit: Int64?
  /// A token, without `Bearer`.
  var authorization: [UInt8]?

  static let idempotencyKeyOctetsMax = 256
  static let traceparentOctetsMax = 256

  /// Reads `_meta` out of the params in `bytes` at `range`; nil when there is none. Members that are not known
  /// are skipped, here and beside `_meta`.
  static func read(_ bytes: [UInt8], _ range: Range<Int>) throws(JSONError) -> CallMeta? {
    var reader = JSONReader(bytes, range: range)
    guard reader.kind() == .object else { return nil }
    try reader.beginObject()
    while try reader.nextKey() {
      if reader.keyIs("_meta") {
        var meta = CallMeta()
        try meta.readMembers(&reader)
        return meta
      }
      try reader.skip()
    }
    return nil
  }

  private mutating func readMembers(_ reader: inout JSONReader) throws(JSONError) {
    try reader.beginObject()
    while try reader.nextKey() {
      if reader.keyIs("timeoutMs") {
        timeoutMilliseconds = try reader.int()
      } else if reader.keyIs("idempotencyKey") {
        let key = try reader.string()
        guard (1...Self.idempotencyKeyOctetsMax).contains(key.utf8.count) else {
          throw .range("idempotencyKey", expected: "of 1 to \(Self.idempotencyKeyOctetsMax) octets")
        }
        idempotencyKey = key
      } else if reader.keyIs("progressToken") {
        guard reader.kind() == .string || reader.kind() == .number else {
          throw .wrongType("progressToken", expected: "a string or a number")
        }
        progressToken = try reader.raw()
      } else if reader.keyIs("traceparent") {
        // W3C Trace Context §2.2.2: what cannot be read is ignored.
        if reader.kind() == .string {
          let text = try reader.string()
          traceparent = text.utf8.count <= Self.traceparentOctetsMax ? text : nil
        } else {
          try reader.skip()
        }
      } else if reader.keyIs("credit") {
        credit = try reader.int(in: 0...Int64(Int32.max))
      } else if reader.keyIs("authorization") {
        authorization = CallMeta.token(authorization: try reader.string())
      } else {
        try reader.skip()
      }
    }
  }

  /// The token of `Bearer token`; an empty one, which nobody has, for anything else.
  static func token(authorization: String) -> [UInt8] {
    let octets = Array(authorization.utf8)
    let scheme = Array("bearer ".utf8)
    guard octets.count > scheme.count,
      octets.prefix(scheme.count).map({ $0 &- 0x41 < 26 ? $0 | 0x20 : $0 }) == scheme
    else { return [] }
    return Array(octets.drop { $0 != 0x20 }.drop { $0 == 0x20 })
  }
}

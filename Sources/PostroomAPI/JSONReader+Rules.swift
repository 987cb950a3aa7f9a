internal import Bytes
internal import JSON

/// Values with the rules that the document sets for them.
extension JSONReader {
  /// - Parameter length: in Unicode scalars, as JSON Schema counts.
  mutating func string(length: ClosedRange<Int>) throws(JSONError) -> String {
    let text = try string()
    guard length.contains(text.unicodeScalars.count) else {
      throw .range(key, expected: "\(length.lowerBound) to \(length.upperBound) characters long")
    }
    return text
  }

  mutating func string(lengthMax: Int) throws(JSONError) -> String {
    let text = try string()
    guard text.unicodeScalars.count <= lengthMax else {
      throw .range(key, expected: "at most \(lengthMax) characters long")
    }
    return text
  }

  /// `prefix` and a decimal number from 1 up without leading zeros, at most 19 digits.
  mutating func rowID(_ prefix: StaticString) throws(JSONError) -> String {
    let text = try string()
    let digits = text.utf8.dropFirst(prefix.utf8CodeUnitCount)
    guard text.utf8.starts(with: "\(prefix)".utf8), Self.isNumber(digits), digits.first != 0x30 else {
      throw .range(key, expected: "\(prefix) and a number, like \(prefix)12")
    }
    return text
  }

  /// A decimal number from 0 up without leading zeros, at most 19 digits, as text.
  mutating func decimalText() throws(JSONError) -> String {
    let text = try string()
    guard Self.isNumber(text.utf8), text.utf8.first != 0x30 || text.utf8.count == 1 else {
      throw .range(key, expected: "a decimal number as a string")
    }
    return text
  }

  private static func isNumber(_ digits: some Collection<UInt8>) -> Bool {
    (1...19).contains(digits.count) && digits.allSatisfy(ASCII.isDigit)
  }

  /// Text that ``APITime`` can read.
  mutating func timestamp() throws(JSONError) -> String {
    let text = try string()
    guard APITime.milliseconds(text) != nil else {
      throw .range(key, expected: "a time in UTC like 2025-01-31T09:30:00.000Z")
    }
    return text
  }

  mutating func int(in range: ClosedRange<Int64>) throws(JSONError) -> Int64 {
    let value = try int()
    guard range.contains(value) else {
      throw .range(
        key,
        expected: range.upperBound == 9_007_199_254_740_991
          ? "at least \(range.lowerBound)" : "from \(range.lowerBound) to \(range.upperBound)")
    }
    return value
  }

  mutating func double(atLeast low: Double) throws(JSONError) -> Double {
    let value = try double()
    guard value >= low else { throw .range(key, expected: "at least \(low)") }
    return value
  }

  /// base64 (RFC 4648 §4).
  mutating func octets() throws(JSONError) -> [UInt8] {
    guard let bytes = Base64.decode(Array(try string().utf8)) else { throw .range(key, expected: "base64") }
    return bytes
  }

  /// An object as the value of the member `name`; errors about its members begin with `name`.
  mutating func object<T: APIValue>(_ name: String) throws(JSONError) -> T {
    guard kind() == .object else { throw .wrongType(name, expected: "an object") }
    do { return try T(from: &self) } catch { throw error.inside(name) }
  }

  /// An array as the value of the member `name`.
  mutating func list<T: APIValue>(
    _ name: String, count: ClosedRange<Int> = 0...Int.max
  ) throws(JSONError) -> [T] {
    try elements(name, count) { reader throws(JSONError) in
      if reader.kind() != .object, !(T.self is any APIWord.Type) {
        throw .wrongType(name, expected: "an object")
      }
      return try T(from: &reader)
    }
  }

  mutating func strings(
    _ name: String, count: ClosedRange<Int> = 0...Int.max, length: ClosedRange<Int> = 0...Int.max
  ) throws(JSONError) -> [String] {
    try elements(name, count) { reader throws(JSONError) in try reader.string(length: length) }
  }

  private mutating func elements<T>(
    _ name: String, _ count: ClosedRange<Int>, _ read: (inout JSONReader) throws(JSONError) -> T
  ) throws(JSONError) -> [T] {
    guard kind() == .array else { throw .wrongType(name, expected: "an array") }
    var elements = [T]()
    try beginArray()
    while try nextElement() {
      if elements.count == count.upperBound {
        throw .range(name, expected: "an array of at most \(count.upperBound)")
      }
      do { elements.append(try read(&self)) } catch { throw error.inside(name, element: elements.count) }
    }
    if elements.count < count.lowerBound {
      throw .range(name, expected: "an array of at least \(count.lowerBound)")
    }
    return elements
  }

  /// Names to strings.
  mutating func map(_ name: String) throws(JSONError) -> [String: String] {
    guard kind() == .object else { throw .wrongType(name, expected: "an object") }
    var map = [String: String]()
    try beginObject()
    while try nextKey() { map[key] = try string() }
    return map
  }
}

extension JSONWriter {
  mutating func octets(_ bytes: [UInt8]) { string(Base64.encodeString(bytes)) }

  mutating func list(_ values: [some APIValue]) {
    beginArray()
    for value in values { value.write(to: &self) }
    endArray()
  }

  mutating func strings(_ values: [String]) {
    beginArray()
    for value in values { string(value) }
    endArray()
  }

  /// In ascending order of names, so that the same map is always the same text.
  mutating func map(_ map: [String: String]) {
    beginObject()
    for (name, value) in map.sorted(by: { $0.key < $1.key }) {
      key(name)
      string(value)
    }
    endObject()
  }
}

extension JSONError {
  /// The same error with the path to it: about `host` inside `imap` is about `imap.host`. An error about
  /// an element itself, which has no name of its own, came with `name`.
  func inside(_ name: String, element: Int? = nil) -> JSONError {
    let place = element.map { "\(name)[\($0)]" } ?? name
    func path(_ inner: String) -> String { element != nil && inner == name ? place : "\(place).\(inner)" }
    switch self {
    case .missing(let inner): return .missing("\(place).\(inner)")
    case .unknown(let inner): return .unknown("\(place).\(inner)")
    case .wrongType(let inner, let expected): return .wrongType(path(inner), expected: expected)
    case .range(let inner, let expected): return .range(path(inner), expected: expected)
    case .syntax, .depth, .duplicateName, .tooLong: return self
    }
  }
}

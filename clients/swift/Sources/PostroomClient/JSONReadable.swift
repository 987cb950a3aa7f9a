internal import Bytes
internal import JSON

/// What the server answers. Members that are not known are skipped: a newer server may say more.
protocol JSONReadable {
  init(from reader: inout JSONReader) throws(JSONError)
}

/// What the server is asked with.
protocol JSONWritable {
  func write(to writer: inout JSONWriter)
}

/// A word of an open set.
protocol JSONWord: RawRepresentable, JSONReadable, JSONWritable where RawValue == String {
  init(rawValue: String)
}

extension JSONWord {
  init(from reader: inout JSONReader) throws(JSONError) { self.init(rawValue: try reader.string()) }
  func write(to writer: inout JSONWriter) { writer.string(rawValue) }
}

/// An answer that says no more than that it is done.
struct Nothing: JSONReadable {
  init(from reader: inout JSONReader) throws(JSONError) { try reader.skip() }
}

func present<T>(_ value: T?, _ name: String) throws(JSONError) -> T {
  guard let value else { throw .missing(name) }
  return value
}

extension JSONReader {
  mutating func octets() throws(JSONError) -> [UInt8] {
    guard let bytes = Base64.decode(Array(try string().utf8)) else { throw .range(key, expected: "base64") }
    return bytes
  }

  mutating func object<T: JSONReadable>(_ name: String) throws(JSONError) -> T { try T(from: &self) }

  mutating func list<T: JSONReadable>(_ name: String) throws(JSONError) -> [T] {
    var elements = [T]()
    try beginArray()
    while try nextElement() { elements.append(try T(from: &self)) }
    return elements
  }

  mutating func strings(_ name: String) throws(JSONError) -> [String] {
    var elements = [String]()
    try beginArray()
    while try nextElement() { elements.append(try string()) }
    return elements
  }

  mutating func map(_ name: String) throws(JSONError) -> [String: String] {
    var map = [String: String]()
    try beginObject()
    while try nextKey() { map[key] = try string() }
    return map
  }
}

extension JSONWriter {
  mutating func octets(_ bytes: [UInt8]) { string(Base64.encodeString(bytes)) }

  mutating func list(_ values: [some JSONWritable]) {
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

/// The JSON text of a value, on one line.
func jsonText(of value: some JSONWritable) -> String {
  var writer = JSONWriter()
  value.write(to: &writer)
  return String(decoding: writer.take(), as: UTF8.self)
}

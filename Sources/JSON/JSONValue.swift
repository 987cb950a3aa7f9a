/// Any JSON value, for what has no type of its own: details of errors, discovery documents, tests.
///
/// Objects keep the order of their members. Two objects are equal when they have the same members in the
/// same order; names and strings are compared as octets.
package indirect enum JSONValue: Sendable {
  case null
  case bool(Bool)
  /// A number written without fraction and exponent, within 2^53.
  case int(Int64)
  case double(Double)
  case string(String)
  case array([JSONValue])
  case object([Member])

  package struct Member: Sendable, Equatable {
    package var name: String
    package var value: JSONValue

    package init(_ name: String, _ value: JSONValue) {
      self.name = name
      self.value = value
    }

    package static func == (a: Member, b: Member) -> Bool {
      a.name.utf8.elementsEqual(b.name.utf8) && a.value == b.value
    }
  }

  /// The value that `bytes` spell.
  package init(parsing bytes: [UInt8], depthMax: Int = 64) throws(JSONError) {
    var reader = try JSONReader(bytes, depthMax: depthMax)
    self = try reader.value()
  }

  /// The value that `text` spells.
  package init(parsing text: String) throws(JSONError) { try self.init(parsing: [UInt8](text.utf8)) }

  /// The value as compact JSON text.
  package var bytes: [UInt8] {
    var writer = JSONWriter()
    writer.value(self)
    return writer.take()
  }

  package var text: String { String(decoding: bytes, as: UTF8.self) }

  /// The member `name` of an object; nil for anything else.
  package subscript(name: String) -> JSONValue? {
    guard case .object(let members) = self else { return nil }
    return members.first { $0.name.utf8.elementsEqual(name.utf8) }?.value
  }

  /// The element at `index` of an array; nil when there is none.
  package subscript(index: Int) -> JSONValue? {
    guard case .array(let elements) = self, elements.indices.contains(index) else { return nil }
    return elements[index]
  }

  package var string: String? { if case .string(let v) = self { v } else { nil } }
  package var int: Int64? { if case .int(let v) = self { v } else { nil } }
  package var bool: Bool? { if case .bool(let v) = self { v } else { nil } }
  package var array: [JSONValue]? { if case .array(let v) = self { v } else { nil } }
  package var object: [Member]? { if case .object(let v) = self { v } else { nil } }

  package var double: Double? {
    switch self {
    case .double(let v): v
    case .int(let v): Double(v)
    case .null, .bool, .string, .array, .object: nil
    }
  }
}

extension JSONValue: Equatable {
  package static func == (a: JSONValue, b: JSONValue) -> Bool {
    switch (a, b) {
    case (.null, .null): true
    case (.bool(let x), .bool(let y)): x == y
    case (.int(let x), .int(let y)): x == y
    case (.double(let x), .double(let y)): x == y
    case (.string(let x), .string(let y)): x.utf8.elementsEqual(y.utf8)
    case (.array(let x), .array(let y)): x == y
    case (.object(let x), .object(let y)): x == y
    default: false
    }
  }
}

extension JSONValue: ExpressibleByStringLiteral, ExpressibleByIntegerLiteral, ExpressibleByBooleanLiteral,
  ExpressibleByFloatLiteral, ExpressibleByArrayLiteral, ExpressibleByDictionaryLiteral,
  ExpressibleByNilLiteral
{
  package init(stringLiteral value: String) { self = .string(value) }
  package init(integerLiteral value: Int64) { self = .int(value) }
  package init(floatLiteral value: Double) { self = .double(value) }
  package init(booleanLiteral value: Bool) { self = .bool(value) }
  package init(arrayLiteral elements: JSONValue...) { self = .array(elements) }
  package init(dictionaryLiteral members: (String, JSONValue)...) {
    self = .object(members.map { Member($0.0, $0.1) })
  }
  package init(nilLiteral: ()) { self = .null }
}

extension JSONReader {
  /// The next value, whatever it is. An integer beyond 2^53 becomes a double; so do `1.0` and `-0`.
  ///
  /// Recursion is bounded by the depth that the text was validated with.
  package mutating func value() throws(JSONError) -> JSONValue {
    switch kind() {
    case .null:
      _ = isNull()
      return .null
    case .bool: return .bool(try bool())
    case .string: return .string(try string())
    case .number:
      var probe = self
      if let whole = try? probe.int() {  // not an integer: it is read as a double next
        self = probe
        return .int(whole)
      }
      return .double(try double())
    case .array:
      var elements = [JSONValue]()
      try beginArray()
      while try nextElement() { elements.append(try value()) }
      return .array(elements)
    case .object:
      var members = [JSONValue.Member]()
      try beginObject()
      while try nextKey() {
        let name = key
        members.append(JSONValue.Member(name, try value()))
      }
      return .object(members)
    case nil: throw .syntax(offset: 0, reason: "no value here")
    }
  }
}

/// A JSON value whose objects keep the order of their members, as a generator needs it.
///
/// Reads RFC 8259 text; what follows the value, and a name twice in one object, are errors.
package indirect enum JSONNode: Equatable, Sendable {
  case null
  case bool(Bool)
  case integer(Int)
  case double(Double)
  case string(String)
  case array([JSONNode])
  case object([Member])

  package struct Member: Equatable, Sendable {
    package var name: String
    package var value: JSONNode
  }

  package subscript(name: String) -> JSONNode? {
    guard case .object(let members) = self else { return nil }
    return members.first { $0.name == name }?.value
  }

  package var members: [Member]? { if case .object(let v) = self { v } else { nil } }
  package var elements: [JSONNode]? { if case .array(let v) = self { v } else { nil } }
  package var text: String? { if case .string(let v) = self { v } else { nil } }
  package var whole: Int? { if case .integer(let v) = self { v } else { nil } }
  package var flag: Bool? { if case .bool(let v) = self { v } else { nil } }
}

package struct JSONSyntaxError: Error, CustomStringConvertible {
  package var line: Int
  package var reason: String
  package var description: String { "line \(line): \(reason)" }
}

extension JSONNode {
  package init(parsing text: String) throws {
    var parser = Parser(bytes: [UInt8](text.utf8))
    self = try parser.value(depth: 0)
    parser.space()
    guard parser.position == parser.bytes.count else { throw parser.error("text after the value") }
  }

  /// Compact text; `self` parsed from it is equal to `self`.
  package var compact: String {
    switch self {
    case .null: "null"
    case .bool(let v): v ? "true" : "false"
    case .integer(let v): "\(v)"
    case .double(let v): "\(v)"
    case .string(let v): JSONNode.quoted(v)
    case .array(let v): "[" + v.map(\.compact).joined(separator: ",") + "]"
    case .object(let v):
      "{" + v.map { JSONNode.quoted($0.name) + ":" + $0.value.compact }.joined(separator: ",") + "}"
    }
  }

  /// `text` as a JSON string. All but ASCII is escaped, so that it may stand in any source file.
  package static func quoted(_ text: String) -> String {
    var out = "\""
    for unit in text.utf16 {
      switch unit {
      case 0x22: out += "\\\""
      case 0x5C: out += "\\\\"
      case 0x0A: out += "\\n"
      case 0x20..<0x7F: out.unicodeScalars.append(Unicode.Scalar(UInt8(unit)))
      default:
        let hex = String(unit, radix: 16)
        out += "\\u" + String(repeating: "0", count: 4 - hex.count) + hex
      }
    }
    return out + "\""
  }
}

private struct Parser {
  let bytes: [UInt8]
  var position = 0

  func error(_ reason: String) -> JSONSyntaxError {
    JSONSyntaxError(line: 1 + bytes[..<position].count { $0 == 0x0A }, reason: reason)
  }

  mutating func space() {
    while position < bytes.count, [0x20, 0x0A, 0x0D, 0x09].contains(bytes[position]) { position += 1 }
  }

  mutating func skip(_ byte: UInt8) -> Bool {
    guard position < bytes.count, bytes[position] == byte else { return false }
    position += 1
    return true
  }

  mutating func value(depth: Int) throws -> JSONNode {
    space()
    guard depth < 64 else { throw error("nested deeper than 64 levels") }
    guard position < bytes.count else { throw error("a value is missing") }
    switch bytes[position] {
    case 0x7B: return .object(try object(depth: depth))
    case 0x5B: return .array(try array(depth: depth))
    case 0x22: return .string(try string())
    default: return try word()
    }
  }

  mutating func object(depth: Int) throws -> [JSONNode.Member] {
    position += 1
    var members = [JSONNode.Member]()
    space()
    if skip(0x7D) { return members }
    repeat {
      space()
      guard position < bytes.count, bytes[position] == 0x22 else { throw error("a name is missing") }
      let name = try string()
      space()
      guard skip(0x3A) else { throw error("a colon is missing") }
      guard !members.contains(where: { $0.name == name }) else { throw error("\"\(name)\" stands twice") }
      members.append(JSONNode.Member(name: name, value: try value(depth: depth + 1)))
      space()
    } while skip(0x2C)
    guard skip(0x7D) else { throw error("an object does not end") }
    return members
  }

  mutating func array(depth: Int) throws -> [JSONNode] {
    position += 1
    var elements = [JSONNode]()
    space()
    if skip(0x5D) { return elements }
    repeat {
      elements.append(try value(depth: depth + 1))
      space()
    } while skip(0x2C)
    guard skip(0x5D) else { throw error("an array does not end") }
    return elements
  }

  mutating func string() throws -> String {
    position += 1
    var units = [UInt8]()
    while position < bytes.count, bytes[position] != 0x22 {
      if bytes[position] == 0x5C {
        position += 1
        units += try escape()
      } else {
        guard bytes[position] >= 0x20 else { throw error("a control character in a string") }
        units.append(bytes[position])
        position += 1
      }
    }
    guard skip(0x22) else { throw error("a string does not end") }
    guard let text = String(validating: units, as: UTF8.self) else { throw error("not UTF-8") }
    return text
  }

  mutating func escape() throws -> [UInt8] {
    guard position < bytes.count else { throw error("a string does not end") }
    let letter = bytes[position]
    position += 1
    switch letter {
    case 0x22, 0x5C, 0x2F: return [letter]
    case 0x6E: return [0x0A]
    case 0x74: return [0x09]
    case 0x72: return [0x0D]
    case 0x62: return [0x08]
    case 0x66: return [0x0C]
    case 0x75: return Array(String(decoding: try utf16(), as: UTF16.self).utf8)
    default: throw error("no such escape")
    }
  }

  /// The unit behind `\u`, and with it the second half of a surrogate pair.
  mutating func utf16() throws -> [UInt16] {
    func unit() throws -> UInt16 {
      guard position + 4 <= bytes.count,
        let value = UInt16(String(decoding: bytes[position..<position + 4], as: UTF8.self), radix: 16)
      else { throw error("four hexadecimal digits are missing") }
      position += 4
      return value
    }
    let first = try unit()
    guard UTF16.isLeadSurrogate(first) else { return [first] }
    guard skip(0x5C), skip(0x75) else { throw error("half a surrogate pair") }
    return [first, try unit()]
  }

  mutating func word() throws -> JSONNode {
    let start = position
    while position < bytes.count,
      !([0x20, 0x0A, 0x0D, 0x09, 0x2C, 0x5D, 0x7D] as [UInt8]).contains(bytes[position])
    {
      position += 1
    }
    let word = String(decoding: bytes[start..<position], as: UTF8.self)
    switch word {
    case "null": return .null
    case "true": return .bool(true)
    case "false": return .bool(false)
    default:
      if let whole = Int(word) { return .integer(whole) }
      if let double = Double(word) { return .double(double) }
      throw error("\"\(word)\" is not a value")
    }
  }
}

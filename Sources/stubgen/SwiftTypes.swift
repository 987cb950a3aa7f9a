/// Writes Swift types with their reading and writing of JSON: for the server (`package`, strict, every
/// type both ways) and for the client (`public`, lenient, each type the way it is needed).
struct SwiftTypes {
  enum Side { case server, client }

  let document: APIDocument
  let side: Side

  var access: String { side == .server ? "package" : "public" }
  /// Reading and writing are nobody's business outside the client.
  var codingAccess: String { side == .server ? "package " : "" }

  func typeName(_ schema: String) -> String {
    if side == .server { return "API" + schema }
    // Foundation has a Thread, and most programs import it.
    return schema == "Thread" ? "MailThread" : schema
  }

  func type(of shape: Shape) -> String {
    switch document.resolved(shape) {
    case .string: "String"
    case .integer: "Int64"
    case .number: "Double"
    case .boolean: "Bool"
    case .octets: "[UInt8]"
    case .array(let element, _): "[\(type(of: element))]"
    case .reference(let name): isMap(name) ? "[String: String]" : typeName(name)
    case .any: "String"
    }
  }

  func isMap(_ name: String) -> Bool {
    if case .map? = document.schema(name)?.kind { true } else { false }
  }

  func isObject(_ name: String) -> Bool {
    if case .object? = document.schema(name)?.kind { true } else { false }
  }

  /// The type of a member, with `?` where it may be absent.
  func memberType(_ member: APIMember) -> String {
    type(of: member.shape) + (isOptional(member) ? "?" : "")
  }

  func isOptional(_ member: APIMember) -> Bool { !member.isRequired && member.defaultValue == nil }

  func literal(_ value: JSONNode) -> String {
    switch value {
    case .array: "[]"
    case .string(let text): JSONNode.quoted(text)
    default: value.compact
    }
  }

  // MARK: Types

  func write(_ schema: APISchema, to out: inout SourceText) {
    out.line()
    out.comment(schema.details)
    switch schema.kind {
    case .enumeration(let values):
      if side == .server {
        serverEnumeration(schema, values, &out)
      } else {
        clientEnumeration(schema, values, &out)
      }
    case .object(let members):
      let strict = side == .server && document.sent.contains(schema.name)
      structure(
        typeName(schema.name), members, reads: side == .server || document.answered.contains(schema.name),
        writes: true, strict: strict, isParams: false, &out)
    case .map, .plain, .any: break
    }
  }

  private func serverEnumeration(_ schema: APISchema, _ values: [String], _ out: inout SourceText) {
    out.block("package enum \(typeName(schema.name)): String, APIWord {") { out in
      for value in values {
        let name = Names.camel(value)
        out.line("case \(Names.swift(name))" + (name == value ? "" : " = \"\(value)\""))
      }
    }
  }

  /// A word that a newer server says must not break an older client: an open set, not an enum.
  private func clientEnumeration(_ schema: APISchema, _ values: [String], _ out: inout SourceText) {
    let name = typeName(schema.name)
    out.block(
      "public struct \(name): RawRepresentable, Hashable, Sendable, CustomStringConvertible, JSONWord {"
    ) { out in
      out.line("public let rawValue: String")
      out.line("public init(rawValue: String) { self.rawValue = rawValue }")
      out.line("public var description: String { rawValue }")
      out.line()
      for value in values {
        out.line("public static let \(Names.swift(Names.camel(value))) = \(name)(rawValue: \"\(value)\")")
      }
    }
  }

  func structure(
    _ name: String, _ members: [APIMember], reads: Bool, writes: Bool, strict: Bool, isParams: Bool,
    _ out: inout SourceText
  ) {
    let hasSecret = members.contains(where: \.isSecret)
    let conformances =
      (side == .server ? "\(isParams ? "APIParams" : "APIValue"), Hashable" : "Hashable, Sendable")
      + (side == .client && reads ? ", JSONReadable" : "")
      + (side == .client && writes ? ", JSONWritable" : "")
      + (hasSecret ? ", CustomStringConvertible, CustomReflectable" : "")
    out.block("\(access) struct \(name): \(conformances) {") { out in
      for member in members {
        if let details = member.details { out.comment(details) }
        out.line("\(access) var \(Names.swift(member.name)): \(memberType(member))")
      }
      if !members.isEmpty { out.line() }
      if side == .server, isParams { parameterNames(members, &out) }
      memberwise(members, &out)
      if hasSecret {
        out.line()
        out.comment("Without the members: one of them is a secret.")
        out.line("\(access) var description: String { \"\(name)\" }")
        out.line("\(access) var customMirror: Mirror { Mirror(self, children: []) }")
      }
      if reads {
        out.line()
        reading(members, strict: strict, isParams: isParams, &out)
      }
      if writes {
        out.line()
        writing(members, &out)
      }
      if side == .client, reads {
        out.line()
        out.comment("This as one line of JSON, as the API writes it.")
        out.line("public var json: String { jsonText(of: self) }")
      }
    }
  }

  /// The order of params by position; methods that ask for one behind an optional one take names only.
  private func parameterNames(_ members: [APIMember], _ out: inout SourceText) {
    let required = members.prefix(while: \.isRequired).count
    let isOrdered = !members.dropFirst(required).contains(where: \.isRequired)
    let head = "package static let parameterNames: [String]? = "
    if isOrdered {
      out.call(head + "[", members.map { "\"\($0.name)\"" }, "]")
    } else {
      out.line(head + "nil")
    }
    out.line()
  }

  /// `name: Type`, with a default for what may be left out.
  func parameters(_ members: [APIMember]) -> [String] {
    members.map { member in
      let value = isOptional(member) ? " = nil" : member.defaultValue.map { " = " + literal($0) } ?? ""
      return "\(Names.swift(member.name)): \(memberType(member))\(value)"
    }
  }

  private func memberwise(_ members: [APIMember], _ out: inout SourceText) {
    if members.isEmpty {
      out.line("\(access) init() {}")
      return
    }
    out.call("\(access) init(", parameters(members), ") {")
    out.indent { out in
      for member in members { out.line("self.\(member.name) = \(Names.swift(member.name))") }
    }
    out.line("}")
  }

  // MARK: Reading

  private func reading(_ members: [APIMember], strict: Bool, isParams: Bool, _ out: inout SourceText) {
    out.block("\(codingAccess)init(from reader: inout JSONReader) throws(JSONError) {") { out in
      for member in members {
        let value = member.defaultValue.map { " = " + literal($0) }
        let type = type(of: member.shape) + (value == nil ? "?" : "")
        out.line("var \(Names.swift(member.name)): \(type)\(value ?? "")")
      }
      out.line("try reader.beginObject()")
      out.block("while try reader.nextKey() {") { out in
        var head = ""
        for member in members {
          let value = "\(Names.swift(member.name)) = try \(read(member))"
          out.block("\(head)if reader.keyIs(\"\(member.name)\") {", end: nil) { out in
            out.line(member.isRequired ? value : "if !reader.isNull() { \(value) }")
          }
          head = "} else "
        }
        if isParams {
          out.block("\(head)if reader.keyIs(\"_meta\") {", end: nil) { $0.line("try reader.skip()") }
          head = "} else "
        }
        let rest = strict ? "throw .unknown(reader.key)" : "try reader.skip()"
        if head.isEmpty { out.line(rest) } else { out.block("\(head){") { $0.line(rest) } }
      }
      for member in members {
        let name = Names.swift(member.name)
        out.line(
          "self.\(member.name) = " + (member.isRequired ? "try present(\(name), \"\(member.name)\")" : name))
      }
    }
  }

  /// The expression that reads a member's value. Only the server holds values to their rules.
  private func read(_ member: APIMember) -> String {
    switch document.resolved(member.shape) {
    case .string(let rule): "reader." + (side == .server ? text(rule) : "string()")
    case .integer(let range?) where side == .server:
      "reader.int(in: \(range.lowerBound)...\(range.upperBound))"
    case .integer: "reader.int()"
    case .number(let low?) where side == .server: "reader.double(atLeast: \(low))"
    case .number: "reader.double()"
    case .boolean: "reader.bool()"
    case .octets: "reader.octets()"
    case .any: "reader.string()"
    case .reference(let name) where isMap(name): "reader.map(\"\(member.name)\")"
    case .reference(let name) where isObject(name): "reader.object(\"\(member.name)\")"
    case .reference(let name): "\(typeName(name))(from: &reader)"
    case .array(let element, let count): list(element, count, member.name)
    }
  }

  private func text(_ rule: StringRule) -> String {
    switch rule {
    case .any: "string()"
    case .length(let range):
      range.lowerBound == 0
        ? "string(lengthMax: \(range.upperBound))"
        : "string(length: \(range.lowerBound)...\(range.upperBound))"
    case .rowID(let prefix): "rowID(\"\(prefix)\")"
    case .decimal: "decimalText()"
    case .timestamp: "timestamp()"
    }
  }

  private func list(_ element: Shape, _ count: ClosedRange<Int>?, _ name: String) -> String {
    var arguments = ["\"\(name)\""]
    if side == .server, let count { arguments.append("count: \(count.lowerBound)...\(count.upperBound)") }
    if case .string(let rule) = element {
      if side == .server, case .length(let range) = rule {
        arguments.append("length: \(range.lowerBound)...\(range.upperBound)")
      }
      return "reader.strings(\(arguments.joined(separator: ", ")))"
    }
    return "reader.list(\(arguments.joined(separator: ", ")))"
  }

  // MARK: Writing

  private func writing(_ members: [APIMember], _ out: inout SourceText) {
    out.block("\(codingAccess)func write(to writer: inout JSONWriter) {") { out in
      out.line("writer.beginObject()")
      for member in members { write(member, &out) }
      out.line("writer.endObject()")
    }
  }

  /// The statements that write one member; those with a default value are left out when they have it.
  func write(_ member: APIMember, _ out: inout SourceText) {
    let name = Names.swift(member.name)
    let both = ["writer.key(\"\(member.name)\")", write(name, member.shape)]
    if isOptional(member) {
      out.block("if let \(name) {") { out in for line in both { out.line(line) } }
    } else if let value = member.defaultValue {
      let condition = if case .array = value { "!\(name).isEmpty" } else { "\(name) != \(literal(value))" }
      out.block("if \(condition) {") { out in for line in both { out.line(line) } }
    } else {
      for line in both { out.line(line) }
    }
  }

  private func write(_ name: String, _ shape: Shape) -> String {
    switch document.resolved(shape) {
    case .string, .any: return "writer.string(\(name))"
    case .integer: return "writer.int(\(name))"
    case .number: return "writer.double(\(name))"
    case .boolean: return "writer.bool(\(name))"
    case .octets: return "writer.octets(\(name))"
    case .reference(let reference):
      return isMap(reference) ? "writer.map(\(name))" : "\(name).write(to: &writer)"
    case .array(let element, _):
      if case .string = element { return "writer.strings(\(name))" }
      return "writer.list(\(name))"
    }
  }
}

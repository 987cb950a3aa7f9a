/// Reads an OpenRPC document into what the generators know, and refuses what they could not generate.
package struct DocumentReader {
  package struct Problem: Error, CustomStringConvertible {
    package var path: String
    package var reason: String
    package var description: String { "\(path): \(reason)" }
  }

  package static func read(_ root: JSONNode) throws -> APIDocument {
    let reader = DocumentReader()
    let methods = try reader.list(root["methods"], "methods").map { try reader.method($0) }
    let schemas = try reader.object(root["components"]?["schemas"], "components.schemas").map {
      try reader.schema($0.name, $0.value)
    }
    let errors = try reader.object(root["components"]?["errors"], "components.errors").map {
      let path = "components.errors.\($0.name)"
      return APIError(
        name: $0.name, code: try reader.whole($0.value["code"], path + ".code"),
        message: try reader.string($0.value["message"], path + ".message"),
        status: try reader.string($0.value["data"]?["status"], path + ".data.status"))
    }
    let reasons = try reader.object(root["x-reasons"], "x-reasons").map {
      APIReason(
        name: $0.name, status: try reader.string($0.value["status"], "x-reasons.\($0.name).status"),
        details: try reader.string($0.value["description"], "x-reasons.\($0.name).description"))
    }
    return APIDocument(
      title: try reader.string(root["info"]?["title"], "info.title"),
      version: try reader.string(root["info"]?["version"], "info.version"),
      methods: methods, schemas: schemas, errors: errors, reasons: reasons, text: root.compact)
  }

  // MARK: Methods

  private func method(_ node: JSONNode) throws -> APIMethod {
    let name = try string(node["name"], "methods[].name")
    let path = name
    let params = try list(node["params"], path + ".params").map { try parameter($0, path) }
    var resume: APIResume?
    if let node = node["x-resume"] {
      resume = APIResume(
        param: try string(node["param"], path + ".x-resume.param"),
        member: try string(node["member"], path + ".x-resume.member"))
    }
    return APIMethod(
      name: name, summary: try string(node["summary"], path + ".summary"),
      details: try string(node["description"], path + ".description"), scope: node["x-scope"]?.text,
      isIdempotent: node["x-idempotent"]?.flag ?? false, takesKey: node["x-idempotencyKey"]?.flag ?? false,
      isBuiltIn: node["x-builtin"]?.flag ?? false,
      params: params, result: try reference(node["result"]?["schema"], path + ".result.schema"),
      stream: try node["x-stream"].map { try reference($0, path + ".x-stream") },
      clientStream: try node["x-clientStream"].map { try reference($0, path + ".x-clientStream") },
      progress: try node["x-progress"].map { try reference($0, path + ".x-progress") }, resume: resume,
      reasons: try node["x-reasons"].map { try list($0, path + ".x-reasons") }?.compactMap(\.text) ?? [])
  }

  private func parameter(_ node: JSONNode, _ path: String) throws -> APIMember {
    let name = try string(node["name"], path + ".params[].name")
    let schema = node["schema"] ?? .null
    return APIMember(
      name: name, details: node["description"]?.text, shape: try shape(schema, "\(path).\(name)"),
      isRequired: node["required"]?.flag ?? false, defaultValue: schema["default"],
      isSecret: schema["x-secret"]?.flag ?? false)
  }

  // MARK: Schemas

  private func schema(_ name: String, _ node: JSONNode) throws -> APISchema {
    let path = "components.schemas.\(name)"
    let details = try string(node["description"], path + ".description")
    if let values = node["enum"] {
      return APISchema(
        name: name, details: details, kind: .enumeration(try list(values, path + ".enum").compactMap(\.text)))
    }
    guard node["type"]?.text == "object" else {
      return APISchema(name: name, details: details, kind: .plain(try shape(node, path)))
    }
    if node["additionalProperties"]?.flag == true {
      return APISchema(name: name, details: details, kind: .any)
    }
    if let value = node["additionalProperties"], value.members != nil {
      guard value["type"]?.text == "string" else {
        throw Problem(path: path, reason: "a map of strings only")
      }
      return APISchema(name: name, details: details, kind: .map)
    }
    let required = Set(node["required"]?.elements?.compactMap(\.text) ?? [])
    let members = try object(node["properties"], path + ".properties").map { member in
      APIMember(
        name: member.name, details: member.value["description"]?.text,
        shape: try shape(member.value, "\(path).\(member.name)"),
        isRequired: required.contains(member.name), defaultValue: member.value["default"],
        isSecret: member.value["x-secret"]?.flag ?? false)
    }
    for name in required where !members.contains(where: { $0.name == name }) {
      throw Problem(path: path, reason: "\"\(name)\" is required but not described")
    }
    return APISchema(name: name, details: details, kind: .object(members))
  }

  private func shape(_ node: JSONNode, _ path: String) throws -> Shape {
    if node["$ref"] != nil { return .reference(try reference(node, path)) }
    switch node["type"] {
    case .string("string"): return try text(node, path)
    case .string("integer"):
      let low = node["minimum"]?.whole
      let high = node["maximum"]?.whole
      if low == nil, high == nil { return .integer(nil) }
      return .integer((low ?? -9_007_199_254_740_991)...(high ?? 9_007_199_254_740_991))
    case .string("number"): return .number(atLeast: node["minimum"]?.whole.map(Double.init))
    case .string("boolean"): return .boolean
    case .string("array"):
      let element = try shape(node["items"] ?? .null, path + "[]")
      let low = node["minItems"]?.whole
      let high = node["maxItems"]?.whole
      return .array(element, count: low == nil && high == nil ? nil : (low ?? 0)...(high ?? 1_000_000))
    case .array: return .any
    default: throw Problem(path: path, reason: "an object must be a $ref, any other schema needs a type")
    }
  }

  /// JSON Schema's rules for strings, as far as the generated code checks them. A rule that it would
  /// not check is refused.
  private func text(_ node: JSONNode, _ path: String) throws -> Shape {
    if node["contentEncoding"]?.text == "base64" { return .octets }
    if let format = node["format"]?.text {
      guard format == "date-time" else { throw Problem(path: path, reason: "no such format: \(format)") }
      return .string(.timestamp)
    }
    if let pattern = node["pattern"]?.text {
      if pattern == "^(0|[1-9][0-9]{0,18})$" { return .string(.decimal) }
      let tail = "[1-9][0-9]{0,18}$"
      let prefix = pattern.dropFirst().dropLast(tail.count)
      guard pattern.hasPrefix("^"), pattern.hasSuffix(tail), prefix.allSatisfy(\.isLetter) else {
        throw Problem(path: path, reason: "no such pattern: \(pattern)")
      }
      return .string(.rowID(prefix: String(prefix)))
    }
    let low = node["minLength"]?.whole
    let high = node["maxLength"]?.whole
    return .string(low == nil && high == nil ? .any : .length((low ?? 0)...(high ?? 1_000_000_000)))
  }

  // MARK: Nodes

  private func string(_ node: JSONNode?, _ path: String) throws -> String {
    guard let text = node?.text, !text.isEmpty else { throw Problem(path: path, reason: "a text is missing") }
    return text
  }

  private func whole(_ node: JSONNode?, _ path: String) throws -> Int {
    guard let value = node?.whole else { throw Problem(path: path, reason: "a whole number is missing") }
    return value
  }

  private func list(_ node: JSONNode?, _ path: String) throws -> [JSONNode] {
    guard let elements = node?.elements else { throw Problem(path: path, reason: "an array is missing") }
    return elements
  }

  private func object(_ node: JSONNode?, _ path: String) throws -> [JSONNode.Member] {
    guard let node else { return [] }
    guard let members = node.members else { throw Problem(path: path, reason: "an object is missing") }
    return members
  }

  /// The name behind `#/components/schemas/`.
  private func reference(_ node: JSONNode?, _ path: String) throws -> String {
    let prefix = "#/components/schemas/"
    guard let text = node?["$ref"]?.text, text.hasPrefix(prefix) else {
      throw Problem(path: path, reason: "must be a $ref to a component schema")
    }
    return String(text.dropFirst(prefix.count))
  }
}

/// `docs/reference.md`: every method with what it takes and answers, and every type, for reading.
package struct ReferencePage {
  private let document: APIDocument
  private let nodes: [JSONNode]
  private static let examplesMax = 2

  package init(_ document: APIDocument, _ root: JSONNode) {
    self.document = document
    nodes = root["methods"]?.elements ?? []
  }

  package func files() -> [GeneratedFile] {
    var text = """
      <!-- Generated from protocol/openrpc.json by stubgen. Do not edit. -->
      # Reference

      Every method of version \(document.version). How calls, streams, files and errors travel is in
      [protocol/README.md](../protocol/README.md), what each reason means in
      [protocol/errors.md](../protocol/errors.md). `postroom api METHOD 'PARAMS'` makes any of these calls,
      `postroom api METHOD --describe` shows it.

      | method | scope | |
      |---|---|---|

      """
    for method in document.methods {
      text +=
        "| [`\(method.name)`](#\(Self.anchor(method.name))) | \(method.scope ?? "none") | \(method.summary) |\n"
    }
    var noun = ""
    for (method, node) in zip(document.methods, nodes) {
      if method.noun != noun { text += "\n## \(method.noun) methods\n" }
      noun = method.noun
      text += section(method, node)
    }
    text += "\n## Types\n"
    for schema in document.schemas { text += self.type(schema) }
    return [GeneratedFile(path: "docs/reference.md", text: text)]
  }

  // MARK: Methods

  private func section(_ method: APIMethod, _ node: JSONNode) -> String {
    var text = "\n### \(method.name)\n\n\(method.summary)."
    if !method.details.isEmpty { text += " \(method.details)" }
    text += "\n\n" + facts(method) + "\n"
    if !method.params.isEmpty {
      text += "\n| param | type | |\n|---|---|---|\n"
      for param in method.params { text += row(param) }
    }
    text += "\n\(method.stream == nil ? "Answers" : "Streams") \(name(method.stream ?? method.result))."
    if let progress = method.progress { text += " Progress is \(name(progress))." }
    if let resume = method.resume {
      text += " After a break go on with `\(resume.param)` = `\(resume.member)` of the last value."
    }
    text += "\n"
    if !method.reasons.isEmpty {
      text += "\nReasons: " + method.reasons.map { "`\($0)`" }.joined(separator: ", ") + ".\n"
    }
    for example in (node["examples"]?.elements ?? []).prefix(Self.examplesMax) {
      text += self.example(method, example)
    }
    return text
  }

  private func facts(_ method: APIMethod) -> String {
    var facts = [method.scope.map { "Scope `\($0)`" } ?? "No scope"]
    if method.isIdempotent { facts.append("may be repeated") }
    if method.takesKey { facts.append("takes an `idempotencyKey`") }
    if method.stream != nil { facts.append("a stream") }
    return facts.joined(separator: "; ") + "."
  }

  private func example(_ method: APIMethod, _ example: JSONNode) -> String {
    let params = JSONNode.object(
      (example["params"]?.elements ?? []).map {
        JSONNode.Member(name: $0["name"]?.text ?? "", value: $0["value"] ?? .null)
      })
    let result = example["result"]?["value"] ?? .null
    return """

      ```json
      // \(example["name"]?.text ?? "")
      {"jsonrpc":"2.0","id":1,"method":"\(method.name)","params":\(Self.plain(params))}
      {"jsonrpc":"2.0","id":1,"result":\(Self.plain(result))}
      ```

      """
  }

  // MARK: Types

  private func type(_ schema: APISchema) -> String {
    var text = "\n### \(schema.name)\n\n\(schema.details)"
    switch schema.kind {
    case .object(let members):
      if !members.isEmpty { text += "\n\n| member | type | |\n|---|---|---|\n" + members.map(row).joined() }
    case .enumeration(let words):
      text += "\n\nOne of " + words.map { "`\($0)`" }.joined(separator: ", ") + "."
    case .map: text += "\n\nAn object of strings."
    case .plain(let shape): text += "\n\n\(Self.shown(shape, in: self))."
    case .any: text += "\n\nAny JSON value."
    }
    return text.hasSuffix("\n") ? text : text + "\n"
  }

  private func row(_ member: APIMember) -> String {
    var words = member.details ?? ""
    if words.isEmpty, case .reference(let name) = member.shape {
      words = document.schema(name)?.details ?? ""
    }
    if member.isSecret { words += words.isEmpty ? "Secret." : " Secret." }
    if let value = member.defaultValue { words += " Default: `\(value.compact)`." }
    let flat = words.replacing("\n", with: " ").replacing("|", with: "\\|")
    return
      "| `\(member.name)`\(member.isRequired ? "" : "?") | \(Self.shown(member.shape, in: self)) | \(flat) |\n"
  }

  private func name(_ schema: String) -> String {
    document.schema(schema) == nil ? "`\(schema)`" : "[`\(schema)`](#\(Self.anchor(schema)))"
  }

  private static func shown(_ shape: Shape, in page: ReferencePage) -> String {
    switch shape {
    case .string(.any): "string"
    case .string(.length(let range)): "string of \(range.lowerBound) to \(range.upperBound) octets"
    case .string(.rowID(let prefix)): "`\(prefix)` and a number"
    case .string(.decimal): "decimal number in a string"
    case .string(.timestamp): "time, RFC 3339 in UTC"
    case .integer(let range): range.map { "integer, \($0.lowerBound) to \($0.upperBound)" } ?? "integer"
    case .number: "number"
    case .boolean: "boolean"
    case .octets: "octets in base64"
    case .array(let element, _): "list of \(shown(element, in: page))"
    case .reference(let name): page.name(name)
    case .any: "anything"
    }
  }

  /// What GitHub makes of a heading.
  private static func anchor(_ heading: String) -> String { heading.lowercased().filter { $0 != "." } }

  /// Compact, with letters as they are: this is read by people.
  private static func plain(_ node: JSONNode) -> String {
    switch node {
    case .string(let text):
      text.unicodeScalars.allSatisfy { $0.value >= 0x20 && $0 != "\"" && $0 != "\\" }
        ? "\"\(text)\"" : node.compact
    case .array(let all): "[" + all.map(plain).joined(separator: ",") + "]"
    case .object(let all):
      "{" + all.map { JSONNode.quoted($0.name) + ":" + plain($0.value) }.joined(separator: ",") + "}"
    default: node.compact
    }
  }
}

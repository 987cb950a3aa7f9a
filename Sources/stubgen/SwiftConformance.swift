/// `clients/swift/Sources/Conformance/Generated`: the client's typed calls by their names, with JSON as params,
/// for the conformance session.
package struct SwiftConformance {
  private let document: APIDocument
  private let types: SwiftTypes

  package init(_ document: APIDocument) {
    self.document = document
    types = SwiftTypes(document: document, side: .client)
  }

  package func files() -> [GeneratedFile] {
    var out = SourceText(indentation: 2)
    for line in GeneratedFile.swiftHead { out.line(line) }
    out.line("internal import JSON")
    out.line("internal import PostroomClient")
    let methods = document.services.flatMap(\.methods)
    out.line()
    out.comment("Makes the call `method`; the answer is JSON text.")
    out.line(
      "func dispatch(_ client: PostroomClient, _ method: String, _ params: JSONValue, _ options: CallOptions)"
    )
    out.line("  async throws -> String")
    out.block("{") { out in
      out.line("switch method {")
      for method in methods where method.stream == nil { entry(method, &out) }
      out.line("default: throw Unknown(name: method)")
      out.line("}")
    }
    out.line()
    out.comment("Opens the stream `method`, whatever its values are.")
    out.line(
      "func dispatchStream(_ client: PostroomClient, _ method: String, _ params: JSONValue, _ options: StreamOptions)"
    )
    out.line("  throws -> AnyValues")
    out.block("{") { out in
      out.line("switch method {")
      for method in methods where method.stream != nil && method.clientStream == nil { entry(method, &out) }
      out.line("default: throw Unknown(name: method)")
      out.line("}")
    }
    let exchanges = methods.filter { $0.clientStream != nil }
    out.line()
    out.comment("The methods that take values.")
    out.line("let exchanges: Set<String> = [\(exchanges.map { "\"\($0.name)\"" }.joined(separator: ", "))]")
    out.line()
    out.comment("Opens the stream `method`, into which values are sent.")
    out.line(
      "func dispatchExchange(_ client: PostroomClient, _ method: String, _ params: JSONValue, _ options: StreamOptions)"
    )
    out.line("  async throws -> AnyExchange")
    out.block("{") { out in
      out.line("switch method {")
      for method in exchanges { entry(method, &out) }
      out.line("default: throw Unknown(name: method)")
      out.line("}")
    }
    for schema in document.schemas where document.sent.contains(schema.name) {
      if case .object(let members) = schema.kind { object(schema.name, members, &out) }
    }
    return [GeneratedFile(path: "clients/swift/Sources/Conformance/Generated/Dispatch.swift", text: out.text)]
  }

  private func entry(_ method: APIMethod, _ out: inout SourceText) {
    let call = "client.\(method.noun).\(Names.swift(method.verb))("
    let given = method.params.map { argument($0, of: "params") } + ["options: options"]
    out.block("case \"\(method.name)\":", end: nil) { out in
      if let sent = method.clientStream {
        out.call("return AnyExchange(try await \(call)", given, "), read\(sent)) { $0.json }")
      } else if method.stream != nil {
        out.call("return AnyValues(\(call)", given, ")) { $0.json }")
      } else if method.result == "Empty" {
        out.call("try await \(call)", given, ")")
        out.line("return \"{}\"")
      } else {
        out.call("return try await \(call)", given, ").json")
      }
    }
  }

  private func object(_ name: String, _ members: [APIMember], _ out: inout SourceText) {
    out.line()
    out.block("private func read\(name)(_ value: JSONValue) throws -> \(types.typeName(name)) {") { out in
      out.call("\(types.typeName(name))(", members.map { argument($0, of: "value") }, ")")
    }
  }

  private func argument(_ member: APIMember, of value: String) -> String {
    let read = reading(member.shape)
    if member.isRequired { return "\(member.name): try \(read)(\(value).member(\"\(member.name)\"))" }
    let given = "try \(value).given(\"\(member.name)\").map(\(read))"
    return "\(member.name): " + given + (member.defaultValue.map { " ?? \(types.literal($0))" } ?? "")
  }

  /// A function that reads a value of this shape.
  private func reading(_ shape: Shape) -> String {
    switch document.resolved(shape) {
    case .string, .any: return "text"
    case .integer: return "whole"
    case .number: return "number"
    case .boolean: return "flag"
    case .octets: return "octets"
    case .array(let element, _): return "list(\(reading(element)))"
    case .reference(let name):
      if types.isMap(name) { return "map" }
      return types.isObject(name) ? "read\(name)" : "word(\(types.typeName(name)).self)"
    }
  }
}

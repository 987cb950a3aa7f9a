/// Test data from the document's examples: for the server's types, what must read and write the same;
/// for the client, the calls spelled out.
package struct SwiftExamples {
  private let document: APIDocument
  private let client: SwiftTypes
  private let server: SwiftTypes
  /// The document's methods as they stand, for their examples.
  private let methods: [(method: APIMethod, node: JSONNode)]

  package init(_ document: APIDocument, _ root: JSONNode) {
    self.document = document
    client = SwiftTypes(document: document, side: .client)
    server = SwiftTypes(document: document, side: .server)
    let nodes = root["methods"]?.elements ?? []
    methods = zip(document.methods, nodes).filter { !$0.0.isBuiltIn }.map { ($0.0, $0.1) }
  }

  package func files() -> [GeneratedFile] {
    [
      file("Tests/PostroomAPITests/Generated/DocumentExamples.swift", serverFile),
      file("Tests/PostroomClientTests/Generated/ExampleCalls.swift", clientFile),
    ]
  }

  private func file(_ path: String, _ body: (inout SourceText) -> Void) -> GeneratedFile {
    var out = SourceText(indentation: 2)
    for line in GeneratedFile.swiftHead { out.line(line) }
    body(&out)
    return GeneratedFile(path: path, text: out.text)
  }

  private func params(_ example: JSONNode) -> JSONNode {
    .object(
      (example["params"]?.elements ?? []).map {
        JSONNode.Member(name: $0["name"]?.text ?? "", value: $0["value"] ?? .null)
      })
  }

  private func literal(_ node: JSONNode) -> String { "##\"\(node.compact)\"##" }

  // MARK: The server's types

  private func serverFile(_ out: inout SourceText) {
    out.line("import PostroomAPI")
    out.line("import Testing")
    out.line()
    out.comment("An example of the document, and its way through the type that it belongs to.")
    out.block("struct DocumentExample: Sendable, CustomTestStringConvertible {") { out in
      out.line("var name: String")
      out.line("var json: String")
      out.line("var again: @Sendable ([UInt8]) throws -> [UInt8]")
      out.line("var testDescription: String { name }")
      out.line()
      out.line("static let all: [DocumentExample] = params + results")
    }
    out.line()
    out.block("extension DocumentExample {") { out in
      out.comment("The params of each method.")
      out.block("static let params: [DocumentExample] = [", end: "]") { out in
        for (method, node) in methods {
          for example in node["examples"]?.elements ?? [] {
            let type = Names.capitalized(method.noun) + Names.capitalized(method.verb) + "Params"
            entry("\(method.name) params", example["name"]?.text, params(example), type, &out)
          }
        }
      }
      out.line()
      out.comment("What each method answers, or streams.")
      out.block("static let results: [DocumentExample] = [", end: "]") { out in
        for (method, node) in methods {
          if let stream = method.stream {
            let type = server.typeName(stream)
            entry("\(method.name) value", nil, node["x-streamExample"] ?? .null, type, &out)
            if let sent = method.clientStream {
              let example = node["x-clientStreamExample"] ?? .null
              entry("\(method.name) sent", nil, example, server.typeName(sent), &out)
            }
            continue
          }
          for example in node["examples"]?.elements ?? [] {
            let value = example["result"]?["value"] ?? .null
            entry("\(method.name) result", example["name"]?.text, value, server.typeName(method.result), &out)
          }
        }
      }
    }
  }

  private func entry(
    _ what: String, _ name: String?, _ json: JSONNode, _ type: String, _ out: inout SourceText
  ) {
    let label = what + (name.map { ": \($0)" } ?? "")
    out.block("DocumentExample(", end: ") { try \(type)(parsing: $0).json },") { out in
      out.line("name: \(JSONNode.quoted(label)),")
      out.line("json: \(literal(json))")
    }
  }

  // MARK: The client's calls

  private func clientFile(_ out: inout SourceText) {
    out.line("import PostroomClient")
    out.line("import Testing")
    out.line()
    out.comment("An example of the document as a call of the client.")
    out.block("struct ExampleCall: Sendable, CustomTestStringConvertible {") { out in
      for line in [
        "var method: String", "var params: String", "var result: String",
        "/// One value of the stream; nil when the method is none.", "var value: String?",
        "/// The value that the call sends into its stream; nil when it sends none.", "var sent: String?",
        "/// How many values came; nil when the method is no stream.",
        "var call: @Sendable (PostroomClient) async throws -> Int?", "var testDescription: String { method }",
      ] { out.line(line) }
    }
    out.line()
    out.block("extension ExampleCall {") { out in
      out.block("static let all: [ExampleCall] = [", end: "]") { out in
        for (method, node) in methods {
          for example in node["examples"]?.elements ?? [] { call(method, node, example, &out) }
        }
      }
    }
  }

  private func call(_ method: APIMethod, _ node: JSONNode, _ example: JSONNode, _ out: inout SourceText) {
    let params = params(example)
    out.block("ExampleCall(", end: ") { client in") { out in
      out.line("method: \"\(method.name)\",")
      out.line("params: \(literal(params)),")
      out.line("result: \(literal(example["result"]?["value"] ?? .null)),")
      out.line("value: \(method.stream == nil ? "nil" : literal(node["x-streamExample"] ?? .null)),")
      out.line("sent: \(node["x-clientStreamExample"].map(literal) ?? "nil")")
    }
    out.indent { out in
      let given = method.params.compactMap { member in
        params[member.name].map { "\(member.name): \(render($0, member.shape))" }
      }
      let head = "client.\(method.noun).\(Names.swift(method.verb))("
      if let sent = method.clientStream {
        let value = render(node["x-clientStreamExample"] ?? .null, .reference(sent))
        out.call("let exchange = try await \(head)", given, ")")
        out.line("try await exchange.send(\(value))")
        out.line("exchange.finish()")
        out.line("var count = 0")
        out.line("for try await _ in exchange { count += 1 }")
        out.line("return count")
      } else if method.stream != nil {
        out.line("var count = 0")
        out.call("for try await _ in \(head)", given, ") { count += 1 }")
        out.line("return count")
      } else {
        out.call((method.result == "Empty" ? "" : "_ = ") + "try await \(head)", given, ")")
        out.line("return nil")
      }
    }
    out.line("},")
  }

  /// The value as a Swift expression.
  private func render(_ value: JSONNode, _ shape: Shape) -> String {
    switch (document.resolved(shape), value) {
    case (.octets, .string(let text)): return "base64(\(JSONNode.quoted(text)))"
    case (.array(let element, _), .array(let values)):
      return "[" + values.map { render($0, element) }.joined(separator: ", ") + "]"
    case (.reference(let name), _):
      guard case .object(let members)? = document.schema(name)?.kind else {
        return "." + Names.camel(value.text ?? "")
      }
      let given = members.compactMap { member in
        value[member.name].map { "\(member.name): \(render($0, member.shape))" }
      }
      return "\(client.typeName(name))(\(given.joined(separator: ", ")))"
    default: return value.compact
    }
  }
}

/// `clients/swift/Sources/PostroomClient/Generated`: types and calls.
package struct SwiftClient {
  private let document: APIDocument
  private let types: SwiftTypes

  package init(_ document: APIDocument) {
    self.document = document
    types = SwiftTypes(document: document, side: .client)
  }

  package func files() -> [GeneratedFile] {
    var files = [
      file("Reasons", reasonsFile),
      file("SharedTypes") { out in
        out.line("internal import JSON")
        for schema in document.types(of: nil) { types.write(schema, to: &out) }
      },
    ]
    for service in document.services {
      files.append(file(Names.capitalized(service.noun) + "Calls") { callsFile(service, &$0) })
    }
    return files
  }

  private func file(_ name: String, _ body: (inout SourceText) -> Void) -> GeneratedFile {
    var out = SourceText(indentation: 2)
    for line in GeneratedFile.swiftHead { out.line(line) }
    body(&out)
    return GeneratedFile(path: "clients/swift/Sources/PostroomClient/Generated/\(name).swift", text: out.text)
  }

  private func callsFile(_ service: APIServiceSpec, _ out: inout SourceText) {
    let name = Names.capitalized(service.noun) + "Calls"
    out.line("internal import JSON")
    out.line()
    out.block("extension PostroomClient {") { out in
      out.comment("The methods `\(service.noun).*`.")
      out.line("public var \(service.noun): \(name) { \(name)(client: self) }")
    }
    out.line()
    out.comment("The methods `\(service.noun).*`.")
    out.block("public struct \(name): Sendable {") { out in
      out.line("let client: PostroomClient")
      for method in service.methods {
        out.line()
        out.comment(method.summary + (method.summary.hasSuffix("?") ? " " : ". ") + method.details)
        documentation(method, &out)
        if method.clientStream != nil {
          exchange(method, &out)
        } else if method.stream != nil {
          stream(method, &out)
        } else {
          call(method, &out)
        }
      }
    }
    for schema in document.types(of: service.noun) { types.write(schema, to: &out) }
  }

  private func documentation(_ method: APIMethod, _ out: inout SourceText) {
    let described = method.params.filter { $0.details != nil }
    if !described.isEmpty {
      out.comment("- Parameters:")
      for member in described { out.comment("  - \(member.name): \(member.details ?? "")") }
    }
    if !method.reasons.isEmpty {
      out.comment("- Throws: with reason " + method.reasons.map { "`\($0)`" }.joined(separator: ", "))
    }
  }

  private func call(_ method: APIMethod, _ out: inout SourceText) {
    let isEmpty = method.result == "Empty"
    let result = isEmpty ? "" : " -> \(types.typeName(method.result))"
    out.call(
      "public func \(Names.swift(method.verb))(",
      types.parameters(method.params) + ["options: CallOptions = CallOptions()"],
      ") async throws(PostroomError)\(result) {")
    out.indent { out in
      if isEmpty { out.line("_ =") }
      let repeatable = method.isIdempotent ? ".always" : method.takesKey ? ".withKey" : ".never"
      let head = "try await client.call(\"\(method.name)\", repeatable: \(repeatable), options)"
      let type = isEmpty ? " as Nothing" : ""
      if method.params.isEmpty {
        out.line("\(isEmpty ? "  " : "")\(head) { _ in }\(type)")
      } else {
        out.block("\(isEmpty ? "  " : "")\(head) { writer in", end: "}\(type)") { out in
          for member in method.params { types.write(member, &out) }
        }
      }
    }
    out.line("}")
  }

  private func stream(_ method: APIMethod, _ out: inout SourceText) {
    let value = types.typeName(method.stream ?? "")
    out.call(
      "public func \(Names.swift(method.verb))(",
      types.parameters(method.params) + ["options: StreamOptions = StreamOptions()"],
      ") -> PostroomStream<\(value)> {")
    out.indent { out in
      var head = "client.stream(\"\(method.name)\", options) { writer in"
      if let resume = method.resume {
        let param = Names.swift(resume.param)
        head = "client.stream(\"\(method.name)\", options, from: \(param), last: { $0.\(resume.member) }) { "
        head += "\(param), writer in"
      }
      out.block(head) { out in
        for member in method.params { types.write(member, &out) }
      }
    }
    out.line("}")
  }

  private func exchange(_ method: APIMethod, _ out: inout SourceText) {
    let (sent, value) = (types.typeName(method.clientStream ?? ""), types.typeName(method.stream ?? ""))
    out.call(
      "public func \(Names.swift(method.verb))(",
      types.parameters(method.params) + ["options: StreamOptions = StreamOptions()"],
      ") async throws(PostroomError) -> PostroomExchange<\(sent), \(value)> {")
    out.indent { out in
      out.block("try await client.exchange(\"\(method.name)\", options) { writer in") { out in
        for member in method.params { types.write(member, &out) }
      }
    }
    out.line("}")
  }

  private func reasonsFile(_ out: inout SourceText) {
    out.block("extension PostroomError {") { out in
      out.comment("What went wrong, as a stable word. An open set: a newer server may say others.")
      out.block("public struct Reason: RawRepresentable, Hashable, Sendable, CustomStringConvertible {") {
        out in
        out.line("public let rawValue: String")
        out.line("public init(rawValue: String) { self.rawValue = rawValue }")
        out.line("public var description: String { rawValue }")
        for reason in document.reasons {
          out.line()
          out.comment("`\(reason.status)`. \(reason.details)")
          out.line(
            "public static let \(Names.swift(Names.camel(reason.name))) = Reason(rawValue: \"\(reason.name)\")"
          )
        }
      }
    }
  }
}

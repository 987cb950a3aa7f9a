/// `Sources/PostroomAPI/Generated`: types, service protocols, the method table, reasons, the document.
package struct SwiftServer {
  private let document: APIDocument
  private let types: SwiftTypes

  package init(_ document: APIDocument) {
    self.document = document
    types = SwiftTypes(document: document, side: .server)
  }

  package func files() -> [GeneratedFile] {
    var files = [
      file("Document", documentFile), file("Reasons", reasonsFile), file("Services", servicesFile),
      file("SharedTypes") { out in
        out.line("package import JSON")
        for schema in document.types(of: nil) { types.write(schema, to: &out) }
      },
    ]
    for service in document.services {
      files.append(file(Names.capitalized(service.noun)) { serviceFile(service, &$0) })
    }
    return files
  }

  private func file(_ name: String, _ body: (inout SourceText) -> Void) -> GeneratedFile {
    var out = SourceText(indentation: 2)
    for line in GeneratedFile.swiftHead { out.line(line) }
    body(&out)
    return GeneratedFile(path: "Sources/PostroomAPI/Generated/\(name).swift", text: out.text)
  }

  // MARK: One noun

  private func paramsName(_ method: APIMethod) -> String {
    Names.capitalized(method.noun) + Names.capitalized(method.verb) + "Params"
  }

  private func serviceFile(_ service: APIServiceSpec, _ out: inout SourceText) {
    let name = Names.capitalized(service.noun) + "Service"
    out.line("package import JSON")
    out.line("package import JSONRPC")
    out.line()
    out.comment("What answers the methods `\(service.noun).*`.")
    out.block("package protocol \(name): Sendable {") { out in
      for (i, method) in service.methods.enumerated() {
        if i > 0 { out.line() }
        out.comment(method.summary + (method.summary.hasSuffix("?") ? " " : ". ") + method.details)
        if !method.reasons.isEmpty {
          out.comment("- Throws: " + method.reasons.map { "`\($0)`" }.joined(separator: ", "))
        }
        let source = method.clientStream.map { "_ source: TypedSource<\(types.typeName($0))>" }
        let sink = method.stream.map { "_ sink: TypedSink<\(types.typeName($0))>" }
        let result = method.stream == nil ? " -> \(types.typeName(method.result))" : ""
        out.call(
          "func \(Names.swift(method.verb))(",
          ["_ params: \(paramsName(method))", "_ context: CallContext"] + [source, sink].compactMap(\.self),
          ") async throws(RPCError)\(result)")
      }
    }
    out.line()
    methodTable(service, name, &out)
    for method in service.methods {
      out.line()
      out.comment("The parameters of `\(method.name)`.")
      types.structure(
        paramsName(method), method.params, reads: true, writes: true, strict: true, isParams: true, &out)
    }
    for schema in document.types(of: service.noun) { types.write(schema, to: &out) }
  }

  private func methodTable(_ service: APIServiceSpec, _ name: String, _ out: inout SourceText) {
    out.block("extension \(name) {") { out in
      out.comment("The methods `\(service.noun).*`, answered by this service.")
      out.block("package var methods: [Method] {", end: "}") { out in
        out.block("[", end: "]") { out in
          for method in service.methods {
            let scope = method.scope.map { "\"\($0)\"" } ?? "nil"
            let head = "\"\(method.name)\", scope: \(scope), idempotent: \(method.isIdempotent)"
            if method.clientStream != nil {
              out.block(
                ".exchange(\(head)) { params, context, source, sink async throws(RPCError) in", end: "},"
              ) { out in
                out.line("try await self.\(Names.swift(method.verb))(params, context, source, sink)")
              }
            } else if method.stream != nil {
              out.block(".stream(\(head)) { params, context, sink async throws(RPCError) in", end: "},") {
                out in
                out.line("try await self.\(Names.swift(method.verb))(params, context, sink)")
              }
            } else {
              out.block(".call(\(head)) { params, context async throws(RPCError) in", end: "},") { out in
                out.line("try await self.\(Names.swift(method.verb))(params, context)")
              }
            }
          }
        }
      }
    }
  }

  // MARK: All nouns

  private func servicesFile(_ out: inout SourceText) {
    out.line("package import JSONRPC")
    out.line()
    out.comment("Everything that the document describes, save what the RPC layer answers itself.")
    out.block("package struct PostroomServices: Sendable {") { out in
      let members = document.services.map { "\($0.noun): any \(Names.capitalized($0.noun))Service" }
      for member in members { out.line("package var \(member)") }
      out.line()
      out.call("package init(", members, ") {")
      out.indent { out in
        for service in document.services { out.line("self.\(service.noun) = \(service.noun)") }
      }
      out.line("}")
      out.line()
      out.comment("All methods, in the document's order.")
      out.block("package var methods: [Method] {") { out in
        out.line("var methods: [Method] = []")
        for service in document.services { out.line("methods += \(service.noun).methods") }
        out.line("return methods")
      }
    }
  }

  private func reasonsFile(_ out: inout SourceText) {
    out.line("package import JSONRPC")
    out.line()
    out.comment("The values of an error's `data.reason`. Stable: programs tell errors apart by them.")
    out.block("package enum APIReason: String, Sendable, Hashable, CaseIterable {") { out in
      for reason in document.reasons {
        out.comment(reason.details)
        let name = Names.camel(reason.name)
        out.line("case \(Names.swift(name))" + (name == reason.name ? "" : " = \"\(reason.name)\""))
      }
      out.line()
      out.block("package var status: RPCStatus {") { out in
        out.block("switch self {") { out in
          for error in document.errors {
            let cases = document.reasons.filter { $0.status == error.status }.map {
              "." + Names.camel($0.name)
            }
            guard !cases.isEmpty, error.name != "InvalidParams" else { continue }
            out.call("case ", cases, ": .\(Names.camel(error.status))")
          }
        }
      }
    }
  }

  private func documentFile(_ out: inout SourceText) {
    out.comment("The OpenRPC document that this target was generated from.")
    out.block("package enum APIDocument {") { out in
      out.line("package static let title = \(JSONNode.quoted(document.title))")
      out.line("package static let version = \(JSONNode.quoted(document.version))")
      out.line()
      out.comment("The document as JSON text, what `rpc.discover` answers.")
      out.line("package static let json: [UInt8] = [UInt8](text.utf8)")
      out.line()
      out.line("private static let text: String = ##\"\(document.text)\"##")
    }
  }
}

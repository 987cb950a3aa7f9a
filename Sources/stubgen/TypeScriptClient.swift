/// `clients/typescript/src/generated.ts`: types and calls; and what calls them by name, for the conformance
/// session.
package struct TypeScriptClient {
  private let document: APIDocument

  package init(_ document: APIDocument) { self.document = document }

  package func files() -> [GeneratedFile] {
    [
      GeneratedFile(path: "clients/typescript/src/generated.ts", text: client),
      GeneratedFile(path: "clients/typescript/conformance/dispatch.ts", text: dispatch),
    ]
  }

  private func start(_ what: String) -> SourceText {
    var out = SourceText(indentation: 2)
    out.line("// Generated from protocol/openrpc.json by stubgen. Do not edit.")
    out.line("// \(what)")
    out.line()
    return out
  }

  private var client: String {
    var out = start("The types and calls of Postroom's API, version \(document.version).")
    for line in [
      "import type { Caller } from \"./calls.js\";", "import { Calls } from \"./calls.js\";",
      "import type { PostroomExchange } from \"./exchange.js\";",
      "import type { CallOptions, KeyedCallOptions, StreamOptions } from \"./options.js\";",
      "import type { PostroomStream } from \"./stream.js\";",
      "import type { Word } from \"./values.js\";", "import * as values from \"./values.js\";",
    ] { out.line(line) }
    let used = document.sent.union(document.answered)
    for schema in document.schemas where used.contains(schema.name) { type(schema, &out) }
    reasons(&out)
    for service in document.services {
      for method in service.methods where !method.params.isEmpty { params(method, &out) }
    }
    for service in document.services { calls(service, &out) }
    services(&out)
    return out.text
  }

  // MARK: Types

  private func type(_ schema: APISchema, _ out: inout SourceText) {
    switch schema.kind {
    case .enumeration(let values):
      out.line()
      comment(schema.details, &out)
      let words = values.map { "\"\($0)\"" } + ["Word"]
      out.line("export type \(schema.name) =")
      out.indent { out in out.wrapped(words, between: " | ", end: ";") }
    case .object(let members) where schema.name != "Empty":
      out.line()
      comment(schema.details, &out)
      interface(schema.name, members, &out)
      if document.answered.contains(schema.name) { reader(schema.name, members, &out) }
    case .object, .map, .plain, .any: break
    }
  }

  private func interface(_ name: String, _ members: [APIMember], _ out: inout SourceText) {
    out.block("export interface \(name) {") { out in
      for member in members {
        let details = [member.details, member.isSecret ? "A secret: hidden from printing." : nil]
          .compactMap { $0 }
        if !details.isEmpty { comment(details.joined(separator: " "), &out) }
        let type = typeName(member.shape)
        out.line(
          member.isRequired ? "\(member.name): \(type);" : "\(member.name)?: \(type) | undefined;")
      }
    }
  }

  private func reader(_ name: String, _ members: [APIMember], _ out: inout SourceText) {
    let secrets = members.filter(\.isSecret).map { "\"\($0.name)\"" }
    let head = secrets.isEmpty ? "values.present" : "values.hiding(values.present"
    out.line()
    // What `onProgress` is told is not read for the caller, who does not know its type otherwise.
    let isTold = document.services.flatMap(\.methods).contains { $0.progress == name }
    if isTold { out.line("/** Reads what `onProgress` was told. */") }
    out.block("\(isTold ? "export " : "")function read\(name)(value: unknown): \(name) {") { out in
      out.line("const members = values.object(value, \"\(name)\");")
      out.block(
        "return \(head)({", end: "})\(secrets.isEmpty ? "" : ", " + secrets.joined(separator: ", ") + ")");"
      ) {
        out in
        for member in members {
          let how = member.isRequired ? "member" : "optional"
          out.line("\(member.name): values.\(how)(members, \"\(member.name)\", \(reading(member.shape))),")
        }
      }
    }
  }

  private func typeName(_ shape: Shape) -> String {
    switch document.resolved(shape) {
    case .string: return "string"
    case .any: return "unknown"
    case .integer, .number: return "number"
    case .boolean: return "boolean"
    case .octets: return "Uint8Array"
    case .array(let element, _): return "\(typeName(element))[]"
    case .reference(let name):
      if case .map? = document.schema(name)?.kind { return "Record<string, string>" }
      return name
    }
  }

  private func reading(_ shape: Shape) -> String {
    switch document.resolved(shape) {
    case .string: return "values.text"
    case .any: return "(value) => value"
    case .integer: return "values.whole"
    case .number: return "values.number"
    case .boolean: return "values.flag"
    case .octets: return "values.octets"
    case .array(let element, _): return "values.list(\(reading(element)))"
    case .reference(let name):
      switch document.schema(name)?.kind {
      case .object?: return "read\(name)"
      case .map?: return "values.map"
      default: return "values.text"
      }
    }
  }

  private func comment(_ text: String, _ out: inout SourceText) {
    var inner = SourceText(indentation: 2, width: 98)
    inner.comment(text, mark: "")
    let lines = inner.text.split(separator: "\n", omittingEmptySubsequences: false).dropLast()
    if lines.count == 1 {
      out.line("/** \(lines[0]) */")
      return
    }
    out.line("/**")
    for line in lines { out.line(line.isEmpty ? " *" : " * \(line)") }
    out.line(" */")
  }

  // MARK: Calls

  private func paramsName(_ method: APIMethod) -> String {
    Names.capitalized(method.noun) + Names.capitalized(method.verb) + "Params"
  }

  private func params(_ method: APIMethod, _ out: inout SourceText) {
    out.line()
    comment("What `\(method.name)` takes.", &out)
    interface(paramsName(method), method.params, &out)
  }

  private func calls(_ service: APIServiceSpec, _ out: inout SourceText) {
    out.line()
    comment("The methods `\(service.noun).*`.", &out)
    out.block("export class \(Names.capitalized(service.noun))Calls extends Calls {") { out in
      for (i, method) in service.methods.enumerated() {
        if i > 0 { out.line() }
        call(method, &out)
      }
    }
  }

  private func call(_ method: APIMethod, _ out: inout SourceText) {
    var text = method.summary + (method.summary.hasSuffix("?") ? "" : ".") + "\n\n" + method.details
    if !method.reasons.isEmpty {
      text += "\n\nThrows with reason " + method.reasons.map { "`\($0)`" }.joined(separator: ", ") + "."
    }
    comment(text, &out)
    var arguments = [String]()
    if !method.params.isEmpty {
      let isFree = !method.params.contains(where: \.isRequired)
      arguments.append("params: \(paramsName(method))" + (isFree ? " = {}" : ""))
    }
    let given = method.params.isEmpty ? "{}" : "params"
    if let stream = method.stream {
      arguments.append("options: StreamOptions = {}")
      let type =
        method.clientStream.map { "PostroomExchange<\($0), \(stream)>" } ?? "PostroomStream<\(stream)>"
      let make = method.clientStream == nil ? "stream" : "exchange"
      out.call("\(method.verb)(", arguments, "): \(type) {")
      let resume = method.resume.map { ["{ param: \"\($0.param)\", member: \"\($0.member)\" }"] } ?? []
      out.indent { out in
        out.call(
          "return this.\(make)(", ["\"\(method.name)\"", given, "read\(stream)", "options"] + resume, ");")
      }
    } else {
      arguments.append("options: \(method.takesKey ? "KeyedCallOptions" : "CallOptions") = {}")
      let isEmpty = method.result == "Empty"
      out.call("async \(method.verb)(", arguments, "): Promise<\(isEmpty ? "void" : method.result)> {")
      let call = "await this.call(\"\(method.name)\", \(given), options, \(method.isIdempotent))"
      out.indent { $0.line(isEmpty ? "\(call);" : "return read\(method.result)(\(call));") }
    }
    out.line("}")
  }

  private func services(_ out: inout SourceText) {
    out.line()
    comment("One member a noun.", &out)
    out.block("export class Services {") { out in
      for service in document.services {
        out.line("readonly \(service.noun): \(Names.capitalized(service.noun))Calls;")
      }
      out.line()
      out.block("constructor(caller: Caller) {") { out in
        for service in document.services {
          out.line("this.\(service.noun) = new \(Names.capitalized(service.noun))Calls(caller);")
        }
      }
    }
  }

  private func reasons(_ out: inout SourceText) {
    out.line()
    comment("The values of `PostroomError.reason`. A newer server may say others.", &out)
    out.block("export const Reason = {", end: "} as const;") { out in
      for reason in document.reasons {
        comment("`\(reason.status)`. \(reason.details)", &out)
        out.line("\(Names.camel(reason.name)): \"\(reason.name)\",")
      }
    }
  }

  // MARK: Conformance

  /// The typed calls by their names, with what stands in JSON as params.
  private var dispatch: String {
    var out = start("The typed calls by their names.")
    for line in [
      "import type * as api from \"../src/index.js\";", "import { typed } from \"./typed.js\";", "",
      "type Params = Record<string, unknown>;",
    ] { out.line(line) }
    let methods = document.services.flatMap(\.methods)
    out.line()
    let common = ["client: api.PostroomClient", "method: string", "params: Params"]
    out.call(
      "export async function call(", common + ["options: api.KeyedCallOptions"], "): Promise<unknown> {")
    out.indent { out in
      out.block("switch (method) {") { out in
        for method in methods where method.stream == nil { entry(method, &out) }
        out.line("default: throw new Error(`no such call: ${method}`);")
      }
    }
    out.line("}")
    out.line()
    out.call(
      "export function open(", common + ["options: api.StreamOptions"], "): api.PostroomStream<unknown> {")
    out.indent { out in
      out.block("switch (method) {") { out in
        for method in methods where method.stream != nil { entry(method, &out) }
        out.line("default: throw new Error(`no such stream: ${method}`);")
      }
    }
    out.line("}")
    out.line()
    out.line("/** A value that is sent into the stream `method`, from what stands in JSON. */")
    out.call("export function sent(", ["method: string", "value: Params"], "): unknown {")
    out.indent { out in
      out.block("switch (method) {") { out in
        for method in methods {
          guard let name = method.clientStream else { continue }
          let paths = octetPaths(.reference(name), at: "").map { "\"\($0.dropFirst())\"" }
          let arguments = (["value"] + paths).joined(separator: ", ")
          out.block("case \"\(method.name)\":", end: nil) {
            $0.line("return typed<api.\(name)>(\(arguments));")
          }
        }
        out.line("default: throw new Error(`no such stream: ${method}`);")
      }
    }
    out.line("}")
    return out.text
  }

  private func entry(_ method: APIMethod, _ out: inout SourceText) {
    let octets = method.params.flatMap { octetPaths($0.shape, at: $0.name) }
    let arguments = (["params"] + octets.map { "\"\($0)\"" }).joined(separator: ", ")
    let given = method.params.isEmpty ? "" : "typed<api.\(paramsName(method))>(\(arguments)), "
    out.block("case \"\(method.name)\":", end: nil) {
      $0.line(
        "return \(method.stream == nil ? "await " : "")client.\(method.noun).\(method.verb)(\(given)options);"
      )
    }
  }

  /// Where octets stand below a parameter: `attachments.*.data`.
  private func octetPaths(_ shape: Shape, at path: String) -> [String] {
    switch document.resolved(shape) {
    case .octets: return [path]
    case .array(let element, _): return octetPaths(element, at: path + ".*")
    case .reference(let name):
      guard case .object(let members)? = document.schema(name)?.kind else { return [] }
      return members.flatMap { octetPaths($0.shape, at: "\(path).\($0.name)") }
    case .string, .integer, .number, .boolean, .any: return []
    }
  }
}

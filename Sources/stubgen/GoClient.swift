/// `clients/go/generated.go`: types and calls; and what calls them by name, for the conformance session.
/// Written as gofmt writes it.
package struct GoClient {
  private let document: APIDocument

  package init(_ document: APIDocument) { self.document = document }

  package func files() -> [GeneratedFile] {
    [
      GeneratedFile(path: "clients/go/generated.go", text: client),
      GeneratedFile(path: "clients/go/internal/dispatch/dispatch.go", text: dispatch),
    ]
  }

  /// gofmt indents with tabs and does not break lines; comments are kept to this width.
  private func start(_ package: String, imports: [String], about: String?) -> GoText {
    var out = GoText()
    out.line("// Code generated from protocol/openrpc.json by stubgen. Do not edit.")
    out.line()
    if let about { out.comment(about) }
    out.line("package \(package)")
    out.line()
    out.block("import (", end: ")") { out in
      for name in imports { out.line(name.isEmpty ? "" : "\"\(name)\"") }
    }
    return out
  }

  private var client: String {
    var out = start("postroom", imports: ["context"], about: nil)
    let used = document.sent.union(document.answered)
    for schema in document.schemas where used.contains(schema.name) { type(schema, &out) }
    reasons(&out)
    for service in document.services {
      for method in service.methods where !method.params.isEmpty {
        out.line()
        out.comment("\(paramsName(method)) are what \(method.name) takes.")
        structure(paramsName(method), method.params, &out)
      }
    }
    for service in document.services { calls(service, &out) }
    services(&out)
    return out.text
  }

  // MARK: Types

  private func type(_ schema: APISchema, _ out: inout GoText) {
    switch schema.kind {
    case .enumeration(let values):
      out.line()
      out.comment("\(schema.name) is a word of an open set: a newer server may say others. \(schema.details)")
      out.line("type \(schema.name) string")
      out.line()
      out.comment("Words of \(schema.name).")
      out.block("const (", end: ")") { out in
        out.aligned(values.map { [schema.name + Names.go($0), schema.name, "= \"\($0)\""] })
      }
    case .object(let members) where schema.name != "Empty":
      out.line()
      out.comment("\(schema.name): \(schema.details)")
      structure(schema.name, members, &out)
    case .object, .map, .plain, .any: break
    }
  }

  private func structure(_ name: String, _ members: [APIMember], _ out: inout GoText) {
    out.block("type \(name) struct {") { out in
      for (i, member) in members.enumerated() {
        // A line between them keeps gofmt from putting them in columns.
        if i > 0 { out.line() }
        if let details = member.details { out.comment(details) }
        let tag = member.isRequired ? member.name : member.name + ",omitempty"
        out.line("\(Names.go(member.name)) \(typeName(member)) `json:\"\(tag)\"`")
      }
    }
  }

  private func typeName(_ member: APIMember) -> String {
    let type = member.isSecret ? "Secret" : typeName(member.shape)
    let isNil = type.hasPrefix("[]") || type.hasPrefix("map[") || type == "json.RawMessage"
    return member.isRequired || isNil ? type : "*" + type
  }

  private func typeName(_ shape: Shape) -> String {
    switch document.resolved(shape) {
    case .string: return "string"
    case .any: return "any"
    case .integer: return "int64"
    case .number: return "float64"
    case .boolean: return "bool"
    case .octets: return "[]byte"
    case .array(let element, _): return "[]" + typeName(element)
    case .reference(let name):
      if case .map? = document.schema(name)?.kind { return "map[string]string" }
      return name
    }
  }

  private func reasons(_ out: inout GoText) {
    out.line()
    out.comment("Reason says what went wrong, as a stable word. A newer server may say others.")
    out.line("type Reason string")
    out.line()
    out.comment("What the document has reasons for.")
    out.block("const (", end: ")") { out in
      for (i, reason) in document.reasons.enumerated() {
        if i > 0 { out.line() }
        out.comment("\(reason.status). \(reason.details)")
        out.line("Reason\(Names.go(reason.name)) Reason = \"\(reason.name)\"")
      }
    }
  }

  // MARK: Calls

  private func paramsName(_ method: APIMethod) -> String {
    Names.capitalized(method.noun) + Names.capitalized(method.verb) + "Params"
  }

  private func calls(_ service: APIServiceSpec, _ out: inout GoText) {
    let name = Names.capitalized(service.noun) + "Calls"
    out.line()
    out.comment("\(name) are the methods \(service.noun).*")
    out.line("type \(name) struct{ client *Client }")
    for method in service.methods {
      out.line()
      let verb = Names.go(method.verb)
      var text = "\(verb): \(method.summary)\(method.summary.hasSuffix("?") ? "" : ".")\n\n\(method.details)"
      if !method.reasons.isEmpty {
        text += "\n\nReasons of its errors: \(method.reasons.joined(separator: ", "))."
      }
      out.comment(text)
      call(method, verb, name, &out)
    }
  }

  private func call(_ method: APIMethod, _ verb: String, _ type: String, _ out: inout GoText) {
    let given = method.params.isEmpty ? "struct{}{}" : "params"
    var arguments = "ctx context.Context"
    if !method.params.isEmpty { arguments += ", params \(paramsName(method))" }
    if let stream = method.stream, let sent = method.clientStream {
      let exchange = "Exchange[\(sent), \(stream)]"
      out.block("func (c *\(type)) \(verb)(\(arguments), options ...StreamOption) *\(exchange) {") { out in
        out.line("return exchange[\(sent), \(stream)](ctx, c.client, \"\(method.name)\", \(given), options)")
      }
      return
    }
    if let stream = method.stream {
      out.block("func (c *\(type)) \(verb)(\(arguments), options ...StreamOption) *Stream[\(stream)] {") {
        out in
        let resume =
          method.resume.map { "&resume{param: \"\($0.param)\", member: \"\($0.member)\"}" } ?? "nil"
        out.line(
          "return stream[\(stream)](ctx, c.client, \"\(method.name)\", \(given), \(resume), options)")
      }
      return
    }
    let isEmpty = method.result == "Empty"
    let result = isEmpty ? "error" : "(*\(method.result), error)"
    out.block("func (c *\(type)) \(verb)(\(arguments), options ...CallOption) \(result) {") { out in
      let call =
        "call[\(isEmpty ? "struct{}" : method.result)](ctx, c.client, \"\(method.name)\", \(given), "
        + "\(method.isIdempotent), \(method.takesKey), options)"
      out.line(isEmpty ? "_, err := \(call)" : "return \(call)")
      if isEmpty { out.line("return err") }
    }
  }

  private func services(_ out: inout GoText) {
    out.line()
    out.comment("Services has one member a noun.")
    out.block("type Services struct {") { out in
      out.aligned(
        document.services.map { [Names.go($0.noun), "*\(Names.capitalized($0.noun))Calls"] })
    }
    out.line()
    out.block("func newServices(client *Client) Services {") { out in
      out.block("return Services{") { out in
        out.aligned(
          document.services.map {
            ["\(Names.go($0.noun)):", "&\(Names.capitalized($0.noun))Calls{client},"]
          })
      }
    }
  }

  // MARK: Conformance

  /// The typed calls by their names, with JSON as params.
  private var dispatch: String {
    var out = start(
      "dispatch", imports: ["context", "encoding/json", "fmt", "", "postroom"],
      about: "Package dispatch makes the typed calls by their names, for the tests.")
    let methods = document.services.flatMap(\.methods)
    out.line()
    out.comment("Call makes the call method; params and the answer are JSON text.")
    out.block(
      "func Call(ctx context.Context, c *postroom.Client, method string, params json.RawMessage, options ...postroom.CallOption) (any, error) {"
    ) { out in
      out.line("switch method {")
      for method in methods where method.stream == nil { entry(method, &out) }
      out.line("}")
      out.line("return nil, fmt.Errorf(\"no such call: %s\", method)")
    }
    out.line()
    out.comment("Open opens the stream method, whatever its values are.")
    out.block(
      "func Open(ctx context.Context, c *postroom.Client, method string, params json.RawMessage, options ...postroom.StreamOption) (Stream, error) {"
    ) { out in
      out.line("switch method {")
      for method in methods where method.stream != nil { entry(method, &out) }
      out.line("}")
      out.line("return nil, fmt.Errorf(\"no such stream: %s\", method)")
    }
    return out.text
  }

  private func entry(_ method: APIMethod, _ out: inout GoText) {
    out.block("case \"\(method.name)\":", end: nil) { out in
      var given = "ctx, "
      if !method.params.isEmpty {
        given += "p, "
        out.line("var p postroom.\(paramsName(method))")
        out.block("if err := decode(params, &p); err != nil {") { $0.line("return nil, err") }
      }
      let call = "c.\(Names.go(method.noun)).\(Names.go(method.verb))(\(given)options...)"
      if let stream = method.stream {
        if let sent = method.clientStream {
          out.line("return exchanges[postroom.\(sent), postroom.\(stream)]{\(call)}, nil")
        } else {
          out.line("return values[postroom.\(stream)]{\(call)}, nil")
        }
      } else if method.result == "Empty" {
        out.line("return struct{}{}, \(call)")
      } else {
        out.line("return \(call)")
      }
    }
  }
}

/// Go source, indented and in columns as gofmt does it.
private struct GoText {
  private var lines: [String] = []
  private var depth = 0

  var text: String { lines.joined(separator: "\n") + "\n" }

  mutating func line(_ text: String = "") {
    lines.append(text.isEmpty ? "" : String(repeating: "\t", count: depth) + text)
  }

  mutating func comment(_ text: String) {
    var inner = SourceText(indentation: 2, width: 112 - 4 * depth)
    inner.comment(text, mark: "//")
    for line in inner.text.split(separator: "\n") { self.line(String(line)) }
  }

  mutating func block(_ head: String, end: String? = "}", _ body: (inout GoText) -> Void) {
    line(head)
    depth += 1
    body(&self)
    depth -= 1
    if let end { line(end) }
  }

  /// Rows with all cells but the last as wide as the widest of their column.
  mutating func aligned(_ rows: [[String]]) {
    let columns = rows.map(\.count).max() ?? 0
    let widths = (0..<columns).map { column in rows.map { $0[column].count }.max() ?? 0 }
    for row in rows {
      line(
        row.enumerated().map { i, cell in
          i + 1 < row.count ? cell + String(repeating: " ", count: widths[i] - cell.count) : cell
        }.joined(separator: " "))
    }
  }
}

extension Names {
  /// `mailboxId`, `connect.imap.hostUnknown`, `NOT_SERVING` as `MailboxID`, `ConnectIMAPHostUnknown`, `NotServing`:
  /// exported, with initialisms in capitals.
  package static func go(_ name: String) -> String {
    var words = [String]()
    for part in name.split(whereSeparator: { ".-_".contains($0) }) {
      if part.allSatisfy({ !$0.isLowercase }) {
        words.append(part.lowercased())
        continue
      }
      var word = ""
      for letter in part {
        if letter.isUppercase, !word.isEmpty, word.last?.isUppercase == false {
          words.append(word)
          word = ""
        }
        word.append(letter)
      }
      words.append(word)
    }
    return words.map { initialisms[$0.lowercased()] ?? capitalized($0) }.joined()
  }

  private static let initialisms = [
    "id": "ID", "url": "URL", "imap": "IMAP", "smtp": "SMTP", "html": "HTML", "cid": "CID", "tls": "TLS",
    "http": "HTTP", "json": "JSON", "rpc": "RPC", "uid": "UID",
  ]
}

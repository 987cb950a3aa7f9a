/// The calls of `clients/python/postroom`: one class a noun, for threads or for asyncio.
struct PythonCalls {
  private let document: APIDocument
  private let isAsync: Bool

  init(_ document: APIDocument, isAsync: Bool) {
    self.document = document
    self.isAsync = isAsync
  }

  private var prefix: String { isAsync ? "Async" : "" }

  /// The types that the calls name, in the document's order.
  var typesNamed: [String] {
    let methods = document.services.flatMap(\.methods)
    var used = Set(methods.map { $0.stream ?? $0.result })
    used.formUnion(methods.flatMap { [$0.clientStream, $0.progress].compactMap(\.self) })
    for member in methods.flatMap(\.params) { collect(member.shape, &used) }
    return document.schemas.filter { schema in
      switch schema.kind {
      case .object, .enumeration: used.contains(schema.name) && schema.name != "Empty"
      case .map, .plain, .any: false
      }
    }.map(\.name)
  }

  private func collect(_ shape: Shape, _ used: inout Set<String>) {
    switch document.resolved(shape) {
    case .reference(let name): used.insert(name)
    case .array(let element, _): collect(element, &used)
    case .string, .integer, .number, .boolean, .octets, .any: break
    }
  }

  func write(to out: inout SourceText) {
    for service in document.services {
      out.line()
      out.line()
      let name = Names.capitalized(service.noun) + "Calls"
      out.block("class \(prefix)\(name)(\(prefix)Calls):", end: nil) { out in
        PythonText.docstring("The methods `\(service.noun).*`.", &out)
        for method in service.methods {
          out.line()
          call(method, &out)
        }
      }
    }
    services(&out)
  }

  private func services(_ out: inout SourceText) {
    out.line()
    out.line()
    out.block("class \(prefix)Services:", end: nil) { out in
      PythonText.docstring("One attribute a noun.", &out)
      out.line()
      out.block("def __init__(self, caller: \(prefix)Caller) -> None:", end: nil) { out in
        for service in document.services {
          out.line("self.\(service.noun) = \(prefix)\(Names.capitalized(service.noun))Calls(caller)")
        }
      }
    }
  }

  private func call(_ method: APIMethod, _ out: inout SourceText) {
    let result: String
    if let stream = method.stream, let sent = method.clientStream {
      result = "\(prefix)Exchange[\(sent), \(stream)]"
    } else if let stream = method.stream {
      result = "\(prefix)Stream[\(stream)]"
    } else {
      result = method.result == "Empty" ? "None" : method.result
    }
    let keyword = isAsync && method.stream == nil ? "async def" : "def"
    out.call("\(keyword) \(Names.python(method.verb))(", arguments(method), ") -> \(result):")
    out.indent { out in
      PythonText.docstring(documentation(method), &out)
      out.block(
        method.params.isEmpty ? "params: dict[str, Any] = {}" : "params = plain({",
        end: method.params.isEmpty ? nil : "})"
      ) { out in
        for member in method.params {
          out.line("\"\(member.name)\": \(Names.python(member.name)),")
        }
      }
      if let stream = method.stream {
        let resume = method.resume.map { "resume=(\"\($0.param)\", \"\($0.member)\")" }
        out.call(
          "return self._\(method.clientStream == nil ? "stream" : "exchange")(",
          ["\"\(method.name)\"", "params", "\(stream)._read", "timeout=timeout", "window=window"]
            + (resume.map { [$0] } ?? []), ")")
        return
      }
      let given =
        ["\"\(method.name)\"", "params", "timeout", method.takesKey ? "idempotency_key" : "None"]
        + (isAsync ? [] : ["cancel"]) + [
          method.progress.map { "progress_of(\($0)._read, on_progress)" } ?? "on_progress",
          "repeatable=\(method.isIdempotent ? "True" : "False")",
        ]
      out.call("answer = \(isAsync ? "await " : "")self._call(", given, ")")
      out.line(method.result == "Empty" ? "del answer" : "return self._read(\(method.result)._read, answer)")
    }
  }

  private func arguments(_ method: APIMethod) -> [String] {
    var arguments = ["self", "*"]
    for member in method.params {
      let type = PythonText.annotation(member.shape, document, sent: true)
      let name = Names.python(member.name)
      if member.isRequired {
        arguments.append("\(name): \(type)")
      } else if let value = member.defaultValue {
        arguments.append("\(name): \(type) = \(literal(value))")
      } else {
        arguments.append("\(name): Optional[\(type)] = None")
      }
    }
    arguments.append("timeout: Optional[float] = None")
    if method.stream != nil { return arguments + ["window: int = 32"] }
    if method.takesKey { arguments.append("idempotency_key: Optional[str] = None") }
    if !isAsync { arguments.append("cancel: Optional[Cancel] = None") }
    let told = method.progress ?? "Any"
    return arguments + ["on_progress: Optional[Callable[[\(told)], Any]] = None"]
  }

  private func documentation(_ method: APIMethod) -> String {
    var text = method.summary + (method.summary.hasSuffix("?") ? "" : ".") + "\n\n" + method.details
    let described = method.params.filter { $0.details != nil }
    if !described.isEmpty {
      text +=
        "\n\n" + described.map { "`\(Names.python($0.name))`: \($0.details ?? "")" }.joined(separator: "\n")
    }
    return text
  }

  private func literal(_ value: JSONNode) -> String {
    switch value {
    case .bool(let flag): flag ? "True" : "False"
    case .array: "()"
    default: value.compact
    }
  }
}

/// What both Python files are written with.
enum PythonText {
  /// `sent`: as an argument, which may be given in more than one form.
  static func annotation(_ shape: Shape, _ document: APIDocument, sent: Bool = false) -> String {
    switch document.resolved(shape) {
    case .string, .any: return "str"
    case .integer: return "int"
    case .number: return "float"
    case .boolean: return "bool"
    case .octets: return "bytes"
    case .array(let element, _):
      return sent
        ? "Sequence[\(annotation(element, document, sent: true))]" : "list[\(annotation(element, document))]"
    case .reference(let name):
      switch document.schema(name)?.kind {
      case .map?: return "dict[str, str]"
      case .object?: return sent ? "Union[\(name), Mapping[str, Any]]" : name
      default: return name
      }
    }
  }

  static func docstring(_ text: String, _ out: inout SourceText) {
    var inner = SourceText(indentation: 4, width: 98)
    inner.comment(text, mark: "")
    let lines = inner.text.split(separator: "\n", omittingEmptySubsequences: false).dropLast()
    if lines.count == 1 {
      out.line("\"\"\"\(lines[0])\"\"\"")
    } else {
      for (i, line) in lines.enumerated() { out.line(i == 0 ? "\"\"\"\(line)" : String(line)) }
      out.line("\"\"\"")
    }
  }
}

/// `clients/python/postroom/_generated.py`: dataclasses and calls.
package struct PythonClient {
  private let document: APIDocument

  package init(_ document: APIDocument) { self.document = document }

  package func files() -> [GeneratedFile] {
    var out = SourceText(indentation: 4)
    out.line("# Generated from protocol/openrpc.json by stubgen. Do not edit.")
    out.line("\"\"\"The types and calls of Postroom's API, version \(document.version).\"\"\"")
    out.line()
    for line in [
      "from __future__ import annotations", "", "import base64", "from dataclasses import dataclass, field",
      "from typing import Any, Literal, Mapping, Optional, Sequence, Union", "",
      "from ._runtime import Calls, Caller, Stream, optional, plain",
    ] { out.line(line) }
    let used = document.sent.union(document.answered)
    exports(used, &out)
    for schema in document.schemas where used.contains(schema.name) { type(schema, &out) }
    reasons(&out)
    for service in document.services { calls(service, &out) }
    services(&out)
    return [GeneratedFile(path: "clients/python/postroom/_generated.py", text: out.text)]
  }

  private func exports(_ used: Set<String>, _ out: inout SourceText) {
    let names = document.schemas.filter { schema in
      switch schema.kind {
      case .object, .enumeration: used.contains(schema.name) && schema.name != "Empty"
      case .map, .plain, .any: false
      }
    }.map(\.name)
    out.line()
    out.call("__all__ = [", (names + ["Reason"]).sorted().map { "\"\($0)\"" }, "]")
  }

  // MARK: Types

  private func type(_ schema: APISchema, _ out: inout SourceText) {
    switch schema.kind {
    case .enumeration(let values):
      out.line()
      out.line()
      out.comment(schema.details, mark: "#")
      out.call("\(schema.name) = Literal[", values.map { "\"\($0)\"" }, "]")
    case .object(let members) where schema.name != "Empty": dataclass(schema, members, &out)
    case .object, .map, .plain, .any: break
    }
  }

  private func dataclass(_ schema: APISchema, _ members: [APIMember], _ out: inout SourceText) {
    out.line()
    out.line()
    out.line("@dataclass(frozen=True, slots=True, kw_only=True)")
    out.block("class \(schema.name):", end: nil) { out in
      docstring(schema.details, &out)
      out.line()
      for member in members {
        if let details = member.details { out.comment(details, mark: "#") }
        let value = member.isSecret ? " = field(repr=False)" : member.isRequired ? "" : " = None"
        out.line("\(Names.python(member.name)): \(annotation(member))\(value)")
      }
      if document.answered.contains(schema.name) {
        out.line()
        out.line("@classmethod")
        out.block("def _read(cls, value: Any) -> \(schema.name):", end: nil) { out in
          out.block("return cls(", end: ")") { out in
            for member in members { out.line("\(Names.python(member.name))=\(read(member)),") }
          }
        }
      }
      if document.sent.contains(schema.name) {
        out.line()
        out.block("def _plain(self) -> dict[str, Any]:", end: nil) { out in
          out.block("return plain({", end: "})") { out in
            for member in members {
              out.line("\"\(member.name)\": self.\(Names.python(member.name)),")
            }
          }
        }
      }
    }
  }

  private func annotation(_ shape: Shape, sent: Bool = false) -> String {
    switch document.resolved(shape) {
    case .string, .any: return "str"
    case .integer: return "int"
    case .number: return "float"
    case .boolean: return "bool"
    case .octets: return "bytes"
    case .array(let element, _):
      return sent ? "Sequence[\(annotation(element, sent: true))]" : "list[\(annotation(element))]"
    case .reference(let name):
      switch document.schema(name)?.kind {
      case .map?: return "dict[str, str]"
      case .object?: return sent ? "Union[\(name), Mapping[str, Any]]" : name
      default: return name
      }
    }
  }

  private func annotation(_ member: APIMember) -> String {
    let type = annotation(member.shape)
    return member.isRequired ? type : "Optional[\(type)]"
  }

  private func read(_ member: APIMember) -> String {
    let key = "\"\(member.name)\""
    let item = member.isRequired ? "value[\(key)]" : "value.get(\(key))"
    func each(_ reader: String) -> String {
      member.isRequired ? "\(reader)(\(item))" : "optional(\(reader), \(item))"
    }
    switch document.resolved(member.shape) {
    case .string, .any, .integer, .number, .boolean: return item
    case .octets: return each("base64.b64decode")
    case .reference(let name):
      switch document.schema(name)?.kind {
      case .object?: return each("\(name)._read")
      case .map?: return each("dict")
      default: return item
      }
    case .array(let element, _):
      if case .reference(let name) = element, case .object? = document.schema(name)?.kind {
        return "[\(name)._read(item) for item in \(item)]"
      }
      return "list(\(item))"
    }
  }

  private func docstring(_ text: String, _ out: inout SourceText) {
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

  // MARK: Calls

  private func calls(_ service: APIServiceSpec, _ out: inout SourceText) {
    out.line()
    out.line()
    out.block("class \(Names.capitalized(service.noun))Calls(Calls):", end: nil) { out in
      docstring("The methods `\(service.noun).*`.", &out)
      for method in service.methods {
        out.line()
        call(method, &out)
      }
    }
  }

  private func call(_ method: APIMethod, _ out: inout SourceText) {
    var arguments = ["self"]
    if !method.params.isEmpty { arguments.append("*") }
    for member in method.params {
      let type = annotation(member.shape, sent: true)
      let name = Names.python(member.name)
      if member.isRequired {
        arguments.append("\(name): \(type)")
      } else if let value = member.defaultValue {
        arguments.append("\(name): \(type) = \(literal(value))")
      } else {
        arguments.append("\(name): Optional[\(type)] = None")
      }
    }
    if method.params.isEmpty { arguments.append("*") }
    arguments.append("timeout: Optional[float] = None")
    if method.takesKey { arguments.append("idempotency_key: Optional[str] = None") }
    let result = method.stream.map { "Stream[\($0)]" } ?? (method.result == "Empty" ? "None" : method.result)
    out.call("def \(Names.python(method.verb))(", arguments, ") -> \(result):")
    out.indent { out in
      docstring(documentation(method), &out)
      out.block(
        method.params.isEmpty ? "params: dict[str, Any] = {}" : "params = plain({",
        end: method.params.isEmpty ? nil : "})"
      ) { out in
        for member in method.params {
          out.line("\"\(member.name)\": \(Names.python(member.name)),")
        }
      }
      if let stream = method.stream {
        let resume = method.resume.map { ", resume=(\"\($0.param)\", \"\($0.member)\")" } ?? ""
        out.line("return self._stream(\"\(method.name)\", params, \(stream)._read, timeout=timeout\(resume))")
        return
      }
      let flag = method.isIdempotent ? "True" : "False"
      let key = method.takesKey ? ", idempotency_key" : ""
      out.line("answer = self._call(\"\(method.name)\", params, timeout\(key), repeatable=\(flag))")
      out.line(method.result == "Empty" ? "del answer" : "return self._read(\(method.result)._read, answer)")
    }
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

  // MARK: The rest

  private func reasons(_ out: inout SourceText) {
    out.line()
    out.line()
    out.block("class Reason:", end: nil) { out in
      docstring("The values of `PostroomError.reason`. A newer server may say others.", &out)
      for reason in document.reasons {
        out.line()
        out.comment("\(reason.status): \(reason.details)", mark: "#")
        let name = Names.snake(reason.name).uppercased()
        out.line("\(name) = \"\(reason.name)\"")
      }
    }
  }

  private func services(_ out: inout SourceText) {
    out.line()
    out.line()
    out.block("class Services:", end: nil) { out in
      docstring("One attribute a noun.", &out)
      out.line()
      out.block("def __init__(self, caller: Caller) -> None:", end: nil) { out in
        for service in document.services {
          out.line("self.\(service.noun) = \(Names.capitalized(service.noun))Calls(caller)")
        }
      }
    }
  }
}

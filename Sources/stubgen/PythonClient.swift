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
      "from typing import Any, Callable, Literal, Mapping, Optional, Sequence, Union", "",
      "from ._connection import Cancel",
      "from ._runtime import Calls, Caller, Exchange, Stream, optional, plain, progress_of",
    ] { out.line(line) }
    let used = document.sent.union(document.answered)
    exports(used, &out)
    for schema in document.schemas where used.contains(schema.name) { type(schema, &out) }
    reasons(&out)
    PythonCalls(document, isAsync: false).write(to: &out)
    return [
      GeneratedFile(path: "clients/python/postroom/_generated.py", text: out.text),
      GeneratedFile(path: "clients/python/postroom/_generated_async.py", text: asyncFile),
    ]
  }

  /// The calls for asyncio; their types are those of the other file.
  private var asyncFile: String {
    var out = SourceText(indentation: 4)
    out.line("# Generated from protocol/openrpc.json by stubgen. Do not edit.")
    out.line("\"\"\"The calls of Postroom's API for asyncio, version \(document.version).\"\"\"")
    out.line()
    for line in [
      "from __future__ import annotations", "",
      "from typing import Any, Callable, Mapping, Optional, Sequence, Union", "",
      "from ._async_runtime import AsyncCaller, AsyncCalls, AsyncExchange, AsyncStream",
    ] { out.line(line) }
    let shared = PythonCalls(document, isAsync: true).typesNamed
    out.call("from ._generated import (", shared, ")")
    out.line("from ._runtime import plain, progress_of")
    PythonCalls(document, isAsync: true).write(to: &out)
    return out.text
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
      PythonText.docstring(schema.details, &out)
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
      out.line()
      out.block("def _plain(self) -> Any:", end: nil) { out in
        out.block("return plain({", end: "})") { out in
          for member in members { out.line("\"\(member.name)\": self.\(Names.python(member.name)),") }
        }
      }
    }
  }

  private func annotation(_ member: APIMember) -> String {
    let type = PythonText.annotation(member.shape, document)
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
        let source = member.isRequired ? item : "\(item) or []"
        let all = "[\(name)._read(item) for item in \(source)]"
        // One that is not there is told apart from an empty one.
        return member.isRequired ? all : "None if \(item) is None else \(all)"
      }
      return each("list")
    }
  }

  // MARK: The rest

  private func reasons(_ out: inout SourceText) {
    out.line()
    out.line()
    out.block("class Reason:", end: nil) { out in
      PythonText.docstring("The values of `PostroomError.reason`. A newer server may say others.", &out)
      for reason in document.reasons {
        out.line()
        out.comment("\(reason.status): \(reason.details)", mark: "#")
        let name = Names.snake(reason.name).uppercased()
        out.line("\(name) = \"\(reason.name)\"")
      }
    }
  }
}

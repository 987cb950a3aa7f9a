/// `protocol/errors.md`: every reason, with its status, its number, and the methods that name it.
package struct ErrorsPage {
  private let document: APIDocument

  package init(_ document: APIDocument) { self.document = document }

  package func files() -> [GeneratedFile] {
    var text = """
      <!-- Generated from openrpc.json by stubgen. Do not edit. -->
      # Errors

      `error.code` is JSON-RPC's own number for its five cases, else the number of one of gRPC's canonical
      codes, whose name is `error.data.status`. `error.data.reason` is a stable word that says what happened;
      `error.message` is for people. README.md has the whole form.

      ## Codes

      | code | status | meaning |
      |---|---|---|
      | -32700 | INVALID_ARGUMENT | The message is not JSON. |
      | -32600 | INVALID_ARGUMENT | The message is not a JSON-RPC request. |
      | -32601 | UNIMPLEMENTED | There is no such method. |

      """
    for error in document.errors {
      text += "| \(error.code) | \(error.status) | \(error.message) |\n"
    }
    text += "\n## Reasons\n"
    var groups: [String] = []
    for reason in document.reasons where !groups.contains(group(reason)) { groups.append(group(reason)) }
    for group in groups {
      text += "\n### \(group)\n\n| reason | status | meaning | named by |\n|---|---|---|---|\n"
      for reason in document.reasons where self.group(reason) == group {
        let methods = document.methods.filter { $0.reasons.contains(reason.name) }.map { "`\($0.name)`" }
        let users = methods.isEmpty ? "any method" : methods.joined(separator: ", ")
        text += "| `\(reason.name)` | \(reason.status) | \(reason.details) | \(users) |\n"
      }
    }
    return [GeneratedFile(path: "protocol/errors.md", text: text)]
  }

  private func group(_ reason: APIReason) -> String { String(reason.name.prefix { $0 != "." }) }
}

/// What OpenRPC 1.3.2 and this house ask of the document beyond what generation needs.
package enum DocumentRules {
  /// Every breach, with its place; empty when there is none.
  package static func problems(_ root: JSONNode) -> [String] {
    var check = Check(root: root)
    check.document()
    return check.problems
  }

  private struct Check {
    let root: JSONNode
    var problems: [String] = []

    mutating func fail(_ path: String, _ reason: String) { problems.append("\(path): \(reason)") }

    /// The members allowed and needed; `x-` members are allowed where `extends` says so.
    mutating func members(
      _ node: JSONNode?, _ path: String, allowed: Set<String>, needed: Set<String>, extends: Bool = true
    ) {
      guard let members = node?.members else { return fail(path, "must be an object") }
      for member in members where !allowed.contains(member.name) && !(extends && member.name.hasPrefix("x-"))
      {
        fail(path, "\"\(member.name)\" has no meaning in OpenRPC")
      }
      for name in needed.sorted() where !members.contains(where: { $0.name == name }) {
        fail(path, "\"\(name)\" is missing")
      }
    }

    mutating func document() {
      members(
        root, "document", allowed: ["openrpc", "info", "servers", "methods", "components", "externalDocs"],
        needed: ["openrpc", "info", "methods"])
      if root["openrpc"] != .string("1.3.2") { fail("openrpc", "must be 1.3.2") }
      members(
        root["info"], "info",
        allowed: ["title", "version", "description", "termsOfService", "contact", "license"],
        needed: ["title", "version"])
      members(
        root["components"], "components",
        allowed: [
          "schemas", "links", "errors", "examples", "examplePairings", "contentDescriptors", "tags",
        ], needed: ["schemas", "errors"])
      for error in root["components"]?["errors"]?.members ?? [] {
        members(
          error.value, "components.errors.\(error.name)", allowed: ["code", "message", "data"],
          needed: ["code", "message", "data"], extends: false)
      }
      for schema in root["components"]?["schemas"]?.members ?? [] {
        self.schema(schema.value, "components.schemas.\(schema.name)", isComponent: true)
      }
      references(root, "document")
      reasons()
      var names = Set<String>()
      for method in root["methods"]?.elements ?? [] {
        let name = method["name"]?.text ?? "?"
        if !names.insert(name).inserted { fail(name, "stands twice") }
        self.method(method, name)
      }
      unused()
    }

    // MARK: Methods

    mutating func method(_ node: JSONNode, _ name: String) {
      members(
        node, name,
        allowed: [
          "name", "summary", "description", "tags", "paramStructure", "params", "result", "errors", "links",
          "examples", "deprecated", "servers", "externalDocs",
        ],
        needed: [
          "name", "summary", "description", "paramStructure", "params", "result", "errors", "examples",
          "x-scope", "x-idempotent",
        ])
      let parts = name.split(separator: ".", omittingEmptySubsequences: false)
      if parts.count != 2 || !parts.allSatisfy({ !$0.isEmpty && $0.allSatisfy(\.isLetter) }) {
        fail(name, "a name is noun.verb")
      }
      if let scope = node["x-scope"], scope != .null, !scopes.contains(scope) { fail(name, "no such scope") }
      var seen = Set<String>()
      for param in node["params"]?.elements ?? [] {
        let path = "\(name).\(param["name"]?.text ?? "?")"
        descriptor(param, path)
        self.name(param["name"]?.text ?? "", path)
        if ClientNames.options.contains(param["name"]?.text ?? "") {
          fail(path, "the clients have an option of this name")
        }
        if !seen.insert(path).inserted { fail(path, "stands twice") }
      }
      paramStructure(node, name)
      descriptor(node["result"], name + ".result")
      if node["result"]?["schema"]?["$ref"] == nil { fail(name, "the result's schema must be a $ref") }
      if let stream = node["x-stream"] {
        if node["x-streamExample"] == nil { fail(name, "a stream needs x-streamExample") }
        if stream["$ref"] == nil { fail(name, "x-stream must be a $ref") }
        if node["result"]?["schema"]?["$ref"] != .string("#/components/schemas/Subscription") {
          fail(name, "a stream's result is a Subscription")
        }
      }
      if let taken = node["x-clientStream"] {
        if node["x-clientStreamExample"] == nil { fail(name, "x-clientStream needs x-clientStreamExample") }
        if taken["$ref"] == nil { fail(name, "x-clientStream must be a $ref") }
        if node["x-stream"] == nil { fail(name, "x-clientStream needs x-stream") }
      }
      if let progress = node["x-progress"], progress["$ref"] == nil {
        fail(name, "x-progress must be a $ref")
      }
      errors(node, name)
      examples(node, name)
    }

    /// OpenRPC, Method Object: by position, optional params come behind the required ones.
    mutating func paramStructure(_ node: JSONNode, _ name: String) {
      let required = (node["params"]?.elements ?? []).map { $0["required"] == .bool(true) }
      let structure = required.drop(while: \.self).contains(true) ? "by-name" : "either"
      if node["paramStructure"] != .string(structure) {
        fail(name, "paramStructure must be \(structure) with params in this order")
      }
    }

    var scopes: [JSONNode] { root["components"]?["schemas"]?["Scope"]?["enum"]?.elements ?? [] }

    mutating func descriptor(_ node: JSONNode?, _ path: String) {
      members(
        node, path, allowed: ["name", "description", "summary", "schema", "required", "deprecated"],
        needed: ["name", "schema"])
      if let schema = node?["schema"] { self.schema(schema, path, isComponent: false) }
    }

    mutating func errors(_ node: JSONNode, _ name: String) {
      let errors = node["errors"]?.elements ?? []
      if errors.isEmpty { fail(name, "names no error") }
      let prefix = "#/components/errors/"
      var codes = [JSONNode]()
      var statuses = [JSONNode]()
      for error in errors {
        guard let text = error["$ref"]?.text, text.hasPrefix(prefix) else {
          fail(name, "errors must be $refs")
          continue
        }
        let target = root["components"]?["errors"]?[String(text.dropFirst(prefix.count))]
        if let code = target?["code"] {
          if codes.contains(code) { fail(name, "two errors have the code \(code.compact)") }
          codes.append(code)
        }
        if let status = target?["data"]?["status"] { statuses.append(status) }
      }
      for reason in node["x-reasons"]?.elements ?? [] {
        guard let status = root["x-reasons"]?[reason.text ?? ""]?["status"] else {
          fail(name, "no such reason: \(reason.compact)")
          continue
        }
        if !statuses.contains(status) { fail(name, "\(reason.compact) needs the error \(status.compact)") }
      }
    }

    mutating func examples(_ node: JSONNode, _ name: String) {
      let examples = node["examples"]?.elements ?? []
      if examples.isEmpty { fail(name, "has no example") }
      let params = node["params"]?.elements ?? []
      for example in examples {
        let path = "\(name) example \(example["name"]?.text ?? "?")"
        members(
          example, path, allowed: ["name", "description", "params", "result"],
          needed: ["name", "params", "result"])
        let given = (example["params"]?.elements ?? []).map { $0["name"] }
        for param in params where param["required"] == .bool(true) && !given.contains(param["name"]) {
          fail(path, "\(param["name"]?.text ?? "?") is missing")
        }
        for name in given where !params.contains(where: { $0["name"] == name }) {
          fail(path, "no such parameter: \(name?.text ?? "?")")
        }
        for value in (example["params"]?.elements ?? []) + [example["result"] ?? .null] {
          members(
            value, path, allowed: ["name", "summary", "description", "value"], needed: ["name", "value"])
        }
      }
    }

    // MARK: Schemas

    /// An object stands in `components.schemas` only, and says whether it may have other members.
    mutating func schema(_ node: JSONNode, _ path: String, isComponent: Bool) {
      guard node.members != nil else { return fail(path, "must be an object") }
      if isComponent {
        if node["description"] == nil { fail(path, "has no description") }
        let name = String(path.dropFirst("components.schemas.".count))
        if ClientNames.types.contains(name) || ClientNames.endings.contains(where: name.hasSuffix) {
          fail(path, "the clients have a type of this name")
        }
      }
      if node["$ref"] != nil { return }
      if node["type"] == nil { fail(path, "has no type") }
      if node["type"] == .string("object") {
        if !isComponent { fail(path, "an object must be a $ref") }
        if node["additionalProperties"] == nil { fail(path, "must say additionalProperties") }
      }
      let words = (node["enum"]?.elements ?? []).map { Names.camel($0.text ?? "") }
      if Set(words).count != words.count { fail(path, "two words are the same name in a client") }
      for member in node["properties"]?.members ?? [] {
        name(member.name, "\(path).\(member.name)")
        schema(member.value, "\(path).\(member.name)", isComponent: false)
      }
      if let items = node["items"] { schema(items, path + "[]", isComponent: false) }
    }

    /// Each language spells a name in its own way, and must be able to go back.
    mutating func name(_ name: String, _ path: String) {
      let isPlain = name.utf8.allSatisfy {
        (0x30...0x39).contains($0) || (0x41...0x5A).contains($0) || (0x61...0x7A).contains($0)
      }
      if !isPlain || name.first?.isLowercase != true {
        fail(path, "a name is letters and digits, as in mailId")
      }
    }

    mutating func references(_ node: JSONNode, _ path: String) {
      for member in node.members ?? [] {
        if member.name == "$ref", let text = member.value.text {
          var target: JSONNode? = text.hasPrefix("#/") ? root : nil
          for step in text.dropFirst(2).split(separator: "/") { target = target?[String(step)] }
          if target == nil { fail(path, "\(text) leads nowhere") }
        }
        references(member.value, "\(path).\(member.name)")
      }
      for element in node.elements ?? [] { references(element, path + "[]") }
    }

    mutating func reasons() {
      let known = (root["components"]?["errors"]?.members ?? []).compactMap { $0.value["data"]?["status"] }
      for reason in root["x-reasons"]?.members ?? [] {
        let path = "x-reasons.\(reason.name)"
        members(reason.value, path, allowed: ["status", "description"], needed: ["status", "description"])
        if let status = reason.value["status"], !known.contains(status) { fail(path, "no such status") }
      }
    }

    mutating func unused() {
      let text = root.compact
      for schema in root["components"]?["schemas"]?.members ?? []
      where !text.contains("\"#/components/schemas/\(schema.name)\"") {
        fail("components.schemas.\(schema.name)", "is used nowhere")
      }
    }
  }
}

/// Names that the clients' hand-written parts have taken.
private enum ClientNames {
  /// Beside the parameters of a call, in one language or another.
  static let options: Set = [
    "timeout", "window", "cancel", "options", "idempotencyKey", "onProgress", "self", "ctx", "params",
    "answer",
  ]
  static let types: Set = [
    "Any", "Array", "Boolean", "Buffer", "Calls", "Caller", "CallOption", "CallOptions", "Cancel", "Client",
    "ClientOptions", "Error", "Literal", "Map", "Mapping", "Nothing", "Number", "Object", "Option",
    "Optional",
    "PostroomClient", "PostroomError", "PostroomStream", "Promise", "Reason", "Record", "Secret", "Sequence",
    "Services", "Set", "Signal", "Status", "Stream", "StreamOptions", "String", "Symbol", "Union", "Word",
  ]
  /// Of the types that are made of a method's params, and of a noun.
  static let endings = ["Params", "Calls"]
}

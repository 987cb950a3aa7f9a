/// Whether callers written against an older document get on with a newer one.
///
/// What a newer document may do: add methods, optional params at the end, members of results, reasons, and words of
/// enumerations that say `x-open`. The rules are in `protocol/README.md`, "Versions".
package enum Compatibility {
  /// Every breach, with its place; empty when there is none.
  package static func problems(old: JSONNode, new: JSONNode) -> [String] {
    var check = Check(old: old, new: new)
    check.methods()
    check.reasons()
    return check.problems
  }

  /// Who writes a value: what callers send may only become freer, what they get only stricter.
  enum Direction: Hashable { case sent, answered }

  struct Check {
    let old: JSONNode
    let new: JSONNode
    var problems: [String] = []
    /// Pairs of schemas that have been compared, or are being: schemas may refer to themselves.
    var seen = Set<String>()

    mutating func fail(_ path: String, _ reason: String) { problems.append("\(path): \(reason)") }

    // MARK: Methods

    mutating func methods() {
      let methods = new["methods"]?.elements ?? []
      for before in old["methods"]?.elements ?? [] {
        let name = before["name"]?.text ?? "?"
        guard let after = methods.first(where: { $0["name"] == before["name"] }) else {
          fail(name, "the method was removed or renamed")
          continue
        }
        method(before, after, name)
      }
    }

    mutating func method(_ before: JSONNode, _ after: JSONNode, _ name: String) {
      if before["x-scope"] != after["x-scope"] { fail(name, "needs another scope") }
      for promise in ["x-idempotent", "x-idempotencyKey"]
      where before[promise] == .bool(true) && after[promise] != .bool(true) {
        fail(name, "\(promise) is true no more")
      }
      if before["x-resume"] != nil, before["x-resume"] != after["x-resume"] {
        fail(name, "a stream goes on in another way")
      }
      switch (before["x-stream"], after["x-stream"]) {
      case (nil, nil): schema(before["result"]?["schema"], after["result"]?["schema"], .answered, name)
      case (let stream?, let now?): schema(stream, now, .answered, name + " value")
      case (nil, _?): fail(name, "was a call and is a stream")
      case (_?, nil): fail(name, "was a stream and is a call")
      }
      switch (before["x-clientStream"], after["x-clientStream"]) {
      case (nil, nil): break
      case (let stream?, let now?): schema(stream, now, .sent, name + " value")
      case (nil, _?), (_?, nil): fail(name, "takes a stream of values now, or takes none any more")
      }
      params(before, after, name)
      let reasons = after["x-reasons"]?.elements ?? []
      for reason in before["x-reasons"]?.elements ?? [] where !reasons.contains(reason) {
        fail(name, "the reason \(reason.text ?? "?") is named no more")
      }
    }

    mutating func params(_ before: JSONNode, _ after: JSONNode, _ name: String) {
      let earlier = before["params"]?.elements ?? []
      let later = after["params"]?.elements ?? []
      if before["paramStructure"] == .string("either") {
        if after["paramStructure"] != .string("either") { fail(name, "params come by position no more") }
        let kept = later.map { $0["name"] }.filter { name in earlier.contains { $0["name"] == name } }
        if kept != later.prefix(kept.count).map({ $0["name"] })
          || kept != earlier.map({ $0["name"] }).filter({ kept.contains($0) })
        {
          fail(name, "params stand in another order")
        }
      }
      for param in earlier {
        let path = "\(name).\(param["name"]?.text ?? "?")"
        guard let now = later.first(where: { $0["name"] == param["name"] }) else {
          fail(path, "the parameter was removed or renamed")
          continue
        }
        if param["required"] != .bool(true), now["required"] == .bool(true) { fail(path, "is required now") }
        if param["schema"]?["default"] != now["schema"]?["default"] { fail(path, "has another default") }
        schema(param["schema"], now["schema"], .sent, path)
      }
      for param in later where param["required"] == .bool(true) {
        if !earlier.contains(where: { $0["name"] == param["name"] }) {
          fail("\(name).\(param["name"]?.text ?? "?")", "a new parameter cannot be required")
        }
      }
    }

    mutating func reasons() {
      for reason in old["x-reasons"]?.members ?? [] {
        let path = "x-reasons.\(reason.name)"
        guard let now = new["x-reasons"]?[reason.name] else {
          fail(path, "the reason was removed or renamed")
          continue
        }
        if reason.value["status"] != now["status"] { fail(path, "has another status") }
      }
      for error in old["components"]?["errors"]?.members ?? [] {
        let now = new["components"]?["errors"]?[error.name]
        if now?["code"] != error.value["code"] || now?["data"] != error.value["data"] {
          fail("components.errors.\(error.name)", "was removed, or has another code or status")
        }
      }
    }
  }

  // MARK: Versions

  /// The document of `versions` that `version` must be compatible with: the newest of its major version, below 1.0
  /// of its minor version.
  package static func baseline(of version: DocumentVersion, in versions: [DocumentVersion])
    -> DocumentVersion?
  {
    versions.filter { $0.line == version.line }.max()
  }
}

/// `major.minor.patch`
package struct DocumentVersion: Comparable, Hashable, CustomStringConvertible {
  package var major: Int
  package var minor: Int
  package var patch: Int

  package init?(_ text: String) {
    let parts = text.split(separator: ".", omittingEmptySubsequences: false).map { Int($0) }
    guard parts.count == 3, let major = parts[0], let minor = parts[1], let patch = parts[2],
      text == "\(major).\(minor).\(patch)", min(major, minor, patch) >= 0
    else { return nil }
    (self.major, self.minor, self.patch) = (major, minor, patch)
  }

  /// What an incompatible change must leave.
  var line: [Int] { major == 0 ? [0, minor] : [major] }

  package var description: String { "\(major).\(minor).\(patch)" }

  package static func < (a: Self, b: Self) -> Bool {
    (a.major, a.minor, a.patch) < (b.major, b.minor, b.patch)
  }
}

/// Comparing types.
extension Compatibility.Check {
  mutating func schema(
    _ before: JSONNode?, _ after: JSONNode?, _ direction: Compatibility.Direction, _ path: String
  ) {
    guard let before, let after else { return fail(path, "the type was removed") }
    let (earlierName, earlier) = Self.resolved(before, in: old)
    let (laterName, later) = Self.resolved(after, in: new)
    let path = earlierName ?? path
    if let earlierName, let laterName,
      !seen.insert("\(earlierName) \(laterName) \(direction)").inserted
    {
      return
    }
    for rule in ["type", "format", "pattern", "contentEncoding"] where earlier[rule] != later[rule] {
      return fail(path, "is of another type")
    }
    bounds(earlier, later, direction, path)
    if earlier["enum"] != nil || later["enum"] != nil { words(earlier, later, direction, path) }
    if earlier["properties"] != nil || later["properties"] != nil {
      members(earlier, later, direction, path)
    } else if earlier["additionalProperties"] != later["additionalProperties"] {
      fail(path, "is of another type")
    }
    if let items = earlier["items"] { schema(items, later["items"], direction, path + "[]") }
  }

  private static func resolved(_ node: JSONNode, in root: JSONNode) -> (String?, JSONNode) {
    guard let reference = node["$ref"]?.text else { return (nil, node) }
    let name = reference.split(separator: "/").last.map(String.init) ?? ""
    return (name, root["components"]?["schemas"]?[name] ?? .null)
  }

  private mutating func bounds(
    _ before: JSONNode, _ after: JSONNode, _ direction: Compatibility.Direction, _ path: String
  ) {
    for (name, isLower) in [
      ("minimum", true), ("minLength", true), ("minItems", true), ("maximum", false), ("maxLength", false),
      ("maxItems", false),
    ] {
      // Without a bound, none is reached.
      let none = isLower ? Int.min : Int.max
      let (earlier, later) = (before[name]?.whole ?? none, after[name]?.whole ?? none)
      let isTighter = isLower ? later > earlier : later < earlier
      let isLooser = isLower ? later < earlier : later > earlier
      switch direction {
      case .sent where isTighter: fail(path, "\(name) refuses what was allowed")
      case .answered where isLooser: fail(path, "\(name) lets through what was not answered before")
      case .sent, .answered: break
      }
    }
  }

  private mutating func words(
    _ before: JSONNode, _ after: JSONNode, _ direction: Compatibility.Direction, _ path: String
  ) {
    guard let earlier = before["enum"]?.elements, let later = after["enum"]?.elements else {
      return fail(path, "is of another type")
    }
    switch direction {
    case .sent:
      for word in earlier where !later.contains(word) { fail(path, "\(word.compact) is not taken any more") }
    case .answered:
      if before["x-open"] == .bool(true) {
        if after["x-open"] != .bool(true) { fail(path, "is open no more") }
        return
      }
      for word in later where !earlier.contains(word) {
        fail(path, "\(word.compact) is new, and the set not open")
      }
    }
  }

  private mutating func members(
    _ before: JSONNode, _ after: JSONNode, _ direction: Compatibility.Direction, _ path: String
  ) {
    let needed = before["required"]?.elements ?? []
    let neededNow = after["required"]?.elements ?? []
    for member in before["properties"]?.members ?? [] {
      let place = "\(path).\(member.name)"
      guard let now = after["properties"]?[member.name] else {
        fail(place, "the member was removed or renamed")
        continue
      }
      let (was, isNow) = (needed.contains(.string(member.name)), neededNow.contains(.string(member.name)))
      if direction == .answered, was, !isNow { fail(place, "may be absent now") }
      if direction == .sent, !was, isNow { fail(place, "is required now") }
      schema(member.value, now, direction, place)
    }
    guard direction == .sent else { return }
    for name in neededNow {
      if let name = name.text, before["properties"]?[name] == nil {
        fail("\(path).\(name)", "a new member cannot be required")
      }
    }
  }
}

extension APIDocument {
  /// The schemas behind `name`, itself included, references followed.
  package func reachable(from names: [String]) -> Set<String> {
    var seen = Set<String>()
    var open = names
    while let name = open.popLast() {
      guard seen.insert(name).inserted, let schema = schema(name) else { continue }
      switch schema.kind {
      case .object(let members): open += members.flatMap { references(in: $0.shape) }
      case .plain(let shape): open += references(in: shape)
      case .enumeration, .map, .any: break
      }
    }
    return seen
  }

  /// Schemas that callers send in.
  package var sent: Set<String> {
    let methods = services.flatMap(\.methods)
    let params = methods.flatMap(\.params).flatMap { references(in: $0.shape) }
    return reachable(from: params + methods.compactMap(\.clientStream))
  }

  /// Schemas that the server answers with or streams.
  package var answered: Set<String> {
    reachable(from: services.flatMap(\.methods).flatMap(\.values))
  }

  /// The schemas that need a type, in the document's order, by the noun whose methods alone use them;
  /// nil for those that several nouns use.
  package func types(of noun: String?) -> [APISchema] {
    var users = [String: Set<String>]()
    for service in services {
      let roots = service.methods.flatMap { method in
        method.params.flatMap { references(in: $0.shape) } + method.values
          + (method.clientStream.map { [$0] } ?? [])
      }
      for name in reachable(from: roots) { users[name, default: []].insert(service.noun) }
    }
    return schemas.filter { schema in
      guard let nouns = users[schema.name] else { return false }
      switch schema.kind {
      case .object, .enumeration: return nouns.count == 1 ? nouns.first == noun : noun == nil
      case .map, .plain, .any: return false
      }
    }
  }

  private func references(in shape: Shape) -> [String] {
    switch shape {
    case .reference(let name): [name]
    case .array(let element, _): references(in: element)
    case .string, .integer, .number, .boolean, .octets, .any: []
    }
  }

  /// `shape` with references to plain schemas replaced by what they stand for.
  package func resolved(_ shape: Shape) -> Shape {
    switch shape {
    case .reference(let name):
      if case .plain(let inner)? = schema(name)?.kind { resolved(inner) } else { shape }
    case .array(let element, let count): .array(resolved(element), count: count)
    case .string, .integer, .number, .boolean, .octets, .any: shape
    }
  }
}

import Foundation
import Testing

/// The script that every client must play through leaves no method out.
@Suite struct ConformanceTests {
  private static func json(_ path: String) throws -> Any {
    try JSONSerialization.jsonObject(
      with: Data(contentsOf: ImportTableTests.root.appending(path: "protocol/\(path)")))
  }

  /// Every name that a step calls, opens, or writes into a batch.
  private static func methods(in value: Any) -> Set<String> {
    if let list = value as? [Any] { return list.reduce(into: []) { $0.formUnion(methods(in: $1)) } }
    guard let object = value as? [String: Any] else { return [] }
    return object.reduce(into: []) { names, member in
      if ["call", "open", "method"].contains(member.key), let name = member.value as? String {
        names.insert(name)
      } else if member.key == "sent" {
        // What is only seen on the wire is no step, but for what clients send of themselves.
        names.formUnion(methods(in: member.value).intersection(["rpc.cancel", "rpc.credit"]))
      } else {
        names.formUnion(methods(in: member.value))
      }
    }
  }

  @Test func `every method of the document has a step in the session`() throws {
    let document = try #require(try Self.json("openrpc.json") as? [String: Any])
    let names = try #require(document["methods"] as? [[String: Any]]).compactMap { $0["name"] as? String }
    #expect(names.count > 60)
    let played = Self.methods(in: try Self.json("conformance/session.json"))
    #expect(names.filter { !played.contains($0) }.sorted() == [])
  }
}

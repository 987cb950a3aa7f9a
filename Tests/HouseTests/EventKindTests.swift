import Foundation
import Testing

/// Every kind of event is in the code, in the document and in events.md.
@Suite struct EventKindTests {
  private static func text(_ path: String) throws -> String {
    try String(contentsOf: ImportTableTests.root.appending(path: path), encoding: .utf8)
  }

  private static func document() throws -> [String: Any] {
    let json = try JSONSerialization.jsonObject(with: Data(text("protocol/openrpc.json").utf8))
    let components = try #require((json as? [String: Any])?["components"] as? [String: Any])
    return try #require(components["schemas"] as? [String: Any])
  }

  /// Rows of the table: kind, ids and facts.
  private static func rows() throws -> [(kind: String, ids: String, facts: String)] {
    try text("protocol/events.md").split(separator: "\n").compactMap { line in
      let cells = line.split(separator: "|", omittingEmptySubsequences: false)
        .map { $0.trimmingCharacters(in: .whitespaces) }
      guard cells.count == 6, let match = cells[1].wholeMatch(of: /`([a-z]+\.[a-zA-Z]+)`/) else { return nil }
      return (String(match.1), cells[3], cells[4])
    }
  }

  @Test func `kinds in the code, in openrpc.json and in events.md are the same`() throws {
    let model = try Self.text("Sources/MailStore/Model.swift")
    let body = try #require(
      model.components(separatedBy: "enum EventType").last?.components(separatedBy: "\n}").first)
    let inCode = body.matches(of: /case \w+ = "([^"]+)"/).map { String($0.1) }
    let schema = try #require(try Self.document()["EventType"] as? [String: Any])
    let inDocument = try #require(schema["enum"] as? [String])
    let told = try Self.rows().map(\.kind)
    #expect(inCode.count > 17 && inCode == inDocument)
    #expect(told == inDocument)
  }

  @Test func `ids and types that events-md names are those of the document`() throws {
    let schemas = try Self.document()
    let event = try #require(schemas["Event"] as? [String: Any])
    let members = try #require(event["properties"] as? [String: Any]).keys
    for row in try Self.rows() {
      for id in row.ids.matches(of: /`(\w+)`/) {
        #expect(members.contains(String(id.1)), "\(row.kind): \(id.1)")
      }
      for type in row.facts.matches(of: /\(([A-Z][A-Za-z]+)/) where type.1 != "RFC" {
        #expect(schemas[String(type.1)] != nil, "\(row.kind): \(type.1)")
      }
    }
  }
}

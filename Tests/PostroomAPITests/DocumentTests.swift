import Foundation
import JSON
import JSONRPC
import PostroomAPI
import Testing

@Suite struct DocumentTests {
  @Test(arguments: DocumentExample.all)
  func `every example goes through its type and comes out equal`(_ example: DocumentExample) throws {
    let bytes = Array(example.json.utf8)
    #expect(
      try Self.sorted(JSONValue(parsing: example.again(bytes))) == Self.sorted(JSONValue(parsing: bytes)))
  }

  /// Without what does not matter: the order of members.
  private static func sorted(_ value: JSONValue) -> JSONValue {
    switch value {
    case .array(let elements): .array(elements.map(sorted))
    case .object(let members):
      .object(members.map { .init($0.name, sorted($0.value)) }.sorted { $0.name < $1.name })
    default: value
    }
  }

  @Test func `the document in the target is the one in the repository`() throws {
    let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
    let file = try Data(contentsOf: root.appendingPathComponent("protocol/openrpc.json"))
    #expect(try JSONValue(parsing: APIDocument.json) == JSONValue(parsing: Array(file)))
  }

  @Test func `the table has the document's methods with their scopes`() throws {
    let document = try JSONValue(parsing: APIDocument.json)
    let described = try #require(document["methods"]?.array).filter { $0["x-builtin"]?.bool != true }
    let table = MethodTable(FakeServices.all.methods)
    #expect(table.methods.map(\.name) == described.compactMap { $0["name"]?.string })
    #expect(table.methods.map(\.scope) == described.map { $0["x-scope"]?.string })
    #expect(table.methods.map(\.idempotent) == described.map { $0["x-idempotent"]?.bool ?? false })
  }

  @Test func `every reason has the status of the document`() throws {
    let document = try JSONValue(parsing: APIDocument.json)
    let described = try #require(document["x-reasons"]?.object)
    #expect(described.map(\.name) == APIReason.allCases.map(\.rawValue))
    #expect(described.map { $0.value["status"]?.string } == APIReason.allCases.map(\.status.rawValue))
    let error = RPCError(.mailboxUnknown, message: "no mb9", details: ["id": "mb9"])
    #expect(
      error == RPCError(.notFound, reason: "mailbox.unknown", message: "no mb9", details: ["id": "mb9"]))
  }

  @Test func `what the RPC layer makes by itself stands in the document`() throws {
    let document = try JSONValue(parsing: APIDocument.json)
    let codes = try #require(document["components"]?["errors"]?.object).compactMap { $0.value["code"]?.int }
    let own: [Int64] = [-32700, -32600, -32601]
    let errors: [RPCError] = [
      .cancelled, .deadlineExceeded, .unauthenticated, .badToken, .goingAway, .connectionLost,
      .scopeMissing("read"), .internalError(), .methodNotFound("a.b"), .invalidRequest("x"),
      .parse(.syntax(offset: 0, reason: "x")), .parse(.depth(offset: 0, limit: 1)),
      .parse(.duplicateName(offset: 0)), RPCError(.missing("a")), RPCError(.unknown("a")),
      RPCError(.wrongType("a", expected: "b")), RPCError(.range("a", expected: "b")),
      RPCError(.tooLong(octets: 2, limit: 1)), .limit("message", limit: 1, actual: 2),
      .limit("streamMessage", limit: 1, actual: 2), .limit("batch", limit: 1, actual: 2),
      .limit("callsInFlight", limit: 1, actual: 2), .limit("messageSeconds", limit: 1, actual: 2),
    ]
    for error in errors {
      let reason = try #require(error.reason.flatMap(APIReason.init(rawValue:)), "\(error)")
      #expect(reason.status.rawValue == error.status)
      #expect(codes.contains(Int64(error.code)) || own.contains(Int64(error.code)))
    }
  }
}

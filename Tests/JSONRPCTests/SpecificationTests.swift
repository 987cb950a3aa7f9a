import JSON
import JSONRPC
import Synchronization
import Testing

/// The examples of the JSON-RPC 2.0 specification (§7), in every framing.
@Suite(.timeLimit(.minutes(1))) struct SpecificationTests {
  struct Row: Sendable, CustomTestStringConvertible {
    let sent: String
    /// nil: nothing is answered. Errors are compared without `data`.
    let answered: String?
    var testDescription: String { sent }
  }

  static let parseError =
    "{\"jsonrpc\":\"2.0\",\"error\":{\"code\":-32700,\"message\":\"Parse error\"},\"id\":null}"
  static let invalid =
    "{\"jsonrpc\":\"2.0\",\"error\":{\"code\":-32600,\"message\":\"Invalid Request\"},\"id\":null}"

  static let rows: [Row] = [
    Row(
      sent: "{\"jsonrpc\": \"2.0\", \"method\": \"subtract\", \"params\": [42, 23], \"id\": 1}",
      answered: "{\"jsonrpc\":\"2.0\",\"result\":19,\"id\":1}"),
    Row(
      sent: "{\"jsonrpc\": \"2.0\", \"method\": \"subtract\", \"params\": [23, 42], \"id\": 2}",
      answered: "{\"jsonrpc\":\"2.0\",\"result\":-19,\"id\":2}"),
    Row(
      sent:
        "{\"jsonrpc\": \"2.0\", \"method\": \"subtract\", \"params\": {\"subtrahend\": 23, \"minuend\": 42}, \"id\": 3}",
      answered: "{\"jsonrpc\":\"2.0\",\"result\":19,\"id\":3}"),
    Row(
      sent:
        "{\"jsonrpc\": \"2.0\", \"method\": \"subtract\", \"params\": {\"minuend\": 42, \"subtrahend\": 23}, \"id\": 4}",
      answered: "{\"jsonrpc\":\"2.0\",\"result\":19,\"id\":4}"),
    Row(sent: "{\"jsonrpc\": \"2.0\", \"method\": \"update\", \"params\": [1,2,3,4,5]}", answered: nil),
    Row(sent: "{\"jsonrpc\": \"2.0\", \"method\": \"foobar\"}", answered: nil),
    Row(
      sent: "{\"jsonrpc\": \"2.0\", \"method\": \"foobar\", \"id\": \"1\"}",
      answered:
        "{\"jsonrpc\":\"2.0\",\"error\":{\"code\":-32601,\"message\":\"Method not found\"},\"id\":\"1\"}"),
    Row(
      sent: "{\"jsonrpc\": \"2.0\", \"method\": \"foobar, \"params\": \"bar\", \"baz]", answered: parseError),
    Row(sent: "{\"jsonrpc\": \"2.0\", \"method\": 1, \"params\": \"bar\"}", answered: invalid),
    Row(
      sent:
        "[{\"jsonrpc\": \"2.0\", \"method\": \"sum\", \"params\": [1,2,4], \"id\": \"1\"}, {\"jsonrpc\": \"2.0\", \"method\"]",
      answered: parseError),
    Row(sent: "[]", answered: invalid),
    Row(sent: "[1]", answered: "[\(invalid)]"),
    Row(sent: "[1,2,3]", answered: "[\(invalid),\(invalid),\(invalid)]"),
    Row(
      sent: """
        [{"jsonrpc": "2.0", "method": "sum", "params": [1,2,4], "id": "1"},
        {"jsonrpc": "2.0", "method": "notify_hello", "params": [7]},
        {"jsonrpc": "2.0", "method": "subtract", "params": [42,23], "id": "2"},
        {"foo": "boo"},
        {"jsonrpc": "2.0", "method": "foo.get", "params": {"name": "myself"}, "id": "5"},
        {"jsonrpc": "2.0", "method": "get_data", "id": "9"}]
        """,
      answered: """
        [{"jsonrpc":"2.0","result":7,"id":"1"},{"jsonrpc":"2.0","result":19,"id":"2"},\(invalid),\
        {"jsonrpc":"2.0","error":{"code":-32601,"message":"Method not found"},"id":"5"},\
        {"jsonrpc":"2.0","result":["hello",5],"id":"9"}]
        """),
    Row(
      sent: """
        [{"jsonrpc": "2.0", "method": "notify_sum", "params": [1,2,4]},
        {"jsonrpc": "2.0", "method": "notify_hello", "params": [7]}]
        """, answered: nil),
    // Beyond the specification's own examples.
    Row(
      sent: "{\"jsonrpc\":\"2.0\",\"method\":\"get_data\",\"id\":null}",
      answered: "{\"jsonrpc\":\"2.0\",\"result\":[\"hello\",5],\"id\":null}"),
    Row(
      sent: "{\"jsonrpc\":\"2.0\",\"method\":\"get_data\",\"id\":-1.50e1}",
      answered: "{\"jsonrpc\":\"2.0\",\"result\":[\"hello\",5],\"id\":-1.50e1}"),
    Row(
      sent: "{\"jsonrpc\":\"2.0\",\"method\":\"get_\\u0064ata\",\"id\":\"\\u0061\\/\"}",
      answered: "{\"jsonrpc\":\"2.0\",\"result\":[\"hello\",5],\"id\":\"\\u0061\\/\"}"),
    Row(
      sent: "{\"json\\u0072pc\":\"2.0\",\"m\\u0065thod\":\"get_data\",\"\\u0069d\":1}",
      answered: "{\"jsonrpc\":\"2.0\",\"result\":[\"hello\",5],\"id\":1}"),
    Row(sent: "{\"jsonrpc\":\"2.0\",\"method\":\"get_data\",\"id\":[1]}", answered: invalid),
    Row(sent: "{\"jsonrpc\":\"2.0\",\"method\":\"get_data\",\"id\":true}", answered: invalid),
    Row(
      sent: "{\"jsonrpc\":\"1.0\",\"method\":\"get_data\",\"id\":7}",
      answered: "{\"jsonrpc\":\"2.0\",\"error\":{\"code\":-32600,\"message\":\"Invalid Request\"},\"id\":7}"),
    Row(sent: "{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":5}", answered: nil),
    Row(sent: "{\"jsonrpc\":\"2.0\",\"id\":1,\"error\":{\"code\":1,\"message\":\"x\"}}", answered: nil),
    Row(sent: "{\"jsonrpc\":\"2.0\",\"method\":\"get_data\",\"id\":1,\"id\":2}", answered: parseError),
    Row(
      sent: "{\"jsonrpc\":\"2.0\",\"method\":\"rpc.discover\",\"id\":1}",
      answered: "{\"jsonrpc\":\"2.0\",\"result\":\(discoverDocument),\"id\":1}"),
  ]

  /// The answer with its members in one order, and errors without `data`; raw ids are kept.
  static func plain(_ text: String) throws -> JSONValue {
    func order(_ value: JSONValue) -> JSONValue {
      switch value {
      case .array(let elements): return .array(elements.map(order))
      case .object(let members):
        return .object(
          members.filter { $0.name != "data" }.map { JSONValue.Member($0.name, order($0.value)) }
            .sorted { $0.name < $1.name })
      default: return value
      }
    }
    return order(try JSONValue(parsing: text))
  }

  @Test(arguments: TestFraming.everyWay, rows)
  func `the specification's examples are answered as written`(_ framing: TestFraming, _ row: Row) async throws
  {
    try await withServer { client, _, _ async throws in
      try await client.begin(framing)
      // The next call's answer shows that a notification had none.
      let last = "{\"jsonrpc\":\"2.0\",\"method\":\"subtract\",\"params\":[9,8],\"id\":\"last\"}"
      try await client.send(framing.frame(row.sent))
      if let expected = row.answered {
        let answer = try #require(try await client.message(framing))
        #expect(try Self.plain(answer) == Self.plain(expected))
      } else if framing == .http {
        #expect(try await client.response()?.status == 204)
      }
      try await client.send(framing.frame(last))
      let end = try #require(try await client.message(framing))
      #expect(try JSONValue(parsing: end) == ["jsonrpc": "2.0", "id": "last", "result": 1])
    }
  }

  @Test(arguments: TestFraming.everyWay)
  func `messages may be cut anywhere`(_ framing: TestFraming) async throws {
    let messages = [
      "{\"jsonrpc\":\"2.0\",\"method\":\"subtract\",\"params\":[42,23],\"id\":1}",
      "[{\"jsonrpc\":\"2.0\",\"method\":\"get_data\",\"id\":\"}\\\"\"},{\"jsonrpc\":\"2.0\",\"method\":\"sum\",\"params\":[1],\"id\":2}]",
      "{\"jsonrpc\":\"2.0\",\"method\":\"nope\",\"id\":3}",
    ]
    let bytes = messages.flatMap(framing.frame)
    var expected: [JSONValue] = []
    for cut in 0..<bytes.count {
      let answers = Answers()
      try await withServer { client, _, _ async throws in
        try await client.begin(framing)
        if cut > 0 { try await client.send(Array(bytes[..<cut])) }
        try await client.send(Array(bytes[cut...]))
        for _ in messages { answers.add(try #require(try await client.message(framing))) }
      }
      // A call may be overtaken by what is answered at once.
      let values = try answers.all.sorted().map { try JSONValue(parsing: $0) }
      if cut == 0 { expected = values }
      #expect(values == expected)
    }
    #expect(expected.count == 3 && expected[0][1]?["result"]?.int == 1 && expected[1]["result"]?.int == 19)
  }

  @Test(arguments: TestFraming.everyWay)
  func `messages may come octet by octet`(_ framing: TestFraming) async throws {
    try await withServer { client, _, _ async throws in
      try await client.begin(framing)
      for byte in framing.frame("{\"jsonrpc\":\"2.0\",\"method\":\"subtract\",\"params\":[42,23],\"id\":1}") {
        try await client.send([byte])
        await Task.yield()
      }
      let answer = try #require(try await client.message(framing))
      #expect(try JSONValue(parsing: answer)["result"]?.int == 19)
    }
  }
}

final class Answers: Sendable {
  private let texts = Mutex<[String]>([])
  func add(_ text: String) { texts.withLock { $0.append(text) } }
  var all: [String] { texts.withLock { $0 } }
}

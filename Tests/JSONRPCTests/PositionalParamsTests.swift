import JSON
import JSONRPC
import Testing

/// Params by position, in every framing.
@Suite(.timeLimit(.minutes(1))) struct PositionalParamsTests {
  struct Row: Sendable, CustomTestStringConvertible {
    /// `params` as JSON; empty for none.
    let sent: String
    /// The result as JSON, or the error's `data.reason`.
    let answered: String
    var method = "ordered"
    var testDescription: String { "\(method) \(sent)" }
  }

  static let rows: [Row] = [
    Row(
      sent: "[\"a\",2,[3,{\"x\":null}]]",
      answered: "{\"first\":\"a\",\"second\":2,\"third\":[3,{\"x\":null}]}"),
    Row(sent: "[ \"a\" , 2 ]", answered: "{\"first\":\"a\",\"second\":2}"),
    Row(sent: "[\"a\"]", answered: "{\"first\":\"a\"}"),
    Row(sent: "[]", answered: "{}"),
    Row(sent: "[null,null,3]", answered: "{\"first\":null,\"second\":null,\"third\":3}"),
    Row(
      sent: "[\"q\\\"\\u0041\",{},true]",
      answered: "{\"first\":\"q\\\"\\u0041\",\"second\":{},\"third\":true}"),
    Row(sent: "[1,2,3,4]", answered: "params.range"),
    Row(sent: "[1,2,3,4,5]", answered: "params.range"),
    Row(sent: "{\"first\":1,\"other\":2}", answered: "{\"first\":1,\"other\":2}"),
    Row(sent: "", answered: "{}"),
    // A method that answers inline, and one that has no order and gets what came.
    Row(sent: "[7]", answered: "{\"first\":7}", method: "ordered.inline"),
    Row(sent: "[7,8]", answered: "params.range", method: "ordered.inline"),
    Row(sent: "[42,23]", answered: "19", method: "subtract"),
    // The scope is looked at first.
    Row(sent: "[1,2]", answered: "session.required", method: "ordered.scoped"),
    // The server's own.
    Row(sent: "[]", answered: discoverDocument, method: "rpc.discover"),
    Row(sent: "[1]", answered: "params.range", method: "rpc.discover"),
  ]

  static let methods: [Method] = [
    Method(
      name: "ordered", scope: nil, idempotent: true, parameters: ["first", "second", "third"],
      handler: .call { params, _ in params }),
    Method(
      name: "ordered.inline", scope: nil, idempotent: true, parameters: ["first"],
      handler: .inline { reader, writer, _ throws(RPCError) in
        do throws(JSONError) { writer.raw(try reader.raw()) } catch { throw RPCError(error) }
      }),
    Method(
      name: "ordered.scoped", scope: "admin", idempotent: true, parameters: ["first"],
      handler: .inline { _, writer, _ in writer.bool(true) }),
    Method(
      name: "ordered.stream", scope: nil, idempotent: true, parameters: ["first", "second"],
      handler: .stream { params, _, sink throws(RPCError) in try await sink.send(params) }),
  ]

  private func request(_ row: Row, _ id: Int) -> String {
    let params = row.sent.isEmpty ? "" : ",\"params\":\(row.sent)"
    return "{\"jsonrpc\":\"2.0\",\"id\":\(id),\"method\":\"\(row.method)\"\(params)}"
  }

  private func check(_ row: Row, _ answer: JSONValue?, _ id: Int) throws {
    #expect(answer?["id"]?.int == Int64(id))
    if row.answered.first.map({ "{\"0123456789".contains($0) }) == true {
      #expect(answer?["result"] == (try JSONValue(parsing: row.answered)))
    } else {
      #expect(answer?["error"]?["data"]?["reason"]?.string == row.answered)
    }
  }

  @Test(arguments: TestFraming.allCases)
  func `an array becomes an object of the method's names`(framing: TestFraming) async throws {
    try await withServer(methods: Self.methods) { client, _, _ in
      for (id, row) in Self.rows.enumerated() {
        try await client.send(framing.frame(request(row, id)))
        let answer = try await client.message(framing)
        try check(row, try answer.map { try JSONValue(parsing: $0) }, id)
      }
    }
  }

  @Test func `a batch and many at once are answered the same`() async throws {
    try await withServer(methods: Self.methods) { client, _, _ in
      let requests = Self.rows.enumerated().map { request($0.element, $0.offset) }
      try await client.send("[" + requests.joined(separator: ",") + "]\n")
      let whole = try await client.value()
      guard case .array(let batch)? = whole else {
        Issue.record("no array of answers")
        return
      }
      #expect(batch.count == Self.rows.count)
      var rest = batch
      try await client.send(requests.joined(separator: "\n") + "\n")
      for _ in Self.rows { rest.append(try #require(try await client.value())) }
      for answer in rest {
        let id = Int(try #require(answer["id"]?.int))
        try check(Self.rows[id], answer, id)
      }
    }
  }

  @Test func `the error says how many values came and how many may`() async throws {
    try await withServer(methods: Self.methods) { client, _, _ in
      let answer = try await client.ask(request(Row(sent: "[1,2,3,4]", answered: ""), 1))
      let error = answer?["error"]
      #expect(error?["code"]?.int == -32602)
      #expect(error?["data"]?["details"]?["limit"]?.int == 3)
      #expect(error?["data"]?["details"]?["actual"]?.int == 4)
      #expect(error?["message"]?.string?.contains("4 values by position") == true)
    }
  }

  @Test func `sessions, pings, streams, credit and cancel take arrays too`() async throws {
    try await withServer(methods: Self.methods) { client, _, _ in
      let opened = try await client.ask(#"{"jsonrpc":"2.0","id":1,"method":"session.open","params":["all"]}"#)
      #expect(opened?["result"]?["tenantId"]?.string == "t1")
      let pong = try await client.ask(#"{"jsonrpc":"2.0","id":2,"method":"rpc.ping","params":[[1]]}"#)
      #expect(pong?["result"] == (try JSONValue(parsing: #"{"data":[1]}"#)))
      let begun = try await client.ask(#"{"jsonrpc":"2.0","id":3,"method":"ordered.stream","params":[1,2]}"#)
      #expect(begun?["result"]?["subscription"]?.string == "s1")
      let value = try await client.value()
      #expect(value?["params"]?["value"] == (try JSONValue(parsing: #"{"first":1,"second":2}"#)))
      #expect(try await client.value()?["method"]?.string == "rpc.end")
      let endless = try await client.ask(
        #"{"jsonrpc":"2.0","id":4,"method":"endless","params":{"_meta":{"credit":0}}}"#)
      let name = try #require(endless?["result"]?["subscription"]?.string)
      try await client.send(#"{"jsonrpc":"2.0","method":"rpc.credit","params":["\#(name)",1]}"# + "\n")
      #expect(try await client.value()?["method"]?.string == "rpc.next")
      try await client.send(#"{"jsonrpc":"2.0","method":"rpc.cancel","params":[4]}"# + "\n")
      #expect(try await client.value()?["method"]?.string == "rpc.end")
    }
  }
}

import Bytes
import JSON
import JSONRPC
import Testing

/// Requests of JSON-RPC 1.0 as Go's net/rpc/jsonrpc writes them, and answers in their form.
@Suite(.timeLimit(.minutes(1))) struct Version1Tests {
  static let rows: [(request: String, answer: String?)] = [
    (
      #"{"method":"subtract","params":[{"minuend":42,"subtrahend":23}],"id":0}"#,
      #"{"id":0,"result":19,"error":null}"#
    ),
    (#"{"method":"subtract","params":[42,23],"id":"a"}"#, #"{"id":"a","result":19,"error":null}"#),
    (#"{"method":"sum","params":[1,2,4],"id":1}"#, #"{"id":1,"result":7,"error":null}"#),
    (#"{"method":"get_data","params":[],"id":9}"#, #"{"id":9,"result":["hello",5],"error":null}"#),
    (#"{"method":"get_data","params":[null],"id":9}"#, #"{"id":9,"result":["hello",5],"error":null}"#),
    (#"{"method":"get_data","params":[{}],"id":9}"#, #"{"id":9,"result":["hello",5],"error":null}"#),
    (
      #"{"method":"foo.bar","params":[{}],"id":2}"#,
      #"{"id":2,"result":null,"error":"method.unknown: Method not found"}"#
    ),
    (
      #"{"method":"whoami","params":[{}],"id":2}"#,
      #"{"id":2,"result":null,"error":"session.required: open a session with session.open (or send Authorization: Bearer) first"}"#
    ),
    (
      #"{"method":"count","params":[{"n":1}],"id":2}"#,
      #"{"id":2,"result":null,"error":"stream.version1: a stream needs JSON-RPC 2.0; add \"jsonrpc\":\"2.0\" to the call"}"#
    ),
    (
      #"{"method":"session.open","params":[{"token":"wrong"}],"id":3}"#,
      #"{"id":3,"result":null,"error":"token.invalid: the token or certificate is not known, was revoked, or has expired"}"#
    ),
    (
      #"{"method":"whoami","params":[{"_meta":{"authorization":"Bearer wrong"}}],"id":3}"#,
      #"{"id":3,"result":null,"error":"token.invalid: the token or certificate is not known, was revoked, or has expired"}"#
    ),
    (
      #"{"method":"whoami","params":[{"_meta":{"authorization":"Bearer read"}}],"id":3}"#,
      #"{"id":3,"result":"t2","error":null}"#
    ),
    // A notification, and what is of neither version.
    (#"{"method":"get_data","params":[],"id":null}"#, nil),
    (#"{"jsonrpc":"1.0","method":"get_data","params":[],"id":4}"#, "-32600"),
    (#"{"method":"get_data","params":{},"id":4}"#, "-32600"),
    (#"{"method":"get_data","params":[]}"#, "-32600"),
    (#"[{"method":"get_data","params":[],"id":4}]"#, "-32600"),
  ]

  @Test(arguments: rows.indices, TestFraming.allCases)
  func `a request is answered in its own form`(row: Int, framing: TestFraming) async throws {
    let (request, answer) = Self.rows[row]
    try await withServer { client, _, _ async throws in
      try await client.send(framing.frame(request))
      let isNotification = answer == nil
      if isNotification, framing != .http {
        try await client.send(framing.frame(#"{"method":"get_data","params":[],"id":"after"}"#))
      }
      let got = try #require(try await client.message(framing)).trimmingEnd
      switch answer {
      case nil: #expect(framing == .http ? got.isEmpty : got.contains("after"))
      case "-32600"?: #expect(got.contains("-32600") && got.contains("\"jsonrpc\":\"2.0\""))
      case let answer?:
        // Streams and sessions are not possible there in any version.
        let isRefused =
          framing == .http && (answer.contains("stream.version1") || request.contains("session.open"))
        #expect(isRefused ? got.contains("\"error\":\"http.unsupported: ") : got == answer)
      }
    }
  }

  @Test func `a session is opened and used, beside calls of version 2`() async throws {
    try await withServer { client, _, _ async throws in
      #expect(
        try await client.ask(#"{"method":"session.open","params":[{"token":"all"}],"id":1}"#)?["result"]?[
          "tenantId"]
          == "t1")
      #expect(try await client.ask(#"{"method":"whoami","params":[{}],"id":2}"#)?["result"] == "t1")
      #expect(
        try await client.ask(#"{"method":"rpc.ping","params":[{"data":7}],"id":3}"#)?["result"]?["data"] == 7)
      #expect(try await client.ask(#"{"jsonrpc":"2.0","method":"whoami","id":4}"#)?["jsonrpc"] == "2.0")
      #expect(try await client.ask(#"{"method":"sum","params":[5],"id":5}"#)?["error"] == .null)
    }
  }
}

extension String {
  fileprivate var trimmingEnd: String { last == "\n" ? String(dropLast()) : self }
}

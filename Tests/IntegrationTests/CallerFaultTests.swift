import Bytes
import Foundation
import Glibc
import PostroomClient
import Sockets
import Testing

/// Callers who send nonsense: each has a clear answer, and the server goes on.
@Suite(.timeLimit(.minutes(1))) struct CallerFaultTests {
  struct Case {
    let sent: String
    let code: Int
    let reason: String
    /// What `details.name` says, where the reason has it.
    var name: String?

    init(_ sent: String, _ code: Int, _ reason: String, name: String? = nil) {
      (self.sent, self.code, self.reason, self.name) = (sent, code, reason, name)
    }

    static func call(_ method: String, _ params: String, _ code: Int, _ reason: String, name: String? = nil)
      -> Case
    {
      Case(#"{"jsonrpc":"2.0","id":1,"method":"\#(method)","params":\#(params)}"#, code, reason, name: name)
    }
  }

  /// After these the connection goes on.
  static let cases: [Case] = [
    .call("mail.fetch", "{}", -32601, "method.unknown"),
    .call("", "{}", -32601, "method.unknown"),
    .call("mailbox.get", "{}", -32602, "params.missing", name: "mailboxId"),
    .call("mailbox.get", "[ ]", -32602, "params.missing", name: "mailboxId"),
    .call("mailbox.get", "[1]", -32602, "params.type", name: "mailboxId"),
    .call("mailbox.get", #"{"mailboxId":"mb1","colour":"red"}"#, -32602, "params.unknown", name: "colour"),
    .call("mailbox.get", #"{"mailboxId":7}"#, -32602, "params.type", name: "mailboxId"),
    .call("mailbox.get", #"{"mailboxId":"box 7"}"#, -32602, "params.range", name: "mailboxId"),
    .call("mail.list", #"{"limit":0}"#, -32602, "params.range", name: "limit"),
    .call("mail.list", #"{"limit":"many"}"#, -32602, "params.type", name: "limit"),
    .call("mailbox.get", #"{"mailboxId":"mb99"}"#, -32005, "mailbox.unknown"),
    .call(
      "mailbox.connect", #"{"email":"a@b.test","password":"x","imap":{},"smtp":{"host":"h"}}"#, -32602,
      "params.missing", name: "imap.host"),
    .call("purge.run", #"{"scope":{"kind":"everything"}}"#, -32602, "params.range", name: "scope.kind"),
    .call("session.open", #"{"token":"guessed"}"#, -32016, "token.invalid"),
    Case(#"{"jsonrpc":"1.0","id":1,"method":"rpc.ping"}"#, -32600, "request.invalid"),
    Case(#"{"id":1}"#, -32600, "request.invalid"),
    Case("[]", -32600, "request.invalid"),
  ]

  /// Behind these nothing can be read: one answer, then the end.
  static let last: [Case] = [
    Case(#"{"jsonrpc":"2.0","id":1,"method":}"#, -32700, "json.syntax"),
    Case(#"{"jsonrpc":"2.0","id":1,,"method":"rpc.ping"}"#, -32700, "json.syntax"),
    Case("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"a\u{1}b\"}", -32700, "json.syntax"),
    Case(String(repeating: "[", count: 100_000), -32700, "json.depth"),
  ]

  @Test func `malformed messages, unknown methods and wrong parameters are answered by name`() async throws {
    try await withStage { stage in
      let server = try await stage.bare("data")
      let wire = try await Wire(unix: server.unixPath)
      for each in Self.cases {
        try await wire.send(each.sent)
        Self.check(try await wire.answer(), each)
      }
      try await wire.send(#"{"jsonrpc":"2.0","id":2,"method":"rpc.ping","params":{"data":"well"}}"#)
      #expect((try await wire.answer()["result"] as? [String: Any])?["data"] as? String == "well")
      wire.close()
      for each in Self.last {
        let other = try await Wire(unix: server.unixPath)
        try await other.send(each.sent)
        Self.check(try await other.answer(), each)
        other.close()
      }
      // Over TCP nobody is known before session.open.
      let stranger = try await Wire(tcp: server.tcp)
      try await stranger.send(#"{"jsonrpc":"2.0","id":1,"method":"mailbox.list","params":{}}"#)
      Self.check(try await stranger.answer(), Case("mailbox.list", -32016, "session.required"))
      stranger.close()
      let client = try await server.client()
      #expect(try await client.mailbox.list().mailboxes.isEmpty)
      #expect(try await client.server.stats().protocolErrors >= Int64(Self.last.count))
      await client.close()
    }
  }

  private static func check(_ answer: [String: Any], _ each: Case) {
    let error = answer["error"] as? [String: Any]
    let data = error?["data"] as? [String: Any]
    #expect(error?["code"] as? Int == each.code, "\(each.sent.prefix(120)): \(answer)")
    #expect(data?["reason"] as? String == each.reason, "\(each.sent.prefix(120)): \(answer)")
    if let name = each.name {
      #expect(
        (data?["details"] as? [String: Any])?["name"] as? String == name,
        "\(each.sent.prefix(120)): \(answer)")
      #expect((error?["message"] as? String)?.contains(name) == true, "\(answer)")
    }
    #expect((error?["message"] as? String)?.isEmpty == false)
  }
}

/// A connection that sends lines as they are.
final class Wire {
  private let stream: any ByteStream
  private var buffer = ByteBuffer()

  init(_ stream: any ByteStream) { self.stream = stream }

  init(unix path: String) async throws {
    stream = try await Dialer.connect(.unix(path: path), deadline: .after(seconds: 10))
  }

  init(tcp address: String) async throws {
    let parts = address.split(separator: ":")
    guard parts.count == 2, let port = UInt16(parts[1]) else { throw Failed("no address: \(address)") }
    stream = try await Dialer.connect(.tcp(host: String(parts[0]), port: port), deadline: .after(seconds: 10))
  }

  func send(_ line: String) async throws {
    try await stream.write(line + "\n", deadline: .after(seconds: 10))
  }

  /// The next line as an object.
  func answer() async throws -> [String: Any] {
    while true {
      if let end = buffer.firstIndex(of: 0x0A) { return try Self.object(buffer.read(end + 1)) }
      if try await stream.read(into: &buffer, atMost: 1 << 16, deadline: .after(seconds: 10)) == 0 {
        throw Failed(
          "the server ended the connection; it said: \(String(decoding: buffer.bytes, as: UTF8.self))")
      }
    }
  }

  private static func object(_ line: [UInt8]) throws -> [String: Any] {
    guard let object = try JSONSerialization.jsonObject(with: Data(line)) as? [String: Any] else {
      throw Failed("not an object: \(String(decoding: line, as: UTF8.self))")
    }
    return object
  }

  func close() { stream.close() }
}

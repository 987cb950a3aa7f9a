import Bytes
import Compression
import JSON
import JSONRPC
import Testing

@testable import struct JSONRPC.WebSocketHandshake

@Suite(.timeLimit(.minutes(1))) struct WebSocketTests {
  static let key = "dGhlIHNhbXBsZSBub25jZQ=="

  static func upgrade(_ fields: String = "", without: String = "") -> String {
    let usual = [
      "Host: localhost", "Connection: keep-alive, Upgrade", "Upgrade: websocket", "Sec-WebSocket-Version: 13",
      "Sec-WebSocket-Key: \(key)",
    ].filter { without.isEmpty || !$0.hasPrefix(without) }
    return "GET /rpc HTTP/1.1\r\n" + usual.joined(separator: "\r\n") + "\r\n" + fields + "\r\n"
  }

  /// A frame as clients send it.
  static func frame(
    _ payload: [UInt8], opcode: UInt8 = 1, final: Bool = true, reserved: UInt8 = 0, masked: Bool = true
  ) -> [UInt8] {
    var out = [(final ? 0x80 : 0) | reserved << 4 | opcode]
    let bit: UInt8 = masked ? 0x80 : 0
    switch payload.count {
    case ..<126: out.append(bit | UInt8(payload.count))
    case ..<65_536: out += [bit | 126, UInt8(payload.count >> 8), UInt8(payload.count & 0xFF)]
    default: out += [bit | 127] + (0..<8).map { UInt8(truncatingIfNeeded: payload.count >> (56 - 8 * $0)) }
    }
    guard masked else { return out + payload }
    let mask: [UInt8] = [0xA1, 0x02, 0x7F, 0x33]
    return out + mask + payload.enumerated().map { $1 ^ mask[$0 % 4] }
  }

  static func frame(_ text: String, final: Bool = true) -> [UInt8] { frame([UInt8](text.utf8), final: final) }

  struct Received: Equatable {
    var opcode: UInt8
    var payload: [UInt8]
    var isCompressed = false
    var text: String { String(decoding: payload, as: UTF8.self) }
    var closeCode: Int? { opcode == 8 && payload.count >= 2 ? Int(payload[0]) << 8 | Int(payload[1]) : nil }
  }

  /// The server's next frame; nil at the end of the connection.
  static func receive(_ client: TestClient) async throws -> Received? {
    guard let head = try await client.octets(2) else { return nil }
    #expect(head[0] & 0x80 != 0 && head[1] & 0x80 == 0, "whole and not masked")
    var length = Int(head[1] & 0x7F)
    if length >= 126 {
      let long = try #require(try await client.octets(length == 126 ? 2 : 8))
      length = long.reduce(0) { $0 << 8 | Int($1) }
    }
    let payload = length == 0 ? [] : try #require(try await client.octets(length))
    return Received(opcode: head[0] & 0x0F, payload: payload, isCompressed: head[0] & 0x40 != 0)
  }

  static let call = "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"get_data\"}"
  static let answer = "{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":[\"hello\",5]}"

  /// Runs `body` on a connection that has become a WebSocket.
  private func open(
    _ fields: String = "", limits: RPCLimits = RPCLimits(),
    _ body: @escaping @Sendable (TestClient, RPCServer, Tally) async throws -> Void
  ) async throws {
    try await withServer(limits: limits) { client, server, tally async throws in
      try await client.send(Self.upgrade(fields))
      let response = try #require(try await client.response())
      #expect(response.status == 101)
      try await body(client, server, tally)
    }
  }

  // MARK: The handshake

  @Test func `the accept value is that of RFC 6455`() {
    #expect(WebSocketHandshake.accept(Self.key) == "s3pPLMBiTxaQ9kYGzzhZRbK+xOo=")
  }

  @Test func `a request becomes a WebSocket, and calls are answered on it`() async throws {
    try await withServer { client, _, _ async throws in
      try await client.send(Self.upgrade("Sec-WebSocket-Protocol: chat, jsonrpc\r\n"))
      let response = try #require(try await client.response())
      #expect(response.status == 101)
      #expect(response.fields.contains { $0 == ("sec-websocket-accept", "s3pPLMBiTxaQ9kYGzzhZRbK+xOo=") })
      #expect(response.fields.contains { $0 == ("sec-websocket-protocol", "jsonrpc") })
      #expect(!response.fields.contains { $0.0 == "content-length" || $0.0 == "sec-websocket-extensions" })
      for opcode: UInt8 in [1, 2] {
        try await client.send(Self.frame([UInt8](Self.call.utf8), opcode: opcode))
        #expect(try await Self.receive(client) == Received(opcode: 1, payload: [UInt8](Self.answer.utf8)))
      }
    }
  }

  static let refusals: [(request: String, status: Int, says: String)] = [
    (upgrade(without: "Sec-WebSocket-Version"), 426, "13"),
    (upgrade("Sec-WebSocket-Version: 8\r\n", without: "Sec-WebSocket-Version"), 426, "13"),
    (upgrade(without: "Sec-WebSocket-Key"), 400, "Sec-WebSocket-Key"),
    (upgrade("Sec-WebSocket-Key: c2hvcnQ=\r\n", without: "Sec-WebSocket-Key"), 400, "Sec-WebSocket-Key"),
    (upgrade("Sec-WebSocket-Key: \(key)\r\n"), 400, "once"),
    (upgrade("Upgrade: h2c\r\n", without: "Upgrade"), 400, "websocket"),
    (upgrade("Origin: https://evil.example\r\n"), 403, "Origin"),
    (upgrade("Host: evil.example\r\n", without: "Host"), 421, "Host"),
    (upgrade("Authorization: Bearer wrong\r\n"), 401, "token"),
    (upgrade(without: "Connection"), 405, "WebSocket"),
    (upgrade().replacing("/rpc", with: "/other"), 404, "not found"),
  ]

  @Test(arguments: refusals)
  func `a handshake that is not right is refused`(request: String, status: Int, says: String) async throws {
    try await withServer { client, _, _ async throws in
      try await client.send(request)
      let response = try #require(try await client.response())
      #expect(response.status == status && response.body.contains(says), "\(response)")
      if status == 426 { #expect(response.fields.contains { $0 == ("sec-websocket-version", "13") }) }
    }
  }

  @Test func `a token in the handshake opens the session`() async throws {
    try await open("Authorization: Bearer read\r\n") { client, _, _ async throws in
      try await client.send(Self.frame("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"whoami\"}"))
      #expect(try await Self.receive(client)?.text.contains("\"t2\"") == true)
    }
  }

  @Test func `a session can be opened by a message`() async throws {
    try await open { client, _, _ async throws in
      let who = "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"whoami\"}"
      try await client.send(Self.frame(who))
      #expect(try await Self.receive(client)?.text.contains("UNAUTHENTICATED") == true)
      try await client.send(
        Self.frame(
          "{\"jsonrpc\":\"2.0\",\"id\":2,\"method\":\"session.open\",\"params\":{\"token\":\"all\"}}"))
      #expect(try await Self.receive(client)?.text.contains("\"tenantId\":\"t1\"") == true)
      try await client.send(Self.frame(who))
      #expect(try await Self.receive(client)?.text.contains("\"t1\"") == true)
    }
  }

  @Test func `requests before the upgrade are answered first, and frames may follow at once`() async throws {
    try await withServer { client, _, _ async throws in
      let first = "GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n"
      try await client.send([UInt8]((first + Self.upgrade()).utf8) + Self.frame(Self.call))
      #expect(try await client.response()?.body == "ok\n")
      #expect(try await client.response()?.status == 101)
      #expect(try await Self.receive(client)?.text == Self.answer)
    }
  }

  // MARK: Frames

  @Test func `messages may come in fragments, with pings between, cut at every octet`() async throws {
    let call = [UInt8](Self.call.utf8)
    let octets =
      Self.frame(Array(call[..<9]), final: false) + Self.frame([0x68, 0x69], opcode: 9)
      + Self.frame([], opcode: 0, final: false) + Self.frame([], opcode: 10)
      + Self.frame(Array(call[9...]), opcode: 0)
    for cut in 1..<octets.count {
      try await open { client, _, _ async throws in
        try await client.send(Array(octets[..<cut]))
        await Task.yield()
        try await client.send(Array(octets[cut...]))
        #expect(try await Self.receive(client) == Received(opcode: 10, payload: [0x68, 0x69]))
        #expect(try await Self.receive(client)?.text == Self.answer)
      }
    }
  }

  @Test(arguments: [0, 1, 125, 126, 127, 65_535, 65_536, 200_000])
  func `lengths of every form are read and written`(padding: Int) async throws {
    let data = String(repeating: "x", count: padding)
    try await open("Authorization: Bearer all\r\n") { client, _, _ async throws in
      try await client.send(
        Self.frame("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"rpc.ping\",\"params\":{\"data\":\"\(data)\"}}")
      )
      let received = try #require(try await Self.receive(client))
      #expect(received.text == "{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{\"data\":\"\(data)\"}}")
    }
  }

  static let broken: [(octets: [UInt8], code: Int)] = [
    (frame([UInt8](call.utf8), masked: false), 1002),
    (frame([UInt8](call.utf8), opcode: 3), 1002),
    (frame([], opcode: 11), 1002),
    (frame([UInt8](call.utf8), reserved: 4), 1002),
    (frame([UInt8](call.utf8), reserved: 2), 1002),
    (frame([UInt8](call.utf8), reserved: 1), 1002),
    (frame([UInt8](call.utf8), opcode: 0), 1002),
    (frame(Array("{".utf8), final: false) + frame([UInt8](call.utf8)), 1002),
    (frame([UInt8](repeating: 0, count: 126), opcode: 9), 1002),
    (frame([], opcode: 9, final: false), 1002),
    (frame([3], opcode: 8), 1002),
    (frame([0x03, 0xED], opcode: 8), 1002),
    (frame([0x03, 0xE8, 0xFF], opcode: 8), 1007),
    (frame([0x22, 0xC3, 0x28, 0x22]), 1007),
    ([0x81, 0xFE, 0x00, 0x7D], 1002),
    ([0x81, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0, 0, 0, 0], 1002),
    ([0x81, 0xFF, 0x00, 0x00, 0x00, 0x00, 0x7F, 0xFF, 0xFF, 0xFF, 0, 0, 0, 0], 1009),
  ]

  @Test(arguments: broken.indices)
  func `what breaks the protocol is answered, closed with its code, and ends`(row: Int) async throws {
    let (octets, code) = Self.broken[row]
    try await open { client, _, _ async throws in
      try await client.send(octets + [UInt8](repeating: 0, count: 14))
      #expect(try await Self.receive(client)?.text.contains("\"error\"") == true)
      #expect(try await Self.receive(client)?.closeCode == code)
      #expect(try await Self.receive(client) == nil)
    }
  }

  @Test(arguments: [(99, 1), (100, 1), (101, 0)])
  func `the limit of a message counts all its fragments`(octets: Int, isGood: Int) async throws {
    var limits = RPCLimits()
    limits.messageOctetsMax = 100
    let call = Self.call + String(repeating: " ", count: octets - Self.call.utf8.count)
    try await open(limits: limits) { client, _, _ async throws in
      try await client.send(
        Self.frame(Array(call.utf8.prefix(60)), final: false)
          + Self.frame(Array(call.utf8.dropFirst(60)), opcode: 0))
      let text = try #require(try await Self.receive(client)).text
      #expect(text.contains(isGood == 1 ? "hello" : "limit.message"), "\(text)")
      if isGood == 0 { #expect(try await Self.receive(client)?.closeCode == 1009) }
    }
  }

  @Test func `malformed JSON is answered, and the connection lives`() async throws {
    try await open { client, _, _ async throws in
      try await client.send(Self.frame("{\"jsonrpc\"") + Self.frame(Self.call))
      #expect(try await Self.receive(client)?.text.contains("-32700") == true)
      #expect(try await Self.receive(client)?.text == Self.answer)
    }
  }

  @Test func `a close is answered with its code behind what was still to say`() async throws {
    try await open { client, _, tally async throws in
      try await client.send(Self.frame("{\"jsonrpc\":\"2.0\",\"id\":7,\"method\":\"wait\"}"))
      await tally.wait("wait began")
      try await client.send(Self.frame([0x03, 0xE8] + Array("bye".utf8), opcode: 8))
      #expect(try await Self.receive(client)?.text.contains("CANCELLED") == true)
      #expect(try await Self.receive(client) == Received(opcode: 8, payload: [0x03, 0xE8]))
      #expect(try await Self.receive(client) == nil)
    }
  }

  @Test func `streams with credit run over it, and a server that goes says so`() async throws {
    try await open { client, server, _ async throws in
      try await client.send(
        Self.frame(
          "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"count\",\"params\":{\"n\":2,\"_meta\":{\"credit\":1}}}")
      )
      #expect(try await Self.receive(client)?.text.contains("\"subscription\":\"s1\"") == true)
      #expect(try await Self.receive(client)?.text.contains("rpc.next") == true)
      try await client.send(
        Self.frame(
          "{\"jsonrpc\":\"2.0\",\"method\":\"rpc.credit\",\"params\":{\"subscription\":\"s1\",\"credit\":5}}")
      )
      #expect(try await Self.receive(client)?.text.contains("\"value\":2") == true)
      #expect(try await Self.receive(client)?.text.contains("rpc.end") == true)
      await server.goAway(by: .after(seconds: 10))
      #expect(try await Self.receive(client)?.text.contains("rpc.goaway") == true)
      #expect(try await Self.receive(client)?.closeCode == 1001)
      #expect(try await Self.receive(client) == nil)
    }
  }

  // MARK: permessage-deflate

  static let offers: [(offer: String, isTaken: Bool)] = [
    ("permessage-deflate", true), ("permessage-deflate; client_max_window_bits", true),
    ("foo, permessage-deflate; client_no_context_takeover; server_no_context_takeover", true),
    ("permessage-deflate; server_max_window_bits=9", false),
    ("permessage-deflate; server_max_window_bits=9, permessage-deflate", true),
    ("x-webkit-deflate-frame", false), ("permessage-deflate; what=1", false),
  ]

  @Test(arguments: offers)
  func `compression is agreed on when it is offered in a form we can keep`(offer: String, isTaken: Bool)
    async throws
  {
    try await withServer { client, _, _ async throws in
      try await client.send(Self.upgrade("Sec-WebSocket-Extensions: \(offer)\r\n"))
      let response = try #require(try await client.response())
      let agreed = response.fields.first { $0.0 == "sec-websocket-extensions" }?.1
      #expect(
        agreed
          == (isTaken ? "permessage-deflate; server_no_context_takeover; client_no_context_takeover" : nil))
    }
  }

  private static func deflated(_ text: [UInt8]) throws -> [UInt8] {
    let packed = try RawDeflate.message(text)
    #expect(packed.suffix(4) == [0, 0, 0xFF, 0xFF])
    return Array(packed.dropLast(4))
  }

  @Test func `messages are compressed both ways, each by itself`() async throws {
    try await open("Sec-WebSocket-Extensions: permessage-deflate\r\n") { client, _, _ async throws in
      let packed = try Self.deflated([UInt8](Self.call.utf8))
      for _ in 0..<2 {
        // In fragments: only the first says that the message is compressed.
        try await client.send(
          Self.frame(Array(packed[..<3]), final: false, reserved: 4)
            + Self.frame(Array(packed[3...]), opcode: 0))
        #expect(try await Self.receive(client)?.text == Self.answer)
      }
      try await client.send(Self.frame("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"large\"}"))
      let large = try #require(try await Self.receive(client))
      #expect(large.isCompressed && large.payload.count < 2000)
      let text = try RawDeflate.inflate(large.payload + [0, 0, 0xFF, 0xFF], outputOctetsMax: 1 << 20)
      #expect(text.count > 100_000 && text.starts(with: "{\"jsonrpc\"".utf8))
    }
  }

  @Test func `a bomb is stopped while it is inflated`() async throws {
    var limits = RPCLimits()
    limits.messageOctetsUnauthenticatedMax = 100_000
    let bomb = try Self.deflated([UInt8](repeating: 0x20, count: 50 << 20))
    try await open("Sec-WebSocket-Extensions: permessage-deflate\r\n", limits: limits) {
      client, _, _ async throws in
      try await client.send(Self.frame(bomb, reserved: 4))
      #expect(try await Self.receive(client)?.text.contains("limit.message") == true)
      #expect(try await Self.receive(client)?.closeCode == 1009)
    }
  }

  @Test func `what cannot be inflated is refused`() async throws {
    try await open("Sec-WebSocket-Extensions: permessage-deflate\r\n") { client, _, _ async throws in
      try await client.send(Self.frame([0xFF, 0xFF, 0xFF], reserved: 4))
      #expect(try await Self.receive(client)?.text.contains("-32700") == true)
      #expect(try await Self.receive(client)?.closeCode == 1007)
    }
  }
}

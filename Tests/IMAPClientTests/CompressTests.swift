import Bytes
import Compression
import IMAPClient
import IMAPCodec
import Testing

@Suite(.timeLimit(.minutes(1))) struct CompressTests {
  /// A server that compresses, from the octet behind its OK on, what `answers` holds; each is sent when a line
  /// has come. `glued`: the first of them stands in the same packet as the OK.
  static func serve(_ server: MemoryStream, glued: [UInt8]?, _ answers: [[UInt8]]) async -> [String] {
    var input = ByteBuffer()
    var heard: [String] = []
    do {
      try await server.write("* PREAUTH [CAPABILITY IMAP4rev1 COMPRESS=DEFLATE] in\r\n", deadline: .never)
      heard.append(await Script.readLine(server, &input) ?? "")
      var deflater = try Deflater(format: .raw, level: 6)
      var packet = ByteBuffer("P1 OK on\r\n")
      if let glued {
        var plain = ByteBuffer(glued)
        try deflater.deflate(&plain, into: &packet, flush: .sync)
      }
      try await server.write(&packet, deadline: .after(seconds: 20))
      var inflater = try Inflater(format: .raw)
      for answer in answers {
        heard.append(try await Self.line(server, &inflater, &input))
        var plain = ByteBuffer(answer)
        var out = ByteBuffer()
        try deflater.deflate(&plain, into: &out, flush: .sync)
        try await server.write(&out, deadline: .after(seconds: 20))
      }
    } catch {
      heard.append("\(error)")
    }
    server.finishWriting()
    return heard
  }

  static func line(
    _ server: MemoryStream, _ inflater: inout Inflater, _ input: inout ByteBuffer
  ) async throws -> String {
    var plain = ByteBuffer()
    while plain.firstIndex(of: ASCII.lf) == nil {
      if input.isEmpty, try await server.read(into: &input, atMost: 4096, deadline: .after(seconds: 20)) == 0
      {
        throw StreamError.closed
      }
      _ = try inflater.inflate(&input, into: &plain, atMost: 1 << 16)
    }
    return String(decoding: plain.bytes.dropLast(2), as: UTF8.self)
  }

  static func with(
    glued: String? = nil, _ answers: [[UInt8]], capacity: Int, options: IMAPOptions = .init(),
    _ body: (IMAPConnection) async throws -> Void
  ) async throws -> [String] {
    let (client, server) = MemoryStream.pair(capacity: capacity)
    async let heard = Self.serve(server, glued: glued.map { Array($0.utf8) }, answers)
    do {
      let connection = try await IMAPConnection.open(
        client, security: .plainForTests, options: options, deadline: .after(seconds: 20))
      #expect(try await connection.compress())
      #expect(connection.isCompressed)
      try await body(connection)
      connection.close()
    } catch {
      client.close()
      _ = await heard
      throw error
    }
    return await heard
  }

  @Test(arguments: [1 << 20, 16]) func `everything behind the OK is compressed, both ways`(capacity: Int)
    async throws
  {
    let heard = try await Self.with(
      ["* 5 EXISTS\r\n* OK [UIDVALIDITY 9] v\r\nP2 OK\r\n", "* 6 EXISTS\r\nP3 OK\r\n"].map { Array($0.utf8) },
      capacity: capacity
    ) { c in
      _ = try await c.select(.inbox, readOnly: true)
      try await equal(c.noop(), [.exists(6)])
      // Asked again it is on already.
      #expect(try await c.compress())
    }
    #expect(heard.prefix(3) == ["P1 COMPRESS DEFLATE", "P2 EXAMINE \"INBOX\"", "P3 NOOP"])
  }

  @Test func `what stands in the same packet behind the OK is compressed, too`() async throws {
    _ = try await Self.with(glued: "* OK [ALERT] hello\r\n", [Array("P2 OK\r\n".utf8)], capacity: 1 << 20) {
      c in
      try await equal(c.noop(), [.alert("hello")])
    }
  }

  @Test func `refused or not offered, the connection goes on as it was`() async throws {
    try await converse(
      preauth(
        "COMPRESS=DEFLATE", "C: P1 COMPRESS DEFLATE\nS: P1 NO [COMPRESSIONACTIVE] no\nC: P2 NOOP\nS: P2 OK")
    ) {
      try await equal($0.compress(), false)
      _ = try await $0.noop()
    }
    try await converse(preauth("COMPRESS=ZSTD", "C: P1 NOOP\nS: P1 OK")) {
      try await equal($0.compress(), false)
      #expect(!$0.isCompressed)
      _ = try await $0.noop()
    }
  }

  @Test func `plain text behind the OK is no compressed text`() async throws {
    let script = preauth(
      "COMPRESS=DEFLATE", "C: P1 COMPRESS DEFLATE\nS: P1 OK on\nS: * 6 EXISTS and more of it")
    await #expect(throws: IMAPClientError.self) {
      try await converse(script) { c in
        _ = try await c.compress()
        _ = try await c.noop()
      }
    }
  }

  /// A19: 300 MB out of 300 KB, as one line that never ends and as lines that each could be meant.
  @Test(arguments: [
    [UInt8](repeating: 0x61, count: 1 << 20),
    Array(repeating: Array("* OK hi\r\n".utf8), count: 100_000).flatMap { $0 },
  ])
  func `octets that become too many end the connection`(bomb: [UInt8]) async throws {
    var options = IMAPOptions()
    // Only what compression makes of them is to end it here.
    options.unaskedLinesMax = .max
    options.unaskedOctetsMax = .max
    options.lineOctetsMax = 1 << 30
    options.setLineOctetsMax = 1 << 30
    await #expect {
      _ = try await Self.with(
        [Array(repeating: bomb, count: 20).flatMap { $0 }], capacity: 1 << 20, options: options
      ) {
        _ = try await $0.noop()
      }
    } throws: {
      $0 as? IMAPClientError == .limit(what: "octets out of each compressed one", max: 100)
    }
  }

  @Test func `what mail becomes is no bomb`() async throws {
    // 3 MB of the most compressible mail there is: the same list of flags 50,000 times.
    let flags = (1...50_000).map { "* \($0) FETCH (UID \($0) FLAGS (\\Seen))\r\n" }.joined() + "P3 OK\r\n"
    let open = "* 50000 EXISTS\r\n* OK [UIDVALIDITY 9] v\r\nP2 OK\r\n"
    var got = 0
    _ = try await Self.with([Array(open.utf8), Array(flags.utf8)], capacity: 1 << 20) { c in
      _ = try await c.select(.inbox, readOnly: true)
      try await c.fetch(
        [UIDSet(1...50_000)], FetchRequest(flags: true), onMessage: { _ in got += 1 }, onWindow: { _ in })
    }
    #expect(got == 50_000)
  }
}

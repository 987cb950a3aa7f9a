import Bytes
import IMAPClient
import IMAPCodec
import SASL
import Synchronization
import Testing

/// Payloads that have been used to smuggle a second command.
private let payloads: [String] = [
  "a", "a b", "a\"b", "a\\b", "\\", "\"", "\\\"", "a\r\nP9 DELETE INBOX", "a\nP9 LOGOUT", "a\rP9 LOGOUT",
  "\r\n", "\n", "\r",
  "a\" \"b", "a\"\r\nP9 NOOP\r\n\"", "{5}", "{5+}", "x {5}\r\nhello", "{5}\r\n", "{0+}\r\nP9 NOOP", "a) (b",
  "(", ")", "(((((",
  "NIL", "nil", "*", "%", "1:*", "[]", "]", "[x]", "&", "&-", "&AA0ACg-", "~{1}", "é", "日本語", "\u{2028}",
  "\u{85}",
  "\u{FEFF}", "\u{1F600}", "a\tb", "a\u{B}b", "a\u{7F}b", "a\u{1B}[2J", "<a@b>\r\nX: y", "<\"\\\"\"@b>",
  "P1 OK", "+ ",
  "a\u{0}b", "\u{0}", String(repeating: "x", count: 70_000), String(repeating: "\"", count: 2_000),
  "=?utf-8?q?=0D=0A?=",
]

/// A server that says OK to everything and keeps what it was sent.
private final class Recorder: Sendable {
  let octets = Mutex<[UInt8]>([])

  func serve(_ stream: MemoryStream, capabilities: String) async {
    var limits = FrameLimits()
    limits.literalOctetsMax = 1 << 20
    limits.lineOctetsMax = 1 << 20
    var framer = Framer(.commands, limits: limits)
    var input = ByteBuffer()
    try? await stream.write("* OK [CAPABILITY IMAP4rev1 \(capabilities)] hi\r\n", deadline: .never)
    while true {
      var fresh = ByteBuffer()
      let n = (try? await stream.read(into: &fresh, atMost: 1 << 16, deadline: .after(seconds: 20))) ?? 0
      if n == 0 { break }
      octets.withLock { $0 += fresh.bytes }
      input.append(fresh)
      while let event = try? framer.next(from: &input) {
        var answer = "+ go\r\n"
        if case .frame(let frame) = event {
          let tag = String(decoding: frame.text.prefix { $0 != 0x20 }, as: UTF8.self)
          let data =
            "* OK [UIDVALIDITY 1] x\r\n* STATUS x (MESSAGES 1 UIDNEXT 2 UIDVALIDITY 3)\r\n* SEARCH\r\n"
            + (capabilities.contains("ENABLE") ? "* ENABLED UTF8=ACCEPT\r\n" : "")
          answer = data + "\(tag) OK [CAPABILITY IMAP4rev1 \(capabilities)] done\r\n"
        }
        try? await stream.write(answer, deadline: .after(seconds: 20))
      }
    }
    stream.close()
  }
}

/// Counts commands as a strict server would: CRLF ends a command, literals are counted in octets, and
/// nothing but literals holds control characters.
private func countCommands(_ octets: [UInt8]) -> Int? {
  var commands = 0
  var i = 0
  var quoted = false
  while i < octets.count {
    switch octets[i] {
    case 0x22: quoted.toggle()
    case 0x5C where quoted: i += 1
    case 0x7B where !quoted:
      var n = 0
      var j = i + 1
      while j < octets.count, (0x30...0x39).contains(octets[j]), n < 1 << 30 {
        n = n * 10 + Int(octets[j] - 0x30)
        j += 1
      }
      if j < octets.count, octets[j] == 0x2B { j += 1 }
      guard j > i + 1, j + 2 < octets.count, octets[j...].starts(with: [0x7D, 13, 10]) else { return nil }
      let end = j + 3 + n
      let isLiteral8 = i > 0 && octets[i - 1] == 0x7E
      guard end <= octets.count, isLiteral8 || !octets[(j + 3)..<end].contains(0) else { return nil }
      i = end - 1
    case 13:
      guard !quoted, i + 1 < octets.count, octets[i + 1] == 10 else { return nil }
      commands += 1
      i += 1
    case 0..<0x20, 0x7F...: return nil
    default: break
    }
    i += 1
  }
  return quoted || octets.suffix(2) != [13, 10] ? nil : commands
}

@Suite(.timeLimit(.minutes(1))) struct InjectionTests {
  enum Argument: CaseIterable {
    case user, password, id, listedName, selectedName, status, appendName, appendFlag, appendBody, search,
      searchField, gmail, fetchField, appendMany, storeFlag, copyName, moveName, createName, createUse,
      renameName,
      deleteName, fetchFound
  }

  static func use(_ argument: Argument, _ payload: String, _ c: IMAPConnection) async throws {
    let octets = Array(payload.utf8)
    switch argument {
    case .user, .password: break
    case .id: try await c.identify([("name", payload), (payload, "x")])
    case .listedName: _ = try await c.status(MailboxName(wire: octets))
    case .selectedName: _ = try await c.select(MailboxName(wire: octets), readOnly: true)
    case .status: _ = try await c.status(MailboxName(decoded: payload))
    case .appendName:
      _ = try await c.append(MailboxName(decoded: payload), message: [0x78], flags: [], internalDate: nil)
    case .appendFlag: _ = try await c.append(.inbox, message: [0x78], flags: [payload], internalDate: nil)
    case .appendBody: _ = try await c.append(.inbox, message: octets, flags: [], internalDate: nil)
    case .search: _ = try await c.search(.header(name: "Message-ID", octets), .all)
    case .searchField: _ = try await c.search(.header(name: payload, [0x78]))
    case .gmail: _ = try await c.search(.not(.gmailRaw(payload)))
    case .fetchField:
      try await c.fetch(
        [UIDSet(1...2)], FetchRequest(headerFields: [payload]), onMessage: { _ in }, onWindow: { _ in })
    case .appendMany:
      let message = MessageToAppend(octets: octets, flags: ["\\Seen"], internalDate: 1)
      _ = try await c.append(MailboxName(decoded: payload), [message, message])
    case .storeFlag: try await c.store(UIDSet(1...2), .add, flags: [payload])
    case .copyName: try await c.copy(UIDSet(1...2), to: MailboxName(wire: octets))
    case .moveName: _ = try await c.move(UIDSet(1...2), to: MailboxName(decoded: payload))
    case .createName: try await c.create(MailboxName(wire: octets))
    case .createUse: try await c.create(.inbox, specialUse: payload)
    case .renameName: try await c.rename(.inbox, to: MailboxName(decoded: payload))
    case .deleteName: try await c.delete(MailboxName(wire: octets))
    case .fetchFound:
      try await c.fetch(matching: [.header(name: "Message-ID", octets)], FetchRequest(size: true)) { _ in }
    }
  }

  /// How many commands one use of the argument is.
  static func commands(_ argument: Argument, _ capabilities: String) -> ClosedRange<Int> {
    switch argument {
    case .appendMany where !capabilities.contains("MULTIAPPEND"): 2...2
    case .moveName where !capabilities.contains("MOVE"): 2...2
    // SEARCH alone where its argument has to wait, since nothing is found.
    case .fetchFound where capabilities.contains("SEARCHRES"): 1...2
    // ENABLE follows a login.
    case .user, .password: capabilities.contains("ENABLE") ? 2...2 : 1...1
    default: 1...1
    }
  }

  @Test(
    arguments: Argument.allCases,
    [
      "LITERAL+ ID", "LITERAL- ID", "ID",
      "ID ENABLE UTF8=ACCEPT LITERAL- MULTIAPPEND BINARY MOVE CREATE-SPECIAL-USE SEARCHRES",
    ])
  func `whatever an argument holds, one command results or none`(argument: Argument, capabilities: String)
    async throws
  {
    let (client, server) = MemoryStream.pair()
    let recorder = Recorder()
    async let served: Void = recorder.serve(server, capabilities: capabilities)
    let needsLogin = argument != .user && argument != .password
    var connection = try await IMAPConnection.open(
      client, security: .plainForTests, deadline: .after(seconds: 20))
    if needsLogin {
      try await connection.authenticate(.password(user: "u", Secret("p")))
      _ = try await connection.select(.inbox, readOnly: true)
    }
    var expected = recorder.octets.withLock { countCommands($0) } ?? -1
    var served2: [Task<Void, Never>] = []
    var recorders = [recorder]
    for payload in payloads {
      let before = recorders.last?.octets.withLock { $0.count } ?? 0
      do {
        if needsLogin {
          try await Self.use(argument, payload, connection)
        } else {
          let credential: Credential =
            argument == .user ? .password(user: payload, Secret("p")) : .password(user: "u", Secret(payload))
          try await connection.authenticate(credential)
        }
        let sent = recorders.last?.octets.withLock { $0 } ?? []
        let count = countCommands(Array(sent[before...])) ?? -1
        #expect(
          Self.commands(argument, capabilities).contains(count),
          "payload \(payload.prefix(40).debugDescription)")
        expected += count
        if !needsLogin {
          // Logged in: the next payload needs a new connection.
          let (nextClient, nextServer) = MemoryStream.pair()
          let next = Recorder()
          served2.append(Task { await next.serve(nextServer, capabilities: capabilities) })
          recorders.append(next)
          connection.close()
          connection = try await IMAPConnection.open(
            nextClient, security: .plainForTests, deadline: .after(seconds: 20))
        }
      } catch IMAPClientError.invalidArgument {
        #expect(recorders.last?.octets.withLock { $0.count } == before)
      }
    }
    if needsLogin { #expect(recorder.octets.withLock { countCommands($0) } == expected) }
    connection.close()
    client.close()
    await served
    for task in served2 { await task.value }
  }
}

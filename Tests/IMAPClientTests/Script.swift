import Bytes
import IMAPClient
import Testing

/// A conversation, line by line: `S:` the server says, `C:` the client must say exactly this, `S~` the
/// server says without a line end. A server plays it over one end of a MemoryStream.
struct Script: Sendable, ExpressibleByStringLiteral {
  enum Line: Sendable {
    case server([UInt8])
    case client(String)
  }

  var lines: [Line] = []

  init(stringLiteral text: String) { self.init(text) }

  init(_ text: String) {
    for line in text.split(separator: "\n") {
      let rest = line.dropFirst(2).drop { $0 == " " }
      switch line.prefix(2) {
      case "S:": lines.append(.server(Array(rest.utf8) + [13, 10]))
      case "S~": lines.append(.server(Array(rest.utf8)))
      case "C:": lines.append(.client(String(rest)))
      default: Issue.record("a script's line begins with S: S~ or C:, not \(line)")
      }
    }
  }

  /// The server's side to its end; then it closes its half, unless `staysOpen`.
  func play(on stream: MemoryStream, staysOpen: Bool = false) async -> [String] {
    var input = ByteBuffer()
    var heard: [String] = []
    for line in lines {
      switch line {
      case .server(let octets):
        // The client may have closed: what it makes of that is what the test looks at.
        try? await stream.write(octets, deadline: .after(seconds: 20))
      case .client(let expected):
        guard let said = await Self.readLine(stream, &input) else {
          Issue.record("the client ended where it had to say: \(expected)")
          stream.close()
          return heard
        }
        heard.append(said)
        if said != expected {
          Issue.record("the client said \(said) where it had to say \(expected)")
          stream.close()
          return heard
        }
      }
    }
    if !staysOpen { stream.finishWriting() }
    while let said = await Self.readLine(stream, &input) {
      heard.append(said)
      if staysOpen { break }
    }
    return heard
  }

  static func readLine(_ stream: MemoryStream, _ input: inout ByteBuffer) async -> String? {
    while true {
      if let end = input.firstIndex(of: ASCII.lf) {
        let line = input.read(end + 1).dropLast()
        return String(decoding: line.last == ASCII.cr ? line.dropLast() : line, as: UTF8.self)
      }
      let n = try? await stream.read(into: &input, atMost: 65536, deadline: .after(seconds: 20))
      if (n ?? 0) == 0 { return nil }
    }
  }
}

/// What the client said behind the script's last line, and what the test made of it.
struct Played<R> {
  var result: R
  /// Lines of the client that the script did not ask for.
  var rest: [String]
}

/// Plays `script` against `body`, first in whole pieces, then octet by octet, and gives the last result.
@discardableResult
func converse<R>(
  _ script: Script, security: IMAPConnection.Security = .plainForTests, options: IMAPOptions = .init(),
  _ body: (IMAPConnection) async throws -> R
) async throws -> Played<R> {
  var played: Played<R>?
  for capacity in [1 << 20, 1] {
    played = try await once(script, security: security, options: options, capacity: capacity, body)
  }
  return try #require(played)
}

func once<R>(
  _ script: Script, security: IMAPConnection.Security, options: IMAPOptions, capacity: Int,
  _ body: (IMAPConnection) async throws -> R
) async throws -> Played<R> {
  let (client, server) = MemoryStream.pair(capacity: capacity)
  async let heard = script.play(on: server)
  do {
    let connection = try await IMAPConnection.open(
      client, security: security, options: options, deadline: .after(seconds: 20))
    let result = try await body(connection)
    connection.close()
    let asked = script.lines.count { if case .client = $0 { true } else { false } }
    return Played(result: result, rest: Array(await heard.dropFirst(asked)))
  } catch {
    client.close()
    _ = await heard
    throw error
  }
}

/// A connection that is logged in already, on a server with `capabilities`.
func preauth(_ capabilities: String, _ rest: String) -> Script {
  Script("S: * PREAUTH [CAPABILITY IMAP4rev1 \(capabilities)] in\n" + rest)
}

/// The same with an open INBOX of 5 messages; the next tag is P2.
func selected(_ capabilities: String, _ rest: String) -> Script {
  let condstore = capabilities.contains("CONDSTORE") ? " (CONDSTORE)" : ""
  return preauth(
    capabilities,
    "C: P1 SELECT \"INBOX\"\(condstore)\nS: * 5 EXISTS\nS: * OK [UIDVALIDITY 9] v\n"
      + "S: * OK [UIDNEXT 10] n\nS: P1 OK done\n"
      + rest)
}

extension IMAPClientError {
  var isViolation: Bool { if case .protocolViolation = self { true } else { false } }
  var isLimit: Bool { if case .limit = self { true } else { false } }
}

func violation(_ error: any Error) -> Bool { (error as? IMAPClientError)?.isViolation == true }
func limit(_ error: any Error) -> Bool { (error as? IMAPClientError)?.isLimit == true }

/// `#expect(a == b)` for values that are waited for.
func equal<T: Equatable>(_ value: T, _ expected: T, sourceLocation: SourceLocation = #_sourceLocation) {
  #expect(value == expected, sourceLocation: sourceLocation)
}

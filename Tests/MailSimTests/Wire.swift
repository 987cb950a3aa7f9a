import Bytes
import MailSim
import Sockets
import Testing

/// A client without any knowledge: what is written goes out, what comes is read by lines.
actor Wire {
  struct Ended: Error {}

  private var stream: any ByteStream
  private var input = ByteBuffer()
  private let context: TLSClientContext
  private var tagNumber = 0

  private init(_ stream: any ByteStream, _ context: TLSClientContext) {
    self.stream = stream
    self.context = context
  }

  static func deadline() -> Deadline { .after(seconds: 20) }

  static func plain(_ port: UInt16, caFile: String) async throws -> Wire {
    let socket = try await Dialer.connect(.tcp(host: "127.0.0.1", port: port), deadline: deadline())
    return Wire(socket, try TLSClientContext(caFile: caFile))
  }

  static func tls(_ port: UInt16, caFile: String) async throws -> Wire {
    let wire = try await plain(port, caFile: caFile)
    try await wire.upgrade()
    return wire
  }

  /// Greeted and logged in.
  static func imap(_ endpoints: MailSimEndpoints, user: String = "alice") async throws -> Wire {
    let wire = try await tls(endpoints.imapsPort, caFile: endpoints.caFile)
    _ = try await wire.line()
    _ = try await wire.ok("LOGIN \(user) secret")
    return wire
  }

  /// Greeted and logged in.
  static func smtp(_ endpoints: MailSimEndpoints) async throws -> Wire {
    let wire = try await tls(endpoints.smtpsPort, caFile: endpoints.caFile)
    #expect(try await wire.line().hasPrefix("220 "))
    _ = try await wire.smtp("EHLO test")
    let plain = Base64.encodeString([UInt8]("\0alice\0secret".utf8))
    #expect(try await wire.smtp("AUTH PLAIN \(plain)") == "235 2.7.0 Welcome")
    return wire
  }

  func upgrade() async throws {
    stream = try await context.wrap(stream, hostName: "127.0.0.1", deadline: Self.deadline())
  }

  func send(_ text: String) async throws { try await stream.write(text, deadline: Self.deadline()) }

  /// The next line without CRLF, as UTF-8.
  func line() async throws -> String {
    while true {
      if let end = input.firstIndex(of: 10) {
        let bytes = input.read(end + 1)
        #expect(bytes.suffix(2) == [13, 10])
        return String(decoding: bytes.dropLast(2), as: UTF8.self)
      }
      try await more()
    }
  }

  func octets(_ n: Int) async throws -> [UInt8] {
    while input.count < n { try await more() }
    return input.read(n)
  }

  private func more() async throws {
    var fresh = ByteBuffer()
    if try await stream.read(into: &fresh, atMost: 65_536, deadline: Self.deadline()) == 0 { throw Ended() }
    input.append(fresh)
  }

  /// Sends a command and reads up to its tagged answer. Literals are put where their lengths stood.
  func run(_ command: String) async throws -> (answer: String, untagged: [String]) {
    tagNumber += 1
    let tag = "t\(tagNumber)"
    try await send("\(tag) \(command)\r\n")
    return try await answer(tag)
  }

  func answer(_ tag: String) async throws -> (answer: String, untagged: [String]) {
    var untagged: [String] = []
    while true {
      var text = try await line()
      while text.hasSuffix("}"), let open = text.lastIndex(of: "{"),
        let n = Int(text[text.index(after: open)...].dropLast())
      {
        let literal = String(decoding: try await octets(n), as: UTF8.self)
        text = "\(text[..<open])\(literal)\(try await line())"
      }
      if text.hasPrefix("\(tag) ") { return (String(text.dropFirst(tag.count + 1)), untagged) }
      untagged.append(text)
    }
  }

  /// Runs a command that must succeed; its untagged answers.
  func ok(_ command: String, sourceLocation: SourceLocation = #_sourceLocation) async throws -> [String] {
    let (answer, untagged) = try await run(command)
    #expect(answer.hasPrefix("OK"), "\(command.prefix(80)): \(answer)", sourceLocation: sourceLocation)
    return untagged
  }

  /// The whole reply to an SMTP line, its lines joined by "|".
  func smtp(_ text: String) async throws -> String {
    try await send("\(text)\r\n")
    return try await reply()
  }

  func reply() async throws -> String {
    var lines: [String] = []
    while true {
      let text = try await line()
      lines.append(text)
      if text.dropFirst(3).first != "-" { return lines.joined(separator: "|") }
    }
  }

  /// Everything up to the end of the connection.
  func rest() async throws -> String {
    while true {
      do { try await more() } catch is Ended { break } catch StreamError.truncated { break } catch StreamError
        .system
      { break }
    }
    return String(decoding: input.read(input.count), as: UTF8.self)
  }

  func close() { stream.close() }
}

/// Starts a provider, runs `body`, stops it.
func withSim(
  _ change: (inout MailSimOptions) -> Void = { _ in },
  _ body: (MailSim, MailSimEndpoints) async throws -> Void
) async throws {
  var options = MailSimOptions()
  options.newestSeconds = 1_750_000_000
  change(&options)
  let sim = MailSim(options: options)
  let endpoints = try await sim.start()
  do {
    try await body(sim, endpoints)
  } catch {
    await sim.stop()
    throw error
  }
  await sim.stop()
}

/// The shortest of up to `attempts` measurements, the first below `bound` ending them: other work on the
/// machine makes a measurement longer, never shorter.
func bestOf(
  _ attempts: Int, under bound: Duration, _ measure: () async throws -> Duration
) async throws -> Duration {
  var best = try await measure()
  for _ in 1..<attempts where best >= bound { best = min(best, try await measure()) }
  return best
}

func mail(id: String, to: String = "bob@example.test", extra: String = "") -> String {
  "From: Alice <alice@example.test>\r\nTo: <\(to)>\r\nSubject: Hello\r\nMessage-ID: <\(id)>\r\n"
    + "Date: Mon, 1 Jun 2026 10:00:00 +0200\r\n\(extra)\r\nHow are you?\r\n"
}

internal import Bytes
internal import Sockets

/// One connection to the submission server. Used by one task.
final class SMTPSession {
  /// RFC 4954 §4: 12288 octets for an AUTH exchange; every other line is far shorter.
  static let lineOctetsMax = 12_288
  static let recipientsMax = 200
  private static let idleSeconds: Int64 = 300

  /// The end of the conversation.
  struct End: Error {}

  let world: World
  let ledger: Ledger
  let post: Post
  let connection: Int
  private let tls: TLSServerContext
  private var stream: any ByteStream
  private(set) var isEncrypted: Bool
  var user: String?
  var greeted = false
  var sender: String?
  var recipients: [String] = []
  /// Asked for with MAIL.
  var allowsUTF8 = false
  private var input = ByteBuffer()
  private var out = ByteBuffer()
  private var outLimit: Int?
  private var injection: String?

  init(
    stream: any ByteStream, isEncrypted: Bool, world: World, ledger: Ledger, post: Post, tls: TLSServerContext
  ) {
    self.stream = stream
    self.isEncrypted = isEncrypted
    self.world = world
    self.ledger = ledger
    self.post = post
    self.tls = tls
    connection = ledger.nextConnection()
  }

  func run() async {
    do {
      try await greet()
      while let line = try await readLine() { try await handle(line) }
    } catch {
      // End of the conversation or a broken connection: the client sees it, nobody else cares.
    }
    stream.close()
  }

  private func greet() async throws {
    if let effect = ledger.effect(.smtp, "GREETING", user: nil), try await apply(effect) { return }
    try await answer("220 mx.\(world.options.domain) ESMTP Postroom MailSim")
  }

  private func handle(_ line: [UInt8]) async throws {
    let verb = String(decoding: line.prefix { ASCII.isAlpha($0) }.map(ASCII.upper), as: UTF8.self)
    let known = Self.verbs.contains(verb)
    ledger.note(.smtp, connection: connection, known ? verb : "?")
    if let effect = ledger.effect(.smtp, verb, user: user), try await apply(effect) { return }
    let rest = [UInt8](line.dropFirst(verb.utf8.count))
    switch verb {
    case "EHLO", "HELO": try await hello(verb, rest)
    case "STARTTLS" where rest.isEmpty && offers("STARTTLS"):
      try await answer("220 2.0.0 Ready to start TLS")
      try await upgrade()
    case "AUTH": try await authenticate(rest)
    case "MAIL": try await mail(rest)
    case "RCPT": try await recipient(rest)
    case "DATA" where rest.isEmpty: try await data()
    case "RSET" where rest.isEmpty:
      resetTransaction()
      try await answer("250 2.0.0 Flushed")
    case "NOOP": try await answer("250 2.0.0 Ok")
    case "QUIT" where rest.isEmpty:
      try await answer("221 2.0.0 Bye")
      throw End()
    default: try await reject(known ? "501 5.5.4 Syntax error" : "500 5.5.1 Unknown command")
    }
  }

  private static let verbs: Set<String> = [
    "EHLO", "HELO", "STARTTLS", "AUTH", "MAIL", "RCPT", "DATA", "RSET", "NOOP", "QUIT",
  ]

  /// True when the fault itself was the answer.
  func apply(_ effect: Fault.Effect) async throws -> Bool {
    switch effect {
    case .drop, .dropAfterAccepting, .dropInLiteral, .giantLiteral: throw End()
    case .dropAfterOctets(let octets): outLimit = octets
    case .delay(let milliseconds): try await Task.sleep(for: .milliseconds(milliseconds))
    case .inject(let text): injection = text
    case .bye(let text):
      try await answer("421 4.3.2 \(text)")
      throw End()
    case .refuse(let line):
      try await answer(line)
      return true
    }
    return false
  }

  func resetTransaction() {
    sender = nil
    recipients = []
    allowsUTF8 = false
  }

  /// The keywords of EHLO in the state that the connection is in.
  var extensions: [String] {
    var list = [
      "PIPELINING", "SIZE \(world.options.messageOctetsMax)", "8BITMIME", "SMTPUTF8", "ENHANCEDSTATUSCODES",
    ]
    if isEncrypted { list.append("AUTH PLAIN LOGIN XOAUTH2") } else { list.append("STARTTLS") }
    return list.filter { line in
      !world.options.withoutCapabilities.contains(String(line.prefix { $0 != " " }))
    }
  }

  func offers(_ keyword: String) -> Bool {
    extensions.contains { $0 == keyword || $0.hasPrefix(keyword + " ") }
  }

  private func hello(_ verb: String, _ rest: [UInt8]) async throws {
    let name = rest.dropFirst()
    guard rest.first == ASCII.space, !name.isEmpty,
      name.allSatisfy({ ASCII.isAlphanumeric($0) || Set("-._[]:".utf8).contains($0) })
    else { return try await reject("501 5.5.4 A name is needed") }
    greeted = true
    resetTransaction()
    if verb == "HELO" { return try await answer("250 mx.\(world.options.domain)") }
    let lines = ["mx.\(world.options.domain)"] + extensions
    for line in lines.dropLast() { put("250-\(line)\r\n") }
    try await answer("250 \(lines[lines.count - 1])")
  }

  private func upgrade() async throws {
    // Octets sent with STARTTLS, before TLS, are an attack (or a broken client).
    guard input.isEmpty else {
      ledger.reject(connection: connection)
      throw End()
    }
    stream = try await tls.wrap(stream, deadline: .after(seconds: 30))
    isEncrypted = true
    greeted = false
    resetTransaction()
  }

  // MARK: Reading and writing

  /// A line without its CRLF; nil at the end.
  func readLine() async throws -> [UInt8]? {
    while true {
      if let end = input.firstIndex(of: ASCII.lf) {
        var line = input.read(end + 1)
        line.removeLast()
        guard line.last == ASCII.cr, !line.dropLast().contains(ASCII.cr), !line.contains(0),
          line.count <= Self.lineOctetsMax
        else {
          ledger.note(.smtp, connection: connection, "?")
          try await reject("500 5.5.2 A line must end with CR LF and have no other CR and no NUL")
          throw End()
        }
        line.removeLast()
        return line
      }
      guard input.count <= Self.lineOctetsMax else {
        ledger.note(.smtp, connection: connection, "?")
        try await reject("500 5.5.2 Line too long")
        throw End()
      }
      guard try await fill() else { return nil }
    }
  }

  /// The mail behind DATA up to CRLF "." CRLF and nothing else, dots restored.
  ///
  /// - Returns: nil when the client went away first; `isClean`: no CR or LF stood alone.
  func readMail() async throws -> (mail: [UInt8], isClean: Bool, isTooLarge: Bool)? {
    var mail: [UInt8] = []
    var isClean = true
    var isTooLarge = false
    var line: [UInt8] = []
    while true {
      while input.isEmpty { guard try await fill() else { return nil } }
      let bytes = input.read(input.count)
      for (i, byte) in bytes.enumerated() {
        if line.last == ASCII.cr && byte != ASCII.lf { isClean = false }
        line.append(byte)
        guard byte == ASCII.lf else { continue }
        guard line.count >= 2, line[line.count - 2] == ASCII.cr else {
          isClean = false
          continue
        }
        if line == [0x2E, ASCII.cr, ASCII.lf] {
          input.append(contentsOf: bytes[(i + 1)...])
          return (mail, isClean, isTooLarge)
        }
        if mail.count + line.count > world.options.messageOctetsMax {
          isTooLarge = true
        } else {
          mail += line.first == 0x2E ? line[1...] : line[...]
        }
        line.removeAll(keepingCapacity: true)
      }
    }
  }

  private func fill() async throws -> Bool {
    try await stream.read(into: &input, atMost: 65_536, deadline: .after(seconds: Self.idleSeconds)) > 0
  }

  /// Answers a client's mistake.
  func reject(_ line: String) async throws {
    ledger.reject(connection: connection)
    try await answer(line)
  }

  func put(_ text: String) { out.append(text) }

  /// Sends a reply's last line. While more commands are waiting the reply waits too (RFC 2920 §3.2).
  func answer(_ line: String) async throws {
    put("\(line)\r\n")
    if let text = injection {
      injection = nil
      put(text)
    }
    let code = line.prefix(3)
    let waits = !["220", "221", "334", "354", "421"].contains(code) && out.count < 4096 && outLimit == nil
    if waits && input.firstIndex(of: ASCII.lf) != nil { return }
    try await flush()
  }

  private func flush() async throws {
    var buffer = out
    out = ByteBuffer()
    if let limit = outLimit {
      if buffer.count >= limit {
        buffer = ByteBuffer(buffer.bytes(at: 0, length: limit))
        try await stream.write(&buffer, deadline: .after(seconds: 60))
        throw End()
      }
      outLimit = limit - buffer.count
    }
    try await stream.write(&buffer, deadline: .after(seconds: 60))
  }
}

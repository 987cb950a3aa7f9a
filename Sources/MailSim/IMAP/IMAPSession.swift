internal import Bytes
internal import IMAPCodec
internal import Sockets

/// One connection to the IMAP server.
actor IMAPSession {
  /// RFC 7162 §4 asks for at least 8192; a client that sends more does not know what it does.
  static let lineOctetsMax = 65_536
  static let literalOctetsMax = 60_000_000
  private static let idleSeconds: Int64 = 1800

  /// The end of the conversation; everything that was to be sent has been.
  struct End: Error {}

  /// A refusal, answered with NO.
  struct No: Error {
    let text: String

    init(_ text: String) { self.text = text }
  }

  /// The folder that is selected, as this client has been told of it.
  struct Selection {
    let folder: String
    let readOnly: Bool
    let uidValidity: UInt32
    var view: UIDRanges
    /// Changes up to here have been told.
    var toldModSeq: UInt64
    /// Changes that the client made itself, by UID, with their mod-sequences.
    var echoed: [UInt32: UInt64] = [:]
  }

  let world: World
  let ledger: Ledger
  let connection: Int
  private let tls: TLSServerContext
  var stream: any ByteStream
  var isEncrypted: Bool
  var user: String?
  var selection: Selection?
  var condstore = false
  var qresync = false
  /// Of the command being executed.
  private(set) var tag = ""
  private var input = ByteBuffer()
  private var out = ByteBuffer()
  /// Octets that may still be sent before the connection is dropped.
  private var outLimit: Int?
  private var cutsLiteral = false
  /// Octets sent behind the next tagged answer.
  private var injection: String?

  init(stream: any ByteStream, isEncrypted: Bool, world: World, ledger: Ledger, tls: TLSServerContext) {
    self.stream = stream
    self.isEncrypted = isEncrypted
    self.world = world
    self.ledger = ledger
    self.tls = tls
    connection = ledger.nextConnection()
  }

  /// Talks until either side ends it.
  func run() async {
    do {
      try await greet()
      while let frame = try await readCommand() { try await handle(frame) }
    } catch {
      // End of the conversation or a broken connection: the client sees it, nobody else cares.
    }
    stream.close()
  }

  // MARK: Commands

  private func greet() async throws {
    switch ledger.effect(.imap, "GREETING", user: nil) {
    case .drop: throw End()
    case .delay(let milliseconds): try await Task.sleep(for: .milliseconds(milliseconds))
    case .refuse(let line):
      put("\(line)\r\n")
      try await flush()
      throw End()
    case .bye(let text): try await bye(text)
    case .inject(let text): put(text)
    default: break
    }
    put(
      "* OK [CAPABILITY \(capabilities.joined(separator: " "))] \(world.options.domain) IMAP4rev1 ready\r\n")
    try await flush()
  }

  private func handle(_ frame: [UInt8]) async throws {
    var arguments = IMAPArguments(frame)
    var name: String
    tag = ""
    do throws(IMAPBad) {
      tag = try arguments.atom(also: "]")
      if tag.utf8.contains(0x2B) {
        tag = ""
        throw IMAPBad("A tag with +")
      }
      try arguments.space()
      name = try arguments.keyword()
      if name == "UID" {
        try arguments.space()
        name += " " + (try arguments.keyword())
      }
    } catch {
      ledger.note(.imap, connection: connection, "?")
      ledger.reject(connection: connection)
      put("\(tag.isEmpty ? "*" : tag) BAD No command: \(error.reason)\r\n")
      return try await flush()
    }
    ledger.note(.imap, connection: connection, name)
    if let effect = ledger.effect(.imap, name, user: user), try await apply(effect, tag: tag) { return }
    var answer: String
    do {
      answer = try await execute(name, tag: tag, &arguments)
    } catch let refusal as No {
      answer = "NO \(refusal.text)"
    } catch let mistake as IMAPBad {
      ledger.reject(connection: connection)
      answer = "BAD \(mistake.reason)"
    }
    if answer.isEmpty { return }
    put("\(tag) \(answer)\r\n")
    if let text = injection {
      injection = nil
      put(text)
    }
    try await flush()
    if name == "LOGOUT" { throw End() }
    if name == "STARTTLS" && answer.hasPrefix("OK") { try await upgrade() }
  }

  /// True when the command has been answered by the fault itself.
  private func apply(_ effect: Fault.Effect, tag: String) async throws -> Bool {
    switch effect {
    case .drop, .dropAfterAccepting: throw End()
    case .dropAfterOctets(let octets): outLimit = octets
    case .dropInLiteral: cutsLiteral = true
    case .delay(let milliseconds): try await Task.sleep(for: .milliseconds(milliseconds))
    case .inject(let text): injection = text
    case .bye(let text): try await bye(text)
    case .refuse(let text):
      put("\(tag) \(text)\r\n")
      try await flush()
      return true
    case .giantLiteral(let octets):
      let uid = selection?.view.last ?? 1
      put("* 1 FETCH (UID \(uid) BODY[] {\(octets)}\r\nSubject: much more than there is\r\n\r\n")
      try await flush()
      // What comes next is the client's decision.
      while try await fill() {}
      throw End()
    }
    return false
  }

  /// - Returns: the tagged answer without the tag; empty when it has been sent.
  private func execute(_ name: String, tag: String, _ arguments: inout IMAPArguments) async throws -> String {
    if let answer = try await anyState(name, tag: tag, &arguments) { return answer }
    guard user != nil else {
      if Self.authenticatedCommands.contains(name) || Self.selectedCommands.contains(name) {
        throw IMAPBad("Log in first")
      }
      throw IMAPBad("Unknown command")
    }
    if let answer = try await authenticatedState(name, &arguments) {
      pushUpdates(expunges: true)
      return answer
    }
    guard Self.selectedCommands.contains(name) else { throw IMAPBad("Unknown command") }
    guard selection != nil else { throw IMAPBad("No mailbox is selected") }
    let answer = try await selectedState(name, &arguments)
    // Sequence numbers must not move while the client may have others on their way.
    pushUpdates(expunges: !["FETCH", "STORE", "SEARCH"].contains(name))
    return answer
  }

  private static let authenticatedCommands: Set<String> = [
    "SELECT", "EXAMINE", "CREATE", "DELETE", "RENAME", "SUBSCRIBE", "UNSUBSCRIBE", "LIST", "LSUB", "STATUS",
    "APPEND",
    "NAMESPACE", "ENABLE", "IDLE",
  ]
  private static let selectedCommands: Set<String> = [
    "CHECK", "CLOSE", "UNSELECT", "EXPUNGE", "SEARCH", "FETCH", "STORE", "COPY", "MOVE", "UID FETCH",
    "UID STORE",
    "UID COPY", "UID MOVE", "UID SEARCH", "UID EXPUNGE",
  ]

  func bye(_ text: String) async throws {
    put("* BYE \(text)\r\n")
    try await flush()
    throw End()
  }

  private func upgrade() async throws {
    // Octets sent with STARTTLS, before TLS, are an attack (or a broken client).
    guard input.isEmpty else {
      ledger.reject(connection: connection)
      throw End()
    }
    stream = try await tls.wrap(stream, deadline: .after(seconds: 30))
    isEncrypted = true
  }

  // MARK: Reading

  /// A whole command without its last CRLF; nil when the client has gone.
  private func readCommand() async throws -> [UInt8]? {
    var frame: [UInt8] = []
    while true {
      guard
        let line = try await readLine(limit: Self.lineOctetsMax - min(frame.count, Self.lineOctetsMax / 2))
      else {
        return nil
      }
      frame += line
      guard let literal = Self.literal(atEndOf: line) else { return frame }
      guard literal.octets <= (user == nil ? 8192 : Self.literalOctetsMax) else {
        ledger.reject(connection: connection)
        try await bye("Literal too large")
        return nil
      }
      let modes = capabilities
      if literal.waits {
        put("+ Go ahead\r\n")
        try await flush()
      } else if !modes.contains("LITERAL+") && !(modes.contains("LITERAL-") && literal.octets <= 4096) {
        ledger.reject(connection: connection)
        try await bye("A literal that does not wait")
      }
      frame += [13, 10]
      while input.count < literal.octets { guard try await fill() else { return nil } }
      frame += input.read(literal.octets)
    }
  }

  /// A line without its CRLF; nil at the end.
  func readLine(limit: Int = IMAPSession.lineOctetsMax) async throws -> [UInt8]? {
    var searched = 0
    while true {
      if let end = input.firstIndex(of: ASCII.lf, from: searched) {
        var line = input.read(end + 1)
        line.removeLast()
        guard line.last == ASCII.cr, !line.dropLast().contains(ASCII.cr), !line.contains(0),
          line.count <= limit
        else {
          ledger.note(.imap, connection: connection, "?")
          ledger.reject(connection: connection)
          try await bye("A line must end with CR LF, have no other CR and no NUL, and be short")
          return nil
        }
        line.removeLast()
        return line
      }
      searched = input.count
      guard input.count <= limit else {
        ledger.note(.imap, connection: connection, "?")
        ledger.reject(connection: connection)
        try await bye("Line too long")
        return nil
      }
      guard try await fill() else { return nil }
    }
  }

  /// False when the client has ended its side.
  private func fill() async throws -> Bool {
    var buffer = ByteBuffer()
    let n = try await stream.read(into: &buffer, atMost: 65_536, deadline: .after(seconds: Self.idleSeconds))
    input.append(buffer)
    return n > 0
  }

  private static func literal(atEndOf line: [UInt8]) -> (octets: Int, waits: Bool)? {
    guard line.last == 0x7D, let open = line.lastIndex(of: 0x7B) else { return nil }
    var digits = line[(open + 1)..<(line.count - 1)]
    var waits = true
    if digits.last == 0x2B {
      waits = false
      digits.removeLast()
    }
    guard let n = ASCII.decimal(digits) else { return nil }
    return (Int(clamping: n), waits)
  }

  // MARK: Writing

  func put(_ text: String) { out.append(text) }

  func put(_ bytes: [UInt8]) { out.append(contentsOf: bytes) }

  func putLiteral(_ bytes: ArraySlice<UInt8>) {
    put("{\(bytes.count)}\r\n")
    if cutsLiteral {
      cutsLiteral = false
      out.append(contentsOf: bytes.prefix(bytes.count / 2))
      outLimit = out.count
    }
    out.append(contentsOf: bytes)
  }

  /// Sends what waits, if it is much.
  func flushIfLarge() async throws { if out.count >= 65_536 { try await flush() } }

  func flush() async throws {
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

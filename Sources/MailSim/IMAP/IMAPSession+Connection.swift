internal import Bytes

extension IMAPSession {
  /// What is offered in the state that the connection is in.
  var capabilities: [String] {
    let list = IMAPCapabilities.list(world.options.profile, loggedIn: user != nil, encrypted: isEncrypted)
    return list.filter { !world.options.withoutCapabilities.contains($0) }
  }

  func isOffered(_ capability: String) -> Bool { capabilities.contains(capability) }

  /// Commands that are allowed in every state, or before login only.
  func anyState(_ name: String, tag: String, _ arguments: inout IMAPArguments) async throws -> String? {
    switch name {
    case "CAPABILITY":
      try arguments.end()
      put("* CAPABILITY \(capabilities.joined(separator: " "))\r\n")
      return "OK Done"
    case "NOOP":
      try arguments.end()
      pushUpdates(expunges: true)
      return "OK Done"
    case "LOGOUT":
      try arguments.end()
      put("* BYE See you\r\n")
      return "OK Done"
    case "ID":
      guard isOffered("ID") else { throw IMAPBad("Unknown command") }
      try arguments.space()
      try readID(&arguments)
      put("* ID (\"name\" \"Postroom MailSim\" \"vendor\" \"\(world.options.profile.rawValue)\")\r\n")
      return "OK Done"
    case "STARTTLS":
      try arguments.end()
      guard isOffered("STARTTLS") else { throw IMAPBad("TLS is not to be had or is on") }
      return "OK Begin TLS"
    case "LOGIN":
      try requireNotLoggedIn()
      try arguments.space()
      let name = try arguments.astring()
      try arguments.space()
      let password = try arguments.astring()
      try arguments.end()
      guard isEncrypted else { throw No("[PRIVACYREQUIRED] Not without TLS") }
      return try logIn(name, password)
    case "AUTHENTICATE":
      try requireNotLoggedIn()
      return try await authenticate(&arguments)
    default: return nil
    }
  }

  private func requireNotLoggedIn() throws(IMAPBad) {
    if user != nil { throw IMAPBad("Already logged in") }
  }

  private func readID(_ arguments: inout IMAPArguments) throws(IMAPBad) {
    if arguments.peek == 0x4E || arguments.peek == 0x6E {
      guard try arguments.keyword() == "NIL" else { throw IMAPBad("Expected NIL") }
      return try arguments.end()
    }
    try arguments.expect(0x28)
    var first = true
    while !arguments.skip(0x29) {
      if !first { try arguments.space() }
      first = false
      _ = try arguments.string()
      try arguments.space()
      _ = try arguments.nstring()
    }
    try arguments.end()
  }

  private func logIn(_ name: [UInt8], _ password: [UInt8]) throws(No) -> String {
    guard let known = world.user(String(decoding: name, as: UTF8.self)),
      world.isPassword(String(decoding: password, as: UTF8.self), of: known)
    else {
      throw No("[AUTHENTICATIONFAILED] Invalid credentials")
    }
    user = known
    return "OK [CAPABILITY \(capabilities.joined(separator: " "))] Logged in"
  }

  // MARK: AUTHENTICATE

  private func authenticate(_ arguments: inout IMAPArguments) async throws -> String {
    try arguments.space()
    let mechanism = try arguments.keyword()
    var first: [UInt8]?
    if arguments.skip(ASCII.space) {
      guard isOffered("SASL-IR") else { throw IMAPBad("An initial response is not offered") }
      first = try response(text: try arguments.atom(also: "="))
    }
    try arguments.end()
    guard isEncrypted else { throw No("[PRIVACYREQUIRED] Not without TLS") }
    guard isOffered("AUTH=\(mechanism)") else { throw No("[CANNOT] No such mechanism") }
    switch mechanism {
    case "PLAIN":
      let message: [UInt8]
      if let first { message = first } else { message = try await challenge("") }
      let parts = message.split(separator: 0, omittingEmptySubsequences: false)
      guard parts.count == 3, parts[0].isEmpty || parts[0].elementsEqual(parts[1]) else {
        throw IMAPBad("Not a PLAIN message")
      }
      return try logIn([UInt8](parts[1]), [UInt8](parts[2]))
    case "LOGIN":
      let name: [UInt8]
      if let first { name = first } else { name = try await challenge("Username:") }
      return try logIn(name, try await challenge("Password:"))
    case "XOAUTH2":
      let message: [UInt8]
      if let first { message = first } else { message = try await challenge("") }
      guard let (name, token) = Self.bearer(message) else { throw IMAPBad("Not an XOAUTH2 message") }
      do {
        return try logIn(name, token)
      } catch {
        _ = try await challenge(#"{"status":"401","schemes":"bearer","scope":"mail"}"#)
        throw error
      }
    default: throw No("[CANNOT] No such mechanism")
    }
  }

  private func challenge(_ text: String) async throws -> [UInt8] {
    put("+ \(Base64.encodeString(text.utf8))\r\n")
    try await flush()
    guard let line = try await readLine() else { throw End() }
    if line == [0x2A] { throw IMAPBad("Cancelled") }
    if line.isEmpty { return [] }
    guard let answer = Base64.decode(line) else { throw IMAPBad("Not base64") }
    return answer
  }

  private func response(text: String) throws(IMAPBad) -> [UInt8] {
    if text == "=" { return [] }
    guard let bytes = Base64.decode(text.utf8) else { throw IMAPBad("Not base64") }
    return bytes
  }

  /// The user and the token of `user=...^Aauth=Bearer ...^A^A`.
  static func bearer(_ message: [UInt8]) -> (name: [UInt8], token: [UInt8])? {
    let parts = message.split(separator: 1, omittingEmptySubsequences: false)
    guard parts.count == 4, parts[2].isEmpty, parts[3].isEmpty, parts[0].starts(with: "user=".utf8),
      parts[1].starts(with: "auth=Bearer ".utf8)
    else { return nil }
    return ([UInt8](parts[0].dropFirst(5)), [UInt8](parts[1].dropFirst(12)))
  }

  // MARK: IDLE

  /// Tells of changes as they come, until the client says DONE.
  func idle() async throws -> String {
    // Watching begins before the look at what is, so that nothing falls in between.
    let watch = selection.map { world.watch(owner, $0.folder) }
    pushUpdates(expunges: true)
    put("+ idling\r\n")
    try await flush()
    async let pushing: Void = push(watch?.wakes)
    let line: Result<[UInt8]?, any Error>
    do {
      line = .success(try await readLine())
    } catch {
      line = .failure(error)
    }
    if let watch { world.unwatch(watch) }
    await pushing
    guard let done = try line.get() else { throw End() }
    guard ASCII.equalsIgnoringCase(done, "DONE") else { throw IMAPBad("Expected DONE") }
    return "OK Done"
  }

  private func push(_ wakes: AsyncStream<Void>?) async {
    guard let wakes else { return }
    for await _ in wakes { guard await pushNow() else { return } }
  }

  /// False when nothing more can be sent.
  private func pushNow() async -> Bool {
    pushUpdates(expunges: true)
    do {
      try await flush()
      return true
    } catch {
      // The reader will notice; a dropped connection must end both directions.
      stream.close()
      return false
    }
  }
}

/// What each profile offers. The lists follow what the real servers say.
enum IMAPCapabilities {
  static func list(_ profile: MailSimOptions.Profile, loggedIn: Bool, encrypted: Bool) -> [String] {
    if loggedIn { return after(profile) }
    let mechanisms =
      encrypted ? ["AUTH=PLAIN", "AUTH=LOGIN", "AUTH=XOAUTH2"] : ["STARTTLS", "LOGINDISABLED"]
    switch profile {
    case .plain: return ["IMAP4rev1", "SASL-IR", "ID", "LITERAL+"] + mechanisms
    case .gmail:
      return ["IMAP4rev1", "UNSELECT", "IDLE", "NAMESPACE", "ID", "CHILDREN", "X-GM-EXT-1", "SASL-IR"]
        + mechanisms.filter { $0 != "AUTH=LOGIN" }
    case .office365:
      return [
        "IMAP4", "IMAP4rev1", "SASL-IR", "UIDPLUS", "MOVE", "ID", "UNSELECT", "CHILDREN", "IDLE", "NAMESPACE",
      ]
        + ["LITERAL+"] + mechanisms.filter { $0 != "AUTH=LOGIN" }
    }
  }

  private static func after(_ profile: MailSimOptions.Profile) -> [String] {
    switch profile {
    case .plain:
      return [
        "IMAP4rev1", "ID", "ENABLE", "IDLE", "LITERAL+", "NAMESPACE", "UIDPLUS", "MOVE", "UNSELECT",
        "CHILDREN",
        "SPECIAL-USE", "LIST-EXTENDED", "LIST-STATUS", "CONDSTORE", "QRESYNC", "ESEARCH",
      ]
    case .gmail:
      return [
        "IMAP4rev1", "UNSELECT", "IDLE", "NAMESPACE", "ID", "CHILDREN", "X-GM-EXT-1", "UIDPLUS", "ENABLE",
        "MOVE",
        "CONDSTORE", "ESEARCH", "LIST-EXTENDED", "LIST-STATUS", "LITERAL-", "APPENDLIMIT=35651584",
      ]
    case .office365:
      return [
        "IMAP4", "IMAP4rev1", "SASL-IR", "UIDPLUS", "MOVE", "ID", "UNSELECT", "CHILDREN", "IDLE", "NAMESPACE",
        "LITERAL+",
      ]
    }
  }
}

internal import Bytes

extension SMTPSession {
  // MARK: AUTH

  func authenticate(_ rest: [UInt8]) async throws {
    guard greeted, user == nil, sender == nil else { return try await reject("503 5.5.1 Not now") }
    guard isEncrypted else { return try await reject("538 5.7.11 Not without TLS") }
    let words = rest.split(separator: ASCII.space, omittingEmptySubsequences: false)
    guard words.count == 2 || words.count == 3, words[0].isEmpty else {
      return try await reject("501 5.5.4 Syntax: AUTH mechanism [response]")
    }
    var first: [UInt8]?
    if words.count == 3 {
      guard let decoded = words[2] == [0x3D] ? [] : Base64.decode(words[2]) else {
        return try await reject("501 5.5.2 Not base64")
      }
      first = decoded
    }
    let login: (name: [UInt8], password: [UInt8])?
    switch String(decoding: words[1].map(ASCII.upper), as: UTF8.self) {
    case "PLAIN":
      let message: [UInt8]
      if let first { message = first } else { message = try await challenge("") }
      let parts = message.split(separator: 0, omittingEmptySubsequences: false)
      login = parts.count == 3 ? ([UInt8](parts[1]), [UInt8](parts[2])) : nil
    case "LOGIN":
      let name: [UInt8]
      if let first { name = first } else { name = try await challenge("Username:") }
      login = (name, try await challenge("Password:"))
    case "XOAUTH2":
      let message: [UInt8]
      if let first { message = first } else { message = try await challenge("") }
      login = IMAPSession.bearer(message).map { ($0.name, $0.token) }
      if let login, check(login) == nil {
        _ = try await challenge(#"{"status":"401","schemes":"bearer","scope":"mail"}"#)
      }
    default: return try await reject("504 5.5.4 No such mechanism")
    }
    guard let login else { return try await reject("501 5.5.2 Malformed message") }
    guard let known = check(login) else { return try await answer("535 5.7.8 Invalid credentials") }
    user = known
    try await answer("235 2.7.0 Welcome")
  }

  private func check(_ login: (name: [UInt8], password: [UInt8])) -> String? {
    guard let known = world.user(String(decoding: login.name, as: UTF8.self)),
      world.isPassword(String(decoding: login.password, as: UTF8.self), of: known)
    else { return nil }
    return known
  }

  private func challenge(_ text: String) async throws -> [UInt8] {
    try await answer("334 \(Base64.encodeString(text.utf8))")
    guard let line = try await readLine() else { throw End() }
    if line == [0x2A] {
      try await answer("501 5.7.0 Cancelled")
      throw End()
    }
    guard let bytes = Base64.decode(line) else {
      try await reject("501 5.5.2 Not base64")
      throw End()
    }
    return bytes
  }

  // MARK: MAIL and RCPT

  func mail(_ rest: [UInt8]) async throws {
    guard greeted, sender == nil else { return try await reject("503 5.5.1 Not now") }
    guard user != nil else { return try await reject("530 5.7.0 Authentication required") }
    guard let (path, parameters) = Self.path(rest, after: " FROM:"), path.isEmpty || path.contains("@") else {
      return try await reject("501 5.5.4 Syntax: MAIL FROM:<address>")
    }
    for parameter in parameters {
      switch parameter.split(separator: "=", maxSplits: 1).first?.uppercased() {
      case "SIZE" where offers("SIZE"):
        guard let size = ASCII.decimal(parameter.utf8.dropFirst(5)) else {
          return try await reject("501 5.5.4 Bad SIZE")
        }
        if size > UInt64(world.options.messageOctetsMax) { return try await answer("552 5.3.4 Too large") }
      case "BODY" where offers("8BITMIME"):
        guard ["BODY=7BIT", "BODY=8BITMIME"].contains(parameter.uppercased()) else {
          return try await reject("501 5.5.4 Bad BODY")
        }
      case "SMTPUTF8" where offers("SMTPUTF8") && parameter.uppercased() == "SMTPUTF8": allowsUTF8 = true
      default: return try await reject("555 5.5.4 Unknown parameter")
      }
    }
    guard allowsUTF8 || path.utf8.allSatisfy({ $0 < 0x80 }) else {
      return try await reject("553 5.6.7 SMTPUTF8 was not asked for")
    }
    sender = path
    try await answer("250 2.1.0 Ok")
  }

  func recipient(_ rest: [UInt8]) async throws {
    guard sender != nil else { return try await reject("503 5.5.1 MAIL first") }
    guard let (path, parameters) = Self.path(rest, after: " TO:"), path.contains("@"), parameters.isEmpty
    else {
      return try await reject("501 5.5.4 Syntax: RCPT TO:<address>")
    }
    guard allowsUTF8 || path.utf8.allSatisfy({ $0 < 0x80 }) else {
      return try await reject("553 5.6.7 SMTPUTF8 was not asked for")
    }
    guard recipients.count < Self.recipientsMax else {
      return try await answer("452 4.5.3 Too many recipients")
    }
    switch Trouble(address: path) {
    case .recipientTemporary: return try await answer("451 4.7.1 Try again later")
    case .recipientPermanent: return try await answer("550 5.7.1 Rejected by policy")
    case .recipientDrop: throw End()
    case .slow: try await Task.sleep(for: .seconds(2))
    default: break
    }
    if world.isLocal(path) && world.user(path) == nil && Trouble(address: path) == nil {
      return try await answer("550 5.1.1 No such user")
    }
    recipients.append(path)
    try await answer("250 2.1.5 Ok")
  }

  /// The address and the parameters of `after` "<" address ">" parameters.
  private static func path(_ rest: [UInt8], after word: StaticString) -> (String, [String])? {
    var cursor = ByteCursor(rest)
    guard cursor.skip(ignoringCase: word), cursor.skip(0x3C) else { return nil }
    let path = cursor.take(upTo: 0x3E)
    guard cursor.skip(0x3E), path.allSatisfy({ $0 > 0x20 && $0 != 0x7F && $0 != 0x3C }) else { return nil }
    var parameters: [String] = []
    while !cursor.isAtEnd {
      guard cursor.skip(ASCII.space) else { return nil }
      let word = cursor.take(upTo: ASCII.space)
      guard !word.isEmpty, word.allSatisfy({ $0 > 0x20 && $0 < 0x7F }) else { return nil }
      parameters.append(String(decoding: word, as: UTF8.self))
    }
    return (String(decoding: path, as: UTF8.self), parameters)
  }

  // MARK: DATA

  func data() async throws {
    guard let from = sender, let user else { return try await reject("503 5.5.1 MAIL first") }
    guard !recipients.isEmpty else { return try await answer("554 5.5.1 No valid recipients") }
    try await answer("354 End data with <CR><LF>.<CR><LF>")
    guard let (mail, isClean, isTooLarge) = try await readMail() else { throw End() }
    let to = recipients
    resetTransaction()
    ledger.note(.smtp, connection: connection, ".")
    let troubles = to.compactMap { Trouble(address: $0) }
    let effect = ledger.effect(.smtp, ".", user: user)
    if troubles.contains(.lostBefore) || effect == .drop { throw End() }
    if let effect, effect != .dropAfterAccepting, try await apply(effect) { return }
    guard isClean else { return try await reject("550 5.6.11 A CR or LF stands alone") }
    if isTooLarge { return try await answer("552 5.3.4 Too large") }
    if troubles.contains(.dataTemporary) { return try await answer("451 4.3.0 Try again later") }
    if troubles.contains(.dataPermanent) { return try await answer("554 5.6.0 Rejected by content") }
    let number = post.accept(mail, user: user, from: from, recipients: to)
    if troubles.contains(.lost) || effect == .dropAfterAccepting { throw End() }
    try await answer("250 2.0.0 Ok: queued as \(number)")
  }
}

/// What a recipient's local part makes go wrong, in any domain.
enum Trouble: String, Sendable {
  /// 451 to RCPT.
  case recipientTemporary = "tempfail"
  /// 550 to RCPT.
  case recipientPermanent = "reject"
  /// The connection ends at RCPT.
  case recipientDrop = "drop"
  /// RCPT is answered after two seconds.
  case slow
  /// 451 to the final dot.
  case dataTemporary = "datatemp"
  /// 554 to the final dot.
  case dataPermanent = "datareject"
  /// The mail is taken, then the connection ends without an answer.
  case lost
  /// The connection ends at the final dot and the mail is not taken.
  case lostBefore = "lostbefore"
  /// Taken, and later returned to the sender as undeliverable.
  case bounce

  init?(address: String) {
    self.init(rawValue: String(address.lowercased().prefix { $0 != "@" }))
  }
}

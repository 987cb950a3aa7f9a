internal import Bytes
internal import IMAPCodec
package import SASL

extension IMAPConnection {
  /// Logs in, learns what the server can do now, and switches on QRESYNC or CONDSTORE.
  ///
  /// The best mechanism of those offered is used; the LOGIN command only where none is. Nothing is
  /// sent when the connection is not encrypted. After PREAUTH there is nothing to do. A referral to
  /// another server (RFC 2221) is never followed.
  /// - Throws: ``IMAPClientError/authenticationFailed(code:text:)`` when the server does not take the
  ///   credential; ``IMAPClientError/refused(command:status:code:text:)`` when it could not look at it
  ///   (too many connections, throttling); ``IMAPClientError/sasl(_:)`` when the server is not who it
  ///   says.
  /// - Parameter mechanisms: the only ones that may be used; empty: the LOGIN command.
  /// - Parameter enabling: false: ENABLE is left to ``begin(_:)``.
  package nonisolated(nonsending) func authenticate(
    _ credential: Credential, by mechanisms: Set<SASLMechanism> = Set(SASLMechanism.allCases),
    enabling: Bool = true
  ) async throws(IMAPClientError) {
    if isClosed { throw .stream(.closed) }
    if session.isAuthenticated { return }
    let before = session.capabilities
    // Nobody has this connection before `open` has seen to TLS (or was told to trust the stream).
    let offered = capabilities.filter { $0.hasPrefix("AUTH=") }.map { String($0.dropFirst(5)) }.sorted()
    let usable = offered.filter { SASLMechanism(rawValue: $0).map(mechanisms.contains) == true }
    let mechanism = SASLClient.choose(offered: usable, credential: credential, encrypted: true)
    var mayLogin = !session.has("LOGINDISABLED")
    if case .bearer = credential { mayLogin = false }
    if let mechanism {
      let command = "AUTHENTICATE \(mechanism.rawValue)"
      let status = try await exchange(mechanism, credential)
      if status.kind == .ok { return try await loggedIn(enabling) }
      session.restore(capabilities: before)
      // BAD means that the server does not do what it offers, not that the password is wrong.
      guard status.kind == .bad, mayLogin else { throw Self.loginFailure(command, status, credential) }
    } else if !mayLogin {
      throw .noMechanism(offered: offered)
    }
    let status = try await perform(
      .authenticate("LOGIN"),
      encode: { (e) throws(UnencodableArgument) in
        e.word("LOGIN ")
        try e.astring(Array(credential.user.utf8))
        e.raw(" ")
        try e.astring(credential.secret.withBytes { $0 })
      })
    if status.kind == .ok { return try await loggedIn(enabling) }
    session.restore(capabilities: before)
    throw Self.loginFailure("LOGIN", status, credential)
  }

  private nonisolated(nonsending) func loggedIn(_ enabling: Bool) async throws(IMAPClientError) {
    if session.capabilities == nil { try await askCapabilities() }
    if enabling { try await enableExtensions() }
  }

  /// `"AUTHENTICATE" SP auth-type [SP initial-resp] *(CRLF base64)` (RFC 4959 for the initial response).
  private nonisolated(nonsending) func exchange(
    _ mechanism: SASLMechanism, _ credential: Credential
  ) async throws(IMAPClientError) -> StatusResponse {
    var sasl: SASLClient
    var first: [UInt8]?
    do throws(SASLError) {
      sasl = try SASLClient(mechanism: mechanism, credential: credential)
      first = try sasl.initialResponse()
    } catch .credentialInvalid(let field) {
      throw .invalidArgument("\(field) holds octets that cannot be sent")
    } catch {
      throw .sasl(error)
    }
    let inline = session.has("SASL-IR") ? first : nil
    let (tag, command) = try encode { (e) throws(UnencodableArgument) in
      e.word("AUTHENTICATE ")
      try e.token(mechanism.rawValue.utf8)
      if let inline {
        e.raw(" ")
        try e.token(inline.isEmpty ? [0x3D] : Base64.encode(inline))
      }
    }
    if inline != nil { first = nil }
    session.begin(.authenticate("AUTHENTICATE \(mechanism.rawValue)"), tag: tag)
    for segment in command.segments { try await send(segment) }
    return try await converse(&sasl, first)
  }

  private nonisolated(nonsending) func converse(
    _ sasl: inout SASLClient, _ first: [UInt8]?
  ) async throws(IMAPClientError) -> StatusResponse {
    var first = first
    var budget = Self.fewLines
    let deadline = commandDeadline
    // The longest exchange is SCRAM's: three challenges.
    var challengesLeft = 10
    while true {
      let (meaning, octets) = try await next(.until(deadline))
      switch meaning {
      case .data(let untagged):
        try settle(untagged, octets, &budget) { if case .capability = $0 { true } else { false } }
      case .skipped: break
      case .greeted: throw violation("a second greeting")
      case .completed(_, _, let status):
        if status.kind == .ok, first != nil || !sasl.isComplete {
          close()
          throw .sasl(.serverNotVerified(sasl.mechanism))
        }
        return status
      case .continuation(let text):
        challengesLeft -= 1
        guard challengesLeft >= 0 else { throw violation("endless authentication") }
        let reply: [UInt8]
        if let message = first {
          // The client speaks first: this challenge is empty and only asks for it.
          reply = message
          first = nil
        } else {
          reply = try await answer(&sasl, to: text)
        }
        try await send(Base64.encode(reply) + [ASCII.cr, ASCII.lf])
      }
    }
  }

  private nonisolated(nonsending) func answer(
    _ sasl: inout SASLClient, to text: [UInt8]
  ) async throws(IMAPClientError) -> [UInt8] {
    let trimmed = text.filter { $0 != ASCII.space && $0 != ASCII.tab }
    do throws(SASLError) {
      guard let challenge = Base64.decode(trimmed) else {
        // LOGIN's challenges are prompts whose text means nothing, and some servers do not encode them.
        if sasl.mechanism == .login { return try sasl.respond(to: []) }
        throw .challengeMalformed(sasl.mechanism, reason: "not base64")
      }
      return try sasl.respond(to: challenge)
    } catch {
      // The exchange is called off (RFC 9051 §6.2.2), so that the server logs it as what it is.
      try await send([0x2A, ASCII.cr, ASCII.lf])
      close()
      throw .sasl(error)
    }
  }

  /// Codes with which a server says that it did not judge the credential at all.
  private static let notJudged: Set<String> = [
    "UNAVAILABLE", "LIMIT", "INUSE", "SERVERBUG", "THROTTLED", "OVERQUOTA", "CONTACTADMIN", "PRIVACYREQUIRED",
  ]

  private static func loginFailure(
    _ command: String, _ status: StatusResponse, _ credential: Credential
  ) -> IMAPClientError {
    let text = redacted(shortened(status.text), credential)
    let code = status.code?.name
    // Gmail: `NO [ALERT] Too many simultaneous connections. (Failure)`.
    let crowded = status.text.lowercased().contains("too many simultaneous connections")
    if status.kind == .no, !crowded, !notJudged.contains(code ?? "") {
      return .authenticationFailed(code: code, text: text)
    }
    return .refused(command: command, status: status.kind == .bad ? .bad : .no, code: code, text: text)
  }

  /// A server may repeat what it was sent: then its words are not passed on.
  private static func redacted(_ text: String, _ credential: Credential) -> String {
    let secret = credential.secret.withBytes { $0 }
    let forms = [
      secret, Base64.encode(secret), Base64.encode([0] + Array(credential.user.utf8) + [0] + secret),
    ]
    let octets = Array(text.utf8)
    return forms.contains { holds(octets, $0) } ? "<redacted>" : text
  }

  private static func holds(_ text: [UInt8], _ part: [UInt8]) -> Bool {
    guard !part.isEmpty, part.count <= text.count else { return false }
    return (0...(text.count - part.count)).contains { text[$0..<($0 + part.count)].elementsEqual(part) }
  }
}

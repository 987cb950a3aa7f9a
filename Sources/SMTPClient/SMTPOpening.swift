internal import Bytes

/// The beginning of a connection, from the greeting to the extensions, without I/O.
struct SMTPOpening: Sendable {
  /// greeting → hello; hello → helo (EHLO not known), startTLS or done; startTLS → upgrading;
  /// upgrading → hello; helo → done. A refusal ends the machine with an error.
  private enum State: Sendable { case greeting, hello, helo, startTLS, upgrading, done }

  enum Action: Sendable {
    /// Send this, then read one reply.
    case send(String)
    /// Make sure that nothing else has arrived, turn the stream into a TLS one, call ``upgraded()``.
    case upgrade
    case finished
  }

  private(set) var extensions: [String: String] = [:]
  private var state = State.greeting
  private var wantsTLS: Bool
  private let clientName: String

  init(clientName: String, startTLS: Bool) throws(SMTPClientError) {
    try SMTPSyntax.checkClientName(clientName)
    self.clientName = clientName
    wantsTLS = startTLS
  }

  mutating func receive(_ reply: SMTPReply) throws(SMTPClientError) -> Action {
    switch state {
    case .greeting:
      guard reply.code == 220 else { throw refusal("greeting", reply) }
      return hello()
    case .hello:
      // 500 and 502: a server of RFC 821. It cannot offer STARTTLS either.
      if (reply.code == 500 || reply.code == 502) && !wantsTLS {
        state = .helo
        return .send("HELO \(clientName)\r\n")
      }
      guard reply.code == 250 else { throw refusal("EHLO", reply) }
      extensions = Self.extensions(reply)
      if !wantsTLS { return finish() }
      guard extensions["STARTTLS"] != nil else { throw .extensionMissing("STARTTLS") }
      state = .startTLS
      return .send("STARTTLS\r\n")
    case .helo:
      guard reply.code == 250 else { throw refusal("HELO", reply) }
      return finish()
    case .startTLS:
      guard reply.code == 220 else { throw refusal("STARTTLS", reply) }
      state = .upgrading
      return .upgrade
    case .upgrading, .done:
      throw .protocolViolation("a reply to no command", afterFinalDot: false)
    }
  }

  /// TLS is up: all that was learnt in clear is forgotten (RFC 3207 §4.2).
  mutating func upgraded() -> Action {
    extensions = [:]
    wantsTLS = false
    return hello()
  }

  private mutating func hello() -> Action {
    state = .hello
    return .send("EHLO \(clientName)\r\n")
  }

  private mutating func finish() -> Action {
    state = .done
    return .finished
  }

  private func refusal(_ command: String, _ reply: SMTPReply) -> SMTPClientError {
    if reply.isTemporaryFailure || reply.isPermanentFailure { return .refused(command: command, reply) }
    return .protocolViolation("\(command) answered with \(reply.code)", afterFinalDot: false)
  }

  /// The keywords, upper-case, with their parameters as written. The first line is the server's name.
  private static func extensions(_ reply: SMTPReply) -> [String: String] {
    var found: [String: String] = [:]
    for line in reply.text.utf8.split(separator: ASCII.lf, omittingEmptySubsequences: false).dropFirst() {
      // "AUTH=LOGIN" is an old form of "AUTH LOGIN", still sent next to it.
      let keyword = line.prefix { ASCII.isAlphanumeric($0) || $0 == 0x2D || $0 == 0x5F }
      guard !keyword.isEmpty else { continue }
      let rest = line.dropFirst(keyword.count)
      let parameters = rest.drop { $0 == ASCII.space || $0 == 0x3D }
      let name = String(decoding: keyword.map(ASCII.upper), as: UTF8.self)
      let text = String(decoding: parameters, as: UTF8.self)
      found[name] = found[name].map { $0 == text ? $0 : "\($0) \(text)" } ?? text
    }
    return found
  }
}

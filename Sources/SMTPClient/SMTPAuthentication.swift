internal import Bytes
internal import SASL

/// An AUTH exchange (RFC 4954), without I/O.
struct SMTPAuthentication: Sendable {
  /// RFC 4954 §4: the AUTH command keeps to the length of every command line.
  private static let commandOctetsMax = 512
  /// More challenges than any mechanism has.
  private static let challengesMax = 10

  enum Action: Sendable {
    /// Send this, then read one reply.
    case send([UInt8])
    case finished
  }

  private let mechanism: SASLMechanism
  private let credential: Credential
  private var client: SASLClient
  /// The first response when it did not go with the command.
  private var held: [UInt8]?
  private var challenges = 0
  /// Base64 texts that were sent; a server that echoes them must not get them into an error.
  private var sent: [String] = []
  /// What is thrown once the server has answered the cancellation.
  private var cancelled: SMTPClientError?

  init(offered: [String], credential: Credential, encrypted: Bool) throws(SMTPClientError) {
    guard let mechanism = SASLClient.choose(offered: offered, credential: credential, encrypted: encrypted)
    else {
      throw .noMechanism(offered: offered)
    }
    self.mechanism = mechanism
    self.credential = credential
    do {
      client = try SASLClient(mechanism: mechanism, credential: credential)
    } catch {
      throw .invalidArgument("the credential cannot be used with \(mechanism.rawValue)")
    }
  }

  mutating func begin() throws(SMTPClientError) -> Action {
    let first: [UInt8]?
    do {
      first = try client.initialResponse()
    } catch {
      throw .invalidArgument("the credential cannot be used with \(mechanism.rawValue)")
    }
    let command = "AUTH \(mechanism.rawValue)"
    guard let first else { return .send([UInt8]("\(command)\r\n".utf8)) }
    let text = remember(first)
    if command.utf8.count + text.utf8.count + 3 > Self.commandOctetsMax {
      held = first
      return .send([UInt8]("\(command)\r\n".utf8))
    }
    return .send([UInt8]("\(command) \(text.isEmpty ? "=" : text)\r\n".utf8))
  }

  mutating func receive(_ reply: SMTPReply) throws(SMTPClientError) -> Action {
    if reply.closesConnection { throw .refused(command: "AUTH", redacted(reply)) }
    if let cancelled { throw cancelled }
    if reply.code == 334 { return try respond(reply) }
    if reply.code == 235 {
      let mutual = mechanism == .scramSHA1 || mechanism == .scramSHA256
      if mutual && !client.isComplete {
        throw .protocolViolation("authentication ended without the server's proof", afterFinalDot: false)
      }
      return .finished
    }
    guard reply.isTemporaryFailure || reply.isPermanentFailure else {
      throw .protocolViolation("AUTH answered with \(reply.code)", afterFinalDot: false)
    }
    throw .authenticationFailed(redacted(reply))
  }

  private mutating func respond(_ reply: SMTPReply) throws(SMTPClientError) -> Action {
    challenges += 1
    guard challenges <= Self.challengesMax else { return cancel("too many challenges") }
    if let first = held {
      held = nil
      return .send([UInt8]("\(remember(first))\r\n".utf8))
    }
    guard let challenge = Base64.decode(reply.text.utf8.filter { $0 != ASCII.space }) else {
      return cancel("a challenge that is not base64")
    }
    do {
      return .send([UInt8]("\(remember(try client.respond(to: challenge)))\r\n".utf8))
    } catch {
      return cancel("a challenge that \(mechanism.rawValue) does not allow")
    }
  }

  private mutating func cancel(_ why: String) -> Action {
    cancelled = .protocolViolation(why, afterFinalDot: false)
    return .send([UInt8]("*\r\n".utf8))
  }

  private mutating func remember(_ response: [UInt8]) -> String {
    let text = Base64.encodeString(response)
    sent.append(text)
    return text
  }

  /// `reply` without anything secret that the server may have echoed.
  private func redacted(_ reply: SMTPReply) -> SMTPReply {
    let secret: Secret
    switch credential {
    case .password(_, let s), .bearer(_, let s): secret = s
    }
    var text = [UInt8](reply.text.utf8)
    for needle in sent.map({ [UInt8]($0.utf8) }) + [secret.withBytes { $0 }] where !needle.isEmpty {
      text = Self.replace(needle, in: text)
    }
    return SMTPReply(code: reply.code, enhanced: reply.enhanced, text: String(decoding: text, as: UTF8.self))
  }

  private static func replace(_ needle: [UInt8], in text: [UInt8]) -> [UInt8] {
    var out: [UInt8] = []
    var i = 0
    while i < text.count {
      if text.count - i >= needle.count, text[i..<i + needle.count].elementsEqual(needle) {
        out += "<redacted>".utf8
        i += needle.count
      } else {
        out.append(text[i])
        i += 1
      }
    }
    return out
  }
}

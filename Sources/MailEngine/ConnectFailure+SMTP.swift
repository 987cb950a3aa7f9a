internal import MailStore
internal import SMTPClient

extension ConnectFailure {
  init(_ error: SMTPClientError, settings: ServerSettings, step: Step) {
    let (problem, words): (Problem, String)
    switch error {
    case .stream(let inner, _):
      self.init(inner, server: .smtp, settings: settings, step: step)
      return
    case .refused(_, let reply):
      problem = reply.code / 100 == 4 ? .busy : step == .login ? .authenticationFailed : .refused
      words = Self.words(reply)
    case .authenticationFailed(let reply): (problem, words) = (Self.verdict(reply), Self.words(reply))
    case .allRecipientsRefused: (problem, words) = (.protocolError, "recipients refused")
    case .invalidArgument(let text): (problem, words) = (.protocolError, text)
    case .messageTooLarge(_, let limit): (problem, words) = (.protocolError, "at most \(limit) octets")
    case .protocolViolation(let text, _): (problem, words) = (.protocolError, text)
    case .noMechanism(let offered):
      (problem, words) = (.noMechanism, "offered: " + offered.joined(separator: " "))
    case .extensionMissing(let name):
      (problem, words) = (name == "STARTTLS" ? .noEncryption : .protocolError, "no \(name)")
    }
    self.init(
      server: .smtp, host: settings.host, port: settings.port, step: step, problem: problem,
      serverWords: words)
  }

  /// RFC 4954 §4 and §6: 535 5.7.8 credentials, 454 temporary, 5.7.139 and the like: not permitted.
  private static func verdict(_ reply: SMTPReply) -> Problem {
    if reply.code / 100 == 4 { return .busy }
    if reply.enhanced == "5.7.139" || reply.enhanced == "5.7.57" { return .denied }
    return .authenticationFailed
  }

  static func words(_ reply: SMTPReply) -> String {
    [String(reply.code), reply.enhanced ?? "", reply.text].filter { !$0.isEmpty }.joined(separator: " ")
  }
}

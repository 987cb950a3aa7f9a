internal import Bytes
internal import IMAPClient
internal import MailStore
internal import SASL
internal import SMTPClient

/// Why a mail server could not be used: which one, at which step, what it said, and what a person
/// can do (S4).
package struct ConnectFailure: Error, Sendable, Hashable {
  package enum Server: String, Sendable, Hashable { case imap, smtp }

  /// In the order they are taken.
  package enum Step: String, Sendable, Hashable, CaseIterable {
    case settings, resolve, connect, tls, greeting, login, list
  }

  package enum Problem: String, Sendable, Hashable, CaseIterable {
    /// POP3, or a port that cannot be a mail server's.
    case unsupported
    case hostUnknown, unreachable, timeout, tls
    case certificateExpired, certificateWrongHost, certificateUntrusted, certificateOther
    /// The server offers no encryption where it is required, or no way to sign in that we speak.
    case noEncryption, noMechanism
    case authenticationFailed
    /// The server will not serve this account now: too many connections, maintenance.
    case busy
    /// The server will not serve this account at all until somebody changes that.
    case denied
    case refused
    case protocolError = "protocol"
  }

  package var server: Server
  package var host: String
  package var port: UInt16
  package var step: Step
  package var problem: Problem
  /// What the server (or the system) said; empty when it said nothing. No secrets.
  package var serverWords: String
  /// The response code with them, its first word in upper case (RFC 9051 §7.1, RFC 5530).
  package var code: String?
  /// Other settings of the same server that were tried before, and how each ended.
  package var tried: [String] = []

  package init(
    server: Server, host: String, port: UInt16, step: Step, problem: Problem, serverWords: String = ""
  ) {
    self.server = server
    self.host = host
    self.port = port
    self.step = step
    self.problem = problem
    self.serverWords = serverWords
  }

  /// The server was reached and judged what it was told: other ports would not say otherwise.
  var isVerdict: Bool {
    switch problem {
    case .authenticationFailed, .denied, .busy, .noMechanism: true
    default: false
    }
  }
}

extension ConnectFailure {
  /// The system's or TLS library's failure, told as the step at which it happened.
  init(_ error: StreamError, server: Server, settings: ServerSettings, step: Step) {
    let (step, problem, words): (Step, Problem, String) =
      switch error {
      case .closed: (step, .unreachable, "the connection was closed")
      case .cancelled: (step, .unreachable, "cancelled")
      case .truncated: (step, .unreachable, "the server ended the connection")
      case .timedOut(let operation):
        (
          operation == .resolve ? .resolve : operation == .handshake ? .tls : step, .timeout,
          "no answer in time"
        )
      case .hostNotFound(_, let reason): (.resolve, .hostUnknown, reason)
      case .system(let operation, let errno):
        (operation == .handshake ? .tls : step, .unreachable, SystemWords.text(errno))
      case .certificate(let problem, let detail): (.tls, Problem(problem), detail)
      case .tls(let text): (.tls, .tls, text)
      }
    self.init(
      server: server, host: settings.host, port: settings.port, step: step, problem: problem,
      serverWords: words)
  }

  init(_ error: IMAPClientError, settings: ServerSettings, step: Step) {
    let (problem, words): (Problem, String)
    var told: String?
    switch error {
    case .stream(let inner):
      self.init(inner, server: .imap, settings: settings, step: step)
      return
    case .authenticationFailed(let code, let text):
      (problem, words) = (Self.verdict(code, text), text)
      told = code
    case .refused(_, _, let code, let text):
      let verdict = Self.verdict(code, text)
      (problem, words) = (verdict == .authenticationFailed && step != .login ? .refused : verdict, text)
      told = code
    case .sasl(let inner): (problem, words) = (.protocolError, "\(inner)")
    case .protocolViolation(let text): (problem, words) = (.protocolError, text)
    case .limit(let what, let max): (problem, words) = (.protocolError, "more than \(max): \(what)")
    case .capabilityMissing(let name):
      (problem, words) = (name == "STARTTLS" ? .noEncryption : .protocolError, "no \(name)")
    case .mailboxNotSelected: (problem, words) = (.protocolError, "no folder is open")
    case .noMechanism(let offered):
      (problem, words) = (.noMechanism, "offered: " + offered.joined(separator: " "))
    case .invalidArgument(let text): (problem, words) = (.protocolError, text)
    }
    self.init(
      server: .imap, host: settings.host, port: settings.port, step: step, problem: problem,
      serverWords: words)
    code = told.map(Self.firstWord)
  }

  /// What a refusal of the account means, by its response code (RFC 9051 §7.1, RFC 5530) and words.
  ///
  /// Words decide only where servers give no code: Gmail's and Exchange's limits.
  static func verdict(_ code: String?, _ text: String) -> Problem {
    switch code.map(firstWord) {
    case "UNAVAILABLE", "LIMIT", "INUSE", "SERVERBUG", "THROTTLED", "OVERQUOTA": return .busy
    case "AUTHORIZATIONFAILED", "CONTACTADMIN", "NOPERM", "REFERRAL", "WEBALERT": return .denied
    case "AUTHENTICATIONFAILED", "EXPIRED": return .authenticationFailed
    case "PRIVACYREQUIRED": return .noEncryption
    default: break
    }
    let words = text.lowercased()
    for sign in ["too many", "throttled", "rate limit", "try again", "temporar", "unavailable"]
    where words.contains(sign) { return .busy }
    for sign in ["not enabled", "disabled", "not authorized", "suspended", "blocked"]
    where words.contains(sign) { return .denied }
    return .authenticationFailed
  }

  private static func firstWord(_ code: String) -> String {
    String(code.prefix { $0 != " " }).uppercased()
  }
}

extension ConnectFailure.Problem {
  init(_ problem: StreamError.CertificateProblem) {
    switch problem {
    case .expired, .notYetValid: self = .certificateExpired
    case .wrongHost: self = .certificateWrongHost
    case .untrusted: self = .certificateUntrusted
    case .revoked, .other: self = .certificateOther
    }
  }

  var isCertificate: Bool {
    switch self {
    case .certificateExpired, .certificateWrongHost, .certificateUntrusted, .certificateOther: true
    default: false
    }
  }
}

extension ConnectFailure {
  /// What the person who set this up can do.
  package var advice: String {
    let name = server == .imap ? "IMAP" : "SMTP"
    switch problem {
    case .unsupported:
      return
        "Use IMAP (port 993 or 143) and SMTP submission (port 465 or 587). POP3 cannot be used: it "
        + "moves mail away from the server, so no other device and no later sync can see it."
    case .hostUnknown: return "Check the spelling of the \(name) server's name, \(host)."
    case .unreachable, .timeout:
      return
        "Check the name and port of the \(name) server (\(host), \(port)), and that no firewall stands "
        + "between."
    case .tls:
      return
        "The server and we found no common way to encrypt. Check that port \(port) is right for this kind of "
        + "encryption."
    case .certificateExpired:
      return "The server's certificate is not valid today. Ask its operator to renew it."
    case .certificateWrongHost:
      return
        "The server's certificate is for another name. Use the name that its operator publishes instead "
        + "of \(host)."
    case .certificateUntrusted:
      return
        "The server's certificate is signed by nobody we trust. If it is your own authority, add its "
        + "certificate to the configuration."
    case .certificateOther: return "The server's certificate cannot be accepted. Ask its operator."
    case .noEncryption:
      return "The server offers no encryption on port \(port). Try \(server == .imap ? "993" : "465")."
    case .noMechanism: return "The server offers no way to sign in with a password. It may ask for OAuth."
    case .authenticationFailed:
      return
        "Check user name and password. Many providers ask for an app password when two-step sign-in is "
        + "on, and some let \(name) be switched on first."
    case .busy: return "The server takes no more connections of this account now. Try again in some minutes."
    case .denied:
      return "The account may not use \(name). Ask the administrator of the mail account to allow it."
    case .refused: return "The server refused. Its own words say why."
    case .protocolError: return "What answers at \(host), port \(port), does not speak \(name) as it should."
    }
  }

  /// One line for a person: what happened and what the server said.
  package var summary: String {
    let name = server == .imap ? "IMAP" : "SMTP"
    let what = "\(name) \(host):\(port): \(step.rawValue): \(problem.rawValue)"
    return serverWords.isEmpty ? what : what + ": " + serverWords
  }
}

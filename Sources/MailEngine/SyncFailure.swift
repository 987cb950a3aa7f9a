internal import Bytes
internal import IMAPClient
internal import MailReading
internal import MailStore

/// What a failure while reading a mailbox means for the mailbox (S22).
struct SyncFailure: Sendable, Hashable {
  enum Verdict: Sendable, Hashable {
    /// Try again by itself.
    case retry(MailboxReason?)
    /// A person must do something first.
    case disconnect(MailboxReason)
    /// The mailbox exists no more.
    case end
  }

  var verdict: Verdict
  /// For a person; no secrets.
  var detail: String
  /// The next attempt comes no sooner: the server asked for it.
  var pauseMilliseconds: Int64 = 0

  init(_ verdict: Verdict, detail: String) {
    self.verdict = verdict
    self.detail = detail
  }

  init(_ error: any Error, settings: ServerSettings) {
    switch error {
    case let failure as ConnectFailure: self.init(failure)
    case let error as IMAPClientError:
      let failure = ConnectFailure(error, settings: settings, step: .list)
      let reason = failure.code == "OVERQUOTA" ? MailboxReason.quotaExceeded : Self.throttle(failure)
      self.init(.retry(reason), detail: failure.serverWords.isEmpty ? failure.summary : failure.serverWords)
      pauseMilliseconds = Self.pause(failure)
    case let error as MailStoreError: self.init(error)
    case MailReadingError.unavailable: self.init(.retry(nil), detail: "mail cannot be parsed now")
    default: self.init(.retry(nil), detail: "\(type(of: error))")
    }
  }

  private init(_ failure: ConnectFailure) {
    let detail = failure.summary
    switch (failure.problem, failure.code) {
    case (_, "OVERQUOTA"): self.init(.retry(.quotaExceeded), detail: detail)
    case (.authenticationFailed, _): self.init(.disconnect(.passwordChanged), detail: detail)
    // RFC 2221: the mailbox is at another server.
    case (.denied, "REFERRAL"): self.init(.disconnect(.mailboxMigrated), detail: detail)
    // The provider of tokens, or the mail server, takes ours no more.
    case (.denied, "INVALID_GRANT"): self.init(.disconnect(.accessRevoked), detail: detail)
    // Gmail: the person must sign in by the browser, and allow us again.
    case (.denied, "WEBALERT"): self.init(.disconnect(.accessRevoked), detail: detail)
    case (.denied, _): self.init(.disconnect(.serverRevoked), detail: detail)
    case _ where failure.problem.isCertificate: self.init(.retry(.certificateInvalid), detail: detail)
    default:
      self.init(.retry(Self.throttle(failure)), detail: detail)
      pauseMilliseconds = Self.pause(failure)
    }
  }

  /// The server has had enough of this account for a while.
  private static func throttle(_ failure: ConnectFailure) -> MailboxReason? {
    guard failure.problem == .busy else { return nil }
    if failure.code == "LIMIT" || failure.code == "THROTTLED" { return .throttled }
    let words = failure.serverWords.lowercased()
    return ["too many", "throttled", "rate limit"].contains(where: words.contains) ? .throttled : nil
  }

  /// Exchange Online: `Suggested Backoff Time: 92415 milliseconds`.
  private static func pause(_ failure: ConnectFailure) -> Int64 {
    let words = failure.serverWords.lowercased()
    guard let start = words.firstRange(of: "backoff time: ")?.upperBound else { return 0 }
    let digits = words[start...].prefix { $0.isASCII && $0.isNumber }.prefix(9)
    guard let n = Int64(digits) else { return 0 }
    return min(words[start...].dropFirst(digits.count).hasPrefix(" millisecond") ? n : n * 1000, pauseMax)
  }

  private static let pauseMax: Int64 = 3_600_000

  private init(_ error: MailStoreError) {
    switch error {
    case .notFound: self.init(.end, detail: "the mailbox was deleted")
    case .diskFull: self.init(.retry(nil), detail: "our disk is full")
    default: self.init(.retry(nil), detail: "our database could not be used")
    }
  }
}

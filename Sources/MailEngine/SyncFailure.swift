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

  init(_ verdict: Verdict, detail: String) {
    self.verdict = verdict
    self.detail = detail
  }

  init(_ error: any Error, settings: ServerSettings) {
    switch error {
    case let failure as ConnectFailure: self.init(failure)
    case let error as IMAPClientError:
      if case .refused(_, _, let code, let text) = error, let reason = Self.reason(code) {
        self.init(.retry(reason), detail: text)
      } else {
        let failure = ConnectFailure(error, settings: settings, step: .list)
        self.init(.retry(nil), detail: failure.serverWords.isEmpty ? failure.summary : failure.serverWords)
      }
    case let error as MailStoreError: self.init(error)
    case MailReadingError.unavailable: self.init(.retry(nil), detail: "mail cannot be parsed now")
    default: self.init(.retry(nil), detail: "\(type(of: error))")
    }
  }

  private init(_ failure: ConnectFailure) {
    let detail = failure.summary
    switch failure.problem {
    case .authenticationFailed: self.init(.disconnect(.passwordChanged), detail: detail)
    case .denied: self.init(.disconnect(.serverRevoked), detail: detail)
    case _ where failure.problem.isCertificate: self.init(.retry(.certificateInvalid), detail: detail)
    default: self.init(.retry(nil), detail: detail)
    }
  }

  private init(_ error: MailStoreError) {
    switch error {
    case .notFound: self.init(.end, detail: "the mailbox was deleted")
    case .diskFull: self.init(.retry(nil), detail: "our disk is full")
    default: self.init(.retry(nil), detail: "our database could not be used")
    }
  }

  private static func reason(_ code: String?) -> MailboxReason? {
    switch code?.uppercased() {
    case "OVERQUOTA": .quotaExceeded
    default: nil
    }
  }
}

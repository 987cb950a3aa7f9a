internal import IMAPClient
internal import IMAPCodec
internal import MailStore
internal import SASL
internal import SMTPClient

/// Signs in to both servers of a mailbox before anything of it is stored (S4).
struct MailboxVerifier: Sendable {
  let connector: Connector
  var watcher: ConnectWatcher?

  struct Verified: Sendable, Hashable {
    var imap: ServerSettings
    var smtp: ServerSettings
    var providerFilesSentMail: Bool
    /// What the submission server takes at the most; nil when it says nothing.
    var smtpOctetsMax: Int?
  }

  /// Resolves, connects, agrees on TLS, signs in and lists folders on IMAP, then connects and signs
  /// in on SMTP. Nothing is written anywhere.
  func verify(
    imap: ServerRequest, smtp: ServerRequest, credential: Credential
  ) async throws(ConnectFailure) -> Verified {
    let smtpCandidates = try smtp.candidates(for: .smtp)
    let (imapSettings, capabilities) = try await Self.first(of: try imap.candidates(for: .imap)) {
      (settings) async throws(ConnectFailure) -> Set<String> in
      try await checkIMAP(settings, credential)
    }
    let (smtpSettings, limit) = try await Self.first(of: smtpCandidates) {
      (settings) async throws(ConnectFailure) -> Int? in
      try await checkSMTP(settings, credential)
    }
    return Verified(
      imap: imapSettings, smtp: smtpSettings,
      providerFilesSentMail: ProviderFacts.filesSentMail(
        capabilities: capabilities, imapHost: imapSettings.host, smtpHost: smtpSettings.host),
      smtpOctetsMax: limit)
  }

  private func checkIMAP(
    _ settings: ServerSettings, _ credential: Credential
  ) async throws(ConnectFailure) -> Set<String> {
    let connection = try await connector.imap(settings, credential: credential, watcher: watcher)
    await watcher?(ConnectStep(.imap, .list, settings))
    do { _ = try await connection.list() } catch {
      connection.close()
      throw ConnectFailure(error, settings: settings, step: .list)
    }
    let capabilities = connection.capabilities
    await connection.logout()
    return capabilities
  }

  private func checkSMTP(
    _ settings: ServerSettings, _ credential: Credential
  ) async throws(ConnectFailure) -> Int? {
    let connection = try await connector.smtp(settings, credential: credential, watcher: watcher)
    let limit = connection.messageOctetsMax
    await connection.quit()
    return limit
  }

  /// The first candidate that works. The failure thrown is the one that got furthest; it names the
  /// others. A server that judged the account ends the search.
  static func first<R>(
    of candidates: [ServerSettings], _ check: (ServerSettings) async throws(ConnectFailure) -> R
  ) async throws(ConnectFailure) -> (ServerSettings, R) {
    var failures: [ConnectFailure] = []
    for settings in candidates {
      do { return (settings, try await check(settings)) } catch {
        failures.append(error)
        if error.isVerdict || Task.isCancelled { break }
      }
    }
    throw combined(failures)
  }

  /// - Parameter failures: at least one, in the order tried.
  static func combined(_ failures: [ConnectFailure]) -> ConnectFailure {
    func reach(_ failure: ConnectFailure) -> Int {
      ConnectFailure.Step.allCases.firstIndex(of: failure.step) ?? 0
    }
    let furthest = failures.indices.max { reach(failures[$0]) < reach(failures[$1]) } ?? 0
    guard failures.indices.contains(furthest) else {
      return ConnectFailure(
        server: .imap, host: "", port: 0, step: .settings, problem: .unsupported,
        serverWords: "nothing to try")
    }
    var failure = failures[furthest]
    for (i, other) in failures.enumerated() where i != furthest { failure.tried.append(other.summary) }
    return failure
  }
}

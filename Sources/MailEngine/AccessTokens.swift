internal import HTTPClient
internal import IMAPClient
internal import Logging
internal import MailStore
internal import SASL
internal import SMTPClient
internal import Synchronization

/// What mailboxes sign in by: a password, or an access token that is renewed before it ends.
final class AccessTokens: Sendable {
  private struct Held {
    var access: Secret
    /// Uptime in milliseconds from which on a new one is asked for.
    var staleAt: Int64
  }

  private struct State {
    var held: [MailboxID: Held] = [:]
    /// One renewal at a time for each mailbox.
    var running: [MailboxID: Task<Result<Held, ConnectFailure>, Never>] = [:]
  }

  private let providers: [String: OAuthProvider]
  private let client: OAuthClient
  private let store: any MailStoring
  private let clock: any EngineClock
  private let log: Logger
  private let state = Mutex(State())

  init(
    providers: [String: OAuthProvider], client: OAuthClient, store: any MailStoring, clock: any EngineClock,
    log: Logger
  ) {
    self.providers = providers
    self.client = client
    self.store = store
    self.clock = clock
    self.log = log
  }

  /// An access token whose provider does not say how long it lives.
  private static let secondsByDefault: Int64 = 3600
  /// Renewed so long before it ends.
  private static let skewSeconds: Int64 = 120

  /// - Parameter refused: what the mail server took no more: a new one is asked for.
  /// - Throws: ``ConnectFailure`` at step `login`, code `INVALID_GRANT` when the person must allow it again;
  ///   ``MailStoreError``.
  func credential(of mailbox: Mailbox, refused: Credential? = nil) async throws -> Credential {
    guard let name = mailbox.oauthProvider else {
      return .password(user: mailbox.userName, Secret(bytes: try await store.password(of: mailbox.id)))
    }
    guard let provider = providers[name] else {
      throw ConnectFailure(
        server: .imap, host: mailbox.imap.host, port: mailbox.imap.port, step: .login, problem: .refused,
        serverWords: "no provider of access tokens named \(name) is configured here")
    }
    let now = clock.uptimeMilliseconds
    let task = state.withLock { s -> Task<Result<Held, ConnectFailure>, Never> in
      if let task = s.running[mailbox.id] { return task }
      if let held = s.held[mailbox.id], held.staleAt > now, !Self.isSame(held.access, refused) {
        return Task { .success(held) }
      }
      let task = Task { [self] in
        let result = await renew(mailbox, provider)
        state.withLock { s in
          s.running[mailbox.id] = nil
          s.held[mailbox.id] = try? result.get()
        }
        return result
      }
      s.running[mailbox.id] = task
      return task
    }
    return .bearer(user: mailbox.userName, try await task.value.get().access)
  }

  private static func isSame(_ secret: Secret, _ refused: Credential?) -> Bool {
    guard case .bearer(_, let other)? = refused else { return false }
    return secret.withBytes { a in other.withBytes { a == $0 } }
  }

  /// The mailbox signs in by something else from now on, or is gone.
  func forget(_ id: MailboxID) { state.withLock { $0.held[id] = nil } }

  /// Tokens that were given when the mailbox was connected.
  func note(_ tokens: OAuthClient.Tokens, of id: MailboxID) {
    state.withLock { $0.held[id] = held(tokens) }
  }

  private func held(_ tokens: OAuthClient.Tokens) -> Held {
    let seconds = min(max(tokens.seconds ?? Self.secondsByDefault, 0), 86_400)
    // One that lives shorter than the skew is used for half its life.
    let use = seconds > 2 * Self.skewSeconds ? seconds - Self.skewSeconds : seconds / 2
    return Held(access: tokens.access, staleAt: clock.uptimeMilliseconds + use * 1000)
  }

  private func asked(
    _ provider: OAuthProvider, _ token: [UInt8]
  ) async -> Result<OAuthClient.Tokens, OAuthFailure> {
    do throws(OAuthFailure) {
      return .success(try await client.refresh(provider, Secret(bytes: token)))
    } catch {
      return .failure(error)
    }
  }

  private func renew(
    _ mailbox: Mailbox, _ provider: OAuthProvider
  ) async -> Result<Held, ConnectFailure> {
    func failed(_ problem: ConnectFailure.Problem, _ words: String, _ code: String? = nil)
      -> Result<Held, ConnectFailure>
    {
      var failure = ConnectFailure(
        server: .imap, host: provider.tokenEndpoint.host, port: provider.tokenEndpoint.port, step: .login,
        problem: problem, serverWords: words)
      failure.code = code
      return .failure(failure)
    }
    do {
      let present = try await store.password(of: mailbox.id)
      let previous = try await store.previousRefreshToken(of: mailbox.id)
      var used = present
      var answer = await asked(provider, present)
      if case .failure(let failure) = answer, failure.isInvalidGrant, let previous {
        // The provider gave a new one that it does not take: the one before may still be good.
        used = previous
        answer = await asked(provider, previous)
      }
      let tokens = try answer.get()
      let next = tokens.refresh?.withBytes { $0 } ?? used
      if next != present {
        try await store.rotateRefreshToken(of: mailbox.id, present: present, keeping: used, new: next)
      } else if previous != nil {
        try await store.forgetPreviousRefreshToken(of: mailbox.id)
      }
      return .success(held(tokens))
    } catch let failure as OAuthFailure {
      switch failure {
      case .refused(let code, let words):
        log.notice("access token refused", metadata: ["provider": "\(provider.name)", "error": "\(code)"])
        let text = words.isEmpty ? code : "\(code): \(words)"
        // Others are about what the operator has registered.
        return failure.isInvalidGrant ? failed(.denied, text, "INVALID_GRANT") : failed(.refused, text)
      case .unavailable(let words): return failed(.unreachable, words)
      case .malformed(let words): return failed(.protocolError, words)
      }
    } catch {
      log.error("access token not renewed", metadata: ["error": "\(error)"])
      return failed(.busy, "our database could not be used")
    }
  }
}

extension EngineContext {
  /// A signed-in IMAP connection of a mailbox. A token that the server takes no more is renewed once.
  func imap(
    of mailbox: Mailbox, _ urgency: ConnectionBudgets.Urgency = .call, onWait: @Sendable () -> Void = {},
    setsUp: Bool = true
  ) async throws -> IMAPConnection {
    try await signingIn(mailbox) { credential throws(ConnectFailure) in
      try await connector.imap(mailbox.imap, credential: credential, urgency, onWait: onWait, setsUp: setsUp)
    }
  }

  func smtp(of mailbox: Mailbox) async throws -> SMTPConnection {
    try await signingIn(mailbox) { credential throws(ConnectFailure) in
      try await connector.smtp(mailbox.smtp, credential: credential)
    }
  }

  private nonisolated(nonsending) func signingIn<C>(
    _ mailbox: Mailbox, _ connect: (Credential) async throws(ConnectFailure) -> C
  ) async throws -> C {
    let first = try await tokens.credential(of: mailbox)
    do {
      return try await connect(first)
    } catch {
      guard case .authenticationFailed = error.problem, mailbox.oauthProvider != nil else { throw error }
      let second = try await tokens.credential(of: mailbox, refused: first)
      do { return try await connect(second) } catch {
        var failure = error
        // A fresh token that is not taken: nobody else can give a better one.
        if failure.problem == .authenticationFailed {
          (failure.problem, failure.code) = (.denied, "INVALID_GRANT")
        }
        throw failure
      }
    }
  }
}

package import MailStore
internal import MIME
internal import SASL

extension MailEngine {
  /// Connects a mailbox: signs in to both servers first, and stores nothing unless that works (S4).
  ///
  /// Errors: ``EngineError/connectFailed(_:)`` with the server, the step and what to do;
  /// `store(exists)` when the tenant has this address already.
  ///
  /// - Parameter watcher: told of each step of signing in.
  package func connect(
    _ request: ConnectRequest, watcher: ConnectWatcher? = nil
  ) async throws(EngineError) -> Mailbox {
    try requireOpen()
    try Outbox.check(MailAddress(name: request.displayName, email: request.email), "email")
    let known = try await storing { () async throws(MailStoreError) in
      _ = try await store.tenant(request.tenantID)
      return try await store.mailboxes(tenant: request.tenantID)
    }
    if known.contains(where: { $0.email.lowercased() == request.email.lowercased() }) {
      throw .store(.exists("mailbox"))
    }
    let userName = request.userName ?? request.email
    let access = try await redeem(request.access, userName, request.tenantID)
    let verified = try await verify(
      imap: request.imap, smtp: request.smtp, credential: access.credential, watcher)
    let mailbox = try await storing { () async throws(MailStoreError) in
      var new = NewMailbox(
        tenantID: request.tenantID, email: request.email, displayName: request.displayName,
        userName: userName, password: access.kept, imap: verified.imap, smtp: verified.smtp,
        providerFilesSentMail: verified.providerFilesSentMail)
      new.oauthProvider = access.provider
      let made = try await store.createMailbox(new, at: clock.now)
      try await store.setMailboxSMTPLimit(made.id, verified.smtpOctetsMax.map { Int64($0) })
      return made
    }
    settle(access, mailbox.id)
    supervisor.start(mailbox.id)
    return mailbox
  }

  /// What an access comes to: how to sign in now, and what is kept of it.
  private struct Redeemed {
    var credential: Credential
    var kept: [UInt8]
    var provider: String?
    var tokens: OAuthClient.Tokens?
    var grant: String?
  }

  private func redeem(
    _ access: MailboxAccess, _ user: String, _ tenant: TenantID
  ) async throws(EngineError) -> Redeemed {
    do throws(OAuthGrants.Problem) {
      switch access {
      case .password(let password):
        return Redeemed(credential: .password(user: user, password), kept: password.withBytes { $0 })
      case .refreshToken(let name, let token):
        let provider = try grants.provider(named: name)
        let tokens: OAuthClient.Tokens
        do throws(OAuthFailure) { tokens = try await grants.refresh(provider, token) } catch {
          throw OAuthGrants.Problem.failed(error)
        }
        return Redeemed(
          credential: .bearer(user: user, tokens.access), kept: (tokens.refresh ?? token).withBytes { $0 },
          provider: name, tokens: tokens)
      case .grant(let id):
        let (name, tokens) = try grants.tokens(tenant, id)
        return Redeemed(
          credential: .bearer(user: user, tokens.access), kept: tokens.refresh?.withBytes { $0 } ?? [],
          provider: name, tokens: tokens, grant: id)
      }
    } catch { throw .oauth(error) }
  }

  private func settle(_ access: Redeemed, _ id: MailboxID) {
    context.tokens.forget(id)
    if let tokens = access.tokens { context.tokens.note(tokens, of: id) }
    if let grant = access.grant { grants.use(grant) }
  }

  /// Signs a mailbox in again, with what is new; it goes on where it stopped (S22).
  ///
  /// Errors: ``EngineError/connectFailed(_:)``: then nothing has changed. A new host needs the password
  /// again: it was given for the old one only.
  package func reconnect(
    _ id: MailboxID, tenant: TenantID, _ request: ReconnectRequest, watcher: ConnectWatcher? = nil
  ) async throws(EngineError) -> Mailbox {
    try requireOpen()
    let mailbox = try await storing { () async throws(MailStoreError) in
      try await store.mailbox(id, tenant: tenant)
    }
    let hosts = [(request.imap?.host, mailbox.imap.host), (request.smtp?.host, mailbox.smtp.host)]
    if request.access == nil, hosts.contains(where: { $0 != nil && $0?.lowercased() != $1.lowercased() }) {
      throw .invalid(field: "password", reason: "a new server needs the password again")
    }
    let userName = request.userName ?? mailbox.userName
    var access: Redeemed?
    if let new = request.access { access = try await redeem(new, userName, tenant) }
    var present = mailbox
    present.userName = userName
    let credential: Credential
    if let access {
      credential = access.credential
    } else {
      credential = try await self.credential(of: present)
    }
    let verified = try await verify(
      imap: request.imap ?? ServerRequest(mailbox.imap), smtp: request.smtp ?? ServerRequest(mailbox.smtp),
      credential: credential, watcher)
    let redeemed = access
    await supervisor.stop(id, grace: Self.stopGraceMilliseconds, clock: clock)
    let updated = try await storing { () async throws(MailStoreError) in
      let updated = try await store.updateMailbox(
        id, userName: userName, password: redeemed?.kept, oauthProvider: redeemed?.provider,
        imap: verified.imap,
        smtp: verified.smtp)
      try await store.setMailboxSMTPLimit(id, verified.smtpOctetsMax.map { Int64($0) })
      try await store.setMailboxState(
        id, .connecting, reason: nil, detail: nil, nextAttemptAt: nil, at: clock.now)
      return updated
    }
    if let redeemed { settle(redeemed, id) }
    supervisor.start(id)
    var answer = updated
    (answer.state, answer.reason, answer.detail, answer.nextAttemptAt) = (.connecting, nil, nil, nil)
    return answer
  }

  /// Changes whom a mailbox sends as, and how fast; mails that wait are looked at anew.
  package func change(
    _ id: MailboxID, tenant: TenantID, _ change: MailboxChange
  ) async throws(EngineError) -> Mailbox {
    for sender in change.identities ?? [] {
      try Outbox.check(MailAddress(name: sender.name, email: sender.email), "identities")
    }
    try Outbox.check(name: change.displayName ?? "", "displayName")
    let changed = try await storing { () async throws(MailStoreError) in
      try await store.changeMailbox(id, tenant: tenant, change)
    }
    supervisor.control(of: id)?.kick(.outbox)
    return changed
  }

  /// Has mails that wait looked at anew, where the tenant's limits may let them go.
  package func reviewOutboxes(of tenant: TenantID) async throws(EngineError) {
    let boxes = try await storing { () async throws(MailStoreError) in
      try await store.mailboxes(tenant: tenant)
    }
    for box in boxes { supervisor.control(of: box.id)?.kick(.outbox) }
  }

  /// Turns a mailbox off: nothing is read or sent until it signs in again. What is stored stays.
  package func disconnect(_ id: MailboxID, tenant: TenantID) async throws(EngineError) -> Mailbox {
    _ = try await storing { () async throws(MailStoreError) in try await store.mailbox(id, tenant: tenant) }
    await supervisor.stop(id, grace: Self.stopGraceMilliseconds, clock: clock)
    return try await storing { () async throws(MailStoreError) in
      try await store.setMailboxState(
        id, .disconnected, reason: .turnedOff, detail: nil, nextAttemptAt: nil, at: clock.now)
      return try await store.mailbox(id, tenant: tenant)
    }
  }

  /// Deletes a mailbox and everything of it: an erasure of scope mailbox.
  package func delete(_ id: MailboxID, tenant: TenantID, by: String) async throws(EngineError) -> Purge {
    _ = try await storing { () async throws(MailStoreError) in try await store.mailbox(id, tenant: tenant) }
    return try await purge(.mailbox(id), tenant: tenant, by: by)
  }

  /// What the servers of an account offer and what of it is used. Nothing is stored.
  ///
  /// Errors: ``EngineError/connectFailed(_:)`` as for ``connect(_:)``.
  package func probe(_ request: ProbeRequest) async throws(EngineError) -> MailboxProbe {
    try await probe(request, .password(user: request.userName, request.password))
  }

  private func probe(
    _ request: ProbeRequest, _ credential: Credential
  ) async throws(EngineError) -> MailboxProbe {
    try requireOpen()
    do { return try await MailboxProber(connector: context.connector).probe(request, credential) } catch {
      throw .connectFailed(error)
    }
  }

  /// The same of a connected mailbox, over a connection beside those that it has.
  package func probe(_ id: MailboxID, tenant: TenantID) async throws(EngineError) -> MailboxProbe {
    let mailbox = try await storing { () async throws(MailStoreError) in
      try await store.mailbox(id, tenant: tenant)
    }
    return try await probe(
      ProbeRequest(
        userName: mailbox.userName, password: Secret(""), imap: ServerRequest(mailbox.imap),
        smtp: ServerRequest(mailbox.smtp)), try await credential(of: mailbox))
  }

  /// What a mailbox signs in by now.
  private func credential(of mailbox: Mailbox) async throws(EngineError) -> Credential {
    do { return try await context.tokens.credential(of: mailbox) } catch {
      switch error {
      case let failure as ConnectFailure: throw .connectFailed(failure)
      case let failure as MailStoreError: throw .store(failure)
      default: throw .store(.failed("\(type(of: error))"))
      }
    }
  }

  /// Has all folders of a mailbox looked at now; one that waits for its next attempt tries at once.
  /// Nothing happens to a mailbox that is turned off.
  package func syncNow(_ id: MailboxID) { _ = supervisor.control(of: id)?.requestSync() }

  /// The same, and waits until all that was found then has been read, the first reading of a mailbox included. One
  /// whose servers cannot be reached is waited for.
  ///
  package func syncRound(_ id: MailboxID) async -> SyncOutcome {
    guard let control = supervisor.control(of: id) else { return .unread }
    return await control.waitForSync(control.requestSync())
  }

  /// Calls off the sync of a mailbox that runs or was asked for: who waits for it is let go, and its worker stops at
  /// the next commit and waits for new mail. What it left is read on by ``syncNow(_:)``, ``syncRound(_:)``, signing in
  /// again, or the next start. Waits for the worker, though not for long.
  package func callOffSync(_ id: MailboxID) async {
    guard let control = supervisor.control(of: id) else { return }
    let isComplete = progress.progress(of: id).map { $0.complete && !$0.folders.isEmpty } ?? false
    control.callOffSyncs(reads: !isComplete)
    await withTaskGroup(of: Void.self) { group in
      group.addTask { [progress] in
        for await now in progress.watch(id) where now.phase != .reading || !control.isCalledOff { return }
      }
      group.addTask { [clock] in await clock.sleep(milliseconds: Self.callOffMilliseconds) }
      await group.next()
      group.cancelAll()
    }
  }

  /// A window of messages is committed within seconds, or its connection is in trouble.
  private static let callOffMilliseconds: Int64 = 10_000

  private func verify(
    imap: ServerRequest, smtp: ServerRequest, credential: Credential, _ watcher: ConnectWatcher?
  ) async throws(EngineError) -> MailboxVerifier.Verified {
    do {
      return try await MailboxVerifier(connector: context.connector, watcher: watcher).verify(
        imap: imap, smtp: smtp, credential: credential)
    } catch { throw .connectFailed(error) }
  }

  /// A mail that is on its way out when its mailbox is stopped is given so long.
  private static let stopGraceMilliseconds: Int64 = 30_000
}

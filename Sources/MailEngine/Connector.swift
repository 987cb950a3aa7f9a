internal import Bytes
internal import IMAPClient
internal import MailStore
internal import SASL
internal import SMTPClient
internal import Sockets
internal import Tracing

/// Opens signed-in connections. Everything the engine says to a server begins here.
struct Connector: Sendable {
  private let options: EngineOptions
  private let tls: TLSClientContext
  private let spans: Spans
  private let budgets: ConnectionBudgets

  /// Errors: `invalid(tlsCAFile)` when the file of authorities cannot be read.
  init(options: EngineOptions, spans: Spans, budgets: ConnectionBudgets) throws(EngineError) {
    self.options = options
    self.budgets = budgets
    self.spans = spans
    do { tls = try TLSClientContext(caFile: options.tlsCAFile) } catch {
      throw .invalid(field: "tlsCAFile", reason: "\(error)")
    }
  }

  /// Connects to web servers with the same authorities.
  var web: WebDialer { WebDialer(policy: options.webPolicy, tls: tls) }

  /// A signed-in IMAP connection. The caller closes it.
  ///
  /// - Parameters:
  ///   - urgency: who waits for it, if there is no turn at once. A mailbox that is kept read waits as long as it takes,
  ///     a call as long as connecting may take.
  ///   - onWait: called when there is no turn at once.
  ///   - setsUp: false: the caller goes on by ``IMAPConnection/begin(_:)``, which says who we are and
  ///     switches extensions on.
  func imap(
    _ settings: ServerSettings, credential: Credential, _ urgency: ConnectionBudgets.Urgency = .call,
    watcher: ConnectWatcher? = nil, onWait: @Sendable () -> Void = {}, setsUp: Bool = true
  ) async throws(ConnectFailure) -> IMAPConnection {
    let ticket = try await turn(settings, credential, urgency, .imap, onWait)
    let connection = try await spans.run("imap connect", .client, Self.attributes(settings, "imap")) {
      () async throws(ConnectFailure) -> IMAPConnection in
      try await openIMAP(settings, credential, watcher, setsUp)
    }
    connection.companion = ticket
    return connection
  }

  private func turn(
    _ settings: ServerSettings, _ credential: Credential, _ urgency: ConnectionBudgets.Urgency,
    _ server: ConnectFailure.Server, _ onWait: @Sendable () -> Void
  ) async throws(ConnectFailure) -> ConnectionBudgets.Ticket {
    let account = ConnectionBudgets.Account(settings, user: credential.user)
    let atMost = urgency == .call ? options.connectSeconds * 1000 : nil
    if let ticket = await budgets.enter(account, urgency, atMost: atMost, onWait: onWait) { return ticket }
    throw ConnectFailure(
      server: server, host: settings.host, port: settings.port, step: .connect, problem: .busy,
      serverWords:
        "not asked: others are connecting to it, and its budget of connections and sign-ins is used")
  }

  private func openIMAP(
    _ settings: ServerSettings, _ credential: Credential, _ watcher: ConnectWatcher?, _ setsUp: Bool
  ) async throws(ConnectFailure) -> IMAPConnection {
    let deadline = Deadline.after(seconds: options.connectSeconds)
    let stream = try await dial(settings, .imap, deadline: deadline, watcher)
    await watcher?(ConnectStep(.imap, .greeting, settings))
    var imapOptions = IMAPOptions()
    imapOptions.idleRenewSeconds = options.idleSeconds
    imapOptions.host = settings.host
    let connection: IMAPConnection
    do {
      connection = try await IMAPConnection.open(
        stream,
        security: settings.security == .tls ? .implicitTLS : .startTLS(tls.upgrade(hostName: settings.host)),
        options: imapOptions, deadline: deadline)
    } catch {
      stream.close()
      throw ConnectFailure(error, settings: settings, step: .greeting)
    }
    await watcher?(ConnectStep(.imap, .login, settings))
    do {
      try await connection.authenticate(credential, enabling: setsUp)
      // Some providers (NetEase) open folders only for clients that have said who they are.
      if setsUp { _ = try await connection.identify(imapOptions.identity.map { ($0.name, $0.value) }) }
    } catch {
      connection.close()
      var failure = ConnectFailure(error, settings: settings, step: .login)
      // It is told, and never followed: a password is for the host it was given for.
      if let url = connection.referral { failure.serverWords += " (it names \(url))" }
      throw failure
    }
    return connection
  }

  /// A signed-in SMTP connection. The caller closes it.
  func smtp(
    _ settings: ServerSettings, credential: Credential, watcher: ConnectWatcher? = nil
  ) async throws(ConnectFailure) -> SMTPConnection {
    let ticket = try await turn(settings, credential, .call, .smtp, {})
    let connection = try await spans.run("smtp connect", .client, Self.attributes(settings, "smtp")) {
      () async throws(ConnectFailure) -> SMTPConnection in
      try await openSMTP(settings, credential, watcher)
    }
    connection.companion = ticket
    return connection
  }

  private func openSMTP(
    _ settings: ServerSettings, _ credential: Credential, _ watcher: ConnectWatcher?
  ) async throws(ConnectFailure) -> SMTPConnection {
    let deadline = Deadline.after(seconds: options.connectSeconds)
    let stream = try await dial(settings, .smtp, deadline: deadline, watcher)
    await watcher?(ConnectStep(.smtp, .greeting, settings))
    let connection: SMTPConnection
    do {
      connection = try await SMTPConnection.open(
        stream,
        security: settings.security == .tls ? .implicitTLS : .startTLS(tls.upgrade(hostName: settings.host)),
        clientName: options.clientName, options: .init(), deadline: deadline)
    } catch {
      stream.close()
      throw ConnectFailure(error, settings: settings, step: .greeting)
    }
    await watcher?(ConnectStep(.smtp, .login, settings))
    do { try await connection.authenticate(credential) } catch {
      connection.close()
      throw ConnectFailure(error, settings: settings, step: .login)
    }
    return connection
  }

  private func dial(
    _ settings: ServerSettings, _ server: ConnectFailure.Server, deadline: Deadline,
    _ watcher: ConnectWatcher?
  ) async throws(ConnectFailure) -> any ByteStream {
    await watcher?(ConnectStep(server, .resolve, settings))
    let plain: SocketStream
    do {
      plain = try await Dialer.connect(
        .tcp(host: settings.host, port: settings.port), policy: options.addressPolicy, deadline: deadline
      ) { await watcher?(ConnectStep(server, .connect, settings)) }
    } catch { throw ConnectFailure(error, server: server, settings: settings, step: .connect) }
    guard settings.security == .tls else { return plain }
    await watcher?(ConnectStep(server, .tls, settings))
    do { return try await tls.wrap(plain, hostName: settings.host, deadline: deadline) } catch {
      plain.close()
      throw ConnectFailure(error, server: server, settings: settings, step: .tls)
    }
  }

  private static func attributes(_ settings: ServerSettings, _ protocolName: String) -> SpanAttributes {
    [
      "server.address": .string(settings.host), "server.port": .int64(Int64(settings.port)),
      "network.protocol.name": .string(protocolName),
    ]
  }
}

extension ConnectStep {
  init(_ server: ConnectFailure.Server, _ step: ConnectFailure.Step, _ settings: ServerSettings) {
    self.init(server: server, step: step, host: settings.host, port: settings.port)
  }
}

internal import Bytes
internal import IMAPClient
internal import MailStore
internal import SASL
internal import SMTPClient
internal import Sockets

/// Opens signed-in connections. Everything the engine says to a server begins here.
struct Connector: Sendable {
  private let options: EngineOptions
  private let tls: TLSClientContext

  /// Errors: `invalid(tlsCAFile)` when the file of authorities cannot be read.
  init(options: EngineOptions) throws(EngineError) {
    self.options = options
    do { tls = try TLSClientContext(caFile: options.tlsCAFile) } catch {
      throw .invalid(field: "tlsCAFile", reason: "\(error)")
    }
  }

  /// A signed-in IMAP connection. The caller closes it.
  func imap(
    _ settings: ServerSettings, credential: Credential
  ) async throws(ConnectFailure) -> IMAPConnection {
    let deadline = Deadline.after(seconds: options.connectSeconds)
    let stream = try await dial(settings, .imap, deadline: deadline)
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
    do {
      try await connection.authenticate(credential)
      // Some providers (NetEase) open folders only for clients that have said who they are.
      _ = try await connection.identify([("name", "Postroom")])
    } catch {
      connection.close()
      throw ConnectFailure(error, settings: settings, step: .login)
    }
    return connection
  }

  /// A signed-in SMTP connection. The caller closes it.
  func smtp(
    _ settings: ServerSettings, credential: Credential
  ) async throws(ConnectFailure) -> SMTPConnection {
    let deadline = Deadline.after(seconds: options.connectSeconds)
    let stream = try await dial(settings, .smtp, deadline: deadline)
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
    do { try await connection.authenticate(credential) } catch {
      connection.close()
      throw ConnectFailure(error, settings: settings, step: .login)
    }
    return connection
  }

  private func dial(
    _ settings: ServerSettings, _ server: ConnectFailure.Server, deadline: Deadline
  ) async throws(ConnectFailure) -> any ByteStream {
    let plain: SocketStream
    do {
      plain = try await Dialer.connect(
        .tcp(host: settings.host, port: settings.port), policy: options.addressPolicy, deadline: deadline)
    } catch { throw ConnectFailure(error, server: server, settings: settings, step: .connect) }
    guard settings.security == .tls else { return plain }
    do { return try await tls.wrap(plain, hostName: settings.host, deadline: deadline) } catch {
      plain.close()
      throw ConnectFailure(error, server: server, settings: settings, step: .tls)
    }
  }
}

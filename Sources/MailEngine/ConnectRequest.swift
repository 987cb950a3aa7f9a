package import MailStore
package import SASL

/// A server as a person names it: what is left out is found by trying.
package struct ServerRequest: Sendable, Hashable {
  package var host: String
  package var port: UInt16?
  package var security: TransportSecurity?

  package init(host: String, port: UInt16? = nil, security: TransportSecurity? = nil) {
    self.host = host
    self.port = port
    self.security = security
  }
}

/// What a mailbox signs in by.
package enum MailboxAccess: Sendable {
  case password(Secret)
  /// A provider that is configured here, and a refresh token that it gave to the same client.
  case refreshToken(provider: String, Secret)
  /// What ``OAuthGrants`` has got.
  case grant(String)
}

/// A mailbox to connect (S1).
package struct ConnectRequest: Sendable {
  package var tenantID: TenantID
  package var email: String
  package var displayName: String?
  /// The address, when nil.
  package var userName: String?
  package var access: MailboxAccess
  package var imap: ServerRequest
  package var smtp: ServerRequest

  package init(
    tenantID: TenantID, email: String, displayName: String? = nil, userName: String? = nil, password: Secret,
    imap: ServerRequest, smtp: ServerRequest
  ) {
    self.init(
      tenantID: tenantID, email: email, displayName: displayName, userName: userName,
      access: .password(password),
      imap: imap, smtp: smtp)
  }

  package init(
    tenantID: TenantID, email: String, displayName: String? = nil, userName: String? = nil,
    access: MailboxAccess,
    imap: ServerRequest, smtp: ServerRequest
  ) {
    self.tenantID = tenantID
    self.email = email
    self.displayName = displayName
    self.userName = userName
    self.access = access
    self.imap = imap
    self.smtp = smtp
  }
}

/// What changes when a mailbox signs in again; nil members stay as they are.
package struct ReconnectRequest: Sendable {
  package var userName: String?
  package var access: MailboxAccess?
  package var imap: ServerRequest?
  package var smtp: ServerRequest?

  package init(
    userName: String? = nil, password: Secret? = nil, imap: ServerRequest? = nil, smtp: ServerRequest? = nil
  ) {
    self.init(userName: userName, access: password.map { .password($0) }, imap: imap, smtp: smtp)
  }

  package init(
    userName: String? = nil, access: MailboxAccess?, imap: ServerRequest? = nil, smtp: ServerRequest? = nil
  ) {
    self.userName = userName
    self.access = access
    self.imap = imap
    self.smtp = smtp
  }
}

extension ServerRequest {
  init(_ settings: ServerSettings) {
    self.init(host: settings.host, port: settings.port, security: settings.security)
  }

  /// The settings to try, in order. Errors: `unsupported` for what is not IMAP or submission.
  func candidates(for server: ConnectFailure.Server) throws(ConnectFailure) -> [ServerSettings] {
    func settings(_ port: UInt16, _ security: TransportSecurity) -> ServerSettings {
      ServerSettings(host: host, port: port, security: security)
    }
    if port == 110 || port == 995 {
      throw ConnectFailure(
        server: server, host: host, port: port ?? 0, step: .settings, problem: .unsupported,
        serverWords: "this is the port of POP3")
    }
    if port == 0 || !isHostName {
      throw ConnectFailure(
        server: server, host: isHostName ? host : "", port: port ?? 0, step: .settings, problem: .unsupported,
        serverWords: port == 0 ? "0 is not a port" : "this is not the name of a host")
    }
    let (tlsPort, startTLSPort): (UInt16, UInt16) = server == .imap ? (993, 143) : (465, 587)
    if let port, let security { return [settings(port, security)] }
    if let security { return [settings(security == .tls ? tlsPort : startTLSPort, security)] }
    switch port {
    case nil:
      return server == .imap ? [settings(993, .tls)] : [settings(465, .tls), settings(587, .startTLS)]
    case tlsPort: return [settings(tlsPort, .tls)]
    case startTLSPort: return [settings(startTLSPort, .startTLS)]
    case 25 where server == .smtp: return [settings(25, .startTLS)]
    case .some(let other): return [settings(other, .tls), settings(other, .startTLS)]
    }
  }

  /// Whether it can be a host's name or address at all; the resolver says the rest.
  private var isHostName: Bool {
    !host.isEmpty && host.utf8.count <= 253
      && host.utf8.allSatisfy { $0 > 0x20 && $0 != 0x7F && $0 != 0x2F && $0 != 0x40 }
  }
}

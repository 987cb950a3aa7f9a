// Generated from protocol/openrpc.json by stubgen. Do not edit.
// swift-format-ignore-file
internal import JSON

extension PostroomClient {
  /// The methods `mailbox.*`.
  public var mailbox: MailboxCalls { MailboxCalls(client: self) }
}

/// The methods `mailbox.*`.
public struct MailboxCalls: Sendable {
  let client: PostroomClient

  /// Connect an e-mail account. Signs in to both servers, lists the folders, and only then stores the
  /// mailbox and begins to sync it. Nothing is stored when a step fails; the error names the step and has
  /// the server's words. Server connections are always encrypted and verified. Progress: each step as it
  /// begins.
  /// - Parameters:
  ///   - email: The address that mail is sent from.
  ///   - password: Or an app password. Stored encrypted, never answered.
  ///   - userName: What to sign in as; the address when left out.
  ///   - displayName: The name that stands in From.
  ///   - smtp: The submission server.
  /// - Throws: with reason `mailbox.exists`, `connect.imap.unsupported`, `connect.imap.hostUnknown`,
  ///   `connect.imap.unreachable`, `connect.imap.timeout`, `connect.imap.tls`,
  ///   `connect.imap.certificate.expired`, `connect.imap.certificate.wrongHost`,
  ///   `connect.imap.certificate.untrusted`, `connect.imap.certificate.other`, `connect.imap.noEncryption`,
  ///   `connect.imap.noMechanism`, `connect.imap.authenticationFailed`, `connect.imap.busy`,
  ///   `connect.imap.denied`, `connect.imap.refused`, `connect.imap.protocol`, `connect.smtp.unsupported`,
  ///   `connect.smtp.hostUnknown`, `connect.smtp.unreachable`, `connect.smtp.timeout`, `connect.smtp.tls`,
  ///   `connect.smtp.certificate.expired`, `connect.smtp.certificate.wrongHost`,
  ///   `connect.smtp.certificate.untrusted`, `connect.smtp.certificate.other`, `connect.smtp.noEncryption`,
  ///   `connect.smtp.noMechanism`, `connect.smtp.authenticationFailed`, `connect.smtp.busy`,
  ///   `connect.smtp.denied`, `connect.smtp.refused`, `connect.smtp.protocol`
  public func connect(
    email: String, password: String, userName: String? = nil, displayName: String? = nil,
    imap: ServerChoice, smtp: ServerChoice, options: CallOptions = CallOptions()
  ) async throws(PostroomError) -> Mailbox {
    try await client.call("mailbox.connect", repeatable: .never, options) { writer in
      writer.key("email")
      writer.string(email)
      writer.key("password")
      writer.string(password)
      if let userName {
        writer.key("userName")
        writer.string(userName)
      }
      if let displayName {
        writer.key("displayName")
        writer.string(displayName)
      }
      writer.key("imap")
      imap.write(to: &writer)
      writer.key("smtp")
      smtp.write(to: &writer)
    }
  }

  /// A mailbox. Settings and state of a mailbox.
  /// - Throws: with reason `mailbox.unknown`
  public func get(
    mailboxId: String, options: CallOptions = CallOptions()
  ) async throws(PostroomError) -> Mailbox {
    try await client.call("mailbox.get", repeatable: .always, options) { writer in
      writer.key("mailboxId")
      writer.string(mailboxId)
    }
  }

  /// All mailboxes. The mailboxes of the tenant, oldest first.
  public func list(options: CallOptions = CallOptions()) async throws(PostroomError) -> MailboxList {
    try await client.call("mailbox.list", repeatable: .always, options) { _ in }
  }

  /// Sign in again. Verifies and stores what is given, keeps the rest, and goes on with the sync where it
  /// stopped. Nothing changes when a step fails. Progress: each step as it begins.
  /// - Throws: with reason `mailbox.unknown`, `connect.imap.unsupported`, `connect.imap.hostUnknown`,
  ///   `connect.imap.unreachable`, `connect.imap.timeout`, `connect.imap.tls`,
  ///   `connect.imap.certificate.expired`, `connect.imap.certificate.wrongHost`,
  ///   `connect.imap.certificate.untrusted`, `connect.imap.certificate.other`, `connect.imap.noEncryption`,
  ///   `connect.imap.noMechanism`, `connect.imap.authenticationFailed`, `connect.imap.busy`,
  ///   `connect.imap.denied`, `connect.imap.refused`, `connect.imap.protocol`, `connect.smtp.unsupported`,
  ///   `connect.smtp.hostUnknown`, `connect.smtp.unreachable`, `connect.smtp.timeout`, `connect.smtp.tls`,
  ///   `connect.smtp.certificate.expired`, `connect.smtp.certificate.wrongHost`,
  ///   `connect.smtp.certificate.untrusted`, `connect.smtp.certificate.other`, `connect.smtp.noEncryption`,
  ///   `connect.smtp.noMechanism`, `connect.smtp.authenticationFailed`, `connect.smtp.busy`,
  ///   `connect.smtp.denied`, `connect.smtp.refused`, `connect.smtp.protocol`
  public func reconnect(
    mailboxId: String, password: String? = nil, userName: String? = nil, imap: ServerChoice? = nil,
    smtp: ServerChoice? = nil, options: CallOptions = CallOptions()
  ) async throws(PostroomError) -> Mailbox {
    try await client.call("mailbox.reconnect", repeatable: .always, options) { writer in
      writer.key("mailboxId")
      writer.string(mailboxId)
      if let password {
        writer.key("password")
        writer.string(password)
      }
      if let userName {
        writer.key("userName")
        writer.string(userName)
      }
      if let imap {
        writer.key("imap")
        imap.write(to: &writer)
      }
      if let smtp {
        writer.key("smtp")
        smtp.write(to: &writer)
      }
    }
  }

  /// Stop a mailbox. Stops syncing and sending; what is stored stays. The state becomes `disconnected` with
  /// reason `turnedOff`.
  /// - Throws: with reason `mailbox.unknown`
  public func disconnect(
    mailboxId: String, options: CallOptions = CallOptions()
  ) async throws(PostroomError) -> Mailbox {
    try await client.call("mailbox.disconnect", repeatable: .always, options) { writer in
      writer.key("mailboxId")
      writer.string(mailboxId)
    }
  }

  /// Delete a mailbox. Disconnects the mailbox and begins to erase it with all its mail. `purge.status`
  /// tells when it is done.
  /// - Throws: with reason `mailbox.unknown`
  public func delete(
    mailboxId: String, options: CallOptions = CallOptions()
  ) async throws(PostroomError) -> Purge {
    try await client.call("mailbox.delete", repeatable: .never, options) { writer in
      writer.key("mailboxId")
      writer.string(mailboxId)
    }
  }
}

/// `tls`: TLS from the first octet; `starttls`: a plain start that is upgraded before anything is said.
public struct TransportSecurity: RawRepresentable, Hashable, Sendable, CustomStringConvertible, JSONWord {
  public let rawValue: String
  public init(rawValue: String) { self.rawValue = rawValue }
  public var description: String { rawValue }

  public static let tls = TransportSecurity(rawValue: "tls")
  public static let starttls = TransportSecurity(rawValue: "starttls")
}

/// Why a mailbox is `retrying` or `disconnected`.
public struct MailboxReason: RawRepresentable, Hashable, Sendable, CustomStringConvertible, JSONWord {
  public let rawValue: String
  public init(rawValue: String) { self.rawValue = rawValue }
  public var description: String { rawValue }

  public static let accessRevoked = MailboxReason(rawValue: "accessRevoked")
  public static let passwordChanged = MailboxReason(rawValue: "passwordChanged")
  public static let mailboxMigrated = MailboxReason(rawValue: "mailboxMigrated")
  public static let serverUnreachable = MailboxReason(rawValue: "serverUnreachable")
  public static let serverRevoked = MailboxReason(rawValue: "serverRevoked")
  public static let certificateInvalid = MailboxReason(rawValue: "certificateInvalid")
  public static let quotaExceeded = MailboxReason(rawValue: "quotaExceeded")
  public static let turnedOff = MailboxReason(rawValue: "turnedOff")
}

/// One of a mailbox's two servers.
public struct MailServer: RawRepresentable, Hashable, Sendable, CustomStringConvertible, JSONWord {
  public let rawValue: String
  public init(rawValue: String) { self.rawValue = rawValue }
  public var description: String { rawValue }

  public static let imap = MailServer(rawValue: "imap")
  public static let smtp = MailServer(rawValue: "smtp")
}

/// `resolve` (the host's addresses), `connect`, `tls`, `greeting` (with STARTTLS where that is used),
/// `login`, `list` (of the folders).
public struct ConnectStep: RawRepresentable, Hashable, Sendable, CustomStringConvertible, JSONWord {
  public let rawValue: String
  public init(rawValue: String) { self.rawValue = rawValue }
  public var description: String { rawValue }

  public static let resolve = ConnectStep(rawValue: "resolve")
  public static let connect = ConnectStep(rawValue: "connect")
  public static let tls = ConnectStep(rawValue: "tls")
  public static let greeting = ConnectStep(rawValue: "greeting")
  public static let login = ConnectStep(rawValue: "login")
  public static let list = ConnectStep(rawValue: "list")
}

/// Where a mail server is. What is left out is found by trying, encrypted ways only (IMAP 993, then
/// submission 465 and 587).
public struct ServerChoice: Hashable, Sendable, JSONWritable {
  public var host: String
  public var port: Int64?
  public var security: TransportSecurity?

  public init(host: String, port: Int64? = nil, security: TransportSecurity? = nil) {
    self.host = host
    self.port = port
    self.security = security
  }

  func write(to writer: inout JSONWriter) {
    writer.beginObject()
    writer.key("host")
    writer.string(host)
    if let port {
      writer.key("port")
      writer.int(port)
    }
    if let security {
      writer.key("security")
      security.write(to: &writer)
    }
    writer.endObject()
  }
}

/// A step of signing in to a mailbox's servers that begins.
public struct ConnectProgress: Hashable, Sendable, JSONReadable, JSONWritable {
  public var server: MailServer
  public var step: ConnectStep
  public var host: String
  public var port: Int64

  public init(server: MailServer, step: ConnectStep, host: String, port: Int64) {
    self.server = server
    self.step = step
    self.host = host
    self.port = port
  }

  init(from reader: inout JSONReader) throws(JSONError) {
    var server: MailServer?
    var step: ConnectStep?
    var host: String?
    var port: Int64?
    try reader.beginObject()
    while try reader.nextKey() {
      if reader.keyIs("server") {
        server = try MailServer(from: &reader)
      } else if reader.keyIs("step") {
        step = try ConnectStep(from: &reader)
      } else if reader.keyIs("host") {
        host = try reader.string()
      } else if reader.keyIs("port") {
        port = try reader.int()
      } else {
        try reader.skip()
      }
    }
    self.server = try present(server, "server")
    self.step = try present(step, "step")
    self.host = try present(host, "host")
    self.port = try present(port, "port")
  }

  func write(to writer: inout JSONWriter) {
    writer.beginObject()
    writer.key("server")
    server.write(to: &writer)
    writer.key("step")
    step.write(to: &writer)
    writer.key("host")
    writer.string(host)
    writer.key("port")
    writer.int(port)
    writer.endObject()
  }

  /// This as one line of JSON, as the API writes it.
  public var json: String { jsonText(of: self) }
}

/// Where a mail server is and how it is spoken to.
public struct ServerSettings: Hashable, Sendable, JSONReadable, JSONWritable {
  public var host: String
  public var port: Int64
  public var security: TransportSecurity

  public init(host: String, port: Int64, security: TransportSecurity) {
    self.host = host
    self.port = port
    self.security = security
  }

  init(from reader: inout JSONReader) throws(JSONError) {
    var host: String?
    var port: Int64?
    var security: TransportSecurity?
    try reader.beginObject()
    while try reader.nextKey() {
      if reader.keyIs("host") {
        host = try reader.string()
      } else if reader.keyIs("port") {
        port = try reader.int()
      } else if reader.keyIs("security") {
        security = try TransportSecurity(from: &reader)
      } else {
        try reader.skip()
      }
    }
    self.host = try present(host, "host")
    self.port = try present(port, "port")
    self.security = try present(security, "security")
  }

  func write(to writer: inout JSONWriter) {
    writer.beginObject()
    writer.key("host")
    writer.string(host)
    writer.key("port")
    writer.int(port)
    writer.key("security")
    security.write(to: &writer)
    writer.endObject()
  }

  /// This as one line of JSON, as the API writes it.
  public var json: String { jsonText(of: self) }
}

/// A connected e-mail account. Its password is never answered.
public struct Mailbox: Hashable, Sendable, JSONReadable, JSONWritable {
  public var id: String
  public var email: String
  /// The name that stands in From of mail sent from here.
  public var displayName: String?
  /// What it signs in as.
  public var userName: String
  public var imap: ServerSettings
  public var smtp: ServerSettings
  public var state: MailboxState
  public var reason: MailboxReason?
  /// What happened last, in words for a person.
  public var detail: String?
  public var nextAttemptAt: String?
  /// The provider files sent mail itself, so no copy is appended to Sent.
  public var providerFilesSentMail: Bool
  /// Attachments of logged mail are kept.
  public var logAttachments: Bool
  public var createdAt: String

  public init(
    id: String, email: String, displayName: String? = nil, userName: String, imap: ServerSettings,
    smtp: ServerSettings, state: MailboxState, reason: MailboxReason? = nil, detail: String? = nil,
    nextAttemptAt: String? = nil, providerFilesSentMail: Bool, logAttachments: Bool, createdAt: String
  ) {
    self.id = id
    self.email = email
    self.displayName = displayName
    self.userName = userName
    self.imap = imap
    self.smtp = smtp
    self.state = state
    self.reason = reason
    self.detail = detail
    self.nextAttemptAt = nextAttemptAt
    self.providerFilesSentMail = providerFilesSentMail
    self.logAttachments = logAttachments
    self.createdAt = createdAt
  }

  init(from reader: inout JSONReader) throws(JSONError) {
    var id: String?
    var email: String?
    var displayName: String?
    var userName: String?
    var imap: ServerSettings?
    var smtp: ServerSettings?
    var state: MailboxState?
    var reason: MailboxReason?
    var detail: String?
    var nextAttemptAt: String?
    var providerFilesSentMail: Bool?
    var logAttachments: Bool?
    var createdAt: String?
    try reader.beginObject()
    while try reader.nextKey() {
      if reader.keyIs("id") {
        id = try reader.string()
      } else if reader.keyIs("email") {
        email = try reader.string()
      } else if reader.keyIs("displayName") {
        if !reader.isNull() { displayName = try reader.string() }
      } else if reader.keyIs("userName") {
        userName = try reader.string()
      } else if reader.keyIs("imap") {
        imap = try reader.object("imap")
      } else if reader.keyIs("smtp") {
        smtp = try reader.object("smtp")
      } else if reader.keyIs("state") {
        state = try MailboxState(from: &reader)
      } else if reader.keyIs("reason") {
        if !reader.isNull() { reason = try MailboxReason(from: &reader) }
      } else if reader.keyIs("detail") {
        if !reader.isNull() { detail = try reader.string() }
      } else if reader.keyIs("nextAttemptAt") {
        if !reader.isNull() { nextAttemptAt = try reader.string() }
      } else if reader.keyIs("providerFilesSentMail") {
        providerFilesSentMail = try reader.bool()
      } else if reader.keyIs("logAttachments") {
        logAttachments = try reader.bool()
      } else if reader.keyIs("createdAt") {
        createdAt = try reader.string()
      } else {
        try reader.skip()
      }
    }
    self.id = try present(id, "id")
    self.email = try present(email, "email")
    self.displayName = displayName
    self.userName = try present(userName, "userName")
    self.imap = try present(imap, "imap")
    self.smtp = try present(smtp, "smtp")
    self.state = try present(state, "state")
    self.reason = reason
    self.detail = detail
    self.nextAttemptAt = nextAttemptAt
    self.providerFilesSentMail = try present(providerFilesSentMail, "providerFilesSentMail")
    self.logAttachments = try present(logAttachments, "logAttachments")
    self.createdAt = try present(createdAt, "createdAt")
  }

  func write(to writer: inout JSONWriter) {
    writer.beginObject()
    writer.key("id")
    writer.string(id)
    writer.key("email")
    writer.string(email)
    if let displayName {
      writer.key("displayName")
      writer.string(displayName)
    }
    writer.key("userName")
    writer.string(userName)
    writer.key("imap")
    imap.write(to: &writer)
    writer.key("smtp")
    smtp.write(to: &writer)
    writer.key("state")
    state.write(to: &writer)
    if let reason {
      writer.key("reason")
      reason.write(to: &writer)
    }
    if let detail {
      writer.key("detail")
      writer.string(detail)
    }
    if let nextAttemptAt {
      writer.key("nextAttemptAt")
      writer.string(nextAttemptAt)
    }
    writer.key("providerFilesSentMail")
    writer.bool(providerFilesSentMail)
    writer.key("logAttachments")
    writer.bool(logAttachments)
    writer.key("createdAt")
    writer.string(createdAt)
    writer.endObject()
  }

  /// This as one line of JSON, as the API writes it.
  public var json: String { jsonText(of: self) }
}

/// The mailboxes of the tenant, oldest first.
public struct MailboxList: Hashable, Sendable, JSONReadable, JSONWritable {
  public var mailboxes: [Mailbox]

  public init(mailboxes: [Mailbox]) {
    self.mailboxes = mailboxes
  }

  init(from reader: inout JSONReader) throws(JSONError) {
    var mailboxes: [Mailbox]?
    try reader.beginObject()
    while try reader.nextKey() {
      if reader.keyIs("mailboxes") {
        mailboxes = try reader.list("mailboxes")
      } else {
        try reader.skip()
      }
    }
    self.mailboxes = try present(mailboxes, "mailboxes")
  }

  func write(to writer: inout JSONWriter) {
    writer.beginObject()
    writer.key("mailboxes")
    writer.list(mailboxes)
    writer.endObject()
  }

  /// This as one line of JSON, as the API writes it.
  public var json: String { jsonText(of: self) }
}

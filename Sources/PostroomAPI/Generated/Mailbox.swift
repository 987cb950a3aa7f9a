// Generated from protocol/openrpc.json by stubgen. Do not edit.
// swift-format-ignore-file
package import JSON
package import JSONRPC

/// What answers the methods `mailbox.*`.
package protocol MailboxService: Sendable {
  /// Connect an e-mail account. Signs in to both servers, lists the folders, and only then stores the
  /// mailbox and begins to sync it. Nothing is stored when a step fails; the error names the step and has
  /// the server's words. Server connections are always encrypted and verified. Progress: each step as it
  /// begins.
  /// - Throws: `oauth.providerUnknown`, `oauth.unknown`, `oauth.refused`, `oauth.unavailable`,
  ///   `mailbox.exists`, `connect.imap.unsupported`, `connect.imap.hostUnknown`,
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
  func connect(_ params: MailboxConnectParams, _ context: CallContext) async throws(RPCError) -> APIMailbox

  /// A mailbox. Settings and state of a mailbox.
  /// - Throws: `mailbox.unknown`
  func get(_ params: MailboxGetParams, _ context: CallContext) async throws(RPCError) -> APIMailbox

  /// All mailboxes. The mailboxes of the tenant, oldest first.
  func list(_ params: MailboxListParams, _ context: CallContext) async throws(RPCError) -> APIMailboxList

  /// Compare a mailbox with its server. Signs in beside the mailbox's own connections, compares every
  /// folder message by message with what is kept, and gives a reason for each mail of the server's that is
  /// not here. Nothing is changed. Each mailbox is also audited once a day by itself;
  /// `postroom_audit_unexplained` of the metrics, which must be 0, is what that found. It takes as long as
  /// the server takes to tell the numbers of all messages.
  /// - Throws: `mailbox.unknown`, `connect.imap.hostUnknown`, `connect.imap.unreachable`,
  ///   `connect.imap.timeout`, `connect.imap.tls`, `connect.imap.certificate.expired`,
  ///   `connect.imap.certificate.wrongHost`, `connect.imap.certificate.untrusted`,
  ///   `connect.imap.certificate.other`, `connect.imap.noEncryption`, `connect.imap.noMechanism`,
  ///   `connect.imap.authenticationFailed`, `connect.imap.busy`, `connect.imap.denied`,
  ///   `connect.imap.refused`, `connect.imap.protocol`
  func audit(_ params: MailboxAuditParams, _ context: CallContext) async throws(RPCError) -> APIMailboxAudit

  /// Find the servers of an address. Looks in a table of large providers, then in the domain's autoconfig
  /// document (over verified TLS), its SRV records and its MX records. Nothing is stored and nobody is
  /// signed in: show the person what was found before a password goes there.
  func discover(
    _ params: MailboxDiscoverParams, _ context: CallContext
  ) async throws(RPCError) -> APIMailboxDiscovery

  /// Look at an account's servers. Signs in, and answers what the servers offer, what of it is used, what
  /// is not and why, their limits, the folders, and where sent mail goes. Nothing is stored and nothing
  /// changed. Either `mailboxId` for a connected mailbox, or `imap`, `password` and `userName` (with `smtp`
  /// where that is to be looked at, too) as `mailbox.connect` would take them.
  /// - Throws: `mailbox.unknown`, `connect.imap.unsupported`, `connect.imap.hostUnknown`,
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
  func probe(_ params: MailboxProbeParams, _ context: CallContext) async throws(RPCError) -> APIMailboxProbe

  /// Sign in again. Verifies and stores what is given, keeps the rest, and goes on with the sync where it
  /// stopped. Nothing changes when a step fails. Progress: each step as it begins.
  /// - Throws: `oauth.providerUnknown`, `oauth.unknown`, `oauth.refused`, `oauth.unavailable`,
  ///   `mailbox.unknown`, `connect.imap.unsupported`, `connect.imap.hostUnknown`,
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
  func reconnect(
    _ params: MailboxReconnectParams, _ context: CallContext
  ) async throws(RPCError) -> APIMailbox

  /// Change whom a mailbox sends as, and how fast. Sets what is given and leaves the rest. Mails that wait
  /// already go by the new limits.
  /// - Throws: `mailbox.unknown`, `send.addressInvalid`
  func update(_ params: MailboxUpdateParams, _ context: CallContext) async throws(RPCError) -> APIMailbox

  /// Stop a mailbox. Stops syncing and sending; what is stored stays. The state becomes `disconnected` with
  /// reason `turnedOff`.
  /// - Throws: `mailbox.unknown`
  func disconnect(
    _ params: MailboxDisconnectParams, _ context: CallContext
  ) async throws(RPCError) -> APIMailbox

  /// Delete a mailbox. Disconnects the mailbox and begins to erase it with all its mail. `purge.status`
  /// tells when it is done.
  /// - Throws: `purge.held`, `mailbox.unknown`
  func delete(_ params: MailboxDeleteParams, _ context: CallContext) async throws(RPCError) -> APIPurge
}

extension MailboxService {
  /// The methods `mailbox.*`, answered by this service.
  package var methods: [Method] {
    [
      .call("mailbox.connect", scope: "manage", idempotent: false) { params, context async throws(RPCError) in
        try await self.connect(params, context)
      },
      .call("mailbox.get", scope: "read", idempotent: true) { params, context async throws(RPCError) in
        try await self.get(params, context)
      },
      .call("mailbox.list", scope: "read", idempotent: true) { params, context async throws(RPCError) in
        try await self.list(params, context)
      },
      .call("mailbox.audit", scope: "manage", idempotent: true) { params, context async throws(RPCError) in
        try await self.audit(params, context)
      },
      .call("mailbox.discover", scope: "manage", idempotent: true) { params, context async throws(RPCError) in
        try await self.discover(params, context)
      },
      .call("mailbox.probe", scope: "manage", idempotent: true) { params, context async throws(RPCError) in
        try await self.probe(params, context)
      },
      .call("mailbox.reconnect", scope: "manage", idempotent: true) { params, context async throws(RPCError) in
        try await self.reconnect(params, context)
      },
      .call("mailbox.update", scope: "manage", idempotent: true) { params, context async throws(RPCError) in
        try await self.update(params, context)
      },
      .call("mailbox.disconnect", scope: "manage", idempotent: true) { params, context async throws(RPCError) in
        try await self.disconnect(params, context)
      },
      .call("mailbox.delete", scope: "purge", idempotent: false) { params, context async throws(RPCError) in
        try await self.delete(params, context)
      },
    ]
  }
}

/// The parameters of `mailbox.connect`.
package struct MailboxConnectParams: APIParams, Hashable, CustomStringConvertible, CustomReflectable {
  /// The address that mail is sent from.
  package var email: String
  /// Or an app password. Stored encrypted, never answered. Either it or `oauth`.
  package var password: String?
  /// What to sign in as; the address when left out.
  package var userName: String?
  /// The name that stands in From.
  package var displayName: String?
  package var imap: APIServerChoice
  /// The submission server.
  package var smtp: APIServerChoice
  /// Sign in by access tokens instead of a password (XOAUTH2, OAUTHBEARER). They are renewed by themselves.
  package var oauth: APIOAuthAccess?

  package static let parameterNames: [String]? = nil

  package init(
    email: String, password: String? = nil, userName: String? = nil, displayName: String? = nil,
    imap: APIServerChoice, smtp: APIServerChoice, oauth: APIOAuthAccess? = nil
  ) {
    self.email = email
    self.password = password
    self.userName = userName
    self.displayName = displayName
    self.imap = imap
    self.smtp = smtp
    self.oauth = oauth
  }

  /// Without the members: one of them is a secret.
  package var description: String { "MailboxConnectParams" }
  package var customMirror: Mirror { Mirror(self, children: []) }

  package init(from reader: inout JSONReader) throws(JSONError) {
    var email: String?
    var password: String?
    var userName: String?
    var displayName: String?
    var imap: APIServerChoice?
    var smtp: APIServerChoice?
    var oauth: APIOAuthAccess?
    try reader.beginObject()
    while try reader.nextKey() {
      if reader.keyIs("email") {
        email = try reader.string(length: 3...320)
      } else if reader.keyIs("password") {
        if !reader.isNull() { password = try reader.string(length: 1...4096) }
      } else if reader.keyIs("userName") {
        if !reader.isNull() { userName = try reader.string(length: 1...320) }
      } else if reader.keyIs("displayName") {
        if !reader.isNull() { displayName = try reader.string(length: 1...200) }
      } else if reader.keyIs("imap") {
        imap = try reader.object("imap")
      } else if reader.keyIs("smtp") {
        smtp = try reader.object("smtp")
      } else if reader.keyIs("oauth") {
        if !reader.isNull() { oauth = try reader.object("oauth") }
      } else if reader.keyIs("_meta") {
        try reader.skip()
      } else {
        throw .unknown(reader.key)
      }
    }
    self.email = try present(email, "email")
    self.password = password
    self.userName = userName
    self.displayName = displayName
    self.imap = try present(imap, "imap")
    self.smtp = try present(smtp, "smtp")
    self.oauth = oauth
  }

  package func write(to writer: inout JSONWriter) {
    writer.beginObject()
    writer.key("email")
    writer.string(email)
    if let password {
      writer.key("password")
      writer.string(password)
    }
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
    if let oauth {
      writer.key("oauth")
      oauth.write(to: &writer)
    }
    writer.endObject()
  }
}

/// The parameters of `mailbox.get`.
package struct MailboxGetParams: APIParams, Hashable {
  package var mailboxId: String

  package static let parameterNames: [String]? = ["mailboxId"]

  package init(mailboxId: String) {
    self.mailboxId = mailboxId
  }

  package init(from reader: inout JSONReader) throws(JSONError) {
    var mailboxId: String?
    try reader.beginObject()
    while try reader.nextKey() {
      if reader.keyIs("mailboxId") {
        mailboxId = try reader.rowID("mb")
      } else if reader.keyIs("_meta") {
        try reader.skip()
      } else {
        throw .unknown(reader.key)
      }
    }
    self.mailboxId = try present(mailboxId, "mailboxId")
  }

  package func write(to writer: inout JSONWriter) {
    writer.beginObject()
    writer.key("mailboxId")
    writer.string(mailboxId)
    writer.endObject()
  }
}

/// The parameters of `mailbox.list`.
package struct MailboxListParams: APIParams, Hashable {
  package static let parameterNames: [String]? = []

  package init() {}

  package init(from reader: inout JSONReader) throws(JSONError) {
    try reader.beginObject()
    while try reader.nextKey() {
      if reader.keyIs("_meta") {
        try reader.skip()
      } else {
        throw .unknown(reader.key)
      }
    }
  }

  package func write(to writer: inout JSONWriter) {
    writer.beginObject()
    writer.endObject()
  }
}

/// The parameters of `mailbox.audit`.
package struct MailboxAuditParams: APIParams, Hashable {
  package var mailboxId: String

  package static let parameterNames: [String]? = ["mailboxId"]

  package init(mailboxId: String) {
    self.mailboxId = mailboxId
  }

  package init(from reader: inout JSONReader) throws(JSONError) {
    var mailboxId: String?
    try reader.beginObject()
    while try reader.nextKey() {
      if reader.keyIs("mailboxId") {
        mailboxId = try reader.rowID("mb")
      } else if reader.keyIs("_meta") {
        try reader.skip()
      } else {
        throw .unknown(reader.key)
      }
    }
    self.mailboxId = try present(mailboxId, "mailboxId")
  }

  package func write(to writer: inout JSONWriter) {
    writer.beginObject()
    writer.key("mailboxId")
    writer.string(mailboxId)
    writer.endObject()
  }
}

/// The parameters of `mailbox.discover`.
package struct MailboxDiscoverParams: APIParams, Hashable {
  package var email: String

  package static let parameterNames: [String]? = ["email"]

  package init(email: String) {
    self.email = email
  }

  package init(from reader: inout JSONReader) throws(JSONError) {
    var email: String?
    try reader.beginObject()
    while try reader.nextKey() {
      if reader.keyIs("email") {
        email = try reader.string(length: 3...320)
      } else if reader.keyIs("_meta") {
        try reader.skip()
      } else {
        throw .unknown(reader.key)
      }
    }
    self.email = try present(email, "email")
  }

  package func write(to writer: inout JSONWriter) {
    writer.beginObject()
    writer.key("email")
    writer.string(email)
    writer.endObject()
  }
}

/// The parameters of `mailbox.probe`.
package struct MailboxProbeParams: APIParams, Hashable, CustomStringConvertible, CustomReflectable {
  package var mailboxId: String?
  /// What to sign in as; often the address.
  package var userName: String?
  /// Used for this call only.
  package var password: String?
  package var imap: APIServerChoice?
  package var smtp: APIServerChoice?

  package static let parameterNames: [String]? = ["mailboxId", "userName", "password", "imap", "smtp"]

  package init(
    mailboxId: String? = nil, userName: String? = nil, password: String? = nil,
    imap: APIServerChoice? = nil, smtp: APIServerChoice? = nil
  ) {
    self.mailboxId = mailboxId
    self.userName = userName
    self.password = password
    self.imap = imap
    self.smtp = smtp
  }

  /// Without the members: one of them is a secret.
  package var description: String { "MailboxProbeParams" }
  package var customMirror: Mirror { Mirror(self, children: []) }

  package init(from reader: inout JSONReader) throws(JSONError) {
    var mailboxId: String?
    var userName: String?
    var password: String?
    var imap: APIServerChoice?
    var smtp: APIServerChoice?
    try reader.beginObject()
    while try reader.nextKey() {
      if reader.keyIs("mailboxId") {
        if !reader.isNull() { mailboxId = try reader.rowID("mb") }
      } else if reader.keyIs("userName") {
        if !reader.isNull() { userName = try reader.string(length: 1...320) }
      } else if reader.keyIs("password") {
        if !reader.isNull() { password = try reader.string(length: 1...4096) }
      } else if reader.keyIs("imap") {
        if !reader.isNull() { imap = try reader.object("imap") }
      } else if reader.keyIs("smtp") {
        if !reader.isNull() { smtp = try reader.object("smtp") }
      } else if reader.keyIs("_meta") {
        try reader.skip()
      } else {
        throw .unknown(reader.key)
      }
    }
    self.mailboxId = mailboxId
    self.userName = userName
    self.password = password
    self.imap = imap
    self.smtp = smtp
  }

  package func write(to writer: inout JSONWriter) {
    writer.beginObject()
    if let mailboxId {
      writer.key("mailboxId")
      writer.string(mailboxId)
    }
    if let userName {
      writer.key("userName")
      writer.string(userName)
    }
    if let password {
      writer.key("password")
      writer.string(password)
    }
    if let imap {
      writer.key("imap")
      imap.write(to: &writer)
    }
    if let smtp {
      writer.key("smtp")
      smtp.write(to: &writer)
    }
    writer.endObject()
  }
}

/// The parameters of `mailbox.reconnect`.
package struct MailboxReconnectParams: APIParams, Hashable, CustomStringConvertible, CustomReflectable {
  package var mailboxId: String
  package var password: String?
  package var userName: String?
  package var imap: APIServerChoice?
  package var smtp: APIServerChoice?
  package var oauth: APIOAuthAccess?

  package static let parameterNames: [String]? = [
    "mailboxId", "password", "userName", "imap", "smtp", "oauth"
  ]

  package init(
    mailboxId: String, password: String? = nil, userName: String? = nil, imap: APIServerChoice? = nil,
    smtp: APIServerChoice? = nil, oauth: APIOAuthAccess? = nil
  ) {
    self.mailboxId = mailboxId
    self.password = password
    self.userName = userName
    self.imap = imap
    self.smtp = smtp
    self.oauth = oauth
  }

  /// Without the members: one of them is a secret.
  package var description: String { "MailboxReconnectParams" }
  package var customMirror: Mirror { Mirror(self, children: []) }

  package init(from reader: inout JSONReader) throws(JSONError) {
    var mailboxId: String?
    var password: String?
    var userName: String?
    var imap: APIServerChoice?
    var smtp: APIServerChoice?
    var oauth: APIOAuthAccess?
    try reader.beginObject()
    while try reader.nextKey() {
      if reader.keyIs("mailboxId") {
        mailboxId = try reader.rowID("mb")
      } else if reader.keyIs("password") {
        if !reader.isNull() { password = try reader.string(length: 1...4096) }
      } else if reader.keyIs("userName") {
        if !reader.isNull() { userName = try reader.string(length: 1...320) }
      } else if reader.keyIs("imap") {
        if !reader.isNull() { imap = try reader.object("imap") }
      } else if reader.keyIs("smtp") {
        if !reader.isNull() { smtp = try reader.object("smtp") }
      } else if reader.keyIs("oauth") {
        if !reader.isNull() { oauth = try reader.object("oauth") }
      } else if reader.keyIs("_meta") {
        try reader.skip()
      } else {
        throw .unknown(reader.key)
      }
    }
    self.mailboxId = try present(mailboxId, "mailboxId")
    self.password = password
    self.userName = userName
    self.imap = imap
    self.smtp = smtp
    self.oauth = oauth
  }

  package func write(to writer: inout JSONWriter) {
    writer.beginObject()
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
    if let oauth {
      writer.key("oauth")
      oauth.write(to: &writer)
    }
    writer.endObject()
  }
}

/// The parameters of `mailbox.update`.
package struct MailboxUpdateParams: APIParams, Hashable {
  package var mailboxId: String
  /// The name that stands in From; empty for none.
  package var displayName: String?
  /// Aliases: names and addresses that may stand in From besides its own address, in place of those before.
  /// Its server must let it send as them.
  package var identities: [APIAddress]?
  /// Mails that may leave it within a minute; 0 for no limit.
  package var sendsPerMinuteMax: Int64?
  /// Mails that may leave it within 24 hours; 0 for no limit.
  package var sendsPerDayMax: Int64?

  package static let parameterNames: [String]? = [
    "mailboxId", "displayName", "identities", "sendsPerMinuteMax", "sendsPerDayMax"
  ]

  package init(
    mailboxId: String, displayName: String? = nil, identities: [APIAddress]? = nil,
    sendsPerMinuteMax: Int64? = nil, sendsPerDayMax: Int64? = nil
  ) {
    self.mailboxId = mailboxId
    self.displayName = displayName
    self.identities = identities
    self.sendsPerMinuteMax = sendsPerMinuteMax
    self.sendsPerDayMax = sendsPerDayMax
  }

  package init(from reader: inout JSONReader) throws(JSONError) {
    var mailboxId: String?
    var displayName: String?
    var identities: [APIAddress]?
    var sendsPerMinuteMax: Int64?
    var sendsPerDayMax: Int64?
    try reader.beginObject()
    while try reader.nextKey() {
      if reader.keyIs("mailboxId") {
        mailboxId = try reader.rowID("mb")
      } else if reader.keyIs("displayName") {
        if !reader.isNull() { displayName = try reader.string(lengthMax: 200) }
      } else if reader.keyIs("identities") {
        if !reader.isNull() { identities = try reader.list("identities", count: 0...100) }
      } else if reader.keyIs("sendsPerMinuteMax") {
        if !reader.isNull() { sendsPerMinuteMax = try reader.int(in: 0...100000) }
      } else if reader.keyIs("sendsPerDayMax") {
        if !reader.isNull() { sendsPerDayMax = try reader.int(in: 0...1000000) }
      } else if reader.keyIs("_meta") {
        try reader.skip()
      } else {
        throw .unknown(reader.key)
      }
    }
    self.mailboxId = try present(mailboxId, "mailboxId")
    self.displayName = displayName
    self.identities = identities
    self.sendsPerMinuteMax = sendsPerMinuteMax
    self.sendsPerDayMax = sendsPerDayMax
  }

  package func write(to writer: inout JSONWriter) {
    writer.beginObject()
    writer.key("mailboxId")
    writer.string(mailboxId)
    if let displayName {
      writer.key("displayName")
      writer.string(displayName)
    }
    if let identities {
      writer.key("identities")
      writer.list(identities)
    }
    if let sendsPerMinuteMax {
      writer.key("sendsPerMinuteMax")
      writer.int(sendsPerMinuteMax)
    }
    if let sendsPerDayMax {
      writer.key("sendsPerDayMax")
      writer.int(sendsPerDayMax)
    }
    writer.endObject()
  }
}

/// The parameters of `mailbox.disconnect`.
package struct MailboxDisconnectParams: APIParams, Hashable {
  package var mailboxId: String

  package static let parameterNames: [String]? = ["mailboxId"]

  package init(mailboxId: String) {
    self.mailboxId = mailboxId
  }

  package init(from reader: inout JSONReader) throws(JSONError) {
    var mailboxId: String?
    try reader.beginObject()
    while try reader.nextKey() {
      if reader.keyIs("mailboxId") {
        mailboxId = try reader.rowID("mb")
      } else if reader.keyIs("_meta") {
        try reader.skip()
      } else {
        throw .unknown(reader.key)
      }
    }
    self.mailboxId = try present(mailboxId, "mailboxId")
  }

  package func write(to writer: inout JSONWriter) {
    writer.beginObject()
    writer.key("mailboxId")
    writer.string(mailboxId)
    writer.endObject()
  }
}

/// The parameters of `mailbox.delete`.
package struct MailboxDeleteParams: APIParams, Hashable {
  package var mailboxId: String

  package static let parameterNames: [String]? = ["mailboxId"]

  package init(mailboxId: String) {
    self.mailboxId = mailboxId
  }

  package init(from reader: inout JSONReader) throws(JSONError) {
    var mailboxId: String?
    try reader.beginObject()
    while try reader.nextKey() {
      if reader.keyIs("mailboxId") {
        mailboxId = try reader.rowID("mb")
      } else if reader.keyIs("_meta") {
        try reader.skip()
      } else {
        throw .unknown(reader.key)
      }
    }
    self.mailboxId = try present(mailboxId, "mailboxId")
  }

  package func write(to writer: inout JSONWriter) {
    writer.beginObject()
    writer.key("mailboxId")
    writer.string(mailboxId)
    writer.endObject()
  }
}

/// `tls`: TLS from the first octet; `starttls`: a plain start that is upgraded before anything is said.
package enum APITransportSecurity: String, APIWord {
  case tls
  case starttls
}

/// Why a mailbox is `retrying` or `disconnected`: `accessRevoked` (the provider wants the person to allow
/// the access again), `passwordChanged`, `mailboxMigrated` (the server names another one, which is told in
/// `detail` and never followed), `serverUnreachable` (for a day; it is still tried), `serverRevoked` (the
/// account may not use IMAP), `certificateInvalid`, `quotaExceeded`, `throttled` (the provider wants to be
/// left alone for a while), `turnedOff` (by `mailbox.disconnect`).
package enum APIMailboxReason: String, APIWord {
  case accessRevoked
  case passwordChanged
  case mailboxMigrated
  case serverUnreachable
  case serverRevoked
  case certificateInvalid
  case quotaExceeded
  case throttled
  case turnedOff
}

/// What an account's servers offer, and what is made of it.
package struct APIMailboxProbe: APIValue, Hashable {
  package var imap: APIServerSettings
  package var smtp: APIServerSettings?
  /// What the IMAP server calls itself.
  package var software: String?
  /// All that the IMAP server offers when signed in, upper case, sorted.
  package var capabilities: [String]
  /// The extensions that could be used, and what was decided of each.
  package var features: [APIProbedFeature]
  /// What is known of this kind of server besides what it says.
  package var quirks: [APIProbedQuirk]
  package var changesBy: APIChangesBy
  package var newsBy: APINewsBy
  /// The largest mail that may be put into a folder; left out when the server does not say.
  package var appendOctetsMax: Int64?
  /// The largest mail that the submission server takes; left out when it does not say, or was not asked.
  package var submitOctetsMax: Int64?
  package var folders: [APIProbedFolder]
  package var sentFiling: APISentFiling
  /// The folder of sent mail.
  package var sentFolder: String?

  package init(
    imap: APIServerSettings, smtp: APIServerSettings? = nil, software: String? = nil,
    capabilities: [String], features: [APIProbedFeature], quirks: [APIProbedQuirk], changesBy: APIChangesBy,
    newsBy: APINewsBy, appendOctetsMax: Int64? = nil, submitOctetsMax: Int64? = nil,
    folders: [APIProbedFolder], sentFiling: APISentFiling, sentFolder: String? = nil
  ) {
    self.imap = imap
    self.smtp = smtp
    self.software = software
    self.capabilities = capabilities
    self.features = features
    self.quirks = quirks
    self.changesBy = changesBy
    self.newsBy = newsBy
    self.appendOctetsMax = appendOctetsMax
    self.submitOctetsMax = submitOctetsMax
    self.folders = folders
    self.sentFiling = sentFiling
    self.sentFolder = sentFolder
  }

  package init(from reader: inout JSONReader) throws(JSONError) {
    var imap: APIServerSettings?
    var smtp: APIServerSettings?
    var software: String?
    var capabilities: [String]?
    var features: [APIProbedFeature]?
    var quirks: [APIProbedQuirk]?
    var changesBy: APIChangesBy?
    var newsBy: APINewsBy?
    var appendOctetsMax: Int64?
    var submitOctetsMax: Int64?
    var folders: [APIProbedFolder]?
    var sentFiling: APISentFiling?
    var sentFolder: String?
    try reader.beginObject()
    while try reader.nextKey() {
      if reader.keyIs("imap") {
        imap = try reader.object("imap")
      } else if reader.keyIs("smtp") {
        if !reader.isNull() { smtp = try reader.object("smtp") }
      } else if reader.keyIs("software") {
        if !reader.isNull() { software = try reader.string() }
      } else if reader.keyIs("capabilities") {
        capabilities = try reader.strings("capabilities")
      } else if reader.keyIs("features") {
        features = try reader.list("features")
      } else if reader.keyIs("quirks") {
        quirks = try reader.list("quirks")
      } else if reader.keyIs("changesBy") {
        changesBy = try APIChangesBy(from: &reader)
      } else if reader.keyIs("newsBy") {
        newsBy = try APINewsBy(from: &reader)
      } else if reader.keyIs("appendOctetsMax") {
        if !reader.isNull() { appendOctetsMax = try reader.int(in: 0...9007199254740991) }
      } else if reader.keyIs("submitOctetsMax") {
        if !reader.isNull() { submitOctetsMax = try reader.int(in: 0...9007199254740991) }
      } else if reader.keyIs("folders") {
        folders = try reader.list("folders")
      } else if reader.keyIs("sentFiling") {
        sentFiling = try APISentFiling(from: &reader)
      } else if reader.keyIs("sentFolder") {
        if !reader.isNull() { sentFolder = try reader.string() }
      } else {
        try reader.skip()
      }
    }
    self.imap = try present(imap, "imap")
    self.smtp = smtp
    self.software = software
    self.capabilities = try present(capabilities, "capabilities")
    self.features = try present(features, "features")
    self.quirks = try present(quirks, "quirks")
    self.changesBy = try present(changesBy, "changesBy")
    self.newsBy = try present(newsBy, "newsBy")
    self.appendOctetsMax = appendOctetsMax
    self.submitOctetsMax = submitOctetsMax
    self.folders = try present(folders, "folders")
    self.sentFiling = try present(sentFiling, "sentFiling")
    self.sentFolder = sentFolder
  }

  package func write(to writer: inout JSONWriter) {
    writer.beginObject()
    writer.key("imap")
    imap.write(to: &writer)
    if let smtp {
      writer.key("smtp")
      smtp.write(to: &writer)
    }
    if let software {
      writer.key("software")
      writer.string(software)
    }
    writer.key("capabilities")
    writer.strings(capabilities)
    writer.key("features")
    writer.list(features)
    writer.key("quirks")
    writer.list(quirks)
    writer.key("changesBy")
    changesBy.write(to: &writer)
    writer.key("newsBy")
    newsBy.write(to: &writer)
    if let appendOctetsMax {
      writer.key("appendOctetsMax")
      writer.int(appendOctetsMax)
    }
    if let submitOctetsMax {
      writer.key("submitOctetsMax")
      writer.int(submitOctetsMax)
    }
    writer.key("folders")
    writer.list(folders)
    writer.key("sentFiling")
    sentFiling.write(to: &writer)
    if let sentFolder {
      writer.key("sentFolder")
      writer.string(sentFolder)
    }
    writer.endObject()
  }
}

/// An extension of IMAP and what was decided of it.
package struct APIProbedFeature: APIValue, Hashable {
  /// As in the list of capabilities.
  package var name: String
  package var decision: APIFeatureDecision
  /// One or two sentences for people.
  package var reason: String
  /// Where the fact that decided is from.
  package var source: String?

  package init(name: String, decision: APIFeatureDecision, reason: String, source: String? = nil) {
    self.name = name
    self.decision = decision
    self.reason = reason
    self.source = source
  }

  package init(from reader: inout JSONReader) throws(JSONError) {
    var name: String?
    var decision: APIFeatureDecision?
    var reason: String?
    var source: String?
    try reader.beginObject()
    while try reader.nextKey() {
      if reader.keyIs("name") {
        name = try reader.string()
      } else if reader.keyIs("decision") {
        decision = try APIFeatureDecision(from: &reader)
      } else if reader.keyIs("reason") {
        reason = try reader.string()
      } else if reader.keyIs("source") {
        if !reader.isNull() { source = try reader.string() }
      } else {
        try reader.skip()
      }
    }
    self.name = try present(name, "name")
    self.decision = try present(decision, "decision")
    self.reason = try present(reason, "reason")
    self.source = source
  }

  package func write(to writer: inout JSONWriter) {
    writer.beginObject()
    writer.key("name")
    writer.string(name)
    writer.key("decision")
    decision.write(to: &writer)
    writer.key("reason")
    writer.string(reason)
    if let source {
      writer.key("source")
      writer.string(source)
    }
    writer.endObject()
  }
}

/// `distrusted`: offered, and known not to do what it says; `passedOver`: offered, and something better is,
/// too.
package enum APIFeatureDecision: String, APIWord {
  case used
  case distrusted
  case passedOver
  case absent
}

/// A fact about a kind of server.
package struct APIProbedQuirk: APIValue, Hashable {
  /// Stays the same between versions: `icloud-qresync`.
  package var id: String
  package var effect: APIQuirkEffect
  /// One sentence for people.
  package var fact: String
  /// Where the fact is from.
  package var source: String

  package init(id: String, effect: APIQuirkEffect, fact: String, source: String) {
    self.id = id
    self.effect = effect
    self.fact = fact
    self.source = source
  }

  package init(from reader: inout JSONReader) throws(JSONError) {
    var id: String?
    var effect: APIQuirkEffect?
    var fact: String?
    var source: String?
    try reader.beginObject()
    while try reader.nextKey() {
      if reader.keyIs("id") {
        id = try reader.string()
      } else if reader.keyIs("effect") {
        effect = try APIQuirkEffect(from: &reader)
      } else if reader.keyIs("fact") {
        fact = try reader.string()
      } else if reader.keyIs("source") {
        source = try reader.string()
      } else {
        try reader.skip()
      }
    }
    self.id = try present(id, "id")
    self.effect = try present(effect, "effect")
    self.fact = try present(fact, "fact")
    self.source = try present(source, "source")
  }

  package func write(to writer: inout JSONWriter) {
    writer.beginObject()
    writer.key("id")
    writer.string(id)
    writer.key("effect")
    effect.write(to: &writer)
    writer.key("fact")
    writer.string(fact)
    writer.key("source")
    writer.string(source)
    writer.endObject()
  }
}

/// `distrusts`: an extension is not used; `identifiesFirst`: ID goes before the sign-in; `note`: nothing is
/// done otherwise.
package enum APIQuirkEffect: String, APIWord {
  case distrusts
  case identifiesFirst
  case note
}

/// How changed flags and deleted mail are found: told when a folder is opened; flags asked for since the
/// last time and deletions by comparing numbers; or everything by comparing.
package enum APIChangesBy: String, APIWord {
  case qresync
  case condstore
  case comparison
}

/// How new mail is noticed: pushed for all folders, pushed for the inbox, or asked for at intervals.
package enum APINewsBy: String, APIWord {
  case notify
  case idle
  case polling
}

/// A folder on the server.
package struct APIProbedFolder: APIValue, Hashable {
  /// As a person reads it.
  package var name: String
  package var role: APIFolderRole?
  /// Its mail is, or would be, read.
  package var syncs: Bool
  /// Left out when it was not asked or the server would not say.
  package var messages: Int64?

  package init(name: String, role: APIFolderRole? = nil, syncs: Bool, messages: Int64? = nil) {
    self.name = name
    self.role = role
    self.syncs = syncs
    self.messages = messages
  }

  package init(from reader: inout JSONReader) throws(JSONError) {
    var name: String?
    var role: APIFolderRole?
    var syncs: Bool?
    var messages: Int64?
    try reader.beginObject()
    while try reader.nextKey() {
      if reader.keyIs("name") {
        name = try reader.string()
      } else if reader.keyIs("role") {
        if !reader.isNull() { role = try APIFolderRole(from: &reader) }
      } else if reader.keyIs("syncs") {
        syncs = try reader.bool()
      } else if reader.keyIs("messages") {
        if !reader.isNull() { messages = try reader.int(in: 0...9007199254740991) }
      } else {
        try reader.skip()
      }
    }
    self.name = try present(name, "name")
    self.role = role
    self.syncs = try present(syncs, "syncs")
    self.messages = messages
  }

  package func write(to writer: inout JSONWriter) {
    writer.beginObject()
    writer.key("name")
    writer.string(name)
    if let role {
      writer.key("role")
      role.write(to: &writer)
    }
    writer.key("syncs")
    writer.bool(syncs)
    if let messages {
      writer.key("messages")
      writer.int(messages)
    }
    writer.endObject()
  }
}

/// A mailbox's server and what is kept, compared.
package struct APIMailboxAudit: APIValue, Hashable {
  package var mailboxId: String
  package var at: String
  /// Messages in all folders.
  package var onServer: Int64
  /// Of these, those whose body is kept.
  package var logged: Int64
  /// Differences without a reason: `unexplained` and `onlyHere` of all folders. 0 is what must be.
  package var unexplained: Int64
  package var folders: [APIFolderAudit]

  package init(
    mailboxId: String, at: String, onServer: Int64, logged: Int64, unexplained: Int64,
    folders: [APIFolderAudit]
  ) {
    self.mailboxId = mailboxId
    self.at = at
    self.onServer = onServer
    self.logged = logged
    self.unexplained = unexplained
    self.folders = folders
  }

  package init(from reader: inout JSONReader) throws(JSONError) {
    var mailboxId: String?
    var at: String?
    var onServer: Int64?
    var logged: Int64?
    var unexplained: Int64?
    var folders: [APIFolderAudit]?
    try reader.beginObject()
    while try reader.nextKey() {
      if reader.keyIs("mailboxId") {
        mailboxId = try reader.rowID("mb")
      } else if reader.keyIs("at") {
        at = try reader.timestamp()
      } else if reader.keyIs("onServer") {
        onServer = try reader.int(in: 0...9007199254740991)
      } else if reader.keyIs("logged") {
        logged = try reader.int(in: 0...9007199254740991)
      } else if reader.keyIs("unexplained") {
        unexplained = try reader.int(in: 0...9007199254740991)
      } else if reader.keyIs("folders") {
        folders = try reader.list("folders")
      } else {
        try reader.skip()
      }
    }
    self.mailboxId = try present(mailboxId, "mailboxId")
    self.at = try present(at, "at")
    self.onServer = try present(onServer, "onServer")
    self.logged = try present(logged, "logged")
    self.unexplained = try present(unexplained, "unexplained")
    self.folders = try present(folders, "folders")
  }

  package func write(to writer: inout JSONWriter) {
    writer.beginObject()
    writer.key("mailboxId")
    writer.string(mailboxId)
    writer.key("at")
    writer.string(at)
    writer.key("onServer")
    writer.int(onServer)
    writer.key("logged")
    writer.int(logged)
    writer.key("unexplained")
    writer.int(unexplained)
    writer.key("folders")
    writer.list(folders)
    writer.endObject()
  }
}

/// A folder of the server's and what is kept of it.
package struct APIFolderAudit: APIValue, Hashable {
  /// As a person reads it.
  package var name: String
  package var role: APIFolderRole?
  /// Its mail is read.
  package var syncs: Bool
  /// Messages that the server has.
  package var onServer: Int64
  /// Of these, those whose body is kept.
  package var logged: Int64
  /// Messages that have a place here and none on the server, though it was asked twice.
  package var onlyHere: Int64
  /// All messages of the server's that are not `logged`, by the reason; a reason without mails is left out.
  package var absent: [APIAbsentMails]
  /// The first UIDs of those without a reason, as IMAP writes sets.
  package var doubtfulUids: String?

  package init(
    name: String, role: APIFolderRole? = nil, syncs: Bool, onServer: Int64, logged: Int64, onlyHere: Int64,
    absent: [APIAbsentMails], doubtfulUids: String? = nil
  ) {
    self.name = name
    self.role = role
    self.syncs = syncs
    self.onServer = onServer
    self.logged = logged
    self.onlyHere = onlyHere
    self.absent = absent
    self.doubtfulUids = doubtfulUids
  }

  package init(from reader: inout JSONReader) throws(JSONError) {
    var name: String?
    var role: APIFolderRole?
    var syncs: Bool?
    var onServer: Int64?
    var logged: Int64?
    var onlyHere: Int64?
    var absent: [APIAbsentMails]?
    var doubtfulUids: String?
    try reader.beginObject()
    while try reader.nextKey() {
      if reader.keyIs("name") {
        name = try reader.string()
      } else if reader.keyIs("role") {
        if !reader.isNull() { role = try APIFolderRole(from: &reader) }
      } else if reader.keyIs("syncs") {
        syncs = try reader.bool()
      } else if reader.keyIs("onServer") {
        onServer = try reader.int(in: 0...9007199254740991)
      } else if reader.keyIs("logged") {
        logged = try reader.int(in: 0...9007199254740991)
      } else if reader.keyIs("onlyHere") {
        onlyHere = try reader.int(in: 0...9007199254740991)
      } else if reader.keyIs("absent") {
        absent = try reader.list("absent")
      } else if reader.keyIs("doubtfulUids") {
        if !reader.isNull() { doubtfulUids = try reader.string() }
      } else {
        try reader.skip()
      }
    }
    self.name = try present(name, "name")
    self.role = role
    self.syncs = try present(syncs, "syncs")
    self.onServer = try present(onServer, "onServer")
    self.logged = try present(logged, "logged")
    self.onlyHere = try present(onlyHere, "onlyHere")
    self.absent = try present(absent, "absent")
    self.doubtfulUids = doubtfulUids
  }

  package func write(to writer: inout JSONWriter) {
    writer.beginObject()
    writer.key("name")
    writer.string(name)
    if let role {
      writer.key("role")
      role.write(to: &writer)
    }
    writer.key("syncs")
    writer.bool(syncs)
    writer.key("onServer")
    writer.int(onServer)
    writer.key("logged")
    writer.int(logged)
    writer.key("onlyHere")
    writer.int(onlyHere)
    writer.key("absent")
    writer.list(absent)
    if let doubtfulUids {
      writer.key("doubtfulUids")
      writer.string(doubtfulUids)
    }
    writer.endObject()
  }
}

/// How many mails are not kept for one reason.
package struct APIAbsentMails: APIValue, Hashable {
  package var reason: APIAbsenceReason
  package var mails: Int64

  package init(reason: APIAbsenceReason, mails: Int64) {
    self.reason = reason
    self.mails = mails
  }

  package init(from reader: inout JSONReader) throws(JSONError) {
    var reason: APIAbsenceReason?
    var mails: Int64?
    try reader.beginObject()
    while try reader.nextKey() {
      if reader.keyIs("reason") {
        reason = try APIAbsenceReason(from: &reader)
      } else if reader.keyIs("mails") {
        mails = try reader.int(in: 1...9007199254740991)
      } else {
        try reader.skip()
      }
    }
    self.reason = try present(reason, "reason")
    self.mails = try present(mails, "mails")
  }

  package func write(to writer: inout JSONWriter) {
    writer.beginObject()
    writer.key("reason")
    reason.write(to: &writer)
    writer.key("mails")
    writer.int(mails)
    writer.endObject()
  }
}

/// Why a mail is not kept: `notTracked` (it belongs to no conversation that is tracked; its header is),
/// `duplicate` (another mailbox of the tenant logged it), `wanted` (its body is fetched next), `gone` (it
/// went from all folders before its body was read), `purged` (it was erased), `folderNotRead` (junk, trash,
/// drafts, labels), `folderClosed` (the server does not open the folder), `notReadYet`, `renumbered` (the
/// server gave the folder new numbers, and it is read anew), `unexplained` (none of these: a fault).
package enum APIAbsenceReason: String, APIWord {
  case notTracked
  case duplicate
  case wanted
  case gone
  case purged
  case folderNotRead
  case folderClosed
  case notReadYet
  case renumbered
  case unexplained
}

/// How a sent mail comes into a folder: the provider does it; it is appended where it is not there; or
/// there is no such folder.
package enum APISentFiling: String, APIWord {
  case provider
  case append
  case none
}

/// One of a mailbox's two servers.
package enum APIMailServer: String, APIWord {
  case imap
  case smtp
}

/// `resolve` (the host's addresses), `connect`, `tls`, `greeting` (with STARTTLS where that is used),
/// `login`, `list` (of the folders).
package enum APIConnectStep: String, APIWord {
  case resolve
  case connect
  case tls
  case greeting
  case login
  case list
}

/// Where a mail server is. What is left out is found by trying, encrypted ways only (IMAP 993, then
/// submission 465 and 587).
package struct APIServerChoice: APIValue, Hashable {
  package var host: String
  package var port: Int64?
  package var security: APITransportSecurity?

  package init(host: String, port: Int64? = nil, security: APITransportSecurity? = nil) {
    self.host = host
    self.port = port
    self.security = security
  }

  package init(from reader: inout JSONReader) throws(JSONError) {
    var host: String?
    var port: Int64?
    var security: APITransportSecurity?
    try reader.beginObject()
    while try reader.nextKey() {
      if reader.keyIs("host") {
        host = try reader.string(length: 1...253)
      } else if reader.keyIs("port") {
        if !reader.isNull() { port = try reader.int(in: 1...65535) }
      } else if reader.keyIs("security") {
        if !reader.isNull() { security = try APITransportSecurity(from: &reader) }
      } else {
        throw .unknown(reader.key)
      }
    }
    self.host = try present(host, "host")
    self.port = port
    self.security = security
  }

  package func write(to writer: inout JSONWriter) {
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
package struct APIConnectProgress: APIValue, Hashable {
  package var server: APIMailServer
  package var step: APIConnectStep
  package var host: String
  package var port: Int64

  package init(server: APIMailServer, step: APIConnectStep, host: String, port: Int64) {
    self.server = server
    self.step = step
    self.host = host
    self.port = port
  }

  package init(from reader: inout JSONReader) throws(JSONError) {
    var server: APIMailServer?
    var step: APIConnectStep?
    var host: String?
    var port: Int64?
    try reader.beginObject()
    while try reader.nextKey() {
      if reader.keyIs("server") {
        server = try APIMailServer(from: &reader)
      } else if reader.keyIs("step") {
        step = try APIConnectStep(from: &reader)
      } else if reader.keyIs("host") {
        host = try reader.string()
      } else if reader.keyIs("port") {
        port = try reader.int(in: 1...65535)
      } else {
        try reader.skip()
      }
    }
    self.server = try present(server, "server")
    self.step = try present(step, "step")
    self.host = try present(host, "host")
    self.port = try present(port, "port")
  }

  package func write(to writer: inout JSONWriter) {
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
}

/// Where a mail server is and how it is spoken to.
package struct APIServerSettings: APIValue, Hashable {
  package var host: String
  package var port: Int64
  package var security: APITransportSecurity

  package init(host: String, port: Int64, security: APITransportSecurity) {
    self.host = host
    self.port = port
    self.security = security
  }

  package init(from reader: inout JSONReader) throws(JSONError) {
    var host: String?
    var port: Int64?
    var security: APITransportSecurity?
    try reader.beginObject()
    while try reader.nextKey() {
      if reader.keyIs("host") {
        host = try reader.string(length: 1...253)
      } else if reader.keyIs("port") {
        port = try reader.int(in: 1...65535)
      } else if reader.keyIs("security") {
        security = try APITransportSecurity(from: &reader)
      } else {
        try reader.skip()
      }
    }
    self.host = try present(host, "host")
    self.port = try present(port, "port")
    self.security = try present(security, "security")
  }

  package func write(to writer: inout JSONWriter) {
    writer.beginObject()
    writer.key("host")
    writer.string(host)
    writer.key("port")
    writer.int(port)
    writer.key("security")
    security.write(to: &writer)
    writer.endObject()
  }
}

/// A connected e-mail account. Its password is never answered.
package struct APIMailbox: APIValue, Hashable {
  package var id: String
  package var email: String
  /// The name that stands in From of mail sent from here.
  package var displayName: String?
  /// What it signs in as.
  package var userName: String
  package var imap: APIServerSettings
  package var smtp: APIServerSettings
  package var state: APIMailboxState
  package var reason: APIMailboxReason?
  /// What happened last, in words for a person.
  package var detail: String?
  /// With a `reason`: what the person whose mailbox it is can do.
  package var advice: String?
  package var nextAttemptAt: String?
  /// The provider files sent mail itself, so no copy is appended to Sent.
  package var providerFilesSentMail: Bool
  /// Attachments of logged mail are kept.
  package var logAttachments: Bool
  /// What may stand in From of mail sent from here, besides its own address.
  package var identities: [APIAddress]?
  package var sendLimits: APISendLimits?
  /// Who gives access tokens for it; absent where it signs in by a password.
  package var oauthProvider: String?
  /// In the answer of `mailbox.get` only.
  package var use: APIProviderUse?
  package var createdAt: String

  package init(
    id: String, email: String, displayName: String? = nil, userName: String, imap: APIServerSettings,
    smtp: APIServerSettings, state: APIMailboxState, reason: APIMailboxReason? = nil, detail: String? = nil,
    advice: String? = nil, nextAttemptAt: String? = nil, providerFilesSentMail: Bool, logAttachments: Bool,
    identities: [APIAddress]? = nil, sendLimits: APISendLimits? = nil, oauthProvider: String? = nil,
    use: APIProviderUse? = nil, createdAt: String
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
    self.advice = advice
    self.nextAttemptAt = nextAttemptAt
    self.providerFilesSentMail = providerFilesSentMail
    self.logAttachments = logAttachments
    self.identities = identities
    self.sendLimits = sendLimits
    self.oauthProvider = oauthProvider
    self.use = use
    self.createdAt = createdAt
  }

  package init(from reader: inout JSONReader) throws(JSONError) {
    var id: String?
    var email: String?
    var displayName: String?
    var userName: String?
    var imap: APIServerSettings?
    var smtp: APIServerSettings?
    var state: APIMailboxState?
    var reason: APIMailboxReason?
    var detail: String?
    var advice: String?
    var nextAttemptAt: String?
    var providerFilesSentMail: Bool?
    var logAttachments: Bool?
    var identities: [APIAddress]?
    var sendLimits: APISendLimits?
    var oauthProvider: String?
    var use: APIProviderUse?
    var createdAt: String?
    try reader.beginObject()
    while try reader.nextKey() {
      if reader.keyIs("id") {
        id = try reader.rowID("mb")
      } else if reader.keyIs("email") {
        email = try reader.string(length: 3...320)
      } else if reader.keyIs("displayName") {
        if !reader.isNull() { displayName = try reader.string() }
      } else if reader.keyIs("userName") {
        userName = try reader.string()
      } else if reader.keyIs("imap") {
        imap = try reader.object("imap")
      } else if reader.keyIs("smtp") {
        smtp = try reader.object("smtp")
      } else if reader.keyIs("state") {
        state = try APIMailboxState(from: &reader)
      } else if reader.keyIs("reason") {
        if !reader.isNull() { reason = try APIMailboxReason(from: &reader) }
      } else if reader.keyIs("detail") {
        if !reader.isNull() { detail = try reader.string() }
      } else if reader.keyIs("advice") {
        if !reader.isNull() { advice = try reader.string() }
      } else if reader.keyIs("nextAttemptAt") {
        if !reader.isNull() { nextAttemptAt = try reader.timestamp() }
      } else if reader.keyIs("providerFilesSentMail") {
        providerFilesSentMail = try reader.bool()
      } else if reader.keyIs("logAttachments") {
        logAttachments = try reader.bool()
      } else if reader.keyIs("identities") {
        if !reader.isNull() { identities = try reader.list("identities") }
      } else if reader.keyIs("sendLimits") {
        if !reader.isNull() { sendLimits = try reader.object("sendLimits") }
      } else if reader.keyIs("oauthProvider") {
        if !reader.isNull() { oauthProvider = try reader.string(length: 1...64) }
      } else if reader.keyIs("use") {
        if !reader.isNull() { use = try reader.object("use") }
      } else if reader.keyIs("createdAt") {
        createdAt = try reader.timestamp()
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
    self.advice = advice
    self.nextAttemptAt = nextAttemptAt
    self.providerFilesSentMail = try present(providerFilesSentMail, "providerFilesSentMail")
    self.logAttachments = try present(logAttachments, "logAttachments")
    self.identities = identities
    self.sendLimits = sendLimits
    self.oauthProvider = oauthProvider
    self.use = use
    self.createdAt = try present(createdAt, "createdAt")
  }

  package func write(to writer: inout JSONWriter) {
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
    if let advice {
      writer.key("advice")
      writer.string(advice)
    }
    if let nextAttemptAt {
      writer.key("nextAttemptAt")
      writer.string(nextAttemptAt)
    }
    writer.key("providerFilesSentMail")
    writer.bool(providerFilesSentMail)
    writer.key("logAttachments")
    writer.bool(logAttachments)
    if let identities {
      writer.key("identities")
      writer.list(identities)
    }
    if let sendLimits {
      writer.key("sendLimits")
      sendLimits.write(to: &writer)
    }
    if let oauthProvider {
      writer.key("oauthProvider")
      writer.string(oauthProvider)
    }
    if let use {
      writer.key("use")
      use.write(to: &writer)
    }
    writer.key("createdAt")
    writer.string(createdAt)
    writer.endObject()
  }
}

/// Where servers were found: built in; in a document that the domain serves; in the domain's SRV records,
/// which nothing proves; or by who takes the domain's mail.
package enum APIDiscoverySource: String, APIWord {
  case table
  case autoconfig
  case srv
  case mx
}

/// What came of a way of looking; `failed`: it could not be asked.
package enum APIDiscoveryOutcome: String, APIWord {
  case found
  case nothing
  case failed
}

/// One way of looking, and what came of it.
package struct APIDiscoveryLook: APIValue, Hashable {
  package var source: APIDiscoverySource
  package var outcome: APIDiscoveryOutcome

  package init(source: APIDiscoverySource, outcome: APIDiscoveryOutcome) {
    self.source = source
    self.outcome = outcome
  }

  package init(from reader: inout JSONReader) throws(JSONError) {
    var source: APIDiscoverySource?
    var outcome: APIDiscoveryOutcome?
    try reader.beginObject()
    while try reader.nextKey() {
      if reader.keyIs("source") {
        source = try APIDiscoverySource(from: &reader)
      } else if reader.keyIs("outcome") {
        outcome = try APIDiscoveryOutcome(from: &reader)
      } else {
        try reader.skip()
      }
    }
    self.source = try present(source, "source")
    self.outcome = try present(outcome, "outcome")
  }

  package func write(to writer: inout JSONWriter) {
    writer.beginObject()
    writer.key("source")
    source.write(to: &writer)
    writer.key("outcome")
    outcome.write(to: &writer)
    writer.endObject()
  }
}

/// Servers that an address may have. `imap`, `smtp` and `userName` go into `mailbox.connect` as they are.
package struct APIDiscoveredServers: APIValue, Hashable {
  package var source: APIDiscoverySource
  /// Whose servers these are, where that is known.
  package var provider: String?
  package var imap: APIServerSettings
  package var smtp: APIServerSettings
  /// What people sign in as there.
  package var userName: String
  /// Who would give access tokens; it can be used when `oauth.providers` has it.
  package var oauthProvider: String?
  /// For the person.
  package var notes: [String]

  package init(
    source: APIDiscoverySource, provider: String? = nil, imap: APIServerSettings, smtp: APIServerSettings,
    userName: String, oauthProvider: String? = nil, notes: [String]
  ) {
    self.source = source
    self.provider = provider
    self.imap = imap
    self.smtp = smtp
    self.userName = userName
    self.oauthProvider = oauthProvider
    self.notes = notes
  }

  package init(from reader: inout JSONReader) throws(JSONError) {
    var source: APIDiscoverySource?
    var provider: String?
    var imap: APIServerSettings?
    var smtp: APIServerSettings?
    var userName: String?
    var oauthProvider: String?
    var notes: [String]?
    try reader.beginObject()
    while try reader.nextKey() {
      if reader.keyIs("source") {
        source = try APIDiscoverySource(from: &reader)
      } else if reader.keyIs("provider") {
        if !reader.isNull() { provider = try reader.string() }
      } else if reader.keyIs("imap") {
        imap = try reader.object("imap")
      } else if reader.keyIs("smtp") {
        smtp = try reader.object("smtp")
      } else if reader.keyIs("userName") {
        userName = try reader.string()
      } else if reader.keyIs("oauthProvider") {
        if !reader.isNull() { oauthProvider = try reader.string(length: 1...64) }
      } else if reader.keyIs("notes") {
        notes = try reader.strings("notes")
      } else {
        try reader.skip()
      }
    }
    self.source = try present(source, "source")
    self.provider = provider
    self.imap = try present(imap, "imap")
    self.smtp = try present(smtp, "smtp")
    self.userName = try present(userName, "userName")
    self.oauthProvider = oauthProvider
    self.notes = try present(notes, "notes")
  }

  package func write(to writer: inout JSONWriter) {
    writer.beginObject()
    writer.key("source")
    source.write(to: &writer)
    if let provider {
      writer.key("provider")
      writer.string(provider)
    }
    writer.key("imap")
    imap.write(to: &writer)
    writer.key("smtp")
    smtp.write(to: &writer)
    writer.key("userName")
    writer.string(userName)
    if let oauthProvider {
      writer.key("oauthProvider")
      writer.string(oauthProvider)
    }
    writer.key("notes")
    writer.strings(notes)
    writer.endObject()
  }
}

/// What was found of the servers of an address.
package struct APIMailboxDiscovery: APIValue, Hashable {
  package var email: String
  /// The likeliest first; empty when nothing was found.
  package var candidates: [APIDiscoveredServers]
  package var looked: [APIDiscoveryLook]

  package init(email: String, candidates: [APIDiscoveredServers], looked: [APIDiscoveryLook]) {
    self.email = email
    self.candidates = candidates
    self.looked = looked
  }

  package init(from reader: inout JSONReader) throws(JSONError) {
    var email: String?
    var candidates: [APIDiscoveredServers]?
    var looked: [APIDiscoveryLook]?
    try reader.beginObject()
    while try reader.nextKey() {
      if reader.keyIs("email") {
        email = try reader.string(length: 3...320)
      } else if reader.keyIs("candidates") {
        candidates = try reader.list("candidates")
      } else if reader.keyIs("looked") {
        looked = try reader.list("looked")
      } else {
        try reader.skip()
      }
    }
    self.email = try present(email, "email")
    self.candidates = try present(candidates, "candidates")
    self.looked = try present(looked, "looked")
  }

  package func write(to writer: inout JSONWriter) {
    writer.beginObject()
    writer.key("email")
    writer.string(email)
    writer.key("candidates")
    writer.list(candidates)
    writer.key("looked")
    writer.list(looked)
    writer.endObject()
  }
}

/// What access tokens are had by: the grant of `oauth.complete` or `oauth.wait`; or a refresh token that
/// the caller has got itself, with the client id that this server has for the provider.
package struct APIOAuthAccess: APIValue, Hashable, CustomStringConvertible, CustomReflectable {
  package var grantId: String?
  package var provider: String?
  package var refreshToken: String?

  package init(grantId: String? = nil, provider: String? = nil, refreshToken: String? = nil) {
    self.grantId = grantId
    self.provider = provider
    self.refreshToken = refreshToken
  }

  /// Without the members: one of them is a secret.
  package var description: String { "APIOAuthAccess" }
  package var customMirror: Mirror { Mirror(self, children: []) }

  package init(from reader: inout JSONReader) throws(JSONError) {
    var grantId: String?
    var provider: String?
    var refreshToken: String?
    try reader.beginObject()
    while try reader.nextKey() {
      if reader.keyIs("grantId") {
        if !reader.isNull() { grantId = try reader.string(length: 1...200) }
      } else if reader.keyIs("provider") {
        if !reader.isNull() { provider = try reader.string(length: 1...64) }
      } else if reader.keyIs("refreshToken") {
        if !reader.isNull() { refreshToken = try reader.string(length: 1...16384) }
      } else {
        throw .unknown(reader.key)
      }
    }
    self.grantId = grantId
    self.provider = provider
    self.refreshToken = refreshToken
  }

  package func write(to writer: inout JSONWriter) {
    writer.beginObject()
    if let grantId {
      writer.key("grantId")
      writer.string(grantId)
    }
    if let provider {
      writer.key("provider")
      writer.string(provider)
    }
    if let refreshToken {
      writer.key("refreshToken")
      writer.string(refreshToken)
    }
    writer.endObject()
  }
}

/// What a mailbox uses of what its provider allows. Counted since the server's start.
package struct APIProviderUse: APIValue, Hashable {
  /// IMAP connections now.
  package var connections: Int64
  package var connectionsMax: Int64
  /// Octets read by IMAP within a day that began with the first of them.
  package var octetsRead: Int64
  /// When so many are read, older mail waits for the next day; new mail is read. Without it there is no
  /// limit.
  package var octetsPerDayMax: Int64?

  package init(
    connections: Int64, connectionsMax: Int64, octetsRead: Int64, octetsPerDayMax: Int64? = nil
  ) {
    self.connections = connections
    self.connectionsMax = connectionsMax
    self.octetsRead = octetsRead
    self.octetsPerDayMax = octetsPerDayMax
  }

  package init(from reader: inout JSONReader) throws(JSONError) {
    var connections: Int64?
    var connectionsMax: Int64?
    var octetsRead: Int64?
    var octetsPerDayMax: Int64?
    try reader.beginObject()
    while try reader.nextKey() {
      if reader.keyIs("connections") {
        connections = try reader.int(in: 0...9007199254740991)
      } else if reader.keyIs("connectionsMax") {
        connectionsMax = try reader.int(in: 1...9007199254740991)
      } else if reader.keyIs("octetsRead") {
        octetsRead = try reader.int(in: 0...9007199254740991)
      } else if reader.keyIs("octetsPerDayMax") {
        if !reader.isNull() { octetsPerDayMax = try reader.int(in: 1...9007199254740991) }
      } else {
        try reader.skip()
      }
    }
    self.connections = try present(connections, "connections")
    self.connectionsMax = try present(connectionsMax, "connectionsMax")
    self.octetsRead = try present(octetsRead, "octetsRead")
    self.octetsPerDayMax = octetsPerDayMax
  }

  package func write(to writer: inout JSONWriter) {
    writer.beginObject()
    writer.key("connections")
    writer.int(connections)
    writer.key("connectionsMax")
    writer.int(connectionsMax)
    writer.key("octetsRead")
    writer.int(octetsRead)
    if let octetsPerDayMax {
      writer.key("octetsPerDayMax")
      writer.int(octetsPerDayMax)
    }
    writer.endObject()
  }
}

/// How many mails may leave; without a number there is no limit.
package struct APISendLimits: APIValue, Hashable {
  /// Within a minute.
  package var perMinute: Int64?
  /// Within 24 hours.
  package var perDay: Int64?

  package init(perMinute: Int64? = nil, perDay: Int64? = nil) {
    self.perMinute = perMinute
    self.perDay = perDay
  }

  package init(from reader: inout JSONReader) throws(JSONError) {
    var perMinute: Int64?
    var perDay: Int64?
    try reader.beginObject()
    while try reader.nextKey() {
      if reader.keyIs("perMinute") {
        if !reader.isNull() { perMinute = try reader.int(in: 1...9007199254740991) }
      } else if reader.keyIs("perDay") {
        if !reader.isNull() { perDay = try reader.int(in: 1...9007199254740991) }
      } else {
        try reader.skip()
      }
    }
    self.perMinute = perMinute
    self.perDay = perDay
  }

  package func write(to writer: inout JSONWriter) {
    writer.beginObject()
    if let perMinute {
      writer.key("perMinute")
      writer.int(perMinute)
    }
    if let perDay {
      writer.key("perDay")
      writer.int(perDay)
    }
    writer.endObject()
  }
}

/// The mailboxes of the tenant, oldest first.
package struct APIMailboxList: APIValue, Hashable {
  package var mailboxes: [APIMailbox]

  package init(mailboxes: [APIMailbox]) {
    self.mailboxes = mailboxes
  }

  package init(from reader: inout JSONReader) throws(JSONError) {
    var mailboxes: [APIMailbox]?
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

  package func write(to writer: inout JSONWriter) {
    writer.beginObject()
    writer.key("mailboxes")
    writer.list(mailboxes)
    writer.endObject()
  }
}

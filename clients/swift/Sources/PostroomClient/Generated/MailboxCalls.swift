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
  ///   - password: Or an app password. Stored encrypted, never answered. Either it or `oauth`.
  ///   - userName: What to sign in as; the address when left out.
  ///   - displayName: The name that stands in From.
  ///   - smtp: The submission server.
  ///   - oauth: Sign in by access tokens instead of a password (XOAUTH2, OAUTHBEARER). They are renewed by
  ///     themselves.
  /// - Throws: with reason `oauth.providerUnknown`, `oauth.unknown`, `oauth.refused`, `oauth.unavailable`,
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
  public func connect(
    email: String, password: String? = nil, userName: String? = nil, displayName: String? = nil,
    imap: ServerChoice, smtp: ServerChoice, oauth: OAuthAccess? = nil, options: CallOptions = CallOptions()
  ) async throws(PostroomError) -> Mailbox {
    try await client.call("mailbox.connect", repeatable: .never, options) { writer in
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

  /// Compare a mailbox with its server. Signs in beside the mailbox's own connections, compares every
  /// folder message by message with what is kept, and gives a reason for each mail of the server's that is
  /// not here. Nothing is changed. Each mailbox is also audited once a day by itself;
  /// `postroom_audit_unexplained` of the metrics, which must be 0, is what that found. It takes as long as
  /// the server takes to tell the numbers of all messages.
  /// - Throws: with reason `mailbox.unknown`, `connect.imap.hostUnknown`, `connect.imap.unreachable`,
  ///   `connect.imap.timeout`, `connect.imap.tls`, `connect.imap.certificate.expired`,
  ///   `connect.imap.certificate.wrongHost`, `connect.imap.certificate.untrusted`,
  ///   `connect.imap.certificate.other`, `connect.imap.noEncryption`, `connect.imap.noMechanism`,
  ///   `connect.imap.authenticationFailed`, `connect.imap.busy`, `connect.imap.denied`,
  ///   `connect.imap.refused`, `connect.imap.protocol`
  public func audit(
    mailboxId: String, options: CallOptions = CallOptions()
  ) async throws(PostroomError) -> MailboxAudit {
    try await client.call("mailbox.audit", repeatable: .always, options) { writer in
      writer.key("mailboxId")
      writer.string(mailboxId)
    }
  }

  /// Find the servers of an address. Looks in a table of large providers, then in the domain's autoconfig
  /// document (over verified TLS), its SRV records and its MX records. Nothing is stored and nobody is
  /// signed in: show the person what was found before a password goes there.
  public func discover(
    email: String, options: CallOptions = CallOptions()
  ) async throws(PostroomError) -> MailboxDiscovery {
    try await client.call("mailbox.discover", repeatable: .always, options) { writer in
      writer.key("email")
      writer.string(email)
    }
  }

  /// Look at an account's servers. Signs in, and answers what the servers offer, what of it is used, what
  /// is not and why, their limits, the folders, and where sent mail goes. Nothing is stored and nothing
  /// changed. Either `mailboxId` for a connected mailbox, or `imap`, `password` and `userName` (with `smtp`
  /// where that is to be looked at, too) as `mailbox.connect` would take them.
  /// - Parameters:
  ///   - userName: What to sign in as; often the address.
  ///   - password: Used for this call only.
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
  public func probe(
    mailboxId: String? = nil, userName: String? = nil, password: String? = nil, imap: ServerChoice? = nil,
    smtp: ServerChoice? = nil, options: CallOptions = CallOptions()
  ) async throws(PostroomError) -> MailboxProbe {
    try await client.call("mailbox.probe", repeatable: .always, options) { writer in
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
    }
  }

  /// Sign in again. Verifies and stores what is given, keeps the rest, and goes on with the sync where it
  /// stopped. Nothing changes when a step fails. Progress: each step as it begins.
  /// - Throws: with reason `oauth.providerUnknown`, `oauth.unknown`, `oauth.refused`, `oauth.unavailable`,
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
  public func reconnect(
    mailboxId: String, password: String? = nil, userName: String? = nil, imap: ServerChoice? = nil,
    smtp: ServerChoice? = nil, oauth: OAuthAccess? = nil, options: CallOptions = CallOptions()
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
      if let oauth {
        writer.key("oauth")
        oauth.write(to: &writer)
      }
    }
  }

  /// Change whom a mailbox sends as, and how fast. Sets what is given and leaves the rest. Mails that wait
  /// already go by the new limits.
  /// - Parameters:
  ///   - displayName: The name that stands in From; empty for none.
  ///   - identities: Aliases: names and addresses that may stand in From besides its own address, in place
  ///     of those before. Its server must let it send as them.
  ///   - sendsPerMinuteMax: Mails that may leave it within a minute; 0 for no limit.
  ///   - sendsPerDayMax: Mails that may leave it within 24 hours; 0 for no limit.
  /// - Throws: with reason `mailbox.unknown`, `send.addressInvalid`
  public func update(
    mailboxId: String, displayName: String? = nil, identities: [Address]? = nil,
    sendsPerMinuteMax: Int64? = nil, sendsPerDayMax: Int64? = nil, options: CallOptions = CallOptions()
  ) async throws(PostroomError) -> Mailbox {
    try await client.call("mailbox.update", repeatable: .always, options) { writer in
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
  /// - Throws: with reason `purge.held`, `mailbox.unknown`
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

/// Why a mailbox is `retrying` or `disconnected`: `accessRevoked` (the provider wants the person to allow
/// the access again), `passwordChanged`, `mailboxMigrated` (the server names another one, which is told in
/// `detail` and never followed), `serverUnreachable` (for a day; it is still tried), `serverRevoked` (the
/// account may not use IMAP), `certificateInvalid`, `quotaExceeded`, `throttled` (the provider wants to be
/// left alone for a while), `turnedOff` (by `mailbox.disconnect`).
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
  public static let throttled = MailboxReason(rawValue: "throttled")
  public static let turnedOff = MailboxReason(rawValue: "turnedOff")
}

/// What an account's servers offer, and what is made of it.
public struct MailboxProbe: Hashable, Sendable, JSONReadable, JSONWritable {
  public var imap: ServerSettings
  public var smtp: ServerSettings?
  /// What the IMAP server calls itself.
  public var software: String?
  /// All that the IMAP server offers when signed in, upper case, sorted.
  public var capabilities: [String]
  /// The extensions that could be used, and what was decided of each.
  public var features: [ProbedFeature]
  /// What is known of this kind of server besides what it says.
  public var quirks: [ProbedQuirk]
  public var changesBy: ChangesBy
  public var newsBy: NewsBy
  /// The largest mail that may be put into a folder; left out when the server does not say.
  public var appendOctetsMax: Int64?
  /// The largest mail that the submission server takes; left out when it does not say, or was not asked.
  public var submitOctetsMax: Int64?
  public var folders: [ProbedFolder]
  public var sentFiling: SentFiling
  /// The folder of sent mail.
  public var sentFolder: String?

  public init(
    imap: ServerSettings, smtp: ServerSettings? = nil, software: String? = nil, capabilities: [String],
    features: [ProbedFeature], quirks: [ProbedQuirk], changesBy: ChangesBy, newsBy: NewsBy,
    appendOctetsMax: Int64? = nil, submitOctetsMax: Int64? = nil, folders: [ProbedFolder],
    sentFiling: SentFiling, sentFolder: String? = nil
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

  init(from reader: inout JSONReader) throws(JSONError) {
    var imap: ServerSettings?
    var smtp: ServerSettings?
    var software: String?
    var capabilities: [String]?
    var features: [ProbedFeature]?
    var quirks: [ProbedQuirk]?
    var changesBy: ChangesBy?
    var newsBy: NewsBy?
    var appendOctetsMax: Int64?
    var submitOctetsMax: Int64?
    var folders: [ProbedFolder]?
    var sentFiling: SentFiling?
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
        changesBy = try ChangesBy(from: &reader)
      } else if reader.keyIs("newsBy") {
        newsBy = try NewsBy(from: &reader)
      } else if reader.keyIs("appendOctetsMax") {
        if !reader.isNull() { appendOctetsMax = try reader.int() }
      } else if reader.keyIs("submitOctetsMax") {
        if !reader.isNull() { submitOctetsMax = try reader.int() }
      } else if reader.keyIs("folders") {
        folders = try reader.list("folders")
      } else if reader.keyIs("sentFiling") {
        sentFiling = try SentFiling(from: &reader)
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

  func write(to writer: inout JSONWriter) {
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

  /// This as one line of JSON, as the API writes it.
  public var json: String { jsonText(of: self) }
}

/// An extension of IMAP and what was decided of it.
public struct ProbedFeature: Hashable, Sendable, JSONReadable, JSONWritable {
  /// As in the list of capabilities.
  public var name: String
  public var decision: FeatureDecision
  /// One or two sentences for people.
  public var reason: String
  /// Where the fact that decided is from.
  public var source: String?

  public init(name: String, decision: FeatureDecision, reason: String, source: String? = nil) {
    self.name = name
    self.decision = decision
    self.reason = reason
    self.source = source
  }

  init(from reader: inout JSONReader) throws(JSONError) {
    var name: String?
    var decision: FeatureDecision?
    var reason: String?
    var source: String?
    try reader.beginObject()
    while try reader.nextKey() {
      if reader.keyIs("name") {
        name = try reader.string()
      } else if reader.keyIs("decision") {
        decision = try FeatureDecision(from: &reader)
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

  func write(to writer: inout JSONWriter) {
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

  /// This as one line of JSON, as the API writes it.
  public var json: String { jsonText(of: self) }
}

/// `distrusted`: offered, and known not to do what it says; `passedOver`: offered, and something better is,
/// too.
public struct FeatureDecision: RawRepresentable, Hashable, Sendable, CustomStringConvertible, JSONWord {
  public let rawValue: String
  public init(rawValue: String) { self.rawValue = rawValue }
  public var description: String { rawValue }

  public static let used = FeatureDecision(rawValue: "used")
  public static let distrusted = FeatureDecision(rawValue: "distrusted")
  public static let passedOver = FeatureDecision(rawValue: "passedOver")
  public static let absent = FeatureDecision(rawValue: "absent")
}

/// A fact about a kind of server.
public struct ProbedQuirk: Hashable, Sendable, JSONReadable, JSONWritable {
  /// Stays the same between versions: `icloud-qresync`.
  public var id: String
  public var effect: QuirkEffect
  /// One sentence for people.
  public var fact: String
  /// Where the fact is from.
  public var source: String

  public init(id: String, effect: QuirkEffect, fact: String, source: String) {
    self.id = id
    self.effect = effect
    self.fact = fact
    self.source = source
  }

  init(from reader: inout JSONReader) throws(JSONError) {
    var id: String?
    var effect: QuirkEffect?
    var fact: String?
    var source: String?
    try reader.beginObject()
    while try reader.nextKey() {
      if reader.keyIs("id") {
        id = try reader.string()
      } else if reader.keyIs("effect") {
        effect = try QuirkEffect(from: &reader)
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

  func write(to writer: inout JSONWriter) {
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

  /// This as one line of JSON, as the API writes it.
  public var json: String { jsonText(of: self) }
}

/// `distrusts`: an extension is not used; `identifiesFirst`: ID goes before the sign-in; `note`: nothing is
/// done otherwise.
public struct QuirkEffect: RawRepresentable, Hashable, Sendable, CustomStringConvertible, JSONWord {
  public let rawValue: String
  public init(rawValue: String) { self.rawValue = rawValue }
  public var description: String { rawValue }

  public static let distrusts = QuirkEffect(rawValue: "distrusts")
  public static let identifiesFirst = QuirkEffect(rawValue: "identifiesFirst")
  public static let note = QuirkEffect(rawValue: "note")
}

/// How changed flags and deleted mail are found: told when a folder is opened; flags asked for since the
/// last time and deletions by comparing numbers; or everything by comparing.
public struct ChangesBy: RawRepresentable, Hashable, Sendable, CustomStringConvertible, JSONWord {
  public let rawValue: String
  public init(rawValue: String) { self.rawValue = rawValue }
  public var description: String { rawValue }

  public static let qresync = ChangesBy(rawValue: "qresync")
  public static let condstore = ChangesBy(rawValue: "condstore")
  public static let comparison = ChangesBy(rawValue: "comparison")
}

/// How new mail is noticed: pushed for all folders, pushed for the inbox, or asked for at intervals.
public struct NewsBy: RawRepresentable, Hashable, Sendable, CustomStringConvertible, JSONWord {
  public let rawValue: String
  public init(rawValue: String) { self.rawValue = rawValue }
  public var description: String { rawValue }

  public static let notify = NewsBy(rawValue: "notify")
  public static let idle = NewsBy(rawValue: "idle")
  public static let polling = NewsBy(rawValue: "polling")
}

/// A folder on the server.
public struct ProbedFolder: Hashable, Sendable, JSONReadable, JSONWritable {
  /// As a person reads it.
  public var name: String
  public var role: FolderRole?
  /// Its mail is, or would be, read.
  public var syncs: Bool
  /// Left out when it was not asked or the server would not say.
  public var messages: Int64?

  public init(name: String, role: FolderRole? = nil, syncs: Bool, messages: Int64? = nil) {
    self.name = name
    self.role = role
    self.syncs = syncs
    self.messages = messages
  }

  init(from reader: inout JSONReader) throws(JSONError) {
    var name: String?
    var role: FolderRole?
    var syncs: Bool?
    var messages: Int64?
    try reader.beginObject()
    while try reader.nextKey() {
      if reader.keyIs("name") {
        name = try reader.string()
      } else if reader.keyIs("role") {
        if !reader.isNull() { role = try FolderRole(from: &reader) }
      } else if reader.keyIs("syncs") {
        syncs = try reader.bool()
      } else if reader.keyIs("messages") {
        if !reader.isNull() { messages = try reader.int() }
      } else {
        try reader.skip()
      }
    }
    self.name = try present(name, "name")
    self.role = role
    self.syncs = try present(syncs, "syncs")
    self.messages = messages
  }

  func write(to writer: inout JSONWriter) {
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

  /// This as one line of JSON, as the API writes it.
  public var json: String { jsonText(of: self) }
}

/// A mailbox's server and what is kept, compared.
public struct MailboxAudit: Hashable, Sendable, JSONReadable, JSONWritable {
  public var mailboxId: String
  public var at: String
  /// Messages in all folders.
  public var onServer: Int64
  /// Of these, those whose body is kept.
  public var logged: Int64
  /// Differences without a reason: `unexplained` and `onlyHere` of all folders. 0 is what must be.
  public var unexplained: Int64
  public var folders: [FolderAudit]

  public init(
    mailboxId: String, at: String, onServer: Int64, logged: Int64, unexplained: Int64,
    folders: [FolderAudit]
  ) {
    self.mailboxId = mailboxId
    self.at = at
    self.onServer = onServer
    self.logged = logged
    self.unexplained = unexplained
    self.folders = folders
  }

  init(from reader: inout JSONReader) throws(JSONError) {
    var mailboxId: String?
    var at: String?
    var onServer: Int64?
    var logged: Int64?
    var unexplained: Int64?
    var folders: [FolderAudit]?
    try reader.beginObject()
    while try reader.nextKey() {
      if reader.keyIs("mailboxId") {
        mailboxId = try reader.string()
      } else if reader.keyIs("at") {
        at = try reader.string()
      } else if reader.keyIs("onServer") {
        onServer = try reader.int()
      } else if reader.keyIs("logged") {
        logged = try reader.int()
      } else if reader.keyIs("unexplained") {
        unexplained = try reader.int()
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

  func write(to writer: inout JSONWriter) {
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

  /// This as one line of JSON, as the API writes it.
  public var json: String { jsonText(of: self) }
}

/// A folder of the server's and what is kept of it.
public struct FolderAudit: Hashable, Sendable, JSONReadable, JSONWritable {
  /// As a person reads it.
  public var name: String
  public var role: FolderRole?
  /// Its mail is read.
  public var syncs: Bool
  /// Messages that the server has.
  public var onServer: Int64
  /// Of these, those whose body is kept.
  public var logged: Int64
  /// Messages that have a place here and none on the server, though it was asked twice.
  public var onlyHere: Int64
  /// All messages of the server's that are not `logged`, by the reason; a reason without mails is left out.
  public var absent: [AbsentMails]
  /// The first UIDs of those without a reason, as IMAP writes sets.
  public var doubtfulUids: String?

  public init(
    name: String, role: FolderRole? = nil, syncs: Bool, onServer: Int64, logged: Int64, onlyHere: Int64,
    absent: [AbsentMails], doubtfulUids: String? = nil
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

  init(from reader: inout JSONReader) throws(JSONError) {
    var name: String?
    var role: FolderRole?
    var syncs: Bool?
    var onServer: Int64?
    var logged: Int64?
    var onlyHere: Int64?
    var absent: [AbsentMails]?
    var doubtfulUids: String?
    try reader.beginObject()
    while try reader.nextKey() {
      if reader.keyIs("name") {
        name = try reader.string()
      } else if reader.keyIs("role") {
        if !reader.isNull() { role = try FolderRole(from: &reader) }
      } else if reader.keyIs("syncs") {
        syncs = try reader.bool()
      } else if reader.keyIs("onServer") {
        onServer = try reader.int()
      } else if reader.keyIs("logged") {
        logged = try reader.int()
      } else if reader.keyIs("onlyHere") {
        onlyHere = try reader.int()
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

  func write(to writer: inout JSONWriter) {
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

  /// This as one line of JSON, as the API writes it.
  public var json: String { jsonText(of: self) }
}

/// How many mails are not kept for one reason.
public struct AbsentMails: Hashable, Sendable, JSONReadable, JSONWritable {
  public var reason: AbsenceReason
  public var mails: Int64

  public init(reason: AbsenceReason, mails: Int64) {
    self.reason = reason
    self.mails = mails
  }

  init(from reader: inout JSONReader) throws(JSONError) {
    var reason: AbsenceReason?
    var mails: Int64?
    try reader.beginObject()
    while try reader.nextKey() {
      if reader.keyIs("reason") {
        reason = try AbsenceReason(from: &reader)
      } else if reader.keyIs("mails") {
        mails = try reader.int()
      } else {
        try reader.skip()
      }
    }
    self.reason = try present(reason, "reason")
    self.mails = try present(mails, "mails")
  }

  func write(to writer: inout JSONWriter) {
    writer.beginObject()
    writer.key("reason")
    reason.write(to: &writer)
    writer.key("mails")
    writer.int(mails)
    writer.endObject()
  }

  /// This as one line of JSON, as the API writes it.
  public var json: String { jsonText(of: self) }
}

/// Why a mail is not kept: `notTracked` (it belongs to no conversation that is tracked; its header is),
/// `duplicate` (another mailbox of the tenant logged it), `wanted` (its body is fetched next), `gone` (it
/// went from all folders before its body was read), `purged` (it was erased), `folderNotRead` (junk, trash,
/// drafts, labels), `folderClosed` (the server does not open the folder), `notReadYet`, `renumbered` (the
/// server gave the folder new numbers, and it is read anew), `unexplained` (none of these: a fault).
public struct AbsenceReason: RawRepresentable, Hashable, Sendable, CustomStringConvertible, JSONWord {
  public let rawValue: String
  public init(rawValue: String) { self.rawValue = rawValue }
  public var description: String { rawValue }

  public static let notTracked = AbsenceReason(rawValue: "notTracked")
  public static let duplicate = AbsenceReason(rawValue: "duplicate")
  public static let wanted = AbsenceReason(rawValue: "wanted")
  public static let gone = AbsenceReason(rawValue: "gone")
  public static let purged = AbsenceReason(rawValue: "purged")
  public static let folderNotRead = AbsenceReason(rawValue: "folderNotRead")
  public static let folderClosed = AbsenceReason(rawValue: "folderClosed")
  public static let notReadYet = AbsenceReason(rawValue: "notReadYet")
  public static let renumbered = AbsenceReason(rawValue: "renumbered")
  public static let unexplained = AbsenceReason(rawValue: "unexplained")
}

/// How a sent mail comes into a folder: the provider does it; it is appended where it is not there; or
/// there is no such folder.
public struct SentFiling: RawRepresentable, Hashable, Sendable, CustomStringConvertible, JSONWord {
  public let rawValue: String
  public init(rawValue: String) { self.rawValue = rawValue }
  public var description: String { rawValue }

  public static let provider = SentFiling(rawValue: "provider")
  public static let append = SentFiling(rawValue: "append")
  public static let none = SentFiling(rawValue: "none")
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
  /// With a `reason`: what the person whose mailbox it is can do.
  public var advice: String?
  public var nextAttemptAt: String?
  /// The provider files sent mail itself, so no copy is appended to Sent.
  public var providerFilesSentMail: Bool
  /// Attachments of logged mail are kept.
  public var logAttachments: Bool
  /// What may stand in From of mail sent from here, besides its own address.
  public var identities: [Address]?
  public var sendLimits: SendLimits?
  /// Who gives access tokens for it; absent where it signs in by a password.
  public var oauthProvider: String?
  /// In the answer of `mailbox.get` only.
  public var use: ProviderUse?
  public var createdAt: String

  public init(
    id: String, email: String, displayName: String? = nil, userName: String, imap: ServerSettings,
    smtp: ServerSettings, state: MailboxState, reason: MailboxReason? = nil, detail: String? = nil,
    advice: String? = nil, nextAttemptAt: String? = nil, providerFilesSentMail: Bool, logAttachments: Bool,
    identities: [Address]? = nil, sendLimits: SendLimits? = nil, oauthProvider: String? = nil,
    use: ProviderUse? = nil, createdAt: String
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
    var advice: String?
    var nextAttemptAt: String?
    var providerFilesSentMail: Bool?
    var logAttachments: Bool?
    var identities: [Address]?
    var sendLimits: SendLimits?
    var oauthProvider: String?
    var use: ProviderUse?
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
      } else if reader.keyIs("advice") {
        if !reader.isNull() { advice = try reader.string() }
      } else if reader.keyIs("nextAttemptAt") {
        if !reader.isNull() { nextAttemptAt = try reader.string() }
      } else if reader.keyIs("providerFilesSentMail") {
        providerFilesSentMail = try reader.bool()
      } else if reader.keyIs("logAttachments") {
        logAttachments = try reader.bool()
      } else if reader.keyIs("identities") {
        if !reader.isNull() { identities = try reader.list("identities") }
      } else if reader.keyIs("sendLimits") {
        if !reader.isNull() { sendLimits = try reader.object("sendLimits") }
      } else if reader.keyIs("oauthProvider") {
        if !reader.isNull() { oauthProvider = try reader.string() }
      } else if reader.keyIs("use") {
        if !reader.isNull() { use = try reader.object("use") }
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

  /// This as one line of JSON, as the API writes it.
  public var json: String { jsonText(of: self) }
}

/// Where servers were found: built in; in a document that the domain serves; in the domain's SRV records,
/// which nothing proves; or by who takes the domain's mail.
public struct DiscoverySource: RawRepresentable, Hashable, Sendable, CustomStringConvertible, JSONWord {
  public let rawValue: String
  public init(rawValue: String) { self.rawValue = rawValue }
  public var description: String { rawValue }

  public static let table = DiscoverySource(rawValue: "table")
  public static let autoconfig = DiscoverySource(rawValue: "autoconfig")
  public static let srv = DiscoverySource(rawValue: "srv")
  public static let mx = DiscoverySource(rawValue: "mx")
}

/// What came of a way of looking; `failed`: it could not be asked.
public struct DiscoveryOutcome: RawRepresentable, Hashable, Sendable, CustomStringConvertible, JSONWord {
  public let rawValue: String
  public init(rawValue: String) { self.rawValue = rawValue }
  public var description: String { rawValue }

  public static let found = DiscoveryOutcome(rawValue: "found")
  public static let nothing = DiscoveryOutcome(rawValue: "nothing")
  public static let failed = DiscoveryOutcome(rawValue: "failed")
}

/// One way of looking, and what came of it.
public struct DiscoveryLook: Hashable, Sendable, JSONReadable, JSONWritable {
  public var source: DiscoverySource
  public var outcome: DiscoveryOutcome

  public init(source: DiscoverySource, outcome: DiscoveryOutcome) {
    self.source = source
    self.outcome = outcome
  }

  init(from reader: inout JSONReader) throws(JSONError) {
    var source: DiscoverySource?
    var outcome: DiscoveryOutcome?
    try reader.beginObject()
    while try reader.nextKey() {
      if reader.keyIs("source") {
        source = try DiscoverySource(from: &reader)
      } else if reader.keyIs("outcome") {
        outcome = try DiscoveryOutcome(from: &reader)
      } else {
        try reader.skip()
      }
    }
    self.source = try present(source, "source")
    self.outcome = try present(outcome, "outcome")
  }

  func write(to writer: inout JSONWriter) {
    writer.beginObject()
    writer.key("source")
    source.write(to: &writer)
    writer.key("outcome")
    outcome.write(to: &writer)
    writer.endObject()
  }

  /// This as one line of JSON, as the API writes it.
  public var json: String { jsonText(of: self) }
}

/// Servers that an address may have. `imap`, `smtp` and `userName` go into `mailbox.connect` as they are.
public struct DiscoveredServers: Hashable, Sendable, JSONReadable, JSONWritable {
  public var source: DiscoverySource
  /// Whose servers these are, where that is known.
  public var provider: String?
  public var imap: ServerSettings
  public var smtp: ServerSettings
  /// What people sign in as there.
  public var userName: String
  /// Who would give access tokens; it can be used when `oauth.providers` has it.
  public var oauthProvider: String?
  /// For the person.
  public var notes: [String]

  public init(
    source: DiscoverySource, provider: String? = nil, imap: ServerSettings, smtp: ServerSettings,
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

  init(from reader: inout JSONReader) throws(JSONError) {
    var source: DiscoverySource?
    var provider: String?
    var imap: ServerSettings?
    var smtp: ServerSettings?
    var userName: String?
    var oauthProvider: String?
    var notes: [String]?
    try reader.beginObject()
    while try reader.nextKey() {
      if reader.keyIs("source") {
        source = try DiscoverySource(from: &reader)
      } else if reader.keyIs("provider") {
        if !reader.isNull() { provider = try reader.string() }
      } else if reader.keyIs("imap") {
        imap = try reader.object("imap")
      } else if reader.keyIs("smtp") {
        smtp = try reader.object("smtp")
      } else if reader.keyIs("userName") {
        userName = try reader.string()
      } else if reader.keyIs("oauthProvider") {
        if !reader.isNull() { oauthProvider = try reader.string() }
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

  func write(to writer: inout JSONWriter) {
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

  /// This as one line of JSON, as the API writes it.
  public var json: String { jsonText(of: self) }
}

/// What was found of the servers of an address.
public struct MailboxDiscovery: Hashable, Sendable, JSONReadable, JSONWritable {
  public var email: String
  /// The likeliest first; empty when nothing was found.
  public var candidates: [DiscoveredServers]
  public var looked: [DiscoveryLook]

  public init(email: String, candidates: [DiscoveredServers], looked: [DiscoveryLook]) {
    self.email = email
    self.candidates = candidates
    self.looked = looked
  }

  init(from reader: inout JSONReader) throws(JSONError) {
    var email: String?
    var candidates: [DiscoveredServers]?
    var looked: [DiscoveryLook]?
    try reader.beginObject()
    while try reader.nextKey() {
      if reader.keyIs("email") {
        email = try reader.string()
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

  func write(to writer: inout JSONWriter) {
    writer.beginObject()
    writer.key("email")
    writer.string(email)
    writer.key("candidates")
    writer.list(candidates)
    writer.key("looked")
    writer.list(looked)
    writer.endObject()
  }

  /// This as one line of JSON, as the API writes it.
  public var json: String { jsonText(of: self) }
}

/// What access tokens are had by: the grant of `oauth.complete` or `oauth.wait`; or a refresh token that
/// the caller has got itself, with the client id that this server has for the provider.
public struct OAuthAccess: Hashable, Sendable, JSONWritable, CustomStringConvertible, CustomReflectable {
  public var grantId: String?
  public var provider: String?
  public var refreshToken: String?

  public init(grantId: String? = nil, provider: String? = nil, refreshToken: String? = nil) {
    self.grantId = grantId
    self.provider = provider
    self.refreshToken = refreshToken
  }

  /// Without the members: one of them is a secret.
  public var description: String { "OAuthAccess" }
  public var customMirror: Mirror { Mirror(self, children: []) }

  func write(to writer: inout JSONWriter) {
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
public struct ProviderUse: Hashable, Sendable, JSONReadable, JSONWritable {
  /// IMAP connections now.
  public var connections: Int64
  public var connectionsMax: Int64
  /// Octets read by IMAP within a day that began with the first of them.
  public var octetsRead: Int64
  /// When so many are read, older mail waits for the next day; new mail is read. Without it there is no
  /// limit.
  public var octetsPerDayMax: Int64?

  public init(connections: Int64, connectionsMax: Int64, octetsRead: Int64, octetsPerDayMax: Int64? = nil) {
    self.connections = connections
    self.connectionsMax = connectionsMax
    self.octetsRead = octetsRead
    self.octetsPerDayMax = octetsPerDayMax
  }

  init(from reader: inout JSONReader) throws(JSONError) {
    var connections: Int64?
    var connectionsMax: Int64?
    var octetsRead: Int64?
    var octetsPerDayMax: Int64?
    try reader.beginObject()
    while try reader.nextKey() {
      if reader.keyIs("connections") {
        connections = try reader.int()
      } else if reader.keyIs("connectionsMax") {
        connectionsMax = try reader.int()
      } else if reader.keyIs("octetsRead") {
        octetsRead = try reader.int()
      } else if reader.keyIs("octetsPerDayMax") {
        if !reader.isNull() { octetsPerDayMax = try reader.int() }
      } else {
        try reader.skip()
      }
    }
    self.connections = try present(connections, "connections")
    self.connectionsMax = try present(connectionsMax, "connectionsMax")
    self.octetsRead = try present(octetsRead, "octetsRead")
    self.octetsPerDayMax = octetsPerDayMax
  }

  func write(to writer: inout JSONWriter) {
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

  /// This as one line of JSON, as the API writes it.
  public var json: String { jsonText(of: self) }
}

/// How many mails may leave; without a number there is no limit.
public struct SendLimits: Hashable, Sendable, JSONReadable, JSONWritable {
  /// Within a minute.
  public var perMinute: Int64?
  /// Within 24 hours.
  public var perDay: Int64?

  public init(perMinute: Int64? = nil, perDay: Int64? = nil) {
    self.perMinute = perMinute
    self.perDay = perDay
  }

  init(from reader: inout JSONReader) throws(JSONError) {
    var perMinute: Int64?
    var perDay: Int64?
    try reader.beginObject()
    while try reader.nextKey() {
      if reader.keyIs("perMinute") {
        if !reader.isNull() { perMinute = try reader.int() }
      } else if reader.keyIs("perDay") {
        if !reader.isNull() { perDay = try reader.int() }
      } else {
        try reader.skip()
      }
    }
    self.perMinute = perMinute
    self.perDay = perDay
  }

  func write(to writer: inout JSONWriter) {
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

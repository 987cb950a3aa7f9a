// Generated from protocol/openrpc.json by stubgen. Do not edit.
// swift-format-ignore-file
internal import JSON

extension PostroomClient {
  /// The methods `tenant.*`.
  public var tenant: TenantCalls { TenantCalls(client: self) }
}

/// The methods `tenant.*`.
public struct TenantCalls: Sendable {
  let client: PostroomClient

  /// Make a tenant. Makes a tenant. Its first token is made with `token.create`.
  /// - Throws: with reason `tenant.exists`
  public func create(
    name: String, options: CallOptions = CallOptions()
  ) async throws(PostroomError) -> Tenant {
    try await client.call("tenant.create", repeatable: .never, options) { writer in
      writer.key("name")
      writer.string(name)
    }
  }

  /// One tenant. The tenant with this id, or the caller's own.
  /// - Parameters:
  ///   - tenantId: The caller's own when left out.
  /// - Throws: with reason `tenant.unknown`
  public func get(
    tenantId: String? = nil, options: CallOptions = CallOptions()
  ) async throws(PostroomError) -> Tenant {
    try await client.call("tenant.get", repeatable: .always, options) { writer in
      if let tenantId {
        writer.key("tenantId")
        writer.string(tenantId)
      }
    }
  }

  /// What a tenant logs. The caller's own tenant and what it decided about logging.
  public func settings(options: CallOptions = CallOptions()) async throws(PostroomError) -> TenantDetail {
    try await client.call("tenant.settings", repeatable: .always, options) { _ in }
  }

  /// Change what is logged. Sets what is given of the caller's own tenant and leaves the rest. Holds for
  /// mail that is read from now on; what is logged stays.
  /// - Throws: with reason `tenant.settingsInvalid`
  public func update(
    settings: TenantSettingsChange, options: CallOptions = CallOptions()
  ) async throws(PostroomError) -> TenantDetail {
    try await client.call("tenant.update", repeatable: .always, options) { writer in
      writer.key("settings")
      settings.write(to: &writer)
    }
  }

  /// All tenants. All tenants, oldest first.
  public func list(options: CallOptions = CallOptions()) async throws(PostroomError) -> TenantList {
    try await client.call("tenant.list", repeatable: .always, options) { _ in }
  }
}

/// How much of what is logged `mail.search` finds. `off`, unless set: nothing, and no index is kept;
/// `metadata`: subjects, names and addresses; `full`: texts and the names of attachments too. A change is
/// followed in the background; until then `mail.search` says that it is not `complete`.
public struct SearchLevel: RawRepresentable, Hashable, Sendable, CustomStringConvertible, JSONWord {
  public let rawValue: String
  public init(rawValue: String) { self.rawValue = rawValue }
  public var description: String { rawValue }

  public static let off = SearchLevel(rawValue: "off")
  public static let metadata = SearchLevel(rawValue: "metadata")
  public static let full = SearchLevel(rawValue: "full")
}

/// A customer of the operator.
public struct Tenant: Hashable, Sendable, JSONReadable, JSONWritable {
  public var id: String
  public var name: String
  public var createdAt: String

  public init(id: String, name: String, createdAt: String) {
    self.id = id
    self.name = name
    self.createdAt = createdAt
  }

  init(from reader: inout JSONReader) throws(JSONError) {
    var id: String?
    var name: String?
    var createdAt: String?
    try reader.beginObject()
    while try reader.nextKey() {
      if reader.keyIs("id") {
        id = try reader.string()
      } else if reader.keyIs("name") {
        name = try reader.string()
      } else if reader.keyIs("createdAt") {
        createdAt = try reader.string()
      } else {
        try reader.skip()
      }
    }
    self.id = try present(id, "id")
    self.name = try present(name, "name")
    self.createdAt = try present(createdAt, "createdAt")
  }

  func write(to writer: inout JSONWriter) {
    writer.beginObject()
    writer.key("id")
    writer.string(id)
    writer.key("name")
    writer.string(name)
    writer.key("createdAt")
    writer.string(createdAt)
    writer.endObject()
  }

  /// This as one line of JSON, as the API writes it.
  public var json: String { jsonText(of: self) }
}

/// What a tenant decided about logging.
public struct TenantSettings: Hashable, Sendable, JSONReadable, JSONWritable {
  /// Mail that one of the tenant's own people sends to one of these (as a blind copy, as a rule) is logged.
  /// The address must deliver to a connected mailbox, or the sender's own mailbox must be one.
  public var bccAddresses: [String]
  /// What one of the tenant's own people forwards to one of these is logged as the mail that it was: its
  /// sender, date, subject and text.
  public var forwardAddresses: [String]
  /// A mail in a Sent folder with this header field is logged; empty for none. `X-Postroom-Track` unless
  /// set.
  public var trackingHeader: String
  /// Domains of the tenant's own people, besides the addresses of its mailboxes. Mail that stays among them
  /// is never logged.
  public var ownDomains: [String]
  /// Addresses and domains (with those below them). Mail with any of them is never logged.
  public var neverLog: [String]
  /// Answers without usable Message-IDs are matched by subject, participants and time: a guess, and marked
  /// as one. True unless set.
  public var matchBySubject: Bool
  /// How long after a conversation's last mail such an answer may come. 60 unless set.
  public var matchBySubjectDays: Int64
  /// A mail joins a conversation only with the same subject, whatever else says that it belongs there.
  /// False unless set.
  public var demandSameSubject: Bool
  /// Mail with people of whom a mail was logged before is logged too, not only answers. False unless set.
  public var logKnownContacts: Bool
  public var search: SearchLevel
  /// Mails that may leave all mailboxes together within a minute; without it there is no limit.
  public var sendsPerMinuteMax: Int64?
  /// The same within 24 hours.
  public var sendsPerDayMax: Int64?

  public init(
    bccAddresses: [String], forwardAddresses: [String], trackingHeader: String, ownDomains: [String],
    neverLog: [String], matchBySubject: Bool, matchBySubjectDays: Int64, demandSameSubject: Bool,
    logKnownContacts: Bool, search: SearchLevel, sendsPerMinuteMax: Int64? = nil,
    sendsPerDayMax: Int64? = nil
  ) {
    self.bccAddresses = bccAddresses
    self.forwardAddresses = forwardAddresses
    self.trackingHeader = trackingHeader
    self.ownDomains = ownDomains
    self.neverLog = neverLog
    self.matchBySubject = matchBySubject
    self.matchBySubjectDays = matchBySubjectDays
    self.demandSameSubject = demandSameSubject
    self.logKnownContacts = logKnownContacts
    self.search = search
    self.sendsPerMinuteMax = sendsPerMinuteMax
    self.sendsPerDayMax = sendsPerDayMax
  }

  init(from reader: inout JSONReader) throws(JSONError) {
    var bccAddresses: [String]?
    var forwardAddresses: [String]?
    var trackingHeader: String?
    var ownDomains: [String]?
    var neverLog: [String]?
    var matchBySubject: Bool?
    var matchBySubjectDays: Int64?
    var demandSameSubject: Bool?
    var logKnownContacts: Bool?
    var search: SearchLevel?
    var sendsPerMinuteMax: Int64?
    var sendsPerDayMax: Int64?
    try reader.beginObject()
    while try reader.nextKey() {
      if reader.keyIs("bccAddresses") {
        bccAddresses = try reader.strings("bccAddresses")
      } else if reader.keyIs("forwardAddresses") {
        forwardAddresses = try reader.strings("forwardAddresses")
      } else if reader.keyIs("trackingHeader") {
        trackingHeader = try reader.string()
      } else if reader.keyIs("ownDomains") {
        ownDomains = try reader.strings("ownDomains")
      } else if reader.keyIs("neverLog") {
        neverLog = try reader.strings("neverLog")
      } else if reader.keyIs("matchBySubject") {
        matchBySubject = try reader.bool()
      } else if reader.keyIs("matchBySubjectDays") {
        matchBySubjectDays = try reader.int()
      } else if reader.keyIs("demandSameSubject") {
        demandSameSubject = try reader.bool()
      } else if reader.keyIs("logKnownContacts") {
        logKnownContacts = try reader.bool()
      } else if reader.keyIs("search") {
        search = try SearchLevel(from: &reader)
      } else if reader.keyIs("sendsPerMinuteMax") {
        if !reader.isNull() { sendsPerMinuteMax = try reader.int() }
      } else if reader.keyIs("sendsPerDayMax") {
        if !reader.isNull() { sendsPerDayMax = try reader.int() }
      } else {
        try reader.skip()
      }
    }
    self.bccAddresses = try present(bccAddresses, "bccAddresses")
    self.forwardAddresses = try present(forwardAddresses, "forwardAddresses")
    self.trackingHeader = try present(trackingHeader, "trackingHeader")
    self.ownDomains = try present(ownDomains, "ownDomains")
    self.neverLog = try present(neverLog, "neverLog")
    self.matchBySubject = try present(matchBySubject, "matchBySubject")
    self.matchBySubjectDays = try present(matchBySubjectDays, "matchBySubjectDays")
    self.demandSameSubject = try present(demandSameSubject, "demandSameSubject")
    self.logKnownContacts = try present(logKnownContacts, "logKnownContacts")
    self.search = try present(search, "search")
    self.sendsPerMinuteMax = sendsPerMinuteMax
    self.sendsPerDayMax = sendsPerDayMax
  }

  func write(to writer: inout JSONWriter) {
    writer.beginObject()
    writer.key("bccAddresses")
    writer.strings(bccAddresses)
    writer.key("forwardAddresses")
    writer.strings(forwardAddresses)
    writer.key("trackingHeader")
    writer.string(trackingHeader)
    writer.key("ownDomains")
    writer.strings(ownDomains)
    writer.key("neverLog")
    writer.strings(neverLog)
    writer.key("matchBySubject")
    writer.bool(matchBySubject)
    writer.key("matchBySubjectDays")
    writer.int(matchBySubjectDays)
    writer.key("demandSameSubject")
    writer.bool(demandSameSubject)
    writer.key("logKnownContacts")
    writer.bool(logKnownContacts)
    writer.key("search")
    search.write(to: &writer)
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

  /// This as one line of JSON, as the API writes it.
  public var json: String { jsonText(of: self) }
}

/// Settings to change; what is left out stays.
public struct TenantSettingsChange: Hashable, Sendable, JSONWritable {
  /// Mail that one of the tenant's own people sends to one of these (as a blind copy, as a rule) is logged.
  /// The address must deliver to a connected mailbox, or the sender's own mailbox must be one.
  public var bccAddresses: [String]?
  /// What one of the tenant's own people forwards to one of these is logged as the mail that it was: its
  /// sender, date, subject and text.
  public var forwardAddresses: [String]?
  /// A mail in a Sent folder with this header field is logged; empty for none. `X-Postroom-Track` unless
  /// set.
  public var trackingHeader: String?
  /// Domains of the tenant's own people, besides the addresses of its mailboxes. Mail that stays among them
  /// is never logged.
  public var ownDomains: [String]?
  /// Addresses and domains (with those below them). Mail with any of them is never logged.
  public var neverLog: [String]?
  /// Answers without usable Message-IDs are matched by subject, participants and time: a guess, and marked
  /// as one. True unless set.
  public var matchBySubject: Bool?
  /// How long after a conversation's last mail such an answer may come. 60 unless set.
  public var matchBySubjectDays: Int64?
  /// A mail joins a conversation only with the same subject, whatever else says that it belongs there.
  /// False unless set.
  public var demandSameSubject: Bool?
  /// Mail with people of whom a mail was logged before is logged too, not only answers. False unless set.
  public var logKnownContacts: Bool?
  public var search: SearchLevel?
  /// Mails that may leave all mailboxes together within a minute, 0 for no limit.
  public var sendsPerMinuteMax: Int64?
  /// The same within 24 hours.
  public var sendsPerDayMax: Int64?

  public init(
    bccAddresses: [String]? = nil, forwardAddresses: [String]? = nil, trackingHeader: String? = nil,
    ownDomains: [String]? = nil, neverLog: [String]? = nil, matchBySubject: Bool? = nil,
    matchBySubjectDays: Int64? = nil, demandSameSubject: Bool? = nil, logKnownContacts: Bool? = nil,
    search: SearchLevel? = nil, sendsPerMinuteMax: Int64? = nil, sendsPerDayMax: Int64? = nil
  ) {
    self.bccAddresses = bccAddresses
    self.forwardAddresses = forwardAddresses
    self.trackingHeader = trackingHeader
    self.ownDomains = ownDomains
    self.neverLog = neverLog
    self.matchBySubject = matchBySubject
    self.matchBySubjectDays = matchBySubjectDays
    self.demandSameSubject = demandSameSubject
    self.logKnownContacts = logKnownContacts
    self.search = search
    self.sendsPerMinuteMax = sendsPerMinuteMax
    self.sendsPerDayMax = sendsPerDayMax
  }

  func write(to writer: inout JSONWriter) {
    writer.beginObject()
    if let bccAddresses {
      writer.key("bccAddresses")
      writer.strings(bccAddresses)
    }
    if let forwardAddresses {
      writer.key("forwardAddresses")
      writer.strings(forwardAddresses)
    }
    if let trackingHeader {
      writer.key("trackingHeader")
      writer.string(trackingHeader)
    }
    if let ownDomains {
      writer.key("ownDomains")
      writer.strings(ownDomains)
    }
    if let neverLog {
      writer.key("neverLog")
      writer.strings(neverLog)
    }
    if let matchBySubject {
      writer.key("matchBySubject")
      writer.bool(matchBySubject)
    }
    if let matchBySubjectDays {
      writer.key("matchBySubjectDays")
      writer.int(matchBySubjectDays)
    }
    if let demandSameSubject {
      writer.key("demandSameSubject")
      writer.bool(demandSameSubject)
    }
    if let logKnownContacts {
      writer.key("logKnownContacts")
      writer.bool(logKnownContacts)
    }
    if let search {
      writer.key("search")
      search.write(to: &writer)
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

/// A tenant with its settings.
public struct TenantDetail: Hashable, Sendable, JSONReadable, JSONWritable {
  public var tenant: Tenant
  public var settings: TenantSettings

  public init(tenant: Tenant, settings: TenantSettings) {
    self.tenant = tenant
    self.settings = settings
  }

  init(from reader: inout JSONReader) throws(JSONError) {
    var tenant: Tenant?
    var settings: TenantSettings?
    try reader.beginObject()
    while try reader.nextKey() {
      if reader.keyIs("tenant") {
        tenant = try reader.object("tenant")
      } else if reader.keyIs("settings") {
        settings = try reader.object("settings")
      } else {
        try reader.skip()
      }
    }
    self.tenant = try present(tenant, "tenant")
    self.settings = try present(settings, "settings")
  }

  func write(to writer: inout JSONWriter) {
    writer.beginObject()
    writer.key("tenant")
    tenant.write(to: &writer)
    writer.key("settings")
    settings.write(to: &writer)
    writer.endObject()
  }

  /// This as one line of JSON, as the API writes it.
  public var json: String { jsonText(of: self) }
}

/// All tenants, oldest first.
public struct TenantList: Hashable, Sendable, JSONReadable, JSONWritable {
  public var tenants: [Tenant]

  public init(tenants: [Tenant]) {
    self.tenants = tenants
  }

  init(from reader: inout JSONReader) throws(JSONError) {
    var tenants: [Tenant]?
    try reader.beginObject()
    while try reader.nextKey() {
      if reader.keyIs("tenants") {
        tenants = try reader.list("tenants")
      } else {
        try reader.skip()
      }
    }
    self.tenants = try present(tenants, "tenants")
  }

  func write(to writer: inout JSONWriter) {
    writer.beginObject()
    writer.key("tenants")
    writer.list(tenants)
    writer.endObject()
  }

  /// This as one line of JSON, as the API writes it.
  public var json: String { jsonText(of: self) }
}

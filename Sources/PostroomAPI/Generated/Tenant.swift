// Generated from protocol/openrpc.json by stubgen. Do not edit.
// swift-format-ignore-file
package import JSON
package import JSONRPC

/// What answers the methods `tenant.*`.
package protocol TenantService: Sendable {
  /// Make a tenant. Makes a tenant. Its first token is made with `token.create`.
  /// - Throws: `tenant.exists`
  func create(_ params: TenantCreateParams, _ context: CallContext) async throws(RPCError) -> APITenant

  /// One tenant. The tenant with this id, or the caller's own.
  /// - Throws: `tenant.unknown`
  func get(_ params: TenantGetParams, _ context: CallContext) async throws(RPCError) -> APITenant

  /// What a tenant logs. The caller's own tenant and what it decided about logging.
  func settings(
    _ params: TenantSettingsParams, _ context: CallContext
  ) async throws(RPCError) -> APITenantDetail

  /// Change what is logged. Sets what is given of the caller's own tenant and leaves the rest. Holds for
  /// mail that is read from now on; what is logged stays.
  /// - Throws: `tenant.settingsInvalid`
  func update(
    _ params: TenantUpdateParams, _ context: CallContext
  ) async throws(RPCError) -> APITenantDetail

  /// All tenants. All tenants, oldest first.
  func list(_ params: TenantListParams, _ context: CallContext) async throws(RPCError) -> APITenantList
}

extension TenantService {
  /// The methods `tenant.*`, answered by this service.
  package var methods: [Method] {
    [
      .call("tenant.create", scope: "admin", idempotent: false) { params, context async throws(RPCError) in
        try await self.create(params, context)
      },
      .call("tenant.get", scope: "admin", idempotent: true) { params, context async throws(RPCError) in
        try await self.get(params, context)
      },
      .call("tenant.settings", scope: "read", idempotent: true) { params, context async throws(RPCError) in
        try await self.settings(params, context)
      },
      .call("tenant.update", scope: "manage", idempotent: true) { params, context async throws(RPCError) in
        try await self.update(params, context)
      },
      .call("tenant.list", scope: "admin", idempotent: true) { params, context async throws(RPCError) in
        try await self.list(params, context)
      },
    ]
  }
}

/// The parameters of `tenant.create`.
package struct TenantCreateParams: APIParams, Hashable {
  package var name: String

  package static let parameterNames: [String]? = ["name"]

  package init(name: String) {
    self.name = name
  }

  package init(from reader: inout JSONReader) throws(JSONError) {
    var name: String?
    try reader.beginObject()
    while try reader.nextKey() {
      if reader.keyIs("name") {
        name = try reader.string(length: 1...200)
      } else if reader.keyIs("_meta") {
        try reader.skip()
      } else {
        throw .unknown(reader.key)
      }
    }
    self.name = try present(name, "name")
  }

  package func write(to writer: inout JSONWriter) {
    writer.beginObject()
    writer.key("name")
    writer.string(name)
    writer.endObject()
  }
}

/// The parameters of `tenant.get`.
package struct TenantGetParams: APIParams, Hashable {
  /// The caller's own when left out.
  package var tenantId: String?

  package static let parameterNames: [String]? = ["tenantId"]

  package init(tenantId: String? = nil) {
    self.tenantId = tenantId
  }

  package init(from reader: inout JSONReader) throws(JSONError) {
    var tenantId: String?
    try reader.beginObject()
    while try reader.nextKey() {
      if reader.keyIs("tenantId") {
        if !reader.isNull() { tenantId = try reader.rowID("tn") }
      } else if reader.keyIs("_meta") {
        try reader.skip()
      } else {
        throw .unknown(reader.key)
      }
    }
    self.tenantId = tenantId
  }

  package func write(to writer: inout JSONWriter) {
    writer.beginObject()
    if let tenantId {
      writer.key("tenantId")
      writer.string(tenantId)
    }
    writer.endObject()
  }
}

/// The parameters of `tenant.settings`.
package struct TenantSettingsParams: APIParams, Hashable {
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

/// The parameters of `tenant.update`.
package struct TenantUpdateParams: APIParams, Hashable {
  package var settings: APITenantSettingsChange

  package static let parameterNames: [String]? = ["settings"]

  package init(settings: APITenantSettingsChange) {
    self.settings = settings
  }

  package init(from reader: inout JSONReader) throws(JSONError) {
    var settings: APITenantSettingsChange?
    try reader.beginObject()
    while try reader.nextKey() {
      if reader.keyIs("settings") {
        settings = try reader.object("settings")
      } else if reader.keyIs("_meta") {
        try reader.skip()
      } else {
        throw .unknown(reader.key)
      }
    }
    self.settings = try present(settings, "settings")
  }

  package func write(to writer: inout JSONWriter) {
    writer.beginObject()
    writer.key("settings")
    settings.write(to: &writer)
    writer.endObject()
  }
}

/// The parameters of `tenant.list`.
package struct TenantListParams: APIParams, Hashable {
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

/// How much of what is logged `mail.search` finds. `off`, unless set: nothing, and no index is kept;
/// `metadata`: subjects, names and addresses; `full`: texts and the names of attachments too. A change is
/// followed in the background; until then `mail.search` says that it is not `complete`.
package enum APISearchLevel: String, APIWord {
  case off
  case metadata
  case full
}

/// A customer of the operator.
package struct APITenant: APIValue, Hashable {
  package var id: String
  package var name: String
  package var createdAt: String

  package init(id: String, name: String, createdAt: String) {
    self.id = id
    self.name = name
    self.createdAt = createdAt
  }

  package init(from reader: inout JSONReader) throws(JSONError) {
    var id: String?
    var name: String?
    var createdAt: String?
    try reader.beginObject()
    while try reader.nextKey() {
      if reader.keyIs("id") {
        id = try reader.rowID("tn")
      } else if reader.keyIs("name") {
        name = try reader.string()
      } else if reader.keyIs("createdAt") {
        createdAt = try reader.timestamp()
      } else {
        try reader.skip()
      }
    }
    self.id = try present(id, "id")
    self.name = try present(name, "name")
    self.createdAt = try present(createdAt, "createdAt")
  }

  package func write(to writer: inout JSONWriter) {
    writer.beginObject()
    writer.key("id")
    writer.string(id)
    writer.key("name")
    writer.string(name)
    writer.key("createdAt")
    writer.string(createdAt)
    writer.endObject()
  }
}

/// What a tenant decided about logging.
package struct APITenantSettings: APIValue, Hashable {
  /// Mail that one of the tenant's own people sends to one of these (as a blind copy, as a rule) is logged.
  /// The address must deliver to a connected mailbox, or the sender's own mailbox must be one.
  package var bccAddresses: [String]
  /// What one of the tenant's own people forwards to one of these is logged as the mail that it was: its
  /// sender, date, subject and text.
  package var forwardAddresses: [String]
  /// A mail in a Sent folder with this header field is logged; empty for none. `X-Postroom-Track` unless
  /// set.
  package var trackingHeader: String
  /// Domains of the tenant's own people, besides the addresses of its mailboxes. Mail that stays among them
  /// is never logged.
  package var ownDomains: [String]
  /// Addresses and domains (with those below them). Mail with any of them is never logged.
  package var neverLog: [String]
  /// Answers without usable Message-IDs are matched by subject, participants and time: a guess, and marked
  /// as one. True unless set.
  package var matchBySubject: Bool
  /// How long after a conversation's last mail such an answer may come. 60 unless set.
  package var matchBySubjectDays: Int64
  /// A mail joins a conversation only with the same subject, whatever else says that it belongs there.
  /// False unless set.
  package var demandSameSubject: Bool
  /// Mail with people of whom a mail was logged before is logged too, not only answers. False unless set.
  package var logKnownContacts: Bool
  package var search: APISearchLevel
  /// Mails that may leave all mailboxes together within a minute; without it there is no limit.
  package var sendsPerMinuteMax: Int64?
  /// The same within 24 hours.
  package var sendsPerDayMax: Int64?

  package init(
    bccAddresses: [String], forwardAddresses: [String], trackingHeader: String, ownDomains: [String],
    neverLog: [String], matchBySubject: Bool, matchBySubjectDays: Int64, demandSameSubject: Bool,
    logKnownContacts: Bool, search: APISearchLevel, sendsPerMinuteMax: Int64? = nil,
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

  package init(from reader: inout JSONReader) throws(JSONError) {
    var bccAddresses: [String]?
    var forwardAddresses: [String]?
    var trackingHeader: String?
    var ownDomains: [String]?
    var neverLog: [String]?
    var matchBySubject: Bool?
    var matchBySubjectDays: Int64?
    var demandSameSubject: Bool?
    var logKnownContacts: Bool?
    var search: APISearchLevel?
    var sendsPerMinuteMax: Int64?
    var sendsPerDayMax: Int64?
    try reader.beginObject()
    while try reader.nextKey() {
      if reader.keyIs("bccAddresses") {
        bccAddresses = try reader.strings("bccAddresses", count: 0...1000, length: 3...320)
      } else if reader.keyIs("forwardAddresses") {
        forwardAddresses = try reader.strings("forwardAddresses", count: 0...1000, length: 3...320)
      } else if reader.keyIs("trackingHeader") {
        trackingHeader = try reader.string(lengthMax: 76)
      } else if reader.keyIs("ownDomains") {
        ownDomains = try reader.strings("ownDomains", count: 0...1000, length: 1...253)
      } else if reader.keyIs("neverLog") {
        neverLog = try reader.strings("neverLog", count: 0...1000, length: 3...320)
      } else if reader.keyIs("matchBySubject") {
        matchBySubject = try reader.bool()
      } else if reader.keyIs("matchBySubjectDays") {
        matchBySubjectDays = try reader.int(in: 1...3650)
      } else if reader.keyIs("demandSameSubject") {
        demandSameSubject = try reader.bool()
      } else if reader.keyIs("logKnownContacts") {
        logKnownContacts = try reader.bool()
      } else if reader.keyIs("search") {
        search = try APISearchLevel(from: &reader)
      } else if reader.keyIs("sendsPerMinuteMax") {
        if !reader.isNull() { sendsPerMinuteMax = try reader.int(in: 1...100000) }
      } else if reader.keyIs("sendsPerDayMax") {
        if !reader.isNull() { sendsPerDayMax = try reader.int(in: 1...1000000) }
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

  package func write(to writer: inout JSONWriter) {
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
}

/// Settings to change; what is left out stays.
package struct APITenantSettingsChange: APIValue, Hashable {
  /// Mail that one of the tenant's own people sends to one of these (as a blind copy, as a rule) is logged.
  /// The address must deliver to a connected mailbox, or the sender's own mailbox must be one.
  package var bccAddresses: [String]?
  /// What one of the tenant's own people forwards to one of these is logged as the mail that it was: its
  /// sender, date, subject and text.
  package var forwardAddresses: [String]?
  /// A mail in a Sent folder with this header field is logged; empty for none. `X-Postroom-Track` unless
  /// set.
  package var trackingHeader: String?
  /// Domains of the tenant's own people, besides the addresses of its mailboxes. Mail that stays among them
  /// is never logged.
  package var ownDomains: [String]?
  /// Addresses and domains (with those below them). Mail with any of them is never logged.
  package var neverLog: [String]?
  /// Answers without usable Message-IDs are matched by subject, participants and time: a guess, and marked
  /// as one. True unless set.
  package var matchBySubject: Bool?
  /// How long after a conversation's last mail such an answer may come. 60 unless set.
  package var matchBySubjectDays: Int64?
  /// A mail joins a conversation only with the same subject, whatever else says that it belongs there.
  /// False unless set.
  package var demandSameSubject: Bool?
  /// Mail with people of whom a mail was logged before is logged too, not only answers. False unless set.
  package var logKnownContacts: Bool?
  package var search: APISearchLevel?
  /// Mails that may leave all mailboxes together within a minute, 0 for no limit.
  package var sendsPerMinuteMax: Int64?
  /// The same within 24 hours.
  package var sendsPerDayMax: Int64?

  package init(
    bccAddresses: [String]? = nil, forwardAddresses: [String]? = nil, trackingHeader: String? = nil,
    ownDomains: [String]? = nil, neverLog: [String]? = nil, matchBySubject: Bool? = nil,
    matchBySubjectDays: Int64? = nil, demandSameSubject: Bool? = nil, logKnownContacts: Bool? = nil,
    search: APISearchLevel? = nil, sendsPerMinuteMax: Int64? = nil, sendsPerDayMax: Int64? = nil
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

  package init(from reader: inout JSONReader) throws(JSONError) {
    var bccAddresses: [String]?
    var forwardAddresses: [String]?
    var trackingHeader: String?
    var ownDomains: [String]?
    var neverLog: [String]?
    var matchBySubject: Bool?
    var matchBySubjectDays: Int64?
    var demandSameSubject: Bool?
    var logKnownContacts: Bool?
    var search: APISearchLevel?
    var sendsPerMinuteMax: Int64?
    var sendsPerDayMax: Int64?
    try reader.beginObject()
    while try reader.nextKey() {
      if reader.keyIs("bccAddresses") {
        if !reader.isNull() { bccAddresses = try reader.strings("bccAddresses", count: 0...1000, length: 3...320) }
      } else if reader.keyIs("forwardAddresses") {
        if !reader.isNull() { forwardAddresses = try reader.strings("forwardAddresses", count: 0...1000, length: 3...320) }
      } else if reader.keyIs("trackingHeader") {
        if !reader.isNull() { trackingHeader = try reader.string(lengthMax: 76) }
      } else if reader.keyIs("ownDomains") {
        if !reader.isNull() { ownDomains = try reader.strings("ownDomains", count: 0...1000, length: 1...253) }
      } else if reader.keyIs("neverLog") {
        if !reader.isNull() { neverLog = try reader.strings("neverLog", count: 0...1000, length: 3...320) }
      } else if reader.keyIs("matchBySubject") {
        if !reader.isNull() { matchBySubject = try reader.bool() }
      } else if reader.keyIs("matchBySubjectDays") {
        if !reader.isNull() { matchBySubjectDays = try reader.int(in: 1...3650) }
      } else if reader.keyIs("demandSameSubject") {
        if !reader.isNull() { demandSameSubject = try reader.bool() }
      } else if reader.keyIs("logKnownContacts") {
        if !reader.isNull() { logKnownContacts = try reader.bool() }
      } else if reader.keyIs("search") {
        if !reader.isNull() { search = try APISearchLevel(from: &reader) }
      } else if reader.keyIs("sendsPerMinuteMax") {
        if !reader.isNull() { sendsPerMinuteMax = try reader.int(in: 0...100000) }
      } else if reader.keyIs("sendsPerDayMax") {
        if !reader.isNull() { sendsPerDayMax = try reader.int(in: 0...1000000) }
      } else {
        throw .unknown(reader.key)
      }
    }
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

  package func write(to writer: inout JSONWriter) {
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
package struct APITenantDetail: APIValue, Hashable {
  package var tenant: APITenant
  package var settings: APITenantSettings

  package init(tenant: APITenant, settings: APITenantSettings) {
    self.tenant = tenant
    self.settings = settings
  }

  package init(from reader: inout JSONReader) throws(JSONError) {
    var tenant: APITenant?
    var settings: APITenantSettings?
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

  package func write(to writer: inout JSONWriter) {
    writer.beginObject()
    writer.key("tenant")
    tenant.write(to: &writer)
    writer.key("settings")
    settings.write(to: &writer)
    writer.endObject()
  }
}

/// All tenants, oldest first.
package struct APITenantList: APIValue, Hashable {
  package var tenants: [APITenant]

  package init(tenants: [APITenant]) {
    self.tenants = tenants
  }

  package init(from reader: inout JSONReader) throws(JSONError) {
    var tenants: [APITenant]?
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

  package func write(to writer: inout JSONWriter) {
    writer.beginObject()
    writer.key("tenants")
    writer.list(tenants)
    writer.endObject()
  }
}

// Generated from protocol/openrpc.json by stubgen. Do not edit.
// swift-format-ignore-file
package import JSON
package import JSONRPC

/// What answers the methods `retention.*`.
package protocol RetentionService: Sendable {
  /// What is kept how long. The tenant's policy, and for each rule how many mails it is about, how many of
  /// them go within `withinDays`, and when the first one goes. Cost: grows with the mails of the tenant.
  func get(_ params: RetentionGetParams, _ context: CallContext) async throws(RPCError) -> APIRetention

  /// Decide what is kept how long. Replaces the tenant's policy as a whole. It holds for what is stored
  /// already as for what comes: `retention.get` tells at once what goes and when; the erasure begins at the
  /// next look, at the latest in an hour, and leaves a receipt of kind `retention`.
  func set(_ params: RetentionSetParams, _ context: CallContext) async throws(RPCError) -> APIRetention

  /// When a mail goes. Under which rule a mail is, when it is erased, and whether a hold keeps it.
  /// - Throws: `mail.unknown`
  func ofMail(
    _ params: RetentionOfMailParams, _ context: CallContext
  ) async throws(RPCError) -> APIMailRetention

  /// Say that the clock is right. Nothing is erased by age while the server's clock is behind a time that
  /// was written down: one of the two is wrong. This forgets the times written down that are still to come.
  /// What was read under them counts as younger by that, never as older.
  func acceptClock(
    _ params: RetentionAcceptClockParams, _ context: CallContext
  ) async throws(RPCError) -> APIEmpty
}

extension RetentionService {
  /// The methods `retention.*`, answered by this service.
  package var methods: [Method] {
    [
      .call("retention.get", scope: "manage", idempotent: true) { params, context async throws(RPCError) in
        try await self.get(params, context)
      },
      .call("retention.set", scope: "purge", idempotent: true) { params, context async throws(RPCError) in
        try await self.set(params, context)
      },
      .call("retention.ofMail", scope: "read", idempotent: true) { params, context async throws(RPCError) in
        try await self.ofMail(params, context)
      },
      .call("retention.acceptClock", scope: "admin", idempotent: true) { params, context async throws(RPCError) in
        try await self.acceptClock(params, context)
      },
    ]
  }
}

/// The parameters of `retention.get`.
package struct RetentionGetParams: APIParams, Hashable {
  /// Count what goes within so many days.
  package var withinDays: Int64

  package static let parameterNames: [String]? = ["withinDays"]

  package init(withinDays: Int64 = 30) {
    self.withinDays = withinDays
  }

  package init(from reader: inout JSONReader) throws(JSONError) {
    var withinDays: Int64 = 30
    try reader.beginObject()
    while try reader.nextKey() {
      if reader.keyIs("withinDays") {
        if !reader.isNull() { withinDays = try reader.int(in: 0...36500) }
      } else if reader.keyIs("_meta") {
        try reader.skip()
      } else {
        throw .unknown(reader.key)
      }
    }
    self.withinDays = withinDays
  }

  package func write(to writer: inout JSONWriter) {
    writer.beginObject()
    if withinDays != 30 {
      writer.key("withinDays")
      writer.int(withinDays)
    }
    writer.endObject()
  }
}

/// The parameters of `retention.set`.
package struct RetentionSetParams: APIParams, Hashable {
  package var policy: APIRetentionPolicy

  package static let parameterNames: [String]? = ["policy"]

  package init(policy: APIRetentionPolicy) {
    self.policy = policy
  }

  package init(from reader: inout JSONReader) throws(JSONError) {
    var policy: APIRetentionPolicy?
    try reader.beginObject()
    while try reader.nextKey() {
      if reader.keyIs("policy") {
        policy = try reader.object("policy")
      } else if reader.keyIs("_meta") {
        try reader.skip()
      } else {
        throw .unknown(reader.key)
      }
    }
    self.policy = try present(policy, "policy")
  }

  package func write(to writer: inout JSONWriter) {
    writer.beginObject()
    writer.key("policy")
    policy.write(to: &writer)
    writer.endObject()
  }
}

/// The parameters of `retention.ofMail`.
package struct RetentionOfMailParams: APIParams, Hashable {
  package var mailId: String

  package static let parameterNames: [String]? = ["mailId"]

  package init(mailId: String) {
    self.mailId = mailId
  }

  package init(from reader: inout JSONReader) throws(JSONError) {
    var mailId: String?
    try reader.beginObject()
    while try reader.nextKey() {
      if reader.keyIs("mailId") {
        mailId = try reader.rowID("m")
      } else if reader.keyIs("_meta") {
        try reader.skip()
      } else {
        throw .unknown(reader.key)
      }
    }
    self.mailId = try present(mailId, "mailId")
  }

  package func write(to writer: inout JSONWriter) {
    writer.beginObject()
    writer.key("mailId")
    writer.string(mailId)
    writer.endObject()
  }
}

/// The parameters of `retention.acceptClock`.
package struct RetentionAcceptClockParams: APIParams, Hashable {
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

/// How long mail is kept, in days of 24 hours. The times of `sequenceDays` and `timelineDays` begin when a
/// mail is logged, that of `metadataDays` when a header is read, and that of `deletedDays` with
/// `mail.delete`.
package struct APIRetentionPolicy: APIValue, Hashable {
  /// Logged mail of origin `sequence`. Left out: until the tenant is deleted.
  package var sequenceDays: Int64?
  /// Logged mail of other origins. Left out: until it, or the tenant, is deleted.
  package var timelineDays: Int64?
  /// What was deleted is erased at the latest so long afterwards; the erasure begins up to two days before.
  package var deletedDays: Int64
  /// Headers of mail that was read from a mailbox and not logged. Never erased before.
  package var metadataDays: Int64

  package init(
    sequenceDays: Int64? = nil, timelineDays: Int64? = nil, deletedDays: Int64, metadataDays: Int64
  ) {
    self.sequenceDays = sequenceDays
    self.timelineDays = timelineDays
    self.deletedDays = deletedDays
    self.metadataDays = metadataDays
  }

  package init(from reader: inout JSONReader) throws(JSONError) {
    var sequenceDays: Int64?
    var timelineDays: Int64?
    var deletedDays: Int64?
    var metadataDays: Int64?
    try reader.beginObject()
    while try reader.nextKey() {
      if reader.keyIs("sequenceDays") {
        if !reader.isNull() { sequenceDays = try reader.int(in: 1...36500) }
      } else if reader.keyIs("timelineDays") {
        if !reader.isNull() { timelineDays = try reader.int(in: 1...36500) }
      } else if reader.keyIs("deletedDays") {
        deletedDays = try reader.int(in: 0...90)
      } else if reader.keyIs("metadataDays") {
        metadataDays = try reader.int(in: 1...36500)
      } else {
        throw .unknown(reader.key)
      }
    }
    self.sequenceDays = sequenceDays
    self.timelineDays = timelineDays
    self.deletedDays = try present(deletedDays, "deletedDays")
    self.metadataDays = try present(metadataDays, "metadataDays")
  }

  package func write(to writer: inout JSONWriter) {
    writer.beginObject()
    if let sequenceDays {
      writer.key("sequenceDays")
      writer.int(sequenceDays)
    }
    if let timelineDays {
      writer.key("timelineDays")
      writer.int(timelineDays)
    }
    writer.key("deletedDays")
    writer.int(deletedDays)
    writer.key("metadataDays")
    writer.int(metadataDays)
    writer.endObject()
  }
}

/// Why a mail goes: it was `deleted`; it is `metadata` (a header that was never logged); it is logged, of a
/// `timeline` or a `sequence`.
package enum APIRetentionRule: String, APIWord {
  case deleted
  case metadata
  case timeline
  case sequence
}

/// What a rule will take.
package struct APIRetentionForecast: APIValue, Hashable {
  package var rule: APIRetentionRule
  /// Mails that the rule is about. Copies of a logged mail in other mailboxes go with it and are not
  /// counted.
  package var mails: Int64
  /// Those that go within the time asked about. What a hold keeps is not counted.
  package var due: Int64
  /// The time of the oldest of them is over then; missing when it never is, or is not known yet.
  package var nextAt: String?

  package init(rule: APIRetentionRule, mails: Int64, due: Int64, nextAt: String? = nil) {
    self.rule = rule
    self.mails = mails
    self.due = due
    self.nextAt = nextAt
  }

  package init(from reader: inout JSONReader) throws(JSONError) {
    var rule: APIRetentionRule?
    var mails: Int64?
    var due: Int64?
    var nextAt: String?
    try reader.beginObject()
    while try reader.nextKey() {
      if reader.keyIs("rule") {
        rule = try APIRetentionRule(from: &reader)
      } else if reader.keyIs("mails") {
        mails = try reader.int(in: 0...9007199254740991)
      } else if reader.keyIs("due") {
        due = try reader.int(in: 0...9007199254740991)
      } else if reader.keyIs("nextAt") {
        if !reader.isNull() { nextAt = try reader.timestamp() }
      } else {
        try reader.skip()
      }
    }
    self.rule = try present(rule, "rule")
    self.mails = try present(mails, "mails")
    self.due = try present(due, "due")
    self.nextAt = nextAt
  }

  package func write(to writer: inout JSONWriter) {
    writer.beginObject()
    writer.key("rule")
    rule.write(to: &writer)
    writer.key("mails")
    writer.int(mails)
    writer.key("due")
    writer.int(due)
    if let nextAt {
      writer.key("nextAt")
      writer.string(nextAt)
    }
    writer.endObject()
  }
}

/// A tenant's policy, and what follows from it.
package struct APIRetention: APIValue, Hashable {
  package var policy: APIRetentionPolicy
  package var rules: [APIRetentionForecast]
  /// Holds that stand.
  package var holds: Int64
  /// False while nothing is erased by age: the server's clock jumped, went unwatched for hours, or is
  /// behind what was written down.
  package var clockBelieved: Bool

  package init(
    policy: APIRetentionPolicy, rules: [APIRetentionForecast], holds: Int64, clockBelieved: Bool
  ) {
    self.policy = policy
    self.rules = rules
    self.holds = holds
    self.clockBelieved = clockBelieved
  }

  package init(from reader: inout JSONReader) throws(JSONError) {
    var policy: APIRetentionPolicy?
    var rules: [APIRetentionForecast]?
    var holds: Int64?
    var clockBelieved: Bool?
    try reader.beginObject()
    while try reader.nextKey() {
      if reader.keyIs("policy") {
        policy = try reader.object("policy")
      } else if reader.keyIs("rules") {
        rules = try reader.list("rules")
      } else if reader.keyIs("holds") {
        holds = try reader.int(in: 0...9007199254740991)
      } else if reader.keyIs("clockBelieved") {
        clockBelieved = try reader.bool()
      } else {
        try reader.skip()
      }
    }
    self.policy = try present(policy, "policy")
    self.rules = try present(rules, "rules")
    self.holds = try present(holds, "holds")
    self.clockBelieved = try present(clockBelieved, "clockBelieved")
  }

  package func write(to writer: inout JSONWriter) {
    writer.beginObject()
    writer.key("policy")
    policy.write(to: &writer)
    writer.key("rules")
    writer.list(rules)
    writer.key("holds")
    writer.int(holds)
    writer.key("clockBelieved")
    writer.bool(clockBelieved)
    writer.endObject()
  }
}

/// When a mail goes.
package struct APIMailRetention: APIValue, Hashable {
  package var rule: APIRetentionRule
  /// Missing: when the tenant is deleted; of what came within the last hour: not known yet.
  package var erasesAt: String?
  /// A hold keeps it beyond that.
  package var held: Bool

  package init(rule: APIRetentionRule, erasesAt: String? = nil, held: Bool) {
    self.rule = rule
    self.erasesAt = erasesAt
    self.held = held
  }

  package init(from reader: inout JSONReader) throws(JSONError) {
    var rule: APIRetentionRule?
    var erasesAt: String?
    var held: Bool?
    try reader.beginObject()
    while try reader.nextKey() {
      if reader.keyIs("rule") {
        rule = try APIRetentionRule(from: &reader)
      } else if reader.keyIs("erasesAt") {
        if !reader.isNull() { erasesAt = try reader.timestamp() }
      } else if reader.keyIs("held") {
        held = try reader.bool()
      } else {
        try reader.skip()
      }
    }
    self.rule = try present(rule, "rule")
    self.erasesAt = erasesAt
    self.held = try present(held, "held")
  }

  package func write(to writer: inout JSONWriter) {
    writer.beginObject()
    writer.key("rule")
    rule.write(to: &writer)
    if let erasesAt {
      writer.key("erasesAt")
      writer.string(erasesAt)
    }
    writer.key("held")
    writer.bool(held)
    writer.endObject()
  }
}
